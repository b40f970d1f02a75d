"""The 19 综述 of the Qingshan accounts: what was published, and what is written from the data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import perfeval
from perfeval import Scorecard
from perfeval.documents.texts.narrative import write_overview
from perfeval.numbers import plain

PAGE = Path(__file__).parents[2] / "docs" / "overviews-compared.zh-CN.md"
COLUMNS = (
    "序号",
    "项目",
    "公布：预算数",
    "公布：执行数",
    "公布：执行率",
    "生成：预算数",
    "生成：执行数",
    "生成：执行率",
    "不同在哪里",
)
HEAD = f"""\
# 综述：公布的与生成的

武汉市青山区民政局（本级）2023 年度部门决算公布了 19 个项目的绩效自评综述。
左边是公布的数，照录在各张自评表里，没有印出的留空；第 14 项照自评表，综述印作 98.7%。
右边是 `perfeval render` 由同一张表生成的综述里的数。
用途和效果，生成的文字取自自评表的“项目用途”“产出和效果”，是我们的概括，不是原文。

| {" | ".join(COLUMNS)} |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |
"""
_AMOUNT = {
    "预算数": r"(?:全年|年初)预算数([0-9.]+)万元",
    "执行数": r"执行数([0-9.]+)万元",
    "执行率": r"执行率([0-9.]+%)",
}


def cards() -> list[Scorecard]:
    """Return the scorecards in the order of the accounts."""
    report = perfeval.evaluate_department("shipped:qingshan-2023")
    assert report.department is not None
    order = [project.name for project in report.department.projects]
    found = [sheet.scorecard for sheet in report.sheets if sheet.scorecard is not None]
    return sorted(found, key=lambda card: order.index(card.sheet.name))


def written(card: Scorecard) -> str:
    return "".join(block.text for block in write_overview(card).blocks[1:])


def said(card: Scorecard, name: str) -> str:
    match = re.search(_AMOUNT[name], written(card))
    return match[1] if match else ""


def published(card: Scorecard) -> tuple[str, str, str]:
    budget = card.sheet.budget
    rate = budget.filed.rate
    return (
        "" if budget.base is None else plain(budget.base),
        "" if budget.spent is None else plain(budget.spent),
        "" if rate is None else rate.text,
    )


def difference(card: Scorecard) -> str:
    """Say why the two differ, where they do."""
    _, spent, rate = published(card)
    ours = said(card, "执行率")
    if not spent:
        return "没有公布执行数，不写执行率" if rate else "没有公布金额，请补充"
    exact = [item for item in perfeval.check(card) if item.code == "BX101"]
    if exact:
        return "公布的执行率与金额不符"
    return "" if ours == rate else "公布的少印一位或几位小数，四舍五入后相等"


def row(number: int, card: Scorecard) -> str:
    ours = tuple(said(card, name) for name in _AMOUNT)
    fields = (str(number), card.sheet.name, *published(card), *ours, difference(card))
    return f"| {' | '.join(fields)} |\n"


def in_cents(amount: str) -> str:
    """Write an amount as texts do; none of the published ones has more decimals."""
    whole, _, decimals = amount.partition(".")
    return f"{whole}.{decimals:0<2}" if amount else ""


def test_published_and_generated_figures_stand_side_by_side(request: pytest.FixtureRequest) -> None:
    text = HEAD + "".join(row(number, card) for number, card in enumerate(cards(), 1))
    if request.config.getoption("--update-snapshots"):
        PAGE.write_text(text, encoding="utf-8", newline="\n")
    assert PAGE.read_text(encoding="utf-8") == text


def test_each_overview_says_what_the_published_one_says() -> None:
    """Use, budget, spending, rate and effects, with the figures of the sheet."""
    for card in cards():
        text, (amount, spent, _) = written(card), published(card)
        assert "该项目主要用于" in text
        assert card.sheet.purpose is not None
        assert card.sheet.purpose.rstrip("。") in text
        assert said(card, "预算数") == in_cents(amount)
        assert said(card, "执行数") == in_cents(spent)
        assert (card.sheet.effects or "（请补充产出和效果）").rstrip("。") in text


def test_no_overview_repeats_a_wrong_rate() -> None:
    """99.88 % was published as 100 %, and five rates without a spending."""
    rates = {card.sheet.name: (published(card)[2], said(card, "执行率")) for card in cards()}
    assert rates["政府购买专业社工服务"] == ("100%", "99.88%")
    without = [name for name, (theirs, ours) in rates.items() if theirs and not ours]
    assert len(without) == 5
