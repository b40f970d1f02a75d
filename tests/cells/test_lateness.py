"""By how much something was late, in the units of a clause; years as offices write them."""

from __future__ import annotations

from datetime import date

import pytest

import perfeval
from perfeval.cells.dates import read_date
from perfeval.cells.lateness import Late, LateUnit, late_by
from tests.property.strategies import HEAD


@pytest.mark.parametrize(
    ("done", "late"),
    [
        (date(2023, 6, 29), Late(0, is_more=True)),
        (date(2023, 6, 30), Late(1, is_more=False)),
        (date(2023, 7, 1), Late(1, is_more=True)),
        (date(2024, 3, 31), Late(4, is_more=False)),
    ],
)
def test_a_quarter_has_three_months(done: date, late: Late) -> None:
    """逾期按季度计: 3月底到6月底是一个季度."""
    assert late_by(date(2023, 3, 31), done, LateUnit.QUARTER) == late


def test_a_year_of_two_digits_is_of_this_century() -> None:
    read = read_date("26-05-15")
    assert read is not None
    assert read.span.last.text == "2026年5月15日"


@pytest.mark.parametrize(
    ("target", "actual", "misses"),
    [
        ("＞10个", "10个", True),
        ("≥10个", "10个", False),
        ("＜10个", "10个", True),
        ("≤10个", "10个", False),
    ],
)
def test_what_must_be_more_is_missed_where_it_is_the_same(
    target: str, actual: str, *, misses: bool
) -> None:
    """＞、＜ 按 ≥、≤ 计分 (the points are full), and the figures do miss what was promised."""
    row = {"一级指标": "产出", "二级指标": "数量", "名称": "行", "分值": 10}
    sheet = perfeval.load_sheet({**HEAD, "指标": [{**row, "目标值": target, "完成值": actual}]})
    found = sheet.indicators[0].comparison
    assert found.misses_target is misses
