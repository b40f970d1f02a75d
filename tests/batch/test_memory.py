"""The long tier: memory does not grow with the number of sheets."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = """
import io, sys
from random import Random
import perfeval
from perfeval.documents.rows.parquet_rows import ParquetWriter
from tests.memory import peak

class Nowhere(io.RawIOBase):
    def writable(self): return True
    def write(self, data): return len(data)

def texts(count):
    random = Random(count)
    for number in range(count):
        name = f"项目名称: 项目{number}之{random.randrange(10**9)}\\n"
        yield "评分办法: hubei-2020\\n年度: 2023\\n" + name if number % 50 else "坏: [\\n"

if __name__ == "__main__":
    count, workers = map(int, sys.argv[1:])
    writer = ParquetWriter(Nowhere(), perfeval.FindingRow)
    for item in perfeval.evaluate_batch(texts(count), workers=workers):
        writer.write(item.findings)
    writer.close()
    print(peak())
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="asks the system how much memory was taken")
@pytest.mark.parametrize("workers", [1, 2])
def test_memory_is_the_same_for_ten_times_as_many_sheets(tmp_path: Path, workers: int) -> None:
    script = tmp_path / "run.py"
    script.write_text(SCRIPT, encoding="utf-8")
    few, many = (taken(script, count, workers) for count in (1_000, 10_000))
    assert many <= few * 1.1 + 5


def taken(script: Path, count: int, workers: int) -> int:
    path = os.pathsep.join(
        filter(None, (str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH")))
    )
    done = subprocess.run(
        [sys.executable, str(script), str(count), str(workers)],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=1_800,
    )
    return int(done.stdout)
