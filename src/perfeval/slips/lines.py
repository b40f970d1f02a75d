"""The first pass: each line by itself, and texts that go on over several lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfeval.slips.model import Slip
from perfeval.slips.values import (
    BLANKS,
    FIGURE,
    INVISIBLE,
    KEY,
    PROPER_KEY,
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
PROSE = re.compile("[，。；、！？]")
_TWO_WORDS = re.compile(rf"(?P<name>[^\s{BLANKS}]{{1,14}})(?P<blanks>[{BLANKS}]+)(?=[^\s])")
_UNSEEN = re.compile(f"[{INVISIBLE}]")
BLOCK_HEADER = re.compile(r"[|>](?:[+-]?[1-9]?|[1-9][+-])[ \t]*(?:[ \t]#.*)?$")
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
        is_text: It has neither name nor dash.
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
        "is_gone",
        "is_known",
        "is_loose",
        "is_open",
        "is_text",
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
        self.text = self._raw if self._raw.isascii() else _UNSEEN.sub("", self._raw)
        self.begin = len(self.text) - len(self.text.lstrip(BLANKS))
        blanks = self.text[: self.begin]
        self.odd = next((at for at, char in enumerate(blanks) if char != " "), None)
        self.indent = sum(2 if char in _WIDE_BLANKS else 1 for char in blanks)
        self.key = ""
        self.key_at = self.begin
        self.dashes = 0
        self.counts = self.is_open = self.is_text = self.is_loose = False
        self.is_known = self.is_gone = False
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
        hint = self._hint()
        for found in _UNSEEN.finditer(self._raw) if len(self.text) < len(self._raw) else ():
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
        self._known = {name for line in lines if (name := _proper_name(line.text))}
        self._block: int | None = None
        """The column under which the lines of a text stand, while one is open."""
        self._opened: Opened | None = None
        """What was opened on an earlier line and goes on: quotes or brackets."""
        self._opener: TypedLine | None = None

    def read(self) -> None:
        """Go through the lines."""
        for line in self._lines:
            if not line.text.strip(BLANKS):
                line.odd = None
            elif not (self._is_in_block(line) or self._goes_on(line)):
                if line.text[line.begin] == "#" or (
                    not line.begin and line.text.startswith(("---", "...", "%"))
                ):
                    line.odd = None
                else:
                    self._read(line)
        if self._opened is not None and self._opener is not None:
            self._opener.edits += self._opened.closed

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
        if line.indent <= opener.key_column and _begins_like_others(line):
            opener.edits += opened.closed  # it was meant to end on its line
            self._opened = None
            return False
        line.odd = None
        edits, self._opened = opened.go_on(line.text)
        line.edits += edits
        return True

    def _read(self, line: TypedLine) -> None:
        line.counts = True
        at = self._dashes(line)
        line.key_at = at
        at = self._name(line, at)
        rest = line.text[at:]
        value = rest.lstrip(BLANKS)
        start = at + len(rest) - len(value)
        if not value or (value[0] == "#" and start > 0):
            line.is_open = bool(line.key or line.dashes)
            return
        if BLOCK_HEADER.match(value):
            self._block = line.indent if not line.dashes or not line.key else line.key_at
            return
        if line.is_text:
            return
        found = value_edits(line.text, start)
        line.edits += found.edits
        self._opened, self._opener = found.opened, line

    def _dashes(self, line: TypedLine) -> int:
        """Take the dashes from the beginning of a line; return where the rest begins."""
        at, text = line.begin, line.text
        while at < len(text):
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
        if name in self._known:
            return True
        if line.dashes:
            return self._has_more(line)  # 《通知》：某字〔2023〕1号 may be all that the item says
        return len(name) <= 2 * LONGEST_KEY and not PROSE.search(name)

    def _has_more(self, line: TypedLine) -> bool:
        """Tell whether a line below stands where names of the same item stand."""
        column = line.indent + line.key_at - line.begin
        for other in self._lines[line.number : line.number + 1]:
            return other.indent == column and bool(_name(other.text[other.begin :]))
        return False

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
