"""The closed vocabulary of subjects, and how the words before a figure name one."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from perfeval.accounts.data import table
from perfeval.accounts.facts import FigureMeasure


class SubjectEntry(NamedTuple):
    """What the data say of a subject.

    Attributes:
        scope: To which money it belongs; words behind it belong there as well.
        measure: What a figure is that stands directly behind its words.
    """

    scope: str
    measure: FigureMeasure


class FoundSubject(NamedTuple):
    """A subject that was found in a text.

    Attributes:
        subject: Which.
        words: By which words.
        start: Where they begin.
        end: Where they end.
    """

    subject: str
    words: str
    start: int
    end: int


@cache
def entries() -> dict[str, SubjectEntry]:
    """Return what the data say of each subject."""
    return {
        name: SubjectEntry(
            row.get("口径", ""), FigureMeasure(row.get("量", FigureMeasure.FINAL.value))
        )
        for name, row in table("subjects")["主体"].items()
    }


def entry_of(subject: str) -> SubjectEntry:
    """Return what the data say of a subject, or what holds of one that a document lists."""
    return entries().get(subject, _LISTED)


_LISTED = SubjectEntry("", FigureMeasure.FINAL)


@cache
def _global_words() -> dict[str, str]:
    rows = table("subjects")["主体"].items()
    return {
        word: name for name, row in rows for words in row["用语"] for word in without_quotes(words)
    }


_QUOTES = str.maketrans("", "", "“”")


def without_quotes(words: str) -> tuple[str, ...]:
    """Return words as they are written, and as they are without their quotes."""
    return tuple(dict.fromkeys((words, words.translate(_QUOTES))))


@cache
def _words(section: str, scope: str) -> dict[str, str]:
    """Return the words of a section within a scope, each with its subject."""
    data = table("subjects")
    return {
        **_global_words(),
        **data["部分用语"].get(section, {}),
        **data["口径用语"].get(scope, {}),
    }


@cache
def _pattern(section: str, scope: str) -> re.Pattern[str]:
    words = sorted(_words(section, scope), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def subjects_in(text: str, section: str, scope: str) -> list[FoundSubject]:
    """Return the subjects that a text names, in its order."""
    known = _words(section, scope)
    return [
        FoundSubject(known[found[0]], found[0], found.start(), found.end())
        for found in _pattern(section, scope).finditer(text)
        if len(found[0]) > _SHORT or text[: found.start()][-1:] in _BEFORE_SHORT
    ]


_SHORT = len("收入")
_BEFORE_SHORT = ("", "，", "。", "；", "：", "、", "年", "度", "（")
"""Before these a word of two letters stands alone: it is no end of a longer one."""


def subject_of(words: str, section: str, scope: str) -> str:
    """Return the subject that words name from their first letter on, the longest; else nothing."""
    found = _pattern(section, scope).match(words)
    return _words(section, scope)[found[0]] if found else ""
