"""One sheet in detail: its rows with their derivations, and what was found in it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from perfeval.clauses import HowSeen
from perfeval.documents import printed
from perfeval.documents.alignment import printable
from perfeval.documents.charts import sections_chart
from perfeval.documents.department.dashboard.projects import (
    NOTHING,
    UNPUBLISHED,
    difference_text,
    reason_of,
)
from perfeval.documents.department.dashboard.results import Document, SheetResult, documents_of
from perfeval.documents.findings.inspections import Counts, count, points_text
from perfeval.documents.findings.page import Excused, FindingItem, Name, item_of, items_of
from perfeval.documents.form.columns import part_text
from perfeval.findings import Inspection
from perfeval.numbers import plain
from perfeval.rulebook.form import IndicatorContent
from perfeval.scorecard import Basis, IndicatorLine, Line, Scorecard
from perfeval.sheet import SubIndicator


class DetailRow(NamedTuple):
    """A row of a sheet as it is printed; a child row (其中) has no derivation."""

    name: str
    target: str
    actual: str
    weight: str
    points: str
    filed: str
    excess: str
    derivation: str


class Detail(NamedTuple):
    """A sheet with all its rows and findings."""

    anchor: str
    number: int
    title: str
    file: str
    stamp: str
    score: str
    counts: Counts
    figures: list[tuple[str, str]]
    notes: list[str]
    documents: list[Document]
    blocks: list[tuple[str, list[DetailRow]]]
    clauses: list[tuple[str, str]]
    chart: Markup
    items: list[FindingItem]
    waived: list[Excused]


def detail_of(number: int, sheet: SheetResult, card: Scorecard, name: Name) -> Detail:
    """Return everything about one sheet; its number is the one it has in the list."""
    inspection = sheet.inspection
    chart = sections_chart(card) if card.lines else ""
    return Detail(
        anchor=f"p{number}",
        number=number,
        title=printable(card.sheet.name),
        file=name(inspection.name),
        stamp=printable(card.stamp),
        score=_score(card),
        counts=count(inspection.findings),
        figures=list(_figures(card)),
        notes=list(_remarks(card)),
        documents=documents_of(sheet.links),
        blocks=list(_blocks(card)),
        clauses=_clauses(card),
        chart=Markup(chart),  # noqa: S704 - drawn by us, texts escaped
        items=items_of(inspection, name),
        waived=waived_of(inspection, name),
    )


def _score(card: Scorecard) -> str:
    """Return points and grade in short, or that there are none."""
    if card.low is None:
        return reason_of(card) if not card.lines else printed.UNSCORED
    grade = f" · {printable(card.grade)}" if card.grade else ""
    return f"{printed.total(card)} 分{grade}"


def _figures(card: Scorecard) -> Iterator[tuple[str, str]]:
    """Yield the budget figures of a sheet as name and text; 未公布 stands for a missing one."""
    budget, unit = card.sheet.budget, card.sheet.money_unit
    for name, amount in (("预算数", budget.base), ("执行数", budget.spent)):
        yield name, UNPUBLISHED if amount is None else f"{plain(amount)} {unit}"
    rate = printed.execution_rate(budget, card.form.rate_digits)
    yield "执行率", rate or NOTHING
    yield "得分", _score(card)
    if card.filed_total is not None:
        difference = difference_text(card.filed_total, card.total)
        yield "填报总分", plain(card.filed_total) + (f"（差额 {difference}）" if difference else "")
    yield "有据可算", points_text(card.measured)
    yield "依填报认定", points_text(card.claimed)


def _remarks(card: Scorecard) -> Iterator[str]:
    """Yield why there is no single total, or why it is not simply the sum of the rows."""
    if card.why_unscored:
        yield f"{printable(card.why_unscored)}。"
    for step in card.steps:
        yield f"{printable(step)}。"


def _blocks(card: Scorecard) -> Iterator[tuple[str, list[DetailRow]]]:
    """Yield the rows under their sections (一级指标), the budget row first."""
    yield "", [_execution_row(card)]
    for section, lines in groupby(card.lines, _section):
        yield section, [row for line in lines for row in _rows(line)]


def _section(line: IndicatorLine) -> str:
    return line.indicator.section.label


def _execution_row(card: Scorecard) -> DetailRow:
    budget, unit, line = card.sheet.budget, card.sheet.money_unit, card.execution
    planned, spent = (
        UNPUBLISHED if amount is None else f"{plain(amount)} {unit}"
        for amount in (budget.base, budget.spent)
    )
    return _row(line, f"预算 {planned}", f"执行 {spent}")


def _rows(line: IndicatorLine) -> Iterator[DetailRow]:
    """Yield the row of an indicator, and its child rows (其中)."""
    row = line.indicator
    texts = (cell.text if cell else NOTHING for cell in (row.target, row.actual))
    yield _row(line, *texts)
    yield from map(_child, row.parts)


def _row(line: Line, target: str, actual: str) -> DetailRow:
    return DetailRow(
        name=printable(line.name),
        target=printable(target),
        actual=printable(actual),
        weight=printed.weight(line.weight),
        points=printed.points(line),
        filed=printed.amount(line.filed),
        excess=difference_text(line.filed, line.shown),
        derivation=printable(line.explain()),
    )


_CHILD_CONTENTS = (
    IndicatorContent.NAME,
    IndicatorContent.TARGET,
    IndicatorContent.ACTUAL,
    IndicatorContent.WEIGHT,
    IndicatorContent.FILED,
)


def _child(part: SubIndicator) -> DetailRow:
    name, target, actual, weight, filed = (
        printable(part_text(content, part)) for content in _CHILD_CONTENTS
    )
    return DetailRow(
        name=name,
        target=target,
        actual=actual,
        weight=weight,
        points="",
        filed=filed,
        excess="",
        derivation="",
    )


def _clauses(card: Scorecard) -> list[tuple[str, str]]:
    """Return the clauses that the points rest on, each once."""
    rules = [line.rule for line in card.rows if line.basis is not Basis.NOT_APPLICABLE]
    said = dict.fromkeys(
        (rule.block, "：".join(filter(None, (rule.source, rule.clause))), rule.seen)
        for rule in rules
    )
    return [
        (printable(block), printable(text) + ("（原文未见）" if seen is HowSeen.UNSEEN else ""))
        for block, text, seen in said
    ]


def waived_of(inspection: Inspection, name: Name) -> list[Excused]:
    """Return what was accepted in one file, with the reasons."""
    return [Excused(item_of(one, name), printable(why)) for one, why, _ in inspection.waived]
