"""A claim by the box numbers of the paper form."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from medcode import scrub
from medcode.claims import Payer, ProfessionalClaim, x12
from medcode.claims.model import Accident
from medcode.claims.model.base import DateRange
from medcode.errors import VisitError

SNIPPET = """\
from medcode.claims import Payer, ProfessionalClaim, x12

claim = ProfessionalClaim.from_cms1500({
    "1": "GROUP", "1a": "XYZ000123456", "2": "DOE, JANE", "3": "1961-04-12 F",
    "5": "77 ELM ST, ALTON, IL 62002", "21A": "J02.9", "24A": "2026-11-16", "24D": "99213",
    "24F": "125.00", "25": "870000001", "26": "147", "33a": "1467890129",
    "33": "RIVER CLINIC, 410 RIVER RD, ALTON, IL 62002-0410, 618-555-0134",
}, Payer(organization="PRAIRIE HEALTH", payer_id="60001"))
text = x12.dumps([claim])
"""

BOXES: dict[str, Any] = {
    "1": "MEDICARE", "1a": "1S00E00AA06", "2": "DOE, TIM, Q", "3": "2015-04-12 m", "4": "DOE, JANE", "5": "77 ELM ST",
    "6": "Child", "7": "77 ELM ST\nAPT 4\nALTON IL 62002", "10a": "NO", "10b": "YES il", "10c": "Y", "10d": "A1 A2",
    "11": "0042", "11a": "1981-04-12 F", "11b": "PC-1", "11c": "PRAIRIE", "12": "", "13": "",
    "14": "2026-11-10", "15": "2026-11-11 454", "16": "2026-11-10 - 2026-11-12", "17": "DN OKAFOR, DANA",
    "17b": "1730000019", "18": "2026-11-10 - 2026-11-11", "19": "SEE CHART", "21A": "J02.9", "21B": "I10",
    "22": "7 ORIG 1", "23": "05D0000001", "24A": ["2026-11-16", "2026-11-16 - 2026-11-17"], "24B": ["11", "22"],
    "24C": ["", "Y"], "24D": ["99213 25 59", "87880"], "24E": ["AB", "B"], "24F": ["125.00", "15"], "24G": ["1", "2"],
    "24H": ["", "Y"], "24J": ["", "1730000019"], "25": "87-0000001 SSN", "26": "147", "27": "NO", "28": "150",
    "29": "10", "32": "LAB, 1 LAB WAY, ALTON, IL 62002", "32a": "1881000008",
    "33": "RIVER CLINIC\n410 RIVER RD\nSUITE 5\nALTON IL 62002-0410\n(618) 555-0134", "33a": "1467890129",
    "33b": "PXC 207Q00000X",
}  # fmt: skip
LEAST = {"21A": "J02.9", "24D": "99213", "24F": "125", "26": "147"}


def test_a_real_visit_takes_under_600_characters_of_python() -> None:
    names: dict[str, Any] = {}
    exec(SNIPPET, names)  # noqa: S102  # our own words
    assert len(SNIPPET) < 600
    assert scrub(names["text"]).findings == ()


def test_every_box_finds_its_field() -> None:
    claim = ProfessionalClaim.from_cms1500(BOXES)
    assert claim.dependent is not None
    assert (claim.dependent.relationship, claim.dependent.last_name, claim.dependent.sex) == (
        "19",
        "DOE",
        "M",
    )
    assert claim.dependent.casualty_claim_number == "PC-1"
    assert claim.dependent.address is not None
    assert claim.dependent.address.city is None
    subscriber = claim.subscriber
    assert (subscriber.first_name, subscriber.member_id, subscriber.claim_filing) == (
        "JANE",
        "1S00E00AA06",
        "MB",
    )
    assert subscriber.address is not None
    assert (subscriber.address.line2, subscriber.address.city) == ("APT 4", "ALTON")
    assert claim.accident == Accident(["AA", "OA"], state="IL")
    assert (claim.release_of_information, claim.benefits_assigned, claim.accepts_assignment) == (
        "I",
        "N",
        "C",
    )
    assert (claim.dates.onset, claim.dates.initial_treatment) == (date(2026, 11, 10), date(2026, 11, 11))
    assert (claim.dates.disability, claim.dates.disability_kind) == (
        DateRange(date(2026, 11, 10), date(2026, 11, 12)), "314",
    )  # fmt: skip
    assert (claim.dates.admission, claim.dates.discharge) == (date(2026, 11, 10), date(2026, 11, 11))
    assert claim.referring_provider is not None
    assert (claim.referring_provider.last_name, claim.referring_provider.npi) == ("OKAFOR", "1730000019")
    assert (claim.frequency, claim.references.payer_claim_number) == ("7", "ORIG 1")
    assert (claim.references.clia, claim.references.prior_authorization) == ("05D0000001", None)
    assert (claim.condition_codes, claim.patient_paid, claim.stated_total) == (
        ("A1", "A2"),
        Decimal(10),
        Decimal(150),
    )
    assert claim.note is not None
    assert claim.service_facility is not None
    assert claim.service_facility.npi == "1881000008"


def test_the_billing_provider_is_taken_apart() -> None:
    biller = ProfessionalClaim.from_cms1500(BOXES).billing_provider
    assert (biller.organization, biller.tax_id, biller.tax_id_type) == ("RIVER CLINIC", "870000001", "SY")
    assert biller.taxonomy == "207Q00000X"
    assert biller.contacts[0].phone == "6185550134"
    assert biller.address is not None
    assert (biller.address.line1, biller.address.line2, biller.address.zip) == (
        "410 RIVER RD",
        "SUITE 5",
        "620020410",
    )


def test_the_lines_are_taken_apart() -> None:
    claim = ProfessionalClaim.from_cms1500(BOXES)
    first, second = claim.lines
    assert claim.place_of_service == "11"
    assert (first.procedure.modifiers, first.diagnosis_pointers, first.charge) == (
        ("25", "59"),
        (1, 2),
        Decimal(125),
    )
    assert (first.place_of_service, first.emergency, first.rendering_provider) == (None, None, None)
    assert second.service_date == DateRange(date(2026, 11, 16), date(2026, 11, 17))
    assert (second.place_of_service, second.emergency, second.epsdt, second.quantity) == (
        "22",
        "Y",
        "Y",
        Decimal(2),
    )
    assert second.rendering_provider is not None


def test_the_least_that_a_form_holds() -> None:
    claim = ProfessionalClaim.from_cms1500(
        LEAST | {"16": "2026-11-10", "18": "2026-11-10", "23": "AUTH", "28": "125"}
    )
    assert (claim.dependent, claim.billing_provider.address, claim.service_facility) == (None, None, None)
    assert (claim.dates.disability_kind, claim.dates.discharge) == ("360", None)
    assert (claim.references.prior_authorization, claim.stated_total) == ("AUTH", None)
    assert claim.lines[0].service_date is None


def test_a_line_may_leave_its_place_in_a_column_empty() -> None:
    lines = {"24D": ["99213", "99214"], "24F": ["125", "150"], "24J": [None, "1467890129"]}
    first, second = ProfessionalClaim.from_cms1500(LEAST | lines).lines
    assert first.rendering_provider is None
    assert second.rendering_provider is not None
    assert second.rendering_provider.npi == "1467890129"


@pytest.mark.parametrize(("text", "number"), [("NONE", None), ("none", None), ("0042", "0042")])
def test_none_in_box_11_is_no_group_number(text: str, number: str | None) -> None:
    assert ProfessionalClaim.from_cms1500(LEAST | {"11": text}).subscriber.group_number == number


def test_the_zip_code_may_stand_without_a_city_or_street() -> None:
    claim = ProfessionalClaim.from_cms1500(LEAST | {"5": "IL 62002"})
    assert claim.subscriber.address is not None
    assert (claim.subscriber.address.line1, claim.subscriber.address.city) == ("", None)


def test_the_payer_is_given_beside_the_form() -> None:
    payer = Payer(organization="PRAIRIE HEALTH", payer_id="60001")
    assert ProfessionalClaim.from_cms1500(LEAST, payer).payer is payer
    text = x12.dumps([ProfessionalClaim.from_cms1500(BOXES, payer)], check=False)
    assert "NM1*PR*2*PRAIRIE HEALTH*****PI*60001~" in text


@pytest.mark.parametrize(
    ("boxes", "message"),
    [
        ({"99": "x"}, "box 99: no box of this form"),
        ({"26": 147}, "box 26: must be text, not int"),
        ({"6": "COUSIN"}, "box 6: must be SELF, SPOUSE, CHILD or OTHER"),
        ({"27": "MAYBE"}, "box 27: must be YES or NO"),
        ({"15": "2026-11-11"}, "box 15: expected a date and one of 431"),
        ({"17": "OKAFOR, DANA"}, "box 17: expected DN (referring) or DQ"),
        ({"24D": ["99213", "99214"]}, "box 24F: expected 2 lines, not 1"),
        ({"24E": "1Z"}, "box 24E: expected letters from A to L"),
    ],
)
def test_a_wrong_box_is_named(boxes: dict[str, Any], message: str) -> None:
    with pytest.raises(VisitError) as caught:
        ProfessionalClaim.from_cms1500(LEAST | boxes)
    assert str(caught.value).startswith(message)


def test_all_missing_boxes_are_named_at_once() -> None:
    with pytest.raises(VisitError) as caught:
        ProfessionalClaim.from_cms1500({"24A": "2026-11-16"})
    assert str(caught.value).splitlines() == [f"box {box}: missing" for box in ("26", "21A", "24D", "24F")]
