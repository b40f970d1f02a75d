"""What changed between two versions of a sheet: the values in which it is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple

from perfeval.findings import Finding
from perfeval.places import Path, Place


class ChangeKind(str, Enum):
    """What was done to a value or a row.

    >>> ChangeKind("增加") is ChangeKind.ADDED
    True
    """

    CHANGED = "改动"
    ADDED = "增加"
    REMOVED = "删去"
    MOVED = "移动"


class ChangeStanding(str, Enum):
    """Whether anybody asked for a change, or why it is none of what the sheet says.

    >>> [standing.name for standing in ChangeStanding][:2]
    ['UNASKED', 'ASKED']
    """

    UNASKED = "没有要求改的"
    ASKED = "按发现改的"
    FOLLOWING = "随之改变的"
    RESPELT = "写法不同，意思一样"
    UNPRINTED = "只有一份里有这一栏"
    HANDLING = "读表的情况"


STATED = (ChangeStanding.UNASKED, ChangeStanding.ASKED, ChangeStanding.FOLLOWING)
"""The standings of changes of what a sheet says."""


class MatchReason(str, Enum):
    """By what a row of the old version is taken for one of the new.

    >>> MatchReason("名称相同").name
    'NAME'
    """

    SAME = "内容相同"
    NAME = "名称相同"
    ELSEWHERE = "名称相同，归类不同"
    SIMILAR = "名称相近"
    CONTENT = "名称不同，其余内容相同"
    POSITION = "位置相同"


class FindingStatus(str, Enum):
    """What became of a finding.

    >>> FindingStatus("已改正").name
    'FIXED'
    """

    FIXED = "已改正"
    EVADED = "那个值没有改，因别处改动不再成立"
    WAIVED = "已豁免"
    REMAINS = "没有改正"
    CHANGED = "还在，数或文字变了"
    NEW = "新出现"


class PairReason(str, Enum):
    """By what two files are taken for versions of one sheet, or why one has no other.

    >>> PairReason("新的里没有").name
    'MISSING'
    """

    GIVEN = "指定的两份"
    CODE = "项目编码和年度相同"
    NAME = "项目名称和年度相同"
    TITLE = "项目名称相同"
    PATH = "文件名相同"
    MISSING = "新的里没有"
    NEW = "旧的里没有"


class ValueChange(NamedTuple):
    """One value, or one row, that is not as it was.

    Attributes:
        kind: What was done.
        standing: Whether it was asked for.
        row: The row, by its levels and its name; empty for a value of the whole sheet.
        field: The value, in the word of the form; empty where the row as a whole is meant.
        old, new: The value as written, empty for a blank; of a row what is filled in there.  An
            amount has its unit where the two versions have not the same 金额单位.
        old_path, new_path: Where in the sheet, in its words and positions; empty where there is
            no such row.
        old_places, new_places: The place in the file, where it has one.
        because: What asked for it or why it is no change of what is said; for a row that was
            matched otherwise than by its name, how.
        old_data, new_data: The value as plain data, from which a sheet is read.

    >>> kind, standing = ChangeKind.CHANGED, ChangeStanding.UNASKED
    >>> change = ValueChange(kind, standing, "床位", "目标值", old="32", new="26")
    >>> change.is_stated, str(change)
    (True, '床位 · 目标值：32 → 26')
    """

    kind: ChangeKind
    standing: ChangeStanding
    row: str
    field: str
    old: str = ""
    new: str = ""
    old_path: Path = ()
    new_path: Path = ()
    old_places: tuple[Place, ...] = ()
    new_places: tuple[Place, ...] = ()
    because: str = ""
    old_data: Any = None
    new_data: Any = None

    @property
    def is_stated(self) -> bool:
        """It changes what the sheet says, and not only how that is written."""
        return self.standing in STATED

    @property
    def subject(self) -> str:
        """What changed: the row and the value in it."""
        return " · ".join(filter(None, (self.row, self.field)))

    def __str__(self) -> str:
        if self.kind is ChangeKind.CHANGED:
            return f"{self.subject}：{self.old or BLANK} → {self.new or BLANK}"
        told = self.old if self.kind is ChangeKind.REMOVED else self.new
        return f"{self.subject}：{self.kind.value}" + (f"（{told}）" if told else "")


BLANK = "（空）"
"""What stands for a value that is not filled in."""


class RowMatch(NamedTuple):
    """A row of the new version with the one of the old that it is, or a row that has none.

    Attributes:
        old_path, new_path: Where the row stands; empty where it is new, or gone.
        reason: By what it was matched; ``None`` where it was not.
        likeness: How far the two names are alike, in percent, where they are not the same.
        is_moved: It stands before or behind other rows than it did.

    >>> RowMatch(("指标", 0), (), None).is_matched
    False
    """

    old_path: Path
    new_path: Path
    reason: MatchReason | None
    likeness: int | None = None
    is_moved: bool = False

    @property
    def is_matched(self) -> bool:
        """It stands in both versions."""
        return self.reason is not None


class FindingChange(NamedTuple):
    """A finding of the old or the new version, and what became of it.

    Attributes:
        status: What became of it.
        old, new: The finding as it was, and as it is.
        because: Why it is gone, where that is no mending of the value.

    >>> FindingChange(FindingStatus.NEW).finding is None
    True
    """

    status: FindingStatus
    old: Finding | None = None
    new: Finding | None = None
    because: str = ""

    @property
    def finding(self) -> Finding | None:
        """The finding as it is, or as it was."""
        return self.old if self.new is None else self.new


class PointsChange(NamedTuple):
    """Points that are not as they were.

    Attributes:
        row: The row, or what is added up.
        old, new: The points, or the range in which they lie; empty where there are none.

    >>> PointsChange("总分", "98.46", "100.00").new
    '100.00'
    """

    row: str
    old: str
    new: str


class SheetVersion(NamedTuple):
    """One of the two versions.

    Attributes:
        name: The file, and which table of it.
        title: 项目名称; empty where it could not be read.
        year: 年度.
        stamp: The rulebook's id, version and hash.
        money_unit: 金额单位.
        total: The total; ``None`` where it is a range, from *low* to *high*.
        grade: 等级.
        measured, claimed: The points that rest on figures, and on claims.
        filed_total: The total as filed.
        errors, warnings: How many findings of these levels it has.
        caveat: What is said of a version that nobody has confirmed; empty for any other.
        problems: Why it has no result; empty where it has one.

    >>> SheetVersion("甲.yaml").is_read
    True
    """

    name: str
    title: str = ""
    year: int | None = None
    stamp: str = ""
    money_unit: str = ""
    total: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    grade: str = ""
    measured: Decimal | None = None
    claimed: Decimal | None = None
    filed_total: Decimal | None = None
    errors: int = 0
    warnings: int = 0
    caveat: str = ""
    problems: tuple[Finding, ...] = ()

    @property
    def is_read(self) -> bool:
        """It has a result."""
        return not self.problems


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetDiff:
    """All that changed between two versions of a sheet.

    Attributes:
        old, new: The two versions; ``None`` where there is only the other.
        pairing: By what they are taken for versions of one sheet.
        remark: What is to be known of the pairing, or of how they were compared.
        changes: The values and rows that are not as they were: first what nobody asked for, then
            what follows from what was asked for or was, last what is only written otherwise.
        rows: The rows of all lists with those that they were.
        points: The points that are not as they were.
        findings: The findings of both versions, and what became of them.

    >>> from perfeval import diff
    >>> sheet = "shipped:qingshan-2023/养老服务体系建设运营补助资金"
    >>> diff(sheet, sheet).changes
    ()
    """

    old: SheetVersion | None
    new: SheetVersion | None
    pairing: PairReason = PairReason.GIVEN
    remark: str = ""
    changes: tuple[ValueChange, ...] = ()
    rows: tuple[RowMatch, ...] = ()
    points: tuple[PointsChange, ...] = ()
    findings: tuple[FindingChange, ...] = ()

    @property
    def is_compared(self) -> bool:
        """Both versions are there, and could be read."""
        return all(side is not None and side.is_read for side in (self.old, self.new))

    @property
    def has_fault(self) -> bool:
        """One of the versions that are there could not be read."""
        return any(side is not None and not side.is_read for side in (self.old, self.new))

    @property
    def stated(self) -> tuple[ValueChange, ...]:
        """The changes of what the sheet says."""
        return tuple(change for change in self.changes if change.is_stated)

    @property
    def unasked(self) -> tuple[ValueChange, ...]:
        """The changes that nobody asked for."""
        return tuple(self.with_standing(ChangeStanding.UNASKED))

    def with_standing(self, *standings: ChangeStanding) -> Iterator[ValueChange]:
        """Yield the changes of some standings."""
        return (change for change in self.changes if change.standing in standings)

    def with_status(self, *statuses: FindingStatus) -> Iterator[FindingChange]:
        """Yield the findings of which this came."""
        return (one for one in self.findings if one.status in statuses)

    @property
    def title(self) -> str:
        """项目名称, else the file."""
        sides = [side for side in (self.new, self.old) if side is not None]
        titles = (side.title for side in sides if side.title)
        return next(titles, sides[0].name if sides else "")
