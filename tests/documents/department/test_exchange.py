"""Results as data: what other tools read is what was computed, and nothing else."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

import perfeval
from perfeval import RenderError, Scorecard
from perfeval.cells.levels import Aspect, Section
from perfeval.cells.notes import NoteKind
from perfeval.cells.signs import Sign
from perfeval.cells.values import Kind
from perfeval.documents.department.exchange import (
    rows_csv,
    scorecards_csv,
    scorecards_json,
)
from perfeval.documents.department.national import national_csv, national_json, national_rows
from perfeval.documents.rows.csv_rows import safe_text
from perfeval.numbers import plain
from perfeval.scorecard import Basis
from tests.documents.rows import BENEFIT, CLIENTS, FULL, HOSTILE, OUTPUT, hostile_sheet
from tests.property import strategies
from tests.published.test_published import TABLES, scored

REAL = "养老服务体系建设运营补助资金"
FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "=HYPERLINK(1)", "＝1+1", "－2+3", "＋1", "＠SUM")
SCHEMA = Path(__file__).parents[3] / "docs" / "schema" / "scorecard.schema.json"
HUBEI = perfeval.load_rulebook("hubei-2020")


@cache
def shipped() -> tuple[Scorecard, ...]:
    reports = perfeval.evaluate_department("shipped:qingshan-2023").sheets
    return tuple(report.scorecard for report in reports if report.scorecard is not None)


def published() -> list[Scorecard]:
    return [scored(position) for position in range(len(TABLES))]


def real() -> Scorecard:
    return next(card for card in shipped() if card.sheet.name == REAL)


def made(*rows: dict[str, Any], **fields: Any) -> Scorecard:
    data = {"评分办法": "hubei-2020", "年度": 2023, "项目名称": "示例", "预算": FULL, **fields}
    return perfeval.score(perfeval.load_sheet({**data, "指标": list(rows)}), HUBEI)


def table(written: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline="")))


def restored(text: str) -> str:
    """Return a text as it was before it was made safe."""
    return text.removeprefix("'")


# -- CSV ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("write", [scorecards_csv, rows_csv, national_csv])
def test_a_csv_file_begins_with_its_mark_and_ends_its_lines_as_windows_does(write: Any) -> None:
    written = write(shipped())
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.endswith(b"\r\n")
    assert written.count(b"\n") == written.count(b"\r\n")
    assert write(shipped()) == written


def test_each_project_is_a_row_with_its_figures_as_computed() -> None:
    rows = table(scorecards_csv(shipped()))
    assert len(rows) == 19
    row = next(row for row in rows if row["项目名称"] == REAL)
    card = real()
    assert row.pop("评分办法") == card.stamp
    assert {key: value for key, value in row.items() if value} == {
        "项目名称": REAL,
        "主管部门": "青山区民政局",
        "实施单位": "武汉市青山区民政局机关",
        "年度": "2023",
        "表种": "项目支出",
        "金额单位": "万元",
        "全年预算数": "1286.7",
        "执行数": "1269.62",
        "执行率（%）": "98.67",
        "预算执行分值": "20",
        "预算执行得分": "19.73",
        "产出指标得分": "38.73",
        "效益指标得分": "20.00",
        "满意度指标得分": "20.00",
        "总分": "98.46",
        "总分下限": "98.46",
        "总分上限": "98.46",
        "等级": "优",
        "有据可算": "36.46",
        "依填报认定": "62.00",
        "已填报总分": "100",
        "差额": "1.54",
    }


def test_a_project_without_a_number_has_an_empty_cell_and_says_why() -> None:
    row = next(row for row in table(scorecards_csv(shipped())) if row["项目名称"] == "残疾人补贴")
    empty = (
        "全年预算数",
        "执行数",
        "执行率（%）",
        "预算执行得分",
        "总分",
        "总分下限",
        "等级",
        "差额",
    )
    assert [row[name] for name in empty] == [""] * len(empty)
    assert row["未计总分的原因"] == "未计分：未公布指标"


def test_a_total_that_is_a_range_has_its_bounds() -> None:
    card = made(OUTPUT, BENEFIT, {**CLIENTS, "完成值": None})
    [row] = table(scorecards_csv([card]))
    assert (row["总分"], row["总分下限"], row["总分上限"]) == ("", "80.00", "100.00")
    assert row["未计总分的原因"] == card.why_unscored


def test_why_there_is_no_total_does_not_repeat_the_name_of_its_column() -> None:
    card = made({**OUTPUT, "分值": 38}, BENEFIT, CLIENTS)
    [row] = table(scorecards_csv([card]))
    said = row["未计总分的原因"]
    assert card.why_unscored == f"未计总分：{said}"
    assert said == "；".join(gap.message for gap in card.gaps) != ""


def test_each_indicator_is_a_row_with_its_points_and_how_they_arose() -> None:
    rows = table(rows_csv([real()]))
    assert len(rows) == len(real().lines)
    row = next(row for row in rows if row["三级指标"] == "享受运营补贴线下服务网点数量")
    assert row.pop("计分说明").startswith("2 × 26 ÷ 32 = 1.625 → 1.63")
    assert {key: value for key, value in row.items() if value} == {
        "项目名称": REAL,
        "实施单位": "武汉市青山区民政局机关",
        "年度": "2023",
        "一级指标": "产出指标",
        "二级指标": "数量指标",
        "三级指标": "享受运营补贴线下服务网点数量",
        "年度指标值": "32",
        "实际完成值": "26",
        "分值": "2",
        "得分": "1.63",
        "得分下限": "1.63",
        "得分上限": "1.63",
        "已填报得分": "2",
        "多报": "0.37",
        "计分依据": "有据可算",
        "算式": "2 × 26 ÷ 32",
    }


def test_the_points_of_every_row_are_written_digit_by_digit() -> None:
    cards = [*shipped(), *published()]
    written = [(row["得分"], row["分值"]) for row in table(rows_csv(cards))]
    assert written == [
        tuple("" if number is None else plain(number) for number in (line.shown, line.weight))
        for card in cards
        for line in card.lines
    ]


def test_an_unscored_row_has_no_points_but_bounds_and_a_reason() -> None:
    [*_, row] = table(rows_csv([made(OUTPUT, BENEFIT, {**CLIENTS, "完成值": None})]))
    assert (row["得分"], row["得分下限"], row["得分上限"]) == ("", "0.00", "20.00")
    assert row["计分依据"] == "未计分"
    assert "未填完成值" in row["计分说明"]


def test_sign_and_unit_are_read_from_the_printed_target() -> None:
    row = table(rows_csv([made(OUTPUT, BENEFIT, CLIENTS)]))[0]
    assert (row["符号"], row["年度指标值"], row["度量单位"]) == ("≥", "≥100张", "张")


def test_a_number_below_zero_stays_a_number() -> None:
    row = table(rows_csv([made({**OUTPUT, "完成值": -5}, BENEFIT, CLIENTS)]))[0]
    assert row["实际完成值"] == "-5"
    [short] = table(scorecards_csv([made(OUTPUT, BENEFIT, CLIENTS, 已填报={"总分": 96})]))
    assert short["差额"] == "-4.00"


@pytest.mark.parametrize("text", [*FORMULAS, *HOSTILE, "'甲", "''", '甲,“乙”"丙"'])
def test_no_text_is_a_formula_and_every_text_comes_back(text: str) -> None:
    card = perfeval.score(perfeval.load_sheet(hostile_sheet(text)), HUBEI)
    row = table(rows_csv([card]))[0]
    assert not row["项目名称"].startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert restored(row["项目名称"]) == text
    assert restored(table(scorecards_csv([card]))[0]["主管部门"]) == text


@given(st.text())
def test_one_apostrophe_less_always_gives_the_text_back(text: str) -> None:
    assert restored(safe_text(text)) == text
    if safe_text(text) == text:
        number = text.removesuffix("%").removeprefix("-")
        assert not text.startswith(("=", "+", "@", "\t"))
        assert not text.startswith("-") or number.replace(".", "", 1).isdecimal()


# -- JSON --------------------------------------------------------------------------------------


def schema() -> Any:
    found = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(found)
    return found


VALIDATOR = Draft202012Validator(schema())


def faults(written: bytes) -> list[str]:
    return [
        f"{error.json_path}: {error.message}"
        for error in VALIDATOR.iter_errors(json.loads(written))
    ]


def objects(part: Any) -> Iterator[Any]:
    """Yield every schema of an object inside a schema."""
    if isinstance(part, dict):
        if "properties" in part:
            yield part
        for value in part.values():
            yield from objects(value)


def test_shipped_sheets_fit_the_published_schema() -> None:
    assert faults(scorecards_json(shipped())) == []


def test_published_tables_fit_the_published_schema() -> None:
    assert faults(scorecards_json(published())) == []


@given(strategies.sheets() | strategies.sheets(closed=False))
def test_generated_sheets_fit_the_published_schema(filled: strategies.Filled) -> None:
    assert faults(scorecards_json([perfeval.score(perfeval.load_sheet(filled.data), HUBEI)])) == []


def test_the_schema_allows_no_unknown_key_and_wants_every_known_one() -> None:
    assert len(list(objects(schema()))) > 8
    for part in objects(schema()):
        assert part["additionalProperties"] is False
        assert set(part["required"]) == set(part["properties"])


def test_the_schema_refuses_other_words_and_figures_that_are_no_text() -> None:
    data = json.loads(scorecards_json([real()]))
    data["scorecards"][0].update(total=98.46, grade="", year="2023", differing=-1)
    data["scorecards"][0]["lines"][0].update(basis="有据可算", section="产出")
    found = {error.json_path.rsplit(".", 1)[1] for error in VALIDATOR.iter_errors(data)}
    assert found == {"total", "grade", "year", "differing", "basis", "section"}


def test_the_schema_knows_every_word_that_can_occur() -> None:
    known = schema()["$defs"]
    assert known["section"]["enum"] == [item.value for item in Section]
    assert known["aspect"]["enum"] == [item.value for item in Aspect]
    assert known["sign"]["enum"] == [item.value for item in Sign]
    assert known["cell"]["properties"]["kind"]["enum"] == [item.name.lower() for item in Kind]
    assert known["line"]["properties"]["basis"]["enum"] == [item.name.lower() for item in Basis]
    kinds = [item.name.lower().replace("_", "-") for item in NoteKind]
    assert known["note_kind"]["enum"] == kinds


def test_everything_in_the_schema_is_described_in_chinese() -> None:
    for part in objects(schema()):
        for name, field in part["properties"].items():
            assert not field["description"].isascii(), name


def test_the_json_names_the_version_and_every_rulebook_once() -> None:
    data = json.loads(scorecards_json([*shipped(), *published()]))
    assert data["perfeval"] == perfeval.__version__
    assert data["stamps"] == sorted({card.stamp for card in (*shipped(), *published())})
    assert [card["sheet"] for card in data["scorecards"][:19]] == [
        card.sheet.name for card in shipped()
    ]


# -- the national system -----------------------------------------------------------------------


def national(card: Scorecard) -> list[dict[str, str]]:
    """Return the system's fields that are filled, without our own columns."""
    own = ("项目名称", "实施单位", "年度", "金额单位")
    return [
        {key: value for key, value in row.items() if value is not None and key not in own}
        for row in national_rows([card])
    ]


def test_the_budget_is_the_fixed_row_before_the_indicators() -> None:
    first, *others = national(real())
    assert first == {
        "datatype": "selfframe",
        "name": "预算执行率",
        "actualweight": "20.00",
        "score": "19.73",
        "amt3": "1286.7",
        "amt4": "1269.62",
        "bgtget": "98.67",
    }
    assert len(others) == len(real().lines)
    assert all("datatype" not in row for row in others)


def test_an_indicator_has_sign_figure_and_unit_apart() -> None:
    row = national(made({**OUTPUT, "偏差原因": "甲", "改进措施": "乙"}, BENEFIT, CLIENTS))[1]
    assert row == {
        "findex": "产出指标",
        "sindex": "数量指标",
        "name": "床位数",
        "computesign": "1",
        "indexval": "100",
        "meterunit": "张",
        "actualvalue": "100",
        "actualweight": "40.00",
        "score": "40.00",
        "kpi_remark": "甲\n乙",
    }


@pytest.mark.parametrize(
    ("target", "sign", "code"),
    [
        ("≥5", None, "1"),
        ("＞5", None, "2"),
        ("5", "＝", "3"),
        ("＜5", None, "4"),
        ("不超过5", None, "5"),
        ("得到提升", "定性", "6"),
        ("5", None, "1"),
    ],
)
def test_every_sign_has_its_code(target: str, sign: str | None, code: str) -> None:
    actual = "达成预期指标" if code == "6" else 5
    row = {**OUTPUT, "目标值": target, "完成值": actual, "符号": sign}
    assert national(made(row, BENEFIT, CLIENTS))[1]["computesign"] == code


@pytest.mark.parametrize("actual", ["100%", "是", "5家"])
def test_without_a_sign_and_a_comparison_there_is_no_code(actual: str) -> None:
    row = {**OUTPUT, "目标值": "7560张", "完成值": actual}
    found = national(made(row, BENEFIT, CLIENTS))[1]
    assert "computesign" not in found
    assert found["actualvalue"] == actual


def test_an_actual_in_another_unit_keeps_its_unit() -> None:
    row = {**OUTPUT, "目标值": "≥2.6亿元", "完成值": "24500万元"}
    found = national(made(row, BENEFIT, CLIENTS))[1]
    assert (found["meterunit"], found["actualvalue"]) == ("亿元", "24500万元")


def test_an_actual_that_is_more_than_a_figure_and_its_unit_stays_as_printed() -> None:
    found = national(made(OUTPUT, BENEFIT, {**CLIENTS, "完成值": "≥96%"}))[3]
    assert (found["meterunit"], found["actualvalue"]) == ("%", "≥96%")


def test_what_was_not_scored_has_no_score() -> None:
    rows = national(made({**OUTPUT, "完成值": None}, BENEFIT, CLIENTS, 预算={"预算数": 100}))
    assert "score" not in rows[0]
    assert "score" not in rows[1]


def test_the_rate_of_no_budget_is_nothing_and_that_of_a_zero_budget_is_zero() -> None:
    assert national(made(预算={"预算数": 0, "执行数": 0}))[0]["bgtget"] == "0.00"
    first = national(made(预算={"年初预算数": 100, "执行数": 50}))[0]
    assert (first["amt1"], first["amt4"]) == ("100", "50")
    assert not {"amt3", "bgtget"} & set(first)


def test_what_does_not_fit_is_listed_and_nothing_is_cut() -> None:
    long = {**OUTPUT, "偏差原因": "长" * 2001, "目标值": "甲" * 1001, "分值": "39.995"}
    card = made(long, {**BENEFIT, "分值": 1000}, CLIENTS)
    with pytest.raises(RenderError) as caught:
        national_csv([card])
    assert str(caught.value).splitlines() == [
        "有 5 处装不进一体化系统的字段，没有导出：",
        "  “示例”的“床位数”：indexval 有 1001 个字，最多 1000 个字",
        "  “示例”的“床位数”：kpi_remark 有 2001 个字，最多 2000 个字",
        "  “示例”的“床位数”：actualweight 是 39.995，整数部分最多三位，小数最多两位",
        "  “示例”的“受益户数”：actualweight 是 1000，整数部分最多三位，小数最多两位",
        "  “示例”的“受益户数”：score 是 1000.00，整数部分最多三位，小数最多两位",
    ]


def test_what_just_fits_is_whole() -> None:
    long = {**OUTPUT, "偏差原因": "长" * 2000, "目标值": "甲" * 1000, "分值": "39.990"}
    row = national(made(long, BENEFIT, CLIENTS))[1]
    assert (len(row["indexval"]), len(row["kpi_remark"])) == (1000, 2000)
    assert row["actualweight"] == "39.99"


def test_every_row_has_every_field_and_says_which_project_it_belongs_to() -> None:
    rows = national_rows([*shipped(), *published()])
    assert len({tuple(row) for row in rows}) == 1
    assert all(row["项目名称"] and row["年度"] and row["金额单位"] for row in rows)
    assert list(rows[0])[:4] == ["项目名称", "实施单位", "年度", "金额单位"]


def test_points_never_lose_a_digit_on_the_way_to_the_system() -> None:
    cards = [*shipped(), *published()]
    written = [row["score"] for row in national_rows(cards)]
    lines = [line for card in cards for line in card.rows]
    for text, line in zip(written, lines, strict=True):
        assert (None if text is None else Decimal(text)) == line.shown


def test_the_csv_and_the_json_have_the_same_rows() -> None:
    rows = national_rows([real()])
    assert json.loads(national_json([real()]))["rows"] == rows
    assert table(national_csv([real()])) == [
        {key: safe_text(value or "") for key, value in row.items()} for row in rows
    ]
