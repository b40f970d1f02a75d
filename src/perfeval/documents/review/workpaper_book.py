"""复核底稿 as a live workbook: a summary, a sheet for each project, the reasons of the profile."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from perfeval._resources import __version__
from perfeval.documents.review.workpaper_data import carrying_sheet
from perfeval.documents.review.workpaper_layout import CODE, CODE_NAMES, CUT, HEAD_ROWS, PAGE
from perfeval.documents.review.workpaper_page import CodeLists, WorkpaperPage, percent_format
from perfeval.documents.workbook.formula import (
    Formula,
    Span,
    is_number,
    number,
    or_blank,
    plus,
    sum_of,
    when,
    words,
)
from perfeval.documents.workbook.hidden_sheet import HiddenSheet, address
from perfeval.documents.workbook.page import Area, CellLook, Content, VisibleSheet, digits_format
from perfeval.documents.workbook.rows import WORD_LISTS
from perfeval.documents.workbook.totals import total_digits
from perfeval.documents.workbook.writer import Printed, write_pages
from perfeval.errors import RenderError
from perfeval.numbers import ZERO
from perfeval.review.profile import DeductionCode, ReviewProfile
from perfeval.review.workpaper import Workpaper

MOST_CELLS = 180_000
"""Cells of one file: a reader refuses a file with a tenth more."""
_LISTS = "词表"
_SUMMARY, _CODES = "汇总", "扣分代码"
_TITLE = "绩效自评复核底稿"
_HEAD, _TEXT, _LEFT = (
    CellLook("label", fill="panel"),
    CellLook("value"),
    CellLook("value", "left"),
)
_SUMMARY_WIDTHS = (10, 14, 40, 58, 18, 14, 18, 14, 18, 14, 16, 16, 62)
_SUMMARY_HEADS = (
    *("序号", "底稿", "主管部门", "项目名称", "自评得分", "自评等级"),
    *("按办法得分", "办法等级", "复核得分", "复核等级", "偏离度", "扣分合计"),
    "说明",
)
_CODE_WIDTHS = (18, 62, 18, 14, 14, 110, 18, 20)
_CODE_HEADS = ("代码", "名称", "扣减比例", "级别", "对象", "说明", "处数", "扣分合计")


def workpaper_workbook(papers: Sequence[Workpaper]) -> bytes:
    """Write workpapers as one workbook that a reviewer fills in.

    Args:
        papers: The workpapers, all by one profile.

    Returns:
        The workbook; the same bytes for the same workpapers.

    Raises:
        RenderError: There are none or too many, they have several profiles, or a text cannot stand
            in a cell.

    >>> from perfeval import evaluate, review_workpaper
    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> workpaper_workbook([review_workpaper(report)])[:2]
    b'PK'
    """
    if not papers:
        raise RenderError("没有可以生成底稿的自评表")
    if any(paper.profile != papers[0].profile for paper in papers):
        raise RenderError("一个底稿只能用一个复核口径")
    return _WorkpaperBook(papers).written()


class _WorkpaperBook:
    def __init__(self, papers: Sequence[Workpaper]) -> None:
        self._papers = papers
        self._profile: ReviewProfile = papers[0].profile
        self._words = HiddenSheet(_LISTS)
        self._codes = self._code_lists()
        self._pages = [
            WorkpaperPage(paper, at, self._codes, _band_words(paper))
            for at, paper in enumerate(papers, 1)
        ]

    def written(self) -> bytes:
        """Return the bytes of the workbook."""
        papers, pages = self._papers, self._pages
        summary, codes = self._summary(), self._code_page()
        shown = [
            (summary, _printed(summary, _SUMMARY_HEADS)),
            *((page.page, page.printed) for page in pages),
            (codes, _printed(codes, _CODE_HEADS)),
        ]
        own = {page.rows.rows.name: self._own_names(page, at) for at, page in enumerate(pages, 1)}
        names = self._names()
        computing = [sheet for page in pages for sheet in (page.rows.rows, page.rows.sums)]
        hidden = [*computing, self._words, carrying_sheet(papers)]
        self._refuse_too_many([*(page for page, _ in shown), *hidden])
        stamps = sorted({paper.scorecard.stamp for paper in papers})
        stamp = "; ".join((f"perfeval {__version__}", *stamps))
        return write_pages(shown, hidden, names, own, _TITLE, stamp)

    def _refuse_too_many(self, sheets: Sequence[VisibleSheet | HiddenSheet]) -> None:
        """Refuse a file that could not be read back."""
        cells = sum(len(sheet.cells) for sheet in sheets)
        if cells > MOST_CELLS:
            fitting = max(MOST_CELLS * len(self._papers) // cells, 1)
            message = f"{len(self._papers)} 个项目放不进一个底稿，请分几次生成"
            raise RenderError(f"{message}：这样的表每个底稿最多约 {fitting} 个")

    # -- lists ---------------------------------------------------------------------------------

    def _code_lists(self) -> CodeLists:
        """Write the reasons that a row can have; they go by names in all sheets."""
        codes = self._profile.row_codes
        ratios = [ZERO if one.ratio is None else one.ratio for one in codes]
        flags = [Decimal(one.ratio is not None) for one in codes]
        return CodeLists(
            Span(CODE_NAMES, tuple(one.code for one in codes)),
            Span("复核有比例", tuple(flags)),
            Span("复核比例", tuple(ratios)),
        )

    def _names(self) -> dict[str, str]:
        used = {name for page in self._pages for name in page.rows.lists}
        spans = [
            *self._codes,
            *(Span(one.name, one.words) for one in WORD_LISTS if one.name in used),
        ]
        return {span.text: self._words.listed(span.text, span.values).text for span in spans}

    def _own_names(self, page: WorkpaperPage, at: int) -> dict[str, str]:
        """Write the words of a project's rulebook; two rulebooks have two lists of one name."""
        return {
            span.text: self._words.listed(f"{span.text}{at}", span.values).text
            for span in page.rows.vocabularies
        }

    # -- summary -------------------------------------------------------------------------------

    def _summary(self) -> VisibleSheet:
        page = VisibleSheet(_SUMMARY, _SUMMARY_WIDTHS)
        _write_title(page, f"{_TITLE}汇总", f"复核口径：{self._profile.name}", _SUMMARY_HEADS)
        for at, paper in enumerate(self._papers, 1):
            for column, (content, look) in enumerate(self._summary_row(at, paper)):
                page.write(Area(2 + at, column), content, look)
        return page

    def _summary_row(self, at: int, paper: Workpaper) -> list[tuple[Content, CellLook]]:
        card, made = paper.scorecard, self._pages[at - 1]
        points = CellLook("value", format=digits_format(total_digits(card.rulebook)))
        result = points._replace(font="result")
        deviation = self._profile.deviation.digits
        percent = CellLook("result", format=percent_format(deviation))
        filed, total = paper.filed_total, made.sums.total
        shown = when(is_number(total), total, words("未定"))
        return [
            (Decimal(at), _TEXT),
            (PAGE.format(at), _TEXT),
            (card.sheet.department or "", _LEFT),
            (paper.project, _LEFT),
            ("" if filed is None else filed, _TEXT),
            (paper.filed_grade, _TEXT),
            ("" if card.total is None else card.total, points),
            (card.grade or "", _TEXT),
            (shown, result),
            (or_blank(made.sums.grade), _TEXT._replace(font="result")),
            (or_blank(made.deviation), percent),
            (self._cuts_of(at - 1), result),
            (or_blank(made.sums.why), CellLook("hint", "left")),
        ]

    def _cuts_of(self, at: int) -> Formula:
        """Return 扣分 of a project's rows together."""
        page = self._pages[at]
        return sum_of(_span(page, CUT, len(self._papers[at].rows), list(page.cuts.values())))

    # -- reasons -------------------------------------------------------------------------------

    def _code_page(self) -> VisibleSheet:
        page = VisibleSheet(_CODES, _CODE_WIDTHS)
        profile = self._profile
        _write_title(page, profile.name, profile.text or "", _CODE_HEADS)
        for at, one in enumerate(profile.codes, 3):
            for column, (content, look) in enumerate(self._code_row(one)):
                page.write(Area(at, column), content, look)
        below = 3 + len(profile.codes)
        for at, text in enumerate(self._notes(), below):
            page.write(
                Area(at, 0, 1, len(_CODE_HEADS)), text, CellLook("note", "left", has_border=False)
            )
        return page

    def _notes(self) -> list[str]:
        profile = self._profile
        rule = profile.deviation
        levels = "；".join(
            f"{level.name}：{level.meaning}" if level.meaning else level.name
            for level in profile.levels
        )
        source = f"（{rule.source}）" if rule.source else ""
        return [
            *([f"级别：{levels}。"] if levels else []),
            f"偏离度：{rule.text or ''}{source}",
            "复核得分 = 规则得分 － 扣分，不低于 0；扣分 = 权重 × 扣减比例，手填的以手填为准。",
        ]

    def _code_row(self, one: DeductionCode) -> list[tuple[Content, CellLook]]:
        count, points = self._uses(one)
        digits = max(paper.scorecard.rulebook.rounding.row.digits for paper in self._papers)
        return [
            (one.code, _TEXT._replace(format="@")),
            (one.name, _LEFT),
            (self._ratio(one), _TEXT),
            (one.level or "", _TEXT),
            (one.scope.value, _TEXT),
            (one.text or "", _LEFT),
            (count, _TEXT._replace(font="result")),
            (points, _TEXT._replace(font="result", format=digits_format(digits))),
        ]

    def _ratio(self, one: DeductionCode) -> str:
        is_ours = one in self._profile.row_codes
        return one.ratio_text or ("由复核人定" if is_ours else "")

    def _uses(self, one: DeductionCode) -> tuple[Content, Content]:
        """Return how many rows have a reason, and what was taken from them together.

        Each project adds its own up on its hidden sheet, so that no formula grows too long.
        """
        if one not in self._profile.row_codes:
            return "", ""
        counts, cuts = [], []
        for page, paper in zip(self._pages, self._papers, strict=True):
            rows = len(paper.rows)
            codes = _span(page, CODE, rows, list(page.codes.values()))
            taken = _span(page, CUT, rows, list(page.cuts.values()))
            literal = words(one.code).text
            found = Formula(f"SUMPRODUCT(--EXACT({codes.text},{literal}))", ZERO)
            lost = Formula(f"SUMIF({codes.text},{literal},{taken.text})", ZERO)
            counts.append(page.rows.sums.append(f"处数：{one.code}", found))
            cuts.append(page.rows.sums.append(f"扣分：{one.code}", lost))
        return plus(number(ZERO), *counts), plus(number(ZERO), *cuts)


def _span(page: WorkpaperPage, column: int, rows: int, cells: list[Formula]) -> Span:
    start, end = address(HEAD_ROWS, column), address(HEAD_ROWS + rows - 1, column)
    return Span(f"{page.page.name}!{start}:{end}", tuple(cell.value for cell in cells))


def _band_words(paper: Workpaper) -> str:
    bands = paper.scorecard.rulebook.qualitative.bands
    return "、".join(band.words[0] for band in bands if band.words)


def _write_title(page: VisibleSheet, title: str, line: str, heads: Sequence[str]) -> None:
    width = len(heads)
    page.write(Area(0, 0, 1, width), title, CellLook("title", has_border=False))
    page.write(Area(1, 0, 1, width), line, CellLook("line", "left", has_border=False))
    for column, head in enumerate(heads):
        page.write(Area(2, column), head, _HEAD)


def _printed(page: VisibleSheet, heads: Sequence[str]) -> Printed:
    last = max(row for row, _ in page.cells)
    return Printed(
        first=0, last=last, columns=len(heads), landscape=True, frozen=(3, 0), repeated=2
    )
