"""What lets a check look at less finds what it would find without."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval import load_rulebook, load_sheet, score
from perfeval.checks import examine, texts
from perfeval.checks.claims import ClaimKind, _grammar, _has_all
from perfeval.checks.filed import without_tail
from perfeval.findings import Status
from perfeval.numbers import RoundingMode, round_number
from perfeval.scorecard import Scorecard


def _matching(pattern: re.Pattern[str]) -> st.SearchStrategy[str]:
    return st.from_regex(re.compile(pattern.pattern), fullmatch=True)


@pytest.mark.parametrize("kind", ClaimKind)
@given(data=st.data())
def test_every_claim_has_the_words_that_its_kind_needs(
    kind: ClaimKind, data: st.DataObject
) -> None:
    """A sentence without them is not searched: no claim may be without them."""
    claim = data.draw(_matching(_grammar().claims[kind]))
    assert _has_all(claim, _grammar().needs[kind]), claim


@given(_matching(texts._PLACEHOLDER))
def test_every_placeholder_has_a_sign_or_word_that_is_looked_for_first(left: str) -> None:
    assert texts._PLACED.search(left) or any(word in left for word in texts._PLACED_WORDS), left


@given(st.decimals(-1000, 1000, allow_nan=False, places=4), st.integers(0, 3))
def test_a_plain_figure_has_no_tail(number: Decimal, digits: int) -> None:
    """With at most two decimals more than points have it is returned as it is written."""
    plain = round_number(number, digits + 2, RoundingMode.HALF_UP)
    assert str(without_tail(plain, digits)) == str(plain)


ROW = {"一级指标": "产出", "二级指标": "数量", "名称": "床位", "分值": 40}
RICH = {**ROW, "目标值": "≥5张", "完成值": "6张", "已填报得分": 40, "符号": "≥"}
UNITS = {
    **ROW,
    "名称": "网点",
    "分单位": [{"单位": name, "目标值": 1, "完成值": 1} for name in "甲甲"],
}
CLIENTS = {**ROW, "一级指标": "满意度", "二级指标": "服务对象", "目标值": "满意", "完成值": "好"}
COST = {**ROW, "二级指标": "成本", "名称": "总成本", "目标值": "≤100万元", "完成值": "90万元"}


def _card(*rows: dict[str, object]) -> Scorecard:
    head = {"评分办法": "mof-2020", "年度": 2023, "项目名称": "示例", "金额单位": "万元"}
    budget = {"预算数": 100, "执行数": 90}
    sheet = load_sheet({**head, "预算": budget, "指标": list(rows)})
    return score(sheet, load_rulebook("mof-2020"))


@pytest.mark.parametrize(
    ("row", "code", "status"),
    [
        (ROW, "PT103", Status.NOT_APPLICABLE),
        (RICH, "PT103", Status.PASSED),
        (ROW, "ST203", Status.NOT_APPLICABLE),
        (UNITS, "ST203", Status.FAILED),
        (ROW, "IN106", Status.NOT_APPLICABLE),
        (CLIENTS, "IN107", Status.NOT_APPLICABLE),
        (ROW, "VA208", Status.NOT_APPLICABLE),
        (COST, "VA208", Status.PASSED),
        (ROW, "VA224", Status.NOT_APPLICABLE),
        (COST, "VA224", Status.PASSED),
    ],
)
def test_a_check_applies_where_there_is_something_for_it(
    row: dict[str, object], code: str, status: Status
) -> None:
    ledger = examine(_card(row, {**ROW, "名称": "别的"})).ledger
    assert ledger[code] is status
