"""每档扣分: by the words of the forms, worked out anew with fractions."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

import perfeval
from perfeval import Line
from perfeval.clauses import COLLECT
from perfeval.methods.step_deduction import StepDeduction
from tests.property.strategies import HEAD, weights, written

BOOK = perfeval.load_rulebook("hubei-2020")


class Steps(NamedTuple):
    """每超过（少）``size`` 扣 ``cost`` 分."""

    size: Decimal
    cost: Decimal
    is_percent: bool
    part: str
    allowed: Decimal

    @property
    def fields(self) -> dict[str, Any]:
        fields = {"方法": "每档扣分", "每": self.size, "扣": self.cost, "不足一档": self.part}
        measure = "目标值的百分比" if self.is_percent else "差额"
        return {**fields, "计量": measure, "容许": self.allowed}

    def points(
        self, weight: Fraction, target: Fraction, actual: Fraction, *, is_limit: bool
    ) -> Fraction:
        """Return the points: full while the target is met, else a deduction for every step."""
        beyond = actual - target if is_limit else target - actual
        if beyond <= 0:
            return weight
        if self.is_percent:
            if target <= 0:
                return Fraction(0)
            beyond = beyond / target * 100
        steps = max(Fraction(0), beyond - Fraction(self.allowed)) / Fraction(self.size)
        if self.part == "按一档计":
            steps = Fraction(math.ceil(steps))
        elif self.part == "不计":
            steps = Fraction(math.floor(steps))
        return max(Fraction(0), weight - steps * Fraction(self.cost))


cents = st.integers(1, 2000).map(lambda units: Decimal(units).scaleb(-2))
steps = st.builds(
    Steps,
    st.sampled_from([Decimal(1), Decimal(5), Decimal("0.3")]) | cents,
    st.sampled_from([Decimal("0.5"), Decimal(2), Decimal("0.7")]) | cents,
    st.booleans(),
    st.sampled_from(["按一档计", "不计", "按比例计"]),
    st.sampled_from([Decimal(0), Decimal(0), Decimal(2), Decimal("0.05")]),
)
targets = st.integers(0, 300).map(Decimal) | st.integers(0, 10**6).map(
    lambda units: Decimal(units).scaleb(-2)
)
actuals = st.integers(-50, 500).map(Decimal) | st.integers(-5000, 10**6).map(
    lambda units: Decimal(units).scaleb(-2)
)


def scored(rule: Steps, weight: Decimal, sign: str, target: Decimal, actual: Decimal) -> Line:
    row = {
        "一级指标": "产出",
        "二级指标": "数量",
        "名称": "行",
        "分值": weight,
        "目标值": f"{sign}{written(target)}",
        "完成值": written(actual),
        "评分标准": {"依据": "表下注1", "计分": rule.fields},
    }
    return perfeval.score(perfeval.load_sheet({**HEAD, "指标": [row]}), BOOK).lines[0]


@given(steps, weights, st.sampled_from("≥≤"), targets, actuals)
def test_every_step_costs_the_same_and_nothing_is_below_0(
    rule: Steps, weight: Decimal, sign: str, target: Decimal, actual: Decimal
) -> None:
    """每超过 1 个百分点扣 0.5 分，扣完为止（湖南部门整体支出绩效评价指标表）."""
    line = scored(rule, weight, sign, target, actual)
    exact = line.exact
    assert exact is not None
    expected = rule.points(
        Fraction(weight), Fraction(target), Fraction(actual), is_limit=sign == "≤"
    )
    assert Fraction(exact.numerator) / Fraction(exact.denominator) == expected


@given(steps, weights, st.sampled_from("≥≤"), targets, actuals, actuals)
def test_who_misses_by_more_never_gets_more(
    rule: Steps, weight: Decimal, sign: str, target: Decimal, one: Decimal, other: Decimal
) -> None:
    """Monotone: 偏离越大，得分不会越高."""
    worse, better = sorted((one, other)) if sign == "≥" else sorted((one, other), reverse=True)
    low, high = (scored(rule, weight, sign, target, actual).points for actual in (worse, better))
    assert low is not None
    assert high is not None
    assert low <= high


def test_a_step_without_size_or_cost_is_refused() -> None:
    data = {"方法": "每档扣分", "每": 0, "扣": -1, "容许": -1, "不足一档": "不计"}
    rule = StepDeduction.model_validate(data, context=COLLECT)
    assert [fault.path for fault in rule.faults()] == [("每",), ("扣",), ("容许",)]
