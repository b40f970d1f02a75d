"""Read a rulebook: one that ships, or a file of one's own, with all that it inherits."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from perfeval._resources import rulebook_dir
from perfeval.errors import RulebookError, UnknownRulebookError
from perfeval.example import Example, Expected
from perfeval.findings import Finding, Severity
from perfeval.readers.files import FilePath, read_file
from perfeval.readers.inheritance import Layered, in_year, layer, years_of
from perfeval.readers.problems import MISSING, STRUCTURE, schema_findings
from perfeval.readers.sheets import sheet_from_source
from perfeval.rulebook import Rulebook
from perfeval.source import Source

_LONGEST_ID = 60
_EXAMPLES = "示例"


class ReadRulebook(NamedTuple):
    """A rulebook that was read.

    Attributes:
        rulebook: The rules as they hold in the year asked for.
        examples: Its own worked examples.
        layers: Its file and those it inherits from; they know where each value stands.
    """

    rulebook: Rulebook
    examples: tuple[Example, ...]
    layers: Layered


def rulebook_ids() -> tuple[str, ...]:
    """Return the ids of the rulebooks that ship."""
    return tuple(sorted(path.stem for path in rulebook_dir().glob("*.yaml")))


def load_rulebook(name: FilePath, *, year: int | None = None) -> Rulebook:
    """Load a rulebook.

    Args:
        name: The id of one that ships, or the path of a file of one's own that ends in
            ``.yaml`` or ``.yml``.
        year: The year whose rules hold; ``None`` for the latest.

    Returns:
        The rulebook, checked.

    Raises:
        UnknownRulebookError: No rulebook has this id and no file this path.
        RulebookError: The file has errors; all of them at once.

    >>> load_rulebook("hubei-2020").weights.execution
    Decimal('20')
    """
    return read_rulebook(name, year=year).rulebook


def read_rulebook(name: FilePath, *, year: int | None = None) -> ReadRulebook:
    """Read a rulebook with its examples and the files it consists of; see `load_rulebook`."""
    text = str(name)
    if text in rulebook_ids():
        return _shipped(text, year)
    if not text.endswith((".yaml", ".yml")):
        known = "、".join(rulebook_ids())
        shown = text if len(text) <= _LONGEST_ID else text[:_LONGEST_ID] + "…"
        raise UnknownRulebookError(f"没有评分办法“{shown}”；现有：{known}")
    return rulebook_from_source(read_file(name), year=year)


@lru_cache(maxsize=256)
def _shipped(name: str, year: int | None) -> ReadRulebook:
    return rulebook_from_source(_shipped_file(name), year=year)


def _shipped_file(name: str) -> Source:
    return read_file(rulebook_dir() / f"{Path(name).name}.yaml")


def rulebook_from_source(source: Source, *, year: int | None = None) -> ReadRulebook:
    """Make a rulebook of a text that was read; see `load_rulebook`.

    Every version that its file holds is checked, whatever the year asked for.
    """
    layers = layer(source, _shipped_file, year)
    findings = list(layers.findings)
    rulebook: Rulebook | None = None
    for checked in dict.fromkeys((*_years(layers), year)):
        current = layer(source, _shipped_file, checked)
        rulebook = _validated(current, findings)
    examples = _examples(layers, findings) if rulebook is not None else ()
    if rulebook is None or findings:
        unique = sorted(
            dict.fromkeys(findings), key=lambda finding: (finding.line or 0, finding.column or 0)
        )
        raise RulebookError(f"{source.name}：{len(unique)} 处错误", tuple(unique))
    return ReadRulebook(rulebook, examples, layers)


def _years(layers: Layered) -> tuple[int, ...]:
    return tuple(
        sorted({year for source in layers.sources if isinstance(source.data, dict)
                for year in years_of(source.data)})
    )  # fmt: skip


def _validated(layers: Layered, findings: list[Finding]) -> Rulebook | None:
    """Return the rulebook, or add what is wrong with its data to *findings*."""
    if not layers.data:
        return None
    data = {key: value for key, value in layers.data.items() if key != _EXAMPLES}
    try:
        return Rulebook.model_validate(data)
    except ValidationError as error:
        findings += map(layers.locate, schema_findings(error, Rulebook))
        return None


def _examples(layers: Layered, findings: list[Finding]) -> tuple[Example, ...]:
    """Return the worked examples of the rulebook's own file."""
    source = layers.sources[0]
    rows = in_year(source.data, None).get(_EXAMPLES) or []
    if not isinstance(rows, list):
        message = "“示例”应是列表（每项以 “- 名称:” 开头）"
        findings.append(layers.locate(Finding(STRUCTURE, Severity.ERROR, message, (_EXAMPLES,))))
        return ()
    made = [_example(row, position, layers, findings) for position, row in enumerate(rows)]
    return tuple(example for example in made if example is not None)


_SHEET_KEYS = ("预算", "指标", "多个目标", "表种", "年度", "金额单位")
_EXAMPLE_KEYS = ("名称", "依据", *_SHEET_KEYS, "应得")


def _example(row: Any, position: int, layers: Layered, findings: list[Finding]) -> Example | None:
    """Make one example: sheet words beside 名称, 依据 and what is expected (应得)."""
    at = (_EXAMPLES, position)
    if not isinstance(row, dict) or not isinstance(row.get("名称"), str):
        finding = Finding(MISSING, Severity.ERROR, "缺少“名称”", (*at, "名称"))
        findings.append(layers.locate(finding))
        return None
    data = {key: row[key] for key in _SHEET_KEYS if key in row}
    sheet_data = {"年度": 2023, **data, "评分办法": layers.data["编号"], "项目名称": row["名称"]}
    read = sheet_from_source(Source("", data=sheet_data))
    for finding in read.findings:
        path = (*at, *finding.path)
        findings.append(layers.locate(_at(finding, path)))
    unknown = set(row) - set(_EXAMPLE_KEYS)
    for key in sorted(unknown):
        hint = f"可以写：{'、'.join(_EXAMPLE_KEYS)}"
        finding = Finding(STRUCTURE, Severity.ERROR, f"示例里不认识“{key}”", (*at, key), hint)
        findings.append(layers.locate(finding))
    try:
        expected = Expected.model_validate(row.get("应得") or {})
    except ValidationError as error:
        findings += [
            layers.locate(_at(finding, (*at, "应得", *finding.path)))
            for finding in schema_findings(error, Expected)
        ]
        return None
    if read.sheet is None:
        return None
    return Example(name=row["名称"], source=row.get("依据"), sheet=read.sheet, expected=expected)


def _at(finding: Finding, path: tuple[str | int, ...]) -> Finding:
    return Finding(finding.code, finding.severity, finding.message, path, finding.hint)
