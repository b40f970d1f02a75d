"""What a file is, by its first bytes, and which reader takes it."""

from __future__ import annotations

from perfeval.carriers.compound import CompoundFile
from perfeval.carriers.doc import STREAM, read_doc
from perfeval.carriers.docx import read_docx
from perfeval.carriers.html import read_html
from perfeval.carriers.limits import (
    LIMITS,
    Allowance,
    CarrierRefusalError,
    Limits,
    locked,
    too_much,
)
from perfeval.carriers.ods import MIME_TYPE, read_ods
from perfeval.carriers.package import Package
from perfeval.carriers.pdf import read_pdf
from perfeval.carriers.plain import read_plain
from perfeval.carriers.recognizing import COMPOUND, ZIP, is_page, is_pdf
from perfeval.carriers.values import CarriedDocument, CarrierKind, Refusal
from perfeval.carriers.xls import STREAMS, read_xls
from perfeval.carriers.xlsx import read_xlsx
from perfeval.contents import kind_of

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_BINARY_BOOK = "xl/workbook.bin"


def carry(raw: bytes, *, limits: Limits = LIMITS) -> CarriedDocument | Refusal:
    """Return what a file holds.

    Args:
        raw: The bytes of the file.
        limits: The most of everything that it may have.

    Returns:
        Its grids and texts, or why it was not read.

    Raises:
        MissingExtraError: It needs a package of the extra ``office`` that is not installed.
    """
    try:
        return read_carrier(raw, Allowance(limits))
    except CarrierRefusalError as error:
        return error.refusal


def read_carrier(raw: bytes, allowance: Allowance) -> CarriedDocument:
    """Read a file.

    Raises:
        CarrierRefusalError: It cannot be read.
        MissingExtraError: It needs a package that is not installed.
    """
    if len(raw) > allowance.limits.file:
        raise too_much(f"内容超过 {allowance.limits.file >> 20} MB")
    if raw.startswith(ZIP):
        return _package(raw, allowance)
    if raw.startswith(COMPOUND):
        return _compound(raw, allowance)
    if is_pdf(raw):
        return read_pdf(raw, allowance)
    if is_page(raw):
        return read_html(raw, allowance)
    if kind_of(raw) is not None and not raw.startswith(_UTF_16):
        raise _foreign(raw)
    return read_plain(raw, allowance)


def carrier_kind(raw: bytes) -> CarrierKind | None:
    r"""Tell what a file is by its first bytes, and by the names of its parts.

    Returns:
        What it would be read as; ``None`` where nothing would read it. A text may hold a table
        or not: it is `CarrierKind.TEXT`.

    >>> carrier_kind(b"%PDF-1.7"), carrier_kind(b"\x89PNG")
    (<CarrierKind.PDF: 'pdf'>, None)
    """
    try:
        if raw.startswith(ZIP):
            return _kind_of_package(Package(raw, LIMITS))
        if raw.startswith(COMPOUND):
            return _kind_of_compound(CompoundFile(raw))
    except CarrierRefusalError:
        return None
    if is_pdf(raw):
        return CarrierKind.PDF
    if is_page(raw):
        return CarrierKind.HTML
    is_text = kind_of(raw) is None or raw.startswith(_UTF_16)
    return CarrierKind.TEXT if is_text else None


def _kind_of_package(package: Package) -> CarrierKind | None:
    names = package.names()
    if any(name.startswith("xl/") for name in names):
        return CarrierKind.XLSX if _BINARY_BOOK not in names else None
    if any(name.startswith("word/") for name in names):
        return CarrierKind.DOCX
    is_open = "mimetype" in names and b"".join(package.chunks("mimetype")).startswith(MIME_TYPE)
    return CarrierKind.ODS if is_open else None


def _kind_of_compound(compound: CompoundFile) -> CarrierKind | None:
    if any(name in compound for name in STREAMS):
        return CarrierKind.XLS
    return CarrierKind.DOC if STREAM in compound else None


def _package(raw: bytes, allowance: Allowance) -> CarriedDocument:
    package = Package(raw, allowance.limits)
    kind = _kind_of_package(package)
    if kind is CarrierKind.XLSX:
        return read_xlsx(package, allowance)
    if kind is CarrierKind.DOCX:
        return read_docx(package, allowance)
    if kind is CarrierKind.ODS:
        return read_ods(package, allowance)
    if _BINARY_BOOK in package.names():
        raise CarrierRefusalError(
            "这是二进制工作簿（.xlsb），没有读取", "请另存为 Excel 工作簿（.xlsx）再试"
        )
    raise _foreign(raw)


def _compound(raw: bytes, allowance: Allowance) -> CarriedDocument:
    compound = CompoundFile(raw)
    if "EncryptedPackage" in compound:
        raise locked()
    kind = _kind_of_compound(compound)
    if kind is None:
        raise _foreign(raw)
    return (read_xls if kind is CarrierKind.XLS else read_doc)(compound, allowance)


def _foreign(raw: bytes) -> CarrierRefusalError:
    """Return the refusal of what holds no table that could be read."""
    kind = kind_of(raw)
    if kind is None:
        return CarrierRefusalError("看不出这是什么文件", "请检查是否选错了文件")
    return CarrierRefusalError(kind.message, kind.hint)
