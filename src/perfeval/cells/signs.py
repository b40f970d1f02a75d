"""The signs of indicators: the glyphs that are printed, and the words that stand for them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum

from perfeval.later import regex


class Sign(str, Enum):
    """The sign of an indicator (计算符号, 指标性质).

    >>> Sign("≥") is Sign.AT_LEAST, Sign.AT_MOST.is_reverse
    (True, True)
    """

    AT_LEAST = "≥"
    ABOVE = "＞"
    EQUAL = "＝"
    BELOW = "＜"
    AT_MOST = "≤"
    QUALITATIVE = "定性"

    @property
    def is_reverse(self) -> bool:
        """Less is better (反向指标)."""
        return self in (Sign.BELOW, Sign.AT_MOST)


def _by_word(table: dict[Sign, str]) -> dict[str, Sign]:
    return {word: sign for sign, words in table.items() for word in words.split()}


GLYPHS = _by_word(
    {
        Sign.AT_LEAST: "≥ ≧ ⩾ >= => ＞＝ ＞= 〉=",
        Sign.ABOVE: "＞ > 〉",
        Sign.EQUAL: "＝ = == ═",
        Sign.BELOW: "＜ < 〈",
        Sign.AT_MOST: "≤ ≦ ⩽ <= =< ＜＝ ＜= 〈=",
        Sign.QUALITATIVE: "定性",
    }
)
BEFORE = _by_word(
    {
        Sign.AT_LEAST: "不低于 不少于 不小于 不得低于 不得少于 不得小于 至少 最少 "
        "大于等于 大于或等于 高于或等于 最低不低于 最少不少于 至少不低于 至少不少于",
        Sign.ABOVE: "超过 大于 高于 多于",
        Sign.EQUAL: "等于",
        Sign.BELOW: "小于 低于 少于",
        Sign.AT_MOST: "不超过 不高于 不大于 不多于 不得超过 不得高于 不得大于 不超 "
        "不突破 不得突破 至多 最多 控制在 封顶 小于等于 小于或等于 低于或等于 少于等于 少于或等于 "
        "最高不超过 最高不高于 最多不超过 至多不超过",
    }
)
AFTER = _by_word(
    {
        Sign.AT_LEAST: "以上 及以上 + \uff0b",
        Sign.AT_MOST: "以下 及以下 以内 之内 内",
    }
)


_DIRECTIONS = _by_word(
    {
        Sign.AT_LEAST: "正向 正向指标",
        Sign.AT_MOST: "反向 反向指标 逆向 逆向指标 负向 负向指标",
    }
)


def one_of(words: Iterable[str]) -> str:
    """Return a pattern of any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_SIGN_START = regex(one_of((*GLYPHS, *BEFORE)))
_SIGN_END = regex(rf"(?:{one_of(AFTER)})$")


def parse_sign(text: str) -> Sign | None:
    """Read a sign on its own: one of the glyphs, ``定性``, or words such as ``不低于``."""
    stripped = text.strip()
    return GLYPHS.get(stripped) or BEFORE.get(stripped)


def column_sign(text: str) -> Sign | None:
    """Read a sign in a column of its own, where 正向 and 反向 may stand for one.

    >>> column_sign("反向"), column_sign("≥")
    (<Sign.AT_MOST: '≤'>, <Sign.AT_LEAST: '≥'>)
    """
    return _DIRECTIONS.get(text.strip()) or parse_sign(text)


def printed_sign(text: str) -> Sign | None:
    """Return the sign with which a text begins or ends.

    >>> printed_sign("不超过5300元"), printed_sign("42（3）以内")
    (<Sign.AT_MOST: '≤'>, <Sign.AT_MOST: '≤'>)
    """
    start = _SIGN_START.match(text)
    if start:
        return parse_sign(start.group())
    end = _SIGN_END.search(text)
    return AFTER[end.group()] if end else None
