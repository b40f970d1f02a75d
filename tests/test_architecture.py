"""The architecture as tests: who imports whom, and no place and no scoring constant in code."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

import perfeval
from perfeval._resources import rulebook_dir

PACKAGE = Path(perfeval.__file__).parent
ROOT = PACKAGE.parents[1]
PURE = [
    path
    for room in ("methods", "scoring", "checks", "accounts")
    for path in sorted((PACKAGE / room).rglob("*.py"))
]
EVERYWHERE = sorted(PACKAGE.rglob("*.py"))
ALLOWED = {0, 1, 2, 100}
PLACES = re.findall(
    r"\S+",
    """
    北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南
    广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门 武汉 青山
    广州 深圳 杭州 南京 成都 西安 长沙 郑州 济南 青岛 合肥 福州 厦门 南昌 昆明 贵阳 南宁 海口 太原
    石家庄 沈阳 大连 长春 哈尔滨 兰州 西宁 银川 乌鲁木齐 呼和浩特 拉萨 宁波 苏州
    hubei beijing wuhan guangdong sichuan jiangxi anhui zhejiang
    """,
)


def name(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def docstrings(module: ast.Module) -> set[ast.expr]:
    """Return the docstring nodes of a module, its classes and functions."""
    found: set[ast.expr] = set()
    for node in ast.walk(module):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                found.add(first.value)
    return found


def texts(path: Path) -> list[str]:
    """Return every text in the code, its docstrings left out."""
    module = tree(path)
    described = docstrings(module)
    return [
        node.value
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in described
    ]


def test_there_is_something_to_hold() -> None:
    assert len(PURE) > 10


@pytest.mark.parametrize("path", PURE, ids=map(name, PURE))
def test_no_scoring_constant_stands_in_code(path: Path) -> None:
    """Numeric literals only 0, 1, 2 and 100; a rulebook has all others."""
    numbers = [
        node.value
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, (int, float, complex))
        and not isinstance(node.value, bool)
    ]
    assert [number for number in numbers if number not in ALLOWED] == []
    assert all(isinstance(number, int) for number in numbers)


@pytest.mark.parametrize("path", PURE, ids=map(name, PURE))
def test_no_number_hides_in_a_text_that_becomes_one(path: Path) -> None:
    """``Decimal("0.8")`` would be a scoring constant as well."""
    calls = [
        node
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, (ast.Name, ast.Attribute))
        and (node.func.id if isinstance(node.func, ast.Name) else node.func.attr)
        in ("Decimal", "Fraction", "float", "int", "parse_number", "parse_money")
    ]
    given = [argument for call in calls for argument in call.args]
    assert [ast.unparse(argument) for argument in given if isinstance(argument, ast.Constant)] == []


@pytest.mark.parametrize("path", PURE, ids=map(name, PURE))
def test_no_place_stands_in_code(path: Path) -> None:
    """Promise 4: a locality's rules are a data file; no ``if province ==`` anywhere."""
    ids = [file.parent.name for file in rulebook_dir().glob("*/law.yaml")]
    found = [word for text in texts(path) for word in (*PLACES, *ids) if word in text]
    assert found == []


@pytest.mark.parametrize("path", PURE, ids=map(name, PURE))
def test_scoring_and_checking_are_pure(path: Path) -> None:
    """No file, no clock, no locale, no YAML, no Jinja, no global state."""
    forbidden = {
        "os",
        "io",
        "pathlib",
        "time",
        "datetime",
        "locale",
        "random",
        "yaml",
        "jinja2",
        "sys",
        "logging",
        "threading",
        "decimal.getcontext",
    }
    module = tree(path)
    imported = {
        alias.name.split(".")[0]
        for node in ast.walk(module)
        if isinstance(node, ast.Import)
        for alias in node.names
    } | {
        (node.module or "").split(".")[0]
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom)
    }
    assert imported & forbidden == set()
    assert not [node for node in ast.walk(module) if isinstance(node, (ast.Global, ast.Nonlocal))]
    called = {node.id for node in ast.walk(module) if isinstance(node, ast.Name)}
    assert called & {"open", "print", "getcontext", "setcontext", "localcontext"} == set()


def test_only_numbers_rounds() -> None:
    """The rulebook alone rounds, and one module alone can."""
    words = re.compile(r"\bquantize\(|\bround\(|\.__round__\(|to_integral|ROUND_")
    rounding = {
        name(path)
        for path in sorted(PACKAGE.rglob("*.py"))
        if words.search(path.read_text(encoding="utf-8"))
    }
    assert rounding <= {"numbers.py", "fields.py"}


def test_no_float_is_written_where_figures_are_computed() -> None:
    figures = (PACKAGE / "numbers.py", PACKAGE / "scorecard.py", *(PACKAGE / "cells").glob("*.py"))
    for path in (*PURE, *figures):
        floats = [
            node.value
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Constant) and isinstance(node.value, float)
        ]
        assert floats == [], name(path)


CHINESE = re.compile("[\u4e00-\u9fff]")


def is_chinese(node: ast.AST) -> bool:
    """Tell whether a Chinese text is written anywhere in an expression or a pattern."""
    return any(
        isinstance(part, ast.Constant)
        and isinstance(part.value, str)
        and CHINESE.search(part.value) is not None
        for part in ast.walk(node)
    )


def dispatches(node: ast.AST) -> bool:
    """Tell whether a mapping written with Chinese keys decides what is done.

    It does where a value is looked up in it at once, or where its values are functions.
    """
    if isinstance(node, ast.Subscript):
        table: ast.AST = node.value
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        table = node.func.value
    elif isinstance(node, ast.Dict) and any(isinstance(item, ast.Lambda) for item in node.values):
        table = node
    elif isinstance(node, ast.AnnAssign) and "Callable" in ast.unparse(node.annotation):
        table = node.value or node
    else:
        return False
    keys = table.keys if isinstance(table, ast.Dict) else []
    return any(key is not None and is_chinese(key) for key in keys)


def steered_by_chinese(module: ast.Module) -> list[str]:
    """Return the comparisons, patterns and tables in which a Chinese literal steers the flow."""
    return [
        ast.unparse(node)
        for node in ast.walk(module)
        if (isinstance(node, ast.Compare) and is_chinese(node))
        or (isinstance(node, ast.match_case) and is_chinese(node.pattern))
        or dispatches(node)
    ]


@pytest.mark.parametrize("path", EVERYWHERE, ids=map(name, EVERYWHERE))
def test_no_chinese_literal_steers_what_is_done(path: Path) -> None:
    """Closed vocabularies are enums: a slip in a literal would be silent."""
    assert steered_by_chinese(tree(path)) == []


@pytest.mark.parametrize(
    "code",
    [
        "x == '错误'",
        "x in ('错误', y)",
        "f'较{x}' != y",
        "match x:\n    case '错误': pass",
        "{'是': True}[x]",
        "{'是': True}.get(x)",
        "{'是': lambda: 1}",
        "table: dict[str, Callable[[], int]] = {'是': one}",
    ],
)
def test_a_chinese_literal_that_steers_is_seen(code: str) -> None:
    assert steered_by_chinese(ast.parse(code))


@pytest.mark.parametrize("code", ["{'是': 1}", "f('是')", "x == y", "x == 'yes'", "row['值']"])
def test_chinese_data_steers_nothing(code: str) -> None:
    assert steered_by_chinese(ast.parse(code)) == []


def test_no_enum_is_a_number_or_prints_itself() -> None:
    """What an ``IntEnum`` prints as differs between 3.10 and 3.11; conftest.py has the rest."""
    bases = [
        (name(path), ast.unparse(base))
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef)
        for base in node.bases
    ]
    assert [item for item in bases if re.fullmatch(r"(enum\.)?(Int|Str)(Enum|Flag)", item[1])] == []


def classes(module: ast.Module) -> list[ast.ClassDef]:
    return [node for node in ast.walk(module) if isinstance(node, ast.ClassDef)]


def test_no_class_name_stands_for_two_things() -> None:
    """One class name, one thing, in the whole package, private ones included."""
    where: dict[str, list[str]] = {}
    for path in EVERYWHERE:
        for node in classes(tree(path)):
            where.setdefault(node.name, []).append(name(path))
    assert {found: paths for found, paths in where.items() if len(paths) > 1} == {}


MOST_LINES = 50


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in EVERYWHERE
        for node in ast.walk(tree(path))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and (node.end_lineno or 0) - node.lineno >= MOST_LINES
    ]
    assert long == []


MOST_POSITIONAL = 5
BUILT_FOR_EACH_ROW = {
    # Keywords cost a record of eleven fields as much again, and the engine 4 to 9 %.
    # Keywords cost a record of twelve fields as much again: 0.5 to 1 millionth of a second.
    "cells/phrases.py": "a cell for each text that is read",
    "cells/reading.py": "the same",
    "scoring/engine.py": "a line for each row that is scored",
}


def records() -> dict[str, int]:
    """Return the named tuples and dataclasses of the package, with the number of their fields."""
    return {
        node.name: sum(isinstance(item, ast.AnnAssign) for item in node.body)
        for path in EVERYWHERE
        for node in classes(tree(path))
        if any("NamedTuple" in ast.unparse(base) for base in node.bases)
        or any("dataclass" in ast.unparse(item) for item in node.decorator_list)
    }


def test_records_of_many_fields_are_built_by_keyword() -> None:
    """Two values of one type that are swapped by position are seen by no type checker."""
    fields = records()
    walls = [
        f"{name(path)}:{node.lineno} {node.func.id}"
        for path in EVERYWHERE
        if name(path) not in BUILT_FOR_EACH_ROW
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and fields.get(node.func.id, 0) > MOST_POSITIONAL
        and (
            len(node.args) > MOST_POSITIONAL
            or any(isinstance(item, ast.Starred) for item in node.args)
        )
    ]
    assert walls == []


def test_no_module_bears_the_name_of_a_public_function() -> None:
    """Otherwise importing the module would hide the function."""
    modules = {path.stem for path in PACKAGE.glob("*.py")} | {
        path.name for path in PACKAGE.iterdir() if path.is_dir()
    }
    assert modules & set(perfeval.__all__) == set()


def test_every_file_can_be_read_by_the_oldest_python() -> None:
    for path in sorted(PACKAGE.rglob("*.py")):
        ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 10))


def test_our_messages_survive_a_gbk_console() -> None:
    """A finance office's console is GBK; only rendered documents have more (☑)."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for text in texts(path):
            if re.search("[\u4e00-\u9fff]", text):
                text.replace("☑", "").encode("gbk")


@pytest.mark.skipif(find_spec("importlinter") is None, reason="import-linter is not installed")
@pytest.mark.skipif(not (ROOT / "pyproject.toml").is_file(), reason="not a checkout")
def test_imports_keep_their_contracts(tmp_path: Path) -> None:
    """The layers of docs/architecture.md, as contracts in pyproject.toml."""
    run = "from importlinter.cli import lint_imports_command as run; run()"
    command = [sys.executable, "-c", run, "--cache-dir", str(tmp_path)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
