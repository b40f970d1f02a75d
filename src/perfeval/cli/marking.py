"""``perfeval check FILE --mark OUT``: the user's own file, with comments at its cells."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from perfeval.cli.arguments import STDIN
from perfeval.cli.console import Console
from perfeval.cli.failures import UsageError
from perfeval.cli.inputs import is_folder
from perfeval.cli.writing import write_file
from perfeval.errors import PerfevalError
from perfeval.report import DepartmentReport, Report, marked_copy

_ENDINGS = (".xlsx", ".docx")


def refuse_unmarkable(arguments: argparse.Namespace) -> None:
    """Refuse to mark several files, a folder or standard input, or to write another kind of file.

    Raises:
        UsageError: That is asked for.
    """
    if not arguments.mark:
        return
    (name, *others), ending = arguments.files, Path(arguments.mark).suffix.lower()
    if others or name == STDIN or is_folder(name):
        raise UsageError("--mark 一次只加一个文件的批注，请写明那一个 .xlsx 或 .docx")
    if ending not in _ENDINGS:
        raise UsageError(f"--mark 的输出文件的扩展名应与原文件相同（{'、'.join(_ENDINGS)}）")
    if ending != Path(name).suffix.lower():
        raise UsageError(
            f"--mark 的输出是 {ending}，而“{name}”不是；批注只加在 .xlsx 和 .docx 里，"
            "旧格式的请先另存，PDF、网页请用 -o 问题.html"
        )


def is_marked(
    reports: Sequence[Report | DepartmentReport], arguments: argparse.Namespace, console: Console
) -> bool:
    """Write the marked copy; return whether all that was asked for stands on the disk."""
    if not arguments.mark:
        return True
    sheets = [report for report in reports if isinstance(report, Report)]
    try:
        copy = marked_copy(sheets, arguments.files[0], with_hints=arguments.all)
        write_file(arguments.mark, copy.raw)
    except PerfevalError as error:
        console.tell(f"没有生成 {arguments.mark}：{error}")
        return False
    console.tell(f"已生成 {arguments.mark}")
    for note in copy.notes:
        console.tell(f"{arguments.mark}：{note}")
    return True
