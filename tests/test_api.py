"""The public surface: written once, light to import, typed, each name where it says."""

from __future__ import annotations

import ast
import doctest
import inspect
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest

import perfeval
import perfeval.review
import perfeval.rulebook

PACKAGE = Path(perfeval.__file__).parent
HEAVY = ("pydantic", "pydantic_core", "yaml", "jinja2")


def test_all_is_exactly_the_public_names() -> None:
    assert set(perfeval.__all__) == {
        "ChangeError",
        "CodeSum",
        "GradedRow",
        "GradedWorkpaper",
        "Grading",
        "grade_workpapers",
        "ReviewEntry",
        "DeductionCode",
        "DeductionScope",
        "DeviationBase",
        "DeviationRule",
        "ReviewLevel",
        "ReviewProfile",
        "RowFinding",
        "Workpaper",
        "WorkpaperRow",
        "load_review_profile",
        "review_profile_ids",
        "ReviewProfileError",
        "review_workpaper",
        "ChangeKind",
        "ChangeStanding",
        "FindingChange",
        "FindingStatus",
        "LeftAside",
        "MatchReason",
        "PairReason",
        "PointsChange",
        "RowMatch",
        "SheetDiff",
        "SheetVersion",
        "ValueChange",
        "diff",
        "diff_trees",
        "AccountDraft",
        "DraftFile",
        "draft",
        "proof",
        "Spot",
        "RelationStatus",
        "ProofReport",
        "ProofFigure",
        "LedgerEntry",
        "ChangedFigure",
        "Loss",
        "NextGrade",
        "WhatIf",
        "losses",
        "next_grade",
        "what_if",
        "Addition",
        "Aggregate",
        "Aggregation",
        "AmountBasis",
        "Aspect",
        "AspectName",
        "Basis",
        "Budget",
        "Cell",
        "CellKind",
        "CellPlace",
        "CheckOptions",
        "Comparison",
        "Day",
        "Days",
        "Coverage",
        "Department",
        "DepartmentReport",
        "Derivation",
        "DocumentName",
        "Elsewhere",
        "Exact",
        "ExecutionLine",
        "Figure",
        "FileDigest",
        "FiledBudget",
        "FiledSection",
        "FiledTotal",
        "Finding",
        "FindingRow",
        "Fix",
        "FormatName",
        "Fund",
        "FundRow",
        "Transfer",
        "Goal",
        "Indicator",
        "IndicatorLine",
        "IndicatorRow",
        "Inspection",
        "ItemRows",
        "JsonError",
        "LeftOut",
        "Line",
        "Located",
        "Manifest",
        "Mention",
        "MergedPoints",
        "ReadFrom",
        "MissingExtraError",
        "ReadDocument",
        "ReadTable",
        "ReadingNote",
        "UnreadPart",
        "read",
        "MoneyUnit",
        "NamedFigure",
        "NationalFormat",
        "Nature",
        "Note",
        "NoteKind",
        "Nuance",
        "Recurring",
        "Outcome",
        "PagePlace",
        "PerfevalError",
        "Placed",
        "Problem",
        "ProjectEntry",
        "Published",
        "RenderError",
        "Report",
        "RoundingMode",
        "Rule",
        "Rulebook",
        "RulebookError",
        "Scorecard",
        "Scorer",
        "Section",
        "SectionName",
        "Selection",
        "Severity",
        "Share",
        "ShareKind",
        "Sheet",
        "SheetError",
        "SheetKind",
        "SheetRow",
        "SheetSection",
        "Sign",
        "Source",
        "Stage",
        "Status",
        "SubIndicator",
        "Subtotal",
        "TablePlace",
        "TextPlace",
        "TotalNote",
        "TotalNoteKind",
        "Trend",
        "UnitResult",
        "UnknownRulebookError",
        "Use",
        "Verdict",
        "Waived",
        "Waiver",
        "WeightGap",
        "WorkField",
        "__version__",
        "check",
        "compare",
        "dump",
        "evaluate",
        "evaluate_all",
        "evaluate_batch",
        "evaluate_department",
        "excel_form",
        "from_json",
        "load_rulebook",
        "load_sheet",
        "mark",
        "publish",
        "render",
        "row_data",
        "row_from",
        "rulebook_ids",
        "score",
        "score_batch",
        "shipped_sheets",
        "to_json",
        "to_national",
        "write",
    }
    assert len(perfeval.__all__) == len(set(perfeval.__all__))


def test_dir_lists_the_public_names() -> None:
    assert dir(perfeval) == sorted(perfeval.__all__)


@pytest.mark.parametrize("name", perfeval.__all__)
def test_every_public_name_resolves_and_says_what_it_is(name: str) -> None:
    value = getattr(perfeval, name)
    if get_origin(value) is not Literal and name != "__version__":
        assert value.__name__ == name
        assert value.__module__.startswith("perfeval.")
        assert value.__doc__
        assert getattr(import_module(value.__module__), name) is value


def test_types_and_names_are_declared_alike() -> None:
    """What a type checker sees of the package is what it gives."""
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    (block,) = (node for node in tree.body if isinstance(node, ast.If))
    declared = {
        alias.asname: (node.module, alias.name)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert set(declared) == set(perfeval.__all__)
    for name, (module, original) in declared.items():
        assert name == original
        assert module is not None
        assert getattr(import_module(module), original) is getattr(perfeval, name)


def _classes(annotation: Any) -> Iterator[type]:
    """Yield perfeval's own classes that an annotation names."""
    if isinstance(annotation, type) and annotation.__module__.startswith("perfeval"):
        yield annotation
    for part in get_args(annotation):
        yield from _classes(part)


def _public_functions(value: Any) -> Iterator[Any]:
    """Yield a public function, or the public methods and properties of a class."""
    if inspect.isfunction(value):
        yield value
    for name, item in list(vars(value).items()) if inspect.isclass(value) else ():
        computed = getattr(item, "fget", None) or getattr(item, "_compute", None)
        function = computed or getattr(item, "__func__", item)
        if inspect.isfunction(function) and (name == "__init__" or not name.startswith("_")):
            yield function


ROOMS = {
    name: getattr(room, name)
    for room in (perfeval.rulebook, perfeval.review)
    for name in room.__all__
}
PUBLIC = {name: getattr(perfeval, name) for name in perfeval.__all__}
EVERY = ROOMS | PUBLIC


@pytest.mark.parametrize("name", EVERY)
def test_every_type_of_a_public_attribute_or_argument_is_public(name: str) -> None:
    """It is imported from `perfeval`; the blocks of a rulebook from `perfeval.rulebook`.

    What reviewers hand on comes from `perfeval.review`.
    """
    value = EVERY[name]
    hints = [get_type_hints(item, None, dict(PUBLIC)) for item in _public_functions(value)]
    if inspect.isclass(value):
        hints.append(get_type_hints(value))
    public = [item for item in (*PUBLIC.values(), *ROOMS.values()) if inspect.isclass(item)]
    private = {
        kind.__qualname__
        for hint in hints
        for annotation in hint.values()
        for kind in _classes(annotation)
        if kind not in public
    }
    assert private == set(), f"{name}: add them to perfeval/__init__.py, or to that of its room"


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="没有"):
        _ = perfeval.没有


def run(code: str) -> str:
    """Run *code* in a fresh Python."""
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    return result.stdout


def test_importing_perfeval_loads_no_heavy_package() -> None:
    """Neither pydantic nor PyYAML nor Jinja2."""
    loaded = json.loads(run("import json, sys, perfeval; print(json.dumps(sorted(sys.modules)))"))
    assert "perfeval" in loaded
    assert [name for name in loaded if name.split(".")[0] in HEAVY] == []
    assert [name for name in loaded if name.startswith("perfeval.")] == []


def test_scoring_a_plain_dict_loads_no_yaml_and_no_template() -> None:
    code = (
        "import json, sys, perfeval\n"
        "try: perfeval.load_sheet({'评分办法': 'x', '年度': 2023, '项目名称': '示例'})\n"
        "finally: print(json.dumps(sorted(sys.modules)))"
    )
    loaded = {name.split(".")[0] for name in json.loads(run(code))}
    assert "pydantic" in loaded
    assert not {"yaml", "jinja2"} & loaded


def test_the_package_is_typed() -> None:
    assert (PACKAGE / "py.typed").is_file()


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, value in PUBLIC.items()
        if get_origin(value) is not Literal and name != "__version__"
    ],
)
def test_every_public_name_has_an_example(name: str) -> None:
    """The quick tests run it where it stands, as ``docs/api/`` prints it."""
    assert ">>> " in (PUBLIC[name].__doc__ or "")


@pytest.mark.parametrize(
    "name", ["dump", "evaluate", "load_rulebook", "load_sheet", "render", "score"]
)
def test_every_stage_has_an_example_that_runs(name: str) -> None:
    """The example in the docstring is an example of this function, and holds."""
    function = getattr(perfeval, name)
    (example,) = [
        test for test in doctest.DocTestFinder(recurse=False).find(function, name) if test.examples
    ]
    assert any(name in item.source for item in example.examples)
    result = doctest.DocTestRunner(verbose=False).run(example, out=lambda text: None)
    assert result.failed == 0


def test_the_shipped_names_are_what_evaluate_takes() -> None:
    names = tuple(perfeval.shipped_sheets())
    assert "shipped:qingshan-2023/养老服务体系建设运营补助资金" in names
    assert set(perfeval.rulebook_ids()) >= {"hubei-2020", "mof-2020"}
    assert all(perfeval.evaluate(name).is_read for name in names)
