"""The YAML of a table reads back as the very sheet that the table's own data are."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from perfeval import Finding, ReadDocument, ReadTable, evaluate, read
from perfeval.places import CellPlace, Path, Place, TablePlace
from perfeval.readers.sheets import ReadSheet, read_sheet
from perfeval.reading import ReadingNote
from perfeval.reading.unconfirmed import unconfirmed_data
from perfeval.reading.written import written
from perfeval.source import read_text
from tests.documents.inputs.test_commented_yaml import TEXTS
from tests.reading.made import made

HEAD = {"评分办法": "mof-2020", "年度": 2023, "项目名称": "示例"}
HOSTILE = "表\n项目名称: 假"


def both(document: ReadDocument, table: ReadTable) -> tuple[ReadSheet, ReadSheet, str]:
    text = written(document, table)
    source = read_text(text, "表.yaml")
    assert (source.problems, source.remarks) == ((), ()), text
    return read_sheet(text), read_sheet(unconfirmed_data(document, table)), text


def said_by(finding: Finding) -> tuple[str, str]:
    return finding.code, finding.message


@pytest.mark.parametrize("seed", range(8))
def test_tables_as_offices_make_them(seed: int) -> None:
    document = read(made(seed).raw, rulebook="mof-2020", name="自评表.xlsx")
    for table in document.tables:
        from_text, from_data, text = both(document, table)
        assert from_text.sheet == from_data.sheet
        assert from_text.sheet is not None
        for place in set(map(str, table.places.values())):
            assert f"  # {place}" in text


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_whatever_stands_in_the_cells(name: str, target: str, actual: str, reason: str) -> None:
    row = {"名称": name, "目标值": target, "完成值": actual, "偏差原因": reason}
    data: dict[str, Any] = {**HEAD, "年度目标": reason, "指标": [row, {"名称": "床位"}]}
    places: dict[Path, Place] = {("指标", 0, key): CellPlace(HOSTILE, "B2") for key in row}
    document = ReadDocument("a#: b.xlsx", "ab")
    table = ReadTable(HOSTILE, data, places, assumptions=(ReadingNote(target, None, ("年度",)),))
    from_text, from_data, text = both(document, table)
    assert from_text.sheet == from_data.sheet, text
    assert {said_by(one) for one in from_text.findings} == {
        said_by(one) for one in from_data.findings
    }, text


def test_the_sheet_scores_as_the_table_does() -> None:
    document = read(made(3).raw, rulebook="mof-2020", name="自评表.xlsx")
    (table,) = document.tables
    scored = evaluate(written(document, table)).scorecard
    same = evaluate(unconfirmed_data(document, table)).scorecard
    assert scored is not None
    assert scored == same


def test_above_the_sheet_stands_what_was_assumed_and_what_is_not_there() -> None:
    table = ReadTable(
        "第2张表",
        {**HEAD, "金额单位": "万元"},
        {("年度",): TablePlace(2, 1, 1)},
        assumptions=(
            ReadingNote("按上一年读", TablePlace(2, 1, 1), ("年度",)),
            ReadingNote("按万元读", None, ("金额单位",)),
        ),
        unread=(ReadingNote("“得分”不是数，没有读：九十", TablePlace(2, 9, 8)),),
    )
    remarks = (ReadingNote("有修订，按接受修订以后的文字读"),)
    lines = written(ReadDocument("甲.docx", "", remarks=remarks), table).splitlines()
    assert lines[:8] == [
        "# 推定（2 处）：",
        "#   第2张表 第1行第1格：按上一年读",
        "#   按万元读",
        "# 没有读到（1 处）：",
        "#   第2张表 第9行第8格：“得分”不是数，没有读：九十",
        "# 说明（1 处）：",
        "#   有修订，按接受修订以后的文字读",
        "# 逐项核对，改正读错的，补上没有读到的；然后删去“未确认”一行，或运行 perfeval confirm",
    ]
    assert "年度: 2023  # 第2张表 第1行第1格；推定：按上一年读" in lines
    assert "金额单位: 万元  # 推定：按万元读" in lines
