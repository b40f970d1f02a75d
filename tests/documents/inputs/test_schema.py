"""JSON Schema: it takes what perfeval's reader takes, and refuses what the reader refuses."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from perfeval import load_rulebook, rulebook_ids
from perfeval._resources import data_dir, rulebook_dir
from perfeval.cells.levels import Aspect, Section
from perfeval.department import Department
from perfeval.documents.inputs.field_help import CELL_HELP, HELP, help_for
from perfeval.documents.inputs.schema import KINDS, schema_of, schema_text
from perfeval.documents.inputs.starting_department import starting_department
from perfeval.documents.inputs.starting_sheet import starting_sheet
from perfeval.fields import _CELL_KEYS
from perfeval.places import Path as Steps
from perfeval.places import step_into
from perfeval.readers.accepted import models_of
from perfeval.readers.departments import department_from_source
from perfeval.readers.sheets import sheet_from_source
from perfeval.rulebook import Rulebook
from perfeval.sheet import Sheet
from perfeval.source import Source, read_bytes, read_text

jsonschema: Any = import_module("jsonschema")
MODELS = {
    kind: models_of(model)
    for kind, model in (("sheet", Sheet), ("department", Department), ("rulebook", Rulebook))
}
PUBLISHED = sorted((Path(__file__).parents[2] / "published").glob("*.yaml"))
SHIPPED = sorted(data_dir("indicators").glob("*/*.yaml"))
every_kind = pytest.mark.parametrize("kind", KINDS)


@cache
def validator(kind: str) -> Any:
    return jsonschema.Draft7Validator(schema_of(kind))


def plain(value: Any) -> Any:
    """Return data with the numbers that an editor sees."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


def errors(kind: str, data: Any) -> list[tuple[tuple[Any, ...], str]]:
    found = validator(kind).iter_errors(plain(data))
    return [(tuple(error.absolute_path), error.message) for error in found]


def data_of(path: Path) -> Any:
    source = read_bytes(path.read_bytes(), path.name)
    assert source.problems == ()
    return source.data


# -- what holds of the schema itself ---------------------------------------------------------------


@every_kind
def test_the_schema_is_a_schema_of_draft_7(kind: str) -> None:
    schema = schema_of(kind)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    jsonschema.Draft7Validator.check_schema(schema)


@every_kind
def test_the_text_is_the_same_twice_and_ends_with_a_line_end(kind: str) -> None:
    text = schema_text(schema_of(kind, ["mof-2020"]))
    assert text == schema_text(schema_of(kind, ["mof-2020"]))
    assert text.endswith("}\n")
    assert json.loads(text) == schema_of(kind, ["mof-2020"])
    escaped = schema_text(schema_of(kind, ["mof-2020"]), is_ascii=True)
    assert escaped.isascii()
    assert json.loads(escaped) == json.loads(text)


@every_kind
def test_every_field_has_help(kind: str) -> None:
    for model in MODELS[kind]:
        for name in model.model_fields:
            assert any(name in HELP.get(base, {}) for base in model.__mro__), (model, name)


def test_no_help_is_about_a_field_that_is_gone() -> None:
    known = {model for models in MODELS.values() for model in models}
    for model, table in HELP.items():
        assert any(issubclass(other, model) for other in known), model
        assert set(table) <= set(model.model_fields), model
    assert set(CELL_HELP) == {word for word in _CELL_KEYS if not word.isascii()}


def shown_of(schema: Any, model: type) -> Any:
    """Return what an editor offers inside a model."""
    if model in (Sheet, Department, Rulebook):
        return schema["properties"]
    names = (model.__name__, f"{model.__name__}Change")
    return next(schema["definitions"][name] for name in names if name in schema["definitions"])[
        "properties"
    ]


@every_kind
def test_every_example_may_stand_where_it_is_an_example(kind: str) -> None:
    schema = schema_of(kind)
    for model in MODELS[kind]:
        shown = shown_of(schema, model)
        for name, field in model.model_fields.items():
            example = help_for(model, name).example
            word = field.alias or str(field.serialization_alias)
            if not example:
                continue
            source = read_text(f"{word}: {example}", "")
            assert source.problems == ()
            rule = {**shown[word], "definitions": schema["definitions"]}
            found = jsonschema.Draft7Validator(rule).iter_errors(plain(source.data[word]))
            assert [error.message for error in found] == [], (model, name)


@every_kind
def test_everything_offered_is_chinese_and_explained(kind: str) -> None:
    schema = schema_of(kind)
    for shown in (schema, *schema["definitions"].values()):
        for word, rule in shown.get("properties", {}).items():
            assert not word.isascii()
            assert not rule["title"].isascii()
            levels = {item.label for item in (*Section, *Aspect)}
            assert rule.get("description") or word in levels, word


def test_the_other_words_for_a_field_are_offered_too() -> None:
    budget = schema_of("sheet")["definitions"]["Budget"]["properties"]
    assert budget["全年预算数"] == budget["调整后预算数"] == budget["预算数"]
    assert budget["全年预算数"]["title"] == "预算数"
    assert "执行率的分母。例：1286.70" in budget["全年预算数"]["description"]


def test_the_rulebooks_are_offered_and_others_are_allowed() -> None:
    rule = schema_of("sheet", ["mof-2020"])["properties"]["评分办法"]
    assert rule["examples"] == ["mof-2020"]
    assert "enum" not in rule


@every_kind
def test_an_editor_says_in_chinese_what_does_not_fit_a_pattern(kind: str) -> None:
    def rules(value: Any) -> Iterator[dict[str, Any]]:
        if isinstance(value, dict):
            yield value
        for below in value.values() if isinstance(value, dict) else value:
            if isinstance(below, dict | list):
                yield from rules(below)

    for rule in rules(schema_of(kind)):
        is_spelling = set(rule) == {"type", "pattern"} and rule["pattern"].startswith("^(?:")
        if isinstance(rule.get("pattern"), str) and not is_spelling:
            assert not rule["patternErrorMessage"].isascii()


# -- what it takes ---------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_ships_is_taken(path: Path) -> None:
    kind = "department" if path.name == "department.yaml" else "sheet"
    assert errors(kind, data_of(path)) == []


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
def test_every_published_sheet_is_taken(path: Path) -> None:
    data = data_of(path)
    if isinstance(data["自评表"], dict):
        assert errors("sheet", {"评分办法": data["评分办法"], **data["自评表"]}) == []
    else:  # it names one that ships
        assert data["自评表"].removeprefix("shipped:") in str(SHIPPED)


@pytest.mark.parametrize("name", rulebook_ids())
def test_every_law_that_ships_is_taken(name: str) -> None:
    assert errors("rulebook", data_of(rulebook_dir() / name / "law.yaml")) == []


def test_a_layout_is_taken_in_a_rulebook_too() -> None:
    layouts = data_of(rulebook_dir() / "mof-2020" / "form.yaml")
    law = data_of(rulebook_dir() / "mof-2020" / "law.yaml")
    whole = {"编号": "整体", **layouts["mof-2020-whole"]}
    assert errors("rulebook", {**law, "表式": layouts["mof-2020"], "整体表式": whole}) == []


def test_a_rulebook_may_hold_dated_versions_of_a_block() -> None:
    data = data_of(rulebook_dir() / "mof-2020" / "law.yaml")
    block = data["预算执行"]
    data["预算执行"] = [{**block, "施行": "2020-01-01"}, {**block, "施行": "2024-01-01"}]
    assert errors("rulebook", data) == []
    data["预算执行"] = [block]
    assert errors("rulebook", data) != []


@pytest.mark.parametrize("rulebook", rulebook_ids())
def test_a_new_sheet_only_lacks_what_its_reader_misses(rulebook: str) -> None:
    """``perfeval new`` leaves blank what must be filled; both say so, at the same places."""
    source = read_text(starting_sheet(load_rulebook(rulebook)), "")
    missing = {finding.path for finding in sheet_from_source(source).findings}
    found = {path for path, _ in errors("sheet", source.data)}
    assert missing
    assert {path[-1] for path in found} == {"年度", "项目名称", "名称"}
    assert len(found) == len(missing)


def test_a_new_department_s_file_only_lacks_its_name_and_year() -> None:
    data = read_text(starting_department(load_rulebook("hubei-2020")), "").data
    assert {path for path, _ in errors("department", data)} == {("部门名称",), ("年度",)}


# -- what it refuses, and that the reader agrees ---------------------------------------------------

SHEET: dict[str, Any] = {
    "评分办法": "mof-2020",
    "年度": 2023,
    "项目名称": "示例",
    "主管部门": "甲",
    "金额单位": "元",
    "表种": "项目支出",
    "多个目标": [{"内容": "甲", "分值": 50, "完成情况": "乙"}],
    "预算": {
        "年初预算数": 1,
        "预算数": Decimal("1.5"),
        "执行数": "1,286.70",
        "其中调拨": 0,
        "资金构成": [{"名称": "其中", "预算数": 1}],
        "已填报": {"执行率": "98.7%", "得分": 9},
        "偏差原因": "甲",
    },
    "指标": {
        "产出指标": {
            "数量": [
                {
                    "名称": "甲",
                    "分值": 2,
                    "分值系推定": True,
                    "符号": "≥",
                    "单位": "张",
                    "目标值": {"值": 42, "文本": "42（3）", "单位": "人"},
                    "完成值": 40,
                    "已填报得分": 2,
                    "偏差原因": "乙",
                    "不适用": False,
                    "所属目标": 1,
                    "其中": [{"名称": "丙", "分值": 1, "目标值": "≥3", "完成值": 3}],
                }
            ],
        },
        "效益": {},
    },
    "已填报": {"总分": 99, "等级": "优", "目标完成率": "100%", "存在问题": "无"},
    "校核豁免": [
        {"编号": "FM102", "理由": "甲", "批准": "科长", "有效期至": "2025-12-31", "位置": "乙"}
    ],
}
FLAT: dict[str, Any] = {
    "评分办法": "mof-2020",
    "年度": "2023",
    "项目名称": "示例",
    "指标": [{"一级指标": "产出", "二级指标": "数量指标", "名称": "甲", "符号": ">="}],
}
ENGLISH: dict[str, Any] = {
    "rulebook": "mof-2020",
    "year": 2023,
    "name": "a",
    "budget": {"final": 1, "spent": 1},
    "indicators": {"output": {"quantity": [{"name": "b", "target": {"value": 1, "text": "a"}}]}},
}
DEPARTMENT: dict[str, Any] = {
    "部门名称": "甲",
    "年度": 2023,
    "评分办法": "mof-2020",
    "金额单位": "万元",
    "数字": {"支出": {"数": 1, "环节": "决算", "另处印作": [{"数": 2, "处": "乙"}]}},
    "比率": [{"名称": "率", "印出": "98%", "分子": "支出", "分母": "支出", "性质": "执行率"}],
    "合计": [{"合计": "支出", "各项": ["支出", 2], "处": "甲"}],
    "自评范围": {"项目数": 2, "含调拨": True, "未列入": [{"名称": "甲", "个数": 1, "资金": 5}]},
    "整体自评": {"得分": 98, "等级": "优", "目标完成率": "100%"},
    "项目": [{"名称": "甲", "另称": [{"名称": "乙"}]}],
}
DAY = "2024-02-28"
RATES = ("执行率", "目标完成率", "印出")
VALUES: tuple[Any, ...] = (
    None,
    True,
    5,
    -5,
    Decimal("2.5"),
    "",
    "文字",
    "5",
    "1,234.5",
    "-5",
    "2023",
    "≥",
    "元",
    DAY,
    [],
    [1],
    ["文字"],
    [{}],
    {},
    {"不认识": 1},
    {"值": 1},
    {"文本": "5"},
    {"单位": "张"},
    {"value": 1},
    {"名称": "甲"},
)


def places(value: Any, path: Steps = ()) -> Iterator[Steps]:
    """Yield the path of everything inside *value*."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, below in items:
        yield (*path, key)
        if isinstance(below, dict | list):
            yield from places(below, (*path, key))


def changed(data: Any, path: Steps, value: Any) -> Any:
    made = copy.deepcopy(data)
    above = made
    for step in path[:-1]:
        above = above[step]
    above[path[-1]] = value
    return made


def without(data: Any, path: Steps) -> Any:
    made = copy.deepcopy(data)
    above = made
    for step in path[:-1]:
        above = above[step]
    del above[path[-1]]
    return made


def inside(data: Any, path: Steps) -> Any:
    for step in path:
        data = step_into(data, step)
    return data


def is_beyond(path: Steps, value: Any) -> bool:
    """Tell where the two differ: what digits mean in a rate."""
    return value == DAY and path[-1] in RATES


def mutations(data: Any) -> Iterator[tuple[str, Any]]:
    """Yield *data* with every value another, every key gone, and a key more in every mapping."""
    for path in places(data):
        yield f"{path} 删去", without(data, path)
        for value in VALUES:
            if is_beyond(path, value):
                continue
            yield f"{path} = {value!r}", changed(data, path, value)
        if isinstance(inside(data, path), dict):
            yield f"{path} 多一项", changed(data, (*path, "不认识"), 1)
    yield "多一项", {**data, "不认识": 1}


def is_read(kind: str, data: Any) -> bool:
    source = Source("", data=data)
    if kind == "sheet":
        return sheet_from_source(source).sheet is not None
    return department_from_source(source).department is not None


@pytest.mark.parametrize(
    ("kind", "data"),
    [("sheet", SHEET), ("sheet", FLAT), ("sheet", ENGLISH), ("department", DEPARTMENT)],
    ids=["nested", "flat", "English", "department"],
)
def test_schema_and_reader_agree_on_every_change(kind: str, data: Any) -> None:
    """Whatever is written, left out or added anywhere, both take it or both refuse it."""
    assert is_read(kind, data)
    taken = {name: (is_read(kind, made), not errors(kind, made)) for name, made in mutations(data)}
    assert {name: both for name, both in taken.items() if both[0] != both[1]} == {}
    assert set(taken.values()) == {(True, True), (False, False)}


BROKEN = {
    "a word that is not known": ({"项目名": "甲"}, "'项目名'"),
    "a year of two digits": ({"年度": 23}, "23 is less than"),
    "a figure with its unit": ({"预算": {"预算数": "1286.70万元"}}, "does not match"),
    "a number in wide digits": ({"预算": {"执行数": "１２"}}, "does not match"),
    "an amount below zero": ({"预算": {"执行数": -1}}, "-1 is less than"),
    "a unit of money that is not known": ({"金额单位": "亿元"}, "is not one of"),
    "a text as the budget": ({"预算": "无"}, "is not of type 'object'"),
    "an indicator as a section": ({"指标": {"名称": []}}, "should not be valid"),
    "a row that is told its level twice": (
        {"指标": {"产出": {"数量": [{"名称": "甲", "一级指标": "产出"}]}}},
        "'一级指标'",
    ),
    "a row without a name in a flat list": ({"指标": [{"分值": 1}]}, "'名称' is a required"),
    "a row without a name": ({"指标": {"产出": {"数量": [{"分值": 1}]}}}, "'名称' is a required"),
    "a cell that only has a unit": (
        {"指标": {"产出": {"数量": [{"名称": "甲", "目标值": {"单位": "张"}}]}}},
        "any of",
    ),
    "a waiver without a last day": (
        {"校核豁免": [{"编号": "FM102", "理由": "甲", "批准": "科长"}]},
        "'有效期至' is a required",
    ),
}


@pytest.mark.parametrize(("added", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_sheet_is_refused_with_its_reason(added: dict[str, Any], message: str) -> None:
    data = {"评分办法": "mof-2020", "年度": 2023, "项目名称": "示例", **added}
    (found,) = errors("sheet", data)
    assert message in found[1]
    assert not is_read("sheet", data)


@pytest.mark.parametrize("name", ["编号", "名称", "地区", "版本"])
def test_a_rulebook_that_inherits_still_needs_its_head(name: str) -> None:
    head = {"编号": "a", "名称": "b", "地区": "c", "版本": "1", "继承": "mof-2020"}
    assert errors("rulebook", head) == []
    assert errors("rulebook", without(head, (name,))) != []


def test_a_word_that_is_not_known_is_refused_in_every_block_of_a_rulebook() -> None:
    data = data_of(rulebook_dir() / "mof-2020" / "law.yaml")
    blocks = [path for path in places(data) if isinstance(inside(data, path), dict)]
    assert len(blocks) > 20
    for path in blocks:
        is_free = path[0] == "示例" or path[-1] in ("通常", "来源表")
        if not is_free:
            assert errors("rulebook", changed(data, (*path, "不认识"), 1)) != [], path
