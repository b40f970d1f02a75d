"""What a file is by its first bytes; whoever asks only this needs none of the readers."""

from __future__ import annotations

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the files of older office programs begin."""
_HEAD = 4_096
_PDF, _PDF_WITHIN = b"%PDF-", 1_024
_PAGE_MARKS = (b"<html", b"<table", b"<!doctype html", b"<body")


def is_office_file(raw: bytes) -> bool:
    r"""Tell the files of office programs, PDF and pages from texts, by their first bytes.

    >>> is_office_file(b"PK\x03\x04"), is_office_file("年度: 2023".encode())
    (True, False)
    """
    is_packed = raw.startswith((*ZIP, COMPOUND))
    return is_packed or is_pdf(raw) or is_page(raw)


def is_pdf(raw: bytes) -> bool:
    """Tell a PDF, before whose mark other bytes may stand."""
    return _PDF in raw[:_PDF_WITHIN]


def is_page(raw: bytes) -> bool:
    """Tell a page of a browser, which systems export under the name of a workbook as well."""
    head = raw[:_HEAD].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return head.startswith(b"<") and any(mark in head for mark in _PAGE_MARKS)
