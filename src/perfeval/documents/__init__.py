"""The documents (文档) that a scorecard is printed as: 自评表 and 摘要, in three formats.

One format-neutral value for each document, `perfeval.documents.grid.Table` for the 自评表 and
`perfeval.documents.narrative.Narrative` for the 摘要; the writers know only these two.
"""

from __future__ import annotations

from importlib import import_module

from perfeval.errors import RenderError
from perfeval.scorecard import Scorecard

_WRITERS = {"docx": "word", "html": "html", "md": "markdown"}
_DOCUMENTS = {"table": "自评表", "abstract": "摘要"}


def render_document(
    scorecard: Scorecard,
    format: str,  # noqa: A002 - the word of the public `perfeval.render`
    document: str,
) -> bytes:
    """Render one document of a scorecard.

    Args:
        scorecard: The points, with their sheet and rulebook; its form is the layout.
        format: ``docx``, ``html`` or ``md``.
        document: ``table`` (自评表) or ``abstract`` (摘要).

    Returns:
        The document; the same bytes for the same scorecard.

    Raises:
        RenderError: There is no such document or format, or the form does not add up.
    """
    if document not in _DOCUMENTS:
        names = "、".join(f"{name}（{title}）" for name, title in _DOCUMENTS.items())
        raise RenderError(f"没有“{document}”这种文档；可选：{names}")
    if format not in _WRITERS:
        raise RenderError(f"不能输出“{format}”格式；可选：{'、'.join(_WRITERS)}")
    writer = import_module(f"{__name__}.{_WRITERS[format]}")
    if document == "table":
        from perfeval.documents.table import lay_out

        text: bytes = writer.write_table(lay_out(scorecard))
    else:
        from perfeval.documents.narrative import write_abstract

        text = writer.write_narrative(write_abstract(scorecard))
    return text
