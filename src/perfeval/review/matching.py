"""Which row of the old version is which of the new: the same answer whichever comes first."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from perfeval.review.difference import MatchReason

LEAST_LIKENESS = 60
"""Percent from which on two names are alike."""
_MOST_PAIRS = 40_000
"""Of names that are compared in one group; beyond it rows are matched by all the rest."""
_LONGEST = 200
"""Characters of a name that are compared."""


class RowIdentity(NamedTuple):
    """By what a row is known.

    Attributes:
        whole: All that it says.
        keys: Names of the row, the fullest first.
        group: Rows that are alike are looked for in one group alone.
        name: What is likened.
        content: What it says beside its names; empty where it says nothing.
    """

    whole: str
    keys: tuple[str, ...]
    group: str
    name: str
    content: str


class RowPair(NamedTuple):
    """Two rows that are one, by their positions."""

    old: int
    new: int
    reason: MatchReason
    likeness: int | None = None


def matched(old: Sequence[RowIdentity], new: Sequence[RowIdentity]) -> list[RowPair]:
    """Return the rows that are in both, in the order of the new ones.

    First what is the same throughout, then what has the same name, then the most alike names, then
    the same content under another name, last what stands between the same rows.

    >>> rows = [RowIdentity(name, (name,), "", name, "") for name in ("培训人数", "床位数")]
    >>> other = RowIdentity("x", ("床位数（张）",), "", "床位数（张）", "")
    >>> [(pair.old, pair.new, pair.likeness) for pair in matched(rows, [other, rows[0]])]
    [(1, 0, 64), (0, 1, None)]
    """
    matching = _Matching(old, new)
    matching.by_key(lambda row: row.whole, MatchReason.SAME)
    levels = min((len(row.keys) for row in (*old, *new)), default=0)
    for level in range(levels):
        reason = MatchReason.NAME if level == 0 else MatchReason.ELSEWHERE
        matching.by_key(partial(_key, level), reason)
    matching.by_likeness()
    matching.by_key(_content, MatchReason.CONTENT)
    matching.by_position()
    return sorted(matching.pairs, key=lambda pair: pair.new)


def _key(level: int, row: RowIdentity) -> str:
    return row.keys[level]


def _content(row: RowIdentity) -> str:
    return f"{row.group}\x1f{row.content}" if row.content else ""


class _Matching:
    """The pairs that were found, and the rows that are left."""

    def __init__(self, old: Sequence[RowIdentity], new: Sequence[RowIdentity]) -> None:
        self._old, self._new = old, new
        self._left_old, self._left_new = (
            dict.fromkeys(range(len(old))),
            dict.fromkeys(range(len(new))),
        )
        self.pairs: list[RowPair] = []

    def _take(self, pair: RowPair) -> None:
        self.pairs.append(pair)
        del self._left_old[pair.old], self._left_new[pair.new]

    def by_key(self, key: Callable[[RowIdentity], str], reason: MatchReason) -> None:
        """Match rows of one key, one after another; an empty key is none."""
        waiting: dict[str, list[int]] = defaultdict(list)
        for at in reversed(self._left_old):
            waiting[key(self._old[at])].append(at)
        for at in list(self._left_new):
            name = key(self._new[at])
            if name and waiting.get(name):
                self._take(RowPair(waiting[name].pop(), at, reason))

    def by_likeness(self) -> None:
        """Match rows whose names are alike, the most alike first."""
        found = sorted(self._alike())
        for unlike, _, one, other in found:
            if one in self._left_old and other in self._left_new:
                self._take(RowPair(one, other, MatchReason.SIMILAR, 200 - unlike >> 1))

    def _alike(self) -> Iterator[tuple[int, int, int, int]]:
        """Yield pairs by how unlike they are; of equal ones that comes first which stands first."""
        groups: dict[str, list[int]] = defaultdict(list)
        for other in self._left_new:
            groups[self._new[other].group].append(other)
        olds: dict[str, list[int]] = defaultdict(list)
        for one in self._left_old:
            olds[self._old[one].group].append(one)
        for group, ones in olds.items():
            others = groups.get(group, [])
            if len(ones) * len(others) > _MOST_PAIRS:
                continue
            parts = {other: _pieces(self._new[other].name) for other in others}
            for one in ones:
                own = _pieces(self._old[one].name)
                for other in others:
                    alike = _likeness(own, parts[other])
                    if alike >= LEAST_LIKENESS:
                        same = self._old[one].content == self._new[other].content
                        yield 200 - 2 * alike - same, one + other, one, other

    def by_position(self) -> None:
        """Match as many rows of one group as stand on both sides between the same two rows."""
        partner = {pair.old: pair.new for pair in self.pairs}
        backwards = {pair.new: pair.old for pair in self.pairs}
        for ones in list(_runs(self._left_old)):
            before, after = ones[0] - 1, ones[-1] + 1
            start = partner.get(before, -1) + 1
            others = range(start, start + len(ones))
            if before >= 0 and before not in partner:
                continue
            ends = others.stop == (partner[after] if after in partner else len(self._new))
            is_free = all(at in self._left_new for at in others)
            if ends and is_free and backwards.get(start - 1, -1) == before:
                for one, other in zip(ones, others, strict=True):
                    if self._old[one].group == self._new[other].group:
                        self._take(RowPair(one, other, MatchReason.POSITION))


def _runs(positions: Sequence[int] | dict[int, None]) -> Iterator[list[int]]:
    """Yield positions that follow one another, together."""
    run: list[int] = []
    for at in positions:
        if run and at != run[-1] + 1:
            yield run
            run = []
        run.append(at)
    if run:
        yield run


def _pieces(name: str) -> frozenset[str]:
    """Return the pairs of characters of a name, by which names are likened."""
    text = f"\x02{name[:_LONGEST]}\x03"
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def _likeness(one: frozenset[str], other: frozenset[str]) -> int:
    """Return in percent how much of two names is the same, of both and of the shorter one.

    A name that was only completed (床位数, 床位数（张）) is like the other, however short it is.
    """
    same, least = len(one & other), min(len(one), len(other))
    return 100 * same // (len(one) + len(other)) + 50 * same // least


def moved(
    pairs: Sequence[RowPair], old: Sequence[RowIdentity], new: Sequence[RowIdentity]
) -> set[RowPair]:
    """Return the fewest rows that must have been moved for the others to stand in one order.

    Where several sets are as small, the choice hangs on what the rows say, so that it is the same
    with the versions the other way round.

    Args:
        pairs: The rows that are in both.
        old: The rows of the old version.
        new: Those of the new.
    """

    def key(pair: RowPair) -> tuple[str, ...]:
        return tuple(sorted((old[pair.old].whole, new[pair.new].whole)))

    by_new = sorted(pairs, key=lambda pair: pair.new)
    by_old = sorted(pairs, key=lambda pair: pair.old)
    if by_new == by_old:
        return set()
    is_turned = [*map(key, by_old)] < [*map(key, by_new)]
    sequence = by_new if is_turned else by_old
    places = [pair.old if is_turned else pair.new for pair in sequence]
    return set(pairs) - {sequence[at] for at in _longest_rising(places)}


def _longest_rising(places: Sequence[int]) -> Iterator[int]:
    """Yield, from behind, where the longest run of places that rise goes through."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for at, place in enumerate(places):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        last[length : length + 1] = [at]
    at = last[-1] if last else -1
    while at >= 0:
        yield at
        at = before[at]
