"""Files in cells and files in parts: the same rows as whole files read one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from tests.frames.texts import TEXT

from medcode import frames, scrub
from medcode.frames.batches import check_batches, read_batches, schema_of
from medcode.frames.ranges import Range, ranges_of
from medcode.frames.x12 import joined, read_range

if TYPE_CHECKING:
    from pathlib import Path

LATIN = TEXT.replace("MAPLE CLINIC", "MAPLE CLINIQUÉ")
INSIDE = TEXT[TEXT.index("ST*") : TEXT.index("GE*")]
ERA = (
    "ST*835*0003~BPR*I*80*C*CHK************20260105~TRN*1*1*1999~DTM*405*20260105~N1*PR*P~N3*1 ST~N4*M*FL*33111~PER*BL*X*TE*1~"
    "N1*PE*C*XX*1234567893~LX*1~CLP*C1*140*80*0*12*1~NM1*QC*1*DOE*JO~SVC*HC:99213*140*80~DTM*472*20260105~CAS*CO*45*60~SE*15*0003~"
)


def sent(*sets: str) -> str:
    return TEXT[: TEXT.index("ST*")] + "".join(sets) + "GE*1*1~IEA*1*000000001~"


MANY = sent(*[INSIDE.replace("*C1*", f"*C{number}*") for number in range(6)])


def rows(batches: Any) -> dict[str, list[Any]]:
    return {name: table.to_pylist() for name, table in joined(batches).items() if name != "findings"}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (MANY, 6),
        (MANY + MANY.replace("000000001", "000000002").replace("\n", ""), 12),
        (MANY.replace("~", "~\n"), 6),
        (MANY.replace("~", "~\r\n").replace("*", "|"), 6),
        ("\ufeff" + MANY, 6),
        (sent(INSIDE, ERA, ERA, INSIDE), 4),
        (sent(INSIDE, INSIDE.replace("~CLM", "~clm"), INSIDE), 3),
        (sent(INSIDE + "TA1*1~", INSIDE), 1),
        (sent(INSIDE, "ST*999*0001*005010X231A1~AK1*HC*1~SE*3*0001~"), 1),
        (MANY + MANY.replace("*", "|"), 1),
        (INSIDE * 3, 1),
        (sent(), 1),
        ("ISA*short~", 1),
    ],
)
def test_the_parts_of_a_file_have_the_rows_of_the_whole(text: str, parts: int, tmp_path: Path) -> None:
    path = tmp_path / "a.x12"
    path.write_bytes(text.encode())
    found = ranges_of(path, 1)
    assert len(found) == parts
    assert rows(batch for part in found for batch in read_range(part)) == rows([frames.read_x12(path)])


def test_a_part_is_of_about_the_size_that_was_asked_for_and_read_as_the_whole_is_encoded(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.x12"
    path.write_bytes(sent(INSIDE, LATIN[LATIN.index("ST*") : LATIN.index("GE*")], INSIDE).encode("latin-1"))
    assert ranges_of(path, 10_000) == [Range(str(path))]
    assert [part.before["claim"] for part in ranges_of(path, len(INSIDE) + 1)] == [0, 2]
    found = ranges_of(path, 1)
    assert rows(batch for part in found for batch in read_range(part)) == rows([frames.read_x12(path)])
    assert "DOE" not in repr(found)


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind", [pa.binary(), pa.string(), pa.large_string(), pa.large_binary(), pa.string_view()]
)
def test_files_in_cells_have_the_rows_and_findings_of_files(kind: pa.DataType, folder: Path) -> None:
    files = [folder / "a.837", folder / "deep" / "b.837", folder / "note.txt"]
    texts: list[Any] = [path.read_bytes() for path in files]
    if "string" in str(kind):
        texts = [text.decode() for text in texts]
    names = pa.array([*map(str, files), "empty"])
    batch = pa.RecordBatch.from_arrays([names, pa.array([*texts, None], kind)], ["path", "content"])
    whole = frames.read_x12(folder)
    for table in whole:
        if table != "findings":
            found = read_batches([batch], "content", table, "path")
            assert pa.Table.from_batches(found, schema_of(table)).to_pylist() == whole[table].to_pylist(), (
                table
            )
    checked = pa.Table.from_batches(check_batches([batch], "content", "path"), schema_of("findings"))
    assert checked.to_pylist() == frames.findings(files).to_pylist()
    unnamed = pa.Table.from_batches(read_batches([batch], "content", "claims"), schema_of("claims"))
    assert unnamed["file"].to_pylist() == [None] * 3
    chosen = list(check_batches([batch], "content", options={"select": ["CLM02"]}))
    assert sum(each.num_rows for each in chosen) == 1
    assert len(scrub(texts[0], select=["CLM02"])) == 0


def test_columns_that_hold_no_files_are_refused_by_name() -> None:
    batch = pa.RecordBatch.from_pydict({"n": [1]})
    with pytest.raises(ValueError, match="no column content; there are n"):
        list(read_batches([batch], "content", "claims"))
    with pytest.raises(ValueError, match="no column path"):
        list(check_batches([batch], "n", "path"))
    with pytest.raises(TypeError, match="n must be a column of text or bytes, not int64"):
        list(check_batches([batch], "n"))
    with pytest.raises(ValueError, match="unknown table 'claim'; there are transactions, claims"):
        list(read_batches([batch], "n", "claim"))
