"""What changed between two versions as one HTML page that stands for itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from perfeval.documents.alignment import printable
from perfeval.documents.findings.inspections import version_text
from perfeval.documents.findings.page import asset, content_hash
from perfeval.documents.review.diff_text import PairLine, pair_line
from perfeval.documents.review.diff_words import (
    FINDINGS,
    OTHERS,
    RULE,
    add_up,
    finding_message,
    finding_places,
    is_told,
    names_text,
    places_text,
    problems_of,
    shortened,
    version_lines,
)
from perfeval.documents.templates import markup_template
from perfeval.findings import Severity
from perfeval.review.difference import (
    BLANK,
    STATED,
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


_NUMBER = "\0"
"""What stands for the number of a pair until all pairs are known: thrice, before any text of it."""
_NUMBERS = 3


def pair_article(diff: SheetDiff) -> str:
    """Return what the page says of one pair, which has no number yet."""
    template = markup_template("html/diff_pair.html.j2")
    return template.render(section=_section(diff), number=_NUMBER)


def page_pieces(
    lines: Sequence[PairLine], articles: Iterable[str], stamps: Iterable[str], aside: Iterable[str]
) -> Iterator[str]:
    """Yield what changed as one HTML page, piece by piece.

    Args:
        lines: The pairs in the list of all, the most urgent first.
        articles: What `pair_article` says of each of them, in the same order.
        stamps: The versions of the rulebooks.
        aside: What lies in the folders and is no sheet.
    """
    style = asset("diff.css")
    yield from markup_template("html/diff.html.j2").generate(
        lines=lines,
        articles=map(_numbered, articles, range(1, len(lines) + 1)),
        totals=add_up([line.totals for line in lines]),
        rule=RULE,
        aside=list(map(printable, aside)),
        versions=(version_text(), *sorted(map(printable, stamps))),
        style=style,
        style_hash=content_hash(style),
    )


def _numbered(article: str, number: int) -> Markup:
    made = article.replace(_NUMBER, str(number), _NUMBERS)
    return Markup(made)  # noqa: S704 - made by our template


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
