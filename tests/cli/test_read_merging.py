"""``perfeval read`` of copies of one form that several offices filled."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Command
from tests.reading.test_merging import cell_of, filled, form
from tests.reading.test_restoring import SHEET


def test_read_merges_and_says_so(command: Command, tmp_path: Path) -> None:
    raw = form()
    actual, price = (cell_of(raw, ("指标", at, "完成值")) for at in (0, 1))
    given = tmp_path / "交来的"
    for name, cells in {
        "甲科": {actual: "40公里"},
        "乙科": {actual: "41公里", price: "1400元"},
    }.items():
        (given / name).mkdir(parents=True)
        (given / name / "填报表.xlsx").write_bytes(filled(raw, cells))
    (given / "另一份.xlsx").write_bytes(form({**SHEET, "原因分析": "别的"}))
    outcome = command("read", given, "-o", tmp_path / "出")
    assert outcome.code == 0
    made = sorted(path.relative_to(tmp_path / "出") for path in (tmp_path / "出").rglob("*.yaml"))
    assert [str(path) for path in made] == ["乙科/填报表.yaml", "另一份.yaml"]
    text = (tmp_path / "出" / "乙科" / "填报表.yaml").read_text("utf-8")
    assert "文件: 乙科/填报表.xlsx、甲科/填报表.xlsx" in text
    assert "完成值: 1400元  # 乙科/填报表.xlsx" in text
    assert f"乙科/填报表.xlsx 自评表!{actual} 是“41公里”" in text
    assert f"甲科/填报表.xlsx 自评表!{actual} 是“40公里”" in text
    assert "甲科/填报表.xlsx：与 " in outcome.out
    assert "不是同一份表填的，没有合并" in outcome.out
    apart = command("read", given, "-o", tmp_path / "分", "--no-merge")
    assert apart.code == 0
    assert len([*(tmp_path / "分").rglob("*.yaml")]) == 3
