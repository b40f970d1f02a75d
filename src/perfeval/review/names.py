"""Names as lists and sheets write them: when two are the same, and when they are only near."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from perfeval.checks.copies import are_alike
from perfeval.numbers import TWO
from perfeval.sheet import without_code

_MARKS = re.compile(r"[\W_]+")
_SEAL = re.compile(r"[（(](?:盖章|公章|章)[)）]")
_MOST = 3
"""How many near names are suggested for one."""


def name_key(text: str) -> str:
    """Return a name without what differs between two files: widths, blanks, brackets, a code.

    >>> name_key("养老服务体系（含站）") == name_key("养老服务体系(含站) ")
    True
    >>> name_key("51092324T000010263357-安可替代"), name_key("区民政局（盖章）")
    ('安可替代', '区民政局')
    """
    bare = without_code(_SEAL.sub("", text).strip())
    return _MARKS.sub("", unicodedata.normalize("NFKC", bare)).casefold()


def may_be_one_office(one: str, other: str) -> bool:
    """Tell whether two names of offices can be those of one: the same, one within the other, blank.

    >>> may_be_one_office("民政局", "青山区民政局"), may_be_one_office("民政局", "教育局")
    (True, False)
    """
    first, second = name_key(one), name_key(other)
    return not first or not second or first in second or second in first


class ProjectIdentity(NamedTuple):
    """By what a project is known.

    Attributes:
        project, department, unit, code: 项目名称, 主管部门, 实施单位, 项目编码; empty if not known.
        year: 年度.
        scope: 表种.
    """

    project: str
    department: str = ""
    unit: str = ""
    code: str = ""
    year: int | None = None
    scope: str = ""

    def may_be(self, other: ProjectIdentity) -> bool:
        """Tell whether two sheets are of one project and year.

        A code decides where both have one.  A name alone is not enough where both state a
        department or a unit: many offices have a project of that name.
        """
        if self.scope != other.scope or (self.year and other.year and self.year != other.year):
            return False
        if self.code and other.code:
            return self.code == other.code
        stated = ((self.department, other.department), (self.unit, other.unit))
        keys = [(name_key(mine), name_key(theirs)) for mine, theirs in stated]
        is_same = all(not mine or not theirs or mine == theirs for mine, theirs in keys)
        return is_same and name_key(self.project) == name_key(other.project)


class FirstOfProject:
    """Sheets as they come, each put to the first one of its project."""

    def __init__(self) -> None:
        self._known: dict[str, list[tuple[ProjectIdentity, str]]] = {}

    def first_of(self, identity: ProjectIdentity, name: str) -> str:
        """Return the name of the first sheet of a project; empty for the first one itself."""
        keys = [name_key(identity.project), *((f"\0{identity.code}",) if identity.code else ())]
        for key in keys:
            for known, first in self._known.get(key, ()):
                if known.may_be(identity):
                    return first
        for key in keys:
            self._known.setdefault(key, []).append((identity, name))
        return ""


class NearNames:
    """Names among which those near another one are looked for, in time that stays short."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: dict[str, str] = {}
        self._with: dict[tuple[str, str], list[str]] = {}
        for name in names:
            key = name_key(name)
            if key not in self._names:
                self._names[key] = name
                for pair in dict.fromkeys(pairwise(key)):
                    self._with.setdefault(pair, []).append(key)

    def near(self, name: str) -> tuple[str, ...]:
        """Return the names that are near one, the nearest first; it is for a person to decide."""
        key = name_key(name)
        shared = Counter(
            other for pair in dict.fromkeys(pairwise(key)) for other in self._with.get(pair, ())
        )
        ranked = sorted(shared, key=lambda other: (-shared[other], other))
        found = (other for other in ranked if _is_near(key, other))
        return tuple(self._names[other] for _, other in zip(range(_MOST), found, strict=False))


def _is_near(one: str, other: str) -> bool:
    """Tell whether two different names are alike, or one is the other with words added."""
    if one == other:
        return False
    short, long = sorted((one, other), key=len)
    is_within = short in long and TWO * len(short) >= len(long)
    return is_within or are_alike(one, other)


def listed(names: Sequence[str], most: int = 5) -> str:
    """Return names in quotation marks, no more than *most* of them.

    >>> listed(["甲", "乙", "丙"], 2)
    '“甲”、“乙”等 3 个'
    """
    more = f"等 {len(names)} 个" if len(names) > most else ""
    return "、".join(f"“{name}”" for name in names[:most]) + more
