"""What a person answered in the YAML of a table counts for the office file it was read from."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import perfeval
from perfeval import CellPlace, Finding, Report, evaluate, evaluate_all, evaluate_department
from perfeval.errors import SheetError
from perfeval.reading.written import written
from tests.reading.offices import Row, Span, document, qingshan, rows, workbook

ANSWERED = {
    '目标值: "42（3）"': "目标值: {文本: 42（3）, 值: 42}",
    '完成值: "36（2）"': "完成值: {文本: 36（2）, 值: 36}",
    '目标值: "84（12）"': "目标值: {文本: 84（12）, 值: 84}",
    '完成值: "83（12）"': "完成值: {文本: 83（12）, 值: 83}",
    '目标值: "1500元/场（580元/场）"': (
        "符号: ≤\n    目标值: {文本: 1500元/场（580元/场）, 值: 1500}"
    ),
    '完成值: "1450（580）"': "完成值: {文本: 1450（580）, 值: 1450}",
}
"""The three questions of the published table, answered as its author means them."""
CONFIRMED = {**ANSWERED, "未确认: 是\n": ""}
FULL = (Decimal("98.46"), Decimal("36.46"), Decimal("62.00"))


def made(folder: Path, laid: list[Row] | None = None, kind: str = "xlsx") -> Path:
    """Write the published table, or another, as its office has it."""
    laid = rows(qingshan()) if laid is None else laid
    path = folder / f"自评表.{kind}"
    path.write_bytes(workbook(("自评表", laid)) if kind == "xlsx" else document(laid))
    return path


def answers(file: Path, changes: dict[str, str] = CONFIRMED) -> Path:
    """Read a file, and change lines of the YAML as a person does."""
    read = perfeval.read(file)
    text = written(read, read.tables[0])
    for before, after in changes.items():
        assert before in text, before
        text = text.replace(before, after)
    path = file.with_name("答案.yaml")
    path.write_text(text, "utf-8")
    return path


def score_of(report: Report) -> tuple[Decimal | None, Decimal, Decimal]:
    card = report.scorecard
    assert card is not None
    return card.total, card.measured, card.claimed


def stale(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.code == "RD110"]


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_the_published_table_has_98_46_once_its_questions_are_answered(
    tmp_path: Path, kind: str
) -> None:
    file = made(tmp_path, kind=kind)
    answer = answers(file)
    by_file = evaluate(file, answers=[answer])
    assert score_of(by_file) == score_of(evaluate(answer)) == FULL
    assert not stale(by_file)
    codes = {finding.code for finding in by_file.findings}
    assert not codes & {"VA103", "RD101", "RD102", "RD103"}  # a person confirmed it


def test_findings_keep_the_cells_of_the_office_file(tmp_path: Path) -> None:
    file = made(tmp_path)
    report = evaluate(file, answers=[answers(file)])
    beds = next(one for one in report.findings if one.code == "PT102" and 7 in one.path)
    assert (beds.file, beds.places) == (str(file), (CellPlace("自评表", "G14"),))
    assert perfeval.mark(report, file)[:2] == b"PK"


def test_rows_under_their_levels_keep_their_cells(tmp_path: Path) -> None:
    """A person may write the indicators in another shape: each row is known by its name."""
    file = made(tmp_path)
    path = answers(file)
    head = path.read_text("utf-8").split("指标:\n")[0]
    path.write_text(
        f"{head}指标:\n  产出指标:\n    数量指标:\n"
        "      - {名称: 意外伤害险床位数量, 分值: 2, 目标值: 1000, 完成值: 705, 已填报得分: 2}\n",
        "utf-8",
    )
    (filed,) = (one for one in evaluate(file, answers=[path]).findings if one.code == "PT102")
    assert filed.places == (CellPlace("自评表", "G14"),)


def test_answers_that_nobody_confirmed_count_and_say_so(tmp_path: Path) -> None:
    file = made(tmp_path)
    report = evaluate(file, answers=[answers(file, ANSWERED)])
    assert score_of(report) == FULL
    assert {"RD101", "RD102"} <= {finding.code for finding in report.findings}


def test_an_assumption_that_was_answered_is_none_any_more(tmp_path: Path) -> None:
    file = made(tmp_path)
    report = evaluate(file, answers=[answers(file, {"评分办法: hubei-2020": "评分办法: mof-2020"})])
    assert report.rulebook is not None
    assert report.rulebook.id == "mof-2020"
    assert "RD102" not in {finding.code for finding in report.findings}


def changed(file: Path, row: int, cell: int, text: str) -> None:
    laid = rows(qingshan())
    before = laid[row][cell]
    assert before is not None
    laid[row][cell] = Span(text, before.columns, before.rows)
    made(file.parent, laid)


def test_of_a_changed_file_only_unchanged_cells_are_answered(tmp_path: Path) -> None:
    """The cell does not show what it did: its answer is not used, and this is said."""
    file = made(tmp_path)
    answer = answers(file)
    changed(file, 7, 5, "37（2）")  # 完成值 of 享受运营补贴老年人服务中心（站）数量
    report = evaluate(file, answers=[answer])
    whole, one = stale(report)
    assert "改过" in whole.message
    assert one.places == (CellPlace("自评表", "F8"),)
    assert one.message == "原件改过，这里现在是“37（2）”，答案“36（2）”没有用"
    card = report.scorecard
    assert card is not None
    assert (card.low, card.high) == (Decimal("96.75"), Decimal("98.75"))  # that row alone is open
    assert report.sheet is not None
    assert report.sheet.unconfirmed


def test_a_file_that_was_only_saved_again_has_all_its_answers(tmp_path: Path) -> None:
    file = made(tmp_path)
    answer = answers(file)
    changed(file, -1, 1, "按季核对")
    report = evaluate(file, answers=[answer])
    assert score_of(report) == FULL
    assert [finding.message for finding in stale(report)] == [
        f"原件在读出“{answer.name}”以后改过，只用了还对得上的答案，请重新核对"
    ]


def test_a_cell_that_is_blank_now_is_not_filled_by_an_answer(tmp_path: Path) -> None:
    file = made(tmp_path)
    answer = answers(file)
    changed(file, 4, 3, "")  # 执行数
    report = evaluate(file, answers=[answer])
    assert report.sheet is not None
    assert report.sheet.budget.spent is None
    assert "这里现在是空的，答案“1269.62”没有用" in stale(report)[1].message


def test_a_sign_is_not_taken_over_to_a_row_that_changed(tmp_path: Path) -> None:
    file = made(tmp_path)
    answer = answers(file)
    texts = ["".join(cell.text for cell in row if cell) for row in rows(qingshan())]
    changed(file, next(at for at, text in enumerate(texts) if "险标准" in text), 5, "1400（500）")
    said = [finding.path for finding in stale(evaluate(file, answers=[answer]))]
    assert ("指标", 14, "符号") in said


def test_a_row_that_is_not_there_any_more_is_named(tmp_path: Path) -> None:
    file = made(tmp_path)
    answer = answers(file)
    laid = rows(qingshan())
    del laid[7]
    made(tmp_path, laid)
    said = [finding.message for finding in stale(evaluate(file, answers=[answer]))]
    assert "答案里的“享受运营补贴老年人服务中心（站）数量”，原件里现在没有，没有用" in said


def test_another_row_in_the_same_place_is_not_answered(tmp_path: Path) -> None:
    """What was answered for one indicator is said of no other that shows the same figures."""
    name, other = "享受运营补贴老年人服务中心（站）数量", "新建老年人食堂数量"
    file = made(tmp_path)
    answer = answers(file)
    laid = [
        [cell and cell._replace(text=cell.text.replace(name, other)) for cell in row]
        for row in rows(qingshan())
    ]
    made(tmp_path, laid)
    report = evaluate(file, answers=[answer])
    assert f"答案里的“{name}”，原件里现在没有，没有用" in [one.message for one in stale(report)]
    assert report.scorecard is not None
    (line,) = (one for one in report.scorecard.lines if one.indicator.name == other)
    assert line.points is None


def test_answers_for_another_file_are_named(tmp_path: Path) -> None:
    file = made(tmp_path)
    answer = answers(file)
    other = tmp_path / "另一张.xlsx"
    other.write_bytes(workbook(("自评表", rows({**qingshan(), "项目名称": "修渠"}))))
    (said,) = stale(evaluate(other, answers=[answer]))
    assert said.message.startswith(f"没有用上答案“{answer.name}”：它是从“自评表.xlsx”自评表读出的")
    (first, *_) = evaluate_all(other, answers=[answer])
    assert stale(first)
    assert stale(evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金", answers=[answer]))


def test_of_two_answers_for_one_table_none_is_used(tmp_path: Path) -> None:
    file = made(tmp_path)
    answer = answers(file)
    second = tmp_path / "第二份.yaml"
    second.write_bytes(answer.read_bytes())
    report = evaluate(file, answers=[answer, second])
    assert score_of(report)[0] is None
    assert "有 2 份答案" in stale(report)[0].message


def test_answers_with_mistakes_are_named_at_their_lines(tmp_path: Path) -> None:
    file = made(tmp_path)
    report = evaluate(file, answers=[answers(file, {"年度: 2023": "年度: 二〇二三年"})])
    assert not report.is_read
    assert report.findings[0].file == str(tmp_path / "答案.yaml")


def test_a_sheet_that_was_read_from_nothing_is_no_answer(tmp_path: Path) -> None:
    typed = tmp_path / "手写.yaml"
    typed.write_text("项目名称: 甲\n", "utf-8")
    for wrong in (typed, tmp_path / "没有.yaml", tmp_path):
        with pytest.raises(SheetError):
            evaluate(made(tmp_path), answers=[wrong])


def test_a_folder_of_answers_finds_each_its_file(tmp_path: Path) -> None:
    """A rulebook of one's own is found from where the answers lie, and a department's, too."""
    offices, read = tmp_path / "报送", tmp_path / "读出"
    offices.mkdir()
    read.mkdir()
    file = made(offices)
    answers(file).rename(read / "养老.yaml")
    (offices / "department.yaml").write_text(
        "评分办法: hubei-2020\n年度: 2023\n部门名称: 甲局\n", "utf-8"
    )
    report = evaluate_department(offices, answers=[read])
    assert [score_of(sheet) for sheet in report.sheets] == [FULL]
    file.unlink()
    assert "没有用上答案" in evaluate_department(offices, answers=[read]).aside[-1]


def test_a_rulebook_of_ones_own_is_named_as_the_answers_name_it(tmp_path: Path) -> None:
    offices, read = tmp_path / "报送", tmp_path / "读出"
    offices.mkdir()
    read.mkdir()
    own = '编号: own\n名称: 甲\n地区: 甲\n版本: "1"\n继承: hubei-2020\n'
    (offices / "办法.yaml").write_text(own, "utf-8")
    file = made(offices)
    path = answers(file, {**CONFIRMED, "评分办法: hubei-2020": "评分办法: ../报送/办法.yaml"})
    path = path.rename(read / "养老.yaml")
    report = evaluate(file, answers=[path])
    assert report.rulebook is not None, report.findings
    assert report.rulebook.id == "own"
