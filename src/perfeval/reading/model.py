"""What was read of a file: the sheets in it, where each value stands, and what was not read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from perfeval.places import Path, Place


class ReadingNote(NamedTuple):
    """What a reader assumed, or did not read.

    Attributes:
        message: What was assumed, or what was not read and why.
        place: Where; ``None`` where it is about the whole file.
        path: Where in the sheet, if it is about a value there.

    >>> str(ReadingNote("没有读到年度"))
    '没有读到年度'
    """

    message: str
    place: Place | None = None
    path: Path = ()

    def __str__(self) -> str:
        return f"{self.place}：{self.message}" if self.place is not None else self.message


class UnreadPart(NamedTuple):
    """A part of a file that was not read.

    Attributes:
        name: Which part: a sheet's name or the number of a table; empty for the whole file.
        reason: Why.
        place: Where it begins.
        is_fault: Whether it may be a 自评表 that could not be read, and not another table.

    >>> str(UnreadPart("汇总", "不是自评表：标题是汇总表", is_fault=False))
    '汇总：不是自评表：标题是汇总表'
    """

    name: str
    reason: str
    place: Place | None = None
    is_fault: bool = True

    def __str__(self) -> str:
        return f"{self.name}：{self.reason}" if self.name else self.reason


@dataclass(frozen=True)
class ReadTable:
    r"""A 自评表 that was read out of a file; nobody has confirmed it yet.

    Attributes:
        name: Where it stands in the file: a sheet's name or the number of a table.
        data: The sheet in the words of its YAML, as `load_sheet` takes it.
        places: Where each value stands, by its path in the data.
        layout: The id of the layout that it has; empty where none is known.
        rulebooks: The rulebooks whose form has this layout, the one that is assumed first.
        assumptions: What was assumed.
        unread: What stands in the table and was not read.
        form: A digest of the form to fill in that it is: equal for copies of one form, however they
            were filled; empty for every other table.
        before: What the form held when it was made, in the words of a sheet's YAML.

    >>> from perfeval import read
    >>> table = read("三级指标,目标值,完成值\n床位数,391,390\n".encode()).tables[0]
    >>> table.data["指标"][0]["目标值"], table.layout
    ('391', '')
    """

    name: str
    data: dict[str, Any]
    places: Mapping[Path, Place]
    layout: str = ""
    rulebooks: tuple[str, ...] = ()
    assumptions: tuple[ReadingNote, ...] = ()
    unread: tuple[ReadingNote, ...] = ()
    form: str = field(default="", repr=False)
    before: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def place_of(self, path: Path) -> Place | None:
        """Return where a value stands, or the nearest that holds it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path)


@dataclass(frozen=True)
class ReadDocument:
    r"""All that was read of a file.

    Attributes:
        name: The file's name; empty where it has none.
        digest: The SHA-256 of its bytes, in hexadecimal.
        kind: What the file is (``docx``); empty where it was not read.
        tables: The sheets in it.
        unread: What was not read, each with the reason.
        remarks: What else is to be known of the file.

    >>> from perfeval import read
    >>> document = read("三级指标,目标值,完成值\n床位数,391,390\n".encode())
    >>> document.kind, len(document.tables), document.unread
    ('csv', 1, ())
    """

    name: str
    digest: str
    kind: str = ""
    tables: tuple[ReadTable, ...] = ()
    unread: tuple[UnreadPart, ...] = ()
    remarks: tuple[ReadingNote, ...] = ()


@dataclass
class Gathered:
    """What is being gathered of one table; in a form of ours points and rates are computed."""

    data: dict[str, Any] = field(default_factory=dict)
    places: dict[Path, Place] = field(default_factory=dict)
    assumptions: list[ReadingNote] = field(default_factory=list)
    unread: list[ReadingNote] = field(default_factory=list)
    is_form: bool = False

    def put(self, path: Path, value: Any, place: Place) -> None:
        """Set a value; blank ones are left out.  A list grows by its next position."""
        if value is None or value == "":
            return
        holder: Any = self.data
        for step, below in pairwise(path):
            empty: Any = [] if isinstance(below, int) else {}
            if isinstance(step, int):
                if step == len(holder):
                    holder.append(empty)
                holder = holder[step]
            else:
                holder = holder.setdefault(step, empty)
        holder[path[-1]] = value
        self.places[path] = place

    def get(self, path: Path) -> Any:
        """Return a value that was set, or ``None``."""
        holder: Any = self.data
        for step in path:
            if isinstance(step, int):
                holder = holder[step] if step < len(holder) else None
            else:
                holder = holder.get(step)
            if holder is None:
                return None
        return holder

    def assume(self, message: str, place: Place | None, path: Path = ()) -> None:
        """Say what was assumed."""
        self.assumptions.append(ReadingNote(message, place, path))

    def skip(self, message: str, place: Place | None, path: Path = ()) -> None:
        """Say what was not read."""
        self.unread.append(ReadingNote(message, place, path))

    def skip_once(self, message: str, place: Place) -> None:
        """Say what was not read, of a cell that stands beside several rows once."""
        if all((message, place) != note[:2] for note in self.unread):
            self.skip(message, place)
