"""What a department's texts say: of its own year, of scored projects, with every reason."""

from __future__ import annotations

from typing import Any

import perfeval
from perfeval import Department, Scorecard
from perfeval.documents.texts.department_facts import DepartmentFacts, department_facts
from perfeval.documents.texts.narrative import Narrative, write_disclosure, write_whole
from tests.documents.rows import BENEFIT, CLIENTS, FULL, OUTPUT

ROWS = [OUTPUT, BENEFIT, CLIENTS]


def card(name: str, *rows: dict[str, Any], **fields: Any) -> Scorecard:
    sheet = {"评分办法": "hubei-2020", "年度": 2023, "项目名称": name, "预算": FULL, **fields}
    report = perfeval.evaluate({**sheet, "指标": list(rows or ROWS)})
    assert report.scorecard is not None
    return report.scorecard


def facts(*cards: Scorecard, **fields: Any) -> DepartmentFacts:
    data = {"部门名称": "甲局", "年度": 2023, "评分办法": "hubei-2020", **fields}
    return department_facts(Department.model_validate(data), cards)


def text(narrative: Narrative) -> str:
    return "\n".join(block.text for block in narrative.blocks)


def test_the_whole_departments_sheet_of_another_year_is_not_used() -> None:
    found = facts(card("一"), card("整体", 年度=2022, 表种="部门整体支出"))
    assert found.whole is None
    assert "部门整体支出绩效自评100分" not in text(write_disclosure(found, ["附件1　整体"], "办法"))


def test_grades_are_those_of_projects_that_have_a_total() -> None:
    """A range may share a grade; its project has no total and is not counted twice."""
    open_row = {**CLIENTS, "分值": 2, "完成值": None}
    ranged = card("二", OUTPUT, BENEFIT, {**CLIENTS, "分值": 18}, open_row)
    assert (ranged.total, ranged.grade) == (None, "优")
    found = facts(card("一"), ranged)
    assert (found.scored, found.grades) == (1, (("优", 1),))


def test_every_reason_is_told_and_every_missing_one_is_asked_for() -> None:
    short = [
        {**OUTPUT, "完成值": "80张", "偏差原因": "疫情"},
        {**BENEFIT, "完成值": "1户"},
        CLIENTS,
    ]
    budget = {**FULL, "执行数": 90, "偏差原因": "招标推迟"}
    whole = write_whole(facts(card("一", *short, 预算=budget)), "办法")
    said = "原因：预算执行方面，招标推迟。床位数方面，疫情。受益户数方面（请补充偏差原因）。"
    assert said in text(whole)
    assert ("指标", 1, "偏差原因") in [gap.path for gap in whole.gaps]


def test_the_reason_of_a_row_is_told_beside_that_of_the_sheet() -> None:
    short = {**OUTPUT, "完成值": "80张", "偏差原因": "疫情"}
    found = facts(card("一", short, BENEFIT, CLIENTS, 原因分析="总体进度偏慢"))
    assert "原因：床位数方面，疫情。总体进度偏慢。" in text(write_whole(found, "办法"))


def test_what_is_asked_for_stands_behind_the_reasons_that_are_given() -> None:
    short = [{**OUTPUT, "完成值": "80张"}, {**BENEFIT, "完成值": "1户"}, CLIENTS]
    budget = {**FULL, "执行数": 90}
    given = {"预算": budget, "原因分析": "床位数按核定数计"}
    said = (
        "原因：床位数按核定数计。预算执行方面（请补充偏差原因）。受益户数方面（请补充偏差原因）。"
    )
    assert said in text(write_whole(facts(card("一", *short, **given)), "办法"))


def test_what_the_department_adds_is_numbered_with_the_rest() -> None:
    """A single point behind a numbered list has its number; a list of one's own keeps its own."""
    short = card("一", {**OUTPUT, "完成值": "80张", "偏差原因": "疫情"}, BENEFIT, CLIENTS)
    found = facts(short, 存在问题="支付集中在年底", 改进措施="按季调度")
    said = text(write_whole(found, "办法")).split("\n")
    assert said[said.index("三、存在的问题和原因") + 2] == "2．支付集中在年底。"
    assert said[said.index("四、下一步拟改进措施") + 1] == "按季调度。"
    listed = text(write_whole(facts(short, 存在问题="（1）支付集中；（2）进度慢"), "办法"))
    assert "\n（1）支付集中；（2）进度慢。" in listed
    alone = text(write_whole(facts(card("一"), 存在问题="支付集中在年底"), "办法"))
    assert "\n支付集中在年底。" in alone


def test_several_measures_are_numbered_and_told_once() -> None:
    row = {**OUTPUT, "完成值": "80张", "偏差原因": "疫情", "改进措施": "上半年补建"}
    found = facts(
        card("一"), whole(row, BENEFIT, CLIENTS, 改进措施="按季调度"), 改进措施="按季调度"
    )
    said = text(write_whole(found, "办法"))
    assert said.endswith("四、下一步拟改进措施\n1．床位数：上半年补建。\n2．按季调度。")


def test_equal_grades_are_told_in_one_sentence() -> None:
    said = text(write_disclosure(facts(card("一"), card("二")), ["附件1　整体"], "办法"))
    assert "2个项目的等级均为优。" in said


def test_without_a_sheet_of_the_whole_its_points_are_said_to_be_filed() -> None:
    whole = write_whole(facts(card("一"), 整体自评={"得分": "97.5"}), "办法")
    said = "填报97.5分；没有部门整体支出绩效自评表，未经核对（请补充部门整体支出绩效自评表）"
    assert said in text(whole)


def whole(*rows: dict[str, Any], **fields: Any) -> Scorecard:
    return card("甲局整体支出", *rows, 表种="部门整体支出", **fields)


SHORT = {**OUTPUT, "完成值": "80张", "偏差原因": "疫情", "改进措施": "另选场地"}


def test_the_whole_departments_own_results_stand_in_its_text() -> None:
    budget = {"预算数": 200, "执行数": 150, "偏差原因": "招标推迟"}
    found = facts(card("一"), whole(SHORT, BENEFIT, CLIENTS, 预算=budget, 改进措施="提前招标"))
    said = text(write_whole(found, "办法"))
    for sentence in (
        "部门整体支出全年预算数200.00万元，执行数150.00万元，执行率75.00%。",
        "部门整体支出共设绩效指标3项，达到目标值的2项，有偏差的1项。",
        "1．部门整体支出预算执行：执行率75.00%，执行数比预算数少50.00万元，扣5分。原因：招标推迟。",
        "2．部门整体支出指标“床位数”：目标值≥100张，实际完成80张，完成率80.00%，扣8分。原因：疫情。",
        "床位数：另选场地。",
        "提前招标。",
    ):
        assert sentence in said
    told = text(write_disclosure(found, ["附件1　表", "附件2　摘要"], "办法"))
    assert "部门整体支出全年预算数200.00万元，执行数150.00万元，执行率75.00%。" in told
    assert "部门整体支出共设绩效指标3项，达到目标值的2项，有偏差的1项。" in told
    assert "详见附件1　表；附件2　摘要。" in told


def test_a_department_that_falls_short_as_a_whole_is_never_flawless() -> None:
    found = facts(card("一"), whole(SHORT, BENEFIT, CLIENTS))
    assert not found.is_flawless
    assert "自评未发现偏差" not in text(write_whole(found, "办法"))


def test_what_the_whole_lacks_is_asked_of_its_own_sheet() -> None:
    short = {**OUTPUT, "完成值": "80张"}
    asked = write_whole(facts(card("一"), whole(short, BENEFIT, CLIENTS)), "办法").gaps
    assert ("指标", 0, "偏差原因", 1) in [(*gap.path, gap.position) for gap in asked]


def test_the_filed_total_stands_beside_the_computed_one() -> None:
    found = facts(card("一"), whole(SHORT, BENEFIT, CLIENTS, 已填报={"总分": 97}))
    assert "填报总分97分，比按办法计算的多5分。" in text(write_whole(found, "办法"))
    same = facts(card("一"), whole(已填报={"总分": 100}))
    assert "填报总分与此一致。" in text(write_whole(same, "办法"))


def test_money_is_added_only_where_it_is_of_one_kind() -> None:
    """年初 and 全年 budgets are told apart; a rate is of projects that state both amounts."""
    cards = (
        card("一", 预算={"预算数": 100, "执行数": 80, "其中调拨": 30}),
        card("二", 预算={"年初预算数": 50, "执行数": 50}),
        card("三", 预算={"预算数": 70, "其中调拨": 70}),
    )
    said = text(write_disclosure(facts(*cards), ["附件1　整体"], "办法"))
    for sentence in (
        "全年预算数合计170.00万元（2个项目）；只公布年初预算数的1个项目，50.00万元。",
        "有执行数的2个项目，执行数合计130.00万元（没有执行数的：三），其中1个项目调拨给其他单位30.00万元，由本单位支出100.00万元。",
        "全年预算数和执行数都公布的1个项目，全年预算数100.00万元，执行数80.00万元，执行率80.00%。",
        "三调拨70.00万元，没有公布执行数，不在上述合计内。",
    ):
        assert sentence in said


def test_the_number_of_secret_projects_is_never_asked_for() -> None:
    left_out = [{"名称": "涉密项目", "原因": "涉密"}, {"名称": "小额项目", "原因": "金额小"}]
    asked = write_disclosure(
        facts(card("一"), 自评范围={"未列入": left_out}), ["附件1"], "办法"
    ).gaps
    paths = [gap.path for gap in asked]
    assert ("自评范围", "未列入", 0, "个数") not in paths
    assert ("自评范围", "未列入", 1, "个数") in paths


def test_a_reason_that_the_name_says_already_is_not_said_again() -> None:
    left_out = [
        {"名称": "涉密项目", "原因": "涉密"},
        {"名称": "零星项目", "个数": 2, "原因": "金额小"},
    ]
    scope = {"未列入": left_out}
    said = text(write_disclosure(facts(card("一"), 自评范围=scope), ["附件1"], "办法"))
    assert "未列入的有涉密项目。" in said
    assert "未列入的有零星项目2个，原因是金额小。" in said


def test_what_was_assessed_is_told_with_its_share_and_the_stated_denominator() -> None:
    fields = {
        "数字": {
            "自评资金": {"数": 75, "环节": "全年预算", "支出": "项目支出"},
            "项目支出": {"数": 300, "支出": "项目支出"},
        },
        "比率": [{"名称": "占比", "印出": "30%", "分子": "自评资金", "分母": "项目支出"}],
        "自评范围": {"项目数": 4, "资金": "自评资金", "含调拨": True},
    }
    said = text(write_disclosure(facts(card("一"), **fields), ["附件1"], "办法"))
    assert (
        "本部门2023年度开展绩效自评的项目4个，自评资金75.00万元（按预算数计，含调拨），"
        "为项目支出300.00万元的25.00%（前者是全年预算，后者是决算）。" in said
    )


def test_one_reason_below_the_table_explains_the_one_thing_that_lacks_a_reason() -> None:
    short = {**OUTPUT, "完成值": "80张"}
    whole_text = write_whole(facts(card("一", short, BENEFIT, CLIENTS, 原因分析="疫情")), "办法")
    assert "原因：疫情。" in text(whole_text)
    assert not [gap for gap in whole_text.gaps if "偏差原因" in gap.path]


def test_a_point_lost_in_one_project_leaves_no_department_flawless() -> None:
    judged = {**BENEFIT, "目标值": "得到提升", "完成值": "达成预期指标", "已填报得分": 19}
    assert not facts(card("一", OUTPUT, judged, CLIENTS)).is_flawless
    assert facts(card("一")).is_flawless


def test_reached_targets_say_what_they_rest_on() -> None:
    claimed = {**OUTPUT, "目标值": "≥95%", "完成值": "是"}
    found = facts(card("一", claimed, BENEFIT, CLIENTS))
    said = "达到目标值的3项（其中有数据可以核对的2项，依填报内容认定的1项）。"
    assert said in text(write_whole(found, "办法"))
