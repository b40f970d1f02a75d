"""A 自评表 with its grid inside a published document is read as a sheet and tied to the text."""

from __future__ import annotations

import pytest

import perfeval
from perfeval import ProofReport, TablePlace
from perfeval.findings import Severity
from tests.carriers.documents import by_hand, cell, paragraph, table_of

TEXT = (
    "示例市水务局2023年度部门决算",
    "十三、预算绩效情况说明",
    "（三）项目支出自评结果",
    "我单位组织对2023年度项目支出开展绩效自评，共涉及项目1个，资金60.00万元。",
    "1.河道清淤项目绩效自评综述：项目全年预算数为{budget}万元，执行数为{spent}万元。{more}",
    "附件",
)
ROWS = (
    ("2023年度河道清淤项目绩效自评表",),
    ("项目名称", "河道清淤"),
    ("主管部门", "示例市水务局", "实施单位", "河道所"),
    ("", "预算数（A）", "执行数（B）", "执行率（B/A）", "得分"),
    ("年度财政资金总额（万元）", "60.00", "{filled}", "{rate}", "20"),
    ("一级指标", "二级指标", "三级指标", "分值", "年度目标值（A）", "实际完成值（B）", "得分"),
    ("产出指标", "数量指标", "清淤长度", "40", "8公里", "8公里", "40"),
    ("效益指标", "社会效益指标", "受益村", "20", "5个", "5个", "20"),
    ("满意度指标", "服务对象满意度指标", "群众满意度", "20", "≥90%", "95%", "20"),
    ("总分", "100"),
)


def rows(**values: str) -> list[list[str]]:
    given = {"filled": "57.00", "rate": "95.00%", **values}
    return [[text.format(**given) for text in row] for row in ROWS]


def text(**values: str) -> list[str]:
    given = {"budget": "60.00", "spent": "57.00", "more": "", **values}
    return [line.format(**given) for line in TEXT]


def as_word(lines: list[str], table: list[list[str]]) -> bytes:
    grid = table_of(*("".join(map(cell, row)) for row in table))
    return by_hand("".join(map(paragraph, lines)) + grid)


def as_page(lines: list[str], table: list[list[str]]) -> bytes:
    grid = "".join(f"<tr>{''.join(f'<td>{one}</td>' for one in row)}</tr>" for row in table)
    body = "".join(f"<p>{line}</p>" for line in lines)
    return f"<html><meta charset=utf-8><body>{body}<table>{grid}</table></body></html>".encode()


def codes(report: ProofReport) -> set[str]:
    assert report.refused is None
    return {item.code for item in report.findings if item.code.startswith(("AC5", "BX", "PT"))}


@pytest.mark.parametrize("make", [as_word, as_page])
def test_a_form_that_agrees_is_held(make: type) -> None:
    report = perfeval.proof(make(text(), rows()), rulebook="hubei-2020")
    statuses = {entry.code: entry.status.value for entry in report.ledger}
    assert statuses["AC501"] == "held"
    assert "AC501" not in codes(report)


@pytest.mark.parametrize("make", [as_word, as_page])
def test_money_that_differs_is_found_in_the_text_and_names_the_cell(make: type) -> None:
    report = perfeval.proof(make(text(spent="57.50"), rows()), rulebook="hubei-2020")
    (finding,) = [item for item in report.findings if item.code == "AC501"]
    assert "是 57 万元" in finding.message
    assert "第1张表 第5行第3格" in finding.message
    assert not isinstance(finding.places[0], TablePlace)


def test_the_form_is_checked_by_its_rulebook() -> None:
    word = as_word(text(), rows(rate="98.00%"))
    report = perfeval.proof(word, name="决算.docx", rulebook="hubei-2020")
    wrong = [item for item in report.findings if item.code in ("BX101", "AC304")]
    assert wrong
    assert isinstance(wrong[0].places[0], TablePlace)
    assert wrong[0].places[0].row == 5
    assert wrong[0].file == "决算.docx"


def test_without_a_rulebook_the_money_is_compared_and_nothing_is_scored() -> None:
    report = perfeval.proof(as_word(text(spent="57.50"), rows(rate="98.00%")))
    assert "AC501" in codes(report)
    assert "BX101" not in codes(report)
    assert any("不知道按哪个办法" in item.message for item in report.findings)


def test_points_are_compared_with_the_form() -> None:
    said = text(more="该项目自评得分96分。")
    report = perfeval.proof(as_word(said, rows()), rulebook="hubei-2020")
    assert "AC503" in codes(report)


def test_a_form_without_its_grid_is_no_sheet() -> None:
    lines = [*text(spent="57.50"), *("  ".join(row) for row in rows())]
    report = perfeval.proof("\n".join(lines))
    statuses = {entry.code: entry.status.value for entry in report.ledger}
    assert statuses["AC501"] == "not_applicable"


def test_what_was_found_in_a_form_comes_back_from_json() -> None:
    report = perfeval.proof(as_word(text(spent="57.50"), rows(rate="98.00%")), name="决算.docx")
    assert perfeval.from_json(perfeval.to_json(report), ProofReport) == report


@pytest.mark.parametrize("make", [as_word, as_page])
def test_a_draft_takes_the_form_where_there_is_one(make: type) -> None:
    made = perfeval.draft(make(text(), rows()), rulebook="hubei-2020", name="决算.docx")
    assert [file.path for file in made.files] == ["department.yaml", "河道清淤.yaml"]
    sheet = perfeval.load_sheet(made.files[1].text)
    assert (len(sheet.indicators), sheet.year, str(sheet.budget.spent)) == (3, 2023, "57.00")
    assert sheet.unconfirmed
    assert sheet.read_from is not None
    assert sheet.read_from.file == "决算.docx"


def test_a_form_of_which_no_overview_tells_is_drafted_too() -> None:
    lines = [line for line in text() if "综述" not in line]
    made = perfeval.draft(as_word(lines, rows()), rulebook="hubei-2020")
    assert [file.path for file in made.files] == ["department.yaml", "河道清淤.yaml"]


def named(name: str) -> list[list[str]]:
    return [[cell_.replace("河道清淤", name) for cell_ in row] for row in rows()]


def test_no_form_is_lost_where_projects_have_nearly_one_name() -> None:
    lines = [line.replace("河道清淤项目", "河道清淤经费") for line in text()]
    forms = [named(name) for name in ("河道清淤", "河道清淤经费", "河道清淤经费")]
    grids = (table_of(*("".join(map(cell, row)) for row in form)) for form in forms)
    raw = by_hand("".join(map(paragraph, lines)) + paragraph("").join(grids))
    made = perfeval.draft(raw, rulebook="hubei-2020", name="决算.docx")
    found = [(file.path, perfeval.load_sheet(file.text).name) for file in made.files[1:]]
    assert found == [
        ("河道清淤经费.yaml", "河道清淤经费"),
        ("河道清淤.yaml", "河道清淤"),
        ("河道清淤经费（2）.yaml", "河道清淤经费"),
    ]


def test_a_form_without_the_name_of_its_project_is_said_to_become_no_file() -> None:
    lines = [line for line in text() if "综述" not in line]
    form = [[one.replace("2023年度河道清淤项目", "") for one in row] for row in rows()]
    form[1][1] = ""
    made = perfeval.draft(as_word(lines, form), rulebook="hubei-2020")
    assert [file.path for file in made.files] == ["department.yaml"]
    (said,) = [note for note in made.files[0].unread if "没有写项目名称" in note]
    assert said.startswith("第1张表")
    assert said in made.files[0].text


def test_what_of_a_file_was_not_read_is_said_in_its_draft() -> None:
    raw = as_page([*text(), "<img src=a.png>"], rows())
    made = perfeval.draft(raw, rulebook="hubei-2020")
    assert "有 1 张图片，里面的字没有读取" in made.files[0].unread


FUNDS = (
    ("2023年度项目支出绩效自评表",),
    ("项目名称", "河道清淤"),
    (
        "项目资金（{unit}）",
        "",
        "年初预算数",
        "全年预算数（A）",
        "全年执行数（B）",
        "分值",
        "执行率（B/A）",
        "得分",
    ),
    ("", "年度资金总额", "{whole}", "{whole}", "{spent}", "10", "95.00%", "9.5"),
    ("", "其中：财政拨款", "{part}", "{part}", "{paid}", "", "93.33%", ""),
    ("", "其他资金", "{rest}", "{rest}", "{rest}", "", "", ""),
    (
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    ),
    ("产出指标", "数量指标", "清淤长度", "≥8公里", "8公里", "50", "50", ""),
    ("效益指标", "社会效益指标", "受益村", "≥5个", "5个", "30", "30", ""),
    ("满意度指标", "满意度指标", "群众满意度", "≥90%", "95%", "10", "10", ""),
    ("总分", "", "", "", "", "100", "99.5", ""),
)
MONEY = {
    "元": {"whole": "600,000.00", "spent": "570,000.00", "part": "450,000.00"}
    | {"paid": "420,000.00", "rest": "150,000.00"},
    "万元": {"whole": "60.00", "spent": "57.00", "part": "45.00", "paid": "42.00", "rest": "15.00"},
}
ABOVE = {
    "below the overviews": (),
    "below the tables": ("第四部分 表", "九、财政拨款“三公”经费支出决算表", "单位：万元"),
}


@pytest.mark.parametrize("make", [as_word, as_page])
@pytest.mark.parametrize("unit", MONEY)
@pytest.mark.parametrize("above", ABOVE)
def test_the_cells_of_a_form_are_no_figures_of_the_accounts(
    make: type, unit: str, above: str
) -> None:
    values = {"unit": unit, **MONEY[unit]}
    form = [[one.format(**values) for one in row] for row in FUNDS]
    report = perfeval.proof(make([*text(), *ABOVE[above]], form))
    assert [item.message for item in report.findings if item.severity is Severity.ERROR] == []
    assert {figure.text for figure in report.figures} == {"1个", "60.00万元", "57.00万元"}


def test_figures_behind_a_form_are_read() -> None:
    grid = table_of(*("".join(map(cell, row)) for row in rows()))
    lines = text()
    behind = (
        "2.绿化养护项目绩效自评综述：项目全年预算数为30.00万元，执行数为27.00万元，执行率95.00%。"
    )
    raw = by_hand("".join(map(paragraph, lines[:-1])) + grid + paragraph(behind))
    report = perfeval.proof(raw, rulebook="hubei-2020")
    assert "AC105" in {item.code for item in report.findings}


def test_a_rest_of_a_form_that_was_not_read_makes_no_error_of_its_weights() -> None:
    form = rows()
    first, rest = form[:7], [["", *row] for row in form[7:]]
    grids = [table_of(*("".join(map(cell, row)) for row in part)) for part in (first, rest)]
    raw = by_hand("".join(map(paragraph, text())) + paragraph("").join(grids))
    report = perfeval.proof(raw, rulebook="hubei-2020")
    assert not {item.code for item in report.findings} & {"WT101", "AC101", "AC102"}
