"""The words of a sample's file, for who writes it and who reads it back."""

from __future__ import annotations

from perfeval.cells.words import WordEnum


class SampleLine(WordEnum):
    """What the lines above the list say."""

    MADE_BY = "抽样表"
    SEED = "种子"
    BY = "方式"
    WANTED = "样本量"
    COUNT = "名单个数"
    DIGEST = "名单校验"
    METHOD = "办法"
    RECIPE = "重抽步骤"
    LEFT_OUT = "不在名单里的"


class SampleColumn(WordEnum):
    """The columns of the list."""

    NUMBER = "序号"
    DRAWN = "抽中"
    CERTAIN = "必抽"
    STRATUM = "层"
    KEY = "关键字"
    DEPARTMENT = "主管部门"
    UNIT = "实施单位"
    PROJECT = "项目名称"
    CODE = "项目编码"
    MONEY = "资金（万元）"
    RISK = "涉及分值"
    SIZE = "大小"
    REACHED = "累计"
    PROBABILITY = "入样概率"
    DIGEST = "SHA-256"
    FILE = "文件"
