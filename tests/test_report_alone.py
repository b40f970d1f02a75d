"""A report carries what it was read from: nothing opens a file twice."""

from __future__ import annotations

import builtins
import io
import os
import pickle
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import perfeval
from perfeval import FormatName
from perfeval.documents.department.files import department_files, page_files
from perfeval.documents.findings.reports import FORMATS, write_report
from perfeval.documents.formats import FORMATS as DOCUMENT_FORMATS
from perfeval.readers.files import resolve
from perfeval.report import publication
from tests.checks.blocks import clean, write


def everything(
    report: perfeval.DepartmentReport, formats: tuple[FormatName, ...] = tuple(DOCUMENT_FORMATS)
) -> Iterator[tuple[str, bytes]]:
    """Write every document of a department in every format, and all that was found."""
    made = publication(report)
    files = list(department_files(made, formats))
    for file in files:
        yield file.path, file.make()
    for page in page_files(made, [file.path for file in files]):
        yield page.path, page.make()
    for document in ("disclosure", "whole", "bound"):
        for form in formats:
            yield f"{document}.{form}", perfeval.render(report, form, document=document)
    for found in FORMATS:
        yield found, write_report(made.inspections, found)


def test_a_department_whose_files_are_gone_is_rendered_whole(tmp_path: Path) -> None:
    """`render`, publishing and all documents are pure: they know what was read, and no file."""
    folder = write(tmp_path / "部门", {**clean(), "坏.yaml": "项目名称: 坏\n项目名称: 坏\n"})
    report = perfeval.evaluate_department(folder)
    far = pickle.loads(pickle.dumps(report))
    before = dict(everything(report))
    shutil.rmtree(folder)
    assert dict(everything(report)) == before
    assert far == report
    for form in FORMATS:
        assert write_report(publication(far).inspections, form) == before[form]


def test_a_sheet_whose_file_is_gone_is_rendered(tmp_path: Path) -> None:
    path = tmp_path / "表.yaml"
    name = next(name for name in perfeval.shipped_sheets() if "养老服务" in name)
    path.write_bytes(resolve(name).read_bytes())
    report = perfeval.evaluate(path)
    before = [perfeval.render(report, "md", document=name) for name in ("table", "overview")]
    path.unlink()
    after = [perfeval.render(report, "md", document=name) for name in ("table", "overview")]
    assert after == before


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Return how often each file was opened since."""
    counts: Counter[str] = Counter()

    def counting(real: Any) -> Any:
        def call(file: Any, *args: Any, **kwargs: Any) -> Any:
            if isinstance(file, str | os.PathLike):
                counts[os.path.realpath(file)] += 1
            return real(file, *args, **kwargs)

        return call

    monkeypatch.setattr(builtins, "open", counting(builtins.open))
    monkeypatch.setattr(io, "open", counting(io.open))
    monkeypatch.setattr(os, "open", counting(os.open))
    return counts


def test_each_file_is_opened_once(tmp_path: Path, opened: Counter[str]) -> None:
    """The number of opened input files is the number of files."""
    folder = tmp_path / "部门"
    shutil.copytree(resolve("shipped:qingshan-2023"), folder)
    opened.clear()
    report = perfeval.evaluate_department(folder)
    dict(everything(report, ("md",)))
    root = os.path.realpath(folder)
    inputs = {name: count for name, count in opened.items() if name.startswith(root)}
    assert inputs == {os.path.realpath(path): 1 for path in folder.glob("*.yaml")}
    assert len(inputs) == 20


def test_a_rulebook_that_is_called_like_a_file_opens_none(
    tmp_path: Path, opened: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rendering and publishing open no file, whatever a rulebook of one's own calls itself."""
    own = "编号: 别的.yaml\n名称: 甲\n地区: 甲\n版本: '1'\n继承: hubei-2020\n"
    (tmp_path / "办法.yaml").write_text(own, encoding="utf-8")
    (tmp_path / "别的.yaml").write_text("a: [", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    sheet = "shipped:qingshan-2023/养老服务体系建设运营补助资金"
    report = perfeval.evaluate(sheet, rulebook=tmp_path / "办法.yaml")
    opened.clear()
    assert perfeval.from_json(perfeval.to_json(report)) == report
    assert os.path.realpath("别的.yaml") not in opened
