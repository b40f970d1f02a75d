"""Read and run the cases of the checks: small edits of a department in which nothing is wrong.

``clean/`` holds a made-up department.  A case in ``cases/`` changes a few characters of it and says
what is then found, and where::

    BX101:                          # the code that the blocks below it are about
      fail_a_rate_that_was_padded:  # the text after the edit must give exactly these findings
        file: 公共阅览室开放.yaml      # the file that is edited
        change:                     # old text (it stands there once) and new text
          - ["执行率: 97.50%", "执行率: 98.70%"]
        finds:                      # where the finding stands, and its message, word for word
          - ["执行率: ^98.70%", 已填报执行率 98.70%，执行数 ÷ 预算数应为 97.50%]
      pass_one_digit_less:          # a near miss: after this edit the code has nothing to say
        file: 公共阅览室开放.yaml
        change:
          - ["执行率: 97.50%", "执行率: 97.5%"]

- A place is a piece of the changed text that stands there once.  The finding has the line and the
  column at which the piece begins, or, where the piece has a ``^``, of the character after it.
- ``……`` in an old text stands for everything in between.
- An edit or a place in another file has that file's name before it: ``[文件, 旧, 新]``.
- ``also`` lists findings of other codes that the fault cannot do without: ``[编号, 位置, 说明]``.
- ``rulebook`` is the text of a rulebook: the file's own one is replaced by one that inherits from
  it and has these blocks.
- ``status`` is what the ledger says of the code in a near miss, where that is not 通过.
  Where it is 数据不足, the block is called ``lacking_…``.
- ``today`` is the day by which waivers expire, if it matters.
- ``alone`` keeps a fault out of all mixtures: it changes what most other findings rest on.
- ``conflicts``, ``spoils`` and ``rests_on`` are words that keep faults apart which would change
  each other's findings: two with the same word under ``conflicts`` (two faults of one total), or
  one that spoils what the other's finding rests on (a row without points, and the total of all
  rows).  A word holds within a file; one that begins with 部门 holds everywhere.

What cannot be read is looked for in its own file: the checks of the whole lack its data then.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import yaml

import perfeval
from perfeval.checks.registry import CHECKS, Scope
from perfeval.checks.settling import CheckOptions
from perfeval.findings import Finding, Inspection, Status
from perfeval.report import DepartmentReport

HERE = Path(__file__).parent
DEPARTMENT = "department.yaml"
TODAY = "2025-03-01"
"""The day of the checks, unless a case says otherwise."""
_RULEBOOK = "办法{}.yml"
_HEAD = """\
编号: {id}
名称: 示例区的办法
地区: 示例区
版本: "1"
继承: {parent}
"""
_KEYS = {
    "file",
    "change",
    "finds",
    "also",
    "rulebook",
    "today",
    "status",
    "conflicts",
    "spoils",
    "rests_on",
    "alone",
}


class Edit(NamedTuple):
    """Characters of a clean file that are replaced."""

    file: str
    start: int
    end: int
    new: str


class Spot(NamedTuple):
    """A place that survives other edits: in the new text of an edit, or in the clean text.

    Attributes:
        file: The file.
        edit: The edit; ``None`` for a place in the clean text.
        offset: Counted from the beginning of the edit's new text, or of the clean text.
    """

    file: str
    edit: Edit | None
    offset: int


class Expected(NamedTuple):
    """A finding that must be there."""

    code: str
    spot: Spot
    message: str


class Found(NamedTuple):
    """A finding as it is compared: which, in which file, line and column, and what it says."""

    code: str
    file: str
    line: int | None
    column: int | None
    message: str


class Block(NamedTuple):
    """A fault that is put into the clean department, or a near miss.

    Attributes:
        code: The check that it is about.
        name: ``fail_…``, ``pass_…`` or ``lacking_…``.
        edits: What is changed.
        expected: What is found then, in a block that fails.
        conflicts, spoils, rests_on: The words that must not meet; see above.
        rulebook: The name and the text of a rulebook that is put beside the sheets.
        today: The day.
        status: What the ledger says of the code, in a near miss.
        is_alone: It goes together with no other fault.
    """

    code: str
    name: str
    edits: tuple[Edit, ...]
    expected: tuple[Expected, ...]
    conflicts: frozenset[str]
    spoils: frozenset[str]
    rests_on: frozenset[str]
    rulebook: tuple[str, str] | None
    today: str
    status: Status
    is_alone: bool

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def fails(self) -> bool:
        """The block is a fault, not a near miss."""
        return self.name.startswith("fail_")

    @property
    def is_of_reading(self) -> bool:
        """The fault is one that stops the reading of its file."""
        return CHECKS[self.code].scope is Scope.FILE and not self.code.startswith("WV")

    @property
    def file(self) -> str:
        """The file that is edited first."""
        return self.edits[0].file


@cache
def clean() -> Mapping[str, str]:
    """Return the text of each file of the clean department."""
    return {
        path.name: path.read_text(encoding="utf-8") for path in sorted((HERE / "clean").iterdir())
    }


@cache
def blocks() -> tuple[Block, ...]:
    """Return every case, in the order of the files."""
    found: list[Block] = []
    for path in sorted((HERE / "cases").glob("*.yaml")):
        for code, group in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader).items():
            for name, data in group.items():
                found.append(_block(code, name, data, len(found)))
    return tuple(found)


def _block(code: str, name: str, data: Mapping[str, Any], number: int) -> Block:
    where = f"{code} {name}"
    assert name.startswith(("fail_", "pass_", "lacking_")), where
    assert name.startswith("lacking_") is (data.get("status") == "数据不足"), where
    assert data.keys() <= _KEYS, f"{where}: {data.keys() - _KEYS}"
    file = data["file"]
    edits = [_edit(where, *_with_file(item, file, 2)) for item in data.get("change", ())]
    rulebook = None
    if "rulebook" in data:
        book = _RULEBOOK.format(number)
        line = re.search(r"(?m)^评分办法: (\S+)$", clean()[file])
        assert line is not None, where
        edits.append(Edit(file, line.start(1), line.end(1), book))
        rulebook = book, _HEAD.format(id=f"example-{number}", parent=line[1]) + data["rulebook"]
    edits.sort(key=lambda edit: (edit.file, edit.start))
    assert edits, f"{where} changes nothing"
    assert not _overlap(edits), f"{where}: two edits of one place"
    listed = [(code, *_with_file(item, file, 2)) for item in data.get("finds", ())]
    listed += [(item[0], *_with_file(item[1:], file, 2)) for item in data.get("also", ())]
    assert bool(data.get("finds")) is name.startswith("fail_"), where
    expected = [
        Expected(one, _spot(where, at, piece, edits), message) for one, at, piece, message in listed
    ]
    conflicts, spoils, rests_on = (
        frozenset(
            word if word.startswith("部门") else f"{file} {word}" for word in data.get(key, ())
        )
        for key in ("conflicts", "spoils", "rests_on")
    )
    first = sorted(edits, key=lambda edit: edit.file != file)
    return Block(
        code=code,
        name=name,
        edits=tuple(first),
        expected=tuple(expected),
        conflicts=conflicts,
        spoils=spoils,
        rests_on=rests_on,
        rulebook=rulebook,
        today=data.get("today", TODAY),
        status=Status(data.get("status", Status.PASSED)),
        is_alone="alone" in data,
    )


def _with_file(item: Sequence[str], file: str, least: int) -> tuple[str, str, str]:
    assert len(item) in (least, least + 1), item
    first, second, *rest = item
    return (first, second, rest[0]) if rest else (file, first, second)


def _edit(where: str, file: str, old: str, new: str) -> Edit:
    text = clean()[file]
    pattern = ".*?".join(map(re.escape, old.split("……")))
    found = list(re.finditer(pattern, text, re.DOTALL))
    assert len(found) == 1, f"{where}: {old!r} stands {len(found)} times in {file}"
    return Edit(file, found[0].start(), found[0].end(), new)


def _overlap(edits: Iterable[Edit]) -> bool:
    ordered = sorted(edits, key=lambda edit: (edit.file, edit.start, edit.end))
    return any(
        one.file == other.file and (one.end > other.start or one.start == other.start)
        for one, other in pairwise(ordered)
    )


def _spot(where: str, file: str, piece: str, edits: Sequence[Edit]) -> Spot:
    before, mark, after = piece.partition("^")
    needle = before + after
    text = edited(clean()[file], [edit for edit in edits if edit.file == file])
    assert text.count(needle) == 1, f"{where}: {needle!r} stands {text.count(needle)} times"
    at = text.index(needle) + (len(before) if mark else 0)
    shift = 0
    for edit in edits:
        if edit.file != file:
            continue
        start = edit.start + shift
        if at < start:
            break
        if at < start + len(edit.new):
            return Spot(file, edit, at - start)
        shift += len(edit.new) - (edit.end - edit.start)
    return Spot(file, None, at - shift)


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return the text of one file after edits of it that lie apart."""
    for edit in sorted(edits, reverse=True, key=lambda edit: edit.start):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text


class Mixture(NamedTuple):
    """Several faults at once."""

    blocks: tuple[Block, ...]

    @property
    def edits(self) -> list[Edit]:
        """All edits."""
        return [edit for block in self.blocks for edit in block.edits]

    def files(self) -> dict[str, str]:
        """Return the text of every file of the department with the faults in it."""
        texts = {
            name: edited(text, [edit for edit in self.edits if edit.file == name])
            for name, text in clean().items()
        }
        return texts | dict(block.rulebook for block in self.blocks if block.rulebook)

    def expected(self) -> list[Found]:
        """Return what must be found, in order."""
        files = self.files()
        return sorted(
            Found(item.code, item.spot.file, *self._place(item.spot, files), item.message)
            for block in self.blocks
            for item in block.expected
        )

    def _place(self, spot: Spot, files: Mapping[str, str]) -> tuple[int, int]:
        """Return line and column of a spot after all edits."""
        start = spot.offset if spot.edit is None else spot.edit.start
        shift = sum(
            len(edit.new) - (edit.end - edit.start)
            for edit in self.edits
            if edit.file == spot.file and edit.end <= start and edit is not spot.edit
        )
        at = start + shift + (0 if spot.edit is None else spot.offset)
        text = files[spot.file]
        return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def go_together(one: Block, other: Block) -> bool:
    """Tell whether two faults can stand in one department without touching each other."""
    if one.is_alone or other.is_alone:
        return False
    if one.conflicts & other.conflicts or one.today != other.today:
        return False
    if one.spoils & other.rests_on or other.spoils & one.rests_on:
        return False
    if _overlap([*one.edits, *other.edits]):
        return False
    pairs = ((one, other), (other, one))
    return not any(
        item.spot.edit is None
        and item.spot.file == edit.file
        and edit.start <= item.spot.offset < edit.end
        for left, right in pairs
        for item in left.expected
        for edit in right.edits
    )


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """Write the files of a department into a folder, and take away what else is there."""
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        if path.name not in files:
            path.unlink()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def found_in(folder: Path, today: str | None = TODAY) -> list[Found]:
    """Return all that is found in a department: in its own file, in its sheets and between them."""
    return compared(
        findings_of(perfeval.evaluate_department(folder, terms=CheckOptions(today=today)))
    )


def findings_of(report: DepartmentReport) -> Iterator[Finding]:
    """Yield the findings of a department and of each of its sheets."""
    for inspection in report.inspections:
        yield from inspection.findings


def compared(findings: Iterable[Finding]) -> list[Found]:
    """Return findings as they are compared, in order."""
    return sorted(
        Found(item.code, Path(item.file).name, item.line, item.column, item.message)
        for item in findings
    )


def inspected(block: Block, folder: Path) -> tuple[Inspection, ...]:
    """Put one block into the clean department, and return what is found in each file."""
    write(folder, Mixture((block,)).files())
    terms = CheckOptions(today=block.today)
    if block.is_of_reading and block.file != DEPARTMENT:
        return (perfeval.evaluate(folder / block.file, terms=terms).inspection,)
    return perfeval.evaluate_department(folder, terms=terms).inspections
