"""Whether the words around a figure say themselves that it is a project's money, rate or points.

A sentence that lists parts, or speaks of another year, may have its figures bound to the project:
what is compared with a project's own sheet, or written into one, must be beyond doubt.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from perfeval.accounts.account import Account
from perfeval.accounts.data import Limit, limit, table
from perfeval.accounts.facts import AccountFigure, FigureKind, FigureMeasure
from perfeval.accounts.items import ListKind
from perfeval.numbers import ONE, trimmed

_STOP = re.compile("[。；]")
_BRACKETS = re.compile("（[^（）]*）")
_MOST = limit(Limit.BEFORE)


class CertainWords(NamedTuple):
    """Which words must, and which may not, stand around a figure."""

    before: re.Pattern[str]
    never: re.Pattern[str]
    behind: re.Pattern[str]


@cache
def certain_words() -> dict[FigureMeasure, CertainWords]:
    """Return around which words a figure is beyond doubt, by what it is."""
    return {
        FigureMeasure(name): CertainWords(
            re.compile(row["前"]), re.compile(row["不取"]), re.compile(row.get("后", ""))
        )
        for name, row in table("certain").items()
    }


def money_of(figure: AccountFigure) -> Decimal | None:
    """Return an amount in 10,000 yuan; ``None`` where its unit is missing or too coarse for it.

    What falls has the sign that is printed: the words say the rest.
    """
    if figure.kind is not FigureKind.MONEY or not figure.unit or figure.factor > ONE:
        return None
    value = figure.value.copy_negate() if figure.falls else figure.value
    return value if figure.factor == ONE else Decimal(trimmed(value))


def is_certain(account: Account, figure: AccountFigure) -> bool:
    """Tell whether the words before a figure, and behind it, say themselves what it is."""
    if figure.measure not in certain_words() or not figure.told or figure.year != account.year:
        return False
    if figure.kind is FigureKind.MONEY and money_of(figure) is None:
        return False
    text = account.document.text
    before = _BRACKETS.sub("", _STOP.split(text[max(figure.start - _MOST, 0) : figure.start])[-1])
    around = certain_words()[figure.measure]
    if around.before.search(before) is None or around.never.search(before) is not None:
        return False
    return around.behind.search(text[figure.end : figure.end + _MOST]) is not None


_PROJECTS = (f"{ListKind.PROJECTS.value}/", f"{ListKind.ATTACHMENTS.value}/")


def may_be_of_a_part(account: Account, *figures: AccountFigure) -> bool:
    """Tell whether the words of a project's figures leave open that one is of a part of it."""
    is_project = figures[0].subject.startswith(_PROJECTS)
    return is_project and not all(is_certain(account, figure) for figure in figures)
