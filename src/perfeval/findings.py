"""A finding (校核发现): what is wrong or worth knowing, where, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from perfeval.places import Path


class Severity(str, Enum):
    """How much a finding weighs; only errors fail a run."""

    ERROR = "错误"
    WARNING = "警告"
    INFO = "提示"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    Attributes:
        code: Two letters of meaning and three digits; never reused.
        severity: Error, warning or information.
        message: What is the case, with the figures.
        path: Where in the sheet: its words and list positions (``("指标", 5, "已填报得分")``).
        hint: What to do.
        file: The file, where there is one.
        line, column: The place in the file, counted from 1.
        excerpt: The line of the file.
    """

    code: str
    severity: Severity
    message: str
    path: Path = ()
    hint: str = ""
    file: str = ""
    line: int | None = None
    column: int | None = None
    excerpt: str = ""

    @property
    def place(self) -> str:
        """File, line and column, or the path where there is no file."""
        if self.line is not None:
            return f"{self.file}:{self.line}:{self.column}"
        return self.file or "/".join(map(str, self.path))

    def __str__(self) -> str:
        hint = f"（{self.hint}）" if self.hint else ""
        return f"{self.place}  {self.code}  {self.message}{hint}"
