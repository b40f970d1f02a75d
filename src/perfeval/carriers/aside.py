"""What an office file has beside its cells and paragraphs: page headers, notes, boxes, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress

from perfeval.carriers.limits import CarrierRefusalError
from perfeval.carriers.markup import Attributes, MarkupWalker
from perfeval.carriers.package import Package, PartReference
from perfeval.carriers.values import Remark, RemarkKind

_PAGE_PARTS = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}
_PICTURES = frozenset({"blip", "imagedata"})
_FIELD = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|[0-9]+|[A-Za-z])')
"""What a spreadsheet's page header says in signs: its font, its size, the number of the page."""
_WORDS = re.compile(r"[\u4e00-\u9fff]")
_PAGE_NUMBER = re.compile(r"[第共]?\s*[0-9]*\s*页")
_LONGEST = 40


class _Texts(MarkupWalker):
    """The texts of a part that is read for nothing else, and how many pictures it has.

    Attributes:
        pictures: How many pictures it has.
    """

    def __init__(self) -> None:
        self.pictures = 0
        self._pieces: list[str] = []
        self._is_text = False

    def start(self, name: str, attributes: Attributes) -> None:
        del attributes
        self._is_text = name == "t"
        self.pictures += name in _PICTURES

    def end(self, name: str) -> None:
        self._is_text = False
        if name == "p":
            self._pieces.append(" ")

    def text(self, text: str) -> None:
        if self._is_text:
            self._pieces.append(text)

    @property
    def said(self) -> str:
        """What it says, on one line; empty where it has no words but those of a page number."""
        return words_of("".join(self._pieces))


def words_of(text: str) -> str:
    """Return a text on one line; nothing where it holds no words but those of a page number.

    >>> words_of("第 3 页 共 5 页"), words_of("金额单位：元")
    ('', '金额单位：元')
    """
    line = " ".join(text.split())
    if not _WORDS.search(_PAGE_NUMBER.sub("", line)):
        return ""
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def header_text(code: str) -> str:
    """Return what the header or footer of a sheet's pages says.

    >>> header_text('&C&"宋体,加粗"&14项目支出绩效自评表&R第 &P 页')
    '项目支出绩效自评表 第 页'
    """
    return words_of(_FIELD.sub(" ", code))


def page_remarks(package: Package, related: Iterable[PartReference]) -> list[Remark]:
    """Say which headers, footers and notes of a document were not read, and what they say."""
    remarks = []
    for relation in related:
        what = _PAGE_PARTS.get(relation.kind)
        if what is not None and relation.target in package:
            said = _texts(package, relation.target).said
            message = f"{what}里的字没有读取：{said}"
            remarks += [Remark(RemarkKind.PAGE_TEXT, message)] if said else []
    return list(dict.fromkeys(remarks))


def drawing_remarks(package: Package, related: Iterable[PartReference], sheet: str) -> list[Remark]:
    """Say what floats above a sheet and was not read: text boxes and pictures."""
    remarks = []
    for relation in related:
        if relation.kind == "drawing" and relation.target in package:
            texts = _texts(package, relation.target)
            if texts.said:
                remarks.append(_not_read(f"工作表“{sheet}”的文本框没有读取：{texts.said}"))
            if texts.pictures:
                said = f"工作表“{sheet}”有 {texts.pictures} 张图片，里面的字没有读取"
                remarks.append(_not_read(said))
    return remarks


def _texts(package: Package, part: str) -> _Texts:
    """Return the texts of a part, as far as it can be read; nothing else depends on it."""
    texts = _Texts()
    with suppress(CarrierRefusalError):
        package.walk(part, texts)
    return texts


def _not_read(message: str) -> Remark:
    """Return a remark on what was not read."""
    return Remark(RemarkKind.NOT_READ, message)
