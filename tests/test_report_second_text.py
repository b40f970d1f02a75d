"""A PDF whose text is torn is read in a second way; a scan is said to be one."""

from __future__ import annotations

import importlib.util
import zlib

import pytest

import perfeval

pytestmark = pytest.mark.skipif(
    not (importlib.util.find_spec("pdfplumber") and importlib.util.find_spec("pypdfium2")),
    reason="no reader of PDF",
)
SENTENCES = 24


def drawn(text: str) -> bytes:
    return f"<{text.encode('utf-16-be').hex()}> Tj".encode()


def line(at: int, raised: int) -> bytes:
    """Draw a sentence whose numbers stand higher than its words, in the order of reading."""
    pieces = [
        ("本年收入合计", 0),
        (f"{at}.00", raised),
        ("万元，支出合计", 0),
        (f"{at}.00", raised),
    ]
    drawn_pieces, left = b"", 40
    for text, up in [*pieces, ("万元。", 0)]:
        drawn_pieces += b"1 0 0 1 %d %d Tm %b " % (left, 820 - 30 * at + up, drawn(text))
        left += 10 * len(text) + 4
    return drawn_pieces


def page(content: bytes, extra: bytes = b"", resources: bytes = b"") -> bytes:
    packed = zlib.compress(content)
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 850]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>%b>>>>endobj\n"
        b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream endobj\n"
        b"5 0 obj<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
        b"/DescendantFonts[6 0 R]>>endobj\n"
        b"6 0 obj<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
        b"/FontDescriptor 7 0 R>>endobj\n"
        b"7 0 obj<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/ItalicAngle 0/Ascent 880"
        b"/Descent -120/CapHeight 700/StemV 80/FontBBox[0 -120 1000 880]>>endobj\n%b"
        b"trailer<</Root 1 0 R>>\n%%%%EOF"
    ) % (resources, len(packed), packed, extra)


def torn(raised: int) -> bytes:
    title = b"1 0 0 1 40 830 Tm " + drawn("一、收入决算情况说明") + b" "
    lines = b"".join(line(at, raised) for at in range(1, SENTENCES + 1))
    return page(b"BT /F 10 Tf " + title + lines + b"ET")


def test_a_sound_page_is_read_in_the_first_way() -> None:
    report = perfeval.proof(torn(0))
    assert report.refused is None
    assert not any("改按文件里的顺序" in item.message for item in report.findings)


def test_a_torn_page_is_read_in_the_second_way_and_says_so() -> None:
    sound, report = perfeval.proof(torn(0)), perfeval.proof(torn(14))
    assert report.refused is None
    (note,) = [item for item in report.findings if "改按文件里的顺序提取" in item.message]
    assert note.code == "AC403"
    assert [item.text for item in report.figures] == [item.text for item in sound.figures]


def test_what_is_torn_both_ways_is_refused_and_says_both() -> None:
    words = drawn("本年收入合计万元，支出合计万元。")
    content = b"BT /F 10 Tf "
    for at in range(1, SENTENCES + 1):
        content += b"1 0 0 1 40 %d Tm %b " % (820 - 30 * at, words)
    report = perfeval.proof(page(content + b"ET"))
    assert report.refused is not None
    assert "换一种办法提取也是这样" in report.refused


def test_a_cover_with_words_before_scanned_pages_is_said_to_be_a_scan() -> None:
    image = (
        b"8 0 obj<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray"
        b"/BitsPerComponent 8/Length 1>>stream\nA\nendstream endobj\n"
        b"9 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 850]/Contents 10 0 R"
        b"/Resources<</XObject<</I 8 0 R>>>>>>endobj\n"
        b"10 0 obj<</Length 28>>stream\nq 600 0 0 850 0 0 cm /I Do Q\nendstream endobj\n"
    )
    cover = b"BT /F 10 Tf 1 0 0 1 40 600 Tm " + drawn("示例市水务局部门决算") + b" ET"
    raw = page(cover, image).replace(b"/Kids[3 0 R]/Count 1", b"/Kids[3 0 R 9 0 R]/Count 2")
    report = perfeval.proof(raw)
    assert report.refused is not None
    assert "第 2 页是图片（扫描件）" in report.refused
