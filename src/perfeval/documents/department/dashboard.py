"""总览 of a department as one HTML page: its projects side by side, and each of them in detail."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from perfeval.documents import printed
from perfeval.documents.alignment import printable
from perfeval.documents.charts import ChartRow, execution_chart, sections_chart
from perfeval.documents.findings.inspections import (
    Counts,
    add_up,
    count,
    namer,
    points_text,
    stamps,
    version_text,
)
from perfeval.documents.findings.page import Excused, Item, Name, asset, content_hash, item_of
from perfeval.documents.form.columns import part_text
from perfeval.documents.templates import markup_template
from perfeval.documents.texts.department_facts import DepartmentFacts
from perfeval.errors import RenderError
from perfeval.findings import Inspection, Ledger, Status, worst_first
from perfeval.numbers import ZERO, add, percent, plain, subtract, total
from perfeval.scorecard import Basis, Line, Scorecard
from perfeval.sheet import Part
from perfeval.units import in_money

Link = tuple[str, str]
"""What a document is called, and where it lies beside the page."""

_OPEN_CHART = 40
"""A chart of more projects than this is closed until someone opens it."""

_NOTHING = "—"
_UNPUBLISHED = "未公布"
_RATE_DIGITS = 2
_NOT_RELATIVE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\]|$")
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


_FORMAT_NAMES = {
    "docx": "Word", "pdf": "PDF", "html": "网页", "md": "Markdown", "xlsx": "Excel",
    "csv": "CSV", "json": "JSON",
}  # fmt: skip


class _Document(NamedTuple):
    """A document that was made, and its files by their formats."""

    title: str
    files: list[Link]


class SheetResult(NamedTuple):
    """A sheet of the department: what is known about it, and the documents made of it.

    Attributes:
        inspection: What was found in it.
        scorecard: Its points; ``None`` where it could not be read.
        links: The documents made of it, as relative paths with ``/``.
    """

    inspection: Inspection
    scorecard: Scorecard | None
    links: Sequence[Link] = ()


class Money(NamedTuple):
    """Budget and spending of a project in the department's unit; ``None`` where not published."""

    planned: Decimal | None
    spent: Decimal | None


class Cell(NamedTuple):
    """A cell of the table.

    Attributes:
        text: What it says.
        key: The number by which it is sorted; empty where it has none.
        style: What it looks like.
        fill: The digits that a figure lacks to stand below those with the most decimals.
    """

    text: str
    key: str
    style: str = ""
    fill: str = ""


class Row(NamedTuple):
    """A row of a sheet as it is printed; a child row (其中) has no derivation."""

    name: str
    target: str
    actual: str
    weight: str
    points: str
    filed: str
    excess: str
    derivation: str


class Detail(NamedTuple):
    """A sheet with all its rows and findings."""

    anchor: str
    number: int
    title: str
    file: str
    stamp: str
    score: str
    counts: Counts
    figures: list[tuple[str, str]]
    notes: list[str]
    documents: list[_Document]
    blocks: list[tuple[str, list[Row]]]
    clauses: list[tuple[str, str]]
    chart: Markup
    items: list[Item]
    waived: list[Excused]


class Unread(NamedTuple):
    """A sheet that could not be read, and why."""

    file: str
    items: list[Item]


class Tile(NamedTuple):
    """A figure of the department, and what it is made of."""

    name: str
    figure: str
    unit: str
    below: str
    style: str = ""


class _Project(NamedTuple):
    number: int
    card: Scorecard
    money: Money
    counts: Counts


def dashboard(
    facts: DepartmentFacts,
    own: Inspection,
    sheets: Sequence[SheetResult],
    links: Sequence[Link] = (),
) -> bytes:
    """Write the overview of a department as one HTML page that stands for itself.

    Args:
        facts: The facts of the department, made of the scorecards of *sheets* in their order.
        own: What was found in the department's own file and between its sheets.
        sheets: Its sheets.
        links: The documents made of the department as a whole, as relative paths with ``/``.

    Returns:
        The page; the same bytes for the same results.

    Raises:
        RenderError: A link leads elsewhere than to a place beside the page.
    """
    inspections = [own, *(sheet.inspection for sheet in sheets)]
    name = namer(inspections)
    scored = [(sheet, card) for sheet in sheets if (card := sheet.scorecard) is not None]
    order = [project.position for project in facts.projects]
    others = [at for at in range(len(scored)) if at not in order]
    projects = [_project(number, *scored[at], facts) for number, at in enumerate(order, 1)]
    details = [_detail(at, *scored[one], name) for at, one in enumerate((*order, *others), 1)]
    chart = _execution_chart(projects, facts.money_unit)
    page = markup_template("html/dashboard.html.j2").render(
        **_head(facts, inspections), documents=_documents(links),
        tiles=list(_tiles(facts, projects, inspections)), notes=list(_notes(facts)),
        headings=_HEADINGS, table=list(_table(projects)), projects=len(projects), chart=chart,
        is_chart_open=len(projects) <= _OPEN_CHART,
        own_file=name(own.name), own=_items(own, name), own_waived=_waived(own, name),
        details=details, unread=list(_unread(sheets, name)),
        ledgers=list(_ledgers(own, sheets)), statuses=[status.value for status in Status],
        **_assets([chart, *(detail.chart for detail in details)]),
    )  # fmt: skip
    return page.encode()


def _head(facts: DepartmentFacts, inspections: Sequence[Inspection]) -> dict[str, object]:
    return {
        "title": printable(facts.name), "year": facts.year, "unit": facts.money_unit,
        "stamps": stamps(inspections), "version": version_text(),
    }  # fmt: skip


def _execution_chart(projects: Sequence[_Project], unit: str) -> Markup:
    rows = [ChartRow(project.card.sheet.name, *project.money) for project in projects]
    return Markup(execution_chart(rows, unit=unit))  # noqa: S704 - drawn by us, texts escaped


def _assets(charts: Iterable[str]) -> dict[str, object]:
    """Return style and script, and the hashes by which they and the charts' styles may pass."""
    style = Markup("").join((asset("check.css"), asset("dashboard.css")))
    script = asset("dashboard.js")
    styles = dict.fromkeys((style, *(found for chart in charts for found in _STYLE.findall(chart))))
    return {
        "style": style, "style_hashes": [content_hash(text) for text in styles],
        "script": script, "script_hash": content_hash(script),
    }  # fmt: skip


def _documents(links: Sequence[Link]) -> list[_Document]:
    """Put the files of one document together; labels are paths, or say themselves what it is."""
    found: dict[str, _Document] = {}
    for label, target in links:
        stem, _, ending = label.rpartition("/")[2].rpartition(".")
        name = _FORMAT_NAMES.get(ending)
        title = printable(label if name is None else stem)
        document = found.setdefault(title, _Document(title, []))
        document.files.append((name or "", _beside(target)))
    return list(found.values())


def _beside(target: str) -> str:
    """Return a path escaped; one that leads away from here is refused."""
    if _NOT_RELATIVE.match(target):
        raise RenderError(f"总览只能链接到旁边的文件：“{printable(target)}”不是相对路径")
    return quote(target, safe="/", errors="surrogatepass")


# -- the department ----------------------------------------------------------------------------


def _project(number: int, sheet: SheetResult, card: Scorecard, facts: DepartmentFacts) -> _Project:
    budget, units = card.sheet.budget, (card.sheet.money_unit, facts.money_unit)
    money = Money(_converted(budget.base, *units), _converted(budget.spent, *units))
    return _Project(number, card, money, count(sheet.inspection.findings))


def _converted(amount: Decimal | None, unit: str, wanted: str) -> Decimal | None:
    return None if amount is None else in_money(amount, unit, wanted)


def _tiles(
    facts: DepartmentFacts, projects: Sequence[_Project], inspections: Sequence[Inspection]
) -> Iterator[Tile]:
    """Yield the figures of the whole, the findings last."""
    unread = f"，另有 {len(facts.unread)} 份没有读通" if facts.unread else ""
    yield Tile("项目", str(facts.count), "个", f"有总分的 {facts.scored} 个{unread}")
    yield from _money_tiles(facts.money_unit, [project.money for project in projects])
    yield _grade_tile(facts)
    yield _basis_tile([project.card for project in projects if project.card.total is not None])
    whole = add_up(count(inspection.findings) for inspection in inspections)
    own = count(inspections[0].findings)
    for name, all_of_them, here, style in (
        ("错误", whole.errors, own.errors, "error"),
        ("警告", whole.warnings, own.warnings, "warning"),
    ):
        below = f"部门汇总 {here}，各自评表 {all_of_them - here}"
        if style == "warning":
            below += f"；另有提示 {whole.hints}"
        yield Tile(name, str(all_of_them), "处", below, style if all_of_them else "")


def _money_tiles(unit: str, money: Sequence[Money]) -> Iterator[Tile]:
    """Yield budget, spending and rate; the rate is that of projects of which both are known."""
    for name, amounts in (
        ("预算数", [item.planned for item in money]), ("执行数", [item.spent for item in money]),
    ):  # fmt: skip
        known = [amount for amount in amounts if amount is not None]
        figure = plain(total(known)) if known else _NOTHING
        yield Tile(name, figure, unit if known else "", f"{len(known)} 个项目有{name}")
    both = [
        (planned, spent) for planned, spent in money if planned is not None and spent is not None
    ]
    yield _rate_tile(
        total(planned for planned, _ in both), total(one for _, one in both), len(both)
    )


def _rate_tile(planned: Decimal, spent: Decimal, number: int) -> Tile:
    if planned <= ZERO:
        return Tile("执行率", _NOTHING, "", "没有可算的项目")
    below = f"{plain(spent)} ÷ {plain(planned)}（{number} 个项目）"
    return Tile("执行率", percent(spent, planned, _RATE_DIGITS), "", below)


def _grade_tile(facts: DepartmentFacts) -> Tile:
    """Return how many projects have the best grade that occurs, and below it the others."""
    without = facts.count - sum(number for _, number in facts.grades)
    rest = [f"{grade} {number} 个" for grade, number in facts.grades[1:]]
    below = "，".join((*rest, *([f"没有等级的 {without} 个"] if without else [])))
    if not facts.grades:
        return Tile("等级", _NOTHING, "", below)
    grade, number = facts.grades[0]
    return Tile("等级", f"{grade} {number}", "个", below or "全部项目")


def _basis_tile(cards: Sequence[Scorecard]) -> Tile:
    """Return what part of the points rests on figures, in the sheets that have a total."""
    measured = total(card.measured for card in cards)
    claimed = total(card.claimed for card in cards)
    points = add(measured, claimed)
    if points <= ZERO:
        return Tile("得分中有据可算的", _NOTHING, "", "没有总分可作分析")
    below = f"有据可算 {points_text(measured)} 分，依填报认定 {points_text(claimed)} 分"
    return Tile("得分中有据可算的", percent(measured, points, _RATE_DIGITS), "", below)


def _notes(facts: DepartmentFacts) -> Iterator[str]:
    """Yield what the figures leave out."""
    for names, what in ((facts.unplanned, "预算数"), (facts.unspent, "执行数")):
        if names:
            listed = "、".join(map(printable, names))
            yield f"{what}合计不含没有公布{what}的 {len(names)} 个项目：{listed}。"
    if facts.transferred:
        amount = f"{facts.transferred} {facts.money_unit}"
        yield f"执行数中已知有 {facts.transferred_count} 个项目调拨给其他单位 {amount}。"
    for item in facts.left_out:
        said = [f"{item.number} 个" if item.number else "", item.amount and
                f"{item.amount} {facts.money_unit}", printable(item.reason)]  # fmt: skip
        known = "，".join(filter(None, said))
        yield f"未列入：{printable(item.name)}{f'（{known}）' if known else ''}。"


def _ledgers(own: Inspection, sheets: Sequence[SheetResult]) -> Iterator[tuple[str, list[int]]]:
    """Yield for the department and for all its sheets how many checks have each status."""
    yield "部门汇总", _by_status([own.ledger])
    if sheets:
        name = f"各自评表（{len(sheets)} 份）"
        yield name, _by_status(sheet.inspection.ledger for sheet in sheets)


def _by_status(ledgers: Iterable[Ledger]) -> list[int]:
    seen = Counter(status for ledger in ledgers for status in ledger.values())
    return [*(seen[status] for status in Status), seen.total()]


# -- the table ---------------------------------------------------------------------------------


_HEADINGS = [
    ("序号", "n"), ("项目", "t"), ("预算数", "n"), ("执行数", "n"), ("执行率", "n"),
    ("得分或区间", "n"), ("等级", "n"), ("填报总分", "n"), ("填报差额", "n"), ("有据可算", "n"),
    ("依填报认定", "n"), ("错误", "n"), ("警告", "n"),
]  # fmt: skip
"""The headings of the table with their kinds: ``n`` for numbers, ``t`` for text."""

_PLANNED, _SPENT = 2, 3


def _table(projects: Sequence[_Project]) -> Iterator[list[Cell]]:
    """Yield the rows of the table, the sums last; amounts stand point below point."""
    rows = [*map(_cells, projects), _sums(projects)]
    for column in (_PLANNED, _SPENT):
        most = max(_decimals(row[column].key) for row in rows)
        for row in rows:
            row[column] = row[column]._replace(fill=_fill(row[column].key, most))
    yield from rows


def _decimals(figure: str) -> int:
    return len(figure.partition(".")[2])


def _fill(figure: str, most: int) -> str:
    """Return what follows a figure, unseen, so that it takes the room of *most* decimals."""
    if not figure or not most:
        return ""
    return "." * ("." not in figure) + "0" * (most - _decimals(figure))


def _cells(project: _Project) -> list[Cell]:
    card, counts = project.card, project.counts
    rate = printed.execution_rate(card.sheet.budget, card.form.rate_digits)
    filed = card.filed_total
    return [
        _number(str(project.number)),
        Cell(printable(card.sheet.name), "", "name"),
        _amount(project.money.planned),
        _amount(project.money.spent),
        Cell(rate, rate.removesuffix("%")) if rate else _number(""),
        _points(card),
        _grade(card),
        _number("" if filed is None else plain(filed)),
        _number(_difference(filed, card.total)),
        _number(points_text(card.measured)),
        _number(points_text(card.claimed)),
        _findings(counts.errors, "error"),
        _findings(counts.warnings, "warning"),
    ]


def _number(text: str) -> Cell:
    return Cell(text, text) if text else Cell(_NOTHING, "", "nil")


def _amount(amount: Decimal | None) -> Cell:
    return Cell(_UNPUBLISHED, "", "nil") if amount is None else _number(plain(amount))


def _findings(number: int, kind: str) -> Cell:
    return Cell(str(number), str(number), kind if number else "nil")


def _points(card: Scorecard) -> Cell:
    """Return the total or its range, which is sorted by its lower end; else why there is none."""
    if card.low is None:
        return Cell(_reason(card), "", "why")
    return Cell(printed.total(card), plain(card.low))


def _reason(card: Scorecard) -> str:
    """Say why a sheet has no points: ``未公布指标``."""
    head, _, why = card.unscored.partition("：")
    return printable(why or head)


def _grade(card: Scorecard) -> Cell:
    """Return the grade; the best is the highest when sorted."""
    grades = [band.grade for band in card.rulebook.grades.bands]
    if card.grade is None:
        return _number("")
    return Cell(printable(card.grade), str(len(grades) - grades.index(card.grade)))


def _difference(filed: Decimal | None, points: Decimal | None) -> str:
    """Return filed points less points by the rulebook, with a sign; empty where one is missing."""
    if filed is None or points is None:
        return ""
    difference = subtract(filed, points)
    return f"+{plain(difference)}" if difference > ZERO else plain(difference)


def _sums(projects: Sequence[_Project]) -> list[Cell]:
    """Return the last row: what can be added up."""
    counts = add_up(project.counts for project in projects)
    money = (
        [project.money.planned for project in projects],
        [project.money.spent for project in projects],
    )
    known = [[amount for amount in column if amount is not None] for column in money]
    sums = [plain(total(amounts)) if amounts else "" for amounts in known]
    texts = ("", "合计", *sums, *[""] * 7, str(counts.errors), str(counts.warnings))
    return [Cell(text, text) for text in texts]


# -- one sheet ---------------------------------------------------------------------------------


def _detail(number: int, sheet: SheetResult, card: Scorecard, name: Name) -> Detail:
    inspection = sheet.inspection
    chart = sections_chart(card) if card.lines else ""
    return Detail(
        f"p{number}", number, printable(card.sheet.name), name(inspection.name),
        printable(card.stamp), _score(card), count(inspection.findings),
        list(_figures(card)), list(_remarks(card)),
        _documents(sheet.links), list(_blocks(card)), _clauses(card),
        Markup(chart),  # noqa: S704 - drawn by us, texts escaped
        _items(inspection, name), _waived(inspection, name),
    )  # fmt: skip


def _score(card: Scorecard) -> str:
    """Return points and grade in short, or that there are none."""
    if card.low is None:
        return _reason(card) if not card.lines else printed.UNSCORED
    grade = f" · {printable(card.grade)}" if card.grade else ""
    return f"{printed.total(card)} 分{grade}"


def _figures(card: Scorecard) -> Iterator[tuple[str, str]]:
    """Yield the figures of a sheet with their names; what was not published is said to be so."""
    budget, unit = card.sheet.budget, card.sheet.money_unit
    for name, amount in (("预算数", budget.base), ("执行数", budget.spent)):
        yield name, _UNPUBLISHED if amount is None else f"{plain(amount)} {unit}"
    rate = printed.execution_rate(budget, card.form.rate_digits)
    yield "执行率", rate or _NOTHING
    yield "得分", _score(card)
    if card.filed_total is not None:
        difference = _difference(card.filed_total, card.total)
        yield "填报总分", plain(card.filed_total) + (f"（差额 {difference}）" if difference else "")
    yield "有据可算", points_text(card.measured)
    yield "依填报认定", points_text(card.claimed)


def _remarks(card: Scorecard) -> Iterator[str]:
    """Yield why there is no single total, or why it is not simply the sum of the rows."""
    if card.unscored:
        yield f"{printable(card.unscored)}。"
    for step in card.adjustments:
        yield f"{printable(step)}。"


def _blocks(card: Scorecard) -> Iterator[tuple[str, list[Row]]]:
    """Yield the rows under their sections (一级指标), the budget row first."""
    yield "", [_execution_row(card)]
    for section, lines in groupby(card.lines, _section):
        yield section, [row for line in lines for row in _rows(line)]


def _section(line: Line) -> str:
    return line.indicator.section.label if line.indicator else ""


def _execution_row(card: Scorecard) -> Row:
    budget, unit, line = card.sheet.budget, card.sheet.money_unit, card.execution
    planned, spent = (
        _UNPUBLISHED if amount is None else f"{plain(amount)} {unit}"
        for amount in (budget.base, budget.spent)
    )
    return _row(line, f"预算 {planned}", f"执行 {spent}")


def _rows(line: Line) -> Iterator[Row]:
    """Yield the row of an indicator, and its child rows (其中)."""
    row = line.indicator
    if row is not None:
        texts = (cell.text if cell else _NOTHING for cell in (row.target, row.actual))
        yield _row(line, *texts)
        yield from map(_child, row.parts)


def _row(line: Line, target: str, actual: str) -> Row:
    return Row(
        printable(line.name), printable(target), printable(actual), printed.weight(line.weight),
        printed.points(line), printed.amount(line.filed), _difference(line.filed, line.shown),
        printable(line.explain()),
    )  # fmt: skip


def _child(part: Part) -> Row:
    name, target, actual, weight, filed = (
        printable(part_text(content, part))
        for content in ("三级指标", "目标值", "完成值", "分值", "已填报得分")
    )
    return Row(name, target, actual, weight, "", filed, "", "")


def _clauses(card: Scorecard) -> list[tuple[str, str]]:
    """Return the clauses that the points rest on, each once."""
    rules = [line.rule for line in card.rows if line.basis is not Basis.NOT_APPLICABLE]
    said = dict.fromkeys(
        (rule.block, "：".join(filter(None, (rule.source, rule.clause))), rule.verified)
        for rule in rules
    )
    return [
        (printable(block), printable(text) + ("" if verified else "（原文未见）"))
        for block, text, verified in said
    ]


def _items(inspection: Inspection, name: Name) -> list[Item]:
    return [item_of(finding, name) for finding in sorted(inspection.findings, key=worst_first)]


def _waived(inspection: Inspection, name: Name) -> list[Excused]:
    return [Excused(item_of(one, name), printable(why)) for one, why, _ in inspection.waived]


def _unread(sheets: Sequence[SheetResult], name: Name) -> Iterator[Unread]:
    for sheet in sheets:
        if sheet.scorecard is None:
            yield Unread(name(sheet.inspection.name), _items(sheet.inspection, name))
