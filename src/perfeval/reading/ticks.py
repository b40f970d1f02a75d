"""Boxes of which one is ticked, in all the signs that stand for a tick."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from perfeval.reading.vocabulary import words

_TICKED, _EMPTY = (words()[name] for name in ("打勾的框", "空框"))
_LOOSE_TICKED, _LOOSE_EMPTY = (words()[name] for name in ("当勾用的字", "当空框用的字"))
_SYMBOLS = {"\uf052": "☑", "\uf0fe": "☑", "\uf0a3": "□", "\uf06f": "□"}
"""Boxes of the symbol fonts of old documents."""
_SIGNS = str.maketrans({**dict.fromkeys(_TICKED, "☑"), **dict.fromkeys(_EMPTY, "□"), **_SYMBOLS})
_OPENING, _CLOSING = "[\\[(\uff08【]", "[\\])\uff09】]"
_WRAPPED = re.compile(rf"{_OPENING}\s*([{_TICKED}])\s*{_CLOSING}|{_OPENING}\s*{_CLOSING}")
_ORDINAL = re.compile(r"^\s*(?:(?:[0-9]{1,2}|[a-zA-Z])\s*[、.)\uff09]|[①-⑩])\s*")
_BEHIND = re.compile(r"[\s\uff0c,\uff1b;、.]+$")
_LEADS = ("☑", "□", *_LOOSE_TICKED, *_LOOSE_EMPTY)
_HAN = r"[\u4e00-\u9fff]"
_LOOSE_BEFORE = re.compile(rf"(?:(?<=\s)|^|(?<=[、.]))([{_LOOSE_TICKED}{_LOOSE_EMPTY}])(?={_HAN})")
_LOOSE_BEHIND = re.compile(rf"(?<={_HAN})([{_LOOSE_TICKED}{_LOOSE_EMPTY}])(?=\s|$)")
"""A letter or a character that stands for a box: before the options, or behind them."""


class TickedOption(NamedTuple):
    """What is ticked among options.

    Attributes:
        option: The option; empty where none is ticked.
        is_clear: Whether it can be told which one is.
    """

    option: str
    is_clear: bool = True


def chosen(text: str) -> TickedOption:
    """Return the option that is ticked.

    The sign may stand before or behind its option; where there is no sign at all, only what
    was chosen was printed.

    >>> chosen("1、部门预算项目 ☑　2、区级专项 □").option
    '部门预算项目'
    >>> chosen("√常年性项目　□一次性项目").option
    '常年性项目'
    >>> chosen("☑甲　☑乙").is_clear
    False
    """
    marked = _marked(text)
    pieces = re.split("([☑□])", marked)
    if len(pieces) == 1:
        return TickedOption(_plain(text))
    options, signs = [_plain(piece) for piece in pieces[::2]], pieces[1::2]
    if not options[0] and options[-1]:
        options = options[1:]
    elif options[0] and not options[-1]:
        options = options[:-1]
    else:
        return TickedOption("", is_clear=False)
    ticked = [option for option, sign in zip(options, signs, strict=True) if sign == "☑"]
    is_split = all(option and len(option.split()) == 1 for option in options)
    if not is_split or len(ticked) > 1:  # of several words some may be options without a box
        return TickedOption("", is_clear=False)
    return TickedOption(ticked[0] if ticked else "")


def _marked(text: str) -> str:
    """Return a text with one sign for every tick and one for every empty box."""
    text = _WRAPPED.sub(lambda found: "☑" if found[1] else "□", text)
    text = text.translate(_SIGNS)
    lead = _ORDINAL.sub("", text)[:1]
    pattern = _LOOSE_BEFORE if lead in _LEADS else _LOOSE_BEHIND
    strong = set(re.findall("[☑□]", text))
    loose = set(pattern.findall(text))
    if len(strong) == 1 or (not strong and len(loose) > 1):
        text = pattern.sub(lambda found: "☑" if found[1] in _LOOSE_TICKED else "□", text)
    return text


def _plain(option: str) -> str:
    """Return an option without its number."""
    text = unicodedata.normalize("NFC", option)
    return _BEHIND.sub("", _ORDINAL.sub("", text)).strip()
