"""``perfeval form``: empty, filled, or with last year's content; and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from perfeval import read, rulebook_ids
from perfeval.documents.workbook import form_workbook
from tests.cli.conftest import REAL, Command


@pytest.mark.parametrize("rulebook", rulebook_ids())
def test_every_rulebook_has_an_empty_form(command: Command, tmp_path: Path, rulebook: str) -> None:
    path = tmp_path / "填报表.xlsx"
    outcome = command("form", "--rulebook", rulebook, "-o", path)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == f"已生成 {path}，用 WPS 或 Excel 打开，填浅色的格，得分自动算出\n"
    assert path.stat().st_size > 5000


def test_a_sheet_fills_its_form(command: Command, tmp_path: Path) -> None:
    from perfeval import load_rulebook, load_sheet

    path = tmp_path / "填报表.xlsx"
    assert command("form", REAL, "-o", path).code == 0
    assert path.read_bytes() == form_workbook(load_rulebook("hubei-2020"), load_sheet(REAL))


def test_another_rulebook_takes_the_place_of_the_sheet_s(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "填报表.xlsx"
    outcome = command("form", REAL, "--rulebook", "mof-2020", "-o", path, "--json")
    assert outcome.code == 0
    assert json.loads(outcome.out)["stamp"].startswith("mof-2020 ")


def test_last_year_s_sheet_alone_names_its_rulebook(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "填报表.xlsx"
    outcome = command("form", "--last-year", REAL, "-o", path, "--json")
    assert outcome.code == 0
    assert json.loads(outcome.out)["stamp"].startswith("hubei-2020 ")


def test_an_existing_file_is_kept_unless_forced(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "填报表.xlsx"
    path.write_text("填了一半", "utf-8")
    outcome = command("form", REAL, "-o", path)
    assert outcome.code == 2
    assert "已经存在；要覆盖请加 --force" in outcome.err
    assert path.read_text("utf-8") == "填了一半"
    assert command("form", REAL, "-o", path, "--force").code == 0
    assert path.read_bytes().startswith(b"PK")


def test_without_sheet_and_rulebook_the_known_ones_are_listed(
    command: Command, tmp_path: Path
) -> None:
    outcome = command("form", "-o", tmp_path / "填报表.xlsx")
    assert (outcome.code, outcome.out) == (2, "")
    for rulebook in rulebook_ids():
        assert rulebook in outcome.err


@pytest.mark.parametrize("name", ["填报表.xls", "填报表", "填报表.docx"])
def test_only_workbooks_are_written(command: Command, tmp_path: Path, name: str) -> None:
    outcome = command("form", REAL, "-o", tmp_path / name)
    assert outcome.code == 2
    assert "填报表只有 .xlsx 格式" in outcome.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["没有的文件夹/甲.xlsx", "a\0b.xlsx"])
def test_a_place_that_cannot_be_written_ends_2(command: Command, tmp_path: Path, name: str) -> None:
    outcome = command("form", REAL, "-o", f"{tmp_path}/{name}")
    assert outcome.code == 2
    assert outcome.err.startswith("不能写入")


@pytest.mark.parametrize("option", [[], ["--last-year"]])
def test_a_sheet_that_cannot_be_read_gives_no_form(
    command: Command, tmp_path: Path, option: list[str]
) -> None:
    missing = tmp_path / "无.yaml"
    arguments = [*option, missing] if option else [missing]
    outcome = command("form", *arguments, "-o", tmp_path / "填报表.xlsx")
    assert outcome.code == 2
    assert "没有这个文件" in outcome.err
    assert list(tmp_path.iterdir()) == []


def test_a_form_without_data_carries_nothing_that_it_does_not_show(
    command: Command, tmp_path: Path
) -> None:
    """The sheet's own rule and 值 of a cell of two numbers stand in no cell."""
    plain, whole = tmp_path / "不带.xlsx", tmp_path / "带.xlsx"
    assert command("form", REAL, "-o", plain, "--no-data").code == 0
    assert command("form", REAL, "-o", whole).code == 0
    bare, full = (read(path).tables[0].data for path in (plain, whole))
    assert [row["名称"] for row in bare["指标"]] == [row["名称"] for row in full["指标"]]
    assert bare["评分办法"] == full["评分办法"] == "hubei-2020"
    targets = [row["目标值"] for row in full["指标"] if isinstance(row["目标值"], dict)]
    assert targets
    assert not [row for row in bare["指标"] if isinstance(row["目标值"], dict)]
