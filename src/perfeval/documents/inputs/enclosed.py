"""What a document of ours carries beside what it shows, so that it can be read back as it was.

A JSON text: the rulebook, the sheet but for what is never carried, and the texts that the
document shows.  What is read from the document later counts only where it still shows these texts.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from perfeval.documents.form.grid import Table
from perfeval.documents.inputs.sheet_yaml import plain_sheet
from perfeval.fields import word_of
from perfeval.numbers import plain, trimmed
from perfeval.rulebook import Rulebook
from perfeval.scorecard import Scorecard
from perfeval.sheet import Sheet

VERSION = 1
"""The version of this way of carrying data; one that a reader does not know it does not use."""
WORKPAPERS = "复核底稿"
"""The first key of what a workpaper carries, which is no sheet."""
NEVER_CARRIED = frozenset(
    word_of(Sheet, name) for name in ("note", "waivers", "unconfirmed", "read_from")
)
"""What an office keeps to itself: remarks, accepted findings, where a sheet was read.

That nobody has confirmed a sheet goes without saying: whatever is read of a file is unconfirmed.
"""
_ESCAPED = re.compile("[<>&\x7f-\x9f\u2028\u2029\ufffe\uffff]")
"""What could end a script or is no character of XML; JSON has all of it in texts only."""


class ShownCell(NamedTuple):
    """A cell as a document shows it: row and column from 0, its size, its text."""

    row: int
    column: int
    rows: int
    columns: int
    text: str


class ShownTexts(NamedTuple):
    """What a document shows.

    Attributes:
        above: The lines above the table.
        cells: The cells of the table.
        below: The lines below it.
        labels: The cells whose texts a workbook puts together, by their row and column.
    """

    above: tuple[str, ...] = ()
    cells: tuple[ShownCell, ...] = ()
    below: tuple[str, ...] = ()
    labels: tuple[tuple[int, int], ...] = ()


def enclosed_sheet(card: Scorecard, table: Table) -> str:
    """Return what a printed 自评表 carries.

    Args:
        card: The points, with their sheet.
        table: The table as it is printed.
    """
    shown = ShownTexts(
        above=(*table.title.split("\n"), table.above_left, table.above_right),
        cells=tuple(
            ShownCell(cell.row, cell.column, cell.rowspan, cell.colspan, cell.text)
            for cell in table.cells
        ),
        below=(*table.notes, *table.signatures),
    )
    return enclosed_text(card.rulebook, card.sheet, shown)


def enclosed_text(
    rulebook: Rulebook, sheet: Sheet | None, shown: ShownTexts, template: int | None = None
) -> str:
    """Return what a document carries.

    Args:
        rulebook: The rulebook by which it was made.
        sheet: The sheet; ``None`` for an empty form.
        shown: What it shows.
        template: The version of the form to fill in that it is; ``None`` for no such form.
    """
    return exact_json(
        {
            "附带数据": Decimal(VERSION),
            **({} if template is None else {"填报表": Decimal(template)}),
            **carried_sheet(rulebook, sheet),
            "所见": {
                "上": [text for text in shown.above if text],
                "格": [
                    [*map(Decimal, cell[:4]), cell.text]
                    for cell in shown.cells
                    if cell.text or cell.rows * cell.columns > 1
                ],
                "下": [text for text in shown.below if text],
                "印": [[*map(Decimal, one)] for one in shown.labels],
            },
        }
    )


def enclosed_record(card: Scorecard, record: Any) -> str:
    """Return what a record of the national system carries.

    Args:
        card: The points, with their sheet.
        record: The record and what stands beside it; what is carried counts while it stays so.
    """
    return exact_json(
        {
            "附带数据": Decimal(VERSION),
            **carried_sheet(card.rulebook, card.sheet),
            "记录校验": record_digest(record),
        }
    )


def record_digest(record: Any) -> str:
    """Return a digest of plain data, in which the order of keys and zeros at the end count nothing.

    >>> record_digest({"a": Decimal("1.0"), "b": "2"}) == record_digest({"b": "2", "a": Decimal(1)})
    True
    """
    return hashlib.sha256(exact_json(_in_order(record)).encode()).hexdigest()


def _in_order(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _in_order(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [_in_order(one) for one in value]
    return Decimal(trimmed(value)) if isinstance(value, Decimal) else value


def carried_sheet(rulebook: Rulebook, sheet: Sheet | None) -> dict[str, Any]:
    """Return a rulebook's mark and a sheet, but for what is never carried, as plain data."""
    return {
        "评分办法": {"编号": rulebook.id, "版本": rulebook.version, "校验": rulebook.digest},
        "自评表": None if sheet is None else _without_own(plain_sheet(sheet)),
    }


def _without_own(value: Any) -> Any:
    if isinstance(value, Mapping):
        kept = ((key, one) for key, one in value.items() if key not in NEVER_CARRIED)
        return {key: _without_own(one) for key, one in kept}
    if isinstance(value, list):
        return [_without_own(one) for one in value]
    return value


def exact_json(value: Any) -> str:
    """Write plain data as JSON: numbers with the digits they have, no character that is markup."""
    if isinstance(value, Mapping):
        return (
            f"{{{_joined(f'{exact_json(key)}: {exact_json(one)}' for key, one in value.items())}}}"
        )
    if isinstance(value, list):
        return f"[{_joined(map(exact_json, value))}]"
    if isinstance(value, Decimal):
        return plain(value)
    text = json.dumps(value, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(parts)
