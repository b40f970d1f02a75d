"""Archives (.zip) → the files in them, within limits; nothing is unpacked to a disk."""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Iterator
from typing import NamedTuple

from perfeval.carriers.limits import LIMITS
from perfeval.carriers.package import DAMAGES
from perfeval.carriers.values import Refusal

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ENTRY = b"PK\x01\x02"
_OF_OFFICE = ("[content_types].xml", "mimetype", "ofd.xml")
"""What stands in the package of an office file, and in no archive of several."""
_IS_ENCRYPTED, _IS_UTF8 = 0x1, 0x800
_CHUNK = 1 << 16
_HOSTILE = re.compile(r"(?:^|/)\.\.(?:/|$)|^/|^[A-Za-z]:|[\x00-\x1f\x7f]")
_HALF = re.compile("[\ud800-\udfff]")


class ArchiveLimits(NamedTuple):
    """The most of everything that an archive may have.

    Attributes:
        files: Files in it.
        file: Bytes of one of them, unpacked.
        unpacked: Bytes of all of them together.
    """

    files: int = 5_000
    file: int = LIMITS.file
    unpacked: int = 1 << 30


ARCHIVE_LIMITS = ArchiveLimits()


LOCKED_ARCHIVE = Refusal("压缩包加了密码，没有打开", "请先解压，再写明文件夹")
"""What is said of a file in an archive that asks for a password."""


class ArchivedFile(NamedTuple):
    """A file in an archive, by its name there: its bytes, or why it was not read."""

    name: str
    content: bytes | Refusal


def is_archive(raw: bytes) -> bool:
    r"""Tell an archive of several files from the package of an office file.

    >>> is_archive(b"PK\x05\x06" + b"\x00" * 18), is_archive("年度: 2023".encode())
    (True, False)
    """
    if not raw.startswith(_ZIP):
        return False
    try:
        directory = _directory(raw, ARCHIVE_LIMITS)
    except DAMAGES:
        return False  # whoever reads it as an office file says what is wrong with it
    names = {entry.filename.lower() for entry in directory.infolist()} if directory else set()
    return names.isdisjoint(_OF_OFFICE)


def archived_files(
    raw: bytes, *, limits: ArchiveLimits = ARCHIVE_LIMITS
) -> Iterator[ArchivedFile] | Refusal:
    """Return the files in an archive, one after another; or why the archive cannot be read.

    An archive in an archive is not opened; a name that leads out of it is refused.

    Args:
        raw: The bytes of the archive.
        limits: The most of everything that it may have.
    """
    try:
        directory = _directory(raw, limits)
    except DAMAGES:
        return Refusal("压缩包已损坏：目录读不出来", "请重新压缩，或先解压再写明文件夹")
    if directory is None:
        return Refusal(f"压缩包里的文件超过 {limits.files} 个", "请分成几个压缩包")
    return _files(directory, limits)


def _directory(raw: bytes, limits: ArchiveLimits) -> zipfile.ZipFile | None:
    """Return an archive whose directory was read, or ``None`` where that is too long."""
    # Counted before it is read: each entry takes half a kilobyte.
    if raw.count(_ENTRY) > limits.files:
        return None
    return zipfile.ZipFile(io.BytesIO(raw))


def _files(archive: zipfile.ZipFile, limits: ArchiveLimits) -> Iterator[ArchivedFile]:
    left = limits.unpacked
    for entry in archive.infolist():
        if entry.is_dir():
            continue
        name = _name_of(entry)
        refusal = _refusal(entry, name)
        content = refusal or _content(archive, entry, min(limits.file, left))
        if isinstance(content, bytes):
            left -= len(content)
        yield ArchivedFile(name, content)


def _name_of(entry: zipfile.ZipInfo) -> str:
    """Return the name of an entry: in UTF-8 where it says so, else in the code of Chinese Windows.

    >>> _name_of(zipfile.ZipInfo("自评表.docx".encode("gbk").decode("cp437")))
    '自评表.docx'
    """
    name = entry.filename
    if not entry.flag_bits & _IS_UTF8:
        name = _decoded(name)
    return _HALF.sub("?", name.replace("\\", "/"))


def _decoded(name: str) -> str:
    """Return a name that was taken for one in the code of old American machines."""
    try:
        packed = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    try:
        return packed.decode()
    except UnicodeDecodeError:
        return packed.decode("gb18030", "replace")


def _refusal(entry: zipfile.ZipInfo, name: str) -> Refusal | None:
    """Say why an entry is not opened, whatever it holds."""
    if _HOSTILE.search(name):
        return Refusal("文件名指到压缩包外面，或有不能用的字符，没有打开", "请重新压缩")
    if entry.flag_bits & _IS_ENCRYPTED:
        return LOCKED_ARCHIVE
    if stat.S_ISLNK(entry.external_attr >> 16):
        return Refusal("这是链接，没有打开", "请把文件本身放进压缩包")
    return None


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes | Refusal:
    """Return the bytes of an entry, no more than *most*."""
    parts, size = [], 0
    try:
        with archive.open(entry) as file:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                if size > most:
                    return Refusal("解压后太大，没有打开", "请先解压，再写明文件夹")
                parts.append(chunk)
    except DAMAGES:
        return Refusal("压缩包里的这个文件解不开，没有读", "请重新压缩")
    content = b"".join(parts)
    if is_archive(content):
        return Refusal("压缩包里的压缩包，没有打开", "请先解压，再写明文件夹")
    return content
