"""Documents written by python-docx, and by hand."""

from __future__ import annotations

import io
from typing import Any

import pytest

from tests.carriers.made import MadeTable
from tests.carriers.workbooks import PACKAGED, RELATIONS, zipped

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def by_python_docx(*tables: MadeTable) -> bytes:
    docx = pytest.importorskip("docx")
    document: Any = docx.Document()
    document.add_paragraph("附件2")
    for made in tables:
        height = max(row + cell.rows for (row, _), cell in made.items())
        width = max(column + cell.columns for (_, column), cell in made.items())
        grid = document.add_table(rows=height, cols=width, style="Table Grid")
        for (row, column), cell in made.items():
            written = grid.cell(row, column)
            if cell.rows * cell.columns > 1:
                written = written.merge(grid.cell(row + cell.rows - 1, column + cell.columns - 1))
            written.text = cell.text
        document.add_paragraph("表后的字")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def by_hand(body: str) -> bytes:
    """Return a document whose body is given."""
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships xmlns="{PACKAGED}"><Relationship Id="rId1"'
            f' Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{W}"'
            ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
            ' xmlns:v="urn:schemas-microsoft-com:vml"'
            ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
            f"<w:body>{body}</w:body></w:document>",
        }
    )


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def table_of(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
