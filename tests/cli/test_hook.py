"""``.pre-commit-hooks.yaml``: what runs before a commit."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

import perfeval
from tests.cli.conftest import Command

FILE = Path(perfeval.__file__).parents[2] / ".pre-commit-hooks.yaml"
pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="not a checkout")


@pytest.fixture
def hook() -> dict[str, Any]:
    (only,) = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return dict(only)


def test_the_hook_runs_a_command_that_takes_files(
    hook: dict[str, Any], command: Command, tmp_path: Path
) -> None:
    program, *arguments = hook["entry"].split()
    assert (hook["id"], program, hook["pass_filenames"]) == ("perfeval-check", "perfeval", True)
    path = tmp_path / "甲.yaml"
    path.write_text("评分办法: hubei-2020\n年度: 2023\n", "utf-8")
    assert command(*arguments, path, path).code == 1


@pytest.mark.parametrize(
    ("path", "is_checked"),
    [
        ("自评表/养老.yaml", True),
        ("甲.yaml", True),
        ("自评表/department.yaml", True),
        (".pre-commit-config.yaml", False),
        (".github/workflows/ci.yaml", False),
        ("自评表/.旧/养老.yaml", False),
    ],
)
def test_hidden_files_are_no_sheets(hook: dict[str, Any], path: str, is_checked: bool) -> None:
    assert bool(re.search(hook["exclude"], path)) is not is_checked
    assert hook["types"] == ["yaml"]
