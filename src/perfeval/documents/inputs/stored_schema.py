"""The JSON Schema of what `perfeval.to_json` writes, with all its definitions in one file.

Sheets and departments are derived from their models; results and findings are those of the
schemas that are published for ``score`` and ``check``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, PlainValidator

from perfeval import fields
from perfeval._resources import SCHEMA
from perfeval.cells.signs import Sign
from perfeval.department import Department
from perfeval.documents.inputs.diff_schema import diff_definitions
from perfeval.documents.inputs.field_help import help_for
from perfeval.documents.inputs.listed_schema import listed_definitions
from perfeval.documents.inputs.review_schema import review_definitions
from perfeval.documents.inputs.schema import Schema, field_reader
from perfeval.sheet import Sheet

_NULL: Schema = {"type": "null"}
_TEXT: Schema = {"type": "string", "minLength": 1}
_FIGURE: Schema = {"$ref": "#/$defs/number"}
_PLAIN_CELL: Schema = {
    "description": "表里的一格：印出的文字；由填报人指明算分用的数的，写成数、文字和单位。",
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "required": ["value", "text", "unit"],
            "additionalProperties": False,
            "properties": {
                "value": {"description": "算分用的数。", **_FIGURE},
                "text": {"description": "印出的文字。", "type": ["string", "null"]},
                "unit": {"description": "单位。", "type": ["string", "null"]},
            },
        },
    ],
}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, _NULL]}


def _one_of(kind: type[Enum]) -> Schema:
    return {"enum": [member.value for member in kind]}


_DAY: Schema = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_CELL: Schema = _or_null({"$ref": "#/$defs/printed_cell"})
_WRITTEN: dict[Callable[..., Any], Schema] = {
    field_reader(annotated): schema
    for annotated, schema in (
        (fields.Text, _TEXT),
        (fields.OptionalText, _or_null(_TEXT)),
        (fields.Number, _or_null(_FIGURE)),
        (fields.Money, _or_null(_FIGURE)),
        (fields.Weight, _or_null(_FIGURE)),
        (fields.FundMoney, _or_null(_FIGURE)),
        (fields.FiledNumber, _or_null(_FIGURE)),
        (fields.FiledRate, _CELL),
        (fields.RequiredNumber, _FIGURE),
        (fields.Count, {"type": ["integer", "null"], "minimum": 0}),
        (fields.Ordinal, {"type": ["integer", "null"], "minimum": 1}),
        (fields.Year, {"type": "integer", "minimum": 1949, "maximum": 2999}),
        (fields.Date, _DAY),
        (fields.OptionalDate, _or_null(_DAY)),
        (fields.SignField, _or_null(_one_of(Sign))),
        (fields.SectionField, _or_null(_TEXT)),
        (fields.AspectField, _or_null(_TEXT)),
        (fields.CellField, _CELL),
        (fields.Rate, _CELL),
    )
}
"""What stands in JSON for what each of the functions that read a field returns."""


class _Models:
    """Collects the definitions of models."""

    def __init__(self) -> None:
        self.definitions: dict[str, Schema] = {"printed_cell": _PLAIN_CELL}

    def reference(self, model: type[BaseModel]) -> Schema:
        """Return a reference to a model, which is defined once."""
        name = model.__name__
        if name not in self.definitions:
            self.definitions[name] = {}
            self.definitions[name] = _object(
                {
                    field: {
                        "description": help_for(model, field).description,
                        **self._value(info.annotation, info.metadata),
                    }
                    for field, info in model.model_fields.items()
                },
                (model.__doc__ or "").partition("\n")[0],
            )
        return {"$ref": f"#/$defs/{name}"}

    def _value(self, annotation: Any, metadata: Sequence[Any] = ()) -> Schema:
        """Return the schema of what stands in JSON for a field."""
        for item in metadata:
            if isinstance(item, PlainValidator):
                return _WRITTEN[item.func]
        origin, inner = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self._value(inner[0], inner[1:])
        if origin is tuple:
            return {"type": "array", "items": self._value(inner[0])}
        if origin is dict:
            return {"type": "object", "additionalProperties": self._value(inner[1])}
        if origin in (Union, UnionType):
            return {"anyOf": [self._value(member) for member in inner]}
        if origin is Literal:
            return {"enum": list(inner)}
        return self._plain(annotation)

    def _plain(self, kind: Any) -> Schema:
        if kind is type(None):
            return _NULL
        if kind is bool:
            return {"type": "boolean"}
        return _one_of(kind) if issubclass(kind, Enum) else self.reference(kind)


def _object(properties: Mapping[str, Schema], description: str) -> Schema:
    """Return the schema of an object with all of these keys and no other."""
    return {
        "description": description,
        "type": "object",
        "required": list(properties),
        "additionalProperties": False,
        "properties": dict(properties),
    }


def _definition(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


_CELL_OF = _object(
    {
        "path": {
            "description": "在表里的位置：逐级的名称；列表里是序号，从 0 起。",
            "type": "array",
            "items": {"type": ["string", "integer"]},
        },
        "place": _definition("place"),
    },
    "一项内容和它所在的格。",
)
_SCORED = {
    "rulebook": _or_null(_definition("rulebook")),
    "scorecard": _or_null(_definition("scorecard")),
}
_READ = {"inspection": _definition("inspection"), "source": _definition("source")}
_OWN = {
    "rulebook": _object(
        {
            "id": {"description": "编号。", **_TEXT},
            "version": {"description": "版本。", **_TEXT},
            "stamp": {"description": "编号、版本和校验值。", **_TEXT},
            "year": {"description": "按哪一年的规定。", "type": ["integer", "null"]},
            "rules": {
                "description": "全部规定，键是英文名；随软件提供的是 null。",
                "type": ["object", "null"],
            },
        },
        "用到的评分办法。",
    ),
    "source": _object(
        {
            "name": {"description": "文件名。", "type": ["string", "null"]},
            "text": {"description": "读到的文本；不是文本的是 null。", "type": ["string", "null"]},
            "data": {"description": "表里或调用方给的数据，数写成文本；是文本的是 null。"},
            "cells": {
                "description": "从文件里读出的表：各项内容在哪一格；不是这样的是 null。",
                **_or_null({"type": "array", "items": _CELL_OF}),
            },
        },
        "读到的内容，据此说明问题在哪里。",
    ),
}
_DRAFT = {
    "account_draft": _object(
        {
            "name": {"description": "文件名。", "type": ["string", "null"]},
            "refused": {"description": "为什么没有读；读了的是 null。", "type": ["string", "null"]},
            "files": {
                "description": "部门文件和各项目的自评表。",
                "type": "array",
                "items": _object(
                    {
                        "path": {"description": "文件名。", **_TEXT},
                        "text": {"description": "内容（YAML）。", **_TEXT},
                        "unread": {
                            "description": "没有写入的，各有位置和原因。",
                            "type": "array",
                            "items": _TEXT,
                        },
                    },
                    "一个文件。",
                ),
            },
        },
        "从一份决算公开里读出的部门文件和自评表，未经核对。",
    ),
}

_DIGEST = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_PATHS: Schema = {"type": "array", "items": _TEXT}
_FILE_DIGESTS: Schema = {
    "type": "array",
    "items": _object(
        {
            "path": {"description": "从运行的文件夹看的路径，或 shipped:…。", **_TEXT},
            "sha256": {"description": "内容的 SHA-256。", **_DIGEST},
            "bytes": {"description": "字节数。", "type": "integer", "minimum": 0},
        },
        "一个文件。",
    ),
}
_MANIFEST = _object(
    {
        "path": {"description": "清单自己的路径。", **_TEXT},
        "version": {"description": "perfeval 的版本。", **_TEXT},
        "python": {"description": "Python 的版本。", **_TEXT},
        "packages": {
            "description": "结果可能依赖的软件包的版本。",
            "type": "object",
            "additionalProperties": _TEXT,
        },
        "arguments": {"description": "命令和参数，逐个列出。", **_PATHS},
        "exit_code": {"description": "退出码。", "type": "integer"},
        "rulebooks": {"description": "用到的评分办法：编号、版本和校验值。", **_PATHS},
        "inputs": {"description": "读了的文件。", **_FILE_DIGESTS},
        "outputs": {"description": "写了的文件。", **_FILE_DIGESTS},
        "beside": {"description": "文件夹里看到而没有打开的文件。", **_PATHS},
        "stdout": {
            "description": "标准输出（UTF-8）的 SHA-256；输出到终端的是 null。",
            **_or_null(_DIGEST),
        },
        "changed": {"description": "运行当中变了的文件。", **_PATHS},
    },
    "一次运行的清单。",
)


def stored_schema(scores: Schema, checks: Schema, proofs: Schema) -> Schema:
    """Return the schema of every text that `perfeval.to_json` writes.

    Args:
        scores: The published schema of ``perfeval score --json``.
        checks: The published schema of ``perfeval check --json``.
        proofs: The published schema of ``perfeval proof --json``.
    """
    models = _Models()
    sheet, department = models.reference(Sheet), models.reference(Department)
    own = {
        **_OWN,
        **_DRAFT,
        **diff_definitions(),
        **review_definitions(sheet),
        **listed_definitions(),
        "manifest": _MANIFEST,
        **_reports(sheet, department),
        **_proof_report(proofs),
    }
    kinds = {
        "sheet": sheet,
        "scorecard": _definition("scored"),
        "finding": _definition("finding"),
        "inspection": _definition("inspection"),
        "report": _definition("report"),
        "department": department,
        "department-report": _definition("department_report"),
        "proof-report": _definition("proof_report"),
        "account-draft": _definition("account_draft"),
        "manifest": _definition("manifest"),
        "sheet-diff": _definition("sheet_diff"),
        "workpaper": _definition("workpaper"),
        "grading": _definition("grading"),
        "intake": _definition("intake"),
        "ranking": _definition("ranking"),
        "draw": _definition("draw"),
        "evidence-list": _definition("evidence_list"),
        "review-results": _definition("review_results"),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:perfeval:schema:perfeval",
        "title": "perfeval.to_json 的 JSON",
        "description": "数值写成文本，位数原样保留；没有的内容是 null，不是 0。",
        "oneOf": [_envelope(kind, data) for kind, data in kinds.items()],
        "$defs": {**scores["$defs"], **checks["$defs"], **models.definitions, **own},
    }


def _reports(sheet: Schema, department: Schema) -> dict[str, Schema]:
    """Return the definitions of what scores and checks give, of one sheet and of a department."""
    report = {"sheet": _or_null(sheet), **_SCORED, **_READ}
    return {
        "scored": _object(
            {
                "sheet": sheet,
                "rulebook": _definition("rulebook"),
                "scorecard": _definition("scorecard"),
            },
            "一张自评表、评分办法和评分结果。",
        ),
        "report": _object(report, "一张自评表的全部结果。"),
        "department_report": _object(
            {
                "department": _or_null(department),
                "rulebook": _SCORED["rulebook"],
                "sheets": {"type": "array", "items": _definition("report")},
                **_READ,
            },
            "一个部门的全部结果。",
        ),
    }


def _proof_report(proofs: Schema) -> dict[str, Schema]:
    """Return the definitions of what a proof found: as published, with findings as of a check."""
    told, parts = proofs["properties"], proofs["$defs"]
    report = _object(
        {
            "name": told["file"],
            "refused": told["refused"],
            "year": told["year"],
            "figures": {**told["figures"], "items": _definition("account_figure")},
            "findings": {**told["findings"], "items": _definition("finding")},
            "ledger": {**told["ledger"], "items": _definition("account_relation")},
            "digest": {
                "description": "文件的 SHA-256；不是文件的是 null。",
                "type": ["string", "null"],
                "pattern": "^[0-9a-f]{64}$",
            },
        },
        "一份决算公开的校对结果。",
    )
    return {
        "account_figure": parts["figure"],
        "account_relation": parts["entry"],
        "proof_report": report,
    }


def _envelope(kind: str, data: Schema) -> Schema:
    return _object(
        {
            "schema": {"description": "本格式的版本；只增加内容时不变。", "const": SCHEMA},
            "kind": {"description": "写的是什么。", "const": kind},
            "perfeval": {"description": "软件的版本。", **_TEXT},
            "data": data,
        },
        f"{kind}。",
    )
