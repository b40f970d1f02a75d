"""What came of a year: projects and money, grades before and after the review, and the trend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from perfeval.numbers import (
    HUNDRED,
    ZERO,
    Exact,
    RoundingMode,
    multiply,
    round_exact,
    subtract,
    total,
)
from perfeval.review.names import FirstOfProject, ProjectIdentity, name_key
from perfeval.review.profile import DeviationBase
from perfeval.review.ranking import ScreenedSheet, money_of
from perfeval.review.rules import deviation_of
from perfeval.sheet import SheetKind

_PARTS = 10_000
"""Shares are whole hundredths of a percent, so that they can add up to 100 % exactly."""
_CENTS = 2


class ReviewedRow(NamedTuple):
    """A row in which a reviewer wrote something.

    Attributes:
        name: The indicator.
        actual, reviewed_actual: 自评完成值, 复核完成值; the latter empty where the former stands.
        filed, points: 自评得分, 复核得分 of the row; ``None`` where there is none.
        cut: 扣分.
        code, reason: 扣分原因代码, and what it says; empty if none.
        ground: 依据, in the reviewer's words.
    """

    name: str
    actual: str = ""
    reviewed_actual: str = ""
    filed: Decimal | None = None
    points: Decimal | None = None
    cut: Decimal = ZERO
    code: str = ""
    reason: str = ""
    ground: str = ""


class ReviewTerms(NamedTuple):
    """The terms of a review (复核口径), as far as a report says them.

    Attributes:
        name: Its name.
        base, digits: By what 偏离度 is divided, and its digits.
        reasons: The reasons for which rows lose points: 代码, 名称, 扣减比例 in percent.
    """

    name: str
    base: DeviationBase
    digits: int
    reasons: tuple[ReviewReason, ...]


class ReviewReason(NamedTuple):
    """A reason for which a row loses points.

    Attributes:
        code, name: 代码, 名称.
        ratio: 扣减比例 in percent; ``None`` where the reviewer says how much.
    """

    code: str
    name: str
    ratio: Decimal | None = None


class ReviewRemark(NamedTuple):
    """What is wrong with a review itself.

    Attributes:
        code: Its code (RV…).
        message: What is the case.
        where: Where in which workpaper.
    """

    code: str
    message: str
    where: str = ""


class ReviewedTotal(NamedTuple):
    """What a review gave a project.

    Attributes:
        project: Its name, as the workpaper has it.
        file: The workpaper.
        total: 复核得分; ``None`` where it is open.
        grade: 复核等级; empty where it cannot be told.
        department, unit, code: 主管部门, 实施单位, 项目编码; empty if not known.
        year: 年度.
        deductions: What was taken away in it, by reason; ``None`` where that is not known.
        filed, filed_grade: 自评得分, 自评等级, as the workpaper has them.
        full: The full points of its rulebook.
        deviation: 偏离度 of the total in percent, as its terms define it.
        rows: The rows in which the reviewer wrote something.
    """

    project: str
    file: str = ""
    total: Decimal | None = None
    grade: str = ""
    department: str = ""
    unit: str = ""
    code: str = ""
    year: int | None = None
    deductions: tuple[DeductionSum, ...] | None = None
    filed: Decimal | None = None
    filed_grade: str = ""
    full: Decimal | None = None
    deviation: Decimal | None = None
    rows: tuple[ReviewedRow, ...] = ()

    @property
    def cut(self) -> Decimal | None:
        """All that was taken away; ``None`` where that is not known."""
        if self.deductions is None:
            return None
        return total(one.points for one in self.deductions)

    def identity(self, scope: str) -> ProjectIdentity:
        """By what the project is known; a review is of sheets of whatever *scope* it stands by."""
        return ProjectIdentity(
            project=self.project,
            department=self.department,
            unit=self.unit,
            code=self.code,
            year=self.year,
            scope=scope,
        )


class DeductionSum(NamedTuple):
    """What was taken away for one reason.

    Attributes:
        code, name: The reason.
        rows, projects: In how many rows and projects.
        points: How many points together.
    """

    code: str
    name: str
    rows: int
    projects: int
    points: Decimal


class ResultProject(NamedTuple):
    """A project before and after the review.

    Attributes:
        department, unit, project: 主管部门, 实施单位, 项目名称.
        money: Its money in 万元.
        filed, filed_grade: The total as filed, and its grade; of a project that was reviewed as the
            workpaper has them, unless its sheet has another total now.
        points, grade: The total and the grade by the rule.
        stamp: Its rulebook.
        is_reviewed: A review gave it points, or left them open.
        reviewed, reviewed_grade: 复核得分, 复核等级.
        review: All that the review said of it; ``None`` without a review.
    """

    department: str
    unit: str
    project: str
    money: Decimal | None
    filed: Decimal | None
    filed_grade: str
    points: Decimal | None
    grade: str
    stamp: str
    is_reviewed: bool = False
    reviewed: Decimal | None = None
    reviewed_grade: str = ""
    review: ReviewedTotal | None = None


class GradeShare(NamedTuple):
    """How many projects have a grade.

    Attributes:
        grade: The grade; empty where there is none.
        projects: How many.
        share: In percent; the shares of all add up to 100.
        money: Their money in 万元.
    """

    grade: str
    projects: int
    share: Decimal
    money: Decimal


class TrendRow(NamedTuple):
    """A kind of finding over the years.

    Attributes:
        code: Its code.
        projects: In how many projects of each year.
    """

    code: str
    projects: tuple[int, ...]


class ReviewResults(NamedTuple):
    """What came of a year.

    Attributes:
        year: The year that is told of, the latest.
        projects: Its projects.
        grades: The grades after the review, of those that were reviewed; without a review those
            as filed, of all.
        before: The grades as filed of those that were reviewed.
        deductions: What was taken away, by reason.
        years: The years of the trend, with how many projects each has.
        trend: The kinds of findings over these years.
        unmatched: Reviewed projects that are not, or not for certain, among the projects.
        left_out: What is in no number, each with the reason.
        terms: The terms of the review.
        remarks: What is wrong with the review itself.
    """

    year: int | None
    projects: tuple[ResultProject, ...]
    grades: tuple[GradeShare, ...]
    before: tuple[GradeShare, ...]
    deductions: tuple[DeductionSum, ...]
    years: tuple[tuple[int, int], ...]
    trend: tuple[TrendRow, ...]
    unmatched: tuple[str, ...]
    left_out: tuple[str, ...]
    terms: tuple[ReviewTerms, ...] = ()
    remarks: tuple[ReviewRemark, ...] = ()

    @property
    def reviewed(self) -> tuple[ResultProject, ...]:
        """The projects that were reviewed."""
        return tuple(one for one in self.projects if one.is_reviewed)


def money_sum(projects: Iterable[ResultProject]) -> Decimal:
    """Return the money of projects in 万元, as far as it is known."""
    return total(one.money for one in projects if one.money is not None)


def shares_of(counts: Sequence[int]) -> tuple[Decimal, ...]:
    """Return shares in percent with two decimals that add up to 100: by largest remainders.

    >>> [str(share) for share in shares_of([1, 1, 1])]
    ['33.34', '33.33', '33.33']
    >>> shares_of([0, 0])
    (Decimal('0.00'), Decimal('0.00'))
    """
    whole = sum(counts)
    if not whole:
        return tuple(Decimal(0).scaleb(-_CENTS) for _ in counts)
    parts = [count * _PARTS // whole for count in counts]
    order = sorted(range(len(counts)), key=lambda at: (-(counts[at] * _PARTS % whole), at))
    for at in order[: _PARTS - sum(parts)]:
        parts[at] += 1
    return tuple(Decimal(part).scaleb(-_CENTS) for part in parts)


def results_of(
    sheets: Iterable[ScreenedSheet],
    reviewed: Sequence[ReviewedTotal] = (),
    deductions: Sequence[DeductionSum] = (),
    terms: Sequence[ReviewTerms] = (),
    remarks: Sequence[ReviewRemark] = (),
) -> ReviewResults:
    """Return what came of the latest year, and of the years before for the trend.

    Args:
        sheets: What is known of each sheet.
        reviewed: What a review gave.
        deductions: What it took away, by reason; those of one code are put together.  Where every
            review tells its own, these count instead, of the projects that were matched.
        terms: The terms of the review.
        remarks: What is wrong with the review itself.
    """
    gathered = _Gathering()
    for sheet in sheets:
        gathered.add(sheet)
    year = max(gathered.years, default=None)
    projects, matched, unmatched = _matched(gathered, year, reviewed)
    scale = gathered.scale
    done = [one for one in projects if one.is_reviewed]
    after = [(one.reviewed_grade, one.money) for one in done]
    filed = [(one.filed_grade, one.money) for one in done or projects]
    return ReviewResults(
        year=year,
        projects=tuple(projects),
        grades=_shares(after if done else filed, scale),
        before=_shares(filed, scale) if done else (),
        deductions=tuple(_added(_deductions(reviewed, matched, deductions))),
        years=tuple((one, len(gathered.years[one])) for one in sorted(gathered.years)),
        trend=tuple(gathered.trend()),
        unmatched=tuple(unmatched),
        left_out=tuple(gathered.left_out),
        terms=tuple(dict.fromkeys(terms)),
        remarks=tuple(remarks),
    )


class _Gathering:
    """Sheets as they come, by year."""

    def __init__(self) -> None:
        self.years: dict[int, list[ResultProject]] = {}
        self.identities: dict[int, list[ProjectIdentity]] = {}
        self.left_out: list[str] = []
        self.scale: list[str] = []
        self._codes: dict[str, Counter[int]] = {}
        self._first = FirstOfProject()

    def add(self, sheet: ScreenedSheet) -> None:
        """Put a sheet to the others; what is in no number is told."""
        row = sheet.row
        if row.problem or row.year is None:
            self.left_out.append(f"{sheet.name}：{row.problem or '没有年度'}")
            return
        if row.kind == SheetKind.DEPARTMENT.value:
            self.left_out.append(f"{sheet.name}：部门整体的表，不计入项目")
            return
        first = self._first.first_of(sheet.identity, sheet.name)
        if first:
            self.left_out.append(f"{sheet.name}：与“{first}”是同一个项目，没有再算")
            return
        self.scale += [grade for grade in sheet.scale if grade not in self.scale]
        for code in sheet.codes:
            self._codes.setdefault(code, Counter())[row.year] += 1
        self.identities.setdefault(row.year, []).append(sheet.identity)
        self.years.setdefault(row.year, []).append(
            ResultProject(
                department=row.department,
                unit=row.unit,
                project=row.project,
                money=money_of(row),
                filed=row.filed_total,
                filed_grade=sheet.filed_grade,
                points=row.total,
                grade=row.grade,
                stamp=row.stamp,
            )
        )

    def trend(self) -> Iterator[TrendRow]:
        """Yield the kinds of findings, the most frequent of the latest year first."""
        years = sorted(self.years)
        rows = [
            TrendRow(code, tuple(found[year] for year in years))
            for code, found in self._codes.items()
        ]
        yield from sorted(
            rows, key=lambda row: (*(-number for number in reversed(row.projects)), row.code)
        )


def _matched(
    gathered: _Gathering, year: int | None, reviewed: Sequence[ReviewedTotal]
) -> tuple[list[ResultProject], list[ReviewedTotal], list[str]]:
    """Put what a review gave to its project, where there is one and only one that it can be.

    Returns:
        The projects, what was put to one, and what was not, with the reason.
    """
    projects = gathered.years.get(year, []) if year else []
    identities = gathered.identities.get(year, []) if year else []
    places: dict[str, list[int]] = {}
    for at, one in enumerate(identities):
        keys = (name_key(one.project), *((f"\0{one.code}",) if one.code else ()))
        for key in keys:
            places.setdefault(key, []).append(at)
    found = list(projects)
    matched, unmatched = [], []
    for given in reviewed:
        named = places.get(name_key(given.project), [])
        coded = places.get(f"\0{given.code}", []) if given.code else []
        own = [
            at
            for at in dict.fromkeys((*coded, *named))
            if identities[at].may_be(given.identity(identities[at].scope))
        ]
        if len(own) != 1 or found[own[0]].is_reviewed:
            why = "" if own else _of_other_year(given, gathered, year, is_named=bool(named))
            why = why or _why_unmatched(len(own), bool(named))
            unmatched.append(f"{_said_of(given)}（{given.file or '复核结果'}）：{why}")
            continue
        matched.append(given)
        found[own[0]] = _reviewed(found[own[0]], given)
    return found, matched, unmatched


def _reviewed(one: ResultProject, given: ReviewedTotal) -> ResultProject:
    """Return a project with what a review gave it, and as filed what the workpaper has."""
    is_same = given.filed is not None and one.filed in (None, given.filed)
    return one._replace(
        filed=given.filed if is_same else one.filed,
        filed_grade=given.filed_grade if is_same and given.filed_grade else one.filed_grade,
        is_reviewed=True,
        reviewed=given.total,
        reviewed_grade=given.grade,
        review=given,
    )


def _deductions(
    reviewed: Sequence[ReviewedTotal],
    matched: Sequence[ReviewedTotal],
    given: Sequence[DeductionSum],
) -> Sequence[DeductionSum]:
    """Return what was taken away in the projects that count, as far as it is told by project."""
    if not reviewed or any(one.deductions is None for one in reviewed):
        return given
    return [item for one in matched for item in one.deductions or ()]


def _said_of(given: ReviewedTotal) -> str:
    office = given.department or given.unit
    return f"{office} “{given.project}”" if office else f"“{given.project}”"


def _of_other_year(
    given: ReviewedTotal, gathered: _Gathering, year: int | None, *, is_named: bool
) -> str:
    """Say that a review is of a project of another year; nothing where none is."""
    years = [
        one
        for one, identities in sorted(gathered.identities.items())
        if one != year and any(each.may_be(given.identity(each.scope)) for each in identities)
    ]
    if given.year in years:
        return f"这是 {given.year} 年度的复核，这次统计的是 {year} 年度"
    if not years or is_named:
        return ""
    listed = "、".join(map(str, years))
    return f"自评项目里只有 {listed} 年度的是这个名称，这次统计的是 {year} 年度"


def _why_unmatched(places: int, is_named: bool) -> str:
    if not places:
        other = "自评项目里这个名称的，年度、部门、单位或编码不同"
        return other if is_named else "自评项目里没有这个名称"
    return f"有 {places} 个项目叫这个名称，分不清" if places > 1 else "已有一份复核结果"


def _shares(
    graded: Sequence[tuple[str, Decimal | None]], scale: Sequence[str]
) -> tuple[GradeShare, ...]:
    """Return the grades in the rulebooks' order, also those that none has; without one last."""
    counts = Counter(grade for grade, _ in graded)
    names = [*scale, *(grade for grade in counts if grade and grade not in scale)]
    names += [""] if counts[""] else []
    shares = shares_of([counts[name] for name in names])
    return tuple(
        GradeShare(
            name,
            counts[name],
            share,
            total(money for grade, money in graded if grade == name and money is not None),
        )
        for name, share in zip(names, shares, strict=True)
    )


def _added(deductions: Sequence[DeductionSum]) -> Iterator[DeductionSum]:
    groups: dict[tuple[str, str], list[DeductionSum]] = {}
    for one in deductions:
        groups.setdefault((one.code, one.name), []).append(one)
    for (code, name), own in sorted(groups.items()):
        yield DeductionSum(
            code=code,
            name=name,
            rows=sum(one.rows for one in own),
            projects=sum(one.projects for one in own),
            points=total(one.points for one in own),
        )


class ReviewEffect(NamedTuple):
    """What a review did to the points of the projects for which both are known.

    Attributes:
        compared: How many these are.
        lowered, raised, same: How many lost points, won some, and kept theirs.
        difference: By how much the points fell together.
        deviation: 偏离度 of all of them together in percent; ``None`` where the terms are not one,
            or do not say by what it is divided.
        means: The means of the points as filed and as reviewed, with two decimals; ``None`` where
            the full points are not known to be the same.
    """

    compared: int
    lowered: int
    raised: int
    same: int
    difference: Decimal
    deviation: Decimal | None = None
    means: tuple[Decimal, Decimal] | None = None


def effect_of(found: ReviewResults) -> ReviewEffect:
    """Return what the review did to the points."""
    compared = [one for one in found.reviewed if one.filed is not None and one.reviewed is not None]
    gaps = [subtract(one.filed or ZERO, one.reviewed or ZERO) for one in compared]
    return ReviewEffect(
        compared=len(gaps),
        lowered=sum(gap > 0 for gap in gaps),
        raised=sum(gap < 0 for gap in gaps),
        same=sum(not gap for gap in gaps),
        difference=total(gaps),
        deviation=_whole_deviation(compared, {(one.base, one.digits) for one in found.terms}),
        means=_means(compared),
    )


def _sums(compared: Sequence[ResultProject]) -> tuple[Decimal, Decimal]:
    """Return the sums of the points as filed and as reviewed."""
    return total(one.filed or ZERO for one in compared), total(
        one.reviewed or ZERO for one in compared
    )


def _full(compared: Sequence[ResultProject]) -> tuple[Decimal, ...]:
    """Return the full points of each project; of none where they are not known of all."""
    known = [one.review.full for one in compared if one.review and one.review.full is not None]
    return tuple(known) if len(known) == len(compared) else ()


def _whole_deviation(
    compared: Sequence[ResultProject], rules: Collection[tuple[DeviationBase, int]]
) -> Decimal | None:
    """Return 偏离度 of several projects: of their sums, as the terms define it of one."""
    if len(rules) != 1:
        return None
    base, digits = next(iter(rules))
    filed, reviewed = _sums(compared)
    divisor = filed if base is DeviationBase.FILED else total(_full(compared))
    return deviation_of(filed, reviewed, divisor, digits)


def _means(compared: Sequence[ResultProject]) -> tuple[Decimal, Decimal] | None:
    if len(set(_full(compared))) != 1:
        return None
    number = Decimal(len(compared))
    filed, reviewed = (
        round_exact(Exact(points, number), _CENTS, RoundingMode.HALF_UP)
        for points in _sums(compared)
    )
    return filed, reviewed


def percent_of(part: Decimal, whole: Decimal) -> Decimal | None:
    """Return a share in percent with two decimals; ``None`` without a whole."""
    if not whole:
        return None
    exact = Exact(multiply(part, HUNDRED), whole)
    return round_exact(exact, _CENTS, RoundingMode.HALF_UP)
