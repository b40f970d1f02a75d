"""The fields of the national budget system (一体化系统), and what they are in a sheet."""

from __future__ import annotations

from functools import cache
from pkgutil import get_data
from typing import Any

from perfeval.source import read_bytes


@cache
def national_words() -> dict[str, Any]:
    """Return the names of the interface's fields, and what stands for them in a sheet.

    >>> national_words()["自评指标"]["indexval"], national_words()["监控指标"]["indexval"]
    ('目标值', '完成值')
    """
    data = read_bytes(get_data(__name__, "national.yaml") or b"", "national.yaml").data
    return data if isinstance(data, dict) else {}
