"""Units as data: which spellings are one unit, what converts into what, what only counts things."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from functools import lru_cache
from math import gcd
from typing import NamedTuple

from perfeval.cells.signs import one_of
from perfeval.cells.tables import lines_of
from perfeval.later import regex


class Measure(NamedTuple):
    """A simple unit.

    Attributes:
        kind: What it measures, 长度; for an unknown unit its own spelling.
        factor: How many of the smallest unit of its kind it is; 0 for counters of things.
        noun: What stands behind a counter, 社区 in 个社区.
        name: Its first spelling; one counter differs from another by it.
    """

    kind: str
    factor: int
    name: str
    noun: str = ""

    @property
    def is_counter(self) -> bool:
        """It counts things, and no other counter is the same as it."""
        return not self.factor


_SPACES = regex(r"\s+")
_LONGEST = 40
"""No unit is longer; what is longer is not taken apart."""


def _plain(text: str) -> str:
    return _SPACES.sub("", unicodedata.normalize("NFKC", text))


def _known() -> dict[str, Measure]:
    measures: dict[str, Measure] = {}
    kind = ""
    for is_below, key, spellings in lines_of("units.yaml"):
        if not is_below:
            kind = key
            continue
        factor = int(key)
        for spelling in map(_plain, spellings):
            measures[spelling] = Measure(kind, factor, spelling if not factor else spellings[0])
    return measures


_KNOWN = _known()
_START = regex(one_of(_KNOWN))
_SCALE = regex("(千万|百万|十万|万|亿|千(?=[元人亩吨米克瓦])|百(?=元))?(.*)", re.DOTALL)
_SCALES = {
    None: 1,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
}
_BRACKETED = regex(r"[（(]([^（）()]*)[）)]$")
_PER_BRACKETED = regex(r"(?<=.)([/·])[（(]([^（）()]+)[）)]")
"""What a unit is per, all of it in brackets: 元/（人·天）."""
_PER = regex("[/·.*每]")
_OR = regex("[、或]")
_DOTTED = regex(one_of(spelling for spelling in _KNOWN if "·" in spelling))
"""A unit that is one although a dot divides it: 人·次."""
_A_HEAD = regex("(人|户|床|亩|生)(天|日|月|年)")
"""Of two things at once: 元/人天 is 元/人·天."""
UNIT = one_of(_KNOWN)
"""A pattern of any known unit."""
RATIO = _KNOWN["%"].kind
"""The kind of percent and its like."""
_COUNTED = frozenset(_KNOWN[name].kind for name in ("个", "人", "人次"))


class Unit(NamedTuple):
    """A unit as read.

    Attributes:
        measures: What it measures, any one of these: 台 or 套.
        scale: 10000 for 万.
        per: What it is per, sorted by what that measures.
    """

    measures: tuple[Measure, ...]
    scale: int = 1
    per: tuple[Measure, ...] = ()


class Relation(NamedTuple):
    """How two units meet.

    Attributes:
        left, right: By what the figures of either side are multiplied.
        leaves_out: One of the units says more than the other, 3个社区 and 3个.
    """

    left: int
    right: int
    leaves_out: bool = False


class Mismatch(Enum):
    """Why two units do not meet."""

    UNITS = "units of different kinds"
    COUNTERS = "different counters of things"


@lru_cache(maxsize=4096)
def relate(left: str, right: str) -> Relation | Mismatch:
    """Return by what two figures are multiplied so that they are in one unit.

    >>> relate("公顷", "亩")
    Relation(left=15, right=1, leaves_out=False)
    >>> relate("元/人/月", "元/月·人") == relate("元", "元"), relate("个", "项").name
    (True, 'COUNTERS')
    """
    one, other = unit_of(left), unit_of(right)
    per = _related(one.per, other.per) or _in_a_year(one.per, other.per)
    if per is None:
        return Mismatch.UNITS
    found: Relation | Mismatch = Mismatch.UNITS
    for mine in one.measures:
        for theirs in other.measures:
            head = _meet(mine, theirs)
            if isinstance(head, Relation):
                multipliers = (
                    one.scale * head.left * per.right,
                    other.scale * head.right * per.left,
                )
                common = gcd(*multipliers)
                return Relation(
                    multipliers[0] // common,
                    multipliers[1] // common,
                    head.leaves_out or per.leaves_out,
                )
            if head is Mismatch.COUNTERS:
                found = head
    return found


def _related(left: tuple[Measure, ...], right: tuple[Measure, ...]) -> Relation | None:
    """Return how what two units are per meets; ``None`` where it does not."""
    if len(left) != len(right):
        return None
    factors, leaves_out = [1, 1], False
    for mine, theirs in zip(left, right, strict=True):
        met = _meet(mine, theirs)
        if not isinstance(met, Relation):
            return None
        factors = [factors[0] * met.left, factors[1] * met.right]
        leaves_out = leaves_out or met.leaves_out
    return Relation(factors[0], factors[1], leaves_out)


def _in_a_year(left: tuple[Measure, ...], right: tuple[Measure, ...]) -> Relation | None:
    """Return how two units meet of which one says that it is per year, as every sheet is."""
    year = _KNOWN["年"]
    if year in left and year not in right:
        left = tuple(measure for measure in left if measure != year)
    elif year in right and year not in left:
        right = tuple(measure for measure in right if measure != year)
    met = _related(left, right)
    return None if met is None else met._replace(leaves_out=True)


def _meet(left: Measure, right: Measure) -> Relation | Mismatch:
    """Return how two simple units meet; where only 万 is written, it is 万 of the other's unit."""
    if not left.kind or not right.kind:
        return Relation(1, 1)
    if left.kind != right.kind:
        return Mismatch.UNITS
    if left.noun != right.noun and left.noun and right.noun:
        return Mismatch.COUNTERS
    leaves_out = left.noun != right.noun
    if not left.is_counter:
        return Relation(left.factor, right.factor, leaves_out)
    return Relation(1, 1, leaves_out) if left.name == right.name else Mismatch.COUNTERS


@lru_cache(maxsize=4096)
def unit_of(text: str) -> Unit:
    """Read a unit.

    >>> unit_of("万元").scale, unit_of("台/套").measures[1].name, unit_of("元/人/月").per[0].name
    (10000, '套', '人')
    """
    plain = _plain(text)
    if plain in _KNOWN:
        return Unit((_KNOWN[plain],))
    if len(plain) > _LONGEST:
        return Unit((_simple(plain),))
    plain = _PER_BRACKETED.sub(r"\1\2", plain)
    plain = _DOTTED.sub(lambda dotted: dotted.group().replace("·", ""), plain)
    bracket = _BRACKETED.search(plain)
    if bracket is not None:
        base = plain[: bracket.start()]
        whole, part = base + bracket[1], bracket[1]
        others = [_KNOWN[other] for other in (whole, part) if other in _KNOWN]
        head = unit_of(base)
        return head._replace(measures=(*head.measures, *others))
    parts = [part for part in _OR.split(plain) if part]
    if len(parts) > 1:
        return Unit(tuple(_simple(part) for part in parts))
    scale, rest = _scaled(plain)
    head_text, *per = _PER.split(rest)
    if per:
        per = [part for text in per for part in _parts_of(text)]
    measures = [_simple(part) for part in (head_text, *per) if part]
    kinds = {measure.kind for measure in measures}
    joined = [_KNOWN[spelling] for spelling in ("".join((head_text, *per)),) if spelling in _KNOWN]
    if per and head_text and kinds <= _COUNTED and (joined or len(kinds) == 1):
        return Unit((*measures, *joined), scale)  # 台/套, 人/次; but 册/人 is per person
    divisors = tuple(sorted(_simple(part) for part in per if part))
    return Unit((_simple(head_text),), scale, divisors)


def _parts_of(text: str) -> tuple[str, ...]:
    """Return what one word of a unit is per: 人天 is per 人 and per 天."""
    two = _A_HEAD.fullmatch(text)
    return (text,) if two is None else two.groups()


def _scaled(text: str) -> tuple[int, str]:
    """Take 万 and its like from the front of a unit."""
    match = _SCALE.fullmatch(text)
    if match is None or text in _KNOWN:  # pragma: no cover - the pattern takes any text
        return 1, text
    return _SCALES[match[1]], match[2]


def _simple(text: str) -> Measure:
    """Read a unit that is per nothing: a known one, with a noun behind it or not, or any other."""
    if text in _KNOWN:
        return _KNOWN[text]
    start = _START.match(text)
    if start is not None and _KNOWN[start.group()].is_counter:
        return _KNOWN[start.group()]._replace(noun=text[start.end() :])
    return Measure(text, 1, text)


def spellings_of(unit: str) -> tuple[str, ...]:
    """Return how a known unit is written, itself included.

    >>> "日" in spellings_of("天"), "工作日" in spellings_of("天")
    (True, False)
    """
    one = _KNOWN[unit]
    same = (one.kind, one.factor)
    return tuple(text for text, other in _KNOWN.items() if (other.kind, other.factor) == same)


def is_unit(text: str) -> bool:
    """Tell whether a text is a unit that the table has."""
    return _plain(text) in _KNOWN


def is_ratio(text: str) -> bool:
    """Tell whether a unit is percent or its like: a part of a whole."""
    return unit_of(text).measures[0].kind == RATIO


def is_relative(unit: str) -> bool:
    """Tell whether figures in a unit do not add up: shares, and amounts per head.

    >>> is_relative("‰"), is_relative("元/人"), is_relative("台/套")
    (True, True, False)
    """
    return bool(unit_of(unit).per) or is_ratio(unit)
