"""A document beside the 自评表 of its projects: what agrees is held, what does not is found."""

from __future__ import annotations

from typing import Any

import pytest

import perfeval
from perfeval import ProofReport, RelationStatus
from tests.accounts.drafts import draft, ledger, money, percent, wrapped

CODES = ("AC501", "AC502", "AC503", "AC504", "AC505")


def sheet(name: str, budget: str | None, spent: str | None, **more: Any) -> dict[str, Any]:
    money_ = {"预算数": budget, "执行数": spent}
    data = {"评分办法": "hubei-2020", "年度": 2023, "项目名称": name}
    return {**data, "预算": {key: value for key, value in money_.items() if value}, **more}


def sheets_of(seed: int) -> dict[str, dict[str, Any]]:
    """Return the sheets behind a made document, from the money behind it."""
    return {
        name: {**sheet(name, money(budget), money(spent)), "年度": ledger(seed).year}
        for name, budget, spent in ledger(seed).projects
    }


def beside(text: str, sheets: dict[str, dict[str, Any]]) -> ProofReport:
    return perfeval.proof(text, sheets={"sheets": sheets})


def found(report: ProofReport) -> list[tuple[str, int | None]]:
    return [(item.code, item.line) for item in report.findings if item.code in CODES]


@pytest.mark.parametrize("seed", range(12))
def test_the_sheets_behind_a_document_agree_with_it(seed: int) -> None:
    report = beside(wrapped(draft(seed), 30)[0], sheets_of(seed))
    assert found(report) == []
    statuses = {entry.code: entry.status for entry in report.ledger if entry.code in CODES}
    assert statuses["AC501"] is RelationStatus.HELD
    assert statuses["AC504"] is RelationStatus.HELD
    assert statuses["AC505"] is RelationStatus.HELD


@pytest.mark.parametrize("seed", range(12))
def test_one_amount_that_differs_is_found_on_its_line(seed: int) -> None:
    page = draft(seed)
    name, budget, _ = ledger(seed).projects[-1]
    at = max(key for key in page.at if page.printed[key] == money(budget) and "budget" in key)
    text, lines = wrapped(page, 30)
    sheets = sheets_of(seed)
    sheets[name]["预算"]["预算数"] = money(budget + 7)
    (result,) = found(beside(text, sheets))
    assert result == ("AC501", lines[at])


def test_the_place_of_the_sheet_is_named(tmp_path: Any) -> None:
    file = tmp_path / "绿化.yaml"
    file.write_text(
        "评分办法: hubei-2020\n年度: 2023\n项目名称: 绿化养护经费\n"
        "预算:\n  预算数: 50\n  执行数: 48\n",
        encoding="utf-8",
    )
    text = text_of("绿化养护", "50", "47.5", "95")
    (finding,) = [
        item for item in perfeval.proof(text, sheets=tmp_path).findings if item.code in CODES
    ]
    assert (finding.code, finding.line) == ("AC501", 3)
    assert f"{file}:6:8" in finding.message
    assert "是 48 万元" in finding.message


def text_of(name: str, budget: str, spent: str, rate: str, more: str = "") -> str:
    return (
        "十三、预算绩效情况说明\n2023年度部门决算中反映项目绩效自评结果。\n"
        f"1.{name}项目绩效自评综述：项目全年预算数为{budget}万元，执行数为{spent}万元，"
        f"完成预算的{rate}%。{more}\n"
    )


@pytest.mark.parametrize(
    ("budget", "spent", "status"),
    [
        ("50", "48", "held"),
        ("50.00", "48.00", "held"),
        ("50", "47.996", "rounding"),
        ("50", "47.99", "broken"),
        ("50", "480000", "broken"),
        (None, None, "no_data"),
    ],
)
def test_money_is_compared_by_its_printed_digits(
    budget: str | None, spent: str | None, status: str
) -> None:
    text = text_of("绿化养护", "50", "48.00", "96")
    report = beside(text, {"绿化养护": sheet("绿化养护", budget, spent)})
    entry = next(entry for entry in report.ledger if entry.code == "AC501")
    assert entry.status.value == status


def test_a_sheet_in_yuan_is_compared_in_one_unit() -> None:
    data = {**sheet("绿化养护", "500000", "480000"), "金额单位": "元"}
    assert found(beside(text_of("绿化养护", "50", "48", "96"), {"甲": data})) == []


def test_a_part_of_the_money_is_not_compared() -> None:
    text = text_of("绿化养护", "50", "48", "96").replace("项目全年", "其中：苗木采购全年")
    assert found(beside(text, {"甲": sheet("绿化养护", "80", "76")})) == []


def test_a_rate_without_money_is_compared_with_the_sheet() -> None:
    text = (
        "十三、预算绩效情况说明\n2023年度部门决算中反映项目绩效自评结果。\n"
        "1.大楼运行项目绩效自评综述：预算资金70万元，执行率100%。\n"
    )
    assert found(beside(text, {"甲": sheet("大楼运行", "70", "69.5")})) == [("AC502", 3)]
    assert found(beside(text, {"甲": sheet("大楼运行", "70", "70")})) == []


def test_points_are_those_filed_and_those_of_the_rule() -> None:
    row = {"一级指标": "产出指标", "二级指标": "数量指标", "名称": "面积", "分值": 80}
    rows = [{**row, "目标值": "10亩", "完成值": "9亩"}]
    text = text_of("绿化养护", "50", "50", "100", "自评得分100分。")
    filed = sheet("绿化养护", "50", "50", 已填报={"总分": 98})
    assert found(beside(text, {"甲": filed})) == [("AC503", 3)]
    filed = sheet("绿化养护", "50", "50", 已填报={"总分": 100})
    assert found(beside(text, {"甲": filed})) == []
    ruled = perfeval.evaluate({**filed, "指标": rows}).scorecard
    assert ruled is not None
    report = beside(text, {"甲": {**filed, "指标": rows}})
    expected = [] if ruled.total is None else ["AC503"]
    assert [item.code for item in report.findings if item.code == "AC503"] == expected


def test_names_are_met_by_their_words_and_by_the_departments_other_names() -> None:
    text = text_of("“好味到”食堂", "50", "48", "96")
    assert found(beside(text, {"甲": sheet("“好味到”食堂经费", "50", "48")})) == []
    other = {"甲": sheet("助餐补贴", "50", "48")}
    (finding,) = [item for item in beside(text, other).findings if item.code == "AC504"]
    assert "“助餐补贴”（甲）的金额与它相同" in finding.message
    department = {
        "部门名称": "某局",
        "年度": 2023,
        "评分办法": "hubei-2020",
        "项目": [{"名称": "助餐补贴", "另称": [{"名称": "好味到食堂"}]}],
    }
    report = perfeval.proof(text, sheets={"department": department, "sheets": other})
    assert found(report) == []


def test_a_sheet_of_which_nothing_is_told_is_a_hint() -> None:
    sheets = {"甲": sheet("绿化养护", "50", "48"), "乙": sheet("河道清淤", "5", "5")}
    report = beside(text_of("绿化养护", "50", "48", "96"), sheets)
    (finding,) = [item for item in report.findings if item.code == "AC504"]
    assert (finding.severity, "河道清淤" in finding.message) == (perfeval.Severity.INFO, True)


def test_the_whole_is_compared_with_the_departments_own_file() -> None:
    text = (
        "十三、预算绩效情况说明\n我单位组织开展整体支出绩效自评，部门整体绩效自评得分96.5分，"
        "完成情况良好。\n"
    )
    department = {"部门名称": "某局", "年度": 2023, "评分办法": "hubei-2020"}
    for points, expected in (("96.5", []), ("95", [("AC503", 2)])):
        own = {**department, "整体自评": {"得分": points}}
        report = perfeval.proof(text, sheets={"department": own, "sheets": {}})
        assert found(report) == expected


def test_a_sheet_that_cannot_be_read_is_told() -> None:
    report = beside(text_of("绿化养护", "50", "48", "96"), {"甲": {"项目名称": "绿化养护"}})
    assert any(item.code == "AC403" and "没有读通" in item.message for item in report.findings)


def test_without_sheets_nothing_is_held() -> None:
    report = perfeval.proof(text_of("绿化养护", "50", "48", "96"))
    statuses = {entry.status for entry in report.ledger if entry.code in CODES}
    assert statuses == {RelationStatus.NOT_APPLICABLE}
    assert percent(48, 50) == "96.00"


@pytest.mark.parametrize(
    ("said", "severity"),
    [
        ("全年预算数620万元，执行数600万元，完成全年预算的96.00%。", "错误"),
        (
            "上年结转资金120万元，本年预算安排500万元，合计620万元，支出决算600万元，完成预算的96.77%。",
            "警告",
        ),
        ("全年预算数50万元，其中：设备预算数30万元，执行数28万元，执行率93.33%。", "警告"),
    ],
)
def test_a_rate_of_money_that_may_be_of_a_part_is_asked(said: str, severity: str) -> None:
    text = f"十三、预算绩效情况说明\n反映项目绩效自评结果。\n1.饮水安全项目绩效自评综述：{said}\n"
    report = perfeval.proof(f"某局2023年度部门决算\n{text}")
    found_ = {item.severity.value for item in report.findings if item.code == "AC105"}
    assert found_ <= {severity}
    assert severity != "错误" or found_


@pytest.mark.parametrize(
    "ends", [("项目", "经费"), ("经费", "项目"), ("资金", "经费"), ("", "经费")]
)
def test_projects_with_nearly_one_name_are_each_compared_with_their_own_sheet(
    ends: tuple[str, str],
) -> None:
    one, other = (f"数字档案{end}" for end in ends)
    text = text_of(one, "50", "48", "96", "主要产出和效果：建成平台。") + (
        f"2.{other}绩效自评综述：项目全年预算数为70万元，执行数为70万元，完成预算的100%。"
    )
    sheets = {"a": sheet(one, "50", "48"), "b": sheet(other, "70", "70")}
    assert found(beside(text, sheets)) == []
    (result, *_) = found(beside(text, {**sheets, "b": sheet(other, "71", "70")}))
    assert result == ("AC501", 4)


def test_a_project_with_nearly_the_name_of_a_sheet_that_is_of_another_has_no_sheet() -> None:
    text = text_of("数字档案", "50", "48", "96", "主要产出和效果：建成平台。") + (
        "2.数字档案经费绩效自评综述：项目全年预算数为70万元，执行数为70万元，完成预算的100%。"
    )
    report = beside(text, {"b": sheet("数字档案经费", "70", "70")})
    assert [item for item in found(report) if item[0] != "AC505"] == [("AC504", 3)]


ROWS = {
    "产出指标": {
        "数量指标": [{"名称": "检查次数", "分值": 40, "目标值": "10次", "完成值": "10次"}],
    },
    "效益指标": {
        "社会效益指标": [{"名称": "发证", "分值": 40, "目标值": "20本", "完成值": "一些"}],
    },
}
"""Rows of which one cannot be scored: the total is from 59 points up to less than 99."""


@pytest.mark.parametrize(("points", "is_found"), [("99.63", True), ("70", False), ("12", True)])
def test_points_outside_of_what_the_sheet_can_have_are_found(points: str, is_found: bool) -> None:
    form = sheet("绿化养护", "50", "47.5", 指标=ROWS)
    card = perfeval.evaluate(form).scorecard
    assert card is not None
    assert card.total is None
    assert card.low is not None
    text = text_of("绿化养护", "50", "47.5", "95", f"自评得分{points}分。")
    report = beside(text, {"绿化养护": form})
    assert ("AC503" in {item.code for item in report.findings}) is is_found
