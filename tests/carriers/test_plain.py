from __future__ import annotations

import pytest

from perfeval.carriers import CarrierKind, RemarkKind
from perfeval.places import TablePlace, TextPlace
from tests.carriers.made import carried, refused


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_a_text_is_read_in_every_encoding(encoding: str) -> None:
    mark = "\ufeff" if encoding == "utf-16-le" else ""
    document = carried((mark + "一、整体情况\r\n\r\n预算1286.70万元。").encode(encoding))
    assert document.kind is CarrierKind.TEXT
    assert [(line.text, line.place) for line in document.lines] == [
        ("一、整体情况", TextPlace(1, 1)),
        ("预算1286.70万元。", TextPlace(3, 1)),
    ]


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_rows_of_as_many_fields_are_a_table(separator: str) -> None:
    text = (
        f'指标{separator}目标{separator}完成\n"床位{separator}张"{separator}391{separator}"3""9"\n'
    )
    (grid,) = carried(text.encode("gbk")).grids
    assert [cell.text for cell in grid.cells] == [
        *("指标", "目标", "完成", f"床位{separator}张", "391", '3"9'),
    ]
    assert grid.at(1, 1).place == TablePlace(1, 2, 2)


@pytest.mark.parametrize("text", ["甲, 乙\n丙\n", "甲,乙", "甲，乙\n丙，丁", '"甲,乙\n丙,丁'])
def test_other_texts_with_commas_are_none(text: str) -> None:
    assert carried(text.encode()).kind is CarrierKind.TEXT


def test_what_cannot_be_decoded_is_said() -> None:
    document = carried("甲乙丙丁".encode() + b"\xff" + "戊".encode())
    assert [remark.kind for remark in document.remarks] == [RemarkKind.DOUBTFUL_TEXT]


def test_nothing_is_no_text() -> None:
    assert carried(b"").parts == ()


@pytest.mark.parametrize(
    "raw",
    [b"\x89PNG\r\n", b"Rar!\x1a", b"MZ\x00\x00", b"\x00\x01\x02\x03", b"<?xml version='1.0'?><a/>"],
)
def test_what_is_no_text_is_refused(raw: bytes) -> None:
    refused(raw)
