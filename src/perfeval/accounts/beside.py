"""The 自评表 that lie beside a document, or stand in it, as plain figures to compare with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from perfeval.accounts.account import Account
from perfeval.accounts.cues import Phrase, phrase
from perfeval.accounts.data import table
from perfeval.accounts.facts import AccountFigure, FigureMeasure
from perfeval.accounts.items import ListedItem, ListKind, clean_name
from perfeval.accounts.text import plain


class BesideFigure(NamedTuple):
    """A figure of a sheet.

    Attributes:
        value: Money in 10,000 yuan, or points.
        place: Where it stands, with its file.
    """

    value: Decimal
    place: str


class BesideSheet(NamedTuple):
    """A 自评表, as far as a document may repeat it.

    Attributes:
        names: The project's name, and the others that it has; empty for the department itself.
        place: Where the sheet is.
        figures: Its money, and its points as filed.
        computed: Its points by its rulebook; ``None`` where there is no total.
        is_own: Whether it stands in the document itself.
        bounds: The least and the most that its points can be; ``None`` where that is not known.
    """

    names: tuple[str, ...]
    place: str
    figures: Mapping[FigureMeasure, BesideFigure]
    computed: Decimal | None = None
    is_own: bool = False
    bounds: tuple[Decimal, Decimal] | None = None

    @property
    def name(self) -> str:
        """The project's name."""
        return self.names[0]


class ProjectBeside(NamedTuple):
    """What a document tells of a project, and the sheet of the same project."""

    item: ListedItem
    sheet: BesideSheet


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(table("cues")[name])


def name_key(name: str) -> str:
    """Return by what two names of one project are alike.

    >>> name_key("“好味到”食堂建设经费") == name_key("好味到食堂建设项目")
    True
    """
    bare, end = plain("".join(name.split())), _pattern("项目名称尾")
    return end.sub("", clean_name(end.sub("", clean_name(bare))))


def full_key(name: str) -> str:
    """Return by what two names are one where others are alike, too.

    >>> full_key("食堂建设项目") == full_key("“食堂建设”"), full_key("食堂建设经费")
    (True, '食堂建设经费')
    """
    bare = plain("".join(name.split()))
    return _pattern("项目名称空尾").sub("", phrase(Phrase.NAME_LEFT_OUT).sub("", bare))


def is_of_the_whole(item: ListedItem) -> bool:
    """Tell whether an attachment is about the department as a whole."""
    found = _pattern("整体").search(item.name)
    return found is not None


def projects_told(account: Account) -> list[ListedItem]:
    """Return the projects of which a document tells, in overviews and in attachments."""
    kinds = (ListKind.PROJECTS, ListKind.ATTACHMENTS)
    return [item for item in account.items if item.kind in kinds and not is_of_the_whole(item)]


def pairs(account: Account) -> Iterator[ProjectBeside]:
    """Yield each project of which a document tells with each sheet of the same name.

    What is only alike is the same where neither has another beside it that has its full name.
    """
    items = projects_told(account)
    by_key: dict[str, list[BesideSheet]] = {}
    for sheet in account.beside:
        for key in dict.fromkeys(map(name_key, sheet.names)):
            by_key.setdefault(key, []).append(sheet)
    told = {(item.kind, full_key(item.printed)) for item in items}
    filled = {(sheet.is_own, full_key(name)) for sheet in account.beside for name in sheet.names}
    for item in items:
        own = full_key(item.printed)
        for sheet in by_key.get(name_key(item.name), ()):
            names = set(map(full_key, sheet.names))
            is_told = not told.isdisjoint((item.kind, name) for name in names)
            if own in names or not (is_told or (sheet.is_own, own) in filled):
                yield ProjectBeside(item, sheet)


def once(figures: Iterable[AccountFigure]) -> list[AccountFigure]:
    """Return figures, each value once."""
    return list({figure.value: figure for figure in reversed(list(figures))}.values())[::-1]
