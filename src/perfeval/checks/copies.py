"""Which sentences are the same, or nearly: in time that grows with their number, not its square.

Each sentence has a signature: of its pairs of characters those that come first in several random
orders.  Sentences that share most pairs share one of these, so that only few have to be compared.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from typing import NamedTuple
from zlib import crc32

from perfeval.checks.sheet_texts import Field, texts_of
from perfeval.later import regex
from perfeval.numbers import TWO
from perfeval.places import Path
from perfeval.sheet import Sheet

_SENTENCE_END = regex("[。！？；;!?\\n]")
_PLAIN = regex(r"[\W_0-9]+")
_FIGURE = regex(r"[0-9]+(?:\.[0-9]+)?")


class Sentence(NamedTuple):
    """A sentence of a sheet.

    Attributes:
        path: The text in which it stands.
        text: The sentence as written.
        key: Its characters without digits, marks and blanks.
        figures: Its numbers.
    """

    path: Path
    text: str
    key: str
    figures: tuple[str, ...]


def sentences_of(sheet: Sheet, fields: Iterable[Field], least: int) -> Iterator[Sentence]:
    """Yield the sentences of these fields that have at least *least* characters, each key once."""
    seen: set[str] = set()
    for path, text in texts_of(sheet, fields):
        for part in _SENTENCE_END.split(text):
            narrow = unicodedata.normalize("NFKC", part)
            key = _PLAIN.sub("", narrow)
            if len(key) >= least and key not in seen:
                seen.add(key)
                yield Sentence(path, part.strip(), key, tuple(_FIGURE.findall(narrow)))


_MASKS = tuple(crc32(salt.encode()) for salt in "甲乙丙丁戊己庚辛")
"""One for each order of the pairs of characters."""
_MOST = 100
"""Sentences that are compared with one; a phrase that all of them share makes no two alike."""
_Band = tuple[int, int]
_Pairs = frozenset[tuple[str, str]]


class Likeness:
    """Sentences as they come, each put to the first one that it repeats."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}
        self._alike: dict[_Band, list[str]] = {}
        self._pairs: dict[str, _Pairs] = {}

    def first_of(self, key: str) -> str:
        """Return the first key that is like *key*: itself, where there was none."""
        if key not in self._first:
            pairs = frozenset(pairwise(key))
            bands = tuple(_signature(pairs))
            self._first[key] = found = self._like(key, pairs, bands) or key
            if found == key:
                self._pairs[key] = pairs
                for band in bands:
                    self._alike.setdefault(band, []).append(key)
        return self._first[key]

    def known(self, key: str) -> str | None:
        """Return the first key so far that is like *key*, if there is one."""
        if key in self._first:
            return self._first[key]
        pairs = frozenset(pairwise(key))
        return self._like(key, pairs, tuple(_signature(pairs)))

    def _like(self, key: str, pairs: _Pairs, bands: tuple[_Band, ...]) -> str | None:
        met = (other for band in bands for other in self._alike.get(band, ())[:_MOST])
        for other in islice(dict.fromkeys(met), _MOST):
            if _are_alike(key, other, pairs, self._pairs[other]):
                return other
        return None


def _signature(pairs: _Pairs) -> Iterator[_Band]:
    hashes = [crc32((first + second).encode()) for first, second in pairs] or [0]
    for number, mask in enumerate(_MASKS):
        yield number, min([one ^ mask for one in hashes])


def signature_of(key: str) -> tuple[int, ...]:
    """Return the signature of a sentence, of one size for all: two that are alike share a number.

    >>> len(signature_of("结合自评结果科学准确编制预算"))
    8
    """
    return tuple(band for _, band in _signature(frozenset(pairwise(key))))


MOST_COMPARED = _MOST
"""Sentences of a part of the signature that are looked at, and those that are compared."""


def are_alike(one: str, other: str) -> bool:
    """Tell whether two sentences differ by a word, or share two thirds of what they are made of.

    >>> are_alike("结合自评结果科学准确编制预算", "结合自评情况科学准确编制预算")
    True
    >>> are_alike("加强资金管理严格按进度支付", "加强人员培训提高服务的水平")
    False
    """
    return _are_alike(one, other, frozenset(pairwise(one)), frozenset(pairwise(other)))


def _are_alike(one: str, other: str, pairs: _Pairs, others: _Pairs) -> bool:
    shared = len(pairs & others)
    if TWO * shared < len(pairs):
        return False  # where one word differs, more than half of the pairs are the same
    is_most = TWO * (len(pairs) + len(others) - TWO * shared) <= shared
    return is_most or _differ_by_a_word(one, other)


def _differ_by_a_word(one: str, other: str) -> bool:
    """Tell whether what lies between the same beginning and end is no more than a quarter."""
    short, long = sorted((one, other), key=len)
    if TWO * TWO * (len(long) - len(short)) > len(long):
        return False
    start = next((at for at, char in enumerate(short) if char != long[at]), len(short))
    ends = zip(reversed(short[start:]), reversed(long[start:]), strict=False)
    end = next((at for at, (last, mine) in enumerate(ends) if last != mine), len(short) - start)
    return TWO * TWO * (len(long) - start - end) <= len(long)
