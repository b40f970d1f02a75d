"""Documents of ours come back as the sheet they were made of; what they show counts before all."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from perfeval import FormatName, ReadTable, Sheet, evaluate, read, render

QINGSHAN = "shipped:qingshan-2023/养老服务体系建设运营补助资金"
ISLAND = re.compile(r'(<script type="application/json" id="perfeval-data">)(.*?)(</script>)')
SHEET: dict[str, Any] = {
    "评分办法": "hubei-2020",
    "年度": 2023,
    "项目名称": "河道清淤",
    "备注": "只给自己看",
    "部门名称": "县水务局",
    "预算": {"预算数": "123.456", "执行数": "98.765", "其中调拨": 5},
    "指标": [
        {
            "一级指标": "产出指标",
            "二级指标": "数量指标",
            "名称": "清淤长度",
            "分值": 20,
            "目标值": {"值": 42, "文本": "42（3）公里"},
            "完成值": {"值": 36, "文本": "36（2）公里"},
            "已填报得分": 19,
            "备注": "只给自己看",
        },
        {
            "一级指标": "产出指标",
            "二级指标": "数量指标",
            "名称": "单价",
            "分值": 20,
            "符号": "≤",
            "目标值": "1500元",
            "完成值": "1450元",
        },
        {
            "一级指标": "效益指标",
            "二级指标": "社会效益指标",
            "名称": "作用",
            "分值": 40,
            "目标值": "明显",
            "完成值": "明显",
            "已填报得分": 38,
        },
    ],
    "原因分析": "雨季停工",
    "已填报": {"总分": 99, "等级": "优"},
}


def bare(sheet: Sheet | None) -> Sheet:
    """Return a sheet without what is never carried."""
    assert sheet is not None
    rows = tuple(row.model_copy(update={"note": None}) for row in sheet.indicators)
    return sheet.model_copy(update={"note": None, "waivers": (), "indicators": rows})


def page_of(source: Any = SHEET) -> str:
    return render(evaluate(source), "html").decode()


def table_of(page: str | bytes) -> ReadTable:
    document = read(page.encode() if isinstance(page, str) else page, name="自评表")
    (table,) = document.tables
    return table


def said(table: ReadTable) -> str:
    return "\n".join(str(note) for note in (*table.assumptions, *table.unread))


def row(table: ReadTable, name: str) -> dict[str, Any]:
    return next(dict(one) for one in table.data["指标"] if one["名称"] == name)


def edited(page: str, *changes: tuple[str, str]) -> str:
    """Change what a page shows, and nothing of what it carries."""
    found = ISLAND.search(page)
    assert found is not None
    before, after = page[: found.start()], page[found.end() :]
    for old, new in changes:
        assert old in before
        before = before.replace(old, new)
    return before + found[0] + after


def with_data(page: str, change: Any) -> str:
    """Change what a page carries, as whoever has an editor can."""
    found = ISLAND.search(page)
    assert found is not None
    data = json.loads(found[2])
    changed = change(data)
    text = json.dumps(data if changed is None else changed, ensure_ascii=False)
    return page[: found.start(2)] + text.replace("<", "\\u003c") + page[found.end(2) :]


@pytest.mark.parametrize("ending", ["docx", "html", "pdf"])
def test_qingshan_comes_back_with_its_points(ending: FormatName) -> None:
    """98.46 = 36.46 measured + 62 claimed, from each document that was made of it."""
    report = evaluate(QINGSHAN)
    table = table_of(render(report, ending))
    again = evaluate(table.data)
    assert again.scorecard is not None
    assert [str(value) for value in (again.scorecard.total, again.scorecard.measured)] == [
        "98.46",
        "36.46",
    ]
    assert bare(again.sheet) == bare(report.sheet)
    assert table.unread == ()
    assert str(table.place_of(("指标", 5, "符号"))) == str(table.place_of(("指标", 5, "名称")))


SAID_OF_A_FILE: list[dict[str, Any]] = [
    {"未确认": "是"},
    {"读自": {"文件": "河道清淤（报送稿）.docx", "位置": "第2张表"}},
    {"未确认": "是", "读自": {"文件": "收到的材料.zip 里的 水务局/2023 年河道清淤" + "自评" * 40}},
]


@pytest.mark.parametrize("ending", ["docx", "html", "pdf"])
@pytest.mark.parametrize("said_of_a_file", SAID_OF_A_FILE)
def test_a_sheet_that_was_read_from_a_file_comes_back_like_any_other(
    said_of_a_file: dict[str, Any], ending: FormatName
) -> None:
    """What nobody has confirmed carries its data too; whatever is read is unconfirmed."""
    report = evaluate({**said_of_a_file, **SHEET})
    raw = render(report, ending)
    table = table_of(raw)
    assert "没有用" not in said(table)
    assert bare(evaluate(table.data).sheet) == bare(evaluate(SHEET).sheet)
    again = evaluate(raw, name="自评表")
    assert again.sheet is not None
    assert again.sheet.unconfirmed
    assert not [one for one in again.findings if one.code in ("RD103", "RD105", "RD107")]


def test_without_its_data_the_table_is_read_as_it_is_printed() -> None:
    """The insurance row without its sign, rows of two numbers without the one that counts."""
    table = table_of(render(evaluate(QINGSHAN), "html", data=False))
    rows = table.data["指标"]
    assert "符号" not in rows[14]
    assert rows[1]["目标值"] == "42（3）"
    assert any("认作 hubei-2020" in note.message for note in table.assumptions)


def test_what_is_not_printed_counts_and_is_said_in_one_line() -> None:
    table = table_of(page_of())
    assert bare(evaluate(table.data).sheet) == bare(evaluate(SHEET).sheet)
    assert "备注" not in str(table.data)
    assert len(table.assumptions) == 1
    for word in ("分值", "符号", "评分办法", "其中调拨"):
        assert word in table.assumptions[0].message


def test_a_cell_that_was_changed_counts_and_what_belonged_to_it_does_not() -> None:
    """42 belongs to “42（3）公里”, the sign ≤ to “1500元”: both texts are others now."""
    table = table_of(edited(page_of(), ("42（3）公里", "45公里"), ("1500元", "1600元")))
    assert row(table, "清淤长度")["目标值"] == "45公里"
    assert row(table, "清淤长度")["完成值"] == {"值": 36, "文本": "36（2）公里"}
    assert row(table, "单价")["目标值"] == "1600元"
    assert "符号" not in row(table, "单价")
    assert row(table, "单价")["分值"] == 20
    assert "“目标值”改过（原来是“1500元”），按表上的“1600元”读；附带的“符号”（≤）没有用" in said(
        table
    )
    assert "原来是“42（3）公里”" in said(table)


def test_blanks_and_breaks_are_no_change() -> None:
    table = table_of(edited(page_of(), ("42（3）公里", " 42（3）\n 公里 ")))
    assert bare(evaluate(table.data).sheet) == bare(evaluate(SHEET).sheet)


def test_points_that_are_printed_are_the_computed_ones_until_somebody_changes_them() -> None:
    assert row(table_of(page_of()), "清淤长度")["已填报得分"] == 19
    assert ">17.14<" in page_of()
    table = table_of(edited(page_of(), (">17.14<", ">18<")))
    assert row(table, "清淤长度")["已填报得分"] == 18


def test_an_amount_in_another_unit_keeps_what_was_written_until_it_is_changed() -> None:
    """The form prints 元, the sheet is in 万元: what is changed there is read in 万元 as well."""
    page = page_of({**SHEET, "评分办法": "yunnan"})
    table = table_of(page)
    assert (str(table.data["预算"]["预算数"]), table.data.get("金额单位")) == ("123.456", None)
    changed = table_of(edited(page, ("1234560", "1234570")))
    assert "金额单位" not in changed.data
    assert (str(changed.data["预算"]["预算数"]), str(changed.data["预算"]["执行数"])) == (
        "123.4570",
        "98.765",
    )
    rewritten = table_of(edited(page, ("（元）", "（万元）")))
    assert str(rewritten.data["预算"]["预算数"]) == "1234560"


def test_a_row_that_was_added_renamed_or_taken_out_leaves_the_others_as_they_were() -> None:
    page = page_of()
    rows = re.findall(r"<tr>(?:(?!</tr>).)*</tr>", page, re.DOTALL)
    price = next(one for one in rows if ">单价<" in one)
    more = (price, price + price.replace("单价", "工期"))
    added = table_of(
        edited(
            page,
            more,
            *((f'rowspan="2">{name}', f'rowspan="3">{name}') for name in ("产出", "数量")),
            ('rowspan="4">年度绩效', 'rowspan="5">年度绩效'),
        )
    )
    assert row(added, "单价")["符号"] == "≤"
    assert "符号" not in row(added, "工期")
    assert "“工期”是新的一行或改了名" in said(added)
    assert len(added.data["指标"]) == 4
    renamed = table_of(edited(page, ("单价", "造价")))
    assert "符号" not in row(renamed, "造价")
    assert row(renamed, "清淤长度")["目标值"] == {"值": 42, "文本": "42（3）公里"}
    gone = table_of(edited(page, ("单价", ""), ("1500元", ""), ("1450元", ""), ("20.00", "")))
    assert [one["名称"] for one in gone.data["指标"]] == ["清淤长度", "作用"]
    assert row(gone, "作用")["已填报得分"] == 38
    assert "原来有“单价”一行，现在没有读到" in said(gone)


def test_rows_of_one_name_are_not_taken_for_each_other() -> None:
    """Of two rows that look alike, one was taken out: nobody knows which, so nothing is carried."""
    twice = [{**SHEET["指标"][1], "符号": sign, "分值": 10} for sign in ("≤", "≥")]
    page = page_of({**SHEET, "指标": [*twice, *SHEET["指标"][2:]]})
    assert [one.get("符号") for one in table_of(page).data["指标"]] == ["≤", "≥", None]
    rows = re.findall(r"<tr>(?:(?!</tr>).)*</tr>", page, re.DOTALL)
    first, second = (one for one in rows if ">单价<" in one)
    alone = first, first.replace('rowspan="2"', 'rowspan="1"')
    left = table_of(edited(page, (second, ""), alone, ('rowspan="4"', 'rowspan="3"')))
    assert [one.get("符号") for one in left.data["指标"] if one["名称"] == "单价"] == [None]


# -- what comes from outside -------------------------------------------------------------------


def test_a_carried_value_never_says_another_than_what_is_shown() -> None:
    """A hidden figure must not take the place of the one that everybody sees."""

    def lie(data: Any) -> None:
        rows = data["自评表"]["指标"]
        rows[0]["完成值"] = {"值": 42, "文本": "42（3）公里"}
        rows[1]["目标值"], rows[1]["名称"] = "11500元", "单价"
        data["自评表"]["预算"]["执行数"] = 123
        data["自评表"]["项目名称"] = "别的项目"
        del rows[2]["完成值"]

    table = table_of(with_data(page_of(), lie))
    assert row(table, "清淤长度")["完成值"] == "36（2）公里"
    assert row(table, "单价")["目标值"] == "1500元"
    assert row(table, "作用")["完成值"] == "明显"
    assert str(table.data["预算"]["执行数"]) == "98.765"
    assert table.data["项目名称"] == "河道清淤"
    assert said(table).count("没有用") >= 5


def test_a_waiver_or_remark_that_is_carried_makes_all_of_it_unused() -> None:
    waiver = {"编号": "PT102", "理由": "甲", "批准": "乙", "有效期至": "2999-12-31"}
    for key, value in (("校核豁免", [waiver]), ("备注", "甲"), ("未确认", True)):
        table = table_of(
            with_data(page_of(), lambda data, k=key, v=value: data["自评表"].update({k: v}))
        )
        assert key not in table.data
        assert "符号" not in row(table, "单价")
        assert "附带的数据看不懂或者对不上" in said(table)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.update(附带数据=2),
        lambda data: data.update(自评表=[]),
        lambda data: data["自评表"].update(年度="去年"),
        lambda data: data["自评表"].update(没有的字段=1),
        lambda data: data.pop("所见"),
        lambda data: data["所见"].update(格=[[0, 0, 99999, 99999, "甲"]]),
        lambda data: data["所见"].update(格=[[0, 0, 0, 1, "甲"]]),
        lambda data: data["所见"].update(格=[[-1, 0, 1, 1, "甲"]]),
        lambda data: data["所见"].update(格=[[0.5, 0, 1, 1, "甲"]]),
        lambda data: data["所见"].update(格=[["甲"]]),
        lambda data: data["所见"].update(格=[]),
        lambda data: data["所见"].update(上="甲"),
        lambda data: data["所见"].update(下=[1]),
        *(
            lambda data, wrong=wrong: data["评分办法"].update(编号=wrong)
            for wrong in ("../../etc/passwd", "..", "我区\\办法", "我区\n办法", "", "长" * 81)
        ),
        lambda data: data.update(评分办法="hubei-2020"),
        lambda data: [data],
        lambda data: {},
    ],
)
def test_what_is_no_carried_sheet_is_said_and_not_used(change: Any) -> None:
    table = table_of(with_data(page_of(), lambda data: (change(data), None)[0]))
    assert "附带的数据看不懂或者对不上" in said(table)
    assert table.data["评分办法"] == "hubei-2020"
    assert row(table, "单价")["目标值"] == "1500元"


def test_text_that_is_no_json_is_said_and_not_used() -> None:
    for text in ("", "[" * 10_000, "{" * 10_000, "&a [*a]", "甲", "\x00", '{"附带数据": 1e99999}'):
        page = page_of()
        found = ISLAND.search(page)
        assert found is not None
        table = table_of(page[: found.start(2)] + text + page[found.end(2) :])
        assert "附带的数据看不懂或者对不上" in said(table)


def test_a_rulebook_that_is_not_known_is_said_and_not_replaced_by_another() -> None:
    page = with_data(page_of(), lambda data: data["评分办法"].update(编号="wuhan-2031"))
    table = table_of(page)
    assert "评分办法" not in table.data
    assert "附带的评分办法是 wuhan-2031" in said(table)
    (given,) = read(page.encode(), rulebook="hubei-2020").tables
    assert given.data["评分办法"] == "hubei-2020"
    assert "文件是按评分办法 wuhan-2031 做的，照指定的 hubei-2020 读" in said(given)


def test_a_rulebook_that_has_changed_since_is_said() -> None:
    table = table_of(with_data(page_of(), lambda data: data["评分办法"].update(校验="0" * 12)))
    assert table.data["评分办法"] == "hubei-2020"
    assert "得分可能不同" in said(table)
    (given,) = read(page_of().encode(), rulebook="hubei-2020").tables
    assert said(given) == said(table_of(page_of())).replace("评分办法、", "")  # it was named


def test_data_of_another_table_are_not_used_for_this_one() -> None:
    other = ISLAND.search(page_of({**SHEET, "项目名称": "别的项目"}))
    assert other is not None
    page = edited(page_of(), ("98.765", "98.78"))
    table = table_of(ISLAND.sub(lambda _: other[0], page))
    assert table.data["项目名称"] == "河道清淤"
    assert "“项目名称”改过" in said(table)
    assert "“执行数”改过" in said(table)


def test_two_tables_in_one_file_each_get_their_own() -> None:
    first, second = page_of(), page_of({**SHEET, "项目名称": "别的项目", "预算": {}})
    both = first.replace("</body>", second[second.index("<main>") :].replace("</html>", "") + "")
    document = read(both.encode())
    assert [table.data["项目名称"] for table in document.tables] == ["河道清淤", "别的项目"]
    assert [row(table, "单价")["符号"] for table in document.tables] == ["≤", "≤"]
    assert "其中调拨" not in str(document.tables[1].data)


def test_lines_below_the_table_that_were_changed_take_what_they_say_with_them() -> None:
    """扣减分数 is printed below the table alone: another figure there is not overruled."""
    rows = [{**SHEET["指标"][0], "扣减分数": 2}, *SHEET["指标"][1:]]
    page = page_of({**SHEET, "指标": rows})
    assert str(row(table_of(page), "清淤长度")["扣减分数"]) == "2"
    table = table_of(edited(page, ("扣减分数：清淤长度 2", "扣减分数：清淤长度 3")))
    assert "扣减分数" not in row(table, "清淤长度")
    assert "表下的文字改过，没有读；原来是：扣减分数：清淤长度 2" in said(table)


@pytest.mark.slow
@pytest.mark.parametrize("book", ["shanghai", "hunan", "yinchuan", "transfer-payment"])
def test_the_lines_below_the_table_of_a_pdf_are_no_fields_that_were_changed(book: str) -> None:
    """Reasons stand below a form that has no cell for them; a PDF has them in its text."""
    rows = [{**SHEET["指标"][0], "偏差原因": "雨季停工；\n已约谈。"}, *SHEET["指标"][1:]]
    source = {**SHEET, "评分办法": book, "指标": rows, "原因分析": "一；\n二", "改进措施": "三"}
    report = evaluate(source)
    again = evaluate(table_of(render(report, "pdf")).data)
    assert bare(again.sheet) == bare(report.sheet)


@pytest.mark.slow
def test_the_first_row_that_a_page_repeats_ends_no_table() -> None:
    """On the second page of a PDF the table's first row stands once more: rows follow it.

    The names of levels that the page has cut go on there.
    """
    rows = [
        {**SHEET["指标"][at % 2], "名称": f"清淤{number}", "分值": 1, "偏差原因": "雨季停工" * 12}
        for number, at in enumerate([0, 1] * 9)
    ]
    report = evaluate({**SHEET, "评分办法": "jiangxi", "指标": rows})
    table = table_of(render(report, "pdf", data=False))
    assert [one["名称"] for one in table.data["指标"]] == [one["名称"] for one in rows]
    assert {one["二级指标"] for one in table.data["指标"]} == {"数量指标"}
