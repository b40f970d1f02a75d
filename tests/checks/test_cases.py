"""Every check: faults that it finds, word for word and in their places, and near misses.

The cases are data in ``cases/``; `tests.checks.blocks` says how they are written.  What replaces a
whole file, or comes from a host program, stands here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import perfeval
from perfeval import Severity
from perfeval.checks.registry import CHECKS, Scope
from perfeval.findings import Inspection, Status
from perfeval.source import MAX_DEPTH, read_text
from tests.checks.blocks import (
    HERE,
    Block,
    Found,
    Mixture,
    blocks,
    clean,
    compared,
    found_in,
    inspected,
    write,
)

ROOT = HERE.parent
FAILING = [block for block in blocks() if block.fails]
PASSING = [block for block in blocks() if not block.fails]
READING = "公共阅览室开放.yaml"

CONDITIONAL = {
    "BX106": "nothing was passed on",
    "BX107": "nothing was passed on",
    "PT112": "the form prints no points of sections",
    "PT113": "no score covers several rows",
    "PT117": "no reviewer gave points",
    "PT118": "no reviewer gave points",
    "PT119": "no reviewer gave points",
    "PT120": "no reviewer gave points",
    "PT121": "no reviewer gave points",
    "WT106": "the form prints no weights beside those of the rows",
    "BX110": "both rulebooks score what was spent above the budget",
    "RS101": "the rulebook does not ask",
    "RS102": "the rulebook does not ask",
    "RS103": "the rulebook does not ask",
    "RS107": "no text speaks of money that is left",
    "RS109": "no scoring method asks",
    "RS111": "no text speaks of all goals",
    "RS112": "no text says that nothing, or so many rows, fell short",
    "RS113": "no text speaks of all the money",
    "RS114": "no text says by how much a target was exceeded",
    "TX110": "no sheets of an earlier year are given",
    "VA221": "no name says at most or at least",
    "VA222": "no target says a year",
    "VA223": "no cost is that of a whole project",
    "VA113": "both rulebooks score completion rates",
    "VA206": "no rulebook speaks of targets that are far exceeded",
    "VA207": "no rulebook takes points off for targets that are far exceeded",
    "VA210": "no cell says which number counts",
    "ST101": "no sheet has a standard of its own",
    "ST102": "no sheet has a standard of its own",
    "ST103": "no sheet has a standard of its own",
    "ST104": "no sheet has a standard of its own",
    "ST105": "no sheet has a standard of its own",
    "ST107": "no sheet has a standard of its own",
    "ST108": "no sheet has a standard of its own",
    "ST201": "no row is of several units",
    "ST202": "no row is of several units",
    "ST203": "no row is of several units",
    "DP112": "the whole department has no sheet",
    "DP213": "the whole department has no sheet",
    "DP209": "the department does not claim all goals",
    "DP211": "no project is chosen for a 摘要",
    "DP212": "no text of the department speaks of all goals",
    "RD101": "no sheet stands in an office file",
    "RD102": "no sheet stands in an office file",
    "RD103": "no sheet stands in an office file",
    "RD104": "no sheet stands in an office file",
    "RD105": "no sheet stands in an office file",
    "RD106": "no sheet stands in an office file",
    "RD107": "no sheet stands in an office file",
    "RD108": "no sheet stands in an office file",
    "RD109": "no sheet stands in an office file",
    "RD110": "no sheet stands in an office file",
    "WV101": "nothing is waived",
    "WV102": "nothing is waived",
    "WV103": "nothing is waived",
    "WV104": "nothing is waived",
}
"""The checks that have nothing to look at in the clean department, and why."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the clean department, in a folder of its own."""
    return write(tmp_path / "部门", clean())


def test_nothing_at_all_is_found_in_the_clean_department(folder: Path) -> None:
    """No error, no warning and no hint."""
    assert found_in(folder) == []
    report = perfeval.evaluate_department(folder)
    assert [sheet.scorecard and str(sheet.scorecard.total) for sheet in report.sheets] == [
        "99.80",
        "99.00",
        "100.00",
        "98.30",
    ]


def test_every_check_has_something_to_look_at_in_the_clean_department(folder: Path) -> None:
    """What passes there has been looked at; what has not is known by name."""
    report = perfeval.evaluate_department(folder)
    statuses = {
        code: {item.ledger[code] for item in report.inspections if code in item.ledger}
        for code, check in CHECKS.items()
        if check.scope not in (Scope.DOCUMENT, Scope.ACCOUNT, Scope.REVIEW)
    }
    passed = {code for code, found in statuses.items() if Status.PASSED in found}
    rest = {code: found for code, found in statuses.items() if code not in passed}
    assert rest == {code: {Status.NOT_APPLICABLE} for code in CONDITIONAL}


@pytest.mark.parametrize("block", FAILING, ids=str)
def test_a_fault_gives_exactly_its_findings(block: Block, tmp_path: Path) -> None:
    """One fault in, its findings out: code, file, line, column and message, and nothing else."""
    inspections = inspected(block, tmp_path / "部门")
    findings = [finding for item in inspections for finding in item.findings]
    assert compared(findings) == Mixture((block,)).expected()
    for finding in findings:
        check = CHECKS[finding.code]
        assert (finding.severity, finding.nature) == (check.severity, check.nature)
        assert finding.fingerprint
    assert_statuses_agree(inspections)


@pytest.mark.parametrize("block", PASSING, ids=str)
def test_a_near_miss_is_passed(block: Block, tmp_path: Path) -> None:
    inspections = inspected(block, tmp_path / "部门")
    found = [finding for item in inspections for finding in item.findings]
    assert [finding.message for finding in found if finding.code == block.code] == []
    assert status_of(block, inspections) is block.status
    assert_statuses_agree(inspections)


def status_of(block: Block, inspections: tuple[Inspection, ...]) -> Status:
    """Return what became of a block's check where it looks: in the department, or in its file."""
    if CHECKS[block.code].scope is Scope.DEPARTMENT:
        return inspections[0].ledger[block.code]
    (item,) = (one for one in inspections if Path(one.name).name == block.file)
    return item.ledger[block.code]


def assert_statuses_agree(inspections: tuple[Inspection, ...]) -> None:
    """Failed is what has a finding, and what was waived is not passed."""
    for item in inspections:
        failed = {code for code, status in item.ledger.items() if status is Status.FAILED}
        assert failed == {finding.code for finding in item.findings}
        waived = {one.finding.code for one in item.waived} - failed
        assert {item.ledger[code] for code in waived} <= {Status.WAIVED}


# -- what replaces a whole file ----------------------------------------------------------------


class Whole(NamedTuple):
    """A whole file, or a plain dict, and what is found in it.

    Attributes:
        code: The code.
        given: Bytes of the file, a plain dict, or ``None`` for no file.
        found: Place and message of every finding.
        passes: The same, put right or nearly wrong.
    """

    code: str
    given: bytes | Mapping[str, Any] | None
    found: tuple[tuple[str, int | None, int | None, str], ...]
    passes: bytes | Mapping[str, Any]


TEXT = clean()[READING].encode()
HEAD = {"评分办法": "hubei-2020", "年度": 2024, "项目名称": "示例"}
FUNDS = """\
评分办法: hubei-2020
年度: 2024
项目名称: 示例
预算:
  预算数: 1
  执行数: 1
  资金构成:
""" + "".join(f"  - {{名称: 资金{number}, 预算数: 约}}\n" for number in range(100, 602))
LISTED = tuple(("SH105", line, 22, "“约”不是数") for line in range(8, 508))
WHOLE = (
    Whole(
        "YM101",
        b"\xff\xff\xff\xff",
        (("YM101", 1, 1, "文件既不是 UTF-8 也不是 GB18030 编码的文本"),),
        TEXT.decode().encode("gb18030"),
    ),
    Whole(
        "YM101",
        b"Rar!\xff\xff\xff",
        (("YM101", 1, 1, "这是压缩包（RAR），不是自评表文本"),),
        TEXT.decode().encode("gb18030"),
    ),
    Whole(
        "YM102",
        TEXT + b"#" * (2 * 1024 * 1024),
        (("YM102", 1, 1, "文件超过 2 MB，未读取"),),
        TEXT + b"#" * (2 * 1024 * 1024 - len(TEXT)),
    ),
    Whole(
        "YM103",
        f"甲: {'[' * MAX_DEPTH}{']' * MAX_DEPTH}\n".encode(),
        (("YM103", 1, 4 + MAX_DEPTH - 1, "嵌套超过 64 层，未读取"),),
        f"甲: {'[' * (MAX_DEPTH - 1)}{']' * (MAX_DEPTH - 1)}\n".encode(),
    ),
    Whole("YM112", None, (("YM112", 1, 1, "没有这个文件"),), TEXT),
    Whole("YM113", "# 还没有填\n".encode(), (("YM113", 1, 1, "文件是空的"),), b"{}\n"),
    Whole(
        "YM114",
        FUNDS.encode(),
        (*LISTED, ("YM114", None, None, "问题太多，其余 2 处没有列出")),
        "".join(FUNDS.splitlines(keepends=True)[:507]).encode(),
    ),
    Whole(
        "SH106",
        {**HEAD, "预算": {"预算数": 2.5, "执行数": 1}},
        (("SH106", None, None, "不能用浮点数（float），会丢失精度；请传入 Decimal、整数或文字"),),
        {**HEAD, "预算": {"预算数": "2.5", "执行数": 1}},
    ),
)


def whole(given: bytes | Mapping[str, Any] | None, folder: Path) -> list[Found]:
    """Return what is found in a whole file or dict."""
    if isinstance(given, Mapping):
        return compared(perfeval.evaluate(given).findings)
    path = folder / READING
    if given is not None:
        path.write_bytes(given)
    return compared(perfeval.evaluate(path).findings)


@pytest.mark.parametrize("case", WHOLE, ids=[case.code for case in WHOLE])
def test_a_whole_file_gives_exactly_its_findings(case: Whole, tmp_path: Path) -> None:
    name = "" if isinstance(case.given, Mapping) else READING
    expected = [Found(code, name, line, column, said) for code, line, column, said in case.found]
    found = whole(case.given, tmp_path)
    assert Counter(found) == Counter(expected)
    assert all(perfeval_error(item.code) for item in found)


def perfeval_error(code: str) -> bool:
    """Tell whether the findings of a code fail a run."""
    return CHECKS[code].severity is Severity.ERROR


@pytest.mark.parametrize("case", WHOLE, ids=[case.code for case in WHOLE])
def test_a_whole_file_that_is_nearly_wrong_is_passed(case: Whole, tmp_path: Path) -> None:
    assert case.code not in [item.code for item in whole(case.passes, tmp_path)]


# -- that there is a case for everything ---------------------------------------------------------


def of_rulebooks() -> set[str]:
    """Return the codes of faults of rulebooks, which have cases of their own."""
    return {code for code in CHECKS if code.startswith("RB")}


OF_TWO_YEARS = {"TX110"}
"""What compares with sheets of an earlier year is proved in `tests.checks.test_copies`."""


def test_every_code_has_a_fault_and_a_near_miss_and_no_other_code_has_one() -> None:
    """Faults of rulebooks, documents, accounts and office files have theirs beside their tests."""
    scopes = (Scope.DOCUMENT, Scope.ACCOUNT, Scope.REVIEW)
    elsewhere = {
        code for code, check in CHECKS.items() if check.scope in scopes or code.startswith("RD")
    }
    apart = {case.code for case in WHOLE} | of_rulebooks() | elsewhere | OF_TWO_YEARS
    assert {block.code for block in FAILING} == CHECKS.keys() - apart
    assert {block.code for block in PASSING} == CHECKS.keys() - apart


def test_no_two_cases_of_a_code_are_the_same() -> None:
    edits = [
        (block.code, block.edits, block.rulebook and block.rulebook[1], block.today)
        for block in blocks()
    ]
    assert [item for item, count in Counter(edits).items() if count > 1] == []


@pytest.mark.parametrize(
    "path", sorted((HERE / "cases").glob("*.yaml")), ids=lambda path: path.stem
)
def test_a_file_of_cases_says_nothing_twice_and_holds_one_family(path: Path) -> None:
    read = read_text(path.read_text(encoding="utf-8"), path.name)
    strange = [item.message for item in read.problems if item.kind != "control-character"]
    assert strange == []
    assert [code for code in read.data if not re.fullmatch(f"{path.stem}[0-9]{{3}}", code)] == []


@pytest.mark.parametrize("code", sorted(of_rulebooks() - {"RB105"}))
def test_what_is_wrong_with_a_rulebook_is_proved_beside_the_rulebooks(code: str) -> None:
    """``tests/rulebooks/malformed`` and ``tests/readers`` hold the faults with their places.

    What a rulebook says of checks (RB105) is proved in `tests.checks.test_policy`.
    """
    files = [*(ROOT / "rulebooks" / "malformed").rglob("*.yaml"), *(ROOT / "readers").glob("*.py")]
    expected = re.compile(rf"(?m)^#   [0-9:.yaml\w]* ?{code} |\"{code}\"")
    assert any(expected.search(path.read_text(encoding="utf-8")) for path in files)


# -- what to do about it --------------------------------------------------------------------------

HINTS = (
    ("PT102 fail_full_marks_for_a_missed_target", "改为 9.50；另有依据的，写明原因并申请豁免"),
    (
        "PT104 fail_full_marks_and_their_sum",
        "填报各行合计就是这个数；出入在：“演出场次”多 0.50、“每场平均成本”多 0.40",
    ),
    ("PT104 fail_a_total_by_hand", "请按各行得分重新合计"),
    ("BX101 fail_a_rate_that_was_padded", "62.4 ÷ 64；请按金额重新计算"),
    (
        "VA127 fail_a_grade_below_with_its_reason",
        "本办法没有讲怎样计分，另有规定的写进“评分标准”",
    ),
    ("VA127 fail_a_grade_below", "请填写偏差原因"),
    ("VA124 fail_more_than_the_range", "请核对完成值；请填写偏差原因"),
    ("DP103 fail_the_sheets_have_less", "请逐个项目核对，写明口径"),
    ("DP103 fail_what_was_spent_is_called_planned", "执行数合计正好是这个数，请写明口径"),
    ("DP104 fail_the_last_digit", "请核对分子和分母"),
    (
        "DP104 fail_a_share_of_something_else",
        "45.8% = 284.4 ÷ 620.4（全年预算）；按支出合计 611.75 是 46.5%",
    ),
    (
        "DP105 fail_money_of_another_budget",
        "同口径为 284.4 ÷ 290 = 98.07%；请用同一口径的调整后预算数作分母",
    ),
    (
        "DP105 fail_what_was_planned_is_called_spent",
        "同口径为 284.4 ÷ 290 = 98.07%；请用同一口径的调整后预算数作分母",
    ),
)
"""What to do about a fault, where figures say it."""


@pytest.mark.parametrize(("name", "hint"), HINTS, ids=[name for name, _ in HINTS])
def test_a_finding_says_what_to_do_with_the_figures(name: str, hint: str, tmp_path: Path) -> None:
    block = next(block for block in FAILING if str(block) == name)
    found = [one for item in inspected(block, tmp_path / "部门") for one in item.findings]
    assert [one.hint for one in found if one.code == block.code] == [hint]
