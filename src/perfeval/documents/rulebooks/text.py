"""A rulebook, and the way from one to another, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from perfeval.documents.alignment import printable
from perfeval.documents.rulebooks.changes import Change, changes
from perfeval.documents.rulebooks.same_cases import same_cases
from perfeval.documents.rulebooks.statements import BLOCKS, clauses
from perfeval.documents.rulebooks.view import (
    BlockView,
    RulebookView,
    seen_summary,
    seen_text,
    unseen,
)
from perfeval.rulebook import Clause, Form, HowSeen, Rulebook, RuleSource

FORMS = ("表式", "整体表式")
"""The blocks that lay down how a table looks, and no points."""


def rulebook_text(view: RulebookView) -> str:
    """Say everything that a rulebook lays down, block by block, with its sources."""
    blocks = [line for block in view.blocks for line in ("", *_block(view, block))]
    return "\n".join(map(printable, [*_head(view), *blocks, *_history(view)]))


def _head(view: RulebookView) -> Iterator[str]:
    yield f"{view.rulebook.id} · {view.rulebook.name}"
    for word, text in facts(view):
        yield f"{word}：{text}"


def facts(view: RulebookView) -> Iterator[tuple[str, str]]:
    """Yield what stands above the rules: region, version, chain, how sure it is."""
    rulebook = view.rulebook
    yield "地区", rulebook.region
    yield "版本", f"{rulebook.version}（{rulebook.digest}）"
    yield "继承", chain_text(view)
    yield "适用年度", _years(view)
    yield "所见", seen_text(rulebook)
    if rulebook.note:
        yield "说明", rulebook.note


def chain_text(view: RulebookView) -> str:
    """Say what a rulebook is built on: ``本办法 ← mof-2020（…）``, with what the arrow means."""
    if not view.chain:
        return "无，本办法自成一套"
    chain = " ← ".join(["本办法", *(f"{book.id}（{book.name}）" for book in view.chain)])
    return f"{chain}；只写了不同之处，标“同 某办法”的与该办法相同"


def _years(view: RulebookView) -> str:
    changed = "、".join(str(year) for year, _ in view.versions[1:])
    asked = "最新的规定" if view.year is None else f"{view.year} 年的规定"
    return f"{asked}（{changed} 年有改动，见“沿革”）" if changed else f"{asked}（各年度相同）"


def _block(view: RulebookView, block: BlockView) -> Iterator[str]:
    yield f"{block.name}（继承自 {block.origin}）" if block.origin else block.name
    for statement in block.statements:
        origin = view.origin(statement)
        mark = f"　（同 {origin}）" if origin else ""
        yield f"  {statement.label}：{statement.value}{mark}"
    if block.clause is not None:
        for word, text in citation(block.clause):
            yield f"  【{word}】{text}"
        yield from _inherited_citations(view, block)


def citation(clause: Clause) -> Iterator[tuple[str, str]]:
    """Yield what a layout is known by, and where a block comes from, as seen, since when."""
    if isinstance(clause, Form):
        yield from _known_by(clause)
    yield "来源", source_text(clause)
    addresses = [source.address for source in clause.sources if source.address]
    if addresses:
        yield "网址", "；".join(addresses)
    yield "条款", clause.clause or "未载明"
    yield "施行", f"{clause.since} 起" if clause.since else "日期未见"
    if clause.note:
        yield "说明", clause.note


def _known_by(form: Form) -> Iterator[tuple[str, str]]:
    """Yield the id of a layout, the words for its headings elsewhere, and its signature."""
    if form.id:
        yield "编号", form.id
    if form.aliases:
        aliases = (f"{content}：{'、'.join(words)}" for content, words in form.aliases.items())
        yield "别名", "；".join(aliases)
    if form.signature:
        yield "特征", "、".join(form.signature)


def source_text(clause: Clause) -> str:
    """Name the sources of a block, and say how each was seen."""
    return "；".join(map(_source, clause.sources))


def _source(source: RuleSource) -> str:
    seen = "原文未见" if source.seen is HowSeen.UNSEEN else source.seen.value
    note = f"，{source.note}" if source.note else ""
    return f"{source.title}（{seen}{note}）"


def _inherited_citations(view: RulebookView, block: BlockView) -> Iterator[str]:
    """Name the sources of the statements that a block takes over from another one."""
    for name in block.others:
        clause = view.cited(name, block.name)
        if clause is not None:
            yield f"  【继承】标“同 {name}”的，该办法的来源：{source_text(clause)}"


def _history(view: RulebookView) -> Iterator[str]:
    """Tell what changed in which year."""
    if not view.versions:
        return
    yield from ("", "沿革")
    yield f"  {view.versions[1][0]} 年以前：本办法所载最早的规定"
    for (_, before), (year, after) in pairwise(view.versions):
        yield f"  {year} 年起："
        yield from (f"    {line}" for line in history_lines(before, after))


def history_lines(before: Rulebook, after: Rulebook) -> Iterator[str]:
    """Tell what changed from one version of a rulebook to the next."""
    found = changes(before, after)
    if not found:
        yield "规定没有变，来源或条款有变"
    for change in found:
        first, *rest = change.lines
        yield f"{change.block}　{first}"
        yield from (f"  {line}" for line in rest)


def difference_text(before: Rulebook, after: Rulebook) -> str:
    """Say what changes for a unit that goes over from one rulebook to another."""
    found = changes(before, after)
    points = [change for change in found if change.block not in FORMS]
    forms = [change for change in found if change.block in FORMS]
    lines = [f"原办法：{_named(before)}", f"现办法：{_named(after)}"]
    if not found:
        lines += ["", "两个办法的规定完全相同。"]
    lines += _part("计分规定的变化", points, after) + _same_cases(before, after)
    lines += _part("表格样式的变化", forms, after)
    if any("〔" in line for change in forms for line in change.lines):
        lines.append("  （〔〕里的内容按各表填写）")
    lines += ["", *_unchanged(found), *map(_sureness, (before, after))]
    return "\n".join(map(printable, lines))


def _named(rulebook: Rulebook) -> str:
    return f"{rulebook.id}（{rulebook.region}，{rulebook.name}）"


def _part(heading: str, found: list[Change], after: Rulebook) -> list[str]:
    if not found:
        return []
    lines = ["", f"{heading}（{len(found)} 处）"]
    for block, group in groupby(found, key=lambda change: change.block):
        lines.append(f"  {block}")
        lines += [f"    {line}" for change in group for line in change.lines]
        lines += [f"    {line}" for line in _reference(clauses(after).get(block))]
    return lines


def _same_cases(before: Rulebook, after: Rulebook) -> list[str]:
    cases = same_cases(before, after)
    if not cases:
        return []
    heading = ["", "同样的情况，得分怎样变"]
    return heading + [f"  {case.situation}：{case.before} 变为 {case.after}" for case in cases]


def _reference(clause: Clause | None) -> Iterator[str]:
    """Say where the rules that hold now come from."""
    if clause is not None:
        yield f"【依据】{source_text(clause)}"
        if clause.note:
            yield f"【说明】{clause.note}"


def _unchanged(found: Iterable[Change]) -> Iterator[str]:
    changed = {change.block for change in found}
    same = [block for block in BLOCKS if block not in changed]
    if changed and same:
        yield f"没有变化：{'、'.join(same)}"


def _sureness(rulebook: Rulebook) -> str:
    names = unseen(rulebook)
    advice = f"；{'、'.join(names)}没有见到来源，引用前请与本地文件核对" if names else ""
    return f"可靠程度：{rulebook.id}（按项计）{seen_summary(rulebook)}{advice}"
