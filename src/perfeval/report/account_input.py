"""A published document as lines: from its file, its text or its bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from perfeval.accounts.account import Account, understand
from perfeval.accounts.damage import damage_of
from perfeval.accounts.text import TextLine
from perfeval.carriers import (
    LIMITS,
    CarriedCell,
    CarriedDocument,
    CarriedGrid,
    CarriedPart,
    CarriedText,
    CarrierKind,
    Refusal,
    RemarkKind,
    carry,
)
from perfeval.carriers.pdf_text import text_as_written
from perfeval.opening import NotRegularError, read_regular, system_reason
from perfeval.places import LINE_END, PagePlace, TextPlace
from perfeval.readers.files import FilePath, path_text
from perfeval.reading.form_places import form_places

DocumentInput = FilePath | bytes
"""What `proof` reads: a file by its name, a text with a line break in it, or bytes."""


class AccountInput(NamedTuple):
    """A document as lines, or the reason why it has none.

    Attributes:
        name: What it is called.
        lines: Its lines, paragraphs and rows.
        notes: What of it was not read.
        digest: SHA-256 of the file; ``None`` where a text was given.
        refused: Why it has no lines; ``None`` where it has.
        carried: What was carried out of the file; ``None`` for a text.
        raw: The file, where its text can be taken out of it in a second way; else empty.
    """

    name: str
    lines: tuple[TextLine, ...] = ()
    notes: tuple[str, ...] = ()
    digest: str | None = None
    refused: str | None = None
    carried: CarriedDocument | None = None
    raw: bytes = b""


class UnderstoodInput(NamedTuple):
    """A document as it was understood, in whichever way its text was whole.

    Attributes:
        account: The document.
        notes: What of it was not read, and in which way its text was taken.
        refused: Why it is not to be trusted; empty where nothing speaks against it.
    """

    account: Account
    notes: tuple[str, ...]
    refused: str


def understood(read: AccountInput) -> UnderstoodInput:
    """Understand a document; where its text is torn, as it is in a second way of taking it out.

    Args:
        read: The document, which has lines.
    """
    account = understand(read.lines, _rows_of_forms(read))
    reason = damage_of(account.document) or _scanned(read, account)
    if not reason or not read.raw:
        return UnderstoodInput(account, read.notes, reason)
    parts = text_as_written(read.raw)
    other = understand(tuple(line for part in parts for line in _lines_of(part)))
    if damage_of(other.document) or _scanned(read, other):
        return UnderstoodInput(account, read.notes, f"{reason}；换一种办法提取也是这样")
    note = f"按版面提取的文字是乱的（{reason}），改按文件里的顺序提取；请对照原件"
    return UnderstoodInput(other, (*read.notes, note), "")


def _rows_of_forms(read: AccountInput) -> frozenset[int]:
    """Return the numbers of the lines that are rows of a self-assessment form with its grid."""
    if read.carried is None or not any(line.cells for line in read.lines):
        return frozenset()
    of_forms = form_places(read.carried)
    return frozenset(
        number
        for number, line in enumerate(read.lines)
        if any(place in of_forms for _, place in line.cells)
    )


def _scanned(read: AccountInput, account: Account) -> str:
    """Say that a document is a scan: pages of it are pictures, and no figure is anywhere else."""
    kinds = () if read.carried is None else (item.kind for item in read.carried.remarks)
    if RemarkKind.NOT_READ not in kinds or account.figures or _rows_of_forms(read):
        return ""
    return f"{'；'.join(read.notes)}；其余页里没有可以校对的数，请用带文字的文件"


def read_account(document: DocumentInput, name: str = "") -> AccountInput:
    """Read a document into lines.

    Args:
        document: See `proof`.
        name: See `proof`.

    Raises:
        MissingExtraError: The file needs a package of the extra ``office``.
        TypeError: *document* is nothing that can be read.
    """
    if isinstance(document, bytes | bytearray | memoryview):
        return _of_bytes(bytes(document), name)
    if isinstance(document, str) and LINE_END.search(document):
        return AccountInput(name, _text_lines(document))
    label = path_text(document, others="或内容（str、bytes）")
    try:
        raw = read_regular(document, LIMITS.file + 1)
    except FileNotFoundError:
        return AccountInput(label, refused="没有这个文件")
    except IsADirectoryError:
        return AccountInput(label, refused="这是文件夹，请写明其中的文件")
    except NotRegularError:
        return AccountInput(label, refused="这不是普通文件")
    except OSError as error:
        return AccountInput(label, refused=f"文件打不开（{system_reason(error)}）")
    except ValueError:
        return AccountInput(label, refused="文件名里有不能用的字符")
    return _of_bytes(raw, label)


def _text_lines(text: str) -> tuple[TextLine, ...]:
    lines = enumerate(LINE_END.split(text.removeprefix("\ufeff")), start=1)
    return tuple(TextLine(line, TextPlace(number, 1)) for number, line in lines)


def _of_bytes(raw: bytes, name: str) -> AccountInput:
    read = _of_carried(carry(raw), name)
    is_page = read.carried is not None and read.carried.kind is CarrierKind.PDF
    return read._replace(digest=hashlib.sha256(raw).hexdigest(), raw=raw if is_page else b"")


def _of_carried(carried: CarriedDocument | Refusal, name: str) -> AccountInput:
    if isinstance(carried, Refusal):
        return AccountInput(name, refused=f"{carried.message}；{carried.hint}")
    lines = tuple(line for part in _in_order(carried.parts) for line in _lines_of(part))
    unread = _unread(carried)
    if not lines:
        return AccountInput(name, refused=unread or "文件里没有文字")
    return AccountInput(name, lines, (unread,) if unread else (), carried=carried)


def _unread(carried: CarriedDocument) -> str:
    """Say what of a file was not read: pages that are pictures, and words beside its text."""
    kinds = (
        RemarkKind.NOT_READ,
        RemarkKind.PAGE_TEXT,
        RemarkKind.DOUBTFUL_TEXT,
        RemarkKind.DAMAGED,
    )
    return "；".join(item.message for item in carried.remarks if item.kind in kinds)


def _in_order(parts: Iterable[CarriedPart]) -> Iterator[CarriedPart]:
    """Yield parts as they are read: a table of a page stands between the lines of that page.

    A page has its lines as one part and its tables behind it; where each stands its place says.
    """
    kept = [piece for part in parts for piece in _pieces(part)]
    yield from sorted(kept, key=_page_and_line)


def _pieces(part: CarriedPart) -> Iterator[CarriedPart]:
    """Yield a text of a page line by line, and everything else whole."""
    if isinstance(part, CarriedText) and isinstance(part.lines[0].place, PagePlace):
        yield from (CarriedText((line,)) for line in part.lines)
    else:
        yield part


def _page_and_line(part: CarriedPart) -> tuple[int, int]:
    """Return the page on which a part begins and its line there; no page comes first."""
    begins = part.cells if isinstance(part, CarriedGrid) else part.lines
    place = begins[0].place if begins else None
    return (place.page, place.line) if isinstance(place, PagePlace) else (0, 0)


def _lines_of(part: CarriedPart) -> Iterator[TextLine]:
    """Yield the lines of a text, or the rows of a table with blanks between their cells."""
    if isinstance(part, CarriedGrid):
        yield from map(_row_line, part.rows())
        return
    for line in part.lines:
        if not line.is_in_grid:
            yield TextLine(line.text, line.place)


def _row_line(row: Sequence[CarriedCell]) -> TextLine:
    """Return a row as a line that knows where each of its cells begins."""
    text, cells = "", []
    for cell in row:
        said = "".join(cell.text.split())
        if said:
            text += _BETWEEN_CELLS if text else ""
            cells.append((len(text), cell.place))
            text += said
    return TextLine(text, row[0].place, tuple(cells))


_BETWEEN_CELLS = "  "
