"""示例 and 佐证: what shows that a rulebook is right, in its own file or in one beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic import Field, ValidationError

from perfeval.codes import STRUCTURE
from perfeval.example import YEAR, Example, Expected
from perfeval.example.witnesses import Witness, said
from perfeval.fields import Model, OptionalText, Text
from perfeval.findings import Finding, Severity
from perfeval.places import Path
from perfeval.readers.inheritance import Layered
from perfeval.readers.problems import schema_findings
from perfeval.readers.sheets import sheet_from_source
from perfeval.source import Source

EVIDENCE = EXAMPLES, WITNESSES = "示例", "佐证"
"""What stands in a rulebook's file beside its rules."""
_SHEET_KEYS = ("预算", "指标", "多个目标", "表种", "年度", "金额单位")


class _Head(Model):
    """What an example says beside its sheet."""

    name: Text = Field(alias="名称")
    source: OptionalText = Field(None, alias="依据")
    expected: Expected = Field(alias="应得")


class Evidence(NamedTuple):
    """The worked examples of a rulebook, and what its sources say of its rules."""

    examples: tuple[Example, ...] = ()
    witnesses: tuple[Witness, ...] = ()


def read_evidence(
    layers: Layered, findings: list[Finding], words: Mapping[str, tuple[str, ...]]
) -> Evidence:
    """Read the examples and the witnesses of a rulebook.

    Args:
        layers: The rulebook's files; the first of them holds what is read.
        findings: Takes what is wrong with it.
        words: Other words for keys, to find places.
    """
    found: list[Finding] = []
    evidence = Evidence(_examples(layers, found), _witnesses(layers.sources[0], found))
    findings += [layers.locate(finding, words) for finding in found]
    return evidence


def _witnesses(source: Source, findings: list[Finding]) -> tuple[Witness, ...]:
    rows = source.data.get(WITNESSES) or {}
    if not isinstance(rows, dict):
        message = "“佐证”应由“规定: [是什么, 来源怎么说]”组成"
        findings.append(Finding(STRUCTURE, Severity.ERROR, message, (WITNESSES,)))
        return ()
    witnesses = []
    for key, row in rows.items():
        witness = _witness(key, row)
        if witness is not None:
            witnesses.append(witness)
        else:
            message = "佐证应写成“规定: [是什么, 来源怎么说]”，来源的话是文字"
            findings.append(Finding(STRUCTURE, Severity.ERROR, message, (WITNESSES, key)))
    return tuple(witnesses)


def _witness(key: str, row: Any) -> Witness | None:
    """Make one witness: what the rule is, and the words that say so."""
    match row:
        case [value, words]:
            try:
                return Witness(path=key, value=said(value), words=words)
            except ValidationError:
                return None
    return None


def _examples(layers: Layered, findings: list[Finding]) -> tuple[Example, ...]:
    """Read the examples; *findings* takes what is wrong with them."""
    source = layers.sources[0]
    rows = source.data.get(EXAMPLES) or []
    if not isinstance(rows, list):
        message = "“示例”应是列表（每项以 “- 名称:” 开头）"
        findings.append(Finding(STRUCTURE, Severity.ERROR, message, (EXAMPLES,)))
        return ()
    rulebook = str(layers.data.get("编号") or "?")
    examples = []
    for position, row in enumerate(rows):
        example, found = _read(row, rulebook)
        at: Path = (EXAMPLES, position)
        findings += [finding._replace(path=(*at, *finding.path)) for finding in found]
        if example is not None:
            examples.append(example)
    return tuple(examples)


def _read(row: Any, rulebook: str) -> tuple[Example | None, list[Finding]]:
    """Make one example: sheet words beside 名称, 依据 and what must come out (应得)."""
    if not isinstance(row, dict):
        message = "示例应由“名称: 内容”组成"
        return None, [Finding(STRUCTURE, Severity.ERROR, message)]
    findings: list[Finding] = []
    head = None
    try:
        head = _Head.model_validate({key: row[key] for key in row if key not in _SHEET_KEYS})
    except ValidationError as error:
        findings += schema_findings(error, _Head)
    data = {key: row[key] for key in _SHEET_KEYS if key in row}
    name = head.name if head else "示例"
    sheet_data = {"年度": YEAR, **data, "评分办法": rulebook, "项目名称": name}
    read = sheet_from_source(Source("", data=sheet_data))
    findings += [finding._replace(file="") for finding in read.findings]
    if head is None or read.sheet is None or findings:
        return None, findings
    return Example(name=head.name, source=head.source, sheet=read.sheet, expected=head.expected), []
