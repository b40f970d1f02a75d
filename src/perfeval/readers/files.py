"""Find and read a file, or one that ships with perfeval."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from perfeval._resources import data_dir
from perfeval.errors import system_reason
from perfeval.opening import NotRegularError, read_regular
from perfeval.places import TextPlace
from perfeval.readers.given import given_data
from perfeval.source import MAX_BYTES, Problem, Source, read_bytes, read_text

DEPARTMENT = "department.yaml"
"""The department's own file among the sheets of a folder."""
_ENDING = ".yaml"
SHIPPED = "shipped:"
"""Before the name of a sheet that ships with perfeval."""

FilePath = str | os.PathLike[str]
SourceInput = FilePath | bytes | Mapping[str, Any]
"""A file's path, its text or bytes, or plain data."""


@dataclass(frozen=True, slots=True)
class FoundFile(os.PathLike[str]):
    """A file that was found in a folder: it is opened only where its real path lies there.

    Whoever names a link wants what it leads to; whoever names a folder wants what is in it.
    """

    name: str
    folder: str

    def __fspath__(self) -> str:
        return self.name

    @property
    def leads_out(self) -> bool:
        """It is a link that leads out of its folder."""
        return is_link(self.name) and not is_inside(self.name, [self.folder])


def resolve(name: FilePath) -> Path:
    """Return the path behind *name*; ``shipped:…`` names a sheet or folder that ships.

    Raises:
        TypeError: It is no path.
    """
    text = path_text(name)
    if not text.startswith(SHIPPED):
        return Path(text)
    root = data_dir("indicators")
    inside = Path(text.removeprefix(SHIPPED))
    if inside.is_absolute() or ".." in inside.parts:
        return root / "不存在"
    path = root / inside
    return path if path.is_dir() or path.suffix == ".yaml" else path.with_name(path.name + ".yaml")


def path_text(name: object, *, others: str = "") -> str:
    """Return the name of a file as text.

    Args:
        name: The name.
        others: What else a caller may give.

    Raises:
        TypeError: It is none.
    """
    text = os.fspath(name) if isinstance(name, str | os.PathLike) else None
    if isinstance(text, str):
        return text
    kind = type(name).__name__
    raise TypeError(f"这里应给出文件名（str 或 os.PathLike）{others}，不是 {kind}")


_Name = TypeVar("_Name", str, FilePath)


def each_once(names: Iterable[_Name]) -> list[_Name]:
    """Return the names without those that only spell another way what an earlier one names."""
    found: dict[str, _Name] = {}
    for name in names:
        found.setdefault(identity(name), name)
    return list(found.values())


def identity(name: FilePath) -> str:
    """Return what is the same for every spelling of the name of a file or folder."""
    try:
        return os.path.realpath(resolve(name))
    except (OSError, ValueError):  # reading it will say why
        return os.path.normpath(os.fspath(name))


def own_folder(name: FilePath) -> Path:
    """Return the folder that a file belongs to: that of its real path, where it is a link."""
    return (Path(identity(name)) if is_link(name) else Path(name)).parent


def is_link(name: FilePath) -> bool:
    """Tell whether a name is that of a link; one that cannot be a file's is none."""
    return os.path.islink(name)  # noqa: PTH114 - `Path.is_symlink` raises on a name too long


def shipped_sheets() -> Iterator[str]:
    """Yield the name of every sheet that ships, as `resolve` takes it.

    >>> next(iter(shipped_sheets())).startswith("shipped:")
    True
    """
    root = data_dir("indicators")
    for path in sorted(root.glob("*/*.yaml")):
        if path.name != DEPARTMENT:
            yield SHIPPED + path.relative_to(root).with_suffix("").as_posix()


def sheets_in(folder: FilePath) -> list[FilePath]:
    """Return the sheets of a folder, in order, by the names that `read_file` takes.

    A folder that cannot be opened has none; reading it will say why.
    """
    text = path_text(folder)
    try:
        entries = sorted(path.name for path in resolve(text).iterdir())
    except (OSError, ValueError):
        return []
    sheets = [name for name in entries if name.lower().endswith(_ENDING) and name != DEPARTMENT]
    if text.startswith(SHIPPED):
        return [f"{text.rstrip('/')}/{name.removesuffix(_ENDING)}" for name in sheets]
    return [FoundFile(os.path.join(text, name), text) for name in sheets]


_LOOK_ALIKE = re.compile(r"\.ya?ml(\.\w+)?$", re.IGNORECASE)
"""How the name of a text ends that was meant to be a sheet: ``.yml``, ``.yaml.txt``."""
_OFFICE = re.compile(r"\.(xlsx?|et|docx?|wps|pdf|ofd)$", re.IGNORECASE)
"""How the name of a sheet ends that is no text yet."""


def passed_over(folder: FilePath) -> list[str]:
    """Return the names of files in a folder that may be meant as sheets, and are not read.

    A document that is called as a sheet beside it was printed from that sheet.
    """
    try:
        names = sorted(path.name for path in resolve(folder).iterdir())
    except (OSError, ValueError):
        return []
    sheets = {name[: -len(_ENDING)] for name in names if name.lower().endswith(_ENDING)}
    return [
        name
        for name in names
        if not name.startswith((".", "~"))
        and not name.lower().endswith(_ENDING)
        and (_LOOK_ALIKE.search(name) or (_OFFICE.search(name) and Path(name).stem not in sheets))
    ]


class FileContent(NamedTuple):
    """The bytes of a file, or what a caller gave as such, and what it is called in messages."""

    raw: bytes
    name: str


def read_file(name: FilePath, *, instead: str = "其中一个文件") -> Source:
    """Read a file; what cannot be read is a problem, not an exception.

    Args:
        name: The file, or ``shipped:…``.
        instead: What should be named in place of a folder.
    """
    found = file_content(name, instead=instead)
    return read_bytes(found.raw, found.name) if isinstance(found, FileContent) else found


def file_content(
    name: FilePath, *, instead: str = "其中一个文件", most: int = MAX_BYTES + 1
) -> FileContent | Source:
    """Return the bytes of a file, no more than *most*; or why it was not opened, as a source.

    Args:
        name: See `read_file`.
        instead: See `read_file`.
        most: How many bytes are read.
    """
    label = path_text(name)
    try:
        if isinstance(name, FoundFile) and name.leads_out:
            return _unreadable(label, "这是链接，指到文件夹外面，没有打开", _LEADS_OUT)
        path = resolve(name)
        if path.is_dir():
            return _unreadable(label, "这是文件夹，不是文件", f"请写明{instead}")
        return FileContent(read_regular(path, most), label)
    except FileNotFoundError:
        return _unreadable(label, "没有这个文件")
    except NotRegularError:
        return _unreadable(label, "这不是普通文件")
    except OSError as error:
        return _unreadable(label, f"文件打不开（{system_reason(error)}）")
    except ValueError:
        return _unreadable(label, "文件名里有不能用的字符")


def read_source(given: SourceInput, *, name: str = "", instead: str = "其中一个文件") -> Source:
    """Read what a caller gives: a file, its text, its bytes, or plain data.

    A text has a line break; what has none is the name of a file.  Bytes are always content.

    Args:
        given: A path, a text, bytes, or a mapping.
        name: What content and data are called in messages.
        instead: What should be named in place of a folder.

    Raises:
        TypeError: It is none of these.
    """
    found = given_content(given, name=name, instead=instead)
    return read_bytes(found.raw, found.name) if isinstance(found, FileContent) else found


def given_content(
    given: SourceInput,
    *,
    name: str = "",
    instead: str = "其中一个文件",
    most: int = MAX_BYTES + 1,
) -> FileContent | Source:
    """Return the bytes of what a caller gives; a text and data are a source already.

    Args:
        given: See `read_source`.
        name: See `read_source`.
        instead: See `read_source`.
        most: How many bytes are read of a file.

    Raises:
        TypeError: It is nothing of the kind.
    """
    if isinstance(given, Mapping):
        return given_data(given, name)
    if isinstance(given, bytes | bytearray | memoryview):
        return FileContent(bytes(given), name)
    if isinstance(given, str) and ("\n" in given or "\r" in given):
        return read_text(given, name)
    path_text(given, others="、内容（str、bytes）或字典（Mapping）")
    return file_content(given, instead=instead, most=most)


Root = FilePath | tuple[FilePath, ...] | None
"""Folders in which files must lie to which others lead."""


def folders_of(root: Root) -> tuple[FilePath, ...]:
    """Return the folders of a root."""
    if root is None:
        return ()
    return root if isinstance(root, tuple) else (root,)


def is_inside(name: FilePath, folders: Iterable[FilePath]) -> bool:
    """Tell whether a file lies below one of the folders, all by their real paths."""
    inner = Path(identity(name))
    return any(inner.is_relative_to(identity(folder)) for folder in folders)


def outside(path: str, name: str) -> Source:
    """Return what is read of a file outside the root: nothing, and that it was not opened."""
    message = f"“{name}”不在给出的文件夹里，没有打开"
    return Source(path, problems=[Problem(OUTSIDE, message, TextPlace(1, 1))])


OUTSIDE = "outside"
"""The kind of problem of a file that was not opened, as it lies outside the root."""


_LEADS_OUT = "请把文件本身放进文件夹，或单独写明这个文件"


def _unreadable(name: str, message: str, hint: str = "请检查文件名和所在的文件夹") -> Source:
    problem = Problem("unreadable", message, TextPlace(1, 1), hint=hint)
    return Source(name, problems=[problem])
