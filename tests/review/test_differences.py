"""What changed between two versions, who asked for it, and what became of the findings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import perfeval
from perfeval import ChangeKind, ChangeStanding, FindingStatus, MatchReason, Report, SheetDiff
from perfeval.places import TextPlace

HEAD = {"评分办法": "hubei-2020", "年度": 2023, "项目名称": "城区道路养护"}
UNASKED, ASKED = ChangeStanding.UNASKED, ChangeStanding.ASKED
RESPELT, FOLLOWING = ChangeStanding.RESPELT, ChangeStanding.FOLLOWING


def row(name: str, section: str = "产出指标", **fields: Any) -> dict[str, Any]:
    aspect = {"产出指标": "数量指标", "效益指标": "社会效益指标"}.get(section, "满意度指标")
    return {"一级指标": section, "二级指标": aspect, "名称": name, **fields}


ROWS = [
    row("修补路面面积", 分值=20, 目标值="≥3200平方米", 完成值="2600平方米", 已填报得分=20),
    row("清掏雨水井数", 分值=20, 目标值="≥150座", 完成值="150座", 已填报得分=20),
    row("投诉下降率", "效益指标", 分值=20, 目标值="≥5%", 完成值="6%", 已填报得分=20),
    row("居民满意度", "满意度指标", 分值=20, 目标值="≥90%", 完成值="93%", 已填报得分=20),
]
BUDGET = {"预算数": "1286.70", "执行数": "1200", "已填报": {"执行率": "93.26%", "得分": 20}}
OLD = {
    **HEAD,
    "预算": BUDGET,
    "指标": ROWS,
    "已填报": {"总分": 100},
}


def changed(position: int, **fields: Any) -> dict[str, Any]:
    rows = [{**one, **fields} if at == position else one for at, one in enumerate(ROWS)]
    return {**OLD, "指标": rows}


def of(diff: SheetDiff, *standings: ChangeStanding) -> list[str]:
    return [str(change) for change in diff.with_standing(*standings)]


def test_a_change_where_nothing_was_found_is_not_asked_for() -> None:
    """The old version has an error at the filed points of this row, and none at its target."""
    diff = perfeval.diff(OLD, changed(0, 目标值="≥2600平方米"))
    assert of(diff, UNASKED) == [
        "产出指标/数量指标/修补路面面积 · 目标值：≥3200平方米 → ≥2600平方米"
    ]
    assert of(diff, ASKED) == []


def test_a_change_at_a_finding_is_asked_for_and_says_by_what() -> None:
    diff = perfeval.diff(OLD, changed(0, 已填报得分="16.25"))
    (change,) = diff.stated
    assert (change.standing, change.old, change.new) == (ASKED, "20", "16.25")
    assert change.because.startswith("PT102：")
    assert FindingStatus.FIXED in {
        one.status for one in diff.findings if one.old and one.old.code == "PT102"
    }


def test_what_a_finding_of_the_row_asks_for_by_name_is_asked_for() -> None:
    """PT102 stands at the filed points and says: 写明原因."""
    diff = perfeval.diff(OLD, changed(0, 偏差原因="汛期停工两个月"))
    (change,) = diff.stated
    assert (change.standing, change.field) == (ASKED, "偏差原因")


def test_a_total_that_follows_from_what_was_asked_for_is_told_apart() -> None:
    """Only where no finding stands at the total itself, and something was changed as asked."""
    closed = {**OLD, "已填报": {"总分": None, "等级": "优"}}
    both = {**changed(0, 已填报得分="16.25"), "已填报": {"总分": None, "等级": "良"}}
    assert of(perfeval.diff(closed, both), FOLLOWING) == ["已填报 · 等级：优 → 良"]
    alone = {**closed, "已填报": {"总分": None, "等级": "良"}}
    assert of(perfeval.diff(closed, alone), UNASKED) == ["已填报 · 等级：优 → 良"]


def test_what_nobody_asked_for_stands_first() -> None:
    new = changed(0, 已填报得分="16.25", 目标值="≥2600平方米", 完成值=" 2600 平方米")
    standings = [change.standing for change in perfeval.diff(OLD, new).changes]
    assert standings == [UNASKED, ASKED, RESPELT]


SAME: list[tuple[str, Any, Any]] = [
    ("完成值", "1,286.70万元", "1286.7万元"),
    ("完成值", "２６００平方米", "2600平方米"),
    ("目标值", "≥ 3200 平方米", "≥3200平方米"),
    ("偏差原因", "汛期（6月）停工", "汛期(6月) 停工"),
    ("分值", "20.00", "20"),
    ("一级指标", "产出", "产出指标"),
]
OTHER: list[tuple[str, Any, Any]] = [
    ("完成值", "2023.10", "2023.1"),
    ("完成值", "3 5座", "35座"),
    ("完成值", "10²座", "102座"),
    ("目标值", "≥3200平方米", "≤3200平方米"),
    ("目标值", "95%", "95‰"),
    ("目标值", "42（3）", "42"),
    ("偏差原因", "项目1，200人", "项目1200人"),
    ("偏差原因", "第2.10条", "第2.1条"),
]


@pytest.mark.parametrize(("field", "old", "new"), SAME)
def test_another_writing_is_no_change(field: str, old: Any, new: Any) -> None:
    diff = perfeval.diff(changed(0, **{field: old}), changed(0, **{field: new}))
    assert diff.stated == ()
    (change,) = diff.changes
    assert (change.field, change.standing) == (field, RESPELT)


@pytest.mark.parametrize(("field", "old", "new"), OTHER)
def test_what_looks_alike_and_is_not_is_a_change(field: str, old: Any, new: Any) -> None:
    diff = perfeval.diff(changed(0, **{field: old}), changed(0, **{field: new}))
    assert [(change.field, change.old, change.new) for change in diff.stated] == [(field, old, new)]


def test_a_sign_in_its_own_column_or_in_the_cell_is_the_same() -> None:
    apart = changed(0, 符号="≥", 目标值="3200平方米")
    assert perfeval.diff(OLD, apart).stated == ()
    turned = changed(0, 符号="≤", 目标值="3200平方米")
    assert {change.field for change in perfeval.diff(OLD, turned).stated} == {"符号", "目标值"}


def test_amounts_in_another_unit_are_the_same_money() -> None:
    new = {**OLD, "金额单位": "元", "预算": {**BUDGET, "预算数": "12867000"}}
    assert of(perfeval.diff(OLD, new), UNASKED) == [
        "金额单位：万元 → 元",
        "预算 · 执行数：1200万元 → 1200元",
    ]
    new["预算"] = {**BUDGET, "预算数": "12867000", "执行数": "12000000"}
    assert of(perfeval.diff(OLD, new), UNASKED) == ["金额单位：万元 → 元"]


@pytest.mark.parametrize(
    ("unit", "spent", "said"),
    [
        ("元", "11999999.5", "1200万元 → 11999999.5元"),
        ("元", None, "1200万元 → （空）"),
        ("万元", "1199.5", "1200 → 1199.5"),
    ],
)
def test_amounts_have_their_units_where_these_are_not_the_same(
    unit: str, spent: str | None, said: str
) -> None:
    new = {**OLD, "金额单位": unit, "预算": {**BUDGET, "执行数": spent}}
    assert f"预算 · 执行数：{said}" in of(perfeval.diff(OLD, new), UNASKED)


MATCHES: list[tuple[str, Callable[[list[Any]], list[Any]], MatchReason]] = [
    (
        "renamed",
        lambda rows: [{**rows[0], "名称": "修补路面的面积"}, *rows[1:]],
        MatchReason.SIMILAR,
    ),
    ("content", lambda rows: [{**rows[0], "名称": "甲乙丙"}, *rows[1:]], MatchReason.CONTENT),
    (
        "section",
        lambda rows: [{**rows[0], "一级指标": "效益指标"}, *rows[1:]],
        MatchReason.ELSEWHERE,
    ),
    (
        "place",
        lambda rows: [{**rows[0], "名称": "甲乙丙", "目标值": "8个"}, *rows[1:]],
        MatchReason.POSITION,
    ),
]


@pytest.mark.parametrize(("edit", "reason"), [item[1:] for item in MATCHES])
def test_a_row_is_known_again_and_it_is_said_how(
    edit: Callable[[list[Any]], list[Any]], reason: MatchReason
) -> None:
    diff = perfeval.diff(OLD, {**OLD, "指标": edit(ROWS)})
    first = next(match for match in diff.rows if match.new_path == ("指标", 0))
    assert (first.old_path, first.reason) == (("指标", 0), reason)
    assert all(change.because for change in diff.stated)
    assert {change.kind for change in diff.stated} == {ChangeKind.CHANGED}


def test_rows_that_came_went_and_moved() -> None:
    new = [ROWS[1], ROWS[0], ROWS[3], row("新增绿地", "效益指标", 分值=20, 目标值=5, 完成值=5)]
    diff = perfeval.diff(OLD, {**OLD, "指标": new})
    told = {(change.kind, change.row.split("/")[-1]) for change in diff.stated if not change.field}
    assert (ChangeKind.REMOVED, "投诉下降率") in told
    assert (ChangeKind.ADDED, "新增绿地") in told
    assert {name for kind, name in told if kind is ChangeKind.MOVED} < {
        "修补路面面积",
        "清掏雨水井数",
    }
    gone = next(change for change in diff.stated if change.kind is ChangeKind.REMOVED)
    assert "目标值 ≥5%" in gone.old
    assert gone.new == ""


def test_rows_of_one_name_are_told_apart_by_what_they_say() -> None:
    """Of three rows of one name the middle one is taken out; the others did not change."""
    rows = [row("培训人数", 分值=20, 目标值=number, 完成值=number) for number in (10, 20, 30)]
    old = {**OLD, "指标": rows}
    diff = perfeval.diff(old, {**OLD, "指标": [rows[0], rows[2]]})
    assert [(change.kind, change.old_path) for change in diff.stated] == [
        (ChangeKind.REMOVED, ("指标", 1))
    ]


def test_points_before_and_after() -> None:
    diff = perfeval.diff(OLD, changed(0, 完成值="3200平方米"))
    points = {one.row: (one.old, one.new) for one in diff.points}
    assert points["产出指标/数量指标/修补路面面积"] == ("16.25", "20.00")
    assert points["总分"][0] != points["总分"][1]


def test_a_changed_figure_of_the_same_fault_is_no_new_finding() -> None:
    diff = perfeval.diff(OLD, changed(0, 完成值="2700平方米"))
    (one,) = (item for item in diff.findings if item.old and item.old.code == "PT102")
    assert one.status is FindingStatus.CHANGED
    assert one.new is not None
    assert "2700" in one.new.message


def test_a_finding_follows_its_row_to_another_place() -> None:
    diff = perfeval.diff(OLD, {**OLD, "指标": [ROWS[1], ROWS[0], *ROWS[2:]]})
    (one,) = (item for item in diff.findings if item.old and item.old.code == "PT102")
    assert one.status in (FindingStatus.REMAINS, FindingStatus.CHANGED)


def test_a_finding_that_was_only_accepted_is_not_mended() -> None:
    waiver = {"编号": "PT102", "理由": "已核", "批准": "财务科长", "有效期至": "2999-12-31"}
    diff = perfeval.diff(OLD, {**OLD, "校核豁免": [waiver]})
    (one,) = (item for item in diff.findings if item.old and item.old.code == "PT102")
    assert one.status is FindingStatus.WAIVED
    assert one.because.startswith("改为豁免：已核")
    assert diff.unasked[0].kind is ChangeKind.ADDED


def test_a_weight_behind_a_section_is_the_sum_of_its_rows() -> None:
    """产出指标（40分） of rows that add up to 40 says nothing new; of 50 it does."""
    for weight, changes in ((40, 0), (50, 2)):
        rows = [{**row, "一级指标": f"产出指标（{weight}分）"} for row in ROWS[:2]]
        diff = perfeval.diff(OLD, {**OLD, "指标": [*rows, *ROWS[2:]]})
        assert [change.field for change in diff.stated] == ["一级指标"] * changes


def test_what_an_office_file_prints_and_is_computed_anyway_is_no_change(tmp_path: Path) -> None:
    """A printed table shows weights, rates and points that nobody wrote into the YAML."""
    filed = {**OLD, "预算": {"预算数": 100, "执行数": 90}, "已填报": {}}
    filed["指标"] = [{**row, "已填报得分": None} for row in ROWS]
    path = tmp_path / "表.docx"
    path.write_bytes(perfeval.render(perfeval.evaluate(filed), "docx", data=False))
    for diff in (perfeval.diff(filed, path), perfeval.diff(path, filed)):
        told = [str(change) for change in diff.stated if "项目名称" not in change.field]
        assert told == []
        assert list(diff.with_standing(ChangeStanding.UNPRINTED))


def test_a_fault_that_went_by_another_change_is_not_mended() -> None:
    """The target was lowered to what was done; the points that were filed stand as they did."""
    diff = perfeval.diff(OLD, changed(0, 目标值="≥2600平方米"))
    (one,) = (item for item in diff.findings if item.old and item.old.code == "PT102")
    assert one.status is FindingStatus.EVADED
    assert one.because
    mended = perfeval.diff(OLD, changed(0, 已填报得分="16.25"))
    (one,) = (item for item in mended.findings if item.old and item.old.code == "PT102")
    assert one.status is FindingStatus.FIXED


def test_a_fault_of_a_row_that_was_taken_out_is_not_mended() -> None:
    diff = perfeval.diff(OLD, {**OLD, "指标": ROWS[1:]})
    (one,) = (item for item in diff.findings if item.old and item.old.code == "PT102")
    assert one.status is FindingStatus.EVADED


def test_the_digits_of_a_printed_rate_are_a_claim() -> None:
    """98.70% says more than 98.7%; the same digits in another width do not."""
    old = {**OLD, "预算": {**BUDGET, "已填报": {"执行率": "98.7%"}}}
    new = {**OLD, "预算": {**BUDGET, "已填报": {"执行率": "98.70%"}}}
    assert [change.field for change in perfeval.diff(old, new).stated] == ["执行率"]
    new["预算"] = {**BUDGET, "已填报": {"执行率": " 98.7％"}}
    assert perfeval.diff(old, new).stated == ()


def test_places_are_those_of_both_files() -> None:
    old = perfeval.dump(perfeval.load_sheet(OLD))
    new = "# 第二稿\n" + old.replace("2600平方米", "3200平方米")
    (change,) = perfeval.diff(old, new).unasked
    (before,), (after,) = change.old_places, change.new_places
    assert isinstance(before, TextPlace)
    assert isinstance(after, TextPlace)
    assert (after.line, after.column) == (before.line + 1, before.column)
    assert old.splitlines()[before.line - 1][before.column - 1 :].startswith("2600平方米")


def test_a_version_that_cannot_be_read_is_not_compared() -> None:
    diff = perfeval.diff(OLD, "项目名称: [\n")
    assert (diff.is_compared, diff.has_fault) == (False, True)
    assert diff.changes == ()
    assert diff.new is not None
    assert diff.new.problems


RENDERED: dict[str, Callable[[Report], bytes]] = {
    "docx": lambda report: perfeval.render(report, "docx"),
    "html": lambda report: perfeval.render(report, "html"),
    "pdf": lambda report: perfeval.render(report, "pdf"),
    "xlsx": lambda report: perfeval.excel_form(sheet=report.sheet),
}


@pytest.mark.parametrize("kind", RENDERED)
def test_a_rendered_sheet_has_no_change_of_value(kind: str, tmp_path: Path) -> None:
    """What the office sends back in Word may be what was returned to it as YAML."""
    name = "shipped:qingshan-2023/养老服务体系建设运营补助资金"
    path = tmp_path / f"表.{kind}"
    path.write_bytes(RENDERED[kind](perfeval.evaluate(name)))
    for diff in (perfeval.diff(name, path), perfeval.diff(path, name)):
        assert diff.is_compared
        assert of(diff, *(UNASKED, ASKED, FOLLOWING)) == []


def test_an_office_file_is_compared_by_the_rulebook_of_the_other(tmp_path: Path) -> None:
    name = "shipped:qingshan-2023/养老服务体系建设运营补助资金"
    path = tmp_path / "表.docx"
    path.write_bytes(perfeval.render(perfeval.evaluate(name), "docx", data=False))
    diff = perfeval.diff(name, path)
    assert diff.old is not None
    assert diff.new is not None
    assert diff.old.stamp == diff.new.stamp
    assert "评分办法" not in {change.field for change in diff.stated}
