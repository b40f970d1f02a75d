"""What a slip is."""

from __future__ import annotations

from typing import NamedTuple


class Slip(NamedTuple):
    """A slip of the hand.

    Attributes:
        line, column: Where it is; both count from 1, columns in characters.
        message: What is wrong there.
        hint: What to write.
        is_unseen: It is a character that nobody sees.

    >>> from perfeval.slips import mend
    >>> print(*mend("年度：2023").slips[0][:4])
    1 3 这里的冒号是全角的“：” 请写成“年度: 2023”
    """

    line: int
    column: int
    message: str
    hint: str
    is_unseen: bool = False


class Mended(NamedTuple):
    """What `perfeval.slips.mend` makes of a text.

    Attributes:
        slips: What was wrong, in the order of the lines; at most `MOST_SLIPS`.
        text: The text as it was meant, line by line.

    >>> from perfeval.slips import mend
    >>> mend("年度：2023").text
    '年度: 2023'
    """

    slips: tuple[Slip, ...]
    text: str
