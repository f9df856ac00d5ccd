"""The user's own tables: read from files, faults by line, and the edits that they decide."""

from __future__ import annotations

import csv
import pickle
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from medcode import scrub
from medcode.claims import x12
from medcode.claims.model import ClaimReferences, Procedure
from medcode.cli import main
from medcode.edits import Tables, check
from medcode.edits.examples import BILLING, PAYER, line, room, stay, visit
from medcode.edits.kinds import CodeList
from medcode.edits.limits import Frequency
from medcode.edits.own.policy import PayerRules, Policy
from medcode.edits.own.reading import TableFault, read_tables

if TYPE_CHECKING:
    from pathlib import Path

    from medcode.claims.model import Claim

ON = date(2026, 2, 2)
TOML = """\
single_dose = ["J0897"]
clia = ["80053"]

[procedure_ages]
G0438 = "65-"

[procedure_sex]
G0103 = "M"

[procedure_places]
G0105 = ["22", "24"]

[procedure_drugs]
J1885 = ["00026-0635"]

[revenue_procedures]
0636 = ["J1885"]

[frequency]
G0109 = "1 in a lifetime"

[[policies]]
name = "L12345"
codes = ["G0108", "97110-97112"]
start = 2026-01-01
end = 2026-12-31
diagnoses = ["E08", "E11.9"]
excluded = ["E08.1"]
ages = "18-75"
sex = "F"
places = ["11"]
modifiers = ["KX", "59"]
frequency = "2 in 30 days"

[[policies]]
name = "L12345"
codes = "G0108"
diagnoses = "O24"

[[policies]]
name = "NCD 1.1"
codes = "G0270"
payers = "77777"
ages = "65-"

[[payers]]
payers = ["12345"]
months = 3
corrected_days = 400
required = ["references.prior_authorization", "lines[].rendering_provider.taxonomy", "attending_provider"]
"""
CSV = """\
name,codes,start,end,diagnoses,ages,frequency
L12345,G0108 97110-97112,2026-01-01,2026-12-31,E08 E11.9,18-75,2 in 30 days
L12345,G0108,,,O24,,
"""


@pytest.fixture
def tables(tmp_path: Path) -> Tables:
    path = tmp_path / "own.toml"
    path.write_text(TOML, encoding="utf-8")
    return read_tables(path)


def test_a_file_is_read_whole(tables: Tables, tmp_path: Path) -> None:
    first, second, _ = tables.policies
    assert first == Policy(
        name="L12345",
        codes="",
        start=date(2026, 1, 1),
        end=date(2026, 12, 31),
        diagnoses=["E08", "E119"],
        excluded=["E081"],
        ages=(18, 75),
        sex="F",
        places=["11"],
        modifiers=["KX", "59"],
        frequency=Frequency(2, days=30),
    )
    assert "97111" in first.codes
    assert (second.diagnoses, second.ages) == (("O24",), (0, 124))
    assert tables.procedure_ages == {"G0438": (65, 124)}
    assert tables.own() == {
        "procedure_ages": 1,
        "revenue_procedures": 1,
        "procedure_places": 1,
        "procedure_drugs": 1,
        "frequency": 1,
        "procedure_sex": 1,
        "clia": 1,
        "single_dose": 1,
        "policies": 3,
        "payer_rules": 1,
    }
    rows = tmp_path / "policies.csv"
    rows.write_text(CSV, encoding="utf-8-sig")
    both = read_tables(tmp_path / "own.toml", rows)
    assert [policy.name for policy in both.policies] == ["L12345", "L12345", "NCD 1.1", "L12345", "L12345"]
    assert read_tables().policies == ()


FAULTS = {
    "own.toml": (
        (
            'single_dose = ["J0897", 5]\n[procedure_ages]\nG0438 = "90-65"\nG0439 = 5\n0x = "1-2"\n'
            '[procedure_sex]\nG0103 = "X"\n[revenue_procedures]\n63 = "J1885"\n[frequency]\nG0108 = "0 in 5 days"\n'
            '[necessitie]\nG0108 = "E11"\n[clia]\nx = 1\n'
        ),
        [
            "own.toml:1:25: 5 is not a procedure code",
            "own.toml:3:1: G0438: '90-65' ends before it begins",
            "own.toml:4:1: G0439: 5 is not a range of ages such as 18-75 or 65-",
            "own.toml:5:1: 0x: '0x' is not a procedure code",
            "own.toml:7:1: G0103: 'X' is not F or M",
            "own.toml:9:1: 63: '63' is not a revenue code",
            "own.toml:11:1: G0108: '0 in 5 days' is not a frequency such as 2 in 30 days, 1 in 12 months or 1 in a lifetime",
            "own.toml:12:2: necessitie is not a table",
            "own.toml:14:2: clia has another form",
        ],
    ),
    "rows.toml": (
        (
            'policies = [5]\n[[payers]]\ndays = 0\nrequired = ["billing_provider", "line[].charge"]\n'
            '[[payers]]\npayers = []\nrequired = ["chrge"]\n'
        ),
        [
            "rows.toml:1:13: a row must be a table of fields",
            "rows.toml:2:3: payers is missing",
            "rows.toml:3:1: days: 0 is not a number from 1 to 99999",
            "rows.toml:4:1: required: 'line[].charge' is not a path of a claim; did you mean lines?",
            "rows.toml:6:1: payers: [] must be a list of texts",
            "rows.toml:7:1: required: 'chrge' is not a path of a claim",
        ],
    ),
    "limits.toml": (
        (
            '[[policies]]\nname = "L1"\ncodes = "G0108"\n[[payers]]\npayers = ["1"]\ndays = 90\nmonths = 3\n'
            '[[payers]]\npayers = ["1"]\nrequired = ["references.refferal", "lines[].drug.codes", "control_number.x", "diagnoses.code"]\n'
            '[[payers]]\npayers = ["1"]\nrequired = ["accident.causes", "tooth_status", "lines[].drug.code"]\n'
        ),
        [
            "limits.toml:1:3: the row limits nothing: add ages, diagnoses, excluded, frequency, modifiers, places, sex",
            "limits.toml:7:1: the limit is in days or in months, not in both",
            "limits.toml:10:1: required: 'references.refferal' is not a path of a claim; did you mean referral?",
        ],
    ),
    "policies.csv": (
        (
            "name,codes,start,end,diagnoses,ages,Sexe\nL1,97112-97110,2026-01-01,2025-01-01,E11,18-,F\n"
            "L2,G0108,x,,1.2,,\n,G0108,,,,,,more\nL4,,,,,,\n"
        ),
        [
            "policies.csv:2:2: codes: '97112-97110' ends before it begins",
            "policies.csv:2:4: end is before start",
            "policies.csv:2:7: Sexe is not a field; did you mean sex?",
            "policies.csv:3:3: start: 'x' is not a date such as 2026-01-31",
            "policies.csv:3:5: diagnoses: '1.2' is not a diagnosis or how one begins",
            "policies.csv:4:1: name is missing",
            "policies.csv:4:8: another column is not a field",
            "policies.csv:5:2: codes is missing",
        ],
    ),
    "names.toml": ('[[policies]]\nname = ""\ncodes = "G0108"\n', ["names.toml:2:1: name: '' must be a text"]),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_named_with_its_line(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, faults = FAULTS[name]
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TableFault) as caught:
        read_tables(path)
    assert str(caught.value).splitlines() == faults
    assert main(["data", "check", str(path)]) == 1
    assert capsys.readouterr().out.splitlines() == faults


def test_what_is_no_table_at_all_is_named(tmp_path: Path) -> None:
    for name, raw in (
        ("a.toml", b"x ="),
        ("b.toml", b"\xff"),
        ("d.toml", b"x = " + b"[" * 100_000),
        ("c.csv", b"name\n" + b'"' + b"x" * 140_000),
    ):
        path = tmp_path / name
        path.write_bytes(raw)
        with pytest.raises(TableFault, match=rf"{name}:1:\d+: cannot be read"):
            read_tables(path)


SPOILS = (
    "", " ", "?", "x" * 300, "9" * 5_000, "\u0663" * 5, "\xc9", "2026-13-45", "-1", "1E999999999", "NaN", "\x1b[2J",
    "99999 in 99999 days", "999999 in a lifetime", "0-999", "E11.9", "G0108", "F",
)  # fmt: skip
POLICY = {
    "name": "L1", "codes": "G0108 97110-97112", "start": "2026-01-01", "end": "2026-12-31", "payers": "12345",
    "diagnoses": "E11.9", "excluded": "Z00", "ages": "18-75", "sex": "F", "places": "11", "modifiers": "KX",
    "frequency": "2 in 30 days",
}  # fmt: skip


def fault_of(path: Path) -> TableFault | None:
    try:
        read_tables(path)
    except TableFault as fault:
        return fault
    return None


@pytest.mark.parametrize("column", range(len(POLICY)))
def test_a_spoiled_cell_of_a_policy_is_read_or_refused_at_its_place(column: int, tmp_path: Path) -> None:
    path = tmp_path / "policies.csv"
    rows = [[*POLICY], [*POLICY.values()], [*POLICY.values()]]
    refused = 0
    for spoil in SPOILS:
        rows[2][column] = spoil
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        if fault := fault_of(path):
            refused += 1
            assert (fault.file, fault.line) == ("policies.csv", 3)
            assert fault.column == column + 1 or fault.reason == "end is before start"
            assert len(str(fault)) < 250
            assert str(pickle.loads(pickle.dumps(fault))) == str(fault)
    assert refused


@pytest.mark.parametrize(
    "text",
    [
        'single_dose = ["J0897", @]', 'clia = ["80053", @]', "[procedure_ages]\nG0438 = @", "[procedure_sex]\nG0103 = @",
        "[procedure_places]\nG0103 = @", "[procedure_drugs]\nJ0897 = @", "[revenue_procedures]\n0636 = @",
        "[frequency]\nG0108 = @", '[[policies]]\nname = "x"\ncodes = @', '[[payers]]\npayers = ["1"]\ndays = @',
        '[[payers]]\npayers = ["1"]\nrequired = @', "policies = @", "frequency = @", '[frequency]\n@ = "2 in 30 days"',
    ],
)  # fmt: skip
def test_a_spoiled_value_of_toml_is_read_or_refused_at_its_place(text: str, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    refused = 0
    quoted = (f'"{spoil}"' for spoil in SPOILS if spoil.isprintable())
    for spoil in (
        *quoted,
        "9" * 4_000,
        "-1",
        "1.5",
        "nan",
        "true",
        "[]",
        "{}",
        "[[[1]]]",
        "2026-01-01",
        "1E999",
        "0x",
        "@",
    ):
        path.write_text(text.replace("@", spoil), encoding="utf-8")
        if fault := fault_of(path):
            refused += 1
            assert fault.file == "own.toml"
            assert fault.line in range(1, text.count("\n") + 2)
            assert fault.column
            assert len(fault.reason) < 250, fault.reason
    assert refused


AUTHORIZED: dict[str, Any] = {"references": ClaimReferences(prior_authorization="A1")}
SPECIALIST = BILLING.evolve(taxonomy="207Q00000X")
OTHER = PAYER.evolve(payer_id="99999")


def g0108(*codes: str, modifiers: tuple[str, ...] = ("KX",), **changes: Any) -> Claim:
    service = line("G0108", modifiers=modifiers, service_date=changes.get("on", "2026-01-05"))
    return visit(*(codes or ("E11.9",)), **{"lines": (service,), "payer": OTHER, **changes})


def bill(*codes: str) -> Claim:
    service = room(
        revenue_code="0942",
        procedure=Procedure("G0108", ("KX",)),
        quantity=1,
        unit="UN",
        service_date="2026-01-05",
    )
    return stay(*codes, facility_type="13", admission=None, lines=(service,), payer=OTHER)


def met(claim: Claim, tables: Tables, on: date = ON) -> set[str]:
    families = ("POL", "PAY", "SEX03", "AGE03", "MOD09", "CLM46", "CLM47", "CLM80")
    return {
        each.rule for each in check(claim, on=on, tables=tables).findings if each.rule.startswith(families)
    }


def test_policies_are_kept(tables: Tables) -> None:
    right = (
        g0108(),
        g0108("E08.00"),
        g0108("O24.410"),
        g0108("I10", modifiers=("GA",)),
        g0108("I10", on="2025-12-31", lines=(line("97110", service_date="2025-12-31"),)),
        bill("E11.9"),
        bill("I10", "E11.9"),
        visit(payer=OTHER, lines=(line("G0270"),)),
    )
    for claim in right:
        assert met(claim, tables) == set(), claim
    for rule, claim in (
        ("POL01", g0108("I10")),
        ("POL01", bill("I10")),
        ("POL01", visit("E08.10", payer=OTHER, lines=(line("97110", modifiers=("59",)),))),
        ("POL02", visit("E11.9", age=80, payer=OTHER, lines=(line("97110", modifiers=("59",)),))),
        ("POL02", visit(payer=PAYER.evolve(payer_id="77777"), lines=(line("G0270"),))),
        ("POL03", visit("E11.9", sex="M", payer=OTHER, lines=(line("97110", modifiers=("59",)),))),
        (
            "POL04",
            visit("E11.9", place_of_service="22", payer=OTHER, lines=(line("97110", modifiers=("59",)),)),
        ),
        ("POL05", visit("E11.9", payer=OTHER, lines=(line("97110"),))),
    ):
        assert met(claim, tables) == {rule}, claim
    born = visit("E11.9", age=None, payer=OTHER, lines=(line("97110", modifiers=("59",)),))
    assert met(born, tables) == set()


def test_a_policy_says_what_it_asks_for() -> None:
    many = Policy(name="L1", codes="G0108", diagnoses=[f"E1{n}.0" for n in range(9)], ages=(65, 124))
    none = Policy(name="L2", codes="G0109", excluded=["I10"])
    claim = visit("I10", lines=(line("G0108"), line("G0109")))
    messages = [
        each.message for each in check(claim, ("POL01", "POL02"), on=ON, tables=Tables(policies=[many, none]))
    ]
    assert messages == [
        (
            "G0108 (line 1) is not covered as billed: policy L1 asks for a diagnosis of E10.0, E11.0, E12.0, E13.0, E14.0, "
            "E15.0, E16.0, E17.0 and others on the line."
        ),
        (
            "G0109 (line 2) is not covered as billed: policy L2 asks for another diagnosis on the line, and none that it "
            "excludes."
        ),
        "G0108 (line 1) is not covered as billed: policy L1 asks for ages from 65.",
    ]


def test_codes_of_a_policy_may_be_a_list_already() -> None:
    codes = CodeList("G0108-G0109")
    assert Policy(name="L1", codes=codes).codes is codes


def test_frequency_of_a_policy_needs_the_history(tables: Tables) -> None:
    claims = [g0108(on=f"2026-01-{day}") for day in ("05", "12", "19")]
    found = check(claims, on=ON, tables=tables, history=[]).findings
    assert [(each.rule, each.claim) for each in found] == [("HIS07", 2)]


def test_rules_of_payers_are_kept(tables: Tables) -> None:
    whole = visit(billing_provider=SPECIALIST, rendering_provider=SPECIALIST, **AUTHORIZED)
    line_by_line = whole.evolve(lines=[each.evolve(rendering_provider=SPECIALIST) for each in whole.lines])
    assert met(line_by_line, tables) == set()
    late = date(2026, 4, 6)
    assert met(line_by_line, tables, late) == {"PAY01"}
    assert met(line_by_line.evolve(delay_reason="1"), tables, late) == set()
    assert met(line_by_line.evolve(frequency="7"), tables, late) == set()
    assert met(line_by_line.evolve(frequency="7"), tables, date(2027, 4, 6)) == {"PAY01"}
    assert met(line_by_line.evolve(payer=OTHER), tables, late) == set()
    report = check(whole.evolve(references=ClaimReferences()), on=ON, tables=tables)
    assert [each.location.path for each in report if each.rule == "PAY02"] == [
        "references.prior_authorization",
        "lines[0].rendering_provider.taxonomy",
    ]
    hospital = check(
        stay("I50.20", **AUTHORIZED), on=late, tables=Tables(payer_rules=PayerRules(payers="12345", days=9))
    )
    assert [each.location.path for each in hospital if each.rule == "PAY01"] == ["statement_dates"]
    assert PayerRules(payers="1").last_day(ON) is None
    assert PayerRules(payers="1", days=5).last_day(ON, corrected=True) is None


def test_lists_by_procedure_are_kept(tables: Tables) -> None:
    for rule, code in (("AGE03", "G0438"), ("SEX03", "G0103"), ("CLM47", "G0105"), ("MOD09", "J0897")):
        assert met(visit(payer=OTHER, lines=(line(code),)), tables) == {rule}
    assert met(visit(payer=OTHER, lines=(line("G0103", modifiers=("KX",)),)), tables) == set()
    assert met(visit(payer=OTHER, lines=(line("J0897", modifiers=("JZ",)),)), tables) == set()


def test_the_command_line_takes_the_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own, claims = tmp_path / "own.toml", tmp_path / "claims.837"
    own.write_text(TOML, encoding="utf-8")
    envelope = x12.Envelope(sender="SUB", receiver="PAYER", control_number=1)
    claims.write_text(x12.dumps([g0108("I10")], envelope=envelope), encoding="ascii")
    assert [each.rule for each in scrub(claims, on=ON, tables=read_tables(own))] == ["POL01"]
    assert main(["check", str(claims), "--on", "2026-02-02", "--tables", str(own)]) == 1
    assert "POL01 policy-diagnosis" in capsys.readouterr().out
    assert main(["data", "check", str(own)]) == 0
    assert "policies: 3" in capsys.readouterr().out
    for command in (["data", "check"], ["check", str(claims), "--tables"]):
        assert main([*command, str(tmp_path / "absent.toml")]) == 2
    own.write_text("x = 1", encoding="utf-8")
    assert main(["check", str(claims), "--tables", str(own)]) == 2
    assert "own.toml:1:1: x is not a table" in capsys.readouterr().err


def test_each_step_of_a_required_path_is_a_field_of_the_step_before(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    rules = '[[payers]]\npayers = ["1"]\nrequired = ["{}"]\n'
    for right in ("accident.causes", "tooth_status", "lines[].drug.code", "statement_dates"):
        path.write_text(rules.format(right), encoding="utf-8")
        assert read_tables(path).payer_rules[0].required == (right,)
    for wrong in (
        "lines[].drug.codes",
        "control_number.x",
        "diagnoses.code",
        "references.",
        "billing_provider.address.town",
    ):
        path.write_text(rules.format(wrong), encoding="utf-8")
        with pytest.raises(TableFault, match=f"'{re.escape(wrong)}' is not a path of a claim"):
            read_tables(path)


@pytest.mark.parametrize(
    ("name", "text"), [("a.csv", ""), ("b.csv", "name,codes\n"), ("c.toml", ""), ("d.toml", "clia = []\n")]
)
def test_a_file_without_rows_is_named(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(TableFault, match=f"{name}:1:1: the file has no rows"):
        read_tables(tmp_path / name)
