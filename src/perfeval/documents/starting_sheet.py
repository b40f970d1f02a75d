"""A commented sheet to begin with, for one rulebook."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from perfeval.documents.plain_yaml import scalar
from perfeval.documents.templates import SHIPPED
from perfeval.numbers import (
    ONE,
    Exact,
    RoundingMode,
    add,
    multiply,
    round_exact,
    subtract,
    trimmed,
)
from perfeval.rulebook import Rulebook, WeightGroup
from perfeval.words import Aspect, Section

_TEMPLATE = "sheet/start.yaml.j2"
_ASPECTS = {
    Section.COST: (Aspect.ECONOMIC_COST, Aspect.SOCIAL_COST, Aspect.ECOLOGICAL_COST),
    Section.OUTPUT: (Aspect.QUANTITY, Aspect.QUALITY, Aspect.TIMELINESS, Aspect.COST),
    Section.BENEFIT: (Aspect.ECONOMIC, Aspect.SOCIAL, Aspect.ECOLOGICAL, Aspect.SUSTAINED),
    Section.SATISFACTION: (Aspect.CLIENTS,),
}
"""The aspects of each section, as the forms print them."""


class _Row(NamedTuple):
    """One empty indicator: its aspect's label and the weight that it starts with."""

    aspect: str
    weight: str


class _Block(NamedTuple):
    """A section with its usual weight, and one empty row for each aspect."""

    label: str
    weight: str
    rows: list[_Row]


def starting_sheet(rulebook: Rulebook, name: str | None = None) -> str:
    """Write a sheet with nothing filled in and every line explained.

    Args:
        rulebook: The rulebook that will score it.
        name: How the sheet names the rulebook, where not by its id: the path of its file.

    Returns:
        YAML; its weights close by the rulebook's usual division, what is to be filled is blank.

    >>> from perfeval import load_rulebook
    >>> "评分办法: hubei-2020" in starting_sheet(load_rulebook("hubei-2020")).splitlines()
    True
    """
    scheme = rulebook.weights.schemes[-1]
    return SHIPPED.render(
        _TEMPLATE, _on_one_line,
        rulebook=rulebook,
        name=scalar(name or rulebook.id),
        achieved=rulebook.qualitative.bands[0].name,
        options=[(box, " / ".join(words)) for box, words in rulebook.form.options.items()],
        execution=_execution(rulebook),
        blocks=[block for group in scheme.groups for block in _blocks(group)],
    )  # fmt: skip


def _on_one_line(value: object) -> str:
    """Keep a comment a comment, whatever a rulebook of one's own has in it."""
    return " ".join(str(value).split())


def _execution(rulebook: Rulebook) -> str:
    weight = rulebook.weights.execution
    return f"预算执行，{trimmed(weight)} 分" if weight else "预算执行，本办法不计分"


def _blocks(group: WeightGroup) -> list[_Block]:
    """Divide a group's weight as usual, else evenly, among its sections."""
    shares = group.usual or dict(
        zip(group.sections, _divided(group.weight, len(group.sections)), strict=True)
    )
    return [_block(section, weight) for section, weight in shares.items()]


def _block(section: Section, weight: Decimal) -> _Block:
    aspects = _ASPECTS.get(section, (Aspect.QUALITY,))
    weights = _divided(weight, len(aspects))
    rows = [
        _Row(aspect.label, trimmed(part)) for aspect, part in zip(aspects, weights, strict=True)
    ]
    return _Block(section.label, trimmed(weight), rows)


def _divided(weight: Decimal, parts: int) -> list[Decimal]:
    """Divide *weight* into whole points as evenly as they allow, the first ones the larger."""
    each = round_exact(Exact(weight, Decimal(parts)), 0, RoundingMode.DOWN)
    shares, rest = [each] * parts, subtract(weight, multiply(each, Decimal(parts)))
    for at in range(parts):
        more = min(rest, ONE)
        shares[at], rest = add(each, more), subtract(rest, more)
    return shares
