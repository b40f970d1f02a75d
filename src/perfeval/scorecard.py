"""The scorecard (评分结果): points of every row, how they arose, and what they rest on.

Every value here is immutable.  Points come with their derivation: the formula with its numbers,
the rounding step, the clause of the rulebook, and what was assumed on the way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from perfeval.cells.comparison import Outcome
from perfeval.cells.levels import Section, SectionName
from perfeval.cells.notes import Note
from perfeval.cells.signs import Sign
from perfeval.clauses import HowSeen
from perfeval.fields import lazy
from perfeval.numbers import (
    ZERO,
    Exact,
    RoundingMode,
    expand,
    multiply,
    plain,
    subtract,
    trimmed,
    whole,
)
from perfeval.rulebook import Form, GradeUse, Rulebook
from perfeval.sheet import Indicator, Sheet, SheetKind


class Basis(str, Enum):
    """What the points of a row rest on.

    >>> from perfeval import evaluate
    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> report.scorecard["享受运营补贴线下服务网点数量"].basis is Basis.MEASURED
    True
    """

    MEASURED = "有据可算"
    CLAIMED = "依填报认定"
    JUDGED = "依填报评判"
    UNSCORED = "未计分"
    NOT_APPLICABLE = "不适用"
    WITHOUT_POINTS = "不计分"


_LEFT_OUT = (Basis.NOT_APPLICABLE, Basis.WITHOUT_POINTS)


class Rule(NamedTuple):
    """The rule that gave a row its points.

    Attributes:
        rulebook: The rulebook's id.
        block: The clause block of the rulebook, e.g. ``定量指标``.
        sentence: The rule in one Chinese sentence.
        clause: The words or number of the clause, where known.
        source: The document it comes from.
        seen: How the source was seen.
        digits, mode: The rounding of the row.

    >>> from perfeval import evaluate
    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> rule = report.scorecard["享受运营补贴线下服务网点数量"].rule
    >>> rule.rulebook, rule.block, rule.digits
    ('hubei-2020', '定量指标', 2)
    """

    rulebook: str
    block: str
    sentence: str
    clause: str | None
    source: str
    seen: HowSeen
    digits: int
    mode: RoundingMode


class Derivation(NamedTuple):
    """How points arose, as data; ``text`` says it in one Chinese line.

    >>> from perfeval import evaluate
    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> report.scorecard["享受运营补贴线下服务网点数量"].derivation.formula
    '2 × 26 ÷ 32'
    """

    formula: str
    exact: Exact
    points: Decimal
    rule: Rule
    notes: tuple[str, ...]

    @property
    def text(self) -> str:
        """``2 × 26 ÷ 32 = 1.625 → 1.63　正向指标：…（hubei-2020 定量指标）``."""
        rule = self.rule
        unrounded = expand(self.exact, rule.digits + 2)
        steps = self.formula if self.formula == unrounded else f"{self.formula} = {unrounded}"
        if unrounded != trimmed(self.points):
            steps += f" → {plain(self.points)}"
            sentence = f"{rule.sentence}，{rule.mode.value}到 {rule.digits} 位小数"
        else:
            sentence = rule.sentence
        parts = [f"{steps}　{sentence}（{rule.rulebook} {rule.block}）", *self.notes]
        return "；".join(parts)


class Line:
    """A scored row: an `ExecutionLine` or an `IndicatorLine`.

    Attributes:
        weight: 分值; ``None`` where the row has none.
        points: 得分, rounded by the rulebook; ``None`` where the row is unscored.
        low, high: The least and the most points that the row can have; equal to ``points`` where
            it is scored.
        basis: What the points rest on.
        rule: The rule that applies.
        notes: Why the row is unscored, or what was assumed.
        worked: How points arose; ``None`` where the row is unscored, or has its weight in full.
        printed: 得分 as the form prints it, where it prints fewer digits than it computes.

    >>> from perfeval import evaluate
    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> row = report.scorecard["享受运营补贴线下服务网点数量"]
    >>> row.weight, row.points, row.excess
    (Decimal('2'), Decimal('1.63'), Decimal('0.37'))
    """

    __slots__ = ()

    weight: Decimal | None
    points: Decimal | None
    low: Decimal
    high: Decimal
    basis: Basis
    rule: Rule
    notes: tuple[Note, ...]
    worked: Exact | None
    printed: Decimal | None

    @property
    def name(self) -> str:
        """三级指标, or 预算执行 for the budget row."""
        raise NotImplementedError

    @property
    def filed(self) -> Decimal | None:
        """已填报得分."""
        raise NotImplementedError

    @property
    def reviewed(self) -> Decimal | None:
        """复核分, what a reviewer gave; it is shown and never computed with."""
        raise NotImplementedError

    @property
    def exact(self) -> Exact | None:
        """The points before rounding; ``None`` where the row is unscored."""
        if self.worked is not None or self.points is None or self.weight is None:
            return self.worked
        return whole(self.weight)

    @property
    def shown(self) -> Decimal | None:
        """The points as the form prints them."""
        return self.points if self.printed is None else self.printed

    @property
    def is_open(self) -> bool:
        """The row has no points although it should: it makes the total a range."""
        is_left_out = self.points is not None or self.basis in _LEFT_OUT
        return not is_left_out and self.weight != ZERO

    @property
    def is_full(self) -> bool:
        """The row has its full weight before anything is rounded."""
        exact = self.exact
        if exact is None or self.weight is None:
            return False
        return exact.numerator >= multiply(self.weight, exact.denominator)

    @property
    def has_lost_points(self) -> bool:
        """The row has fewer points than its weight by the rule, once they are rounded."""
        return self.points is not None and self.weight is not None and self.points < self.weight

    @property
    def is_short(self) -> bool:
        """The row misses its target; without figures to tell, it has fewer points than weight."""
        return self.has_lost_points

    @property
    def excess(self) -> Decimal | None:
        """Filed points less points by the rule, as printed; ``None`` where either is missing."""
        shown = self.shown
        if self.filed is None or shown is None:
            return None
        return subtract(self.filed, shown)

    @property
    def differs(self) -> bool:
        """The filed points are not what the rule gives."""
        return bool(self.excess)

    @property
    def derivation(self) -> Derivation | None:
        """How the points arose; ``None`` where the row is unscored."""
        exact = self.exact
        if self.points is None or exact is None:
            return None
        notes = tuple(note.message for note in self.notes)
        return Derivation(str(exact), exact, self.points, self.rule, notes)

    def explain(self) -> str:
        """Say in one Chinese line how the points arose, or why there are none."""
        derivation = self.derivation
        if derivation is not None:
            return derivation.text
        if self.basis is Basis.WITHOUT_POINTS:
            return "；".join(["本表不计分", *(note.message for note in self.notes)])
        reasons = "；".join(note.message for note in self.notes) or "未计分"
        if self.high == self.low:
            return f"未计分：{reasons}"
        return f"未计分，得分在 {plain(self.low)} 至 {plain(self.high)} 之间：{reasons}"


class _ExecutionFields(NamedTuple):
    weight: Decimal | None
    points: Decimal | None
    low: Decimal
    high: Decimal
    basis: Basis
    rule: Rule
    notes: tuple[Note, ...]
    filed: Decimal | None
    reviewed: Decimal | None
    worked: Exact | None = None
    printed: Decimal | None = None


class ExecutionLine(_ExecutionFields, Line):
    """The budget row (预算执行).

    >>> from perfeval import evaluate
    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> report.scorecard.execution.points
    Decimal('19.73')
    """

    __slots__ = ()

    @property
    def name(self) -> str:
        """预算执行."""
        return "预算执行"

    @property
    def is_open(self) -> bool:
        """The row has no points although it should; without a weight it should have none."""
        return self.weight is not None and super().is_open


class _IndicatorFields(NamedTuple):
    indicator: Indicator
    weight: Decimal | None
    points: Decimal | None
    low: Decimal
    high: Decimal
    basis: Basis
    rule: Rule
    notes: tuple[Note, ...]
    worked: Exact | None = None
    printed: Decimal | None = None
    is_best: bool = False


class IndicatorLine(_IndicatorFields, Line):
    """An indicator (三级指标) that is scored.

    Attributes:
        indicator: The indicator.
        is_best: Its words put it into the best band: the target is met, whatever points were
            judged inside the band.

    >>> from perfeval import evaluate
    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> report.scorecard.lines[0].indicator is report.sheet.indicators[0]
    True
    """

    __slots__ = ()

    @property
    def name(self) -> str:
        """三级指标."""
        return self.indicator.name

    @property
    def filed(self) -> Decimal | None:
        """已填报得分."""
        return self.indicator.filed

    @property
    def reviewed(self) -> Decimal | None:
        """复核得分, what a reviewer gave."""
        return self.indicator.reviewed

    @property
    def is_met(self) -> bool:
        """The target is met: by the figures to the letter, by a claim in full, or by the band.

        Points that were taken away for going far beyond the target leave it not simply met.
        """
        if self.basis is Basis.WITHOUT_POINTS:
            pair = self.indicator.comparison
            return pair.outcome in (Outcome.FIGURES, Outcome.RATE) and not pair.misses_target
        if self.exact is None or self.weight is None:
            return False
        if self.is_best:
            return True
        return self.is_full and not (self.is_short or self._misses)

    @property
    def is_short(self) -> bool:
        """The row misses its target: by its figures, or else by getting less than full points.

        A row that lost points for going far beyond its target does not fall short of it, unless
        the target is one to be hit (＝), nor does one that is exactly at a target with ＞ or ＜,
        which are scored as ≥ and ≤.
        """
        if self.is_best:
            return False
        pair = self.indicator.comparison
        if pair.outcome in (Outcome.FIGURES, Outcome.RATE):
            is_hit = pair.actual == pair.target
            misses = pair.misses_target and not is_hit
            if misses or is_hit or pair.sign is not Sign.EQUAL:
                return misses
        return self.has_lost_points

    @property
    def _misses(self) -> bool:
        """The figures miss the target by its letter, ＞ and ＜ included."""
        pair = self.indicator.comparison
        return pair.outcome in (Outcome.FIGURES, Outcome.RATE) and pair.misses_target


class Subtotal(NamedTuple):
    """The sum of a section (一级指标).

    Attributes:
        section: Its name.
        weight: The sum of its rows' weights.
        points: The sum of its rows; ``None`` where it cannot be one number.
        low, high: Its bounds; ``None`` where the weights do not fit.

    >>> from perfeval import evaluate
    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> first = report.scorecard.subtotals[0]
    >>> first.section.label, first.points
    ('产出指标', Decimal('38.73'))
    """

    section: SectionName
    weight: Decimal
    points: Decimal | None
    low: Decimal | None
    high: Decimal | None


class WeightGap(NamedTuple):
    """Weights that do not fit the rulebook.

    Attributes:
        name: What is off: the sections that share a weight, or a goal.
        sections: The groups of sections, where it is sections.
        expected: Their weight by the rulebook, or by the sheet itself.
        actual: The sum of the weights in the sheet.
        is_prescribed: The rulebook lays the expected weight down.

    >>> from perfeval import load_sheet
    >>> head = {"评分办法": "hubei-2020", "年度": 2023, "项目名称": "示例"}
    >>> from perfeval import load_rulebook, score
    >>> row = {"一级指标": "产出", "二级指标": "数量", "名称": "床位", "分值": 30}
    >>> score(load_sheet({**head, "指标": [row]}), load_rulebook("hubei-2020")).gaps[0].actual
    Decimal('30')
    """

    name: str
    sections: tuple[Section, ...]
    expected: Decimal
    actual: Decimal
    is_prescribed: bool = True

    @property
    def message(self) -> str:
        """Which part is off, and by how much."""
        difference = subtract(self.actual, self.expected)
        word = "多" if difference > ZERO else "少"
        by = "办法规定" if self.is_prescribed else "应为"
        return (
            f"{self.name}分值合计 {trimmed(self.actual)}，{by} {trimmed(self.expected)}，"
            f"{word} {trimmed(difference.copy_abs())}"
        )


class TotalNoteKind(Enum):
    """A step from the rows to the total, or why there is none; the value is its sentence.

    >>> len(TotalNoteKind) > 1
    True
    """

    __hash__ = object.__hash__

    SPREAD = "{}：不适用指标 {} 分并入其余指标，{} × {} ÷ {} = {}"
    ROUNDED = "{}：{} 计为 {}"
    RESCALED = "不适用指标 {} 分不计，按适用分值折算：{} × {} ÷ {} = {}"
    SHARED = "年度目标{}：{} × {}% = {}"
    CAPPED = "执行率低于 {}%，总分最高 {}：{} 计为 {}"
    NO_INDICATORS = "未计分：未公布指标"
    WITHOUT_POINTS = "按本办法不计分，只看完成情况、原因和资金"
    GAPS = "未计总分：{all}"
    OPEN_ROWS = "总分只能给出区间：{count} 行未计分（{names}）"
    SETTLED = "未计总分：有行未计分（{}）；这些行不论得多少分，总分都是 {}"
    CAP_UNKNOWN = "总分只能给出区间：执行率不明，总分封顶无法确定"


class TotalNote(NamedTuple):
    """A note on the total.

    Attributes:
        kind: What it says.
        values: The names and figures of its sentence, as they are printed: the messages of the
            gaps for `GAPS`, the names of the rows for `OPEN_ROWS`.

    >>> from perfeval import load_sheet
    >>> head = {"评分办法": "hubei-2020", "年度": 2023, "项目名称": "示例"}
    >>> from perfeval import load_rulebook, score
    >>> card = score(load_sheet(head), load_rulebook("hubei-2020"))
    >>> card.total is None, isinstance(card.unscored, TotalNote)
    (True, True)
    """

    kind: TotalNoteKind
    values: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """The sentence, in Chinese."""
        return self.kind.value.format(
            *self.values,
            all="；".join(self.values),
            count=len(self.values),
            names="、".join(self.values),
        )


@dataclass(frozen=True)
class Scorecard:
    """The points of a sheet by a rulebook.

    Attributes:
        sheet: The sheet that was scored.
        rulebook: The rulebook that it was scored by.
        execution: The budget row (预算执行).
        lines: The indicators, in the sheet's order.
        subtotals: One for each section, in the sheet's order.
        total: 总分; ``None`` where it is a range or cannot be formed.
        low, high: The bounds of the total; ``None`` where it cannot be formed.
        grade: 等级; ``None`` unless both bounds share it.
        measured: The rows' points that rest on figures of one kind on both sides.
        claimed: The rows' points that rest on what was filed (judged points included).  The two
            add up to the total wherever ``adjustments`` is empty.
        gaps: Where the weights do not fit the rulebook.
        adjustments: Why the total is not simply the sum of the rows, step by step.
        unscored: Why there is no total; ``None`` where there is one.
        layout: The form in which it is printed, where that is not its rulebook's.
        layout_name: The name of the rulebook to which that form belongs.

    >>> from perfeval import evaluate
    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> card = report.scorecard
    >>> card.total, card.grade, card.measured + card.claimed == card.total
    (Decimal('98.46'), '优', True)
    """

    sheet: Sheet
    rulebook: Rulebook = field(repr=False)
    execution: ExecutionLine
    lines: tuple[IndicatorLine, ...]
    subtotals: tuple[Subtotal, ...]
    total: Decimal | None
    low: Decimal | None
    high: Decimal | None
    grade: str | None
    measured: Decimal
    claimed: Decimal
    gaps: tuple[WeightGap, ...]
    adjustments: tuple[TotalNote, ...]
    unscored: TotalNote | None
    layout: Form | None = field(default=None, repr=False)
    layout_name: str = field(default="", repr=False)

    @property
    def steps(self) -> tuple[str, ...]:
        """The adjustments in words."""
        return tuple(note.message for note in self.adjustments)

    @property
    def why_unscored(self) -> str:
        """Why there is no total, in words; empty where there is one."""
        return self.unscored.message if self.unscored else ""

    @property
    def stamp(self) -> str:
        """Id, version and hash of the rulebook, as every output carries them."""
        return self.rulebook.stamp

    @property
    def use(self) -> GradeUse | None:
        """What its grade means for next year's budget; ``None`` where no clause says so."""
        rule = self.rulebook.uses
        return None if rule is None else rule.of(self.grade)

    @property
    def form(self) -> Form:
        """The form that the sheet is printed in: that of projects, or of whole departments."""
        return self.layout or self.own_form

    @property
    def own_form(self) -> Form:
        """The form that the rulebook lays down."""
        book = self.rulebook
        is_department = self.sheet.kind == SheetKind.DEPARTMENT
        return book.department_form or book.form if is_department else book.form

    @property
    def rows(self) -> tuple[Line, ...]:
        """The budget row and the indicators."""
        return (self.execution, *self.lines)

    @lazy
    def short(self) -> tuple[tuple[int, IndicatorLine], ...]:
        """The indicators that fall short of their targets, with their positions."""
        return tuple((at, line) for at, line in enumerate(self.lines) if line.is_short)

    @lazy
    def differing(self) -> tuple[Line, ...]:
        """The rows whose filed points are not what the rule gives."""
        return tuple(line for line in self.rows if line.differs)

    @property
    def filed_total(self) -> Decimal | None:
        """总分 as filed."""
        return self.sheet.filed.total

    @property
    def reviewed_total(self) -> Decimal | None:
        """复核分, the total that a reviewer gave."""
        return self.sheet.filed.reviewed

    def __getitem__(self, name: str) -> Line:
        """Return the row with this name; the first where several share it.

        Raises:
            KeyError: No row has this name.
        """
        for line in self.rows:
            if line.name == name:
                return line
        raise KeyError(name)
