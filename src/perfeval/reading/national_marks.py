"""By what the JSON of the national system is told from other texts."""

from __future__ import annotations

from functools import cache

from perfeval.cells.words import WordEnum
from perfeval.documents.inputs.national_words import national_words
from perfeval.later import regex

_OPENING = regex(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*[{\[]")


class Records(WordEnum):
    """The kinds of records that the interface gives."""

    FILED = "自评"
    MONITORED = "监控"


def is_national(raw: bytes) -> bool:
    r"""Tell the JSON of the national system from other texts, by how it begins and its lists.

    >>> is_national(b'{"proselfevalindexlist": []}'), is_national(b'{"a": 1}')
    (True, False)
    """
    return _OPENING.match(raw) is not None and any(mark in raw for mark in _marks())


@cache
def _marks() -> tuple[bytes, ...]:
    lists = (national_words()[kind.value].values() for kind in Records)
    return tuple(f'"{name}"'.encode() for names in lists for name in names)
