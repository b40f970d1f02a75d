"""Sentences that stand in several projects: a map of what was copied, in little memory.

Of each sentence its text is kept once, and a few numbers that likeness is looked for with.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple
from zlib import crc32

from perfeval.checks.copies import are_alike

_PLAIN = re.compile(r"[\W_0-9]+")
_MASKS = tuple(crc32(salt.encode()) for salt in "甲乙丙丁戊己庚辛")
_MOST = 8
"""How many sentences of one number are compared with another."""
_MOST_PAIRED = 12
"""Sentences of more projects than that are a phrase of all, and make no pairs."""


class RepeatedText(NamedTuple):
    """A sentence that stands in several projects.

    Attributes:
        text: The sentence as the first of them has it.
        projects: The projects, as ``部门 · 项目``; whose text it was first, nobody can tell.
        departments: How many departments these are of.
        is_same: It is the same everywhere; else it differs by a few words.
    """

    text: str
    projects: tuple[str, ...]
    departments: int
    is_same: bool


class TextPair(NamedTuple):
    """Two projects with sentences in common.

    Attributes:
        one, other: The projects, as ``部门 · 项目``.
        one_department, other_department: Their departments.
        sentences: How many sentences they share.
        example: One of them.
    """

    one: str
    other: str
    one_department: str
    other_department: str
    sentences: int
    example: str


class _FirstText(NamedTuple):
    """A sentence that was first to say so, and where it and its like stand."""

    text: str
    key: str
    places: list[int]
    is_same: list[bool]


class Repeats:
    """Gathers the sentences of projects."""

    def __init__(self) -> None:
        self._sentences: list[_FirstText] = []
        self._by_key: dict[str, int] = {}
        self._by_number: dict[int, list[int]] = {}
        self.texts: tuple[RepeatedText, ...] = ()
        self.pairs: tuple[TextPair, ...] = ()

    def add(self, project: int, sentences: Iterable[str]) -> None:
        """Put the sentences of a project to the others."""
        for text in sentences:
            key = sentence_key(text)
            at = self._by_key.get(key)
            if at is None:
                at = self._like(key, text)
            found = self._sentences[at]
            if project not in found.places:
                found.places.append(project)
                found.is_same.append(found.key == key)

    def _like(self, key: str, text: str) -> int:
        """Return the sentence that is like one; itself, where there is none."""
        numbers = _numbers(key)
        met = dict.fromkeys(at for number in numbers for at in self._by_number.get(number, ()))
        for at in met:
            if are_alike(key, self._sentences[at].key):
                self._by_key[key] = at
                return at
        at = len(self._sentences)
        self._sentences.append(_FirstText(text, key, [], []))
        self._by_key[key] = at
        for number in numbers:
            own = self._by_number.setdefault(number, [])
            if len(own) < _MOST:
                own.append(at)
        return at

    def settle(self, names: Sequence[tuple[str, str, str]]) -> Counter[int]:
        """Find the texts and pairs; return how many sentences each project shares.

        Args:
            names: Of each project its department, name and file.
        """
        shown = [" · ".join(filter(None, (department, name))) for department, name, _ in names]
        shared: Counter[int] = Counter()
        texts = []
        for one in self._sentences:
            if len(one.places) > 1:
                shared.update(one.places)
                offices = {names[at][0] for at in one.places}
                projects = tuple(shown[at] for at in one.places)
                texts.append(RepeatedText(one.text, projects, len(offices), all(one.is_same)))
        self.texts = tuple(
            sorted(texts, key=lambda one: (-one.departments, -len(one.projects), one.text))
        )
        self.pairs = tuple(self._pairs(names, shown))
        return shared

    def _pairs(
        self, names: Sequence[tuple[str, str, str]], shown: Sequence[str]
    ) -> Iterator[TextPair]:
        counts: Counter[tuple[int, int]] = Counter()
        example: dict[tuple[int, int], str] = {}
        for one in self._sentences:
            if 1 < len(one.places) <= _MOST_PAIRED:
                for pair in combinations(sorted(one.places), 2):
                    counts[pair] += 1
                    example.setdefault(pair, one.text)
        for (first, second), number in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            yield TextPair(
                one=shown[first],
                other=shown[second],
                one_department=names[first][0],
                other_department=names[second][0],
                sentences=number,
                example=example[first, second],
            )


def sentence_key(text: str) -> str:
    """Return a sentence without digits, marks and blanks."""
    return _PLAIN.sub("", unicodedata.normalize("NFKC", text))


def _numbers(key: str) -> list[int]:
    """Return numbers of which sentences that are alike share one."""
    hashes = [crc32((first + second).encode()) for first, second in pairwise(key)] or [0]
    return [(min(one ^ mask for one in hashes) << 3) | order for order, mask in enumerate(_MASKS)]
