"""定量指标 and 定性指标: how indicators score, said in statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfeval.documents.rulebooks.statements.statement import (
    Statement,
    StatementItem,
    ladder,
    percent,
    said,
)
from perfeval.methods.method import Direction
from perfeval.numbers import HUNDRED, ZERO
from perfeval.rulebook import (
    Band,
    OverAchievement,
    Qualitative,
    Quantitative,
    Rulebook,
    Steps,
)
from perfeval.rulebook.indicators import CompletionRate, EqualMeaning, ZeroTarget

_FIGURES, _WORDS = "定量指标", "定性指标"
_ORDINALS = "一二三四五六七八九十"


def about_figures(rulebook: Rulebook) -> Iterator[Statement]:
    """Say how indicators with a figure score."""
    rule = rulebook.quantitative
    missed = rule.positive.statement(Direction.POSITIVE)
    exceeded = rule.reverse.statement(Direction.REVERSE)
    yield said(_FIGURES, "正向指标（≥、＞）", f"达到目标值得满分；{missed}", "正向")
    yield said(_FIGURES, "反向指标（≤、＜）", f"不超过目标值得满分；{exceeded}", "反向")
    yield said(_FIGURES, "等于型指标（＝）", _equal(rule), "等于", "等于判定")
    yield said(_FIGURES, "目标值为 0 的等于型指标", _zero_target(rule), "等于零")
    yield said(_FIGURES, "满意度指标", _satisfaction(rule.satisfaction), "满意度")
    yield said(_FIGURES, "超额完成", _over(rule.over), "超额完成")
    yield said(
        _FIGURES,
        "目标值是别的单位的数、完成值填完成率的",
        _completion_rate(rule),
        "以完成率填报",
    )
    yield _portion(rule)
    yield _achieved_words(rule)
    yield from _other_words(rule)


def _equal(rule: Quantitative) -> str:
    missed = rule.equal.statement(Direction.EQUAL)
    if rule.equal_means == EqualMeaning.NOT_BELOW:
        return f"不低于目标值得满分；{missed}"
    return f"与目标值相等才得满分；低于目标值的，{missed}；高于目标值的，按反向指标计分"


def _zero_target(rule: Quantitative) -> str:
    if rule.zero_target == ZeroTarget.ONLY_ZERO:
        return "完成值为 0 得满分，否则得 0 分"
    return "与其他等于型指标一样计分"


def _satisfaction(steps: Steps | None) -> str:
    if steps is None:
        return "与其他指标一样计分"
    given = ladder((step.lower, f"分值的 {percent(step.share)}") for step in steps.steps)
    return f"按满意度分档：{given}"


def _over(rule: OverAchievement | None) -> str:
    if rule is None:
        return "得满分，不另作规定"
    reached = f"完成值达到目标值的 {percent(rule.threshold)} 及以上的，"
    return f"{reached}{rule.statement}"


def _completion_rate(rule: Quantitative) -> str:
    if rule.completion_rate == CompletionRate.UNSCORED:
        return "不计分，总分只能给出区间"
    return "得分 = 分值 × 完成率，最高为分值"


def _portion(rule: Quantitative) -> Statement:
    label = "目标值是文字、完成值填完成率的"
    words = rule.degree_words
    if rule.completion_rate == CompletionRate.UNSCORED:
        value = "不计分，总分只能给出区间"
    elif words:
        value = f"100% 得满分；不到 100% 的，目标值里有{_listed(words)}的按完成率计分，其余不计分"
    else:
        value = "100% 得满分；不到 100% 的不计分"
    return _with_words(said(_FIGURES, label, value, "程度事项"), words)


def _achieved_words(rule: Quantitative) -> Statement:
    label = "目标值是数、完成值填文字的"
    if not rule.achieved_words:
        return said(_FIGURES, label, "不计分，总分只能给出区间", "达成用语")
    value = f"填{_listed(rule.achieved_words)}的，视为达成，得满分；填其他文字的不计分"
    return _with_words(said(_FIGURES, label, value, "达成用语"), rule.achieved_words)


def _other_words(rule: Quantitative) -> Iterator[Statement]:
    kept, failed = rule.in_time_words, rule.failed_words
    if kept:
        value = f"填{_listed(kept)}的，视为按期，得满分"
        yield _with_words(said(_FIGURES, "目标值是期限、完成值填文字的", value, "按期用语"), kept)
    if failed:
        value = f"填{_listed(failed)}的，视为没有达成，得 0 分"
        label = "达标才计分、完成值填文字的"
        yield _with_words(said(_FIGURES, label, value, "未达成用语"), failed)


def _listed(words: Sequence[str]) -> str:
    return "".join(f"“{word}”" for word in words)


def _with_words(statement: Statement, words: Sequence[str]) -> Statement:
    return statement._replace(items=tuple(StatementItem(word, word) for word in words))


# -- words -------------------------------------------------------------------------------------


def about_words(rulebook: Rulebook) -> Iterator[Statement]:
    """Say how indicators without a figure are judged."""
    bands = rulebook.qualitative.bands
    fixed = [band.fixed is not None for band in bands]
    way = "按完成值的用语归档，得分由填报单位在该档的区间内评定"
    if all(fixed):
        way = "按完成值的用语归档，每档得固定的分"
    elif any(fixed):
        way = "按完成值的用语归档，得固定的分，或由填报单位在该档的区间内评定"
    yield said(_WORDS, "评分办法", way, "档次")
    for place, band in zip(_places(len(bands)), bands, strict=True):
        yield said(_WORDS, f"{place}的名称", f"“{band.name}”", "档次")
        yield said(_WORDS, f"{place}的得分", _range(band), "档次")
        if band.words:
            spoken = said(_WORDS, f"归入{place}的用语", _listed(band.words), "档次")
            yield _with_words(spoken, band.words)
    yield from _general_words(rulebook.qualitative)
    yield from _grades(rulebook.qualitative)


def _general_words(rule: Qualitative) -> Iterator[Statement]:
    """Say which band the words of praise and blame pick; fewer than three bands have no middle."""
    second = "第二档" if len(rule.bands) >= _NAMED else ""
    for field, words, place in (
        ("好评用语", rule.good_words, "首档"),
        ("中评用语", rule.fair_words, second),
        ("差评用语", rule.poor_words, "末档"),
    ):
        if words:
            value = f"{_listed(words)}，{f'归入{place}' if place else '没有可以归入的档，不计分'}"
            yield _with_words(said(_WORDS, field, value, field), words)


def _grades(rule: Qualitative) -> Iterator[Statement]:
    orders = ["、".join(order) for order in rule.grades]
    if orders:
        value = f"由好到差：{'；'.join(orders)}。完成值的等次不低于目标值的，得满分"
        yield _with_words(said(_WORDS, "目标值、完成值都填等次的", value, "等次"), orders)


_NAMED = 3
"""With so many bands, the one between 首档 and 末档 is 中档."""


def _places(count: int) -> list[str]:
    """Name the bands: 首档, 中档 (or 第二档 …), 末档."""
    if count == 1:
        return ["唯一一档"]
    middle = ["中档"] if count == _NAMED else [_ordinal(at) for at in range(2, count)]
    return ["首档", *middle, "末档"]


def _ordinal(number: int) -> str:
    word = _ORDINALS[number - 1] if number <= len(_ORDINALS) else f" {number} "
    return f"第{word}档"


def _range(band: Band) -> str:
    if band.fixed is not None:
        return f"固定得分值的 {percent(band.fixed)}"
    upper, lower = _end(band.upper, band.includes_upper), _end(band.lower, band.includes_lower)
    return f"分值的 {upper}～{lower}"


def _end(share: Decimal, is_included: bool) -> str:
    if share in (ZERO, HUNDRED):
        return percent(share)
    return f"{percent(share)}（{'含' if is_included else '不含'}）"
