"""Write what a department publishes below a folder, and the 自评表 as an Excel form."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from perfeval.documents import FormatName
from perfeval.errors import MissingExtraError, RenderError
from perfeval.opening import system_reason
from perfeval.readers.files import FilePath
from perfeval.readers.rulebooks import load_rulebook
from perfeval.report.department_model import DepartmentReport
from perfeval.report.rendering import publication
from perfeval.rulebook import Rulebook
from perfeval.sheet import Sheet

if TYPE_CHECKING:  # documents are loaded when one is made
    from perfeval.documents.department.files import OutFile

Progress = Callable[[str], None]
"""Is told the path of each file before it is made."""


@dataclass(frozen=True, slots=True)
class Published:
    """What became of the files of a department.

    Attributes:
        files: The files that were written, by their paths below the folder, with ``/``.
        failed: The files that could not be made or written, each with the reason in Chinese.
        missing: The endings whose files need an optional package that is not installed, each with
            the reason in Chinese.

    >>> Published(files=("index.html",)).failed
    ()
    """

    files: tuple[str, ...]
    failed: tuple[tuple[str, str], ...] = ()
    missing: tuple[tuple[str, str], ...] = ()


def publish(
    report: DepartmentReport,
    folder: FilePath,
    *,
    formats: Sequence[FormatName] | None = None,
    templates: str | None = None,
    overwrite: bool = False,
) -> Published:
    """Write everything that a department publishes below a folder; ``index.html`` leads to it.

    One file that cannot be made does not stop the others.

    Args:
        report: The report of the department.
        folder: Where to write; it is made where it does not exist.
        formats: The formats of the documents; ``None`` for all that can be made here.  Tables of
            data and pages to look at come always.
        templates: A folder of one's own templates, which replace ours one by one.
        overwrite: Replace files that stand there already.

    Returns:
        What was written, and what was not.

    Raises:
        RenderError: The department's file was not read, there is no such format, or a template is
            wrong.
        FileExistsError: A file of the run stands there already; nothing was written.

    >>> import tempfile
    >>> from perfeval import evaluate_department
    >>> report = evaluate_department("shipped:qingshan-2023")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     publish(report, folder, formats=["md"]).files[0]
    '预算绩效情况说明.md'
    """
    from perfeval.documents.department.files import department_files, page_files, page_paths
    from perfeval.documents.formats import FORMATS

    made = publication(report, templates=templates)
    files = list(department_files(made, tuple(FORMATS) if formats is None else formats))
    target = Path(folder)
    if not overwrite:
        _refuse_existing(target, (*page_paths(made), *(file.path for file in files)))
    first = write_files(target, files)
    last = write_files(target, page_files(made, list(first.files)))
    return Published(
        files=(*first.files, *last.files),
        failed=(*first.failed, *last.failed),
        missing=first.missing,
    )


def _refuse_existing(folder: Path, names: Iterable[str]) -> None:
    """Refuse to write anything where one of the files stands already."""
    for name in names:
        if os.path.lexists(folder / name):
            raise FileExistsError(f"“{folder / name}”已经存在；要覆盖请用 overwrite=True")


def write_files(folder: Path, files: Iterable[OutFile], tell: Progress | None = None) -> Published:
    """Write file after file; one that cannot be made does not stop the others."""
    written: list[str] = []
    failed: list[tuple[str, str]] = []
    missing: dict[str, str] = {}
    for file in files:
        if tell is not None:
            tell(file.path)
        path = folder / file.path
        try:
            _write(path, file.make())
            written.append(file.path)
        except MissingExtraError as error:
            missing.setdefault(path.suffix, str(error))
        except RenderError as error:
            failed.append((file.path, str(error)))
        except OSError as error:
            failed.append((file.path, f"不能写入“{path}”：{system_reason(error)}"))
        except ValueError:
            failed.append((file.path, f"不能写入“{path}”：文件名不能用"))
    return Published(tuple(written), tuple(failed), tuple(missing.items()))


def _write(path: Path, data: bytes) -> None:
    from perfeval.documents.writing import write_atomically

    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, data)


def excel_form(
    rulebook: FilePath | Rulebook | None = None,
    sheet: Sheet | None = None,
    *,
    last_year: Sheet | None = None,
    data: bool = True,
) -> bytes:
    """Return the 自评表 as a workbook (.xlsx) to fill in; points and grade compute themselves.

    Args:
        rulebook: An id, a rulebook file's path, or a rulebook; ``None`` for that of the sheet, or
            else of last year's.
        sheet: What the form is filled with; ``None`` for an empty form.
        last_year: Last year's sheet: its names, weights and targets are suggested.
        data: Whether the workbook carries what of the sheet it does not show (never 备注 or
            校核豁免); by which rulebook it was made is in it all the same.

    Returns:
        The workbook; the same bytes for the same arguments.

    Raises:
        RulebookError: The rulebook is unknown or wrong.
        RenderError: A text cannot stand in a cell.
        TypeError: Neither a rulebook nor a sheet is given.

    >>> excel_form("hubei-2020")[:2]
    b'PK'
    """
    from perfeval.documents.workbook import form_workbook

    named = sheet or last_year
    if rulebook is None and named is None:
        raise TypeError("请给出评分办法或自评表")
    if not isinstance(rulebook, Rulebook):
        name = named.rulebook if rulebook is None and named else rulebook
        rulebook = load_rulebook(name or "", year=None if sheet is None else sheet.year)
    return form_workbook(rulebook, sheet, last_year, data=data)
