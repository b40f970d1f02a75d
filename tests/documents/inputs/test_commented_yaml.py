"""YAML with comments reads as the data of which it was made, whatever stands in them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval.documents.inputs.commented_yaml import commented_yaml
from perfeval.places import Path
from perfeval.source import read_text

TYPED = [
    "≥95%", "是", "否", "2024", "0102", "100%", "26张", "2023-12-30", "2023年12月", "1:30",
    "no", "甲: 乙", "甲 #乙", "甲 # 乙", "#甲", "- 甲", "-甲", "甲\n乙", "甲\n\n乙", "甲\n  乙",
    "甲\n# 乙", "甲\n- 乙", "甲: 乙\n丙", "甲\n", "\n甲", " 甲", "甲 ", "\u3000甲", "甲\u3000",
    "true", "NULL", "~", "", "[甲]", "{甲}", "甲, 乙", "&甲", "*甲", "!甲", "|", ">", "'甲'",
    '"甲"', "%", "@甲", "`甲`", "甲:", "甲：乙", "“甲”", "（甲）", "《甲》", "1e3", "0x1F",
    "0x1张", "1_000元", "+5%", ".5", "-", "—", "/", "\\n", "甲\\乙", "甲\t乙", "甲\u2028乙",
    "甲\u0085乙", "𠮷", "---", "...", "= 甲", "<<", "?甲", "? 甲",
]  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(TYPED),
    st.lists(st.sampled_from(TYPED), min_size=2, max_size=3).map("".join),
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Co")), max_size=12),
    st.text("甲 :#-\n\"'%1.", max_size=10),
)
SCALARS = st.one_of(
    TEXTS,
    st.decimals(-10_000, 10_000, places=2).map(lambda number: number.normalize() + 0),
    st.integers(0, 3000).map(Decimal),
)
KEYS = st.sampled_from(["项目名称", "其他资金: 甲", "指标", "2023", "# 甲", "是"])
DATA = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=8,
)


def read(text: str) -> Any:
    source = read_text(text, "表.yaml")
    assert (source.problems, source.remarks) == ((), ()), text
    return source.data


def paths(data: Any, path: Path = ()) -> list[Path]:
    items: Any = ()
    if isinstance(data, dict):
        items = data.items()
    elif isinstance(data, list):
        items = enumerate(data)
    return [path, *(below for key, item in items for below in paths(item, (*path, key)))]


@given(st.dictionaries(KEYS, DATA, min_size=1, max_size=4), TEXTS)
def test_it_reads_as_the_same_data_with_a_comment_at_every_value(data: Any, said: str) -> None:
    comments = dict.fromkeys(paths(data), said)
    assert read(commented_yaml(data, comments, [said, "上"])) == data


@pytest.mark.parametrize("text", TYPED)
def test_a_text_stays_that_text(text: str) -> None:
    assert read(commented_yaml({"名称": text, "指标": [{"名称": text}]}, {})) == {
        "名称": text,
        "指标": [{"名称": text}],
    }


def test_what_a_person_reads_is_plain_where_it_can_be() -> None:
    data = {
        "目标值": "≥95%",
        "完成值": "26张",
        "名称": "甲\n乙",
        "分值": Decimal("2.50"),
        "未确认": True,
    }
    assert commented_yaml(data, {("名称",): "第1张表\n第2行"}).splitlines() == [
        "目标值: ≥95%",
        "完成值: 26张",
        "名称: |-  # 第1张表 第2行",
        "  甲",
        "  乙",
        "分值: 2.50",
        "未确认: 是",
    ]
