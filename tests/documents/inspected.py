"""Made-up results of a check, for the page and the list that are written of them."""

from __future__ import annotations

from decimal import Decimal

from perfeval.findings import Finding, Inspection, Nature, Severity, Status, Waived
from perfeval.places import TextPlace

FOLDER = "/家/甲单位/"
TOTAL = Finding(
    "PT104",
    Severity.ERROR,
    "已填报总分 100，按办法为 98.46",
    ("已填报", "总分"),
    "请重新合计",
    f"{FOLDER}甲.yaml",
    (TextPlace(9, 11),),
    "已填报: {总分: 100}",
    stake=Decimal("1.54"),
    fingerprint="0" * 16,
)
ROW = Finding(
    "PT102",
    Severity.ERROR,
    "已填报得分 2 高于办法",
    ("指标", "产出指标", 5, "已填报得分"),
    "改为 1.63",
    f"{FOLDER}甲.yaml",
    (TextPlace(30, 12),),
    "    已填报得分: 2",
    stake=Decimal("-0.37"),
    fingerprint="1" * 16,
)
GUESS = Finding(
    "IN102",
    Severity.WARNING,
    "目标值无法衡量",
    ("指标", "产出指标", 5, "目标值"),
    file=f"{FOLDER}乙.yaml",
    places=(TextPlace(7, 8),),
    excerpt="  目标值: 得到提升",
    nature=Nature.HEURISTIC,
    stake=Decimal("20"),
)
HINT = Finding("VA301", Severity.INFO, "目标值没有写符号", nature=Nature.EVIDENCE)
LEDGER = {
    "PT102": Status.FAILED,
    "PT104": Status.FAILED,
    "BX101": Status.PASSED,
    "BX102": Status.PASSED,
    "IN108": Status.LACKING,
    "TX101": Status.DISABLED,
}
WORST = Inspection(
    f"{FOLDER}甲.yaml",
    "甲项目",
    "hubei-2020 1 (abc)",
    (ROW, TOTAL),
    (Waived(HINT, "绩效科已同意"),),
    LEDGER,
)
DOUBTFUL = Inspection(f"{FOLDER}乙.yaml", "乙项目", "hubei-2020 1 (abc)", (HINT, GUESS))
CLEAN = Inspection(f"{FOLDER}丙.yaml", "丙项目", "mof-2020 1 (def)", ledger=LEDGER)
ALL = (CLEAN, DOUBTFUL, WORST)


def filled_with(text: str) -> Inspection:
    """Return a result with *text* in every field that comes from outside."""
    finding = Finding(
        "PT102",
        Severity.ERROR,
        text,
        ("指标", 0, text),
        text,
        text,
        (TextPlace(3, 4),),
        text,
        Nature.EVIDENCE,
        Decimal(1),
        fingerprint=text,
    )
    strange = Finding(text, Severity.WARNING, text, (text,), text, text, (TextPlace(1, 1),), text)
    ledger = {"PT102": Status.FAILED, text: Status.PASSED}
    return Inspection(text, text, text, (finding, strange), (Waived(finding, text),), ledger)
