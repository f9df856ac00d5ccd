"""Files that are not as they should be: refused, with file, line and reason, and nothing is changed."""

from __future__ import annotations

import contextlib
import io
import pickle
import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st
from tests.codesets.loaders import layouts
from tests.codesets.loaders.layouts import archive, sheet_xml, workbook

from medcode.codesets import folder, loaders
from medcode.codesets.loaders import LoadError, LoadOptions, input_file
from medcode.codesets.loaders.common import read_day

if TYPE_CHECKING:
    from pathlib import Path


pytestmark = pytest.mark.usefixtures("small_tables")

SECOND = layouts.order_line(2, "A000", "1", "Cholera")


def refused(path: Path, name: str, data: str | bytes, options: LoadOptions | None = None) -> str:
    """Load a file, and give the reason why it is refused."""
    file = path / name
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    with pytest.raises(LoadError) as caught:
        loaders.load([file], options)
    assert caught.value.file.startswith(str(file))
    return str(caught.value).removeprefix(str(path)).lstrip("/\\")


FAULTS: dict[str, tuple[str, str | bytes, str]] = {
    "a short line": (
        "icd10cm_order_2026.txt",
        layouts.ORDER_CM + "00004 A01",
        "4: not a line of an order file",
    ),
    "no code": (
        "icd10cm_order_2026.txt",
        layouts.ORDER_CM + layouts.order_line(4, "1AB", "1", "x"),
        "4: '1AB' is not in ICD-10-CM format",
    ),
    "twice": (
        "icd10cm_order_2026.txt",
        layouts.ORDER_CM + layouts.order_line(4, "A000", "1", "x"),
        "4: A000 is already on line 2, with other values",
    ),
    "no year": ("order.txt", layouts.ORDER_CM, "the days it covers are not known"),
    "codes file": (
        "icd10cm_codes_2026.txt",
        "".join(f"A{number:03}    x\n" for number in range(27)) + "A0 x",
        "28: not a line of a codes file",
    ),
    "only headings": (
        "icd10pcs_order_2026.txt",
        layouts.ORDER_PCS.splitlines()[0],
        "it lists no ICD-10-PCS code",
    ),
    "anweb line": (
        "HCPC2026_JAN_ANWEB.txt",
        layouts.ANWEB + "A0003 oops",
        "7: not a line of an ANWEB file",
    ),
    "anweb cut": (
        "HCPC2026_JAN_ANWEB.txt",
        layouts.ANWEB + layouts.anweb("A0003", "3", "cut")[:200],
        "7: the line ends at column 200, before its dates",
    ),
    "anweb order": (
        "HCPC2026_JAN_ANWEB.txt",
        layouts.anweb("A0001", "4", "goes on"),
        "1: a continuation line without a code",
    ),
    "anweb day": (
        "HCPC2026_JAN_ANWEB.txt",
        layouts.anweb("A0001", "3", "x", added="20261301"),
        "1: month must be in 1..12",
    ),
    "anweb days": (
        "HCPC2026_JAN_ANWEB.txt",
        layouts.anweb("A0001", "3", "x", ended="20241231"),
        "1: A0001 ends on 2024-12-31, before it begins on 2025-01-01",
    ),
    "ptp code": (
        "ccipra-v302r0.txt",
        layouts.PTP + "oops\tA4300\t\t20000101\t*\t0\tx",
        "11: 'oops' is not in HCPCS format",
    ),
    "ptp indicator": (
        "ccipra-v302r0.txt",
        layouts.PTP + "A4301\tA4300\t\t20000101\t*\t2\tx",
        "11: the modifier indicator is '2', not 0, 1 or 9",
    ),
    "ptp no indicator": (
        "ccipra-v302r0.txt",
        layouts.PTP + "A4301\tA4300\t\t20000101",
        "11: the modifier indicator is '', not 0, 1 or 9",
    ),
    "ptp day": (
        "ccipra-v302r0.txt",
        layouts.PTP + "A4301\tA4300\t\tnever\t*\t0\tx",
        "11: 'never' is not a date",
    ),
    "ptp of no table": (
        "pairs.txt",
        layouts.PTP,
        "which pairs these are is not known",
    ),
    "mue code": (
        "MUE_Practitioner_Eff_07-01-2024.csv",
        layouts.MUE + "oops,1,1 Line,x\n",
        "8: 'oops' is not in",
    ),
    "mue units": (
        "MUE_Practitioner_Eff_07-01-2024.csv",
        layouts.MUE + "A4301,?,1 Line,x\n",
        "8: '?' is not a number of units",
    ),
    "mue twice": (
        "MUE_Practitioner_Eff_07-01-2024.csv",
        layouts.MUE + "A4300,1,1 Line,x\n",
        "8: A4300 is already on line 5, with other values",
    ),
    "mue quarter": ("MUE.csv", layouts.MUE, "the days it covers are not known"),
    "mue month": ("MUE_Practitioner_2024-13.csv", layouts.MUE, "the days it covers are not known"),
    "mue month first": ("MUE_Eff_13-01-2024.csv", layouts.MUE, "the days it covers are not known"),
    "mue twice in small letters": (
        "MUE_Practitioner_Eff_07-01-2024.csv",
        layouts.MUE + "a4300,1,1 Line,x\n",
        "8: A4300 is already on line 5",
    ),
    "mue service": (
        "Eff_07-01-2024.csv",
        "HCPCS Code,MUE units,MUE MAI\nA4300,1,1\n",
        "the service is not known",
    ),
    "mue quotes": (
        "MUE_Practitioner_Eff_07-01-2024.csv",
        layouts.MUE + 'A4301,"1"x,1,1',
        "8: commas and quotes do not match",
    ),
    "add-on": (
        "AOC.csv",
        "Primary_Code,Add_On_Code,AOC_Edit_Type\nC5271,oops,1\n",
        "2: 'oops' is not in HCPCS format",
    ),
    "add-on type": (
        "AOC.csv",
        "Primary_Code,Add_On_Code,AOC_Edit_Type\nC5271,C5272,4\n",
        "2: the type is '4'",
    ),
    "add-on day": (
        "AOC.csv",
        "Primary_Code,Add_On_Code,AOC_Edit_Type,AOC_Edit_Eff_Dt\nC5271,C5272,1,20130401\n",
        "2: '20130401' is not a Julian date",
    ),
    "fees": (
        "PPRRVU24.csv",
        layouts.PPRRVU + "\noops,,",
        "8: the row has 3 columns, fewer than 25",
    ),
    "fees of no year": ("PPR.csv", layouts.PPRRVU, "the days it covers are not known"),
    "no layout": ("notes.txt", "Dear reader,\nthis is no list.\n", "unknown layout"),
    "empty": ("empty.csv", "", "the file is empty"),
    "headings alone": ("list.csv", "CPT Code,Title\n", "the headings are there, but no row below them"),
    "no exempt code": (
        "POAexemptCodesFY26.txt",
        "Order #\tCode\tDescription\n",
        "it lists no ICD-10-CM code",
    ),
    "a title in an order file": (
        "icd10cm_order_2026.txt",
        "ICD-10-CM\n" + layouts.ORDER_CM,
        "1: not a line of an order file",
    ),
    "a conversion from no code": (
        "icd10cm_conversion_table_FY2026.txt",
        layouts.CONVERSION + "E11.A\t2025\t?\n",
        "12: '?' is not in ICD-10-CM format",
    ),
    "a conversion to no code": (
        "icd10cm_conversion_table_FY2026.txt",
        layouts.CONVERSION + "?\t2025\tE11.8\n",
        "12: '?' is not in ICD-10-CM format",
    ),
    "a conversion of no day": (
        "icd10cm_conversion_table_FY2026.txt",
        layouts.CONVERSION + "E11.A\tsoon\tE11.8\n",
        "12: 'soon' is not a date",
    ),
    "a conversion of an unknown code without a day": (
        "icd10cm_conversion_table_FY2026.txt",
        layouts.CONVERSION + "E11.ZZ\t\tE11.8\n",
        "12: the day on which E11.ZZ took effect is missing",
    ),
    "a range of letters": (
        "icd10cm_conversion_table_FY2026.txt",
        layouts.CONVERSION + "E11.A\t2025\tE11.8-E11.A\n",
        "12: 'E11.8-E11.A' is not a range of codes",
    ),
    "conversions in words alone": (
        "icd10cm_conversion_table_FY2026.txt",
        "Current code assignment\tEffective\tPrevious Code(s) Assignment\nE11.A\t2025\tNone\n",
        "it names no conversion of ICD-10-CM codes",
    ),
    "no text": ("binary.csv", b"\x00\x01\x02", "unknown layout"),
    "no encoding": ("odd.csv", b"\x81\xff\xfe", "unknown layout"),
    "no set": ("list.csv", "Code,Title\nA0001,x\n", "the code set is not known"),
    "long preamble": ("list.csv", "x\n" * 100 + "Code,Title\nA0001,x\n", "unknown layout"),
    "unsound XML": ("tabular.xml", layouts.TABULAR[:300], "Premature end|: not well-formed XML"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_names_file_line_and_reason(case: str, tmp_path: Path) -> None:
    name, data, reason = FAULTS[case]
    said = re.sub(
        r"(:\d+):\d+(?=: )", r"\1", refused(tmp_path, name, data)
    )  # the column has a test of its own
    assert said.startswith(name)
    assert any(part in said for part in reason.split("|")), said


def test_days_that_are_none(tmp_path: Path) -> None:
    options = LoadOptions(set="drg", start=read_day("2026-01-05"), end=read_day("2026-01-04"))
    assert "before it begins on" in refused(tmp_path, "drg.csv", "Code,Title\n470,x\n", options)


def test_what_identifies_persons_is_not_loaded(tmp_path: Path) -> None:
    text = "Code,Title\n1EG4TE5MK73,x\n"
    said = refused(tmp_path, "list.csv", text, LoadOptions(set="mbi"))
    assert "code set is not known" in said


BOMB = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<ICD10CM.tabular><chapter><section><diag><name>A00</name><desc>&b;</desc></diag></section></chapter></ICD10CM.tabular>
"""
OUTSIDE = """<?xml version="1.0"?>
<!DOCTYPE x [<!ENTITY passwd SYSTEM "file:///etc/passwd">]>
<ICD10PCS.tabular><version>&passwd;</version></ICD10PCS.tabular>
"""


@pytest.mark.parametrize("text", [BOMB, OUTSIDE])
def test_xml_with_entities_is_refused(text: str, tmp_path: Path) -> None:
    assert "XML with a document type is refused" in refused(tmp_path, "x_2026.xml", text)


@pytest.mark.parametrize(
    "name", ["../evil.txt", "/etc/evil.txt", "C:/evil.txt", "a/../../evil.txt", "\\evil.txt"]
)
def test_an_archive_whose_paths_lead_out_is_refused(name: str, tmp_path: Path) -> None:
    assert "leads out of it" in refused(tmp_path, "x.zip", archive({name: layouts.ORDER_CM}))
    assert [path.name for path in tmp_path.iterdir()] == ["x.zip"]


def test_an_archive_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(input_file, "LARGEST", 10_000)
    bomb = archive({"order_2026.txt": b"0" * 20_000})
    assert len(bomb) < 10_000
    assert "unpacks to too much" in refused(tmp_path, "x.zip", bomb)
    assert "too large" in refused(tmp_path, "x.txt", b"0" * 20_000)
    many = archive({f"{number}.txt": "" for number in range(input_file.MOST_MEMBERS + 1)})
    monkeypatch.setattr(input_file, "LARGEST", 1_000_000)
    assert "has 501 members" in refused(tmp_path, "y.zip", many)


def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    whole = archive({"codes/": b"", "order_2026.txt": layouts.ORDER_CM})
    assert "the archive is damaged" in refused(tmp_path, "x.zip", whole[:-30])
    torn = bytearray(whole)
    at = whole.index(b"order_2026.txt") + len("order_2026.txt")
    torn[at + 20 : at + 30] = b"\xff" * 10
    assert "it is encrypted or damaged" in refused(tmp_path, "y.zip", bytes(torn))
    file = tmp_path / "good.zip"
    file.write_bytes(whole)
    assert loaders.load([file])[0].rows == 3


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("place", range(14, 100, 9))
def test_a_damaged_member_is_refused_however_it_is_packed(method: int, place: int, tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as made:
        made.writestr("order_2026.txt", layouts.ORDER_CM)
    torn = bytearray(file.getvalue())
    at = torn.index(b"order_2026.txt") + len("order_2026.txt") + place
    torn[at] ^= 0x55
    assert "it is encrypted or damaged" in refused(tmp_path, "x.zip", bytes(torn))


def test_a_fault_can_be_pickled() -> None:
    fault = LoadError("codes.txt", 7, "not a code", 2)
    again = pickle.loads(pickle.dumps(fault))
    assert isinstance(again, LoadError)
    assert (again.file, again.line, again.reason, again.column) == ("codes.txt", 7, "not a code", 2)
    assert str(again) == str(fault)


def test_a_workbook_beside_its_text_is_left_out(tmp_path: Path) -> None:
    rows = [*layouts.PTP_HEAD, *layouts.PTP_ROWS]
    file = tmp_path / "ccipra-v302r0.zip"
    file.write_bytes(archive({"ccipra-v302r0.TXT": layouts.PTP, "ccipra-v302r0.xlsx": workbook(rows)}))
    (made,) = loaders.load([file])
    assert made.rows == 3


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"xl/worksheets/sheet1.xml": sheet_xml('<row r="1"><c r="A1" t="s"><v>5</v></c></row>')},
        {"xl/worksheets/sheet1.xml": sheet_xml('<row r="1"><c r="ZZZ1"><v>5</v></c></row>')},
        {"xl/worksheets/sheet1.xml": sheet_xml('<row r="1"><c r="?"><v>5</v></c></row>')},
        {"xl/worksheets/sheet1.xml": "<worksheet>"},
        {"xl/worksheets/sheet1.xml": BOMB},
    ],
    ids=["no sheet", "string", "far column", "no column", "unsound", "bomb"],
)
def test_an_odd_workbook_is_refused(members: dict[str, str], tmp_path: Path) -> None:
    refused(tmp_path, "x.xlsx", archive({"xl/workbook.xml": "<workbook/>", **members}))


def test_cells_without_place_and_with_inline_text(tmp_path: Path) -> None:
    rows = (
        '<row><c t="inlineStr"><is><t>Code</t></is></c><c t="inlineStr"><is><t>Title</t></is></c></row>'
        '<row><c t="str"><v>470</v></c><c t="inlineStr"/><c><v>1.0</v></c></row>'
    )
    file = tmp_path / "drg.xlsx"
    members = {"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": sheet_xml(rows)}
    file.write_bytes(archive(members))
    (made,) = loaders.load([file], LoadOptions(set="drg", start=read_day("20260101")))
    assert made.rows == 1


def test_windows_text_and_empty_rows(tmp_path: Path) -> None:
    file = tmp_path / "drg.csv"
    file.write_bytes("Code,Title\n\n470,Kniegelenk \xfc\n,,\n".encode("cp1252"))
    (made,) = loaders.load([file], LoadOptions(set="drg", start=read_day("20260101")))
    assert made.rows == 1


def test_a_fault_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDCODE_DATA", str(tmp_path / "data"))
    name, data, _ = FAULTS["twice"]
    refused(tmp_path, name, data)
    assert folder.stored() == []


@given(st.binary(max_size=300))
def test_any_bytes_are_loaded_or_refused(data: bytes) -> None:
    text = io.BytesIO()
    with zipfile.ZipFile(text, "w") as made:
        made.writestr("order_2026.txt", data)
    for given_data in (data, text.getvalue(), layouts.ORDER_CM.encode() + data, layouts.MUE.encode() + data):
        found = input_file.InputFile("order_2026.txt", given_data)
        for name in loaders.LAYOUTS:
            layout = loaders._layout(name)
            with contextlib.suppress(LoadError):
                assert not layout.recognizes(found) or list(layout.load([found], LoadOptions()))
