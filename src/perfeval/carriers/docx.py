"""Documents (.docx, .docm): paragraphs, tables and text boxes; tracked changes read as accepted."""

from __future__ import annotations

from collections.abc import Callable

from perfeval.carriers.aside import page_remarks
from perfeval.carriers.enclosure import Enclosures, read_parts
from perfeval.carriers.limits import Allowance
from perfeval.carriers.markup import Attributes, MarkupWalker
from perfeval.carriers.package import Package, main_part, relations
from perfeval.carriers.symbols import is_symbol_font, shown_in, shown_symbol
from perfeval.carriers.tables import MOST_SPAN, Flow, LooseCell, LooseRow
from perfeval.carriers.values import CarriedDocument, CarrierKind, Remark, RemarkKind, counted
from perfeval.places import Place, TextPlace

_NOT_SEEN = {"del", "moveFrom", "rt", "fldData"}
"""What stands in these is not shown: deleted text, the pronunciation above a word."""
_NOT_WALKED = {
    *("Fallback", "rPrChange", "pPrChange", "trPrChange", "tblPrChange", "tcPrChange"),
    *("sectPrChange", "tblGridChange", "tblPrExChange", "numberingChange"),
}
"""The same once more for older programs, and how something looked before it was changed."""
_PIECES = {"cr": "\n", "noBreakHyphen": "-"}


def read_docx(package: Package, allowance: Allowance) -> CarriedDocument:
    """Read a document."""
    main = main_part(package, "word/document.xml")
    reader = _DocxReader(allowance)
    package.walk(main, reader)
    remarks = reader.remarks()
    if any(name.endswith("vbaproject.bin") for name in package.names()):
        remarks.append(Remark(RemarkKind.MACROS, "文件里有宏，没有运行"))
    related = relations(package, main).values()
    remarks += page_remarks(package, related)
    if any(relation.kind in ("aFChunk", "subDocument") for relation in related):
        remarks.append(Remark(RemarkKind.NOT_READ, "文件里嵌入了别的文件，没有读取"))
    if any(item.is_external and item.kind != "hyperlink" for item in related):
        remarks.append(Remark(RemarkKind.EXTERNAL_LINK, "引用了别的文件，没有打开"))
    found = Enclosures()
    read_parts(package, related, found)
    return CarriedDocument(
        CarrierKind.DOCX,
        reader.flow.parts(),
        (*remarks, *found.remarks()),
        tuple(found.texts),
    )


def _is_on(attributes: Attributes) -> bool:
    return attributes.get("val", "1") not in ("0", "false", "off")


def _number(attributes: Attributes, least: int = 0) -> int:
    text = attributes.get("val", "")
    value = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else least
    return min(max(value, least), MOST_SPAN)


class _DocxReader(MarkupWalker):
    """Walks the body of a document.

    Attributes:
        flow: What was read.
    """

    def __init__(self, allowance: Allowance) -> None:
        self.flow = Flow(allowance)
        self._paragraphs: list[list[str]] = []
        self._holders: list[list[str] | None] = [None]
        self._count = 0
        self._skipped = self._muted = 0
        self._is_text = self._is_run_hidden = self._is_raised = self._is_checked = False
        self._in_row_properties = self._is_row_deleted = False
        self._placeholders: list[bool] = []
        self._font = ""
        self._changes = self._hidden = self._pictures = self._objects = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if self._skipped or name in _NOT_WALKED:
            self._skipped += name in _NOT_WALKED
            return
        action = _STARTS.get(name)
        if action is not None:
            action(self, attributes)
        elif name in _NOT_SEEN:
            self._muted += 1
            if name != "rt":
                self._changes += 1
        elif name in _PIECES:
            self._put(_PIECES[name])

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= name in _NOT_WALKED
            return
        action = _ENDS.get(name)
        if action is not None:
            action(self)
        elif name in _NOT_SEEN:
            self._muted -= 1

    def text(self, text: str) -> None:
        if self._is_text and not self._skipped:
            before = "".join(self._paragraphs[-1][-1:]) if self._paragraphs else ""
            if self._is_raised and before[-1:].isdigit():
                self._put("^")  # 10 to the 4th is not 104
            self._is_raised = False
            self._put(shown_in(self._font, text) if self._font else text)

    def _put(self, text: str) -> None:
        if self._muted > 0 or not self._paragraphs:
            return
        if self._is_run_hidden:
            self._hidden += 1
            return
        self._paragraphs[-1].append(text)

    def begin_paragraph(self, _attributes: Attributes) -> None:
        self._paragraphs.append([])

    def end_paragraph(self) -> None:
        text = "".join(self._paragraphs.pop())
        holder = self._holders[-1]
        if holder is not None:
            holder.append(text)
            return
        self._count += 1
        self.flow.line(text, TextPlace(self._count, 1, is_paragraph=True))

    def begin_run(self, _attributes: Attributes) -> None:
        self._is_run_hidden = self._is_raised = False
        self._font = ""

    def end_run(self) -> None:
        self._is_run_hidden = self._is_raised = False
        self._font = ""

    def hide_run(self, attributes: Attributes) -> None:
        self._is_run_hidden = self._is_run_hidden or _is_on(attributes)

    def raise_run(self, attributes: Attributes) -> None:
        self._is_raised = attributes.get("val") == "superscript"

    def set_font(self, attributes: Attributes) -> None:
        font = attributes.get("ascii", "")
        self._font = font if is_symbol_font(font) else ""

    def begin_text(self, _attributes: Attributes) -> None:
        self._is_text = True

    def end_text(self) -> None:
        self._is_text = False

    def tab(self, attributes: Attributes) -> None:
        if not attributes:  # with attributes it is the place of a tab stop
            self._put("\t")

    def line_break(self, attributes: Attributes) -> None:
        if attributes.get("type", "textWrapping") == "textWrapping":
            self._put("\n")

    def symbol(self, attributes: Attributes) -> None:
        self._put(shown_symbol(attributes.get("font", ""), attributes.get("char", "")))

    def begin_check_box(self, _attributes: Attributes) -> None:
        self._is_checked = False

    def checked(self, attributes: Attributes) -> None:
        self._is_checked = _is_on(attributes)

    def end_check_box(self) -> None:
        self._put("☑" if self._is_checked else "☐")

    def begin_control(self, _attributes: Attributes) -> None:
        self._placeholders.append(False)

    def end_control(self) -> None:
        self._placeholders.pop()

    def placeholder(self, _attributes: Attributes) -> None:
        if self._placeholders:  # a prompt such as “click here” is no content
            self._placeholders[-1] = True

    def begin_content(self, _attributes: Attributes) -> None:
        self._muted += bool(self._placeholders and self._placeholders[-1])

    def end_content(self) -> None:
        self._muted -= bool(self._placeholders and self._placeholders[-1])

    def begin_table(self, _attributes: Attributes) -> None:
        self.flow.begin_table()

    def end_table(self) -> None:
        self.flow.end_table()

    def begin_row(self, _attributes: Attributes) -> None:
        if self.flow.table is not None:
            self.flow.table.add_row(self.flow.allowance)

    def end_row(self) -> None:
        if self._is_row_deleted and self.flow.table is not None:
            self.flow.table.rows.pop()
        self._is_row_deleted = False

    def begin_row_properties(self, _attributes: Attributes) -> None:
        self._in_row_properties = True

    def end_row_properties(self) -> None:
        self._in_row_properties = False

    def deleted(self, _attributes: Attributes) -> None:
        self._muted += 1
        self._changes += 1
        self._is_row_deleted = self._is_row_deleted or self._in_row_properties

    def inserted(self, _attributes: Attributes) -> None:
        self._changes += 1

    def hide_row(self, attributes: Attributes) -> None:
        row = self._row()
        if row is not None and self._in_row_properties:
            row.is_hidden = _is_on(attributes)

    def skip_columns(self, attributes: Attributes) -> None:
        row = self._row()
        if row is not None:
            row.before = _number(attributes)

    def begin_cell(self, _attributes: Attributes) -> None:
        if self.flow.table is not None:
            self.flow.table.add_cell(self.flow.allowance)
        self._holders.append([])

    def end_cell(self) -> None:
        holder, cell = self._holders.pop(), self._cell()
        if cell is not None and holder is not None:
            cell.text = "" if cell.goes_on else "\n".join(holder).strip("\n")
            if cell.columns == 0:
                self._join_left()

    def span_columns(self, attributes: Attributes) -> None:
        cell = self._cell()
        if cell is not None:
            cell.columns = _number(attributes, 1)

    def span_rows(self, attributes: Attributes) -> None:
        cell = self._cell()
        if cell is not None:
            cell.goes_on = attributes.get("val", "continue") != "restart"

    def merge_left(self, attributes: Attributes) -> None:
        row = self._row()
        if row is not None and len(row.cells) > 1 and attributes.get("val") != "restart":
            row.cells[-1].columns = 0

    def _join_left(self) -> None:
        row = self._row()
        if row is not None:
            row.cells.pop()
            row.cells[-1].columns += 1

    def begin_box(self, _attributes: Attributes) -> None:
        self._holders.append([])

    def end_box(self) -> None:
        for text in self._holders.pop() or ():
            self.flow.line(text, TextPlace(max(self._count, 1), 1, is_paragraph=True))

    def picture(self, _attributes: Attributes) -> None:
        self._pictures += 1

    def embedded(self, _attributes: Attributes) -> None:
        self._objects += 1

    def _row(self) -> LooseRow | None:
        table = self.flow.table
        return table.rows[-1] if table is not None and table.rows else None

    def _cell(self) -> LooseCell | None:
        row = self._row()
        return row.cells[-1] if row is not None and row.cells else None

    def remarks(self) -> list[Remark]:
        """Return what is said of the document."""
        return counted(
            (self._changes, RemarkKind.TRACKED_CHANGES, "有 {} 处修订，按全部接受读取"),
            (self._hidden, RemarkKind.HIDDEN_TEXT, "有 {} 处隐藏或划掉的文字，没有读取"),
            (self._pictures, RemarkKind.NOT_READ, "有 {} 张图片，里面的字没有读取"),
            (self._objects, RemarkKind.NOT_READ, "有 {} 个嵌入的对象，没有读取"),
        )


class DocxPlaces(_DocxReader):
    """Reads a document, and says on the way where what is read now stands."""

    @property
    def is_skipping(self) -> bool:
        """Whether what comes now is no part of the document as it is shown."""
        return self._skipped > 0

    @property
    def is_in_table(self) -> bool:
        """Whether a table is open."""
        return self.flow.table is not None

    @property
    def has_words(self) -> bool:
        """Whether the paragraph that is open says something so far."""
        return any(text.strip() for text in self._paragraphs[-1])

    def here(self) -> Place:
        """Return the place of the cell that is open, outside of tables of the next paragraph."""
        table = self.flow.table
        if table is not None:
            return table.here()
        return TextPlace(self._count + 1, 1, is_paragraph=True)


_STARTS: dict[str, Callable[[_DocxReader, Attributes], None]] = {
    "p": _DocxReader.begin_paragraph,
    "r": _DocxReader.begin_run,
    "t": _DocxReader.begin_text,
    "vanish": _DocxReader.hide_run,
    "strike": _DocxReader.hide_run,
    "dstrike": _DocxReader.hide_run,
    "vertAlign": _DocxReader.raise_run,
    "rFonts": _DocxReader.set_font,
    "tab": _DocxReader.tab,
    "br": _DocxReader.line_break,
    "sym": _DocxReader.symbol,
    "checkBox": _DocxReader.begin_check_box,
    "default": _DocxReader.checked,
    "checked": _DocxReader.checked,
    "sdt": _DocxReader.begin_control,
    "showingPlcHdr": _DocxReader.placeholder,
    "sdtContent": _DocxReader.begin_content,
    "tbl": _DocxReader.begin_table,
    "tr": _DocxReader.begin_row,
    "trPr": _DocxReader.begin_row_properties,
    "hidden": _DocxReader.hide_row,
    "gridBefore": _DocxReader.skip_columns,
    "tc": _DocxReader.begin_cell,
    "gridSpan": _DocxReader.span_columns,
    "vMerge": _DocxReader.span_rows,
    "hMerge": _DocxReader.merge_left,
    "txbxContent": _DocxReader.begin_box,
    "del": _DocxReader.deleted,
    "ins": _DocxReader.inserted,
    "blip": _DocxReader.picture,
    "imagedata": _DocxReader.picture,
    "OLEObject": _DocxReader.embedded,
}
_ENDS: dict[str, Callable[[_DocxReader], None]] = {
    "p": _DocxReader.end_paragraph,
    "r": _DocxReader.end_run,
    "t": _DocxReader.end_text,
    "checkBox": _DocxReader.end_check_box,
    "sdt": _DocxReader.end_control,
    "sdtContent": _DocxReader.end_content,
    "tbl": _DocxReader.end_table,
    "tr": _DocxReader.end_row,
    "trPr": _DocxReader.end_row_properties,
    "tc": _DocxReader.end_cell,
    "txbxContent": _DocxReader.end_box,
}
