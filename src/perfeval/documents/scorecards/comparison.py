"""One sheet under several rulebooks, as text for a terminal: a table, and why rows differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from perfeval.clauses import HowSeen
from perfeval.documents import printed
from perfeval.documents.alignment import TextColumn, fold, lay_out, printable
from perfeval.documents.rulebooks.changes import changes
from perfeval.documents.scorecards.terminal import headed, span_text, total_text
from perfeval.numbers import plain, trimmed
from perfeval.scorecard import IndicatorLine, Line, Rule, Scorecard, Subtotal

_NAME_LIMIT = 44
_NUMBER = TextColumn(is_right=True)


class Compared(NamedTuple):
    """A sheet under one rulebook; ``label`` tells the rulebooks apart."""

    label: str
    scorecard: Scorecard


class ComparisonRow(NamedTuple):
    """One row of a sheet under every rulebook."""

    lines: tuple[Line, ...]

    @property
    def name(self) -> str:
        """三级指标, or 预算执行."""
        return self.lines[0].name

    @property
    def differs(self) -> bool:
        """The rulebooks give other points."""
        return len({(line.points, line.low, line.high) for line in self.lines}) > 1

    @property
    def is_computed_otherwise(self) -> bool:
        """The rulebooks compute in other ways, whatever comes out."""
        return len({str(line.exact) for line in self.lines}) > 1


def rows_of(compared: Sequence[Compared]) -> list[ComparisonRow]:
    """Return the rows of the sheet, each under every rulebook."""
    return [
        ComparisonRow(lines)
        for lines in zip(*(item.scorecard.rows for item in compared), strict=True)
    ]


def comparison_text(
    compared: Sequence[Compared], *, ambiguous: int = 1, within: int | None = None
) -> str:
    """Write one sheet under several rulebooks.

    Args:
        compared: The same sheet under each rulebook, two at least.
        ambiguous: The width of an ambiguous character; see `perfeval.documents.alignment`.
        within: How many cells a line may take; ``None`` for any number.

    Returns:
        A table of points, then for each row that differs how each rulebook arrives at them.
    """
    sheet = compared[0].scorecard.sheet
    rows = rows_of(compared)
    columns = [TextColumn(limit=_NAME_LIMIT), *[_NUMBER] * (len(compared) + 1), TextColumn()]
    head = f"{sheet.name} · {sheet.year} · 按 {len(compared)} 个办法计分"
    table = lay_out(_table(compared, rows), columns, ambiguous=ambiguous, within=within)
    below = [*_remarks(compared), *_reasons(compared, rows, ambiguous, within)]
    above = headed(head, sheet).split("\n")
    first, last = (_folded(lines, ambiguous, within) for lines in (above, below))
    return "\n".join([*first, *table, *last])


def _folded(lines: Iterable[str], ambiguous: int, within: int | None) -> Iterator[str]:
    return (folded for line in lines for folded in fold(line, within, ambiguous=ambiguous))


def _table(compared: Sequence[Compared], rows: Sequence[ComparisonRow]) -> Iterator[Sequence[str]]:
    yield ("", "分值", *(item.label for item in compared), "")
    yield _row(rows[0], "")
    cards = [item.scorecard for item in compared]
    for sums in zip(*(card.subtotals for card in cards), strict=True):
        yield (sums[0].section.label, trimmed(sums[0].weight), *map(_subtotal, sums), "")
        for row in rows[1:]:
            line = row.lines[0]
            if (
                isinstance(line, IndicatorLine)
                and line.indicator.section.key == sums[0].section.key
            ):
                yield _row(row, "  ")
    yield ("总分", "", *map(total_text, cards), "")
    yield ("等级", "", *(card.grade or "未定" for card in cards), "")


def _row(row: ComparisonRow, indent: str) -> Sequence[str]:
    weights = dict.fromkeys(
        "-" if line.weight is None else trimmed(line.weight) for line in row.lines
    )
    mark = "不同" if row.differs else ""
    return (indent + row.name, " / ".join(weights), *map(printed.points, row.lines), mark)


def _subtotal(subtotal: Subtotal) -> str:
    if subtotal.points is not None:
        return plain(subtotal.points)
    if subtotal.low is None or subtotal.high is None:
        return "未计"
    return span_text(subtotal.low, subtotal.high)


def _remarks(compared: Sequence[Compared]) -> Iterator[str]:
    """Say why there is no total, or why it is not simply the sum of the rows."""
    for label, card in compared:
        for text in (*card.steps, card.why_unscored):
            if text:
                yield printable(f"{label}：{text}")


def _reasons(
    compared: Sequence[Compared],
    rows: Iterable[ComparisonRow],
    ambiguous: int,
    within: int | None,
) -> Iterator[str]:
    """Say for each row that differs how the points arose under each rulebook."""
    differing = [row for row in rows if row.differs]
    otherwise = [row for row in rows if row.is_computed_otherwise and not row.differs]
    for heading, group in (("得分不同的行", differing), ("得分相同、算法不同的行", otherwise)):
        if group:
            yield from ("", f"{heading}（{len(group)}）")
        for row in group:
            yield printable(f"  {row.name}")
            said = [
                (f"    {item.label}", line.explain())
                for item, line in zip(compared, row.lines, strict=True)
            ]
            yield from lay_out(
                said, [TextColumn(), TextColumn()], ambiguous=ambiguous, within=within
            )
    if not differing:
        yield from ("", "各行得分都相同")
    yield from _rules(compared, [*differing, *otherwise])
    yield from _sources(compared, [*differing, *otherwise])


def _rules(compared: Sequence[Compared], rows: Iterable[ComparisonRow]) -> Iterator[str]:
    """Say what the rulebooks lay down differently, where that decides points."""
    blocks = {line.rule.block for row in rows for line in row.lines} | {"分值", "舍入"}
    first, *others = compared
    for other in others:
        found = [
            change
            for change in changes(first.scorecard.rulebook, other.scorecard.rulebook)
            if change.block in blocks
        ]
        if found:
            yield from ("", printable(f"规定的不同：由 {first.label} 到 {other.label}"))
        for change in found:
            yield from (printable(f"  {line}") for line in change.lines)


def _sources(compared: Sequence[Compared], rows: Iterable[ComparisonRow]) -> Iterator[str]:
    """Name the clause and source of each block that the differing rows rest on."""
    cited: dict[tuple[str, str], Rule] = {}
    for row in rows:
        for item, line in zip(compared, row.lines, strict=True):
            cited.setdefault((item.label, line.rule.block), line.rule)
    if cited:
        yield from ("", "依据")
    for (label, block), rule in cited.items():
        seen = "（原文未见）" if rule.seen is HowSeen.UNSEEN else ""
        yield printable(f"  {label} {block}：{rule.clause or '条款未载明'}")
        yield printable(f"    来源：{rule.source}{seen}")
