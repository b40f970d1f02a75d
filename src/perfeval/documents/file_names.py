"""File names from titles: safe on every system, short enough, and no two alike."""

from __future__ import annotations

import re
import unicodedata

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

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def give(self, title: str) -> str:
        """Return a safe name that no other file has, whatever the case of its letters."""
        name = base = safe_name(title)
        number = 1
        while unicodedata.normalize("NFKC", name).casefold() in self._taken:
            number += 1
            name = f"{base}（{number}）"
        self._taken.add(unicodedata.normalize("NFKC", name).casefold())
        return name
