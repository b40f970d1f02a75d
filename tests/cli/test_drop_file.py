"""自评检查.cmd: what stands in it; no Windows is here to run it."""

from __future__ import annotations

import errno
import re
import shlex
from pathlib import Path

import pytest

from perfeval import evaluate
from perfeval.cli.arguments import parse
from perfeval.documents.inputs.drop_file import DROP_FILE, drop_file
from perfeval.opening import system_reason
from perfeval.readers import files
from tests.cli.conftest import Command


def test_it_is_written_once(command: Command, tmp_path: Path) -> None:
    outcome = command("new", "--windows", tmp_path, "--rulebook", "hubei-2020")
    assert outcome.code == 0
    raw = (tmp_path / DROP_FILE).read_bytes()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert '--rulebook "hubei-2020"' in raw.decode("gbk")
    again = command("new", "--windows", tmp_path)
    assert (again.code, (tmp_path / DROP_FILE).read_bytes()) == (2, raw)
    assert command("new", "--windows", tmp_path / "没有").code == 2
    assert command("new", "--windows", tmp_path, "--department").code == 2


def test_what_it_runs_is_understood() -> None:
    """Each line that runs perfeval has arguments that the command knows."""
    text = drop_file("python.exe", "hubei-2020").decode("gbk")
    runs = re.findall(r"-m perfeval (check .*)", text)
    assert len(runs) == 2
    for line in runs:
        name, *arguments = shlex.split(line.replace("%options%", "--rulebook hubei-2020"))
        parsed = parse(name, arguments)
        assert parsed.files == ["%in%"]
        assert parsed.mark == "%out%" or parsed.output == ["%out%"]
        assert not parsed.force  # a free name is looked for: nothing is written over


def test_every_label_stands_there_once_and_names_are_not_expanded_twice() -> None:
    lines = drop_file("python.exe").decode("gbk").split("\r\n")
    labels = [line[1:] for line in lines if line.startswith(":")]
    assert sorted(set(labels)) == sorted(labels)
    assert set(re.findall(r"goto (\w+)", "\n".join(lines))) <= set(labels)
    assert not any(line.startswith("call") for line in lines)
    head = "\n".join(lines[:2])
    assert head.isascii()


def test_a_path_that_a_batch_file_cannot_hold_is_left_out() -> None:
    for python in ("C:\\😀\\python.exe", 'C:\\a"b.exe', "C:\\a\nb.exe"):
        assert 'set "python="' in drop_file(python).decode("gbk")
    assert 'set "python=C:\\100%%\\py.exe"' in drop_file("C:\\100%\\py.exe").decode("gbk")


# -- files that Windows does not open -----------------------------------------------------------


def refused(name: Path, number: int, code: int = errno.EACCES) -> OSError:
    """Return what Windows says, with its own number."""
    error = OSError(code, "no", str(name))
    setattr(error, "winerror", number)  # noqa: B010 - no attribute of its own on other systems
    return error


def test_a_file_that_excel_holds_is_said_to_be_open(tmp_path: Path) -> None:
    path = tmp_path / "自评表.xlsx"
    assert "打开着" in system_reason(refused(path, 32))
    plain = PermissionError(errno.EACCES, "no", str(path))
    assert system_reason(plain) == "没有权限"
    (tmp_path / "~$自评表.xlsx").touch()
    assert "打开着" in system_reason(plain)
    (tmp_path / "~$度自评表格文件.docx").touch()  # Word: the first two letters are written over
    word = PermissionError(errno.EACCES, "no", str(tmp_path / "年年度自评表格文件.docx"))
    assert "打开着" in system_reason(word)


@pytest.mark.parametrize("number", [3, 206])
def test_a_path_that_is_too_long_for_windows_is_said_to_be(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path.joinpath(*["深" * 60] * 4, "自评表.xlsx")
    error = refused(path, number, errno.ENOENT)

    def fail(*_: object) -> bytes:
        raise error

    monkeypatch.setattr(files, "read_regular", fail)
    (finding,) = evaluate(path).findings
    assert "路径太长" in finding.message


def test_a_marked_copy_that_is_open_elsewhere_is_no_traceback(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.reading.test_answers import made

    out = tmp_path / "批注.xlsx"

    def fail(*_: object) -> None:
        raise refused(out, 32)

    monkeypatch.setattr("perfeval.cli.writing.write_atomically", fail)
    outcome = command("check", made(tmp_path), "--mark", out)
    assert outcome.code == 2
    assert "打开着" in outcome.err
