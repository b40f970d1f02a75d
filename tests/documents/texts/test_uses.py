"""结果应用 drafted from the results, and the table of 重点工作."""

from __future__ import annotations

from typing import Any

import pytest

import perfeval
from perfeval import Department, Rulebook, Scorecard
from perfeval.clauses import COLLECT
from perfeval.documents.texts.department_facts import DepartmentFacts, department_facts
from perfeval.documents.texts.duties import Duty, duties_table
from perfeval.documents.texts.narrative import Narrative, write_disclosure, write_whole
from perfeval.documents.texts.uses import GradedProject, GradedProjects, suggestions
from perfeval.rulebook import ResultUses
from tests.documents.rows import BENEFIT, CLIENTS, FULL, OUTPUT


def card(name: str, *rows: dict[str, Any], **fields: Any) -> Scorecard:
    sheet = {"评分办法": "hubei-2020", "年度": 2023, "项目名称": name, "预算": FULL, **fields}
    report = perfeval.evaluate({**sheet, "指标": list(rows or (OUTPUT, BENEFIT, CLIENTS))})
    assert report.scorecard is not None
    return report.scorecard


def facts(*cards: Scorecard, **fields: Any) -> DepartmentFacts:
    data = {"部门名称": "甲局", "年度": 2023, "评分办法": "hubei-2020", **fields}
    return department_facts(Department.model_validate(data), cards)


def disclosure(found: DepartmentFacts) -> Narrative:
    return write_disclosure(found, ["附件1　整体"], "办法")


def text(narrative: Narrative) -> str:
    return "\n".join(block.text for block in narrative.blocks)


def test_the_draft_names_kinds_rows_and_figures() -> None:
    short = {**OUTPUT, "完成值": "80张"}
    unhappy = {**CLIENTS, "完成值": "85%"}
    said = text(disclosure(facts(card("一", short, BENEFIT, unhappy), card("二", short))))
    assert "（请补充核定后的结果应用情况）按自评结果起草的建议如下，供核定时修改：" in said
    assert (
        "1．数量指标有2项没有达到目标值（一项目“床位数”目标≥100张、完成80张；"
        "二项目“床位数”目标≥100张、完成80张）。"
    ) in said
    assert "2．服务对象满意度指标有1项没有达到目标值（一项目“" in said


def test_money_that_stood_still_is_listed_by_amount_and_added_on_one_base() -> None:
    found = facts(
        card("一", 预算={"预算数": 100, "执行数": 90}),
        card("二", 预算={"预算数": 80, "执行数": 50}),
        card("三", 预算={"年初预算数": 60, "执行数": 20}),
        card("四", 预算={"预算数": 10}),
    )
    assert (
        "预算没有全部执行的项目3个：三项目没有执行40.00万元（执行率33.33%），"
        "二项目没有执行30.00万元（执行率62.50%），一项目没有执行10.00万元（执行率90.00%）；"
        "其中按全年预算数计的2个，合计没有执行40.00万元。"
    ) in text(disclosure(found))


def test_what_rests_on_no_figure_is_told() -> None:
    claimed = {**OUTPUT, "目标值": "≥95%", "完成值": "是"}
    bare = perfeval.evaluate(
        {"评分办法": "hubei-2020", "年度": 2023, "项目名称": "二", "预算": FULL}
    ).scorecard
    assert bare is not None
    said = text(disclosure(facts(card("一", claimed, BENEFIT, CLIENTS), bare)))
    assert "有1项指标依填报内容认定达到目标，没有可以核对的数据。" in said
    assert "没有公布绩效指标的项目1个。" in said


def test_nothing_is_drafted_where_the_office_wrote_its_own_or_nothing_has_to_change() -> None:
    short = card("一", {**OUTPUT, "完成值": "80张"}, BENEFIT, CLIENTS)
    own = text(disclosure(facts(short, 结果应用="作为安排预算的依据")))
    assert "作为安排预算的依据。" in own
    assert "起草的建议" not in own
    well = text(disclosure(facts(card("一"))))
    assert "（请补充结果应用情况）。" in well
    assert "起草的建议" not in well


PLACE: dict[str, Any] = {
    "来源": {"名称": "某县绩效结果应用办法", "施行": "未见", "所见": "文件原文"},
    "条款": "优的优先保障，中的予以核减",
    "各等级": [
        {"等级": "优", "安排": "优先保障"},
        {"等级": "中", "安排": "压减", "说法": "予以核减"},
        {"等级": "差", "安排": "暂停或取消"},
    ],
}


def by_place(found: Scorecard, **fields: Any) -> Scorecard:
    """Score a sheet by the same rules with a place's uses of the grades."""
    data = {**found.rulebook.model_dump(by_alias=True, exclude_none=True), "结果应用": PLACE}
    return perfeval.score(found.sheet, Rulebook.model_validate({**data, **fields}))


def test_a_place_says_what_grades_mean_for_the_budget_and_is_cited() -> None:
    """The clause is quoted; each grade that occurs is told once, no other."""
    poor = {**OUTPUT, "完成值": "10张"}
    cards = [
        by_place(card("一")),
        by_place(card("二", poor, BENEFIT, CLIENTS)),
        by_place(card("三")),
    ]
    assert [one.grade for one in cards] == ["优", "中", "优"]
    assert [one.use and one.use.kind for one in cards] == ["优先保障", "压减", "优先保障"]
    said = text(disclosure(facts(*cards)))
    assert (
        "．按自评等级，下年度预算建议：等级为优的2个（一项目、三项目），优先保障；"
        "等级为中的1个（二项目），予以核减。"
        "依据：某县绩效结果应用办法，原话是“优的优先保障，中的予以核减”。"
    ) in said
    assert "暂停或取消" not in said


def test_grades_that_a_reviewer_gave_are_suggested_for_in_the_same_way() -> None:
    """The grade is the one that is handed in; who has none, or one without a use, is left out."""
    place, plain = by_place(card("一")).rulebook, card("二").rulebook
    graded = [
        GradedProject(place, "中", "一"),
        GradedProject(place, "优", "二"),
        GradedProject(place, None, "三"),
        GradedProject(place, "良", "四"),
        GradedProject(plain, "优", "五"),
        GradedProject(place, "中", "六"),
    ]
    (found,) = suggestions(graded)
    assert found.source == "某县绩效结果应用办法"
    assert found.clause == "优的优先保障，中的予以核减"
    assert found.grades == (
        GradedProjects("优", "优先保障", ("二",)),
        GradedProjects("中", "予以核减", ("一", "六")),
    )
    assert suggestions([]) == ()


def test_without_a_clause_or_a_grade_nothing_is_suggested() -> None:
    plain = card("一")
    assert plain.use is None
    assert "下年度预算建议" not in text(disclosure(facts(plain)))
    good = by_place(card("二", {**OUTPUT, "完成值": "50张"}, BENEFIT, CLIENTS))
    assert good.grade == "良"
    assert good.use is None
    assert "下年度预算建议" not in text(disclosure(facts(good)))


@pytest.mark.parametrize(
    ("change", "path", "said"),
    [
        ({"条款": None}, ("条款",), "没有见到条款"),
        ({"来源": "某办法"}, ("来源",), "来源未见"),
        ({"各等级": PLACE["各等级"] * 2}, ("各等级", 3, "等级"), "“优”写了两次"),
    ],
)
def test_a_block_without_a_seen_clause_is_none(
    change: dict[str, Any], path: tuple[Any, ...], said: str
) -> None:
    rule = ResultUses.model_validate({**PLACE, **change}, context=COLLECT)
    found = next(fault for fault in rule.faults() if fault.path == path)
    assert said in found.message


def test_a_use_is_of_a_grade_that_the_rulebook_gives() -> None:
    rule = {**PLACE, "各等级": [{"等级": "甲", "安排": "压减"}]}
    book = card("一").rulebook.model_dump(by_alias=True, exclude_none=True)
    rulebook = Rulebook.model_validate({**book, "结果应用": rule}, context=COLLECT)
    assert [fault.path for fault in rulebook.faults()] == [("结果应用", "各等级", 0, "等级")]


WORK = [{"名称": "养老服务", "目标": "新建服务站3个", "内容": "新建服务站3个，培训50人"}]


def test_the_table_of_duties_says_what_the_text_says() -> None:
    found = facts(card("一"), 工作领域=WORK)
    table = duties_table(
        "重点工作", [Duty(item.name, item.aim, item.text) for item in found.words.work], "办法"
    )
    assert [cell.text for cell in table.rows[0]] == [
        "序号",
        "重要事项",
        "工作内容及目标",
        "完成情况",
    ]
    number, name, aim, done = (cell.text for cell in table.rows[1])
    assert (number, name, aim) == ("1", "养老服务", "新建服务站3个。")
    assert f"1．养老服务：{done}" in text(write_whole(found, "办法"))


def test_money_of_projects_that_all_state_one_base_is_added_without_exception() -> None:
    """「其中」 names a part; where all projects are meant there is none."""
    found = facts(
        card("一", 预算={"预算数": 100, "执行数": 90}),
        card("二", 预算={"预算数": 80, "执行数": 50}),
    )
    said = text(disclosure(found))
    assert "一项目没有执行10.00万元（执行率90.00%）；合计没有执行40.00万元。" in said
    assert "其中按" not in said
