"""YAML as offices write it, read line by line: data and places in a fraction of a parser's time.

Blocks of ``名称: 内容``, lists of ``- ``, comments, texts in plain quotes, and ``{名称: 内容}`` or
``[内容]`` on one line are read here.  Whatever else a text holds (escapes, texts of several lines,
anchors, tags, tabs, odd indents, repeated keys, …) is not judged: the answer is then ``None``, and
the parser decides.  Where there is an answer, its data and places are the parser's, and the parser
would have found no problem; the tests hold the two against each other.

What is read is bounded: its length by `LONGEST`, with it the number of values, and its depth.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from perfeval.later import regex
from perfeval.numbers import MAX_DIGITS, parse_number

LONGEST = 100_000
"""A text of more characters is left to the parser; no sheet has as many."""
WIDTH = 1 << 17
"""What a line counts in a mark, both from 0: a line of `LONGEST` characters fits."""
_DEEPEST = 32

Marks = tuple[Any, Any, Any]
"""The mark of a value, that of its key, and the marks inside it by key or position.

Here a mark is line × `WIDTH` + column; the parser has marks of its own.
"""
_Found = tuple[Any, dict[str, Marks] | list[Marks] | None]
"""A value, and the places inside it."""

_CONSTANTS: dict[str, Any] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_NUMBER_START = frozenset("-0123456789")
_TYPED_START = _NUMBER_START | {word[:1] for word in _CONSTANTS}
"""With what a scalar begins that may be anything but text."""


def typed(text: str) -> Any:
    """Return what a scalar without quotes is: a number, true or false, nothing, or text.

    >>> typed("12.50"), typed("0102"), typed("~")
    (Decimal('12.50'), '0102', None)
    """
    if text[:1] in _NUMBER_START:
        number = parse_number(text)
        return text if number is None else number
    return _CONSTANTS.get(text, text)


_typed = lru_cache(maxsize=4_096)(typed)
_LONGEST_TYPED = MAX_DIGITS + 2
"""Figures come again from sheet to sheet; what is longer is none."""


class Scanned(NamedTuple):
    """A text that was read: its data, and the place of every value.

    >>> scan("年度: 2023").data
    {'年度': Decimal('2023')}
    """

    data: dict[str, Any]
    root: Marks


class _UnusualError(Exception):
    """The text is not of the usual kind, or wrong: the parser decides."""


def scan(text: str) -> Scanned | None:
    """Read a text of the usual kind, or return ``None`` where the parser must."""
    # Tabs, strange line ends, control characters and halves of characters are not printable.
    if len(text) > LONGEST or not text.replace("\n", "").replace("\u3000", "").isprintable():
        return None
    try:
        data, places = _scanned(text)
    except _UnusualError:
        return None
    return Scanned(data, (next(iter(places.values()))[1], None, places)) if data else None


_LINE = regex(
    r"""^(?P<indent>\ *)(?:\#.*|
    (?P<dash>(?:-\ +)?)(?:
        (?P<key>[^\s\-.?:,\[\]{}\#&*!|>'"%@`][^:\#\n]{0,199}(?<!\ )):(?P<gap>\ +|$)(?P<value>.*)
        |(?P<other>[^\ \n].*)
    )|)$""",
    re.MULTILINE | re.VERBOSE,
)
"""A line: an entry with its key, anything else, or neither where it is blank or a comment.

A key begins with no point: three of them at the beginning of a line end the document.
"""


_Block = tuple[int, Any, Any]
"""A mapping or list over several lines: the column of its entries, its data, and their places."""


def _scanned(text: str) -> tuple[dict[str, Any], dict[str, Marks]]:
    """Read the lines one after another; this loop is most of what reading a text costs."""
    data: dict[str, Any] = {}
    root: dict[str, Marks] = {}
    block: _Block = (0, data, root)
    level, holder, places = block
    outer: list[_Block] = []  # the blocks around
    waiting = ""  # the key of the entry before, where nothing stood behind it
    line = -WIDTH
    for indent, dash, key, gap, value, other in _LINE.findall(text):
        line += WIDTH
        if not key and not other:
            continue
        column = len(indent)
        if dash or column != level or holder.__class__ is list:
            block = _block_at(column, bool(dash), line + column, waiting, block, outer)
            if dash:
                column += len(dash)
                block = _item(other, column, line + column, block, outer)
            level, holder, places = block
            if dash and other:
                waiting = ""
                continue
        if other or key in holder:
            raise _UnusualError
        at = line + column
        behind = at + len(key) + 1 + len(gap)
        waiting = ""
        if not value or value[0] == "#":
            waiting = key
            holder[key], places[key] = None, (at + len(key) + 1, at, None)
        elif value[0] in _MARKED or "#" in value or ":" in value or value[-1] == " ":
            holder[key], inside = _value(value, behind)
            places[key] = (behind, at, inside)
        else:
            may_be_typed = value[0] in _TYPED_START and len(value) <= _LONGEST_TYPED
            holder[key] = _typed(value) if may_be_typed else value
            places[key] = (behind, at, None)
    return data, root


def _block_at(
    column: int, is_item: bool, at: int, waiting: str, block: _Block, outer: list[_Block]
) -> _Block:
    """Return the block of an entry at a column: below the key that waits, or one further out."""
    level, holder, places = block
    if column > level or (is_item and waiting and column == level):
        if not waiting:
            raise _UnusualError
        below: Any = [] if is_item else {}
        inside: Any = [] if is_item else {}
        holder[waiting], places[waiting] = below, (at, places[waiting][1], inside)
        return _entered((column, below, inside), block, outer)
    while column < block[0]:
        block = outer.pop()
    if not is_item and block[1].__class__ is list:  # it stood below its key without an indent
        block = outer.pop()
    if column != block[0] or (block[1].__class__ is list) is not is_item:
        raise _UnusualError
    return block


def _item(other: str, column: int, at: int, block: _Block, outer: list[_Block]) -> _Block:
    """Add an item to a list: a scalar, or a mapping, whose block is then returned."""
    _, holder, places = block
    if other:
        value, inside = _value(other, at)
        holder.append(value)
        places.append((at, None, inside))
        return block
    below: dict[str, Any] = {}
    below_places: dict[str, Marks] = {}
    holder.append(below)
    places.append((at, None, below_places))
    return _entered((column, below, below_places), block, outer)


def _entered(block: _Block, around: _Block, outer: list[_Block]) -> _Block:
    if len(outer) >= _DEEPEST:
        raise _UnusualError
    outer.append(around)
    return block


_MARKED = frozenset("-?:,[]{}#&*!|>'\"%@`")
"""With what a scalar does not begin, or only where more is known."""
_COMMENT = r"(?:\ *|\ +\#.*)"
_QUOTED = regex(rf"""(?:"(?P<double>[^"\\]*)"|'(?P<single>[^']*)'){_COMMENT}""", re.VERBOSE)
_FOLDED = regex(rf">[+-]?[0-9]?[+-]?{_COMMENT}", re.VERBOSE)
"""What may open a text of several lines."""


def _value(text: str, at: int) -> _Found:
    """Return what stands behind a key or a dash, where that takes a closer look."""
    first = text[0]
    if first in "\"'":
        quoted = _QUOTED.fullmatch(text)
        if quoted is None:
            raise _UnusualError
        return quoted[quoted.lastindex or 0], None
    if first in "{[":
        value, inside, end = _flow(text, 0, at, _DEEPEST)
        if not _ENDED.fullmatch(text, end):
            raise _UnusualError
        return value, inside
    if first in _MARKED and (
        first not in "->" or text[1:2] in ("", " ") or _FOLDED.fullmatch(text)
    ):
        raise _UnusualError
    if "#" in text:
        text = text.partition(" #")[0]
    text = text.rstrip(" ")
    if ": " in text or text[-1] == ":":
        raise _UnusualError
    return _plain(text), None


_START = r"""[^\s\-?:,\[\]{}\#&*!|>'"%@`]"""
_FLOWING = rf"""{_START}[^?:,\[\]{{}}\#'"]*"""
_SCALAR = rf"""(?P<value>(?:-(?=[0-9])|>(?=[ =]*{_START}))?{_FLOWING}|>=?|"[^"\\]*"|'[^']*')"""
# The parser takes no key of 1,024 characters; one of 200 is its business already.
_KEY = rf"""(?P<key>{_START}[^?:,\[\]{{}}\#'"]{{0,199}}(?<!\ )):\ +"""
_PAIR = regex(rf"\ *{_KEY}(?:{_SCALAR}\ *(?=[,}}])|(?=[\[{{]))", re.VERBOSE)
_ITEM = regex(rf"\ *(?:{_SCALAR}\ *(?=[,\]])|(?=[\[{{]))", re.VERBOSE)
_EMPTY = regex(r"\{ *\}|\[ *\]")
_BLANKS = regex(" *")
_ENDED = regex(_COMMENT, re.VERBOSE)


def _flow(text: str, start: int, at: int, depth: int) -> tuple[Any, Any, int]:
    """Return the mapping or list that opens at *start*, its places, and where it ends."""
    if depth == 0:
        raise _UnusualError
    is_mapping = text[start] == "{"
    entry, closing = (_PAIR, "}") if is_mapping else (_ITEM, "]")
    data: Any = {} if is_mapping else []
    places: Any = {} if is_mapping else []
    if empty := _EMPTY.match(text, start):
        return data, places, empty.end()
    end, expected = start, text[start]
    while text[end : end + 1] == expected:
        found = entry.match(text, end + 1)
        if found is None:
            raise _UnusualError
        end, expected = found.end(), ","
        scalar = found["value"]
        if scalar is None:
            mark = at + end
            value, inside, end = _flow(text, end, at, depth - 1)
            end = _BLANKS.match(text, end).end()  # type: ignore[union-attr]
        else:
            mark = at + found.start("value")
            value, inside = _flowing(scalar), None
        if not is_mapping:
            data.append(value)
            places.append((mark, None, inside))
        elif (key := found["key"]) in data:
            raise _UnusualError
        else:
            data[key] = value
            places[key] = (mark, at + found.start("key"), inside)
    if text[end : end + 1] != closing:
        raise _UnusualError
    return data, places, end + 1


def _flowing(text: str) -> Any:
    return text[1:-1] if text[0] in "\"'" else _plain(text.rstrip(" "))


def _plain(text: str) -> Any:
    return _typed(text) if text[0] in _TYPED_START and len(text) <= _LONGEST_TYPED else text
