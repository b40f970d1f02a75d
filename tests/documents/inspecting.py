"""Inspections for tests: of a real sheet, and of findings made for one question."""

from __future__ import annotations

from decimal import Decimal

import perfeval
from perfeval.checks import examine
from perfeval.findings import Finding, Fix, Inspection, Nature, Severity, Status, Waived
from perfeval.places import TextPlace

REAL = "shipped:qingshan-2023/养老服务体系建设运营补助资金"

BRACKETS = Finding(
    "TX102",
    Severity.WARNING,
    "发文字号“青财预[2024]1号”的括号不对",
    ("说明",),
    "请写成 青财预〔2024〕1号",
    "自评/养老 1.yaml",
    (TextPlace(3, 5),),
    "说明: 见青财预[2024]1号文",
    fix=Fix("[2024]1号", "〔2024〕1号"),
    fingerprint="0123456789abcdef",
)
EVIDENCE = Finding(
    "BX107",
    Severity.WARNING,
    "执行数中有调拨",
    ("预算", "其中调拨"),
    file="甲.yaml",
    nature=Nature.EVIDENCE,
    stake=Decimal("-0.50"),
)
BARE = Finding("SH101", Severity.ERROR, "缺少“年度”", ("年度",))


def real() -> Inspection:
    """Return what is found in a shipped sheet; the findings of FM102 are waived."""
    report = perfeval.evaluate(REAL)
    assert report.scorecard is not None
    is_waived = [finding.code == "FM102" for finding in report.findings]
    pairs = list(zip(report.findings, is_waived, strict=True))
    return Inspection(
        report.name,
        report.scorecard.sheet.name,
        report.scorecard.stamp,
        tuple(finding for finding, waived in pairs if not waived),
        tuple(Waived(finding, "原表如此") for finding, waived in pairs if waived),
        examine(report.scorecard).ledger,
    )


def made(*findings: Finding, waived: tuple[Waived, ...] = ()) -> Inspection:
    """Return an inspection of these findings."""
    ledger = {finding.code: Status.FAILED for finding in findings}
    return Inspection("甲.yaml", findings=findings, waived=waived, ledger=ledger)
