"""The empty rows that a form begins with: a rulebook's points, divided among the aspects."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from perfeval.cells.levels import Aspect, Section
from perfeval.numbers import (
    ONE,
    Exact,
    RoundingMode,
    add,
    multiply,
    round_exact,
    subtract,
)
from perfeval.rulebook import Rulebook, WeightGroup

_ASPECTS = {
    Section.COST: (Aspect.ECONOMIC_COST, Aspect.SOCIAL_COST, Aspect.ECOLOGICAL_COST),
    Section.OUTPUT: (Aspect.QUANTITY, Aspect.QUALITY, Aspect.TIMELINESS, Aspect.COST),
    Section.BENEFIT: (Aspect.ECONOMIC, Aspect.SOCIAL, Aspect.ECOLOGICAL, Aspect.SUSTAINED),
    Section.SATISFACTION: (Aspect.CLIENTS,),
}
"""The aspects of each section, as the forms print them."""


class EmptySection(NamedTuple):
    """A section with its usual weight, and the weight that an empty row of each aspect gets.

    Where no form says what a section is divided into, its row stands right below it: ``None``.
    """

    section: Section
    weight: Decimal
    rows: dict[Aspect | None, Decimal]


def aspects_of(section: Section) -> tuple[Aspect | None, ...]:
    """Return the aspects that the forms print in a section; ``None`` alone where it has none."""
    return _ASPECTS.get(section, (None,))


def empty_sections(rulebook: Rulebook) -> Iterator[EmptySection]:
    """Yield the sections of a rulebook's usual division; their weights close."""
    for group in rulebook.weights.schemes[-1].groups:
        for section, weight in _shares(group).items():
            aspects = aspects_of(section)
            weights = _divided(weight, len(aspects))
            yield EmptySection(section, weight, dict(zip(aspects, weights, strict=True)))


def _shares(group: WeightGroup) -> dict[Section, Decimal]:
    """Divide a group's weight as usual, else evenly, among its sections."""
    even = _divided(group.weight, len(group.sections))
    return group.usual or dict(zip(group.sections, even, strict=True))


def _divided(weight: Decimal, parts: int) -> list[Decimal]:
    """Divide *weight* into whole points as evenly as they allow, the first ones the larger."""
    each = round_exact(Exact(weight, Decimal(parts)), 0, RoundingMode.DOWN)
    shares, rest = [each] * parts, subtract(weight, multiply(each, Decimal(parts)))
    for at in range(parts):
        more = min(rest, ONE)
        shares[at], rest = add(each, more), subtract(rest, more)
    return shares
