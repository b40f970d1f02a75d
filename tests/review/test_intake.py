"""What was handed in, set against itself, a list and a form: from values alone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from perfeval.review.intake import (
    ExpectedProject,
    HandedIn,
    Intake,
    IntakeRemarkKind,
    IntakeStatus,
    take_in,
)
from perfeval.review.names import NearNames, may_be_one_office, name_key
from perfeval.review.stored import from_stored, stored


def sheet(file: str, project: str, **fields: Any) -> HandedIn:
    line = HandedIn(file, IntakeStatus.READ, project=project, digest=file, year=2024)
    return line._replace(department="区水务局", forms=("mof-2020",), **fields)


def remarks(intake: Intake, kind: IntakeRemarkKind) -> dict[str, str]:
    return {
        line.handed.file: next(one.text for one in line.remarks if one.kind is kind)
        for line in intake.remarked(kind)
    }


def test_files_of_the_same_bytes_are_named_at_both() -> None:
    one, other = sheet("甲.docx", "河道清淤"), sheet("乙.docx", "河道清淤")
    intake = take_in([one, other._replace(digest=one.digest)])
    assert remarks(intake, IntakeRemarkKind.SAME_FILE) == {
        "甲.docx": "与“乙.docx”是同一个文件（逐字节相同）",
        "乙.docx": "与“甲.docx”是同一个文件（逐字节相同）",
    }
    assert not intake.remarked(IntakeRemarkKind.SAME_PROJECT)


def test_two_tables_of_one_file_are_no_copies() -> None:
    one = sheet("甲.xlsx", "河道清淤", table="一")
    intake = take_in([one, one._replace(table="二", project="堤防加固")])
    assert not any(line.remarks for line in intake.lines)


def test_yaml_and_workbook_of_one_project_are_told_with_whether_they_differ() -> None:
    one = sheet("甲.yaml", "河道清淤（一期）", kind="yaml", content="1")
    same = sheet("甲.xlsx", "河道清淤(一期)", kind="xlsx", content="1")
    said = remarks(take_in([one, same]), IntakeRemarkKind.SAME_PROJECT)
    assert said["甲.yaml"] == "同一项目还有“甲.xlsx”（yaml、xlsx 各一份），金额和指标相同"
    other = same._replace(content="2")
    said = remarks(take_in([one, other]), IntakeRemarkKind.SAME_PROJECT)
    assert said["甲.xlsx"].endswith("金额或指标不同，请问清以哪一份为准")


@pytest.mark.parametrize(
    "change",
    [
        {"code": "42010724T000010000002"},
        {"department": "区教育局"},
        {"unit": "第二中学"},
        {"year": 2023},
        {"scope": "部门整体支出"},
    ],
    ids=str,
)
def test_one_name_is_two_projects_where_something_stated_differs(change: dict[str, Any]) -> None:
    one = sheet("甲.docx", "设备购置", unit="第一中学")
    if "code" in change:
        one = one._replace(code="42010724T000010000001")
    other = one._replace(file="乙.docx", digest="乙", **change)
    assert not take_in([one, other]).remarked(IntakeRemarkKind.SAME_PROJECT)


def test_one_code_is_one_project_whatever_it_is_called() -> None:
    one = sheet("甲.docx", "设备购置", code="42010724T000010000001")
    other = sheet("乙.docx", "购置设备", code="42010724T000010000001")
    assert len(take_in([one, other]).remarked(IntakeRemarkKind.SAME_PROJECT)) == 2


def test_a_form_other_than_that_of_most_is_told() -> None:
    lines = [sheet(f"{at}.docx", f"项目{at}") for at in range(3)]
    odd = sheet("旧.docx", "旧项目")._replace(forms=("hubei-2020", "wuhan-2024"))
    intake = take_in([*lines, odd, sheet("未知.docx", "无")._replace(forms=())])
    assert intake.form == "mof-2020"
    assert remarks(intake, IntakeRemarkKind.OTHER_FORM) == {
        "旧.docx": "是 hubei-2020 的表式，多数用的是 mof-2020",
        "未知.docx": "看不出是哪种表式，多数用的是 mof-2020",
    }


def test_a_form_that_was_asked_for_counts_and_not_that_of_most() -> None:
    intake = take_in([sheet("甲.docx", "甲"), sheet("乙.docx", "乙")], form="hubei-2020")
    assert len(intake.remarked(IntakeRemarkKind.OTHER_FORM)) == 2


def test_without_a_form_of_more_than_half_nothing_is_said_of_forms() -> None:
    other = sheet("乙.docx", "乙")._replace(forms=("hubei-2020",))
    intake = take_in([sheet("甲.docx", "甲"), other])
    assert not intake.form
    assert not intake.remarked(IntakeRemarkKind.OTHER_FORM)


def test_a_sheet_of_another_year_than_most_is_told() -> None:
    lines = [sheet("甲", "甲"), sheet("乙", "乙"), sheet("丙", "丙")._replace(year=2023)]
    said = remarks(take_in(lines), IntakeRemarkKind.OTHER_YEAR)
    assert said == {"丙": "是 2023 年度的，多数是 2024 年度"}


def expected(project: str, department: str = "水务局", **fields: Any) -> ExpectedProject:
    return ExpectedProject(2, project, department)._replace(**fields)


def test_a_name_that_is_only_near_is_suggested_and_never_matched() -> None:
    intake = take_in([sheet("甲", "河道清淤整治工程")], expected=[expected("河道清淤整治")])
    assert [(one.listed.project, one.near) for one in intake.missing] == [
        ("河道清淤整治", ("河道清淤整治工程",))
    ]
    said = remarks(intake, IntakeRemarkKind.NOT_LISTED)["甲"]
    assert said == "项目不在名单上；名单上有相近的“河道清淤整治”，是不是同一个请人核对"


def test_widths_brackets_and_the_level_of_an_office_are_no_difference() -> None:
    intake = take_in([sheet("甲", "河道（一期） 清淤")], expected=[expected("河道(一期)清淤")])
    assert not intake.missing
    assert not intake.remarked(IntakeRemarkKind.NOT_LISTED)


def test_the_same_name_of_another_office_is_missing_and_named() -> None:
    intake = take_in([sheet("甲", "设备购置")], expected=[expected("设备购置", "教育局")])
    assert [one.near for one in intake.missing] == [("设备购置（区水务局）",)]
    assert len(intake.remarked(IntakeRemarkKind.NOT_LISTED)) == 1


def test_one_sheet_is_not_that_of_two_projects_of_the_list() -> None:
    """A list without departments: five offices have 办公楼维修, and one of them has handed in."""
    expected = [ExpectedProject(row, "办公楼维修") for row in range(2, 7)]
    intake = take_in([sheet("甲.docx", "办公楼维修")], expected=expected)
    assert [one.listed.row for one in intake.missing] == [3, 4, 5, 6]
    assert intake.missing[0].near == ("办公楼维修（已对上名单上的另一个）",)
    assert not intake.remarked(IntakeRemarkKind.NOT_LISTED)


def test_of_two_of_one_name_each_gets_the_sheet_of_its_money() -> None:
    expected = [
        ExpectedProject(2, "办公楼维修", money=Decimal(30), money_unit="万元"),
        ExpectedProject(3, "办公楼维修", money=Decimal(50), money_unit="万元"),
    ]
    handed = [
        sheet("甲.docx", "办公楼维修", money=Decimal(500000), money_unit="元", unit="一站"),
        sheet("乙.docx", "办公楼维修", money=Decimal(30), unit="二站"),
    ]
    intake = take_in(handed, expected=expected)
    assert not intake.missing
    assert not intake.remarked(IntakeRemarkKind.OTHER_MONEY)


def test_a_project_that_names_its_office_takes_its_sheet_first() -> None:
    expected = [
        ExpectedProject(2, "办公楼维修"),
        ExpectedProject(3, "办公楼维修", department="区水务局"),
    ]
    intake = take_in([sheet("甲.docx", "办公楼维修")], expected=expected)
    assert [one.listed.row for one in intake.missing] == [2]


def test_a_second_sheet_of_one_project_is_not_off_the_list() -> None:
    handed = [sheet("甲.docx", "清淤"), sheet("甲改.docx", "清淤")]
    intake = take_in(handed, expected=[ExpectedProject(2, "清淤")])
    assert not intake.missing
    assert not intake.remarked(IntakeRemarkKind.NOT_LISTED)


def test_the_code_of_a_list_finds_what_was_renamed() -> None:
    one = sheet("甲", "新名", code="42010724T000010000001")
    wanted = expected("旧名", "教育局", code="42010724T000010000001")
    assert not take_in([one], expected=[wanted]).missing


@pytest.mark.parametrize(
    ("amount", "unit", "said"),
    [
        ("12.5", "万元", None),
        ("125000", "元", None),
        ("12.6", "万元", "表上预算数 12.50万元，名单上 12.6万元"),
        ("12.6", "", None),
    ],
)
def test_money_is_compared_exactly_in_the_units_that_are_stated(
    amount: str, unit: str, said: str | None
) -> None:
    one = sheet("甲", "河道清淤", money=Decimal("12.50"))
    wanted = expected("河道清淤", money=Decimal(amount), money_unit=unit)
    intake = take_in([one], expected=[wanted])
    assert remarks(intake, IntakeRemarkKind.OTHER_MONEY) == ({} if said is None else {"甲": said})


def test_what_is_no_sheet_is_neither_listed_nor_compared() -> None:
    lost = HandedIn("扫描.pdf", IntakeStatus.SCAN)
    intake = take_in([lost], expected=[expected("河道清淤")])
    assert intake.lines[0].remarks == ()
    assert len(intake.missing) == 1


def test_it_goes_through_json_and_back() -> None:
    one = sheet("甲", "河道清淤", money=Decimal("12.50"))
    intake = take_in([one, HandedIn("a.png", IntakeStatus.SCAN)], expected=[expected("别的")])
    assert from_stored(Intake, stored(intake)) == intake


@pytest.mark.parametrize(
    "data",
    [
        [],
        {"lines": {}},
        {"lines": [], "more": 1},
        {"lines": [{"handed": {"file": "甲", "status": "好"}, "remarks": []}]},
        {"lines": [{"handed": {"file": "甲"}, "remarks": []}]},
        {"lines": [], "expected": True},
        {"lines": [], "expected": "3"},
        {"lines": [{"handed": {"file": "甲", "status": "读通", "money": "NaN"}, "remarks": []}]},
    ],
    ids=str,
)
def test_other_data_are_refused_with_where(data: object) -> None:
    with pytest.raises(ValueError, match=r" is no | is missing"):
        from_stored(Intake, data)


def test_names_of_offices_and_seals() -> None:
    assert name_key("青山区民政局（盖章）") == name_key("青山区民政局 ")
    assert may_be_one_office("", "民政局")
    assert not may_be_one_office("教育局", "民政局")


def test_near_names_come_nearest_first_and_few() -> None:
    names = NearNames(["农村公路养护", "农村公路养护工程", "农村公路建设养护", "城市绿化"])
    assert names.near("农村公路养护") == ("农村公路养护工程", "农村公路建设养护")
    assert names.near("无关的事情") == ()
