"""佐证清单: what proof each row needs and has, and the list of what is to be sent in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfeval.documents.review.pages import (
    CellValue,
    ColumnLook,
    PageColumn,
    PageSection,
    PageTile,
    ReviewPage,
    ReviewTable,
)
from perfeval.review.evidence import (
    EvidenceFile,
    EvidenceList,
    EvidenceRow,
    EvidenceStatus,
    GivenProof,
)

_ALL = "佐证清单"
_MISSING = "待补清单"
_FILES = "对不上的文件"
_SHARED = "内容相同的文件"
_ROWS = (
    PageColumn("实施单位", 18),
    PageColumn("项目名称", 26),
    PageColumn("序号", 7, ColumnLook.SHORT),
    PageColumn("三级指标", 26),
    PageColumn("情况", 14, ColumnLook.SHORT),
    PageColumn("一般要的材料（有一份能证明即可）", 36),
    PageColumn("已写的、名称相近的", 40),
    PageColumn("一级指标", 10, ColumnLook.SHORT),
    PageColumn("二级指标", 10, ColumnLook.SHORT),
    PageColumn("年度指标值", 12, ColumnLook.SHORT),
    PageColumn("实际完成值", 12, ColumnLook.SHORT),
    PageColumn("计分依据", 12, ColumnLook.SHORT),
    PageColumn("字节", 10, ColumnLook.COUNT),
    PageColumn("SHA-256", 22, ColumnLook.SMALL),
)
_TO_SEND = (
    PageColumn("实施单位", 20),
    PageColumn("项目名称", 28),
    PageColumn("序号", 7, ColumnLook.SHORT),
    PageColumn("三级指标", 28),
    PageColumn("实际完成值", 14, ColumnLook.SHORT),
    PageColumn("请提供（有一份能证明即可）", 40),
    PageColumn("说明", 40),
)
_LEFT = (
    PageColumn("项目名称", 28),
    PageColumn("文件", 60),
    PageColumn("字节", 12, ColumnLook.COUNT),
    PageColumn("SHA-256", 22, ColumnLook.SMALL),
)
_SAME = (PageColumn("项目名称", 28), PageColumn("文件", 80))


def evidence_page(lists: Sequence[EvidenceList], unread: Sequence[str] = ()) -> ReviewPage:
    """Lay out the evidence of some projects.

    Args:
        lists: The evidence of each.
        unread: What could not be read, each with the reason.
    """
    return ReviewPage(
        title="绩效自评佐证清单",
        lead=evidence_sentence(lists),
        tiles=tuple(_tiles(lists)),
        sections=tuple(_sections(lists, unread)),
    )


def evidence_sentence(lists: Sequence[EvidenceList]) -> str:
    """Say in one sentence what is there and what is missing."""
    rows = [row for one in lists for row in one.rows]
    counts = {status: sum(row.status is status for row in rows) for status in EvidenceStatus}
    said = "，".join(f"{status.value} {count}" for status, count in counts.items() if count)
    return f"{len(lists)} 个项目，{len(rows)} 行（含预算执行）：{said or '没有'}。"


def _tiles(lists: Sequence[EvidenceList]) -> Iterator[PageTile]:
    rows = [row for one in lists for row in one.rows]
    for status in EvidenceStatus:
        count = sum(row.status is status for row in rows)
        yield PageTile(status.value, str(count), "行")


def _sections(lists: Sequence[EvidenceList], unread: Sequence[str]) -> Iterator[PageSection]:
    sources = "；".join(dict.fromkeys(one.source for one in lists))
    note = (f"一般要的材料出自{sources}；各地有规定的，照规定。",) if sources else ()
    told = (*note, "名称相近的文件只是提示：是不是佐证、能不能证明，由人核对。")
    rows = tuple(_row(one, row) for one in lists for row in one.rows)
    yield PageSection(_ALL, told, (), (ReviewTable(_ALL, _ROWS, rows),))
    wanted = tuple(_to_send(one, row) for one in lists for row in one.missing)
    texts = () if wanted else ("没有要补的。",)
    yield PageSection(_MISSING, texts, (), (ReviewTable(_MISSING, _TO_SEND, wanted),))
    left = tuple(_left(one, file) for one in lists for file in one.unused)
    if left:
        yield PageSection(_FILES, (), (), (ReviewTable(_FILES, _LEFT, left),))
    same = tuple((one.project, "、".join(paths)) for one in lists for paths in one.shared)
    if same:
        said = ("同一份材料用在几个指标上，请看是不是真能证明每一个。",)
        yield PageSection(_SHARED, said, (), (ReviewTable(_SHARED, _SAME, same),))
    if unread:
        yield PageSection("没有读通的", tuple(unread))


def _row(one: EvidenceList, row: EvidenceRow) -> tuple[CellValue, ...]:
    files = [given.file for given in row.given if given.file is not None]
    return (
        *(one.unit or one.department, one.project, row.number, row.name, row.status.value),
        *("；".join(row.expected), "；".join(map(_given, row.given))),
        *(row.section, row.aspect, row.target, row.actual, row.basis),
        sum(file.bytes for file in files) if files else None,
        "；".join(file.sha256 for file in files),
    )


def _given(given: GivenProof) -> str:
    if given.file is None:
        return f"{given.text}（没有找到）"
    return f"{given.file.path}（{given.reason}）" if given.reason else given.text


def _to_send(one: EvidenceList, row: EvidenceRow) -> tuple[CellValue, ...]:
    said = f"{row.status.value}：{'；'.join(map(_given, row.given))}" if row.given else ""
    wanted = "；".join(row.expected)
    unit = one.unit or one.department
    return (unit, one.project, row.number, row.name, row.actual, wanted, said)


def _left(one: EvidenceList, file: EvidenceFile) -> tuple[CellValue, ...]:
    return (one.project, file.path, file.bytes, file.sha256 or "打不开")
