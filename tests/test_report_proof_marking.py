"""`perfeval.mark` of a published account: comments at the words of what was found."""

from __future__ import annotations

import io
import re
from functools import cache

import docx
import pytest

from perfeval import ProofReport, RenderError, Severity, TextPlace, mark, proof
from perfeval.marks import AUTHOR
from tests.accounts.test_carriers import ROW, TEXT
from tests.marks.reading import anchored, comments_in

WRONG = (
    ("1,265万元", "1,256万元"),
    ("2040601 行政运行 660.00", "2040601 行政运行 606.00"),
    ("支出决算为625万元", "支出决算为652万元"),
)


def as_word(text: str) -> bytes:
    """Return a Word file by python-docx; somebody has said something of its first paragraph."""
    file = docx.Document()
    table = None
    for line in text.split("\n"):
        if not ROW.search(line) or "。" in line:
            table = None
            file.add_paragraph(line)
            continue
        cells = line.split(" ")
        if table is None or len(table.columns) != len(cells):
            table = file.add_table(0, len(cells))
        for cell, said in zip(table.add_row().cells, cells, strict=True):
            cell.text = said
    first = file.paragraphs[0]
    file.add_comment(first.runs, text="请按新格式", author="王主任")
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


@cache
def wrong() -> bytes:
    text = TEXT.read_text(encoding="utf-8")
    for right, slip in WRONG:
        text = text.replace(right, slip)
    return as_word(text)


def ours(raw: bytes) -> list[str]:
    return [text for author, text in comments_in(raw) if author == AUTHOR]


@cache
def found() -> ProofReport:
    return proof(wrong())


def stands(raw: bytes) -> dict[str, list[str]]:
    """Return by the code of each comment the words at which it stands."""
    words = anchored(raw)
    by_code: dict[str, list[str]] = {}
    for number, (author, text) in enumerate(comments_in(raw)):
        if author != AUTHOR:
            continue
        code = re.search("[A-Z]{2}[0-9]{3}", text.splitlines()[0])
        by_code.setdefault(code[0] if code else "", []).append(words[number])
    return by_code


def test_each_finding_is_a_comment_at_its_own_words() -> None:
    at = stands(mark(found(), wrong()))
    assert at["AC105"] == ["104.17%"]
    assert "84.05%" in at["AC104"]
    assert "606.00" in at["AC102"], "in a table the cell, not the first one of the row"


def test_a_comment_says_code_fault_what_would_be_right_and_the_other_place() -> None:
    raw = mark(found(), wrong())
    said = next(text for _, text in comments_in(raw) if "AC105" in text)
    first, right, *others, clause = said.splitlines()
    assert first.startswith("错误 AC105  “行政运行”完成率 104.17%，而 652 ÷ 600")
    assert right == "怎么办：应为 108.67%"
    assert others == [
        "另一处：“年初预算为600万元，支出决算为652万元”",
        "另一处：“年初预算为600万元”",
    ]
    assert clause.startswith("依据：")


def test_the_first_comment_is_the_summary_and_stands_at_the_beginning() -> None:
    raw = mark(found(), wrong())
    said, *_ = ours(raw)
    assert said.splitlines()[0] == "校对结果：6 处错误"
    assert "没有核对" in said
    assert stands(raw)[""] == [TEXT.read_text(encoding="utf-8").split("\n")[0]]


def test_hints_are_said_where_asked_for() -> None:
    hints = [one for one in found().findings if one.severity is Severity.INFO]
    plain = ours(mark(found(), wrong()))
    assert len(plain) == 1 + len(found().findings) - len(hints)
    whole = ours(mark(found(), wrong(), with_hints=True))
    assert len(whole) == 1 + len(found().findings)


def test_marked_again_ours_are_there_once_and_those_of_others_stay() -> None:
    theirs = ("王主任", "请按新格式")
    assert theirs in comments_in(wrong())
    once = mark(found(), wrong())
    report = proof(once)
    assert report.findings == found().findings
    assert mark(report, once) == once
    assert theirs in comments_in(once)


def test_the_words_of_a_clause_are_marked_where_no_figure_stands() -> None:
    lines = ("一、收入支出决算总体情况说明", "2023年度收、支总计XX万元。与2022年度相比，增加。")
    raw = as_word("\n".join(lines))
    report = proof(raw)
    assert report.findings
    place = report.findings[0].places[0]
    assert isinstance(place, TextPlace)
    words = anchored(mark(report, raw, with_hints=True))
    assert all("。" not in text for text in list(words.values())[1:])


@pytest.mark.parametrize(
    ("given", "reason"),
    [("一、说明\n合计80万元。\n".encode(), "-o 校对.html"), (wrong, "文件与校核时的不同")],
)
def test_what_cannot_be_marked_is_refused_and_says_what_to_do(given: object, reason: str) -> None:
    raw = given() if callable(given) else given
    assert isinstance(raw, bytes)
    report = proof(b"x" if callable(given) else raw)
    with pytest.raises(RenderError, match=reason):
        mark(report, raw)
