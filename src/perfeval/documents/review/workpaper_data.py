"""What a workpaper carries beside what it shows, so that it can be graded as it was made."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from perfeval.carriers.enclosure import ENCLOSURE
from perfeval.documents.inputs.enclosed import WORKPAPERS, carried_sheet, exact_json
from perfeval.documents.workbook.hidden_sheet import HiddenSheet
from perfeval.errors import RenderError
from perfeval.fields import plain_data
from perfeval.review.workpaper import RowFinding, Workpaper

VERSION = 1
"""The version of this way of carrying workpapers."""
_PIECE = 16_000
_MOST_CHARACTERS = 1_900_000
"""What a reader takes out of one file, less what a little more needs."""
DIGEST, CONTENT = "校验", "内容"
UNCONFIRMED, YES, NO = "未确认", "是", "否"
MARK_FIELDS = ("编号", "校验")
"""By which fields of its mark a rulebook is known to be the same."""


def workpaper_text(papers: Sequence[Workpaper]) -> str:
    """Return what workpapers are made of, as JSON with the digest of its content.

    Args:
        papers: The workpapers of one file; all are reviewed by one profile.
    """
    content = {
        "口径": _exact(plain_data(papers[0].profile)),
        "项目": [_paper(paper) for paper in papers],
    }
    text = exact_json(content)
    whole = {WORKPAPERS: Decimal(VERSION), DIGEST: digest_of(text), CONTENT: text}
    return exact_json(whole)


def digest_of(text: str) -> str:
    """Return the digest of what is carried."""
    return hashlib.sha256(text.encode()).hexdigest()


def _paper(paper: Workpaper) -> dict[str, Any]:
    return {
        "文件": paper.file,
        "表": paper.table,
        **carried_sheet(paper.scorecard.rulebook, paper.scorecard.sheet),
        UNCONFIRMED: YES if paper.scorecard.sheet.unconfirmed else NO,
        "发现": [[_row(one), one.code, one.message] for one in paper.findings],
        "备注": [row.remark for row in paper.rows],
    }


def _row(finding: RowFinding) -> str:
    return "" if finding.row is None else str(finding.row)


def _exact(value: Any) -> Any:
    """Return plain data of which JSON keeps every digit; what is missing is an empty text."""
    if isinstance(value, dict):
        return {key: _exact(one) for key, one in value.items() if one is not None}
    if isinstance(value, list | tuple):
        return [_exact(one) for one in value]
    return str(value)


def carrying_sheet(papers: Sequence[Workpaper]) -> HiddenSheet:
    """Return the hidden sheet that carries workpapers.

    Raises:
        RenderError: There are more than one file can carry.
    """
    text = workpaper_text(papers)
    if len(text) > _MOST_CHARACTERS:
        raise RenderError(f"{len(papers)} 个项目放不进一个底稿，请分几次生成")
    carrying = HiddenSheet(ENCLOSURE)
    for row, start in enumerate(range(0, len(text), _PIECE)):
        carrying.cells[row, 0] = text[start : start + _PIECE]
    return carrying
