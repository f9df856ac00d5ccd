"""Claims compared with one another and with those that were sent before, whatever their order and number."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, strategies as st
from tests.counting import calls

from medcode import scrub
from medcode.claims import x12
from medcode.claims.model import Dependent, Procedure, Provider
from medcode.cli import main
from medcode.codesets.concept import Release
from medcode.codesets.fee_schedule import FeeSchedule, Indicators
from medcode.edits import Tables, check
from medcode.edits.examples import (
    BILLING,
    MEDICARE_PATIENT,
    SUBSCRIBER,
    dental,
    line,
    other,
    room,
    stay,
    visit,
)
from medcode.edits.limits import Frequency
from medcode.edits.ncci import PairTable, UnitTable
from medcode.edits.ncci.tables import AddOnTable

if TYPE_CHECKING:
    from pathlib import Path

    from medcode.claims.model import Claim

ON = date(2026, 4, 1)
YEAR = ("2026", date(2025, 1, 1), date(2026, 12, 31))
POE = Provider(last_name="POE", first_name="KIM", npi="1245319599")
DAYS = {"27447": "090", "11400": "010", "11730": "000", "99213": "XXX", "29881": "090"}
FEES = FeeSchedule(
    Release("pprrvu", "CMS", *YEAR, "licensed", len(DAYS), ""),
    {f"{code}-": Indicators("A", "0", days, "2", "0", "0", "0", "0") for code, days in DAYS.items()},
)
TABLES = Tables(
    ptp_practitioner=PairTable.of(
        [("93000", "93005", "", "20000101", "*", "0"), ("11400", "11730", "", "20000101", "*", "1")], *YEAR
    ),
    ptp_outpatient=PairTable.of([("93000", "93005", "", "20000101", "*", "0")], *YEAR),
    mue_practitioner=UnitTable.of(
        [("96372", "4", "3 Date of Service Edit"), ("J1885", "2", "1 Line Edit")], *YEAR
    ),
    fee_schedule=FEES,
    frequency={"G0108": Frequency(2, days=30)},
)


def seen(code: str, *modifiers: str, on: str = "2026-01-05", **changes: Any) -> Claim:
    """Make a claim of one service."""
    about = {name: changes.pop(name) for name in ("quantity", "rendering_provider") if name in changes}
    service = line(code, modifiers=modifiers, service_date=on, **about)
    return visit(lines=(service,), **{"control_number": f"{code}{on}", **changes})


def bill(code: str, on: str = "2026-01-05", revenue_code: str = "0730", **changes: Any) -> Claim:
    """Make an outpatient bill of one service."""
    service = room(
        revenue_code=revenue_code,
        procedure=Procedure(code),
        quantity=1,
        unit="UN",
        charge="90",
        service_date=on,
    )
    given: dict[str, Any] = {
        "facility_type": "13",
        "admission": None,
        "reasons_for_visit": ("R07.9",),
        "on": on,
        "days": 0,
        **changes,
    }
    return stay("R07.9", lines=(service,), **given)


A: dict[str, Any] = {"subscriber": MEDICARE_PATIENT.evolve(claim_filing="MA")}
B: dict[str, Any] = {"subscriber": MEDICARE_PATIENT}
GROUP = BILLING.evolve(npi="1003000126", taxonomy="207Q00000X")
SAM = SUBSCRIBER.evolve(birth_date="1986-01-01")
CHILD = Dependent(last_name="DOE", first_name="ANN", birth_date="2015-02-02", sex="F", relationship="19")
TWIN = CHILD.evolve(first_name="BEA")

MEETINGS: list[tuple[str, Claim, Claim]] = [
    ("CLM07", seen("99213"), seen("99213", control_number="AGAIN")),
    ("CLM07", stay("I50.20"), stay("I50.20", control_number="AGAIN")),
    ("CLM07", dental(), dental(control_number="AGAIN")),
    ("CLM07", seen("99213", dependent=CHILD), seen("99213", dependent=CHILD)),
    (
        "CLM07",
        seen("99213", subscriber=SAM),
        seen("99213", subscriber=SAM.evolve(member_id="m 12345", last_name="D")),
    ),
    ("HIS01", visit(lines=(line("99213"), line("G0101"))), seen("G0101")),
    (
        "HIS01",
        visit(lines=(line("99232", service_date="20260105-20260107"),)),
        seen("99232", on="2026-01-06"),
    ),
    ("HIS02", seen("93000"), seen("93005", "59")),
    (
        "HIS02",
        seen("11400", rendering_provider=POE),
        seen("11730", rendering_provider=POE.evolve(first_name="K")),
    ),
    ("HIS02", bill("93000"), bill("93005")),
    ("HIS03", seen("96372", quantity=3), seen("96372", "76", quantity=2)),
    ("HIS04", seen("99203", on="2026-01-05"), seen("99214", on="2024-02-05")),
    ("HIS04", seen("99203", on="2026-01-05"), seen("20610", on="2023-01-06")),
    ("HIS05", seen("27447"), seen("99213", on="2026-04-05")),
    ("HIS05", seen("27447"), seen("99213", on="2026-01-04")),
    ("HIS05", seen("27447", "RT"), seen("99213", "25", on="2026-03-05")),
    ("HIS05", seen("11400"), seen("99213", on="2026-01-15")),
    ("HIS05", seen("11730"), seen("99213")),
    ("HIS05", seen("27447"), seen("29881", on="2026-02-05")),
    ("HIS06", bill("93005", on="2025-12-28", **A), stay("I50.20", **A)),
    ("HIS06", bill("93005", on="2025-12-31", **A), stay("I50.20", **A)),
    ("HIS07", seen("G0439", **B), seen("G0439", on="2025-02-01", **B)),
    ("HIS07", seen("G0402", **B), seen("G0402", on="2019-02-01", **B)),
    (
        "HIS07",
        visit(lines=(line("G0108"), line("G0108", service_date="2026-01-12"))),
        seen("G0108", on="2026-02-02"),
    ),
]
"""Two claims of a patient, and the rule that one of them breaks beside the other."""

APART: list[tuple[Claim, Claim]] = [
    (seen("99213"), seen("99213", on="2026-01-06")),
    (seen("99213"), seen("99213", rendering_provider=POE)),
    (seen("99213", dependent=CHILD), seen("99213", dependent=TWIN)),
    (seen("99213"), seen("99213", subscriber=SUBSCRIBER.evolve(member_id="W9"))),
    (seen("99213"), seen("99213", frequency="7", control_number="992132026-01-05")),
    (seen("99213"), seen("99213", frequency="8")),
    (visit(lines=(line("99213"), line("G0101"))), seen("G0101", "76")),
    (seen("93000"), seen("93005", rendering_provider=POE)),
    (seen("93000"), seen("93005", on="2026-01-06")),
    (seen("11400"), seen("11730", "59")),
    (bill("93000"), bill("93005", billing_provider=GROUP)),
    (bill("93000"), seen("93005")),
    (seen("96372", quantity=2), seen("96372", "76", quantity=2)),
    (seen("J1885", quantity=2), seen("J1885", "76", quantity=2)),
    (seen("99203"), seen("99214", on="2023-01-04")),
    (seen("99203"), seen("93010", on="2025-02-05")),
    *((seen("99203"), seen(code, on="2025-02-05")) for code in ("36415", "99421", "99447", "99454", "99490")),
    (seen("99203"), seen("99214", on="2025-02-05", billing_provider=GROUP)),
    (seen("99203"), seen("99214", on="2026-02-05")),
    (seen("27447"), seen("99213", on="2026-04-06")),
    (seen("27447"), seen("99213", "24", on="2026-02-05")),
    (seen("27447"), seen("99213", "57")),
    (seen("27447"), seen("99213", on="2026-02-05", rendering_provider=POE)),
    (seen("27447", "80"), seen("99213", on="2026-02-05")),
    (seen("11400"), seen("99213", on="2026-01-16")),
    (seen("11400"), seen("99213", on="2026-01-04")),
    (seen("11730"), seen("99213", "25")),
    (seen("27447"), seen("29881", "79", on="2026-02-05")),
    (bill("93005", on="2025-12-27", **A), stay("I50.20", **A)),
    (bill("93005", on="2025-12-28", condition_codes=("51",), **A), stay("I50.20", **A)),
    (bill("A0427", on="2025-12-28", revenue_code="0540", **A), stay("I50.20", **A)),
    (bill("90999", on="2025-12-28", revenue_code="0821", **A), stay("I50.20", **A)),
    (bill("93005", on="2025-12-28"), stay("I50.20")),
    (seen("G0439", **B), seen("G0439", on="2025-01-31", **B)),
    (seen("G0439", **B), seen("G0439", "GA", on="2025-02-01", **B)),
    (seen("G0439"), seen("G0439", on="2025-02-01")),
    (seen("G0108"), seen("G0108", on="2026-01-12")),
]
"""Two claims of a patient, or of two, that are right beside each other."""


def met(claims: list[Claim], history: list[Claim]) -> set[str]:
    """The rules that compare claims and found something."""
    found = check(claims, ("HIS", "CLM07"), on=ON, tables=TABLES, history=history).findings
    return {each.rule for each in found}


def test_what_two_claims_say_together_is_found_in_any_order() -> None:
    for rule, one, two in MEETINGS:
        assert met([one, two], []) == {rule}, (rule, one, two)
        assert met([two, one], []) == {rule}, (rule, one, two)
        assert rule in met([two], [one]) | met([one], [two])


def test_claims_that_are_right_beside_each_other_are_not_reported() -> None:
    for one, two in APART:
        assert met([one, two], []) == set(), (one, two)
        assert met([two, one], []) == set()
        assert met([two], [one]) == set()


def test_a_group_of_the_same_specialty_is_a_warning() -> None:
    group = BILLING.evolve(taxonomy="207Q00000X")
    new = seen("99203", billing_provider=group, rendering_provider=POE)
    before = seen("99214", on="2025-02-05", billing_provider=group)
    other = seen("99214", on="2025-02-05", billing_provider=group.evolve(taxonomy="207R00000X"))
    assert met([new], [other]) == set()
    report = check([new], on=ON, history=[before])
    assert report.ok
    assert "of the group and specialty saw the patient on 2025-02-05" in str(report)


def test_the_same_claims_alone_are_not_compared() -> None:
    report = check([claim for _, *pair in MEETINGS for claim in pair], on=ON, tables=TABLES)
    assert not [each for each in report.findings if each.rule.startswith("HIS")]
    assert "HIS01" not in report.outcomes


def test_a_pair_with_a_modifier_is_bypassed() -> None:
    report = check([seen("11400"), seen("11730", "59")], on=ON, tables=TABLES, history=[])
    assert [each.rule for each in report.bypassed] == ["HIS02"]


def test_a_replacement_counts_and_what_it_replaces_does_not() -> None:
    original = seen("93005", control_number="ONE")
    replacement = seen("96372", control_number="ONE", frequency="7")
    new, more = seen("93000"), seen("96372", "76", quantity=4)
    assert met([new], [original]) == {"HIS02"}
    for history in ([original, replacement], [replacement, original]):
        assert met([new], history) == set()
        assert met([more], history) == {"HIS03"}
    assert met([more], [replacement, seen("99213", control_number="ONE", frequency="7")]) == set()
    renumbered = replacement.evolve(control_number="ONE-A")
    assert met([seen("93000", on="2026-01-06")], [original, renumbered]) == set()
    assert met([original.evolve(frequency="8"), original], []) == set()


@given(st.permutations([claim for rule, *pair in MEETINGS for claim in pair if rule != "CLM07"]), st.data())
def test_neither_order_nor_division_matters(claims: list[Claim], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(claims)))
    together = met(claims, [])
    assert together >= {rule for rule, *_ in MEETINGS if rule.startswith("HIS")}
    apart = met(claims[cut:], claims[:cut])
    assert apart <= together


def test_bad_history_is_named_and_never_a_crash() -> None:
    history = [
        seen("93000"),
        seen("93000"),
        seen("93000", subscriber=SUBSCRIBER.evolve(member_id="W9")),
        seen("93000", subscriber=SUBSCRIBER.evolve(member_id=None)),
        visit(lines=(line("93000", service_date=None),)),
        visit(lines=(line("93000", service_date="20260199"),)),
    ]
    report = check(seen("93005"), on=ON, tables=TABLES, history=history)
    assert [each.rule for each in report.findings] == ["HIS02"]
    assert [each.message for each in report.not_checked if each.rule == "CLM07"] == [
        "Not checked: claims of the history that are in it twice are left out (1).",
        "Not checked: claims of the history that are of other patients are left out (1).",
        "Not checked: claims of the history that have no member id are left out (1).",
        "Not checked: claims of the history that have no date of service are left out (2).",
    ]
    with pytest.raises(TypeError, match=r"history\[1\] must be a claim, not str"):
        check(seen("93005"), on=ON, history=[seen("93000"), "claim"])  # type: ignore[list-item]  # what a caller may pass


def test_a_claim_that_cannot_be_compared_says_so() -> None:
    nobody = SUBSCRIBER.evolve(member_id=None)
    report = check([visit(subscriber=nobody), visit(subscriber=nobody)], on=ON, history=[])
    found = [each for each in report.not_checked if each.rule == "CLM07"]
    assert [each.location.path for each in found] == ["subscriber.member_id"] * 2
    assert not [each for each in report.findings if each.rule.startswith(("HIS", "CLM07"))]


def test_the_primary_of_an_add_on_code_may_be_on_another_claim() -> None:
    add_ons = AddOnTable.of([("90785", "90834", "1"), ("G2211", "99214", "1")], *YEAR)
    tables = Tables(add_on=add_ons)
    primary, add_on, other = seen("90834"), seen("90785"), seen("90785", rendering_provider=POE)

    def alone(claims: list[Claim], history: list[Claim] | None) -> list[str]:
        report = check(claims, ("NCCI03",), on=ON, tables=tables, history=history)
        return [each.rule for each in report.findings]

    assert alone([primary, add_on], None) == ["NCCI03"]
    assert alone([primary, add_on], []) == alone([add_on, primary], []) == alone([add_on], [primary]) == []
    assert alone([other], [primary]) == alone([seen("90785", on="2026-01-06")], [primary]) == ["NCCI03"]
    assert alone([seen("G2211")], [primary]) == alone([add_on], []) == ["NCCI03"]
    assert alone([seen("90785", subscriber=SUBSCRIBER.evolve(member_id=None))], [primary]) == ["NCCI03"]


def test_an_operation_of_a_year_without_a_fee_schedule_is_named() -> None:
    history = [seen("27447", on="2024-12-20"), seen("80053", on="2024-12-21"), seen("99213", on="2024-12-22")]
    report = check([seen("99213", on="2025-01-05")], on=ON, tables=TABLES, history=history)
    assert [each.message for each in report.not_checked if each.rule == "HIS05"] == [
        "Not checked: no fee schedule covers 2024-12-20, when the practitioner operated; add its year."
    ]
    report = check([seen("99213", on="2025-01-05")], on=ON, tables=TABLES, history=history[1:])
    assert not [each for each in report.not_checked if each.rule == "HIS05"]


def test_missing_tables_are_named_once() -> None:
    report = check([seen("93000"), seen("93005"), seen("99213")], on=ON, history=[])
    lacks = [each.rule for each in report.not_checked if each.rule.startswith("HIS")]
    assert sorted(lacks) == ["HIS02", "HIS03", "HIS05"]


def test_tables_of_another_year_are_named() -> None:
    old = {"on": "2023-01-05"}
    claims = [seen(code, **old) for code in ("93000", "93005", "96372")] + [seen("96372", "76", **old)]
    report = check(claims, on=date(2023, 4, 1), tables=TABLES, history=[])
    assert {each.rule for each in report.not_checked} >= {"HIS02", "HIS03"}
    assert not [each for each in report.findings if each.rule.startswith("HIS")]


def test_a_span_of_years_and_a_void_cost_nothing() -> None:
    claims = [visit(lines=(line("99213", service_date="19000101-20260105"),)), seen("99213", frequency="8")]
    assert check(claims, on=ON, tables=TABLES, history=[claims[0]]).claims == 2


def calls_of(number: int) -> int:
    """How many calls a check of so many claims of one patient takes."""
    claims = [
        seen(code, on=f"2026-01-{at % 28 + 1:02}", rendering_provider=POE if at % 2 else None)
        for at, code in zip(
            range(number), ("99213", "93000", "93005", "96372", "27447") * number, strict=False
        )
    ]
    met(claims[:2], claims[:2])
    return calls(lambda: met(claims[number // 2 :], claims[: number // 2]))


def test_the_cost_grows_with_the_number_of_claims_and_no_faster() -> None:
    few, many = calls_of(200), calls_of(800)
    assert many < 4.6 * few


def test_the_command_line_and_scrub_read_the_history_of_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sent, new = tmp_path / "sent.837", tmp_path / "new.837"
    sent.write_text(x12.dumps([seen("99214", on="2025-02-05")], envelope=ENVELOPE), encoding="ascii")
    new.write_text(x12.dumps([seen("99203")], envelope=ENVELOPE), encoding="ascii")
    read = x12.load(sent)
    given: list[Any] = [sent, str(sent.read_text(encoding="ascii")), read, [sent, *read.claims()], [read]]
    for history in given:
        report = scrub(new, on=ON, history=history)
        assert [each.rule for each in report.findings] == ["HIS04"]
        assert report.findings[0].location.segment == "SV1"
    with sent.open(encoding="ascii") as file:
        assert [each.rule for each in scrub(new, on=ON, history=file, jobs=2).findings] == ["HIS04"]
    assert scrub(new, select=["CLM02"], on=ON, history=sent).findings == ()
    command = ["check", str(new), "--on", "2026-04-01", "--history", str(sent)]
    assert main(command) == 1
    assert "HIS04 new-patient-seen-before" in capsys.readouterr().out
    assert main([*command, str(tmp_path / "absent.837")]) == 2
    assert "absent.837: No such file" in capsys.readouterr().err
    broken = tmp_path / "broken.837"
    broken.write_text("hello", encoding="ascii")
    assert main([*command, str(broken)]) == 2
    assert str(broken) in capsys.readouterr().err


ENVELOPE = x12.Envelope(sender="SUB", receiver="PAYER", control_number=1)


def test_lines_of_one_day_are_added_up_and_other_bills_left_alone() -> None:
    twice = visit(control_number="TWICE", lines=(line("96372"), line("96372", modifiers=("76",), quantity=2)))
    assert met([seen("96372", "59", quantity=2)], [twice]) == {"HIS03"}
    assert met([twice], [seen("96372", "59", quantity=2)]) == {"HIS03"}
    critical = bill("93005", facility_type="85", **A)
    assert met([critical, stay("I50.20", **A)], []) == set()
    void = bill("93005", on="2025-12-30", frequency="8", **A)
    assert met([void, stay("I50.20", **A)], []) == set()


def test_other_bills_of_a_facility_open_no_window() -> None:
    undated = stay("I50.20", admission=None)
    for apart in (bill("97110", facility_type="21"), bill("97110", condition_codes=["51"]), undated):
        assert met([stay("I50.20")], [apart]) <= {"CLM07"}


def test_the_claim_to_the_next_payer_is_not_the_first_one_again() -> None:
    first = visit(
        control_number="ONE", lines=(line("96372", quantity=3), line("93000"), line("G0108", quantity=2))
    )
    second = first.evolve(
        subscriber=first.subscriber.evolve(payer_responsibility="S"), other_payers=(other("40"),)
    )
    assert met([second], [first]) == met([first, second], []) == set()
    assert met([second.evolve(control_number="TWO")], [first, second]) == {"CLM07", "HIS03"}
    replaced = first.evolve(frequency="7", lines=(line("96372"),))
    assert met([second.evolve(control_number="TWO")], [replaced, second]) == {"CLM07", "HIS03"}
    new, before = seen("99203"), seen("99214", on="2025-02-05", subscriber=second.subscriber)
    assert met([new], [before]) == {"HIS04"}
