"""Closed vocabularies, and the words for nothing."""

from __future__ import annotations

from enum import Enum

from perfeval.later import regex


class WordEnum(str, Enum):
    """The base of a closed vocabulary: the words that one field of a YAML file may hold.

    A member is the word itself: it compares, hashes, prints and formats as its text.
    """

    __str__ = str.__str__
    __repr__ = str.__repr__  # a sheet shows itself as it is written

    def __format__(self, spec: str) -> str:
        """Format the word; Enum's own differs between Python 3.11 and 3.12."""
        return str.__format__(self, spec)


_NOTHING = regex(
    r"\s*(?:暂?无|没有|不存在|未发现)(?:(?:存在)?(?:问题|偏差|原因|不足|措施))*[。.；;]?\s*"
)


def says_nothing(text: str) -> bool:
    """Tell whether a text says no more than that there is nothing.

    >>> says_nothing("无"), says_nothing("不存在问题。"), says_nothing("无法开展培训")
    (True, True, False)
    """
    return _NOTHING.fullmatch(text) is not None
