"""Office files, pages and texts → grids of cells and lines, each with its place.

What a file is, is told by its first bytes and never by its name.  No word of a form is known
here: what the cells mean is for readers.  A file from outside is hostile: nothing in it is
followed or executed, time and memory are bounded (`Limits`), and what cannot be read is a
`Refusal` that says why and what to do.
"""

from __future__ import annotations

from perfeval.later import loader

TYPE_CHECKING = False  # type checkers read it as true
if TYPE_CHECKING:
    from perfeval.carriers.limits import LIMITS as LIMITS
    from perfeval.carriers.limits import Limits as Limits
    from perfeval.carriers.opened import carrier_kind as carrier_kind
    from perfeval.carriers.opened import carry as carry
    from perfeval.carriers.recognizing import is_office_file as is_office_file
    from perfeval.carriers.values import CarriedCell as CarriedCell
    from perfeval.carriers.values import CarriedDocument as CarriedDocument
    from perfeval.carriers.values import CarriedGrid as CarriedGrid
    from perfeval.carriers.values import CarriedLine as CarriedLine
    from perfeval.carriers.values import CarriedPart as CarriedPart
    from perfeval.carriers.values import CarriedText as CarriedText
    from perfeval.carriers.values import CarrierKind as CarrierKind
    from perfeval.carriers.values import ContentKind as ContentKind
    from perfeval.carriers.values import PageBreak as PageBreak
    from perfeval.carriers.values import Refusal as Refusal
    from perfeval.carriers.values import Remark as Remark
    from perfeval.carriers.values import RemarkKind as RemarkKind

_HOMES = {
    "CarriedCell": "values",
    "CarriedDocument": "values",
    "CarriedGrid": "values",
    "CarriedLine": "values",
    "CarriedPart": "values",
    "CarriedText": "values",
    "CarrierKind": "values",
    "ContentKind": "values",
    "LIMITS": "limits",
    "Limits": "limits",
    "PageBreak": "values",
    "Refusal": "values",
    "Remark": "values",
    "RemarkKind": "values",
    "carrier_kind": "opened",
    "carry": "opened",
    "is_office_file": "recognizing",
}
__all__ = [*_HOMES]  # noqa: PLE0604 - the keys are the public names
__getattr__ = loader(__name__, _HOMES)
