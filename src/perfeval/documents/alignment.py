"""Line up Chinese text: columns measured in terminal cells, not in characters.

A wide character takes two cells.  An ambiguous one (÷ × ≥ “ ”) takes one in a UTF-8 terminal and
two in a GBK console, so whoever prints says which by *ambiguous*.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from perfeval.later import regex

_GAP = "  "
_IDEOGRAPHIC_SPACE = "\u3000"


_UNLIMITED = 10_000


class TextColumn(NamedTuple):
    """A column of a text table.

    Attributes:
        is_right: Its cells end, rather than begin, at one place.
        limit: The widest a cell may be; longer text goes on in the next line.
    """

    is_right: bool = False
    limit: int = _UNLIMITED

    @property
    def has_words(self) -> bool:
        """Its cells may be cut, as they are no single figures."""
        return self.limit < _UNLIMITED


def width(text: str, *, ambiguous: int = 1) -> int:
    """Return how many terminal cells *text* takes.

    >>> width("391张"), width("2 × 26 ÷ 32"), width("2 × 26 ÷ 32", ambiguous=2)
    (5, 11, 13)
    """
    if text.isascii():
        return len(text)
    return sum(_cells(char, ambiguous) for char in text)


def _cells(char: str, ambiguous: int) -> int:
    if char.isascii():
        return 1
    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    kind = unicodedata.east_asian_width(char)
    return 2 if kind in ("W", "F") else ambiguous if kind == "A" else 1


def printable(text: str) -> str:
    r"""Return *text* on one line with nothing in it that could steer a terminal.

    >>> printable("甲\t乙\n\x1b[31m")
    '甲 乙 \\x1b[31m'
    """
    if text.isprintable():
        return text
    return "".join(map(_shown, text))


def _shown(char: str) -> str:
    if char.isprintable() or char == _IDEOGRAPHIC_SPACE:
        return char
    return " " if char.isspace() else char.encode("unicode_escape").decode("ascii")


def wrap(text: str, limit: int, *, ambiguous: int = 1) -> list[str]:
    """Cut *text* into pieces that take at most *limit* cells each, at a blank where one is near.

    >>> wrap("养老机构", 6), wrap("100% / 8000元/床", 12)
    (['养老机', '构'], ['100% /', '8000元/床'])
    """
    if text.startswith(" ") and width(text, ambiguous=ambiguous) > limit:
        inner = text.lstrip(" ")
        indent = text[: len(text) - len(inner)]
        room = limit - len(indent)
        if room < _NARROWEST:
            return wrap(inner, limit, ambiguous=ambiguous)
        return [indent + piece for piece in wrap(inner, room, ambiguous=ambiguous)]
    pieces = []
    while width(text, ambiguous=ambiguous) > limit:
        end = _end_of_piece(text, limit, ambiguous)
        pieces.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [*pieces, text]


_QUOTING = regex(r" *[0-9]* \| ")
"""How a line begins that quotes a file, or has the caret below such a line."""
_HANGING = "  "


def fold(line: str, within: int | None, *, ambiguous: int = 1) -> list[str]:
    """Cut a line of text where it is too wide; what goes on below it stands further right.

    A line that quotes a file stays whole, as the caret below it points into it.

    Args:
        line: The line.
        within: How many cells a line may take; ``None`` for any number.
        ambiguous: The width of an ambiguous character.

    >>> fold("  得分 = 2 × 26 ÷ 32 = 1.63", 16)
    ['  得分 = 2 × 26', '    ÷ 32 = 1.63']
    """
    if within is None or width(line, ambiguous=ambiguous) <= within or _QUOTING.match(line):
        return [line]
    blanks = len(line) - len(line.lstrip(" "))
    indent = line[:blanks] + _HANGING
    room = max(within - len(indent), _NARROWEST)
    first, *_ = wrap(line[blanks:], max(within - blanks, _NARROWEST), ambiguous=ambiguous)
    rest = line[blanks + len(first) :].lstrip()
    return [
        line[:blanks] + first,
        *(indent + piece for piece in wrap(rest, room, ambiguous=ambiguous)),
    ]


def _end_of_piece(text: str, limit: int, ambiguous: int) -> int:
    """Return where to cut."""
    used = 0
    for at, char in enumerate(text):
        used += _cells(char, ambiguous)
        if used > limit:
            return _break_before(text, max(at, 1))
    return len(text)


_NO_BEGIN = frozenset("，。；：、！？）”》】〕%％‰")
"""What never begins a line."""


def _break_before(text: str, at: int) -> int:
    """Return where to cut, not behind *at*: at a blank, else beside a Chinese character.

    Where neither is in the second half of the line, the line is filled.
    """
    near = at // 2
    blank = text.rfind(" ", max(at // 3, 1), at)
    if blank > 0:
        return blank + 1
    for end in range(min(at, len(text) - 1), near, -1):
        is_word = text[end - 1].isascii() and text[end].isascii()
        if not is_word and text[end] not in _NO_BEGIN:
            return end
    return at


_NARROWEST = 8
"""No column of words is made narrower than this."""


def _fitted(
    rows: Sequence[Sequence[str] | str],
    columns: Sequence[TextColumn],
    limit: int,
    ambiguous: int,
) -> list[TextColumn]:
    """Make columns of words narrower, the widest first, until a row takes at most *limit* cells."""
    cells = [row for row in rows if not isinstance(row, str)]
    widths = [
        min(max((width(row[at], ambiguous=ambiguous) for row in cells), default=0), column.limit)
        for at, column in enumerate(columns)
    ]
    words = [at for at, column in enumerate(columns) if not column.is_right or column.has_words]
    over = sum(widths) + len(_GAP) * (len(columns) - 1) - limit
    while over > 0:
        ranked = sorted(words, key=lambda at: widths[at], reverse=True)
        if not ranked or widths[ranked[0]] <= _NARROWEST:
            break
        next_ = widths[ranked[1]] if len(ranked) > 1 else 0
        step = min(over, max(widths[ranked[0]] - max(next_, _NARROWEST), 1))
        widths[ranked[0]] -= step
        over -= step
    return [
        column._replace(limit=max(widths[at], 1)) if at in words else column
        for at, column in enumerate(columns)
    ]


def lay_out(
    rows: Iterable[Sequence[str] | str],
    columns: Sequence[TextColumn],
    *,
    ambiguous: int = 1,
    within: int | None = None,
) -> list[str]:
    """Set rows of cells in columns.

    Args:
        rows: One sequence of cells for each row, or a text that stands on a line of its own.
        columns: One for each cell.
        ambiguous: The width of an ambiguous character.
        within: How many cells a line may take; ``None`` for any number.

    Returns:
        The lines, without blanks at their ends.

    >>> rows = [("床位", "2.00"), ("养老机构", "19.73")]
    >>> lay_out(rows, [TextColumn(), TextColumn(is_right=True)])
    ['床位       2.00', '养老机构  19.73']
    """
    if within is not None:
        rows = list(rows)
        columns = _fitted(rows, columns, within, ambiguous)
    blocks = [[row] if isinstance(row, str) else _cut(row, columns, ambiguous) for row in rows]
    lines = [line for block in blocks for line in block]
    set_lines = [line for line in lines if not isinstance(line, str)]
    widths = [
        max((width(line[at], ambiguous=ambiguous) for line in set_lines), default=0)
        for at in range(len(columns))
    ]
    return [
        printable(line).rstrip()
        if isinstance(line, str)
        else _set(line, columns, widths, ambiguous)
        for line in lines
    ]


def line_by_line(
    model: Sequence[str],
    columns: Sequence[TextColumn],
    *,
    ambiguous: int = 1,
    within: int | None = None,
) -> Callable[[Sequence[str]], list[str]]:
    """Return what sets one row after another where nobody knows what comes.

    Args:
        model: A row whose cells are as wide as most will be; wider ones take their room.
        columns: See `lay_out`.
        ambiguous: See `lay_out`.
        within: See `lay_out`.

    >>> set_row = line_by_line(("四个字宽", "100.00"), [TextColumn(), TextColumn(is_right=True)])
    >>> set_row(("床位", "2.00"))
    ['床位        2.00']
    """
    height = len(lay_out([model], columns, ambiguous=ambiguous, within=within))

    def set_row(row: Sequence[str]) -> list[str]:
        return lay_out([model, row], columns, ambiguous=ambiguous, within=within)[height:]

    return set_row


def _cut(
    row: Sequence[str], columns: Sequence[TextColumn], ambiguous: int
) -> Sequence[Sequence[str] | str]:
    """Wrap the cells of a row; a cell that ends early leaves blanks below it."""
    wrapped = [
        wrap(printable(cell), column.limit, ambiguous=ambiguous)
        for cell, column in zip(row, columns, strict=True)
    ]
    height = max(map(len, wrapped))
    return [[cell[at] if at < len(cell) else "" for cell in wrapped] for at in range(height)]


def _set(
    line: Sequence[str], columns: Sequence[TextColumn], widths: Sequence[int], ambiguous: int
) -> str:
    cells = []
    for text, column, wanted in zip(line, columns, widths, strict=True):
        blanks = " " * (wanted - width(text, ambiguous=ambiguous))
        cells.append(blanks + text if column.is_right else text + blanks)
    return _GAP.join(cells).rstrip()
