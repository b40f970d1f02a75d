"""What a section lists one by one: accounts, projects, the parts of an attachment."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache
from typing import NamedTuple

from perfeval.accounts.cues import Phrase, phrase
from perfeval.accounts.data import table


class ListKind(str, Enum):
    """What a document lists one by one; the value stands before the names of its subjects."""

    CLASSES = "类"
    ITEMS = "项"
    FUND_ITEMS = "基金项"
    LISTED = "列示"
    PROJECTS = "项目"
    ATTACHMENTS = "附件"


class ListedItem(NamedTuple):
    """One item of a list in a document.

    Attributes:
        kind: The list to which it belongs.
        start: Where it begins.
        end: Where its name ends.
        number: The number printed before it; ``None`` where there is none.
        path: Its class, its section and itself, as far as they are printed.
        subject: Under which subject its figures stand.
    """

    kind: str
    start: int
    end: int
    number: int | None
    path: tuple[str, ...]
    subject: str

    @property
    def name(self) -> str:
        """Its own name."""
        return self.path[-1]


@cache
def _starts(kind: str) -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, table("cues")["逐项起点"].get(kind, ())))


def items_in(text: str, start: int, end: int, kind: str) -> list[ListedItem]:
    """Return the items of a list within a part of a document."""
    tried = [list(pattern.finditer(text, start, end)) for pattern in _starts(kind)]
    several = (found for found in tried if len(found) > 1)
    best = next(several, None) or next(filter(None, tried), [])
    return [_item(found, kind, order) for order, found in enumerate(best, start=1)]


def _item(found: re.Match[str], kind: str, order: int) -> ListedItem:
    groups = found.groupdict()
    number = groups.get("序号") or groups.get("括号")
    levels = (groups.get(level) for level in ("类", "款", "项"))
    path = tuple(map(clean_name, filter(None, levels)))
    return ListedItem(
        kind=kind,
        start=found.start(),
        end=found.end(),
        number=int(number) if number else None,
        path=path,
        subject=f"{kind}/{order}",
    )


def clean_name(words: str) -> str:
    """Return a name without its number, its level and the words behind it that every name has."""
    bare = phrase(Phrase.NAME_LEFT_OUT).sub("", words)
    return phrase(Phrase.NAME_END).sub("", bare) or bare
