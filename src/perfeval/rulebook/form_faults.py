"""What makes a form impossible to print: rows that do not add up, unknown names, no room."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from perfeval.clauses import Contradiction
from perfeval.places import Path

PAGE_MM = (210, 297)
LEAST_MARGIN_MM = 8
COMMON_NAMES = ("年度", "项目名称", "部门名称", "金额单位", "满分")
"""What any text of a form may hold in braces."""
_NAME = re.compile(r"\{([^{}]*)\}")


def uneven(rows: Sequence[Sequence[tuple[int, int]]], columns: int) -> Iterator[tuple[int, str]]:
    """Yield the rows that do not fill the table, and why.

    Args:
        rows: For each row how many columns and rows each of its cells takes.
        columns: How many columns the table has.
    """
    taken = [0] * columns  # the first row in which each column is free again
    for index, cells in enumerate(rows):
        free = [column for column in range(columns) if taken[column] <= index]
        width = sum(span for span, _ in cells)
        if width != len(free):
            merged = columns - len(free)
            above = f"，其中 {merged} 栏已由上方的单元格占去" if merged else ""
            yield index, f"这一行的单元格共占 {width} 栏，全表 {columns} 栏{above}"
            continue
        for span, height in cells:
            own, free = free[:span], free[span:]
            if own[-1] - own[0] >= span:
                yield index, "这一行有单元格被上方向下合并的单元格隔断"
            for column in own:
                taken[column] = index + height
    if rows and max(taken) > len(rows):
        yield len(rows) - 1, "单元格向下合并，超出了这一部分的最后一行"


def page_faults(widths: Sequence[int], *, landscape: bool) -> Iterator[Contradiction]:
    """Yield a fault where a table is wider than its page."""
    room = PAGE_MM[landscape] - 2 * LEAST_MARGIN_MM
    if sum(widths) > room:
        paper = "横放" if landscape else "竖放"
        message = f"各栏合计宽 {sum(widths)} 毫米，{paper}的 A4 纸最多 {room} 毫米"
        yield Contradiction(("指标栏",), message)


def text_faults(
    texts: Iterable[tuple[Path, str | None, tuple[str, ...]]],
) -> Iterator[Contradiction]:
    """Yield a fault for every name in braces that stands for nothing.

    Args:
        texts: Where each text stands, the text, and the names it may hold besides the usual.
    """
    for path, text, more in texts:
        for name in _NAME.findall(text or ""):
            if name not in COMMON_NAMES and name not in more:
                known = "、".join(f"{{{word}}}" for word in (*COMMON_NAMES, *more))
                yield Contradiction(path, f"“{{{name}}}”不认识；可写：{known}")
