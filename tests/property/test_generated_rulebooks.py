"""Rulebooks that nobody has written yet: whatever their data says is what the engine does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any, get_args

from hypothesis import assume, given, settings
from hypothesis import strategies as st

import perfeval
from perfeval import Basis, Budget, IndicatorLine, Rulebook, Scorecard
from perfeval.methods import FigureMethod
from perfeval.methods.method import UPWARD, Direction
from perfeval.readers.rulebooks import rulebook_from_source
from perfeval.source import Source, read_text
from tests.property import oracle_rulebooks as oracle
from tests.property import strategies_rulebooks as strategies
from tests.property.oracle_rulebooks import Data, Ends, Worth
from tests.property.strategies import amounts, weights, written
from tests.property.strategies_rulebooks import Filled, Row, rulebooks

FEW = settings(max_examples=settings().max_examples // 2)


def test_every_way_of_scoring_is_drawn() -> None:
    """A method that a rulebook can name is one that these tests try, by a formula of their own."""
    ways = get_args(get_args(FigureMethod)[0])
    for drawn, directions in (
        (strategies.UPWARD, UPWARD),
        (strategies.DOWNWARD, frozenset({Direction.REVERSE})),
    ):
        able = [way for way in ways if way.directions & directions]
        words = [get_args(way.model_fields["method"].annotation) for way in able]
        assert {word for (word,) in words} == set(drawn)


def loaded(data: Data) -> Rulebook:
    return Rulebook.model_validate(data)


def read(data: Data) -> Rulebook:
    return rulebook_from_source(Source("假设.yaml", data=data)).rulebook


def scored(filled: Filled, book: Data) -> Scorecard:
    return perfeval.score(perfeval.load_sheet(filled.data), loaded(book))


@st.composite
def pairs(draw: st.DrawFn, *, is_scored: bool = False) -> tuple[Data, Filled]:
    """A rulebook and a sheet for it."""
    book = draw(rulebooks())
    return book, draw(strategies.sheets(book, is_scored=is_scored))


def as_yaml(value: Any) -> str:
    """Write plain data as YAML in flow style, numbers as they are."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {as_yaml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_yaml, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    return "null" if value is None else written(Decimal(value))


def shuffled(value: Any, random: Any) -> Any:
    """Return equal data with its keys in another order."""
    if isinstance(value, dict):
        keys = list(value)
        random.shuffle(keys)
        return {key: shuffled(value[key], random) for key in keys}
    return [shuffled(item, random) for item in value] if isinstance(value, list) else value


# -- loading -----------------------------------------------------------------------------------


@given(rulebooks())
def test_a_rulebook_whose_parts_agree_is_never_refused(data: Data) -> None:
    """Weights close, bands meet, ladders fall: the file loads, and says what it said."""
    source = read_text(as_yaml(data), "假设.yaml")
    assert source.problems == ()
    book = rulebook_from_source(source).rulebook
    assert book == loaded(data)
    assert book.digest == read(data).digest
    assert book.weights.full == data["分值"]["满分"]


@given(rulebooks(), st.randoms(use_true_random=False))
def test_the_order_of_keys_changes_neither_rules_nor_hash(data: Data, random: Any) -> None:
    """Equal data has an equal hash, so a report tells which rules it was made by."""
    other = shuffled(data, random)
    assert loaded(other).digest == loaded(data).digest
    assert loaded(other) == loaded(data)


@given(rulebooks(), st.sampled_from([("满分",), ("预算执行",)]), st.integers(1, 5))
def test_weights_that_do_not_close_are_always_refused(
    data: Data, path: tuple[str], extra: int
) -> None:
    """分值合计 must be 满分, in every division."""
    (key,) = path
    block = {**data["分值"], key: data["分值"][key] + extra}
    try:
        read({**data, "分值": block})
    except perfeval.RulebookError as error:
        messages = [finding.message for finding in error.findings]
        assert sum("各项分值合计" in message for message in messages) == len(block["方案"])
    else:
        raise AssertionError("weights that do not close were accepted")


# -- rows --------------------------------------------------------------------------------------


def worths(book: Data, filled: Filled) -> tuple[Worth, list[Worth]]:
    """What the budget row and every row are worth by the oracle."""
    mine = [oracle.row(book, row.section, row.weight, row.kind, row.values) for row in filled.rows]
    return oracle.execution(book, *filled.budget), mine


@given(pairs())
def test_every_row_equals_an_independent_calculation(pair: tuple[Data, Filled]) -> None:
    """Methods, bands, ladders, roundings: each is its sentence, worked out with fractions."""
    book, filled = pair
    card = scored(filled, book)
    execution, rows = worths(book, filled)
    for line, wanted in zip(card.rows, [execution, *rows], strict=True):
        assert (Fraction(line.low), Fraction(line.high)) == wanted.ends, line
        assert (None if line.points is None else Fraction(line.points)) == wanted.points, line
        assert (line.basis is Basis.NOT_APPLICABLE) is (
            not wanted.applies and isinstance(line, IndicatorLine)
        )


HAIR = Decimal("0.01")


def around(edges: list[Decimal]) -> list[Decimal]:
    """Each edge, and a hair to either side of it."""
    return [edge + by for edge in dict.fromkeys(edges) for by in (-HAIR, Decimal(0), HAIR)]


def rows_at_the_edges(book: Data, weight: Decimal) -> Iterator[Row]:
    """Rows exactly where a rule of the book changes, and just beside."""
    edges = around(strategies.edges(book))
    for section, unit in (("产出指标", ""), ("满意度指标", "%")):
        for sign in strategies.SIGNS:
            for actual in edges:
                values = (sign, Fraction(100), Fraction(actual), unit)
                fields = {"目标值": f"{sign}100{unit}", "完成值": written(actual) + unit}
                yield Row(section, weight, "数", fields, values)
    for word in ("第1档", "第2档", "第3档", "好转"):
        for share in edges:
            filed = weight * share / 100
            judged = {"目标值": "好转", "完成值": word, "已填报得分": filed}
            yield Row("效益指标", weight, "定性", judged, (word, filed))


@FEW
@given(rulebooks(), st.sampled_from([Decimal(20), Decimal("7.3"), Decimal("0.5")]))
def test_at_every_edge_of_every_rule_the_row_falls_on_the_side_that_is_written(
    book: Data, weight: Decimal
) -> None:
    """及格线, 阈值, 各档的上下限, 扣完倍数: at the edge itself, and a hair to either side."""
    filled = Filled((None, None, None), tuple(rows_at_the_edges(book, weight)))
    _, wanted = worths(book, filled)
    for row, line, worth in zip(filled.rows, scored(filled, book).lines, wanted, strict=True):
        assert (Fraction(line.low), Fraction(line.high)) == worth.ends, row
        assert (line.points is None) is (worth.points is None), row


@FEW
@given(rulebooks(), st.data())
def test_at_every_edge_of_the_execution_rate_row_and_total_are_as_written(
    book: Data, data: st.DataObject
) -> None:
    """档次（含下限）and 总分封顶（低于）: at the edge itself, and a hair to either side."""
    filled = data.draw(strategies.sheets(book, is_scored=True))
    sheet, rules = perfeval.load_sheet(filled.data), loaded(book)
    rates: list[Decimal | None] = [max(rate, Decimal(0)) for rate in around(strategies.edges(book))]
    budgets = [(Decimal(100), spent) for spent in [*rates, None]]
    for final, spent in [*budgets, (Decimal(0), Decimal(0)), (None, None)]:
        budget = Budget(final=final, spent=spent)
        card = perfeval.score(sheet.model_copy(update={"budget": budget}), rules)
        sums = Sums(book, filled._replace(budget=(None, final, spent)))
        assert (Fraction(card.execution.low), Fraction(card.execution.high)) == sums.execution.ends
        if card.low is not None and card.high is not None:
            assert (Fraction(card.low), Fraction(card.high)) == sums.total()
            assert card.low == card.high or card.total is None


@given(pairs())
def test_points_lie_between_zero_and_the_weight(pair: tuple[Data, Filled]) -> None:
    """得分不得突破权重, whatever is rounded how."""
    book, filled = pair
    for line in scored(filled, book).rows:
        weight = line.weight or 0
        assert 0 <= line.low <= line.high <= weight
        if line.points is not None:
            assert line.points == line.low == line.high
            assert line.exact is not None
            exact = Fraction(line.exact.numerator) / Fraction(line.exact.denominator)
            assert 0 <= exact <= Fraction(weight)
            assert line.printed is None or 0 <= line.printed <= weight


def one_row(book: Data, row: Row) -> Decimal:
    points = scored(Filled((None, None, None), (row,)), book).lines[0].points
    assert points is not None
    return points


def is_monotone(book: Data) -> bool:
    """Tell whether more never costs points: nothing is taken for over-achievement."""
    rule = book["定量指标"]
    over = rule["超额完成"]
    return over is None or over["处理"] in ("提示", "须说明原因")


@given(rulebooks(), weights, st.sampled_from(strategies.SIGNS), amounts, st.data())
def test_more_never_costs_points_and_less_never_where_less_is_better(
    book: Data, weight: Decimal, sign: str, target: Decimal, data: st.DataObject
) -> None:
    """正向 rises and 反向 falls with the actual, in every rulebook that does not say otherwise."""
    assume(is_monotone(book))
    assume(sign != "＝" or (target and book["定量指标"]["等于判定"] == "不低于即达标"))
    left, right = sorted(
        abs(data.draw(strategies.near(target, strategies.edges(book)))) for _ in range(2)
    )
    low, high = (
        one_row(
            book,
            Row(
                "产出指标",
                weight,
                "数",
                {"目标值": sign + written(target), "完成值": written(actual)},
            ),
        )
        for actual in (left, right)
    )
    assert low >= high if sign in oracle.REVERSE else low <= high


@given(rulebooks(), amounts.filter(bool), amounts, amounts)
def test_spending_more_never_costs_points_of_the_budget_row(
    book: Data, final: Decimal, left: Decimal, right: Decimal
) -> None:
    """预算执行 rises with 执行数 up to the budget, by rate and by ladder."""
    assume(book["分值"]["预算执行"])
    low, high = (
        scored(Filled((None, final, spent), ()), book).execution.points
        for spent in sorted((min(left, final), min(right, final)))
    )
    assert low is not None
    assert high is not None
    assert low <= high


# -- totals ------------------------------------------------------------------------------------


class Sums:
    """What the rows of a sheet add up to, section by section, by the oracle."""

    def __init__(self, book: Data, filled: Filled) -> None:
        self.weights: dict[str, Fraction] = defaultdict(Fraction)
        self.unapplied: dict[str, Fraction] = defaultdict(Fraction)
        self.ends: dict[str, Ends] = {}
        self.execution, rows = worths(book, filled)
        for row, worth in zip(filled.rows, rows, strict=True):
            self.weights[row.section] += Fraction(row.weight)
            if not worth.applies:
                self.unapplied[row.section] += Fraction(row.weight)
            before = self.ends.get(row.section, Ends(Fraction(0), Fraction(0)))
            self.ends[row.section] = oracle.add((before, worth.ends))
        self.is_closed = bool(rows) and oracle.closes(book, dict(self.weights))
        self.is_closed &= not self._is_emptied(book["分值"]["不适用指标"])
        self._book, self._filled = book, filled

    def _is_emptied(self, not_applicable: str) -> bool:
        """Tell whether points of rows that do not apply have nowhere to go."""
        gone = {section: weight for section, weight in self.unapplied.items() if weight}
        if not_applicable == "按适用分值折算":
            return bool(gone) and sum(gone.values()) == sum(self.weights.values())
        return any(weight == self.weights[section] for section, weight in gone.items())

    def subtotals(self) -> dict[str, Ends]:
        return {
            section: Ends(
                *(
                    oracle.subtotal(
                        self._book, self.weights[section], self.unapplied[section], value
                    )
                    for value in ends
                )
            )
            for section, ends in self.ends.items()
        }

    def total(self) -> Ends:
        book, (original, final, spent) = self._book, self._filled.budget
        ends = oracle.add((*self.subtotals().values(), self.execution.ends))
        unapplied = sum(self.unapplied.values(), Fraction(0))
        ends = Ends(*(oracle.whole_total(book, value, unapplied) for value in ends))
        return oracle.capped(book, ends, original if final is None else final, spent)


@given(pairs())
def test_every_total_equals_an_independent_calculation(pair: tuple[Data, Filled]) -> None:
    """小计, 不适用, 总分, 封顶, 等级: what the rulebook says, and no total where weights gap."""
    book, filled = pair
    card, sums = scored(filled, book), Sums(book, filled)
    assert (card.low is not None) is sums.is_closed
    if card.low is None or card.high is None:
        assert card.total is None
        assert card.grade is None
        assert card.why_unscored
        return
    found = {part.section.label: (part.low, part.high) for part in card.subtotals}
    assert {
        section: (Fraction(low or 0), Fraction(high or 0)) for section, (low, high) in found.items()
    } == sums.subtotals()
    ends = sums.total()
    assert (Fraction(card.low), Fraction(card.high)) == ends
    assert card.grade == oracle.grade(book, ends)
    is_range = ends.low != ends.high or any(line.is_open for line in card.rows)
    assert card.total == (None if is_range else card.low)


@given(pairs())
def test_the_total_lies_between_its_ends_and_within_the_full_points(
    pair: tuple[Data, Filled],
) -> None:
    """总分 is never below 0 nor above 满分; an open row makes it a range."""
    book, filled = pair
    card = scored(filled, book)
    if card.low is not None and card.high is not None:
        assert 0 <= card.low <= card.high <= book["分值"]["满分"]
        if card.total is not None:
            assert card.low <= card.total <= card.high
        for part in card.subtotals:
            assert part.low is not None
            assert part.high is not None
            assert 0 <= part.low <= part.high <= part.weight


@given(pairs())
def test_a_total_that_is_not_the_sum_of_its_rows_says_why(pair: tuple[Data, Filled]) -> None:
    """Who adds up the column gets the total, or is told the steps from one to the other."""
    book, filled = pair
    card = scored(filled, book)
    if card.total is not None:
        rows = sum((line.points for line in card.rows if line.points is not None), Decimal(0))
        assert bool(card.steps) or card.total == rows
        if book["总分封顶"] is None and not book["舍入"]["小计"] and not book["舍入"]["总分"]:
            assert bool(card.steps) is any(
                line.basis is Basis.NOT_APPLICABLE and line.weight for line in card.lines
            )


@given(pairs(is_scored=True))
def test_a_sheet_of_figures_has_a_total_under_every_rulebook(pair: tuple[Data, Filled]) -> None:
    """Weights close and every row has points: there is one total, and one grade."""
    book, filled = pair
    card = scored(filled, book)
    assume(Sums(book, filled).is_closed)
    assert card.gaps == ()
    assert card.total is not None
    assert card.total == card.low == card.high
    assert card.grade is not None
    assert card.measured + card.claimed == sum(
        line.points for line in card.rows if line.points is not None
    )
    assert card.claimed == 0


@given(pairs(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(pair: tuple[Data, Filled], random: Any) -> None:
    """指标 may be printed in any order."""
    book, filled = pair
    rows = list(filled.data["指标"])
    random.shuffle(rows)
    card = scored(filled, book)
    other = perfeval.score(perfeval.load_sheet({**filled.data, "指标": rows}), loaded(book))
    for name in ("total", "low", "high", "grade", "measured", "claimed"):
        assert getattr(card, name) == getattr(other, name)
    assert {line.name: line.points for line in card.lines} == {
        line.name: line.points for line in other.lines
    }
    assert {part.section: part[1:] for part in card.subtotals} == {
        part.section: part[1:] for part in other.subtotals
    }


# -- several goals -----------------------------------------------------------------------------


@st.composite
def shared(draw: st.DrawFn) -> tuple[Data, list[Filled], list[Decimal]]:
    """A rulebook whose goals count by their share, and a whole set of rows for each goal."""
    book = draw(rulebooks())
    book["分值"] = {**book["分值"], "多个目标": "按比例折算", "不适用指标": "不允许"}
    goals = [draw(strategies.sheets(book)) for _ in range(draw(st.integers(1, 3)))]
    return book, goals, draw(strategies.shares_of(Decimal(100), len(goals)))


def rows_of(goals: list[Filled]) -> Iterator[Data]:
    for number, goal in enumerate(goals, start=1):
        for row in goal.data["指标"]:
            yield {**row, "名称": f"目标{number}{row['名称']}", "所属目标": number}


@given(shared())
def test_goals_by_share_are_each_scored_by_themselves(
    drawn: tuple[Data, list[Filled], list[Decimal]],
) -> None:
    """多个年度目标: Σ 得分 × 权重 ÷ 100, each goal rounded, then the budget row."""
    book, goals, shares = drawn
    data = {
        **goals[0].data,
        "指标": list(rows_of(goals)),
        "多个目标": [
            {"内容": f"目标{position}", "分值": share}
            for position, share in enumerate(shares, start=1)
        ],
    }
    card = perfeval.score(perfeval.load_sheet(data), loaded(book))
    sums = [Sums(book, goal) for goal in goals]
    assert (card.low is not None) is all(goal.is_closed for goal in sums)
    if card.low is None or card.high is None:
        return
    rule = book["舍入"]["单项"]
    parts = [
        Ends(
            *(
                oracle.rounded(value * Fraction(share) / 100, rule)
                for value in oracle.add(goal.ends.values())
            )
        )
        for goal, share in zip(sums, shares, strict=True)
    ]
    full = Fraction(book["分值"]["满分"])
    ends = oracle.add((*parts, sums[0].execution.ends))
    ends = Ends(*(oracle.end(value, full, book["舍入"]["总分"]) for value in ends))
    original, final, spent = goals[0].budget
    ends = oracle.capped(book, ends, original if final is None else final, spent)
    assert (Fraction(card.low), Fraction(card.high)) == ends
    assert len(card.steps) >= len(goals)
