"""The zip package of an office file: its parts, read within limits."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator

from perfeval.carriers.limits import CarrierRefusalError, Limits, broken, locked, too_much
from perfeval.carriers.markup import Attributes, MarkupWalker, walk

_CHUNK = 1 << 16
_ENTRY = b"PK\x01\x02"
_IS_ENCRYPTED = 0x1
DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    ValueError,
    RuntimeError,
    KeyError,
    IndexError,
    UnicodeError,
    OverflowError,
)
"""What is raised where a zip is not what it says."""


class Package:
    """The parts of an office file by their names, whatever the case and slashes of these."""

    def __init__(self, raw: bytes, limits: Limits) -> None:
        self.limits = limits
        self._left = limits.unpacked
        # Counted before the directory is read: each entry of it takes half a kilobyte.
        if raw.count(_ENTRY) > limits.parts:
            raise too_much(f"部件超过 {limits.parts} 个")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
        except DAMAGES as error:
            raise broken("压缩包的目录读不出来") from error
        self._entries = {_normal(entry.filename): entry for entry in self._zip.infolist()}

    def names(self) -> list[str]:
        """Return the names of all parts."""
        return list(self._entries)

    def __contains__(self, name: str) -> bool:
        return _normal(name) in self._entries

    def stored_name(self, name: str) -> str:
        """Return the name of a part as the package spells it; the name itself where it has none."""
        entry = self._entries.get(_normal(name))
        return name if entry is None else entry.filename

    def chunks(self, name: str) -> Iterator[bytes]:
        """Return a part, piece by piece.

        Raises:
            CarrierRefusalError: It is missing, damaged, locked or too large.
        """
        entry = self._entries.get(_normal(name))
        if entry is None:
            raise broken(f"缺少部件 {_printable(name)}")
        if entry.flag_bits & _IS_ENCRYPTED:
            raise locked()
        size = 0
        try:
            with self._zip.open(entry) as file:
                while chunk := file.read(_CHUNK):
                    size += len(chunk)
                    self._left -= len(chunk)
                    if size > self.limits.part or self._left < 0:
                        raise too_much("内容解压后太大")
                    yield chunk
        except CarrierRefusalError:
            raise
        except DAMAGES as error:
            raise broken(f"部件 {_printable(name)} 解不开") from error

    def walk(self, name: str, walker: MarkupWalker) -> None:
        """Walk the XML of a part."""
        walk(self.chunks(name), walker, self.limits)


def _normal(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _printable(name: str) -> str:
    """Return the name of a part as far as it may stand in a message."""
    return "".join(letter for letter in name[:60] if letter.isascii() and letter.isprintable())


class PartReference:
    """What a part refers to: its kind, where it stands, and whether that is outside."""

    __slots__ = ("is_external", "kind", "target")

    def __init__(self, kind: str, target: str, *, is_external: bool) -> None:
        self.kind = kind
        self.target = target
        self.is_external = is_external


class _References(MarkupWalker):
    def __init__(self, folder: str) -> None:
        self.found: dict[str, PartReference] = {}
        self._folder = folder

    def start(self, name: str, attributes: Attributes) -> None:
        if name != "Relationship":
            return
        target = attributes.get("Target", "")
        is_external = attributes.get("TargetMode", "").lower() == "external"
        if not is_external:
            target = posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/")
        kind = attributes.get("Type", "").rpartition("/")[2]
        self.found[attributes.get("Id", "")] = PartReference(kind, target, is_external=is_external)


def relations(package: Package, part: str) -> dict[str, PartReference]:
    """Return what a part refers to, by id; the package itself is the part with no name."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    walker = _References(folder)
    if path in package:
        package.walk(path, walker)
    return walker.found


def main_part(package: Package, usual: str) -> str:
    """Return the name of the part with which an office file begins."""
    for relation in relations(package, "").values():
        if relation.kind == "officeDocument" and relation.target in package:
            return relation.target
    if usual in package:
        return usual
    raise broken(f"缺少部件 {usual}")
