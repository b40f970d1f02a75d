"""The data of this room: titles, words, clauses and relations, read once from YAML."""

from __future__ import annotations

from functools import cache
from pkgutil import get_data
from typing import Any

from perfeval.source import read_text


@cache
def table(name: str) -> Any:
    """Return what a data file holds, as plain dicts and lists."""
    content = get_data("perfeval.accounts", f"{name}.yaml") or b""
    return read_text(content.decode("utf-8"), name).data
