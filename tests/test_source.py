"""From text to plain data: every value typed by its own characters, every trap a problem."""

from __future__ import annotations

import re
import time
from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from perfeval.contents import kind_of
from perfeval.places import Path, TextPlace
from perfeval.source import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_VALUES,
    Problem,
    Source,
    decode,
    read_bytes,
    read_text,
)


def read(text: str) -> Source:
    return read_text(text, "x.yaml")


def numbers_of(problem: Problem) -> tuple[int, int]:
    assert problem.mark is not None
    return problem.mark.line, problem.mark.column


def problems(text: str) -> list[tuple[str, int, int, str]]:
    found = read(text).problems
    return [(item.kind, *numbers_of(item), item.message) for item in found]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("391", Decimal(391)),
        ("12.50", Decimal("12.50")),
        ("-3", Decimal(-3)),
        ("'391'", "391"),
        ('"391"', "391"),
        ("0102", "0102"),
        ("1:30", "1:30"),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("1_000", "1_000"),
        ("１２", "１２"),
        ("+5", "+5"),
        ("1e3", "1e3"),
        (".5", ".5"),
        (".nan", ".nan"),
        (".inf", ".inf"),
        ("NaN", "NaN"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("2023-01-01", "2023-01-01"),
        ("1,286.70", "1,286.70"),
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("False", False),
        ("'~'", "~"),
        ("'null'", "null"),
        ("'true'", "true"),
        ("100%", "100%"),
        ("=", "="),
        ("|\n  两行\n  文字", "两行\n文字\n"),
    ],
)
def test_a_scalar_is_what_its_characters_say(written: str, value: Any) -> None:
    """Only plain decimals are numbers; what other readers turn into 66 or false stays text."""
    source = read(f"a: {written}\n")
    assert source.problems == ()
    assert source.data == {"a": value}
    assert type(source.data["a"]) is type(value)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("a: >=95%", ">=95%"),
        ("a: >95%", ">95%"),
        ("a: > 95%", "> 95%"),
        ("a: >1", ">1"),
        ("a: >1\nb: 2", ">1"),
        ("a:   >= 3 # 注", ">= 3"),
        ("{a: >=3, b: 4}", ">=3"),
        ("a: {值: 3, 文本: >3}", {"值": Decimal(3), "文本": ">3"}),
        ("a: [>3,>4]", [">3", ">4"]),
        ("a:\n- >=3", [">=3"]),
        ("a: '甲: >=3'", "甲: >=3"),
        ("a: |\n  甲: >=3\n  - >4", "甲: >=3\n- >4\n"),
        ("a: 甲 > 乙", "甲 > 乙"),
        ("a: >\n  甲\n  乙", "甲 乙\n"),
        ("a: >-\n  甲\n\n  乙", "甲\n乙"),
        ("a: >2\n   甲", " 甲\n"),
    ],
)
def test_a_greater_sign_before_a_figure_is_read(line: str, value: Any) -> None:
    """``>`` opens a folded text only where nothing but its own signs stands behind it."""
    source = read(f"{line}\n")
    assert source.problems == ()
    assert source.data["a"] == value


def test_places_are_those_of_the_text_where_a_greater_sign_is_read() -> None:
    source = read("a: >=95%\nb: {c: >3, d: 4}\n")
    assert source.locate(("a",)) == TextPlace(1, 4)
    assert source.locate(("b", "d")) == TextPlace(2, 15)
    assert source.text == "a: >=95%\nb: {c: >3, d: 4}\n"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("a: 区图书馆 #2 馆", ("cut", 9, "“ #”后面的“2 馆”被当作说明，没有读")),
        ("a: 区图书馆 # 二馆", ("comment", 9, "“#”后面的“二馆”是说明，不算内容")),
        ("- 甲 #2", ("cut", 5, "“ #”后面的“2”被当作说明，没有读")),
        ("a: 90 #万元", ("cut", 7, "“ #”后面的“万元”被当作说明，没有读")),
        ("a: 90 # 万元", None),
        ("a: 甲   # 说明", None),
        ("a: '甲 #2'", None),
        ("a: |\n  甲 #2", None),
        ("a:  # 四位年份", None),
        ("# 甲 #2\na: 1", None),
        ("a: 甲#2", None),
    ],
)
def test_a_comment_that_cuts_a_value_is_remarked(
    line: str, expected: tuple[str, int, str] | None
) -> None:
    """What stands behind `` #`` is no part of the value: that is said, and hinders nothing."""
    source = read(f"{line}\n")
    assert source.problems == ()
    seen = [(item.kind, numbers_of(item)[1], item.message) for item in source.remarks]
    assert seen == ([] if expected is None else [expected])


def test_no_float_and_no_date_ever_enters() -> None:
    data = read("[1.5, 2023-01-01, 1e3, .5, {a: 0.1}]").data
    assert data == [Decimal("1.5"), "2023-01-01", "1e3", ".5", {"a": Decimal("0.1")}]


def test_every_value_and_key_has_its_place() -> None:
    source = read("# 注\n项目: 甲\n预算: {执行数: 3}\n指标:\n  - 名称: a\n  -   名称: b\n")
    places = {
        ("项目",): (2, 5),
        ("预算", "执行数"): (3, 11),
        ("指标", 0, "名称"): (5, 9),
        ("指标", 1): (6, 7),
        ("指标", 1, "名称"): (6, 11),
    }
    for path, (line, column) in places.items():
        assert source.locate(path) == TextPlace(line, column)
    assert source.locate(("预算", "执行数"), key=True) == TextPlace(3, 6)


def test_a_missing_step_is_located_at_the_nearest_part_that_exists() -> None:
    source = read("a:\n  b: [1, 2]\n")
    assert source.locate(("a", "没有")) == TextPlace(2, 3)
    assert source.locate(("a", "b", 9)) == TextPlace(2, 6)
    assert source.locate(()) == TextPlace(1, 1)
    assert Source("x").locate(("a",)) is None


def test_lines_are_shown_as_they_stand() -> None:
    source = read("a: 1\r\nb: 2\r\n")
    assert [source.line(number) for number in (0, 1, 2, 9)] == ["", "a: 1", "b: 2", ""]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", [("duplicate-key", 3, 1, "“a”写了两次，第一次在第 1 行")]),
        ("{a: {b: 1, b: 2}}", [("duplicate-key", 1, 12, "“b”写了两次，第一次在第 1 行")]),
        ("- a: 1\n  a: {b: 1}\n", [("duplicate-key", 2, 3, "“a”写了两次，第一次在第 1 行")]),
        ("a: &x1 1\n", [("anchor", 1, 4, "不能使用锚点 “&x1”")]),
        ("a: &x {b: 1}\n", [("anchor", 1, 4, "不能使用锚点 “&x”")]),
        ("a: *x\n", [("alias", 1, 4, "不能使用引用 “*x”")]),
        ("<<: *x\n", [("alias", 1, 5, "不能使用引用 “*x”")]),
        ("a: !!float 1\n", [("tag", 1, 4, "不能使用类型标记 “tag:yaml.org,2002:float”")]),
        ("a: !x [1]\n", [("tag", 1, 4, "不能使用类型标记 “!x”")]),
        ("!x a: 1\n", [("tag", 1, 1, "不能使用类型标记 “!x”")]),
        ("? [a]\n: 1\n", [("key", 1, 3, "项目的名称必须是文字，不能是列表或下级内容")]),
        ("? {a: 1}\n: 1\n", [("key", 1, 3, "项目的名称必须是文字，不能是列表或下级内容")]),
        (
            "a: 1\n---\nb: 2\n",
            [("documents", 2, 1, "一个文件只能有一份内容，这里又开始了一份（---）")],
        ),
        ("a:\n\tb: 1\n", [("syntax", 2, 1, "缩进里有制表符")]),
        ("a: b: c\n", [("syntax", 1, 4, "内容里有英文冒号，要加引号")]),
        ("a: 1\nb: \x01\n", [("control-character", 2, 4, "文本里有不能打印的控制字符（U+0001）")]),
    ],
)
def test_what_is_not_allowed_is_named_where_it_stands(
    text: str, expected: list[tuple[str, int, int, str]]
) -> None:
    assert problems(text) == expected


def test_all_problems_of_a_text_come_at_once() -> None:
    text = "a: &x 1\nb: *x\na: 2\nc: !t 3\n"
    assert [(kind, line) for kind, line, _, _ in problems(text)] == [
        ("anchor", 1),
        ("alias", 2),
        ("duplicate-key", 3),
        ("tag", 4),
    ]
    assert read(text).data == {"a": Decimal(1), "b": None, "c": Decimal(3)}


def test_an_alias_as_a_key_stops_the_reading() -> None:
    assert [kind for kind, *_ in problems("*x : 1\n")] == ["alias", "key"]
    assert read("*x : 1\n").data is None


def test_a_control_character_is_found_behind_joined_emoji() -> None:
    """A zero-width joiner is allowed; the control character after it is not."""
    assert problems("a: 👨\u200d👩\nb: 零\u200b宽\nc: 甲\x02\n") == [
        ("control-character", 2, 5, "有看不见的字符（U+200B）"),
        ("control-character", 3, 5, "文本里有不能打印的控制字符（U+0002）"),
    ]


@pytest.mark.parametrize("char", ["\x00", "\x07", "\x1b", "\x7f", "\ufffe", "\udc80"])
def test_characters_that_yaml_forbids_are_named(char: str) -> None:
    assert problems(f"a: 1\nb: x{char}\n") == [
        ("control-character", 2, 5, f"文本里有不能打印的控制字符（U+{ord(char):04X}）")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 10_000,
        "{a: " * 10_000,
        "- " * 10_000,
        "\n".join(" " * depth + "a:" for depth in range(1000)),
    ],
    ids=["flow list", "flow mapping", "block list", "block mapping"],
)
def test_ten_thousand_levels_are_refused_before_a_tree_is_built(text: str) -> None:
    """C code that builds the tree crashes the process there; depth is limited on the events."""
    start = time.perf_counter()
    found = problems(text)
    assert time.perf_counter() - start < 2
    assert [(kind, message) for kind, _, _, message in found] == [
        ("too-deep", f"嵌套超过 {MAX_DEPTH} 层，未读取")
    ]
    assert read(text).data is None


def test_the_deepest_allowed_level_is_read() -> None:
    assert problems("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []
    assert [kind for kind, *_ in problems("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))] == [
        "too-deep"
    ]


def test_too_many_values_are_refused() -> None:
    text = "- 1\n" * MAX_VALUES
    assert problems(text) == [("too-large", MAX_VALUES, 3, f"内容超过 {MAX_VALUES} 项，未读取")]


def test_too_many_bytes_are_refused_unread() -> None:
    source = read_bytes(b"a" * (MAX_BYTES + 1), "x")
    assert [(problem.kind, problem.message) for problem in source.problems] == [
        ("too-large", "文件超过 2 MB，未读取")
    ]
    assert source.text == ""


TEXT = "项目名称: “养老”补助\n金额: 1286.70\n"


@pytest.mark.parametrize(
    "raw",
    [TEXT.encode(), TEXT.encode("utf-8-sig"), TEXT.encode("gb18030"), TEXT.encode("gbk")],
    ids=["UTF-8", "UTF-8 with mark", "GB18030", "GBK"],
)
def test_the_same_text_is_read_from_every_encoding_of_an_office(raw: bytes) -> None:
    source = read_bytes(raw, "x")
    assert source.data == {"项目名称": "“养老”补助", "金额": Decimal("1286.70")}
    assert source.locate(("项目名称",), key=True) == TextPlace(1, 1)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-16-le"])
def test_utf_16_is_refused(encoding: str) -> None:
    source = read_bytes(TEXT.encode(encoding), "x")
    assert source.data is None
    assert [problem.kind for problem in source.problems] in (["encoding"], ["control-character"])


def test_bytes_of_no_text_encoding_are_refused() -> None:
    assert decode(b"\xff\xfe\xff") is None
    source = read_bytes(b"\xff\xff", "x")
    assert [(problem.kind, problem.message, problem.mark) for problem in source.problems] == [
        ("encoding", "文件既不是 UTF-8 也不是 GB18030 编码的文本", TextPlace(1, 1))
    ]


def test_many_problems_are_shown_in_a_time_that_grows_with_their_number() -> None:
    """A hostile file with 20,000 repeated keys does not hold the machine."""
    source = read("a: 1\n" * 20_000)
    start = time.perf_counter()
    assert [source.line(numbers_of(problem)[0]) for problem in source.problems] == ["a: 1"] * 19_999
    assert time.perf_counter() - start < 2


words = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=12)
values = st.recursive(
    words | st.none() | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)


texts = st.recursive(
    words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)


@given(texts)
def test_quoted_text_comes_back_as_it_was(value: Any) -> None:
    """Text in quotes is text, whatever it looks like ("no", "0102", "1:30")."""
    source = read(yaml.safe_dump(value, default_style='"', allow_unicode=True, width=10_000))
    assert source.problems == ()
    assert source.data == value


@given(
    st.text(st.characters(exclude_categories=()), max_size=60)
    | st.text("a1:- []{}\n&*!#'\"|>?%@`~\t\r", max_size=40)
)
def test_no_text_makes_the_reader_raise(text: str) -> None:
    """Whatever the text is, its problems stand in it, in the order of its lines."""
    source = read(text)
    lines = [numbers_of(problem)[0] for problem in source.problems]
    assert lines == sorted(lines)
    ends = len(re.findall("\r\n|[\n\r\x85\u2028\u2029]", text))
    assert all(1 <= line <= ends + 1 for line in lines)


@given(st.binary(max_size=60))
def test_no_bytes_make_the_reader_raise(raw: bytes) -> None:
    """Bytes of no known encoding are one problem and no text."""
    source = read_bytes(raw, "x")
    if decode(raw) is None or kind_of(raw) is not None:
        assert [problem.kind for problem in source.problems] == ["encoding"]
    else:
        assert source.text == decode(raw)


def paths(value: Any, path: Path = ()) -> list[Path]:
    """Return the path of every value in plain data."""
    below: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        below = list(value.items())
    elif isinstance(value, list):
        below = list(enumerate(value))
    return [path, *(deep for step, item in below for deep in paths(item, (*path, step)))]


@given(values)
def test_every_value_of_every_text_can_be_located(value: Any) -> None:
    source = read(yaml.safe_dump(value, allow_unicode=True))
    for path in paths(source.data):
        mark = source.locate(path)
        assert isinstance(mark, TextPlace)
        assert 1 <= mark.line <= source.text.count("\n") + 1


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_a_line_ends_where_yaml_says_so(end: str) -> None:
    """A finding names a line, and shows what stands in it."""
    text = end.join(["甲: 1", "乙: 2", "丙: [", "丁: 3"])
    lines = text.split(end)
    good = read_text(end.join(lines[:2]), "")
    place = good.locate(("乙",), key=True)
    assert isinstance(place, TextPlace)
    assert (place.line, good.line(place.line)) == (2, "乙: 2")
    for bad, line in ((text, 3), (end.join(["甲: 1", "乙：2", "丙: 3"]), 2)):
        mark = read_text(bad, "").problems[0].mark
        assert mark is not None
        assert mark.line == line
    control = read_text(f"甲: 1{end}乙: \x07", "").problems[0].mark
    assert control == TextPlace(2, 4)


def test_a_text_with_every_private_character_is_read_as_it_stands() -> None:
    """Nothing stands in for ``>`` where a text holds all that could."""
    every = "".join(map(chr, range(0xE000, 0xF900)))
    assert read_text(f"目标值: >=95%\n备注: {every}\n", "a.yaml").problems


@pytest.mark.parametrize("worse", ["x: y: z", "a: [", "深: " + "[" * 20_000])
def test_a_comment_that_cuts_is_no_reason_to_read_on_where_reading_stopped(worse: str) -> None:
    found = problems(f"a: 甲 #乙\n---\n{worse}\n")
    assert [kind for kind, *_ in found] == ["documents"]
