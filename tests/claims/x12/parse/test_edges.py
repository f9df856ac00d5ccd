"""Files that were wrapped, padded or retyped on their way: read as they were meant, and what is wrong is found once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.claims.x12.texts import DEPENDENT, FAMILIES, ONE, swapped, wire

from medcode.claims import x12
from medcode.claims.x12.text.source import is_text

if TYPE_CHECKING:
    from pathlib import Path

TEXT = wire(FAMILIES)
CLAIMS = list(x12.iter_claims(TEXT))
CLEAN = [found.rule for found in x12.validate(TEXT).findings]


def wrapped(text: str, width: int, end: str = "\n") -> str:
    return end.join(text[at : at + width] for at in range(0, len(text), width))


def read(text: str) -> list[str]:
    """Check that a text is read as it was meant and given back as it came; return what is found besides."""
    sent = x12.loads(text)
    assert list(sent.claims()) == CLAIMS
    assert list(x12.iter_claims(text)) == CLAIMS
    assert x12.dumps(sent) == text
    assert x12.from_json(x12.to_json(sent)).text == text
    found = [each.rule for each in sent.findings]
    for rule in CLEAN:
        found.remove(rule)
    return found


def test_lines_of_any_width() -> None:
    for width in (*range(3, 50), 72, 80, 105, 106, 107, 139):
        found = read(wrapped(TEXT, width))
        assert found in (["X004", "X014", "X085"][3 - len(found) :], ["X004", "X085"]), width
    assert "X085" in read(wrapped(TEXT, 80, "\r\n"))


@pytest.mark.parametrize("end", [" ~", "  ~\n", "\t~", "\n~\n", " \n", " \r\n"])
def test_blanks_before_every_terminator(end: str) -> None:
    found = read(wire(FAMILIES, end))
    assert set(found) <= {"X004", "X014", "X084", "X085"}
    assert len(found) <= 3
    assert found


@pytest.mark.parametrize("between", [" ", "  ", "\t", "\n", "\r\n", " \n"])
def test_blanks_between_isa16_and_its_terminator(between: str) -> None:
    assert read(swapped(TEXT, "T*:~", f"T*:{between}~")) == ["X004"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_as_terminators_are_no_blanks(end: str) -> None:
    assert read(wire(FAMILIES, end)) == []


@pytest.mark.parametrize("blank", [" ", "   ", "\t"])
@pytest.mark.parametrize("where", ["005010X222A1~BHT", "005010X222A1~ST", "*0001~GE", "*1~IEA", "*Y~HI"])
def test_blanks_at_the_end_of_one_segment(where: str, blank: str) -> None:
    at = TEXT.index(where) + where.index("~")
    (found,) = read(TEXT[:at] + blank + TEXT[at:]) or ["none"]
    assert found in {"X084", "X014", "none"}
    assert (found == "none") == where.startswith(
        "*1~IEA"
    )  # a count of groups with a blank is read as the count


def test_blanks_inside_a_segment_are_found_where_they_are() -> None:
    (found,) = x12.validate(wire(swapped(ONE, "*DOE*JO*", "*DOE *JO*"))).findings
    assert (found.rule, found.location.segment, found.location.element) == ("X084", "NM1", 3)


@pytest.mark.parametrize("mark", ['"', "'", "> ", "X12: ", "\ufeff", "text "])
def test_a_mark_before_isa_is_no_path(mark: str) -> None:
    assert is_text(mark + TEXT)
    assert list(x12.iter_claims(mark + TEXT)) == CLAIMS


def test_one_wrong_id_is_one_finding() -> None:
    lines = DEPENDENT.split("\n")
    for at, segment in enumerate(lines[3:-3], 3):
        wrong = "\n".join([*lines[:at], "ZZ" + segment, *lines[at + 1 :]])
        assert len(x12.validate(wire(wrong)).findings) == 1, segment


def test_the_cases(reference: Path) -> None:
    cases = reference / "cases/x12"
    assert [found.rule for found in x12.validate(cases / "r03_st03_trailing_blank.x12").findings] == ["X084"]
    assert [found.rule for found in x12.validate(cases / "r06_isa16_blank.x12").findings] == ["X004"]
    assert [found.rule for found in x12.validate(cases / "r08_quote_before_isa.x12").findings] == ["X008"]
    for name in ("r03_st03_trailing_blank", "r06_isa16_blank", "r08_quote_before_isa"):
        assert len(list(x12.iter_claims((cases / f"{name}.x12").read_text(encoding="utf-8")))) == 1, name


def test_segments_outside_any_set_are_one_finding() -> None:
    alone = "~".join(each for each in TEXT.split("~") if each[:2] not in {"GS", "GE", "ST", "SE"})
    before, _ = x12.validate(alone).findings  # the other is about the count of groups
    assert (before.rule, before.location.segment, before.count) == ("X008", "BHT", alone.count("~") - 2)
    assert before.message.endswith(f"This is so of {before.count:,} segments in a row.")
    assert list(x12.iter_claims(alone)) == []
