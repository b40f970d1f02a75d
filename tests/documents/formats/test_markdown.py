"""Markdown: a table as GitHub reads it, in which no field is markup."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import perfeval
from perfeval import DocumentName, Report, render
from perfeval.documents.form.grid import GridCell, Role, Table
from perfeval.documents.form.table import lay_out
from perfeval.documents.formats.markdown import write_narrative, write_table
from perfeval.documents.texts.narrative import Block, Narrative, NarrativeStyle
from tests.documents.rows import HOSTILE, hostile_sheet

UNESCAPED_BAR = re.compile(r"(?<!\\)(?:\\\\)*\|")


def table_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("|")]


def fields(line: str) -> list[str]:
    return [field.strip() for field in UNESCAPED_BAR.split(line)[1:-1]]


def test_a_merged_cell_stands_in_its_first_field(real: Report) -> None:
    assert real.scorecard is not None
    lines = table_lines(render(real, "md").decode())
    cells = lay_out(real.scorecard).cells
    expected = [[""] * 7 for _ in range(32)]
    for cell in cells:
        expected[cell.row][cell.column] = cell.text.replace("\n", "<br>")
    assert [fields(line) for line in [lines[0], *lines[2:]]] == expected
    assert lines[1] == "|" + " --- |" * 7


def test_the_stamp_is_a_comment_at_the_end(real: Report) -> None:
    assert real.scorecard is not None
    text = render(real, "md").decode()
    stamp = f"perfeval {perfeval.__version__}; {real.scorecard.stamp}"
    assert text.endswith(f"\n<!-- {stamp} -->\n")


@pytest.mark.parametrize("document", ["table", "abstract"])
@pytest.mark.parametrize("text", HOSTILE)
def test_no_field_becomes_markup(text: str, document: DocumentName) -> None:
    def printed(name: str) -> str:
        return render(perfeval.evaluate(hostile_sheet(name)), "md", document=document).decode()

    page = printed(text).rpartition("<!--")[0]
    assert all(len(fields(line)) == 7 for line in table_lines(page))
    headings = [line for line in page.splitlines() if line.startswith("#")]
    plain = [line for line in printed("甲").splitlines() if line.startswith("#")]
    assert len(headings) == len(plain)
    loose = re.sub(r"\\.", "", page.replace("<br>", ""))
    assert not re.search(r"[<>*_`\[\]~&]|(?<=www)\.|://", loose)


ROLES = st.sampled_from(Role)


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=12))
def test_any_text_stays_in_its_field(text: str) -> None:
    table = Table(
        "表",
        "",
        "",
        (50, 50),
        ((GridCell(0, 0, 1, 1, text, Role.TEXT), GridCell(0, 1, 1, 1, "后", Role.VALUE)),),
    )
    line = table_lines(write_table(table).decode().replace("\x85", "").replace("\u2028", ""))[0]
    assert len(UNESCAPED_BAR.findall(line)) == 3
    assert fields(line)[1] == "后"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("98.46分", "98.46分"),
        ("-5", "-5"),
        ("1. 甲", r"1\. 甲"),
        ("2) 甲", r"2\) 甲"),
        ("- 甲", r"\- 甲"),
        ("+ 甲", r"\+ 甲"),
        ("---", r"\---"),
        ("===", r"\==="),
        ("# 甲", r"\# 甲"),
        ("> 甲", r"\> 甲"),
        ("    甲", "甲"),
    ],
)
def test_a_paragraph_never_opens_a_list_a_rule_or_a_heading(text: str, written: str) -> None:
    narrative = Narrative((Block(NarrativeStyle.PARAGRAPH, text),), "stamp")
    assert write_narrative(narrative).decode().splitlines()[0] == written


def test_notes_and_signatures_stand_below() -> None:
    cells = ((GridCell(0, 0, 1, 1, "甲", Role.TEXT),),)
    text = write_table(
        Table("表", "左", "右", (50,), cells, ("注：一",), ("填报人：", "审核人："))
    ).decode()
    assert "左　　右" in text
    assert text.index("| 甲 |") < text.index("注：一") < text.index("填报人：　　审核人：")
