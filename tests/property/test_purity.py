"""No result depends on the caller: not on its decimal context, not on its threads."""

from __future__ import annotations

import decimal
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

import perfeval
from tests.property import oracle, strategies
from tests.property.strategies import Filled

SIGNALS = [
    decimal.Clamped,
    decimal.DivisionByZero,
    decimal.FloatOperation,
    decimal.Inexact,
    decimal.InvalidOperation,
    decimal.Overflow,
    decimal.Rounded,
    decimal.Subnormal,
    decimal.Underflow,
]
ROUNDINGS = [
    decimal.ROUND_FLOOR,
    decimal.ROUND_CEILING,
    decimal.ROUND_DOWN,
    decimal.ROUND_UP,
    decimal.ROUND_HALF_UP,
    decimal.ROUND_HALF_DOWN,
    decimal.ROUND_HALF_EVEN,
    decimal.ROUND_05UP,
]
contexts = st.builds(
    decimal.Context,
    prec=st.integers(1, 40),
    rounding=st.sampled_from(ROUNDINGS),
    Emin=st.sampled_from([-999999, -1, 0]),
    Emax=st.sampled_from([999999, 1, 0]),
    capitals=st.sampled_from([0, 1]),
    clamp=st.sampled_from([0, 1]),
    flags=st.just([]),
    traps=st.lists(st.sampled_from(SIGNALS), unique=True),
)
TIGHT = decimal.Context(
    prec=1, rounding=decimal.ROUND_FLOOR, Emin=0, Emax=0, capitals=0, traps=SIGNALS
)
REAL = "shipped:qingshan-2023/养老服务体系建设运营补助资金"
sheets = strategies.sheets() | strategies.sheets(closed=False)


def everything(data: Any) -> tuple[Any, ...]:
    """Read, score, check, explain and write a sheet; all that perfeval says of it."""
    report = perfeval.evaluate(data)
    assert report.scorecard is not None
    assert report.sheet is not None
    lines = [line.explain() for line in report.scorecard.rows]
    findings = [str(finding) for finding in report.findings]
    return report, lines, findings, perfeval.dump(report.sheet)


def state(context: decimal.Context) -> tuple[Any, ...]:
    return (
        context.prec,
        context.rounding,
        context.Emin,
        context.Emax,
        context.capitals,
        context.clamp,
        dict(context.traps),
        dict(context.flags),
    )


@given(sheets, contexts)
@example(
    Filled(
        {
            **strategies.HEAD,
            "预算": {"预算数": "0.0000003", "执行数": "0.0000001", "已填报": {"执行率": "9%"}},
            "指标": [
                {
                    "一级指标": "产出",
                    "二级指标": "数量",
                    "名称": "a",
                    "分值": 2,
                    "目标值": "≥1",
                    "完成值": "-0.00000001",
                }
            ],
        },
        oracle.unscored(oracle.EXECUTION),
        (),
    ),
    TIGHT,
)
def test_any_ambient_decimal_context_gives_the_same_and_is_left_unchanged(
    filled: Filled, context: decimal.Context
) -> None:
    """Exact: a caller's precision, rounding or traps touch no figure, and ours not the caller's."""
    expected = everything(filled.data)
    before = state(context)
    with decimal.localcontext(context) as ambient:
        seen = everything(filled.data)
        after = state(ambient)
    assert seen == expected
    assert after == before


@settings(max_examples=15)
@given(contexts)
def test_the_real_sheet_is_98_46_in_any_context(context: decimal.Context) -> None:
    """98.46 is 98.46 on every machine."""
    with decimal.localcontext(context):
        report = perfeval.evaluate(REAL)
        assert report.scorecard is not None
        text = str(report.scorecard.total)
    assert text == "98.46"


@settings(max_examples=15)
@given(st.lists(sheets, min_size=1, max_size=8))
def test_threads_share_a_scorer(drawn: list[Filled]) -> None:
    """Safe from several threads: one scorer, many sheets, the same results."""
    scorer = perfeval.Scorer(perfeval.load_rulebook("hubei-2020"))
    loaded = [perfeval.load_sheet(filled.data) for filled in drawn] * 4
    expected = [perfeval.score(sheet, perfeval.load_rulebook("hubei-2020")) for sheet in loaded]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(scorer.score, loaded)) == expected
        assert list(pool.map(scorer.score, reversed(loaded))) == expected[::-1]


def test_threads_may_use_perfeval_for_the_first_time_together() -> None:
    """Lazy loading and the cache of rulebooks hold under several threads."""
    with ThreadPoolExecutor(8) as pool:
        reports = list(pool.map(perfeval.evaluate, [REAL] * 16))
    assert {str(report.scorecard and report.scorecard.total) for report in reports} == {"98.46"}
