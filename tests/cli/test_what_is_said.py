"""What the command says: no file's name steers a terminal, and nothing is taken in silence."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from perfeval.checks.registry import CHECKS, Scope
from perfeval.cli import main
from tests.cli.conftest import Command

ESCAPE = "\x1b"
ODD = f"f{ESCAPE}[31m"


@pytest.mark.parametrize("options", [("--diff",), ("--fix",), ("--format", "github")])
def test_check_never_prints_a_name_that_steers_the_terminal(
    command: Command, write: Callable[..., Path], options: tuple[str, ...]
) -> None:
    path = write("甲", filed="20", actual="１０")
    path = path.rename(path.with_name(f"{ODD}.yaml"))
    outcome = command("check", path, *options)
    assert "31m.yaml" in outcome.out + outcome.err
    assert ESCAPE not in outcome.out + outcome.err


def test_a_difference_shows_no_character_that_turns_the_line_round(
    command: Command, write: Callable[..., Path]
) -> None:
    path = write("甲", actual="１０")
    path.write_text(path.read_text("utf-8") + "# \u202e甲\n", "utf-8")
    out = command("check", path, "--diff").out
    assert "+" in out
    assert "\u202e" not in out


@pytest.mark.parametrize(
    ("words", "name"),
    [(("render",), "a.docx"), (("form",), "a.xlsx"), (("check",), "a.html")],
)
def test_what_was_made_is_said_in_a_line_that_steers_nothing(
    command: Command, write: Callable[..., Path], tmp_path: Path, words: tuple[str, ...], name: str
) -> None:
    outcome = command(*words, write("甲"), "-o", tmp_path / f"{ODD}{name}")
    assert "已生成" in outcome.out + outcome.err
    assert ESCAPE not in outcome.out + outcome.err


def test_a_choice_of_checks_is_said_in_the_last_line(
    command: Command, write: Callable[..., Path]
) -> None:
    assert "只做了" in command("check", write("甲"), "--select", "BX101").out
    assert "只做了 1 项校核" in command("check", write("甲"), "--select", "BX101").out
    assert "只做了" not in command("check", write("甲")).out


def test_a_choice_that_leaves_no_check_is_refused(
    command: Command, write: Callable[..., Path]
) -> None:
    codes = [code for code, check in CHECKS.items() if check.scope is not Scope.FILE]
    outcome = command("check", write("甲"), "--ignore", ",".join(codes))
    assert outcome.code == 2
    assert "一项校核也不剩" in outcome.err


@pytest.mark.parametrize(
    "content",
    [
        {"schema": 99, "accepted": []},
        {"schema": 1, "accepted": [{"fingerprint": ["a"]}]},
        {"schema": 1, "accepted": [{"fingerprint": 1}]},
    ],
)
def test_a_baseline_of_another_make_is_refused(
    command: Command, write: Callable[..., Path], tmp_path: Path, content: dict[str, object]
) -> None:
    base = tmp_path / "基线.json"
    base.write_text(json.dumps(content), "utf-8")
    outcome = command("check", write("甲"), "--baseline", base)
    assert outcome.code == 2
    assert "不是用 --write-baseline 生成的基线" in outcome.err


@pytest.mark.parametrize("command_", ["score", "check"])
def test_a_folder_of_rulebooks_that_is_none_is_refused(
    write: Callable[..., Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    command_: str,
) -> None:
    assert main([command_, str(write("甲")), "--rulebooks", str(tmp_path / "没有")]) == 2
    assert "没有文件夹" in capsys.readouterr().err


def test_an_option_may_stand_before_the_second_word(command: Command, tmp_path: Path) -> None:
    outcome = command("rulebooks", "--rulebooks", tmp_path, "show", "hubei-2020")
    assert outcome.code == 0, outcome.err


def test_a_child_never_takes_the_id_of_its_parent(command: Command, tmp_path: Path) -> None:
    parent = tmp_path / "我区.yaml"
    assert command("rulebooks", "new", "--from", "hubei-2020", "-o", parent).code == 0
    below = tmp_path / "街道"
    below.mkdir()
    outcome = command("rulebooks", "new", "--from", parent, "-o", below / "我区.yaml")
    assert outcome.code == 2
    assert "--id" in outcome.err
    given = ("--id", "my-street", "-o", below / "我区.yaml")
    assert command("rulebooks", "new", "--from", parent, *given).code == 0


def test_the_command_that_is_suggested_quotes_a_name_with_a_blank(
    command: Command, tmp_path: Path
) -> None:
    folder = tmp_path / "a b"
    folder.mkdir()
    out = command("rulebooks", "new", "--from", "hubei-2020", "-o", folder / "我区.yaml").out
    path = folder / "我区.yaml"
    assert f'perfeval rulebooks test "{path}"' in out


def test_errors_of_a_sheet_in_a_department_say_how_many_more_there_are(
    command: Command, tmp_path: Path
) -> None:
    head = "评分办法: hubei-2020\n年度: 2023\n部门名称: 某局\n"
    (tmp_path / "department.yaml").write_text(head, "utf-8")
    wrong = "".join(f"不认识{number}: 1\n" for number in range(15))
    sheet = f"评分办法: hubei-2020\n年度: 2023\n项目名称: 坏\n{wrong}"
    (tmp_path / "坏.yaml").write_text(sheet, "utf-8")
    outcome = command("render", tmp_path, "-o", tmp_path / "出", "--formats", "md,md")
    assert outcome.code == 2
    assert "另有 5 处错误" in outcome.err


def test_a_format_that_is_named_twice_is_made_once(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "出"
    options = ("-o", out, "--formats", "md,md", "--json")
    files = json.loads(command("render", "shipped:qingshan-2023", *options).out)["files"]
    assert len(files) == len(set(files))
