"""Scorecards and what was found, as rows: nothing is computed here, and nothing is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfeval.cells.levels import Section
from perfeval.cells.values import Cell
from perfeval.documents.form.columns import INDICATOR_COLUMNS, Entry
from perfeval.documents.printed import execution_rate
from perfeval.documents.stakes import stake_of
from perfeval.findings import Finding, Severity, Waived
from perfeval.numbers import parse_number, subtract, total
from perfeval.rows import FindingRow, IndicatorRow, SheetRow
from perfeval.rulebook.form import IndicatorContent
from perfeval.scorecard import IndicatorLine, Scorecard, TotalNoteKind

APART = frozenset({IndicatorContent.SIGN, IndicatorContent.UNIT})
"""Contents that have columns of their own, so that targets are written without them."""


def sheet_row(
    card: Scorecard,
    findings: Sequence[Finding] = (),
    waived: Sequence[Waived] = (),
    *,
    file: str = "",
    table: str = "",
) -> SheetRow:
    """Return the row of a sheet.

    Args:
        card: Its points.
        findings: What was found in it and counts.
        waived: What was accepted.
        file: Its file.
        table: Which table of the file it is.
    """
    row = _points_row(card, _described_row(card, SheetRow(file=file, table=table)))
    return _counted(row, findings, waived)


def _described_row(card: Scorecard, row: SheetRow) -> SheetRow:
    """Return a row with whose sheet it is, and its money."""
    sheet, budget = card.sheet, card.sheet.budget
    rate = execution_rate(budget, card.form.rate_digits)
    return row._replace(
        project=sheet.name,
        department=sheet.department or "",
        unit=sheet.unit or "",
        year=sheet.year,
        kind=sheet.kind.value,
        place=card.rulebook.region,
        stamp=card.stamp,
        money_unit=sheet.money_unit.value,
        original=budget.original,
        final=budget.final,
        spent=budget.spent,
        rate=parse_number(rate.removesuffix("%")),
        unconfirmed=sheet.unconfirmed,
    )


_WITHOUT_TOTAL = TotalNoteKind.GAPS.value.partition("{")[0]
"""What the sentences begin with; the column says it already."""


def _points_row(card: Scorecard, row: SheetRow) -> SheetRow:
    """Return a row with the points of the sheet."""
    return row._replace(
        execution_weight=card.execution.weight,
        execution_points=card.execution.shown,
        decision=_subtotal(card, Section.DECISION),
        process=_subtotal(card, Section.PROCESS),
        cost=_subtotal(card, Section.COST),
        output=_subtotal(card, Section.OUTPUT),
        benefit=_subtotal(card, Section.BENEFIT),
        satisfaction=_subtotal(card, Section.SATISFACTION),
        other=_subtotal(card, None),
        total=card.total,
        low=card.low,
        high=card.high,
        grade=card.grade or "",
        measured=card.measured,
        claimed=card.claimed,
        filed_total=card.filed_total,
        excess=_excess(card),
        unscored=card.why_unscored.removeprefix(_WITHOUT_TOTAL),
    )


def unread_row(
    problem: str,
    findings: Sequence[Finding] = (),
    waived: Sequence[Waived] = (),
    *,
    file: str = "",
    table: str = "",
) -> SheetRow:
    """Return the row of what has no result.

    Args:
        problem: Why it has none.
        findings: See `sheet_row`.
        waived: See `sheet_row`.
        file: See `sheet_row`.
        table: See `sheet_row`.
    """
    return _counted(SheetRow(file=file, table=table, problem=problem), findings, waived)


def _counted(row: SheetRow, findings: Sequence[Finding], waived: Sequence[Waived]) -> SheetRow:
    """Return a row with how much was found, and how many points hang on it."""
    levels = Counter(item.severity for item in findings)
    meant = [item for item in findings if item.severity is not Severity.INFO]
    is_known = any(item.whole_stake is not None for item in meant)
    return row._replace(
        errors=levels[Severity.ERROR],
        warnings=levels[Severity.WARNING],
        infos=levels[Severity.INFO],
        waived=len(waived),
        stake=stake_of(meant) if is_known else None,
    )


def _subtotal(card: Scorecard, group: Section | None) -> Decimal | None:
    """Return the points of a standard group's sections, or of those that stand beside all."""
    parts = [part.points for part in card.subtotals if part.section.group is group]
    points = [number for number in parts if number is not None]
    return total(points) if parts and len(points) == len(parts) else None


def _excess(card: Scorecard) -> Decimal | None:
    """Return by how much the filed total is above the total."""
    if card.filed_total is None or card.total is None:
        return None
    return subtract(card.filed_total, card.total)


def indicator_rows(card: Scorecard, *, file: str = "", table: str = "") -> Iterator[IndicatorRow]:
    """Yield the rows of a sheet's indicators; the budget row stands in `sheet_row`.

    Args:
        card: The points.
        file: The sheet's file.
        table: Which table of the file it is.
    """
    for line in card.lines:
        yield _indicator_row(card, line)._replace(file=file, table=table)


def _indicator_row(card: Scorecard, line: IndicatorLine) -> IndicatorRow:
    sheet, indicator, derivation = card.sheet, line.indicator, line.derivation
    printed = Entry(line, indicator, APART, 0)
    return IndicatorRow(
        project=sheet.name,
        unit=sheet.unit or "",
        year=sheet.year,
        section=indicator.section.label,
        aspect=indicator.aspect.label,
        name=line.name,
        sign=INDICATOR_COLUMNS[IndicatorContent.SIGN].text(printed),
        target=_text(indicator.target),
        actual=_text(indicator.actual),
        measure_unit=INDICATOR_COLUMNS[IndicatorContent.UNIT].text(printed),
        weight=line.weight,
        points=line.shown,
        low=line.low,
        high=line.high,
        filed=line.filed,
        excess=line.excess,
        basis=line.basis.value,
        formula=derivation.formula or "" if derivation else "",
        explanation=line.explain(),
        reason=indicator.reason or "",
        measure=indicator.measure or "",
        unconfirmed=sheet.unconfirmed,
    )


def _text(cell: Cell | None) -> str:
    return "" if cell is None else cell.text


def finding_rows(
    findings: Sequence[Finding],
    waived: Sequence[Waived] = (),
    *,
    of: SheetRow,
) -> Iterator[FindingRow]:
    """Yield the rows of what was found in a sheet, the accepted last.

    Args:
        findings: What counts, each fault apart.
        waived: What was accepted.
        of: The row of the sheet.
    """
    for finding in findings:
        yield _finding_row(finding, of)
    for one in waived:
        yield _finding_row(one.finding, of)._replace(waived=one.reason)


def _finding_row(finding: Finding, of: SheetRow) -> FindingRow:
    return FindingRow(
        file=of.file,
        table=of.table,
        project=of.project,
        department=of.department,
        code=finding.code,
        severity=finding.severity.value,
        nature=finding.nature.value,
        message=finding.message,
        hint=finding.hint,
        place=finding.place,
        line=finding.line,
        column=finding.column,
        path="/".join(map(str, finding.path)),
        excerpt=finding.excerpt,
        stake=finding.stake,
        fingerprint=finding.fingerprint,
    )
