"""``perfeval read``: the 自评表 in office files as YAML sheets, with all that was not read."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from perfeval.cli.arguments import STDIN
from perfeval.cli.console import Console
from perfeval.cli.failures import UsageError, WritingError
from perfeval.cli.inputs import STDIN_LABEL, read_standard_input
from perfeval.cli.read_results import (
    RULEBOOK,
    FileResult,
    WrittenSheet,
    closing_lines,
    result_data,
    result_lines,
)
from perfeval.cli.rulebook_paths import as_seen_from
from perfeval.cli.writing import writing
from perfeval.documents.file_names import Names, safe_name
from perfeval.documents.writing import write_atomically, write_first
from perfeval.errors import MissingExtraError
from perfeval.fields import word_of
from perfeval.readers.files import DEPARTMENT, SETTINGS
from perfeval.readers.rulebooks import load_rulebook
from perfeval.readers.settings import folder_rulebook
from perfeval.reading import ReadDocument, ReadTable, UnreadPart, read
from perfeval.reading.inputs import InputFile, Unopened, input_files
from perfeval.reading.merging import FormKey, form_key, merged_document, with_others
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
    batch = _Batch(arguments)
    results: list[FileResult] = []
    for file in _files(arguments.paths):
        console.progress(f"正在读 {file.name}")
        found = batch.result(file)
        console.progress("")
        results += _told([found] if found else (), console, as_json=arguments.json)
    results += _told(batch.merged(), console, as_json=arguments.json)
    return _close(results, console, as_json=arguments.json)


def _told(found: Iterable[FileResult], console: Console, *, as_json: bool) -> Iterator[FileResult]:
    """Say what came of files, and keep of them what is said at the end."""
    for result in found:
        if not as_json:
            for line in result_lines(result):
                console.say(line)
        yield result if as_json else result.told


def _close(results: Sequence[FileResult], console: Console, *, as_json: bool) -> int:
    """Tell of all files together; return the exit code."""
    if as_json:
        console.write_json({"files": list(map(result_data, results))})
    else:
        for line in ("", *closing_lines(results)):
            console.say(line)
    is_faulty = any(result.is_fault for result in results)
    return 2 if is_faulty or not any(result.sheets for result in results) else 0


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
        self._names: dict[tuple[str, ...], Names] = {}
        self._held: dict[FormKey, list[tuple[InputFile, ReadDocument]]] = {}

    def result(self, file: InputFile) -> FileResult | None:
        """Read a file and write its sheets; one that fails does not stop the others.

        Returns:
            What came of it; ``None`` for a form, which waits for other copies of it.
        """
        document = self._document(file)
        key = form_key(document.tables[0]) if len(document.tables) == 1 else None
        if key is None or not self._arguments.merge:
            return self._written(file, document, file.origin)
        self._held.setdefault(key, []).append((file._replace(content=b""), document))
        return None

    def merged(self) -> Iterator[FileResult]:
        """Yield what came of the forms, copies of one form as one sheet."""
        for key, copies in self._held.items():
            alike = [other for other in self._held if other[1:] == key[1:] and other != key]
            first, document = copies[0]
            if len(copies) > 1:
                document = merged_document([(file.origin, one) for file, one in copies])
            if alike:
                names = [file.name for other in alike for file, _ in self._held[other]]
                document = with_others(document, names)
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

    def _document(self, file: InputFile) -> ReadDocument:
        """Return what a file holds; one that is not opened holds nothing, for a reason."""
        if isinstance(file.content, Unopened):
            unopened = file.content
            return _unread(file.name, unopened.reason, is_fault=unopened.is_fault)
        rulebook, fault = self._arguments.rulebook, ""
        if rulebook is None and file.path:
            rulebook, fault = folder_rulebook(file.path, file.top)
        if fault:
            return _unread(file.name, fault)
        try:
            return read(file.content, rulebook=rulebook or None, name=file.name)
        except MissingExtraError as error:
            return _unread(file.name, str(error))

    def _path(self, file: InputFile, document: ReadDocument, table: ReadTable) -> str | None:
        """Return where the sheet of a table is written: in the same folders as its file."""
        if self._arguments.output is None:
            return None
        folders = tuple(map(safe_name, file.parts[:-1]))
        if folders not in self._names:
            self._names[folders] = Names()
            for name in _TAKEN:
                self._names[folders].give(name)
        title = PurePath(file.parts[-1]).stem
        if len(document.tables) > 1:
            title = f"{title}-{table.data.get(_NAME) or table.name}"
        name = self._names[folders].give(title)
        return os.path.join(self._arguments.output, *folders, f"{name}.yaml")


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
