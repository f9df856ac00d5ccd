"""Claims as they are read: whose they are, what they hold, and where in the file each part stands."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from tests.claims.test_model import stay
from tests.claims.x12.rich import RICH
from tests.claims.x12.texts import (
    CHILD,
    DEPENDENT,
    FAMILIES,
    HEADER,
    ONE,
    PARENT,
    PAYER,
    PROVIDER,
    SELF,
    claim,
    enclosed,
    recounted,
    swapped,
    transaction,
    wire,
)

from medcode.claims import ProfessionalClaim, x12
from medcode.claims.model import Claim, DateRange, Diagnosis, Occurrence
from medcode.claims.model.fields import ModelFields
from medcode.claims.x12.guides import guide
from medcode.claims.x12.guides.grammar import E, R, Segment
from medcode.claims.x12.guides.nodes import LoopNode, Node
from medcode.claims.x12.parse.session import Session
from medcode.claims.x12.text.lexer import lex
from medcode.claims.x12.text.values import date_format, read_date, write_date
from medcode.codesets.base import Malformed

LONG = enclosed(transaction(RICH.replace("PWK*OZ*BM***AC*A1", "PWK*OZ*BM***AC*A1\nPWK*B4*BM***AC*A9")))


def read(text: str) -> list[ProfessionalClaim]:
    claims = [each for each in x12.loads(wire(text)).claims() if isinstance(each, ProfessionalClaim)]
    assert claims == list(x12.iter_claims(wire(text)))
    return claims


def one(text: str) -> ProfessionalClaim:
    (found,) = read(text)
    return found


def test_each_claim_under_its_own_patient() -> None:
    first, second, third = read(FAMILIES)
    assert [each.patient.first_name for each in (first, second, third)] == ["JO", "PAT", "SAM"]
    assert [each.subscriber.member_id for each in (first, second, third)] == ["M1", "M2", "M2"]
    assert first.dependent is second.dependent is None
    assert third.dependent
    assert second.subscriber is third.subscriber


def test_parents_decide_not_the_order() -> None:
    text = enclosed(
        transaction(
            HEADER,
            PROVIDER,
            PARENT,
            PARENT.replace("HL*2*1", "HL*3*1").replace("JO****MI*M1", "PAT****MI*M2"),
            CHILD.replace("HL*3*2*23", "HL*4*2*23"),
            claim(),
        )
    )
    assert one(text).subscriber.member_id == "M1"


@pytest.mark.parametrize("parent", ["9", "1", ""])
def test_a_wrong_parent_gives_no_subscriber_rather_than_another(parent: str) -> None:
    found = one(swapped(DEPENDENT, "HL*3*2*23*0", f"HL*3*{parent}*23*0"))
    assert found.dependent
    assert found.dependent.first_name == "SAM"
    assert found.subscriber.member_id != "M1"
    assert found.payer.payer_id != "P1"


def test_levels_without_numbers() -> None:
    found = one(swapped(ONE, "HL*2*1*22*0", "HL***22*0"))
    assert found.subscriber.member_id == "M1"
    assert found.billing_provider.organization is None


def test_what_stands_late_belongs_to_its_level() -> None:
    late = recounted(swapped(ONE, PAYER, f"{PAYER}\nNM1*IL*1*LATE*LEE****MI*M9"))
    assert one(late).subscriber.member_id == "M1"


def test_strangers_do_not_leak_into_the_loop_before() -> None:
    stranger = "NM1*QQ*1*STRANGER*SAL\nN3*66 DARK ALLEY\nN4*NOWHERE*FL*00000"
    text = recounted(swapped(ONE, PAYER, f"{PAYER}\n{stranger}"))
    found = one(text)
    assert found.payer.address is None
    assert found.extras == tuple(stranger.split("\n"))
    inner = recounted(swapped(LONG, "NM1*82*1*POE", f"{stranger}\nNM1*82*1*POE"))
    assert one(inner).referring_provider == one(LONG).referring_provider
    assert one(inner).extras == tuple(stranger.split("\n"))


def test_the_other_subscriber_is_never_taken_for_the_subscriber() -> None:
    text = recounted(swapped(LONG, "SBR*P*18*GROUP8*PLAN TWO*****CI\n", ""))
    assert one(text).subscriber.member_id == "M1"
    assert len(one(text).lines) == 2


def test_a_rich_claim_is_read_whole() -> None:
    found = one(LONG)
    assert found.total == Decimal(120)
    assert [str(each.code) for each in found.diagnoses] == ["J069", "E119", "I10"]
    assert found.other_payers[0].paid == Decimal(60)
    assert found.lines[0].drug
    assert found.lines[1].service_date == DateRange(date(2026, 1, 5), date(2026, 1, 6))
    assert found.extras == ()


def test_a_total_that_is_not_the_sum_is_kept() -> None:
    assert one(ONE).stated_total is None
    assert one(swapped(ONE, "CLM*C1*40", "CLM*C1*41")).stated_total == Decimal(41)
    assert one(swapped(ONE, "99213*40", "99213*4O")).stated_total == Decimal(40)


def test_a_set_without_its_trailer_gives_its_last_claim() -> None:
    text = swapped(ONE, "SE*23*0001\n", "")
    assert one(text).control_number == "C1"
    cut = "\n".join(HEADER.split("\n")[:2])
    assert read(enclosed(transaction(cut)).replace("SE*4*0001\n", "")) == []


def test_a_claim_cut_off_by_the_end_of_the_text_is_not_given() -> None:
    text = wire(ONE)
    assert list(x12.loads(text[: text.index("DTP*472")]).claims()) == []


def test_a_contact_of_another_kind_of_number() -> None:
    text = swapped(LONG, "PER*IC*BEA*TE*3055550101*EX*22", "PER*IC*BEA*QQ*1*TE*3055550101")
    contact = one(text).billing_provider.contacts[0]
    assert (contact.name, contact.phone, contact.extension) == ("BEA", "3055550101", None)


def test_adjustments_without_reason_are_none() -> None:
    found = one(swapped(LONG, "CAS*PR*1*20**2*10", "CAS*PR*1*20*****3*5"))
    assert [(each.reason, each.amount) for each in found.other_payers[0].adjustments] == [
        ("1", Decimal(20)),
        ("3", Decimal(5)),
    ]


PLACES = [
    ("control_number", "2300", "CLM", 1, None),
    ("place_of_service", "2300", "CLM", 5, 1),
    ("dates.onset", "2300", "DTP", None, None),
    ("diagnoses[1].code", "2300", "HI", 2, 2),
    ("lines[0].procedure.code", "2400", "SV1", 1, 2),
    ("lines[0].procedure", "2400", "SV1", 1, None),
    ("lines[1].procedure.code", "2400", "SV1", 1, 2),
    ("lines[1].charge", "2400", "SV1", 2, None),
    ("lines[0].drug.code", "2410", "LIN", 3, None),
    ("lines[0].rendering_provider.npi", "2420A", "NM1", 9, None),
    ("billing_provider.npi", "2010AA", "NM1", 9, None),
    ("billing_provider.address.zip", "2010AA", "N4", 3, None),
    ("billing_provider.pay_to_address.zip", "2010AB", "N4", 3, None),
    ("subscriber.birth_date", "2010BA", "DMG", 2, None),
    ("subscriber.member_id", "2010BA", "NM1", 9, None),
    ("payer.payer_id", "2010BB", "NM1", 9, None),
    ("other_payers[0].paid", "2320", "AMT", None, None),
    ("other_payers[0].payer.payer_id", "2330B", "NM1", 9, None),
    ("other_payers[0].adjustments[1].amount", "2320", "CAS", None, None),
    ("lines[0].adjudications[0].adjustments[1].amount", "2430", "CAS", None, None),
    ("billing_provider.contacts[0].phone", "2010AA", "PER", None, None),
    ("attachments[0].report_type", "2300", "PWK", 1, None),
    ("attachments[1].report_type", "2300", "PWK", 1, None),
    ("condition_codes[0]", "2300", "HI", 1, 2),
]


@pytest.mark.parametrize(("path", "loop", "segment", "element", "component"), PLACES)
def test_every_path_has_its_place(
    path: str, loop: str, segment: str, element: int | None, component: int | None
) -> None:
    text = wire(LONG)
    at = one(LONG).origin.place(path)
    assert (at.loop, at.segment, at.path) == (loop, segment, path)
    if element:
        assert (at.element, at.component) == (element, component)
    assert text[at.offset :].startswith(f"{segment}*")
    assert LONG.split("\n")[at.position + 1].startswith(f"{segment}*")


def test_what_stands_twice_has_two_places() -> None:
    first, second = (one(LONG).origin.place(f"attachments[{at}].report_type").position for at in (0, 1))
    assert second == first + 1


def test_codes_fill_one_row_after_the_other() -> None:
    claim = stay(
        other_diagnoses=[Diagnosis(f"E11.{at}", present_on_admission="Y") for at in (8, 9) * 7],
        occurrences=(Occurrence("11", date(2026, 1, 1)),),
    )
    text = x12.dumps([claim], check=False)
    origin = next(x12.loads(text).claims()).origin
    for path, element, component in (
        ("other_diagnoses[0].code", 1, 2),
        ("other_diagnoses[11].present_on_admission", 12, 9),
        ("other_diagnoses[13].code", 2, 2),
        ("occurrences[0].date", 1, 4),
    ):
        at = origin.place(path)
        assert (at.segment, at.element, at.component) == ("HI", element, component)
        assert text[at.offset :].split("~")[0].count("E119") == {
            "other_diagnoses[13].code": 1,
            "occurrences[0].date": 0,
        }.get(path, 6)


def test_places_of_what_is_not_there() -> None:
    origin = one(LONG).origin
    assert origin.place("homes[0].door") is None
    assert origin.place("lines[9].charge") is None
    assert origin.place("lines[0].procedure.colour").segment == "SV1"
    assert origin.place("lines[0]").segment == "LX"
    assert origin.place("billing_provider").segment == "PRV"
    assert origin.place("ambulance.reason") is None or origin.place("ambulance.reason").loop
    assert repr(origin) == f"<{len(list(origin.marks))} segments>"
    strange = one(recounted(swapped(LONG, "LX*1", "QQQ*1\nLX*1"))).origin
    assert strange.place("lines[0].charge").segment == "SV1"


@pytest.mark.parametrize(
    ("form", "text", "value"),
    [
        ("D8", "20260105", date(2026, 1, 5)),
        ("RD8", "20260105-20260107", DateRange(date(2026, 1, 5), date(2026, 1, 7))),
        ("DT", "202601051430", datetime(2026, 1, 5, 14, 30)),  # noqa: DTZ001  # X12 knows local time alone
        ("TM", "1430", time(14, 30)),
        ("TM", "143005", time(14, 30, 5)),
        ("TM", "1430055", time(14, 30, 5, 500_000)),
        ("TM", "14300525", time(14, 30, 5, 250_000)),
    ],
)
def test_days_and_times_both_ways(form: str, text: str, value: object) -> None:
    assert read_date(form, text) == value
    assert (date_format(value), write_date(value)) == (form, text)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("D8", "2026010"),
        ("D8", "20260230"),
        ("RD8", "20260105"),
        ("RD8", "20260105-2026"),
        ("DT", "20260105"),
        ("DT", "202613051430"),
        ("DT", "20260105143000"),
        ("TM", "14"),
        ("TM", "2561"),
        ("TM", "14\u00b200"),
        ("XX", "20260105"),
    ],
)
def test_what_is_no_day_or_time_is_kept(form: str, text: str) -> None:
    value = read_date(form, text)
    assert isinstance(value, Malformed)
    assert value == text
    assert date_format(value) == ("RD8" if "-" in text else "DT" if len(text) > 8 else "D8")
    assert write_date(value).endswith(text)


def test_self_and_parent_texts_differ_in_the_relationship_alone() -> None:
    assert one(enclosed(transaction(HEADER, PROVIDER, SELF, claim()))) == one(ONE)


def test_a_reference_without_its_number_is_none() -> None:
    assert one(swapped(LONG, "REF*G1*AUTH1", "REF*G1")).references.prior_authorization is None


def test_a_claim_without_lines() -> None:
    lines = "LX*1\nSV1*HC:99213*40*UN*1***1\nDTP*472*D8*20260105\n"
    assert one(recounted(swapped(ONE, lines, ""))).lines == ()


def test_a_second_principal_diagnosis_is_kept_aside() -> None:
    text = x12.dumps([stay()], x12.Envelope(sender="SUB", receiver="PLAN"), check=False)
    principal = next(each for each in text.split("~") if each.startswith(("HI*ABK", "HI*BK")))
    (found,) = x12.loads(text.replace(principal, f"{principal}~{principal}")).claims()
    assert found.extras == (principal,)
    assert found.evolve(extras=()) == next(x12.loads(text).claims())


def test_claims_of_an_unknown_guide_are_none() -> None:
    assert list(x12.iter_claims(wire(ONE.replace("X222A1", "X999")))) == []


def test_reading_alone_finds_nothing() -> None:
    session = Session(build=Claim)
    claims = [found for segment in lex([wire(ONE)]) if (found := session.accept(segment))]
    session.finish()
    assert len(claims) == 1


def test_what_the_fields_of_the_model_has_no_place_for() -> None:
    with pytest.raises(LookupError, match="holds no part"):
        ModelFields.of(ProfessionalClaim).part("place_of_service")
    node = Node(None, LoopNode(guide("005010X222A1").root, guide("005010X222A1")), 0)
    with pytest.raises(LookupError, match="no segment"):
        _ = node.use


def test_a_row_longer_than_its_segment_is_no_guide() -> None:
    with pytest.raises(ValueError, match="2 elements where the dictionary has 1"):
        Segment("LX", "", "Line number", R, 1, E("", R), E("", R))
