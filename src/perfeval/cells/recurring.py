"""Deadlines that come again and again within a year: 每月15日前, 每季度末."""

from __future__ import annotations

import re
from typing import NamedTuple

from perfeval.cells.dates import with_digits
from perfeval.cells.vocabulary import Words, any_of
from perfeval.later import regex


class Recurring(NamedTuple):
    """A day of every month, or the end of every quarter.

    Attributes:
        period: What comes again, 月.
        last: The last day of it that the text allows; 31 stands for the end.
        is_until: It says that something happens before (前), and not on which day.

    >>> from perfeval import Recurring
    >>> Recurring("月", 15, is_until=True).last
    15
    """

    period: str
    last: int
    is_until: bool


_END = 31
_THIRDS = {"上": 10, "中": 20, "下": _END}
_EVERY = regex(
    r"[^0-9]{0,12}?每个?(?:(?P<month>月)(?:份?的?(?P<day>[0-9]{1,2})[日号]|(?P<third>[上中下])旬|[底末])"
    r"|(?P<other>季度?|半年|周|学期)[底末])(?P<before>[之以]?前)?(?P<rest>[^0-9]*)",
    re.ASCII,
)
_MAY_BE = regex("每")
"""What every such text has; few texts do, and to look for it is quick."""
_DEADLINE = regex(any_of(Words.DEADLINE))
_TURNED = regex(any_of(Words.NOT_DONE))


def read_recurring(text: str) -> Recurring | None:
    """Read a deadline of every month or quarter; ``None`` where the text is none.

    >>> read_recurring("每月15日前发放").last, read_recurring("每季度末"), read_recurring("每月1次")
    (15, Recurring(period='季度', last=31, is_until=False), None)
    """
    match = _EVERY.fullmatch(with_digits(text)) if _MAY_BE.search(text) else None
    if match is None or _TURNED.search(text):
        return None
    if match["rest"] and not _DEADLINE.search(match["rest"]):
        return None
    last = int(match["day"] or _THIRDS.get(match["third"], _END))
    if not 1 <= last <= _END:
        return None
    period = match["month"] or _PERIODS.get(match["other"], match["other"])
    return Recurring(period, last, match["before"] is not None)


_PERIODS = {"季": "季度"}
