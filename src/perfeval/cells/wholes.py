"""Words in place of a share: whether they say that all of it was done (全覆盖, 及时, 应享尽享).

They say so of a row only where its name has the same word: 及时 answers a 及时率 and no 合格率.
"""

from __future__ import annotations

import re

from perfeval.cells.vocabulary import Words, any_of, names_bad, names_level, words
from perfeval.later import regex

_STEM = any_of(Words.SHARED_ACT)
_TIMELY = any_of(Words.TIMELY)
_SAID = rf"(?:{any_of(Words.CAME_TRUE)}|{any_of(Words.SAYS_DONE)})?"
_ALL = regex(rf"{_SAID}{any_of(Words.ALL_OF)}(?P<act>{_STEM})(?P<more>(?:{_STEM})?)")
_EVERY = regex(rf"{_SAID}应(?P<act>.)尽(?P=act)")
_IN_TIME = regex(rf"{_SAID}{_TIMELY}(?P<act>(?:{_STEM})?)")
_LESS = regex(rf"{any_of(Words.NOT_ALL)}(?P<rest>.+)")
_ACTS = regex(_STEM)
_TURNED = regex(any_of(Words.OTHER_SHARE))
"""What makes a share another one: a 不合格率 of all is none, a 一次合格率 is of the first time."""
_END = r"(?:率|度|面|性|比例|比率|情况)?\s*(?:[（(][^（）()]*[)）])?$"
_ACT_AT_END = regex(rf"(?P<act>{_STEM}){_END}")
_TIMELY_AT_END = regex(rf"{_TIMELY}(?:{_STEM})?{_END}")
_COVERS = regex(rf"{any_of(Words.COVERAGE)}{_END}")


def says_all(text: str, name: str) -> bool | None:
    """Tell whether words say that all of a share was done, or less than all of it.

    Args:
        text: The words that stand as actual.
        name: The row's name, which says what the share is of.

    Returns:
        ``None`` where the words say neither of this row.

    >>> says_all("全覆盖", "医保覆盖率"), says_all("基本及时", "办结及时率")
    (True, False)
    >>> says_all("及时", "发放准确率") is None, says_all("全部验收", "验收合格率") is None
    (True, True)
    """
    if names_level(name) or names_bad(name) or _TURNED.search(name):
        return None
    said = text.strip("。. ")
    less = _LESS.fullmatch(said)
    if less is None:
        return True if _is_all(said, name) else None
    act = less["rest"]
    return False if _is_all(act, name) or _is_of(act, name) else None


def are_in_time(one: str, other: str) -> bool:
    """Tell whether two texts say that the same thing is done in time.

    >>> are_in_time("按时拨付", "及时拨付"), are_in_time("及时", "及时拨付")
    (True, True)
    >>> are_in_time("及时发放", "及时拨付"), are_in_time("及时", "未及时拨付")
    (False, False)
    """
    acts = [match and match["act"] for match in map(_IN_TIME.fullmatch, (one, other))]
    return None not in acts and len(set(filter(None, acts))) < 2


def _is_of(act: str, name: str) -> bool:
    """Tell whether a share is of an act: the last that its name has, as 合格 in 验收合格率."""
    asked = _ACT_AT_END.search(name)
    return asked is not None and asked["act"] == act


def _is_all(said: str, name: str) -> bool:
    match = _ALL.fullmatch(said)
    if match is not None:
        return _is_of(match["act"], name) and match["more"] in name
    match = _EVERY.fullmatch(said)
    if match is not None:
        is_asked = re.search(rf"{re.escape(match['act'])}.?{_END}", name) is not None
        return is_asked or _COVERS.search(name) is not None
    match, asked = _IN_TIME.fullmatch(said), _TIMELY_AT_END.search(name)
    if match is None or asked is None:
        return False
    if any(word in name for word in words(Words.BESIDE_TIMELY)):
        return False
    act = match["act"]
    return not act or act in name or _ACTS.search(name) is None
