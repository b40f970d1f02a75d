"""A draft says on its first page what is blank, and marks each place, in every format."""

from __future__ import annotations

import importlib.util
import re
import shutil
from typing import get_args

import pytest

from perfeval.documents.form.grid import GridCell, Role, Table
from perfeval.documents.formats import FormatName, writer
from perfeval.documents.texts.binding import bind
from perfeval.documents.texts.gaps import Gap
from perfeval.documents.texts.narrative import Block, Narrative, NarrativeStyle, Run
from tests.documents.reading import part
from tests.documents.words import in_document

WITHOUT_PDF = not importlib.util.find_spec("typst") or not shutil.which("pdftotext")
ENDINGS = [
    pytest.param(one, marks=pytest.mark.skipif(one == "pdf" and WITHOUT_PDF, reason="no pdf"))
    for one in get_args(FormatName)
]
TITLE = Block(NarrativeStyle.TITLE, "2023年度甲项目绩效自评综述")
ASKING = Block(NarrativeStyle.PARAGRAPH, "甲（请补充用途）。乙（请补充用途）（请补充用途和效果）")
DRAFT = Narrative((TITLE, ASKING), "戳", (Gap("用途", ("用途",)), Gap("用途和效果", ("效果",))))
DONE = Narrative((TITLE, Block(NarrativeStyle.PARAGRAPH, "甲（请补充用途）")), "戳")
TABLE = Table("表", "", "", (50,), ((GridCell(0, 0, 1, 1, "甲", Role.LABEL),),))


def test_what_a_text_asks_for_is_told_from_what_it_says() -> None:
    assert DRAFT.runs(ASKING.text) == (
        Run("甲"),
        Run("（请补充用途）", is_asked=True),
        Run("。乙"),
        Run("（请补充用途）", is_asked=True),
        Run("（请补充用途和效果）", is_asked=True),
    )
    assert DRAFT.asked == 3
    assert DONE.asked == 0, "words of the sheet itself ask for nothing"


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_draft_counts_its_blanks_above_its_title(ending: FormatName) -> None:
    text = "".join(in_document(writer(ending).write_narrative(DRAFT), ending).split())
    assert text.index("草稿：还有3处请补充") < text.rindex("绩效自评综述")
    text = "".join(in_document(writer(ending).write_narrative(DONE), ending).split())
    assert "草稿" not in text


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_bound_draft_counts_the_blanks_of_all_its_parts(ending: FormatName) -> None:
    bound = bind("材料", [("一", DRAFT), ("表", TABLE), ("二", DRAFT)])
    assert bound.asked == 6
    text = "".join(in_document(writer(ending).write_bound(bound), ending).split())
    assert "草稿：还有6处请补充" in text


MARKED = {
    "docx": r'<w:highlight w:val="yellow"/></w:rPr><w:t xml:space="preserve">([^<]*)<',
    "html": r"<mark>([^<]*)</mark>",
    "md": r"\*\*(.*?)\*\*",
}


@pytest.mark.parametrize("ending", MARKED)
def test_every_blank_is_marked_and_nothing_else(ending: FormatName) -> None:
    document = writer(ending).write_narrative(DRAFT)
    page = part(document) if ending == "docx" else document.decode()
    marked = [text for text in re.findall(MARKED[ending], page) if "草稿" not in text]
    assert marked == ["（请补充用途）", "（请补充用途）", "（请补充用途和效果）"]


def test_the_line_before_a_short_last_one_is_kept_with_it() -> None:
    """A page that holds one line alone looks like a mistake."""
    blocks = [Block(NarrativeStyle.PARAGRAPH, "长" * 200), Block(NarrativeStyle.PARAGRAPH, "短")]
    page = part(writer("docx").write_narrative(Narrative((TITLE, *blocks), "戳")))
    assert page.count("<w:keepNext/>") == 1
    page = part(writer("docx").write_narrative(Narrative((TITLE, *reversed(blocks)), "戳")))
    assert page.count("<w:keepNext/>") == 0


def test_pages_are_numbered_between_dashes_on_their_outer_side() -> None:
    document = writer("docx").write_narrative(DONE)
    for name, style in (("footer", "Footer"), ("footerEven", "FooterEven")):
        footer = part(document, f"word/{name}.xml")
        assert re.sub("<[^>]*>", "", footer).strip() == "— 1 —"
        assert f'w:val="{style}"' in footer
    assert "<w:evenAndOddHeaders/>" in part(document, "word/settings.xml")
    assert "<w:widowControl/>" in part(document, "word/styles.xml")
