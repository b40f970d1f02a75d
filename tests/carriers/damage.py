"""Damages files as disks, mails and attackers do: bytes and parts changed, repeated, cut off."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from pathlib import Path

from tests.carriers.documents import by_python_docx
from tests.carriers.made import table
from tests.carriers.test_html import page
from tests.carriers.workbooks import by_openpyxl, by_xlsxwriter, zipped

DATA = Path(__file__).parent / "data"
_TOKENS = [
    *(b"<", b">", b"&", b'"', b"/>", b"</w:tc>", b"<w:tbl>", b"<td>", b"</table>", b"\x00" * 4),
    *(b"\xff" * 4, b"9" * 30, b"-1", b"1E400", b"NaN", b"65535", b"<!--", b"&#x110000;"),
]


def originals() -> dict[str, bytes]:
    """Return one or two whole files of each carrier."""
    made, words = table(1), table(2, are_figures=False)
    files = {path.name: path.read_bytes() for path in sorted(DATA.iterdir())}
    files["a.xlsx"], files["b.xlsx"] = by_openpyxl(made), by_xlsxwriter(made)
    files["a.docx"] = by_python_docx(words, table(3, are_figures=False))
    files["a.html"] = page(words).encode()
    files["b.html"] = page(words).encode("gbk", "replace")
    files["a.csv"] = "甲,乙\n1,2\n".encode("gbk") * 20
    files["a.txt"] = "一、整体情况\n预算1286.70万元。\n".encode() * 20
    return files


def damaged(raw: bytes, seed: int) -> bytes:
    """Return a file with one to twenty damages."""
    draw = random.Random(seed)
    if draw.random() < 0.2:
        return raw[: draw.randrange(len(raw))]
    if raw.startswith(b"PK") and draw.random() < 0.7:
        return _in_package(raw, draw)
    if raw.startswith(b"%PDF") and draw.random() < 0.5:
        return _in_streams(raw, draw)
    return _changed(raw, draw)


def _changed(raw: bytes, draw: random.Random) -> bytes:
    data = bytearray(raw)
    for _ in range(draw.choice([1, 1, 3, 20])):
        at = draw.randrange(len(data) or 1)
        kind = draw.randrange(5)
        if kind == 0:
            data[at : at + 1] = bytes([draw.randrange(256)])
        elif kind == 1:
            data[at : at + 4] = draw.choice(_TOKENS)
        elif kind == 2:
            del data[at : at + draw.randrange(1, 200)]
        elif kind == 3:
            data[at:at] = data[at : at + draw.randrange(1, 500)]
        else:
            number = draw.choice([0, 1, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 0x80000000])
            data[at : at + 4] = number.to_bytes(4, "little")
    return bytes(data)


def _in_package(raw: bytes, draw: random.Random) -> bytes:
    """Damage the parts of a package, and pack them again."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(draw.choice([1, 1, 2])):
        name = draw.choice([name for name in parts if name.endswith((".xml", ".rels"))] or [*parts])
        content = parts[name]
        if draw.random() < 0.05:
            del parts[name]
        elif isinstance(content, bytes) and content:
            parts[name] = (
                _shuffled(content, draw) if draw.random() < 0.5 else _changed(content, draw)
            )
    return zipped(parts)


def _shuffled(content: bytes, draw: random.Random) -> bytes:
    """Leave well-formed XML nearly well-formed: attributes and whole elements change."""
    pieces = content.split(b"<")
    for _ in range(draw.choice([1, 5])):
        at = draw.randrange(len(pieces))
        kind = draw.randrange(3)
        if kind == 0:
            pieces[at] = pieces[draw.randrange(len(pieces))]
        elif kind == 1 and b'="' in pieces[at]:
            before, _, after = pieces[at].partition(b'="')
            value = draw.choice(
                [b"0", b"-1", b"99999999", b"XFD1048576", b"A1:XFD1048576", b"", b"x"]
            )
            pieces[at] = before + b'="' + value + b'"' + after.partition(b'"')[2]
        else:
            pieces[at:at] = [pieces[at]] * draw.choice([1, 50])
    return b"<".join(pieces)


def _in_streams(raw: bytes, draw: random.Random) -> bytes:
    """Damage what a packed stream of a PDF holds, and pack it again."""
    starts = [at for at in range(len(raw)) if raw.startswith(b"stream\n", at)]
    at = draw.choice(starts or [0]) + 7
    end = raw.find(b"\nendstream", at)
    try:
        content = zlib.decompress(raw[at:end])
    except zlib.error:
        return _changed(raw, draw)
    return raw[:at] + zlib.compress(_changed(content or b" ", draw)) + raw[end:]
