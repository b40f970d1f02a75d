"""Sheets as the national system takes them, and back: nothing changes, or it is said."""

from __future__ import annotations

import io
import json
import random
from decimal import Decimal
from typing import Any, get_args

import openpyxl
import pytest

import perfeval
from perfeval import NationalFormat, RenderError, Report, Sheet, evaluate, read, to_national
from tests.reading.test_restoring import SAID_OF_A_FILE

QINGSHAN = "shipped:qingshan-2023/养老服务体系建设运营补助资金"
PAIRS = [
    ("≥391张", "391张"), ("≥95%", "0.96%"), ("95%以上", "97.5%"), ("≤120万元", "118.5万元"),
    ("＝12次", "12次"), ("2000户", "1874户"), ("8000元/床", "100%"), ("明显改善", "明显改善"),
    ("2023年12月底前", "2023年11月"), ("0次", "0次"), ("当年发放", "100%"), ("26", "32"),
    ("≥1.5公里", "1520米"), ("得到提升", "是"), ("", ""), ("=SUM(1)", "+5"),
]  # fmt: skip
LEVELS = [
    ("产出指标", "数量指标"), ("产出指标", "质量指标"), ("成本指标", "经济成本指标"),
    ("效益指标", "社会效益指标"), ("满意度指标", "服务对象满意度指标"),
]  # fmt: skip


def made(seed: int, rulebook: str) -> dict[str, Any]:
    """Draw a sheet as offices fill it: some of it blank, some of it filed, some of it no figure."""
    draw = random.Random(seed)
    levels = sorted(draw.choices(LEVELS, k=draw.randint(1, 7)), key=LEVELS.index)
    rows = []
    for number, (section, aspect) in enumerate(levels, 1):
        target, actual = draw.choice(PAIRS)
        weight = draw.choice([10, Decimal("7.5"), 20])
        row = {
            "一级指标": section, "二级指标": aspect, "名称": f"指标名{number}", "分值": weight,
            "目标值": target, "完成值": actual, "已填报得分": draw.choice([None, weight, 5]),
            "偏差原因": draw.choice([None, "雨季停工\n工期顺延"]),
            "改进措施": draw.choice([None, "提前招标"]), "备注": draw.choice([None, "自己看"]),
        }  # fmt: skip
        rows.append(row)
    return {
        "评分办法": rulebook,
        "年度": draw.choice([2021, 2023]),
        "项目名称": draw.choice(["51092324T000010263357-安可替代", "河道清淤"]),
        "主管部门": draw.choice([None, "县水务局"]),
        "实施单位": "河道管护所",
        "填报日期": draw.choice([None, "2024-03-05"]),
        "金额单位": draw.choice(["万元", "元"]),
        "年度目标": draw.choice([None, "清淤“三公里”，\n两岸绿化"]),
        "预算": {
            "年初预算数": draw.choice([None, Decimal("100.5")]),
            "预算数": Decimal("120.05"),
            "执行数": draw.choice([None, Decimal("118.99")]),
            "资金构成": draw.choice([[], [{"名称": "财政拨款", "预算数": 120, "执行数": 118}]]),
            "偏差原因": draw.choice([None, "合同跨年"]),
        },
        "指标": rows,
    }


def bare(sheet: Sheet | None) -> Sheet:
    """Return a sheet without what is never written."""
    assert sheet is not None
    rows = tuple(row.model_copy(update={"note": None}) for row in sheet.indicators)
    gone = {"unconfirmed": False, "read_from": None, "note": None, "waivers": ()}
    return sheet.model_copy(update={**gone, "indicators": rows})


def back(raw: bytes) -> Report:
    return evaluate(raw, name="报送.json")


@pytest.mark.parametrize("rulebook", perfeval.rulebook_ids())
def test_a_sheet_comes_back_with_its_points_and_reasons(rulebook: str) -> None:
    for seed in range(6):
        report = evaluate(made(seed, rulebook))
        assert report.scorecard is not None
        again = back(to_national(report))
        assert again.scorecard is not None
        assert bare(again.sheet) == bare(report.sheet)
        assert again.scorecard.total == report.scorecard.total
        assert again.sheet is not None
        assert again.sheet.unconfirmed


@pytest.mark.parametrize("rulebook", perfeval.rulebook_ids())
def test_without_carried_data_the_fields_of_the_interface_come_back(rulebook: str) -> None:
    """What it has fields for: the year and the unit of money among it, which it has not itself."""
    for seed in range(6):
        report = evaluate(made(seed, rulebook))
        (table,) = read(to_national(report, data=False), rulebook=rulebook).tables
        again = evaluate(table.data)
        one, other = report.sheet, again.sheet
        assert one is not None
        assert other is not None
        for field in ("year", "name", "unit", "money_unit", "goal", "project_code"):
            assert getattr(one, field) == getattr(other, field)
        amounts = [(one.budget.original, one.budget.final, one.budget.spent)]
        assert amounts == [(other.budget.original, other.budget.final, other.budget.spent)]
        assert [fund.name for fund in one.budget.funds] == [f.name for f in other.budget.funds]
        assert report.scorecard is not None
        assert again.scorecard is not None
        for line, read_back in zip(report.scorecard.lines, again.scorecard.lines, strict=True):
            assert line.name == read_back.name
            assert line.indicator.section.label == read_back.indicator.section.label
            assert line.weight == read_back.weight
            assert line.shown == read_back.shown, (line.indicator, read_back.indicator)
            reasons = (line.indicator.reason, line.indicator.measure)
            assert read_back.indicator.reason == ("\n".join(filter(None, reasons)) or None)


def record_of(raw: bytes) -> dict[str, Any]:
    (project,) = json.loads(raw)["result"]
    found: dict[str, Any] = project["finevalprolist"][0]["proselfevalinfomap"]
    return found


def test_the_fields_hold_what_the_interface_says_they_hold() -> None:
    record = record_of(to_national(evaluate(QINGSHAN)))
    row = record["proselfevalindexlist"][5]
    assert (row["findex_name"], row["sindex_name"]) == ("产出指标", "数量指标")
    assert (row["computesign"], row["indexval"], row["actualvalue"]) == ("1", "32", "26")
    assert (row["actualweight"], row["score"]) == (2, 1.63)
    (money,) = record["proselfevalbgtlist"]
    assert (money["name"], money["amt3"], money["amt4"]) == ("年度资金总额", 1286.7, 1269.62)
    assert (money["bgtget"], money["score"]) == (98.67, 19.73)


def test_a_record_that_was_changed_counts_and_what_is_carried_does_not() -> None:
    """The carried sheet says 32; who changes the record to 30 is believed, and is told so."""
    raw = to_national(evaluate(QINGSHAN))
    changed = json.loads(raw)
    record = changed["result"][0]["finevalprolist"][0]["proselfevalinfomap"]
    record["proselfevalindexlist"][5]["actualvalue"] = "30"
    (table,) = read(json.dumps(changed).encode(), name="改过.json").tables
    assert table.data["指标"][5]["完成值"] == "30"
    assert table.data["评分办法"] == "hubei-2020"
    assert any("记录改过" in str(note) for note in table.assumptions)
    changed["result"][0]["year"] = "2024"
    (table,) = read(json.dumps(changed).encode()).tables
    assert table.data["年度"] == 2024


def test_another_order_of_keys_and_zeros_at_the_end_change_nothing() -> None:
    raw = json.loads(to_national(evaluate(QINGSHAN)), parse_float=float)
    text = json.dumps(raw, sort_keys=True, ensure_ascii=True)
    report = back(text.encode())
    assert bare(report.sheet) == bare(evaluate(QINGSHAN).sheet)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"附带数据": 1}', 5, {"a": 1}])
def test_carried_data_that_nobody_wrote_are_said_and_not_used(text: Any) -> None:
    data = json.loads(to_national(evaluate(QINGSHAN)))
    data["result"][0]["perfeval"] = text
    (table,) = read(json.dumps(data).encode()).tables
    assert table.data["指标"][1]["目标值"] == "42（3）"
    if isinstance(text, str | int):
        assert any("附带的数据看不懂" in str(note) for note in table.unread)


def test_remarks_and_waivers_never_leave() -> None:
    data = {**made(1, "mof-2020"), "备注": "只给自己看"}
    data["指标"][0]["备注"] = "也只给自己看"
    for format_name in get_args(NationalFormat):
        raw = to_national(evaluate(data), format=format_name)
        assert "给自己看" not in texts_of(raw)


def texts_of(raw: bytes) -> str:
    if not raw.startswith(b"PK"):
        return raw.decode()
    book = openpyxl.load_workbook(io.BytesIO(raw))
    return "\n".join(
        str(cell.value) for page in book for row in page.iter_rows() for cell in row if cell.value
    )


@pytest.mark.parametrize("said_of_a_file", SAID_OF_A_FILE)
def test_a_sheet_that_was_read_from_a_file_comes_back_like_any_other(
    said_of_a_file: dict[str, Any],
) -> None:
    data = made(2, "mof-2020")
    report = back(to_national(evaluate({**data, **said_of_a_file})))
    assert bare(report.sheet) == bare(evaluate(data).sheet)
    assert report.sheet is not None
    assert report.sheet.unconfirmed


def test_a_department_is_a_record_for_each_of_its_sheets() -> None:
    department = perfeval.evaluate_department("shipped:qingshan-2023")
    raw = to_national(department)
    assert len(json.loads(raw)["result"]) == len(department.sheets)
    names = [table.data["项目名称"] for table in read(raw).tables]
    assert names == [report.sheet.name for report in department.sheets if report.sheet]
    assert raw == to_national(list(department.sheets))


def test_a_sheet_that_nobody_confirmed_says_so() -> None:
    report = evaluate({**made(3, "mof-2020"), "未确认": "是"})
    assert json.loads(to_national(report))["result"][0]["unconfirmed"] == "是"
    assert "未经核对" in texts_of(to_national(report, format="xlsx"))


# -- the import -----------------------------------------------------------------------------------


def page_of(report: Report) -> Any:
    return openpyxl.load_workbook(io.BytesIO(to_national(report, format="xlsx"))).worksheets[0]


def test_the_rows_of_the_import_stand_where_it_looks_for_them() -> None:
    """Money from row 9, goals in row 13, indicators from row 15."""
    page = page_of(evaluate(QINGSHAN))
    assert [cell.value for cell in page[9]][:7] == [
        "年度资金总额", None, 1286.7, 1269.62, 20, 98.67, 19.73,
    ]  # fmt: skip
    assert page["A13"].value == "预期目标"
    assert [cell.value for cell in page[15]][:7] == [
        "产出指标", "数量指标", "享受建设补贴养老机构床位数", "391", "391", 2, 2,
    ]  # fmt: skip
    assert page["C20"].value == "享受运营补贴线下服务网点数量"
    assert (page["D20"].value, page["E20"].value, page["G20"].value) == ("32", "26", 1.63)


@pytest.mark.parametrize("rulebook", perfeval.rulebook_ids())
def test_the_import_is_read_with_its_names_amounts_weights_and_points(rulebook: str) -> None:
    for seed in range(4):
        report = evaluate(made(seed, rulebook))
        card, one = report.scorecard, report.sheet
        assert card is not None
        assert one is not None
        raw = to_national(report, format="xlsx")
        (table,) = read(raw, rulebook=rulebook).tables
        again = evaluate(table.data)
        assert again.sheet is not None
        assert again.scorecard is not None
        assert (again.sheet.year, again.sheet.name) == (one.year, one.name)
        assert again.sheet.money_unit == one.money_unit
        assert again.sheet.budget.final == one.budget.final
        assert again.sheet.budget.spent == one.budget.spent
        for line, row, back_line in zip(
            card.lines, again.sheet.indicators, again.scorecard.lines, strict=True
        ):
            assert (row.name, row.weight) == (line.name, line.weight)
            assert row.filed == line.shown
            if line.shown is not None and back_line.shown is not None:
                assert back_line.shown == line.shown, row


@pytest.mark.parametrize("spent", ["0", "0.00", "48.123456", "12345678.9"])
def test_a_figure_of_the_import_is_shown_with_all_its_digits_and_nought_as_a_figure(
    spent: str,
) -> None:
    sheet = {**made(1, "mof-2020"), "金额单位": "万元"}
    sheet["预算"] = {"年初预算数": 0, "预算数": 50, "执行数": Decimal(spent)}
    budget = (
        read(to_national(evaluate(sheet), format="xlsx"), name="导入.xlsx").tables[0].data["预算"]
    )
    assert [budget[name] for name in ("年初预算数", "预算数", "执行数")] == [0, 50, Decimal(spent)]


def test_what_the_import_would_refuse_is_listed_behind_it() -> None:
    row = {"一级指标": "产出", "二级指标": "数量", "名称": "床位", "分值": 50, "目标值": "5张"}
    rows = [{**row, "完成值": "是"}, {**row, "完成值": "5张"}]
    head = {"评分办法": "mof-2020", "年度": 2023, "项目名称": "甲/乙[丙]:*?"}
    raw = to_national(evaluate({**head, "指标": rows}), format="xlsx")
    book = openpyxl.load_workbook(io.BytesIO(raw))
    said = [[str(cell.value) for cell in row] for row in book["导入前要看的"].iter_rows(min_row=2)]
    assert any(row[1] == "床位" and "完成值不是数" in row[2] for row in said)
    assert any("同名" in row[2] for row in said)
    assert len(said) == 2


def test_more_kinds_of_money_than_rows_are_refused_and_not_cut() -> None:
    funds = [{"名称": f"来源{number}", "预算数": 1} for number in range(4)]
    report = evaluate({**made(0, "mof-2020"), "预算": {"预算数": 4, "资金构成": funds}})
    with pytest.raises(RenderError, match="装不下"):
        to_national(report, format="xlsx")
    assert len(read(to_national(report)).tables[0].data["预算"]["资金构成"]) == 4


def test_what_cannot_be_written_is_said() -> None:
    with pytest.raises(RenderError, match="没有自评表"):
        to_national([])
    with pytest.raises(RenderError, match="docx"):
        to_national(evaluate(QINGSHAN), format="docx")  # type: ignore[arg-type]
    with pytest.raises(RenderError, match="没有读通"):
        to_national(evaluate({"年度": 2023}))
    with pytest.raises(TypeError):
        to_national(["养老.yaml"])  # type: ignore[list-item]


def test_equal_reports_make_equal_bytes() -> None:
    for format_name in get_args(NationalFormat):
        one, other = (to_national(evaluate(made(2, "anhui")), format=format_name) for _ in range(2))
        assert one == other
