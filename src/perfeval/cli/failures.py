"""Why a command ends without a result, apart from what its files hold."""

from __future__ import annotations

from perfeval.errors import PerfevalError


class UsageError(PerfevalError):
    """What was asked on the command line cannot be done."""


class WritingError(PerfevalError):
    """A file cannot be written; whatever stood there still does."""
