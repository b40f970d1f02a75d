"""目标值和完成值: what could not be compared, what was taken for granted, which way is better."""

from __future__ import annotations

import re
from decimal import Decimal

from perfeval.cells.comparison import Outcome
from perfeval.cells.notes import Note, NoteKind
from perfeval.cells.signs import Sign
from perfeval.cells.values import Kind, numbers_in
from perfeval.cells.words import Aspect, Section
from perfeval.checks.registry import FINE, Fault, Observation, note_check, row_check
from perfeval.fields import word_of
from perfeval.findings import Nature, Severity
from perfeval.numbers import HUNDRED, ZERO, plain, subtract, total
from perfeval.rulebook import OverFixed, OverNote, OverProportional, Rulebook
from perfeval.rulebook.indicators import CompletionRate
from perfeval.rulebook.weights import Inapplicable
from perfeval.scorecard import Line, Scorecard
from perfeval.sheet import Indicator

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


_TARGET, _ACTUAL = word_of(Indicator, "target"), word_of(Indicator, "actual")


def _open(line: Line) -> Decimal:
    """Return how many points the row could still have."""
    return subtract(line.high, line.low)


def _cell_of(line: Line, note: Note) -> str:
    """Return which cell a note speaks of, the target or the actual."""
    indicator = line.indicator
    if indicator is None or indicator.target is None:
        return _ACTUAL
    target = indicator.target
    if note.values[0] not in (target.text, *target.assumptions):
        return _ACTUAL
    same = [other for other in line.notes if other == note]  # both cells may read alike
    return _ACTUAL if len(same) > 1 and note is same[-1] else _TARGET


def _in_both_cells(line: Line, note: Note, kind: Kind, hint: str) -> list[Fault]:
    """Report the cell that a note speaks of, and the other one where it has the same fault.

    A comparison stops at the first cell that it cannot read; whoever mends it should not have to
    ask again for the second.
    """
    named = _cell_of(line, note)
    faults = [Fault(note.message, (named,), hint, _open(line))]
    actual = None if line.indicator is None else line.indicator.actual
    if named == _TARGET and actual is not None and actual.kind is kind:
        message = note._replace(values=(actual.text,)).message
        faults.append(Fault(message, (_ACTUAL,), hint, _open(line)))
    return faults


def _judges(rulebook: Rulebook) -> bool:
    """Tell whether points are judged inside a band, and not all fixed by it."""
    return any(band.fixed is None for band in rulebook.qualitative.bands)


def _takes_rates(rulebook: Rulebook) -> bool:
    return rulebook.quantitative.completion_rate == CompletionRate.SCORED


def _takes_words(rulebook: Rulebook) -> bool:
    return bool(rulebook.quantitative.achieved_words)


def _applies_all(rulebook: Rulebook) -> bool:
    """Tell whether the rulebook knows of no indicator that does not apply."""
    return rulebook.weights.not_applicable == Inapplicable.FORBIDDEN


def _points_out(rulebook: Rulebook) -> bool:
    """Tell whether the rulebook points out what is far above its target."""
    return isinstance(rulebook.quantitative.over, OverNote)


def _reduces(rulebook: Rulebook) -> bool:
    """Tell whether the rulebook takes points off for what is far above its target."""
    return isinstance(rulebook.quantitative.over, OverFixed | OverProportional)


@note_check("VA101", _ERROR, NoteKind.NO_TARGET)
def target_blank(line: Line, note: Note, _card: Scorecard) -> Fault:
    """The target is blank."""
    return Fault(note.message, ("目标值",), "请填写年度指标值", _open(line))


@note_check("VA102", _ERROR, NoteKind.NO_ACTUAL)
def actual_blank(line: Line, note: Note, _card: Scorecard) -> Fault:
    """The actual is blank."""
    return Fault(note.message, ("完成值",), "请填写实际完成值", _open(line))


@note_check("VA103", _ERROR, NoteKind.TWO_NUMBERS)
def two_numbers_in_one_cell(line: Line, note: Note, _card: Scorecard) -> list[Fault]:
    """A cell holds two numbers, and nobody says which one counts."""
    return _in_both_cells(line, note, Kind.COMPOUND, "请写成 {值: 算分的数, 文本: 表上的写法}")


@note_check("VA104", _ERROR, NoteKind.DIFFERENT_UNITS)
def units_differ(line: Line, note: Note, _card: Scorecard) -> Fault:
    """Target and actual are in different units."""
    return Fault(note.message, ("完成值",), "请按目标值的单位填写完成值", _open(line))


@note_check("VA105", _ERROR, NoteKind.UNCLEAR_PERCENT)
def percent_or_fraction(line: Line, note: Note, _card: Scorecard) -> Fault:
    """The target is a percentage and the actual a bare number that may be a fraction."""
    return Fault(note.message, ("完成值",), "请写上百分号", _open(line))


@note_check("VA106", _ERROR, NoteKind.WORDS_FOR_FIGURE)
def words_for_a_figure(line: Line, note: Note, _card: Scorecard) -> Fault:
    """The target is a figure, the actual is words that mean neither met nor unmet."""
    return Fault(note.message, ("完成值",), "请填写实际完成的数", _open(line))


@note_check("VA107", _ERROR, NoteKind.FIGURE_FOR_WORDS)
def figure_for_words(line: Line, note: Note, _card: Scorecard) -> Fault:
    """The target is words, the actual a figure."""
    return Fault(note.message, ("目标值",), "请把目标值写成可以比较的数", _open(line))


@note_check("VA108", _ERROR, NoteKind.UNKNOWN_WORDS)
def words_outside_the_bands(line: Line, note: Note, _card: Scorecard) -> Fault:
    """A qualitative actual is not one of the rulebook's words."""
    return Fault(
        note.message,
        ("完成值",),
        "请写办法的用语（如“达成预期指标”）或完成率，并填报评定的得分",
        _open(line),
    )


@note_check("VA109", _WARNING, NoteKind.NO_JUDGEMENT, holds=_judges)
def judgement_missing(line: Line, note: Note, _card: Scorecard) -> Fault:
    """A qualitative row has a band but no filed points in it."""
    return Fault(note.message, ("已填报得分",), "请在档次区间内评定得分", _open(line))


@note_check("VA110", _ERROR, NoteKind.OUTSIDE_BAND, holds=_judges)
def judgement_outside_band(line: Line, note: Note, _card: Scorecard) -> Fault:
    """The filed points of a qualitative row are not inside its band."""
    return Fault(note.message, ("已填报得分",), "请在档次区间内评定得分", _open(line))


@note_check("VA111", _ERROR, NoteKind.NEGATIVE_TARGET)
def target_negative(line: Line, note: Note, _card: Scorecard) -> Fault:
    """The target is below 0."""
    return Fault(note.message, ("目标值",), "请核对目标值", _open(line))


@note_check("VA112", _ERROR, NoteKind.OPPOSITE_SIGNS)
def signs_opposite(line: Line, note: Note, _card: Scorecard) -> Fault:
    """The stated sign and the one printed in the target contradict each other."""
    return Fault(note.message, ("符号",), "请只保留一个正确的符号", _open(line))


@note_check("VA113", _ERROR, NoteKind.RATE_NOT_SCORED, holds=lambda book: not _takes_rates(book))
def completion_rate_refused(line: Line, note: Note, _card: Scorecard) -> Fault:
    """A completion rate stands where the rulebook wants the figure."""
    return Fault(note.message, ("完成值",), "请填写实际完成的数", _open(line))


@note_check("VA114", _ERROR, NoteKind.NOT_APPLICABLE_REFUSED, holds=_applies_all)
def not_applicable_refused(line: Line, note: Note, _card: Scorecard) -> Fault:
    """A row is filed as not applicable where the rulebook knows no such thing."""
    return Fault(
        note.message, ("不适用",), "请填写目标值和完成值，或与财政部门商定如何计分", _open(line)
    )


@note_check("VA115", _ERROR, NoteKind.UNCLEAR)
def reading_unclear(line: Line, note: Note, _card: Scorecard) -> list[Fault]:
    """A cell cannot be read in one way only."""
    hint = "请写成 {值: 算分的数, 文本: 表上的写法}，并用“符号”写明方向"
    return _in_both_cells(line, note, Kind.UNCLEAR, hint)


@note_check("VA201", _WARNING, NoteKind.RATE_FOR_FIGURE, holds=_takes_rates)
def completion_rate_for_a_figure(line: Line, note: Note, _card: Scorecard) -> Fault:
    """A completion rate stands where the target is no percentage."""
    return Fault(note.message, ("完成值",), "请按目标值的内容填写实际完成情况", line.weight)


@note_check("VA202", _WARNING, NoteKind.WORD_FOR_FIGURE, holds=_takes_words)
def word_for_a_figure(line: Line, note: Note, _card: Scorecard) -> Fault:
    """A word such as 是 stands where a figure is wanted."""
    return Fault(note.message, ("完成值",), "请填写实际完成的数", line.weight)


@note_check("VA203", _WARNING, NoteKind.SIGN_IN_ACTUAL)
def sign_in_actual(_line: Line, note: Note, _card: Scorecard) -> Fault:
    """The actual carries a sign, so it is no measured value."""
    return Fault(note.message, ("完成值",), "请填写实测的数")


@note_check("VA204", _WARNING, NoteKind.NEGATIVE_ACTUAL)
def actual_negative(_line: Line, note: Note, _card: Scorecard) -> Fault:
    """The actual is below 0."""
    return Fault(note.message, ("完成值",), "请核对完成值")


@note_check("VA205", _WARNING, NoteKind.BARE_PERCENT)
def percent_sign_missing(_line: Line, note: Note, _card: Scorecard) -> Fault:
    """The target is a percentage and the actual lacks the sign."""
    return Fault(note.message, ("完成值",), "请写上百分号")


@note_check("VA206", _INFO, NoteKind.OVER_ACHIEVED, holds=_points_out)
def target_far_exceeded(_line: Line, note: Note, _card: Scorecard) -> Fault:
    """The target was exceeded by so much that it may have been set too low."""
    return Fault(note.message, ("完成值",), "请核对目标值是否定得偏低")


@note_check("VA207", _WARNING, NoteKind.OVER_REDUCED, holds=_reduces)
def target_far_exceeded_reduced(_line: Line, note: Note, _card: Scorecard) -> Fault:
    """The target was exceeded by so much that the rulebook takes points off."""
    return Fault(note.message, ("完成值",), "请核对目标值是否定得偏低")


@note_check("VA301", _INFO, NoteKind.BARE_TARGET)
def target_without_sign(_line: Line, note: Note, _card: Scorecard) -> Fault:
    """The target has no sign; at least is assumed."""
    return Fault(note.message, ("目标值",), "如越低越好，请写明“符号: ≤”")


@note_check("VA302", _INFO, NoteKind.READING)
def reading_assumed(line: Line, note: Note, _card: Scorecard) -> Fault:
    """A cell was read with an assumption."""
    return Fault(note.message, (_cell_of(line, note),))


@note_check("VA303", _INFO, NoteKind.STRICT_SIGN)
def strict_sign(_line: Line, note: Note, _card: Scorecard) -> Fault:
    """＞ and ＜ are scored as ≥ and ≤."""
    return Fault(note.message, ("目标值",))


@note_check("VA304", _INFO, NoteKind.SAME_WORDS)
def actual_repeats_target(_line: Line, note: Note, _card: Scorecard) -> Fault:
    """A qualitative actual repeats the target's words."""
    return Fault(note.message, ("完成值",))


@note_check("VA305", _INFO, NoteKind.BARE_UNIT)
def unit_missing(line: Line, note: Note, _card: Scorecard) -> Fault:
    """One of the two cells lacks its unit; the other's is assumed."""
    return Fault(note.message, (_cell_of(line, note),))


_COST_ASPECTS = (Aspect.COST, Aspect.ECONOMIC_COST, Aspect.SOCIAL_COST, Aspect.ECOLOGICAL_COST)


@row_check("VA208", _WARNING, Nature.HEURISTIC)
def cost_better_when_higher(line: Line, _card: Scorecard) -> Fault | Observation | None:
    """A cost indicator is said to be better the higher it is."""
    indicator = line.indicator
    if indicator is None or (
        indicator.section is not Section.COST and indicator.aspect not in _COST_ASPECTS
    ):
        return None
    target = indicator.target
    if target is None or target.kind is not Kind.NUMBER:
        return None
    outcome, sign, wanted, reached, *_ = indicator.comparison
    stated = indicator.sign or target.sign
    if stated is None and outcome is not Outcome.FIGURES:
        return None
    is_kept = stated is None and wanted == reached  # a fixed rate that was kept has no direction
    if is_kept or (stated or sign) not in (Sign.AT_LEAST, Sign.ABOVE):
        return FINE
    return Fault(
        f"成本指标“{line.name}”按“不低于”计分，花得越多得分越高",
        ("符号" if indicator.sign else "目标值",),
        "越低越好的，请写“符号: ≤”",
        line.weight,
    )


@row_check("VA209", _WARNING)
def target_that_cannot_be_missed(line: Line, _card: Scorecard) -> Fault | Observation | None:
    """The target is at least 0, which everything reaches."""
    if line.indicator is None:
        return None
    outcome, sign, target, *_ = line.indicator.comparison
    if outcome is not Outcome.FIGURES:
        return None
    if target != ZERO or sign not in (Sign.AT_LEAST, Sign.ABOVE):
        return FINE
    return Fault(
        "目标值为 0，按“不低于”理解，完成多少都是满分",
        ("目标值",),
        "越低越好的，请写“符号: ≤”",
        line.weight,
    )


@row_check("VA210", _WARNING, Nature.HEURISTIC)
def value_not_in_its_text(line: Line, _card: Scorecard) -> Fault | Observation | None:
    """The number said to count is neither in the printed text nor the sum of its numbers."""
    indicator = line.indicator
    if indicator is None:
        return None
    seen: Observation | None = None
    for field, cell in (("目标值", indicator.target), ("完成值", indicator.actual)):
        if cell is None or not cell.given or cell.number is None:
            continue
        shown = numbers_in(cell.text)
        if cell.number.copy_abs() not in (*shown, total(shown)):
            return Fault(
                f"“{cell.text}”里没有 {plain(cell.number)} 这个数", (field,), "请核对值和文本"
            )
        seen = FINE
    return seen


_AT_MOST_ALL = re.compile(
    "(?:(?:合格|优良|优秀|达标|及时|按时|准确|正确|覆盖|通过|公开|知晓|满意|完好|合规|出勤)率"
    "|满意度)(?:指标)?(?:[（(][^（）()]*[）)])?$"
)
_PERCENTS = ("%", "％")


@row_check("VA211", _WARNING, Nature.HEURISTIC)
def ratio_above_all(line: Line, _card: Scorecard) -> Fault | Observation | None:
    """A ratio of parts to a whole is above 100 %."""
    indicator = line.indicator
    if indicator is None or not _AT_MOST_ALL.search(indicator.name):
        return None
    cells = (("目标值", indicator.target), ("完成值", indicator.actual))
    read = [(field, cell) for field, cell in cells if cell is not None and cell.number is not None]
    is_ratio = indicator.unit in _PERCENTS or any(cell.unit == "%" for _, cell in read)
    if not is_ratio:
        return None
    above = [
        (field, cell)
        for field, cell in read
        if cell.unit in ("", "%") and cell.number is not None and cell.number > HUNDRED
    ]
    if not above:
        return FINE
    said = "、".join(f"{field}{cell.text}" for field, cell in above)
    hint = "请核对是否漏了小数点或写串了格"
    return Fault(f"“{line.name}”最多 100%，{said}", (above[0][0],), hint, line.weight)
