"""Sheets whose long texts can be counted, and how often each of their characters is in a document.

Each text of a sheet is made of characters of its own, which no form prints: what is lost on the
way to a page, or printed twice, is then known by its text, in whatever order a page is read.
"""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from itertools import count
from pathlib import Path
from typing import Any

from perfeval.documents.form.grid import Table
from tests.documents.reading import part, read_html
from tests.documents.rows import BENEFIT, CLIENTS, OUTPUT

_RARE = (0xD8, 0xF8)
"""The second half of GB 2312, in the order of strokes: every Chinese font has it, no form does."""
_POOL = [bytes((high, low)).decode("gb2312") for high in range(*_RARE) for low in range(0xA1, 0xFF)]
RARE = frozenset(_POOL)
_EACH = 60
"""How many characters are a text's own."""


class Texts:
    """Texts of some length, each of characters of its own; `characters` knows all of them."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._own = (_POOL[at : at + _EACH] for at in count(0, _EACH))
        self.characters: dict[str, Counter[str]] = {}

    def text(self, name: str) -> str:
        """Return a text of sentences with as many characters as texts are long, less the stops."""
        own = next(self._own)
        letters = [own[at % _EACH] for at in range(self._length)]
        self.characters[name] = Counter(letters)
        sentences = ("".join(letters[at : at + 17]) for at in range(0, self._length, 17))
        return "，".join(sentences) + "。"


def long_sheet(book: str, kind: str, length: int, *, goals: bool = False) -> tuple[Any, Texts]:
    """Return a sheet with a long text in every field that takes one, and the texts."""
    texts = Texts(length)
    rows = [
        {**row, "偏差原因": texts.text(f"{name}的原因"), "改进措施": texts.text(f"{name}的措施")}
        for name, row in (
            ("产出", {**OUTPUT, "完成值": "75张"}),
            ("效益", BENEFIT),
            ("满意度", CLIENTS),
        )
    ]
    goal: dict[str, Any] = {
        "年度目标": texts.text("目标"),
        "年度目标完成情况": texts.text("目标完成情况"),
    }
    if goals:
        goal = {
            "多个目标": [
                {"内容": texts.text(f"目标{at}"), "完成情况": texts.text(f"目标{at}完成情况")}
                for at in (1, 2)
            ]
        }
    sheet = {
        "评分办法": book,
        "年度": 2023,
        "项目名称": "示例",
        "表种": kind,
        "主管部门": "某局",
        "实施单位": "某中心",
        "预算": {"预算数": 100, "执行数": 80, "偏差原因": texts.text("预算的原因")},
        "指标": rows,
        "原因分析": texts.text("原因"),
        "改进措施": texts.text("措施"),
        "项目用途": texts.text("用途"),
        "产出和效果": texts.text("效果"),
        **goal,
    }
    return sheet, texts


# -- how often each character is in a document -------------------------------------------------


def rare(text: str) -> Counter[str]:
    """Count the characters of the long texts."""
    return Counter(character for character in text if character in RARE)


def in_table(table: Table) -> str:
    """Return all that a laid out table prints, whatever the format."""
    above = (table.title, table.above_left, table.above_right)
    return "".join((*above, *(cell.text for cell in table.cells), *table.notes, *table.signatures))


def in_document(document: bytes, ending: str) -> str:
    """Return the text of a document as its reader sees it, in some order."""
    return {"docx": _in_word, "xlsx": _in_excel, "pdf": on_pages, "html": _in_html}.get(
        ending, bytes.decode
    )(document)


def _in_word(document: bytes) -> str:
    return "".join(ET.fromstring(part(document)).itertext())


def _in_html(document: bytes) -> str:
    return "".join(text for _, text in read_html(document).texts)


def _in_excel(document: bytes) -> str:
    """Return the texts of the cells of the first sheet."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        strings = [
            "".join(item.itertext()) for item in ET.fromstring(archive.read("xl/sharedStrings.xml"))
        ]
        sheet = ET.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    space = sheet.tag.removesuffix("worksheet")
    cells = (cell for cell in sheet.iter(f"{space}c") if cell.get("t") == "s")
    return "".join(strings[int(cell.findtext(f"{space}v") or 0)] for cell in cells)


_LETTER = re.compile(r'yMin="([\d.-]+)" xMax="[\d.-]+" yMax="([\d.-]+)">([^<]*)<')
_PAGE = re.compile(r'<page width="[\d.]+" height="([\d.]+)">')


def on_pages(document: bytes) -> str:
    """Return the text of a PDF that lies within its pages; what runs off them is not read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "document.pdf"
        path.write_bytes(document)
        run = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, check=True)
    seen = []
    for page in run.stdout.decode(errors="replace").split("<page ")[1:]:
        height = float(_PAGE.findall(f"<page {page}")[0])
        letters = _LETTER.findall(page)
        seen += [
            text for top, bottom, text in letters if float(top) >= 0 and float(bottom) <= height
        ]
    return "".join(seen)


def lost(expected: Counter[str], found: Counter[str], texts: Texts) -> dict[str, tuple[int, int]]:
    """Return the texts that are not found as often as expected: how often they should, and are."""

    def number(counter: Counter[str], own: Counter[str]) -> int:
        return sum(counter[character] for character in own)

    return {
        name: (number(expected, own), number(found, own))
        for name, own in texts.characters.items()
        if any(expected[character] != found[character] for character in own)
    }
