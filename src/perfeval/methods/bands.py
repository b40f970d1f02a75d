"""定性: words pick a band, and the filed points inside the band are the judgement."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple, Protocol

from pydantic import Field

from perfeval.cells.grades import floor_of
from perfeval.cells.notes import Note, NoteKind
from perfeval.cells.words import WordEnum
from perfeval.clauses import Clause, Contradiction, Level, Rounding, level_faults
from perfeval.fields import RequiredNumber, Text, lazy
from perfeval.methods.expression import Condition, Expression, Rounded, greatest, least
from perfeval.methods.inputs import HIGH, JUDGED, LOW, WEIGHT
from perfeval.numbers import (
    HUNDRED,
    Exact,
    RoundingMode,
    plain,
    whole,
)


class Edge(WordEnum):
    """Where a share belongs that lies exactly between two bands."""

    UPPER = "归上档"
    LOWER = "归下档"
    BOTH = "两可"


class WordLevel(Level):
    """A band of a qualitative indicator, in percent of the weight.

    Attributes:
        name: 名称.
        edge: 边界: whether ``lower`` itself belongs to this band, to the next one, or to both.
        words: 用语 that put an indicator into it.
        fixed: 固定比例, the share that it gives without a judgement; ``None`` where it is judged.
    """

    name: Text = Field(alias="名称")
    edge: Edge = Field(Edge.UPPER, alias="边界")
    words: tuple[Text, ...] = Field((), alias="用语")
    fixed: RequiredNumber | None = Field(None, alias="固定比例")


class Band(NamedTuple):
    """A band with both of its ends, in percent of the weight, and whether they belong to it."""

    name: str
    upper: Decimal
    lower: Decimal
    includes_upper: bool
    includes_lower: bool
    words: tuple[str, ...]
    fixed: Decimal | None

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


def bands_of(levels: tuple[WordLevel, ...]) -> tuple[Band, ...]:
    """Return bands with both of their ends; the first reaches up to the weight."""
    bands = []
    upper, includes_upper = HUNDRED, True
    for level in levels:
        bands.append(
            Band(
                name=level.name,
                upper=upper,
                lower=level.lower,
                includes_upper=includes_upper,
                includes_lower=level.edge is not Edge.LOWER,
                words=level.words,
                fixed=level.fixed,
            )
        )
        upper, includes_upper = level.lower, level.edge is not Edge.UPPER
    return tuple(bands)


def band_named(bands: tuple[Band, ...], actual: str) -> Band | None:
    """Return the band among whose words an actual is, if any."""
    return next((band for band in bands if actual in band.words), None)


def band_faults(levels: tuple[WordLevel, ...]) -> Iterator[Contradiction]:
    """Yield where bands do not fall from the weight to 0, and words that stand in two of them."""
    yield from level_faults(levels)
    if levels[0].lower >= HUNDRED:
        yield Contradiction(("档次", 0, "从"), "首档应从 100 以下起，到 100 为止")
    if levels[-1].edge is not Edge.UPPER:
        yield Contradiction(("档次", len(levels) - 1, "边界"), "末档之下没有别的档")
    for position, band in enumerate(bands_of(levels)):
        if band.fixed is not None and not band.lower <= band.fixed <= band.upper:
            yield Contradiction(("档次", position, "固定比例"), "固定比例应在本档之内")
    yield from _repeated_words(levels)


def _repeated_words(levels: tuple[WordLevel, ...]) -> Iterator[Contradiction]:
    seen: dict[str, str] = {}
    for position, level in enumerate(levels):
        for word in level.words:
            if word in seen:
                other = seen[word]
                said = f"也是“{other}”的用语" if other != level.name else "写了两次"
                yield Contradiction(("档次", position, "用语"), f"“{word}”{said}")
            seen[word] = level.name


class Banded(Protocol):
    """What words are judged by: a list of bands, the best first."""

    @property
    def bands(self) -> tuple[Band, ...]:
        """The bands with both of their ends."""
        ...

    def band_of(self, actual: str) -> Band | None:
        """Return the band that words pick, if any."""
        ...


class Qualitative(Clause):
    """How indicators without a figure are judged (定性指标); the best band first.

    Attributes:
        levels: 档次.
        good_words, fair_words, poor_words: General words (满意, 一般, 较差) that put an indicator
            into the first band, the second of three or more, and the last.
        grades: Orders of grades, the best first, by which one grade reaches another.
    """

    levels: tuple[WordLevel, ...] = Field(alias="档次", min_length=1)
    good_words: tuple[Text, ...] = Field((), alias="好评用语")
    fair_words: tuple[Text, ...] = Field((), alias="中评用语")
    poor_words: tuple[Text, ...] = Field((), alias="差评用语")
    grades: tuple[tuple[Text, ...], ...] = Field((), alias="等次")

    @lazy
    def bands(self) -> tuple[Band, ...]:
        """The bands with both of their ends; the first reaches up to the weight."""
        return bands_of(self.levels)

    @lazy
    def _by_word(self) -> dict[str, Band]:
        """The band that each word picks; a band's own words go before general ones."""
        bands = self.bands
        general = [(self.good_words, bands[0]), (self.poor_words, bands[-1])]
        if len(bands) > 2:
            general.append((self.fair_words, bands[1]))
        found = {word: band for words, band in general for word in words}
        return found | {word: band for band in bands for word in band.words}

    def band_of(self, actual: str) -> Band | None:
        """Return the band that the words of an actual pick, if any."""
        return self._by_word.get(actual)

    def compared(self, target: str, actual: str) -> bool | None:
        """Tell whether one grade reaches another; ``None`` where no order has both.

        For 良好及以上 the grade that is enough is 良好.
        """
        for order in self.grades:
            wanted = target if target in order else floor_of(target)
            if wanted in order and actual in order:
                return order.index(actual) <= order.index(wanted)
        return None

    def faults(self) -> Iterator[Contradiction]:
        """The bands fall from the weight to 0, and no word stands in two of them."""
        yield from band_faults(self.levels)
        for name, words, others in (
            ("中评用语", self.fair_words, self.good_words),
            ("差评用语", self.poor_words, (*self.good_words, *self.fair_words)),
        ):
            for word in words:
                if word in others:
                    yield Contradiction((name,), f"“{word}”也在更好的一档里")


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
    rule: Banded,
    actual: str,
    filed: Decimal | None,
    weight: Decimal,
    achieved: tuple[str, ...],
    rounding: Rounding,
) -> Judgement | None:
    """Judge a qualitative indicator.

    Args:
        rule: The bands and their words.
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
    band = rule.band_of(actual)
    if band is None and actual in achieved:
        band = rule.bands[0]
    if band is None:
        return None
    notes: tuple[Note, ...] = ()
    figures = {"weight": weight}
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
