"""校核豁免: findings that someone accepted, until when, and what is wrong with that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from perfeval.checks.policy import faults_of_choice, successor
from perfeval.checks.registry import CHECKS, Scope
from perfeval.codes import READING, WAIVER_CODE, WAIVER_EXPIRED, WAIVER_NAME, WAIVER_UNUSED
from perfeval.findings import Finding, Ledger, Status, Waived
from perfeval.later import regex
from perfeval.sheet import Waiver


class Waiving(NamedTuple):
    """What waivers made of the findings.

    Attributes:
        findings: Those that still count.
        waived: Those that were accepted, with the reason.
        used: The positions of the waivers that accepted one.
    """

    findings: tuple[Finding, ...]
    waived: tuple[Waived, ...]
    used: frozenset[int]


def waive(
    findings: Sequence[Finding],
    anchors: Sequence[tuple[str, ...]],
    waivers: Sequence[Waiver],
    *,
    subject: str,
    today: str | None,
) -> Waiving:
    """Take out the findings that a waiver accepts; what cannot be read is never accepted.

    Args:
        findings: The findings of one sheet.
        anchors: For each the words that lead to its place.
        waivers: The waivers given beside the sheet and those that stand in it.
        subject: 项目名称 or 部门名称 of the sheet.
        today: The day, as ``2024-05-01``; ``None`` where it does not matter.
    """
    if not waivers:
        return Waiving(tuple(findings), (), frozenset())
    kept, waived = [], []
    held: dict[tuple[str, str | None], list[int]] = {}
    for position, waiver in enumerate(waivers):
        if not is_expired(waiver, today) and waiver.project in (None, subject):
            held.setdefault((successor(waiver.code), waiver.place), []).append(position)
    used: set[tuple[str, str | None]] = set()
    for finding, anchor in zip(findings, anchors, strict=True):
        keys = {(finding.code, place) for place in (None, *anchor)} & held.keys()
        if keys and _can_be_waived(finding.code):
            used |= keys
            first = min(held[key][0] for key in keys)
            waived.append(Waived(finding, waiver_reason(waivers[first]), first))
        else:
            kept.append(finding)
    positions = frozenset(position for key in used for position in held[key])
    return Waiving(tuple(kept), tuple(waived), positions)


def waiver_reason(waiver: Waiver) -> str:
    """Say why a finding is accepted, by whom and until when."""
    return f"{waiver.reason}（{waiver.approved}批准，有效期至 {waiver.until}）"


def _can_be_waived(code: str) -> bool:
    check = CHECKS.get(code)
    return check is not None and check.scope is not Scope.FILE


def is_expired(waiver: Waiver, today: str | None) -> bool:
    """Tell whether a waiver no longer holds on that day; its last day still counts."""
    return today is not None and waiver.until < today


_POST = regex("(?:[科处局长任员厅部办会股司院所室组记导席管]|中心|财政|负责人)$")


_LOOKED = frozenset({Status.PASSED, Status.FAILED, Status.WAIVED, Status.NOT_APPLICABLE})


def waiver_faults(
    waivers: Sequence[Waiver],
    used: Iterable[int],
    today: str | None,
    ledgers: Callable[[Waiver], Iterable[Ledger]],
) -> Iterator[Finding]:
    """Yield what is wrong with waivers, each with its path below 校核豁免.

    Args:
        waivers: The waivers.
        used: The positions of those that accepted a finding.
        today: See `waive`.
        ledgers: Returns what became of the checks on each file that a waiver is for.
    """
    covered = set(used)
    for position, waiver in enumerate(waivers):
        unknown = _unknown(waiver.code)
        if unknown:
            yield _fault(WAIVER_CODE, unknown, position, "编号", "用 perfeval checks 查看编号")
        elif is_expired(waiver, today):
            message = f"豁免 {waiver.code} 已于 {waiver.until} 到期"
            yield _fault(WAIVER_EXPIRED, message, position, "有效期至", "请重新批准，或改正问题")
        elif position not in covered and _was_looked_for(waiver, ledgers(waiver)):
            message = f"豁免 {waiver.code} 没有对应的问题"
            yield _fault(WAIVER_UNUSED, message, position, "编号", "问题已经改正的，请删去这条豁免")
        if not _POST.search(waiver.approved):
            message = f"“{waiver.approved}”不像岗位"
            hint = "请写岗位，如“财务科负责人”，不写姓名"
            yield _fault(WAIVER_NAME, message, position, "批准", hint)


def _fault(code: str, message: str, position: int, field: str, hint: str) -> Finding:
    path = ("校核豁免", position, field)
    return Finding(code, READING[code].severity, message, path, hint)


def _was_looked_for(waiver: Waiver, ledgers: Iterable[Ledger]) -> bool:
    """Tell whether the check was done wherever it could have found what the waiver accepts."""
    code = successor(waiver.code)
    statuses = {ledger[code] for ledger in ledgers if code in ledger}
    return bool(statuses) and statuses <= _LOOKED


_FOUND_ELSEWHERE = {
    Scope.FILE: "读取中",
    Scope.DOCUMENT: "生成文档时",
    Scope.ACCOUNT: "校对决算时",
    Scope.REVIEW: "复核时",
}
"""When a finding arises that is none of a sheet or department."""


def _unknown(code: str) -> str:
    check = CHECKS.get(successor(code))
    if check is None:
        return f"没有编号是“{code}”的校核" if faults_of_choice(code) else f"“{code}”不是完整的编号"
    found = _FOUND_ELSEWHERE.get(check.scope)
    return f"{code} 是{found}发现的问题，不能豁免" if found else ""


def accept(findings: Iterable[Finding], accepted: frozenset[str]) -> Waiving:
    """Take out the findings whose fingerprints are in a baseline."""
    if not accepted:
        return Waiving(tuple(findings), (), frozenset())
    kept, waived = [], []
    for finding in findings:
        check = CHECKS.get(finding.code)
        is_read = check is None or check.scope is not Scope.FILE
        if is_read and finding.fingerprint in accepted:
            waived.append(Waived(finding, "基线中已有"))
        else:
            kept.append(finding)
    return Waiving(tuple(kept), tuple(waived), frozenset())
