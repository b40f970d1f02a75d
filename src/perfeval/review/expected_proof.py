"""What proof a reviewer usually asks for, by the kind of indicator (``evidence.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pkgutil import get_data
from typing import Any

from perfeval.cells.levels import Aspect, Section
from perfeval.sheet import Indicator
from perfeval.source import read_bytes

_FILE = "evidence.yaml"


@dataclass(frozen=True, slots=True)
class ExpectedProof:
    """What proof is usual.

    Attributes:
        source: Where this comes from.
        budget: What proves the budget and its execution.
        by_word: What words in an indicator's name, and what proves it then.
        by_aspect: What proves the indicators of a standard level-2 group.
        by_section: What proves those of a standard level-1 group.
        otherwise: What proves all others.

    >>> usual_proof().source
    '通行做法'
    """

    source: str
    budget: tuple[str, ...]
    by_word: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    by_aspect: Mapping[Aspect, tuple[str, ...]]
    by_section: Mapping[Section, tuple[str, ...]]
    otherwise: tuple[str, ...]

    def of(self, indicator: Indicator) -> tuple[str, ...]:
        """Return what proves an indicator: any one of these may do.

        The first group of words in its name counts, else its level 2, else its level 1.
        """
        for words, proof in self.by_word:
            if any(word in indicator.name for word in words):
                return proof
        aspect, section = indicator.aspect.group, indicator.section.group
        if aspect is not None and aspect in self.by_aspect:
            return self.by_aspect[aspect]
        return self.otherwise if section is None else self.by_section.get(section, self.otherwise)


@cache
def usual_proof() -> ExpectedProof:
    """Return what is usual, as it ships."""
    data: Any = read_bytes(get_data(__name__, _FILE) or b"", _FILE).data
    return ExpectedProof(
        source=data["来源"],
        budget=tuple(data["预算执行"]),
        by_word=tuple((tuple(one["词"]), tuple(one["材料"])) for one in data["名称"]),
        by_aspect={Aspect(name): tuple(proof) for name, proof in data["二级指标"].items()},
        by_section={Section(name): tuple(proof) for name, proof in data["一级指标"].items()},
        otherwise=tuple(data["其他"]),
    )
