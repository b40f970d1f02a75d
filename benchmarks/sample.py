"""The shipped sheet that every benchmark works on."""

from __future__ import annotations

from functools import cache

from perfeval import Rulebook, Scorecard, Scorer, Sheet, load_rulebook
from perfeval.readers.files import read_file
from perfeval.readers.sheets import sheet_from_source
from perfeval.source import read_text

_NAME = "shipped:qingshan-2023/养老服务体系建设运营补助资金"


@cache
def text() -> str:
    """Return the sheet's YAML text."""
    return read_file(_NAME).text


@cache
def rulebook() -> Rulebook:
    """Return the rulebook that the sheet names."""
    return load_rulebook(sheet().rulebook)


@cache
def sheet() -> Sheet:
    """Return the sheet."""
    return read_sheet()


@cache
def scorecard() -> Scorecard:
    """Return the sheet's scorecard."""
    return Scorer(rulebook()).score(sheet())


def read_sheet() -> Sheet:
    """Read the text into a validated sheet, every value's place kept."""
    read = sheet_from_source(read_text(text(), _NAME))
    if read.sheet is None:
        raise ValueError(*map(str, read.findings))
    return read.sheet
