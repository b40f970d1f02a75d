"""项目一览: every project with its figures in one row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from perfeval.cells.units import MoneyUnit, in_money
from perfeval.documents import printed
from perfeval.documents.alignment import printable
from perfeval.documents.department.dashboard.results import SheetResult, beside
from perfeval.documents.findings.inspections import Counts, add_up, count, points_text
from perfeval.documents.texts.department_facts import DepartmentFacts
from perfeval.numbers import ZERO, plain, subtract, total
from perfeval.scorecard import Scorecard

NOTHING = "—"
UNPUBLISHED = "未公布"


RATE_DIGITS = 2


class MoneyBar(NamedTuple):
    """Budget and spending of a project in the department's unit; ``None`` where not published."""

    planned: Decimal | None
    spent: Decimal | None


class ProjectCard(NamedTuple):
    """A project in its place, with its money in the department's unit."""

    number: int
    card: Scorecard
    money: MoneyBar
    counts: Counts
    page: str = ""

    @property
    def states(self) -> str:
        """What the filters of the page ask for, as words of its script."""
        found = {
            "error": self.counts.errors,
            "warning": self.counts.warnings,
            "open": self.card.total is None,
            "clean": not self.counts.findings,
        }
        return " ".join(name for name, holds in found.items() if holds)


def project_of(
    number: int, sheet: SheetResult, card: Scorecard, facts: DepartmentFacts
) -> ProjectCard:
    """Return a project, counted from 1."""
    budget, units = card.sheet.budget, (card.sheet.money_unit, facts.money_unit)
    money = MoneyBar(_converted(budget.base, *units), _converted(budget.spent, *units))
    page = beside(sheet.page) if sheet.page else ""
    return ProjectCard(number, card, money, count(sheet.inspection.findings), page)


def worst_first(projects: Sequence[ProjectCard]) -> list[ProjectCard]:
    """Return the projects with most errors first, then warnings, then the fewest points.

    A project without a total stands before those that have one; equal ones stay in their order.
    """

    def badness(project: ProjectCard) -> tuple[int, int, bool, Decimal]:
        total = project.card.total
        counts = project.counts
        return -counts.errors, -counts.warnings, total is not None, total or ZERO

    return sorted(projects, key=badness)


def _converted(amount: Decimal | None, unit: MoneyUnit, wanted: MoneyUnit) -> Decimal | None:
    return None if amount is None else in_money(amount, unit, wanted)


class HeatCell(NamedTuple):
    """A cell of the table.

    Attributes:
        text: What it says.
        key: The number by which it is sorted; empty where it has none.
        style: What it looks like.
        fill: The digits that a figure lacks to stand below those with the most decimals.
    """

    text: str
    key: str
    style: str = ""
    fill: str = ""


HEADINGS = [
    ("序号", "n"),
    ("项目", "t"),
    ("预算数", "n"),
    ("执行数", "n"),
    ("执行率", "n"),
    ("得分或区间", "n"),
    ("等级", "n"),
    ("填报总分", "n"),
    ("填报差额", "n"),
    ("有据可算", "n"),
    ("依填报认定", "n"),
    ("错误", "n"),
    ("警告", "n"),
]
"""The headings of the table with their kinds: ``n`` for numbers, ``t`` for text."""
_PLANNED, _SPENT = 2, 3


def table_of(projects: Sequence[ProjectCard]) -> Iterator[list[HeatCell]]:
    """Yield the rows of the table, the sums last; the decimal points of amounts align."""
    rows = [*map(_cells, projects), _sums(projects)]
    for column in (_PLANNED, _SPENT):
        most = max(_decimals(row[column].key) for row in rows)
        for row in rows:
            row[column] = row[column]._replace(fill=_fill(row[column].key, most))
    yield from rows


def _decimals(figure: str) -> int:
    return len(figure.partition(".")[2])


def _fill(figure: str, most: int) -> str:
    """Return invisible digits behind a figure, up to *most* decimals, so that points align."""
    if not figure or not most:
        return ""
    return "." * ("." not in figure) + "0" * (most - _decimals(figure))


def _cells(project: ProjectCard) -> list[HeatCell]:
    card, counts = project.card, project.counts
    rate = printed.execution_rate(card.sheet.budget, card.form.rate_digits)
    filed = card.filed_total
    return [
        _number(str(project.number)),
        HeatCell(printable(card.sheet.name), "", "name"),
        _amount(project.money.planned),
        _amount(project.money.spent),
        HeatCell(rate, rate.removesuffix("%")) if rate else _number(""),
        _points(card),
        _grade(card),
        _number("" if filed is None else plain(filed)),
        _number(difference_text(filed, card.total)),
        _number(points_text(card.measured)),
        _number(points_text(card.claimed)),
        _findings(counts.errors, "error"),
        _findings(counts.warnings, "warning"),
    ]


def _number(text: str) -> HeatCell:
    return HeatCell(text, text) if text else HeatCell(NOTHING, "", "nil")


def _amount(amount: Decimal | None) -> HeatCell:
    return HeatCell(UNPUBLISHED, "", "nil") if amount is None else _number(plain(amount))


def _findings(number: int, kind: str) -> HeatCell:
    return HeatCell(str(number), str(number), kind if number else "nil")


def _points(card: Scorecard) -> HeatCell:
    """Return the total or its range, which is sorted by its lower end; else why there is none."""
    if card.low is None:
        return HeatCell(reason_of(card), "", "why")
    return HeatCell(printed.total(card), plain(card.low))


def reason_of(card: Scorecard) -> str:
    """Say why a sheet has no points: ``未公布指标``."""
    head, _, why = card.why_unscored.partition("：")
    return printable(why or head)


def _grade(card: Scorecard) -> HeatCell:
    """Return the grade; the best is the highest when sorted."""
    grades = [band.name for band in card.rulebook.grades.bands]
    if card.grade is None:
        return _number("")
    return HeatCell(printable(card.grade), str(len(grades) - grades.index(card.grade)))


def difference_text(filed: Decimal | None, points: Decimal | None) -> str:
    """Return filed points less points by the rulebook, with a sign; empty where one is missing."""
    if filed is None or points is None:
        return ""
    difference = subtract(filed, points)
    return f"+{plain(difference)}" if difference > ZERO else plain(difference)


def _sums(projects: Sequence[ProjectCard]) -> list[HeatCell]:
    """Return the last row: the sums of amounts and counts."""
    counts = add_up(project.counts for project in projects)
    money = (
        [project.money.planned for project in projects],
        [project.money.spent for project in projects],
    )
    known = [[amount for amount in column if amount is not None] for column in money]
    sums = [plain(total(amounts)) if amounts else "" for amounts in known]
    texts = ("", "合计", *sums, *[""] * 7, str(counts.errors), str(counts.warnings))
    return [HeatCell(text, text) for text in texts]
