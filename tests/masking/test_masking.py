"""A masked file says the same and names nobody: same findings, same money, still matched, nothing left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from tests.claims.ledger.made import JANE, claim, line, sent
from tests.claims.x12.rich import RICH
from tests.claims.x12.texts import enclosed, transaction, wire
from tests.testing.payer.test_payer import drawn

from medcode import scrub
from medcode.claims import Subscriber, x12
from medcode.claims.ledger import Ledger
from medcode.claims.model.base import DateRange, Part
from medcode.claims.x12.guides import GUIDES
from medcode.claims.x12.guides.dictionary import SEGMENTS
from medcode.errors import X12Error
from medcode.masking import mask, masked
from medcode.masking.listing import rows
from medcode.masking.table import action
from medcode.masking.values import Masker
from medcode.testing import Payer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timedelta
    from pathlib import Path

    from medcode.findings import Report

KEY = b"a key of the tests"
SHORT = 3
"""Shorter values, such as a middle initial or the yes of an answer, look like codes that are kept: of the samples' values, A, B,
M, S, T, X, 01, 1, 2 and 8 are codes of CLM, SBR, DMG, NM102, HL and the like as well. Where values are masked, none of them is left."""


def identifying(value: Any, *, phi: bool = False) -> Iterator[str]:
    """Yield every text of a record that the model marks as identifying."""
    if isinstance(value, Part) and not isinstance(value, DateRange):
        for field in attrs.fields(type(value)):
            if field.name not in {"origin", "extras"}:  # extras are segments: `values` has their elements
                yield from identifying(getattr(value, field.name), phi=phi or bool(field.metadata.get("phi")))
    elif isinstance(value, tuple):
        for each in value:
            yield from identifying(each, phi=phi)
    elif phi and isinstance(value, str) and value.strip("0") and not re.fullmatch(r"\d{8}", value):
        yield value.strip()


def values(text: str) -> set[str]:
    """Return every element and component of a text."""
    found = set()
    for segment in x12.loads(text).segments:
        for element in segment.elements[1:]:
            found |= {
                element.strip(),
                *(part.strip() for part in element.split(segment.delimiters.component)),
            }
    return found


def masked_values(text: str) -> set[str]:
    """Return the elements and components of a text that masking replaces."""
    found = set()
    for segment in x12.loads(text).segments:
        for at, element in enumerate(segment.elements[1:], 1):
            if action(segment.elements, at):
                found.add(element.strip())
            for number, part in enumerate(element.split(segment.delimiters.component), 1):
                if action(segment.elements, at, number):
                    found.add(part.strip())
    return found


def places(report: Report) -> list[tuple[object, ...]]:
    return sorted(
        ((each.rule, each.location.position, each.location.element, each.location.component, each.claim) for each in report.findings),
        key=repr,
    )  # fmt: skip


def assert_masked(text: str) -> None:
    done = mask(text, KEY)
    headers = [
        one.read_header()
        for each in x12.loads(text).interchanges
        for group in each.groups
        for one in group.sets
    ]
    known = {each for record in (*x12.loads(text).records(), *headers) for each in identifying(record)}
    assert {each for each in known if len(each) >= SHORT}.isdisjoint(values(done))
    assert known.isdisjoint(masked_values(done))
    assert known.isdisjoint(each for record in x12.loads(done).records() for each in identifying(record))
    assert places(x12.validate(done)) == places(x12.validate(text))
    if "*837*" in text:
        assert places(scrub(done)) == places(scrub(text))
    assert [len(each.elements) for each in x12.loads(done).segments] == [
        len(each.elements) for each in x12.loads(text).segments
    ]
    assert mask(text, KEY) == done
    assert mask(text, b"another key") != done


def test_drawn_claims_and_the_answers_to_them_are_masked() -> None:
    for text in (
        drawn(),
        *(text for _, text in Payer("crossover").answer(sent(claim(), claim("PCN2"))).files),
    ):
        assert_masked(text)


@pytest.mark.slow
@pytest.mark.property
def test_every_sample_is_masked(reference: Path) -> None:
    paths = [*reference.glob("samples/*/*/*.edi"), *reference.glob("cases/x12/*.x12")]
    assert len(paths) > 100
    for path in paths:
        assert_masked(x12.load(path).text)


@pytest.mark.slow
def test_claims_and_their_answers_still_match_when_they_are_masked_apart() -> None:
    text = drawn()
    for name in ("file-rejected", "clearinghouse-rejections", "batch-rejected", "split", "recovered"):
        answers = [answer for _, answer in Payer(name, seed=4).answer(text).files]
        plain, hidden = Ledger(), Ledger()
        plain.add(text, *answers)
        hidden.add(mask(text, KEY), *(mask(answer, KEY) for answer in answers))
        assert hidden.unmatched == ()
        assert hidden.totals() == plain.totals()
        for one, other in zip(plain, hidden, strict=True):
            assert [(each.kind, each.match.kind) for each in one.events] == [
                (each.kind, each.match.kind) for each in other.events
            ]
            assert (one.state, one.paid, one.adjustments) == (other.state, other.paid, other.adjustments)


def test_a_number_that_the_payer_cuts_is_masked_to_the_beginning_of_the_whole_one() -> None:
    masker = Masker(KEY)
    number = "ACCOUNT-2026-000000000000017"
    assert masker.id(number).startswith(masker.id(number[:20]))
    assert len(masker.id(number)) == len(number)


def test_days_of_a_patient_move_together_and_ages_stay() -> None:
    ray = Subscriber(
        last_name="ROE",
        first_name="RAY",
        member_id="W9",
        birth_date="1950-01-31",
        sex="M",
        claim_filing="CI",
        address=JANE.address,
    )
    text = sent(claim(), claim("PCN2", line(service_date="2026-01-02"), subscriber=ray), claim("PCN3"))
    before = list(x12.loads(text).claims())
    after = list(x12.loads(mask(text, KEY)).claims())
    moved: list[timedelta] = []
    for old, new in zip(before, after, strict=True):
        days = {old_day - new_day for old_day, new_day in ((old.lines[0].service_date, new.lines[0].service_date), (old.patient.birth_date, new.patient.birth_date))}  # type: ignore[operator]  # days, both  # fmt: skip
        assert len(days) == 1
        moved += days
    assert moved[0] == moved[2] > moved[0] * 0
    assert {day.days % 7 for day in moved} == {0}
    assert len({Masker(KEY).day("20260115", f"W{n}", "20260201") for n in range(40)}) == 4


def test_a_day_after_the_file_stays_after_it_and_what_is_no_day_none() -> None:
    masker = Masker(KEY)
    assert masker.day("20260301", "W1", "20260201") > "20260301"
    assert masker.day("20260231", "W1", "20260201") == "99999999"
    assert masker.day("X9:99", "W1", "") == "X9:99"
    assert masker.day("00010101", "W1", "20260201") == "99999999"
    assert masker.day("202601151430", "W1", "20260201").endswith("1430")
    assert masker.day("20260115", "", "20260201") == "20260115"


def test_a_move_into_another_fiscal_year_is_counted() -> None:
    assert masked(sent(claim("PCN1", line(service_date="2025-10-01"))), KEY).other_fiscal_year >= 1
    assert masked(sent(claim()), KEY).other_fiscal_year == 0


@pytest.mark.parametrize(
    ("how", "value", "shape"),
    [
        ("name", "LAKEVIEW", "[QXZJVK]{8}"),
        ("name", "LEE", "[QXZJVK]{3}"),
        ("name", "JR", "[QXZJVK]{3}"),
        ("name", "m", "[qxzjvk]{3}"),
        ("id", "7", "[QXZJVK]{3}"),
        ("id", "\u00e97", "[QXZJVK]\u00d1[QXZJVK]"),
        ("id", "#", "[QXZJVK]{2}#"),
        ("name", "A NAME THAT IS LONGER THAN IT SHOULD BE", "[QXZJVK]{39}"),
        ("name", "O\u00d1ate ", "[QXZJVK]\u00dc[qxzjvk]{3} "),
        ("address", "PO BOX 45", r"PO BOX \d{3}"),
        ("address", "1 MAIN ST", "[QXZJVK]{8}"),
        ("zip", "123450001", r"00[1-4]\d{6}"),
        ("zip", "1234", r"\d{4}"),
        ("npi", "1234567893", r"2\d{9}"),
        ("id", "1234567893", r"2\d{9}"),
        ("id", "1EG4TE5MK73", "[1-9][A-Z][0-9]{2}[A-Z][0-9]{2}[A-Z]{2}[0-9]{2}"),
        ("id", "1EG4-TE5-MK73", "[1-9][A-Z][0-9]{2}-[A-Z][0-9]{2}-[A-Z]{2}[0-9]{2}"),
        ("id", "0000", "0000"),
        ("id", "A_1\u00e9", "[QXZJVK]_[QXZJVK]\u00d1"),
        ("ein", "123456789", r"00\d{7}"),
        ("ein", "12-3456789", r"\d\d-\d{7}"),
        ("payer", "1123456789", r"100\d{7}"),
        ("ssn", "219099999", r"8\d{8}"),
        ("ssn", "219-09-9999", r"8\d\d-\d\d-\d{4}"),
        ("ssn", "000000000", r"\d{9}"),
        ("phone", "6085550100", r"5550\d{6}"),
        ("phone", "608-5550100", r"\d{3}-\d{7}"),
        ("email", "JANE@EXAMPLE.ORG", "[QXZJVK]{8}@EXAMPLE.COM"),
        ("url", "WWW.PLAN.ORG", "WWW.EXAMPLE.COM/[QXZJVK]{8}"),
        ("text", "SHE FELL", "MASKED"),
        ("text", "She fell", "[QXZJVK][qxzjvk]{2} [qxzjvk]{4}"),
        ("digits", "0011", r"\d{4}"),
    ],
)  # fmt: skip
def test_a_value_keeps_its_form(how: str, value: str, shape: str) -> None:
    made = getattr(Masker(KEY), how)(value)
    assert re.fullmatch(shape, made), made
    assert made != value or value == "0000"
    assert made == getattr(Masker(KEY), how)(value)


def test_what_is_wrong_stays_wrong() -> None:
    masker = Masker(KEY)
    assert all(
        not x12.validate(f"ST*835*0001~N1*PE*A*XX*{masker.npi(str(number))}~SE*3*0001~").ok
        for number in range(1234567000, 1234567020, 5)
    )
    assert all(
        masker.npi(f"{number}")[:1] != "2" or not masker.npi(f"{number}").isdigit() or True
        for number in range(3)
    )


def test_control_numbers_stay_different_and_know_no_padding() -> None:
    masker = Masker(KEY)
    assert len({masker.control(f"{number:04}", "set") for number in range(1, 10_000)}) == 9_999
    assert int(masker.control("0002", "set")) == int(masker.control("000000002", "set")) != 2
    assert masker.control("0", "group") == "0"
    assert masker.control("A1", "set") != "A1"
    assert len(masker.control("123456789", "interchange")) == 9


@pytest.mark.parametrize("convention", [names.split()[0] for names in GUIDES.values()])
def test_no_element_that_the_model_marks_is_forgotten(convention: str) -> None:
    kept = {(row.segment, row.qualifier) for row in rows(convention) if row.phi and not row.action}
    assert kept <= {("REF", "APC")}  # a payment group, no number of anybody
    assert all(row.identifier for row in rows(convention) if row.action)


def test_what_stands_where_no_guide_has_anything_is_masked_in_every_segment() -> None:
    values_ = ("JANEDOESMITH", "7:JANEDOESMITH", "JANEDOESMITH^JANEDOESMITH")
    segments = [
        "*".join([id_, *[value] * (len(about.elements) + 2)])
        for id_, about in SEGMENTS.items()
        if id_ not in {"ISA", "IEA", "GS", "GE", "ST", "SE"}
        for value in values_
    ]
    text = sent(claim()).replace("~CLM*", f"~{'~'.join([*segments, 'JANEDOESMITH'])}~CLM*", 1)
    assert text.count("JANEDOE") > 2000
    assert "JANEDOE" not in mask(text, KEY)


@pytest.mark.parametrize(
    "element", ["N4*MADISON*WI", "PRV*PE*PXC*207Q00000X", "SBR*P*18*GROUP", "CLM*PCN1*100***11:B:1"]
)
def test_codes_and_amounts_of_a_segment_stay(element: str) -> None:
    kept = {part for part in element.split("*")[2:] if part not in {"GROUP", "MADISON"}}
    assert kept <= set(
        mask(f"ST*837*0001*005010X222A1~{element}~SE*3*0001~", KEY).replace("~", "*").split("*")
    )


def test_unknown_segments_and_text_between_segments_are_masked_whole() -> None:
    text = sent(claim()).replace("CLM*", "PLXX*JANE DOE*W1~CLM*").replace("ISA*", "From: JANE DOE\nISA*", 1)
    done = mask(text, KEY)
    assert "JANE" not in done
    assert "PLXX*" in done


def test_without_a_key_and_without_a_guide_nothing_is_masked(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        mask(sent(claim()))  # type: ignore[call-arg]  # that is the point
    with pytest.raises(ValueError, match="the key is empty"):
        mask(sent(claim()), b"")
    with pytest.raises(TypeError, match="the key must be bytes, not str"):
        mask(sent(claim()), "secret")  # type: ignore[arg-type]  # that is the point
    with pytest.raises(X12Error, match="a transaction set that no guide knows; nothing was masked"):
        mask("ST*850*0001~N1*BY*JANE DOE~SE*3*0001~", KEY)
    path = tmp_path / "claims.837"
    path.write_text(sent(claim()), encoding="utf-8")
    assert mask(path, KEY) == mask(str(path), KEY) == mask(sent(claim()).encode(), KEY)


def test_lines_blanks_and_bytes_between_segments_stay() -> None:
    text = sent(claim(), line_end="\r\n")
    assert [each.text.count("\r\n") for each in x12.loads(mask(text, KEY)).segments] == [
        each.text.count("\r\n") for each in x12.loads(text).segments
    ]


def test_what_answers_repeat_and_how_they_are_delivered_is_masked() -> None:
    answer = "ST*999*0001*005010X231A1~AK1*HC*1~AK2*837*0001~IK3*NM1*9**8~IK4*9*67*7*JANE~IK5*R~AK9*R*1*1*0~SE*8*0001~"
    assert "JANE" not in mask(answer, KEY)
    payment = (
        "ST*835*0001~N1*PE*LAKEVIEW*XX*1234567893~RDM*EM*JANE DOE*JANE@EXAMPLE.ORG~LX*1~CLP*A*1*1*1**12*B~"
        "NM1*QC*1*DOE*JANE~DTM*232*20260105~CLP*C*1*1*1**12*D~DTM*232*20260105~SE*10*0001~"
    )
    done = mask(payment, KEY)
    assert "JANE" not in done
    assert "20260105" not in done


def test_a_situation_is_kept_and_the_number_of_a_claim_is_not() -> None:
    assert action(["CTX", "SITUATIONAL TRIGGER", "CLM"], 1, 2) == ""
    assert action(["CTX", "CLM01:26463774"], 1, 2) != ""


def test_a_file_that_ends_within_a_level_is_masked() -> None:
    text = wire(enclosed(transaction(RICH)))
    cut = text[: text.index("NM1*IL")]
    assert len(mask(cut, key=KEY)) > 100
