"""The second pass: lines that stand where nothing can stand, and texts that go on below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from perfeval.slips.lines import LONGEST_KEY, PROSE, TypedLine

_DEEPER = "缩进比同一层的其他行多"
_UNEVEN = "缩进与上面哪一层都对不齐"
_WRAPPED = "这一行没有“名称: 内容”，像是上一行没写完的"
_NO_COLON = "名称后面没有英文冒号"
_AHEAD = 200
"""How many lines are looked at to see which column most lines of a block have."""
_MOST = 500
"""After so many lines in a wrong column no more are named."""


class _Level:
    """A block that is open.

    Attributes:
        column: The column of its lines.
        first: Its first line.
        is_list: Its lines are the items of a list.
        count: How many lines it has so far.
    """

    __slots__ = ("column", "count", "first", "is_list")

    def __init__(self, column: int, first: TypedLine, *, is_list: bool) -> None:
        self.column = column
        self.first = first
        self.is_list = is_list
        self.count = 1


class Nesting:
    """Where each line stands among the others.

    Args:
        lines: The lines that are neither blank nor inside a text.
    """

    def __init__(self, lines: Sequence[TypedLine]) -> None:
        self._lines = lines
        self._levels: list[_Level] = []
        self._last: TypedLine | None = None
        self._with_text: TypedLine | None = None
        """The line whose value is a text that stands below it."""
        self._named = 0
        self._unit = _unit(lines)

    def read(self) -> None:
        """Go through the lines."""
        for at, line in enumerate(self._lines):
            if self._named >= _MOST:
                return
            below = self._lines[at + 1] if at + 1 < len(self._lines) else None
            if line.is_value:
                line.counts, line.odd = False, None
            elif line.is_text and not _lacks_colon(line, below):
                self._text(line)
            elif not self._is_text_after_all(line):
                self._place(at, line)
                self._last = line

    # -- texts

    def _text(self, line: TypedLine) -> None:
        """Take a line without name and dash: it goes on where the last line ended."""
        last = self._last
        if last is None:
            line.forget()
            return
        if line.indent > _inner(last):
            self._with_text = last
            line.forget()
            return
        last.joined += line.text.strip()
        line.is_gone = True
        line.why = _WRAPPED
        line.belongs_to = last
        self._named += 1

    def _is_text_after_all(self, line: TypedLine) -> bool:
        """Tell whether a line that could have a name goes on with the text of the last line."""
        last = self._last
        if last is None or line.indent <= _inner(last):
            return False
        is_in_text = last is self._with_text
        if not is_in_text and (last.is_open or line.dashes):
            return False
        if (line.is_loose and (is_in_text or not line.is_known)) or not line.key:
            line.forget()
            return True
        if not line.is_loose and (len(line.key) > LONGEST_KEY or PROSE.search(line.key)):
            self._text_with_colon(line, last)
            return True
        return False

    def _text_with_colon(self, line: TypedLine, last: TypedLine) -> None:
        line.why = "这一行像是上一行没写完的，里面有英文冒号"
        last.joined += line.text.strip()
        line.is_gone = True
        line.belongs_to = last
        self._named += 1

    # -- columns

    def _place(self, at: int, line: TypedLine) -> None:
        """Put a line into the block in whose column it stands, or into the one it is meant for."""
        if not self._fits(line):
            self._blame(at, line)
        column, last = line.column, self._last
        is_new = not self._levels or (last is not None and last.is_open and _opens(last, line))
        if is_new:
            self._levels.append(_Level(column, line, is_list=bool(line.dashes)))
        else:
            while self._levels and not _is_of(self._levels[-1], line):
                self._levels.pop()
            if self._levels:
                self._levels[-1].count += 1
            else:
                self._levels.append(_Level(column, line, is_list=bool(line.dashes)))
        if line.dashes and line.key:
            self._levels.append(_Level(line.key_column, line, is_list=False))

    def _fits(self, line: TypedLine) -> bool:
        last = self._last
        if not self._levels or last is None:
            return True
        if last.is_open and _opens(last, line):
            return True
        return any(_is_of(level, line) for level in self._levels)

    def _blame(self, at: int, line: TypedLine) -> None:
        """Find the line that stands wrong, this one or the first of its block, and move it."""
        self._named += 1
        column = line.column
        level = self._block_that_began_wrong(at, column)
        if level is not None:
            first, by = level.first, column - level.column
            _move(first, first.column + by, _UNEVEN)
            for other in self._levels:
                if other.first is first:
                    other.column += by
            if self._fits(line):
                return
        is_deeper = column > self._levels[-1].column
        _move(line, self._column_meant(at, line), _DEEPER if is_deeper else _UNEVEN)

    def _block_that_began_wrong(self, at: int, column: int) -> _Level | None:
        """Return the block whose one line so far stands otherwise than those that follow."""
        is_list = bool(self._lines[at].dashes)
        near = [item for item in self._levels if item.is_list == is_list]
        level = min(near, key=lambda item: abs(item.column - column), default=None)
        if level is None:
            return None
        if any(other.count > 1 for other in self._levels if other.first is level.first):
            return None
        lowest = min(column, level.column)
        here = there = 0
        for line in self._lines[at : at + _AHEAD]:
            if line.indent < lowest:
                break
            here += line.indent == column
            there += line.indent == level.column
        there += 1
        if here == there:
            is_better = bool(level.column % self._unit) and not column % self._unit
        else:
            is_better = here > there
        return level if is_better else None

    def _column_meant(self, at: int, line: TypedLine) -> int:
        """Return the column of the block for which a line is most likely meant."""
        columns = [level.column for level in self._levels if level.is_list == bool(line.dashes)]
        if not columns:
            return self._levels[-1].column
        below = self._lines[at + 1].indent if at + 1 < len(self._lines) else -1
        if line.is_open and not line.dashes:
            columns = [column for column in columns if column < below] or columns

        def unlikely(column: int) -> tuple[bool, int, int]:
            is_odd = line.is_open and below - column != self._unit
            return is_odd, abs(column - line.column), -column

        return min(columns, key=unlikely)


def _move(line: TypedLine, column: int, why: str) -> None:
    if line.odd is None and not line.why:
        line.why = why
    line.moved = max(column, 0)


def _opens(last: TypedLine, line: TypedLine) -> bool:
    """Tell whether a line may begin the block that the last line left open."""
    if line.column > _inner(last):
        return True
    return bool(line.dashes and last.key) and line.column == last.key_column


def _inner(line: TypedLine) -> int:
    """Return the column that lines must pass to belong to what a line says."""
    return line.key_column if line.key else line.column


def _is_of(level: _Level, line: TypedLine) -> bool:
    return level.column == line.column and level.is_list == bool(line.dashes)


def _lacks_colon(line: TypedLine, below: TypedLine | None) -> bool:
    """Tell whether a line is a name without its colon, as lines below it show; mend it."""
    words = line.text.strip()
    if len(words) > LONGEST_KEY or " " in words or below is None or below.indent <= line.indent:
        return False
    if not (below.key or below.dashes):
        return False
    line.add_colon(_NO_COLON)
    return True


def _unit(lines: Iterable[TypedLine]) -> int:
    """Return by how many columns most lines stand deeper than the one above."""
    steps: Counter[int] = Counter()
    before = 0
    for line in lines:
        if line.indent > before:
            steps[line.indent - before] += 1
        before = line.indent
    return steps.most_common(1)[0][0] if steps else 2
