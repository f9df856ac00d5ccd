"""What every edit of the registry must have, whoever wrote it."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pytest

from medcode.claims.x12.validate.rules import RULES
from medcode.codesets import CODE_SETS
from medcode.edits import EDITS, check, explain
from medcode.edits.features import is_feature, words
from medcode.edits.requirements import LINE_REQUIREMENTS, REQUIREMENTS
from medcode.edits.setting import setting_of
from medcode.findings import Outcome

if TYPE_CHECKING:
    from medcode.edits.base import AnyEdit

ALL = list(EDITS.values())


@pytest.fixture(params=ALL, ids=lambda edit: edit.id)
def edit(request: pytest.FixtureRequest) -> AnyEdit:
    found: AnyEdit = request.param
    return found


def test_names_are_unique() -> None:
    assert len({edit.name for edit in ALL}) == len(ALL)


def test_id_and_name_have_their_shape(edit: AnyEdit) -> None:
    assert re.fullmatch(r"[A-Z]{3,4}\d\d\d?", edit.id)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", edit.name)
    assert EDITS[edit.id] is edit


MODULES = {type(edit).__module__: sys.modules[type(edit).__module__] for edit in ALL}


@pytest.mark.parametrize("module", MODULES)
def test_a_module_begins_with_the_ids_of_its_edits(module: str) -> None:
    first, _, _ = (MODULES[module].__doc__ or "").partition("\n")
    named = {
        f"{family}{number:02}"
        for family, low, high in re.findall(r"\b([A-Z]{3,4})(\d\d)(?: to [A-Z]{3,4}(\d\d\d?))?", first)
        for number in range(int(low), int(high or low) + 1)
    }
    assert named & set(EDITS) == {edit.id for edit in ALL if type(edit).__module__ == module}


def test_it_says_what_why_fix_and_source(edit: AnyEdit) -> None:
    told = explain(edit.id)
    for part in (told.what, told.why, told.fix):
        assert part.endswith(".")
    assert edit.source.publisher
    assert edit.source.document
    assert 3 <= edit.snip <= 7


def test_dates_settings_needs_and_tables_are_sound(edit: AnyEdit) -> None:
    assert edit.since is None or edit.until is None or edit.since <= edit.until
    assert edit.settings
    assert set(edit.requires) <= {*REQUIREMENTS, *LINE_REQUIREMENTS}
    assert set(edit.yields_to) <= {*EDITS, *(rule.id for rule in RULES.values())}
    assert all(map(is_feature, words(edit.applies_to)))
    assert set(edit.tables) <= set(CODE_SETS)


def is_whole(edit: AnyEdit) -> bool:
    """Say whether all tables that an edit rests on ship whole."""
    return all(CODE_SETS[name].releases and not CODE_SETS[name].releases[0].partial for name in edit.tables)


def test_its_passing_claims_pass(edit: AnyEdit) -> None:
    assert edit.passes
    answers = {Outcome.PASS, Outcome.BYPASSED} | (set() if is_whole(edit) else {Outcome.NOT_CHECKED})
    for claim in edit.passes:
        assert setting_of(claim) in edit.settings
        report = check(claim, select=(edit.id,), tables=edit.example_tables)
        assert not report.findings
        assert report.outcomes[edit.id].keys() <= answers


def test_its_failing_claims_fail(edit: AnyEdit) -> None:
    assert edit.fails
    assert all(setting_of(claim) in edit.settings for claim in edit.fails)
    for claims in (edit.fails,) if edit.over_batch else ((claim,) for claim in edit.fails):
        report = check(claims, select=(edit.id,), tables=edit.example_tables)
        assert report.outcomes[edit.id][Outcome.FAIL] == 1
        for finding in report.findings:
            assert (finding.rule, finding.name) == (edit.id, edit.name)
            assert finding.location.path
            assert finding.message.endswith((".", "?"))


def test_its_page_shows_the_same_text(edit: AnyEdit) -> None:
    told = explain(edit.name)
    page = told.to_markdown()
    for part in (
        f"# {edit.id} {edit.name}",
        told.what,
        told.why,
        told.fix,
        told.source,
        "## Passes",
        "## Fails",
    ):
        assert part in page
    assert told.what in str(told)


@pytest.mark.slow
def test_it_names_the_answer_to_expect(edit: AnyEdit) -> None:
    assert edit.ack or edit.no_ack
    assert edit.ack is None or re.fullmatch(r"A[3678]:\d{1,3}(:[0-9A-Z]{2})?", edit.ack)
    assert all(re.fullmatch(r"[A-Z]{0,2}\d{1,3}", code) for code in (*edit.carc, *edit.rarc))
    assert edit.no_ack or edit.carc


def test_nine_of_ten_edits_have_an_answer() -> None:
    assert sum(edit.ack is not None for edit in ALL) >= 0.9 * len(ALL)
