"""What is no 自评表 is told apart, and what may be one and cannot be read is refused and named."""

from __future__ import annotations

import io

import pytest
from docx import Document

from perfeval import ReadDocument, ReadTable, read

HEAD = "项目支出绩效自评表,,,,,,\n（2023年度）,,,,,,\n项目名称,河道清淤,,,,,\n"
NAMES = "一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分\n"
ROW = "产出指标,数量指标,清淤长度,3公里,2.9公里,10,9\n"
TOTAL = "总分,,,,,100,97\n"


def read_text(text: str, rulebook: str | None = "mof-2020") -> ReadDocument:
    width = max((line.count(",") for line in text.splitlines()), default=0)
    lines = [line + "," * (width - line.count(",")) for line in text.splitlines()]
    return read("\n".join(lines).encode("gb18030"), rulebook=rulebook)


def table_of(text: str) -> ReadTable:
    (table,) = read_text(text).tables
    return table


OTHERS = {
    "项目支出绩效自评汇总表,,\n序号,项目名称,得分\n1,甲,98\n": "汇总表",
    "项目支出绩效目标申报表,,,\n一级指标,二级指标,三级指标,指标值\n产出,数量,甲,3\n": "绩效目标表",
    "一级指标,二级指标,三级指标,年度指标值\n产出,数量,甲,3\n": "没有“实际完成值”",
    "序号,单位,金额\n1,甲,3\n": "不是自评表",
    "三级指标,年度指标值,实际完成值,全年预计完成情况\n甲,3,2,3\n": "监控",
}


@pytest.mark.parametrize("text", OTHERS)
def test_another_table_is_told_apart(text: str) -> None:
    document = read_text(text)
    assert document.tables == ()
    (part,) = document.unread
    assert OTHERS[text] in part.reason
    assert not part.is_fault


FAULTS = {
    "项目支出绩效自评表\n项目名称 河道清淤\n清淤长度 3公里 2.9公里\n": "各格分不开",
    "项目支出绩效自评表,\n项目名称,河道清淤\n清淤长度,3公里\n": "没有找到“三级指标”等栏名",
    HEAD + "一级指标,三级指标,年度指标值,得分\n产出,甲,3,3\n": "没有找到“完成值”一栏",
    HEAD + "三级指标,指标值,指标值,实际完成值\n甲,3,4,3\n": "“目标值”",
    "": "没有",
}


@pytest.mark.parametrize("text", FAULTS)
def test_what_may_be_one_and_cannot_be_read_is_a_fault(text: str) -> None:
    """A page whose grid is lost is refused with what was seen."""
    document = read_text(text)
    if document.tables:
        assert all("目标值" not in row for row in document.tables[0].data["指标"])
        return
    assert any(part.is_fault for part in document.unread)


def test_several_projects_in_one_file_begin_at_their_titles() -> None:
    second = HEAD.replace("河道清淤", "堤防加固")
    document = read_text(HEAD + NAMES + ROW + TOTAL + second + NAMES + ROW * 2 + TOTAL)
    first, last = document.tables
    assert (first.data["项目名称"], last.data["项目名称"]) == ("河道清淤", "堤防加固")
    assert (len(first.data["指标"]), len(last.data["指标"])) == (1, 2)


def test_blank_cells_and_strokes_are_not_filled_and_never_0() -> None:
    """A blank is never 0; /, — and - mean that nothing is filled in."""
    row = "产出指标,数量指标,清淤长度,3公里,/,—,-\n"
    assert table_of(HEAD + NAMES + row).data["指标"] == [
        {"一级指标": "产出指标", "二级指标": "数量指标", "名称": "清淤长度", "目标值": "3公里"}
    ]


def test_what_is_no_number_is_named_with_its_place() -> None:
    row = "产出指标,数量指标,清淤长度,3公里,2.9公里,十分,约9\n"
    table = table_of(HEAD + NAMES + row)
    assert "分值" not in table.data["指标"][0]
    assert [str(note) for note in table.unread] == [
        "第1张表 第5行第6格：“分值”不是数，没有读：十分",
        "第1张表 第5行第7格：“得分”不是数，没有读：约9",
    ]


def test_a_column_that_nobody_knows_is_named() -> None:
    names = NAMES.replace("得分\n", "得分,财政复核\n")
    table = table_of(HEAD + names + ROW.replace("\n", ",8\n"))
    assert any("“财政复核”一栏没有读" in note.message for note in table.unread)
    assert str(table.data["指标"][0]["已填报得分"]) == "9"


def test_the_year_is_that_of_the_title_else_the_one_before_it_was_filled_in() -> None:
    head = HEAD.replace("（2023年度）", "填报日期：2024年3月1日")
    table = table_of(head + NAMES + ROW)
    assert (table.data["年度"], table.data["填报日期"]) == (2023, "2024-03-01")
    assert any("填报日期的上一年" in note.message for note in table.assumptions)
    without = table_of(HEAD.replace("（2023年度）", "") + NAMES + ROW)
    assert "年度" not in without.data
    assert any("没有读到年度" in note.message for note in without.unread)


def test_a_table_of_no_known_layout_names_no_rulebook() -> None:
    """An office file names no rulebook: without a layout it is asked for, never guessed."""
    (table,) = read_text(HEAD + NAMES + ROW, None).tables
    assert "评分办法" not in table.data
    assert any("--rulebook" in note.message for note in table.unread)


def test_a_file_that_cannot_be_opened_is_named() -> None:
    document = read("没有这个文件.docx")
    assert document.tables == ()
    assert "打不开" in document.unread[0].reason
    with pytest.raises(TypeError):
        read(3)  # type: ignore[arg-type]


def test_two_years_above_a_table_are_asked_for() -> None:
    table = table_of(HEAD.replace("（2023年度）", "（2023年度） 2022年度补报") + NAMES + ROW)
    assert "年度" not in table.data
    assert any("几个年度（2023、2022）" in note.message for note in table.unread)


def test_a_label_inside_a_text_is_no_label() -> None:
    """What stands in a reason is a reason, also where it names an office."""
    reason = "原因分析,实施单位：河道所未按期开工,,,,,\n"
    table = table_of(HEAD + NAMES + ROW + TOTAL + reason)
    assert table.data["原因分析"] == "实施单位：河道所未按期开工"
    assert "实施单位" not in table.data


def test_a_goal_stands_beside_its_label_or_below_it_and_never_in_doubt() -> None:
    beside = table_of(HEAD + "年度目标,清淤三公里,,,,,\n" + NAMES + ROW)
    assert beside.data["年度目标"] == "清淤三公里"
    below = table_of(HEAD + "预期目标,实际完成情况,,,,,\n三公里,二点九公里,,,,,\n" + NAMES + ROW)
    assert (below.data["年度目标"], below.data["年度目标完成情况"]) == ("三公里", "二点九公里")
    doubtful = table_of(HEAD + "预期目标,年末说明,,,,,\n三公里,二点九公里,,,,,\n" + NAMES + ROW)
    assert "年度目标" not in doubtful.data
    assert any("右边还是下边" in note.message for note in doubtful.unread)


def test_a_field_that_stands_twice_is_named() -> None:
    table = table_of(HEAD + "主管部门,水务局,,,,,\n主管部门,农业局,,,,,\n" + NAMES + ROW)
    assert table.data["主管部门"] == "水务局"
    assert any("“主管部门”有两处" in note.message for note in table.unread)


def test_a_name_behind_which_another_text_stands_is_not_read() -> None:
    """On a page two texts of one line may be a blank apart: where the name ends is not known."""
    head = HEAD.replace("（2023年度）", "（2023年度）\t部门名称：县水务局 公开14表")
    table = table_of(head + NAMES + ROW)
    assert "部门名称" not in table.data
    assert any("看不出到哪里为止" in note.message for note in table.unread)
    apart = table_of(
        HEAD.replace("（2023年度）", "部门名称：县水务局　填报日期：2024年 3月 1日") + NAMES + ROW
    )
    assert (apart.data["部门名称"], apart.data["填报日期"]) == ("县水务局", "2024-03-01")


NOTICE = """\
关于开展2024年度项目支出绩效自评工作的通知
各科室、各二级单位：
根据区财政局要求，现将有关事项通知如下。
一、绩效自评范围
2024年度安排的全部项目。自评表要填三级指标、年度指标值和实际完成值。
附件：1.项目支出绩效自评表
"""
REPORT = """\
某区民政局2024年度部门整体支出绩效自评报告
一、基本情况
（二）绩效自评工作组织
内设5个科室。
"""
WRITINGS = {
    NOTICE: "不是自评表：标题是通知",
    NOTICE.replace("项目支出绩效自评工作", "项目支出绩效\n自评工作"): "不是自评表：标题是通知",
    REPORT: "不是自评表：标题是报告",
    "某县绩效自评管理办法（试行）\n第一条 为规范绩效自评\n": "不是自评表：标题是办法",
    "2024年绩效自评工作方案\n一、时间安排\n": "不是自评表：标题是方案",
}


def document_of(lines: list[str], table: tuple[str, ...] = ()) -> ReadDocument:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if table:
        row = document.add_table(1, len(table)).rows[0]
        for cell, text in zip(row.cells, table, strict=True):
            cell.text = text
    target = io.BytesIO()
    document.save(target)
    return read(target.getvalue(), rulebook="mof-2020")


@pytest.mark.parametrize("text", WRITINGS)
def test_a_notice_or_a_report_about_the_assessment_is_no_table(text: str) -> None:
    (part,) = document_of(text.splitlines()).unread
    assert part.reason.startswith(WRITINGS[text])
    assert not part.is_fault


@pytest.mark.parametrize("headings", [NAMES, NAMES.replace(",", "\n")])
def test_a_page_that_lost_its_grid_is_a_fault_below_a_notice_too(headings: str) -> None:
    rows = (headings.replace(",", " ") + ROW.replace(",", " ")).splitlines()
    for title in ("2024年度项目支出绩效自评表", *NOTICE.splitlines()[:1], REPORT.splitlines()[0]):
        (part,) = document_of([title, *rows]).unread
        assert "表格线没有了" in part.reason
        assert part.is_fault


def test_a_table_of_something_else_in_a_notice_is_no_fault() -> None:
    (part,) = document_of(NOTICE.splitlines()[:3], ("单位", "联系人", "电话")).unread
    assert part.reason == "不是自评表：标题是通知"
    assert not part.is_fault
    (lost,) = document_of([*NOTICE.splitlines(), "项目支出绩效自评表"], ("甲", "乙")).unread
    assert lost.is_fault
