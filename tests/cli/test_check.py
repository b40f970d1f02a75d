"""``perfeval check``: every finding in its place, and exit codes 0, 1 and 2."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from perfeval.documents.alignment import width
from tests.cli.conftest import REAL, Command


def test_a_finding_shows_the_line_of_the_file_with_a_caret_under_the_place(
    command: Command, write: Callable[..., Path]
) -> None:
    path = write("甲", filed="20")
    lines = command("check", path).out.splitlines()
    at = next(at for at, line in enumerate(lines) if "PT101" in line)
    assert lines[at].startswith(f"{path}:4:")
    assert "应为 18" in lines[at]
    assert lines[at + 1].startswith("  4 | 预算: {预算数: 100")
    caret = width(lines[at + 2])
    assert lines[at + 2].endswith("^")
    assert width(lines[at + 1][: lines[at + 1].index("20}}")]) + 1 == caret
    assert lines[at + 3].startswith("    = 改为 18")


def test_findings_of_error_level_end_1(command: Command) -> None:
    outcome = command("check", REAL)
    assert outcome.code == 1
    for code in ("PT101", "PT102", "BX101"):
        assert code in outcome.out


def test_information_is_counted_and_listed_only_on_request(command: Command) -> None:
    short, long = command("check", REAL).out, command("check", "--all", REAL).out
    assert "  提示 " not in short
    assert "处提示（提示未列出，加 --all 列出）" in short
    assert "  提示 VA301" in long


def test_a_sheet_without_errors_ends_0(command: Command, write: Callable[..., Path]) -> None:
    outcome = command("check", write("甲"))
    assert outcome.code == 0
    assert "1 份材料：" in outcome.out


def test_a_sheet_with_wrong_content_ends_1(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "甲.yaml"
    path.write_text("年度: 二〇二三\n", "utf-8")
    outcome = command("check", path)
    assert outcome.code == 1
    assert f"{path}:1:5  错误" in outcome.out


@pytest.mark.parametrize("name", ["无.yaml", ".", "a\0b.yaml"])
def test_a_file_that_cannot_be_read_at_all_ends_2(
    command: Command, tmp_path: Path, name: str, write: Callable[..., Path]
) -> None:
    folder = tmp_path / "空"
    folder.mkdir()
    outcome = command("check", REAL, f"{folder}/{name}")
    assert outcome.code == 2
    assert "YM112" in outcome.out
    assert "PT101" in outcome.out


def test_json_has_the_findings_in_full(command: Command) -> None:
    outcome = command("check", "--json", REAL)
    (report,) = json.loads(outcome.out)["inspections"]
    assert outcome.code == 1
    (finding,) = [item for item in report["findings"] if item["code"] == "PT101"]
    assert (finding["severity"], finding["path"]) == ("error", ["预算", "已填报", "得分"])
    assert finding["file"] == REAL
    assert isinstance(finding["line"], int)
    assert isinstance(finding["column"], int)
    assert finding["hint"].startswith("改为 19.73")


WAIVER = (
    "  - {{编号: {code}, 项目: {project}, 理由: 示例, 批准: 财务科负责人, 有效期至: {until}}}\n"
)


def waivers(folder: Path, *lines: tuple[str, str, str]) -> Path:
    """Write a file of waivers; each with its code, project and last day."""
    path = folder / "公用.yml"
    text = "".join(WAIVER.format(code=one[0], project=one[1], until=one[2]) for one in lines)
    path.write_text(f"校核豁免:\n{text}", encoding="utf-8")
    return path


def test_a_waiver_for_a_sheet_that_is_not_checked_is_not_told_to_be_unused(
    command: Command, write: Callable[..., Path], tmp_path: Path
) -> None:
    file = waivers(tmp_path, ("PT101", "甲", "2099-12-31"), ("PT101", "乙", "2099-12-31"))
    first, second = write("甲", filed="20"), write("乙", filed="20")
    assert "WV102" not in command("check", second, "--waivers", file).out
    assert "WV102" not in command("check", first, second, "--waivers", file).out
    write("甲")
    assert "公用.yml:2:10  警告 WV102  豁免 PT101 没有对应的问题" in (
        command("check", first, second, "--waivers", file).out
    )


def test_an_unused_waiver_is_told_though_a_used_one_has_the_same_reason(
    command: Command, write: Callable[..., Path], tmp_path: Path
) -> None:
    file = waivers(tmp_path, ("PT101", "甲", "2099-12-31"), ("BX101", "甲", "2099-12-31"))
    outcome = command("check", write("甲", filed="20"), "--waivers", file)
    assert "豁免 BX101 没有对应的问题" in outcome.out
    assert "豁免 PT101" not in outcome.out


@pytest.mark.parametrize("format_", ["json", "sarif", "html", "github"])
def test_what_is_wrong_with_a_file_of_waivers_is_in_every_output_at_its_line(
    command: Command, write: Callable[..., Path], tmp_path: Path, format_: str
) -> None:
    file = waivers(tmp_path, ("PT101", "甲", "2020-12-31"))
    outcome = command("check", write("甲"), "--waivers", file, "--format", format_)
    assert outcome.err == ""
    assert "豁免 PT101 已于 2020-12-31 到期" in outcome.out
    assert "公用.yml" in outcome.out or "%E5%85%AC%E7%94%A8.yml" in outcome.out


def test_a_file_of_waivers_is_inspected_like_a_sheet(
    command: Command, write: Callable[..., Path], tmp_path: Path
) -> None:
    file = waivers(tmp_path, ("PT101", "甲", "2020-12-31"), ("PT999", "甲", "2099-12-31"))
    outcome = command("check", write("甲"), "--waivers", file, "--json")
    *_, last = json.loads(outcome.out)["inspections"]
    assert (outcome.code, last["name"], last["title"]) == (1, str(file), "豁免文件")
    assert [(item["code"], item["line"], item["column"]) for item in last["findings"]] == [
        ("WV104", 3, 10),
        ("WV101", 2, 50),
    ]
    assert last["ledger"] == {
        "WV101": "failed",
        "WV102": "passed",
        "WV103": "passed",
        "WV104": "failed",
    }
    assert len({item["fingerprint"] for item in last["findings"]}) == 2


def test_a_file_of_waivers_that_is_in_order_is_not_listed(
    command: Command, write: Callable[..., Path], tmp_path: Path
) -> None:
    file = waivers(tmp_path, ("PT101", "甲", "2099-12-31"))
    outcome = command("check", write("甲", filed="20"), "--waivers", file)
    assert (outcome.code, outcome.err) == (0, "")
    assert "1 份材料：" in outcome.out
    assert "豁免文件" not in outcome.out


def test_a_difference_is_only_shown_even_beside_a_fix(command: Command, tmp_path: Path) -> None:
    """The help says that --diff only shows what --fix would change."""
    path = tmp_path / "甲.yaml"
    text = "评分办法: hubei-2020\n年度: 2023\n项目名称: 甲\n预算: {预算数: １２}\n"
    path.write_text(text, encoding="utf-8")
    outcome = command("check", path, "--fix", "--diff")
    assert "+预算: {预算数: 12}" in outcome.out
    assert path.read_text(encoding="utf-8") == text


SLIP = "评分办法: hubei-2020\n年度: 2023\n项目名称: 甲\n预算: {预算数: １２}\n"


def test_a_file_that_a_person_saves_meanwhile_is_left_and_the_others_are_mended(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is named, with what to do, and the run ends 2: it did not do what was asked."""
    first, second = tmp_path / "甲.yaml", tmp_path / "乙.yaml"
    for path in (first, second):
        path.write_text(SLIP, encoding="utf-8")

    def look(_path: object, _mode: int) -> bool:
        first.write_text(f"# 正在填\n{SLIP}", encoding="utf-8")
        return True

    monkeypatch.setattr(os, "access", look)
    outcome = command("check", first, second, "--fix", "--json")
    assert outcome.code == 2
    assert f"“{first}”在校核时被改动，没有改写它；请再运行一次" in outcome.err
    assert f"{second}：已改正 1 处" in outcome.err
    assert first.read_text(encoding="utf-8") == f"# 正在填\n{SLIP}"
    assert second.read_text(encoding="utf-8") == SLIP.replace("１２", "12")


def test_a_full_disk_leaves_every_file_as_it_was(
    command: Command, tmp_path: Path, full_disk: None
) -> None:
    path = tmp_path / "甲.yaml"
    path.write_text(SLIP, encoding="utf-8")
    outcome = command("check", path, "--fix")
    assert (outcome.code, f"不能写入“{path}”：磁盘已满" in outcome.err) == (2, True)
    assert [item.read_text(encoding="utf-8") for item in tmp_path.iterdir()] == [SLIP]


@pytest.mark.parametrize("word", ["check", "score"])
def test_a_file_under_two_spellings_counts_once(
    command: Command, write: Callable[..., Path], word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("甲")
    monkeypatch.chdir(path.parent)
    key = {"check": "inspections", "score": "reports"}[word]
    for spellings in (("甲.yaml", path, "./甲.yaml"), (REAL, f"{REAL}.yaml")):
        outcome = command(word, *spellings, "--json")
        assert [item["name"] for item in json.loads(outcome.out)[key]] == [spellings[0]]


def test_a_file_of_waivers_under_two_spellings_counts_once(
    command: Command, write: Callable[..., Path], tmp_path: Path
) -> None:
    file = waivers(tmp_path, ("PT101", "甲", "2099-12-31"))
    again = f"{tmp_path}/./{file.name}"
    outcome = command("check", write("甲", filed="20"), "--waivers", file, "--waivers", again)
    assert (outcome.code, "WV102" in outcome.out) == (0, False)
