"""1,000 sheets read, scored and checked, against the same sheets only read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import cycle
from pathlib import Path
from tempfile import mkdtemp

import yaml

from benchmarks import sample
from benchmarks.benchmark import Benchmark
from perfeval import CheckOptions, Selection
from perfeval.checks import SHEET_SCOPES
from perfeval.checks.registry import CHECKS, Scope
from perfeval.readers.sheets import read_sheet
from perfeval.report import evaluate

COUNT = 1000
_BARE = re.compile(r"(?m)^(        (?:目标值|完成值): .*|        已填报得分: .*)$")


def benchmark() -> Benchmark:
    """Compare with ordinary sheets: 21 rows each, most of them in order."""
    return Benchmark(
        f"{COUNT:,} sheets checked",
        f"the same {COUNT:,} sheets loaded",
        bar=1.6,
        numerator=check_all,
        denominator=load_all,
        rounds=5,
    )


def faulty() -> Benchmark:
    """Compare with the shipped sheet, which has some fifty findings, a thousand times."""
    return Benchmark(
        f"{COUNT:,} sheets of 50 findings each checked",
        f"the same {COUNT:,} sheets loaded",
        bar=1.6,
        numerator=check_faulty,
        denominator=load_faulty,
        rounds=5,
    )


def from_text() -> Benchmark:
    """Compare the whole way from a text to its findings with merely loading the text.

    Each time another sheet; the checks are those of 0.1.0, so that the ratio can be compared with
    that version's.
    """
    texts = [sheet_text(number) for number in range(_TEXTS)]
    ours, bare = cycle(texts), cycle(texts)
    terms = CheckOptions(Selection(select=_of_0_1_0()))
    return Benchmark(
        "text → scored and checked, by the checks of 0.1.0",
        "bare `yaml.load(text, CSafeLoader)`",
        bar=2.3,
        aim=1.5,
        numerator=lambda: evaluate(next(ours), terms=terms),
        denominator=lambda: yaml.load(next(bare), yaml.CSafeLoader),
    )


def added() -> Benchmark:
    """Compare all checks with those of 0.1.0, of which there were fewer."""
    texts = [sheet_text(number) for number in range(_TEXTS)]
    ours, theirs = cycle(texts), cycle(texts)
    terms = CheckOptions(Selection(select=_of_0_1_0()))
    return Benchmark(
        "text → scored and checked, by all checks",
        "the same by the checks of 0.1.0",
        bar=_count(SHEET_SCOPES) / len(_of_0_1_0()),
        numerator=lambda: evaluate(next(ours)),
        denominator=lambda: evaluate(next(theirs), terms=terms),
    )


_TEXTS = 100
_FAMILIES_OF_0_1_0 = (
    *("PT101-105", "PT107-111", "RS101-111", "TX101-109", "BX101-110", "FM101-103", "IN101-110"),
    *("VA101-115", "VA201-211", "VA301-305", "WT101-105"),
)
"""What looked at a single sheet in 0.1.0."""


@cache
def _of_0_1_0() -> tuple[str, ...]:
    codes = []
    for family in _FAMILIES_OF_0_1_0:
        first, last = family[2:].split("-")
        codes += [f"{family[:2]}{number}" for number in range(int(first), int(last) + 1)]
    return tuple(codes)


def _count(scopes: Sequence[Scope]) -> int:
    return sum(check.scope in scopes for check in CHECKS.values())


def check_all() -> None:
    """Read, score and check every ordinary sheet."""
    for path in _ordinary():
        evaluate(path)


def load_all() -> None:
    """Read every ordinary sheet."""
    for path in _ordinary():
        read_sheet(path)


def check_faulty() -> None:
    """Read, score and check the shipped sheet again and again."""
    for path in _shipped():
        evaluate(path)


def load_faulty() -> None:
    """Read the shipped sheet again and again."""
    for path in _shipped():
        read_sheet(path)


@cache
def _shipped() -> tuple[str, ...]:
    return _written([sample.text()] * COUNT)


@cache
def _ordinary() -> tuple[str, ...]:
    return _written([sheet_text(number) for number in range(COUNT)])


def _written(texts: list[str]) -> tuple[str, ...]:
    folder = Path(mkdtemp(prefix="perfeval-sheets-"))
    paths = []
    for number, text in enumerate(texts):
        path = folder / f"{number:04}.yaml"
        path.write_text(text, encoding="utf-8")
        paths.append(str(path))
    return tuple(paths)


def sheet_text(number: int) -> str:
    """Return the shipped sheet with figures of its own: every target is one, every row filed."""
    rows = iter(range(10_000))

    def line(match: re.Match[str]) -> str:
        field = match[1].strip().split(":")[0]
        target = 100 + (number * 31 + next(rows) // 3 * 7) % 900
        short = 1 if number % 10 == 0 and "完成值" in field and target % 17 == 0 else 0
        values = {"目标值": f"≥{target}个", "完成值": f"{target - short}个"}
        return f"        {field}: {values[field]}" if field in values else ""

    return _BARE.sub(line, sample.text()).replace("总分: 100, 目标完成率: 100%, 存在问题: 无", "")
