"""偏差原因和改进措施: rows that fell short and are not explained, and words that figures deny."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfeval.cells.comparison import Outcome
from perfeval.cells.notes import NoteKind
from perfeval.cells.reading import numbers_in
from perfeval.cells.words import says_nothing
from perfeval.checks.claims import Claim, ClaimKind, claims_in
from perfeval.checks.clause_marks import CLAUSE_MARK
from perfeval.checks.denials import excess_denied, gap_of, rows_short, short_of, why_denied
from perfeval.checks.doubts import surely_short
from perfeval.checks.mentions import is_explained
from perfeval.checks.registry import (
    FINE,
    LACKING,
    Fault,
    Results,
    note_check,
    row_check,
    sheet_check,
)
from perfeval.checks.sheet_texts import (
    BUDGET_REASON,
    EACH_GOAL_ACTUAL,
    EFFECTS,
    GOAL_ACTUAL,
    PROBLEMS,
    REASON,
    ROW_MEASURE,
    ROW_REASON,
    texts_of,
)
from perfeval.checks.subjects import LineNote, Row
from perfeval.findings import Nature, Severity
from perfeval.later import regex
from perfeval.numbers import HUNDRED, ZERO, multiply, percent, plain, subtract, trimmed
from perfeval.places import Path
from perfeval.rulebook import Form, OverReason, Rulebook
from perfeval.scorecard import Basis, IndicatorLine, Line, Scorecard
from perfeval.sheet import Indicator

_REASON = ("偏差原因",)
_ASK = "请填写偏差原因"


def _lost(line: Line) -> Decimal:
    return subtract(line.weight or ZERO, line.points or ZERO)


def _reaches(line: IndicatorLine, least: Decimal) -> bool:
    """Tell whether a positive indicator's completion reaches *least* percent of its target."""
    outcome, sign, target, actual, *_ = line.indicator.comparison
    if outcome is not Outcome.FIGURES or sign.is_reverse or target == ZERO:
        return False
    return multiply(actual, HUNDRED) >= multiply(least, target)


def _reaches_from_zero(line: IndicatorLine, least: Decimal) -> bool:
    """Tell whether a positive indicator with a target of 0 reaches *least* and lost no points."""
    outcome, sign, target, actual, *_ = line.indicator.comparison
    is_zero = outcome is Outcome.FIGURES and not sign.is_reverse and target == ZERO
    return is_zero and actual >= least and not line.has_lost_points


def _asks_why(rulebook: Rulebook) -> bool:
    """Tell whether the scoring method wants a reason for what is far above its target."""
    return isinstance(rulebook.quantitative.over, OverReason)


@note_check("RS109", Severity.WARNING, NoteKind.OVER_NEEDS_REASON, holds=_asks_why)
def over_achievement_of_method_unexplained(noted: LineNote) -> Results:
    """A target was exceeded so far that the scoring method wants a reason, and there is none."""
    fault = _unless_explained(noted.line, noted.note.message, noted.scorecard)
    if fault is not None:
        yield fault


def _unless_explained(line: Line, message: str, card: Scorecard) -> Fault | None:
    own = line.indicator.reason if isinstance(line, IndicatorLine) else None
    given = [text for text in (own, card.sheet.reason) if text is not None]
    if not line.is_short:  # 无 beside a shortfall is a fault of its own
        given = [text for text in given if not says_nothing(text)]
    return None if given else Fault(message, _REASON, _ASK)


def _is_asked_why(row: Row) -> bool:
    """Tell whether the rulebook says of what it wants reasons."""
    return row.scorecard.rulebook.reasons is not None


@row_check("RS101", Severity.WARNING, when=_is_asked_why)
def over_achievement_unexplained(row: Row) -> Results:
    """A target was exceeded so far that the rulebook wants a reason, and there is none."""
    line = row.line
    rule = row.scorecard.rulebook.reasons
    if rule is None or any(note.kind is NoteKind.OVER_NEEDS_REASON for note in line.notes):
        return  # what the scoring method wants is told by itself
    if rule.over_zero is not None and _reaches_from_zero(line, rule.over_zero):
        message = f"目标值为 0，完成值达到 {trimmed(rule.over_zero)}，按本办法须说明原因"
        yield _unless_explained(line, message, row.scorecard) or FINE
        return
    if rule.over is None or not _reaches(line, rule.over):
        return
    message = f"完成值达到目标值的 {trimmed(rule.over)}% 以上，按本办法须说明原因"
    yield _unless_explained(line, message, row.scorecard) or FINE


@row_check("RS102", Severity.WARNING, when=_is_asked_why, one_cause=True)
def lost_points_unexplained(row: Row) -> Results:
    """A row lost points, the rulebook wants a reason, and there is none anywhere."""
    line = row.line
    rule = row.scorecard.rulebook.reasons
    if rule is None or not rule.points_lost or not line.has_lost_points:
        return
    message = (
        f"得分低于分值（{plain(line.points or ZERO)} / {trimmed(line.weight or ZERO)}），未说明原因"
    )
    yield _unless_explained(line, message, row.scorecard) or FINE


@sheet_check("RS103", Severity.WARNING)
def low_execution_unexplained(card: Scorecard) -> Results:
    """The execution rate is below what the rulebook allows without a reason."""
    rule, budget = card.rulebook.reasons, card.sheet.budget
    if rule is None or rule.rate_below is None:
        return
    if not budget.base or budget.spent is None:
        yield LACKING
    elif multiply(budget.spent, HUNDRED) >= multiply(rule.rate_below, budget.base):
        yield FINE
    elif budget.reason is None and card.sheet.reason is None:
        message = f"预算执行率低于 {trimmed(rule.rate_below)}%，未说明原因"
        yield Fault(message, ("预算", "执行数"), _ASK)
    else:
        yield FINE


@sheet_check("RS104", Severity.WARNING, one_cause=True)
def short_row_unexplained(card: Scorecard) -> Results:
    """A row fell short of its target, and there is no reason in the row or under the table."""
    rule = card.rulebook.reasons
    if rule is not None and rule.points_lost:
        return
    for position, line in surely_short(card):
        fault = _unless_explained(line, f"没有完成目标（{gap_of(line)}），未说明原因", card)
        yield FINE if fault is None else fault._replace(path=("指标", position, *fault.path))


@sheet_check("RS105", Severity.WARNING, Nature.HEURISTIC, one_cause=True)
def reason_skips_row(card: Scorecard) -> Results:
    """The reasons under the table speak of other rows and not of this one."""
    text = card.sheet.reason
    if text is None or says_nothing(text):
        return
    is_only_one = card.execution.points is not None and (
        len(surely_short(card)) + card.execution.is_short == 1
    )
    figures = frozenset(numbers_in(text))
    for position, line in surely_short(card):
        indicator = line.indicator
        is_told = is_only_one or is_explained(line, card)
        if is_told or _has_both_figures(figures, indicator):
            yield FINE
            continue
        yield Fault(
            f"没有完成目标（{gap_of(line)}），“原因分析”没有提到这一行",
            ("指标", position, *_REASON),
            "请在这一行写明原因",
            _lost(line),
        )


def _has_both_figures(figures: frozenset[Decimal], indicator: Indicator) -> bool:
    """Tell whether the target and the actual of an indicator are among the figures of a text."""
    cells = (indicator.target, indicator.actual)
    return all(cell is not None and cell.number in figures for cell in cells)


@sheet_check("RS106", Severity.ERROR)
def none_beside_deviation(card: Scorecard) -> Results:
    """“无” is filed as problems or reasons although rows or the money fell short."""
    deviations = list(_deviations(card))
    for path, text in texts_of(card.sheet, (REASON, PROBLEMS, BUDGET_REASON)):
        if not says_nothing(text):
            continue
        if deviations:
            more = f"等 {len(deviations)} 处" if len(deviations) > 1 else ""
            yield Fault(
                f"“{path[-1]}”写“{text}”，但{deviations[0]}{more}", path, "请写明偏差和原因"
            )
        else:
            yield FINE if card.total is not None else LACKING
    for position, line in surely_short(card):
        reason = line.indicator.reason
        if reason is not None and says_nothing(reason):
            yield Fault(
                f"偏差原因写“{reason}”，但没有完成目标（{gap_of(line)}）",
                ("指标", position, *_REASON),
                "请写明原因",
            )


def _deviations(card: Scorecard) -> Iterator[str]:
    """Yield what fell short: the money first, then every row."""
    budget = card.sheet.budget
    if budget.base and budget.spent is not None and budget.spent < budget.base:
        yield f"执行率为 {percent(budget.spent, budget.base, 2)}"
    for _, line in surely_short(card):
        yield f"“{line.name}”没有完成（{gap_of(line)}）"


_LEFT_OVER = regex("结余|节余|余款")
_NONE_LEFT = regex(
    "[无未没]|上年|以前年度|结转|用完|不存在|不得|杜绝|避免|防止|[为是]\\s*(?:0|零)(?![.0-9])"
)


@sheet_check("RS107", Severity.WARNING, Nature.HEURISTIC)
def money_left_of_nothing(card: Scorecard) -> Results:
    """The text speaks of money left over although all of it was spent."""
    budget = card.sheet.budget
    texts = texts_of(card.sheet, (REASON, PROBLEMS, BUDGET_REASON, EFFECTS, GOAL_ACTUAL))
    spoken = [(path, clause) for path, text in texts for clause in _left_over(text)]
    for path, clause in spoken:
        if not budget.base or budget.spent is None:
            yield LACKING
        elif budget.spent == budget.base:
            yield Fault(
                f"文字说有结余（“{clause.strip()}”），但执行数等于预算数 {plain(budget.base)}",
                path,
                "请核对执行数，或改正文字",
            )
        else:
            yield FINE


def _left_over(text: str) -> list[str]:
    """Return the clauses that say money was left over, and not that none was."""
    return [
        clause
        for clause in CLAUSE_MARK.split(text)
        if _LEFT_OVER.search(clause) and not _NONE_LEFT.search(clause)
    ]


@sheet_check("RS108", Severity.WARNING)
def deviation_without_measure(card: Scorecard) -> Results:
    """Something fell short and no measure is given."""
    short = surely_short(card)
    if not short:
        return
    if _is_said(card.sheet.measure) or not _without_measure(short, card.form):
        yield FINE
    else:
        yield Fault(
            f"有 {len(short)} 行没有完成目标{_not_counted(card)}，改进措施没有填写",
            _where_measure_lacks(short, card.form),
            "请针对偏差写明改进措施",
        )


def _not_counted(card: Scorecard) -> str:
    """Say how many rows have no points, so that nobody can tell whether they fell short."""
    unscored = sum(
        line.points is None and not line.is_short and line.basis is Basis.UNSCORED
        for line in card.lines
    )
    return f"（另有 {unscored} 行没有计分，不在其内）" if unscored else ""


def _where_measure_lacks(short: Sequence[tuple[int, IndicatorLine]], form: Form) -> Path:
    """Return the first row without a measure where others have theirs, else the sheet's field."""
    lacking = _without_measure(short, form)
    if form.joins_measures:
        return ("指标", lacking[0], *_REASON)
    return ("改进措施",) if len(lacking) == len(short) else ("指标", lacking[0], "改进措施")


def _without_measure(short: Sequence[tuple[int, IndicatorLine]], form: Form) -> list[int]:
    """Return the rows without a measure; where reasons share its column, they are one text."""
    return [
        at
        for at, line in short
        if not _is_said(line.indicator.measure)
        and not (form.joins_measures and _is_said(line.indicator.reason))
    ]


def _is_said(text: str | None) -> bool:
    return text is not None and not says_nothing(text)


@sheet_check("RS110", Severity.ERROR)
def goals_claimed_in_full(card: Scorecard) -> Results:
    """All goals are filed as met although rows fell short."""
    claimed = card.sheet.filed.completion
    if claimed is None or claimed.number != HUNDRED:
        return
    if surely_short(card):
        _, first = surely_short(card)[0]
        yield Fault(
            f"称 {claimed.text} 完成绩效目标，但有 {len(surely_short(card))} 行没有完成，"
            f"如“{first.name}”（{gap_of(first)}）",
            ("已填报", "目标完成率"),
            "请据实写完成情况",
        )
    else:
        yield FINE if card.lines and card.total is not None else LACKING


@sheet_check("RS111", Severity.WARNING, Nature.HEURISTIC)
def text_claims_all_goals(card: Scorecard) -> Results:
    """The text claims that all goals were met although rows fell short."""
    fields = (EFFECTS, GOAL_ACTUAL, REASON, EACH_GOAL_ACTUAL)
    kinds = (ClaimKind.GOALS, ClaimKind.GROUP)
    short_by_levels: dict[tuple[str, ...], dict[int | None, list[IndicatorLine]]] = {}
    for path, text in texts_of(card.sheet, fields):
        for claim in claims_in(text, kinds, card.sheet.year):
            if claim.levels not in short_by_levels:
                short_by_levels[claim.levels] = _by_goal(short_of(card, claim.levels))
            goal = _goal_of(path) if len(path) > 1 else None
            short = short_by_levels[claim.levels].get(goal, [])
            if short:
                yield _said_otherwise(claim, rows_short(short), path)
            else:
                yield FINE if card.lines and card.total is not None else LACKING


def _said_otherwise(claim: Claim, because: str, path: Path) -> Fault:
    return Fault(f"文字说“{claim.words}”，但{because}", path, "请据实写")


def _by_goal(lines: Sequence[IndicatorLine]) -> dict[int | None, list[IndicatorLine]]:
    """Sort lines by the goal that they belong to; all of them under ``None``."""
    sorted_lines: dict[int | None, list[IndicatorLine]] = {None: list(lines)}
    for line in lines:
        if line.indicator.goal is not None:
            sorted_lines.setdefault(line.indicator.goal, []).append(line)
    return sorted_lines


def _goal_of(path: Path) -> int:
    """Return the number of the goal to which a path leads, counted from 1."""
    return int(path[1]) + 1


@sheet_check("RS112", Severity.WARNING, Nature.HEURISTIC)
def text_claims_less_was_missed(card: Scorecard) -> Results:
    """The text says that nothing, or less than the rows show, fell short."""
    fields = (EFFECTS, GOAL_ACTUAL, REASON, PROBLEMS)
    for path, text in texts_of(card.sheet, fields):
        for claim in claims_in(text, (ClaimKind.NOTHING, ClaimKind.COUNT), card.sheet.year):
            because = "" if says_nothing(text) else why_denied(claim, (card,))
            if because:
                yield _said_otherwise(claim, because, path)
            else:
                yield FINE if card.lines and card.total is not None else LACKING


@sheet_check("RS113", Severity.WARNING, Nature.HEURISTIC)
def text_claims_all_money(card: Scorecard) -> Results:
    """The text says that all the money was spent although some of it was not."""
    budget = card.sheet.budget
    fields = (EFFECTS, GOAL_ACTUAL, REASON, BUDGET_REASON)
    for path, text in texts_of(card.sheet, fields):
        for claim in claims_in(text, (ClaimKind.MONEY,), card.sheet.year):
            because = why_denied(claim, (card,))
            if because:
                yield _said_otherwise(claim, because, path)
            else:
                yield LACKING if not budget.base or budget.spent is None else FINE


@sheet_check("RS114", Severity.WARNING, Nature.HEURISTIC)
def excess_on_wrong_base(card: Scorecard) -> Results:
    """The text says by how much a target was exceeded, and took another base."""
    fields = (EFFECTS, GOAL_ACTUAL, REASON, ROW_REASON, ROW_MEASURE)
    for path, text in texts_of(card.sheet, fields):
        for claim in claims_in(text, (ClaimKind.OVER,), card.sheet.year):
            line, is_certain = _row_of(claim, text, path, card)
            if line is not None:
                why = excess_denied(claim, line, is_certain=is_certain)
                said = f"文字说“{claim.words}”，“{line.name}”（{gap_of(line)}）{why}"
                yield FINE if why is None else Fault(said, path, "请用（完成值减目标值）÷ 目标值")


def _row_of(
    claim: Claim, text: str, path: Path, card: Scorecard
) -> tuple[IndicatorLine | None, bool]:
    """Return the one row of which a claim speaks, and whether its figures stand beside it."""
    near = max(claim.start - _NEAR, 0)
    start = max(text.rfind(mark, near, claim.start) for mark in _SENTENCE_MARKS) + 1
    said = text[max(start, near) : claim.end]
    figures = frozenset(numbers_in(said))
    lines = [card.lines[int(path[1])]] if len(path) > 1 else card.lines
    beside = [line for line in lines if _has_both_figures(figures, line.indicator)]
    if len(beside) == 1:
        return beside[0], True
    named = lines if len(path) > 1 else [line for line in lines if line.name in said]
    return (named[0], False) if len(named) == 1 else (None, False)


_NEAR = 100
"""Characters before a claim, within which the figures or the row that it speaks of are named."""
_SENTENCE_MARKS = "。；;\n"
