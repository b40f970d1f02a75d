"""The engine against the spreadsheet: LibreOffice computes what `perfeval.score` computes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

import perfeval
from perfeval import Rulebook, Scorecard, Sheet, load_rulebook, load_sheet, rulebook_ids
from perfeval.documents.printed import amount
from perfeval.documents.workbook import form_workbook
from perfeval.scorecard import Basis
from tests.documents.workbook import made_sheets, made_standards
from tests.documents.workbook.spreadsheets import (
    FORM,
    Cells,
    by_heading,
    filled,
    known_cells,
    named,
    needs_office,
    read,
    recalculated,
    without_values,
)
from tests.property.cell_pairs import pairs, sheets_of
from tests.property.cell_places import of_places
from tests.seeds import FIRST

REAL = "shipped:qingshan-2023/养老服务体系建设运营补助资金"
BOOKS = [load_rulebook(name) for name in rulebook_ids()]
QUICK, LONG, BATCH, PRINTED = 30, 600, 200, 1000
Shown = dict[str, Cells]


def made(numbers: range) -> Iterator[tuple[Rulebook, Sheet]]:
    """Yield sheets for every rulebook that ships in turn.

    Some have several annual goals, some
    ways of scoring of their own.
    """
    for number in numbers:
        book, random = BOOKS[number % len(BOOKS)], Random(FIRST + number)
        draw = made_sheets.with_goals if number % 7 == 3 else made_sheets.sheet
        data = draw(random, book)
        if number % 3 == 1:
            data = made_standards.with_standards(random, data)
        yield book, load_sheet(data)


def compared(card: Scorecard, shown: Shown) -> None:
    """Hold a form against the engine: rows, subtotals, total, grade, and what is left blank."""
    rows, sums = by_heading(shown["计算"]), named(shown["合计"])
    _, cells = known_cells(shown)
    for at, line in enumerate(card.lines):
        assert rows["得分"][at] == ("" if line.points is None else line.points), line
        lacks = line.points is None and line.basis is not Basis.NOT_APPLICABLE
        assert bool(rows["未计分原因"][at]) is (line.points is None), line
        assert cells[at]["三级指标"], lacks
    if card.execution.weight is not None:
        points = card.execution.points
        assert sums["预算执行：得分"] == ("" if points is None else points)
    assert sums["总分"] == ("" if card.total is None else card.total)
    assert bool(sums["未计总分的原因"]) is (card.total is None) or card.rulebook.caps is not None
    if card.total is not None:
        for part in card.subtotals:
            assert sums[f"{part.section.label}：小计"] == part.points
        assert sums["等级"] == card.grade


def printed_points(card: Scorecard, shown: Shown, cells: Cells) -> None:
    """The visible cells show the points, and where there is no total, no number.

    A form without points says nothing of points at all.
    """
    texts = [value for value in cells.values() if value == "未计分"]
    visible = [value for value in cells.values() if isinstance(value, Decimal)]
    if card.total is None:
        assert bool(texts) is card.rulebook.weights.scored
    else:
        assert card.total in visible
        assert not texts
    for line in card.lines:
        assert line.shown is None or line.shown in visible


def test_cached_values_are_the_engine_s() -> None:
    """A previewer that computes nothing shows what `score` gives."""
    for book, sheet in made(range(QUICK)):
        card, shown = perfeval.score(sheet, book), read(form_workbook(book, sheet))
        compared(card, shown)
        printed_points(card, shown, shown[FORM])


LATE = {"方法": "逾期扣分", "每": 10, "单位": "天", "扣": 1, "不足一档": "不计"}
STEPS = {
    "方法": "分档",
    "档次": [
        {"不低于": 90, "比例": 100},
        {"不低于": 80, "低于": 90, "得分": 8},
        {"低于": 80, "比例": 0},
    ],
}
OUTPUT = {"一级指标": "产出", "二级指标": "时效", "分值": 10}
BENEFIT = {"一级指标": "效益", "二级指标": "社会效益", "分值": 10, "已填报得分": 9}


def by_own(method: Mapping[str, object], **fields: object) -> dict[str, object]:
    return {**OUTPUT, "评分标准": {"依据": "表下", "计分": method}, **fields}


def of_days(first: str, second: str) -> dict[str, object]:
    units = [
        {"单位": name, "目标值": f"≤30{done[-1]}", "完成值": done}
        for name, done in (("甲", first), ("乙", second))
    ]
    return by_own(LATE, 分单位=units)


STANDARDS = [
    *(by_own(STEPS, 完成值=text) for text in ("0.85", "0.5", "1", "85%", "85")),
    *(by_own(STEPS, 分值=weight, 目标值="≥90", 完成值="95") for weight in (7, 8, 10)),
    *(
        by_own(LATE, 目标值=target, 完成值=actual)
        for target, actual in (
            *(("≤30天", "35天"), ("≤30天", "45日"), ("≤30天", "20天"), ("30天", "35天")),
            *(("≥90", "80"), ("≥90", "95"), ("30天", "90%"), ("≤30天", "完成")),
            *(("≤16%", "57%"), ("≤16%", "12%"), ("≤30", "35")),
            *(("≤100元", "120元"), ("≤100元", "90元"), ("2023年6月底前", "2023年7月15日")),
        )
    ),
    *(of_days(*pair) for pair in (("40天", "55天"), ("20天", "30天"), ("40%", "50%"))),
    *(
        {**BENEFIT, "目标值": target, "完成值": actual}
        for target, actual in (("≥90", "80"), ("30天", "90%"), ("≤30天", "45天"), ("好", "达成"))
    ),
    *({**OUTPUT, "目标值": word, "完成值": rate} for word in ("合格",) for rate in ("98%", "100%")),
]


def test_rows_by_standards_score_in_the_form_as_by_the_engine() -> None:
    """改正之前用到它的行不计分; a term exceeded; a fraction that may be a percentage."""
    rows = [{**row, "名称": f"行{at}"} for at, row in enumerate(STANDARDS)]
    group = {"依据": "批复", "用于": {"一级指标": ["效益"]}, "计分": LATE}
    head = {"评分办法": "mof-2020", "年度": 2023, "项目名称": "示例"}
    sheet = load_sheet({**head, "指标": rows, "评分标准": [group]})
    book = load_rulebook("mof-2020")
    card = perfeval.score(sheet, book)
    compared(card, read(form_workbook(book, sheet)))
    assert {line.points is None for line in card.lines} == {True, False}


def assert_same(cached: Cells, shown: Cells) -> None:
    """Every cell shows the same; steps on the way to points differ by binary fractions at most."""
    kept, computed = (
        {at: value for at, value in cells.items() if value != ""} for cells in (cached, shown)
    )
    assert kept.keys() == computed.keys()
    for at, value in kept.items():
        other = computed[at]
        if isinstance(value, Decimal) and isinstance(other, Decimal):
            assert abs(value - other) <= Decimal("1e-11"), at
        else:
            assert value == other, at


def recalculating(numbers: range, folder: Path) -> Counter[str]:
    """Compare sheets with what LibreOffice makes of their forms; count what there was."""
    seen: Counter[str] = Counter()
    sheets = list(made(numbers))
    forms = [form_workbook(book, sheet) for book, sheet in sheets]
    results = recalculated([without_values(form) for form in forms], folder)
    for (book, sheet), form, shown in zip(sheets, forms, results, strict=True):
        card, cached = perfeval.score(sheet, book), read(form)
        compared(card, shown)
        printed_points(card, shown, shown[FORM])
        for name, cells in cached.items():
            assert_same(cells, shown[name])
        seen["total" if card.total is not None else "none"] += 1
        seen["adjusted"] += bool(card.steps)
        seen.update(line.basis.name for line in card.lines)
    return seen


@needs_office
def test_libreoffice_computes_some_sheets_as_the_engine_does(tmp_path: Path) -> None:
    """Every cell of every sheet: points, subtotals, totals, grades, reasons, and the steps."""
    seen = recalculating(range(QUICK), tmp_path)
    assert min(seen["total"], seen["none"], seen["UNSCORED"]) > 0


@pytest.mark.slow
@needs_office
@pytest.mark.parametrize("batch", range(LONG // BATCH))
def test_libreoffice_computes_many_sheets_as_the_engine_does(batch: int, tmp_path: Path) -> None:
    seen = recalculating(range(1000 + batch * BATCH, 1000 + (batch + 1) * BATCH), tmp_path)
    for kind in ("total", "none", "adjusted", "MEASURED", "CLAIMED", "JUDGED", "UNSCORED"):
        assert seen[kind] > 0, kind


@pytest.mark.slow
@needs_office
def test_libreoffice_computes_two_thousand_printed_cells_as_the_engine_does(tmp_path: Path) -> None:
    """Each way to print a cell has in the form the points that the engine gives, or none."""
    drawn = [*pairs(FIRST + PRINTED, PRINTED), *of_places(FIRST + PRINTED, PRINTED)]
    book = load_rulebook("mof-2020")
    sheets = [load_sheet(data) for data in sheets_of(drawn, book.id, 250)]
    forms = [without_values(form_workbook(book, sheet)) for sheet in sheets]
    computed = 0
    for sheet, shown in zip(sheets, recalculated(forms, tmp_path), strict=True):
        rows = by_heading(shown["计算"])
        for at, line in enumerate(perfeval.score(sheet, book).lines):
            assert rows["得分"][at] == ("" if line.points is None else line.points), line
            computed += line.points is not None
    assert computed > PRINTED


# -- typed by hand -----------------------------------------------------------------------------


def emptied(sheet: Sheet) -> Sheet:
    """Return a sheet whose rows have names and weights and nothing else."""
    fields = ("sign", "unit", "target", "actual", "filed")
    rows = tuple(
        row.model_copy(update={"not_applicable": False, **dict.fromkeys(fields)})
        for row in sheet.indicators
    )
    return sheet.model_copy(update={"indicators": rows})


def typing(form: bytes, sheet: Sheet) -> dict[str, str | Decimal]:
    """Return what a person types into an empty form, cell by cell, to fill it like a sheet."""
    _, rows = known_cells(read(form))
    typed: dict[str, str | Decimal] = {}
    for cells, row in zip(rows, sheet.indicators, strict=True):
        texts = {"目标值": row.target, "完成值": row.actual}
        for name, cell in texts.items():
            if cell is not None:
                typed[cells[name]] = cell.text
            is_stated = cell is not None and cell.given and not row.units  # else it was computed
            if cell is not None and is_stated and cell.number is not None:
                typed[cells[f"{name}按"]] = cell.number
        sign = row.sign or (row.target.sign if row.target else None)
        typed[cells["符号"]] = sign.value if sign else ""
        if row.filed is not None:
            typed[cells["已填报得分"]] = row.filed
        if "单位" in cells and row.unit:
            typed[cells["单位"]] = row.unit
        if "不适用" in cells and row.not_applicable:
            typed[cells["不适用"]] = "是"
    return typed


@needs_office
def test_the_published_sheet_typed_by_hand_gets_its_98_46_points(tmp_path: Path) -> None:
    book, sheet = load_rulebook("hubei-2020"), load_sheet(REAL)
    form = form_workbook(book, emptied(sheet))
    typed = typing(form, sheet)
    fields, _ = known_cells(read(form))
    assert set(fields) >= {"预算数", "执行数", "项目名称", "年度"}
    (shown,) = recalculated([filled(form, typed)], tmp_path)
    sums = named(shown["合计"])
    assert (sums["总分"], sums["等级"], sums["未计总分的原因"]) == (Decimal("98.46"), "优", "")
    assert Decimal("98.46") in shown[FORM].values()


def typing_sheets(numbers: range, folder: Path) -> tuple[int, int]:
    """Type sheets by hand; return how many rows scored as by the engine, and how many did not."""
    plain = [
        (book, sheet)
        for book, sheet in made(numbers)
        if not any(row.not_applicable for row in sheet.indicators)
    ]
    forms = [form_workbook(book, emptied(sheet)) for book, sheet in plain]
    typed = [
        filled(form, typing(form, sheet)) for form, (_, sheet) in zip(forms, plain, strict=True)
    ]
    same = blank = 0
    found = zip(plain, forms, recalculated(typed, folder), strict=True)
    for (book, sheet), form, shown in found:
        rows, (_, cells) = by_heading(shown["计算"]), known_cells(read(form))
        for at, line in enumerate(perfeval.score(sheet, book).lines):
            if line.indicator.units or (line.indicator.unit and "单位" not in cells[at]):
                continue  # computed and shown rounded, or without a cell: it is typed as another
            if rows["得分"][at] == ("" if line.points is None else line.points):
                same += 1
            else:
                assert rows["得分"][at] == "", (line, amount(line.points))
                assert rows["未计分原因"][at]
                blank += 1
    return same, blank


@needs_office
def test_what_is_typed_scores_as_the_engine_or_not_at_all(tmp_path: Path) -> None:
    """The form reads less than perfeval does, and says so; it never reads anything else."""
    same, blank = typing_sheets(range(5000, 5000 + QUICK), tmp_path)
    assert same > 20 * blank


@pytest.mark.slow
@needs_office
@pytest.mark.parametrize("batch", range(2))
def test_what_many_type_scores_as_the_engine_or_not_at_all(batch: int, tmp_path: Path) -> None:
    start = 6000 + batch * BATCH
    same, blank = typing_sheets(range(start, start + BATCH), tmp_path)
    assert same > 20 * blank
