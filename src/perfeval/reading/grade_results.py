"""Results of a review (``perfeval review grade -o 复核.json``), read back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import PurePath
from typing import Any, NamedTuple

from perfeval.carriers import LIMITS
from perfeval.numbers import ZERO, parse_number, total
from perfeval.opening import NotRegularError, read_regular, system_reason
from perfeval.readers.json_text import read_json
from perfeval.review.profile import ReviewProfile
from perfeval.review.results import (
    DeductionSum,
    ReviewedRow,
    ReviewedTotal,
    ReviewReason,
    ReviewRemark,
    ReviewTerms,
)


class GradeResults(NamedTuple):
    """What a review gave and took.

    Attributes:
        totals: What each project got.
        deductions: What was taken away, by reason.
        terms: The terms of the review.
        remarks: What is wrong with the review itself.
        fault: Why there is nothing; empty where there is something.
    """

    totals: tuple[ReviewedTotal, ...] = ()
    deductions: tuple[DeductionSum, ...] = ()
    terms: tuple[ReviewTerms, ...] = ()
    remarks: tuple[ReviewRemark, ...] = ()
    fault: str = ""


def read_grade_results(path: str) -> GradeResults:
    """Read the results in a file; a fault of it is told, never raised."""
    try:
        raw = read_regular(path, LIMITS.file + 1)
    except FileNotFoundError:
        return GradeResults(fault=f"没有这个文件“{path}”")
    except NotRegularError:
        return GradeResults(fault=f"“{path}”不是普通文件")
    except OSError as error:
        return GradeResults(fault=f"“{path}”打不开（{system_reason(error)}）")
    except ValueError:
        return GradeResults(fault="文件名里有不能用的字符")
    return grade_results(raw, path)


def grade_results(raw: bytes, name: str) -> GradeResults:
    """Return the results that the bytes of a file hold; see `read_grade_results`.

    >>> data = '{"projects": [{"project": "清淤", "total": "88.50"}]}'
    >>> grade_results(data.encode(), "").totals[0].total
    Decimal('88.50')
    """
    refused = GradeResults(fault=f"“{name}”不是 perfeval review grade 写的 JSON")
    source = read_json(raw.decode("utf-8-sig", "replace"))
    data = source.data
    if not isinstance(data, Mapping) or not isinstance(data.get("projects"), list):
        return refused
    try:
        sums = tuple(_deduction(one) for one in data.get("deductions") or ())
        names = {one.code: one.name for one in sums}
        terms = tuple(map(_terms, data.get("profiles") or ()))
        names |= {one.code: one.name for each in terms for one in each.reasons}
        totals = tuple(_total(one, names) for one in data["projects"])
        remarks = tuple(_remark(one) for one in data.get("findings") or ())
    except (KeyError, TypeError, ValueError, AttributeError):
        return refused
    return GradeResults(totals, sums, terms, remarks)


def _total(one: Mapping[str, Any], names: Mapping[str, str]) -> ReviewedTotal:
    return ReviewedTotal(
        project=_text(one["project"]) if "project" in one else _text(None),
        file=_text(one.get("file") or ""),
        total=_figure(one.get("total")),
        grade=_text(one.get("grade") or ""),
        department=_text(one.get("department") or ""),
        unit=_text(one.get("unit") or ""),
        code=_text(one.get("code") or ""),
        year=_year(one.get("year")),
        deductions=None if one.get("rows") is None else tuple(_by_code(one["rows"], names)),
        filed=_figure(one.get("filed_total")),
        filed_grade=_text(one.get("filed_grade") or ""),
        full=_figure(one.get("full")),
        deviation=_figure(one.get("deviation")),
        rows=tuple(_rows(one.get("rows") or (), names)),
    )


_WRITTEN = ("code", "ground", "reviewed_actual", "judged")
"""What of a row a reviewer writes, beside the points that are taken away."""


def _rows(rows: Any, names: Mapping[str, str]) -> Iterator[ReviewedRow]:
    """Yield the rows in which the reviewer wrote something."""
    for row in rows:
        cut, code = _figure(row.get("cut")) or ZERO, _text(row.get("code") or "")
        if cut or any(row.get(name) for name in _WRITTEN):
            yield ReviewedRow(
                name=_text(row.get("name") or ""),
                actual=_text(row.get("actual") or ""),
                reviewed_actual=_text(row.get("reviewed_actual") or ""),
                filed=_figure(row.get("filed")),
                points=_figure(row.get("points")),
                cut=cut,
                code=code,
                reason=names.get(code, ""),
                ground=_text(row.get("ground") or ""),
            )


def _terms(one: Any) -> ReviewTerms:
    profile = ReviewProfile.model_validate(one)
    reasons = tuple(ReviewReason(code.code, code.name, code.ratio) for code in profile.row_codes)
    return ReviewTerms(profile.name, profile.deviation.base, profile.deviation.digits, reasons)


def _remark(one: Mapping[str, Any]) -> ReviewRemark:
    file = _text(one.get("file") or "")
    inside = _text(one.get("where") or "").removeprefix(file)
    where = f"{PurePath(file).name}{inside}"
    return ReviewRemark(_text(one["code"]), _text(one.get("message") or ""), where)


def _by_code(rows: Any, names: Mapping[str, str]) -> Iterator[DeductionSum]:
    """Yield what the rows of a project lost, by reason."""
    cuts: dict[str, list[Decimal]] = {}
    for row in rows:
        code, cut = _text(row.get("code") or ""), _figure(row.get("cut")) or ZERO
        if code or cut:
            cuts.setdefault(code, []).append(cut)
    for code, own in cuts.items():
        yield DeductionSum(
            code=code, name=names.get(code, ""), rows=len(own), projects=1, points=total(own)
        )


def _deduction(one: Mapping[str, Any]) -> DeductionSum:
    return DeductionSum(
        code=_text(one.get("code") or ""),
        name=_text(one.get("name") or ""),
        rows=int(one.get("rows") or 0),
        projects=int(one.get("projects") or 0),
        points=_figure(one.get("points")) or Decimal(0),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _year(value: object) -> int | None:
    if value is None:
        return None
    found = _figure(str(value))
    if found is None or found != int(found):
        raise ValueError("no year")
    return int(found)


def _figure(value: object) -> Decimal | None:
    if value is None:
        return None
    found = parse_number(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError("no figure")
    return found
