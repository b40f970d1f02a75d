"""Read a rulebook: one that ships, or a file of one's own."""

from __future__ import annotations

from functools import lru_cache

from pydantic import ValidationError

from perfeval._resources import rulebook_dir
from perfeval.errors import RulebookError, UnknownRulebookError
from perfeval.findings import Finding, Severity
from perfeval.readers.files import FilePath, read_file
from perfeval.readers.problems import STRUCTURE, placed, schema_findings, source_findings
from perfeval.rulebook import Rulebook
from perfeval.source import Source

_LONGEST_ID = 60


def rulebook_ids() -> tuple[str, ...]:
    """Return the ids of the rulebooks that ship."""
    return tuple(sorted(path.stem for path in rulebook_dir().glob("*.yaml")))


def load_rulebook(name: FilePath) -> Rulebook:
    """Load a rulebook.

    Args:
        name: The id of one that ships, or the path of a file of one's own that ends in
            ``.yaml`` or ``.yml``.

    Returns:
        The rulebook, checked.

    Raises:
        UnknownRulebookError: No rulebook has this id and no file this path.
        RulebookError: The file has errors; all of them at once.

    >>> load_rulebook("hubei-2020").weights.execution
    Decimal('20')
    """
    text = str(name)
    if text in rulebook_ids():
        return _shipped(text)
    if not text.endswith((".yaml", ".yml")):
        known = "、".join(rulebook_ids())
        shown = text if len(text) <= _LONGEST_ID else text[:_LONGEST_ID] + "…"
        raise UnknownRulebookError(f"没有评分办法“{shown}”；现有：{known}")
    return rulebook_from_source(read_file(name))


@lru_cache(maxsize=64)
def _shipped(name: str) -> Rulebook:
    return rulebook_from_source(read_file(rulebook_dir() / f"{name}.yaml"))


def rulebook_from_source(source: Source) -> Rulebook:
    """Make a rulebook of a text that was read; see `load_rulebook`."""
    findings = source_findings(source)
    rulebook = None
    if not isinstance(source.data, dict):
        if not findings:
            finding = Finding(STRUCTURE, Severity.ERROR, "评分办法应由“名称: 内容”组成")
            findings.append(placed(finding, source, ()))
    else:
        try:
            rulebook = Rulebook.model_validate(source.data)
        except ValidationError as error:
            findings += [
                placed(finding, source, finding.path)
                for finding in schema_findings(error, Rulebook)
            ]
    if rulebook is None or findings:
        findings.sort(key=lambda finding: (finding.line or 0, finding.column or 0))
        raise RulebookError(f"{source.name}：{len(findings)} 处错误", tuple(findings))
    return rulebook
