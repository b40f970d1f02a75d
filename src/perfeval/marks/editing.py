"""A package of which single parts change: all others keep their packed bytes and their order."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib

from perfeval.carriers.limits import CarrierRefusalError, Limits, broken, too_much
from perfeval.carriers.markup import Attributes, MarkupWalker, walk
from perfeval.carriers.package import Package, relations
from perfeval.marks.splicing import ByteSpan, Splices, escaped, missing_prefixes, span, utf_8

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_LOCAL_HEAD = struct.Struct("<4s5H3L2H")
_CENTRAL_HEAD = struct.Struct("<4s6H3L5H2L")
_END_HEAD = struct.Struct("<4s4H2LH")
_WIDE = 0xFFFFFFFF
_NAME_IS_UTF_8 = 0x800
_DEFLATED, _VERSION, _FIRST_DAY = 8, 20, 0x21
_PACKAGED = "http://schemas.openxmlformats.org/package/2006"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "[Content_Types].xml"
_MOST_FOUND = 100_000
_STRICT = b"http://purl.oclc.org/ooxml/"


class EditedPackage:
    """The parts of an office file, and what becomes of them.

    Attributes:
        package: The file as it was.
    """

    def __init__(self, raw: bytes, limits: Limits) -> None:
        self.package = Package(raw, limits)
        self._raw = raw
        self._limits = limits
        self._changed: dict[str, bytes] = {}
        self._added: dict[str, bytes] = {}
        self._seen: dict[str, bytes] = {}

    def __contains__(self, name: str) -> bool:
        return name in self.package or name in self._added

    def read(self, name: str) -> bytes:
        """Return a part as it is now."""
        for parts in (self._added, self._changed, self._seen):
            if name in parts:
                return parts[name]
        self._seen[name] = utf_8(b"".join(self.package.chunks(name)))
        return self._seen[name]

    def write(self, name: str, content: bytes) -> None:
        """Change a part, or add it."""
        if name not in self.package:
            self._added[name] = content
        elif content != self.read(name):
            self._changed[name] = content

    def walk(self, name: str, walker: MarkupWalker) -> bytes:
        """Walk the XML of a part as it is now, and return its bytes."""
        content = self.read(name)
        walk((content,), walker, self._limits)
        return content

    def free_name(self, pattern: str) -> str:
        """Return the first name that no part has, a number in the place of ``{}``."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    def add(self, name: str, content_type: str, content: bytes) -> None:
        """Add a part and say what it is."""
        self.write(name, content)
        types = Finder("Types")
        raw = self.walk(_TYPES, types)
        more = missing_prefixes(raw, {"": f"{_PACKAGED}/content-types"})
        entry = f'<Override{more} PartName="/{escaped(name)}" ContentType="{content_type}"/>'
        self.write(_TYPES, _filled(raw, types, "Types", entry))

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let a part refer to another, and return the id of that."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        used = relations(self.package, part)
        number = len(used) + 1
        if path not in self:
            head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            root = f'{head}<Relationships xmlns="{_PACKAGED}/relationships"/>'
            self.write(path, root.encode())
        found = Finder("Relationships")
        raw = self.walk(path, found)
        while f"rId{number}" in used or f'"rId{number}"'.encode() in raw:
            number += 1
        more = missing_prefixes(raw, {"": f"{_PACKAGED}/relationships"})
        where = escaped(posixpath.relpath(target, folder or "."))
        entry = f'<Relationship{more} Id="rId{number}" Type="{RELATED}/{kind}" Target="{where}"/>'
        self.write(path, _filled(raw, found, "Relationships", entry))
        return f"rId{number}"

    def packed(self) -> bytes:
        """Return the file as it is now."""
        try:
            return _repacked(self._raw, self._by_stored_name(), self._added)
        except (struct.error, zipfile.BadZipFile, ValueError, IndexError) as error:
            raise broken("压缩包的目录读不出来") from error

    def _by_stored_name(self) -> dict[str, bytes]:
        return {self.package.stored_name(name): raw for name, raw in self._changed.items()}


class FoundElement:
    """An element of XML.

    Attributes:
        name: Its name, without a prefix.
        attributes: Its attributes.
        start: Where its first tag begins.
        closing: Where its last tag begins.
        pieces: The text in it and in what is not looked for within it.
    """

    __slots__ = ("attributes", "closing", "name", "pieces", "start")

    def __init__(self, name: str, attributes: Attributes, start: int) -> None:
        self.name = name
        self.attributes = dict(attributes)
        self.start = self.closing = start
        self.pieces: list[str] = []

    @property
    def text(self) -> str:
        """The text in it."""
        return "".join(self.pieces)

    def span(self, raw: bytes) -> ByteSpan:
        """Return where it stands."""
        return span(raw, self.start, self.closing)


class Finder(MarkupWalker):
    """Finds elements by their names.

    Attributes:
        found: Those that were found, in the order in which they begin.
    """

    def __init__(self, *names: str) -> None:
        self.found: list[FoundElement] = []
        self._names = names
        self._open: list[FoundElement] = []

    def start(self, name: str, attributes: Attributes) -> None:
        """Begin an element."""
        if name in self._names:
            element = FoundElement(name, attributes, self.offset())
            self.found.append(element)
            if len(self.found) > _MOST_FOUND:
                raise too_much(f"批注超过 {_MOST_FOUND} 条")
            self._open.append(element)

    def end(self, name: str) -> None:
        """End an element."""
        if name in self._names:
            self._open.pop().closing = self.offset()

    def text(self, text: str) -> None:
        """Keep a piece of text."""
        if self._open:
            self._open[-1].pieces.append(text)

    def all(self, name: str) -> list[FoundElement]:
        """Return the elements of one name."""
        return [element for element in self.found if element.name == name]

    def first(self, name: str) -> FoundElement:
        """Return the first element of a name.

        Raises:
            CarrierRefusalError: There is none.
        """
        for element in self.found:
            if element.name == name:
                return element
        raise broken(f"里面的 XML 没有 {name}")


def _filled(raw: bytes, found: Finder, name: str, entry: str) -> bytes:
    splices = Splices(raw)
    splices.fill(found.first(name).span(raw), entry)
    return splices.result()


def refuse_unmarkable(edited: EditedPackage, main: str) -> None:
    """Refuse a file that comments would change beyond themselves, or that must not be changed.

    Raises:
        CarrierRefusalError: It has macros or a signature, or is of the strict kind.
    """
    names = edited.package.names()
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        raise _unmarkable("有宏", "请另存为不带宏的 .xlsx 或 .docx 再试")
    if any(name.startswith("_xmlsignatures/") for name in names):
        raise _unmarkable("有数字签名，改动会使签名失效", "请用签名前的文件再试")
    if _STRICT in edited.read(main)[:4_096]:
        raise _unmarkable("是“严格的 Open XML”", "请另存为普通的 .xlsx 或 .docx 再试")


def _unmarkable(what: str, hint: str) -> CarrierRefusalError:
    return CarrierRefusalError(f"文件{what}，没有加批注", hint)


def _repacked(raw: bytes, changed: dict[str, bytes], added: dict[str, bytes]) -> bytes:
    """Return an archive of which some files are others, and to which some are added."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        entries, directory, comment = archive.infolist(), archive.start_dir, archive.comment
    starts = sorted({entry.header_offset for entry in entries})
    if len(starts) != len(entries) or len({entry.filename for entry in entries}) != len(entries):
        raise zipfile.BadZipFile("two entries with one name or at one place")
    ends = dict(zip(starts, [*starts[1:], directory], strict=True))
    records = _records(raw, directory, entries)
    new = io.BytesIO()
    moved: dict[str, bytes] = {}
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        at, start = new.tell(), entry.header_offset
        record = records[entry.filename]
        if entry.filename in changed:
            record = _written(new, record, changed[entry.filename])
        elif raw[start : start + 4] == _LOCAL:
            new.write(raw[start : ends[start]])
        else:
            raise zipfile.BadZipFile("no header where an entry begins")
        moved[entry.filename] = record[:42] + struct.pack("<L", at) + record[46:]
    for name, content in added.items():
        at = new.tell()
        record = _written(new, _fresh(name), content)
        moved[name] = record[:42] + struct.pack("<L", at) + record[46:]
    names = [*(entry.filename for entry in entries), *added]
    at = new.tell()
    new.write(b"".join(moved[name] for name in names))
    size = new.tell() - at
    new.write(_END_HEAD.pack(_END, 0, 0, len(names), len(names), size, at, len(comment)) + comment)
    return new.getvalue()


def _records(raw: bytes, directory: int, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    """Return the entries of an archive's directory as they stand there."""
    found, at = {}, directory
    for entry in entries:
        head = _CENTRAL_HEAD.unpack_from(raw, at)
        if head[0] != _CENTRAL or head[16] == _WIDE:
            raise zipfile.BadZipFile("no plain entry of a directory")
        end = at + _CENTRAL_HEAD.size + head[10] + head[11] + head[12]
        found[entry.filename] = raw[at:end]
        at = end
    return found


def _fresh(name: str) -> bytes:
    """Return the directory's entry of a new file, of the first day that an archive can name."""
    stored = name.encode()
    flags = 0 if name.isascii() else _NAME_IS_UTF_8
    head = (_VERSION, _VERSION, flags, _DEFLATED, 0, _FIRST_DAY, 0, 0, 0, len(stored), *[0] * 6)
    return _CENTRAL_HEAD.pack(_CENTRAL, *head) + stored


def _written(new: io.BytesIO, record: bytes, content: bytes) -> bytes:
    """Write a file, and return its entry of the directory; its name and day are the old ones."""
    head = list(_CENTRAL_HEAD.unpack_from(record))
    stored = record[_CENTRAL_HEAD.size : _CENTRAL_HEAD.size + head[10]]
    rest = record[_CENTRAL_HEAD.size + head[10] + head[11] :]
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = packer.compress(content) + packer.flush()
    head[2], head[3], head[4] = _VERSION, head[3] & _NAME_IS_UTF_8, _DEFLATED
    head[7:10] = zlib.crc32(content), len(data), len(content)
    head[11] = 0
    local = (*head[2:7], *head[7:10], head[10], 0)
    new.write(_LOCAL_HEAD.pack(_LOCAL, *local) + stored + data)
    return _CENTRAL_HEAD.pack(*head) + stored + rest
