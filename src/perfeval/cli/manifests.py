"""``--manifest``: what a run was told, read and wrote, so that anyone can do it again."""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePath, PureWindowsPath

from perfeval._resources import __version__, data_dir, package_dir
from perfeval.cli.arguments import STDIN
from perfeval.cli.console import Console
from perfeval.cli.failures import UsageError
from perfeval.cli.writing import refuse_overwriting, write_file
from perfeval.manifest import FileDigest, Manifest
from perfeval.opening import open_regular
from perfeval.readers.files import SHIPPED, is_link
from perfeval.recorder import FileRead, Recorder, recording
from perfeval.report import to_json
from perfeval.source import has_half_character

_PACKAGES = (
    "pydantic",
    "pyyaml",
    "jinja2",
    "typst",
    "xlrd",
    "python-calamine",
    "msdoc2docx",
    "pdfplumber",
    "pypdfium2",
    "pyarrow",
)
"""Packages on whose versions a result can depend."""
_CHANGING = ("fix", "yes")
"""Options with which a command changes what it reads, so that no second run can give the same."""
_MOST_FILES = 1_000_000
_CHUNK = 1024 * 1024

Run = Callable[[argparse.Namespace, Console], int]


def run_recorded(
    run: Run, words: Sequence[str], arguments: argparse.Namespace, console: Console
) -> int:
    """Run a command, and write the manifest of the run.

    Args:
        run: The command.
        words: The command and its arguments, word by word.
        arguments: The same, parsed.
        console: Where the command writes.

    Returns:
        The code of the command; 2 where files changed meanwhile, or lie outside the folder.

    Raises:
        PerfevalError: The manifest cannot be one, or not be written.
    """
    path: str = arguments.manifest
    _refuse(words, arguments)
    refuse_overwriting(path, is_forced=getattr(arguments, "force", False))
    day = _unsaid_day(arguments)
    with recording() as recorder:
        console.listen()
        code = run(arguments, console)
    recorder.read = {name: was for name, was in recorder.read.items() if not _is_ours(name)}
    outside = sorted(name for name in {*recorder.read, *recorder.kept} if not _relative(name))
    if outside:
        raise UsageError(f"“{outside[0]}”不在当前文件夹里，清单没有写；请把要用的文件都放进来")
    if day:
        words = _with_option(words, f"--today={arguments.today or day}")
    manifest = _manifest(path, words, code, recorder, console.heard)
    _refuse_names(manifest)
    write_file(path, f"{to_json(manifest, indent=1)}\n".encode())
    console.tell(f"已生成 {path}（运行清单，用 perfeval verify 核对）")
    for name in manifest.changed:
        console.tell(f"{name}：运行当中变了，这次的结果不能重做")
    return 2 if manifest.changed else code


def _refuse(words: Sequence[str], arguments: argparse.Namespace) -> None:
    """Refuse a run that could not be done again from its manifest.

    Raises:
        UsageError: It changes what it reads, reads standard input, or names a path elsewhere.
    """
    if STDIN in words:
        raise UsageError("从标准输入读的不能写清单，请写明文件")
    if any(getattr(arguments, name, False) for name in _CHANGING):
        raise UsageError("改动文件的运行不能写清单")
    for word in words:
        if leads_out(word):
            raise UsageError(
                f"写清单时，路径要从当前文件夹写起，不能是“{word}”：请先进入材料所在的文件夹"
            )


def _refuse_names(manifest: Manifest) -> None:
    """Refuse names that are no text, as those that an archive in another encoding leaves.

    Raises:
        UsageError: One cannot be written.
    """
    files = (file.path for file in (*manifest.inputs, *manifest.outputs))
    for name in (manifest.path, *manifest.arguments, *files, *manifest.beside):
        if has_half_character(name):
            raise UsageError(f"“{name}”的文件名不是 UTF-8，清单没有写；请改名以后再运行")


def leads_out(word: str) -> bool:
    """Tell whether an argument names, or could name, a file outside of the folder of the run.

    >>> [leads_out(word) for word in ("全市/甲.yaml", "-o=../x", "/甲", "C:x", "05-01")]
    [False, True, True, True, False]
    """
    for part in (word, word.partition("=")[2], word.removeprefix("-o")):
        there = PureWindowsPath(part)
        if there.drive or there.root or ".." in there.parts or part.startswith("~"):
            return True
    return False


def _manifest(
    path: str,
    words: Sequence[str],
    code: int,
    recorder: Recorder,
    heard: str | None,
) -> Manifest:
    written = {name for name in recorder.written if _relative(name)}
    inputs = dict(recorder.read)
    for name in recorder.kept:
        inputs.setdefault(name, digest_of(name))
    changed = {name for name, was in inputs.items() if name not in written and _is_other(name, was)}
    own = os.path.abspath(path)  # noqa: PTH100 - as text
    seen = set(_in_folders(words)) - {*inputs, *written, own}
    return Manifest(
        path=_named(path),
        version=__version__,
        python=platform.python_version(),
        packages=dict(_versions()),
        arguments=tuple(_repeatable(words)),
        exit_code=code,
        rulebooks=tuple(sorted(recorder.rulebooks)),
        inputs=_digests(inputs.items()),
        outputs=_digests((name, digest_of(name)) for name in written),
        beside=tuple(sorted(map(_named, seen))),
        stdout=heard,
        changed=tuple(sorted(map(_named, recorder.changed | changed))),
    )


def _unsaid_day(arguments: argparse.Namespace) -> str:
    """Return the day on which a run begins that goes by one and was told none; else nothing."""
    if getattr(arguments, "today", "") is not None:
        return ""
    import datetime

    return datetime.datetime.now().astimezone().date().isoformat()


def _repeatable(words: Sequence[str]) -> list[str]:
    """Return the words without the manifest."""
    kept: list[str] = []
    options, files = parted(words)
    is_value = False
    for word in options:
        if not is_value and word != "--manifest" and not word.startswith("--manifest="):
            kept.append(word)
        is_value = not is_value and word == "--manifest"
    return [*kept, *files]


def _with_option(words: Sequence[str], option: str) -> list[str]:
    options, files = parted(words)
    return [*options, option, *files]


def parted(words: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Return the words among which options may stand, and those from ``--`` on: files alone.

    >>> parted(["check", "--all", "--", "-甲.yaml"])
    (['check', '--all'], ['--', '-甲.yaml'])
    """
    at = words.index("--") if "--" in words else len(words)
    return words[:at], words[at:]


def _versions() -> Iterator[tuple[str, str]]:
    for name in _PACKAGES:
        with suppress(PackageNotFoundError):
            yield name, version(name)


def _digests(files: Iterable[tuple[str, FileRead]]) -> tuple[FileDigest, ...]:
    return tuple(sorted(FileDigest(_named(name), *found) for name, found in files))


def _relative(path: str) -> str:
    """Return a path as seen from here, or what ships by its name; empty for all others."""
    shipped = os.fspath(data_dir("indicators"))
    for folder, begin in ((os.getcwd(), ""), (shipped, SHIPPED)):  # noqa: PTH109 - as text
        full = os.path.abspath(path)  # noqa: PTH100 - links are not followed
        if full.startswith(folder + os.sep):
            return begin + PurePath(full[len(folder) + 1 :]).as_posix()
    return ""


def _is_ours(path: str) -> bool:
    """Tell whether a file is a part of perfeval, as its version and the stamps tell already."""
    return path.startswith(os.fspath(package_dir()) + os.sep) and not _relative(path)


def _named(path: str) -> str:
    return _relative(path) or path


def _is_other(path: str, was: FileRead) -> bool:
    """Tell whether a file does not begin with what was read of it any more."""
    try:
        return digest_of(path, was.bytes) != was
    except OSError:
        return True


def digest_of(path: str, most: int | None = None) -> FileRead:
    """Return the SHA-256 of a file, or of its first bytes."""
    found, left = hashlib.sha256(), most
    size = 0
    with open_regular(path) as file:
        while left is None or left > 0:
            part = file.read(_CHUNK if left is None else min(_CHUNK, left))
            if not part:
                break
            found.update(part)
            size += len(part)
            left = None if left is None else left - len(part)
    return FileRead(found.hexdigest(), size)


def _in_folders(words: Iterable[str]) -> Iterator[str]:
    """Yield the files in the folders that the words name; links are not followed."""
    left = [os.path.abspath(word) for word in words if os.path.isdir(word)]  # noqa: PTH100, PTH112
    count = 0
    while left and count < _MOST_FILES:
        with os.scandir(left.pop()) as entries:
            for entry in entries:
                count += 1
                if entry.is_dir(follow_symlinks=False):
                    left.append(entry.path)
                elif entry.is_file(follow_symlinks=False) and not is_link(entry.path):
                    yield entry.path
