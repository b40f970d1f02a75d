"""Validate a rulebook's data: every schema error and every contradiction at once."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from perfeval.checks.policy import faults_of_choice
from perfeval.clauses import COLLECT, all_faults
from perfeval.codes import NO_CHECK, PROOF
from perfeval.findings import Finding, Severity
from perfeval.places import NOTHING, Path, step_into
from perfeval.readers.problems import schema_findings
from perfeval.rulebook import Checking, Rulebook

_BLANKS = ("来源", "编号", "名称", "地区", "版本")
"""The words that stand in for a missing text; each other, so that none seems to stand twice."""


def validate(data: dict[str, Any]) -> tuple[Rulebook | None, list[Finding]]:
    """Return the rulebook that *data* describes, and all that is wrong with it.

    Args:
        data: Plain data in the words of the file, inheritance already applied.

    Returns:
        The rulebook, or ``None`` where there is anything wrong; findings without places.
    """
    try:
        book = Rulebook.model_validate(data, context=COLLECT)
    except ValidationError as error:
        return None, [*schema_findings(error, Rulebook), *_faults_of_the_rest(data, error)]
    findings = [*_as_findings(book), *_choices(book.checking)]
    return (None if findings else book), findings


def _choices(checking: Checking) -> Iterator[Finding]:
    """Find codes in 校核 that no check has, and levels that a check cannot have."""
    for position, code in enumerate(checking.disabled):
        if fault := faults_of_choice(code, is_left_out=True):
            yield Finding(NO_CHECK, Severity.ERROR, fault, ("校核", "停用", position))
    for code, level in checking.severity.items():
        if fault := faults_of_choice(code, Severity(level)):
            yield Finding(NO_CHECK, Severity.ERROR, fault, ("校核", "级别", code))


def _as_findings(value: Any, path: Path = ()) -> Iterator[Finding]:
    for fault in all_faults(value, path):
        yield Finding(PROOF, Severity.ERROR, fault.message, fault.path)


def _faults_of_the_rest(data: dict[str, Any], error: ValidationError) -> list[Finding]:
    """Return the contradictions that can be told although the data has schema errors.

    Keys that are not known are left out and missing words filled in, never a figure; what still
    does not fit is left out block by block.
    """
    mended = _mended(data, error)
    try:
        return list(_as_findings(Rulebook.model_validate(mended, context=COLLECT)))
    except ValidationError as rest:
        broken = {str(item["loc"][0]) for item in rest.errors() if item["loc"]}
        return [
            finding
            for name, field in Rulebook.model_fields.items()
            if (key := field.alias or name) in mended and key not in broken
            for finding in _block_faults(field.rebuild_annotation(), mended[key], (key,))
        ]


def _block_faults(annotation: Any, block: Any, path: Path) -> Iterator[Finding]:
    value = TypeAdapter(annotation).validate_python(block, context=COLLECT)
    if isinstance(value, BaseModel):
        yield from _as_findings(value, path)


def _mended(data: dict[str, Any], error: ValidationError) -> dict[str, Any]:
    mended = copy.deepcopy(data)
    for at, item in enumerate(error.errors(include_url=False)):
        *parents, key = item["loc"]
        holder = _follow(mended, parents)
        if not isinstance(holder, dict):
            continue
        if item["type"] == "extra_forbidden":
            holder.pop(key, None)
        elif item["type"] in ("missing", "blank") and key in _BLANKS:
            holder[key] = f"?{at}"
    return mended


def _follow(data: Any, path: list[int | str]) -> Any:
    """Return what stands at *path*; steps that name a union's member are passed over."""
    for step in path:
        below = step_into(data, step)
        data = data if below is NOTHING else below
    return data
