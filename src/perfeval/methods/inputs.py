"""What the rules of scoring compute with, by name."""

from __future__ import annotations

from perfeval.methods.expression import Input

WEIGHT = Input("weight", "分值")
TARGET = Input("target", "目标值")
ACTUAL = Input("actual", "完成值")
RATE = Input("rate", "完成率")
BASE = Input("base", "预算数")
SPENT = Input("spent", "执行数")
JUDGED = Input("judged", "评定得分")
LOW = Input("low", "下限")
HIGH = Input("high", "上限")
POINTS = Input("points", "得分")
TOP = Input("top", "全部分值")
BOTTOM = Input("bottom", "适用分值")
LIMIT = Input("limit", "上限")
CUT = Input("cut", "扣减分数")
LATE = Input("late", "逾期时间")
