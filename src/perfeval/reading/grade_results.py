"""Results of a review (``perfeval review grade -o 复核.json``), read back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from perfeval.carriers import LIMITS
from perfeval.numbers import ZERO, parse_number, total
from perfeval.opening import NotRegularError, read_regular, system_reason
from perfeval.readers.json_text import read_json
from perfeval.review.results import DeductionSum, ReviewedTotal


class GradeResults(NamedTuple):
    """What a review gave and took.

    Attributes:
        totals: What each project got.
        deductions: What was taken away, by reason.
        fault: Why there is nothing; empty where there is something.
    """

    totals: tuple[ReviewedTotal, ...] = ()
    deductions: tuple[DeductionSum, ...] = ()
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
        totals = tuple(_total(one, names) for one in data["projects"])
    except (TypeError, ValueError, AttributeError):
        return refused
    return GradeResults(totals, sums)


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
    )


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
