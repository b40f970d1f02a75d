"""How numbers are written: plainly, as accountants do, or in ways that are refused."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from perfeval.later import regex
from perfeval.numbers import (
    MAX_DIGITS,
    RoundingMode,
    is_plain,
    multiply,
    parse_number,
    plain,
    round_number,
    subtract,
    trimmed,
)

_DIGIT = regex(r"[0-9]", re.ASCII)
_EXPONENT = regex(r"-?[0-9]+(?:\.[0-9]+)?e[+-]?[0-9]{1,2}", re.ASCII | re.IGNORECASE)
_DIGITS_ONLY = regex(r"-?[0-9]+(?:\.[0-9]+)?", re.ASCII)
_GROUPED = regex(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", re.ASCII)
MALFORMED = regex(
    r"\+(?=[.,_]*[0-9])[0-9.,_]+|0[0-9][0-9.,_]*|(?=[^0-9]*[0-9])[0-9.,]*_[0-9.,_]*|[+-]?[0-9]+(?:\.[0-9]+)?e[+-]?[0-9]+"
    r"|[+-]?\.[0-9]+|[0-9]+\.|[+-]?\.?(?:nan|inf|infinity)|0x[0-9a-f]+|0o[0-7]+"
    r"|[0-9]+(?:\.\s+|\s+\.\s*|\s+)[0-9]+",
    re.ASCII | re.IGNORECASE,
)


_DIGIT_OF = {
    char: value
    for value, chars in enumerate(
        ["零〇", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"]
    )
    for char in chars
}
_TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
NUMERALS = "".join((*_DIGIT_OF, *_TENS, *_MYRIADS))
"""The characters of Chinese numerals."""


def small_number(text: str) -> int:
    """Read a Chinese numeral up to 亿; text of other characters is an error of the caller.

    >>> small_number("十二"), small_number("两千零五"), small_number("一万二千")
    (12, 2005, 12000)
    """
    total = section = digit = 0
    for char in text:
        if char in _MYRIADS:
            unit = _MYRIADS[char]
            if total >= unit:
                total += (section + digit) * unit
            else:
                total = (total + section + digit or 1) * unit
            section = digit = 0
        elif char in _TENS:
            section += (digit or 1) * _TENS[char]
            digit = 0
        else:
            digit = _DIGIT_OF[char]
    return total + section + digit


def parse_money(text: str) -> Decimal | None:
    """Read a number as accountants write it, thousands separated by commas allowed.

    >>> parse_money("1,286.70")
    Decimal('1286.70')
    """
    if "," in text and _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    return parse_number(text)


TOO_LONG = f"数字过长，最多 {MAX_DIGITS} 位"


def is_too_long(text: str) -> bool:
    """Tell whether a text is a number but for having too many digits.

    >>> is_too_long("1" * 54), is_too_long("123张"), is_too_long("1" * 54 + "张")
    (True, False, False)
    """
    folded = text.replace(",", "") if _GROUPED.fullmatch(text) else text
    return len(folded) > MAX_DIGITS and _DIGITS_ONLY.fullmatch(folded) is not None


def plain_form(text: str) -> str:
    """Return the plain way to write what looks like a number, or an empty text.

    >>> plain_form("０１０２"), plain_form("1_000"), plain_form("1286. 7"), plain_form("1e3")
    ('102', '1000', '1286.7', '1000')
    """
    folded = re.sub(r"[_\s]", "", unicodedata.normalize("NFKC", text)).lstrip("+")
    if _GROUPED.fullmatch(folded):
        folded = folded.replace(",", "")
    if not _DIGIT.search(folded):
        return ""
    if _EXPONENT.fullmatch(folded):
        number = Decimal(folded)
        return plain(number) if is_plain(number) else ""
    head, _, tail = folded.partition(".")
    folded = (head.lstrip("0") or "0") + (f".{tail}" if tail else "")
    return folded if parse_number(folded) is not None else ""


_NOISE = regex(r"-?[0-9]+\.(?P<kept>[0-9]*?)(?:0{3,}|9{3,})[0-9]+", re.ASCII)
_NOISY_DIGITS = 13
"""No figure of an office has as many digits, unless a machine stored it."""
_NOISE_PART = Decimal(500_000)
"""Stored with 24 binary digits, as some systems do, a figure is off by a smaller part of it."""


def without_noise(number: Decimal) -> Decimal | None:
    """Return the figure that a spreadsheet stored with its binary error, ``None`` for any other.

    >>> [str(without_noise(Decimal(text))) for text in ("95.30000000000001", "0.12345678901234")]
    ['95.3', 'None']
    """
    text = plain(number)
    if len(text) <= _NOISY_DIGITS:  # as a rule
        return None
    noise = _NOISE.fullmatch(text)
    if noise is None or len(text.strip("-0.").replace(".", "")) < _NOISY_DIGITS:
        return None
    figure = round_number(number, len(noise["kept"]), RoundingMode.HALF_UP)
    error = subtract(number, figure).copy_abs()
    is_noise = multiply(error, _NOISE_PART) <= number.copy_abs()
    return Decimal(trimmed(figure)) if is_noise else None


_WIDE = {
    ord(wide): narrow
    for wide, narrow in zip(
        "\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19\uff0e\uff05\uff0b",
        "0123456789.%+",
        strict=True,
    )
}


def narrow(text: str) -> str:
    """Return a text with narrow digits, points, percent and plus signs."""
    return text.translate(_WIDE)


_UNDERSCORE = regex(r"(?<=[0-9])_(?=[0-9])")
_PLUS = regex(r"\A\+(?=[0-9])")
_POINT = regex(r"(?<=[0-9])\s*\.\s*(?=[0-9])")


def certain_form(text: str) -> str:
    """Return what a badly written number can only mean, or an empty text where that is not sure.

    Full-width digits, a plus sign, underscores between digits and spaces at the decimal point go;
    a leading zero or an exponent may stand for something else, so these are left to the author.

    >>> certain_form("１２张"), certain_form("+5"), certain_form("1_000"), certain_form("0102")
    ('12张', '5', '1000', '')
    """
    narrow = _PLUS.sub("", text.translate(_WIDE))
    narrow = _POINT.sub(".", _UNDERSCORE.sub("", narrow))
    if narrow == text or MALFORMED.fullmatch(narrow.rstrip("%")):
        return ""
    return narrow
