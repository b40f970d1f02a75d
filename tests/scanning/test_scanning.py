"""What the scanner takes, what it leaves to the parser, and that both read alike."""

from __future__ import annotations

import time
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval.places import TextPlace
from perfeval.scanning import LONGEST, scan
from perfeval.source import MAX_DEPTH, MAX_VALUES, read_text
from tests.scanning.equality import difference, exact
from tests.scanning.texts import HOSTILE, KEYS, ODD, USUAL, text
from tests.scanning.totals import totals
from tests.seeds import FIRST

ROOT = Path(__file__).parents[2]
WHOLE = """\
# 说明
评分办法: hubei-2020
年度: 2023   # 决算年度

预算:        # 万元
  预算数: 1286.70
  已填报: {执行率: 98.70%, 得分: 20, 分: [1, '2']}
指标:
- 名称: "床位数"
  目标值: ≥391张

  完成值:
- 一行文字
依据文件:
    - 甲
    -   名称: 乙
        号: -5
空:
"""


def test_the_usual_text_is_scanned() -> None:
    scanned = scan(WHOLE)
    assert scanned is not None
    filed = {"执行率": "98.70%", "得分": Decimal(20), "分": [Decimal(1), "2"]}
    assert exact(scanned.data) == exact(
        {
            "评分办法": "hubei-2020",
            "年度": Decimal(2023),
            "预算": {"预算数": Decimal("1286.70"), "已填报": filed},
            "指标": [{"名称": "床位数", "目标值": "≥391张", "完成值": None}, "一行文字"],
            "依据文件": ["甲", {"名称": "乙", "号": Decimal(-5)}],
            "空": None,
        }
    )


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ((), (2, 1), (2, 1)),
        (("评分办法",), (2, 7), (2, 1)),
        (("年度",), (3, 5), (3, 1)),
        (("预算",), (6, 3), (5, 1)),
        (("预算", "预算数"), (6, 8), (6, 3)),
        (("预算", "已填报"), (7, 8), (7, 3)),
        (("预算", "已填报", "得分"), (7, 26), (7, 22)),
        (("预算", "已填报", "分"), (7, 33), (7, 30)),
        (("预算", "已填报", "分", 1), (7, 37), (7, 37)),
        (("指标",), (9, 1), (8, 1)),
        (("指标", 0), (9, 3), (9, 3)),
        (("指标", 0, "目标值"), (10, 8), (10, 3)),
        (("指标", 0, "完成值"), (12, 7), (12, 3)),
        (("指标", 1), (13, 3), (13, 3)),
        (("依据文件",), (15, 5), (14, 1)),
        (("依据文件", 1, "号"), (17, 12), (17, 9)),
        (("空",), (18, 3), (18, 1)),
        (("没有",), (2, 1), (2, 1)),
    ],
)
def test_every_value_and_key_has_its_place(
    path: tuple[str | int, ...], value: tuple[int, int], key: tuple[int, int]
) -> None:
    source = read_text(WHOLE, "表.yaml")
    assert source.locate(path) == TextPlace(*value)
    assert source.locate(path, key=True) == TextPlace(*key)


@pytest.mark.parametrize(
    "left",
    [
        "",
        "# 只有说明\n",
        "只有文字",
        "- 甲\n- 乙\n",
        "a: 1\na: 2\n",
        "a: {b: 1, b: 2}\n",
        "a:\tb\n",
        "a: 1\r\nb: 2\r\n",
        "a: 一\u2028二\n",
        "\ufeffa: 1\n",
        "a: \x00\n",
        "a: \ud800\n",
        "a: 第一行\n  第二行\n",
        "a: |\n  第一行\n",
        "a: >\n  第一行\n",
        "a: >2\n",
        'a: "甲\\n乙"\n',
        "a: '它''的'\n",
        '"a": 1\n',
        "a: &b 1\n",
        "a: *b\n",
        "a: !b 1\n",
        "a: b: c\n",
        "a: b:\n",
        "a: - b\n",
        "a: -\n",
        "a: {b: 1\n",
        "a: {b: 1} c\n",
        "a: {b}\n",
        "a: {b: 1,}\n",
        "a: [b: 1]\n",
        "---\na: 1\n",
        "a: 1\n---\nb: 2\n",
        "a: 1\n...\n",
        "a: 1\n...  b: 2\n",
        " a: 1\n",
        "a:\n  b: 1\n c: 2\n",
        "a: 1\n  b: 2\n",
        "a:\n  - 1\n  b: 2\n",
        "a: 1\n- b\n",
        "- a: 1\n b: 2\n",
        "a:\n  - - 1\n",
        "a:\n  -\n",
        "名" * 1100 + ": 1\n",
        "a: {" + "名" * 1100 + ": 1}\n",
    ],
)
def test_what_is_unusual_or_wrong_is_left_to_the_parser(left: str) -> None:
    assert scan(left) is None
    assert difference(left) == ""


@given(st.randoms(use_true_random=False))
def test_a_text_is_read_as_the_parser_reads_it(random: Random) -> None:
    assert difference(text(random)) == ""


PARTS = (*HOSTILE, *KEYS, *USUAL, *ODD, "\n", "\n", "\n  ", "\n- ", "\n  - ", "\n    ", ": ", "# ")


@given(st.lists(st.sampled_from(PARTS), max_size=30).map("".join))
def test_words_without_order_are_read_as_the_parser_reads_them(soup: str) -> None:
    assert difference(soup) == ""
    assert difference("a: 1\n" + soup) == ""


@given(st.text(max_size=12), st.sampled_from(("{}: 1", "a: {}", "a: {{b: {}}}", "a: [{}]", "- {}")))
def test_any_characters_are_read_as_the_parser_reads_them(anything: str, around: str) -> None:
    assert difference("z: 1\n" + around.replace("{}", anything, 1)) == ""


@pytest.mark.parametrize(
    "folder", ["indicators", "src/perfeval/rulebooks", "tests/published", "tests/families"]
)
def test_the_files_that_there_are_are_read_alike(folder: str) -> None:
    texts = [path.read_text("utf-8") for path in (ROOT / folder).rglob("*.yaml")]
    assert [found for found in map(difference, texts) if found] == []
    assert sum(scan(one) is not None for one in texts) > len(texts) / 2


@pytest.mark.slow
def test_many_fuzzed_texts_are_read_alike() -> None:
    found = totals(20_000, FIRST * 1_000_003)
    assert found.different == []
    assert found.scanned > found.texts / 8


HOSTILE_TEXTS = {
    "blanks": " " * LONGEST,
    "dashes": "- " * (LONGEST // 2),
    "open": "a: " + "[" * (LONGEST - 10),
    "nested": "a: " + "{a: " * (LONGEST // 8) + "1" + "}" * (LONGEST // 8),
    "key": "a" * LONGEST,
    "colons": "a" + ":" * (LONGEST - 1),
    "signs": "a: " + " #" * (LONGEST // 2 - 2),
    "folded": "a: " + ">" * (LONGEST - 3),
    "quotes": "a: '" + "a" * (LONGEST - 5),
    "items": "a: [" + "1 , " * (LONGEST // 4 - 2),
    "spaced": "a: [" + "b  " * (LONGEST // 3 - 2),
    "steps": "".join(" " * level + "a:\n" for level in range(400)),
    "values": "a: [" + "1," * (LONGEST // 2 - 5) + "1]",
}


@pytest.mark.parametrize("name", HOSTILE_TEXTS)
def test_hostile_texts_cost_no_more_than_their_length(name: str) -> None:
    hostile = HOSTILE_TEXTS[name]
    assert len(hostile) <= LONGEST
    started = time.perf_counter()
    scan(hostile)
    assert time.perf_counter() - started < 1.0


def depth_of(value: Any) -> int:
    if isinstance(value, dict | list):
        below = value.values() if isinstance(value, dict) else value
        return 1 + max(map(depth_of, below), default=0)
    return 0


@pytest.mark.parametrize("depth", [*range(1, 100, 7), 200])
def test_the_limits_hold_for_what_is_scanned(depth: int) -> None:
    blocks = "".join(" " * level + "a:\n" for level in range(depth))
    flows = "a: " + "{a: " * depth + "1" + "}" * depth
    lists = "".join(" " * level + "- a:\n" for level in range(0, depth * 2, 2))
    for made in (blocks, flows, "a:\n" + lists):
        scanned = scan(made)
        assert difference(made) == ""
        assert scanned is None or depth_of(scanned.data) <= MAX_DEPTH


def test_a_text_with_too_many_values_is_not_scanned() -> None:
    made = "a: [" + "1, " * MAX_VALUES + "1]"
    assert scan(made) is None
    assert [problem.kind for problem in read_text(made, "").problems] == ["too-large"]
