"""What is shipped: the wheel carries every sheet, template and rulebook of the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.wheel import ROOT, differences, shipped

needs_hatchling = pytest.mark.skipif(find_spec("hatchling") is None, reason="hatchling is missing")
BUILD = "from hatchling.build import build_wheel; import sys; print(build_wheel(sys.argv[1]))"


def build(checkout: Path, folder: Path) -> Path:
    """Build the wheel with the tools that are installed, without a network."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    result = subprocess.run(
        [sys.executable, "-c", BUILD, str(folder)],
        cwd=checkout,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return folder / result.stdout.strip().splitlines()[-1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, tmp_path_factory.mktemp("wheel"))


@needs_hatchling
def test_the_wheel_is_the_checkout(wheel: Path) -> None:
    assert differences(wheel) == []


@needs_hatchling
def test_the_wheel_has_sheets_templates_rulebooks_and_types(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert "perfeval/py.typed" in names
    for folder, ending in (
        ("perfeval/_data/indicators/qingshan-2023/", ".yaml"),
        ("perfeval/_data/templates/", ""),
        ("perfeval/rulebooks/", ".yaml"),
    ):
        assert any(name.startswith(folder) and name.endswith(ending) for name in names), folder


@needs_hatchling
def test_the_wheel_alone_scores_the_real_sheet(wheel: Path, tmp_path: Path) -> None:
    """Its data are found without a checkout beside it."""
    with ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    code = (
        "import perfeval; print(perfeval.__file__)\n"
        "print(perfeval.evaluate('shipped:qingshan-2023/养老服务体系建设运营补助资金').scorecard.total)"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONIOENCODING": "utf-8"}
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    file, total = result.stdout.split()
    assert Path(file).is_relative_to(tmp_path)
    assert total == "98.46"


@needs_hatchling
@pytest.mark.slow
def test_a_file_that_the_wheel_drops_is_noticed(tmp_path: Path) -> None:
    """The comparison can fail: a wheel built without the templates differs."""
    copy = tmp_path / "checkout"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "__pycache__", "dist"))
    project = copy / "pyproject.toml"
    text = project.read_text(encoding="utf-8")
    project.write_text(text.replace(', "templates"]', "]", 1), encoding="utf-8")
    found = differences(build(copy, tmp_path))
    templates = [name for name, _ in shipped() if "/templates/" in name]
    assert templates
    assert found == [f"missing: {name}" for name in templates]
