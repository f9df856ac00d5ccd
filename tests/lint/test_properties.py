"""Whatever stands in a file: places are right, nothing but codes is rewritten, and nothing breaks."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies as st

from medcode import icd10cm
from medcode.lint import Choice, Misread, lint_report, upgrade_text
from medcode.lint.find import SUFFIXES, Lines, places

DAY = date(2026, 11, 1)
MARKS = [
    "'",
    '"',
    '"""',
    ",",
    ";",
    "\t",
    "\n",
    "\r\n",
    " ",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ":",
    "=",
    "==",
    "#",
    "--",
]
WORDS = [
    "I42.0",
    "h8141",
    "T84.040A",
    "E11.-",
    "I20-I25",
    "icd10",
    "dx",
    "note",
    "in",
    "and",
    "é😀",
    "\\",
    "<-",
    "x",
]
TEXTS = st.lists(st.sampled_from(MARKS + WORDS) | st.text(max_size=3), max_size=40).map("".join)
NAMES = st.sampled_from([f"a{suffix}" for suffix in sorted(SUFFIXES)])

pytestmark = pytest.mark.property


@given(TEXTS, NAMES)
def test_places_stand_where_they_say_and_none_within_another(text: str, name: str) -> None:
    try:
        found = sorted(places(text, name, Choice(on=DAY, code_set="icd10cm")), key=lambda place: place.offset)
    except Misread:
        return
    end = 0
    for place in found:
        assert place.offset >= end
        assert text.startswith(place.text, place.offset) or "BETWEEN" in text.upper()
        end = place.offset + len(place.text)


@given(TEXTS, NAMES)
def test_any_text_is_judged_or_refused(text: str, name: str) -> None:
    try:
        report = lint_report(text, name, Choice(on=DAY))
    except Misread:
        return
    lines = Lines(text)
    for finding in report.findings:
        at = finding.location
        assert any(lines.at(offset) == (at.line, at.column) for offset in range(len(text)))


@given(TEXTS, NAMES)
def test_an_upgrade_changes_nothing_but_the_codes_that_it_names(text: str, name: str) -> None:
    try:
        done = upgrade_text(text, name, Choice(on=DAY))
    except Misread:
        return
    rest, new = text, done.text
    for change in reversed(done.replaced):  # from the end, so that places before it stay
        offset = next(o for o in range(len(text)) if Lines(text).at(o) == (change.line, change.column))
        rest = rest[:offset] + rest[offset + len(change.text) :]
    assert len(new) == len(rest) + sum(len(_written(change.text, change.now[0])) for change in done.replaced)
    again = upgrade_text(new, name, Choice(on=DAY))
    assert (again.text, again.replaced) == (new, ())


def _written(old: str, now: str) -> str:
    return now if "." in old else now.replace(".", "")


@given(st.sampled_from(sorted(icd10cm)), st.sampled_from(["{}\n", "icd10\n{}\n"]))
def test_an_upgraded_code_is_billable(code: str, form: str) -> None:
    before = form.format(icd10cm.code_type.trusted(code).dotted)
    done = upgrade_text(before, "a.csv", Choice(on=DAY))
    for change in done.replaced:
        assert icd10cm[change.now[0]].code in icd10cm.as_of(DAY)
        assert done.text == form.format(change.now[0])
