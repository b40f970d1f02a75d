"""收件清单: the list of what was handed in, and what is to be done about it."""

from __future__ import annotations

from collections.abc import Iterator

from perfeval.documents.review.pages import (
    CellValue,
    ColumnLook,
    PageColumn,
    PageSection,
    PageTile,
    ReviewPage,
    ReviewTable,
)
from perfeval.review.intake import (
    ExpectedProject,
    Intake,
    IntakeLine,
    IntakeRemarkKind,
    IntakeStatus,
    MissingProject,
)
from perfeval.review.names import listed

MISSING = "缺交"
_LINES = (
    PageColumn("序号", 6, ColumnLook.COUNT),
    PageColumn("文件", 34),
    PageColumn("表", 12),
    PageColumn("情况", 14, ColumnLook.SHORT),
    PageColumn("主管部门", 16),
    PageColumn("实施单位", 18),
    PageColumn("项目名称", 28),
    PageColumn("提醒", 44),
    PageColumn("原因", 36),
    PageColumn("项目编码", 14),
    PageColumn("年度", 6, ColumnLook.SHORT),
    PageColumn("表种", 10, ColumnLook.SHORT),
    PageColumn("预算数", 12, ColumnLook.FIGURE),
    PageColumn("单位", 6, ColumnLook.SHORT),
    PageColumn("表式", 18),
    PageColumn("填报表版本", 14),
    PageColumn("文件种类", 8, ColumnLook.SHORT),
    PageColumn("没读到", 7, ColumnLook.COUNT),
    PageColumn("假定", 7, ColumnLook.COUNT),
    PageColumn("SHA-256", 22, ColumnLook.SMALL),
)
_MISSING = (
    PageColumn("名单行", 7, ColumnLook.COUNT),
    PageColumn("主管部门", 18),
    PageColumn("实施单位", 20),
    PageColumn("项目名称", 34),
    PageColumn("项目编码", 16),
    PageColumn("金额", 12, ColumnLook.FIGURE),
    PageColumn("单位", 6, ColumnLook.SHORT),
    PageColumn("交来的里有相近的（是不是同一个，请人核对）", 46),
)
_OFFICES = (
    PageColumn("主管部门", 24),
    PageColumn("交来", 8, ColumnLook.COUNT),
    PageColumn("读通", 8, ColumnLook.COUNT),
    PageColumn("没有读通", 9, ColumnLook.COUNT),
    PageColumn("要提醒的", 9, ColumnLook.COUNT),
    PageColumn("缺交", 8, ColumnLook.COUNT),
)
_UNNAMED = "（没有写部门）"


def intake_page(intake: Intake) -> ReviewPage:
    """Lay out the list of what was handed in."""
    return ReviewPage(
        title="自评材料收件清点",
        lead=intake_sentence(intake),
        tiles=tuple(_tiles(intake)),
        sections=tuple(_sections(intake)),
    )


def intake_sentence(intake: Intake) -> str:
    """Say in one sentence what was handed in."""
    files = len({line.handed.file for line in intake.lines})
    sheets = sum(line.handed.status.is_sheet for line in intake.lines)
    lost = sum(line.handed.status.is_lost for line in intake.lines)
    said = f"共 {files} 个文件，自评表 {sheets} 张；读不通或打不开的 {lost} 个"
    if intake.expected is not None:
        said += f"；名单上 {intake.expected} 个项目，缺 {len(intake.missing)} 个"
    return f"{said}。"


def _tiles(intake: Intake) -> Iterator[PageTile]:
    files = len({line.handed.file for line in intake.lines})
    read = intake.count(IntakeStatus.READ, IntakeStatus.REMARKED)
    remarked = intake.count(IntakeStatus.REMARKED)
    yield PageTile("文件", str(files), "个", f"清单 {len(intake.lines)} 行")
    yield PageTile("读通的表", str(read), "张", f"其中有没读到的 {remarked} 张")
    lost = [line.handed.status for line in intake.lines if line.handed.status.is_lost]
    kinds = dict.fromkeys(lost)
    below = "，".join(f"{kind} {lost.count(kind)}" for kind in kinds) or "没有"
    yield PageTile("读不出来的", str(len(lost)), "个", below)
    same = len(intake.remarked(IntakeRemarkKind.SAME_FILE))
    twice = len(intake.remarked(IntakeRemarkKind.SAME_PROJECT))
    yield PageTile("重复", str(same + twice), "行", f"文件相同 {same}，同一项目 {twice}")
    if intake.form:
        other = len(intake.remarked(IntakeRemarkKind.OTHER_FORM))
        what = "要求的" if intake.is_form_asked else "多数用的"
        yield PageTile("表式不对", str(other), "张", f"{what}是 {intake.form}")
    if intake.expected is not None:
        unlisted = len(intake.remarked(IntakeRemarkKind.NOT_LISTED))
        below = f"名单 {intake.expected} 个；不在名单的 {unlisted} 张"
        yield PageTile("缺交", str(len(intake.missing)), "个", below)


def _sections(intake: Intake) -> Iterator[PageSection]:
    yield PageSection("收件清单", (_FORM_NOTE,) if intake.form else (), (), (_list(intake),))
    if intake.expected is not None:
        rows = tuple(_missing_row(one) for one in intake.missing)
        texts = () if rows else ("名单上的项目都交了。",)
        yield PageSection(MISSING, texts, (), (ReviewTable(MISSING, _MISSING, rows),))
    yield PageSection("各部门", (), (), (_offices(intake),))


_FORM_NOTE = "YAML 按它写的评分办法、办公文件按它的栏目认表式；同一表式可能属于几个办法。"


def _list(intake: Intake) -> ReviewTable:
    rows = [_row(number, line) for number, line in enumerate(intake.lines, 1)]
    rows += [
        _row_of_missing(number, one) for number, one in enumerate(intake.missing, len(rows) + 1)
    ]
    return ReviewTable("收件清单", _LINES, tuple(rows))


def _row(number: int, line: IntakeLine) -> tuple[CellValue, ...]:
    one = line.handed
    return (
        number,
        one.file,
        one.table,
        one.status.value,
        one.department,
        one.unit,
        one.project,
        "；".join(remark.text for remark in line.remarks),
        one.reason,
        one.code,
        "" if one.year is None else str(one.year),
        one.scope,
        one.money,
        one.money_unit if one.money is not None else "",
        "、".join(one.forms),
        one.version,
        one.kind,
        one.unread or None,
        one.assumed or None,
        one.digest,
    )


def _row_of_missing(number: int, one: MissingProject) -> tuple[CellValue, ...]:
    """Return a line of the list for what was not handed in, so that one list has all."""
    wanted = one.listed
    near = f"相近的有{listed(one.near)}，是不是同一个请人核对" if one.near else ""
    return (
        *(number, "", "", MISSING, wanted.department, wanted.unit, wanted.project),
        *(near, f"名单第 {wanted.row} 行", wanted.code, "", "", wanted.money, wanted.money_unit),
        *("", "", "", None, None, ""),
    )


def _missing_row(one: MissingProject) -> tuple[CellValue, ...]:
    wanted = one.listed
    return (
        *(wanted.row, wanted.department, wanted.unit, wanted.project, wanted.code),
        *(wanted.money, wanted.money_unit, listed(one.near) if one.near else ""),
    )


def _offices(intake: Intake) -> ReviewTable:
    names = dict.fromkeys(
        (
            *(line.handed.department or _UNNAMED for line in intake.lines if _is_told(line)),
            *(_office(one.listed) for one in intake.missing),
        )
    )
    return ReviewTable("各部门", _OFFICES, tuple(_office_row(name, intake) for name in names))


def _is_told(line: IntakeLine) -> bool:
    return line.handed.status.is_sheet or line.handed.status.is_lost


def _office(one: ExpectedProject) -> str:
    return one.department or one.unit or _UNNAMED


def _office_row(name: str, intake: Intake) -> tuple[CellValue, ...]:
    own = [line for line in intake.lines if (line.handed.department or _UNNAMED) == name]
    told = [line for line in own if _is_told(line)]
    read = sum(not line.handed.status.is_lost for line in told)
    remarked = sum(bool(line.remarks) for line in told)
    missing = sum(_office(one.listed) == name for one in intake.missing)
    return (name, len(told), read, len(told) - read, remarked, missing)


# -- terminal ----------------------------------------------------------------------------------

_SHOWN = 10
"""How many lines of each kind a terminal shows; the files have all of them."""


def intake_text(intake: Intake) -> str:
    """Say on a terminal what was handed in, and what asks for something."""
    lines = [intake_sentence(intake)]
    for status in IntakeStatus:
        lines += _counted(status, intake)
    for kind in IntakeRemarkKind:
        found = intake.remarked(kind)
        told = [
            f"{line.handed.name}：{next(one.text for one in line.remarks if one.kind is kind)}"
            for line in found
        ]
        lines += _told(kind.value, told)
    missing = [
        f"{one.listed.project}（{_office(one.listed)}）"
        + (f"，交来的里有相近的{listed(one.near)}" if one.near else "")
        for one in intake.missing
    ]
    lines += _told(MISSING, missing)
    return "\n".join(lines)


def _counted(status: IntakeStatus, intake: Intake) -> list[str]:
    """Return how many lines have a status, and which where that asks for something."""
    found = [line.handed for line in intake.lines if line.handed.status is status]
    if not found:
        return []
    if not status.is_lost and status is not IntakeStatus.NO_SHEET:
        return [f"{status}：{len(found)}"]
    return _told(status.value, [f"{one.name}：{one.reason}" for one in found])


def _told(head: str, told: list[str]) -> list[str]:
    if not told:
        return []
    more = [f"  …… 另有 {len(told) - _SHOWN} 个"] if len(told) > _SHOWN else []
    return [f"{head}：{len(told)}", *(f"  {one}" for one in told[:_SHOWN]), *more]
