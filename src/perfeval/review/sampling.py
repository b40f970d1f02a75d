"""Samples that anyone can draw again: by SHA-256 of a seed and of each project's key.

Simple random sampling takes the smallest hashes.  With probability proportional to size, the
projects stand in the order of their hashes, one after another on a line as long as all sizes, and
are met by points at equal distances from a random start: systematic sampling in random order
(Madow 1949; Hartley and Rao 1962).  A project of size x is then in a sample of n with probability
n · x ÷ X exactly; one for which that is 1 or more is taken with certainty first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from perfeval.cells.words import WordEnum
from perfeval.numbers import ZERO, add, plain, total, trimmed

_START_DIGITS = 9
"""So many digits of a hash make the start: as many as a spreadsheet turns into a number exactly."""
_SEPARATOR = "|"


class SampleBy(WordEnum):
    """By what a sample is drawn.

    >>> SampleBy("资金").is_size, SampleBy("单位").is_size
    (True, False)
    """

    MONEY = "资金"
    RISK = "风险"
    OFFICE = "单位"
    RANDOM = "随机"

    @property
    def is_size(self) -> bool:
        """Projects have chances in proportion to it."""
        return self in (SampleBy.MONEY, SampleBy.RISK)


class SampleUnit(NamedTuple):
    """A project that can be drawn.

    Attributes:
        key: The text by which it is known; see `key_of`.
        department, unit, project, code: 主管部门, 实施单位, 项目名称, 项目编码.
        money: Its money in 万元; ``None`` where it is not known.
        risk: The points that hang on what was found in it; ``None`` where it was not scored.
        file: Its file; empty where it comes from a list.

    >>> SampleUnit("2024|区水务局||河道清淤").money is None
    True
    """

    key: str
    department: str = ""
    unit: str = ""
    project: str = ""
    code: str = ""
    money: Decimal | None = None
    risk: Decimal | None = None
    file: str = ""

    def size(self, by: SampleBy) -> Decimal:
        """Return its size; what has none or less than none has the size 0."""
        size = self.money if by is SampleBy.MONEY else self.risk
        return max(size or ZERO, ZERO)


class SampleFrame(NamedTuple):
    """All projects that can be drawn.

    Attributes:
        units: The projects, each with a key of its own.
        left_out: What was handed in and cannot be drawn, each with the reason.

    >>> frame_of([SampleUnit("甲"), SampleUnit("甲")]).units[1].key
    '甲#2'
    """

    units: tuple[SampleUnit, ...]
    left_out: tuple[str, ...] = ()


class DrawnUnit(NamedTuple):
    """A project of the frame, and what became of it.

    Attributes:
        unit: The project.
        stratum: The name of its stratum.
        digest: The SHA-256 of ``seed|key``, in hexadecimal: its place in the order.
        size: Its size; 1 where all have the same chance.
        reached: The sum of the sizes up to it and with it, in the order of the draw; ``None`` for
            one that is certain.
        probability: The probability with which it is in such a sample, as a fraction: ``3/20``.
        is_certain: It is in every such sample.
        is_drawn: It is in this one.
    """

    unit: SampleUnit
    stratum: str
    digest: str
    size: Decimal
    reached: Decimal | None
    probability: str
    is_certain: bool
    is_drawn: bool


class SampleStratum(NamedTuple):
    """A part of the frame that is drawn by itself.

    Attributes:
        name: Its name; empty where the frame is one.
        projects: How many projects are in it.
        size: The sum of their sizes.
        wanted: How many are drawn of them.
        certain: How many of these are certain.
        is_sized: The chances are in proportion to the sizes.
        start: The random start, from 0 to 1, as a fraction; empty where none is used.
        start_text: The text whose SHA-256 gives the start.
        step: The distance of the points, as a fraction; empty where none is used.
    """

    name: str
    projects: int
    size: Decimal
    wanted: int
    certain: int = 0
    is_sized: bool = False
    start: str = ""
    start_text: str = ""
    step: str = ""


class Draw(NamedTuple):
    """A sample with all that is needed to draw it again.

    Attributes:
        seed: The seed.
        wanted: How many projects were asked for.
        by: By what it was drawn.
        frame_digest: The SHA-256 of the list; see `frame_digest`.
        strata: The parts that were drawn by themselves.
        units: Every project of the frame, by stratum and in the order of the draw.
        left_out: See `SampleFrame`.

    >>> frame = frame_of(SampleUnit(name) for name in ("甲", "乙", "丙"))
    >>> [one.unit.key for one in draw(frame, 1, (SampleBy.RANDOM,), "2024").drawn]
    ['甲']
    """

    seed: str
    wanted: int
    by: tuple[SampleBy, ...]
    frame_digest: str
    strata: tuple[SampleStratum, ...]
    units: tuple[DrawnUnit, ...]
    left_out: tuple[str, ...] = ()

    @property
    def drawn(self) -> tuple[DrawnUnit, ...]:
        """The projects that were drawn."""
        return tuple(one for one in self.units if one.is_drawn)


def key_of(year: int | None, department: str, unit: str, project: str, code: str = "") -> str:
    """Return the text by which a project is known: the same wherever its files lie.

    >>> key_of(2024, "区水务局", "", "河道清淤")
    '2024|区水务局||河道清淤'
    """
    stated = ("" if year is None else str(year), department, unit, project)
    parts = [" ".join(part.split()).replace(_SEPARATOR, "／") for part in (*stated, code)]
    return _SEPARATOR.join(parts if code else parts[:-1])


def frame_of(units: Iterable[SampleUnit], left_out: Sequence[str] = ()) -> SampleFrame:
    """Return a frame in which every key stands once: the second of a key has ``#2`` behind it."""
    seen: dict[str, int] = {}
    kept = []
    for unit in units:
        seen[unit.key] = number = seen.get(unit.key, 0) + 1
        kept.append(unit if number == 1 else unit._replace(key=f"{unit.key}#{number}"))
    return SampleFrame(tuple(kept), tuple(left_out))


def sha256(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def frame_digest(pairs: Iterable[tuple[str, Decimal]]) -> str:
    """Return the SHA-256 of a list: a line ``key|size`` for each, in the order of their texts."""
    lines = sorted(f"{key}{_SEPARATOR}{trimmed(size)}" for key, size in pairs)
    return sha256("".join(f"{line}\n" for line in lines))


def draw(frame: SampleFrame, wanted: int, by: Sequence[SampleBy], seed: str) -> Draw:
    """Draw a sample.

    Args:
        frame: The projects that can be drawn.
        wanted: How many; all, where there are no more.
        by: By what: strata (单位), and sizes (资金 or 风险).
        seed: Any text; another one gives another sample.

    Raises:
        ValueError: *wanted* is below 1, or *by* names two sizes.
    """
    sizes = [one for one in by if one.is_size]
    if wanted < 1 or len(sizes) > 1:
        raise ValueError("a sample needs a number from 1 on, and one size at most")
    size = sizes[0] if sizes else None
    parts = _parts(frame.units, size, is_by_office=SampleBy.OFFICE in by)
    counts = _allocated(parts, min(wanted, len(frame.units)))
    strata: list[SampleStratum] = []
    drawn: list[DrawnUnit] = []
    for part, count in zip(parts, counts, strict=True):
        stratum, units = _drawn_of(part, count, seed)
        strata.append(stratum)
        drawn += units
    pairs = ((one.unit.key, one.size) for one in drawn)
    return Draw(
        seed=seed,
        wanted=wanted,
        by=tuple(by),
        frame_digest=frame_digest(pairs),
        strata=tuple(strata),
        units=tuple(drawn),
        left_out=frame.left_out,
    )


# -- strata ------------------------------------------------------------------------------------


class _OpenStratum(NamedTuple):
    """A stratum before it is drawn: its projects with their sizes, and its share of the sample."""

    name: str
    sizes: Mapping[SampleUnit, Decimal]
    is_sized: bool
    share: Fraction


WITHOUT_SIZE = "没有大小的"
"""The name of the stratum of projects without a size."""
_EACH = Decimal(1)


def _parts(
    units: Sequence[SampleUnit], size: SampleBy | None, *, is_by_office: bool
) -> list[_OpenStratum]:
    """Return the strata by name: those of projects without a size stand apart, and count heads."""
    groups: dict[tuple[str, bool], list[SampleUnit]] = {}
    for unit in units:
        office = unit.department or unit.unit if is_by_office else ""
        is_sized = size is not None and unit.size(size) > ZERO
        groups.setdefault((office, is_sized), []).append(unit)
    heads = Fraction(len(units))
    amount = Fraction() if size is None else _sum(unit.size(size) for unit in units)
    unsized = sum(len(group) for (_, is_sized), group in groups.items() if not is_sized)
    parts = []
    for (office, is_sized), group in sorted(
        groups.items(), key=lambda item: (item[0][0], not item[0][1])
    ):
        sizes = {one: one.size(size) if size and is_sized else _EACH for one in group}
        share = Fraction(len(group)) / heads
        if size and is_sized:  # sizes share what heads without a size leave
            share = _sum(sizes.values()) / amount * (heads - unsized) / heads
        name = office if is_sized or size is None else f"{office}{WITHOUT_SIZE}"
        parts.append(_OpenStratum(name, sizes, is_sized, share))
    return parts


def _sum(sizes: Iterable[Decimal]) -> Fraction:
    return _exact(total(sizes))


def _exact(number: Decimal) -> Fraction:
    return Fraction(number)


def _allocated(parts: Sequence[_OpenStratum], wanted: int) -> list[int]:
    """Share a sample among strata by largest remainders: one for each first, where that can be.

    None gets more than it has; what it cannot take goes to the others.
    """
    most = [len(part.sizes) for part in parts]
    counts = [1 if wanted >= len(parts) else 0] * len(parts)
    exact = [part.share * wanted for part in parts]
    while sum(counts) < wanted:
        open_ = [at for at in range(len(parts)) if counts[at] < most[at]]
        neediest = max(open_, key=lambda at: (exact[at] - counts[at], -at))
        counts[neediest] += 1
    return counts


# -- one stratum -------------------------------------------------------------------------------


def _drawn_of(part: _OpenStratum, count: int, seed: str) -> tuple[SampleStratum, list[DrawnUnit]]:
    digests = {unit: sha256(f"{seed}{_SEPARATOR}{unit.key}") for unit in part.sizes}
    order = sorted(part.sizes, key=lambda unit: (digests[unit], unit.key))
    certain = _certain(part, count) if part.is_sized else frozenset()
    left = [unit for unit in order if unit not in certain]
    wanted = count - len(certain)
    start_text = _SEPARATOR.join((seed, "起点", part.name))
    line = _SizeLine(
        [part.sizes[unit] for unit in left], wanted, start_text, is_sized=part.is_sized
    )
    stratum = SampleStratum(
        name=part.name,
        projects=len(order),
        size=total(part.sizes.values()),
        wanted=count,
        certain=len(certain),
        is_sized=part.is_sized,
        **line.said,
    )
    places = {unit: at for at, unit in enumerate(left)}
    drawn = []
    for unit in (*(one for one in order if one in certain), *left):
        at = places.get(unit)
        drawn.append(
            DrawnUnit(
                unit=unit,
                stratum=part.name,
                digest=digests[unit],
                size=part.sizes[unit],
                reached=None if at is None else line.reached[at],
                probability="1" if at is None else str(line.probability(at)),
                is_certain=at is None or line.probability(at) == 1,
                is_drawn=at is None or at in line.met,
            )
        )
    return stratum, drawn


def _certain(part: _OpenStratum, count: int) -> frozenset[SampleUnit]:
    """Return the projects that are so large that every sample of this number has them.

    When one is taken, the others' chances are what is left of the sample; so it is asked again.
    """
    taken: set[SampleUnit] = set()
    while count > len(taken):
        left = {unit: _exact(size) for unit, size in part.sizes.items() if unit not in taken}
        whole, wanted = sum(left.values(), Fraction()), count - len(taken)
        large = {unit for unit, size in left.items() if size * wanted >= whole}
        if not large:
            break
        taken |= large
    return frozenset(taken)


class _SizeLine:
    """Projects one after another on a line, met by points at equal distances; or the first few."""

    def __init__(
        self, sizes: Sequence[Decimal], wanted: int, start_text: str, *, is_sized: bool
    ) -> None:
        self._sizes, self._wanted, self._is_sized = sizes, wanted, is_sized
        self.reached = tuple(_sums(sizes))
        self._whole = _exact(self.reached[-1]) if sizes else Fraction()
        self.said: dict[str, str] = {}
        self.met = frozenset(range(wanted))
        if is_sized and wanted:
            share = Fraction(int(sha256(start_text)[:_START_DIGITS], 16), 16**_START_DIGITS)
            step = self._whole / wanted
            self.said = {"start": str(share), "start_text": start_text, "step": str(step)}
            self.met = frozenset(self._met([share * step + step * at for at in range(wanted)]))

    def _met(self, points: Sequence[Fraction]) -> Iterator[int]:
        """Yield the projects on which the points lie: each reaches up to its sum, without it."""
        at = 0
        for point in points:
            while _exact(self.reached[at]) <= point:
                at += 1
            yield at

    def probability(self, at: int) -> Fraction:
        """Return the probability with which a project is drawn."""
        if not self._wanted:
            return Fraction()
        if not self._is_sized:
            return Fraction(self._wanted, len(self._sizes))
        return _exact(self._sizes[at]) * self._wanted / self._whole


def _sums(sizes: Iterable[Decimal]) -> Iterator[Decimal]:
    reached = ZERO
    for size in sizes:
        reached = add(reached, size)
        yield reached


# -- proof -------------------------------------------------------------------------------------


class DrawProof(NamedTuple):
    """What became of drawing a sample again.

    Attributes:
        again: The sample, drawn again from the same list and seed.
        differences: What does not hold; empty where the sample is proved.
    """

    again: Draw
    differences: tuple[str, ...]


class StatedDraw(NamedTuple):
    """A sample as a file states it.

    Attributes:
        seed, wanted, by: How it was drawn.
        frame_digest: The hash of its list; empty where the file has none.
        units: The projects of its list.
        digests: The hash of each, by its key.
        drawn: The keys of those that are stated as drawn.
    """

    seed: str
    wanted: int
    by: tuple[SampleBy, ...]
    frame_digest: str
    units: tuple[SampleUnit, ...]
    digests: Mapping[str, str]
    drawn: frozenset[str]


def prove(stated: StatedDraw, frame: SampleFrame | None = None) -> DrawProof:
    """Draw a sample again and say what does not hold.

    Args:
        stated: What the file says.
        frame: What can be drawn today; where it is given, the list must be the same.
    """
    again = draw(SampleFrame(stated.units), stated.wanted, stated.by, stated.seed)
    return DrawProof(again, tuple(_differences(stated, again, frame)))


def _differences(stated: StatedDraw, again: Draw, frame: SampleFrame | None) -> Iterator[str]:
    if stated.frame_digest and stated.frame_digest != again.frame_digest:
        yield f"名单校验不符：文件写 {stated.frame_digest}，按名单算是 {again.frame_digest}"
    for one in again.units:
        digest = stated.digests.get(one.unit.key, one.digest)
        if digest != one.digest:
            yield f"“{one.unit.key}”的 SHA-256 不符：文件写 {digest}，应为 {one.digest}"
    drawn = {one.unit.key for one in again.drawn}
    for key in sorted(drawn - stated.drawn):
        yield f"“{key}”应抽中，文件里没有抽中"
    for key in sorted(stated.drawn - drawn):
        yield f"“{key}”不应抽中，文件里写抽中"
    if frame is not None:
        yield from _of_frame(stated, frame)


def _of_frame(stated: StatedDraw, frame: SampleFrame) -> Iterator[str]:
    """Say what differs between the list of a file and what can be drawn today."""
    sizes = [one for one in stated.by if one.is_size]
    before = {unit.key: unit for unit in stated.units}
    now = {unit.key: unit for unit in frame.units}
    for key in sorted(set(now) - set(before)):
        yield f"“{key}”不在文件的名单里，现在有"
    for key in sorted(set(before) - set(now)):
        yield f"“{key}”在文件的名单里，现在没有"
    for size in sizes:
        for key in sorted(set(before) & set(now)):
            was, is_now = (one[key].size(size) for one in (before, now))
            if was != is_now:
                yield f"“{key}”的{size}：名单上 {plain(was)}，现在 {plain(is_now)}"
