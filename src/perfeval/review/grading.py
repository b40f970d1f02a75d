"""What a review comes to: the points of each row, the totals and grades, deductions by code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from perfeval.cells.comparison import Outcome
from perfeval.cells.reading import dated_cell, read_cell
from perfeval.cells.values import Cell, CellError
from perfeval.findings import Finding
from perfeval.numbers import ZERO, parse_number, total, whole
from perfeval.places import Place
from perfeval.review.profile import DeductionCode, ReviewProfile
from perfeval.review.rules import by_ratio, deviation_of, points_left, value_of
from perfeval.review.workpaper import BUDGET_ROW, Workpaper, WorkpaperRow
from perfeval.scorecard import Basis, ExecutionLine, IndicatorLine, Line, Scorecard
from perfeval.scoring.engine import Scorer
from perfeval.scoring.totals import sum_up
from perfeval.sheet import Budget, Indicator, Sheet


class ReviewEntry(NamedTuple):
    """What a reviewer wrote into a row.

    Attributes:
        actual: 复核完成值, as written; empty where the filed one stands.
        cut: 扣分; ``None`` where none is written, so that the code's ratio counts.
        code: 扣分原因代码.
        ground: 依据.
        judged: 复核评定: points by judgement, where the rule asks for one.
        place: Where in the workpaper the row stands.
        actual_place, judged_place: Where in it 复核完成值 and 复核评定 stand.

    >>> ReviewEntry(code="B01").cut is None
    True
    """

    actual: str = ""
    cut: Decimal | None = None
    code: str = ""
    ground: str = ""
    judged: Decimal | None = None
    place: Place | None = None
    actual_place: Place | None = None
    judged_place: Place | None = None

    @property
    def is_blank(self) -> bool:
        """Nothing is written."""
        said = self._replace(place=None, actual_place=None, judged_place=None)
        return said == ReviewEntry()


NOTHING = ReviewEntry()


class GradedRow(NamedTuple):
    """A row as it was reviewed.

    Attributes:
        row: The row before.
        entry: What the reviewer wrote.
        by_rule: What the rule gives for 复核完成值, else for 自评完成值; ``None`` where it is open.
        cut: What is taken away.
        points: 复核得分; ``None`` where it is a range, from *low* to *high*.
        low, high: The least and the most.
        deviation: 偏离度 in percent; ``None`` where it cannot be told.
        why: Why there are no points; empty where there are.

    >>> from perfeval import evaluate, load_review_profile, review_workpaper
    >>> from perfeval.review import grade
    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> paper = review_workpaper(report, load_review_profile("review-firm-sample"))
    >>> row = grade(paper, {0: ReviewEntry(code="B03-3")}).rows[1]
    >>> row.by_rule, row.cut, row.points
    (Decimal('2.00'), Decimal('0.60'), Decimal('1.40'))
    """

    row: WorkpaperRow
    entry: ReviewEntry
    by_rule: Decimal | None
    cut: Decimal
    points: Decimal | None
    low: Decimal
    high: Decimal
    deviation: Decimal | None
    why: str = ""


@dataclass(frozen=True)
class GradedWorkpaper:
    """A workpaper as it was reviewed.

    Attributes:
        workpaper: The workpaper.
        rows: Its rows.
        scorecard: The reviewed points summed up as the rulebook says.
        source: The file of the workpaper.

    >>> from perfeval import evaluate, load_review_profile, review_workpaper
    >>> from perfeval.review import grade
    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> found = grade(review_workpaper(report, load_review_profile("review-reasons")), {})
    >>> found.total, found.deviation
    (Decimal('98.46'), Decimal('1.54'))
    """

    workpaper: Workpaper
    rows: tuple[GradedRow, ...]
    scorecard: Scorecard
    source: str = ""

    @property
    def total(self) -> Decimal | None:
        """复核得分."""
        return self.scorecard.total

    @property
    def grade(self) -> str:
        """复核等级; empty where it cannot be told."""
        return self.scorecard.grade or ""

    @property
    def deviation(self) -> Decimal | None:
        """偏离度 of the total."""
        rule = self.workpaper.profile.deviation
        filed = self.workpaper.filed_total
        full = self.scorecard.rulebook.weights.full
        return deviation_of(filed, self.total, rule.divisor(filed, full), rule.digits)

    @property
    def open_rows(self) -> tuple[GradedRow, ...]:
        """The rows that should have points and have none."""
        return tuple(row for row in self.rows if row.points is None and not row.row.is_left_out)


@dataclass(frozen=True)
class Grading:
    """What the workpapers of one batch come to (评定).

    Attributes:
        papers: The workpapers as they were reviewed.
        findings: What is wrong with the review, each with its file.
        is_whole: Every file and every project in it could be graded.
        compared: How many figures of a review report were held against the workpapers.

    >>> from perfeval import grade_workpapers
    >>> grade_workpapers([b"no workpaper"]).is_whole
    False
    """

    papers: tuple[GradedWorkpaper, ...]
    findings: tuple[Finding, ...] = ()
    is_whole: bool = True
    compared: int = 0

    @property
    def deductions(self) -> tuple[CodeSum, ...]:
        """What was taken away, by code."""
        return deductions(self.papers)


class CodeSum(NamedTuple):
    """What was taken away for one reason.

    Attributes:
        code: Its code; empty for deductions without one.
        name: What it says.
        rows: In how many rows.
        projects: In how many projects.
        points: How many points together.

    >>> from perfeval import evaluate, load_review_profile, review_workpaper
    >>> from perfeval.review import deductions, grade
    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> paper = review_workpaper(report, load_review_profile("review-firm-sample"))
    >>> found = deductions([grade(paper, {0: ReviewEntry(code="B03-3")})])
    >>> found[0].name, found[0].points
    ('无法考核：表述不严谨', Decimal('0.60'))
    """

    code: str
    name: str
    rows: int
    projects: int
    points: Decimal


def deductions(papers: Iterable[GradedWorkpaper]) -> tuple[CodeSum, ...]:
    """Return what was taken away, by code, in the order of the codes.

    Args:
        papers: The workpapers.
    """
    cuts: dict[str, list[tuple[int, Decimal]]] = {}
    names: dict[str, str] = {}
    for number, paper in enumerate(papers):
        for row in paper.rows:
            code = row.entry.code
            if code or row.cut:
                known = paper.workpaper.profile.code(code)
                names.setdefault(code, known.name if known else "")
                cuts.setdefault(code, []).append((number, row.cut))
    return tuple(
        CodeSum(
            code=code,
            name=names[code],
            rows=len(found),
            projects=len({number for number, _ in found}),
            points=total([cut for _, cut in found]),
        )
        for code, found in sorted(cuts.items())
    )


# -- one workpaper -----------------------------------------------------------------------------


def grade(paper: Workpaper, entries: Mapping[int, ReviewEntry]) -> GradedWorkpaper:
    """Score a workpaper again with what a reviewer wrote.

    Args:
        paper: The workpaper.
        entries: What was written, by the row's place (`WorkpaperRow.at`).

    Returns:
        The rows, and their sums by the rulebook; a row that has no points makes the total a range.
    """
    card = paper.scorecard
    again = Scorer(card.rulebook).score(_changed(card, entries))
    graded = []
    lines: dict[int, Line] = {}
    for row in paper.rows:
        line: Line = again.execution if row.at == BUDGET_ROW else again.lines[row.at]
        entry = entries.get(row.at, NOTHING)
        ruled, fault = _by_rule(line, row, entry)
        found = _graded(paper, row, entry, ruled, fault)
        graded.append(found)
        lines[row.at] = _reviewed(line, found)
    execution = lines.get(BUDGET_ROW, again.execution)
    own = tuple(lines[at] for at in range(len(again.lines)))
    return GradedWorkpaper(paper, tuple(graded), _summed(again, execution, own))


def _summed(card: Scorecard, execution: Line, lines: tuple[Line, ...]) -> Scorecard:
    indicators = tuple(line for line in lines if isinstance(line, IndicatorLine))
    row = execution if isinstance(execution, ExecutionLine) else card.execution
    return sum_up(card.sheet, row, indicators, card.rulebook)


def _changed(card: Scorecard, entries: Mapping[int, ReviewEntry]) -> Sheet:
    """Return the sheet with what the reviewer found instead of what was filed."""
    sheet = card.sheet
    rows = [
        _changed_row(line, entries.get(at, NOTHING), sheet.year)
        for at, line in enumerate(card.lines)
    ]
    spent = parse_number(entries.get(BUDGET_ROW, NOTHING).actual)
    budget: Budget = sheet.budget
    if spent is not None and spent >= ZERO:
        budget = budget.model_copy(update={"spent": spent})
    return sheet.model_copy(update={"indicators": tuple(rows), "budget": budget})


def _changed_row(line: IndicatorLine, entry: ReviewEntry, year: int) -> Indicator:
    row = line.indicator
    found = actual_of(entry.actual, year)
    if found is not None:
        return row.model_copy(update={"actual": found, "units": (), "filed": entry.judged})
    if entry.judged is not None:
        return row.model_copy(update={"filed": entry.judged})
    return row


def actual_of(text: str, year: int) -> Cell | None:
    """Return what a reviewed actual says; ``None`` where nothing or no cell is written."""
    if not text:
        return None
    try:
        return dated_cell(read_cell(text), year)
    except CellError:
        return None


def unread(row: WorkpaperRow, entry: ReviewEntry) -> str:
    """Say why 复核完成值 cannot be read; empty where it can, or is blank."""
    if not entry.actual:
        return ""
    if row.at == BUDGET_ROW:
        number = parse_number(entry.actual)
        is_amount = number is not None and number >= ZERO
        return "" if is_amount else f"复核的执行数“{entry.actual}”应是不带单位的数"
    try:
        read_cell(entry.actual)
    except CellError as error:
        better = f"，请写成 {error.suggestion}" if error.suggestion else ""
        return f"复核完成值“{entry.actual}”：{error.message}{better}"
    return ""


class _Ruled(NamedTuple):
    """What the rule gives a row: points, or from the least to the most."""

    points: Decimal | None
    low: Decimal
    high: Decimal


def _by_rule(line: Line, row: WorkpaperRow, entry: ReviewEntry) -> tuple[_Ruled, str]:
    """Return what the rule gives, the reviewer's judgement where it gives none, and why none."""
    fault = unread(row, entry)
    if fault:
        return _Ruled(None, ZERO, row.weight or ZERO), fault
    if not line.is_open:
        return _Ruled(line.points, line.low, line.high), ""
    judged = entry.judged
    is_banded = isinstance(line, IndicatorLine) and is_banded_row(line)
    if judged is not None and not is_banded and line.low <= judged <= line.high:
        return _Ruled(judged, judged, judged), ""
    why = "；".join(note.message for note in line.notes)
    return _Ruled(None, line.low, line.high), why


def is_banded_row(line: IndicatorLine) -> bool:
    """Tell whether a row's words pick a band, inside which alone points may be judged."""
    return line.indicator.comparison.outcome is Outcome.WORDS


def _graded(
    paper: Workpaper, row: WorkpaperRow, entry: ReviewEntry, ruled: _Ruled, why: str
) -> GradedRow:
    cut = cut_of(paper, row, entry)
    low, high = (_left(paper, row, end, cut) for end in (ruled.low, ruled.high))
    points = None if ruled.points is None else _left(paper, row, ruled.points, cut)
    if row.is_left_out:
        low, high, points = ruled.low, ruled.high, None
    elif points is None and row.weight is not None and cut >= row.weight:
        points = low = high = _left(paper, row, ZERO, cut)
    return GradedRow(
        row=row,
        entry=entry,
        by_rule=ruled.points,
        cut=cut,
        points=points,
        low=low,
        high=high,
        deviation=_deviation(paper.profile, row, points),
        why="" if points is not None or row.is_left_out else why,
    )


def _left(paper: Workpaper, row: WorkpaperRow, points: Decimal, cut: Decimal) -> Decimal:
    rule = points_left(paper.scorecard.rulebook.rounding.row)
    return value_of(rule, points=points, cut=cut, limit=row.weight or ZERO)


def cut_of(paper: Workpaper, row: WorkpaperRow, entry: ReviewEntry) -> Decimal:
    """Return what is taken from a row: what is written, else by the ratio of its code.

    A deduction below 0 takes nothing, so that nobody adds points by the way.
    """
    if row.is_left_out:
        return ZERO
    if entry.cut is not None:
        return max(entry.cut, ZERO)
    own = by_code(paper, row, paper.profile.code(entry.code))
    return ZERO if own is None else own


def by_code(paper: Workpaper, row: WorkpaperRow, code: DeductionCode | None) -> Decimal | None:
    """Return what a reason takes from a row by its ratio; ``None`` where it has none."""
    if code is None or code.ratio is None or row.weight is None:
        return None
    rule = by_ratio(paper.scorecard.rulebook.rounding.row)
    return value_of(rule, weight=row.weight, ratio=code.ratio)


def _deviation(profile: ReviewProfile, row: WorkpaperRow, points: Decimal | None) -> Decimal | None:
    rule = profile.deviation
    return deviation_of(row.filed, points, rule.divisor(row.filed, row.weight), rule.digits)


def _reviewed(line: Line, found: GradedRow) -> Line:
    """Return a line with the reviewed points."""
    if found.row.is_left_out or not isinstance(line, IndicatorLine | ExecutionLine):
        return line
    basis = line.basis
    if found.points is not None and line.points is None:
        basis = Basis.JUDGED
    return line._replace(
        points=found.points,
        low=found.low,
        high=found.high,
        basis=basis,
        worked=None if found.points is None else whole(found.points),
        printed=None,
    )
