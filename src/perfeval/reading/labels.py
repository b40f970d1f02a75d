"""What stands beside labels: the fields of a sheet above and below its indicators."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Set
from functools import cache

from perfeval.carriers import CarriedCell, CarriedLine, ContentKind
from perfeval.cells.units import MoneyUnit
from perfeval.numbers import parse_number
from perfeval.places import Place
from perfeval.reading.contents import CellReader, is_empty, is_unfilled, joined, shown
from perfeval.reading.model import Gathered
from perfeval.reading.region import Region, key_of
from perfeval.reading.ticks import chosen
from perfeval.reading.vocabulary import TableWords, without_notes, words
from perfeval.rulebook.form import BoxName, HeaderField
from perfeval.rulebook.form_faults import heading_key

_LONG = frozenset(
    {HeaderField.REASON, HeaderField.MEASURE, HeaderField.GOAL, HeaderField.GOAL_ACTUAL}
)
_BELOW = frozenset({HeaderField.GOAL, HeaderField.GOAL_ACTUAL})
_FILED = frozenset({HeaderField.TOTAL, HeaderField.GRADE})
_READ_OTHERWISE = _FILED | {HeaderField.YEAR, HeaderField.FILED_ON}
"""What is not kept as it is written."""
_YEAR = re.compile(r"(20[0-9]{2})年?度?")
_DAY = re.compile(r"(20[0-9]{2})[年./-]([0-9]{1,2})[月./-]([0-9]{1,2})日?")
_BOXES = frozenset(BoxName)
_LEAST_CELLS = 3
"""As many cells in a row without labels look like a row of another table."""
_NAME_OF_LABEL = re.compile(r"[\u4e00-\u9fff()（）/、]{2,14}")
"""A text without figures and sentences, as labels are."""


class LabelBlock:
    """The rows of a table in which labels stand, and the lines above it."""

    def __init__(self, region: Region, vocabulary: TableWords, gathered: Gathered) -> None:
        self._region = region
        self._vocabulary = vocabulary
        self._gathered = gathered
        self._cells = CellReader(gathered)
        self._values: list[CarriedCell] = []

    def read(self, rows: Iterable[int]) -> None:
        """Read the rows."""
        for row in rows:
            for cell in self._region.beginning(row):
                self._label(cell)

    def name_unknown(self, rows: Iterable[int]) -> None:
        """Say which labels nobody knows, where something stands beside them.

        To be called when all rows were read: what belongs to a label that is known is no label.
        """
        for row in rows:
            filled = [cell for cell in self._region.beginning(row) if cell.text.strip()]
            self._name_unknown_in(filled)

    def _name_unknown_in(self, cells: Iterable[CarriedCell]) -> None:
        """Say it of one row, of which the cells are given that hold something."""
        label: CarriedCell | None = None  # one that nobody knows, and nothing stood beside it yet
        is_unread = False  # whether what follows belongs to a label whose text no sheet has
        for cell in cells:
            key = key_of(cell).rstrip(":")
            is_known = self._is_label(cell) or self._is_unit(key)
            if cell in self._values or is_known:
                label, is_unread = None, is_known and self._is_unread(key)
            elif label is not None:
                said = f"“{shown(label.text)}”不认识，没有读：{shown(cell.text)}"
                self._gathered.skip(said, cell.place)
                label = None
            elif not is_unread and _NAME_OF_LABEL.fullmatch(key):
                label = cell

    def tell_rows_below(self, rows: Iterable[int]) -> None:
        """Say which rows below the indicators look like another table, and were not read."""
        known = {*self._gathered.places.values(), *(note.place for note in self._gathered.unread)}
        found = [cells for row in rows if len(cells := self._strange(row, known)) >= _LEAST_CELLS]
        if found and not self._gathered.is_form:
            texts = "、".join(shown(cell.text) for cell in found[0][:_LEAST_CELLS])
            said = f"表下面还有 {len(found)} 行没有读：{texts}…"
            self._gathered.skip(said, found[0][0].place)

    def _strange(self, row: int, known: Set[Place | None]) -> list[CarriedCell]:
        """Return the cells of a row of which none was read, told or begins with a label."""
        cells = [cell for cell in self._region.beginning(row) if not is_unfilled(cell.text)]
        is_known = any(cell.place in known or re.search("[:：]", cell.text) for cell in cells)
        return [] if is_known else cells

    def _is_unread(self, key: str) -> bool:
        return key not in self._vocabulary.header and key not in _BOXES

    def _is_unit(self, key: str) -> bool:
        """Tell whether a label is that of the unit of money, which is read by itself."""
        units = words()["金额单位"]
        return key.partition(":")[0] in units

    def _label(self, cell: CarriedCell) -> None:
        key = key_of(cell)
        if cell in self._values:
            return
        if key in _BOXES:
            value = self._right(cell)
            self._values += [value] if value is not None else []
            self._box(BoxName(key), value)
            return
        field = self._vocabulary.header.get(key.rstrip(":"))
        if field is None:
            self._with_value(cell)
            return
        value = self._value(cell, field)
        if value is not None:
            self._values.append(value)
            self._put(field, value)
        if value is None or is_empty(value):
            self._tell_further(cell)

    def _tell_further(self, label: CarriedCell) -> None:
        """Say what stands further to the right of a label, behind blank cells."""
        columns = range(label.column + label.columns, self._region.grid.filled.end)
        beside = (self._region.grid.at(label.row, column) for column in columns)
        further = next((cell for cell in beside if cell.text.strip()), None)
        if further is None or further.row != label.row or self._gathered.is_form:
            return
        if not is_unfilled(further.text) and not self._is_label(further):
            said = f"“{shown(label.text)}”旁边的格空着，再往右的没有读：{shown(further.text)}"
            self._gathered.skip_once(said, further.place)

    def _value(self, cell: CarriedCell, field: HeaderField) -> CarriedCell | None:
        """Return the cell beside a label, or below it where labels stand beside each other."""
        right = self._right(cell)
        if field in _BELOW:
            below = self._below(cell)
            beside = right if right is not None and not self._is_label(right) else None
            if beside is not None and self._heads(cell, beside):
                self._doubtful(cell, beside)
                return None
            under = below if below is not None and not self._is_label(below) else None
            if beside is not None and under is not None and beside.text.strip():
                if not under.text.strip():
                    return beside
                self._doubtful(cell, under)
                return None
            return under if beside is None or not beside.text.strip() else beside
        return None if right is None or self._is_label(right) else right

    def _heads(self, label: CarriedCell, beside: CarriedCell) -> bool:
        """Tell whether what stands beside a label has a text of its own below it.

        It is then a heading that nobody knows (年初拟定目标), or one goal of several.
        """
        below = self._below(beside)
        if below is None or is_unfilled(below.text) or self._is_label(below):
            return False
        if beside.row + beside.rows < label.row + label.rows:
            return True
        first = self._below(label)
        return first is not None and not first.text.strip() and below.row < first.row + first.rows

    def _doubtful(self, label: CarriedCell, under: CarriedCell) -> None:
        """Say that a text may stand beside its label or below it."""
        message = f"“{shown(label.text)}”的内容看不出在右边还是下边，没有读"
        self._gathered.skip(message, under.place)

    def _right(self, cell: CarriedCell) -> CarriedCell | None:
        columns = range(cell.column + cell.columns, self._region.grid.filled.end)
        beside = (self._region.grid.at(cell.row, column) for column in columns)
        first = next(beside, None)
        if first is None or first.text.strip() or not self._gathered.is_form:
            return first
        # Where a form's cells are not merged any more, blank ones stand between.
        filled = next((one for one in beside if one.text.strip() or one.is_hidden), first)
        return first if filled.is_hidden else filled

    def _below(self, cell: CarriedCell) -> CarriedCell | None:
        row = cell.row + cell.rows
        return self._region.grid.at(row, cell.column) if row < self._region.end else None

    def _is_label(self, cell: CarriedCell) -> bool:
        key = key_of(cell).rstrip(":")
        known = self._vocabulary
        is_heading = key in known.indicators or key in known.budget
        before, colon, _ = key.partition(":")
        units = words()["金额单位"]
        is_unit = bool(colon) and before in units
        return is_heading or is_unit or key in known.labels or key in _BOXES

    def _box(self, kind: BoxName, cell: CarriedCell | None) -> None:
        if cell is None or is_unfilled(cell.text) or not self._cells.is_readable(cell, kind):
            return
        choice = chosen(cell.text)
        if choice.is_clear:
            self._gathered.put((kind.value,), choice.option, cell.place)
        else:
            message = f"“{kind}”看不出勾的是哪一项，没有读：{shown(cell.text)}"
            self._gathered.skip(message, cell.place)

    def _with_value(self, cell: CarriedCell) -> None:
        """Read a cell that begins with a label and its colon (“项目名称：某项目”)."""
        marks = list(self._marks(cell.text))
        if marks and not cell.text[: marks[0][0]].strip() and marks[0][2] is not None:
            self.line(CarriedLine(cell.text, cell.place))

    def line(self, line: CarriedLine) -> None:
        """Read the labels of a line with what stands behind each, up to the next one."""
        found = list(self._marks(line.text))
        for number, (_, end, field) in enumerate(found):
            stop = found[number + 1][0] if number + 1 < len(found) else len(line.text)
            text = re.split(r"\t|\u3000|\n|\s{2,}", line.text[end:stop].strip())[0].strip()
            text = re.sub(rf"\s*{words()['盖章处']}$", "", text)  # a place for the stamp
            if field is None or is_unfilled(text):
                continue
            if " " in text and field not in _READ_OTHERWISE:  # what follows may be another text
                message = f"“{field.value}”看不出到哪里为止，没有读：{shown(text)}"
                self._gathered.skip(message, line.place)
                continue
            self._put_text(field, text, line)

    def _marks(self, text: str) -> Iterable[tuple[int, int, HeaderField | None]]:
        """Yield where a label with its colon begins and ends, and for what it stands."""
        for found in re.finditer(r"(?:^|(?<=[\s\u3000(（]))([^\s\u3000:：]{2,12})\s*[:：]", text):
            field = self._vocabulary.header.get(without_notes(heading_key(found[1])))
            yield found.start(), found.end(), field

    def _put_text(self, field: HeaderField, text: str, line: CarriedLine) -> None:
        self._put(field, CarriedCell(0, 0, line.place, ContentKind.TEXT, text))

    def _put(self, field: HeaderField, cell: CarriedCell) -> None:
        path = ("已填报", field.value) if field in _FILED else (field.value,)
        if is_empty(cell) or (self._gathered.is_form and field in _FILED):
            return
        known = self._gathered.get(path)
        if known is not None:
            if field not in _READ_OTHERWISE and joined(str(known)) != joined(cell.text):
                message = f"“{field.value}”有两处，只读了前一处，没有读：{shown(cell.text)}"
                self._gathered.skip(message, cell.place)
            return
        if not self._cells.is_readable(cell, field.value):
            return
        if field is HeaderField.YEAR:
            self._year(cell)
        elif field is HeaderField.FILED_ON:
            self._day(cell)
        elif field is HeaderField.TOTAL:
            self._cells.points(cell, field.value, path)
        elif field in _LONG:
            self._cells.text(cell, field.value, path)
        else:
            self._cells.words(cell, field.value, path)

    def _year(self, cell: CarriedCell) -> None:
        found = _YEAR.fullmatch(heading_key(cell.text))
        if found is None:
            self._gathered.skip(f"“年度”看不懂，没有读：{shown(cell.text)}", cell.place)
        else:
            self._gathered.put(("年度",), parse_number(found[1]), cell.place)

    def _day(self, cell: CarriedCell) -> None:
        day = cell.day or _day_in(heading_key(cell.text))
        if day is None:
            self._gathered.skip(f"“填报日期”看不懂，没有读：{shown(cell.text)}", cell.place)
        else:
            self._gathered.put(("填报日期",), day.isoformat(), cell.place)

    def unit(self, lines: Iterable[CarriedLine]) -> str | None:
        """Return the unit of money that the lines above the table state."""
        for line in lines:
            unit = unit_stated(line.text)
            if unit:
                if unit in frozenset(MoneyUnit):
                    self._gathered.put(("金额单位",), unit, line.place)
                return unit
        return None


def unit_stated(text: str) -> str:
    """Return the unit of money that a line states, whether it is known or not; empty without one.

    >>> unit_stated("金额单位：万元"), unit_stated("单位：千元"), unit_stated("填报单位：元谋县")
    ('万元', '千元', '')
    """
    found = _unit().search(unicodedata.normalize("NFKC", text))
    return "" if found is None else found[1]


@cache
def _unit() -> re.Pattern[str]:
    """Return what states the unit of money; 填报单位：元谋县 does not."""
    labels = "|".join(r"\s*".join(label) for label in words()["金额单位"])
    unit = "[十百千万亿]*元"
    return re.compile(rf"(?:{labels})\s*:\s*(?:人民币)?({unit}(?:[/、]{unit})*)(?![\u4e00-\u9fff])")


def _day_in(text: str) -> datetime.date | None:
    found = _DAY.fullmatch(text)
    try:
        return datetime.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def years_in(text: str, *, is_title: bool) -> list[str]:
    """Return the years that a line above a table names; a title need not say 年度.

    >>> years_in("（2023年度）", is_title=False), years_in("审核：2024年3月", is_title=False)
    (['2023'], [])
    """
    pattern = r"(20[0-9]{2})年" if is_title else r"(20[0-9]{2})年度"
    return list(dict.fromkeys(re.findall(pattern, heading_key(text))))
