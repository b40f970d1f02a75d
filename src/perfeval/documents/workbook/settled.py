"""Rows whose cells only the engine can read: the form keeps its result until something changes.

The form's own formulas read plain figures and the rulebook's words.  A date, a range, growth or
an identity of units is read by the engine alone; as long as nobody changes the row, its result
stands, and after that the form leaves the row open and says so.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from perfeval.cells.comparison import Outcome
from perfeval.cells.notes import NoteKind
from perfeval.cells.values import Cell, Kind
from perfeval.cells.vocabulary import GRADES, Words, words
from perfeval.methods.bands import Qualitative
from perfeval.numbers import ZERO, total
from perfeval.rulebook import Rulebook
from perfeval.scorecard import Basis, IndicatorLine

LEFT_OPEN = "这样的写法由 perfeval 计分，本表不计"
_BY_FORMULA = (Outcome.FIGURES, Outcome.RATE, Outcome.WORD, Outcome.WORDS, Outcome.UNAPPLIED)
_BLANKS = (NoteKind.NO_TARGET, NoteKind.NO_ACTUAL, NoteKind.NO_WEIGHT)
_PLAIN = (Kind.NUMBER, Kind.PERCENT, Kind.WORDS, Kind.COMPOUND, Kind.UNCLEAR, Kind.BLANK)


class EngineResult(NamedTuple):
    """What the engine made of a row: its points, or why it has none."""

    points: Decimal | None
    reason: str


def settled(
    line: IndicatorLine, rulebook: Rulebook, *, is_late: bool = False
) -> EngineResult | None:
    """Return the engine's result of a row that formulas cannot decide; ``None`` for any other.

    Args:
        line: The row as scored.
        rulebook: The rulebook.
        is_late: The row loses points for lateness; that of dates is counted by the engine alone.
    """
    if line.basis is Basis.NOT_APPLICABLE:
        return None
    is_blank = any(note.kind in _BLANKS for note in line.notes)
    if not (is_late and not is_blank) and not _is_beyond(line, rulebook):
        return None
    points, cut = line.points, line.indicator.deduction
    if points is not None and cut and rulebook.deductions is not None:
        points = total((points, cut))  # the form deducts by itself
    return EngineResult(points, "；".join(note.message for note in line.notes) or LEFT_OPEN)


def _is_beyond(line: IndicatorLine, rulebook: Rulebook) -> bool:
    """Tell whether a row is more than plain figures, rates and words of the rulebook."""
    row, pair = line.indicator, line.indicator.comparison
    if any(note.kind in _BLANKS for note in line.notes) or pair.outcome is Outcome.UNAPPLIED:
        return False
    target, actual = row.target, row.actual
    if target is None or actual is None:
        return False
    if any(_is_special(cell, row.unit or "", row.name) for cell in (target, actual)):
        return True
    if pair.outcome is Outcome.NONE:
        return actual.sign is not None or any(_is_new(note.kind) for note in pair.notes)
    is_stored = any(note.kind is NoteKind.STORED_FRACTION for note in pair.notes)
    if is_stored or pair.outcome not in _BY_FORMULA or actual.sign is not None:
        return True
    if pair.outcome is Outcome.WORDS or pair.outcome is Outcome.WORD:
        is_all = any(note.kind is NoteKind.ALL_IN_WORDS for note in pair.notes)
        return is_all or _has_other_words(rulebook, target.text, actual.text)
    if target.number == ZERO and row.sign is None and target.sign is None:
        return True  # whether more or less is better hangs on what the row's name says
    is_figure = pair.outcome is Outcome.FIGURES and _needs_table(target, actual)
    return is_figure or _is_copied_behind_words(target, actual)


def _is_copied_behind_words(target: Cell, actual: Cell) -> bool:
    """Tell whether a copied figure does not come first: 每亩2元 is no plain one for formulas."""
    return target.text == actual.text and not target.text[:1].isdecimal()


def _is_special(cell: Cell, unit: str, name: str) -> bool:
    """Tell whether a cell is no plain one, or may be a grade (2级) or a date (12.31)."""
    if (cell.unit or unit).startswith(GRADES):
        return True
    if cell.kind is Kind.NUMBER and any(word in name for word in words(Words.MOMENT)):
        return True
    return cell.kind not in _PLAIN or cell.detail is not None


_OLD = (
    NoteKind.TWO_NUMBERS,
    NoteKind.UNCLEAR,
    NoteKind.DIFFERENT_UNITS,
    NoteKind.OPPOSITE_SIGNS,
    NoteKind.FIGURE_FOR_WORDS,
)


def _is_new(kind: NoteKind) -> bool:
    return kind not in _OLD


def _needs_table(target: Cell, actual: Cell) -> bool:
    """Tell whether two figures are of different kinds, below 0, or in units of the table."""
    if target.number is None or actual.number is None:  # 无拖欠 is 0
        return True
    is_low = target.number < ZERO
    units = {target.unit, actual.unit} - {"", "%"}
    return is_low or target.kind is not actual.kind or len(units) > 1 or "‰" in units


def _has_other_words(rulebook: Rulebook, target: str, actual: str) -> bool:
    """Tell whether words are none of those that stand in the form's lists."""
    rule: Qualitative = rulebook.qualitative
    general = (*rule.good_words, *rule.fair_words, *rule.poor_words)
    is_failed = actual in rulebook.quantitative.failed_words
    return rule.compared(target, actual) is not None or actual in general or is_failed
