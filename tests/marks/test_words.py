"""Comments at some words of a paragraph: all else in it stays as it was."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import RGBColor
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval.carriers import CarriedText, carry
from perfeval.marks import CellRemark
from perfeval.places import TextPlace
from tests.marks.reading import anchored, changed, document, faults


def by_runs(*runs: str) -> bytes:
    """Return a document of one paragraph, each run of which has another colour."""
    made: Any = docx.Document()
    line = made.add_paragraph()
    for order, text in enumerate(runs):
        line.add_run(text).font.color.rgb = RGBColor(order, 0, 0)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def said_of(column: int, length: int, line: int = 1, text: str = "请核对") -> CellRemark:
    return CellRemark(TextPlace(line, column), text, length=length)


def lines_of(raw: bytes) -> list[str]:
    carried = carry(raw)
    parts = carried.parts  # type: ignore[union-attr]
    return [line.text for part in parts if isinstance(part, CarriedText) for line in part.lines]


def coloured(raw: bytes) -> list[tuple[str, Any]]:
    """Return each letter of a document with the colour of its run."""
    runs = [run for one in docx.Document(io.BytesIO(raw)).paragraphs for run in one.runs]
    return [(letter, run.font.color.rgb) for run in runs for letter in run.text]


@pytest.mark.parametrize(
    ("runs", "column", "length", "words"),
    [
        (("基本支出增加 5.75 万元，增长",), 8, 7, "5.75 万元"),
        (("基本支出增加 5.75 万元",), 8, 7, "5.75 万元"),
        (("5.75万元",), 1, 4, "5.75"),
        (("基本支出增加", "5.75", "万元，增长"), 7, 6, "5.75万元"),
        (("增加 5.7", "5 万", "元"), 4, 6, "5.75 万"),
        (("甲<乙>&丙 5.75万元",), 8, 4, "5.75"),
        (("一字", "两字"), 2, 2, "字两"),
    ],
)
def test_the_words_that_are_meant_are_covered(
    runs: tuple[str, ...], column: int, length: int, words: str, tmp_path: Path
) -> None:
    raw = by_runs(*runs)
    marked = document(raw, said_of(column, length))
    assert list(anchored(marked).values()) == [words]
    assert lines_of(marked) == lines_of(raw)
    assert coloured(marked) == coloured(raw)
    assert faults(marked, tmp_path, "docx") <= faults(raw, tmp_path, "docx")


def test_several_comments_at_the_same_words_and_at_others() -> None:
    raw = by_runs("2023年收、支总计80.00万元，增长25%。")
    remarks = [
        said_of(11, 7, text="甲"),
        said_of(11, 7, text="乙"),
        said_of(21, 3),
        said_of(14, 10),
    ]
    marked = document(raw, *remarks)
    assert list(anchored(marked).values()).count("80.00万元") == 2
    assert coloured(marked) == coloured(raw)


def test_a_second_marking_takes_the_place_of_the_first() -> None:
    raw = by_runs("基本支出增加 5.75 万元，增长")
    once = document(raw, said_of(8, 7))
    assert document(once, said_of(8, 7)) == once


@pytest.mark.parametrize("remark", [said_of(99, 3), said_of(1, 0), said_of(2, 99)])
def test_words_that_are_not_there_mean_the_whole_paragraph(remark: CellRemark) -> None:
    assert list(anchored(document(by_runs("甲乙丙"), remark)).values()) == ["甲乙丙"]


def test_words_across_a_tab_and_a_hidden_run() -> None:
    made: Any = docx.Document()
    line = made.add_paragraph()
    line.add_run("甲\t乙")
    line.add_run("藏").font.hidden = True
    line.add_run("丙丁")
    stream = io.BytesIO()
    made.save(stream)
    raw = stream.getvalue()
    assert lines_of(raw) == ["甲\t乙丙丁"]
    marked = document(raw, said_of(3, 2))
    assert list(anchored(marked).values()) == ["乙藏丙"]
    assert lines_of(marked) == lines_of(raw)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_words_of_any_runs(data: st.DataObject) -> None:
    """Whatever the runs are and whatever is meant: the words are covered and no letter changes."""
    letters = st.text("甲乙 5.<&>", min_size=1, max_size=6)
    runs = data.draw(st.lists(letters, min_size=1, max_size=4))
    text = "".join(runs)
    if not text.strip():
        return
    first = data.draw(st.integers(0, len(text) - 1))
    length = data.draw(st.integers(1, len(text) - first))
    raw = by_runs(*runs)
    marked = document(raw, said_of(first + 1, length))
    assert list(anchored(marked).values()) == [text[first : first + length]]
    assert coloured(marked) == coloured(raw)
    assert changed(raw, marked) <= {
        "word/document.xml",
        "word/comments.xml",
        "[Content_Types].xml",
        "word/_rels/document.xml.rels",
    }
