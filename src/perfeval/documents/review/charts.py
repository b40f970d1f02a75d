"""The charts of screening: bars beside each other, and a map of who shares sentences with whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from perfeval.documents.alignment import printable, wrap
from perfeval.documents.charts import Pen
from perfeval.numbers import ZERO, plain

_NAME_X, _BAR_WIDTH, _NAME_CELLS, _LINE = 190, 420, 28, 16
_TOP = 34
_KINDS = ("measured", "claimed")
_SIDE, _LABEL = 30, 190


class BarRow(NamedTuple):
    """A line of a chart of bars.

    Attributes:
        name: What it is about.
        values: Its values, one for each series.
    """

    name: str
    values: tuple[Decimal, ...]


def bars_chart(title: str, series: Sequence[str], rows: Sequence[BarRow], unit: str = "") -> str:
    """Draw values as bars below each other.

    Args:
        title: What it shows.
        series: What each of the bars of a row is; two at most.
        rows: The rows, from top to bottom.
        unit: What stands behind the values.
    """
    longest = max((value for row in rows for value in row.values), default=ZERO)
    body, x = [], _NAME_X
    for kind, name in zip(_KINDS, series, strict=False):
        body += [*Pen.box(kind, x, 8, 26, 14), Pen.text(x + 32, 15, name)]
        x += 60 + 12 * len(name)
    y = _TOP
    for row in rows:
        y = _row(body, row, y, longest, unit)
    body.append(Pen.line(_NAME_X, _TOP - 4, _NAME_X, y))
    said = "；".join(f"{row.name}：{_values(row, series, unit)}" for row in rows)
    return Pen.svg(title, said, y + 8, body)


def _row(body: list[str], row: BarRow, y: int, longest: Decimal, unit: str) -> int:
    """Draw a row; return where the next one begins."""
    names = wrap(printable(row.name), _NAME_CELLS)
    height = max(_LINE * len(names), _LINE * len(row.values)) + 8
    first = y + (height - _LINE * len(names)) // 2 + 6
    body += [Pen.text(_NAME_X - 8, first + _LINE * at, one, "end") for at, one in enumerate(names)]
    top = y + (height - _LINE * len(row.values)) // 2
    for at, (kind, value) in enumerate(zip(_KINDS, row.values, strict=False)):
        width = Pen.length(value, longest, _BAR_WIDTH) if longest > ZERO else 0
        body += Pen.box(kind, _NAME_X, top + _LINE * at, width, _LINE - 4) if width else []
        body.append(Pen.text(_NAME_X + width + 6, top + _LINE * at + 6, f"{plain(value)}{unit}"))
    return y + height


def _values(row: BarRow, series: Sequence[str], unit: str) -> str:
    pairs = zip(series, row.values, strict=True)
    return "，".join(f"{name} {plain(value)}{unit}" for name, value in pairs)


def map_chart(title: str, names: Sequence[str], counts: Mapping[tuple[int, int], int]) -> str:
    """Draw how many sentences each two of some names share; the diagonal is within one.

    Args:
        title: What it shows.
        names: The names, numbered along the edges.
        counts: For each pair of positions, the lower first, how many.
    """
    body: list[str] = []
    for at, name in enumerate(names):
        shown = wrap(printable(f"{at + 1} {name}"), _NAME_CELLS)[0]
        body.append(Pen.text(_LABEL - 8, _TOP + _SIDE * at + _SIDE // 2, shown, "end"))
        body.append(Pen.text(_LABEL + _SIDE * at + _SIDE // 2, _TOP - 12, str(at + 1), "middle"))
        for other in range(at + 1):
            x, y = _LABEL + _SIDE * other, _TOP + _SIDE * at
            count = counts.get((other, at), 0)
            body.append(Pen.tile("claimed" if count else "lost", x, y, _SIDE))
            if count:
                body.append(Pen.text(x + _SIDE // 2, y + _SIDE // 2, str(count), "middle"))
    said = "；".join(
        f"{names[one]}与{names[other]} {count} 句"
        if one != other
        else f"{names[one]}内部 {count} 句"
        for (one, other), count in sorted(counts.items())
    )
    return Pen.svg(title, said, _TOP + _SIDE * len(names) + 8, body)
