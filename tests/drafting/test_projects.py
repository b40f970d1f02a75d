"""A project's draft holds what its own sentences say, and nothing that may be of something else."""

from __future__ import annotations

import pytest

from perfeval import AccountDraft, Sheet, draft, load_sheet

HEAD = "十三、预算绩效情况说明\n2023年度部门决算中反映各项目绩效自评结果。\n"


def drafted(*items: str, year: int = 2023) -> AccountDraft:
    lines = "\n".join(items).replace("2023", str(year))
    return draft(f"测试市水务局{year}年度部门决算\n{HEAD.replace('2023', str(year))}{lines}\n")


def sheet(*items: str) -> Sheet:
    """Return the sheet of the first project."""
    return load_sheet({**_data(drafted(*items)), "评分办法": "hubei-2020"})


def _data(made: AccountDraft) -> dict[str, object]:
    from perfeval.source import read_text

    data: dict[str, object] = read_text(made.files[1].text, "").data
    return data


def test_money_rate_points_and_texts_as_hubei_writes_them() -> None:
    made = sheet(
        "1.河道清淤经费项目绩效自评综述：该项目主要用于清淤。项目全年预算数为120.50万元，"
        "执行数为110.25万元，完成预算的91.49%。主要产出和效果：清淤8公里。"
    )
    assert (str(made.budget.final), str(made.budget.spent)) == ("120.50", "110.25")
    assert made.budget.filed.rate is not None
    assert made.budget.filed.rate.text == "91.49%"
    assert (made.name, made.purpose, made.effects) == ("河道清淤经费", "清淤", "清淤8公里")
    assert made.unconfirmed


def test_the_original_budget_is_not_the_final_one() -> None:
    made = sheet(
        "1.河长制项目绩效自评综述：年初预算200万元，年中追加60万元，调整预算数260万元，"
        "实际支出255.5万元，预算执行率98.27%。"
    )
    budget = made.budget
    assert [str(one) for one in (budget.original, budget.final, budget.spent)] == [
        "200",
        "260",
        "255.5",
    ]


def test_amounts_in_yuan_are_10000_yuan_in_the_sheet() -> None:
    made = sheet(
        "1.营养改善项目绩效自评情况：年初预算3,876,646.20元，全年执行3,000,000.00元，执行率77.4%。"
    )
    assert (str(made.budget.original), str(made.budget.spent)) == ("387.66462", "300")


def test_sichuan_names_the_overview_otherwise() -> None:
    made = drafted(
        "1.项目绩效目标完成情况。本部门反映2个项目绩效目标实际完成情况。",
        "（1）高标准农田建设项目绩效目标完成情况综述。项目全年预算数1200万元，"
        "执行数为1150.35万元，完成预算的95.86%。",
    )
    assert [file.path for file in made.files] == ["department.yaml", "高标准农田建设.yaml"]


@pytest.mark.parametrize(
    ("said", "lacking"),
    [
        ("预算数50万元，其中：设备采购预算30万元，执行28万元。", "spent"),
        ("执行数40万元，执行数41万元。", "spent"),
        ("项目共计支出23万元用于慰问。", "spent"),
        ("上年执行数为40万元。", "spent"),
        ("预算数1.2亿元。", "final"),
        ("下年预算数为60万元。", "final"),
        ("2024年预算数为60万元。", "final"),
        ("其中中央资金预算数为60万元。", "final"),
        ("上年结转资金120万元。", "final"),
        ("上年年初预算为30万元。", "original"),
    ],
)
def test_what_may_be_of_something_else_is_left_out(said: str, lacking: str) -> None:
    made = sheet(f"1.绿化养护项目绩效自评综述：项目按计划实施。{said}")
    assert getattr(made.budget, lacking) is None


@pytest.mark.parametrize(
    "said", ["产出指标得分50分", "预算执行率得分9.83分", "平均得分92分", "产出指标自评得分50分"]
)
def test_points_of_a_part_are_not_the_total(said: str) -> None:
    made = sheet(f"1.绿化养护项目绩效自评综述：项目按计划实施，{said}。")
    assert made.filed.total is None


def test_the_points_of_the_project_are() -> None:
    made = sheet("1.绿化养护项目绩效自评综述：该项目绩效自评得分为92.5分。预算数50万元。")
    assert str(made.filed.total) == "92.5"
    assert str(made.budget.final) == "50"


def test_two_values_are_told_with_their_line() -> None:
    made = drafted("1.绿化养护项目绩效自评综述：项目执行数40万元。", "执行数41万元。")
    (note,) = made.files[1].unread
    assert "第 4 行" in note
    assert "40万元、41万元" in note


def test_spending_behind_its_parts_counts_where_the_rate_is_of_it() -> None:
    text = (
        "1.防疫项目绩效自评综述：全年预算数350.60万元，其中：中央资金200万元，"
        "执行数为{}万元，完成预算的100%。"
    )
    assert str(sheet(text.format("350.60")).budget.spent) == "350.60"
    assert sheet(text.format("200")).budget.spent is None


def test_a_figure_keeps_the_sign_that_is_printed() -> None:
    text = "1.防疫项目绩效自评综述：全年预算数60万元，执行数-4万元，自评得分为20分。"
    assert "执行数: -4  # 第 4 行" in drafted(text).files[1].text


def test_a_rate_of_another_budget_is_left_out() -> None:
    made = sheet("1.防疫项目绩效自评综述：调整预算数260万元，执行数250万元，完成年初预算的125%。")
    assert made.budget.filed.rate is None


def test_quotes_that_are_a_part_of_the_name_stay() -> None:
    made = drafted(
        "1.“好味到”食堂建设经费绩效自评综述：预算数5万元。",
        "2.“四好公路”项目绩效自评综述：预算数6万元。",
    )
    assert [file.path for file in made.files[1:]] == ["“好味到”食堂建设经费.yaml", "四好公路.yaml"]


def test_two_projects_of_one_name_are_two_files() -> None:
    item = "绿化养护项目绩效自评综述：预算数50万元。"
    made = drafted(f"1.{item}", f"2.{item}")
    assert [file.path for file in made.files[1:]] == ["绿化养护.yaml", "绿化养护（2）.yaml"]


def test_an_amount_that_is_not_understood_is_named() -> None:
    made = drafted("1.绿化养护项目绩效自评综述：预算数（调整后）为60万元，执行数58.5万元。")
    (note,) = made.files[1].unread
    assert "60万元 没有读懂" in note


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ("全年预算数1000万元，累计执行数为1800万元，本年执行数为850万元。", "spent", None),
        ("2023年预算数为60万元，2024年拟安排预算数80万元。", "final", "60"),
        ("全市预算数为900万元，我局全年预算数为90万元。", "final", "90"),
        ("年度预算80.00万元（其中一般公共预算60.00万元，基金20.00万元）。", "final", "80.00"),
        ("全年预算数为50万元。其中：人员经费预算数30万元，执行数29万元。", "spent", None),
        ("年初预算500万元，因财力紧张调减100万元，全年预算400万元。", "original", "500"),
    ],
)
def test_of_several_amounts_only_the_projects_own_is_taken(
    said: str, field: str, value: str | None
) -> None:
    made = sheet(f"1.绿化养护项目绩效自评综述：{said}")
    taken = getattr(made.budget, field)
    assert (None if taken is None else str(taken)) == value
