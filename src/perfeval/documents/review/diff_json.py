"""What changed between two versions, as plain data for JSON."""

from __future__ import annotations

from perfeval.documents.as_json import Data
from perfeval.documents.review.record_json import record_data
from perfeval.review.difference import SheetDiff


def diff_data(diff: SheetDiff) -> Data:
    """Return a difference under the names of `perfeval.SheetDiff`."""
    return {name: record_data(getattr(diff, name)) for name in diff.__dataclass_fields__}
