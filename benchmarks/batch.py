"""Many sheets: a pool, Spark and memory: ``python -m benchmarks.batch``.

Every sheet is a fresh text: names, figures, units, words and the number of rows are drawn anew,
and 1 of 100 cannot be read.  The same texts go through one process, through a pool of two and,
where it is installed, through Spark on local[2], by turns; the median of the ratios is told.  All
three end with the same rows, which is checked.

A ratio of times needs two cores that nothing else uses.  So the seconds of processor time stand
beside it: what two processes take together, over what one takes, is what a pool costs wherever it
runs.
"""

from __future__ import annotations

import argparse
import functools
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter
from typing import NamedTuple, TypeVar

from tests.batch.made import sheet_texts

import perfeval
from perfeval import SheetRow

_Result = TypeVar("_Result")
_SHEETS, _ROUNDS = 1_000, 5
_COUNTS = (1_000, 10_000, 50_000)
_BROKEN = 0.01

_MEMORY = """
import sys
from benchmarks.batch import texts
from tests.memory import peak
import perfeval, perfeval.batch.pool
if __name__ == "__main__":
    count, workers = map(int, sys.argv[1:])
    kind = perfeval.IndicatorRow
    rows = sum(1 for row in perfeval.score_batch(texts(count), of=kind, workers=workers))
    print(rows, peak())
"""


class Took(NamedTuple):
    """What a run took, in seconds: on the clock, and of the processors."""

    clock: float
    processors: float


def texts(count: int, seed: int = 20_240_331) -> Iterator[str]:
    """Yield fresh sheets."""
    return sheet_texts(seed, count, broken=_BROKEN)


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.batch", description=__doc__)
    parser.add_argument("--sheets", type=int, default=_SHEETS, help="how many in each round")
    parser.add_argument("--rounds", type=int, default=_ROUNDS, help="how often each side runs")
    parser.add_argument("--memory", action="store_true", help="the growth of memory alone")
    parser.add_argument("--spark", action="store_true", help="with Spark")
    asked = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}", flush=True)
    if asked.memory:
        _tell_memory()
        return
    _tell_pool(asked.sheets, asked.rounds)
    if asked.spark:
        _tell_spark(list(texts(asked.sheets)), asked.rounds)


def _tell_pool(count: int, rounds: int) -> None:
    """Print how a pool compares; no text comes twice, and what the pool learns ends with it."""
    list(perfeval.score_batch(texts(count, 0)))  # what is general is known to both
    alone: list[Took] = []
    pool: list[Took] = []
    for turn in range(rounds):
        sheets = list(texts(count, turn + 1))
        two, same = _took(functools.partial(_rows, sheets, 2))
        one, rows = _took(functools.partial(_rows, sheets, 1))
        if rows != same:
            raise ValueError("the pool gives other rows")
        alone.append(one)
        pool.append(two)
    speed = median(one.clock / two.clock for one, two in zip(alone, pool, strict=True))
    cost = median(two.processors / one.processors for one, two in zip(alone, pool, strict=True))
    each = median(one.processors for one in alone) / count
    print(
        f"one process: {each * 1_000:.2f} ms of processor time a sheet\n"
        f"pool of 2 ÷ one process, speed: {speed:.2f}; processor time: {cost:.2f} times",
        flush=True,
    )


def _rows(sheets: list[str], workers: int) -> list[SheetRow]:
    return list(perfeval.score_batch(sheets, workers=workers))


def _tell_spark(sheets: list[str], rounds: int) -> None:
    from pyspark.sql import SparkSession

    import perfeval.spark

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    spark = builder.config("spark.sql.shuffle.partitions", "2").getOrCreate()
    frame = spark.createDataFrame([(text,) for text in sheets], "content string").repartition(2)
    frame = frame.cache()
    frame.count()
    ratios: list[float] = []
    for turn in range(rounds):
        pool, rows = _took(lambda: list(perfeval.score_batch(sheets, workers=2)))
        made, totals = _took(lambda: perfeval.spark.score(frame).select("total").collect())
        mine = sorted(row.total for row in rows if row.total is not None)
        if not mine or mine != sorted(row.total for row in totals if row.total is not None):
            raise ValueError("Spark gives other totals")
        ratios.append(made.clock / pool.clock)
        print(f"pass {turn + 1}: Spark ÷ pool, time: {ratios[-1]:.2f}", flush=True)
    print(f"Spark local[2] ÷ pool of 2, time, steady: {median(ratios[1:] or ratios):.2f}")
    spark.stop()


def _took(run: Callable[[], _Result]) -> tuple[Took, _Result]:
    """Return what a run took, with its ended children, and its result."""
    begun, used = perf_counter(), _processors()
    result = run()
    return Took(perf_counter() - begun, _processors() - used), result


def _processors() -> float:
    own, ended = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime


def _tell_memory() -> None:
    """Print the most memory of a process that takes rows, by the number of sheets."""
    for workers in (1, 2):
        for count in _COUNTS:
            words = [sys.executable, "-c", _MEMORY, str(count), str(workers)]
            done = subprocess.run(words, capture_output=True, text=True, check=True)
            rows, mebibytes = done.stdout.split()
            print(f"workers={workers}, {count} sheets, {rows} rows: {mebibytes} MiB", flush=True)


if __name__ == "__main__":
    main()
