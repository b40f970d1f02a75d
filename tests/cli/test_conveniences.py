"""What commands have alike: help, standard input, several outputs, width, colour, completion."""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from perfeval._resources import __version__
from perfeval.cli.arguments import SHELLS, parser_of
from perfeval.cli.overview import ACTIONS, COMMANDS
from perfeval.documents.alignment import width
from tests.cli.conftest import REAL, Command


@pytest.mark.parametrize("word", ["-V", "--version"])
def test_the_version_has_a_short_word(command: Command, word: str) -> None:
    assert command(word) == (0, f"perfeval {__version__}\n", "")


def test_help_shows_what_the_options_show(command: Command) -> None:
    assert command("help") == command("--help")
    assert command("help", "score") == command("score", "--help")
    assert command("help", "rulebooks", "show") == command("rulebooks", "show", "--help")
    assert "是不是 score？" in command("help", "scor").err


def test_a_sheet_comes_from_standard_input(
    command: Command, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("甲")

    def run(*arguments: str) -> str:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))
        outcome = command(*arguments, "-")
        assert outcome.err == ""
        return outcome.out

    assert run("score") == command("score", path).out
    assert run("explain") == command("explain", path).out
    assert "标准输入:" in run("check", "--all")


def from_input(monkeypatch: pytest.MonkeyPatch, raw: bytes) -> None:
    """Let bytes be what stands on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))


def test_every_command_on_one_sheet_reads_standard_input(
    command: Command,
    write: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    path = write("甲")
    for words in (
        ("compare", "--rulebook", "mof-2020"),
        ("compare", "--rulebook", "mof-2020", "--rulebook", "hebei", "--json"),
        ("render", "-o", tmp_path / "甲.md", "--force"),
        ("form", "-o", tmp_path / "甲.xlsx", "--force"),
    ):
        from_input(monkeypatch, path.read_bytes())
        given = command(*words, "-")
        assert given == command(*words, path)
        assert given.code == 0


def test_a_rulebook_comes_from_standard_input(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "江夏区.yaml"
    command("rulebooks", "new", "--from", "hubei-2020", "-o", path)
    for words in (("show",), ("test",), ("diff", "mof-2020")):
        from_input(monkeypatch, path.read_bytes())
        given = command("rulebooks", *words, "-")
        assert given == command("rulebooks", *words, path)
        assert (given.code, given.err) == (0, "")


@pytest.mark.parametrize(
    "arguments",
    [
        ("score", "-", "-"),
        ("rulebooks", "diff", "-", "-"),
        ("form", "-", "--last-year", "-", "-o", "a.xlsx"),
        ("render", REAL, "-o", "-"),
        ("check", REAL, "-o", "a.html", "-o", "-"),
        ("schema", "-o", "-"),
    ],
)
def test_standard_input_is_read_once_and_no_output(
    command: Command, arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = command(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert "-" in outcome.err.splitlines()[-1]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command_line", [("score",), ("check",), ("rulebooks", "test")])
def test_an_empty_file_has_a_first_line(
    command: Command, tmp_path: Path, command_line: tuple[str, ...]
) -> None:
    path = tmp_path / "空.yaml"
    path.write_bytes(b"")
    outcome = command(*command_line, path)
    assert outcome.code == (1 if command_line == ("check",) else 2)
    assert f"{path}:1:1  错误 YM113  文件是空的" in outcome.out + outcome.err


def test_a_document_is_written_in_every_format_that_is_named(
    command: Command, tmp_path: Path
) -> None:
    paths = [tmp_path / name for name in ("甲.docx", "甲.html", "甲.md")]
    outputs = [word for path in paths for word in ("-o", path)]
    outcome = command("render", REAL, *outputs)
    assert (outcome.code, outcome.out.splitlines()) == (0, [f"已生成 {path}" for path in paths])
    for path in paths:
        single = path.with_stem("单")
        command("render", REAL, "-o", single)
        assert path.read_bytes() == single.read_bytes()
    data = json.loads(command("render", REAL, *outputs, "--force", "--json").out)
    assert (data["output"], data["outputs"]) == (str(paths[0]), list(map(str, paths)))
    assert data["failed"] == []


def test_a_document_that_cannot_be_written_does_not_stop_the_others(
    command: Command, tmp_path: Path
) -> None:
    last = tmp_path / "乙.md"
    lost = tmp_path / "没有" / "甲.docx"
    outcome = command("render", REAL, "-o", lost, "-o", last, "--json")
    assert outcome.code == 2
    assert f"不能写入“{lost}”" in outcome.err
    data = json.loads(outcome.out)
    assert data["outputs"] == [str(last)]
    assert [item["file"] for item in data["failed"]] == [str(lost)]


def test_no_document_is_written_where_a_format_is_unknown_or_named_twice(
    command: Command, tmp_path: Path
) -> None:
    for name in ("甲.md", "乙.foo"):
        assert command("render", REAL, "-o", tmp_path / "甲.md", "-o", tmp_path / name).code == 2
    folders = ("-o", tmp_path / "一", "-o", tmp_path / "二")
    outcome = command("render", "shipped:qingshan-2023", *folders)
    assert outcome.code == 2
    assert "一个文件夹" in outcome.err
    assert list(tmp_path.iterdir()) == []


def test_a_sheet_from_standard_input_is_not_mended(command: Command) -> None:
    assert command("check", "--fix", "-").code == 2


def test_a_check_writes_every_output(command: Command, tmp_path: Path) -> None:
    names = [tmp_path / name for name in ("甲.html", "乙.xlsx", "丙.json")]
    outcome = command("check", REAL, *(word for name in names for word in ("-o", name)))
    assert outcome.code == 1
    assert all(name.stat().st_size for name in names)
    assert command("check", REAL, "-o", tmp_path / "丁.html", "-o", tmp_path / "丁.html").code == 2


def test_an_output_that_cannot_be_written_does_not_stop_the_others(
    command: Command, tmp_path: Path
) -> None:
    last = tmp_path / "乙.html"
    outcome = command("check", REAL, "-o", tmp_path / "没有" / "甲.html", "-o", last)
    assert outcome.code == 2
    assert "不能写入" in outcome.err
    assert last.stat().st_size


@pytest.mark.parametrize(
    "arguments",
    [
        ("score", REAL, "--rulebook", "mof-2020", "--rulebook", "hebei"),
        ("new", "-o", "a", "-o", "b"),
    ],
)
def test_an_option_of_one_value_is_not_taken_twice(
    command: Command, arguments: tuple[str, ...]
) -> None:
    outcome = command(*arguments)
    assert outcome.code == 2
    assert "写了两次" in outcome.err


def test_a_pattern_finds_what_the_shell_would_give(
    command: Command, write: Callable[..., Path], tmp_path: Path
) -> None:
    """cmd.exe passes ``局/*`` as it was typed; a folder that it finds stands for its sheets."""
    for name in ("甲", "乙"):
        inner = tmp_path / "局" / name
        inner.mkdir(parents=True)
        write(name).rename(inner / f"{name}.yaml")
    outcome = command("score", "--summary", tmp_path / "局" / "*")
    assert outcome.code == 0
    assert "共 2 张自评表" in outcome.out


class Terminal(io.StringIO):
    """What a person looks at."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("columns", [60, 80, 100])
def test_the_rows_of_a_table_fit_the_terminal(
    command: Command, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    whole = command("score", REAL).out
    assert "享受运营补贴线下服务网点数量" in whole
    monkeypatch.setenv("COLUMNS", str(columns))
    assert command("score", REAL).out == whole  # a file has lines of any length
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    command("score", REAL)
    out = terminal.getvalue()
    table = out[: out.index("总分")].splitlines()[1:]
    assert max(map(width, table)) <= columns


@pytest.mark.parametrize("columns", [50, 80])
@pytest.mark.parametrize(
    "words",
    [
        ("compare", REAL, "--rulebook", "mof-2021"),
        ("explain", REAL),
        ("explain", REAL, "--what-if", "享受运营补贴线下服务网点数量=40"),
        ("check", REAL),
    ],
)
def test_what_is_told_fits_the_terminal(
    command: Command, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], columns: int
) -> None:
    """Only lines that quote a file stay whole, as the caret below them points into them."""
    whole = command(*words).out
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("NO_COLOR", "1")
    assert command(*words).out == whole
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    command(*words)
    told = terminal.getvalue()
    lines = [line for line in told.splitlines() if " | " not in line]
    assert max(map(width, lines)) <= columns
    if words[0] == "explain":
        assert sorted("".join(told.split())) == sorted("".join(whole.split()))


def test_a_folder_names_what_is_not_read(
    command: Command, write: Callable[..., Path], tmp_path: Path
) -> None:
    """A sheet that vanishes without a word is taken for one that is in order."""
    write("甲")
    for name in ("丙.zip", "丁.ofd", "甲.docx", "说明.txt", ".戊.yml", "庚.JPG", "结果.json"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "办法.yml").write_text("编号: a\n", encoding="utf-8")
    for words in (("score", "--summary"), ("check",)):
        outcome = command(*words, tmp_path)
        assert outcome.err.splitlines() == [
            f"{tmp_path}/办法.yml：评分办法，不是自评表，不计分",
            f"{tmp_path}：没有读 丁.ofd、丙.zip；这种文件读不了",
            f"{tmp_path}：没有读 庚.JPG；图片里的字读不出来",
            f"{tmp_path}：没有读 甲.docx；有同名的“甲.yaml”，只读那一个",
        ]
    for number in range(9):
        (tmp_path / f"{number}.zip").write_bytes(b"")
    assert "4.zip 等 11 个；" in command("score", tmp_path).err


def test_a_file_is_no_folder_of_rulebooks(command: Command, write: Callable[..., Path]) -> None:
    path = write("甲")
    assert (
        "是文件，不是文件夹；文件用 --rulebook" in command("score", path, "--rulebooks", path).err
    )


def test_a_value_in_the_place_of_a_block_is_answered_with_the_form(
    command: Command, tmp_path: Path
) -> None:
    text = "部门名称: 甲\n年度: 2023\n评分办法: mof-2020\n数字: {社保: 1.5}\n"
    (tmp_path / "department.yaml").write_text(text, encoding="utf-8")
    assert "如“社保: {数: 1.5}”；可写：数、环节、" in command("check", tmp_path).out


def test_colour_is_for_terminals_alone(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = command("check", REAL).out
    assert "\x1b" not in plain
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for no_colour in ("", "1"):
        monkeypatch.setenv("NO_COLOR", no_colour)
        terminal = Terminal()
        monkeypatch.setattr(sys, "stdout", terminal)
        command("check", REAL)
        assert ("\x1b[31m错误\x1b[0m PT102" in terminal.getvalue()) is (no_colour == "")


def test_a_long_quoted_value_is_cut_wherever_it_is_told(
    command: Command, write: Callable[..., Path]
) -> None:
    path = write("甲")
    value = "甲" * 5000
    path.write_text(path.read_text("utf-8").replace("预算数: 100", f"预算数: {value}"), "utf-8")
    outcome = command("check", path)
    assert value not in outcome.out
    assert "（共 5000 字）" in outcome.out
    assert outcome.out.count("（共") == 1
    data = json.loads(command("check", "--json", path).out)
    assert value not in json.dumps(data, ensure_ascii=False)


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (["ex"], {"explain"}),
        (["rulebooks", "sh"], {"show"}),
        (["rulebooks", "show", "--y"], {"--year"}),
        (["check", "--fo"], {"--format", "--force"}),
        (["check", "--format", "s"], {"sarif"}),
        (["explain", "--what"], {"--what-if"}),
        (["completion", "po"], {"powershell"}),
        (["help", "sco"], {"score"}),
        (["score", "--rulebook", "hun"], {"hunan", "hunan-2018"}),
        (["rulebooks", "new", "--from", "mof"], {"mof-2020", "mof-2021"}),
        (["rulebooks", "diff", "mof-2020", "shang"], {"shanghai"}),
        (["compare", "--rulebook", "补"], {"补全.sh"}),
        (["checks", "PT10"], {f"PT10{number}" for number in (1, 2, 3, 4, 5, 7, 8, 9)}),
    ],
)
def test_bash_completes_what_the_command_knows(
    command: Command, tmp_path: Path, typed: list[str], found: set[str]
) -> None:
    script = tmp_path / "补全.sh"
    script.write_text(command("completion", "bash").out, encoding="utf-8")
    words = " ".join(f"'{word}'" for word in ["perfeval", *typed])
    ask = f"source '{script}'; COMP_WORDS=({words}); COMP_CWORD={len(typed)}; _perfeval; "
    done = subprocess.run(
        ["bash", "-c", ask + 'printf "%s\\n" "${COMPREPLY[@]}"'],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert set(done.stdout.split()) == found


@pytest.mark.parametrize("shell", SHELLS)
def test_a_completion_has_every_option_of_every_command(command: Command, shell: str) -> None:
    out = command("completion", shell).out
    for name in COMMANDS:
        for action in (None, *ACTIONS.get(name, ())):
            for item in parser_of(name, action)._actions:
                assert all(option in out for option in item.option_strings)


class Full(io.StringIO):
    """A result for which there is no room on the disk."""

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("words", [(), ("--json",)])
def test_what_was_written_is_told_even_where_the_result_cannot_be(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    errors = io.StringIO()
    monkeypatch.setattr(sys, "stdout", Full())
    monkeypatch.setattr(sys, "stderr", errors)
    target = tmp_path / "材料"
    outcome = command("render", "shipped:qingshan-2023", "-o", target, "--formats", "md", *words)
    assert outcome.code == 2
    said = errors.getvalue()
    assert "个文件，在" in said
    assert "预算绩效情况说明.md" in said
    assert "磁盘已满" in said
