"""``perfeval proof``: the figures of a published account, and where they contradict."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence

from perfeval._resources import SCHEMA, __version__
from perfeval.accounts.proofreading import ProofReport
from perfeval.accounts.results import RelationStatus
from perfeval.cli.arguments import STDIN
from perfeval.cli.console import Console
from perfeval.cli.drafts import are_drafts_written, refuse_undraftable
from perfeval.cli.failures import UsageError
from perfeval.cli.inputs import is_folder
from perfeval.cli.marking import is_account_marked, refuse_unmarkable_account
from perfeval.cli.writing import refuse_overwriting, refuse_same, write_each
from perfeval.documents.findings.proof_json import proof_data, proof_inspection
from perfeval.documents.findings.reports import ENDINGS, write_report
from perfeval.documents.findings.terminal import report_text
from perfeval.documents.findings.text import counts_text
from perfeval.findings import Inspection
from perfeval.readers.files import each_once
from perfeval.readers.rulebooks import load_rulebook
from perfeval.report import proof
from perfeval.rulebook import Rulebook

_STATUSES = {
    RelationStatus.HELD: "相符",
    RelationStatus.BROKEN: "不符",
    RelationStatus.ROUNDING: "舍入",
    RelationStatus.NO_DATA: "数据不足",
    RelationStatus.NOT_APPLICABLE: "不适用",
    RelationStatus.NOT_UNDERSTOOD: "没有读懂",
}


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Proofread documents.

    Returns:
        2 where one was refused, else 1 where an error was found, else 0.

    Raises:
        UsageError: An output is wrong.
    """
    _refuse_outputs(arguments)
    inspections: list[Inspection] = []
    code = 0
    for file in each_once(arguments.files):  # of each only what files are written of is kept
        report = proof(file, sheets=arguments.sheets, rulebook=_rulebook(arguments))
        _tell(report, console, arguments)
        if arguments.output and report.refused is None:
            inspections.append(proof_inspection(report))
        code = max(code, _code(report))
        if not is_account_marked(report, arguments, console):
            code = 2
        if not are_drafts_written(report, arguments, console):
            code = 2
    if arguments.output and not _written(arguments.output, inspections, console):
        code = 2
    return code


def _code(report: ProofReport) -> int:
    if report.refused is not None:
        return 2
    return 1 if report.has_errors else 0


def _tell(report: ProofReport, console: Console, arguments: argparse.Namespace) -> None:
    """Write what was found in one document, in words or as JSON."""
    if arguments.json and len(arguments.files) > 1:
        data = {"perfeval": __version__, "schema": SCHEMA, **proof_data(report)}
        console.write(json.dumps(data, ensure_ascii=not console.is_unicode))
    elif arguments.json:
        console.write_json(proof_data(report))
    else:
        _show(report, console, arguments)


def _rulebook(arguments: argparse.Namespace) -> Rulebook | None:
    """Return the rulebook by which sheets score, where one is asked for.

    Raises:
        RulebookError: It is unknown or wrong.
    """
    if arguments.rulebook is None:
        return None
    return load_rulebook(arguments.rulebook, root=arguments.root)


def _refuse_outputs(arguments: argparse.Namespace) -> None:
    if STDIN in arguments.files:
        raise UsageError("校对不能从标准输入读，请写明文件")
    refuse_unmarkable_account(arguments)
    refuse_undraftable(arguments)
    if arguments.sheets is not None and not is_folder(arguments.sheets):
        raise UsageError(f"--sheets 后面要写自评表所在的文件夹；“{arguments.sheets}”不是")
    outputs = [*arguments.output, *filter(None, (arguments.mark,))]
    refuse_same(outputs)
    for path in arguments.output:
        if not any(path.lower().endswith(ending) for ending in ENDINGS):
            raise UsageError(f"不知道“{path}”要写成什么格式；扩展名可用 {'、'.join(ENDINGS)}")
    for path in outputs:
        refuse_overwriting(path, arguments.files, is_forced=arguments.force)


def _written(outputs: Sequence[str], inspections: Sequence[Inspection], console: Console) -> bool:
    """Write the findings as files; return whether each was written."""
    formats = (
        (path, next(form for ending, form in ENDINGS.items() if path.lower().endswith(ending)))
        for path in outputs
    )
    made = ((path, write_report(inspections, form)) for path, form in formats)
    _, failed = write_each(made, console.tell)
    for reason in failed.values():
        console.tell(reason)
    return not failed


def _show(report: ProofReport, console: Console, arguments: argparse.Namespace) -> None:
    """Write what was found in one document, how much of it was understood, and the ledger."""
    if report.refused is not None:
        console.tell(f"{report.name}：没有校对。{report.refused}")
        return
    for part in report_text(
        [proof_inspection(report)],
        with_hints=arguments.all,
        ambiguous=console.ambiguous,
        within=console.columns,
    ):
        console.show(part)
    if arguments.ledger:
        for entry in report.ledger:
            console.write(f"{_STATUSES[entry.status]}  {entry.code}  {entry.relation}")
        console.write("")
    if arguments.unbound:
        for figure in report.unbound:
            console.write(
                f"{report.name}:{figure.spot.line}:{figure.spot.column}  没有读懂  {figure.text}"
            )
        console.write("")
    console.write_folded(_closing(report))


def _closing(report: ProofReport) -> str:
    """Say what was found, how many figures were understood, and what could not be checked."""
    counts = counts_text(report.findings) or "没有发现问题"
    bound = len(report.figures) - len(report.unbound)
    statuses = Counter(entry.status for entry in report.ledger)
    ledger = "、".join(f"{word} {statuses[status]}" for status, word in _STATUSES.items())
    return (
        f"{report.name}：{counts}。数 {len(report.figures)} 个，读懂 {bound} 个"
        f"（其余加 --unbound 列出）。关系 {len(report.ledger)} 条：{ledger}"
    )
