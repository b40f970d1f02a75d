"""The exceptions that leave perfeval; every one derives from `PerfevalError`.

::

    PerfevalError
    ├── SheetError(ValueError)         a sheet with errors: all findings at once
    ├── RulebookError(ValueError)      rulebook data that is wrong: all findings at once
    │   └── UnknownRulebookError(LookupError)
    ├── ReviewProfileError(ValueError) a review profile that is wrong: all findings at once
    ├── ChangeError(ValueError)        a what-if that names no row, or several
    ├── JsonError(ValueError)          JSON that is no value of perfeval: all findings at once
    └── RenderError(ValueError)        a document that cannot be made
        └── MissingExtraError(ImportError)

Findings are values; exceptions are for programmers.  `perfeval.evaluate` never raises for
what a sheet contains, `perfeval.load_sheet` raises `SheetError` with every finding.
"""

from __future__ import annotations

TYPE_CHECKING = False  # type checkers read it as true; importing typing costs a start-up
if TYPE_CHECKING:  # findings stand above this module and are only carried here
    from perfeval.findings import Finding


class PerfevalError(Exception):
    """The base of all exceptions of this library.

    >>> issubclass(SheetError, PerfevalError) and issubclass(RenderError, PerfevalError)
    True
    """


class _FindingsError(PerfevalError, ValueError):
    """An exception that carries findings; survives pickling."""

    def __init__(self, message: str, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(message, findings)
        self.message = message
        self.findings = findings

    def __str__(self) -> str:
        return "\n".join([self.message, *(f"  {finding}" for finding in self.findings)])


class SheetError(_FindingsError):
    """A sheet has errors; ``findings`` has all of them.

    >>> from perfeval import load_sheet
    >>> try:
    ...     load_sheet({"年度": 2023})
    ... except SheetError as error:
    ...     print(len(error.findings))
    2
    """


class RulebookError(_FindingsError):
    """A rulebook's data is wrong; ``findings`` has all of it.

    >>> issubclass(UnknownRulebookError, RulebookError)
    True
    """


class UnknownRulebookError(RulebookError, LookupError):
    """No rulebook has this id.

    >>> from perfeval import load_rulebook
    >>> try:
    ...     load_rulebook("没有")
    ... except UnknownRulebookError:
    ...     print("没有这个评分办法")
    没有这个评分办法
    """


class ReviewProfileError(_FindingsError):
    """A review profile is unknown or wrong; ``findings`` has all of it.

    >>> from perfeval import load_review_profile
    >>> try:
    ...     load_review_profile("没有")
    ... except ReviewProfileError as error:
    ...     print(error.message.partition("；")[0])
    没有复核口径“没有”
    """


class ChangeError(PerfevalError, ValueError):
    """What is to be changed in a what-if cannot be told; the message lists what may be meant.

    >>> from perfeval import load_rulebook, load_sheet, what_if
    >>> sheet = load_sheet("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> try:
    ...     what_if(sheet, {"网点": "32"}, load_rulebook("hubei-2020"))
    ... except ChangeError as error:
    ...     print(str(error).splitlines()[0])
    “网点”对应 2 个指标，请写明是哪一个：
    """


class JsonError(_FindingsError):
    """A JSON text is none that `perfeval.to_json` writes; the findings' paths lead into it.

    >>> from perfeval import from_json
    >>> try:
    ...     from_json("{")
    ... except JsonError as error:
    ...     print(error.findings[0].code)
    YM104
    """


class RenderError(PerfevalError, ValueError):
    """A document cannot be made from this report.

    >>> from perfeval import evaluate, render
    >>> try:
    ...     render(evaluate({}), "md")
    ... except RenderError:
    ...     print("没有读通，不能生成文档")
    没有读通，不能生成文档
    """


class MissingExtraError(RenderError, ImportError):
    """A document needs an optional package that is not installed.

    >>> issubclass(MissingExtraError, ImportError)
    True
    """
