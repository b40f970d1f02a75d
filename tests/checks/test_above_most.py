"""PT102 of a row without points: what was filed may still be more than the row can have."""

from __future__ import annotations

import pytest

from perfeval import evaluate

ROW = """\
评分办法: mof-2020
年度: 2024
项目名称: 困难群众救助
预算: {{预算数: 100, 执行数: 100}}
指标:
  产出指标:
    时效指标:
      - {{名称: 救助事项, 分值: 10, 目标值: {target}, 完成值: {actual}, 已填报得分: {filed}}}
"""
MISSED = [
    ("11月底前", "2024年12月5日"),
    ("20-30天", "35天"),
    ("≥-5%", "-8%"),
]


def said(target: str, actual: str, filed: str) -> list[str]:
    report = evaluate(ROW.format(target=target, actual=actual, filed=filed))
    assert report.scorecard is not None
    assert report.scorecard["救助事项"].points is None or filed != "10"
    return [finding.message for finding in report.findings if finding.code == "PT102"]


@pytest.mark.parametrize(("target", "actual"), MISSED)
def test_full_points_of_a_row_that_missed_are_more_than_it_can_have(
    target: str, actual: str
) -> None:
    """Its points are in [0, w): the upper bound is w less one unit of the rounding."""
    assert said(target, actual, "10") == ["已填报得分 10 高于按办法最多可得的 9.99"]


@pytest.mark.parametrize(("target", "actual"), MISSED)
def test_points_within_the_bounds_cannot_be_told(target: str, actual: str) -> None:
    assert said(target, actual, "8") == []


@pytest.mark.parametrize(("target", "actual"), [("11月前", "2024年11月20日"), ("显著", "另有说明")])
def test_where_the_row_may_have_full_points_nothing_is_said(target: str, actual: str) -> None:
    assert said(target, actual, "10") == []


def test_above_the_weight_is_told_once() -> None:
    assert said(*MISSED[0], "11") == []
