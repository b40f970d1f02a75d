"""A project's sheet of a workpaper: what was filed, what is filled in, what it comes to."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from perfeval.documents.review.workpaper_layout import (
    ACTUAL,
    ASPECT,
    AT,
    CODE,
    COLUMNS,
    CUT,
    DEVIATION,
    FROZEN_COLUMNS,
    GROUND,
    HEAD_ROWS,
    HEADING_ROW,
    HELP_ROW,
    HINT,
    JUDGED,
    MARK,
    PAGE,
    PRINTED_COLUMNS,
    PROJECT_ROW,
    RESULT_ROW,
    RULED,
    SCORE,
    SECTION,
    TITLE_ROW,
    WEIGHT,
    Kind,
    prefilled,
    project_line,
)
from perfeval.documents.review.workpaper_rows import ReviewInputs, RuledRow, WorkpaperRows
from perfeval.documents.workbook.formula import (
    BLANK,
    Formula,
    Span,
    above,
    at_least,
    both,
    chosen,
    differs,
    either,
    equal,
    fixed,
    is_number,
    joined,
    largest,
    negated,
    number,
    of_rule,
    or_blank,
    rank_of,
    rounded,
    when,
    words,
)
from perfeval.documents.workbook.hidden_sheet import address
from perfeval.documents.workbook.page import (
    Area,
    CellLook,
    Content,
    DataValidation,
    VisibleSheet,
    digits_format,
    value_of,
)
from perfeval.documents.workbook.totals import Sums, total_digits
from perfeval.documents.workbook.writer import Printed
from perfeval.numbers import ZERO, plain, total, trimmed
from perfeval.review.rules import DEVIATION as DEVIATION_RULE
from perfeval.review.rules import HALF_UP, by_ratio, points_left
from perfeval.review.workpaper import BUDGET_ROW, Workpaper, WorkpaperRow

_NIL, _ONE = number(ZERO), number(1)
_TITLE = "绩效自评复核底稿"
_HELP = (
    "浅黄色的格由复核人填写，其余的格锁定。复核完成值空着的，按自评完成值计。"
    "选了扣分原因代码，扣分按代码的比例自动算出；也可以手填，手填的以手填为准。"
    "每一处扣分都要写依据。规则不能计分的行，可在复核评定里填得分。"
    "填好以后用 perfeval review grade 评定。"
)
_SIGNATURES = (
    "复核人：　　　　　　　　　　复核日期：　　　　　　　　　　审核人：　　　　　　　　　　"
)
_BY_ENGINE = "本表读不了这种写法，由 perfeval review grade 计分"
_INPUT, _RISKY = "input", tuple("=+-@")


class CodeLists(NamedTuple):
    """The reasons of a profile on a hidden sheet: codes, whether they have a ratio, the ratios."""

    codes: Span
    has_ratio: Span
    ratios: Span


class WorkpaperPage:
    """A project's sheet.

    Attributes:
        page: The sheet.
        rows: The hidden sheets that compute.
        sums: The sums of the reviewed points.
        scores: 复核得分 of each row, by its place.
        codes: 扣分原因代码 of each row, by its place.
        cuts: 扣分 of each row, by its place.
        deviation: 偏离度 of the total, or blank.
    """

    def __init__(self, paper: Workpaper, at: int, lists: CodeLists, bands: str) -> None:
        self._paper = paper
        self._lists = lists
        self._bands = bands
        self._digits = paper.scorecard.rulebook.rounding.row.digits
        self.page = VisibleSheet(PAGE.format(at), [column.width for column in COLUMNS])
        self.rows = WorkpaperRows(paper.scorecard, at)
        self.scores: dict[int, Formula] = {}
        self.codes: dict[int, Formula] = {}
        self.cuts: dict[int, Formula] = {}
        rows = paper.rows
        self._write_prefilled(rows)
        for place, row in enumerate(rows, HEAD_ROWS):
            self._write_row(place, row)
        budget = self.scores.get(BUDGET_ROW, BLANK)
        self.sums: Sums = self.rows.sum_up(self.scores, budget)
        self._last = HEAD_ROWS + len(rows)
        self._write_total(rows)
        self._write_head()
        self.page.number_rows()
        column = len(COLUMNS) + self.page.flags - 1
        self.page.cells[0, column] = f"{MARK}{at}", CellLook("hint", has_border=False)

    @property
    def printed(self) -> Printed:
        """What of the sheet is printed."""
        return Printed(
            first=0,
            last=self._last + 1,
            columns=PRINTED_COLUMNS,
            landscape=True,
            frozen=(HEAD_ROWS, FROZEN_COLUMNS),
            repeated=HEADING_ROW,
        )

    # -- what is there before ------------------------------------------------------------------

    def _write_prefilled(self, rows: Sequence[WorkpaperRow]) -> None:
        for place, row in enumerate(rows, HEAD_ROWS):
            for column, content in prefilled(row).items():
                if column not in (SECTION, ASPECT):
                    self.page.write(Area(place, column), content, _look(column, content))
        for column, depth in ((SECTION, 1), (ASPECT, 2)):
            self._write_levels(rows, column, depth)

    def _write_levels(self, rows: Sequence[WorkpaperRow], column: int, depth: int) -> None:
        """Write the names of a level, each once for the rows below each other that have it."""
        start = HEAD_ROWS
        for names, group in groupby(rows, key=lambda row: (row.section, row.aspect)[:depth]):
            count = len(list(group))
            self.page.write(Area(start, column, count), names[-1], _look(column, names[-1]))
            start += count

    # -- what is filled in, and what follows ---------------------------------------------------

    def _write_row(self, place: int, row: WorkpaperRow) -> None:
        actual = self._input(place, ACTUAL, _actual_check(row, self._bands), is_text=row.at >= 0)
        judged = self._input(place, JUDGED, _judged_check(row), is_text=False)
        code = self._input(place, CODE, self._code_check(), is_text=True)
        ground = self._input(place, GROUND, _WHY_CHECK, is_text=True)
        cut = self._cut(place, row, code)
        inputs = ReviewInputs(actual, judged)
        ruled = self._ruled(row, inputs)
        score = self._score(place, row, ruled, cut)
        self._write_deviation(place, row, score)
        self._write_hint(place, row, ruled, score, _Written(actual, judged, code, ground, cut))
        self.scores[row.at], self.codes[row.at], self.cuts[row.at] = score, code, cut

    def _ruled(self, row: WorkpaperRow, inputs: ReviewInputs) -> RuledRow:
        if row.at == BUDGET_ROW:
            return self.rows.budget(inputs)
        return self.rows.indicator(row.at, inputs)

    def _input(self, place: int, column: int, check: DataValidation, *, is_text: bool) -> Formula:
        look = CellLook(
            "value",
            COLUMNS[column].align,
            _INPUT,
            format="@" if is_text else "General",
            is_open=True,
        )
        area = Area(place, column)
        self.page.check(area, check)
        return self.page.write(area, "", look)

    def _code_check(self) -> DataValidation:
        return DataValidation(
            kind="list",
            first=self._lists.codes.text,
            title="扣分原因代码",
            help="从下拉中选；各代码的意思和比例见“扣分代码”页。",
            error="请从下拉中选一个代码。",
        )

    def _cut(self, place: int, row: WorkpaperRow, code: Formula) -> Formula:
        """Write 扣分: by the ratio of the code, unless somebody types another."""
        lists = self._lists
        has_ratio = equal(rank_of(code, lists.codes, lists.has_ratio), _ONE)
        ratio = rank_of(code, lists.codes, lists.ratios)
        rule = by_ratio(self._paper.scorecard.rulebook.rounding.row)
        weight = self._weight(place, row)
        content: Content = ""
        if not row.is_left_out:
            own = of_rule(rule, weight=weight, ratio=ratio)
            content = when(equal(code, BLANK), BLANK, when(has_ratio, own, BLANK))
        area = Area(place, CUT)
        look = CellLook("value", "center", _INPUT, format=digits_format(self._digits), is_open=True)
        if isinstance(content, Formula):
            self.page.replaceable.append(area)
        self.page.check(area, _cut_check(row))
        return self.page.write(area, content, look)

    def _weight(self, place: int, row: WorkpaperRow) -> Formula:
        """Return the reference to 权重; that of a row without one is never asked for."""
        return Formula(f"{self.page.name}!{address(place, WEIGHT)}", row.weight)

    def _score(self, place: int, row: WorkpaperRow, ruled: RuledRow, cut: Formula) -> Formula:
        """Write 规则得分 and 复核得分."""
        look = CellLook("result", format=digits_format(self._digits))
        known = self.page.write(
            Area(place, RULED), when(equal(ruled.points, BLANK), BLANK, ruled.points), look
        )
        area = Area(place, SCORE)
        if row.is_left_out:
            return self.page.write(area, "", look)
        weight = number(row.weight or ZERO)
        taken = when(is_number(cut), largest(_NIL, cut), _NIL)
        rule = points_left(self._paper.scorecard.rulebook.rounding.row)
        left = of_rule(rule, points=known, cut=taken, limit=weight)
        nothing = of_rule(rule, points=_NIL, cut=taken, limit=weight)
        content = chosen(
            [(is_number(known), left), (at_least(taken, weight), nothing)],
            BLANK,
        )
        return self.page.write(area, content, look)

    def _write_deviation(self, place: int, row: WorkpaperRow, score: Formula) -> None:
        rule = self._paper.profile.deviation
        base = rule.divisor(row.filed, row.weight)
        look = CellLook("result", format=percent_format(rule.digits))
        self.page.write(Area(place, DEVIATION), self._deviation(row.filed, base, score), look)

    def _deviation(
        self, filed: Decimal | None, base: Decimal | None, score: Formula
    ) -> Formula | str:
        if filed is None or not base:
            return ""
        digits = self._paper.profile.deviation.digits
        found = of_rule(DEVIATION_RULE, before=number(filed), after=score, divisor=number(base))
        return when(is_number(score), rounded(found, digits, HALF_UP), BLANK)

    # -- what is still to be done ------------------------------------------------------------

    def _write_hint(
        self,
        place: int,
        row: WorkpaperRow,
        ruled: RuledRow,
        score: Formula,
        written: _Written,
    ) -> None:
        taken = when(is_number(written.cut), above(written.cut, _NIL), _FALSE)
        above_weight = when(
            is_number(written.cut), above(written.cut, number(row.weight or ZERO)), _FALSE
        )
        lacks_ground = equal(written.ground, BLANK)
        why = when(differs(written.actual, BLANK), _reviewed_reason(ruled.reason), ruled.reason)
        filed = number(ZERO if row.filed is None else row.filed)
        is_raised = both(
            when(is_number(score), above(score, filed), _FALSE),
            either(differs(written.actual, BLANK), differs(written.judged, BLANK)),
            lacks_ground,
        )
        cases = [
            (
                both(equal(score, BLANK), negated(_left_out(row))),
                joined(words("没有复核得分："), why),
            ),
            (above_weight, words("扣分超过权重")),
            (both(taken, equal(written.code, BLANK)), words("扣了分，请选扣分原因代码")),
            (both(taken, lacks_ground), words("扣了分，请写依据")),
        ]
        if row.filed is not None:
            cases.append((is_raised, words("复核得分高于自评得分，请写依据")))
        area = Area(place, HINT)
        self.page.write(area, chosen(cases, BLANK), CellLook("hint", "left"))
        is_written = either(
            *(differs(cell, BLANK) for cell in (written.actual, written.judged, written.code)),
            taken,
        )
        content, _ = self.page.cells[place, HINT]
        shown = Formula(f"{self.page.name}!{address(place, HINT)}", value_of(content))
        self.page.mark(area, both(differs(shown, BLANK), is_written), "alert")

    # -- sums and head -------------------------------------------------------------------------

    def _write_total(self, rows: Sequence[WorkpaperRow]) -> None:
        last, paper = self._last, self._paper
        label = CellLook("label", fill="panel")
        for column in range(len(COLUMNS)):
            self.page.write(Area(last, column), "", label)
        self.page.write(Area(last, 0, 1, WEIGHT), "合计", label)
        first, end = HEAD_ROWS, last - 1
        weights = [row.weight for row in rows if row.weight is not None]
        text = f"SUM({address(first, WEIGHT)}:{address(end, WEIGHT)})"
        self.page.write(Area(last, WEIGHT), Formula(text, total(weights)), label)
        filed = paper.filed_total
        self.page.write(Area(last, AT["自评得分"]), "" if filed is None else filed, label)
        digits = digits_format(total_digits(paper.scorecard.rulebook))
        bold = label._replace(format=digits)
        self.page.write(Area(last, SCORE), or_blank(self.sums.total), bold)
        text = f"SUM({address(first, CUT)}:{address(end, CUT)})"
        self.page.write(Area(last, CUT), Formula(text, ZERO), label._replace(format=digits))
        rule = paper.profile.deviation
        full = paper.scorecard.rulebook.weights.full
        base = rule.divisor(filed, full)
        deviation = self._deviation(filed, base, self.sums.total)
        self.deviation = self.page.write(
            Area(last, DEVIATION), deviation, label._replace(format=percent_format(rule.digits))
        )
        signed = CellLook("line", "left", has_border=False, is_open=True)
        self.page.write(Area(last + 1, 0, 1, PRINTED_COLUMNS), _SIGNATURES, signed)

    def _write_head(self) -> None:
        plain_look = CellLook("line", "left", has_border=False)
        lines: dict[int, tuple[Content, CellLook]] = {
            TITLE_ROW: (_TITLE, CellLook("title", has_border=False)),
            PROJECT_ROW: (project_line(self._paper), plain_look),
            HELP_ROW: (_HELP, CellLook("hint", "left", has_border=False)),
            RESULT_ROW: (
                self._result_line(),
                CellLook("status", "left", "panel", has_border=False),
            ),
        }
        for row, (content, look) in lines.items():
            self.page.write(Area(row, 0, 1, PRINTED_COLUMNS), content, look)
        for at, column in enumerate(COLUMNS):
            fill = _INPUT if column.kind is Kind.INPUT else "panel"
            self.page.write(Area(HEADING_ROW, at), column.heading, CellLook("label", fill=fill))

    def _result_line(self) -> Formula:
        """Return one line: the total and the grade as filed, by the rule, and reviewed."""
        paper, card, sums = self._paper, self._paper.scorecard, self.sums
        filed = "未填报" if paper.filed_total is None else trimmed(paper.filed_total)
        ruled = "未计总分" if card.total is None else f"{plain(card.total)} {card.grade or ''}"
        digits = total_digits(card.rulebook)
        before = words(f"自评得分 {filed} {paper.filed_grade}　按办法得分 {ruled}　复核得分 ")
        done = joined(fixed(sums.total, digits), words(" "), sums.grade)
        return joined(before, when(is_number(sums.total), done, sums.why))


class _Written(NamedTuple):
    """The cells of a row that a reviewer fills in, and 扣分."""

    actual: Formula
    judged: Formula
    code: Formula
    ground: Formula
    cut: Formula


_FALSE = Formula("FALSE", value=False)
_WHY_CHECK = DataValidation(
    "any", title="依据", help="看到了什么、缺什么、依据哪一条。扣分、评定、加分都要写。"
)


def _look(column: int, content: Decimal | str) -> CellLook:
    is_risky = isinstance(content, str) and content.startswith(_RISKY)
    is_text = isinstance(content, str)
    return CellLook(
        "value", COLUMNS[column].align, format="@" if is_text else "General", is_quoted=is_risky
    )


def _actual_check(row: WorkpaperRow, bands: str) -> DataValidation:
    if row.at == BUDGET_ROW:
        return DataValidation(
            kind="decimal",
            first="0",
            second="9999999999999",
            title="复核的执行数",
            help="只填数，不写单位。与自评一致的留空。",
            error="这里只填数，如 1269.62。",
        )
    return DataValidation(
        "any",
        title="复核完成值",
        help=f"核实的完成值，写法与自评表相同；与自评一致的留空。定性指标写：{bands}。",
    )


def _judged_check(row: WorkpaperRow) -> DataValidation:
    most = trimmed(row.weight or ZERO)
    return DataValidation(
        kind="decimal",
        first="0",
        second=most,
        title="复核评定",
        help=f"定性指标在所在档次内评定；规则不能计分的行填得分（0 至 {most}），并写依据。",
        error=f"请填 0 至 {most} 的数。",
    )


def _cut_check(row: WorkpaperRow) -> DataValidation:
    most = trimmed(row.weight or ZERO)
    return DataValidation(
        kind="decimal",
        first="0",
        second=most,
        title="扣分",
        help="选了代码会自动算出；代码没有比例的，在这里填。最多等于权重。",
        error=f"请填 0 至 {most} 的数。",
    )


def _left_out(row: WorkpaperRow) -> Formula:
    return Formula("TRUE" if row.is_left_out else "FALSE", value=row.is_left_out)


def _reviewed_reason(reason: Formula) -> Formula:
    """Return why a reviewed row has no points; what the form leaves open the engine may read."""
    return when(equal(reason, BLANK), words(_BY_ENGINE), reason)


def percent_format(digits: int) -> str:
    """Return the number format of a percentage that stands as its number."""
    return f'{digits_format(digits)}"%"'
