"""Figures in phrases: 百分之九十五, 40-50人, ±5%, 较上年增长6%, 300余人, 每人每月300元, 18/10万."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from perfeval.cells.measures import UNIT, is_unit, unit_of
from perfeval.cells.numerals import NUMERALS, parse_money, small_number
from perfeval.cells.signs import AFTER, BEFORE, GLYPHS, Sign, one_of, parse_sign
from perfeval.cells.values import Cell, Kind, Nuance, Trend
from perfeval.cells.vocabulary import Words, any_of, names_bad
from perfeval.later import regex
from perfeval.numbers import (
    HUNDRED,
    TWO,
    ZERO,
    add,
    multiply,
    subtract,
    trimmed,
    unit_in_last_place,
)

DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9][0-9_]*)(?:\.[0-9]+)?"
_SIGNS = one_of((*GLYPHS, *BEFORE))
_AFTERS = one_of(AFTER)
SIMPLE = regex(
    rf"(?P<sign>{_SIGNS})?\s*(?P<minus>[-\u2212－])?(?P<number>{DIGITS})\s*"
    rf"(?P<unit>[^0-9≥≤＞＜＝]*?)(?P<after>{_AFTERS})?",
    re.ASCII,
)
_UNREAD_AFTER = regex(
    "[以之][上下内外前后]|左右|上下|^[百千万亿]{0,2}[多余几]|[前后内]|^[至到~～—-]|[≥≤＞＜＝>=<]|"
    + any_of(Words.TAKEN_BACK)
)
"""What would turn a number round, or blur it, if it were left unread behind the number."""
_BEHIND_UNIT = regex(rf"[，,。；;：:]|{any_of(Words.DONE)}")
"""Where the unit of a figure ends, and words about it begin: 10场，达到预期."""
_BEHIND_ORDINAL = ("、", "\uff0e", ".", ")", "）")
"""What stands behind a number of a list: 2、发放手册."""
_REMARK = regex(r"(?<![/／·])\s*[（(](?P<said>[^（）()]*)[）)]$")
_MAY_INCLUDE = regex("含")
_INCLUSIVE = regex(r"[（(]含(?:本数|[0-9.]+[%％]?)?[）)]", re.ASCII)
_PART = regex(any_of(Words.PART_OF))
"""How a remark begins whose number is a part of the figure: 36人（含女兵2人）."""
_INCLUDED = regex("含(?:本数|[0-9.]+[%％]?)?|包括本数|及以上|及以下", re.ASCII)
_RANKED = regex("[级省市州县区乡镇]及?以[上下]")
"""Which offices a remark speaks of (省级以上), and no bound of the figure."""
_DIGIT = regex(r"[0-9]", re.ASCII)
_KEPT_WITHIN = "控制在"
"""A sign that 以内 repeats (控制在5%以内) and 以上 may contradict."""
_NUMBER, _PERCENT = Kind.NUMBER, Kind.PERCENT
_PER_MILLE = "‰"


def without_remark(text: str) -> tuple[str, str]:
    """Leave out a remark in brackets at the end, unless it holds a number of its own.

    Returns:
        The text, and what was left out, where it says more than that the figure itself counts.
    """
    if _MAY_INCLUDE.search(text):
        text = _INCLUSIVE.sub("", text)
    remark = _REMARK.search(text) if text[-1:] in ("）", ")") else None
    if remark is None or is_unit(remark["said"]):
        return text, ""
    if _INCLUDED.fullmatch(remark["said"]):
        return text[: remark.start()], ""
    if _is_same_share(text[: remark.start()], remark["said"]):
        return text[: remark.start()], remark["said"]
    if _is_size_of_survey(text[: remark.start()], remark["said"]):
        return text[: remark.start()], remark["said"]
    is_blurred = _UNREAD_AFTER.search(_RANKED.sub("", remark["said"])) is not None
    if is_blurred or (_DIGIT.search(remark["said"]) and not _PART.match(remark["said"])):
        return text, ""
    return text[: remark.start()], remark["said"]


_RATED = regex(rf"[^0-9]*{DIGITS}\s*[%％‰分][^0-9]*", re.ASCII)
_ASKED = regex(any_of(Words.SURVEY))
_HEADS = regex(
    rf"[^0-9%％≥≤＞＜>=<]*(?:{DIGITS}[份人户名位次家张个件][^0-9%％≥≤＞＜>=<]*)+", re.ASCII
)
"""Figures that count sheets or people and nothing else: 发放问卷200份，收回192份."""


def _is_size_of_survey(text: str, remark: str) -> bool:
    """Tell whether a remark says how many were asked for a rate: 92%（发放问卷200份）."""
    is_counted = _ASKED.search(remark) is not None and _HEADS.fullmatch(remark) is not None
    return is_counted and _RATED.fullmatch(text) is not None


_SHARE = regex(rf"[^0-9]*(?P<percent>{DIGITS})\s*[%％]", re.ASCII)
_COUNTED = regex(
    rf"[^0-9，。；、]{{0,4}}(?P<part>{DIGITS})[^0-9/／.]{{0,3}}[/／](?P<whole>{DIGITS})[^0-9/／.]{{0,3}}",
    re.ASCII,
)


def _is_same_share(text: str, remark: str) -> bool:
    """Tell whether a remark says of what a percentage is one: 98.5%（197/200）."""
    share, counted = _SHARE.fullmatch(text), _COUNTED.fullmatch(remark)
    if share is None or counted is None:
        return False
    numbers = [parse_money(match) for match in (share["percent"], *counted.group("part", "whole"))]
    percent, part, whole = (number if number is not None else ZERO for number in numbers)
    if not whole:
        return False
    off = subtract(multiply(percent, whole), multiply(part, HUNDRED)).copy_abs()
    return multiply(off, TWO) <= multiply(unit_in_last_place(percent), whole)


# -- Chinese numerals --------------------------------------------------------------------------

_CN = f"[{NUMERALS}]"
_SHARES = {"百": "%", "千": "‰", "万": "/万", "十万": "/十万", "百万": "/百万", "千万": "/千万"}
"""How a part of so many is written as a unit."""
_CN_PERCENT = regex(
    rf"(?<!{_CN})(?P<of>{one_of(_SHARES)})分之(?:(?P<cn>{_CN}+(?:点{_CN}+)?)|(?P<digits>{DIGITS}))",
    re.ASCII,
)
_MAY_BE_PART = regex("[半成]|分之")
"""What a part of a whole in words has; few texts do, and to look for it is quick."""
_MAY_COUNT = regex(rf"[{NUMERALS}超逾半成]")
"""What a text has that any of the patterns of numerals finds; most texts have none of it."""
_TENTHS = regex(
    rf"(?<![0-9.,])[1-9](?=成[一二三四五六七八九半]?(?:{_AFTERS}|[多余]|左右|上下)?$)", re.ASCII
)
_OVER = regex(rf"^(?P<silent>(?:{any_of(Words.SILENT)})?)[超逾](?=[0-9{NUMERALS}])")
"""The short word for more than a figure: 超九成, 逾百人."""
_MORE_THAN = "超过"
_IS_NONE = regex("(?<=.)为零$")
_CN_DIGITS = "零一二三四五六七八九"
_ALL = regex("百分之?百|百分百")
_CN_FIGURE = regex(
    rf"(?P<before>(?:{_SIGNS}|{any_of(Words.SILENT)}|{any_of(Words.ABOUT)})?)(?P<cn>{_CN}+)"
    rf"(?P<more>[余多几]?)(?P<unit>{UNIT})(?P<noun>[^{NUMERALS}完全不]{{0,4}}?)"
    rf"(?P<after>(?:{_AFTERS}|左右)?)"
)
_CN_ALONE = regex(rf"(?=.*[十百千]){_CN}{{2,}}")
_NO_NUMBER = regex("[百千万亿][一二两三四五六七八九]$|[一二两三四五六七八九]{2}")
"""What is no numeral written out: 一万二 for 12,000, 两三个 for two or three, 九五 for 95."""


def arabic(text: str) -> str:
    """Write Chinese numerals of a figure with digits; any other text comes back as it is.

    >>> arabic("百分之九十五点五"), arabic("三个"), arabic("二十余次"), arabic("一致")
    ('95.5%', '3个', '20余次', '一致')
    """
    if text.isascii():
        return text
    if not _MAY_COUNT.search(text):
        return text
    text = _IS_NONE.sub("为0", text)
    text = _OVER.sub(rf"\g<silent>{_MORE_THAN}", _ALL.sub("100%", text))
    if _MAY_BE_PART.search(text):
        text = _TENTHS.sub(lambda tenths: _CN_DIGITS[int(tenths.group())], text)
        text = _CN_PERCENT.sub(_percent, _with_half(text))
    if _DIGIT.search(text):
        return text
    if _CN_ALONE.fullmatch(text) and not _NO_NUMBER.search(text):
        return str(small_number(text))
    figure = _CN_FIGURE.fullmatch(text)
    if figure is None or _NO_NUMBER.search(figure["cn"]):
        return text
    number = small_number(figure["cn"])
    if figure["noun"] and number < 2:  # 一次性, 一条龙
        return text
    return "".join((figure["before"], str(number), *figure.group("more", "unit", "noun", "after")))


_WITH_HALF = regex(
    rf"(?P<before>(?:{_SIGNS}|{any_of(Words.SILENT)})?)\s*(?:(?P<whole>[0-9]+|{_CN}+)个(?!半[天日年亩公]))?半个?"
    rf"(?P<unit>小时|钟头|工作日|公里|[月天日年亩])(?P<after>(?:{_AFTERS})?{any_of(Words.TIMED)}{{0,2}})",
    re.ASCII,
)


def _with_half(text: str) -> str:
    """Write 半小时 as 0.5小时, 1个半小时 as 1.5小时."""
    match = _WITH_HALF.fullmatch(text)
    if match is None:
        return text
    whole = match["whole"] or "0"
    number = whole if whole.isdecimal() else str(small_number(whole))
    return f"{match['before']}{number}.5{match['unit']}{match['after']}"


def _percent(match: re.Match[str]) -> str:
    mark = _SHARES[match["of"]]
    if match["digits"] is not None:
        return match["digits"] + mark
    whole, _, decimals = match["cn"].partition("点")
    if _NO_NUMBER.search(whole):
        return match.group()
    digits = "".join(str(small_number(char)) for char in decimals)
    return f"{small_number(whole)}{'.' if digits else ''}{digits}{mark}"


# -- one number --------------------------------------------------------------------------------


def from_match(text: str, match: re.Match[str]) -> Cell | None:
    """Return the figure of a text that `SIMPLE` takes apart; ``None`` for a malformed number."""
    number = parse_money(match["number"])
    if number is None:
        return None
    if match["minus"] and number:
        number = number.copy_negate()
    sign, parts = _sign_of(match), _behind_number(match["unit"].strip())
    if isinstance(sign, Kind):
        return Cell(text, sign)
    if isinstance(parts, Kind):
        return Cell(text, parts)
    assumptions: tuple[str, ...] = ()
    if match["after"] and sign is not None:
        assumptions = (inclusive_note(match["after"], sign),)
    cell = Cell(text, parts.kind, number, parts.unit, sign, assumptions)
    if parts.rest:
        return in_part(cell, f"“{text}”里的“{parts.rest}”没有参与比较")
    if not number and names_bad(parts.unit):
        return cell._replace(detail=Nuance(is_zero=True))
    return cell


def inclusive_note(after: str, sign: Sign) -> str:
    """Say how a sign behind a number is taken: 95%以上."""
    return f"“{after}”含本数，按 {sign.value} 理解"


def _sign_of(match: re.Match[str]) -> Sign | Kind | None:
    """Return the sign before or behind a number; unclear where the two contradict each other."""
    sign = parse_sign(match["sign"]) if match["sign"] else None
    if not match["after"]:
        return sign
    after = AFTER[match["after"]]
    is_other = sign is not None and sign is not after and match["sign"] != _KEPT_WITHIN
    return Kind.UNCLEAR if is_other else after


class _Behind(NamedTuple):
    """What stands behind a number: what kind it makes of it, the unit, and other words."""

    kind: Kind
    unit: str
    rest: str


def _behind_number(said: str) -> _Behind | Kind:
    """Take apart what stands behind a number, or return what kind of cell it makes instead."""
    percent = percent_at(said)
    if percent is not None:
        unit, end = percent
        rest = said[end:].strip()
        return Kind.UNCLEAR if _UNREAD_AFTER.search(rest) else _Behind(_PERCENT, unit, rest)
    if _UNREAD_AFTER.search(said):
        return Kind.UNCLEAR
    if said[:1] in _BEHIND_ORDINAL:
        return Kind.WORDS
    behind = _BEHIND_UNIT.search(said)
    end = len(said) if behind is None else behind.start()
    return _Behind(_NUMBER, said[:end].strip(), said[end:].strip())


def in_part(cell: Cell, note: str) -> Cell:
    """Say that a reading leaves a part of its cell out."""
    detail = cell.facts._replace(is_partial=True)
    return cell._replace(assumptions=(*cell.assumptions, note), detail=detail)


_PERCENT_START = regex(r"‰|[%％]|个?百分点|百分比|百分率|个百分比|percent", re.IGNORECASE)


def percent_word(text: str) -> str:
    """Return the first spelling of %, ‰ or 百分点 in a text; empty where there is none."""
    found = _PERCENT_START.search(text)
    return found.group() if found else ""


def percent_unit(unit: str) -> str | None:
    """Return ``%`` or ``‰`` where a unit is no more than that, in any spelling."""
    found = percent_at(unit.strip())
    return found[0] if found is not None and found[1] == len(unit.strip()) else None


def percent_at(unit: str) -> tuple[str, int] | None:
    """Return ``%`` or ``‰`` where a unit begins with it, and how many characters say so."""
    start = _PERCENT_START.match(unit)
    if start is None:
        return None
    return (_PER_MILLE if start.group() == _PER_MILLE else "%"), start.end()


def _figure(text: str, printed: str) -> Cell | None:
    """Return the figure that a part of a cell is, as a cell of the whole printed text."""
    match = SIMPLE.fullmatch(text.strip())
    cell = None if match is None else from_match(printed, match)
    return None if cell is None or cell.kind is Kind.UNCLEAR else cell


# -- per many, per person ----------------------------------------------------------------------

_STROKE = regex("[/／]")
_PER_MANY = regex(
    r"(?<=[0-9人例])\s*[/／]\s*(?P<many>10万|100000|十万|1万|10000|万|1000|千)人?(?![0-9元])"
)
_POWER = regex("(?<=m)[23](?![0-9])", re.ASCII)
"""The exponent in m2 and km2, which is no number of its own."""
_MANY = {
    spelling: name
    for name, spellings in (
        ("/十万", "10万 100000 十万"),
        ("/万", "1万 10000 万"),
        ("‰", "1000 千"),
    )
    for spelling in spellings.split()
}
_PER_FIRST = regex(
    rf"(?P<sign>(?:{_SIGNS})?)(?:(?P<per>(?:每(?:{UNIT}))+)[^0-9]{{0,6}}?|(?!平均)(?P<mean>{UNIT})均"
    rf"|(?P<daily>[日月年]){any_of(Words.DONE_DAILY)}[^0-9，。；、]{{0,8}}?)"
    rf"(?P<rest>(?:{_SIGNS})?\s*{DIGITS}[^0-9]*)",
    re.ASCII,
)


def per_many(text: str) -> str:
    """Write a rate per 100,000 or 1,000 with one mark, so that it is one number.

    >>> per_many("≤18.5/10万"), per_many("3例/千人")
    ('≤18.5/十万', '3‰')
    """
    match = _PER_MANY.search(text) if _STROKE.search(text) else None
    if match is None:
        return _POWER.sub(_raised_digit, text) if "m" in text else text
    before = text[: match.start()].rstrip("人例")
    return before + _MANY[match["many"]] + text[match.end() :]


def _raised_digit(power: re.Match[str]) -> str:
    return "²³"[int(power.group()) - 2]


def _per_first(text: str, printed: str) -> Cell | None:
    """Read 每人每月300元 as 300元/人/月, 户均300元 as 300元/户, 日处理2万吨 as 2万吨/日."""
    match = _PER_FIRST.fullmatch(text)
    cell = None if match is None else _figure(match["sign"] + match["rest"], printed)
    if match is None or cell is None or not cell.unit:
        return None
    if match["daily"]:
        return _daily(cell, match["daily"])
    per = f"/{match['mean']}" if match["mean"] else match["per"].replace("每", "/")
    return cell._replace(unit=cell.unit + per)


def _daily(cell: Cell, span: str) -> Cell | None:
    """Return how much is done in a day, a month or a year; what is per something says so itself."""
    if cell.kind is not _NUMBER:
        return None
    unit = cell.unit if unit_of(cell.unit).per else f"{cell.unit}/{span}"
    return in_part(
        cell._replace(unit=unit), f"“{cell.text}”按 {trimmed(cell.number or ZERO)}{unit} 理解"
    )


# -- ranges ------------------------------------------------------------------------------------

_UNIT = r"[^0-9≥≤＞＜＝<>=~～—:：至到\-]*?"
_RANGE = regex(
    rf"(?P<low>[-－]?{DIGITS})\s*(?P<one>{_UNIT})\s*(?:[-－–—~～至到]|——)\s*"
    rf"(?P<high>{DIGITS})\s*(?P<two>{_UNIT})(?:之间|以内|范围内)?",
    re.ASCII,
)
_BOTH_ENDS = regex(
    rf"(?P<sign1>{_SIGNS})\s*(?P<number1>{DIGITS}{_UNIT})(?P<after1>以上)?[且，,、;；和并]*\s*"
    rf"(?P<sign2>{_SIGNS})\s*(?P<number2>{DIGITS}{_UNIT})",
    re.ASCII,
)
_AROUND = regex(
    rf"(?P<middle>{DIGITS})\s*(?P<one>{_UNIT})\s*(?:±|\+/-|\+-)\s*(?P<by>{DIGITS})\s*(?P<two>{_UNIT})",
    re.ASCII,
)
_BETWEEN = regex(
    rf"(?P<low>{DIGITS}{_UNIT})\s*(?:≤|<=|≦|＜|<)\s*[^0-9≥≤≧≦＞＜＝<>=，。；、]{{1,10}}"
    r"\s*(?:≤|<=|≦|＜|<)\s*"
    rf"(?P<high>{DIGITS}{_UNIT})",
    re.ASCII,
)
_FROM_TO = regex(
    rf"(?:介于|在)?(?P<low>{DIGITS}{_UNIT})(?:及?以上[且，,、]?(?P<high1>{DIGITS}{_UNIT})及?(?:以下|以内)"
    rf"|[和与](?P<high2>{DIGITS}{_UNIT})之间)",
    re.ASCII,
)


def of_interval(text: str, printed: str) -> Cell | None:
    """Read a range: 40-50人, ≥60%且≤80%, 60%≤X≤80%, 100±5; ``None`` where the text is none."""
    around = _AROUND.fullmatch(text)
    if around is not None:
        return _spread(around, printed)
    match = _RANGE.fullmatch(text)
    if match is not None:
        two = match["two"].strip()
        low = _figure(match["low"] + (match["one"].strip() or two), printed)
        return _spanned(low, _figure(match["high"] + two, printed), printed)
    match = _BETWEEN.fullmatch(text)
    if match is not None:
        return _spanned(_figure(match["low"], printed), _figure(match["high"], printed), printed)
    match = _FROM_TO.fullmatch(text)
    if match is not None:
        high = match["high1"] or match["high2"]
        return _spanned(_figure(match["low"], printed), _figure(high, printed), printed)
    match = _BOTH_ENDS.fullmatch(text)
    if match is None:
        return None
    ends = [_figure(match["sign" + no] + match["number" + no], printed) for no in ("1", "2")]
    if None in ends:
        return None
    low, high = sorted((end for end in ends if end is not None), key=_is_upper)
    return None if _is_upper(low) or not _is_upper(high) else _spanned(low, high, printed)


def _spread(match: re.Match[str], printed: str) -> Cell | None:
    """Read 20℃±2℃ as the range from 18 to 22."""
    two = match["two"].strip()
    middle = _figure(match["middle"] + (match["one"].strip() or two), printed)
    by = _figure(match["by"] + two, printed)
    if middle is None or by is None or middle.number is None or by.number is None:
        return None
    if middle.unit != by.unit:  # 100人±5%
        return None
    low = by._replace(number=subtract(middle.number, by.number))
    return _spanned(low, by._replace(number=add(middle.number, by.number)), printed)


def _is_upper(cell: Cell) -> bool:
    return cell.sign is not None and cell.sign.is_reverse


def _spanned(low: Cell | None, high: Cell | None, printed: str) -> Cell | None:
    """Return the range from one figure to another of the same unit."""
    if low is None or high is None or low.number is None or high.number is None:
        return None
    if (low.unit and low.unit != high.unit) or low.number > high.number:
        return None
    detail = Nuance(lower=low.number, upper=high.number)
    return Cell(printed, Kind.INTERVAL, unit=high.unit, detail=detail)


_ABOUT = regex(
    rf"(?:{any_of(Words.SILENT)})?(?:(?P<near>近|将近|接近)|(?P<about>{any_of(Words.ABOUT)}))?\s*"
    rf"(?P<number>{DIGITS})\s*(?P<scale>[百千万亿]{{0,2}})(?P<more>[余多几]?)"
    r"(?P<unit>[^0-9余多几]*?)(?P<over>[余多]?)"
    r"(?P<around>(?:左右|上下)?)",
    re.ASCII,
)
_HALF = Decimal("0.5")


def _about(text: str, printed: str) -> Cell | None:
    """Read 约300人, 300余人, 近300人 as the range that they may stand for."""
    match = _ABOUT.fullmatch(text)
    if match is None:
        return None
    is_more = bool(match["more"] or match["over"])
    if not (match["near"] or match["about"] or match["around"] or is_more):
        return None
    cell = _figure(match["number"] + match["scale"] + match["unit"], printed)
    if cell is None or cell.number is None or cell.sign is not None:
        return None
    number, step = cell.number, _last_place(cell.number)
    if is_more:
        ends = number, add(number, step)
    elif match["near"]:
        ends = subtract(number, step), number
    else:
        half = multiply(step, _HALF)
        ends = subtract(number, half), add(number, half)
    detail = Nuance(lower=ends[0], upper=ends[1], about=number)
    return Cell(printed, Kind.INTERVAL, unit=cell.unit, detail=detail)


def _last_place(number: Decimal) -> Decimal:
    """Return one of the last place of a number that is not 0: 100 for 300, 0.1 for 2.5."""
    text = trimmed(number)
    _, point, decimals = text.partition(".")
    zeros = -len(decimals) if point else len(text) - len(text.rstrip("0"))
    return Decimal((0, (1,), zeros))


_WITHIN = regex(
    rf"(?P<before>[^0-9]*?)(?:±|正负|\+/-|\+-)\s*(?P<rest>{DIGITS}[^0-9]*?)(?:以内|之内|内|范围内)?",
    re.ASCII,
)


def _within(text: str, printed: str) -> Cell | None:
    """Read ±5%: a deviation bounded on both sides."""
    match = _WITHIN.fullmatch(text)
    cell = None if match is None else _figure(match["rest"], printed)
    return None if cell is None else cell._replace(detail=cell.facts._replace(is_within=True))


_RATIO = regex(
    rf"(?P<sign>{_SIGNS})?\s*(?P<one>{DIGITS})\s*[:：\u2236比]\s*(?P<two>{DIGITS})", re.ASCII
)


def _ratio(text: str, printed: str) -> Cell | None:
    """Read 3:1."""
    match = _RATIO.fullmatch(text)
    if match is None:
        return None
    one, two = parse_money(match["one"]), parse_money(match["two"])
    if one is None or not two:
        return None
    sign = parse_sign(match["sign"]) if match["sign"] else None
    return Cell(printed, Kind.RATIO, sign=sign, detail=Nuance(ratio=(one, two)))


# -- growth and decline ------------------------------------------------------------------------

_UP, _DOWN = any_of(Words.GROWTH), any_of(Words.DECLINE)
_CHANGE = regex(
    rf"(?P<subject>[^0-9]*?)(?:(?P<up>{_UP})|(?P<down>{_DOWN})){any_of(Words.EXTENT)}?"
    rf"(?P<object>[^0-9≥≤＞＜＝<>=不]{{0,8}}?)(?:达到|达|为|了|：|:)?"
    rf"(?P<rest>(?:{_SIGNS})?\s*[-－]?{DIGITS}[^0-9]*)",
    re.ASCII,
)
_TO = regex(
    rf"(?P<subject>[^0-9]*?)(?:[从由]\s*(?P<since>{DIGITS})[^0-9]{{0,4}}?)?"
    rf"(?:(?P<up>{any_of(Words.RAISED_TO)})|(?P<down>{any_of(Words.LOWERED_TO)}))"
    rf"(?P<rest>(?:{_SIGNS})?\s*{DIGITS}[^0-9]*)",
    re.ASCII,
)
_NO_CHANGE = regex(r"(?P<subject>[^0-9]*?)[零0]增长", re.ASCII)
_COMPARED = regex(any_of(Words.COMPARED))
_NEGATED = regex(any_of(Words.NEGATED))


_DECLINES, _GROWS = regex(_DOWN), regex(_UP)


def trend_in(name: str) -> Trend | None:
    """Return what a row's name says of its figure (信访量较上年下降), where it says one thing.

    >>> trend_in("信访量较上年下降").value, trend_in("培训人数")
    ('下降', None)
    """
    is_up, is_down = _GROWS.search(name) is not None, _DECLINES.search(name) is not None
    if is_up is is_down:
        return None
    return Trend.GROWTH if is_up else Trend.DECLINE


def _change(text: str, printed: str) -> Cell | None:
    """Read 较上年增长6%, 下降5个百分点, 提高到95%, 零增长."""
    still = _NO_CHANGE.fullmatch(text)
    if still is not None:
        detail = Nuance(trend=Trend.GROWTH, subject=_subject(still["subject"]), is_level=True)
        return Cell(printed, _PERCENT, ZERO, "%", detail=detail)
    match = _TO.fullmatch(text)
    if match is not None:
        return _raised(match, printed)
    match = _CHANGE.fullmatch(text)
    if match is None or _NEGATED.search(match["subject"]):
        return None
    cell = _figure(match["rest"], printed)
    if cell is None:
        return None
    trend = Trend.GROWTH if match["up"] else Trend.DECLINE
    subject = _subject(match["subject"] + match["object"])
    return cell._replace(detail=cell.facts._replace(trend=trend, subject=subject))


def as_reached(cell: Cell) -> Cell:
    """Return an actual that says up to what something rose as that figure; any other as it is.

    As a target 提高至80% is the least that is wanted; as an actual it is what was reached.
    """
    match = _TO.fullmatch(arabic(cell.text))
    figure = None if match is None else _figure(match["rest"], cell.text)
    if figure is None or figure.sign is not None:
        return cell
    return cell._replace(sign=None, assumptions=figure.assumptions)


def _raised(match: re.Match[str], printed: str) -> Cell | None:
    """Read 提高到95% as at least 95 %, 由5%降至3% as at most 3 %."""
    cell = _figure(match["rest"], printed)
    if cell is None:
        return None
    if cell.sign is None:
        sign = Sign.AT_LEAST if match["up"] else Sign.AT_MOST
        note = f"“{match['up'] or match['down']}”按 {sign.value} 理解"
        cell = cell._replace(sign=sign, assumptions=(*cell.assumptions, note))
    is_partial = match["since"] is not None or bool(_subject(match["subject"]))
    return cell._replace(detail=Nuance(is_partial=True)) if is_partial else cell


def _subject(text: str) -> str:
    """Return what grows, without what it is compared with."""
    return _COMPARED.sub("", text).strip(" 的，,：:")


# -- a bracket that says the figure of a grade; a zero of something bad ------------------------

_IN_BRACKETS = regex(
    rf"(?P<before>[^0-9（(]{{1,12}})[（(](?P<inside>(?:{_SIGNS})?\s*{DIGITS}[^（()）]*)[）)]",
    re.ASCII,
)
_NO_THING = regex(
    rf"为?零|(?:实现|确保)?[零0][^0-9，。、；]{{0,8}}?{any_of(Words.BAD)}(?:{any_of(Words.BEHIND_BAD)})?"
)


def _in_brackets(text: str, printed: str) -> Cell | None:
    """Read 优秀（≥90分）: the figure in the brackets says what the word means."""
    match = _IN_BRACKETS.fullmatch(text)
    if match is None:
        return None
    cell = _figure(match["inside"], printed) or of_interval(match["inside"], printed)
    if cell is None:
        return None
    return in_part(cell, f"只取“{printed}”括号里的 {match['inside']} 计算")


def _no_thing(text: str, printed: str) -> Cell | None:
    """Read 零投诉 as the figure 0; 零 alone is one of whatever the row's name counts."""
    if _NO_THING.fullmatch(text) is None:
        return None
    return Cell(printed, _NUMBER, ZERO, detail=Nuance(is_zero=names_bad(text)))


_TIMED = regex(
    rf"(?P<figure>[^0-9]*?{DIGITS}[^0-9]*?(?:以内|之内|内))(?P<act>{any_of(Words.TIMED)}{{1,2}})",
    re.ASCII,
)


def _timed(text: str, printed: str) -> Cell | None:
    """Read 30分钟内到达 as at most 30分钟."""
    match = _TIMED.fullmatch(text)
    cell = None if match is None else _figure(match["figure"], printed)
    if match is None or cell is None:
        return None
    return in_part(cell, f"“{printed}”里的“{match['act']}”没有参与比较")


_FRACTION = regex(
    rf"(?P<before>(?:{_SIGNS})?)\s*(?P<part>[0-9]{{1,3}})\s*[/／]\s*(?P<whole>[0-9]{{1,3}})\s*(?P<after>(?:{_AFTERS})?)",
    re.ASCII,
)


def _fraction(text: str, printed: str) -> Cell | None:
    """Read 2/3以上 as a part of a whole; 2/3 alone may be two of three."""
    match = _FRACTION.fullmatch(text)
    if match is None:
        return None
    part, whole = int(match["part"]), int(match["whole"])
    sign = _sign_of_part(match)
    if sign is None or isinstance(sign, Kind) or not 0 < part <= whole:
        return Cell(printed, Kind.UNCLEAR)
    return _share(printed, part, whole, sign)


_PART_OF = regex(
    rf"(?P<before>(?:{_SIGNS}|{any_of(Words.SILENT)})?)(?P<about>(?:近|将近|接近|{any_of(Words.ABOUT)})?)"
    r"(?:(?P<tens>[一二三四五六七八九十])成(?P<ones>[一二三四五六七八九半])?"
    r"|(?P<whole>[一二三四五六七八九十]{1,3})分之(?P<part>[一二三四五六七八九十]{1,3})|(?P<half>一半|半数)|(?P<most>过半数?))"
    rf"(?P<more>(?:[多余]|左右|上下)?)(?P<after>(?:{_AFTERS})?)"
)
_FINEST = 10**4


def _part_of_whole(text: str, printed: str) -> Cell | None:
    """Read 九成以上, 三分之二, 一半以上, 过半: percent, or a ratio where that has no end."""
    match = _PART_OF.fullmatch(text) if _MAY_BE_PART.search(text) else None
    if match is None or (match["most"] and (match["before"] or match["after"])):
        return None
    part, whole = _part_and_whole(match)
    sign = _sign_of_part(match)
    if isinstance(sign, Kind) or not 0 < part <= whole:
        return None
    if match["about"] or match["more"]:
        return None if sign is not None else _about_share(match, part, whole, printed)
    return _share(printed, part, whole, Sign.ABOVE if match["most"] else sign)


def _sign_of_part(match: re.Match[str]) -> Sign | Kind | None:
    """Return the sign before or behind a part of a whole; unclear where there are both."""
    sign = parse_sign(match["before"])
    if not match["after"]:
        return sign
    return AFTER[match["after"]] if sign is None else Kind.UNCLEAR


def _share(printed: str, part: int, whole: int, sign: Sign | None) -> Cell:
    """Return a part of a whole: percent, or a ratio where that has no end."""
    if part * _FINEST % whole:
        detail = Nuance(ratio=(Decimal(part), Decimal(whole)), is_share=True)
        return Cell(printed, Kind.RATIO, sign=sign, detail=detail)
    percent = _percent_of(part, whole)
    note = f"“{printed}”即 {trimmed(percent)}%"
    return Cell(printed, _PERCENT, percent, "%", sign, (note,))


def _about_share(match: re.Match[str], part: int, whole: int, printed: str) -> Cell | None:
    """Read 近九成 and 八成多 as the range of percent that they may stand for."""
    if part * _FINEST % whole:
        return None
    figure = f"{match['about']}{trimmed(_percent_of(part, whole))}%{match['more']}"
    return _about(figure, printed)


def _percent_of(part: int, whole: int) -> Decimal:
    return Decimal(trimmed(multiply(Decimal(part * _FINEST // whole), _HUNDREDTH)))


_HUNDREDTH = Decimal("0.01")


def _part_and_whole(match: re.Match[str]) -> tuple[int, int]:
    if match["tens"]:
        ones = (match["ones"] or "零").replace("半", "五")
        return small_number(match["tens"]) * 10 + small_number(ones), 100
    if match["whole"]:
        return small_number(match["part"]), small_number(match["whole"])
    return 1, 2


_READERS = (
    _part_of_whole,
    _fraction,
    _timed,
    _no_thing,
    _within,
    _per_first,
    _ratio,
    _about,
    _change,
    _in_brackets,
)


def of_phrase(text: str, printed: str) -> Cell | None:
    """Read a phrase around one figure; ``None`` where it is none of the known phrases.

    Args:
        text: The text without dates and remarks, Chinese numerals written with digits.
        printed: The text as printed.
    """
    for read in _READERS:
        cell = read(text, printed)
        if cell is not None:
            return cell
    return None
