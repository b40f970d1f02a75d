"""Read a department: its folder, its own file, and the names of its sheets."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic import ValidationError

from perfeval.codes import STRUCTURE, UNCONFIRMED
from perfeval.department import Department
from perfeval.fields import word_of
from perfeval.findings import Finding, Placed, Severity
from perfeval.readers.accepted import models_of, synonyms
from perfeval.readers.files import (
    DEPARTMENT,
    SHIPPED,
    FilePath,
    FoundFile,
    SourceInput,
    path_text,
    read_source,
    sheets_in,
)
from perfeval.readers.folders import DepartmentInput, department_file
from perfeval.readers.located import Located
from perfeval.readers.problems import schema_findings
from perfeval.source import Source


class ReadDepartment(NamedTuple):
    """A department that was read, and what is wrong with it.

    Attributes:
        department: The department; ``None`` where there are errors.
        found: What is wrong with its file, as it stands there.
        located: The text, and where in it each value stands.
    """

    department: Department | None
    found: tuple[Placed, ...]
    located: Located

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with its file."""
        return tuple(item.finding for item in self.found)


_PARTS = ("department", "sheets")


def find_department(
    given: DepartmentInput,
) -> tuple[SourceInput, list[tuple[str, SourceInput]]]:
    """Return what holds a department's own figures, and its sheets with their names.

    Args:
        given: A folder or its own file, which may be missing; or a dict of what is to be read.

    Raises:
        TypeError: It is neither, or the dict has other parts.
    """
    if isinstance(given, Mapping):
        sheets = given.get("sheets", {})
        if not isinstance(sheets, Mapping) or not all(isinstance(name, str) for name in sheets):
            raise TypeError("sheets 应是字典：名称和自评表")
        if other := [str(key) for key in given if key not in _PARTS]:
            raise TypeError(f"部门的字典由 {' 和 '.join(_PARTS)} 组成，不认识“{other[0]}”")
        return given.get("department", {}), list(sheets.items())
    file, names = _files_of(given)
    return file, [(os.fspath(name), name) for name in names]


def _files_of(folder: FilePath) -> tuple[FilePath, list[FilePath]]:
    text = path_text(folder)
    file = department_file(folder) or os.path.join(text, DEPARTMENT)
    inside = file.removesuffix(DEPARTMENT).rstrip("/\\") or "."
    is_named = text.startswith(SHIPPED) or text.endswith(DEPARTMENT)
    return file if is_named else FoundFile(file, inside), sheets_in(inside)


def read_department(source: SourceInput, *, rulebook: str | None = None) -> ReadDepartment:
    """Read a department's own file; its errors come back as findings.

    Args:
        source: ``department.yaml`` of a folder, or the same of a shipped folder; its text or
            bytes; or a plain dict.
        rulebook: The rulebook of a department that names none.
    """
    return department_from_source(read_source(source), rulebook=rulebook)


def department_from_source(source: Source, *, rulebook: str | None = None) -> ReadDepartment:
    """Read a department from a text that was read into plain data.

    Where it makes no sense, its slips of the hand are named, and what is wrong besides them.
    """
    read = _department_of(source, rulebook)
    meant = read.located.mended() if read.department is None else None
    if meant is None:
        return read
    slips, text = meant
    found = read.located.with_slips(slips, _department_of(text, rulebook).found)
    return ReadDepartment(None, found, read.located)


def _department_of(source: Source, rulebook: str | None) -> ReadDepartment:
    located = Located(source, _words())
    found = located.problems()
    data = source.data
    if data is None:
        return ReadDepartment(None, located.limited(found) or (located.empty(),), located)
    if not isinstance(data, dict):
        finding = Finding(STRUCTURE, Severity.ERROR, "部门文件应由“名称: 内容”组成")
        return ReadDepartment(None, (*found, located.place(finding)), located)
    department = None
    try:
        department = Department.model_validate(_with_rulebook(data, rulebook))
    except ValidationError as error:
        found += map(located.place, schema_findings(error, Department))
    remarks = [*located.remarks(), *map(located.place, _unconfirmed(department))]
    noted = located.limited([*found, *remarks])
    return ReadDepartment(None if found else department, noted, located)


def _with_rulebook(data: dict[Any, Any], rulebook: str | None) -> dict[Any, Any]:
    """Return the data with a rulebook, where they name none and a caller does."""
    names = (word_of(Department, "rulebook"), "rulebook")
    if rulebook is None or any(data.get(name) for name in names):
        return data
    others = {key: value for key, value in data.items() if key not in names}
    return {**others, names[0]: rulebook}


def _unconfirmed(department: Department | None) -> Iterator[Finding]:
    """Say of a department's file that was drafted that nobody has confirmed it."""
    if department is not None and department.unconfirmed:
        path = (word_of(Department, "unconfirmed"),)
        hint = "逐项核对以后删去“未确认”这一行"
        yield Finding(UNCONFIRMED, Severity.WARNING, department.caveat, path, hint)


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, ...]]:
    return synonyms(*models_of(Department))
