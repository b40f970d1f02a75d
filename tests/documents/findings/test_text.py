"""A finding as text: place, severity, code, message, the line with a caret, the hint."""

from __future__ import annotations

from perfeval.documents.alignment import width
from perfeval.documents.findings.text import counts_text, finding_text
from perfeval.findings import Finding, Severity
from perfeval.places import TextPlace


def _finding(excerpt: str, column: int, message: str = "写错了") -> Finding:
    return Finding(
        "SH104",
        Severity.ERROR,
        message,
        hint="请改",
        file="甲.yaml",
        places=(TextPlace(12, column),),
        excerpt=excerpt,
    )


def test_the_caret_stands_under_the_column_behind_chinese_text() -> None:
    assert finding_text(_finding("    预算数: 0102", 10)) == (
        "甲.yaml:12:10  错误 SH104  写错了\n"
        "  12 |     预算数: 0102\n"
        "     |             ^\n"
        "     = 请改"
    )


def test_the_caret_counts_ambiguous_characters_as_the_console_shows_them() -> None:
    narrow, wide = (
        finding_text(_finding("“÷”: 0102", 6), ambiguous=ambiguous).splitlines()[2]
        for ambiguous in (1, 2)
    )
    assert len(wide) - len(narrow) == 3


def test_tabs_and_control_characters_do_not_shift_the_caret() -> None:
    _, line, caret, _ = finding_text(_finding("甲:\t\x1b[31m 乙", 10)).splitlines()
    assert "\t" not in line
    assert "\x1b" not in line
    assert line[: line.index("乙")].endswith("\\x1b[31m ")
    assert width(line[: line.index("乙")]) == len(caret) - 1


def test_of_a_very_long_line_only_the_part_at_the_place_is_shown() -> None:
    _, line, caret, _ = finding_text(_finding("甲" * 5000 + "乙" + "丙" * 5000, 5001)).splitlines()
    assert width(line) < 200
    assert width(line[: line.index("乙")]) == len(caret) - 1


def test_a_place_behind_the_end_of_the_line_keeps_its_caret() -> None:
    assert finding_text(_finding("年度:", 4)).splitlines()[2] == "     |      ^"


def test_a_finding_without_a_text_shows_its_path_only() -> None:
    finding = Finding("PT102", Severity.WARNING, "应为 1.63", ("指标", 5, "已填报得分"))
    assert finding_text(finding) == "指标/5/已填报得分  警告 PT102  应为 1.63"


def test_findings_are_counted_by_severity() -> None:
    """What is said alike of several places stands in the list once, and counts once."""
    found = [("A", Severity.INFO, "甲"), ("B", Severity.ERROR, "乙"), ("B", Severity.ERROR, "丙")]
    findings = [Finding(*one) for one in found]
    assert counts_text([*findings, findings[-1]]) == "2 处错误、1 处提示"
    assert counts_text(()) == ""
