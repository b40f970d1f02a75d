"""What changed between two versions as one HTML page that stands for itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perfeval.documents.alignment import printable
from perfeval.documents.findings.inspections import version_text
from perfeval.documents.findings.page import asset, content_hash
from perfeval.documents.review.diff_text import PairLine, pair_line
from perfeval.documents.review.diff_words import (
    FINDINGS,
    OTHERS,
    RULE,
    STATED,
    add_up,
    finding_message,
    finding_places,
    is_told,
    names_text,
    places_text,
    problems_of,
    shortened,
    version_lines,
    worst_first,
)
from perfeval.documents.templates import markup_template
from perfeval.findings import Severity
from perfeval.review.difference import (
    BLANK,
    ChangeKind,
    FindingChange,
    FindingStatus,
    SheetDiff,
    ValueChange,
)


class ChangeItem(NamedTuple):
    """A change as it is printed; a side that is not there is ``None``."""

    kind: str
    row: str
    field: str
    old: str | None
    new: str | None
    old_place: str
    new_place: str
    because: str


class ChangeGroup(NamedTuple):
    """The changes of one standing."""

    heading: str
    style: str
    is_open: bool
    items: list[ChangeItem]


class FindingEntry(NamedTuple):
    """A finding as it is printed."""

    severity: str
    style: str
    code: str
    message: str
    place: str
    hint: str


class FindingGroup(NamedTuple):
    """The findings of which one thing came; hints are told apart."""

    heading: str
    is_open: bool
    items: list[FindingEntry]


class PairSection(NamedTuple):
    """One pair as it is printed."""

    line: PairLine
    files: str
    pairing: str
    remarks: list[str]
    problems: list[str]
    is_compared: bool
    versions: list[tuple[str, str, str]]
    points: list[tuple[str, str, str]]
    changes: list[ChangeGroup]
    findings: list[FindingGroup]


def diff_page(diffs: Sequence[SheetDiff], aside: Sequence[str]) -> bytes:
    """Write what changed as one HTML page.

    Args:
        diffs: The pairs.
        aside: What lies in the folders and is no sheet.

    Returns:
        The page; the same bytes for the same differences.
    """
    sections = list(map(_section, worst_first(diffs)))
    style = asset("diff.css")
    stamps = {side.stamp for one in diffs for side in (one.old, one.new) if side and side.stamp}
    page = markup_template("html/diff.html.j2").render(
        sections=sections,
        totals=add_up([section.line.totals for section in sections]),
        rule=RULE,
        aside=list(map(printable, aside)),
        versions=(version_text(), *sorted(map(printable, stamps))),
        style=style,
        style_hash=content_hash(style),
    )
    return page.encode(errors="replace")


def _section(diff: SheetDiff) -> PairSection:
    caveats = [side.caveat for side in (diff.old, diff.new) if side is not None and side.caveat]
    told = version_lines(diff)
    return PairSection(
        line=pair_line(diff),
        files=names_text(diff),
        pairing=diff.pairing.value,
        remarks=[printable(text) for text in (diff.remark, *caveats) if text],
        problems=[f"{word}：{printable(str(finding))}" for word, finding in problems_of(diff)],
        is_compared=diff.is_compared,
        versions=[line for at, line in enumerate(told) if at == 0 or line[1] != line[2]],
        points=[(printable(one.row), one.old or BLANK, one.new or BLANK) for one in diff.points],
        changes=list(_changes(diff)),
        findings=list(_findings(diff)),
    )


def _changes(diff: SheetDiff) -> Iterator[ChangeGroup]:
    for standing in (*STATED, *OTHERS):
        items = list(map(_item, diff.with_standing(standing)))
        if items:
            style = standing.name.lower()
            yield ChangeGroup(standing.value, style, standing in STATED, items)


def _item(change: ValueChange) -> ChangeItem:
    is_whole = change.kind in (ChangeKind.ADDED, ChangeKind.REMOVED)
    return ChangeItem(
        kind="" if change.kind is ChangeKind.CHANGED else change.kind.value,
        row=printable(change.row),
        field=printable(change.field),
        old=None if is_whole and not change.old_path else shortened(change.old) or BLANK,
        new=None if is_whole and not change.new_path else shortened(change.new) or BLANK,
        old_place=places_text(change.old_places),
        new_place=places_text(change.new_places),
        because=shortened(change.because),
    )


def _findings(diff: SheetDiff) -> Iterator[FindingGroup]:
    for status in FINDINGS:
        found = list(diff.with_status(status))
        is_open = status is not FindingStatus.FIXED
        told = [one for one in found if is_told(one)]
        hints = [one for one in found if not is_told(one)]
        if told:
            yield FindingGroup(status.value, is_open, [*_entries(told)])
        if hints:
            heading = f"{status.value}（{Severity.INFO.value}）"
            yield FindingGroup(heading, False, [*_entries(hints)])


def _entries(found: Sequence[FindingChange]) -> Iterator[FindingEntry]:
    for one in found:
        finding = one.finding
        if finding is not None:
            yield FindingEntry(
                severity=finding.severity.value,
                style=finding.severity.name.lower(),
                code=printable(finding.code),
                message=finding_message(one),
                place=finding_places(one),
                hint=shortened(finding.hint),
            )
