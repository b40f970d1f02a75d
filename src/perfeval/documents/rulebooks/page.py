"""The reference pages of rulebooks, in Markdown: an index, and one page for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from perfeval.documents.reference_markdown import escape, page, table
from perfeval.documents.rulebooks.changes import changes
from perfeval.documents.rulebooks.text import FORMS, citation, facts, history_lines, source_text
from perfeval.documents.rulebooks.view import BlockView, RulebookView, seen_summary
from perfeval.example import Example, Expected
from perfeval.example.witnesses import Witness
from perfeval.numbers import trimmed


def index_page(views: Sequence[RulebookView]) -> str:
    """Write the index: one row for each rulebook."""
    rows = [_index_row(view) for view in views]
    return page(
        "# 评分办法",
        "",
        "随 perfeval 附带的评分办法。每个办法是一个数据文件，可以查看、引用、验证；"
        "各页逐条说明它的规定，注明来源、条款，以及见到的是什么：文件原文、公开的表、系统程序，还是都没有见到（未见）。",
        "",
        *table(("编号", "地区", "名称", "继承", "所见（按项计）", "示例"), rows),
        "",
        "比较两个办法：`perfeval rulebooks diff mof-2020 hubei-2020`。"
        "编写自己的办法：`perfeval rulebooks new --from mof-2020 -o 本地.yaml`。",
    )


def _index_row(view: RulebookView) -> tuple[str, ...]:
    book = view.rulebook
    return (
        f"[{book.id}]({book.id}.md)",
        escape(book.region),
        escape(book.name),
        " ← ".join(_link(parent.id) for parent in view.chain) or "-",
        seen_summary(book),
        f"{len(view.examples)} 个",
    )


def _link(name: str) -> str:
    return f"[{name}]({name}.md)"


def rulebook_page(view: RulebookView) -> str:
    """Write the page of one rulebook."""
    book = view.rulebook
    said = [f"- **{word}**：{escape(text)}" for word, text in facts(view)]
    blocks = [line for block in view.blocks for line in _block(view, block)]
    return page(
        f"# {escape(book.id)}　{escape(book.name)}",
        "",
        *said,
        *_differences(view),
        *blocks,
        *_history(view),
        *_examples(view.examples),
        *_witnesses(view.witnesses),
    )


def _block(view: RulebookView, block: BlockView) -> Iterator[str]:
    yield from ("", f"## {block.name}", "")
    if block.origin:
        yield from (f"继承自 {_link(block.origin)}。", "")
    rows = []
    for statement in block.statements:
        origin = view.origin(statement)
        mark = f"（同 {_link(origin)}）" if origin else ""
        rows.append((escape(statement.label), escape(statement.value) + mark))
    yield from table(("事项", "规定"), rows)
    if block.clause is not None:
        yield ""
        yield from (f"- {word}：{escape(text)}" for word, text in citation(block.clause))
    for name in block.others:
        clause = view.cited(name, block.name)
        if clause is not None:
            yield f"- 标“同 {_link(name)}”的，该办法的来源：{escape(source_text(clause))}"


def _differences(view: RulebookView) -> Iterator[str]:
    """Tell what a rulebook changes in the one it inherits from."""
    if not view.chain:
        return
    parent = view.chain[0]
    yield from ("", f"## 与 {parent.id} 的不同", "")
    found = [change for change in changes(parent, view.rulebook) if change.block not in FORMS]
    for change in found:
        yield from _nested(f"{change.block}　{change.lines[0]}", change.lines[1:])
    if not found:
        yield "计分规定没有不同。"


def _history(view: RulebookView) -> Iterator[str]:
    if not view.versions:
        return
    yield from ("", "## 沿革")
    for (_, before), (year, after) in pairwise(view.versions):
        yield from ("", f"{year} 年起：", "")
        yield from (f"- {escape(line)}" for line in history_lines(before, after))


def _nested(first: str, rest: Iterable[str]) -> Iterator[str]:
    yield f"- {escape(first)}"
    yield from (f"  - {escape(line.strip())}" for line in rest)


def _examples(examples: Sequence[Example]) -> Iterator[str]:
    if not examples:
        return
    yield from ("", "## 示例", "", "这些示例随办法一起验证：`perfeval rulebooks test`。", "")
    rows = [
        (escape(example.name), escape(_expected(example.expected)), escape(example.source or ""))
        for example in examples
    ]
    yield from table(("示例", "应得", "依据"), rows)


def _witnesses(witnesses: Sequence[Witness]) -> Iterator[str]:
    if not witnesses:
        return
    yield from (
        "",
        "## 佐证",
        "",
        "每条计分规定是什么，来源里怎么说；规定改了而来源没有改，验证时不符。",
        "",
    )
    rows = [
        (escape(witness.path), escape("、".join(witness.value)), escape(witness.words))
        for witness in witnesses
    ]
    yield from table(("规定", "写的是", "来源怎么说"), rows)


def _expected(expected: Expected) -> str:
    parts = [f"{name} {_figure(points)}" for name, points in expected.points.items()]
    ends = (
        ("总分", expected.total),
        ("最低", expected.low),
        ("最高", expected.high),
        ("等级", expected.grade),
    )
    parts += [f"{word} {_figure(value)}" for word, value in ends if value is not None]
    return "，".join(parts)


def _figure(value: Decimal | str) -> str:
    return trimmed(value) if isinstance(value, Decimal) else value
