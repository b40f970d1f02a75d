"""``perfeval confirm``: a person sees what to compare, and only then the mark goes."""

from __future__ import annotations

import io
import json
import sys
from functools import cache
from pathlib import Path

import pytest

from perfeval import evaluate, render, to_national
from perfeval.cli import main
from tests.reading.offices import document, qingshan, rows, workbook

TEXT = """\
# 推定（1 处）：
#   按上一年读
未确认: 是
读自: {文件: 自评表.docx, 位置: 第1张表, 表式: mof-2020}  # 说明
评分办法: mof-2020
年度: 2023  # 第1张表 第1行第1格；推定：按上一年读
项目名称: 示例
金额单位: 万元  # 推定：表上没有写
预算: {预算数: 100, 执行数: 98}
指标:
  - {一级指标: 产出指标, 二级指标: 数量指标, 名称: 床位, 分值: 50, 目标值: 得到提升, 完成值: 不清楚}
  - {一级指标: 效益指标, 二级指标: 社会效益指标, 名称: 覆盖率, 分值: 30, 目标值: 100%, 完成值: 100%}
  - {一级指标: 满意度指标, 二级指标: 满意度, 名称: 满意度, 分值: 10, 目标值: 90%, 完成值: 93%}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "甲.yaml"
    path.write_text(TEXT, "utf-8")
    return path


def run(*arguments: object) -> int:
    return main(["confirm", *map(str, arguments)])


def test_it_shows_what_to_compare_and_changes_nothing_by_itself(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(file) == 0
    said = capsys.readouterr().out
    assert "读自 自评表.docx，第1张表，表式 mof-2020" in said
    assert said.count("按上一年读") == 1, "what stands above is not said again"
    assert "第 8 行 推定：表上没有写" in said
    assert "还没有定的（1 行）" in said
    assert "床位" in said
    assert "加 --yes" in said
    assert file.read_text("utf-8") == TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_only_the_line_of_the_mark_goes(encoding: str, end: str, file: Path) -> None:
    file.write_bytes(TEXT.replace("\n", end).encode(encoding))
    assert run(file, "--yes") == 0
    left = TEXT.replace("未确认: 是\n", "").replace("\n", end)
    assert file.read_bytes() == left.encode(encoding)
    report = evaluate(file)
    assert report.sheet is not None
    assert not report.sheet.unconfirmed


def test_a_mark_that_is_no_line_of_its_own_is_left_to_the_person(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "{未确认: 是, 评分办法: mof-2020, 年度: 2023, 项目名称: 示例}\n"
    file.write_text(text, "utf-8")
    assert run(file, "--yes") == 2
    assert "请自己删去" in capsys.readouterr().err
    assert file.read_text("utf-8") == text


def test_the_words_in_a_text_are_no_mark(file: Path) -> None:
    goal = "年度目标: |-\n  甲\n  未确认: 是\n"
    file.write_text(TEXT + goal, "utf-8")
    assert run(file, "--yes") == 0
    assert file.read_text("utf-8") == TEXT.replace("未确认: 是\n", "") + goal


def test_a_sheet_that_cannot_be_read_is_not_confirmed(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text("未确认: 是\n年度: 2023\n", "utf-8")
    assert run(file, "--yes") == 2
    captured = capsys.readouterr()
    assert "没有读通" in captured.out
    assert "缺少“项目名称”" in captured.err
    assert file.read_text("utf-8").startswith("未确认: 是")


@pytest.mark.parametrize("more", [[], ["--yes"], ["--json"], ["--json", "--yes"]])
@pytest.mark.parametrize("ending", ["xlsx", "docx", "html", "csv", "json"])
def test_the_file_of_an_office_is_read_first(
    ending: str, more: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """There is no line in it to take away; what is confirmed is the YAML that was read of it."""
    path = tmp_path / f"自评表.{ending}"
    path.write_bytes(office_file(ending))
    before = path.read_bytes()
    assert run(path, *more) == 2
    captured = capsys.readouterr()
    assert captured.err.count(f"perfeval read {path} -o") == 1
    assert "已去掉" not in captured.out
    assert path.read_bytes() == before
    assert "--json" not in more or json.loads(captured.out)["files"][0]["confirmed"] is False


@cache
def office_file(ending: str) -> bytes:
    laid = rows(qingshan())
    if ending == "xlsx":  # two sheets, of which it is said once
        return workbook(("甲", laid), ("乙", rows({**qingshan(), "项目名称": "植树"})))
    if ending == "docx":
        return document(laid)
    if ending == "json":
        return to_national(evaluate(TEXT))
    if ending == "csv":
        return "三级指标,目标值,完成值\n床位数,391,390\n".encode()
    return render(evaluate(TEXT), "html")


def test_a_sheet_without_the_mark_needs_none(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(file, "--yes")
    capsys.readouterr()
    assert run(file, "--yes") == 0
    assert "不用确认" in capsys.readouterr().out


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("answer", "is_gone"), [("是\n", True), ("y\n", True), ("\n", False)])
def test_at_a_terminal_the_person_is_asked(
    answer: str, is_gone: bool, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert run(file) == 0
    assert ("未确认" not in file.read_text("utf-8")) is is_gone


def test_json(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(file, "--json") == 0
    (one,) = json.loads(capsys.readouterr().out)["files"]
    assert (one["unconfirmed"], one["confirmed"]) == (True, False)
    assert len(one["open"]) == 1
    assert "第 8 行 推定：表上没有写" in one["assumed"]
    assert run(file, "--json", "--yes") == 0
    (one,) = json.loads(capsys.readouterr().out)["files"]
    assert (one["unconfirmed"], one["confirmed"]) == (False, True)


def test_a_folder_is_confirmed_sheet_by_sheet(file: Path, tmp_path: Path) -> None:
    (tmp_path / "乙.yaml").write_text(TEXT, "utf-8")
    assert run(tmp_path, "--yes") == 0
    assert not any("未确认" in path.read_text("utf-8") for path in tmp_path.glob("*.yaml"))


def test_a_file_that_cannot_be_written_is_said(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    assert run(file, "--yes") == 2
    assert "只读" in capsys.readouterr().err
    assert file.read_text("utf-8") == TEXT
