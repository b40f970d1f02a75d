"""One statement about a rulebook, and the words that all statements share."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from perfeval.numbers import RoundingMode, trimmed
from perfeval.places import Path
from perfeval.rulebook import Rounding


class StatementItem(NamedTuple):
    """A member of a list: what it is, and the words that are printed for it."""

    name: str
    text: str


class Statement(NamedTuple):
    """What a rulebook lays down on one point.

    Attributes:
        block: The block of rules, by the word of the file (预算执行).
        key: What the statement is about; unique in a rulebook, equal between rulebooks.
        label: The same, for a reader.
        value: What is laid down.
        paths: Where it stands in the data of the rulebook.
        items: The members, where what is laid down is a list.
        is_ordered: The order of the members matters.
        is_detail: It only elaborates another statement, and needs no word when both are gone.
    """

    block: str
    key: str
    label: str
    value: str
    paths: tuple[Path, ...]
    items: tuple[StatementItem, ...] = ()
    is_ordered: bool = False
    is_detail: bool = False

    @property
    def sense(self) -> object:
        """What must be equal for two statements to say the same."""
        if not self.items:
            return self.value
        return self.items if self.is_ordered else frozenset(self.items)


def said(
    block: str, label: str, value: str, *fields: str, key: str = "", is_detail: bool = False
) -> Statement:
    """Return a statement about fields of a block.

    Args:
        block: The block.
        label: What it is about.
        value: What is laid down.
        fields: The words of the file for it, inside the block.
        key: What it is about, where labels of two rulebooks may differ.
        is_detail: It only elaborates another statement.
    """
    paths = tuple((block, field) for field in fields)
    return Statement(block, f"{block}/{key or label}", label, value, paths, is_detail=is_detail)


def points(number: Decimal) -> str:
    """Write points: ``20 分``."""
    return f"{trimmed(number)} 分"


def percent(number: Decimal) -> str:
    """Write a percentage: ``98.5%``."""
    return f"{trimmed(number)}%"


def rounding_text(rounding: Rounding) -> str:
    """Say how a figure is rounded."""
    to = f" {rounding.digits} 位小数" if rounding.digits else "整数"
    verb = "进一取" if rounding.mode is RoundingMode.UP else f"{rounding.mode.value}到"
    return f"{verb}{to}"


def ladder(steps: Iterable[tuple[Decimal, str]]) -> str:
    """Say what each step of a percentage gives, the highest first, down to 0.

    Args:
        steps: From which percentage on, and what it gives.

    >>> ladder([(Decimal(100), "10 分"), (Decimal(80), "7 分"), (Decimal(0), "0 分")])
    '达到 100% 得 10 分；80%（含）～100%（不含）得 7 分；不到 80% 得 0 分'
    """
    parts: list[str] = []
    upper: Decimal | None = None
    for lower, given in steps:
        reached = f"达到 {percent(lower)}"
        if upper is not None:
            reached = f"{percent(lower)}（含）～{percent(upper)}（不含）"
            reached = reached if lower else f"不到 {percent(upper)}"
        parts.append(f"{reached}{'' if reached.endswith('）') else ' '}得 {given}")
        upper = lower
    return "；".join(parts)
