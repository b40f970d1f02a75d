"""What a relation saw in a document, and how relations are entered by their form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, NamedTuple

from perfeval.accounts.account import Account
from perfeval.accounts.data import table
from perfeval.accounts.facts import AccountFigure
from perfeval.accounts.tolerances import Fit
from perfeval.codes import ACCOUNT_CUT, ACCOUNT_ROUNDED
from perfeval.numbers import trimmed


class RelationStatus(Enum):
    """What became of a relation in a document; what was not checked is not passed.

    >>> RelationStatus("no_data") is RelationStatus.NO_DATA
    True
    """

    HELD = "held"
    BROKEN = "broken"
    ROUNDING = "rounding"
    NO_DATA = "no_data"
    NOT_APPLICABLE = "not_applicable"
    NOT_UNDERSTOOD = "not_understood"


class RelationLevel(str, Enum):
    """How much a broken relation weighs.

    >>> RelationLevel("疑问") is RelationLevel.QUESTION
    True
    """

    ERROR = "错误"
    WARNING = "警告"
    QUESTION = "疑问"
    HINT = "提示"


class AccountRelation(NamedTuple):
    """A relation between the figures or the words of a document.

    Attributes:
        numbers: Which of the relations that offices check it is.
        name: What it is about.
        code: The code of its findings.
        form: How it is checked.
        level: How much it weighs where it is broken.
        source: From where it is known.
        given: What its form needs to know.
    """

    numbers: tuple[int, ...]
    name: str
    code: str
    form: str
    level: RelationLevel
    source: str
    given: Mapping[str, Any]


class RelationResult(NamedTuple):
    """What a relation saw in one place.

    Attributes:
        status: Whether it holds there.
        at: Where the figures or words stand, the main one first.
        message: What is the case, with the figures; empty where it holds.
        hint: What would be right.
        level: How much it weighs, where that differs from the relation's own.
        code: Its code, where that differs from the relation's own.
        doubted: Whether it rests on a figure of which only the sentences around say whose it is.
    """

    status: RelationStatus
    at: tuple[int, ...] = ()
    message: str = ""
    hint: str = ""
    level: RelationLevel | None = None
    code: str = ""
    doubted: bool = False


Results = Iterator[RelationResult]
RelationForm = Callable[[Account, AccountRelation], Results]
FORMS: dict[str, RelationForm] = {}
"""How relations are checked, by the word that the data have for it."""


def form(name: str) -> Callable[[RelationForm], RelationForm]:
    """Enter a function as the form of relations."""

    def enter(run: RelationForm) -> RelationForm:
        FORMS[name] = run
        return run

    return enter


@cache
def relations() -> tuple[AccountRelation, ...]:
    """Return the relations of the data, in their order."""
    return tuple(
        AccountRelation(
            numbers=tuple(map(int, row["号"])),
            name=row["名"],
            code=row["码"],
            form=row["式"],
            level=RelationLevel(row["级别"]),
            source=row["来源"],
            given=row,
        )
        for row in table("relations")
    )


HELD = RelationResult(RelationStatus.HELD)
NO_DATA = RelationResult(RelationStatus.NO_DATA)


def starts(figures: Iterable[AccountFigure]) -> tuple[int, ...]:
    """Return where figures stand, each place once."""
    return tuple(dict.fromkeys(figure.start for figure in figures))


def broken(figures: Iterable[AccountFigure], message: str, hint: str = "") -> RelationResult:
    """Return that a relation is broken."""
    figures = tuple(figures)
    return RelationResult(
        status=RelationStatus.BROKEN,
        at=starts(figures),
        message=message,
        hint=hint,
        doubted=not all(figure.told for figure in figures),
    )


def by_fit(
    fit: Fit, figures: Iterable[AccountFigure], message: str, hint: str = ""
) -> RelationResult:
    """Return what a comparison of figures comes to; a cut figure is a note like a rounded one."""
    if fit is Fit.EXACT:
        return HELD
    if fit is Fit.BROKEN:
        return broken(figures, message, hint)
    code = ACCOUNT_CUT if fit is Fit.CUT else ACCOUNT_ROUNDED
    return RelationResult(RelationStatus.ROUNDING, starts(figures), message, code=code)


def told(figure: AccountFigure) -> str:
    """Name a figure with what it is: “基本支出”增减额 5.75 万元."""
    name = figure.name or figure.subject.rpartition("/")[2]
    measure = figure.measure.value if figure.measure else ""
    return f"“{name}”{measure} {figure.text}"


def amount(value: Decimal) -> str:
    """Print an amount of money or a count.

    >>> amount(Decimal("118.00"))
    '118'
    """
    return trimmed(value)
