"""An office file is scored and checked as it lies there; each finding has its cell."""

from __future__ import annotations

import pickle
import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import perfeval
from perfeval import CellPlace, Finding, Report, Severity, Status, TablePlace, evaluate
from perfeval.carriers import extras
from perfeval.errors import MissingExtraError
from perfeval.places import Place, TextPlace
from tests.reading.offices import QINGSHAN, Row, Span, document, qingshan, rows, workbook

YAML = "评分办法: hubei-2020\n年度: 2023\n项目名称: 例\n"
CSV = "三级指标,目标值,完成值\n床位数,391,390\n"


@cache
def published() -> Report:
    """Return the report of the published table in a workbook."""
    return evaluate(workbook(("自评表", rows(qingshan()))), name="自评表.xlsx")


def named(name: str) -> list[Row]:
    return rows({**qingshan(), "项目名称": name})


def findings(report: Report, code: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.code == code]


def place_of(report: Report, code: str, *path: Any) -> Place:
    """Return the place of the one finding of a code at a path."""
    found = [one for one in findings(report, code) if one.path == path]
    assert len(found) == 1, found
    return found[0].places[0]


def score_of(report: Report) -> tuple[Decimal | None, ...]:
    card = report.scorecard
    assert card is not None
    return (card.total, card.low, card.high, card.measured, card.claimed)


QUESTIONS = {("指标", at, field) for at in (1, 6, 14) for field in ("目标值", "完成值")}
"""The rows of two numbers in one cell, of which only the author's 值 counts (ruling 5)."""


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_the_published_table_is_scored_as_it_lies_there(kind: str, tmp_path: Path) -> None:
    """92.77 to 98.77, with three questions; 62 points are claimed."""
    raw = {"xlsx": workbook(("自评表", rows(qingshan()))), "docx": document(rows(qingshan()))}[kind]
    path = tmp_path / f"自评表.{kind}"
    path.write_bytes(raw)
    by_path, by_bytes = evaluate(path), evaluate(raw, name=str(path))
    assert by_path == by_bytes
    low, high = Decimal("92.77"), Decimal("98.77")
    assert score_of(by_path) == (None, low, high, Decimal("30.77"), Decimal("62.00"))
    assert {finding.path for finding in findings(by_path, "VA103")} == QUESTIONS
    assert by_path.name == str(path)


def test_a_finding_has_the_cell_of_its_value_and_what_stands_there() -> None:
    report = published()
    places = {finding.path: finding for finding in findings(report, "PT102")}
    beds = places["指标", 7, "已填报得分"]
    assert (beds.places, beds.excerpt) == ((CellPlace("自评表", "G14"),), "2")
    assert str(beds).startswith("自评表.xlsx 自评表!G14  PT102  已填报得分 2 高于办法，应为 1.41")
    assert place_of(report, "BX101", "预算", "已填报", "执行率") == CellPlace("自评表", "G5")


def test_in_a_word_file_a_place_is_a_cell_of_its_table() -> None:
    report = evaluate(document(rows(qingshan())), name="自评表.docx")
    assert place_of(report, "PT102", "指标", 7, "已填报得分") == TablePlace(1, 13, 7)


def test_what_stands_above_the_table_of_a_word_file_is_a_paragraph() -> None:
    report = evaluate(document(rows(qingshan())), name="自评表.docx")
    places = report.located.source.cells or {}
    above = [place for place in places.values() if isinstance(place, TextPlace)]
    assert above
    assert all(re.fullmatch("第[1-9]段", str(place)) for place in above)
    assert above[0].in_file("自评表.docx") == f"自评表.docx {above[0]}"


def test_what_is_not_filled_in_stands_at_the_name_of_its_row_or_has_no_cell() -> None:
    report = published()
    assert place_of(report, "RS105", "指标", 5, "偏差原因") == CellPlace("自评表", "C12")
    (blank,) = findings(report, "RS108")
    assert (blank.places, blank.file) == ((), "自评表.xlsx")


def test_what_was_read_is_unconfirmed_and_says_what_was_assumed() -> None:
    """An extracted value is unconfirmed until a person says otherwise (ruling 50)."""
    report = published()
    (said,) = findings(report, "RD101")
    assert said.severity is Severity.WARNING
    assert report.sheet is not None
    assert report.sheet.unconfirmed
    (book,) = findings(report, "RD102")
    assert "评分办法按表式认作 hubei-2020" in book.message
    assert findings(evaluate(f"{YAML}未确认: 是\n"), "RD101")
    assert not findings(evaluate(YAML), "RD101")


def test_a_rulebook_that_is_given_is_no_assumption() -> None:
    report = evaluate(workbook(("自评表", rows(qingshan()))), rulebook="mof-2020")
    assert report.rulebook is not None
    assert report.rulebook.id == "mof-2020"
    assert not findings(report, "RD102")


def test_a_value_that_is_not_read_is_named_at_its_cell() -> None:
    laid = rows(qingshan())
    laid[4][2] = Span("一千二百余")
    report = evaluate(workbook(("自评表", laid)), name="自评表.xlsx")
    assert [(str(one.places[0]), one.severity) for one in findings(report, "RD103")] == [
        ("自评表!E5", Severity.WARNING)
    ]


# -- several tables, none, and what is no 自评表 -------------------------------------------------


def test_of_several_sheets_one_is_named() -> None:
    raw = workbook(("甲", named("修渠")), ("乙", named("植树")), ("说明", [[Span("填表说明")]]))
    report = evaluate(raw, name="两个项目.xlsx")
    (asked,) = report.findings
    assert (asked.code, report.is_read) == ("RD106", False)
    assert asked.message == "里面有 2 张自评表：“甲”、“乙”"
    for chosen in ("乙", "2"):
        one = evaluate(raw, name="两个项目.xlsx", table=chosen)
        assert one.sheet is not None
        assert (one.sheet.name, one.name) == ("植树", "两个项目.xlsx 乙")
        assert {finding.file for finding in one.findings} == {"两个项目.xlsx"}
        assert any("说明" in finding.message for finding in findings(one, "RD107"))
    (missing,) = evaluate(raw, table="丙").findings
    assert missing.message == "没有自评表“丙”，有 “甲”、“乙”"


def test_all_sheets_of_a_file_come_one_after_another() -> None:
    raw = document(named("修渠"), named("植树"))
    reports = list(perfeval.evaluate_all(raw, name="两个项目.docx"))
    assert [report.name for report in reports] == ["两个项目.docx 第1张表", "两个项目.docx 第2张表"]
    assert [report.sheet and report.sheet.name for report in reports] == ["修渠", "植树"]
    places = [place_of(report, "PT102", "指标", 7, "已填报得分") for report in reports]
    assert places == [TablePlace(1, 13, 7), TablePlace(2, 13, 7)]


def test_a_file_without_a_sheet_says_why() -> None:
    report = evaluate(
        workbook(("说明", [[Span("填表说明")], [Span("一、如实填写")]])), name="说明.xlsx"
    )
    first, *_ = report.findings
    assert (first.code, first.severity) == ("RD104", Severity.ERROR)
    assert first.message.startswith("文件里没有自评表：不是自评表：")


def test_a_part_that_may_be_a_sheet_is_an_error_beside_one_that_was_read() -> None:
    laid = rows(qingshan())
    laid[5] = [
        Span(cell.text if cell and cell.text != "实际完成值（B）" else "") for cell in laid[5]
    ]
    report = evaluate(workbook(("甲", rows(qingshan())), ("乙", laid)), name="表.xlsx")
    (lost,) = findings(report, "RD105")
    assert (lost.severity, report.is_read) == (Severity.ERROR, True)
    assert lost.message.startswith("乙：没有找到")


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"PK\x03\x04" + bytes(90), "RD109"),
        (b"%PDF-1.7\n", "RD109"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "RD109"),
        (b"<html><body></body></html>", "RD104"),
        (b"", "YM113"),
        (workbook(("自评表", rows(qingshan())))[:2000], "RD109"),
    ],
)
def test_what_cannot_be_read_is_a_finding(raw: bytes, code: str) -> None:
    report = evaluate(raw, name="表.xlsx")
    assert report.findings[0].code in (code, "RD105")
    assert not report.is_read
    assert set(report.ledger.values()) >= {Status.FAILED}


def test_a_package_that_is_missing_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str, what: str) -> None:
        raise MissingExtraError(f"读取{what}需要安装（缺少 {name}）")

    monkeypatch.setattr(extras, "optional", missing)
    monkeypatch.setattr("perfeval.carriers.pdf.optional", missing)
    (finding,) = evaluate(b"%PDF-1.7\n", name="表.pdf").findings
    assert finding.code == "RD108"
    assert 'pip install "perfeval[office]"' in finding.hint


# -- what a file is, is told by its first bytes --------------------------------------------------


def test_a_text_goes_to_the_reader_of_yaml_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "自评表.xlsx"
    path.write_text(YAML, encoding="utf-8")
    assert evaluate(path).is_read
    sheet = tmp_path / "自评表.yaml"
    sheet.write_bytes(workbook(("自评表", rows(qingshan()))))
    assert score_of(evaluate(sheet))[1] == Decimal("92.77")


def test_rows_of_a_text_that_is_no_yaml_are_a_table() -> None:
    text = f"{CSV}修渠,≥3公里,3公里\n"
    head = "项目名称,例,\n"
    report = evaluate((head + text).encode(), rulebook="hubei-2020")
    assert {finding.code for finding in report.findings} >= {"RD103", "SH101"}
    assert report.located.data["项目名称"] == "例"
    assert str(report.located.source.locate(("指标", 1, "完成值"))) == "第1张表 第4行第3格"
    (finding,) = evaluate("只有一句话。".encode()).findings
    assert finding.code == "SH103"


def test_the_ledger_tells_texts_from_tables() -> None:
    """What is looked at in a text alone does not apply to a table, and the other way round."""
    table = published()
    assert table.ledger["YM104"] is table.ledger["YM113"] is Status.NOT_APPLICABLE
    assert (table.ledger["RD101"], table.ledger["RD105"]) == (Status.FAILED, Status.PASSED)
    text = evaluate(YAML)
    assert (text.ledger["YM104"], text.ledger["RD105"]) == (Status.PASSED, Status.NOT_APPLICABLE)


def test_a_report_of_a_table_comes_back_from_json_and_from_another_process() -> None:
    report = published()
    finding = Finding("PT102", Severity.ERROR, "多", ("指标", 7, "已填报得分"))
    for copy in (perfeval.from_json(perfeval.to_json(report)), pickle.loads(pickle.dumps(report))):
        assert copy == report
        assert copy.located.place(finding) == report.located.place(finding)
        assert copy.located.place(finding).finding.places == (CellPlace("自评表", "G14"),)
    assert report.sheet is not None
    assert report.sheet.name == QINGSHAN
