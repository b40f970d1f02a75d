"""Review profiles (复核口径): those that ship, and files of one's own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache

from pydantic import ValidationError

from perfeval._resources import review_profile_dir
from perfeval.codes import PROOF
from perfeval.errors import ReviewProfileError
from perfeval.findings import Finding, Placed, Severity
from perfeval.readers.accepted import models_of, synonyms
from perfeval.readers.files import FilePath, read_file
from perfeval.readers.located import Located
from perfeval.readers.problems import schema_findings
from perfeval.review.profile import ReviewProfile, profile_faults
from perfeval.source import Source

DEFAULT_PROFILE = "review-reasons"
"""The profile of a review that names none: it has no ratios of its own."""
_ENDINGS = (".yaml", ".yml")


@cache
def review_profile_ids() -> tuple[str, ...]:
    """Return the ids of the review profiles that ship.

    >>> "review-firm-sample" in review_profile_ids()
    True
    """
    return tuple(sorted(path.stem for path in review_profile_dir().glob("*.yaml")))


def load_review_profile(name: FilePath = DEFAULT_PROFILE) -> ReviewProfile:
    """Load a review profile.

    Args:
        name: The id of one that ships, or the path of a file of one's own that ends in ``.yaml``
            or ``.yml``.

    Raises:
        ReviewProfileError: There is none, or the file has errors; all of them at once.

    >>> load_review_profile().code("Y01").ratio is None
    True
    """
    text = os.fspath(name)
    if text in review_profile_ids():
        return _load(os.fspath(review_profile_dir() / f"{text}.yaml"))
    if not text.endswith(_ENDINGS):
        known = "、".join(review_profile_ids())
        message = f"没有复核口径“{text}”；可用的有 {known}，也可以写自己的 .yaml 文件"
        raise ReviewProfileError(message)
    return _load(name)


def _load(name: FilePath) -> ReviewProfile:
    source = read_file(name, instead="其中一个复核口径文件")
    located = Located(source, synonyms(*models_of(ReviewProfile)))
    found = located.problems()
    if not found:
        try:
            profile = ReviewProfile.model_validate(source.data)
        except ValidationError as error:
            found = list(map(located.place, schema_findings(error, ReviewProfile)))
        else:
            found = [located.place(fault) for fault in _faults(profile)]
            if not found:
                return profile
    raise _error(source, found)


def _faults(profile: ReviewProfile) -> Iterator[Finding]:
    for fault in profile_faults(profile):
        yield Finding(PROOF, Severity.ERROR, fault.message, fault.path, fault.hint)


def _error(source: Source, found: list[Placed]) -> ReviewProfileError:
    findings = tuple(item.finding for item in found)
    message = f"{source.name}：复核口径有 {len(findings)} 处错误"
    return ReviewProfileError(message, findings)
