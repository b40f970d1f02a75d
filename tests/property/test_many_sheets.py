"""The long tier: 100,000 sheets against the oracle."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any

import pytest

import perfeval
from tests.property import oracle
from tests.property.oracle import Expected
from tests.property.strategies import HEAD, SIGNS, written
from tests.seeds import FIRST

SHEETS = 100_000
BATCHES = 10


def figure_row(random: Random, weight: Decimal) -> tuple[dict[str, Any], Expected]:
    sign = random.choice(SIGNS)
    places = random.choice((0, 0, 0, 1, 2))
    most = random.choice((10, 64, 1000, 10**8))
    target, actual = (Decimal(random.randint(0, most)).scaleb(-places) for _ in range(2))
    points = oracle.figures(Fraction(weight), sign, Fraction(target), Fraction(actual))
    assert points is not None
    fields = {"目标值": sign + written(target) + "张", "完成值": written(actual)}
    return fields, oracle.scored(points, oracle.MEASURED)


def other_row(random: Random, weight: Decimal) -> tuple[dict[str, Any], Expected]:
    exact = Fraction(weight)
    kind = random.randrange(4)
    if kind == 0:
        rate = Decimal(random.randint(0, 15_000)).scaleb(-2)
        printed = {"目标值": "8000元/床", "完成值": written(rate) + "%"}
        return printed, oracle.completion(exact, Fraction(rate))
    if kind == 1:
        return {"目标值": "95%以上", "完成值": "是"}, oracle.scored(exact, oracle.CLAIMED)
    if kind == 2:
        return {"目标值": 5, "完成值": None}, oracle.unscored(exact)
    band = random.choice(list(oracle.BANDS))
    filed = random.choice((None, weight, weight * random.randint(0, 100) / 100))
    fields: dict[str, Any] = {"目标值": "得到提升", "完成值": band, "已填报得分": filed}
    return fields, oracle.judged(exact, band, None if filed is None else Fraction(filed))


def weights(random: Random, total: int) -> list[Decimal]:
    cuts = sorted(random.randint(0, total * 100) for _ in range(random.randint(0, 3)))
    ends = [0, *cuts, total * 100]
    return [Decimal(end - start).scaleb(-2) for start, end in pairwise(ends)]


def sheet(random: Random) -> tuple[dict[str, Any], list[Expected]]:
    final, spent = (Decimal(random.randint(1, 10**6)).scaleb(-2) for _ in range(2))
    expected = [oracle.execution(None, Fraction(final), Fraction(spent))]
    rows = []
    for section, aspect in (("产出指标", "数量指标"), ("效益指标", "社会效益指标")):
        for weight in weights(random, 40):
            is_figure = random.random() < 0.8
            fields, wanted = (figure_row if is_figure else other_row)(random, weight)
            rows.append(
                {"一级指标": section, "二级指标": aspect, "名称": "行", "分值": weight, **fields}
            )
            expected.append(wanted)
    return {**HEAD, "预算": {"预算数": final, "执行数": spent}, "指标": rows}, expected


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(BATCHES))
def test_a_hundred_thousand_sheets_equal_an_independent_calculation(seed: int) -> None:
    """Each row is its exact value rounded half up, each total the sum of its rows."""
    random = Random(FIRST + seed)
    scorer = perfeval.Scorer(perfeval.load_rulebook("hubei-2020"))
    ties = 0
    for _ in range(SHEETS // BATCHES):
        data, expected = sheet(random)
        card = scorer.score(perfeval.load_sheet(data))
        for line, wanted in zip(card.rows, expected, strict=True):
            assert (Fraction(line.low), Fraction(line.high)) == wanted[:2], data
            assert line.basis.name == wanted.basis, data
            if line.exact is not None:
                cents = 200 * Fraction(line.exact.numerator) / Fraction(line.exact.denominator)
                ties += cents.denominator == 1 and cents.numerator % 2
        low = sum(wanted.low for wanted in expected)
        assert card.low is not None
        assert Fraction(card.low) == low, data
        is_open = any(line.points is None and line.weight for line in card.rows)
        assert (card.total is None) is is_open, data
    assert ties > 100
