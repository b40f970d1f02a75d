"""Checks of a review itself: who audits the auditor (复核本身的校核, family RV)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from perfeval.codes import (
    REVIEW_ABOVE_FILED,
    REVIEW_ABOVE_WEIGHT,
    REVIEW_ENTRY,
    REVIEW_NO_REASON,
    REVIEW_OPEN,
    REVIEW_RATIO,
    REVIEW_UNEVEN,
    REVIEW_UNKNOWN_CODE,
    REVIEW_WEIGHTS,
    REVIEWS,
)
from perfeval.findings import Finding
from perfeval.numbers import (
    HUNDRED,
    ZERO,
    Exact,
    multiply,
    plain,
    round_exact,
    subtract,
    total,
    trimmed,
)
from perfeval.places import Place
from perfeval.review.grading import GradedRow, GradedWorkpaper, by_code, unread
from perfeval.review.profile import DeductionScope
from perfeval.review.rules import HALF_UP

_LISTED = 5
_RATIO_DIGITS = 2


def review_finding(
    code: str,
    message: str,
    hint: str,
    row: GradedRow | None = None,
    stake: Decimal | None = None,
    cell: Place | None = None,
) -> Finding:
    """Return a finding of a review.

    Args:
        code: Its code.
        message: What is the case.
        hint: What to do.
        row: The row that it is about.
        stake: How many points hang on it.
        cell: Where in the row it is.
    """
    place = cell or (row.entry.place if row is not None else None)
    path = () if row is None else (row.row.name,)
    return Finding(
        code=code,
        severity=REVIEWS[code].severity,
        message=message,
        path=path,
        hint=hint,
        places=() if place is None else (place,),
        stake=stake,
    )


def audit(papers: Sequence[GradedWorkpaper]) -> tuple[tuple[Finding, ...], ...]:
    """Check a review: for each workpaper what is wrong with it, alone and beside the others.

    Args:
        papers: All workpapers of one batch.
    """
    usual = _usual_ratios(papers)
    return tuple((*_of_paper(paper), *_uneven(paper, usual)) for paper in papers)


def _of_paper(paper: GradedWorkpaper) -> Iterator[Finding]:
    for row in paper.rows:
        yield from _of_row(paper, row)
    yield from _of_weights(paper)
    for row in paper.open_rows:
        message = f"“{row.row.name}”没有复核得分：{row.why or '规则不能计分'}"
        hint = "请填写规则能读的复核完成值，或在复核评定里填写得分并写明依据"
        cell = row.entry.actual_place
        yield review_finding(REVIEW_OPEN, message, hint, row, cell=cell)


def _of_row(paper: GradedWorkpaper, row: GradedRow) -> Iterator[Finding]:
    fault = unread(row.row, row.entry)
    if fault:
        cell = row.entry.actual_place
        yield review_finding(REVIEW_ENTRY, fault, "请改写复核完成值", row, cell=cell)
    yield from _of_judgement(row)
    yield from _of_reason(paper, row)
    yield from _of_cut(paper, row)
    if _is_above_filed(row):
        filed, points = row.row.filed or ZERO, row.points or ZERO
        more = subtract(points, filed)
        message = f"“{row.row.name}”复核得分 {plain(points)} 高于自评得分 {trimmed(filed)}"
        hint = "请写明依据，或改正复核完成值"
        yield review_finding(REVIEW_ABOVE_FILED, f"{message}，没有依据", hint, row, more)


def _of_judgement(row: GradedRow) -> Iterator[Finding]:
    """Say that a judgement does not count, or has no grounds."""
    judged = row.entry.judged
    if judged is None:
        return
    if row.points is None and not row.row.is_left_out:
        ends = f"{plain(row.low)} 至 {plain(row.high)}"
        message = f"“{row.row.name}”复核评定 {trimmed(judged)} 不在规则允许的范围里（{ends}）"
        hint, cell = "请改正复核评定，或填写复核完成值", row.entry.judged_place
        yield review_finding(REVIEW_ENTRY, message, hint, row, cell=cell)
    elif not row.entry.ground:
        message = f"“{row.row.name}”由复核人评定 {trimmed(judged)} 分，没有依据"
        yield review_finding(REVIEW_NO_REASON, message, "请在依据里写明评定的理由", row)


def _of_reason(paper: GradedWorkpaper, row: GradedRow) -> Iterator[Finding]:
    """A deduction has a code that the profile knows, and grounds."""
    code = row.entry.code
    known = paper.workpaper.profile.code(code)
    if code and known is None:
        listed = "、".join(one.code for one in paper.workpaper.profile.row_codes)
        message = f"“{row.row.name}”的扣分原因代码“{code}”不在复核口径里"
        yield review_finding(REVIEW_UNKNOWN_CODE, message, f"可用的代码：{listed}", row)
    elif known is not None and known.scope is not DeductionScope.INDICATOR:
        message = f"“{row.row.name}”的扣分原因代码 {code} 针对{known.scope}，不针对指标"
        yield review_finding(REVIEW_UNKNOWN_CODE, message, "请换成针对指标的代码", row)
    if row.cut > ZERO and not (code and row.entry.ground):
        lacking = "、".join(
            word for word, said in (("扣分原因代码", code), ("依据", row.entry.ground)) if not said
        )
        message = f"“{row.row.name}”扣 {trimmed(row.cut)} 分，没有写{lacking}"
        yield review_finding(REVIEW_NO_REASON, message, "每一处扣分都要有代码和依据", row, row.cut)


def _of_cut(paper: GradedWorkpaper, row: GradedRow) -> Iterator[Finding]:
    """A deduction lies between 0 and the weight, and is the part that its code says."""
    weight, cut = row.row.weight, row.entry.cut
    if cut is None:
        return
    if cut < ZERO:
        message = f"“{row.row.name}”扣分 {trimmed(cut)} 是负数"
        yield review_finding(REVIEW_ENTRY, message, "扣分请填正数；加分请改复核完成值", row)
        return
    if weight is None or row.row.is_left_out:
        if cut:
            message = f"“{row.row.name}”不计分，不能扣分"
            yield review_finding(REVIEW_ENTRY, message, "请删去这一行的扣分", row)
        return
    if cut > weight:
        message = f"“{row.row.name}”扣 {trimmed(cut)} 分，超过权重 {trimmed(weight)}"
        hint = "扣分最多等于权重"
        yield review_finding(REVIEW_ABOVE_WEIGHT, message, hint, row, subtract(cut, weight))
    known = paper.workpaper.profile.code(row.entry.code)
    own = by_code(paper.workpaper, row.row, known)
    if known is not None and own is not None and own != cut:
        said = f"按代码 {known.code}（{known.ratio_text}）应扣 {trimmed(own)}"
        message = f"“{row.row.name}”扣 {trimmed(cut)} 分，{said}"
        hint = "请按代码的比例扣，或换成相符的代码"
        stake = subtract(cut, own).copy_abs()
        yield review_finding(REVIEW_RATIO, message, hint, row, stake)


def _is_above_filed(row: GradedRow) -> bool:
    filed = row.row.filed
    if filed is None or row.points is None or row.entry.ground:
        return False
    is_ours = not row.entry.is_blank  # what the rule alone gives is no reviewer's doing
    return is_ours and row.points > filed


def _of_weights(paper: GradedWorkpaper) -> Iterator[Finding]:
    """权重 of all rows add up to the full points."""
    weights = paper.scorecard.rulebook.weights
    rows = [row.row.weight for row in paper.rows]
    is_told = not paper.scorecard.lines or any(weight is None for weight in rows)
    if is_told or not weights.scored:
        return
    whole = total([weight for weight in rows if weight is not None])
    if whole != weights.full:
        message = (
            f"“{paper.workpaper.project}”的权重合计 {trimmed(whole)}，应为 {trimmed(weights.full)}"
        )
        off = subtract(whole, weights.full).copy_abs()
        yield review_finding(REVIEW_WEIGHTS, message, "请退回自评表，改正权重后再复核", None, off)


# -- one ratio for one fault -------------------------------------------------------------------


class _Part(NamedTuple):
    """What part of a weight a reason took, in percent, and the project in which it did."""

    ratio: Decimal
    project: str


def _part(row: GradedRow) -> Decimal | None:
    """Return what part of its weight a row lost for its code, in percent."""
    if not row.entry.code or row.row.is_left_out or not row.row.weight or row.entry.cut is None:
        return None
    share = Exact(multiply(row.cut, HUNDRED), row.row.weight)
    return round_exact(share, _RATIO_DIGITS, HALF_UP)


def _usual_ratios(papers: Iterable[GradedWorkpaper]) -> dict[str, list[_Part]]:
    """Return by code what parts were taken by hand, for codes that have no ratio of their own."""
    found: dict[str, list[_Part]] = {}
    for paper in papers:
        for row in paper.rows:
            part, known = _part(row), paper.workpaper.profile.code(row.entry.code)
            if part is not None and known is not None and known.ratio is None:
                found.setdefault(known.code, []).append(_Part(part, paper.workpaper.project))
    return found


def _uneven(paper: GradedWorkpaper, usual: dict[str, list[_Part]]) -> Iterator[Finding]:
    """Say of rows that lost another part than most rows did for the same reason."""
    for row in paper.rows:
        parts = usual.get(row.entry.code, [])
        part = _part(row)
        counts = Counter(one.ratio for one in parts)
        if part is None or len(counts) < 2:
            continue
        most, times = max(counts.items(), key=lambda item: (item[1], item[0].copy_negate()))
        if part == most:
            continue
        others = sorted({one.project for one in parts if one.ratio == most})
        more = "等" if len(others) > _LISTED else ""
        where = "、".join(others[:_LISTED]) + more
        message = (
            f"“{row.row.name}”按 {row.entry.code} 扣了权重的 {trimmed(part)}%，"
            f"同一代码多数扣 {trimmed(most)}%（{times} 处：{where}）"
        )
        yield review_finding(REVIEW_UNEVEN, message, "同一种问题请用同一比例，或写明区别", row)
