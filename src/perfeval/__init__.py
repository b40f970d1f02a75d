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
    from perfeval.accounts.proofreading import LedgerEntry as LedgerEntry
    from perfeval.accounts.proofreading import ProofFigure as ProofFigure
    from perfeval.accounts.proofreading import ProofReport as ProofReport
    from perfeval.accounts.results import RelationStatus as RelationStatus
    from perfeval.accounts.text import Spot as Spot
    from perfeval.batch import ItemRows as ItemRows
    from perfeval.batch import evaluate_batch as evaluate_batch
    from perfeval.batch import score_batch as score_batch
    from perfeval.cells.aggregation import Aggregate as Aggregate
    from perfeval.cells.aggregation import Aggregation as Aggregation
    from perfeval.cells.dates import Day as Day
    from perfeval.cells.dates import Days as Days
    from perfeval.cells.levels import Aspect as Aspect
    from perfeval.cells.levels import AspectName as AspectName
    from perfeval.cells.levels import Section as Section
    from perfeval.cells.levels import SectionName as SectionName
    from perfeval.cells.notes import Note as Note
    from perfeval.cells.notes import NoteKind as NoteKind
    from perfeval.cells.outcomes import Comparison as Comparison
    from perfeval.cells.outcomes import Outcome as Outcome
    from perfeval.cells.recurring import Recurring as Recurring
    from perfeval.cells.signs import Sign as Sign
    from perfeval.cells.units import MoneyUnit as MoneyUnit
    from perfeval.cells.values import Cell as Cell
    from perfeval.cells.values import CellKind as CellKind
    from perfeval.cells.values import Nuance as Nuance
    from perfeval.cells.values import Trend as Trend
    from perfeval.checks import check as check
    from perfeval.checks.policy import Selection as Selection
    from perfeval.checks.settling import CheckOptions as CheckOptions
    from perfeval.department import Addition as Addition
    from perfeval.department import Coverage as Coverage
    from perfeval.department import Department as Department
    from perfeval.department import Elsewhere as Elsewhere
    from perfeval.department import Figure as Figure
    from perfeval.department import LeftOut as LeftOut
    from perfeval.department import Mention as Mention
    from perfeval.department import NamedFigure as NamedFigure
    from perfeval.department import ProjectEntry as ProjectEntry
    from perfeval.department import Share as Share
    from perfeval.department import Verdict as Verdict
    from perfeval.department import WorkField as WorkField
    from perfeval.department_words import AmountBasis as AmountBasis
    from perfeval.department_words import Fund as Fund
    from perfeval.department_words import ShareKind as ShareKind
    from perfeval.department_words import Stage as Stage
    from perfeval.department_words import Use as Use
    from perfeval.documents import DocumentName as DocumentName
    from perfeval.documents.formats import FormatName as FormatName
    from perfeval.documents.inputs.sheet_yaml import dump as dump
    from perfeval.errors import ChangeError as ChangeError
    from perfeval.errors import JsonError as JsonError
    from perfeval.errors import MissingExtraError as MissingExtraError
    from perfeval.errors import PerfevalError as PerfevalError
    from perfeval.errors import RenderError as RenderError
    from perfeval.errors import ReviewProfileError as ReviewProfileError
    from perfeval.errors import RulebookError as RulebookError
    from perfeval.errors import SheetError as SheetError
    from perfeval.errors import UnknownRulebookError as UnknownRulebookError
    from perfeval.findings import Finding as Finding
    from perfeval.findings import Fix as Fix
    from perfeval.findings import Inspection as Inspection
    from perfeval.findings import Nature as Nature
    from perfeval.findings import Placed as Placed
    from perfeval.findings import Severity as Severity
    from perfeval.findings import Status as Status
    from perfeval.findings import Waived as Waived
    from perfeval.manifest import FileDigest as FileDigest
    from perfeval.manifest import Manifest as Manifest
    from perfeval.numbers import Exact as Exact
    from perfeval.numbers import RoundingMode as RoundingMode
    from perfeval.places import CellPlace as CellPlace
    from perfeval.places import PagePlace as PagePlace
    from perfeval.places import TablePlace as TablePlace
    from perfeval.places import TextPlace as TextPlace
    from perfeval.readers.files import shipped_sheets as shipped_sheets
    from perfeval.readers.located import Located as Located
    from perfeval.readers.review_profiles import load_review_profile as load_review_profile
    from perfeval.readers.review_profiles import review_profile_ids as review_profile_ids
    from perfeval.readers.rulebooks import load_rulebook as load_rulebook
    from perfeval.readers.rulebooks import rulebook_ids as rulebook_ids
    from perfeval.readers.sheets import load_sheet as load_sheet
    from perfeval.reading import ReadDocument as ReadDocument
    from perfeval.reading import ReadingNote as ReadingNote
    from perfeval.reading import ReadTable as ReadTable
    from perfeval.reading import UnreadPart as UnreadPart
    from perfeval.reading import read as read
    from perfeval.report import AccountDraft as AccountDraft
    from perfeval.report import DepartmentReport as DepartmentReport
    from perfeval.report import DraftFile as DraftFile
    from perfeval.report import LeftAside as LeftAside
    from perfeval.report import NationalFormat as NationalFormat
    from perfeval.report import Published as Published
    from perfeval.report import Report as Report
    from perfeval.report import compare as compare
    from perfeval.report import diff as diff
    from perfeval.report import diff_trees as diff_trees
    from perfeval.report import draft as draft
    from perfeval.report import evaluate as evaluate
    from perfeval.report import evaluate_all as evaluate_all
    from perfeval.report import evaluate_department as evaluate_department
    from perfeval.report import excel_form as excel_form
    from perfeval.report import from_json as from_json
    from perfeval.report import mark as mark
    from perfeval.report import proof as proof
    from perfeval.report import publish as publish
    from perfeval.report import render as render
    from perfeval.report import to_json as to_json
    from perfeval.report import to_national as to_national
    from perfeval.report import write as write
    from perfeval.report.grading import grade_workpapers as grade_workpapers
    from perfeval.report.workpapers import review_workpaper as review_workpaper
    from perfeval.review.difference import ChangeKind as ChangeKind
    from perfeval.review.difference import ChangeStanding as ChangeStanding
    from perfeval.review.difference import FindingChange as FindingChange
    from perfeval.review.difference import FindingStatus as FindingStatus
    from perfeval.review.difference import MatchReason as MatchReason
    from perfeval.review.difference import PairReason as PairReason
    from perfeval.review.difference import PointsChange as PointsChange
    from perfeval.review.difference import RowMatch as RowMatch
    from perfeval.review.difference import SheetDiff as SheetDiff
    from perfeval.review.difference import SheetVersion as SheetVersion
    from perfeval.review.difference import ValueChange as ValueChange
    from perfeval.review.grading import CodeSum as CodeSum
    from perfeval.review.grading import GradedRow as GradedRow
    from perfeval.review.grading import GradedWorkpaper as GradedWorkpaper
    from perfeval.review.grading import Grading as Grading
    from perfeval.review.grading import ReviewEntry as ReviewEntry
    from perfeval.review.profile import DeductionCode as DeductionCode
    from perfeval.review.profile import DeductionScope as DeductionScope
    from perfeval.review.profile import DeviationBase as DeviationBase
    from perfeval.review.profile import DeviationRule as DeviationRule
    from perfeval.review.profile import ReviewLevel as ReviewLevel
    from perfeval.review.profile import ReviewProfile as ReviewProfile
    from perfeval.review.workpaper import RowFinding as RowFinding
    from perfeval.review.workpaper import Workpaper as Workpaper
    from perfeval.review.workpaper import WorkpaperRow as WorkpaperRow
    from perfeval.rows import FindingRow as FindingRow
    from perfeval.rows import IndicatorRow as IndicatorRow
    from perfeval.rows import SheetRow as SheetRow
    from perfeval.rows import row_data as row_data
    from perfeval.rows import row_from as row_from
    from perfeval.rulebook import Rulebook as Rulebook
    from perfeval.scorecard import Basis as Basis
    from perfeval.scorecard import Derivation as Derivation
    from perfeval.scorecard import ExecutionLine as ExecutionLine
    from perfeval.scorecard import IndicatorLine as IndicatorLine
    from perfeval.scorecard import Line as Line
    from perfeval.scorecard import Rule as Rule
    from perfeval.scorecard import Scorecard as Scorecard
    from perfeval.scorecard import Subtotal as Subtotal
    from perfeval.scorecard import TotalNote as TotalNote
    from perfeval.scorecard import TotalNoteKind as TotalNoteKind
    from perfeval.scorecard import WeightGap as WeightGap
    from perfeval.scoring.engine import Scorer as Scorer
    from perfeval.scoring.engine import score as score
    from perfeval.scoring.what_if import ChangedFigure as ChangedFigure
    from perfeval.scoring.what_if import Loss as Loss
    from perfeval.scoring.what_if import NextGrade as NextGrade
    from perfeval.scoring.what_if import WhatIf as WhatIf
    from perfeval.scoring.what_if import losses as losses
    from perfeval.scoring.what_if import next_grade as next_grade
    from perfeval.scoring.what_if import what_if as what_if
    from perfeval.sheet import Budget as Budget
    from perfeval.sheet import FiledBudget as FiledBudget
    from perfeval.sheet import FiledSection as FiledSection
    from perfeval.sheet import FiledTotal as FiledTotal
    from perfeval.sheet import FundRow as FundRow
    from perfeval.sheet import Goal as Goal
    from perfeval.sheet import Indicator as Indicator
    from perfeval.sheet import MergedPoints as MergedPoints
    from perfeval.sheet import ReadFrom as ReadFrom
    from perfeval.sheet import Sheet as Sheet
    from perfeval.sheet import SheetKind as SheetKind
    from perfeval.sheet import SheetSection as SheetSection
    from perfeval.sheet import SubIndicator as SubIndicator
    from perfeval.sheet import Transfer as Transfer
    from perfeval.sheet import UnitResult as UnitResult
    from perfeval.sheet import Waiver as Waiver
    from perfeval.source import Problem as Problem
    from perfeval.source import Source as Source

_HOMES = {
    "AccountDraft": "report",
    "Addition": "department",
    "Aggregate": "cells.aggregation",
    "Aggregation": "cells.aggregation",
    "AmountBasis": "department_words",
    "Aspect": "cells.levels",
    "AspectName": "cells.levels",
    "Basis": "scorecard",
    "Budget": "sheet",
    "Cell": "cells.values",
    "CellKind": "cells.values",
    "CellPlace": "places",
    "ChangeError": "errors",
    "ChangeKind": "review.difference",
    "ChangeStanding": "review.difference",
    "ChangedFigure": "scoring.what_if",
    "CheckOptions": "checks.settling",
    "CodeSum": "review.grading",
    "Comparison": "cells.outcomes",
    "Coverage": "department",
    "Day": "cells.dates",
    "Days": "cells.dates",
    "DeductionCode": "review.profile",
    "DeductionScope": "review.profile",
    "Department": "department",
    "DepartmentReport": "report",
    "Derivation": "scorecard",
    "DeviationBase": "review.profile",
    "DeviationRule": "review.profile",
    "DocumentName": "documents",
    "DraftFile": "report",
    "Elsewhere": "department",
    "Exact": "numbers",
    "ExecutionLine": "scorecard",
    "Figure": "department",
    "FileDigest": "manifest",
    "FiledBudget": "sheet",
    "FiledSection": "sheet",
    "FiledTotal": "sheet",
    "Finding": "findings",
    "FindingChange": "review.difference",
    "FindingRow": "rows",
    "FindingStatus": "review.difference",
    "Fix": "findings",
    "FormatName": "documents.formats",
    "Fund": "department_words",
    "FundRow": "sheet",
    "Goal": "sheet",
    "GradedRow": "review.grading",
    "GradedWorkpaper": "review.grading",
    "Grading": "review.grading",
    "Indicator": "sheet",
    "IndicatorLine": "scorecard",
    "IndicatorRow": "rows",
    "Inspection": "findings",
    "ItemRows": "batch",
    "JsonError": "errors",
    "LedgerEntry": "accounts.proofreading",
    "LeftAside": "report",
    "LeftOut": "department",
    "Line": "scorecard",
    "Located": "readers.located",
    "Loss": "scoring.what_if",
    "Manifest": "manifest",
    "MatchReason": "review.difference",
    "Mention": "department",
    "MergedPoints": "sheet",
    "MissingExtraError": "errors",
    "MoneyUnit": "cells.units",
    "NamedFigure": "department",
    "NationalFormat": "report",
    "Nature": "findings",
    "NextGrade": "scoring.what_if",
    "Note": "cells.notes",
    "NoteKind": "cells.notes",
    "Nuance": "cells.values",
    "Outcome": "cells.outcomes",
    "PagePlace": "places",
    "PairReason": "review.difference",
    "PerfevalError": "errors",
    "Placed": "findings",
    "PointsChange": "review.difference",
    "Problem": "source",
    "ProjectEntry": "department",
    "ProofFigure": "accounts.proofreading",
    "ProofReport": "accounts.proofreading",
    "Published": "report",
    "ReadDocument": "reading",
    "ReadFrom": "sheet",
    "ReadTable": "reading",
    "ReadingNote": "reading",
    "Recurring": "cells.recurring",
    "RelationStatus": "accounts.results",
    "RenderError": "errors",
    "Report": "report",
    "ReviewEntry": "review.grading",
    "ReviewLevel": "review.profile",
    "ReviewProfile": "review.profile",
    "ReviewProfileError": "errors",
    "RoundingMode": "numbers",
    "RowFinding": "review.workpaper",
    "RowMatch": "review.difference",
    "Rule": "scorecard",
    "Rulebook": "rulebook",
    "RulebookError": "errors",
    "Scorecard": "scorecard",
    "Scorer": "scoring.engine",
    "Section": "cells.levels",
    "SectionName": "cells.levels",
    "Selection": "checks.policy",
    "Severity": "findings",
    "Share": "department",
    "ShareKind": "department_words",
    "Sheet": "sheet",
    "SheetDiff": "review.difference",
    "SheetError": "errors",
    "SheetKind": "sheet",
    "SheetRow": "rows",
    "SheetSection": "sheet",
    "SheetVersion": "review.difference",
    "Sign": "cells.signs",
    "Source": "source",
    "Spot": "accounts.text",
    "Stage": "department_words",
    "Status": "findings",
    "SubIndicator": "sheet",
    "Subtotal": "scorecard",
    "TablePlace": "places",
    "TextPlace": "places",
    "TotalNote": "scorecard",
    "TotalNoteKind": "scorecard",
    "Transfer": "sheet",
    "Trend": "cells.values",
    "UnitResult": "sheet",
    "UnknownRulebookError": "errors",
    "UnreadPart": "reading",
    "Use": "department_words",
    "ValueChange": "review.difference",
    "Verdict": "department",
    "Waived": "findings",
    "Waiver": "sheet",
    "WeightGap": "scorecard",
    "WhatIf": "scoring.what_if",
    "WorkField": "department",
    "Workpaper": "review.workpaper",
    "WorkpaperRow": "review.workpaper",
    "__version__": "_resources",
    "check": "checks",
    "compare": "report",
    "diff": "report",
    "diff_trees": "report",
    "draft": "report",
    "dump": "documents.inputs.sheet_yaml",
    "evaluate": "report",
    "evaluate_all": "report",
    "evaluate_batch": "batch",
    "evaluate_department": "report",
    "excel_form": "report",
    "from_json": "report",
    "grade_workpapers": "report.grading",
    "load_review_profile": "readers.review_profiles",
    "load_rulebook": "readers.rulebooks",
    "load_sheet": "readers.sheets",
    "losses": "scoring.what_if",
    "mark": "report",
    "next_grade": "scoring.what_if",
    "proof": "report",
    "publish": "report",
    "read": "reading",
    "render": "report",
    "review_profile_ids": "readers.review_profiles",
    "review_workpaper": "report.workpapers",
    "row_data": "rows",
    "row_from": "rows",
    "rulebook_ids": "readers.rulebooks",
    "score": "scoring.engine",
    "score_batch": "batch",
    "shipped_sheets": "readers.files",
    "to_json": "report",
    "to_national": "report",
    "what_if": "scoring.what_if",
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
