"""Time is bounded: four times the text, or the rows, takes about four times as long.

What takes the square of its input's length takes sixteen times as long, and hours for what a file
may hold.  Seconds of a busy machine prove nothing, so that the processor time of two runs of the
same kind is compared, and a run that takes next to none of it is quick enough whatever the ratio.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

import perfeval
from perfeval import CheckOptions, RulebookError
from perfeval.readers.rulebooks import rulebook_from_source
from perfeval.source import read_text
from tests.property.test_checks_never_raise import RUNS

SHORT, LONG = 2_000, 8_000
"""Characters of a text."""
FEW, MANY = 400, 1_600
"""Rows of a list."""
STEEPEST = 10
"""Times as long, for four times as much: well between 4 and 16."""
QUICK = 0.25
"""Seconds of the processor for the longer run that need no explanation."""

HEAD = {"评分办法": "hubei-2020", "年度": 2023, "项目名称": "示例"}
BUDGET = {"预算数": 10, "执行数": 9}
RUN = [
    *RUNS,
    "绩效",
    "年度",
    "全部完成年度目标",
    "完成绩效目标",
    "力争",
    "执行率100%",
    "不存在问题",
    "1,2 ",
    "圆满完成各项目标，",
    "超额",
    "超额完成5%，",
    "各项目执行率均为100%",
    "甲乙丙丁。",
    "〔2034〕1号",
    "部门名称",
]
TEXTS = ("原因分析", "产出和效果", "年度目标完成情况")


def row(position: int, **fields: Any) -> dict[str, Any]:
    name = f"第{position}号床位的数量"
    level = {"一级指标": "产出", "二级指标": "数量"}
    return {**level, "名称": name, "分值": 1, "目标值": 50, "完成值": 6, **fields}


def rows(count: int, **fields: Any) -> list[dict[str, Any]]:
    return [row(position, **fields) for position in range(count)]


def waiver(position: int, **fields: Any) -> dict[str, Any]:
    terms = {"理由": "甲", "批准": "财务科", "有效期至": "2030-01-01"}
    return {"编号": "RS104", **terms, **fields}


LISTS: dict[str, Callable[[int], dict[str, Any]]] = {
    "rows": lambda n: {"指标": rows(n)},
    "rows of one name": lambda n: {"指标": rows(n, 名称="床位")},
    "rows and a long text": lambda n: {"指标": rows(n), "原因分析": "1,2 " * 10 * n},
    "goals": lambda n: {"多个目标": [{"内容": "甲", "分值": 1}] * n, "指标": rows(n)},
    "goals and rows of them": lambda n: {
        "多个目标": [{"内容": "甲", "分值": 1, "完成情况": "全部完成年度目标"}] * n,
        "指标": [row(at, 所属目标=at + 1) for at in range(n)],
    },
    "waivers by place": lambda n: {
        "指标": rows(n),
        "校核豁免": [waiver(at, 位置=f"第{at}号床位的数量") for at in range(n)],
    },
    "waivers of anything": lambda n: {"指标": rows(n), "校核豁免": [waiver(0)] * n},
    "funds": lambda n: {"预算": {**BUDGET, "资金构成": [{"名称": "甲", "预算数": 1}] * n}},
    "parts of a row": lambda n: {"指标": [row(0, 其中=[{"名称": "甲", "目标值": 5}] * n)]},
    "keys that nobody knows": lambda n: {f"不认识{at}": 1 for at in range(n)},
}


def seconds(data: dict[str, Any]) -> float:
    """Return what evaluating takes of the processor."""
    start = time.process_time()
    perfeval.evaluate({**HEAD, "预算": BUDGET, **data}, terms=CheckOptions(today="2024-05-01"))
    return time.process_time() - start


def assert_in_proportion(make: Callable[[int], dict[str, Any]], few: int, many: int) -> None:
    if seconds(make(many)) > QUICK:
        short = min(seconds(make(few)) for _ in range(3))
        long = min(seconds(make(many)) for _ in range(2))
        assert long < STEEPEST * short, (short, long)


@pytest.mark.parametrize("run", RUN)
def test_a_long_text_takes_time_in_proportion(run: str) -> None:
    """A text comes from outside and may have two million bytes."""

    def make(length: int) -> dict[str, Any]:
        text = "甲" + (run * length)[:length]
        return {"指标": rows(3), **dict.fromkeys(TEXTS, text)}

    assert_in_proportion(make, SHORT, LONG)


@pytest.mark.parametrize("name", LISTS)
def test_a_long_list_takes_time_in_proportion(name: str) -> None:
    """A sheet may have a hundred thousand values."""
    assert_in_proportion(LISTS[name], FEW, MANY)


def seconds_of_rulebook(count: int) -> float:
    """Return what refusing so many keys that nobody knows takes of the processor."""
    lines = "".join(f"不认识{at}: 1\n" for at in range(count))
    source = read_text(f"编号: 甲\n继承: mof-2020\n{lines}", "甲.yaml")
    start = time.process_time()
    with pytest.raises(RulebookError):
        rulebook_from_source(source)
    return time.process_time() - start


def test_many_faults_of_a_rulebook_take_time_in_proportion() -> None:
    """A rulebook comes from outside, too, and each of its keys may be one that nobody knows."""
    short = min(seconds_of_rulebook(1_000) for _ in range(3))
    long = seconds_of_rulebook(4_000)
    assert long < max(QUICK, STEEPEST * short), (short, long)
