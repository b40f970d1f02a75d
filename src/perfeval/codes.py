"""The codes of what is found before there is a sheet to check, and of what a text asks for.

Readers stand above the checks and name what they find by these codes; so the codes stand below
both, and the list of checks takes its entries for them from here.
"""

from __future__ import annotations

from typing import NamedTuple

from perfeval.findings import Nature, Severity


class ReadingCode(NamedTuple):
    """A code behind which no check stands: its English name, and how much its findings weigh."""

    code: str
    name: str
    severity: Severity


READING: dict[str, ReadingCode] = {}
"""Every code of this module with its name and its level, in the order of the list."""

_WARNING = Severity.WARNING


def _enter(code: str, name: str, severity: Severity = Severity.ERROR) -> str:
    """Enter a code in the list, and return it."""
    READING[code] = ReadingCode(code, name, severity)
    return code


ENCODING = _enter("YM101", "encoding")
"""The file is neither UTF-8 nor GB18030."""
TOO_LARGE = _enter("YM102", "too-large")
"""The file is too large."""
TOO_DEEP = _enter("YM103", "too-deep")
"""The nesting is too deep."""
SYNTAX = _enter("YM104", "syntax")
"""The text is not YAML."""
CONTROL_CHARACTER = _enter("YM105", "control-character")
"""The text has a control character."""
DUPLICATE_KEY = _enter("YM106", "duplicate-key")
"""A key stands twice."""
ANCHOR = _enter("YM107", "anchor")
"""The text has an anchor."""
ALIAS = _enter("YM108", "alias")
"""The text has an alias."""
TAG = _enter("YM109", "tag")
"""The text has a type tag."""
DOCUMENTS = _enter("YM110", "documents")
"""The file has more than one document."""
KEY = _enter("YM111", "key")
"""A key is not a text."""
UNREADABLE = _enter("YM112", "unreadable")
"""The file cannot be opened."""
EMPTY = _enter("YM113", "empty")
"""The file is empty."""
MANY = _enter("YM114", "many")
"""There are too many problems to list."""
CUT = _enter("YM115", "cut", _WARNING)
"""A comment cuts a value on its line."""
COMMENT = _enter("YM116", "comment", Severity.INFO)
"""Behind a value stands a comment, one blank apart."""

MISSING = _enter("SH101", "missing")
"""A field that must be there is missing."""
UNKNOWN = _enter("SH102", "unknown")
"""A key is not known."""
STRUCTURE = _enter("SH103", "structure")
"""The structure is not that of a sheet."""
NUMBER_FORM = _enter("SH104", "number-form")
"""A number is not written as one."""
NUMBER = _enter("SH105", "number")
"""A figure is not a number."""
FLOAT = _enter("SH106", "float")
"""A host program passed a float."""
NEGATIVE = _enter("SH107", "negative")
"""A figure is below 0 where it cannot be."""
CHOICE = _enter("SH108", "choice")
"""A word is not one of those allowed."""
REPEATED = _enter("SH109", "repeated")
"""The same thing stands twice under two names."""
NO_RULEBOOK = _enter("SH110", "rulebook")
"""The rulebook is unknown or wrong."""

UNCONFIRMED = _enter("RD101", "unconfirmed", _WARNING)
"""The values were read out of a file, and nobody has said that they are right."""
ASSUMED = _enter("RD102", "assumed", Severity.INFO)
"""Reading a table assumed something that does not stand in it."""
NOT_READ = _enter("RD103", "not-read", _WARNING)
"""Something stands in a table and was not read."""
NO_TABLE = _enter("RD104", "no-sheet-in-the-file")
"""There is no sheet in a file."""
LOST_PART = _enter("RD105", "lost-part")
"""A part of a file may be a sheet, and cannot be read as one."""
SEVERAL_TABLES = _enter("RD106", "several-sheets-in-the-file")
"""There are several sheets in a file of which one was asked for."""
FILE_REMARK = _enter("RD107", "remark", Severity.INFO)
"""Something about a file is to be known: what was left aside, what was taken for what."""
NO_PACKAGE = _enter("RD108", "package-missing")
"""Reading a file needs a package that is not installed."""
REFUSED = _enter("RD109", "file-refused")
"""A file cannot be opened, is damaged, locked, too large, or of a kind that holds no table."""
STALE_ANSWER = _enter("RD110", "answer-not-used", _WARNING)
"""What was confirmed of a file does not belong to it as it is now."""

PROOF = _enter("RB101", "proof")
"""A rulebook contradicts itself."""
INHERITANCE = _enter("RB102", "inheritance")
"""A rulebook inherits from one that cannot be read."""
UNSOURCED = _enter("RB103", "unsourced")
"""A changed clause has no source of its own."""
TWO_VERSIONS = _enter("RB104", "versions")
"""Two versions of a clause begin in the same year."""
NO_CHECK = _enter("RB105", "no-such-code")
"""A rulebook names a check that does not exist, or a level that it cannot have."""

WAIVER_EXPIRED = _enter("WV101", "expired", _WARNING)
"""A waiver has expired."""
WAIVER_UNUSED = _enter("WV102", "unused", _WARNING)
"""A waiver covers no finding."""
WAIVER_NAME = _enter("WV103", "name", _WARNING)
"""A waiver is approved by a person's name, not by a post."""
WAIVER_CODE = _enter("WV104", "code")
"""A waiver names an unknown check."""

GAP = _enter("DC101", "slot-left-blank", _WARNING)
"""A text asks for a field that is blank."""


class AccountCode(NamedTuple):
    """A code of what is found in a published account.

    Attributes:
        code: The code.
        name: Its English name.
        severity: How much its findings weigh, where the relation does not say otherwise.
        nature: Whether they are facts, or something that someone must look at.
    """

    code: str
    name: str
    severity: Severity
    nature: Nature


_ERROR, _INFO = Severity.ERROR, Severity.INFO
_FACT, _ASKED = Nature.DECIDABLE, Nature.EVIDENCE
ACCOUNT_ROUNDED, ACCOUNT_CUT, ACCOUNT_UNREAD = "AC401", "AC402", "AC403"
ACCOUNTS = (
    AccountCode("AC101", "two-values", _ERROR, _FACT),
    AccountCode("AC102", "parts-and-whole", _ERROR, _FACT),
    AccountCode("AC103", "rate-of-change", _ERROR, _FACT),
    AccountCode("AC104", "share", _ERROR, _FACT),
    AccountCode("AC105", "rate-of-completion", _ERROR, _FACT),
    AccountCode("AC106", "two-years", _ERROR, _FACT),
    AccountCode("AC107", "more-or-less", _ERROR, _FACT),
    AccountCode("AC108", "rate-of-nothing", _ERROR, _FACT),
    AccountCode("AC109", "part-above-whole", _ERROR, _FACT),
    AccountCode("AC110", "money-and-counts", _ERROR, _FACT),
    AccountCode("AC111", "list-and-items", _WARNING, _ASKED),
    AccountCode("AC113", "reasons-of-change", _ERROR, _FACT),
    AccountCode("AC201", "left-of-template", _WARNING, _FACT),
    AccountCode("AC202", "wrong-year", _WARNING, _FACT),
    AccountCode("AC203", "numbering-of-items", _WARNING, _FACT),
    AccountCode("AC204", "unit-of-figure", _WARNING, _FACT),
    AccountCode("AC205", "rate-left-out", _WARNING, _FACT),
    AccountCode("AC206", "item-left-out", _WARNING, _FACT),
    AccountCode("AC207", "reason-left-out", _INFO, Nature.HEURISTIC),
    AccountCode("AC208", "use-of-account", _INFO, Nature.HEURISTIC),
    AccountCode("AC209", "accounts-of-list", _INFO, Nature.HEURISTIC),
    AccountCode("AC210", "name-of-unit", _WARNING, _FACT),
    AccountCode("AC211", "reduced-beyond-budget", _INFO, Nature.HEURISTIC),
    AccountCode("AC212", "name-of-account", _WARNING, _FACT),
    AccountCode("AC301", "all-is-done", _WARNING, _FACT),
    AccountCode("AC302", "two-statements", _ERROR, _FACT),
    AccountCode("AC303", "full-points-below-target", _ERROR, _FACT),
    AccountCode("AC304", "rate-of-form", _ERROR, _FACT),
    AccountCode("AC305", "budget-points-of-form", _ERROR, _FACT),
    AccountCode("AC306", "total-of-form", _ERROR, _FACT),
    AccountCode("AC307", "projects-and-lists", _WARNING, _ASKED),
    AccountCode("AC308", "execution-above-100", _WARNING, _FACT),
    AccountCode("AC309", "form-without-targets", _INFO, Nature.HEURISTIC),
    AccountCode(ACCOUNT_ROUNDED, "explained-by-rounding", _INFO, _FACT),
    AccountCode(ACCOUNT_CUT, "cut-not-rounded", _INFO, _FACT),
    AccountCode(ACCOUNT_UNREAD, "not-read", _WARNING, _FACT),
    AccountCode("AC501", "money-of-sheet", _ERROR, _FACT),
    AccountCode("AC502", "rate-of-sheet", _ERROR, _FACT),
    AccountCode("AC503", "points-of-sheet", _ERROR, _FACT),
    AccountCode("AC504", "name-of-sheet", _WARNING, _FACT),
    AccountCode("AC505", "totals-of-sheets", _WARNING, _ASKED),
)
"""The codes of what is found in a published account, in the order of the list."""


REVIEWS: dict[str, ReadingCode] = {}
"""The codes of what is wrong with a review itself, as `READING` has those of readers."""


def _enter_review(code: str, name: str, severity: Severity = Severity.ERROR) -> str:
    """Enter a code in the list of reviews, and return it."""
    REVIEWS[code] = ReadingCode(code, name, severity)
    return code


REVIEW_NO_REASON = _enter_review("RV101", "review-without-reason")
"""A reviewer took points away and gave neither a code nor grounds."""
REVIEW_UNKNOWN_CODE = _enter_review("RV102", "review-unknown-code")
"""A reason of a review is none of its profile, or none for a row."""
REVIEW_RATIO = _enter_review("RV103", "review-ratio", _WARNING)
"""A reviewer took away another part than the code's ratio says."""
REVIEW_UNEVEN = _enter_review("RV104", "review-uneven", _WARNING)
"""One fault cost different parts of the weight in one batch."""
REVIEW_ABOVE_FILED = _enter_review("RV105", "review-above-filed", _WARNING)
"""A reviewed row has more points than were filed, without grounds."""
REVIEW_WEIGHTS = _enter_review("RV106", "review-weights")
"""The weights of a reviewed table do not add up to the full points."""
REVIEW_ABOVE_WEIGHT = _enter_review("RV107", "review-above-weight")
"""A deduction is above the weight of its row."""
REVIEW_ALTERED = _enter_review("RV108", "review-altered")
"""What was prefilled in a workpaper is no longer as it was."""
REVIEW_RESULT = _enter_review("RV109", "review-result", _WARNING)
"""A result that a workpaper shows is not what it comes to."""
REVIEW_NO_WORKPAPER = _enter_review("RV110", "review-no-workpaper")
"""A file is no workpaper of ours, or what it carries is damaged."""
REVIEW_OPEN = _enter_review("RV111", "review-open", _WARNING)
"""A reviewed row has no points, so that there is no total."""
REVIEW_ENTRY = _enter_review("RV112", "review-entry")
"""What a reviewer wrote cannot be read."""
REVIEW_REPORT = _enter_review("RV113", "review-report")
"""A review report says another figure than its workpaper."""
REVIEW_RULEBOOK = _enter_review("RV114", "review-rulebook", _WARNING)
"""A workpaper was made by a rulebook that has changed since."""


SOURCE_CODES = {item.name: code for code, item in READING.items() if code.startswith("YM")}
"""The code of each kind of `perfeval.source.Problem`."""

UNOPENED = (ENCODING, TOO_LARGE, UNREADABLE, NO_TABLE, SEVERAL_TABLES, NO_PACKAGE, REFUSED)
"""The codes of files of which nothing at all could be read."""
NO_RESULT = (*UNOPENED, LOST_PART)
"""The codes with which something has no result that was asked for."""
