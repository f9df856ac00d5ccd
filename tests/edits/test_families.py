"""Sixty clean and sixty faulty claims as 837 text: each fault is found by its rule, and no clean claim has an error.

The claims go the whole way: written, read and scrubbed, with tables in CMS's layouts for the rules of NCCI.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from medcode import scrub
from medcode.claims import x12
from medcode.claims.model import (
    Address,
    Adjustment,
    Ambulance,
    ClaimReferences,
    Drug,
    LineReferences,
    Location,
    Occurrence,
    Procedure,
    Provider,
    ValueAmount,
)
from medcode.edits import Tables
from medcode.edits.examples import (
    ATTENDING,
    MEDICARE_PATIENT,
    SUBSCRIBER,
    line,
    other,
    room,
    stay,
    visit,
)
from medcode.edits.ncci import AddOnTable, PairTable, UnitTable

if TYPE_CHECKING:
    from pathlib import Path

    from medcode.claims.model import Claim

ON = date(2026, 2, 2)
MADE = datetime(2026, 2, 2)  # noqa: DTZ001  # X12 has no time zones
QUARTER = ("2026 Q1", date(2026, 1, 1), date(2026, 3, 31))

PTP = """Column1\tColumn2\tExisted\tEffective\tDeleted\tIndicator\tRationale
G0101\tG0102\t\t20000101\t*\t0\tStandards of practice
G0105\tG0121\t\t20010101\t*\t1\tMutually exclusive
29881\t20610\t\t20010101\t*\t1\tStandards of practice
"""
MUE = """HCPCS\tValue\tIndicator\tRationale
G0101\t1\t2 Date of Service Edit: Policy\tCMS policy
A4300\t1\t1 Line Edit\tNature of service
J1885\t10\t3 Date of Service Edit: Clinical\tPrescribing information
"""
AOC = """AddOn\tPrimary\tType
11045\t11042\t1
11046\t11045\t1
"""


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    folder = tmp_path_factory.mktemp("cms")

    def kept(name: str, text: str) -> Path:
        path = folder / name
        path.write_text(text, encoding="latin-1")
        return path

    pairs = PairTable.read(kept("ptp.txt", PTP), *QUARTER)
    units = UnitTable.read(kept("mue.txt", MUE), *QUARTER)
    add_ons = AddOnTable.read(kept("aoc.txt", AOC), *QUARTER)
    return Tables(
        ptp_practitioner=pairs,
        ptp_outpatient=pairs,
        mue_practitioner=units,
        mue_outpatient=units,
        add_on=add_ons,
    )


def mb(*lines: Any, codes: tuple[str, ...] = ("E11.9",), **changes: Any) -> Claim:
    """Make a claim of a practitioner to Medicare."""
    return visit(*codes, subscriber=MEDICARE_PATIENT, lines=lines, **changes)


def op(*lines: Any, codes: tuple[str, ...] = ("I50.20",), **changes: Any) -> Claim:
    """Make an outpatient bill of one day."""
    given: dict[str, Any] = {
        "facility_type": "13",
        "admission": None,
        "statement_dates": ("2026-01-05", "2026-01-05"),
        **changes,
    }
    return stay(*codes, lines=lines, **given)


def item(code: str, revenue_code: str = "0510", **changes: Any) -> Any:
    """Make a line of an outpatient bill."""
    procedure = Procedure(code, changes.pop("modifiers", ()))
    given: dict[str, Any] = {
        "quantity": 1,
        "unit": "UN",
        "charge": "80",
        "service_date": "2026-01-05",
        **changes,
    }
    return room(revenue_code=revenue_code, procedure=procedure, **given)


def mod(code: str, *modifiers: str, **changes: Any) -> Any:
    """Make a line with modifiers."""
    return line(code, modifiers=modifiers, **changes)


OTHER_CLINICIAN = Provider(last_name="POE", first_name="KIM", npi="1245319599")
SAME_BY_NPI = Provider(last_name="ROE", first_name="A", npi="1234567893", taxonomy="207Q00000X")
CLIA = ClaimReferences(clia="34D1234567")
SCENE = Location(Address("5 ELM ST", "ANYTOWN", "NY", "12345"))
TRIP = Ambulance(reason="A", distance=12, pick_up=SCENE, drop_off=SCENE)
PART_A = MEDICARE_PATIENT.evolve(claim_filing="MA")
SECONDARY = PART_A.evolve(payer_responsibility="S", insurance_type="12")
BABY = SUBSCRIBER.evolve(birth_date="2025-12-31")
PAYS_FIRST: dict[str, Any] = {"other_payers": (other("4980", Adjustment("CO", "45", "20")),)}

FAULTY: list[tuple[str, Claim]] = [
    ("NCCI01", visit(lines=(line("G0101"), mod("G0102", "59")))),
    ("NCCI01", visit(lines=(line("G0105"), line("G0121")))),
    (
        "NCCI01",
        visit(
            lines=(line("G0101", rendering_provider=SAME_BY_NPI), line("G0102", rendering_provider=ATTENDING))
        ),
    ),
    (
        "NCCI01",
        visit(
            rendering_provider=ATTENDING, lines=(line("29881"), line("20610", rendering_provider=SAME_BY_NPI))
        ),
    ),
    (
        "NCCI01",
        visit(
            lines=(line("G0101", service_date="20260105-20260107"), line("G0102", service_date="2026-01-06"))
        ),
    ),
    (
        "NCCI01",
        op(item("G0101", rendering_provider=ATTENDING), item("G0102", rendering_provider=OTHER_CLINICIAN)),
    ),
    ("NCCI02", visit(lines=(line("J1885", quantity=12),))),
    ("NCCI02", visit(lines=(line("G0101"), mod("G0101", "59")))),
    ("NCCI02", visit(lines=(line("A4300", quantity=2),))),
    ("NCCI03", visit(lines=(line("11045"),))),
    ("NCCI03", visit(lines=(line("11045"), line("11046")))),
    ("CLM06", visit(lines=(line("99213"), line("99213", charge="50")))),
    (
        "CLM06",
        visit(
            lines=(line("99232", service_date="20260105-20260107"), line("99232", service_date="2026-01-06"))
        ),
    ),
    ("MOD04", mb(line("97110"))),
    ("MOD04", mb(line("00142", unit="MJ", quantity=61))),
    ("MOD04", mb(line("E0601"), referring_provider=ATTENDING)),
    ("MOD04", op(item("97161", "0420"), subscriber=MEDICARE_PATIENT)),
    ("MOD01", visit(lines=(mod("97110", "GP", "GO"),))),
    ("MOD01", visit(lines=(mod("E0601", "NU", "RR"),))),
    ("MOD01", visit(lines=(mod("71250", "CT", "FX"),))),
    ("MOD01", visit(lines=(mod("99213", "GA", "GZ"),))),
    ("MOD01", visit(lines=(mod("99213", "GV", "GW"),))),
    ("MOD01", visit(lines=(mod("00142", "QK", "QZ", unit="MJ", quantity=61),))),
    ("MOD01", op(item("71046", "0320", modifiers=("PN", "PO")))),
    ("MOD02", visit(lines=(mod("97110", "CQ"),))),
    ("MOD02", visit(lines=(mod("97165", "GP", "CO"),))),
    ("MOD02", visit(lines=(mod("E0601", "KH"),))),
    ("MOD03", visit(lines=(mod("99213", "P3"),))),
    ("MOD03", visit(lines=(mod("99213", "JZ"),))),
    ("MOD05", visit("M17.12", lines=(mod("20610", "RT"),))),
    ("MOD05", visit("S62.630A", lines=(mod("26765", "F2"),))),
    ("MOD06", mb(mod("99213", "95"))),
    ("MOD06", mb(mod("99213", "GT"), place_of_service="02")),
    ("MOD07", visit(lines=(mod("J1885", "JW", quantity=2),))),
    ("AMB01", mb(line("A0427"), place_of_service="41", ambulance=TRIP)),
    ("AMB02", mb(mod("A0425", "RH", quantity=12), place_of_service="41", ambulance=TRIP)),
    ("ICD17", visit("I10", "N18.30")),
    ("ICD17", visit("I10", "I50.20")),
    ("ICD18", visit("E11.9", "N18.30")),
    ("ICD19", visit("E11.9", "Z00.00")),
    ("ICD20", op(item("G0463"), codes=("Z79.84", "E11.9"))),
    ("ICD21", visit("Z68.41", "E66.01")),
    ("ICD08", visit("O80", age=30)),
    ("MSP01", stay("I50.20", subscriber=SECONDARY, **PAYS_FIRST)),
    ("MSP02", stay("I50.20", subscriber=PART_A, value_codes=(ValueAmount("12", "80"),))),
    ("OBS01", op(item("G0379", "0762"))),
    ("OBS02", op(item("G0378", "0762", quantity=20), facility_type="14")),
    ("OBS03", op(item("G0378", "0761", quantity=20))),
    ("DAY01", stay("I50.20", value_codes=(ValueAmount("80", "7"),))),
    ("DAY02", stay("I50.20", lines=(room(quantity=7),))),
    ("DAY03", stay("I50.20", value_codes=(ValueAmount("80", "5"), ValueAmount("82", "9")))),
    ("NBN01", stay("Z38.00", subscriber=BABY, admission_type="4", admission_source="1")),
    ("NBN02", stay("I50.20", admission_type="4", admission_source="5")),
    ("ORD01", mb(line("71046"))),
    ("SIT34", mb(mod("80053", "90"), referring_provider=ATTENDING, references=CLIA)),
    ("VAX01", mb(line("G0009"), line("90662"), codes=("Z23",))),
    ("CLM42", visit(lines=(line("64999"),))),
    ("CLM34", op(item("G0463"), discharge_status="40")),
    ("CLM43", visit(lines=(line("00142"),))),
    ("CLM55", visit(lines=(mod("81025", "QW"),))),
]

CLEAN: list[Claim] = [
    visit(lines=(line("G0101"), line("G0102", rendering_provider=OTHER_CLINICIAN))),
    visit(lines=(line("G0105"), mod("G0121", "59"))),
    visit(lines=(mod("G0105", "XS"), line("G0121"))),
    visit(lines=(line("G0101"), line("G0102", service_date="2026-01-06"))),
    visit(lines=(line("G0101", service_date="20260105-20260106"), line("G0102", service_date="2026-01-07"))),
    visit(lines=(line("J1885", quantity=10),)),
    visit(lines=(line("A4300", quantity=5, service_date="20260105-20260109"),)),
    visit(lines=(line("G0101"), line("G0101", service_date="2026-01-06"))),
    visit(lines=(line("11042"), line("11045"))),
    visit(lines=(line("11042"), line("11045"), line("11046"))),
    op(item("11045", "0360"), operating_physician=ATTENDING),
    op(
        item("G0101", rendering_provider=ATTENDING),
        item("G0102", service_date="2026-01-06"),
        statement_dates=("2026-01-05", "2026-01-06"),
    ),
    visit(lines=(line("99213"), mod("99213", "76"))),
    visit(lines=(line("99213"), line("99213", rendering_provider=OTHER_CLINICIAN))),
    visit(lines=(line("99213"), line("99213", service_date="2026-01-06"))),
    mb(mod("97110", "GP")),
    mb(mod("97110", "GP", "CQ")),
    mb(mod("97165", "GO", "CO", "KX")),
    mb(mod("92507", "GN", "KX")),
    visit(lines=(line("97110"),)),
    mb(mod("00142", "QK", "QS", "P1", unit="MJ", quantity=61)),
    mb(mod("00142", "AA", "P3", unit="MJ", quantity=90)),
    visit(lines=(line("01996"),)),
    mb(mod("E0601", "RR", "KH", "KX"), referring_provider=ATTENDING),
    mb(mod("E0110", "NU"), referring_provider=ATTENDING),
    mb(mod("97110", "GY")),
    mb(mod("99213", "GX", "GY")),
    mb(mod("99213", "GW", hospice_employee="N")),
    visit("M17.12", lines=(mod("20610", "LT"),)),
    visit("M17.0", lines=(mod("20610", "50"),)),
    visit("M17.0", lines=(mod("20610", "RT"),)),
    visit("M17.12", "E11.9", lines=(mod("20610", "LT", diagnosis_pointers=(1, 2)),)),
    visit("S62.630A", lines=(mod("26765", "F6"),)),
    mb(mod("99213", "95"), place_of_service="10"),
    mb(mod("99213", "93"), place_of_service="02"),
    mb(line("99213"), place_of_service="10"),
    visit(lines=(line("J1885", quantity=8), mod("J1885", "JW", quantity=2))),
    visit(lines=(mod("J1885", "JZ", quantity=8),)),
    mb(mod("A0427", "RH"), mod("A0425", "RH", quantity=12), place_of_service="41", ambulance=TRIP),
    mb(mod("A0431", "SH"), mod("A0436", "SH", quantity=30), place_of_service="42", ambulance=TRIP),
    visit("I13.0", "I50.20", "N18.30"),
    visit("I10", "E11.9"),
    visit("E11.22", "N18.30"),
    visit("Z00.00", "E11.9"),
    visit("C50.911", "Z79.811", age=60),
    op(item("G0463"), codes=("Z51.11", "C50.911")),
    visit("O80", "Z37.0", age=30),
    stay("I50.20", subscriber=SECONDARY, value_codes=(ValueAmount("12", "80"),), **PAYS_FIRST),
    stay("I50.20", subscriber=PART_A, value_codes=(ValueAmount("80", "5"),)),
    op(item("G0378", "0762", quantity=20), item("G0379", "0762"), reasons_for_visit=("R07.9",)),
    stay("I50.20", value_codes=(ValueAmount("80", "3"), ValueAmount("81", "2"))),
    stay("Z38.00", subscriber=BABY, admission="2025-12-31", admission_type="4", admission_source="5"),
    mb(line("71046"), referring_provider=ATTENDING),
    mb(mod("71046", "26")),
    mb(
        mod("80053", "90", references=LineReferences(referring_clia="11D2223333")),
        referring_provider=ATTENDING,
        references=CLIA,
    ),
    mb(line("G0008"), line("90662"), codes=("Z23",)),
    visit(lines=(line("64999").evolve(procedure=Procedure("64999", description="NERVE STIMULATION TRIAL")),)),
    visit(lines=(line("J9299", drug=Drug("00003377211", "1", "ML")),)),
    op(item("G0463"), discharge_status="09"),
    stay(
        "C34.91",
        facility_type="81",
        discharge_status="40",
        admission="2025-12-31",
        occurrences=(Occurrence("55", "2026-01-05"),),
        lines=(item("Q5001", "0651"),),
    ),
]


def read_back(claim: Claim) -> str:
    return x12.dumps(
        [claim],
        check=False,
        envelope=x12.Envelope(sender="SUB", receiver="PAYER", created=MADE),
    )


@pytest.mark.parametrize(("rule", "claim"), FAULTY, ids=lambda each: each if isinstance(each, str) else "")
def test_each_fault_is_found(rule: str, claim: Claim, tables: Tables) -> None:
    report = scrub(read_back(claim), on=ON, tables=tables)
    assert rule in {finding.rule for finding in report.findings}, report.findings


@pytest.mark.parametrize("claim", CLEAN, ids=range(len(CLEAN)))
def test_no_clean_claim_has_an_error(claim: Claim, tables: Tables) -> None:
    report = scrub(read_back(claim), on=ON, tables=tables)
    assert [str(finding) for finding in report.findings] == []


def test_there_are_sixty_of_each() -> None:
    assert (len(FAULTY), len(CLEAN)) == (60, 60)
