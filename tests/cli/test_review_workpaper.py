"""``perfeval review workpaper``: one workbook of sheets, whatever files they stand in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from perfeval.report import evaluate, render
from tests.documents.workbook.spreadsheets import read

from .conftest import Command

SHIPPED = "shipped:qingshan-2023/养老服务体系建设运营补助资金"
SHEET = """\
评分办法: mof-2020
年度: 2023
项目名称: {name}
预算: {{预算数: 100, 执行数: 98}}
指标:
  产出指标:
    数量指标:
      - {{名称: 完成数量, 分值: 50, 目标值: 10个, 完成值: 9个, 已填报得分: 50}}
  效益指标:
    社会效益指标:
      - {{名称: 覆盖率, 分值: 30, 目标值: ≥90%, 完成值: 95%}}
  满意度指标:
    服务对象满意度指标:
      - {{名称: 满意度, 分值: 10, 目标值: ≥90%, 完成值: 95%}}
"""


def test_yaml_and_office_files_stand_in_one_workpaper(command: Command, tmp_path: Path) -> None:
    tree = tmp_path / "交来"
    tree.mkdir()
    (tree / "甲.yaml").write_text(SHEET.format(name="甲项目"), encoding="utf-8")
    form = render(evaluate(SHEET.format(name="乙项目")), "docx")
    (tree / "乙.docx").write_bytes(form)
    out = tmp_path / "底稿.xlsx"
    code, said, _ = command("review", "workpaper", str(tree), SHIPPED, "-o", str(out))
    assert code == 0
    assert "3 个项目" in said
    sheets = read(out.read_bytes())
    assert {"甲项目", "乙项目", "养老服务体系建设运营补助资金"} <= set(sheets["汇总"].values())


def test_what_cannot_be_read_is_named_and_the_others_are_written(
    command: Command, tmp_path: Path
) -> None:
    good, bad = tmp_path / "甲.yaml", tmp_path / "坏.yaml"
    good.write_text(SHEET.format(name="甲项目"), encoding="utf-8")
    bad.write_text("项目名称: [", encoding="utf-8")
    out = tmp_path / "底稿.xlsx"
    code, _, told = command("review", "workpaper", str(good), str(bad), "-o", str(out))
    assert code == 2
    assert "坏.yaml" in told
    assert out.exists()


def test_json_names_the_projects(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "底稿.xlsx"
    _, said, _ = command("review", "workpaper", SHIPPED, "-o", str(out), "--json")
    data = json.loads(said)
    assert [one["rows"] for one in data["projects"]] == [22]
    assert data["output"] == str(out)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("-o", "底稿.docx"), "只有 .xlsx"),
        (("-o", "底稿.xlsx", "--profile", "没有"), "没有复核口径"),
        (("-o", "底稿.xlsx", "--profile", "没有.yaml"), "没有.yaml"),
        (("-o", "底稿.xlsx", "--rulebook", "没有"), "没有"),
        ((), "-o"),
    ],
)
def test_what_cannot_be_done_is_said(
    command: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    reason: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, told = command("review", "workpaper", SHIPPED, *arguments)
    assert code == 2
    assert reason in told
    assert not list(tmp_path.iterdir())


def test_a_file_that_stands_there_is_kept_unless_it_is_forced(
    command: Command, tmp_path: Path
) -> None:
    out = tmp_path / "底稿.xlsx"
    out.write_bytes(b"old")
    assert command("review", "workpaper", SHIPPED, "-o", str(out))[0] == 2
    assert out.read_bytes() == b"old"
    assert command("review", "workpaper", SHIPPED, "-o", str(out), "--force")[0] == 0


def test_a_sample_list_is_no_sheet_and_says_what_to_write(command: Command, tmp_path: Path) -> None:
    """What stands in it is not pasted into a hint; another CSV is said to be no sheet, as ever."""
    names, sample = tmp_path / "名单.csv", tmp_path / "抽样.csv"
    names.write_text("部门,项目名称\n水务局,清淤\n教育局,课桌\n", "utf-8")
    command("review", "sample", "--list", names, "-n", "1", "--seed", "甲", "-o", sample)
    out = tmp_path / "底稿.xlsx"
    outcome = command("review", "workpaper", sample, "-o", out)
    assert outcome.code == 2
    assert "是抽样表，不是自评表；请写抽中的自评表" in outcome.err
    assert "清淤" not in outcome.err
    assert not out.exists()
    other = command("review", "workpaper", names, "-o", out)
    assert (other.code, "抽样表" in other.err) == (2, False)
