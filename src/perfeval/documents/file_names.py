"""File names from titles: safe on every system, short enough, and no two alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")
_LONGEST = 60
"""In characters; at most four bytes each, which leaves room below every system's limit."""


def safe_name(title: str) -> str:
    """Return a title as a file's or folder's name.

    >>> safe_name("“互联网+居家养老”平台/运营?经费"), safe_name(" .. "), safe_name("CON")
    ('“互联网+居家养老”平台_运营_经费', '未命名', '_CON')
    """
    text = unicodedata.normalize("NFC", title)
    visible = "".join(char for char in text if char.isprintable())
    name = _UNSAFE.sub("_", visible).strip(" .")[:_LONGEST].rstrip(" .")
    if not name.strip("_"):
        return "未命名"
    return f"_{name}" if _RESERVED.fullmatch(name) else name


class Names:
    """Names given out so far in one folder; the second of two that are alike gets a number."""

    def __init__(self, is_new: Callable[[str], bool] | None = None) -> None:
        """Begin with no name given out.

        Args:
            is_new: Tells whether a name comes for the first time, and remembers it.
        """
        self._taken: set[str] = set()
        self._is_new = is_new or self._remembered

    def give(self, title: str) -> str:
        """Return a safe name that no other file has, whatever the case of its letters."""
        name = base = safe_name(title)
        number = 1
        while not self._is_new(unicodedata.normalize("NFKC", name).casefold()):
            number += 1
            name = f"{base}（{number}）"
        return name

    def _remembered(self, name: str) -> bool:
        is_new = name not in self._taken
        self._taken.add(name)
        return is_new
