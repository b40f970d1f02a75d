"""The outputs of ``perfeval review …``: one document, as the files' names ask."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from perfeval._resources import SCHEMA, __version__
from perfeval.cli.console import Console
from perfeval.cli.failures import UsageError
from perfeval.cli.writing import outputs_data, refuse_overwriting, refuse_same, write_each
from perfeval.documents.as_json import json_text
from perfeval.documents.review.pages import ReviewPage, page_html, page_workbook, table_csv

Writers = Mapping[str, Callable[[], bytes]]
"""What makes a file, by the ending of its name."""


def refuse_outputs(
    arguments: argparse.Namespace, read: Iterable[str], endings: Iterable[str]
) -> None:
    """Refuse to lose a file, and a format that is not known.

    Raises:
        UsageError: An output is one of the inputs, stands there, or has another ending.
    """
    known = tuple(endings)
    refuse_same(arguments.output)
    files = list(read)
    for path in arguments.output:
        if _ending(path) not in known:
            raise UsageError(f"不知道“{path}”要写成什么格式；扩展名可用 {'、'.join(known)}")
        refuse_overwriting(path, files, is_forced=arguments.force)


def _ending(path: str) -> str:
    return os.path.splitext(path)[1].lower()


def page_writers(page: ReviewPage, data: Mapping[str, Any]) -> Writers:
    """Return what writes a document; CSV has its first table.

    Args:
        page: The document.
        data: The same as data, for JSON.
    """
    return {
        ".xlsx": lambda: page_workbook(page),
        ".html": lambda: page_html(page),
        ".csv": lambda: table_csv(page.tables[0]),
        ".json": lambda: json_bytes(data),
    }


PAGE_ENDINGS = (".xlsx", ".html", ".csv", ".json")


def json_bytes(data: Mapping[str, Any]) -> bytes:
    """Return data as a file of JSON, with the versions of perfeval and of the JSON."""
    whole = {"perfeval": __version__, "schema": SCHEMA, **data}
    return (json_text(whole) + "\n").encode("utf-8", "replace")


def write_outputs(
    arguments: argparse.Namespace, writers: Writers, console: Console, data: Mapping[str, Any]
) -> bool:
    """Write the files that were asked for, or JSON to the screen; tell whether all were written."""
    made = ((path, writers[_ending(path)]()) for path in arguments.output)
    written, failed = write_each(made, console.tell)
    for reason in failed.values():
        console.tell(reason)
    if arguments.json:
        outputs = outputs_data(written, failed) if arguments.output else {}
        console.write_json({**outputs, **data})
    return not failed
