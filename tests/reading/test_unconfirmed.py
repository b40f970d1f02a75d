"""Nobody has confirmed what was read: the sheet that comes of it says so, and from where it is."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from perfeval import ReadDocument, ReadTable, Sheet, dump, load_sheet, read
from perfeval.reading.unconfirmed import unconfirmed_data

TABLE = "三级指标,目标值,完成值\n床位数,391,390\n".encode()
HEAD = {"评分办法": "mof-2020", "年度": 2023, "项目名称": "示例"}


def unconfirmed(document: ReadDocument, file: str | None = None) -> Sheet:
    (table,) = document.tables
    return load_sheet({**HEAD, **unconfirmed_data(document, table, file=file)})


def test_a_sheet_says_that_it_is_unconfirmed_and_where_it_is_from(tmp_path: Path) -> None:
    path = tmp_path / "床位 2023.csv"
    path.write_bytes(TABLE)
    sheet = unconfirmed(read(path))
    assert sheet.unconfirmed
    assert sheet.read_from is not None
    assert sheet.read_from.file == "床位 2023.csv"
    assert sheet.read_from.digest == hashlib.sha256(TABLE).hexdigest()
    assert sheet.read_from.place == "第1张表"
    assert sheet.read_from.layout is None


def test_the_file_may_be_called_otherwise() -> None:
    sheet = unconfirmed(read(TABLE), "材料.zip 里的 床位.csv")
    assert sheet.read_from is not None
    assert sheet.read_from.file == "材料.zip 里的 床位.csv"


@pytest.mark.parametrize(
    ("name", "printed"),
    [("a\u202eb.csv", "a?b.csv"), ("a\nb\u3000c", "a b c"), ("\udcff", "?"), ("", None)],
)
def test_a_name_never_makes_the_sheet_unreadable(name: str, printed: str | None) -> None:
    document = ReadDocument(name, "", tables=(ReadTable(name, {}, {}),))
    sheet = unconfirmed(document)
    assert sheet.read_from is not None
    assert (sheet.read_from.file, sheet.read_from.place) == (printed, printed)


def test_the_words_survive_writing_and_reading() -> None:
    sheet = unconfirmed(read(TABLE, name="床位.csv"))
    assert load_sheet(dump(sheet)) == sheet
    assert "未确认: true" in dump(sheet)


def test_a_typed_sheet_is_confirmed_and_says_nothing_of_a_file() -> None:
    sheet = load_sheet(HEAD)
    assert (sheet.unconfirmed, sheet.read_from) == (False, None)
    assert load_sheet({**HEAD, "未确认": "是"}).unconfirmed
