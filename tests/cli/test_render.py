"""``perfeval render``: writes once, refuses to overwrite, says why it cannot."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import REAL, Command


@pytest.mark.parametrize("document", ["table", "abstract"])
@pytest.mark.parametrize("ending", ["md", "html", "docx"])
def test_every_document_is_written_in_every_format(
    command: Command, tmp_path: Path, ending: str, document: str
) -> None:
    path = tmp_path / f"出表.{ending}"
    outcome = command("render", REAL, "-o", path, "--document", document)
    assert outcome.code == 0
    assert outcome.out == f"已生成 {path}\n"
    assert "处错误" in outcome.err
    assert path.stat().st_size > 500


def test_a_chart_is_drawn_below_a_table_and_below_nothing_else(
    command: Command, tmp_path: Path
) -> None:
    path = tmp_path / "甲.html"
    assert command("render", REAL, "-o", path, "--charts").code == 0
    assert "<svg" in path.read_text("utf-8")
    for document in ("abstract", "national"):
        other = tmp_path / "乙.json"
        outcome = command("render", REAL, "-o", other, "--charts", "--document", document)
        assert (outcome.code, outcome.err) == (2, "--charts 只用于自评表和合订本\n")
        assert not other.exists()


def test_an_existing_file_is_kept_unless_forced(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "甲.md"
    path.write_text("原有内容", "utf-8")
    outcome = command("render", REAL, "-o", path)
    assert outcome.code == 2
    assert "已经存在；要覆盖请加 --force" in outcome.err
    assert path.read_text("utf-8") == "原有内容"
    assert command("render", REAL, "-o", path, "--force").code == 0
    assert "98" in path.read_text("utf-8")


@pytest.mark.parametrize("name", ["没有的文件夹/甲.md", "甲.odt", "甲", "a\0b.md"])
def test_a_document_that_cannot_be_made_ends_2_with_the_reason(
    command: Command, tmp_path: Path, name: str
) -> None:
    outcome = command("render", REAL, "-o", f"{tmp_path}/{name}")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(("不能写入", "不能输出"))
    assert list(tmp_path.iterdir()) == []


def test_a_sheet_that_cannot_be_read_gives_no_document(command: Command, tmp_path: Path) -> None:
    outcome = command("render", tmp_path / "无.yaml", "-o", tmp_path / "甲.md")
    assert outcome.code == 2
    assert "没有这个文件" in outcome.err
    assert list(tmp_path.iterdir()) == []


def test_json_names_what_was_written(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "甲.md"
    data = json.loads(command("render", "--json", REAL, "-o", path).out)
    assert (data["output"], data["document"]) == (str(path), "table")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--formats", "pdf"), "--formats 只用于生成整个部门的材料"),
        (("--document", "disclosure"), "没有“disclosure”这种文档；可选：table"),
    ],
)
def test_what_is_for_a_department_is_refused_for_a_sheet(
    command: Command, tmp_path: Path, options: tuple[str, str], said: str
) -> None:
    outcome = command("render", REAL, "-o", tmp_path / "甲.md", *options)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(said)
    assert list(tmp_path.iterdir()) == []


def test_points_are_printed_in_the_form_of_another_place(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "北京表式.md"
    assert command("render", REAL, "-o", path, "--layout", "beijing").code == 0
    text = path.read_text("utf-8")
    assert "98.46" in text
    assert "表式用“北京市项目支出绩效自评评分办法”所附的表" in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--layout", "beijin"), "是不是“beijing”"),
        (("--layout", "beijing", "--document", "abstract"), "只用于一张自评表"),
    ],
)
def test_a_layout_that_cannot_be_used_ends_2(
    command: Command, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    outcome = command("render", REAL, "-o", tmp_path / "甲.md", *words)
    assert outcome.code == 2
    assert said in outcome.err
    assert not (tmp_path / "甲.md").exists()


def test_the_data_of_the_national_system_are_a_document(command: Command, tmp_path: Path) -> None:
    for ending in ("json", "xlsx"):
        target = tmp_path / f"报送.{ending}"
        outcome = command("render", REAL, "--document", "national", "-o", target)
        assert (outcome.code, outcome.out) == (0, f"已生成 {target}\n")
    scored = command("score", tmp_path / "报送.json")
    assert scored.code == 0
    assert "98.46" in scored.out
    refused = command("render", REAL, "--document", "national", "-o", tmp_path / "x.docx")
    assert refused.code == 2
    assert "可选：json、xlsx" in refused.err
    unread = command("render", tmp_path / "无.yaml", "--document", "national", "-o", "x.json")
    assert unread.code == 2


def test_a_department_gives_a_record_for_each_sheet(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "全部.json"
    whole = ("shipped:qingshan-2023", "--document=national")
    outcome = command("render", "--json", *whole, "-o", path)
    assert outcome.code == 0
    said = json.loads(outcome.out)
    assert (said["output"], said["document"]) == (str(path), "national")
    assert len(json.loads(path.read_bytes())["result"]) == 19


def test_one_document_is_never_written_to_a_folder(command: Command, tmp_path: Path) -> None:
    for words in ((), ("--force",)):
        outcome = command("render", REAL, "-o", tmp_path, *words)
        assert outcome.code == 2
        assert "是文件夹；请写要生成的文件的名称" in outcome.err
    assert list(tmp_path.iterdir()) == []
