"""问题清单: a workbook whose texts are text and whose numbers are numbers."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator  # type: ignore[import-untyped]

import perfeval
from perfeval.documents.findings.excel_list import check_list
from perfeval.findings import Finding, Inspection, Severity, Status
from tests.documents.inspected import ALL, FOLDER, GUESS, ROW, WORST, filled_with
from tests.documents.rows import HOSTILE

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(1)", "\t=1", "'=1", "0102", "1e5")
STRANGE = ("\x00\x1b", "\udc80", "\ufffe", "甲\r\n乙", "_x0041_", "_x005F_x0041_", " 甲 ")
BOOK = check_list(ALL)


def part(book: bytes, name: str) -> str:
    """Return one part of a workbook."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return archive.read(name).decode()


def sheet(book: bytes, number: int = 1) -> ET.Element:
    return ET.fromstring(part(book, f"xl/worksheets/sheet{number}.xml"))


def cells(book: bytes, number: int = 1) -> list[list[tuple[str, str]]]:
    """Return type and content of the cells; a text as the readers of SpreadsheetML undo it."""
    table = ET.fromstring(part(book, "xl/sharedStrings.xml")).findall(f"{S}si/{S}t")
    texts = [re.sub("_x([0-9A-Fa-f]{4})_", _character, text.text or "") for text in table]
    return [[_content(cell, texts) for cell in row] for row in sheet(book, number).iter(f"{S}row")]


def _character(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))


def _content(cell: ET.Element, texts: list[str]) -> tuple[str, str]:
    value = cell.findtext(f"{S}v")
    if value is None:
        return "", ""
    kind = cell.get("t", "n")
    return kind, texts[int(value)] if kind == "s" else value


def contents(book: bytes, number: int = 1) -> list[list[str]]:
    return [[text for _, text in row] for row in cells(book, number)]


def heights(findings: tuple[Finding, ...]) -> list[int]:
    rows = list(sheet(check_list([Inspection("甲", findings=findings)])).iter(f"{S}row"))
    assert all(row.get("customHeight") == "1" for row in rows)
    return [int(row.attrib["ht"]) for row in rows]


def audit(book: bytes, folder: Path) -> list[str]:
    path = folder / "audited.xlsx"
    path.write_bytes(book)
    return [str(error) for error in OpenXmlValidator().validate(str(path)).errors]


def test_each_finding_is_a_row_the_worst_first() -> None:
    head, *rows = contents(BOOK)
    assert head == [
        "序号",
        "文件",
        "项目名称",
        "编号",
        "级别",
        "性质",
        "位置（行:列）",
        "内容",
        "问题",
        "建议",
        "涉及分值",
        "指纹",
    ]
    assert [row[3] for row in rows] == ["PT104", "PT102", "IN102", "VA301"]
    assert rows[1] == [
        "2",
        "甲.yaml",
        "甲项目",
        "PT102",
        "错误",
        "可判定",
        "30:12",
        "指标 · 产出指标第 6 项 · 已填报得分",
        "已填报得分 2 高于办法",
        "改为 1.63",
        "0.37",
        "1" * 16,
    ]
    assert rows[2][4:6] == ["警告", "推测"]
    assert rows[3][6:8] == ["", ""]


def test_a_finding_in_another_file_names_that_file() -> None:
    own = Inspection(f"{FOLDER}department.yaml", "甲局", findings=(ROW,))
    assert contents(check_list([own]))[1][1:3] == ["甲.yaml", "甲局"]


def test_each_file_is_a_row_and_the_last_row_adds_them_up() -> None:
    head, *rows = contents(BOOK, 2)
    assert head == [
        "序号",
        "文件",
        "项目名称",
        "错误",
        "警告",
        "提示",
        "涉及分值",
        "豁免问题",
        *(f"{status.value}项" for status in Status),
        "评分办法",
    ]
    assert rows[0] == [
        "1",
        "甲.yaml",
        "甲项目",
        "2",
        "0",
        "0",
        "1.54",
        "1",
        "2",
        "2",
        "0",
        "1",
        "0",
        "0",
        "1",
        "hubei-2020 1 (abc)",
    ]
    assert rows[-1] == [
        "",
        "合计",
        "",
        "2",
        "1",
        "1",
        "21.54",
        "1",
        "4",
        "4",
        "0",
        "2",
        "0",
        "0",
        "2",
        "",
    ]
    assert len(rows) == 4


def test_numbers_are_numbers_with_all_their_digits() -> None:
    finding = GUESS._replace(stake=Decimal("1.2345678901234567890"))
    [row] = cells(check_list([Inspection("甲", findings=(finding,))]))[1:]
    assert row[0] == ("n", "1")
    assert row[10] == ("n", "1.2345678901234567890")
    assert {kind for kind, _ in (*row[1:10], *row[11:])} <= {"s", ""}


@pytest.mark.parametrize("text", [*FORMULAS, *HOSTILE, *STRANGE])
def test_every_text_is_a_text_cell_as_it_was(text: str, tmp_path: Path) -> None:
    book = check_list([filled_with(text)])
    shown = text.encode("unicode_escape").decode() if text in STRANGE[:3] else text
    shown = shown.replace("\\r\\n", "  ").replace("\r\n", "  ").replace("\n", " ")
    rows = cells(book)
    assert rows[1][8] == ("s", shown.replace("\t", " "))
    assert all(kind in ("s", "n", "") for row in rows for kind, _ in row)
    assert all(kind == "s" for row in rows[1:] for kind, _ in (*row[1:6], *row[7:10]))
    assert sheet(book).find(f".//{S}f") is None
    assert audit(book, tmp_path) == []


def test_a_text_keeps_its_text_when_someone_edits_the_cell() -> None:
    """Cells of outside texts have the text format and the prefix that makes them text."""
    formats = ET.fromstring(part(BOOK, "xl/styles.xml")).findall(f"{S}cellXfs/{S}xf")
    for row in list(sheet(BOOK).iter(f"{S}row"))[1:]:
        for cell in row:
            if cell.get("t") == "s":
                style = formats[int(cell.attrib["s"])]
                assert (style.get("quotePrefix"), style.get("numFmtId")) == ("1", "49")


def test_a_text_longer_than_a_cell_is_cut() -> None:
    finding = GUESS._replace(message="\U00020000" * 40_000)
    message = contents(check_list([Inspection("甲", findings=(finding,))]))[1][8]
    assert len(message.encode("utf-16-le")) // 2 < 32_767
    assert message.endswith("…")


def test_a_row_is_as_high_as_its_longest_text() -> None:
    def long(length: int) -> Finding:
        return Finding("PT102", Severity.ERROR, "长" * length)

    _, one, three, many = heights((long(10), long(50), long(5000)))
    assert one < three
    assert three >= 3 * 13
    assert many == 409


def test_the_head_stays_in_sight_is_printed_on_every_page_and_filters() -> None:
    for number, (name, area) in enumerate([("问题清单", "L5"), ("汇总", "P4")], 1):
        page = sheet(BOOK, number)
        pane = page.find(f".//{S}pane")
        assert pane is not None
        assert pane.attrib["state"] == "frozen"
        assert pane.attrib["topLeftCell"] == "A2"
        assert [item.get("ref") for item in page.iter(f"{S}autoFilter")] == [f"A1:{area}"]
        names = {
            (item.get("name"), item.get("localSheetId")): item.text
            for item in ET.fromstring(part(BOOK, "xl/workbook.xml")).iter(f"{S}definedName")
        }
        assert names["_xlnm.Print_Titles", str(number - 1)] == f"'{name}'!$1:$1"
        whole = f"'{name}'!$A$1:${area[0]}${area[1]}"
        assert names["_xlnm._FilterDatabase", str(number - 1)] == whole


def test_it_is_printed_on_a4_on_its_side_as_wide_as_the_page() -> None:
    for number in (1, 2):
        setup = sheet(BOOK, number).find(f"{S}pageSetup")
        assert setup is not None
        assert setup.attrib == {
            "paperSize": "9",
            "orientation": "landscape",
            "fitToWidth": "1",
            "fitToHeight": "0",
        }
        assert sheet(BOOK, number).find(f"{S}sheetPr/{S}pageSetUpPr[@fitToPage='1']") is not None


def test_every_column_has_its_width() -> None:
    for number in (1, 2):
        columns = list(sheet(BOOK, number).iter(f"{S}col"))
        assert len(columns) == len(contents(BOOK, number)[0])
        assert all(int(column.attrib["width"]) >= 5 for column in columns)


def test_versions_stand_in_the_properties() -> None:
    stamp = f"perfeval {perfeval.__version__}; hubei-2020 1 (abc); mof-2020 1 (def)"
    assert stamp in part(BOOK, "docProps/custom.xml")


@pytest.mark.parametrize("inspections", [(), (Inspection("甲"),), ALL, (WORST,)])
def test_the_structure_is_clean(inspections: tuple[Inspection, ...], tmp_path: Path) -> None:
    assert audit(check_list(inspections), tmp_path) == []


def test_equal_findings_give_equal_bytes_without_a_time() -> None:
    assert check_list(list(ALL)) == BOOK
    with zipfile.ZipFile(io.BytesIO(BOOK)) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


# -- LibreOffice -------------------------------------------------------------------------------

needs_office = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"


def convert(book: bytes, ending: str, folder: Path) -> None:
    """Convert a workbook with LibreOffice."""
    source = folder / "list.xlsx"
    source.write_bytes(book)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", ending, "--outdir", str(folder)]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=120)


@pytest.mark.slow
@needs_office
def test_libreoffice_reads_the_same_cells(tmp_path: Path) -> None:
    book = check_list([*ALL, *map(filled_with, (*FORMULAS, *HOSTILE, *STRANGE))])
    convert(book, _CSV, tmp_path)
    for number, name in enumerate(("问题清单", "汇总"), 1):
        text = (tmp_path / f"list-{name}.csv").read_text(encoding="utf-8")
        assert list(csv.reader(io.StringIO(text))) == contents(book, number)


@pytest.mark.slow
@needs_office
def test_libreoffice_prints_it_as_wide_as_the_page(tmp_path: Path) -> None:
    """Three findings and three files take one page for each sheet."""
    convert(BOOK, "pdf", tmp_path)
    pdf = (tmp_path / "list.pdf").read_bytes()
    assert pdf.count(b"/Type/Page/") + pdf.count(b"/Type/Page>") == 2
