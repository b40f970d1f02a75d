"""Published accounts proofread: a text, and a PDF of 30 pages.

``python -m benchmarks.proof 200`` proofreads as many copies of the text in one process, each with
other figures, and says how much memory it takes after every fifth part of them.
"""

from __future__ import annotations

import io
import re
import resource
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import NamedTuple

import pdfplumber
import pypdfium2
from docx import Document
from docx.shared import Pt

import perfeval
from benchmarks.benchmark import Benchmark

TEXT = Path(__file__).parents[1] / "tests" / "accounts" / "data" / "qingshan-2023.txt"
PAGES = 30
_LINES_OF_PAGE, _ROWS, _COLUMNS = 200, 30, 7
_FIGURE = re.compile(
    r"(?P<number>-?[0-9]{1,12}(?:,[0-9]{3})*(?:\.[0-9]+)?)\s*(?P<unit>万元|亿元|元|%|个百分点|人次"
    r"|批次|辆|台|套|个|人|分|家|次|项|件|户|张|处|名)?"
)


class _Figure(NamedTuple):
    """A figure: where it stands, what it is, and its unit."""

    start: int
    number: Decimal
    unit: str | None


def benchmark() -> Benchmark:
    """Compare from the text to all findings with reading its figures by one expression."""
    text = TEXT.read_text(encoding="utf-8")
    return Benchmark(
        "accounts of 60 KB: text → findings",
        "its figures read by one compiled regular expression",
        bar=60,
        numerator=lambda: perfeval.proof(text),
        denominator=lambda: _figures(text),
        rounds=40,
    )


def _figures(text: str) -> list[_Figure]:
    return [
        _Figure(found.start(), Decimal(found["number"].replace(",", "")), found["unit"])
        for found in _FIGURE.finditer(text)
    ]


def of_pdf() -> Benchmark:
    """Compare from the file to all findings with taking its text out of it."""
    raw = _document()
    return Benchmark(
        f"accounts of {PAGES} pages: PDF → findings",
        "pdfplumber's extraction of its text",
        bar=1.5,
        numerator=lambda: perfeval.proof(raw),
        denominator=lambda: _extracted(raw),
        rounds=4,
    )


def _extracted(raw: bytes) -> list[str]:
    with pdfplumber.open(io.BytesIO(raw)) as book:
        return [page.extract_text() for page in book.pages]


def _document() -> bytes:
    """Return 30 pages of the text, with a table on every sixth, set by LibreOffice."""
    folder = Path(mkdtemp(prefix="perfeval-proof-"))
    document = Document()
    document.styles["Normal"].font.size = Pt(12)
    rng = Random(0)
    for number, line in enumerate(TEXT.read_text(encoding="utf-8").split("\n"), start=1):
        document.add_paragraph(line.replace("\f", ""))
        if number % _LINES_OF_PAGE == 0:
            table = document.add_table(_ROWS, _COLUMNS, "Table Grid")
            for row in table.rows:
                for cell in row.cells:
                    cell.text = f"{rng.randrange(10**6) / Decimal(100):,}"
    document.save(str(folder / "accounts.docx"))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    source = str(folder / "accounts.docx")
    subprocess.run([*command, source], check=True, capture_output=True)
    whole = pypdfium2.PdfDocument(folder / "accounts.pdf")
    kept = pypdfium2.PdfDocument.new()
    kept.import_pages(whole, list(range(PAGES)))
    raw = io.BytesIO()
    kept.save(raw)
    return raw.getvalue()


def _memory(count: int) -> None:
    """Proofread many documents one after another, and say what memory was taken at most so far."""
    text = TEXT.read_text(encoding="utf-8")
    for done in range(1, count + 1):
        perfeval.proof(re.sub("[0-9](?=万元)", str(done % 10), text))
        if done % max(count // 5, 1) == 0:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            sys.stdout.write(f"{done} documents: {peak / 1024:.1f} MiB\n")


if __name__ == "__main__":
    _memory(int(sys.argv[1]))
