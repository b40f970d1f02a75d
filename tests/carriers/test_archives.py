"""Archives from outside: each file in them comes with its bytes or with why it was not opened."""

from __future__ import annotations

import io
import stat
import zipfile

import pytest

from perfeval.carriers import Refusal
from perfeval.carriers.archives import ArchiveLimits, archived_files, is_archive
from tests.carriers.documents import by_hand, paragraph


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def opened(raw: bytes, limits: ArchiveLimits | None = None) -> dict[str, bytes | str]:
    found = archived_files(raw, limits=limits) if limits else archived_files(raw)
    assert not isinstance(found, Refusal)
    return {
        name: content.message if isinstance(content, Refusal) else content
        for name, content in found
    }


def test_files_come_with_their_names_and_bytes() -> None:
    files = {"甲.txt": b"1", "民政科/乙.txt": b"2" * 100_000, "民政科/": b""}
    raw = zipped(files)
    assert is_archive(raw)
    assert opened(raw) == {"甲.txt": b"1", "民政科/乙.txt": b"2" * 100_000}


def test_names_of_chinese_windows_are_read() -> None:
    """Windows packs names in GBK and does not say so; other programs do the same in UTF-8."""
    for encoding in ("gbk", "utf-8"):
        own = "自评表\\甲.txt".encode(encoding)
        raw = zipped({"n" * len(own): b"1"}).replace(b"n" * len(own), own)
        assert opened(raw) == {"自评表/甲.txt": b"1"}


def test_an_office_file_is_no_archive() -> None:
    assert not is_archive(by_hand(paragraph("甲")))
    assert not is_archive(zipped({"mimetype": b"application/x"}))
    assert not is_archive("年度: 2023".encode())
    assert not is_archive(zipped({"甲.txt": b"1"})[:40]), "what is cut off has no directory"


@pytest.mark.parametrize(
    "name",
    ["../甲.txt", "甲/../../乙.txt", "/etc/甲.txt", "C:\\甲.txt", "甲\x01.txt", "..\\甲.txt"],
)
def test_a_name_that_leads_out_is_refused(name: str) -> None:
    (said,) = opened(zipped({name: b"1"})).values()
    assert "文件名指到压缩包外面" in str(said)


def test_an_archive_in_an_archive_is_not_opened() -> None:
    raw = zipped({"里.zip": zipped({"甲.txt": b"1"}), "乙.txt": b"2"})
    assert opened(raw) == {"里.zip": "压缩包里的压缩包，没有打开", "乙.txt": b"2"}


def test_an_office_file_in_an_archive_is_opened() -> None:
    document = by_hand(paragraph("甲"))
    assert opened(zipped({"甲.docx": document})) == {"甲.docx": document}


def test_a_bomb_costs_no_more_than_the_limit() -> None:
    raw = zipped({"大.txt": b"0" * 5_000_000, "小.txt": b"1"})
    assert len(raw) < 10_000
    few = ArchiveLimits(file=1_000_000)
    assert opened(raw, few) == {"大.txt": "解压后太大，没有打开", "小.txt": b"1"}


def test_all_files_together_are_bounded() -> None:
    raw = zipped({"一": b"0" * 600, "二": b"0" * 600, "三": b"0" * 300})
    found = opened(raw, ArchiveLimits(unpacked=1_000))
    assert [isinstance(content, bytes) for content in found.values()] == [True, False, True]


def test_too_many_files_are_refused_before_the_directory_is_read() -> None:
    raw = zipped({str(number): b"" for number in range(30)})
    found = archived_files(raw, limits=ArchiveLimits(files=20))
    assert isinstance(found, Refusal)
    assert "超过 20 个" in found.message


def test_a_damaged_archive_is_refused() -> None:
    found = archived_files(zipped({"甲.txt": b"1"})[:40])
    assert isinstance(found, Refusal)
    assert "目录读不出来" in found.message


def test_a_damaged_file_does_not_stop_the_others() -> None:
    raw = bytearray(zipped({"甲.txt": b"abc" * 1000, "乙.txt": b"2"}))
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        at = archive.getinfo("甲.txt").header_offset
    raw[at + 45] ^= 0xFF
    found = opened(bytes(raw))
    assert found["乙.txt"] == b"2"
    assert "解不开" in str(found["甲.txt"])


def test_links_and_locked_files_are_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("链接.txt")
        link.create_system = 3
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("锁.txt", "1")
    raw = bytearray(stream.getvalue())
    raw[raw.rindex(b"PK\x01\x02") + 8] |= 1
    found = opened(bytes(raw))
    assert "这是链接" in str(found["链接.txt"])
    assert "密码" in str(found["锁.txt"])
