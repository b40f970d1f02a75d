"""A rulebook with everything that is told about it: its chain, its history, its examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from perfeval.documents.rulebooks.statements import Statement, clauses, statements
from perfeval.example import Example
from perfeval.example.witnesses import Witness
from perfeval.rulebook import Clause, HowSeen, Rulebook


class BlockView(NamedTuple):
    """A block of rules as it is told.

    Attributes:
        name: The block.
        clause: Where it comes from; ``None`` where the rulebook does not have the block.
        statements: What it lays down.
        origin: The rulebook from which it is inherited with its citation, or ``None``.
        others: The other rulebooks from which some of its statements are inherited.
    """

    name: str
    clause: Clause | None
    statements: tuple[Statement, ...]
    origin: str | None
    others: tuple[str, ...]


class RulebookView(NamedTuple):
    """A rulebook with everything that is told about it.

    Attributes:
        rulebook: The rules as they hold in ``year``.
        year: The year asked for; ``None`` for the latest.
        chain: The rulebooks it inherits from, the nearest first, as they hold in that year.
        origins: For each block, and the key of each statement, the id of the rulebook that lays
            it down.
        versions: The rules as they hold from each year in which some of them change.
        examples: Its worked examples.
        witnesses: What its sources say of its rules.
    """

    rulebook: Rulebook
    year: int | None
    chain: tuple[Rulebook, ...]
    origins: Mapping[str, str]
    versions: tuple[tuple[int, Rulebook], ...]
    examples: tuple[Example, ...]
    witnesses: tuple[Witness, ...] = ()

    @property
    def blocks(self) -> tuple[BlockView, ...]:
        """The blocks of rules, with what they lay down."""
        have = clauses(self.rulebook)
        told: dict[str, list[Statement]] = {}
        for statement in statements(self.rulebook):
            told.setdefault(statement.block, []).append(statement)
        return tuple(
            BlockView(
                name, have.get(name), tuple(group), self._inherited(name), self._others(name, group)
            )
            for name, group in told.items()
        )

    def origin(self, statement: Statement) -> str | None:
        """Return where a statement is inherited from, if not from where its block is."""
        name = self.origins[statement.key]
        return None if name == self.origins[statement.block] else name

    def _inherited(self, block: str) -> str | None:
        name = self.origins[block]
        return None if name == self.rulebook.id else name

    def _others(self, block: str, group: Iterable[Statement]) -> tuple[str, ...]:
        names = dict.fromkeys(self.origins[statement.key] for statement in group)
        return tuple(name for name in names if name != self.origins[block])

    def cited(self, name: str, block: str) -> Clause | None:
        """Return the block of a rulebook in the chain."""
        for rulebook in self.chain:
            if rulebook.id == name:
                return clauses(rulebook).get(block)
        return None


def unseen(rulebook: Rulebook) -> list[str]:
    """Return the blocks of whose sources nobody has seen any."""
    return [name for name, clause in clauses(rulebook).items() if clause.seen is HowSeen.UNSEEN]


def seen_counts(rulebook: Rulebook) -> dict[HowSeen, int]:
    """Return of how many blocks the source was seen in which way; ways of none are left out."""
    counts = Counter(clause.seen for clause in clauses(rulebook).values())
    return {seen: counts[seen] for seen in HowSeen if counts[seen]}


def seen_summary(rulebook: Rulebook) -> str:
    """Say how the sources of a rulebook were seen, in a few words: ``公开的表 5，未见 2``."""
    return "，".join(f"{seen.value} {count}" for seen, count in seen_counts(rulebook).items())


def seen_text(rulebook: Rulebook) -> str:
    """Say how the sources of a rulebook were seen."""
    which = "规定（含继承的）" if rulebook.extends else "规定"
    names = "、".join(unseen(rulebook))
    last = f"；原文未见的：{names}" if names else ""
    parts = "，".join(
        f"据{seen.value} {count} 项"
        for seen, count in seen_counts(rulebook).items()
        if seen is not HowSeen.UNSEEN
    )
    return f"{len(clauses(rulebook))} 项{which}，{parts or '都没有见到来源'}{last}"
