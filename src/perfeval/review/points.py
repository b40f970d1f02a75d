"""Points before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from perfeval.numbers import plain
from perfeval.places import Path
from perfeval.review.difference import PointsChange, RowMatch
from perfeval.review.saying import row_label
from perfeval.scorecard import IndicatorLine, Line, Scorecard
from perfeval.sheet import INDICATORS

TOTAL, GRADE = "总分", "等级"


def points_changes(
    old: Scorecard, new: Scorecard, rows: Iterable[RowMatch]
) -> tuple[PointsChange, ...]:
    """Return the points that are not as they were: rows, sections, total, grade.

    Args:
        old: The points of the old version.
        new: Those of the new.
        rows: The rows of both versions, matched.
    """
    told = (*_of_rows(old, new, rows), *_of_sections(old, new), *_of_whole(old, new))
    return tuple(one for one in told if one.old != one.new)


def _of_rows(old: Scorecard, new: Scorecard, rows: Iterable[RowMatch]) -> Iterator[PointsChange]:
    yield PointsChange(new.execution.name, _points(old.execution), _points(new.execution))
    for row in rows:
        one, other = _line(old, row.old_path), _line(new, row.new_path)
        named = other or one
        if named is not None:
            yield PointsChange(row_label(named.indicator), _points(one), _points(other))


def _line(card: Scorecard, path: Path) -> IndicatorLine | None:
    """Return the line of an indicator; ``None`` where the path is that of no indicator."""
    if len(path) != len((INDICATORS, "")) or path[0] != INDICATORS or not isinstance(path[1], int):
        return None
    return card.lines[path[1]]


def _points(line: Line | None) -> str:
    return "" if line is None else range_text(line.shown, line.low, line.high)


def range_text(points: Decimal | None, low: Decimal | None, high: Decimal | None) -> str:
    """Return points, or the range in which they lie.

    >>> range_text(Decimal("1.63"), None, None), range_text(None, Decimal(0), Decimal("1.99"))
    ('1.63', '0～1.99')
    """
    if points is not None:
        return plain(points)
    return "" if low is None or high is None else f"{plain(low)}～{plain(high)}"


def _of_sections(old: Scorecard, new: Scorecard) -> Iterator[PointsChange]:
    before = {part.section.key: part for part in old.subtotals}
    after = {part.section.key: part for part in new.subtotals}
    for key in {**after, **before}:
        one, other = before.get(key), after.get(key)
        named = other or one
        if named is not None:
            texts = (
                "" if it is None else range_text(it.points, it.low, it.high) for it in (one, other)
            )
            yield PointsChange(f"{named.section.label}小计", *texts)


def _of_whole(old: Scorecard, new: Scorecard) -> Iterator[PointsChange]:
    yield PointsChange(TOTAL, *(range_text(card.total, card.low, card.high) for card in (old, new)))
    yield PointsChange(GRADE, old.grade or "", new.grade or "")
