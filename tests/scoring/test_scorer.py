"""A rulebook made ready to score many sheets."""

from __future__ import annotations

import pickle

import perfeval
from perfeval import Scorer

SHEET = "shipped:qingshan-2023/养老服务体系建设运营补助资金"


def test_a_scorer_goes_into_another_process_and_scores_alike() -> None:
    """A pool of processes is handed the scorer once; what comes back is the same."""
    scorer = Scorer(perfeval.load_rulebook("hubei-2020"))
    sheet = perfeval.load_sheet(SHEET)
    card = pickle.loads(pickle.dumps(scorer)).score(sheet)
    assert card == scorer.score(sheet)
    assert pickle.loads(pickle.dumps(card)) == card


def test_every_row_is_the_budget_row_or_an_indicator_s() -> None:
    card = Scorer(perfeval.load_rulebook("hubei-2020")).score(perfeval.load_sheet(SHEET))
    assert isinstance(card.execution, perfeval.ExecutionLine)
    assert all(isinstance(line, perfeval.IndicatorLine) for line in card.lines)
    assert all(isinstance(line, perfeval.Line) for line in card.rows)
    assert [line.indicator for line in card.lines] == list(card.sheet.indicators)
    assert not any(line.is_met and line.is_short for line in card.lines)
