"""Intake: what was handed in, line by line, compared with itself and with what was asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from perfeval.cells.units import MoneyUnit, in_money
from perfeval.cells.words import WordEnum
from perfeval.numbers import TWO, plain
from perfeval.review.names import (
    NearNames,
    ProjectIdentity,
    listed,
    may_be_one_office,
    name_key,
)


class IntakeStatus(WordEnum):
    """What became of a file, or of one table in it.

    >>> IntakeStatus.READ.is_sheet, IntakeStatus.SCAN.is_sheet
    (True, False)
    """

    READ = "读通"
    REMARKED = "读通，有没读到的"
    INCOMPLETE = "是自评表，没有读通"
    NO_SHEET = "没有自评表"
    SCAN = "扫描件或图片"
    LOCKED = "加密"
    UNOPENED = "打不开"
    COMPANION = "办法等，不是自评表"
    ASIDE = "隐藏或临时，没有看"

    @property
    def is_sheet(self) -> bool:
        """A 自评表 was found there."""
        return self in _SHEETS

    @property
    def is_lost(self) -> bool:
        """A 自评表 may be there that nobody can read."""
        return self in _LOST


_SHEETS = frozenset({IntakeStatus.READ, IntakeStatus.REMARKED, IntakeStatus.INCOMPLETE})
_LOST = frozenset(
    {
        IntakeStatus.INCOMPLETE,
        IntakeStatus.SCAN,
        IntakeStatus.LOCKED,
        IntakeStatus.UNOPENED,
    }
)


class HandedIn(NamedTuple):
    """One file that was handed in, or one table in it.

    Attributes:
        file: The file, as it is reached from what was named.
        table: Which table of the file it is; empty where it has no other.
        folder: The first folder below what was named, in which it lay; empty where there is none.
        kind: What the file is (``docx``, ``yaml``); empty where that is not known.
        digest: The SHA-256 of its bytes; empty where it was not opened.
        status: What became of it.
        reason: Why, or what was not read.
        department, unit, project, code: 主管部门, 实施单位, 项目名称, 项目编码; empty if not known.
        year: 年度.
        scope: 表种.
        forms: The ids of the forms that it can be, the most likely first.
        version: The rulebook and its version by which a form of ours was made; else empty.
        unread, assumed: How many places were not read, and how many were read with an assumption.
        money: 全年预算数, else 年初预算数.
        money_unit: Its unit.
        content: A digest of what the sheet says, equal for a sheet in two kinds of files.

    >>> HandedIn(file="局/表.docx", status=IntakeStatus.SCAN).project
    ''
    """

    file: str
    status: IntakeStatus
    table: str = ""
    folder: str = ""
    kind: str = ""
    digest: str = ""
    reason: str = ""
    department: str = ""
    unit: str = ""
    project: str = ""
    code: str = ""
    year: int | None = None
    scope: str = ""
    forms: tuple[str, ...] = ()
    version: str = ""
    unread: int = 0
    assumed: int = 0
    money: Decimal | None = None
    money_unit: str = MoneyUnit.WAN.value
    content: str = ""

    @property
    def name(self) -> str:
        """The file and, where it has several tables, the table."""
        return f"{self.file} {self.table}".rstrip()

    @property
    def identity(self) -> ProjectIdentity:
        """By what its project is known."""
        return ProjectIdentity(
            project=self.project,
            department=self.department,
            unit=self.unit,
            code=self.code,
            year=self.year,
            scope=self.scope,
        )


class ExpectedProject(NamedTuple):
    """A project on a list of those that should be handed in.

    Attributes:
        row: Its row in the list, counted as a spreadsheet counts.
        department, unit, project, code: As printed; empty where the list has no such column.
        money: Its money.
        money_unit: The unit of that; empty where the list does not say it.

    >>> ExpectedProject(row=2, project="养老服务").money is None
    True
    """

    row: int
    project: str
    department: str = ""
    unit: str = ""
    code: str = ""
    money: Decimal | None = None
    money_unit: str = ""


class IntakeRemarkKind(WordEnum):
    """What is to be said of a line, beside what became of it."""

    SAME_FILE = "文件相同"
    SAME_PROJECT = "同一项目"
    OTHER_FORM = "表式不对"
    OTHER_YEAR = "年度不同"
    NOT_LISTED = "不在名单"
    OTHER_MONEY = "资金与名单不同"


class IntakeRemark(NamedTuple):
    """What is said of a line.

    Attributes:
        kind: What it is about.
        text: The sentence.
    """

    kind: IntakeRemarkKind
    text: str


class IntakeLine(NamedTuple):
    """A line of the list of what was handed in.

    Attributes:
        handed: What was handed in.
        remarks: What is said of it.
    """

    handed: HandedIn
    remarks: tuple[IntakeRemark, ...]


class MissingProject(NamedTuple):
    """A project of the list for which nothing was handed in.

    Attributes:
        listed: The project.
        near: What was handed in under a name near to it; whether it is the same, a person says.
    """

    listed: ExpectedProject
    near: tuple[str, ...]


class Intake(NamedTuple):
    """All that was handed in.

    Attributes:
        lines: A line for every file, and for every table of a file that has several.
        missing: What is on the list and was not handed in.
        expected: How many projects are on the list; ``None`` where there was none.
        form: The form with which all are compared; empty where there is none.
        is_form_asked: It was asked for, and is not only that of most.

    >>> take_in([HandedIn("甲.yaml", IntakeStatus.READ, project="养老")]).count(IntakeStatus.READ)
    1
    """

    lines: tuple[IntakeLine, ...]
    missing: tuple[MissingProject, ...] = ()
    expected: int | None = None
    form: str = ""
    is_form_asked: bool = False

    def count(self, *statuses: IntakeStatus) -> int:
        """Return how many lines have one of these statuses."""
        return sum(line.handed.status in statuses for line in self.lines)

    def remarked(self, kind: IntakeRemarkKind) -> tuple[IntakeLine, ...]:
        """Return the lines of which something of a kind is said."""
        return tuple(line for line in self.lines if any(one.kind is kind for one in line.remarks))


def take_in(
    handed: Iterable[HandedIn],
    *,
    expected: Sequence[ExpectedProject] | None = None,
    form: str = "",
) -> Intake:
    """Compare what was handed in with itself, with a list, and with a form.

    Args:
        handed: A line for every file or table.
        expected: The projects that should be there; ``None`` where there is no list.
        form: The id of the form that was asked for; empty for that of most.
    """
    lines = list(handed)
    remarks: list[list[IntakeRemark]] = [[] for _ in lines]
    wanted = form or _usual_form(lines)
    for at, remark in (
        *_same_files(lines),
        *_same_projects(lines),
        *_other_forms(lines, wanted, is_asked=bool(form)),
        *_other_years(lines),
    ):
        remarks[at].append(remark)
    missing: tuple[MissingProject, ...] = ()
    if expected is not None:
        found = _Listed(expected, lines)
        missing = tuple(found.missing())
        for at, remark in found.remarks():
            remarks[at].append(remark)
    return Intake(
        lines=tuple(map(IntakeLine, lines, map(tuple, remarks))),
        missing=missing,
        expected=None if expected is None else len(expected),
        form=wanted,
        is_form_asked=bool(form),
    )


_NAMED = 3
"""How many other files a remark names."""
_Remarks = Iterator[tuple[int, IntakeRemark]]


def _same_files(lines: Sequence[HandedIn]) -> _Remarks:
    """Say of files of the same bytes which the others are."""
    files: dict[str, dict[str, list[int]]] = {}
    for at, line in enumerate(lines):
        if line.digest:
            files.setdefault(line.digest, {}).setdefault(line.file, []).append(at)
    for same in files.values():
        for name, places in same.items() if len(same) > 1 else ():
            others = [other for other in same if other != name]
            said = f"与{listed(others, _NAMED)}是同一个文件（逐字节相同）"
            for at in places:
                yield at, IntakeRemark(IntakeRemarkKind.SAME_FILE, said)


def _same_projects(lines: Sequence[HandedIn]) -> _Remarks:
    """Say of sheets of one project which the others are, and whether they say the same."""
    groups: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        if line.status.is_sheet and line.project:
            groups.setdefault(name_key(line.project), []).append(at)
            if line.code:
                groups.setdefault(f"\0{line.code}", []).append(at)
    told: dict[int, list[int]] = {}
    for places in groups.values():
        for at in places:
            one = lines[at]
            same = (
                other
                for other in places
                if other != at
                and lines[other].digest != one.digest
                and one.identity.may_be(lines[other].identity)
            )
            told.setdefault(at, []).extend(same)
    for at, others in told.items():
        if others:
            yield at, _same_project(lines[at], [lines[one] for one in dict.fromkeys(others)])


def _same_project(one: HandedIn, others: Sequence[HandedIn]) -> IntakeRemark:
    are_equal = all(other.content == one.content for other in others)
    kinds = list(dict.fromkeys((one.kind, *(other.kind for other in others))))
    forms = f"（{'、'.join(filter(None, kinds))} 各一份）" if len(kinds) > 1 else ""
    what = "金额和指标相同" if are_equal else "金额或指标不同，请问清以哪一份为准"
    names = [other.name for other in others]
    said = f"同一项目还有{listed(names, _NAMED)}{forms}，{what}"
    return IntakeRemark(IntakeRemarkKind.SAME_PROJECT, said)


def _usual_form(lines: Sequence[HandedIn]) -> str:
    """Return the form of more than half of the sheets whose form is known; empty without one."""
    known = [line.forms for line in lines if line.status.is_sheet and line.forms]
    counts = Counter(form for forms in known for form in dict.fromkeys(forms))
    usual = max(sorted(counts), key=lambda form: counts[form], default="")
    firsts = Counter(forms[0] for forms in known)
    best = [form for form in counts if counts[form] == counts[usual]]
    usual = max(sorted(best), key=lambda form: firsts[form], default="")
    return usual if TWO * counts[usual] > len(known) else ""


def _other_forms(lines: Sequence[HandedIn], wanted: str, *, is_asked: bool) -> _Remarks:
    if not wanted:
        return
    asked = "要求的" if is_asked else "多数用的"
    for at, line in enumerate(lines):
        if not line.status.is_sheet or wanted in line.forms:
            continue
        if line.forms:
            said = f"是 {line.forms[0]} 的表式，{asked}是 {wanted}"
        else:
            said = f"看不出是哪种表式，{asked}是 {wanted}"
        yield at, IntakeRemark(IntakeRemarkKind.OTHER_FORM, said)


def _other_years(lines: Sequence[HandedIn]) -> _Remarks:
    years = Counter(line.year for line in lines if line.status.is_sheet and line.year)
    usual = max(sorted(years), key=lambda year: years[year], default=None)
    if usual is None or TWO * years[usual] <= sum(years.values()):
        return
    for at, line in enumerate(lines):
        if line.status.is_sheet and line.year and line.year != usual:
            said = f"是 {line.year} 年度的，多数是 {usual} 年度"
            yield at, IntakeRemark(IntakeRemarkKind.OTHER_YEAR, said)


class _Listed:
    """What was handed in, set against a list: by code, else by name and office."""

    def __init__(self, expected: Sequence[ExpectedProject], lines: Sequence[HandedIn]) -> None:
        self._expected, self._lines = expected, lines
        self._sheets = [at for at, line in enumerate(lines) if line.status.is_sheet]
        self._by_name: dict[str, list[int]] = {}
        self._by_code: dict[str, list[int]] = {}
        for at in self._sheets:
            self._by_name.setdefault(name_key(lines[at].project), []).append(at)
            if lines[at].code:
                self._by_code.setdefault(lines[at].code, []).append(at)
        self._of: dict[int, ExpectedProject] = {}
        self._without: list[ExpectedProject] = []
        groups: dict[tuple[int, ...], list[ExpectedProject]] = {}
        for one in expected:
            groups.setdefault(tuple(self._found(one)), []).append(one)
        for found in sorted(groups, key=len):
            self._put(groups[found], found)
        places = {id(one): at for at, one in enumerate(expected)}
        self._without.sort(key=lambda one: places[id(one)])

    def _put(self, listed_: Sequence[ExpectedProject], found: Sequence[int]) -> None:
        """Put the sheets that can be of some projects of the list to them, none to two of them.

        Where the list has several of one name, each takes one sheet, of its own money if there is
        one; what is left over is a second sheet of the first.
        """
        free = [at for at in found if at not in self._of]
        open_ = sorted(listed_, key=lambda one: not (one.department or one.unit))
        first = open_[0]
        for is_equal in (True, False) if len(open_) > 1 else ():
            for one in tuple(open_):
                fits = (at for at in free if not is_equal or _is_money_of(one, self._lines[at]))
                taken = next(fits, None)
                if taken is not None:
                    self._of[taken] = one
                    free.remove(taken)
                    open_.remove(one)
        if free:
            self._of.update(dict.fromkeys(free, first))
            open_ = [one for one in open_ if one is not first]
        self._without += open_

    def _found(self, one: ExpectedProject) -> list[int]:
        """Return the sheets of a project of the list."""
        if one.code and one.code in self._by_code:
            return self._by_code[one.code]
        return [
            at
            for at in self._by_name.get(name_key(one.project), ())
            if _is_of(one, self._lines[at])
        ]

    def missing(self) -> Iterator[MissingProject]:
        """Yield what was not handed in, with what is near to it."""
        left = [at for at in self._sheets if at not in self._of]
        names = NearNames(self._lines[at].project for at in left)
        taken = NearNames(self._lines[at].project for at in self._of)
        for one in self._without:
            elsewhere = [
                f"{self._lines[at].project}（{_office(self._lines[at])}）"
                for at in self._by_name.get(name_key(one.project), ())
                if at not in self._of
            ]
            near = names.near(one.project) or tuple(
                f"{name}（已对上名单上的另一个）" for name in taken.near(one.project)
            )
            same = self._found(one)[:1]  # it is taken, or this one were not missing
            taken_ = tuple(f"{self._lines[at].project}（已对上名单上的另一个）" for at in same)
            yield MissingProject(one, (*taken_, *elsewhere, *near))

    def remarks(self) -> _Remarks:
        """Say what is not on the list, and whose money is another than there."""
        names = NearNames(one.project for one in self._without)
        for at in self._sheets:
            one = self._of.get(at)
            if one is None and not self._lines[at].project:
                continue  # whose it is could not be read; its status says so
            if one is None:
                near = names.near(self._lines[at].project)
                hint = f"；名单上有相近的{listed(near)}，是不是同一个请人核对" if near else ""
                said = f"项目不在名单上{hint}"
                yield at, IntakeRemark(IntakeRemarkKind.NOT_LISTED, said)
            elif _differs(one, self._lines[at]):
                yield at, IntakeRemark(IntakeRemarkKind.OTHER_MONEY, _amounts(one, self._lines[at]))


def _office(line: HandedIn) -> str:
    return line.department or line.unit or line.folder or "没有写部门"


def _is_of(one: ExpectedProject, line: HandedIn) -> bool:
    """Tell whether a sheet can be of a project of its name: no office contradicts it."""
    if one.code and line.code:
        return one.code == line.code
    offices = [line.department, line.unit, *((line.folder,) if not line.department else ())]
    return all(
        any(may_be_one_office(stated, office) for office in offices if office) or not any(offices)
        for stated in filter(None, (one.department, one.unit))
    )


def _is_money_of(one: ExpectedProject, line: HandedIn) -> bool:
    is_known = one.money is not None and line.money is not None and bool(one.money_unit)
    return is_known and not _differs(one, line)


def _differs(one: ExpectedProject, line: HandedIn) -> bool:
    if one.money is None or line.money is None or not one.money_unit:
        return False
    return in_money(one.money, MoneyUnit(one.money_unit), MoneyUnit(line.money_unit)) != line.money


def _amounts(one: ExpectedProject, line: HandedIn) -> str:
    if one.money is None or line.money is None:
        return ""
    here, there = f"{plain(line.money)}{line.money_unit}", f"{plain(one.money)}{one.money_unit}"
    return f"表上预算数 {here}，名单上 {there}"
