"""Whatever shape stands where in a rulebook's file, it comes back as findings."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

import perfeval
from perfeval.readers.rulebooks import rulebook_from_source
from perfeval.source import Source, read_text
from tests.seeds import FIRST

WHOLE = (Path(__file__).parent / "whole.yaml").read_text(encoding="utf-8")
BESIDE = """
佐证:
  分值/满分: [100, 满分为100分]
  等级/档次/*/名称: [[优, 良], 分为]
示例:
  - 名称: 一行
    应得: {得分: {甲: 10}, 总分: 未计分}
    预算: {预算数: 1, 执行数: 1}
"""
"""What may stand beside the rules of a file."""
CHILD = """
编号: 区
名称: 区办法
地区: 区
版本: "1"
继承: hubei-2020
来源表: {甲: {名称: 甲办法, 所见: 未见, 施行: 未见}}
表式: {编号: 区-表, 继承: hubei-2020, 来源: 甲, 标题: 表}
整体表式: {继承: 区-表, 来源: 甲}
分值:
  - {施行: 2020-01-01, 来源: 甲, 预算执行: 20}
  - {施行: 2022-01-01, 来源: [甲], 预算执行: 20}
校核: {停用: [PT101], 级别: {BX101: 提示}}
佐证: {分值/预算执行: [20, 预算执行20分]}
"""
ODD: tuple[Any, ...] = (
    None,
    "",
    "甲",
    True,
    Decimal(-1),
    Decimal("0.5"),
    [],
    {},
    ["甲"],
    [["甲"]],
    [None],
    [True, {}],
    {"甲": ["乙"]},
    {"": "甲"},
    {"编号": ["甲"]},
    {"继承": ["甲"]},
    {"方法": ["甲"]},
    {"来源": [["甲"], {}]},
    [{"施行": None}, {"施行": ["甲"]}],
)
"""One of each shape that YAML can hold, and some of the words that steer reading."""
WITHOUT = object()
TRIED = 20


def paths(data: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if not isinstance(data, dict | list):
        return
    for step in data if isinstance(data, dict) else range(len(data)):
        yield (*at, step)
        yield from paths(data[step], (*at, step))


def changed(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    whole = copy.deepcopy(data)
    place = whole
    for step in path[:-1]:
        place = place[step]
    if value is WITHOUT:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return whole


BASES = {"whole": read_text(WHOLE + BESIDE, "").data, "child": read_text(CHILD, "").data}


def load(data: Any) -> bool:
    try:
        rulebook_from_source(Source("办法.yaml", data=data), year=2023)
    except perfeval.RulebookError as error:
        return not error.findings
    return True


@pytest.mark.parametrize("name", BASES)
def test_what_the_odd_shapes_are_put_into_is_right(name: str) -> None:
    assert load(BASES[name])


@pytest.mark.parametrize("name", BASES)
def test_no_odd_shape_makes_load_rulebook_raise_anything_else(name: str) -> None:
    """A rulebook that is wrong is a `RulebookError` that names what is wrong."""
    base = BASES[name]
    random = Random(FIRST)
    drawn = [(path, odd) for path in paths(base) for odd in (WITHOUT, *ODD)]
    upper = [item for item in drawn if len(item[0]) <= 1]
    refused = 0
    for path, odd in [*random.sample(upper, TRIED), *random.sample(drawn, TRIED)]:
        refused += not load(changed(base, path, odd))
    assert refused > TRIED / 2


@pytest.mark.parametrize(
    ("path", "odd"),
    [
        (("表式", "编号"), ["甲"]),
        (("整体表式", "继承"), ["甲"]),
        (("佐证", "分值/预算执行"), [20, ["甲"]]),
        (("佐证", "分值/预算执行"), [20, True]),
        (("佐证", "分值/预算执行"), [20]),
        (("佐证", "分值/预算执行"), {"20": "甲"}),
        (("佐证", ""), [20, "甲"]),
    ],
)
def test_what_is_no_id_and_no_words_is_refused(path: tuple[Any, ...], odd: Any) -> None:
    assert not load(changed(BASES["child"], path, odd))


def test_a_parent_without_an_id_is_called_by_its_file(tmp_path: Path) -> None:
    """A place inherits from a file that it wrote itself, and contradicts it."""
    (tmp_path / "上级.yaml").write_text(WHOLE.replace("编号: 示例", ""), encoding="utf-8")
    child = CHILD.replace("继承: hubei-2020", "继承: 上级.yaml", 1).replace("20}", "0}")
    (tmp_path / "下级.yaml").write_text(child, encoding="utf-8")
    with pytest.raises(perfeval.RulebookError) as caught:
        perfeval.load_rulebook(tmp_path / "下级.yaml")
    assert any("上级.yaml" in item.hint for item in caught.value.findings)
    sheet = {"评分办法": "下级.yaml", "年度": 2023, "项目名称": "甲"}
    assert not perfeval.evaluate(sheet, root=tmp_path).is_read
