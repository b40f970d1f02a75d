"""The styles of the cells, with as many decimals as the numbers have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfeval.documents.department.summary_list.projects import (
    ListedProject,
    amounts_of,
    comparable,
)
from perfeval.documents.templates import markup_template
from perfeval.numbers import (
    ZERO,
    percent,
    trimmed,
)
from perfeval.scorecard import Scorecard


class CellStyle:
    """The numbers of the styles of cells, by their order in summary_styles.xml."""

    TITLE = 1
    LEFT = 2
    RIGHT = 3
    HEAD = 4
    TEXT = 5
    MIDDLE = 6
    POSITION = 7
    MONEY = 8
    RATE = 9
    POINTS = 10
    TOTAL = 11
    REMARK = 12
    SUM_LABEL = 13
    SUM_MONEY = 14
    SUM_RATE = 15
    NOTE = 16
    SIGNATURE = 17


_USUAL_DIGITS = 2
_SPACE = "_ "
"""Number format that leaves the width of a space between a number and the cell's border."""


def styles_of(projects: Sequence[ListedProject]) -> str:
    """Return the styles, with as many decimals as the numbers have."""
    money = [amount for amounts in amounts_of(projects) for amount in amounts if amount is not None]
    points = [number for item in projects for number in _points(item.card) if number is not None]
    pairs = [*((item.spent, item.base) for item in projects), comparable(projects)]
    digits = max(item.card.form.rate_digits for item in projects)
    rate = max([digits, *(_rate_digits(part, base, digits) for part, base in pairs)])
    return markup_template("excel/summary_styles.xml.j2").render(
        money=_aligned("#,##0", money),
        points=_aligned("0", points),
        rate=f"0.{'0' * rate}%{_SPACE}" if rate else f"0%{_SPACE}",
    )


def _points(card: Scorecard) -> Iterator[Decimal | None]:
    yield from (card.execution.shown, card.total, card.measured, card.claimed, card.filed_total)
    yield from (part.points for part in card.subtotals)


def _aligned(whole: str, numbers: Sequence[Decimal]) -> str:
    """Return a format with two decimals, and with room for as many more as a number has.

    >>> _aligned("#,##0", [Decimal("50"), Decimal("207.4538")])
    '#,##0.00??_ '
    """
    return f"{whole}.00{'?' * (decimals(numbers) - _USUAL_DIGITS)}{_SPACE}"


def decimals(numbers: Sequence[Decimal]) -> int:
    """Return how many decimals the numbers need, at least the two that are usual."""
    return max([_USUAL_DIGITS, *(len(trimmed(item).partition(".")[2]) for item in numbers)])


def _rate_digits(part: Decimal | None, base: Decimal | None, digits: int) -> int:
    """Return how many decimals a rate needs, so that only a full one shows as 100 %."""
    if part is None or base is None or base <= ZERO:
        return 0
    return len(percent(part, base, digits).partition(".")[2].removesuffix("%"))
