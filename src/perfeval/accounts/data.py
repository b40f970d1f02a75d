"""The data of this room: titles, words, clauses and relations, read once from YAML."""

from __future__ import annotations

from enum import Enum
from functools import cache
from pkgutil import get_data
from typing import Any

from perfeval.source import read_text


class Limit(str, Enum):
    """How far is looked, and how long a thing may be; the value is its key in ``limits.yaml``."""

    BEFORE = "句前"
    TAIL = "紧前"
    BEHIND = "紧后"
    DIGITS = "数前"
    NAME = "名称"
    SHORT_NAME = "名称短"
    TITLE = "标题"
    BEFORE_TITLE = "标题前"
    BEHIND_TITLE = "标题后"
    NEAR_TITLE = "标题近似"
    SLIPS = "错字"
    BODY = "正文"
    FORM = "自评表"
    LOOSE = "散格"
    HEAD = "表头"
    CANDIDATES = "候选"
    ADDED = "列出"
    MONEY = "万元"
    WITHOUT = "缺数"
    DIGITS_MORE = "多写"
    COUNTING = "序列"
    HEADS = "页眉"


def limit(name: Limit) -> int:
    """Return a limit."""
    return int(table("limits")[name.value])


@cache
def table(name: str) -> Any:
    """Return what a data file holds, as plain dicts and lists."""
    content = get_data("perfeval.accounts", f"{name}.yaml") or b""
    return read_text(content.decode("utf-8"), name).data
