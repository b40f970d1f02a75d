"""The option that is ticked, in every sign that offices use; a doubtful one is not read."""

from __future__ import annotations

import pytest

from perfeval.reading.ticks import chosen

CLEAR = {
    "1、部门预算项目 ☑　2、区级专项 □　3、上级转移支付项目 □": "部门预算项目",
    "部门预算项目□　区级专项☑": "区级专项",
    "□部门预算项目 ■区级专项": "区级专项",
    "√常年性项目　□一次性项目": "常年性项目",
    "常年性项目（√） 一次性项目（ ）": "常年性项目",
    "[√]常年性项目 [ ]一次性项目": "常年性项目",
    "☒持续性项目 ☐新增性项目": "持续性项目",
    "R部门预算项目 £区级专项": "部门预算项目",
    "√部门预算项目 口区级专项 口其他": "部门预算项目",
    "□部门预算项目 □区级专项": "",
    "部门预算项目": "部门预算项目",
    "□A类项目 ☑2023年专项": "2023年专项",
    "☑流动人口管理 □户籍人口管理": "流动人口管理",
}


@pytest.mark.parametrize("text", CLEAR)
def test_the_ticked_option_is_read(text: str) -> None:
    assert chosen(text) == (CLEAR[text], True)


@pytest.mark.parametrize("text", ["☑甲 ☑乙", "☑甲☑", "√流动人口 户籍", "流动人口 √ 户籍"])
def test_what_cannot_be_told_is_not_read(text: str) -> None:
    assert chosen(text) == ("", False)
