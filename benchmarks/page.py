"""Write the results as a page."""

from __future__ import annotations

import sys
from importlib.metadata import version

from benchmarks.race import Result

_PEERS = ("PyYAML", "pydantic", "Jinja2", "docxtpl", "XlsxWriter")
_HEAD = """\
# Benchmarks

Written by `python -m benchmarks --write`, from a checkout with the `dev` extra.

Every figure is a ratio: the time of perfeval ÷ the time of the peer, for the same shipped sheet
(养老服务体系建设运营补助资金, 21 indicators). Both sides run by turns in one process, many rounds;
the ratio is that of the medians, and half of the rounds lie in the range behind it. Between runs
a ratio moves by 5 to 10 %. Garbage is collected before a race, not during it.

- `CSafeLoader` builds plain data only: floats, no places, repeated keys taken in silence.
- The 1,500 sheets are generated, each with names, figures and words of its own (16 indicators on
  average); none is read twice, and half of the cells that take more than a glance are new.
- The `Decimal` loop gives the scorecard's figures (points, subtotals, measured, claimed, total),
  equal to the cent in the same run. It knows this sheet's two methods alone and explains nothing.
  The sheet is read before, and how its targets compare with its actuals is known to both sides;
  on sheets seen once perfeval compares them itself, and the loop is still told.
- The f-strings write the same bytes as the template, from the same grid.
- docxtpl fills a Word template of the same form. It is handed the texts ready-made and leaves out
  the cells that are merged downwards; perfeval begins with the scorecard.
- The accounts are those of Qingshan for 2023 as text (23,901 letters, 710 figures). The expression
  gives each figure with its place, its value and its unit, and no word of what it says. The PDF has
  them on 30 pages, with tables, set by LibreOffice; pdfplumber is what perfeval reads it with, too.
- XlsxWriter has the texts and figures of the form's visible cells ready, writes no formula, no list
  and no help, and works in memory. With its temporary files, which it makes unless told otherwise,
  it takes twice the processor's time, and the ratio of that time was 5.3 to 8.4.
"""
_COLUMNS = ("What", "Against", "Ratio", "Half of the rounds", "Bar", "Aim", "Met")


def page(results: list[Result]) -> str:
    """Return the page of all results, as Markdown."""
    rows = [_COLUMNS, ("---",) * len(_COLUMNS), *map(_row, results)]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"{_HEAD}\n{table}\n\n{_versions()}\n"


def verdict(result: Result) -> str:
    """Return one line about a result."""
    benchmark = result.benchmark
    met = "met" if result.is_met else "NOT MET"
    return f"{figure(result.ratio):>6}  bar {figure(benchmark.bar):<6} {met:8} {benchmark.name}"


def figure(ratio: float) -> str:
    """Write a ratio with two significant digits.

    >>> figure(0.03617), figure(3.4449), figure(21.2)
    ('0.036', '3.4', '21')
    """
    digits = max(0, 1 - int(f"{ratio:e}".partition("e")[2]))
    return f"{ratio:.{digits}f}"


def _row(result: Result) -> tuple[str, ...]:
    benchmark = result.benchmark
    aim = figure(benchmark.aim) if benchmark.aim else ""
    spread = f"{figure(result.low)} to {figure(result.high)}"
    met = "yes" if result.is_met else "**no**"
    return (
        benchmark.name,
        benchmark.peer,
        figure(result.ratio),
        spread,
        figure(benchmark.bar),
        aim,
        met,
    )


def _versions() -> str:
    peers = ", ".join(f"{name} {version(name)}" for name in _PEERS)
    return f"Measured with Python {sys.version_info.major}.{sys.version_info.minor}, {peers}."
