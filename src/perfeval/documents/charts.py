"""Charts: execution rates by project, points by section; they print in black and white.

As SVG a chart stands inline in a web page or as an image in a PDF; `Bars` are its figures, of which
Word draws a chart of its own.  Its colours are attributes, which
every viewer knows; a page may change them by the variables ``--perfeval-ink``, ``-paper``,
``-measured`` and ``-claimed``.  Lengths are whole units, and nothing carries an id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from html import escape
from typing import NamedTuple

from perfeval.documents.alignment import printable, wrap
from perfeval.numbers import (
    HUNDRED,
    ZERO,
    Exact,
    RoundingMode,
    add,
    multiply,
    percent,
    plain,
    round_exact,
    subtract,
    trimmed,
)
from perfeval.scorecard import Basis, Line, Scorecard


class ChartRow(NamedTuple):
    """A project of the chart of execution rates.

    Attributes:
        name: 项目名称.
        budget: 预算数; ``None`` where it was not published.
        spent: 执行数; ``None`` where it was not published.
    """

    name: str
    budget: Decimal | None
    spent: Decimal | None


class Series(NamedTuple):
    """One part of all bars.

    Attributes:
        kind: ``measured``, ``claimed``, ``open`` or ``lost``.
        name: What the legend says.
        lengths: Of each bar, as a number without exponent; empty where nothing is known.
    """

    kind: str
    name: str
    lengths: tuple[str, ...]


class Bars(NamedTuple):
    """A chart as figures, for programs that draw it themselves.

    Attributes:
        names: What stands before each bar, its figure included.
        series: The parts of the bars, from the axis on.
        most: Where the axis ends; a longer bar is cut there; ``None`` where the bars decide.
        unit: What stands behind the numbers of the axis.
    """

    names: tuple[str, ...]
    series: tuple[Series, ...]
    most: int | None
    unit: str

    def split(self, count: int) -> Iterator[Bars]:
        """Yield the chart in parts of *count* bars, with the same axis."""
        for start in range(0, len(self.names), count):
            part = slice(start, start + count)
            series = tuple(one._replace(lengths=one.lengths[part]) for one in self.series)
            yield self._replace(names=self.names[part], series=series)


class PointsChart(NamedTuple):
    """The points of a sheet's sections as a chart: in words, as SVG and as figures."""

    said: str
    picture: str
    bars: Bars


class _Slice(NamedTuple):
    """What became of the points of a section; ``open`` is the width of a range."""

    name: str
    measured: Decimal
    claimed: Decimal
    open: Decimal
    lost: Decimal


_WIDTH = 720
_FONT = "SimHei, 'Heiti SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif"
_INK, _PAPER, _MEASURED, _CLAIMED = "#222222", "#ffffff", "#2f5d8a", "#dce8f4"
_STYLE = "".join(
    f".perfeval-{name} {{ {kind}: var(--perfeval-{variable}, {colour}) }}"
    for name, kind, variable, colour in (
        ("ink", "fill", "ink", _INK),
        ("line", "stroke", "ink", _INK),
        ("lost", "fill", "paper", _PAPER),
        ("open", "fill", "paper", _PAPER),
        ("measured", "fill", "measured", _MEASURED),
        ("claimed", "fill", "claimed", _CLAIMED),
    )
)
_FILLS = {"measured": _MEASURED, "claimed": _CLAIMED, "open": _PAPER, "lost": _PAPER}
_WORDS = {
    "measured": "有据可算",
    "claimed": "依填报认定",
    "open": "未计分（可能得分）",
    "lost": "失分",
}
_HATCH = 6
_TOP, _LINE = 40, 16

# -- execution rates ---------------------------------------------------------------------------

_RATE_X, _RATE_WIDTH, _NAME_CELLS = 210, 240, 32
_AMOUNTS_X = (555, 645, 715)
_MOST_ROWS, _MOST_HEIGHT = 20, 720


def chart_groups(rows: Sequence[ChartRow]) -> Iterator[tuple[ChartRow, ...]]:
    """Yield projects in groups of much the same size, each of which one page can show as a chart.

    >>> [len(group) for group in chart_groups([ChartRow("甲", None, None)] * 41)]
    [14, 14, 13]
    """
    groups = -(-len(rows) // _MOST_ROWS)
    size = -(-len(rows) // groups) if groups else 0
    group: list[ChartRow] = []
    for row in rows:
        if group and (len(group) == size or sum(map(_height, [*group, row])) > _MOST_HEIGHT):
            yield tuple(group)
            group = []
        group.append(row)
    if group:
        yield tuple(group)


def _height(row: ChartRow) -> int:
    return _LINE * len(wrap(printable(row.name), _NAME_CELLS)) + 12


def execution_chart(rows: Sequence[ChartRow], *, unit: str = "万元") -> str:
    """Draw the execution rates of projects, with budget and spending beside them.

    Args:
        rows: The projects, from top to bottom.
        unit: The unit of their amounts.

    Returns:
        An ``svg`` element.  A bar is broken off at 150 %; the figure beside it is the whole rate.
    """
    full = _RATE_WIDTH * 2 // 3 if any(map(_is_above, rows)) else _RATE_WIDTH
    heads = (f"预算（{unit}）", f"执行（{unit}）", "执行率")
    body = [_text(x, _TOP - 20, head, "end") for x, head in zip(_AMOUNTS_X, heads, strict=True)]
    y = _TOP
    for row in rows:
        names = wrap(printable(row.name), _NAME_CELLS)
        height = _height(row)
        body += _rate_row(row, names, y + height // 2, full)
        y += height
    line = _RATE_X + full
    body += _text(line, _TOP - 20, "100%", "middle"), _line(line, _TOP - 8, line, y, dashed=True)
    body.append(_line(_RATE_X, _TOP - 8, _RATE_X, y))
    said = "；".join(_said(row, unit) for row in rows)
    return _svg("各项目预算执行率", said, y + 8, body)


def execution_bars(rows: Sequence[ChartRow]) -> Bars:
    """Return the execution rates of projects as figures; see `execution_chart`."""
    names = tuple(f"{row.name}（{_rate(row) or _without_rate(row)}）" for row in rows)
    rates = Series("measured", "执行率", tuple(map(_percentage, rows)))
    return Bars(names, (rates,), 150 if any(map(_is_above, rows)) else 100, "%")


def _percentage(row: ChartRow) -> str:
    if not _rate(row) or row.budget is None or row.spent is None:
        return ""
    rate = Exact(multiply(row.spent, HUNDRED), row.budget)
    return trimmed(max(round_exact(rate, 2, RoundingMode.HALF_UP), ZERO))


def _is_above(row: ChartRow) -> bool:
    return bool(row.budget and row.spent and row.spent > row.budget > ZERO)


def _rate(row: ChartRow) -> str:
    """Return the rate, or an empty text."""
    if row.budget is None or row.spent is None or row.budget <= ZERO:
        return ""
    return percent(row.spent, row.budget, 2)


def _without_rate(row: ChartRow) -> str:
    return "未公布" if row.budget is None or row.spent is None else "无法计算"


def _rate_row(row: ChartRow, names: Sequence[str], middle: int, full: int) -> list[str]:
    first = middle - _LINE * (len(names) - 1) // 2
    drawn = [_text(_RATE_X - 8, first + _LINE * at, name, "end") for at, name in enumerate(names)]
    rate = _rate(row)
    if rate and row.budget and row.spent is not None:
        drawn += _rate_bar(_length(row.spent, row.budget, full), middle)
    else:
        drawn.append(_text(_RATE_X + 8, middle, _without_rate(row)))
    amounts = (_amount(row.budget), _amount(row.spent), rate or "—")
    texts = (_text(x, middle, text, "end") for x, text in zip(_AMOUNTS_X, amounts, strict=True))
    return [*drawn, *texts]


def _rate_bar(length: int, middle: int) -> list[str]:
    """Draw a bar; one that is too long for the chart is broken near its end."""
    bar = _box("measured", _RATE_X, middle - 8, min(max(length, 0), _RATE_WIDTH))
    if length > _RATE_WIDTH:
        x = _RATE_X + _RATE_WIDTH - 20
        path = f"M{x} {middle + 10}l6 -20h4l-6 20z"
        bar.append(f'<path class="perfeval-lost" fill="{_PAPER}" d="{path}"/>')
    return bar


def _amount(value: Decimal | None) -> str:
    return "未公布" if value is None else plain(value)


def _said(row: ChartRow, unit: str) -> str:
    """Say a row in words, for those who do not see the chart."""
    texts = [
        f"{word}未公布" if value is None else f"{word} {plain(value)} {unit}"
        for word, value in (("预算", row.budget), ("执行", row.spent))
    ]
    return f"{row.name}：{'，'.join(texts)}，执行率{_rate(row) or _without_rate(row)}"


# -- points by section -------------------------------------------------------------------------

_SECTION_X, _SECTION_WIDTH = 120, 440
_PITCH = 34


def sections_chart(scorecard: Scorecard) -> str:
    """Draw the points of the sections against their weights.

    Args:
        scorecard: The points; a row without points is drawn as the range that it leaves open.

    Returns:
        An ``svg`` element.
    """
    parts = _parts(scorecard)
    longest = max((_weight(part) for part in parts), default=ZERO)
    body = _legend()
    for at, part in enumerate(parts):
        body += _part_row(part, longest, _TOP + _PITCH * at + _PITCH // 2)
    bottom = _TOP + _PITCH * len(parts)
    body.append(_line(_SECTION_X, _TOP, _SECTION_X, bottom))
    said = "；".join(f"{part.name}：{_said_part(part)}" for part in parts)
    return _svg("各部分得分与分值", said, bottom + 8, body)


def section_bars(scorecard: Scorecard) -> Bars:
    """Return the points of the sections as figures; see `sections_chart`."""
    parts = _parts(scorecard)
    names = tuple(f"{part.name}（{_score(part)}）" for part in parts)
    series = tuple(
        Series(kind, word, tuple(_length_of(getattr(part, kind)) for part in parts))
        for kind, word in _WORDS.items()
    )
    return Bars(names, series, None, "")


def points_chart(scorecard: Scorecard) -> PointsChart:
    """Return the points of the sections in every form in which a document can show them."""
    bars = section_bars(scorecard)
    return PointsChart("；".join(bars.names), sections_chart(scorecard), bars)


def _length_of(points: Decimal) -> str:
    """Write the length of a part; none is drawn where there are no points."""
    return trimmed(points) if points else ""


def _parts(scorecard: Scorecard) -> list[_Slice]:
    """Return the budget row and the sections that have points to give."""
    sections = [
        _part(
            subtotal.section.label or "各项指标",
            (
                line
                for line in scorecard.lines
                if line.indicator.section.key == subtotal.section.key
            ),
        )
        for subtotal in scorecard.subtotals
    ]
    parts = [_part(scorecard.execution.name, (scorecard.execution,)), *sections]
    return [part for part in parts if _weight(part)]


def _part(name: str, lines: Iterable[Line]) -> _Slice:
    part = _Slice(name, ZERO, ZERO, ZERO, ZERO)
    for line in lines:
        part = _with_line(part, line)
    return part


def _with_line(part: _Slice, line: Line) -> _Slice:
    """Add a row; the least that an open row can get counts as claimed."""
    if line.weight is None or line.basis is Basis.NOT_APPLICABLE:
        return part
    sure, most = (line.low, line.high) if line.points is None else (line.points, line.points)
    is_measured = line.basis is Basis.MEASURED
    return part._replace(
        measured=add(part.measured, sure if is_measured else ZERO),
        claimed=add(part.claimed, ZERO if is_measured else sure),
        open=add(part.open, subtract(most, sure)),
        lost=add(part.lost, max(subtract(line.weight, most), ZERO)),
    )


def _weight(part: _Slice) -> Decimal:
    return add(add(part.measured, part.claimed), add(part.open, part.lost))


def _segments(part: _Slice) -> tuple[tuple[str, Decimal], ...]:
    return tuple((kind, getattr(part, kind)) for kind in _FILLS)


def _part_row(part: _Slice, longest: Decimal, middle: int) -> list[str]:
    drawn = [_text(_SECTION_X - 8, middle, part.name, "end")]
    reached, start = ZERO, 0
    for kind, points in _segments(part):
        reached = add(reached, points)
        end = _length(reached, longest, _SECTION_WIDTH)
        drawn += _box(kind, _SECTION_X + start, middle - 9, end - start, 18) if points else []
        start = end
    drawn.append(_text(_SECTION_X + start + 8, middle, _score(part)))
    return drawn


def _score(part: _Slice) -> str:
    low = add(part.measured, part.claimed)
    points = plain(low)
    if part.open:
        points = f"{points}～{plain(add(low, part.open))}"
    return f"{points} / {trimmed(_weight(part))}"


def _said_part(part: _Slice) -> str:
    shares = [f"{_WORDS[kind]} {plain(points)}" for kind, points in _segments(part) if points]
    return f"得分 {_score(part)}（{'，'.join(shares)}）"


def _legend() -> list[str]:
    drawn, x = [], _SECTION_X
    for kind, word in _WORDS.items():
        drawn += [*_box(kind, x, 9, 26, 14), _text(x + 32, 16, word)]
        x += 52 + 12 * len(word)
    return drawn


# -- drawing -----------------------------------------------------------------------------------


def _length(part: Decimal, whole: Decimal, full: int) -> int:
    """Return how long a part is, if the whole is *full* units long."""
    return int(round_exact(Exact(multiply(part, Decimal(full)), whole), 0, RoundingMode.HALF_UP))


def _svg(title: str, said: str, height: int, body: Iterable[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}" role="img" font-family="{_FONT}" font-size="12">'
        f"<title>{title}</title><desc>{_escaped(said)}</desc>"
        f"<style>@supports (fill: var(--a)) {{ {_STYLE} }}</style>{''.join(body)}</svg>"
    )


def _escaped(text: str) -> str:
    return escape(printable(text))


def _text(x: int, y: int, text: str, anchor: str = "start") -> str:
    """Write a text whose middle is at the height *y*."""
    return (
        f'<text class="perfeval-ink" fill="{_INK}" x="{x}" y="{y + 4}" text-anchor="{anchor}">'
        f"{_escaped(text)}</text>"
    )


def _line(x1: int, y1: int, x2: int, y2: int, *, dashed: bool = False) -> str:
    dashes = ' stroke-dasharray="4 3"' if dashed else ""
    return (
        f'<path class="perfeval-line" stroke="{_INK}"{dashes} fill="none" '
        f'd="M{x1} {y1}L{x2} {y2}"/>'
    )


def _box(kind: str, x: int, y: int, width: int, height: int = 16) -> list[str]:
    """Draw a filled box: claimed points are hatched one way, open ones both ways."""
    box = (
        f'<rect class="perfeval-{kind} perfeval-line" fill="{_FILLS[kind]}" stroke="{_INK}" '
        f'x="{x}" y="{y}" width="{width}" height="{height}"/>'
    )
    lines = _hatch(width, height) if kind in ("claimed", "open") else []
    if kind == "open":
        lines += [(width - x1, y1, width - x2, y2) for x1, y1, x2, y2 in lines]
    path = "".join(f"M{x + x1} {y + y1}L{x + x2} {y + y2}" for x1, y1, x2, y2 in lines)
    if not path:
        return [box]
    return [box, f'<path class="perfeval-line" stroke="{_INK}" stroke-width="0.6" d="{path}"/>']


def _hatch(width: int, height: int) -> list[tuple[int, int, int, int]]:
    """Return the slanted lines of a box: where each begins below and ends above."""
    lines = []
    for foot in range(_HATCH - height, width, _HATCH):
        left, right = max(foot, 0), min(foot + height, width)
        lines.append((left, height - (left - foot), right, height - (right - foot)))
    return lines


class Pen:
    """What other charts are drawn with, so that all look alike."""

    svg = staticmethod(_svg)
    text = staticmethod(_text)
    line = staticmethod(_line)
    box = staticmethod(_box)
    length = staticmethod(_length)

    @staticmethod
    def tile(kind: str, x: int, y: int, side: int) -> str:
        """Draw a square without hatching, for a figure to stand in."""
        return (
            f'<rect class="perfeval-{kind} perfeval-line" fill="{_FILLS[kind]}" stroke="{_INK}" '
            f'x="{x}" y="{y}" width="{side}" height="{side}"/>'
        )
