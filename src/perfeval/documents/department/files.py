"""Everything that a department publishes, as files below one folder: what, where, and how made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from perfeval.cells.units import in_money
from perfeval.department import Department
from perfeval.documents.charts import (
    ChartRow,
    chart_groups,
    execution_bars,
    execution_chart,
    section_bars,
    sections_chart,
)
from perfeval.documents.file_names import Names
from perfeval.documents.form.grid import Table
from perfeval.documents.form.table import lay_out
from perfeval.documents.formats import FORMATS, Writer, writer
from perfeval.documents.templates import SHIPPED, TemplateSet
from perfeval.documents.texts.binding import Bound, bind, volumes
from perfeval.documents.texts.department_facts import DepartmentFacts, ProjectFact, department_facts
from perfeval.documents.texts.duties import TITLE as DUTIES
from perfeval.documents.texts.duties import Duty, duties_table
from perfeval.documents.texts.facts import Facts
from perfeval.documents.texts.gaps import Gap
from perfeval.documents.texts.narrative import (
    Block,
    Narrative,
    NarrativeStyle,
    write_abstract,
    write_disclosure,
    write_overview,
    write_whole,
)
from perfeval.errors import RenderError
from perfeval.fields import word_of
from perfeval.findings import Inspection
from perfeval.rulebook import Rulebook
from perfeval.scorecard import Scorecard

if TYPE_CHECKING:  # loaded when the page is made
    from perfeval.documents.department.dashboard import SheetResult

CHARTS = "执行率和得分"
WHOLE, DISCLOSURE, BOUND = "部门整体绩效自评结果", "预算绩效情况说明", "绩效自评材料合订本"
_DOCUMENTS = {"disclosure": DISCLOSURE, "whole": WHOLE, "duties": DUTIES, "bound": BOUND}
_PROJECTS = "项目"
_VOLUME_PARTS = {"pdf": 60}
"""The most parts of one file; a PDF is set as a whole, which takes 2 MB of memory for each part."""
PAGE = "index.html"
"""The page to look at first."""
DETAILS = "得分和问题.html"
"""The page about one sheet, in the folder of its documents."""
_BACK = f"../../{PAGE}"


class OutFile(NamedTuple):
    """A file to be written.

    Attributes:
        path: Where, below the folder of the run, with ``/`` between its parts.
        make: Makes its content.
    """

    path: str
    make: Callable[[], bytes]


@dataclass(frozen=True)
class Publication:
    """What a department publishes.

    Attributes:
        department: The department.
        rulebook: Its rulebook.
        cards: The scorecards of its sheets, in the order of their files.
        unread: The files that could not be read.
        inspections: What was found, the department's own file first.
        house: The templates of its texts.
        has_charts: The points of the sections are drawn below each 自评表.
    """

    department: Department
    rulebook: Rulebook
    cards: tuple[Scorecard, ...]
    unread: tuple[str, ...] = ()
    inspections: tuple[Inspection, ...] = ()
    house: TemplateSet = SHIPPED
    has_charts: bool = False

    @cached_property
    def facts(self) -> DepartmentFacts:
        """The facts of the department and its projects."""
        return department_facts(self.department, self.cards, self.unread)

    @property
    def ordered(self) -> tuple[Scorecard, ...]:
        """The scorecards in the order in which the texts tell of the projects, others behind."""
        order = [item.position for item in self.facts.projects]
        rest = [at for at in range(len(self.cards)) if at not in order]
        return tuple(self.cards[at] for at in (*order, *rest))

    @cached_property
    def folders(self) -> dict[int, str]:
        """For the position of each sheet the folder of its documents."""
        names = Names()
        return {
            position: f"{_PROJECTS}/{names.give(card.sheet.name)}"
            for position, card in enumerate(self.cards)
        }

    @cached_property
    def whole(self) -> Narrative:
        """部门整体绩效自评结果."""
        return write_whole(self.facts, self.rulebook.stamp, self.house)

    @cached_property
    def disclosure(self) -> Narrative:
        """预算绩效情况说明, its attachments numbered as they are bound."""
        titles = [title for title, _ in self.attachments]
        return write_disclosure(self.facts, titles, self.rulebook.stamp, self.house)

    @cached_property
    def duties(self) -> Table | None:
        """重点工作完成情况; ``None`` for a department that names no field of work."""
        work = [Duty(item.name, item.aim, item.text) for item in self.facts.words.work]
        title = f"{self.facts.year}年度{self.facts.name}{DUTIES}"
        return duties_table(title, work, self.rulebook.stamp) if work else None

    @cached_property
    def overviews(self) -> dict[int, Narrative]:
        """The 综述 of each project, by the position of its sheet."""
        return {
            item.position: write_overview(self.cards[item.position], self.house)
            for item in self.facts.projects
        }

    @cached_property
    def abstracts(self) -> dict[int, Narrative]:
        """The 摘要 of the chosen projects, by the position of the sheet."""
        return {
            item.position: write_abstract(self.cards[item.position], self.house)
            for item in self.facts.projects
            if self._has_abstract(item)
        }

    def _has_abstract(self, item: ProjectFact) -> bool:
        chosen = self.department.abstracts
        name = self.cards[item.position].sheet.name
        return name in chosen if chosen else bool(item.facts.rows.count)

    @cached_property
    def tables(self) -> dict[int, Table]:
        """The 自评表 of each sheet, by its position."""
        return {
            position: lay_out(card, charts=self.has_charts)
            for position, card in enumerate(self.cards)
        }

    @cached_property
    def attachments(self) -> tuple[tuple[str, Narrative | Table], ...]:
        """What is attached to the disclosure, each with its numbered title."""
        parts: list[tuple[str, Narrative | Table]] = []
        if (at := self.facts.whole_position) is not None:
            parts.append((self.tables[at].title, self.tables[at]))
        parts.append((self.whole.title, self.whole))
        parts += [
            (self._title_of(item.position), self.tables[item.position])
            for item in self.facts.projects
            if item.facts.rows.count
        ]
        parts += [(text.title, text) for text in self.abstracts.values()]
        return tuple(
            (f"附件{number}　{title}", part) for number, (title, part) in enumerate(parts, 1)
        )

    def _title_of(self, position: int) -> str:
        """Return the title of a project's table, with its name where the form leaves it out."""
        title, name = self.tables[position].title, self.cards[position].sheet.bare_name
        return title if name in title else f"{title}：{name}"

    @cached_property
    def bound(self) -> Bound:
        """Disclosure and attachments as one document."""
        title = f"{self.facts.year}年度{self.facts.name}预算绩效自评材料"
        first: list[tuple[str, Narrative | Table]] = [(self.disclosure.title, self.disclosure)]
        if self.duties is not None:
            first.append((self.duties.title, self.duties))
        return bind(title, [*first, *self.attachments, (f"附图　{CHARTS}", self.charts)])

    @cached_property
    def charts(self) -> Narrative:
        """Execution by project, and the points by section of every sheet that has indicators."""
        blocks = [
            Block(NarrativeStyle.TITLE, CHARTS),
            Block(NarrativeStyle.HEADING1, "一、各项目预算执行率"),
            *self._execution_charts(),
            Block(NarrativeStyle.HEADING1, "二、各部分得分"),
            *self._section_charts(),
        ]
        return Narrative(tuple(blocks), self.disclosure.stamp)

    def _execution_charts(self) -> Iterator[Block]:
        """Yield the execution rates, of as many projects in a chart as a page can show."""
        facts, projects = self.facts, iter(self.facts.projects)
        for rows in chart_groups([self._chart_row(item) for item in facts.projects]):
            said = _rates([item.facts for item in islice(projects, len(rows))])
            picture = execution_chart(rows, unit=facts.money_unit)
            yield Block(NarrativeStyle.CHART, said, picture, execution_bars(rows))

    def _section_charts(self) -> Iterator[Block]:
        """Yield the points by section, of the whole department first."""
        whole, at = self.facts.whole, self.facts.whole_position
        named = [] if whole is None or at is None else [("部门整体支出", whole, at)]
        named += [(item.facts.project, item.facts, item.position) for item in self.facts.projects]
        for name, facts, position in named:
            card = self.cards[position]
            if card.lines:
                said, picture = _section_points(facts), sections_chart(card)
                yield Block(NarrativeStyle.HEADING2, name)
                yield Block(NarrativeStyle.CHART, said, picture, section_bars(card))

    def _chart_row(self, item: ProjectFact) -> ChartRow:
        sheet, unit = self.cards[item.position].sheet, self.facts.money_unit
        amounts = (
            None if amount is None else in_money(amount, sheet.money_unit, unit)
            for amount in (sheet.budget.base, sheet.budget.spent)
        )
        return ChartRow(sheet.name, *amounts)

    def render(self, format: str, document: str) -> bytes:  # noqa: A002 - the public word
        """Render one document of the department.

        Args:
            format: One of `perfeval.documents.formats.FORMATS`.
            document: ``disclosure``, ``whole``, ``duties`` or ``bound``.

        Raises:
            RenderError: There is no such document or format, or no field of work for ``duties``.
        """
        if document not in _DOCUMENTS:
            names = "、".join(f"{name}（{title}）" for name, title in _DOCUMENTS.items())
            raise RenderError(f"部门没有“{document}”这种文档；可选：{names}")
        chosen = writer(format)
        if document == "duties":
            if self.duties is None:
                raise RenderError(f"部门文件没有写“工作领域”，没有“{DUTIES}”表")
            return chosen.write_table(self.duties)
        return _bound(chosen, self) if document == "bound" else _narrative(chosen, self, document)

    def gaps_of(self, document: str) -> tuple[Gap, ...]:
        """Return what one document of the department asks for, each once."""
        if document == "duties":
            field = word_of(Department, "work")
            return tuple(gap for gap in self.whole.gaps if gap.path[0] == field)
        texts = {"disclosure": [self.disclosure], "whole": [self.whole]}.get(document) or [
            content for _, content in self.bound.parts if isinstance(content, Narrative)
        ]
        positions = {id(text): at for at, text in self.abstracts.items()}
        found = (
            gap._replace(position=positions.get(id(text), gap.position))
            for text in texts
            for gap in text.gaps
        )
        return tuple(dict.fromkeys(found))

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What the texts ask for, each once."""
        own = [*self.whole.gaps, *self.disclosure.gaps]
        texts = (*self.overviews.items(), *self.abstracts.items())
        of_sheets = [gap._replace(position=at) for at, text in texts for gap in text.gaps]
        return tuple(dict.fromkeys((*own, *of_sheets)))


def _rates(facts: Iterable[Facts]) -> str:
    """Say in words what the chart of execution rates shows."""
    rates = (f"{one.project}{one.budget.rate or '无法计算'}" for one in facts)
    return f"执行率：{'，'.join(rates)}。"


def _section_points(facts: Facts) -> str:
    """Say in words what the chart of a project's sections shows."""
    budget = facts.budget
    first = [f"预算执行得{budget.points}分（满分{budget.weight}分）"] if budget.weight else []
    rest = [
        f"{item.label}得{item.points}分（满分{item.weight}分）" for item in facts.score.sections
    ]
    return f"{'，'.join([*first, *rest])}。{facts.score.unscored}"


def department_files(
    publication: Publication, formats: Sequence[str] = tuple(FORMATS)
) -> Iterator[OutFile]:
    """Yield every file of a department's publication.

    Args:
        publication: What is published.
        formats: The formats of the documents; tables of data and pages to look at come always.

    Raises:
        RenderError: There is no such format.
    """
    formats = tuple(dict.fromkeys(formats))
    yield from _texts(publication, formats)
    for position, folder in publication.folders.items():
        yield from _of_project(publication, position, folder, formats)
    yield from _overall(publication)


def _texts(publication: Publication, formats: Sequence[str]) -> Iterator[OutFile]:
    for ending in formats:
        chosen = writer(ending)
        for title, text in ((DISCLOSURE, "disclosure"), (WHOLE, "whole")):
            make = partial(_narrative, chosen, publication, text)
            yield OutFile(f"{title}.{ending}", make)
        if publication.duties is not None:
            yield OutFile(f"{DUTIES}.{ending}", partial(chosen.write_table, publication.duties))
        yield from _bound_files(publication, ending, chosen)


def _bound_files(publication: Publication, ending: str, chosen: Writer) -> Iterator[OutFile]:
    """Yield the bound document, in volumes where the format needs them."""
    bound = publication.bound
    bound_in = volumes(bound, _VOLUME_PARTS.get(ending, len(bound.parts)))
    for number, volume in enumerate(bound_in, 1):
        name = BOUND if len(bound_in) == 1 else f"{BOUND}（第{number}册）"
        yield OutFile(f"{name}.{ending}", partial(chosen.write_bound, volume))


def _narrative(chosen: Writer, publication: Publication, text: str) -> bytes:
    return chosen.write_narrative(getattr(publication, text))


def _bound(chosen: Writer, publication: Publication) -> bytes:
    return chosen.write_bound(publication.bound)


def _of_project(
    publication: Publication, position: int, folder: str, formats: Sequence[str]
) -> Iterator[OutFile]:
    texts = {"综述": publication.overviews, "摘要": publication.abstracts}
    for ending in formats:
        chosen = writer(ending)
        yield OutFile(
            f"{folder}/自评表.{ending}",
            partial(chosen.write_table, publication.tables[position]),
        )
        for name, written in texts.items():
            if position in written:
                make = partial(chosen.write_narrative, written[position])
                yield OutFile(f"{folder}/{name}.{ending}", make)


def _overall(publication: Publication) -> Iterator[OutFile]:
    """Yield what is about all projects: the list, the data, the findings."""
    from perfeval.documents.department import exchange, national
    from perfeval.documents.department.summary_list import summary_workbook
    from perfeval.documents.findings.excel_list import check_list
    from perfeval.documents.findings.page import check_page

    facts, cards = publication.facts, publication.ordered
    summary = partial(summary_workbook, facts.name, facts.year, facts.money_unit, cards)
    yield OutFile("绩效自评汇总表.xlsx", summary)
    data = {
        "项目得分.csv": exchange.scorecards_csv,
        "指标得分.csv": exchange.rows_csv,
        "评分结果.json": exchange.scorecards_json,
        "一体化系统字段.csv": national.national_csv,
        "一体化系统字段.json": national.national_json,
    }
    for name, export in data.items():
        yield OutFile(f"数据/{name}", partial(export, cards))
    yield OutFile("校核报告.html", partial(check_page, publication.inspections))
    yield OutFile("问题清单.xlsx", partial(check_list, publication.inspections))


def page_paths(publication: Publication) -> list[str]:
    """Return where the pages to look at stand: one for each sheet that was read, then the first."""
    return [*(f"{folder}/{DETAILS}" for folder in publication.folders.values()), PAGE]


def page_files(publication: Publication, files: Sequence[str]) -> list[OutFile]:
    """Return the pages to look at, with links to the files that were made; the first page last.

    Args:
        publication: What is published.
        files: The paths of the files that were made.
    """
    from perfeval.documents.department.dashboard import dashboard, project_page

    own, *sheets = publication.inspections
    links = [(path, path) for path in files if not path.startswith(f"{_PROJECTS}/")]
    results = list(_results(publication, sheets, files))
    order = [item.position for item in publication.facts.projects]
    order += [at for at in publication.folders if at not in order]
    read = [result for result in results if result.scorecard is not None]
    pages = [
        OutFile(read[at].page, partial(project_page, publication.facts, read[at], number, _BACK))
        for number, at in enumerate(order, 1)
    ]
    make = partial(dashboard, publication.facts, own, results, links)
    return [*pages, OutFile(PAGE, make)]


def _results(
    publication: Publication, sheets: Sequence[Inspection], files: Sequence[str]
) -> Iterator[SheetResult]:
    """Yield every sheet with its points, its findings, its page and what lies beside that."""
    from perfeval.documents.department.dashboard import SheetResult

    scored = iter(publication.folders.items())
    for sheet in sheets:
        if sheet.name in publication.unread:
            yield SheetResult(sheet, None)
            continue
        position, folder = next(scored)
        names = [path.removeprefix(f"{folder}/") for path in files if path.startswith(f"{folder}/")]
        links = [(name, name) for name in names]
        yield SheetResult(sheet, publication.cards[position], links, f"{folder}/{DETAILS}")
