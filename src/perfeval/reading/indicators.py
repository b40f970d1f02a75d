"""The rows of indicators: names of levels, targets, actuals, weights and points as printed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from perfeval.carriers import CarriedCell
from perfeval.cells.levels import section_name
from perfeval.cells.signs import column_sign
from perfeval.numbers import parse_number, total
from perfeval.places import Path
from perfeval.reading.contents import CellReader, is_empty, is_unfilled, joined, number_in, shown
from perfeval.reading.continued import heading_keys
from perfeval.reading.form_columns import FormColumns
from perfeval.reading.model import Gathered
from perfeval.reading.page_ends import cut_levels, is_cut, page_ends
from perfeval.reading.region import HeadingColumns, Region, columns_in, key_of
from perfeval.reading.titles import is_continued
from perfeval.reading.unread_columns import tell_unread_columns
from perfeval.reading.vocabulary import TableWords, WordList, keys_of, words
from perfeval.rulebook.form import IndicatorContent
from perfeval.rulebook.form_faults import heading_key

Content = IndicatorContent
_LEVELS = (Content.SECTION, Content.ASPECT)
_NAMES = (*_LEVELS, Content.NAME)
WORDS = {
    Content.TARGET: "目标值",
    Content.ACTUAL: "完成值",
    Content.WEIGHT: "分值",
    Content.POINTS: "已填报得分",
    Content.FILED: "已填报得分",
    Content.REASON: "偏差原因",
    Content.MEASURE: "改进措施",
    Content.REASON_AND_MEASURE: "偏差原因",
    Content.UNIT: "单位",
}
"""The words of a sheet for what stands in the columns."""
_VALUES = (Content.TARGET, Content.ACTUAL)
_NUMBERS = (Content.WEIGHT, Content.POINTS, Content.FILED)
_TEXTS = (Content.REASON, Content.MEASURE, Content.REASON_AND_MEASURE)
_OF_PARTS = (Content.TARGET, Content.ACTUAL, Content.WEIGHT, Content.POINTS)
_RATE = ("预算", "已填报", "执行率")
_INDICATORS, _PARTS, _GOALS = "指标", "其中", "多个目标"
_WEIGHT = re.compile(r"(.+?)[（(]\s*([0-9]+(?:\.[0-9]+)?)\s*分\s*[)）]", re.DOTALL)
_GOAL = re.compile(r".*目标([0-9]{1,3}|[一二三四五六七八九十])(?:\(([0-9.]+)分\))?:?(.*)")
_UNIT = re.compile(r"\((?:单位:)?(?:%|(?:人民币)?[十百千万亿]*元)\)")
_GOAL_CELLS = 2
"""As many cells a goal has: its name, and its text."""
_NUMERALS = "一二三四五六七八九十"


@dataclass
class _LevelName:
    """A name of a level that holds for the rows below it."""

    cell: CarriedCell | None = None
    text: str = ""


@dataclass
class _Merged:
    """A cell with points that covers several rows."""

    cell: CarriedCell
    names: list[str] = field(default_factory=list)


class IndicatorBlock:
    """The indicators of a table."""

    def __init__(self, region: Region, vocabulary: TableWords, gathered: Gathered) -> None:
        self._region = region
        self._vocabulary = vocabulary
        self._gathered = gathered
        self._cells = CellReader(gathered)
        is_form = gathered.is_form
        self.headings = tuple(
            columns_in(region, vocabulary.indicators, Content.NAME, is_wide=is_form)
        )
        self._columns = self.headings[0]
        self._beside = FormColumns(region, self._columns, gathered) if gathered.is_form else None
        self._levels = {content: _LevelName() for content in _LEVELS}
        self._merged: list[_Merged] = []
        self._overtyped: list[CarriedCell] = []
        self._goal_cells: list[CarriedCell] = []
        self._block_goals: dict[int, int] = {}
        self.goal_rows: set[int] = set()
        self._goals_above()
        self._cut_levels: dict[CarriedCell, str] = {}
        self._sections: list[CarriedCell | None] = []
        self._count = 0
        self.end = region.end

    @cached_property
    def first(self) -> int:
        """The first row of the headings."""
        return self.headings[0].first

    def read(self) -> None:
        """Read the rows, up to that of the total or the first that is none of them."""
        self._tell_columns(self._columns)
        above = {row: columns for columns in self.headings for row in self._heading_rows(columns)}
        self._read_rows(above)
        self._tell_below()
        self._tell_overtyped()
        rows = [
            row
            for row in self._region.rows_from(self.headings[0].end, self.end)
            if row not in {*above, *self.goal_rows} and not self._region.is_repeated(row)
        ]
        tell_unread_columns(self._region, self._columns, rows, self._gathered)
        for position, merged in enumerate(one for one in self._merged if len(one.names) > 1):
            self._put_merged(position, merged)

    def _read_rows(self, above: Mapping[int, HeadingColumns[IndicatorContent]]) -> None:
        cut = self._cut_rows()
        for row in self._region.rows_from(self.headings[0].end):
            self._columns = above.get(row, self._columns)
            if row in cut:
                self._level_texts(row)
                continue
            cells = self._region.beginning(row)
            is_aside = row in above or row in self.goal_rows or self._region.is_repeated(row)
            if cells and not is_aside and not self._goes_on(row, cells):
                break

    def _cut_rows(self) -> set[int]:
        """Return the rows that the end of a page may have cut, and say that they are not read.

        Names of levels that go on on the next page are put together where that is certain.
        """
        cut: set[int] = set()
        for ends in page_ends(self._region, self.headings[0].end, self._region.end):
            if any(self._is_outside(row) for row in ends):
                continue
            for level in cut_levels(self._region, self._columns, ends):
                self._cut_levels[level.above] = self._cut_levels[level.below] = level.name
                said = f"“{shown(level.above.text)}”和下一页的“{shown(level.below.text)}”接成一个"
                self._gathered.assume(f"{said}：{level.name}", level.above.place, (_INDICATORS,))
            if is_cut(self._region, self._columns, ends):
                cut |= set(ends)
                texts = [shown(one.text) for row in ends for one in self._region.beginning(row)]
                place = self._region.beginning(ends.below)[0].place
                said = f"换页处的两行可能是一行，没有读：{' '.join(texts)}"
                self._gathered.skip(said, place)
        return cut

    def _is_outside(self, row: int) -> bool:
        """Tell whether a row is the total's, or stands below the indicators."""
        cells = self._region.beginning(row)
        return bool(cells) and (self._is_total(cells) or self._closes(row, cells))

    def _goes_on(self, row: int, cells: tuple[CarriedCell, ...]) -> bool:
        """Read a row, and tell whether the indicators may go on below it."""
        if self._is_total(cells):
            self._total(row)
            self.end = row + 1
            return False
        if self._is_sum(row, cells):
            self._sum(cells)
        elif self._closes(row, cells):
            self.end = row
            return False
        else:
            self._row(row, cells)
        return True

    def _tell_below(self) -> None:
        """Say that indicators below what was read are not read."""
        below = next((one for one in self.headings if one.first >= self.end), None)
        if below is not None:
            place = below.headings[Content.NAME].place
            self._gathered.skip("下面还有指标的栏名，从这里起的指标没有读", place)

    def _tell_columns(self, columns: HeadingColumns[IndicatorContent]) -> None:
        """Say which columns are computed from others, and whose heading holds a unit."""
        for content in _VALUES:
            named = columns.headings.get(content)
            if named is not None and _UNIT.search(heading_key(named.text)):
                said = f"“{shown(named.text)}”栏名里的单位没有加到各格，各格按所写读"
                self._gathered.assume(said, named.place, (_INDICATORS,))
        for content in columns.spans:
            is_read = content in WORDS or content in _NAMES or content is Content.SIGN
            if not is_read and not self._gathered.is_form:
                heading = columns.headings[content]
                message = f"“{shown(heading.text)}”一栏由别的栏算出，没有读"
                self._gathered.skip(message, heading.place)

    def _heading_rows(self, columns: HeadingColumns[IndicatorContent]) -> range:
        """Return the rows of headings; where they are repeated, with the lines above them."""
        first, same = columns.first, heading_keys(self._region, columns)
        if columns is not self._columns and same == heading_keys(self._region, self._columns):
            while first > self._columns.end and self._is_line(first - 1):
                first -= 1
        return range(first, columns.end)

    def _is_line(self, row: int) -> bool:
        """Tell whether a row is blank, or one text over the whole table that is no label."""
        cells = self._region.beginning(row)
        lead = next(iter(cells), None)
        if lead is None:
            return True
        is_wide = lead.columns >= self._region.grid.width - 1 or is_continued(lead.text)
        return len(cells) == 1 and is_wide and key_of(lead) not in self._vocabulary.labels

    def _is_total(self, cells: tuple[CarriedCell, ...]) -> bool:
        lead = cells[0]
        is_left = lead.column <= self._columns.spans[Content.NAME][0]
        return is_left and key_of(lead).rstrip(":") in keys_of(WordList.TOTAL_ROW)

    def _closes(self, row: int, cells: tuple[CarriedCell, ...]) -> bool:
        """Tell whether a row is none of the indicators': a label, or a line over all columns."""
        lead = cells[0]
        key = key_of(lead)
        covers_all = lead.columns >= self._region.grid.filled.end - 1
        is_label = key in self._vocabulary.labels and lead.column <= self._columns.start
        return (is_label or covers_all) and not self._reads_as_row(row)

    def _reads_as_row(self, row: int) -> bool:
        """Tell whether a row has a name, and a target or an actual beside it."""
        name = self._own(row, Content.NAME)
        values = (self._own(row, content) for content in _VALUES)
        return name is not None and any(cell is not None for cell in values)

    def _total(self, row: int) -> None:
        """Read the row of the total by the columns in which its figures stand."""
        if self._gathered.is_form:
            return
        found = {
            content: cell
            for content in (Content.WEIGHT, Content.POINTS)
            if (cell := self._own(row, content)) is not None
        }
        figures = [cell for cell in self._region.beginning(row)[1:] if not is_unfilled(cell.text)]
        if not found and len(figures) == 1:
            found = {Content.POINTS: figures[0]}
        for content, word in ((Content.WEIGHT, "分值"), (Content.POINTS, "总分")):
            if content in found:
                self._cells.points(found[content], word, ("已填报", word))
        for cell in figures:
            if cell not in found.values():
                self._beside_total(cell)

    def _beside_total(self, cell: CarriedCell) -> None:
        if key_of(cell) in keys_of(WordList.GRADES):
            self._cells.words(cell, "等级", ("已填报", "等级"))
        else:
            self._gathered.skip(f"总分一行里没有读：{shown(cell.text)}", cell.place)

    # -- a row ---------------------------------------------------------------------------------

    def _row(self, row: int, cells: tuple[CarriedCell, ...]) -> None:
        if self._is_execution(cells):
            self._execution(row)
            return
        name = self._name(row)
        if name is None:
            self._nameless(row)
            return
        text = joined(name.text)
        if heading_key(text).startswith(words()["子行"]) and self._count:
            self._part(row, name, text)
            return
        is_template = any(re.fullmatch(one, heading_key(text)) for one in words()["空模板行"])
        if is_template and not self._has_values(row):
            return
        self._indicator(row, name, text)

    def _is_execution(self, cells: tuple[CarriedCell, ...]) -> bool:
        """Tell whether the budget stands here as a row of the list: its name over the levels."""
        lead = cells[0]
        reached = self._columns.reached(lead)
        alone = not any(
            content in _NAMES for cell in cells[1:] for content in self._columns.reached(cell)
        )
        return key_of(lead) in keys_of(WordList.EXECUTION_ROW) and len(reached) > 1 and alone

    def _is_sum(self, row: int, cells: tuple[CarriedCell, ...]) -> bool:
        """Tell whether a row adds up others: it says so, and has neither target nor actual."""
        _, end = self._columns.spans[Content.NAME]
        pattern = words()["小计行"][0]
        names = (key_of(cell).rstrip(":") for cell in cells if cell.column < end)
        is_sum = any(re.fullmatch(pattern, name) for name in names)
        return is_sum and not any(self._own(row, content) for content in _VALUES)

    def _sum(self, cells: tuple[CarriedCell, ...]) -> None:
        """Say what stands in a row of sums."""
        _, end = self._columns.spans[Content.NAME]
        for cell in cells[1:]:
            if cell.column >= end and not is_unfilled(cell.text):
                message = f"小计或总分一行没有读：{shown(cell.text)}"
                self._gathered.skip(message, cell.place)

    def _execution(self, row: int) -> None:
        if self._gathered.is_form:
            return
        heading = self._columns.headings.get(Content.ACTUAL)
        in_percent = heading is not None and "%" in heading_key(heading.text)
        for content, word in ((Content.WEIGHT, "分值"), (Content.POINTS, "得分")):
            cell = self._own(row, content)
            if cell is not None:
                self._cells.points(cell, word, ("预算", "已填报", word))
        rate = self._own(row, Content.ACTUAL)
        if rate is not None and self._gathered.get(_RATE) is None:
            self._cells.rate(rate, "执行率", _RATE, in_percent=in_percent)

    def _name(self, row: int) -> CarriedCell | None:
        """Return the cell with the name of the indicator, where one begins in the row."""
        found = [
            cell
            for cell in self._columns.cells(self._region, row, Content.NAME)
            if cell.row == row and cell.text.strip()
        ]
        if len(found) == 1 and number_in(found[0].text) is not None:
            return None  # a bare number names nothing: it stands in a row that lost a cell
        if len(found) != 1 or not set(_NAMES).issuperset(self._columns.reached(found[0])):
            return None
        return found[0]

    def _has_values(self, row: int) -> bool:
        return any(self._own(row, content) for content in (*_VALUES, *_NUMBERS))

    def _nameless(self, row: int) -> None:
        """Say what stands in a row without a name; an empty row of the form holds nothing."""
        self._level_texts(row)
        for cell in self._region.beginning(row):
            reached = self._columns.reached(cell)
            is_level = any(content in _LEVELS for content in reached)
            is_left = cell.column < self._columns.start
            if self._gathered.is_form and reached == [Content.POINTS]:
                continue
            if not is_unfilled(cell.text) and not is_level and not is_left:
                message = f"这一行看不出是哪个三级指标，没有读：{shown(cell.text)}"
                self._gathered.skip(message, cell.place)

    def _indicator(self, row: int, name: CarriedCell, text: str) -> None:
        path = (_INDICATORS, self._count)
        goal = self._goal(row)
        texts = self._level_texts(row)
        found = _WEIGHT.fullmatch(text) if Content.WEIGHT not in self._columns.spans else None
        text = text if found is None else found[1].rstrip()
        if not self._cells.is_readable(name, "三级指标"):
            self._nameless(row)
            return
        for content in _LEVELS:
            level = self._levels[content]
            if texts[content] and level.cell is not None:
                self._gathered.put((*path, content.value), texts[content], level.cell.place)
        self._gathered.put((*path, "名称"), text, name.place)
        if found is not None:
            self._gathered.put((*path, "分值"), parse_number(found[2]), name.place)
        if goal is not None:
            self._gathered.put((*path, "所属目标"), Decimal(goal), name.place)
        self._values(row, path, tuple(WORDS), text)
        self._sign(row, path, text)
        if self._beside is not None:
            self._beside.read(row, path)
        self._sections.append(self._levels[Content.SECTION].cell)
        self._count += 1

    def _part(self, row: int, name: CarriedCell, text: str) -> None:
        """Read a child row (其中) of the indicator above it."""
        above = (_INDICATORS, self._count - 1)
        count = len(self._gathered.get((*above, _PARTS)) or ())
        bare = re.sub(rf"^\s*{words()['子行']}\s*[:：]?\s*", "", text) or text
        path = (*above, _PARTS, count)
        self._gathered.put((*path, "名称"), bare, name.place)
        self._values(row, path, _OF_PARTS, text)
        for content in (*WORDS, Content.SIGN):
            cell = None if content in _OF_PARTS else self._own(row, content)
            unit = self._gathered.get((*above, WORDS[Content.UNIT]))
            if cell is not None and joined(cell.text) != unit:
                heading = shown(self._columns.headings[content].text)
                message = f"子行的“{heading}”没有读：{shown(cell.text)}"
                self._gathered.skip(message, cell.place)

    def _values(
        self, row: int, path: Path, contents: tuple[IndicatorContent, ...], name: str
    ) -> None:
        both = Content.FILED in self._columns.spans or self._gathered.is_form
        for content in contents:
            if content is Content.POINTS and both:
                self._computed(row)
                continue  # beside what was filed stands what somebody computed
            cell = self._own(row, content, name)
            if cell is None:
                continue
            what, to = shown(self._columns.headings[content].text), (*path, WORDS[content])
            if content in _VALUES:
                self._cells.value(cell, what, to)
            elif content is Content.WEIGHT:
                self._cells.weight(cell, what, to)
            elif content in _NUMBERS:
                self._cells.points(cell, what, to)
            elif content in _TEXTS:
                self._cells.text(cell, what, to)
            else:
                self._cells.words(cell, what, to)

    def _computed(self, row: int) -> None:
        """Keep a cell of a form in which points were typed over the formula that computes them."""
        if self._gathered.is_form:
            self._overtyped += (
                cell
                for cell in self._columns.cells(self._region, row, Content.POINTS)
                if cell.formula is None and any(map(str.isdigit, cell.text))
            )

    def _tell_overtyped(self) -> None:
        if self._overtyped:
            said = f"“得分”有 {len(self._overtyped)} 格不是公式，没有读：得分由计算得出"
            self._gathered.skip(f"{said}，评定的得分填在“评定得分”", self._overtyped[0].place)

    def _sign(self, row: int, path: Path, name: str) -> None:
        cell = self._own(row, Content.SIGN, name)
        if cell is None or not self._cells.is_readable(cell, "符号"):
            return
        sign = column_sign(joined(cell.text))
        if sign is None:
            self._gathered.skip(f"符号看不懂，没有读：{shown(cell.text)}", cell.place, path)
        else:
            self._gathered.put((*path, "符号"), sign.value, cell.place)

    def _own(self, row: int, content: IndicatorContent, name: str = "") -> CarriedCell | None:
        """Return the one filled cell of a row below a heading; what is doubtful is said.

        A cell over several rows belongs to none of them: its points are those of all.
        """
        found = [
            cell for cell in self._columns.cells(self._region, row, content) if not is_empty(cell)
        ]
        if len(found) != 1 or len(self._columns.reached(found[0])) > 1:
            if name:
                self._doubtful(found, row)
            return None
        cell = found[0]
        if self._is_shared(cell):
            if name:
                self._share(cell, content, name)
            return None
        return cell if cell.row == row else None

    def _doubtful(self, found: list[CarriedCell], row: int) -> None:
        for cell in found:
            if cell.row == row:
                message = f"看不出属于哪一栏，没有读：{shown(cell.text)}"
                self._gathered.skip_once(message, cell.place)

    def _is_shared(self, cell: CarriedCell) -> bool:
        """Tell whether a cell stands beside several indicators."""
        column = self._columns.spans[Content.NAME][0]
        names = {
            self._region.grid.at(row, column).row
            for row in range(cell.row, min(cell.row + cell.rows, self._region.end))
        }
        return len(names) > 1

    def _share(self, cell: CarriedCell, content: IndicatorContent, name: str) -> None:
        if content is Content.POINTS:
            known = next((one for one in self._merged if one.cell == cell), None)
            if known is None:
                known = _Merged(cell)
                self._merged.append(known)
            known.names.append(name)
        else:
            message = f"这一格管好几行，没有读：{shown(cell.text)}"
            self._gathered.skip_once(message, cell.place)

    def _put_merged(self, position: int, merged: _Merged) -> None:
        path = ("已填报", "合并得分", position)
        before = len(self._gathered.unread)
        self._cells.points(merged.cell, "得分", (*path, "得分"))
        if len(self._gathered.unread) == before:
            self._gathered.put((*path, "行"), merged.names, merged.cell.place)

    # -- levels and goals ----------------------------------------------------------------------

    def _level_texts(self, row: int) -> dict[IndicatorContent, str]:
        """Return the names of the levels that hold for a row; a blank goes on with the last."""
        changed = False
        for content in _LEVELS:
            cell = self._level_cell(row, content)
            level = self._levels[content]
            if cell is not None and cell.text.strip():
                if cell != level.cell:
                    changed = True
                    self._levels[content] = _LevelName(cell, self._level_text(cell))
            elif changed or (cell is not None and cell.rows > 1 and not self._is_cut(cell)):
                self._levels[content] = _LevelName()
            elif level.text and cell is not None and self._name(row) is not None:
                said = f"{content.value}空着，按上一行的“{shown(level.text)}”读"
                self._gathered.assume(said, cell.place, (_INDICATORS, self._count, content.value))
        return {content: self._levels[content].text for content in _LEVELS}

    def _level_text(self, cell: CarriedCell) -> str:
        """Return the name of a level; a form of ours adds the sum of the weights to it."""
        text = self._cut_levels.get(cell) or joined(cell.text)
        return section_name(text).label if self._gathered.is_form else text

    def _is_cut(self, cell: CarriedCell) -> bool:
        """Tell whether a cell begins where a page does: then it goes on with the one before."""
        breaks = self._region.grid.page_breaks
        is_first = any(cell.row == columns.end for columns in self.headings[1:])
        return is_first or any(
            cell.row == one.row + self._region.is_repeated(one.row) for one in breaks
        )

    def _level_cell(self, row: int, content: IndicatorContent) -> CarriedCell | None:
        """Return the cell of a level; one that reaches over the name is the name."""
        for cell in self._columns.cells(self._region, row, content):
            reached = [one for one in _NAMES if one in self._columns.reached(cell)]
            if Content.NAME not in reached and reached[0] == content:
                return cell
        return None

    def _goals_above(self) -> None:
        """Read the goals that stand as rows above the headings of their own blocks."""
        for columns in self.headings:
            rows = self._goal_above(columns.first)
            if not rows:
                continue
            cells = [cell for row in rows for cell in self._region.beginning(row)]
            number = self._numbered(cells[0])
            if number is None:
                continue
            self.goal_rows.update(rows)
            self._block_goals[columns.first] = number
            self._put_goal(number, cells[0], cells[1] if len(cells) > 1 else None)

    def _goal_above(self, first: int) -> list[int]:
        """Return the rows of a goal above some headings: its name, and its text beside or below."""
        for rows in ([first - 1], [first - 2, first - 1]):
            if rows[0] < self._region.first:
                break
            cells = [cell for row in rows for cell in self._region.beginning(row)]
            is_named = bool(cells) and _GOAL.fullmatch(heading_key(cells[0].text)) is not None
            if is_named and len(cells) <= _GOAL_CELLS and cells[0].row == rows[0]:
                return rows
        return []

    def _numbered(self, cell: CarriedCell) -> int | None:
        """Return the number of a goal, where it is the next one."""
        found = _GOAL.fullmatch(heading_key(cell.text))
        if found is None:
            return None
        number = _NUMERALS.find(found[1]) + 1 or int(found[1])
        if number != len(self._goal_cells) + 1:
            message = f"目标的编号不连续，没有分目标读：{shown(cell.text)}"
            self._gathered.skip(message, cell.place)
            return None
        self._goal_cells.append(cell)
        return number

    def _put_goal(self, number: int, cell: CarriedCell, beside: CarriedCell | None) -> None:
        """Set what a goal says: what stands behind its number, or in a cell of its own."""
        found = _GOAL.fullmatch(heading_key(cell.text))
        if found is None:
            return
        path = (_GOALS, number - 1)
        text = found[3] or (joined(beside.text) if beside is not None else joined(cell.text))
        place = cell.place if found[3] or beside is None else beside.place
        self._gathered.put((*path, "内容"), text, place)
        self._gathered.put((*path, "标题"), joined(cell.text), cell.place)
        if found[2]:
            self._gathered.put((*path, "分值"), parse_number(found[2]), cell.place)

    def _goal(self, row: int) -> int | None:
        """Return the number of the goal beside or above a row, and read one that is beside it."""
        if self._block_goals:
            return self._block_goals.get(self._columns.first)
        if not self._columns.start:
            return None
        cell = self._region.grid.at(row, self._columns.start - 1)
        if cell in self._goal_cells:
            return self._goal_cells.index(cell) + 1
        found = _GOAL.fullmatch(heading_key(cell.text))
        if found is None:
            return len(self._goal_cells) or None
        number = self._numbered(cell)
        if number is not None:
            self._put_goal(number, cell, None)
        return number

    # -- weights that the form does not print ------------------------------------------------

    def infer_weights(self) -> None:
        """Take full points for the weights of a section whose weight the form prints.

        Only where the points of all its rows add up to that weight can each be the whole weight.
        """
        rows = self._gathered.get((_INDICATORS,)) or []
        spans = self._columns.spans
        has_points = Content.POINTS in spans or Content.FILED in spans
        if (
            not has_points
            or Content.WEIGHT in spans
            or any(WORDS[Content.WEIGHT] in row for row in rows)
        ):
            return
        groups: dict[int, list[int]] = {}
        for position, cell in enumerate(self._sections):
            groups.setdefault(-1 if cell is None else cell.row, []).append(position)
        for members in groups.values():
            self._infer(members, rows)

    def _infer(self, members: list[int], rows: list[dict[str, object]]) -> None:
        weight = section_name(str(rows[members[0]].get("一级指标") or "")).weight
        points = [rows[position].get("已填报得分") for position in members]
        known = [one for one in points if isinstance(one, Decimal)]
        path = (_INDICATORS, members[0])
        place = self._gathered.places.get((*path, "一级指标"))
        if weight is None or len(known) < len(points) or total(known) != weight:
            message = "表上没有印各行的分值，得分加起来也不是满分，分值没有读"
            self._gathered.skip(message, place, path)
            return
        for position, value in zip(members, known, strict=True):
            here = (_INDICATORS, position)
            at = self._gathered.places[(*here, "已填报得分")]
            self._gathered.put((*here, "分值"), value, at)
            self._gathered.put((*here, "分值系推定"), True, at)
            said = "表上没有印分值；这一级各行得分加起来正是满分，按得分推定"
            self._gathered.assume(said, at, (*here, "分值"))
