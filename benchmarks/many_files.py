"""Memory and time of one run over many files of several kinds: ``python -m benchmarks.many_files``.

The table of the shipped sheet is written as .xlsx, .docx, .html, .ods and YAML by turns, each with
a name and figures of its own.  One process takes 100 of them, another 1,000; the most memory that
each held is compared.  Nothing may be kept of a file that is done.
"""

from __future__ import annotations

import argparse
import html
import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks import sample
from benchmarks.reading import laid, word_file, workbook_file
from perfeval.documents.form.grid import GridCell, Table

_FEW, _MANY = 100, 1_000
_NAME = "养老服务体系建设运营补助资金"
_FIGURE = re.compile(r"(?<![0-9.,%])[1-9][0-9]{2}(?![0-9.,%])")
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_COMMANDS = {"read": ("-o", "{out}"), "score": ("--summary",), "check": ()}

_CHILD = """
import re, sys, time
from perfeval.cli import main
code = main(sys.argv[1:])
peak = re.search(r"VmHWM:\\s*([0-9]+) kB", open("/proc/self/status").read())[1]
print(peak, time.process_time(), file=sys.stderr)
sys.exit(code)
"""
"""The system counts what the process held before it became this one, so this one asks itself."""


class Peak(NamedTuple):
    """The most memory of a run in MiB, and its seconds of processor time."""

    mebibytes: float
    seconds: float


def main() -> None:
    """Print the memory of each command over few and over many files."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.many_files", description=__doc__)
    parser.add_argument("--many", type=int, default=_MANY, help="how many files the larger run has")
    many = parser.parse_args().many
    with TemporaryDirectory(prefix="perfeval-many-") as name:
        folders = [_folder(Path(name) / str(count), count) for count in (_FEW, many)]
        for command in _COMMANDS:
            small, large = (_run(command, folder) for folder in folders)
            print(
                f"{command:6}{_FEW} files: {small.mebibytes:.0f} MiB, {many}:"
                f" {large.mebibytes:.0f} MiB, {large.mebibytes / small.mebibytes:.2f} times;"
                f" {large.seconds / many * 1_000:.1f} ms of processor time each",
                flush=True,
            )


def _run(command: str, folder: Path) -> Peak:
    """Run a command over a folder, in a process of its own that tells what it took."""
    options = [option.format(out=f"{folder}-{command}") for option in _COMMANDS[command]]
    words = [sys.executable, "-c", _CHILD, command, os.fspath(folder), *options]
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode not in (0, 1):
        raise ValueError(f"{command} ended with {done.returncode}: {done.stderr[-500:]}")
    kibibytes, seconds = done.stderr.split()[-2:]
    return Peak(int(kibibytes) / 1_024, float(seconds))


def _folder(folder: Path, count: int) -> Path:
    """Write so many files, a kind after another."""
    kinds: dict[str, Callable[[Table], bytes]] = {
        "xlsx": workbook_file,
        "docx": word_file,
        "html": _page,
        "ods": _open_sheet,
    }
    names = [*kinds, "yaml"]
    folder.mkdir()
    for number in range(count):
        kind = names[number % len(names)]
        content = (
            _own(sample.text(), number).encode() if kind == "yaml" else kinds[kind](_table(number))
        )
        (folder / f"{number:04}.{kind}").write_bytes(content)
    return folder


def _own(text: str, number: int) -> str:
    """Return a text with the name and the figures of one of many projects."""
    named = text.replace(_NAME, f"{_NAME}之{number}")
    return _FIGURE.sub(lambda found: str(100 + (int(found[0]) + number * 7) % 900), named)


def _table(number: int) -> Table:
    rows = tuple(
        tuple(cell._replace(text=_own(cell.text, number)) for cell in row) for row in laid().rows
    )
    return laid()._replace(title=_own(laid().title, number), rows=rows)


def _page(table: Table) -> bytes:
    rows = ("".join(map(_cell, row)) for row in table.rows)
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return (
        f"<!DOCTYPE html><meta charset=utf-8><p>{html.escape(table.title)}<table>{body}</table>"
    ).encode()


def _cell(cell: GridCell) -> str:
    return f"<td rowspan={cell.rowspan} colspan={cell.colspan}>{html.escape(cell.text)}</td>"


def _open_sheet(table: Table) -> bytes:
    """Write the least that is an .ods file, by hand."""
    width = len(table.widths)
    begins = {(cell.row, cell.column): cell for cell in table.cells}
    title = f'<t:table-row><t:table-cell t:number-columns-spanned="{width}">'
    rows = [f"{title}<x:p>{html.escape(table.title)}</x:p></t:table-cell></t:table-row>"]
    for row in range(len(table.rows)):
        cells = (_open_cell(begins.get((row, column))) for column in range(width))
        rows.append(f"<t:table-row>{''.join(cells)}</t:table-row>")
    spaces = {"o": "office", "t": "table", "x": "text"}
    named = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in spaces.items()
    )
    content = (
        f"<o:document-content {named}><o:body><o:spreadsheet><t:table t:name='自评表'>"
        f"{''.join(rows)}</t:table></o:spreadsheet></o:body></o:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _ODS, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
    return stream.getvalue()


def _open_cell(cell: GridCell | None) -> str:
    if cell is None:
        return "<t:covered-table-cell/>"
    spans = f't:number-rows-spanned="{cell.rowspan}" t:number-columns-spanned="{cell.colspan}"'
    return f"<t:table-cell {spans}><x:p>{html.escape(cell.text)}</x:p></t:table-cell>"


if __name__ == "__main__":
    main()
