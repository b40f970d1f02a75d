"""The fonts of a PDF: those of offices where a machine has them, else those of a font package."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

from perfeval.errors import RenderError

if TYPE_CHECKING:
    import typst

_XIAO_BIAO_SONG = (
    "方正小标宋简体",
    "FZXiaoBiaoSong-B05S",
    "FZXiaoBiaoSong-B05",
    "方正小标宋_GBK",
)
_SONG = (
    "宋体",
    "SimSun",
    "NSimSun",
    "Songti SC",
    "STSong",
    "Noto Serif CJK SC",
    "Noto Serif SC",
    "Source Han Serif SC",
    "Source Han Serif CN",
    "思源宋体",
    "AR PL UMing CN",
)
_HEI = (
    "黑体",
    "SimHei",
    "Heiti SC",
    "STHeiti",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "思源黑体",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
)
_FANG = ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "STFangsong")
_KAI = ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "Kaiti SC", "STKaiti", "AR PL UKai CN")
_LOOKS = {
    "title": (*_XIAO_BIAO_SONG, *_SONG, *_HEI),
    "song": (*_SONG, *_HEI),
    "hei": (*_HEI, *_SONG),
    "fang": (*_FANG, *_SONG, *_HEI),
    "kai": (*_KAI, *_FANG, *_SONG, *_HEI),
    "latin": ("Times New Roman", "Liberation Serif", "Tinos", "Nimbus Roman"),
    "tick": (
        "Segoe UI Symbol",
        "Apple Symbols",
        "Noto Sans Symbols2",
        "DejaVu Sans",
        "DejaVu Sans Mono",
    ),
}
"""The fonts of each look of official papers, the best first; any Chinese font is a last resort.

Figures and Latin letters, and ☑, which few Chinese fonts have, may stand in fonts of their own;
DejaVu Sans Mono comes with Typst.
"""
_PACKAGE = "pylopdf_fonts_zh_cn"
_FOLDERS = (
    "$WINDIR/Fonts",
    "$LOCALAPPDATA/Microsoft/Windows/Fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
)
_OFFICE_FILE = re.compile(
    "(nsim|sim)(sun|hei|fang|kai)|fz(xbs|fs|kt|ss|ht|hei)|st(song|heiti|fang|kai)|songti|kaiti"
    "|fangsong|heiti|宋|仿|楷|黑体",
    re.IGNORECASE,
)


class Fonts(NamedTuple):
    """Fonts to set a document in."""

    opened: typst.Fonts
    looks: Mapping[str, Any]
    """The names of the fonts that are here for each look of official papers, the best first."""


def choices() -> Iterator[Fonts]:
    """Yield the fonts to set a document in; where characters are missing, the next are tried.

    To look through all the fonts of a machine takes longer than to set a form, so the font
    package comes first where the machine has none of the fonts of offices; with the package
    alone a document has the same bytes anywhere.

    Raises:
        RenderError: There is no Chinese font.
    """
    if _package() and not _has_office_fonts():
        yield _open(system=False)
    yield _open(system=True)


@cache
def _open(*, system: bool) -> Fonts:
    """Open the fonts of the package, and of the system, once in a process."""
    import typst

    opened = typst.Fonts(
        include_system_fonts=system, include_embedded_fonts=True, font_paths=_package()
    )
    here = {family.lower() for family in opened.families()}
    found = {
        look: [name for name in names if name.lower() in here] for look, names in _LOOKS.items()
    }
    if not found["song"]:
        raise RenderError(
            "生成 PDF 要用中文字体，本机一种也没有找到；请安装宋体、黑体、仿宋，"
            "或随 perfeval[pdf] 安装的字体包 pylopdf-fonts-zh-cn"
        )
    return Fonts(opened, {**found, "bold_title": found["title"][0] not in _XIAO_BIAO_SONG})


@cache
def _package() -> list[str]:
    """Return the folder of the font package; none where it is not installed."""
    found = find_spec(_PACKAGE)
    return list(found.submodule_search_locations or ()) if found else []


@cache
def _has_office_fonts() -> bool:
    """Tell by the names of the font files whether a machine has 宋体, 黑体, 仿宋 or 楷体."""
    folders = (os.path.expanduser(os.path.expandvars(one)) for one in _FOLDERS)  # noqa: PTH111
    walked = (files for folder in folders for _, _, files in os.walk(folder))
    return any(_OFFICE_FILE.match(name) for files in walked for name in files)
