"""Tables written as the files that they were: several sets in one envelope where they were so."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.claims.x12.write.oddities import ODDITIES, odd
from tests.frames.texts import TEXT

from medcode import frames
from medcode.claims import x12
from medcode.errors import Rejected
from medcode.frames import ranges, x12 as x12_tables
from medcode.frames.ranges import Range
from medcode.testing import Payer

if TYPE_CHECKING:
    from collections.abc import Iterable

ISA, GS = TEXT[: TEXT.index("GS*")], TEXT[TEXT.index("GS*") : TEXT.index("ST*")]
SET = TEXT[TEXT.index("ST*") : TEXT.index("GE*")]
TA1 = "TA1*000000009*260104*0930*A*000~"


def _set(number: int) -> str:
    return SET.replace("*0001", f"*{number:04}").replace("*C1*", f"*C{number}*")


def _group(number: int, sets: Iterable[int]) -> str:
    inside = [_set(each) for each in sets]
    return f"{GS.replace('*1*X', f'*{number}*X')}{''.join(inside)}GE*{len(inside)}*{number}~"


def _interchange(number: int, *groups: str, before: str = "") -> str:
    isa = ISA.replace("000000001", f"{number:09}")
    return f"{isa}{before}{''.join(groups)}IEA*{len(groups)}*{number:09}~"


FILES = {
    "sets": _interchange(1, _group(1, [1, 2, 3])),
    "groups": _interchange(1, _group(1, [1, 2]), _group(2, [3])),
    "interchanges": _interchange(1, _group(1, [1, 2])) + _interchange(2, _group(1, [1]), _group(2, [2, 3])),
    "answer": _interchange(1, _group(1, [1, 2]), before=TA1 * 2)
    + _interchange(2, _group(3, [1]), before=TA1),
    "lines": _interchange(1, _group(1, [1, 2]), before=TA1).replace("~", "~\r\n"),
    "padded": _interchange(1, _group(1, [1, 2])).replace("GE*2*1", "GE*0002*1").replace("IEA*1", "IEA*01"),
} | {name: odd(_interchange(1, _group(1, [1, 2])), [name]) for name in ODDITIES if "numbers" not in name}
"""Files of several sets; the zeros before the number of a group would have to be before those of each of its sets, too."""


def test_files_are_written_as_they_were(tmp_path: Path) -> None:
    for name, text in FILES.items():
        assert x12.validate(text).ok, name
        (tmp_path / name).write_bytes(text.encode())
    written = frames.to_texts(frames.read_x12(tmp_path))
    assert {Path(file).name: text for file, text in written.items()} == FILES


def test_sets_have_the_numbers_of_what_is_around_them(tmp_path: Path) -> None:
    """Whole and in parts: a file that is read by several processes."""
    (tmp_path / "a").write_text(FILES["interchanges"], encoding="utf-8")
    whole = frames.read_x12(tmp_path)["transactions"].select(["interchange", "group"]).to_pylist()
    assert [tuple(each.values()) for each in whole] == [(1, 1), (1, 1), (2, 2), (2, 3), (2, 3)]
    parts = list(ranges.ranges_of(tmp_path / "a", 1))
    assert len(parts) == 5
    assert all(isinstance(each, Range) for each in parts)
    read = x12_tables.joined(batch for part in parts for batch in x12_tables.read_range(part))
    assert read["transactions"].select(["interchange", "group"]).to_pylist() == whole
    (tmp_path / "a").write_text(SET, encoding="utf-8")
    [bare] = frames.read_x12(tmp_path)["transactions"].select(["interchange", "group"]).to_pylist()
    assert bare == {"interchange": None, "group": None}


def test_answers_are_written_as_they_were(tmp_path: Path) -> None:
    answer = Payer("paid-in-full").answer(TEXT)
    for name, text in (("a.835", answer.x835), ("b.277", answer.x277ca)):
        assert text is not None
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert list(frames.to_texts(frames.read_x12(tmp_path)).values()) == [answer.x835, answer.x277ca]


def test_what_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bare").write_text(SET, encoding="utf-8")
    with pytest.raises(ValueError, match="the envelope of set 1 of a file is not whole"):
        frames.to_texts(frames.read_x12(tmp_path))
    (tmp_path / "bare").write_text(TEXT.replace("*Y*A*Y*Y~", "*Y*A*QQ*Y~"), encoding="utf-8")
    tables = frames.read_x12(tmp_path)
    with pytest.raises(Rejected):
        frames.to_texts(tables)
    assert list(frames.to_texts(tables, check=False).values()) == [
        (tmp_path / "bare").read_text(encoding="utf-8")
    ]
