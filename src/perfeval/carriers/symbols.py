"""Letters of symbol fonts that stand for ticks and boxes."""

from __future__ import annotations

_WINGDINGS = {
    0xFE: "☑",
    0xFD: "☒",
    0xFC: "✓",
    0xFB: "✗",
    0xA8: "☐",
    0x6F: "☐",
    0x71: "☐",
    0x72: "☐",
    0x6E: "■",
}
_WINGDINGS_2 = {
    0x52: "☑",
    0x53: "☒",
    0x54: "☒",
    0x50: "✓",
    0x4F: "✗",
    0xA3: "☐",
    0x2A: "☐",
    0x30: "☐",
}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}
_PRIVATE = 0xF000
"""Symbol fonts have their letters here as well."""


def is_symbol_font(font: str) -> bool:
    """Tell whether the letters of a font are pictures."""
    return font.lower() in _FONTS


def shown_in(font: str, text: str) -> str:
    """Return what letters look like in a symbol font, where that is a tick or a box.

    >>> shown_in("Wingdings 2", "R"), shown_in("Wingdings", chr(0xF0A8)), shown_in("Arial", "R")
    ('☑', '☐', 'R')
    """
    table = _FONTS.get(font.lower())
    if table is None:
        return text
    return "".join(table.get(ord(letter) & 0xFFF, letter) for letter in text)


def shown_symbol(font: str, code: str) -> str:
    """Return what a letter looks like that is given by its font and its code."""
    try:
        letter = chr(int(code, 16))
    except (ValueError, OverflowError):
        return "□"
    shown = shown_in(font, letter)
    is_private = _PRIVATE <= ord(shown) < _PRIVATE + 0x100
    return "□" if is_private or not shown.isprintable() else shown
