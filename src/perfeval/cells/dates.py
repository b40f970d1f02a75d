"""Dates in cells: 2023年12月底前, 第三季度, 上半年, 9-10月, 2023-10-31, and what they span."""

from __future__ import annotations

import re
from calendar import monthrange
from decimal import Decimal
from typing import NamedTuple

from perfeval.cells.numerals import narrow, small_number
from perfeval.cells.signs import Sign, one_of
from perfeval.cells.vocabulary import Words, any_of
from perfeval.later import regex


class Day(NamedTuple):
    """A day; ``year`` is 0 where none is written, and 1 for the year after the sheet's (次年).

    >>> from perfeval import Day
    >>> Day(0, 10, 31).text, Day(1, 3, 31).text
    ('10月31日', '次年3月31日')
    """

    year: int
    month: int
    day: int

    @property
    def text(self) -> str:
        """The day as it is printed, 2023年10月31日."""
        year = f"{self.year}年" if self.is_in_year else _RELATIVE[self.year]
        return f"{year}{self.month}月{self.day}日"

    @property
    def is_in_year(self) -> bool:
        """The year is known, and not only how it stands to that of the sheet."""
        return self.year >= _FIRST_YEAR


_RELATIVE = {-1: "上年", 0: "", 1: "次年"}
"""How a day is printed whose year is counted from that of the sheet."""
_FIRST_YEAR = 1000


class Days(NamedTuple):
    """The days that a date stands for.

    Attributes:
        first, last: Its first and its last day; what happens in it is over with the last.
        earlier: The last day of the other reading of 「10月前」, the end of September.
        sign: A sign that stands before the date.
        is_until: It says that something happens before it ends (前), not in it.

    >>> from perfeval import Day, Days
    >>> Days(Day(0, 10, 1), Day(0, 10, 31)).in_year(2023).last.text
    '2023年10月31日'
    """

    first: Day
    last: Day
    earlier: Day | None = None
    sign: Sign | None = None
    is_until: bool = False

    @property
    def lacks_year(self) -> bool:
        """No year is written."""
        return not self.last.is_in_year

    def in_year(self, year: int) -> Days:
        """Return the span in a year, where it has none of its own."""
        if not self.lacks_year:
            return self
        first, last = _closed_in(self.first, year), _closed_in(self.last, year)
        earlier = None if self.earlier is None else _closed_in(self.earlier, year)
        return self._replace(first=first, last=last, earlier=earlier)


class DateError(ValueError):
    """What looks like a date is no day of the calendar."""


def _closed_in(day: Day, year: int) -> Day:
    """Return a day of a year, or of the one after it; 29 February only in leap years."""
    day = day._replace(year=year + day.year)
    return day._replace(day=min(day.day, _days_in(day.year, day.month)))


def _days_in(year: int, month: int) -> int:
    if not 1 <= month <= 12:
        raise DateError
    return monthrange(year if year >= _FIRST_YEAR else 2000, month)[1]


_AFTER = "(?:(?<![0-9一二两三四五六七八九十第几多数])次|翌|下一?)年"
"""How the year after the sheet's is written; 培训2次年底前 is something done twice."""
_YEAR = (
    r"(?:(?P<{0}year>[1-9][0-9]{{3}}|[0-9]{{2}})年(?:度|的)?|当年|本年度?|今年"
    rf"|(?P<{{0}}next>{_AFTER}度?))?"
)
_POINT = (
    r"(?:(?P<{0}iso>(?:[1-9][0-9]{{3}}|[0-9]{{2}}(?=(?P<{0}mark>[-/.])[0-9]{{1,2}}(?P={0}mark)[0-9]))"
    r"(?:[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}}|[-/][0-9]{{1,2}})(?![0-9.]))"
    r"|" + _YEAR + r"(?:(?P<{0}month>[0-9]{{1,2}})月(?:份|(?P<{0}day>[0-9]{{1,2}})[日号]"
    r"|(?P<{0}start>初)|(?P<{0}early>上旬)|(?P<{0}middle>中旬)|(?P<{0}late>下旬))?"
    r"|(?:第?(?P<{0}quarter>[1-4])季度?|[Qq](?P<{0}q>[1-4]))"
    r"|(?P<{0}half1>上半年)|(?P<{0}half2>下半年))"
    r"|(?P<{0}whole>[1-9][0-9]{{3}})年(?:度|内)?"
    rf"|(?P<{{0}}later>{_AFTER}(?=[底末终]))"
    r"|(?P<{0}turn>(?:当|本|今)?年(?=[底末终])|(?<![一二两三四五六七八九十半几多近])(?:(?:当|本|今)?年内|当年(?=完成))))"
)
_TAIL = r"(?P<bottom>[底末终])?(?P<before>(?:之|以)?前)?"
_SEPARATOR = r"\s*(?:——|[-—~～至到])\s*"
_SPANS = regex(_SEPARATOR)
"""What every span of dates has between its ends; few texts do, and to look for it is quick."""
_SHORT = (
    _YEAR.format("s") + r"(?:第?(?P<q1>[1-4])(?:季度)?" + _SEPARATOR + r"(?P<q2>[1-4])季度"
    r"|(?P<m1>[0-9]{1,2})月?(?:(?P<d1>[0-9]{1,2})[日号])?" + _SEPARATOR + r"(?P<m2>[0-9]{1,2})月"
    r"(?:份|(?P<d2>[0-9]{1,2})[日号])?"
    r"|(?P<m>[0-9]{1,2})月(?P<dd1>[0-9]{1,2})[日号]?" + _SEPARATOR + r"(?P<dd2>[0-9]{1,2})[日号])"
)
_GLYPHS = {
    glyph: sign
    for sign, glyphs in (
        (Sign.AT_MOST, "≤ <= ≦ ＜ < 不迟于 不晚于 不得迟于 不得晚于 早于 截至 截止 截止到 至 到"),
        (Sign.AT_MOST, "最迟 最迟于 最晚 最晚于"),
        (Sign.EQUAL, "＝ = =="),
        (Sign.AT_LEAST, "≥ >= ≧ ＞ > 晚于 不早于"),
    )
    for glyph in glyphs.split()
}
_SIGN = rf"(?:(?P<sign>{one_of(_GLYPHS)})\s*)?"
_ALONE = r"(?<![0-9.,])"


def _pattern(grammar: str) -> re.Pattern[str]:
    return regex(_ALONE + _SIGN + grammar + _TAIL, re.ASCII)


_ONE = _pattern(_POINT.format("a"))
_TWO = _pattern(_POINT.format("a") + _SEPARATOR + _POINT.format("b"))
_SEVERAL = _pattern(_SHORT)
_YEARS = _pattern(rf"(?P<y1>[1-9][0-9]{{3}})年?{_SEPARATOR}(?P<y2>[1-9][0-9]{{3}})年度?")
_MAY_BE = regex("[年月季]|[0-9]{2}[-/.][0-9]|[Qq][1-4]", re.ASCII)
_NUMERAL = regex(
    "[一二三四五六七八九十]{1,3}(?=月|季|[至到—~～-][一二三四1-4]季)"
    "|(?<=月)[一二三四五六七八九十]{1,3}(?=[日号])"
)
_YEAR_NUMERAL = regex("[一二][〇零一二三四五六七八九]{3}(?=年)")
"""A year whose digits are written one by one: 二〇二三年."""
_EVERY_YEAR = regex("每年度?(?=[0-9]{1,2}月|底|末)", re.ASCII)
"""What says that a day comes again in other years; a sheet is of one."""
_SAID_TWICE = regex("年(?:年(?=[底末终内])|度(?=[底末终内]))")
"""The year in more characters than it needs: 2023年年底, 本年度末."""
_SPACED = regex(r"\s+(?=[年月日号季])|(?<=[年月])\s+(?=[0-9])", re.ASCII)
"""Spaces inside a date: 2023年12 月 31 日."""
_DIGIT = regex("[0-9]", re.ASCII)
_RECURRING = regex(any_of(Words.RECURRING))
_TURNED = regex(any_of(Words.NOT_DONE))
_DEADLINE = regex(any_of(Words.DEADLINE))
_LONGEST = 40
_QUARTER, _HALF, _YEAR_LONG = 3, 6, 12
_CENTURY = 2000
_CENTURIES = (19, 20)


class Dated(NamedTuple):
    """A text with a date: what the date spans, and what else stands in the text."""

    span: Days
    rest: str


def read_date(text: str) -> Dated | None:
    """Find the one date, or span of dates, in a text; ``None`` where there is none or several.

    >>> read_date("2023年12月底前").span.last
    Day(year=2023, month=12, day=31)
    >>> read_date("391张") is None
    True
    """
    if len(text) > _LONGEST or not _MAY_BE.search(text):
        return None
    plain = _EVERY_YEAR.sub("当年", with_digits(text))
    if _RECURRING.search(plain):
        return None
    may_be_span = _SPANS.search(plain) is not None
    for pattern in (_YEARS, _SEVERAL, _TWO, _ONE) if may_be_span else (_ONE,):
        match = pattern.search(plain)
        if match is None:
            continue
        rest = plain[: match.start()] + plain[match.end() :]
        try:
            span = _span(match, pattern)
        except DateError:
            return None
        return None if _ONE.search(rest) else Dated(span, rest.strip(" ，,、:：。"))
    return None


def with_digits(text: str) -> str:
    """Write the Chinese numerals of dates with digits.

    >>> with_digits("二〇二三年十一月十五日")
    '2023年11月15日'
    """
    plain = _YEAR_NUMERAL.sub(_each_digit, _SPACED.sub("", narrow(text)))
    plain = _SAID_TWICE.sub("年", plain)
    return _NUMERAL.sub(lambda match: str(small_number(match.group())), plain)


def _each_digit(match: re.Match[str]) -> str:
    return "".join(str(small_number(char)) for char in match.group())


_COMPACT = regex(
    r"(?P<year>(?:19|20)[0-9]{2})(?:\.(?P<m>0?[1-9]|1[0-2])|(?P<month>[01][0-9])(?P<day>[0-3][0-9]))",
    re.ASCII,
)


def compact_date(text: str) -> Days | None:
    """Return the days of a number that may be a date, 20231231 or 2023.12.

    >>> compact_date("2023.12").last.text, compact_date("20231301")
    ('2023年12月31日', None)
    """
    match = _COMPACT.fullmatch(text)
    if match is None:
        return None
    year, month = int(match["year"]), int(match["m"] or match["month"])
    try:
        if match["day"] is None:
            whole = _months(year, month, month)
            return Days(whole.first, whole.last)
        day = _checked(Day(year, month, int(match["day"])))
    except DateError:
        return None
    return Days(day, day)


_UNSAID = regex(
    r"(?:1[0-2]|[1-9])\.(?:0[1-9]|[12][0-9]|3[01])|(?:19|20)[0-9]{2}|4[0-9]{4}", re.ASCII
)
_SHORT_UNSAID = regex(r"(?:1[0-2]|[1-9])(?:\.[1-9])?", re.ASCII)


def may_be_date(number: str, *, is_bounded: bool) -> bool:
    """Tell whether a bare number of a row about a point in time may be a date.

    It may be month and day (12.31), a year, or the days by which a spreadsheet keeps a date
    (45291); a month (12) where no sign stands beside it.

    >>> may_be_date("12.31", is_bounded=True), may_be_date("12", is_bounded=True)
    (True, False)
    """
    if _UNSAID.fullmatch(number) is not None:
        return True
    return not is_bounded and _SHORT_UNSAID.fullmatch(number) is not None


def is_deadline(dated: Dated) -> bool:
    """Tell whether a text with a date says by when something is done, and no more than that."""
    rest = dated.rest
    if _DIGIT.search(rest) or _TURNED.search(rest):
        return False
    return not rest or _DEADLINE.search(rest) is not None


def _span(match: re.Match[str], pattern: re.Pattern[str]) -> Days:
    """Return what a match of one of the patterns spans."""
    is_early = False
    if pattern is _YEARS:
        first, last = Day(int(match["y1"]), 1, 1), Day(int(match["y2"]), _YEAR_LONG, 31)
        is_day = False
    elif pattern is _SEVERAL:
        first, last, is_day = _several(match)
    else:
        start = _point(match, "a")
        end = _point(match, "b") if pattern is _TWO else start
        is_early = match["bstart" if pattern is _TWO else "astart"] is not None
        first, last, is_day = start.first, end.last, end.is_day
        if first.is_in_year and not last.is_in_year:
            last = _closed_in(last, first.year)
    if last < first or first.is_in_year is not last.is_in_year:
        raise DateError
    sign = None if match["sign"] is None else _GLYPHS[match["sign"]]
    is_until = match["before"] is not None
    earlier = None
    if is_until and not is_day and match["bottom"] is None:
        earlier = _day_before(first)
    elif is_early:  # the first days of a month: five, or ten
        earlier = last._replace(day=5)
    return Days(first, last, earlier, sign, is_until)


class _Point(NamedTuple):
    """One date: its first and its last day, and whether it names the day."""

    first: Day
    last: Day
    is_day: bool = False


def _point(match: re.Match[str], which: str) -> _Point:
    """Return the days of one date of a match."""

    def part(name: str) -> str | None:
        return match[which + name]

    iso = part("iso")
    if iso is not None:
        return _iso(iso)
    year = _year_of(part("year") or part("whole"), part("next") or part("later"))
    quarter = part("quarter") or part("q")
    if quarter is not None:
        return _months(year, (int(quarter) - 1) * _QUARTER + 1, int(quarter) * _QUARTER)
    if part("half1") is not None:
        return _months(year, 1, _HALF)
    if part("half2") is not None:
        return _months(year, _HALF + 1, _YEAR_LONG)
    if part("month") is None:
        return _months(year, 1, _YEAR_LONG)
    return _in_month(Day(year, int(part("month") or 0), int(part("day") or 0)), match, which)


def _in_month(day: Day, match: re.Match[str], which: str) -> _Point:
    """Return a day of a month, a third of it, or all of it."""
    if day.day or match[which + "day"] is not None:
        return _Point(_checked(day), day, is_day=True)
    whole = _months(day.year, day.month, day.month)
    if match[which + "early"] is not None or match[which + "start"] is not None:
        return whole._replace(last=day._replace(day=10))
    if match[which + "middle"] is not None:
        return _Point(day._replace(day=11), day._replace(day=20))
    if match[which + "late"] is not None:
        return whole._replace(first=day._replace(day=21))
    return whole


def _iso(text: str) -> _Point:
    """Return the days of 2023-10-31, 2023/10 or 23-10-31."""
    year, month, *rest = (int(part) for part in re.split("[-/.]", text))
    full = year if year >= 100 else _CENTURY + year
    if full // 100 not in _CENTURIES:
        raise DateError
    if not rest:
        return _months(full, month, month)
    day = _checked(Day(full, month, rest[0]))
    return _Point(day, day, is_day=True)


def _several(match: re.Match[str]) -> tuple[Day, Day, bool]:
    """Return first and last day of 9-10月, 1至3季度, 10月1日-15日, and whether it names days."""
    year = _year_of(match["syear"], match["snext"])
    if match["q1"] is not None:
        first = _months(year, (int(match["q1"]) - 1) * _QUARTER + 1, _YEAR_LONG).first
        return first, _months(year, 1, int(match["q2"]) * _QUARTER).last, False
    if match["m"] is not None:
        days = [Day(year, int(match["m"]), int(match[name])) for name in ("dd1", "dd2")]
        return _checked(days[0]), _checked(days[1]), True
    one, two = (_months(year, int(match[name]), int(match[name])) for name in ("m1", "m2"))
    return _days_of(match, one.first, two.last)


def _days_of(match: re.Match[str], one: Day, two: Day) -> tuple[Day, Day, bool]:
    """Put the days that are written into 9月1日-10月15日."""
    if match["d1"] is not None:
        one = _checked(one._replace(day=int(match["d1"])))
    if match["d2"] is not None:
        two = _checked(two._replace(day=int(match["d2"])))
    return one, two, match["d2"] is not None


def _year_of(text: str | None, following: str | None) -> int:
    """Return a year of two or four digits; without one, how it stands to that of the sheet."""
    if text is None:
        return int(following is not None)
    return int(text) if len(text) > 2 else _CENTURY + int(text)


def _months(year: int, first: int, last: int) -> _Point:
    return _Point(Day(year, first, 1), Day(year, last, _days_in(year, last)))


def month_beside(span: Days, number: Decimal) -> Days | None:
    """Return the month that a bare number may be beside a date that is a month.

    >>> month_beside(read_date("2023年12月底前").span, Decimal(11)).last.text
    '2023年11月30日'
    """
    first, last = span.first, span.last
    is_month = first == last._replace(day=1) and last.day == _days_in(last.year, last.month)
    if not is_month or not 1 <= number <= _YEAR_LONG or number != int(number):
        return None
    point = _months(last.year, int(number), int(number))
    return Days(point.first, point.last)


def _checked(day: Day) -> Day:
    if not 1 <= day.day <= _days_in(day.year, day.month):
        raise DateError
    return day


def _day_before(day: Day) -> Day:
    """Return the day before the first of a month; the year of a date without one is 0 or -1."""
    if day.month == 1:
        return Day(day.year - 1, _YEAR_LONG, 31)
    return Day(day.year, day.month - 1, _days_in(day.year, day.month - 1))
