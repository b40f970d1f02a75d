"""A text in which no part of an account is recognised is never passed as one without faults."""

from __future__ import annotations

from pathlib import Path

import pytest

import perfeval
from perfeval.cli import main

HEAD = "云溪县水利局2024年度部门决算\n"
SUMS = HEAD + "2024年度支出合计{whole}万元，其中：基本支出50万元，项目支出30万元。\n"
SAID = "没有认出部门决算的任何一部分"


def said(report: perfeval.ProofReport) -> list[str]:
    return [item.message for item in report.findings if SAID in item.message]


def test_it_is_said_that_no_part_was_recognised() -> None:
    report = perfeval.proof(SUMS.format(whole=80))
    assert report.refused is None
    assert len(said(report)) == 1
    assert not report.has_errors


def test_a_sum_that_does_not_close_is_found_without_titles() -> None:
    report = perfeval.proof(SUMS.format(whole=90))
    assert [(item.code, item.line) for item in report.findings if item.code != "AC403"] == [
        ("AC102", 2)
    ]
    assert said(report)


def test_figures_of_which_no_sentence_says_whose_they_are_are_listed_as_not_understood() -> None:
    report = perfeval.proof(HEAD + "另有3.5万元。全年完成95%。\n")
    assert [(figure.text, figure.bound) for figure in report.figures] == [
        ("3.5万元", False),
        ("95%", False),
    ]
    assert said(report)


@pytest.mark.parametrize("text", ["hi\n", "今天天气很好。\n", HEAD])
def test_a_text_without_parts_and_figures_is_refused(text: str) -> None:
    report = perfeval.proof(text)
    assert report.refused is not None
    assert SAID in report.refused


def test_the_command_ends_with_2_where_nothing_was_recognised(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "hi.txt"
    file.write_text("hi", encoding="utf-8")
    assert main(["proof", str(file)]) == 2
    assert SAID in "".join(capsys.readouterr())


def test_an_account_with_a_part_is_not_said_to_have_none() -> None:
    text = HEAD + "三、支出决算情况说明\n2024年度支出合计80万元，其中：基本支出50万元。\n"
    assert not said(perfeval.proof(text))
