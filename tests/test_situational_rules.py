"""The page of situational rules: every part of the guides is on it, and it names no rule that does not exist."""

from __future__ import annotations

from fnmatch import fnmatchcase

from docs._ext.situations import PATTERNS, REASONS, situations

from medcode.claims.x12.validate.rules import RULES
from medcode.edits import EDITS

STRUCTURE = {rule.id for rule in RULES.values()}


def test_each_part_is_decided_or_explained() -> None:
    found = situations()
    assert len(found) > 400
    assert all(bool(each.rules) != bool(each.why_not) for each in found)
    assert {each.guides for each in found} <= {"P", "I", "D", "PI", "PD", "ID", "PID"}


def test_what_decides_exists_and_each_line_of_the_table_is_of_use() -> None:
    found = situations()
    for letters, place, rules in PATTERNS:
        assert set(rules) <= {*EDITS, *STRUCTURE}
        assert any(each.rules == rules and fnmatchcase(each.place, place) for each in found), (letters, place)
    words = {each.when for each in found if not each.rules}
    assert set(REASONS) <= words


def test_each_situational_edit_of_a_guide_decides_a_part_or_is_between_segments() -> None:
    deciding = {rule for _, _, rules in PATTERNS for rule in rules}
    alone = {edit.id for edit in EDITS.values() if edit.family == "SIT"} - deciding
    assert alone == {"SIT01", "SIT10", "SIT13", "SIT23", "SIT24"}
