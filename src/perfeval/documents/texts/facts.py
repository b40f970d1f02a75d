"""What a narrative may say of a project: figures ready to print, and what is the case.

Templates choose their sentences by these facts and compute nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from perfeval.cells.units import MoneyUnit
from perfeval.cells.values import Cell, Kind
from perfeval.checks.mentions import speaks_of
from perfeval.documents import printed
from perfeval.documents.form.columns import completion
from perfeval.documents.texts.gaps import Gap
from perfeval.documents.texts.money_words import MoneyWords
from perfeval.documents.texts.saying import Author, answer, sentence
from perfeval.documents.texts.words import holds
from perfeval.numbers import ZERO, percent, subtract, total, trimmed
from perfeval.scorecard import Basis, IndicatorLine, Line, Scorecard
from perfeval.sheet import Budget, Indicator, Sheet

_BEGUN = re.compile(r"^\s*(?:主要)?用于")
"""A purpose that begins with 用于 itself: the templates write this word, so it is cut off."""


class Deviation(NamedTuple):
    """A row that falls short of its target or of its full points.

    Attributes:
        position: The position of the indicator in the sheet, counted from 0.
        name: 三级指标.
        target, actual: As printed; words in quotation marks.
        completion: 完成率 below the target, or empty.
        excess: By how much a limit was passed, or empty.
        lost: The points it cost; ``0`` where rounding gave them back.
        reason, measure: As the author states them, as sentences, or empty.
        is_explained: It has a reason, or the reasons below the table speak of it.
    """

    position: int
    name: str
    target: str
    actual: str
    completion: str
    excess: str
    lost: str
    reason: str
    measure: str
    is_explained: bool


class SectionFact(NamedTuple):
    """A section's points of its weight."""

    label: str
    points: str
    weight: str


class ReducedRow(NamedTuple):
    """A row that reaches its target in words and was judged below its full points."""

    name: str
    points: str
    weight: str
    lost: str
    reason: str


class OpenRow(NamedTuple):
    """A row without points, why, and the reason that its author gives."""

    name: str
    why: str
    reason: str


class RemarkedRow(NamedTuple):
    """A row that has all its points, or does not apply, of which its author says something."""

    name: str
    target: str
    actual: str
    reason: str


class FundFact(NamedTuple):
    """A kind of money: its name, what was planned and what was spent; empty where not known."""

    name: str
    planned: str
    spent: str


class SplitFact(NamedTuple):
    """The kinds of money by one division (分法); its name is empty where there is one only."""

    name: str
    funds: tuple[FundFact, ...]


class TransferFact(NamedTuple):
    """Money that was passed on: to whom, for what, how much; empty where not known."""

    unit: str
    use: str
    amount: str


@dataclass(frozen=True, slots=True)
class BudgetFacts:
    """The budget and its execution; a text is empty where the figure was not published.

    Attributes:
        original, final, spent, transferred: Amounts.
        funds: The kinds of money by what divides them.
        transfers: To whom money was passed on.
        transfers_off: The transfers are not what is stated to be transferred in all.
        rate: 执行率.
        filed_rate: 执行率 as filed, or empty.
        unspent, overspent: The difference between budget and spending, whichever it is.
        is_zero: The budget is published as 0.
        is_complete: Spending equals a budget above 0: only then is the rate 100 %.
        points, weight, lost: Points of the budget row, empty where it has none.
        reason: 偏差原因 as a sentence, or empty.
        is_explained: It has a reason, or the reasons below the table speak of it.
    """

    original: str
    final: str
    spent: str
    transferred: str
    funds: tuple[SplitFact, ...]
    transfers: tuple[TransferFact, ...]
    transfers_off: bool
    rate: str
    filed_rate: str
    unspent: str
    overspent: str
    is_zero: bool
    is_complete: bool
    points: str
    weight: str
    lost: str
    reason: str
    is_explained: bool

    @property
    def deviates(self) -> bool:
        """Spending is not what was planned."""
        return bool(self.unspent or self.overspent)


@dataclass(frozen=True, slots=True)
class ScoreFacts:
    """The points of a sheet as texts; empty where there are none.

    Attributes:
        full: 满分.
        total, low, high, grade: 总分, its bounds and 等级.
        unscored: Why there is no total, as a sentence.
        measured, claimed: What the points rest on.
        sections: The sections' points; none where they are not single numbers.
        adjustments: Why the total is not simply the sum of the rows, as sentences.
        are_sections_adjusted: The sections' points already are what the adjustments make of them.
        filed, filed_grade: Total and grade as filed, or empty.
        filed_more, filed_less: By how much the filed total is off the computed one.
    """

    full: str
    total: str
    low: str
    high: str
    grade: str
    unscored: str
    measured: str
    claimed: str
    sections: tuple[SectionFact, ...]
    adjustments: tuple[str, ...]
    are_sections_adjusted: bool
    filed: str
    filed_grade: str
    filed_more: str
    filed_less: str


@dataclass(frozen=True, slots=True)
class RowFacts:
    """The indicators of a sheet, by how they did.

    Attributes:
        count: How many apply.
        met_measured, met_claimed: How many reach the target, by figures and by what was filed.
        deviations: Those that do not.
        reduced: Those that do, and have fewer points than their weight all the same.
        open: Those without points.
        remarked: Any other that has a reason: far beyond its target, not applicable.
        measures: 改进措施 of every row that has some, with its name.
    """

    count: int
    met_measured: int
    met_claimed: int
    deviations: tuple[Deviation, ...]
    reduced: tuple[ReducedRow, ...]
    open: tuple[OpenRow, ...]
    remarked: tuple[RemarkedRow, ...]
    measures: tuple[str, ...]

    @property
    def met(self) -> int:
        """How many reach the target."""
        return self.met_measured + self.met_claimed


@dataclass(frozen=True, slots=True)
class AuthorWords:
    """What the author of a sheet says, each as a sentence, or empty where nothing is said.

    Attributes:
        grounds: 依据文件, joined, without a full stop.
        purpose: 项目用途 without 用于, with which the texts begin it.
        goal, goal_actual: 年度目标, 年度目标完成情况.
        carried_out, effects: 项目实施情况, 产出和效果.
        problems, reason, measure, conclusion: 存在问题, 原因分析, 改进措施, 评价结论.
    """

    grounds: str
    purpose: str
    goal: str
    goal_actual: str
    carried_out: str
    effects: str
    problems: str
    reason: str
    measure: str
    conclusion: str


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one project.

    Attributes:
        year, project: 年度, and the project's name with the word 项目.
        unit: Who assesses itself, or empty.
        rulebook: The name of the rulebook.
        money_unit: 金额单位.
        score: Its points.
        budget: Its money.
        rows: Its indicators.
        words: What its author says.
        money: Writes its amounts, and knows whether one was rounded.
        denied: What is asked for in place of sentences that the data deny.
        caveat: What is to be said of a sheet that nobody has confirmed, or empty.
    """

    year: str
    project: str
    unit: str
    rulebook: str
    money_unit: MoneyUnit
    score: ScoreFacts
    budget: BudgetFacts
    rows: RowFacts
    words: AuthorWords
    money: MoneyWords
    denied: tuple[Gap, ...]
    caveat: str

    @property
    def problem_count(self) -> int:
        """How many things are listed under 存在的问题: the budget, and rows."""
        rows = self.rows
        found = len(rows.deviations) + len(rows.reduced) + len(rows.open)
        return found + self.budget.deviates

    @property
    def measures(self) -> tuple[str, ...]:
        """改进措施: of the rows that have one, by their names, then of the sheet."""
        own = self.rows.measures
        return (*own, self.words.measure) if self.words.measure else own

    @property
    def is_flawless(self) -> bool:
        """Everything was published, spent in full and met, and no point was lost."""
        rows = self.rows
        is_whole = self.budget.is_complete and not self.score.unscored and not rows.reduced
        return is_whole and bool(rows.count) and rows.met == rows.count


def facts_of(
    scorecard: Scorecard, money: MoneyWords | None = None, position: int | None = None
) -> Facts:
    """Return the facts of a scored sheet.

    An author's 无 counts as no answer where there is something to explain.

    Args:
        scorecard: The points, with their sheet.
        money: How the document writes amounts; ``None`` for the unit of the sheet.
        position: The position of the sheet among the department's; ``None`` for a sheet alone.
    """
    sheet, digits = scorecard.sheet, scorecard.form.rate_digits
    money = money or MoneyWords(sheet.money_unit, scorecard.form)
    author = Author([scorecard], position)
    explained = _explained(scorecard)
    return Facts(
        year=str(sheet.year),
        project=sheet.name.removesuffix("项目") + "项目",
        unit=sheet.unit or sheet.reporter or sheet.department or "",
        rulebook=scorecard.rulebook.name,
        money_unit=money.unit,
        score=_score(scorecard),
        budget=_budget(scorecard, money, author, is_explained=explained.budget),
        rows=_rows(scorecard, digits, author, explained.rows),
        words=_words(sheet, author),
        money=money,
        denied=tuple(author.gaps),
        caveat=sheet.caveat,
    )


def _words(sheet: Sheet, author: Author) -> AuthorWords:
    return AuthorWords(
        grounds="、".join(sheet.grounds).rstrip("。"),
        purpose=author.say(_BEGUN.sub("", sheet.purpose or "", count=1), "项目用途"),
        goal=answer(printed.goals(sheet)),
        goal_actual=author.say(printed.results(sheet), "年度目标完成情况"),
        carried_out=author.say(sheet.carried_out, "项目实施情况"),
        effects=author.say(sheet.effects, "产出和效果"),
        problems=author.say(sheet.problems, "存在问题"),
        reason=author.say(sheet.reason, "原因分析"),
        measure=author.say(sheet.measure, "改进措施"),
        conclusion=author.say(sheet.conclusion, "评价结论"),
    )


class _Explained(NamedTuple):
    """What has a reason: the rows by their positions, and the budget."""

    rows: frozenset[int]
    budget: bool


def _explained(card: Scorecard) -> _Explained:
    """Tell what has a reason of its own, and of what the reasons below the table speak.

    Where one thing alone lacks a reason, they are its reasons whatever words they use.
    """
    sheet, said = card.sheet, answer(card.sheet.reason)
    planned, spent = sheet.budget.base, sheet.budget.spent
    is_off = planned is not None and spent is not None and planned != spent
    own = {at for at, row in enumerate(sheet.indicators) if answer(row.reason)}
    short = {at for at, line in enumerate(card.lines) if _deviates(line)}
    lacking = short - own
    is_budget_lacking = is_off and not answer(sheet.budget.reason)
    if not said:
        return _Explained(frozenset(own), not is_budget_lacking)
    if len(lacking) + is_budget_lacking <= 1:
        return _Explained(frozenset(own | lacking), True)
    least = card.rulebook.checking.named
    spoken = {at for at in lacking if speaks_of(said, card.lines[at].name, least)}
    of_money = not is_budget_lacking or holds(said, "about-money")
    return _Explained(frozenset(own | spoken), of_money)


def _score(scorecard: Scorecard) -> ScoreFacts:
    filed, computed = scorecard.sheet.filed, scorecard.total
    off = ZERO if filed.total is None or computed is None else subtract(filed.total, computed)
    return ScoreFacts(
        full=trimmed(scorecard.rulebook.weights.full),
        total=_number(scorecard.total),
        low=_number(scorecard.low),
        high=_number(scorecard.high),
        grade=scorecard.grade or "",
        unscored=sentence(scorecard.why_unscored),
        measured=trimmed(scorecard.measured),
        claimed=trimmed(scorecard.claimed),
        sections=tuple(_sections(scorecard)),
        adjustments=tuple(map(sentence, scorecard.steps)),
        are_sections_adjusted=_add_up(scorecard),
        filed=_number(filed.total),
        filed_grade=filed.grade or "",
        filed_more=trimmed(off) if off > ZERO else "",
        filed_less=trimmed(off.copy_negate()) if off < ZERO else "",
    )


def _rows(scorecard: Scorecard, digits: int, author: Author, explained: frozenset[int]) -> RowFacts:
    met = [line.basis for line in scorecard.lines if line.is_met]
    return RowFacts(
        count=sum(line.basis is not Basis.NOT_APPLICABLE for line in scorecard.lines),
        met_measured=sum(basis is Basis.MEASURED for basis in met),
        met_claimed=sum(basis is not Basis.MEASURED for basis in met),
        deviations=tuple(_deviations(scorecard, digits, author, explained)),
        reduced=tuple(_reduced(scorecard, author)),
        open=tuple(_open_rows(scorecard, author)),
        remarked=tuple(_remarked(scorecard, author)),
        measures=tuple(_measures(scorecard, author)),
    )


def _number(value: Decimal | None) -> str:
    return "" if value is None else trimmed(value)


def _sections(scorecard: Scorecard) -> Iterator[SectionFact]:
    if any(part.points is None for part in scorecard.subtotals):
        return
    for part in scorecard.subtotals:
        yield SectionFact(part.section.label, _number(part.points), trimmed(part.weight))


def _add_up(scorecard: Scorecard) -> bool:
    """Tell whether the sections and the budget row add up to the total."""
    points = [part.points for part in scorecard.subtotals if part.points is not None]
    return scorecard.total == total([*points, scorecard.execution.points or ZERO])


def _budget(
    scorecard: Scorecard, money: MoneyWords, author: Author, *, is_explained: bool
) -> BudgetFacts:
    budget, line = scorecard.sheet.budget, scorecard.execution
    unit, planned, spent = scorecard.sheet.money_unit, budget.base, budget.spent
    unspent = ZERO if planned is None or spent is None else subtract(planned, spent)
    filed = budget.filed.rate
    return BudgetFacts(
        original=money.say(budget.original, unit),
        final=money.say(budget.final, unit),
        spent=money.say(spent, unit),
        transferred=money.say(budget.transferred, unit) if budget.transferred else "",
        funds=tuple(_splits(budget, money, unit)),
        transfers=tuple(
            TransferFact(item.unit, item.use or "", money.say(item.amount, unit))
            for item in budget.transfers
        ),
        transfers_off=_are_transfers_off(budget),
        rate=printed.execution_rate(budget, scorecard.form.rate_digits),
        filed_rate="" if filed is None else filed.text,
        unspent=money.say(unspent, unit) if unspent > ZERO else "",
        overspent=money.say(unspent.copy_negate(), unit) if unspent < ZERO else "",
        is_zero=planned == ZERO,
        is_complete=planned == spent and bool(planned),
        points=_number(line.shown),
        weight="" if line.weight is None else trimmed(line.weight),
        lost=_lost(line),
        reason=author.say(budget.reason, "预算", "偏差原因"),
        is_explained=is_explained,
    )


def _splits(budget: Budget, money: MoneyWords, unit: MoneyUnit) -> Iterator[SplitFact]:
    """Yield the kinds of money that have an amount."""
    for name, rows in budget.splits.items():
        funds = [
            FundFact(
                name=row.name.removeprefix("其中").lstrip("：:"),
                planned=money.say(row.original if row.final is None else row.final, unit),
                spent=money.say(row.spent, unit),
            )
            for row in rows
        ]
        known = tuple(fund for fund in funds if fund.planned or fund.spent)
        if known:
            yield SplitFact(name, known)


def _are_transfers_off(budget: Budget) -> bool:
    """Tell whether the transfers that are listed are not what was transferred in all."""
    amounts = [item.amount for item in budget.transfers if item.amount is not None]
    is_whole = bool(amounts) and len(amounts) == len(budget.transfers)
    return is_whole and budget.transferred is not None and total(amounts) != budget.transferred


def _lost(line: Line) -> str:
    points, weight = line.shown, line.weight
    return "" if points is None or weight is None else trimmed(subtract(weight, points))


def _deviates(line: IndicatorLine) -> bool:
    """Tell whether a row is listed as one that falls short."""
    is_scored = line.points is not None or line.basis is Basis.WITHOUT_POINTS
    return is_scored and not line.is_met and (line.points is not None or line.is_short)


def _deviations(
    scorecard: Scorecard, digits: int, author: Author, explained: frozenset[int]
) -> Iterator[Deviation]:
    for position, line in enumerate(scorecard.lines):
        row = line.indicator
        if _deviates(line):
            completion, excess = _distance(row, digits)
            yield Deviation(
                position=position,
                name=line.name,
                target=_quoted(row.target),
                actual=_quoted(row.actual),
                completion=completion,
                excess=excess,
                lost=_lost(line),
                reason=_reason(line, position, author),
                measure=author.say(row.measure, "指标", position, "改进措施"),
                is_explained=position in explained,
            )


def _quoted(cell: Cell | None) -> str:
    """Return a cell as printed; words in quotation marks, so that a sentence can take them."""
    if cell is None:
        return ""
    return f"“{cell.text}”" if cell.kind is Kind.WORDS else cell.text


def _reduced(scorecard: Scorecard, author: Author) -> Iterator[ReducedRow]:
    for position, line in enumerate(scorecard.lines):
        if _is_reduced(line):
            weight = "" if line.weight is None else trimmed(line.weight)
            reason = _reason(line, position, author)
            yield ReducedRow(line.name, _number(line.shown), weight, _lost(line), reason)


def _is_reduced(line: IndicatorLine) -> bool:
    return line.is_best and not line.is_full


def _reason(line: IndicatorLine, position: int, author: Author) -> str:
    return author.say(line.indicator.reason, "指标", position, "偏差原因")


def _distance(row: Indicator, digits: int) -> tuple[str, str]:
    """Return what part of the target was reached, or by what part a limit was passed."""
    pair = row.comparison
    if not pair.sign.is_reverse:
        return completion(row, digits), ""
    if not pair.misses_target or pair.target <= ZERO:
        return "", ""
    return "", percent(subtract(pair.actual, pair.target), pair.target, digits)


def _open_rows(scorecard: Scorecard, author: Author) -> Iterator[OpenRow]:
    for position, line in enumerate(scorecard.lines):
        if _is_open(line):
            why = "；".join(note.message for note in line.notes)
            yield OpenRow(line.name, why, _reason(line, position, author))


def _is_open(line: IndicatorLine) -> bool:
    return line.points is None and line.basis is Basis.UNSCORED


def _remarked(scorecard: Scorecard, author: Author) -> Iterator[RemarkedRow]:
    for position, line in enumerate(scorecard.lines):
        if _deviates(line) or _is_reduced(line) or _is_open(line):
            continue
        row = line.indicator
        if reason := _reason(line, position, author):
            yield RemarkedRow(line.name, _quoted(row.target), _quoted(row.actual), reason)


def _measures(scorecard: Scorecard, author: Author) -> Iterator[str]:
    for position, line in enumerate(scorecard.lines):
        if said := author.say(line.indicator.measure, "指标", position, "改进措施"):
            yield f"{line.name}：{said}"
