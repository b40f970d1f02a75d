"""Office files, pages and texts → grids of cells and lines, each with its place.

What a file is, is told by its first bytes and never by its name.  No word of a form is known
here: what the cells mean is for readers.  A file from outside is hostile: nothing in it is
followed or executed, time and memory are bounded (`Limits`), and what cannot be read is a
`Refusal` that says why and what to do.
"""

from __future__ import annotations

from perfeval.carriers.limits import LIMITS, Allowance, CarrierRefusalError, Limits
from perfeval.carriers.opened import carrier_kind, is_office_file, read_carrier
from perfeval.carriers.values import (
    CarriedCell,
    CarriedDocument,
    CarriedGrid,
    CarriedLine,
    CarriedPart,
    CarriedText,
    CarrierKind,
    ContentKind,
    PageBreak,
    Refusal,
    Remark,
    RemarkKind,
)

__all__ = [
    "LIMITS",
    "CarriedCell",
    "CarriedDocument",
    "CarriedGrid",
    "CarriedLine",
    "CarriedPart",
    "CarriedText",
    "CarrierKind",
    "ContentKind",
    "Limits",
    "PageBreak",
    "Refusal",
    "Remark",
    "RemarkKind",
    "carrier_kind",
    "carry",
    "is_office_file",
]


def carry(raw: bytes, *, limits: Limits = LIMITS) -> CarriedDocument | Refusal:
    """Return what a file holds.

    Args:
        raw: The bytes of the file.
        limits: The most of everything that it may have.

    Returns:
        Its grids and texts, or why it was not read.

    Raises:
        MissingExtraError: It needs a package of the extra ``office`` that is not installed.
    """
    try:
        return read_carrier(raw, Allowance(limits))
    except CarrierRefusalError as error:
        return error.refusal
