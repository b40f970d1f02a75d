"""What every output of a comparison says alike: the rule, the groups, places, points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from perfeval.documents.alignment import printable
from perfeval.findings import Finding, Severity
from perfeval.places import Place
from perfeval.review.difference import (
    BLANK,
    ChangeKind,
    ChangeStanding,
    FindingChange,
    FindingStatus,
    SheetDiff,
    SheetVersion,
    ValueChange,
)
from perfeval.review.points import range_text

RULE = (
    "“没有要求改的”：改动的值上，旧的一份没有“错误”或“警告”级的发现，同一行（或不在行里的）的"
    "发现也没有在建议里提到这一栏。写法不同而意思一样的（全角、空格、千分位、小数末尾的 0）不算"
    "改动；随按发现改的值一起改的已填报得分、小计、总分、等级、执行率，另列为“随之改变的”。"
)
"""What is meant by a change that nobody asked for."""
OTHERS = (ChangeStanding.RESPELT, ChangeStanding.UNPRINTED, ChangeStanding.HANDLING)
FINDINGS = (
    FindingStatus.EVADED,
    FindingStatus.REMAINS,
    FindingStatus.CHANGED,
    FindingStatus.NEW,
    FindingStatus.WAIVED,
    FindingStatus.FIXED,
)
_LONGEST = 300
"""Characters of a value that are told; the JSON has all of them."""


class Totals(NamedTuple):
    """How much changed in one pair, or in several; the names are those of the columns.

    Attributes:
        unasked, asked: The changes that nobody asked for; all others of what is said.
        fixed, remaining, new: The errors and warnings that are gone, remain, are new.
    """

    unasked: int = 0
    asked: int = 0
    fixed: int = 0
    remaining: int = 0
    new: int = 0


def totals_of(diff: SheetDiff) -> Totals:
    """Count what changed in a pair."""
    told = [one.status for one in diff.findings if is_told(one)]
    gone = (FindingStatus.FIXED, FindingStatus.WAIVED)
    return Totals(
        unasked=len(diff.unasked),
        asked=len(diff.stated) - len(diff.unasked),
        fixed=sum(status in gone for status in told),
        remaining=sum(status in FINDINGS[:3] for status in told),
        new=told.count(FindingStatus.NEW),
    )


Urgency = tuple[bool, bool, int, int, int]
"""By what pairs are sorted."""


def worst_first(diffs: Iterable[SheetDiff]) -> list[SheetDiff]:
    """Return pairs by how urgent they are: unread, alone, then what nobody asked for.

    Equal ones stay in their order.
    """
    return sorted(diffs, key=urgency)


def urgency(diff: SheetDiff) -> Urgency:
    """Return how urgent a pair is: the less, the sooner it is told."""
    counts = totals_of(diff)
    return not diff.has_fault, diff.is_compared, -counts.unasked, -counts.new, -counts.asked


def add_up(counts: Sequence[Totals]) -> Totals:
    """Add up what changed in several pairs."""
    return Totals(*map(sum, zip(*counts, strict=True))) if counts else Totals()


def is_told(change: FindingChange) -> bool:
    """Tell whether a finding is an error or a warning, which are those that ask for something."""
    return change.finding is not None and change.finding.severity is not Severity.INFO


def shortened(text: str) -> str:
    """Return a value as far as it is told, on one line."""
    line = printable(" ".join(text.split()))
    return f"{line[:_LONGEST]}……" if len(line) > _LONGEST else line


def values_text(change: ValueChange) -> str:
    """Say what a value was and is, or what a row says that came or went."""
    if change.kind in (ChangeKind.ADDED, ChangeKind.REMOVED):
        told = shortened(change.new if change.kind is ChangeKind.ADDED else change.old)
        return f"{change.kind.value}" + (f"（{told}）" if told else "")
    moved = f"{change.kind.value} " if change.kind is ChangeKind.MOVED else ""
    return f"{moved}{shortened(change.old) or BLANK} → {shortened(change.new) or BLANK}"


def places_text(places: Sequence[Place]) -> str:
    """Print the places in one of the files."""
    return "、".join(printable(str(place)) for place in places)


def both_places(change: ValueChange) -> str:
    """Say where a value stood and stands."""
    return _both(change.old_places, change.new_places)


def finding_places(change: FindingChange) -> str:
    """Say where a finding stood and stands."""
    return _both(*(one.places[:1] if one else () for one in (change.old, change.new)))


def _both(old: Sequence[Place], new: Sequence[Place]) -> str:
    sides = (("原", places_text(old)), ("现", places_text(new)))
    return "，".join(f"{word} {text}" for word, text in sides if text)


def finding_message(change: FindingChange) -> str:
    """Say what was found, and what it was where that is not the same."""
    finding, old = change.finding, change.old
    if finding is None:
        return ""
    told = shortened(finding.message)
    if change.status is FindingStatus.CHANGED and old and old.message != finding.message:
        told += f"（原：{shortened(old.message)}）"
    return told + (f"（{shortened(change.because)}）" if change.because else "")


def version_lines(diff: SheetDiff) -> Iterator[tuple[str, str, str]]:
    """Yield what is told of both versions: what it is, the old and the new."""
    old, new = diff.old or SheetVersion(""), diff.new or SheetVersion("")
    yield from zip(_WORDS, _facts(old), _facts(new), strict=True)


_WORDS = ("总分", "等级", "有据可算", "已填报总分", "年度", "金额单位", "评分办法")


def _facts(version: SheetVersion) -> Iterator[str]:
    yield range_text(version.total, version.low, version.high)
    yield version.grade
    yield range_text(version.measured, None, None)
    yield range_text(version.filed_total, None, None)
    yield "" if version.year is None else str(version.year)
    yield version.money_unit
    yield printable(version.stamp)


def changed_lines(diff: SheetDiff) -> Iterator[str]:
    """Yield what is told of both versions, the total always, the rest where it is not the same."""
    for at, (word, old, new) in enumerate(version_lines(diff)):
        if old != new:
            yield f"{word} {old or BLANK} → {new or BLANK}"
        elif at == 0:
            yield f"{word} {old or BLANK}，没有变"


def problems_of(diff: SheetDiff) -> Iterator[tuple[str, Finding]]:
    """Yield why a version has no result: which of the two, and what is wrong."""
    for word, side in (("旧的一份", diff.old), ("新的一份", diff.new)):
        for finding in side.problems if side else ():
            if finding.severity is not Severity.INFO:
                yield word, finding


def told_of(diff: SheetDiff) -> SheetDiff:
    """Return a pair with no more than pages and lists tell of it, for long runs.

    What both versions of a finding say alike is kept once.
    """
    findings = tuple(
        one._replace(old=_told(one.old, one.new), new=_told(one.new, one.new))
        for one in diff.findings
    )
    changes = tuple(one._replace(old_data=None, new_data=None) for one in diff.changes)
    return replace(diff, rows=(), changes=changes, findings=findings)


def _told(finding: Finding | None, other: Finding | None) -> Finding | None:
    if finding is None:
        return None
    is_same = other is not None and finding.message == other.message
    same = other if is_same and other is not None else finding
    return Finding(
        code=same.code,
        severity=finding.severity,
        message=same.message,
        hint=same.hint,
        places=finding.places[:1],
    )


def names_text(diff: SheetDiff) -> str:
    """Return the names of the two files."""
    sides = [side.name for side in (diff.old, diff.new) if side is not None]
    return printable(" → ".join(sides))


def stamps_of(diff: SheetDiff) -> set[str]:
    """Return the versions of the rulebooks by which both were scored."""
    return {side.stamp for side in (diff.old, diff.new) if side is not None and side.stamp}


def verdict(diff: SheetDiff) -> str:
    """Say in a few words what came of a pair."""
    if diff.has_fault:
        return "没有读通"
    if diff.old is None or diff.new is None:
        return diff.pairing.value
    if not diff.stated:
        return "没有改动"
    return "有未要求的改动" if diff.unasked else "按发现改动"
