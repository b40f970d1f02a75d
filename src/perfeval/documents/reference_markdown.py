"""What the reference pages share: a page that says how it was made, and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

COMMAND = "python -m perfeval.cli.reference_pages docs"
_ACTIVE = re.compile(r"[\\`*_\[\]<>|~#]")
_MADE = f"<!-- 本页由 {COMMAND} 生成，请勿手改 -->"


def page(*lines: str) -> str:
    """Return a page of these lines."""
    return "\n".join([_MADE, "", *lines, ""])


def table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table."""
    yield f"| {' | '.join(heading)} |"
    yield f"|{' --- |' * len(heading)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def escape(text: str) -> str:
    r"""Escape what could start markup, and keep the text on one line.

    >>> escape("得分 = 10*执行率")
    '得分 = 10\\*执行率'
    """
    return _ACTIVE.sub(r"\\\g<0>", " ".join(text.split()))
