"""From one rulebook to another: what changes, in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from perfeval.documents.rulebooks.statements import Statement, StatementItem, statements
from perfeval.rulebook import Rulebook

_JOINT = re.compile(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%])(?=[\u4e00-\u9fff])")
_PAUSE = re.compile("[，；]")
_SHORT = 30
"""How long a value may be to be told within one sentence."""


class Change(NamedTuple):
    """One thing that the two rulebooks lay down differently.

    Attributes:
        block: The block of rules.
        label: What it is about.
        before, after: What each lays down; ``None`` where one says nothing of it.
        lines: The change in words, on one line or several.
    """

    block: str
    label: str
    before: str | None
    after: str | None
    lines: tuple[str, ...]


def changes(before: Rulebook, after: Rulebook) -> tuple[Change, ...]:
    """Say what changes for somebody who goes over from one rulebook to another.

    Args:
        before: The rulebook that held.
        after: The rulebook that holds now.

    Returns:
        The changes, in the order of the statements; what is equal is left out.
    """
    old = {statement.key: statement for statement in statements(before)}
    new = {statement.key: statement for statement in statements(after)}
    blocks = dict.fromkeys(item.block for item in (*old.values(), *new.values()))
    found = []
    for block in blocks:
        keys = dict.fromkeys(
            key for side in (new, old) for key, item in side.items() if item.block == block
        )
        found += [_change(old.get(key), new.get(key)) for key in keys]
    return tuple(change for change in found if change is not None)


def _change(before: Statement | None, after: Statement | None) -> Change | None:
    if before is None or after is None:
        only = before or after
        if only is None or (after is None and only.is_detail):
            return None
        line = f"{only.label}（新增）：{only.value}"
        if after is None:
            line = f"{only.label}（取消）：{_spaced('原为', only.value)}"
        values = [None if side is None else side.value for side in (before, after)]
        return Change(only.block, only.label, values[0], values[1], (line,))
    if before.sense == after.sense:
        return None
    lines = _items_changed(before, after) or _values_changed(before, after)
    return Change(after.block, after.label, before.value, after.value, lines)


def _values_changed(before: Statement, after: Statement) -> tuple[str, ...]:
    """Tell a change in one sentence where that reads well, else on a line for each value."""
    is_short = max(len(before.value), len(after.value)) <= _SHORT
    if is_short and not _PAUSE.search(before.value):
        return (f"{after.label}：{_spaced('由', before.value, '改为', after.value)}",)
    return (f"{after.label}：", f"  原：{before.value}", f"  现：{after.value}")


def _items_changed(before: Statement, after: Statement) -> tuple[str, ...]:
    """Tell which members of a list come, go, or are called otherwise; nothing without a list."""
    if not before.items or not after.items:
        return ()
    old, new = _by_name(before.items), _by_name(after.items)
    added = [text for name, text in new.items() if name not in old]
    removed = [text for name, text in old.items() if name not in new]
    renamed = [
        f"“{old[name]}”改称“{text}”" for name, text in new.items() if old.get(name, text) != text
    ]
    parts = [
        f"增加{_quoted(added)}" if added else "",
        f"去掉{_quoted(removed)}" if removed else "",
        *renamed,
    ]
    if after.is_ordered and _common(old, new) != _common(new, old):
        parts.append(f"次序改为：{after.value}")
    told = list(filter(None, parts))
    if len(told) == 1:
        return (f"{after.label}：{told[0]}",)
    return (f"{after.label}：", *(f"  {part}" for part in told))


def _by_name(items: Iterable[StatementItem]) -> dict[str, str]:
    """Map each member to its words; a member that comes again is told apart by its number."""
    found: dict[str, str] = {}
    for item in items:
        name, count = item.name, 1
        while name in found:
            count += 1
            name = f"{item.name} {count}"
        found[name] = item.text
    return found


def _common(one: Iterable[str], other: Iterable[str]) -> list[str]:
    kept = set(other)
    return [name for name in one if name in kept]


def _quoted(texts: Sequence[str]) -> str:
    return "".join(f"“{text}”" for text in texts)


def _spaced(*parts: str) -> str:
    """Join words, with a blank between Chinese and figures."""
    return _JOINT.sub(" ", "".join(parts))
