"""总览: a page of a department, one for each sheet; every figure is theirs, every text inert."""

from __future__ import annotations

import html
import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

import perfeval
from perfeval import DepartmentReport, IndicatorLine, RenderError, Scorecard
from perfeval.department import Department
from perfeval.documents.department.dashboard import (
    Link,
    SheetResult,
    dashboard,
    project_page,
)
from perfeval.documents.texts.department_facts import department_facts
from perfeval.findings import Inspection, Status
from perfeval.numbers import plain
from tests.documents.conftest import Hindrances, Make, Visit
from tests.documents.inspected import CLEAN, HINT, WORST, filled_with
from tests.documents.reading import figures, read_html
from tests.documents.rows import BENEFIT, CLIENTS, FULL, HOSTILE, OUTPUT, hostile_sheet

CLEAN_FOLDER = Path(__file__).parents[2] / "checks" / "clean"
STRANGE = ("\x00\x1b[31m\u202e", "\udc80.yaml", "\ufffe\uffff", "甲\u2028乙\r\n丙")
LINKS = (("自评表（Word）", "甲 项目/自评表#1.docx"),)
HEADS = [
    "序号",
    "项目",
    "预算数",
    "执行数",
    "执行率",
    "得分或区间",
    "等级",
    "填报总分",
    "填报差额",
    "有据可算",
    "依填报认定",
    "错误",
    "警告",
]


def written(report: DepartmentReport, links: tuple[Link, ...] = ()) -> str:
    """Return the page of a department that was evaluated."""
    assert report.department is not None
    cards = [one.scorecard for one in report.sheets if one.scorecard is not None]
    unread = [one.name for one in report.sheets if one.scorecard is None]
    facts = department_facts(report.department, cards, unread)
    sheets = [SheetResult(one.inspection, one.scorecard, links) for one in report.sheets]
    return dashboard(facts, report.inspections[0], sheets, links).decode()


def details(report: DepartmentReport, links: tuple[Link, ...] = ()) -> list[str]:
    """Return the pages of the sheets of a department, in the order of its list."""
    assert report.department is not None
    read = [one for one in report.sheets if one.scorecard is not None]
    facts = department_facts(report.department, [one.scorecard for one in read if one.scorecard])
    order = [project.position for project in facts.projects]
    order += [at for at in range(len(read)) if at not in order]
    results = [SheetResult(read[at].inspection, read[at].scorecard, links) for at in order]
    return [
        project_page(facts, one, at, "../../index.html").decode()
        for at, one in enumerate(results, 1)
    ]


def detail_page(one: SheetResult, **fields: Any) -> str:
    """Return the page of one made-up sheet."""
    data = {"部门名称": "甲单位", "年度": 2023, "评分办法": "hubei-2020", **fields}
    department = Department.model_validate(data)
    cards = [one.scorecard] if one.scorecard else []
    return project_page(department_facts(department, cards), one, 1, "../../index.html").decode()


def page_of(*sheets: SheetResult, own: Inspection = CLEAN, **fields: Any) -> str:
    """Return the page of a made-up department."""
    data = {"部门名称": "甲单位", "年度": 2023, "评分办法": "hubei-2020", **fields}
    department = Department.model_validate(data)
    cards = [one.scorecard for one in sheets if one.scorecard is not None]
    unread = [one.inspection.name for one in sheets if one.scorecard is None]
    return dashboard(department_facts(department, cards, unread), own, sheets).decode()


def sheet(make: Make, *rows: dict[str, Any], links: tuple[Link, ...] = (), **fields: Any) -> Any:
    """Return a sheet without findings."""
    report = make(*rows, **fields)
    return SheetResult(Inspection(report.name), report.scorecard, links)


def words(page: str) -> str:
    """Return the text of a page as it is read, without the blanks between its parts."""
    return "".join("".join(data.split()) for _, data in read_html(page).texts)


def table(page: str) -> list[list[str]]:
    """Return the rows of the projects by their numbers, then their sums."""
    [text] = re.findall(r'<table id="overview">.*?</table>', page, re.DOTALL)
    cells = read_html(text).cells
    rows = [[cell.text for cell in cells if cell.row == row] for row in range(cells[-1].row + 1)]
    assert rows[0] == HEADS
    return [*sorted(rows[1:-1], key=lambda cells: int(cells[0])), rows[-1]]


def rows_of(page: str) -> list[list[str]]:
    """Return the rows of one sheet, the headings of its sections left out."""
    cells = read_html(page).cells
    rows = [[cell.text for cell in cells if cell.row == row] for row in range(cells[-1].row + 1)]
    return [row for row in rows[1:] if len(row) > 1]


def tiles(page: str) -> dict[str, tuple[str, str]]:
    """Return each figure of the whole with what it is said to be made of."""
    found = re.findall(r"<dt>([^<]*)</dt><dd>(.*?)</dd><dd class=\"sub\">(.*?)</dd>", page)
    return {name: (re.sub("<[^>]*>", "", figure), below) for name, figure, below in found}


def number(text: str) -> Fraction:
    return Fraction(text.removesuffix("%").lstrip("+"))


@pytest.fixture(scope="module")
def real() -> DepartmentReport:
    return perfeval.evaluate_department("shipped:qingshan-2023")


@pytest.fixture(scope="module")
def page(real: DepartmentReport, request: pytest.FixtureRequest) -> str:
    """Return the page of the department, or the one of its sheet that has indicators."""
    of = getattr(request, "param", "department")
    return written(real, LINKS) if of == "department" else details(real, LINKS)[13]


both = pytest.mark.parametrize("page", ["department", "sheet"], indirect=True)


@pytest.fixture(scope="module")
def clean() -> DepartmentReport:
    return perfeval.evaluate_department(CLEAN_FOLDER)


# -- what it says ------------------------------------------------------------------------------


def test_the_head_names_department_year_and_rulebook(page: str, real: DepartmentReport) -> None:
    assert "<h1>武汉市青山区民政局（本级）</h1>" in page
    assert "2023年度绩效自评总览" in words(page)
    assert real.rulebook is not None
    assert f"评分办法{real.rulebook.stamp}".replace(" ", "") in words(page)


def test_sums_say_what_they_are_made_of_and_the_rate_is_of_like_projects(page: str) -> None:
    """10949.91 was spent by 13 projects, whose budgets are 10998.73 and not the 11358.73 of 18."""
    whole = tiles(page)
    assert whole["项目"] == ("19个", "有总分的 1 个")
    assert whole["预算数"] == ("11358.73万元", "18 个项目有预算数")
    assert whole["执行数"] == ("10949.91万元", "13 个项目有执行数")
    assert whole["执行率"] == ("99.56%", "10949.91 ÷ 10998.73（13 个项目）")
    assert whole["等级"] == ("优 1个", "没有等级的 18 个")
    assert whole["得分中有据可算的"] == ("37.03%", "有据可算 36.46 分，依填报认定 62.00 分")


def test_findings_are_counted_in_the_department_and_in_its_sheets(
    page: str, real: DepartmentReport
) -> None:
    counts = [
        [
            sum(one.severity.name == kind for one in inspection.causes)
            for inspection in real.inspections
        ]
        for kind in ("ERROR", "WARNING", "INFO")
    ]
    errors, warnings, hints = counts
    assert tiles(page)["错误"] == (
        f"{sum(errors)}处",
        f"部门汇总 {errors[0]}，各自评表 {sum(errors[1:])}",
    )
    below = f"部门汇总 {warnings[0]}，各自评表 {sum(warnings[1:])}；另有提示 {sum(hints)}"
    assert tiles(page)["警告"] == (f"{sum(warnings)}处", below)


def test_what_the_sums_leave_out_is_named(page: str) -> None:
    text = words(page)
    assert "预算数合计不含没有公布预算数的1个项目：残疾人补贴。" in text
    assert "执行数合计不含没有公布执行数的6个项目：纳凉取暖经费、" in text
    assert "执行数中已知有2个项目调拨给其他单位730.70万元。" in text
    assert "纳凉取暖经费调拨236.00万元，没有公布执行数，不在合计内。" in text
    assert "未列入：涉密项目（涉密）。" in text


@pytest.mark.parametrize("folder", ["shipped:qingshan-2023", CLEAN_FOLDER])
def test_every_figure_of_the_table_is_that_of_its_scorecard(folder: str | Path) -> None:
    report = perfeval.evaluate_department(folder)
    by_name = {one.scorecard.sheet.name: one for one in report.sheets if one.scorecard}
    assert report.department is not None
    *projects, _ = table(written(report))
    assert [row[1] for row in projects] == [one.name for one in report.department.projects]
    for position, row in enumerate(projects, 1):
        one = by_name[row[1]]
        assert one.scorecard is not None
        assert row == [str(position), row[1], *expected(one.scorecard), *counted(one.inspection)]


def expected(card: Scorecard) -> Iterator[str]:
    """Yield the cells of a project, made of its scorecard another way."""
    budget = card.sheet.budget
    planned = budget.original if budget.final is None else budget.final
    yield from ("未公布" if one is None else plain(one) for one in (planned, budget.spent))
    if planned and budget.spent is not None:
        rate = Fraction(budget.spent) / Fraction(planned) * 100
        yield "100%" if rate == 100 else f"{Decimal(round(rate * 100)) / 100:.2f}%"
    else:
        yield "—"
    yield "未公布指标" if card.total is None else plain(card.total)
    yield card.grade or "—"
    filed = card.sheet.filed.total
    yield "—" if filed is None else plain(filed)
    if filed is None or card.total is None:
        yield "—"
    else:
        yield f"{'+' if filed > card.total else ''}{filed - card.total}"
    yield from (f"{points:.2f}" for points in (card.measured, card.claimed))


def counted(inspection: Inspection) -> list[str]:
    kinds = [finding.severity.name for finding in inspection.causes]
    return [str(kinds.count("ERROR")), str(kinds.count("WARNING"))]


def test_the_sums_below_the_table_are_those_of_its_rows(page: str) -> None:
    *projects, sums = table(page)
    for column, text in enumerate(sums):
        if text and column != 1:
            parts = [number(row[column]) for row in projects if row[column] != "未公布"]
            assert number(text) == sum(parts), HEADS[column]
    assert [HEADS[at] for at, text in enumerate(sums) if text] == [
        "项目",
        "预算数",
        "执行数",
        "错误",
        "警告",
    ]


@pytest.mark.parametrize("folder", ["shipped:qingshan-2023", CLEAN_FOLDER])
def test_every_row_of_every_sheet_has_its_figures_and_its_derivation(folder: str | Path) -> None:
    report = perfeval.evaluate_department(folder)
    names = [row[1] for row in table(written(report))[:-1]]
    pages = details(report)
    for one in report.sheets:
        card = one.scorecard
        assert card is not None
        shown = pages[names.index(card.sheet.name)]
        rows = rows_of(shown)
        assert [row[0] for row in rows] == [line.name for line in card.rows]
        for row, line in zip(rows, card.rows, strict=True):
            assert number(row[3]) == Fraction(line.weight or 0)
            assert row[4] == ("未计分" if line.points is None else plain(line.points))
            assert row[5] == ("" if line.filed is None else plain(line.filed))
            assert f"<span>{html.escape(line.explain(), quote=False)}</span>" in unquoted(shown)
            if isinstance(line, IndicatorLine):
                cells = (line.indicator.target, line.indicator.actual)
                assert row[1:3] == [cell.text if cell else "—" for cell in cells]


def unquoted(page: str) -> str:
    return page.replace("&#34;", '"').replace("&#39;", "'")


def test_no_decimal_figure_comes_from_nowhere(clean: DepartmentReport) -> None:
    """What is printed is a field of a sheet, a point of its scorecard, a rate, or a sum of them."""
    cards = [one.scorecard for one in clean.sheets if one.scorecard]
    known = {Fraction(text) for card in cards for text in figures(repr(card))}
    known |= {Fraction(text) for card in cards for text in figures(" ".join(expected(card)))}
    sums = {"284.4", "98.07", "96.73", "384.10", "13.00"}
    shown = "".join([written(clean), *details(clean)])
    page = re.sub(r"<svg.*?</svg>", "", shown.replace(perfeval.__version__, ""))
    seen = figures(" | ".join(data for _, data in read_html(page).texts))
    decimal = {text for text in seen if "." in text}
    assert {text for text in decimal - sums if Fraction(text) not in known} == set()
    assert sums < decimal


def test_amounts_stand_point_below_point(page: str) -> None:
    """Every amount with the unseen digits that fill it up has as many decimals as the longest."""
    [text] = re.findall(r'<table id="overview">.*?</table>', page, re.DOTALL)
    filled_up = re.findall(r'<td[^>]* data-fill="([0.]*)"[^>]*>([0-9.]+)</td>', text)
    assert len(filled_up) > 10
    assert {len((figure + fill).partition(".")[2]) for fill, figure in filled_up} == {2}


def test_child_rows_stand_below_their_row_without_points(make: Make) -> None:
    child = {"名称": "一街", "目标值": "≥60张", "完成值": "60张", "分值": 20, "已填报得分": 20}
    one = sheet(make, {**OUTPUT, "其中": [child]}, BENEFIT, CLIENTS, 预算=FULL)
    rows = rows_of(detail_page(one))
    assert rows[2] == ["其中：一街", "≥60张", "60张", "20", "", "20", ""]


def test_a_range_is_printed_with_both_ends_and_says_why(make: Make) -> None:
    one = sheet(make, OUTPUT, BENEFIT, {**CLIENTS, "完成值": None}, 预算=FULL)
    shown = page_of(one)
    assert table(shown)[0][5] == "80.00～100.00"
    assert 'data-v="80.00">80.00～100.00<' in shown
    assert "总分只能给出区间：1行未计分（满意度）。" in words(detail_page(one))


def test_weights_that_do_not_fit_are_said_where_the_points_would_stand(make: Make) -> None:
    one = sheet(make, {**OUTPUT, "分值": 30}, BENEFIT, CLIENTS, 预算=FULL)
    assert table(page_of(one))[0][5].startswith("产出指标分值合计 30，办法规定 40")


def test_amounts_in_yuan_are_shown_and_added_in_the_departments_unit(make: Make) -> None:
    small = sheet(make, 项目名称="乙", 金额单位="元", 预算={"预算数": 95000, "执行数": 47500})
    shown = page_of(sheet(make, 项目名称="甲", 预算=FULL), small)
    assert [row[2:5] for row in table(shown)] == [
        ["100", "100", "100%"],
        ["9.5", "4.75", "50.00%"],
        ["109.5", "104.75", ""],
    ]
    assert tiles(shown)["预算数"][0] == "109.5万元"
    assert tiles(shown)["执行率"] == ("95.66%", "104.75 ÷ 109.5（2 个项目）")


def test_the_sheet_of_the_whole_department_is_no_project(make: Make) -> None:
    whole = sheet(make, OUTPUT, BENEFIT, CLIENTS, 项目名称="整体", 表种="部门整体支出", 预算=FULL)
    shown = page_of(whole, sheet(make, 项目名称="甲", 预算=FULL))
    assert [row[1] for row in table(shown)] == ["甲", "合计"]
    assert "另有自评表：整体，100.00分。" in words(shown)


def test_what_could_not_be_read_stands_apart_with_its_findings() -> None:
    shown = page_of(SheetResult(WORST, None))
    text = words(shown)
    assert "没有读通的1份" in text
    assert "已填报得分2高于办法" in text.partition("没有读通的1份")[2]
    assert tiles(shown)["项目"][1] == "有总分的 0 个，另有 1 份没有读通"


def test_the_departments_own_findings_stand_worst_first_with_place_and_hint() -> None:
    text = words(page_of(own=replace(WORST, findings=(HINT, *WORST.findings))))
    section = text.partition("三、部门汇总发现的问题")[2].partition("四、")[0]
    assert section.index("PT104") < section.index("PT102") < section.index("VA301")
    assert "甲.yaml:30:12" in section
    assert "建议改为1.63" in section
    assert "理由绩效科已同意" in section


def test_the_ledger_adds_up_the_checks_of_all_sheets(make: Make) -> None:
    one = sheet(make, 预算=FULL)
    ledger = {"PT102": Status.PASSED, "PT104": Status.FAILED, "IN108": Status.LACKING}
    both = [one._replace(inspection=Inspection(name, ledger=ledger)) for name in ("甲", "乙")]
    text = words(page_of(*both, own=Inspection("丙", ledger={"DP101": Status.WAIVED})))
    assert "部门汇总000001" + "01" in text
    assert "各自评表（2份）2202000" + "6" in text


def test_a_department_without_sheets_makes_a_page_too() -> None:
    shown = page_of()
    assert "没有读通的项目自评表。" in shown
    assert tiles(shown)["执行率"] == ("—", "没有可算的项目")


def test_a_long_chart_is_closed_until_someone_opens_it(make: Make) -> None:
    one = sheet(make, 预算=FULL)
    assert '<details class="fold" open>' in page_of(*[one] * 40)
    assert '<details class="fold">' in page_of(*[one] * 41)


# -- links -------------------------------------------------------------------------------------


def test_documents_are_linked_by_escaped_relative_paths(page: str, real: DepartmentReport) -> None:
    target = "%E7%94%B2%20%E9%A1%B9%E7%9B%AE/%E8%87%AA%E8%AF%84%E8%A1%A8%231.docx"
    assert page.count(f'<a href="{target}">自评表（Word）</a>') == 1
    for shown in details(real, LINKS):
        assert shown.count(f'<a href="{target}">自评表（Word）</a>') == 1


def test_the_files_of_one_document_stand_together(make: Make) -> None:
    files = ["合订本.docx", "数据/字段.csv", "合订本.pdf", "数据/字段.json", "2023.甲"]
    page = detail_page(sheet(make, 预算=FULL, links=tuple((file, file) for file in files)))
    shown = re.findall(r"<li>(?:<span>.*?</span>)?<a href.*?</li>", page)
    assert [re.sub("<.*?>", " ", item).split() for item in shown] == [
        ["合订本", "Word", "PDF"],
        ["字段", "CSV", "JSON"],
        ["2023.甲"],
    ]
    assert 'aria-label="合订本（PDF）"' in shown[0]


@pytest.mark.parametrize(
    "target",
    [
        "http://x.example/a",
        "HTTPS:a",
        "javascript:alert(1)",
        "//x.example",
        "/etc/passwd",
        "\\\\host\\a",
        "C:\\a.docx",
        "data:text/html,a",
        "file:a",
        "",
    ],
)
def test_a_link_that_leads_elsewhere_is_refused(make: Make, target: str) -> None:
    with pytest.raises(RenderError, match="不是相对路径"):
        detail_page(sheet(make, 预算=FULL, links=(("表", target),)))
    with pytest.raises(RenderError, match="不是相对路径"):
        page_of(sheet(make, 预算=FULL)._replace(page=target or "/"))


@pytest.mark.parametrize("target", ['a"onload="x', "a b/<i>.docx", "甲：乙.docx", "2023:甲.docx"])
def test_a_linked_path_never_leaves_its_attribute(make: Make, target: str) -> None:
    one = sheet(make, 预算=FULL, links=(("表", target),))._replace(page=target)
    for shown in (page_of(one), detail_page(one)):
        hrefs = [has["href"] or "" for _, has in read_html(shown).elements if "href" in has]
        [href] = [href for href in hrefs if href not in ("#projects", "#found", "../../index.html")]
        assert re.fullmatch(r"[A-Za-z0-9%./_~-]+", href)
        assert unquote(href) == target


# -- safe and self-contained -------------------------------------------------------------------


@both
def test_the_page_asks_nothing_of_a_network(page: str) -> None:
    elements = read_html(page).elements
    assert not {"link", "img", "iframe", "object", "base", "form"} & {tag for tag, _ in elements}
    assert not {"src", "action", "style", "onload"} & {name for _, has in elements for name in has}
    text = page.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"url\(|@import|https?:|fetch\(|XMLHttp", text)


@both
def test_only_the_pages_own_styles_and_script_may_run(page: str) -> None:
    policy = next(
        has["content"] or ""
        for tag, has in read_html(page).elements
        if tag == "meta" and has.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        hashes = re.findall(rf"{tag}-src ([^;]*);", policy)[0].split()
        inside = set(re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL))
        digests = {b64encode(sha256(text.encode()).digest()).decode() for text in inside}
        assert set(hashes) == {f"'sha256-{digest}'" for digest in digests}


@pytest.mark.parametrize("text", [*HOSTILE, *STRANGE])
def test_no_field_becomes_markup(make: Make, text: str) -> None:
    plain_page, hostile = (read_html(filled(make, one)) for one in ("甲乙", text))
    assert markup(plain_page) == markup(hostile)


@pytest.mark.parametrize("text", STRANGE)
def test_nothing_on_the_page_steers_what_shows_it(make: Make, text: str) -> None:
    assert all(char.isprintable() or char in "\n\xa0\u3000" for char in filled(make, text))


def markup(page: Any) -> list[tuple[str, list[str]]]:
    """Return the elements and their attributes; a chart may set a long name in two lines."""
    return [(tag, sorted(has)) for tag, has in page.elements if tag != "text"]


def filled(make: Make, text: str) -> str:
    """Return a page with *text* in every field that comes from outside."""
    inside = text if text in HOSTILE or text == "甲乙" else "甲乙"  # a sheet refuses the others
    report = make(**hostile_sheet(inside))
    found = filled_with(text)
    links = ((text, "甲.docx"),)
    sheets = [SheetResult(found, report.scorecard, links), SheetResult(found, None)]
    left_out = [{"名称": inside, "原因": inside}]
    index = page_of(*sheets, own=found, 部门名称=inside, 自评范围={"未列入": left_out})
    return index + detail_page(sheets[0], 部门名称=inside)


@both
def test_every_name_that_is_referred_to_is_there_once(page: str) -> None:
    elements = read_html(page).elements
    names = [has["id"] for _, has in elements if "id" in has]
    assert len(names) == len(set(names))
    hrefs = {has["href"] or "" for _, has in elements if "href" in has}
    assert {href[1:] for href in hrefs if href.startswith("#")} <= set(names)
    assert {has["aria-labelledby"] for _, has in elements if "aria-labelledby" in has} <= set(names)


@both
def test_headings_follow_their_order(page: str) -> None:
    levels = [int(tag[1]) for tag, _ in read_html(page).elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_controls_are_hidden_until_the_script_runs(page: str) -> None:
    assert '<p class="filters" hidden>' in page
    body = page.partition("<body>")[2].partition("<script>")[0]
    assert body.count("<button") == 5


def test_the_worst_project_stands_first(page: str) -> None:
    """Most errors, then most warnings, then no total, then the fewest points."""
    [text] = re.findall(r'<table id="overview">.*?</table>', page, re.DOTALL)
    cells = read_html(text).cells
    rows = [[cell.text for cell in cells if cell.row == row] for row in range(1, 20)]
    order = [(-int(row[11]), -int(row[12]), row[6] != "—") for row in rows]
    assert order == sorted(order)
    assert rows[0][1] == "养老服务体系建设运营补助资金"


def test_a_row_says_what_the_filters_ask_for(make: Make) -> None:
    bad = sheet(make, OUTPUT, BENEFIT, CLIENTS, 预算=FULL)._replace(inspection=WORST)
    good = sheet(make, OUTPUT, BENEFIT, CLIENTS, 预算=FULL)
    blank = sheet(make, 预算=FULL)
    states = re.findall(r'<tr data-is="([^"]*)">', page_of(good, blank, bad))
    assert states == ["error", "open clean", "clean"]


def test_equal_results_give_equal_bytes(real: DepartmentReport, page: str) -> None:
    assert written(real, LINKS) == page
    assert not re.search(r"20\d\d-\d\d-\d\d|\d\d:\d\d:\d\d", page.partition("<body>")[2])


@pytest.mark.parametrize(("number", "most"), [(30, 300_000), (500, 2_000_000)])
def test_the_page_of_many_projects_stays_small(make: Make, number: int, most: int) -> None:
    """300 KB for 30 projects, 2 MB for 500, however many rows their sheets have."""
    outputs = [{**OUTPUT, "名称": f"床位数{at}", "分值": 2} for at in range(18)]
    one = sheet(make, *outputs, {**OUTPUT, "分值": 4}, BENEFIT, CLIENTS, 预算=FULL)
    named = one._replace(page="项目/一个名字很长的项目的建设运营和补助资金/得分和问题.html")
    shown = page_of(*[named] * number)
    assert len(table(shown)) == number + 1
    assert len(shown.encode()) < most
    assert len(detail_page(one).encode()) < 60_000


# -- in a browser ------------------------------------------------------------------------------


@pytest.fixture
def mixed(make: Make) -> str:
    """Return a page of budgets that a sort by text, or with blanks as zero, would mix up."""
    budgets = ["10", "9.5", None, "100", "0", "9.50001", "99999999999999999.1", "99999999999999999"]
    return page_of(
        *(
            sheet(
                make, 项目名称=f"项目{at}", 预算={"预算数": None if one is None else Decimal(one)}
            )
            for at, one in enumerate(budgets)
        )
    )


def column(tab: Any, head: str) -> list[str]:
    at = HEADS.index(head) + 1
    texts: list[str] = tab.locator(f"#overview tbody tr > :nth-child({at})").all_text_contents()
    return texts


RISING = ["0", "9.5", "9.50001", "10", "100", "99999999999999999", "99999999999999999.1"]


@pytest.mark.slow
def test_the_table_is_sorted_by_exact_numbers_with_blanks_last(visit: Visit, mixed: str) -> None:
    tab = visit(mixed)
    head = tab.get_by_role("button", name="预算数", exact=True)
    head.click()
    assert column(tab, "预算数") == [*reversed(RISING), "未公布"]
    head.click()
    assert column(tab, "预算数") == [*RISING, "未公布"]
    assert tab.locator("#overview output").text_content() == "按预算数从小到大排列"
    tab.get_by_role("button", name="序号", exact=True).click()
    assert column(tab, "序号") == [str(number) for number in range(1, 9)]


@pytest.mark.slow
@pytest.mark.parametrize("head", HEADS)
def test_every_column_of_the_real_table_sorts_both_ways(visit: Visit, page: str, head: str) -> None:
    tab = visit(page)
    before = column(tab, head)
    orders = []
    for _ in range(2):
        tab.get_by_role("button", name=head, exact=True).click()
        orders.append((tab.locator("th[aria-sort]").get_attribute("aria-sort"), column(tab, head)))
    assert {way for way, _ in orders} == {"ascending", "descending"}
    for way, texts in orders:
        assert sorted(texts) == sorted(before)
        known = [text for text in texts if re.match(r"[+-]?\d", text)]
        assert head == "项目" or texts[: len(known)] == known or head == "等级"
        values = [number(text) for text in known if head != "项目"]
        assert values == sorted(values, reverse=way == "descending")


@pytest.mark.slow
def test_all_sort_buttons_are_reached_and_pressed_by_keyboard(visit: Visit, page: str) -> None:
    tab = visit(page)
    tab.focus("#overview thead th:first-child button")
    seen = []
    for _ in HEADS:
        seen.append(tab.evaluate("document.activeElement.textContent"))
        tab.keyboard.press("Enter")
        assert tab.evaluate("document.activeElement.closest('th').ariaSort") is not None
        assert tab.locator("th[aria-sort]").count() == 1
        tab.keyboard.press("Tab")
    assert seen == HEADS


@pytest.mark.slow
@pytest.mark.parametrize("page", ["sheet"], indirect=True)
def test_a_figure_shows_its_derivation_and_hides_it_again(
    visit: Visit, page: str, real: DepartmentReport
) -> None:
    tab = visit(page)
    card = next(one.scorecard for one in real.sheets if one.scorecard and one.scorecard.lines)
    assert card is not None
    figures_shown = tab.locator(".got button")
    for at, line in enumerate(card.rows):
        figures_shown.nth(at).focus()
        tab.keyboard.press("Enter")
        assert figures_shown.nth(at).get_attribute("aria-expanded") == "true"
        assert tab.locator(".derived").all_text_contents() == [line.explain()]
        tab.keyboard.press("Enter")
        assert tab.locator(".derived").count() == 0


@pytest.mark.slow
def test_filters_show_the_projects_that_are_asked_for(visit: Visit, page: str) -> None:
    tab = visit(page)
    shown = tab.locator("#overview tbody tr:visible")
    assert shown.count() == 19
    tab.get_by_role("button", name="有错误").focus()
    tab.keyboard.press("Enter")
    errors = tab.locator("#overview tbody tr:visible td:nth-child(12)").all_text_contents()
    assert errors
    assert all(int(one) > 0 for one in errors)
    assert tab.locator("#overview output").text_content() == f"显示 {len(errors)} 个"
    tab.get_by_role("button", name="全部").click()
    tab.get_by_label("查找项目").fill("养老")
    names = tab.locator("#overview tbody tr:visible th").all_text_contents()
    assert names
    assert all("养老" in one for one in names)


@pytest.mark.slow
@both
def test_without_script_everything_can_be_read(visit: Visit, page: str) -> None:
    tab = visit(page, java_script_enabled=False)
    assert tab.locator("button:visible").count() == 0
    for summary in tab.locator("details:not([open]) > summary").all():
        summary.click()
    assert tab.locator("table").first.is_visible()


@pytest.mark.slow
@both
@pytest.mark.parametrize("width", [320, 360, 390, 768, 1280, 1440])
def test_the_page_is_never_wider_than_the_window(visit: Visit, page: str, width: int) -> None:
    """Nothing has to be moved sideways on a phone: no part of the page is wider than its place."""
    tab = visit(page, viewport={"width": width, "height": 900})
    for press in tab.locator(".got button").all():
        press.click()
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    if width <= 720:
        wide = """() => [...document.querySelectorAll("main *")].filter((one) =>
            one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.outerHTML)"""
        assert tab.evaluate(wide) == []


@pytest.mark.slow
@both
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_hinders_readers(
    visit: Visit, hindrances: Hindrances, page: str, scheme: str, width: int
) -> None:
    tab = visit(page, viewport={"width": width, "height": 900}, color_scheme=scheme)
    for fold in tab.locator("details:not([open]) > summary:visible").all():
        fold.click()
    if tab.locator(".got button").count():
        tab.locator(".got button").first.click()
    assert hindrances(tab) == []
