"""Every page that is written, in a browser: nothing logged, nothing asked for, nothing hidden."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import perfeval
from perfeval import DocumentName
from perfeval.documents.findings.page import check_page
from tests.documents.conftest import Hindrances, Visit

FOLDER = "shipped:qingshan-2023"
REAL = f"{FOLDER}/养老服务体系建设运营补助资金"


def _findings() -> str:
    return check_page(perfeval.evaluate_department(FOLDER).inspections).decode()


def _sheet(document: DocumentName) -> str:
    return perfeval.render(perfeval.evaluate(REAL), "html", document=document).decode()


def _department(document: DocumentName) -> str:
    report = perfeval.evaluate_department(FOLDER)
    return perfeval.render(report, "html", document=document).decode()


PAGES: dict[str, Callable[[], str]] = {
    "findings": _findings,
    "table": lambda: _sheet("table"),
    "abstract": lambda: _sheet("abstract"),
    "overview": lambda: _sheet("overview"),
    "disclosure": lambda: _department("disclosure"),
    "whole": lambda: _department("whole"),
    "bound": lambda: _department("bound"),
}
ALL_PAINTED = "* { content-visibility: visible !important }"
"""What is not painted yet lies, for a program that measures, on top of other things."""

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("name", PAGES)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_hinders_readers(
    visit: Visit, hindrances: Hindrances, name: str, scheme: str, width: int
) -> None:
    view = {"width": width, "height": 900}
    tab = visit(PAGES[name](), viewport=view, color_scheme=scheme, bypass_csp=True)
    tab.add_style_tag(content=ALL_PAINTED)
    assert hindrances(tab) == []


def test_nothing_is_cut_off_in_print(visit: Visit, name: str) -> None:
    """What is wider than its box is not printed."""
    tab = visit(PAGES[name](), viewport={"width": 1000, "height": 1400})
    tab.emulate_media(media="print")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 1000


def test_every_link_leads_somewhere(visit: Visit, name: str) -> None:
    tab = visit(PAGES[name]())
    lost = """() => [...document.querySelectorAll("a[href^='#']")].map(a => a.hash.slice(1))
        .filter(id => id && !document.getElementById(decodeURIComponent(id)))"""
    assert tab.evaluate(lost) == []
