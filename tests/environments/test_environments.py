"""What is promised about versions is what is tested."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.environments.tested import HEAD, PACKAGES, row

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(
    not (ROOT / "pyproject.toml").is_file(), reason="there is no checkout"
)


def lowest() -> dict[str, str]:
    text = (ROOT / "tests/environments/lowest.txt").read_text("utf-8")
    return dict(re.findall(r"^(\S+)==(\S+)$", text, re.MULTILINE))


def test_the_lower_bounds_are_the_versions_that_are_tested() -> None:
    """A bound that nobody tries is a guess."""
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    listed = re.findall(r"^(?:dependencies|office|arrow) = \[(.*)\]$", text, re.MULTILINE)
    bounds = dict(re.findall(r'"([^">=]+)>=([^"]+)"', " ".join(listed)))
    tested = {
        name: re.sub(r"\.0$", "", found) if bounds.get(name) != found else found
        for name, found in lowest().items()
    }
    assert bounds == tested


def test_the_page_of_tested_versions_has_the_lowest_and_the_newest() -> None:
    page = (ROOT / "docs/tested-versions.md").read_text("utf-8")
    assert page.startswith(HEAD)
    rows = [line.strip("| ").split(" | ") for line in page.removeprefix(HEAD).split("\n") if line]
    oldest, newest, main = rows
    assert (oldest[0], newest[0], main[0]) == ("lowest", "newest", "development")
    shown = dict(zip(PACKAGES, oldest[2:], strict=True))
    assert {name: shown[name] for name in lowest() if name in shown}.items() <= lowest().items()
    assert {"Jinja2", "pydantic", "PyYAML"} <= shown.keys() & lowest().keys()
    assert oldest[1].startswith("3.10.")
    assert newest[1].startswith("3.13.")
    assert f'requires-python = ">={oldest[1].rpartition(".")[0]}"' in (
        ROOT / "pyproject.toml"
    ).read_text("utf-8")


def test_a_row_is_that_of_the_interpreter_that_runs() -> None:
    assert row("here").count("|") == len(PACKAGES) + 3
