"""Lists of projects: columns by their headings, units, sums, and what cannot be read."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from perfeval.reading.project_lists import project_list, read_project_list


def csv(text: str) -> bytes:
    return text.encode()


def test_columns_are_known_by_their_headings_in_any_order() -> None:
    found = project_list(
        csv(
            "序号,资金量（万元）,自评项目名称,预算单位名称,主管部门（单位）,项目代码\n1,3.5,甲,乙所,丙局,A1\n"
        ),
        "名单.csv",
    )
    assert dict(found.rows[0].texts) == {
        "money": "3.5",
        "project": "甲",
        "unit": "乙所",
        "department": "丙局",
        "code": "A1",
    }
    assert found.rows[0].money == Decimal("3.5")
    assert found.money_unit == "万元"


def test_sums_and_blank_rows_are_no_projects_and_a_row_without_name_is_told() -> None:
    found = project_list(
        csv("部门,项目名称,金额（元）\n水务局,甲,1\n小计,,1\n,,\n水务局,,7\n合计,,8\n"), "名单.csv"
    )
    assert [row.texts["project"] for row in found.rows] == ["甲"]
    assert found.notes == ("第 5 行没有项目名称，没有算",)


def test_the_unit_may_stand_above_the_table_and_may_be_lacking() -> None:
    with_unit = project_list(csv("名单,,单位：元\n项目名称,部门,资金\n甲,乙,9\n"), "名单.csv")
    assert with_unit.money_unit == "元"
    without = project_list(csv("项目名称,资金\n甲,9\n"), "名单.csv")
    assert without.money_unit == ""
    assert without.notes == ("“资金”没有写单位（元、万元），金额不与表比较，抽样时照原数",)


@pytest.mark.parametrize(
    "title", ["广元市2024年部门项目名单", "三元区财政局", "2024年元旦春节慰问项目", "共1200万元"]
)
def test_a_title_that_has_the_word_states_no_unit(title: str) -> None:
    found = project_list(csv(f"{title},,\n序号,项目名称,资金量\n1,甲,12.5\n"), "名单.csv")
    assert (found.money_unit, found.rows[0].money) == ("", Decimal("12.5"))
    assert found.notes == ("“资金量”没有写单位（元、万元），金额不与表比较，抽样时照原数",)


@pytest.mark.parametrize("above", ["万元", "（万元）", "金额单位：人民币万元", "单位:万元"])
def test_the_unit_above_the_table_may_stand_alone(above: str) -> None:
    found = project_list(csv(f"广元市名单,,{above}\n序号,项目名称,资金量\n1,甲,12.5\n"), "名单.csv")
    assert found.money_unit == "万元"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("项目名称,资金（亿元）\n甲,1\n", "亿元"),
        ("名单,金额单位：千元\n项目名称,资金\n甲,1\n", "千元"),
    ],
)
def test_money_in_another_unit_is_not_read(text: str, unit: str) -> None:
    found = project_list(csv(text), "名单.csv")
    assert (found.money_unit, found.rows[0].money) == ("", None)
    assert found.notes == (f"金额单位写的是{unit}，只认元或万元，各项金额没有读",)


def test_what_is_no_number_is_told_with_its_row() -> None:
    found = project_list(csv("项目名称,资金（元）\n甲,约三万\n"), "名单.csv")
    assert found.rows[0].money is None
    assert found.notes == ("第 2 行的资金不是数，没有读：约三万",)


def test_a_workbook_keeps_all_the_digits_of_its_money(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["2024年度自评项目名单"])
    sheet.append(["主管部门", "项目名称", "资金（万元）"])
    sheet.append(["水务局", "河道清淤", 1286.7])
    sheet["C3"].number_format = "0"
    path = tmp_path / "名单.xlsx"
    book.save(path)
    found = read_project_list(str(path))
    assert (found.rows[0].money, found.rows[0].number) == (Decimal("1286.7"), 3)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (csv("部门,资金\n甲,1\n"), "“名单”里没有名单：没有一行有“项目名称”这一栏"),
        (b"\x89PNG\r\n\x1a\n", "“名单”：这是图片（PNG），里面的字读不出来"),
    ],
)
def test_what_is_no_list_is_refused_with_the_reason(content: bytes, said: str) -> None:
    assert project_list(content, "名单").fault == said


def test_a_list_that_is_not_there_is_refused() -> None:
    assert read_project_list("/没有/这个.csv").fault == "没有这个文件“/没有/这个.csv”"
