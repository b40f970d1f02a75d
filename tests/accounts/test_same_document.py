"""One document as text, as Word and as PDF, set in several ways: the same is found."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

import perfeval
from perfeval import ProofReport

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here"),
]
DATA = Path(__file__).with_name("data")
NAMES = ("made-with-tables", "made-with-full-year-budgets", "made-with-pairs", "qingshan-2023")
WITH_ROWS = {"made-with-tables"}
"""Texts that have kept the rows of their tables; others have cells on lines of their own."""
ROW = re.compile(r"^(?!第.部分)(?!.*[。，；：])(?!.*万元)(?=.*\s-?[0-9])|^栏次|^项目 行次")
"""A line of a text that was a row of a table."""
BEGINS = re.compile("第.部分|[（(]?[一二三四五六七八九十]+[）)、]|[0-9]+[.、]|（[0-9]+）")
WHERE = re.compile(r"\s|第[^，。；]*?[行列页格]")
"""Where something stands, which differs from file to file."""

HEADS = re.compile("页[眉脚]里的字没有读取")


class Style(NamedTuple):
    """How a document is set."""

    chinese: str
    figures: str
    size: int
    head: str = ""
    foot: str = "{}"
    has_tables: bool = True


STYLES = {
    "serif": Style("Noto Serif CJK SC", "DejaVu Serif", 12, foot="— {} —"),
    "sans": Style("Noto Sans CJK SC", "DejaVu Sans", 16, "决算公开文本", "第 {} 页"),
    "large": Style("Noto Serif CJK SC", "DejaVu Sans Mono", 15, foot="- {} -"),
    "rows as text": Style("Noto Sans CJK SC", "DejaVu Serif", 8, "决算公开文本", "{}/9", False),
}


def paragraphs(text: str) -> str:
    """Join the lines of a text to its paragraphs, as they were before they were cut."""
    found: list[str] = []
    for line in filter(None, map(str.strip, text.replace("\f", "\n").split("\n"))):
        last = found[-1] if found else ""
        is_row = ROW.search(line) or ROW.search(last)
        is_short = len(last) < 20 and "，" not in last
        if is_row or is_short or last[-1:] in "。：；" or BEGINS.match(line) or len(line) < 3:
            found.append(line)
        else:
            found[-1] += line
    return "\n".join(found)


def word_file(text: str, style: Style, path: Path) -> None:
    """Write a text as Word: justified, with its tables, a head and the number of each page."""
    docx = pytest.importorskip("docx")
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement
    from docx.shared import Pt

    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = style.figures, Pt(style.size)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), style.chinese)
    section = document.sections[0]
    section.header.paragraphs[0].text = style.head
    before, after = style.foot.split("{}")
    foot = section.footer.paragraphs[0]
    foot.add_run(before)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    foot._p.append(field)
    foot.add_run(after)
    rows: list[list[str]] = []
    for line in [*text.split("\n"), ""]:
        if style.has_tables and ROW.search(line) and " " in line:
            rows.append(line.split(" "))
            continue
        if rows:
            table = document.add_table(len(rows), max(map(len, rows)), "Table Grid")
            for made, given in zip(table.rows, rows, strict=True):
                for cell, said in zip(made.cells, given, strict=False):
                    cell.text = said
                    for run in cell.paragraphs[0].runs:
                        run.font.size = Pt(8)
            rows = []
        if line:
            paragraph = document.add_paragraph(line)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            paragraph.paragraph_format.first_line_indent = Pt(2 * style.size)
    document.save(path)


def told(report: ProofReport) -> Counter[tuple[str, str]]:
    """Return what was found; that the running heads of Word were not read is said of Word alone."""
    assert report.refused is None
    found = [item for item in report.findings if not HEADS.match(item.message)]
    return Counter((item.code, WHERE.sub("", item.message)) for item in found)


@pytest.mark.parametrize("style", STYLES)
def test_the_same_is_found_in_text_word_and_pdf(style: str, tmp_path: Path) -> None:
    texts = {name: paragraphs((DATA / f"{name}.txt").read_text(encoding="utf-8")) for name in NAMES}
    for name, text in texts.items():
        has_tables = STYLES[style].has_tables and name in WITH_ROWS
        word_file(text, STYLES[style]._replace(has_tables=has_tables), tmp_path / f"{name}.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    files = [str(tmp_path / f"{name}.docx") for name in NAMES]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=240)
    for name, text in texts.items():
        plain = perfeval.proof(text + "\n")
        for ending in ("docx", "pdf"):
            other = perfeval.proof(tmp_path / f"{name}.{ending}")
            assert told(other) == told(plain), (name, ending)
            assert len(other.figures) == len(plain.figures), (name, ending)
    found = perfeval.proof(tmp_path / "qingshan-2023.pdf")
    page = perfeval.mark(found, tmp_path / "qingshan-2023.pdf").decode()
    places = [
        item.places[0]
        for item in found.findings
        if item.severity is not perfeval.Severity.INFO
        if isinstance(item.places[0], perfeval.PagePlace)
    ]
    pages = {1, *(place.page for place in places)}
    assert page.count("data:image/png") == len(pages)
    assert page.count('class="frame') >= len(set(places))
