"""``perfeval explain``: the derivation, the clause, the source, and which row is meant."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import REAL, Command


def test_one_row_is_explained_with_formula_clause_and_source(command: Command) -> None:
    outcome = command("explain", REAL, "享受运营补贴线下服务网点数量")
    assert (outcome.code, outcome.err) == (0, "")
    assert "2 × 26 ÷ 32 = 1.625 → 1.63" in outcome.out
    assert "得分 = 分值 × 完成值 ÷ 目标值" in outcome.out
    assert "分值 2，得分 1.63，有据可算，已填报 2，多 0.37" in outcome.out
    assert "目标值未写符号，按“不低于”（≥）理解" in outcome.out
    assert "hubei-2020 定量指标：" in outcome.out
    assert "  来源：" in outcome.out


def test_a_source_that_nobody_has_seen_is_marked(command: Command) -> None:
    outcome = command("explain", "--rulebook", "mof-2020", REAL, "享受运营补贴线下服务网点数量")
    assert "来源：财预〔2020〕10号《项目支出绩效评价管理办法》（原文未见）" in outcome.out


def test_without_a_name_every_row_is_explained(command: Command) -> None:
    out = command("explain", REAL).out
    assert out.count("（产出指标 / ") == 19
    for steps in ("20 × 1269.62 ÷ 1286.7", "= 1.7142… → 1.71", "→ 1.63", "→ 1.98", "705 ÷ 1000"):
        assert steps in out


def test_the_author_s_remark_stands_with_the_row(command: Command) -> None:
    out = command("explain", REAL, "养老服务设施场地意外险标准").out
    assert "备注：" in out
    assert "≤" in out


def test_words_that_only_one_name_has_are_enough(command: Command) -> None:
    outcome = command("explain", REAL, "线下服务网点数量")
    assert outcome.code == 0
    assert "享受运营补贴线下服务网点数量（" in outcome.out
    assert outcome.out.count("（产出指标 / ") == 1


def test_an_exact_name_wins_over_longer_ones_that_contain_it(
    command: Command, tmp_path: Path, write: Callable[..., Path]
) -> None:
    path = write("甲")
    text = path.read_text("utf-8").replace("惠及人数", "床位数增长")
    path.write_text(text, "utf-8")
    outcome = command("explain", path, "床位数")
    assert outcome.code == 0
    assert "床位数增长" not in outcome.out


@pytest.mark.parametrize(
    ("words", "message", "names"),
    [
        (
            "网点",
            "“网点”对应 2 个指标，请写全名称：",
            ["享受运营补贴线下服务网点数量", "线下服务网点运营补贴标准"],
        ),
        ("意外险床位数", "没有指标“意外险床位数”，名称相近的有：", ["意外伤害险床位数量"]),
        ("zzz", "没有指标“zzz”，这张表的指标有：", ["预算执行", "支付及时性"]),
    ],
)
def test_a_name_that_fits_no_row_or_several_is_answered_with_names(
    command: Command, words: str, message: str, names: list[str]
) -> None:
    outcome = command("explain", REAL, words)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(message)
    assert set(names) <= {line.strip() for line in outcome.err.splitlines()}


def test_an_unscored_row_is_explained_by_what_is_missing(
    command: Command, write: Callable[..., Path]
) -> None:
    out = command("explain", write("甲", actual=""), "惠及人数").out
    assert " 至 20.00 之间：未填完成值" in out


def test_json_has_the_row_and_its_rule(command: Command) -> None:
    outcome = command("explain", "--json", REAL, "享受运营补贴线下服务网点数量")
    (line,) = json.loads(outcome.out)["lines"]
    assert line["formula"] == "2 × 26 ÷ 32"
    assert line["derivation"].startswith("2 × 26 ÷ 32 = 1.625 → 1.63")
    assert line["rule"]["rulebook"] == "hubei-2020"
    assert line["notes"][0]["kind"] == "bare-target"


def test_a_sheet_that_cannot_be_read_ends_2_with_its_findings(
    command: Command, tmp_path: Path
) -> None:
    outcome = command("explain", "--json", tmp_path / "无.yaml")
    data = json.loads(outcome.out)
    assert outcome.code == 2
    assert data["error"] == "自评表没有读通"
    assert [finding["code"] for finding in data["findings"]] == ["YM112"]


def test_a_folder_is_not_one_sheet(command: Command, write: Callable[..., Path]) -> None:
    outcome = command("explain", write("甲").parent)
    assert outcome.code == 2
    assert "这是文件夹，不是文件" in outcome.err


@pytest.mark.parametrize(
    "arguments",
    [("explain",), ("form", "-o", "甲.xlsx"), ("compare", "--rulebook", "mof-2020")],
)
def test_a_folder_of_sheets_is_no_sheet(
    command: Command, write: Callable[..., Path], arguments: tuple[str, ...]
) -> None:
    word, *options = arguments
    outcome = command(word, write("甲").parent, *options)
    assert (outcome.code, outcome.out) == (2, "")
    assert "这是文件夹，不是文件" in outcome.err
    assert "请写明其中一张表" in outcome.err


def test_the_rows_that_cost_points_stand_below_ranked(command: Command) -> None:
    out = command("explain", REAL).out
    assert "扣分的行（5）" in out
    assert out.index("意外伤害险床位数量  ") < out.index("养老服务设施场地意外险数量  ")


def test_a_what_if_shows_points_before_and_after_and_writes_nothing(
    command: Command, write: Callable[..., Path]
) -> None:
    path = write("甲")
    before = path.read_bytes()
    outcome = command("explain", path, "--what-if", "床位=32", "--what-if", "执行数=100")
    assert (outcome.code, outcome.err) == (0, "")
    assert "床位数：26 → 32" in outcome.out
    assert "执行数：90 → 100" in outcome.out
    assert {"+2.00", "+7.50", "+9.50"} <= set(outcome.out.split())
    assert path.read_bytes() == before


def test_a_what_if_as_json_has_both_totals(command: Command, write: Callable[..., Path]) -> None:
    data = json.loads(command("explain", "--json", write("甲"), "--what-if", "床位=32").out)
    assert (data["before"]["total"], data["after"]["total"]) == ("90.50", "98.00")
    assert data["changes"] == [{"name": "床位数", "position": 0, "before": "26", "after": "32"}]


@pytest.mark.parametrize("change", ["床位", "=3", "没有=3", "执行数=九十"])
def test_a_what_if_that_cannot_be_told_has_no_result(
    command: Command, write: Callable[..., Path], change: str
) -> None:
    outcome = command("explain", write("甲"), "--what-if", change)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err


def test_a_figure_is_changed_once(command: Command) -> None:
    given = ("--what-if", "执行数=1", "--what-if", " 执行数 =2")
    outcome = command("explain", REAL, *given)
    assert outcome.code == 2
    assert "写了两次" in outcome.err
