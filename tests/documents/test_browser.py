"""Every page that is written, in a browser: nothing logged, nothing asked for, nothing hidden."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

import perfeval
from perfeval import DocumentName, PairReason
from perfeval.cli.many.diff_files import GrowingPage
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


def _versions() -> str:
    """A pair with changes of all kinds, one that is alone, and one that cannot be read."""
    text = perfeval.dump(perfeval.load_sheet(REAL))
    new = text.replace("完成值: 26", "完成值: 30").replace("98.70%", "98.67%")
    new = new.replace("1286.7", "1,286.70").replace("线下服务网点数量", "线下网点数量")
    pairs = [perfeval.diff(text, new), perfeval.diff(text, "项目名称: [\n")]
    alone = dataclasses.replace(pairs[0], old=None, changes=(), pairing=PairReason.NEW)
    page = GrowingPage()
    for pair in (*pairs, alone):
        page.add(pair)
    return b"".join(page.pieces(["甲/办法.yaml：评分办法，不是自评表，不计分"])).decode()


PAGES: dict[str, Callable[[], str]] = {
    "findings": _findings,
    "versions": _versions,
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
