"""Screening: which departments and projects to look at first, and by which rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

from perfeval.cells.tables import words_data
from perfeval.cells.units import MoneyUnit, in_money
from perfeval.cells.words import WordEnum
from perfeval.numbers import (
    ZERO,
    add,
    multiply,
    plain,
    subtract,
    total,
    trimmed,
)
from perfeval.review.names import FirstOfProject, ProjectIdentity
from perfeval.review.quotients import half_up
from perfeval.review.repeats import RepeatedText, Repeats, TextPair
from perfeval.rows import SheetRow
from perfeval.sheet import SheetKind

_DIGITS = 2


class ScreeningRules(NamedTuple):
    """By which rules something stands out.

    Attributes:
        ahead: By how many percentage points the share of points of the outputs is ahead of the
            execution rate.
        deviations: How many median absolute deviations are far.
        least: How many projects or departments a group needs, so that its median says anything.
    """

    ahead: Decimal
    deviations: Decimal
    least: int


@cache
def screening_rules() -> ScreeningRules:
    """Return the rules that ship.

    >>> screening_rules().deviations
    Decimal('3')
    """
    data = words_data(__package__, "screening.json")
    return ScreeningRules(Decimal(data["ahead"]), Decimal(data["deviations"]), int(data["least"]))


class ScreenedSheet(NamedTuple):
    """What screening needs of one sheet.

    Attributes:
        row: Its row.
        code: 项目编码.
        full: The full points of its rulebook; ``None`` where it was not scored.
        filed_grade: The grade that its filed total has.
        output_weight: The weight of its outputs.
        sentences: What is told in it, sentence by sentence.
        codes: The codes of its errors and warnings, each once.
        scale: The grades of its rulebook, the best first.
    """

    row: SheetRow
    code: str = ""
    full: Decimal | None = None
    filed_grade: str = ""
    output_weight: Decimal | None = None
    sentences: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    scale: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its file and table."""
        return f"{self.row.file} {self.row.table}".rstrip()

    @property
    def identity(self) -> ProjectIdentity:
        """By what its project is known."""
        row = self.row
        return ProjectIdentity(
            project=row.project,
            department=row.department,
            unit=row.unit,
            code=self.code,
            year=row.year,
            scope=row.kind,
        )


class RankedProject(NamedTuple):
    """A project, or a whole department's sheet.

    Attributes:
        file: Its file and table.
        department, unit, project: 主管部门, 实施单位, 项目名称.
        year: 年度.
        stamp: Its rulebook.
        money: 全年预算数, else 年初预算数, in 万元.
        rate: The execution rate in percent.
        output_share: The points of the outputs in percent of their weight.
        stake: The points that hang on errors and warnings.
        errors, warnings, infos: How many findings of each level.
        points, low, high: The total, or its range.
        grade: The grade by the rule.
        filed: The total as filed.
        filed_grade: The grade that this has.
        excess: By how much *filed* is above the total.
        is_full: It was filed with full points.
        shared: How many of its sentences stand in other projects, too.
    """

    file: str
    department: str
    unit: str
    project: str
    year: int | None
    stamp: str
    money: Decimal | None
    rate: Decimal | None
    output_share: Decimal | None
    stake: Decimal
    errors: int
    warnings: int
    infos: int
    points: Decimal | None
    low: Decimal | None
    high: Decimal | None
    grade: str
    filed: Decimal | None
    filed_grade: str
    excess: Decimal | None
    is_full: bool
    shared: int = 0


class RankedDepartment(NamedTuple):
    """A department with its projects.

    Attributes:
        department: Its name; empty where the sheets name none.
        projects: How many projects.
        money: Their money in 万元, as far as it is known.
        without_money: Of how many it is not known.
        stake: The points that hang on their errors and warnings.
        errors, warnings, infos: How many findings of each level.
        mean: The average of the totals that are known; ``None`` where none is.
        mean_filed: The average of the totals as filed.
        full: How many were filed with full points.
        shared: How many sentences stand in other projects, too.
    """

    department: str
    projects: int
    money: Decimal
    without_money: int
    stake: Decimal
    errors: int
    warnings: int
    infos: int
    mean: Decimal | None
    mean_filed: Decimal | None
    full: int
    shared: int


class OutlierKind(WordEnum):
    """In what something stands out."""

    AHEAD = "产出超前于资金"
    PROJECT_POINTS = "项目总分"
    PROJECT_RATE = "项目执行率"
    PROJECT_STAKE = "项目涉及分值"
    DEPARTMENT_MEAN = "部门平均分"
    DEPARTMENT_STAKE = "部门平均涉及分值"


class Outlier(NamedTuple):
    """Something that stands out, with the rule that says so.

    Attributes:
        kind: In what.
        department, project, file: Whose it is; no project for a department.
        value: Its value.
        middle: The median of its group; for outputs ahead of money, the execution rate.
        spread: The median absolute deviation; ``None`` for outputs ahead of money.
        text: The rule with its figures.
    """

    kind: OutlierKind
    department: str
    project: str
    file: str
    value: Decimal
    middle: Decimal
    spread: Decimal | None
    text: str


class GradeCount(NamedTuple):
    """How many projects have a grade.

    Attributes:
        grade: The grade; empty where there is none yet.
        by_rule: How many by the rule.
        as_filed: How many by the total as filed.
    """

    grade: str
    by_rule: int
    as_filed: int


class Ranking(NamedTuple):
    """All that was screened, the first to look at first.

    Attributes:
        departments: The departments.
        projects: The projects, each once.
        wholes: The sheets of whole departments; they are in no sum.
        full: The projects that were filed with full points.
        repeated: Sentences that stand in several projects.
        pairs: Projects by how many sentences they share.
        outliers: What stands out.
        grades: The grades, by the rule and as filed.
        unread: What has no result, each with the reason.
        twice: Sheets of a project that was counted already, each with the first.
        rules: The rules in words.
    """

    departments: tuple[RankedDepartment, ...]
    projects: tuple[RankedProject, ...]
    wholes: tuple[RankedProject, ...]
    full: tuple[RankedProject, ...]
    repeated: tuple[RepeatedText, ...]
    pairs: tuple[TextPair, ...]
    outliers: tuple[Outlier, ...]
    grades: tuple[GradeCount, ...]
    unread: tuple[str, ...]
    twice: tuple[str, ...]
    rules: tuple[str, ...]


def rank(sheets: Iterable[ScreenedSheet], rules: ScreeningRules | None = None) -> Ranking:
    """Rank projects and departments.

    Args:
        sheets: What is known of each sheet; they are taken one after another, and only figures and
            sentences are kept.
        rules: By which rules something stands out; ``None`` for those that ship.
    """
    rules = rules or screening_rules()
    gathered = _Gathered()
    for sheet in sheets:
        gathered.add(sheet)
    projects = tuple(sorted(gathered.counted(), key=_first_to_look_at))
    departments = tuple(sorted(_departments(projects), key=_first_department))
    outliers = (
        *_ahead(projects, rules),
        *_far_projects(projects, rules),
        *_far_departments(departments, rules),
    )
    return Ranking(
        departments=departments,
        projects=projects,
        wholes=tuple(gathered.wholes),
        full=tuple(one for one in projects if one.is_full),
        repeated=gathered.repeats.texts,
        pairs=gathered.repeats.pairs,
        outliers=outliers,
        grades=_grades(projects, gathered.scale),
        unread=tuple(gathered.unread),
        twice=tuple(gathered.twice),
        rules=_told(rules),
    )


class _Gathered:
    """Sheets as they come: figures and sentences, and what has no place among them."""

    def __init__(self) -> None:
        self.wholes: list[RankedProject] = []
        self.unread: list[str] = []
        self.twice: list[str] = []
        self.scale: list[str] = []
        self.repeats = Repeats()
        self._projects: list[RankedProject] = []
        self._first = FirstOfProject()

    def add(self, sheet: ScreenedSheet) -> None:
        """Put a sheet to the others."""
        row = sheet.row
        if row.problem:
            self.unread.append(f"{sheet.name}：{row.problem}")
            return
        if row.kind == SheetKind.DEPARTMENT.value:
            self.wholes.append(_ranked(sheet))
            return
        first = self._first.first_of(sheet.identity, sheet.name)
        if first:
            self.twice.append(f"{sheet.name}：与“{first}”是同一个项目，没有再算")
            return
        self.scale += [grade for grade in sheet.scale if grade not in self.scale]
        self.repeats.add(len(self._projects), sheet.sentences)
        self._projects.append(_ranked(sheet))

    def counted(self) -> Iterator[RankedProject]:
        """Yield the projects with how many sentences they share."""
        names = [(one.department, one.project, one.file) for one in self._projects]
        shared = self.repeats.settle(names)
        for at, one in enumerate(self._projects):
            yield one._replace(shared=shared[at])


def _ranked(sheet: ScreenedSheet) -> RankedProject:
    row = sheet.row
    return RankedProject(
        file=sheet.name,
        department=row.department,
        unit=row.unit,
        project=row.project,
        year=row.year,
        stamp=row.stamp,
        money=money_of(row),
        rate=row.rate,
        output_share=_share(row.output, sheet.output_weight),
        stake=row.stake or ZERO,
        errors=row.errors,
        warnings=row.warnings,
        infos=row.infos,
        points=row.total,
        low=row.low,
        high=row.high,
        grade=row.grade,
        filed=row.filed_total,
        filed_grade=sheet.filed_grade,
        excess=row.excess,
        is_full=row.filed_total is not None and row.filed_total == sheet.full,
    )


def money_of(row: SheetRow) -> Decimal | None:
    """Return a sheet's money in 万元: 全年预算数, else 年初预算数.

    >>> money_of(SheetRow(money_unit="元", final=Decimal("125000")))
    Decimal('12.5')
    """
    amount = row.final if row.final is not None else row.original
    if amount is None:
        return None
    return in_money(amount, MoneyUnit(row.money_unit or MoneyUnit.WAN.value), MoneyUnit.WAN)


def _share(points: Decimal | None, weight: Decimal | None) -> Decimal | None:
    if points is None or not weight:
        return None
    return half_up(Fraction(points) * 100 / Fraction(weight), _DIGITS)


def _first_to_look_at(one: RankedProject) -> tuple[Any, ...]:
    return (-one.stake, -one.errors, -one.warnings, -(one.money or ZERO), one.file)


def _first_department(one: RankedDepartment) -> tuple[Any, ...]:
    return (-one.stake, -one.errors, -one.warnings, -one.money, one.department)


def _departments(projects: Sequence[RankedProject]) -> Iterator[RankedDepartment]:
    groups: dict[str, list[RankedProject]] = {}
    for one in projects:
        groups.setdefault(one.department, []).append(one)
    for name, own in groups.items():
        money = [one.money for one in own if one.money is not None]
        yield RankedDepartment(
            department=name,
            projects=len(own),
            money=total(money),
            without_money=len(own) - len(money),
            stake=total(one.stake for one in own),
            errors=sum(one.errors for one in own),
            warnings=sum(one.warnings for one in own),
            infos=sum(one.infos for one in own),
            mean=_mean([one.points for one in own]),
            mean_filed=_mean([one.filed for one in own]),
            full=sum(one.is_full for one in own),
            shared=sum(one.shared for one in own),
        )


def _mean(values: Sequence[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return half_up(Fraction(total(known)) / len(known), _DIGITS) if known else None


def _grades(projects: Sequence[RankedProject], scale: Sequence[str]) -> tuple[GradeCount, ...]:
    """Return the grades that any has in the rulebooks' order; those of no scale, and none, last."""
    by_rule = Counter(one.grade for one in projects)
    as_filed = Counter(one.filed_grade for one in projects)
    places = {grade: at for at, grade in enumerate(scale)}
    named = {*by_rule, *as_filed}
    order = sorted(named, key=lambda grade: (not grade, places.get(grade, len(places)), grade))
    return tuple(GradeCount(grade, by_rule[grade], as_filed[grade]) for grade in order)


# -- what stands out ---------------------------------------------------------------------------


def _ahead(projects: Sequence[RankedProject], rules: ScreeningRules) -> Iterator[Outlier]:
    """Yield the projects whose outputs are far ahead of their money."""
    for one in projects:
        if one.rate is None or one.output_share is None:
            continue
        gap = subtract(one.output_share, one.rate)
        if gap >= rules.ahead:
            said = (
                f"产出得分率 {plain(one.output_share)}%，执行率 {plain(one.rate)}%，"
                f"超前 {trimmed(gap)} 个百分点（界限 {trimmed(rules.ahead)}）"
            )
            yield _outlier(OutlierKind.AHEAD, one, one.output_share, one.rate, None, said)


def _outlier(
    kind: OutlierKind,
    one: RankedProject | RankedDepartment,
    value: Decimal,
    middle: Decimal,
    spread: Decimal | None,
    text: str,
) -> Outlier:
    whose = (one.project, one.file) if isinstance(one, RankedProject) else ("", "")
    return Outlier(
        kind=kind,
        department=one.department,
        project=whose[0],
        file=whose[1],
        value=value,
        middle=middle,
        spread=spread,
        text=text,
    )


_OF_PROJECTS: Mapping[OutlierKind, Callable[[RankedProject], Decimal | None]] = {
    OutlierKind.PROJECT_POINTS: lambda one: one.points,
    OutlierKind.PROJECT_RATE: lambda one: one.rate,
    OutlierKind.PROJECT_STAKE: lambda one: one.stake,
}
_OF_DEPARTMENTS: Mapping[OutlierKind, Callable[[RankedDepartment], Decimal | None]] = {
    OutlierKind.DEPARTMENT_MEAN: lambda one: one.mean,
    OutlierKind.DEPARTMENT_STAKE: lambda one: half_up(Fraction(one.stake) / one.projects, _DIGITS),
}


def _far_projects(projects: Sequence[RankedProject], rules: ScreeningRules) -> Iterator[Outlier]:
    """Yield what is far from the projects that are scored by the same rulebook."""
    groups: dict[str, list[RankedProject]] = {}
    for one in projects:
        groups.setdefault(one.stamp, []).append(one)
    for kind, value in _OF_PROJECTS.items():
        for group in groups.values():
            pairs = [(one, found) for one in group if (found := value(one)) is not None]
            yield from _far(kind, pairs, rules)


def _far_departments(
    departments: Sequence[RankedDepartment], rules: ScreeningRules
) -> Iterator[Outlier]:
    for kind, value in _OF_DEPARTMENTS.items():
        pairs = [(one, found) for one in departments if (found := value(one)) is not None]
        yield from _far(kind, pairs, rules)


def _far(
    kind: OutlierKind,
    pairs: Sequence[tuple[RankedProject | RankedDepartment, Decimal]],
    rules: ScreeningRules,
) -> Iterator[Outlier]:
    """Yield the values that are farther from the median than so many median deviations.

    Where more than half of a group has one value, the deviation is 0: the rule cannot be used.
    """
    if len(pairs) < rules.least:
        return
    middle = median([value for _, value in pairs])
    spread = median([subtract(value, middle).copy_abs() for _, value in pairs])
    if not spread:
        return
    limit = multiply(spread, rules.deviations)
    for one, value in pairs:
        gap = subtract(value, middle).copy_abs()
        if gap > limit:
            said = (
                f"{plain(value)}，同类 {len(pairs)} 个的中位数 {trimmed(middle)}，"
                f"绝对离差中位数 {trimmed(spread)}，"
                f"相差 {trimmed(gap)} 超过 {trimmed(rules.deviations)} 倍（{trimmed(limit)}）"
            )
            yield _outlier(kind, one, value, middle, spread, said)


def median(values: Sequence[Decimal]) -> Decimal:
    """Return the middle of values, or the mean of the two in the middle.

    >>> median([Decimal(3), Decimal(1), Decimal(2)]), median([Decimal(1), Decimal(2)])
    (Decimal('2'), Decimal('1.5'))
    """
    ordered = sorted(values)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return multiply(add(ordered[half - 1], ordered[half]), _HALF)


_HALF = Decimal("0.5")


def _told(rules: ScreeningRules) -> tuple[str, ...]:
    far, ahead = trimmed(rules.deviations), trimmed(rules.ahead)
    group = (
        "同类：项目为同一评分办法的项目，部门为全部部门；"
        f"不足 {rules.least} 个、或过半数值相同的不比。"
    )
    return (
        "排序：涉及分值（错误和警告改正后可能变动的分数）多的在前，其次错误数、警告数、资金量。",
        f"产出超前于资金：产出得分 ÷ 产出分值，比预算执行率高 {ahead} 个百分点及以上。",
        f"离群：与同类中位数的差，超过各值与中位数之差的中位数的 {far} 倍。{group}",
        "资金统一换算为万元再相加；部门整体的表不计入项目；同一项目的第二张表不再算。",
    )


def points_share(count: int, whole: int) -> str:
    """Return a share in percent for a sentence; empty where there is no whole.

    >>> points_share(1, 4)
    '25.00%'
    """
    return f"{plain(half_up(Fraction(count * 100, whole), _DIGITS))}%" if whole else ""
