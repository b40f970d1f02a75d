"""The checks themselves, for reading: the list of them, and the page of each.

Here a check's page is printed for a terminal, as Markdown for ``docs/checks/``, and as data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from perfeval.checks.registry import Check
from perfeval.documents.alignment import TextColumn, lay_out
from perfeval.documents.findings.check_pages import HEADINGS, page_of
from perfeval.documents.findings.inspections import FAMILIES, family
from perfeval.documents.reference_markdown import escape, page, table
from perfeval.findings import Nature, Severity

_WIDTH = 76
"""Of a paragraph on a page in a terminal, in cells."""
_PROBLEM = 64
"""Of what a check finds, in the list."""
_COLUMNS = ("编号", "级别", "性质", "看什么", "问题")
SEVERITIES = {
    Severity.ERROR: "应当改正，perfeval check 因此以 1 退出",
    Severity.WARNING: "应当核对",
    Severity.INFO: "供参考，加 --all 才列出",
}
"""What each level means."""
NATURES = {
    Nature.DECIDABLE: "由表里的数和字就能判定",
    Nature.HEURISTIC: "按常见的写法推测，可能误报，不会列为错误",
    Nature.EVIDENCE: "要看凭证或其他材料才能判定",
}
"""What each nature means."""


def by_family(checks: Iterable[Check]) -> dict[str, list[Check]]:
    """Sort checks into their families, by the two letters of their codes."""
    found: dict[str, list[Check]] = {}
    for check in sorted(checks, key=lambda check: check.code):
        found.setdefault(check.code[:2], []).append(check)
    known = [letters for letters in FAMILIES if letters in found]
    return {letters: found[letters] for letters in (*known, *(found.keys() - set(known)))}


def check_listing(checks: Iterable[Check], *, ambiguous: int = 1) -> list[str]:
    """Return one line or more for each check, below the name of its family.

    Args:
        checks: The checks.
        ambiguous: The width of an ambiguous character, in cells.
    """
    rows: list[Sequence[str] | str] = [_COLUMNS]
    for letters, members in by_family(checks).items():
        rows += ["", f"{family(letters)}（{letters}）", *map(_row, members)]
    columns = [*(TextColumn() for _ in _COLUMNS[1:]), TextColumn(limit=_PROBLEM)]
    return lay_out(rows, columns, ambiguous=ambiguous)


def _row(check: Check) -> tuple[str, ...]:
    return (
        check.code,
        check.severity.value,
        check.nature.value,
        check.scope.value,
        page_of(check.code).problem,
    )


def check_text(check: Check, *, ambiguous: int = 1) -> str:
    """Write the page of a check for a terminal."""
    rows: list[Sequence[str] | str] = [
        f"{check.code}　{family(check.code)}（{check.name}）",
        "",
        *_facts(check),
        "",
        *zip(HEADINGS, page_of(check.code), strict=True),
    ]
    return "\n".join(lay_out(rows, [TextColumn(), TextColumn(limit=_WIDTH)], ambiguous=ambiguous))


def _facts(check: Check) -> Iterator[tuple[str, str]]:
    """Yield how much a check weighs, what it can know, and what it looks at."""
    yield "级别", f"{check.severity.value}：{SEVERITIES[check.severity]}"
    yield "性质", f"{check.nature.value}：{NATURES[check.nature]}"
    yield "看什么", check.scope.value


def check_data(check: Check) -> dict[str, Any]:
    """Return a check as plain data for JSON."""
    return {
        "code": check.code,
        "name": check.name,
        "family": family(check.code),
        "severity": check.severity.name.lower(),
        "nature": check.nature.name.lower(),
        "scope": check.scope.name.lower(),
        **page_of(check.code)._asdict(),
    }


def check_markdown(check: Check) -> str:
    """Write the section of a check on the page of its family."""
    said = zip(HEADINGS, page_of(check.code), strict=True)
    lines = [f"- **{word}**：{escape(text)}" for word, text in (*_facts(check), *said)]
    return "\n".join([f"## {check.code}", "", f"`{check.name}`", "", *lines])


def family_page(checks: Sequence[Check]) -> str:
    """Write the page of one family.

    Args:
        checks: The family's checks, at least one.
    """
    letters = checks[0].code[:2]
    sections = [line for check in checks for line in ("", check_markdown(check))]
    return page(f"# {letters}　{family(letters)}", "", "[全部校核](README.md)", *sections)


def checks_index(checks: Iterable[Check], retired: Mapping[str, str]) -> str:
    """Write the index: every code with what it finds, linked to its section.

    Args:
        checks: All checks.
        retired: Codes that are no longer used, and those that stand for them now.
    """
    families = by_family(checks)
    return (
        page(
            "# 校核",
            "",
            f"`perfeval check` 的全部校核，共 {sum(map(len, families.values()))} 项；"
            "`perfeval checks BX101` 在命令行里看其中一项。",
            "",
            "复核人员常查的二十项、填报人员常犯的二十种错，各由哪几项校核看，哪些不做、为什么不做，"
            "见[校核的实测](../checks-measured.zh-CN.md#复核人员常查的二十项)。",
            "",
            *_words("级别", SEVERITIES),
            "",
            *_words("性质", NATURES),
            "",
            *(line for letters, members in families.items() for line in _part(letters, members)),
            *_retired(retired),
        ).rstrip("\n")
        + "\n"
    )


def _words(heading: str, meanings: Mapping[Any, str]) -> Iterator[str]:
    rows = [(word.value, escape(meaning)) for word, meaning in meanings.items()]
    return table((heading, "意思"), rows)


def _part(letters: str, checks: Sequence[Check]) -> Iterator[str]:
    yield from (f"## {letters}　{family(letters)}", "")
    rows = [(_link(check.code), *map(escape, _row(check)[1:])) for check in checks]
    yield from (*table(_COLUMNS, rows), "")


def _retired(retired: Mapping[str, str]) -> Iterator[str]:
    if retired:
        yield from ("## 停用的编号", "")
        yield from table(("编号", "现在是"), [(old, _link(new)) for old, new in retired.items()])


def _link(code: str) -> str:
    return f"[{code}]({code[:2]}.md#{code.lower()})"
