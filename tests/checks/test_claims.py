"""What a text claims of everything, what sounds like it, and which data deny it.

The sentences are in ``claims.yaml``.  They were written in three lots; the second and the third
were measured before any word of the grammar was changed for them
(`docs/checks-measured.zh-CN.md`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import perfeval
from perfeval.checks.claims import ClaimKind, claims_in
from perfeval.checks.denials import denied
from perfeval.findings import Finding

SENTENCES = yaml.safe_load((Path(__file__).parent / "claims.yaml").read_text(encoding="utf-8"))
HEARD = [(kind, text) for kind, texts in SENTENCES["说满了"].items() for text in texts]
YEAR = 2023


@pytest.mark.parametrize(("kind", "text"), HEARD, ids=[text for _, text in HEARD])
def test_a_claim_is_heard_once(kind: str, text: str) -> None:
    claims = [claim for claim in claims_in(text, year=YEAR) if claim.kind.name == kind]
    assert len(claims) == 1
    assert text[claims[0].start : claims[0].end] == claims[0].words


@pytest.mark.parametrize("text", SENTENCES["没有说满"])
def test_what_speaks_of_less_is_denied_aimed_at_or_quoted_is_no_claim(text: str) -> None:
    """Not one true sentence is accused; that matters more than to hear every false one."""
    assert list(claims_in(text, year=YEAR)) == []


@pytest.mark.parametrize("text", SENTENCES["听不出"])
def test_what_is_known_not_to_be_heard_still_is_not(text: str) -> None:
    """Whoever mends the grammar moves its sentences to those that are heard."""
    assert list(claims_in(text, year=YEAR)) == []


def test_most_false_sentences_are_heard() -> None:
    missed = len(SENTENCES["听不出"])
    assert missed * 20 < len(HEARD) + missed


def test_what_is_said_of_another_year_is_no_claim() -> None:
    text = "2022年度各项绩效目标全部完成，今年继续实施"
    assert list(claims_in(text, year=2023)) == []
    assert [claim.kind for claim in claims_in(text, year=2022)] == [ClaimKind.GOALS]


# -- what denies a claim -------------------------------------------------------------------------


def sheet(*rows: tuple[str, str, str], spent: int = 90, **fields: Any) -> dict[str, Any]:
    level = {"一级指标": "产出", "二级指标": "数量", "分值": 10}
    return {
        "评分办法": "mof-2020",
        "年度": YEAR,
        "项目名称": "示例",
        "预算": {"预算数": 100, "执行数": spent},
        "指标": [
            {**level, "名称": name, "目标值": target, "完成值": actual}
            for name, target, actual in rows
        ],
        **fields,
    }


SHORT = ("培训场次", "≥12场", "11场")
MET = ("培训人数", "≥115人", "264人")


def found(code: str, data: dict[str, Any]) -> list[Finding]:
    return [item for item in perfeval.evaluate(data).findings if item.code == code]


def why(text: str, *sheets: dict[str, Any]) -> list[str]:
    cards = [perfeval.evaluate(data).scorecard for data in sheets]
    return [item.because for item in denied(text, [card for card in cards if card is not None])]


def test_a_claim_of_everything_is_quoted_with_the_row_that_denies_it() -> None:
    (finding,) = found("RS111", sheet(SHORT, MET, 年度目标完成情况="圆满完成全部目标"))
    said = "文字说“圆满完成全部目标”，但有 1 行没有完成，如“培训场次”（目标 ≥12场，完成 11场）"
    assert finding.message == said
    assert found("RS111", sheet(MET, 年度目标完成情况="圆满完成全部目标")) == []


def test_a_claim_that_all_money_was_spent_is_quoted_with_the_amounts() -> None:
    text = "项目资金已全部支付完毕。"
    (finding,) = found("RS113", sheet(MET, 产出和效果=text))
    assert finding.message.endswith("但执行数 90，预算数 100，执行率 90.00%")
    assert found("RS113", sheet(MET, spent=100, 产出和效果=text)) == []


def test_fewer_rows_than_fell_short_are_admitted() -> None:
    rows = (SHORT, ("演出场次", "≥12场", "6场"), MET)
    assert found("RS112", sheet(*rows, 原因分析="有1项指标未完成，是因为停电"))
    assert found("RS112", sheet(*rows, 原因分析="有2项指标未完成，是因为停电")) == []
    assert found("RS112", sheet(*rows, 原因分析="有三项指标未完成，是因为停电")) == []
    assert found("RS112", sheet(*rows, 原因分析="项目实施中未发现问题"))


@pytest.mark.parametrize(
    "text",
    [
        "有1项指标未完成，有1项指标存在偏差。",
        "有1项指标未完成，是因为停电；另有1项指标没有达到目标值。",
        "有1项指标未完成。有1项产出指标未完成。",
        "数量指标方面，有1项指标未完成；质量指标方面，有1项指标未完成。",
        "有一项指标未完成，一个指标不达标",
    ],
)
def test_what_a_text_counts_is_added_up(text: str) -> None:
    """Two and two rows are four, in one sentence or in several."""
    two = (SHORT, ("演出场次", "≥12场", "6场"), MET)
    three = (*two, ("讲座场次", "≥9场", "6场"))
    assert found("RS112", sheet(*two, 原因分析=text)) == []
    assert len(found("RS112", sheet(*three, 原因分析=text))) <= 1


def test_too_few_in_several_sentences_are_one_finding() -> None:
    rows = [(f"讲座{number}", "≥9场", "6场") for number in range(3)]
    text = "有1项指标未完成，是因为停电。有1项指标存在偏差。"
    (finding,) = found("RS112", sheet(*rows, 原因分析=text))
    assert "“有1项指标未完成”，但有 3 行没有完成" in finding.message


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("上半年执行率45%，全年执行率90%。", False),
        ("截至6月底执行率45%。", False),
        ("截至2023年6月30日，执行率45%。", False),
        ("1-6月执行率45%", False),
        ("1—9月，预算执行率为62.5%", False),
        ("一期工程执行率100%，二期执行率80%。", False),
        ("一期工程已完工，执行率100%。", False),
        ("第一批资金执行率100%", False),
        ("二季度执行率45%", False),
        ("三季度末，执行率62%", False),
        ("上年执行率80%", False),
        ("2022年执行率80%，2023年执行率90%", False),
        ("去年预算执行率为85%，有所提高", False),
        ("中央资金执行率100%，市级资金执行率60%", False),
        ("其中，自筹资金执行率50%", False),
        ("培训费执行率45%", False),
        ("执行率95%的项目3个", False),
        ("执行率95%以下的扣分", False),
        ("执行率90%至95%的得3分", False),
        ("执行率95%左右", False),
        ("执行率45%", True),
        ("上半年进展慢，全年执行率95%。", True),
        ("上半年执行率45%。执行率95%。", True),
        ("截至12月底，执行率95%", True),
        ("截至2023年12月31日执行率95%", True),
        ("2023年执行率95%", True),
        ("2022年执行率80%，2023年执行率95%", True),
        ("项目预算执行率达到99.5%，完成情况较好", True),
        ("年度预算100万元，支出90万元，执行率95%", True),
        ("完成全年预算的95%", True),
    ],
)
def test_a_rate_of_a_part_is_another_rate(text: str, is_wrong: bool) -> None:
    """Of the year, of the money, of the project, or of another year: 90 % is the whole one."""
    findings = found("TX106", sheet(MET, 产出和效果=text))
    assert bool(findings) is is_wrong


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("培训人数超额43%", True),  # 115 ÷ 264
        ("培训人数目标115人，实际264人，超额56.44%", True),  # 149 ÷ 264
        ("培训人数超额完成229.57%", True),  # 264 ÷ 115: it is the completion rate
        ("培训人数超额129.57%", False),
        ("培训人数超额129%", False),  # cut off
        ("培训人数超额130%", False),  # rounded
        ("培训人数超额12%", False),  # of something else, perhaps
        ("培训目标115人，实际264人，超额12%", True),  # both figures beside it
        ("参训率超额43%", False),  # another thing
        ("力争培训人数超额43%", False),
        ("培训人数没有超额43%", False),
    ],
)
def test_by_how_much_a_target_was_exceeded_is_computed(text: str, is_wrong: bool) -> None:
    findings = found("RS114", sheet(SHORT, MET, 产出和效果=text))
    assert bool(findings) is is_wrong
    assert all("超出目标 129.57%" in item.message for item in findings)


def test_the_claims_of_a_department_are_held_against_all_its_sheets() -> None:
    short, met = sheet(SHORT, 项目名称="甲"), sheet(MET, spent=100, 项目名称="乙")
    assert why("各项任务全部完成", short, met) == ["没有完成的有：“甲”1 行"]
    assert why("各项目预算全部执行", short, met) == ["没有用完的有：“甲”"]
    assert why("各项任务全部完成，各项目预算全部执行", met, met) == []
    assert why("项目资金已全部支付完毕", short, met) == []
    assert why("各项任务全部完成") == []


def test_that_nothing_was_wrong_is_denied_by_money_that_is_left_too() -> None:
    """A rate below 100 % is a deviation as much as a row that fell short."""
    assert why("实施过程中未发现问题", sheet(MET)) == ["执行数 90，预算数 100，执行率 90.00%"]
    assert why("实施过程中未发现问题", sheet(MET, spent=100)) == []


def test_fewer_projects_than_fell_short_are_admitted() -> None:
    """By rows or by money."""
    short, left = sheet(SHORT, spent=100, 项目名称="甲"), sheet(MET, 项目名称="乙")
    met = sheet(MET, spent=100, 项目名称="丙")
    assert why("有一个项目未完成", short, left, met) == ["有偏差的有 2 个：“甲”、“乙”"]
    assert why("两个项目预算执行存在偏差", short, left, met) == []
    assert why("有一个项目未完成", short) == []


def test_what_is_denied_is_told_with_its_place_in_the_text() -> None:
    card = perfeval.evaluate(sheet(SHORT)).scorecard
    assert card is not None
    text = "资金已全部支出。各项任务全部完成。"
    found = denied(text, [card])
    assert [text[item.start : item.end] for item in found] == ["资金已全部支出", "各项任务全部完成"]
