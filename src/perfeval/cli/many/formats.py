"""The files that a run over many sheets writes as they come, and what each sheet adds to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, BinaryIO

from perfeval.batch.items import report_row
from perfeval.documents.findings.growing import CheckSums, GrowingJson, GrowingSarif
from perfeval.documents.findings.reports import write_report
from perfeval.documents.rows.csv_rows import BYTE_ORDER_MARK, csv_heading, csv_rows
from perfeval.documents.rows.flatten import finding_rows, indicator_rows
from perfeval.documents.rows.json_rows import json_lines
from perfeval.findings import Inspection
from perfeval.report import Report
from perfeval.rows import FindingRow, IndicatorRow, Row, SheetRow, columns_of

if TYPE_CHECKING:  # its models are loaded where there is one
    from perfeval.report import DepartmentReport

_COPIED = 1 << 20
"""How many bytes are copied at once."""


class Made:
    """What can be written of one sheet, made when it is asked for."""

    def __init__(self, report: Report | DepartmentReport | Inspection, digest: str = "") -> None:
        self._report, self._digest = report, digest

    @cached_property
    def inspection(self) -> Inspection:
        """What was found."""
        report = self._report
        if isinstance(report, Inspection):
            return report
        return report.inspection if isinstance(report, Report) else report.inspections[0]

    def rows(self, kind: str) -> Iterator[Row]:
        """Yield the rows of a kind."""
        report = self._report
        if kind == "sheets":
            yield self._row
        elif kind == "findings":
            yield from finding_rows(self.inspection.findings, self.inspection.waived, of=self._row)
        elif isinstance(report, Report) and report.scorecard is not None:
            row = self._row
            yield from indicator_rows(report.scorecard, file=row.file, table=row.table)

    @cached_property
    def _row(self) -> SheetRow:
        report, inspection = self._report, self.inspection
        if isinstance(report, Report):
            return report_row(report, self._digest)
        whose = SheetRow(file=inspection.name, project=inspection.title)
        from perfeval.report import DepartmentReport

        if isinstance(report, DepartmentReport):
            whose = whose._replace(file=report.located.name, department=inspection.title)
        return whose


class Format:
    """How a file is written that grows sheet by sheet.

    Attributes:
        head: What stands before the first sheet.
        separator: What stands between two.
        kind: Of which rows it is made; empty where it is made of none.
    """

    head = b""
    separator = b""
    kind = ""

    @property
    def name(self) -> str:
        """What tells it from others: files of two formats may be called alike."""
        return f"{type(self).__name__} {self.kind}".strip()

    def chunk(self, made: Made) -> bytes:
        """Return what a sheet adds."""
        raise NotImplementedError

    def finish(self, part: BinaryIO, sums: CheckSums) -> Iterator[bytes] | None:  # noqa: ARG002
        """Yield the whole file, made of what has grown; ``None`` where that is the file already.

        Args:
            part: What has grown.
            sums: What all sheets add up to.
        """
        return None


_KINDS: dict[str, type[Row]] = {
    "sheets": SheetRow,
    "indicators": IndicatorRow,
    "findings": FindingRow,
}


class CsvFormat(Format):
    """CSV in the words of the forms."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.head = BYTE_ORDER_MARK + csv_heading(columns_of(_KINDS[kind]))

    def chunk(self, made: Made) -> bytes:
        """Return the lines of a sheet."""
        return csv_rows(made.rows(self.kind), columns_of(_KINDS[self.kind]))


class JsonLinesFormat(Format):
    """One JSON object in each line, under the English names of the fields."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def chunk(self, made: Made) -> bytes:
        """Return the lines of a sheet."""
        return json_lines(made.rows(self.kind))


class ParquetFormat(JsonLinesFormat):
    """Parquet, made in the end of lines of JSON: a file of Parquet cannot be continued."""

    def __init__(self, kind: str) -> None:
        from perfeval.documents.rows.arrow_rows import arrow

        super().__init__(kind)
        arrow()  # what it needs is lacking now, and not only in the end

    def finish(self, part: BinaryIO, sums: CheckSums) -> Iterator[bytes]:  # noqa: ARG002
        """Yield the file, made of the lines."""
        from perfeval.documents.rows.parquet_rows import parquet_of_lines

        return parquet_of_lines(part, _KINDS[self.kind])


class JsonFormat(Format):
    """The report of a check as JSON."""

    separator = GrowingJson.separator

    def __init__(self, *, is_ascii: bool = False) -> None:
        self._json = GrowingJson(is_ascii=is_ascii)

    def chunk(self, made: Made) -> bytes:
        """Return what was found in a sheet."""
        return self._json.item(made.inspection)

    def finish(self, part: BinaryIO, sums: CheckSums) -> Iterator[bytes]:
        """Yield the file: what stands around it is added."""
        return self._json.whole(pieces_of(part), sums)


class SarifFormat(Format):
    """The report of a check as SARIF."""

    separator = GrowingSarif.separator

    def __init__(self, *, is_ascii: bool = False) -> None:
        self._sarif = GrowingSarif(is_ascii=is_ascii)

    def chunk(self, made: Made) -> bytes:
        """Return the results of a sheet."""
        return self._sarif.item(made.inspection)

    def finish(self, part: BinaryIO, sums: CheckSums) -> Iterator[bytes]:
        """Yield the file: the rules stand before the results, which know their numbers."""
        return self._sarif.whole(part, sums)  # line by line


class CommandsFormat(Format):
    """The report of a check as workflow commands."""

    def chunk(self, made: Made) -> bytes:
        """Return the commands of a sheet."""
        return write_report([made.inspection], "github")


_ROW_FORMATS: dict[str, type[CsvFormat] | type[JsonLinesFormat]] = {
    ".csv": CsvFormat,
    ".jsonl": JsonLinesFormat,
    ".parquet": ParquetFormat,
}
ROW_ENDINGS = tuple(_ROW_FORMATS)
"""How the names of files end in which each row stands for itself."""


def row_format(path: str, kind: str) -> Format | None:
    """Return how rows are written to a file, by its ending; ``None`` where it has another.

    Args:
        path: The file.
        kind: ``sheets``, ``indicators`` or ``findings``.
    """
    made = _ROW_FORMATS.get(next((one for one in _ROW_FORMATS if path.lower().endswith(one)), ""))
    return None if made is None else made(kind)


def pieces_of(file: BinaryIO) -> Iterable[bytes]:
    """Yield a file piece by piece."""
    return iter(lambda: file.read(_COPIED), b"")
