"""Read workbooks back, fill them in as a person would, and let LibreOffice compute them anew."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
Cells = dict[str, str | Decimal]
needs_office = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
FORM = "自评表"


def parts(workbook: bytes) -> dict[str, str]:
    """Return the parts of a workbook."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def packed(content: Mapping[str, str]) -> bytes:
    """Pack parts again."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    return stream.getvalue()


def read(workbook: bytes) -> dict[str, Cells]:
    """Return what every cell of every sheet shows."""
    content = parts(workbook)
    strings = ["".join(node.itertext()) for node in ET.fromstring(content["xl/sharedStrings.xml"])]
    names = [
        node.attrib["name"] for node in ET.fromstring(content["xl/workbook.xml"]).iter(f"{M}sheet")
    ]
    return {
        name: _cells(content[f"xl/worksheets/sheet{at}.xml"], strings)
        for at, name in enumerate(names, 1)
    }


def _cells(sheet: str, strings: Sequence[str]) -> Cells:
    found: Cells = {}
    for cell in ET.fromstring(sheet).iter(f"{M}c"):
        value = cell.findtext(f"{M}v")
        if value is None:
            continue
        kind = cell.get("t", "n")
        text = strings[int(value)] if kind == "s" else value
        found[cell.attrib["r"]] = Decimal(value) if kind in "nb" else text
    return found


def without_values(workbook: bytes) -> bytes:
    """Take the cached value out of every formula."""
    content = parts(workbook)
    for name in content:
        if name.startswith("xl/worksheets/"):
            content[name] = re.sub(r"(</f>|<f [^>]*/>)<v>[^<]*</v>", r"\1", content[name])
    return packed(content)


def filled(workbook: bytes, typed: Mapping[str, str | Decimal], number: int = 1) -> bytes:
    """Type into cells of a sheet, as a person would, and take the cached values out.

    What stands in a cell, a formula as well, gives way.
    """
    content = parts(without_values(workbook))
    name = f"xl/worksheets/sheet{number}.xml"
    sheet = content[name]
    for place, value in typed.items():
        empty_or_not = '(?: t="[a-z]+")?(?:/>|>(?:<f>[^<]*</f>)?(?:<v>[^<]*</v>)?</c>)'
        cell = re.search(rf'<c r="{place}"( s="[0-9]+"){empty_or_not}', sheet)
        assert cell is not None, place
        kind = "" if isinstance(value, Decimal) else ' t="str"'
        new = (
            f'<c r="{place}"{cell[1]}{kind}><v>{escape(str(value))}</v></c>'
            if str(value)
            else (f'<c r="{place}"{cell[1]}/>')
        )
        sheet = sheet[: cell.start()] + new + sheet[cell.end() :]
    content[name] = sheet
    return packed(content)


def recalculated(workbooks: Sequence[bytes], folder: Path) -> list[dict[str, Cells]]:
    """Let LibreOffice compute workbooks anew; return what their cells show then."""
    return list(map(read, saved_again(workbooks, folder)))


def saved_again(workbooks: Sequence[bytes], folder: Path) -> list[bytes]:
    """Let LibreOffice compute and save workbooks, all in one process; it takes fewer than 248."""
    source, target = folder / "in", folder / "out"
    source.mkdir(parents=True)
    paths = []
    for at, workbook in enumerate(workbooks):
        paths.append(source / f"{at}.xlsx")
        paths[-1].write_bytes(workbook)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(target)]
    subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, timeout=900)
    return [(target / path.name).read_bytes() for path in paths]


def known_cells(cells: Mapping[str, Cells]) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Return where the fields and the rows stand, as the hidden sheet says.

    Returns:
        The cells of fields by their names, and for each row its cells by their content.
    """
    table = by_heading(cells["perfeval"])
    names = zip(table["名称"], table["内容"], strict=True)
    fields = {str(name): str(text).partition("!")[2] for name, text in names if "!" in str(text)}
    contents = [heading.removesuffix("所在") for heading in table if heading.endswith("所在")]
    rows: list[dict[str, str]] = [
        {name: str(table[f"{name}所在"][at]) for name in contents if table[f"{name}所在"][at]}
        for at, key in enumerate(table.get("指标", []))
        if key
    ]
    return fields, rows


def by_heading(cells: Cells) -> dict[str, list[str | Decimal]]:
    """Return the columns of a hidden sheet, each below its heading."""
    places = {place: re.fullmatch("([A-Z]+)([0-9]+)", place) for place in cells}
    split = {(match[1], int(match[2])): cells[place] for place, match in places.items() if match}
    last = max(row for _, row in split)
    return {
        str(value): [split.get((column, at), "") for at in range(2, last + 1)]
        for (column, row), value in split.items()
        if row == 1
    }


def named(cells: Cells) -> dict[str, str | Decimal]:
    """Return the results of the hidden sheet of sums by their names."""
    table = by_heading(cells)
    return {str(name): value for name, value in zip(table["项目"], table["结果"], strict=True)}
