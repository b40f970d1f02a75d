"""Files, folders, trees and archives → one file after another, and all that is passed over.

Nothing is skipped in silence: what is not opened comes as well, with the reason.
"""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from perfeval.carriers import LIMITS, Refusal
from perfeval.carriers.archives import (
    LOCKED_ARCHIVE,
    ArchivedFile,
    archived_files,
    is_archive,
)
from perfeval.opening import NotRegularError, read_regular, system_reason
from perfeval.readers.files import FoundFile, identity, is_link

_TEMPORARY = re.compile(r"^(?:\.|~\$|~.*\.tmp$)|^(?:Thumbs\.db|desktop\.ini|__MACOSX)$", re.I)
"""Files that systems and office programs leave behind, and hidden ones."""
_YAML = re.compile(r"\.ya?ml$", re.I)


class Unopened(NamedTuple):
    """Why a file was not opened.

    Attributes:
        reason: Why.
        is_fault: Whether it may hold a 自评表 that is now missing.
        is_locked: Whether it asks for a password.
    """

    reason: str
    is_fault: bool = True
    is_locked: bool = False


_AWAY = Unopened("隐藏或临时文件，没有读", is_fault=False)
_IS_YAML = Unopened("已经是 YAML，不用再读", is_fault=False)


class InputFile(NamedTuple):
    """A file that was named, or that was found in what was named.

    Attributes:
        name: What it is called in messages; a file in an archive stands behind the archive's name.
        path: The file on the disk: itself, or the archive in which it is.
        top: The folder that was named, or that of the file.
        parts: In which folders below what was named it was found, and its own name.
        content: Its bytes, or why it was not opened.
        member: What it is called in its archive; empty where it is in none.
    """

    name: str
    path: str
    top: str
    parts: tuple[str, ...]
    content: bytes | Unopened
    member: str = ""

    @property
    def origin(self) -> str:
        """Where it was found in what was named, as a sheet says it."""
        if not self.member:
            return "/".join(self.parts)
        inside = Path(self.path).relative_to(self.top).as_posix()
        return f"{inside}/{self.member}"


def input_files(arguments: Sequence[str], *, with_yaml: bool = False) -> Iterator[InputFile]:
    """Yield every file that the arguments name, each once.

    Args:
        arguments: Files, folders, archives, and patterns that the shell did not follow.
        with_yaml: Open YAML files, too.
    """
    seen: set[bytes] = set()  # what stands for a path, which may be long, and there may be many
    for argument in _followed(arguments):
        for found in _found(argument):
            path = identity(found.path).encode(errors="surrogatepass")
            own = blake2b(path, digest_size=16).digest()
            if own not in seen:
                seen.add(own)
                yield from _of_file(found, with_yaml=with_yaml)


def _followed(arguments: Iterable[str]) -> Iterator[str]:
    for argument in arguments:
        found: list[str] = []
        if glob.has_magic(argument) and not os.path.lexists(argument):
            found = sorted(glob.glob(argument))  # noqa: PTH207 - may be absolute
        yield from found or [argument]


class _Found(NamedTuple):
    """A path, the folder from which it was found, the names that lead there; if it was named."""

    path: str
    top: str
    parts: tuple[str, ...]
    is_named: bool = False


def _found(argument: str) -> Iterator[_Found]:
    """Yield the file that an argument names, or all files below a folder, in order."""
    path = Path(argument)
    if not _is_folder(argument):
        yield _Found(argument, os.fspath(path.parent), (path.name,), is_named=True)
        return
    left = [_Found(argument, argument, ())]
    while left:
        folder = left.pop()
        names = _names_in(folder.path)
        if names is None:
            yield folder._replace(parts=folder.parts or (path.name,), is_named=True)
            continue
        inside = [
            _Found(os.path.join(folder.path, name), argument, (*folder.parts, name))
            for name in names
        ]
        folders = [item for item in inside if _is_open_folder(item.path, item.parts)]
        yield from (item for item in inside if item not in folders)
        left += reversed(folders)


def _names_in(folder: str) -> list[str] | None:
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 - names alone
    except OSError:
        return None


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):  # reading it will say why
        return False


def _is_open_folder(path: str, parts: tuple[str, ...]) -> bool:
    return _is_folder(path) and not is_link(path) and not _TEMPORARY.search(parts[-1])


def _of_file(found: _Found, *, with_yaml: bool) -> Iterator[InputFile]:
    """Yield a file, or those in it where it is an archive."""
    path, top, parts, _ = found
    content = _content(found, with_yaml=with_yaml)
    if isinstance(content, Unopened) or not is_archive(content):
        yield InputFile(path, path, top, parts, content)
        return
    inside = archived_files(content)
    if isinstance(inside, Refusal):
        yield InputFile(path, path, top, parts, Unopened(_said(inside)))
        return
    folder, is_empty = (*parts[:-1], PurePosixPath(parts[-1]).stem), True
    for member in inside:
        is_empty = False
        below = tuple(filter(None, member.name.split("/")))
        yield InputFile(
            name=f"{path}/{member.name}",
            path=path,
            top=top,
            parts=(*folder, *below),
            content=_opened(member, with_yaml=with_yaml),
            member=member.name,
        )
    if is_empty:
        yield InputFile(path, path, top, parts, Unopened("压缩包是空的", is_fault=False))


def _opened(member: ArchivedFile, *, with_yaml: bool) -> bytes | Unopened:
    """Return the bytes of a file in an archive, or why they are not looked at."""
    if isinstance(member.content, Refusal):
        return Unopened(_said(member.content), is_locked=member.content == LOCKED_ARCHIVE)
    return _by_name(member.name.split("/"), with_yaml=with_yaml) or member.content


def _said(refusal: Refusal) -> str:
    return f"{refusal.message}；{refusal.hint}" if refusal.hint else refusal.message


def _by_name(parts: Sequence[str], *, with_yaml: bool) -> Unopened | None:
    """Say of a file that it is not looked at, by its name and those of its folders."""
    if any(_TEMPORARY.search(part) for part in parts):
        return _AWAY
    return _IS_YAML if _YAML.search(parts[-1]) and not with_yaml else None


def _content(found: _Found, *, with_yaml: bool) -> bytes | Unopened:
    """Return the bytes of a file on the disk, or why it was not opened."""
    passed = _by_name(found.parts[-1:], with_yaml=with_yaml)
    if passed is not None and not (found.is_named and passed is _AWAY):
        return passed
    content = _opened_file(found)
    if isinstance(content, bytes) and len(content) > LIMITS.file:
        return Unopened(f"文件超过 {LIMITS.file >> 20} MB，没有打开")
    return content


def _opened_file(found: _Found) -> bytes | Unopened:
    """Return the first bytes of a file, one more than are read of any; or why it is closed."""
    try:
        if not found.is_named and FoundFile(found.path, found.top).leads_out:
            return Unopened("这是链接，指到文件夹外面，没有打开")
        if _is_folder(found.path):
            return _LINKED if is_link(found.path) and not found.is_named else _UNOPENED
        return read_regular(found.path, LIMITS.file + 1)
    except FileNotFoundError:
        return Unopened("没有这个文件")
    except NotRegularError:
        return Unopened("这不是普通文件")
    except OSError as error:
        return Unopened(f"文件打不开（{system_reason(error)}）")
    except ValueError:
        return Unopened("文件名里有不能用的字符")


_UNOPENED = Unopened("文件夹打不开")
_LINKED = Unopened("这是链接，没有进去看", is_fault=False)
