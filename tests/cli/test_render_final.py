"""``perfeval render --final``: nothing is written while a text asks for something."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from perfeval._resources import data_dir
from tests.cli.conftest import Command

NAME = "养老服务体系建设运营补助资金"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "部门"
    target.mkdir()
    source = data_dir("indicators") / "qingshan-2023"
    for name in ("department.yaml", f"{NAME}.yaml"):
        shutil.copy(source / name, target)
    return target


@pytest.mark.parametrize("document", ["disclosure", "whole", "bound"])
def test_a_text_of_a_department_with_blanks_is_not_written(
    command: Command, folder: Path, tmp_path: Path, document: str
) -> None:
    out = tmp_path / "文.md"
    outcome = command("render", folder, "--document", document, "-o", out, "--final")
    assert outcome.code == 2
    assert not out.exists()
    assert "不能有“请补充”" in outcome.err
    assert "文字里缺“" in outcome.err
    assert command("render", folder, "--document", document, "-o", out).code == 0
    assert out.exists()


def test_a_department_with_blanks_is_not_written_and_all_are_listed(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    outcome = command("render", folder, "-o", out, "--formats", "md", "--final", "--json")
    assert outcome.code == 2
    assert not out.exists()
    listed = json.loads(outcome.out)["error"].splitlines()
    draft = command("render", folder, "-o", out, "--formats", "md")
    assert f"文字里有 {len(listed) - 1} 处“请补充”" in draft.err
    assert any(f"{NAME}.yaml" in line for line in listed)


def test_a_sheet_that_is_not_read_makes_nothing_final(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    (folder / "坏.yaml").write_text("评分办法: hubei-2020\n年度: 甲\n项目名称: 坏\n", "utf-8")
    out = tmp_path / "out"
    outcome = command("render", folder, "-o", out, "--formats", "md", "--final")
    assert outcome.code == 2
    assert "坏.yaml  没有读通" in outcome.err
    assert not out.exists()


def test_the_blanks_of_one_sheet_are_those_of_its_text(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    """The form has no text of ours: it is final; the abstract wants reasons."""
    sheet, out = folder / f"{NAME}.yaml", tmp_path / "表.md"
    assert command("render", sheet, "-o", out, "--final").code == 0
    outcome = command(
        "render", sheet, "--document", "abstract", "-o", tmp_path / "摘要.md", "--final"
    )
    assert outcome.code == 2
    assert not (tmp_path / "摘要.md").exists()
    assert "文字里缺“" in outcome.err


def test_the_table_of_duties_asks_where_a_field_of_work_says_what_is_not_so(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    """Of the whole department only the fields of work stand in it."""
    out = tmp_path / "表.md"
    asked = ("render", folder, "--document", "duties", "-o", out, "--final")
    assert command(*asked).code == 0
    file = folder / "department.yaml"
    head, _, work = file.read_text("utf-8").partition("工作领域:")
    wrong = "工作领域:\n  - {名称: 养老服务, 内容: 所有指标全部达到目标值。}\n"
    file.write_text(head + wrong, "utf-8")
    outcome = command(*asked, "--force")
    assert (outcome.code, work != "") == (2, True)
    assert outcome.err.count("文字里缺“") == 1
