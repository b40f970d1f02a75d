"""Files that lie beside the sheets of a folder and are none: rulebooks, and files of waivers."""

from __future__ import annotations

from typing import Any

from perfeval.cells.words import WordEnum
from perfeval.fields import word_of
from perfeval.readers.inheritance import EXTENDS
from perfeval.rulebook import Rulebook
from perfeval.sheet import Sheet


class Companion(WordEnum):
    """What a file beside the sheets is."""

    RULEBOOK = "评分办法"
    WAIVERS = "校核豁免"

    @property
    def use(self) -> str:
        """Where such a file belongs, in a sentence's end."""
        return _USES[self]


_USES = {
    Companion.RULEBOOK: "在自评表的“评分办法”里写它的文件名；验证办法用 perfeval rulebooks test",
    Companion.WAIVERS: "校核时用 --waivers 写明它",
}
_SHEET = {
    word for field in ("name", "budget", "indicators") for word in (word_of(Sheet, field), field)
}
_RULEBOOK = {word_of(Rulebook, "id"), "id", EXTENDS, "extends"}
_WAIVERS = {word_of(Sheet, "waivers"), "waivers"}


def companion_of(data: Any) -> Companion | None:
    """Return what the data of a file are, where they are no sheet's.

    A sheet names its project, or at least has money or indicators: one that lacks its name is a
    sheet with an error, never a rulebook that nobody reads.
    """
    if not isinstance(data, dict) or not _SHEET.isdisjoint(data):
        return None
    if not _RULEBOOK.isdisjoint(data):
        return Companion.RULEBOOK
    return Companion.WAIVERS if data and _WAIVERS.issuperset(data) else None
