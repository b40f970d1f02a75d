"""What proof each row needs, what was given, and what is missing."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

import perfeval
from perfeval import Scorecard, load_rulebook, load_sheet
from perfeval.cells.levels import Aspect, Section
from perfeval.review.evidence import (
    EvidenceFile,
    EvidenceList,
    EvidenceRow,
    EvidenceStatus,
    evidence_list,
)
from perfeval.review.expected_proof import usual_proof
from perfeval.review.stored import from_stored, stored

HEAD = {
    "评分办法": "hubei-2020",
    "年度": 2023,
    "项目名称": "示例",
    "预算": {"预算数": 1, "执行数": 1},
}


def card(*rows: dict[str, Any], **budget: Any) -> Scorecard:
    data = {**HEAD, "预算": {"预算数": 1, "执行数": 1, **budget}, "指标": list(rows)}
    return perfeval.score(load_sheet(data), load_rulebook("hubei-2020"))


def row(
    name: str, aspect: str = "数量指标", section: str = "产出指标", **more: Any
) -> dict[str, Any]:
    given = {"一级指标": section, "二级指标": aspect, "名称": name, "分值": 5}
    return {**given, "目标值": "5个", "完成值": "5个", **more}


def file(path: str, content: str = "") -> EvidenceFile:
    return EvidenceFile(path, (content or path).encode().hex().ljust(64, "0")[:64], len(content))


def only(found: EvidenceList) -> EvidenceRow:
    return found.rows[1]


# -- what is expected ---------------------------------------------------------------------------


def test_every_standard_level_has_proof_that_is_usual() -> None:
    usual = usual_proof()
    assert set(usual.by_aspect) == set(Aspect)
    assert set(usual.by_section) == set(Section)
    proofs = [*usual.by_aspect.values(), *usual.by_section.values(), usual.budget, usual.otherwise]
    proofs += [proof for _, proof in usual.by_word]
    assert all(proof and all(proof) for proof in proofs)
    assert all(words and all(words) for words, _ in usual.by_word)


@pytest.mark.parametrize(
    ("name", "aspect", "section", "wanted"),
    [
        ("服务对象满意度", "服务对象满意度指标", "满意度指标", "问卷"),
        ("残疾人满意率", "数量指标", "产出指标", "问卷"),
        ("新建场地", "质量指标", "产出指标", "验收报告"),
        ("项目完成时间", "时效指标", "产出指标", "凭证"),
        ("采购设备台数", "数量指标", "产出指标", "采购合同"),
        ("资金支付率", "数量指标", "产出指标", "国库"),
        ("补贴发放人数", "数量指标", "产出指标", "名册"),
        ("空气质量", "生态效益指标", "效益指标", "监测"),
        ("带动消费", "经济效益指标", "效益指标", "统计"),
        ("目标设定", "目标合理性", "决策指标", "立项"),
        ("别的什么", "别的", "别的", "原始材料"),
    ],
)
def test_the_proof_fits_the_kind_of_indicator(
    name: str, aspect: str, section: str, wanted: str
) -> None:
    expected = only(evidence_list(card(row(name, aspect, section)))).expected
    assert any(wanted in one for one in expected), expected


# -- what is given ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("台账.xlsx", "台账.xlsx"),
        ("佐证/台账.xlsx", "台账.xlsx"),
        ("台账.xlsx", "数量/台账.xlsx"),
        ("佐证\\台账.XLSX", "佐证/台账.xlsx"),
        ("台账.xlsx 第3页", "台账.xlsx"),
        ("台账.xlsx（12页）", "台账.xlsx"),
    ],
)
def test_a_file_that_the_sheet_names_is_given(text: str, path: str) -> None:
    found = evidence_list(card(row("床位数", 佐证=[text])), [file(path)])
    given = only(found)
    assert given.status is EvidenceStatus.GIVEN
    assert given.given[0].file == file(path)
    assert found.unused == ()


def test_a_name_that_two_files_bear_is_not_taken_for_either() -> None:
    files = [file("甲/台账.xlsx"), file("乙/台账.xlsx")]
    found = only(evidence_list(card(row("床位数", 佐证=["台账.xlsx"])), files))
    assert found.status is EvidenceStatus.NAMED
    assert found.given[0].file is None


def test_what_is_named_and_not_there_is_asked_for() -> None:
    found = evidence_list(card(row("床位数", 佐证=["台账.xlsx"])))
    assert only(found).status is EvidenceStatus.NAMED
    assert only(found) in found.missing


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("新增养老床位数.pdf", "文件名里有指标名称"),
        ("新增养老床位数（现场）/1.jpg", "文件名里有指标名称"),
        ("养老床位.pdf", "指标名称里有文件名"),
        ("1.1.1.pdf", "文件名以序号 1.1.1 开头"),
        ("1-1-1 材料.pdf", "文件名以序号 1.1.1 开头"),
    ],
)
def test_a_file_of_a_like_name_is_a_suggestion_with_its_reason(path: str, reason: str) -> None:
    found = evidence_list(card(row("新增养老床位数")), [file(path)])
    assert only(found).status is EvidenceStatus.SUGGESTED
    assert only(found).given[0].reason == reason
    assert only(found) in found.missing


@pytest.mark.parametrize("path", ["床位.pdf", "1.pdf", "2023.pdf", "1.1.2.pdf", "IMG_0001.jpg"])
def test_a_file_of_another_name_is_left_and_named(path: str) -> None:
    found = evidence_list(card(row("新增养老床位数")), [file(path)])
    assert only(found).status is EvidenceStatus.MISSING
    assert found.unused == (file(path),)


def test_one_content_for_several_rows_is_named() -> None:
    photo, copy = file("一.jpg", "同"), file("二.jpg", "同")
    rows = (row("新建站点", 佐证=["一.jpg"]), row("改造站点", 佐证=["二.jpg"]))
    assert evidence_list(card(*rows), [photo, copy]).shared == (("一.jpg", "二.jpg"),)
    twice = (row("新建站点", 佐证=["一.jpg"]), row("改造站点", 佐证=["一.jpg"]))
    assert evidence_list(card(*twice), [photo]).shared == (("一.jpg",),)
    once = (row("新建站点", 佐证=["一.jpg", "二.jpg"]), row("改造站点"))
    assert evidence_list(card(*once), [photo, copy]).shared == ()


def test_rows_that_do_not_apply_need_no_proof() -> None:
    rows = (row("甲指标", 不适用=True), row("乙指标"))
    sheet = card(*rows).sheet
    found = evidence_list(perfeval.score(sheet, load_rulebook("beijing")))
    assert [one.name for one in found.rows][1:] == ["乙指标"]
    assert found.rows[1].number == "1.1.2"


def test_the_budget_row_has_its_proof_too() -> None:
    found = evidence_list(card(佐证=["明细.xlsx"]), [file("明细.xlsx")])
    assert found.rows[0].status is EvidenceStatus.GIVEN
    assert "国库支付明细" in "".join(found.rows[0].expected)


def test_a_list_comes_back_from_plain_data() -> None:
    found = evidence_list(
        card(row("床位数", 佐证=["台账.xlsx"])), [file("台账.xlsx"), file("别.x")]
    )
    assert from_stored(EvidenceList, json.loads(json.dumps(stored(found)))) == found


def test_every_file_is_given_suggested_or_named_as_left_over() -> None:
    """Nothing that lies in the folder disappears, whatever it is called."""
    source = random.Random(20261129)
    words = ["新建", "站点", "台账", "1.1.2", "照片", "满意度", "问卷", "2.1", "验收", "IMG"]
    for _ in range(60):
        rows = [row("".join(source.sample(words, 2)) + str(at)) for at in range(4)]
        names = {
            "/".join("".join(source.sample(words, source.randint(1, 3))) for _ in range(depth))
            + source.choice([".pdf", ".jpg", ""])
            for depth in (1, 1, 2, 3)
        }
        files = [file(name) for name in sorted(names)]
        found = evidence_list(card(*rows), files)
        put = {given.file for one in found.rows for given in one.given}
        assert put.isdisjoint(found.unused)
        assert put | set(found.unused) == set(files)
