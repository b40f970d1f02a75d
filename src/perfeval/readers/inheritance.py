"""继承: a rulebook that states only its differences from another, and what held in which year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from perfeval.findings import Finding, Severity
from perfeval.places import Path
from perfeval.readers.problems import STRUCTURE, placed, source_findings
from perfeval.source import Source

MAX_CHAIN = 8
INHERITANCE = "RB102"
UNSOURCED = "RB103"
_OWN = ("编号", "名称", "地区", "版本", "说明", "继承", "示例")


class Layered(NamedTuple):
    """The files behind a rulebook, its own first, and what they say together.

    Attributes:
        sources: The rulebook's file and those it inherits from.
        data: The merged data.
        findings: What is wrong with the files.
    """

    sources: tuple[Source, ...]
    data: dict[str, Any]
    findings: tuple[Finding, ...]

    def origin(self, path: Path) -> Source:
        """Return the nearest file that says what stands at *path*."""
        for source in self.sources:
            if _has(source.data, path):
                return source
        return self.sources[0]

    def locate(self, finding: Finding) -> Finding:
        """Return a finding with its place, in whichever file its value stands."""
        return placed(finding, self.origin(finding.path), finding.path)


def layer(source: Source, find: Callable[[str], Source], year: int | None) -> Layered:
    """Read a rulebook's file and all that it inherits from.

    Args:
        source: The rulebook's own file.
        find: Returns the file of a rulebook by its id.
        year: The year whose rules hold; ``None`` for the latest.
    """
    sources: list[Source] = []
    findings: list[Finding] = []
    data: dict[str, Any] = {}
    current: Source | None = source
    while current is not None:
        findings += source_findings(current)
        if not isinstance(current.data, dict):
            if not current.problems:
                message = "评分办法应由“名称: 内容”组成"
                findings.append(placed(Finding(STRUCTURE, Severity.ERROR, message), current, ()))
            break
        sources.append(current)
        current = _parent(current, [other.name for other in sources], find, findings)
    for position, layer_source in reversed(list(enumerate(sources))):
        own = in_year(layer_source.data, year)
        if position < len(sources) - 1:
            findings += _unsourced(layer_source, own)
            data = {key: value for key, value in data.items() if key not in _OWN}
        data = _merged(data, own)
    return Layered(tuple(sources) or (source,), data, tuple(findings))


def years_of(data: Mapping[str, Any]) -> tuple[int, ...]:
    """Return the years in which some block of rules changes."""
    years = {
        int(str(version["施行"])[:4])
        for block in data.values()
        if isinstance(block, list)
        for version in block
        if isinstance(version, dict) and str(version.get("施行", ""))[:4].isdecimal()
    }
    return tuple(sorted(years))


def in_year(data: Mapping[str, Any], year: int | None) -> dict[str, Any]:
    """Return the data as it held in *year*.

    Of a block with several dated versions this is the last that had come into force by the end
    of the year, or the first of all in earlier years.
    """
    return {
        key: _version(block, year) if key not in _OWN and _is_dated(block) else block
        for key, block in data.items()
    }


def _is_dated(block: Any) -> bool:
    return isinstance(block, list) and bool(block) and all(
        isinstance(version, dict) and "施行" in version for version in block
    )  # fmt: skip


def _version(versions: list[dict[str, Any]], year: int | None) -> dict[str, Any]:
    ordered = sorted(versions, key=lambda version: str(version["施行"] or ""))
    if year is None:
        return ordered[-1]
    held = [version for version in ordered if str(version["施行"] or "")[:4] <= str(year)]
    return held[-1] if held else ordered[0]


def _parent(
    source: Source, seen: list[str], find: Callable[[str], Source], findings: list[Finding]
) -> Source | None:
    """Return the file that *source* inherits from, if it names one that can be used."""
    name = source.data.get("继承")
    if name is None:
        return None
    message = ""
    parent = None
    if not isinstance(name, str):
        message = "“继承”应写另一个评分办法的编号"
    elif len(seen) >= MAX_CHAIN:
        message = f"继承超过 {MAX_CHAIN} 层"
    else:
        parent = find(name)
        if parent.problems and parent.data is None:
            message = f"没有可以继承的评分办法“{name}”"
        elif parent.name in seen:
            message = f"“{name}”又继承了自己"
    if message:
        findings.append(placed(Finding(INHERITANCE, Severity.ERROR, message, ("继承",)), source,
                               ("继承",)))  # fmt: skip
        return None
    return parent


def _unsourced(source: Source, own: Mapping[str, Any]) -> list[Finding]:
    """Find blocks that change inherited rules without naming their own source."""
    return [
        placed(
            Finding(UNSOURCED, Severity.ERROR, f"“{key}”改动了继承的规定，没有写明自己的来源",
                    (key,), "请补上“来源”“核实”，条款不详的写“条款:”留空"),
            source, (key,),
        )
        for key, block in own.items()
        if key not in _OWN and isinstance(block, dict) and not block.get("来源")
    ]  # fmt: skip


def _merged(below: Any, above: Any) -> Any:
    """Lay *above* over *below*: mappings are merged, everything else is replaced."""
    if not isinstance(below, dict) or not isinstance(above, dict):
        return above
    method = above.get("方法", below.get("方法"))
    if method != below.get("方法"):
        return above
    return {
        **below,
        **{key: _merged(below.get(key), value) for key, value in above.items()},
    }


def _has(data: Any, path: Path) -> bool:
    """Tell whether *data* says something at *path*; steps that name a union's member pass."""
    for step in path:
        if isinstance(data, dict):
            if step in data:
                data = data[step]
            elif isinstance(step, int):
                return False
            else:
                return step == path[-1] and "方法" in data and data["方法"] == step
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return False
    return True
