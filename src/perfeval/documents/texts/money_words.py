"""The amounts of one document: one unit of money, so many decimals, one style of thousands."""

from __future__ import annotations

import re
from decimal import Decimal

from perfeval.cells.units import MoneyUnit, in_money
from perfeval.numbers import ZERO, RoundingMode, plain, round_number, unit_in_last_place
from perfeval.rulebook import Form

_FIGURE = re.compile(r"[0-9]+", re.ASCII)


class MoneyWords:
    """Writes every amount of one document alike, and remembers whether one was rounded.

    Amounts are computed exactly and rounded only where they are printed.

    Attributes:
        unit: 金额单位 of the document.
        is_rounded: An amount that was written is not the exact one.
    """

    def __init__(self, unit: MoneyUnit, form: Form | None = None) -> None:
        self.unit = unit
        self.is_rounded = False
        self._digits = _USUAL_DIGITS if form is None else form.amount_digits
        self._grouped = form is not None and form.grouped_digits

    @property
    def note(self) -> str:
        """The sentence that a document with a rounded amount prints once; else empty."""
        if not self.is_rounded:
            return ""
        how = f"{_DIGITS[self._digits]}位小数" if self._digits else "整数"
        return f"金额按{how}列示，尾差由四舍五入形成。"

    def say(self, amount: Decimal | None, unit: MoneyUnit | None = None) -> str:
        """Write an amount without its unit; empty where it is not known.

        Args:
            amount: The exact amount, 0 or more.
            unit: Its unit of money; ``None`` for that of the document.
        """
        if amount is None:
            return ""
        exact = in_money(amount, unit or self.unit, self.unit)
        rounded = round_number(exact, self._digits, RoundingMode.HALF_UP)
        self.is_rounded = self.is_rounded or rounded != exact
        if rounded == ZERO != exact:
            return f"不足{plain(unit_in_last_place(rounded))}"
        text = plain(rounded)
        if self._grouped:
            text = _FIGURE.sub(lambda match: f"{int(match[0]):,}", text, count=1)
        return text


_DIGITS = "零一两三四五六"
_USUAL_DIGITS = 2
"""Decimals of an amount where no form says how many."""
