"""How a text is laid out changes nothing of what is found in it, but for the lines it stands on."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import perfeval
from perfeval.accounts.text import AccountText, Spot, TextLine
from perfeval.places import PagePlace, TextPlace
from tests.accounts.drafts import draft, wrapped

SEEDS = range(4)
WIDE = {ord(digit): ord(digit) - ord("0") + ord("０") for digit in "0123456789"}


def told(text: str) -> list[tuple[str, str]]:
    """Return codes and messages, without the numbers of lines in them."""
    report = perfeval.proof(text)
    assert report.refused is None
    return sorted((item.code, re.sub(r"第 \d+ 行", "", item.message)) for item in report.findings)


def paged(text: str) -> str:
    """Put a page number and a form feed after every twentieth line."""
    lines = text.split("\n")
    pages = [lines[at : at + 20] for at in range(0, len(lines), 20)]
    return "\f".join("\n".join([*page, f"{number}\n"]) for number, page in enumerate(pages, 1))


def headed(text: str) -> str:
    """Put a running head and a foot with the page's number on every page, also within sentences."""
    lines = text.split("\n")
    pages = [lines[at : at + 20] for at in range(0, len(lines), 20)]
    return "\f".join(
        "\n".join(["示例县财政局 部门决算", *page, f"内部资料 第 {number} 页\n"])
        for number, page in enumerate(pages, 1)
    )


def headed_without_feeds(text: str) -> str:
    """The same where only the page numbers, on lines of their own, tell where pages end."""
    lines = text.split("\n")
    pages = [lines[at : at + 20] for at in range(0, len(lines), 20)]
    return "\n".join(
        "\n".join(["示例县财政局部门决算", *page, f"- {number} -"])
        for number, page in enumerate(pages, 1)
    )


RADICALS = str.maketrans("支用车门一二金行入", "⽀⽤⻋⻔⼀⼆⾦⾏⼊")
"""What is printed as the first, some programs write as the second."""


def spaced(text: str) -> str:
    """Justify the words: blanks between Chinese characters, and beside figures."""
    return re.sub(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff0-9])", " ", text)


def doubled(text: str) -> str:
    return text.replace("\n", "\n\n")


def narrow(text: str) -> str:
    """Cut every line in two, within figures as well."""
    return "\n".join(
        f"{line[: len(line) // 2]}\n{line[len(line) // 2 :]}" if len(line) > 20 else line
        for line in text.split("\n")
    )


LAYOUTS: dict[str, Callable[[str], str]] = {
    "pages": paged,
    "blanks": spaced,
    "running heads": headed,
    "running heads without feeds": headed_without_feeds,
    "radicals": lambda text: text.translate(RADICALS),
    "empty lines": doubled,
    "cut lines": narrow,
    "full width": lambda text: text.translate({**WIDE, ord("."): "．", ord("%"): "％"}),
    "half-width marks": lambda text: text.replace("，", ",").replace("（", "(").replace("）", ")"),
}


def broken(seed: int) -> str:
    """Return accounts with three figures changed."""
    rng = random.Random(seed)
    page = draft(seed)
    for key in rng.sample(sorted(page.printed), 3):
        old = page.printed[key]
        page = page.changed(key, old[:-1] + str((int(old[-1]) + 3) % 10))
    return wrapped(page, 32)[0]


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_layout_changes_nothing(seed: int, name: str) -> None:
    text = broken(seed)
    assert told(LAYOUTS[name](text)) == told(text)


def test_what_is_repeated_but_no_running_head_stays() -> None:
    """The first line of each of three pages is the title of a form, and so are its figures read."""
    form = "项目支出绩效自评表\n项目名称：维护\n"
    text = "\f".join([*(form for _ in range(3)), "收入支出决算总表\n本年收入合计 12.00\n"])
    kept = AccountText(
        [TextLine(line, TextPlace(at, 1)) for at, line in enumerate(text.split("\n"), 1)]
    )
    assert kept.text.count("项目支出绩效自评表") == 3


def test_two_figures_on_lines_of_their_own_are_two() -> None:
    """Cells of a table that a text has one below the other are not one figure."""
    lines = ["预算执行情况", "1286.7", "20", "1269.62 98.70%"]
    kept = AccountText([TextLine(line, TextPlace(at, 1)) for at, line in enumerate(lines, 1)])
    assert kept.text == "预算执行情况1286.7 20 1269.62 98.70%"
    assert kept.spot(kept.text.index("20 ")) == Spot(None, 3, 1)


def test_a_title_that_is_broken_by_its_line_is_one() -> None:
    """A narrow page breaks titles; what stands below them is read as below a whole one."""
    whole = (
        "一般公共预算财政拨款“三公”经费支出决算表\n合计 出国 车小计 车购置 车运行 接待\n"
        "0.3 0 0 0 0 0.3 0.17 0 0 0 0 0.17\n"
        "2.一般公共预算财政拨款支出决算结构情况。\n教育支出（类）12.00万元，占100%。\n"
    )
    broken_up = whole.replace("经费支出", "经费支\n出").replace("结构情", "结构情\n")
    read = [
        [(item.text, item.subject, item.measure) for item in perfeval.proof(text).figures]
        for text in (whole, broken_up)
    ]
    assert len(read[0]) == 14
    assert read[0] == read[1]


def test_words_of_a_page_have_a_box_from_their_first_letter_to_the_next_mark() -> None:
    line = TextLine("合计80万元，增长5%。", PagePlace(2, 7, (0.1, 0.5, 0.9, 0.52)))
    whole, figure = line.place_at(0), line.place_at(line.text.index("5%"))
    assert whole == figure == PagePlace(2, 7)
    assert isinstance(whole, PagePlace)
    assert isinstance(figure, PagePlace)
    assert whole.box is not None
    assert figure.box is not None
    assert whole.box[0] == 0.1
    assert 0.1 < whole.box[2] < figure.box[0] < figure.box[2] < 0.9
    assert whole.box[1::2] == figure.box[1::2] == (0.5, 0.52)


def test_a_place_is_that_of_the_text_as_given() -> None:
    text = (
        "一、收入支出决算总体情况说明\n２０２３年度收、支总计 ８０\n\n"
        " 万元。与 2022 年度相比，各增加 20 万元，增长 25%，因人员增加。"
    )
    report = perfeval.proof(text)
    first, _, rate = report.figures
    assert (first.spot.line, first.spot.column, first.text) == (2, 13, "80万元")
    assert [(item.code, item.line) for item in report.findings] == [("AC103", 4)]
    assert text.split("\n")[3][rate.spot.column - 1 :].startswith("25%")


def test_a_torn_text_is_refused() -> None:
    """An extraction in which the figures are gone is no text to judge."""
    text = re.sub(r"[0-9]+\.[0-9]+(?=万元)", "", wrapped(draft(1), 30)[0])
    report = perfeval.proof(text)
    assert report.refused is not None
    assert report.findings == ()


def test_shuffled_lines_are_refused() -> None:
    lines = wrapped(draft(2), 24)[0].split("\n")
    random.Random(5).shuffle(lines)
    assert perfeval.proof("\n".join(lines)).refused is not None


@pytest.mark.parametrize("seed", range(40))
def test_a_mutilated_text_raises_nothing(seed: int) -> None:
    rng = random.Random(seed)
    text = wrapped(draft(seed), 30)[0]
    for _ in range(30):
        at = rng.randrange(len(text))
        text = (
            text[:at]
            + rng.choice(["", "%", "万元", "（", "其中：", "0", "9" * 30, "，", "。", "-"])
            + text[at + rng.randrange(6) :]
        )
    perfeval.proof(text + "\n")


@pytest.mark.parametrize(
    "text", ["\n", "一、\n", "万元" * 40 + "\n", "\n".join("123"), "9" * 5000 + "\n"]
)
def test_what_is_no_account_raises_nothing(text: str) -> None:
    perfeval.proof(text)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    assert perfeval.proof(tmp_path / "没有.txt").refused == "没有这个文件"
    assert perfeval.proof(tmp_path).refused is not None
    assert perfeval.proof(b"").refused is not None
    with pytest.raises(TypeError):
        perfeval.proof(3)  # type: ignore[arg-type]


def test_the_second_of_two_figures_is_read_like_the_first() -> None:
    """Some places print income and expenditure side by side: 各是 N、N，各下降 P、P."""
    text = (
        "一、收入支出决算总体情况说明\n2023年度收、支总计各是1,234.56万元、1,234.65万元。与2022年度相比，"
        "收、支总计各减少100.44万元、100.44万元，各下降7.52%、7.52%。\n"
    )
    report = perfeval.proof(text)
    assert report.unbound == ()
    assert {item.code for item in report.findings if item.line == 2} >= {"AC101"}


def test_a_sentence_that_compares_without_a_name_is_about_the_section() -> None:
    text = (
        "四、财政拨款收入支出决算总体情况说明\n2022年度财政拨款收入总计3,400.00万元，其中：本年财政拨款收入"
        "3,350.00万元。与年初预算相比，年初预算数3,000.00万元，决算数3,400.00万元，预决算差异率13.33%。\n"
    )
    report = perfeval.proof(text)
    assert report.unbound == ()
    assert [str(item) for item in report.findings] == []
    wrong = perfeval.proof(text.replace("13.33", "13.83"))
    assert [item.code for item in wrong.findings] == ["AC103"]


def pages_of(*lines: str) -> str:
    """Return what is kept of lines at the heads of pages; behind each stands another text."""
    texts = [f"{line}\n另一件事{'甲乙丙丁戊'[at]}" for at, line in enumerate(lines)]
    return AccountText(
        [
            TextLine(text, PagePlace(page, number))
            for page, both in enumerate(texts, 1)
            for number, text in enumerate(both.split("\n"), 1)
        ]
    ).text


@pytest.mark.parametrize("head", ["示例市决算公开{}", "示例市决算2023", "附件1", "决算公开-{}-"])
def test_a_line_on_page_after_page_is_no_text_but_once(head: str) -> None:
    kept = pages_of(*(head.format(page + 4) for page in range(1, 6)))
    assert kept.count(head.partition("{")[0]) == 1


@pytest.mark.parametrize(
    "rows", [["合计100.00 80.00"] * 5, [f"在职人员{n}" for n in (12, 15, 9, 30, 31)]]
)
def test_a_row_with_figures_is_no_running_head(rows: list[str]) -> None:
    kept = pages_of(*rows)
    assert [kept.count(row) for row in rows] == [rows.count(row) for row in rows]
