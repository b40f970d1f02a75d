"""A value that is read is what stands there: tables of many kinds, their truth known beforehand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from perfeval import read
from tests.reading.made import MadeSheet, made

SEEDS = range(60)


def plain(value: Any) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def wrong(sheet: MadeSheet) -> list[tuple[str, Any, Any]]:
    """Return every value that was read and does not stand there, or stands there and was not."""
    document = read(sheet.raw, rulebook="mof-2020")
    assert document.unread == ()
    (table,) = document.tables
    rows = table.data["指标"]
    assert [row["名称"] for row in rows] == [row["名称"] for row in sheet.truth]
    found = [
        (f"{truth['名称']} {content}", truth.get(content), row.get(content))
        for truth, row in zip(sheet.truth, rows, strict=True)
        for content in truth.keys() | row.keys()
        if truth.get(content) != plain(row.get(content))
    ]
    found += [
        (name, value, table.data.get(name))
        for name, value in sheet.header.items()
        if table.data.get(name) != value
    ]
    budget = table.data["预算"]
    found += [
        (name, value, budget.get(name))
        for name, value in sheet.budget.items()
        if Decimal(value) != budget.get(name)
    ]
    filed = {name: plain(value) for name, value in budget["已填报"].items()}
    if filed != {"分值": "10", "执行率": "97.25%", "得分": "9.73"}:
        found.append(("预算已填报", None, filed))
    total = {name: plain(value) for name, value in table.data["已填报"].items()}
    if total != {"分值": "100", "总分": "97.5"}:
        found.append(("总分", None, total))
    if table.data.get("年度") != 2023 or "资金构成" in budget:
        found.append(("年度、资金构成", None, (table.data.get("年度"), budget.get("资金构成"))))
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_every_value_that_is_read_stands_there(seed: int) -> None:
    assert wrong(made(seed)) == []
