"""Titles break between words, into lines of much the same length."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import perfeval
from perfeval.documents.alignment import width
from perfeval.documents.titles import balanced, pieces

TITLES = {
    "2023年度武汉市青山区民政局（本级）部门整体绩效自评结果（摘要版）": (
        "2023年度武汉市青山区民政局（本级）",
        "部门整体绩效自评结果（摘要版）",
    ),
    "2023年度老年人意外伤害保险项目绩效自评结果（摘要版）": (
        "2023年度老年人意外伤害保险",
        "项目绩效自评结果（摘要版）",
    ),
    "2024年度某县水利局预算绩效情况说明": ("2024年度某县水利局预算绩效情况说明",),
}


@pytest.mark.parametrize(("title", "lines"), TITLES.items())
def test_a_title_breaks_before_the_words_of_its_kind(title: str, lines: tuple[str, ...]) -> None:
    assert balanced(title, 40) == lines


@pytest.mark.parametrize("room", range(12, 60))
@pytest.mark.parametrize("title", TITLES)
def test_no_line_begins_within_a_word(title: str, room: int) -> None:
    """A line that ends with 自评结 is what must never be."""
    lines = balanced(title, room)
    starts = {sum(map(len, lines[:at])) for at in range(len(lines))}
    allowed = {sum(map(len, pieces(title)[:at])) for at in range(len(pieces(title)))}
    assert starts <= allowed


WORDS = st.lists(st.sampled_from(["养老", "服务", "某某", "2023年度", "（本级）", "绩效", "x1"]))


@given(WORDS, st.integers(20, 60))
def test_no_character_is_lost_and_no_line_is_too_wide(words: list[str], room: int) -> None:
    title = "".join(words)
    lines = balanced(title, room)
    assert "".join(lines) == title
    longest = max((width(one, ambiguous=2) for one in pieces(title)), default=0)
    assert all(width(line, ambiguous=2) <= max(room, longest) for line in lines)


@given(st.text(max_size=400))
def test_any_text_is_a_title(title: str) -> None:
    assert "".join(pieces(title)) == title
    assert "".join(balanced(title, 40)) == title


@pytest.mark.skipif(
    not importlib.util.find_spec("typst") or not shutil.which("pdftotext"),
    reason="the extra pdf or poppler is missing",
)
def test_a_title_as_wide_as_the_line_breaks_between_words(tmp_path: Path) -> None:
    """18 characters and a year are 40 half-widths, as the line; the digits are wider than that."""
    report = perfeval.evaluate("shipped:yunxi-2024-example/应急广播运行维护")
    path = tmp_path / "综述.pdf"
    path.write_bytes(perfeval.render(report, "pdf", document="overview"))
    text = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True).stdout
    assert text.decode().split("\n")[:2] == ["2024年度应急广播运行维护", "项目绩效自评综述"]
