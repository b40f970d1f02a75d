"""What the texts of a department may say: figures ready to print, and what is the case.

Sums and counts are made of the sheets, shares of the department's own figures.  A share is stated
only where both figures speak of the same money; what does not compare is said not to compare.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from perfeval.cells.units import MoneyUnit, in_money
from perfeval.department import (
    Department,
    Figure,
    Share,
    ShareKind,
    differences_of_money,
)
from perfeval.documents.texts.facts import Facts, answer, facts_of
from perfeval.numbers import ZERO, percent, plain, subtract, total, trimmed
from perfeval.scorecard import Scorecard
from perfeval.sheet import SheetKind

_RATE_DIGITS = 2


class ProjectFact(NamedTuple):
    """A project in the department's texts.

    Attributes:
        number: Its number in the list, counted from 1.
        position: Its position among the sheets, counted from 0.
        facts: Its own facts.
    """

    number: int
    position: int
    facts: Facts


class ShareFact(NamedTuple):
    """A share or a rate, computed anew.

    Attributes:
        name: What it is called.
        part, part_amount: What is compared; the amount is empty where the figure is unknown.
        base, base_amount: What it is compared with.
        stage: 环节 of the base: only of the adjusted budget is it an execution rate.
        rate: The percentage; empty where the two do not compare.
        differs: Why the two are not of the same money, or empty.
        why_not: Why there is no percentage otherwise, or empty.
        same: The like-for-like comparison instead, or empty.
    """

    name: str
    part: str
    part_amount: str
    base: str
    base_amount: str
    stage: str
    rate: str
    differs: str
    why_not: str
    same: str


class LeftOutFact(NamedTuple):
    """What is not among the sheets: name, number, amount, reason; each empty where unknown."""

    name: str
    number: str
    amount: str
    reason: str
    position: int


class FieldFact(NamedTuple):
    """A field of work and what was achieved in it."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class SumFact:
    """What the sheets state together of one amount, in the department's unit of money.

    Attributes:
        exact: The sum; 0 where no sheet states the amount.
        count: How many sheets state it.
        without: The projects that do not.
    """

    exact: Decimal
    count: int
    without: tuple[str, ...]

    @property
    def amount(self) -> str:
        """The sum ready to print; empty where no sheet states the amount."""
        return plain(self.exact) if self.count else ""


@dataclass(frozen=True, slots=True)
class RowCounts:
    """How many indicators the projects have, reach by figures or by claims, and leave open."""

    count: int
    met_measured: int
    met_claimed: int
    open: int

    @property
    def met(self) -> int:
        """How many reach the target."""
        return self.met_measured + self.met_claimed


@dataclass(frozen=True, slots=True)
class DepartmentWords:
    """What the department says, each as a sentence, or empty where nothing is said.

    Attributes:
        organisation, problems, measure, uses: 组织情况, 存在问题, 改进措施, 结果应用.
        work: Its fields of work.
    """

    organisation: str
    problems: str
    measure: str
    uses: str
    work: tuple[FieldFact, ...]


@dataclass(frozen=True, slots=True)
class DepartmentFacts:
    """The facts of a department.

    Attributes:
        name, year, money_unit: 部门名称, 年度, 金额单位.
        projects: Its projects, those of its own list first and in that order.
        unread: The files that could not be read.
        planned, spent, transferred: The sums of the sheets.
        net: Planned less transferred, where something was transferred.
        scored: How many sheets have a total.
        grades: How many of these have each grade, the best first: ``("优", 3)``.
        executions: Execution rates of the department.
        left_out: What is not among the sheets.
        whole: The facts of the sheet of the whole department, where there is one.
        filed: The points filed for the whole department (整体自评), or empty.
        words: What the department says.
    """

    name: str
    year: str
    money_unit: MoneyUnit
    projects: tuple[ProjectFact, ...]
    unread: tuple[str, ...]
    planned: SumFact
    spent: SumFact
    transferred: SumFact
    net: str
    scored: int
    grades: tuple[tuple[str, int], ...]
    executions: tuple[ShareFact, ...]
    left_out: tuple[LeftOutFact, ...]
    whole: Facts | None
    filed: str
    words: DepartmentWords

    @property
    def count(self) -> int:
        """How many projects have a sheet that could be read."""
        return len(self.projects)

    @property
    def rows(self) -> RowCounts:
        """The indicators of all projects."""
        rows = [project.facts.rows for project in self.projects]
        return RowCounts(
            count=sum(one.count for one in rows),
            met_measured=sum(one.met_measured for one in rows),
            met_claimed=sum(one.met_claimed for one in rows),
            open=sum(len(one.open) for one in rows),
        )

    @property
    def deviating(self) -> tuple[ProjectFact, ...]:
        """The projects that fell short in money or in an indicator."""
        return tuple(
            item
            for item in self.projects
            if item.facts.rows.deviations
            or item.facts.budget.unspent
            or item.facts.budget.overspent
        )

    @property
    def is_flawless(self) -> bool:
        """Everything was read, published, spent in full and met, and the whole as well."""
        every = [project.facts for project in self.projects]
        every += [] if self.whole is None else [self.whole]
        return bool(every) and not self.unread and all(facts.is_flawless for facts in every)


def department_facts(
    department: Department, cards: Sequence[Scorecard], unread: Sequence[str] = ()
) -> DepartmentFacts:
    """Return the facts of a department and its scored sheets.

    Args:
        department: The department.
        cards: The scorecards of its sheets.
        unread: The files that could not be read.
    """
    projects = tuple(_projects(department, cards))
    own = [cards[project.position] for project in projects]
    unit = department.money_unit
    planned = _sum_of(own, [card.sheet.budget.base for card in own], unit)
    moved = _sum_of(own, [card.sheet.budget.transferred or None for card in own], unit)
    return DepartmentFacts(
        name=department.name,
        year=str(department.year),
        money_unit=unit,
        projects=projects,
        unread=tuple(unread),
        planned=planned,
        spent=_sum_of(own, [card.sheet.budget.spent for card in own], unit),
        transferred=moved,
        net=_net(own, planned.exact, moved.exact),
        scored=sum(card.total is not None for card in own),
        grades=tuple(_grades(own)),
        executions=tuple(_executions(department)),
        left_out=tuple(_left_out(department)),
        whole=_whole(department, cards),
        filed="" if department.verdict.points is None else trimmed(department.verdict.points),
        words=_words(department),
    )


def _words(department: Department) -> DepartmentWords:
    return DepartmentWords(
        organisation=answer(department.organisation),
        problems=answer(department.problems),
        measure=answer(department.measure),
        uses=answer(department.uses),
        work=tuple(FieldFact(item.name, answer(item.text)) for item in department.work),
    )


def _whole(department: Department, cards: Sequence[Scorecard]) -> Facts | None:
    """Return the facts of the first sheet of the whole department and its year."""
    for card in cards:
        if card.sheet.kind == SheetKind.DEPARTMENT and card.sheet.year == department.year:
            return facts_of(card)
    return None


def _projects(department: Department, cards: Sequence[Scorecard]) -> Iterator[ProjectFact]:
    """Yield the projects of the year, those of the department's list first and in that order."""
    listed = {project.name: order for order, project in enumerate(department.projects)}
    positions = [
        at
        for at, card in enumerate(cards)
        if card.sheet.kind == SheetKind.PROJECT and card.sheet.year == department.year
    ]
    positions.sort(key=lambda at: listed.get(cards[at].sheet.name, len(listed)))
    for number, position in enumerate(positions, 1):
        yield ProjectFact(number, position, facts_of(cards[position]))


def _sum_of(
    cards: Sequence[Scorecard], amounts: Sequence[Decimal | None], unit: MoneyUnit
) -> SumFact:
    """Add up what is known in one unit of money, and name the projects of which it is not."""
    known = [
        in_money(amount, card.sheet.money_unit, unit)
        for card, amount in zip(cards, amounts, strict=True)
        if amount is not None
    ]
    without = tuple(
        card.sheet.name for card, amount in zip(cards, amounts, strict=True) if amount is None
    )
    return SumFact(total(known), len(known), without)


def _net(cards: Sequence[Scorecard], planned: Decimal, moved: Decimal) -> str:
    """Return what is planned less what is transferred; empty where the two do not compare."""
    budgets = [card.sheet.budget for card in cards if card.sheet.budget.transferred]
    if not budgets or any(budget.base is None for budget in budgets) or moved > planned:
        return ""
    return plain(subtract(planned, moved))


def _grades(cards: Sequence[Scorecard]) -> Iterator[tuple[str, int]]:
    scored = (card for card in cards if card.total is not None)
    names = [card.grade for card in scored if card.grade is not None]
    order = [band.name for card in cards[:1] for band in card.rulebook.grades.bands]
    for grade in dict.fromkeys((*order, *names)):
        if grade in names:
            yield grade, names.count(grade)


def _executions(department: Department) -> Iterator[ShareFact]:
    for share in department.shares:
        if share.kind == ShareKind.EXECUTION_RATE:
            yield _share(department, share)


def _share(department: Department, share: Share) -> ShareFact:
    """Compute a share anew, or say why its two figures do not compare."""
    part, base = department.figures.get(share.part), department.figures.get(share.base)
    if part is None or base is None:
        missing = share.part if part is None else share.base
        return ShareFact(
            name=share.name,
            part=share.part,
            part_amount="",
            base=share.base,
            base_amount="",
            stage="",
            rate="",
            differs="",
            why_not=f"没有“{missing}”这个数",
            same="",
        )
    differs = _difference(part, base) if share.kind == ShareKind.EXECUTION_RATE else ""
    why_not = "" if base.number > ZERO else "分母不大于零"
    rate = "" if differs or why_not else percent(part.number, base.number, _RATE_DIGITS)
    return ShareFact(
        name=share.name,
        part=share.part,
        part_amount=plain(part.number),
        base=share.base,
        base_amount=plain(base.number),
        stage=base.stage,
        rate=rate,
        differs=differs,
        why_not=why_not,
        same=_like_for_like(department, part, base) if differs else "",
    )


def _difference(part: Figure, base: Figure) -> str:
    """Say why two figures do not make an execution rate, or nothing; one reason is enough."""
    return next(differences_of_money(part, base, ("前者", "后者")), "")


def _like_for_like(department: Department, part: Figure, base: Figure) -> str:
    """Compare with a figure of the same money, where the department has one."""
    same = department.like_for_like(part, base)
    if same is None:
        return ""
    amount, rate = same.figure.number, percent(same.figure.number, base.number, _RATE_DIGITS)
    return f"同口径的{same.name}{plain(amount)}{department.money_unit}，为其{rate}"


def _left_out(department: Department) -> Iterator[LeftOutFact]:
    for position, item in enumerate(department.scope.left_out):
        yield LeftOutFact(
            item.name,
            "" if item.count is None else str(item.count),
            "" if item.amount is None else plain(item.amount),
            item.reason or "",
            position,
        )
