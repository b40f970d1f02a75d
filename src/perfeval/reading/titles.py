"""What a line says a table is: a 自评表, or another kind of table."""

from __future__ import annotations

import re

from perfeval.reading.vocabulary import WordList, keys_of, words
from perfeval.rulebook.form_faults import heading_key

_LONGEST_TITLE = 80
_REMARKS = ("注", "备注", "说明")


def is_title(text: str) -> bool:
    """Tell whether a line is the title of a 自评表.

    >>> is_title("2023年度项目绩效自评表"), is_title("自评表填报说明")
    (True, False)
    >>> is_title("注：本自评表由某局填报")
    False
    """
    key = heading_key(text)
    if not key or len(key) > _LONGEST_TITLE or other_kind(key):
        return False
    if key.startswith(_REMARKS) or re.search("[。;；]", key):
        return False
    return any(word in key for word in keys_of(WordList.TITLES))


def other_kind(key: str) -> str:
    """Return what a title says it is, where that is no 自评表."""
    others = words()["别的表"].items()
    return next((kind for kind, marks in others if any(mark in key for mark in marks)), "")
