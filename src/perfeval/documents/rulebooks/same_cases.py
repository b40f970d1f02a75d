"""The same situations under two rulebooks: what a change means for one's points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from perfeval.numbers import plain
from perfeval.rulebook import Rulebook
from perfeval.scorecard import Line
from perfeval.scoring.engine import score
from perfeval.sheet import Sheet

_NAME = "示例"
_ROWS = {
    "分值 10 分的正向指标完成 80%": {"target": "≥100", "actual": "80"},
    "分值 10 分的正向指标完成 150%": {"target": "≥100", "actual": "150"},
    "分值 10 分的反向指标超出 50%": {"target": "≤100", "actual": "150"},
    "分值 10 分的定性指标部分达成": {"target": "得到提升", "actual": "部分达成"},
}


class Case(NamedTuple):
    """A situation, and its points under each rulebook as they are printed."""

    situation: str
    before: str
    after: str


def same_cases(before: Rulebook, after: Rulebook) -> tuple[Case, ...]:
    """Return the situations that score differently.

    Args:
        before: The rulebook one leaves.
        after: The rulebook one goes over to.
    """
    cases = (Case(name, *pair) for name, *pair in _scored(before, after))
    return tuple(case for case in cases if case.before != case.after)


def _scored(*books: Rulebook) -> Iterator[tuple[str, str, str]]:
    sheet = _sheet({"budget": {"final": 100, "spent": 90}})
    one, other = (_points(score(sheet, book).execution) for book in books)
    yield "预算执行率 90%", one, other
    for name, cells in _ROWS.items():
        row = {"section": "output", "aspect": "quantity", "name": _NAME, "weight": 10, **cells}
        sheet = _sheet({"indicators": [row]})
        one, other = (_points(score(sheet, book).lines[0]) for book in books)
        yield name, one, other


def _sheet(parts: dict[str, Any]) -> Sheet:
    return Sheet.model_validate({"rulebook": _NAME, "year": 2023, "name": _NAME, **parts})


def _points(line: Line) -> str:
    if line.shown is not None:
        return f"{plain(line.shown)} 分"
    if line.low == line.high:
        return "不计分"
    return f"{plain(line.low)}～{plain(line.high)} 分之间"
