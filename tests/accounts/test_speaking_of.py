"""Whose a figure is that does not say it: brackets, points, and sentences that only compare."""

from __future__ import annotations

import pytest

import perfeval
from perfeval import Severity


def read(text: str) -> dict[str, str]:
    """Return each figure of a text with its subject and measure."""
    figures = perfeval.proof(f"2023年度部门决算\n{text}\n").figures
    return {figure.text: f"{figure.subject}·{figure.measure}" for figure in figures}


def errors(text: str) -> list[str]:
    report = perfeval.proof(f"2023年度部门决算\n{text}\n")
    assert report.refused is None
    return [str(item) for item in report.findings if item.severity is Severity.ERROR]


def test_behind_a_bracket_is_spoken_of_what_was_before_it() -> None:
    found = read(
        "二、收入决算情况说明\n本年收入合计100.00万元，包括财政拨款收入90.00万元（其中：一般公共预算财政拨款"
        "80.00万元，政府性基金预算财政拨款10.00万元），占90%；其他收入10.00万元，占10%。"
    )
    assert found["90%"] == "财政拨款收入·占比"
    assert found["80.00万元"] == "一般公共收入·决算数"


def test_what_a_bracket_adds_names_nobody() -> None:
    found = read(
        "二、收入决算情况说明\n本年收入合计100.00万元，其中：财政拨款收入100.00万元（含政府性基金拨款），占100%。"
    )
    assert found["100%"] == "财政拨款收入·占比"


def test_a_sentence_that_only_compares_is_of_the_first_amount_of_the_last_one() -> None:
    found = read(
        "一、收入支出决算总体情况说明\n2023年度收、支总计200.00万元。其中：\n"
        "1.本年收入合计150.00万元。与上年相比，增加50.00万元，增长50%。\n"
        "2.年初结转和结余51.00万元。与上年相比，减少10.00万元，下降16.67%。"
    )
    assert found["50.00万元"] == "本年收入·增减额"
    assert found["10.00万元"] == "年初结转·增减额"
    assert found["16.67%"] == "年初结转·增减率"


def test_a_point_that_names_nobody_known_is_compared_with_nothing_else() -> None:
    text = (
        "五、一般公共预算财政拨款支出决算情况说明\n2023年一般公共预算财政拨款支出300.00万元。\n"
        "（一）校舍维修100.00万元，较上年增加20.00万元，增长25.00%。\n"
        "（二）设备购置200.00万元，较上年减少50.00万元，下降20.00%。"
    )
    assert read(text)["20.00万元"] == "条/校舍维修·增减额"
    assert errors(text) == []
    assert len(errors(text.replace("增长25.00%", "增长35.00%"))) == 1


def test_a_chapter_of_an_unknown_title_is_listed_and_not_understood() -> None:
    found = read(
        "三、支出决算情况说明\n本年支出合计100.00万元，其中：基本支出60.00万元，项目支出40.00万元。\n"
        "四、援助资金情况\n本年支出合计70.00万元，基本支出70.00万元。"
    )
    assert found["100.00万元"] == "本年支出·决算数"
    assert found["70.00万元"] == "·"


@pytest.mark.parametrize("quotes", ["“”", '""', "''", "「」", ("", "")])
def test_quotes_change_nothing(quotes: tuple[str, str]) -> None:
    before, behind = quotes
    found = read(
        f"七、财政拨款{before}三公{behind}经费支出决算情况说明\n"
        f"2023年度{before}三公{behind}经费支出决算为5.00万元，公务接待费支出1.00万元，占20%。"
    )
    assert found["5.00万元"] == "三公经费·决算数"
    assert found["20%"] == "接待费·占比"


def test_what_rests_on_words_around_it_alone_is_asked_and_no_error() -> None:
    """What no sentence says of itself may have been misread: it is a question."""
    text = (
        "三、支出决算情况说明\n本年支出合计100.00万元。\n"
        "五、一般公共预算财政拨款支出决算情况说明\n2023年度决算数为120.00万元。"
    )
    assert errors(text) == []
    asked = [item for item in perfeval.proof(text).findings if item.code == "AC109"]
    assert [item.nature for item in asked] == [perfeval.Nature.EVIDENCE]


def test_a_share_that_its_own_sentence_contradicts_is_an_error() -> None:
    """120 of 100 is not 90 %, whosever the 120 are."""
    text = (
        "三、支出决算情况说明\n本年支出合计100.00万元。\n"
        "五、一般公共预算财政拨款支出决算情况说明\n（一）总体情况\n全年支出120.00万元，占本年支出合计的90%。"
    )
    assert [item.partition("  ")[2][:5] for item in errors(text)] == ["AC104"]


@pytest.mark.parametrize(
    "words",
    [
        "比上年支出",
        "较上年决算",
        "比上年支出合计",
        "比2022年度支出",
        "上年决算数",
        "比去年同期支出",
    ],
)
def test_what_was_spent_the_year_before_is_no_other_value_of_this_year(words: str) -> None:
    report = perfeval.proof(
        "示例市水务局2023年度部门决算\n三、支出决算情况说明\n"
        f"2023年度本年支出合计48.00万元，{words}40.00万元，增加8.00万元，主要原因是新开工项目。\n"
    )
    assert [
        (item.code, item.message) for item in report.findings if item.severity.value == "错误"
    ] == []
    (before,) = [figure for figure in report.figures if figure.text == "40.00万元"]
    assert (before.measure, before.year) == ("上年数", 2022)


@pytest.mark.parametrize(
    ("more", "severity"),
    [
        ("其中财政拨款执行数40.00万元", None),
        ("上年预算数50.00万元，执行数40.00万元", Severity.WARNING),
        ("另一处写执行数为40.00万元。执行数为40.00万元", Severity.ERROR),
    ],
)
def test_what_may_be_of_a_part_of_a_project_is_no_decided_error(
    more: str, severity: Severity | None
) -> None:
    report = perfeval.proof(
        "示例市水务局2023年度部门决算\n十、预算绩效情况说明\n部门决算中反映项目绩效自评结果。\n"
        f"1.河道清淤项目绩效自评综述：项目全年预算数为60.00万元，执行数为48.00万元，{more}。\n"
    )
    found = {item.severity for item in report.findings if item.code == "AC101"}
    assert found == {severity} - {None}


@pytest.mark.parametrize("verb", ["增加", "新增", "追加", "减少了", "压减", "多支付", "收回"])
def test_what_a_reason_adds_to_a_subject_or_takes_from_it_is_not_all_of_it(verb: str) -> None:
    text = (
        "三、支出决算情况说明\n2023年度本年支出合计100.00万元，其中：基本支出60.00万元，"
        "占60%；项目支出40.00万元，占40%。与上年相比增加5.00万元，增长5.26%，"
        f"主要原因是{verb}项目支出20.00万元。"
    )
    assert errors(text) == []
    assert read(text)["20.00万元"] == "本年支出·原因金额"
    assert errors(text.replace(f"{verb}项目支出20.00", "人员经费超过项目支出50.00")) != []


@pytest.mark.parametrize("between", ["、", "和", "以及"])
def test_what_one_verb_of_a_reason_names_together_goes_one_way(between: str) -> None:
    text = (
        "八、财政拨款“三公”经费支出决算情况说明\n2023年度“三公”经费支出决算为8.00万元，"
        "比上年减少2.00万元，下降20%，主要原因是减少公务接待费0.50万元"
        f"{between}公务用车运行维护费1.50万元。其中：公务用车运行维护费支出决算为5.00万元；"
        "公务接待费支出决算为3.00万元。"
    )
    assert errors(text) == []
    figures = perfeval.proof(f"2023年度部门决算\n{text}\n").figures
    assert [(one.text, one.falls) for one in figures if one.measure == "原因金额"] == [
        ("0.50万元", True),
        ("1.50万元", True),
    ]
