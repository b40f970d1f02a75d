"""Every word of a sheet that its form prints is found in Word, Excel, PDF, HTML and Markdown."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

import perfeval
from perfeval import Scorecard, load_rulebook, rulebook_ids
from perfeval.cells.units import MoneyUnit
from perfeval.documents.form.table import lay_out
from perfeval.documents.formats import writer
from tests.documents.reading import part
from tests.documents.workbook.spreadsheets import FORM, read
from tests.families.made_forms import Made, made
from tests.seeds import FIRST

COUNT, BATCH = 100, 20
BOOKS = [load_rulebook(name) for name in rulebook_ids()]
_TAG, _SPACE, _FIGURE = (
    re.compile("<[^>]*>"),
    re.compile(r"\s+"),
    re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?"),
)
every_batch = pytest.mark.parametrize("batch", range(COUNT // BATCH))


def _batch(batch: int) -> list[tuple[Made, Scorecard]]:
    found = []
    for seed in range(batch * BATCH, (batch + 1) * BATCH):
        book = BOOKS[seed % len(BOOKS)]
        one = made(FIRST + seed, book)
        found.append((one, perfeval.score(perfeval.load_sheet(one.data), book)))
    return found


def _bare(text: str) -> str:
    return _SPACE.sub("", text)


def _figures(text: str) -> set[Decimal]:
    return {Decimal(figure.replace(",", "")) for figure in _FIGURE.findall(text)}


def _holds(one: Made, card: Scorecard, text: str) -> None:
    """Every word stands there as written but for white space, every amount as a figure."""
    bare = _bare(text)
    assert [word for word in one.words if _bare(word) not in bare] == [], card.sheet.rulebook
    factor = 10000 if card.form.money_unit is MoneyUnit.YUAN else 1
    missing = {amount * factor for amount in one.amounts} - _figures(text)
    assert missing == set(), card.sheet.rulebook


@every_batch
def test_every_word_stands_in_word_and_html(batch: int) -> None:
    for one, card in _batch(batch):
        table = lay_out(card)
        _holds(one, card, html.unescape(_TAG.sub(" ", part(writer("docx").write_table(table)))))
        _holds(one, card, html.unescape(_TAG.sub(" ", writer("html").write_table(table).decode())))


@every_batch
def test_every_word_stands_in_the_workbook(batch: int) -> None:
    for one, card in _batch(batch):
        cells = read(perfeval.excel_form(card.rulebook, card.sheet))[FORM]
        _holds(one, card, " ".join(map(str, cells.values())))


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not here")
@every_batch
def test_every_word_stands_in_the_pdf(batch: int, tmp_path: Path) -> None:
    pytest.importorskip("typst")
    for at, (one, card) in enumerate(_batch(batch)):
        path = tmp_path / f"{at}.pdf"
        path.write_bytes(writer("pdf").write_table(lay_out(card)))
        line = ["pdftotext", "-raw", str(path), "-"]
        text = subprocess.run(line, capture_output=True, check=True).stdout.decode()
        _holds(one, card, re.sub(r"第\s*\d+\s*页\s*共\s*\d+\s*页", "", text))
