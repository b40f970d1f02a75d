"""By which rulebook a document of ours is read, where a person names one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import perfeval
from perfeval import evaluate, read, render
from perfeval.cli import main
from tests.reading.test_printed_pages import long_sheet


@pytest.fixture(params=["my-county", "我区", "我区（试行）", "《我区 2024年办法》"])
def own(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A rulebook of one's own beside a sheet; its id is as someone wrote it."""
    path = tmp_path / "办法.yaml"
    assert main(["rulebooks", "new", "--from", "hubei-2020", "-o", str(path)]) == 0
    text = path.read_text("utf-8").replace("编号: 办法\n", f"编号: {request.param}\n", 1)
    path.write_text(text, "utf-8")
    assert perfeval.load_rulebook(path).id == request.param
    return path


def test_a_form_of_ones_own_rulebook_is_not_called_another_ones(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form says my-county, the command names the file: it is the same rulebook."""
    book = perfeval.load_rulebook(own)
    report = evaluate(long_sheet(2, "hubei-2020"), rulebook=own)
    for raw in (perfeval.excel_form(book, report.sheet), render(report, "docx")):
        monkeypatch.chdir(own.parent)
        for given in ("办法.yaml", str(own)):
            (table,) = read(raw, rulebook=given).tables
            assert table.data["评分办法"] == given
            assert not any("做的" in str(note) for note in table.assumptions)
            assert "评分办法" not in "".join(str(note) for note in table.assumptions)
        (other,) = read(raw, rulebook="beijing").tables
        assert f"文件是按评分办法 {book.id} 做的，照指定的 beijing 读" in str(other.assumptions)
    text = re.sub("^版本: .*$", "版本: 第二版", own.read_text("utf-8"), flags=re.MULTILINE)
    own.write_text(text, "utf-8")
    (changed,) = read(raw, rulebook=str(own)).tables
    assert "的版本" in str(changed.assumptions)
    assert "得分可能不同" in str(changed.assumptions)
