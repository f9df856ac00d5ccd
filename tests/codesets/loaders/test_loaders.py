"""Each official layout, loaded and asked; each fault, options with its file and line."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.codesets.loaders import layouts

from medcode.codesets import CODE_SETS, fee_schedule, loaders, ncci, user
from medcode.codesets.base import Status
from medcode.codesets.loaders import LoadError, LoadOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from medcode.codesets.user import BuiltTable

    Load = Callable[..., list[BuiltTable]]

pytestmark = [
    pytest.mark.usefixtures("small_tables"),
    pytest.mark.filterwarnings("ignore::medcode.errors.CoverageWarning"),  # the days are at hand
]

B, D, H, U, NOT_CHECKED, OUT = (
    Status.BILLABLE,
    Status.DELETED,
    Status.HEADER,
    Status.UNKNOWN,
    Status.NOT_CHECKED,
    Status.OUT_OF_RANGE,
)
JANUARY = date(2026, 1, 5)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("MEDCODE_DATA", str(tmp_path / "data"))
    yield tmp_path
    for codes in CODE_SETS.values():
        codes.reload()


@pytest.fixture
def load(own: Path) -> Load:
    """Write files of that name and contents, and load them together."""

    def load(files: dict[str, str | bytes], options: LoadOptions | None = None) -> list[BuiltTable]:
        for name, data in files.items():
            (own / name).write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
        made = loaders.load([own / name for name in files], options)
        user.add(made)
        return made

    return load


def status(name: str, code: str, on: date = JANUARY) -> Status:
    return CODE_SETS[name].status(code, on)


def test_order_file_of_cm(load: Load) -> None:
    (made,) = load({"icd10cm_order_2026.txt": layouts.ORDER_CM})
    assert (made.name, made.coverage, made.rows) == ("icd10cm", (20251001, 20260930), 3)
    assert (status("icd10cm", "A00"), status("icd10cm", "A00.0"), status("icd10cm", "B00")) == (H, B, D)
    assert CODE_SETS["icd10cm"]["QA0.0101"].title == "A code with two letters"
    assert CODE_SETS["icd10cm"].releases[0].edition == "FY2026"


def test_order_file_of_pcs_in_april(load: Load) -> None:
    (made,) = load({"icd10pcs_order_April_2026.txt": layouts.ORDER_PCS})
    assert (made.name, made.coverage, made.rows) == ("icd10pcs", (20260401, 20260930), 1)
    assert CODE_SETS["icd10pcs"]["0016070"].title == "Bypass Cerebral Ventricle to Nasopharynx"


def test_codes_files(load: Load) -> None:
    (made,) = load({"icd10cm_codes_2026.txt": layouts.CODES_CM})
    assert (made.name, made.rows) == ("icd10cm", 3)
    (made,) = load({"icd10pcs_codes_2026.txt": layouts.CODES_PCS})
    assert (made.name, made.rows) == ("icd10pcs", 1)


def test_tabular_list(load: Load) -> None:
    (made,) = load({"icd10cm_tabular_2026.xml": layouts.TABULAR})
    assert made.coverage == (20251001, 20260930)
    codes = CODE_SETS["icd10cm"]
    assert [code for code in codes.as_of(JANUARY) if codes.status(code, JANUARY) is B] == [
        "A000", "S062X1A", "S062X1D", "S062X1S", "S062X7A", "S069XXA", "S069XXD", "S069XXS",
    ]  # fmt: skip
    assert codes["S06.9XXD"].title == "Unspecified, subsequent encounter"
    assert status("icd10cm", "S06.9") is H


def test_the_tabular_list_of_april_2026_gives_every_code_and_no_other(load: Load) -> None:
    package = pytest.importorskip("simple_icd_10_cm", reason="the dependency group `data` is not installed")
    name = "icd10c-tabular-April-1-2026.xml"
    codes, day = CODE_SETS["icd10cm"], date(2026, 4, 15)
    shipped = {code: codes.status(code, day) for code in codes.as_of(day)}
    (made,) = load({name: (Path(package.__file__).parent / "data" / name).read_bytes()})
    assert (made.coverage, made.rows) == ((20260401, 20260930), 98_186)
    assert {code: codes.status(code, day) for code in codes.as_of(day)} == shipped


def test_the_name_of_an_archive_tells_what_its_members_do_not(load: Load) -> None:
    data = layouts.archive({"sub/codes.txt": layouts.CODES_PCS, "notes.txt": "see the codes"})
    (made,) = load({"2026-ICD-10-PCS-Codes-File.zip": data})
    assert made.coverage == (20251001, 20260930)


def test_pcs_tables(load: Load) -> None:
    (made,) = load({"icd10pcs_tables_2026.xml": layouts.PCS_TABLES})
    assert (made.coverage, made.rows) == ((20251001, 20260930), 4)
    assert status("icd10pcs", "00163J0") is B
    with pytest.raises(LoadError, match="days it covers are not known"):
        load({"tables.xml": layouts.PCS_TABLES.replace("<version>2026</version>", "")})


def test_anweb(load: Load) -> None:
    hcpcs, before, modifiers, _ = load({"HCPC2026_JAN_ANWEB.txt": layouts.ANWEB})
    assert before.coverage == (20200101, 20251231)
    assert (hcpcs.name, hcpcs.coverage, hcpcs.rows) == ("hcpcs", (20260101, 20260331), 2)
    assert (modifiers.name, modifiers.rows) == ("modifiers", 1)
    first = CODE_SETS["hcpcs"].concept("A0001", JANUARY)
    assert first.title == "A first thing, whose title goes on over a second line"
    assert first.start == date(2025, 1, 1)
    assert [status("hcpcs", code) for code in ("A0002", "A0003")] == [D, U]
    assert CODE_SETS["modifiers"]["Z1"].title == "A modifier of two lines"
    assert [status("modifiers", code) for code in ("Z1", "25", "LT")] == [B, NOT_CHECKED, D]


def test_anweb_without_modifiers_or_quarter(load: Load) -> None:
    only = layouts.ANWEB.splitlines()[0]
    made, _ = load({"list.txt": only + "\n"}, LoadOptions(start=date(2026, 1, 1), edition="own"))
    assert made.coverage == (20260101, 20260331)  # the quarter of its first day
    assert CODE_SETS["hcpcs"].releases[0].edition == "own"


def test_anweb_of_codes_that_all_begin_with_the_quarter_says_nothing_of_the_days_before(load: Load) -> None:
    new = layouts.anweb("A0003", "3", "A thing of this quarter", added="20260101")
    (made,) = load({"HCPC2026_JAN_ANWEB.txt": new + "\n"})
    assert (made.name, made.coverage, made.rows) == ("hcpcs", (20260101, 20260331), 1)


def test_a_plain_list_beside_an_official_file_is_left_out(load: Load) -> None:
    both = {"HCPC2026_JAN_ANWEB.txt": layouts.ANWEB, "more.csv": "Code,Title\nA0009,A thing of its own\n"}
    assert "hcpcs" in {made.name for made in load({"both.zip": layouts.archive(both)})}
    assert status("hcpcs", "A0009") is U


def test_ptp_as_text_and_workbook(load: Load) -> None:
    parts = {f"ccipra-v302r0-f{number}.TXT": layouts.PTP for number in (2, 1)}
    (made,) = load(parts)
    assert (made.name, made.coverage) == ("ptp_practitioner", (19960101, 20240930))
    (release,) = ncci.releases("ptp_practitioner")
    assert (made.rows, release.rows, release.edition) == (3, 3, "v30.2")
    day = date(2024, 7, 1)
    assert ncci.find("ptp_practitioner", "G0101", "G0102", day) == ("0", date(2000, 1, 1), None)
    assert ncci.find("ptp_practitioner", "A4301", "A4300", day) is None
    rows = [*layouts.PTP_HEAD, *layouts.PTP_ROWS]
    (made,) = load({"ccioph-v302r0.xlsx": layouts.workbook(rows)})
    assert (made.name, made.rows) == ("ptp_outpatient", 3)
    old = date(2001, 12, 31)
    assert ncci.find("ptp_outpatient", "A4301", "A4300", old) == ("1", date(1996, 1, 1), old)


def test_ptp_in_its_plain_form(load: Load) -> None:
    (made,) = load({"pairs.tsv": layouts.PTP_PLAIN}, LoadOptions(set="ptp_outpatient", partial=True))
    assert made.coverage == (19960101, 20261231)  # the quarter of today
    assert "taken as 2026-12-31" in made.notes[0]
    assert ncci.find("ptp_outpatient", "G0101", "G0102", JANUARY) == ("0", date(1996, 1, 1), None)
    with pytest.raises(ncci.NotLoaded, match="holds a part"):
        ncci.find("ptp_outpatient", "A4301", "A4300", JANUARY)


@pytest.mark.parametrize("parts", [(1,), (1, 3), (2, 3)])
def test_some_parts_of_a_table_are_refused(load: Load, parts: tuple[int, ...]) -> None:
    with pytest.raises(LoadError, match="several parts"):
        load({f"ccipra-v302r0-f{number}.TXT": layouts.PTP for number in parts})


def test_mue_of_three_services(load: Load) -> None:
    day = date(2024, 8, 1)
    heading = "Practitioner Services MUE Values"
    for heads, service, kind in (
        (heading, "practitioner", "mue_practitioner"),
        ("Outpatient Hospital Services MUE Values", "outpatient", "mue_outpatient"),
        ("DME Supplier Services MUE Values", "supplier", "mue_supplier"),
    ):
        (made,) = load({f"MCR_MUE_{service}_Eff_07-01-2024.csv": layouts.MUE.replace(heading, heads)})
        assert (made.name, made.coverage, made.rows) == (kind, (20240701, 20240930), 3)
        assert ncci.units("0001U", service, day) == (99999, "1")
        assert ncci.units("A4300", service, day) == (2, "3")
        assert ncci.units("A4301", service, day) is None


def test_add_on_codes(load: Load) -> None:
    (made,) = load({"AOC_V2024Q2-MCR.xlsx": layouts.workbook(layouts.AOC_ROWS)})
    assert (made.name, made.coverage, made.rows) == ("add_on", (20130401, 20240630), 3)
    assert ncci.releases("add_on")[0].edition == "2024Q2"
    day = date(2024, 4, 1)
    assert ncci.primaries("C5272", day) == ("1", frozenset({"C5271"}))
    assert ncci.primaries("C5276", date(2019, 12, 31)) == ("1", frozenset({"C5275"}))
    assert ncci.primaries("C5276", day) is None
    assert ncci.primaries("G0001", day) == ("2", frozenset())
    plain = "\n".join("\t".join([row[0], row[1], row[6]]) for row in layouts.AOC_ROWS)
    (made,) = load({"aoc.tsv": plain})
    assert made.coverage == (20130401, 20261231)


def test_codes_in_small_letters_are_found(load: Load) -> None:
    small = str.maketrans("AGU", "agu")
    load({"ccipra-v302r0.TXT": layouts.PTP.replace("A430", "a430").replace("G0102", "g0102")})
    day = date(2024, 7, 1)
    assert ncci.find("ptp_practitioner", "G0101", "G0102", day)
    assert ncci.find("ptp_practitioner", "A4301", "A4300", date(2001, 12, 31))
    load({"MUE_Eff_07-01-2024.csv": layouts.MUE.replace("0001U", "0001u").replace("A4300", "a4300 ")})
    assert ncci.units("0001U", "practitioner", day)
    assert ncci.units("A4300", "practitioner", day)
    text = "Primary_Code,Add_On_Code,AOC_Edit_Type\nC5271,C5272,1\nCCCCC,G0001,2\n"
    load({"AOC_V2024Q3-MCR.csv": text.replace("C5", "c5").replace("CCC", "ccc").translate(small)})
    assert ncci.primaries("C5272", day) == ("1", frozenset({"C5271"}))
    assert ncci.primaries("G0001", day) == ("2", frozenset())
    load({"PPRRVU24_JUL.csv": layouts.PPRRVU.replace("G0105,53", "g0105,tc")})
    found = fee_schedule.indicators("G0105", day, "TC")
    assert found
    assert found.global_days == "000"


def test_fee_schedule(load: Load) -> None:
    (made,) = load({"PPRRVU24_JUL.csv": layouts.PPRRVU})
    assert (made.name, made.coverage, made.rows) == ("pprrvu", (20240701, 20241231), 2)
    found = fee_schedule.indicators("G0105", date(2024, 7, 1), "53")
    assert found
    assert (found.status, found.global_days, found.multiple, found.bilateral) == ("A", "000", "2", "1")
    assert fee_schedule.indicators("G0105", date(2024, 7, 1)) is None
    assert fee_schedule.indicators("G0101", date(2024, 6, 30)) is None


def test_taxonomy(load: Load) -> None:
    (made,) = load({"nucc_taxonomy_251.csv": layouts.NUCC})
    assert (made.coverage, made.rows) == ((20250701, 20251231), 2)
    taxonomy = CODE_SETS["taxonomy"]
    assert taxonomy.releases[0].edition == "25.1"
    assert taxonomy["207Q00000X"].title == "Family Medicine Physician"
    assert taxonomy["207QA0000X"].title == "Family Medicine, Adolescent Medicine"
    with pytest.raises(LoadError, match="days it covers are not known"):
        load({"taxonomy.csv": layouts.NUCC})


def test_ndc_directory_in_its_archive(load: Load) -> None:
    data = layouts.archive(
        {"product.txt": layouts.PRODUCT, "package.txt": layouts.PACKAGE, "readme.pdf": b"%PDF\x00"}
    )
    assert {made.name: made.rows for made in load({"ndctext.zip": data})} == {"ndc": 2, "ndc_product": 2}
    ndc = CODE_SETS["ndc"]
    assert ndc["0002-7597-01"].title == "Zyp Relief: 1 VIAL in 1 CARTON"
    assert ndc.status("50242-040-62", on=date(2026, 1, 1)) is D
    assert ndc.status("60575-4112-1") is NOT_CHECKED
    assert CODE_SETS["ndc_product"]["50242-040"].title == "Xol"


def test_licensed_lists(load: Load) -> None:
    (made,) = load({"own.csv": layouts.CPT}, LoadOptions(start=date(2020, 1, 1), end=date(2026, 12, 31)))
    assert made.name == "cpt"
    assert [status("hcpcs", code) for code in ("99213", "99214", "99215")] == [B, D, U]
    assert "licensed" in CODE_SETS["cpt"].releases[0].license
    plain = "Code\tTitle\tBillable\nD0120\texam\t\nD0100\theading\tno\n"
    load({"dental.tsv": plain}, LoadOptions(set="cdt", start=date(2020, 1, 1), end=JANUARY))
    assert [status("hcpcs", code) for code in ("D0120", "D0100")] == [B, H]


@pytest.mark.parametrize(
    ("file", "code", "name"),
    [("carc.csv", "45", "adjustment_reason"), ("RARC_list.csv", "MA130", "remark")],
)
def test_adjustment_codes(load: Load, file: str, code: str, name: str) -> None:
    text = f"Code,Description,Start,Stop\n{code},a reason,01/01/1995,\n"
    (made,) = load({file: text}, LoadOptions(start=date(1995, 1, 1), end=JANUARY))
    assert made.name == name
    assert status(name, code) is B


def test_the_newest_reference_list_of_hcpcs(load: Load, reference: Path) -> None:
    text = (reference / "data" / "hcpcs_level2_2026-01.csv").read_bytes()
    options = LoadOptions(start=date(2026, 1, 1), end=date(2026, 3, 31))
    assert {made.name: made.rows for made in load({"hcpcs.csv": text}, options)} == {
        "hcpcs": 8623,
        "modifiers": 383,
    }
    assert [status("hcpcs", code) for code in ("A0428", "J1550", "A0000", "99213")] == [B, U, U, NOT_CHECKED]
    assert CODE_SETS["hcpcs"]["A0021"].title == (
        "Ambulance service, outside state per mile, transport (medicaid only)"
    )
    assert CODE_SETS["modifiers"].status("LT", JANUARY) is B


@pytest.mark.slow
def test_the_reference_tables_of_pcs(load: Load, reference: Path) -> None:
    (made,) = load({"tables.xml": (reference / "data" / "icd10pcs_tables_2026.xml").read_bytes()})
    assert made.rows == 79_115


def test_the_reference_tables_of_ncci(own: Path, reference: Path) -> None:
    assert own.is_dir()
    files = {path.name: path for path in (reference / "data").glob("ncci_*.tsv")}
    made = loaders.load(files.values(), LoadOptions(partial=True))
    user.add(made)
    assert {each.name: each.rows for each in made} == {
        "ptp_practitioner": 3158,
        "ptp_outpatient": 2200,
        "mue_practitioner": 4387,
        "mue_outpatient": 4339,
        "mue_supplier": 2928,
        "add_on": 53,
    }
    day = date(2024, 7, 1)
    assert ncci.find("ptp_practitioner", "A4301", "A4300", date(2001, 12, 31))
    assert ncci.units("A0021", "outpatient", day) == (0, "3")
    assert ncci.primaries("C5272", day) == ("1", frozenset({"C5271"}))
