"""What the page is made of: the results of sheets, and the documents that it links to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote

from perfeval.documents.alignment import printable
from perfeval.errors import RenderError
from perfeval.findings import Inspection
from perfeval.scorecard import Scorecard

Link = tuple[str, str]
"""What a document is called, and where it lies beside the page."""

_FORMAT_NAMES = {
    "docx": "Word",
    "pdf": "PDF",
    "html": "网页",
    "md": "Markdown",
    "xlsx": "Excel",
    "csv": "CSV",
    "json": "JSON",
}
_NOT_RELATIVE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\]|$")


class SheetResult(NamedTuple):
    """A sheet of the department: what is known about it, and the documents made of it.

    Attributes:
        inspection: What was found in it.
        scorecard: Its points; ``None`` where it could not be read.
        links: The documents made of it, as relative paths with ``/`` from where they are linked.
        page: Where its own page lies beside the overview; empty where it has none.
    """

    inspection: Inspection
    scorecard: Scorecard | None
    links: Sequence[Link] = ()
    page: str = ""


class Document(NamedTuple):
    """A document that was made, and its files by their formats."""

    title: str
    files: list[Link]


def documents_of(links: Sequence[Link]) -> list[Document]:
    """Put the files of one document together; labels are paths, or say themselves what it is."""
    found: dict[str, Document] = {}
    for label, target in links:
        stem, _, ending = label.rpartition("/")[2].rpartition(".")
        name = _FORMAT_NAMES.get(ending)
        title = printable(label if name is None else stem)
        document = found.setdefault(title, Document(title, []))
        document.files.append((name or "", beside(target)))
    return list(found.values())


def beside(target: str) -> str:
    """Return a path escaped; one that leads away from here is refused."""
    if _NOT_RELATIVE.match(target):
        raise RenderError(f"总览只能链接到旁边的文件：“{printable(target)}”不是相对路径")
    return quote(target, safe="/", errors="surrogatepass")
