"""The JSON Schema of what changed between two versions, derived from the records themselves."""

from __future__ import annotations

from typing import Any

from perfeval.documents.inputs.record_schema import RecordSchemas
from perfeval.documents.inputs.schema import Schema
from perfeval.findings import Finding
from perfeval.places import Place
from perfeval.review.difference import (
    FindingChange,
    PointsChange,
    RowMatch,
    SheetDiff,
    SheetVersion,
    ValueChange,
)

_RECORDS: dict[type, tuple[str, str]] = {
    SheetDiff: ("sheet_diff", "一张自评表前后两份的全部差异。"),
    SheetVersion: ("sheet_version", "前后两份中的一份。"),
    ValueChange: ("value_change", "一处改动：一个值，或整行。"),
    RowMatch: ("row_match", "新的一份里的一行，是旧的一份里的哪一行。"),
    PointsChange: ("points_change", "变了的得分。"),
    FindingChange: ("finding_change", "一处发现，和它的结果。"),
}
"""The records by their names in the schema, and what each is."""
_NAMED: dict[Any, str] = {Finding: "finding", Place: "place"}
"""What is defined elsewhere in the schema."""
_DESCRIPTIONS = {
    "old": "原来的。",
    "new": "现在的。",
    "pairing": "凭什么认作同一张表的两份。",
    "remark": "关于配对和比法的说明。",
    "changes": "改动，没有要求改的在前。",
    "rows": "各行的对应。",
    "points": "变了的得分。",
    "findings": "两份的发现和结果。",
    "name": "文件名。",
    "title": "项目名称。",
    "year": "年度。",
    "stamp": "评分办法的编号、版本和校验值。",
    "money_unit": "金额单位。",
    "total": "总分；是范围的为 null。",
    "low": "总分下限。",
    "high": "总分上限。",
    "grade": "等级。",
    "measured": "有据可算的得分。",
    "claimed": "依填报认定的得分。",
    "filed_total": "已填报总分。",
    "errors": "错误的个数。",
    "warnings": "警告的个数。",
    "caveat": "未经核对的说明。",
    "problems": "没有结果的原因。",
    "kind": "改动的种类。",
    "standing": "有没有要求改，或为什么不算改动。",
    "row": "哪一行。",
    "field": "哪一栏；整行的是 null。",
    "old_path": "在旧的一份里的位置。",
    "new_path": "在新的一份里的位置。",
    "old_places": "在旧文件里的位置。",
    "new_places": "在新文件里的位置。",
    "because": "依据或说明。",
    "old_data": "原来的值，写成读表时用的数据。",
    "new_data": "现在的值，写成读表时用的数据。",
    "reason": "凭什么认作同一行；没有对应的是 null。",
    "likeness": "名称相近的百分比。",
    "is_moved": "次序变了。",
    "status": "结果。",
}


def diff_definitions() -> dict[str, Schema]:
    """Return the definitions of a difference and of all that it holds."""
    return RecordSchemas(_RECORDS, _DESCRIPTIONS, _NAMED).definitions()
