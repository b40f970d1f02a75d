"""``perfeval explain``: how the points of each row arose."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Sequence

from perfeval._resources import __version__
from perfeval.cli.console import Console
from perfeval.cli.failures import UsageError
from perfeval.cli.inputs import read_report
from perfeval.cli.unread import tell_unread
from perfeval.documents.as_json import line_data
from perfeval.documents.findings.inspections import rulebook_text
from perfeval.documents.scorecards.explanation import explanation_text
from perfeval.documents.scorecards.what_if import (
    losses_data,
    losses_text,
    what_if_data,
    what_if_text,
)
from perfeval.report import Report
from perfeval.scorecard import Line, Scorecard
from perfeval.scoring.what_if import what_if


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Explain the rows of a sheet, or one of them."""
    report = read_report(
        arguments.file,
        arguments.rulebook,
        root=arguments.root,
        table=arguments.table,
        answers=arguments.answers,
    )
    scorecard = report.scorecard
    if scorecard is None:
        return tell_unread(report, console, as_json=arguments.json)
    if arguments.changes:
        return _try(report, scorecard, arguments, console)
    lines = _matching(scorecard.rows, arguments.indicator)
    if not lines:
        message = _no_match(scorecard.rows, arguments.indicator)
        return console.fail(message, as_json=arguments.json)
    if arguments.json:
        console.write_json(
            {
                "name": report.name,
                "sheet": scorecard.sheet.name,
                "stamp": scorecard.stamp,
                "unconfirmed": scorecard.sheet.unconfirmed,
                "lines": list(map(line_data, lines)),
                **({} if arguments.indicator else losses_data(scorecard)),
            }
        )
        return 0
    console.write_folded(explanation_text(scorecard, lines))
    if arguments.indicator is None:
        said = losses_text(scorecard, ambiguous=console.ambiguous, within=console.columns)
        console.write_folded(f"\n{said}\n")
    _write_stamp(report, scorecard, console)
    return 0


def _try(
    report: Report, scorecard: Scorecard, arguments: argparse.Namespace, console: Console
) -> int:
    """Show the points with other figures beside those of the sheet; nothing is written.

    Raises:
        PerfevalError: A change names no row, or several.
    """
    pairs = [_change(item) for item in arguments.changes]
    changes = dict(pairs)
    if len(changes) < len(pairs):
        raise UsageError("--what-if 里同一个名称写了两次，只能写一次")
    found = what_if(scorecard.sheet, changes, scorecard.rulebook)
    if arguments.json:
        console.write_json({"name": report.name, **what_if_data(found)})
        return 0
    said = what_if_text(found, ambiguous=console.ambiguous, within=console.columns)
    console.write_folded(said)
    _write_stamp(report, scorecard, console)
    return 0


def _write_stamp(report: Report, scorecard: Scorecard, console: Console) -> None:
    """Write by which rulebook and which version all this was computed."""
    stamp = rulebook_text(scorecard.stamp, report.findings)
    console.write_folded(f"{stamp}；perfeval {__version__}")


def _change(item: str) -> tuple[str, str]:
    """Return the name and the value of ``--what-if 名称=值``."""
    name, sign, value = item.partition("=")
    name = name.strip()
    if not sign or not name:
        raise UsageError(f"--what-if 应写成 名称=值，如 --what-if 执行数=1286.70；不是“{item}”")
    return name, value


def _matching(rows: Sequence[Line], wanted: str | None) -> Sequence[Line]:
    """Return the rows with this name, or the only one whose name has these words in it."""
    if wanted is None:
        return rows
    named = [line for line in rows if line.name == wanted]
    if named:
        return named
    holding = [line for line in rows if wanted in line.name]
    return holding if len(holding) == 1 else ()


def _no_match(rows: Sequence[Line], wanted: str) -> str:
    names = [line.name for line in rows]
    holding = [name for name in names if wanted in name]
    if holding:
        return _listed(f"“{wanted}”对应 {len(holding)} 个指标，请写全名称：", holding)
    near = difflib.get_close_matches(wanted, names, n=5, cutoff=0.3)
    if near:
        return _listed(f"没有指标“{wanted}”，名称相近的有：", near)
    return _listed(f"没有指标“{wanted}”，这张表的指标有：", names)


def _listed(heading: str, names: list[str]) -> str:
    return "\n".join([heading, *(f"  {name}" for name in names)])
