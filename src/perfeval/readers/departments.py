"""Read a department: its folder, its own file, and the names of its sheets."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import NamedTuple

from pydantic import ValidationError

from perfeval.codes import EMPTY, STRUCTURE
from perfeval.department import Department
from perfeval.findings import Finding, Severity
from perfeval.readers.files import DEPARTMENT, SHIPPED, FilePath, path_text, read_file, resolve
from perfeval.readers.problems import (
    limited,
    models_of,
    placed,
    schema_findings,
    source_findings,
    synonyms,
)
from perfeval.source import Source


class ReadDepartment(NamedTuple):
    """A department that was read, its findings, and where its values stood.

    Attributes:
        department: The department; ``None`` where there are errors.
        findings: What is wrong with its file, in the order of its lines.
        source: The text.
    """

    department: Department | None
    findings: tuple[Finding, ...]
    source: Source

    def locate(self, finding: Finding) -> Finding:
        """Return a finding about the department with its place in the file."""
        return placed(finding, self.source, finding.path, _words())


def department_file(folder: FilePath) -> str | None:
    """Return the name of a folder's own file, as `read_department` takes it; ``None`` if none.

    The file itself stands for its folder, with its ending or, where it ships, without.
    """
    text = path_text(folder)
    try:
        path = resolve(text)
        if path.name == DEPARTMENT and path.is_file():
            ending = path.suffix
            return f"{text.removesuffix(ending)}{ending}"
        if not (path / DEPARTMENT).is_file():
            return None
    except (OSError, ValueError):  # reading it will say why
        return None
    if text.startswith(SHIPPED):
        return f"{text.rstrip('/')}/{DEPARTMENT}"
    return os.path.join(text, DEPARTMENT)


def read_department(file: FilePath) -> ReadDepartment:
    """Read a department's own file; its errors come back as findings.

    Args:
        file: ``department.yaml`` of a folder, or the same of a shipped folder.
    """
    return department_from_source(read_file(file))


def department_from_source(source: Source) -> ReadDepartment:
    """Read a department from a text that was read into plain data."""
    findings = source_findings(source)
    data = source.data
    if data is None:
        if not findings:
            findings = [Finding(EMPTY, Severity.ERROR, "文件是空的", file=source.name)]
        return ReadDepartment(None, tuple(findings), source)
    if not isinstance(data, dict):
        finding = Finding(STRUCTURE, Severity.ERROR, "部门文件应由“名称: 内容”组成")
        return ReadDepartment(None, (*findings, placed(finding, source, ())), source)
    department = None
    try:
        department = Department.model_validate(data)
    except ValidationError as error:
        for finding in schema_findings(error, Department):
            findings.append(placed(finding, source, finding.path, _words()))
    return ReadDepartment(None if findings else department, limited(findings, source.name), source)


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, ...]]:
    return synonyms(*models_of(Department))
