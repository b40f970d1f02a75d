"""What each way of scoring says of itself, with its own numbers."""

from __future__ import annotations

from typing import Any

import pytest

from perfeval.methods.all_or_nothing import AllOrNothing
from perfeval.methods.inverse_ratio import InverseRatio
from perfeval.methods.linear_shortfall import LinearShortfall
from perfeval.methods.method import Direction
from perfeval.methods.proportional import Proportional
from perfeval.methods.step_deduction import StepDeduction

UP, DOWN, EQUAL = Direction.POSITIVE, Direction.REVERSE, Direction.EQUAL
STEP = {"方法": "每档扣分", "每": 2, "扣": "0.5", "不足一档": "不计"}
Said = AllOrNothing | InverseRatio | LinearShortfall | Proportional | StepDeduction


@pytest.mark.parametrize(
    ("model", "data", "direction", "said"),
    [
        (AllOrNothing, {"方法": "达标计分"}, UP, "没有达到得 0 分"),
        (AllOrNothing, {"方法": "达标计分"}, EQUAL, "没有达到得 0 分"),
        (AllOrNothing, {"方法": "达标计分"}, DOWN, "超过的得 0 分"),
        (
            InverseRatio,
            {"方法": "反比"},
            DOWN,
            "超过的，得分 = 分值 × 目标值 ÷ 完成值（如超出 10%，得分值的 90.91%）",
        ),
        (
            InverseRatio,
            {"方法": "反比", "及格线": 60},
            DOWN,
            (
                "超过的，得分 = 分值 × 目标值 ÷ 完成值（如超出 10%，得分值的 90.91%）"
                "，其中目标值不到完成值的 60% 的得 0 分"
            ),
        ),
        (
            LinearShortfall,
            {"方法": "按超出幅度扣减", "扣完倍数": 2},
            DOWN,
            (
                "超过的，按超出的幅度均匀扣分，完成值达到目标值的 2 倍时扣完"
                "（如超出 10%，得分值的 90%）"
            ),
        ),
        (Proportional, {"方法": "按完成比例"}, UP, "没有达到的，得分 = 分值 × 完成值 ÷ 目标值"),
        (
            Proportional,
            {"方法": "按完成比例", "及格线": 60},
            UP,
            "没有达到的，得分 = 分值 × 完成值 ÷ 目标值，其中完成率不到 60% 的得 0 分",
        ),
        (
            StepDeduction,
            STEP,
            UP,
            "得分 = 分值 - 扣分，每少 2 扣 0.5 分，不足一档不计，扣到 0 分为止",
        ),
        (
            StepDeduction,
            {**STEP, "计量": "目标值的百分比", "容许": 5},
            DOWN,
            (
                "得分 = 分值 - 扣分，偏差在 5% 以内不扣分，其余每超过 目标值的 2% 扣 0.5 分，"
                "不足一档不计，扣到 0 分为止"
            ),
        ),
        (
            StepDeduction,
            {**STEP, "容许": 1},
            EQUAL,
            (
                "得分 = 分值 - 扣分，偏差在 1 以内不扣分，其余每偏离 2 扣 0.5 分，不足一档不计，"
                "扣到 0 分为止"
            ),
        ),
    ],
)
def test_a_rule_is_said_with_its_own_numbers(
    model: type[Said], data: dict[str, Any], direction: Direction, said: str
) -> None:
    assert model.model_validate(data).statement(direction) == said
