"""One sheet: read, scored and checked."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from perfeval.checks import SHEET_SCOPES, Examination, examine
from perfeval.checks.ledgers import unreadable_ledger
from perfeval.checks.policy import Selection, policy_of
from perfeval.checks.settling import CheckOptions, Placed, Subject, apply_waivers
from perfeval.codes import NO_RULEBOOK
from perfeval.department import Department
from perfeval.errors import RenderError, RulebookError
from perfeval.findings import (
    Finding,
    Inspection,
    Ledger,
    Severity,
    Waived,
    with_fingerprints,
)
from perfeval.places import anchor_in
from perfeval.readers.files import FilePath
from perfeval.readers.rulebooks import load_rulebook, named_in_sheet
from perfeval.readers.sheets import ReadSheet, read_sheet
from perfeval.rulebook import Rulebook
from perfeval.scorecard import Scorecard
from perfeval.scoring.engine import score
from perfeval.sheet import Sheet
from perfeval.source import Source


@dataclass(frozen=True, slots=True)
class Report:
    """All that perfeval knows about one sheet.

    Attributes:
        name: The file, or the project's name for a plain dict.
        sheet: The sheet; ``None`` where the file has errors.
        rulebook: The rulebook that applies; ``None`` where there is none.
        scorecard: Its points; ``None`` without a sheet or a rulebook.
        findings: Everything found that counts, the worst first.
        waived: What was accepted, and why.
        ledger: What became of every check.
    """

    name: str
    sheet: Sheet | None
    rulebook: Rulebook | None
    scorecard: Scorecard | None
    findings: tuple[Finding, ...]
    waived: tuple[Waived, ...] = ()
    ledger: Ledger = field(default_factory=dict)

    @property
    def inspection(self) -> Inspection:
        """What was found, as the documents about findings take it."""
        return Inspection(
            self.name,
            self.sheet.name if self.sheet else "",
            self.rulebook.stamp if self.rulebook else None,
            self.findings,
            self.waived,
            self.ledger,
        )

    @property
    def is_read(self) -> bool:
        """The sheet could be read and its rulebook is known."""
        return self.scorecard is not None

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings of error level."""
        return tuple(item for item in self.findings if item.severity is Severity.ERROR)

    def render(
        self, path: FilePath, *, document: str = "table", templates: str | None = None
    ) -> None:
        """Write a document; the ending of *path* chooses its format.

        Args:
            path: Where to write: ``.docx``, ``.pdf``, ``.html`` or ``.md``.  A file that stands
                there is replaced only when the new one is complete.
            document: ``table`` (自评表), ``overview`` (综述) or ``abstract`` (摘要).
            templates: A folder of one's own templates, which replace ours one by one.

        Raises:
            RenderError: The sheet was not read, or there is no such document or format.
            OSError: The file cannot be written.
        """
        from perfeval.documents.writing import write_atomically
        from perfeval.report.publishing import render

        if "\0" in os.fspath(path):
            raise RenderError("不能写入：文件名里有不能用的字符")
        ending = os.path.splitext(os.fspath(path))[1].lower()
        data = render(self, ending.removeprefix("."), document=document, templates=templates)
        write_atomically(path, data)


USUAL = CheckOptions()
"""The terms on which nothing is asked for: every check, and no waiver but the sheet's own."""


def evaluate(
    source: FilePath | Mapping[str, Any],
    *,
    rulebook: FilePath | Rulebook | None = None,
    terms: CheckOptions = USUAL,
) -> Report:
    """Read, score and check one sheet.

    Args:
        source: A YAML file's path, ``shipped:…``, or a plain dict; see `load_sheet`.
        rulebook: An id, a rulebook file's path, or a rulebook, in place of the sheet's own.
        terms: Which checks, waivers, and which day it is.

    Returns:
        The report; what is wrong with the sheet is among its findings, never raised.

    Raises:
        RulebookError: The rulebook given as argument is unknown or wrong.
        TypeError: *source* is neither a path nor a mapping.

    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> report.scorecard.total, report.scorecard.measured, report.scorecard.claimed
    (Decimal('98.46'), Decimal('36.46'), Decimal('62.00'))
    """
    given = (
        rulebook
        if rulebook is None or isinstance(rulebook, Rulebook)
        else (load_rulebook(rulebook))
    )
    read = read_sheet(source, rulebook=given.id if given else None)
    sheet = read.sheet
    book, faults = given, list(read.findings)
    if sheet is not None and not isinstance(rulebook, Rulebook):
        book, faults = _rulebook_of(sheet, read, rulebook)
    scorecard = None if sheet is None or book is None else score(sheet, book)
    subject = Subject(
        subject_name(sheet, read.source),
        () if sheet is None else sheet.waivers,
        lambda finding: placed(read.locate(finding), read.source),
        read.source.data is not None,
        isinstance(read.source.data, Mapping),
        book is not None,
    )
    seen = _examined(scorecard, book, terms.selection)
    found = [placed(finding, read.source) for finding in faults]
    settled = apply_waivers(subject, found, seen.findings, seen.ledger, terms)
    name = read.source.name or (sheet.name if sheet else "")
    return Report(name, sheet, book, scorecard, *settled)


def _rulebook_of(
    sheet: Sheet, read: ReadSheet, given: FilePath | None
) -> tuple[Rulebook | None, list[Finding]]:
    """Return the rulebook of a sheet's year, or what is wrong with the one that it names."""
    if given is not None:
        return load_rulebook(given, year=sheet.year), []
    try:
        named = named_in_sheet(read.source.name, sheet.rulebook)
        return load_rulebook(named, year=sheet.year), []
    except RulebookError as error:
        finding = Finding(NO_RULEBOOK, Severity.ERROR, error.message, ("评分办法",))
        return None, [read.locate(finding), *error.findings]


def subject_name(read: Sheet | Department | None, source: Source) -> str:
    """Return the name by which findings of a file are known, wherever the file lies."""
    return Path(source.name).name if read is None else read.name


def placed(finding: Finding, source: Source) -> Placed:
    """Return a finding with the words that lead to its place."""
    return finding, anchor_in(source.data, finding.path)


def _examined(
    scorecard: Scorecard | None, book: Rulebook | None, selection: Selection
) -> Examination:
    """Check a scorecard; without one every check of sheets is unread."""
    if scorecard is not None:
        return examine(scorecard, selection)
    return Examination((), unreadable_ledger(SHEET_SCOPES, policy_of(book, selection).disabled))


def compare(sheet: Sheet, rulebooks: Sequence[FilePath | Rulebook]) -> tuple[Scorecard, ...]:
    """Score one sheet by several rulebooks, each as it held in the sheet's year.

    Args:
        sheet: The sheet.
        rulebooks: Ids, rulebook files' paths, or rulebooks.

    Returns:
        A scorecard for each, in their order.

    Raises:
        RulebookError: A rulebook is unknown or wrong.

    >>> from perfeval import load_sheet
    >>> sheet = load_sheet("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> [card.total for card in compare(sheet, ["hubei-2020", "mof-2020"])]
    [Decimal('98.46'), None]
    """
    return tuple(
        score(
            sheet,
            book if isinstance(book, Rulebook) else load_rulebook(book, year=sheet.year),
        )
        for book in rulebooks
    )


def marked(placed: Sequence[Placed], subject: str) -> tuple[Finding, ...]:
    """Give findings their fingerprints."""
    anchors = (anchor for _, anchor in placed)
    return with_fingerprints((finding for finding, _ in placed), subject, anchors)
