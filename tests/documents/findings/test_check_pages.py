"""The pages of the checks: one for each, with all headings, read where they are asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from perfeval._resources import check_page_dir
from perfeval.checks.registry import CHECKS
from perfeval.documents.findings.check_pages import (
    HEADINGS,
    family_pages,
    page_of,
    read_pages,
)
from perfeval.documents.findings.inspections import FAMILIES

FILES = sorted(check_page_dir().iterdir())
LINES = ["# ZZ　试", "", "## ZZ101", "", *(f"- {heading}：{heading}的话。" for heading in HEADINGS)]


def test_every_check_has_one_page_and_no_page_is_without_a_check() -> None:
    codes = [code for path in FILES for code in family_pages(path.stem)]
    assert sorted(codes) == sorted(CHECKS)
    assert all(code.startswith(path.stem) for path in FILES for code in family_pages(path.stem))


def test_the_pages_of_a_family_stand_in_a_file_below_its_name() -> None:
    assert {path.suffix for path in FILES} == {".md"}
    assert {path.stem for path in FILES} == {code[:2] for code in CHECKS}
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {path.stem}　{FAMILIES[path.stem]}\n\n## "), path.name
        assert list(family_pages(path.stem)) == sorted(family_pages(path.stem)), path.name


def test_a_page_has_all_its_headings() -> None:
    """No heading is empty, none has run into the one before, and the problem is a sentence."""
    headings = tuple(f"{heading}：" for heading in HEADINGS)
    for code in CHECKS:
        page = page_of(code)
        assert len(page) == len(HEADINGS), code
        for text in page:
            assert text.strip() == text != "", code
            assert not text.startswith(headings), code
        assert page.problem.endswith("。"), code


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_page_can_be_printed_on_a_gbk_console(path: Path) -> None:
    path.read_text(encoding="utf-8").encode("gbk")


def test_a_page_is_read_heading_by_heading() -> None:
    items = ("问题：甲。", "影响：乙。", "例子：丁", "改法：戊", "依据：己：庚")
    lines = [*LINES[:4], *(f"- {item}" for item in items)]
    assert read_pages("\n".join(lines)) == {"ZZ101": ("甲。", "乙。", "丁", "戊", "己：庚")}


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_page_without_one_of_its_headings_is_refused(heading: str) -> None:
    lines = [line for line in LINES if not line.startswith(f"- {heading}")]
    with pytest.raises(ValueError, match="the page of ZZ101 has the headings"):
        read_pages("\n".join(lines))


def test_a_page_with_headings_twice_or_in_another_order_is_refused() -> None:
    for wrong in ([*LINES, LINES[-1]], [*LINES[:4], *LINES[:3:-1]], LINES[:3]):
        with pytest.raises(ValueError, match="the page of ZZ101 has the headings"):
            read_pages("\n".join(wrong))


def test_two_pages_of_one_check_are_refused() -> None:
    with pytest.raises(ValueError, match="ZZ101 has two pages"):
        read_pages("\n".join([*LINES, "", *LINES[2:]]))


def test_no_page_is_opened_before_it_is_asked_for() -> None:
    """Neither the import of the package nor a check opens one."""
    script = """
import sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
import perfeval
perfeval.evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金").findings
assert not any("checks/pages" in name.replace("\\\\", "/") for name in opened), opened
"""
    subprocess.run([sys.executable, "-c", script], check=True)


def test_pages_are_there_where_python_drops_docstrings() -> None:
    command = [sys.executable, "-OO", "-m", "perfeval", "checks", "BX101"]
    ran = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    assert page_of("BX101").example in ran.stdout
