"""“数据不足” is not “通过”: each check that can say so has a case in which it does."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType

import perfeval
from perfeval.checks.registry import CHECKS, DEPARTMENT_CHECKS, NOTE_CHECKS, SubjectCheck
from perfeval.findings import Status
from tests.checks.blocks import blocks, clean, edited, write
from tests.checks.test_cases import OF_TWO_YEARS


def names_in(code: CodeType) -> Iterator[str]:
    """Yield the names that a function and those inside it ask for."""
    yield from (*code.co_names, *code.co_freevars)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from names_in(constant)


def may_lack(function: object, seen: set[object]) -> bool:
    """Tell whether a function, or one of the checks' that it calls, says that data are lacking."""
    if not isinstance(function, FunctionType) or function in seen:
        return False
    seen.add(function)
    if not function.__module__.startswith("perfeval.checks"):
        return False
    names = set(names_in(function.__code__))
    called = (function.__globals__.get(name) for name in names)
    return "LACKING" in names or any(may_lack(one, seen) for one in called)


def test_every_check_that_can_lack_data_has_a_case_in_which_it_does() -> None:
    """To say 通过 where nothing could be told would go unnoticed otherwise."""
    able = {
        code
        for code, check in CHECKS.items()
        if isinstance(check, SubjectCheck)
        and check not in NOTE_CHECKS
        and may_lack(inspect.unwrap(check.run), set())
    }
    shown = {block.code for block in blocks() if block.status is Status.LACKING}
    assert len(able) > 40
    assert able - shown == OF_TWO_YEARS


def test_what_looks_at_notes_lacks_data_where_no_row_is_filled_in() -> None:
    """What never came to be compared has not passed."""
    row = {"一级指标": "产出", "二级指标": "数量", "名称": "培训", "分值": 90}
    report = perfeval.evaluate(
        {"评分办法": "mof-2020", "年度": 2024, "项目名称": "示例", "预算": {}, "指标": [row]}
    )
    assert report.rulebook is not None
    statuses = {
        check.code: report.ledger[check.code]
        for check in NOTE_CHECKS
        if check.holds(report.rulebook)
    }
    assert len(statuses) > 40
    blank = dict.fromkeys(("BX102", "VA101"), Status.FAILED)  # no amount, no target
    assert statuses == dict.fromkeys(statuses, Status.LACKING) | blank


def test_what_compares_all_sheets_lacks_data_where_one_of_them_is_unread(tmp_path: Path) -> None:
    """A sheet that cannot be read may be the one that is wrong."""
    found = dict(clean())
    whole = perfeval.evaluate_department(write(tmp_path / "全", found)).ledger
    name = "便民热线运行.yaml"
    start = found[name].index("年度: 2024")
    edit = next(block.edits[0] for block in blocks())._replace(
        file=name, start=start, end=start + len("年度: 2024"), new="年度: 二〇二四"
    )
    found[name] = edited(found[name], [edit])
    report = perfeval.evaluate_department(write(tmp_path / "缺", found))
    compared = [
        check.code
        for check in DEPARTMENT_CHECKS
        if hasattr(check.run, "__wrapped__") and whole[check.code] is Status.PASSED
    ]
    assert len(compared) > 5
    assert {code: report.ledger[code] for code in compared} == dict.fromkeys(
        compared, Status.LACKING
    )
