"""`perfeval.mark`: the file that was checked, with what was found at its cells."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import cache

import openpyxl
import pytest

from perfeval import RenderError, Report, Severity, evaluate, evaluate_all, mark, render
from perfeval.marks import AUTHOR
from tests.marks.reading import anchored, comments_in, notes_in
from tests.reading.offices import document, qingshan, rows, workbook


@cache
def book() -> bytes:
    return workbook(("自评表", rows(qingshan())))


@cache
def text() -> bytes:
    return document(rows(qingshan()))


def test_each_finding_is_a_comment_at_its_cell_with_what_to_do_and_the_clause() -> None:
    notes = notes_in(mark(evaluate(book()), book()))
    author, said = notes["G14"]
    assert author == AUTHOR
    assert said == (
        f"{AUTHOR}\n"
        "错误 PT102  已填报得分 2 高于办法，应为 1.41：2 × 705 ÷ 1000\n"
        "怎么办：改为 1.41；另有依据的，写明原因并申请豁免\n"
        "依据：湖北版式项目绩效自评表填表说明（多个单位2020至2023年公开的表）：说明2："
        "正向指标得分 = 权重 × B/A，反向指标得分 = 权重 × A/B，得分不突破权重总额"
    )
    assert "PT101" in notes["H5"][1]
    assert "依据：武汉市青山区民政局2023年度部门决算附件" in notes["H5"][1]
    assert "RS105" in notes["C12"][1]
    assert "E7" not in notes


def test_the_first_comment_is_the_summary_and_what_has_no_cell() -> None:
    said = notes_in(mark(evaluate(book()), book()))["A1"][1]
    for line in (
        "校核结果：养老服务体系建设运营补助资金",
        "总分  92.77 至 98.77  优  （有据可算 30.77，依填报认定 62）",
        "11 处错误、10 处警告",
        "RD101  未经核对：本表由 perfeval 从文件里读出，还没有人逐项核对",
        "RS108  有 2 行没有完成目标",
    ):
        assert line in said


def test_every_error_and_warning_is_said_once_and_hints_where_asked_for() -> None:
    report = evaluate(text())
    hints = [one for one in report.findings if one.severity is Severity.INFO]
    plain, whole = comments_in(mark(report, text())), mark(report, text(), with_hints=True)
    assert len(plain) == 1 + len(report.findings) - len(hints)
    assert len(comments_in(whole)) == 1 + len(report.findings)
    assert {author for author, _ in plain} == {AUTHOR}


def test_what_is_wrong_alike_in_many_rows_is_explained_at_the_first_of_them() -> None:
    """A form without weights whose points are not full: every row lacks its weight."""
    raw = render(evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金"), "docx", data=False)
    said = [text for _, text in comments_in(mark(evaluate(raw), raw)) if " WT102  " in text]
    assert len(said) > 10
    assert f"未填分值（共 {len(said)} 处）\n怎么办：" in said[0]
    assert set(said[1:]) == {f"错误 WT102  未填分值（与 第1张表 第9行第4格 同，共 {len(said)} 处）"}


def test_in_a_document_a_comment_stands_at_the_words_of_its_cell() -> None:
    raw = mark(evaluate(text()), text())
    said = [text for _, text in comments_in(raw)]
    stands = anchored(raw)
    ratio = next(number for number, text in enumerate(said) if "BX101" in text)
    assert stands[ratio] == "98.70%"


@pytest.mark.parametrize("original", [book, text])
def test_a_marked_file_that_is_checked_and_marked_again_has_our_comments_once(
    original: Callable[[], bytes],
) -> None:
    raw = original()
    once = mark(evaluate(raw), raw)
    again = evaluate(once)
    assert again.findings == evaluate(raw).findings
    assert mark(again, once) == once


def test_all_else_in_the_file_is_as_it_was() -> None:
    marked = mark(evaluate(book()), book())
    before, after = (openpyxl.load_workbook(io.BytesIO(raw))["自评表"] for raw in (book(), marked))
    assert [[cell.value for cell in row] for row in after] == [
        [cell.value for cell in row] for row in before
    ]
    with zipfile.ZipFile(io.BytesIO(book())) as old, zipfile.ZipFile(io.BytesIO(marked)) as new:
        kept = [name for name in old.namelist() if old.read(name) == new.read(name)]
        assert set(old.namelist()) - set(kept) <= {
            "[Content_Types].xml",
            "xl/worksheets/sheet1.xml",
            "xl/worksheets/_rels/sheet1.xml.rels",
        }


def test_each_of_several_tables_has_its_own_summary() -> None:
    laid = [rows({**qingshan(), "项目名称": name}) for name in ("修渠", "植树")]
    raw = workbook(("甲", laid[0]), ("乙", laid[1]))
    marked = mark(evaluate_all(raw), raw)
    for page, name in (("甲", "修渠"), ("乙", "植树")):
        notes = notes_in(marked, page)
        assert f"校核结果：{name}" in notes["A1"][1]
        assert "PT102" in notes["G14"][1]
        assert notes["A1"][1].count("RD101") == 1, "what has no cell stands with its own table"
        assert notes["A1"][1].count("RS108") == 1
    only = notes_in(mark(evaluate(raw, table="乙"), raw), "甲")
    assert not only


def test_what_has_no_cell_is_said_at_its_own_table_in_a_document_too() -> None:
    laid = [rows({**qingshan(), "项目名称": name}) for name in ("修渠", "植树", "养路")]
    raw = document(*laid)
    said = "\f".join(text for _, text in comments_in(mark(evaluate_all(raw), raw)))
    each = [said.index(f"校核结果：{name}") for name in ("修渠", "植树", "养路")]
    for start, end in zip(each, [*each[1:], len(said)], strict=True):
        assert said[start:end].count("RD101") == 1


def test_a_file_in_which_nothing_was_read_says_that() -> None:
    laid = rows(qingshan())
    laid[5][5] = laid[5][7]
    raw = workbook(("表", laid))
    notes = notes_in(mark(evaluate(raw), raw), "表")
    said = "\n".join(text for _, text in notes.values())
    assert "RD105" in said
    assert "没有读通" in said


# -- refused -----------------------------------------------------------------------------------


def refused(report: Report, source: bytes | str) -> str:
    with pytest.raises(RenderError) as caught:
        mark(report, source)
    return str(caught.value)


def test_another_file_is_refused() -> None:
    assert "请重新校核" in refused(evaluate(book()), text())
    assert "请重新校核" in refused(evaluate(book()), mark(evaluate(book()), book()))


def test_what_cannot_hold_comments_is_refused_with_what_to_do_instead() -> None:
    assert "-o 问题.html" in refused(evaluate("项目名称: 例\n"), "项目名称: 例\n".encode())
    broken = b"PK\x03\x04" + bytes(50)
    assert "压缩包的目录读不出来" in refused(evaluate(broken), broken)
    with_macros = io.BytesIO(book())
    with zipfile.ZipFile(with_macros, "a") as package:
        package.writestr("xl/vbaProject.bin", b"x")
    raw = with_macros.getvalue()
    assert "文件有宏，没有加批注；请另存" in refused(evaluate(raw), raw)


def test_a_result_that_was_not_read_out_of_a_file_has_no_cells() -> None:
    typed = evaluate("评分办法: hubei-2020\n年度: 2023\n项目名称: 例\n")
    assert "没有可以加批注的格" in refused(typed, book())
    assert "没有这个文件" in refused(evaluate(book()), "没有这个文件.xlsx")
    assert "这是文本" in refused(evaluate(book()), "甲\n乙")
