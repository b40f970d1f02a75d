"""What no spreadsheet takes is refused, and not written: long and deep formulas."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfeval import RenderError, excel_form, load_rulebook
from perfeval.documents.workbook.writer import _fitting, _levels

HEAD = """\
编号: many
名称: 许多档
地区: 我区
版本: "1"
继承: hubei-2020
来源表: {甲: {名称: 本地文件, 所见: 未见, 施行: 未见}}
等级:
  来源: 甲
  档次:
"""


def grades(count: int) -> str:
    """Return a rulebook with so many grades, each one point wide, the last from 0."""
    steps = [f"    - {{名称: 第{at}档, 从: {count - at}}}" for at in range(1, count + 1)]
    return HEAD + "\n".join(steps) + "\n"


def test_a_rulebook_with_more_grades_than_a_formula_holds_has_no_form(tmp_path: Path) -> None:
    """A spreadsheet takes 64 functions inside each other."""
    path = tmp_path / "many.yaml"
    path.write_text(grades(80), "utf-8")
    with pytest.raises(RenderError, match=r"档次太多.*最多 60 层"):
        excel_form(load_rulebook(path))
    path.write_text(grades(30), "utf-8")
    assert excel_form(load_rulebook(path))[:2] == b"PK"


def test_functions_are_counted_inside_each_other_and_not_in_texts_or_brackets() -> None:
    assert _levels('IF(A1>0,IF(B1=")(((",1,(2+(3))),SUM(MAX(1),MIN(2)))') == 3
    assert _levels("((1))") == 0
    deep = "IF(A1,1," * 60 + "2" + ")" * 60
    assert _fitting(deep) == deep
    with pytest.raises(RenderError, match="61 层"):
        _fitting(f"IF(A1,1,{deep})")


def test_a_formula_longer_than_a_cell_takes_is_refused() -> None:
    assert _fitting("1+" * 3999 + "1")
    with pytest.raises(RenderError, match="最多 8000 字"):
        _fitting("1+" * 4000 + "1")
