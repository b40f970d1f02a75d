"""What is wrong with one value, and with names and values between brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from perfeval.later import regex

ODD_BLANKS = "\t\u3000\xa0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
BLANKS = " " + ODD_BLANKS
INVISIBLE = (
    "\x0b\x0c"
    "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\xad"
)
"""Characters that nobody sees and nobody types."""
COLONS = "：\ufe55\ufe30\u2236"
_WIDE_STRAIGHT = "\uff02\uff07"
_CLOSERS = f"”\u2019{_WIDE_STRAIGHT}"
_QUOTES = {"“": "”", "\u2018": "\u2019", **{char: char for char in _CLOSERS}}
"""Quotes that are none in YAML, and what closes them."""
WIDE_QUOTES = "".join(_QUOTES)
_WIDE = str.maketrans({"\uff5b": "{", "\uff3b": "[", "\uff5d": "}", "\uff3d": "]", "，": ", "})
_NO_START = frozenset("*&!%@`|,]}")
"""With what a text may not begin unless it stands in quotes; ``>`` is read all the same."""
_DECORATED = regex(r"[*&!][A-Za-z0-9_\-]+(?:\s|$)|!!|!<")
"""What a parser reads as a reference, an anchor or a tag, and says so itself."""
PROPERTIES = regex(r"(?:(?:&[A-Za-z0-9_\-]+|!!?[A-Za-z]+)(?:[ \t]+|$))+")
"""What may stand before a value and is no part of it: an anchor, a tag."""
_DIGITS = regex(r"(?<![0-9.])[0-9]{1,3}(?:,[0-9]{3})*$")
_CUT = regex(r",[0-9]{3}(?![0-9])(?=[^:,\[\]{}]*(?:[,\]}]|$))")
"""A comma between thousands, and the digits behind it."""
_LONGEST_NUMBER = 20
_FIRST = r"""[^\s：\ufe55\ufe30\u2236:#'"\[\]{},&*!|>%@`?\-，“”\uff5b\uff3b]"""
KEY = regex(
    rf"""(?P<key>"[^"]{{0,60}}"|'[^']{{0,60}}'|[“\u2018\uff02][^”\u2019\uff02:：]{{0,60}}[”\u2019\uff02]|"""
    rf"""{_FIRST}[^{COLONS}:#'"\[\]{{}}]{{0,60}}?)"""
    rf"""(?P<blanks>[{BLANKS}]*)(?P<colon>[:{COLONS}])"""
)
"""A name and what may be meant as its colon."""
PROPER_KEY = regex(
    r"""(?:"[^"]{0,60}"|'[^']{0,60}'|[^\s:#'"\[\]{},&*!|>%@`?\-\uff5b\uff3b]"""
    r"""(?:[^:#'"]|:(?=\S)){0,80}?)[ \t]*:(?=[ \t]|$)"""
)
"""A name with its colon as a parser takes it."""
_FLOW_KEY = regex(
    rf"""(?P<key>"[^"]{{0,60}}"|'[^']{{0,60}}'|{_FIRST}[^{COLONS}:#'"\[\]{{}},，]{{0,60}}?)"""
    rf"""(?P<blanks>[{BLANKS}]*)(?P<colon>[:{COLONS}])"""
)
_COMMENT = regex(r"[ \t]+#")
_COLON_INSIDE = "内容里有英文冒号，要加引号"
_ESCAPES = frozenset('0abtnvfre "/\\N_LPxuU\t')


class Edit(NamedTuple):
    """One change of a line.

    Attributes:
        start, end: The characters of the line that go.
        new: What stands there instead.
        message: What was wrong; empty for the other half of a change that was told.
        is_dash: It mends a dash.
        at: Where the fault is, where that is not ``start``.
    """

    start: int
    end: int
    new: str
    message: str = ""
    is_dash: bool = False
    at: int | None = None

    @property
    def place(self) -> int:
        """Where in the line the fault is."""
        return self.start if self.at is None else self.at


def quoted(text: str) -> str:
    """Put a text into quotes.

    >>> print(quoted("≥95%"), quoted('"养老"补助'))
    "≥95%" '"养老"补助'
    """
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def colon_message(colon: str, behind: str) -> str:
    """Say what is wrong with a colon."""
    if colon == "：":
        return "这里的冒号是全角的“：”"
    if colon != ":":
        return f"这里的“{colon}”不是英文冒号"
    return "英文冒号后面是全角空格" if behind in ODD_BLANKS else "英文冒号后面没有空格"


def applied(text: str, edits: list[Edit]) -> str:
    """Return a text with its changes."""
    for edit in sorted(edits, key=lambda item: (item.start, item.end), reverse=True):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text


class Found(NamedTuple):
    """What was found in a value: changes of the line, and what it leaves open."""

    edits: list[Edit]
    opened: Opened | None = None


def value_edits(text: str, start: int, known: frozenset[str]) -> Found:
    """Find what is wrong with the value that begins in a line at *start*.

    Args:
        text: The line.
        start: Where the value begins.
        known: The names that stand somewhere before a right colon.
    """
    value = text[start:].rstrip(BLANKS)
    end = start + len(value)
    first = value[0]
    if first in "\"'":
        return _in_quotes(text, start, end)
    if first in "[{":
        return _in_brackets(text, start, end, known)
    if first in "\uff5b\uff3b":
        ascii_ = value.translate(_WIDE)
        inner = _in_brackets(ascii_, 0, len(ascii_), known).edits
        return Found([Edit(start, end, applied(ascii_, inner), "括号是全角的，应是英文的")])
    if first in _QUOTES:
        return Found(_in_wide_quotes(value, start, end))
    if first in _NO_START and not _DECORATED.match(value):
        return Found([Edit(start, end, quoted(value), f"以“{first}”开头的内容要加引号")])
    if value in ("-", "?") or value[:2] in ("- ", "? ", ": "):
        return Found([Edit(start, end, quoted(value), f"以“{first}”开头的内容要加引号")])
    comment = _COMMENT.search(value)
    body = value[: comment.start()] if comment else value
    if first not in ">&*!" and (": " in body or body.endswith(":")):
        whole = Edit(start, start + len(body), quoted(body), _COLON_INSIDE)
        return Found([whole])
    return Found([])


def _in_quotes(text: str, start: int, end: int) -> Found:
    quote = text[start]
    close = _closing(text, start + 1, quote)
    value = text[start:end]
    if close is None:
        if value[-1] in _CLOSERS and len(value) > 1:
            mended = Edit(end - 1, end, quote, "右引号是全角的，应与左引号一样", at=end - 1)
        else:
            mended = Edit(end, end, quote, "引号没有成对", at=start)
        return Found([], Opened([mended], quote, mended.message))
    tail = text[close + 1 :]
    if tail.strip(BLANKS) and not _COMMENT.match(tail):
        return Found([Edit(start, end, quoted(value), "引号后面还有字，整个内容要加引号")])
    inside = text[start + 1 : close]
    if quote == '"' and (at := _bad_escape(inside)) is not None:
        message = "双引号里不能写“\\”，请用单引号"
        return Found([Edit(start, close + 1, quoted(inside), message, at=start + 1 + at)])
    return Found([])


def _closing(text: str, at: int, quote: str) -> int | None:
    """Return where quotes close, from *at* on."""
    while at < len(text):
        if text[at] == "\\" and quote == '"':
            at += 1
        elif text[at] == quote:
            if quote == '"' or text[at + 1 : at + 2] != "'":
                return at
            at += 1
        at += 1
    return None


def _bad_escape(inside: str) -> int | None:
    at = 0
    while (at := inside.find("\\", at)) >= 0:
        if inside[at + 1 : at + 2] not in _ESCAPES:
            return at
        at += 2
    return None


def _in_wide_quotes(value: str, start: int, end: int) -> list[Edit]:
    """Find quotes that are meant for the reader of the file, and are part of the text for it."""
    first, last, inside = value[0], value[-1], value[1:-1]
    if len(value) > 1 and last in ('"', "'"):
        return [Edit(start, start + 1, last, "左引号是全角的，应与右引号一样")]
    is_whole = len(value) > 1 and last == _QUOTES[first] and not set(inside) & set(_QUOTES)
    if is_whole and (_is_figure(inside) or inside[:1] in _NO_START or first in _WIDE_STRAIGHT):
        return [Edit(start, end, quoted(inside), "引号是全角的，应是英文的")]
    return []


FIGURE = regex(r"[≥≤＞＜>=<＝]{0,2}\s*-?[0-9][0-9.,]*\s*[%％‰\w]{0,6}")


def _is_figure(text: str) -> bool:
    return FIGURE.fullmatch(text) is not None


def _in_brackets(text: str, start: int, end: int, known: frozenset[str]) -> Found:
    flow = _Flow(known)
    at = flow.scan(text, start)
    if at is None:
        close = Edit(end, end, flow.closers, _NO_PAIR, at=start)
        return Found(flow.edits, Opened([close], "", _NO_PAIR, flow))
    if not _is_end(text, at):
        message = f"以“{text[start]}”开头的内容要加引号"
        return Found([Edit(start, end, quoted(text[start:end]), message)])
    return Found(flow.edits)


_NO_PAIR = "括号没有成对"


def _is_end(text: str, at: int) -> bool:
    """Tell whether nothing but a comment stands in a line from *at* on."""
    tail = text[at:]
    return not tail.strip(BLANKS) or _COMMENT.match(tail) is not None


class Opened:
    """Quotes or brackets that go on in the next line.

    Attributes:
        closed: The changes that would close them on their own line.
    """

    __slots__ = ("_flow", "_message", "_quote", "closed")

    def __init__(
        self, closed: list[Edit], quote: str, message: str, flow: _Flow | None = None
    ) -> None:
        self.closed = closed
        self._quote = quote
        self._message = message
        self._flow = flow

    def go_on(self, text: str) -> Found:
        """Go through the next line."""
        if self._flow is not None:
            self._flow.edits = []
            is_closed = self._flow.scan(text, 0) is not None
            return Found(self._flow.edits, None if is_closed else self)
        return Found([], self if _closing(text, 0, self._quote) is None else None)

    def closed_below(self, text: str, opener: int) -> Edit:
        """Return the change that closes them at the end of a later line.

        Args:
            text: That line.
            opener: The number of the line that opened them.
        """
        end = len(text.rstrip(BLANKS))
        closers = self._quote if self._flow is None else self._flow.closers
        return Edit(end, end, closers, f"第 {opener} 行的{self._message}")

    def is_closed_in(self, texts: Iterator[tuple[str, bool]]) -> bool:
        """Tell whether lines below close the brackets, and nothing stands behind them.

        Args:
            texts: The lines, and whether each begins as names do; quotes do not go on there.
        """
        if self._flow is None:
            return False
        flow = self._flow.copy()
        for text, is_like_others in texts:
            if flow.is_in_quotes and is_like_others:
                return False
            at = flow.scan(text, 0)
            if any(edit.message == _COLON_INSIDE for edit in flow.edits):
                return False  # names of a block stand in the brackets
            if at is not None:
                return _is_end(text, at)
        return False


class _Flow:
    """Names and values between brackets, on one line or several."""

    def __init__(self, known: frozenset[str]) -> None:
        self.edits: list[Edit] = []
        self._known = known
        self._open: list[str] = []
        self._quote = ""
        self._wants_name = True
        self._has_wide_colon = False

    def copy(self) -> _Flow:
        """Return one that goes on from here by itself."""
        other = _Flow(self._known)
        other._open = self._open[:]
        other._quote, other._wants_name = self._quote, self._wants_name
        return other

    @property
    def is_in_quotes(self) -> bool:
        """Quotes are open."""
        return bool(self._quote)

    @property
    def closers(self) -> str:
        """What closes all that is open."""
        return "".join("}" if bracket == "{" else "]" for bracket in reversed(self._open))

    def scan(self, text: str, at: int) -> int | None:
        """Go through a line; return where the brackets close, or ``None`` where they do not."""
        while at < len(text):
            char = text[at]
            if self._quote:
                close = _closing(text, at, self._quote)
                if close is None:
                    return None
                self._quote, at = "", close + 1
            elif char in "[{":
                self._open.append(char)
                self._wants_name, at = True, at + 1
            elif char in "]}":
                self._open.pop()
                self._wants_name, at = False, at + 1
                if not self._open:
                    return at
            elif char == ",":
                self._wants_name, at = True, at + 1
            elif char in BLANKS:
                at += 1
            elif char == "#" and (not at or text[at - 1] in BLANKS):
                return None
            else:
                at = self._item(text, at)
        return None

    def _item(self, text: str, at: int) -> int:
        """Take a name with its colon, or a value; return where it ends."""
        if self._wants_name:
            self._wants_name = False
            found = _FLOW_KEY.match(text, at) if self._open[-1] == "{" else None
            if found is not None:
                return self._named(text, found)
        if text[at] in "\"'":
            self._quote = text[at]
            return at + 1
        return self._plain(text, at)

    def _named(self, text: str, found: re.Match[str]) -> int:
        end = found.end()
        behind = text[end : end + 1]
        is_right = found["colon"] == ":" and (
            behind in ("", " ", "\t", ",", "}") or found["key"][0] in "\"'"
        )
        if not is_right:
            blanks = len(text[end:]) - len(text[end:].lstrip(BLANKS))
            message = colon_message(found["colon"], behind)
            self._has_wide_colon = True
            at = found.start("colon")
            start = found.start("blanks")
            self.edits.append(Edit(start, end + blanks, ": ", message, at=at))
            end += blanks
        return end

    def _plain(self, text: str, start: int) -> int:
        """Take a value without quotes: it ends at a comma, a bracket, or a comment."""
        at, is_cut = start, False
        while at < len(text) and text[at] not in "]}":
            if text[at] == ",":
                if not self._is_in_number(text, start, at):
                    break
                is_cut = True
            elif text[at] == "，" and self._is_comma(text, at):
                message = "逗号是全角的“，”"
                self.edits.append(Edit(at, at + 1, ", ", message))
                self._wants_name = True
                break
            at += 1
        value = text[start:at].rstrip(BLANKS)
        message = "数字里的逗号会把内容分开，要加引号" if is_cut else _plain_fault(value)
        if message:
            self.edits.append(Edit(start, start + len(value), quoted(value), message))
        return at + 1 if self._wants_name and at < len(text) else at

    def _is_in_number(self, text: str, start: int, at: int) -> bool:
        """Tell whether a comma stands between the thousands of a number."""
        digits = _DIGITS.search(text, max(start, at - _LONGEST_NUMBER), at)
        return self._open[-1] == "{" and bool(digits and _CUT.match(text, at))

    def _is_comma(self, text: str, at: int) -> bool:
        """Tell whether a full-width comma stands between two names with their values."""
        found = _FLOW_KEY.match(text, at + 1 + _blanks(text, at + 1))
        if found is None or self._open[-1] != "{":
            return False
        if found["colon"] == ":" and text[found.end() : found.end() + 1] in ("", " ", "\t"):
            return True
        return self._has_wide_colon or found["key"].strip(BLANKS) in self._known


def _plain_fault(value: str) -> str:
    """Say what is wrong with a value without quotes between brackets."""
    if value and value[0] in _NO_START and not _DECORATED.match(value):
        return f"以“{value[0]}”开头的内容要加引号"
    if ": " in value:
        return _COLON_INSIDE
    if _COMMENT.search(value):
        return "“ #”后面的字会被当作说明，要加引号"
    return ""


def _blanks(text: str, at: int) -> int:
    """Return how many blanks stand in a text from *at* on."""
    return len(text[at:]) - len(text[at:].lstrip(BLANKS))
