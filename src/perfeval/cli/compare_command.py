"""``perfeval compare``: one sheet under several rulebooks, and why rows differ."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence

from perfeval._resources import __version__
from perfeval.cli.console import Console
from perfeval.cli.score_command import tell_unread
from perfeval.documents.as_json import scorecard_data
from perfeval.documents.scorecards.comparison import Compared, comparison_text, rows_of
from perfeval.readers.sheets import read_sheet
from perfeval.report import compare, unread_report
from perfeval.sheet import Sheet


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Score a sheet by each rulebook; return 0 where it could be read, else 2."""
    names: list[str] = arguments.rulebooks
    read = read_sheet(arguments.file, rulebook=names[0])
    sheet = read.sheet
    if sheet is None:
        return tell_unread(unread_report(read), console, as_json=arguments.json)
    if len(names) == 1:
        names = [sheet.rulebook, *names]
    if len(set(names)) == 1:
        message = "至少要有两个不同的评分办法：再写一个 --rulebook"
        return console.fail(message, as_json=arguments.json)
    compared = compared_by(sheet, names, arguments.root)
    if arguments.json:
        console.write_json(_data(compared))
    else:
        console.write(comparison_text(compared, ambiguous=console.ambiguous))
        stamps = (f"评分办法 {item.scorecard.stamp}" for item in compared)
        console.write("\n" + "；".join([*stamps, f"perfeval {__version__}"]))
    return 0


def compared_by(sheet: Sheet, names: Sequence[str], root: str | None = None) -> list[Compared]:
    """Score a sheet by several rulebooks, each under a name that tells them apart.

    Raises:
        RulebookError: A rulebook is unknown or wrong.
    """
    names = list(dict.fromkeys(names))
    cards = compare(sheet, names, root=root)
    counts = Counter(card.rulebook.id for card in cards)
    return [
        Compared(name if counts[card.rulebook.id] > 1 else card.rulebook.id, card)
        for name, card in zip(names, cards, strict=True)
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
