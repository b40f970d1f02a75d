"""What changed between two versions as an Excel workbook (.xlsx): changes, findings, pairs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfeval._resources import data_dir
from perfeval.documents.findings.inspections import version_text
from perfeval.documents.formats.spreadsheet import Value, Worksheet, row_of, workbook
from perfeval.documents.review.diff_text import pair_line
from perfeval.documents.review.diff_words import (
    FINDINGS,
    OTHERS,
    RULE,
    finding_message,
    finding_places,
    names_text,
    places_text,
    problems_of,
    stamps_of,
    worst_first,
)
from perfeval.findings import Severity
from perfeval.review.difference import (
    BLANK,
    STATED,
    ChangeKind,
    ChangeStanding,
    FindingStatus,
    SheetDiff,
    ValueChange,
)

_HEAD, _TEXT, _MIDDLE, _WHOLE, _POSITION = 1, 2, 3, 4, 10  # the styles of cells in styles.xml
_SEVERITIES = {Severity.ERROR: 6, Severity.WARNING: 7, Severity.INFO: 8}
_CHANGES = {
    "序号": 5,
    "项目名称": 20,
    "要求": 11,
    "改动": 6,
    "指标、栏目": 28,
    "内容": 10,
    "原": 22,
    "现": 22,
    "原位置": 12,
    "现位置": 12,
    "依据、说明": 36,
}
_FINDINGS = {
    "序号": 5,
    "项目名称": 20,
    "结果": 11,
    "编号": 7,
    "级别": 6,
    "位置": 20,
    "问题": 48,
    "建议": 32,
}
_POINTS = {"序号": 5, "项目名称": 28, "指标": 48, "原得分": 12, "现得分": 12}
_PAIRS = {
    "序号": 5,
    "项目名称": 26,
    "结果": 14,
    "没有要求改的": 9,
    "按发现改的": 9,
    "已改正": 8,
    "没有改正": 8,
    "新出现": 8,
    "原总分": 12,
    "现总分": 12,
    "配对": 16,
    "文件": 40,
    "说明": 36,
}
_TITLE = "绩效自评表新旧对照"


def diff_list(diffs: Sequence[SheetDiff], aside: Sequence[str]) -> bytes:
    """Write what changed as an Excel workbook.

    Args:
        diffs: The pairs.
        aside: What lies in the folders and is no sheet.

    Returns:
        The workbook; the same bytes for the same differences.
    """
    diffs = worst_first(diffs)
    changes = [row for one in (*STATED, *OTHERS) for diff in diffs for row in _changes(diff, one)]
    findings = [row for one in FINDINGS for diff in diffs for row in _findings(diff, one)]
    points = [row for diff in diffs for row in _point_rows(diff)]
    pairs = [*map(_pair_row, diffs)]
    notes = [[Value(_TEXT, text)] for text in (RULE, *aside)]
    sheets = (
        _sheet("改动", _CHANGES, _numbered(changes))._replace(is_first=True),
        _sheet("发现", _FINDINGS, _numbered(findings)),
        _sheet("得分", _POINTS, _numbered(points)),
        _sheet("各对", _PAIRS, _numbered(pairs)),
        _sheet("说明", {"说明": 100}, notes),
    )
    stamps = set().union(*map(stamps_of, diffs))
    styles = (data_dir("templates") / "excel/styles.xml").read_text(encoding="utf-8")
    return workbook(_TITLE, "; ".join((version_text(), *sorted(stamps))), styles, sheets)


def _numbered(rows: Sequence[list[Value]]) -> list[list[Value]]:
    return [[Value(_POSITION, number), *row] for number, row in enumerate(rows, 1)]


def _changes(diff: SheetDiff, standing: ChangeStanding) -> Iterator[list[Value]]:
    """Yield a row for each change of a pair that has a standing."""
    for change in diff.with_standing(standing):
        old, new = _sides(change)
        yield [
            Value(_TEXT, diff.title),
            Value(_MIDDLE, change.standing.value),
            Value(_MIDDLE, change.kind.value),
            Value(_TEXT, change.row),
            Value(_MIDDLE, change.field),
            Value(_TEXT, old),
            Value(_TEXT, new),
            Value(_MIDDLE, places_text(change.old_places)),
            Value(_MIDDLE, places_text(change.new_places)),
            Value(_TEXT, change.because),
        ]


def _sides(change: ValueChange) -> tuple[str, str]:
    """Return what a value was and is; a row that was not there is nothing, and not blank."""
    old = "" if change.kind is ChangeKind.ADDED else change.old or BLANK
    new = "" if change.kind is ChangeKind.REMOVED else change.new or BLANK
    return old, new


def _findings(diff: SheetDiff, status: FindingStatus) -> Iterator[list[Value]]:
    """Yield a row for each finding of a pair of which one thing came."""
    for one in diff.with_status(status):
        finding = one.finding
        if finding is not None:
            yield [
                Value(_TEXT, diff.title),
                Value(_MIDDLE, status.value),
                Value(_MIDDLE, finding.code),
                Value(_SEVERITIES[finding.severity], finding.severity.value),
                Value(_MIDDLE, finding_places(one)),
                Value(_TEXT, finding_message(one)),
                Value(_TEXT, finding.hint),
            ]


def _point_rows(diff: SheetDiff) -> Iterator[list[Value]]:
    for one in diff.points:
        texts = (Value(_MIDDLE, text or BLANK) for text in (one.old, one.new))
        yield [Value(_TEXT, diff.title), Value(_TEXT, one.row), *texts]


def _pair_row(diff: SheetDiff) -> list[Value]:
    line = pair_line(diff)
    told = (diff.remark, *(f"{word}：{finding}" for word, finding in problems_of(diff)))
    return [
        Value(_TEXT, line.title),
        Value(_MIDDLE, line.verdict),
        *(Value(_WHOLE, number) for number in line.totals),
        Value(_MIDDLE, line.old_total),
        Value(_MIDDLE, line.new_total),
        Value(_MIDDLE, diff.pairing.value),
        Value(_TEXT, names_text(diff)),
        Value(_TEXT, "；".join(filter(None, told))),
    ]


def _sheet(name: str, columns: dict[str, int], body: Sequence[list[Value]]) -> Worksheet:
    widths = tuple(columns.values())
    head = [Value(_HEAD, heading) for heading in columns]
    rows = [row_of(row, widths) for row in (head, *body)]
    return Worksheet(name, widths, rows, filtered=len(rows), heading=f"{_TITLE} · {name}")
