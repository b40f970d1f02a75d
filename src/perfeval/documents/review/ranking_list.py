"""排查表: what was screened, as a page with charts, a workbook and CSV."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfeval.documents.review.charts import BarRow, bars_chart, map_chart
from perfeval.documents.review.pages import (
    CellValue,
    ColumnLook,
    PageColumn,
    PageSection,
    PageTile,
    ReviewPage,
    ReviewTable,
)
from perfeval.numbers import plain, total, trimmed
from perfeval.review.names import listed
from perfeval.review.ranking import (
    Outlier,
    RankedDepartment,
    RankedProject,
    Ranking,
    points_share,
)

UNNAMED = "（没有写部门）"
_MOST_BARS, _MOST_MAPPED, _SHOWN = 20, 16, 10
_COUNT, _FIGURE, _SHORT = ColumnLook.COUNT, ColumnLook.FIGURE, ColumnLook.SHORT
_LEVELS = (
    PageColumn("错误", 7, _COUNT),
    PageColumn("警告", 7, _COUNT),
    PageColumn("提示", 7, _COUNT),
)
_PROJECTS = (
    PageColumn("序号", 6, _COUNT),
    PageColumn("主管部门", 20),
    PageColumn("项目名称", 32),
    PageColumn("涉及分值", 10, _FIGURE),
    *_LEVELS,
    PageColumn("资金（万元）", 14, _FIGURE),
    PageColumn("执行率（%）", 10, _FIGURE),
    PageColumn("产出得分率（%）", 11, _FIGURE),
    PageColumn("得分", 12, _SHORT),
    PageColumn("等级", 7, _SHORT),
    PageColumn("已填报", 9, _FIGURE),
    PageColumn("填报等级", 9, _SHORT),
    PageColumn("差额", 8, _FIGURE),
    PageColumn("与人雷同（句）", 9, _COUNT),
    PageColumn("离群", 26),
    PageColumn("实施单位", 18),
    PageColumn("文件", 30),
    PageColumn("评分办法", 26),
)
_DEPARTMENTS = (
    PageColumn("序号", 6, _COUNT),
    PageColumn("主管部门", 26),
    PageColumn("项目数", 8, _COUNT),
    PageColumn("涉及分值", 10, _FIGURE),
    *_LEVELS,
    PageColumn("资金（万元）", 14, _FIGURE),
    PageColumn("资金不明的", 9, _COUNT),
    PageColumn("平均得分", 10, _FIGURE),
    PageColumn("平均已填报", 10, _FIGURE),
    PageColumn("填报满分的", 9, _COUNT),
    PageColumn("雷同句", 8, _COUNT),
)
_FULL = (
    PageColumn("序号", 6, _COUNT),
    PageColumn("主管部门", 20),
    PageColumn("项目名称", 34),
    PageColumn("已填报", 9, _FIGURE),
    PageColumn("得分", 12, _SHORT),
    PageColumn("差额", 9, _FIGURE),
    PageColumn("资金（万元）", 14, _FIGURE),
    PageColumn("错误", 7, _COUNT),
    PageColumn("警告", 7, _COUNT),
)
_REPEATED = (
    PageColumn("句子", 60),
    PageColumn("项目数", 8, _COUNT),
    PageColumn("部门数", 8, _COUNT),
    PageColumn("是否全同", 9, _SHORT),
    PageColumn("出现在", 80),
)
_PAIRS = (
    PageColumn("项目甲", 44),
    PageColumn("项目乙", 44),
    PageColumn("相同的句数", 9, _COUNT),
    PageColumn("例句", 60),
)
_OUTLIERS = (
    PageColumn("类别", 16),
    PageColumn("主管部门", 20),
    PageColumn("项目名称", 32),
    PageColumn("数值", 10, _FIGURE),
    PageColumn("说明", 70),
    PageColumn("文件", 30),
)
_GRADES = (
    PageColumn("等级", 12, _SHORT),
    PageColumn("按办法（个）", 12, _COUNT),
    PageColumn("占比", 10, _SHORT),
    PageColumn("按已填报（个）", 12, _COUNT),
    PageColumn("填报占比", 10, _SHORT),
)
_NO_GRADE = "没有定"


def ranking_page(found: Ranking) -> ReviewPage:
    """Lay out what was screened."""
    stamps = tuple(sorted({one.stamp for one in (*found.projects, *found.wholes)}))
    return ReviewPage(
        title="自评表排查",
        lead=ranking_sentence(found),
        tiles=tuple(_tiles(found)),
        sections=tuple(_sections(found)),
        stamps=stamps,
    )


def ranking_sentence(found: Ranking) -> str:
    """Say in one sentence what was screened."""
    money = total(one.money for one in found.projects if one.money is not None)
    unknown = sum(one.money is None for one in found.projects)
    lacking = f"（{unknown} 个没有金额）" if unknown else ""
    said = (
        f"{len(found.departments)} 个部门、{len(found.projects)} 个项目，"
        f"资金 {trimmed(money)} 万元{lacking}"
    )
    if found.unread:
        said += f"；没有读通 {len(found.unread)} 份"
    if found.twice:
        said += f"；同一项目的第二张表 {len(found.twice)} 张没有再算"
    return f"{said}。"


def _tiles(found: Ranking) -> Iterator[PageTile]:
    projects = found.projects
    yield PageTile("项目", str(len(projects)), "个", f"{len(found.departments)} 个部门")
    stake = total(one.stake for one in projects)
    yield PageTile("涉及分值", trimmed(stake), "分", "错误和警告改正后可能变动的")
    errors = sum(one.errors for one in projects)
    with_errors = sum(bool(one.errors) for one in projects)
    yield PageTile("错误", str(errors), "处", f"在 {with_errors} 个项目里")
    share = points_share(len(found.full), len(projects))
    yield PageTile("填报满分", str(len(found.full)), "个", f"占 {share}" if share else "")
    yield PageTile("雷同的句子", str(len(found.repeated)), "句", _across(found))
    yield PageTile("离群", str(len(found.outliers)), "项", "规则见下")


def _across(found: Ranking) -> str:
    across = sum(one.departments > 1 for one in found.repeated)
    return f"跨部门的 {across} 句"


def _sections(found: Ranking) -> Iterator[PageSection]:
    yield PageSection("规则", found.rules)
    yield PageSection(
        "部门", (), _department_charts(found), (_department_table(found.departments),)
    )
    tables = [project_table(found)]
    if found.wholes:
        tables.append(_whole_table(found))
    yield PageSection("项目", (), (), tuple(tables))
    yield _grade_section(found)
    yield _full_section(found)
    yield _copied_section(found)
    rows = tuple(map(_outlier_row, found.outliers))
    texts = () if rows else ("没有按规则离群的。",)
    yield PageSection("离群", texts, (), (ReviewTable("离群", _OUTLIERS, rows),))
    for heading, lines in (("没有读通的", found.unread), ("没有再算的", found.twice)):
        if lines:
            yield PageSection(heading, lines)


# -- departments and projects ------------------------------------------------------------------


def _department_charts(found: Ranking) -> tuple[str, ...]:
    shown = found.departments[:_MOST_BARS]
    if not shown:
        return ()
    more = f"（前 {_MOST_BARS} 个）" if len(found.departments) > _MOST_BARS else ""
    rows = [BarRow(one.department or UNNAMED, (one.stake,)) for one in shown]
    return (bars_chart(f"各部门涉及分值{more}", ("涉及分值",), rows),)


def _department_table(departments: Sequence[RankedDepartment]) -> ReviewTable:
    rows = tuple(
        (
            *(number, one.department or UNNAMED, one.projects, one.stake),
            *(one.errors, one.warnings, one.infos, one.money, one.without_money or None),
            *(one.mean, one.mean_filed, one.full, one.shared or None),
        )
        for number, one in enumerate(departments, 1)
    )
    return ReviewTable("部门", _DEPARTMENTS, rows)


def project_table(found: Ranking) -> ReviewTable:
    """Return the projects, the first to look at first."""
    flags: dict[str, list[str]] = {}
    for one in found.outliers:
        if one.file:
            flags.setdefault(one.file, []).append(one.kind.value)
    rows = tuple(
        _project_row(number, one, "、".join(flags.get(one.file, ())))
        for number, one in enumerate(found.projects, 1)
    )
    return ReviewTable("项目", _PROJECTS, rows, most=300)


def _whole_table(found: Ranking) -> ReviewTable:
    rows = tuple(_project_row(number, one, "") for number, one in enumerate(found.wholes, 1))
    return ReviewTable("部门整体", _PROJECTS, rows, "部门整体的表，不计入上面各数。")


def _project_row(number: int, one: RankedProject, flags: str) -> tuple[CellValue, ...]:
    return (
        *(number, one.department or UNNAMED, one.project, one.stake),
        *(one.errors, one.warnings, one.infos, one.money, one.rate, one.output_share),
        *(_points(one), one.grade, one.filed, one.filed_grade, one.excess),
        *(one.shared or None, flags, one.unit, one.file, one.stamp),
    )


def _points(one: RankedProject) -> str:
    if one.points is not None:
        return plain(one.points)
    if one.low is None or one.high is None:
        return ""
    return f"{plain(one.low)}～{plain(one.high)}"


# -- grades, full points, copies, outliers -----------------------------------------------------


def _grade_section(found: Ranking) -> PageSection:
    whole = len(found.projects)
    rows = tuple(
        (
            *(one.grade or _NO_GRADE, one.by_rule, points_share(one.by_rule, whole)),
            *(one.as_filed, points_share(one.as_filed, whole)),
        )
        for one in found.grades
    )
    bars = [
        BarRow(one.grade or _NO_GRADE, (Decimal(one.by_rule), Decimal(one.as_filed)))
        for one in found.grades
    ]
    chart = (bars_chart("等级分布", ("按办法", "按已填报"), bars, " 个"),) if bars else ()
    note = f"“{_NO_GRADE}”：得分是区间、跨几个等级，或没有填报总分。"
    return PageSection("等级分布", (), chart, (ReviewTable("等级分布", _GRADES, rows, note),))


def _full_section(found: Ranking) -> PageSection:
    rows = tuple(
        (
            *(number, one.department or UNNAMED, one.project, one.filed, _points(one)),
            *(one.excess, one.money, one.errors, one.warnings),
        )
        for number, one in enumerate(found.full, 1)
    )
    counts = Counter(one.department for one in found.full)
    every = [
        one.department or UNNAMED
        for one in found.departments
        if one.projects > 1 and counts[one.department] == one.projects
    ]
    texts = (f"全部项目都填报满分的部门：{listed(every, 20)}。",) if every else ()
    return PageSection("填报满分的项目", texts, (), (ReviewTable("填报满分", _FULL, rows),))


def _copied_section(found: Ranking) -> PageSection:
    texts = (
        "同一句话（数字、标点不计）或只差几个字的，出现在两个及以上项目里；谁抄谁，程序看不出来。",
    )
    repeated = tuple(
        (
            *(one.text, len(one.projects), one.departments, "是" if one.is_same else "近似"),
            listed(one.projects, 20),
        )
        for one in found.repeated
    )
    pairs = tuple((one.one, one.other, one.sentences, one.example) for one in found.pairs)
    tables = (
        ReviewTable("雷同的项目", _PAIRS, pairs, most=200),
        ReviewTable("雷同的句子", _REPEATED, repeated, most=200),
    )
    return PageSection("雷同的文字", texts, _copy_map(found), tables)


def _copy_map(found: Ranking) -> tuple[str, ...]:
    """Draw which departments share sentences, the most first."""
    counts: Counter[str] = Counter()
    for pair in found.pairs:
        counts.update({pair.one_department: pair.sentences})
        counts.update({pair.other_department: pair.sentences})
    names = [name for name, _ in counts.most_common(_MOST_MAPPED)]
    if not names:
        return ()
    at = {name: number for number, name in enumerate(names)}
    cells: Counter[tuple[int, int]] = Counter()
    for pair in found.pairs:
        if pair.one_department in at and pair.other_department in at:
            ends = sorted((at[pair.one_department], at[pair.other_department]))
            cells[ends[0], ends[1]] += pair.sentences
    shown = [name or UNNAMED for name in names]
    return (map_chart("部门之间雷同的句数（两两项目）", shown, cells),)


def _outlier_row(one: Outlier) -> tuple[CellValue, ...]:
    name = one.department or UNNAMED
    return (one.kind.value, name, one.project, one.value, one.text, one.file)


# -- terminal ----------------------------------------------------------------------------------


def ranking_text(found: Ranking) -> str:
    """Say on a terminal what to look at first."""
    lines = [ranking_sentence(found)]
    projects = [
        f"{one.department or UNNAMED} · {one.project}：涉及 {trimmed(one.stake)} 分，"
        f"错误 {one.errors}、警告 {one.warnings}" + _money(one.money)
        for one in found.projects
        if one.errors or one.warnings
    ]
    departments = [
        f"{one.department or UNNAMED}：{one.projects} 个项目，涉及 {trimmed(one.stake)} 分，"
        f"错误 {one.errors}、警告 {one.warnings}" + _money(one.money)
        for one in found.departments
    ]
    pairs = [f"{one.one} 与 {one.other}：{one.sentences} 句" for one in found.pairs]
    outliers = [
        f"{one.kind}　{one.department or UNNAMED} {one.project}：{one.text}"
        for one in found.outliers
    ]
    lines += _top("先看这些部门", departments)
    lines += _top("先看这些项目", projects)
    grades = "，".join(
        f"{one.grade or _NO_GRADE} {one.by_rule}（填报 {one.as_filed}）" for one in found.grades
    )
    lines += [f"等级：{grades}"] if grades else []
    lines += _top(
        "填报满分", [f"{one.department or UNNAMED} · {one.project}" for one in found.full]
    )
    lines += _top("文字雷同", pairs)
    lines += _top("离群", outliers)
    lines += _top("没有读通", list(found.unread))
    lines += _top("没有再算", list(found.twice))
    return "\n".join(lines)


def _money(money: Decimal | None) -> str:
    return "" if money is None else f"，{trimmed(money)} 万元"


def _top(head: str, told: Sequence[str]) -> list[str]:
    if not told:
        return []
    more = [f"  …… 另有 {len(told) - _SHOWN} 个"] if len(told) > _SHOWN else []
    return [f"{head}（{len(told)}）：", *(f"  {one}" for one in told[:_SHOWN]), *more]
