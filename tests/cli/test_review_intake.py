"""``perfeval review intake`` on trees as offices hand them in."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

from perfeval.cli import main
from perfeval.report import evaluate, excel_form, render
from perfeval.review.intake import Intake
from perfeval.review.stored import from_stored

from .conftest import Command

SHEET = """\
评分办法: {rulebook}
年度: 2024
项目名称: {name}
主管部门: 区{department}
预算: {{预算数: 100, 执行数: 98}}
指标:
  产出指标:
    数量指标:
      - {{名称: 完成数量, 分值: 90, 目标值: 10个, 完成值: 10个}}
"""


def sheet(name: str, department: str = "水务局", rulebook: str = "mof-2020") -> str:
    return SHEET.format(name=name, department=department, rulebook=rulebook)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a folder with one file of every kind."""
    top = tmp_path / "交来"
    own = top / "水务局"
    own.mkdir(parents=True)
    (own / "清淤.yaml").write_text(sheet("河道清淤"), encoding="utf-8")
    report = evaluate(own / "清淤.yaml")
    (own / "清淤.docx").write_bytes(render(report, "docx"))
    (own / "填报.xlsx").write_bytes(excel_form(None, report.sheet))
    (own / "别局.yaml").write_text(sheet("植树", "园林局", "hubei-2020"), encoding="utf-8")
    (own / "破.yaml").write_text("年度: 2024\n项目名称: 坏表\n指标: 9\n", encoding="utf-8")
    (own / "department.yaml").write_text("年度: 2024\n", encoding="utf-8")
    (own / "perfeval.yaml").write_text("评分办法: mof-2020\n", encoding="utf-8")
    (own / "总结.txt").write_text("今年工作做得很好。\n", encoding="utf-8")
    (own / "改了名.xlsx").write_text(sheet("护岸"), encoding="utf-8")
    (own / "照片.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(40))
    (own / "坏.docx").write_bytes(b"PK\x03\x04" + b"word/" + bytes(100))
    (own / "空.xlsx").write_bytes(b"")
    (own / ".隐藏").write_text("x", encoding="utf-8")
    (own / "~$清淤.docx").write_bytes(b"x")
    with zipfile.ZipFile(top / "打包.zip", "w") as archive:
        archive.write(own / "清淤.docx", "清淤（副本）.docx")
        archive.writestr("堤防.yaml", sheet("堤防加固"))
    return top


def read(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))


def test_every_file_has_a_line_with_what_became_of_it(tree: Path, tmp_path: Path) -> None:
    out = tmp_path / "收件.csv"
    assert main(["review", "intake", str(tree), "-o", str(out)]) == 0
    status = {row["文件"]: row["情况"] for row in read(out)}
    assert status == {
        "打包.zip/清淤（副本）.docx": "读通",
        "打包.zip/堤防.yaml": "读通",
        "水务局/.隐藏": "隐藏或临时，没有看",
        "水务局/department.yaml": "办法等，不是自评表",
        "水务局/perfeval.yaml": "办法等，不是自评表",
        "水务局/~$清淤.docx": "隐藏或临时，没有看",
        "水务局/别局.yaml": "读通",
        "水务局/坏.docx": "打不开",
        "水务局/填报.xlsx": "读通",
        "水务局/总结.txt": "没有自评表",
        "水务局/改了名.xlsx": "读通",
        "水务局/清淤.docx": "读通",
        "水务局/清淤.yaml": "读通",
        "水务局/照片.jpg": "扫描件或图片",
        "水务局/破.yaml": "是自评表，没有读通",
        "水务局/空.xlsx": "打不开",
    }


def test_no_file_of_the_tree_is_left_out(tree: Path, tmp_path: Path) -> None:
    out = tmp_path / "收件.csv"
    main(["review", "intake", str(tree), "-o", str(out)])
    own = {path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_file()}
    listed = {row["文件"] for row in read(out)}
    assert own - listed == {"打包.zip"}
    assert {name.split("/")[0] for name in listed - own} == {"打包.zip"}


def test_whose_it_is_and_what_is_twice_stands_in_the_line(tree: Path, tmp_path: Path) -> None:
    out = tmp_path / "收件.csv"
    main(["review", "intake", str(tree), "-o", str(out)])
    lines = {row["文件"]: row for row in read(out)}
    form = lines["水务局/填报.xlsx"]
    assert (form["主管部门"], form["项目名称"], form["年度"]) == ("区水务局", "河道清淤", "2024")
    assert form["填报表版本"].startswith("mof-2020 ")
    assert (form["预算数"], form["单位"]) == ("100", "万元")
    assert "金额和指标相同" in form["提醒"]
    assert "逐字节相同" in lines["水务局/清淤.docx"]["提醒"]
    assert "是 hubei-2020 的表式" in lines["水务局/别局.yaml"]["提醒"]
    assert len(lines["水务局/照片.jpg"]["SHA-256"]) == 64


def test_what_is_missing_stands_in_the_list_the_workbook_and_on_the_screen(
    tree: Path, tmp_path: Path, command: Command
) -> None:
    wanted = tmp_path / "名单.csv"
    wanted.write_text(
        "主管部门,项目名称\n区水务局,河道清淤\n水务局,堤坝加固\n园林局,植树\n水务局,堤防加固\n",
        encoding="utf-8",
    )
    book, page = tmp_path / "收件.xlsx", tmp_path / "收件.html"
    result = command("review", "intake", tree, "--expected", wanted, "-o", book, "-o", page)
    assert result.code == 0
    assert "名单上 4 个项目，缺 1 个" in result.out
    assert "堤坝加固（水务局）" in result.out
    opened = openpyxl.load_workbook(book)
    assert opened.sheetnames == ["收件清单", "缺交", "各部门", "说明"]
    assert [row[3] for row in opened["缺交"].iter_rows(min_row=2, values_only=True)] == ["堤坝加固"]
    assert "堤坝加固" in page.read_text(encoding="utf-8")


def test_a_page_holds_no_script_and_leads_nowhere(tree: Path, tmp_path: Path) -> None:
    (tree / "<script>alert(1)<").with_suffix(".yaml").write_text(sheet("<b>坏</b>"), "utf-8")
    page = tmp_path / "收件.html"
    main(["review", "intake", str(tree), "-o", str(page)])
    text = page.read_text(encoding="utf-8")
    assert "<script" not in text
    assert "<b>坏" not in text
    assert "http://" not in text.replace("http://www.w3.org/2000/svg", "")


def test_json_holds_the_whole_and_reads_back(tree: Path, tmp_path: Path) -> None:
    out = tmp_path / "收件.json"
    main(["review", "intake", str(tree), "-o", str(out)])
    intake = from_stored(Intake, json.loads(out.read_text(encoding="utf-8"))["intake"])
    assert len(intake.lines) == 16


def test_a_form_that_was_asked_for(tree: Path, command: Command) -> None:
    result = command("review", "intake", tree, "--form", "hubei-2020")
    assert "表式不对：" in result.out
    assert "是 mof-2020 的表式，要求的是 hubei-2020" in result.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["没有的夹"], "没有“没有的夹”这个文件或文件夹"),
        ([".", "--expected", "没有.csv"], "名单读不了：没有这个文件“没有.csv”"),
        ([".", "-o", "收件.doc"], "不知道“收件.doc”要写成什么格式"),
    ],
)
def test_what_cannot_be_done_is_said(command: Command, arguments: list[str], said: str) -> None:
    result = command("review", "intake", *arguments)
    assert result.code == 2
    assert said in result.err


def test_an_output_in_the_way_is_kept(tree: Path, tmp_path: Path, command: Command) -> None:
    out = tmp_path / "收件.csv"
    out.write_text("旧", encoding="utf-8")
    assert command("review", "intake", tree, "-o", out).code == 2
    assert out.read_text(encoding="utf-8") == "旧"
    assert command("review", "intake", tree, "-o", out, "--force").code == 0
