"""Archives: equal parts give equal bytes, whenever and wherever they are packed."""

from __future__ import annotations

import io
import zipfile

from perfeval.documents.archive import pack

PARTS = (("甲.xml", "<甲/>" * 100), ("b/c.xml", ""))


def read(archive: bytes) -> list[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert opened.testzip() is None
        return [(name, opened.read(name).decode()) for name in opened.namelist()]


def test_an_archive_holds_its_parts_in_their_order() -> None:
    assert read(pack(PARTS)) == list(PARTS)
    assert read(pack(())) == []


def test_an_archive_that_is_continued_holds_what_it_held_first() -> None:
    begun = pack(PARTS[:1])
    assert read(pack(PARTS[1:], onto=begun)) == list(PARTS)
    assert read(begun) == list(PARTS[:1])


def test_an_archive_names_no_time_and_no_system() -> None:
    with zipfile.ZipFile(io.BytesIO(pack(PARTS))) as opened:
        for entry in opened.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert entry.create_system == 0
            assert entry.extra == b""
    assert pack(PARTS) == pack(PARTS)
