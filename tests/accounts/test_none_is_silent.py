"""Every figure of a document is bound or listed as not understood: none is silent."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import perfeval
from tests.accounts.drafts import draft, wrapped

DATA = Path(__file__).with_name("data")
NUMBER = re.compile(
    r"(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|(?<![0-9.,])[0-9]+(?:\.[0-9]+)?"
)
NO_FIGURES = {
    "a year or a day": r"(?:19|20)[0-9]{2}(?=年|-)|[0-9]{1,2}(?=月|日)",
    "the number of a list": r"(?<![0-9])[0-9]{1,2}(?=[.、](?![0-9]))|(?<=（)[0-9]{1,2}(?=）)",
    "the number of a table or a picture": r"(?<=公开)[0-9]+(?=表)|(?<=图)[0-9]+",
    "the number of a letter": r"(?<=〔)[0-9]{4}(?=〕)|(?<=〕)[0-9]+(?=号)",
    "an age": r"[0-9]+(?:-[0-9]+)?(?=周岁|岁)",
    "a threshold of value": r"(?<=单价|价值)[0-9]+(?=万元[（(含）)]*以上)",
    "the code of an account": r"(?<=）)[0-9]{7}(?=-)",
}
"""What digits are that are no figures of the accounts, by what stands around them."""


def figures_in(text: str) -> list[str]:
    """Return the figures of a text without tables, found by one expression."""
    run = re.sub(r"\s", "", text)
    for pattern in NO_FIGURES.values():
        run = re.sub(pattern, "", run)
    return sorted(found.replace(",", "") for found in NUMBER.findall(run))


def figures_of(text: str, *, without_tables: bool = False) -> list[str]:
    report = perfeval.proof(text)
    assert report.refused is None
    lines = text.split("\n")
    kept = (
        figure
        for figure in report.figures
        if not without_tables or "。" in lines[figure.spot.line - 1]
    )
    return sorted(figure.value.removeprefix("-") for figure in kept)


@pytest.mark.parametrize("seed", range(6))
def test_the_figures_of_made_accounts_are_those_of_their_text(seed: int) -> None:
    text, _ = wrapped(draft(seed), 30)
    assert figures_of(text) == figures_in(text)


MADE = sorted(path.stem for path in DATA.glob("made-*.txt"))


@pytest.mark.parametrize("name", MADE)
def test_the_figures_of_invented_accounts_are_those_of_their_text(name: str) -> None:
    text = (DATA / f"{name}.txt").read_text(encoding="utf-8")
    assert figures_of(text, without_tables=True) == figures_in(
        "\n".join(line for line in text.split("\n") if "。" in line)
    )


def test_the_figures_of_published_explanations_are_those_of_their_text() -> None:
    """What stands from 情况说明 on up to 重点工作, which tells no money of the accounts."""
    text = (DATA / "qingshan-2023.txt").read_text(encoding="utf-8")
    lines = text.split("\n")[203:945]
    report = perfeval.proof(text)
    found = [figure.value for figure in report.figures if 203 < figure.spot.line <= 945]
    numbers = {at for at, line in enumerate(lines) if re.fullmatch(r"\s*[0-9]{1,2}\s*", line)}
    kept = "\n".join(line for at, line in enumerate(lines) if at not in numbers)
    assert sorted(found) == figures_in(kept)


SHORT = {
    "八、机关运行经费支出情况": "12.34万元。",
    "九、政府采购支出情况说明": "货物 5万元",
    "十、国有资产占用情况说明": "车辆3辆。",
    "三、支出决算情况说明": "本年支出 1,234.50",
    "七、“三公”经费支出决算情况说明": "合计80.5。",
    "五、一般公共预算财政拨款支出决算情况说明": "共9%",
    "十一、预算绩效情况说明": "项目2个。",
    "六、援助资金情况": "7.5万元",
}


@pytest.mark.parametrize("title", SHORT)
def test_a_section_of_a_few_words_is_no_table_of_contents(title: str) -> None:
    contents = "".join(f"{name}……{page}\n" for page, name in enumerate(SHORT, start=3))
    text = (
        f"2023年度部门决算\n目录\n{contents}一、收入支出决算总体情况说明\n"
        f"2023年度收、支总计1,300.00万元，全部是本年的。\n{title}\n{SHORT[title]}\n"
    )
    found = [(figure.value, figure.spot.line) for figure in perfeval.proof(text).figures]
    at = len(contents.split("\n")) + 4
    (value,) = NUMBER.findall(SHORT[title])
    assert found == [("1300.00", at - 1), (value.replace(",", ""), at + 1)]


def test_a_section_of_a_word_is_said() -> None:
    """无 is said, and counts as said; a title alone in the contents says nothing."""
    contents = "目录\n八、政府性基金预算财政拨款收入支出决算情况说明 7\n"
    table = "政府性基金预算财政拨款收入支出决算表\n没有数据\n单位：万元\n项目 支出\n"
    told = "八、政府性基金预算财政拨款收入支出决算情况说明\n没有政府性基金支出。\n"
    with_word = perfeval.proof(f"{contents}{table}{told}")
    without = perfeval.proof(f"{contents}{table}")
    assert [item.code for item in with_word.findings if item.code == "AC206"] == []
    assert [item.code for item in without.findings if item.code == "AC206"] == ["AC206"]
