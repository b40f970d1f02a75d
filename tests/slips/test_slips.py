"""Every slip of the hand is named on its line, all at once; a sheet without slips gives none."""

from __future__ import annotations

import time
from random import Random

import pytest
import yaml

from perfeval.readers.sheets import read_sheet
from perfeval.slips import MOST_SLIPS, mend
from tests.slips.injecting import SLIPS, a_sheet, inject
from tests.slips.styles import a_sheets_data, written

SEEDS = 180
NEW_WORDS = ("second_colon", "half_quoted")
"""Slips that bring words of their own."""


def lines_named(text: str) -> set[int | None]:
    return {finding.line for finding in read_sheet(text).findings}


def data_of(text: str) -> object:
    """Read a text with a parser that is not ours; ``None`` where it is none."""
    try:
        return yaml.load(text, yaml.CBaseLoader)
    except yaml.YAMLError:
        return None


def whole(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("kind", SLIPS)
def test_a_slip_is_named_on_its_line_and_on_no_other(kind: str) -> None:
    """The blamed line is the faulty one, not the next."""
    done = 0
    for seed in range(SEEDS // len(SLIPS)):
        random = Random(f"{kind} {seed}")
        lines = a_sheet(random)
        clean = whole(lines)
        made = inject(lines, [kind], random)
        text = whole(made.lines)
        if not made.faulty or (kind in ("deeper", "shallower") and data_of(text) == data_of(clean)):
            continue  # an only line may stand in any column
        done += 1
        assert lines_named(text) - lines_named(clean) == set(made.faulty), text
    assert done


def test_all_slips_of_a_file_are_named_at_once() -> None:
    kinds = sorted(set(SLIPS) - {"deeper", "shallower"})
    for seed in range(SEEDS // 4):
        random = Random(seed)
        made = inject(a_sheet(random), random.choices(kinds, k=6), random)
        text = whole(made.lines)
        assert set(made.faulty) <= lines_named(text), text


def test_a_sheet_without_slips_gives_none() -> None:
    for seed in range(SEEDS):
        text = whole(a_sheet(Random(seed)))
        assert mend(text) == ((), text)


SHEET = """\
年度: 2023
预算:
  预算数: 100
  执行数: 90
指标:
  产出指标:
    数量指标:
      - 名称: 床位
        目标值: 32
        完成值: 26
"""


@pytest.mark.parametrize(
    ("old", "new", "message", "hint"),
    [
        ("年度: 2023", "年度：2023", "这里的冒号是全角的“：”", "请写成“年度: 2023”"),
        ("年度: 2023", "年度∶ 2023", "这里的“∶”不是英文冒号", "请写成“年度: 2023”"),
        ("年度: 2023", "年度:2023", "英文冒号后面没有空格", "请写成“年度: 2023”"),
        ("年度: 2023", "年度:\u30002023", "英文冒号后面是全角空格", "请写成“年度: 2023”"),
        ("年度: 2023", "年度 2023", "名称后面没有英文冒号", "请写成“年度: 2023”"),
        ("预算:\n", "预算\n", "名称后面没有英文冒号", "请写成“预算:”"),
        ("  执行数", "\t执行数", "缩进里有制表符", "请写成“执行数: 90”，行首空 2 格"),
        ("  执行数", "\u3000执行数", "缩进里有全角空格", "请写成“执行数: 90”，行首空 2 格"),
        ("  执行数", "   执行数", "缩进比同一层的其他行多", "请写成“执行数: 90”，行首空 2 格"),
        ("  执行数", " 执行数", "缩进与上面哪一层都对不齐", "请写成“执行数: 90”，行首空 2 格"),
        ("  预算数", " 预算数", "缩进与上面哪一层都对不齐", "请写成“预算数: 100”，行首空 2 格"),
        ("- 名称", "-名称", "短横线后面应空一格", "请写成“- 名称: 床位”"),
        ("- 名称", "－ 名称", "列表的短横线应是英文的“-”", "请写成“- 名称: 床位”"),
        ("值: 32", "值: |32", "以“|”开头的内容要加引号", '请写成“目标值: "|32"”'),
        ("值: 32", "值: *", "以“*”开头的内容要加引号", '请写成“目标值: "*"”'),
        ("值: 32", "值: -", "以“-”开头的内容要加引号", '请写成“目标值: "-"”'),
        ("值: 32", "值: 甲: 32", "内容里有英文冒号，要加引号", '请写成“目标值: "甲: 32"”'),
        ("值: 32", '值: "32', "引号没有成对", '请写成“目标值: "32"”'),
        ("值: 32", '值: "32”', "右引号是全角的，应与左引号一样", '请写成“目标值: "32"”'),
        ("值: 32", "值: “32”", "引号是全角的，应是英文的", '请写成“目标值: "32"”'),
        ("值: 32", '值: "C:\\数"', "双引号里不能写“\\”，请用单引号", "请写成“目标值: 'C:\\数'”"),
        ("位", '"位"等\n        备注: "位"等', "引号后面还有字，整个内容要加引号", None),
        ("值: 32", "值: [2023]5号", "以“[”开头的内容要加引号", '请写成“目标值: "[2023]5号"”'),
        ("值: 32", "值: ｛值: 32｝", "括号是全角的，应是英文的", "请写成“目标值: {值: 32}”"),
        (
            "值: 32",
            "值: {值：32，文本: 3}",
            "逗号是全角的“，”",
            "请写成“目标值: {值: 32, 文本: 3}”",
        ),
        ("年度", "年\u200b度", "有看不见的字符（U+200B）", "请删去该字符"),
    ],
)
def test_a_slip_is_named_with_the_line_to_write(
    old: str, new: str, message: str, hint: str | None
) -> None:
    text = SHEET.replace(old, new, 1)
    assert text != SHEET
    slips = {slip.message: slip.hint for slip in mend(text).slips}
    assert message in slips
    if hint is not None:
        assert slips[message] == hint


def test_the_mended_text_is_the_one_that_was_meant() -> None:
    text = SHEET.replace("年度: 2023", "年度：2023").replace("值: 32", "值: |32")
    assert mend(text).text == SHEET.replace("值: 32", '值: "|32"')


@pytest.mark.parametrize(
    "line",
    [
        "a：b\n",
        "-名\n",
        "\t甲: 乙\n",
        "  甲: 乙\n 丙: 丁\n",
        "甲\n",
        "甲: [\n",
        '甲: "\n',
        "甲: {乙：丙，\n",
    ],
)
def test_many_slips_are_named_in_a_time_that_grows_with_their_number(line: str) -> None:
    text = "甲: 乙\n" + line * (60_000 // len(line.encode()))
    start = time.process_time()
    assert len(mend(text).slips) <= MOST_SLIPS
    assert time.process_time() - start < 3


def test_an_item_of_a_list_of_texts_is_no_name_and_value() -> None:
    """依据文件 names documents; a colon of text inside an item is nobody's slip."""
    text = (
        "年度：2023\n"
        "依据文件:\n"
        "  - 《关于印发办法的通知》：财发〔2023〕1号\n"
        "  - 资料来源：统计局年报\n"
    )
    assert [slip[0] for slip in mend(text).slips] == [1]


@pytest.mark.parametrize("kind", sorted(set(SLIPS) - {"twice", "special", *NEW_WORDS}))
def test_the_mended_text_says_what_was_meant(kind: str) -> None:
    """Where the slip adds no words, the text without it is the sheet before the slip."""
    for seed in range(SEEDS // len(SLIPS)):
        random = Random(f"meant {kind} {seed}")
        lines = a_sheet(random)
        made = inject(lines, [kind], random)
        if made.faulty:
            assert data_of(mend(whole(made.lines)).text) == data_of(whole(lines))


def test_no_style_of_yaml_is_a_slip() -> None:
    """Whoever writes flows, quotes, blocks of text or JSON has made no slip."""
    for seed in range(SEEDS * 2):
        random = Random(f"style {seed}")
        data = a_sheets_data(random)
        text = written(data, random)
        assert data_of(text) == data, text
        assert mend(text) == ((), text), text


@pytest.mark.parametrize(
    "valid",
    [
        "产出和效果:\n  第一段\n  1．数量：完成\n  时间:2023年\n",
        '{"年度":2023,\n"指标":{"产出指标":{}}}\n',
        "指标: {产出指标: {数量指标: [\n{名称: 甲, 目标值: 32},\n{名称: 乙, 目标值: 1}\n]}}\n",
        "产出指标: &a\n  - &b {名称: 甲}\n  - {名称: 乙}\n",
        "? 年度目标\n: 办好\n? 依据文件\n: - 某字：1号\n",
        "依据文件:\n  - 年度：2023 批复\n  - 资料来源：年报\n",
        "备注: |\n  年度：2023\n  目标值:32\n年度: 2023\n",
        "备注:\n  >-\n  年度：2023\n年度: 2023\n",
        '备注:\n  "第一段\n\n  年度：2023"\n年度: 2023\n',
        "--- {年度: 2023,\n 指标: {}}\n",
        "{偏差原因: 已办两件，其中：一件在建, 目标值: 32}\n",
    ],
)
def test_what_is_valid_is_no_slip_beside_one(valid: str) -> None:
    assert data_of(valid) is not None
    assert mend(valid) == ((), valid)
    text = valid + "# 完\n主管部门：民政局\n" if valid[0] not in '{"-' else valid
    assert [slip.line for slip in mend(text).slips] == [text.count("\n")] * (text != valid)


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("甲: {目标值: 32,156人}", '甲: {目标值: "32,156人"}'),
        ("甲: {目标值: 1,132,156, 完成值: 3}", '甲: {目标值: "1,132,156", 完成值: 3}'),
        ("甲: {目标值: 32, 156人: 3}", "甲: {目标值: 32, 156人: 3}"),
        ("甲: {目标值: 2032,156: 3}", "甲: {目标值: 2032,156: 3}"),
        ("甲: [32,156]", "甲: [32,156]"),
        (
            "甲: {乙: [\n  {丙: 3},\n  {丙: 4}\n丁: 5\n",
            "甲: {乙: [\n  {丙: 3},\n  {丙: 4}]}\n丁: 5\n",
        ),
        ("\x0c---\n年度: 2023\n", "---\n年度: 2023\n"),
        ("\x0c年度: 2023\n", "年度: 2023\n"),
        ('甲: "第一段\n  第二段\n丁: 5\n', '甲: "第一段\n  第二段"\n丁: 5\n'),
    ],
)
def test_a_hint_keeps_all_that_was_typed(text: str, mended: str) -> None:
    assert mend(text).text == mended
    assert bool(mend(text).slips) == (text != mended)
