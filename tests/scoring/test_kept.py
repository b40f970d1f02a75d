"""What scores by a rulebook is kept, and never taken for that of another one."""

from __future__ import annotations

from perfeval import load_rulebook, load_sheet, score

ROW = {"一级指标": "产出", "二级指标": "数量", "名称": "床位", "分值": 80, "目标值": 3, "完成值": 1}
HEAD = {"评分办法": "mof-2020", "年度": 2023, "项目名称": "示例"}


def test_many_rulebooks_that_come_and_go_are_told_apart() -> None:
    """One that is gone leaves its place in memory to the next; its way of scoring goes with it."""
    sheet = load_sheet({**HEAD, "指标": [ROW]})
    book = load_rulebook("mof-2020")
    seen = set()
    for turn in range(300):
        digits = turn % 4
        row = book.rounding.row.model_copy(update={"digits": digits})
        other = book.model_copy(update={"rounding": book.rounding.model_copy(update={"row": row})})
        points = score(sheet, other).lines[0].points
        assert points is not None
        exponent = points.as_tuple().exponent
        assert isinstance(exponent, int)
        assert -exponent == digits
        seen.add(points)
    assert len(seen) > 1
