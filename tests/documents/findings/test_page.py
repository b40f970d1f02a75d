"""校核报告: one self-contained page; the worst first; what comes from outside is text."""

from __future__ import annotations

import html
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise

import pytest

import perfeval
from perfeval.checks.registry import CHECKS
from perfeval.documents.findings.check_pages import page_of
from perfeval.documents.findings.page import check_page
from perfeval.findings import Finding, Inspection, Severity, Status
from perfeval.places import TextPlace
from tests.documents.inspected import ALL, CLEAN, FOLDER, GUESS, WORST, filled_with
from tests.documents.reading import read_html
from tests.documents.rows import HOSTILE

STRANGE = ("\x00\x1b[31m\u202e", "\udc80.yaml", "\ufffe\uffff", "甲\u2028乙\r\n丙")
PAGE = check_page(ALL).decode()


def words(page: str) -> str:
    """Return the text of a page as it is read, without the blanks between its parts."""
    return "".join("".join(data.split()) for _, data in read_html(page).texts)


def parts(page: str, tag: str) -> list[str]:
    """Return the contents of the elements *tag* that hold no element of that name."""
    return re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", page, re.DOTALL)


def excerpt(line: str, column: int) -> str:
    finding = GUESS._replace(excerpt=line, places=(TextPlace(7, column),))
    page = check_page([Inspection("甲", findings=(finding,))]).decode()
    return html.unescape(parts(page, "pre")[0].partition("</i>")[2])


def test_the_summary_counts_files_findings_and_points() -> None:
    text = words(PAGE)
    assert (
        "共校核3份材料，发现问题4处：错误2处、警告1处、提示1处；另有1处已豁免，不计在内。" in text
    )
    assert "涉及分值21.54分" in text
    assert "没有发现问题1份" in text


def test_kinds_of_faults_are_counted_the_most_errors_first() -> None:
    rows = parts(parts(PAGE, "tbody")[0], "tr")
    texts = [re.findall(r">([^<>]+)<", row) for row in rows]
    assert texts == [
        ["得分", "2", "0", "0", "2"],
        ["指标设置", "0", "1", "0", "1"],
        ["目标值和完成值", "0", "0", "1", "1"],
    ]


def test_the_worst_file_stands_first_and_each_row_leads_to_its_section() -> None:
    links = re.findall(r'<a href="#(f\d)">(.*?)</a>', PAGE)
    assert links == [("f1", "甲项目"), ("f2", "乙项目"), ("f3", "丙项目")]
    titles = re.findall(r'<article id="(f\d)".*?</span>(.*?)</h3>', PAGE, re.DOTALL)
    assert titles == links


def test_findings_stand_worst_first_and_are_numbered_through() -> None:
    found = re.findall(r'<li class="f (\w+)" value="(\d)">.*?<code>(\w+)</code>', PAGE, re.DOTALL)
    assert found == [
        ("error", "1", "PT104"),
        ("error", "2", "PT102"),
        ("warning", "3", "IN102"),
        ("info", "4", "VA301"),
    ]


def test_a_finding_says_all_that_is_known_of_it() -> None:
    first, second, third, fourth = map(words, re.findall(r'<li class="f .*?</li>', PAGE, re.DOTALL))
    assert "错误PT104已填报总分100，按办法为98.46涉及1.54分" in first
    assert "指标·产出指标第6项·已填报得分甲.yaml:30:12" in second
    assert "30已填报得分:2" in second
    assert "建议改为1.63" in second
    assert "推测涉及20.00分" in third
    assert "需佐证" in fourth
    assert "推测" not in first + second


def test_the_page_of_the_check_stands_below_its_finding_and_is_closed() -> None:
    page = page_of("PT104")
    text = f"PT104说明问题{page.problem}影响{page.impact}改法{page.instead}依据{page.source}"
    assert "".join(text.split()) in words(PAGE)
    assert "<details open" not in PAGE


def test_a_finding_of_an_unknown_check_has_no_page() -> None:
    finding = Finding("XX999", Severity.ERROR, "未知")
    page = check_page([Inspection("甲", findings=(finding,))]).decode()
    assert "XX999" in page
    assert "<details" not in page


@pytest.mark.parametrize(
    ("line", "column", "shown"),
    [
        ("    预算数: 0102", 10, "    预算数: <mark>0102</mark>"),
        ("    预算数: 0102", 5, "    <mark>预算数</mark>: 0102"),
        ("名称: 养老 机构  # 注", 5, "名称: <mark>养老 机构</mark>  # 注"),
        ("{总分: 100, 等级: 优}", 6, "{总分: <mark>100</mark>, 等级: 优}"),
        ('名称: "甲, 乙" # 注', 5, '名称: <mark>"甲, 乙"</mark> # 注'),
        ("金额: 1,286.70", 5, "金额: <mark>1,286.70</mark>"),
        ("  - 名称: 甲  # 注", 3, "  <mark>- 名称: 甲</mark>  # 注"),
        ("  - {数: 1, 处: [甲]}", 5, "  - <mark>{数: 1, 处: [甲]}</mark>"),
        ("得分: -5", 5, "得分: <mark>-5</mark>"),
        ("属性:    # 空", 4, "属性:<mark> </mark>   # 空"),
        ("年度:", 4, "年度:<mark>\xa0</mark>"),
        ("年度:", 99, "年度:<mark>\xa0</mark>"),
        ("年度: 2023", 0, "<mark>年度</mark>: 2023"),
        ("甲:\t\x1b[31m", 4, "甲: <mark>\\x1b[31m</mark>"),
    ],
)
def test_the_place_in_the_line_is_marked(line: str, column: int, shown: str) -> None:
    assert excerpt(line, column) == shown


def test_of_a_very_long_line_only_the_part_at_the_place_is_shown() -> None:
    shown = excerpt("甲" * 5000 + " 乙: " + "丙" * 5000, 5002)
    assert shown.startswith("…甲")
    assert "<mark>乙</mark>" in shown
    assert shown.endswith("丙…")
    assert len(shown) < 160


def test_a_finding_without_a_line_has_no_excerpt_and_no_colon_in_its_place() -> None:
    finding = Finding("DP207", Severity.WARNING, "全满分", file=f"{FOLDER}甲.yaml", excerpt="甲")
    page = check_page([Inspection(f"{FOLDER}甲.yaml", findings=(finding,))]).decode()
    assert '<p class="at"><code>甲.yaml</code></p>' in page
    assert "<pre>" not in page


def test_each_section_names_its_file_its_counts_and_its_rulebook() -> None:
    header = words(PAGE.partition('id="f1"')[2].partition("</header>")[0])
    assert "甲.yaml错误2警告0提示0涉及1.54分评分办法hubei-20201(abc)" in header


def test_what_was_waived_is_listed_with_its_reason_and_not_counted() -> None:
    section = PAGE.partition('id="f1"')[2].partition("</article>")[0]
    assert "已豁免1处提示VA301目标值没有写符号理由绩效科已同意" in words(section)
    assert "发现问题0处；另有1处已豁免" in words(check_page([replace(WORST, findings=())]).decode())


def test_the_ledger_says_what_became_of_each_check() -> None:
    text = words(PAGE)
    assert "校核台账6项：通过2、未通过2、数据不足1、停用1" in text
    assert "通过BX101BX102未通过PT102PT104数据不足IN108停用TX101" in text
    assert "没有校核的（不适用、数据不足、未读通、停用）不算通过。" in text
    assert f"BX101{''.join(page_of('BX101').problem.split())}" in text


def test_a_file_without_a_ledger_is_not_said_to_have_passed() -> None:
    page = words(check_page([Inspection("甲")]).decode())
    assert "没有校核台账，不能说明哪些项目已经通过。" in page
    assert "校核台账0项" not in page


@pytest.mark.parametrize("status", Status)
def test_every_status_is_named_where_a_check_has_it(status: Status) -> None:
    page = check_page([replace(CLEAN, ledger={"PT102": status})]).decode()
    assert f"校核台账 1 项：{status.value} 1<" in page


def test_a_file_that_could_not_be_read_says_so() -> None:
    page = check_page([Inspection("/家/甲.yaml")]).decode()
    assert '<a href="#f1">甲.yaml（没有读通）</a>' in page
    assert "评分办法" not in page


def test_no_file_and_no_finding_make_a_page_too() -> None:
    assert "共校核0份材料，发现问题0处。" in words(check_page([]).decode())
    clean = check_page([CLEAN]).decode()
    assert "没有发现问题。" in clean
    assert '<div id="filter"' not in clean
    assert '<table class="kinds">' not in clean


def test_versions_stand_at_the_end() -> None:
    end = re.findall(r"<li><code>(.*?)</code></li>", PAGE.partition("四、版本")[2])
    assert end == [f"perfeval {perfeval.__version__}", "hubei-2020 1 (abc)", "mof-2020 1 (def)"]


def test_the_page_asks_nothing_of_a_network() -> None:
    elements = read_html(PAGE).elements
    assert not {"link", "img", "iframe", "object", "base", "form"} & {tag for tag, _ in elements}
    assert not {"src", "action", "style", "onload"} & {name for _, has in elements for name in has}
    assert all((has.get("href") or "#").startswith("#") for _, has in elements)
    assert not re.search(r"url\(|@import|https?:|fetch\(|XMLHttp", PAGE)


def test_only_the_pages_own_style_and_script_may_run() -> None:
    policy = next(
        has["content"] or ""
        for tag, has in read_html(PAGE).elements
        if tag == "meta" and has.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        [text] = parts(PAGE, tag)
        digest = b64encode(sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_the_controls_are_hidden_until_the_script_runs() -> None:
    [bar] = re.findall(r'<div id="filter"[^>]*>', PAGE)
    assert bar.endswith(" hidden>")
    assert " hidden" not in PAGE.replace(bar, "").partition("<body>")[2].partition("<script>")[0]


def test_every_name_that_is_referred_to_is_there_once() -> None:
    elements = read_html(PAGE).elements
    names = [has["id"] for _, has in elements if "id" in has]
    assert len(names) == len(set(names))
    meant = {has[key] for _, has in elements for key in ("aria-labelledby",) if key in has}
    assert meant <= set(names)
    assert {(has["href"] or "")[1:] for _, has in elements if "href" in has} <= set(names)


def test_the_page_says_its_language_and_headings_follow_their_order() -> None:
    elements = read_html(PAGE).elements
    assert ("html", {"lang": "zh-CN"}) in elements
    levels = [int(tag[1]) for tag, _ in elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("text", [*HOSTILE, *STRANGE])
def test_no_field_becomes_markup(text: str) -> None:
    plain, hostile = (read_html(check_page([filled_with(one)])) for one in ("甲乙", text))
    assert [tag for tag, _ in plain.elements] == [tag for tag, _ in hostile.elements]
    names = [sorted(has) for _, has in plain.elements]
    assert names == [sorted(has) for _, has in hostile.elements]


@pytest.mark.parametrize("text", STRANGE)
def test_nothing_on_the_page_steers_what_shows_it(text: str) -> None:
    page = check_page([filled_with(text)]).decode()
    assert all(char.isprintable() or char in "\n\xa0\u3000" for char in page)


def test_equal_findings_give_equal_bytes() -> None:
    assert check_page(ALL) == check_page(list(ALL))
    assert not re.search(r"20\d\d-\d\d-\d\d|\d\d:\d\d:\d\d", PAGE)


def test_a_page_of_many_files_stays_lean() -> None:
    """A thousand files with two findings each and a full ledger stay below five megabytes."""
    ledger = dict.fromkeys(CHECKS, Status.PASSED)
    many = [replace(WORST, name=f"{number}.yaml", ledger=ledger) for number in range(1000)]
    assert len(check_page(many)) < 5_000_000
