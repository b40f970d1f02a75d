"""Each row is the evaluation of its sheet, and whatever is given has one."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import perfeval
from perfeval import FindingRow, IndicatorRow, Report, RulebookError, SheetRow
from tests.batch.made import sheet_texts
from tests.seeds import FIRST

SHIPPED = list(perfeval.shipped_sheets())
TEXTS = list(sheet_texts(FIRST, 40, broken=0.1))


def assert_is_of(row: SheetRow, report: Report) -> None:
    """The row's figures are those of the evaluation of the same sheet by itself."""
    card = report.scorecard
    counts = Counter(finding.severity.name for finding in report.findings)
    assert (row.errors, row.warnings, row.infos) == (
        counts["ERROR"],
        counts["WARNING"],
        counts["INFO"],
    )
    assert bool(row.problem) is (card is None)
    if card is None or report.sheet is None:
        return
    assert (row.total, row.low, row.high) == (card.total, card.low, card.high)
    assert (row.measured, row.claimed) == (card.measured, card.claimed)
    assert (row.grade, row.stamp) == (card.grade or "", card.stamp)
    assert (row.project, row.year) == (report.sheet.name, report.sheet.year)
    assert (row.final, row.spent) == (report.sheet.budget.final, report.sheet.budget.spent)


@pytest.mark.parametrize("items", [SHIPPED, TEXTS], ids=["shipped", "made"])
def test_the_row_of_a_sheet_has_the_figures_of_its_evaluation(items: list[str]) -> None:
    rows = list(perfeval.score_batch(items))
    assert len(rows) == len(items)
    for row, item in zip(rows, items, strict=True):
        assert_is_of(row, perfeval.evaluate(item))


@pytest.mark.parametrize("items", [SHIPPED, TEXTS], ids=["shipped", "made"])
def test_the_rows_of_indicators_have_the_points_of_the_lines(items: list[str]) -> None:
    cards = [perfeval.evaluate(item).scorecard for item in items]
    lines = [line for card in cards if card is not None for line in card.lines]
    rows = list(perfeval.score_batch(items, of=IndicatorRow))
    assert [(row.name, row.points, row.low, row.filed) for row in rows] == [
        (line.name, line.points, line.low, line.filed) for line in lines
    ]


def test_the_rows_of_findings_are_the_findings() -> None:
    found = [finding for item in TEXTS for finding in perfeval.evaluate(item).findings]
    rows = list(perfeval.score_batch(TEXTS, of=FindingRow))
    assert [(row.code, row.message, row.line) for row in rows] == [
        (finding.code, finding.message, finding.line) for finding in found
    ]


def test_what_is_accepted_has_a_row_that_says_why() -> None:
    text = next(sheet_texts(7, 1))
    code = perfeval.evaluate(text).findings[0].code
    waiver = f"校核豁免:\n  - {{编号: {code}, 理由: 上级批准, 批准: 局长, 有效期至: 2030-01-01}}\n"
    rows = list(perfeval.score_batch([text + waiver], of=FindingRow))
    assert all(row.waived.startswith("上级批准") is (row.code == code) for row in rows)
    assert all(bool(row.waived) is (row.code == code) for row in rows)
    (sheet,) = perfeval.score_batch([text + waiver])
    assert sheet.waived == sum(row.code == code for row in rows)


def test_all_kinds_of_items_give_the_row_of_the_same_sheet(tmp_path: Path) -> None:
    text = TEXTS[0]
    path = tmp_path / "表.yaml"
    path.write_text(text, encoding="utf-8", newline="")
    items: list[Any] = [path, str(path), text, text.encode(), bytearray(text.encode())]
    rows = list(perfeval.score_batch(items))
    assert len({row.total for row in rows}) == 1
    assert {row.sha256 for row in rows} == {hashlib.sha256(text.encode()).hexdigest()}
    assert [row.file for row in rows] == [str(path), str(path), "", "", ""]


def test_what_an_item_is_called_stands_in_its_row(tmp_path: Path) -> None:
    items: list[Any] = [("甲", TEXTS[0]), ("乙", b""), ("丙", {"年度": 2023}), ("丁", 42)]
    assert [row.file for row in perfeval.score_batch(items)] == ["甲", "乙", "丙", "丁"]


@pytest.mark.parametrize(
    "item",
    [
        42,
        None,
        3.5,
        object(),
        ["评分办法: hubei-2020"],
        (1, 2),
        ("名", None),
        ("一", "二", "三"),
        b"",
        b"\xff\xfe\x00",
        b"PK\x03\x04",
        b"%PDF-1.7",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "没有这个文件.yaml",
        "\x00",
        "a\nb: [",
        "名" * 5_000,
        {},
        {"项目名称": object()},
        {1: 2},
        "🀄\ud800\n",
        Path("/dev/null"),
        Path(),
    ],
    ids=lambda item: repr(item)[:20],
)
def test_what_cannot_be_read_is_a_row_that_says_why_and_stops_nothing(item: Any) -> None:
    before, row, after = perfeval.score_batch([TEXTS[0], item, TEXTS[1]])
    assert row.problem
    assert row.total is None
    assert "程序出错" not in row.problem
    assert before.total == perfeval.evaluate(TEXTS[0]).scorecard.total  # type: ignore[union-attr]
    assert after.sha256


def test_a_fault_of_ours_in_one_sheet_is_a_row_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def score(sheet: Any, book: Any) -> Any:
        if "坏" in sheet.name:
            raise KeyError("没有想到")
        return perfeval.score(sheet, book)

    monkeypatch.setattr("perfeval.report.evaluating.score", score)
    bad = TEXTS[0].replace("项目名称: ", "项目名称: 坏")
    good, wrong = perfeval.score_batch([TEXTS[0], bad])
    assert not good.problem
    assert "KeyError" in wrong.problem


def test_a_wrong_rulebook_is_said_before_any_item_is_taken(tmp_path: Path) -> None:
    book = tmp_path / "错.yaml"
    book.write_text("编号: 错\n", encoding="utf-8")

    def items() -> Iterator[str]:
        yield from map(pytest.fail, ["an item was taken"])

    for wrong in ("没有", book):
        with pytest.raises(RulebookError):
            perfeval.score_batch(items(), rulebook=wrong)


@pytest.mark.parametrize("workers", [0, -1, 1.5, True, "2"])
def test_workers_is_a_number_from_1_on(workers: Any) -> None:
    with pytest.raises(ValueError, match="workers"):
        perfeval.score_batch([], workers=workers)


def test_the_kind_of_row_is_one_of_three() -> None:
    with pytest.raises(ValueError, match="SheetRow"):
        perfeval.score_batch([], of=Report)  # type: ignore[type-var]


def test_a_rulebook_in_place_of_the_own_scores_all() -> None:
    rows = perfeval.score_batch(SHIPPED[:3], rulebook="mof-2020")
    assert {row.stamp.partition(" ")[0] for row in rows} == {"mof-2020"}


def test_items_are_taken_when_a_row_is_asked_for() -> None:
    taken: list[int] = []

    def items() -> Iterator[str]:
        for number, text in enumerate(TEXTS):
            taken.append(number)
            yield text

    rows = perfeval.score_batch(items())
    assert taken == []
    next(rows)
    assert taken == [0]
    next(rows)
    assert taken == [0, 1]


def test_data_have_the_hash_of_their_canonical_json() -> None:
    data = {"评分办法": "hubei-2020", "预算": {"预算数": Decimal("1.50")}, "年度": 2023}
    turned = dict(reversed(data.items()))
    one, other = perfeval.score_batch([data, turned])
    text = '{"年度": 2023, "评分办法": "hubei-2020", "预算": {"预算数": "1.50"}}'
    assert one.sha256 == other.sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_a_sheet_that_names_no_rulebook_that_is_known_still_says_whose_it_is() -> None:
    text = TEXTS[0].replace("hubei-2020", "没有").replace("mof-2020", "没有")
    row = next(perfeval.score_batch([text]))
    assert row.problem
    assert (row.project, row.year) != ("", None)


@pytest.mark.parametrize("kind", [SheetRow, IndicatorRow, FindingRow])
def test_a_row_is_the_same_after_its_json(kind: Any) -> None:
    rows = list(perfeval.score_batch(TEXTS[:10], of=kind))
    assert rows
    for row in rows:
        line = json.dumps(perfeval.row_data(row), ensure_ascii=False)
        again = perfeval.row_from(kind, json.loads(line))
        assert again == row
        assert list(map(repr, again)) == list(map(repr, row))


def test_no_point_at_stake_of_a_sheet_is_counted_twice() -> None:
    """The total is made of the rows, and a row counts once, whatever was found in it."""
    text = """
评分办法: hubei-2020
年度: 2024
项目名称: 渠道衬砌
预算: {预算数: 200, 执行数: 200}
指标:
  产出指标:
    数量指标: [{名称: 衬砌长度, 分值: 40, 目标值: ≥10公里, 完成值: 8公里, 已填报得分: 40}]
  效益指标:
    社会效益指标: [{名称: 受益农户, 分值: 20, 目标值: ≥300户, 完成值: 300户, 已填报得分: 20}]
  满意度指标:
    服务对象满意度指标: [{名称: 农户满意度, 分值: 20, 目标值: ≥90%, 完成值: 95%, 已填报得分: 20}]
已填报: {总分: 100}
"""
    found = [
        (row.code, int(row.stake))
        for row in perfeval.score_batch([text], of=FindingRow)
        if row.stake is not None and row.severity != "提示"
    ]
    # 8 points too many in a row, the same 8 in the total, and the budget row without points
    assert sorted(found) == [("PT102", 8), ("PT104", 8), ("PT114", 20)]
    (row,) = perfeval.score_batch([text])
    assert row.stake == Decimal(28)
