"""Reading a printed cell: ``391张``, ``≥95%``, ``95%以上``, ``当年发放``, ``42（3）``.

A cell is read once, when a sheet is loaded.  What the characters do not settle is never
guessed in silence: a reading that assumes something records the assumption in words, and a
cell with two numbers is not a number until its author says which one counts.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from perfeval.cells.dates import is_deadline, read_date
from perfeval.cells.numerals import (
    MALFORMED,
    TOO_LONG,
    is_too_long,
    parse_money,
    plain_form,
    without_noise,
)
from perfeval.cells.phrases import (
    DIGITS,
    SIMPLE,
    arabic,
    from_match,
    in_part,
    of_interval,
    of_phrase,
    per_many,
    percent_at,
    percent_unit,
    percent_word,
    without_remark,
)
from perfeval.cells.recurring import read_recurring
from perfeval.cells.sight import bare_number, figure_at_sight
from perfeval.cells.signs import BEFORE, GLYPHS, Sign, one_of, printed_sign
from perfeval.cells.values import Cell, CellError, Kind, Nuance
from perfeval.cells.vocabulary import (
    Words,
    any_of,
    is_placeholder,
    names_bad,
    says_planned,
    words,
)
from perfeval.later import regex
from perfeval.numbers import parse_number, plain

# Enum members bound once: looking one up on its class costs as much as reading a cell.
_NUMBER, _PERCENT = Kind.NUMBER, Kind.PERCENT

MAX_CELL = 300
"""No printed cell is longer; what is longer is words."""


_SILENT_PREFIXES = frozenset(("", *words(Words.SILENT)))
_KEPT_PREFIXES = frozenset(words(Words.KEPT_AT))
_UNREAD_BEFORE = regex(
    rf"{any_of(Words.TURNS_ROUND)}|^无|[约近无]$|(?<!达)到$|[前后内至~～—-]$|[≥≤＞＜＝>=<]"
)
"""What would turn a number round, or blur it, if it were left unread before the number."""
_NEEDS_SIGN = regex(rf"{any_of(Words.NEEDS_SIGN)}|(?:[降减跌少缺欠]|{any_of(Words.SPENDING)}控制)$")
"""Words before a figure without a sign that do not say whether more of it is better: 误差5%."""
_SINCE = regex(rf"(?!.*{any_of(Words.TURNS_ROUND)})[^0-9，。；]{{1,12}}之?后", re.ASCII)
"""From when a term with an end runs, which the actual takes for granted: 收到资金后30日内."""
_ODD_BEFORE = (".", "+", "-", "－", "负")
_ORDINAL = regex(r"[第A-Za-z]\s*$")
_BLANKS = frozenset(words(Words.UNFILLED))

_FOREIGN_DIGIT = regex(r"(?![0-9])\d")
_WIDE_COMMAS = regex(r"[^0-9，]*[0-9]{1,3}(?:，[0-9]{3})+(?:\.[0-9]+)?[^0-9，]*", re.ASCII)
POWERS = (*"\u00b2\u00b3\u00b9", *map(chr, range(0x2070, 0x208A)))
"""Raised and lowered digits and signs: behind a number its power (10⁴), behind m that of a unit."""
_POWER = regex(rf"[0-9](?:{one_of(POWERS)})")
_DIGIT = regex(r"[0-9]", re.ASCII)
_MAY_MEAN_FIGURE = regex("[零半成]|分之")
"""What words have that mean a figure without a digit: 零投诉, 一半以上, 九成, 三分之二."""
_LISTED = regex(
    r"(?:[（(][0-9]{1,2}[)）]|[0-9]{1,2}(?:[)）\uff0e]|\.(?![0-9])|、)\s*(?=[^\s0-9]|[0-9]{4}年))\s*(?=\S)",
    re.ASCII,
)
"""The number of a line in a list (1、 or （2）) before what the line says."""
_TRAILING = "。；;，,、 "
_DAY = r"(?:[0-9]{1,2}[日号])?"
_DATE = regex(
    r"(?<![0-9.,])(?:"
    r"[0-9]{4}\s*[-—~～至到]\s*[0-9]{4}年(?:度)?"
    rf"|(?:[0-9]{{4}}年)?[0-9]{{1,2}}月?\s*[-—~～至到]\s*[0-9]{{1,2}}月{_DAY}"
    rf"|[0-9]{{4}}年(?:度|年?[底末]|初)?(?:[0-9]{{1,2}}月(?:底|末|初)?)?{_DAY}"
    rf"|[0-9]{{1,2}}月(?:底|末|初|份|{_DAY})"
    r"|[0-9]{4}(?P<between>[-/.])[0-9]{1,2}(?P=between)[0-9]{1,2}(?![0-9.]))(?:[之以]?前)?",
    re.ASCII,
)
_MAY_BE_DATE = regex("[年月]|[0-9]{4}[/.-]")
_NUMBER_TOKEN = regex(DIGITS, re.ASCII)
_SIGNED_NUMBER = regex(rf"(?:{one_of((*GLYPHS, *BEFORE))})?\s*[-\u2212－]?{DIGITS}", re.ASCII)
_PERCENTAGE = regex(r"[0-9]\s*[%％]", re.ASCII)


def read_cell(printed: str | Decimal) -> Cell:
    """Read a printed cell.

    Args:
        printed: The text of the cell, or a number that stood there alone.

    Returns:
        What it means; a text that says nothing countable is kept as words.

    Raises:
        CellError: It looks like a number but is not written as one (``0102``, ``１２``).

    >>> read_cell("≥95%").number, read_cell("391张").unit, read_cell("42（3）").kind.value
    (Decimal('95'), '张', '多个数')
    """
    if isinstance(printed, Decimal):
        return _with_noise(bare_number(plain(printed), printed))
    text = printed.strip()
    if not text or text in _BLANKS:
        note = (f"“{text}”按未填理解",) if text else ()
        return Cell(text, Kind.BLANK, assumptions=note)
    return figure_at_sight(text) or _with_noise(_read_text(text))


def _with_noise(cell: Cell) -> Cell:
    """Say what a figure was before a machine stored it with its binary error."""
    figure = None if cell.number is None else without_noise(cell.number)
    if figure is None:
        return cell
    note = f"“{cell.text}”带有存储误差，应写作 {plain(figure)}{cell.unit}"
    return cell._replace(assumptions=(*cell.assumptions, note))


def _read_text(text: str) -> Cell:
    """Read a text that is not blank."""
    if text[-1] == "%" and (number := parse_number(text[:-1])) is not None:
        return Cell(text, _PERCENT, number, "%")
    if text[-1].isdecimal() and (number := parse_number(text)) is not None:
        return bare_number(text, number)
    if len(text) > MAX_CELL:
        if _SIGNED_NUMBER.fullmatch(text[:MAX_CELL]):
            raise CellError(TOO_LONG)
        return Cell(text, Kind.WORDS)
    return _read_at_length(text)


@lru_cache(maxsize=2_048)
def _read_at_length(text: str) -> Cell:
    """Read a text that takes its time; what forms say in words comes again in many of them."""
    _refuse_malformed(text)
    if is_placeholder(text):
        return Cell(text, Kind.BLANK, assumptions=(f"“{text}”按未填理解",))
    return Cell(text, Kind.UNCLEAR) if _POWER.search(text) else _told(text)


def _told(text: str) -> Cell:
    """Read a text that is no number alone: a line of a list, a date, or figures among words."""
    listed = _LISTED.match(text)
    if listed is not None:
        return _listed(text, listed)
    dated = read_date(text)
    if dated is not None and is_deadline(dated):
        is_planned = says_planned(text) or says_planned(dated.rest)
        return Cell(text, Kind.DATE, detail=Nuance(span=dated.span, is_planned=is_planned))
    recurring = read_recurring(text)
    if recurring is not None:
        return Cell(text, Kind.DATE, detail=Nuance(recurring=recurring))
    undated = _DATE.sub("", text) if _MAY_BE_DATE.search(text) else text
    cell = _undated(text, undated)
    if undated == text or cell.kind in (Kind.WORDS, Kind.UNCLEAR):
        return cell
    note = f"“{text}”里的日期没有参与比较"
    return in_part(cell, note)


def _listed(text: str, listed: re.Match[str]) -> Cell:
    """Read a line of a list without its number."""
    cell = _read_text(text[listed.end() :])
    if cell.number is not None:
        cell = in_part(cell, f"“{text}”里的“{listed.group().strip()}”按序号理解")
    return cell._replace(text=text)


def _undated(text: str, undated: str) -> Cell:
    """Read a text from which dates are taken out."""
    plain_text, remark = without_remark(per_many(arabic(undated)).strip().rstrip(_TRAILING))
    cell = _of_figures(text, plain_text)
    if cell.kind in _UNCOUNTED:
        return cell
    if remark:
        cell = in_part(cell, f"“{text}”括号里的“{remark}”没有参与比较")
    if says_planned(plain_text) or says_planned(remark):
        cell = cell._replace(detail=cell.facts._replace(is_planned=True))
    return cell


_UNCOUNTED = (Kind.WORDS, Kind.UNCLEAR, Kind.COMPOUND)


def _of_figures(text: str, plain_text: str) -> Cell:
    """Read a text from which dates and remarks are taken out."""
    if not _DIGIT.search(plain_text):
        phrase = of_phrase(plain_text, text) if _MAY_MEAN_FIGURE.search(plain_text) else None
        return phrase or Cell(text, Kind.WORDS)
    simple = SIMPLE.fullmatch(plain_text)
    if simple is not None:
        found = _from_match(text, simple)
        if found.kind is not Kind.UNCLEAR:
            return found
    phrase = of_interval(plain_text, text) or of_phrase(plain_text, text)
    if phrase is not None:
        return phrase
    if simple is not None:
        return Cell(text, Kind.UNCLEAR)
    if len(_NUMBER_TOKEN.findall(plain_text)) > 1:
        return Cell(text, Kind.COMPOUND, unit="%" if _PERCENTAGE.search(plain_text) else "")
    return _embedded(text, plain_text)


def given_cell(number: Decimal, text: str | None = None, unit: str | None = None) -> Cell:
    """Return a cell whose author states the number that counts beside what is printed.

    >>> given_cell(Decimal(42), "42（3）").number
    Decimal('42')
    """
    if text is None:
        unit = _plain_unit(unit or "")
        kind = Kind.NUMBER if percent_unit(unit) is None else Kind.PERCENT
        return Cell(plain(number) + unit, kind, number, unit, given=True)
    if unit is None:
        unit = _printed_percent(number, text)
    unit = _plain_unit(unit)
    note = f"“{text}”按填报人指明的 {plain(number)} 计算"
    kind = Kind.NUMBER if percent_unit(unit) is None else Kind.PERCENT
    return Cell(text, kind, number, unit, printed_sign(without_remark(text)[0]), (note,), True)


def _plain_unit(unit: str) -> str:
    """Return percent and per mille in one spelling, any other unit as it is."""
    return percent_unit(unit) or unit


def refused_cell(text: str) -> Cell:
    """Return a cell that looks like a number and is not written as one, and so is none.

    >>> refused_cell("+6.5%").kind.value
    '读法不明'
    """
    return Cell(text, Kind.UNCLEAR, detail=Nuance(is_refused=True))


def numbers_in(text: str) -> tuple[Decimal, ...]:
    """Return the numbers that stand in a text, from left to right.

    >>> [str(number) for number in numbers_in("1500元/场（580元/场）")]
    ['1500', '580']
    """
    return _numbers_in(text) if len(text) > _LONG else _numbers_in_cell(text)


_LONG = 100
"""A text of more characters is no cell, and is not remembered."""


def _numbers_in(text: str) -> tuple[Decimal, ...]:
    read = (parse_money(match.group()) for match in _NUMBER_TOKEN.finditer(text))
    return tuple(number for number in read if number is not None)


_numbers_in_cell = lru_cache(maxsize=2_048)(_numbers_in)


def _printed_percent(number: Decimal, text: str) -> str:
    """Return the percent or per mille sign behind *number* in *text*, or an empty text."""
    if not percent_word(text):
        return ""
    behind = (
        percent_at(text[match.end() :].lstrip())
        for match in _NUMBER_TOKEN.finditer(text)
        if parse_money(match.group()) == number
    )
    return next((found[0] for found in behind if found is not None), "")


def _refuse_malformed(text: str) -> None:
    if not text.isascii():
        if _FOREIGN_DIGIT.search(text):
            folded = unicodedata.normalize("NFKC", text)
            raise CellError(f"“{text}”里有全角数字", plain_form(folded) or folded)
        if "，" in text and _WIDE_COMMAS.fullmatch(text):
            raise CellError(f"“{text}”里的千位分隔是全角逗号", text.replace("，", ","))
        return
    number = text.rstrip("%")
    if MALFORMED.fullmatch(number):
        raise _malformed(text, number)


def _malformed(text: str, number: str) -> CellError:
    if is_too_long(number):
        return CellError(TOO_LONG)
    better = plain_form(number)
    suggestion = text.replace(number, better, 1) if better else ""
    return CellError(f"“{text}”不是规范的数字写法", suggestion)


def _from_match(text: str, match: re.Match[str]) -> Cell:
    """Return the figure of a whole cell; a malformed number is refused."""
    cell = from_match(text, match)
    if cell is None:
        raise _malformed(text, match["number"])
    return cell


def _embedded(text: str, undated: str) -> Cell:
    """Read a cell with one number among words, such as ``运营补贴床位数7560张``."""
    counted = _SIGNED_NUMBER.search(undated)
    start = counted.start() if counted else 0
    prefix, rest = undated[:start].strip(), undated[start:]
    if prefix.endswith(_ODD_BEFORE):
        raise _malformed(text, rest)
    if _ORDINAL.search(prefix):
        return Cell(text, Kind.WORDS)
    simple = SIMPLE.fullmatch(rest)
    if simple is None or parse_money(simple["number"]) is None:
        return Cell(text, Kind.WORDS)
    cell = _from_match(text, simple)
    if prefix in _SILENT_PREFIXES or cell.kind is Kind.UNCLEAR:
        return cell
    if prefix in _KEPT_PREFIXES and cell.sign is not None:  # without one it may mean ＝
        return cell
    is_term = cell.sign is Sign.AT_MOST and _SINCE.fullmatch(prefix) is not None
    is_turned = _UNREAD_BEFORE.search(prefix) is not None and not is_term
    is_none = not cell.number and names_bad(prefix)
    needs_sign = cell.sign is None and not is_none and _NEEDS_SIGN.search(prefix) is not None
    if is_turned or needs_sign:
        return Cell(text, Kind.UNCLEAR)
    note = f"只取“{text}”中的 {rest} 计算，“{prefix}”未参与"
    told = in_part(cell, note)
    return told._replace(detail=told.facts._replace(is_zero=True)) if is_none else told


def dated_cell(cell: Cell, year: int) -> Cell:
    """Return a date without a year in a year; any other cell comes back as it is."""
    span = cell.facts.span
    if span is None or not span.lacks_year:
        return cell
    dated = span.in_year(year)
    is_of_sheet = dated.last.year == year
    note = f"“{cell.text}”{'未写年份，' * is_of_sheet}按 {dated.last.year} 年理解"
    detail = cell.facts._replace(span=dated)
    return cell._replace(assumptions=(*cell.assumptions, note), detail=detail)
