"""Number formats of spreadsheets: what kind of value a cell shows, and what it shows."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from perfeval.carriers.values import ContentKind
from perfeval.numbers import RoundingMode, multiply, plain, round_number, trimmed

BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"￥"#,##0;-"￥"#,##0',
    6: '"￥"#,##0;-"￥"#,##0',
    7: '"￥"#,##0.00;-"￥"#,##0.00',
    8: '"￥"#,##0.00;-"￥"#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: 'AM/PMh"时"mm"分"',
    35: 'AM/PMh"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    41: '#,##0;-#,##0;"-"',
    42: '"￥"#,##0;-"￥"#,##0;"-"',
    43: '#,##0.00;-#,##0.00;"-"',
    44: '"￥"#,##0.00;-"￥"#,##0.00;"-"',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss",
    48: "##0.0E+0",
    49: "@",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: 'AM/PMh"时"mm"分"',
    56: 'AM/PMh"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
"""The formats that a file only numbers, as a Chinese system shows them."""

_LONGEST = 255
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>[Gg]eneral)|(?P<ampm>AM/PM|am/pm|A/P|上午/下午)"
    r"|(?P<exponent>[Ee][+-])|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|[eE]+|[aA]{3,4})"
    r"|(?P<digits>[#0?][#0?,]*(?:\.[#0?]*)?,*|\.[#0?]+)|(?P<percent>%)|(?P<other>.)",
    re.DOTALL,
)
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_LONG_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_CURRENCY = re.compile(r"\$([^-]*)(?:-[0-9A-Fa-f]*)?")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)


class _TokenKind(Enum):
    LITERAL = "literal"
    DIGITS = "digits"
    PERCENT = "percent"
    GENERAL = "general"
    DATE = "date"
    AM_PM = "am/pm"


class _Token(NamedTuple):
    kind: _TokenKind
    text: str


class _FormatSection(NamedTuple):
    """One of the parts that semicolons separate: for positive, negative, zero and text."""

    tokens: tuple[_Token, ...]
    is_known: bool

    def has(self, kind: _TokenKind) -> bool:
        return any(token.kind is kind for token in self.tokens)


class Shown(NamedTuple):
    """What a cell shows: its kind, its text and, of a date, the day."""

    kind: ContentKind
    text: str
    day: datetime.date | None = None


class NumberFormat(NamedTuple):
    """A format in its sections."""

    sections: tuple[_FormatSection, ...]

    def shown(self, number: Decimal, *, from_1904: bool = False) -> Shown:
        """Return what a number shows."""
        section = self._section(number)
        if section.has(_TokenKind.DATE):
            return _as_date(section, number, from_1904=from_1904)
        is_percent = self.sections[0].has(_TokenKind.PERCENT)
        kind = ContentKind.PERCENT if is_percent else ContentKind.NUMBER
        has_own_sign = len(self.sections) > 1 and section is self.sections[1]
        return Shown(kind, _as_number(section, number, has_own_sign=has_own_sign))

    def _section(self, number: Decimal) -> _FormatSection:
        numeric = self.sections[:3]
        if number < 0 and len(numeric) > 1:
            return numeric[1]
        if number == 0 and len(numeric) > 2:
            return numeric[2]
        return numeric[0]


@lru_cache(maxsize=1_000)
def number_format(code: str) -> NumberFormat:
    """Read a format.

    >>> shown = lambda code, number: number_format(code).shown(Decimal(number)).text
    >>> shown("0.00%", "0.98673"), shown('#,##0.00"万元"', "1286.7"), shown("yyyy年m月", "45261")
    ('98.67%', '1,286.70万元', '2023年12月')
    """
    if len(code) > _LONGEST:
        return NumberFormat((_FormatSection((), is_known=False),))
    sections: list[list[_Token]] = [[]]
    known = [True]
    for found in _TOKEN.finditer(code):
        if found["other"] == ";":
            sections.append([])
            known.append(True)
        elif found["exponent"] or _is_unknown(found["bracket"]) or found["other"] == "/":
            # Fractions, powers of ten, conditions and numerals in words are not rebuilt.
            known[-1] = bool(found["other"]) and _has_date(sections[-1])
            sections[-1].append(_Token(_TokenKind.LITERAL, found["other"] or ""))
        else:
            token = _token(found)
            if token is not None:
                sections[-1].append(token)
    pairs = zip(sections, known, strict=True)
    return NumberFormat(
        tuple(_FormatSection(tuple(tokens), is_known) for tokens, is_known in pairs)
    )


def _has_date(tokens: list[_Token]) -> bool:
    return any(token.kind is _TokenKind.DATE for token in tokens)


def _is_unknown(bracket: str | None) -> bool:
    return bracket is not None and (
        bracket[:1] in ("<", ">", "=") or bracket.lower().startswith("dbnum")
    )


def _token(found: re.Match[str]) -> _Token | None:
    for group, kind in _KINDS.items():
        text = found[group]
        if text:
            return _Token(kind, text)
    bracket = found["bracket"]
    if bracket:
        currency = _CURRENCY.fullmatch(bracket)
        if currency:
            return _Token(_TokenKind.LITERAL, currency[1])
        if _ELAPSED.fullmatch(bracket):
            return _Token(_TokenKind.DATE, bracket.lower())
    return None


_AS_TEXT = _Token(_TokenKind.LITERAL, "@")
_KINDS = {
    "quoted": _TokenKind.LITERAL,
    "escaped": _TokenKind.LITERAL,
    "digits": _TokenKind.DIGITS,
    "percent": _TokenKind.PERCENT,
    "general": _TokenKind.GENERAL,
    "date": _TokenKind.DATE,
    "ampm": _TokenKind.AM_PM,
    "other": _TokenKind.LITERAL,
}


def _as_number(section: _FormatSection, number: Decimal, *, has_own_sign: bool) -> str:
    """Write a number by a section; plainly, where that cannot be done for certain."""
    digits = [token for token in section.tokens if token.kind is _TokenKind.DIGITS]
    percents = sum(token.kind is _TokenKind.PERCENT for token in section.tokens)
    if len(digits) > 1 and section.is_known and not percents and _is_parted(digits):
        text = _parted(section.tokens, digits, abs(number))
        return text if has_own_sign or number >= 0 else f"-{text}"
    if not section.is_known or len(digits) > 1 or percents > 1:
        return trimmed(number)
    size = multiply(number, Decimal(100)) if percents else number
    text = "".join(_written(token, abs(size)) for token in section.tokens)
    is_zero = not any(letter in "123456789" for letter in text)
    return text if has_own_sign or number >= 0 or (is_zero and digits) else f"-{text}"


_PARTS = re.compile("[0#?]+( [0#?]+)+,*")


def _is_parted(digits: list[_Token]) -> bool:
    return _PARTS.fullmatch(" ".join(token.text for token in digits)) is not None


def _parted(tokens: tuple[_Token, ...], digits: list[_Token], size: Decimal) -> str:
    """Write a size whose digits have texts between them, as ten thousands have a point."""
    left = _digits("".join(token.text for token in digits), size)
    pieces: list[str] = []
    for token in reversed(tokens):
        if token.kind is not _TokenKind.DIGITS:
            pieces.append(token.text)
            continue
        width = len(left) if token is digits[0] else len(token.text.rstrip(","))
        pieces.append(left[-width:] if width else "")
        left = left[: len(left) - width]
    return "".join(reversed(pieces))


def _written(token: _Token, size: Decimal) -> str:
    if token.kind is _TokenKind.DIGITS:
        return _digits(token.text, size)
    if token.kind is _TokenKind.GENERAL:
        return trimmed(size)
    return trimmed(size) if token == _AS_TEXT else token.text


def _digits(pattern: str, size: Decimal) -> str:
    """Write a size by a pattern such as ``#,##0.0#``."""
    whole, _, decimals = pattern.partition(".")
    thousands = len(pattern) - len(pattern.rstrip(","))
    size = size.scaleb(-3 * thousands)
    whole, decimals = whole.rstrip(","), decimals.rstrip(",")
    least = len(decimals.rstrip("#?"))
    text = plain(round_number(size, min(len(decimals), 19), RoundingMode.HALF_UP))
    front, _, back = text.partition(".")
    while len(back) > least and back.endswith("0"):
        back = back[:-1]
    front = front.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole:
        front = f"{int(front):,}" if front and front[0] != "0" else front
    return f"{front}.{back}" if back or ("." in pattern and not decimals) else front


_DAY_SECONDS = 86_400
_LAST_DAY = 2_958_465
_LOST_DAY = 60
"""Spreadsheets count a 29 February 1900 that never was."""


def _moment(number: Decimal, *, from_1904: bool) -> tuple[datetime.date, int] | None:
    """Return the day of a serial number, and the seconds of it."""
    days = int(number)
    if not 0 <= number < _LAST_DAY:
        return None
    seconds = int(round_number(multiply(number - days, Decimal(_DAY_SECONDS)), 0, _HALF_UP))
    days, seconds = days + seconds // _DAY_SECONDS, seconds % _DAY_SECONDS
    if from_1904:
        start = datetime.date(1904, 1, 1)
    else:
        start = datetime.date(1899, 12, 30 if days > _LOST_DAY else 31)
    return start + datetime.timedelta(days=days), seconds


_HALF_UP = RoundingMode.HALF_UP


def _as_date(section: _FormatSection, number: Decimal, *, from_1904: bool) -> Shown:
    moment = _moment(number, from_1904=from_1904)
    if moment is None or not section.is_known:
        return Shown(ContentKind.NUMBER, trimmed(number))
    day, seconds = moment
    letters = [token.text[0].lower() for token in section.tokens if token.kind is _TokenKind.DATE]
    minutes = _minutes(section)
    is_half = section.has(_TokenKind.AM_PM)
    texts = [
        _dated(token, day, seconds, is_minute=index in minutes, is_half=is_half)
        for index, token in enumerate(section.tokens)
    ]
    has_day = "y" in letters or "e" in letters or "d" in letters
    return Shown(ContentKind.DATE, "".join(texts), day if has_day else None)


def _minutes(section: _FormatSection) -> set[int]:
    """Return which tokens of m are minutes: those behind hours or before seconds."""
    dates = [
        (index, token.text[0].lower())
        for index, token in enumerate(section.tokens)
        if token.kind is _TokenKind.DATE
    ]
    found = set()
    for at, (index, letter) in enumerate(dates):
        before = dates[at - 1][1] if at else ""
        after = dates[at + 1][1] if at + 1 < len(dates) else ""
        if letter == "m" and (before == "h" or after == "s"):
            found.add(index)
    return found


def _dated(
    token: _Token, day: datetime.date, seconds: int, *, is_minute: bool, is_half: bool
) -> str:
    """Write one part of a date."""
    if token.kind is _TokenKind.AM_PM:
        return ("上午", "下午")[seconds >= _DAY_SECONDS // 2]
    if token.kind is not _TokenKind.DATE:
        return token.text
    letter, width = token.text[0].lower(), len(token.text)
    hour = seconds // 3600
    parts = {
        "h": (hour % 12 or 12) if is_half else hour,
        "s": seconds % 60,
        "d": day.day,
        "m": seconds // 60 % 60 if is_minute else day.month,
    }
    if letter in ("y", "e"):
        return f"{day.year % 100:02d}" if letter == "y" and width < 3 else f"{day.year}"
    if letter == "a" or (letter == "d" and width > 2):
        name = "一二三四五六日"[day.weekday()]
        return name if width == 3 and letter == "a" else f"星期{name}"
    if letter == "m" and width > 2 and not is_minute:
        return _MONTHS[day.month - 1] if width == 3 else _LONG_MONTHS[day.month - 1]
    return f"{parts[letter]:0{min(width, 2)}d}"
