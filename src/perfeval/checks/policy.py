"""Which checks are used, and how much each weighs: by the rulebook, then by whoever asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import TypeVar

from perfeval.cells.notes import NoteKind
from perfeval.checks.registry import (
    CHECKS,
    DEPARTMENT_CHECKS,
    NOTE_CHECKS,
    RETIRED,
    ROW_CHECKS,
    SHEET_CHECKS,
    TEXT_CHECKS,
    YEAR_CHECKS,
    Check,
    NoteCheck,
    Scope,
    SubjectCheck,
)
from perfeval.checks.subjects import DepartmentScores, Passage, Row, TwoYears
from perfeval.findings import Nature, Severity
from perfeval.rulebook import Checking, Rulebook
from perfeval.scorecard import Scorecard


def successor(code: str) -> str:
    """Return the code that stands for a retired one, or the code itself."""
    while code in RETIRED:
        code = RETIRED[code]
    return code


def faults_of_choice(
    beginning: str, level: Severity | None = None, *, is_left_out: bool = False
) -> str:
    """Say what is wrong with a code of a rulebook, a command line or a waiver; empty if nothing.

    Args:
        beginning: A code, or the beginning of codes.
        level: The level that is asked for.
        is_left_out: The checks are to be left out.
    """
    found = [check for check in CHECKS.values() if check.code.startswith(successor(beginning))]
    if not beginning or not found:
        return f"没有编号是“{beginning}”的校核"
    if level is Severity.ERROR and any(item.nature is not Nature.DECIDABLE for item in found):
        return f"{beginning} 是推测或需佐证的校核，不能设为“错误”"
    if level is not None and any(item.scope is Scope.FILE for item in found):
        return f"{beginning} 是读取中发现的问题，不能改级别"
    if is_left_out and all(item.scope is Scope.FILE for item in found):
        return f"{beginning} 是读取中发现的问题，不能停用"
    return ""


@dataclass(frozen=True, slots=True)
class Selection:
    """What a caller selects, on top of the rulebook's own choice.

    Attributes:
        select: Codes, or beginnings of codes (``PT``); empty for all.
        ignore: Codes, or beginnings of codes, that are left out.
        severities: The level of a code, in place of the rulebook's or the check's own.

    >>> from perfeval import CheckOptions, evaluate
    >>> terms = CheckOptions(Selection(select=("PT",)))
    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金", terms=terms)
    >>> {item.code[:2] for item in report.findings}
    {'PT'}
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: tuple[tuple[str, Severity], ...] = ()

    def __post_init__(self) -> None:
        """Refuse what no check can be, as a rulebook and the command do.

        Raises:
            ValueError: A code is unknown, or cannot have that level.
            TypeError: Something else stands in place of codes.
        """
        for name in ("select", "ignore", "severities"):
            value = getattr(self, name)
            if isinstance(value, str):
                raise TypeError(f'{name} 应是编号的元组，如 ("PT",)')
            object.__setattr__(self, name, tuple(value))
        faults = [
            *map(faults_of_choice, (*self.select, *self.ignore)),
            *(faults_of_choice(code, Severity(level)) for code, level in self.severities),
        ]
        if fault := next(filter(None, faults), ""):
            raise ValueError(fault)


EVERYTHING = Selection()
SHEET_SCOPES = (Scope.ROW, Scope.NOTE, Scope.TEXT, Scope.SHEET)
"""What the checks of a single sheet look at."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The checks in use, by what they look at, and the level of each.

    Attributes:
        rows, notes, texts, sheets, years, departments: The checks in use.
        by_kind: Those on notes, by the kind of note.
        of_sheets, of_departments: The codes of all checks, in use or not, in their order.
        disabled: The codes of those that are not in use.
        severities: Levels in place of the checks' own, by code.
    """

    rows: tuple[SubjectCheck[Row], ...]
    notes: tuple[NoteCheck, ...]
    by_kind: Mapping[NoteKind, NoteCheck]
    texts: tuple[SubjectCheck[Passage], ...]
    sheets: tuple[SubjectCheck[Scorecard], ...]
    years: tuple[SubjectCheck[TwoYears], ...]
    departments: tuple[SubjectCheck[DepartmentScores], ...]
    of_sheets: tuple[str, ...]
    of_departments: tuple[str, ...]
    disabled: frozenset[str]
    severities: Mapping[str, Severity] = field(default_factory=lambda: MappingProxyType({}))

    def severity_of(self, check: Check) -> Severity:
        """Return how much the findings of a check weigh."""
        return self.severities.get(check.code, check.severity)


def policy_of(rulebook: Rulebook | None, selection: Selection = EVERYTHING) -> Policy:
    """Return what a rulebook and a selection make of the list of checks."""
    checking = Checking() if rulebook is None else rulebook.checking
    levels = tuple(checking.severity.items())
    return _policy(selection, checking.disabled, levels)


@lru_cache
def _policy(
    selection: Selection, disabled: tuple[str, ...], levels: tuple[tuple[str, Severity], ...]
) -> Policy:
    used = frozenset(code for code in CHECKS if _is_used(code, selection, disabled))
    notes = _chosen(NOTE_CHECKS, used)
    severities = dict(_levels(levels)) | dict(_levels(selection.severities))
    return Policy(
        rows=_chosen(ROW_CHECKS, used),
        notes=notes,
        by_kind={kind: check for check in notes for kind in check.kinds},
        texts=_chosen(TEXT_CHECKS, used),
        sheets=_chosen(SHEET_CHECKS, used),
        years=_chosen(YEAR_CHECKS, used),
        departments=_chosen(DEPARTMENT_CHECKS, used),
        of_sheets=_codes(SHEET_SCOPES),
        of_departments=_codes((Scope.DEPARTMENT,)),
        disabled=frozenset(CHECKS.keys() - used),
        severities=severities,
    )


def _codes(scopes: tuple[Scope, ...]) -> tuple[str, ...]:
    return tuple(code for code, check in CHECKS.items() if check.scope in scopes)


_Check = TypeVar("_Check", bound=Check)


def _chosen(checks: Iterable[_Check], used: Set[str]) -> tuple[_Check, ...]:
    return tuple(check for check in checks if check.code in used)


def _levels(levels: Iterable[tuple[str, Severity]]) -> Iterator[tuple[str, Severity]]:
    """Yield the level of every code that is named; the longest beginning wins."""
    for beginning, level in sorted(levels, key=lambda item: len(item[0])):
        for code in CHECKS:
            if code.startswith(successor(beginning)):
                yield code, level


def _is_used(code: str, selection: Selection, disabled: tuple[str, ...]) -> bool:
    """Tell whether a check is used; what is named more exactly wins over what is named less."""
    if CHECKS[code].scope is Scope.FILE:
        return True  # what cannot be read cannot be chosen away
    wanted = _longest(code, selection.select) if selection.select else 0
    if selection.select and not wanted:
        return False
    left_out = max(_longest(code, selection.ignore), 0 if wanted else _longest(code, disabled))
    return left_out <= wanted if selection.select else not left_out


def _longest(code: str, beginnings: tuple[str, ...]) -> int:
    return max(
        (len(item) for item in map(successor, beginnings) if code.startswith(item)), default=0
    )
