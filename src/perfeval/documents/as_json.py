"""Scorecards and findings as plain data for JSON.

Keys are the English words of the Python API and stay what they are; a number that is a figure is
a text with the digits it has, so that no reader turns it into a float; what is missing is null.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from perfeval.cells.dates import Day
from perfeval.cells.levels import Aspect, Section
from perfeval.cells.notes import Note
from perfeval.cells.values import Cell, Nuance
from perfeval.findings import Finding, Fix
from perfeval.numbers import plain
from perfeval.places import place_data
from perfeval.scorecard import IndicatorLine, Line, Rule, Scorecard, Subtotal, WeightGap
from perfeval.sheet import Budget, Indicator, SubIndicator

Data = dict[str, Any]


def json_text(data: Data, *, is_ascii: bool = False) -> str:
    """Write plain data as JSON, with every other character escaped where *is_ascii*."""
    return json.dumps(data, ensure_ascii=is_ascii, indent=2)


def report_data(name: str, scorecard: Scorecard | None, findings: tuple[Finding, ...]) -> Data:
    """Return all that is known about one sheet.

    Args:
        name: The file, or the project's name.
        scorecard: ``None`` where the sheet could not be read.
        findings: Everything found.
    """
    return {
        "name": name,
        "scorecard": None if scorecard is None else scorecard_data(scorecard),
        "findings": list(map(finding_data, findings)),
    }


def scorecard_data(scorecard: Scorecard) -> Data:
    """Return a scorecard under the names of `perfeval.Scorecard`."""
    sheet = scorecard.sheet
    return {
        "sheet": sheet.name,
        "year": sheet.year,
        "department": sheet.department,
        "unit": sheet.unit,
        "rulebook": scorecard.rulebook.id,
        "stamp": scorecard.stamp,
        "unconfirmed": sheet.unconfirmed,
        "total": _number(scorecard.total),
        "low": _number(scorecard.low),
        "high": _number(scorecard.high),
        "grade": scorecard.grade,
        "measured": _number(scorecard.measured),
        "claimed": _number(scorecard.claimed),
        "unscored": scorecard.why_unscored or None,
        "filed_total": _number(scorecard.filed_total),
        "filed_grade": sheet.filed.grade,
        "reviewed_total": _number(scorecard.reviewed_total),
        "differing": len(scorecard.differing),
        "gaps": list(map(_gap, scorecard.gaps)),
        "adjustments": list(scorecard.steps),
        "subtotals": list(map(_subtotal, scorecard.subtotals)),
        "budget": _budget(sheet.budget, sheet.money_unit),
        "execution": line_data(scorecard.execution),
        "lines": list(map(line_data, scorecard.lines)),
    }


def line_data(line: Line) -> Data:
    """Return a row under the names of `perfeval.Line`; the budget row has no section."""
    derivation = line.derivation
    return {
        **_indicator(line.indicator if isinstance(line, IndicatorLine) else None),
        "name": line.name,
        "weight": _number(line.weight),
        "points": _number(line.points),
        "printed": _number(line.shown),
        "low": _number(line.low),
        "high": _number(line.high),
        "basis": line.basis.name.lower(),
        "filed": _number(line.filed),
        "reviewed": _number(line.reviewed),
        "excess": _number(line.excess),
        "formula": None if derivation is None else derivation.formula,
        "derivation": line.explain(),
        "rule": _rule(line.rule),
        "notes": list(map(_note, line.notes)),
    }


def finding_data(finding: Finding) -> Data:
    """Return a finding under the names of `perfeval.Finding`."""
    return {
        "code": finding.code,
        "severity": finding.severity.name.lower(),
        "message": finding.message,
        "hint": finding.hint or None,
        "path": list(finding.path),
        "file": finding.file or None,
        "line": finding.line,
        "column": finding.column,
        "places": list(map(place_data, finding.places)),
        "excerpt": finding.excerpt or None,
        "nature": finding.nature.name.lower(),
        "stake": _number(finding.stake),
        "fingerprint": finding.fingerprint or None,
        "fix": _fix(finding.fix),
        "also": list(map(_further, finding.also)),
        "one_cause": finding.one_cause,
    }


def _further(finding: Finding) -> Data:
    """Return where else a finding stands, and by what it is known there."""
    return {
        "message": finding.message,
        "path": list(finding.path),
        "places": list(map(place_data, finding.places)),
        "stake": _number(finding.stake),
        "fingerprint": finding.fingerprint or None,
    }


def _fix(fix: Fix | None) -> Data | None:
    return None if fix is None else fix._asdict()


def _number(number: Decimal | None) -> str | None:
    return None if number is None else plain(number)


def _indicator(indicator: Indicator | None) -> Data:
    if indicator is None:
        return dict.fromkeys(_INDICATOR_KEYS)
    return {
        "section": _group(indicator.section.group),
        "section_name": indicator.section.label or None,
        "aspect": _group(indicator.aspect.group),
        "aspect_name": indicator.aspect.label or None,
        "target": _cell(indicator.target),
        "actual": _cell(indicator.actual),
        "sign": indicator.sign.value if indicator.sign else None,
        "reason": indicator.reason,
        "measure": indicator.measure,
        "note": indicator.note,
        "parts": list(map(_part, indicator.parts)),
    }


_INDICATOR_KEYS = (
    "section",
    "section_name",
    "aspect",
    "aspect_name",
    "target",
    "actual",
    "sign",
    "reason",
    "measure",
    "note",
    "parts",
)


def _part(part: SubIndicator) -> Data:
    return {
        "name": part.name,
        "weight": _number(part.weight),
        "target": _cell(part.target),
        "actual": _cell(part.actual),
        "filed": _number(part.filed),
    }


def _cell(cell: Cell | None) -> Data | None:
    if cell is None:
        return None
    return {
        "text": cell.text,
        "kind": cell.kind.name.lower(),
        "number": _number(cell.number),
        "unit": cell.unit or None,
        "sign": cell.sign.value if cell.sign else None,
        **_read(cell.facts),
    }


def _read(facts: Nuance) -> Data:
    """Return what a cell without one number was read as: a range, a ratio or dates."""
    is_range = facts.lower is not None and facts.upper is not None
    return {
        "range": {"low": _number(facts.lower), "high": _number(facts.upper)} if is_range else None,
        "ratio": [_number(side) for side in facts.ratio] if facts.ratio else None,
        "dates": {"first": _day(facts.span.first), "last": _day(facts.span.last)}
        if facts.span
        else None,
    }


def _day(day: Day) -> str:
    """Return a day as 2023-10-31, or --10-31 where it has no year."""
    year = f"{day.year:04}" if day.is_in_year else "-"
    return f"{year}-{day.month:02}-{day.day:02}"


def _budget(budget: Budget, money_unit: str) -> Data:
    return {
        "money_unit": money_unit,
        "original": _number(budget.original),
        "final": _number(budget.final),
        "spent": _number(budget.spent),
        "transferred": _number(budget.transferred),
        "base": _number(budget.base),
        "filed_rate": budget.filed.rate.text if budget.filed.rate else None,
    }


def _rule(rule: Rule) -> Data:
    return {
        "rulebook": rule.rulebook,
        "block": rule.block,
        "sentence": rule.sentence,
        "clause": rule.clause,
        "source": rule.source,
        "seen": rule.seen.value,
    }


def _group(group: Section | Aspect | None) -> str | None:
    return None if group is None else group.value


def _note(note: Note) -> Data:
    return {"kind": note.kind.name.lower().replace("_", "-"), "message": note.message}


def _subtotal(subtotal: Subtotal) -> Data:
    return {
        "section": _group(subtotal.section.group),
        "label": subtotal.section.label,
        "weight": _number(subtotal.weight),
        "points": _number(subtotal.points),
        "low": _number(subtotal.low),
        "high": _number(subtotal.high),
    }


def _gap(gap: WeightGap) -> Data:
    return {
        "name": gap.name,
        "sections": [section.value for section in gap.sections],
        "expected": _number(gap.expected),
        "actual": _number(gap.actual),
        "message": gap.message,
    }
