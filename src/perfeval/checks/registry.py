"""What a check is, and how it is entered in the list of checks.

A check is a small pure function with a code.  Its docstring says the fault in one English sentence;
its page, which officials read, stands under its code in ``pages/``.

A check looks at one thing after another and says for each what it saw: a `Fault`, `FINE`, or
`LACKING` where the data do not suffice to tell.  A check that looked at nothing does not apply.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple, TypeVar

from perfeval.cells.notes import NoteKind
from perfeval.codes import GAP, READING
from perfeval.findings import Fix, Nature, Severity
from perfeval.places import Path
from perfeval.rulebook import Rulebook


class Observation(Enum):
    """What a check saw where it saw no fault."""

    FINE = "fine"
    LACKING = "not enough data"


FINE, LACKING = Observation.FINE, Observation.LACKING


class Fault(NamedTuple):
    """A fault: what is the case, where, what to do, and how many points hang on it.

    Where a department is checked, *sheet* is the position of the sheet in which the fault lies;
    ``None`` means that it lies in the department's own file.
    """

    message: str
    path: Path = ()
    hint: str = ""
    stake: Decimal | None = None
    fix: Fix | None = None
    sheet: int | None = None


Seen = Fault | Observation
Sight = Iterator[Seen]


class Scope(str, Enum):
    """What a check looks at, one after another."""

    FILE = "文件"
    ROW = "指标"
    NOTE = "计分说明"
    TEXT = "文字"
    SHEET = "自评表"
    DEPARTMENT = "部门"
    DOCUMENT = "文档"


def _everywhere(_rulebook: Rulebook) -> bool:
    return True


@dataclass(frozen=True, slots=True, eq=False)
class Check:
    """A check.

    Attributes:
        code: Two letters of meaning and three digits; never reused.
        name: What it finds, in English words joined by hyphens.
        scope: What it looks at.
        severity: How much its findings weigh, unless a rulebook says otherwise.
        nature: Whether they are facts, suspicions, or requests for evidence.
        run: The function; ``None`` for what a reader finds while it reads.
        kinds: For a check on notes of the score, which notes.
        holds: For a check on notes, whether a rulebook has the rule from which they arise.
        is_of_budget: For a check on notes, that they are of the budget row, which every sheet has.
    """

    code: str
    name: str
    scope: Scope
    severity: Severity
    nature: Nature
    run: Callable[..., Any] | None = None
    kinds: tuple[NoteKind, ...] = ()
    holds: Callable[[Rulebook], bool] = _everywhere
    is_of_budget: bool = False


CHECKS: dict[str, Check] = {}
"""Every check by its code, in the order of registration."""

RETIRED: dict[str, str] = {}
"""Codes that are no longer used, and their heirs."""

_Run = TypeVar("_Run", bound=Callable[..., Any])


def add(check: Check) -> Check:
    """Enter a check in the list.

    Raises:
        ValueError: The code is in use or retired, or a suspicion would fail a run.
    """
    if check.code in CHECKS or check.code in RETIRED:
        raise ValueError(f"the code {check.code} is already used")
    if check.nature is not Nature.DECIDABLE and check.severity is Severity.ERROR:
        raise ValueError(f"{check.code} is no fact and must not fail a run")
    CHECKS[check.code] = check
    return check


def _add_reading_codes() -> None:
    """Enter what readers find before there is a sheet, and what texts ask for."""
    for code, name, severity in READING.values():
        scope = Scope.DOCUMENT if code == GAP else Scope.FILE
        add(Check(code, name, scope, severity, Nature.DECIDABLE))


_add_reading_codes()


def _entered(
    scope: Scope, code: str, severity: Severity, nature: Nature, **of_notes: Any
) -> Callable[[_Run], _Run]:
    def enter(run: _Run) -> _Run:
        name = run.__name__.strip("_").replace("_", "-")
        add(Check(code, name, scope, severity, nature, run, **of_notes))
        return run

    return enter


def row_check(
    code: str, severity: Severity, nature: Nature = Nature.DECIDABLE
) -> Callable[[_Run], _Run]:
    """Enter a function ``(line, card) -> Fault | Look | None`` that looks at one indicator.

    Paths in its fault begin at the indicator; ``None`` means that there is nothing to look at.
    """
    return _entered(Scope.ROW, code, severity, nature)


def note_check(
    code: str,
    severity: Severity,
    *kinds: NoteKind,
    nature: Nature = Nature.DECIDABLE,
    holds: Callable[[Rulebook], bool] = _everywhere,
    is_of_budget: bool = False,
) -> Callable[[_Run], _Run]:
    """Enter a function ``(line, note, card) -> Fault`` for what scoring stumbled over or assumed.

    It may also return ``None``, or a list of faults where one note stands for several cells.
    Paths in its fault begin at the row, which may be the budget's.  Where a rulebook has no rule
    from which such notes arise, *holds* says so: there the check does not apply.
    """
    return _entered(
        Scope.NOTE, code, severity, nature, kinds=kinds, holds=holds, is_of_budget=is_of_budget
    )


def sheet_check(
    code: str, severity: Severity, nature: Nature = Nature.DECIDABLE
) -> Callable[[_Run], _Run]:
    """Enter a generator function ``(card) -> Sight`` that looks at a sheet as a whole."""
    return _entered(Scope.SHEET, code, severity, nature)


def text_check(
    code: str, severity: Severity, nature: Nature = Nature.DECIDABLE
) -> Callable[[_Run], _Run]:
    """Enter a generator function ``(text, card) -> Iterator[Fault]`` that looks at one text.

    It is given all texts at once first, and each alone only where that has a fault.
    """
    return _entered(Scope.TEXT, code, severity, nature)


def department_check(
    code: str, severity: Severity, nature: Nature = Nature.DECIDABLE
) -> Callable[[_Run], _Run]:
    """Enter a generator function ``(roll) -> Sight`` that looks at a department and its sheets."""
    return _entered(Scope.DEPARTMENT, code, severity, nature)
