"""``perfeval read`` of copies of one form that several offices filled."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Command
from tests.reading.test_merging import cell_of, filled, form
from tests.reading.test_restoring import SHEET, page_of


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


def test_forms_of_a_sheet_that_was_read_come_back_as_one(command: Command, tmp_path: Path) -> None:
    """读 → 确认 → 填报表 → 各科室填 → 读, and without 确认: the sheet stays unconfirmed."""
    (tmp_path / "自评表.html").write_text(page_of(), "utf-8")
    assert command("read", tmp_path / "自评表.html", "-o", tmp_path / "读").code == 0
    sheet = tmp_path / "读" / "自评表.yaml"
    for name in ("没有确认", "确认了"):
        made = tmp_path / name
        if name == "确认了":
            assert command("confirm", sheet, "--yes").code == 0
        assert command("form", sheet, "-o", tmp_path / f"{name}.xlsx").code == 0
        raw = (tmp_path / f"{name}.xlsx").read_bytes()
        actual, price = (cell_of(raw, ("指标", at, "完成值")) for at in (0, 1))
        made.mkdir()
        (made / "工程科.xlsx").write_bytes(filled(raw, {actual: "40公里"}))
        (made / "财务科.xlsx").write_bytes(filled(raw, {price: "1400元"}))
        outcome = command("read", made / "工程科.xlsx", made / "财务科.xlsx", "-o", made / "出")
        assert outcome.code == 0
        assert "没有用" not in outcome.out
        (one,) = (made / "出").glob("*.yaml")
        text = one.read_text("utf-8")
        assert "未确认: 是" in text
        assert "完成值: 40公里" in text
        assert "完成值: 1400元" in text
        assert "文本: 42（3）公里" in text
