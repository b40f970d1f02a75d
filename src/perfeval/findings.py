"""A finding (校核发现): what is wrong or worth knowing, where, and what to do."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from perfeval.later import regex
from perfeval.numbers import ZERO, total
from perfeval.places import Path, Place, PlaceOrder, TextPlace, first_order
from perfeval.rulebook.checking import Severity as Severity  # noqa: PLC0414 - findings are where it is met


class Nature(str, Enum):
    """What a check can know: a fact, a suspicion, or that someone must look at evidence.

    >>> Nature("可判定") is Nature.DECIDABLE
    True
    """

    DECIDABLE = "可判定"
    HEURISTIC = "推测"
    EVIDENCE = "需佐证"


class Fix(NamedTuple):
    """A safe change of the file: these characters of the value become those.

    Attributes:
        old, new: The characters, before and after.
        at: Where in the value they stand, counted from its first character that is no blank.

    >>> fix = Fix("1_000", "1000")
    >>> fix.old, fix.new, fix.at
    ('1_000', '1000', 0)
    """

    old: str
    new: str
    at: int = 0


class Finding(NamedTuple):
    """One finding.

    Attributes:
        code: Two letters of meaning and three digits; never reused.
        severity: Error, warning or information.
        message: What is the case, with the figures.
        path: Where in the sheet: its words and list positions (``("指标", 5, "已填报得分")``).
        hint: What to do.
        file: The file, where there is one.
        places: Where in the file, the main place first.
        excerpt: The line of the file, or what the cell holds, at the main place.
        nature: Whether it is a fact, a suspicion, or a request for evidence.
        stake: How many points hang on it, where that can be said.
        fix: A change of the file that is certain to be right, where there is one.
        fingerprint: The same for the same finding, wherever its line has moved to.
        also: The same fault at further places of the file, where these were put together.
        one_cause: All findings of this code in a file have one cause, whatever their cells say.

    >>> from perfeval import evaluate
    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> finding = next(item for item in report.findings if item.code == "PT102")
    >>> finding.severity.name, isinstance(finding.line, int)
    ('ERROR', True)
    """

    code: str
    severity: Severity
    message: str
    path: Path = ()
    hint: str = ""
    file: str = ""
    places: tuple[Place, ...] = ()
    excerpt: str = ""
    nature: Nature = Nature.DECIDABLE
    stake: Decimal | None = None
    fix: Fix | None = None
    fingerprint: str = ""
    also: tuple[Finding, ...] = ()
    one_cause: bool = False

    @property
    def each(self) -> tuple[Finding, ...]:
        """The finding at each of its places, apart: with its own path, stake and fingerprint."""
        own = self.places[: len(self.places) - sum(len(item.places) for item in self.also)]
        return (self._replace(places=own, also=()), *self.also) if self.also else (self,)

    @property
    def whole_stake(self) -> Decimal | None:
        """How many points hang on it at all its places together."""
        stakes = [item.stake for item in (self, *self.also) if item.stake is not None]
        return total(stakes) if stakes else None

    @property
    def line(self) -> int | None:
        """The line of the main place, where that is in a text."""
        place = self.places[0] if self.places else None
        return place.line if isinstance(place, TextPlace) else None

    @property
    def column(self) -> int | None:
        """The column of the main place, where that is in a text."""
        place = self.places[0] if self.places else None
        return place.column if isinstance(place, TextPlace) else None

    @property
    def place(self) -> str:
        """The file and the main place in it, or the path where there is no file."""
        if self.places:
            return self.places[0].in_file(self.file)
        return self.file or "/".join(map(str, self.path))

    def __str__(self) -> str:
        hint = f"（{self.hint}）" if self.hint else ""
        return f"{self.place}  {self.code}  {self.message}{hint}"


class Placed(NamedTuple):
    """A finding with its place, and the words that lead there, list items by their names.

    >>> from perfeval import evaluate
    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> report.located.place(report.findings[0]).finding.code == report.findings[0].code
    True
    """

    finding: Finding
    anchor: tuple[str, ...] = ()


_BEGIN, _END = 48, 12
"""How much of a long quoted value is shown: its first characters and its last."""
_GAP = "……"
_QUOTED = regex(f"“([^“”]{{{_BEGIN + len(_GAP) + _END + 1},}})”")
"""A quoted value that is longer than one that was cut."""
_LONGEST = 1000
"""No message is longer, whatever quotes stand inside the value that it quotes."""


def shortened(message: str) -> str:
    """Cut the long values that a message quotes: their beginning and their end stand for them.

    What was cut is not cut again.

    >>> shortened(f"“{'甲' * 90}”不是数").endswith("甲”（共 90 字）不是数")
    True
    """
    if len(message) <= _BEGIN + _END:
        return message
    message = _QUOTED.sub(_cut, message)
    return f"{message[:_LONGEST]}{_GAP}" if len(message) > _LONGEST else message


def _cut(found: re.Match[str]) -> str:
    value = found[1]
    return f"“{value[:_BEGIN]}{_GAP}{value[-_END:]}”（共 {len(value)} 字）"


_LINE = regex(r"第 [0-9]+ 行")
_FIGURES = regex(r"[0-9][0-9.]*")


def with_fingerprints(placed: Iterable[Placed], subject: str) -> tuple[Finding, ...]:
    """Give each finding its fingerprint.

    It is made of the code, the subject, where in the sheet the finding stands (rows by their
    names, never by line or position) and the figures of its message.  So it survives moved
    lines and a reworded message, and a changed figure makes it a new finding.

    Args:
        placed: The findings of one subject.
        subject: The project's or department's name, or the file's.
    """
    seen: dict[str, int] = {}
    places: dict[tuple[str, ...], str] = {}  # a place may be long, and have many findings
    marked = []
    for finding, anchor in placed:
        place = places.get(anchor)
        if place is None:
            place = places[anchor] = _digest("\x1f".join([subject, *anchor]))
        figures = _FIGURES.findall(_LINE.sub("", finding.message))
        text = "\x1f".join([finding.code, place, *figures])
        count = seen[text] = seen.get(text, -1) + 1
        marked.append(finding._replace(fingerprint=_digest(f"{text}\x1e{count}")))
    return tuple(marked)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:16]


class Status(str, Enum):
    """What became of one check on one file; what was not checked is not passed.

    >>> from perfeval import evaluate
    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> report.ledger["PT102"] is Status.FAILED
    True
    """

    PASSED = "通过"
    FAILED = "未通过"
    NOT_APPLICABLE = "不适用"
    LACKING = "数据不足"
    UNREADABLE = "未读通"
    WAIVED = "已豁免"
    DISABLED = "停用"


Ledger = Mapping[str, Status]
"""The status of every check, by its code."""


class Waived(NamedTuple):
    """A finding that is not counted, and why: a waiver's reason, or the baseline.

    Attributes:
        finding: The finding.
        reason: Why it does not count.
        waiver: The position of the waiver among those given beside the file and, behind them,
            those that stand in it; ``None`` for the baseline.

    >>> Waived(Finding("PT102", Severity.ERROR, "多 0.37"), "已核").waiver is None
    True
    """

    finding: Finding
    reason: str
    waiver: int | None = None


@dataclass(frozen=True, slots=True)
class Inspection:
    """All that was found in one file (一份材料的校核结果).

    Attributes:
        name: The file, or the project's name for a plain dict.
        title: 项目名称 or 部门名称; empty where the file could not be read.
        stamp: Id, version and hash of the rulebook; ``None`` where there is none.
        findings: What counts, the worst first, each fault apart.
        waived: What was accepted, and why.
        ledger: The status of every check.

    >>> from perfeval import evaluate
    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> report.inspection.title
    '养老服务体系建设运营补助资金'
    """

    name: str
    title: str = ""
    stamp: str | None = None
    findings: tuple[Finding, ...] = ()
    waived: tuple[Waived, ...] = ()
    ledger: Ledger = field(default_factory=dict)

    @property
    def causes(self) -> tuple[Finding, ...]:
        """What counts as it is shown: what is said alike of several places stands there once."""
        return gathered(self.findings)


_ORDER = {severity: order for order, severity in enumerate(Severity)}


def worst_first(finding: Finding) -> tuple[int, Decimal, PlaceOrder]:
    """Order findings: by severity, then by points at stake, then as they stand in the file."""
    stake = (finding.whole_stake or ZERO).copy_abs()
    return _ORDER[finding.severity], stake.copy_negate(), first_order(finding.places)


def gathered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Make one finding of those that say the same of one file, with all their places.

    Of some checks the rows differ in their figures alone, and the cause is one (`one_cause`): there
    the message is that of the first.

    What is accepted, mended and remembered stays apart: each has its own fingerprint and its own
    fix.  So this is done where findings are shown or counted, and nowhere before.

    Args:
        findings: Findings, each of one fault.

    Returns:
        The worst first; of those that say the same the first one, with the others as ``also``.

    >>> from perfeval.places import TextPlace
    >>> twice = [Finding("A1", Severity.INFO, "", places=(TextPlace(at, 1),)) for at in (7, 3)]
    >>> [list(map(str, item.places)) for item in gathered(twice)]
    [['3:1', '7:1']]
    """
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        alike.setdefault(_cause(finding), []).append(finding)
    return tuple(sorted(map(_one_of, alike.values()), key=worst_first))


def _cause(finding: Finding) -> tuple[object, ...]:
    """Return what findings of one cause have alike."""
    fix = finding.fix and (finding.fix.old, finding.fix.new)
    message = "" if finding.one_cause else finding.message
    return finding.file, finding.code, finding.severity, message, finding.hint, fix


def _one_of(alike: Sequence[Finding]) -> Finding:
    first, *others = sorted(alike, key=worst_first)
    if not others:
        return first
    places = tuple(place for finding in (first, *others) for place in finding.places)
    return first._replace(places=places, also=tuple(others))
