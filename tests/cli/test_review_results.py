"""``perfeval review results``: the 通报 in every format."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.review import bureau

from .conftest import Command


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    top = tmp_path / "全区"
    for one in bureau.projects(2, 3, seed=3):
        bureau.write(one, top)
    return top


@pytest.fixture
def reviewed(tree: Path, tmp_path: Path) -> Path:
    names = sorted(path.stem for path in tree.rglob("*.*"))[:2]
    totals = [{"project": name, "total": "80.50", "grade": "良"} for name in names]
    path = tmp_path / "复核.json"
    path.write_text(json.dumps({"projects": totals, "deductions": []}), encoding="utf-8")
    return path


def test_the_notice_says_the_same_in_every_format(
    tree: Path, reviewed: Path, tmp_path: Path, command: Command
) -> None:
    outs = [tmp_path / f"通报{ending}" for ending in (".docx", ".html", ".md", ".xlsx", ".json")]
    options = [word for out in outs for word in ("-o", out)]
    outcome = command("review", "results", tree, "--reviewed", reviewed, *options)
    assert outcome.code == 0
    sentence = outcome.out.strip()
    assert "自评项目6个" in sentence
    assert "抽审2个" in sentence
    assert "良2个，占100.00%" in sentence
    word, page, text, book, _ = outs
    document = docx.Document(str(word))
    assert sentence in [paragraph.text for paragraph in document.paragraphs]
    cells = [cell.text for cell in document.tables[0].rows[0].cells]
    assert cells[1:4] == ["主管部门（单位）", "项目名称", "资金量（万元）"]
    assert len(document.tables[0].rows) == 3
    assert sentence in page.read_text(encoding="utf-8")
    assert sentence in text.read_text(encoding="utf-8").replace("\\", "")
    sheets = openpyxl.load_workbook(book).sheetnames
    assert sheets[:2] == ["抽审项目评价结果表", "等级"]


def test_two_years_make_a_trend(tree: Path, tmp_path: Path, command: Command) -> None:
    before = tmp_path / "上年"
    for one in bureau.projects(1, 2, seed=9):
        path = bureau.write(one._replace(is_workbook=False), before)
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("年度: 2024", "年度: 2023"), encoding="utf-8")
    out = tmp_path / "结果.json"
    assert command("review", "results", before, tree, "-o", out).code == 0
    years = json.loads(out.read_text(encoding="utf-8"))["results"]["years"]
    assert years == [[2023, 2], [2024, 6]]


def test_what_is_no_review_is_refused(tree: Path, tmp_path: Path, command: Command) -> None:
    path = tmp_path / "别的.json"
    path.write_text("{}", encoding="utf-8")
    outcome = command("review", "results", tree, "--reviewed", path)
    assert outcome.code == 2
    assert "不是 perfeval review grade 写的 JSON" in outcome.err


def test_a_name_that_two_departments_have_is_told_apart_by_the_workpapers(
    tmp_path: Path, command: Command
) -> None:
    made = bureau.projects(2, 1, seed=5)
    alike = [one._replace(name="办公设备购置", is_workbook=False) for one in made]
    top = tmp_path / "全区"
    first, _ = [bureau.write(one, top / one.department) for one in alike]
    paper, graded, out = (tmp_path / name for name in ("底稿.xlsx", "复核.json", "结果.json"))
    assert command("review", "workpaper", first, "-o", paper).code == 0
    assert command("review", "grade", paper, "-o", graded).code == 0
    outcome = command("review", "results", top, "--reviewed", graded, "-o", out)
    assert outcome.code == 0
    projects = json.loads(out.read_text(encoding="utf-8"))["results"]["projects"]
    assert {one["department"]: one["is_reviewed"] for one in projects} == {
        alike[0].department: True,
        alike[1].department: False,
    }
