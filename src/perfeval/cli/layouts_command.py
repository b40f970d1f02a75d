"""``perfeval layouts``: the layouts by which tables are known, and what is read of each."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import Any

from perfeval.cli.console import Console
from perfeval.documents.alignment import TextColumn, lay_out
from perfeval.reading.layout_views import LayoutColumn, LayoutView, layout_view, layout_views

_TITLE, _SIGNATURE, _BOOKS, _HEADING, _OTHERS = 32, 44, 40, 30, 60
_UNREAD = "（不读）"
_BAR = " | "


def run(arguments: argparse.Namespace, console: Console) -> int:
    """List the layouts, or show one."""
    if arguments.layout is not None:
        view = layout_view(arguments.layout)
        if arguments.json:
            console.write_json(_data(view))
        else:
            console.write_folded("\n".join(_lines(view, console)))
    elif arguments.json:
        console.write_json({"layouts": list(map(_data, layout_views()))})
    else:
        console.write("\n".join(_listing(console)))
    return 0


def _listing(console: Console) -> list[str]:
    rows = [("编号", "标题", "特征", "评分办法"), *map(_row, layout_views())]
    columns = [
        TextColumn(),
        TextColumn(limit=_TITLE),
        TextColumn(limit=_SIGNATURE),
        TextColumn(limit=_BOOKS),
    ]
    return lay_out(rows, columns, ambiguous=console.ambiguous, within=console.columns)


def _row(view: LayoutView) -> tuple[str, ...]:
    return (view.id, view.title, "、".join(view.signature) or "-", "、".join(view.rulebooks) or "-")


def _lines(view: LayoutView, console: Console) -> Iterator[str]:
    yield f"{view.id} · {view.name}"
    yield f"标题：{view.title}"
    if view.extends:
        yield f"继承：{view.extends}"
    signature = "、".join(f"“{words}”" for words in view.signature)
    yield f"特征（表上都有，就认作这种表式）：{signature or '没有'}"
    yield f"评分办法：{'、'.join(view.rulebooks) or '没有'}"
    yield f"表头、表尾读的：{'、'.join(view.fields) or '没有'}"
    for heading, columns in (("预算各栏", view.budget), ("指标各栏", view.indicators)):
        yield ""
        yield from _table(heading, columns, console)
    if view.example:
        yield ""
        yield "示例（只读，不用来出表）："
        yield from (f"  {_BAR.join(row).rstrip(' |')}" for row in view.example)


def _table(heading: str, columns: Sequence[LayoutColumn], console: Console) -> list[str]:
    rows = [(heading, "读作", "别处的栏名"), *map(_cells, columns)]
    widths = [TextColumn(limit=_HEADING), TextColumn(), TextColumn(limit=_OTHERS)]
    return lay_out(rows, widths, ambiguous=console.ambiguous, within=console.columns)


def _cells(column: LayoutColumn) -> tuple[str, ...]:
    return (column.heading, column.read_as or _UNREAD, "、".join(column.others))


def _data(view: LayoutView) -> dict[str, Any]:
    return {
        **view._asdict(),
        "budget": [column._asdict() for column in view.budget],
        "indicators": [column._asdict() for column in view.indicators],
    }
