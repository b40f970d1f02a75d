"""What changed between two versions as JSON that grows pair by pair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perfeval._resources import SCHEMA, __version__
from perfeval.documents.as_json import Data
from perfeval.documents.findings.growing import HERE, item_text, items_between
from perfeval.documents.review.diff_json import diff_data
from perfeval.review.difference import SheetDiff

_DEPTH = 4
"""How far a pair stands from the margin."""


def pair_text(diff: SheetDiff, *, is_ascii: bool = False) -> str:
    """Return a pair as it stands in the list of all."""
    return item_text(diff_data(diff), _DEPTH, is_ascii=is_ascii)


def diffs_text(
    pairs: Iterable[str], aside: Iterable[str], more: Data, *, is_ascii: bool = False
) -> Iterator[str]:
    """Yield the JSON of all pairs, piece by piece.

    Args:
        pairs: What `pair_text` makes of each.
        aside: What lies in the folders and is no sheet.
        more: What follows that.
        is_ascii: Every other character is escaped.
    """
    frame = {"perfeval": __version__, "schema": SCHEMA, "pairs": [HERE], "aside": list(aside)}
    before, behind = items_between({**frame, **more}, is_ascii=is_ascii)
    yield before
    lead = ""
    for pair in pairs:
        yield f"{lead}{pair}"
        lead = ","
    yield behind if lead else behind.lstrip()
    yield "\n"
