"""What scoring noted, as findings: for each kind of note a code, the cell it points at, and a hint.

The finding's sentence is the note's own.  A row of the table says the rest; a function stands in it
only where the cell depends on the note.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from perfeval.cells.notes import NoteKind
from perfeval.cells.values import Kind
from perfeval.checks.registry import (
    FINE,
    Fault,
    NoteCheck,
    Results,
    Scope,
    add_note_check,
    everywhere,
)
from perfeval.checks.subjects import LineNote
from perfeval.fields import word_of
from perfeval.findings import Nature, Severity
from perfeval.methods.execution import OverBudget
from perfeval.numbers import subtract
from perfeval.rulebook import OverFixed, OverNote, OverProportional, Rulebook, UnscoredExecution
from perfeval.rulebook.indicators import CompletionRate
from perfeval.rulebook.weights import Inapplicable
from perfeval.scorecard import IndicatorLine, Line
from perfeval.sheet import Indicator

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
_TARGET, _ACTUAL = word_of(Indicator, "target"), word_of(Indicator, "actual")
_Stake = Callable[[Line], Decimal | None]

# -- how many points hang on a note --------------------------------------------------------------


def _none(_line: Line) -> None:
    """No points hang on it that could be counted."""


def _open(line: Line) -> Decimal:
    """Return how many points the row could still have."""
    return subtract(line.high, line.low)


def _weight(line: Line) -> Decimal | None:
    return line.weight


# -- where a note points -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _At:
    """Points at one cell of the line; ``None`` is the line itself."""

    cell: str | None
    hint: str = ""
    stake: _Stake = _none

    def __call__(self, noted: LineNote) -> Results:
        """Report the note at the cell."""
        path = () if self.cell is None else (self.cell,)
        yield Fault(noted.note.message, path, self.hint, self.stake(noted.line))


def _at_its_cell(noted: LineNote) -> Results:
    """Report an assumption at the cell that was read with it."""
    yield Fault(noted.note.message, (_cell_of(noted),))


def _late(noted: LineNote) -> Results:
    """Ask of a row that was late for what is missing: the reason, the points, or both."""
    line = noted.line
    asked = [] if _has_reason(noted) else [_WHY]
    if line.is_open:
        asked.append(_JUDGE)
    if asked:
        yield Fault(noted.note.message, (_ACTUAL,), f"请{'，并'.join(asked)}", _open(line))
    else:
        yield FINE


_WHY, _JUDGE = "填写偏差原因", "评定得分"


def _has_reason(noted: LineNote) -> bool:
    """Tell whether the row or the sheet says why a target was missed."""
    line = noted.line
    own = line.indicator.reason if isinstance(line, IndicatorLine) else None
    return own is not None or noted.scorecard.sheet.reason is not None


@dataclass(frozen=True, slots=True)
class _Missed:
    """Asks of a row that missed its target by no figure for the reason, else for a way to score."""

    first: str = ""

    def __call__(self, noted: LineNote) -> Results:
        """Report the note at the actual."""
        asked = "本办法没有讲怎样计分，另有规定的写进“评分标准”"
        if not _has_reason(noted):
            asked = f"请{_WHY}"
        yield Fault(noted.note.message, (_ACTUAL,), f"{self.first}{asked}", _open(noted.line))


def _cell_of(noted: LineNote) -> str:
    """Return which cell a note speaks of, the target or the actual."""
    note, line, _ = noted
    target = line.indicator.target if isinstance(line, IndicatorLine) else None
    if target is None:
        return _ACTUAL
    said = note.values[0]
    is_of_target = said in (target.text, *target.assumptions) or f"“{target.text}”" in said
    if not is_of_target:
        return _ACTUAL
    same = [other for other in line.notes if other == note]  # both cells may read alike
    return _ACTUAL if len(same) > 1 and note is same[-1] else _TARGET


@dataclass(frozen=True, slots=True)
class _AtBothCells:
    """Points at the cell that a note speaks of, and at the other one where it has the same fault.

    A comparison stops at the first cell that it cannot read; whoever mends it should not have to
    ask again for the second.
    """

    kind: Kind
    hint: str

    def __call__(self, noted: LineNote) -> Results:
        """Report the note at one cell or at both."""
        note, line, _ = noted
        named = _cell_of(noted)
        yield Fault(note.message, (named,), self.hint, _open(line))
        actual = line.indicator.actual if isinstance(line, IndicatorLine) else None
        if named == _TARGET and actual is not None and actual.kind is self.kind:
            message = note._replace(values=(actual.text,)).message
            yield Fault(message, (_ACTUAL,), self.hint, _open(line))


def _at_the_blank_amount(noted: LineNote) -> Results:
    """Report the amount that is blank, the budget or the spending."""
    is_budget = noted.note.kind is NoteKind.NO_BUDGET
    field = "预算数" if is_budget else "执行数"
    hint = "请填写全年（调整后）预算数" if is_budget else "请填写执行数"
    yield Fault(noted.note.message, (field,), hint)


# -- whether a rulebook has the rule from which a note arises ------------------------------------


def _is_scored(rulebook: Rulebook) -> bool:
    """Tell whether the budget row has points, so that scoring looks at its amounts."""
    return not isinstance(rulebook.execution, UnscoredExecution)


def _scores_in_full(rulebook: Rulebook) -> bool:
    """Tell whether spending above the budget has full points."""
    rule = rulebook.execution
    return not isinstance(rule, UnscoredExecution) and rule.over_budget == OverBudget.FULL


def _refuses(rulebook: Rulebook) -> bool:
    """Tell whether spending above the budget has no points."""
    rule = rulebook.execution
    return not isinstance(rule, UnscoredExecution) and rule.over_budget == OverBudget.UNSCORED


def _judges(rulebook: Rulebook) -> bool:
    """Tell whether points are judged inside a band, and not all fixed by it."""
    return any(band.fixed is None for band in rulebook.qualitative.bands)


def _takes_rates(rulebook: Rulebook) -> bool:
    return rulebook.quantitative.completion_rate == CompletionRate.SCORED


def _refuses_rates(rulebook: Rulebook) -> bool:
    return not _takes_rates(rulebook)


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


def _states_none(_rulebook: Rulebook) -> bool:
    """Tell that a sheet without standards of its own has nothing to look at."""
    return False


def _deducts_nothing(rulebook: Rulebook) -> bool:
    return rulebook.deductions is None


# -- the table -----------------------------------------------------------------------------------


def _note(
    code: str,
    name: str,
    severity: Severity,
    *kinds: NoteKind,
    run: Callable[[LineNote], Results],
    holds: Callable[[Rulebook], bool] = everywhere,
    is_of_budget: bool = False,
    one_cause: bool = False,
) -> NoteCheck:
    return NoteCheck(
        code=code,
        name=name,
        scope=Scope.NOTE,
        severity=severity,
        nature=Nature.DECIDABLE,
        run=run,
        kinds=kinds,
        holds=holds,
        is_of_budget=is_of_budget,
        one_cause=one_cause,
    )


NOTES = (
    _note(
        "BX102",
        "amount-blank",
        _WARNING,
        NoteKind.NO_BUDGET,
        NoteKind.NO_SPENT,
        run=_at_the_blank_amount,
        holds=_is_scored,
        is_of_budget=True,
    ),
    _note(
        "BX103",
        "budget-of-zero",
        _WARNING,
        NoteKind.ZERO_BUDGET,
        NoteKind.ZERO_BUDGET_ZERO,
        run=_At("预算数", "请核对预算数是否漏填"),
        holds=_is_scored,
        is_of_budget=True,
    ),
    _note(
        "BX104",
        "spent-above-budget",
        _WARNING,
        NoteKind.OVERSPENT,
        run=_At("执行数", "请核对预算数是否为调整后的数"),
        holds=_scores_in_full,
        is_of_budget=True,
    ),
    _note(
        "BX110",
        "spent-above-budget-refused",
        _ERROR,
        NoteKind.OVERSPENT_REFUSED,
        run=_At("执行数", "请核对预算数是否为调整后的数"),
        holds=_refuses,
        is_of_budget=True,
    ),
    _note(
        "BX105",
        "original-budget-alone",
        _INFO,
        NoteKind.ORIGINAL_BUDGET,
        run=_At("年初预算数", "请补填全年（调整后）预算数"),
        holds=_is_scored,
        is_of_budget=True,
    ),
    _note(
        "VA101",
        "target-blank",
        _ERROR,
        NoteKind.NO_TARGET,
        run=_At(_TARGET, "请填写年度指标值", _open),
    ),
    _note(
        "VA102",
        "actual-blank",
        _ERROR,
        NoteKind.NO_ACTUAL,
        run=_At(_ACTUAL, "请填写实际完成值", _open),
    ),
    _note(
        "VA103",
        "two-numbers-in-one-cell",
        _ERROR,
        NoteKind.TWO_NUMBERS,
        run=_AtBothCells(Kind.COMPOUND, "请写成 {值: 算分的数, 文本: 表上的写法}"),
    ),
    _note(
        "VA104",
        "units-differ",
        _ERROR,
        NoteKind.DIFFERENT_UNITS,
        run=_At(_ACTUAL, "请按目标值的单位填写完成值", _open),
    ),
    _note(
        "VA105",
        "two-readings",
        _ERROR,
        NoteKind.READINGS,
        run=_At(_ACTUAL, "请把两格的百分号和单位写全，使它只有一种读法", _open),
    ),
    _note(
        "VA106",
        "words-for-a-figure",
        _ERROR,
        NoteKind.WORDS_FOR_FIGURE,
        NoteKind.SHORT_IN_WORDS,
        run=_At(_ACTUAL, "请填写实际完成的数", _open),
    ),
    _note(
        "VA107",
        "figure-for-words",
        _ERROR,
        NoteKind.FIGURE_FOR_WORDS,
        run=_At(_TARGET, "请把目标值写成可以比较的数", _open),
    ),
    _note(
        "VA108",
        "words-outside-the-bands",
        _ERROR,
        NoteKind.UNKNOWN_WORDS,
        run=_At(_ACTUAL, "请写办法的用语（如“达成预期指标”）或完成率，并填报评定的得分", _open),
    ),
    _note(
        "VA109",
        "judgement-missing",
        _WARNING,
        NoteKind.NO_JUDGEMENT,
        run=_At("已填报得分", "请在档次区间内评定得分", _open),
        holds=_judges,
    ),
    _note(
        "VA110",
        "judgement-outside-band",
        _ERROR,
        NoteKind.OUTSIDE_BAND,
        run=_At("已填报得分", "请在档次区间内评定得分", _open),
        holds=_judges,
    ),
    _note(
        "VA111",
        "target-negative",
        _ERROR,
        NoteKind.NEGATIVE_TARGET,
        run=_At(_TARGET, "请核对目标值", _open),
    ),
    _note(
        "VA112",
        "signs-opposite",
        _ERROR,
        NoteKind.OPPOSITE_SIGNS,
        run=_At("符号", "请只保留一个正确的符号", _open),
    ),
    _note(
        "VA113",
        "completion-rate-refused",
        _ERROR,
        NoteKind.RATE_NOT_SCORED,
        run=_At(_ACTUAL, "请填写实际完成的数", _open),
        holds=_refuses_rates,
    ),
    _note(
        "VA114",
        "not-applicable-refused",
        _ERROR,
        NoteKind.NOT_APPLICABLE_REFUSED,
        run=_At("不适用", "请填写目标值和完成值，或与财政部门商定如何计分", _open),
        holds=_applies_all,
    ),
    _note(
        "VA115",
        "reading-unclear",
        _ERROR,
        NoteKind.UNCLEAR,
        run=_AtBothCells(
            Kind.UNCLEAR, "请写成 {值: 算分的数, 文本: 表上的写法}，并用“符号”写明方向"
        ),
    ),
    _note(
        "VA116",
        "rate-against-a-ceiling",
        _ERROR,
        NoteKind.RATE_FOR_CEILING,
        run=_At(_ACTUAL, "请按目标值的单位填写实际完成的数", _open),
    ),
    _note(
        "VA117",
        "percentage-against-words",
        _ERROR,
        NoteKind.NO_DEGREE,
        run=_At(_ACTUAL, "请写办法的用语（如“达成预期指标”），或把目标值写成可以比较的数", _open),
    ),
    _note(
        "VA118",
        "day-not-given",
        _WARNING,
        NoteKind.DAY_UNKNOWN,
        NoteKind.TWO_ENDS,
        run=_At(_ACTUAL, "请写明完成的日期，如 2023年11月10日", _open),
    ),
    _note(
        "VA119",
        "deadline-missed",
        _WARNING,
        NoteKind.LATE,
        run=_late,
    ),
    _note(
        "VA120",
        "sign-before-a-deadline",
        _ERROR,
        NoteKind.DATE_AT_LEAST,
        run=_At(_TARGET, "请删去符号，或改为 ≤", _open),
    ),
    _note(
        "VA121",
        "date-against-no-date",
        _ERROR,
        NoteKind.ONE_DATE,
        run=_At(_ACTUAL, "目标值是期限的，完成值写完成的日期", _open),
    ),
    _note(
        "VA122",
        "choice-not-made",
        _WARNING,
        NoteKind.SCALE_NAME,
        run=_At(_ACTUAL, "请选定一个用语，如“好”", _open),
    ),
    _note(
        "VA123",
        "actual-not-one-figure",
        _ERROR,
        NoteKind.ACTUAL_OPEN,
        run=_At(_ACTUAL, "请填写实测的数", _open),
    ),
    _note(
        "VA124",
        "outside-the-range",
        _WARNING,
        NoteKind.OUTSIDE_RANGE,
        run=_Missed("请核对完成值；"),
    ),
    _note(
        "VA125",
        "direction-missing",
        _ERROR,
        NoteKind.NO_DIRECTION,
        run=_At(_TARGET, "请在“符号”一栏写明 ≥ 或 ≤", _open),
    ),
    _note(
        "VA126",
        "another-quantity",
        _ERROR,
        NoteKind.OTHER_SUBJECT,
        run=_At(_ACTUAL, "请按目标值说的内容填写", _open),
    ),
    _note(
        "VA127",
        "grade-below-target",
        _WARNING,
        NoteKind.LOWER_GRADE,
        run=_Missed(),
    ),
    _note(
        "VA201",
        "completion-rate-for-a-figure",
        _WARNING,
        NoteKind.RATE_FOR_FIGURE,
        run=_At(_ACTUAL, "请按目标值的内容填写实际完成情况", _weight),
        holds=_takes_rates,
        one_cause=True,
    ),
    _note(
        "VA202",
        "word-for-a-figure",
        _WARNING,
        NoteKind.WORD_FOR_FIGURE,
        NoteKind.ALL_IN_WORDS,
        run=_At(_ACTUAL, "请填写实际完成的数", _weight),
        holds=_takes_words,
        one_cause=True,
    ),
    _note(
        "VA203",
        "sign-in-actual",
        _WARNING,
        NoteKind.SIGN_IN_ACTUAL,
        run=_At(_ACTUAL, "请填写实测的数"),
    ),
    _note(
        "VA204",
        "actual-negative",
        _WARNING,
        NoteKind.NEGATIVE_ACTUAL,
        run=_At(_ACTUAL, "请核对完成值"),
    ),
    _note(
        "VA205",
        "percent-sign-missing",
        _WARNING,
        NoteKind.BARE_PERCENT,
        run=_At(_ACTUAL, "请写上百分号"),
    ),
    _note(
        "VA206",
        "target-far-exceeded",
        _INFO,
        NoteKind.OVER_ACHIEVED,
        run=_At(_ACTUAL, "请核对目标值是否定得偏低"),
        holds=_points_out,
    ),
    _note(
        "VA207",
        "target-far-exceeded-reduced",
        _WARNING,
        NoteKind.OVER_REDUCED,
        run=_At(_ACTUAL, "请核对目标值是否定得偏低"),
        holds=_reduces,
    ),
    _note(
        "VA212",
        "counters-differ",
        _WARNING,
        NoteKind.OTHER_COUNTER,
        run=_At(_ACTUAL, "请与目标值用同一个量词"),
    ),
    _note(
        "VA213",
        "deadline-answered-without-date",
        _WARNING,
        NoteKind.NO_DATE,
        run=_At(_ACTUAL, "请写明完成的日期", _weight),
    ),
    _note(
        "VA214",
        "deadline-not-compared",
        _WARNING,
        NoteKind.DATE_LEFT_OUT,
        run=_At(_ACTUAL, "请写明完成的日期", _weight),
    ),
    _note(
        "VA215",
        "about-for-a-figure",
        _WARNING,
        NoteKind.ABOUT_ACTUAL,
        run=_At(_ACTUAL, "请填写实测的数"),
    ),
    _note(
        "VA216",
        "change-the-other-way",
        _WARNING,
        NoteKind.OPPOSITE_TREND,
        run=_At(_ACTUAL, "请核对增减的方向，并填写偏差原因"),
    ),
    _note(
        "VA301",
        "target-without-sign",
        _INFO,
        NoteKind.BARE_TARGET,
        run=_At(_TARGET, "如越低越好，请写明“符号: ≤”"),
        one_cause=True,
    ),
    _note("VA302", "reading-assumed", _INFO, NoteKind.READING, run=_at_its_cell, one_cause=True),
    _note("VA303", "strict-sign", _INFO, NoteKind.STRICT_SIGN, run=_At(_TARGET)),
    _note(
        "VA304",
        "actual-repeats-target",
        _INFO,
        NoteKind.SAME_WORDS,
        run=_At(_ACTUAL),
        one_cause=True,
    ),
    _note(
        "VA305",
        "unit-missing",
        _INFO,
        NoteKind.BARE_UNIT,
        NoteKind.PER_LEFT_OUT,
        run=_at_its_cell,
        one_cause=True,
    ),
    _note(
        "VA306",
        "target-percent-sign-missing",
        _INFO,
        NoteKind.TARGET_PERCENT,
        run=_At(_TARGET, "请写上百分号"),
    ),
    _note(
        "VA307",
        "percentage-kept-as-fraction",
        _INFO,
        NoteKind.STORED_FRACTION,
        run=_At(_ACTUAL, "请写成百分数"),
    ),
    _note(
        "VA308",
        "deviation-on-both-sides",
        _INFO,
        NoteKind.WITHIN,
        run=_At(_TARGET),
    ),
    _note(
        "VA309",
        "change-not-said",
        _INFO,
        NoteKind.TREND_TAKEN,
        run=_At(_ACTUAL, "请把增长或下降写在两格里"),
    ),
    _note("WT102", "weight-blank", _ERROR, NoteKind.NO_WEIGHT, run=_At(None, "请填写分值")),
    _note(
        "ST104",
        "standard-does-not-fit",
        _ERROR,
        NoteKind.STANDARD_MISFIT,
        NoteKind.STANDARD_NEEDS_FIGURES,
        NoteKind.STANDARD_NEEDS_WORDS,
        NoteKind.NO_RATE_OF_ZERO,
        run=_At(_ACTUAL, "请改用合适的计分方法，或按计分方法填写目标值和完成值", _open),
        holds=_states_none,
    ),
    _note(
        "ST105",
        "standard-of-the-sheet",
        _INFO,
        NoteKind.OWN_STANDARD,
        run=_At(None, "请核对依据；财政部门的办法另有规定的，从其规定"),
        holds=_states_none,
    ),
    _note(
        "ST106",
        "deduction-without-a-rule",
        _WARNING,
        NoteKind.DEDUCTION_REFUSED,
        run=_At("扣减分数", "办法没有这项规定的，请删去；有规定的，写进办法的“扣减分数”"),
        holds=_deducts_nothing,
    ),
    _note(
        "ST202",
        "units-cannot-be-made-one",
        _ERROR,
        NoteKind.UNIT_BLANK,
        NoteKind.UNITS_MIXED,
        NoteKind.UNIT_MONEY,
        run=_At("分单位", "请补填；单位和符号要各单位一致", _open),
        holds=_states_none,
    ),
    _note("WT103", "weight-inferred", _INFO, NoteKind.INFERRED_WEIGHT, run=_At("分值")),
)
"""Every kind of note that is a finding by itself."""


def enter_notes(family: str) -> None:
    """Enter the notes of a family, by the two letters of its codes, in the list of checks."""
    for check in NOTES:
        if check.code.startswith(family):
            add_note_check(check)
