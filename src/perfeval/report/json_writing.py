"""Sheets, scorecards, findings, reports and departments as JSON that `from_json` reads back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from perfeval._resources import SCHEMA, __version__
from perfeval.accounts.proofreading import ProofReport
from perfeval.department import Department
from perfeval.documents.as_json import Data, finding_data, scorecard_data
from perfeval.documents.findings.inspections_json import inspection_data
from perfeval.documents.findings.proof_json import stored_proof_data
from perfeval.documents.review.diff_json import diff_data
from perfeval.documents.review.record_json import record_data
from perfeval.fields import plain_data
from perfeval.findings import Finding, Inspection
from perfeval.manifest import Manifest, manifest_data
from perfeval.numbers import plain
from perfeval.places import place_data
from perfeval.readers.located import Located
from perfeval.readers.rulebooks import load_rulebook, rulebook_ids
from perfeval.report.department_model import DepartmentReport
from perfeval.report.drafting import AccountDraft
from perfeval.report.model import Report
from perfeval.report.review_json import stored_grading, workpaper_data
from perfeval.review.difference import SheetDiff
from perfeval.review.evidence import EvidenceList
from perfeval.review.grading import Grading
from perfeval.review.intake import Intake
from perfeval.review.ranking import Ranking
from perfeval.review.results import ReviewResults
from perfeval.review.sampling import Draw
from perfeval.review.workpaper import Workpaper
from perfeval.rulebook import Rulebook
from perfeval.scorecard import Scorecard
from perfeval.sheet import Sheet
from perfeval.source import MAX_DEPTH, MAX_VALUES

Storable = (
    Sheet
    | Scorecard
    | Finding
    | Inspection
    | Report
    | Department
    | DepartmentReport
    | ProofReport
    | AccountDraft
    | Manifest
    | SheetDiff
    | Workpaper
    | Grading
    | Intake
    | Ranking
    | Draw
    | EvidenceList
    | ReviewResults
)
"""What `to_json` writes."""


def to_json(value: Storable, *, indent: int | None = None) -> str:
    """Write a value as JSON, from which `from_json` makes an equal one.

    Keys are the English names of the Python API, all of them; what is missing is null.  A figure
    is a JSON string with the digits it has (``"12.50"``), so that no reader turns it into a binary
    fraction; only counts, years, lines and columns are JSON numbers.  The text states what it is:
    ``{"schema": 1, "kind": "sheet", "perfeval": version, "data": {…}}``; the schema is
    ``docs/schema/perfeval.schema.json``.

    Args:
        value: A sheet, scorecard, finding, inspection, report, department, department's report,
            the report of a proof, what was drafted from an account, the manifest of a run, what
            changed between two versions of a sheet, a workpaper, the grading of several, or what an
            intake, a ranking, a draw, a list of evidence or a review's results hold.
        indent: Blanks for each level, for people; ``None`` for one line.

    Returns:
        The text.  A rulebook that ships is in it by its id and stamp, any other with all its rules.

    Raises:
        TypeError: *value* is nothing of the kind.

    >>> from perfeval import from_json, load_sheet, score, load_rulebook
    >>> sheet = load_sheet("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> card = score(sheet, load_rulebook("hubei-2020"))
    >>> from_json(to_json(card)) == card
    True
    """
    for kind, (model, data) in KINDS.items():
        if isinstance(value, model):
            whole = {
                "schema": SCHEMA,
                "kind": kind,
                "perfeval": __version__,
                "data": data(value),
            }
            return json.dumps(whole, ensure_ascii=False, indent=indent)
    raise TypeError(f"to_json 不能写 {type(value).__name__}")


def card_data(card: Scorecard) -> Data:
    """Return a scorecard with all that it was made of."""
    return {
        "sheet": plain_data(card.sheet),
        "rulebook": _rulebook(card.rulebook, card.sheet.year),
        "scorecard": scorecard_data(card),
    }


def _report(report: Report) -> Data:
    sheet, card = report.sheet, report.scorecard
    return {
        "sheet": None if sheet is None else plain_data(sheet),
        "rulebook": _rulebook(report.rulebook, sheet.year if sheet else None),
        "scorecard": None if card is None else scorecard_data(card),
        **_found(report),
    }


def _department_report(report: DepartmentReport) -> Data:
    department = report.department
    return {
        "department": None if department is None else plain_data(department),
        "rulebook": _rulebook(report.rulebook, department.year if department else None),
        "sheets": list(map(_report, report.sheets)),
        **_found(report),
    }


def _found(report: Report | DepartmentReport) -> Data:
    """Return what was found, under the names of an inspection, and what was read."""
    own = report.inspection if isinstance(report, Report) else report.inspections[0]
    return {"inspection": inspection_data(own), "source": _source(report.located)}


def _rulebook(book: Rulebook | None, year: int | None) -> Data | None:
    if book is None:
        return None
    return {
        "id": book.id,
        "version": book.version,
        "stamp": book.stamp,
        "year": year,
        "rules": None if _ships(book, year) else plain_data(book),
    }


def _ships(book: Rulebook, year: int | None) -> bool:
    """Tell whether loading its id gives the same rules."""
    return book.id in rulebook_ids() and load_rulebook(book.id, year=year) == book


def _source(located: Located) -> Data:
    """Return what was read: the text, or data, whose figures become texts, and their cells."""
    source = located.source
    data = None
    if not source.text:
        data = _copy(source.data, [MAX_VALUES], MAX_DEPTH // 2)
    cells = None
    if source.cells is not None:
        stands = source.cells.items()
        cells = [{"path": list(path), "place": place_data(place)} for path, place in stands]
    return {"name": source.name, "text": source.text or None, "data": data, "cells": cells}


def _copy(value: Any, left: list[int], depth: int) -> Any:
    """Copy a caller's data as far as they are plain, within the limits of what is read."""
    left[0] -= 1
    if left[0] < 0 or depth < 0:
        return None
    if isinstance(value, Mapping):
        return {str(key): _copy(item, left, depth - 1) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [_copy(item, left, depth - 1) for item in value]
    if isinstance(value, Decimal) and value.is_finite():
        return plain(value)
    return value if value is None or isinstance(value, bool) else str(value)


def _draft(draft: AccountDraft) -> Data:
    return {
        "name": draft.name or None,
        "refused": draft.refused,
        "files": [
            {"path": file.path, "text": file.text, "unread": list(file.unread)}
            for file in draft.files
        ],
    }


KINDS: dict[str, tuple[type[Storable], Callable[[Any], Data]]] = {
    "sheet": (Sheet, plain_data),
    "scorecard": (Scorecard, card_data),
    "finding": (Finding, finding_data),
    "inspection": (Inspection, inspection_data),
    "report": (Report, _report),
    "department": (Department, plain_data),
    "department-report": (DepartmentReport, _department_report),
    "proof-report": (ProofReport, stored_proof_data),
    "account-draft": (AccountDraft, _draft),
    "manifest": (Manifest, manifest_data),
    "sheet-diff": (SheetDiff, diff_data),
    "workpaper": (Workpaper, lambda paper: workpaper_data(paper, card_data)),
    "grading": (Grading, lambda grading: stored_grading(grading, card_data)),
    "intake": (Intake, record_data),
    "ranking": (Ranking, record_data),
    "draw": (Draw, record_data),
    "evidence-list": (EvidenceList, record_data),
    "review-results": (ReviewResults, record_data),
}
"""What JSON states to be, the type behind it, and how its data are made."""
