"""A file is written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from perfeval.documents.writing import ChangedError, write_atomically, write_first
from perfeval.opening import NotRegularError


def test_a_new_file_holds_the_data_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    write_atomically(tmp_path / "表.docx", b"data")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("表.docx", b"data")]


def test_an_old_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "old.md"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_atomically(str(path), b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_leaves_the_old_file_and_no_half_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "old.md"
    path.write_bytes(b"old")

    def fail(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, step, fail)
    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_atomically(path, b"new")
    assert [(item.name, item.read_bytes()) for item in tmp_path.iterdir()] == [("old.md", b"old")]


def test_a_folder_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    for write in (write_atomically, write_first):
        with pytest.raises(FileNotFoundError, match=r"none/a\.md"):
            write(tmp_path / "none" / "a.md", b"data")


def test_a_file_that_was_changed_since_it_was_read_is_left(tmp_path: Path) -> None:
    """What a person saved in the meantime is not replaced."""
    path = tmp_path / "甲.yaml"
    for saved in (b"saved", b"read, and more", b""):
        path.write_bytes(saved)
        with pytest.raises(ChangedError):
            write_atomically(path, b"mended", instead_of=b"read")
        assert [item.read_bytes() for item in tmp_path.iterdir()] == [saved]
    path.write_bytes(b"read")
    write_atomically(path, b"mended", instead_of=b"read")
    assert [item.read_bytes() for item in tmp_path.iterdir()] == [b"mended"]


def test_a_pipe_or_a_device_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    path = tmp_path / "管道"
    os.mkfifo(path)
    with pytest.raises(NotRegularError):
        write_atomically(path, b"data")
    assert [item.is_fifo() for item in tmp_path.iterdir()] == [True]


def _no_links(*_: object) -> None:
    raise PermissionError("no links on this disk")


@pytest.mark.parametrize("links", [True, False])
def test_a_file_to_begin_with_never_replaces_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool
) -> None:
    """Even one that was made after somebody looked whether there is one."""
    if not links:
        monkeypatch.setattr(os, "link", _no_links)
    path = tmp_path / "甲.yaml"
    write_first(path, b"first")
    with pytest.raises(FileExistsError) as caught:
        write_first(path, b"second")
    assert caught.value.errno == errno.EEXIST
    assert [item.read_bytes() for item in tmp_path.iterdir()] == [b"first"]
