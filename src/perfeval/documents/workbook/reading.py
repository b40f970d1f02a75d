"""What a target or an actual means that somebody types into the form, step by step.

The steps are stricter than `perfeval.cells.values`: what they read, they read the same way, and
what they cannot read has no number.  A text that a sheet brought along keeps the reading that it
had, for as long as nobody changes it.
"""

from __future__ import annotations

from string import ascii_letters
from typing import NamedTuple

from perfeval.cells.reading import POWERS
from perfeval.cells.signs import BEFORE, Sign
from perfeval.cells.values import Cell, Kind
from perfeval.cells.vocabulary import Words
from perfeval.cells.vocabulary import words as general_words
from perfeval.documents.workbook.formula import (
    BLANK,
    NO,
    Formula,
    ListedWords,
    Value,
    above,
    as_number,
    before,
    before_any,
    behind,
    both,
    chosen,
    counterpart,
    differs,
    either,
    equal,
    exact,
    first,
    grouped,
    has,
    has_listed,
    is_letter_of,
    is_listed,
    is_number,
    is_one_of,
    joined,
    last,
    length,
    negated,
    number,
    replaced,
    runs_of,
    stripped,
    times,
    when,
    without_first,
    without_last,
    words,
)
from perfeval.documents.workbook.row_plan import RowPlan

FIGURE, PERCENT, SEVERAL, UNCLEAR, WORDS = "数", "率", "多", "疑", "文"
CODES = {
    Kind.NUMBER: FIGURE,
    Kind.PERCENT: PERCENT,
    Kind.COMPOUND: SEVERAL,
    Kind.UNCLEAR: UNCLEAR,
    Kind.WORDS: WORDS,
    Kind.INTERVAL: UNCLEAR,
    Kind.RATIO: SEVERAL,
    Kind.DATE: UNCLEAR,
    Kind.BLANK: "",
}
"""How the hidden sheet writes what kind of thing a cell holds."""
_DIGITS = "0123456789"
_EACH_DIGIT = ListedWords("词_数字", tuple(_DIGITS))
_MARKS = ListedWords("词_未填", (*general_words(Words.UNFILLED), *general_words(Words.PLACEHOLDER)))
_MASKS = ("XX", "xx", "××", "**", "\uff0a")
"""What holds the place of a figure that was never filled in (≥**人)."""
_SPELLED = (
    ("达到", ""),
    (">=", "≥"),
    ("<=", "≤"),
    ("≧", "≥"),
    ("≦", "≤"),
    ("及以上", "以上"),
    ("及以下", "以下"),
)
_GLYPHS = ("≥≤＞＜＝><=", "≥≤＞＜＝＞＜＝")
_UPWARD, _DOWNWARD = ("以上",), ("以下", "以内", "之内")
_BLURRING = ListedWords(
    "词_含糊",
    (
        *"前后内≥≤＞＜＝><，,。；;：:+\uff0b",
        *("左右", "上下", "以外", "之外"),
        *(scale + more for scale in "百千万亿" for more in "多余几"),
        *general_words(Words.TAKEN_BACK),
        *general_words(Words.PLANNED),
        *general_words(Words.DONE),
    ),
)
"""What would change a number from behind, or is no unit: such a cell is left to the engine."""
_TURNING_WORDS = (
    *(Words.PLANNED, Words.TAKEN_BACK, Words.TURNS_ROUND, Words.NEEDS_SIGN),
    *(Words.DECLINE, Words.ABOUT),
)
_TURNING = ListedWords(
    "词_转折",
    (
        *"每均百千年月季节缩压分于过超最限增升涨降跌提减亏负未不没无约近前后内至到高低第~～—-－+±.≥≤＞＜＝><=",
        *"少缺欠",
        "正负",
        *("日" + act for act in general_words(Words.DONE_DAILY)),
        *BEFORE,
        *(f"{thing}控制" for thing in general_words(Words.SPENDING)),
        *(word for kind in _TURNING_WORDS for word in general_words(kind)),
    ),
)
"""What may change the meaning of a number behind it (未超过, 控制在): such a cell is not read."""
_AFTER = ListedWords("词_数后", ("多", "余", "几", "至", "到", "~", "～", "—", "-", "+", *POWERS))
_IN_DATES = ListedWords("词_日期", tuple(digit + mark for digit in _DIGITS for mark in "年月-/"))
_WITH_FIGURE = ListedWords("词_有数", (*_DIGITS, *_MASKS))
_BETWEEN = ListedWords("词_区间", tuple("至到~～—-－"))
"""What may make two numbers the ends of a range, which only the engine compares with."""
WORD_LISTS = (
    *(_EACH_DIGIT, _MARKS, _BLURRING, _TURNING, _AFTER, _IN_DATES, _WITH_FIGURE, _BETWEEN),
)
"""The lists of words by which typed texts are read."""
_CENTURIES = ("19", "20")
"""What 20231231 and 2023.12 begin with, which may be dates."""
_SHORT = 60
"""Characters of a text up to which it is searched for a second number."""
_LONGEST = 16
"""Characters of the longest number that is read: the 15 digits of a spreadsheet, and a point."""


class Pin(NamedTuple):
    """The reading that a text brought along; it holds while the text is unchanged."""

    text: Formula
    kind: Formula
    number: Formula
    unit: Formula
    sign: Formula


class Reading(NamedTuple):
    """What a cell means: its code, its number, its unit, and the sign that stands in it.

    Attributes:
        text: What is typed, without spaces around it.
        kind: One of `CODES`.
        number: The number that counts, or blank.
        unit: Its unit as typed, ``%`` for a percentage, or blank.
        sign: The sign typed with it, or blank.
        is_plain: The text itself says which number counts.
    """

    text: Formula
    kind: Formula
    number: Formula
    unit: Formula
    sign: Formula
    is_plain: Formula


class _TypedText(NamedTuple):
    """A typed text taken apart."""

    text: Formula
    sign: Formula
    figure: Formula
    rest: Formula
    is_read: Formula
    number: Formula


_KEPT = ("原文", "原类", "原数", "原单位", "原符号")
"""The columns that hold the reading that a text brought along."""


def pinned(plan: RowPlan, name: str) -> Pin:
    """Return where the reading that a sheet's cell has is kept.

    Args:
        plan: The plan of the row.
        name: What the cell is: 目标值 or 完成值.
    """
    return Pin(*(plan.given(name + key) for key in _KEPT))


def kept_reading(name: str, shown: str, cell: Cell | None) -> dict[str, Value]:
    """Return the reading that a sheet's cell has, by the columns that keep it.

    Args:
        name: What the cell is: 目标值 or 完成值.
        shown: What the form shows of it.
        cell: The cell; ``None`` where it is blank.
    """
    cell = cell or Cell("", Kind.BLANK)
    number_: Value = "" if cell.number is None else cell.number
    values = (shown, CODES[cell.kind], number_, cell.unit, cell.sign.value if cell.sign else "")
    return dict(zip((name + key for key in _KEPT), values, strict=True))


class Reader:
    """Reads one typed cell of a row."""

    def __init__(self, plan: RowPlan, name: str) -> None:
        self._plan = plan
        self._name = name

    def read(self, typed: Formula, given: Formula, pinned: Pin) -> Reading:
        """Read a cell.

        Args:
            typed: The cell of the form.
            given: The number that counts, where somebody states it beside the cell.
            pinned: The reading that its text brought along.
        """
        taken = self._taken(typed)
        as_ever = self._put("未改", exact(typed, pinned.text))
        kind = when(as_ever, pinned.kind, self._kind(taken))
        stated = when(has(taken.text, "%", "％"), words(PERCENT), words(FIGURE))
        figure = when(as_ever, pinned.number, taken.number)
        unit = when(as_ever, pinned.unit, self._unit(taken))
        return Reading(
            text=taken.text,
            kind=self._put("类", when(is_number(given), stated, kind)),
            number=self._put("数", when(is_number(given), given, figure)),
            unit=self._put("单位", when(is_number(given), BLANK, unit)),
            sign=self._put("符号", when(as_ever, pinned.sign, taken.sign)),
            is_plain=both(taken.is_read, negated(is_number(given))),
        )

    def _put(self, step: str, formula: Formula) -> Formula:
        return self._plan.put(self._name + step, formula)

    def _taken(self, typed: Formula) -> _TypedText:
        """Take sign, figure and what follows apart."""
        text = self._put("文字", stripped(typed))
        spelled = self._put("统一", replaced(text, *_SPELLED))
        lead = self._put("前文", before_any(spelled, _EACH_DIGIT))
        head = self._put("去前文", when(_is_harmless(lead), without_first(spelled, lead), spelled))
        front = self._put("前号", self._front_sign(head))
        body = self._put("去号", when(equal(front, BLANK), head, stripped(behind(head, 1))))
        back = self._put("后号", self._back_sign(body))
        core = self._put(
            "正文", when(equal(back, BLANK), body, stripped(without_last(body, words("以上"))))
        )
        figure = self._put("去负", when(equal(first(core), words("-")), behind(core, 1), core))
        rest = self._put("余文", replaced(figure, *((digit, "") for digit in (*_DIGITS, ".", ","))))
        digits = self._put("数字", without_last(figure, rest))
        plain = self._put("去逗号", replaced(digits, (",", "")))
        agree = either(equal(front, BLANK), equal(back, BLANK), equal(front, back))
        is_clear = both(self._is_grouped(digits, plain), self._is_clear(digits, rest), agree)
        is_whole = self._is_whole(figure, digits, rest, plain)
        is_read = self._put("读通", when(is_whole, is_clear, NO))
        value = times(as_number(plain), when(equal(figure, core), number(1), number(-1)))
        sign = when(equal(back, BLANK), front, back)
        return _TypedText(
            text=text,
            sign=sign,
            figure=figure,
            rest=rest,
            is_read=is_read,
            number=self._put("读数", when(is_read, value, BLANK)),
        )

    @staticmethod
    def _front_sign(text: Formula) -> Formula:
        """Return the sign with which a text begins."""
        is_sign = both(differs(text, BLANK), is_letter_of(first(text), _GLYPHS[0]))
        return when(is_sign, counterpart(first(text), *_GLYPHS), BLANK)

    @staticmethod
    def _back_sign(text: Formula) -> Formula:
        """Return the sign that words such as 以上 behind a figure stand for."""
        tail = last(text, 2)
        return chosen(
            [
                (is_one_of(tail, _UPWARD), words(Sign.AT_LEAST.value)),
                (is_one_of(tail, _DOWNWARD), words(Sign.AT_MOST.value)),
            ],
            BLANK,
        )

    @staticmethod
    def _is_whole(figure: Formula, digits: Formula, rest: Formula, plain: Formula) -> Formula:
        """Tell whether a figure is a plain number and then what follows it."""
        point = words(".")
        points = length(replaced(plain, *((digit, "") for digit in _DIGITS)))
        no_zero = either(
            differs(first(plain), words("0")),
            equal(length(plain), number(1)),
            equal(first(behind(plain, 1)), point),
        )
        return both(
            differs(plain, BLANK),
            exact(joined(digits, rest), figure),
            negated(equal(first(plain), point)),
            negated(equal(last(plain), point)),
            either(equal(points, number(0)), equal(points, number(1))),
            no_zero,
            negated(above(length(plain), number(_LONGEST))),
        )

    @staticmethod
    def _is_grouped(digits: Formula, plain: Formula) -> Formula:
        """Tell whether commas stand between thousands, where there are any."""
        thousands = grouped(as_number(before(plain, ".")))
        return either(equal(digits, plain), exact(before(digits, "."), thousands))

    @staticmethod
    def _is_clear(digits: Formula, rest: Formula) -> Formula:
        """Tell whether a figure is neither blurred by the text behind it (左右, 多) nor a date."""
        is_date = either(
            equal(first(rest), words("月")),
            both(equal(first(rest), words("年")), equal(length(digits), number(4))),
        )
        is_compact = both(
            equal(rest, BLANK),
            is_one_of(first(digits, 2), _CENTURIES),
            either(
                both(equal(length(digits), number(8)), negated(has(digits, "."))),
                both(equal(first(behind(digits, 4)), words(".")), above(number(8), length(digits))),
            ),
        )
        return both(
            negated(is_compact),
            negated(has_listed(rest, _BLURRING)),
            negated(is_listed(first(stripped(rest)), _AFTER)),
            negated(is_date),
        )

    @staticmethod
    def _unit(taken: _TypedText) -> Formula:
        """Return a unit; of several numbers only whether they are percentages."""
        others = when(has(taken.text, "%", "％"), words("%"), BLANK)
        own = when(_is_percent(taken), words("%"), stripped(taken.rest))
        return when(taken.is_read, own, others)

    @staticmethod
    def _kind(taken: _TypedText) -> Formula:
        """Return the code of what is typed."""
        is_blank = either(equal(taken.text, BLANK), is_listed(taken.text, _MARKS))
        return chosen(
            [
                (is_blank, BLANK),
                (taken.is_read, when(_is_percent(taken), words(PERCENT), words(FIGURE))),
                (_is_several(taken), words(SEVERAL)),
                (has_listed(taken.text, _WITH_FIGURE), words(UNCLEAR)),
            ],
            words(WORDS),
        )


def _is_percent(taken: _TypedText) -> Formula:
    return is_one_of(first(stripped(taken.rest)), ("%", "％"))


def _is_harmless(lead: Formula) -> Formula:
    """Tell whether the words before a number only name what is counted."""
    is_letter = is_letter_of(last(lead), ascii_letters)
    return both(differs(lead, BLANK), negated(has_listed(lead, _TURNING)), negated(is_letter))


def _is_several(taken: _TypedText) -> Formula:
    """Tell whether a text holds more than one number, and no date or range."""
    runs = runs_of(taken.text, f"{_DIGITS}.,", _SHORT)
    return both(
        above(runs, number(1)),
        negated(has_listed(taken.text, _IN_DATES)),
        negated(has_listed(taken.text, _BETWEEN)),
        negated(above(length(taken.text), number(_SHORT))),
    )
