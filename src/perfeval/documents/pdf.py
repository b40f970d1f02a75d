"""PDF/A-2b, set by Typst: the form on its page; every text is handed over as data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from perfeval._resources import data_dir
from perfeval.documents.grid import Table
from perfeval.errors import MissingExtraError, RenderError

if TYPE_CHECKING:
    import typst

    from perfeval.documents.binding import Bound
    from perfeval.documents.grid import Cell
    from perfeval.documents.narrative import Narrative

_PAGE_MM, _LEAST_MARGIN_MM = (210, 297), 8  # those of the rulebook, which is slow to import
_XIAO_BIAO_SONG = (
    "方正小标宋简体", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋_GBK",
)  # fmt: skip
_SONG = (
    "宋体", "SimSun", "NSimSun", "Songti SC", "STSong", "Noto Serif CJK SC", "Noto Serif SC",
    "Source Han Serif SC", "Source Han Serif CN", "思源宋体", "AR PL UMing CN",
)  # fmt: skip
_HEI = (
    "黑体", "SimHei", "Heiti SC", "STHeiti", "Noto Sans CJK SC", "Noto Sans SC",
    "Source Han Sans SC", "Source Han Sans CN", "思源黑体", "Microsoft YaHei", "PingFang SC",
    "WenQuanYi Zen Hei", "WenQuanYi Micro Hei",
)  # fmt: skip
_FANG = ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "STFangsong")
_KAI = ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "Kaiti SC", "STKaiti", "AR PL UKai CN")
_LOOKS = {
    "title": (*_XIAO_BIAO_SONG, *_SONG, *_HEI),
    "song": (*_SONG, *_HEI),
    "hei": (*_HEI, *_SONG),
    "fang": (*_FANG, *_SONG, *_HEI),
    "kai": (*_KAI, *_FANG, *_SONG, *_HEI),
    "latin": ("Times New Roman", "Liberation Serif", "Tinos", "Nimbus Roman"),
    "tick": ("Segoe UI Symbol", "Apple Symbols", "Noto Sans Symbols2", "DejaVu Sans"),
}
"""The fonts of each look of official papers, the best first; any Chinese font is a last resort.

Figures and Latin letters, and ☑, which few Chinese fonts have, may stand in fonts of their own.
"""
_YEAR = re.compile(r"(?<![0-9])([12][0-9]{3})年", re.ASCII)
_NO_YEAR = 1980
_UNSHOWN = re.compile(r'the text `"(.*?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def write_table(table: Table) -> bytes:
    """Write the 自评表 as a PDF.

    Raises:
        MissingExtraError: The optional package ``typst`` is not installed.
        RenderError: The table is wider than the page, or no font shows a text.
    """
    return _compile("table", table.title, table.stamp, _form(table), _texts(table))


def _form(table: Table) -> dict[str, Any]:
    """Return what the templates need to know of a form.

    Raises:
        RenderError: The table is wider than the page.
    """
    width = _PAGE_MM[table.landscape]
    if width - sum(table.widths) < 2 * _LEAST_MARGIN_MM:
        raise RenderError(
            f"表式有误：各栏合计宽 {sum(table.widths)} 毫米，放不进宽 {width} 毫米的页面"
        )
    return {
        "title": table.title, "above": (table.above_left, table.above_right),
        "widths": table.widths, "head": _cells(table.head), "body": _cells(table.body),
        "notes": table.notes, "signatures": table.signatures, "width": width,
        "landscape": table.landscape,
    }  # fmt: skip


def _texts(table: Table) -> Iterator[str]:
    yield from (table.title, table.above_left, table.above_right)
    yield from (cell.text for cell in table.cells)


def write_narrative(narrative: Narrative) -> bytes:
    """Write a narrative as a PDF, in the look of official papers (公文).

    Raises:
        MissingExtraError: The optional package ``typst`` is not installed.
        RenderError: No font shows a text.
    """
    blocks = _blocks(narrative)
    texts = (text for _, text, _ in blocks)
    return _compile("narrative", narrative.title, narrative.stamp, {"blocks": blocks}, texts)


def _blocks(narrative: Narrative) -> list[tuple[str, str, str]]:
    return [(block.style.value, block.text, block.picture) for block in narrative.blocks]


def write_bound(bound: Bound) -> bytes:
    """Write several documents as one PDF, with a table of contents; see `write_table`."""
    parts = [_part(title, content) for title, content in bound.parts]
    return _compile("bound", bound.title, bound.stamp, {"parts": parts}, (bound.title,))


def _part(title: str, content: Narrative | Table) -> dict[str, Any]:
    if isinstance(content, Table):
        return {"name": title, **_form(content)}
    return {"name": title, "blocks": _blocks(content)}


def _cells(rows: Iterable[Iterable[Cell]]) -> list[dict[str, Any]]:
    """Return the cells by the names of a table's cells in Typst."""
    return [
        {
            "x": cell.column, "y": cell.row, "colspan": cell.colspan, "rowspan": cell.rowspan,
            "text": cell.text, "role": cell.role.value,
        }
        for row in rows
        for cell in row
    ]  # fmt: skip


def _compile(
    template: str, title: str, stamp: str, content: Mapping[str, Any], texts: Iterable[str]
) -> bytes:
    """Compile a template below ``templates/pdf/`` with its data."""
    engine = _engine()
    common = {"title": title, "stamp": stamp, "year": _year(texts), "fonts": _families()}
    try:
        document: bytes = engine.compile(
            str(data_dir("templates") / "pdf" / f"{template}.typ"), font_paths=_fonts(),
            sys_inputs={"data": json.dumps({**content, **common})}, pdf_standards="a-2b",
        )  # fmt: skip
    except engine.TypstError as error:
        raise RenderError(_reason(error)) from error
    return document


def _engine() -> Any:
    try:
        import typst
    except ImportError as error:
        message = (
            "生成 PDF 要用可选的组件 typst，还没有安装：pip install perfeval[pdf]"
            '（在源码目录里：pip install ".[pdf]"）'
        )
        raise MissingExtraError(message) from error
    return typst


@cache
def _fonts() -> typst.Fonts:
    """Look for the fonts of the system, once in a process."""
    fonts: typst.Fonts = _engine().Fonts(include_embedded_fonts=False)
    return fonts


@cache
def _families() -> dict[str, Any]:
    """Return the fonts that are here for each look; none are named that are not."""
    here = {family.lower() for family in _fonts().families()}
    found = {look: [name for name in names if name.lower() in here]
             for look, names in _LOOKS.items()}  # fmt: skip
    if not found["song"]:
        raise RenderError(
            "生成 PDF 要用中文字体，本机一种也没有找到；"
            "请安装宋体、黑体、仿宋，或 Noto Serif CJK SC（软件包 fonts-noto-cjk）"
        )
    return {**found, "bold_title": found["title"][0] not in _XIAO_BIAO_SONG}


def _year(texts: Iterable[str]) -> int:
    """Return the first year that the document names: its date has to be a fixed one."""
    found = (match for text in texts if (match := _YEAR.search(text)))
    match = next(found, None)
    return _NO_YEAR if match is None else int(match[1])


def _reason(error: typst.TypstError) -> str:
    """Say in Chinese why there is no document; usually no font has a character."""
    unshown = dict.fromkeys(_UNSHOWN.findall(error.diagnostic))
    if not unshown:
        return f"不能生成 PDF：{error.message}"
    shown = "、".join(f"“{_ESCAPED.sub(_character, text)}”" for text in unshown)
    return f"不能生成 PDF：本机的字体都没有这些字：{shown}；请安装带生僻字的字体，或改用 Word 格式"


def _character(match: re.Match[str]) -> str:
    return f"U+{match[1].upper().zfill(4)}"
