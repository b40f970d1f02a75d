"""总览 of a department: its projects side by side in one page, and a page for each in detail."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from perfeval.documents import printed
from perfeval.documents.alignment import printable
from perfeval.documents.charts import ChartRow, execution_chart
from perfeval.documents.department.dashboard.details import detail_of, waived_of
from perfeval.documents.department.dashboard.figures import notes_of, tiles_of
from perfeval.documents.department.dashboard.projects import (
    HEADINGS,
    ProjectCard,
    project_of,
    table_of,
    worst_first,
)
from perfeval.documents.department.dashboard.results import (
    Link,
    SheetResult,
    beside,
    documents_of,
)
from perfeval.documents.findings.inspections import namer, stamps, version_text
from perfeval.documents.findings.page import FindingItem, Name, asset, content_hash, items_of
from perfeval.documents.templates import markup_template
from perfeval.documents.texts.department_facts import DepartmentFacts
from perfeval.errors import RenderError
from perfeval.findings import Inspection, Ledger, Status
from perfeval.scorecard import Scorecard

_OPEN_CHART = 40
"""A chart of more projects than this is folded at first."""
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


class Unread(NamedTuple):
    """A sheet that could not be read, and why."""

    file: str
    items: list[FindingItem]


def dashboard(
    facts: DepartmentFacts,
    own: Inspection,
    sheets: Sequence[SheetResult],
    links: Sequence[Link] = (),
) -> bytes:
    """Write the overview of a department as one HTML page; what is wrong most stands first.

    Args:
        facts: The facts of the department, made of the scorecards of *sheets* in their order.
        own: What was found in the department's own file and between its sheets.
        sheets: Its sheets.
        links: The documents made of the department as a whole, as relative paths with ``/``.

    Returns:
        The page; the same bytes for the same results.

    Raises:
        RenderError: A link leads elsewhere than to a place beside the page.
    """
    inspections = [own, *(sheet.inspection for sheet in sheets)]
    name = namer(inspections)
    scored = [(sheet, card) for sheet in sheets if (card := sheet.scorecard) is not None]
    order = [project.position for project in facts.projects]
    others = [at for at in range(len(scored)) if at not in order]
    projects = [project_of(number, *scored[at], facts) for number, at in enumerate(order, 1)]
    shown = worst_first(projects)
    chart = _execution_chart(shown, facts.money_unit)
    page = markup_template("html/dashboard.html.j2").render(
        **_head(facts, inspections),
        documents=documents_of(links),
        tiles=list(tiles_of(facts, projects, inspections)),
        notes=list(notes_of(facts)),
        headings=HEADINGS,
        table=list(table_of(shown)),
        rows=shown,
        projects=len(projects),
        chart=chart,
        is_chart_open=len(projects) <= _OPEN_CHART,
        own_file=name(own.name),
        own=items_of(own, name),
        own_waived=waived_of(own, name),
        others=[_other(*scored[at]) for at in others],
        unread=list(_unread(sheets, name)),
        ledgers=list(_ledgers(own, sheets)),
        statuses=[status.value for status in Status],
        **_assets([chart]),
    )
    return page.encode()


def project_page(facts: DepartmentFacts, sheet: SheetResult, number: int, back: str = "") -> bytes:
    """Write all about one sheet as a page: its rows, their derivations, and what was found.

    Args:
        facts: The facts of its department.
        sheet: The sheet, which could be read.
        number: The number that it has in the overview.
        back: The way to the overview, as a relative path.

    Raises:
        RenderError: A link leads elsewhere than to a place near the page, or it was not read.
    """
    if sheet.scorecard is None:
        raise RenderError(f"{sheet.inspection.name}：没有读通，没有得分可写")
    name = namer([sheet.inspection])
    detail = detail_of(number, sheet, sheet.scorecard, name)
    page = markup_template("html/project.html.j2").render(
        **_head(facts, [sheet.inspection]),
        detail=detail,
        back=back,
        **_assets([detail.chart] if detail.chart else []),
    )
    return page.encode()


def _other(sheet: SheetResult, card: Scorecard) -> tuple[str, str, str]:
    """Return a sheet that is no project: its name, its page, and its points."""
    page = beside(sheet.page) if sheet.page else ""
    return printable(card.sheet.name), page, printed.total(card) if card.low is not None else ""


def _head(facts: DepartmentFacts, inspections: Sequence[Inspection]) -> dict[str, object]:
    return {
        "title": printable(facts.name),
        "year": facts.year,
        "unit": facts.money_unit,
        "stamps": stamps(inspections),
        "version": version_text(),
    }


def _execution_chart(projects: Sequence[ProjectCard], unit: str) -> Markup:
    rows = [ChartRow(project.card.sheet.name, *project.money) for project in projects]
    return Markup(execution_chart(rows, unit=unit))  # noqa: S704 - drawn by us, texts escaped


def _assets(charts: Iterable[str]) -> dict[str, object]:
    """Return style and script, and the hashes that the page's Content-Security-Policy allows."""
    style = Markup("").join((asset("check.css"), asset("dashboard.css")))
    script = asset("dashboard.js")
    styles = dict.fromkeys((style, *(found for chart in charts for found in _STYLE.findall(chart))))
    return {
        "style": style,
        "style_hashes": [content_hash(text) for text in styles],
        "script": script,
        "script_hash": content_hash(script),
    }


def _ledgers(own: Inspection, sheets: Sequence[SheetResult]) -> Iterator[tuple[str, list[int]]]:
    """Yield for the department and for all its sheets how many checks have each status."""
    yield "部门汇总", _by_status([own.ledger])
    if sheets:
        name = f"各自评表（{len(sheets)} 份）"
        yield name, _by_status(sheet.inspection.ledger for sheet in sheets)


def _by_status(ledgers: Iterable[Ledger]) -> list[int]:
    seen = Counter(status for ledger in ledgers for status in ledger.values())
    return [*(seen[status] for status in Status), seen.total()]


def _unread(sheets: Sequence[SheetResult], name: Name) -> Iterator[Unread]:
    for sheet in sheets:
        if sheet.scorecard is None:
            yield Unread(name(sheet.inspection.name), items_of(sheet.inspection, name))
