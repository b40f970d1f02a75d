"""What an overview tells of parts is never compared with the whole of its project."""

from __future__ import annotations

import pytest

import perfeval

HEAD = (
    "云溪县水利局2024年度部门决算\n第二部分 2024年度部门决算情况说明\n"
    "五、一般公共预算财政拨款支出决算情况说明\n"
    "2024年度一般公共预算财政拨款支出2000.00万元，占本年支出合计的80.00%。\n"
    "十、预算绩效情况说明\n（一）项目绩效自评结果\n"
)
WHOLE = (
    "1.农村饮水项目绩效自评综述：项目全年预算数为320.00万元，执行数为301.60万元，完成预算的94.25%。"
)
PARTS = (
    "其中：财政拨款270.00万元，执行251.60万元；其他资金50.00万元，执行50.00万元。",
    (
        "其中：中央资金270.00万元，执行251.60万元，执行率93.19%；县级资金50.00万元，"
        "执行50.00万元，执行率100%。"
    ),
    (
        "其中：一般公共预算财政拨款270.00万元，执行251.60万元；政府性基金预算50.00万元，"
        "执行50.00万元。"
    ),
    "其中，财政拨款预算数270.00万元，执行数251.60万元。其他资金预算数50.00万元，执行数50.00万元。",
    (
        "按资金性质分，财政拨款全年预算270.00万元，执行数251.60万元；其他资金全年预算50.00万元，"
        "执行数50.00万元。"
    ),
    "财政拨款预算270.00万元、执行251.60万元，其他资金预算50.00万元、执行50.00万元。",
    "（其中：财政拨款270.00万元，执行251.60万元；其他资金50.00万元，执行50.00万元）。",
    (
        "资金构成：上级补助资金预算数270.00万元、执行数251.60万元；县级财政资金预算数50.00万元、"
        "执行数50.00万元。"
    ),
    "项目包括：管网改造预算270.00万元，执行251.60万元；水质检测预算50.00万元，执行50.00万元。",
    "截至6月底执行数120.00万元，截至年底执行数301.60万元。",
    "没有执行18.40万元。",
    "未执行数18.40万元，结转下年。",
    "上年执行数280.00万元，执行率90.00%。",
)


def faults(text: str) -> list[str]:
    report = perfeval.proof(f"{HEAD}{text}\n")
    return [item.code for item in report.findings if item.code.startswith("AC1")]


@pytest.mark.parametrize("parts", PARTS)
def test_parts_are_not_compared_with_the_whole(parts: str) -> None:
    assert faults(WHOLE + parts) == []


@pytest.mark.parametrize("parts", PARTS)
def test_a_whole_that_differs_is_found_behind_the_parts(parts: str) -> None:
    assert "AC101" in faults(f"{WHOLE}{parts}经自评，项目全年执行数为311.60万元。")


def test_a_rate_behind_parts_in_the_same_sentence_is_that_of_the_whole() -> None:
    text = (
        "1.农村饮水项目绩效自评综述：项目全年预算数为320.00万元，其中：财政拨款270.00万元、"
        "其他资金50.00万元，执行数为301.60万元，完成预算的{rate}%。"
    )
    assert faults(text.format(rate="94.25")) == []
    assert faults(text.format(rate="95.25")) == ["AC105"]


def test_no_figure_of_the_parts_is_silent() -> None:
    report = perfeval.proof(f"{HEAD}{WHOLE}{PARTS[0]}\n")
    found = [figure.text for figure in report.figures]
    assert found[-4:] == ["270.00万元", "251.60万元", "50.00万元", "50.00万元"]


def test_points_of_other_projects_are_not_compared_with_one_another() -> None:
    points = (
        "1.农村饮水项目：执行率94.25%，执行数比预算数少18.40万元。"
        "2.河道清淤项目：执行率80.00%，执行数比预算数少12.00万元。"
    )
    assert faults(f"2024年度项目支出320.00万元。{points}") == []


def test_some_of_the_projects_are_not_compared_with_all() -> None:
    text = (
        "公布绩效自评结果的项目3个。全年预算数合计500.00万元，执行数合计450.00万元。"
        "全年预算数和执行数都公布的2个项目，全年预算数合计400.00万元，执行数合计350.00万元。"
    )
    assert faults(text) == []


def test_an_original_budget_is_not_the_final_amount() -> None:
    text = "基本支出498.43万元，为年初预算的基本支出448.20万元的111.21%。"
    assert "AC101" not in faults(text)
