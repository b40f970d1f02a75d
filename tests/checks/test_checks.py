"""校核: each code with a sheet on which it fires, exactly, and one on which it is silent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest

import perfeval
from perfeval import Severity, checks
from tests.scoring.rulebooks import varied

ROW = {"一级指标": "产出指标", "二级指标": "数量指标", "名称": "床位", "分值": 2}
NOTED = {"定量指标": {"超额完成": {"处理": "提示", "阈值": 130}}}
REDUCED = {"定量指标": {"超额完成": {"处理": "扣固定分", "阈值": 130, "扣分": 1}}}
ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


class Case(NamedTuple):
    """What makes a code fire, what it says, and what keeps it silent.

    ``fires`` and ``silent`` are fields of a row; a mapping with 预算 or 已填报 is one of the sheet.
    """

    code: str
    severity: Severity
    message: str
    path: tuple[str | int, ...]
    fires: dict[str, Any]
    silent: dict[str, Any]
    changes: Mapping[str, Any] = MappingProxyType({})


def budget(final: Any = None, spent: Any = None, **fields: Any) -> dict[str, Any]:
    return {"预算": {"预算数": final, "执行数": spent, **fields}}


RATE = ("预算", "已填报", "执行率")
FINAL, SPENT = ("预算", "预算数"), ("预算", "执行数")
FILED = ("指标", 0, "已填报得分")
REASON = ("指标", 0, "偏差原因")
TARGET, ACTUAL = ("指标", 0, "目标值"), ("指标", 0, "完成值")
CASES = [
    Case("BX101", ERROR, "已填报执行率 98.70%，执行数 ÷ 预算数应为 98.67%", RATE,
         budget("1286.70", "1269.62", 已填报={"执行率": "98.70%"}),
         budget("1286.70", "1269.62", 已填报={"执行率": "98.7%"})),
    Case("BX101", ERROR, "已填报执行率 100%，执行数 ÷ 预算数应为 99.88%", RATE,
         budget(144, "143.82", 已填报={"执行率": "100%"}),
         budget(236, 236, 已填报={"执行率": "100%"})),
    Case("BX101", ERROR, "已填报执行率 0%，执行数 ÷ 预算数应为 0.10%", RATE,
         budget(1000, 1, 已填报={"执行率": "0%"}), budget(1000, 0, 已填报={"执行率": "0%"})),
    Case("BX101", ERROR, "已填报执行率 12%，执行数 ÷ 预算数应为 12.60%", RATE,
         budget(1000, 126, 已填报={"执行率": "12%"}),
         budget(1000, 125, 已填报={"执行率": "12%"})),
    Case("BX102", WARNING, "未填预算数", FINAL, budget(None, 5), budget(5, 5)),
    Case("BX102", WARNING, "未填执行数", SPENT, budget(5), budget(5, 0)),
    Case("BX103", WARNING, "预算数为 0，执行率无从计算", FINAL, budget(0, 0), budget(1, 0)),
    Case("BX103", WARNING, "预算数为 0，按本办法计 0 分", FINAL, budget(0, 0),
         budget(1, 0), {"预算执行": {"预算为零": "零分"}}),
    Case("BX104", WARNING, "执行数大于预算数，按满分计", SPENT, budget(5, 6), budget(5, 5)),
    Case("BX104", ERROR, "执行数大于预算数，按本办法不计分", SPENT, budget(5, 6),
         budget(5, 5), {"预算执行": {"超预算": "不计分"}}),
    Case("BX105", INFO, "只有年初预算数，执行率以它为分母", ("预算", "年初预算数"),
         budget(None, 5, 年初预算数=5), budget(5, 5, 年初预算数=9)),
    Case("WT102", ERROR, "未填分值", ("指标", 0), {"分值": None}, {"分值": 0}),
    Case("WT103", INFO, "表上没有印出分值，按满分推定", ("指标", 0, "分值"),
         {"分值系推定": True, "目标值": "≥1", "完成值": 1}, {"目标值": "≥1", "完成值": 1}),
    Case("PT101", ERROR, "已填报得分 20 高于办法，应为 19.73：20 × 1269.62 ÷ 1286.70",
         ("预算", "已填报", "得分"), budget("1286.70", "1269.62", 已填报={"得分": 20}),
         budget("1286.70", "1269.62", 已填报={"得分": "19.73"})),
    Case("PT102", ERROR, "已填报得分 2 高于办法，应为 1.63：2 × 26 ÷ 32", FILED,
         {"目标值": "≥32", "完成值": 26, "已填报得分": 2},
         {"目标值": "≥32", "完成值": 26, "已填报得分": "1.63"}),
    Case("PT102", WARNING, "已填报得分 1.6 低于办法，应为 1.63：2 × 26 ÷ 32", FILED,
         {"目标值": "≥32", "完成值": 26, "已填报得分": "1.6"},
         {"目标值": "≥32", "完成值": None, "已填报得分": "1.6"}),
    Case("PT102", ERROR, "已填报得分 2 高于办法，应为 1：2 × 26 ÷ 32", FILED,
         {"目标值": "≥32", "完成值": 26, "已填报得分": 2},
         {"目标值": "≥32", "完成值": 26, "已填报得分": 1},
         {"舍入": {"印出": {"位数": 0, "方式": "舍去"}}}),
    Case("PT103", ERROR, "已填报得分 3 超过分值 2", FILED,
         {"目标值": "≥1", "完成值": 1, "已填报得分": 3},
         {"目标值": "≥1", "完成值": 1, "已填报得分": 2}),
    Case("VA101", ERROR, "未填目标值", TARGET, {"完成值": 1}, {"目标值": 1}),
    Case("VA102", ERROR, "未填完成值", ACTUAL, {"目标值": 1}, {"目标值": 1, "完成值": 0}),
    Case("VA103", ERROR, "“42（3）”里不止一个数，无法确定哪个数算分", TARGET,
         {"目标值": "42（3）", "完成值": 36},
         {"目标值": {"值": 42, "文本": "42（3）"}, "完成值": 36}),
    Case("VA104", ERROR, "目标值单位“张”与完成值单位“家”不同，无法比较", ACTUAL,
         {"目标值": "≥5张", "完成值": "5家"}, {"目标值": "≥5张", "完成值": "5"}),
    Case("VA105", ERROR, "目标值“≥95%”是百分数，完成值“0.96”没有百分号，分不清是比例还是百分数",
         ACTUAL, {"目标值": "≥95%", "完成值": "0.96"},
         {"目标值": "≥95%", "完成值": "0.96%"}),
    Case("VA106", ERROR, "目标值“≥95%”是数，完成值“否”不是数，也不是认可的达成用语", ACTUAL,
         {"目标值": "≥95%", "完成值": "否"}, {"目标值": "≥95%", "完成值": "是"}),
    Case("VA107", ERROR, "目标值“得到提升”是文字，完成值“5”是数，无法比较", TARGET,
         {"目标值": "得到提升", "完成值": 5}, {"目标值": "得到提升", "完成值": "100%"}),
    Case("VA108", ERROR, "完成值“还行”不是办法列出的用语，无法归入档次", ACTUAL,
         {"目标值": "得到提升", "完成值": "还行"}, {"目标值": "得到提升", "完成值": "达成"}),
    Case("VA109", WARNING, "属“达成预期指标”档，应在 1.60 至 2.00 分之间评定，未填报得分",
         FILED, {"目标值": "得到提升", "完成值": "达成"},
         {"目标值": "得到提升", "完成值": "达成", "已填报得分": 2}),
    Case("VA110", ERROR, "属“达成预期指标”档，应在 1.60 至 2.00 分之间，填报的 1 分不在其中",
         FILED, {"目标值": "得到提升", "完成值": "达成", "已填报得分": 1},
         {"目标值": "得到提升", "完成值": "达成", "已填报得分": "1.6"}),
    Case("VA111", ERROR, "目标值“≥-5”为负数", TARGET,
         {"目标值": "≥-5", "完成值": 1}, {"目标值": "≥0", "完成值": 1}),
    Case("VA112", ERROR, "写明的符号“≤”与目标值“≥5”的方向相反", ("指标", 0, "符号"),
         {"符号": "≤", "目标值": "≥5", "完成值": 1}, {"符号": "＞", "目标值": "≥5", "完成值": 1}),
    Case("VA113", ERROR, "完成值“100%”是完成率，目标值“5张”不是百分数，按本办法不计分",
         ACTUAL, {"目标值": "5张", "完成值": "100%"},
         {"目标值": "5%", "完成值": "100%"},
         {"定量指标": {"以完成率填报": "不计分"}}),
    Case("VA201", WARNING, "目标值“5张”不是百分数，完成值“100%”按完成率计分", ACTUAL,
         {"目标值": "5张", "完成值": "100%"}, {"目标值": "5%", "完成值": "100%"}),
    Case("VA202", WARNING, "完成值“是”没有数，按达成计满分", ACTUAL,
         {"目标值": "≥95%", "完成值": "是"}, {"目标值": "≥95%", "完成值": "96%"}),
    Case("VA203", WARNING, "完成值“≥95%”带有符号，不是实测数", ACTUAL,
         {"目标值": "≥95%", "完成值": "≥95%"}, {"目标值": "≥95%", "完成值": "95%"}),
    Case("VA204", WARNING, "完成值“-1”为负数，计 0 分", ACTUAL,
         {"目标值": "≥5", "完成值": -1}, {"目标值": "≥5", "完成值": 0}),
    Case("VA205", WARNING, "完成值“96”未写百分号，按 96% 理解", ACTUAL,
         {"目标值": "≥95%", "完成值": 96}, {"目标值": "≥95", "完成值": 96}),
    Case("VA206", INFO, "完成值达到目标值的 130% 以上，应关注目标是否偏低", ACTUAL,
         {"目标值": "≥10", "完成值": 13}, {"目标值": "≥10", "完成值": 12}, NOTED),
    Case("VA207", WARNING, "完成值达到目标值的 130% 以上，按本办法扣减得分", ACTUAL,
         {"目标值": "≥10", "完成值": 13}, {"目标值": "≥10", "完成值": 12}, REDUCED),
    Case("VA301", INFO, "目标值未写符号，按“不低于”（≥）理解", TARGET,
         {"目标值": 5, "完成值": 5}, {"目标值": "≥5", "完成值": 5}),
    Case("VA302", INFO, "“以上”含本数，按 ≥ 理解", TARGET,
         {"目标值": "95%以上", "完成值": "96%"}, {"目标值": "≥95%", "完成值": "96%"}),
    Case("VA303", INFO, "符号“＞”与“≥”同样计分", TARGET,
         {"目标值": "＞5", "完成值": 5}, {"目标值": "＞5", "完成值": 6}),
    Case("VA304", INFO, "完成值与目标值用语相同，按达成理解", ACTUAL,
         {"目标值": "得到提升", "完成值": "得到提升", "已填报得分": 2},
         {"目标值": "得到提升", "完成值": "达成", "已填报得分": 2}),
    Case("VA103", ERROR, "“36（2）”里不止一个数，无法确定哪个数算分", ACTUAL,
         {"目标值": "≥42", "完成值": "36（2）"}, {"目标值": "≥42", "完成值": 36}),
    Case("VA114", ERROR, "填报为不适用，本办法没有不适用的规定", ("指标", 0, "不适用"),
         {"不适用": True}, {"不适用": False}),
    Case("VA115", ERROR, "“增长5%”的读法不能确定", TARGET,
         {"目标值": "增长5%", "完成值": "6%"}, {"目标值": "≥5%", "完成值": "6%"}),
    Case("VA305", INFO, "“26”未写单位，按“张”理解", ACTUAL,
         {"目标值": "≥20张", "完成值": 26}, {"目标值": "≥20张", "完成值": "26张"}),
    Case("FM101", WARNING, "“专项”不是表上项目类别的选项", ("项目类别",),
         {"预算": {}, "项目类别": "专项"}, {"预算": {}, "项目类别": "区级专项"}),
    Case("RS101", WARNING, "完成值达到目标值的 130% 以上，按本办法须说明原因", REASON,
         {"目标值": "≥10", "完成值": 13}, {"目标值": "≥10", "完成值": 13, "偏差原因": "需求增加"},
         {"定量指标": {"超额完成": {"处理": "须说明原因", "阈值": 130}}}),
    Case("RS102", WARNING, "得分低于分值（1.60 / 2），未说明原因", REASON,
         {"目标值": "≥10", "完成值": 8}, {"目标值": "≥10", "完成值": 8, "偏差原因": "停工"},
         {"偏差原因": {"来源": "示例", "核实": False, "失分即须说明": True}}),
    Case("RS103", WARNING, "预算执行率低于 90%，未说明原因", ("预算", "偏差原因"),
         budget(100, 89), budget(100, 90),
         {"偏差原因": {"来源": "示例", "核实": False, "失分即须说明": False, "执行率低于": 90}}),
]  # fmt: skip


def found(case: Case, fields: dict[str, Any]) -> list[perfeval.Finding]:
    book = varied("hubei-2020", dict(case.changes))
    sheet = {
        "评分办法": book.id,
        "年度": 2023,
        "项目名称": "示例",
        "预算": {"预算数": 1, "执行数": 1},
    }
    own = fields if "预算" in fields else {"指标": [{**ROW, **fields}]}
    card = perfeval.score(perfeval.load_sheet({**sheet, **own}), book)
    return [finding for finding in perfeval.check(card) if finding.code == case.code]


IDS = [f"{case.code} {case.message[:12]}" for case in CASES]


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_a_check_fires_with_its_words_and_its_place(case: Case) -> None:
    assert [(item.severity, item.message, item.path) for item in found(case, case.fires)] == [
        (case.severity, case.message, case.path)
    ]


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_a_check_is_silent_where_there_is_nothing_to_say(case: Case) -> None:
    assert found(case, case.silent) == []


def test_every_code_has_a_case() -> None:
    sources = sorted(Path(checks.__file__).parent.glob("*.py"))
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    codes = set(re.findall(r'"([A-Z]{2}[0-9]{3})"', text))
    assert codes == {case.code for case in CASES} | {"PT104", "PT105", "WT101", "WT104"}


CLOSED = [
    {**ROW, "分值": 40, "目标值": "≥5", "完成值": 4},
    {
        **ROW,
        "一级指标": "效益指标",
        "二级指标": "社会效益指标",
        "分值": 40,
        "目标值": "≥5",
        "完成值": 5,
    },
]


def total_findings(filed: Any, rows: list[dict[str, Any]] = CLOSED) -> list[str]:
    book = perfeval.load_rulebook("hubei-2020")
    sheet = {"评分办法": book.id, "年度": 2023, "项目名称": "示例", "指标": rows,
             "预算": {"预算数": 1, "执行数": 1}, "已填报": {"总分": filed}}  # fmt: skip
    card = perfeval.score(perfeval.load_sheet(sheet), book)
    return [item.message for item in perfeval.check(card) if item.code == "PT104"]


def test_weights_that_do_not_fit_are_findings_at_their_section() -> None:
    book = perfeval.load_rulebook("hubei-2020")
    sheet = {"评分办法": book.id, "年度": 2023, "项目名称": "示例", "指标": [ROW]}
    card = perfeval.score(perfeval.load_sheet(sheet), book)
    weights = [(item.message, item.path) for item in perfeval.check(card) if item.code == "WT101"]
    assert weights == [
        ("产出指标分值合计 2，办法规定 40，少 38", ("指标", "产出指标")),
        ("效益指标、满意度指标分值合计 0，办法规定 40，少 40", ("指标", "效益指标")),
    ]
    closed = perfeval.score(perfeval.load_sheet({**sheet, "指标": CLOSED}), book)
    assert "WT101" not in [item.code for item in perfeval.check(closed)]


def test_a_filed_total_that_is_not_the_sum_is_a_finding() -> None:
    assert total_findings(100) == ["已填报总分 100，按办法为 92.00"]
    assert total_findings(92) == []
    assert total_findings(None) == []


def test_a_filed_total_is_not_compared_with_a_range() -> None:
    assert total_findings(100, [{**CLOSED[0], "完成值": None}, CLOSED[1]]) == []


def test_a_rate_that_is_nearly_one_is_not_said_to_be_one() -> None:
    """99.999 % is not 100 %, and the message must not say that it is."""
    case = CASES[0]
    near = budget(100_000, 99_999, 已填报={"执行率": "100%"})
    (item,) = found(case, near)
    assert "应为 100.00%" not in item.message


def test_the_real_sheet_has_its_findings() -> None:
    report = perfeval.evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    errors = [(item.code, item.message) for item in report.errors]
    assert errors == [
        ("BX101", "已填报执行率 98.70%，执行数 ÷ 预算数应为 98.67%"),
        ("PT101", "已填报得分 20 高于办法，应为 19.73：20 × 1269.62 ÷ 1286.7"),
        ("PT102", "已填报得分 2 高于办法，应为 1.71：2 × 36 ÷ 42"),
        ("PT102", "已填报得分 2 高于办法，应为 1.63：2 × 26 ÷ 32"),
        ("PT102", "已填报得分 2 高于办法，应为 1.98：2 × 83 ÷ 84"),
        ("PT102", "已填报得分 2 高于办法，应为 1.41：2 × 705 ÷ 1000"),
        ("PT104", "已填报总分 100，按办法为 98.46"),
    ]
    assert all(item.line and item.excerpt for item in report.errors)


def test_a_sheet_without_indicators_was_not_checked_and_says_so() -> None:
    sheet = {"评分办法": "hubei-2020", "年度": 2023, "项目名称": "示例"}
    found = perfeval.evaluate(sheet).findings
    assert [(item.message, item.path) for item in found if item.code == "WT104"] == [
        ("未计分：未公布指标", ("指标",))
    ]
    full = perfeval.evaluate({**sheet, "指标": CLOSED}).findings
    assert "WT104" not in [item.code for item in full]


def test_points_that_were_multiplied_by_their_weight_again_are_found() -> None:
    """成安县百岁津贴 2020: 25 × 25 % = 6.25, 30 × 30 % = 9.00, 10 × 10 % = 1.00."""
    table = [("产出指标", 25, "6.25"), ("产出指标", 25, "6.25"), ("效益指标", 30, "9.00")]
    rows = [
        {**ROW, "一级指标": section, "二级指标": "数量指标", "分值": weight, "目标值": "≥5",
         "完成值": 5, "已填报得分": filed}
        for section, weight, filed in table
    ]  # fmt: skip

    def codes(rows: list[dict[str, Any]]) -> list[str]:
        sheet = {"评分办法": "hebei", "年度": 2020, "项目名称": "示例", "指标": rows}
        return [item.code for item in perfeval.evaluate(sheet).findings]

    assert "PT105" in codes(rows)
    assert "PT105" not in codes([*rows[:2], {**rows[2], "已填报得分": 30}])


def test_boxes_are_those_of_the_form_that_is_printed() -> None:
    """A whole department's table has boxes of its own."""
    book = perfeval.load_rulebook("hubei-2020")
    form = book.form.model_copy(update={"options": {"项目类别": ("部门",)}})
    book = book.model_copy(update={"department_form": form})
    for kind, box, expected in (
        ("部门整体支出", "部门", []), ("部门整体支出", "区级专项", ["FM101"]),
        ("项目支出", "部门", ["FM101"]), ("项目支出", "区级专项", []),
    ):  # fmt: skip
        sheet = perfeval.load_sheet({
            "评分办法": book.id, "年度": 2023, "项目名称": "示例", "表种": kind, "项目类别": box,
        })  # fmt: skip
        found = [item.code for item in perfeval.check(perfeval.score(sheet, book))]
        assert [code for code in found if code == "FM101"] == expected
