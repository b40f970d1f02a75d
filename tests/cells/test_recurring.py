"""What is due every month is no date, and is compared with a day of every month alone."""

from __future__ import annotations

import pytest

from perfeval.cells.reading import read_cell
from perfeval.cells.recurring import Recurring, read_recurring
from perfeval.cells.values import Kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每月15日前", Recurring("月", 15, is_until=True)),
        ("每月十五日", Recurring("月", 15, is_until=False)),
        ("每个月的5号之前发放", Recurring("月", 5, is_until=True)),
        ("养老金每月10日前发放到位", Recurring("月", 10, is_until=True)),
        ("每月上旬", Recurring("月", 10, is_until=False)),
        ("每月中旬前", Recurring("月", 20, is_until=True)),
        ("每月下旬", Recurring("月", 31, is_until=False)),
        ("每月底前", Recurring("月", 31, is_until=True)),
        ("每季末", Recurring("季度", 31, is_until=False)),
        ("每季度末前报送", Recurring("季度", 31, is_until=True)),
        ("每学期末", Recurring("学期", 31, is_until=False)),
    ],
)
def test_a_day_of_every_month_is_read(text: str, expected: Recurring) -> None:
    assert read_recurring(text) == expected
    cell = read_cell(text)
    assert cell.kind is Kind.DATE
    assert cell.facts.recurring == expected
    assert cell.facts.span is None


@pytest.mark.parametrize(
    "text",
    [
        *("每月", "每月前", "每月1次", "每月300元", "每季度3篇", "每月0日前", "每月32日前"),
        *("每月15日前未发放", "每月15日的会议", "每年", "每周", "15日前"),
        *("每月15日前发放2次", "2023年每月15日前"),
    ],
)
def test_how_often_and_how_much_is_no_deadline(text: str) -> None:
    assert read_recurring(text) is None
