"""The same document as text and as Word: the same is found, each at its place in the file."""

from __future__ import annotations

import re
from pathlib import Path

import perfeval
from perfeval import TablePlace, TextPlace
from tests.carriers.documents import by_hand, cell, paragraph, table_of

TEXT = Path(__file__).with_name("data") / "made-with-tables.txt"
ROW = re.compile(r"^[0-9]{3,7} |合计 .*[0-9]|总计 .*[0-9]|、.* [0-9]+ ")


def as_word(text: str) -> bytes:
    """Return a Word file whose rows of tables are rows, and whose other lines are paragraphs."""
    body, rows = [], []
    for line in [*text.split("\n"), ""]:
        if ROW.search(line) and "。" not in line:
            rows.append("".join(map(cell, line.split(" "))))
            continue
        if rows:
            body.append(table_of(*rows))
            rows = []
        body.append(paragraph(line))
    return by_hand("".join(body))


def test_a_word_file_gives_what_its_text_gives() -> None:
    text = TEXT.read_text(encoding="utf-8")
    wrong = text.replace("1,265万元", "1,256万元").replace(
        "2040601 行政运行 660.00", "2040601 行政运行 606.00"
    )
    for given in (text, wrong):
        plain, word = perfeval.proof(given), perfeval.proof(as_word(given))
        assert word.refused is None
        assert [(item.text, item.subject, item.measure) for item in word.figures] == [
            (item.text, item.subject, item.measure) for item in plain.figures
        ]
        assert sorted(item.code for item in word.findings) == sorted(
            item.code for item in plain.findings
        )


def test_a_finding_in_a_table_is_at_its_row() -> None:
    text = TEXT.read_text(encoding="utf-8").replace("20406 司法 1,300.00", "20406 司法 1,030.00")
    report = perfeval.proof(as_word(text), name="决算.docx")
    places = {place for item in report.findings for place in item.places}
    assert any(isinstance(place, TablePlace) for place in places)
    text = TEXT.read_text(encoding="utf-8").replace("支出决算为625万元", "支出决算为652万元")
    report = perfeval.proof(as_word(text))
    assert any(isinstance(place, TextPlace) for item in report.findings for place in item.places)
