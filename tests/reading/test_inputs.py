"""Files, folders, trees and archives: every file comes once, or with why it was passed over."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from perfeval.carriers import LIMITS
from perfeval.reading.inputs import Unopened, input_files


def made(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())


def found(*arguments: Path | str) -> dict[str, bytes | str]:
    files = list(input_files([os.fspath(one) for one in arguments]))
    assert len({file.name for file in files}) == len(files)
    return {
        file.name: file.content.reason if isinstance(file.content, Unopened) else file.content
        for file in files
    }


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_a_tree_is_walked_in_order(tmp_path: Path) -> None:
    made(tmp_path, "乙.docx", "甲/丁.xlsx", "甲/丙/戊.pdf", "a.docx")
    names = [Path(name).relative_to(tmp_path).as_posix() for name in found(tmp_path)]
    assert names == ["a.docx", "乙.docx", "甲/丁.xlsx", "甲/丙/戊.pdf"]


def test_each_file_comes_once(tmp_path: Path) -> None:
    made(tmp_path, "甲.docx")
    assert len(found(tmp_path, tmp_path / "甲.docx", tmp_path / "." / "甲.docx")) == 1


def test_where_it_was_found_is_known(tmp_path: Path) -> None:
    made(tmp_path, "民政科/甲.docx")
    (tmp_path / "报送.zip").write_bytes(zipped({"社区/乙.docx": b"1"}))
    origins = {file.origin: file.parts for file in input_files([os.fspath(tmp_path)])}
    assert origins == {
        "报送.zip/社区/乙.docx": ("报送", "社区", "乙.docx"),
        "民政科/甲.docx": ("民政科", "甲.docx"),
    }
    (single,) = input_files([os.fspath(tmp_path / "民政科/甲.docx")])
    assert (single.origin, single.top) == ("甲.docx", os.fspath(tmp_path / "民政科"))


def test_what_is_passed_over_is_named(tmp_path: Path) -> None:
    made(tmp_path, "~$甲.docx", ".藏.docx", "乙.yaml", "丙.YML", ".git/config", "__MACOSX/丁.docx")
    files = list(input_files([os.fspath(tmp_path)]))
    assert all(isinstance(file.content, Unopened) for file in files)
    assert not any(isinstance(f.content, Unopened) and f.content.is_fault for f in files)
    assert len(files) == 6, "a hidden folder is named once"


def test_what_is_named_itself_is_opened_whatever_it_is_called(tmp_path: Path) -> None:
    made(tmp_path, ".藏.docx", "甲.yaml")
    assert found(tmp_path / ".藏.docx") == {f"{tmp_path}/.藏.docx": ".藏.docx".encode()}
    assert list(found(tmp_path / "甲.yaml").values()) == ["已经是 YAML，不用再读"]


def test_links_lead_nowhere_outside(tmp_path: Path) -> None:
    made(tmp_path, "外/甲.docx", "里/乙.docx")
    inside = tmp_path / "里"
    (inside / "链接.docx").symlink_to(tmp_path / "外/甲.docx")
    (inside / "链接夹").symlink_to(tmp_path / "外")
    (inside / "圈").symlink_to(inside)
    said = {Path(name).name: content for name, content in found(inside).items()}
    assert said["乙.docx"] == "里/乙.docx".encode()
    assert "指到文件夹外面" in str(said["链接.docx"])
    assert "指到文件夹外面" in str(said["链接夹"])
    assert "没有进去看" in str(said["圈"])
    named = found(inside / "链接.docx")
    assert list(named.values()) == ["外/甲.docx".encode()], (
        "who names a link wants what it leads to"
    )


def test_what_is_not_there_or_no_file_is_said(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.docx")
    assert "不是普通文件" in str(list(found(tmp_path).values()))
    assert list(found("没有.docx").values()) == ["没有这个文件"]
    assert list(found("甲\0.docx").values()) == ["文件名里有不能用的字符"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser opens everything")
def test_a_folder_that_cannot_be_opened_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "锁").mkdir(mode=0)
    assert list(found(tmp_path).values()) == ["文件夹打不开"]


def test_a_pattern_that_no_shell_followed_is_followed(tmp_path: Path) -> None:
    made(tmp_path, "甲.docx", "乙.docx", "丙.txt")
    assert len(found(tmp_path / "*.docx")) == 2
    assert list(found(tmp_path / "*.pdf").values()) == ["没有这个文件"]


def test_files_of_an_archive_are_looked_at_like_others(tmp_path: Path) -> None:
    path = tmp_path / "报送.zip"
    inside = {"甲.docx": b"1", "乙.yaml": b"2", "__MACOSX/._甲.docx": b"3", "../丙.docx": b"4"}
    path.write_bytes(zipped(inside))
    said = {name.removeprefix(f"{path}/"): content for name, content in found(path).items()}
    assert said["甲.docx"] == b"1"
    assert said["乙.yaml"] == "已经是 YAML，不用再读"
    assert "隐藏或临时" in str(said["__MACOSX/._甲.docx"])
    assert "指到压缩包外面" in str(said["../丙.docx"])


def test_an_empty_archive_is_said_and_one_of_too_many_files_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "空.zip").write_bytes(zipped({}))
    assert list(found(tmp_path).values()) == ["压缩包是空的"]
    (tmp_path / "空.zip").write_bytes(zipped({"文件夹/": b""}))
    assert list(found(tmp_path).values()) == ["压缩包是空的"]
    (tmp_path / "空.zip").write_bytes(zipped({str(number): b"" for number in range(5_001)}))
    (said,) = found(tmp_path).values()
    assert "超过 5000 个" in str(said)


def test_a_file_that_is_too_large_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("perfeval.reading.inputs.LIMITS", LIMITS._replace(file=3))
    made(tmp_path, "甲.docx")
    assert list(found(tmp_path).values()) == ["文件超过 0 MB，没有打开"]
