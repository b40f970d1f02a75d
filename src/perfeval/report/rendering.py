"""Documents of what was evaluated, and what their texts ask for; nothing is read again."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from perfeval.checks.registry import CHECKS
from perfeval.codes import GAP
from perfeval.documents import DocumentName, FormatName
from perfeval.errors import RenderError
from perfeval.findings import Finding, Inspection, Placed, Status, with_fingerprints
from perfeval.readers.files import FilePath
from perfeval.readers.rulebooks import layout_name, load_layout
from perfeval.report.department_model import DepartmentReport
from perfeval.report.model import Report
from perfeval.scorecard import Scorecard

if TYPE_CHECKING:  # documents are loaded when one is made
    from perfeval.documents.department.files import Publication
    from perfeval.documents.texts.gaps import Gap


def render(
    report: Report | DepartmentReport,
    format: FormatName,  # noqa: A002
    *,
    document: DocumentName = "table",
    templates: str | None = None,
    layout: str | None = None,
    data: bool = True,
    charts: bool = False,
) -> bytes:
    """Render a document in memory.

    Args:
        report: The report of a sheet, or of a department, that could be read.
        format: ``docx``, ``pdf``, ``html`` or ``md``.
        document: Of a sheet ``table`` (自评表), ``overview`` (综述) or ``abstract`` (摘要); of a
            department ``disclosure`` (情况说明), ``whole`` (整体自评), ``duties``
            (重点工作完成情况) or ``bound`` (合订本).
        templates: A folder of one's own templates, which replace ours one by one.
        layout: The id of the form in which a 自评表 is printed, where it is not its rulebook's;
            what has no place there stands below the table.
        data: Whether a 自评表 carries what it does not show (never 备注 or 校核豁免), by which
            `perfeval.read` gives the sheet back; not in Markdown.
        charts: Whether the points of the sections are drawn below a 自评表, also in a 合订本.

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

    _refuse_idle(report, document, layout, has_charts=charts)
    if isinstance(report, DepartmentReport):
        made = publication(report, templates=templates, charts=charts)
        return made.render(format, document)
    if report.scorecard is None:
        name = report.name or "自评表"
        raise RenderError(f"{name}：有 {len(report.errors)} 处错误没有读通，不能生成文档")
    card = _in_layout(report.scorecard, layout)
    return render_document(card, format, document, TemplateSet(templates), data=data, charts=charts)


def _refuse_idle(
    report: Report | DepartmentReport, document: str, layout: str | None, *, has_charts: bool
) -> None:
    """Refuse what is no report, and what would change nothing in this document."""
    _refuse_others(report)
    if layout is not None and (document != "table" or isinstance(report, DepartmentReport)):
        raise RenderError("表式（layout）只用于一张自评表")
    if has_charts and document not in ("table", "bound"):
        raise RenderError("得分图（charts）画在自评表下面，只用于自评表和合订本")


def _in_layout(card: Scorecard, layout: str | None) -> Scorecard:
    """Return a scorecard that is printed in another form than its rulebook's, if one is named."""
    if layout is None:
        return card
    return replace(card, layout=load_layout(layout), layout_name=layout_name(layout))


def blanks(
    report: Report | DepartmentReport,
    *,
    document: DocumentName | None = None,
    templates: str | None = None,
) -> tuple[Finding, ...]:
    """Return what the text of a document still asks for, each at the field that would answer.

    Args:
        report: See `render`; one that could be read.
        document: See `render`; ``None`` for all texts of a department.
        templates: See `render`.

    Raises:
        RenderError: A template is wrong.
    """
    if isinstance(report, DepartmentReport):
        made = publication(report, templates=templates)
        scored = [sheet for sheet in report.sheets if sheet.scorecard is not None]
        owners: list[DepartmentReport | Report] = [report, *scored]
        gaps = made.gaps if document is None else made.gaps_of(document)
        of = (owners[0 if gap.position is None else gap.position + 1] for gap in gaps)
        asked = zip(of, gaps, strict=True)
        return tuple(owner.located.place(_asked(gap)).finding for owner, gap in asked)
    from perfeval.documents.templates import TemplateSet
    from perfeval.documents.texts.narrative import TEXTS

    write_text = TEXTS.get(document or "")
    if write_text is None or report.scorecard is None:
        return ()
    text = write_text(report.scorecard, TemplateSet(templates))
    return tuple(report.located.place(_asked(gap)).finding for gap in text.gaps)


def _asked(gap: Gap) -> Finding:
    """Return what a text asks for as a finding."""
    hint = f"请填写；文中现在写的是“{gap.printed}”"
    return Finding(GAP, CHECKS[GAP].severity, f"文字里缺“{gap.label}”", gap.path, hint)


def write(
    report: Report | DepartmentReport,
    path: FilePath,
    *,
    document: DocumentName = "table",
    templates: str | None = None,
    layout: str | None = None,
    data: bool = True,
    charts: bool = False,
) -> None:
    """Write a document; the ending of *path* chooses its format.

    Args:
        report: See `render`.
        path: Where to write: ``.docx``, ``.pdf``, ``.html`` or ``.md``.  A file that stands there
            is replaced only when the new one is complete.
        document: See `render`.
        templates: See `render`.
        layout: See `render`.
        data: See `render`.
        charts: See `render`.

    Raises:
        RenderError: The sheet was not read, or there is no such document or format.
        MissingExtraError: The format needs an optional package.
        TypeError: *report* is no report.
        OSError: The file cannot be written.

    >>> from perfeval import evaluate
    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(report, pathlib.Path(folder, "自评表.md"))
    ...     "98.46" in pathlib.Path(folder, "自评表.md").read_text("utf-8")
    True
    """
    from perfeval.documents.writing import write_atomically

    made = render(
        report,
        _format_of(path),
        document=document,
        templates=templates,
        layout=layout,
        data=data,
        charts=charts,
    )
    write_atomically(path, made)


def _format_of(path: FilePath) -> FormatName:
    """Return what the name of a file asks for; `render` refuses what is no format."""
    if "\0" in os.fspath(path):
        raise RenderError("不能写入：文件名里有不能用的字符")
    ending = os.path.splitext(os.fspath(path))[1].lower()
    return cast("FormatName", ending.removeprefix("."))


def _refuse_others(report: object) -> None:
    if not isinstance(report, Report | DepartmentReport):
        kind = type(report).__name__
        raise TypeError(f"这里应给出 evaluate 或 evaluate_department 的结果，不是 {kind}")


def publication(
    report: DepartmentReport, *, templates: str | None = None, charts: bool = False
) -> Publication:
    """Return everything that a department publishes, ready to be written.

    Args:
        report: The report of the department.
        templates: A folder of one's own templates, which replace ours one by one.
        charts: Whether the points of the sections are drawn below each 自评表.

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
        department=department,
        rulebook=book,
        cards=tuple(sheet.scorecard for sheet in scored if sheet.scorecard),
        unread=tuple(sheet.name for sheet in report.sheets if sheet.scorecard is None),
        inspections=report.inspections,
        house=TemplateSet(templates),
        has_charts=charts,
    )
    return replace(made, inspections=_with_gaps(report, scored, made))


def _with_gaps(
    report: DepartmentReport, scored: Sequence[Report], made: Publication
) -> tuple[Inspection, ...]:
    """Add what the texts ask for to what was found, each at the field that would answer."""
    own: list[DepartmentReport | Report] = [report, *scored]  # what texts may ask for
    asked: dict[int, list[Placed]] = {0: [], **{at + 1: [] for at in made.overviews}}
    for gap in made.gaps:
        at = 0 if gap.position is None else gap.position + 1
        asked[at].append(own[at].located.place(_asked(gap)))
    told = {id(item): asked.get(at) for at, item in enumerate(own)}
    return tuple(
        _with_asked(item, told.get(id(of)), is_unread=id(of) not in told)
        for of, item in zip((report, *report.sheets), report.inspections, strict=True)
    )


def _with_asked(
    inspection: Inspection, asked: Sequence[Placed] | None, *, is_unread: bool
) -> Inspection:
    """Add what the texts about one file ask for; ``None`` where there is no text about it."""
    unwritten = Status.UNREADABLE if is_unread else Status.NOT_APPLICABLE
    written = Status.FAILED if asked else Status.PASSED
    status = unwritten if asked is None else written
    found = with_fingerprints(asked or (), inspection.title)
    return replace(
        inspection,
        findings=(*inspection.findings, *found),
        ledger={**inspection.ledger, GAP: status},
    )
