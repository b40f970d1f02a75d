"""What a file is, by its first bytes: said in words an office knows, with what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple


class FileKind(NamedTuple):
    """A kind of file that holds no text to be read.

    Attributes:
        message: What the file is.
        hint: What to do.

    >>> kind_of(b"%PDF-1.7").message
    '这是 PDF 文件，不是自评表文本'
    """

    message: str
    hint: str


_EMPTY_SHEET = "请用 perfeval new 生成一张空表（perfeval form 生成 Excel 填报表），把内容填进去"
_ARCHIVE = (
    "里面的自评表可用 perfeval read 压缩包.zip -o 文件夹 读出；别的文件请先解压，再写明那一个"
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_IMAGES = {
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
}
_PACKED = {
    b"Rar!": "RAR",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"\x1f\x8b": "gzip",
}
_FIRST = 65_536
"""How many bytes are looked at: the names of an office file's parts stand among the first."""
_OFFICE_PARTS = {
    b"word/": "Word 文件（.docx）",
    b"xl/": "Excel 文件（.xlsx）",
    b"ppt/": "PowerPoint 文件（.pptx）",
    b"opendocument.text": "OpenDocument 文字文件（.odt）",
    b"opendocument.spreadsheet": "OpenDocument 表格文件（.ods）",
    b"OFD.xml": "OFD 版式文件",
}
_OF_PACKAGES = (b"word/", b"xl/", b"ppt/", b"mimetype", b"OFD.xml")
"""How a name begins that only the parts of an office file have."""
_OLE_STREAMS = {
    "EncryptedPackage": "加了密码的 Word 或 Excel 文件",
    "WordDocument": "旧版 Word 文件（.doc，或 WPS 文字 .wps）",
    "Workbook": "旧版 Excel 文件（.xls，或 WPS 表格 .et）",
    "Book": "旧版 Excel 文件（.xls，或 WPS 表格 .et）",
    "PowerPoint Document": "旧版 PowerPoint 文件（.ppt）",
}
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_FEW_ZEROS = 4
"""One byte of so many is zero at least in UTF-16 of a text with figures and line ends."""


def kind_of(raw: bytes) -> FileKind | None:
    """Return what a file is, where it is no text that could be read; ``None`` where it may be."""
    for look in (_office, _page, _picture, _packed, _other_text):
        kind = look(raw)
        if kind is not None:
            return kind
    return None


def _office(raw: bytes) -> FileKind | None:
    """Tell the files of Word, Excel and WPS."""
    first = raw[:_FIRST]
    if raw.startswith(_ZIP):
        said = next((said for part, said in _OFFICE_PARTS.items() if part in first), None)
        if said is None or not _is_package(raw):
            return FileKind("这是压缩包（zip），不是自评表文本", _ARCHIVE)
        return FileKind(f"这是 {said}，不是自评表文本", _EMPTY_SHEET)
    if raw.startswith(_OLE):
        names = ((said, name.encode("utf-16-le")) for name, said in _OLE_STREAMS.items())
        said = next((said for said, name in names if name in raw), "旧版 Word、Excel 或 WPS 文件")
        return FileKind(f"这是{said}，不是自评表文本", _EMPTY_SHEET)
    if raw.startswith(b"{\\rtf"):
        return FileKind("这是 RTF 文件（写字板、Word），不是自评表文本", _EMPTY_SHEET)
    return None


def _is_package(raw: bytes) -> bool:
    """Tell an office file from an archive in which such files lie as they are, not packed again."""
    names = list(_names(raw))  # a damaged one has none but those that are seen in it
    return not names or any(name.startswith(_OF_PACKAGES) for name in names)


def _names(raw: bytes) -> Iterator[bytes]:
    """Yield the names in a zip, from the list at its end."""
    end = raw.rfind(b"PK\x05\x06")
    at = int.from_bytes(raw[end + 16 : end + 20], "little") if end >= 0 else len(raw)
    while raw[at : at + 4] == b"PK\x01\x02":
        name, extra, note = (
            int.from_bytes(raw[at + start : at + start + 2], "little") for start in (28, 30, 32)
        )
        yield raw[at + 46 : at + 46 + name]
        at += 46 + name + extra + note


def _page(raw: bytes) -> FileKind | None:
    """Tell PDF, and what systems export as “Excel” that is a page of a browser."""
    head = raw[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"%pdf-"):
        return FileKind("这是 PDF 文件，不是自评表文本", _EMPTY_SHEET)
    if head.startswith((b"<!doctype html", b"<html", b"<table")):
        what = "这是网页（HTML）；有的系统导出的“Excel”也是网页，不是自评表文本"
        return FileKind(what, _EMPTY_SHEET)
    if head.startswith(b"<?xml"):
        return FileKind("这是 XML 文件，不是自评表文本", _EMPTY_SHEET)
    return None


def is_picture(raw: bytes) -> bool:
    r"""Tell a picture by its first bytes.

    >>> is_picture(b"\x89PNG\r\n"), is_picture(b"%PDF-1.7")
    (True, False)
    """
    return _picture(raw) is not None


def _picture(raw: bytes) -> FileKind | None:
    name = next((name for head, name in _IMAGES.items() if raw.startswith(head)), None)
    if name is None and raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        name = "WebP"
    if name is None or (name == "BMP" and _is_text(raw)):
        return None
    return FileKind(f"这是图片（{name}），里面的字读不出来", _EMPTY_SHEET)


def _packed(raw: bytes) -> FileKind | None:
    name = next((name for head, name in _PACKED.items() if raw.startswith(head)), None)
    if name is not None:
        return FileKind(f"这是压缩包（{name}），不是自评表文本", "请先解压，再写明里面的文件")
    if raw.startswith((b"MZ", b"\x7fELF")) and not _is_text(raw):
        return FileKind("这是程序文件，不是自评表文本", "请检查是否选错了文件")
    return None


def _other_text(raw: bytes) -> FileKind | None:
    """Tell UTF-16, which Notepad calls Unicode."""
    first = raw[:1024]
    zeros = first.count(0)
    if raw.startswith(_UTF_16) or (zeros * _FEW_ZEROS >= len(first) > 1 and _is_utf_16(first)):
        what = "这是 UTF-16 编码的文本（记事本里叫“Unicode”）"
        return FileKind(what, "请用记事本“另存为”，编码选 UTF-8")
    return None


def _is_utf_16(first: bytes) -> bool:
    """Tell whether line ends, colons or blanks stand as they do in UTF-16."""
    return re.search(rb"\x00[\n: ]|[\n: ]\x00", first) is not None


def _is_text(raw: bytes) -> bool:
    return not re.search(rb"[\x00-\x08\x0e-\x1f]", raw[:1024])
