"""The projects of the list, their amounts in one unit of money."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from perfeval.cells.units import MoneyUnit, in_money
from perfeval.numbers import (
    total,
)
from perfeval.scorecard import Scorecard
from perfeval.sheet import SheetKind


class ListedProject(NamedTuple):
    """A project, its amounts in the unit of the list."""

    card: Scorecard
    original: Decimal | None
    final: Decimal | None
    spent: Decimal | None

    @property
    def base(self) -> Decimal | None:
        """The base of the execution rate: the final budget, else the original one."""
        return self.original if self.final is None else self.final

    @property
    def is_comparable(self) -> bool:
        """Budget and spending are both known."""
        return self.base is not None and self.spent is not None


def is_project(card: Scorecard, year: str) -> bool:
    """Tell whether a sheet is a project's, of the year."""
    return card.sheet.kind == SheetKind.PROJECT and str(card.sheet.year) == year


def project_of(card: Scorecard, money_unit: MoneyUnit) -> ListedProject:
    """Return a sheet's project, its amounts in the unit of the list."""
    budget, unit = card.sheet.budget, card.sheet.money_unit
    amounts = (budget.original, budget.final, budget.spent)
    return ListedProject(card, *(_in_unit(amount, unit, money_unit) for amount in amounts))


def _in_unit(amount: Decimal | None, unit: MoneyUnit, wanted: MoneyUnit) -> Decimal | None:
    """Convert an amount exactly; in its own unit it keeps its digits."""
    return None if amount is None else in_money(amount, unit, wanted)


def amounts_of(projects: Sequence[ListedProject]) -> list[list[Decimal | None]]:
    """Return the columns of amounts: 年初预算数, 全年预算数, 执行数."""
    return [
        [item.original for item in projects],
        [item.final for item in projects],
        [item.spent for item in projects],
    ]


def comparable(projects: Sequence[ListedProject]) -> tuple[Decimal, Decimal]:
    """Return spending and budget of the projects that have both."""
    both = [item for item in projects if item.is_comparable]
    return (
        total(item.spent for item in both if item.spent is not None),
        total(item.base for item in both if item.base is not None),
    )
