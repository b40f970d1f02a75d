"""What was evaluated, as the national budget system (一体化系统) takes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from perfeval.errors import RenderError
from perfeval.report.department_model import DepartmentReport
from perfeval.report.model import Report
from perfeval.scorecard import Scorecard

NationalFormat = Literal["json", "xlsx"]
"""``json`` for the records of the interface, ``xlsx`` for the columns of the import."""


def to_national(
    reports: Report | DepartmentReport | Iterable[Report],
    *,
    format: NationalFormat = "json",  # noqa: A002 - the word of `render`
    data: bool = True,
) -> bytes:
    """Write what was evaluated as the national budget system (一体化系统) takes it.

    The points are those of the rulebook by which the sheet was evaluated, not those of the
    system.  `perfeval.read` gives the sheets back.

    Args:
        reports: The report of a sheet, of several, or of a department; all could be read.
        format: ``json`` for the records of its interface (自评), ``xlsx`` for the columns of its
            import.
        data: Whether what the interface has no field for is carried beside each record (never
            备注 or 校核豁免); an import carries nothing.

    Returns:
        JSON in UTF-8, or a workbook; the same bytes for the same reports.

    Raises:
        RenderError: A sheet was not read, there is none, there is no such format, or something
            does not fit into the fields of the system.
        TypeError: *reports* holds something that is no report of a sheet.

    >>> from perfeval import evaluate, read
    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> read(to_national(report)).tables[0].data["项目名称"]
    '养老服务体系建设运营补助资金'
    """
    from perfeval.documents.department.national_records import national_records
    from perfeval.documents.department.national_workbook import national_workbook

    cards = list(_cards(reports))
    if not cards:
        raise RenderError("没有自评表，一体化系统的数据没有生成")
    if format == "json":
        return national_records(cards, data=data)
    if format == "xlsx":
        return national_workbook(cards)
    raise RenderError(f"一体化系统的数据不能输出“{format}”格式；可选：json、xlsx")


def _cards(reports: Report | DepartmentReport | Iterable[Report]) -> Iterator[Scorecard]:
    if isinstance(reports, DepartmentReport):
        reports = reports.sheets
    given: Iterable[object] = [reports] if isinstance(reports, Report) else reports
    for report in given:
        if not isinstance(report, Report):
            kind = type(report).__name__
            raise TypeError(f"这里应给出 evaluate 或 evaluate_department 的结果，不是 {kind}")
        if report.scorecard is None:
            name = report.name or "自评表"
            raise RenderError(f"{name}：有 {len(report.errors)} 处错误没有读通，不能生成文档")
        yield report.scorecard
