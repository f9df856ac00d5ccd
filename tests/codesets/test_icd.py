"""ICD-10-CM, ICD-10-PCS and ICD-9-CM: the facts that are known of them, day by day."""

from __future__ import annotations

import warnings
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from medcode import icd10cm, icd10pcs
from medcode.codesets import ValueSet, clock
from medcode.codesets.base import CodeSet, JudgedOn, Status
from medcode.codesets.icd9cm import icd9cm
from medcode.codesets.icd9cm_procedures import icd9cm_procedures
from medcode.codesets.icd10cm import Icd10Cm
from medcode.codesets.loaded import LATER_TITLE
from medcode.codesets.place_of_service import place_of_service
from medcode.codesets.references import Reference
from medcode.errors import CoverageError, CoverageWarning, UnknownCode

if TYPE_CHECKING:
    from collections.abc import Callable

BILLABLE, HEADER, DELETED, NOT_YET = Status.BILLABLE, Status.HEADER, Status.DELETED, Status.NOT_YET


CM_COUNTS = (69_823, 71_486, 71_704, 71_932, 72_184, 72_616, 72_748, 73_639, 74_044, 74_260, 74_719, 74_879)


@pytest.mark.parametrize(("year", "count"), [*enumerate(CM_COUNTS, 2015)])
def test_billable_codes_of_icd10cm(year: int, count: int) -> None:
    assert icd10cm.as_of(date(year, 10, 1)).billable() == count


@pytest.mark.parametrize(("year", "count"), [(2024, 78_948), (2025, 79_115), (2026, 79_256)])
def test_billable_codes_of_icd10pcs(year: int, count: int) -> None:
    assert icd10pcs.as_of(date(year, 10, 1)).billable() == count == len(icd10pcs.as_of(date(year, 10, 1)))


def test_rows_of_the_april_2026_order_file() -> None:
    then = icd10cm.as_of(date(2026, 4, 1))
    assert (then.billable(), len(then)) == (74_719, 98_186)


def test_last_codes_of_icd9() -> None:
    day = date(2015, 9, 30)
    assert (icd9cm.as_of(day).billable(), icd9cm_procedures.as_of(day).billable()) == (14_567, 3_882)
    assert icd9cm.status("250.00", on=date(2015, 10, 1)) is DELETED
    assert icd9cm.status("250.00") is DELETED
    assert icd9cm.status("250.00", on=date(1980, 1, 1)) is Status.OUT_OF_RANGE
    assert icd9cm["250"].title == "Diabetes mellitus"
    assert icd9cm_procedures["47.01"].title == "Laparoscopic appendectomy"
    assert icd9cm.children("250")[:2] == ("2500", "2501")


@pytest.mark.parametrize(("code", "last", "after"), [
    ("M54.5", date(2021, 9, 30), HEADER),
    ("N18.3", date(2020, 9, 30), HEADER),
    ("K56.60", date(2017, 9, 30), HEADER),
    ("T81.4XXA", date(2018, 9, 30), DELETED),
    ("J84.17", date(2020, 9, 30), HEADER),
    ("B88.0", date(2025, 9, 30), HEADER),
    ("I42.0", date(2026, 9, 30), HEADER),
    ("D69.1", date(2026, 9, 30), HEADER),
    ("M72.2", date(2026, 9, 30), HEADER),
    ("I49.8", date(2026, 9, 30), HEADER),
])  # fmt: skip
def test_codes_that_ended(code: str, last: date, after: Status) -> None:
    assert icd10cm.status(code, on=last) is BILLABLE
    assert icd10cm.status(code, on=last + timedelta(days=1)) is after
    assert icd10cm[code].end == last
    assert not icd10cm[code].billable


@pytest.mark.parametrize(("code", "first"), [
    ("M54.50", date(2021, 10, 1)), ("M54.51", date(2021, 10, 1)), ("M54.59", date(2021, 10, 1)),
    ("N18.30", date(2020, 10, 1)), ("K56.609", date(2017, 10, 1)), ("T81.40XA", date(2018, 10, 1)),
    ("I21.9", date(2017, 10, 1)), ("I21.A1", date(2017, 10, 1)), ("F02.A0", date(2022, 10, 1)),
    ("Z03.83", date(2022, 10, 1)), ("E66.811", date(2024, 10, 1)), ("B88.01", date(2025, 10, 1)),
    ("E11.A", date(2025, 10, 1)), ("QA0.0101", date(2025, 10, 1)), ("U09.9", date(2021, 10, 1)),
    ("U07.1", date(2020, 4, 1)), ("Z20.822", date(2021, 1, 1)),
    ("I42.00", date(2026, 10, 1)), ("I42.01", date(2026, 10, 1)), ("I42.09", date(2026, 10, 1)),
    ("D69.11", date(2026, 10, 1)), ("D69.19", date(2026, 10, 1)), ("M72.20", date(2026, 10, 1)),
    ("M72.21", date(2026, 10, 1)), ("I49.81", date(2026, 10, 1)), ("I49.82", date(2026, 10, 1)),
    ("I49.89", date(2026, 10, 1)),
])  # fmt: skip
def test_codes_that_began(code: str, first: date) -> None:
    assert icd10cm.status(code, on=first - timedelta(days=1)) is NOT_YET
    assert icd10cm.status(code, on=first) is BILLABLE
    assert icd10cm[code].start == first
    assert icd10cm[code].end is None
    assert icd10cm[code].billable


@pytest.mark.parametrize(("code", "status"), [
    ("E11", HEADER), ("E11.6", HEADER), ("E11.65", BILLABLE), ("T36.0X1", HEADER), ("T36.01XA", Status.UNKNOWN),
    ("T36.0X1A", BILLABLE), ("S06.2X7D", DELETED), ("S06.2X7A", BILLABLE), ("ZZZ99", Status.UNKNOWN),
    ("j18.9 ", BILLABLE), ("E66.81", HEADER), ("T14.8XX", Status.UNKNOWN), ("T14.8", HEADER), ("E1", Status.MALFORMED),
    ("E11.", Status.MALFORMED), ("E11..9", Status.MALFORMED), ("E.119", Status.MALFORMED), (".E119", Status.MALFORMED),
])  # fmt: skip
def test_status_today(code: str, status: Status) -> None:
    assert icd10cm.status(code) is status


def test_a_heading_that_never_was_billable_begins_with_its_codes() -> None:
    assert icd10cm.status("E66.81", on=date(2024, 9, 30)) is NOT_YET
    assert icd10cm["E66.81"].start == date(2024, 10, 1)


@pytest.mark.parametrize("code", ["J18.9", "I10"])
def test_the_set_begins_with_october_2015(code: str) -> None:
    assert icd10cm.status(code, on=date(2015, 9, 30)) is NOT_YET
    assert icd10cm.status(code, on=date(2015, 10, 1)) is BILLABLE


def test_pcs_has_no_letter_o() -> None:
    assert icd10pcs.status("02703OZ") is Status.MALFORMED
    assert icd10pcs.status("02703DZ") is BILLABLE
    assert icd10pcs["02703DZ"].code.dotted == "02703DZ"


def test_titles() -> None:
    assert icd10cm["e11.9"].title == "Type 2 diabetes mellitus without complications"
    assert icd10cm["S72.001A"].title == (
        "Fracture of unspecified part of neck of right femur, initial encounter for closed fracture"
    )
    assert icd10cm["I42.00"].title == "Dilated cardiomyopathy, unspecified"
    composed = icd10cm["T81.4XXA"]
    assert composed.title == "Infection following a procedure, initial encounter"
    assert composed.note
    assert "composed" in composed.note
    assert icd10cm["I60.20"].title is None  # ended 2015-09-30 as printed; no source has it
    assert icd10cm["E11.9"].note is None


def test_only_codes_long_gone_lack_a_title() -> None:
    without = [concept for concept in icd10cm.values() if concept.title is None]
    assert len(without) == 103
    assert {concept.end for concept in without} == {date(2016, 9, 30), date(2017, 9, 30)}


@pytest.mark.parametrize(
    ("code", "near"),
    [
        ("E11.99", "E11.9, E11"),
        ("I5O.9", "I50.9"),
        ("E11.6Z", "E11.6, E11, E11.61, E11.62, E11.63"),
    ],
)
def test_an_unknown_code_names_those_near_it(code: str, near: str) -> None:
    with pytest.raises(UnknownCode) as caught:
        icd10cm[code]
    assert str(caught.value).endswith(f"is not in the ICD-10-CM table; near it: {near}")


def test_nothing_is_near_what_begins_like_no_code() -> None:
    assert icd10cm.near("9Z9") == []


@pytest.mark.slow
def test_the_order_is_that_of_the_tabular_list() -> None:
    blocks = icd10cm._notebook._raw.header["blocks"]
    listed = [category for _, _, categories in blocks for category in categories if category[0] != "U"]
    assert sorted(listed, key=Icd10Cm.sort_key) == listed
    shown = [str(code) for code in icd10cm if len(code) == 3]
    for before, after in (("C43", "C4A"), ("C4A", "C44"), ("Z3A", "Z37"), ("M08", "M1A"), ("M1A", "M10")):
        assert shown.index(before) + 1 == shown.index(after)
    assert Icd10Cm.sort_key("W44A") < Icd10Cm.sort_key("W440")
    assert Icd10Cm.sort_key("E1") == "E1"


@pytest.mark.slow
def test_the_range_of_every_block_is_the_block() -> None:
    book = icd10cm._notebook
    blocks = book._raw.header["blocks"]
    listed = [category for _, _, categories in blocks for category in categories]
    members: dict[str, list[str]] = {name: [] for name, _, _ in blocks}
    for category in listed:
        for block in book.blocks(category):
            members[block.name].append(category)
    for name, _, _ in blocks:
        span = (
            icd10cm.reference(name)
            if icd10cm.named_by(Reference.spanning(name))
            else Reference.spanning(name)
        )
        assert [category for category in listed if span.covers(category)] == members[name], name


@pytest.mark.parametrize("text", ["E11", "E11.-", "E11.*", "e11%", "E11.x", "E11.--", " E11 "])
def test_prefixes_of_every_spelling(text: str) -> None:
    assert icd10cm.reference(text) == Reference("E11", "E11")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("hello", "no ICD-10-CM code begins with HEL.LO"),
        ("hello world", "is not a code, a prefix"),
        ("E13-E08", "the range E13-E08 ends before it begins"),
        ("C44-C4A", "ends before it begins"),
        ("Y00.1-Y00.2", "no ICD-10-CM code is in the range"),
        ("", "is not a code"),
    ],
)
def test_what_names_no_codes_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        icd10cm.reference(text)


def test_beyond_coverage_nothing_is_empty() -> None:
    day = date(2030, 1, 1)
    diabetes = ValueSet("E08-E13")
    asked: list[Callable[[], object]] = [
        lambda: icd10cm.as_of(day),
        lambda: icd10cm.children("E11", day),
        lambda: icd10cm.descendants("E11", day),
        lambda: icd10cm.search("diabetes", on=day),
        lambda: diabetes.codes(day),
        lambda: diabetes.contains("E11.9", day),
        lambda: icd10cm.concept("E11.9", day).billable,
    ]
    for ask in asked:
        with pytest.raises(CoverageError, match="2030-01-01"):
            ask()
    concept = icd10cm.concept("E11.9", day)
    assert (concept.status, concept.to_dict()["billable"]) == (Status.OUT_OF_RANGE, None)
    assert len(icd9cm.as_of(date(2030, 1, 1))) == 0  # the set has ended, which is an answer


def test_titles_as_they_stood() -> None:
    old = icd10cm.concept("K58.9", date(2020, 1, 1))
    assert old.title == "Irritable bowel syndrome without diarrhea"
    assert icd10cm["K58.9"].title == "Irritable bowel syndrome, unspecified"
    assert old.note is None
    assert icd10cm.concept("K58.9", date(2016, 1, 1)).note == LATER_TITLE
    assert icd9cm.concept("250.00", date(2001, 1, 1)).note == LATER_TITLE


def test_the_hierarchy() -> None:
    assert icd10cm.parent("E11.9") == "E11"
    assert icd10cm.parent("E11") is None
    assert icd10cm.ancestors("S72.001A") == ("S72001", "S7200", "S720", "S72")
    assert icd10cm.parent("T14.8XXA") == "T148"
    assert icd10cm.children("M54.5") == ("M5450", "M5451", "M5459")
    assert icd10cm.children("M54.5", on=date(2021, 9, 30)) == ()
    assert all(isinstance(code, Icd10Cm) for code in icd10cm.children("E11"))
    assert "E1165" in icd10cm.descendants("E11")
    assert "E1165" not in icd10cm.children("E11")
    assert icd10cm.subsumes("E11", "E11.9")
    assert icd10cm.subsumes("E11", "E11")
    assert not icd10cm.subsumes("E11.9", "E11")
    with pytest.raises(UnknownCode, match=r"E1Z is not in the ICD-10-CM table"):
        icd10cm.children("E1Z")


@pytest.mark.parametrize(("year", "rows"), [
    (2018, 94_444), (2019, 94_765), (2020, 95_352), (2023, 97_296), (2024, 97_584),
])  # fmt: skip
def test_rows_with_headings(year: int, rows: int) -> None:
    """As many as the hierarchies of those years hold; FY2019-FY2021 are counted on 1 October."""
    assert len(icd10cm.as_of(date(year, 10, 1))) == rows


def test_flags_are_dated() -> None:
    assert "female" in icd10cm.flags("O80", on=date(2024, 9, 30))
    assert "female" not in icd10cm.flags("O80", on=date(2024, 10, 1))
    assert "maternity" in icd10cm.flags("O80", on=date(2024, 10, 1))
    with pytest.raises(TypeError, match="must be str"):
        icd10cm.flags(None)  # type: ignore[arg-type]  # what is refused
    assert icd10cm.flags("nonsense") == icd10cm.flags("ZZZ99") == frozenset()


def test_many_at_once() -> None:
    many = icd10cm.check(["E11.9", "E11", None, float("nan"), "x"])  # type: ignore[list-item]  # a NaN of pandas
    assert many == [BILLABLE, HEADER, None, None, Status.MALFORMED]
    assert repr(many) == "<5 codes: 1 billable, 1 header, 2 missing, 1 malformed>"
    days = [date(2026, 9, 30), date(2026, 10, 1), None]
    assert icd10cm.check(iter(["I42.0", "I42.0", "I42.0"]), on=days) == [BILLABLE, HEADER, None]
    with pytest.raises(ValueError, match="2 codes need as many days, not 1"):
        icd10cm.check(["I42.0", "I42.0"], on=days[:1])
    with pytest.raises(TypeError, match="not int"):
        icd10cm.check([5])  # type: ignore[list-item]  # what is refused


def test_unknown_codes_are_key_errors() -> None:
    assert "ZZZ99" not in icd10cm
    assert "nonsense!" not in icd10cm
    for code in ("ZZZ99", "nonsense!"):
        with pytest.raises(UnknownCode):
            icd10cm[code]
    with pytest.raises(UnknownCode, match="was not valid on 2020-01-01"):
        icd10cm.as_of(date(2020, 1, 1))["QA0.0101"]
    assert "QA0.0101" not in icd10cm.as_of(date(2020, 1, 1))


def test_place_of_service_is_judged_on_the_day_of_the_claim() -> None:
    assert place_of_service.judged_on is JudgedOn.TRANSACTION
    assert icd10cm.judged_on is JudgedOn.SERVICE
    assert place_of_service["11"].title == "Office"
    assert place_of_service.status("98") is Status.UNKNOWN
    assert place_of_service.status("11", on=date(2002, 12, 31)) is Status.OUT_OF_RANGE


@pytest.fixture
def fresh() -> CodeSet[Icd10Cm]:
    """A set that has not yet warned."""
    return CodeSet("icd10cm", Icd10Cm, table="icd10cm")


def on_day(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr(clock, "today", lambda: day)


def test_past_coverage_the_last_day_answers_with_one_warning(
    fresh: CodeSet[Icd10Cm], monkeypatch: pytest.MonkeyPatch
) -> None:
    on_day(monkeypatch, date(2027, 4, 1))
    with pytest.warns(CoverageWarning, match="ended on 2027-03-31"):
        assert fresh.status("E11.9") is BILLABLE
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert fresh.status("E11.9") is BILLABLE
    assert fresh.status("E11.9", on=date(2027, 4, 1)) is Status.OUT_OF_RANGE
    assert fresh.status("ZZZ99", on=date(2027, 4, 1)) is Status.OUT_OF_RANGE
    assert fresh.status("E1", on=date(2027, 4, 1)) is Status.MALFORMED


def test_a_warning_comes_sixty_days_before_coverage_ends(
    fresh: CodeSet[Icd10Cm], monkeypatch: pytest.MonkeyPatch
) -> None:
    on_day(monkeypatch, date(2027, 1, 30))
    assert fresh.status("E11.9") is BILLABLE
    on_day(monkeypatch, date(2027, 1, 31))
    with pytest.warns(CoverageWarning, match="ends on 2027-03-31"):
        assert fresh.status("E11.9") is BILLABLE
