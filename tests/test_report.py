"""From a path to everything that perfeval knows about a sheet."""

from __future__ import annotations

import pickle
from pathlib import Path

import perfeval
from perfeval.codes import GAP
from perfeval.findings import Inspection, Status
from perfeval.readers.files import resolve
from perfeval.report import publication
from perfeval.source import read_bytes
from tests.checks.blocks import clean, write
from tests.conftest import Snapshot

REAL = "shipped:qingshan-2023/养老服务体系建设运营补助资金"


def test_every_row_of_the_real_sheet_is_explained(snapshot: Snapshot) -> None:
    """Promise 2: every point carries its formula, its numbers, its rounding and its clause."""
    report = perfeval.evaluate(REAL)
    assert report.scorecard is not None
    lines = [f"{line.name}\n  {line.explain()}\n" for line in report.scorecard.rows]
    snapshot("".join(lines), "qingshan-explained.txt")


def test_every_finding_of_the_real_sheet_stands_at_its_line(snapshot: Snapshot) -> None:
    """Promise 5: each with a code, file, line and column, what stands there, and what to do."""
    report = perfeval.evaluate(REAL)
    lines = [f"{finding.severity.value}  {finding}\n" for finding in report.findings]
    snapshot("".join(lines), "qingshan-findings.txt")


def test_a_report_travels_between_processes() -> None:
    """A bureau scores its units in a pool of processes."""
    report = perfeval.evaluate(REAL)
    copy = pickle.loads(pickle.dumps(report))
    assert copy == report
    assert copy.scorecard["预算执行"].explain() == copy.scorecard.execution.explain()


def test_a_plain_dict_and_a_file_give_the_same_scorecard() -> None:
    data = read_bytes(resolve(REAL).read_bytes(), "x").data
    by_dict, by_file = perfeval.evaluate(data), perfeval.evaluate(REAL)
    assert by_dict.scorecard == by_file.scorecard
    assert by_dict.name == "养老服务体系建设运营补助资金"
    assert sorted((item.code, item.message) for item in by_dict.findings) == sorted(
        (item.code, item.message) for item in by_file.findings
    )


def test_a_sheet_without_indicators_is_read_and_has_no_total() -> None:
    """Never 0: not scored, no indicators published."""
    for name in perfeval.shipped_sheets():
        report = perfeval.evaluate(name)
        assert report.scorecard is not None
        if report.sheet is not None and not report.sheet.indicators:
            assert report.scorecard.total is None
            assert report.scorecard.why_unscored == "未计分：未公布指标"


def test_errors_are_the_findings_of_error_level() -> None:
    report = perfeval.evaluate(REAL)
    assert set(report.errors) < set(report.findings)
    assert {finding.severity for finding in report.errors} == {perfeval.Severity.ERROR}
    assert report.is_read


def test_a_target_that_was_to_be_hit_and_was_passed_falls_short() -> None:
    """＝0 accidents and 3 of them: no points, and neither “100%” nor “无” may be claimed."""
    report = perfeval.evaluate(
        {
            "评分办法": "hubei-2020",
            "年度": 2023,
            "项目名称": "示例",
            "预算": {"预算数": 10, "执行数": 10},
            "已填报": {"目标完成率": "100%", "存在问题": "无"},
            "指标": [
                {
                    "一级指标": "产出指标",
                    "二级指标": "质量指标",
                    "名称": "安全事故",
                    "分值": 40,
                    "目标值": "＝0起",
                    "完成值": "3起",
                },
                {
                    "一级指标": "产出指标",
                    "二级指标": "数量指标",
                    "名称": "床位",
                    "分值": 40,
                    "目标值": "＝10张",
                    "完成值": "15张",
                },
            ],
        }
    )
    assert report.scorecard is not None
    assert [line.name for _, line in report.scorecard.short] == ["安全事故"]
    assert {"RS104", "RS106", "RS108", "RS110"} <= {finding.code for finding in report.findings}


def test_the_file_of_a_shipped_department_stands_for_its_folder() -> None:
    by_folder = perfeval.evaluate_department("shipped:qingshan-2023")
    for name in ("shipped:qingshan-2023/department", "shipped:qingshan-2023/department.yaml"):
        assert perfeval.evaluate_department(name) == by_folder


LEFT_OUT = ["{名称: 应急值守经费, 个数: 1}", "{名称: 物业经费, 个数: 1, 原因: 涉密}"]


def asked(folder: Path, items: list[str]) -> tuple[Inspection, ...]:
    """Return what was found in a department with a sheet that cannot be read."""
    files = dict(clean())
    files["坏.yaml"] = "项目名称: 坏\n项目名称: 坏\n"
    before = "{名称: 应急值守经费, 个数: 1, 原因: 涉密}"
    files["department.yaml"] = files["department.yaml"].replace(before, ", ".join(items))
    return publication(perfeval.evaluate_department(write(folder, files))).inspections


def gaps(inspection: Inspection) -> list[perfeval.Finding]:
    return [item for item in inspection.findings if item.code == GAP]


def test_what_a_text_asks_for_keeps_its_fingerprint_where_a_row_moves(tmp_path: Path) -> None:
    first, second = (
        [item.fingerprint for item in gaps(found[0]) if "未列入" in item.path]
        for found in (asked(tmp_path / "一", LEFT_OUT), asked(tmp_path / "二", LEFT_OUT[::-1]))
    )
    assert len(first) == 1
    assert first == second


def test_what_the_texts_ask_for_stands_in_the_ledger(tmp_path: Path) -> None:
    found = asked(tmp_path / "部门", LEFT_OUT)
    statuses = {Path(item.name).name: item.ledger[GAP] for item in found}
    assert statuses.pop("坏.yaml") is Status.UNREADABLE
    assert statuses == {
        Path(item.name).name: Status.FAILED if gaps(item) else Status.PASSED
        for item in found
        if item.title
    }
    assert set(statuses.values()) == {Status.FAILED, Status.PASSED}
