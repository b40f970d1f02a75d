"""Results as flat rows: one for a sheet, one for an indicator, one for a finding.

A field of a row is declared once, with its type and the word at the head of its column. Whoever
writes rows (CSV in these words; JSON Lines, Arrow and Parquet by the fields' English names) and
whoever reads them asks `columns_of`.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from types import NoneType
from typing import Annotated, Any, NamedTuple, TypeVar, get_args, get_type_hints


class SheetRow(NamedTuple):
    """One sheet, or what could not be read as one.

    Attributes:
        file: The file, or what else was given is called.
        table: Which table of its file it is; empty where the file has no other.
        problem: Why there is no result; empty where there is one.
        project, department, unit: 项目名称, 主管部门, 实施单位; empty where they are not known.
        year: 年度.
        kind: 表种.
        place: The place whose rulebook it is.
        stamp: The rulebook's id, version and hash.
        money_unit: The unit of the three amounts.
        original, final, spent: 年初预算数, 全年预算数, 执行数.
        rate: The execution rate in percent, with the digits of the form.
        execution_weight, execution_points: The budget row.
        decision, process, cost, output, benefit, satisfaction: The points of the level-1 sections.
        other: The points of sections that are none of these.
        total: The total; ``None`` where it is a range, from *low* to *high*.
        grade: 等级.
        measured, claimed: The points that rest on figures, and on claims.
        filed_total: The total as filed.
        excess: By how much that is above the total.
        unscored: Why there is no definite total.
        unconfirmed: It was read from a file, and nobody has said that it is right.
        errors, warnings, infos: How many findings of each level count.
        waived: How many were accepted.
        stake: The points that hang on its errors and warnings; none is counted twice.
        sha256: SHA-256 of what was read: the bytes of a file, a text in UTF-8, data as JSON with
            its keys in order; empty where nothing could be opened.

    >>> SheetRow(file="甲.yaml", problem="没有这个文件").total is None
    True
    """

    file: Annotated[str, "文件"] = ""
    table: Annotated[str, "表"] = ""
    problem: Annotated[str, "没有结果的原因"] = ""
    project: Annotated[str, "项目名称"] = ""
    department: Annotated[str, "主管部门"] = ""
    unit: Annotated[str, "实施单位"] = ""
    year: Annotated[int | None, "年度"] = None
    kind: Annotated[str, "表种"] = ""
    place: Annotated[str, "办法的地区"] = ""
    stamp: Annotated[str, "评分办法"] = ""
    money_unit: Annotated[str, "金额单位"] = ""
    original: Annotated[Decimal | None, "年初预算数"] = None
    final: Annotated[Decimal | None, "全年预算数"] = None
    spent: Annotated[Decimal | None, "执行数"] = None
    rate: Annotated[Decimal | None, "执行率（%）"] = None
    execution_weight: Annotated[Decimal | None, "预算执行分值"] = None
    execution_points: Annotated[Decimal | None, "预算执行得分"] = None
    decision: Annotated[Decimal | None, "决策指标得分"] = None
    process: Annotated[Decimal | None, "过程指标得分"] = None
    cost: Annotated[Decimal | None, "成本指标得分"] = None
    output: Annotated[Decimal | None, "产出指标得分"] = None
    benefit: Annotated[Decimal | None, "效益指标得分"] = None
    satisfaction: Annotated[Decimal | None, "满意度指标得分"] = None
    other: Annotated[Decimal | None, "其他指标得分"] = None
    total: Annotated[Decimal | None, "总分"] = None
    low: Annotated[Decimal | None, "总分下限"] = None
    high: Annotated[Decimal | None, "总分上限"] = None
    grade: Annotated[str, "等级"] = ""
    measured: Annotated[Decimal | None, "有据可算"] = None
    claimed: Annotated[Decimal | None, "依填报认定"] = None
    filed_total: Annotated[Decimal | None, "已填报总分"] = None
    excess: Annotated[Decimal | None, "差额"] = None
    unscored: Annotated[str, "未计总分的原因"] = ""
    unconfirmed: Annotated[bool, "未确认"] = False
    errors: Annotated[int, "错误"] = 0
    warnings: Annotated[int, "警告"] = 0
    infos: Annotated[int, "提示"] = 0
    waived: Annotated[int, "已豁免"] = 0
    stake: Annotated[Decimal | None, "涉及分值"] = None
    sha256: Annotated[str, "内容的SHA-256"] = ""


class IndicatorRow(NamedTuple):
    """One level-3 indicator of a sheet.

    Attributes:
        file, table: As in `SheetRow`.
        project, unit, year: 项目名称, 实施单位, 年度 of the sheet.
        section, aspect, name: 一级指标, 二级指标, 三级指标, as printed.
        sign: The sign that is stated, else the one printed with the target.
        target, actual: 年度指标值, 实际完成值, as written.
        measure_unit: 度量单位.
        weight, points: 分值, 得分; the points are ``None`` where they are a range, from *low* to
            *high*.
        filed: The points as filed.
        excess: By how much these are above the points.
        basis: On what the points rest.
        formula: The formula, with its figures.
        explanation: The derivation in words.
        reason, measure: 偏差原因, 改进措施.
        unconfirmed: As in `SheetRow`.

    >>> IndicatorRow(name="床位数").points is None
    True
    """

    file: Annotated[str, "文件"] = ""
    table: Annotated[str, "表"] = ""
    project: Annotated[str, "项目名称"] = ""
    unit: Annotated[str, "实施单位"] = ""
    year: Annotated[int | None, "年度"] = None
    section: Annotated[str, "一级指标"] = ""
    aspect: Annotated[str, "二级指标"] = ""
    name: Annotated[str, "三级指标"] = ""
    sign: Annotated[str, "符号"] = ""
    target: Annotated[str, "年度指标值"] = ""
    actual: Annotated[str, "实际完成值"] = ""
    measure_unit: Annotated[str, "度量单位"] = ""
    weight: Annotated[Decimal | None, "分值"] = None
    points: Annotated[Decimal | None, "得分"] = None
    low: Annotated[Decimal | None, "得分下限"] = None
    high: Annotated[Decimal | None, "得分上限"] = None
    filed: Annotated[Decimal | None, "已填报得分"] = None
    excess: Annotated[Decimal | None, "多报"] = None
    basis: Annotated[str, "计分依据"] = ""
    formula: Annotated[str, "算式"] = ""
    explanation: Annotated[str, "计分说明"] = ""
    reason: Annotated[str, "偏差原因"] = ""
    measure: Annotated[str, "改进措施"] = ""
    unconfirmed: Annotated[bool, "未确认"] = False


class FindingRow(NamedTuple):
    """One finding of a sheet.

    Attributes:
        file, table: As in `SheetRow`.
        project, department: 项目名称, 主管部门 of the sheet.
        code, severity, nature: As in `Finding`, the two in words.
        message, hint: What is the case, and what to do.
        place: Where in the file.
        line, column: The same in a text; ``None`` in an office file.
        path: Where in the sheet, its words and positions joined by ``/``.
        excerpt: What stands there.
        stake: How many points hang on it.
        fingerprint: The same for the same finding, wherever it moved to.
        waived: Why it does not count; empty where it does.

    >>> FindingRow(code="PT102").waived
    ''
    """

    file: Annotated[str, "文件"] = ""
    table: Annotated[str, "表"] = ""
    project: Annotated[str, "项目名称"] = ""
    department: Annotated[str, "主管部门"] = ""
    code: Annotated[str, "编号"] = ""
    severity: Annotated[str, "级别"] = ""
    nature: Annotated[str, "性质"] = ""
    message: Annotated[str, "内容"] = ""
    hint: Annotated[str, "怎么办"] = ""
    place: Annotated[str, "位置"] = ""
    line: Annotated[int | None, "行"] = None
    column: Annotated[int | None, "列"] = None
    path: Annotated[str, "栏目"] = ""
    excerpt: Annotated[str, "原文"] = ""
    stake: Annotated[Decimal | None, "涉及分值"] = None
    fingerprint: Annotated[str, "指纹"] = ""
    waived: Annotated[str, "豁免理由"] = ""


Row = SheetRow | IndicatorRow | FindingRow
AnyRow = TypeVar("AnyRow", SheetRow, IndicatorRow, FindingRow)


class RowColumn(NamedTuple):
    """A column of rows.

    Attributes:
        name: The field, as JSON Lines, Arrow and Parquet call it.
        word: The word at its head in CSV.
        type: ``str``, ``int``, ``bool`` or ``Decimal``; empty text and ``None`` are an empty cell.
    """

    name: str
    word: str
    type: type


def columns_of(row: type[Row]) -> tuple[RowColumn, ...]:
    """Return the columns of a kind of rows, in their order.

    >>> columns_of(SheetRow)[3]
    RowColumn(name='project', word='项目名称', type=<class 'str'>)
    """
    if row not in _COLUMNS:
        hints = get_type_hints(row, include_extras=True)
        _COLUMNS[row] = tuple(_column(name, hints[name]) for name in row._fields)
    return _COLUMNS[row]


_COLUMNS: dict[type[Row], tuple[RowColumn, ...]] = {}


def _column(name: str, hint: Any) -> RowColumn:
    kind, word = get_args(hint)
    own = next((one for one in get_args(kind) if one is not NoneType), kind)
    return RowColumn(name, word, own)


RowData = dict[str, str | int | bool | None]
"""A row as JSON has it."""


def row_data(row: Row) -> RowData:
    """Return a row as plain data for JSON, by the English names of its fields, all of them.

    A figure is a text with the digits it has, and what is empty is ``None``, as in
    `perfeval.to_json`; `row_from` makes the row of it again.

    >>> from perfeval import SheetRow, row_data, row_from
    >>> row = SheetRow(project="养老", total=Decimal("98.40"))
    >>> row_data(row)["total"], row_data(row)["grade"]
    ('98.40', None)
    >>> row_from(SheetRow, row_data(row)) == row
    True
    """
    return {name: _plain(value) for name, value in zip(row._fields, row, strict=True)}


def _plain(value: Any) -> str | int | bool | None:
    if isinstance(value, Decimal):
        return format(value, "f")
    return None if value == "" else value


def row_from(kind: type[AnyRow], values: Mapping[str, Any]) -> AnyRow:
    """Return the row of these values by their English names; what is not given is empty.

    Args:
        kind: The kind of row.
        values: The values; a figure may be a text.  What else stands there is not looked at.

    Raises:
        ValueError: A value is none of its column.

    >>> from perfeval import IndicatorRow, row_from
    >>> row_from(IndicatorRow, {"name": "床位数", "points": "1.63"}).points
    Decimal('1.63')
    """
    read = {column.name: _value(column, values.get(column.name)) for column in columns_of(kind)}
    return kind(**{name: value for name, value in read.items() if value is not None})


def _value(column: RowColumn, value: object) -> Any:
    if value is None or type(value) is column.type:
        return value
    if column.type is Decimal and isinstance(value, str | int) and not isinstance(value, bool):
        found = _figure(value)
        if found is not None:
            return found
    raise ValueError(f"{column.name}: {value!r} is no {column.type.__name__}")


def _figure(value: str | int) -> Decimal | None:
    try:
        found = Decimal(value)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
