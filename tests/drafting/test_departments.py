"""A department's draft holds the figures that its text names, each with its line."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from perfeval import AccountDraft, draft, evaluate_department, from_json, render, to_json
from perfeval.source import read_text
from tests.accounts.drafts import draft as account
from tests.accounts.drafts import ledger, money

TITLE = "测试市水务局2023年度部门决算\n"


def department(text: str) -> dict[str, Any]:
    made = draft(text)
    assert made.refused is None
    data: dict[str, Any] = read_text(made.files[0].text, "").data
    return data


def test_names_and_year_stand_in_the_title() -> None:
    made = department(
        TITLE
        + "一、收入支出决算总体情况说明\n2023年度收、支总计80.00万元，与上年持平，没有变动。\n"
    )
    assert (made["部门名称"], made["年度"]) == ("测试市水务局", 2023)
    assert str(made["数字"]["收支总计"]["数"]) == "80.00"
    assert made["数字"]["收支总计"]["处"] == "第 3 行"


@pytest.mark.parametrize("name", ["财政局", "示例市水务局", "度假区管委会"])
@pytest.mark.parametrize(
    "line",
    [
        "2023年度{}部门决算",
        "{}2023年度部门决算",
        "第一部分 {}概况",
        "编制单位：{} 金额单位：万元",
    ],
)
def test_a_name_is_taken_as_it_is_printed_however_short_it_is(name: str, line: str) -> None:
    made = department(
        f"{line.format(name)}\n一、收入支出决算总体情况说明\n2023年度收、支总计80.00万元，已公开。\n"
    )
    assert made["部门名称"] == name


@pytest.mark.parametrize("amount", ["5万元", "12345.67万元"])
@pytest.mark.parametrize("words", ["含调拨资金", "其中包括省级调拨资金2万元"])
def test_that_money_passed_on_is_counted_is_read_behind_any_amount(amount: str, words: str) -> None:
    made = department(
        TITLE + "十、预算绩效情况说明\n（三）项目支出自评结果\n"
        f"我单位组织对2023年度项目支出开展绩效自评，共涉及项目1个，资金{amount}（{words}）。\n"
    )
    assert made["自评范围"]["含调拨"] == "是"


def test_a_figure_that_is_printed_otherwise_elsewhere_says_so() -> None:
    made = department(
        TITLE + "二、收入决算情况说明\n2023年度收入合计90.00万元，与预期相当。\n"
        "四、财政拨款收入支出决算总体情况说明\n本年收入合计90.01万元，均为拨款。\n"
        "三、支出决算情况说明\n本年收入合计90.00万元，全部用完了。\n"
    )
    figure = made["数字"]["本年收入"]
    assert str(figure["数"]) == "90.00"
    assert [str(one["数"]) for one in figure["另处印作"]] == ["90.01"]


def test_a_year_before_and_next_years_money_are_no_figures_of_this_year() -> None:
    made = department(
        TITLE
        + "三、支出决算情况说明\n2022年度支出合计70.00万元。2023年度支出合计80.00万元，已公开。\n"
    )
    assert str(made["数字"]["本年支出"]["数"]) == "80.00"
    assert "另处印作" not in made["数字"]["本年支出"]


def test_what_was_assessed_is_told_and_its_stage_is_assumed() -> None:
    made = draft(
        TITLE + "十三、预算绩效情况说明\n我单位组织开展绩效自评，共涉及项目28个，资金1164.08万元"
        "（含调拨资金），占项目支出总额的9.5%。\n我单位在部门决算中反映绩效自评结果"
        "（不包括涉密项目），共涉及19个一级项目。\n"
    )
    scope = read_text(made.files[0].text, "").data["自评范围"]
    assert {key: str(value) for key, value in scope.items() if key != "未列入"} == {
        "项目数": "28",
        "公布项目数": "19",
        "资金": "自评资金",
        "含调拨": "是",
    }
    assert scope["未列入"] == [{"名称": "涉密项目"}]
    assert "推定：文中没有写明" in made.files[0].text


def test_the_whole_departments_money_is_not_the_projects() -> None:
    made = department(
        TITLE + "十三、预算绩效情况说明\n对2023年度部门整体支出开展绩效自评，涉及资金12100万元。"
        "组织对5个项目支出开展绩效自评，共涉及资金3560.00万元。\n"
    )
    assert str(made["数字"]["自评资金"]["数"]) == "3560.00"


def test_a_part_of_the_original_budget_has_its_stage_and_its_money() -> None:
    made = department(
        TITLE + "五、一般公共预算财政拨款支出决算情况说明\n"
        "2023年度一般公共预算财政拨款支出年初预算为100.00万元，支出决算为120.00万元。\n"
        "十三、预算绩效情况说明\n2023年度测试市水务局部门整体绩效自评结果\n按照通知，批复的预算收入总额"
        "100.00万元，其中：基本支出40.00万元，项目支出60.00万元。\n"
    )
    figure = made["数字"].get("一般公共预算基本支出年初预算")
    if figure is not None:
        assert (figure["环节"], figure["资金"]) == ("年初预算", "一般公共预算")
    assert "基本支出预算" not in made["数字"]


@pytest.mark.parametrize("seed", range(24))
def test_no_value_differs_from_the_money_behind_the_document(seed: int) -> None:
    """Every amount in a draft is one that the ledger of the made document knows by that name."""
    book = ledger(seed)
    page = account(seed)
    made = draft(page.text)
    figures = read_text(made.files[0].text, "").data["数字"]
    known = {
        "本年支出": book.whole,
        "一般公共预算支出": book.public,
        "政府性基金支出": book.fund,
        "一般公共预算支出年初预算": book.original,
        "一般公共预算基本支出": book.basic,
        "一般公共预算项目支出": book.public - book.basic,
    }
    seen = {name: str(figures[name]["数"]) for name in known if name in figures}
    assert seen == {name: money(known[name]) for name in seen}
    assert "一般公共预算支出" in seen
    assert not any("另处印作" in figure for figure in figures.values())


@pytest.mark.parametrize("seed", range(24))
def test_the_projects_of_a_made_document_are_its_sheets(seed: int) -> None:
    book = ledger(seed)
    made = draft(account(seed).text)
    read = {file.path: read_text(file.text, "").data for file in made.files[1:]}
    for name, budget, spent in book.projects:
        budgeted = read[f"{name.removesuffix('项目')}.yaml"]["预算"]
        amounts = {key: str(budgeted[key]) for key in ("预算数", "执行数")}
        assert amounts == {"预算数": money(budget), "执行数": money(spent)}


def test_the_tie_outs_run_on_what_nobody_typed(tmp_path: Path) -> None:
    made = draft(
        TITLE + "十三、预算绩效情况说明\n我单位组织开展绩效自评，共涉及项目3个，资金100.00万元。\n"
        "部门决算中反映绩效自评结果，共涉及2个项目。\n"
        "1.河道项目绩效自评综述：项目预算数60万元，执行数60万元，执行率100%。\n"
        "2.水库项目绩效自评综述：项目预算数50万元，执行数40万元，执行率90%。\n"
    )
    for file in made.files:
        (tmp_path / file.path).write_text(file.text, encoding="utf-8")
    report = evaluate_department(tmp_path, rulebook="hubei-2020")
    assert report.department is not None
    codes = {finding.code for finding in report.findings}
    assert {"DP102", "DP103", "RD101"} <= codes
    assert "BX101" in {one.code for sheet in report.sheets for one in sheet.findings}


def test_a_draft_goes_through_json() -> None:
    made = draft(TITLE + "三、支出决算情况说明\n2023年度支出合计80.00万元，已公开。\n")
    assert from_json(to_json(made), AccountDraft) == made


@pytest.mark.parametrize("seed", range(60))
def test_a_torn_text_gives_a_draft_that_loads_or_a_reason(seed: int) -> None:
    rng = random.Random(seed)
    letters = list(account(seed % 7).text)
    for _ in range(rng.randint(1, 60)):
        at = rng.randrange(len(letters))
        letters[at] = rng.choice(["", "\n", "。", "：", "其中", "9", "（", "“", "#", "- ", "\t"])
    made = draft("".join(letters) + "\n")
    for file in made.files:
        source = read_text(file.text, file.path)
        assert not source.problems


def test_what_is_written_from_an_unconfirmed_department_says_so() -> None:
    made = draft(
        TITLE + "十三、预算绩效情况说明\n我单位组织开展绩效自评，共涉及项目1个。\n"
        "1.河道项目绩效自评综述：项目预算数60万元，执行数60万元，执行率100%。\n",
        rulebook="hubei-2020",
        name="决算.txt",
    )
    sheets = {file.path: file.text.replace("未确认: 是\n", "") for file in made.files[1:]}
    said = "部门文件由 perfeval 从“决算.txt”读出，还没有人逐项核对"
    for own, is_said in (
        (made.files[0].text, True),
        (made.files[0].text.replace("未确认: 是\n", ""), False),
    ):
        report = evaluate_department({"department": own, "sheets": sheets})
        text = render(report, "md", document="disclosure").decode()
        assert (said in text) is is_said
        assert report.department is not None
        assert from_json(to_json(report.department)) == report.department
