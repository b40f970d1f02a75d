"""A department of 30 projects, all its documents, against the renderers alone."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from benchmarks import sample
from benchmarks.benchmark import Benchmark
from perfeval.documents.department.files import OutFile, department_files, page_files
from perfeval.report import evaluate_department, publication

PROJECTS = 30
_NAME = re.compile(r"(?m)^项目名称: .*$")


def benchmark() -> Benchmark:
    """Compare from the folder to every file with writing them from what is laid out already."""
    return Benchmark(
        f"a department of {PROJECTS} projects, all documents",
        "the writers alone, all laid out",
        bar=1.5,
        numerator=publish,
        denominator=write,
        rounds=5,
    )


def publish() -> list[bytes]:
    """Read, score and check the department, lay everything out, and write it."""
    return [file.make() for file in _files()]


def write() -> list[bytes]:
    """Write the same files again: grids and texts are there."""
    return [file.make() for file in _prepared()]


def _files() -> list[OutFile]:
    made = publication(evaluate_department(folder(PROJECTS)))
    files = list(department_files(made))
    return [*files, *page_files(made, [file.path for file in files])]


@cache
def _prepared() -> list[OutFile]:
    files = _files()
    for file in files:
        file.make()
    return files


@cache
def folder(projects: int) -> Path:
    """Return a folder with a made-up department of so many sheets."""
    made = Path(mkdtemp(prefix="perfeval-department-"))
    names = [f"示例项目{number:02}" for number in range(1, projects + 1)]
    for name in names:
        text = _NAME.sub(f"项目名称: {name}", sample.text())
        (made / f"{name}.yaml").write_text(text, encoding="utf-8")
    listed = "".join(f"  - 名称: {name}\n" for name in names)
    head = "部门名称: 示例局\n年度: 2023\n评分办法: hubei-2020\n项目:\n"
    (made / "department.yaml").write_text(head + listed, encoding="utf-8")
    return made
