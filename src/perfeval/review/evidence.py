"""Evidence (佐证): what proof each row of a sheet needs, what was given, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from perfeval.cells.words import WordEnum
from perfeval.review.expected_proof import ExpectedProof, usual_proof
from perfeval.review.names import name_key
from perfeval.scorecard import Basis, IndicatorLine, Line, Scorecard

_LEAST_NAME = 4
"""Characters of a file's name that must stand in an indicator's for the two to be put together."""
_NUMBER = re.compile(r"[0-9]+(?:[.\uff0e-][0-9]+)*")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_PAGE = re.compile(r"[\s，,；;（(#]*第?\s*[0-9]+\s*(?:页|卷|号)?[)）]?$")
_WITHOUT = (Basis.NOT_APPLICABLE,)


class EvidenceFile(NamedTuple):
    """A file in the folder of proofs.

    Attributes:
        path: Where it lies, as seen from the folder, with ``/`` between folders.
        sha256: The SHA-256 of its bytes; empty where it could not be opened.
        bytes: How many these are.
    """

    path: str
    sha256: str
    bytes: int


class EvidenceStatus(WordEnum):
    """What is there for a row."""

    GIVEN = "已提供"
    NAMED = "写了，没有找到文件"
    SUGGESTED = "有名称相近的文件，待确认"
    MISSING = "缺"


class GivenProof(NamedTuple):
    """A proof that the sheet names, or a file that may be meant as one.

    Attributes:
        text: What the sheet says; empty for a file that only bears a like name.
        file: The file; ``None`` where none of this name is there.
        reason: Why the file is put to this row; empty where the sheet names it.
    """

    text: str
    file: EvidenceFile | None = None
    reason: str = ""


class EvidenceRow(NamedTuple):
    """A row of a sheet, and its proof.

    Attributes:
        number: Its number among the indicators, as ``2.1.3`` for section, aspect and row; empty
            for the budget row.
        section, aspect, name: 一级, 二级, 三级.
        target, actual: 年度指标值, 实际完成值, as written.
        basis: On what its points rest.
        expected: What proof is usual; any one of these may do.
        given: What there is.
        status: What that amounts to.
    """

    number: str
    section: str
    aspect: str
    name: str
    target: str
    actual: str
    basis: str
    expected: tuple[str, ...]
    given: tuple[GivenProof, ...]
    status: EvidenceStatus


class EvidenceList(NamedTuple):
    """The evidence of one sheet (佐证清单).

    Attributes:
        file: The sheet's file.
        project, department, unit: 项目名称, 主管部门, 实施单位.
        year: 年度.
        source: Where it stands what proof is expected.
        rows: The budget row and the indicators, those that do not apply left out.
        unused: Files of the folder that belong to no row.
        shared: Files with the same content that stand for several rows: their paths, by the hash.

    >>> from perfeval import evaluate
    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> evidence = evidence_list(report.scorecard)
    >>> len(evidence.rows), len(evidence.missing)
    (22, 22)
    """

    file: str
    project: str
    department: str
    unit: str
    year: int
    source: str
    rows: tuple[EvidenceRow, ...]
    unused: tuple[EvidenceFile, ...] = ()
    shared: tuple[tuple[str, ...], ...] = ()

    @property
    def missing(self) -> tuple[EvidenceRow, ...]:
        """The rows for which nothing is there that somebody named."""
        return tuple(row for row in self.rows if row.status is not EvidenceStatus.GIVEN)


def evidence_list(
    card: Scorecard,
    files: Iterable[EvidenceFile] = (),
    *,
    file: str = "",
    expected: ExpectedProof | None = None,
) -> EvidenceList:
    """Say what proof each row needs, and what there is.

    A file that the sheet names (佐证) is given.  One that only bears the row's name or number is a
    suggestion, with the reason: that it proves anything is for a person to say.

    Args:
        card: The scorecard.
        files: What lies in the folder of proofs.
        file: The sheet's file.
        expected: What proof is expected; ``None`` for what is usual.
    """
    wanted = expected or usual_proof()
    folder = _Folder(files)
    rows = tuple(_rows(card, wanted, folder))
    sheet = card.sheet
    return EvidenceList(
        file=file,
        project=sheet.name,
        department=sheet.department or "",
        unit=sheet.unit or "",
        year=sheet.year,
        source=wanted.source,
        rows=rows,
        unused=folder.unused,
        shared=tuple(_shared(rows)),
    )


class _Folder:
    """The files of the folder, and which of them were put to a row."""

    def __init__(self, files: Iterable[EvidenceFile]) -> None:
        self._files = sorted(files)
        self._keys = {one: _keys(one.path) for one in self._files}
        self._used: set[EvidenceFile] = set()

    @property
    def unused(self) -> tuple[EvidenceFile, ...]:
        return tuple(one for one in self._files if one not in self._used)

    def named(self, text: str) -> EvidenceFile | None:
        """Return the file that a text names, with or without a page behind it."""
        for wanted in (text, _PAGE.sub("", text)):
            key = f"/{_path_key(wanted)}"
            found = [one for one in self._files if _path_key(one.path) == key[1:]]
            found = found or [one for one in self._files if _ends_alike(_path_key(one.path), key)]
            if len(found) == 1:
                self._used.add(found[0])
                return found[0]
        return None

    def like(self, number: str, name: str) -> Iterator[GivenProof]:
        """Yield the files that bear the name of a row, or its number."""
        for one in self._files:
            reason = _likeness(self._keys[one], number, name_key(name))
            if reason:
                self._used.add(one)
                yield GivenProof("", one, reason)


def _ends_alike(path: str, wanted: str) -> bool:
    """Tell whether one of two paths is the other without its first folders."""
    return f"/{path}".endswith(wanted) or wanted.endswith(f"/{path}")


def _path_key(path: str) -> str:
    return path.replace("\\", "/").strip().removeprefix("./").casefold()


def _keys(path: str) -> tuple[tuple[str, str], ...]:
    """Return the number before each part of a path, and the name behind it."""
    found = []
    for part in path.split("/"):
        bare = _ENDING.sub("", part).strip()
        number = _NUMBER.match(bare)
        rest = bare[number.end() :] if number else bare
        plain = re.sub("[\uff0e-]", ".", number[0]) if number else ""
        found.append((plain, name_key(rest)))
    return tuple(found)


def _likeness(keys: Sequence[tuple[str, str]], number: str, name: str) -> str:
    """Say why a file may belong to a row; empty where nothing speaks for it."""
    for own, key in keys:
        if len(name) >= _LEAST_NAME and name in key:
            return "文件名里有指标名称"
        if len(key) >= _LEAST_NAME and key in name:
            return "指标名称里有文件名"
        if number and "." in own and own == number:
            return f"文件名以序号 {number} 开头"
    return ""


def _rows(card: Scorecard, wanted: ExpectedProof, folder: _Folder) -> Iterator[EvidenceRow]:
    budget = card.sheet.budget
    yield _row(card.execution, ("", "", ""), wanted.budget, budget.evidence, folder)
    numbers = _numbers(card.lines)
    for line, number in zip(card.lines, numbers, strict=True):
        if line.basis in _WITHOUT:
            continue
        indicator = line.indicator
        levels = (number, indicator.section.label, indicator.aspect.label)
        yield _row(line, levels, wanted.of(indicator), indicator.evidence, folder)


def _numbers(lines: Iterable[IndicatorLine]) -> Iterator[str]:
    """Yield the number of each row: its section, its aspect in that, its place in the aspect."""
    sections: dict[str, dict[str, int]] = {}
    for line in lines:
        section, aspect = line.indicator.section.label, line.indicator.aspect.label
        aspects = sections.setdefault(section, {})
        aspects[aspect] = aspects.get(aspect, 0) + 1
        at = [list(sections).index(section) + 1, list(aspects).index(aspect) + 1, aspects[aspect]]
        yield ".".join(map(str, at))


def _row(
    line: Line,
    levels: tuple[str, str, str],
    expected: tuple[str, ...],
    named: Sequence[str],
    folder: _Folder,
) -> EvidenceRow:
    number, section, aspect = levels
    stated = [GivenProof(text, folder.named(text)) for text in named]
    known = {one.file for one in stated}
    alike = (one for one in folder.like(number, line.name) if one.file not in known)
    given = (*stated, *alike)
    cells = line.indicator if isinstance(line, IndicatorLine) else None
    return EvidenceRow(
        number=number,
        section=section,
        aspect=aspect,
        name=line.name,
        target=cells.target.text if cells is not None and cells.target else "",
        actual=cells.actual.text if cells is not None and cells.actual else "",
        basis=line.basis.value,
        expected=expected,
        given=given,
        status=_status(given),
    )


def _status(given: Sequence[GivenProof]) -> EvidenceStatus:
    stated = [one for one in given if not one.reason]
    if not stated:
        return EvidenceStatus.SUGGESTED if given else EvidenceStatus.MISSING
    found = all(one.file is not None for one in stated)
    return EvidenceStatus.GIVEN if found else EvidenceStatus.NAMED


def _shared(rows: Iterable[EvidenceRow]) -> Iterator[tuple[str, ...]]:
    """Yield the files with one content that stand for several rows, with these rows' names."""
    by_hash: dict[str, dict[str, set[str]]] = {}
    for row in rows:
        for one in row.given:
            if one.file is not None and one.file.sha256:
                paths = by_hash.setdefault(one.file.sha256, {})
                paths.setdefault(one.file.path, set()).add(row.name)
    for paths in by_hash.values():
        if _row_count(paths) > 1:
            yield tuple(sorted(paths))


def _row_count(paths: Mapping[str, set[str]]) -> int:
    return len({name for names in paths.values() for name in names})
