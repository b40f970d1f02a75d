"""Exceptions: few, all of one family, carried whole between processes, none of them foreign."""

from __future__ import annotations

import pickle
import re
from pathlib import Path
from typing import Any

import pytest

import perfeval
from perfeval import errors
from perfeval.cli.failures import UsageError, WritingError
from perfeval.errors import PerfevalError
from perfeval.findings import Finding, Severity
from perfeval.places import TextPlace

FINDINGS = (
    Finding(
        "SH101",
        Severity.ERROR,
        "缺少“年度”",
        ("年度",),
        "请填写",
        "x.yaml",
        (TextPlace(3, 1),),
        "甲: 1",
    ),
    Finding("SH102", Severity.ERROR, "不认识“甲”", ("甲",)),
)


def family(kind: type[PerfevalError]) -> list[type[PerfevalError]]:
    return [kind, *(deeper for child in kind.__subclasses__() for deeper in family(child))]


CLASSES = family(PerfevalError)


def made(kind: type[PerfevalError]) -> PerfevalError:
    if hasattr(kind("x"), "findings"):
        return kind("x.yaml：2 处错误", FINDINGS)
    return kind("说明")


@pytest.mark.parametrize("kind", CLASSES)
def test_every_exception_survives_pickling(kind: type[PerfevalError]) -> None:
    """A bureau scores its units in a pool of processes."""
    error = made(kind)
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is kind
    assert str(copy) == str(error)
    assert copy.args == error.args
    assert getattr(copy, "findings", ()) == getattr(error, "findings", ())


def test_the_text_of_a_sheet_error_names_every_finding() -> None:
    assert str(made(perfeval.SheetError)).splitlines() == [
        "x.yaml：2 处错误",
        "  x.yaml:3:1  SH101  缺少“年度”（请填写）",
        "  甲  SH102  不认识“甲”",
    ]


@pytest.mark.parametrize(
    ("kind", "builtin"),
    [
        (errors.SheetError, ValueError),
        (errors.RulebookError, ValueError),
        (errors.UnknownRulebookError, LookupError),
        (errors.RenderError, ValueError),
        (errors.MissingExtraError, ImportError),
    ],
)
def test_each_is_also_the_builtin_that_a_caller_expects(
    kind: type[Exception], builtin: type[Exception]
) -> None:
    assert issubclass(kind, builtin)
    assert issubclass(kind, PerfevalError)


def test_every_exception_that_a_caller_may_catch_is_public() -> None:
    """Those of the command never leave it."""
    public = {name for name in perfeval.__all__ if name.endswith("Error")}
    raised = [kind for kind in CLASSES if not kind.__module__.startswith("perfeval.cli")]
    assert public == {kind.__name__ for kind in raised if not kind.__name__.startswith("_")}


@pytest.mark.parametrize("kind", [UsageError, WritingError])
def test_what_is_wrong_with_a_command_is_no_fault_of_a_document(kind: type[Exception]) -> None:
    assert issubclass(kind, PerfevalError)
    assert not issubclass(kind, perfeval.RenderError)


BASE = {"评分办法": "hubei-2020", "年度": 2023, "项目名称": "示例"}


def nested(levels: int) -> dict[str, Any]:
    """Return a dict in a dict, so many of them."""
    data: dict[str, Any] = {}
    for _ in range(levels - 1):
        data = {"下": data}
    return data


def doubled(levels: int) -> list[Any]:
    """Return few lists that whoever walks them meets 2 ** levels times."""
    data: list[Any] = []
    for _ in range(levels):
        data = [data, data]
    return data


def endless() -> list[Any]:
    """Return a list that stands in itself."""
    data: list[Any] = []
    data.append(data)
    return data


def downhill(levels: int) -> list[Any]:
    """Return dicts of which each stands beside the one that holds it, the innermost first."""
    rows: list[Any] = [{}]
    for _ in range(levels):
        rows.append({"下": rows[-1]})
    return rows


BAD: dict[str, Any] = {
    "no mapping at all": {},
    "wrong shapes": {**BASE, "预算": 3, "指标": "甲", "已填报": []},
    "keys that are no text": {2023: 1, None: 2, ("a",): {1: 2}},
    "deep keys that are no text": {**BASE, "预算": {1: 2}, "指标": [{None: 1}], "已填报": {1: 1}},
    "floats": {**BASE, "预算": {"预算数": 0.1}},
    "objects": {**BASE, "主管部门": object(), "预算": {"预算数": object()}},
    "a value as deep as the interpreter's stack": {**BASE, "备注": nested(3000)},
    "rows as deep, each in the one behind it": {**BASE, "指标": downhill(3000)},
    "lists that double": {**BASE, "备注": doubled(60)},
    "a list in itself": {**BASE, "指标": endless()},
    "a rulebook that is too long for a path": {**BASE, "评分办法": "a" * 5000},
    "a rulebook that is a folder": {**BASE, "评分办法": ".."},
    "a rulebook that is a device": {**BASE, "评分办法": "/dev/zero"},
    "a rulebook that is no file": {**BASE, "评分办法": "没有.yaml"},
    "a rulebook with a control character": {**BASE, "评分办法": "a\x00b"},
}


@pytest.mark.parametrize("data", BAD.values(), ids=BAD)
def test_no_plain_dict_makes_evaluate_raise(data: dict[Any, Any]) -> None:
    report = perfeval.evaluate(data)
    assert report.errors
    assert not report.is_read
    assert all(re.search("[\u4e00-\u9fff]", item.message) for item in report.errors)


@pytest.mark.parametrize("name", [name for name in BAD if "rulebook" not in name])
def test_load_sheet_raises_only_its_own_error(name: str) -> None:
    with pytest.raises(perfeval.SheetError) as caught:
        perfeval.load_sheet(BAD[name])
    wanted = {(item.code, item.message, item.path) for item in perfeval.evaluate(BAD[name]).errors}
    assert {(item.code, item.message, item.path) for item in caught.value.findings} == wanted


@pytest.mark.parametrize(
    "name", ["没有", "没有.yaml", "", "a" * 5000, "\x00", "..", "/dev/zero", "/"]
)
def test_load_rulebook_raises_only_its_own_error(name: str) -> None:
    with pytest.raises(perfeval.RulebookError):
        perfeval.load_rulebook(name)
    with pytest.raises(perfeval.RulebookError):
        perfeval.evaluate(BASE, rulebook=name)


@pytest.mark.parametrize(
    "text", ["", "- 1\n", "a: b: c\n", "编号: 1\n", "[" * 999, "a: !!float 1\n", "\x00"]
)
def test_a_bad_rulebook_file_is_a_rulebook_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "办法.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(perfeval.RulebookError) as caught:
        perfeval.load_rulebook(path)
    assert caught.value.findings
    assert isinstance(pickle.loads(pickle.dumps(caught.value)), perfeval.RulebookError)


def test_a_sheet_that_was_not_read_cannot_be_rendered(tmp_path: Path) -> None:
    report = perfeval.evaluate({})
    with pytest.raises(perfeval.RenderError):
        perfeval.render(report, "md")
    with pytest.raises(perfeval.RenderError):
        perfeval.write(report, tmp_path / "表.docx")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_format_or_document_is_a_render_error() -> None:
    report = perfeval.evaluate(BASE)
    wrong: Any = (("exe", "table"), ("", "table"), ("md", "没有"))
    for form, document in wrong:
        with pytest.raises(perfeval.RenderError):
            perfeval.render(report, form, document=document)


@pytest.mark.parametrize("given", [None, 5, [], {1}])
def test_what_is_no_path_is_a_type_error_that_says_what_to_give(given: Any) -> None:
    kind = type(given).__name__
    for call in (perfeval.evaluate, perfeval.load_sheet):
        with pytest.raises(TypeError, match=rf"^这里应给出文件名.*或字典（Mapping），不是 {kind}$"):
            call(given)
    with pytest.raises(TypeError, match=rf"^这里应给出文件名.*PathLike），不是 {kind}$"):
        perfeval.evaluate_department(given)
    with pytest.raises(TypeError, match=rf"^这里应给出 evaluate .*的结果，不是 {kind}$"):
        perfeval.render(given, "docx")


def test_a_folder_whose_name_cannot_be_is_a_finding() -> None:
    found = perfeval.evaluate_department("a\0").findings
    assert [item.code for item in found] == ["YM112"]


def test_a_callers_data_may_be_as_deep_as_a_text_and_no_deeper() -> None:
    """One limit for all that comes in: 64 levels."""
    for levels, code in ((63, "SH105"), (64, "YM103")):
        text = "备注: " + "{下: " * (levels - 1) + "{}" + "}" * (levels - 1) + "\n"
        for given in ({"备注": nested(levels)}, text):
            found = {item.code for item in perfeval.evaluate(given).findings}
            assert ("YM103" in found) == (code == "YM103")


def test_what_a_caller_does_with_his_data_afterwards_changes_no_report() -> None:
    """What flows between the stages is immutable; the report carries what was read."""
    row = {
        "一级指标": "产出",
        "二级指标": "数量",
        "名称": "甲",
        "分值": 10,
        "目标值": 5,
        "完成值": 6,
    }
    data: dict[str, Any] = {**BASE, "指标": [row], "预算": {"预算数": 1, "执行数": 1}}
    report = perfeval.evaluate(data)
    before = perfeval.to_json(report)
    row["名称"] = "乙"
    data["指标"].clear()
    assert perfeval.to_json(report) == before
