"""Find and read a file, or one that ships with perfeval."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from perfeval._resources import data_dir
from perfeval.later import regex
from perfeval.opening import NotRegularError, is_too_long, read_regular, system_reason
from perfeval.places import TextPlace
from perfeval.readers.given import given_data
from perfeval.source import MAX_BYTES, Problem, Source, read_bytes, read_text

DEPARTMENT = "department.yaml"
"""The department's own file among the sheets of a folder."""
SETTINGS = "perfeval.yaml"
"""The file of a folder that says by which rulebook what lies there scores; no sheet."""
_NO_SHEETS = (DEPARTMENT, SETTINGS)
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


def sheets_in(folder: FilePath, *, is_tree: bool = False) -> list[FilePath]:
    """Return what may be a sheet in a folder; see `each_sheet_in`.

    Args:
        folder: The folder.
        is_tree: Look into the folders below it, too; a link to a folder is not followed.
    """
    return list(each_sheet_in(folder, is_tree=is_tree))


def each_sheet_in(folder: FilePath, *, is_tree: bool = False) -> Iterator[FilePath]:
    """Yield what may be a sheet in a folder, by the names that `read_file` takes.

    Texts come first, then office files; each in order.  A document that is called as a text beside
    it was printed from that, and is none; see `passed_over`.  A folder that cannot be opened has
    none; reading it will say why: of one below, it is yielded itself.

    A tree is gone through as it is asked for, so that the first sheet of a large one is there at
    once; only where it has office files it is gone through a second time.

    Args:
        folder: The folder.
        is_tree: Look into the folders below it, too; a link to a folder is not followed.
    """
    text = path_text(folder)
    if text.startswith(SHIPPED):
        sheets = sorted(name for name in _names_in(resolve(text)) if _is_sheet_text(name))
        yield from (f"{text.rstrip('/')}/{name.removesuffix(_ENDING)}" for name in sheets)
        return
    has_others = False
    for inside, names in _folders(text, is_tree=is_tree):
        if not names and inside != text and _is_closed(inside):
            yield FoundFile(inside, text)
        has_others = has_others or any(map(_OFFICE.search, names))
        for name in filter(_is_sheet_text, names):
            yield FoundFile(os.path.join(inside, name), text)
    if has_others:
        yield from _office_files_in(text, is_tree=is_tree)


def _office_files_in(folder: str, *, is_tree: bool) -> Iterator[FoundFile]:
    for inside, names in _folders(folder, is_tree=is_tree):
        others = [name for name in names if _OFFICE.search(name) and not _AWAY.match(name)]
        printed = _printed_from_texts(names) if others else {}
        for name in others:
            if not _is_sheet_text(name) and name not in printed:
                yield FoundFile(os.path.join(inside, name), folder)


def data_in(folder: FilePath, *, is_tree: bool = False) -> Iterator[FoundFile]:
    """Yield the JSON files in a folder: only what stands in one tells whether it holds sheets.

    Args:
        folder: See `each_sheet_in`.
        is_tree: See `each_sheet_in`.
    """
    text = path_text(folder)
    for inside, names in _folders(text, is_tree=is_tree):
        for name in names:
            if _DATA.search(name) and not _AWAY.match(name):
                yield FoundFile(os.path.join(inside, name), text)


class PassedOver(NamedTuple):
    """A file in a folder that was not looked at, and why."""

    name: str
    reason: str


def passed_over(folder: FilePath, *, is_tree: bool = False) -> Iterator[PassedOver]:
    """Yield the files in a folder that may be meant as sheets, and are not read.

    Args:
        folder: See `each_sheet_in`.
        is_tree: See `each_sheet_in`.
    """
    text = path_text(folder)
    for inside, names in _folders(os.fspath(resolve(text)), is_tree=is_tree):
        printed = _printed_from_texts(names)
        for name in names:
            closed = next((why for which, why in _CLOSED.items() if which.search(name)), "")
            if closed and not _AWAY.match(name):
                yield PassedOver(os.path.join(inside, name), closed)
            elif name in printed:
                said = f"有同名的“{printed[name]}”，只读那一个"
                yield PassedOver(os.path.join(inside, name), said)


_TEXT = regex(r"\.ya?ml(\.txt)?$", re.IGNORECASE)
"""How the name of a text ends that is meant to be a sheet."""
_OFFICE = regex(r"\.(xls[xm]?|et|ods|doc[xm]?|wps|pdf|html?|csv)$", re.IGNORECASE)
"""How the name of a file of an office ends in which a sheet may stand."""
_DATA = regex(r"\.json$", re.IGNORECASE)
"""How the name of a file ends that may be what the national system gives."""
_CLOSED = {
    regex(r"\.(xlsb|odt|rtf|ofd|zip|rar|7z)$", re.IGNORECASE): "这种文件读不了",
    regex(r"\.(jpe?g|png|gif|bmp|tiff?|webp|heic)$", re.IGNORECASE): "图片里的字读不出来",
}
"""How the name of a file ends in which one may stand that cannot be read there, and why."""
_AWAY = regex(r"[.~]")
"""How the names of hidden and temporary files begin."""


def _is_sheet_text(name: str) -> bool:
    is_text = _TEXT.search(name) is not None and name.lower() not in _NO_SHEETS
    return is_text and (name.lower().endswith(_ENDING) or not _AWAY.match(name))


def _printed_from_texts(names: Iterable[str]) -> dict[str, str]:
    """Return the office files that are called as a text beside them, and that text."""
    names = list(names)
    texts = {_TEXT.sub("", name): name for name in names if _is_sheet_text(name)}
    stems = ((name, Path(name).stem) for name in names if _OFFICE.search(name))
    return {name: texts[stem] for name, stem in stems if stem in texts}


def _folders(folder: str, *, is_tree: bool) -> Iterator[tuple[str, list[str]]]:
    """Yield a folder, and with it those below it, each with the names in it, in order."""
    left = [folder]
    while left:
        inside = left.pop()
        names = sorted(_names_in(Path(inside)))
        yield inside, names
        below = (os.path.join(inside, name) for name in names if not _AWAY.match(name))
        left += reversed([path for path in below if is_tree and _is_own_folder(path)])


def _names_in(folder: Path) -> list[str]:
    """Return the names in a folder; none where it cannot be opened."""
    try:
        return [path.name for path in folder.iterdir()]
    except (OSError, ValueError):
        return []


def _is_closed(folder: str) -> bool:
    """Tell a folder that cannot be opened from an empty one."""
    try:
        os.listdir(folder)  # noqa: PTH208 - as text
    except OSError:
        return True
    return False


def _is_own_folder(path: str) -> bool:
    return os.path.isdir(path) and not is_link(path)  # noqa: PTH112 - never raises


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
    except FileNotFoundError as error:
        if is_too_long(error):
            return _unreadable(label, f"文件打不开（{system_reason(error)}）", _SHORTER)
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


_SHORTER = "请把文件移到浅一些的文件夹，或把文件名改短"
_LEADS_OUT = "请把文件本身放进文件夹，或单独写明这个文件"


def _unreadable(name: str, message: str, hint: str = "请检查文件名和所在的文件夹") -> Source:
    problem = Problem("unreadable", message, TextPlace(1, 1), hint=hint)
    return Source(name, problems=[problem])
