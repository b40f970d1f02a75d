"""The real sheet, and sheets made for one question."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import perfeval
from perfeval import Report

REAL = "shipped:qingshan-2023/养老服务体系建设运营补助资金"
Make = Callable[..., Report]


@pytest.fixture(scope="session")
def real() -> Report:
    return perfeval.evaluate(REAL)


@pytest.fixture(scope="session")
def make() -> Make:
    """Return a function that scores rows of weights, targets and actuals under hubei-2020."""

    def made(*rows: dict[str, Any], **fields: Any) -> Report:
        sheet = {"评分办法": "hubei-2020", "年度": 2023, "项目名称": "示例项目", **fields}
        report = perfeval.evaluate({**sheet, "指标": list(rows)} if rows else sheet)
        assert report.scorecard is not None, report.findings
        return report

    return made
