"""``perfeval review rank``: which departments and projects to look at first."""

from __future__ import annotations

import argparse

from perfeval.batch.screening import screen
from perfeval.cli.console import Console
from perfeval.cli.review_intake_command import refuse_missing
from perfeval.cli.review_outputs import (
    PAGE_ENDINGS,
    page_writers,
    refuse_outputs,
    write_outputs,
)
from perfeval.cli.review_sample_command import sheets_of, watched
from perfeval.documents.review.pages import table_csv
from perfeval.documents.review.ranking_list import project_table, ranking_page, ranking_text
from perfeval.review.ranking import rank
from perfeval.review.stored import stored


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Rank what the paths name.

    Returns:
        0; 2 where nothing could be ranked, or an output was not written.

    Raises:
        UsageError: A path names nothing, or an output cannot be one.
    """
    refuse_missing(arguments.paths)
    refuse_outputs(arguments, arguments.paths, PAGE_ENDINGS)
    found = screen(arguments.paths, rulebook=arguments.rulebook, workers=arguments.jobs)
    aside: list[str] = []
    ranking = rank(sheets_of(watched(found, console), aside))
    data = {"ranking": stored(ranking)}
    writers = {
        **page_writers(ranking_page(ranking), data),
        ".csv": lambda: table_csv(project_table(ranking)),
    }
    for line in aside:
        console.tell(line)
    is_whole = write_outputs(arguments, writers, console, data)
    if not arguments.json:
        console.write_folded(ranking_text(ranking))
    return 0 if is_whole and (ranking.projects or ranking.wholes) else 2
