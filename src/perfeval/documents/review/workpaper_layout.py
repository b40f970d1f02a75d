"""Which columns a workpaper has, and what is prefilled in them."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from perfeval.review.workpaper import Workpaper, WorkpaperRow

MARK = "复核底稿"
"""With its number behind it: what stands in a hidden cell of a workpaper, by which it is known."""
CODE_NAMES = "复核代码"
"""The name of the codes' list, which every prefilled formula of a deduction looks into."""
PAGE = "项目{}"
"""The name of the sheet of a project, by its number."""
HEAD_ROWS = 5
"""The rows above the first row of the table: title, project, help, result, headings."""
TITLE_ROW, PROJECT_ROW, HELP_ROW, RESULT_ROW, HEADING_ROW = range(HEAD_ROWS)


class Kind(Enum):
    """What a column of a workpaper is."""

    PREFILLED = "prefilled"
    INPUT = "filled in by the reviewer"
    RESULT = "computed"


class WorkpaperColumn(NamedTuple):
    """A column of a workpaper: its heading, its width in millimetres, and what it is."""

    heading: str
    width: int
    kind: Kind
    align: str = "center"


COLUMNS = (
    WorkpaperColumn("一级", 15, Kind.PREFILLED),
    WorkpaperColumn("二级", 17, Kind.PREFILLED),
    WorkpaperColumn("三级", 34, Kind.PREFILLED, "left"),
    WorkpaperColumn("指标性质", 10, Kind.PREFILLED),
    WorkpaperColumn("指标值", 24, Kind.PREFILLED),
    WorkpaperColumn("度量单位", 11, Kind.PREFILLED),
    WorkpaperColumn("权重", 10, Kind.PREFILLED),
    WorkpaperColumn("自评完成值", 22, Kind.PREFILLED),
    WorkpaperColumn("自评得分", 12, Kind.PREFILLED),
    WorkpaperColumn("复核完成值", 22, Kind.INPUT),
    WorkpaperColumn("复核得分", 13, Kind.RESULT),
    WorkpaperColumn("偏离度", 14, Kind.RESULT),
    WorkpaperColumn("备注", 58, Kind.PREFILLED, "left"),
    WorkpaperColumn("扣分", 12, Kind.INPUT),
    WorkpaperColumn("扣分原因代码", 15, Kind.INPUT),
    WorkpaperColumn("依据", 38, Kind.INPUT, "left"),
    WorkpaperColumn("复核评定", 13, Kind.INPUT),
    WorkpaperColumn("规则得分", 13, Kind.RESULT),
    WorkpaperColumn("本行提示", 40, Kind.RESULT, "left"),
)
PRINTED_COLUMNS = 17
"""How many columns are printed; behind them stands what helps on the screen."""
FROZEN_COLUMNS = 3
AT = {column.heading: place for place, column in enumerate(COLUMNS)}
"""The place of each column by its heading."""
(
    SECTION,
    ASPECT,
    WEIGHT,
    ACTUAL,
    SCORE,
    DEVIATION,
    CUT,
    CODE,
    GROUND,
    JUDGED,
    RULED,
    HINT,
    REMARK,
) = (
    AT[heading]
    for heading in (
        "一级",
        "二级",
        "权重",
        "复核完成值",
        "复核得分",
        "偏离度",
        "扣分",
        "扣分原因代码",
        "依据",
        "复核评定",
        "规则得分",
        "本行提示",
        "备注",
    )
)


def prefilled(row: WorkpaperRow) -> dict[int, Decimal | str]:
    """Return what stands in the columns of a row before anybody reviews it."""
    values: dict[str, Decimal | str | None] = {
        "一级": row.section,
        "二级": row.aspect,
        "三级": row.name,
        "指标性质": row.sign,
        "指标值": row.target,
        "度量单位": row.unit,
        "权重": row.weight,
        "自评完成值": row.actual,
        "自评得分": row.filed,
        "备注": row.remark,
    }
    return {AT[heading]: "" if value is None else value for heading, value in values.items()}


def project_line(paper: Workpaper) -> str:
    """Return the line that says which project it is, by which rules it scores and is reviewed."""
    sheet, book = paper.scorecard.sheet, paper.scorecard.rulebook
    parts = (
        f"项目名称：{paper.project}",
        f"主管部门：{sheet.department}" if sheet.department else "",
        f"实施单位：{sheet.unit}" if sheet.unit else "",
        f"年度：{sheet.year}" if sheet.year else "",
        f"评分办法：{book.name}（{book.id} {book.version}）",
        f"复核口径：{paper.profile.name}",
        f"{sheet.caveat}" if sheet.unconfirmed else "",
    )
    return "　".join(filter(None, parts))
