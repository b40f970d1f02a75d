"""Findings of sentences that were copied between any sheets of a run (DP206)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from perfeval.checks.across import COPIED_HINT, WRITTEN, copied_message
from perfeval.checks.copies import Sentence, sentences_of
from perfeval.checks.policy import policy_of
from perfeval.checks.registry import CHECKS
from perfeval.checks.settling import CheckOptions
from perfeval.checks.waivers import accept, waive
from perfeval.cli.inputs import given_by
from perfeval.cli.many.sentences import Copied, SentenceShelf, SheetSpot
from perfeval.findings import Finding, Inspection, Placed, Status, with_fingerprints, worst_first
from perfeval.readers.files import FoundFile
from perfeval.readers.sheets import ReadSheet
from perfeval.reading.answers import Answers
from perfeval.reading.sheets import find_sheets

COPIED = "DP206"
"""The check of a department that does the same."""
TITLE = "各表之间"
"""What the findings between sheets stand under."""
_TOGETHER = 500
"""So many findings are one inspection."""
_READ_AGAIN = 32


class SecondReading(NamedTuple):
    """How a sheet is read again.

    Attributes:
        rulebook: The rulebook of a sheet that names none.
        answers: What a person confirmed.
    """

    rulebook: str | None
    answers: Answers


def copied_inspections(
    shelf: SentenceShelf, reading: SecondReading, terms: CheckOptions
) -> Iterator[Inspection]:
    """Yield what was copied between sheets; one inspection without findings where nothing was.

    Args:
        shelf: The sentences of all sheets.
        reading: How a sheet is read again.
        terms: Which checks count, and what was accepted before.
    """
    policy = policy_of(None, terms.selection)
    if COPIED in policy.disabled:
        yield Inspection(TITLE, TITLE, ledger={COPIED: Status.DISABLED})
        return
    again = lru_cache(_READ_AGAIN)(lambda spot: _read_again(spot, reading))
    level = policy.severity_of(CHECKS[COPIED])
    found = (_finding(one, again)._replace(severity=level) for one in shelf.copied())
    is_first = True
    while together := list(islice(found, _TOGETHER)):
        is_first = False
        yield _inspection(together, terms)
    if is_first:
        ledger = {COPIED: Status.PASSED if shelf.sentences else Status.NOT_APPLICABLE}
        yield Inspection(TITLE, TITLE, ledger=ledger)


def _inspection(findings: list[Finding], terms: CheckOptions) -> Inspection:
    placed = [Placed(finding, (finding.file,)) for finding in findings]
    marked = with_fingerprints(placed, TITLE)
    anchors = [one.anchor for one in placed]
    waiving = waive(marked, anchors, terms.waivers, subject=TITLE, today=terms.today)
    accepted = accept(waiving.findings, terms.baseline)
    waived = (*waiving.waived, *accepted.waived)
    counted = tuple(sorted(accepted.findings, key=worst_first))
    status = Status.FAILED if counted else Status.WAIVED
    return Inspection(TITLE, TITLE, findings=counted, waived=waived, ledger={COPIED: status})


def _read_again(spot: SheetSpot, reading: SecondReading) -> ReadSheet | None:
    name = FoundFile(spot.file, spot.folder) if spot.folder else spot.file
    label, given = given_by(name)
    found = find_sheets(given, rulebook=reading.rulebook, name=label, answers=reading.answers)
    return found[spot.position].read if spot.position < len(found) else None


_Again = Callable[[SheetSpot], ReadSheet | None]


def _finding(copied: Copied, again: _Again) -> Finding:
    """Return the finding, in the sheet that was not the first to have the sentence."""
    first = _sentence(copied.first, again(copied.origin))
    read = again(copied.copy)
    other = _sentence(copied.other, read)
    check = CHECKS[COPIED]
    finding = Finding(
        check.code,
        check.severity,
        copied_message(copied.shared, first, other),
        other.path,
        COPIED_HINT,
        file=copied.copy.file,
        nature=check.nature,
    )
    if read is None or not other.path:
        return finding
    return read.located.place(finding).finding


def _sentence(key: str, read: ReadSheet | None) -> Sentence:
    """Return a sentence as it stands in its sheet; its key, where that has changed meanwhile."""
    if read is not None and read.sheet is not None:
        for sentence in sentences_of(read.sheet, WRITTEN, len(key)):
            if sentence.key == key:
                return sentence
    return Sentence((), key, key, ())
