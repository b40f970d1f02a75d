"""What a check found as plain data for JSON; ``docs/schema/check.schema.json`` describes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from perfeval.documents.as_json import Data, finding_data
from perfeval.documents.findings.inspections import Counts, add_up, count
from perfeval.findings import Inspection, Status, Waived
from perfeval.numbers import plain


def inspections_data(inspections: Sequence[Inspection]) -> Data:
    """Return all that was found, and what it adds up to.

    Args:
        inspections: What was found, file by file.
    """
    return {
        "inspections": list(map(shown_inspection, inspections)),
        "summary": _summary(inspections),
    }


def _summary(inspections: Sequence[Inspection]) -> Data:
    """Add up; what is waived counts among neither the findings nor the points at stake."""
    counts = add_up(count(item.findings) for item in inspections)
    statuses = Counter(status for item in inspections for status in item.ledger.values())
    waived = sum(len(item.waived) for item in inspections)
    return summary_data(len(inspections), counts, waived, statuses)


def summary_data(files: int, counts: Counts, waived: int, statuses: Counter[Status]) -> Data:
    """Return what files add up to.

    Args:
        files: How many there are.
        counts: How much was found in them.
        waived: How much was accepted.
        statuses: How many checks came out how.
    """
    return {
        "files": files,
        "findings": {"error": counts.errors, "warning": counts.warnings, "info": counts.hints},
        "waived": waived,
        "stake": plain(counts.stake),
        "checks": sum(statuses.values()),
        "ledger": {status.name.lower(): statuses[status] for status in Status},
    }


def shown_inspection(inspection: Inspection) -> Data:
    """Return what was found in one file; what is said alike of several places stands there once."""
    return {
        **inspection_data(inspection),
        "findings": list(map(finding_data, inspection.causes)),
    }


def inspection_data(inspection: Inspection) -> Data:
    """Return what was found in one file under the names of `perfeval.Inspection`, each fault."""
    return {
        "name": inspection.name,
        "title": inspection.title or None,
        "stamp": inspection.stamp,
        "findings": list(map(finding_data, inspection.findings)),
        "waived": list(map(_waived, inspection.waived)),
        "ledger": {code: status.name.lower() for code, status in inspection.ledger.items()},
    }


def _waived(waived: Waived) -> Data:
    return {
        "finding": finding_data(waived.finding),
        "reason": waived.reason,
        "waiver": waived.waiver,
    }
