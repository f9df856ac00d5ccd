"""Files as the publishers write them, with toy contents."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HCPCS_WIDTH = 320


def order_line(number: int, code: str, kind: str, title: str) -> str:
    return f"{number:05} {code:<7} {kind} {title[:60]:<60} {title}"


def anweb(code: str, kind: str, long: str, *, added: str = "20250101", ended: str = "") -> str:
    """Write a record of the ANWEB file; what the tests do not read is blank."""
    field = f"   {code}" if kind in "78" else f"{code:<5}"
    line = f"{field}00100{kind}{long:<80}{long[:28]:<28}"
    line = f"{line:<268}{added:<8}{added:<8}{ended:<8}N"
    return f"{line:<{HCPCS_WIDTH}}"


def archive(members: Mapping[str, bytes | str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return file.getvalue()


NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def sheet_xml(rows: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><worksheet {NAMESPACE}><sheetData>{rows}</sheetData></worksheet>'


def workbook(*sheets: Sequence[Sequence[str]]) -> bytes:
    """Write a workbook as Excel does: shared strings, empty cells left out, numbers as numbers."""
    strings: list[str] = []
    members: dict[str, bytes | str] = {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}
    for sheet, rows in enumerate(sheets, 1):
        lines = [_row(number, row, strings) for number, row in enumerate(rows, 1)]
        members[f"xl/worksheets/sheet{sheet}.xml"] = sheet_xml("".join(lines))
    shared = "".join(f"<si><r><t>{escape(text)}</t></r></si>" for text in strings)
    return archive({**members, "xl/sharedStrings.xml": f"<sst {NAMESPACE}>{shared}</sst>"})


def _row(number: int, row: Sequence[str], strings: list[str]) -> str:
    cells = []
    for column, text in enumerate(row):
        place = f"{chr(65 + column)}{number}"
        if text.isdigit() and not text.startswith("0"):
            cells.append(f'<c r="{place}"><v>{text}</v></c>')
        elif text:
            strings.append(text)
            cells.append(f'<c r="{place}" t="s"><v>{len(strings) - 1}</v></c>')
    return f'<row r="{number}">{"".join(cells)}</row>'


ORDER_CM = "\n".join(
    [
        order_line(1, "A00", "0", "Cholera"),
        order_line(2, "A000", "1", "Cholera due to Vibrio cholerae 01, biovar cholerae"),
        order_line(3, "QA00101", "1", "A code with two letters"),
        "",
    ]
)
ORDER_PCS = "\n".join(
    [
        order_line(1, "001", "0", "Central Nervous System and Cranial Nerves, Bypass"),
        "",
        order_line(2, "0016070", "1", "Bypass Cerebral Ventricle to Nasopharynx"),
    ]
)
CODES_CM = (
    "A000    Cholera due to Vibrio cholerae\n\nA001    Cholera of another kind\nT360X1A Poisoning, initial\n"
)
CODES_PCS = "0016070 Bypass Cerebral Ventricle to Nasopharynx\n"
TABULAR = """\
<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.tabular>
  <version>2026</version>
  <chapter><name>19</name>
    <section id="S00-S09">
      <diag><name>S06</name><desc>Intracranial injury</desc>
        <sevenChrNote><note>7th characters D and S do not apply with 6th character 7 or 8</note></sevenChrNote>
        <sevenChrDef>
          <extension char="A">initial encounter</extension>
          <extension char="D">subsequent encounter</extension>
          <extension char="S">sequela</extension>
        </sevenChrDef>
        <diag><name>S06.2</name><desc>Diffuse injury</desc>
          <diag><name>S06.2X</name><desc>Diffuse injury</desc>
            <diag><name>S06.2X1</name><desc>up to 30 minutes</desc></diag>
            <diag><name>S06.2X7</name><desc>death due to brain injury</desc></diag>
          </diag>
        </diag>
        <diag><name>S06.9</name><desc>Unspecified</desc></diag>
      </diag>
    </section>
    <section id="A00-A09"><diag><name>A00</name><desc>Cholera</desc>
      <diag><name>A00.0</name><desc>Classical</desc></diag></diag></section>
  </chapter>
</ICD10CM.tabular>
"""
PCS_TABLES = """\
<?xml version="1.0" encoding="utf-8"?>
<ICD10PCS.tabular>
  <version>2026</version>
  <pcsTable>
    <axis pos="1" values="1"><title>Section</title><label code="0">Medical and Surgical</label></axis>
    <axis pos="2" values="1"><title>Body System</title><label code="0">Central Nervous System</label></axis>
    <axis pos="3" values="1"><title>Operation</title><label code="1">Bypass</label></axis>
    <pcsRow codes="4">
      <axis pos="4" values="1"><title>Body Part</title><label code="6">Cerebral Ventricle</label></axis>
      <axis pos="5" values="2"><title>Approach</title><label code="0">Open</label><label code="3">Percutaneous</label></axis>
      <axis pos="6" values="2"><title>Device</title><label code="7">Tissue</label><label code="J">Synthetic</label></axis>
      <axis pos="7" values="1"><title>Qualifier</title><label code="0">Nasopharynx</label></axis>
    </pcsRow>
  </pcsTable>
</ICD10PCS.tabular>
"""
ANWEB = "\r\n".join(
    [
        anweb("A0001", "3", "A first thing, whose title goes on"),
        anweb("A0001", "4", "over a second line"),
        anweb("A0002", "3", "A thing that is gone", added="20200101", ended="20251231"),
        "",
        anweb("Z1", "7", "A modifier", added="19900101"),
        anweb("Z1", "8", " of two lines"),
        "",
    ]
)
PTP_HEAD = [
    ["Column1/Column2 Edits"],
    ["CPT codes, descriptions and other data only are copyright of their owner."],
    ["All rights reserved."],
    ["Column 1", "Column 2", "*=in existence", "Effective", "Deletion", "Modifier", "PTP Edit Rationale"],
    ["", "", "prior to 1996", "Date", "Date", "0=not allowed", ""],
    ["", "", "", "", "*=no data", "1=allowed", ""],
    ["", "", "", "", "", "9=not applicable", ""],
]
PTP_ROWS = [
    ["A4301", "A4300", "*", "19960101", "20011231", "1", "Standards of practice"],
    ["G0101", "G0102", "", "20000101", "*", "0", "Gender-specific"],
    ["0001A", "G0102", "", "20210101", "20210101", "9", "Misuse of column two"],
]
PTP = "\r\n".join("\t".join(row) for row in [*PTP_HEAD, *PTP_ROWS]) + "\r\n"
PTP_PLAIN = (
    "col1\tcol2\tdeletion\tmod\trationale\nA4301\tA4300\t20011231\t1\tStandards\nG0101\tG0102\tNA\t0\tx\n"
)
MUE = """\
"CPT codes and descriptions only are copyright of their owner.
All rights reserved.",,,
"HCPCS/
CPT Code",Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale
A4300,2,3 Date of Service Edit: Clinical,Nature of Service
G0101,1,2 Date of Service Edit: Policy,"Code Descriptor, and policy"
0001U,99999,1 Line Edit,Nature of Analyte
"""
AOC_ROWS = [
    ["Primary_Code", "Add_On_Code", "AOC_Del_Dt (Julian)", "Primary_Code_Del_Dt", "AOC_Edit_Eff_Dt", "AOC_Edit_Del_Dt", "AOC_Edit_Type", "Special_Instruction_Notes"],
    ["C5271", "C5272", "", "", "2014001", "", "1", ""],
    ["C5275", "C5276", "", "", "2013091", "2019365", "1", ""],
    ["CCCCC", "G0001", "", "", "2013091", "0000000", "2", "(CCCCC = Contractor Defined Primary Codes)"],
]  # fmt: skip
CONVERSION = """\
FY 2026 ICD-10-CM Conversion Table
New codes and the codes assigned before
Current code assignment\tEffective\tPrevious Code(s) Assignment
E66.813\t2024\t"E66.01, E66.8"
M97.01XA  \t45017\tT84.040A
H02.151\t10/1/2018\tH02.101-H02.103; H02.109
E88.810\t10/01/23\tE88.81
E88.9\t10/01/23\tE88.9
U07.0\t4/1/2020\tNone
T50.A15A\t2016\tA code from category T50
E88.810\t10/01/23\tE88.81
"""
PPRRVU = "\n".join(
    [
        "2024 National Physician Fee Schedule Relative Value File July Release" + "," * 24,
        "CPT codes and descriptions only are copyright of their owner." + "," * 24,
        ",,,," + "STATUS," + "," * 20,
        "HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,DAYS,OP,OP,OP,PROC,SURG,ASST,SURG,SURG,BASE,FACTOR",
        "G0101,,a title,A,,0.45,0.68,,0.25,,0.04,1.17,0.74,0,XXX,0.00,0.00,0.00,0,0,1,0,0,,33.2875",
        ",,,",
        "G0105,53,a title,A,,0.45,0.68,,0.25,,0.04,1.17,0.74,0,000,0.00,0.00,0.00,2,1,1,0,0,45378,33.2875",
    ]
)
NUCC = (
    "Code,Grouping,Classification,Specialization,Definition,Notes,Display Name,Section\r\n"
    '207Q00000X,Physicians,Family Medicine,,"A long\r\ndefinition","[1/1/2007]",Family Medicine Physician,Individual\r\n'
    "207QA0000X,Physicians,Family Medicine,Adolescent Medicine,x,y,,Individual\r\n"
)
PRODUCT = (
    "PRODUCTID\tPRODUCTNDC\tPRODUCTTYPENAME\tPROPRIETARYNAME\tPROPRIETARYNAMESUFFIX\tNONPROPRIETARYNAME\t"
    "DOSAGEFORMNAME\tROUTENAME\tSTARTMARKETINGDATE\tENDMARKETINGDATE\n"
    "1\t0002-7597\tHUMAN\tZyp\tRelief\tolanz\tINJECTION\tIM\t20091211\t\n"
    "2\t50242-040\tHUMAN\tXol\t\tomal\tINJECTION\tSC\t20030620\t20251231\n"
)
PACKAGE = (
    "PRODUCTID\tPRODUCTNDC\tNDCPACKAGECODE\tPACKAGEDESCRIPTION\tSTARTMARKETINGDATE\tENDMARKETINGDATE\n"
    "1\t0002-7597\t0002-7597-01\t1 VIAL in 1 CARTON\t20091211\t\n"
    "2\t50242-040\t50242-040-62\t1 VIAL\t20030620\t20251231\n"
)
CPT = 'CPT Code,Description,Effective,Termination\n99213,"visit, any",1/1/2020,\n99214,visit,2020-01-01,20241231\n'
