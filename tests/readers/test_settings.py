"""``perfeval.yaml``: the rulebook of files that name none (an office file names none)."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfeval.readers.files import sheets_in
from perfeval.readers.settings import FolderRulebook, folder_rulebook

OWN = "编号: 我区\n名称: 我区办法\n版本: '1'\n继承: hubei-2020\n"


def said(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_the_nearest_folder_up_to_the_one_that_was_given_says_it(tmp_path: Path) -> None:
    file = said(tmp_path / "局/科/甲.docx", "")
    assert folder_rulebook(file, tmp_path) == FolderRulebook()
    said(tmp_path / "perfeval.yaml", "评分办法: hubei-2020")
    assert folder_rulebook(file, tmp_path).rulebook == "hubei-2020"
    said(tmp_path / "局/科/perfeval.yaml", "评分办法: mof-2020")
    assert folder_rulebook(file, tmp_path).rulebook == "mof-2020"
    assert folder_rulebook(tmp_path / "局/乙.docx", tmp_path).rulebook == "hubei-2020"


def test_a_folder_above_the_given_one_says_nothing(tmp_path: Path) -> None:
    file = said(tmp_path / "局/甲.docx", "")
    said(tmp_path / "perfeval.yaml", "评分办法: hubei-2020")
    assert folder_rulebook(file, tmp_path / "局") == FolderRulebook()


@pytest.mark.parametrize("text", ["", "评分办法:\n", "# 说明\n"])
def test_one_that_says_nothing_leaves_it_to_the_folder_above(text: str, tmp_path: Path) -> None:
    file = said(tmp_path / "科/甲.docx", "")
    said(tmp_path / "科/perfeval.yaml", text)
    said(tmp_path / "perfeval.yaml", "评分办法: hubei-2020")
    assert folder_rulebook(file, tmp_path).rulebook == "hubei-2020"


def test_a_rulebook_of_ones_own_is_named_by_its_file(tmp_path: Path) -> None:
    own = said(tmp_path / "我区.yaml", OWN)
    said(tmp_path / "perfeval.yaml", "评分办法: 我区.yaml")
    found = folder_rulebook(tmp_path / "科/甲.docx", tmp_path)
    if found.fault:  # the file above states too little to be a rulebook: the fault names it
        assert "perfeval.yaml" in found.fault
    else:
        assert Path(found.rulebook) == own


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("评分办法: 没有的", "没有评分办法“没有的”"),
        ("评分办法: 2020", "应是办法的编号"),
        ("办法: hubei-2020", "这里只能写“评分办法: 编号”"),
        ("- 甲", "这里只能写"),
        ("评分办法: [", "perfeval.yaml"),
        ("评分办法: ../外.yaml", "不在给出的文件夹里"),
    ],
)
def test_what_is_wrong_with_it_is_said(text: str, fault: str, tmp_path: Path) -> None:
    said(tmp_path / "外.yaml", OWN)
    inside = tmp_path / "局"
    said(inside / "perfeval.yaml", text)
    found = folder_rulebook(inside / "甲.docx", inside)
    assert found.rulebook == ""
    assert fault in found.fault
    assert str(inside / "perfeval.yaml") in found.fault


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    said(tmp_path / "外.yaml", "评分办法: hubei-2020")
    (tmp_path / "局").mkdir()
    (tmp_path / "局/perfeval.yaml").symlink_to(tmp_path / "外.yaml")
    found = folder_rulebook(tmp_path / "局/甲.docx", tmp_path / "局")
    assert found.rulebook == ""
    assert "没有打开" in found.fault


def test_it_is_no_sheet(tmp_path: Path) -> None:
    said(tmp_path / "perfeval.yaml", "评分办法: hubei-2020")
    said(tmp_path / "甲.yaml", "年度: 2023")
    assert [Path(name).name for name in sheets_in(tmp_path)] == ["甲.yaml"]
