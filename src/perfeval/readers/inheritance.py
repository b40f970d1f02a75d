"""继承: a rulebook that states only its differences from another, and what held in which year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from perfeval.codes import INHERITANCE, MISSING, STRUCTURE, TWO_VERSIONS, UNSOURCED
from perfeval.fields import word_of
from perfeval.findings import Finding, Severity
from perfeval.places import NOTHING, Path, step_into
from perfeval.readers.files import OUTSIDE
from perfeval.readers.layouts import (
    FORMS,
    SOURCES,
    LayoutPart,
    layout_ids,
    shipped_chain,
    with_sources,
)
from perfeval.readers.located import Located
from perfeval.rulebook import Clause, Form, OverNote, Proportional, Rulebook
from perfeval.source import Source

MAX_CHAIN = 8
_ID, EXTENDS = word_of(Rulebook, "id"), word_of(Rulebook, "extends")
_SOURCE, _SINCE = word_of(Clause, "sources"), word_of(Clause, "in_force")
_METHOD, _ACTION = word_of(Proportional, "method"), word_of(OverNote, "action")
HEAD = ("编号", "名称", "地区", "版本", "说明", "继承", "来源表", "示例", "佐证")
"""What belongs to one file and is not inherited."""
_POLICY = ("校核",)
"""What is a place's choice and no law: it needs no source."""
_CITATION = ("来源", "条款", "施行", "说明")
_OWN_WORDS = ("继承", "特征")
"""What a layout says of itself, and not of those that stand on it."""

Find = Callable[[str, Source], Source]
"""Returns the file that another one names as its parent."""


class Layered(NamedTuple):
    """The files behind a rulebook, its own first, and what they say together.

    Attributes:
        sources: The rulebook's file and those it inherits from.
        data: The merged data.
        findings: What is wrong with the files.
        year: The year whose rules these are; ``None`` for the latest.
        layouts: For 表式 and 整体表式 what makes them up, the nearest part first.
    """

    sources: tuple[Source, ...]
    data: dict[str, Any]
    findings: tuple[Finding, ...]
    year: int | None
    layouts: Mapping[str, tuple[LayoutPart, ...]] = {}

    def origin(self, path: Path) -> Source:
        """Return the nearest file that says what stands at *path*."""
        for source in self.sources:
            if isinstance(source.data, dict) and _has(
                _block_in_year(source, path, self.year), path
            ):
                return source
        return self.sources[0]

    def locate(self, finding: Finding, words: Mapping[str, tuple[str, ...]]) -> Finding:
        """Return a finding with its place, in whichever file and version its value stands."""
        path = self._to_cited(_without_tags(self.data, finding.path))
        if path[:1] == (SOURCES,):
            finding = finding._replace(path=path)
        # what is missing is missing where the rest of its block stands
        source = self.origin(path[:-1] if finding.code == MISSING else path)
        own = self.sources[0]
        if source is not own and path and path[0] in own.data:
            name = owner_of(source)
            hint = f"与它矛盾的规定继承自 {name}；请在这一块里一并写明"
            block = _in_version(own.data, path[:1], self.year)
            placed = finding._replace(path=block, hint=finding.hint or hint)
            return Located(own, words).place(placed).finding
        path = _in_version(source.data, path, self.year)
        return Located(source, words).place(finding._replace(path=path)).finding

    def _to_cited(self, path: Path) -> Path:
        """Return where a source stands that a block only cites by its key."""
        if path[1:2] != (_SOURCE,):
            return path
        block = _block_in_year(self.sources[0], path, self.year).get(str(path[0]))
        keys = block.get(_SOURCE) if isinstance(block, dict) else None
        listed = keys if isinstance(keys, list) else [keys]
        position, *rest = path[2:] or (0,)
        key = listed[position] if isinstance(position, int) and position < len(listed) else None
        table = self.sources[0].data.get(SOURCES)
        if isinstance(key, str) and isinstance(table, dict) and key in table:
            return (SOURCES, key, *rest)
        return path if isinstance(keys, list) else (*path[:2], *rest)


def owner_of(source: Source) -> str:
    """Return the id of the rulebook in a file; a file that names none is called by its own name."""
    return str(source.data.get(_ID) or source.name or "?")


def layer(source: Source, find: Find, year: int | None) -> Layered:
    """Read a rulebook's file and all that it inherits from.

    Args:
        source: The rulebook's own file.
        find: Returns the file of a parent.
        year: The year whose rules hold; ``None`` for the latest.
    """
    sources, findings = _chain(source, find)
    data: dict[str, Any] = {}
    layouts: dict[str, tuple[LayoutPart, ...]] = {}
    for position in range(len(sources) - 1, -1, -1):
        own = _with_sources(in_year(sources[position].data, year))
        if position < len(sources) - 1:
            findings += _unsourced(sources[position], own)
            data = {key: value for key, value in data.items() if key not in HEAD}
        findings += _lay_out(sources[position], own, layouts)
        data = _laid_over(data, {key: value for key, value in own.items() if key not in FORMS})
    data.update((block, _folded(parts)) for block, parts in layouts.items())
    return Layered(tuple(sources) or (source,), data, tuple(findings), year, layouts)


def _lay_out(
    source: Source, own: Mapping[str, Any], layouts: dict[str, tuple[LayoutPart, ...]]
) -> Iterator[Finding]:
    """Put the layouts of one file in the place of those that it inherits, or over them.

    A layout may be as one that ships, or as the one that the file holds in a block before.
    """
    name = owner_of(source)
    held: dict[str, tuple[LayoutPart, ...]] = {}
    for block in FORMS:
        if block not in own:
            continue
        value = own[block]
        base = value.get("继承") if isinstance(value, dict) else value
        parts = layouts.get(block, ())
        if base is not None and isinstance(value, str | dict):
            found = held.get(base) if isinstance(base, str) else None
            found = found or shipped_chain(base)
            parts = parts if found is None else found
            if found is None:
                yield _no_layout(source, base, (block,) if base is value else (block, "继承"))
        if isinstance(value, dict):
            parts = (LayoutPart(name, {_ID: name, **value}), *parts)
        elif not isinstance(value, str):
            parts = (LayoutPart(name, {"": value}),)
        layouts[block] = parts
        own_id = parts[0].data.get(_ID) if parts else None
        if isinstance(own_id, str):
            held[own_id] = parts


def _no_layout(source: Source, base: Any, path: Path) -> Finding:
    hint = f"现有：{'、'.join(layout_ids())}"
    fault = Finding(INHERITANCE, Severity.ERROR, f"没有表式“{base}”", path, hint)
    return Located(source).place(fault).finding


def _folded(parts: Sequence[LayoutPart]) -> Any:
    """Lay the parts of a layout over one another; its place in the chain is no content."""
    data: dict[str, Any] = {}
    for part in reversed(parts):
        if "" in part.data:  # no layout at all: the schema will say so
            return part.data[""]
        data = {word: value for word, value in data.items() if word not in _OWN_WORDS}
        data = _laid_over({"": data}, {"": part.data})[""]
    return data


def layout_data(name: str) -> dict[str, Any] | None:
    """Return what a layout that ships says, with all that it stands on; ``None`` if none ships."""
    chain = shipped_chain(name)
    return None if chain is None else {word_of(Form, "id"): name, **_folded(chain)}


def _chain(source: Source, find: Find) -> tuple[list[Source], list[Finding]]:
    """Return the file and its ancestors, and what is wrong with them as files."""
    sources: list[Source] = []
    findings: list[Finding] = []
    current: Source | None = source
    while current is not None:
        findings += (item.finding for item in Located(current).problems())
        if not isinstance(current.data, dict):
            findings += _not_a_rulebook(current)
            break
        findings += _same_year_twice(current)
        findings += _not_in_table(current)
        sources.append(current)
        current = _parent(current, [other.name for other in sources], find, findings)
    return sources, findings


def _not_a_rulebook(source: Source) -> Iterator[Finding]:
    if source.problems:
        return
    if source.data is None:
        yield Located(source).empty().finding
    else:
        finding = Finding(STRUCTURE, Severity.ERROR, "评分办法应由“名称: 内容”组成")
        yield Located(source).place(finding).finding


def years_of(sources: tuple[Source, ...]) -> tuple[int, ...]:
    """Return a year in each span of years in which the rules are the same."""
    changes = {
        int(start)
        for source in sources
        if isinstance(source.data, dict)
        for _, versions in _dated_blocks(source.data)
        for version in versions
        if (start := _start(version)[:4]).isdecimal()
    }
    return (min(changes) - 1, *sorted(changes)) if changes else ()


def in_year(data: Mapping[str, Any], year: int | None) -> dict[str, Any]:
    """Return the data as it held in *year*.

    Of a block with several dated versions this is the last that had come into force by the end
    of the year, or the first of all in earlier years.
    """
    return {**data, **{key: _version(block, year) for key, block in _dated_blocks(data)}}


def _block_in_year(source: Source, path: Path, year: int | None) -> dict[str, Any]:
    """Return the block in which *path* stands, alone, as it held in *year*.

    Files come from outside: to look through all blocks for each finding takes the square of them.
    """
    return in_year(_block_of(source.data, path), year)


def _block_of(data: Mapping[str, Any], path: Path) -> dict[str, Any]:
    key = path[0] if path else None
    return {key: data[key]} if isinstance(key, str) and key in data else {}


def _dated_blocks(data: Mapping[str, Any]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for key, block in data.items():
        if (
            key not in (*HEAD, *_POLICY)
            and isinstance(block, list)
            and block
            and all(isinstance(version, dict) and _SINCE in version for version in block)
        ):
            yield key, block


def _start(version: Mapping[str, Any]) -> str:
    return str(version[_SINCE] or "")


def _version(versions: list[dict[str, Any]], year: int | None) -> dict[str, Any]:
    ordered = sorted(versions, key=_start)
    if year is None:
        return ordered[-1]
    held = [version for version in ordered if _start(version)[:4] <= str(year)]
    return held[-1] if held else ordered[0]


def _in_version(data: Any, path: Path, year: int | None) -> Path:
    """Return *path* with the position of the version that holds, where its block has several."""
    blocks = dict(_dated_blocks(_block_of(data, path))) if isinstance(data, dict) else {}
    if not path or path[0] not in blocks:
        return path
    versions = blocks[str(path[0])]
    return (path[0], versions.index(_version(versions, year)), *path[1:])


def _same_year_twice(source: Source) -> Iterator[Finding]:
    """Find blocks of which two versions begin in one year: neither can be told to hold."""
    for key, versions in _dated_blocks(source.data):
        counts = Counter(_start(version)[:4] for version in versions)
        for position, version in enumerate(versions):
            year = _start(version)[:4]
            if counts[year] > 1 and position > 0:
                path = (key, position, _SINCE)
                message = f"“{key}”在同一年（{year or '未注明'}）有两个版本，无法确定哪一个适用"
                fault = Finding(TWO_VERSIONS, Severity.ERROR, message, path)
                yield Located(source).place(fault).finding
                break


def _parent(source: Source, seen: list[str], find: Find, findings: list[Finding]) -> Source | None:
    """Return the file that *source* inherits from, if it names one that can be used."""
    name = source.data.get(EXTENDS)
    if name is None:
        return None
    message = ""
    parent = None
    if not isinstance(name, str):
        message = "“继承”应写另一个评分办法的编号"
    elif len(seen) >= MAX_CHAIN:
        message = f"继承超过 {MAX_CHAIN} 层"
    else:
        parent = find(name, source)
        if any(problem.kind == OUTSIDE for problem in parent.problems):
            message = parent.problems[0].message
        elif parent.problems and parent.data is None:
            message = f"没有可以继承的评分办法“{name}”"
        elif parent.name in seen:
            message = f"“{name}”又继承了自己"
    if not message:
        return parent
    finding = Finding(INHERITANCE, Severity.ERROR, message, (EXTENDS,))
    findings.append(Located(source).place(finding).finding)
    return None


def _unsourced(source: Source, own: Mapping[str, Any]) -> Iterator[Finding]:
    """Find blocks that change inherited rules without naming their own source."""
    for key, block in own.items():
        if key not in (*HEAD, *_POLICY) and isinstance(block, dict) and not block.get(_SOURCE):
            message = f"“{key}”改动了继承的规定，没有写明自己的来源"
            hint = f"请在“{key}”里写“来源”，旁边写“条款”；条款不详的“条款:”后面留空"
            fault = Finding(UNSOURCED, Severity.ERROR, message, (key,), hint)
            yield Located(source).place(fault).finding


def _with_sources(own: dict[str, Any]) -> dict[str, Any]:
    """Return blocks whose sources are written out where they only name them."""
    table = own.get(SOURCES)
    if not isinstance(table, dict):
        return own
    return {key: block if key in HEAD else with_sources(block, table) for key, block in own.items()}


def _not_in_table(source: Source) -> Iterator[Finding]:
    """Find sources that are cited by a key, where the file's own table has others only."""
    table = source.data.get(SOURCES)
    if not isinstance(table, dict):
        return
    for key, block in source.data.items():
        versions = (
            [((key, at), item) for at, item in enumerate(block)]
            if isinstance(block, list)
            else [((key,), block)]
        )
        for at, version in versions:
            cited = version.get("来源") if key not in HEAD and isinstance(version, dict) else None
            for name in cited if isinstance(cited, list) else [cited]:
                if isinstance(name, str) and name not in table:
                    path = (*at, "来源")
                    message = f"来源表里没有“{name}”"
                    fault = Finding(UNSOURCED, Severity.ERROR, message, path)
                    yield Located(source).place(fault).finding


def _laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Lay the blocks of one file over those that it inherits.

    A block with a source of its own inherits the rules it does not change, and nothing of the
    other document's citation.
    """
    data = dict(below)
    for key, block in above.items():
        under = data.get(key)
        if isinstance(under, dict) and isinstance(block, dict) and block.get(_SOURCE):
            under = {word: value for word, value in under.items() if word not in _CITATION}
        data[key] = _merged(under, block)
    return data


def _merged(below: Any, above: Any) -> Any:
    """Lay *above* over *below*: mappings are merged, everything else is replaced.

    A mapping that names another method replaces the one below: its parameters are others.
    """
    if not isinstance(below, dict) or not isinstance(above, dict):
        return above
    if above.get(_METHOD, below.get(_METHOD)) != below.get(_METHOD):
        return above
    return {**below, **{key: _merged(below.get(key), value) for key, value in above.items()}}


def _without_tags(data: Any, path: Path) -> Path:
    """Leave the steps out that only name the member of a union (the value of 方法 or 处理)."""
    kept: list[str | int] = []
    for step in path:
        below = step_into(data, step)
        if (
            below is NOTHING
            and isinstance(data, dict)
            and step
            in (
                data.get(_METHOD),
                data.get(_ACTION),
            )
        ):
            continue
        kept.append(step)
        data = below
    return tuple(kept)


def _has(data: Any, path: Path) -> bool:
    """Tell whether *data* says something at *path*."""
    for step in path:
        data = step_into(data, step)
    return data is not NOTHING
