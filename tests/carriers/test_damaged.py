"""Damaged files of every carrier: a value or a refusal, soon, and in little memory."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from perfeval.carriers import CarriedDocument, Refusal, carry
from tests import memory
from tests.carriers.damage import damaged, originals

MOST_SECONDS = 20
MOST_MEBIBYTES = 300
COUNT = 2_000


def run(first: int, last: int) -> dict[str, int]:
    """Read damaged files and return how many were read and how many refused."""
    files = originals()
    names = sorted(files)
    counts: dict[str, int] = {}
    for seed in range(first, last):
        name = names[seed % len(names)]
        raw = damaged(files[name], seed)
        start = time.process_time()
        found = carry(raw)
        took = time.process_time() - start
        assert took < MOST_SECONDS, (name, seed, took)
        assert isinstance(found, (CarriedDocument, Refusal))
        if isinstance(found, Refusal):
            assert found.message
            assert found.hint
        key = f"{name.rpartition('.')[2]} {type(found).__name__}"
        counts[key] = counts.get(key, 0) + 1
    return counts


@pytest.fixture(autouse=True)
def _libraries() -> None:
    for name in ("xlrd", "pdfplumber", "pypdfium2", "xlsxwriter", "docx"):
        pytest.importorskip(name)


def test_some_damaged_files() -> None:
    counts = run(0, 150)
    assert sum(counts.values()) == 150


@pytest.mark.slow
def test_many_damaged_files_in_little_memory() -> None:
    """A process of its own, so that its peak is what the carriers take."""
    root = Path(__file__).parents[2]
    script = f"from tests.carriers.test_damaged import peak; peak(0, {COUNT})"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    assert int(done.stdout.split()[-1]) < MOST_MEBIBYTES


def peak(first: int, last: int) -> None:
    """Print what was read and refused, and the most memory that it took, in MiB."""
    counts = run(first, last)
    sys.stdout.write(f"{counts} {memory.peak()}\n")
