"""Rows as Arrow, Parquet and JSON Lines: no digit is lost, and what does not fit is said."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import perfeval
from perfeval import FindingRow, IndicatorRow, MissingExtraError, RulebookError, SheetRow
from perfeval.batch import arrow_schema, score_arrow
from perfeval.documents.rows.arrow_rows import record_batch, rows_of_batch
from perfeval.documents.rows.json_rows import json_lines, rows_of_lines
from perfeval.documents.rows.parquet_rows import (
    GROUP,
    ParquetWriter,
    parquet_of_lines,
    rows_of_parquet,
)
from perfeval.numbers import MAX_DIGITS
from tests.batch.made import sheet_texts
from tests.seeds import FIRST

KINDS = (SheetRow, IndicatorRow, FindingRow)
TEXTS = list(sheet_texts(FIRST, 30, broken=0.1))
LARGEST = Decimal("9" * MAX_DIGITS)
SMALLEST = Decimal("0." + "0" * 17 + "1")
TOO_FINE = Decimal("0." + "0" * 18 + "1")


def of_batches(batches: Any, of: Any) -> list[Any]:
    return [row for batch in batches for row in rows_of_batch(batch, of)]


@st.composite
def extreme_rows(draw: st.DrawFn) -> SheetRow:
    """Return a row of any numbers that a sheet may hold, the point anywhere among the digits."""
    numbers = st.integers(-(10**MAX_DIGITS - 1), 10**MAX_DIGITS - 1)
    final, total = (
        Decimal(draw(numbers)).scaleb(-draw(st.integers(0, MAX_DIGITS))) for _ in range(2)
    )
    return SheetRow(final=final, total=total, year=draw(st.integers(-(2**70), 2**70)))


@given(st.lists(extreme_rows(), max_size=5))
def test_no_figure_loses_a_digit(rows: list[SheetRow]) -> None:
    """What decimal128 cannot hold stands beside it as a text."""
    batch = record_batch(rows, SheetRow)
    assert list(rows_of_batch(batch, SheetRow)) == rows
    for row, cells in zip(rows, batch.to_pylist(), strict=True):
        said = json.loads(cells["unfit"] or "{}")
        for name, number in (("final", row.final), ("total", row.total)):
            assert number is not None
            if name in said:
                assert cells[name] is None
                assert Decimal(said[name]) == number
                assert number % Decimal("1e-18") != 0
            else:
                assert cells[name] == number


def test_the_largest_and_the_smallest_stand_in_their_column() -> None:
    rows = [SheetRow(final=number) for number in (LARGEST, -LARGEST, SMALLEST, Decimal("-0.00"))]
    batch = record_batch(rows, SheetRow)
    assert batch.column("final").to_pylist() == [LARGEST, -LARGEST, SMALLEST, 0]
    assert batch.column("unfit").null_count == 4


def test_what_does_not_fit_is_said_and_not_cut() -> None:
    row = SheetRow(final=TOO_FINE, spent=LARGEST * 10, year=10**30)
    cells = record_batch([row], SheetRow).to_pylist()[0]
    assert (cells["final"], cells["spent"], cells["year"]) == (None, None, None)
    assert json.loads(cells["unfit"]) == {
        "year": str(10**30),
        "final": "0.0000000000000000001",
        "spent": "9" * MAX_DIGITS + "0",
    }


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_the_same_after_arrow_and_parquet(kind: Any) -> None:
    rows = list(perfeval.score_batch(TEXTS, of=kind))
    assert list(rows_of_batch(record_batch(rows, kind), kind)) == rows
    file = io.BytesIO()
    writer = ParquetWriter(file, kind)
    for row in rows:
        writer.write([row])
    writer.close()
    assert list(rows_of_parquet(file, kind)) == rows
    table = pq.read_table(io.BytesIO(file.getvalue()))
    assert table.schema.equals(arrow_schema(kind))
    assert table.schema.metadata[b"perfeval"].decode() == perfeval.__version__


@pytest.mark.parametrize("kind", KINDS)
def test_lines_of_json_are_the_rows(kind: Any) -> None:
    rows = list(perfeval.score_batch(TEXTS, of=kind))
    lines = json_lines(rows)
    assert lines.count(b"\n") == len(rows)
    assert list(rows_of_lines(io.BytesIO(lines), kind)) == rows
    assert b"".join(parquet_of_lines(io.BytesIO(lines), kind)) == whole_parquet(rows, kind)


def whole_parquet(rows: list[Any], kind: Any) -> bytes:
    file = io.BytesIO()
    writer = ParquetWriter(file, kind)
    writer.write(rows)
    writer.close()
    return file.getvalue()


def test_figures_in_json_are_texts_with_their_digits() -> None:
    line = json.loads(json_lines([SheetRow(total=Decimal("98.40"), year=2023)]))
    assert (line["total"], line["year"], line["grade"]) == ("98.40", 2023, None)
    assert list(line) == list(SheetRow._fields)


def test_a_file_of_no_rows_has_its_columns() -> None:
    assert pq.read_table(io.BytesIO(whole_parquet([], SheetRow))).num_rows == 0
    names = pq.read_schema(io.BytesIO(whole_parquet([], SheetRow))).names
    assert names == [*SheetRow._fields, "unfit"]


def test_a_long_file_is_written_in_groups_as_it_comes() -> None:
    lines = (json_lines([SheetRow(file=f"{number}.yaml")]) for number in range(3 * GROUP + 1))
    pieces = list(parquet_of_lines(lines, SheetRow))
    assert len(pieces) > 3
    file = pq.ParquetFile(io.BytesIO(b"".join(pieces)))
    assert file.metadata.num_row_groups == 4
    assert file.metadata.num_rows == 3 * GROUP + 1


def test_the_name_of_a_file_may_hold_what_no_encoding_has() -> None:
    row = SheetRow(file="表\udcff.yaml")
    assert record_batch([row], SheetRow).column("file").to_pylist() == ["表?.yaml"]
    assert b"?.yaml" in json_lines([row])


@pytest.mark.parametrize(
    "line", ["[]", '{"total": 1.5}', '{"total": "NaN"}', '{"total": "x"}', '{"year": "2023"}', "{"]
)
def test_a_line_that_is_no_row_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        list(rows_of_lines([line], SheetRow))


# -- sheets in record batches --------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "type_",
    [pa.string(), pa.large_string(), pa.binary(), pa.large_binary(), "dictionary"],
    ids=str,
)
def test_rows_of_record_batches_are_those_of_the_texts(kind: Any, type_: Any) -> None:
    array = pa.array(TEXTS, pa.string() if type_ == "dictionary" else type_)
    array = array.dictionary_encode() if type_ == "dictionary" else array
    batch = pa.record_batch({"text": array, "id": pa.array(range(len(TEXTS)))})
    given = [batch.slice(0, 7), batch.slice(7, 0), batch.slice(7)]
    found = list(score_arrow(given, column="text", name="id", of=kind))
    assert all(one.schema.equals(arrow_schema(kind)) for one in found)
    named = [(str(number), text.encode()) for number, text in enumerate(TEXTS)]
    assert of_batches(found, kind) == list(perfeval.score_batch(named, of=kind))


def test_a_pool_gives_the_same_batches() -> None:
    batches = [pa.record_batch({"content": TEXTS[:9]}), pa.record_batch({"content": TEXTS[9:]})]
    alone = list(score_arrow(batches))
    assert [batch.num_rows for batch in alone] == [9, len(TEXTS) - 9]
    assert list(score_arrow(batches, workers=2)) == alone


def test_the_json_of_the_national_system_is_read_from_a_line_without_a_break() -> None:
    report = perfeval.evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    text = json.dumps(json.loads(perfeval.to_national([report])), ensure_ascii=False)
    assert "\n" not in text
    batch = pa.record_batch({"content": [text]})
    (row,) = of_batches(score_arrow([batch]), SheetRow)
    assert row.project == "养老服务体系建设运营补助资金"
    assert row.total == Decimal("98.46")
    assert row.unconfirmed


def test_a_text_in_a_column_is_never_the_name_of_a_file(tmp_path: Any) -> None:
    path = tmp_path / "表.yaml"
    path.write_text(TEXTS[0], encoding="utf-8")
    (row,) = of_batches(score_arrow([pa.record_batch({"content": [str(path)]})]), SheetRow)
    assert row.problem


def test_an_empty_cell_is_a_row_that_says_so() -> None:
    batch = pa.record_batch({"content": pa.array([None, "", TEXTS[0]]), "id": ["甲", None, "丙"]})
    rows = of_batches(score_arrow([batch], name="id"), SheetRow)
    assert [(row.file, row.problem) for row in rows[:2]] == [
        ("甲", "文件是空的"),
        ("", "文件是空的"),
    ]
    assert rows[2].file == "丙"


def not_proved(texts: Sequence[bytes]) -> Any:
    """Return a column of text as a file of Parquet may hold it: nothing says that it is UTF-8."""
    _, offsets, data = pa.array(texts, pa.binary()).buffers()
    return pa.StringArray.from_buffers(len(texts), offsets, data)


@pytest.mark.parametrize("is_dictionary", [False, True])
def test_a_text_that_is_no_utf8_stops_no_other_row(*, is_dictionary: bool) -> None:
    given = [TEXTS[0].encode(), TEXTS[0].encode("gbk"), b"\xff\xfe\xfd", TEXTS[1].encode()]
    column, names = not_proved(given), not_proved([b"1", "甲".encode("gbk"), b"\xff", b"4"])
    if is_dictionary:
        indices = pa.array(range(len(given)), pa.int32())
        column = pa.DictionaryArray.from_arrays(indices, column)
    batch = pa.record_batch({"content": column, "id": names})
    rows = of_batches(score_arrow([batch, batch], name="id"), SheetRow)
    of_bytes = list(perfeval.score_batch([("", one) for one in given]))
    assert [row._replace(file="") for row in rows] == of_bytes * 2
    assert [rows[0].file, rows[3].file] == ["1", "4"]
    assert rows[2].problem


def test_batches_are_taken_when_they_are_asked_for() -> None:
    taken: list[int] = []

    def batches() -> Iterator[Any]:
        for number in range(3):
            taken.append(number)
            yield pa.record_batch({"content": [TEXTS[0]]})

    found = score_arrow(batches())
    assert not taken
    next(found)
    assert taken == [0]


def test_what_a_caller_gave_wrongly_is_said() -> None:
    batch = pa.record_batch({"content": [TEXTS[0]], "n": [1]})
    with pytest.raises(ValueError, match="没有“文本”列；有 content、n"):
        next(score_arrow([batch], column="文本"))
    with pytest.raises(TypeError, match="“n”列应是文本或二进制，不是 int64"):
        next(score_arrow([batch], column="n"))
    with pytest.raises(ValueError, match="SheetRow"):
        score_arrow([batch], of=perfeval.Report)  # type: ignore[arg-type]
    with pytest.raises(RulebookError):
        score_arrow([batch], rulebook="没有")


def test_without_pyarrow_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    for ask in (
        lambda: arrow_schema(SheetRow),
        lambda: score_arrow([]),
        lambda: ParquetWriter(io.BytesIO(), SheetRow),
    ):
        with pytest.raises(MissingExtraError, match=r"perfeval\[arrow\]"):
            ask()


def test_importing_the_batch_does_not_import_pyarrow() -> None:
    import subprocess

    code = "import sys, perfeval; perfeval.score_batch; sys.exit('pyarrow' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
