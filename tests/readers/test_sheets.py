"""The trap list: what must not pass, each with its exact finding: line, column, code, message."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import perfeval
from perfeval.cells.levels import Section
from perfeval.cells.notes import NoteKind
from perfeval.cells.values import Kind
from perfeval.findings import Finding, Severity
from perfeval.readers.sheets import sheet_from_source
from perfeval.source import read_text

HEAD = "评分办法: hubei-2020\n年度: 2023\n项目名称: 示例\n"
"""Three lines; what a case adds begins in line 4."""
Place = tuple[int | None, int | None, str, str, str]


NO_DECORATION = "请删去；本来就是文字的，整个内容写在引号里"
BUDGET = (
    "可写：年初预算数、预算数、资金到位、执行数、分值、"
    "其中调拨、调拨去向、资金构成、已填报、偏差原因、佐证"
)
ROW = (
    "可写：一级指标、二级指标、名称、分值、分值系推定、符号、单位、目标值、完成值、已填报得分、复核得分、"
    "偏差原因、改进措施、其中、不适用、所属目标、分单位、汇总方式、扣减分数、评分标准、佐证、备注"
)
NO_ALIAS = '请把内容原样写出来；本来就是文字的，写成 "*a"'


def is_of_cell(found: Finding) -> bool:
    """A number badly written in a target or an actual leaves its row open and hinders no other."""
    return found.code == "SH104" and found.path[-1] in ("目标值", "完成值")


def findings(text: str) -> list[Place]:
    read = sheet_from_source(read_text(text, "x.yaml"))
    errors = [item for item in read.findings if item.severity is Severity.ERROR]
    hinder = [item for item in errors if not is_of_cell(item)]
    assert (read.sheet is None) is bool(hinder)
    return [(item.line, item.column, item.code, item.message, item.hint) for item in read.findings]


def budget(value: str) -> str:
    return f"{HEAD}预算:\n  预算数: {value}\n  执行数: 1\n"


def indicator(fields: str) -> str:
    return f"{HEAD}指标:\n  产出指标:\n    数量指标:\n      - 名称: 床位\n        {fields}\n"


NUMBERS = {
    "0102": ("SH104", "“0102”不是规范的数字写法", "请写成 102"),
    "1_000": ("SH104", "“1_000”不是规范的数字写法", "请写成 1000"),
    "１２": ("SH104", "“１２”不是规范的数字写法", "请写成 12"),
    "+5": ("SH104", "“+5”不是规范的数字写法", "请写成 5"),
    ".5": ("SH104", "“.5”不是规范的数字写法", "请写成 0.5"),
    "1286. 7": ("SH104", "“1286. 7”不是规范的数字写法", "请写成 1286.7"),
    "1:30": ("SH105", "“1:30”不是数", "这里只写数字，不带单位"),
    "no": ("SH105", "“no”不是数", ""),
    "1e3": ("SH104", "“1e3”不是规范的数字写法", "请写成 1000"),
    "NaN": ("SH105", "“NaN”不是数", ""),
    ".nan": ("SH105", "“.nan”不是数", ""),
    ".inf": ("SH105", "“.inf”不是数", ""),
    "-.inf": ("SH105", "“-.inf”不是数", ""),
    "2023-01-01": ("SH105", "“2023-01-01”不是数", "这里只写数字，不带单位"),
    "true": ("SH105", "这里应是一个数", ""),
    "[1]": ("SH105", "这里应是一个数", ""),
    "{a: 1}": ("SH105", "这里应是一个数", ""),
    "-5": ("SH107", "不能是负数（-5）", ""),
    "!!float 5": ("YM109", "不能使用类型标记 “tag:yaml.org,2002:float”", NO_DECORATION),
    "&a 5": ("YM107", "不能使用锚点 “&a”", NO_DECORATION),
    "*a": ("YM108", "不能使用引用 “*a”", NO_ALIAS),
}


@pytest.mark.parametrize(("written", "expected"), NUMBERS.items(), ids=NUMBERS)
def test_a_trap_in_an_amount(written: str, expected: tuple[str, str, str]) -> None:
    assert findings(budget(written)) == [(5, 8, *expected)]


CELLS = {
    "0102": ("SH104", "“0102”不是规范的数字写法", "请写成 102"),
    "0102张": ("SH104", "“0102张”不是规范的数字写法", "请写成 102张"),
    "1_000": ("SH104", "“1_000”不是规范的数字写法", "请写成 1000"),
    "１２": ("SH104", "“１２”里有全角数字", "请写成 12"),
    "９５%": ("SH104", "“９５%”里有全角数字", "请写成 95%"),
    "+5": ("SH104", "“+5”不是规范的数字写法", "请写成 5"),
    ".5": ("SH104", "“.5”不是规范的数字写法", "请写成 0.5"),
    "1e3": ("SH104", "“1e3”不是规范的数字写法", "请写成 1000"),
    "NaN": ("SH104", "“NaN”不是规范的数字写法", "请写成普通的数字"),
    ".inf": ("SH104", "“.inf”不是规范的数字写法", "请写成普通的数字"),
    "true": ("SH103", "这里应是数或文字；如果就是这几个字，请加引号", ""),
    "[1]": ("SH105", "这里应是一个数", ""),
}


@pytest.mark.parametrize(("written", "expected"), CELLS.items(), ids=CELLS)
def test_a_trap_in_a_target(written: str, expected: tuple[str, str, str]) -> None:
    assert findings(indicator(f"目标值: {written}")) == [(8, 14, *expected)]


BADLY_WRITTEN = [
    "+6.5%",
    "≥+5%",
    ".5",
    "10 000",
    "0102人",
    "１２%",
    "1，000人",
    "≥12，345.6元",
    {"值": "1_000"},
    {"文本": "+5", "单位": "人"},
    {"text": "+5"},
]


@pytest.mark.parametrize("written", BADLY_WRITTEN, ids=str)
@pytest.mark.parametrize("cell", ["目标值", "完成值", "target", "actual"])
def test_a_badly_written_number_is_told_and_leaves_its_own_row_open_alone(
    cell: str, written: Any
) -> None:
    """It is a finding with the plain form suggested, never a number; the other rows score."""
    level = {"一级指标": "产出指标", "二级指标": "数量指标", "分值": 10}
    row = {**level, "名称": "甲", "目标值": "≥10人", "完成值": "9人"}
    odd = {key: value for key, value in row.items() if word_for(key) != word_for(cell)}
    odd[cell] = written
    head = {"评分办法": "mof-2020", "年度": 2023, "项目名称": "示例"}
    child = {"名称": "子", cell: written}
    report = perfeval.evaluate({**head, "指标": [row, odd, {**row, "其中": [child]}]})
    assert report.scorecard is not None
    lines = report.scorecard.lines
    assert [f"{line.low} {line.high}" for line in lines] == ["9.00 9.00", "0.00 10.00", "9.00 9.00"]
    assert [note.kind for note in lines[1].notes] == [NoteKind.NUMBER_FORM]
    told = [item for item in report.findings if item.path[-1:] == (cell,) and item.path[1] != 0]
    assert [item.code for item in told] == ["SH104", "SH104"]
    with pytest.raises(perfeval.SheetError, match="SH104"):
        perfeval.load_sheet({**head, "指标": [odd]})


def test_a_badly_written_number_on_both_sides_is_no_copied_text() -> None:
    odd = indicator("目标值: +5\n        完成值: +5\n        分值: 10")
    assert [item[2] for item in findings(odd)] == ["SH104", "SH104"]
    report = perfeval.evaluate(odd)
    assert report.scorecard is not None
    assert [f"{line.low} {line.high}" for line in report.scorecard.lines] == ["0.00 10.00"]


def test_what_is_wrong_besides_a_badly_written_number_hinders_the_sheet() -> None:
    read = sheet_from_source(read_text(indicator("目标值: +5\n        分值: no"), "x.yaml"))
    assert read.sheet is None
    assert [item.code for item in read.findings] == ["SH104", "SH105"]


def word_for(key: str) -> str:
    return {"target": "目标值", "actual": "完成值"}.get(key, key)


@pytest.mark.parametrize(
    ("written", "kind"),
    [("1:30", Kind.RATIO), ("no", Kind.WORDS), ("42（3）", Kind.COMPOUND), ("/", Kind.BLANK)],
)
def test_a_cell_that_is_no_figure_is_never_a_number(written: str, kind: Kind) -> None:
    """YAML itself would make 90 of 1:30, and false of no; 1:30 is one in thirty, a ratio."""
    read = sheet_from_source(read_text(indicator(f"目标值: {written}"), "x"))
    assert read.sheet is not None
    (item,) = read.sheet.indicators
    assert item.target is not None
    assert (item.target.kind, item.target.number, item.target.text) == (kind, None, written)


ROWS = "列表（每个指标以 “- 名称:” 开头）"
DASH = "每个指标以 “- 名称:” 开头，其余内容与“名称”对齐"
SHAPES = {
    "a list as the sheet": (
        "- 评分办法: x\n",
        [
            (
                1,
                1,
                "SH103",
                "一张自评表应由“名称: 内容”组成",
                "可用 perfeval new 生成一张带说明的空表",
            )
        ],
    ),
    "a text as the sheet": (
        "示例\n",
        [
            (
                1,
                1,
                "SH103",
                "一张自评表应由“名称: 内容”组成",
                "可用 perfeval new 生成一张带说明的空表",
            )
        ],
    ),
    "a text as the budget": (
        HEAD + "预算: 5\n",
        [(4, 5, "SH103", "这里应是下级内容（“名称: 内容”各占一行）", BUDGET)],
    ),
    "a list as the budget": (
        HEAD + "预算: [5]\n",
        [(4, 5, "SH103", "这里应是下级内容（“名称: 内容”各占一行）", BUDGET)],
    ),
    "a text as the indicators": (
        HEAD + "指标: 5\n",
        [(4, 5, "SH103", "“指标”下面应是一级指标，如“产出指标:”", "")],
    ),
    "a text as a section": (
        HEAD + "指标: {产出指标: 5}\n",
        [(4, 12, "SH103", f"“产出指标”下面应是二级指标，或指标的{ROWS}", "")],
    ),
    "an indicator as a section": (
        HEAD + "指标:\n  产出指标:\n    名称: a\n",
        [(6, 9, "SH103", "“名称”是一个指标的内容，不是上一级的名称", DASH)],
    ),
    "a mapping as an aspect": (
        HEAD + "指标:\n  产出指标:\n    数量指标: {名称: a}\n",
        [(6, 11, "SH103", "“数量指标”下面应是列表（每个指标以 “- 名称:” 开头）", "")],
    ),
    "a text as a row": (
        HEAD + "指标:\n  产出指标:\n    数量指标:\n      - 床位\n",
        [(7, 9, "SH103", "这里应是下级内容（“名称: 内容”各占一行）", ROW)],
    ),
    "a list as a text": (
        HEAD + "主管部门: [甲]\n",
        [(4, 7, "SH103", "这里应是文字；如果就是这几个字，请加引号", "")],
    ),
    "a truth value as a text": (
        HEAD + "主管部门: true\n",
        [(4, 7, "SH103", "这里应是文字；如果就是这几个字，请加引号", "")],
    ),
    "a mapping as a year": (
        HEAD.replace("2023", "{a: 1}"),
        [(2, 5, "SH105", "这里应是一个数", "")],
    ),
    "another unit of money": (
        HEAD + "金额单位: 千元\n",
        [(4, 7, "SH108", "“千元”不在可选的写法里", "可写：万元、元")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), SHAPES.values(), ids=SHAPES)
def test_a_wrong_shape(text: str, expected: list[Place]) -> None:
    assert findings(text) == expected


KEYS = {
    "a key that is nearly known": (
        HEAD + "项目名: a\n",
        [(4, 1, "SH102", "不认识“项目名”", "是不是“项目名称”？")],
    ),
    "a nested key that is nearly known": (
        HEAD + "预算:\n  预算数: 1\n  执行额: 1\n",
        [(6, 3, "SH102", "不认识“执行额”", "是不是“执行数”？")],
    ),
    "a key of a row that is nearly known": (
        indicator("目标: 5"),
        [(8, 9, "SH102", "不认识“目标”", "是不是“目标值”？")],
    ),
    "a number as a section": (
        HEAD + "指标: {1: {}}\n",
        [(4, 6, "SH102", "“1”不是指标的名称", "请写表上印的一级、二级指标")],
    ),
    "a merge key as an aspect": (
        HEAD + "指标:\n  效益指标:\n    <<: []\n",
        [(6, 5, "SH102", "“<<”不是指标的名称", "请写表上印的一级、二级指标")],
    ),
    "an English key that is nearly known": (
        HEAD + "departmant: a\n",
        [(4, 1, "SH102", "不认识“departmant”", "是不是“department”？")],
    ),
    "a number as a key": (
        HEAD + "预算:\n  2024: 1\n",
        [(5, 3, "SH102", "不认识“2024”", ...)],
    ),
    "a merge key": (
        HEAD + "<<: {项目名称: 乙}\n",
        [(4, 1, "SH102", "不认识“<<”", ...)],
    ),
    "a merge key with an alias": (
        HEAD + "预算: &甲a {}\n".replace("甲", "") + "<<: *a\n",
        [
            (4, 5, "YM107", "不能使用锚点 “&a”", NO_DECORATION),
            (5, 1, "SH102", "不认识“<<”", ...),
            (5, 5, "YM108", "不能使用引用 “*a”", NO_ALIAS),
        ],
    ),
    "a repeated key": (
        HEAD + "年度: 2024\n",
        [(4, 1, "YM106", "“年度”写了两次，第一次在第 2 行", "请只保留一处")],
    ),
    "a repeated nested key": (
        indicator("分值: 2\n        分值: 3"),
        [(9, 9, "YM106", "“分值”写了两次，第一次在第 8 行", "请只保留一处")],
    ),
    "the English and the Chinese word": (
        HEAD + "name: 乙\n",
        [(4, 1, "SH109", "“name”与“项目名称”是同一项，写了两次", "请只保留一处")],
    ),
    "two Chinese words for one thing": (
        HEAD + "预算: {预算数: 1, 全年预算数: 1}\n",
        [(4, 14, "SH109", "“全年预算数”与“预算数”是同一项，写了两次", "请只保留一处")],
    ),
    "two words for one section": (
        HEAD + "指标: {产出指标: {}, output: {}}\n",
        [(4, 16, "SH109", "“output”与“产出指标”是同一项，写了两次", "请合并到一处")],
    ),
    "two words for the indicators": (
        HEAD + "指标: [{一级指标: 产出, 二级指标: 数量, 名称: a}]\nindicators: []\n",
        [(5, 1, "SH109", "“indicators”与“指标”是同一项，写了两次", "")],
    ),
    "a list as a key": (
        HEAD + "? [甲]\n: 1\n",
        [(4, 3, "YM111", "项目的名称必须是文字，不能是列表或下级内容", "")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), KEYS.values(), ids=KEYS)
def test_a_key_that_is_not_allowed(text: str, expected: list[Any]) -> None:
    found = findings(text)
    assert [item[:4] for item in found] == [item[:4] for item in expected]
    for (*_, hint), (*_, wanted) in zip(found, expected, strict=True):
        assert hint == wanted or (
            wanted is ... and hint.startswith("这里可以写：年度、评分办法"[:6])
        )


def test_a_row_may_not_contradict_the_section_that_it_stands_in() -> None:
    """一级指标 is given by the level above; another one in the row is not dropped in silence."""
    (found,) = findings(indicator("一级指标: 效益指标"))
    assert found[:2] == (8, 9)


def test_an_unknown_key_with_nothing_near_lists_what_may_stand_there() -> None:
    (found,) = findings(HEAD + "预算: {甲: 1}\n")
    assert found[:4] == (4, 6, "SH102", "不认识“甲”")
    words = found[4].removeprefix("这里可以写：").split("、")
    assert {"年初预算数", "预算数", "执行数", "其中调拨", "已填报"} <= set(words)


def test_words_that_may_be_chosen_are_the_forms_own() -> None:
    (found,) = findings(f"{HEAD}表种: 好表\n")
    assert found == (4, 5, "SH108", "“好表”不在可选的写法里", "可写：项目支出、部门整体支出")


MISSING = {
    "评分办法": (1, 1, "SH101", "缺少“评分办法”"),
    "年度": (1, 1, "SH101", "缺少“年度”"),
    "项目名称": (1, 1, "SH101", "缺少“项目名称”"),
}


@pytest.mark.parametrize(("word", "expected"), MISSING.items(), ids=MISSING)
def test_what_must_be_there_is_asked_for(word: str, expected: tuple[int, int, str, str]) -> None:
    """A missing 评分办法 is a finding; there is no default place."""
    text = "".join(line for line in HEAD.splitlines(keepends=True) if word not in line)
    assert [found[:4] for found in findings(text)] == [expected]


def test_what_stands_there_blank_is_missing_where_it_stands() -> None:
    blank = "评分办法:\n年度:\n项目名称: ''\n"
    assert [found[:4] for found in findings(blank)] == [
        (1, 6, "SH101", "缺少“评分办法”"),
        (2, 4, "SH101", "缺少“年度”"),
        (3, 7, "SH101", "缺少“项目名称”"),
    ]


def test_a_row_needs_a_name_and_no_level_above_it() -> None:
    """A flat list of indicators is a form too."""
    text = HEAD + "指标:\n  - 分值: 2\n"
    assert [found[:4] for found in findings(text)] == [(5, 5, "SH101", "缺少“名称”")]


def test_levels_are_what_the_form_prints_or_are_not_there() -> None:
    """Names are read as printed; 决策 may have aspects of its own, or none."""
    text = (
        "指标:\n  项目决策（20分）:\n    - {名称: 甲}\n"
        "  党的建设:\n    制度建设: [{名称: 乙}]\n  产出（ 60 分）: {数量: [{名称: 丙}]}\n"
    )
    sheet = perfeval.load_sheet(HEAD + text)
    names = [(row.section.text, row.section.label, row.aspect.text) for row in sheet.indicators]
    assert names == [
        ("项目决策（20分）", "项目决策", ""),
        ("党的建设", "党的建设", "制度建设"),
        ("产出（ 60 分）", "产出", "数量"),
    ]
    assert [row.section.weight for row in sheet.indicators] == [20, None, 60]
    groups = [row.section.group for row in sheet.indicators]
    assert groups == [Section.DECISION, None, Section.OUTPUT]
    assert perfeval.load_sheet(perfeval.dump(sheet)) == sheet


def test_an_id_of_a_file_beside_the_sheet_is_answered_with_its_name(tmp_path: Path) -> None:
    """A rulebook of one's own is named by its file, not by its 编号."""
    path = tmp_path / "表.yaml"
    path.write_text(HEAD.replace("hubei-2020", "县级专项"), encoding="utf-8")
    (found,) = perfeval.evaluate(path).findings
    assert (found.code, found.hint) == ("SH110", "")
    (tmp_path / "办法.yaml").write_text("编号: 县级专项\n名称: 办法\n", encoding="utf-8")
    (tmp_path / "坏.yaml").write_text("编号: [\n", encoding="utf-8")
    (tmp_path / "表二.yaml").write_text("编号: 县级专项\n项目名称: 甲\n", encoding="utf-8")
    (found,) = perfeval.evaluate(path).findings
    assert found.hint == "“办法.yaml”的编号是它：请写文件名，“评分办法: 办法.yaml”"


@pytest.mark.parametrize("cell", ["甲" * 10_000, "“甲”" * 3_000, "9" * 10_000])
def test_no_message_quotes_a_cell_of_many_characters_whole(cell: str) -> None:
    """A message is read on a line; what it is about stands in the file."""
    row = f"{{名称: {cell}, 分值: 40, 目标值: '{cell}', 完成值: '{cell}'}}"
    text = f"{HEAD}指标:\n  产出指标:\n    数量指标:\n      - {row}\n"
    found = perfeval.evaluate(text).findings
    assert found
    assert max(len(finding.message) for finding in found) <= 1002


def test_an_unknown_rulebook_is_a_finding_where_it_is_named(tmp_path: Path) -> None:
    path = tmp_path / "表.yaml"
    path.write_text("# 注\n" + HEAD.replace("hubei-2020", "hubei-2021"), encoding="utf-8")
    report = perfeval.evaluate(path)
    (found,) = report.findings
    assert (found.line, found.column, found.code) == (2, 7, "SH110")
    assert found.message.startswith("没有评分办法“hubei-2021”，是不是“hubei-2020”？现有：")
    assert "hubei-2020、" in found.message
    assert (report.sheet is not None, report.scorecard) == (True, None)


SYNTAX = {
    "tab indentation": (
        "预算:\n\t预算数: 1\n",
        5,
        1,
        "缩进里有制表符",
        "请写成“预算数: 1”，行首空 2 格",
    ),
    "a full-width colon": (
        "主管部门： 甲\n实施单位: 乙\n",
        4,
        5,
        "这里的冒号是全角的“：”",
        "请写成“主管部门: 甲”",
    ),
    "no blank behind a colon": (
        "预算:\n  预算数:5\n  执行数: 5\n",
        5,
        6,
        "英文冒号后面没有空格",
        "请写成“预算数: 5”",
    ),
    "a second colon": (
        "主管部门: a: b\n",
        4,
        7,
        "内容里有英文冒号，要加引号",
        '请写成“主管部门: "a: b"”',
    ),
    "an open quote": ("主管部门: '甲\n", 4, 7, "引号没有成对", "请写成“主管部门: '甲'”"),
    "an at sign": (
        "主管部门: @x\n",
        4,
        7,
        "以“@”开头的内容要加引号",
        '请写成“主管部门: "@x"”',
    ),
}


@pytest.mark.parametrize("case", SYNTAX.values(), ids=SYNTAX)
def test_a_syntax_error_is_a_finding_in_plain_words(case: tuple[Any, ...]) -> None:
    text, line, column, message, hint = case
    assert findings(HEAD + text) == [(line, column, "YM104", message, hint)]


def test_a_second_document_is_a_finding() -> None:
    message = "一个文件只能有一份内容，这里又开始了一份（---）"
    assert findings(HEAD + "---\n" + HEAD) == [(4, 1, "YM110", message, "请另存为一个文件")]


def test_a_control_character_is_a_finding() -> None:
    message = "文本里有不能打印的控制字符（U+0007）"
    assert findings(HEAD + "备注: 甲\x07\n") == [(4, 6, "YM105", message, "请删去该字符")]


@pytest.mark.parametrize("text", ["", "\n\n", "# 只有注释\n", "~\n"])
def test_an_empty_file_is_a_finding(text: str) -> None:
    assert [found[2:4] for found in findings(text)] == [("YM113", "文件是空的")]


EVERYTHING = """\
评分办法: hubei-2020
年度: 二〇二三
项目名: 示例
预算:
  预算数: 0102
  执行数: -1
  其中调拨: 1_000
  预算数: 5
  final: 3
指标:
  产出指标:
    数量指标:
      - 名称: 床位
        分值: no
        目标值: １２
        完成: 3
    数量: []
  效益: 无
已填报: {总分: !!float 1}
"""


def test_every_error_of_a_file_is_reported_at_once_in_the_order_of_its_lines() -> None:
    assert [
        (line, column, code, message) for line, column, code, message, _ in findings(EVERYTHING)
    ] == [
        (1, 1, "SH101", "缺少“项目名称”"),
        (2, 5, "SH105", "“二〇二三”不是数"),
        (3, 1, "SH102", "不认识“项目名”"),
        (5, 8, "SH104", "“0102”不是规范的数字写法"),
        (6, 8, "SH107", "不能是负数（-1）"),
        (7, 9, "SH104", "“1_000”不是规范的数字写法"),
        (8, 3, "YM106", "“预算数”写了两次，第一次在第 5 行"),
        (9, 3, "SH109", "“final”与“预算数”是同一项，写了两次"),
        (14, 13, "SH105", "“no”不是数"),
        (15, 14, "SH104", "“１２”里有全角数字"),
        (16, 9, "SH102", "不认识“完成”"),
        (17, 5, "SH109", "“数量”与“数量指标”是同一项，写了两次"),
        (18, 7, "SH103", f"“效益”下面应是二级指标，或指标的{ROWS}"),
        (19, 11, "YM109", "不能使用类型标记 “tag:yaml.org,2002:float”"),
    ]


def test_a_finding_shows_its_line_and_its_path() -> None:
    read = sheet_from_source(read_text(EVERYTHING, "养老.yaml"))
    found = next(item for item in read.findings if item.line == 15)
    assert (found.file, found.excerpt) == ("养老.yaml", "        目标值: １２")
    assert found.path == ("指标", "产出指标", "数量指标", 0, "目标值")
    assert str(found) == "养老.yaml:15:14  SH104  “１２”里有全角数字（请写成 12）"


def test_a_blank_budget_is_none_and_a_zero_budget_is_zero() -> None:
    blank = sheet_from_source(read_text(budget(""), "x")).sheet
    zero = sheet_from_source(read_text(budget("0"), "x")).sheet
    assert blank is not None
    assert zero is not None
    assert (blank.budget.final, zero.budget.final) == (None, Decimal(0))
    notes = [
        [
            note.kind.name
            for note in perfeval.score(sheet, perfeval.load_rulebook("hubei-2020")).execution.notes
        ]
        for sheet in (blank, zero)
    ]
    assert notes == [["NO_BUDGET"], ["ZERO_BUDGET"]]


def test_findings_of_the_checks_stand_at_the_word_that_the_file_uses(tmp_path: Path) -> None:
    path = tmp_path / "表.yaml"
    path.write_text(HEAD + "预算:\n  执行数: 1\n  全年预算数: 0\n", encoding="utf-8")
    found = [item for item in perfeval.evaluate(path).findings if item.code == "BX103"]
    assert [(item.line, item.column) for item in found] == [(6, 10)]


def test_findings_of_the_checks_stand_at_the_filed_points(tmp_path: Path) -> None:
    text = indicator("分值: 2\n        目标值: ≥32\n        完成值: 26\n        已填报得分: 2")
    path = tmp_path / "表.yaml"
    path.write_text(text, encoding="utf-8")
    found = [item for item in perfeval.evaluate(path).findings if item.code == "PT102"]
    assert [(item.line, item.column) for item in found] == [(11, 16)]
    assert "应为 1.63" in found[0].message


@pytest.mark.parametrize("key", ["评分办法", "rulebook"])
def test_a_rulebook_given_beside_stands_for_a_blank_one(key: str) -> None:
    sheet = {key: None, "年度": 2023, "项目名称": "示例"}
    report = perfeval.evaluate(sheet, rulebook="hubei-2020")
    assert report.findings == () or not report.errors
    assert report.sheet is not None
    assert report.sheet.rulebook == "hubei-2020"


def test_the_flat_and_the_nested_shape_give_the_same_sheet() -> None:
    flat = "指标:\n  - {一级指标: 产出指标, 二级指标: 数量指标, 名称: a, 分值: 2}\n"
    nested = "指标: {产出指标: {数量指标: [{名称: a, 分值: 2}]}}\n"
    english = "indicators: {output: {quantity: [{name: a, weight: 2}]}}\n"
    sheets = [
        sheet_from_source(read_text(HEAD + text, "x")).sheet for text in (flat, nested, english)
    ]
    assert sheets[0] is not None
    assert sheets[0] == sheets[1] == sheets[2]


def test_blank_levels_are_levels_without_rows() -> None:
    text = HEAD + "指标:\n  产出指标:\n  效益指标:\n    社会效益指标:\n"
    read = sheet_from_source(read_text(text, "x"))
    assert read.sheet is not None
    assert read.sheet.indicators == ()


HEADINGS = ("预算", "指标", "多个目标", "已填报", "校核豁免")


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_heading_with_nothing_below_it_is_as_good_as_none(heading: str) -> None:
    head = "评分办法: hubei-2020\n年度: 2023\n项目名称: 甲\n"
    read = sheet_from_source(read_text(f"{head}{heading}:\n", "x"))
    assert read.findings == ()
    assert read.sheet == sheet_from_source(read_text(head, "x")).sheet


@pytest.mark.parametrize(("word", "means"), [("是", True), ("否", False), ("true", True)])
def test_what_is_or_is_not_so_is_written_as_on_a_form(word: str, means: bool) -> None:
    text = f"""
评分办法: hubei-2020
年度: 2023
项目名称: 甲
指标:
  产出指标:
    数量指标:
      - {{名称: 甲, 不适用: {word}}}
"""
    sheet = sheet_from_source(read_text(text, "x")).sheet
    assert sheet is not None
    assert sheet.indicators[0].not_applicable is means


@pytest.mark.parametrize(
    ("fields", "hint"),
    [
        ("分值: 5, 目标值: , 完成值: , 偏差原因: ", "用不到的，整段删去"),
        ("分值: 5, 目标值: , 完成值: 0", ""),
        ("目标值: ≥5", ""),
    ],
)
def test_an_indicator_that_was_left_blank_may_be_deleted(fields: str, hint: str) -> None:
    text = f"{HEAD}指标:\n  产出指标:\n    数量指标:\n      - {{名称: , {fields}}}\n"
    (found,) = sheet_from_source(read_text(text, "x")).findings
    assert (found.message, found.hint) == ("缺少“名称”", hint)


@pytest.mark.parametrize(
    "head",
    [HEAD, f"{HEAD}预算:\n"],
    ids=["top", "budget"],
)
def test_after_a_hundred_unknown_words_the_others_are_counted(
    head: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of very many unknown words is answered as soon as it is read."""
    asked = []

    def near(word: str, words: object, n: int, cutoff: float) -> list[str]:
        asked.append(word)
        return []

    monkeypatch.setattr("difflib.get_close_matches", near)
    indent = " " * (2 * head.count("预算:"))
    text = head + "".join(f"{indent}词{number}: 1\n" for number in range(600))
    found = sheet_from_source(read_text(text, "x")).findings
    assert (len(found), len(asked)) == (101, 100)
    assert found[-1].message == "不认识的名称太多，从这里起的 500 项没有逐一列出"
    assert found[-1].line == 101 + head.count("\n")


def test_a_block_in_place_of_a_word_is_not_printed_as_a_program_has_it() -> None:
    standard = {"依据": "甲", "计分": {"方法": {"值": Decimal(-5), "文本": "乙"}}}
    row = {"一级指标": "产出指标", "二级指标": "数量指标", "名称": "丙", "评分标准": standard}
    report = perfeval.evaluate(
        {"评分办法": "mof-2020", "年度": 2023, "项目名称": "丁", "指标": [row]}
    )
    assert "这里应是文字" in [one.message for one in report.findings if one.code == "SH108"]
    assert not [one for one in report.findings if "Decimal" in one.message]
