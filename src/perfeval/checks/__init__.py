"""What a reviewer would find: pure functions from a scorecard, or a department, to findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

# Importing a family enters its checks in the list, in the order of the codes' meaning.
from perfeval.checks import (  # noqa: F401
    across,
    budget,
    form,
    indicators,
    points,
    reasons,
    texts,
    tie_outs,
    values,
    weights,
)
from perfeval.checks.department_scores import DepartmentScores
from perfeval.checks.policy import EVERYTHING, Policy, Selection, policy_of
from perfeval.checks.registry import CHECKS, FINE, LACKING, Check, Fault, Observation, Scope, Seen
from perfeval.checks.texts import texts_of
from perfeval.findings import Finding, Status
from perfeval.places import Path
from perfeval.scorecard import Line, Scorecard

SHEET_SCOPES = (Scope.ROW, Scope.NOTE, Scope.TEXT, Scope.SHEET)
"""What the checks of a single sheet look at."""


class Examination(NamedTuple):
    """What the checks found, and what became of each of them."""

    findings: tuple[Finding, ...]
    ledger: dict[str, Status]


def check(scorecard: Scorecard, selection: Selection = EVERYTHING) -> tuple[Finding, ...]:
    """Check a scored sheet.

    Args:
        scorecard: The scorecard; it holds the sheet and the rulebook it was made from.
        selection: Which checks, and how much they weigh, on top of the rulebook's choice.

    Returns:
        All findings.  In their paths an indicator is ``("指标", position)``.
    """
    return examine(scorecard, selection).findings


def examine(scorecard: Scorecard, selection: Selection = EVERYTHING) -> Examination:
    """Check a scored sheet and say for every check of sheets what became of it; see `check`."""
    policy = policy_of(scorecard.rulebook, selection)
    book = _Book(policy)
    _notes(scorecard, policy, book)
    _rows(scorecard, policy, book)
    _texts(scorecard, policy, book)
    for one in policy.sheets:
        book.enter(one, one.run(scorecard))  # type: ignore[misc]
    return book.close(*SHEET_SCOPES)


def examine_department(roll: DepartmentScores, selection: Selection = EVERYTHING) -> Examination:
    """Check a department and its sheets beside each other.

    Args:
        roll: The department and its scorecards.
        selection: See `check`.

    Returns:
        The findings; one that lies in a sheet has its file.
    """
    policy = policy_of(roll.rulebook, selection)
    book = _Book(policy, roll.files)
    for one in policy.departments:
        book.enter(one, one.run(roll))  # type: ignore[misc]
    return book.close(Scope.DEPARTMENT)


class _Book:
    """The findings so far, and the status of the checks so far."""

    def __init__(self, policy: Policy, files: Sequence[str] = ()) -> None:
        self._policy = policy
        self._files = files
        self._findings: list[Finding] = []
        self._ledger: dict[str, Status] = {}

    def enter(self, one: Check, sights: Iterable[Seen | None]) -> None:
        """Enter what a check saw, one thing after another."""
        seen = sights if isinstance(sights, list) else list(sights)
        kinds = set(map(type, seen))
        if Fault in kinds:
            self._findings += [self._finding(one, fault) for fault in seen if type(fault) is Fault]
            status = Status.FAILED
        elif Observation in kinds:
            status = Status.LACKING if LACKING in seen else Status.PASSED
        else:
            status = Status.NOT_APPLICABLE
        self._ledger[one.code] = status

    def _finding(self, one: Check, fault: Fault) -> Finding:
        return Finding(
            one.code,
            self._policy.severity_of(one),
            fault.message,
            fault.path,
            fault.hint,
            self._files[fault.sheet] if self._files and fault.sheet is not None else "",
            nature=one.nature,
            stake=fault.stake,
            fix=fault.fix,
        )

    def close(self, *scopes: Scope) -> Examination:
        """Return the findings, and a ledger of every check of *scopes* in the order of the list."""
        ledger = {
            one.code: self._ledger.get(one.code, Status.DISABLED)
            for one in CHECKS.values()
            if one.scope in scopes
        }
        return Examination(tuple(self._findings), ledger)


def _notes(scorecard: Scorecard, policy: Policy, book: _Book) -> None:
    """Turn the notes of the score into findings, each by the check of its kind."""
    found: dict[str, list[Seen]] = {}
    for path, line in _paths(scorecard):
        for note in line.notes:
            one = policy.by_kind.get(note.kind)
            if one is None or one.run is None:
                continue
            seen = one.run(line, note, scorecard)
            faults = seen if isinstance(seen, list) else [seen]
            placed = [_inside(path, fault) for fault in faults if fault is not None]
            if placed:
                found.setdefault(one.code, []).extend(placed)
    of_budget, of_rows = _sight_of_budget(scorecard), _sight_of_rows(scorecard)
    for one in policy.notes:
        quiet = of_budget if one.is_of_budget else of_rows
        book.enter(one, found.get(one.code) or (quiet if one.holds(scorecard.rulebook) else []))


def _sight_of_budget(scorecard: Scorecard) -> list[Seen]:
    """Return what was seen of the budget row where no note is about it."""
    money = scorecard.sheet.budget
    return [LACKING if money.base is None or money.spent is None else FINE]


def _sight_of_rows(scorecard: Scorecard) -> list[Seen]:
    """Return what was seen of the rows where no note is about one of them."""
    pairs = [(row.target, row.actual) for row in scorecard.sheet.indicators]
    is_seen = any(target is not None and actual is not None for target, actual in pairs)
    return [FINE if is_seen else LACKING] if pairs else []


def _inside(path: Path, fault: Fault) -> Fault:
    return fault._replace(path=(*path, *fault.path))


def _paths(scorecard: Scorecard) -> Iterator[tuple[Path, Line]]:
    """Yield every row with its path in the sheet."""
    yield ("预算",), scorecard.execution
    for position, line in enumerate(scorecard.lines):
        yield ("指标", position), line


def _rows(scorecard: Scorecard, policy: Policy, book: _Book) -> None:
    lines = scorecard.lines
    for one in policy.rows:
        run = one.run
        seen = [run(line, scorecard) for line in lines]  # type: ignore[misc]
        for position, sight in enumerate(seen):
            if sight.__class__ is Fault:
                seen[position] = _inside(("指标", position), sight)
        book.enter(one, seen)


def _texts(scorecard: Scorecard, policy: Policy, book: _Book) -> None:
    """Look at all texts at once, and at each alone only where something is wrong."""
    if not policy.texts:
        return
    printed = texts_of(scorecard.sheet)
    joined = "\n\n".join(text for _, text in printed)
    for one in policy.texts:
        run = one.run
        sights: list[Seen] = list(run(joined, scorecard))  # type: ignore[misc]
        if any(sight.__class__ is Fault for sight in sights):
            sights = [
                sight._replace(path=path)
                for path, text in printed
                for sight in run(text, scorecard)  # type: ignore[misc]
                if sight.__class__ is Fault
            ]
        book.enter(one, sights or [FINE])
