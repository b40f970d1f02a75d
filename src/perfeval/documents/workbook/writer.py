"""The workbook as a file: SpreadsheetML from templates; equal forms give equal bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from operator import itemgetter
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from markupsafe import Markup

from perfeval._resources import data_dir
from perfeval.documents.archive import pack
from perfeval.documents.templates import markup_template
from perfeval.documents.workbook.formula import HERE, Formula, Value
from perfeval.documents.workbook.heights import row_heights
from perfeval.documents.workbook.hidden_sheet import HiddenSheet, Shared, address, letters
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


class Printed(NamedTuple):
    """What of the form is printed, and how.

    Attributes:
        first, last: The rows that are printed, counted from 0.
        columns: How many columns are printed.
        landscape: The page lies on its side.
        frozen: How many rows and columns stay in sight.
        repeated: The row that stands at the head of each page, counted from 0.
    """

    first: int
    last: int
    columns: int
    landscape: bool
    frozen: tuple[int, int] = (0, 0)
    repeated: int | None = None


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
    if text.isascii() and text.isprintable() and len(text) < _MOST_FORMULA and "_x" not in text:
        return text
    if len(text) > _MOST_TEXT:
        raise RenderError(f"一格里的文字太长（{len(text)} 字），表格文件放不下")
    if _FORBIDDEN.search(text):
        raise RenderError("文字里有不能打印的字符，不能写入表格文件")
    return _ESCAPED.sub("_x005F_", text)


def write_workbook(
    page: VisibleSheet,
    hidden: Sequence[HiddenSheet],
    printed: Printed,
    names: Mapping[str, str],
    title: str,
    stamp: str,
) -> bytes:
    """Write the workbook.

    Args:
        page: The form.
        hidden: The hidden sheets.
        printed: What of the form is printed.
        names: The ranges that formulas know by a name.
        title: The title of the document.
        stamp: Versions of perfeval and the rulebook.

    Raises:
        RenderError: A text cannot stand in a cell.
    """
    return write_pages(((page, printed),), hidden, names, {}, title, stamp)


def write_pages(
    pages: Sequence[tuple[VisibleSheet, Printed]],
    hidden: Sequence[HiddenSheet],
    names: Mapping[str, str],
    own_names: Mapping[str, Mapping[str, str]],
    title: str,
    stamp: str,
) -> bytes:
    """Write a workbook of several sheets that are seen.

    Args:
        pages: These, each with what of it is printed.
        hidden: The hidden sheets.
        names: The ranges that formulas know by a name.
        own_names: The same for the formulas of one sheet, by the name of that sheet.
        title: The title of the document.
        stamp: Versions of perfeval and the rulebooks.

    Raises:
        RenderError: A text cannot stand in a cell.
    """
    strings, styles = _Strings(), Styles()
    sheets = [
        _form_sheet(page, printed, strings, styles, is_first=not at)
        for at, (page, printed) in enumerate(pages)
    ]
    sheets += [_hidden_sheet(sheet, strings) for sheet in hidden]
    parts = {
        "[Content_Types].xml": _part("form_content_types.xml.j2", sheets=sheets),
        "_rels/.rels": _file("package.rels.xml"),
        "xl/workbook.xml": _contents(pages, hidden, names, own_names),
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
    return pack(parts.items(), level=1)


def _contents(
    pages: Sequence[tuple[VisibleSheet, Printed]],
    hidden: Sequence[HiddenSheet],
    names: Mapping[str, str],
    own_names: Mapping[str, Mapping[str, str]],
) -> str:
    """Return the part that lists the sheets, and the ranges that go by a name."""
    sheet_names = [*(page.name for page, _ in pages), *(sheet.name for sheet in hidden)]
    own = [
        (name, sheet_names.index(sheet), area)
        for sheet, ranges in own_names.items()
        for name, area in sorted(ranges.items())
    ]
    return _part(
        "form_workbook.xml.j2",
        names=sheet_names,
        shown=len(pages),
        printed=[_printed_range(page, printed) for page, printed in pages],
        repeated=[_repeated_row(page, printed) for page, printed in pages],
        ranges=sorted(names.items()),
        own=own,
    )


def _printed_range(page: VisibleSheet, printed: Printed) -> str:
    last = f"${letters(printed.columns - 1)}${printed.last + 1}"
    return f"{page.name}!$A${printed.first + 1}:{last}"


def _repeated_row(page: VisibleSheet, printed: Printed) -> str:
    row = printed.repeated
    return "" if row is None else f"{page.name}!${row + 1}:${row + 1}"


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


def _form_sheet(
    page: VisibleSheet, printed: Printed, strings: _Strings, styles: Styles, *, is_first: bool
) -> str:
    heights = row_heights(page)
    cells = _Cells(strings)
    rows = [
        (row + 1, heights[row], Markup("".join(_form_cells(page, row, cells, styles))))  # noqa: S704
        for row in range(len(heights))
    ]
    return _part(
        "form_sheet.xml.j2",
        rows=rows,
        widths=[_width(width) for width in page.widths],
        merged=[area.text for area in page.areas.values() if area.corner != area.text],
        checks=[(_ranges(areas), check, *_said(check)) for check, areas in page.checks.items()],
        marks=[(mark, list(CONDITIONAL).index(mark.look)) for mark in page.marks],
        texts=_ranges(_text_areas(page)),
        live=_ranges(page.replaceable),
        is_first=is_first,
        frozen=printed.frozen,
        corner=address(*printed.frozen),
        landscape=printed.landscape,
        is_one_page=sum(heights[printed.first :]) < _PAGE_POINTS[printed.landscape],
        flags=page.flags,
        size=address(len(rows) - 1, len(page.widths) + page.flags - 1),
    )


def _form_cells(page: VisibleSheet, row: int, cells: _Cells, styles: Styles) -> Iterator[str]:
    for column in range(len(page.widths) + page.flags):
        if (row, column) in page.cells:
            content, look = page.cells[row, column]
            yield cells.written(address(row, column), content, styles.number(look))


class _Cells:
    """Writes the cells of one sheet."""

    def __init__(self, strings: _Strings) -> None:
        self._strings = strings

    def written(self, place: str, content: Formula | Value, style: int = 0) -> str:
        """Return a cell: a number, a text, or a formula with its value."""
        start = f'<c r="{place}" s="{style}"' if style else f'<c r="{place}"'
        if isinstance(content, Formula):
            formula = f"<f>{escape(_spelled(_fitting(content.text)))}</f>"
            return start + _result(formula, content.value)
        if isinstance(content, Decimal):
            return f"{start}><v>{plain(content)}</v></c>"
        if not content:
            return f"{start}/>"
        return f'{start} t="s"><v>{self._strings.number(str(content))}</v></c>'


def _result(formula: str, value: Value) -> str:
    """Return what a cell holds that computes: its kind, its formula and its value."""
    if isinstance(value, str):
        kept = escape(_spelled(value)) if value else ""
        return f' t="str">{formula}<v>{kept}</v></c>'
    if isinstance(value, bool):
        return f' t="b">{formula}<v>{int(value)}</v></c>'
    if value is None:
        return f' t="e">{formula}<v>#VALUE!</v></c>'
    return f">{formula}<v>{trimmed(value)}</v></c>"


class _Sharing:
    """The formulas that rows of a sheet share: each is written in the first row that has it."""

    def __init__(self, sheet: HiddenSheet) -> None:
        self._last: dict[tuple[int, str], int] = {}
        for (row, column), content in sheet.cells.items():
            if isinstance(content, Shared):
                key = column, content.text
                self._last[key] = max(row, self._last.get(key, 0))
        self._numbers: dict[tuple[int, str], str] = {}

    def written(self, row: int, column: int, content: Shared) -> str:
        """Return a cell's formula: whole in the first row, its number in the others."""
        key = column, content.text
        if key in self._numbers:
            return self._numbers[key]
        number = len(self._numbers)
        self._numbers[key] = f'<f t="shared" si="{number}"/>'
        text = escape(_spelled(_fitting(content.text.replace(HERE, str(row + 1)))))
        last = self._last[key]
        if last == row:
            return f"<f>{text}</f>"
        area = f"{address(row, column)}:{address(last, column)}"
        return f'<f t="shared" ref="{area}" si="{number}">{text}</f>'


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


def _hidden_sheet(sheet: HiddenSheet, strings: _Strings) -> str:
    used = {column for _, column in sheet.cells} or set(sheet.columns.values())
    for heading, column in sheet.columns.items():
        if column in used:
            sheet.cells[0, column] = heading
    rows: dict[int, list[str]] = {}
    cells, sharing = _Cells(strings), _Sharing(sheet)
    names = {column: letters(column) for column in used}
    for (row, column), content in sorted(sheet.cells.items(), key=itemgetter(0)):
        place = f"{names[column]}{row + 1}"
        if isinstance(content, Shared):
            written = f'<c r="{place}"' + _result(
                sharing.written(row, column, content), content.value
            )
        else:
            written = cells.written(place, content)
        rows.setdefault(row, []).append(written)
    written_rows = [(row + 1, Markup("".join(cells_))) for row, cells_ in rows.items()]  # noqa: S704
    return _part(
        "form_hidden.xml.j2",
        rows=written_rows,
        size=address(max(rows, default=0), max(used, default=0)),
    )


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
