"""A department is written below a folder, and the form as a workbook, without the command."""

from __future__ import annotations

from pathlib import Path

import pytest

import perfeval
from perfeval import DepartmentReport, Published


@pytest.fixture(scope="module")
def report() -> DepartmentReport:
    return perfeval.evaluate_department("shipped:qingshan-2023")


def test_a_department_is_written_whole(report: DepartmentReport, tmp_path: Path) -> None:
    """What is told to be written stands there, and nothing else."""
    done = perfeval.publish(report, tmp_path / "新" / "材料", formats=["md"])
    assert done.failed == ()
    assert {path.name for path in (tmp_path / "新" / "材料").iterdir()} >= {"index.html", "项目"}
    standing = [path for path in (tmp_path / "新" / "材料").rglob("*") if path.is_file()]
    assert len(standing) == len(done.files)
    assert done.files[-1] == "index.html"
    bound = tmp_path / "新" / "材料" / "绩效自评材料合订本.md"
    assert bound.read_bytes() == perfeval.render(report, "md", document="bound")


def test_nothing_is_replaced_unasked(report: DepartmentReport, tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text("别人的", encoding="utf-8")
    with pytest.raises(FileExistsError, match="overwrite=True"):
        perfeval.publish(report, tmp_path, formats=["md"])
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]
    assert perfeval.publish(report, tmp_path, formats=["md"], overwrite=True).failed == ()
    assert "别人的" not in page.read_text(encoding="utf-8")


def test_what_cannot_be_written_is_told_with_its_reason(
    report: DepartmentReport, tmp_path: Path
) -> None:
    """One file that cannot be made does not stop the others."""
    (tmp_path / "数据").write_text("不是文件夹", encoding="utf-8")
    done = perfeval.publish(report, tmp_path, formats=["md"])
    assert {name.split("/")[0] for name, _ in done.failed} == {"数据"}
    assert all("不能写入" in reason for _, reason in done.failed)
    assert "index.html" in done.files


def test_a_department_that_was_not_read_is_a_render_error(tmp_path: Path) -> None:
    empty = perfeval.evaluate_department(tmp_path)
    with pytest.raises(perfeval.RenderError):
        perfeval.publish(empty, tmp_path)


def test_the_form_takes_its_rulebook_from_the_sheet() -> None:
    sheet = perfeval.load_sheet("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    book = perfeval.load_rulebook("hubei-2020")
    assert perfeval.excel_form(sheet=sheet) == perfeval.excel_form(book, sheet)
    assert perfeval.excel_form(last_year=sheet) == perfeval.excel_form(book, last_year=sheet)
    with pytest.raises(TypeError):
        perfeval.excel_form()
    with pytest.raises(perfeval.UnknownRulebookError):
        perfeval.excel_form("没有")


def test_published_says_what_is_missing() -> None:
    assert Published(("甲.md",)) == Published(files=("甲.md",), failed=(), missing=())
