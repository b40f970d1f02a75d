"""What a section lists one by one: accounts, projects, the parts of an attachment."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache
from typing import NamedTuple

from perfeval.accounts.cues import Phrase, phrase
from perfeval.accounts.data import table
from perfeval.accounts.sections import AccountSection
from perfeval.accounts.text import AccountText
from perfeval.accounts.words import subjects_in


class ListKind(str, Enum):
    """What a document lists one by one; the value stands before the names of its subjects."""

    CLASSES = "类"
    ITEMS = "项"
    FISCAL_ITEMS = "财政项"
    FUND_ITEMS = "基金项"
    POINTS = "条"
    ACCOUNT_POINTS = "科目"
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
        printed: Its own name as it is printed; empty where that is its name.
    """

    kind: str
    start: int
    end: int
    number: int | None
    path: tuple[str, ...]
    subject: str
    printed: str = ""

    @property
    def name(self) -> str:
        """Its own name."""
        return self.path[-1]


def points_in(document: AccountText, section: AccountSection, number: int) -> list[ListedItem]:
    """Return the numbered points of a section that lists nothing else.

    A point that names a known subject is read as any sentence and has no subject of its own; what
    another one says is of nothing but what it names.

    Args:
        document: The document.
        section: The section.
        number: Which of the document's sections it is.
    """
    pattern = phrase(Phrase.POINT)
    title = section.title
    found: list[ListedItem] = []
    follows = section.start
    starts = document.starts_within(section.start, section.end)
    for start, after in zip(starts, (*starts[1:], section.end), strict=False):
        point = pattern.match(document.text, start, section.end)
        is_behind = start == follows or document.text[start - 1] in _BEFORE_POINT
        if point is None or not is_behind:
            continue
        name = point["名"] or ""
        is_known = not name or bool(subjects_in(name, title.name, title.scope))
        is_account = any(level in name for level in _LEVELS)
        found.append(
            ListedItem(
                kind=ListKind.ACCOUNT_POINTS if is_account else ListKind.POINTS,
                start=start,
                end=point.start("名") if is_known and name else point.end(),
                number=None,
                path=(clean_name(name) or name,),
                subject="" if is_known else f"{ListKind.POINTS.value}/{number}.{len(found)}",
            )
        )
        follows = after
    return found


_LEVELS = ("（类）", "（款）", "（项）")
_BEFORE_POINT = "。；：）"


@cache
def _starts(kind: str) -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, table("cues")["逐项起点"].get(kind, ())))


def items_in(text: str, start: int, end: int, kind: str) -> list[ListedItem]:
    """Return the items of a list within a part of a document.

    Args:
        text: The document's text.
        start: Where the part begins.
        end: Where it ends.
        kind: The list, and behind a dot how its items are written where that is a case of its own.
    """
    tried = [list(pattern.finditer(text, start, end)) for pattern in _starts(kind)]
    best = max(tried, key=len, default=[])
    list_name = kind.partition("·")[0]
    return [_item(found, list_name, order) for order, found in enumerate(best, start=1)]


def _item(found: re.Match[str], kind: str, order: int) -> ListedItem:
    groups = found.groupdict()
    number = groups.get("序号") or groups.get("括号")
    levels = list(filter(None, (groups.get(level) for level in ("类", "款", "项"))))
    path = tuple(map(clean_name, levels))
    return ListedItem(
        kind=kind,
        start=found.start(),
        end=found.end(),
        number=int(number) if number else None,
        path=path,
        subject=f"{kind}/{order}",
        printed=levels[-1],
    )


def clean_name(words: str) -> str:
    """Return a name without its number, its level and the words behind it that every name has."""
    bare = phrase(Phrase.NAME_LEFT_OUT).sub("", words)
    return phrase(Phrase.NAME_END).sub("", bare) or bare
