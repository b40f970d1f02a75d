"""``perfeval review evidence``: what proof each row needs, what was given, what is missing."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from perfeval.cli.console import Console
from perfeval.cli.failures import UsageError
from perfeval.cli.inputs import find_sheets, read_reports
from perfeval.cli.review_outputs import (
    PAGE_ENDINGS,
    page_writers,
    refuse_outputs,
    write_outputs,
)
from perfeval.documents.review.evidence_page import evidence_page, evidence_sentence
from perfeval.opening import system_reason
from perfeval.report import Report
from perfeval.report.evidence import evidence_files, named_evidence
from perfeval.review.evidence import EvidenceFile, EvidenceList, evidence_list
from perfeval.review.names import name_key
from perfeval.review.stored import stored
from perfeval.scorecard import Scorecard


def run(arguments: argparse.Namespace, console: Console) -> int:
    """List the evidence of sheets.

    Returns:
        0 where every sheet was read and everything written, else 2.

    Raises:
        PerfevalError: An output, the folder or the rulebook is wrong.
    """
    refuse_outputs(arguments, arguments.files, PAGE_ENDINGS)
    names = find_sheets(arguments.files).names
    aside: list[str] = []
    reports = list(read_reports(names, arguments.rulebook, root=arguments.root, aside=aside))
    read = [(report.scorecard, report) for report in reports if report.scorecard is not None]
    parted = _by_project(_files(arguments.folder), [card.sheet.name for card, _ in read])
    lists = [_list(*scored, own) for scored, own in zip(read, parted, strict=True)]
    unread = [_why(report) for report in reports if report.scorecard is None]
    for line in (*aside, *unread):
        console.tell(line)
    data = {"evidence": [stored(one) for one in lists], "unread": unread}
    page = evidence_page(lists, unread)
    is_whole = write_outputs(arguments, page_writers(page, data), console, data)
    if not arguments.json:
        console.say(evidence_sentence(lists))
    return 0 if is_whole and not unread else 2


def _files(folder: str | None) -> list[EvidenceFile]:
    """Return the files in the folder of proofs.

    Raises:
        UsageError: It cannot be opened.
    """
    if folder is None:
        return []
    try:
        return list(evidence_files(folder))
    except OSError as error:
        raise UsageError(f"佐证文件夹“{folder}”打不开（{system_reason(error)}）") from error


def _by_project(files: Sequence[EvidenceFile], projects: Sequence[str]) -> list[list[EvidenceFile]]:
    """Give each project its files: where there are several, those in a folder of its name.

    What lies in no such folder may belong to any of them.
    """
    if len(projects) <= 1:
        return [list(files) for _ in projects]
    keys = list(map(name_key, projects))
    found: list[list[EvidenceFile]] = [[] for _ in projects]
    for file in files:
        parts = list(map(name_key, file.path.split("/")[:-1]))
        owners = [at for at, key in enumerate(keys) if key in parts]
        for at in owners or range(len(projects)):
            found[at].append(file)
    return found


def _list(card: Scorecard, report: Report, files: Sequence[EvidenceFile]) -> EvidenceList:
    known = {file.sha256 for file in files}
    beside = named_evidence(card.sheet, report.located.name)
    own = [*files, *(file for file in beside if file.sha256 not in known)]
    return evidence_list(card, own, file=report.name)


def _why(report: Report) -> str:
    error = next((item.message for item in report.errors), "没有读通")
    return f"{report.name}：{error}"
