"""What became of the findings of the old version in the new one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from perfeval.findings import Finding
from perfeval.places import Path
from perfeval.review.asking import row_of
from perfeval.review.difference import (
    ChangeKind,
    ChangeStanding,
    FindingChange,
    FindingStatus,
    RowMatch,
    ValueChange,
)
from perfeval.review.versions import Version


def finding_changes(
    old: Version, new: Version, rows: Iterable[RowMatch], changes: Iterable[ValueChange]
) -> tuple[FindingChange, ...]:
    """Return what became of each finding, and what is new.

    A finding is the same by its fingerprint; else by its code and its place, so that a fault whose
    figures changed is still that fault.  One that is gone although its value stands as it did, in a
    row in which something was changed that nobody asked for, was not mended.

    Args:
        old: The old version.
        new: The new one.
        rows: Its rows, with those of the old that they were.
        changes: What is not as it was.
    """
    pairs = {row.old_path: row.new_path for row in rows if row.is_matched}
    left = list(new.findings)
    found = dict(_paired(old.findings, left, pairs))
    fate = _Fate(new, changes)
    told = [fate.of(item, found.get(at)) for at, item in enumerate(old.findings)]
    return (*told, *(FindingChange(FindingStatus.NEW, None, item) for item in left))


class _Fate:
    """Says what became of a finding."""

    def __init__(self, new: Version, changes: Iterable[ValueChange]) -> None:
        changes = tuple(changes)
        unasked = [one for one in changes if one.standing is ChangeStanding.UNASKED]
        self._accepted = {one.finding.fingerprint: one.reason for one in new.waived}
        self._touched = {one.old_path for one in changes if one.is_stated}
        self._gone = {one.old_path for one in unasked if one.kind is ChangeKind.REMOVED}
        self._beside = {row_of(one.old_path) for one in unasked if one.field} - {()}

    def of(self, old: Finding, new: Finding | None) -> FindingChange:
        """Say what became of a finding of the old version."""
        if new is not None:
            is_same = old.message == new.message
            status = FindingStatus.REMAINS if is_same else FindingStatus.CHANGED
            return FindingChange(status, old, new)
        if old.fingerprint in self._accepted:
            reason = f"改为豁免：{self._accepted[old.fingerprint]}"
            return FindingChange(FindingStatus.WAIVED, old, None, reason)
        evaded = self._how_evaded(old.path)
        status = FindingStatus.EVADED if evaded else FindingStatus.FIXED
        return FindingChange(status, old, None, evaded)

    def _how_evaded(self, path: Path) -> str:
        """Say how a finding went without being mended; empty where its value was changed."""
        if any(path[:end] in self._gone for end in range(1, len(path) + 1)):
            return "这一行没有要求删，删去了"
        is_touched = any(path[:end] in self._touched for end in range(1, len(path) + 1))
        if not is_touched and row_of(path) in self._beside:
            return "同一行另有未要求的改动"
        return ""


def _paired(
    old: Iterable[Finding], left: list[Finding], pairs: Mapping[Path, Path]
) -> Iterator[tuple[int, Finding]]:
    """Yield which finding of the new version each of the old is, and take it from those left."""
    open_: list[tuple[int, Finding]] = []
    by_print: dict[str, list[Finding]] = defaultdict(list)
    for item in left:
        by_print[item.fingerprint].append(item)
    taken: set[int] = set()
    for at, item in enumerate(old):
        same = by_print.get(item.fingerprint) if item.fingerprint else None
        if same:
            taken.add(id(same[0]))
            yield at, same.pop(0)
        else:
            open_.append((at, item))
    by_place: dict[tuple[str, Path], list[Finding]] = defaultdict(list)
    for item in left:
        if id(item) not in taken:
            by_place[item.code, item.path].append(item)
    for at, item in open_:
        alike = by_place.get((item.code, _now(item.path, pairs)))
        if alike:
            taken.add(id(alike[0]))
            yield at, alike.pop(0)
    left[:] = [item for item in left if id(item) not in taken]


def _now(path: Path, pairs: Mapping[Path, Path]) -> Path:
    """Return where a value of the old version stands in the new one."""
    for end in range(len(path), 0, -1):
        if path[:end] in pairs:
            return (*pairs[path[:end]], *path[end:])
    return path
