"""Letters that look like Chinese characters and are others: radicals and compatibility forms.

Where a font draws both with one glyph, some programs write the radical into a PDF, and what is
copied out of it carries the radical on: 支出 with U+2F40 is found by no search for 支出.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

_BLOCKS = ((0x2E80, 0x2FDF), (0xF900, 0xFAFF))
_WITHOUT_MAPPING = dict(
    zip(
        "\u2e81\u2e92\u2e93\u2e9d\u2ea0\u2ea9\u2eac\u2eaf\u2ebb\u2ebc\u2ec1\u2ec4\u2ec5\u2ec6"
        "\u2ec9\u2ecb\u2ed1\u2ed3\u2ed4\u2ed8\u2ed9\u2eda\u2edb\u2edc\u2edd\u2ee2\u2ee3\u2ee4"
        "\u2ee5\u2ee6\u2ee7\u2ee8\u2ee9\u2eea\u2eeb\u2eec\u2eed\u2eee\u2eef\u2ef0\u2ef2",
        "厂巳幺月民王示糸聿肉虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙亀",
        strict=True,
    )
)
"""Radicals for which Unicode names no character, though they are one."""


def _pairs() -> Iterator[tuple[int, str]]:
    for first, last in _BLOCKS:
        for code in range(first, last + 1):
            letter = chr(code)
            plain = _WITHOUT_MAPPING.get(letter) or unicodedata.normalize("NFKC", letter)
            if plain != letter and len(plain) == len(letter):
                yield code, plain


UNIFIED: Mapping[int, str] = dict(_pairs())
"""What such letters are, for `str.translate`; a letter stays one letter."""
_ANY = re.compile(f"[{''.join(map(chr, UNIFIED))}]")


def unified(text: str) -> str:
    """Return a text with the characters that such letters look like.

    >>> unified("⽤⻋⽀出")
    '用车支出'
    """
    return _ANY.sub(lambda found: UNIFIED[ord(found[0])], text)


__all__ = ["UNIFIED", "unified"]
