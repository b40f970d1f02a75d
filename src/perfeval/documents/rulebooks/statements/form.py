"""表式: the words, columns and rows of the printed form, said in statements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from perfeval.documents.rulebooks.statements.statement import Statement, StatementItem, said
from perfeval.rulebook import BudgetColumn, Form, FormCell, IndicatorColumn, Rulebook
from perfeval.rulebook.form import BudgetContent, HeaderField, IndicatorContent

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_NONE = "没有"


def about_project_form(rulebook: Rulebook) -> Iterator[Statement]:
    """Describe the form of projects."""
    yield from _about("表式", rulebook.form)


def about_department_form(rulebook: Rulebook) -> Iterator[Statement]:
    """Describe the form of whole departments."""
    form, block = rulebook.department_form, "整体表式"
    if form is None:
        yield said(block, "部门整体支出用的表", "与项目支出同一张表", key="有无")
        return
    yield said(block, "部门整体支出用的表", "另有一张表，如下", key="有无")
    yield from _about(block, form)


def _about(block: str, form: Form) -> Iterator[Statement]:
    yield said(block, "标题", _quoted(form.title), "标题")
    yield said(block, "表格上方左边", _quoted(form.above_left), "表上左")
    yield said(block, "表格上方右边", _quoted(form.above_right), "表上右")
    yield said(block, "纸张", "横排" if form.landscape else "竖排", "横向")
    yield said(block, "金额单位", form.money_unit or "照各表所填", "金额单位")
    commas = "每三位加逗号" if form.grouped_digits else "不加逗号"
    yield said(block, "金额的写法", commas, "千分位")
    yield said(block, "执行率印到", f"百分数的 {form.rate_digits} 位小数", "执行率位数")
    yield said(block, "文字里的金额印到", f"{form.amount_digits} 位小数", "金额位数")
    yield said(block, "一级指标的写法", _quoted(form.section_heading), "一级指标标题")
    goals = _quoted(form.goal_heading) if form.goal_heading else "合用一个栏名"
    yield said(block, "多个年度目标的栏名", goals, "分目标标题")
    for name, words in form.options.items():
        value = "、".join(words)
        yield _listing(said(block, f"{name}的选项", value, "选项"), words)
    yield _texts(block, "选项里的级别按填报单位换", form.levels, "级别用词")
    yield _cells(block, "表头各栏", form.header, "表头")
    yield _columns(block, "预算部分的栏目", form.budget, "预算栏")
    yield said(block, "资金总额一行的名称", _quoted(form.budget_row), "资金总额名称")
    yield _texts(block, "资金构成各行", form.funds, "资金构成")
    same = ["＝".join(names) for names in form.fund_aliases]
    yield _texts(block, "同一种资金的名称", same, "资金别名")
    blank = _quoted(form.no_points) if form.no_points else "空着"
    yield said(block, "资金构成各行的分值、得分处", blank, "不计分处")
    yield _cells(block, "预算与指标之间各栏", form.middle, "中部")
    yield _columns(block, "指标部分的栏目", form.indicators, "指标栏")
    signs = [sign.value for sign in form.omitted_signs if sign]
    yield _texts(block, "符号一栏不印的", signs, "不印的符号")
    row = f"作为指标的最后一行，称“{form.execution_row}”" if form.execution_row else "另成一块"
    yield said(block, "预算执行的位置", row, "执行率行")
    yield _cells(block, "表尾各栏", form.footer, "表尾")
    yield _texts(block, "表下附注", form.notes, "附注")
    laws = [f"第 {number} 条" for number in form.scoring_notes]
    yield _texts(block, "附注中的评分规定", laws, "评分附注")
    yield _texts(block, "签字", form.signatures, "签字")


def _filled(text: str | None) -> str:
    """Show where a text is filled in: ``〔年度〕年度``."""
    return _PLACEHOLDER.sub(r"〔\1〕", (text or "").replace("\n", ""))


def _quoted(text: str | None) -> str:
    return f"“{_filled(text)}”" if text else _NONE


def _listing(statement: Statement, words: Iterable[str]) -> Statement:
    return _items(statement, [StatementItem(word, word) for word in words])


def _texts(block: str, label: str, texts: Sequence[str], field: str) -> Statement:
    filled = [_filled(text) for text in texts]
    return _listing(said(block, label, "；".join(filled) or _NONE, field), filled)


_BLANK = (BudgetContent.BLANK, IndicatorContent.BLANK)


def _cells(block: str, label: str, rows: Iterable[Sequence[FormCell]], field: str) -> Statement:
    """Name what is filled in above or below the indicators, by the label in front of it."""
    items = []
    for row in rows:
        heading = None
        for cell in row:
            name = cell.boxes or cell.field
            if name == HeaderField.FULL:  # stands between 总分 and its points
                items.append(StatementItem(name, name))
                continue
            if name is not None and name != HeaderField.BLANK:
                items.append(StatementItem(name, _filled(heading or name)))
            heading = cell.label
    return _items(said(block, label, "、".join(item.text for item in items) or _NONE, field), items)


def _columns(
    block: str, label: str, columns: Iterable[BudgetColumn | IndicatorColumn], field: str
) -> Statement:
    """Name the columns of a block by what is printed above them."""
    items = [
        StatementItem(column.content, _heading(column))
        for column in columns
        if column.content not in _BLANK
    ]
    return _items(said(block, label, "、".join(item.text for item in items) or _NONE, field), items)


def _heading(column: BudgetColumn | IndicatorColumn) -> str:
    """Return what is printed above a column, with the heading that it shares with others."""
    own = _filled(column.heading or column.content)
    group = column.group if isinstance(column, IndicatorColumn) else None
    return f"{_filled(group)}：{own}" if group else own


def _items(statement: Statement, items: Iterable[StatementItem]) -> Statement:
    return statement._replace(items=tuple(items), is_ordered=True)
