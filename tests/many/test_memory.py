"""A share of what was measured at 50,000 sheets: memory, and a run that is killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.many.making import make_tree

_SCORED = ("-o", "得分.csv", "--indicators", "指标.jsonl", "--findings", "发现.csv")
_CHECKED = ("-o", "发现.sarif", "-o", "发现.json", "-o", "发现.jsonl", "--copies")
_RUN = """
import sys
from perfeval.cli import main
from tests.memory import peak
code = main(sys.argv[1:])
print("peak", peak(), file=sys.stderr)
"""

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="/proc")]


def peak_of(folder: Path, *words: str) -> int:
    """Return the most memory that a command takes in one process, in MiB."""
    done = subprocess.run(
        [sys.executable, "-c", _RUN, *words],
        capture_output=True,
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    found = re.search(rb"^peak ([0-9]+)", done.stderr, re.MULTILINE)
    assert found is not None, done.stderr
    return int(found[1])


@pytest.mark.parametrize(
    "words",
    [
        ("score", "表"),
        ("score", "表", "--summary"),
        ("score", "表", "--json"),
        ("score", "表", *_SCORED),
        ("check", "表"),
        ("check", "表", "--json"),
        ("check", "表", *_CHECKED),
    ],
)
def test_memory_does_not_grow_with_the_sheets(tmp_path: Path, words: tuple[str, ...]) -> None:
    peaks = []
    for name, count in (("少", 60), ("多", 600)):
        folder = tmp_path / name
        make_tree(folder / "表", count, 21)
        peaks.append(peak_of(folder, *words))
    assert peaks[1] <= 150
    assert peaks[1] / peaks[0] <= 1.3


@pytest.mark.parametrize("ending", [".html", ".json"])
def test_memory_does_not_grow_with_the_pairs(tmp_path: Path, ending: str) -> None:
    """Every sheet of the new tree has other figures than that of its name in the old one."""
    peaks = []
    for name, count in (("少", 60), ("多", 600)):
        folder = tmp_path / name
        make_tree(folder / "旧", count, 21)
        make_tree(folder / "新", count, 23)
        peaks.append(peak_of(folder, "diff", "旧", "新", "--summary", "-o", f"对照{ending}"))
    assert peaks[1] / peaks[0] <= 1.3


@pytest.mark.parametrize("words", [("score", "表", *_SCORED), ("check", "表", *_CHECKED)])
def test_a_killed_run_goes_on_to_the_same_bytes(tmp_path: Path, words: tuple[str, ...]) -> None:
    make_tree(tmp_path / "甲" / "表", 400, 22)
    make_tree(tmp_path / "乙" / "表", 400, 22)
    command = [sys.executable, "-m", "perfeval", *words, "--jobs", "2"]
    subprocess.run(command, capture_output=True, check=False, cwd=tmp_path / "甲")
    folder = tmp_path / "乙"
    journal = folder / f"{words[words.index('-o') + 1]}.journal"
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder
    ) as run:
        while run.poll() is None and (not journal.exists() or _lines(journal) < 150):
            time.sleep(0.02)
        run.send_signal(signal.SIGKILL)
    assert journal.exists()
    subprocess.run([*command, "--resume"], capture_output=True, check=False, cwd=folder)
    assert not journal.exists()
    written = [path.name for path in folder.iterdir() if path.is_file()]
    assert len(written) == 3
    for name in written:
        assert (folder / name).read_bytes() == (tmp_path / "甲" / name).read_bytes(), name


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(1 for _ in file)
