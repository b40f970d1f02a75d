"""Plain text and comma separated values, and in which encoding they are written."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator

from perfeval.carriers.limits import Allowance, CarrierRefusalError, broken, too_much
from perfeval.carriers.tables import Flow
from perfeval.carriers.values import (
    CarriedDocument,
    CarriedLine,
    CarriedText,
    CarrierKind,
    Remark,
    RemarkKind,
)
from perfeval.places import LINE_END, TextPlace

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_GUESSED = ("utf-8", "gb18030")
_SAME_IN_CHINESE = {"gb2312", "gbk", "gb_2312-80", "x-gbk", "gb18030", "cp936", "iso-8859-1"}
"""What pages say that are written in the code page of a Chinese system."""
_SEPARATORS = ("\t", ",", ";")
_LEAST_ROWS = 2


class Decoded:
    """A text, and what is said of how it was decoded."""

    def __init__(self, text: str, remarks: tuple[Remark, ...] = ()) -> None:
        self.text = text
        self.remarks = remarks


def decoded(raw: bytes, declared: str = "") -> Decoded:
    """Return the text of a file: by its first bytes, as it says itself, or as it can be read.

    Args:
        raw: The bytes.
        declared: The encoding that it names.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            text = raw.decode(encoding, "replace").removeprefix("\ufeff")
            return Decoded(text, _remarks(text))
    named = "gb18030" if declared.lower() in _SAME_IN_CHINESE else declared
    for encoding in (named, *_GUESSED):
        if encoding:
            try:
                return Decoded(raw.decode(encoding))
            except (UnicodeError, LookupError, ValueError):
                continue
    texts = (raw.decode(encoding, "replace") for encoding in _GUESSED)
    text = min(texts, key=lambda text: text.count("\ufffd"))
    return Decoded(text, _remarks(text))


def _remarks(text: str) -> tuple[Remark, ...]:
    lost = text.count("\ufffd")
    if not lost:
        return ()
    message = f"有 {lost} 个字的编码不对，读成了乱码"
    return (Remark(RemarkKind.DOUBTFUL_TEXT, message),)


def read_plain(raw: bytes, allowance: Allowance) -> CarriedDocument:
    """Read a text, as a table where all of its lines are rows of one."""
    found = decoded(raw)
    if len(found.text) > allowance.limits.characters:
        raise too_much(f"文字超过 {allowance.limits.characters} 字")
    if _CONTROL.search(found.text):
        raise CarrierRefusalError("看不出这是什么文件", "请检查是否选错了文件")
    for separator in _SEPARATORS:
        if _is_table(found.text, separator):
            return _table(found, separator, allowance)
    lines = []
    for number, text in enumerate(LINE_END.split(found.text), start=1):
        if text.strip():
            allowance.characters(text)
            lines.append(CarriedLine(text, TextPlace(number, 1)))
    parts = (CarriedText(tuple(lines)),) if lines else ()
    return CarriedDocument(CarrierKind.TEXT, parts, found.remarks)


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _is_table(text: str, separator: str) -> bool:
    """Tell whether all rows have as many fields, two at least."""
    if separator not in text[:10_000]:
        return False
    count, width = 0, 0
    try:
        for row in _rows(text, separator):
            if not row:
                continue
            width = width or len(row)
            if len(row) != width or width == 1:
                return False
            count += 1
    except csv.Error:
        return False
    return count >= _LEAST_ROWS


def _table(found: Decoded, separator: str, allowance: Allowance) -> CarriedDocument:
    flow = Flow(allowance)
    table = flow.begin_table()
    try:
        for row in _rows(found.text, separator):
            table.add_row(allowance)
            for text in row:
                table.add_cell(allowance).text = text
    except csv.Error as error:
        raise broken("表格的引号没有成对") from error
    flow.end_table()
    return CarriedDocument(CarrierKind.CSV, flow.parts(), found.remarks)
