"""Sheets scored and checked by a rulebook of one's own, against the shipped one below it."""

from __future__ import annotations

from functools import cache
from itertools import cycle
from pathlib import Path
from tempfile import mkdtemp

from benchmarks import checking, sample
from benchmarks.benchmark import Benchmark
from perfeval import Report, evaluate

_SHEETS = 200
_OWN = '编号: 本区\n名称: 本区评分办法\n地区: 本区\n版本: "1"\n继承: {0}\n'


def benchmark() -> Benchmark:
    """Compare the same sheets, a new one each time, by a file of one's own that inherits all.

    The file is named anew with each sheet, as a program does that is handed sheet after sheet.
    """
    texts, own = [checking.sheet_text(number) for number in range(_SHEETS)], _own()
    ours, theirs = cycle(texts), cycle(texts)
    shipped = sample.sheet().rulebook

    def by_own() -> Report:
        return evaluate(next(ours), rulebook=own)

    def by_shipped() -> Report:
        return evaluate(next(theirs), rulebook=shipped)

    for report in (by_own(), by_shipped()):
        if report.scorecard is None:
            raise ValueError(*map(str, report.findings))
    return Benchmark(
        "a sheet scored and checked by one's own rulebook",
        "the same by the shipped one that it inherits",
        bar=1.1,
        aim=1.0,
        numerator=by_own,
        denominator=by_shipped,
    )


@cache
def _own() -> str:
    path = Path(mkdtemp(prefix="perfeval-own-")) / "本区.yaml"
    path.write_text(_OWN.format(sample.sheet().rulebook), encoding="utf-8")
    return str(path)
