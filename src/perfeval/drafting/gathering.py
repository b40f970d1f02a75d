"""What is gathered for one file: its values, where each is printed, and what was not taken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from perfeval.accounts.account import Account
from perfeval.accounts.facts import AccountFigure, FigureMeasure
from perfeval.places import Path


class DraftedFile(NamedTuple):
    """The draft of one file of a department.

    Attributes:
        title: The project that it is of; empty for the department itself.
        data: What it says, in the words of its YAML.
        said: Of each value where it is printed, and what was assumed of it.
        unread: What was not taken, each with its place and the reason.
        at: Where in the document's text its subject begins.
    """

    title: str
    data: dict[str, Any]
    said: dict[Path, str]
    unread: tuple[str, ...]
    at: int


@dataclass
class Drafting:
    """What is being gathered for one file."""

    account: Account
    data: dict[str, Any] = field(default_factory=dict)
    said: dict[Path, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    assumed: dict[FigureMeasure, str] = field(default_factory=dict)

    def put(self, path: Path, value: Any, said: str = "") -> None:
        """Set a value within mappings and lists; a list grows by its next position."""
        holder: Any = self.data
        for step, below in pairwise(path):
            empty: Any = [] if isinstance(below, int) else {}
            if isinstance(step, int):
                if step == len(holder):
                    holder.append(empty)
                holder = holder[step]
            else:
                holder = holder.setdefault(step, empty)
        if isinstance(path[-1], int):
            holder.append(value)
        else:
            holder[path[-1]] = value
        if said:
            self.said[path] = said

    def skip(self, at: int, message: str) -> None:
        """Say what was not taken, and where it stands."""
        self.unread.append(f"{self.account.document.where(at)}：{message}")

    def where(self, figures: Iterable[AccountFigure]) -> str:
        """Say where a value is printed, and how."""
        figures = tuple(figures)
        first = f"{self.account.document.where(figures[0].start)}“{figures[0].text}”"
        return first if len(figures) < 2 else f"{first}等 {len(figures)} 处"
