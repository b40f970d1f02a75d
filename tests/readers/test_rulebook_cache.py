"""A rulebook of one's own is read once, until one of its files changes."""

from __future__ import annotations

import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import perfeval
from perfeval.readers import files
from perfeval.readers import rulebooks as reading
from perfeval.readers.rulebooks import read_rulebook

OWN = '编号: 区\n名称: 区办法\n地区: 区\n版本: "{0}"\n继承: 市.yaml\n'
CITY = '编号: 市\n名称: 市办法\n地区: 市\n版本: "{0}"\n继承: hubei-2020\n'


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect the names of the files that are opened."""
    names: list[str] = []
    read_file = files.read_file

    def noted(name: str) -> object:
        names.append(Path(name).name)
        return read_file(name)

    monkeypatch.setattr(reading, "read_file", noted)
    return names


@pytest.fixture
def own(tmp_path: Path) -> Path:
    perfeval.load_rulebook("hubei-2020")
    (tmp_path / "市.yaml").write_text(CITY.format(1), encoding="utf-8")
    path = tmp_path / "区.yaml"
    path.write_text(OWN.format(1), encoding="utf-8")
    return path


def test_each_file_is_opened_once_for_any_number_of_sheets(own: Path, opened: list[str]) -> None:
    first = perfeval.load_rulebook(own)
    assert opened == ["区.yaml", "市.yaml"]
    assert all(perfeval.load_rulebook(own) is first for _ in range(5))
    assert opened == ["区.yaml", "市.yaml"]


def test_a_changed_file_is_read_again(own: Path) -> None:
    assert perfeval.load_rulebook(own).version == "1"
    own.write_text(OWN.format(2), encoding="utf-8")
    assert perfeval.load_rulebook(own).version == "2"


def test_a_changed_file_below_is_read_again(own: Path) -> None:
    """What the rulebook inherits from may change as well as its own file."""
    first = read_rulebook(own)
    (own.parent / "市.yaml").write_text(CITY.format(2), encoding="utf-8")
    second = read_rulebook(own)
    assert [str(read.layers.sources[1].data["版本"]) for read in (first, second)] == ["1", "2"]


def test_a_file_put_in_the_place_of_another_is_read(own: Path, tmp_path: Path) -> None:
    """Of the same size and the same time: it still is another file."""
    perfeval.load_rulebook(own)
    other = tmp_path / "新.yaml"
    other.write_text(OWN.format(3), encoding="utf-8")
    shutil.copystat(own, other)
    other.replace(own)
    assert perfeval.load_rulebook(own).version == "3"


def test_a_file_that_is_gone_is_missed(own: Path) -> None:
    perfeval.load_rulebook(own)
    own.unlink()
    with pytest.raises(perfeval.RulebookError):
        perfeval.load_rulebook(own)


def test_the_same_words_in_another_folder_are_another_file(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert perfeval.load_rulebook("区.yaml").version == "1"
    there = tmp_path / "别处"
    there.mkdir()
    shutil.copy(tmp_path / "市.yaml", there)
    (there / "区.yaml").write_text(OWN.format(4), encoding="utf-8")
    monkeypatch.chdir(there)
    assert perfeval.load_rulebook("区.yaml").version == "4"


def test_the_number_of_kept_rulebooks_is_bounded(tmp_path: Path) -> None:
    for number in range(80):
        path = tmp_path / f"{number}.yaml"
        path.write_text(CITY.format(number), encoding="utf-8")
        perfeval.load_rulebook(path)
    assert len(reading._KEPT) <= reading._MOST_KEPT


def test_many_threads_may_keep_rulebooks_at_once(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bureau scores its units in threads, each with a rulebook of its own."""
    book = read_rulebook(own)
    monkeypatch.setattr(reading, "_made", lambda *_args, **_more: book)
    monkeypatch.setattr(reading, "_MOST_KEPT", 3)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(6) as pool:
            read = list(pool.map(lambda year: read_rulebook(own, year=year), range(1500, 3000)))
    finally:
        sys.setswitchinterval(interval)
    assert all(item is book for item in read)
