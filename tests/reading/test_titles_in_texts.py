"""A table in a longer text takes its labels from its own title on, not from what is told before."""

from __future__ import annotations

import io
from typing import Any

import docx

from perfeval import ReadTable, read

ROWS = (
    ("项目名称", "图书馆免费开放", "", "", "", ""),
    ("三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"),
    ("进馆人次", "≥8万人次", "8.6万人次", "90", "90", ""),
    ("总分", "", "", "100", "100", ""),
)


def table_below(*lines: str) -> ReadTable:
    """Return what is read of a form below these lines."""
    document: Any = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    table = document.add_table(len(ROWS), len(ROWS[0]))
    for made, texts in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(made.cells, texts, strict=True):
            cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    (found,) = read(stream.getvalue(), rulebook="mof-2020").tables
    return found


def test_labels_of_another_text_before_the_title_are_not_the_table_s() -> None:
    table = table_below(
        "2022年度某局部门整体绩效自评结果",
        "年度目标：全局的目标，有一大段。",
        "偏差原因分析：消防提升有3处没有开工，相应的资金没有支付，与这张表无关",
        "改进措施：提前办理审批，没有开工的3处列入下一年第一季度开工，与这张表无关",
        "（2023年度）",
        "项目支出绩效自评表",
    )
    told = {"年度目标", "原因分析", "改进措施", "表种"}
    assert told.isdisjoint(table.data)
    assert str(table.data["年度"]) == "2023"


def test_what_stands_just_before_a_title_belongs_to_it() -> None:
    table = table_below("附件3", "某某县水利局", "2023年度", "项目支出绩效自评表")
    assert str(table.data["年度"]) == "2023"
