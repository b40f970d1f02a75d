"""The self-assessment form inside a document, as far as its rows have stayed on one line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from perfeval.accounts.data import Limit, limit
from perfeval.accounts.text import AccountText, plain

_START = re.compile("(?:全年)?预算数（A）")
_END = re.compile("改进措施")
_MOST = limit(Limit.FORM)
_N = r"([0-9]{1,12}(?:\.[0-9]{1,6})?)"
_PAIR = rf"{_N}(?:\s*（\s*{_N}\s*）)?"
_ROW = re.compile(rf"^(.*?)\s*{_PAIR}\s+{_PAIR}\s+{_N}\s*$")
_RATE_ROW = re.compile(rf"{_N} {_N} ?{_N}%\s*{_N}?")
_FULL = re.compile(r"（([0-9]+)分\*执行率）")
_TOTAL = re.compile(r"总分[：:]?([0-9]+(?:\.[0-9]+)?)")
_LONE = re.compile(rf"^(.*?\D)?\s*100%\s+{_N}\s*$")
_REASON = re.compile("原因(?:分析|说明)")
_SPLIT = re.compile(r"(?<=[0-9])\.\s+(?=[0-9])")


class FormRow(NamedTuple):
    """A row whose target, actual and points stand on one line.

    Attributes:
        name: The name of the indicator, as far as it stands there or on the lines before.
        target: The target.
        actual: The actual.
        target_inside: A second number in brackets.
        actual_inside: A second number in brackets.
        points: The points.
        start: Where the target stands.
    """

    name: str
    target: Decimal
    actual: Decimal
    target_inside: Decimal | None
    actual_inside: Decimal | None
    points: Decimal
    start: int

    @property
    def is_short(self) -> bool:
        """Whether it falls short by the first number and by both together."""
        if self.target_inside is None or self.actual_inside is None:
            return self.actual < self.target
        inside = self.actual_inside <= self.target_inside
        return self.actual < self.target and inside


class BudgetRow(NamedTuple):
    """The budget row: budget, spending, the printed rate and the printed points.

    Attributes:
        budget: 预算数 (A).
        spent: 执行数 (B).
        rate: The printed rate in percent.
        points: The printed points; ``None`` where none stand on the line.
        full: The points of the row; ``None`` where the head does not say.
        start: Where the budget stands.
    """

    budget: Decimal
    spent: Decimal
    rate: Decimal
    points: Decimal | None
    full: Decimal | None
    start: int


class FormTable(NamedTuple):
    """A self-assessment form without its grid.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        budget: Its budget row.
        rows: The rows that stand on one line.
        lone: Where rows stand that have lost their target.
        total: The printed total and where it stands.
        reasons: Where its reasons begin and end.
    """

    start: int
    end: int
    budget: BudgetRow | None
    rows: tuple[FormRow, ...]
    lone: tuple[int, ...]
    total: tuple[Decimal, int] | None
    reasons: tuple[int, int] | None


def form_tables(document: AccountText) -> Iterator[FormTable]:
    """Yield the forms of a document."""
    text = document.text
    at = 0
    while (found := _START.search(text, at)) is not None:
        end = _END.search(text, found.end(), found.end() + _MOST)
        if end is None:
            at = found.end()
            continue
        at = end.start()
        yield _form(document, found.start(), at)


def _form(document: AccountText, start: int, end: int) -> FormTable:
    text = document.text
    total = _TOTAL.search(text, start, end)
    reason = _REASON.search(text, total.end() if total else start, end)
    rows, lone = _rows(document, start, total.start() if total else end)
    return FormTable(
        start=start,
        end=_tail(text, end),
        budget=_budget(text, start, end),
        rows=tuple(rows),
        lone=tuple(lone),
        total=(Decimal(total[1]), total.start(1)) if total else None,
        reasons=(reason.end(), end) if reason else None,
    )


def _tail(text: str, end: int) -> int:
    """Return where the cells end that a text prints behind its form."""
    title = re.compile("20[0-9]{2}年度?[^。；，0-9]{2,40}?(?:自评|绩效)").search(text, end)
    return title.start() if title and title.start() - end < _LOOSE else end


_LOOSE = limit(Limit.LOOSE)


def _budget(text: str, start: int, end: int) -> BudgetRow | None:
    found = _RATE_ROW.search(text, start, end)
    if found is None:
        return None
    full = _FULL.search(text, start, end)
    budget, spent, rate, points = found.groups()
    return BudgetRow(
        budget=Decimal(budget),
        spent=Decimal(spent),
        rate=Decimal(rate),
        points=Decimal(points) if points else None,
        full=Decimal(full[1]) if full else None,
        start=found.start(),
    )


def _rows(document: AccountText, start: int, end: int) -> tuple[list[FormRow], list[int]]:
    rows: list[FormRow] = []
    lone: list[int] = []
    before = ""
    for at, _, number in document.spans():
        if not start <= at < end:
            continue
        raw = _SPLIT.sub(".", plain(document.lines[number].text).strip())
        found = _ROW.match(raw)
        if found is not None:
            rows.append(_row(document, found, at, before))
        elif _LONE.match(raw):
            lone.append(at)
        before = "" if found is not None else (before + "".join(raw.split()))[-_MOST_NAME:]
    return rows, lone


_MOST_NAME = limit(Limit.SHORT_NAME)


def _row(document: AccountText, found: re.Match[str], at: int, before: str) -> FormRow:
    name, target, inside, actual, actual_inside, points = found.groups()
    own = "".join(name.split())
    return FormRow(
        name=own or before,
        target=Decimal(target),
        actual=Decimal(actual),
        target_inside=Decimal(inside) if inside else None,
        actual_inside=Decimal(actual_inside) if actual_inside else None,
        points=Decimal(points),
        start=max(document.text.find(target, at), at),
    )
