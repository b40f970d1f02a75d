"""HTML: one self-contained page, printable on A4, that asks nothing of a network."""

from __future__ import annotations

from markupsafe import Markup

from perfeval.carriers.enclosure import ENCLOSURE
from perfeval.documents.form.grid import Table
from perfeval.documents.templates import markup_template
from perfeval.documents.texts.binding import Bound
from perfeval.documents.texts.narrative import Narrative
from perfeval.documents.titles import pieces


def write_table(table: Table) -> bytes:
    """Write the 自评表 as an HTML page."""
    page = markup_template("html/table.html.j2")
    island = Markup(table.enclosed)  # noqa: S704 - JSON in which nothing is markup
    return page.render(table=table, pieces=pieces, island=island, name=ENCLOSURE).encode()


def write_narrative(narrative: Narrative) -> bytes:
    """Write a narrative as an HTML page."""
    page = markup_template("html/narrative.html.j2")
    return page.render(narrative=narrative, draft=narrative.draft, pieces=pieces).encode()


def write_bound(bound: Bound) -> bytes:
    """Write several documents as one HTML page, with a table of contents."""
    page = markup_template("html/bound.html.j2")
    return page.render(bound=bound, draft=bound.draft, pieces=pieces).encode()
