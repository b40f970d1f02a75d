"""JSON Schemas of a sheet, a department's file and a rulebook, for editors of YAML.

Derived from the models: their words, types, choices and what must be there.  Draft 7, because
the YAML extensions of editors know it best, and its ``if`` tells a missing field by its name.
Only form words are offered; English names and other spellings, which readers take as well, are
patterns, which editors accept and do not offer.  A schema sees structure; what a number's digits
or a cell's words mean is for ``perfeval check``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, PlainValidator
from pydantic.fields import FieldInfo

from perfeval import fields
from perfeval.cells.levels import GROUP_WORDS, Aspect, Section
from perfeval.cells.signs import BEFORE, GLYPHS, Sign
from perfeval.clauses import Cited
from perfeval.department import Department
from perfeval.documents.as_json import json_text
from perfeval.documents.inputs.field_help import CELL_HELP, help_for
from perfeval.rulebook import Clause, Form, Rulebook
from perfeval.sheet import FIELD_WORDS, FUNDS, Budget, Indicator, Sheet

Schema = dict[str, Any]
DRAFT = "http://json-schema.org/draft-07/schema#"
_TITLES = {"sheet": "绩效自评表", "department": "部门文件", "rulebook": "评分办法"}
KINDS = tuple(_TITLES)
_LEVELS = ("section", "aspect")
"""The fields of an indicator that the nested shape gives by its keys."""
_HEAD = ("id", "name", "region", "version")
"""What a rulebook never inherits."""
_BOUNDS = {"ge": "minimum", "le": "maximum", "min_length": "minItems"}

# -- single fields: what stands in a cell of the form --------------------------------------------

_PLAIN = r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"
_ONLY_NUMBER = "请写成普通的数字，不带单位"
_NULL = {"type": "null"}
_TEXT = {"type": ["string", "number"], "pattern": r"\S", "patternErrorMessage": "这里没有填写"}
_OPTIONAL_TEXT = {"type": ["string", "number", "null"]}


def _pattern(pattern: str, message: str) -> Schema:
    """Return a pattern, and what editors say of a text that it does not fit."""
    return {"pattern": pattern, "patternErrorMessage": message}


def _numeral(sign: str, *, is_optional: bool) -> Schema:
    """Return a number, or a text that is a plain one."""
    pattern = rf"^\s*(?:{sign}(?:{_PLAIN})){'?' if is_optional else ''}\s*$"
    return {
        "type": ["number", "string", *["null"] * is_optional],
        **_pattern(pattern, _ONLY_NUMBER),
    }


def _others(words: Iterable[str]) -> Schema:
    return {"type": "string", "pattern": f"^(?:{'|'.join(words)})$"}


def _word(offered: Sequence[str], words: Iterable[str], *more: Schema) -> Schema:
    """Return a choice of words: some that are offered, and other spellings of them."""
    spellings = [word for word in words if word not in offered]
    return {"anyOf": [{"enum": list(offered)}, _others(spellings), *more]}


_NUMBER = _numeral("-?", is_optional=True)
_AMOUNT = {**_numeral("", is_optional=True), "minimum": 0}
_COUNT = _pattern(r"^\s*[0-9]+\s*$", _ONLY_NUMBER)
_DAY = _pattern(
    r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$", "日期应写成 2020-01-31 的样子"
)
_YEAR = {
    "type": ["integer", "string"],
    "minimum": 1949,
    "maximum": 2999,
    **_pattern(r"^\s*(?:1949|19[5-9][0-9]|2[0-9]{3})\s*$", "年度应是四位年份，如 2023"),
}
_GROUPS = [item.label for item in Section]
_LEVEL_NAMES = {"section": _GROUPS, "aspect": [item.label for item in Aspect]}
"""The usual names of each level, which editors offer; a form may print any other."""
_GROUP = _word(_GROUPS, GROUP_WORDS)


def _whole(digits: str, least: int) -> Schema:
    """Return a whole number that may be left blank."""
    pattern = _pattern(rf"^\s*(?:{digits})?\s*$", _ONLY_NUMBER)
    return {"type": ["integer", "string", "null"], "minimum": least, **pattern}


def _cell(texts: Schema) -> Schema:
    """Return a cell: a number, a text, or both with the number that counts."""
    parts = {"值": _NUMBER, "文本": _OPTIONAL_TEXT, "单位": _OPTIONAL_TEXT}
    english = dict(zip(("value", "text", "unit"), parts.values(), strict=True))
    needed = [{"required": [word]} for word in ("值", "文本", "value", "text")]
    return {
        "type": ["number", "string", "object", "null"],
        **texts,
        "properties": {
            word: {"title": word, "description": CELL_HELP[word].description, **part}
            for word, part in parts.items()
        },
        "patternProperties": {f"^{name}$": part for name, part in english.items()},
        "additionalProperties": False,
        "if": {"type": "object"},
        "then": {"anyOf": needed},
    }


_STROKES = "|".join(re.escape(text) for text in fields.UNFILLED)


def _unfilled(number: Schema) -> Schema:
    """Return a number, or a stroke or star where nothing is to be filled in."""
    return {**number, "pattern": rf"{number['pattern']}|^\s*(?:{_STROKES})\s*$"}


_CELLS = {
    "FiledRate": _cell(_pattern(rf"^\s*(?:{_STROKES})?\s*$|[0-9]", "这里应是百分数，如 98.67%")),
    "Cell": _cell({}),
    "Rate": _cell(_pattern(r"^\s*$|[0-9]", "这里应是百分数，如 98.67%")),
}


def field_reader(annotated: Any) -> Any:
    """Return the function by which a field is read."""
    return annotated.__metadata__[0].func


_READ: dict[Callable[..., Any], Schema] = {
    field_reader(annotated): schema
    for annotated, schema in (
        (fields.Text, _TEXT),
        (fields.OptionalText, _OPTIONAL_TEXT),
        (fields.Number, _NUMBER),
        (fields.Money, _AMOUNT),
        (fields.Weight, _AMOUNT),
        (fields.FundMoney, _unfilled(_AMOUNT)),
        (fields.FiledNumber, _unfilled(_NUMBER)),
        (fields.FiledRate, {"$ref": "#/definitions/FiledRate"}),
        (fields.RequiredNumber, _numeral("-?", is_optional=False)),
        (fields.Count, _whole("0|[1-9][0-9]*", 0)),
        (fields.Ordinal, _whole("[1-9][0-9]*", 1)),
        (fields.Year, _YEAR),
        (fields.Date, {"type": "string", **_DAY}),
        (fields.OptionalDate, {"type": ["string", "null"], **_DAY}),
        (fields.Since, {"anyOf": [{"enum": [fields.NOT_SEEN, None]}, {"type": "string", **_DAY}]}),
        (fields.SignField, _word([sign.value for sign in Sign], (*GLYPHS, *BEFORE), _NULL)),
        (fields.SectionField, {"anyOf": [{"enum": _LEVEL_NAMES["section"]}, _OPTIONAL_TEXT]}),
        (fields.AspectField, {"anyOf": [{"enum": _LEVEL_NAMES["aspect"]}, _OPTIONAL_TEXT]}),
        (fields.GroupField, _GROUP),
        (fields.CellField, {"$ref": "#/definitions/Cell"}),
        (fields.Rate, {"$ref": "#/definitions/Rate"}),
    )
}
"""What each of the functions that read a field takes."""

# -- models --------------------------------------------------------------------------------------


class _Writer:
    """Collects the definitions that a schema refers to."""

    def __init__(self) -> None:
        self.definitions: dict[str, Schema] = {}

    def object(
        self, model: type[BaseModel], *, without: Sequence[str] = (), is_change: bool = False
    ) -> Schema:
        """Return the schema of a model's mapping.

        Args:
            model: The model.
            without: Fields that are not written here.
            is_change: It states differences, so that nothing must be there.
        """
        offered: dict[str, Schema] = {}
        taken: dict[str, Schema] = {}
        demands = []
        for name, field in model.model_fields.items():
            if name in without:
                continue
            value = self._value(field.annotation, field.metadata, is_change=is_change)
            words = _words_of(field)
            for word in words:
                offered[word] = {**_said(model, name, field), **_beside_others(value)}
            taken[f"^{name}$"] = value
            if field.is_required() and not is_change:
                demands.append(_demand(words[0], (*words[1:], name)))
        return {
            "type": "object",
            "properties": offered,
            "patternProperties": taken,
            "additionalProperties": False,
            **({"allOf": demands} if demands else {}),
        }

    def _value(self, annotation: Any, metadata: Sequence[Any], *, is_change: bool) -> Schema:
        """Return the schema of what an annotation takes."""
        for item in metadata:
            if isinstance(item, PlainValidator):
                return self._read(item.func)
        if any(isinstance(item, fields.Blank) for item in metadata):
            rest = [item for item in metadata if not isinstance(item, fields.Blank)]
            return self._or_blank(self._value(annotation, rest, is_change=is_change))
        origin, inner = get_origin(annotation), get_args(annotation)
        if any(isinstance(item, Cited) for item in metadata):
            return self._cited(inner[0])
        if origin is Annotated:
            return self._value(inner[0], list(_flat(inner[1:])), is_change=is_change)
        if origin in (Union, UnionType):
            members = [self._value(member, (), is_change=is_change) for member in inner]
            return {"anyOf": members}
        if origin is tuple:
            items = self._value(inner[0], (), is_change=False)
            return {"type": "array", "items": items, **_bounds(metadata)}
        if origin is dict:
            return self._mapping(*inner)
        return self._plain(annotation, metadata, is_change=is_change)

    def _cited(self, source: Any) -> Schema:
        """Return one source or a list of them: names, or all that is known of each."""
        one = [_TEXT, self._value(source, (), is_change=False)]
        return {"anyOf": [*one, {"type": "array", "items": {"anyOf": one}, "minItems": 1}]}

    def _or_blank(self, schema: Schema) -> Schema:
        """Allow nothing, where a heading may have nothing below it, as a type of its own.

        A choice of two schemas would tell the author of a wrong value about neither.
        """
        target = schema
        if "$ref" in schema:
            target = self.definitions[schema["$ref"].rpartition("/")[2]]
        target["type"] = (
            [target["type"], "null"] if isinstance(target["type"], str) else target["type"]
        )
        return schema

    def _read(self, read: Callable[..., Any]) -> Schema:
        schema = _READ[read]
        name = str(schema.get("$ref", "")).rpartition("/")[2]
        if name:
            self.definitions[name] = _CELLS[name]
        return schema

    def _mapping(self, key: Any, value: Any) -> Schema:
        below = self._value(value, (), is_change=False)
        if key is fields.GroupField:
            return {"type": "object", **_groups(below)}
        return {"type": "object", "additionalProperties": below}

    def _plain(self, kind: Any, metadata: Sequence[Any], *, is_change: bool) -> Schema:
        """Return the schema of a class, or of words of which one may be written."""
        if get_origin(kind) is Literal:
            return {"type": "string", "enum": [str(word) for word in get_args(kind)]}
        if kind is type(None):
            return _NULL
        if kind is bool:
            return {"enum": [True, False, "是", "否"]}
        if kind is int:
            return {"type": ["integer", "string"], **_COUNT, **_bounds(metadata)}
        if issubclass(kind, Enum):
            return {"type": "string", "enum": [member.value for member in kind]}
        return self.reference(kind, is_change=is_change)

    def reference(self, model: type[BaseModel], *, is_change: bool = False) -> Schema:
        """Return a reference to a model, which is defined once."""
        name = f"{model.__name__}Change" if is_change else model.__name__
        if name not in self.definitions:
            self.definitions[name] = self.object(model, is_change=is_change)
        return {"$ref": f"#/definitions/{name}"}


def _flat(metadata: Iterable[Any]) -> Iterator[Any]:
    """Yield the metadata of a nested annotation as pydantic gives that of a field."""
    for item in metadata:
        yield from item.metadata if isinstance(item, FieldInfo) else (item,)


def _bounds(metadata: Iterable[Any]) -> Schema:
    """Return the bounds of a number or of the length of a list."""
    return {
        word: getattr(item, side)
        for item in metadata
        for side, word in _BOUNDS.items()
        if hasattr(item, side)
    }


def _words_of(field: FieldInfo) -> list[str]:
    """Return the form's words for a field, the one that is printed first."""
    choices = getattr(field.validation_alias, "choices", None)
    words = [field.alias or ""] if choices is None else [*choices]
    return [word for word in words if not word.isascii()]


def _said(model: type[BaseModel], name: str, field: FieldInfo) -> Schema:
    """Return a field's title, help and default."""
    said = {"title": _words_of(field)[0], "description": help_for(model, name).description}
    default = field.default.value if isinstance(field.default, Enum) else field.default
    if isinstance(default, Decimal):
        default = int(default)
    return {**said, "default": default} if isinstance(default, str | int) else said


def _beside_others(schema: Schema) -> Schema:
    """Return a schema that may stand beside other words; a reference hides them in draft 7."""
    return {"allOf": [schema]} if "$ref" in schema else schema


def _demand(word: str, others: Sequence[str]) -> Schema:
    """Demand a field by its first word, unless it is there by another."""
    given = [{"required": [other]} for other in others]
    return {"if": given[0] if len(given) == 1 else {"anyOf": given}, "else": {"required": [word]}}


def _groups(below: Schema) -> Schema:
    """Return the keys of a rulebook's table by standard groups, with their other spellings."""
    spellings = _GROUP["anyOf"][1]["pattern"]
    return {
        "properties": {label: {"title": label, **_beside_others(below)} for label in _GROUPS},
        "patternProperties": {spellings: below},
        "additionalProperties": False,
    }


def _level(level: str, below: Schema) -> Schema:
    """Return the keys of one level of indicators: the usual names, and any other."""
    names = _LEVEL_NAMES[level]
    return {
        "type": ["object", "array", "null"],
        "properties": {name: {"title": name, **_beside_others(below)} for name in names},
        "additionalProperties": below,
        "propertyNames": {"not": {"enum": sorted(FIELD_WORDS)}},
    }


# -- the three kinds of files --------------------------------------------------------------------


def schema_text(schema: Schema, *, is_ascii: bool = False) -> str:
    """Write a schema as JSON, with every other character escaped where *is_ascii*."""
    return json_text(schema, is_ascii=is_ascii) + "\n"


def schema_of(kind: str, rulebooks: Sequence[str] = ()) -> Schema:
    """Return the schema of a kind of file.

    Args:
        kind: One of `KINDS`.
        rulebooks: The rulebooks that an editor offers.
    """
    writer = _Writer()
    build = {"sheet": _sheet, "department": _department, "rulebook": _rulebook}[kind]
    schema = build(writer)
    for word in {"评分办法", "继承"} & schema["properties"].keys():
        schema["properties"][word]["examples"] = list(rulebooks)
    return {
        "$schema": DRAFT,
        "title": _TITLES[kind],
        "description": "由 perfeval schema 生成；更新软件后请重新生成。",
        **schema,
        "definitions": dict(sorted(writer.definitions.items())),
    }


def _sheet(writer: _Writer) -> Schema:
    schema = writer.object(Sheet)
    below = writer.object(Indicator, without=_LEVELS)
    writer.definitions["IndicatorBelow"] = below
    rows = {"type": ["array", "null"], "items": {"$ref": "#/definitions/IndicatorBelow"}}
    writer.definitions["Aspects"] = {**_level("aspect", rows), "items": rows["items"]}
    shapes = {
        **_level("section", {"$ref": "#/definitions/Aspects"}),
        "items": writer.reference(Indicator),
    }
    schema["properties"]["指标"].update(shapes)
    budget = writer.definitions[Budget.__name__]
    for funds in (budget["properties"][FUNDS], budget["patternProperties"]["^funds$"]):
        rows = {"type": "array", "items": funds["items"]}
        funds.update({"type": ["object", "array", "null"], "additionalProperties": rows})
    schema["patternProperties"]["^indicators$"] = shapes
    return schema


def _department(writer: _Writer) -> Schema:
    return writer.object(Department)


def _rulebook(writer: _Writer) -> Schema:
    """Return the schema of a rulebook, which may state only its differences from another."""
    schema = writer.object(Rulebook, is_change=True)
    for name, field in Rulebook.model_fields.items():
        if any(issubclass(model, Clause) for model in _models(field.annotation)):
            (word,) = _words_of(field)
            block = schema["patternProperties"][f"^{name}$"]
            said = _said(Rulebook, name, field)
            named = [_TEXT] if issubclass(Form, tuple(_models(field.annotation))) else []
            schema["properties"][word] = {**said, "anyOf": [*named, block, _versions(block)]}
    schema["properties"]["示例"] = {
        "title": "示例",
        "type": ["array", "null"],
        "items": {"type": "object"},
        "description": "验证本办法的示例：名称、依据、应得，以及自评表的预算、指标等内容。",
    }
    schema["properties"]["佐证"] = {
        "title": "佐证",
        "type": ["object", "null"],
        "additionalProperties": {"type": "array", "minItems": 2, "maxItems": 2},
        "description": "每条规定是什么，来源里怎么说：规定的路径: [是什么, 来源怎么说]。",
    }
    needed = {name: _words_of(Rulebook.model_fields[name])[0] for name in _HEAD}
    return {**schema, "allOf": [_demand(word, (name,)) for name, word in needed.items()]}


def _versions(block: Schema) -> Schema:
    """Return several versions of a block, each with the day from which it holds."""
    return {"type": "array", "minItems": 1, "items": {"allOf": [block, {"required": ["施行"]}]}}


def _models(annotation: Any) -> list[type[BaseModel]]:
    if fields.is_class(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models(part)]
