"""What stands in an older file as a newer one: its texts, figures, merged cells and their places.

An old format cannot take comments without the program that made it. So what was read of it is
written anew, each cell at the place that it had; fonts, pictures and formulas are not in the copy.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence

from perfeval._resources import data_dir
from perfeval.carriers import (
    CarriedCell,
    CarriedDocument,
    CarriedGrid,
    CarriedText,
    ContentKind,
)
from perfeval.carriers.values import LARGE_MERGE, column_letters
from perfeval.marks.splicing import escaped, writable
from perfeval.marks.values import CellRemark
from perfeval.numbers import parse_number, plain
from perfeval.places import Place

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_HIDDEN, _UNSEEN = ' state="hidden"', ' hidden="1"'
_PACKAGED = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument"
_THEME = f"{_TYPE}.theme+xml"
_WORD_PARTS = ("styles", "settings", "fontTable")
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_FIRST_FORMAT, _AS_TEXT = 200, 49
_WIDEST, _NARROWEST, _MOST_SIZED, _UPRIGHT = 24, 8, 256, 100
_LINE = 15
_LONGEST_NAME = 31
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\\n\t", "_"))
_HIGHEST = 400
_PAGE_WIDTH = 9_600


def as_workbook(document: CarriedDocument) -> bytes:
    """Return the sheets of a file as an .xlsx, every cell where it was."""
    book = _Book()
    grids = [grid for grid in document.grids if grid.name]
    sheets = [_sheet(grid, book) for grid in grids]
    parts = {f"xl/worksheets/sheet{at}.xml": sheet for at, sheet in enumerate(sheets, 1)}
    types = dict.fromkeys(parts, f"{_TYPE}.spreadsheetml.worksheet+xml")
    types["xl/workbook.xml"] = f"{_TYPE}.spreadsheetml.sheet.main+xml"
    types["xl/styles.xml"] = f"{_TYPE}.spreadsheetml.styles+xml"
    types["xl/sharedStrings.xml"] = f"{_TYPE}.spreadsheetml.sharedStrings+xml"
    types["xl/theme/theme1.xml"] = _THEME
    related = [("worksheet", f"worksheets/sheet{at}.xml") for at in range(1, len(grids) + 1)]
    related += [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
    return _packed(
        {
            "[Content_Types].xml": _types(types),
            "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
            "xl/workbook.xml": _sheets(grids),
            "xl/_rels/workbook.xml.rels": _relations([*related, ("theme", "theme/theme1.xml")]),
            "xl/styles.xml": book.styles(),
            "xl/sharedStrings.xml": book.strings(),
            "xl/theme/theme1.xml": _constant("theme1.xml"),
            **parts,
        }
    )


def _sheets(grids: Sequence[CarriedGrid]) -> str:
    named = zip(grids, _names(grids), strict=True)
    sheets = "".join(
        f'<sheet name="{escaped(name)}" sheetId="{at}" r:id="rId{at}"'
        f"{_HIDDEN if grid.is_hidden else ''}/>"
        for at, (grid, name) in enumerate(named, 1)
    )
    names = f'xmlns="{_SHEETS}" xmlns:r="{_OFFICE}"'
    return f"{_XML}<workbook {names}><sheets>{sheets}</sheets></workbook>"


def _names(grids: Sequence[CarriedGrid]) -> Iterator[str]:
    """Yield names that a workbook may have: other formats allow longer ones, and more signs."""
    given: set[str] = set()
    for grid in grids:
        base = writable(grid.name).translate(_NOT_IN_NAMES)[:_LONGEST_NAME].strip("'") or "_"
        name, number = base, 1
        while name.casefold() in given:
            number += 1
            tail = f"（{number}）"
            name = f"{base[: _LONGEST_NAME - len(tail)]}{tail}"
        given.add(name.casefold())
        yield name


def _sheet(grid: CarriedGrid, book: _Book) -> str:
    widths = _widths(grid)
    seen = {cell.column for cell in grid.cells if grid.is_hidden or not cell.is_hidden}
    unseen = {cell.column for cell in grid.cells} - seen
    columns = "".join(
        f'<col min="{at + 1}" max="{at + 1}" width="{width}" customWidth="1"'
        f"{_UNSEEN if at in unseen else ''}/>"
        for at, width in enumerate(widths)
    )
    rows = "".join(
        _row(row, cells, widths, book, is_all_hidden=grid.is_hidden)
        for row, cells in sorted(_by_row(grid).items())
    )
    merged = "".join(
        f'<mergeCell ref="{_address(cell.row, cell.column)}:'
        f'{_address(cell.row + cell.rows - 1, cell.column + cell.columns - 1)}"/>'
        for cell in grid.cells
        if cell.rows * cell.columns > 1
    )
    side = "landscape" if sum(widths) > _UPRIGHT else "portrait"
    return (
        f'{_XML}<worksheet xmlns="{_SHEETS}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f"{_block('cols', columns)}<sheetData>{rows}</sheetData>{_block('mergeCells', merged)}"
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        f'<pageSetup paperSize="9" orientation="{side}" fitToWidth="1" fitToHeight="0"/>'
        "</worksheet>"
    )


def _by_row(grid: CarriedGrid) -> dict[int, dict[int, CarriedCell | None]]:
    """Return the cells by row and column; ``None`` under a merged one, whose frame it has."""
    rows: dict[int, dict[int, CarriedCell | None]] = {}
    for cell in grid.cells:
        is_laid_out = cell.rows * cell.columns <= LARGE_MERGE
        for row in range(cell.row, cell.row + (cell.rows if is_laid_out else 1)):
            for column in range(cell.column, cell.column + (cell.columns if is_laid_out else 1)):
                rows.setdefault(row, {})[column] = None
        rows[cell.row][cell.column] = cell
    return rows


def _block(name: str, content: str) -> str:
    return f"<{name}>{content}</{name}>" if content else ""


def _row(
    row: int,
    cells: Mapping[int, CarriedCell | None],
    widths: Sequence[int],
    book: _Book,
    *,
    is_all_hidden: bool,
) -> str:
    begun = [cell for cell in cells.values() if cell is not None]
    lines = max((_lines(cell, widths) for cell in begun), default=1)
    is_unseen = not is_all_hidden and bool(begun) and all(cell.is_hidden for cell in begun)
    hidden = _UNSEEN if is_unseen else ""
    height = min(lines * _LINE + 5, _HIGHEST)
    written = "".join(
        _bare(row, column, book) if cell is None else _written(cell, book)
        for column, cell in sorted(cells.items())
    )
    return f'<row r="{row + 1}" ht="{height}" customHeight="1"{hidden}>{written}</row>'


def _bare(row: int, column: int, book: _Book) -> str:
    return f'<c r="{_address(row, column)}" s="{book.style("")}"/>'


def _written(cell: CarriedCell, book: _Book) -> str:
    at = _address(cell.row, cell.column)
    figure = _figure(cell)
    if figure is not None:
        value, form = figure
        return f'<c r="{at}" s="{book.style(form)}"><v>{value}</v></c>'
    text = escaped(writable(cell.text).replace("_x", "_x005F_x"))
    style = book.style("")
    if not text:
        return f'<c r="{at}" s="{style}"/>'
    return f'<c r="{at}" s="{style}" t="s"><v>{book.text(text)}</v></c>'


def _figure(cell: CarriedCell) -> tuple[str, str] | None:
    """Return a number and a format by which it is shown as it was; ``None`` where there is none."""
    if cell.number is None or cell.kind not in (ContentKind.NUMBER, ContentKind.PERCENT):
        return None
    is_percent = cell.kind is ContentKind.PERCENT
    shown = parse_number(
        (cell.text.removesuffix("%") if is_percent else cell.text).replace(",", "")
    )
    if shown is None:
        return None
    whole, _, digits = cell.text.removesuffix("%").partition(".")
    form = "#,##0" if "," in whole else "0"
    form = f"{form}.{'0' * len(digits)}" if digits else form
    return plain(cell.number), f"{form}%" if is_percent else form


def _widths(grid: CarriedGrid) -> list[int]:
    """Return how wide columns must be for the texts in them, in letters, within bounds."""
    widths = [_NARROWEST] * min(grid.width, _MOST_SIZED)
    for cell in grid.cells:
        if cell.columns == 1 and cell.column < len(widths):
            longest = max((_width(line) for line in cell.text.split("\n")), default=0) + 2
            widths[cell.column] = max(widths[cell.column], min(longest, _WIDEST))
    return widths


def _lines(cell: CarriedCell, widths: Sequence[int]) -> int:
    if cell.rows > 1:
        return 1
    room = sum(widths[cell.column : cell.column + cell.columns]) or _WIDEST
    return sum(-(-max(_width(line), 1) // room) for line in cell.text.split("\n"))


def _width(line: str) -> int:
    return len(line) + sum(not letter.isascii() for letter in line)


def _address(row: int, column: int) -> str:
    return f"{column_letters(column)}{row + 1}"


class _Book:
    """What the sheets of a workbook share: texts, and styles by the formats of numbers.

    All cells are framed and wrapped.
    """

    def __init__(self) -> None:
        self._texts: dict[str, int] = {}
        self._forms: dict[str, int] = {"": 1}

    def text(self, text: str) -> int:
        """Return the number of a text."""
        return self._texts.setdefault(text, len(self._texts))

    def strings(self) -> str:
        """Return the part with all texts that were asked for."""
        texts = "".join(f'<si><t xml:space="preserve">{text}</t></si>' for text in self._texts)
        return f'{_XML}<sst xmlns="{_SHEETS}">{texts}</sst>'

    def style(self, form: str = "") -> int:
        """Return the number of the style of a format, empty for a text."""
        return self._forms.setdefault(form, len(self._forms) + 1)

    def styles(self) -> str:
        """Return the part with all styles that were asked for."""
        formats = {form: _FIRST_FORMAT + at for form, at in self._forms.items() if form}
        listed = "".join(
            f'<numFmt numFmtId="{number}" formatCode="{escaped(form)}"/>'
            for form, number in formats.items()
        )
        side = "".join(f'<{one} style="thin"/>' for one in ("left", "right", "top", "bottom"))
        kinds = "".join(
            f'<xf numFmtId="{formats.get(form, _AS_TEXT)}" fontId="0" fillId="0" borderId="1"'
            ' xfId="0" applyNumberFormat="1" applyBorder="1" applyAlignment="1">'
            '<alignment vertical="center" wrapText="1"/></xf>'
            for form in self._forms
        )
        none = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"'
        return (
            f'{_XML}<styleSheet xmlns="{_SHEETS}">{_block("numFmts", listed)}'
            '<fonts><font><sz val="11"/><name val="宋体"/><charset val="134"/></font></fonts>'
            '<fills><fill><patternFill patternType="none"/></fill>'
            '<fill><patternFill patternType="gray125"/></fill></fills>'
            f"<borders><border/><border>{side}<diagonal/></border></borders>"
            f'<cellStyleXfs>{none}/></cellStyleXfs><cellXfs>{none} xfId="0"/>{kinds}</cellXfs>'
            '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
            "</styleSheet>"
        )


def as_document(document: CarriedDocument) -> bytes:
    """Return the paragraphs and tables of a file as a .docx, in their order."""
    inside: dict[Place, list[CarriedGrid]] = {}
    for grid in document.grids:
        if grid.inside is not None:
            inside.setdefault(grid.inside, []).append(grid)
    body = []
    for part in document.parts:
        if isinstance(part, CarriedText):
            body += [_paragraph(line.text) for line in part.lines]
        elif part.inside is None:
            body += [_table(part, inside), _paragraph("")]
    page = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134"'
    page += ' w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/>'
    kinds = {name: f"{_TYPE}.wordprocessingml.{name}+xml" for name in _WORD_PARTS}
    types = {f"word/{name}.xml": kind for name, kind in kinds.items()}
    types["word/document.xml"] = f"{_TYPE}.wordprocessingml.document.main+xml"
    types["word/theme/theme1.xml"] = _THEME
    related = [(name, f"{name}.xml") for name in _WORD_PARTS]
    return _packed(
        {
            "[Content_Types].xml": _types(types),
            "_rels/.rels": _relations([("officeDocument", "word/document.xml")]),
            "word/document.xml": f'{_XML}<w:document xmlns:w="{_WORDS}"><w:body>{"".join(body)}'
            f"<w:sectPr>{page}</w:sectPr></w:body></w:document>",
            "word/_rels/document.xml.rels": _relations([*related, ("theme", "theme/theme1.xml")]),
            "word/theme/theme1.xml": _constant("theme1.xml"),
            **{f"word/{name}.xml": _constant(f"{name}.xml") for name in _WORD_PARTS},
        }
    )


def _constant(name: str) -> str:
    """Return a part that is the same in every file."""
    return (data_dir("templates") / "word" / name).read_text(encoding="utf-8")


def _table(grid: CarriedGrid, inside: Mapping[Place, list[CarriedGrid]]) -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0"/>' for side in sides)
    width = max(_PAGE_WIDTH // max(grid.width, 1), 1)
    columns = f'<w:gridCol w:w="{width}"/>' * grid.width
    rows = []
    for row in range(grid.height):
        cells, column = [], 0
        while column < grid.width:
            cell = grid.at(row, column)
            cells.append(_cell(cell, row, width, inside))
            column = max(cell.column + cell.columns, column + 1)
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{lines}</w:tblBorders>'
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _cell(
    cell: CarriedCell, row: int, width: int, inside: Mapping[Place, list[CarriedGrid]]
) -> str:
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    begins = cell.row == row
    down = ""
    if cell.rows > 1:
        down = '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
    content = _paragraph(cell.text if begins else "")
    if begins:
        nested = "".join(_table(grid, inside) for grid in inside.get(cell.place, ()))
        content += f"{nested}{_paragraph('')}" if nested else ""
    size = f'<w:tcW w:w="{width * cell.columns}" w:type="dxa"/>'
    return f"<w:tc><w:tcPr>{size}{span}{down}</w:tcPr>{content}</w:tc>"


def _paragraph(text: str) -> str:
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escaped(line)}</w:t>' for line in writable(text).split("\n")
    )
    fonts = '<w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/><w:sz w:val="21"/>'
    return f"<w:p><w:r><w:rPr>{fonts}</w:rPr>{lines}</w:r></w:p>" if text else "<w:p/>"


def moved(
    remarks: Sequence[CellRemark], old: CarriedDocument, new: CarriedDocument
) -> Iterator[CellRemark]:
    """Yield what is said of cells and lines of a file at the same ones of its copy."""
    places: dict[Place, Place] = {}
    for before, after in zip(old.grids, new.grids, strict=False):
        places |= {cell.place: after.at(cell.row, cell.column).place for cell in before.cells}
    for one, other in zip(old.lines, new.lines, strict=False):
        places[one.place] = other.place
    for remark in remarks:
        place = None if remark.place is None else places.get(remark.place, remark.place)
        yield remark._replace(place=place)


def _types(parts: Mapping[str, str]) -> str:
    listed = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in parts.items()
    )
    kinds = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
        '.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'{_XML}<Types xmlns="{_PACKAGED}/content-types">{kinds}{listed}</Types>'


def _relations(related: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(related, 1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGED}/relationships">{listed}</Relationships>'


def _packed(parts: Mapping[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return stream.getvalue()
