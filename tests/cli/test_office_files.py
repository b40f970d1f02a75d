"""Every command takes the files that an office has as it takes YAML; each finding has its cell."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from perfeval import evaluate, mark, render
from tests.cli.conftest import Command
from tests.reading.offices import QINGSHAN, ROOT, Span, document, qingshan, rows, workbook

RANGE = "92.77 至 98.77"
COMMANDS = ("score", "check", "explain", "compare", "render", "form")
MORE: Mapping[str, tuple[str, ...]] = {
    "compare": ("--rulebook", "mof-2020"),
    "render": ("-o", "{folder}/出.md"),
    "form": ("-o", "{folder}/出.xlsx"),
}


@cache
def published(kind: str) -> bytes:
    return workbook(("自评表", rows(qingshan()))) if kind == "xlsx" else document(rows(qingshan()))


def words(name: str, file: Path, folder: Path) -> list[str]:
    """Return a command with what it must be told besides the file."""
    return [name, str(file), *(word.format(folder=folder) for word in MORE.get(name, ()))]


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_every_command_takes_a_table_as_it_lies_there(
    command: Command, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / f"自评表.{kind}"
    path.write_bytes(published(kind))
    outcomes = {name: command(*words(name, path, tmp_path)) for name in COMMANDS}
    assert {name: one.code for name, one in outcomes.items()} == {
        **dict.fromkeys(COMMANDS, 0),
        "check": 1,
    }
    assert RANGE in outcomes["score"].out
    assert "mof-2020" in outcomes["compare"].out
    assert "意外伤害险床位数量" in outcomes["explain"].out
    assert QINGSHAN in (tmp_path / "出.md").read_text("utf-8")
    assert openpyxl.load_workbook(tmp_path / "出.xlsx").sheetnames
    assert path.read_bytes() == published(kind)


def test_every_form_of_a_check_has_the_cell(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(published("xlsx"))
    outputs = {ending: tmp_path / f"问题.{ending}" for ending in ("json", "sarif", "html", "xlsx")}
    options = [word for out in outputs.values() for word in ("-o", str(out))]
    assert command("check", path, *options).code == 1
    found = json.loads(outputs["json"].read_text("utf-8"))["inspections"][0]["findings"]
    beds = next(item for item in found if item["code"] == "PT102")
    assert beds["places"] == [{"kind": "cell", "sheet": "自评表", "cell": "G14"}]
    assert "自评表!G14" in outputs["sarif"].read_text("utf-8")
    assert "自评表!G14" in outputs["html"].read_text("utf-8")
    listed = openpyxl.load_workbook(outputs["xlsx"])["问题清单"]
    assert "自评表!G14" in {cell.value for row in listed.iter_rows() for cell in row}
    assert f"{path} 自评表!G14  错误 PT102" in command("check", path).out


def test_a_file_from_standard_input_is_told_by_its_first_bytes(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Input:
        buffer = io.BytesIO(published("xlsx"))

    monkeypatch.setattr("sys.stdin", Input)
    assert RANGE in command("score", "-").out


def test_of_several_sheets_score_and_check_take_all_and_others_ask(
    command: Command, tmp_path: Path
) -> None:
    laid = [rows({**qingshan(), "项目名称": name}) for name in ("修渠", "植树")]
    path = tmp_path / "两个项目.docx"
    path.write_bytes(document(*laid))
    scored = command("score", path)
    assert scored.code == 0
    assert "共 2 张自评表" in scored.out
    data = json.loads(command("check", path, "--json").out)
    assert [item["name"] for item in data["inspections"]] == [f"{path} 第1张表", f"{path} 第2张表"]
    for name in ("explain", "compare", "render", "form"):
        asked = command(*words(name, path, tmp_path))
        assert asked.code == 2
        assert "里面有 2 张自评表：“第1张表”、“第2张表”" in asked.err
        chosen = command(*words(name, path, tmp_path), "--table", "2")
        assert chosen.code == 0, chosen.err
    assert "植树" in (tmp_path / "出.md").read_text("utf-8")


def test_a_tree_is_walked_and_what_is_left_aside_is_named(command: Command, tmp_path: Path) -> None:
    """Nothing is read twice: neither a print of a typed sheet, nor a project that is typed too."""
    below = tmp_path / "二科"
    below.mkdir()
    typed = "评分办法: hubei-2020\n年度: 2023\n项目名称: {}\n"
    (tmp_path / "甲.yaml").write_text(typed.format("甲"), encoding="utf-8")
    (below / "乙.yml").write_text(typed.format("乙"), encoding="utf-8")
    (below / "丙.yaml.txt").write_text(typed.format("丙"), encoding="utf-8")
    (tmp_path / "甲.docx").write_bytes(b"printed")
    (tmp_path / "别名.xlsx").write_bytes(workbook(("表", rows({**qingshan(), "项目名称": "乙"}))))
    (below / "丁.xlsx").write_bytes(workbook(("表", rows({**qingshan(), "项目名称": "丁"}))))
    (below / "说明.docx").write_bytes(document([[Span("填表说明", 8)], [Span("一、据实填写", 8)]]))
    (tmp_path / "打包.zip").write_bytes(b"")
    (tmp_path / "~$丁.xlsx").write_bytes(b"")
    outcome = command("score", "--summary", tmp_path)
    assert outcome.code == 0, outcome.err
    assert "共 4 张自评表" in outcome.out
    told = outcome.err.splitlines()
    assert f"{tmp_path}/别名.xlsx：与“{below}/乙.yml”是同一个项目，只算那一张" in told
    assert f"{tmp_path}：没有读 甲.docx；有同名的“甲.yaml”，只读那一个" in told
    assert f"{tmp_path}：没有读 打包.zip；这种文件读不了" in told
    assert any(line.startswith(f"{below}/说明.docx：文件里没有自评表：不是") for line in told)
    assert len(told) == 4
    assert command("check", tmp_path).err.splitlines() == told


def test_the_folders_below_a_department_hold_its_results(command: Command, tmp_path: Path) -> None:
    head = "部门名称: 甲\n年度: 2023\n评分办法: hubei-2020\n"
    (tmp_path / "department.yaml").write_text(head, encoding="utf-8")
    (tmp_path / "丁.xlsx").write_bytes(published("xlsx"))
    (tmp_path / "公开").mkdir()
    (tmp_path / "公开" / "丁.docx").write_bytes(published("docx"))
    data = json.loads(command("check", tmp_path, "--json").out)
    names = [item["name"] for item in data["inspections"]]
    assert names == [f"{tmp_path}/department.yaml", f"{tmp_path}/丁.xlsx"]


DAMAGED: Mapping[str, Any] = {
    "空.xlsx": b"",
    "断.docx": published("docx")[:3000],
    "断.xlsx": published("xlsx")[:-40],
    "乱.pdf": b"%PDF-1.7\n1 0 obj\n<<",
    "乱.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 4,
    "图.xlsx": b"\x89PNG\r\n\x1a\n" + bytes(50),
    "网页.xls": b"<html><table><tr><td>x",
    "实体.html": b'<!DOCTYPE html [<!ENTITY a "&a;&a;">]><html>&a;</html>',
    "零.docx": b"PK\x05\x06" + bytes(18),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_ends_no_command_with_a_traceback(
    command: Command, tmp_path: Path, name: str
) -> None:
    """It is a finding, and the exit code 2: a file asked for gave no result."""
    path = tmp_path / name
    path.write_bytes(DAMAGED[name])
    for one in COMMANDS:
        outcome = command(*words(one, path, tmp_path))
        assert outcome.code == (1 if one == "check" and "YM113" in outcome.out else 2), outcome
        assert "Traceback" not in outcome.err
        assert "错误" in outcome.out + outcome.err
    assert sorted(item.name for item in tmp_path.iterdir()) == [name]


def test_a_part_that_was_lost_makes_the_exit_code_2(command: Command, tmp_path: Path) -> None:
    laid = rows(qingshan())
    laid[5][5] = laid[5][7]
    path = tmp_path / "表.xlsx"
    path.write_bytes(workbook(("甲", rows(qingshan())), ("乙", laid)))
    scored = command("score", path)
    assert (scored.code, RANGE in scored.out) == (2, True)
    assert "RD105  乙：" in scored.err
    assert command("check", path).code == 2


def test_fixes_are_made_in_texts_alone(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(published("xlsx"))
    outcome = command("check", path, "--fix")
    assert "没有可以自动改正的问题" in outcome.err
    assert path.read_bytes() == published("xlsx")


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_the_users_own_file_comes_back_with_remarks(
    command: Command, tmp_path: Path, kind: str
) -> None:
    path, out = tmp_path / f"自评表.{kind}", tmp_path / f"校核.{kind}"
    path.write_bytes(published(kind))
    outcome = command("check", path, "--mark", out)
    assert outcome.code == 1
    assert f"已生成 {out}" in outcome.err
    assert path.read_bytes() == published(kind)
    with zipfile.ZipFile(out) as package:
        said = b"".join(package.read(name) for name in package.namelist() if "comment" in name)
    assert "应为 1.41：2 × 705 ÷ 1000" in said.decode()
    again = command("check", path, "--mark", out)
    assert (again.code, "已经存在" in again.err) == (2, True)
    assert command("check", out, "--mark", out, "--force").code == 2
    forced = command("check", path, "--mark", out, "--force", "--json")
    assert json.loads(forced.out)["summary"]["files"] == 1


def test_marks_are_refused_before_anything_is_read(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(published("xlsx"))
    (tmp_path / "表.yaml").write_text("项目名称: 例\n", encoding="utf-8")
    for files, out, said in (
        ((path, path), "出.xlsx", "一次只加一个文件"),
        ((tmp_path,), "出.xlsx", "一次只加一个文件"),
        (("-",), "出.xlsx", "一次只加一个文件"),
        ((path,), "出.docx", "扩展名应是 .xlsx"),
        ((tmp_path / "表.yaml",), "出.xlsx", "-o 问题.html"),
        ((path,), "出.pdf", "扩展名"),
        ((path,), str(path), "不能覆盖"),
    ):
        outcome = command("check", *files, "--mark", tmp_path / out)
        assert (outcome.code, outcome.out) == (2, "")
        assert said in outcome.err
    assert sorted(item.name for item in tmp_path.iterdir()) == ["自评表.xlsx", "表.yaml"]


def test_what_a_file_is_is_told_by_its_first_bytes_and_not_by_its_name(
    command: Command, tmp_path: Path
) -> None:
    path, out = tmp_path / "自评表.xls", tmp_path / "出.docx"
    path.write_bytes(published("docx"))
    refused = command("check", path, "--mark", tmp_path / "出.xls")
    assert (refused.code, refused.out) == (2, "")
    assert "按内容是 Word 文件，--mark 的输出文件的扩展名应是 .docx" in refused.err
    assert command("check", path, "--mark", out).code == 1
    assert out.read_bytes() == mark(evaluate(path), path)


def test_a_copy_in_a_newer_format_is_said_to_be_one(command: Command, tmp_path: Path) -> None:
    path, out = tmp_path / "自评表.csv", tmp_path / "出.html"
    path.write_text(
        "项目支出绩效自评表,,,\n三级指标,年度指标值,实际完成值,得分\n床位数,391,390,10\n", "gbk"
    )
    outcome = command("check", path, "--mark", out, "--rulebook", "mof-2020")
    assert f"已生成 {out}" in outcome.err
    assert f"{out}：批注写在另做的网页里" in outcome.err
    assert "床位数" in out.read_text("utf-8")


def test_a_file_that_cannot_be_marked_is_checked_all_the_same(
    command: Command, tmp_path: Path
) -> None:
    path, out = tmp_path / "表.xlsx", tmp_path / "出.xlsx"
    path.write_bytes(b"PK\x03\x04" + bytes(50))
    outcome = command("check", path, "--mark", out)
    assert outcome.code == 2
    assert f"没有生成 {out}：不能加批注" in outcome.err
    assert "文件已损坏" in outcome.out
    assert not out.exists()


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_first_screen_shows_what_is_said(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    """The pages for readers show true output, but for what they leave out."""
    text = (ROOT / page).read_text(encoding="utf-8")
    block = text.partition("$ perfeval check 自评表.docx ")[2].partition("```")[0]
    options, *shown = block.splitlines()
    monkeypatch.chdir(tmp_path)
    Path("自评表.docx").write_bytes(published("docx"))
    said = command("check", "自评表.docx", *options.split()).out
    parts = "\n".join(shown).split("\n…\n")
    assert len(parts) == 2
    assert parts[1] in said
    head, last = re.split(r"\n(?=自评表)", parts[0])
    assert f"{head}\n" in said
    assert f"{last}\n" in said


def test_what_the_national_system_gave_is_found_in_a_folder(
    command: Command, tmp_path: Path
) -> None:
    """Results of perfeval and of others are JSON too, and are no sheets."""
    row = {
        "findex_name": "产出指标",
        "indi_name": "检测样本",
        "indexval": "40",
        "actualvalue": "40",
    }
    record = {"pro_name": "实验室能力", "proselfevalindexlist": [row]}
    (tmp_path / "下级").mkdir()
    (tmp_path / "下级/导出.json").write_text(json.dumps([record]), encoding="utf-8")
    (tmp_path / "得分.json").write_text(json.dumps({"reports": []}), encoding="utf-8")
    (tmp_path / "坏.json").write_bytes(b"[")
    outcome = command("score", tmp_path, "--json")
    assert [item["name"] for item in json.loads(outcome.out)["reports"]] == [
        f"{tmp_path}/下级/导出.json"
    ]
    assert outcome.err == ""


ASSUMED = "（按表式推定，可用 --rulebook 指明）"


def test_a_rulebook_that_was_taken_from_the_layout_says_so_by_itself(
    command: Command, tmp_path: Path
) -> None:
    """An assumption is told where the rulebook is named (ruling 54)."""
    path = tmp_path / "自评表.docx"
    path.write_bytes(published("docx"))
    for name in ("score", "check"):
        said = command(name, str(path)).out
        assert re.search(rf"^评分办法 hubei-2020 .*{ASSUMED}", said, re.MULTILINE), name
        given = command(name, str(path), "--rulebook", "hubei-2020").out
        assert "评分办法 hubei-2020" in given
        assert ASSUMED not in given


def test_the_first_comment_says_that_the_rulebook_was_taken_from_the_layout() -> None:
    for given in (None, "hubei-2020"):
        raw = published("docx")
        marked = mark(evaluate(raw, name="自评表.docx", rulebook=given), raw)
        with zipfile.ZipFile(io.BytesIO(marked)) as package:
            comments = package.read("word/comments.xml").decode()
        assert "评分办法 hubei-2020" in comments
        assert (ASSUMED in comments) is (given is None)


def test_a_project_of_that_name_of_another_office_is_another_project(
    tmp_path: Path, command: Command
) -> None:
    """An office file beside a typed sheet is left out only where no stated office differs."""
    typed = "评分办法: mof-2020\n年度: 2023\n项目名称: 设备购置\n主管部门: {}\n"
    (tmp_path / "教育局.yaml").write_text(typed.format("区教育局"), encoding="utf-8")
    for office in ("水务局", "教育局"):
        report = evaluate(typed.format(office))
        (tmp_path / f"{office}的.docx").write_bytes(render(report, "docx"))
    outcome = command("score", tmp_path)
    assert "教育局的.docx：与“" in outcome.err
    assert "水务局的.docx：与“" not in outcome.err
