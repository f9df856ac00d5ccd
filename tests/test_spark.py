"""Spark reads, checks and judges as one process does; skipped where pyspark is not installed."""

from __future__ import annotations

import os
import random
import shutil
import sys
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from tests.frames.texts import TEXT

from medcode import frames
from medcode.codesets import code_set

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed; `nox -s spark` has it")
pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java, which is not installed"),
]

INSIDE = TEXT[TEXT.index("ST*") : TEXT.index("GE*")]
MANY = TEXT.replace(INSIDE, "".join(INSIDE.replace("*C1*", f"*C{number}*") for number in range(5)))
DAY = date(2026, 1, 5)
SETS = ("icd10cm", "icd10pcs", "hcpcs", "place_of_service")


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    from medcode import spark

    os.environ |= {"PYSPARK_PYTHON": sys.executable, "PYSPARK_DRIVER_PYTHON": sys.executable}
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.memory": "1g",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2",
    }
    builder = SparkSession.builder.master("local[2]").appName("medcode")
    for name, value in settings.items():
        builder = builder.config(name, value)
    started = builder.getOrCreate()
    spark.register(started)
    yield started
    started.stop()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("claims")
    (path / "a.837").write_text(MANY, encoding="utf-8")
    (path / "b.837").write_text(TEXT.replace("*140*", "*150*").replace("J069", "J06"), encoding="utf-8")
    (path / "c.837").write_text("not X12", encoding="utf-8")
    return path


def rows(table: Any, *keys: str) -> list[Any]:
    found = (table if isinstance(table, pa.Table) else table.toArrow()).to_pylist()
    told = [
        {name: str(each) if isinstance(each, time) else each for name, each in row.items()} for row in found
    ]
    return sorted(told, key=lambda row: [str(row[key]) for key in keys])


def test_the_format_reads_each_table_in_parts(session: Any, folder: Path) -> None:
    reader = session.read.format("x12").option("size", 700)
    whole = frames.read_x12(folder)
    tables = {
        "claims": ("file", "claim"),
        "lines": ("file", "claim", "line"),
        "transactions": ("file", "transaction"),
    }
    for table, keys in tables.items():
        found = reader.option("table", table).load(str(folder))
        assert rows(found, *keys) == rows(whole[table], *keys)
    assert (
        reader.option("table", "claims").option("size", 1).load(f"{folder}/a.837").rdd.getNumPartitions() == 5
    )
    quiet = reader.option("table", "claims").option("phi", "false").load(str(folder))
    assert "control_number" not in quiet.columns
    edits = reader.option("table", "findings").option("edits", "true").load(str(folder))
    assert rows(edits, "file", "rule", "claim") == rows(frames.findings(folder), "file", "rule", "claim")


def test_each_table_can_be_written(session: Any, folder: Path, tmp_path: Path) -> None:
    """Spark has a type for times of day, and writes no column of it to a file."""
    for table in frames.TABLES:
        out = str(tmp_path / table)
        session.read.format("x12").option("table", table).load(str(folder)).write.parquet(out)
        assert session.read.parquet(out).count() == frames.read_x12(folder)[table].num_rows


def test_no_error_shows_a_text_that_was_given_as_a_path(session: Any) -> None:
    for text in ("ST*837*0001~NM1*IL*1*QZMAPLE~", "QZMAPLE\rJANE"):
        with pytest.raises(Exception, match="must be names of files") as caught:
            session.read.format("x12").load(text).collect()
        assert "QZMAPLE" not in str(caught.value)


def test_a_column_of_files_is_read_and_checked(session: Any, folder: Path) -> None:
    from medcode import spark

    files = (
        session.read.format("binaryFile")
        .load(str(folder))
        .selectExpr("replace(path, 'file:', '') path", "content")
    )
    found = rows(spark.check(files), "file", "rule", "claim")
    assert found == rows(frames.findings(folder), "file", "rule", "claim")
    lines = rows(spark.read(files, "lines"), "file", "claim", "line")
    assert lines == rows(frames.read_x12(folder)["lines"], "file", "claim", "line")
    with pytest.raises(ValueError, match="no column body; there are path, content"):
        spark.check(files, column="body")
    with pytest.raises(TypeError, match="n must be a column of string or binary, not bigint"):
        spark.check(session.range(1).withColumnRenamed("id", "n"), column="n")
    with pytest.raises(ValueError, match="unknown table"):
        spark.read(files, "claim")


def test_a_stream_of_files_is_checked_batch_by_batch(session: Any, folder: Path, tmp_path: Path) -> None:
    from medcode import spark

    stream = session.readStream.format("text").option("wholetext", "true").load(str(folder))
    query = (
        spark.check(stream, column="value")
        .writeStream.format("parquet")
        .option("path", str(tmp_path / "out"))
        .option("checkpointLocation", str(tmp_path / "state"))
        .trigger(availableNow=True)
        .start()
    )
    query.awaitTermination()
    found = session.read.parquet(str(tmp_path / "out"))
    assert found.count() == frames.findings(folder).num_rows


def test_statuses_are_those_of_arrow_on_many_codes_and_days(session: Any) -> None:
    from medcode import spark

    draw = random.Random(1)
    count = 25_000
    known = {name: [*code_set(name).table.codes, "n/a", None] for name in SETS}
    columns: dict[str, Any] = {name: draw.choices(codes, k=count) for name, codes in known.items()}
    days = [date(2014, 1, 1) + timedelta(draw.randrange(5_000)) for _ in range(count)]
    table = pa.table({"n": range(count), "dos": days, **columns})
    frame = session.createDataFrame(table)
    for on, expected in (("dos", table["dos"]), (DAY, DAY)):
        asked = [spark.status(name, on=on, code_set=name).alias(name) for name in SETS]
        found = frame.select("n", *asked).toArrow().sort_by("n")
        for name in SETS:
            answers = frames.status(table[name], expected, code_set=name).to_pylist()
            assert found[name].to_pylist() == answers, name
    places = session.createDataFrame(pa.table({"pos": ["11", "99999"]}))
    column = spark.status(places.pos, code_set="place_of_service")
    assert [row.status for row in places.select(column.alias("status")).collect()] == [
        "billable",
        "malformed",
    ]
