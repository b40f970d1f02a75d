"""``perfeval review evidence``: the list of proofs, from sheets and a folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from perfeval import load_sheet
from perfeval.report.evidence import evidence_files, named_evidence
from tests.cli.conftest import Command


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    proofs = tmp_path / "佐证" / "深处"
    proofs.mkdir(parents=True)
    (proofs.parent / "台账.xlsx").write_bytes(b"a")
    (proofs / "验收.pdf").write_bytes(b"bb")
    (tmp_path / "外.pdf").write_bytes(b"c")
    text = (
        "评分办法: hubei-2020\n年度: 2023\n项目名称: 示例\n实施单位: 某中心\n"
        "预算: {预算数: 1, 执行数: 1}\n"
        "指标:\n  产出指标:\n    数量指标:\n      - 名称: 新增床位数\n        目标值: 5张\n"
        "        完成值: 5张\n        佐证: [佐证/台账.xlsx, ../外.pdf, 档案室 12 卷]\n"
    )
    (tmp_path / "表.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_files_of_a_folder_have_their_hashes(folder: Path) -> None:
    found = {one.path: one.bytes for one in evidence_files(folder / "佐证")}
    assert found == {"台账.xlsx": 1, "深处/验收.pdf": 2}


def test_a_sheet_leads_to_no_proof_outside_of_its_folder(folder: Path) -> None:
    below = folder / "下"
    below.mkdir()
    (folder / "表.yaml").rename(below / "表.yaml")
    assert list(named_evidence(load_sheet(below / "表.yaml"), below / "表.yaml")) == []


def test_the_command_writes_the_list(folder: Path, command: Command) -> None:
    outcome = command("review", "evidence", "表.yaml", "-o", "清单.json", "-o", "清单.xlsx")
    assert outcome.code == 0
    assert outcome.out == "1 个项目，2 行（含预算执行）：写了，没有找到文件 1，缺 1。\n"
    data = json.loads((folder / "清单.json").read_bytes())
    rows = data["evidence"][0]["rows"]
    assert [one["status"] for one in rows] == ["缺", "写了，没有找到文件"]
    assert [one["file"] and one["file"]["path"] for one in rows[1]["given"]] == [
        "佐证/台账.xlsx",
        None,
        None,
    ]
    assert (folder / "清单.xlsx").read_bytes().startswith(b"PK")


def test_the_command_looks_into_the_folder_of_proofs(folder: Path, command: Command) -> None:
    outcome = command("review", "evidence", "表.yaml", "--folder", "佐证", "--json")
    assert outcome.code == 0
    found = json.loads(outcome.out)["evidence"][0]
    assert [one["path"] for one in found["unused"]] == ["深处/验收.pdf"]


def test_what_cannot_be_read_is_named_and_others_go_on(folder: Path, command: Command) -> None:
    (folder / "坏.yaml").write_text("年度: [\n", encoding="utf-8")
    outcome = command("review", "evidence", "表.yaml", "坏.yaml", "-o", "清单.html")
    assert outcome.code == 2
    assert "坏.yaml：" in outcome.err
    assert "坏.yaml：" in (folder / "清单.html").read_text("utf-8")
    assert command("review", "evidence", "表.yaml", "--folder", "没有").code == 2
    assert command("review", "evidence", "表.yaml", "-o", "清单.doc").code == 2


def test_links_and_pipes_are_named_and_never_opened(tmp_path: Path) -> None:
    outside = tmp_path / "别处.txt"
    outside.write_text("别处的内容", encoding="utf-8")
    folder = tmp_path / "佐证"
    folder.mkdir()
    (folder / "台账.txt").write_text("台账", encoding="utf-8")
    try:
        (folder / "链接.txt").symlink_to(outside)
        (folder / "断了的.pdf").symlink_to(tmp_path / "没有")
        (folder / "文件夹").symlink_to(tmp_path, target_is_directory=True)
    except OSError:
        pytest.skip("no links here")
    found = {one.path: bool(one.sha256) for one in evidence_files(folder)}
    assert found == {"台账.txt": True, "链接.txt": False, "断了的.pdf": False, "文件夹": False}
