"""Whether something was done in time: the days of a deadline and those of what was done."""

from __future__ import annotations

from datetime import date
from enum import Enum

from perfeval.cells.dates import Day, Days
from perfeval.cells.signs import Sign


class Timing(Enum):
    """How the time of what was done compares with a deadline."""

    IN_TIME = "in time by every reading"
    LATE = "late by every reading"
    UNKNOWN = "the month is the same, the day is not known"
    TWO_ENDS = "in time by one reading of the deadline, not by the other"
    SENSELESS = "the deadline has a sign that says not before"


def timing_of(deadline: Days, done: Days, stated: Sign | None) -> Timing:
    """Compare what was done with a deadline.

    Args:
        deadline: The days of the target; it means the last of them.
        done: The days in which it was done.
        stated: The sign in the form's column; it goes before one in the cell.

    Returns:
        In time if the last day of what was done is not later, late if its first day is later.
    """
    sign = stated if stated not in (None, Sign.QUALITATIVE) else deadline.sign
    if sign in (Sign.AT_LEAST, Sign.ABOVE):
        return Timing.SENSELESS
    if deadline.lacks_year is not done.lacks_year:
        return Timing.UNKNOWN
    readings = {_timing(end, done) for end in (deadline.last, deadline.earlier) if end is not None}
    if len(readings) == 1:
        return readings.pop()
    return Timing.TWO_ENDS


def due_day(deadline: Days) -> date | None:
    """Return the last day that still meets a deadline; ``None`` where no single day is that.

    A deadline without a year has none, and 「10月前」, which may end in September or in October.

    >>> from perfeval.cells.dates import read_date
    >>> due_day(read_date("2023年三季度").span), due_day(read_date("2023年10月前").span)
    (datetime.date(2023, 9, 30), None)
    """
    return None if deadline.earlier is not None else _on_calendar(deadline.last)


def days_done(done: Days) -> tuple[date, date] | None:
    """Return the first and the last day on which something may have been done.

    ``None`` where no year is written, or where the text has no first day (10月底前, ≤10月31日).
    """
    if done.is_until or done.sign not in (None, Sign.EQUAL):
        return None
    first, last = _on_calendar(done.first), _on_calendar(done.last)
    return None if first is None or last is None else (first, last)


def _on_calendar(day: Day) -> date | None:
    return date(*day) if day.is_in_year else None


def _timing(end: tuple[int, int, int], done: Days) -> Timing:
    if done.last <= end and done.sign not in (Sign.AT_LEAST, Sign.ABOVE):
        return Timing.IN_TIME
    is_open = done.is_until or done.sign is not None
    return Timing.LATE if done.first > end and not is_open else Timing.UNKNOWN
