"""Several processes give what one gives, in order, whatever becomes of a process."""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import perfeval
from perfeval.batch.pool import Job, in_order
from tests.batch.made import sheet_texts
from tests.seeds import FIRST

TEXTS = list(sheet_texts(FIRST, 60, broken=0.1))
ROOT = Path(__file__).parents[2]


def work(task: Any) -> Any:
    """Do what a task says."""
    if task == "end":
        os._exit(3)
    if task == "abort":
        faulthandler.disable()
        os.abort()
    if task == "who":
        return os.getpid()
    if isinstance(task, tuple):
        time.sleep(task[0])
        return task[1]
    if task == "raise":
        raise LookupError("work that fails")
    return [task, task]


def lost(task: Any) -> Any:
    return f"lost {task}"


def size(task: Any) -> int:
    return len(str(task))


JOB: Job[Any, Any] = Job(work, lost, size)


def children() -> list[Any]:
    return multiprocessing.active_children()


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_the_rows_of_a_pool_are_those_of_one_process(workers: int) -> None:
    items: list[Any] = [*TEXTS, "没有.yaml", 42, *perfeval.shipped_sheets()]
    alone = list(perfeval.evaluate_batch(items))
    assert list(perfeval.evaluate_batch(items, workers=workers)) == alone
    assert not children()


def test_what_cannot_be_sent_to_a_process_is_done_in_this_one() -> None:
    class Own(dict[str, Any]):
        """A caller's own mapping, which no other process knows."""

    items: list[Any] = [TEXTS[0], Own(评分办法="hubei-2020"), {"年度": lambda: 1}, TEXTS[1]]
    alone = list(perfeval.score_batch(items))
    assert list(perfeval.score_batch(items, workers=2)) == alone


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_however_processes_are_begun_the_order_is_that_of_the_tasks(method: str) -> None:
    tasks = list(range(500))
    found = in_order(JOB, tasks, 2, multiprocessing.get_context(method))
    assert list(found) == [[task, task] for task in tasks]
    assert not children()


def test_a_slow_task_keeps_its_place() -> None:
    tasks = [(0.2, "slow"), *range(50), (0.1, "again"), *range(50)]
    found = list(in_order(JOB, tasks, 3))
    assert found == ["slow", *map(work, range(50)), "again", *map(work, range(50))]


@pytest.mark.parametrize("end", ["end", "abort"])
def test_a_task_that_ends_its_process_is_lost_and_no_other(end: str) -> None:
    tasks = [*range(100), end, *range(100), end, end, *range(10)]
    found = list(in_order(JOB, tasks, 2))
    assert found == [lost(task) if task == end else work(task) for task in tasks]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="processes are ended otherwise")
def test_a_process_that_is_ended_from_outside_loses_nothing() -> None:
    found = in_order(JOB, ["who", *((0.01, number) for number in range(60))], 2)
    os.kill(next(found), signal.SIGKILL)
    assert list(found) == list(range(60))


def test_a_sheet_that_ends_its_process_is_a_row(tmp_path: Path) -> None:
    """Some packages abort the interpreter on a damaged file."""
    script = tmp_path / "run.py"
    script.write_text(
        "import os, sys\n"
        "import perfeval, perfeval.batch.items as items\n"
        "whole = items.open_given\n"
        "def open_given(given, name=''):\n"
        "    if name == '坏':\n"
        "        os.abort()\n"
        "    return whole(given, name)\n"
        "items.open_given = open_given\n"
        "if __name__ == '__main__':\n"
        "    given = [('甲', {}), ('坏', {}), ('乙', {})]\n"
        "    for row in perfeval.score_batch(given, workers=2):\n"
        "        print(row.file, row.problem)\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", str(script)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    first, bad, last = done.stdout.splitlines()
    assert first.startswith("甲 缺少")
    assert bad == "坏 读这一份时程序中断了，读了两次都是这样，没有结果；请打开看看，另存一份再试"
    assert last.startswith("乙 缺少")


def test_work_that_fails_fails_here() -> None:
    with pytest.raises(LookupError, match="work that fails"):
        list(in_order(JOB, [1, 2, "raise", 3], 2))
    assert not children()


def test_tasks_that_fail_fail_here() -> None:
    def tasks() -> Iterator[int]:
        yield 1
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        list(in_order(JOB, tasks(), 2))
    assert not children()


def test_no_process_is_begun_and_nothing_taken_before_a_result_is_asked_for() -> None:
    found = in_order(JOB, map(pytest.fail, ["a task was taken"]), 2)
    assert not children()
    found.close()  # type: ignore[attr-defined]


def test_a_slow_consumer_does_not_let_it_run_ahead() -> None:
    taken: list[int] = []

    def tasks() -> Iterator[tuple[float, int]]:
        for number in range(100_000):
            taken.append(number)
            yield 0.05, number

    found = in_order(JOB, tasks(), 2)
    for _ in range(5):
        next(found)
    time.sleep(0.5)
    next(found)
    assert len(taken) <= 6 + 2 * 4 * 2, "bundles of two tasks, four for each of two workers"
    found.close()  # type: ignore[attr-defined]
    assert not children()


def test_large_tasks_and_large_results_do_not_wait_for_each_other() -> None:
    """A pipe holds 64 KiB: both sides must go on when both send more."""
    tasks = [f"{number}" * 200_000 for number in range(40)]
    done: list[Any] = []
    run = threading.Thread(
        target=lambda: done.extend(in_order(JOB, tasks, 2, multiprocessing.get_context("spawn"))),
        daemon=True,
    )
    run.start()
    run.join(60)
    assert done == [[task, task] for task in tasks]


def test_closing_early_ends_the_processes() -> None:
    rows = perfeval.score_batch(TEXTS * 5, workers=2)
    next(rows)
    assert children()
    rows.close()  # type: ignore[attr-defined]
    assert not children()


INTERRUPTED = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have its jobs ignore it
import perfeval
def items():
    while True:
        yield {"年度": 2023}
if __name__ == "__main__":
    for row in perfeval.score_batch(items(), workers=2):
        print(row.year, flush=True)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_when_the_run_is_ended_its_workers_end(tmp_path: Path, how: signal.Signals) -> None:
    script = tmp_path / "run.py"
    script.write_text(INTERRUPTED, encoding="utf-8")
    run = subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert run.stdout is not None
    run.stdout.readline()
    own = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text().split()
    assert len(own) == 2
    run.send_signal(how)
    _, errors = run.communicate(timeout=30)
    until = time.monotonic() + 20
    while any(map(is_at_work, own)):
        assert time.monotonic() < until, "a worker outlives the run"
        time.sleep(0.05)
    if how is signal.SIGINT:
        assert errors.count(b"KeyboardInterrupt") == 1, "the workers say nothing"


def is_at_work(process: str) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_a_script_without_a_main_guard_is_told_what_to_write(tmp_path: Path) -> None:
    script = tmp_path / "run.py"
    script.write_text(
        "import multiprocessing\n"
        "import perfeval\n"
        "multiprocessing.set_start_method('spawn', force=True)\n"
        "list(perfeval.score_batch([{}], workers=2))\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", str(script)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert "__main__" in done.stderr.splitlines()[-1]
