"""What a rulebook gives, worked out with fractions from the words of its data.

Nothing of perfeval is used here: a rulebook is plain data in the form's own words, every rule is
its sentence, and a number is a fraction until the rulebook's own rounding.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import ceil, floor
from typing import Any, NamedTuple

Data = dict[str, Any]
ZERO, HUNDRED = Fraction(0), Fraction(100)
REVERSE = ("≤", "＜")


class Ends(NamedTuple):
    """The least and the most that something is worth; equal where it is scored."""

    low: Fraction
    high: Fraction


class Worth(NamedTuple):
    """What a row is worth; ``points`` is ``None`` where it is not scored."""

    points: Fraction | None
    ends: Ends
    applies: bool = True


def rounded(value: Fraction, rule: Data) -> Fraction:
    """四舍五入, 四舍六入五成双, 舍去 or 进一, of a number that is not negative."""
    scaled = value * 10 ** rule["位数"]
    mode = rule.get("方式", "四舍五入")
    whole = floor(scaled)
    if mode == "进一":
        whole = ceil(scaled)
    elif mode == "四舍五入":
        whole = floor(scaled + Fraction(1, 2))
    elif mode == "四舍六入五成双":
        whole = round(scaled)
    return Fraction(whole, 10 ** rule["位数"])


def within(value: Fraction, weight: Fraction, rule: Data) -> Fraction:
    """得分不得突破权重: a rounding that would go above the weight is cut instead."""
    points = rounded(value, rule)
    return points if points <= weight else rounded(weight, {**rule, "方式": "舍去"})


def scored(value: Fraction, weight: Fraction, book: Data) -> Worth:
    points = within(value, weight, book["舍入"]["单项"])
    return Worth(points, Ends(points, points))


def open_between(low: Fraction, high: Fraction, weight: Fraction, book: Data) -> Worth:
    rule = book["舍入"]["单项"]
    return Worth(None, Ends(within(low, weight, rule), within(high, weight, rule)))


# -- the budget row ----------------------------------------------------------------------------


def execution(book: Data, original: Any, final: Any, spent: Any) -> Worth:
    """预算执行: by the rate, by steps of the rate, or only shown."""
    rule, weight = book["预算执行"], Fraction(book["分值"]["预算执行"])
    if rule["方法"] == "不计分":
        return Worth(None, Ends(ZERO, ZERO), applies=False)
    base = original if final is None else final
    if base is None or spent is None:
        return open_between(ZERO, weight, weight, book)
    if not base:
        if rule["预算为零"] == "零分":
            return scored(ZERO, weight, book)
        return open_between(ZERO, weight, weight, book)
    if spent > base and rule["超预算"] == "不计分":
        return open_between(ZERO, weight, weight, book)
    rate = Fraction(spent) / Fraction(base) * 100
    if rule["执行率取值"] is not None:
        rate = rounded(rate, rule["执行率取值"])
    if rule["方法"] == "分档":
        reached = [step["得分"] for step in rule["档次"] if rate >= step["从"]]
        return scored(Fraction(reached[0]) if reached else ZERO, weight, book)
    return scored(weight * min(Fraction(1), rate / 100), weight, book)


# -- indicators --------------------------------------------------------------------------------


def less_steps(method: Data, weight: Fraction, target: Fraction, gap: Fraction) -> Fraction:
    """每超过（少）多少扣几分，扣完为止; a part of a step as the rule says."""
    if method["计量"] == "目标值的百分比":
        if target <= 0:
            return ZERO
        gap = gap * 100 / target
    steps = max(ZERO, gap - Fraction(method["容许"])) / Fraction(method["每"])
    if method["不足一档"] == "按一档计":
        steps = Fraction(ceil(steps))
    elif method["不足一档"] == "不计":
        steps = Fraction(floor(steps))
    return max(ZERO, weight - steps * Fraction(method["扣"]))


def upward(method: Data, weight: Fraction, target: Fraction, actual: Fraction) -> Fraction:
    """正向 below its target: 分值 × 完成值 ÷ 目标值 from the pass mark on, or nothing."""
    match method["方法"]:
        case "达标计分":
            return ZERO
        case "按完成比例":
            is_passed = actual * 100 >= Fraction(method.get("及格线", 0)) * target
            return weight * actual / target if is_passed else ZERO
        case "每档扣分":
            return less_steps(method, weight, target, target - actual)
        case unknown:
            raise LookupError(unknown)


def downward(method: Data, weight: Fraction, target: Fraction, actual: Fraction) -> Fraction:
    """反向 above its limit: 分值 × A ÷ B, or in a line to 0 at a multiple of it, or nothing."""
    match method["方法"]:
        case "反比":
            return weight * target / actual
        case "达标计分":
            return ZERO
        case "按超出幅度扣减":
            times = Fraction(method["扣完倍数"])
            if actual >= times * target:
                return ZERO
            return weight * (1 - (actual - target) / ((times - 1) * target))
        case "每档扣分":
            return less_steps(method, weight, target, actual - target)
        case unknown:
            raise LookupError(unknown)


def met(rule: Data, weight: Fraction, target: Fraction, actual: Fraction) -> Fraction:
    """完成指标值的记满分, less what far over-achievement costs."""
    over = rule["超额完成"]
    if over is None or not target or actual * 100 < over["阈值"] * target:
        return weight
    if over["处理"] == "扣固定分":
        return max(ZERO, weight - Fraction(over["扣分"]))
    if over["处理"] == "按超额幅度扣减":
        excess = actual / target - Fraction(over["阈值"], 100)
        return max(ZERO, weight * (1 - excess))
    return weight


def figures(
    rule: Data, weight: Fraction, sign: str, target: Fraction, actual: Fraction
) -> Fraction:
    """Two figures; ＞ and ＜ score as ≥ and ≤, a negative actual gives nothing."""
    if actual < 0:
        return ZERO
    if sign in REVERSE:
        if actual <= target:
            return weight
        return downward(rule["反向"], weight, target, actual)
    if sign == "＝" and actual > target:
        if target == 0 and rule["等于零"] == "为零得满分":
            return ZERO
        if rule["等于判定"] == "相等才达标":
            return downward(rule["反向"], weight, target, actual)
    if actual >= target:
        return met(rule, weight, target, actual)
    return upward(rule["等于" if sign == "＝" else "正向"], weight, target, actual)


def by_steps(rule: Data, weight: Fraction, actual: Fraction) -> Fraction:
    """满意度分档: the highest step that is reached."""
    reached = [step["比例"] for step in rule["档次"] if actual >= step["从"]]
    return weight * Fraction(reached[0]) / 100 if reached else ZERO


def judged(book: Data, weight: Fraction, word: str, filed: Any, target: str) -> Worth:
    """定性: the word picks the band, the filed points inside it are the judgement.

    Without a judgement the row is worth what can be awarded inside the band.
    """
    bands = book["定性指标"]["档次"]
    fitting = [band for band in bands if word in band["用语"]]
    if not fitting and (word == target or word in book["定量指标"]["达成用语"]):
        fitting = bands
    if not fitting:
        return open_between(ZERO, weight, weight, book)
    band = fitting[0]
    at = bands.index(band)
    above_it: Data = bands[at - 1] if at else {"从": 100, "边界": "归下档"}
    low, high = (weight * Fraction(end["从"]) / 100 for end in (band, above_it))
    if band["固定比例"] is not None:
        return scored(weight * Fraction(band["固定比例"]) / 100, weight, book)
    rule = book["舍入"]["单项"]
    least, most = (
        rounded(value, {**rule, "方式": mode}) for value, mode in ((low, "进一"), (high, "舍去"))
    )
    least = min(least, most)
    if filed is not None:
        share = Fraction(filed)
        above = share >= low if band["边界"] != "归下档" else share > low
        below = share <= high if above_it["边界"] != "归上档" else share < high
        if above and below:  # what is kept of the judgement stays inside the band
            return scored(min(max(rounded(share, rule), least), most), weight, book)
    return Worth(None, Ends(least, most))


def row(book: Data, section: str, amount: Any, kind: str, values: tuple[Any, ...]) -> Worth:
    """What a row is worth under a rulebook."""
    rule, weight = book["定量指标"], Fraction(amount)
    if kind == "数":
        sign, target, actual, unit = values
        is_stepped = section == "满意度指标" and unit == "%" and sign not in ("≤", "＜")
        if rule["满意度"] is not None and is_stepped:
            return scored(by_steps(rule["满意度"], weight, actual), weight, book)
        return scored(figures(rule, weight, sign, target, actual), weight, book)
    if kind == "率" and rule["以完成率填报"] == "按完成率计分":
        share = max(ZERO, min(HUNDRED, values[0]))
        return scored(weight * share / 100, weight, book)
    if kind == "语" and values[0] in rule["达成用语"]:
        return scored(weight, weight, book)
    if kind == "定性":
        word, filed = values
        if word == "好转":  # the target's own words are a claim that it is met
            return scored(weight, weight, book)
        return judged(book, weight, word, filed, target="好转")
    if kind == "不适用" and book["分值"]["不适用指标"] != "不允许":
        return Worth(None, Ends(ZERO, ZERO), applies=False)
    return open_between(ZERO, weight, weight, book)


# -- totals ------------------------------------------------------------------------------------


def holding_scheme(book: Data, present: set[str]) -> Data:
    """The first division that fits the sheet's sections; the last fits any."""
    schemes: list[Data] = book["分值"]["方案"]
    for scheme in schemes:
        if present >= set(scheme.get("设", [])) and present.isdisjoint(scheme.get("不设", [])):
            return scheme
    return schemes[-1]


def closes(book: Data, weights: dict[str, Fraction]) -> bool:
    """Tell whether the weights of the sections are those of the division that holds."""
    left = dict(weights)
    for group in holding_scheme(book, set(weights))["分组"]:
        if sum(left.pop(section, ZERO) for section in group["指标"]) != group["分值"]:
            return False
    return not any(left.values())


def end(value: Fraction, most: Fraction, rule: Data | None) -> Fraction:
    return value if rule is None else within(value, most, rule)


def subtotal(book: Data, weight: Fraction, unapplied: Fraction, value: Fraction) -> Fraction:
    """小计: the points of what does not apply go to the other rows of the section."""
    if unapplied and book["分值"]["不适用指标"] == "并入同一级指标":
        value = within(value * weight / (weight - unapplied), weight, book["舍入"]["单项"])
    return end(value, weight, book["舍入"]["小计"])


def whole_total(book: Data, value: Fraction, unapplied: Fraction) -> Fraction:
    """总分: rescaled to the full points where rows do not apply, rounded last."""
    full = Fraction(book["分值"]["满分"])
    rule = book["舍入"]["总分"]
    if unapplied and book["分值"]["不适用指标"] == "按适用分值折算" and unapplied < full:
        value = within(value * full / (full - unapplied), full, rule or book["舍入"]["单项"])
    return end(value, full, rule)


def capped(book: Data, ends: Ends, base: Any, spent: Any) -> Ends:
    """总分封顶: too little spent, and the total is at most this."""
    if book["总分封顶"] is None:
        return ends
    steps = book["总分封顶"]["档次"]
    if spent is None or not base:
        return Ends(min(ends.low, Fraction(steps[-1]["最高"])), ends.high)
    rate = Fraction(spent) / Fraction(base) * 100
    most = next(step.get("最高") for step in steps if rate >= step["从"])
    most = ends.high if most is None else Fraction(most)
    return Ends(min(ends.low, most), min(ends.high, most))


def grade(book: Data, ends: Ends) -> str | None:
    """等级, where both ends of the total share it."""
    names = {
        next(band["名称"] for band in book["等级"]["档次"] if value >= band["从"]) for value in ends
    }
    return names.pop() if len(names) == 1 else None


def add(ends: Iterable[Ends]) -> Ends:
    low = high = ZERO
    for item in ends:
        low, high = low + item.low, high + item.high
    return Ends(low, high)
