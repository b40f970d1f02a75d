"""Which indicators are costs: what is better the less it is."""

from __future__ import annotations

from perfeval.cells.levels import Aspect, Section
from perfeval.sheet import Indicator

_ASPECTS = (Aspect.COST, Aspect.ECONOMIC_COST, Aspect.SOCIAL_COST, Aspect.ECOLOGICAL_COST)


def is_cost(indicator: Indicator) -> bool:
    """Tell whether an indicator stands among the costs, by its section or by its aspect."""
    return indicator.section.group is Section.COST or indicator.aspect.group in _ASPECTS
