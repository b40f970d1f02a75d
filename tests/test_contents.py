"""What a file is, by its first bytes."""

from __future__ import annotations

import io
import zipfile

import pytest

from perfeval.contents import kind_of


def packed(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"%PDF-1.4\n", "PDF"),
        (b"\xef\xbb\xbf\n%PDF-1.4\n", "PDF"),
        (packed("[Content_Types].xml", "word/document.xml"), "Word 文件（.docx）"),
        (packed("[Content_Types].xml", "xl/workbook.xml"), "Excel 文件（.xlsx）"),
        (packed("自评表.yaml"), "压缩包（zip）"),
        (OLE + "Workbook".encode("utf-16-le"), "旧版 Excel 文件（.xls，或 WPS 表格 .et）"),
        (OLE + "WordDocument".encode("utf-16-le"), "旧版 Word 文件（.doc，或 WPS 文字 .wps）"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "加了密码"),
        (OLE, "旧版 Word、Excel 或 WPS 文件"),
        (b"\x89PNG\r\n\x1a\n", "图片（PNG）"),
        (b"\xff\xd8\xff\xe0", "图片（JPEG）"),
        (b"Rar!\x1a\x07", "压缩包（RAR）"),
        (b"{\\rtf1", "RTF"),
        (b"<html><table>", "网页"),
        (b'<?xml version="1.0"?>', "XML"),
        ("年度: 2023\n".encode("utf-16"), "UTF-16"),
        ("年度: 2023\n".encode("utf-16-le"), "UTF-16"),
        ("年度: 2023\n".encode("utf-16-be"), "UTF-16"),
    ],
)
def test_a_file_that_is_no_text_is_named(raw: bytes, said: str) -> None:
    kind = kind_of(raw)
    assert kind is not None
    assert said in kind.message
    assert kind.hint
    (kind.message + kind.hint).encode("gbk")


def test_of_an_archive_it_is_said_which_command_takes_the_sheets_out() -> None:
    zipped, other = kind_of(packed("甲/自评表.docx")), kind_of(b"Rar!\x1a\x07")
    assert zipped is not None
    assert other is not None
    assert "perfeval read" in zipped.hint
    inside = io.BytesIO()
    with zipfile.ZipFile(inside, "w") as archive:  # stored as it is, so that its bytes are seen
        archive.writestr("水务局/自评表.docx", packed("[Content_Types].xml", "word/document.xml"))
    assert kind_of(inside.getvalue()) == zipped
    assert "perfeval read" not in other.hint, "only a zip is opened"


@pytest.mark.parametrize(
    "raw",
    [b"", b"BM: 1\n", "年度: 2023".encode(), "年度: 2023".encode("gbk"), b"MZ: 1\n", b"a: \x00b"],
)
def test_a_text_is_none_of_them(raw: bytes) -> None:
    assert kind_of(raw) is None
