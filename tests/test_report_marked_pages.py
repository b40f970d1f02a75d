"""PDF, pages and texts: what was found stands on a page, at the picture or beside the cells."""

from __future__ import annotations

import base64
import io
import re
import struct
import zlib
from functools import cache
from typing import Any, NamedTuple

import pytest

from perfeval import RenderError, evaluate, mark, read, render
from perfeval.carriers import CarrierKind
from perfeval.report import marked_copy
from tests.reading.carried import as_page, as_rows
from tests.reading.made import made
from tests.reading.offices import qingshan, rows, workbook

SHIPPED = "shipped:qingshan-2023/养老服务体系建设运营补助资金"


@cache
def pdf() -> bytes:
    pytest.importorskip("typst")
    pytest.importorskip("pypdfium2")
    return render(evaluate(SHIPPED), "pdf", data=False)


@cache
def page() -> bytes:
    return as_page(workbook(("自评表", rows(qingshan()))), 0)


class Frame(NamedTuple):
    """A frame on the picture of a page, as shares of it, and the remarks that belong to it."""

    page: int
    box: tuple[float, float, float, float]
    numbers: tuple[str, ...]


def frames(html: str) -> list[Frame]:
    found = []
    for picture in re.findall(r"<svg .*?</svg>", html, re.DOTALL):
        width, height = map(int, re.findall(r'viewBox="0 0 (\d+) (\d+)"', picture)[0])
        number = int(re.findall(r'aria-label="第(\d+)页"', picture)[0])
        for group in re.findall(r"<g .*?</g>", picture, re.DOTALL):
            x, y, wide, high = (
                int(re.findall(rf' {name}="(\d+)"', group)[0])
                for name in ("x", "y", "width", "height")
            )
            box = x / width, y / height, (x + wide) / width, (y + high) / height
            found.append(Frame(number, box, tuple(re.findall(r'href="#m(\d+)"', group))))
    return found


def remarks(html: str) -> dict[str, str]:
    """Return the text of each remark by its number."""
    items = re.findall(r'<li id="m(\d+)".*?>(.*?)</li>', html, re.DOTALL)
    return {number: re.sub(r"<[^>]+>", "", text) for number, text in items}


def test_of_a_pdf_each_finding_has_a_frame_around_its_own_cell() -> None:
    pdfplumber = pytest.importorskip("pdfplumber")
    html = mark(evaluate(pdf()), pdf()).decode()
    said = remarks(html)
    with pdfplumber.open(io.BytesIO(pdf())) as book:
        shown: dict[str, str] = {}
        for frame in frames(html):
            sheet = book.pages[frame.page - 1]
            left, top, right, bottom = frame.box
            area = (
                left * sheet.width,
                top * sheet.height,
                right * sheet.width,
                bottom * sheet.height,
            )
            text = "".join((sheet.crop(area).extract_text() or "").split())
            shown |= {said[number]: text for number in frame.numbers}
    values = [one for one in evaluate(pdf()).findings if one.excerpt and one.severity != "提示"]
    assert len(values) > 10
    for finding in values:
        found = [text for remark, text in shown.items() if finding.message in remark]
        assert "".join(finding.excerpt.split()) in found


def test_the_picture_is_the_page_and_nothing_is_fetched_or_run() -> None:
    html = mark(evaluate(pdf()), pdf()).decode()
    raw = base64.b64decode(re.findall(r'href="data:image/png;base64,([^"]+)"', html)[0])
    width, height = struct.unpack(">2I", raw[16:24])
    assert (width, height) == tuple(map(int, re.findall(r'viewBox="0 0 (\d+) (\d+)"', html)[0]))
    start = raw.index(b"IDAT") + 4
    (size,) = struct.unpack(">I", raw[start - 8 : start - 4])
    drawn = zlib.decompress(raw[start : start + size])
    assert len(drawn) == height * (width * 3 + 1)
    assert {0, 255} <= set(drawn[1:])
    assert "default-src 'none'" in html
    assert "<script" not in html
    assert not re.findall(r'(?:src|href)="(?!#|data:image/png;)', html)


def test_everything_that_is_said_of_a_pdf_is_said_once() -> None:
    report = evaluate(pdf())
    html = mark(report, pdf(), with_hints=True).decode()
    said = list(remarks(html).values())
    assert len(said) == len(report.findings)
    for finding in report.findings:
        assert any(finding.code in text for text in said)
    assert "校核结果：" in html


def plain(data: Any) -> Any:
    return {key: value for key, value in data.items() if key != "读自"}


@pytest.mark.parametrize("seed", range(4))
def test_of_a_page_the_copy_has_the_same_table_and_is_read_as_it_was(seed: int) -> None:
    raw = as_page(made(seed).raw, seed)
    report = evaluate(raw, rulebook="mof-2020")
    copy = marked_copy([report], raw)
    assert copy.kind is CarrierKind.HTML
    assert "另做的网页里" in copy.notes[0]
    (before,), (after,) = (read(one, rulebook="mof-2020").tables for one in (raw, copy.raw))
    assert plain(after.data) == plain(before.data)


def test_a_marked_page_that_is_marked_again_has_our_remarks_once() -> None:
    once = mark(evaluate(page()), page())
    report = evaluate(once)
    again = mark(report, once).decode()
    codes = sorted(re.findall(r"(?:错误|警告) ([A-Z]{2}\d{3})", once.decode()))
    assert sorted(re.findall(r"(?:错误|警告) ([A-Z]{2}\d{3})", again)) == codes
    told = [one.message for one in report.findings if "以前校核加的批注" in one.message]
    assert len(told) == 1, "what is not read is said"


def test_at_each_cell_stands_the_number_of_what_is_said_of_it() -> None:
    html = mark(evaluate(page()), page()).decode()
    (cell,) = re.findall(r"<td[^>]*>98\.70%(.*?)</td>", html)
    (number,) = re.findall(r'href="#m(\d+)"', cell)
    assert "BX101" in remarks(html)[number]


def test_words_of_a_file_are_no_markup_of_the_copy() -> None:
    raw = as_rows(made(1).raw).replace("河道清淤".encode("gbk"), b"<script>alert(1)</script>")
    html = mark(evaluate(raw, rulebook="mof-2020"), raw).decode()
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_another_pdf_is_refused() -> None:
    report = evaluate(pdf())
    other = pdf() + b"\n"
    with pytest.raises(RenderError, match="请重新校核"):
        mark(report, other)
