"""复核报告: how a review was done and what it found, project by project, as a text with tables.

Every number is a field of `ReviewResults`.  What a reviewer wrote in free words, and what is wrong
with the review, stands in tables alone: figures in such words are none of the report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from perfeval._resources import __version__
from perfeval.codes import REVIEW_REPORT
from perfeval.documents.form.grid import GridPart, GridRow, Role, Table, place
from perfeval.documents.review.results_document import (
    before_and_after,
    deduction_texts,
    money_text,
    office_of,
    problem_of,
    unknown_money,
    unmatched_reviews,
    use_texts,
)
from perfeval.documents.texts.binding import Bound, bind
from perfeval.documents.texts.gaps import Gap
from perfeval.documents.texts.narrative import Block, Narrative, NarrativeStyle
from perfeval.numbers import ZERO, plain, trimmed
from perfeval.review.profile import DeviationBase
from perfeval.review.results import (
    GradeShare,
    ResultProject,
    ReviewedRow,
    ReviewRemark,
    ReviewResults,
    effect_of,
    money_sum,
)
from perfeval.rulebook import Rulebook

_SCORES, _ROWS, _REASONS, _REMARKS = "复核结果表", "复核明细表", "扣分代码表", "需要说明的问题"
_COLUMNS: Mapping[str, tuple[tuple[str, int], ...]] = {
    _SCORES: (
        *(("序号", 12), ("主管部门（单位）", 45), ("项目名称", 65), ("自评得分", 20)),
        *(("自评等级", 20), ("复核得分", 20), ("复核等级", 20), ("偏离度（%）", 22)),
        ("扣分合计", 20),
    ),
    _ROWS: (
        *(("项目名称", 36), ("指标", 34), ("自评完成值", 22), ("复核完成值", 22)),
        *(("指标自评分", 17), ("指标复核分", 17), ("扣分", 14), ("扣分原因", 38), ("依据", 44)),
    ),
    _REASONS: (("代码", 20), ("扣分原因", 85), ("扣减比例（%）", 22), ("复核口径", 41)),
    _REMARKS: (("编号", 20), ("位置", 60), ("内容", 164)),
}
"""The tables behind the text: their columns with widths in millimetres."""
_NARROW = 22
"""Columns up to this width hold figures and single words, which stand in the middle."""
_NO_CODE, _NO_GROUND = Gap("扣分原因代码", ("扣分原因代码",)), Gap("依据", ("依据",))
_NO_TOTAL = Gap("复核得分", ("复核得分",))
_NO_GRADE = "没有定等级"
_CHINESE = "一二三四五六七八九十"


def report_document(found: ReviewResults, books: Mapping[str, Rulebook]) -> Bound:
    """Write the 复核报告 with its tables, for Word, PDF, HTML and Markdown.

    Args:
        found: What came of the year; some project of it was reviewed.
        books: The rulebooks of the projects, by their stamps, as far as they are known.
    """
    year = "" if found.year is None else f"{found.year}年度"
    title = f"{year}项目支出绩效自评复核报告"
    stamps = sorted({one.stamp for one in found.reviewed})
    stamp = "; ".join((f"perfeval {__version__}", *stamps))
    tables = [(name, rows) for name, rows in _tables(found).items() if rows]
    text = Narrative(tuple(_blocks(title, found, books)), stamp, tuple(_gaps(found)))
    parts = [_grid(name, at, rows, stamp) for at, (name, rows) in enumerate(tables, 1)]
    return bind(title, [(title, text), *((part.title, part) for part in parts)])


def _blocks(title: str, found: ReviewResults, books: Mapping[str, Rulebook]) -> Iterator[Block]:
    yield Block(NarrativeStyle.TITLE, title)
    sections = [(head, texts) for head, texts in _sections(found, books) if texts]
    for number, (head, texts) in zip(_CHINESE, sections, strict=False):
        yield Block(NarrativeStyle.HEADING1, f"{number}、{head}")
        yield from (Block(NarrativeStyle.PARAGRAPH, text) for text in texts)


def _sections(
    found: ReviewResults, books: Mapping[str, Rulebook]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "复核工作情况", tuple(_work(found))
    yield "复核结果", tuple(_outcome(found))
    yield "发现的问题", (*deduction_texts(found), *_remark_texts(found))
    yield "分项目情况", tuple(map(_project_text, found.reviewed))
    yield "结果应用建议", tuple(use_texts(found, books))
    yield "说明", tuple(_notes(found))


# -- sentences ---------------------------------------------------------------------------------


def _work(found: ReviewResults) -> Iterator[str]:
    done = found.reviewed
    offices = len({one.department for one in done if one.department})
    whose = f"，涉及{offices}个部门" if offices else ""
    yield f"本次复核项目{len(done)}个，资金{money_text(money_sum(done))}万元{whose}。"
    yield from unknown_money(done)
    for one in found.terms:
        yield f"复核口径：{one.name}，扣分原因{len(one.reasons)}条，见附表“{_REASONS}”。"


def _outcome(found: ReviewResults) -> Iterator[str]:
    yield from before_and_after(found)
    yield f"复核后：{_grades(found.grades)}。"
    effect = effect_of(found)
    if effect.means is not None:
        filed, reviewed = map(plain, effect.means)
        means = f"自评{filed}分，复核{reviewed}分"
        yield f"这{effect.compared}个项目的平均分（保留两位小数）：{means}。"
    if effect.deviation is not None:
        is_filed = found.terms[0].base is DeviationBase.FILED
        divisor = "自评得分合计" if is_filed else "满分合计"
        rule = f"（自评得分合计－复核得分合计）÷{divisor}"
        yield f"合计的偏离度，按{rule}计算，等于{plain(effect.deviation)}%。"
    yield f"各项目的得分、等级和偏离度见附表“{_SCORES}”。"


def _grades(shares: Sequence[GradeShare]) -> str:
    return "，".join(
        f"{one.grade or _NO_GRADE}{one.projects}个（{plain(one.share)}%）" for one in shares
    )


def _remark_texts(found: ReviewResults) -> Iterator[str]:
    counts = Counter(one.code for one in _own_remarks(found))
    if counts:
        told = "；".join(f"{problem_of(code)}（{code}）{n}处" for code, n in sorted(counts.items()))
        others = "（其中可能有未列入本报告的复核的）" if found.unmatched else ""
        count = sum(counts.values())
        yield f"复核本身需要说明的有{count}处{others}，见附表“{_REMARKS}”：{told}。"


def _own_remarks(found: ReviewResults) -> tuple[ReviewRemark, ...]:
    """Return the remarks but those on a report, of which this is a new one."""
    return tuple(one for one in found.remarks if one.code != REVIEW_REPORT)


def _project_text(one: ResultProject) -> str:
    """Say what came of a project; its name stands first, its figures behind it."""
    parts = [f"“{one.project}”：" + _scored("自评", one.filed, one.filed_grade)]
    after = _scored("复核", one.reviewed, one.reviewed_grade)
    parts.append(after if one.reviewed is not None else f"{after}{_NO_TOTAL.printed}")
    review = one.review
    if review is not None and review.deviation is not None:
        parts.append(f"偏离度{plain(review.deviation)}%")
    if review is not None and review.cut is not None:
        rows = sum(row.cut > ZERO for row in review.rows)
        parts.append(f"扣分合计{trimmed(review.cut)}分" + (f"（{rows}个指标）" if rows else ""))
    text = "，".join(filter(None, parts)) + "。"
    return text + "".join(_lacking(row) for row in review.rows) if review else text


def _scored(whose: str, points: Decimal | None, grade: str) -> str:
    said = f"{whose}得分{trimmed(points)}分" if points is not None else f"没有{whose}得分"
    return said + (f"，{whose}等级为“{grade}”" if grade else "")


def _lacking(row: ReviewedRow) -> str:
    gaps = [gap.printed for gap in _asked(row)]
    return f"指标“{row.name}”扣{trimmed(row.cut)}分{''.join(gaps)}。" if gaps else ""


def _asked(row: ReviewedRow) -> Iterator[Gap]:
    """Yield what a deduction lacks."""
    if row.cut > ZERO and not row.code:
        yield _NO_CODE
    if row.cut > ZERO and not row.ground:
        yield _NO_GROUND


def _gaps(found: ReviewResults) -> Iterator[Gap]:
    reviews = [one.review for one in found.reviewed if one.review is not None]
    asked = [gap for one in reviews for row in one.rows for gap in _asked(row)]
    asked += [_NO_TOTAL for one in found.reviewed if one.reviewed is None]
    yield from dict.fromkeys(asked)


def _notes(found: ReviewResults) -> Iterator[str]:
    yield "以上各数取自复核底稿和自评表；金额按两位小数列示，占比合计为100%。"
    for one in found.reviewed:
        filed = None if one.review is None else one.review.filed
        if filed is not None and filed != one.filed:
            yield f"“{one.project}”的自评表在做底稿以后改了总分，请重新做底稿后再复核。"
    if any(one.review is None or one.review.deductions is None for one in found.reviewed):
        yield "有的复核结果没有逐个指标的内容，扣分没有列出，请把底稿重新评定。"
    yield from unmatched_reviews(found)


# -- tables ------------------------------------------------------------------------------------

_Rows = Sequence[tuple[str, ...]]


def _tables(found: ReviewResults) -> dict[str, _Rows]:
    reviews = [(one.project, one.review) for one in found.reviewed if one.review is not None]
    return {
        _SCORES: [_score_row(at, one) for at, one in enumerate(found.reviewed, 1)],
        _ROWS: [_row(project, row) for project, review in reviews for row in review.rows],
        _REASONS: [
            (one.code, one.name, "" if one.ratio is None else trimmed(one.ratio), terms.name)
            for terms in found.terms
            for one in terms.reasons
        ],
        _REMARKS: [(one.code, one.where, one.message) for one in _own_remarks(found)],
    }


def _score_row(number: int, one: ResultProject) -> tuple[str, ...]:
    review = one.review
    return (
        *(str(number), office_of(one), one.project, _figure(one.filed), one.filed_grade),
        *(_figure(one.reviewed), one.reviewed_grade),
        _figure(None if review is None else review.deviation),
        _figure(None if review is None else review.cut),
    )


def _row(project: str, row: ReviewedRow) -> tuple[str, ...]:
    gaps = list(_asked(row))
    reason = " ".join(filter(None, (row.code, row.reason)))
    return (
        *(project, row.name, row.actual, row.reviewed_actual),
        *(_figure(row.filed), _figure(row.points), trimmed(row.cut)),
        _NO_CODE.printed if _NO_CODE in gaps else reason,
        _NO_GROUND.printed if _NO_GROUND in gaps else row.ground,
    )


def _figure(number: Decimal | None) -> str:
    return "" if number is None else plain(number)


def _grid(name: str, number: int, rows: _Rows, stamp: str) -> Table:
    columns = _COLUMNS[name]
    heads = tuple(GridPart(heading, Role.HEADING) for heading, _ in columns)
    roles = [Role.VALUE if width <= _NARROW else Role.TEXT for _, width in columns]
    grid = [GridRow("表头", heads)]
    for at, row in enumerate(rows, 1):
        grid.append(GridRow(f"第 {at} 行", tuple(map(GridPart, row, roles))))
    return Table(
        title=f"附表{number} {name}",
        above_left="",
        above_right="",
        widths=tuple(width for _, width in columns),
        rows=place(grid, len(columns)),
        landscape=name != _REASONS,
        stamp=stamp,
    )
