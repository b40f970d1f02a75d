"""Where a finding is: its path leads into the caller's own data, in their shape and their keys."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

import perfeval
from perfeval.cells.levels import aspect_name, section_name
from perfeval.places import TextPlace
from perfeval.readers.accepted import models_of, synonyms
from perfeval.readers.sheets import sheet_from_source
from perfeval.sheet import Budget, Indicator, Sheet
from perfeval.source import Source, read_text

ROWS = [
    {
        "一级指标": "产出指标",
        "二级指标": "数量指标",
        "名称": "床位",
        "分值": 20,
        "符号": "≥",
        "目标值": "32张",
        "完成值": {"值": 26, "文本": "26（2）"},
        "已填报得分": 20,
        "偏差原因": "见青财预[2024]1号",
        "其中": [{"名称": "新建", "分值": 2, "目标值": "2张", "完成值": "1张"}],
    },
    {
        "一级指标": "产出指标",
        "二级指标": "质量指标",
        "名称": "完好率",
        "分值": 20,
        "目标值": "≥95%",
        "完成值": "90",
    },
    {
        "一级指标": "效益指标",
        "二级指标": "社会效益指标",
        "名称": "受益人数",
        "分值": 20,
        "目标值": "得到提升",
        "完成值": "得到提升",
        "已填报得分": 21,
    },
    {
        "一级指标": "满意度指标",
        "二级指标": "服务对象满意度指标",
        "名称": "满意度",
        "分值": 20,
        "目标值": "≥95%",
        "完成值": "96.3%",
        "已填报得分": 20,
    },
]
CHINESE: dict[str, Any] = {
    "评分办法": "hubei-2020",
    "年度": 2023,
    "项目名称": "示例",
    "主管部门": "甲局",
    "金额单位": "万元",
    "年度目标": "建设床位，见青财预[2024]1号",
    "年度目标完成情况": "全部完成",
    "预算": {
        "年初预算数": 100,
        "预算数": 200,
        "执行数": 150,
        "其中调拨": 10,
        "资金构成": [{"名称": "财政拨款", "预算数": 300, "执行数": 100}],
        "已填报": {"执行率": "80%", "得分": 20},
    },
    "指标": ROWS,
    "已填报": {"总分": 99, "等级": "优", "目标完成率": "100%", "存在问题": "无"},
    "校核豁免": [
        {
            "编号": "TX999",
            "位置": "床位",
            "理由": "如此",
            "批准": "张三",
            "有效期至": "2030-01-01",
        }
    ],
}
WORDS = synonyms(*models_of(Sheet))
ENGLISH_WORDS = {"值": "value", "文本": "text"}


def nested(data: dict[str, Any], rows: str, section: str, aspect: str) -> dict[str, Any]:
    """Return the data with the rows below their level-1 and level-2 indicators."""
    levels: dict[str, dict[str, list[Any]]] = {}
    for row in data[rows]:
        of_section = levels.setdefault(row[section], {})
        rest = {key: value for key, value in row.items() if key not in (section, aspect)}
        of_section.setdefault(row[aspect], []).append(rest)
    return {**data, rows: levels}


def english(value: Any, model: type[BaseModel] | None = Sheet) -> Any:
    """Return the data under the names of the Python API."""
    if isinstance(value, list):
        return tuple(english(item, model) for item in value)
    if not isinstance(value, dict):
        return value
    said = {}
    for key, inner in value.items():
        name, below = _name(key, model)
        said[name] = english(inner, below)
    for level, name_of in (("section", section_name), ("aspect", aspect_name)):
        if level in said and (group := name_of(said[level]).group) is not None:
            said[level] = group.value
    return said


def _name(key: str, model: type[BaseModel] | None) -> tuple[str, type[BaseModel] | None]:
    for name, field in model.model_fields.items() if model else ():
        if key in (field.alias, field.serialization_alias) or (
            model is Budget and key == "预算数" and name == "final"
        ):
            inner = models_of_annotation(field.annotation)
            return name, inner
    return ENGLISH_WORDS[key], None


def models_of_annotation(annotation: Any) -> type[BaseModel] | None:
    found = [item for item in [annotation, *_args(annotation)] if _is_model(item)]
    return found[0] if found else None


def _args(annotation: Any) -> list[Any]:
    inner = [getattr(annotation, "__args__", ())]
    return [deeper for args in inner for arg in args for deeper in (arg, *_args(arg))]


def _is_model(item: Any) -> bool:
    return isinstance(item, type) and issubclass(item, BaseModel)


ENGLISH = english(CHINESE)
SHAPES: dict[str, dict[str, Any]] = {
    "flat": CHINESE,
    "nested": nested(CHINESE, "指标", "一级指标", "二级指标"),
    "english": ENGLISH,
    "english, nested": nested(ENGLISH, "indicators", "section", "aspect"),
}
SPOILS: list[Any] = ["0102", "１２", "是否不定", -5, 1.5, None, True, {"x": 1}, [1], "", "2 × 3"]


def leaves(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = (
        list(data.items())
        if isinstance(data, Mapping)
        else list(enumerate(data))
        if isinstance(data, list | tuple)
        else None
    )
    if items is None:
        return [path]
    return [leaf for key, inner in items for leaf in leaves(inner, (*path, key))]


def mutable(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: mutable(value) for key, value in data.items()}
    return [mutable(item) for item in data] if isinstance(data, list | tuple) else data


def is_there(data: Any, step: Any) -> bool:
    if isinstance(data, Mapping):
        return step in data
    return isinstance(data, list | tuple) and isinstance(step, int) and 0 <= step < len(data)


def assert_leads_into(data: Any, path: tuple[Any, ...]) -> None:
    """Walk the path; where a step is missing, the data do not have it under another word either."""
    for step in path:
        if not is_there(data, step):
            assert isinstance(step, str), (path, step)
            assert not any(is_there(data, word) for word in WORDS.get(step, ())), (path, step)
            return
        data = data[step]


def test_the_shapes_say_the_same() -> None:
    sheets = [perfeval.load_sheet(data) for data in SHAPES.values()]
    assert all(sheet == sheets[0] for sheet in sheets)
    assert len(WORDS["分值"]) == 1


@pytest.mark.parametrize("shape", SHAPES)
def test_every_finding_of_the_checks_leads_into_the_data(shape: str) -> None:
    """`finding.path` leads into the caller's own object in the caller's own keys."""
    data = SHAPES[shape]
    report = perfeval.evaluate(data)
    paths = {finding.path for finding in report.findings}
    assert len(paths) > 8
    for path in paths:
        assert_leads_into(data, path)
    rows = [path for path in paths if any(isinstance(step, int) for step in path)]
    assert len(rows) > 3
    words = {"flat": "指标", "nested": "指标"}.get(shape, "indicators")
    assert {path[0] for path in rows} >= {words}


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(SHAPES)), st.data())
def test_every_finding_of_a_spoilt_dict_leads_into_it(shape: str, draw: st.DataObject) -> None:
    """Whatever is wrong: the path is walked in the caller's object, key by key."""
    data = mutable(copy.deepcopy(SHAPES[shape]))
    path = draw.draw(st.sampled_from(leaves(data)))
    holder = data
    for step in path[:-1]:
        holder = holder[step]
    match draw.draw(st.sampled_from(["spoil", "drop", "misspell"])):
        case "spoil":
            holder[path[-1]] = draw.draw(st.sampled_from(SPOILS))
        case "drop":
            del holder[path[-1]]
        case "misspell" if isinstance(path[-1], str):
            holder[path[-1] + "x"] = holder.pop(path[-1])
    for finding in perfeval.evaluate(data).findings:
        assert_leads_into(data, finding.path)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("word", ["分值", "weight"])
def test_a_wrong_weight_has_the_path_of_that_weight(shape: str, word: str) -> None:
    data = mutable(copy.deepcopy(SHAPES[shape]))
    paths = [path for path in leaves(data) if path[-1] == word and "其中" not in path]
    for path in paths:
        if "parts" in path or "校核豁免" in path:
            continue
        spoilt = mutable(copy.deepcopy(data))
        holder = spoilt
        for step in path[:-1]:
            holder = holder[step]
        holder[word] = "0102"
        (finding,) = perfeval.evaluate(spoilt).findings
        assert (finding.code, finding.path) == ("SH104", path)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_fingerprint_does_not_depend_on_the_spelling(shape: str) -> None:
    """What is true of a finding does not depend on its line, nor on the words of its path."""
    named = {
        (item.code, item.fingerprint)
        for item in perfeval.evaluate(SHAPES[shape]).findings
        if item.path[:1] not in (("指标",), ("indicators",))
    }
    flat = {(item.code, item.fingerprint) for item in perfeval.evaluate(CHINESE).findings}
    assert named <= flat


def test_a_text_has_the_same_paths_and_its_places() -> None:
    text = perfeval.dump(perfeval.load_sheet(CHINESE))
    read = sheet_from_source(read_text(text.replace("分值: 20", "分值: 0102", 1), "甲.yaml"))
    (finding,) = read.findings
    assert finding.path == ("指标", "产出指标", "数量指标", 0, "分值")
    (place,) = finding.places
    assert isinstance(place, TextPlace)
    assert finding.excerpt == read.located.source.line(place.line)


def test_a_copy_from_another_process_finds_the_same_places() -> None:
    """A bureau scores its units in a pool of processes, and renders what comes back."""
    source = read_text(perfeval.dump(perfeval.load_sheet(CHINESE)), "甲.yaml")
    twin: Source = pickle.loads(pickle.dumps(source))
    assert (twin.name, twin.text, twin.data) == (source.name, source.text, source.data)
    for path in leaves(source.data):
        assert twin.locate(path) == source.locate(path)
        assert twin.locate(path, key=True) == source.locate(path, key=True)


def test_every_word_of_the_models_is_known() -> None:
    for model in models_of(Sheet):
        for name, field in model.model_fields.items():
            if field.alias:
                assert name in WORDS[field.alias]
    assert "weight" in WORDS["分值"]
    assert Indicator in models_of(Sheet)


def test_two_lists_of_indicators_are_a_finding_and_no_crash() -> None:
    """Bad input gives findings, never a traceback."""
    assert perfeval.evaluate({"指标": {-1: None}}).errors
    report = perfeval.evaluate({"indicators": [None], "指标": {1: None}})
    assert report.sheet is None
    assert report.errors
