"""Help, version, and arguments that are wrong."""

from __future__ import annotations

import pytest

from perfeval import __version__
from tests.cli.conftest import Command

COMMANDS = (
    "score",
    "explain",
    "render",
    "check",
    "compare",
    "new",
    "sheets",
    "rulebooks",
    "checks",
    "schema",
)


def test_the_help_names_every_command_and_the_exit_codes(command: Command) -> None:
    outcome = command("--help")
    assert outcome.code == 0
    assert all(f"\n  {name} " in outcome.out for name in COMMANDS)
    assert "退出码" in outcome.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_in_chinese_and_takes_json(command: Command, name: str) -> None:
    outcome = command(name, "--help")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(f"用法：perfeval {name}")
    assert "--json" in outcome.out
    assert not any(word in outcome.out for word in ("usage", "options:", "positional", "show this"))


def test_the_version_is_the_library_s(command: Command) -> None:
    assert command("--version").out == f"perfeval {__version__}\n"


def test_without_a_command_the_help_is_an_error(command: Command) -> None:
    outcome = command()
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("用法：perfeval")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["scoer", "甲.yaml"], "没有命令“scoer”，是不是 score？"),
        (["计分", "甲.yaml"], "没有命令“计分”，可用的有 score、explain、render、check、proof"),
        (["\x1b[31m"], "没有命令“\\x1b[31m”"),
        (["score"], "缺少参数：FILE"),
        (["score", "--sumary", "甲.yaml"], "不认识的参数：--sumary"),
        (["score", "--sum", "甲.yaml"], "不认识的参数：--sum"),
        (["score", "甲.yaml", "--rulebook"], "--rulebook 后面缺少内容"),
        (["score", "--json=3", "甲.yaml"], "--json 后面不能跟 '3'"),
        (["render", "甲.yaml"], "缺少参数：-o/--output"),
        (["render", "甲.yaml", "-o", "乙.md", "--document", "x"], "--document 不能是 'x'，可选："),
        (["--json", "score", "甲.yaml"], "没有命令“--json”，可用的有 score"),
    ],
)
def test_a_wrong_argument_ends_2_and_is_named_in_chinese(
    command: Command, arguments: list[str], message: str
) -> None:
    outcome = command(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.err
