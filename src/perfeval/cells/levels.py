"""一级指标、二级指标: the names that a form prints, and the standard groups that they belong to.

A name is printed as it is written.  What it means for weights and checks is its group; which
names belong to which group is data (``levels.json``).  White space, the width of characters, the
word 指标 and a weight in brackets make no difference.  A word that begins with … is how a name
ends; of these the first that fits holds.  A name that belongs to no group stands beside them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from itertools import chain
from typing import NamedTuple, TypeVar

from perfeval.cells.numerals import parse_money
from perfeval.cells.tables import words_data
from perfeval.later import regex


class Section(str, Enum):
    """The standard groups of level-1 indicators (一级指标).

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
        """The word that most forms print."""
        return _SECTION_LABELS[self]


class Aspect(str, Enum):
    """The standard groups of level-2 indicators (二级指标).

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
        """The word that most forms print."""
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


class SectionName(NamedTuple):
    """A level-1 indicator (一级指标) as a form prints it.

    Attributes:
        text: The name as written, empty where the form has none.
        label: The name without the weight in brackets.
        key: By which two writings of one name are the same.
        group: The standard group; ``None`` for a name that belongs to none.
        weight: The weight that stands in brackets after the name, in points.

    >>> name = section_name("产出指标（50分）")
    >>> name.label, name.key, name.group is Section.OUTPUT, name.weight
    ('产出指标', '产出', True, Decimal('50'))
    """

    text: str
    label: str
    key: str
    group: Section | None
    weight: Decimal | None


class AspectName(NamedTuple):
    """A level-2 indicator (二级指标) as a form prints it; see `SectionName`.

    >>> aspect_name("环境效益指标").group is Aspect.ECOLOGICAL
    True
    """

    text: str
    label: str
    key: str
    group: Aspect | None
    weight: Decimal | None


def _words(level: str, groups: Iterable[_Group]) -> dict[str, _Group]:
    """Return the words of a level's groups; the usual names and the English words among them."""
    named = {group.label: group for group in groups}
    listed = {word: named[label] for label, words in _DATA[level].items() for word in words}
    usual = {label.removesuffix(_SUFFIX): group for label, group in named.items()}
    return {**usual, **listed}


_Group = TypeVar("_Group", Section, Aspect)
_DATA = words_data("perfeval.cells", "levels.json")
_WEIGHT = regex(r"[（(](?:共|计|权重|分值)?[:：]?([0-9]+(?:\.[0-9]+)?)分?[)）]\Z", re.ASCII)
_SUFFIX = "指标"
_LONGEST = 30
"""No name of a level is longer; what is longer was not meant to be one."""
_ENDING = "…"
_SECTION_ENGLISH = {member.value: member.label for member in Section}
_ASPECT_ENGLISH = {member.value: member.label for member in Aspect}
SECTION_WORDS = _words("一级指标", Section)
ASPECT_WORDS = _words("二级指标", Aspect)


@lru_cache(maxsize=4096)
def section_name(text: str) -> SectionName:
    """Return a level-1 name, with the group that it belongs to; English words are the usual name.

    >>> section_name("债券资金管理指标").group is Section.PROCESS, section_name("党的建设").group
    (True, None)
    """
    text = _SECTION_ENGLISH.get(text, text)
    label, key, weight = _parts(text)
    return SectionName(text, label, key, _group(key, SECTION_WORDS), weight)


@lru_cache(maxsize=4096)
def aspect_name(text: str) -> AspectName:
    """Return a level-2 name, with the group that it belongs to."""
    text = _ASPECT_ENGLISH.get(text, text)
    label, key, weight = _parts(text)
    return AspectName(text, label, key, _group(key, ASPECT_WORDS), weight)


def likely_section(name: SectionName) -> str:
    """Return what a level-1 name was meant to be that is one slip away from one of another group.

    A slip is a character that looks or sounds alike, two that changed places, or one too many.
    The name itself stays as it was printed; the text is empty where nothing else was meant.

    >>> likely_section(section_name("产岀指标")), likely_section(section_name("党的建设"))
    ('产出指标', '')
    """
    return _likely(name.key, name.group, SECTION_WORDS)


def likely_aspect(name: AspectName) -> str:
    """Return what a level-2 name was meant to be; see `likely_section`.

    >>> likely_aspect(aspect_name("质里指标"))
    '质量指标'
    """
    return _likely(name.key, name.group, ASPECT_WORDS)


def section_of(group: Section) -> SectionName:
    """Return the usual name of a standard group."""
    return section_name(group.label)


def aspect_of(group: Aspect) -> AspectName:
    """Return the usual name of a standard group."""
    return aspect_name(group.label)


GROUP_WORDS = {
    word: group
    for group in Section
    for word in (group.label, group.label.removesuffix(_SUFFIX), group.value)
}
"""The words for a standard group in a rulebook; a form's other names for it are no rules."""
NO_SECTION, NO_ASPECT = SectionName("", "", "", None, None), AspectName("", "", "", None, None)
"""What stands for the levels that a flat list of indicators does not have."""


def _parts(text: str) -> tuple[str, str, Decimal | None]:
    """Return a name without the weight in brackets, the key of the name, and the weight."""
    found = _WEIGHT.search("".join(text.split()))
    weight = None if found is None else parse_money(found[1])
    label = text if weight is None else text[: max(map(text.rfind, "（("))].rstrip()
    key = "".join(unicodedata.normalize("NFKC", label).split())
    return label, key.removesuffix(_SUFFIX) or key, weight


_MEANT: dict[str, list[str]] = {}
"""The characters that may have been meant by one that looks or sounds alike."""
for _right, _alike in _DATA["写错的字"].items():
    for _char in _alike:
        _MEANT.setdefault(_char, []).append(_right)


def _likely(key: str, group: _Group | None, words: Mapping[str, _Group]) -> str:
    """Return the first name with one slip less that is a word of another group, or ends so."""
    if not key or key in words or len(key) > _LONGEST:
        return ""
    rewritten: list[str] = [one.removesuffix(_SUFFIX) for one in _rewritten(key)]
    names = (*rewritten, *_shortened(key))
    whole = (one for one in names if words.get(one, group) is not group)
    ending = (one for one in rewritten if group is None and _group(one, words) is not None)
    found = next(chain(whole, ending), None)
    return "" if found is None else f"{found}{_SUFFIX}"


def _rewritten(key: str) -> Iterator[str]:
    """Yield a name with each wrong character mended, and with each two put the other way round."""
    for at, char in enumerate(key):
        for meant in _MEANT.get(char, ()):
            yield f"{key[:at]}{meant}{key[at + 1 :]}"
    for at in range(len(key) - 1):
        yield f"{key[:at]}{key[at + 1]}{key[at]}{key[at + 2 :]}"


def _shortened(key: str) -> Iterator[str]:
    """Yield a name without each of its characters in turn."""
    for at in range(len(key)):
        yield f"{key[:at]}{key[at + 1 :]}".removesuffix(_SUFFIX)


def _group(key: str, words: Mapping[str, _Group]) -> _Group | None:
    if key in words:
        return words[key]
    endings = (word for word in words if word[0] == _ENDING and key.endswith(word[1:]))
    return next((words[word] for word in endings), None)
