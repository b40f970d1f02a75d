"""load(dump(sheet)) == sheet, whatever stands in it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

import perfeval
from perfeval import Aspect, Section, Sheet, Sign
from perfeval.readers.sheets import sheet_from_source
from perfeval.source import read_text
from tests.property.strategies import HEAD, amounts, long_amounts

NASTY = [
    "no",
    "yes",
    "on",
    "0102",
    "1:30",
    "null",
    "Null",
    "~",
    "",
    " ",
    "true",
    "False",
    "1_000",
    "1e3",
    "12.50",
    "0x1F",
    "0o17",
    ".5",
    "-.inf",
    ".nan",
    "+5",
    "2023-01-01",
    "=",
    "<<",
    "'甲",
    '"甲',
    "甲'",
    '甲"',
    "'甲'",
    '"甲"',
    "# x",
    "甲 # x",
    "甲#x",
    ": ",
    "甲: 乙",
    "甲:",
    ":甲",
    "- 甲",
    "-",
    "--",
    "---",
    "--- 甲",
    "...",
    "? 甲",
    "?",
    "| 甲",
    "> 甲",
    "|",
    ">",
    "!x",
    "&x",
    "*x",
    "@x",
    "`x",
    "%x",
    "[x",
    "]x",
    "{x",
    "}x",
    ",x",
    "x,y",
    "[1, 2]",
    "{a: 1}",
    "第一行\n第二行",
    "甲\n\n\n乙",
    "甲\n  缩进",
    "甲 \n乙",
    "甲\t乙",
    "\t甲",
    "甲\\n乙",
    "\\",
    "😀",
    "👨‍👩‍👧",
    "全　角",
    "\u3000甲",
    "\u2028",
    "甲\u2028乙",
    "甲\u2029乙",
    "甲\u00a0乙",
    "\u00a0甲",
    "\ue000",
    "甲" * 200,
    "字 " * 2000,
    "é",
    "e\u0301",
    "١٢",
    "１２",
]
REFUSED = (
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    "\u00ad\u200b\u2060\ufeff\ufffe\uffff"
) + "".join(map(chr, range(0xFDD0, 0xFDF0)))
"""Direction marks, which turn figures round, what nobody can see, and what is no character."""
words = (
    st.sampled_from(NASTY)
    | st.text(
        st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters=REFUSED),
        max_size=20,
    )
    | st.text("'\"#:- \n\t,[]{}&*!|>%@`?~=<0123no.", max_size=20)
)
texts = st.none() | words
numbers = st.none() | amounts | long_amounts
cells = (
    st.none()
    | amounts
    | words
    | st.sampled_from(
        ["≥95%", "95%以上", "391张", "42（3）", "1,286.70", "－5", "/", "98.70%", "得到提升"]
    )
    | st.fixed_dictionaries(
        {"值": amounts}, optional={"文本": texts, "单位": st.sampled_from([None, "", "%", "张"])}
    )
)
parts = st.fixed_dictionaries(
    {"名称": words},
    optional={"分值": numbers, "目标值": cells, "完成值": cells, "已填报得分": numbers},
)
levels = st.sampled_from(
    ["", "产出", "产出指标（50分）", "产出 指标", "党的建设", "名称", "项目决策", "1"]
)
rows = st.fixed_dictionaries(
    {
        "一级指标": st.sampled_from(Section) | levels,
        "二级指标": st.sampled_from(Aspect) | levels,
        "名称": words,
    },
    optional={
        "分值": numbers,
        "分值系推定": st.booleans(),
        "符号": st.none() | st.sampled_from(Sign),
        "单位": texts,
        "目标值": cells,
        "完成值": cells,
        "已填报得分": numbers,
        "偏差原因": texts,
        "改进措施": texts,
        "备注": texts,
        "其中": st.lists(parts, max_size=2),
        "不适用": st.booleans(),
        "所属目标": st.none() | st.integers(1, 3),
    },
)
rates = st.sampled_from([None, "98.70%", "100%", Decimal(98)])
funds = st.fixed_dictionaries({"名称": words}, optional={"执行数": numbers})
goals = st.fixed_dictionaries({"内容": words}, optional={"分值": numbers})
budgets = st.fixed_dictionaries(
    {},
    optional={
        "年初预算数": numbers,
        "预算数": numbers,
        "执行数": numbers,
        "其中调拨": numbers,
        "已填报": st.fixed_dictionaries({}, optional={"执行率": rates, "得分": numbers}),
        "资金构成": st.lists(funds, max_size=2),
    },
)
FREE = (
    "主管部门",
    "实施单位",
    "部门名称",
    "项目类别",
    "项目属性",
    "项目类型",
    "年度目标",
    "原因分析",
    "改进措施",
    "项目用途",
    "产出和效果",
    "出处",
    "备注",
)
sheets = st.fixed_dictionaries(
    {"评分办法": words, "年度": st.integers(1949, 2999), "项目名称": words},
    optional={
        "金额单位": st.sampled_from(["万元", "元"]),
        "预算": budgets,
        "指标": st.lists(rows, max_size=4),
        "已填报": st.fixed_dictionaries({}, optional={"总分": numbers, "等级": texts}),
        "表种": st.sampled_from(["项目支出", "部门整体支出"]),
        "多个目标": st.lists(goals, max_size=2),
        **dict.fromkeys(FREE, texts),
    },
)


def loaded(data: dict[str, Any]) -> Sheet | None:
    try:
        return perfeval.load_sheet(data)
    except perfeval.SheetError:
        return None


@given(sheets)
@example(
    {**HEAD, "指标": [{"一级指标": "产出", "二级指标": "数量", "名称": "a", "目标值": {"值": 42}}]}
)
@example({**HEAD, "备注": "0.00"})
def test_a_sheet_that_is_written_and_read_again_is_the_same_sheet(data: dict[str, Any]) -> None:
    """What was entered is what is stored: no text becomes a number, no number loses a digit."""
    sheet = loaded(data)
    assume(sheet is not None)
    assert sheet is not None
    text = perfeval.dump(sheet)
    read = sheet_from_source(read_text(text, "x"))
    assert read.findings == ()
    assert read.sheet == sheet
    assert perfeval.dump(read.sheet) == text


@given(words)
def test_what_can_be_typed_can_be_stored(word: str) -> None:
    """Text that is not blank and can be printed is kept to the letter."""
    sheet = perfeval.load_sheet({**HEAD, "项目名称": f"甲{word}乙", "备注": word})
    again = sheet_from_source(read_text(perfeval.dump(sheet), "x")).sheet
    assert again is not None
    assert again.name == f"甲{word}乙"
    assert again.note == (word.strip() or None)


@given(numbers)
def test_numbers_keep_all_their_digits(number: Decimal | None) -> None:
    """12.50 stays 12.50, and blank stays blank."""
    sheet = perfeval.load_sheet({**HEAD, "预算": {"预算数": number, "执行数": number}})
    again = sheet_from_source(read_text(perfeval.dump(sheet), "x")).sheet
    assert again is not None
    assert str(again.budget.final) == str(sheet.budget.final)
    assert again.budget.final == number


@pytest.mark.parametrize("name", list(perfeval.shipped_sheets()))
def test_every_shipped_sheet_survives(name: str, tmp_path: Path) -> None:
    sheet = perfeval.load_sheet(name)
    path = tmp_path / "表.yaml"
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        path.write_text(perfeval.dump(sheet), encoding=encoding)
        assert perfeval.load_sheet(path) == sheet


def test_a_dump_is_in_the_forms_words_and_plain() -> None:
    text = perfeval.dump(perfeval.load_sheet(next(iter(perfeval.shipped_sheets()))))
    assert text.startswith("评分办法: ")
    assert not any(mark in text for mark in ("!!", "&id", "*id", "null", "Decimal"))
    assert isinstance(yaml.safe_load(text), dict)
