"""``--mark OUT`` of check and proof: the user's own file, with comments at cells or words."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from perfeval.accounts.proofreading import ProofReport
from perfeval.carriers import LIMITS, CarrierKind, carrier_kind
from perfeval.cli.arguments import STDIN
from perfeval.cli.console import Console
from perfeval.cli.failures import UsageError
from perfeval.cli.inputs import is_folder
from perfeval.cli.writing import write_file
from perfeval.errors import PerfevalError
from perfeval.marks import MarkedCopy
from perfeval.readers.files import given_content
from perfeval.report import DepartmentReport, Report, copied_kind, marked_copy, marked_proof
from perfeval.source import Source

_NAMES = {
    CarrierKind.XLSX: " Excel 文件",
    CarrierKind.DOCX: " Word 文件",
    CarrierKind.XLS: "旧版 Excel 文件",
    CarrierKind.ODS: " OpenDocument 表格",
    CarrierKind.DOC: "旧版 Word 文件",
    CarrierKind.PDF: " PDF ",
    CarrierKind.HTML: "网页",
}


def refuse_unmarkable(arguments: argparse.Namespace) -> None:
    """Refuse to mark several files, a folder or standard input, or to write another kind of file.

    Raises:
        UsageError: That is asked for.
    """
    if not arguments.mark:
        return
    (name, *others), ending = arguments.files, Path(arguments.mark).suffix.lower()
    if others or name == STDIN or is_folder(name):
        raise UsageError("--mark 一次只加一个文件的批注，请写明那一个文件")
    kind = _kind(name)
    if kind is None:
        return  # reading it will say why
    copy = copied_kind(kind)
    if ending == f".{copy.value}":
        return
    if kind is CarrierKind.TEXT:
        raise UsageError(
            f"“{name}”是文本：表格（.csv）的批注请写成 .html，YAML 的问题请用 -o 问题.html"
        )
    raise UsageError(f"“{name}”按内容是{_NAMES[kind]}，--mark 的输出文件的扩展名应是 .{copy.value}")


def _kind(name: str) -> CarrierKind | None:
    """Return what a file is by its first bytes; ``None`` where there is none to be marked."""
    content = given_content(name, most=LIMITS.file + 1)
    return None if isinstance(content, Source) else carrier_kind(content.raw)


def is_marked(
    reports: Sequence[Report | DepartmentReport], arguments: argparse.Namespace, console: Console
) -> bool:
    """Write the marked copy; return whether all that was asked for stands on the disk."""
    if not arguments.mark:
        return True
    sheets = [report for report in reports if isinstance(report, Report)]
    name = arguments.files[0]
    return _is_written(
        lambda: marked_copy(sheets, name, with_hints=arguments.all), arguments, console
    )


def refuse_unmarkable_account(arguments: argparse.Namespace) -> None:
    """Refuse to mark several accounts, or one that is no Word file; say what to do instead.

    Raises:
        UsageError: That is asked for.
    """
    if not arguments.mark:
        return
    name, *others = arguments.files
    if others:
        raise UsageError("--mark 一次只加一个文件的批注，请写明那一个 .docx")
    kind = _kind(name)
    if kind is None:
        return  # reading it will say why
    if kind not in _ACCOUNT_ENDINGS:
        raise UsageError(
            f"--mark 的批注只加在 .docx 里（PDF 写成网页），“{name}”不是：.doc 请先另存为 .docx，"
            "文本、网页请用 -o 校对.html"
        )
    ending = _ACCOUNT_ENDINGS[kind]
    if Path(arguments.mark).suffix.lower() != ending:
        raise UsageError(f"--mark 的输出文件的扩展名应是 {ending}")


_ACCOUNT_ENDINGS = {CarrierKind.DOCX: ".docx", CarrierKind.PDF: ".html"}


def is_account_marked(report: ProofReport, arguments: argparse.Namespace, console: Console) -> bool:
    """Write the marked copy of an account; return whether it stands on the disk."""
    if not arguments.mark or report.refused is not None:
        return True
    name = arguments.files[0]
    return _is_written(
        lambda: marked_proof(report, name, with_hints=arguments.all), arguments, console
    )


def _is_written(
    make: Callable[[], MarkedCopy], arguments: argparse.Namespace, console: Console
) -> bool:
    try:
        copy = make()
        write_file(arguments.mark, copy.raw)
    except PerfevalError as error:
        console.tell(f"没有生成 {arguments.mark}：{error}")
        return False
    console.tell(f"已生成 {arguments.mark}")
    for note in copy.notes:
        console.tell(f"{arguments.mark}：{note}")
    return True
