"""``perfeval check --fix`` and ``--diff``: the safe fixes of a file, shown or written."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from perfeval.checks.fixes import apply_fixes, is_fixable
from perfeval.cli.failures import WritingError
from perfeval.cli.writing import writing
from perfeval.documents.alignment import printable
from perfeval.documents.writing import ChangedError, write_atomically
from perfeval.findings import Finding, Inspection
from perfeval.opening import read_regular
from perfeval.places import Path
from perfeval.readers.files import SHIPPED, resolve
from perfeval.source import MAX_BYTES, decode, read_text

_BOM = b"\xef\xbb\xbf"


class FixedFile(NamedTuple):
    """A file and its text after the safe fixes.

    Attributes:
        name: The file.
        findings: What was mended.
        old: The bytes of the file as they were read.
        raw: The bytes of the file after the fixes, in its own encoding.
    """

    name: str
    findings: tuple[Finding, ...]
    old: bytes
    raw: bytes


def fixed_files(inspections: Iterable[Inspection]) -> Iterator[FixedFile]:
    """Yield every file that has safe fixes, mended; files that ship are left as they are."""
    by_file: dict[str, list[Finding]] = {}
    for inspection in inspections:
        for finding in inspection.findings:
            if is_fixable(finding) and not finding.file.startswith(SHIPPED):
                by_file.setdefault(finding.file, []).append(finding)
    for name, findings in sorted(by_file.items()):
        fixed = _fixed(name, findings)
        if fixed is not None:
            yield fixed


def _fixed(name: str, findings: list[Finding]) -> FixedFile | None:
    """Mend one file; ``None`` where no fix is certain."""
    try:
        raw = read_regular(resolve(name), MAX_BYTES + 1)
    except (OSError, ValueError):
        return None
    text = decode(raw) if len(raw) <= MAX_BYTES else None
    if text is None:
        return None
    before = read_text(text, name)
    fixed = apply_fixes(text, before.data, findings)
    after = read_text(fixed.text, name)
    paths = {finding.path for finding in fixed.applied}
    if not fixed.applied or not _differs_only_at(before.data, after.data, paths):
        return None
    return FixedFile(name, fixed.applied, raw, encoded(fixed.text, raw))


def encoded(text: str, raw: bytes) -> bytes:
    """Write a text in the encoding that the file had."""
    if raw.startswith(_BOM):
        return _BOM + text.encode()
    try:
        raw.decode()
    except UnicodeDecodeError:
        return text.encode("gb18030")
    return text.encode()


def _differs_only_at(before: Any, after: Any, paths: set[Path]) -> bool:
    """Tell whether two versions of a file differ at these paths alone."""
    old, new = dict(_leaves(before, ())), dict(_leaves(after, ()))
    return old.keys() == new.keys() and all(
        new[path] == value for path, value in old.items() if not _is_inside(path, paths)
    )


def _is_inside(path: Path, paths: set[Path]) -> bool:
    """Tell whether a path is one of *paths*, or lies above or below one of them."""
    return any(path == other[: len(path)] or other == path[: len(other)] for other in paths)


def _leaves(data: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, (*path, key))
    elif isinstance(data, list):
        for position, value in enumerate(data):
            yield from _leaves(value, (*path, position))
    else:
        yield path, data


def diff_text(fixed: FixedFile) -> str:
    """Return the changes of a file as a unified diff, with nothing that steers a terminal."""
    before, after = ((decode(raw) or "").split("\n") for raw in (fixed.old, fixed.raw))
    lines = difflib.unified_diff(before, after, fixed.name, fixed.name, lineterm="")
    return "\n".join(printable(line.rstrip("\r")) for line in lines)


def write_fixed(fixed: FixedFile) -> None:
    """Replace a file by its mended text.

    Raises:
        WritingError: It cannot be written, or it was changed since; the file is as it was.
    """
    with writing(fixed.name):
        path = resolve(fixed.name).resolve()  # what a link leads to, not the link
        if not os.access(path, os.W_OK):
            raise WritingError(f"不能写入“{fixed.name}”：文件是只读的")
        try:
            write_atomically(path, fixed.raw, instead_of=fixed.old)
        except ChangedError:
            message = f"“{fixed.name}”在校核时被改动，没有改写它；请再运行一次"
            raise WritingError(message) from None
