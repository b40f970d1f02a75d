"""定性: words pick a band, and the filed points inside the band are the judgement."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from pydantic import Field

from perfeval.cells.notes import Note, NoteKind
from perfeval.clauses import Clause, Contradiction, Rounding
from perfeval.fields import Model, RequiredNumber, Text, Truth
from perfeval.methods.expression import Condition, Expression, Rounded, greatest, least
from perfeval.methods.inputs import HIGH, JUDGED, LOW, WEIGHT
from perfeval.numbers import (
    HUNDRED,
    ZERO,
    Exact,
    RoundingMode,
    plain,
    trimmed,
    whole,
)


class Band(Model):
    """A band of a qualitative indicator: from ``lower`` to ``upper`` percent of the weight.

    Attributes:
        name: 名称.
        upper, lower: Its ends, in percent of the weight.
        includes_upper, includes_lower: Whether the ends belong to it.
        words: The words that put an indicator into it.
        fixed: The share that it gives without a judgement; ``None`` where points are judged.
    """

    name: Text = Field(alias="名称")
    upper: RequiredNumber = Field(alias="上限")
    lower: RequiredNumber = Field(alias="下限")
    includes_upper: Truth = Field(alias="含上限")
    includes_lower: Truth = Field(alias="含下限")
    words: tuple[Text, ...] = Field((), alias="用语")
    fixed: RequiredNumber | None = Field(None, alias="固定比例")

    def high(self, rounding: Rounding) -> Expression:
        """Return the upper end in points, rounded inwards so that it can be awarded."""
        return Rounded(_share(self.upper), rounding.digits, RoundingMode.DOWN)

    def low(self, rounding: Rounding) -> Expression:
        """Return the lower end in points, rounded inwards, and not above the upper end."""
        end = Rounded(_share(self.lower), rounding.digits, RoundingMode.UP)
        return least(end, self.high(rounding))

    @property
    def points(self) -> Expression | None:
        """The points that the band gives without a judgement, not rounded."""
        return None if self.fixed is None else _share(self.fixed)

    @property
    def inside(self) -> tuple[Condition, Condition]:
        """What holds for judged points that lie in the band."""
        judged, low, high = JUDGED * HUNDRED, WEIGHT * self.lower, WEIGHT * self.upper
        return (
            judged >= low if self.includes_lower else judged > low,
            high >= judged if self.includes_upper else high > judged,
        )


def kept(rounding: Rounding) -> Expression:
    """Return judged points with the digits that are kept, still between the ends of their band."""
    rounded = Rounded(JUDGED, rounding.digits, rounding.mode)
    return least(greatest(rounded, LOW), HIGH)


def _share(percent: Decimal) -> Expression:
    return WEIGHT * percent / HUNDRED


class Qualitative(Clause):
    """How indicators without a figure are judged (定性指标); the best band first."""

    bands: tuple[Band, ...] = Field(alias="档次", min_length=1)

    def faults(self) -> Iterator[Contradiction]:
        """The bands cover 0 to 100 without gap or overlap; an end may be shared."""
        first, last = self.bands[0], self.bands[-1]
        if first.upper != HUNDRED or not first.includes_upper:
            yield Contradiction(("档次", 0, "上限"), "首档应到 100（含）")
        if last.lower != ZERO or not last.includes_lower:
            yield Contradiction(("档次", len(self.bands) - 1, "下限"), "末档应到 0（含）")
        for position, (upper, lower) in enumerate(pairwise(self.bands), start=1):
            at = ("档次", position)
            top, bottom = trimmed(lower.upper), trimmed(upper.lower)
            if lower.upper < upper.lower:
                yield Contradiction((*at, "上限"), f"{top} 与 {bottom} 之间没有档次")
            elif lower.upper > upper.lower:
                yield Contradiction((*at, "上限"), f"{bottom} 与 {top} 之间重叠")
            elif not (lower.includes_upper or upper.includes_lower):
                yield Contradiction((*at, "含上限"), f"正好 {top} 不属于任何一档")
        yield from self._band_faults()

    def _band_faults(self) -> Iterator[Contradiction]:
        seen: dict[str, str] = {}
        for position, band in enumerate(self.bands):
            at = ("档次", position)
            if band.lower >= band.upper:
                yield Contradiction((*at, "下限"), "下限应小于上限")
            if band.fixed is not None and not band.lower <= band.fixed <= band.upper:
                yield Contradiction((*at, "固定比例"), "固定比例应在本档之内")
            for word in band.words:
                if word in seen:
                    other = seen[word]
                    said = f"也是“{other}”的用语" if other != band.name else "写了两次"
                    yield Contradiction((*at, "用语"), f"“{word}”{said}")
                seen[word] = band.name


_EXCLUDED = "（不含）"
SENTENCE = "按用语归档，在该档分值区间内评定"


class Judgement(NamedTuple):
    """Points judged inside a band (or fixed by it), or the bounds within which they must lie."""

    exact: Exact | None
    low: Decimal
    high: Decimal
    notes: tuple[Note, ...]
    is_best: bool = False
    """The words are those of the best band: the target is met."""


def judge(
    rule: Qualitative,
    target: str,
    actual: str,
    filed: Decimal | None,
    weight: Decimal,
    achieved: tuple[str, ...],
    rounding: Rounding,
) -> Judgement | None:
    """Judge a qualitative indicator.

    Args:
        rule: The bands and their words.
        target: The target's words.
        actual: The words that say what was achieved.
        filed: The points that were judged.
        weight: Full points (分值).
        achieved: The words that say that a target is met, whatever they are about.
        rounding: How the points of a row are rounded.

    Returns:
        The judgement, or ``None`` where the words fit no band.

    Source:
        财预〔2020〕10号; the notes printed under the Hubei project form.
    """
    band, notes = _band_of(rule, target, actual, achieved)
    if band is None:
        return None
    figures: dict[str, Decimal | Exact] = {"weight": weight}
    low, high = (end(rounding).ratio(figures)[0] for end in (band.low, band.high))
    is_best = band is rule.bands[0]
    if band.points is not None:
        return Judgement(band.points.exact(figures), low, high, notes, is_best)
    if filed is not None:
        figures |= {"judged": filed, "low": low, "high": high}
        if all(condition.holds(figures) for condition in band.inside):
            points = kept(rounding).exact(figures)
            exact = whole(filed) if points.numerator == filed else points
            return Judgement(exact, low, high, notes, is_best)
    ends = (
        plain(low) + ("" if band.includes_lower else _EXCLUDED),
        plain(high) + ("" if band.includes_upper else _EXCLUDED),
    )
    note = Note(NoteKind.NO_JUDGEMENT, (band.name, *ends))
    if filed is not None:
        note = Note(NoteKind.OUTSIDE_BAND, (band.name, *ends, plain(filed)))
    return Judgement(None, low, high, (*notes, note))


def _band_of(
    rule: Qualitative, target: str, actual: str, achieved: tuple[str, ...]
) -> tuple[Band | None, tuple[Note, ...]]:
    bands = rule.bands
    for band in bands:
        if actual in band.words:
            return band, ()
    if actual == target:
        return bands[0], (Note(NoteKind.SAME_WORDS),)
    if actual in achieved:
        return bands[0], ()
    return None, ()
