"""What makes a form impossible to print: rows that do not add up, unknown names, no room."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from perfeval.clauses import Contradiction
from perfeval.later import regex
from perfeval.places import Path

PAGE_MM = (210, 297)
LEAST_MARGIN_MM = 8
COMMON_NAMES = ("年度", "项目名称", "部门名称", "金额单位", "满分")
"""What any text of a form may hold in braces."""
_NAME = regex(r"\{([^{}]*)\}")


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


def heading_key(text: str) -> str:
    """Return a heading without what differs between files: white space, widths of characters."""
    return _known_key(text) if len(text) <= _LONGEST_KEPT else _key(text)


def _key(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


_LONGEST_KEPT = 64
"""Headings are short and asked for again and again; running texts are neither."""
_known_key = lru_cache(maxsize=4_096)(_key)


def alias_faults(aliases: Iterable[tuple[str, Sequence[str]]]) -> Iterator[Contradiction]:
    """Yield a fault for every word that would stand for two contents."""
    seen: dict[str, str] = {}
    for content, words in aliases:
        for position, word in enumerate(words):
            other = seen.setdefault(heading_key(word), content)
            if other != content:
                message = f"“{word}”也是“{other}”的别名"
                yield Contradiction(("别名", content, position), message)
