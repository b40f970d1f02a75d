"""What became of the findings of the old version in the new one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from perfeval.findings import Finding
from perfeval.places import Path
from perfeval.review.difference import FindingChange, FindingStatus, RowMatch
from perfeval.review.versions import Version


def finding_changes(
    old: Version, new: Version, rows: Iterable[RowMatch]
) -> tuple[FindingChange, ...]:
    """Return what became of each finding, and what is new.

    A finding is the same by its fingerprint; else by its code and its place, so that a fault whose
    figures changed is still that fault.

    Args:
        old: The old version.
        new: The new one.
        rows: Its rows, with those of the old that they were.
    """
    rows = tuple(rows)
    pairs = {row.old_path: row.new_path for row in rows if row.is_matched}
    gone = {row.old_path for row in rows if not row.new_path}
    left = list(new.findings)
    found = dict(_paired(old.findings, left, pairs))
    accepted = {one.finding.fingerprint: one.reason for one in new.waived}
    changes = [_change(item, found.get(at), accepted, gone) for at, item in enumerate(old.findings)]
    return (*changes, *(FindingChange(FindingStatus.NEW, None, item) for item in left))


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


def _change(
    old: Finding, new: Finding | None, accepted: Mapping[str, str], gone: set[Path]
) -> FindingChange:
    if new is not None:
        is_same = old.message == new.message
        return FindingChange(FindingStatus.REMAINS if is_same else FindingStatus.CHANGED, old, new)
    if old.fingerprint in accepted:
        reason = f"改为豁免：{accepted[old.fingerprint]}"
        return FindingChange(FindingStatus.WAIVED, old, None, reason)
    because = (
        "这一行已删去" if any(old.path[:end] in gone for end in range(len(old.path) + 1)) else ""
    )
    return FindingChange(FindingStatus.FIXED, old, None, because)
