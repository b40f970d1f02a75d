"""What changed between two versions, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perfeval.documents.alignment import TextColumn, lay_out, printable
from perfeval.documents.review.diff_words import (
    FINDINGS,
    OTHERS,
    Totals,
    add_up,
    both_places,
    changed_lines,
    finding_message,
    finding_places,
    is_told,
    names_text,
    problems_of,
    shortened,
    totals_of,
    values_text,
    verdict,
    version_lines,
)
from perfeval.review.difference import STATED, FindingChange, FindingStatus, SheetDiff, ValueChange

_TITLE = 40
_LISTED = tuple(status for status in FINDINGS if status is not FindingStatus.FIXED)
"""What became of findings that are listed one by one without being asked for."""


def diff_text(diff: SheetDiff, *, with_all: bool = False) -> Iterator[str]:
    """Yield the lines of one pair: what nobody asked for first.

    Args:
        diff: The difference.
        with_all: What is only written otherwise, hints and what was mended are listed, too.
    """
    yield f"── {printable(diff.title)}（{names_text(diff)}）"
    if diff.remark:
        yield f"   {printable(diff.remark)}"
    yield from _caveats(diff)
    if not diff.is_compared:
        yield f"   {verdict(diff)}，没有比"
        for word, finding in problems_of(diff):
            yield f"   {word}：{printable(str(finding))}"
        yield ""
        return
    yield f"   {'；'.join(changed_lines(diff))}"
    yield from _changes(diff, with_all=with_all)
    yield from _findings(diff, with_all=with_all)
    yield ""


def _caveats(diff: SheetDiff) -> Iterator[str]:
    for side in (diff.old, diff.new):
        if side is not None and side.caveat:
            yield f"   {printable(side.caveat)}"


def _changes(diff: SheetDiff, *, with_all: bool) -> Iterator[str]:
    if not diff.stated:
        yield "   没有改动任何值"
    for standing in (*STATED, *OTHERS):
        changes = list(diff.with_standing(standing))
        if not changes:
            continue
        is_listed = with_all or standing in STATED
        yield f"   {standing.value} {len(changes)} 处" + ("" if is_listed else "（--all 列出）")
        if is_listed:
            for change in changes:
                yield from _change(change)


def _change(change: ValueChange) -> Iterator[str]:
    yield f"     {printable(change.subject)}：{values_text(change)}"
    places = both_places(change)
    if places:
        yield f"       {places}"
    if change.because:
        yield f"       = {shortened(change.because)}"


def _findings(diff: SheetDiff, *, with_all: bool) -> Iterator[str]:
    for status in FINDINGS:
        found = [one for one in diff.with_status(status) if with_all or is_told(one)]
        if not found:
            continue
        is_listed = with_all or status in _LISTED
        yield f"   发现{status.value} {len(found)} 处" + ("" if is_listed else "（--all 列出）")
        if is_listed:
            for one in found:
                yield from _finding(one)


def _finding(change: FindingChange) -> Iterator[str]:
    finding = change.finding
    if finding is not None:
        yield f"     {finding.severity.value} {finding.code}  {finding_message(change)}"
        places = finding_places(change)
        if places:
            yield f"       {places}"


class PairLine(NamedTuple):
    """One pair in the list of all."""

    title: str
    verdict: str
    totals: Totals
    old_total: str
    new_total: str
    is_compared: bool


def pair_line(diff: SheetDiff) -> PairLine:
    """Return the line of a pair in the list of all."""
    _, before, after = next(version_lines(diff))
    return PairLine(
        title=printable(diff.title),
        verdict=verdict(diff),
        totals=totals_of(diff),
        old_total=before,
        new_total=after,
        is_compared=diff.is_compared,
    )


def summary_text(
    lines: Sequence[PairLine], *, ambiguous: int = 1, within: int | None = None
) -> Iterator[str]:
    """Yield the list of all pairs, and how much changed in all of them.

    Args:
        lines: The pairs.
        ambiguous: The width of an ambiguous character.
        within: How many cells a line may take; ``None`` for any number.
    """
    whole = add_up([line.totals for line in lines])
    rows = [_HEADINGS, *map(_row, lines)]
    rows.append(("合计", f"{len(lines)} 对", *map(str, whole), "", ""))
    columns = (
        TextColumn(limit=_TITLE),
        TextColumn(),
        *(TextColumn(is_right=True) for _ in range(len(_HEADINGS) - 2)),
    )
    yield from lay_out(rows, columns, ambiguous=ambiguous, within=within)


_HEADINGS = (
    *("项目", "结果", "没有要求改的", "按发现改的", "已改正", "没有改正", "新出现"),
    *("原总分", "现总分"),
)


def _row(line: PairLine) -> tuple[str, ...]:
    numbers = (str(number or "") for number in line.totals)
    return (line.title, line.verdict, *numbers, line.old_total, line.new_total)
