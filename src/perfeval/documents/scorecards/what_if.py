"""Which rows cost points, and points with other figures: as text for a terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from perfeval.documents.alignment import TextColumn, lay_out, printable
from perfeval.documents.as_json import line_data
from perfeval.documents.scorecards.terminal import title, total_text
from perfeval.numbers import ZERO, plain, subtract, trimmed
from perfeval.scorecard import Line, Scorecard
from perfeval.scoring.what_if import ChangedFigure, Loss, NextGrade, WhatIf, losses, next_grade

_NAME_LIMIT = 36
_NUMBER = TextColumn(is_right=True)
_LOSS_COLUMNS = (TextColumn(limit=_NAME_LIMIT), *[_NUMBER] * 4, TextColumn())
_ROW_COLUMNS = (TextColumn(limit=_NAME_LIMIT), *[_NUMBER] * 3)


def losses_text(scorecard: Scorecard, *, ambiguous: int = 1, within: int | None = None) -> str:
    """Say which rows cost points, the most first, and what is missing to the next grade.

    Args:
        scorecard: The scorecard.
        ambiguous: The width of an ambiguous character; see `perfeval.documents.alignment`.
        within: How many cells a row may take; ``None`` for any number.
    """
    found = losses(scorecard)
    if not found:
        return "没有扣分的行"
    rows = [
        (f"扣分的行（{len(found)}）", "分值", "得分", "少", "补足后总分", "等级"),
        *map(_loss_row, found),
    ]
    lines = lay_out(rows, _LOSS_COLUMNS, ambiguous=ambiguous, within=within)
    return "\n".join([*lines, *_next_lines(scorecard, next_grade(scorecard, found))])


def _loss_row(loss: Loss) -> Sequence[str]:
    line = loss.line
    return (
        line.name,
        "" if line.weight is None else trimmed(line.weight),
        _points(line),
        plain(loss.lost) if line.points is not None else f"至多 {plain(loss.lost)}",
        "未定" if loss.total is None else plain(loss.total),
        loss.grade or "",
    )


def _points(line: Line) -> str:
    if line.points is not None:
        return plain(line.points)
    return f"{plain(line.low)} 至 {plain(line.high)}"


def _next_lines(scorecard: Scorecard, found: NextGrade | None) -> Iterator[str]:
    """Say what is missing to the next grade, and which rows alone would reach it."""
    if found is None:
        if scorecard.total is None:
            yield "总分未定，看不出离下一等级还差多少"
        return
    yield f"离“{found.name}”（{trimmed(found.lower)} 分）还差 {plain(found.missing)} 分"
    if found.rows:
        yield f"单补一行就够的：{'、'.join(printable(line.name) for line in found.rows)}"
    else:
        yield "没有哪一行单独补足就够"


def what_if_text(found: WhatIf, *, ambiguous: int = 1, within: int | None = None) -> str:
    """Write what was changed, and the points before and after; see `losses_text`."""
    lines = [title(found.before), "试算（没有改动文件）："]
    lines += map(_changed, found.changes)
    rows = [("", "现在", "试算", "增减"), *(_row(old, new) for old, new in found.rows)]
    rows.append(("总分", total_text(found.before), total_text(found.after), _total_change(found)))
    rows.append(("等级", found.before.grade or "未定", found.after.grade or "未定", ""))
    lines += ["", *lay_out(rows, _ROW_COLUMNS, ambiguous=ambiguous, within=within), ""]
    lines += [printable(f"{new.name}：{new.explain()}") for _, new in found.rows]
    lines += map(printable, (*found.after.steps, *filter(None, [found.after.why_unscored])))
    lines += _next_lines(found.after, next_grade(found.after))
    return "\n".join(lines)


def _changed(change: ChangedFigure) -> str:
    return printable(f"  {change.name}：{change.before or '未填'} → {change.after or '未填'}")


def _row(old: Line, new: Line) -> tuple[str, str, str, str]:
    is_known = old.points is not None and new.points is not None
    change = _signed(old, new) if is_known else ""
    return (old.name, _points(old), _points(new), change)


def _signed(old: Line, new: Line) -> str:
    return _plus(subtract(new.low, old.low))


def _plus(number: Any) -> str:
    return f"+{plain(number)}" if number > ZERO else plain(number)


def _total_change(found: WhatIf) -> str:
    before, after = found.before.total, found.after.total
    return "" if before is None or after is None else _plus(subtract(after, before))


def losses_data(scorecard: Scorecard) -> dict[str, Any]:
    """Return the rows that cost points, and what is missing to the next grade, for JSON."""
    lost = losses(scorecard)
    found = next_grade(scorecard, lost)
    return {
        "losses": [
            {
                "name": loss.line.name,
                "lost": plain(loss.lost),
                "total": None if loss.total is None else plain(loss.total),
                "grade": loss.grade,
            }
            for loss in lost
        ],
        "next_grade": None if found is None else _next_data(found),
    }


def _next_data(found: NextGrade) -> dict[str, Any]:
    return {
        "name": found.name,
        "lower": plain(found.lower),
        "missing": plain(found.missing),
        "rows": [line.name for line in found.rows],
    }


def what_if_data(found: WhatIf) -> dict[str, Any]:
    """Return a what-if for JSON."""
    return {
        "sheet": found.before.sheet.name,
        "stamp": found.before.stamp,
        "changes": [change._asdict() for change in found.changes],
        "before": _side(found.before, [old for old, _ in found.rows]),
        "after": {**_side(found.after, [new for _, new in found.rows]), **losses_data(found.after)},
    }


def _side(scorecard: Scorecard, lines: Sequence[Line]) -> dict[str, Any]:
    return {
        "total": None if scorecard.total is None else plain(scorecard.total),
        "low": None if scorecard.low is None else plain(scorecard.low),
        "high": None if scorecard.high is None else plain(scorecard.high),
        "grade": scorecard.grade,
        "lines": list(map(line_data, lines)),
    }
