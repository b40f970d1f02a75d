"""The real sheet, sheets made for one question, and a browser."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import perfeval
from perfeval import Report

REAL = "shipped:qingshan-2023/养老服务体系建设运营补助资金"
Make = Callable[..., Report]
Visit = Callable[..., Any]
Hindrances = Callable[[Any], list[tuple[str, str, str]]]


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


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Return a Chromium, where there is one."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        try:
            chromium = started.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
        except playwright.Error as error:
            pytest.skip(str(error).splitlines()[0])
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Any, tmp_path: Path) -> Iterator[Visit]:
    """Return a function that opens a page; nothing may be logged, and nothing asked for."""
    logged: list[str] = []
    asked: list[str] = []
    contexts: list[Any] = []

    def visited(page: str, anchor: str = "", **options: Any) -> Any:
        file = tmp_path / "页面.html"
        file.write_text(page, encoding="utf-8")
        contexts.append(browser.new_context(**options))
        tab = contexts[-1].new_page()
        tab.on("console", lambda message: logged.append(message.text))
        tab.on("pageerror", lambda error: logged.append(str(error)))
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(file.as_uri() + anchor)
        return tab

    yield visited
    for context in contexts:
        context.close()
    assert logged == []
    assert len(asked) == len(contexts)


@pytest.fixture
def hindrances() -> Hindrances:
    """Return a function that asks axe what hinders people who see, hear or type otherwise."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")

    def asked(tab: Any) -> list[tuple[str, str, str]]:
        found = axe.Axe().run(tab).response["violations"]
        return [(one["id"], one["impact"], one["nodes"][0]["html"]) for one in found]

    return asked
