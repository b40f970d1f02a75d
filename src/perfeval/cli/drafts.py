"""``perfeval proof --draft DIR``: the department's file and the sheets that a document tells of."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from perfeval.accounts.proofreading import ProofReport
from perfeval.cli.console import Console
from perfeval.cli.failures import UsageError
from perfeval.cli.rulebook_paths import as_seen_from
from perfeval.cli.writing import write_each, writing
from perfeval.readers.files import DEPARTMENT
from perfeval.readers.rulebooks import load_rulebook
from perfeval.readers.settings import folder_rulebook
from perfeval.report import AccountDraft, draft


def refuse_undraftable(arguments: argparse.Namespace) -> None:
    """Refuse to draft several documents into one folder, or into a file.

    Raises:
        PerfevalError: That is asked for, or the rulebook is none.
    """
    folder = arguments.draft
    if folder is None:
        return
    if len(arguments.files) > 1:
        raise UsageError("--draft 一次只写一份决算，请写明那一个文件")
    if os.path.lexists(folder) and not Path(folder).is_dir():
        raise UsageError(f"--draft 后面要写文件夹；“{folder}”是文件")
    if arguments.rulebook is not None:
        load_rulebook(arguments.rulebook, root=arguments.root)


def are_drafts_written(
    report: ProofReport, arguments: argparse.Namespace, console: Console
) -> bool:
    """Write the drafts of a document; return whether all that was asked for stands on the disk.

    Raises:
        UsageError: A file of them stands there already; none is written.
    """
    folder = arguments.draft
    if folder is None or report.refused is not None:
        return True
    own = os.path.join(folder, DEPARTMENT)
    made = draft(arguments.files[0], rulebook=_rulebook(own, arguments))
    if made.refused is not None:
        console.tell(f"{made.name}：{made.refused}")
        return False
    _refuse_existing(folder, made, is_forced=arguments.force)
    with writing(folder):
        Path(folder).mkdir(parents=True, exist_ok=True)
    files = ((os.path.join(folder, file.path), file.text.encode()) for file in made.files)
    written, failed = write_each(files, lambda _: None)
    for reason in failed.values():
        console.tell(reason)
    _tell(made, folder, written, console)
    return not failed


def _rulebook(own: str, arguments: argparse.Namespace) -> str:
    """Return the rulebook that the files name: the one that is asked for, or the folder's own."""
    if arguments.rulebook is not None:
        return as_seen_from(own, arguments.rulebook)
    found = folder_rulebook(own, arguments.draft)
    if found.fault:
        raise UsageError(found.fault)
    return as_seen_from(own, found.rulebook) if found.rulebook else ""


def _refuse_existing(folder: str, made: AccountDraft, *, is_forced: bool) -> None:
    for file in made.files:
        path = os.path.join(folder, file.path)
        if os.path.lexists(path) and not is_forced:
            raise UsageError(f"“{path}”已经存在，一个文件也没有写；要覆盖请加 --force")


def _tell(made: AccountDraft, folder: str, written: list[str], console: Console) -> None:
    """Say what was written, and what of the document was not taken."""
    notes = [(file.path, note) for file in made.files for note in file.unread]
    for path, note in notes:
        console.tell(f"没有写入 {path}：{note}")
    console.tell(
        f"已在“{folder}”写成 {len(written)} 个文件（部门文件和 {len(written[1:])} 张自评表），"
        f"都标有“未确认”；没有写入的 {len(notes)} 处。逐项核对后用 perfeval check {folder} 校核"
    )
