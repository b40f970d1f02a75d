"""``perfeval check``: every finding in its place, and exit codes 0, 1 and 2."""

from __future__ import annotations

import json
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
