"""The list of checks: codes, names, pages, natures, and codes that are no longer used."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from perfeval import Nature, Severity, checks
from perfeval.checks.notes import NOTES
from perfeval.checks.policy import Selection, _policy, faults_of_choice, policy_of, successor
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
    Scope,
    SubjectCheck,
    add,
)
from perfeval.codes import ACCOUNTS, READING, REVIEWS

ALL = tuple(CHECKS.values())
RUNNING: tuple[SubjectCheck[Any], ...] = (
    *NOTE_CHECKS,
    *ROW_CHECKS,
    *TEXT_CHECKS,
    *SHEET_CHECKS,
    *YEAR_CHECKS,
    *DEPARTMENT_CHECKS,
)
WITH_FUNCTIONS = tuple(check for check in RUNNING if check not in NOTES)


@pytest.fixture
def _no_trace() -> Iterator[None]:
    """Forget what a test entered in the list, and what was computed from it."""
    before = dict(CHECKS)
    _policy.cache_clear()
    yield
    CHECKS.clear()
    CHECKS.update(before)
    _policy.cache_clear()


def made_up(code: str, severity: Severity, nature: Nature) -> Check:
    return Check(code, "made-up", Scope.ROW, severity, nature)


# -- codes ---------------------------------------------------------------------------------------


def test_a_code_is_two_letters_and_three_digits_and_leads_to_its_check() -> None:
    assert [check for check in ALL if not re.fullmatch("[A-Z]{2}[1-9][0-9]{2}", check.code)] == []
    assert list(CHECKS) == [check.code for check in ALL]


@pytest.mark.usefixtures("_no_trace")
def test_no_code_is_used_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RETIRED, "ZZ102", "PT102")
    for code in ("PT102", "ZZ102"):
        with pytest.raises(ValueError, match=f"the code {code} is already used"):
            add(made_up(code, Severity.INFO, Nature.DECIDABLE))
    check = made_up("ZZ101", Severity.INFO, Nature.DECIDABLE)
    add(check)
    assert CHECKS["ZZ101"] is check


@pytest.mark.parametrize("nature", [Nature.HEURISTIC, Nature.EVIDENCE])
@pytest.mark.usefixtures("_no_trace")
def test_what_is_no_fact_may_not_fail_a_run(nature: Nature) -> None:
    with pytest.raises(ValueError, match="ZZ101 is no fact and must not fail a run"):
        add(made_up("ZZ101", Severity.ERROR, nature))
    add(made_up("ZZ101", Severity.WARNING, nature))


def test_suspicions_and_requests_for_evidence_are_never_errors() -> None:
    natures = {check.nature for check in CHECKS.values()}
    assert natures == set(Nature)
    assert [
        check.code
        for check in CHECKS.values()
        if check.nature is not Nature.DECIDABLE and check.severity is Severity.ERROR
    ] == []


# -- names -----------------------------------------------------------------------------


def test_a_name_reads_behind_the_word_allow() -> None:
    """``allow spent-above-budget``: it names the fault, not what ought to be."""
    names = {check.name for check in ALL}
    assert [name for name in names if not re.fullmatch("[a-z0-9]+(?:-[a-z0-9]+)*", name)] == []
    wishes = {"should", "must", "disallow", "avoid", "require", "check"}
    assert [name for name in names if wishes & set(name.split("-"))] == []


def test_no_two_checks_of_a_family_have_one_name() -> None:
    names = [(check.code[:2], check.name) for check in CHECKS.values()]
    assert [name for name in names if names.count(name) > 1] == []


def test_a_check_on_data_says_its_fault_in_one_english_sentence() -> None:
    for check in WITH_FUNCTIONS:
        assert re.fullmatch(r"[“A-Z＞].*\.", check.run.__doc__ or ""), check.code


# -- retired codes -------------------------------------------------------------------------------


def test_a_retired_code_leads_to_its_successor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RETIRED, "PT901", "PT902")
    monkeypatch.setitem(RETIRED, "PT902", "PT102")
    assert [successor(code) for code in ("PT901", "PT902", "PT102", "PT999")] == [
        "PT102",
        "PT102",
        "PT102",
        "PT999",
    ]
    assert faults_of_choice("PT901") == ""
    assert faults_of_choice("PT903") == "没有编号是“PT903”的校核"


@pytest.mark.usefixtures("_no_trace")
def test_a_retired_code_is_chosen_as_its_successor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RETIRED, "PT901", "PT102")
    rows = policy_of(None, Selection(("PT901",))).rows
    assert [check.code for check in rows] == ["PT102"]
    assert "PT102" in policy_of(None, Selection(ignore=("PT901",))).disabled
    levels = policy_of(None, Selection(severities=(("PT901", Severity.INFO),)))
    assert levels.severity_of(CHECKS["PT102"]) is Severity.INFO


def test_every_retired_code_has_an_successor_that_is_in_use() -> None:
    assert [code for code in RETIRED if successor(code) not in CHECKS or code in CHECKS] == []


# -- that all families are there -----------------------------------------------------------------


def test_every_family_of_checks_is_imported_by_the_package() -> None:
    """A family that nobody imports would check nothing."""
    folder = Path(checks.__path__[0])
    families = [path.stem for path in sorted(folder.glob("*.py")) if enters_checks(path)]
    assert set(families) == {check.run.__module__.rpartition(".")[2] for check in WITH_FUNCTIONS}
    script = "import sys, perfeval.checks\nprint(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = ran.stdout.split()
    assert [name for name in families if f"perfeval.checks.{name}" not in loaded] == []


ENTERED = re.compile(r"(?m)^@(?:row|note|sheet|text|year|department)_check\(\s*\"(\w+)\"")


def enters_checks(path: Path) -> bool:
    """Tell whether a module enters checks in the list."""
    return bool(ENTERED.search(path.read_text(encoding="utf-8")))


def test_every_check_is_a_function_a_kind_of_note_or_a_code_of_readers() -> None:
    """What stands in the list has been found in the text of a module, once, and the reverse."""
    texts = [path.read_text(encoding="utf-8") for path in Path(checks.__path__[0]).glob("*.py")]
    found = [code for text in texts for code in ENTERED.findall(text)]
    noted = [check.code for check in NOTES]
    of_accounts = {entry.code for entry in ACCOUNTS}
    assert sorted([*found, *noted, *READING, *REVIEWS, *of_accounts]) == sorted(CHECKS)
    others = {*READING, *REVIEWS, *of_accounts}
    assert {check.code for check in RUNNING} == CHECKS.keys() - others


def test_checks_are_listed_family_after_family() -> None:
    """Ledgers have this order, whatever imports what."""
    families = [family for family, _ in groupby(code[:2] for code in CHECKS)]
    assert " ".join(families) == "YM SH RD RB WV DC AC RV PT RS TX DP BX FM IN ST DP VA WT PT"


def test_no_two_checks_are_on_one_kind_of_note() -> None:
    kinds = [kind for check in NOTE_CHECKS for kind in check.kinds]
    assert len(kinds) == len(set(kinds))
