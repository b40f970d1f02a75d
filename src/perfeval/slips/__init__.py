"""Slips of the hand in a YAML text: all of them at once, each on its line, with the line to write.

A YAML parser stops at the first slip, often a line late.  This pass goes through a text line by
line and never stops: it knows how the lines of a form begin (blanks, dash, name, colon, value),
names what is not so, and mends it.  The mended text has the same lines, so that a parser can go
through it for what only a parser sees.

It is no second parser.  It is asked where a text could not be read, and what it says of such a
text is advice: data come from the parser alone.
"""

from __future__ import annotations

from itertools import islice

from perfeval.later import regex
from perfeval.slips.lines import LineReading, TypedLine
from perfeval.slips.model import Mended
from perfeval.slips.nesting import Nesting

_LINE_END = regex("(\r\n|[\n\r\x85\u2028\u2029])")
MOST_SLIPS = 500
"""More are not named at once."""


def mend(text: str) -> Mended:
    """Find the slips of a text, and write it as it was meant.

    >>> mend("年度:2023").text
    '年度: 2023'
    """
    parts = [*_LINE_END.split(text), ""]  # every other one is a line's end
    pairs = zip(parts[::2], parts[1::2], strict=True)
    lines = [TypedLine(number, raw, end) for number, (raw, end) in enumerate(pairs, 1)]
    LineReading(lines).read()
    Nesting([line for line in lines if line.counts]).read()
    slips = islice((slip for line in lines for slip in sorted(line.slips())), MOST_SLIPS)
    return Mended(
        tuple(slips),
        "".join(line.right() for line in lines),
    )
