"""The general words of cells: what stands for nothing, for growth, for zero, for a deadline."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from perfeval.cells.signs import one_of
from perfeval.cells.tables import lines_of
from perfeval.later import regex


class Words(Enum):
    """A list of general words; the value is its key in ``vocabulary.yaml``."""

    UNFILLED = "未填"
    PLACEHOLDER = "占位"
    SCALE = "两端"
    GROWTH = "增长"
    DECLINE = "下降"
    EXTENT = "幅度"
    COMPARED = "对比"
    RAISED_TO = "升至"
    LOWERED_TO = "降至"
    LEVEL = "水平"
    NOT_HAPPENING = "不发生"
    NONE = "没有"
    BAD = "不好"
    BEHIND_BAD = "事后"
    DEADLINE = "期限"
    TAKEN_BACK = "推翻"
    PLANNED = "打算"
    NOT_PLANNED = "不是打算"
    DONE = "已办"
    TIMED = "时限"
    KEPT_AT = "保持"
    DONE_DAILY = "每日之事"
    SILENT = "前后"
    ABOUT = "约"
    RANK = "等级"
    CLASS = "类别"
    CLASSED = "类别之事"
    CLASS_OF = "类别之物"
    COUNTED_RANKS = "不是等级"
    MOMENT = "时点"
    DURATION = "时长"
    SHARED_ACT = "率之事"
    OTHER_SHARE = "另一率"
    TIMELY = "按时"
    COVERAGE = "覆盖"
    BESIDE_TIMELY = "并列之事"
    NOT_ALL = "不足"
    REACHES = "达到等次"
    FLOOR = "不低于等次"
    BETTER = "优于"
    GRADED_THING = "等次之物"
    FIRST_CLASS_IS_BEST = "首类为优"
    FIRST_IS_BEST = "首级为优"
    LETTERS_ARE_NAMES = "字母不分高低"
    STRENGTH = "强度"
    ONLY_DOWN = "只降"
    ONLY_UP = "只升"
    CHANGE = "变动"
    TURNS_ROUND = "翻转"
    NEEDS_SIGN = "无符号不明"
    SPENDING = "花费"
    NEGATED = "否定"
    NOT_DONE = "没有做到"
    RECURRING = "周期"
    PART_OF = "其中"
    SURVEY = "问卷"
    CAME_TRUE = "已成"
    SAYS_DONE = "说到"
    ALL_OF = "全数"
    DENIED = "不做"
    LAST_YEAR = "上年"
    LEVEL_WITH = "持平"
    APART = "相差"
    RANKING = "名次"
    OVERDUE = "误期"


_LISTS = {key: words for _, key, words in lines_of("vocabulary.yaml")}


def words(kind: Words) -> tuple[str, ...]:
    """Return a list of words."""
    return _LISTS[kind.value]


def any_of(kind: Words) -> str:
    """Return a pattern of any word of a list, the longest first."""
    return f"(?:{one_of(words(kind))})"


_SPACES = regex(r"\s+")
_SCALES = frozenset(words(Words.SCALE))
_PLACEHOLDERS = frozenset(words(Words.PLACEHOLDER))
_UNFILLED = regex(
    r"(?:[≥≤＞＜＝><=]*\s*)(?:[Xx×\uff38\u0425]{2,}|[*\uff0a]{1,}|[Xx×](?=[%％]))\s*[^0-9\s]{0,8}"
)
_BAD = regex(any_of(Words.BAD))
_NO_BAD = regex(
    rf"(?:全年|年内|全程)?{any_of(Words.NONE)}[^，。；,;]{{0,12}}?{any_of(Words.BAD)}"
    rf"{any_of(Words.BEHIND_BAD)}{{0,2}}[。.]?"
)
_LEVEL = regex(any_of(Words.LEVEL))
_NONE = frozenset(words(Words.NONE))
_NOT_HAPPENING = frozenset(words(Words.NOT_HAPPENING))


_PLANNED = regex(
    rf"(?:全年|年度|本年度?|原)?(?!{any_of(Words.NOT_PLANNED)}){any_of(Words.PLANNED)}"
)


_RANKED = words(Words.RANK)
_CLASSES = words(Words.CLASS)
_CLASS_OF = words(Words.CLASS_OF)
_CLASSED = regex(any_of(Words.CLASSED))
_COUNTED_RANKS = regex(any_of(Words.COUNTED_RANKS))


GRADES = (*_RANKED, *_CLASSES)
"""What stands behind a number that may be a grade."""


def is_ordinal(unit: str, name: str) -> bool:
    """Tell whether what stands behind a number makes it a grade, which is no quantity.

    Args:
        unit: What stands behind the number: 级, 类水, A级.
        name: The row's name: 类 alone counts kinds, unless what is graded is named, and A current.

    >>> is_ordinal("级", ""), is_ordinal("类", "水质"), is_ordinal("类", "培训种类")
    (True, True, False)
    """
    if unit.startswith(_CLASS_OF):
        return True
    is_named = unit.startswith(_RANKED) or (unit in _CLASSES and _CLASSED.search(name) is not None)
    return is_named and _COUNTED_RANKS.search(name) is None


_MOMENT = regex(any_of(Words.MOMENT))
_DURATION = regex(any_of(Words.DURATION))


def names_moment(name: str) -> bool:
    """Tell whether a row's name says that it is about a point in time, and no duration.

    >>> names_moment("完成时限"), names_moment("响应时间"), names_moment("培训人数")
    (True, False, False)
    """
    return _MOMENT.search(name) is not None and _DURATION.search(name) is None


class Nothing(NamedTuple):
    """What words say of something that should not be: that there is none.

    Attributes:
        is_sure: They name the bad thing, or that it does not happen; 无 alone may fill a blank.
    """

    is_sure: bool


def is_scale(text: str) -> bool:
    """Tell whether a text names the ends of a scale (好坏) and says nothing.

    >>> is_scale("好坏"), is_scale("好")
    (True, False)
    """
    return _SPACES.sub("", text) in _SCALES


def is_placeholder(text: str) -> bool:
    """Tell whether a text only holds the place of what should be filled in.

    >>> is_placeholder("≥**人"), is_placeholder("指标1"), is_placeholder("X光")
    (True, True, False)
    """
    return text in _PLACEHOLDERS or _UNFILLED.fullmatch(text) is not None


def says_none(text: str) -> Nothing | None:
    """Tell whether a text says that something bad does not happen.

    >>> says_none("无安全事故").is_sure, says_none("无").is_sure, says_none("无障碍设施")
    (True, False, None)
    """
    bare = _SPACES.sub("", text).rstrip("。.")
    if bare in _NONE:
        return Nothing(bare in _NOT_HAPPENING)
    return Nothing(True) if _NO_BAD.fullmatch(bare) else None


def says_planned(text: str) -> bool:
    """Tell whether a text begins by saying that it is a plan, and no result.

    >>> says_planned("计划10场"), says_planned("应急演练3次"), says_planned("完成计划的95%")
    (True, False, False)
    """
    return _PLANNED.match(text) is not None


def names_bad(text: str) -> bool:
    """Tell whether a text names something that should not be (投诉, 事故)."""
    return _BAD.search(text) is not None


def names_level(text: str) -> bool:
    """Tell whether a text names a change or a level, of which a percentage is no completion."""
    return _LEVEL.search(text) is not None


_CHANGE = regex(any_of(Words.CHANGE))


def names_change(text: str) -> bool:
    """Tell whether a text names a change that may go either way (变动率)."""
    return _CHANGE.search(text) is not None
