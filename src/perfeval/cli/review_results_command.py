"""``perfeval review results``: the 通报 of a year, with grades before and after the review."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator

from perfeval.batch.screening import screen
from perfeval.cli.console import Console
from perfeval.cli.failures import UsageError
from perfeval.cli.review_intake_command import refuse_missing
from perfeval.cli.review_outputs import json_bytes, refuse_outputs, write_outputs
from perfeval.cli.review_sample_command import watched
from perfeval.documents.formats import FORMATS, FormatName, writer
from perfeval.documents.review.pages import page_workbook
from perfeval.documents.review.results_document import (
    results_document,
    results_page,
    summary_sentence,
)
from perfeval.readers.rulebooks import load_rulebook, rulebook_ids
from perfeval.reading.grade_results import GradeResults, read_grade_results
from perfeval.report import LeftAside
from perfeval.review.ranking import ScreenedSheet
from perfeval.review.results import DeductionSum, ReviewedTotal, ReviewResults, results_of
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
    endings = (*(f".{ending}" for ending in FORMATS), ".xlsx", ".json")
    refuse_outputs(arguments, [*arguments.paths, *arguments.reviewed], endings)
    totals, deductions = _reviewed(arguments.reviewed)
    sheets = screen(arguments.paths, rulebook=arguments.rulebook, workers=arguments.jobs)
    aside: list[str] = []
    found = results_of(_sheets(watched(sheets, console), aside), totals, deductions)
    for line in (*aside, *found.unmatched, *found.left_out):
        console.tell(line)
    books = _books(found)
    data = {"results": stored(found)}
    writers = {
        **{f".{ending}": _written(found, books, ending) for ending in FORMATS},
        ".xlsx": lambda: page_workbook(results_page(found, books)),
        ".json": lambda: json_bytes(data),
    }
    is_whole = write_outputs(arguments, writers, console, data)
    if not arguments.json:
        console.write_folded(summary_sentence(found))
    return 0 if is_whole and found.projects else 2


def _written(
    found: ReviewResults, books: dict[str, Rulebook], ending: FormatName
) -> Callable[[], bytes]:
    return lambda: writer(ending).write_bound(results_document(found, books))


def _reviewed(
    paths: list[str],
) -> tuple[list[ReviewedTotal], list[DeductionSum]]:
    read: list[GradeResults] = []
    for path in paths:
        one = read_grade_results(path)
        if one.fault:
            raise UsageError(f"复核结果读不了：{one.fault}")
        read.append(one)
    totals = [total for one in read for total in one.totals]
    return totals, [item for one in read for item in one.deductions]


def _sheets(
    found: Iterator[ScreenedSheet | LeftAside], aside: list[str]
) -> Iterator[ScreenedSheet]:
    for one in found:
        if isinstance(one, LeftAside):
            aside.append(str(one))
        else:
            yield one


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
