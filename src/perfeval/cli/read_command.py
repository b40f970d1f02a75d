"""``perfeval read``: the 自评表 in office files as YAML sheets, with all that was not read."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path, PurePath

from perfeval._resources import SCHEMA, __version__
from perfeval.batch.pool import Job, in_order
from perfeval.cli.arguments import STDIN
from perfeval.cli.console import Console
from perfeval.cli.failures import UsageError, WritingError
from perfeval.cli.inputs import STDIN_LABEL, read_standard_input
from perfeval.cli.many.read_shelf import HeldForms, NoteShelf
from perfeval.cli.many.shelf import Seen
from perfeval.cli.read_results import (
    RULEBOOK,
    FileResult,
    WrittenSheet,
    closing_lines,
    count_lines,
    result_data,
    result_lines,
    result_notes,
)
from perfeval.cli.rulebook_paths import as_seen_from
from perfeval.cli.writing import writing
from perfeval.documents.file_names import Names, safe_name
from perfeval.documents.findings.growing import HERE, item_text, items_between
from perfeval.documents.writing import write_atomically, write_first
from perfeval.errors import MissingExtraError
from perfeval.fields import word_of
from perfeval.readers.files import DEPARTMENT, SETTINGS
from perfeval.readers.rulebooks import load_rulebook
from perfeval.readers.settings import folder_rulebook
from perfeval.reading import ReadDocument, ReadTable, UnreadPart, read
from perfeval.reading.inputs import InputFile, Unopened, input_files
from perfeval.reading.merging import form_key, merged_document, with_others
from perfeval.reading.written import written
from perfeval.sheet import Sheet

_TAKEN = tuple(PurePath(name).stem for name in (DEPARTMENT, SETTINGS))
"""Names that no sheet may have in its folder."""
_NAME = word_of(Sheet, "name")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Read the files, and write a sheet for each table where a folder is named.

    Returns:
        0 where every file was read or holds no 自评表, else 2; 2 where there is none at all.

    Raises:
        PerfevalError: The rulebook is wrong, or the folder cannot be one.
    """
    if arguments.rulebook is not None:
        load_rulebook(arguments.rulebook, root=arguments.root)
    output = arguments.output
    if output is not None and os.path.lexists(output) and not Path(output).is_dir():
        raise UsageError(f"-o 后面要写文件夹；“{output}”是文件")
    batch, end = _Batch(arguments), _End(console, as_json=arguments.json)
    with _telling_what_is_done(console, end):
        for file, document in batch.documents(_files(arguments.paths)):
            console.progress(f"已读 {file.name}")
            found = batch.result(file, document)
            if found is not None:
                end.add(found)
        for result in batch.merged():
            end.add(result)
    return end.close()


class _End:
    """Shows what came of each file, and keeps of it what is said in the end."""

    def __init__(self, console: Console, *, as_json: bool) -> None:
        self.files = self._sheets = self._faults = 0
        self._notes = NoteShelf()
        self._console, self._is_json = console, as_json
        self._before = self._behind = ""
        if as_json:
            data = {"perfeval": __version__, "schema": SCHEMA, "files": [HERE]}
            self._before, self._behind = items_between(data, is_ascii=not console.is_unicode)

    def add(self, result: FileResult) -> None:
        """Show what came of a file."""
        self._console.progress("")
        if self._is_json:
            self._put(item_text(result_data(result), _DEPTH, is_ascii=not self._console.is_unicode))
        else:
            for line in result_lines(result):
                self._console.say(line)
            for note in result_notes(result):
                self._notes.add(*note)
        self.files += 1
        self._sheets += len(result.sheets)
        self._faults += result.is_fault
        self._console.flush()

    def _put(self, text: str) -> None:
        self._console.put(f"{',' if self.files else self._before}{text}")

    def close(self) -> int:
        """Tell of all files together; return the exit code."""
        self._console.progress("")
        if not self._is_json:
            counts = count_lines(self.files, self._sheets, self._faults)
            for line in chain([""], closing_lines(self._notes), counts):
                self._console.say(line)
        elif self.files:
            self._console.put(f"{self._behind}\n")
        else:
            self._console.write_json({"files": []})
        return 2 if self._faults or not self._sheets else 0


_DEPTH = 4
"""How far files of JSON stand from the margin."""


@contextmanager
def _telling_what_is_done(console: Console, end: _End) -> Iterator[None]:
    """Say what is done where a run is interrupted."""
    try:
        yield
    except KeyboardInterrupt:
        console.progress("")
        console.tell(f"已中断：做完 {end.files} 个文件；写好的表都在，再运行时加 --force 从头做")
        raise


def _files(paths: Sequence[str]) -> Iterator[InputFile]:
    """Yield the files that are named; standard input is one."""
    if STDIN in paths:
        raw = read_standard_input()
        yield InputFile(STDIN_LABEL, "", "", (STDIN_LABEL,), raw)
    yield from input_files([path for path in paths if path != STDIN])


class _Batch:
    """Reads file after file, and writes their sheets under names that no other has."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self._arguments = arguments
        self._given = Seen()
        self._held = HeldForms()

    def documents(self, files: Iterable[InputFile]) -> Iterator[tuple[InputFile, ReadDocument]]:
        """Yield what was read of each file, in as many processes as were asked for."""
        work, jobs = FileReading(self._arguments.rulebook), self._arguments.jobs
        if jobs > 1:
            yield from in_order(Job(work, lost_file, _size), files, jobs)
        else:
            yield from map(work, files)

    def result(self, file: InputFile, document: ReadDocument) -> FileResult | None:
        """Write the sheets of a file; one that fails does not stop the others.

        Returns:
            What came of it; ``None`` for a form, which waits for other copies of it.
        """
        key = form_key(document.tables[0]) if len(document.tables) == 1 else None
        if key is None or not self._arguments.merge:
            return self._written(file, document, file.origin)
        self._held.add(key, (file, document))
        return None

    def merged(self) -> Iterator[FileResult]:
        """Yield what came of the forms, copies of one form as one sheet."""
        for copies, others in self._held.copies():
            first, document = copies[0]
            if len(copies) > 1:
                document = merged_document([(file.origin, one) for file, one in copies])
            if others:
                document = with_others(document, others)
            origin = document.name if len(copies) > 1 else first.origin
            yield self._written(first, document, origin)
            for file, one in copies[1:]:
                left = replace(one, tables=())
                yield FileResult(file.name, left, (), merged_into=first.name)

    def _written(self, file: InputFile, document: ReadDocument, origin: str) -> FileResult:
        sheets, failed = [], []
        for table in document.tables:
            path = self._path(file, document, table)
            text = _text(document, origin, table, path)
            try:
                if path is not None:
                    _write(path, text, is_forced=self._arguments.force)
            except (UsageError, WritingError) as error:
                failed.append(str(error))
                path = None
            sheets.append(WrittenSheet(table, path, text))
        return FileResult(file.name, document, tuple(sheets), tuple(failed))

    def _path(self, file: InputFile, document: ReadDocument, table: ReadTable) -> str | None:
        """Return where the sheet of a table is written: in the same folders as its file."""
        if self._arguments.output is None:
            return None
        folders = tuple(map(safe_name, file.parts[:-1]))
        names = self._names_in(folders)
        title = PurePath(file.parts[-1]).stem
        if len(document.tables) > 1:
            title = f"{title}-{table.data.get(_NAME) or table.name}"
        name = names.give(title)
        return os.path.join(self._arguments.output, *folders, f"{name}.yaml")

    def _names_in(self, folders: tuple[str, ...]) -> Names:
        """Return what gives out the names in a folder."""
        place = "/".join(folders)
        names = Names(lambda name: self._given.is_new(f"{place}\0{name}"))
        if self._given.is_new(f"{place}\0"):
            for name in _TAKEN:
                names.give(name)
        return names


@dataclass(frozen=True)
class FileReading:
    """Reads files; it goes to each process once.

    Attributes:
        rulebook: The rulebook of the command line.
    """

    rulebook: str | None

    def __call__(self, file: InputFile) -> tuple[InputFile, ReadDocument]:
        """Return a file without its bytes, and what it holds."""
        return file._replace(content=b""), self._document(file)

    def _document(self, file: InputFile) -> ReadDocument:
        """Return what a file holds; one that is not opened holds nothing, for a reason."""
        if isinstance(file.content, Unopened):
            unopened = file.content
            return _unread(file.name, unopened.reason, is_fault=unopened.is_fault)
        rulebook, fault = self.rulebook, ""
        if rulebook is None and file.path:
            rulebook, fault = folder_rulebook(file.path, file.top)
        if fault:
            return _unread(file.name, fault)
        try:
            return read(file.content, rulebook=rulebook or None, name=file.name)
        except MissingExtraError as error:
            return _unread(file.name, str(error))


def lost_file(file: InputFile) -> tuple[InputFile, ReadDocument]:
    """Return what is known of a file that ends whatever process reads it."""
    reason = "读这个文件时程序中断了，读了两次都是这样；请打开文件看看，另存一份再试"
    return file._replace(content=b""), _unread(file.name, reason)


def _size(file: InputFile) -> int:
    return 1 if isinstance(file.content, Unopened) else len(file.content)


def _unread(name: str, reason: str, *, is_fault: bool = True) -> ReadDocument:
    return ReadDocument(name, "", unread=(UnreadPart("", reason, is_fault=is_fault),))


def _text(document: ReadDocument, origin: str, table: ReadTable, path: str | None) -> str:
    """Return the sheet; a rulebook of one's own is named as seen from where the sheet lies."""
    rulebook = table.data.get(RULEBOOK)
    changed = {} if rulebook is None else {RULEBOOK: as_seen_from(path, rulebook)}
    return written(document, table, file=origin, changed=changed)


def _write(path: str, text: str, *, is_forced: bool) -> None:
    """Write a sheet; one that stands there stays, unless that is asked for.

    Raises:
        UsageError: It stands there.
        WritingError: It cannot be written.
    """
    with writing(path):
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        if is_forced:
            write_atomically(path, text.encode())
            return
        try:
            write_first(path, text.encode())
        except FileExistsError:
            raise UsageError(f"“{path}”已经存在，没有改动它；要覆盖请加 --force") from None
