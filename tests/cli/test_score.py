"""``perfeval score``: the table, the summary, JSON, the exit codes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from perfeval.documents.alignment import width
from perfeval.readers.rulebooks import rulebook_ids
from tests.cli.conftest import REAL, Command
from tests.conftest import Snapshot

_STAMP = re.compile(r"(hubei-2020|mof-2020) \S+ \([0-9a-f]+\)|perfeval [0-9][0-9.a-z]*")


def unstamped(text: str) -> str:
    """Leave out versions and hashes, and the count of findings that further checks raise."""
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith("校核")]
    return _STAMP.sub("…", "".join(lines))


def row(text: str, name: str) -> str:
    """Return the first line with this name in it."""
    return next(line for line in text.splitlines() if name in line)


def test_the_real_table_is_printed_as_agreed(command: Command, snapshot: Snapshot) -> None:
    outcome = command("score", REAL)
    assert (outcome.code, outcome.err) == (0, "")
    snapshot(unstamped(outcome.out), "score.txt")


def test_the_real_table_scores_98_46_and_says_what_that_rests_on(command: Command) -> None:
    out = command("score", REAL).out
    assert "1269.62 ÷ 1286.70 = 98.67 %" in row(out, "预算执行")
    assert row(out, "预算执行").endswith("20  19.73      20  多 0.27")
    total = row(out, "总分")
    assert "98.46  优  （有据可算 36.46，依填报认定 62）" in total
    assert total.endswith("已填报 100，多 1.54 分，5 行与办法不符")


@pytest.mark.parametrize(
    ("name", "values", "points", "difference"),
    [
        ("享受运营补贴老年人服务中心（站）数量", "36（2） / 42（3）", "1.71", "多 0.29"),
        ("享受运营补贴线下服务网点数量", "26 / 32", "1.63", "多 0.37"),
        ("养老服务设施场地意外险数量", "83（12） / 84（12）", "1.98", "多 0.02"),
        ("意外伤害险床位数量", "705 / 1000", "1.41", "多 0.59"),
    ],
)
def test_a_short_row_stands_beside_what_was_filed(
    command: Command, name: str, values: str, points: str, difference: str
) -> None:
    line = row(command("score", REAL).out, name)
    assert values in line
    assert line.split()[-5:] == ["2", points, "2", *difference.split()]


def test_under_another_rulebook_rows_keep_their_points_and_gaps_replace_the_total(
    command: Command,
) -> None:
    outcome = command("score", "--rulebook", "mof-2020", REAL)
    assert outcome.code == 0
    assert "1.63" in row(outcome.out, "享受运营补贴线下服务网点数量")
    assert row(outcome.out, "总分").startswith("总分  未计分")
    for gap in (
        "产出指标分值合计 40，办法规定 50，少 10",
        "效益指标分值合计 20，办法规定 30，少 10",
        "满意度指标分值合计 20，办法规定 10，多 10",
    ):
        assert outcome.out.count(gap) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_the_figures_stand_below_each_other_in_terminal_cells(
    command: Command, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    """Ambiguous characters (÷, “ ”) are one cell wide in UTF-8 and two in a GBK console."""
    ambiguous = 1 if encoding == "utf-8" else 2
    monkeypatch.setattr("perfeval.cli.console._takes_all", lambda _: encoding == "utf-8")
    lines = command("score", REAL).out.splitlines()
    heading = lines[1]
    end = width(heading[: heading.index("得分") + 2], ambiguous=ambiguous)
    ends = {
        width(line[: match.end()], ambiguous=ambiguous)
        for line in lines[2:30]
        if (match := re.search(r"[0-9]+\.[0-9]{2}(?=  +[0-9]+(  多|$))", line))
    }
    assert ends == {end}


def test_a_row_without_points_says_so_with_its_bounds(
    command: Command, write: Callable[..., Path]
) -> None:
    outcome = command("score", write("甲", actual=""))
    assert outcome.code == 0
    line = row(outcome.out, "惠及人数")
    assert "未填 / ≥10" in line
    assert re.search(r"未计分 +0(\.00)? 至 20\.00，未填完成值$", line)
    assert row(outcome.out, "总分 ").startswith("总分  70.50 至 90.50")
    assert "1 行未计分（惠及人数）" in outcome.out


def test_a_sheet_without_indicators_has_no_total_and_never_zero(
    command: Command, tmp_path: Path
) -> None:
    path = tmp_path / "甲.yaml"
    path.write_text("评分办法: hubei-2020\n年度: 2023\n项目名称: 甲\n预算: {执行数: 3}\n", "utf-8")
    outcome = command("score", path)
    assert outcome.code == 0
    assert "预算数 未填，执行数 3.00" in row(outcome.out, "预算执行")
    assert row(outcome.out, "总分").startswith("总分  未计分")
    assert "未计分：未公布指标" in outcome.out


def test_several_files_end_in_one_summary_and_a_bad_one_stops_nothing(
    command: Command,
    write: Callable[..., Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("坏.yaml").write_text("年度: 2023\n评分办法: 某\n项目名称: 坏\n年度: 2024\n", "utf-8")
    outcome = command("score", write("甲", filed="20"), "坏.yaml", "无.yaml", write("乙"))
    assert outcome.code == 2
    assert "坏.yaml:4:1  错误 YM106  “年度”写了两次" in outcome.err
    assert "无.yaml  错误 YM112  没有这个文件" in outcome.err
    summary = outcome.out[outcome.out.index("项目  ") :].splitlines()
    assert [line.split()[0] for line in summary[1:5]] == ["甲", "坏.yaml", "无.yaml", "乙"]
    assert summary[1].split()[1:6] == ["90.50", "优", "1", "90.5", "1"]
    assert summary[4].split()[1:4] == ["90.50", "优", "90.5"]
    assert summary[5] == "共 4 张自评表，其中 2 张没有读通"


def test_a_folder_means_its_sheets_in_order_without_the_department(
    command: Command, write: Callable[..., Path], tmp_path: Path
) -> None:
    write("乙")
    write("甲")
    (tmp_path / "department.yaml").write_text("名称: 某局\n", "utf-8")
    (tmp_path / "说明.txt").write_text("不是自评表", "utf-8")
    outcome = command("score", "--summary", tmp_path)
    assert outcome.code == 0
    assert [line.split()[0] for line in outcome.out.splitlines()[1:3]] == ["乙", "甲"]
    assert "共 2 张自评表" in outcome.out


def test_a_shipped_folder_is_scored_whole(command: Command) -> None:
    outcome = command("score", "--summary", "shipped:qingshan-2023")
    assert outcome.code == 0
    assert row(outcome.out, "养老服务体系建设运营补助资金").split()[1:6] == [
        "98.46",
        "优",
        "100",
        "多",
        "1.54",
    ]
    assert "department" not in outcome.out


def test_a_folder_without_sheets_is_a_file_that_cannot_be_read(
    command: Command, tmp_path: Path
) -> None:
    outcome = command("score", tmp_path)
    assert outcome.code == 2
    assert "文件夹里没有自评表" in outcome.err


def test_an_unknown_rulebook_ends_at_once_with_the_known_ones(command: Command) -> None:
    outcome = command("score", "--rulebook", "hubei-2030", REAL)
    assert (outcome.code, outcome.out) == (2, "")
    known = "、".join(rulebook_ids())
    assert outcome.err == f"没有评分办法“hubei-2030”，是不是“hubei-2020”？现有：{known}\n"


def test_a_name_cannot_steer_the_terminal(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "甲.yaml"
    path.write_text('年度: 2023\n"\\e[31m\\u202e": 1\n', "utf-8")
    outcome = command("score", path)
    assert outcome.code == 2
    assert not set(outcome.err) & {"\x1b", "\u202e"}
    assert "不认识“\\x1b[31m\\u202e”" in outcome.err


def test_json_has_the_documented_keys_and_exact_figures(command: Command) -> None:
    outcome = command("score", "--json", REAL)
    data = json.loads(outcome.out)
    assert outcome.code == 0
    assert list(data) == ["perfeval", "schema", "reports"]
    (report,) = data["reports"]
    assert list(report) == ["name", "scorecard", "findings"]
    card = report["scorecard"]
    assert {key: card[key] for key in ("total", "low", "high", "measured", "claimed")} == {
        "total": "98.46",
        "low": "98.46",
        "high": "98.46",
        "measured": "36.46",
        "claimed": "62.00",
    }
    assert card["execution"]["points"] == "19.73"
    assert sum(line["excess"] not in (None, "0.00", "0") for line in card["lines"]) == 4
    assert {finding["severity"] for finding in report["findings"]} == {"error", "warning", "info"}


def test_json_of_a_sheet_that_cannot_be_read_has_no_scorecard(
    command: Command, tmp_path: Path
) -> None:
    outcome = command("score", "--json", tmp_path / "无.yaml")
    (report,) = json.loads(outcome.out)["reports"]
    assert outcome.code == 2
    assert report["scorecard"] is None
    assert [finding["code"] for finding in report["findings"]] == ["YM112"]


def test_json_of_a_wrong_rulebook_says_the_error(command: Command) -> None:
    outcome = command("score", "--json", "--rulebook", "hubei-2030", REAL)
    assert outcome.code == 2
    assert json.loads(outcome.out)["error"].startswith("没有评分办法“hubei-2030”")
