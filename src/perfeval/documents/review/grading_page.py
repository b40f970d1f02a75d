"""What a review comes to, as a page, a workbook, CSV, JSON, and on a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from perfeval.documents.alignment import TextColumn, lay_out
from perfeval.documents.as_json import finding_data
from perfeval.documents.review.pages import (
    CellValue,
    ColumnLook,
    PageColumn,
    PageSection,
    PageTile,
    ReviewPage,
    ReviewTable,
)
from perfeval.fields import plain_data
from perfeval.findings import Finding, Severity
from perfeval.numbers import ZERO, plain, subtract, total, trimmed
from perfeval.review.grading import CodeSum, GradedRow, GradedWorkpaper, Grading

_PROJECTS = (
    PageColumn("序号", 6, ColumnLook.COUNT),
    PageColumn("主管部门", 20),
    PageColumn("项目名称", 32),
    PageColumn("自评得分", 10, ColumnLook.FIGURE),
    PageColumn("自评等级", 9, ColumnLook.SHORT),
    PageColumn("按办法得分", 11, ColumnLook.FIGURE),
    PageColumn("复核得分", 10, ColumnLook.FIGURE),
    PageColumn("复核等级", 9, ColumnLook.SHORT),
    PageColumn("偏离度（%）", 11, ColumnLook.FIGURE),
    PageColumn("扣分合计", 10, ColumnLook.FIGURE),
    PageColumn("说明", 40),
    PageColumn("底稿", 24),
)
_ROWS = (
    PageColumn("项目名称", 28),
    PageColumn("一级", 12),
    PageColumn("二级", 14),
    PageColumn("三级", 28),
    PageColumn("权重", 8, ColumnLook.FIGURE),
    PageColumn("自评完成值", 16),
    PageColumn("自评得分", 10, ColumnLook.FIGURE),
    PageColumn("复核完成值", 16),
    PageColumn("规则得分", 10, ColumnLook.FIGURE),
    PageColumn("扣分", 8, ColumnLook.FIGURE),
    PageColumn("扣分原因代码", 13, ColumnLook.SHORT),
    PageColumn("依据", 32),
    PageColumn("复核得分", 10, ColumnLook.FIGURE),
    PageColumn("偏离度（%）", 11, ColumnLook.FIGURE),
    PageColumn("没有得分的原因", 32),
)
_CODES = (
    PageColumn("代码", 12, ColumnLook.SHORT),
    PageColumn("名称", 40),
    PageColumn("处数", 8, ColumnLook.COUNT),
    PageColumn("项目数", 8, ColumnLook.COUNT),
    PageColumn("扣分合计", 10, ColumnLook.FIGURE),
)
_FINDINGS = (
    PageColumn("编号", 8, ColumnLook.SHORT),
    PageColumn("级别", 8, ColumnLook.SHORT),
    PageColumn("位置", 28),
    PageColumn("内容", 60),
    PageColumn("怎么办", 44),
)
_NO_CODE = "（没有代码）"
_TITLE = "绩效自评复核评定"


def grading_page(grading: Grading) -> ReviewPage:
    """Lay out what a review comes to."""
    return ReviewPage(
        title=_TITLE,
        lead=grading_sentence(grading),
        tiles=tuple(_tiles(grading)),
        sections=tuple(_sections(grading)),
        stamps=tuple(sorted({paper.scorecard.stamp for paper in grading.papers})),
    )


def grading_sentence(grading: Grading) -> str:
    """Say in one sentence what was graded, and the grades before and after."""
    papers = grading.papers
    lost = total([row.cut for paper in papers for row in paper.rows])
    said = f"复核 {len(papers)} 个项目，共扣 {trimmed(lost)} 分"
    before = _grades(paper.workpaper.filed_grade for paper in papers)
    after = _grades(paper.grade for paper in papers)
    return f"{said}；自评等级 {before}，复核等级 {after}。"


def _grades(names: Iterator[str]) -> str:
    counts = Counter(name or "未定" for name in names)
    return "、".join(f"{name} {count}" for name, count in counts.items()) or "没有"


def _tiles(grading: Grading) -> Iterator[PageTile]:
    papers = grading.papers
    lower = sum(_is_lower(paper) for paper in papers)
    yield PageTile("项目", str(len(papers)), "个", f"等级下降的 {lower} 个")
    found = [row for paper in papers for row in paper.rows if row.cut > ZERO]
    lost = total([row.cut for row in found])
    yield PageTile("扣分", trimmed(lost), "分", f"{len(found)} 处")
    open_ = sum(len(paper.open_rows) for paper in papers)
    yield PageTile("没有复核得分的", str(open_), "行", "总分未定" if open_ else "都有得分")
    errors = sum(item.severity is Severity.ERROR for item in grading.findings)
    others = len(grading.findings) - errors
    yield PageTile("复核本身的问题", str(errors + others), "条", f"其中错误 {errors} 条")


def _is_lower(paper: GradedWorkpaper) -> bool:
    names = [band.name for band in paper.scorecard.rulebook.grades.bands]
    before, after = paper.workpaper.filed_grade, paper.grade
    return before in names and after in names and names.index(after) > names.index(before)


def _sections(grading: Grading) -> Iterator[PageSection]:
    rows = [_project(number, paper) for number, paper in enumerate(grading.papers, 1)]
    yield PageSection("复核结果", (), (), (ReviewTable("复核结果", _PROJECTS, tuple(rows)),))
    codes = tuple(_code(one) for one in grading.deductions)
    none = () if codes else ("没有扣分。",)
    yield PageSection("按代码的扣分", none, (), (ReviewTable("按代码的扣分", _CODES, codes),))
    found = tuple(map(_finding, grading.findings))
    texts = () if found else ("没有发现问题。",)
    table = ReviewTable("复核本身的问题", _FINDINGS, found)
    yield PageSection("复核本身的问题", texts, (), (table,))
    lines = tuple(_row(paper, row) for paper in grading.papers for row in paper.rows)
    yield PageSection("逐行", (), (), (ReviewTable("逐行", _ROWS, lines),))


def _project(number: int, paper: GradedWorkpaper) -> tuple[CellValue, ...]:
    work = paper.workpaper
    return (
        number,
        work.scorecard.sheet.department or "",
        paper.workpaper.project,
        work.filed_total,
        work.filed_grade,
        work.scorecard.total,
        paper.total,
        paper.grade,
        paper.deviation,
        total([row.cut for row in paper.rows]),
        paper.scorecard.why_unscored,
        paper.source,
    )


def _row(paper: GradedWorkpaper, one: GradedRow) -> tuple[CellValue, ...]:
    row, entry = one.row, one.entry
    return (
        paper.workpaper.project,
        row.section,
        row.aspect,
        row.name,
        row.weight,
        row.actual,
        row.filed,
        entry.actual,
        one.by_rule,
        one.cut or None,
        entry.code,
        entry.ground,
        one.points,
        one.deviation,
        one.why,
    )


def _code(one: CodeSum) -> tuple[CellValue, ...]:
    return (one.code or _NO_CODE, one.name, one.rows, one.projects, one.points)


def _finding(finding: Finding) -> tuple[CellValue, ...]:
    place = finding.place
    return finding.code, finding.severity.value, place, finding.message, finding.hint


# -- on a terminal -----------------------------------------------------------------------------


def grading_text(grading: Grading, *, ambiguous: int = 1, within: int | None = None) -> str:
    """Say on a terminal what a review comes to.

    Args:
        grading: What it comes to.
        ambiguous: The width of an ambiguous character.
        within: How many cells a line may take.
    """
    heads = ("项目", "自评得分", "等级", "按办法", "复核得分", "等级", "偏离度", "扣分")
    right = TextColumn(is_right=True)
    columns = [TextColumn(), right, TextColumn(), right, right, TextColumn(), right, right]
    names = _told_apart(grading.papers)
    rows = [heads, *map(_cells, grading.papers, names)]
    lines = lay_out(rows, columns, ambiguous=ambiguous, within=within)
    lines += [
        f"{name}：{paper.scorecard.why_unscored}"
        for paper, name in zip(grading.papers, names, strict=True)
        if paper.scorecard.why_unscored
    ]
    sums = grading.deductions
    if sums:
        cells = [
            (one.code or _NO_CODE, one.name, f"{one.rows} 处", plain(one.points)) for one in sums
        ]
        own = [TextColumn(), TextColumn(), right, right]
        lines += ["", "按代码的扣分", *lay_out(cells, own, ambiguous=ambiguous, within=within)]
    return "\n".join([grading_sentence(grading), "", *lines])


def _told_apart(papers: Sequence[GradedWorkpaper]) -> list[str]:
    """Return the projects' names; where several are alike, with their office, then their file."""
    offices = [paper.scorecard.sheet.department or "" for paper in papers]
    names = [paper.workpaper.project for paper in papers]
    for more in (offices, [paper.source for paper in papers]):
        counts = Counter(names)
        names = [
            f"{name}（{said}）" if counts[name] > 1 and said else name
            for name, said in zip(names, more, strict=True)
        ]
    return names


def _cells(paper: GradedWorkpaper, name: str) -> tuple[str, ...]:
    work, card = paper.workpaper, paper.workpaper.scorecard
    lost = total([row.cut for row in paper.rows])
    return (
        name,
        "" if work.filed_total is None else trimmed(work.filed_total),
        work.filed_grade,
        "" if card.total is None else plain(card.total),
        _reviewed(paper),
        paper.grade,
        "" if paper.deviation is None else f"{plain(paper.deviation)}%",
        trimmed(lost),
    )


def _reviewed(paper: GradedWorkpaper) -> str:
    card = paper.scorecard
    if card.total is not None:
        return plain(card.total)
    if card.low is None or card.high is None:
        return "未定"
    return f"{plain(card.low)} 至 {plain(card.high)}"


# -- as data -----------------------------------------------------------------------------------


def grading_data(grading: Grading) -> dict[str, Any]:
    """Return what a review comes to as plain data for JSON."""
    return {
        "projects": list(map(_project_data, grading.papers)),
        "deductions": [
            {
                "code": one.code,
                "name": one.name,
                "rows": one.rows,
                "projects": one.projects,
                "points": plain(one.points),
            }
            for one in grading.deductions
        ],
        "profiles": _profiles(grading),
        "findings": [{**finding_data(one), "where": one.place} for one in grading.findings],
        "compared": grading.compared,
    }


def _profiles(grading: Grading) -> list[Any]:
    """Return the terms of the review, each once."""
    found: list[Any] = []
    for paper in grading.papers:
        data = plain_data(paper.workpaper.profile)
        found += [] if data in found else [data]
    return found


def _project_data(paper: GradedWorkpaper) -> dict[str, Any]:
    work, card = paper.workpaper, paper.scorecard
    sheet = card.sheet
    return {
        "project": work.project,
        "department": sheet.department or "",
        "unit": sheet.unit or "",
        "code": sheet.project_code or "",
        "year": sheet.year,
        "file": paper.source,
        "profile": work.profile.id,
        "stamp": card.stamp,
        "filed_total": _figure(work.filed_total),
        "filed_grade": work.filed_grade or None,
        "computed_total": _figure(work.scorecard.total),
        "computed_grade": work.scorecard.grade,
        "total": _figure(card.total),
        "low": _figure(card.low),
        "high": _figure(card.high),
        "grade": card.grade,
        "full": plain(card.rulebook.weights.full),
        "deviation": _figure(paper.deviation),
        "rows": list(map(_row_data, paper.rows)),
    }


def _row_data(one: GradedRow) -> dict[str, Any]:
    row, entry = one.row, one.entry
    return {
        "section": row.section,
        "aspect": row.aspect,
        "name": row.name,
        "weight": _figure(row.weight),
        "target": row.target,
        "actual": row.actual,
        "filed": _figure(row.filed),
        "reviewed_actual": entry.actual,
        "judged": _figure(entry.judged),
        "code": entry.code,
        "ground": entry.ground,
        "by_rule": _figure(one.by_rule),
        "cut": plain(one.cut),
        "points": _figure(one.points),
        "low": plain(one.low),
        "high": plain(one.high),
        "deviation": _figure(one.deviation),
        "excess": _figure(_excess(one)),
        "why": one.why,
    }


def _excess(one: GradedRow) -> Decimal | None:
    """Return by how much the filed points are above the reviewed ones."""
    if one.row.filed is None or one.points is None:
        return None
    return subtract(one.row.filed, one.points)


def _figure(number: Decimal | None) -> str | None:
    return None if number is None else plain(number)
