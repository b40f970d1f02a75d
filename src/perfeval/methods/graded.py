"""按评判等级: bands of words of an indicator's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from perfeval.clauses import Contradiction, Proved
from perfeval.fields import lazy
from perfeval.methods.bands import (
    SENTENCE,
    Band,
    WordLevel,
    band_faults,
    band_named,
    bands_of,
)


class GradedWords(Proved):
    """Words pick a band, inside which the points are judged (按评判等级).

    Attributes:
        levels: The bands (档次), the best first.

    Source:
        财预〔2021〕101号, 按评判等级赋分.
    """

    method: Literal["按评判等级"] = Field(alias="方法")
    levels: tuple[WordLevel, ...] = Field(alias="档次", min_length=1)

    sentence: ClassVar[str] = SENTENCE

    @lazy
    def bands(self) -> tuple[Band, ...]:
        """The bands with both of their ends; the first reaches up to the weight."""
        return bands_of(self.levels)

    def band_of(self, actual: str) -> Band | None:
        """Return the band that the words of an actual pick, if any."""
        return band_named(self.bands, actual)

    def faults(self) -> Iterator[Contradiction]:
        """The bands fall from the weight to 0, and no word stands in two of them."""
        yield from band_faults(self.levels)
