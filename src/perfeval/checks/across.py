"""部门比较: sheets of one department beside each other, and what is said of them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from perfeval.checks.claims import ClaimKind, claims_in
from perfeval.checks.copies import Likeness, Sentence, sentences_of
from perfeval.checks.denials import why_denied
from perfeval.checks.doubts import count_of_short
from perfeval.checks.points import is_grade
from perfeval.checks.registry import (
    FINE,
    LACKING,
    Fault,
    Results,
    department_check,
    over_all_sheets,
)
from perfeval.checks.sheet_texts import (
    BUDGET_REASON,
    EACH_GOAL,
    EACH_GOAL_ACTUAL,
    EFFECTS,
    GOAL,
    GOAL_ACTUAL,
    MEASURE,
    PURPOSE,
    REASON,
    ROW_MEASURE,
    ROW_REASON,
)
from perfeval.checks.subjects import DepartmentScores
from perfeval.findings import Nature, Severity
from perfeval.numbers import HUNDRED, TWO, trimmed
from perfeval.places import Path
from perfeval.sheet import SheetKind, code_before, without_code

if TYPE_CHECKING:
    from perfeval.department import Department


class _Projects:
    """Projects by what they are known by: the code, which outlives a name, else the name.

    Two that both have a code are one project if the codes are equal, whatever they are called.
    """

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._uncoded: dict[str, str] = {}

    def add(self, name: str, code: str | None) -> None:
        """Remember a project; of several by one code or name, the first."""
        bare = without_code(name)
        self._names.setdefault(bare, name)
        if code is None:
            self._uncoded.setdefault(bare, name)
        else:
            self._codes.setdefault(code, name)

    def find(self, name: str, code: str | None) -> str | None:
        """Return what the same project is called here, or ``None``."""
        bare = without_code(name)
        if code is None:
            return self._names.get(bare)
        return self._codes.get(code) or self._uncoded.get(bare)


@department_check("DP201", Severity.WARNING)
def project_under_other_names(scores: DepartmentScores) -> Results:
    """A project has several names in the same accounts."""
    for position, project in enumerate(scores.department.projects):
        others = [item for item in project.mentions if item.name != project.name]
        if not project.mentions:
            continue
        if others:
            said = "、".join(
                f"“{item.name}”" + (f"（{item.place}）" if item.place else "") for item in others
            )
            yield Fault(
                f"“{project.name}”又叫{said}", ("项目", position, "另称"), "请统一用一个名称"
            )
        else:
            yield FINE


@department_check("DP202", Severity.ERROR)
def project_without_sheet(scores: DepartmentScores) -> Results:
    """A project of the department's list has no sheet in the folder."""
    sheets = _Projects()
    for card in scores.scorecards:
        sheets.add(card.sheet.name, card.sheet.project_code)
    for position, project in enumerate(scores.department.projects):
        if sheets.find(project.name, code_before(project.name)) is not None:
            yield FINE
        elif scores.unread:
            yield LACKING
        else:
            yield Fault(
                f"“{project.name}”没有自评表",
                ("项目", position, "名称"),
                "请补上自评表，或改成自评表上的名称",
            )


@department_check("DP203", Severity.ERROR)
@over_all_sheets
def sheet_outside_list(scores: DepartmentScores) -> Results:
    """A sheet in the folder is of no project of the department's list."""
    projects = _Projects()
    for project in scores.department.projects:
        projects.add(project.name, code_before(project.name))
    if not scores.department.projects:
        return
    for position, card in enumerate(scores.scorecards):
        is_listed = projects.find(card.sheet.name, card.sheet.project_code) is not None
        if is_listed or card.sheet.kind == SheetKind.DEPARTMENT:
            yield FINE
        else:
            yield Fault(
                f"“{card.sheet.name}”不在部门的项目清单里",
                ("项目名称",),
                "请加到 department.yaml 的“项目”里",
                sheet=position,
            )


@department_check("DP204", Severity.ERROR)
@over_all_sheets
def sheet_twice(scores: DepartmentScores) -> Results:
    """Two sheets of the folder are of one project: of one code, or of one name."""
    seen: dict[SheetKind, _Projects] = {kind: _Projects() for kind in SheetKind}
    for position, card in enumerate(scores.scorecards):
        name, code = card.sheet.name, card.sheet.project_code
        other = seen[card.sheet.kind].find(name, code)
        seen[card.sheet.kind].add(name, code)
        if other is None:
            yield FINE
        else:
            message = f"有两张“{name}”的自评表"
            hint = "请只留一张"
            if other != name:
                message = f"“{name}”与“{other}”是同一个项目{f'（{code}）' if code else ''}"
                hint = "是同一个项目的，只留一张；不是的，核对项目编码"
            yield Fault(message, ("项目名称",), hint, sheet=position)


@department_check("DP205", Severity.ERROR)
@over_all_sheets
def sheet_of_other_year(scores: DepartmentScores) -> Results:
    """A sheet is of another year than the department."""
    year = scores.department.year
    for position, card in enumerate(scores.scorecards):
        if card.sheet.year == year:
            yield FINE
        else:
            yield Fault(
                f"这张表是 {card.sheet.year} 年度，部门是 {year} 年度",
                ("年度",),
                "请核对年度",
                sheet=position,
            )


class _Copy(NamedTuple):
    """A sentence in the sheet at a position."""

    position: int
    sentence: Sentence


@department_check("DP206", Severity.WARNING, Nature.HEURISTIC)
@over_all_sheets
def sentence_copied(scores: DepartmentScores) -> Results:
    """The same sentence, or nearly the same, stands in the sheets of several projects."""
    likeness = Likeness()
    copies: dict[str, list[_Copy]] = {}
    for position, card in enumerate(scores.scorecards):
        own: set[str] = set()
        for sentence in sentences_of(card.sheet, WRITTEN, scores.rulebook.checking.sentence):
            first = likeness.first_of(sentence.key)
            if first not in own:
                own.add(first)
                copies.setdefault(first, []).append(_Copy(position, sentence))
    names = [card.sheet.name for card in scores.scorecards]
    for found in _by_sheets(copies.values(), names):
        yield FINE if len(found[0]) < TWO else _copied(found, names)


def _by_sheets(copies: Iterable[list[_Copy]], names: Sequence[str]) -> Iterable[list[list[_Copy]]]:
    """Put together what was copied among the same sheets; sheets of one name are one project."""
    groups: dict[tuple[str, ...], list[list[_Copy]]] = {}
    for copy in copies:
        apart = list({names[item.position]: item for item in reversed(copy)}.values())[::-1]
        projects = tuple(names[item.position] for item in apart)
        groups.setdefault(projects, []).append(apart)
    return groups.values()


def _copied(found: list[list[_Copy]], names: Sequence[str]) -> Fault:
    """Say which projects share which sentences, in the sheet that was not the first to have it."""
    origin, copy, *_ = sentences = found[0]
    are_exact = all(len({item.sentence.key for item in one}) == 1 for one in found)
    shared = SharedSentences(
        tuple(names[item.position] for item in sentences[:MOST_LISTED]),
        len(sentences),
        len(found),
        are_exact=are_exact,
    )
    message = copied_message(shared, origin.sentence, copy.sentence)
    return Fault(message, copy.sentence.path, COPIED_HINT, sheet=copy.position)


class SharedSentences(NamedTuple):
    """What is said of sentences that several projects share.

    Attributes:
        names: The projects, no more than `MOST_LISTED`.
        projects: How many there are.
        sentences: How many sentences they share.
        are_exact: They differ in no character.
    """

    names: tuple[str, ...]
    projects: int
    sentences: int
    are_exact: bool


def copied_message(shared: SharedSentences, first: Sentence, other: Sentence) -> str:
    """Say which projects share which sentences.

    Args:
        shared: The projects and the sentences.
        first: One of the sentences in the sheet that had it first.
        other: The same in the next sheet.
    """
    if shared.sentences == 1 and shared.projects == TWO:
        same = "里的一句相同" if first.key == other.key else f"里的“{first.text}”只差几个字"
        return f"“{other.text}”与“{shared.names[0]}”{same}"
    listed = "、".join(f"“{name}”" for name in shared.names)
    more = f"等 {shared.projects} 个项目" if shared.projects > len(shared.names) else ""
    nearly = "" if shared.are_exact else "或只差几个字"
    return f"{listed}{more}有 {shared.sentences} 句相同{nearly}，如“{other.text}”"


COPIED_HINT = "请针对本项目来写"
MOST_LISTED = 100
"""Names that are listed of the projects that share a sentence."""


WRITTEN = (
    *(GOAL, GOAL_ACTUAL, REASON, MEASURE, PURPOSE, EFFECTS, BUDGET_REASON),
    *(EACH_GOAL, EACH_GOAL_ACTUAL, ROW_REASON, ROW_MEASURE),
)
"""The fields in which something is told, and not only named."""


@department_check("DP207", Severity.WARNING, Nature.HEURISTIC)
@over_all_sheets
def every_project_full(scores: DepartmentScores) -> Results:
    """Every project was given full points."""
    filed = [card.filed_total for card in scores.projects if card.filed_total is not None]
    full = scores.rulebook.weights.full
    if len(filed) < scores.rulebook.checking.all_full:
        if scores.projects:
            yield LACKING
    elif all(points == full for points in filed):
        yield Fault(
            f"填报了总分的 {len(filed)} 个项目全部是 {trimmed(full)} 分",
            ("整体自评",),
            "请按办法逐行核对得分",
        )
    else:
        yield FINE


@department_check("DP208", Severity.ERROR)
def grade_of_whole_unlike_points(scores: DepartmentScores) -> Results:
    """The grade word of the whole department is not the one its points have."""
    verdict = scores.department.verdict
    if verdict.grade is None:
        return
    if verdict.points is None:
        yield LACKING
        return
    expected = scores.rulebook.grades.of(verdict.points)
    if is_grade(verdict.grade, expected):
        yield FINE
    else:
        yield Fault(
            f"整体自评 {trimmed(verdict.points)} 分，等级写“{verdict.grade}”，应为“{expected}”",
            ("整体自评", "等级"),
            "请按得分所在的档次写等级",
        )


@department_check("DP209", Severity.ERROR)
@over_all_sheets
def goals_of_whole_claimed_in_full(scores: DepartmentScores) -> Results:
    """The department claims that all goals were met although its projects fell short."""
    claimed = scores.department.verdict.completion
    if claimed is None or claimed.number != HUNDRED:
        return
    short = [
        (card.sheet.name, count) for card in scores.scorecards if (count := count_of_short(card))
    ]
    if short:
        said = "、".join(f"“{name}”{count} 行" for name, count in short)
        yield Fault(
            f"称 {claimed.text} 完成绩效目标，但没有完成的有：{said}",
            ("整体自评", "目标完成率"),
            "请据实写完成情况",
        )
    else:
        known = [card.lines and card.total is not None for card in scores.scorecards]
        is_known = bool(known) and all(known)
        yield FINE if is_known else LACKING


@department_check("DP210", Severity.INFO)
@over_all_sheets
def projects_without_indicators(scores: DepartmentScores) -> Results:
    """Some projects have no indicators, so their points cannot be known."""
    if not scores.projects:
        return
    bare = [card.sheet.name for card in scores.projects if not card.lines]
    if bare:
        yield Fault(
            f"{len(scores.projects)} 个项目中有 {len(bare)} 个没有指标",
            ("项目",),
            "请补录指标，或公布自评表",
        )
    else:
        yield FINE


@department_check("DP211", Severity.ERROR)
def abstract_of_unknown_project(scores: DepartmentScores) -> Results:
    """The list of projects with a 摘要 names one that has no sheet."""
    sheets = {card.sheet.name for card in scores.projects}
    for position, name in enumerate(scores.department.abstracts):
        if name in sheets:
            yield FINE
        elif scores.unread:
            yield LACKING
        else:
            yield Fault(f"没有叫“{name}”的自评表", ("摘要项目", position), "请改成自评表上的名称")


@department_check("DP212", Severity.WARNING, Nature.HEURISTIC)
@over_all_sheets
def text_of_whole_claims_all(scores: DepartmentScores) -> Results:
    """The department's text claims for all projects what its sheets do not show."""
    scores = scores.of_the_year
    is_known = bool(scores.projects)
    goals_known = is_known and all(card.total is not None for card in scores.projects)
    money_known = is_known and all(card.sheet.budget.spent is not None for card in scores.projects)
    known = {
        ClaimKind.GOALS: goals_known,
        ClaimKind.GROUP: goals_known,
        ClaimKind.PROJECTS: money_known,
    }
    for path, text in _own_texts(scores.department):
        for claim in claims_in(text, tuple(known), scores.department.year):
            because = why_denied(claim, scores.projects)
            if because:
                yield Fault(f"文字说“{claim.words}”，但{because}", path, "请据实写")
            else:
                yield FINE if known[claim.kind] else LACKING


def _own_texts(department: Department) -> Iterator[tuple[Path, str]]:
    """Yield what the department says in words of itself, and where."""
    whole = (
        ("组织情况", department.organisation),
        ("存在问题", department.problems),
        ("改进措施", department.measure),
        ("结果应用", department.uses),
    )
    for name, text in whole:
        if text is not None:
            yield (name,), text
    for position, field in enumerate(department.work):
        yield ("工作领域", position, "内容"), field.text
