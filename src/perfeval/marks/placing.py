"""At which cell or paragraph each remark stands."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from perfeval.marks.values import CellRemark, MarkKind
from perfeval.places import Place

Anchor = TypeVar("Anchor", bound=Hashable)


def placed(
    remarks: Sequence[CellRemark], find: Callable[[Place, int], Anchor | None], first: Anchor
) -> tuple[dict[Anchor, list[CellRemark]], list[str]]:
    """Return the remarks of each anchor, and what is said of those whose place was not found.

    Args:
        remarks: What is said; of several at one anchor, kinds follow each other.
        find: Gives the anchor of so many characters at a place (0 for all that stands there);
            ``None`` where the file has no such place.
        first: Where the summary stands unless it has a place of its own.
    """
    order = list(MarkKind)
    home = next(
        (anchor for one in remarks if (anchor := _summary_anchor(one, find)) is not None), first
    )
    found: dict[Anchor, list[CellRemark]] = {}
    lost = 0
    for remark in sorted(remarks, key=lambda remark: order.index(remark.kind)):
        anchor = find(remark.place, remark.length) if remark.place is not None else None
        is_lost = anchor is None and remark.place is not None
        lost += is_lost
        said = remark.naming(str(remark.place)) if is_lost else remark
        found.setdefault(home if anchor is None else anchor, []).append(said)
    notes = [f"{lost} 条意见的位置不在文件里，写在第一条批注中"] if lost else []
    return found, notes


def _summary_anchor(
    remark: CellRemark, find: Callable[[Place, int], Anchor | None]
) -> Anchor | None:
    if remark.kind is not MarkKind.SUMMARY or remark.place is None:
        return None
    return find(remark.place, 0)
