"""Arguments and files that would lose what is there, or say what is not so."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest

from perfeval.cli import main
from tests.cli.conftest import SHEET, Command, start

ODD = "建20m²房𠮷"


@pytest.fixture
def odd(write: Callable[..., Path]) -> Path:
    """Return a sheet whose name has characters that GBK lacks."""
    return write(ODD, filed="20")


@pytest.mark.parametrize("options", [["--json"], ["--format", "json"], ["--format", "sarif"]])
def test_json_of_check_stays_json_on_a_gbk_console(odd: Path, options: list[str]) -> None:
    run = start("check", str(odd), *options, PYTHONIOENCODING="gbk")
    text = json.dumps(json.loads(run.stdout.decode("ascii")), ensure_ascii=False)
    assert ODD in unquote(text)


@pytest.mark.parametrize("format_", ["html", "github"])
def test_pages_on_standard_output_are_utf_8_whatever_the_console(odd: Path, format_: str) -> None:
    run = start("check", str(odd), "--format", format_, "--all", PYTHONIOENCODING="gbk")
    assert ODD in run.stdout.decode()


def test_one_document_of_a_department_ends_2_where_a_sheet_was_not_read(
    command: Command, tmp_path: Path
) -> None:
    folder = tmp_path / "部门"
    folder.mkdir()
    head = "评分办法: hubei-2020\n年度: 2023\n部门名称: 某局\n"
    (folder / "department.yaml").write_text(head, "utf-8")
    (folder / "坏.yaml").write_text("年度: [\n", "utf-8")
    (folder / "好.yaml").write_text(SHEET.format(name="好", filed="18", actual="10"), "utf-8")
    out = tmp_path / "说明.docx"
    outcome = command("render", folder, "-o", out, "--document", "disclosure")
    assert (outcome.code, out.exists()) == (2, True)
    assert "坏.yaml" in outcome.err


@pytest.mark.parametrize("options", [[], ["--document", "whole"]])
def test_a_department_that_is_not_read_is_told_as_json(
    command: Command, tmp_path: Path, options: list[str]
) -> None:
    (tmp_path / "department.yaml").write_text("年度: 好\n", "utf-8")
    outcome = command("render", tmp_path, "-o", tmp_path / "出.docx", "--json", *options)
    data = json.loads(outcome.out)
    assert outcome.code == 2
    assert data["error"]
    assert data["findings"]


def test_a_refusal_of_check_is_json_where_json_was_asked_for(
    command: Command, write: Callable[..., Path]
) -> None:
    outcome = command("check", write("甲"), "--format", "json", "--select", "NOPE")
    assert outcome.code == 2
    assert "NOPE" in json.loads(outcome.out)["error"]


def test_with_json_the_ending_decides_the_file_and_the_screen_is_json(
    command: Command, write: Callable[..., Path], tmp_path: Path
) -> None:
    out = tmp_path / "校核报告.html"
    outcome = command("check", write("甲"), "--json", "-o", out)
    assert out.read_bytes().startswith(b"<!DOCTYPE html>")
    assert json.loads(outcome.out)["output"] == str(out)


def test_json_and_another_format_contradict_each_other(
    command: Command, write: Callable[..., Path]
) -> None:
    outcome = command("check", write("甲"), "--json", "--format", "sarif")
    assert outcome.code == 2
    assert "--json" in json.loads(outcome.out)["error"]


def test_two_outputs_never_go_into_one_file(
    command: Command, write: Callable[..., Path], tmp_path: Path
) -> None:
    out = tmp_path / "z.json"
    other = tmp_path / "." / "z.json"
    outcome = command("check", write("甲"), "-o", out, "--write-baseline", other)
    assert (outcome.code, out.exists()) == (2, False)
    assert "同一个文件" in outcome.err


@pytest.mark.parametrize("option", ["-o", "--write-baseline"])
def test_check_never_writes_over_what_it_checks(
    command: Command, write: Callable[..., Path], option: str
) -> None:
    path = write("甲").rename(write("甲").with_suffix(".json"))
    before = path.read_bytes()
    outcome = command("check", path, option, path, "--force")
    assert (outcome.code, path.read_bytes()) == (2, before)
    assert "不能覆盖" in outcome.err


def test_check_never_writes_over_a_sheet_of_the_folder(
    command: Command, write: Callable[..., Path]
) -> None:
    path = write("甲")
    before = path.read_bytes()
    outcome = command("check", path.parent, "--write-baseline", path, "--force")
    assert (outcome.code, path.read_bytes()) == (2, before)


def test_a_baseline_may_be_brought_up_to_date(
    command: Command, write: Callable[..., Path], tmp_path: Path
) -> None:
    path, base = write("甲", filed="20"), tmp_path / "基线.json"
    assert command("check", path, "--write-baseline", base).code == 1
    again = ("--baseline", base, "--write-baseline", base, "--force")
    assert command("check", path, *again).code == 0


@pytest.mark.parametrize(
    ("name", "words"),
    [("甲.md", ("render",)), ("甲.xlsx", ("form",))],
)
def test_no_document_replaces_the_sheet_it_is_made_of(
    command: Command, write: Callable[..., Path], name: str, words: tuple[str, ...]
) -> None:
    path = write("甲")
    path = path.rename(path.with_name(name))
    before = path.read_bytes()
    outcome = command(*words, path, "-o", path, "--force")
    assert (outcome.code, path.read_bytes()) == (2, before)
    assert "不能覆盖" in outcome.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "", "--fix"],
        ["score", ""],
        ["render", "", "-o", "出"],
        ["score", "甲.yaml", "--rulebooks", ""],
        ["score", "甲.yaml", "--rulebooks="],
    ],
)
def test_an_empty_argument_is_refused_and_means_no_folder(
    capsys: pytest.CaptureFixture[str],
    write: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
) -> None:
    path = write("甲", actual="１０")
    before = path.read_bytes()
    monkeypatch.chdir(path.parent)
    assert main(arguments) == 2
    assert path.read_bytes() == before
    assert "空" in capsys.readouterr().err


def test_a_template_that_is_a_link_elsewhere_is_refused_and_not_passed_over(
    command: Command, write: Callable[..., Path], tmp_path: Path
) -> None:
    (tmp_path / "别处.j2").write_text("# 自己的", "utf-8")
    house = tmp_path / "模板"
    house.mkdir()
    (house / "overview.j2").symlink_to(tmp_path / "别处.j2")
    out = tmp_path / "综述.md"
    options = ("--document", "overview", "--templates", house)
    outcome = command("render", write("甲"), "-o", out, *options)
    assert (outcome.code, out.exists()) == (2, False)
    assert "overview.j2" in outcome.err
    assert "文件夹外面" in outcome.err


def test_a_folder_of_templates_is_looked_at_for_the_table_too(
    command: Command, write: Callable[..., Path], tmp_path: Path
) -> None:
    options = ("--templates", tmp_path / "没有")
    outcome = command("render", write("甲"), "-o", tmp_path / "表.docx", *options)
    assert outcome.code == 2
    assert "不是文件夹" in outcome.err
