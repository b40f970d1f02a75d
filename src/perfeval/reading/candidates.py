"""Where in a file tables are: each begins at its title; what is none is told apart by its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from perfeval.carriers import CarriedDocument, CarriedGrid, CarriedLine
from perfeval.reading.continued import has_end, joined_tables
from perfeval.reading.model import UnreadPart
from perfeval.reading.other_layouts import other_layouts
from perfeval.reading.region import HeadingColumns, Region, columns_in, key_of
from perfeval.reading.table import Candidate
from perfeval.reading.titles import (
    is_continued,
    is_other_title,
    is_title,
    kind_of_writing,
    other_kind,
)
from perfeval.reading.vocabulary import TableWords, WordList, keys_of, vocabulary
from perfeval.rulebook.form import BudgetContent, HeaderField, IndicatorContent, recognised
from perfeval.rulebook.form_faults import heading_key

_VALUES = (IndicatorContent.TARGET, IndicatorContent.ACTUAL)
_CORE = (IndicatorContent.NAME, *_VALUES)
_LEAST_HEADINGS = 3
"""As many headings in a text without a grid are those of a table that lost it."""


_MOST_BEFORE, _LONGEST_BEFORE = 3, 30
"""How many lines belong to a title that stands below them, and how long such a line may be."""


def parts_of(document: CarriedDocument) -> Iterator[Candidate | UnreadPart]:
    """Yield the tables of a file, and what is none and why."""
    above: list[CarriedLine] = []
    open_grid: CarriedGrid | None = None
    for part in joined_tables(document.parts):
        if isinstance(part, CarriedGrid):
            for found in _of_grid(part, _head_of(above)):
                is_rest = isinstance(found, UnreadPart) and _is_rest(part, open_grid)
                yield _rest_of(found) if is_rest else found
            open_grid = part if _is_open(part) else None
            above = []
        else:
            above += (line for line in part.lines if not line.is_in_grid)
    is_blank = not any(cell.text for grid in document.grids for cell in grid.cells)
    if is_blank:
        yield _without_grid(document)


def _head_of(above: Sequence[CarriedLine]) -> Sequence[CarriedLine]:
    """Return the lines above a table from its title on, and what stands just before the title.

    In a text that tells more, the labels before that are those of something else.
    """
    titles = [at for at, line in enumerate(above) if is_title(line.text)]
    if not titles:
        return above
    first = titles[-1]
    while first > max(titles[-1] - _MOST_BEFORE, 0) and _may_head(above[first - 1].text):
        first -= 1
    return above[first:]


def _may_head(text: str) -> bool:
    """Tell whether a line may stand before a title: 附件3, the name of a department, a number."""
    return 0 < len("".join(text.split())) <= _LONGEST_BEFORE


def _is_open(grid: CarriedGrid) -> bool:
    """Tell whether a table has indicators and neither a total below them nor a foot."""
    known, whole = vocabulary(None), Region(grid, 0, grid.height)
    found = list(columns_in(whole, known.indicators, IndicatorContent.NAME))
    return bool(found) and not grid.name and not has_end(whole, found[-1], known)


def _is_rest(grid: CarriedGrid, before: CarriedGrid | None) -> bool:
    """Tell whether a table without headings looks like the rest of the one before it."""
    if before is None or grid.inside != before.inside:
        return False
    whole = Region(grid, 0, grid.height)
    leads = (key_of(cell).rstrip(":") for row in whole.rows for cell in whole.beginning(row)[:1])
    return grid.width == before.width or any(key in keys_of(WordList.TOTAL_ROW) for key in leads)


def _rest_of(part: Candidate | UnreadPart) -> UnreadPart:
    reason = "看来是上一张表的后半，没有栏名，没有读；请把两张表并成一张"
    return UnreadPart(part.name, reason)


def _without_grid(document: CarriedDocument) -> UnreadPart:
    """Say what was seen of a file in which there is no grid, or none with anything in it."""
    lines = [line for line in document.lines if line.text.strip()]
    is_sheet = any(is_title(line.text) for line in lines)
    if not lines:
        return UnreadPart("", "文件里没有表格，也没有文字", is_fault=True)
    seen = f"看到 {len(lines)} 行文字，没有表格"
    kind = kind_of_writing(line.text for line in lines) if is_sheet else ""
    if kind and not _shows_headings(line.text for line in lines):
        return UnreadPart("", f"不是自评表：标题是{kind}（{seen}）", is_fault=False)
    if is_sheet:
        return UnreadPart("", f"表格线没有了，各格分不开，没有读（{seen}）", is_fault=True)
    return UnreadPart("", f"不是自评表：{seen}", is_fault=False)


def _shows_headings(texts: Iterable[str]) -> bool:
    """Tell whether a text without a grid shows the headings of one, each as a word of its own."""
    known = vocabulary(None).indicators
    keys = (heading_key(word) for text in texts for word in text.split())
    return len({known[key] for key in keys if key in known}) >= _LEAST_HEADINGS


def _of_grid(grid: CarriedGrid, above: Sequence[CarriedLine]) -> Iterator[Candidate | UnreadPart]:
    name = grid.name or f"第{grid.number}张表"
    whole = Region(grid, 0, grid.height)
    if grid.is_hidden:
        if whole.texts:
            yield UnreadPart(name, "工作表是隐藏的，没有读", is_fault=False)
        return
    known = vocabulary(None)
    cuts = _cuts(whole, known)
    lines = list(above)
    for start, end in zip(cuts, [*cuts[1:], grid.height], strict=True):
        region = Region(grid, start, end)
        if not region.texts:
            continue
        part = _part(name if len(cuts) == 1 else f"{name}第{start + 1}行起", region, lines, known)
        lines = []
        if part is not None:
            yield part


def _cuts(whole: Region, known: TableWords) -> list[int]:
    """Return the rows with which tables begin: titles, else the names of projects."""
    titles, names, others = [], [], []
    for row in whole.rows:
        cells = whole.beginning(row)
        if whole.is_repeated(row):
            continue
        # What stands beside a label that reaches down, a goal for instance, is no title.
        is_alone = len(cells) == sum(bool(cell.text.strip()) for cell in whole.row(row)) == 1
        if is_alone and is_continued(cells[0].text):
            continue
        if is_alone and is_title(cells[0].text):
            titles.append(row)
        elif is_alone and is_other_title(cells[0].text) and _is_apart(whole, row):
            others.append(row)
        elif any(known.header.get(key_of(cell)) is HeaderField.NAME for cell in cells[:1]):
            names.append(row)
    starts = titles if len(titles) > 1 or len(names) < len(titles) + 1 else names
    below = (*starts[:1], *others)
    return sorted({0, *starts[1:], *(row for row in below if _holds_table(whole, row, known))})


def _holds_table(whole: Region, end: int, known: TableWords) -> bool:
    """Tell whether above a row there is a table, and not lines or labels alone."""
    above = Region(whole.grid, whole.first, end)
    indicators = columns_in(above, known.indicators, IndicatorContent.NAME)
    amounts = columns_in(above, known.budget, BudgetContent.SPENT)
    return any(True for _ in chain(indicators, amounts))


def _is_apart(whole: Region, row: int) -> bool:
    """Tell whether a row stands below a table and not in it: a name alone in its row may."""
    above = whole.beginning(row - 1) if row > whole.first else ()
    return len(above) < 2 or key_of(above[0]).rstrip(":") in keys_of(WordList.TOTAL_ROW)


def _is_labelled(region: Region, row: int, known: TableWords) -> bool:
    keys = {key_of(cell) for cell in region.beginning(row)}
    return bool(keys & (known.labels | known.indicators.keys() | known.budget.keys()))


def _part(
    name: str, region: Region, lines: Sequence[CarriedLine], known: TableWords
) -> Candidate | UnreadPart | None:
    """Return a table, or why a region is none."""
    above, first = _above(region, known)
    above = [*lines, *above]
    below = Region(region.grid, first, region.end)
    headings = tuple(columns_in(below, known.indicators, IndicatorContent.NAME))
    titles = [line.text for line in above]
    if headings:
        reason, is_fault = _refusal(headings[0], below, titles)
    else:
        reason, is_fault = _nothing(titles)
    if not reason:
        return Candidate(name, below, tuple(above))
    place = next((cell.place for cell in region.grid.cells if cell.row >= first), None)
    return UnreadPart(name, reason, place, is_fault=is_fault)


def _above(region: Region, known: TableWords) -> tuple[list[CarriedLine], int]:
    """Return the lines with which a region begins, and the row below them."""
    lines: list[CarriedLine] = []
    for row in region.rows:
        if _is_labelled(region, row, known):
            return lines, row
        lines += (CarriedLine(cell.text, cell.place) for cell in region.beginning(row))
    return lines, region.end


def _refusal(
    columns: HeadingColumns[IndicatorContent], region: Region, titles: Sequence[str]
) -> tuple[str, bool]:
    """Return why a table with indicators is not read, and whether that is a fault."""
    kind = next(filter(None, (other_kind(heading_key(title)) for title in titles)), "")
    keys = {heading_key(text) for text in region.texts}
    if keys & keys_of(WordList.MONITORING):
        return "不是自评表：有监控的栏", False
    if kind and not any(map(is_title, titles)):
        return f"不是自评表：标题是{kind}", False
    if doubt := _doubt(columns, region):
        return f"{doubt}，没有读", True
    missing = [content for content in _CORE if content not in columns.spans]
    if missing == [*_VALUES] and _has_points_only(region, titles):
        return "", False
    if IndicatorContent.ACTUAL in missing and not any(map(is_title, titles)):
        return "不是自评表：没有“实际完成值”一栏", False
    if missing:
        names = "、".join(f"“{content.value}”" for content in missing)
        return f"没有找到{names}一栏，没有读", True
    return "", False


def _has_points_only(region: Region, titles: Sequence[str]) -> bool:
    """Tell whether a table is of a layout that has neither targets nor actuals."""
    others = other_layouts()
    found = recognised((one.form for one in others.values()), (*titles, *region.texts))
    return any(others[form.id or ""].lacks_values for form in found)


def _doubt(columns: HeadingColumns[IndicatorContent], region: Region) -> str:
    """Return why it cannot be told what the cells of a table belong to; empty where it can."""
    if _has_several_projects(columns, region):
        return "几个项目的指标排在一张表里，请一个项目一张表"
    pushed = _pushed_row(columns, region)
    if pushed is not None:
        return f"第{pushed + 1}行的格被上面合并的格挤到了栏名外，各格对不上"
    doubled = next((content for content in columns.doubled if content in _CORE), None)
    return f"“{doubled.value}”有两栏，看不出读哪一栏" if doubled is not None else ""


def _pushed_row(columns: HeadingColumns[IndicatorContent], region: Region) -> int | None:
    """Return the first row that merged cells above push out beyond the headings.

    A page whose cells reach down too far shows the values of the rows below one column too far
    to the right; sheets of workbooks have columns of their own.
    """
    if region.grid.name:
        return None
    heads = (cell for cell in region.grid.cells if columns.first <= cell.row < columns.end)
    edge = max(cell.column + cell.columns for cell in heads)
    totals = (row for row in range(columns.end, region.end) if _is_total(region, row))
    last = next(totals, region.end - 1) + 1
    beyond: dict[int, int] = {}
    for cell in region.grid.cells:
        if columns.end <= cell.row < last and cell.column >= edge:
            beyond[cell.row] = max(beyond.get(cell.row, edge), cell.column)
    return next((row for row in sorted(beyond) if _is_pushed(region, row, beyond[row])), None)


def _is_pushed(region: Region, row: int, column: int) -> bool:
    """Tell whether before a column of a row a cell of a row above stands, or a wide one."""
    before = (cell for cell in region.row(row) if cell.column < column)
    return any(cell.row < row or cell.columns > 1 for cell in before)


def _is_total(region: Region, row: int) -> bool:
    keys = [key_of(cell).rstrip(":") for cell in region.beginning(row)[:1]]
    return any(key in keys_of(WordList.TOTAL_ROW) for key in keys)


def _has_several_projects(columns: HeadingColumns[IndicatorContent], region: Region) -> bool:
    """Tell whether a column before the indicators names the project of each row."""
    header = vocabulary(None).header
    behind, _ = columns.spans.get(IndicatorContent.NAME, (0, 0))
    for heading in (cell for row in range(columns.first, columns.end) for cell in region.row(row)):
        if heading.column < behind and header.get(key_of(heading)) is HeaderField.NAME:
            rows = region.rows_from(columns.end)
            below = {key_of(region.grid.at(row, heading.column)) for row in rows}
            names = below - keys_of(WordList.TOTAL_ROW) - {"", key_of(heading)}
            if len(names) > 1:
                return True
    return False


def _nothing(titles: Sequence[str]) -> tuple[str, bool]:
    """Return what a region without headings is, and whether that is a fault."""
    kind = next(filter(None, (other_kind(heading_key(title)) for title in titles)), "")
    if kind:
        return f"不是自评表：标题是{kind}", False
    own = [title for title in titles if is_title(title)]
    if kind := kind_of_writing(own[-1:]):
        return f"不是自评表：标题是{kind}", False
    if own:
        return "标题是自评表，没有找到“三级指标”等栏名，没有读", True
    return "不是自评表：没有“三级指标”“实际完成值”等栏名", False
