"""The looks of cells as the style table of a workbook."""

from __future__ import annotations

from perfeval.documents.workbook.page import CellLook

FONTS = {
    "value": '<sz val="9"/><color rgb="FF000000"/><name val="宋体"/><family val="3"/>'
    '<charset val="134"/>',
    "long": '<sz val="9"/><color rgb="FF000000"/><name val="宋体"/><family val="3"/>'
    '<charset val="134"/>',
    "label": '<b/><sz val="9"/><color rgb="FF000000"/><name val="宋体"/><family val="3"/>'
    '<charset val="134"/>',
    "result": '<sz val="9"/><color rgb="FF1F3864"/><name val="宋体"/><family val="3"/>'
    '<charset val="134"/>',
    "title": '<sz val="16"/><color rgb="FF000000"/><name val="方正小标宋简体"/><family val="3"/>'
    '<charset val="134"/>',
    "line": '<sz val="10"/><color rgb="FF000000"/><name val="宋体"/><family val="3"/>'
    '<charset val="134"/>',
    "note": '<sz val="9"/><color rgb="FF000000"/><name val="宋体"/><family val="3"/>'
    '<charset val="134"/>',
    "hint": '<sz val="9"/><color rgb="FF6B6B6B"/><name val="宋体"/><family val="3"/>'
    '<charset val="134"/>',
    "status": '<b/><sz val="10"/><color rgb="FF1F3864"/><name val="宋体"/><family val="3"/>'
    '<charset val="134"/>',
    "alert": '<sz val="9"/><color rgb="FFB02418"/><name val="宋体"/><family val="3"/>'
    '<charset val="134"/>',
    "suggested": '<i/><sz val="9"/><color rgb="FF6A4C93"/><name val="宋体"/><family val="3"/>'
    '<charset val="134"/>',
}
"""The first is that of cells without a look of their own."""
FILLS = {"": "", "input": "FFFFFBE8", "panel": "FFF2F4F7"}
CONDITIONAL = {
    "alert": '<font><color rgb="FFB02418"/></font>',
    "idle": '<font><color rgb="FFB5B5B5"/></font>'
    '<fill><patternFill patternType="solid"><bgColor rgb="FFFFFFFF"/></patternFill></fill>',
    "suggested": '<font><i/><color rgb="FF6A4C93"/></font>'
    '<fill><patternFill patternType="solid"><bgColor rgb="FFF3EEF8"/></patternFill></fill>',
}
"""The looks that a condition gives."""
_BUILT_IN = {"General": 0, "0": 1, "0.00": 2, "@": 49}
_FIRST_OWN_FORMAT = 164


class Styles:
    """Gives each look its number, in the order in which looks are first used."""

    def __init__(self) -> None:
        self._numbers: dict[CellLook, int] = {}
        self._formats: dict[str, int] = {}

    def number(self, look: CellLook) -> int:
        """Return the number of a look; 0 is the look of cells that nobody has written."""
        return self._numbers.setdefault(look, len(self._numbers) + 1)

    @property
    def looks(self) -> list[tuple[CellLook, int, int, int]]:
        """The looks with the numbers of their formats, fonts and fills."""
        fonts, fills = list(FONTS), list(FILLS)
        return [
            (
                look,
                self._format(look.format),
                fonts.index(look.font),
                fills.index(look.fill) + 1 if look.fill else 0,
            )
            for look in self._numbers
        ]

    @property
    def formats(self) -> dict[str, int]:
        """The number formats that are not built in."""
        for look in self._numbers:
            self._format(look.format)
        return self._formats

    def _format(self, pattern: str) -> int:
        if pattern in _BUILT_IN:
            return _BUILT_IN[pattern]
        return self._formats.setdefault(pattern, _FIRST_OWN_FORMAT + len(self._formats))
