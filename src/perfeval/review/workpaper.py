"""A workpaper (复核底稿): a sheet as it was filed and as the rule scores it, before a review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from perfeval.cells.values import Cell
from perfeval.numbers import plain, total
from perfeval.review.profile import ReviewProfile
from perfeval.scorecard import Basis, IndicatorLine, Line, Scorecard

BUDGET_ROW = -1
"""The place of the budget row; the indicators follow from 0 on."""
_LONGEST_REMARK = 32
_MOST_FINDINGS = 3
_LEFT_OUT = (Basis.NOT_APPLICABLE, Basis.WITHOUT_POINTS)


class RowFinding(NamedTuple):
    """A finding of a check, by the row that it is about.

    Attributes:
        row: `BUDGET_ROW`, the place of an indicator, or ``None`` for the sheet as a whole.
        code: The code of the check.
        message: What is the case.

    >>> RowFinding(0, "VA202", "完成值“是”没有数").text
    'VA202 完成值“是”没有数'
    """

    row: int | None
    code: str
    message: str

    @property
    def text(self) -> str:
        """The finding in one short line."""
        long = len(self.message) > _LONGEST_REMARK
        return f"{self.code} {self.message[:_LONGEST_REMARK]}{'……' if long else ''}"


class WorkpaperRow(NamedTuple):
    """A row of a workpaper before anybody reviews it.

    Attributes:
        at: `BUDGET_ROW`, or the place of the indicator.
        section, aspect, name: 一级, 二级, 三级.
        sign: 指标性质: the sign, 定性, or empty where none is stated.
        target, unit: 指标值, 度量单位.
        weight: 权重.
        actual: 自评完成值.
        filed: 自评得分; ``None`` where none was filed.
        points, low, high: 按办法得分; ``None`` where it is a range, from *low* to *high*.
        basis: On what these points rest.
        remark: 备注: the points by the rule, on what they rest, and what was found.

    >>> from perfeval import evaluate, load_review_profile, review_workpaper
    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> paper = review_workpaper(report, load_review_profile("review-reasons"))
    >>> [(row.name, row.filed, row.points) for row in paper.rows][0]
    ('预算执行率', Decimal('20'), Decimal('19.73'))
    """

    at: int
    section: str
    aspect: str
    name: str
    sign: str
    target: str
    unit: str
    weight: Decimal | None
    actual: str
    filed: Decimal | None
    points: Decimal | None
    low: Decimal
    high: Decimal
    basis: Basis
    remark: str

    @property
    def is_left_out(self) -> bool:
        """The row has no points by the rule, and should have none."""
        return self.basis in _LEFT_OUT or self.weight is None


@dataclass(frozen=True)
class Workpaper:
    """A sheet prepared for review.

    Attributes:
        scorecard: Its points by the rule, with the sheet and the rulebook.
        profile: The terms of the review.
        findings: What the checks found.
        file: The sheet's file.
        table: Which table of the file it is.

    >>> from perfeval import evaluate, load_review_profile, review_workpaper
    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> paper = review_workpaper(report, load_review_profile("review-reasons"))
    >>> paper.filed_total, paper.scorecard.total
    (Decimal('100'), Decimal('98.46'))
    """

    scorecard: Scorecard
    profile: ReviewProfile
    findings: tuple[RowFinding, ...] = ()
    file: str = ""
    table: str = field(default="")

    @property
    def project(self) -> str:
        """项目名称."""
        return self.scorecard.sheet.name

    @property
    def label(self) -> str:
        """The project, and its file where that is known."""
        where = " ".join(filter(None, (self.file, self.table)))
        return f"{self.project}（{where}）" if where else self.project

    @property
    def rows(self) -> tuple[WorkpaperRow, ...]:
        """The budget row where it has points, and the indicators."""
        return tuple(self._rows())

    @property
    def filed_total(self) -> Decimal | None:
        """自评得分: the total as filed, else the sum of what was filed for every row."""
        card = self.scorecard
        if card.filed_total is not None:
            return card.filed_total
        scored = [row for row in self._rows() if not row.is_left_out]
        filed = [row.filed for row in scored if row.filed is not None]
        return total(filed) if scored and len(filed) == len(scored) else None

    @property
    def filed_grade(self) -> str:
        """The grade as filed, else the one that the filed total has; empty where neither is."""
        card = self.scorecard
        if card.sheet.filed.grade:
            return card.sheet.filed.grade
        whole = self.filed_total
        return "" if whole is None else card.rulebook.grades.of(whole)

    def _rows(self) -> Iterator[WorkpaperRow]:
        card = self.scorecard
        if card.execution.weight is not None:
            yield self._budget_row()
        for at, line in enumerate(card.lines):
            yield self._indicator_row(at, line)

    def _budget_row(self) -> WorkpaperRow:
        card = self.scorecard
        line, budget = card.execution, card.sheet.budget
        return WorkpaperRow(
            at=BUDGET_ROW,
            section="预算执行",
            aspect="预算执行",
            name="预算执行率",
            sign="",
            target=_figure(budget.base),
            unit=str(card.sheet.money_unit),
            weight=line.weight,
            actual=_figure(budget.spent),
            filed=line.filed,
            points=line.points,
            low=line.low,
            high=line.high,
            basis=line.basis,
            remark=self._remark(BUDGET_ROW, line, "预算数和执行数"),
        )

    def _indicator_row(self, at: int, line: IndicatorLine) -> WorkpaperRow:
        row = line.indicator
        stated = row.sign or (row.target.sign if row.target else None)
        return WorkpaperRow(
            at=at,
            section=row.section.label,
            aspect=row.aspect.label,
            name=row.name,
            sign="" if stated is None else stated.value,
            target=_text(row.target),
            unit=row.unit or "",
            weight=line.weight,
            actual=_text(row.actual),
            filed=line.filed,
            points=line.points,
            low=line.low,
            high=line.high,
            basis=line.basis,
            remark=self._remark(at, line),
        )

    def _remark(self, at: int, line: Line, first: str = "") -> str:
        found = [one.text for one in self.findings if one.row == at]
        more = len(found) - _MOST_FINDINGS
        rest = f"另有 {more} 条发现，见 perfeval check" if more > 0 else ""
        return "\n".join(filter(None, (first, _by_rule(line), *found[:_MOST_FINDINGS], rest)))


def _by_rule(line: Line) -> str:
    """Say how many points the rule gives, and on what they rest."""
    if line.basis in _LEFT_OUT:
        return line.basis.value
    if line.points is None:
        why = _first(note.message for note in line.notes)
        return f"按办法未计分（{plain(line.low)} 至 {plain(line.high)}）{why}"
    return f"按办法 {plain(line.points)}，{line.basis.value}"


def _first(texts: Iterable[str]) -> str:
    text = next(iter(texts), "")
    return f"：{text}" if text else ""


def _figure(number: Decimal | None) -> str:
    return "" if number is None else plain(number)


def _text(cell: Cell | None) -> str:
    return "" if cell is None else cell.text
