"""``perfeval score``: the table of each sheet, and for several a summary."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from perfeval._resources import SCHEMA, __version__
from perfeval.checks.settling import CheckOptions
from perfeval.cli.console import Console
from perfeval.cli.inputs import passed_over_in
from perfeval.cli.many.outcomes import Evaluation
from perfeval.cli.many.parts import Output
from perfeval.cli.many.score_view import ScoreEnd, ScoreView
from perfeval.cli.many.session import (
    Sheets,
    Terms,
    Writing,
    files_digest,
    options_digest,
    refuse_outputs,
    row_outputs,
    session_of,
    sheets_behind,
)
from perfeval.documents.findings.growing import HERE, CheckSums, items_between
from perfeval.readers.rulebooks import load_rulebook
from perfeval.reading.answers import Answers, read_answers


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Score sheets; return 0 where every one has a result, else 2.

    Raises:
        PerfevalError: The rulebook, an answer or an output is wrong.
    """
    outputs = tuple(_outputs(arguments))
    asked = Writing(outputs, arguments.resume, arguments.force)
    refuse_outputs(asked, arguments.files, arguments.answers)
    if arguments.rulebook is not None:
        load_rulebook(arguments.rulebook, root=arguments.root)  # a wrong one ends the run at once
    sheets, answers = sheets_behind(arguments.files), read_answers(arguments.answers)
    end, used = _scored(arguments, console, asked, (sheets, answers))
    answers.used.clear()
    answers.used.update(used)
    unused = list(answers.unused)
    for line in (*passed_over_in(arguments.files), *unused):
        console.tell(line)
    _close(end, arguments, console, asked, is_several=sheets.is_several)
    return 0 if end.is_whole and not unused else 2


def _outputs(arguments: argparse.Namespace) -> Iterator[Output]:
    yield from row_outputs(arguments.output, "sheets", "-o")
    yield from row_outputs(arguments.indicators, "indicators", "--indicators")
    yield from row_outputs(arguments.findings, "findings", "--findings")


def _scored(
    arguments: argparse.Namespace,
    console: Console,
    asked: Writing,
    given: tuple[Sheets, Answers],
) -> tuple[ScoreEnd, set[str]]:
    """Go through all sheets; return what is said in the end, and which answers were used."""
    sheets, answers = given
    is_json = arguments.json and not asked.outputs
    is_listed = not arguments.json and not asked.outputs
    shows_each = is_listed and not (arguments.summary and sheets.is_several)
    view = ScoreView(
        formats=tuple(output.format for output in asked.outputs),
        with_tables=shows_each,
        as_json=is_json,
        is_ascii=not console.is_unicode,
        ambiguous=console.ambiguous,
        columns=console.columns,
    )
    evaluation = Evaluation(
        view=view,
        rulebook=arguments.rulebook,
        root=arguments.root,
        terms=CheckOptions(),
        answers=answers,
        has_journal=bool(asked.outputs),
    )
    sink = _Sink(console, is_json=is_json)
    options = (_terms(arguments), is_listed, sink)
    session = session_of(evaluation, arguments, console, asked, options)
    end = ScoreEnd(console, has_summary=is_listed, runs_on=sheets.are_many, at_once=not shows_each)
    session.go(sheets.names, end.add, CheckSums())
    sink.close()
    return end, session.run.used


class _Sink:
    """Where the tables of sheets are shown, or their reports as JSON."""

    def __init__(self, console: Console, *, is_json: bool) -> None:
        self._console, self._comma = console, ""
        self._before = self._behind = ""
        if is_json:
            data = {"perfeval": __version__, "schema": SCHEMA, "reports": [HERE]}
            self._before, behind = items_between(data, is_ascii=not console.is_unicode)
            self._behind = f"{behind}\n"

    def begin(self) -> None:
        """Show what stands before all."""
        self._console.put(self._before)

    def put(self, text: str) -> None:
        """Show the table of a sheet, or its report behind a comma."""
        self._console.put(f"{self._comma}{text}")
        self._comma = "," if self._before else ""

    def close(self) -> None:
        """Show what stands behind all."""
        self._console.put(self._behind)


def _terms(arguments: argparse.Namespace) -> Terms:
    """Return all on which the rows of a sheet depend, besides the sheet."""
    rulebook = arguments.rulebook
    stamp = load_rulebook(rulebook, root=arguments.root).stamp if rulebook else ""
    options = (rulebook, stamp, arguments.root, files_digest(arguments.answers))
    return Terms("score", options_digest(*options))


def _close(
    end: ScoreEnd,
    arguments: argparse.Namespace,
    console: Console,
    asked: Writing,
    *,
    is_several: bool,
) -> None:
    """Write the summary, or what was written."""
    for output in asked.outputs:
        console.tell(f"已生成 {output.path}")
    if not arguments.json:
        end.close(with_summary=bool(asked.outputs) or is_several or end.count > 1)
    elif asked.outputs:
        paths = [output.path for output in asked.outputs]
        data = {"output": paths[0], "outputs": paths, "sheets": end.count, "unread": end.unread}
        console.write_json(data)
