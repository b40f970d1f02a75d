"""Order, counts, names and places, as all reports of a check say them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from perfeval.checks.registry import CHECKS
from perfeval.documents.findings.inspections import (
    FAMILIES,
    Counts,
    add_up,
    count,
    family,
    namer,
    path_words,
    points_text,
    ranked,
    stamps,
)
from perfeval.documents.stakes import stake_of
from perfeval.findings import Finding, Inspection, Severity
from perfeval.places import Path
from tests.documents.inspected import ALL, CLEAN, DOUBTFUL, GUESS, HINT, ROW, TOTAL, WORST


def staked(path: Path, stake: str) -> Finding:
    return Finding("PT102", Severity.ERROR, "", path, stake=Decimal(stake))


def test_the_worst_file_stands_first_and_equal_ones_stay_in_their_order() -> None:
    again = replace(CLEAN, name="丁.yaml")
    assert [file for file, _ in ranked([*ALL, again])] == [WORST, DOUBTFUL, CLEAN, again]


def test_errors_weigh_more_than_any_number_of_warnings() -> None:
    many = Inspection("多", findings=(GUESS,) * 50)
    one = Inspection("一", findings=(ROW,))
    assert [file for file, _ in ranked([many, one])] == [one, many]


def test_of_files_with_as_many_findings_the_one_with_more_points_at_stake_is_worse() -> None:
    less, more = Inspection("少", findings=(ROW,)), Inspection("多", findings=(TOTAL,))
    assert [file for file, _ in ranked([less, more])] == [more, less]


def test_findings_are_counted_by_severity() -> None:
    assert count((ROW, TOTAL, GUESS, HINT)) == Counts(2, 1, 1, Decimal("20"))
    assert count((ROW, TOTAL, GUESS, HINT)).findings == 4


def test_counts_add_up_and_no_file_counts_nothing() -> None:
    assert add_up([count((ROW,)), count((TOTAL, HINT))]) == Counts(2, 0, 1, Decimal("1.91"))
    assert add_up([]) == Counts()


@pytest.mark.parametrize(
    ("findings", "points"),
    [
        ((), "0"),
        ((staked(("指标", "产出", 1, "目标值"), "2"), staked(("指标", "产出", 2), "3")), "5"),
        ((staked(("指标", 1, "目标值"), "2"), staked(("指标", 1, "完成值"), "3")), "3"),
        ((staked(("指标", 1), "2"), staked(("预算", "执行数"), "3"), staked(("预算",), "1")), "5"),
        ((staked(("指标", 1), "2"), staked(("指标", 2), "3"), staked(("已填报",), "5")), "5"),
        ((staked(("指标", 1), "2"), staked(("已填报", "总分"), "-7")), "7"),
        ((staked(("指标",), "4"), staked((), "6")), "6"),
        ((Finding("PT102", Severity.ERROR, ""),), "0"),
    ],
)
def test_no_point_at_stake_is_counted_twice(findings: tuple[Finding, ...], points: str) -> None:
    """A row counts once; the total, which is made of the rows, does not count beside them."""
    assert stake_of(findings) == Decimal(points)


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["/家/甲/一.yaml", "/家/乙/二.yaml"], ["甲/一.yaml", "乙/二.yaml"]),
        (["/家/甲/一.yaml"], ["一.yaml"]),
        (["/家/甲乙/一.yaml", "/家/甲丙/一.yaml"], ["甲乙/一.yaml", "甲丙/一.yaml"]),
        ([r"C:\家\一.yaml", r"C:\家\下\二.yaml"], ["一.yaml", r"下\二.yaml"]),
        (["材料/一.yaml", "材料/二.yaml"], ["材料/一.yaml", "材料/二.yaml"]),
        (["甲/乙共建项目", "/家/一.yaml"], ["甲/乙共建项目", "一.yaml"]),
        ([], []),
    ],
)
def test_a_name_leaves_out_the_folder_that_all_share(names: list[str], shown: list[str]) -> None:
    name = namer([Inspection(name) for name in names])
    assert [name(one) for one in names] == shown


def test_a_path_is_said_in_words() -> None:
    assert (
        path_words(("指标", "产出指标", 0, "已填报得分")) == "指标 · 产出指标第 1 项 · 已填报得分"
    )
    assert path_words((2, "数\n")) == "第 3 项 · 数 "
    assert path_words(()) == ""


def test_every_check_belongs_to_a_kind_that_has_a_name() -> None:
    assert {code[:2] for code in CHECKS} <= FAMILIES.keys()
    assert family("PT102") == "得分"
    assert family("??") == "其他"


def test_points_have_two_decimals_or_all_they_have() -> None:
    texts = [points_text(Decimal(text)) for text in ("0", "-0.5", "1E+1", "0.12345")]
    assert texts == ["0.00", "0.50", "10.00", "0.12345"]


def test_each_rulebook_is_named_once() -> None:
    assert stamps([*ALL, Inspection("甲")]) == ("hubei-2020 1 (abc)", "mof-2020 1 (def)")
