"""校核报告 as one HTML page: what was found, waived, and checked in every file."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from typing import NamedTuple

from markupsafe import Markup

from perfeval._resources import data_dir
from perfeval.checks.registry import CHECKS
from perfeval.documents.alignment import printable
from perfeval.documents.findings.check_pages import CheckPage, page_of
from perfeval.documents.findings.inspections import (
    Counts,
    add_up,
    family,
    namer,
    path_words,
    places_text,
    points_text,
    ranked,
    stamps,
    version_text,
)
from perfeval.documents.templates import markup_template
from perfeval.findings import Finding, Inspection, Ledger, Severity, Status

_BEFORE, _AFTER = 48, 72
"""How many characters of a long line are shown before and after the place."""

_VALUE = re.compile(
    r"""
      "[^"]*" | '[^']*' | [{\[].*[}\]]
    | -\s.*?(?=\s*$ | \s+\#)
    | \S.*?(?=\s*$ | \s+\# | \s*:(?:\s|$) | ,\s | [}\]])
    | .
    """,
    re.VERBOSE,
)
"""A value, key or list item, up to where it ends; or the one character that stands there."""

Name = Callable[[str], str]


class Excerpt(NamedTuple):
    """The line of the file: what stands before the place, at it, and after it."""

    number: str
    before: str
    at: str
    after: str


class FindingItem(NamedTuple):
    """A finding as it is printed."""

    severity: str
    kind: str
    code: str
    message: str
    place: str
    words: str
    excerpt: Excerpt | None
    hint: str
    stake: str
    nature: str
    page: CheckPage | None


class Excused(NamedTuple):
    """A finding that was waived, and why."""

    item: FindingItem
    reason: str


class FindingSection(NamedTuple):
    """One file: its findings, what was waived, and the checks by what became of them."""

    title: str
    file: str
    stamp: str
    counts: Counts
    stake: str
    first: int
    items: list[FindingItem]
    waived: list[Excused]
    ledger: list[tuple[str, list[str]]]
    checks: int


def check_page(inspections: Sequence[Inspection]) -> bytes:
    """Write the report of a check as one HTML page that stands for itself.

    Args:
        inspections: What was found, one for each file.

    Returns:
        The page; the same bytes for the same findings.
    """
    sections = list(_sections(inspections))
    counts = add_up(section.counts for section in sections)
    style, script = asset("check.css"), asset("check.js")
    page = markup_template("html/check.html.j2").render(
        sections=sections,
        counts=counts,
        stake=points_text(counts.stake),
        clean=sum(not section.counts.findings for section in sections),
        waived=sum(len(section.waived) for section in sections),
        families=_families(inspections),
        checks=_checks(inspections),
        versions=(version_text(), *stamps(inspections)),
        style=style,
        style_hash=content_hash(style),
        script=script,
        script_hash=content_hash(script),
    )
    return page.encode()


def _sections(inspections: Sequence[Inspection]) -> Iterator[FindingSection]:
    """Yield the files, the worst first; findings are numbered through."""
    name = namer(inspections)
    first = 1
    for inspection, counts in ranked(inspections):
        file, title = name(inspection.name), printable(inspection.title)
        yield FindingSection(
            title=title or f"{file}（没有读通）",
            file=file if title else "",
            stamp=printable(inspection.stamp or ""),
            counts=counts,
            stake=points_text(counts.stake) if counts.stake else "",
            first=first,
            items=items_of(inspection, name),
            waived=[
                Excused(item_of(one, name), printable(why)) for one, why, _ in inspection.waived
            ],
            ledger=_ledger(inspection.ledger),
            checks=len(inspection.ledger),
        )
        first += counts.findings


def items_of(inspection: Inspection, name: Name) -> list[FindingItem]:
    """Return the findings of one file as they are printed, the worst first."""
    return [item_of(finding, name) for finding in inspection.causes]


def item_of(finding: Finding, name: Name) -> FindingItem:
    """Return a finding with what a page says of it."""
    return FindingItem(
        severity=finding.severity.value,
        kind=finding.severity.name.lower(),
        code=printable(finding.code),
        message=printable(finding.message),
        place=places_text(finding, name),
        words=path_words(finding.path),
        excerpt=_excerpt(finding),
        hint=printable(finding.hint),
        stake="" if finding.whole_stake is None else points_text(finding.whole_stake),
        nature=finding.nature.value,
        page=page_of(finding.code) if finding.code in CHECKS else None,
    )


def _excerpt(finding: Finding) -> Excerpt | None:
    """Cut the line of the file at the place; of a long line only the part around it is shown.

    What is no line of a text has no number, and is the value as a whole.
    """
    line = finding.excerpt
    if not (finding.places and line.strip()):
        return None
    start = 0 if finding.column is None else min(max(finding.column - 1, 0), len(line))
    shown = line[start : start + _AFTER]
    match = _VALUE.match(shown) if finding.column is not None else None
    end = match.end() if match else 0 if finding.column is not None else len(shown)
    before = "…" * (start > _BEFORE) + printable(line[max(0, start - _BEFORE) : start])
    after = printable(shown[end:]) + "…" * (len(line) > start + _AFTER)
    number = "" if finding.line is None else str(finding.line)
    return Excerpt(number, before, printable(shown[:end]) or "\xa0", after)


def _ledger(ledger: Ledger) -> list[tuple[str, list[str]]]:
    """Return the codes of the checks by their status; the status that none has is left out."""
    return [
        (status.value, codes)
        for status in Status
        if (codes := [printable(code) for code, seen in ledger.items() if seen is status])
    ]


def _families(inspections: Sequence[Inspection]) -> list[tuple[str, list[int]]]:
    """Count the findings of every kind by severity, the most errors first."""
    seen: dict[str, Counter[Severity]] = {}
    for inspection in inspections:
        for finding in inspection.causes:
            seen.setdefault(family(finding.code), Counter())[finding.severity] += 1
    rows = [(kind, [number[severity] for severity in Severity]) for kind, number in seen.items()]
    return sorted(rows, key=lambda row: (*(-number for number in row[1]), row[0]))


def _checks(inspections: Sequence[Inspection]) -> list[tuple[str, str]]:
    """Return what each check of the ledgers looks for."""
    codes = sorted({code for inspection in inspections for code in inspection.ledger})
    return [(code, page_of(code).problem) for code in codes if code in CHECKS]


@cache
def asset(name: str) -> Markup:
    """Return the style sheet or the script of the page."""
    text = (data_dir("templates") / "html" / name).read_text(encoding="utf-8")
    return Markup(text)  # noqa: S704 - a file of ours, nothing from outside


@cache
def content_hash(text: str) -> str:
    """Return the hash by which the page's policy lets a style or script pass."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
