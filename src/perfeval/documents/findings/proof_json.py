"""What was found in a published account as plain data for JSON, one object for each file."""

from __future__ import annotations

from perfeval.accounts.proofreading import LedgerEntry, ProofFigure, ProofReport
from perfeval.documents.as_json import Data, finding_data
from perfeval.findings import Finding, Inspection
from perfeval.places import PagePlace, Place, TextPlace


def proof_data(report: ProofReport) -> Data:
    """Return a report as ``docs/schema/proof.schema.json`` describes it."""
    return {
        "file": report.name or None,
        "refused": report.refused,
        "year": report.year,
        "figures": list(map(_figure, report.figures)),
        "findings": list(map(_finding, report.findings)),
        "ledger": list(map(_entry, report.ledger)),
    }


def stored_proof_data(report: ProofReport) -> Data:
    """Return a report with all that it holds, of which the same report can be made."""
    return {
        "name": report.name or None,
        "refused": report.refused,
        "year": report.year,
        "figures": list(map(_figure, report.figures)),
        "findings": list(map(finding_data, report.findings)),
        "ledger": list(map(_entry, report.ledger)),
        "digest": report.digest,
    }


def _figure(figure: ProofFigure) -> Data:
    return {
        "page": figure.spot.page,
        "line": figure.spot.line,
        "column": figure.spot.column,
        "text": figure.text,
        "subject": figure.subject or None,
        "measure": figure.measure or None,
        "year": figure.year,
        "value": figure.value,
        "unit": figure.unit or None,
        "comparison": figure.comparison or None,
        "falls": figure.falls,
        "base": figure.base or None,
        "bound": figure.bound,
    }


def _finding(finding: Finding) -> Data:
    """Return a finding with the line of every place, those of a page as well."""
    lines = list(map(_line, finding.places))
    data = finding_data(finding)
    return {**data, "line": lines[0] if lines else None, "lines": lines}


def _line(place: Place) -> int | None:
    return place.line if isinstance(place, TextPlace | PagePlace) else None


def _entry(entry: LedgerEntry) -> Data:
    return {
        "relation": entry.relation,
        "numbers": list(entry.numbers),
        "code": entry.code,
        "status": entry.status.value,
        "held": entry.held,
    }


def proof_inspection(report: ProofReport) -> Inspection:
    """Return a report as the other reports of findings take it."""
    return Inspection(name=report.name, title=report.name, findings=report.findings)
