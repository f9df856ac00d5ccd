"""Official layouts as other programs write them again: the same tables, whatever the line ends, marks and wrappings."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.codesets.loaders import layouts
from tests.codesets.loaders.layouts import archive, workbook

from medcode.codesets import loaders
from medcode.codesets.loaders import LoadError, LoadOptions, input_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILES = {
    "icd10cm_order_2026.txt": layouts.ORDER_CM,
    "icd10pcs_order_2026.txt": layouts.ORDER_PCS,
    "icd10cm_codes_2026.txt": layouts.CODES_CM,
    "icd10cm_tabular_2026.xml": layouts.TABULAR,
    "icd10pcs_tables_2026.xml": layouts.PCS_TABLES,
    "HCPC2026_OCT_ANWEB_09232026.txt": layouts.ANWEB,
    "ccipra-v302r0.txt": layouts.PTP,
    "MCR_MUE_PractitionerServices_Eff_07-01-2024.csv": layouts.MUE,
    "AOC_V2024Q2-MCR.txt": "\n".join("\t".join(row) for row in layouts.AOC_ROWS),
    "PPRRVU24_JUL.csv": layouts.PPRRVU,
    "POAexemptCodesFY26.txt": "1\tB90.0\tSequelae\n2\tB909\tSequelae\n",
    "nucc_taxonomy_251.csv": layouts.NUCC,
    "2018_I10gem.txt": "A000    0010    00000\nA0100   NoDx    11000\n",
    "icd10cm_conversion_table_FY2026.txt": layouts.CONVERSION,
    "RARC.csv": "RARC,Description,Start\nMA01,x,01/01/1997\nN1,y,\n",
    "product.txt": layouts.PRODUCT,
    "cpt.csv": layouts.CPT,
}
FIXED = ("icd10cm_order", "icd10pcs_order", "icd10cm_codes", "HCPC", "2018")  # text in columns
pytestmark = pytest.mark.usefixtures("small_tables")

SPRING = LoadOptions(start=date(2026, 4, 1), end=date(2026, 6, 30))


def variants(name: str, text: str) -> Iterator[tuple[str, str, bytes]]:
    """Yield the same table as others may write it: what is done, the file's name, its bytes."""
    text = text.replace("\r\n", "\n")
    stem = name.rsplit(".", 1)[0]
    yield "line ends of Windows", name, text.replace("\n", "\r\n").encode()
    yield "mark of UTF-8", name, b"\xef\xbb\xbf" + text.encode()
    yield "blank lines behind", name, f"{text}\n\n\n".encode()
    yield "the end of a file in DOS", name, f"{text.rstrip()}\n\x1a".encode()
    yield "in an archive", f"{stem}.zip", archive({name: text})
    yield "in an archive of an archive", f"{stem}.zip", archive({"inner.zip": archive({name: text})})
    yield (
        "in an archive of a Mac",
        f"{stem}.zip",
        archive({f"__MACOSX/._{name}": b"\x00\x05\x16\x07", f"files/{name}": text, "files/.DS_Store": b"\0"}),
    )
    if name.endswith(".xml"):
        return
    yield "in UTF-16", name, text.encode("utf-16")
    yield "blank lines before", name, f"\n\n{text}".encode()
    if name.startswith(FIXED):
        return
    lines = text.split("\n")
    with_tabs = "\t" in text
    rows = [line.split("\t") for line in lines] if with_tabs else [*csv.reader(io.StringIO(text))]
    if with_tabs:
        quoted = (
            "\t".join(f'"{cell}"' if cell and '"' not in cell else cell for cell in row) for row in rows
        )
        yield "quotes around cells", name, "\n".join(quoted).encode()
    unquoted = [[cell.strip('"') for cell in row] for row in rows if any(row)]
    yield "as a workbook", f"{stem}.xlsx", workbook(unquoted)
    yield "a workbook with titles", f"{stem}.xlsx", workbook([["A list"], [], ["of a year"], *unquoted])
    if not name.startswith("PPRRVU"):  # which is known by the places of its columns
        yield "a workbook with a margin", f"{stem}.xlsx", workbook([["", *row] for row in unquoted])


def tables(path: Path) -> list[tuple[str, int, tuple[int | None, int | None]]]:
    return [(made.name, made.rows, made.coverage) for made in loaders.load([path], SPRING)]


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_same_table_in_other_wrappings(name: str, tmp_path: Path) -> None:
    plain = tmp_path / name
    plain.write_text(FILES[name], "utf-8", newline="")
    right = tables(plain)
    other = {}
    for what, as_name, data in variants(name, FILES[name]):
        (path := tmp_path / as_name).write_bytes(data)
        try:
            if (found := tables(path)) != right:
                other[what] = str(found)
        except LoadError as error:
            other[what] = str(error)
    assert other == {}


def test_archives_are_opened_within_one_another_to_a_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = archive({"cpt.csv": layouts.CPT})
    for _ in range(3):
        data = archive({"inner.zip": data})
    path = tmp_path / "deep.zip"
    path.write_bytes(data)
    with pytest.raises(LoadError, match="unknown layout"):
        loaders.load([path], SPRING)
    padded = layouts.CPT + "\n" * 40_000  # packs to little
    path.write_bytes(archive({f"{number}.zip": archive({"cpt.csv": padded}) for number in range(9)}))
    monkeypatch.setattr(input_file, "LARGEST", 100_000)
    with pytest.raises(LoadError, match=r"unpacks to too much: more than 100,000 bytes"):
        loaders.load([path], SPRING)
