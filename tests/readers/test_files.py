"""Files: every encoding of an office, every way in which a file cannot be read."""

from __future__ import annotations

import io
import os
import sys
import time
import tracemalloc
from pathlib import Path

import pytest

import perfeval
from perfeval.readers.files import read_file, resolve, shipped_sheets
from perfeval.source import MAX_BYTES

REAL = "shipped:qingshan-2023/养老服务体系建设运营补助资金"
HINT = "请检查文件名和所在的文件夹"


def codes(path: str | Path) -> list[tuple[str, str, str]]:
    report = perfeval.evaluate(path)
    assert report.sheet is None
    return [(item.code, item.message, item.hint) for item in report.findings]


def test_what_is_no_file_is_a_finding(tmp_path: Path) -> None:
    assert codes(tmp_path) == [("YM112", "这是文件夹，不是文件", "请写明其中一张表")]
    assert codes(tmp_path / "没有.yaml") == [("YM112", "没有这个文件", HINT)]
    assert codes("shipped:没有/没有") == [("YM112", "没有这个文件", HINT)]


@pytest.mark.parametrize("name", ["\x00", "a" * 5000, "", "shipped:", "shipped:/etc/passwd"])
def test_a_name_that_no_file_can_have_is_a_finding(name: str) -> None:
    assert [code for code, *_ in codes(name)] == ["YM112"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
def test_a_device_and_a_pipe_are_not_read(tmp_path: Path) -> None:
    pipe = tmp_path / "管道.yaml"
    os.mkfifo(pipe)
    assert codes(pipe) == [("YM112", "这不是普通文件", HINT)]
    assert codes("/dev/zero") == [("YM112", "这不是普通文件", HINT)]


@pytest.mark.parametrize("name", ["shipped:../../pyproject.toml", "shipped:qingshan-2023/../x"])
def test_a_shipped_name_does_not_leave_its_folder(name: str) -> None:
    assert codes(name) == [("YM112", "没有这个文件", HINT)]


def test_a_finding_names_the_file_as_it_was_given(tmp_path: Path) -> None:
    (found,) = perfeval.evaluate(tmp_path / "没有.yaml").findings
    assert (found.file, found.line, found.column) == (str(tmp_path / "没有.yaml"), 1, 1)


def test_a_file_of_100_mb_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "大.yaml"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    tracemalloc.start()
    start = time.perf_counter()
    found = codes(path)
    taken = time.perf_counter() - start
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == [
        ("YM102", "文件超过 2 MB，未读取", "一张自评表只有几十 KB；请检查是否选错了文件")
    ]
    assert peak < 4 * MAX_BYTES
    assert taken < 1


def test_ten_thousand_levels_are_one_finding(tmp_path: Path) -> None:
    for text in ("[" * 10_000, "- " * 10_000, "a: {" * 10_000):
        path = tmp_path / "深.yaml"
        path.write_text("指标: " + text if text[0] == "[" else text, encoding="utf-8")
        assert [code for code, *_ in codes(path)] == ["YM103"]


def shipped_text() -> str:
    return resolve(REAL).read_text(encoding="utf-8")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_real_sheet_is_the_same_in_every_encoding(
    tmp_path: Path, encoding: str, newline: str
) -> None:
    path = tmp_path / "表.yaml"
    path.write_text(shipped_text(), encoding=encoding, newline=newline)
    report = perfeval.evaluate(path)
    assert report.sheet == perfeval.load_sheet(REAL)
    original = perfeval.evaluate(REAL)
    assert [(item.code, item.line, item.column) for item in report.findings] == [
        (item.code, item.line, item.column) for item in original.findings
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32"])
def test_utf_16_is_refused(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "表.yaml"
    path.write_text(shipped_text(), encoding=encoding)
    (found,) = codes(path)
    assert found[0] in ("YM101", "YM105")


def test_other_bytes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "表.yaml"
    path.write_bytes(b"\xff\x81\xff")
    assert codes(path) == [
        ("YM101", "文件既不是 UTF-8 也不是 GB18030 编码的文本", "请另存为 UTF-8 文本")
    ]


def test_the_bytes_of_a_file_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No more than the limit and one byte is ever asked for."""
    asked: list[int] = []

    class Recorded(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            asked.append(-1 if size is None else size)
            return b"a: 1"

    monkeypatch.setattr(os, "fdopen", lambda *_args: Recorded())
    assert read_file(str(resolve(REAL))).data == {"a": 1}
    assert asked == [MAX_BYTES + 1]


def test_every_shipped_name_resolves_to_its_file() -> None:
    names = list(shipped_sheets())
    assert names == sorted(names)
    for name in names:
        assert name.startswith("shipped:")
        assert resolve(name).is_file()
        assert resolve(name + ".yaml") == resolve(name)


def test_a_file_that_may_not_be_read_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "表.yaml"
    path.write_text("a: 1", encoding="utf-8")

    def denied(*_args: object, **_kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", denied)
    assert codes(path) == [("YM112", "文件打不开（没有权限）", HINT)]


def test_the_ending_of_a_sheet_may_be_in_capitals(tmp_path: Path) -> None:
    """Nothing in a folder is passed over for how its name is spelt."""
    for name in ("甲.YAML", "乙.Yaml", "丙.yaml"):
        (tmp_path / name).write_text("甲: 1\n", encoding="utf-8")
    assert len(perfeval.evaluate_department(tmp_path).sheets) == 3
