"""Comments in a copy of an old file that is written anew in the format of today."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from perfeval.carriers import LIMITS, CarriedDocument, CarrierKind, Limits, Refusal, carry
from perfeval.marks.document import mark_document
from perfeval.marks.rebuilding import as_document, as_workbook, moved
from perfeval.marks.values import CellRemark, MarkedCopy
from perfeval.marks.workbook import mark_workbook


class _Newer(NamedTuple):
    """How an old file is written anew, how that is marked, and what its owner is told."""

    rebuild: Callable[[CarriedDocument], bytes]
    mark: Callable[..., MarkedCopy | Refusal]
    note: str


_BOOK = _Newer(
    as_workbook,
    mark_workbook,
    "原件是{}，批注加在另做的 .xlsx 里：字、数、合并的格都在原来的位置；"
    "公式换成了结果，字体、图片不在里面",
)
_WORD = _Newer(
    as_document,
    mark_document,
    "原件是{}，批注加在另做的 .docx 里：字和表格都在；字体、图片、页眉页脚不在里面",
)
_OLDER = {
    CarrierKind.XLS: (_BOOK, "旧版 Excel 文件（.xls）"),
    CarrierKind.ODS: (_BOOK, "OpenDocument 表格（.ods）"),
    CarrierKind.DOC: (_WORD, "旧版 Word 文件（.doc）"),
}


def mark_older(
    raw: bytes, remarks: Sequence[CellRemark], *, limits: Limits = LIMITS
) -> MarkedCopy | Refusal:
    """Return a copy of an .xls, .ods or .doc as .xlsx or .docx, with a comment at each remark.

    Args:
        raw: The bytes of the file.
        remarks: What is said; see `mark_workbook` and `mark_document`.
        limits: The most of everything that the file may have.

    Returns:
        The copy, which holds the texts, figures and tables of the file and nothing else of it.
        Or why there is none.

    Raises:
        MissingExtraError: Reading the file needs a package that is not installed.
    """
    old = carry(raw, limits=limits)
    if isinstance(old, Refusal):
        return old
    if old.kind not in _OLDER:
        return Refusal("这不是旧版的 Excel、Word 文件", "请另存为 .xlsx 或 .docx 再试")
    newer, name = _OLDER[old.kind]
    rebuilt = newer.rebuild(old)
    new = carry(rebuilt, limits=limits)
    if isinstance(new, Refusal):
        return new
    marked = newer.mark(rebuilt, tuple(moved(remarks, old, new)), limits=limits)
    if isinstance(marked, Refusal):
        return marked
    return marked._replace(notes=(newer.note.format(name), *marked.notes))
