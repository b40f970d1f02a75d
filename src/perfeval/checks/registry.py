"""What a check is, and how it is entered in the list of checks.

A check has a code and is a small pure function of one subject: a row, a note, a text, a sheet or a
department (`perfeval.checks.subjects`).  It yields what it observes, one thing after another: a
`Fault`, `FINE`, or `LACKING` where the data do not suffice to tell.  A check that yields nothing
found nothing to look at: it does not apply.

Its docstring says the fault in one English sentence; its page, which officials read, stands under
its code in ``pages/``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from functools import wraps
from typing import Generic, NamedTuple, TypeVar

from perfeval.cells.notes import NoteKind
from perfeval.checks.subjects import DepartmentScores, LineNote, Passage, Row, TwoYears
from perfeval.codes import ACCOUNTS, GAP, READING, REVIEWS
from perfeval.findings import Fix, Nature, Severity
from perfeval.places import Path
from perfeval.rulebook import Rulebook
from perfeval.scorecard import Scorecard


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


Result = Fault | Observation
"""What a check says of one thing that it looked at."""
Results = Iterator[Result]
"""What a check yields."""


class Scope(str, Enum):
    """What a check looks at, one after another."""

    FILE = "文件"
    ROW = "指标"
    NOTE = "计分说明"
    TEXT = "文字"
    SHEET = "自评表"
    DEPARTMENT = "部门"
    DOCUMENT = "文档"
    ACCOUNT = "决算"
    REVIEW = "复核"


@dataclass(frozen=True, slots=True, eq=False)
class Check:
    """A check; what a reader finds while it reads, or a text asks for, is nothing more.

    Attributes:
        code: Two letters of meaning and three digits; never reused.
        name: What it finds, in English words joined by hyphens.
        scope: What it looks at.
        severity: How much its findings weigh, unless a rulebook says otherwise.
        nature: Whether they are facts, suspicions, or requests for evidence.
        one_cause: All its findings in a file have one cause, whatever their cells say; they are
            shown as one.
    """

    code: str
    name: str
    scope: Scope
    severity: Severity
    nature: Nature
    one_cause: bool = field(default=False, kw_only=True)


_Subject = TypeVar("_Subject")
_Run = Callable[[_Subject], Results]


@dataclass(frozen=True, slots=True, eq=False)
class SubjectCheck(Check, Generic[_Subject]):
    """A check with a function that looks at one subject.

    Attributes:
        run: The function.
        when: Tells which rows it looks at: to the others it does not apply, and is not asked.
            Rows are sorted by it once for all checks that have the same one; ``None`` for all rows.
    """

    run: _Run[_Subject]
    when: Callable[[_Subject], bool] | None = field(default=None, kw_only=True)


def everywhere(_rulebook: Rulebook) -> bool:
    """Tell that every rulebook has the rule from which a note arises."""
    return True


@dataclass(frozen=True, slots=True, eq=False)
class NoteCheck(SubjectCheck[LineNote]):
    """A check on notes of the score.

    Attributes:
        kinds: Which notes.
        holds: Whether a rulebook has the rule from which they arise; elsewhere it does not apply.
        is_of_budget: They are of the budget row, which every sheet has.
    """

    kinds: tuple[NoteKind, ...]
    holds: Callable[[Rulebook], bool] = everywhere
    is_of_budget: bool = False


CHECKS: dict[str, Check] = {}
"""Every check by its code, in the order of registration."""

NOTE_CHECKS: list[NoteCheck] = []
ROW_CHECKS: list[SubjectCheck[Row]] = []
TEXT_CHECKS: list[SubjectCheck[Passage]] = []
SHEET_CHECKS: list[SubjectCheck[Scorecard]] = []
YEAR_CHECKS: list[SubjectCheck[TwoYears]] = []
DEPARTMENT_CHECKS: list[SubjectCheck[DepartmentScores]] = []

RETIRED: dict[str, str] = {}
"""Codes that are no longer used, and those that stand for them now."""


def add(check: Check) -> None:
    """Enter a check in the list.

    Raises:
        ValueError: The code is in use or retired, or a suspicion would fail a run.
    """
    if check.code in CHECKS or check.code in RETIRED:
        raise ValueError(f"the code {check.code} is already used")
    if check.nature is not Nature.DECIDABLE and check.severity is Severity.ERROR:
        raise ValueError(f"{check.code} is no fact and must not fail a run")
    CHECKS[check.code] = check


def _add_reading_codes() -> None:
    """Enter what readers find before there is a sheet, and what texts ask for."""
    for code, name, severity in READING.values():
        scope = Scope.DOCUMENT if code == GAP else Scope.FILE
        add(Check(code, name, scope, severity, Nature.DECIDABLE))


def _add_account_codes() -> None:
    """Enter what is found in published accounts; `perfeval.accounts` checks them."""
    for code, name, severity, nature in ACCOUNTS:
        add(Check(code, name, Scope.ACCOUNT, severity, nature))


def _add_review_codes() -> None:
    """Enter what is found of a review itself; `perfeval.review` checks it."""
    for code, name, severity in REVIEWS.values():
        add(Check(code, name, Scope.REVIEW, severity, Nature.DECIDABLE))


_add_reading_codes()
_add_account_codes()
_add_review_codes()


def add_note_check(check: NoteCheck) -> None:
    """Enter a check on notes of the score; see `add`."""
    add(check)
    NOTE_CHECKS.append(check)


_Enter = Callable[[_Run[_Subject]], _Run[_Subject]]


def note_check(
    code: str,
    severity: Severity,
    *kinds: NoteKind,
    holds: Callable[[Rulebook], bool] = everywhere,
) -> _Enter[LineNote]:
    """Enter a function that looks at one note; those that only say it stand in one table."""

    def enter(run: _Run[LineNote]) -> _Run[LineNote]:
        check = NoteCheck(
            code=code,
            name=_name(run),
            scope=Scope.NOTE,
            severity=severity,
            nature=Nature.DECIDABLE,
            run=run,
            kinds=kinds,
            holds=holds,
        )
        add_note_check(check)
        return run

    return enter


def _name(run: _Run[_Subject]) -> str:
    return run.__name__.strip("_").replace("_", "-")


def _entered(
    entries: list[SubjectCheck[_Subject]],
    scope: Scope,
    code: str,
    severity: Severity,
    nature: Nature,
    *,
    one_cause: bool = False,
    when: Callable[[_Subject], bool] | None = None,
) -> _Enter[_Subject]:
    def enter(run: _Run[_Subject]) -> _Run[_Subject]:
        check = SubjectCheck(
            code=code,
            name=_name(run),
            scope=scope,
            severity=severity,
            nature=nature,
            run=run,
            when=when,
            one_cause=one_cause,
        )
        add(check)
        entries.append(check)
        return run

    return enter


def row_check(
    code: str,
    severity: Severity,
    nature: Nature = Nature.DECIDABLE,
    *,
    when: Callable[[Row], bool] | None = None,
    one_cause: bool = False,
) -> _Enter[Row]:
    """Enter a function that looks at one indicator; *when* tells at which, if not at all."""
    return _entered(ROW_CHECKS, Scope.ROW, code, severity, nature, when=when, one_cause=one_cause)


def text_check(code: str, severity: Severity, nature: Nature = Nature.DECIDABLE) -> _Enter[Passage]:
    """Enter a function that looks at one text."""
    return _entered(TEXT_CHECKS, Scope.TEXT, code, severity, nature)


def sheet_check(
    code: str, severity: Severity, nature: Nature = Nature.DECIDABLE, *, one_cause: bool = False
) -> _Enter[Scorecard]:
    """Enter a function that looks at a sheet as a whole."""
    return _entered(SHEET_CHECKS, Scope.SHEET, code, severity, nature, one_cause=one_cause)


def year_check(
    code: str, severity: Severity, nature: Nature = Nature.DECIDABLE
) -> _Enter[TwoYears]:
    """Enter a function that looks at a sheet beside those of earlier years."""
    return _entered(YEAR_CHECKS, Scope.SHEET, code, severity, nature)


def department_check(
    code: str, severity: Severity, nature: Nature = Nature.DECIDABLE
) -> _Enter[DepartmentScores]:
    """Enter a function that looks at a department and its sheets."""
    return _entered(DEPARTMENT_CHECKS, Scope.DEPARTMENT, code, severity, nature)


def over_all_sheets(run: _Run[DepartmentScores]) -> _Run[DepartmentScores]:
    """Make a check of all sheets say that it lacks data where one of them could not be read.

    What finds nothing to look at in the sheets that were read does not apply.
    """

    @wraps(run)
    def looked(scores: DepartmentScores) -> Results:
        results: Iterable[Result] = run(scores)
        applies = False
        for result in results:
            applies = True
            yield result
        if scores.unread and (applies or not scores.scorecards):
            yield LACKING

    return looked
