"""Files to findings by Spark local[2] beside two processes of medcode, and whether the findings are equal.

usage: python bench/spark_files.py [CLAIMS]

Needs pyspark and Java; without them it says so and measures nothing. CLAIMS (default 10,000) is how many claims the
folder has. Spark's start is measured apart: it is paid once a session.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from frames import folder

CLAIMS = 10_000
KEYS = ("file", "claim", "rule", "path", "code")
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.driver.memory": "1g",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.shuffle.partitions": "2",
}


def started() -> Any:
    """Return a Spark session of two threads on this machine."""
    from pyspark.sql import SparkSession

    from medcode import spark

    os.environ |= {"PYSPARK_PYTHON": sys.executable, "PYSPARK_DRIVER_PYTHON": sys.executable}
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    builder = SparkSession.builder.master("local[2]").appName("medcode")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    spark.register(session)
    return session


def rows(table: Any) -> list[tuple[str, ...]]:
    """Return what the findings are, in an order of their own."""
    return sorted(tuple(str(row[key]) for key in KEYS) for row in table.select(list(KEYS)).to_pylist())


def main(claims: int = CLAIMS) -> None:
    """Print a line for each way."""
    import pyarrow.parquet as pq

    from medcode import frames

    with TemporaryDirectory() as path:
        where = Path(path, "in")
        where.mkdir()
        folder(claims, where)
        begun = perf_counter()
        paths = frames.write_parquet(where, Path(path, "out"), jobs=2, edits=True)
        print(f"two processes: {perf_counter() - begun:.1f} s", flush=True)
        own = rows(pq.read_table(paths["findings"]))
        try:
            begun = perf_counter()
            session = started()
        except ImportError as error:
            print(f"not measured: {error}")
            return
        print(f"start of Spark: {perf_counter() - begun:.1f} s", flush=True)
        begun = perf_counter()
        found = (
            session.read.format("x12").option("table", "findings").option("edits", "true").load(str(where))
        )
        found.write.mode("overwrite").parquet(f"{path}/spark")
        print(f"Spark local[2]: {perf_counter() - begun:.1f} s", flush=True)
        theirs = rows(pq.read_table(f"{path}/spark"))
        session.stop()
        print(
            f"{len(own):,} findings, {'equal' if own == theirs else f'not equal to {len(theirs):,} of Spark'}"
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
