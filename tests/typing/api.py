"""Code of a caller that must type-check under ``mypy --strict``; it is never run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import perfeval
from perfeval import (
    Aspect,
    AspectName,
    Basis,
    Budget,
    Cell,
    DepartmentReport,
    Derivation,
    Finding,
    FindingRow,
    Indicator,
    IndicatorLine,
    IndicatorRow,
    ItemRows,
    Line,
    Published,
    Report,
    Rulebook,
    Scorecard,
    Scorer,
    Section,
    SectionName,
    Severity,
    Sheet,
    SheetError,
    SheetRow,
    Sign,
)


def evaluates(path: Path) -> Decimal | None:
    """A total may be missing, and the type says so."""
    report: Report = perfeval.evaluate(path)
    card: Scorecard | None = report.scorecard
    if card is None:
        return None
    total: Decimal | None = card.total
    low: Decimal | None = card.low
    measured: Decimal = card.measured
    grade: str | None = card.grade
    perfeval.write(report, path.with_suffix(".docx"))
    perfeval.write(report, "摘要.docx", document="abstract")
    content: bytes = perfeval.render(report, "html")
    assert content, (low, measured, grade)
    return total


def evaluates_a_plain_dict(amount: Decimal) -> tuple[Finding, ...]:
    """A host tool's own data, with or without a rulebook."""
    data: dict[str, object] = {"项目名称": "示例", "预算": {"预算数": amount}}
    book: Rulebook = perfeval.load_rulebook("hubei-2020")
    perfeval.evaluate(data, rulebook=book)
    perfeval.evaluate("表.yaml", rulebook="mof-2020")
    return perfeval.evaluate(data, rulebook="hubei-2020").findings


def walks(card: Scorecard) -> Iterator[str]:
    """Every row with its reasons."""
    line: Line
    for line in card.rows:
        points: Decimal | None = line.points
        basis: Basis = line.basis
        derivation: Derivation | None = line.derivation
        if derivation is not None:
            yield derivation.text
            operands: tuple[Decimal, ...] = derivation.exact.operands
            assert operands
        yield f"{line.name} {points} {basis.value} {line.explain()}"
        if isinstance(line, IndicatorLine):
            indicator: Indicator = line.indicator
            section: SectionName = indicator.section
            aspect: AspectName = indicator.aspect
            target: Cell | None = indicator.target
            sign: Sign | None = target.sign if target else indicator.sign
            groups: tuple[Section | None, Aspect | None] = section.group, aspect.group
            assert section.label, (aspect.label, sign, groups)
    row: Line = card["预算执行"]
    assert row.points


def misspells(report: Report, path: Path) -> None:
    """A document or format that there is none of does not type-check."""
    perfeval.render(report, "docx", document="overvew")  # type: ignore[arg-type]
    perfeval.render(report, "doc")  # type: ignore[arg-type]
    perfeval.write(report, path, document="tabel")  # type: ignore[arg-type]


def stores(sheet: Sheet, card: Scorecard) -> Sheet:
    """What is expected of a text is the type that comes back."""
    again: Scorecard = perfeval.from_json(perfeval.to_json(card), Scorecard)
    assert again.total
    return perfeval.from_json(perfeval.to_json(sheet, indent=2).encode(), Sheet)


def publishes(department: DepartmentReport, sheet: Sheet) -> bytes:
    """A whole department, and the form to fill in."""
    done: Published = perfeval.publish(department, "out", formats=["docx", "md"], overwrite=True)
    assert done.files, (done.failed, done.missing)
    return perfeval.excel_form("hubei-2020", sheet)


def reads(path: str) -> Sheet | tuple[Finding, ...]:
    """All findings at once, typed."""
    try:
        sheet = perfeval.load_sheet(path)
    except SheetError as error:
        findings: tuple[Finding, ...] = error.findings
        return findings
    budget: Budget = sheet.budget
    spent: Decimal | None = budget.spent
    year: int = sheet.year
    indicators: tuple[Indicator, ...] = sheet.indicators
    text: str = perfeval.dump(sheet)
    assert text, (spent, year, indicators)
    return sheet


def scores_many(sheets: list[Sheet]) -> list[Decimal | None]:
    """One scorer for many sheets."""
    scorer = Scorer(perfeval.load_rulebook("hubei-2020"))
    score: Callable[[Sheet], Scorecard] = scorer.score
    return [score(sheet).total for sheet in sheets]


def names() -> list[str]:
    """What ships."""
    ids: tuple[str, ...] = perfeval.rulebook_ids()
    return [*ids, *perfeval.shipped_sheets()]


def errors(card: Scorecard) -> list[str]:
    """Findings are values."""
    found: tuple[Finding, ...] = perfeval.check(card)
    return [f"{item.place} {item.code}" for item in found if item.severity is Severity.ERROR]


def makes_rows_of_many(paths: Iterator[Path], texts: list[str]) -> None:
    """Rows have the type of what was asked for."""
    sheets: Iterator[SheetRow] = perfeval.score_batch(paths, workers=2)
    indicators: Iterator[IndicatorRow] = perfeval.score_batch(texts, of=IndicatorRow)
    named: Iterator[ItemRows] = perfeval.evaluate_batch(("甲", text) for text in texts)
    total: Decimal | None = next(sheets).total
    points: Decimal | None = next(indicators).points
    findings: tuple[FindingRow, ...] = next(named).findings
    again: SheetRow = perfeval.row_from(SheetRow, perfeval.row_data(next(sheets)))
    assert findings, (total, points, again)
