"""The files in a folder of proofs, each with its hash."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path, PurePath

from perfeval.opening import open_regular
from perfeval.readers.files import FilePath, is_inside, is_link, own_folder
from perfeval.recording import note_kept
from perfeval.review.evidence import EvidenceFile
from perfeval.sheet import Sheet

_CHUNK = 1024 * 1024


def evidence_files(folder: FilePath) -> Iterator[EvidenceFile]:
    """Yield the files in a folder of proofs and in those below it, in order.

    Links are not followed.  They, pipes and files that cannot be opened have no hash.

    Args:
        folder: The folder.

    Raises:
        OSError: It cannot be opened.
    """
    top = os.fspath(folder)
    left = [top]
    while left:
        inside = left.pop()
        with os.scandir(inside) as found:
            entries = sorted(found, key=lambda entry: entry.name)
        below = [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]
        left += reversed(below)
        for entry in entries:
            name = PurePath(os.path.relpath(entry.path, top)).as_posix()
            if entry.is_file(follow_symlinks=False) and not is_link(entry.path):
                yield _hashed(entry.path, name)
            elif not entry.is_dir(follow_symlinks=False):
                yield EvidenceFile(name, "", 0)


def named_evidence(sheet: Sheet, file: FilePath) -> Iterator[EvidenceFile]:
    """Yield the files that a sheet names as proofs and that lie in its folder.

    Args:
        sheet: The sheet.
        file: Its file.
    """
    folder = own_folder(file)
    named = [*sheet.budget.evidence, *(text for row in sheet.indicators for text in row.evidence)]
    for text in dict.fromkeys(named):
        path = os.path.normpath(folder / text)
        try:
            is_there = Path(path).is_file() and is_inside(path, [folder])
        except (OSError, ValueError):
            continue
        if is_there:
            yield _hashed(path, PurePath(os.path.relpath(path, folder)).as_posix())


def _hashed(path: str, name: str) -> EvidenceFile:
    found, size = hashlib.sha256(), 0
    try:
        with open_regular(path) as file:
            while part := file.read(_CHUNK):
                found.update(part)
                size += len(part)
    except OSError:
        return EvidenceFile(name, "", 0)
    note_kept(path)
    return EvidenceFile(name, found.hexdigest(), size)
