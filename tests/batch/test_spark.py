"""Spark gives the rows of one process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import perfeval
from perfeval import FindingRow, IndicatorRow, MissingExtraError, SheetRow
from perfeval.documents.rows.json_rows import rows_of_lines
from perfeval.rows import columns_of
from perfeval.spark import score, spark_schema
from tests.batch.made import sheet_texts
from tests.seeds import FIRST

ROOT = Path(__file__).parents[2]
KINDS = {"SheetRow": SheetRow, "IndicatorRow": IndicatorRow, "FindingRow": FindingRow}

SCRIPT = """
import json, sys
import pyarrow as pa
from pyspark.sql import SparkSession
import perfeval, perfeval.spark
from perfeval.documents.rows.arrow_rows import rows_of_batch
from perfeval.documents.rows.json_rows import json_lines

given = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
spark = (
    SparkSession.builder.master("local[2]")
    .config("spark.ui.enabled", "false")
    .config("spark.sql.execution.arrow.maxRecordsPerBatch", "17")
    .getOrCreate()
)
frame = spark.createDataFrame(
    [(one["id"], one["text"], bytearray(one["text"].encode())) for one in given],
    "`项目.编码` string, text string, raw binary",
)
for column in ("text", "raw"):
    for kind in (perfeval.SheetRow, perfeval.IndicatorRow, perfeval.FindingRow):
        table = perfeval.spark.score(frame, column=column, name="项目.编码", of=kind).toArrow()
        rows = [row for batch in table.to_batches() for row in rows_of_batch(batch, kind)]
        with open(f"{sys.argv[2]}/{column}-{kind.__name__}.jsonl", "wb") as file:
            file.write(json_lines(rows))
own = perfeval.spark.score(frame, column="text", rulebook=perfeval.load_rulebook("mof-2020"))
stamps = {row.stamp.split()[0] for row in own.select("stamp").collect() if row.stamp}
print("stamps", sorted(stamps))
"""


@pytest.mark.slow
def test_spark_gives_the_rows_of_one_process(tmp_path: Path) -> None:
    """local[2], texts and bytes, all three kinds of rows, in order within a partition."""
    report = perfeval.evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    texts = [*sheet_texts(FIRST, 200, broken=0.05), perfeval.to_national([report]).decode()]
    given = tmp_path / "given.jsonl"
    lines = (json.dumps({"id": f"{at:04}", "text": text}) for at, text in enumerate(texts))
    given.write_text("\n".join(lines), encoding="utf-8")
    script = tmp_path / "run.py"
    script.write_text(SCRIPT, encoding="utf-8")
    done = run(script, given, tmp_path)
    assert "stamps ['mof-2020']" in done
    named = [(f"{at:04}", text.encode()) for at, text in enumerate(texts)]
    for name, kind in KINDS.items():
        alone = list(perfeval.score_batch(named, of=kind))
        for column in ("text", "raw"):
            with (tmp_path / f"{column}-{name}.jsonl").open("rb") as file:
                assert list(rows_of_lines(file, kind)) == alone


def run(script: Path, *arguments: Path) -> str:
    """Run a script whose workers are the same Python."""
    path = os.pathsep.join(filter(None, (str(ROOT / "src"), os.environ.get("PYTHONPATH"))))
    words = [sys.executable, str(script), *map(str, arguments)]
    done = subprocess.run(
        words,
        env={**os.environ, "PYSPARK_PYTHON": sys.executable, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.mark.parametrize("kind", KINDS.values())
def test_the_schema_has_the_columns_of_the_rows(kind: type[SheetRow]) -> None:
    columns = [column.partition("` ")[0].strip("`") for column in spark_schema(kind).split(", ")]
    assert columns == [*(column.name for column in columns_of(kind)), "unfit"]


@pytest.mark.parametrize("package", ["pyspark", "pyarrow", "pandas"])
def test_without_a_package_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    import types

    frame: Any = None
    for name in ("pyspark", "pyarrow", "pandas"):
        there = None if name == package else types.ModuleType(name)
        monkeypatch.setitem(sys.modules, name, there)
    with pytest.raises(MissingExtraError, match=rf"perfeval\[spark\].*缺少 {package}"):
        score(frame)
