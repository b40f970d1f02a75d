"""What `docs/checks-measured.zh-CN.md` counts is counted again, and each judgement is of a finding.

With ``--update-snapshots`` the counts in the document are written anew; the judgements are not:
whoever changes a check judges its findings by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

import perfeval
from perfeval.checks import Examination, examine, examine_department
from perfeval.checks.registry import CHECKS, Check, Scope
from perfeval.checks.subjects import DepartmentScores
from perfeval.documents.findings.check_pages import page_of
from perfeval.findings import Finding, Nature, Status
from perfeval.readers.departments import read_department
from perfeval.scorecard import Scorecard
from tests.published.test_published import TABLES, card_of

DOCUMENT = Path(__file__).parents[2] / "docs" / "checks-measured.zh-CN.md"
SHIPPED = "shipped:qingshan-2023/"
DEPARTMENT = "青山区民政局（部门）"
COUNTS = ("编号", "查什么", "性质", "看过", "有发现", "条数", "因节录", "误报")
JUDGED = ("编号", "材料", "位置", "判断", "理由")
RIGHT, FALSE = "对", "误报"
LOOKED = (Status.PASSED, Status.FAILED, Status.LACKING)

EXCERPTS: dict[str, set[str]] = {
    "大英县图书馆-未计分": {"BX102", "FM103", "VA102"},
    "大英县图书馆-满分行": {"BX102", "FM103", "PT109", "WT101"},
    "天长-水利": {"FM103"},
    "安居区-市监局": {"FM103", "PT109", "VA101", "WT101"},
    "宣城-禁毒": {"FM103", "WT101"},
    "成安-百岁津贴": {"FM103"},
    "普陀体育中心-委托运营": {"FM103"},
    "普陀体育中心-援滇帮扶": {"WT104"},
    "梁平区-林业局": {"BX102", "FM103"},
    "永德-营养改善": {"FM103", "RS104", "RS108"},
    "翟店-基本公卫": {"FM103", "RS104", "RS108", "WT101"},
    "萧县-特色种养": {"FM103", "WT101"},
    "蔡甸区-森林防火": {"FM102", "FM103", "WT101", "WT102"},
    "长江禁捕": {"FM102"},
    "隆阳-化肥减量": {"FM102", "FM103", "WT101"},
    "零陵区-林业局": {"FM103", "WT101"},
}
"""What is missing in our copy of a table, and perhaps not in the table."""


class Known(NamedTuple):
    """A finding with the document's words for where it stands."""

    code: str
    material: str
    place: str


@cache
def examinations() -> dict[str, tuple[Examination, tuple[Known, ...]]]:
    """Check every published table, and the shipped department with its sheets."""
    cards = {table.name: card_of(table) for table in TABLES}
    here = {card.sheet.name for card in cards.values()}
    names = [name for name in perfeval.shipped_sheets() if name.startswith(SHIPPED)]
    shipped = [card_of_shipped(name) for name in names]
    cards |= {card.sheet.name: card for card in shipped if card.sheet.name not in here}
    found = {}
    for name, card in cards.items():
        seen = examine(card)
        known = [Known(item.code, name, place(item.path, card)) for item in seen.findings]
        found[name] = seen, tuple(known)
    department = read_department(SHIPPED + "department.yaml").department
    assert department is not None
    book = perfeval.load_rulebook(department.rulebook, year=department.year)
    files = tuple(map(str, range(len(shipped))))
    seen = examine_department(DepartmentScores(department, book, tuple(shipped), files=files))
    known = [
        Known(item.code, DEPARTMENT, department_place(item, shipped)) for item in seen.findings
    ]
    found[DEPARTMENT] = seen, tuple(known)
    return found


@cache
def card_of_shipped(name: str) -> Scorecard:
    card = perfeval.evaluate(name).scorecard
    assert card is not None
    return card


def place(path: tuple[str | int, ...], card: Scorecard) -> str:
    """Name a place by the row's name, not by its number."""
    steps = list(map(str, path))
    if len(path) > 1 and path[0] == "指标" and isinstance(path[1], int):
        steps[:2] = [card.lines[path[1]].name]
    return "/".join(steps)


def department_place(finding: Finding, cards: list[Scorecard]) -> str:
    sheets = [cards[int(finding.file)].sheet.name] if finding.file else []
    return "/".join([*sheets, *map(str, finding.path)])


def table_of(heading: tuple[str, ...]) -> list[dict[str, str]]:
    """Read the document's table with this heading."""
    lines = DOCUMENT.read_text(encoding="utf-8").split("\n")
    start = lines.index(row(heading))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        rows.append(dict(zip(heading, cells, strict=True)))
    return rows


def row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def measured() -> Iterator[Check]:
    for _, check in sorted(CHECKS.items()):
        if check.scope not in (Scope.FILE, Scope.DOCUMENT, Scope.ACCOUNT, Scope.REVIEW):
            yield check


def counts() -> list[tuple[str, ...]]:
    """Count for every check what it looked at, what it found, and what of that was wrong."""
    wrong = [item["编号"] for item in table_of(JUDGED) if item["判断"] == FALSE]
    return [counted(check, wrong.count(check.code)) for check in measured()]


def counted(check: Check, wrong: int) -> tuple[str, ...]:
    looked = fired = findings = excerpts = 0
    for name, (seen, known) in examinations().items():
        if check.code not in seen.ledger:
            continue
        number = sum(item.code == check.code for item in known)
        looked += seen.ledger[check.code] in LOOKED
        fired += bool(number)
        findings += number
        if check.code in EXCERPTS.get(name, ()):
            judged = [item for item in known if item.code == check.code and item in judged_false()]
            excerpts += number - len(judged)
    told = page_of(check.code).problem.split("。")[0]
    numbers = (looked, fired, findings, excerpts, wrong)
    return (check.code, told, check.nature.value, *map(str, numbers))


@cache
def judged_false() -> frozenset[Known]:
    return frozenset(
        Known(item["编号"], item["材料"], item["位置"])
        for item in table_of(JUDGED)
        if item["判断"] == FALSE
    )


def all_findings() -> list[Known]:
    return [item for _, known in examinations().values() for item in known]


def test_the_counts_in_the_document_are_those_of_today(request: pytest.FixtureRequest) -> None:
    """How many tables each check looked at, in how many it found how much, and how much wrongly."""
    today = counts()
    if request.config.getoption("--update-snapshots"):
        written = {row(tuple(item[key] for key in COUNTS)): None for item in table_of(COUNTS)}
        kept = [
            line for line in DOCUMENT.read_text(encoding="utf-8").split("\n") if line not in written
        ]
        at = kept.index(row(COUNTS)) + 2
        kept[at:at] = map(row, today)
        DOCUMENT.write_text("\n".join(kept), encoding="utf-8", newline="\n")
    assert [tuple(item[key] for key in COUNTS) for item in table_of(COUNTS)] == today


def test_the_document_says_how_much_was_measured() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    sheets = len(examinations()) - 1
    suspected = [item for item in all_findings() if is_suspicion(item.code)]
    wrong = [item for item in table_of(JUDGED) if item["判断"] == FALSE]
    assert f"{sheets} 张自评表和 1 个部门" in text
    assert f"推测和需佐证的发现共 {len(suspected)} 条" in text
    assert f"误报 {len(wrong)} 条" in text


def is_suspicion(code: str) -> bool:
    return CHECKS[code].nature is not Nature.DECIDABLE


def test_every_suspicion_is_judged_and_every_judgement_is_of_a_finding() -> None:
    """Suspicions one by one; of the facts only those that are wrong on the merits."""
    judged = [Known(item["编号"], item["材料"], item["位置"]) for item in table_of(JUDGED)]
    assert len(set(judged)) == len(judged)
    assert {item for item in judged if is_suspicion(item.code)} == {
        item for item in all_findings() if is_suspicion(item.code)
    }
    assert set(judged) <= set(all_findings())
    for item in table_of(JUDGED):
        assert item["判断"] in ((RIGHT, FALSE) if is_suspicion(item["编号"]) else (FALSE,))
        assert item["理由"]


def test_what_a_copy_lacks_is_named_only_where_it_is_found() -> None:
    for name, codes in EXCERPTS.items():
        assert codes <= {item.code for item in examinations()[name][1]}, name


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("TX105", "2022年度审计整改"),
        ("TX101", "张**"),
    ],
)
def test_words_that_are_known_to_be_misread_still_are(code: str, text: str) -> None:
    """Whoever mends a check strikes its words out here and in the document."""
    sheet = {
        "评分办法": "mof-2020",
        "年度": 2023,
        "项目名称": "示例",
        "年度目标": text,
        "产出和效果": text,
        "预算": {"预算数": 100, "执行数": 99},
    }
    assert code in {item.code for item in perfeval.evaluate(sheet).findings}
    assert f"“{text}”" in DOCUMENT.read_text(encoding="utf-8")


def test_every_code_that_the_document_names_is_a_check() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    named = {word for word in text.replace("、", " ").split() if is_code(word)}
    assert named <= CHECKS.keys()
    assert {check.code for check in measured()} <= named


def is_code(word: str) -> bool:
    return len(word) == 5 and word[:2].isascii() and word[:2].isupper() and word[2:].isdecimal()
