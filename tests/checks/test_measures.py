"""RS108 by the form: where reasons and measures share a column, what stands there is both."""

from __future__ import annotations

import pytest

from perfeval import evaluate
from perfeval.places import Path

ROW = """\
评分办法: {book}
年度: 2024
项目名称: 困难群众救助
预算: {{预算数: 100, 执行数: 100}}
指标:
  产出指标:
    数量指标:
      - {{名称: 补建住房, 分值: 50, 目标值: ≥20户, 完成值: 18户{one}}}
  效益指标:
    社会效益指标:
      - {{名称: 受益户数, 分值: 40, 目标值: ≥40户, 完成值: 39户{two}}}
"""
BOTH = ", 偏差原因: 天气原因；已于2025年1月补建"
REASON = ", 偏差原因: 持续降雨"
JOINED = ["mof-2020", "yunnan", "beijing", "rural-funds", "anhui"]


def places(book: str, one: str, two: str) -> list[Path]:
    report = evaluate(ROW.format(book=book, one=one, two=two))
    return [finding.path for finding in report.findings if finding.code == "RS108"]


@pytest.mark.parametrize("book", JOINED)
@pytest.mark.parametrize("text", [BOTH, REASON])
def test_what_stands_in_the_one_column_counts_as_both(book: str, text: str) -> None:
    assert places(book, text, text) == []


@pytest.mark.parametrize("book", JOINED)
def test_an_empty_cell_of_the_one_column_is_named_at_its_row(book: str) -> None:
    assert places(book, BOTH, "") == [("指标", "效益指标", "社会效益指标", 0, "偏差原因")]
    none = places(book, ", 偏差原因: 无", BOTH)
    assert none == [("指标", "产出指标", "数量指标", 0, "偏差原因")]


@pytest.mark.parametrize("book", ["hubei-2020", "sichuan"])
def test_where_measures_have_their_own_place_a_reason_is_none(book: str) -> None:
    assert places(book, REASON, REASON) == [("改进措施",)]
