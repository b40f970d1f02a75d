"""A department's own figures: which of them are of the same money."""

from __future__ import annotations

import pytest

from perfeval.department import Figure, differences_of_money


def figure(**words: str) -> Figure:
    return Figure.model_validate({"数": 1, **words})


@pytest.mark.parametrize(
    ("part", "base", "said"),
    [
        ({}, {"环节": "全年预算"}, []),
        ({"环节": "年初预算"}, {"环节": "全年预算"}, ["甲是年初预算，不是决算"]),
        ({"资金": "其他"}, {"资金": "政府性基金"}, ["甲是其他，乙只是政府性基金"]),
        ({}, {"资金": "政府性基金"}, ["甲是全部资金，乙只是政府性基金"]),
        ({"资金": "其他"}, {}, ["甲是其他，乙是全部资金"]),
        ({"支出": "项目支出"}, {"支出": "基本支出"}, ["甲是项目支出，乙是基本支出"]),
        (
            {"环节": "全年预算", "支出": "项目支出"},
            {"环节": "全年预算", "资金": "其他"},
            ["甲是全年预算，不是决算", "甲是全部资金，乙只是其他", "甲是项目支出，乙是全部"],
        ),
    ],
)
def test_an_execution_rate_compares_what_was_spent_with_the_budget_of_the_same_money(
    part: dict[str, str], base: dict[str, str], said: list[str]
) -> None:
    """Spent, of the same fund, for the same use: each that differs is told."""
    names = ("甲", "乙")
    assert list(differences_of_money(figure(**part), figure(**base), names)) == said
