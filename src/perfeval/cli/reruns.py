"""Do a recorded run again, on copies of its files in a folder of its own.

A manifest comes from outside.  Its run gets nothing but copies of the files that it names, which
must lie in the folder that was given; it is a command of perfeval that writes manifests, no
argument of which leads out of that folder; and it is started apart, where no file of the folder
can be taken for a module.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from perfeval.carriers import LIMITS
from perfeval.cli.arguments import RECORDED
from perfeval.cli.failures import UsageError
from perfeval.cli.manifests import leads_out, parted
from perfeval.errors import JsonError
from perfeval.manifest import FileDigest, Manifest
from perfeval.opening import read_regular, system_reason
from perfeval.readers.files import SHIPPED, is_inside, resolve
from perfeval.recorder import read_of
from perfeval.report import from_json

_START = """
import json, sys
sys.path[:] = json.loads(sys.argv.pop(1))
from perfeval.cli import main
sys.exit(main(sys.argv[1:]))
"""
"""Starts the command with the module path that holds here; an isolated Python has one of its own,
without the folder in which it starts."""
_MOST_BYTES = 4 * 1024**3
_MOST_FILES = 500_000
_LONGEST_LINE = 120


class DifferenceKind(str, Enum):
    """What is not the same."""

    INPUT_MISSING = "要读的文件没有了"
    INPUT_CHANGED = "要读的文件变了"
    INPUT_ADDED = "这次多读了文件"
    INPUT_UNREAD = "这次没有读的文件"
    RULEBOOKS = "评分办法不同"
    EXIT_CODE = "退出码不同"
    OUTPUT_MISSING = "这次没有写出"
    OUTPUT_ADDED = "这次多写出"
    OUTPUT_CHANGED = "写出的内容不同"
    STDOUT = "屏幕上的结果不同"


class RerunDifference(NamedTuple):
    """One thing that is not the same: a file, or what its detail says.

    >>> str(RerunDifference(DifferenceKind.EXIT_CODE, "", "0 → 2"))
    '退出码不同：0 → 2'
    """

    kind: DifferenceKind
    path: str = ""
    detail: str = ""

    def __str__(self) -> str:
        said = "；".join(filter(None, (self.path, self.detail)))
        return f"{self.kind.value}：{said}" if said else self.kind.value


@dataclass(frozen=True, slots=True)
class Rerun:
    """What came of doing a run again.

    Attributes:
        differences: What is not the same; files that changed first.
        packages: Packages with another version, before and now; by themselves they are no
            difference.
    """

    differences: tuple[RerunDifference, ...]
    packages: dict[str, tuple[str, str | None]]

    @property
    def is_same(self) -> bool:
        """Nothing differs."""
        return not self.differences


def rerun(manifest: Manifest, root: Path, folder: Path) -> Rerun:
    """Do a run again.

    Args:
        manifest: Its manifest.
        root: The folder in which the files of the run lie; nothing is written there.
        folder: An empty folder in which the run is done again.

    Raises:
        UsageError: The manifest leads elsewhere, or its run cannot be done again.
    """
    _refuse(manifest)
    changed = list(_copied(manifest, root, folder))
    _let_others_be_seen(manifest, folder)
    now = _run(manifest, folder)
    compared = _compared(manifest, now, root, folder)
    known = {item.path for item in changed}
    rest = (item for item in compared if item.path not in known)
    packages = {
        name: (was, now.packages.get(name))
        for name, was in manifest.packages.items()
        if now.packages.get(name) != was
    }
    return Rerun((*changed, *rest), packages)


def _refuse(manifest: Manifest) -> None:
    command, *others = manifest.arguments or ("",)
    if command not in RECORDED:
        raise UsageError(f"清单里的命令“{command}”不是写清单的命令，没有重做")
    files = (*manifest.inputs, *manifest.outputs)
    paths = [file.path for file in files if not file.path.startswith(SHIPPED)]
    for word in (*others, *paths, *manifest.beside, manifest.path):
        if leads_out(word):
            raise UsageError(f"清单里的“{word}”指到文件夹外面，没有重做")
    if any(word.partition("=")[0] == "--manifest" for word in others):
        raise UsageError("清单里又写了清单，没有重做")
    if len(manifest.inputs) + len(manifest.beside) > _MOST_FILES:
        raise UsageError(f"清单里的文件超过 {_MOST_FILES} 个，没有重做")


def _copied(manifest: Manifest, root: Path, folder: Path) -> Iterator[RerunDifference]:
    """Copy the files that the run read, and yield those that are not what they were."""
    left = _MOST_BYTES
    for file in manifest.inputs:
        try:
            content = _content(file, root)
        except (OSError, ValueError) as error:
            reason = system_reason(error) if isinstance(error, OSError) else "文件名不能用"
            yield RerunDifference(DifferenceKind.INPUT_MISSING, file.path, reason)
            continue
        if read_of(content[: file.bytes]) != (file.sha256, file.bytes):
            yield RerunDifference(DifferenceKind.INPUT_CHANGED, file.path)
        left -= len(content)
        if left < 0:
            raise UsageError("清单里的文件加起来太大，没有重做")
        if not file.path.startswith(SHIPPED):
            _put(folder, file.path, content)


def _content(file: FileDigest, root: Path) -> bytes:
    if file.path.startswith(SHIPPED):
        return read_regular(resolve(file.path), LIMITS.file + 1)
    path = root / file.path
    if not is_inside(path, [root]):
        raise UsageError(f"“{file.path}”是链接，指到文件夹外面，没有重做")
    return read_regular(path, LIMITS.file + 1)


def _put(folder: Path, name: str, content: bytes) -> None:
    _make_folder(folder, name)
    try:
        (folder / name).write_bytes(content)
    except (OSError, ValueError) as error:
        raise _no_name(name) from error


def _make_folder(folder: Path, name: str) -> None:
    try:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise _no_name(name) from error


def _no_name(name: str) -> UsageError:
    return UsageError(f"清单里的“{name}”不能是文件名，没有重做")


def _let_others_be_seen(manifest: Manifest, folder: Path) -> None:
    """Put an empty file for each that the run saw and did not open: that it is there was said."""
    for name in manifest.beside:
        if not (folder / name).exists():
            _put(folder, name, b"")


def _run(manifest: Manifest, folder: Path) -> Manifest:
    """Run the command in the folder; return its manifest."""
    paths = json.dumps([path for path in map(os.path.abspath, sys.path) if path != os.getcwd()])  # noqa: PTH109
    options, files = parted(manifest.arguments)
    words = [*options, f"--manifest={manifest.path}", *files]
    for name in (manifest.path, *(file.path for file in manifest.outputs)):
        _make_folder(folder, name)
    done = subprocess.run(  # noqa: S603 - our own command, on copies
        [sys.executable, "-I", "-X", "utf8", "-c", _START, paths, *words],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    try:
        return from_json(read_regular(folder / manifest.path, LIMITS.file + 1), Manifest)
    except (OSError, JsonError):
        said = done.stderr.decode(errors="replace").strip().splitlines()
        reason = said[-1] if said else f"退出码 {done.returncode}"
        raise UsageError(f"重做没有成功：{reason}") from None


def _compared(was: Manifest, now: Manifest, root: Path, folder: Path) -> Iterator[RerunDifference]:
    """Yield what the two runs have not alike."""
    read_then, read_now = ({file.path: file for file in one.inputs} for one in (was, now))
    for name in sorted(read_then.keys() - read_now.keys()):
        yield RerunDifference(DifferenceKind.INPUT_UNREAD, name)
    for name in sorted(read_now.keys() - read_then.keys()):
        yield RerunDifference(DifferenceKind.INPUT_ADDED, name)
    for name in sorted(read_then.keys() & read_now.keys()):
        if read_then[name] != read_now[name]:  # it goes on behind what was read of it then
            yield RerunDifference(DifferenceKind.INPUT_CHANGED, name)
    if was.rulebooks != now.rulebooks:
        detail = f"{'、'.join(was.rulebooks) or '没有'} → {'、'.join(now.rulebooks) or '没有'}"
        yield RerunDifference(DifferenceKind.RULEBOOKS, "", detail)
    if was.exit_code != now.exit_code:
        yield RerunDifference(DifferenceKind.EXIT_CODE, "", f"{was.exit_code} → {now.exit_code}")
    yield from _outputs_compared(was, now, root, folder)
    if None not in (was.stdout, now.stdout) and was.stdout != now.stdout:
        yield RerunDifference(DifferenceKind.STDOUT)


def _outputs_compared(
    was: Manifest, now: Manifest, root: Path, folder: Path
) -> Iterator[RerunDifference]:
    then, again = ({file.path: file for file in one.outputs} for one in (was, now))
    for name in sorted({**then, **again}):
        if name not in again:
            yield RerunDifference(DifferenceKind.OUTPUT_MISSING, name)
        elif name not in then:
            yield RerunDifference(DifferenceKind.OUTPUT_ADDED, name)
        elif then[name] != again[name]:
            detail = _first_difference(root / name, then[name], folder / name)
            yield RerunDifference(DifferenceKind.OUTPUT_CHANGED, name, detail)


def _first_difference(old: Path, was: FileDigest, new: Path) -> str:
    """Return the first line in which two texts differ, where what was written is still there."""
    try:
        content = read_regular(old, LIMITS.file + 1) if is_inside(old, [old.parent]) else b""
        if read_of(content) != (was.sha256, was.bytes):
            return ""
        again = read_regular(new, LIMITS.file + 1)
        texts = (part.decode("utf-8-sig").splitlines() for part in (content, again))
    except (OSError, ValueError):  # gone, or no text
        return ""
    for number, (one, other) in enumerate(zip_longest(*texts, fillvalue=""), start=1):
        if one != other:
            shown = (text[:_LONGEST_LINE] for text in (one, other))
            return f"第 {number} 行：{' → '.join(shown)}"
    return ""
