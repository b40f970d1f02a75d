"""From a scorecard, or a department, to findings: every check in use looks at all its subjects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from perfeval.checks.policy import EVERYTHING, Policy, Selection, policy_of
from perfeval.checks.registry import (
    FINE,
    LACKING,
    Check,
    Fault,
    Result,
    SubjectCheck,
)
from perfeval.checks.sheet_texts import texts_of
from perfeval.checks.subjects import DepartmentScores, LineNote, Passage, Row, TwoYears
from perfeval.findings import Finding, Status
from perfeval.places import Path
from perfeval.scorecard import Line, Scorecard
from perfeval.sheet import Sheet

_Checked = Iterator[tuple[Check, Sequence[Result]]]
"""Checks, each with what it said of all that it looked at."""


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

    >>> from perfeval import evaluate
    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> "PT102" in {item.code for item in check(report.scorecard)}
    True
    """
    return examine(scorecard, selection).findings


def examine(
    scorecard: Scorecard,
    selection: Selection = EVERYTHING,
    last_year: Sequence[Sheet] | None = None,
) -> Examination:
    """Check a scored sheet and say for every check of sheets what became of it; see `check`.

    Args:
        scorecard: See `check`.
        selection: See `check`.
        last_year: Sheets of earlier years, of any projects; ``None`` where none were given.
    """
    policy = policy_of(scorecard.rulebook, selection)
    checked = chain(
        _notes(policy, scorecard),
        _rows(policy.rows, scorecard),
        _texts(policy.texts, scorecard),
        ((one, tuple(one.run(scorecard))) for one in policy.sheets),
        _years(policy.years, scorecard, last_year),
    )
    return _examination(policy, checked, policy.of_sheets)


def examine_department(scores: DepartmentScores, selection: Selection = EVERYTHING) -> Examination:
    """Check a department and its sheets beside each other.

    Args:
        scores: The department and its scorecards.
        selection: See `check`.

    Returns:
        The findings; one that lies in a sheet has its file.
    """
    policy = policy_of(scores.rulebook, selection)
    checked = ((one, tuple(one.run(scores))) for one in policy.departments)
    return _examination(policy, checked, policy.of_departments, scores.files)


def _examination(
    policy: Policy, checked: _Checked, codes: Iterable[str], files: Sequence[str] = ()
) -> Examination:
    """Return the findings, and a ledger of the checks with these codes."""
    findings: list[Finding] = []
    ledger = dict.fromkeys(codes, Status.DISABLED)
    for one, results in checked:
        if not results:
            ledger[one.code] = Status.NOT_APPLICABLE
            continue
        if results.count(FINE) == len(results):  # most of them: nothing more to ask
            ledger[one.code] = Status.PASSED
            continue
        faults = [result for result in results if isinstance(result, Fault)]
        findings += [_finding(policy, one, fault, files) for fault in faults]
        ledger[one.code] = Status.FAILED if faults else Status.LACKING
    return Examination(tuple(findings), ledger)


def _finding(policy: Policy, one: Check, fault: Fault, files: Sequence[str]) -> Finding:
    return Finding(
        code=one.code,
        severity=policy.severity_of(one),
        message=fault.message,
        path=fault.path,
        hint=fault.hint,
        file=_file_of(fault, files),
        nature=one.nature,
        stake=fault.stake,
        fix=fault.fix,
        one_cause=one.one_cause,
    )


def _file_of(fault: Fault, files: Sequence[str]) -> str:
    """Return the file of the sheet in which a fault of a department lies, where it is known."""
    return files[fault.sheet] if files and fault.sheet is not None else ""


def _years(
    checks: Iterable[SubjectCheck[TwoYears]],
    scorecard: Scorecard,
    last_year: Sequence[Sheet] | None,
) -> _Checked:
    """Look at a sheet beside those of its project in earlier years, where sheets were given."""
    sheet = scorecard.sheet
    before = [
        old
        for old in last_year or ()
        if old.year < sheet.year and old.kind == sheet.kind and _are_of_one_project(old, sheet)
    ]
    years = TwoYears(scorecard, tuple(before))
    for one in checks:
        yield one, () if last_year is None else tuple(one.run(years))


def _are_of_one_project(one: Sheet, other: Sheet) -> bool:
    if one.project_code and one.project_code == other.project_code:
        return True
    return one.bare_name == other.bare_name


def _inside(path: Path, result: Result) -> Result:
    """Put the place of a fault inside the place of the subject."""
    return result._replace(path=(*path, *result.path)) if isinstance(result, Fault) else result


def _notes(policy: Policy, scorecard: Scorecard) -> _Checked:
    """Look at the notes of the score, each by the check of its kind."""
    found: dict[str, list[Result]] = {}
    for path, line in _lines(scorecard):
        for note in line.notes:
            one = policy.by_kind.get(note.kind)
            if one is not None:
                noted = LineNote(note, line, scorecard)
                results = [_inside(path, result) for result in one.run(noted)]
                found.setdefault(one.code, []).extend(results)
    of_budget, of_rows = _budget_without_notes(scorecard), _rows_without_notes(scorecard)
    for one in policy.notes:
        quiet = of_budget if one.is_of_budget else of_rows
        yield one, found.get(one.code) or (quiet if one.holds(scorecard.rulebook) else ())


def _lines(scorecard: Scorecard) -> Iterator[tuple[Path, Line]]:
    """Yield every line with its path in the sheet."""
    yield ("预算",), scorecard.execution
    for position, line in enumerate(scorecard.lines):
        yield ("指标", position), line


def _budget_without_notes(scorecard: Scorecard) -> Sequence[Result]:
    """Return what is observed of the budget row where no note is about it."""
    money = scorecard.sheet.budget
    return (LACKING if money.base is None or money.spent is None else FINE,)


def _rows_without_notes(scorecard: Scorecard) -> Sequence[Result]:
    """Return what is observed of the rows where no note is about one of them."""
    pairs = [(row.target, row.actual) for row in scorecard.sheet.indicators]
    is_known = any(target is not None and actual is not None for target, actual in pairs)
    return (FINE if is_known else LACKING,) if pairs else ()


def _rows(checks: Iterable[SubjectCheck[Row]], scorecard: Scorecard) -> _Checked:
    rows = [(at, Row(line, scorecard)) for at, line in enumerate(scorecard.lines)]
    sorted_rows: dict[Callable[[Row], bool] | None, list[tuple[int, Row]]] = {None: rows}
    for one in checks:
        when = one.when
        mine = sorted_rows.get(when)
        if mine is None:
            mine = [(at, row) for at, row in rows if when is None or when(row)]
            sorted_rows[when] = mine
        yield (
            one,
            [
                _inside(("指标", at), result) if result.__class__ is Fault else result
                for at, row in mine
                for result in one.run(row)
            ],
        )


_APART = "\n\x00\n"
"""Between two texts that are looked at together: no text has it, so no pattern crosses it."""


def _texts(checks: Sequence[SubjectCheck[Passage]], scorecard: Scorecard) -> _Checked:
    """Look at all texts at once, and at each alone only where something is wrong."""
    sheet = scorecard.sheet
    texts = tuple(texts_of(sheet)) if checks else ()
    together = Passage(_APART.join(text for _, text in texts), sheet)
    for one in checks:
        results = list(one.run(together))
        if any(isinstance(result, Fault) for result in results):
            alone = (
                _inside(path, result)
                for path, text in texts
                for result in one.run(Passage(text, sheet))
            )
            results = [result for result in alone if isinstance(result, Fault)]
        yield one, results or (FINE,)
