"""How many points hang on what was found."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from perfeval.findings import Finding
from perfeval.numbers import ZERO, total
from perfeval.places import Path
from perfeval.sheet import BUDGET, INDICATORS


def stake_of(findings: Iterable[Finding]) -> Decimal:
    """Return how many points of one file hang on its findings, none of them counted twice.

    A row counts with the most that hangs on it.  The total is made of the rows, so of what hangs
    on it and on them the larger counts.
    """
    rows: dict[Path, Decimal] = {}
    whole = ZERO
    for finding in findings:
        for one in finding.each:
            stake = ZERO if one.stake is None else one.stake.copy_abs()
            row = _row(one.path)
            if row:
                rows[row] = max(rows.get(row, ZERO), stake)
            else:
                whole = max(whole, stake)
    return max(whole, total(rows.values()))


def _row(path: Path) -> Path:
    """Return the path of the row in which a finding stands, if it stands in one."""
    if path and path[0] in _BUDGET:
        return path[:1]
    at = next((at for at, step in enumerate(path) if isinstance(step, int)), None)
    return path[: at + 1] if at is not None and path[0] in _ROWS else ()


_BUDGET = (BUDGET, "budget")
_ROWS = (INDICATORS, "indicators")
