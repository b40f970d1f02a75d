"""The writers of Word, PDF, HTML and Markdown, of grids and texts, and of Excel sheets."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Literal, Protocol, cast

from perfeval.errors import RenderError

if TYPE_CHECKING:
    from perfeval.documents.form.grid import Table
    from perfeval.documents.texts.binding import Bound
    from perfeval.documents.texts.narrative import Narrative

FormatName = Literal["docx", "pdf", "html", "md"]
"""The formats of documents, by their endings."""
FORMATS: dict[FormatName, str] = {"docx": "word", "pdf": "pdf", "html": "html", "md": "markdown"}
"""The endings of the formats, and the module that writes each."""


class Writer(Protocol):
    """What each module of a format has; equal arguments give equal bytes."""

    def write_table(self, table: Table, /) -> bytes:
        """Write a 自评表."""

    def write_narrative(self, narrative: Narrative, /) -> bytes:
        """Write a text."""

    def write_bound(self, bound: Bound, /) -> bytes:
        """Write several documents as one."""


def writer(ending: str) -> Writer:
    """Return the writer of a format, which is imported now.

    Args:
        ending: ``docx``, ``pdf``, ``html`` or ``md``.

    Raises:
        RenderError: There is no such format.
    """
    module = next((name for own, name in FORMATS.items() if own == ending), None)
    if module is None:
        raise RenderError(f"不能输出“{ending}”格式；可选：{'、'.join(FORMATS)}")
    return cast("Writer", import_module(f"{__name__}.{module}"))
