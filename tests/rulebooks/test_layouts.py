"""表式: layouts have ids of their own, stand on one another, and tell themselves apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

import perfeval
from perfeval import Rulebook
from perfeval._resources import rulebook_dir
from perfeval.readers.layouts import layout_ids
from perfeval.rulebook import Form
from perfeval.rulebook.form import recognised
from perfeval.rulebook.form_faults import heading_key

HEAD = '编号: 甲\n名称: 甲市办法\n地区: 甲市\n版本: "1"\n继承: mof-2020\n'


def shipped_forms() -> dict[str, Form]:
    """Return every layout that a shipped rulebook prints, by its id."""
    books = map(perfeval.load_rulebook, perfeval.rulebook_ids())
    forms = [form for book in books for form in (book.form, book.department_form) if form]
    return {str(form.id): form for form in forms}


FORMS = shipped_forms()
every_form = pytest.mark.parametrize("name", FORMS)


def made(folder: Path, body: str) -> Rulebook:
    path = folder / "办法.yaml"
    path.write_text(HEAD + body, encoding="utf-8")
    return perfeval.load_rulebook(path)


def refused(folder: Path, body: str) -> list[tuple[int | None, str]]:
    with pytest.raises(perfeval.RulebookError) as caught:
        made(folder, body)
    return [(finding.line, finding.message) for finding in caught.value.findings]


def content(form: Form) -> dict[str, Any]:
    """Return what a layout prints, whatever it is called and wherever it comes from."""
    apart = {"id", "extends", "signature", "sources", "clause", "note", "in_force"}
    return {name: value for name, value in form.model_dump().items() if name not in apart}


def test_every_layout_that_ships_is_printed_by_a_rulebook_of_its_name() -> None:
    """A layout's id is that of its rulebook, or begins with it."""
    assert set(FORMS) == set(layout_ids())
    for name in FORMS:
        assert any(name in (book, f"{book}-whole") for book in perfeval.rulebook_ids())


def test_the_names_of_shipped_files_hold_on_every_disk() -> None:
    """Old archivers and code pages garble names that are not ASCII."""
    for path in rulebook_dir().rglob("*.yaml"):
        name = path.relative_to(rulebook_dir()).as_posix()
        assert name.isascii()
        assert name == name.lower()
        assert path.name in ("law.yaml", "form.yaml", "examples.yaml")


def shown(form: Form) -> list[str]:
    """Return the headings and labels of a form as it prints them, nothing filled in."""
    words = [form.title, form.above_left, form.above_right, form.budget_row, *form.funds]
    words += [column.heading or column.content for column in form.budget]
    words += [column.heading or column.content for column in form.indicators]
    words += [column.group for column in form.indicators]
    words += [cell.label for _, rows in form.blocks for row in rows for cell in row]
    return [word for word in words if word]


def narrow(text: str) -> str:
    """Return a heading as somebody types it who has no full-width brackets at hand."""
    return text.translate(str.maketrans("（）：％", "():%"))


TYPED: dict[str, Callable[[str], str]] = {
    "as printed": str,
    "on one line": lambda text: text.replace("\n", ""),
    "spaced out": " ".join,
    "wide spaces": "\u3000".join,
    "narrow brackets": narrow,
    "with more beside it": lambda text: f"{text}　2023年度",
}


@every_form
@pytest.mark.parametrize("typed", TYPED)
def test_a_form_is_known_by_its_own_signature(name: str, typed: str) -> None:
    """特征: the headings as somebody typed them lead to this layout, and to no more general one."""
    form = FORMS[name]
    words = [TYPED[typed](word) for word in shown(form)]
    assert [found.id for found in recognised(FORMS.values(), words)] == [name]


def test_a_form_without_its_signature_is_not_recognised() -> None:
    for name, form in FORMS.items():
        for words in form.signature:
            printed = [text.replace("\n", "") for text in shown(form)]
            blank = [text.replace(words, "") for text in printed]
            assert name not in {found.id for found in recognised(FORMS.values(), blank)}
    assert recognised(FORMS.values(), ()) == ()


PUBLISHED = yaml.safe_load(
    Path(__file__).with_name("published_headings.yaml").read_text(encoding="utf-8")
)
"""What stands above the columns of published forms, in their own words."""


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_headings_of_a_published_form_lead_to_its_layout(name: str) -> None:
    found = recognised(FORMS.values(), PUBLISHED[name])
    assert [form.id for form in found] == [name]


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_heading_of_a_published_form_stands_for_one_content(name: str) -> None:
    """As the form's own heading, or as an alias of it: never for two contents of one block."""
    form = FORMS[name]
    for block in (form.budget, form.indicators):
        contents = {str(column.content) for column in block}
        for heading in PUBLISHED[name]:
            key = heading_key(heading)
            own = {str(item.content) for item in block if heading_key(item.heading or "") == key}
            elsewhere = {
                str(content)
                for content, words in form.aliases.items()
                if str(content) in contents and key in map(heading_key, words)
            }
            assert len(own | elsewhere) <= 1, (heading, own, elsewhere)


def test_a_signature_is_of_one_layout() -> None:
    signatures = [frozenset(map(heading_key, form.signature)) for form in FORMS.values()]
    assert len(set(signatures)) == len(signatures)


@every_form
def test_an_alias_stands_for_one_content_and_is_no_heading_of_another(name: str) -> None:
    form = FORMS[name]
    columns = [(str(column.content), column.heading) for column in form.budget]
    columns += [(str(column.content), column.heading) for column in form.indicators]
    for content_name, words in form.aliases.items():
        keys = [heading_key(word) for word in words]
        assert len(set(keys)) == len(keys)
        others = {heading_key(text or "") for other, text in columns if other != content_name}
        assert not others & set(keys), content_name


def test_a_rulebook_names_the_layout_that_it_prints(tmp_path: Path) -> None:
    book = made(tmp_path, "表式: sichuan\n")
    assert book.form == perfeval.load_rulebook("sichuan").form
    assert book.form.id == "sichuan"


def test_a_rulebook_that_names_none_prints_the_layout_of_the_one_below(tmp_path: Path) -> None:
    assert made(tmp_path, "").form == perfeval.load_rulebook("mof-2020").form


def test_a_layout_in_one_s_own_file_states_only_what_differs(tmp_path: Path) -> None:
    """It stands on the layout of the rulebook below, and bears the name of its own rulebook."""
    form = made(tmp_path, "表式: {来源: 甲市表样, 标题: 甲市自评表}\n").form
    below = perfeval.load_rulebook("mof-2020").form
    assert form.signature == (), "a form that differs is known by other words"
    assert (form.id, form.title, form.source) == ("甲", "甲市自评表", "甲市表样")
    assert content(form) | {"title": ""} == content(below) | {"title": ""}


def test_a_layout_is_as_another_one_but_for_what_it_says(tmp_path: Path) -> None:
    form = made(tmp_path, "表式: {编号: 乙, 继承: sichuan, 来源: 表样, 标题: 乙表}\n").form
    below = perfeval.load_rulebook("sichuan").form
    assert (form.id, form.extends) == ("乙", "sichuan")
    assert content(form) | {"title": ""} == content(below) | {"title": ""}


def test_the_form_of_a_whole_department_may_be_as_the_file_s_own_form(tmp_path: Path) -> None:
    book = made(
        tmp_path,
        "表式: {编号: 项目表, 来源: 表样, 标题: 项目表, 附注: [注]}\n"
        "整体表式: {继承: 项目表, 来源: 表样, 标题: 整体表}\n",
    )
    assert book.department_form is not None
    assert (book.department_form.title, book.department_form.notes) == ("整体表", ("注",))


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        ("表式: 没有\n", 6, "没有表式“没有”"),
        (
            "表式: {编号: 甲, 继承: 甲, 来源: 表样}\n",
            6,
            "没有表式“甲”",
        ),
        ("表式: {继承: [sichuan], 来源: 表样}\n", 6, "没有表式“['sichuan']”"),
        ("表式:\n  来源: 表样\n  特征: [哪里也没有印]\n", 8, "表上没有印“哪里也没有印”"),
        (
            "表式:\n  来源: 表样\n  别名:\n    目标值: [数值]\n    完成值: [数 值]\n",
            10,
            "“数 值”也是“目标值”的别名",
        ),
        ("表式:\n  来源: 表样\n  别名: {目标直: [数]}\n", 8, "“目标直”不在可选的写法里"),
        ("表式: [1]\n", 6, "这里应是下级内容（“名称: 内容”各占一行）"),
    ],
    ids=["unknown", "itself", "a list", "signature", "alias twice", "no content", "no layout"],
)
def test_a_wrong_layout_is_found_in_its_place(
    tmp_path: Path, body: str, line: int, message: str
) -> None:
    assert (line, message) in refused(tmp_path, body)


@pytest.mark.parametrize(
    ("office", "level"),
    [
        ("青山区财政局", "区级"),
        ("青山区市场监督管理局", "区级"),
        ("青山区市容环境卫生中心", "区级"),
        ("武汉市市政工程处", "市级"),
        ("武汉市青山区市政管理所", "区级"),
        ("武汉市市政府办公厅", "市级"),
    ],
)
def test_boxes_are_of_the_level_of_the_office(office: str, level: str) -> None:
    """市级专项, 区级专项: as the name of the office has it; 市场 and 市政 are no levels."""
    form = perfeval.load_rulebook("hubei-2020").form
    printed = [option for options in form.options_at(office).values() for option in options]
    assert any(level in option for option in printed), printed
