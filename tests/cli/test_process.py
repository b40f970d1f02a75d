"""The command as a process: encodings, closed pipes, full disks, light start-up."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from perfeval.cli import main
from tests.cli.conftest import REAL, start
from tests.cli.test_arguments import COMMANDS

_RUNS = [
    ["--help"],
    *([name, "--help"] for name in COMMANDS),
    ["score", REAL],
    ["score", "--rulebook", "mof-2020", REAL],
    ["score", "--json", REAL],
    ["score", "--summary", "shipped:qingshan-2023"],
    ["explain", REAL],
    ["check", "--all", REAL],
    ["check", "无.yaml"],
    ["new", "--rulebook", "hubei-2020"],
    ["new"],
    ["sheets"],
    ["checks"],
    ["checks", "BX101"],
    ["schema"],
    ["rulebooks", "show", "hubei-2020"],
    ["rulebooks", "diff", "mof-2020", "hubei-2020"],
    ["rulebooks", "test", "hubei-2020"],
    ["rulebooks", "new", "--from", "mof-2020"],
    ["compare", REAL, "--rulebook", "mof-2020"],
    ["rulebooks"],
    ["scoer"],
]


class _Strict(io.TextIOWrapper):
    """A GBK stream that stays strict when the command asks it to replace characters.

    So a character of ours that GBK lacks cannot hide behind a question mark.
    """

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="gbk", errors="strict", newline="\n")

    def reconfigure(self, **_: object) -> None:
        """Stay strict."""

    def text(self) -> str:
        """Return what was written."""
        self.flush()
        self.seek(0)
        return self.read()


@pytest.mark.parametrize("arguments", _RUNS, ids=" ".join)
def test_a_gbk_console_can_show_every_character_of_ours(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    out, err = _Strict(), _Strict()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    assert main(arguments) in (0, 1, 2)
    assert out.text() + err.text()


def test_a_strict_gbk_console_survives_a_character_that_gbk_lacks(tmp_path: Path) -> None:
    path = tmp_path / "甲.yaml"
    path.write_text("评分办法: hubei-2020\n年度: 2023\n项目名称: 甲−乙\U0001f600\n", "utf-8")
    done = start("score", str(path), PYTHONIOENCODING="gbk:strict")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode("gbk").startswith("甲?乙? · 2023")


def test_json_in_a_gbk_console_is_escaped_and_loses_nothing() -> None:
    done = start("score", "--json", REAL, PYTHONIOENCODING="gbk:strict")
    assert done.stdout.isascii()
    assert json.loads(done.stdout)["reports"][0]["scorecard"]["grade"] == "优"


@pytest.mark.skipif(sys.platform == "win32", reason="file names are not bytes there")
def test_a_file_name_that_is_not_utf_8_is_reported_and_does_not_crash() -> None:
    done = subprocess.run(
        [sys.executable.encode(), b"-m", b"perfeval", b"score", b"\xff.yaml"],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8:strict"},
    )
    assert done.returncode == 2
    assert "没有这个文件" in done.stderr.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="no head")
def test_a_reader_that_goes_away_ends_the_command_quietly() -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "perfeval", "check", "--all", "shipped:qingshan-2023"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.close()
    assert running.stderr.read() == b""
    running.stderr.close()
    assert running.wait() == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device")
def test_a_full_disk_is_an_error_and_not_a_success() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "perfeval", "score", REAL],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.decode().splitlines() == ["perfeval：读写失败（磁盘已满）"]


def test_ctrl_c_ends_the_command_quietly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("perfeval.cli.sheets_command.shipped_sheets", interrupted)
    assert main(["sheets"]) == 130
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_load_no_heavy_package(option: str) -> None:
    """What they say takes no longer than to start Python: they load nothing that takes as long."""
    program = (
        "import sys\nbefore = {*sys.modules}\n"
        "from perfeval.cli import main\ncode = main([sys.argv[1]])\n"
        "slow = {'pydantic', 'yaml', 'jinja2', 'perfeval.report', 'argparse', 'pathlib'}\n"
        "heavy = slow & {*sys.modules} - before\n"
        "sys.exit(f'loaded {heavy}' if heavy else code)"
    )
    done = subprocess.run([sys.executable, "-c", program, option], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    "arguments",
    [
        ("score", REAL),
        ("check", REAL, "--all", "--ledger"),
        ("checks", "PT101"),
        ("render", REAL, "--document", "overview", "-o", "out.md"),
        ("form", REAL, "-o", "out.xlsx"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_python_without_docstrings_and_asserts_does_the_same(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    """``python -OO`` leaves both out; nothing that is shown or computed may rest on them."""
    seen = []
    for switches in ((), ("-OO",)):
        ran = subprocess.run(
            [sys.executable, *switches, "-m", "perfeval", *arguments],
            capture_output=True,
            check=False,
            cwd=tmp_path,
        )
        written = [(file.name, file.read_bytes()) for file in tmp_path.iterdir()]
        for file in tmp_path.iterdir():
            file.unlink()
        seen.append((ran.returncode, ran.stdout, ran.stderr, written))
    assert seen[0] == seen[1]
    assert seen[0][0] in (0, 1)
