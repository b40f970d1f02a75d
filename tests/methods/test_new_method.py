"""A method that nobody foresaw: what follows from its class, and what no class can bring along."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal

import pytest

import perfeval
from perfeval.documents.inputs.field_help import help_for
from perfeval.documents.rulebooks.statements.indicators import about_figures
from perfeval.documents.workbook.formula import Formula
from perfeval.documents.workbook.methods import figure_points
from perfeval.fields import Model
from perfeval.methods.expression import Expression
from perfeval.methods.inputs import ACTUAL, TARGET, WEIGHT
from perfeval.methods.method import UPWARD, Direction, Method
from perfeval.numbers import TWO
from tests.methods import spreadsheet


class HalfOfTheRest(Model):
    """Half of what the proportion gives."""

    method: Literal["减半"] = "减半"
    directions: ClassVar[frozenset[Direction]] = UPWARD
    sentence: ClassVar[str] = "得分 = 分值 × 完成值 ÷（2 × 目标值）"

    @property
    def missed(self) -> Expression:
        """Half of the proportion."""
        return WEIGHT * ACTUAL / (TARGET * TWO)

    def statement(self, _direction: Direction) -> str:
        """What a target that is missed gives."""
        return f"没有达到的，{self.sentence}"


def test_a_method_that_is_added_scores_explains_prints_and_recalculates() -> None:
    """Points, derivation, sentence and cell of a method come with its class."""
    method: Method = HalfOfTheRest()
    book = perfeval.load_rulebook("hubei-2020")
    rule = book.quantitative.model_copy(update={"positive": method})
    book = book.model_copy(update={"quantitative": rule})
    row = {"一级指标": "产出", "二级指标": "数量", "名称": "床位", "分值": 10}
    sheet = {"评分办法": book.id, "年度": 2023, "项目名称": "示例"}
    rows = [{**row, "目标值": "≥40张", "完成值": "30张"}]
    line = perfeval.score(perfeval.load_sheet({**sheet, "指标": rows}), book).lines[0]
    assert line.points == Decimal("3.75")
    assert line.explain().startswith(f"10 × 30 ÷ (40 × 2) = 3.75　正向指标：{method.sentence}")
    assert any(method.sentence in statement.value for statement in about_figures(book))
    assert not list(rule.faults())
    given = {"B1": Decimal(10), "C1": Decimal(40), "D1": Decimal(30)}
    cells = [Formula(name, value) for name, value in given.items()]
    cell = figure_points(rule, Formula("A1", "≥"), *cells)
    assert cell.value == Decimal("3.75")
    figures = {name: Fraction(value) for name, value in given.items()}
    upward = rule.points(perfeval.Sign.AT_LEAST)
    text = upward.in_cells({"weight": "B1", "target": "C1", "actual": "D1"})
    assert text in cell.text
    assert spreadsheet.evaluate(text, figures) == Fraction("3.75")


def test_what_to_write_in_its_fields_is_asked_for_by_name() -> None:
    """`perfeval schema` tells whoever adds a method what is still to be written, and where."""
    with pytest.raises(LookupError, match=r"field_help\.py .* HalfOfTheRest\.method$"):
        help_for(HalfOfTheRest, "method")
