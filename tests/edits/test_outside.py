"""Faulty claims, and clean ones beside them, as another's software writes them, with tables added to the user's folder.

The files are written segment by segment and the tables in the layouts of CMS: the pairs in four parts, units with
commas under a notice, add-on codes with Julian days, the fee schedule under its lines of headings.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.edits.outside.claims import CLEAN, FAULTY
from tests.edits.outside.dental import DENTAL
from tests.edits.outside.fifth import FIFTH, LATER
from tests.edits.outside.fourth import FOURTH, SENT
from tests.edits.outside.pairs import PAIRS
from tests.edits.outside.sixth import SIXTH, WITH_OTHERS
from tests.edits.outside.third import THIRD
from tests.edits.outside.usual import USUAL

from medcode import scrub
from medcode.claims import x12
from medcode.codesets import loaders, user
from medcode.codesets.loaders import LoadOptions
from medcode.edits.claim.ordered import VACCINES

if TYPE_CHECKING:
    from pathlib import Path

ON = date(2026, 3, 1)
SETS = (PAIRS, DENTAL, THIRD, FOURTH, FIFTH, SIXTH)

NOTICE = "CPT only copyright American Medical Association. All rights reserved."
PTP_HEADINGS = (
    f"{NOTICE}\nColumn1/Column2 Edits\nColumn 1\tColumn 2\t*=In existence prior to 1996\tEffective Date\t"
    "Deletion Date *=no data\tModifier 0=not allowed 1=allowed 9=not applicable\tPTP Edit Rationale\n"
)
PTP_PARTS = (
    (
        "12001\tG0168\t\t20020101\t*\t1\tStandards of medical / surgical practice\n"
        "11042\t97597\t\t20050101\t*\t1\tStandards of medical / surgical practice\n"
        "99396\t99213\t\t20130101\t*\t1\tCPT Manual or CMS manual coding instruction\n"
        "20610\t99213\t\t20130101\t*\t1\tStandards of medical / surgical practice\n"
    ),
    "36000\t99201\t\t20020101\t20201231\t1\tStandards of medical / surgical practice\n",
    (
        "43239\t43235\t*\t19960101\t*\t0\tMore extensive procedure\n"
        "77067\t77065\t\t20170101\t*\t1\tCPT Manual or CMS manual coding instruction\n"
        "93000\t93005\t*\t19960101\t*\t0\tMore extensive procedure\n"
        "45380\t45378\t\t20000101\t*\t0\tMore extensive procedure\n"
        "29881\t29870\t\t20000101\t20260331\t1\tMore extensive procedure\n"
        "29881\t29875\t\t20000101\t20251231\t1\tMore extensive procedure\n"
    ),
    (
        "97530\t97116\t\t20200101\t*\t1\tStandards of medical / surgical practice\n"
        "96372\t99211\t\t20090101\t*\t1\tCPT Manual or CMS manual coding instruction\n"
    ),
)
MUE_HEADINGS = f'"{NOTICE}",,,\nHCPCS/CPT Code,{{}} MUE Values,MUE Adjudication Indicator,MUE Rationale\n'
INJECTION = "96372,6,3 Date of Service Edit: Clinical,Clinical: Data\n"
FEES = [
    "{} National Physician Fee Schedule Relative Value File January Release" + "," * 24,
    "CPT codes and descriptions only are copyright of their owner." + "," * 24,
    ",,,," + "STATUS," + "," * 20,
    (
        "HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,DAYS,OP,OP,OP,PROC,SURG,ASST,"
        "SURG,SURG,BASE,FACTOR"
    ),
    *(
        f"{code},,a title,A,,1.0,1.0,,1.0,,1.0,1.0,1.0,0,{days},0.00,0.00,0.00,2,{both},{helped},{two},{team},,33.4"
        for code, days, both, helped, two, team in (
            ("11400", "010", 0, 2, 1, 0),
            ("20610", "000", 1, 1, 0, 0),
            ("22558", "090", 0, 2, 2, 0),
            ("27447", "090", 1, 2, 1, 0),
            ("29881", "090", 1, 2, 1, 0),
            ("33935", "090", 0, 2, 2, 2),
            ("64721", "090", 1, 1, 0, 0),
            ("99213", "XXX", 0, 2, 1, 0),
        )
    ),
]
FILES = (
    {f"ccipra-v320r0-f{n}.TXT": PTP_HEADINGS + part for n, part in enumerate(PTP_PARTS, 1)},
    {f"ccioph-v320r0-f{n}.TXT": PTP_HEADINGS + part for n, part in enumerate(PTP_PARTS, 1)},
    {
        "MCR_MUE_PractitionerServices_Eff_01-01-2026.csv": MUE_HEADINGS.format("Practitioner Services")
        + "82962,3,2 Date of Service Edit: Policy,x\n97110,8,3 Date of Service Edit: Clinical,x\n"
        "96365,1,3 Date of Service Edit: Clinical,x\n77067,1,2 Date of Service Edit: Policy,x\n"
        "94640,6,3 Date of Service Edit: Clinical,x\nA6250,2,1 Line Edit,x\n"
        f'{INJECTION}G0168,2,2 Date of Service Edit: Policy,"Nature of service, procedure"\n'
    },
    {
        "MCR_MUE_OutpatientHospitalServices_Eff_01-01-2026.csv": MUE_HEADINGS.format(
            "Outpatient Hospital Services"
        )
        + INJECTION
        + "96365,2,3 Date of Service Edit: Clinical,x\n94640,4,3 Date of Service Edit: Clinical,x\n"
    },
    {
        "MCR_MUE_DMESupplierServices_Eff_01-01-2026.csv": MUE_HEADINGS.format("DME Supplier Services")
        + "A4259,3,3 Date of Service Edit: Clinical,x\nA6250,3,1 Line Edit,x\nA4253,8,3 Date of Service Edit: Clinical,Clinical: Data\nE0601,1,2 Date of Service Edit: Policy,x\n"
        "A7030,1,3 Date of Service Edit: Clinical,x\n"
    },
    {
        "AOC_V2026Q1-MCR.txt": "Add_On_Code\tPrimary_Code\tAOC_Edit_Eff_Dt\tAOC_Edit_Del_Dt\tAOC_Edit_Type\n"
        "90785\t90834\t2013091\t\t1\n90472\t90471\t2013091\t\t1\n90785\t90837\t2013091\t\t1\n99292\t99291\t2013091\t\t1\n"
        "22614\t22612\t2013091\t\t1\n64494\t64493\t2013091\t\t1\n64495\t64493\t2013091\t\t1\n"
        "11045\t11042\t2011001\t\t1\n96361\t96360\t2013091\t\t1\n96361\t96365\t2013091\t\t1\n"
        "64495\t64494\t2013091\t\t1\n"
    },
    *({f"PPRRVU{year}_JAN.csv": "\n".join(FEES).format(f"20{year}")} for year in (25, 26)),
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDCODE_DATA", str(tmp_path / "data"))
    for parts in FILES:
        for name, text in parts.items():
            (tmp_path / name).write_text(text, encoding="latin-1")
        user.add(loaders.load([tmp_path / name for name in parts], LoadOptions()))


@pytest.mark.usefixtures("folder")
def test_every_fault_is_found_and_no_clean_claim_reported() -> None:
    assert (len(FAULTY), len(CLEAN)) == (60, 60)
    met = [(rule, scrub(text, on=ON).findings) for rule, text in FAULTY]
    assert [(rule, found) for rule, found in met if {each.rule for each in found} != {rule}] == []
    assert [finding for text in CLEAN for finding in scrub(text, on=ON).findings] == []


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
def test_a_fault_is_found_beside_a_neighbor_without() -> None:
    assert tuple(map(len, SETS)) == (111, 44, 60, 42, 22, 33)
    rows = [row for rows in SETS for row in rows]
    met = [(rules, {each.rule for each in scrub(text, on=ON).findings}) for rules, text, _ in rows]
    assert [(rules, found) for rules, found in met if found != set(rules.split())] == []
    assert [each for _, _, text in rows for each in scrub(text, on=ON).findings] == []


@pytest.mark.usefixtures("folder")
def test_a_fault_is_found_beside_claims_that_were_sent_before() -> None:
    assert (len(SENT), len(LATER), len(WITH_OTHERS)) == (18, 7, 10)
    for rules, sent, faulty, clean in (*SENT, *LATER, *WITH_OTHERS):
        before = [claim for text in sent for claim in x12.loads(text).claims()]
        for history in (before, before[::-1]):
            assert {each.rule for each in scrub(faulty, on=ON, history=history).findings} == set(
                rules.split()
            )
            assert scrub(clean, on=ON, history=history).findings == ()


@pytest.mark.usefixtures("folder")
def test_usual_claims_are_not_reported() -> None:
    assert len(USUAL) == 43
    assert [(text, found) for text in USUAL if (found := scrub(text, on=ON).findings)] == []


def test_no_vaccine_is_against_two_diseases() -> None:
    numbers = [f"{number}" for number in range(90281, 90800)]
    assert [code for code in numbers if sum(code in codes for codes in VACCINES.values()) > 1] == []
