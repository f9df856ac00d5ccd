"""Every rule of structure stands in one table with what it means and what fixes it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from medcode.claims.x12.validate.rule_explanation import explain_rule
from medcode.claims.x12.validate.rules import RULES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", RULES)
def test_a_text_is_a_sentence_of_its_own(name: str) -> None:
    rule = RULES[name]
    for text in (rule.meaning, rule.fix):
        assert text[0].isupper()
        assert text.endswith(".")
        assert text.isascii()
    assert [each.meaning for each in RULES.values()].count(rule.meaning) == 1


def test_ids_are_unique_and_in_order() -> None:
    ids = [rule.id for rule in RULES.values()]
    assert ids == sorted(set(ids))


def test_every_rule_is_found_by_searching_for_its_name(root: Path) -> None:
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in (root / "src/medcode/claims/x12").rglob("*.py")
        if path.name not in {"rules.py", "envelope_table.py"}
    )
    table = (root / "src/medcode/claims/x12/validate/envelope_table.py").read_text(encoding="utf-8")
    for name in RULES:
        assert f'"{name}"' in code + table, name
    assert not re.findall(r'f"[^"]*\{[^}]*\}-[a-z]', code), "no name of a rule is put together"


def test_a_rule_is_explained_by_id_or_name() -> None:
    explained = explain_rule("x057")
    assert explained == explain_rule("element-code")
    assert str(explained).startswith("X057 element-code: The value is not one that the guide lists")
    assert explained.to_dict()["fix"] == RULES["element-code"].fix
    assert (explained.ack, explained.snip) == (RULES["element-code"].ack, 2)


def test_a_rule_that_does_not_exist() -> None:
    with pytest.raises(ValueError, match="no rule of structure is called 'X999'"):
        explain_rule("X999")
