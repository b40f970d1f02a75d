"""The fixed words of the forms: level-1 and level-2 indicators, and the words for nothing."""

from __future__ import annotations

import re
from enum import Enum


class WordEnum(str, Enum):
    """The base of a closed vocabulary: the words that one field of a YAML file may hold.

    A member is the word itself: it compares, hashes, prints and formats as its text.
    """

    __str__ = str.__str__
    __repr__ = str.__repr__  # a sheet shows itself as it is written

    def __format__(self, spec: str) -> str:
        """Format the word; Enum's own differs between Python 3.11 and 3.12."""
        return str.__format__(self, spec)


class Section(str, Enum):
    """The level-1 indicators (一级指标).

    >>> Section.OUTPUT.value, Section.OUTPUT.label
    ('output', '产出指标')
    """

    DECISION = "decision"
    PROCESS = "process"
    COST = "cost"
    OUTPUT = "output"
    BENEFIT = "benefit"
    SATISFACTION = "satisfaction"

    @property
    def label(self) -> str:
        """The word that forms print."""
        return _SECTION_LABELS[self]


class Aspect(str, Enum):
    """The level-2 indicators (二级指标).

    >>> Aspect.QUANTITY.value, Aspect.QUANTITY.label
    ('quantity', '数量指标')
    """

    QUANTITY = "quantity"
    QUALITY = "quality"
    TIMELINESS = "timeliness"
    COST = "cost"
    ECONOMIC_COST = "economic_cost"
    SOCIAL_COST = "social_cost"
    ECOLOGICAL_COST = "ecological_cost"
    ECONOMIC = "economic"
    SOCIAL = "social"
    ECOLOGICAL = "ecological"
    SUSTAINED = "sustained"
    CLIENTS = "clients"

    @property
    def label(self) -> str:
        """The word that forms print."""
        return _ASPECT_LABELS[self]


_SECTION_LABELS = {
    Section.DECISION: "决策指标",
    Section.PROCESS: "过程指标",
    Section.COST: "成本指标",
    Section.OUTPUT: "产出指标",
    Section.BENEFIT: "效益指标",
    Section.SATISFACTION: "满意度指标",
}
_ASPECT_LABELS = {
    Aspect.QUANTITY: "数量指标",
    Aspect.QUALITY: "质量指标",
    Aspect.TIMELINESS: "时效指标",
    Aspect.COST: "成本指标",
    Aspect.ECONOMIC_COST: "经济成本指标",
    Aspect.SOCIAL_COST: "社会成本指标",
    Aspect.ECOLOGICAL_COST: "生态环境成本指标",
    Aspect.ECONOMIC: "经济效益指标",
    Aspect.SOCIAL: "社会效益指标",
    Aspect.ECOLOGICAL: "生态效益指标",
    Aspect.SUSTAINED: "可持续影响指标",
    Aspect.CLIENTS: "服务对象满意度指标",
}
SECTION_WORDS: dict[str, Section] = {
    word: section
    for section, label in _SECTION_LABELS.items()
    for word in (label, label.removesuffix("指标"), section.value)
}
ASPECT_WORDS: dict[str, Aspect] = {
    word: aspect
    for aspect, label in _ASPECT_LABELS.items()
    for word in (label, label.removesuffix("指标"), aspect.value)
} | {
    "满意度指标": Aspect.CLIENTS,
    "可持续影响效益": Aspect.SUSTAINED,
    "生态成本指标": Aspect.ECOLOGICAL_COST,
}

_NOTHING = re.compile(
    r"\s*(?:暂?无|没有|不存在|未发现)(?:(?:存在)?(?:问题|偏差|原因|不足|措施))*[。.；;]?\s*"
)


def says_nothing(text: str) -> bool:
    """Tell whether a text says no more than that there is nothing.

    >>> says_nothing("无"), says_nothing("不存在问题。"), says_nothing("无法开展培训")
    (True, True, False)
    """
    return _NOTHING.fullmatch(text) is not None
