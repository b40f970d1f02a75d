"""The rules, worked out with fractions from their words; nothing of perfeval is used here.

The words: 得分 = 权重 × B/A（正向）或 权重 × A/B（反向），得分不得突破权重总额；达成、部分达成、
未达成分别按分值的 100%–80%、80%–50%、50%–0 评定; 预算执行得分 = 20 分 × 执行率; 四舍五入到两位小数.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction
from math import floor
from typing import NamedTuple

EXECUTION = Fraction(20)
OUTPUT = Fraction(40)
EFFECTS = Fraction(40)
"""效益 and 满意度 together."""

BANDS = {
    "达成预期指标": (80, 100),
    "部分达成": (50, 80),
    "未达成": (0, 50),
}
GRADES = ((90, "优"), (80, "良"), (60, "中"), (0, "差"))
MEASURED, CLAIMED, JUDGED, UNSCORED = "MEASURED", "CLAIMED", "JUDGED", "UNSCORED"


class Expected(NamedTuple):
    """What a row is worth: ``low`` and ``high`` are equal where it is scored."""

    low: Fraction
    high: Fraction
    basis: str


def half_up(value: Fraction, digits: int = 2) -> Fraction:
    """Round a number that is not negative: 四舍五入."""
    unit = Fraction(1, 10**digits)
    return floor(value / unit + Fraction(1, 2)) * unit


def scored(points: Fraction, basis: str) -> Expected:
    rounded = half_up(points)
    return Expected(rounded, rounded, basis)


def unscored(weight: Fraction) -> Expected:
    """A row that cannot be scored counts as anything from 0 to its weight."""
    return Expected(Fraction(0), half_up(weight), UNSCORED)


def execution(
    original: Fraction | None, final: Fraction | None, spent: Fraction | None
) -> Expected:
    """预算执行: 20 分 × B/A; the base is the adjusted budget, or else the original one."""
    base = original if final is None else final
    if base is None or spent is None or base == 0:
        return unscored(EXECUTION)
    return scored(EXECUTION * min(Fraction(1), spent / base), MEASURED)


def figures(
    weight: Fraction, sign: str, target: Fraction, actual: Fraction, *, line: bool = False
) -> Fraction | None:
    """Return the exact points of two figures; ``None`` where they are not scored.

    Args:
        weight: 分值.
        sign: ≥ ＞ ＝ ＜ ≤; a bare number means ≥, ＞ and ＜ score as ≥ and ≤.
        target: 目标值.
        actual: 完成值.
        line: Reverse indicators fall in a line to 0 at twice the limit (national system).
    """
    if target < 0:
        return None
    if actual < 0:
        return Fraction(0)
    if sign in ("＜", "≤"):
        if actual <= target:
            return weight
        if line:
            return max(Fraction(0), weight * (1 - (actual - target) / target)) if target else target
        return weight * target / actual
    if sign == "＝" and target == 0:
        return weight if actual == 0 else Fraction(0)
    if actual >= target:
        return weight
    return weight * actual / target


def is_met(sign: str, target: Fraction, actual: Fraction) -> bool:
    """Tell whether a target (not negative) is met by an actual that is not negative."""
    if sign in ("＜", "≤"):
        return actual <= target
    if sign == "＝" and target == 0:
        return actual == 0
    return actual >= target


def completion(weight: Fraction, rate: Fraction) -> Expected:
    """以完成率填报: points = w × min(1, rate); claimed."""
    return scored(weight * max(Fraction(0), min(Fraction(1), rate / 100)), CLAIMED)


def portion(weight: Fraction, rate: Fraction, *, has_degrees: bool) -> Expected:
    """A percentage against words: 100 % is a claim, less only of acts that have a degree."""
    if rate == 100 or (has_degrees and 0 <= rate < 100):
        return completion(weight, rate)
    return unscored(weight)


def judged(weight: Fraction, band: str, filed: Fraction | None) -> Expected:
    """定性: filed points inside the band are the judgement.

    80 % of the weight belongs to the first band alone, exactly 50 % to both of the others.
    """
    lower, upper = (weight * share / 100 for share in BANDS[band])
    inside = filed is not None and lower <= filed <= upper
    if inside and band == "部分达成" and filed == upper:
        inside = False
    awarded = (math.ceil(lower * 100), math.floor(upper * 100))  # what can be awarded inside
    least, most = Fraction(min(awarded), 100), Fraction(awarded[1], 100)
    if filed is None or not inside:
        return Expected(least, most, UNSCORED)
    return scored(min(max(half_up(filed), least), most), JUDGED)


def grade(total: Fraction) -> str:
    """90（含）至100分为优，80（含）至90分为良，60（含）至80分为中，60分以下为差."""
    return next(name for lower, name in GRADES if total >= lower)


# -- derivations -------------------------------------------------------------------------------

_TOKEN = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?|[×÷+\-()])", re.ASCII)


def evaluate(formula: str) -> Fraction:
    """Evaluate a printed formula of × ÷ + - and brackets."""
    tokens = _TOKEN.findall(formula)
    assert "".join(tokens) == formula.replace(" ", ""), formula
    tokens.append("")
    value = _sum(tokens)
    assert tokens == [""], formula
    return value


def _sum(tokens: list[str]) -> Fraction:
    value = _product(tokens)
    while tokens[0] in ("+", "-"):
        value += _product(tokens) if tokens.pop(0) == "+" else -_product(tokens)
    return value


def _product(tokens: list[str]) -> Fraction:
    value = _factor(tokens)
    while tokens[0] in ("×", "÷"):
        value = value * _factor(tokens) if tokens.pop(0) == "×" else value / _factor(tokens)
    return value


def _factor(tokens: list[str]) -> Fraction:
    token = tokens.pop(0)
    if token == "-":
        return -_factor(tokens)
    if token == "(":
        value = _sum(tokens)
        assert tokens.pop(0) == ")"
        return value
    return Fraction(token)
