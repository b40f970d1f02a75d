"""perfeval: score, check and write budget performance self-assessments (预算绩效自评).

>>> import perfeval
>>> report = perfeval.evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
>>> report.scorecard.total
Decimal('98.46')
>>> report.scorecard["享受运营补贴线下服务网点数量"].points
Decimal('1.63')

Names are loaded when first used: ``import perfeval`` alone is light.
"""

from __future__ import annotations

TYPE_CHECKING = False  # type checkers read it as true; importing typing costs a start-up
if TYPE_CHECKING:
    from perfeval._resources import __version__ as __version__
    from perfeval.cells.signs import Sign as Sign
    from perfeval.cells.values import Cell as Cell
    from perfeval.cells.words import Aspect as Aspect
    from perfeval.cells.words import Section as Section
    from perfeval.checks import check as check
    from perfeval.checks.policy import Selection as Selection
    from perfeval.checks.settling import CheckOptions as CheckOptions
    from perfeval.department import Department as Department
    from perfeval.documents.inputs.sheet_yaml import dump as dump
    from perfeval.errors import JsonError as JsonError
    from perfeval.errors import MissingExtraError as MissingExtraError
    from perfeval.errors import PerfevalError as PerfevalError
    from perfeval.errors import RenderError as RenderError
    from perfeval.errors import RulebookError as RulebookError
    from perfeval.errors import SheetError as SheetError
    from perfeval.errors import UnknownRulebookError as UnknownRulebookError
    from perfeval.findings import Finding as Finding
    from perfeval.findings import Inspection as Inspection
    from perfeval.findings import Nature as Nature
    from perfeval.findings import Severity as Severity
    from perfeval.findings import Status as Status
    from perfeval.readers.files import shipped_sheets as shipped_sheets
    from perfeval.readers.rulebooks import load_rulebook as load_rulebook
    from perfeval.readers.rulebooks import rulebook_ids as rulebook_ids
    from perfeval.readers.sheets import load_sheet as load_sheet
    from perfeval.report import DepartmentReport as DepartmentReport
    from perfeval.report import Report as Report
    from perfeval.report import compare as compare
    from perfeval.report import evaluate as evaluate
    from perfeval.report import evaluate_department as evaluate_department
    from perfeval.report import from_json as from_json
    from perfeval.report import render as render
    from perfeval.report import to_json as to_json
    from perfeval.report import write as write
    from perfeval.rulebook import Rulebook as Rulebook
    from perfeval.scorecard import Basis as Basis
    from perfeval.scorecard import Derivation as Derivation
    from perfeval.scorecard import ExecutionLine as ExecutionLine
    from perfeval.scorecard import IndicatorLine as IndicatorLine
    from perfeval.scorecard import Line as Line
    from perfeval.scorecard import Scorecard as Scorecard
    from perfeval.scoring.engine import Scorer as Scorer
    from perfeval.scoring.engine import score as score
    from perfeval.sheet import Budget as Budget
    from perfeval.sheet import Indicator as Indicator
    from perfeval.sheet import Sheet as Sheet

_HOMES = {
    "__version__": "_resources",
    "Aspect": "cells.words",
    "Basis": "scorecard",
    "Budget": "sheet",
    "Cell": "cells.values",
    "Department": "department",
    "DepartmentReport": "report",
    "Derivation": "scorecard",
    "Finding": "findings",
    "Indicator": "sheet",
    "Inspection": "findings",
    "ExecutionLine": "scorecard",
    "IndicatorLine": "scorecard",
    "JsonError": "errors",
    "Line": "scorecard",
    "MissingExtraError": "errors",
    "Nature": "findings",
    "PerfevalError": "errors",
    "RenderError": "errors",
    "Report": "report",
    "Rulebook": "rulebook",
    "RulebookError": "errors",
    "Scorecard": "scorecard",
    "Scorer": "scoring.engine",
    "Section": "cells.words",
    "Selection": "checks.policy",
    "Severity": "findings",
    "Sheet": "sheet",
    "SheetError": "errors",
    "Sign": "cells.signs",
    "Status": "findings",
    "CheckOptions": "checks.settling",
    "UnknownRulebookError": "errors",
    "check": "checks",
    "compare": "report",
    "dump": "documents.inputs.sheet_yaml",
    "evaluate": "report",
    "evaluate_department": "report",
    "from_json": "report",
    "load_rulebook": "readers.rulebooks",
    "load_sheet": "readers.sheets",
    "render": "report",
    "rulebook_ids": "readers.rulebooks",
    "score": "scoring.engine",
    "shipped_sheets": "readers.files",
    "to_json": "report",
    "write": "report",
}
__all__ = [*_HOMES]  # noqa: PLE0604 - the keys are the public names


def __getattr__(name: str) -> object:
    """Load a public name from its module when it is first used."""
    from importlib import import_module

    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
