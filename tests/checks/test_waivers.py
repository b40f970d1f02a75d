"""豁免: what a waiver accepts and until when, what is wrong with one, and the baseline."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import perfeval
from perfeval.checks.policy import Selection
from perfeval.checks.registry import CHECKS, RETIRED
from perfeval.checks.settling import CheckOptions
from perfeval.checks.waivers import accept, is_expired, waiver_faults
from perfeval.documents.findings.reports import write_baseline
from perfeval.errors import SheetError
from perfeval.findings import Status
from perfeval.readers.waivers import read_baseline, read_waivers
from perfeval.report import DepartmentReport, Report
from perfeval.sheet import Waiver
from tests.checks.blocks import Mixture, blocks, clean, write

SHEET = "社区文艺演出.yaml"
NAME = "社区文艺演出"
POST = "财务科负责人"
DAY = "2025-06-30"
FAULTS = {str(block): block for block in blocks()}
SPOILT = Mixture(
    tuple(
        FAULTS[name]
        for name in (
            "FM102 fail_nothing_ticked",
            "RS104 fail_a_missed_target_and_no_reason",
            "TX101 fail_crosses",
            "VA103 fail_two_numbers_in_the_target",
            "VA103 fail_two_numbers_in_the_actual",
        )
    )
)
CODES = ["VA103", "VA103", "FM102", "RS104", "TX101"]
"""What is found in the sheet, without waivers."""


def waiver(code: str, place: str | None = None, **fields: str) -> Waiver:
    """Return a waiver that is in order."""
    given = {"编号": code, "理由": "示例", "批准": POST, "有效期至": DAY, **fields}
    return Waiver.model_validate(given if place is None else {**given, "位置": place})


def evaluated(folder: Path, *waivers: Waiver, own: str = "", today: str | None = DAY) -> Report:
    """Evaluate the sheet with faults, with waivers beside it and in it."""
    path = folder / SHEET
    path.write_text(SPOILT.files()[SHEET] + own, encoding="utf-8")
    return perfeval.evaluate(path, terms=CheckOptions(waivers=waivers, today=today))


def codes(report: Report | DepartmentReport) -> list[str]:
    return [item.code for item in report.findings]


# -- what a waiver covers ------------------------------------------------------------------------


def test_a_waiver_without_a_place_covers_every_finding_of_its_code(tmp_path: Path) -> None:
    report = evaluated(tmp_path, waiver("VA103"))
    assert codes(report) == ["FM102", "RS104", "TX101"]
    assert [item.finding.message for item in report.waived] == [
        "“12（2）支”里不止一个数，无法确定哪个数算分",
        "“9（1）天”里不止一个数，无法确定哪个数算分",
    ]
    assert {item.reason for item in report.waived} == {
        "示例（财务科负责人批准，有效期至 2025-06-30）"
    }
    assert report.ledger["VA103"] is Status.WAIVED


@pytest.mark.parametrize(
    ("place", "left"),
    [
        ("参演团队", ["“9（1）天”里不止一个数，无法确定哪个数算分"]),
        ("目标值", ["“9（1）天”里不止一个数，无法确定哪个数算分"]),
        ("节目单公布提前天数", ["“12（2）支”里不止一个数，无法确定哪个数算分"]),
        ("产出指标", []),
        ("演出场次", None),
        ("参演", None),
    ],
)
def test_a_waiver_with_a_place_covers_that_row_or_field_alone(
    tmp_path: Path, place: str, left: list[str] | None
) -> None:
    """The place is a whole word on the way to the finding: a row, a heading or a field."""
    report = evaluated(tmp_path, waiver("VA103", place))
    rest = [item.message for item in report.findings if item.code == "VA103"]
    if left is None:
        assert (len(rest), report.waived) == (2, ())
    else:
        assert rest == left
    assert report.ledger["VA103"] is (Status.FAILED if rest else Status.WAIVED)


def test_a_waiver_covers_no_other_code(tmp_path: Path) -> None:
    assert codes(evaluated(tmp_path, waiver("VA104"), waiver("VA1"), waiver("VA"))) == CODES


def test_a_waiver_of_a_department_covers_what_is_found_in_a_sheet_between_the_sheets(
    tmp_path: Path,
) -> None:
    files = Mixture((FAULTS["DP205 fail_the_year_before"],)).files()
    files["department.yaml"] += (
        f"校核豁免:\n  - {{编号: DP205, 位置: 无障碍设施改造, 理由: 跨年, 批准: {POST}, "
        f"有效期至: {DAY}}}\n"
    )
    terms = CheckOptions(today=DAY)
    report = perfeval.evaluate_department(write(tmp_path / "部门", files), terms=terms)
    assert codes(report) == []
    assert [item.finding.code for item in report.waived] == ["DP205"]
    assert Path(report.waived[0].finding.file).name == "无障碍设施改造.yaml"


# -- until when ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "left"),
    [("2025-06-29", 4), ("2025-06-30", 4), ("2025-07-01", 5), ("2026-01-01", 5), (None, 4)],
)
def test_a_waiver_holds_on_its_last_day_and_not_on_the_day_after(
    tmp_path: Path, today: str | None, left: int
) -> None:
    assert len(codes(evaluated(tmp_path, waiver("FM102"), today=today))) == left


@given(st.dates(), st.dates())
def test_a_waiver_has_expired_on_every_day_after_its_last(last: object, today: object) -> None:
    one = waiver("FM102").model_copy(update={"until": str(last)})
    assert is_expired(one, str(today)) is (str(today) > str(last))
    assert not is_expired(one, None)


# -- what is wrong with a waiver -----------------------------------------------------------------


def faults(*waivers: Waiver, used: Sequence[int] = (), today: str = DAY) -> list[tuple[str, str]]:
    ledger = dict.fromkeys(CHECKS, Status.PASSED)
    found = waiver_faults(waivers, used, today, lambda _: [ledger])
    return [(item.code, item.message) for item in found]


def test_a_waiver_of_the_sheet_is_used_though_a_shared_one_says_the_same(tmp_path: Path) -> None:
    own = OWN.replace("PT103", "RS104")
    assert codes(evaluated(tmp_path, waiver("RS104"), own=own)) == [
        "VA103",
        "VA103",
        "FM102",
        "TX101",
    ]


def test_a_waiver_that_covers_nothing_is_told_and_one_that_covers_something_is_not() -> None:
    assert faults(waiver("PT102"), waiver("PT101"), used=[1]) == [
        ("WV102", "豁免 PT102 没有对应的问题")
    ]


OWN = f"校核豁免:\n  - {{编号: PT103, 理由: 示例, 批准: {POST}, 有效期至: {DAY}}}\n"
"""Of a check that finds nothing in the sheet."""


@pytest.mark.parametrize(
    ("selection", "told"),
    [
        (Selection(), ["WV102"]),
        (Selection(select=("PT",)), ["WV102"]),
        (Selection(ignore=("PT103",)), []),
        (Selection(select=("BX",)), []),
    ],
)
def test_a_waiver_of_a_check_that_was_left_out_is_not_told_to_be_unused(
    tmp_path: Path, selection: Selection, told: list[str]
) -> None:
    path = tmp_path / SHEET
    path.write_text(clean()[SHEET] + OWN, encoding="utf-8")
    report = perfeval.evaluate(path, terms=CheckOptions(selection=selection, today=DAY))
    assert [code for code in codes(report) if code.startswith("WV")] == told


def test_a_waiver_in_a_sheet_without_a_rulebook_is_not_told_to_be_unused(tmp_path: Path) -> None:
    path = tmp_path / SHEET
    text = clean()[SHEET].replace("评分办法: hubei-2020", "评分办法: 没有")
    path.write_text(text + OWN, encoding="utf-8")
    report = perfeval.evaluate(path, terms=CheckOptions(today=DAY))
    assert (codes(report), report.ledger["PT103"]) == (["SH110"], Status.UNREADABLE)


@pytest.mark.parametrize("code", ["DP205", "PT103"])
def test_a_waiver_in_a_file_at_which_its_check_never_looks_is_unused(
    tmp_path: Path, code: str
) -> None:
    files = dict(clean())
    name = SHEET if code == "DP205" else "department.yaml"
    files[name] += OWN.replace("PT103", code)
    report = perfeval.evaluate_department(
        write(tmp_path / "部门", files), terms=CheckOptions(today=DAY)
    )
    assert [item.message for inspection in report.inspections for item in inspection.findings] == [
        f"豁免 {code} 没有对应的问题"
    ]


def test_an_expired_waiver_is_told_once_and_not_as_unused() -> None:
    assert faults(waiver("PT102"), today="2025-07-01") == [
        ("WV101", "豁免 PT102 已于 2025-06-30 到期")
    ]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("PT999", "没有编号是“PT999”的校核"),
        ("PT", "“PT”不是完整的编号"),
        ("SH104", "SH104 是读取中发现的问题，不能豁免"),
        ("YM104", "YM104 是读取中发现的问题，不能豁免"),
        ("WV102", "WV102 是读取中发现的问题，不能豁免"),
    ],
)
def test_a_code_that_cannot_be_waived_is_told(code: str, said: str) -> None:
    assert faults(waiver(code)) == [("WV104", said)]


@pytest.mark.parametrize(
    ("approved", "is_post"),
    [
        ("财务科负责人", True),
        ("局长办公会", True),
        ("绩效科科长", True),
        ("分管副局长", True),
        ("张某某", False),
        ("李某", False),
        ("Zhang", False),
    ],
)
def test_a_waiver_is_approved_by_a_post(approved: str, is_post: bool) -> None:
    expected = [] if is_post else [("WV103", f"“{approved}”不像岗位")]
    assert faults(waiver("PT102", 批准=approved), used=[0]) == expected


def test_a_reading_error_is_never_waived(tmp_path: Path) -> None:
    text = clean()[SHEET].replace("年度: 2024", "年度: 两千")
    path = tmp_path / SHEET
    path.write_text(text, encoding="utf-8")
    found = perfeval.evaluate(path).findings
    terms = CheckOptions(
        waivers=(waiver("SH105"),),
        today=DAY,
        baseline=frozenset(item.fingerprint for item in found),
    )
    report = perfeval.evaluate(path, terms=terms)
    assert codes(report) == ["SH105"]
    assert report.waived == ()


def test_a_fault_of_a_waiver_is_not_waived_by_another_waiver(tmp_path: Path) -> None:
    own = (
        "校核豁免:\n"
        f"  - {{编号: PT101, 理由: 示例, 批准: {POST}, 有效期至: {DAY}}}\n"
        f"  - {{编号: WV102, 理由: 示例, 批准: {POST}, 有效期至: {DAY}}}\n"
    )
    report = evaluated(tmp_path, own=own)
    assert [item for item in codes(report) if item not in CODES] == ["WV104", "WV102"]


# -- waivers in a file of their own --------------------------------------------------------------

FILE = """\
校核豁免:
  - {编号: FM102, 项目: 社区文艺演出, 理由: 示例, 批准: 财务科负责人, 有效期至: 2025-06-30}
  - {编号: TX101, 项目: 无障碍设施改造, 理由: 示例, 批准: 财务科负责人, 有效期至: 2025-06-30}
  - {编号: RS104, 位置: 每场平均成本, 理由: 示例, 批准: 财务科负责人, 有效期至: 2025-06-30}
"""


def test_a_waiver_for_another_project_covers_nothing_here(tmp_path: Path) -> None:
    """A file of waivers for several sheets; one without 项目 holds for all of them."""
    file = tmp_path / "豁免.yml"
    file.write_text(FILE, encoding="utf-8")
    waivers = read_waivers(file).waivers
    assert [item.project for item in waivers] == ["社区文艺演出", "无障碍设施改造", None]
    assert codes(evaluated(tmp_path, *waivers)) == ["VA103", "VA103", "TX101"]


def test_waivers_beside_a_sheet_are_not_told_to_be_unused(tmp_path: Path) -> None:
    """They are for several sheets, so that one of them cannot tell."""
    assert codes(evaluated(tmp_path, waiver("PT102"))) == CODES


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "校核豁免: [{编号: FM102}]\n",
            [
                ("SH101", "缺少“批准”"),
                ("SH101", "缺少“有效期至”"),
                ("SH101", "缺少“理由”"),
            ],
        ),
        (
            FILE.replace("2025-06-30", "2025.6.30", 1),
            [
                ("SH104", "日期应写成 2020-01-31 的样子"),
            ],
        ),
        (FILE.replace("位置", "地方"), [("SH102", "不认识“地方”")]),
        ("项目: 甲\n", [("SH101", "缺少“校核豁免”"), ("SH102", "不认识“项目”")]),
        ("校核豁免: [\n", [("YM104", "括号没有成对")]),
    ],
)
def test_a_file_of_waivers_with_errors_is_refused_with_all_of_them(
    tmp_path: Path, text: str, found: list[tuple[str, str]]
) -> None:
    file = tmp_path / "豁免.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SheetError) as caught:
        read_waivers(file)
    assert sorted((item.code, item.message) for item in caught.value.findings) == sorted(found)
    assert all(item.line and item.file == str(file) for item in caught.value.findings)


# -- the baseline --------------------------------------------------------------------------------


def test_a_baseline_accepts_what_was_there_and_nothing_new(tmp_path: Path) -> None:
    before = evaluated(tmp_path, waiver("VA103"))
    file = tmp_path / "基线.json"
    file.write_bytes(write_baseline([before.inspection]))
    accepted = read_baseline(file)
    assert {item["code"] for item in json.loads(file.read_bytes())["accepted"]} == {
        "RS104",
        "FM102",
        "TX101",
    }
    after = perfeval.evaluate(tmp_path / SHEET, terms=CheckOptions(baseline=accepted, today=DAY))
    assert codes(after) == ["VA103", "VA103"]
    assert {item.reason for item in after.waived} == {"基线中已有"}
    assert after.ledger["RS104"] is Status.WAIVED
    assert after.ledger["VA103"] is Status.FAILED


def test_a_baseline_does_not_accept_what_has_changed(tmp_path: Path) -> None:
    before = evaluated(tmp_path)
    terms = CheckOptions(
        baseline=frozenset(item.fingerprint for item in before.findings), today=DAY
    )
    path = tmp_path / SHEET
    text = path.read_text(encoding="utf-8").replace("12（2）支", "12（3）支")
    path.write_text("# 新的一行\n" + text, encoding="utf-8")
    report = perfeval.evaluate(path, terms=terms)
    assert [item.message for item in report.findings] == [
        "“12（3）支”里不止一个数，无法确定哪个数算分"
    ]


@given(st.sets(st.integers(0, 4)))
def test_accepting_splits_the_findings_and_loses_none(chosen: set[int]) -> None:
    found = [
        perfeval.Finding("PT102", perfeval.Severity.ERROR, str(number), fingerprint=str(number))
        for number in range(5)
    ]
    split = accept(found, frozenset(map(str, chosen)))
    assert [item.finding for item in split.waived] == [found[number] for number in sorted(chosen)]
    assert sorted([*split.findings, *(item.finding for item in split.waived)], key=str) == found


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"accepted": 1}', '{"accepted": [{}]}', "x" * 9, "[" * 100_000]
)
def test_what_is_no_baseline_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "基线.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SheetError, match="不是用 --write-baseline 生成的基线"):
        read_baseline(file)


def test_a_baseline_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match="没有这个文件"):
        read_baseline(tmp_path / "基线.json")


# -- retired codes -------------------------------------------------------------------------------


def test_a_waiver_of_a_retired_code_holds_for_its_heir(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(RETIRED, "VA999", "VA998")
    monkeypatch.setitem(RETIRED, "VA998", "VA103")
    assert codes(evaluated(tmp_path, waiver("VA999"))) == ["FM102", "RS104", "TX101"]
    assert faults(replace_code(waiver("VA103"), "VA999"), used=[0]) == []


def replace_code(one: Waiver, code: str) -> Waiver:
    """Return the waiver for another code."""
    return one.model_copy(update={"code": code})
