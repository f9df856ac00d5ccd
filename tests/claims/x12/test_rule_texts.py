"""Every rule of structure says what it means and what mends it."""

from __future__ import annotations

import pytest

from medcode.claims.x12.rule_explanation import explain_rule
from medcode.claims.x12.rule_texts import TEXTS
from medcode.claims.x12.rules import RULES


def test_every_rule_has_its_text_and_no_text_is_left_over() -> None:
    assert list(TEXTS) == list(RULES)


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_a_sentence_of_its_own(name: str) -> None:
    for text in TEXTS[name]:
        assert text[0].isupper()
        assert text.endswith(".")
        assert text.isascii()
    assert [each.meaning for each in TEXTS.values()].count(TEXTS[name].meaning) == 1


def test_a_rule_is_explained_by_id_or_name() -> None:
    explained = explain_rule("x057")
    assert explained == explain_rule("element-code")
    assert str(explained).startswith("X057 element-code: The value is none of those that the guide lists")
    assert explained.to_dict()["cure"] == TEXTS["element-code"].cure
    assert (explained.ack, explained.snip) == (RULES["element-code"].ack, 2)


def test_a_rule_that_does_not_exist() -> None:
    with pytest.raises(ValueError, match="no rule of structure is called 'X999'"):
        explain_rule("X999")
