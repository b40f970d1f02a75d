"""The documents (文档) that results are printed as: 自评表, 综述, 摘要 and more, in four formats.

One format-neutral value for each document, `perfeval.documents.form.grid.Table` for the 自评表 and
`perfeval.documents.texts.narrative.Narrative` for the texts; the writers in `formats/` know only
these, and several of them bound together (`perfeval.documents.texts.binding.Bound`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from perfeval.documents.formats import FormatName as FormatName
from perfeval.documents.formats import writer
from perfeval.errors import RenderError

if TYPE_CHECKING:  # a writer of the grid alone needs no rulebook and no template
    from perfeval.documents.templates import TemplateSet
    from perfeval.scorecard import Scorecard

DocumentName = Literal["table", "overview", "abstract", "disclosure", "whole", "duties", "bound"]
"""The documents: three of one project, then four of a department."""
DOCUMENTS: dict[DocumentName, str] = {"table": "自评表", "overview": "综述", "abstract": "摘要"}
"""The documents of one project."""


def render_document(
    scorecard: Scorecard,
    format: str,  # noqa: A002 - the word of the public `perfeval.render`
    document: str,
    house: TemplateSet | None = None,
    *,
    data: bool = True,
    charts: bool = False,
) -> bytes:
    """Render one document of a scorecard.

    Args:
        scorecard: The points, with their sheet and rulebook; its form is the layout.
        format: ``docx``, ``pdf``, ``html`` or ``md``.
        document: ``table`` (自评表), ``overview`` (综述) or ``abstract`` (摘要).
        house: The templates of the texts; ours where ``None``.
        data: Whether a 自评表 carries its data, by which it is read back as it was.
        charts: Whether the points of the sections are drawn below a 自评表.

    Returns:
        The document; the same bytes for the same scorecard.

    Raises:
        RenderError: There is no such document or format, the form does not add up, or a template
            is wrong.
        MissingExtraError: The format needs an optional package.
    """
    if document not in DOCUMENTS:
        names = "、".join(f"{name}（{title}）" for name, title in DOCUMENTS.items())
        raise RenderError(f"没有“{document}”这种文档；可选：{names}")
    chosen = writer(format)
    if house is not None and house.folder is not None:
        from perfeval.documents.texts.narrative import NAMES

        house.check_folder(NAMES)
    if document == "table":
        from perfeval.documents.form.table import lay_out
        from perfeval.documents.inputs.enclosed import enclosed_sheet

        table = lay_out(scorecard, charts=charts)
        if data:
            table = table._replace(enclosed=enclosed_sheet(scorecard, table))
        return chosen.write_table(table)
    from perfeval.documents.templates import SHIPPED
    from perfeval.documents.texts.narrative import TEXTS

    return chosen.write_narrative(TEXTS[document](scorecard, house or SHIPPED))
