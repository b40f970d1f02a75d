"""What a document carries beside what it shows: the sheet, never a remark, in equal bytes."""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from openxml_audit import OpenXmlValidator  # type: ignore[import-untyped]

from perfeval import FormatName, Report, evaluate, render
from tests.documents.reading import read_html

EVERY: tuple[FormatName, ...] = ("docx", "html", "pdf")
NASTY = "</script><script>alert(1)</script>]]>&amp;<!-- \u2028 \x85"
SECRET = "只给自己看的话"
SHEET: dict[str, Any] = {
    "评分办法": "hubei-2020",
    "年度": 2023,
    "项目名称": f"养护{NASTY}",
    "备注": SECRET,
    "预算": {"预算数": "100.1234", "执行数": "90"},
    "指标": [
        {
            "一级指标": "产出指标",
            "二级指标": "数量指标",
            "名称": "床位",
            "分值": 40,
            "符号": "≤",
            "目标值": {"值": 42, "文本": "42（3）"},
            "完成值": "36",
            "备注": SECRET,
        }
    ],
    "校核豁免": [
        {"编号": "PT102", "理由": SECRET, "批准": "财务科长", "有效期至": "2999-12-31"},
    ],
}


@pytest.fixture(scope="module")
def made() -> Report:
    report = evaluate({**SHEET, "项目名称": "养护"})
    assert report.scorecard is not None, report.errors
    return report


def carried(raw: bytes, ending: str) -> str:
    """Take out what a file carries, with other means than the reader's."""
    if ending == "docx":
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            part = archive.read("customXml/item1.xml").decode()
        from xml.etree import ElementTree as ET

        return ET.fromstring(part).text or ""
    if ending == "html":
        (found,) = re.findall(
            r'<script type="application/json" id="perfeval-data">(.*?)</script>', raw.decode()
        )
        return str(found)
    document = pypdfium2.PdfDocument(raw)
    assert document.count_attachments() == 1
    attached = document.get_attachment(0)
    assert attached.get_name() == "perfeval-data.json"
    return bytes(attached.get_data()).decode()


@pytest.mark.parametrize("ending", EVERY)
def test_each_format_carries_the_sheet_and_never_a_remark_or_a_waiver(
    made: Report, ending: FormatName
) -> None:
    raw = render(made, ending)
    data = json.loads(carried(raw, ending), parse_float=Decimal)
    row = data["自评表"]["指标"][0]
    assert (row["符号"], row["目标值"], row["分值"]) == ("≤", {"值": 42, "文本": "42（3）"}, 40)
    assert data["自评表"]["预算"]["预算数"] == Decimal("100.1234")
    assert data["评分办法"]["编号"] == "hubei-2020"
    assert SECRET not in json.dumps(data, default=str, ensure_ascii=False)
    assert raw == render(made, ending)


@pytest.mark.parametrize("ending", EVERY)
def test_without_data_nothing_is_carried(made: Report, ending: FormatName) -> None:
    raw = render(made, ending, data=False)
    plain = raw
    if ending == "docx":
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            assert not [name for name in archive.namelist() if "customXml" in name]
            plain = b"".join(map(archive.read, archive.namelist()))
    assert b"perfeval-data" not in plain
    if ending == "pdf":
        assert pypdfium2.PdfDocument(raw).count_attachments() == 0


def test_no_text_of_a_sheet_ends_the_script_or_the_part() -> None:
    """The data of a page stand in a script: what could end it is written as JSON escapes it."""
    report = evaluate(SHEET)
    if report.scorecard is None:  # such a name is refused: then one that is not
        report = evaluate({**SHEET, "项目名称": "养护</script><b>&amp;"})
    assert report.sheet is not None
    page = render(report, "html").decode()
    scripts = [tag for tag, _ in read_html(page).elements if tag == "script"]
    assert scripts == ["script"]
    for ending in ("docx", "html"):
        data = json.loads(carried(render(report, "docx" if ending == "docx" else "html"), ending))
        assert data["自评表"]["项目名称"] == report.sheet.name


def test_the_word_package_stays_clean(made: Report, tmp_path: Path) -> None:
    path = tmp_path / "附带.docx"
    path.write_bytes(render(made, "docx"))
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []


def test_a_pdf_with_data_is_pdf_a_3b_and_says_what_the_file_is_for(
    made: Report, tmp_path: Path
) -> None:
    """PDF/A-2 allows no attached JSON; PDF/A-3 asks for its kind and its relation."""
    raw = render(made, "pdf")
    packet = raw[raw.index(b"<?xpacket begin") :].decode("utf-8", "replace")
    assert "<pdfaid:part>3</pdfaid:part>" in packet
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in packet
    assert b"/AFRelationship" in raw
    path = tmp_path / "附带.pdf"
    path.write_bytes(raw)
    listed = subprocess.run(
        ["pdfdetach", "-list", str(path)], capture_output=True, check=True
    ).stdout.decode()
    assert "perfeval-data.json" in listed
