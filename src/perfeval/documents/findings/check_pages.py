"""The page of each check: what officials read of it, from the Markdown files beside the checks.

``checks/pages/`` has one file for each family, and in it one section for each code.  A file is
opened when a page of its family is first asked for; whoever only checks opens none.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from perfeval._resources import check_page_dir

HEADINGS = ("问题", "影响", "例子", "改法", "依据")


class CheckPage(NamedTuple):
    """The page of a check: what is wrong, why it matters, example, instead, source."""

    problem: str
    impact: str
    example: str
    instead: str
    source: str


def page_of(code: str) -> CheckPage:
    """Return the page of a check.

    Raises:
        KeyError: No check has that code.
    """
    return family_pages(code[:2])[code]


@cache
def family_pages(letters: str) -> Mapping[str, CheckPage]:
    """Return the pages of one family by their codes, as its file has them."""
    return read_pages((check_page_dir() / f"{letters}.md").read_text(encoding="utf-8"))


def read_pages(text: str) -> dict[str, CheckPage]:
    """Read pages: below ``## CODE`` a list with one item for each heading.

    Raises:
        ValueError: A code stands twice, or its headings are not all there, each once and in order.
    """
    pages: dict[str, CheckPage] = {}
    for section in f"\n{text}".split("\n## ")[1:]:
        code, *lines = section.rstrip("\n").split("\n")
        if code in pages:
            raise ValueError(f"{code} has two pages")
        pages[code] = _page(code, lines)
    return pages


def _page(code: str, lines: list[str]) -> CheckPage:
    items = [line.removeprefix("- ").partition("：") for line in lines if line]
    found = tuple(heading for heading, _, _ in items)
    if found != HEADINGS:
        raise ValueError(f"the page of {code} has the headings {HEADINGS}, not {found}")
    return CheckPage(*(said for _, _, said in items))
