"""The printed form (表式): words, columns and rows of a place's table."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from perfeval.fields import Model, OptionalText, Text
from perfeval.rulebook.clause import Clause

Span = Annotated[int, Field(ge=1, le=20)]
HeaderField = Literal[
    "项目名称", "主管部门", "实施单位", "年度", "部门名称", "年度目标", "原因分析", "改进措施",
    "总分", "等级", "空白",
]  # fmt: skip
BudgetContent = Literal[
    "栏名",
    "资金名称",
    "年初预算数",
    "预算数",
    "执行数",
    "执行率",
    "分值",
    "得分",
    "偏差原因",
    "空白",
]
IndicatorContent = Literal[
    "栏名", "一级指标", "二级指标", "三级指标", "符号", "目标值", "单位", "完成值", "完成率",
    "分值", "得分", "已填报得分", "偏差原因", "改进措施", "偏差原因及改进措施", "空白",
]  # fmt: skip


class FormCell(Model):
    """One cell above or below the indicators: a label, a field of the sheet, or boxes."""

    label: OptionalText = Field(None, alias="标签")
    field: HeaderField | None = Field(None, alias="字段")
    boxes: Literal["项目类别", "项目属性", "项目类型"] | None = Field(None, alias="选项")
    span: Span = Field(1, alias="占")


class BudgetColumn(Model):
    """A column of the budget block."""

    content: BudgetContent = Field(alias="内容")
    heading: OptionalText = Field(None, alias="标题")
    span: Span = Field(1, alias="占")


class IndicatorColumn(Model):
    """A column of the indicator table; its width in millimetres."""

    content: IndicatorContent = Field(alias="内容")
    heading: OptionalText = Field(None, alias="标题")
    width: Annotated[int, Field(ge=5, le=200)] = Field(alias="宽")


class Form(Clause):
    """The printed form (表式): words, columns and rows of the place's table.

    Texts may hold ``{年度}``, ``{项目名称}``, ``{部门名称}``, ``{金额单位}``, ``{分值}`` and, in
    the heading of a section, ``{一级指标}``.
    """

    title: Text = Field(alias="标题")
    above_left: OptionalText = Field(None, alias="表上左")
    above_right: OptionalText = Field(None, alias="表上右")
    landscape: bool = Field(False, alias="横向")
    rate_digits: Annotated[int, Field(ge=0, le=6)] = Field(2, alias="执行率位数")
    section_heading: Text = Field("{一级指标}（{分值}分）", alias="一级指标标题")
    options: dict[Text, tuple[Text, ...]] = Field({}, alias="选项")
    header: tuple[tuple[FormCell, ...], ...] = Field((), alias="表头")
    budget: tuple[BudgetColumn, ...] = Field((), alias="预算栏")
    budget_row: Text = Field("年度资金总额", alias="资金总额名称")
    indicators: tuple[IndicatorColumn, ...] = Field(alias="指标栏", min_length=1)
    footer: tuple[tuple[FormCell, ...], ...] = Field((), alias="表尾")
    notes: tuple[Text, ...] = Field((), alias="附注")
    signatures: tuple[Text, ...] = Field((), alias="签字")
