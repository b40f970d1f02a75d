"""问题清单 as an Excel workbook (.xlsx): a row for each finding, and a row for each file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count

from perfeval._resources import data_dir
from perfeval.documents.findings.inspections import (
    Counts,
    add_up,
    namer,
    path_words,
    ranked,
    stamps,
    version_text,
)
from perfeval.documents.formats.spreadsheet import Value, Worksheet, row_of, workbook
from perfeval.findings import Finding, Inspection, Severity, Status

_HEAD, _TEXT, _MIDDLE, _WHOLE, _POINTS = 1, 2, 3, 4, 5  # the styles of cells in styles.xml
_SMALL, _POSITION = 9, 10
_SEVERITIES = {Severity.ERROR: 6, Severity.WARNING: 7, Severity.INFO: 8}
_FINDING_WIDTHS = {
    "序号": 5,
    "文件": 19,
    "项目名称": 18,
    "编号": 7,
    "级别": 6,
    "性质": 8,
    "位置（行:列）": 8,
    "内容": 19,
    "问题": 40,
    "建议": 32,
    "涉及分值": 9,
    "指纹": 17,
}
_FILE_WIDTHS = {
    "序号": 5,
    "文件": 24,
    "项目名称": 24,
    "错误": 7,
    "警告": 7,
    "提示": 7,
    "涉及分值": 9,
    "豁免问题": 10,
    **{f"{status.value}项": 2 * len(status.value) + 5 for status in Status},
    "评分办法": 28,
}
_TITLE = "绩效自评校核问题清单"


def check_list(inspections: Sequence[Inspection]) -> bytes:
    """Write the findings as an Excel workbook.

    Args:
        inspections: What was found, one for each file.

    Returns:
        The workbook; the same bytes for the same findings.
    """
    findings = list(_finding_rows(inspections))
    files = list(_file_rows(inspections))
    sheets = (
        _sheet("问题清单", _FINDING_WIDTHS, findings, len(findings))._replace(is_first=True),
        _sheet("汇总", _FILE_WIDTHS, files, len(inspections)),
    )
    stamp = "; ".join((version_text(), *stamps(inspections)))
    styles = (data_dir("templates") / "excel/styles.xml").read_text(encoding="utf-8")
    return workbook(_TITLE, stamp, styles, sheets)


def _finding_rows(inspections: Sequence[Inspection]) -> Iterator[list[Value]]:
    """Yield a row for each finding, in the order and under the numbers of the 校核报告."""
    name = namer(inspections)
    number = count(1)
    for inspection, _ in ranked(inspections):
        for finding in inspection.causes:
            yield [
                Value(_POSITION, next(number)),
                Value(_TEXT, name(finding.file or inspection.name)),
                Value(_TEXT, inspection.title),
                *_finding_values(finding),
            ]


def _finding_values(finding: Finding) -> Iterator[Value]:
    stake = finding.whole_stake
    yield Value(_MIDDLE, finding.code)
    yield Value(_SEVERITIES[finding.severity], finding.severity.value)
    yield Value(_MIDDLE, finding.nature.value)
    yield Value(_MIDDLE, "、".join(map(str, finding.places)))
    yield Value(_TEXT, path_words(finding.path))
    yield Value(_TEXT, finding.message)
    yield Value(_TEXT, finding.hint)
    yield Value(_POINTS, None if stake is None else stake.copy_abs())
    yield Value(_SMALL, finding.fingerprint)


def _file_rows(inspections: Sequence[Inspection]) -> Iterator[list[Value]]:
    """Yield a row for each file, the worst first, and one that adds them up."""
    name = namer(inspections)
    order = ranked(inspections)
    whole: Counter[Status] = Counter()
    for number, (inspection, counts) in enumerate(order, 1):
        checks = Counter(inspection.ledger.values())
        whole.update(checks)
        yield [
            Value(_POSITION, number),
            Value(_TEXT, name(inspection.name)),
            Value(_TEXT, inspection.title),
            *_figures(counts, len(inspection.waived), checks),
            Value(_TEXT, inspection.stamp),
        ]
    waived = sum(len(inspection.waived) for inspection in inspections)
    figures = _figures(add_up(counts for _, counts in order), waived, whole)
    blank = Value(_HEAD, None)
    yield [blank, Value(_HEAD, "合计"), blank, *figures, blank]


def _figures(counts: Counts, waived: int, checks: Counter[Status]) -> Iterator[Value]:
    for number in (counts.errors, counts.warnings, counts.hints):
        yield Value(_WHOLE, number)
    yield Value(_POINTS, counts.stake)
    yield Value(_WHOLE, waived)
    for status in Status:
        yield Value(_WHOLE, checks[status])


def _sheet(name: str, columns: dict[str, int], body: list[list[Value]], filtered: int) -> Worksheet:
    """Lay out a sheet; its first row and the *filtered* ones below it can be filtered."""
    widths = tuple(columns.values())
    head = [Value(_HEAD, heading) for heading in columns]
    rows = [row_of(row, widths) for row in (head, *body)]
    return Worksheet(name, widths, rows, filtered=filtered + 1, heading=f"绩效自评校核{name}")
