"""扣减分数: what a reviewer takes away from a row, where the rulebook knows of it."""

from __future__ import annotations

from decimal import Decimal

from perfeval.cells.notes import Note, NoteKind
from perfeval.methods.deduction import LEFT
from perfeval.methods.substitution import filled
from perfeval.numbers import Exact, trimmed, whole
from perfeval.scorecard import Basis, IndicatorLine
from perfeval.scoring.lines import LineMaker


def deduct(lines: tuple[IndicatorLine, ...], maker: LineMaker) -> tuple[IndicatorLine, ...]:
    """Return the lines, less what is deducted from each by hand.

    Args:
        lines: The lines as they score.
        maker: Makes lines under the rulebook; where that has no rule on deductions, nothing is
            taken away and the line says so.

    Source:
        The national budget management system, as one province uses it: points less 扣减分数.
    """
    if not any(line.indicator.deduction for line in lines):
        return lines
    return tuple(_deducted(line, maker) for line in lines)


def _deducted(line: IndicatorLine, maker: LineMaker) -> IndicatorLine:
    cut = line.indicator.deduction
    if not cut or line.weight is None or line.basis is Basis.NOT_APPLICABLE:
        return line
    if maker.book.deductions is None:
        note = Note(NoteKind.DEDUCTION_REFUSED, (trimmed(cut),))
        return line._replace(notes=(*line.notes, note))
    low, high = (
        maker.rounded(_left(whole(end), cut), line.weight) for end in (line.low, line.high)
    )
    told = line._replace(low=low, high=high, notes=(*line.notes, _note(cut)))
    if line.exact is None or line.points is None:
        return told
    return maker.rescored(told, line.weight, _left(line.exact, cut))


def _left(points: Exact, cut: Decimal) -> Exact:
    return filled(LEFT, {"points": points}).exact({"cut": cut})


def _note(cut: Decimal) -> Note:
    return Note(NoteKind.DEDUCTED, (trimmed(cut),))
