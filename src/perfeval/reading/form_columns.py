"""What stands beside a form of ours: which number counts, what does not apply, whose goal it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from perfeval.carriers import CarriedCell, CarriedGrid
from perfeval.cells.levels import section_name, section_of
from perfeval.documents.form.asides import ASIDES, UNCONFIRMED, AsideName
from perfeval.fields import word_of
from perfeval.places import Path
from perfeval.reading.contents import CellReader, is_empty, joined, shown, typed_number
from perfeval.reading.model import Gathered
from perfeval.reading.region import HeadingColumns, Region
from perfeval.rulebook.form import IndicatorContent
from perfeval.rulebook.form_faults import heading_key
from perfeval.sheet import Indicator

_GOAL, _UNAPPLIED, _TARGET, _ACTUAL = (
    word_of(Indicator, name) for name in ("goal", "not_applicable", "target", "actual")
)
_VALUE, _TEXT = "值", "文本"
_YES, _NO = "是", "否"


@cache
def aside_headings() -> Mapping[str, str]:
    """Return the headings beside a form, and what stands below them."""
    return {heading_key(aside.heading): aside.content for aside in ASIDES}


def form_headings() -> dict[str, IndicatorContent]:
    """Return those of them that stand for what is a column in other forms."""
    contents = frozenset(IndicatorContent)
    return {
        key: IndicatorContent(content)
        for key, content in aside_headings().items()
        if content in contents
    }


def is_form(grid: CarriedGrid) -> bool:
    """Tell whether a sheet of a workbook has the columns that stand beside a form."""
    keys = {heading_key(cell.text) for cell in grid.cells if cell.text}
    needed = (AsideName.TARGET_AS, AsideName.ACTUAL_AS)
    return all(any(aside_headings().get(key) == one for key in keys) for one in needed)


class FormColumns:
    """The columns beside a form that no other table has."""

    def __init__(
        self, region: Region, columns: HeadingColumns[IndicatorContent], gathered: Gathered
    ) -> None:
        self._region = region
        self._gathered = gathered
        self._cells = CellReader(gathered)
        self._contents = columns.spans.keys()
        self._columns = {
            aside_headings()[heading_key(cell.text)]: cell.column
            for row in range(columns.first, columns.end)
            for cell in region.row(row)
            if heading_key(cell.text) in aside_headings()
        }

    def read(self, row: int, path: Path) -> None:
        """Read what stands beside an indicator."""
        readers: dict[str, Callable[[CarriedCell, Path], None]] = {
            AsideName.CLASS: self._class,
            AsideName.TARGET_AS: lambda cell, path: self._value(cell, (*path, _TARGET)),
            AsideName.ACTUAL_AS: lambda cell, path: self._value(cell, (*path, _ACTUAL)),
            AsideName.NOT_APPLICABLE: self._unapplied,
            AsideName.GOAL: self._goal,
            AsideName.CONFIRMED: self._confirmed,
        }
        for content, reader in readers.items():
            cell = self._region.grid.at(row, self._columns.get(content, -1))
            if is_empty(cell) or cell.row != row:
                continue
            if self._cells.is_readable(cell, content):
                reader(cell, path)

    def _class(self, cell: CarriedCell, path: Path) -> None:
        """Read the levels, where the form itself has no columns for them."""
        section, _, aspect = joined(cell.text).partition("·")
        group = section_name(section).group
        names = {
            IndicatorContent.SECTION: section if group is None else section_of(group).text,
            IndicatorContent.ASPECT: aspect,
        }
        for content, name in names.items():
            if content not in self._contents:
                self._gathered.put((*path, content.value), name, cell.place)

    def _value(self, cell: CarriedCell, path: Path) -> None:
        """Read the number that counts, beside the text in which it stands."""
        number = typed_number(cell)
        if number is None:
            message = f"计分用的数看不懂，没有读：{shown(cell.text)}"
            self._gathered.skip(message, cell.place, path)
            return
        text = self._gathered.get(path)
        place = self._gathered.places.get(path, cell.place)
        value = {_VALUE: number} if text is None else {_VALUE: number, _TEXT: text}
        self._gathered.put(path, value, place)

    def _unapplied(self, cell: CarriedCell, path: Path) -> None:
        text = joined(cell.text)
        if text == _YES:
            self._gathered.put((*path, _UNAPPLIED), True, cell.place)
        elif text != _NO:
            message = f"“不适用”只认“是”“否”，没有读：{shown(text)}"
            self._gathered.skip(message, cell.place, path)

    def _goal(self, cell: CarriedCell, path: Path) -> None:
        number = typed_number(cell)
        if number is None:
            message = f"“所属目标”要写序号，没有读：{shown(cell.text)}"
            self._gathered.skip(message, cell.place, path)
        else:
            self._gathered.put((*path, _GOAL), number, cell.place)

    def _confirmed(self, cell: CarriedCell, path: Path) -> None:
        if joined(cell.text) == UNCONFIRMED:
            self._gathered.assume("沿用上年的内容，填表人还没有确认", cell.place, path)
