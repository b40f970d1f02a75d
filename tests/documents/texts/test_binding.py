"""合订本: every part as it is alone, in order, with a table of contents that leads to it."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator  # type: ignore[import-untyped]

import perfeval
from perfeval import DepartmentReport, DocumentName, FormatName
from perfeval.documents.alignment import width
from perfeval.documents.department import files
from perfeval.documents.department.files import CHARTS, Publication
from perfeval.documents.form.grid import Table
from perfeval.documents.formats import html, markdown, word
from perfeval.documents.texts.binding import Bound, bind, volumes
from perfeval.documents.texts.narrative import Block, Narrative, NarrativeStyle
from perfeval.report import publication


@pytest.fixture(scope="module")
def report() -> DepartmentReport:
    return perfeval.evaluate_department("shipped:qingshan-2023")


@pytest.fixture(scope="module")
def made(report: DepartmentReport) -> Publication:
    return publication(report)


@pytest.fixture(scope="module")
def bound(made: Publication) -> Bound:
    return made.bound


def document(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml").decode()


def test_the_attachments_are_numbered_as_the_disclosure_lists_them(
    made: Publication, bound: Bound
) -> None:
    listed = [title for title, _ in made.attachments]
    assert [part.title for part in bound.parts[2:-1]] == listed
    assert [title.partition("\u3000")[0] for title in listed] == [
        f"附件{number}" for number in range(1, len(listed) + 1)
    ]
    said = [block.text for block in made.disclosure.blocks[-len(listed) :]]
    assert said == listed


def test_three_abstracts_and_one_table_are_attached(bound: Bound) -> None:
    """Those the accounts publish; a project without indicators has no table worth attaching."""
    assert bound.parts[1].title.endswith("重点工作完成情况")
    assert sum(isinstance(part.content, Table) for part in bound.parts[2:]) == 1
    assert sum("摘要版" in part.title for part in bound.parts) == 4  # the whole and three projects
    assert bound.parts[-1].title.endswith(CHARTS)


def test_every_entry_of_the_word_contents_leads_to_its_part(bound: Bound) -> None:
    xml = document(word.write_bound(bound))
    marks = re.findall(r'w:bookmarkStart w:id="\d+" w:name="(part\d+)"', xml)
    assert marks == [f"part{number}" for number in range(1, len(bound.parts) + 1)]
    assert re.findall(r'w:hyperlink w:anchor="(part\d+)"', xml) == marks
    assert re.findall(r"PAGEREF (part\d+)", xml) == marks
    unknown = re.findall(r'"separate"/></w:r><w:r><w:t>(.*?)</w:t>', xml)
    assert set(unknown) == {"—"}  # only the program that sets the pages knows their numbers
    assert xml.count("<w:sectPr>") == len(bound.parts) + 1


def test_an_entry_of_the_contents_breaks_between_words(bound: Bound) -> None:
    """No entry is torn at the edge of its line: it has lines of its own."""
    xml = document(word.write_bound(bound))
    entries = re.findall(r'w:anchor="part\d+">(.*?)<w:r><w:tab/>', xml, re.DOTALL)
    lines = [re.findall(r"<w:t [^>]*>(.*?)</w:t>", entry) for entry in entries]
    assert ["".join(part) for part in lines] == [part.title for part in bound.parts]
    assert all(width(line, ambiguous=2) <= 52 for part in lines for line in part)
    assert lines[6] == [
        "附件5　2023年度养老服务体系建设运营补助资金",
        "项目绩效自评结果（摘要版）",
    ]


def test_the_chart_of_a_large_department_goes_over_several() -> None:
    head = {"部门名称": "甲局", "年度": 2023, "评分办法": "hubei-2020"}
    budget = {"预算数": 100, "执行数": 90}
    sheets = {f"{at:02}": {**head, "项目名称": f"项目{at:02}", "预算": budget} for at in range(45)}
    made = publication(perfeval.evaluate_department({"department": head, "sheets": sheets}))
    bars = [block.bars for block in made.charts.blocks if block.bars is not None]
    assert [len(chart.names) for chart in bars] == [15, 15, 15]
    pictures = "".join(block.picture for block in made.charts.blocks)
    names = "".join(name for chart in bars for name in chart.names)
    said = "".join(block.text for block in made.charts.blocks if block.bars is not None)
    for at in range(45):
        name = f"项目{at:02}"
        assert pictures.count(f">{name}</text>") == names.count(name) == said.count(name) == 1


def test_the_bound_word_document_is_valid(bound: Bound, tmp_path: Path) -> None:
    path = tmp_path / "bound.docx"
    path.write_bytes(word.write_bound(bound))
    assert OpenXmlValidator().validate(str(path)).errors == []


def test_a_part_reads_as_it_does_alone(bound: Bound) -> None:
    whole = markdown.write_bound(bound).decode()
    for part in bound.parts:
        write = (
            markdown.write_table if isinstance(part.content, Table) else markdown.write_narrative
        )
        alone = write(part.content).decode()  # type: ignore[arg-type]
        text = alone.partition("\n<!--")[0].strip()
        assert (
            re.sub(r"^\*\*草稿：.*\*\*\n\n", "", text) in whole
        )  # counted once, on the first page


def test_the_html_contents_lead_to_every_part(bound: Bound) -> None:
    page = html.write_bound(bound).decode()
    anchors = re.findall(r'<a href="#(part\d+)">', page)
    assert anchors == re.findall(r'<section class="[a-z ]+" id="(part\d+)"', page)
    assert len(anchors) == len(bound.parts)


@pytest.mark.parametrize("document", ["disclosure", "whole", "duties", "bound"])
@pytest.mark.parametrize("ending", ["docx", "html", "md"])
def test_a_department_is_rendered_in_memory_too(
    report: DepartmentReport, document: DocumentName, ending: FormatName
) -> None:
    data = perfeval.render(report, ending, document=document)
    assert data == perfeval.render(report, ending, document=document)
    assert data


def test_a_department_has_no_other_documents(report: DepartmentReport) -> None:
    with pytest.raises(perfeval.RenderError, match="disclosure"):
        perfeval.render(report, "md", document="table")
    with pytest.raises(perfeval.RenderError, match="docx"):
        perfeval.render(report, "odt", document="whole")  # type: ignore[arg-type]


def test_a_department_without_fields_of_work_has_no_table_of_them() -> None:
    report = perfeval.evaluate_department(
        {"department": {"部门名称": "甲局", "年度": 2023, "评分办法": "hubei-2020"}, "sheets": {}}
    )
    with pytest.raises(perfeval.RenderError, match="没有写“工作领域”"):
        perfeval.render(report, "md", document="duties")


def test_a_long_document_is_bound_in_volumes_that_lose_nothing(bound: Bound) -> None:
    """Each has its own contents; all parts are there once and in order, with what they ask for."""
    assert volumes(bound, len(bound.parts)) == (bound,)
    found = volumes(bound, 3)
    assert [part for volume in found for part in volume.parts] == list(bound.parts)
    assert max(len(volume.parts) for volume in found) == 3
    assert sum(volume.asked for volume in found) == bound.asked
    assert found[0].title == f"{bound.title}（第1册，共{len(found)}册）"
    contents = document(word.write_bound(found[-1]))
    assert contents.count("PAGEREF") == len(found[-1].parts)


def test_a_long_text_counts_as_several_parts_of_a_volume() -> None:
    """It takes the memory of as many: hundreds of paragraphs have a volume of their own."""
    paragraph = Block(NarrativeStyle.PARAGRAPH, "甲")
    short, long = (Narrative((paragraph,) * count, "办法") for count in (10, 500))
    found = volumes(bind("乙", [("长", long), *[("短", short)] * 30]), 20)
    assert [len(volume.parts) for volume in found] == [1, 20, 10]


def test_a_department_of_many_sheets_gets_its_pdf_in_volumes(
    report: DepartmentReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_VOLUME_PARTS", {"pdf": 4})
    names = [one.path for one in files.department_files(publication(report), ("pdf", "md"))]
    assert "绩效自评材料合订本.md" in names
    assert [name for name in names if name.startswith("绩效自评材料合订本（")] == [
        f"绩效自评材料合订本（第{number}册）.pdf" for number in (1, 2)
    ]
