"""继承: 国家 → 省 → 市, differences only, each with its own source."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import perfeval

CHILD = """\
编号: 某市-2024
名称: 某市评分办法
地区: 某市
版本: "1"
继承: hubei-2020
预算执行:
  来源: 某市通知
  核实: false
  预算为零: 零分
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "办法.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def errors(folder: Path, text: str) -> list[tuple[int | None, str, str]]:
    with pytest.raises(perfeval.RulebookError) as caught:
        perfeval.load_rulebook(written(folder, text))
    return [(item.line, item.code, item.message) for item in caught.value.findings]


def test_a_rulebook_states_only_its_differences(tmp_path: Path) -> None:
    book = perfeval.load_rulebook(written(tmp_path, CHILD))
    parent = perfeval.load_rulebook("hubei-2020")
    assert (book.id, book.extends) == ("某市-2024", "hubei-2020")
    assert (book.weights, book.qualitative) == (parent.weights, parent.qualitative)
    assert book.execution.source == "某市通知"
    assert book.digest != parent.digest
    sheet = {"年度": 2023, "项目名称": "示例", "预算": {"预算数": 0, "执行数": 0}}
    report = perfeval.evaluate(sheet, rulebook=book)
    assert report.scorecard is not None
    assert report.scorecard.execution.points == Decimal(0)


def test_a_difference_without_a_source_is_refused(tmp_path: Path) -> None:
    found = errors(tmp_path, CHILD.replace("  来源: 某市通知\n", ""))
    assert found == [(7, "RB103", "“预算执行”改动了继承的规定，没有写明自己的来源")]


@pytest.mark.parametrize(
    ("parent", "message"),
    [
        ("没有", "没有可以继承的评分办法“没有”"),
        ("[hubei-2020]", "“继承”应写另一个评分办法的编号"),
        ("../../x", "没有可以继承的评分办法“../../x”"),
    ],
)
def test_a_parent_that_there_is_not_is_an_error(tmp_path: Path, parent: str, message: str) -> None:
    text = CHILD.replace("继承: hubei-2020", f"继承: {parent}")
    assert (5, "RB102", message) in errors(tmp_path, text)


def test_an_error_in_what_was_merged_stands_where_it_was_written(tmp_path: Path) -> None:
    found = errors(tmp_path, CHILD.replace("预算为零: 零分", "预算为零: 随便"))
    assert found == [(9, "SH108", "“随便”不在可选的写法里")]


def test_another_method_replaces_the_inherited_one_whole(tmp_path: Path) -> None:
    text = CHILD.replace(
        "  预算为零: 零分\n",
        "  方法: 分档\n  档次: [{下限: 100, 得分: 20}, {下限: 50, 得分: 10}]\n",
    )
    book = perfeval.load_rulebook(written(tmp_path, text))
    sheet = {"年度": 2023, "项目名称": "示例", "预算": {"预算数": 10, "执行数": 9}}
    report = perfeval.evaluate(sheet, rulebook=book)
    assert report.scorecard is not None
    assert report.scorecard.execution.points == Decimal(10)


DATED = CHILD.replace(
    "预算执行:\n  来源: 某市通知\n  核实: false\n  预算为零: 零分\n",
    """\
预算执行:
  - {来源: 旧, 核实: false, 施行: 2020-01-01, 方法: 按执行率, 预算为零: 零分}
  - {来源: 新, 核实: false, 施行: 2023-07-01, 方法: 按执行率, 预算为零: 不计分}
""",
)


@pytest.mark.parametrize(
    ("year", "source"), [(None, "新"), (2024, "新"), (2023, "新"), (2022, "旧"), (2019, "旧")]
)
def test_of_dated_rules_those_of_the_year_hold(
    tmp_path: Path, year: int | None, source: str
) -> None:
    book = perfeval.load_rulebook(written(tmp_path, DATED), year=year)
    assert book.execution.source == source


def test_every_dated_version_is_proved(tmp_path: Path) -> None:
    text = DATED.replace("方法: 按执行率, 预算为零: 零分", "方法: 按执行率, 预算为零: 随便")
    assert "“随便”不在可选的写法里" in [message for *_, message in errors(tmp_path, text)]
