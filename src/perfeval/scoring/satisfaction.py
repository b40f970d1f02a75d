"""满意度: for which rows the steps of the satisfaction section hold."""

from __future__ import annotations

from perfeval.cells.levels import Section
from perfeval.cells.signs import Sign
from perfeval.cells.values import Kind
from perfeval.sheet import Indicator


def is_satisfaction_rate(indicator: Indicator, sign: Sign) -> bool:
    """Tell whether a row is a percentage of the satisfaction section of which more is better."""
    actual = indicator.actual
    return (
        not sign.is_reverse
        and indicator.section.group is Section.SATISFACTION
        and actual is not None
        and actual.kind is Kind.PERCENT
    )
