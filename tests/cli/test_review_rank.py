"""``perfeval review rank``: the outputs of a small tree."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from tests.review import bureau

from .conftest import Command


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    top = tmp_path / "全区"
    for one in bureau.projects(2, 3, seed=1):
        bureau.write(one, top)
    return top


def test_every_output_has_every_project(tree: Path, tmp_path: Path, command: Command) -> None:
    book, page, table = (tmp_path / f"排查{ending}" for ending in (".xlsx", ".html", ".csv"))
    outcome = command("review", "rank", tree, "-o", book, "-o", page, "-o", table)
    assert outcome.code == 0
    assert outcome.out.startswith("2 个部门、6 个项目，资金 ")
    names = {path.stem for path in tree.rglob("*.*")}
    lines = csv.DictReader(io.StringIO(table.read_bytes().decode("utf-8-sig")))
    assert {line["项目名称"] for line in lines} == names
    rows = openpyxl.load_workbook(book)["项目"].iter_rows(min_row=2, values_only=True)
    assert {row[2] for row in rows} == names
    text = page.read_text(encoding="utf-8")
    assert all(name in text for name in names)


def test_several_processes_find_the_same(tree: Path, tmp_path: Path, command: Command) -> None:
    one, two = tmp_path / "一.json", tmp_path / "二.json"
    assert command("review", "rank", tree, "-o", one).code == 0
    assert command("review", "rank", tree, "-o", two, "--jobs", "2").code == 0
    assert one.read_bytes() == two.read_bytes()


def test_data_that_are_no_sheet_are_none(tree: Path, command: Command) -> None:
    """What was written of an earlier run lies beside the sheets, as it does for `score`."""
    before = command("review", "rank", tree, "--json")
    assert command("review", "rank", tree, "-o", tree / "排查.json").code == 0
    assert command("review", "rank", tree, "--json") == before


def test_a_department_may_be_known_by_its_folder_alone(tmp_path: Path, command: Command) -> None:
    made = bureau.projects(1, 1, seed=2)[0]
    path = bureau.write(made._replace(is_workbook=False), tmp_path / "全区")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f"主管部门: {made.department}\n", ""), encoding="utf-8")
    outcome = command("review", "rank", tmp_path / "全区")
    assert f"{made.department}（按文件夹）：1 个项目" in outcome.out


def test_a_link_that_is_named_is_read_and_one_that_leads_out_is_not(
    tree: Path, tmp_path: Path, command: Command
) -> None:
    target = next(tree.rglob("*.yaml"))
    link = tmp_path / "链接.yaml"
    link.symlink_to(target)
    assert command("review", "rank", link).out.startswith("1 个部门、1 个项目")
    inside = tmp_path / "夹"
    inside.mkdir()
    (inside / "链接.yaml").symlink_to(target)
    assert command("review", "rank", inside).code == 2
    assert "指到文件夹外面，没有打开" in command("review", "intake", inside).out


@pytest.mark.parametrize("name", ["空", "没有"])
def test_nothing_to_rank_has_no_result(tmp_path: Path, command: Command, name: str) -> None:
    (tmp_path / "空").mkdir()
    assert command("review", "rank", tmp_path / name).code == 2
