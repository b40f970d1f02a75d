"""``perfeval compare``: one sheet under several rulebooks, and why rows differ."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from perfeval.documents.alignment import width
from tests.cli.conftest import REAL, Command

ROUNDED = """\
编号: hubei-rounded
名称: 湖北省，执行率先舍入
地区: 湖北省
版本: "1"
继承: hubei-2020
预算执行: {来源: 甲, 执行率取值: {位数: %d}}
"""


@pytest.fixture
def rounded(tmp_path: Path) -> Callable[[int], Path]:
    """Return a function that writes hubei-2020 with a rate rounded before it scores."""

    def write(digits: int) -> Path:
        path = tmp_path / f"取{digits}位.yaml"
        path.write_text(ROUNDED % digits, "utf-8")
        return path

    return write


def row(out: str, name: str) -> list[str]:
    return next(line.split() for line in out.splitlines() if line.split()[:1] == [name])


def test_each_row_stands_with_its_points_under_every_rulebook(command: Command) -> None:
    outcome = command("compare", REAL, "--rulebook", "hubei-2020", "--rulebook", "mof-2020")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("养老服务体系建设运营补助资金 · 2023 · 按 2 个办法计分\n")
    assert row(outcome.out, "预算执行") == ["预算执行", "20", "/", "10", "19.73", "9.87", "不同"]
    assert row(outcome.out, "享受运营补贴线下服务网点数量")[1:] == ["2", "1.63", "1.63"]
    assert row(outcome.out, "产出指标")[1:] == ["40", "38.73", "未计"]
    assert row(outcome.out, "总分")[1:] == ["98.46", "未计分"]
    assert row(outcome.out, "等级")[1:] == ["优", "未定"]


def test_a_rulebook_without_a_total_says_why(command: Command) -> None:
    out = command("compare", REAL, "--rulebook", "hubei-2020", "--rulebook", "mof-2020").out
    assert "mof-2020：未计总分：产出指标分值合计 40，办法规定 50，少 10" in out


def test_every_row_that_differs_is_explained_by_formula_rule_and_clause(command: Command) -> None:
    out = command("compare", REAL, "--rulebook", "hubei-2020", "--rulebook", "mof-2020").out
    assert "得分不同的行（1）\n  预算执行\n" in out
    assert "    hubei-2020  20 × 1269.62 ÷ 1286.7 = 19.7345… → 19.73" in out
    assert "    mof-2020    10 × 1269.62 ÷ 1286.7 = 9.8672… → 9.87" in out
    assert "  预算执行：由 20 分改为 10 分\n" in out
    assert (
        "  hubei-2020 预算执行：表头：得分（20分*执行率），执行率（B/A）\n    来源：武汉市" in out
    )


def test_rounding_the_rate_first_explains_a_hundredth(
    command: Command, rounded: Callable[[int], Path]
) -> None:
    """98.67 % still gives 19.73; 19.74 comes only from 98.7 %."""
    out = command("compare", REAL, "--rulebook", rounded(1)).out
    assert row(out, "预算执行")[2:] == ["19.73", "19.74", "不同"]
    assert row(out, "总分")[1:] == ["98.46", "98.47"]
    assert "20 × 98.7 ÷ 100 = 19.74" in out
    assert "    现：执行率先四舍五入到 1 位小数（百分数），再用来计分\n" in out


def test_other_ways_to_the_same_points_are_shown_as_well(
    command: Command, rounded: Callable[[int], Path]
) -> None:
    out = command("compare", REAL, "--rulebook", rounded(2)).out
    assert "各行得分都相同" in out
    assert "得分相同、算法不同的行（1）\n  预算执行\n" in out
    assert "20 × 98.67 ÷ 100 = 19.734 → 19.73" in out


def test_with_one_rulebook_the_sheet_s_own_is_the_other(command: Command) -> None:
    one = command("compare", REAL, "--rulebook", "mof-2020").out
    both = command("compare", REAL, "--rulebook", "hubei-2020", "--rulebook", "mof-2020").out
    assert one == both


def test_two_files_with_one_id_are_told_apart_by_their_names(
    command: Command, rounded: Callable[[int], Path]
) -> None:
    first, second = rounded(1), rounded(2)
    data = json.loads(
        command("compare", REAL, "--json", "--rulebook", first, "--rulebook", second).out
    )
    assert [item["label"] for item in data["rulebooks"]] == [str(first), str(second)]


def test_the_table_lines_up(command: Command) -> None:
    out = command("compare", REAL, "--rulebook", "hubei-2020", "--rulebook", "beijing").out
    table = out.split("\n等级")[0].splitlines()[2:]
    ends = {
        width(line.removesuffix("  不同"))
        for line in table
        if not line.startswith(("产出", "效益", "满意"))
    }
    assert len(ends) == 1


def test_json_has_every_scorecard_and_the_rows_that_differ(command: Command) -> None:
    outcome = command(
        "compare", REAL, "--json", "--rulebook", "hubei-2020", "--rulebook", "mof-2020"
    )
    data = json.loads(outcome.out)
    assert data["differing"] == ["预算执行"]
    assert [item["scorecard"]["total"] for item in data["rulebooks"]] == ["98.46", None]


def test_a_rulebook_is_taken_as_it_held_in_the_sheet_s_year(
    command: Command, tmp_path: Path
) -> None:
    path = tmp_path / "dated.yaml"
    path.write_text(
        '编号: dated\n名称: 甲\n地区: 甲\n版本: "1"\n继承: hubei-2020\n预算执行:\n'
        "  - {来源: 旧, 施行: 2020-01-01, 方法: 按执行率}\n"
        "  - {来源: 新, 施行: 2024-01-01, 方法: 按执行率, 执行率取值: {位数: 1}}\n",
        "utf-8",
    )
    out = command("compare", REAL, "--rulebook", path).out
    assert row(out, "预算执行")[2:] == ["19.73", "19.73"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([REAL], "缺少参数：--rulebook"),
        ([REAL, "--rulebook", "hubei-2020"], "至少要有两个不同的评分办法"),
        ([REAL, "--rulebook", "无"], "没有评分办法“无”"),
        (["无.yaml", "--rulebook", "hubei-2020"], "没有这个文件"),
    ],
)
def test_what_cannot_be_compared_ends_2_and_says_why(
    command: Command, arguments: list[str], message: str
) -> None:
    outcome = command("compare", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.err


def test_a_gbk_console_can_show_it(command: Command) -> None:
    command("compare", REAL, "--rulebook", "national-system").out.encode("gbk")
