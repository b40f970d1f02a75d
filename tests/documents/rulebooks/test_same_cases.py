"""同样的情况，得分怎样变: the points of a few situations under two rulebooks."""

from __future__ import annotations

import pytest

import perfeval
from perfeval.documents.rulebooks.same_cases import Case, same_cases


def test_an_execution_of_90_percent_is_worth_twice_as_much_in_hubei() -> None:
    """预算执行 10 分 and 20 分 × 执行率; 部分达成 reaches down to 60 % and to 50 %."""
    books = perfeval.load_rulebook("mof-2020"), perfeval.load_rulebook("hubei-2020")
    assert same_cases(*books) == (
        Case("预算执行率 90%", "9.00 分", "18.00 分"),
        Case("分值 10 分的定性指标部分达成", "6.00～8.00 分之间", "5.00～8.00 分之间"),
    )


def test_a_reverse_indicator_falls_in_a_line_in_the_national_system() -> None:
    """10 × 100 ÷ 150 = 6.67 against 10 × (1 - 50 ÷ 100) = 5."""
    books = perfeval.load_rulebook("mof-2020"), perfeval.load_rulebook("national-system")
    assert Case("分值 10 分的反向指标超出 50%", "6.67 分", "5.00 分") in same_cases(*books)


@pytest.mark.parametrize("name", perfeval.rulebook_ids())
def test_nothing_changes_from_a_rulebook_to_itself(name: str) -> None:
    book = perfeval.load_rulebook(name)
    assert same_cases(book, book) == ()
