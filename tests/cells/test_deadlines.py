"""A deadline means the last day of what it names: what meets it, and by when."""

from __future__ import annotations

from datetime import date

import pytest

from perfeval.cells.comparison import Comparison, compare
from perfeval.cells.reading import dated_cell, read_cell
from perfeval.cells.signs import Sign

YEAR = 2023


def compared(target: str, actual: str, sign: Sign | None = None) -> Comparison:
    wanted, reached = (dated_cell(read_cell(text), YEAR) for text in (target, actual))
    return compare(wanted, reached, sign, None)


@pytest.mark.parametrize(
    ("target", "due"),
    [
        ("2023年12月底前", date(2023, 12, 31)),
        ("2024年2月", date(2024, 2, 29)),
        ("2月底", date(2023, 2, 28)),
        ("第三季度", date(2023, 9, 30)),
        ("2022年二季度末", date(2022, 6, 30)),
        ("上半年", date(2023, 6, 30)),
        ("下半年完成", date(2023, 12, 31)),
        ("年底前完成", date(2023, 12, 31)),
        ("2023年", date(2023, 12, 31)),
        ("9-10月", date(2023, 10, 31)),
        ("2023-10", date(2023, 10, 31)),
        ("2023-10-31", date(2023, 10, 31)),
        ("11月15日前", date(2023, 11, 15)),
        ("11月上旬", date(2023, 11, 10)),
        ("≤2023-10-31", date(2023, 10, 31)),
        ("10月底前", date(2023, 10, 31)),
        ("次年3月底前", date(2024, 3, 31)),
        ("翌年2月", date(2024, 2, 29)),
        ("下一年度上半年", date(2024, 6, 30)),
        ("次年底前", date(2024, 12, 31)),
        ("10月至次年3月", date(2024, 3, 31)),
        ("2022年10月至次年3月", date(2023, 3, 31)),
        ("每年6月30日前", date(2023, 6, 30)),
        ("每年底前", date(2023, 12, 31)),
        ("10月前", None),
    ],
)
def test_the_day_that_is_due_is_the_last_that_meets_the_target(
    target: str, due: date | None
) -> None:
    """A date, month, quarter, half-year or 年底 means its end; 「N月前」 has two readings."""
    assert compared(target, "2023年1月5日").due == due


@pytest.mark.parametrize(
    ("actual", "done"),
    [
        ("2023年11月", (date(2023, 11, 1), date(2023, 11, 30))),
        ("2023-11-30", (date(2023, 11, 30), date(2023, 11, 30))),
        ("12月3日完成", (date(2023, 12, 3), date(2023, 12, 3))),
        ("四季度", (date(2023, 10, 1), date(2023, 12, 31))),
        ("=2023-11-30", (date(2023, 11, 30), date(2023, 11, 30))),
        ("11月底前", None),
        ("≤2023-11-30", None),
    ],
)
def test_what_was_done_has_a_first_and_a_last_day(
    actual: str, done: tuple[date, date] | None
) -> None:
    """The actual is met if its end is not later, missed if its beginning is later."""
    assert compared("2023年6月底前", actual).done == done


def test_only_two_dates_have_days() -> None:
    """A deadline answered by a word or a percentage is no comparison of days."""
    for actual in ("100%", "按时完成", "80%", "5"):
        pair = compared("12月底前", actual)
        assert (pair.due, pair.done) == (None, None)


def test_a_date_without_any_year_has_no_day() -> None:
    """Without a year of the sheet two dates compare, and are no days of the calendar."""
    pair = compare(read_cell("6月底前"), read_cell("7月"), None, None)
    assert pair.outcome.name == "LATE"
    assert (pair.due, pair.done) == (None, None)


def test_a_deadline_says_not_before_with_no_sense() -> None:
    """A sign before a date: ≤ and ＝ as written; ≥ is a finding."""
    assert compared("≥2023-10-31", "2023-10-30").outcome.name == "NONE"
    assert compared("2023-10-31", "2023-10-30", Sign.AT_LEAST).outcome.name == "NONE"
    assert compared("2023-10-31", "2023-10-30", Sign.AT_MOST).outcome.name == "MET"
    assert compared("2023-10-31", "2023-11-03", Sign.EQUAL).outcome.name == "LATE"


def test_a_date_with_a_year_and_one_without_cannot_be_told_apart_where_no_year_is_known() -> None:
    """A missing year is the sheet's; without it nothing says which comes first."""
    pair = compare(read_cell("6月底前"), read_cell("2023年5月"), None, None)
    assert pair.outcome.name == "NONE"


def test_a_date_keeps_the_year_that_it_has() -> None:
    span = read_cell("2022年6月").facts.span
    assert span is not None
    assert span.in_year(2023) == span
    leap = read_cell("2月29日").facts.span
    assert leap is not None
    assert (leap.in_year(2023).last.text, leap.in_year(2024).last.text) == (
        "2023年2月28日",
        "2024年2月29日",
    )
    before = read_cell("1月前").facts.span
    assert before is not None
    earlier = before.in_year(2023).earlier
    assert earlier is not None
    assert earlier.text == "2022年12月31日"
