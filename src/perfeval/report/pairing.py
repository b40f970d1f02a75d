"""Two folders of files, or two files of several sheets: which are versions of one sheet."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import NamedTuple

from perfeval.readers.files import FilePath, FoundFile, Root, folders_of, resolve, sheets_in
from perfeval.reading.sheets import find_sheets
from perfeval.report.evaluating import (
    Given,
    LeftAside,
    TypedSheets,
    evaluate_all,
    report_of_empty_folder,
    trace_of,
    unread_report,
    why_no_sheet,
)
from perfeval.report.model import Report
from perfeval.report.versions import aligned, diff_reports, version_of
from perfeval.review.difference import PairReason, SheetDiff
from perfeval.review.spelling import folded
from perfeval.rulebook import Rulebook


class _Entry(NamedTuple):
    """One sheet in one of the two folders, and by what it is known.

    Attributes:
        file: Its file.
        position: Which of the sheets in the file it is.
        path: The file as seen from its folder, without its ending, and which table of it.
        code, title, year, owner: The project's code and name, the year, whose sheet it is; empty
            where it could not be read.
    """

    file: FilePath
    position: int
    path: str
    code: str = ""
    title: str = ""
    year: int | None = None
    owner: str = ""


_Key = Callable[[_Entry], tuple[object, ...] | None]
_LEVELS: tuple[tuple[PairReason, bool, _Key], ...] = (
    (PairReason.CODE, False, lambda one: (one.code, one.year) if one.code else None),
    (PairReason.NAME, False, lambda one: (one.title, one.year, one.owner) if one.title else None),
    (PairReason.NAME, True, lambda one: (one.title, one.year) if one.title else None),
    (PairReason.PATH, False, lambda one: (one.path,)),
    (PairReason.TITLE, True, lambda one: (one.title,) if one.title else None),
)
"""By what sheets are matched, one after another; whether only where nothing else has the key."""


def diff_trees(
    old: FilePath, new: FilePath, *, rulebook: Given = None, root: Root = None
) -> Iterator[SheetDiff | LeftAside]:
    """Compare all sheets of two folders, or of two files, one pair after another.

    Sheets are versions of one by the project's code and year, by its name, year and office, by
    their files' names in the folders, or by a name that no other sheet has.  One that has no other
    is said to be missing, or new.  No more than one pair is kept.

    Args:
        old: The folder with the old versions, or a file.
        new: That with the new ones; the files may be of other kinds.
        rulebook: See `perfeval.evaluate`; it holds for all.
        root: See `perfeval.evaluate`.

    Yields:
        A difference for each pair, for what is missing, and for what is new; and what lies in a
        folder and is no sheet, with the reason.

    Raises:
        RulebookError: The rulebook given as argument is unknown or wrong.

    >>> from perfeval import diff_trees
    >>> pairs = list(diff_trees("shipped:qingshan-2023", "shipped:qingshan-2023"))
    >>> len(pairs), any(pair.changes for pair in pairs)
    (19, False)
    """
    yield from diff_files((old, _files_in(old)), (new, _files_in(new)), rulebook, root)


def _files_in(name: FilePath) -> Sequence[FilePath]:
    return sheets_in(name, is_tree=True) if _is_folder(name) else [name]


def _is_folder(name: FilePath) -> bool:
    try:
        return resolve(name).is_dir()
    except (OSError, ValueError):
        return False


_Tree = tuple[FilePath, Sequence[FilePath]]
"""A folder or a file, and the files that it stands for."""


def diff_files(
    old: _Tree, new: _Tree, rulebook: Given = None, root: Root = None
) -> Iterator[SheetDiff | LeftAside]:
    """Compare all sheets in files; see `diff_trees`.

    Args:
        old: The folder of the old versions, and the files in it.
        new: That of the new ones.
        rulebook: See there.
        root: See there.
    """
    sides: list[list[_Entry]] = []
    for tree in (old, new):
        found = list(_entries(tree, rulebook))
        yield from (one for one in found if isinstance(one, LeftAside))
        sides.append([one for one in found if isinstance(one, _Entry)])
    readers = _SideReader(rulebook, root), _SideReader(rulebook, root)
    pairs, remarks = _pairs(*sides)
    by_old = {one: (other, reason) for one, other, reason in pairs}
    for one in sides[0]:
        other, reason = by_old.get(one, (None, PairReason.MISSING))
        if other is not None:
            yield _pair(readers, one, other, reason)
        else:
            version = version_of(readers[0].report(one))
            yield SheetDiff(old=version, new=None, pairing=reason, remark=remarks.get(one, ""))
    taken = {other for _, other, _ in pairs}
    for one in sides[1]:
        if one not in taken:
            version = version_of(readers[1].report(one))
            said = remarks.get(one, "")
            yield SheetDiff(old=None, new=version, pairing=PairReason.NEW, remark=said)


def _pair(
    readers: tuple[_SideReader, _SideReader], old: _Entry, new: _Entry, reason: PairReason
) -> SheetDiff:
    found = aligned(
        lambda *book: readers[0].report(old, *book), lambda *book: readers[1].report(new, *book)
    )
    return diff_reports(*found, pairing=reason)


def _entries(tree: _Tree, rulebook: Given) -> Iterator[_Entry | LeftAside]:
    """Yield what is known of the sheets in files before any is scored."""
    folder, files = tree
    typed = TypedSheets()
    named = None if rulebook is None else _id_of(rulebook)
    if not files:
        yield _Entry(folder, 0, "")
    for file in files:
        path = _path_in(file, folder)
        for position, found in enumerate(find_sheets(file, rulebook=named)):
            report = unread_report(found.read)
            reason = why_no_sheet(file, report) or typed.why_counted(file, trace_of(report))
            if reason:
                yield LeftAside(report.located.name, reason)
                continue
            typed.add(trace_of(report))
            report.located.source.forget_places()
            yield _known(_Entry(file, position, f"{path} {found.part}".strip()), report)


def _id_of(rulebook: FilePath | Rulebook) -> str:
    return rulebook.id if isinstance(rulebook, Rulebook) else os.fspath(rulebook)


def _known(entry: _Entry, report: Report) -> _Entry:
    sheet = report.sheet
    if sheet is None:
        return entry
    return entry._replace(
        code=sheet.project_code or "",
        title=f"{sheet.kind.value} {folded(sheet.bare_name)}",
        year=sheet.year,
        owner=folded(sheet.unit or sheet.department or sheet.reporter or ""),
    )


def _path_in(file: FilePath, folder: FilePath) -> str:
    """Return a file as seen from its folder, without its ending; empty where it is named itself."""
    name, top = os.fspath(file), os.fspath(folder)
    if name == top:
        return ""
    inside = os.path.relpath(name, top) if isinstance(file, FoundFile) else name[len(top) :]
    return PurePath(inside).with_suffix("").as_posix().lstrip("/")


_Pairs = list[tuple[_Entry, _Entry, PairReason]]


def _pairs(old: list[_Entry], new: list[_Entry]) -> tuple[_Pairs, dict[_Entry, str]]:
    """Return which sheets are versions of one, and what is said of those that have no other."""
    if len(old) == len(new) == 1:
        return [(old[0], new[0], PairReason.GIVEN)], {}
    pairs: _Pairs = []
    left = dict.fromkeys(old), dict.fromkeys(new)
    for reason, is_alone, key in _LEVELS:
        olds, news = _grouped(left[0], key), _grouped(left[1], key)
        for name, ones in olds.items():
            others = news.get(name, [])
            if is_alone and (len(ones) > 1 or len(others) > 1):
                continue
            for one, other in _in_turn(ones, others):
                pairs.append((one, other, reason))
                del left[0][one], left[1][other]
    return pairs, {**_doubles(left[0], old), **_doubles(left[1], new)}


def _grouped(entries: Iterable[_Entry], key: _Key) -> dict[tuple[object, ...], list[_Entry]]:
    groups: dict[tuple[object, ...], list[_Entry]] = defaultdict(list)
    for one in entries:
        name = key(one)
        if name is not None:
            groups[name].append(one)
    return groups


def _in_turn(ones: Sequence[_Entry], others: Sequence[_Entry]) -> Iterator[tuple[_Entry, _Entry]]:
    """Yield pairs of sheets with one key: first those of one path, then one after another."""
    by_path = {other.path: other for other in reversed(others)}
    same = {one: by_path.pop(one.path) for one in ones if one.path in by_path}
    yield from same.items()
    left = (other for other in others if other not in set(same.values()))
    yield from zip((one for one in ones if one not in same), left, strict=False)


def _doubles(left: Iterable[_Entry], all_of_them: Iterable[_Entry]) -> dict[_Entry, str]:
    """Say of sheets without another version which sheet beside them is of the same project."""
    first: dict[tuple[object, ...], _Entry] = {}
    for one in all_of_them:
        first.setdefault((one.title, one.year, one.owner), one)
    said = {}
    for one in left:
        other = first[one.title, one.year, one.owner]
        if one.title and other is not one:
            said[one] = f"与“{os.fspath(other.file)}”是同一个项目，重复"
    return said


class _SideReader:
    """Evaluates the sheets of one side; of the last file all are kept."""

    def __init__(self, rulebook: Given, root: Root) -> None:
        self._rulebook, self._root = rulebook, root
        self._last: tuple[FilePath, Given, list[Report]] | None = None

    def report(self, entry: _Entry, rulebook: Given = None) -> Report:
        """Return the report of a sheet, by another rulebook where one is given."""
        book = self._rulebook if rulebook is None else rulebook
        if self._last is None or self._last[:2] != (entry.file, book):
            self._last = (entry.file, book, self._reports(entry.file, book))
        return self._last[2][entry.position]

    def _reports(self, file: FilePath, rulebook: Given) -> list[Report]:
        if _is_folder(file):
            return [report_of_empty_folder(file)]
        root = self._root
        if isinstance(file, FoundFile):
            root = (*folders_of(root), file.folder)
        return list(evaluate_all(file, rulebook=rulebook, root=root))
