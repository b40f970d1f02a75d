"""What a run reads and writes is told to whoever records, and to nobody else."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from perfeval import evaluate, load_rulebook, score_batch, write
from perfeval.opening import read_regular
from perfeval.recorder import recording
from perfeval.recording import note_read, note_written, recorder

SHEET = "评分办法: hubei-2020\n年度: 2023\n项目名称: 示例\n"
RULEBOOK = "编号: own\n继承: hubei-2020\n名称: 自用\n版本: '1'\n地区: 示例县\n"


def test_nothing_is_kept_where_nobody_records(tmp_path: Path) -> None:
    note_read("甲", b"")
    note_written("乙")
    assert recorder() is None


def test_a_file_is_recorded_with_what_was_read_of_it(tmp_path: Path) -> None:
    sheet = tmp_path / "表.yaml"
    sheet.write_text(SHEET, encoding="utf-8")
    with recording() as found:
        report = evaluate(sheet)
        write(report, tmp_path / "表.md")
    content = sheet.read_bytes()
    own = {name: was for name, was in found.read.items() if name.startswith(os.fspath(tmp_path))}
    assert own == {os.fspath(sheet): (hashlib.sha256(content).hexdigest(), len(content))}
    assert found.written == {os.fspath(tmp_path / "表.md")}
    assert report.rulebook is not None
    assert report.rulebook.stamp in found.rulebooks
    assert found.changed == set()


def test_the_longer_of_two_readings_counts(tmp_path: Path) -> None:
    file = tmp_path / "甲"
    file.write_bytes(b"12345")
    with recording() as found:
        read_regular(file, 2)
        read_regular(file, 9)
        read_regular(file, 3)
    assert found.read[os.fspath(file)] == (hashlib.sha256(b"12345").hexdigest(), 5)
    assert found.changed == set()


def test_a_file_that_changes_meanwhile_is_named(tmp_path: Path) -> None:
    file = tmp_path / "甲"
    with recording() as found:
        for content in (b"12345", b"12945"):
            file.write_bytes(content)
            read_regular(file, 9)
    assert found.changed == {os.fspath(file)}


def test_a_rulebook_that_is_known_already_is_recorded_too(tmp_path: Path) -> None:
    own = tmp_path / "办法.yaml"
    own.write_text(
        "编号: own\n继承: hubei-2020\n名称: 自用\n版本: '1'\n地区: 示例县\n", encoding="utf-8"
    )
    load_rulebook(own)
    with recording() as found:
        load_rulebook(own)
    assert os.fspath(own) in {*found.read, *found.kept}
    with recording() as outer:
        with recording() as inner:
            read_regular(own, 9)
        assert os.fspath(own) in inner.read
    assert outer.read == {}


def test_what_other_processes_read_is_recorded_too(tmp_path: Path) -> None:
    names = [tmp_path / f"{number}.yaml" for number in range(7)]
    for name in names:
        name.write_text(SHEET.replace("示例", name.name), encoding="utf-8")
    with recording() as alone:
        one = list(score_batch(names))
    with recording() as together:
        two = list(score_batch(names, workers=2))
    assert one == two
    own = os.fspath(tmp_path)
    assert {name: was for name, was in together.read.items() if name.startswith(own)} == {
        name: was for name, was in alone.read.items() if name.startswith(own)
    }
    assert len(alone.read) >= len(names)
    assert together.rulebooks == alone.rulebooks != set()
