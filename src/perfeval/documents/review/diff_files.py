"""What changed between two versions, as a file: which ending chooses which format."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from perfeval._resources import SCHEMA, __version__
from perfeval.documents.as_json import json_text
from perfeval.review.difference import SheetDiff


def _json(diffs: Sequence[SheetDiff], aside: Sequence[str]) -> bytes:
    from perfeval.documents.review.diff_json import diffs_data

    data = {"perfeval": __version__, "schema": SCHEMA, **diffs_data(diffs, aside)}
    return f"{json_text(data)}\n".encode(errors="replace")


def _html(diffs: Sequence[SheetDiff], aside: Sequence[str]) -> bytes:
    from perfeval.documents.review.diff_page import diff_page

    return diff_page(diffs, aside)


def _xlsx(diffs: Sequence[SheetDiff], aside: Sequence[str]) -> bytes:
    from perfeval.documents.review.diff_list import diff_list

    return diff_list(diffs, aside)


_WRITERS: dict[str, Callable[[Sequence[SheetDiff], Sequence[str]], bytes]] = {
    ".html": _html,
    ".xlsx": _xlsx,
    ".json": _json,
}
DATA = ".json"
"""The ending of files that hold all that is known."""
ENDINGS = tuple(_WRITERS)
"""The endings of files that are written."""


def write_diffs(diffs: Sequence[SheetDiff], aside: Sequence[str], ending: str) -> bytes:
    """Write what changed.

    Args:
        diffs: The pairs.
        aside: What lies in the folders and is no sheet.
        ending: One of `ENDINGS`.

    Returns:
        The file; the same bytes for the same differences.
    """
    return _WRITERS[ending](diffs, aside)
