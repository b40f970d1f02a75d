"""The first pass: each line by itself, and texts that go on over several lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from perfeval.later import regex
from perfeval.slips.model import Slip
from perfeval.slips.values import (
    BLANKS,
    FIGURE,
    INVISIBLE,
    KEY,
    PROPER_KEY,
    PROPERTIES,
    WIDE_QUOTES,
    Edit,
    Opened,
    applied,
    colon_message,
    value_edits,
)

_WIDE_BLANKS = "\t\u3000\u2003"
"""Blanks in the place of which two spaces stand."""
_DASHES = "－﹣–—−"
LONGEST_KEY = 14
"""Longer names are rather the beginning of a sentence."""
PROSE = regex("[，。；、！？]")
_TWO_WORDS = regex(rf"(?P<name>[^\s{BLANKS}]{{1,14}})(?P<blanks>[{BLANKS}]+)(?=[^\s])")
_UNSEEN = regex(f"[{INVISIBLE}]")
_EXPLICIT = regex("[?:](?=[ \t]|$)[ \t]*")
"""A name that stands by itself on a line, and the value below it."""
_MARKS = ("---", "...", "%")
_VALUE_OF_DOCUMENT = regex("---[ \t]+(?=[{\\[\"'])")
_IN_FLOW = regex(r"[{,]\s*([^\s{}\[\],:#'\"]{1,20}):(?=\s)")
_MOST_LOOKS = 20
"""So often is it looked in vain, through all lines below, for what closes a bracket."""
BLOCK_HEADER = regex(r"[|>](?:[+-]?[1-9]?|[1-9][+-])[ \t]*(?:[ \t]#.*)?$")
"""With what a text of several lines begins."""


class TypedLine:
    """One line while it is looked at; places in it count in the text without unseen characters.

    Attributes:
        number: Counted from 1.
        text: The line without its line end and without characters that nobody sees.
        begin: Where its first sign stands.
        indent: The column of that, blanks counted as they were meant.
        key: Its name; empty where it has none.
        key_at: Where its name, or its text behind dashes, begins.
        dashes: How many dashes stand before it.
        counts: It says where it stands among others: it is not blank, and not inside a text.
        is_open: Its name, or its dash, has no value: lines below it may be the value.
        is_question: It is a name behind a question mark.
        is_text: It has neither name nor dash.
        is_answer: It stands behind a colon that begins its line.
        is_value: It is what the line above left open, in quotes or brackets.
        is_loose: It has a name only if its colon is mended.
        is_known: Its name stands before a right colon somewhere in the text.
        edits: What is to be changed.
        moved: The column to which the line is to be moved; ``None`` where it is to stay.
        joined: The text of the next line that belongs to it.
        is_gone: Its text belongs to another line.
        belongs_to: That line.
        why: What is wrong with where it stands.
    """

    __slots__ = (
        "_end",
        "_raw",
        "begin",
        "belongs_to",
        "counts",
        "dashes",
        "edits",
        "indent",
        "is_answer",
        "is_gone",
        "is_known",
        "is_loose",
        "is_open",
        "is_question",
        "is_text",
        "is_value",
        "joined",
        "key",
        "key_at",
        "moved",
        "number",
        "odd",
        "text",
        "why",
    )

    def __init__(self, number: int, raw: str, end: str) -> None:
        self.number = number
        self._end = end
        self._raw = raw
        self.text = _UNSEEN.sub("", self._raw)
        self.begin = len(self.text) - len(self.text.lstrip(BLANKS))
        blanks = self.text[: self.begin]
        self.odd = next((at for at, char in enumerate(blanks) if char != " "), None)
        self.indent = sum(2 if char in _WIDE_BLANKS else 1 for char in blanks)
        self.key = ""
        self.key_at = self.begin
        self.dashes = 0
        self.counts = self.is_open = self.is_text = self.is_loose = False
        self.is_known = self.is_gone = self.is_value = False
        self.is_question = self.is_answer = False
        self.belongs_to: TypedLine | None = None
        self.edits: list[Edit] = []
        self.moved: int | None = None
        self.why = ""
        self.joined = ""

    @property
    def column(self) -> int:
        """The column of its first sign once it is mended."""
        return self.indent if self.moved is None else self.moved

    @property
    def key_column(self) -> int:
        """The column of its name once it is mended; dashes that lacked a blank have it."""
        added = sum(len(edit.new) - (edit.end - edit.start) for edit in self.edits if edit.is_dash)
        return self.column + self.key_at - self.begin + added

    def add_colon(self, message: str) -> None:
        """Make a name of the text of the line."""
        end = len(self.text.rstrip())
        self.key = self.text[self.key_at : end]
        self.is_text, self.is_open = False, True
        self.edits.append(Edit(end, end, ":", message, at=self.begin))

    def forget(self) -> None:
        """Take the line for part of a text."""
        self.counts = False
        self.edits = []
        self.odd = None

    def right(self) -> str:
        """The line as it is to be written."""
        if not (self.edits or self.is_gone) and self.odd is None and self.moved is None:
            return self.text + self.joined + self._end
        if self.is_gone:
            return self._end
        return self._written(self.edits, self.column) + self.joined + self._end

    def _written(self, edits: list[Edit], column: int) -> str:
        text = applied(self.text, edits)
        if self.odd is None and self.moved is None:
            return text
        return " " * column + text.lstrip(BLANKS)

    def slips(self) -> Iterator[Slip]:
        """Yield what is wrong in the line."""
        is_seen = len(self.text) == len(self._raw)
        if is_seen and not (self.edits or self.why) and self.odd is None:
            return
        hint = self._hint()
        for found in () if is_seen else _UNSEEN.finditer(self._raw):
            message = f"有看不见的字符（U+{ord(found.group()):04X}）"
            place = found.start() + 1
            yield Slip(self.number, place, message, "请删去该字符", is_unseen=True)
        if self.odd is not None and self.counts:
            what = "制表符" if self.text[self.odd] == "\t" else "全角空格"
            yield self._slip(self.odd, f"缩进里有{what}", f"{hint}，行首空 {self.column} 格")
        if self.why:
            if self.moved is not None:
                hint = f"{hint}，行首空 {self.moved} 格"
            yield self._slip(self.begin, self.why, hint)
        for edit in self.edits:
            if edit.message:
                yield self._slip(edit.place, edit.message, hint)

    def _hint(self) -> str:
        other = self.belongs_to
        if other is not None:
            return f"请并到第 {other.number} 行：“{other.right().strip()}”"
        return f"请写成“{self.right().strip()}”"

    def _slip(self, at: int, message: str, hint: str) -> Slip:
        return Slip(self.number, self._place(at) + 1, message, hint)

    def _place(self, at: int) -> int:
        """Return where in the line as it stands the character is that is here at *at*."""
        if len(self.text) == len(self._raw):
            return at
        seen = [place for place, char in enumerate(self._raw) if char not in INVISIBLE]
        return seen[at] if at < len(seen) else len(self._raw)


class LineReading:
    """The first pass: each line by itself, and texts that go on over several lines."""

    def __init__(self, lines: list[TypedLine]) -> None:
        self._lines = lines
        proper = {name for line in lines if (name := _proper_name(line.text))}
        self._known = frozenset(proper.union(*(_IN_FLOW.findall(line.text) for line in lines)))
        self._block: int | None = None
        """The column under which the lines of a text stand, while one is open."""
        self._opened: Opened | None = None
        """What was opened on an earlier line and goes on: quotes or brackets."""
        self._opener: TypedLine | None = None
        self._floor = 0
        """The column of the name, or of the item, whose value that is."""
        self._end: TypedLine | None = None
        """The last line so far to which it went on."""
        self._is_sure = False
        """It is closed on a line below."""
        self._looks = _MOST_LOOKS
        self._has_explicit = False
        self._due: int | None = 0
        """The column of the line that wants its value on the next; ``None`` where none does."""

    def read(self) -> None:
        """Go through the lines."""
        for line in self._lines:
            if not line.text.strip(BLANKS):
                line.odd = None
            elif not (self._is_in_block(line) or self._goes_on(line)):
                if line.text[line.begin] == "#":
                    line.odd = None
                elif not line.begin and line.text.startswith(_MARKS):
                    self._mark(line)
                else:
                    self._read(line)
        self._close()

    def _is_in_block(self, line: TypedLine) -> bool:
        if self._block is None:
            return False
        spaces = len(line.text) - len(line.text.lstrip(" "))
        if spaces > self._block:
            line.odd = None
            return True
        if line.odd is not None and not _name(line.text[line.begin :]):
            line.moved, line.why = self._block + 2, "缩进里有全角空格或制表符"
            line.odd = None
            return True
        self._block = None
        return False

    def _goes_on(self, line: TypedLine) -> bool:
        """Tell whether the line belongs to quotes or brackets that an earlier line opened."""
        opened, opener = self._opened, self._opener
        if opened is None or opener is None:
            return False
        if not self._is_sure and self._is_like_others(line):
            self._close()
            return False
        line.odd = None
        edits, self._opened = opened.go_on(line.text)
        line.edits += edits
        self._end = line
        return True

    def _is_like_others(self, line: TypedLine) -> bool:
        """Tell whether a line begins as a name or an item beside the line that opened something."""
        return line.indent <= self._floor and _begins_like_others(line)

    def _close(self) -> None:
        """Close what is open: on its own line, or on the last to which it went on."""
        opened, opener, end = self._opened, self._opener, self._end
        if opened is not None and opener is not None:
            if end is None:
                opener.edits += opened.closed
            else:
                end.edits.append(opened.closed_below(end.text, opener.number))
        self._opened = None

    def _mark(self, line: TypedLine) -> None:
        """Take the line with which a document begins or ends."""
        self._due = 0
        found = _VALUE_OF_DOCUMENT.match(line.text)
        if found:
            self._value(line, found.end(), 0)

    def _read(self, line: TypedLine) -> None:
        line.counts = True
        column = line.indent
        due, self._due = self._due, None
        at = self._dashes(line)
        if line.is_question:
            line.is_open, self._due = True, line.key_column
            return
        line.key_at = at
        at = self._name(line, at)
        rest = line.text[at:]
        value = rest.lstrip(BLANKS)
        start = at + len(rest) - len(value)
        if properties := PROPERTIES.match(value):
            start, value = start + properties.end(), value[properties.end() :]
        if not value or (value[0] == "#" and start > 0):
            line.is_open = bool(line.key or line.dashes)
            self._due = (line.key_column if line.key else column) if line.is_open else due
            return
        if BLOCK_HEADER.match(value):
            self._block = column if not line.dashes or not line.key else line.key_at
            if line.is_text and due is not None:
                self._block = due
            return
        if line.is_text and (due is None or value[0] not in _STARTS):
            return
        line.is_value = line.is_text
        self._value(line, start, due if line.is_value and due is not None else line.key_column)

    def _value(self, line: TypedLine, start: int, floor: int) -> None:
        """Look through a value, and for the end of what it leaves open."""
        self._floor = floor
        found = value_edits(line.text, start, self._known)
        line.edits += found.edits
        self._opened, self._opener, self._end = found.opened, line, None
        self._is_sure = False
        if found.opened is not None and self._looks:
            below = islice(self._lines, line.number, None)
            self._is_sure = found.opened.is_closed_in(
                (other.text, self._is_like_others(other)) for other in below
            )
            self._looks -= not self._is_sure

    def _dashes(self, line: TypedLine) -> int:
        """Take the dashes from the beginning of a line; return where the rest begins."""
        at, text = line.begin, line.text
        while at < len(text):
            mark = _EXPLICIT.match(text, at)
            if mark and text[at] == "?":
                self._explicit(line, at, mark.end())
                return at
            if mark and self._has_explicit:
                line.indent += mark.end() - at
                line.begin = at = mark.end()
                line.is_answer = True
                continue
            behind = text[at + 1 : at + 2]
            if text[at] == "-" and behind in ("", " ", "\t"):
                line.dashes += 1
            elif (text[at] == "-" or text[at] in _DASHES) and self._is_meant_as_dash(text[at:]):
                line.dashes += 1
                wide = text[at] != "-"
                message = "列表的短横线应是英文的“-”" if wide else "短横线后面应空一格"
                end = at + 1 + len(text[at + 1 :]) - len(text[at + 1 :].lstrip(BLANKS))
                line.edits.append(Edit(at, end, "- ", message, is_dash=True))
            else:
                break
            at += 1 + len(text[at + 1 :]) - len(text[at + 1 :].lstrip(BLANKS))
        return at

    def _explicit(self, line: TypedLine, at: int, start: int) -> None:
        """Take a name that stands behind a question mark; its value has a line of its own."""
        line.key, line.key_at = line.text[start:].strip(BLANKS).strip("\"'"), at
        line.is_question = True
        self._has_explicit = True

    def _is_meant_as_dash(self, text: str) -> bool:
        rest = text[1:].lstrip(BLANKS)
        return bool(_name(rest)) or (len(rest) + 1 < len(text) and text[1] in BLANKS)

    def _name(self, line: TypedLine, at: int) -> int:
        """Find the name of a line and mend its colon; return where the value begins."""
        rest = line.text[at:]
        proper = PROPER_KEY.match(rest)
        loose = KEY.match(rest)
        is_loose = loose is not None and _is_loose(rest, loose)
        if proper and not (is_loose and loose and rest[loose.end() : loose.end() + 1] in _STARTS):
            line.key = proper.group().rstrip(BLANKS)[:-1].strip(BLANKS)
            self._quoted_name(line, at)
            return at + proper.end()
        if line.is_answer and not line.dashes:
            line.is_text = True
            return at
        if loose is None or not is_loose or not self._is_name(line, loose):
            return self._without_colon(line, at)
        line.key, line.is_loose = loose["key"].strip(BLANKS), True
        line.is_known = line.key in self._known
        colon = at + loose.start("colon")
        end = colon + 1 + len(rest) - loose.end() - len(rest[loose.end() :].lstrip(BLANKS))
        has_value = end < len(line.text)
        new = ": " if has_value else ":"
        line.edits.append(
            Edit(
                at + loose.start("blanks"),
                end,
                new,
                colon_message(loose["colon"], line.text[colon + 1 : colon + 2]),
                at=colon,
            )
        )
        self._quoted_name(line, at)
        return end

    def _without_colon(self, line: TypedLine, at: int) -> int:
        """Take a text, or a known name and its value with nothing but blanks between them."""
        found = _TWO_WORDS.match(line.text, at)
        rest = line.text[found.end() :].strip(BLANKS) if found else ""
        is_name = found and (found["name"] in self._known or FIGURE.fullmatch(rest))
        if found and is_name and not line.dashes:
            line.key = found["name"]
            start, end = found.span("blanks")
            line.edits.append(Edit(start, end, ": ", "名称后面没有英文冒号"))
            return end
        line.is_text = not line.dashes
        return at

    def _is_name(self, line: TypedLine, found: re.Match[str]) -> bool:
        """Tell whether what stands before a faulty colon is meant as a name."""
        name = found["key"].strip(BLANKS)
        if line.dashes:
            return self._has_more(line)  # 《通知》：某字〔2023〕1号 may be all that the item says
        if name in self._known:
            return True
        return len(name) <= 2 * LONGEST_KEY and not PROSE.search(name)

    def _has_more(self, line: TypedLine) -> bool:
        """Tell whether the line below has a name of the same item."""
        below = self._lines[line.number : line.number + 1]
        return any(
            other.indent > line.indent and bool(_name(other.text[other.begin :])) for other in below
        )

    def _quoted_name(self, line: TypedLine, at: int) -> None:
        """Mend the quotes around a name where they are full-width."""
        key = line.key
        if len(key) > 1 and key[0] in WIDE_QUOTES and key[-1] in WIDE_QUOTES:
            line.key = key[1:-1]
            message = "名称两边的引号是全角的，不用写引号"
            start = line.text.index(key, at)
            line.edits.append(Edit(start, start + len(key), line.key, message))


_STARTS = tuple("{[\"'")


def _is_loose(rest: str, found: re.Match[str]) -> bool:
    """Tell whether a colon is not what a parser takes for one, and may be meant as one."""
    behind = rest[found.end() : found.end() + 1]
    if found["colon"] != ":":
        return True
    return behind not in ("", " ", "\t", "/", "\\")


def _name(text: str) -> str:
    """Return the name with which a text begins, whatever its colon."""
    proper = PROPER_KEY.match(text)
    if proper:
        return proper.group().rstrip(BLANKS)[:-1].strip(BLANKS)
    loose = KEY.match(text)
    return loose["key"].strip(BLANKS) if loose and _is_loose(text, loose) else ""


def _proper_name(text: str) -> str:
    """Return the name of a line whose colon is right."""
    found = PROPER_KEY.match(text.lstrip(BLANKS).removeprefix("-").lstrip(BLANKS))
    return found.group().rstrip(BLANKS)[:-1].strip(BLANKS) if found else ""


def _begins_like_others(line: TypedLine) -> bool:
    """Tell whether a line begins with a dash or a short name."""
    text = line.text[line.begin :]
    if text.startswith("- "):
        return True
    name = _name(text.removeprefix("-").lstrip(BLANKS))
    return 0 < len(name) <= LONGEST_KEY
