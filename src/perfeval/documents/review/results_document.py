"""通报: what came of the self-assessments and their review, as a text with tables.

Every number is a field of `ReviewResults`, so that no two places can say different things.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from perfeval._resources import __version__
from perfeval.checks.registry import CHECKS
from perfeval.codes import READING, REVIEWS
from perfeval.documents.findings.check_pages import page_of
from perfeval.documents.form.grid import GridPart, GridRow, Role, Table, place
from perfeval.documents.review.pages import (
    CellValue,
    ColumnLook,
    PageColumn,
    PageSection,
    PageTile,
    ReviewPage,
    ReviewTable,
)
from perfeval.documents.texts.binding import Bound, bind
from perfeval.documents.texts.narrative import Block, Narrative, NarrativeStyle
from perfeval.documents.texts.uses import GradedProject, suggestions
from perfeval.numbers import ZERO, RoundingMode, plain, round_number, trimmed
from perfeval.review.names import listed
from perfeval.review.results import (
    GradeShare,
    ResultProject,
    ReviewResults,
    effect_of,
    money_sum,
    percent_of,
)
from perfeval.rulebook import Rulebook

_MONEY_DIGITS, _TOP, _NAMED = 2, 10, 20
_NO_GRADE = "没有定等级"
_COUNT, _FIGURE, _SHORT = ColumnLook.COUNT, ColumnLook.FIGURE, ColumnLook.SHORT
_PROJECTS: tuple[tuple[PageColumn, int], ...] = (
    (PageColumn("序号", 6, _COUNT), 12),
    (PageColumn("主管部门（单位）", 24), 45),
    (PageColumn("项目名称", 36), 75),
    (PageColumn("资金量（万元）", 14, _FIGURE), 28),
    (PageColumn("自评得分", 10, _FIGURE), 22),
    (PageColumn("自评等级", 9, _SHORT), 20),
    (PageColumn("复核得分", 10, _FIGURE), 22),
    (PageColumn("复核等级", 9, _SHORT), 20),
)
_GRADES = (
    PageColumn("等级", 12, _SHORT),
    PageColumn("项目数", 9, _COUNT),
    PageColumn("占比（%）", 10, _FIGURE),
    PageColumn("资金（万元）", 14, _FIGURE),
    PageColumn("复核前（个）", 11, _COUNT),
    PageColumn("复核前占比（%）", 12, _FIGURE),
)
_DEDUCTIONS = (
    PageColumn("代码", 10, _SHORT),
    PageColumn("扣分原因", 44),
    PageColumn("指标数", 9, _COUNT),
    PageColumn("项目数", 9, _COUNT),
    PageColumn("扣分", 10, _FIGURE),
)
_CHINESE = "一二三四五六七八九十"


def results_document(found: ReviewResults, books: Mapping[str, Rulebook]) -> Bound:
    """Write the 通报 with its tables, for Word, PDF, HTML and Markdown.

    Args:
        found: What came of the year.
        books: The rulebooks of the projects, by their stamps, as far as they are known.
    """
    stamp = "; ".join((f"perfeval {__version__}", *sorted({one.stamp for one in found.projects})))
    blocks = [Block(NarrativeStyle.TITLE, _title(found))]
    sections = [(head, texts) for head, texts in _sections(found, books) if texts]
    for number, (head, texts) in zip(_CHINESE, sections, strict=False):
        blocks.append(Block(NarrativeStyle.HEADING1, f"{number}、{head}"))
        blocks += [Block(NarrativeStyle.PARAGRAPH, text) for text in texts]
    parts: list[tuple[str, Narrative | Table]] = [
        (_title(found), Narrative(tuple(blocks), stamp)),
        (_list_title(found), _project_grid(found, stamp)),
    ]
    return bind(_title(found), parts)


def _title(found: ReviewResults) -> str:
    year = "" if found.year is None else f"{found.year}年度"
    what = "自评抽审" if found.reviewed else "自评"
    return f"{year}项目支出绩效{what}情况通报"


def _list_title(found: ReviewResults) -> str:
    return "抽审项目评价结果表" if found.reviewed else "自评项目结果表"


def _sections(
    found: ReviewResults, books: Mapping[str, Rulebook]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "基本情况", tuple(_basis(found))
    yield "复核前后", tuple(before_and_after(found))
    yield "扣分原因", tuple(deduction_texts(found))
    yield "主要问题", tuple(_problem_texts(found))
    yield "结果应用建议", tuple(use_texts(found, books))
    yield "说明", tuple(_remarks(found))


# -- sentences ---------------------------------------------------------------------------------


def summary_sentence(found: ReviewResults) -> str:
    """Say what a 通报 says first: projects and money, those reviewed, and the grades."""
    departments = len({one.department for one in found.projects if one.department})
    whose = f"{departments}个部门" if departments else ""
    year = "" if found.year is None else f"{found.year}年度，"
    first = f"{year}{whose}开展项目支出绩效自评，自评项目{len(found.projects)}个"
    parts = [f"{first}，资金{money_text(money_sum(found.projects))}万元"]
    if found.reviewed:
        parts.append(
            f"抽审{len(found.reviewed)}个，资金{money_text(money_sum(found.reviewed))}万元"
        )
    grades = [
        f"{one.grade or _NO_GRADE}{one.projects}个，占{plain(one.share)}%" for one in found.grades
    ]
    return "；".join((*parts, *grades)) + "。"


def _basis(found: ReviewResults) -> Iterator[str]:
    yield summary_sentence(found)
    if found.reviewed:
        share = percent_of(Decimal(len(found.reviewed)), Decimal(len(found.projects)))
        money = percent_of(money_sum(found.reviewed), money_sum(found.projects))
        text = f"抽审项目占自评项目的{plain(share)}%" if share is not None else ""
        text += f"，资金占{plain(money)}%" if money is not None else ""
        yield f"{text}。"
    else:
        yield "以上等级按各项目填报的总分划分，没有经过复核。"
    yield from unknown_money(found.projects)


def unknown_money(projects: Sequence[ResultProject]) -> Iterator[str]:
    """Yield of how many projects the money is in no sum."""
    lacking = sum(one.money is None for one in projects)
    if lacking:
        yield f"有{lacking}个项目没有填报预算数，未计入资金。"


def before_and_after(found: ReviewResults) -> Iterator[str]:
    """Yield what the review did to points and grades."""
    effect = effect_of(found)
    if not effect.compared:
        return
    yield (
        f"自评和复核得分都有的{effect.compared}个项目中，复核低于自评的{effect.lowered}个，"
        f"高于自评的{effect.raised}个，相同的{effect.same}个；{_difference(effect.difference)}。"
    )
    grades = [
        f"{one.grade or _NO_GRADE}{one.projects}个（{plain(one.share)}%）" for one in found.before
    ]
    yield f"复核前（自评）：{'，'.join(grades)}。"
    moves = Counter(
        (one.filed_grade, one.reviewed_grade)
        for one in found.reviewed
        if one.filed_grade and one.reviewed_grade and one.filed_grade != one.reviewed_grade
    )
    if moves:
        told = (f"由“{old}”到“{new}”{number}个" for (old, new), number in sorted(moves.items()))
        yield f"等级有变化的：{'，'.join(told)}。"


def _difference(points: Decimal) -> str:
    if not points:
        return "自评得分合计与复核相同"
    word = "多" if points > ZERO else "少"
    return f"自评得分合计比复核{word}{trimmed(points.copy_abs())}分"


def deduction_texts(found: ReviewResults) -> Iterator[str]:
    """Yield for each reason how many rows and projects lost how many points."""
    for one in found.deductions:
        name = f"{one.code} {one.name}".strip() or "没有写原因代码"
        yield f"{name}：{one.rows}个指标，涉及{one.projects}个项目，扣{trimmed(one.points)}分。"


def _problem_texts(found: ReviewResults) -> Iterator[str]:
    """Yield the kinds of findings that most projects have, with the years before."""
    for row in found.trend[:_TOP]:
        years = []
        for (year, size), number in zip(found.years, row.projects, strict=True):
            share = percent_of(Decimal(number), Decimal(size))
            years.append(f"{year}年度{number}个项目" + (f"（{plain(share)}%）" if share else ""))
        yield f"{problem_of(row.code)}（{row.code}）：{'，'.join(years)}。"


def problem_of(code: str) -> str:
    """Return in a few words what a code stands for."""
    if code not in CHECKS and code not in REVIEWS:
        return READING[code].name if code in READING else code
    whole = _LONG_BRACKET.sub("", page_of(code).problem)
    return _END_OF_FIRST.split(whole, maxsplit=1)[0]


_LONG_BRACKET = re.compile("（[^（）]{12,}）")
_END_OF_FIRST = re.compile("[：。；]")


def use_texts(found: ReviewResults, books: Mapping[str, Rulebook]) -> Iterator[str]:
    """Yield what each rulebook's 结果应用 has for the grades; it suggests and decides nothing."""
    graded = [
        GradedProject(
            books[one.stamp],
            (one.reviewed_grade if one.is_reviewed else one.filed_grade) or None,
            one.project,
        )
        for one in _counted(found)
        if one.stamp in books
    ]
    for fact in suggestions(graded):
        for grade in fact.grades:
            names = listed(grade.projects, _NAMED)
            yield f"等级为“{grade.grade}”的{len(grade.projects)}个项目，建议{grade.told}：{names}。"
        yield f"依据：{fact.source}：{fact.clause}" + (f"（{fact.note}）" if fact.note else "")


def _remarks(found: ReviewResults) -> Iterator[str]:
    yield "金额按两位小数列示；占比合计为100%。"
    if found.left_out:
        yield (
            f"另有{len(found.left_out)}份表未能读取、没有写年度、与其他表重复或属于部门整体自评，"
            "未计入以上各数。"
        )
    yield from unmatched_reviews(found)


def unmatched_reviews(found: ReviewResults) -> Iterator[str]:
    """Yield how many results of a review belong to no project."""
    if found.unmatched:
        yield f"另有{len(found.unmatched)}份复核结果与自评项目对应不上，未计入以上各数。"


def money_text(amount: Decimal) -> str:
    """Write an amount with two decimals."""
    return plain(_cents(amount))


def _cents(amount: Decimal) -> Decimal:
    return round_number(amount, _MONEY_DIGITS, RoundingMode.HALF_UP)


# -- tables ------------------------------------------------------------------------------------


def _counted(found: ReviewResults) -> Sequence[ResultProject]:
    return found.reviewed or found.projects


def office_of(one: ResultProject) -> str:
    """Return 主管部门 of a project, with its unit."""
    return "".join((one.department, f"（{one.unit}）" if one.unit else "")) or one.unit


def _project_row(number: int, one: ResultProject) -> tuple[CellValue, ...]:
    money = None if one.money is None else _cents(one.money)
    return (
        *(number, office_of(one), one.project, money, one.filed, one.filed_grade),
        *(one.reviewed, one.reviewed_grade),
    )


def _project_grid(found: ReviewResults, stamp: str) -> Table:
    heads = tuple(GridPart(column.heading, Role.HEADING) for column, _ in _PROJECTS)
    rows = [GridRow("表头", heads)]
    for number, one in enumerate(_counted(found), 1):
        values = ("" if value is None else str(value) for value in _project_row(number, one))
        roles = (Role.VALUE, Role.TEXT, Role.TEXT, *[Role.VALUE] * 5)
        parts = tuple(GridPart(value, role) for value, role in zip(values, roles, strict=True))
        rows.append(GridRow(f"第 {number} 行", parts))
    return Table(
        title=_list_title(found),
        above_left="" if found.year is None else f"{found.year}年度",
        above_right="金额单位：万元",
        widths=tuple(width for _, width in _PROJECTS),
        rows=place(rows, len(_PROJECTS)),
        landscape=True,
        stamp=stamp,
    )


def results_page(found: ReviewResults, books: Mapping[str, Rulebook]) -> ReviewPage:
    """Lay out the same for a workbook: a sheet for each table."""
    projects = tuple(_project_row(number, one) for number, one in enumerate(_counted(found), 1))
    tables = [
        ReviewTable(_list_title(found), tuple(column for column, _ in _PROJECTS), projects),
        ReviewTable("等级", _GRADES, tuple(_grade_rows(found))),
    ]
    if found.deductions:
        sums = tuple(
            (one.code, one.name, one.rows, one.projects, one.points) for one in found.deductions
        )
        tables.append(ReviewTable("扣分原因", _DEDUCTIONS, sums))
    if found.trend:
        tables.append(_trend_table(found))
    texts = [text for _, group in _sections(found, books) for text in group]
    texts += [f"未计入以上各数：{one}" for one in (*found.unmatched, *found.left_out)]
    return ReviewPage(
        title=_title(found),
        lead=summary_sentence(found),
        tiles=(PageTile("自评项目", str(len(found.projects)), "个"),),
        sections=(PageSection("结果", tuple(texts), (), tuple(tables)),),
        stamps=tuple(sorted({one.stamp for one in found.projects})),
    )


def _grade_rows(found: ReviewResults) -> Iterator[tuple[CellValue, ...]]:
    before: dict[str, GradeShare] = {one.grade: one for one in found.before}
    names = dict.fromkeys((*(one.grade for one in found.grades), *before))
    after = {one.grade: one for one in found.grades}
    for name in names:
        now, was = after.get(name), before.get(name)
        yield (
            name or _NO_GRADE,
            *((None, None, None) if now is None else (now.projects, now.share, _cents(now.money))),
            *((None, None) if was is None else (was.projects, was.share)),
        )


def _trend_table(found: ReviewResults) -> ReviewTable:
    columns = (
        PageColumn("编号", 9, _SHORT),
        PageColumn("问题", 60),
        *(PageColumn(f"{year}（{number} 个项目）", 14, _COUNT) for year, number in found.years),
    )
    rows: list[tuple[CellValue, ...]] = [
        (row.code, problem_of(row.code), *row.projects) for row in found.trend
    ]
    return ReviewTable("各年问题", columns, tuple(rows), "各年有这一项错误或警告的项目数。")
