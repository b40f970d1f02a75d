"""``perfeval review grade``: what filled workpapers come to, and what is wrong with the review."""

from __future__ import annotations

import argparse

from perfeval.cli.console import Console
from perfeval.cli.review_outputs import (
    PAGE_ENDINGS,
    page_writers,
    refuse_outputs,
    write_outputs,
)
from perfeval.cli.unread import tell_findings
from perfeval.documents.review.grading_page import grading_data, grading_page, grading_text
from perfeval.readers.rulebooks import load_rulebook
from perfeval.report.grading import grade_workpapers


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Grade workpapers.

    What is wrong with a review is told and is no failure of the run: the points are the result.

    Returns:
        0 where every project was graded, a range included; 2 where one could not be, or an output
        was not written.

    Raises:
        PerfevalError: The rulebook or an output is wrong.
    """
    read = [*arguments.files, *filter(None, (arguments.report, arguments.rulebook))]
    refuse_outputs(arguments, read, PAGE_ENDINGS)
    book = None
    if arguments.rulebook is not None:
        book = load_rulebook(arguments.rulebook, root=arguments.root)
    grading = grade_workpapers(arguments.files, rulebook=book, report=arguments.report)
    data = grading_data(grading)
    page = grading_page(grading)
    is_written = write_outputs(arguments, page_writers(page, data), console, data)
    tell_findings(grading.findings, console)
    if not arguments.json and grading.papers:
        text = grading_text(grading, ambiguous=console.ambiguous, within=console.columns)
        console.write_folded(text)
        if arguments.report is not None:
            console.write(f"复核报告核对了 {grading.compared} 处")
        console.write_folded("；".join(page.versions))
    return 0 if grading.is_whole and is_written else 2
