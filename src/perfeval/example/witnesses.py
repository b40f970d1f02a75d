"""佐证: what a source says of a rule, so that the rule cannot change unnoticed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

from perfeval.fields import Model, Text
from perfeval.numbers import trimmed
from perfeval.rulebook import Rulebook

NOT_SET = "未设"
"""Stands for a rule that a rulebook does not have."""
_EACH = "*"


class Witness(Model):
    """A rule, what it is, and the words of its source that say so.

    Attributes:
        path: The words that lead to the rule, with ``*`` for each item of a list.
        value: What stands there, written once more; of several items a list.
        words: The words of the clause or of its remark on which it rests.
    """

    path: Text
    value: tuple[str, ...]
    words: Text


def said(value: Any) -> tuple[str, ...]:
    """Write down a value, or the items of a list, as text."""
    if isinstance(value, list | tuple):
        return tuple(text for item in value for text in said(item))
    if value is None:
        return (NOT_SET,)
    if isinstance(value, Decimal):
        return (trimmed(value),)
    return (str(value.value if isinstance(value, Enum) else value),)


def contradicted(
    witnesses: Iterable[Witness], rulebook: Rulebook, *, is_inherited: bool = False
) -> Iterator[str]:
    """Yield what a rulebook lays down otherwise than its sources say.

    Args:
        witnesses: What the sources say.
        rulebook: The rulebook.
        is_inherited: The witnesses are those of a rulebook below.  A rule that this one does not
            have at all, because another method needs none, is passed over then: the method has a
            witness of its own.
    """
    data = rulebook.model_dump(by_alias=True)
    for witness in witnesses:
        found = list(_found(data, witness.path.split("/")))
        value = said(found)
        if not found and not is_inherited:
            yield f"{witness.path}：没有这条规定"
        elif found and value != witness.value:
            wanted, given = "、".join(witness.value), "、".join(value)
            yield f"{witness.path}：应为 {wanted}（“{witness.words}”），写的是 {given}"


def _found(data: Any, path: list[str]) -> Iterator[Any]:
    if not path:
        yield data
    elif path[0] == _EACH and isinstance(data, list | tuple):
        for item in data:
            yield from _found(item, path[1:])
    elif isinstance(data, Mapping) and path[0] in data:
        yield from _found(data[path[0]], path[1:])


def holding(chain: Iterable[Iterable[Witness]]) -> tuple[Witness, ...]:
    """Return the witnesses of a rulebook and of those that it inherits from.

    Args:
        chain: Those of each file, the nearest first; a nearer one about the same rule, or about
            a part of it, takes the place of one below.
    """
    held: list[Witness] = []
    for witnesses in chain:
        nearer = [witness.path for witness in held]
        held += [one for one in witnesses if not any(_overlap(one.path, path) for path in nearer)]
    return tuple(held)


def _overlap(one: str, other: str) -> bool:
    return f"{one}/".startswith(f"{other}/") or f"{other}/".startswith(f"{one}/")
