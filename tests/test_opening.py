"""What a user names is a file, or it is refused; nothing waits for a pipe."""

from __future__ import annotations

import ast
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

import perfeval
from perfeval.opening import NotRegularError, read_regular
from tests.cli.conftest import Command, command

__all__ = ["command"]
PACKAGE = Path(perfeval.__file__).parent


def test_a_file_is_read_as_far_as_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "甲"
    path.write_bytes(b"12345")
    assert [read_regular(path, most) for most in (0, 3, 5, 9)] == [b"", b"123", b"12345", b"12345"]


def _pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


def _socket(path: Path) -> Path:
    folder = os.open(path.parent, os.O_RDONLY)  # names of sockets are short
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(f"/proc/self/fd/{folder}/{path.name}")
    os.close(folder)
    return path


def _device(path: Path) -> Path:
    path.symlink_to("/dev/zero")
    return path


@pytest.mark.parametrize("make", [_pipe, _socket, _device])
def test_what_is_no_file_is_refused_at_once(make: Callable[[Path], Path], tmp_path: Path) -> None:
    """A pipe that nobody writes to would be waited for, and a device has no end."""
    with pytest.raises(NotRegularError):
        read_regular(make(tmp_path / "甲.yaml"), 99)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        read_regular(tmp_path, 99)


SHEET = "评分办法: {}\n年度: 2023\n项目名称: 甲\n"


@pytest.mark.parametrize(
    "line",
    [
        "score {pipe}",
        "explain {pipe}",
        "check {pipe}",
        "check {pipe} --fix",
        "check {sheet} --waivers {pipe}",
        "check {sheet} --baseline {pipe}",
        "check {sheet} --rulebook {pipe}",
        "check {department}",
        "compare {pipe} --rulebook mof-2020",
        "compare {sheet} --rulebook {pipe}",
        "render {pipe} -o {out}.md",
        "render {sheet} --document overview --templates {templates} -o {out}.md",
        "render {department} -o {out}",
        "form {pipe} -o {out}.xlsx",
        "form --rulebook {pipe} -o {out}.xlsx",
        "form --rulebook mof-2020 --last-year {pipe} -o {out}.xlsx",
        "new --rulebook {pipe}",
        "new --rulebook mof-2020 -o {pipe}",
        "rulebooks show {pipe}",
        "rulebooks diff {pipe} mof-2020",
        "rulebooks test {pipe}",
        "rulebooks test {child}",
        "rulebooks new --from {pipe}",
        "score {leading}",
    ],
)
def test_no_command_waits_for_a_pipe(line: str, command: Command, tmp_path: Path) -> None:
    """Wherever a file is named, on the command line or in a file, a pipe is no file."""
    department, templates = tmp_path / "部门", tmp_path / "模板"
    department.mkdir()
    templates.mkdir()
    for pipe in (
        tmp_path / "管道.yaml",
        department / "department.yaml",
        department / "管道.yaml",
        templates / "overview.j2",
    ):
        _pipe(pipe)
    for name, text in (
        ("表", SHEET.format("hubei-2020")),
        ("引", SHEET.format("管道.yaml")),
        ("办法", '编号: 甲\n名称: 甲\n地区: 甲\n版本: "1"\n继承: 管道.yaml\n'),
    ):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    places = {
        "pipe": tmp_path / "管道.yaml",
        "sheet": tmp_path / "表.yaml",
        "leading": tmp_path / "引.yaml",
        "child": tmp_path / "办法.yaml",
        "department": department,
        "templates": templates,
        "out": tmp_path / "出",
    }
    outcome = command(*(word.format(**places) for word in line.split()))
    assert outcome.code in (1, 2)
    assert (
        "管道" in outcome.err + outcome.out or "department" in outcome.err or "模板" in outcome.err
    )


READERS = [
    path
    for room in ("readers", "report", "cli")
    for path in sorted((PACKAGE / room).rglob("*.py"))
    # a place for nothing; our own pages and rulebooks
    if path.name not in ("console.py", "reference_pages.py", "compiled.py")
] + [PACKAGE / "documents/templates.py"]


@pytest.mark.parametrize("path", READERS, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_file_is_opened_in_one_place_only(path: Path) -> None:
    """Every opening of a user's path goes through the one function that refuses pipes."""
    calls = [
        node.func
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]
    methods = [call.attr for call in calls if isinstance(call, ast.Attribute)]
    names = [call.id for call in calls if isinstance(call, ast.Name)]
    assert {"open", "read_text", "read_bytes", "fdopen"} & {*methods} == set()
    assert "open" not in names
