"""What the reports of a check (校核报告、问题清单) say alike: order, names, counts, places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from itertools import takewhile
from typing import NamedTuple

from perfeval._resources import __version__
from perfeval.codes import ASSUMED
from perfeval.documents.alignment import printable
from perfeval.documents.stakes import stake_of
from perfeval.findings import Finding, Inspection, Severity, gathered
from perfeval.later import regex
from perfeval.numbers import ZERO, total, trimmed
from perfeval.places import Path, Place

FAMILIES = {
    "YM": "文件读取",
    "RD": "从文件里读表",
    "SH": "填写格式",
    "RB": "评分办法",
    "WV": "豁免",
    "PT": "得分",
    "BX": "预算执行",
    "FM": "表头",
    "IN": "指标设置",
    "RS": "原因和措施",
    "TX": "文字",
    "DP": "部门汇总",
    "DC": "文档",
    "VA": "目标值和完成值",
    "WT": "分值",
    "ST": "评分标准",
    "AC": "决算公开",
    "RV": "复核底稿",
}
"""What the two letters of a code mean."""

_RULEBOOK = ("评分办法",)
_BY_LAYOUT = "（按表式推定，可用 --rulebook 指明）"
_FOLDER = regex(r"(?:/|[A-Za-z]:[\\/]|\\\\).*[\\/]", re.DOTALL)
_STEP = regex(r"[^\\/]*[\\/]")


class Counts(NamedTuple):
    """How many findings of each severity, and how many points hang on them."""

    errors: int = 0
    warnings: int = 0
    hints: int = 0
    stake: Decimal = ZERO

    @property
    def findings(self) -> int:
        """How many findings there are."""
        return self.errors + self.warnings + self.hints


def count(findings: Iterable[Finding]) -> Counts:
    """Count the findings of one file; the same fault at several places is one finding."""
    kept = gathered(findings)
    number = Counter(finding.severity for finding in kept)
    errors, warnings, hints = (number[severity] for severity in Severity)
    return Counts(errors, warnings, hints, stake_of(kept))


def add_up(counts: Iterable[Counts]) -> Counts:
    """Add up the counts of several files."""
    errors, warnings, hints, stakes = tuple(zip(*counts, strict=True)) or ((), (), (), ())
    return Counts(sum(errors), sum(warnings), sum(hints), total(stakes))


def ranked(inspections: Sequence[Inspection]) -> list[tuple[Inspection, Counts]]:
    """Return the files with their counts, the worst first; equal ones stay in their order."""
    counted = [(inspection, count(inspection.findings)) for inspection in inspections]
    return sorted(counted, key=_worst_first)


def _worst_first(counted: tuple[Inspection, Counts]) -> tuple[int, int, Decimal, int]:
    _, counts = counted
    return -counts.errors, -counts.warnings, counts.stake.copy_negate(), -counts.hints


def namer(inspections: Sequence[Inspection]) -> Callable[[str], str]:
    """Return a function that prints a file's name without the folder that all files share.

    >>> name = namer([Inspection("/家/甲/一.yaml"), Inspection("/家/乙/二.yaml")])
    >>> name("/家/乙/二.yaml"), name("评分办法.yaml")
    ('乙/二.yaml', '评分办法.yaml')
    """
    matches = map(_FOLDER.match, (inspection.name for inspection in inspections))
    folders = [_STEP.findall(match[0]) for match in matches if match]
    same = takewhile(lambda steps: len(set(steps)) == 1, zip(*folders, strict=False))
    folder = "".join(steps[0] for steps in same)
    return lambda name: printable(name.removeprefix(folder))


def path_words(path: Path) -> str:
    """Say where in a sheet a finding stands.

    >>> path_words(("指标", 5, "已填报得分"))
    '指标第 6 项 · 已填报得分'
    """
    words = (f"第 {step + 1} 项" if isinstance(step, int) else f" · {step}" for step in path)
    return printable("".join(words)).removeprefix(" · ")


def places_text(finding: Finding, name: Callable[[str], str] = printable) -> str:
    """Print where in its file a finding stands: the file and the main place, then the others.

    Args:
        finding: The finding.
        name: Prints the name of a file.

    >>> from perfeval.places import TextPlace
    >>> places_text(Finding("A1", Severity.INFO, "", file="a", places=(TextPlace(1, 2),) * 2))
    'a:1:2、1:2'
    """
    file = name(finding.file)
    first = finding.places[0].in_file(file) if finding.places else file
    return "、".join((printable(first), *map(_printed, finding.places[1:])))


def others_text(finding: Finding) -> str:
    """Say how often and where a finding stands; empty where at one place only.

    >>> from perfeval.places import TextPlace
    >>> others_text(Finding("A1", Severity.INFO, "", places=(TextPlace(1, 2), TextPlace(3, 4))))
    '共 2 处：1:2、3:4'
    """
    places = list(map(_printed, finding.places)) or [path_words(one.path) for one in finding.each]
    return f"共 {len(places)} 处：{'、'.join(places)}" if len(places) > 1 else ""


def _printed(place: Place) -> str:
    return printable(str(place))


def family(code: str) -> str:
    """Return the kind of fault that a code stands for."""
    return FAMILIES.get(code[:2], "其他")


def points_text(points: Decimal) -> str:
    """Write points with two decimals, or more where they have more; the sign does not matter.

    >>> points_text(Decimal("-0.5")), points_text(Decimal("12")), points_text(Decimal("0.125"))
    ('0.50', '12.00', '0.125')
    """
    whole, _, decimals = trimmed(points.copy_abs()).partition(".")
    return f"{whole}.{decimals:0<2}"


def stamps(inspections: Iterable[Inspection]) -> tuple[str, ...]:
    """Return the stamp of every rulebook that was used, once and in order."""
    return tuple(sorted({printable(item.stamp) for item in inspections if item.stamp}))


def rulebook_text(stamp: str, findings: Iterable[Finding]) -> str:
    """Say by which rulebook a sheet was computed, and whether that was taken from its layout.

    >>> from perfeval import evaluate
    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> rulebook_text("anhui 1", report.findings)
    '评分办法 anhui 1'
    """
    is_assumed = any(item.code == ASSUMED and item.path == _RULEBOOK for item in findings)
    return f"评分办法 {stamp}{_BY_LAYOUT if is_assumed else ''}"


def version_text() -> str:
    """Return the name and the version of the program."""
    return f"perfeval {__version__}"
