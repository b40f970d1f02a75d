"""Places where a text asks for something that was not stated, or not stated truly."""

from __future__ import annotations

from typing import NamedTuple

from perfeval.places import Path


class Gap(NamedTuple):
    """A place where a text asks for something that was not stated.

    Attributes:
        label: What is asked for.
        path: The field of the sheet or of the department that would answer.
        position: The position of the sheet among the department's, where it is a sheet's field.
    """

    label: str
    path: Path
    position: int | None = None

    @property
    def printed(self) -> str:
        """The words that stand in place of what is missing."""
        return f"（请补充{self.label}）"
