"""``perfeval compare``: one sheet under several rulebooks, and why rows differ."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Mapping

from perfeval._resources import __version__
from perfeval.cli.console import Console
from perfeval.cli.inputs import given_by
from perfeval.cli.unread import tell_unread
from perfeval.documents.as_json import scorecard_data
from perfeval.documents.scorecards.comparison import Compared, comparison_text, rows_of
from perfeval.readers.files import SourceInput, own_folder
from perfeval.readers.rulebooks import load_named, load_rulebook, rulebook_ids
from perfeval.readers.sheets import ReadSheet
from perfeval.reading.sheets import find_sheets, one_sheet
from perfeval.report import compare, unread_report
from perfeval.rulebook import Rulebook
from perfeval.sheet import Sheet


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Score a sheet by each rulebook; return 0 where it could be read, else 2."""
    names = list(dict.fromkeys(arguments.rulebooks))
    label, given = given_by(arguments.file)
    read = own = _read(given, label, arguments.table)
    if own.sheet is None:  # perhaps because it names no rulebook
        read = _read(given, label, arguments.table, names[0])
    sheet = read.sheet
    if sheet is None:
        return tell_unread(unread_report(read), console, as_json=arguments.json)
    asked = {name: load_rulebook(name, year=sheet.year, root=arguments.root) for name in names}
    if len(names) == 1 and own.sheet is not None:
        asked = {**_own(sheet, read.located.name, arguments.root), **asked}
    if len({book.stamp for book in asked.values()}) == 1:
        message = "至少要有两个不同的评分办法：再写一个 --rulebook"
        return console.fail(message, as_json=arguments.json)
    compared = _compared(sheet, asked)
    if arguments.json:
        console.write_json(_data(compared))
    else:
        console.write(
            comparison_text(compared, ambiguous=console.ambiguous, within=console.columns)
        )
        stamps = (f"评分办法 {item.scorecard.stamp}" for item in compared)
        console.write_folded("\n" + "；".join([*stamps, f"perfeval {__version__}"]))
    return 0


def _read(
    given: SourceInput, label: str, table: str | None, rulebook: str | None = None
) -> ReadSheet:
    return one_sheet(find_sheets(given, rulebook=rulebook, name=label), table or "").read


def _own(sheet: Sheet, file: str, root: str | None) -> dict[str, Rulebook]:
    """Return the rulebook that the sheet names, as seen from the sheet, under a name from here."""
    name = sheet.rulebook
    book = load_named(file, name, year=sheet.year, root=root)
    label = name if name in rulebook_ids() else os.path.normpath(own_folder(file) / name)
    return {label: book}


def _compared(sheet: Sheet, asked: Mapping[str, Rulebook]) -> list[Compared]:
    """Score a sheet by several rulebooks, each under a name that tells them apart."""
    cards = compare(sheet, list(asked.values()))
    counts = Counter(card.rulebook.id for card in cards)
    return [
        Compared(name if counts[card.rulebook.id] > 1 else card.rulebook.id, card)
        for name, card in zip(asked, cards, strict=True)
    ]


def _data(compared: list[Compared]) -> dict[str, object]:
    sheet = compared[0].scorecard.sheet
    return {
        "sheet": sheet.name,
        "year": sheet.year,
        "differing": [row.name for row in rows_of(compared) if row.differs],
        "rulebooks": [
            {"label": item.label, "scorecard": scorecard_data(item.scorecard)} for item in compared
        ],
    }
