"""The workbook as a file: SpreadsheetML from templates; equal forms give equal bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from markupsafe import Markup

from perfeval._resources import data_dir
from perfeval.documents.archive import pack
from perfeval.documents.templates import markup_template
from perfeval.documents.workbook.formula import Formula, Value
from perfeval.documents.workbook.heights import row_heights
from perfeval.documents.workbook.hidden_sheet import HiddenSheet, address, letters
from perfeval.documents.workbook.page import Area, DataValidation, VisibleSheet
from perfeval.documents.workbook.styles import CONDITIONAL, FILLS, FONTS, Styles
from perfeval.errors import RenderError
from perfeval.numbers import plain, trimmed

_MOST_TEXT = 32767
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_MOST_FORMULA, _MOST_LEVELS = 8000, 60
"""A spreadsheet takes 8192 characters in a formula, and 64 functions inside each other."""
_CALL = re.compile(r'"[^"]*"|(?P<call>[A-Z]?)\(|(?P<end>\))')
_PIXELS_PER_CHARACTER = 7
_PAGE_POINTS = (960, 640)
"""Tables up to this height in points are scaled down to one page, portrait or landscape."""


class Written(NamedTuple):
    """A cell as the template prints it."""

    place: str
    style: int
    kind: str
    formula: str
    value: str


class Printed(NamedTuple):
    """What of the form is printed, and how.

    Attributes:
        first, last: The rows that are printed, counted from 0.
        columns: How many columns are printed.
        landscape: The page lies on its side.
    """

    first: int
    last: int
    columns: int
    landscape: bool


class _Strings:
    """The texts of a workbook, each once."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.used = 0

    def number(self, text: str) -> int:
        self.used += 1
        return self.numbers.setdefault(_spelled(text), len(self.numbers))


def _spelled(text: str) -> str:
    """Return a text as a workbook holds it; what cannot be shown is refused."""
    if len(text) > _MOST_TEXT:
        raise RenderError(f"一格里的文字太长（{len(text)} 字），表格文件放不下")
    if _FORBIDDEN.search(text):
        raise RenderError("文字里有不能打印的字符，不能写入表格文件")
    return _ESCAPED.sub("_x005F_", text)


def write_workbook(
    page: VisibleSheet, hidden: Sequence[HiddenSheet], printed: Printed, title: str, stamp: str
) -> bytes:
    """Write the workbook.

    Args:
        page: The form.
        hidden: The hidden sheets.
        printed: What of the form is printed.
        title: The title of the document.
        stamp: Versions of perfeval and the rulebook.

    Raises:
        RenderError: A text cannot stand in a cell.
    """
    strings, styles = _Strings(), Styles()
    sheets = [_form_sheet(page, printed, strings, styles)]
    sheets += [_hidden_sheet(sheet, strings) for sheet in hidden]
    names = [page.name, *(sheet.name for sheet in hidden)]
    columns = f"$A${printed.first + 1}:${letters(printed.columns - 1)}${printed.last + 1}"
    parts = {
        "[Content_Types].xml": _part("form_content_types.xml.j2", sheets=sheets),
        "_rels/.rels": _file("package.rels.xml"),
        "xl/workbook.xml": _part(
            "form_workbook.xml.j2", names=names, printed=f"{page.name}!{columns}"
        ),
        "xl/_rels/workbook.xml.rels": _part("form_workbook.rels.xml.j2", sheets=sheets),
        **{f"xl/worksheets/sheet{at}.xml": sheet for at, sheet in enumerate(sheets, 1)},
        "xl/styles.xml": _styles(styles),
        "xl/sharedStrings.xml": _part(
            "form_strings.xml.j2", strings=strings.numbers, used=strings.used
        ),
        "xl/theme/theme1.xml": _file("theme1.xml", "word"),
        "docProps/core.xml": markup_template("word/core.xml.j2").render(title=title),
        "docProps/app.xml": _file("form_app.xml"),
        "docProps/custom.xml": markup_template("word/custom.xml.j2").render(stamp=stamp),
    }
    return pack(parts.items())


def _part(template: str, **values: Any) -> str:
    return markup_template(f"excel/{template}").render(**values)


def _file(name: str, folder: str = "excel") -> str:
    return (data_dir("templates") / folder / name).read_text(encoding="utf-8")


def _styles(styles: Styles) -> str:
    return _part(
        "form_styles.xml.j2",
        formats=styles.formats,
        looks=styles.looks,
        fonts=[Markup(font) for font in FONTS.values()],  # noqa: S704 - constants of the module
        fills=[colour for colour in FILLS.values() if colour],
        conditional=[Markup(look) for look in CONDITIONAL.values()],  # noqa: S704 - the same
    )


# -- sheets ------------------------------------------------------------------------------------


def _form_sheet(page: VisibleSheet, printed: Printed, strings: _Strings, styles: Styles) -> str:
    heights = row_heights(page)
    rows = [
        (row + 1, heights[row], list(_form_cells(page, row, strings, styles)))
        for row in range(max(row for row, _ in page.cells) + 1)
    ]
    return _part(
        "form_sheet.xml.j2",
        rows=rows,
        widths=[_width(width) for width in page.widths],
        merged=[area.text for area in page.areas.values() if area.corner != area.text],
        checks=[(_ranges(areas), check, *_said(check)) for check, areas in page.checks.items()],
        marks=[(mark, list(CONDITIONAL).index(mark.look)) for mark in page.marks],
        texts=_ranges(_text_areas(page)),
        landscape=printed.landscape,
        is_one_page=sum(heights[printed.first :]) < _PAGE_POINTS[printed.landscape],
        flags=page.flags,
        size=address(len(rows) - 1, len(page.widths) + page.flags - 1),
    )


def _form_cells(
    page: VisibleSheet, row: int, strings: _Strings, styles: Styles
) -> Iterator[Written]:
    for column in range(len(page.widths) + page.flags):
        if (row, column) in page.cells:
            content, look = page.cells[row, column]
            yield _cell(address(row, column), content, styles.number(look), strings)


def _cell(place: str, content: Formula | Value, style: int, strings: _Strings) -> Written:
    """Return a cell: a number, a text, or a formula with its value."""
    if isinstance(content, Formula):
        kind, value = _cached(content)
        return Written(place, style, kind, _spelled(_fitting(content.text)), value)
    if isinstance(content, Decimal):
        return Written(place, style, "n", "", plain(content))
    if not content:
        return Written(place, style, "", "", "")
    return Written(place, style, "s", "", str(strings.number(str(content))))


def _fitting(formula: str) -> str:
    """Return a formula that a spreadsheet takes; a longer or deeper one is refused."""
    if len(formula) > _MOST_FORMULA:
        raise RenderError(
            f"评分办法太长，填报表的一个公式有 {len(formula)} 字，表格软件最多 {_MOST_FORMULA} 字"
        )
    levels = _levels(formula) if formula.count("(") > _MOST_LEVELS else 0
    if levels > _MOST_LEVELS:
        raise RenderError(
            f"评分办法的档次太多，填报表的一个公式有 {levels} 层，表格软件最多 {_MOST_LEVELS} 层"
        )
    return formula


def _levels(formula: str) -> int:
    """Count how many functions stand inside each other."""
    open_: list[bool] = []
    deepest = 0
    for part in _CALL.finditer(formula):
        if part["call"] is not None:
            open_.append(bool(part["call"]))
            deepest = max(deepest, sum(open_)) if part["call"] else deepest
        elif part["end"] and open_:
            open_.pop()
    return deepest


def _cached(formula: Formula) -> tuple[str, str]:
    value = formula.value
    if isinstance(value, bool):
        return "b", str(int(value))
    if isinstance(value, Decimal):
        return "n", trimmed(value)
    return ("e", "#VALUE!") if value is None else ("str", _spelled(value))


def _hidden_sheet(sheet: HiddenSheet, strings: _Strings) -> str:
    for heading, column in sheet.columns.items():
        sheet.cells[0, column] = heading
    by_row: dict[int, list[Written]] = {}
    for (row, column), content in sorted(sheet.cells.items()):
        by_row.setdefault(row, []).append(_cell(address(row, column), content, 0, strings))
    size = address(max(by_row), max(column for _, column in sheet.cells))
    rows = [(row + 1, cells) for row, cells in by_row.items()]
    return _part("form_hidden.xml.j2", rows=rows, size=size)


def _width(millimetres: int) -> str:
    """Convert to the widths of digits in which a workbook measures, with two decimals."""
    hundredths = millimetres * 96_000 // (254 * _PIXELS_PER_CHARACTER)
    return f"{hundredths // 100}.{hundredths % 100:02}"


def _ranges(areas: Sequence[Area]) -> str:
    return " ".join(area.text for area in areas)


def _text_areas(page: VisibleSheet) -> list[Area]:
    """Return the cells in which a number is meant as a text."""
    return [area for place, area in page.areas.items() if page.cells[place][1].format == "@"]


def _said(check: DataValidation) -> tuple[str, str, str]:
    """Return the titles and texts of a check, none longer than a workbook allows."""
    return check.title[:32], check.help, check.error
