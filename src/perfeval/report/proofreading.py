"""Proofread a published document: from its file, its text or its bytes to what was found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from perfeval.accounts.account import Account
from perfeval.accounts.proofreading import ProofReport, proofread
from perfeval.readers.files import FilePath
from perfeval.readers.folders import DepartmentInput
from perfeval.report.account_input import DocumentInput, read_account, understood
from perfeval.report.beside import LyingBeside, beside_of
from perfeval.report.evaluating import evaluate_department
from perfeval.report.own_sheets import own_sheets
from perfeval.rulebook import Rulebook


def proof(
    document: DocumentInput,
    *,
    name: str = "",
    sheets: DepartmentInput | None = None,
    rulebook: FilePath | Rulebook | None = None,
) -> ProofReport:
    r"""Proofread a published account (部门决算): what its figures say, and where they contradict.

    Args:
        document: A file (.txt, .docx, .doc, .pdf, .html); a text with a line break; or bytes.
        name: What content is called in findings; a file is called by its own name.
        sheets: The department whose accounts these are, as `evaluate_department` takes it: what
            its sheets and the document say of the same projects must agree.
        rulebook: By which the sheets score, in place of their own.

    Returns:
        Every figure with what it says, every contradiction with its lines, and what became of
        every relation; or the reason why the document was not proofread.

    Raises:
        MissingExtraError: The file needs a package of the extra ``office``.
        RulebookError: The rulebook is unknown or wrong.
        TypeError: *document* is none of these, or *sheets* is no department.

    >>> text = "一、收入支出决算总体情况说明\n2023年度收、支总计80万元。与2022年度相比，\n"
    >>> report = proof(text + "收、支总计各增加20万元，增长25%，主要是项目增加。\n")
    >>> [(finding.code, finding.line) for finding in report.findings]
    [('AC103', 3)]
    >>> [figure.measure for figure in report.figures]
    ['决算数', '增减额', '增减率']
    """
    read = read_account(document, name)
    if read.refused is not None:
        return ProofReport(name=read.name, refused=read.refused, digest=read.digest)
    account, notes, reason = understood(read)
    if reason:
        return ProofReport(name=read.name, refused=reason, digest=read.digest)
    own = own_sheets(read, account.year, rulebook)
    if not (account.is_headed or account.figures or own.sheets):
        return ProofReport(name=read.name, refused=_NO_ACCOUNT, digest=read.digest)
    given = _beside(sheets, rulebook)
    report = proofread(
        account,
        read.name,
        notes=(*_unheaded(account), *notes, *own.unread, *given.unread),
        beside=(*own.sheets, *given.sheets),
        others=own.found,
    )
    return replace(report, digest=read.digest)


_NO_PART = (
    "没有认出部门决算的任何一部分（如“收入支出决算总体情况说明”“预算绩效情况说明”），"
    "只校对了句子里自己写明是什么的数；请保留各部分的标题，再校对一次"
)
_NO_ACCOUNT = "没有认出部门决算的任何一部分，也没有可以校对的数；请确认这是部门决算公开的文字"


def _unheaded(account: Account) -> Iterator[str]:
    """Say that no part of a document has a known title, where none has."""
    if not account.is_headed:
        yield _NO_PART


def _beside(sheets: DepartmentInput | None, rulebook: FilePath | Rulebook | None) -> LyingBeside:
    if sheets is None:
        return LyingBeside()
    return beside_of(evaluate_department(sheets, rulebook=rulebook))


__all__ = ["DocumentInput", "proof"]
