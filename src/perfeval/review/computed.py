"""Whether what an office file prints is only what is computed anyway."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from perfeval.cells.agreement import is_share
from perfeval.cells.levels import SectionName
from perfeval.cells.values import Cell
from perfeval.places import Path
from perfeval.scorecard import Scorecard, Subtotal
from perfeval.sheet import BUDGET, FiledBudget, FiledSection, FiledTotal, Indicator

_WHOLE: dict[tuple[type, str], Callable[[Scorecard], Any]] = {
    (FiledTotal, "total"): lambda card: card.total,
    (FiledTotal, "grade"): lambda card: card.grade,
    (FiledTotal, "weight"): lambda card: card.rulebook.weights.full,
}


def is_computed(card: Scorecard, owner: type, name: str, path: Path, value: Any) -> bool:
    """Tell whether a filed figure is the one that is computed.

    Args:
        card: The points of the sheet in which it stands.
        owner: The model in which it stands.
        name: Its field.
        path: Its path.
        value: The figure.
    """
    if owner is Indicator and name == "filed" and isinstance(path[1], int):
        return bool(card.lines[path[1]].shown == value)
    if owner is FiledBudget and path[:1] == (BUDGET,):
        return _is_of_budget(card, path, name, value)
    computed = _WHOLE.get((owner, name))
    return computed is not None and computed(card) == value


def _is_of_budget(card: Scorecard, path: Path, name: str, value: Any) -> bool:
    budget, line = card.sheet.budget, card.execution
    fund = next((step for step in path if isinstance(step, int)), None)
    if not isinstance(value, Cell):
        is_filed = {"weight": line.weight, "points": line.shown}.get(name) == value
        return fund is None and is_filed
    if fund is None:
        return _is_rate(value.number, budget.spent, budget.base)
    row = budget.funds[fund]
    return _is_rate(value.number, row.spent, row.original if row.final is None else row.final)


def _is_rate(number: Decimal | None, spent: Decimal | None, base: Decimal | None) -> bool:
    if number is None or spent is None or not base:
        return False
    return is_share(number, spent, base)


def is_computed_section(card: Scorecard, row: Any) -> bool:
    """Tell whether what is filed for a section is what is computed."""
    if not isinstance(row, FiledSection):
        return False
    parts = {part.section.key: part for part in card.subtotals}
    part = parts.get(row.section.key)
    return part is not None and _is_like(part, row)


def _is_like(part: Subtotal, row: FiledSection) -> bool:
    return row.weight in (None, part.weight) and row.points in (None, part.points)


def is_printed_weight(card: Scorecard, section: SectionName) -> bool:
    """Tell whether the weight in a section's name is no more than the sum of its rows."""
    own = card.sheet.sections.get(section.key)
    return section.weight is None or (own is not None and own.weight == section.weight)
