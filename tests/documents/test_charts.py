"""Charts: lengths in proportion, nothing unscored drawn as a figure, texts escaped, no float."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval import Report, Scorecard
from perfeval.documents.charts import (
    ChartRow,
    chart_groups,
    execution_bars,
    execution_chart,
    section_bars,
    sections_chart,
)
from tests.documents.conftest import Make
from tests.documents.rows import BENEFIT, CLIENTS, FULL, HOSTILE, OUTPUT, row

SVG = "{http://www.w3.org/2000/svg}"
FULL_RATE = ChartRow("甲", Decimal(100), Decimal(100))


def drawn(chart: str) -> ET.Element:
    return ET.fromstring(chart)


def texts(chart: str) -> list[str]:
    return [node.text or "" for node in drawn(chart).iter(f"{SVG}text")]


def widths(chart: str, kind: str) -> list[int]:
    """Return the widths of the boxes of a kind, the legend's among them."""
    boxes = drawn(chart).iter(f"{SVG}rect")
    return [int(box.attrib["width"]) for box in boxes if f"perfeval-{kind} " in box.attrib["class"]]


def card(report: Report) -> Scorecard:
    assert report.scorecard is not None
    return report.scorecard


# -- execution rates ---------------------------------------------------------------------------


def test_bars_are_as_long_as_the_rates() -> None:
    rows = [FULL_RATE, FULL_RATE._replace(spent=Decimal(50)), FULL_RATE._replace(spent=Decimal(0))]
    whole, half, none = widths(execution_chart(rows), "measured")
    assert (half * 2, none) == (whole, 0)


def test_budget_spending_and_rate_stand_beside_the_bar() -> None:
    chart = execution_chart([ChartRow("养老", Decimal("1286.70"), Decimal("1269.62"))], unit="元")
    assert texts(chart) == [
        "预算（元）",
        "执行（元）",
        "执行率",
        "养老",
        "1286.70",
        "1269.62",
        "98.67%",
        "100%",
    ]


@pytest.mark.parametrize(
    ("budget", "spent", "said"),
    [(None, 5, "未公布"), (5, None, "未公布"), (None, None, "未公布"), (0, 5, "无法计算")],
)
def test_a_project_without_a_rate_says_so_and_has_no_bar(
    budget: int | None, spent: int | None, said: str
) -> None:
    amounts = [None if amount is None else Decimal(amount) for amount in (budget, spent)]
    chart = execution_chart([ChartRow("甲", *amounts)])
    assert said in texts(chart)
    assert widths(chart, "measured") == []
    assert f"执行率{said}" in (drawn(chart).findtext(f"{SVG}desc") or "")


def test_a_bar_passes_the_line_of_100_percent_and_is_broken_off_at_150() -> None:
    rows = [FULL_RATE, *(FULL_RATE._replace(spent=Decimal(spent)) for spent in (120, 400))]
    chart = execution_chart(rows)
    whole, more, most = widths(chart, "measured")
    assert (more * 10, most * 10) == (whole * 12, whole * 15)
    assert chart.count('<path class="perfeval-lost"') == 1
    assert {"120.00%", "400.00%"} <= set(texts(chart))
    line = drawn(chart).find(f"{SVG}path[@stroke-dasharray]")
    assert line is not None
    assert line.attrib["d"].startswith(f"M{210 + whole} ")


@given(st.lists(st.integers(1, 400), max_size=90))
def test_however_many_projects_there_are_a_page_shows_all_of_its_chart(lengths: list[int]) -> None:
    """A page of official papers has 156 mm by 225 mm for text; a title and a heading take 45."""
    rows = [FULL_RATE._replace(name="项" * length) for length in lengths]
    groups = list(chart_groups(rows))
    assert [row for group in groups for row in group] == rows
    for group in groups:
        root = drawn(execution_chart(group))
        width, height = (int(root.attrib[side]) for side in ("width", "height"))
        assert height * 156 <= 180 * width
        assert len(group) <= 20


def test_projects_are_shared_out_evenly() -> None:
    sizes = [len(group) for group in chart_groups([FULL_RATE] * 21)]
    assert sizes == [11, 10]
    assert [len(group) for group in chart_groups([FULL_RATE] * 20)] == [20]


def test_a_long_name_is_printed_in_full() -> None:
    name = "特别长的项目名称" * 8
    assert name in "".join(texts(execution_chart([ChartRow(name, None, None)])))


@pytest.mark.parametrize("text", [*HOSTILE, "</svg><script>", '"><b onload="', "甲\x1b]乙"])
def test_no_name_becomes_markup(text: str) -> None:
    chart = execution_chart([ChartRow(text, None, None)])
    tags = {node.tag.removeprefix(SVG) for node in drawn(chart).iter()}
    assert tags == {"svg", "title", "desc", "style", "text", "path"}


# -- points by section -------------------------------------------------------------------------


def test_sections_stand_with_points_and_weights(real: Report) -> None:
    assert texts(sections_chart(card(real)))[4:] == [
        "预算执行",
        "19.73 / 20",
        "产出指标",
        "38.73 / 40",
        "效益指标",
        "20.00 / 20",
        "满意度指标",
        "20.00 / 20",
    ]


def test_measured_claimed_and_lost_points_share_the_bar_in_proportion(make: Make) -> None:
    half = make({**OUTPUT, "完成值": "50张"}, BENEFIT, CLIENTS, 预算=FULL)
    chart = sections_chart(card(half))
    legend, budget, output, *_ = widths(chart, "measured")
    assert output == budget  # 20 of 20 measured, and 20 of 40
    assert widths(chart, "lost") == [legend, output]
    assert widths(chart, "claimed") == widths(chart, "open") == [legend]


def test_claimed_points_are_hatched_and_said(real: Report) -> None:
    chart = sections_chart(card(real))
    assert len(widths(chart, "claimed")) == 4
    said = drawn(chart).findtext(f"{SVG}desc") or ""
    assert "预算执行：得分 19.73 / 20（有据可算 19.73，失分 0.27）" in said
    assert "效益指标：得分 20.00 / 20（依填报认定 20.00）" in said


def test_an_unscored_row_is_a_hatched_range_and_no_figure(make: Make) -> None:
    report = make(OUTPUT, BENEFIT, row("满意度指标", 20, "≥95%", None), 预算=FULL)
    chart = sections_chart(card(report))
    legend, open_ = widths(chart, "open")
    assert "0.00～20.00 / 20" in texts(chart)
    assert open_ in widths(chart, "measured")
    assert chart.count('stroke-width="0.6"') == 3  # the legend's two, and this one
    assert legend != open_


def test_a_sheet_with_nothing_to_score_has_its_budget_row_alone(make: Make) -> None:
    chart = sections_chart(card(make()))
    assert texts(chart)[4:] == ["预算执行", "0.00～20.00 / 20"]


# -- both --------------------------------------------------------------------------------------


def test_a_chart_is_named_and_told_to_those_who_do_not_see_it(real: Report) -> None:
    for chart in (execution_chart([FULL_RATE]), sections_chart(card(real))):
        svg = drawn(chart)
        assert svg.attrib["role"] == "img"
        assert [child.tag for child in svg][:2] == [f"{SVG}title", f"{SVG}desc"]
        assert svg.findtext(f"{SVG}title")


def test_every_colour_prints_without_variables_and_may_be_changed_by_them(real: Report) -> None:
    chart = sections_chart(card(real))
    for node in drawn(chart).iter():
        if "perfeval-" in node.attrib.get("class", ""):
            assert re.search("#[0-9a-f]{6}", f"{node.get('fill')} {node.get('stroke')}")
            assert "var(" not in f"{node.attrib}"
    for name in ("ink", "paper", "measured", "claimed"):
        assert f"var(--perfeval-{name}, #" in chart


def test_a_page_may_hold_a_chart_twice(real: Report) -> None:
    assert " id=" not in sections_chart(card(real))


amounts = st.none() | st.decimals(0, 10**9, places=2)
chart_rows = st.lists(st.builds(ChartRow, st.text(max_size=40), amounts, amounts), max_size=5)


@given(chart_rows)
def test_any_rows_give_one_well_formed_chart_whatever_the_callers_context(
    rows: list[ChartRow],
) -> None:
    chart = execution_chart(rows)
    with localcontext() as context:
        context.prec = 2
        assert execution_chart(rows) == chart
    assert all(0 <= width <= 240 for width in widths(chart, "measured"))
    rated = [row for row in rows if row.budget and row.spent is not None]
    assert len(widths(chart, "measured")) == len(rated)


PAGE = """\
#set document(date: datetime(year: 2023, month: 1, day: 1))
#for chart in json(bytes(sys.inputs.data)) [#image(bytes(chart), format: "svg", width: 100%)]
"""


@pytest.mark.skipif(not importlib.util.find_spec("typst"), reason="the extra pdf is missing")
def test_a_chart_is_an_image_in_a_pdf(real: Report) -> None:
    import typst

    from perfeval.documents.formats.fonts import choices

    charts = [execution_chart([FULL_RATE]), sections_chart(card(real))]
    page = typst.compile(
        PAGE.encode(),
        font_paths=next(choices()).opened,
        sys_inputs={"data": json.dumps(charts)},
        pdf_standards="a-2b",
    )
    assert page.startswith(b"%PDF")


def test_equal_rows_give_equal_charts_in_every_process() -> None:
    code = (
        "from decimal import Decimal; from perfeval.documents.charts import *; import sys;"
        "chart = execution_chart([ChartRow('甲', Decimal(100), Decimal(100))]);"
        "sys.stdout.buffer.write(chart.encode())"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert run.stdout.decode() == execution_chart([FULL_RATE])


# -- the same as figures -----------------------------------------------------------------------


def test_the_bars_of_word_have_the_rates_that_are_printed() -> None:
    """The name says the whole rate; where there is none, no bar is drawn."""
    rows = [
        ChartRow("甲", Decimal(3), Decimal(2)),
        ChartRow("乙", Decimal(100), Decimal(400)),
        ChartRow("丙", None, Decimal(1)),
        ChartRow("丁", Decimal(0), Decimal(0)),
    ]
    bars = execution_bars(rows)
    assert bars.names == ("甲（66.67%）", "乙（400.00%）", "丙（未公布）", "丁（无法计算）")
    assert [one.lengths for one in bars.series] == [("66.67", "400", "", "")]
    assert bars.most == 150
    assert execution_bars(rows[:1]).most == 100
    first, last = bars.split(3)
    assert (first.names + last.names, last.series[0].lengths) == (bars.names, ("",))


def test_the_parts_of_a_bar_add_up_to_its_weight(real: Report) -> None:
    """What is measured, claimed, open and lost of a section is its weight."""
    bars = section_bars(card(real))
    assert bars.names[0] == "预算执行（19.73 / 20）"
    weights = [
        sum(Decimal(one.lengths[at] or 0) for one in bars.series) for at in range(len(bars.names))
    ]
    assert weights == [20, 40, 20, 20]
