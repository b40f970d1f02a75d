"""Copied text: among projects of a department, and from the year before."""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import Any

import pytest

import perfeval
from perfeval import CheckOptions
from perfeval.checks.across import sentence_copied
from perfeval.checks.copies import Likeness, are_alike
from perfeval.checks.registry import Fault
from perfeval.checks.subjects import DepartmentScores
from perfeval.cli import main
from perfeval.department import Department
from perfeval.findings import Finding, Status
from perfeval.scoring.engine import score
from perfeval.sheet import Sheet

HEAD = {"评分办法": "mof-2020", "年度": 2023, "预算": {"预算数": 1, "执行数": 1}}
MEASURE = "结合自评结果，更科学、准确地做好下一年度的预算编制"
CHANGED = "结合自评情况，更科学、准确地做好下一年度的预算编制"
OTHER = "露天演出改到五月和九月，音响与文化馆合用，不再租赁"


def sheet(name: str, measure: str, **fields: Any) -> dict[str, Any]:
    return {**HEAD, "项目名称": name, "改进措施": measure, **fields}


def copied(*measures: str) -> list[tuple[str, str]]:
    """Return file and message of what is found copied among sheets with these measures."""
    names = "甲乙丙丁戊"
    report = perfeval.evaluate_department(
        {
            "department": {"部门名称": "示例局", "年度": 2023, "评分办法": "mof-2020"},
            "sheets": {f"{name}.yaml": sheet(name, text) for name, text in zip(names, measures)},  # noqa: B905
        }
    )
    return [(item.file, item.message) for item in report.findings if item.code == "DP206"]


def test_a_sentence_of_two_projects_is_told_of_the_second() -> None:
    assert copied(MEASURE, MEASURE) == [("乙.yaml", f"“{MEASURE}”与“甲”里的一句相同")]
    assert copied(MEASURE, OTHER) == []


def test_a_sentence_in_which_one_word_was_changed_is_heard() -> None:
    """…and so is one with other figures and marks."""
    assert copied(MEASURE, CHANGED) == [("乙.yaml", f"“{CHANGED}”与“甲”里的“{MEASURE}”只差几个字")]
    assert copied("培训 12 场，每场都有签到和照片存档", "培训15场、每场都有签到和照片存档")


def test_what_several_projects_share_is_one_finding_that_names_them_all() -> None:
    """Who copied whom: the first has it, the others follow; those of another text are not named."""
    (found,) = copied(OTHER, MEASURE, CHANGED, MEASURE)
    assert found == ("丙.yaml", f"“乙”、“丙”、“丁”有 1 句相同或只差几个字，如“{CHANGED}”")


def test_texts_of_the_same_projects_are_one_finding() -> None:
    both = f"{MEASURE}。{OTHER}。"
    assert copied(both, both) == [("乙.yaml", f"“甲”、“乙”有 2 句相同，如“{MEASURE}”")]


WORDS = (
    *("预算", "资金", "项目", "支付", "进度", "管理", "培训", "设备", "采购", "验收"),
    *("合同", "社区", "老人", "床位", "补助", "发放", "核查", "台账", "公示", "档案"),
)


def sentence(draw: random.Random, length: int) -> list[str]:
    return draw.sample(WORDS, length)


@pytest.mark.parametrize("length", [6, 8, 12, 16])
def test_any_one_word_may_be_changed_left_out_or_put_in(length: int) -> None:
    draw = random.Random(length)
    for _ in range(200):
        words = sentence(draw, length)
        likeness = Likeness()
        first = likeness.first_of("".join(words))
        at = draw.randrange(length)
        for changed in (
            [*words[:at], "另外", *words[at + 1 :]],
            [*words[:at], *words[at + 1 :]],
            [*words[:at], "另外", *words[at:]],
        ):
            assert are_alike(first, "".join(changed))


def test_most_sentences_with_one_word_changed_are_found_by_their_signature() -> None:
    draw = random.Random(1)
    found = 0
    for _ in range(500):
        words = sentence(draw, 8)
        likeness = Likeness()
        first = likeness.first_of("".join(words))
        at = draw.randrange(8)
        found += likeness.known("".join([*words[:at], "另外", *words[at + 1 :]])) == first
    assert found > 490


def test_sentences_of_the_same_trade_are_not_copies() -> None:
    """Ten words of twenty in another order: the same is spoken of, and nothing is copied."""
    draw = random.Random(2)
    likeness = Likeness()
    keys = ["".join(sentence(draw, 10)) for _ in range(300)]
    assert [key for key in keys if likeness.first_of(key) != key] == []


def cards(count: int, draw: random.Random) -> DepartmentScores:
    """Return sheets of sixteen sentences each that share phrases, and no sentence."""
    book = perfeval.load_rulebook("mof-2020")
    characters = [chr(0x4E00 + number) for number in range(2000)]
    fields = ("原因分析", "改进措施", "产出和效果", "项目用途")

    def text() -> str:
        return "。".join("加强资金管理" + "".join(draw.choices(characters, k=20)) for _ in range(4))

    sheets = (
        Sheet.model_validate(
            {**HEAD, "项目名称": f"项目{number}", **{field: text() for field in fields}}
        )
        for number in range(count)
    )
    department = Department.model_validate(
        {"部门名称": "示例局", "年度": 2023, "评分办法": "mof-2020"}
    )
    return DepartmentScores(department, book, tuple(score(item, book) for item in sheets))


@pytest.mark.parametrize("count", [60, pytest.param(500, marks=pytest.mark.slow)])
def test_four_times_as_many_sheets_take_about_four_times_as_long(count: int) -> None:
    """Up to two thousand sheets of sixteen sentences."""
    few, many = (cards(number, random.Random(number)) for number in (count, 4 * count))

    def seconds(scores: DepartmentScores) -> float:
        start = time.process_time()
        assert not any(isinstance(result, Fault) for result in sentence_copied(scores))
        return time.process_time() - start

    assert seconds(many) < 8 * seconds(few)


# -- the year before -----------------------------------------------------------------------------


def of_last_year(now: dict[str, Any], *before: dict[str, Any]) -> tuple[list[Finding], Status]:
    sheets = [perfeval.load_sheet({**data, "年度": data.get("年度", 2022)}) for data in before]
    report = perfeval.evaluate(now, terms=CheckOptions(last_year=tuple(sheets)))
    return [item for item in report.findings if item.code == "TX110"], report.ledger["TX110"]


def before(measure: str, year: int = 2022, name: str = "甲") -> dict[str, Any]:
    return {**sheet(name, measure), "年度": year}


OLD = "加快资金支付，十二月底前支付到95%，并按月通报"


def test_a_sentence_of_last_year_with_its_figures_is_told() -> None:
    (found,), _ = of_last_year(sheet("甲", OLD), before(OLD))
    assert found.message == f"“{OLD}”是 2022 年度自评表里的话，数也没有改"
    (found,), _ = of_last_year(sheet("甲", MEASURE), before(CHANGED))
    assert found.message == f"“{MEASURE}”是 2022 年度自评表里的话（那里是“{CHANGED}”，只差几个字）"


def test_new_figures_new_words_and_other_projects_are_passed() -> None:
    for now, old in (
        (sheet("甲", OLD.replace("95", "98")), before(OLD)),
        (sheet("甲", OTHER), before(OLD)),
    ):
        assert of_last_year(now, old) == ([], Status.PASSED)
    for old in (before(OLD, name="乙"), before(OLD, year=2023), before(OLD, year=2024)):
        assert of_last_year(sheet("甲", OLD), old) == ([], Status.LACKING)


def test_goals_and_uses_of_the_money_may_stay_the_same() -> None:
    same = {"年度目标": MEASURE, "项目用途": MEASURE}
    assert of_last_year(sheet("甲", OTHER, **same), {**before(OLD), **same}) == ([], Status.PASSED)


def test_a_renamed_project_is_known_by_its_code() -> None:
    code = {"项目编码": "42010723Y000000000001"}
    (found,), _ = of_last_year(sheet("甲（新）", OLD, **code), {**before(OLD), **code})
    assert found.path == ("改进措施",)


def test_without_last_year_s_sheets_the_check_does_not_apply() -> None:
    assert perfeval.evaluate(sheet("甲", OLD)).ledger["TX110"] is Status.NOT_APPLICABLE


YAML = """\
评分办法: mof-2020
年度: {year}
项目名称: 甲
预算: {{预算数: 1, 执行数: 1}}
改进措施: {measure}
"""


def test_the_command_takes_a_folder_of_last_year(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = tmp_path / "2022"
    old.mkdir()
    (old / "甲.yaml").write_text(YAML.format(year=2022, measure=OLD), encoding="utf-8")
    now = tmp_path / "甲.yaml"
    now.write_text(YAML.format(year=2023, measure=OLD), encoding="utf-8")
    main(["check", str(now), "--last-year", str(old), "--select", "TX110"])
    assert "TX110" in capsys.readouterr().out
    (old / "甲.yaml").write_text("年度: [", encoding="utf-8")
    assert main(["check", str(now), "--last-year", str(old)]) == 2
    assert "没有读通" in capsys.readouterr().err
