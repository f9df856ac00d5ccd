"""Folders of X12: by several processes as by one, in Parquet as in memory, and what is wrong with the claims."""

from __future__ import annotations

import io
import os
import pickle
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.claims.x12.write.oddities import ODDITIES, odd
from tests.frames.texts import TEXT

from medcode import edits, frames, scrub
from medcode.claims import x12
from medcode.frames import files, workers, x12 as x12_tables
from medcode.frames.ranges import Range

DAY = date(2026, 1, 5)


@pytest.fixture
def one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tasks are stored and read as ever, but in this process: starting others takes seconds."""
    monkeypatch.setattr(files, "shared", lambda work, items, _jobs, _name=str: map(work, items))


@pytest.mark.slow
def test_several_processes_read_what_one_does_in_the_same_order(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = frames.read_x12(folder)
    assert frames.read_x12(folder, jobs=2) == alone
    monkeypatch.setattr(x12_tables, "ROWS", 3)
    assert {name: table.to_pylist() for name, table in frames.read_x12(folder).items()} == {
        name: table.to_pylist() for name, table in alone.items()
    }


@pytest.mark.slow
@pytest.mark.usefixtures("one_process")
def test_parquet_holds_the_same_tables_whatever_the_jobs(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = frames.read_x12(folder)
    monkeypatch.setattr(files, "_ROW_GROUP", 2_000)
    for jobs in (1, 2):
        target = tmp_path_factory.mktemp("out") / "new"
        seen: list[tuple[int, int]] = []
        paths = frames.write_parquet(
            folder, target, jobs=jobs, progress=lambda *now, seen=seen: seen.append(now)
        )
        assert sorted(path.name for path in target.iterdir()) == sorted(f"{name}.parquet" for name in alone)
        for name, table in alone.items():
            back = pq.read_table(paths[name])
            assert back.equals(table), name
            assert back.schema.metadata[b"meaning"] == table.schema.metadata[b"meaning"]
        total = sum(
            path.stat().st_size for path in (folder / "a.837", folder / "deep" / "b.837", folder / "note.txt")
        )
        assert seen[-1] == (total, total)


def test_a_folder_stays_as_it_was_where_reading_ends_in_an_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = folder / "out"
    frames.write_parquet(folder / "a.837", target, jobs=1)
    before = {path.name: path.read_bytes() for path in target.iterdir()}

    def broken(*_: object, **__: object) -> Any:
        raise MemoryError

    monkeypatch.setattr(files, "read_range", broken)
    with pytest.raises(MemoryError):
        frames.write_parquet(folder / "a.837", target, jobs=1)
    assert {path.name: path.read_bytes() for path in target.iterdir()} == before


@pytest.mark.usefixtures("one_process")
def test_findings_of_files_are_those_of_scrub(folder: Path) -> None:
    (folder / "bad.837").write_text(TEXT.replace("J069", "J06").replace("*140*", "*150*"), encoding="utf-8")
    table = frames.findings(folder)
    for file in (folder / "a.837", folder / "bad.837", folder / "deep" / "b.837"):
        rows = [row for row in table.to_pylist() if row.pop("file") == str(file)]
        assert rows == [each.to_dict() for each in scrub(file)]
    assert {row["rule"] for row in table.to_pylist() if row["file"].endswith("bad.837")} >= {"ICD01", "CLM02"}
    assert [row["file"] for row in table.to_pylist() if row["rule"] == "FILE"] == [str(folder / "note.txt")]
    assert frames.findings(folder, jobs=2) == table
    assert frames.findings(folder, select=["CLM02"]).num_rows == 2
    more = frames.findings(folder, not_checked=True).to_pylist()
    assert {row["outcome"] for row in more} == {"fail", "not_checked"}
    out = frames.write_parquet(folder, folder.parent / "parquet", jobs=1, edits=True)
    assert pq.read_table(out["findings"]) == table


@pytest.mark.slow
def test_findings_of_tables_are_those_of_their_claims(folder: Path) -> None:
    (folder / "bad.837").write_text(
        TEXT.replace("J069", "J06") + TEXT.replace("J069", "M545").replace("000001", "000002"),
        encoding="utf-8",
    )
    tables = frames.read_x12(folder)
    found = frames.findings(tables, select=["ICD"]).to_pylist()
    assert [(row["file"], row["claim"], row["rule"], row["code"]) for row in found] == [
        (str(folder / "bad.837"), 1, "ICD01", "J06"), (str(folder / "bad.837"), 2, "ICD01", "M545"),
    ]  # fmt: skip
    claims = tables["claims"]
    second = claims.filter(pa.compute.equal(claims["claim"], 2))
    kept = frames.findings(tables | {"claims": second}, select=["ICD"]).to_pylist()
    assert [(row["file"], row["claim"]) for row in kept] == [(str(folder / "bad.837"), 2)]
    without = {name: table for name, table in tables.items() if name != "transactions"}
    for on in (None, DAY, "transactions"):
        asked = tables if on == "transactions" else without
        options: dict[str, Any] = {} if isinstance(on, str) else {"on": on}
        assert frames.findings(asked, select=["ICD"], **options).to_pylist() == found
    assert frames.findings(tables, not_checked=True).num_rows > frames.findings(tables).num_rows


def test_findings_of_tables_are_as_of_the_day_their_set_was_made(folder: Path) -> None:
    late = TEXT.replace("20260105*0930*CH", "20280105*0930*CH")
    (folder / "a.837").write_text(late, encoding="utf-8")
    tables = frames.read_x12(folder / "a.837")
    assert tables["transactions"]["made_on"].to_pylist() == [DAY.replace(year=2028)]
    claims = list(x12.iter_claims(late))
    on = edits.check(claims, on=DAY.replace(year=2028))
    assert [row["rule"] for row in frames.findings(tables).to_pylist()] == [each.rule for each in on.findings]


def test_envelopes_write_the_file_again(folder: Path) -> None:
    tables = frames.read_x12(folder)
    envelopes = frames.to_envelopes(tables)
    assert [(file, number) for file, number in envelopes] == [
        (str(folder / "a.837"), 1), (str(folder / "deep" / "b.837"), 1), (str(folder / "deep" / "b.837"), 2),
    ]  # fmt: skip
    texts = [
        x12.dumps([claim], envelope)
        for claim, envelope in zip(frames.to_claims(tables), envelopes.values(), strict=True)
    ]
    assert texts[0] == TEXT
    assert "".join(texts[1:]) == (folder / "deep" / "b.837").read_text(encoding="utf-8")


@pytest.mark.slow
def test_envelopes_keep_what_senders_do_to_them(tmp_path: Path) -> None:
    texts = {name: odd(TEXT, [name]) for name in ODDITIES} | {"all": odd(TEXT, ODDITIES)}
    for name, text in texts.items():
        (tmp_path / name).write_bytes(text.encode())
    tables = frames.read_x12(tmp_path)
    envelopes = frames.to_envelopes(tables)
    for (file, _), claim in zip(envelopes, frames.to_claims(tables), strict=True):
        assert x12.dumps([claim], envelopes[file, 1]) == texts[Path(file).name], file


@pytest.mark.parametrize(
    ("text", "guide", "envelopes"),
    [
        ("ST*837*0001*005010X222A1~BHT*0019*00*B*20260105*0930*CH~", "005010X222A1", 0),
        (TEXT.replace("*260105*", "*2601xx*"), "005010X222A1", 0),
        (TEXT[: TEXT.index("SE*")], "005010X222A1", 1),
        (TEXT[: TEXT.index("SE*")] + "ST*837*0002*005010X222A1~", "005010X222A1", 1),
        (
            TEXT.replace("ST*837*0001*005010X222A1~", "ST*999*0001~").replace("X222A1", "X231A1"),
            "005010X231A1",
            1,
        ),
        ("ST~", None, 0),
        ("TA1*000000001*260105*0930*A*000~" + TEXT, "005010X222A1", 1),
    ],
)
def test_a_transaction_set_is_a_row_whatever_there_is_of_it(
    text: str, guide: str, envelopes: int, tmp_path: Path
) -> None:
    (tmp_path / "a").write_text(text, encoding="utf-8")
    tables = frames.read_x12(tmp_path)
    assert tables["transactions"]["guide"][0].as_py() == guide
    assert len(frames.to_envelopes(tables)) == envelopes
    made = tables["transactions"]["made_on"][0].as_py()
    assert (made is not None) == ("BHT" in text or bool(envelopes))


def die_at(item: str) -> str:
    if item == "b":
        os._exit(3)
    return item * 2


def refuse(item: str) -> str:
    raise ValueError(item)


@pytest.mark.slow
def test_a_process_that_dies_is_named_by_what_it_was_at() -> None:
    worker = workers._Worker()
    assert worker.ask(die_at, "a", str) == "aa"
    with pytest.raises(ValueError, match=r"^a$"):
        worker.ask(refuse, "a", str)
    with pytest.raises(frames.WorkerError, match=r"at <b> died \(exit code 3\)"):
        worker.ask(die_at, "b", "<{}>".format)
    worker.stop()


class Answering:
    """A worker that answers at once, in this process."""

    def ask(self, work: Any, item: Any, _name: Any) -> Any:
        return work(item)

    def stop(self) -> None:
        pass


def test_answers_come_in_order_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_Worker", Answering)
    items = [str(number) for number in range(30)]
    assert list(workers.shared(str, items, 2)) == items
    with pytest.raises(ValueError, match=r"^0$"):
        list(workers.shared(refuse, items, 2))


def test_a_worker_answers_until_its_questions_end() -> None:
    questions = io.BytesIO(pickle.dumps((str.upper, "a")) + pickle.dumps((refuse, "b")))
    answers = io.BytesIO()
    workers.answer(questions, answers)
    answers.seek(0)
    assert pickle.load(answers) == (True, "A")
    done, error = pickle.load(answers)
    assert (done, str(error)) == (False, "b")


def test_the_file_at_which_a_process_died_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def dead(*_: object) -> Any:
        raise EOFError

    monkeypatch.setattr(workers, "_PATIENCE", 0.1)
    monkeypatch.setattr(pickle, "load", dead)
    with pytest.raises(frames.WorkerError, match=r"a\.837"):
        frames.read_x12(folder, jobs=2)


@pytest.mark.slow
@pytest.mark.usefixtures("one_process")
def test_a_big_file_is_shared_as_well(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = TEXT[TEXT.index("ST*") : TEXT.index("GE*")]
    (folder / "big.837").write_text(
        TEXT.replace(inside, inside * 4 + inside.replace("SE*26", "SE*27")), encoding="utf-8"
    )
    alone = frames.read_x12(folder)
    assert "X024" in alone["findings"]["rule"].to_pylist()
    monkeypatch.setattr(files, "_GROUP", 600)
    assert frames.read_x12(folder, jobs=2) == alone
    checked = [
        frames.write_parquet(folder, folder.parent / f"out{jobs}", jobs=jobs, edits=True) for jobs in (1, 2)
    ]
    assert pq.read_table(checked[0]["findings"]) == pq.read_table(checked[1]["findings"])


def test_the_structure_of_what_is_no_x12_is_one_finding(folder: Path) -> None:
    assert x12_tables.structure_of(folder / "note.txt")["rule"].to_pylist() == ["FILE"]
    whole = frames.read_x12(folder / "note.txt")["findings"]
    assert x12_tables.structure_of(folder / "note.txt") == whole


def test_small_files_are_read_together(folder: Path) -> None:
    parts = [Range(str(folder / name)) for name in ("a.837", "note.txt", "a.837")]
    assert [len(group) for group in files._groups(parts, parts[0].size + 1)] == [2, 1]
    assert [len(group) for group in files._groups(parts, 0)] == [1, 1, 1]
