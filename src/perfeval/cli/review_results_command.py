"""``perfeval review results``: the 通报 of a year and the 复核报告 of its review."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from perfeval.batch.screening import screen
from perfeval.cli.console import Console
from perfeval.cli.failures import UsageError
from perfeval.cli.review_intake_command import refuse_missing
from perfeval.cli.review_outputs import json_bytes, refuse_outputs, write_outputs
from perfeval.cli.review_sample_command import sheets_of, watched
from perfeval.documents.formats import FORMATS, FormatName, writer
from perfeval.documents.review.pages import page_workbook
from perfeval.documents.review.report_document import report_document
from perfeval.documents.review.results_document import (
    results_document,
    results_page,
    summary_sentence,
)
from perfeval.documents.texts.binding import Bound
from perfeval.documents.texts.narrative import Narrative
from perfeval.readers.rulebooks import load_rulebook, rulebook_ids
from perfeval.reading.grade_results import GradeResults, read_grade_results
from perfeval.review.results import ReviewResults, results_of
from perfeval.review.stored import stored
from perfeval.rulebook import Rulebook


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Say what came of a year.

    Returns:
        0; 2 where there is no project, or an output was not written.

    Raises:
        UsageError: A path names nothing, or the results of a review cannot be read.
    """
    refuse_missing(arguments.paths)
    refuse_outputs(arguments, [*arguments.paths, *arguments.reviewed], _endings(arguments))
    given = _reviewed(arguments.reviewed)
    sheets = screen(arguments.paths, rulebook=arguments.rulebook, workers=arguments.jobs)
    aside: list[str] = []
    found = results_of(
        sheets_of(watched(sheets, console), aside),
        [one for read in given for one in read.totals],
        [one for read in given for one in read.deductions],
        [one for read in given for one in read.terms],
        [one for read in given for one in read.remarks],
    )
    for line in (*aside, *found.unmatched, *found.left_out):
        console.tell(line)
    books = _books(found)
    is_report = arguments.document == "report"
    if is_report and not found.reviewed:
        return console.fail(_NO_REVIEW, as_json=arguments.json)
    document = (report_document if is_report else results_document)(found, books)
    if arguments.final and document.asked:
        return console.fail(_blanks(document), as_json=arguments.json)
    data = {"results": stored(found)}
    writers = {
        **{f".{ending}": _written(document, ending) for ending in FORMATS},
        ".xlsx": lambda: page_workbook(results_page(found, books)),
        ".json": lambda: json_bytes(data),
    }
    is_whole = write_outputs(arguments, writers, console, data)
    if not arguments.json:
        console.write_folded(summary_sentence(found))
    return 0 if is_whole and found.projects else 2


_NO_REVIEW = (
    "没有可以写进复核报告的项目：请用 --reviewed 写明复核结果（perfeval review grade -o 复核.json）"
)


def _endings(arguments: argparse.Namespace) -> tuple[str, ...]:
    """Return the formats that a document has; the tables of a 通报 alone go into a workbook."""
    tables = () if arguments.document == "report" else (".xlsx",)
    return (*(f".{ending}" for ending in FORMATS), *tables, ".json")


def _written(document: Bound, ending: FormatName) -> Callable[[], bytes]:
    return lambda: writer(ending).write_bound(document)


def _blanks(document: Bound) -> str:
    """List the paragraphs that ask for something."""
    texts = [part.content for part in document.parts if isinstance(part.content, Narrative)]
    lines = [
        f"  {block.text}"
        for text in texts
        for block in text.blocks
        if any(run.is_asked for run in text.runs(block.text))
    ]
    return "\n".join(["没有生成：定稿（--final）里不能有“请补充”", *lines])


def _reviewed(paths: list[str]) -> list[GradeResults]:
    read: list[GradeResults] = []
    for path in paths:
        one = read_grade_results(path)
        if one.fault:
            raise UsageError(f"复核结果读不了：{one.fault}")
        read.append(one)
    return read


def _books(found: ReviewResults) -> dict[str, Rulebook]:
    """Return the rulebooks that ship, by the stamps of the projects."""
    books = {}
    for stamp in {one.stamp for one in found.projects}:
        id_ = stamp.split(" ")[0]
        if id_ in rulebook_ids():
            book = load_rulebook(id_, year=found.year)
            if book.stamp == stamp:
                books[stamp] = book
    return books
