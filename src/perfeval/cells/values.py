"""What a printed cell means: ``391张``, ``≥95%``, ``95%以上``, ``当年发放``, ``42（3）``.

A cell is read once, when a sheet is loaded.  What the characters do not settle is never
guessed in silence: a reading that assumes something records the assumption in words, and a
cell with two numbers is not a number until its author says which one counts.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from perfeval.cells.numerals import MALFORMED, TOO_LONG, is_too_long, parse_money, plain_form
from perfeval.cells.signs import AFTER, BEFORE, GLYPHS, Sign, one_of, parse_sign, printed_sign
from perfeval.numbers import multiply, parse_number, plain, trimmed


class CellKind(str, Enum):
    """What kind of thing stands in a cell.

    >>> from perfeval import load_sheet
    >>> CellKind("百分数") is CellKind.PERCENT
    True
    """

    NUMBER = "数值"
    PERCENT = "百分数"
    COMPOUND = "多个数"
    UNCLEAR = "读法不明"
    WORDS = "文字"
    BLANK = "空白"


Kind = CellKind
"""The short name, for those who read cells all the time."""


class Cell(NamedTuple):
    """A target (年度指标值) or an actual (实际完成值) as printed and as read.

    Attributes:
        text: What is printed.
        kind: What it was read as.
        number: The number that counts, for a number or a percentage (95 for ``95%``).
        unit: Its unit as printed, ``%`` for a percentage, or empty.
        sign: The sign printed in the cell.
        assumptions: What the reading takes for granted, in Chinese.
        given: The number was stated by the author beside the printed text.

    >>> from perfeval import load_sheet
    >>> sheet = load_sheet("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> cell = sheet.indicators[0].target
    >>> cell.text, cell.number, cell.unit
    ('391', Decimal('391'), '')
    """

    text: str
    kind: Kind
    number: Decimal | None = None
    unit: str = ""
    sign: Sign | None = None
    assumptions: tuple[str, ...] = ()
    given: bool = False


class CellError(ValueError):
    """A cell holds something that looks like a number and is not written as one."""

    def __init__(self, message: str, suggestion: str = "") -> None:
        super().__init__(message, suggestion)
        self.message = message
        self.suggestion = suggestion


# Enum members bound once: looking one up on its class costs as much as reading a cell.
_NUMBER, _PERCENT = Kind.NUMBER, Kind.PERCENT

MAX_CELL = 300
"""No printed cell is longer; what is longer is words."""


_SILENT_PREFIXES = frozenset({"", "达到", "达", "完成", "共", "共计", "为"})
_UNREAD_BEFORE = re.compile(
    "[高低超大小多少][于过]|不超|最[高低多少大小]|[上下]限|增[长加幅速]|上[升涨]|下[降跌]|提[高升前]|"
    "降低|减少|压减|负增长|亏损|[未不没]|^无|[约近无]$|[前后内至到~～—-]$|[≥≤＞＜＝>=<]"
)
_UNREAD_AFTER = re.compile(
    "[以之][上下内外前后]|左右|上下|^[多余几]|[前后内]|^[至到~～—-]|[≥≤＞＜＝>=<]"
)
"""What would turn a number round, or blur it, if it were left unread beside the number."""
_ODD_BEFORE = (".", "+", "-", "－", "负")
_ORDINAL = re.compile(r"[第A-Za-z]\s*$")
_PER_MILLE = Decimal("0.1")
_BLANKS = frozenset({"/", "\\", "-", "—", "——", "－", "*", "／"})

_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")
_DIGIT = re.compile(r"[0-9]", re.ASCII)
_DAY = r"(?:[0-9]{1,2}[日号])?"
_DATE = re.compile(
    r"(?<![0-9.,])(?:"
    r"[0-9]{4}\s*[-—~～至到]\s*[0-9]{4}年(?:度)?"
    rf"|(?:[0-9]{{4}}年)?[0-9]{{1,2}}月?\s*[-—~～至到]\s*[0-9]{{1,2}}月{_DAY}"
    rf"|[0-9]{{4}}年(?:度|底|末|初)?(?:[0-9]{{1,2}}月(?:底|末|初)?)?{_DAY}"
    rf"|[0-9]{{1,2}}月(?:底|末|初|份|{_DAY})"
    r"|[0-9]{4}(?P<between>[-/.])[0-9]{1,2}(?P=between)[0-9]{1,2}(?![0-9.]))",
    re.ASCII,
)
_MAY_BE_DATE = re.compile("[年月]|[0-9]{4}[/.-]")
_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9][0-9_]*)(?:\.[0-9]+)?"
_NUMBER_TOKEN = re.compile(_DIGITS, re.ASCII)


_SIMPLE = re.compile(
    rf"(?P<sign>{one_of((*GLYPHS, *BEFORE))})?\s*(?P<minus>[-\u2212－])?(?P<number>{_DIGITS})\s*"
    rf"(?P<unit>[^0-9≥≤＞＜＝]*?)(?P<after>{one_of(AFTER)})?",
    re.ASCII,
)
_SIGNED_NUMBER = re.compile(rf"(?:{one_of((*GLYPHS, *BEFORE))})?\s*[-\u2212－]?{_DIGITS}", re.ASCII)
_REMARK = re.compile(r"[（(][^（）()]*[）)]$")
_PERCENTAGE = re.compile(r"[0-9]\s*[%％]", re.ASCII)


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
        return Cell(plain(printed), _NUMBER, printed)
    text = printed.strip()
    if not text or text in _BLANKS:
        note = (f"“{text}”按未填理解",) if text else ()
        return Cell(text, Kind.BLANK, assumptions=note)
    return _read_text(text)


def _read_text(text: str) -> Cell:
    """Read a text that is not blank."""
    if text[-1] == "%" and (number := parse_number(text[:-1])) is not None:
        return Cell(text, _PERCENT, number, "%")  # the usual cell
    if text.isdecimal() and (number := parse_number(text)) is not None:
        return Cell(text, _NUMBER, number)
    if len(text) > MAX_CELL:
        if _SIGNED_NUMBER.fullmatch(text[:MAX_CELL]):
            raise CellError(TOO_LONG)
        return Cell(text, Kind.WORDS)
    _refuse_malformed(text)
    undated = _DATE.sub("", text) if _MAY_BE_DATE.search(text) else text
    if not _DIGIT.search(undated):
        return Cell(text, Kind.WORDS)
    undated = _without_remark(undated)
    simple = _SIMPLE.fullmatch(undated)
    if simple:
        return _from_match(text, simple)
    if len(_NUMBER_TOKEN.findall(undated)) > 1:
        return Cell(text, Kind.COMPOUND, unit="%" if _PERCENTAGE.search(undated) else "")
    return _embedded(text, undated)


def _without_remark(text: str) -> str:
    """Leave out a remark in brackets at the end, unless it holds a number of its own."""
    remark = _REMARK.search(text) if text[-1:] in ("）", ")") else None
    if remark is None or _DIGIT.search(remark.group()):
        return text
    return text[: remark.start()].rstrip()


def given_cell(number: Decimal, text: str | None = None, unit: str | None = None) -> Cell:
    """Return a cell whose author states the number that counts beside what is printed.

    >>> given_cell(Decimal(42), "42（3）").number
    Decimal('42')
    """
    if text is None:
        unit = unit or ""
        kind = Kind.PERCENT if unit == "%" else Kind.NUMBER
        return Cell(plain(number) + unit, kind, number, unit, given=True)
    if unit is None:
        unit = "%" if _is_printed_percent(number, text) else ""
    note = f"“{text}”按填报人指明的 {plain(number)} 计算"
    kind = Kind.PERCENT if unit == "%" else Kind.NUMBER
    sign = printed_sign(_without_remark(text))
    return Cell(text, kind, number, unit, sign=sign, assumptions=(note,), given=True)


def numbers_in(text: str) -> tuple[Decimal, ...]:
    """Return the numbers that stand in a text, from left to right.

    >>> [str(number) for number in numbers_in("1500元/场（580元/场）")]
    ['1500', '580']
    """
    read = (parse_money(match.group()) for match in _NUMBER_TOKEN.finditer(text))
    return tuple(number for number in read if number is not None)


def _is_printed_percent(number: Decimal, text: str) -> bool:
    """Tell whether *number* stands in *text* with a percent sign behind it."""
    return ("%" in text or "％" in text) and any(
        parse_money(match.group()) == number and text[match.end() :].lstrip()[:1] in ("%", "％")
        for match in _NUMBER_TOKEN.finditer(text)
    )


def _refuse_malformed(text: str) -> None:
    if not text.isascii():
        if _FOREIGN_DIGIT.search(text):
            folded = unicodedata.normalize("NFKC", text)
            raise CellError(f"“{text}”里有全角数字", plain_form(folded) or folded)
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


_KEPT_WITHIN = "控制在"
"""A sign that 以内 repeats (控制在5%以内) and 以上 may contradict."""


def _from_match(text: str, match: re.Match[str]) -> Cell:
    number = parse_money(match["number"])
    if number is None:
        raise _malformed(text, match["number"])
    if match["minus"] and number:
        number = number.copy_negate()
    sign = parse_sign(match["sign"]) if match["sign"] else None
    assumptions: tuple[str, ...] = ()
    if match["after"]:
        printed_after = AFTER[match["after"]]
        if sign is not None and sign is not printed_after and match["sign"] != _KEPT_WITHIN:
            return Cell(text, Kind.UNCLEAR)
        sign = printed_after
        assumptions = (f"“{match['after']}”含本数，按 {sign.value} 理解",)
    unit = match["unit"].strip()
    kind = _NUMBER
    if unit[:1] in ("%", "％"):
        kind, unit, rest = _PERCENT, "%", unit[1:]
    elif unit[:1] == "‰":
        kind, number, unit, rest = _PERCENT, multiply(number, _PER_MILLE), "%", unit[1:]
        assumptions = (*assumptions, f"“{text}”折合 {trimmed(number)}%")
    else:
        rest = unit
    if _UNREAD_AFTER.search(rest):
        return Cell(text, Kind.UNCLEAR)
    return Cell(text, kind, number, unit, sign=sign, assumptions=assumptions)


def _embedded(text: str, undated: str) -> Cell:
    """Read a cell with one number among words, such as ``运营补贴床位数7560张``."""
    counted = _SIGNED_NUMBER.search(undated)
    start = counted.start() if counted else 0
    prefix, rest = undated[:start].strip(), undated[start:]
    if prefix.endswith(_ODD_BEFORE):
        raise _malformed(text, rest)
    if _ORDINAL.search(prefix):
        return Cell(text, Kind.WORDS)
    simple = _SIMPLE.fullmatch(rest)
    if simple is None or parse_money(simple["number"]) is None:
        return Cell(text, Kind.WORDS)
    cell = _from_match(text, simple)
    if prefix in _SILENT_PREFIXES or cell.kind is Kind.UNCLEAR:
        return cell
    if _UNREAD_BEFORE.search(prefix):
        return Cell(text, Kind.UNCLEAR)
    note = f"只取“{text}”中的 {rest} 计算，“{prefix}”未参与"
    return cell._replace(assumptions=(*cell.assumptions, note))
