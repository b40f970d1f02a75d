"""The JSON Schema of workpapers and of their grading."""

from __future__ import annotations

from perfeval.documents.inputs.schema import Schema
from perfeval.review.profile import DeductionScope, DeviationBase

_TEXT: Schema = {"type": "string"}
_MAYBE: Schema = {"type": ["string", "null"]}
_WHOLE: Schema = {"type": "integer"}
_FIGURE: Schema = {"anyOf": [{"$ref": "#/$defs/number"}, {"type": "null"}]}
_PLACE: Schema = {"anyOf": [{"$ref": "#/$defs/place"}, {"type": "null"}]}

_MISSING = ("actual_place", "judged_place")
"""What an entry may lack."""


def review_definitions(sheet: Schema) -> dict[str, Schema]:
    """Return the definitions of a workpaper, of its profile, and of a grading.

    Args:
        sheet: The schema of a sheet.
    """
    return {
        "review_profile": _profile(),
        "workpaper": _object(
            "一张自评表的复核底稿。",
            sheet=("自评表。", sheet),
            rulebook=("评分办法。", _definition("rulebook")),
            scorecard=("按办法的得分。", _definition("scorecard")),
            profile=("复核口径。", _definition("review_profile")),
            findings=("校核发现。", _several(_row_finding())),
            file=("自评表的文件。", _TEXT),
            table=("文件里的哪一张表。", _TEXT),
        ),
        "graded_workpaper": _object(
            "一份填好的底稿。",
            workpaper=("底稿。", _definition("workpaper")),
            entries=("复核人填写的内容，一行一项。", _several(_entry())),
            total=("复核得分；是范围的为 null。", _FIGURE),
            grade=("复核等级。", _TEXT),
            source=("底稿的文件。", _TEXT),
        ),
        "grading": _object(
            "一批底稿的评定。",
            papers=("各份底稿。", _several(_definition("graded_workpaper"))),
            findings=("复核本身的问题。", _several(_definition("finding"))),
            is_whole=("各份底稿都读到、都评定了。", {"type": "boolean"}),
            compared=("与复核报告核对了几处。", _WHOLE),
        ),
    }


def _definition(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _several(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _object(told: str, **fields: tuple[str, Schema]) -> Schema:
    return {
        "description": told,
        "type": "object",
        "required": list(fields),
        "additionalProperties": False,
        "properties": {
            name: {"description": said, **schema} for name, (said, schema) in fields.items()
        },
    }


def _row_finding() -> Schema:
    return _object(
        "一条校核发现。",
        row=("哪一行：-1 是预算执行，指标从 0 起；null 是整张表。", {"type": ["integer", "null"]}),
        code=("编号。", _TEXT),
        message=("内容。", _TEXT),
    )


def _entry() -> Schema:
    made = _object(
        "复核人在一行里填写的内容。",
        row=("哪一行：-1 是预算执行，指标从 0 起。", _WHOLE),
        actual=("复核完成值。", _TEXT),
        code=("扣分原因代码。", _TEXT),
        ground=("依据。", _TEXT),
        cut=("手填的扣分；没有填的是 null。", _FIGURE),
        judged=("复核评定；没有填的是 null。", _FIGURE),
        place=("在底稿里的位置。", _PLACE),
        actual_place=("复核完成值的位置；不是从底稿读来的没有这一项。", _definition("place")),
        judged_place=("复核评定的位置；不是从底稿读来的没有这一项。", _definition("place")),
    )
    return {**made, "required": [name for name in made["required"] if name not in _MISSING]}


def _profile() -> Schema:
    levels = _object("一个级别。", name=("名称。", _TEXT), meaning=("含义。", _MAYBE))
    deviation = _object(
        "偏离度。",
        base=("分母。", {"enum": [word.value for word in DeviationBase]}),
        digits=("小数位数。", _WHOLE),
        text=("说明。", _MAYBE),
        source=("依据。", _MAYBE),
    )
    code = _object(
        "一个扣分原因。",
        code=("代码。", _TEXT),
        name=("名称。", _TEXT),
        ratio=("扣减比例（权重的百分之几）；没有规定的是 null。", _FIGURE),
        level=("级别。", _MAYBE),
        scope=("对象。", {"enum": [word.value for word in DeductionScope]}),
        text=("说明。", _MAYBE),
    )
    return _object(
        "复核口径。",
        id=("编号。", _TEXT),
        name=("名称。", _TEXT),
        text=("说明。", _MAYBE),
        levels=("级别。", _several(levels)),
        deviation=("偏离度。", deviation),
        codes=("扣分原因。", _several(code)),
    )
