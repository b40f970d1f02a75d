"""Single fields: what a file or a host tool's plain dict may hold, and what is refused."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import Any

import pytest

import perfeval
from perfeval.cells.values import Cell, Kind
from perfeval.documents.findings.reports import ENDINGS, write_report

BASE = {"评分办法": "hubei-2020", "年度": 2023, "项目名称": "示例"}
ROW = {"一级指标": "产出指标", "二级指标": "数量指标", "名称": "床位"}


def findings(**fields: Any) -> list[tuple[str, str, str]]:
    report = perfeval.evaluate({**BASE, **fields})
    return [(finding.code, finding.message, finding.hint) for finding in report.errors]


def sheet(**fields: Any) -> perfeval.Sheet:
    return perfeval.load_sheet({**BASE, **fields})


def final(value: Any) -> Decimal | None:
    return perfeval.load_sheet({**BASE, "预算": {"预算数": value}}).budget.final


def target(value: Any) -> Cell | None:
    return perfeval.load_sheet({**BASE, "指标": [{**ROW, "目标值": value}]}).indicators[0].target


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (Decimal("1286.70"), "1286.70"),
        (1286, "1286"),
        ("1286.70", "1286.70"),
        (" 1,286.70 ", "1286.70"),
        (0, "0"),
        ("0", "0"),
        ("0.00", "0.00"),
        (Decimal("1E+3"), "1E+3"),
    ],
)
def test_amounts_keep_their_exact_value(value: Any, number: str) -> None:
    assert final(value) == Decimal(number)


@pytest.mark.parametrize("value", [None, "", "  "])
def test_a_blank_amount_is_none_and_never_zero(value: Any) -> None:
    assert final(value) is None


PLAIN_NUMBER = "数字过长或不是有限小数（最多 20 位）"
FLOAT = "不能用浮点数（float），会丢失精度；请传入 Decimal、整数或文字"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1286.7, ("SH106", FLOAT, "")),
        (float("nan"), ("SH106", FLOAT, "")),
        (float("inf"), ("SH106", FLOAT, "")),
        ("0102", ("SH104", "“0102”不是规范的数字写法", "请写成 102")),
        ("1_000", ("SH104", "“1_000”不是规范的数字写法", "请写成 1000")),
        ("１２", ("SH104", "“１２”不是规范的数字写法", "请写成 12")),
        ("+5", ("SH104", "“+5”不是规范的数字写法", "请写成 5")),
        (".5", ("SH104", "“.5”不是规范的数字写法", "请写成 0.5")),
        ("1:30", ("SH105", "“1:30”不是数", "这里只写数字，不带单位")),
        ("no", ("SH105", "“no”不是数", "")),
        ("1e3", ("SH104", "“1e3”不是规范的数字写法", "请写成 1000")),
        ("NaN", ("SH105", "“NaN”不是数", "")),
        ("1" * 21, ("SH105", "数字过长，最多 20 位", "")),
        ("1" * 54, ("SH105", "数字过长，最多 20 位", "")),
        ("-0." + "1" * 54, ("SH105", "数字过长，最多 20 位", "")),
        ("1" * 54 + "元", ("SH105", f"“{'1' * 54}元”不是数", "这里只写数字，不带单位")),
        (".inf", ("SH105", "“.inf”不是数", "")),
        ("1286.70万元", ("SH105", "“1286.70万元”不是数", "这里只写数字，不带单位")),
        (Decimal("NaN"), ("SH105", PLAIN_NUMBER, "")),
        (Decimal("sNaN"), ("SH105", PLAIN_NUMBER, "")),
        (Decimal("-Infinity"), ("SH105", PLAIN_NUMBER, "")),
        (Decimal("1E+40"), ("SH105", PLAIN_NUMBER, "")),
        (10**40, ("SH105", PLAIN_NUMBER, "")),
        (True, ("SH105", "这里应是一个数", "")),
        ([1], ("SH105", "这里应是一个数", "")),
        ({"a": 1}, ("SH105", "这里应是一个数", "")),
        (-5, ("SH107", "不能是负数（-5）", "")),
        ("-0.01", ("SH107", "不能是负数（-0.01）", "")),
    ],
    ids=str,
)
def test_what_is_no_amount_is_refused_in_words(value: Any, expected: tuple[str, str, str]) -> None:
    assert findings(预算={"预算数": value}) == [expected]


def test_weights_are_not_negative_and_filed_points_may_be_anything() -> None:
    row = {**ROW, "分值": -2, "已填报得分": -3}
    assert findings(指标=[row]) == [("SH107", "不能是负数（-2）", "")]


@pytest.mark.parametrize("value", [2023, "2023", Decimal(2023), Decimal("2023.0")])
def test_a_year_is_four_digits(value: Any) -> None:
    assert perfeval.load_sheet({**BASE, "年度": value}).year == 2023


@pytest.mark.parametrize("value", [23, 2023.5, "二〇二三", Decimal("2023.5"), 20230, True, [2023]])
def test_what_is_no_year_is_refused(value: Any) -> None:
    assert [code for code, *_ in findings(年度=value)] in (["SH105"], ["SH106"])


@pytest.mark.parametrize("field", ["评分办法", "年度", "项目名称"])
@pytest.mark.parametrize("value", [None, "", "　"])
def test_a_blank_required_field_is_missing(field: str, value: Any) -> None:
    """A field without a content is missing, in the same words as one that does not stand there."""
    assert [(code, message) for code, message, _ in findings(**{field: value})] == [
        ("SH101", f"缺少“{field}”")
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("示例", "示例"),
        (" 示例 ", "示例"),
        (2023, "2023"),
        (Decimal("12.50"), "12.50"),
        ("两行\n文字", "两行\n文字"),
        ("两行\r\n文字", "两行\n文字"),
        ("甲\t乙", "甲\t乙"),
        ("👨\u200d👩", "👨\u200d👩"),
        ("", None),
        (None, None),
    ],
)
def test_text_is_kept_as_written_without_the_blanks_around_it(value: Any, text: str) -> None:
    assert perfeval.load_sheet({**BASE, "备注": value}).note == text


@pytest.mark.parametrize(
    "value",
    [
        "甲\x00",
        "甲\x07乙",
        "甲\x1b",
        "甲\x85乙",
        "甲\x9f",
        "x\uffff",
        "甲\u202e12",
        "甲\u2066",
    ],
)
def test_text_that_cannot_be_printed_is_refused(value: str) -> None:
    assert findings(备注=value) == [("SH103", "文字里有不能打印的字符，请删去", "")]


HALF = "\ud800"
PLACES: list[tuple[dict[Any, Any], tuple[Any, ...]]] = [
    ({"年度": HALF}, ("年度",)),
    ({"year": HALF}, ("year",)),
    ({"备注": f"{HALF}甲"}, ("备注",)),
    ({"预算": {"预算数": HALF}}, ("预算", "预算数")),
    ({"指标": [{**ROW, "目标值": {"值": HALF}}]}, ("指标", 0, "目标值", "值")),
    ({"指标": ({"名称": HALF},)}, ("指标", 0, "名称")),
    ({HALF: 1}, ()),
    ({"预算": {HALF: 1}}, ("预算",)),
    ({"指标": {"产出指标": {HALF: []}}}, ("指标", "产出指标")),
]


@pytest.mark.parametrize(("fields", "path"), PLACES, ids=ascii)
def test_half_a_character_is_refused_at_the_door(
    fields: dict[Any, Any], path: tuple[Any, ...]
) -> None:
    """In any text and key of a dict: a finding at its place, and every output can be written."""
    report = perfeval.evaluate({**BASE, **fields})
    assert ("YM105", path) in [(finding.code, finding.path) for finding in report.errors]
    for format_ in ENDINGS.values():
        assert write_report([report.inspection], format_)


@pytest.mark.parametrize("text", [f"年度: {HALF}\n", f"{HALF}: 1\n", f"# {HALF}\n年度: 1\n"])
def test_half_a_character_is_refused_in_a_text(text: str) -> None:
    assert [item.code for item in perfeval.evaluate(text).errors] == ["YM105"]


def test_half_a_character_in_the_name_of_a_file_is_a_finding() -> None:
    report = perfeval.evaluate(f"{HALF}.yaml")
    assert [item.code for item in report.errors] == ["YM112"]
    for format_ in ENDINGS.values():
        assert write_report([report.inspection], format_)


@pytest.mark.parametrize("value", [True, ["甲"], {"甲": 1}, b"x"])
def test_what_is_no_text_is_refused(value: Any) -> None:
    expected = ("SH103", "这里应是文字；如果就是这几个字，请加引号", "")
    assert findings(备注=value) == [expected]


def test_a_cell_is_a_number_a_text_or_both() -> None:
    assert target(391) == target("391") == target(Decimal(391))
    stated = target({"值": 42, "文本": "42（3）"})
    assert stated == target({"value": "42", "text": "42（3）"})
    assert stated is not None
    assert (stated.number, stated.text, stated.given) == (Decimal(42), "42（3）", True)
    assert target({"文本": "391张"}) == target("391张")
    assert target(None) is target("") is None
    blank = target("/")
    assert blank is not None
    assert blank.kind is Kind.BLANK


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1.5, ("SH106", FLOAT, "")),
        ({"值": 1.5}, ("SH106", FLOAT, "")),
        ("0102", ("SH104", "“0102”不是规范的数字写法", "请写成 102")),
        ("１２", ("SH104", "“１２”里有全角数字", "请写成 12")),
        ("1e3", ("SH104", "“1e3”不是规范的数字写法", "请写成 1000")),
        ({"值": "1_000"}, ("SH104", "“1_000”不是规范的数字写法", "请写成 1000")),
        ({"文本": "0102"}, ("SH104", "“0102”不是规范的数字写法", "请写成 102")),
        (True, ("SH103", "这里应是数或文字；如果就是这几个字，请加引号", "")),
        ([391], ("SH105", "这里应是一个数", "")),
        ({}, ("SH103", "请填写 值（算分用的数）或 文本", "")),
        ({"单位": "张"}, ("SH103", "请填写 值（算分用的数）或 文本", "")),
        ({"值": 3, "文字": "x"}, ("SH103", "“文字”不认识；这里可以写 值、文本、单位", "")),
    ],
    ids=str,
)
def test_what_is_no_cell_is_refused_in_words(value: Any, expected: tuple[str, str, str]) -> None:
    found = findings(指标=[{**ROW, "目标值": value}])
    assert [item for item in found if item[0].startswith("SH")] == [expected]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("98.67%", None),
        ("100%", None),
        (98, None),
        ({"值": 98, "单位": "%"}, None),
        ("全部执行", "SH105"),
        ("98%（95%）", "SH105"),
        ("1:30", "SH105"),
    ],
)
def test_a_filed_rate_is_a_percentage(value: Any, code: str | None) -> None:
    found = findings(预算={"已填报": {"执行率": value}})
    assert [item for item, *_ in found] == ([] if code is None else [code])


@pytest.mark.parametrize(
    ("value", "sign"),
    [
        ("≥", perfeval.Sign.AT_LEAST),
        ("不超过", perfeval.Sign.AT_MOST),
        ("=", perfeval.Sign.EQUAL),
        ("定性", perfeval.Sign.QUALITATIVE),
        (perfeval.Sign.BELOW, perfeval.Sign.BELOW),
        (None, None),
    ],
)
def test_a_sign_is_a_glyph_or_its_words(value: Any, sign: perfeval.Sign | None) -> None:
    assert (
        perfeval.load_sheet({**BASE, "指标": [{**ROW, "符号": value}]}).indicators[0].sign is sign
    )


@pytest.mark.parametrize("value", ["?", "大约", 1, True, ["≥"]])
def test_an_unknown_sign_is_refused(value: Any) -> None:
    found = findings(指标=[{**ROW, "符号": value}])
    assert [(code, message) for code, message, _ in found] == [
        ("SH108", "符号应是 ≥ ＞ ＝ ＜ ≤ 或 定性")
    ]


class Words(str):
    """Text as other libraries return it."""


class Choice(str, Enum):
    """A vocabulary of a host tool."""

    TARGET = "≥95%"


class Amount(Decimal):
    """A number as other libraries return it."""


@pytest.mark.parametrize(
    "value", [Words("≥95%"), Choice.TARGET, MappingProxyType({"文本": Words("≥95%")})]
)
def test_text_of_another_class_is_text(value: Any) -> None:
    """A host tool's plain dict holds what its own libraries read: it means what it says."""
    assert target(value) == target("≥95%")
    assert sheet(主管部门=value if isinstance(value, str) else "≥95%").department == "≥95%"


def test_keys_mappings_and_numbers_of_another_class_are_such() -> None:
    row = MappingProxyType({Words("名称"): Words("床位"), "一级指标": "产出", "二级指标": "数量"})
    read = sheet(指标=(row,), 预算={Words("预算数"): Amount("1.50")})
    assert (read.indicators[0].name, read.budget.final) == ("床位", Decimal("1.50"))
    assert type(read.indicators[0].name) is str


RATES = ["80万元", "≥80%未完成", "≤80%", "80人", "100%以上", {"值": 80, "单位": "元"}]


@pytest.mark.parametrize("rate", RATES)
def test_a_rate_is_a_percentage_and_nothing_else(rate: Any) -> None:
    """已填报执行率: what is no percentage cannot be compared with the amounts."""
    wanted = ("SH105", "这里应是百分数，如 98.67%", "")
    assert wanted in findings(预算={"已填报": {"执行率": rate}})
    assert wanted in findings(已填报={"目标完成率": rate})


@pytest.mark.parametrize("rate", ["80%", "80％", "80", 80, {"值": 80, "单位": "％"}])
def test_a_rate_may_lack_its_sign(rate: Any) -> None:
    assert findings(预算={"已填报": {"执行率": rate}}) == []


@pytest.mark.parametrize("char", ["\u200e", "\u200f", "\u061c", "\u202e", "\u2066"])
def test_a_mark_that_turns_the_text_round_is_refused(char: str) -> None:
    """A page of the web leaves such marks in what is copied; no font has them."""
    (found,) = findings(项目名称=f"甲{char}乙")
    assert "不能打印的字符" in found[1]


@pytest.mark.parametrize("char", ["\u200b", "\ufeff", "\u2060", "\u00ad"])
def test_a_character_that_nobody_sees_is_named_with_what_to_write(char: str) -> None:
    """Two names that look the same would be two names."""
    ((_, message, hint),) = findings(项目名称=f"甲{char}乙")
    assert message == f"文字里有看不见的字符（U+{ord(char):04X}）"
    assert hint == "请写成 甲乙"


def test_a_text_of_invisible_characters_alone_is_said_to_be_deleted() -> None:
    ((_, _, hint),) = findings(项目名称="\u200b\u200b")
    assert "请删去" in hint
