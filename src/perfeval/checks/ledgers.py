"""校核台账: what became of every check on one file; what was not checked is not passed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from perfeval.checks.registry import CHECKS, Scope
from perfeval.findings import Finding, Status, Waived

_WAIVERS, _RULEBOOKS, _FIELDS = "WV", "RB", "SH"
_TEXTS, _TABLES = "YM", "RD"


def reading_ledger(
    findings: Iterable[Finding],
    *,
    is_text: bool,
    has_fields: bool,
    has_rulebook: bool,
    has_waivers: bool,
    is_table: bool = False,
) -> dict[str, Status]:
    """Say what became of the checks that reading does.

    Args:
        findings: What reading found.
        is_text: The file is a text with data in it.
        has_fields: The data have fields, so that these were looked at.
        has_rulebook: A rulebook was read.
        has_waivers: There are waivers to look at.
        is_table: The data stood in a table of an office file, and in no text.
    """
    ledger = dict(_quiet_ledger(is_text, has_fields, has_rulebook, has_waivers, is_table))
    for finding in findings:
        if finding.code in ledger:
            ledger[finding.code] = Status.FAILED
    return ledger


def waiver_ledger(findings: Iterable[Finding]) -> dict[str, Status]:
    """Say what became of the checks on a file that holds waivers and nothing else."""
    ledger = reading_ledger(
        findings, is_text=True, has_fields=True, has_rulebook=False, has_waivers=True
    )
    return {code: status for code, status in ledger.items() if code.startswith(_WAIVERS)}


@lru_cache
def _quiet_ledger(
    is_text: bool, has_fields: bool, has_rulebook: bool, has_waivers: bool, is_table: bool
) -> dict[str, Status]:
    """Return what becomes of the checks of reading where they find nothing."""
    looked = {_RULEBOOKS: has_rulebook, _FIELDS: has_fields}
    ledger = {}
    for code, check in CHECKS.items():
        if check.scope is not Scope.FILE:
            continue
        if code.startswith(_TEXTS if is_table else _TABLES):
            ledger[code] = Status.NOT_APPLICABLE
        elif code.startswith(_WAIVERS):
            unwaived = Status.NOT_APPLICABLE if has_fields else Status.UNREADABLE
            ledger[code] = Status.PASSED if has_waivers else unwaived
        else:
            is_looked_at = looked.get(code[:2], is_text)
            ledger[code] = Status.PASSED if is_looked_at else Status.UNREADABLE
    return ledger


def unreadable_ledger(scopes: Iterable[Scope], disabled: Iterable[str]) -> dict[str, Status]:
    """Say that nothing of these scopes was checked, as there was nothing to check."""
    wanted, left_out = frozenset(scopes), frozenset(disabled)
    return {
        code: Status.DISABLED if code in left_out else Status.UNREADABLE
        for code, check in CHECKS.items()
        if check.scope in wanted
    }


def with_waived(
    ledger: Mapping[str, Status], findings: Iterable[Finding], waived: Iterable[Waived]
) -> dict[str, Status]:
    """Mark the checks all of whose findings were accepted."""
    waived = tuple(waived)
    if not waived:
        return dict(ledger)
    counting = {finding.code for finding in findings}
    accepted = {item.finding.code for item in waived} - counting
    return {code: Status.WAIVED if code in accepted else status for code, status in ledger.items()}
