"""The explanation of rows: derivation, clause, source."""

from __future__ import annotations

from perfeval import evaluate
from perfeval.documents.scorecards.explanation import explanation_text
from perfeval.documents.scorecards.terminal import scorecard_text

_REAL = "shipped:qingshan-2023/养老服务体系建设运营补助资金"


def test_a_clause_is_cited_once_however_many_rows_rest_on_it() -> None:
    scorecard = evaluate(_REAL).scorecard
    assert scorecard is not None
    text = explanation_text(scorecard, scorecard.rows)
    assert text.count("\nhubei-2020 预算执行：") == 1
    assert text.count("\nhubei-2020 定量指标：") == 1
    assert text.count("  来源：") == 2


def test_only_the_clauses_of_the_chosen_rows_are_cited() -> None:
    scorecard = evaluate(_REAL).scorecard
    assert scorecard is not None
    text = explanation_text(scorecard, [scorecard.execution])
    assert text.splitlines()[2] == "预算执行（分值 20，得分 19.73，有据可算，已填报 20，多 0.27）"
    assert "19.7345… → 19.73" in text.splitlines()[3]
    assert "定量指标" not in text


def test_no_line_of_the_sheet_s_own_text_breaks_the_layout() -> None:
    sheet = {
        "评分办法": "hubei-2020",
        "年度": 2023,
        "项目名称": "甲",
        "指标": {
            "产出指标": {
                "数量指标": [
                    {
                        "名称": "床位\n数",
                        "分值": 40,
                        "目标值": 1,
                        "完成值": 1,
                        "备注": "第一行\n第二行",
                    },
                ]
            }
        },
    }
    scorecard = evaluate(sheet).scorecard
    assert scorecard is not None
    lines = explanation_text(scorecard, scorecard.lines).splitlines()
    assert lines[2].startswith("床位 数（")
    assert "  备注：第一行 第二行" in lines


def test_what_a_reviewer_gave_is_told_beside_what_was_filed() -> None:
    filed = {"预算": {"预算数": 100, "执行数": 90, "已填报": {"得分": 18, "复核分": 17}}}
    row = {"名称": "床位", "分值": 40, "目标值": 32, "完成值": 32}
    rows = {"产出指标": {"数量指标": [{**row, "已填报得分": 40, "复核得分": 39}]}}
    head = {"评分办法": "hubei-2020", "年度": 2023, "项目名称": "示例", **filed}
    report = evaluate({**head, "指标": rows, "已填报": {"复核分": 88}})
    assert report.scorecard is not None
    text = explanation_text(report.scorecard, report.scorecard.rows)
    assert "已填报 18，复核分 17" in text
    assert "已填报 40，复核分 39" in text
    table = scorecard_text(report.scorecard)
    assert all(f"复核分 {points}" in table for points in (17, 39, 88))


def test_every_standard_of_the_sheet_itself_is_cited_by_its_own_source() -> None:
    def row(name: str, actual: str, basis: str, method: dict[str, object]) -> dict[str, object]:
        standard = {"依据": basis, "计分": method}
        known = {"名称": name, "分值": 25, "目标值": "≥20处", "完成值": actual}
        return {**known, "评分标准": standard}

    rows = [
        row("闸门", "9处", "打分表第3行", {"方法": "按完成比例", "及格线": 50}),
        row("泵站", "19处", "打分表第4行", {"方法": "达标计分"}),
    ]
    head = {"评分办法": "mof-2020", "年度": 2023, "项目名称": "维修养护"}
    scorecard = evaluate({**head, "指标": {"产出指标": {"数量指标": rows}}}).scorecard
    assert scorecard is not None
    text = explanation_text(scorecard, scorecard.lines)
    assert text.count("\n本表 评分标准：") == 2
    assert "  来源：打分表第3行" in text
    assert "  来源：打分表第4行" in text
    assert "得分 = 分值 × 完成值 ÷ 目标值，完成率不到 50% 的得 0 分" in text
