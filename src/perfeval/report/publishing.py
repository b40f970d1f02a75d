"""Documents of what was evaluated, and what their texts ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from perfeval.checks.registry import CHECKS
from perfeval.checks.settling import Placed
from perfeval.codes import GAP
from perfeval.errors import RenderError
from perfeval.findings import Finding, Inspection, Status
from perfeval.readers.departments import ReadDepartment, read_department
from perfeval.readers.sheets import ReadSheet, read_sheet
from perfeval.report.departments import DepartmentReport
from perfeval.report.sheets import Report, marked, placed

TYPE_CHECKING = False
if TYPE_CHECKING:  # documents are loaded when one is made
    from perfeval.documents.department.files import Publication


def render(
    report: Report | DepartmentReport,
    format: str,  # noqa: A002
    *,
    document: str = "table",
    templates: str | None = None,
) -> bytes:
    """Render a document in memory.

    Args:
        report: The report of a sheet, or of a department, that could be read.
        format: ``docx``, ``pdf``, ``html`` or ``md``.
        document: Of a sheet ``table`` (自评表), ``overview`` (综述) or ``abstract`` (摘要); of a
            department ``disclosure`` (情况说明), ``whole`` (整体自评) or ``bound`` (合订本).
        templates: A folder of one's own templates, which replace ours one by one.

    Returns:
        The document; the same bytes for the same report.

    Raises:
        RenderError: The sheet was not read, or there is no such document or format.
        MissingExtraError: The format needs an optional package.
        TypeError: *report* is no report.

    >>> from perfeval import evaluate
    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> "98.46" in render(report, "md").decode()
    True
    """
    from perfeval.documents import render_document
    from perfeval.documents.templates import TemplateSet

    _refuse_others(report)
    if isinstance(report, DepartmentReport):
        return publication(report, templates=templates).render(format, document)
    if report.scorecard is None:
        name = report.name or "自评表"
        raise RenderError(f"{name}：有 {len(report.errors)} 处错误没有读通，不能生成文档")
    return render_document(report.scorecard, format, document, TemplateSet(templates))


def _refuse_others(report: object) -> None:
    if not isinstance(report, Report | DepartmentReport):
        kind = type(report).__name__
        raise TypeError(f"这里应给出 evaluate 或 evaluate_department 的结果，不是 {kind}")


def publication(report: DepartmentReport, *, templates: str | None = None) -> Publication:
    """Return everything that a department publishes, ready to be written.

    Args:
        report: The report of the department.
        templates: A folder of one's own templates, which replace ours one by one.

    Returns:
        The publication; what its texts ask for is among the findings it carries.

    Raises:
        RenderError: The department's file was not read, or a template is wrong.
    """
    from perfeval.documents.department.files import Publication
    from perfeval.documents.templates import TemplateSet

    department, book = report.department, report.rulebook
    if department is None or book is None:
        raise RenderError(f"{report.name}：部门文件没有读通，不能生成文档")
    scored = [sheet for sheet in report.sheets if sheet.scorecard is not None]
    made = Publication(
        department,
        book,
        tuple(sheet.scorecard for sheet in scored if sheet.scorecard),
        tuple(sheet.name for sheet in report.sheets if sheet.scorecard is None),
        report.inspections,
        TemplateSet(templates),
    )
    return replace(made, inspections=_with_gaps(report, scored, made))


def _with_gaps(
    report: DepartmentReport, scored: Sequence[Report], made: Publication
) -> tuple[Inspection, ...]:
    """Add what the texts ask for to what was found, each at the field that would answer."""
    read = cache(read_sheet)
    asked: dict[str, list[Placed]] = {
        report.name: [],
        **{scored[position].name: [] for position in made.overviews},
    }
    source: ReadDepartment | ReadSheet
    for gap in made.gaps:
        finding = Finding(
            GAP,
            CHECKS[GAP].severity,
            f"文字里缺“{gap.label}”",
            gap.path,
            f"请填写；文中现在写的是“（请补充{gap.label}）”",
        )
        if gap.position is None:
            name, source = report.name, read_department(report.name)
        else:
            name = scored[gap.position].name
            source = read(name)
        asked[name].append(placed(source.locate(finding), source.source))
    return tuple(
        _with_asked(item, asked.get(item.name), is_unread=item.name in made.unread)
        for item in report.inspections
    )


def _with_asked(
    inspection: Inspection, asked: Sequence[Placed] | None, *, is_unread: bool
) -> Inspection:
    """Add what the texts about one file ask for; ``None`` where there is no text about it."""
    unwritten = Status.UNREADABLE if is_unread else Status.NOT_APPLICABLE
    written = Status.FAILED if asked else Status.PASSED
    status = unwritten if asked is None else written
    found = marked(asked or (), inspection.title)
    return replace(
        inspection,
        findings=(*inspection.findings, *found),
        ledger={**inspection.ledger, GAP: status},
    )
