"""What the texts of a department may say: figures ready to print, and what is the case.

Sums and counts are made of the sheets, shares of the department's own figures.  A share is stated
only where both figures speak of the same money; what does not compare is said not to compare.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePath
from typing import NamedTuple

from perfeval.cells.units import MoneyUnit, in_money
from perfeval.department import (
    Department,
    Figure,
    Share,
    differences_of_money,
)
from perfeval.department_words import ShareKind
from perfeval.documents.texts.facts import Facts, facts_of
from perfeval.documents.texts.gaps import Gap
from perfeval.documents.texts.money_words import MoneyWords
from perfeval.documents.texts.saying import Author, answer
from perfeval.documents.texts.uses import UsesFacts, uses_of
from perfeval.documents.texts.words import holds
from perfeval.numbers import ZERO, percent, subtract, total, trimmed
from perfeval.scorecard import Scorecard
from perfeval.sheet import Budget, SheetKind, caveat_of

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
        stage, base_stage: 环节 of both: only of the adjusted budget is it an execution rate.
        printed: The percentage as it was printed.
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
    base_stage: str
    printed: str
    rate: str
    differs: str
    why_not: str
    same: str


class LeftOutFact(NamedTuple):
    """What is not among the sheets.

    Attributes:
        name, number, amount, reason: 名称, 个数, 资金, 原因; each empty where unknown.
        position: Its position in 未列入, counted from 0.
        is_secret: How many there are is not to be made known (涉密).
    """

    name: str
    number: str
    amount: str
    reason: str
    position: int
    is_secret: bool


class ScopeFact(NamedTuple):
    """What the department says it assessed, and what share of its money that is.

    Attributes:
        projects, listed: 项目数, 公布项目数; empty where nothing is said.
        amount_name, amount: 自评资金 as the department calls it; empty where nothing is said.
        basis: 资金口径.
        with_transfers: The amount counts money that was passed on to others.
        shares: What share the amount is of other figures.
    """

    projects: str
    listed: str
    amount_name: str
    amount: str
    basis: str
    with_transfers: bool
    shares: tuple[ShareFact, ...]


class MovedFact(NamedTuple):
    """A project that passed money on and states no spending of its own."""

    name: str
    amount: str


class FieldFact(NamedTuple):
    """A field of work, what was to be done in it (or empty), and what was achieved."""

    name: str
    aim: str
    text: str


@dataclass(frozen=True, slots=True)
class SumFact:
    """What the sheets state together of one amount, in the department's unit of money.

    Attributes:
        exact: The sum; 0 where no sheet states the amount.
        amount: The sum ready to print; empty where no sheet states the amount.
        count: How many sheets state it.
        without: The projects that do not.
    """

    exact: Decimal
    amount: str
    count: int
    without: tuple[str, ...]


class MoneyFacts(NamedTuple):
    """The money of all projects; amounts are added only where they are of one kind.

    Attributes:
        planned: 全年预算数, or 年初预算数 where only that was published: who states one at all.
        final: 全年预算数.
        original: 年初预算数 of those that state only this.
        spent: 执行数.
        compared_final, compared_spent: Both, of the projects that state both.
        rate: The second as a percentage of the first; empty where there is none.
        transferred: The part of ``spent`` that was passed on to other units.
        net: ``spent`` without it; empty where nothing was passed on.
        moved: Projects that passed money on and state no spending.
    """

    planned: SumFact
    final: SumFact
    original: SumFact
    spent: SumFact
    compared_final: SumFact
    compared_spent: SumFact
    rate: str
    transferred: SumFact
    net: str
    moved: tuple[MovedFact, ...]


@dataclass(frozen=True, slots=True)
class RowCounts:
    """How many indicators the projects have, reach by figures or by claims, and leave open.

    Attributes:
        projects: How many projects have indicators.
        count, met_measured, met_claimed, deviations, open: How many indicators.
    """

    projects: int
    count: int
    met_measured: int
    met_claimed: int
    deviations: int
    open: int

    @property
    def met(self) -> int:
        """How many reach the target."""
        return self.met_measured + self.met_claimed


@dataclass(frozen=True, slots=True)
class DepartmentWords:
    """What the department says, each as a sentence, or empty where nothing is said.

    Attributes:
        grounds: 依据文件, joined, without a full stop.
        organisation, problems, measure, uses: 组织情况, 存在问题, 改进措施, 结果应用.
        conclusion: 评价结论.
        work: Its fields of work.
    """

    grounds: str
    organisation: str
    problems: str
    measure: str
    uses: str
    conclusion: str
    work: tuple[FieldFact, ...]


@dataclass(frozen=True, slots=True)
class DepartmentFacts:
    """The facts of a department.

    Attributes:
        name, year, money_unit: 部门名称, 年度, 金额单位.
        projects: Its projects, those of its own list first and in that order.
        unread: The names of the files that could not be read, without their endings.
        sums: The sums of the projects' amounts.
        scope: What the department says it assessed.
        scored: How many sheets have a total.
        grades: How many of these have each grade, the best first: ``("优", 3)``.
        executions: Execution rates of the department.
        left_out: What is not among the sheets.
        whole: The facts of the sheet of the whole department, where there is one.
        whole_position: Its position among the sheets.
        filed, filed_grade: Points and grade filed for the whole department (整体自评), or empty.
        words: What the department says.
        uses: What the results ask of next year.
        money: Writes its amounts, and knows whether one was rounded.
        denied: What is asked for in place of sentences that the data deny.
        caveat: What is to be said of sheets that nobody has confirmed, or empty.
    """

    name: str
    year: str
    money_unit: MoneyUnit
    projects: tuple[ProjectFact, ...]
    unread: tuple[str, ...]
    sums: MoneyFacts
    scope: ScopeFact
    scored: int
    grades: tuple[tuple[str, int], ...]
    executions: tuple[ShareFact, ...]
    left_out: tuple[LeftOutFact, ...]
    whole: Facts | None
    whole_position: int | None
    filed: str
    filed_grade: str
    words: DepartmentWords
    uses: UsesFacts
    money: MoneyWords
    denied: tuple[Gap, ...]
    caveat: str

    @property
    def planned(self) -> SumFact:
        """The budgets of the projects, by whichever base."""
        return self.sums.planned

    @property
    def spent(self) -> SumFact:
        """What the projects spent."""
        return self.sums.spent

    @property
    def transferred(self) -> SumFact:
        """The part of it that was passed on."""
        return self.sums.transferred

    @property
    def measures(self) -> tuple[str, ...]:
        """改进措施: of the whole department's sheet, then its own where it says something else."""
        whole = () if self.whole is None else self.whole.measures
        own = self.words.measure
        return whole if not own or any(own in one for one in whole) else (*whole, own)

    @property
    def count(self) -> int:
        """How many projects have a sheet that could be read."""
        return len(self.projects)

    @property
    def rows(self) -> RowCounts:
        """The indicators of all projects."""
        rows = [project.facts.rows for project in self.projects]
        return RowCounts(
            projects=sum(bool(one.count) for one in rows),
            count=sum(one.count for one in rows),
            met_measured=sum(one.met_measured for one in rows),
            met_claimed=sum(one.met_claimed for one in rows),
            deviations=sum(len(one.deviations) for one in rows),
            open=sum(len(one.open) for one in rows),
        )

    @property
    def deviating(self) -> tuple[ProjectFact, ...]:
        """The projects that fell short in money or in an indicator, or lost points."""
        return tuple(
            item
            for item in self.projects
            if item.facts.rows.deviations or item.facts.rows.reduced or item.facts.budget.deviates
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
    money = MoneyWords(department.money_unit, cards[0].form if cards else None)
    projects = tuple(_projects(department, cards, money))
    own = [cards[project.position] for project in projects]
    whole = _whole_position(department, cards)
    of_whole = None if whole is None else facts_of(cards[whole], money, whole)
    facts = [project.facts for project in projects] + ([of_whole] if of_whole else [])
    of_sheets = [gap for one in facts for gap in one.denied]
    of_year = [card for card in cards if card.sheet.year == department.year]
    author, verdict = Author(of_year), department.verdict
    return DepartmentFacts(
        name=department.name,
        year=str(department.year),
        money_unit=department.money_unit,
        projects=projects,
        unread=tuple(PurePath(name).stem for name in unread),
        sums=_sums(own, money),
        scope=_scope(department, money),
        scored=sum(card.total is not None for card in own),
        grades=tuple(_grades(own)),
        executions=tuple(_shares(department, ShareKind.EXECUTION_RATE, money)),
        left_out=tuple(_left_out(department, money)),
        whole=of_whole,
        whole_position=whole,
        filed="" if verdict.points is None else trimmed(verdict.points),
        filed_grade=verdict.grade or "",
        words=_words(department, author),
        uses=uses_of(own, [project.facts for project in projects], money),
        money=money,
        denied=(*author.gaps, *of_sheets),
        caveat=department.caveat or caveat_of(card.sheet for card in cards),
    )


def _words(department: Department, author: Author) -> DepartmentWords:
    return DepartmentWords(
        grounds="、".join(department.grounds).rstrip("。"),
        organisation=author.say(department.organisation, "组织情况"),
        problems=author.say(department.problems, "存在问题"),
        measure=author.say(department.measure, "改进措施"),
        uses=author.say(department.uses, "结果应用"),
        conclusion=author.say(department.conclusion, "评价结论"),
        work=tuple(
            FieldFact(
                item.name, answer(item.aim), author.say(item.text, "工作领域", position, "内容")
            )
            for position, item in enumerate(department.work)
        ),
    )


def _whole_position(department: Department, cards: Sequence[Scorecard]) -> int | None:
    """Return the position of the first sheet of the whole department and its year."""
    for at, card in enumerate(cards):
        if card.sheet.kind == SheetKind.DEPARTMENT and card.sheet.year == department.year:
            return at
    return None


def _projects(
    department: Department, cards: Sequence[Scorecard], money: MoneyWords
) -> Iterator[ProjectFact]:
    """Yield the projects of the year, those of the department's list first and in that order."""
    listed = {project.name: order for order, project in enumerate(department.projects)}
    positions = [
        at
        for at, card in enumerate(cards)
        if card.sheet.kind == SheetKind.PROJECT and card.sheet.year == department.year
    ]
    positions.sort(key=lambda at: listed.get(cards[at].sheet.name, len(listed)))
    for number, position in enumerate(positions, 1):
        yield ProjectFact(number, position, facts_of(cards[position], money, position))


def _sums(cards: Sequence[Scorecard], money: MoneyWords) -> MoneyFacts:
    """Add up the projects' money, each kind of amount by itself."""

    def added(choose: Callable[[Budget], Decimal | None]) -> SumFact:
        return _sum_of(cards, [choose(card.sheet.budget) for card in cards], money)

    spent = added(lambda budget: budget.spent)
    moved = added(lambda budget: None if budget.spent is None else budget.transferred or None)
    final = added(lambda budget: None if budget.spent is None else budget.final)
    both = added(lambda budget: None if budget.final is None else budget.spent)
    is_rated = final.exact > ZERO
    return MoneyFacts(
        planned=added(lambda budget: budget.base),
        final=added(lambda budget: budget.final),
        original=added(lambda budget: None if budget.final is not None else budget.original),
        spent=spent,
        compared_final=final,
        compared_spent=both,
        rate=percent(both.exact, final.exact, _RATE_DIGITS) if is_rated else "",
        transferred=moved,
        net=money.say(subtract(spent.exact, moved.exact)) if _is_part(moved, spent) else "",
        moved=tuple(_moved_alone(cards, money)),
    )


def _is_part(moved: SumFact, spent: SumFact) -> bool:
    return bool(moved.count) and moved.exact <= spent.exact


def _moved_alone(cards: Sequence[Scorecard], money: MoneyWords) -> Iterator[MovedFact]:
    for card in cards:
        budget, unit = card.sheet.budget, card.sheet.money_unit
        if budget.spent is None and budget.transferred:
            yield MovedFact(card.sheet.name, money.say(budget.transferred, unit))


def _sum_of(
    cards: Sequence[Scorecard], amounts: Sequence[Decimal | None], money: MoneyWords
) -> SumFact:
    """Add up what is known in one unit of money, and name the projects of which it is not."""
    known = [
        in_money(amount, card.sheet.money_unit, money.unit)
        for card, amount in zip(cards, amounts, strict=True)
        if amount is not None
    ]
    without = tuple(
        card.sheet.name for card, amount in zip(cards, amounts, strict=True) if amount is None
    )
    exact = total(known)
    return SumFact(exact, money.say(exact) if known else "", len(known), without)


def _grades(cards: Sequence[Scorecard]) -> Iterator[tuple[str, int]]:
    scored = (card for card in cards if card.total is not None)
    names = [card.grade for card in scored if card.grade is not None]
    order = [band.name for card in cards[:1] for band in card.rulebook.grades.bands]
    for grade in dict.fromkeys((*order, *names)):
        if grade in names:
            yield grade, names.count(grade)


def _shares(department: Department, kind: ShareKind, money: MoneyWords) -> Iterator[ShareFact]:
    for share in department.shares:
        if share.kind == kind:
            yield _share(department, share, money)


def _scope(department: Department, money: MoneyWords) -> ScopeFact:
    scope, name = department.scope, department.scope.amount or ""
    figure = department.figures.get(name)
    shares = _shares(department, ShareKind.PROPORTION, money)
    return ScopeFact(
        projects="" if scope.projects is None else str(scope.projects),
        listed="" if scope.listed is None else str(scope.listed),
        amount_name=name if figure is not None else "",
        amount="" if figure is None else money.say(figure.number),
        basis=scope.basis,
        with_transfers=scope.with_transfers,
        shares=tuple(share for share in shares if figure is not None and share.part == name),
    )


def _share(department: Department, share: Share, money: MoneyWords) -> ShareFact:
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
            base_stage="",
            printed="",
            rate="",
            differs="",
            why_not=f"没有“{missing}”这个数",
            same="",
        )
    is_execution = share.kind == ShareKind.EXECUTION_RATE
    differs = _difference(part, base) if is_execution else ""
    why_not = "" if base.number > ZERO else "分母不大于零"
    rate = "" if differs or why_not else percent(part.number, base.number, _RATE_DIGITS)
    return ShareFact(
        name=share.name,
        part=share.part,
        part_amount=money.say(part.number),
        base=share.base,
        base_amount=money.say(base.number),
        stage=part.stage,
        base_stage=base.stage,
        printed="" if share.printed is None else share.printed.text,
        rate=rate,
        differs=differs,
        why_not=why_not,
        same=_like_for_like(department, part, base, money) if differs else "",
    )


def _difference(part: Figure, base: Figure) -> str:
    """Say why two figures do not make an execution rate, or nothing; one reason is enough."""
    return next(differences_of_money(part, base, ("前者", "后者")), "")


def _like_for_like(department: Department, part: Figure, base: Figure, money: MoneyWords) -> str:
    """Compare with a figure of the same money, where the department has one."""
    same = department.like_for_like(part, base)
    if same is None:
        return ""
    amount, rate = same.figure.number, percent(same.figure.number, base.number, _RATE_DIGITS)
    return f"同口径的{same.name}{money.say(amount)}{department.money_unit}，为其{rate}"


def _left_out(department: Department, money: MoneyWords) -> Iterator[LeftOutFact]:
    for position, item in enumerate(department.scope.left_out):
        said = f"{item.name}{item.reason or ''}"
        yield LeftOutFact(
            name=item.name,
            number="" if item.count is None else str(item.count),
            amount=money.say(item.amount),
            reason=item.reason or "",
            position=position,
            is_secret=holds(said, "kept-from-count"),
        )
