"""By how much something was late: in days, and in months or quarters of the calendar."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import NamedTuple

from perfeval.cells.words import WordEnum

_MONTHS_OF_A_YEAR = 12


class LateUnit(WordEnum):
    """In what lateness is counted (单位)."""

    DAY = "天"
    MONTH = "个月"
    QUARTER = "个季度"


_MONTHS = {LateUnit.MONTH: 1, LateUnit.QUARTER: 3}


class Late(NamedTuple):
    """By how much something was late.

    Attributes:
        whole: The whole days, months or quarters that have passed since the day that was due.
        is_more: A part of another one has passed too.
    """

    whole: int
    is_more: bool


def late_by(due: date, done: date, unit: LateUnit) -> Late:
    """Return by how much something was done after the day that was due.

    A month has passed on the same day of the next month, or on its last day where there is no
    such day; from the end of one month to the end of another whole months have passed.

    >>> late_by(date(2023, 10, 31), date(2023, 11, 30), LateUnit.MONTH)
    Late(whole=1, is_more=False)
    >>> late_by(date(2023, 10, 15), date(2023, 11, 20), LateUnit.MONTH)
    Late(whole=1, is_more=True)
    """
    if unit is LateUnit.DAY:
        return Late((done - due).days, is_more=False)
    step = _MONTHS[unit]
    months = _MONTHS_OF_A_YEAR * (done.year - due.year) + done.month - due.month
    whole = months // step
    if _months_later(due, whole * step) > done:
        whole -= 1
    return Late(whole, is_more=_months_later(due, whole * step) < done)


def _months_later(day: date, months: int) -> date:
    """Return the day so many months later; the last of a month stays the last."""
    years, month = divmod(day.month - 1 + months, _MONTHS_OF_A_YEAR)
    year = day.year + years
    last = monthrange(year, month + 1)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if is_last else min(day.day, last))
