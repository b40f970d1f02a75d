"""The printed form (表式): words, columns and rows of a place's table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated

from pydantic import Field

from perfeval.cells.units import MoneyUnit
from perfeval.cells.words import WordEnum
from perfeval.clauses import Clause, Contradiction
from perfeval.fields import FrozenDict, Model, Named, OptionalText, SignField, Text
from perfeval.later import regex
from perfeval.places import Path
from perfeval.rulebook.form_faults import alias_faults, heading_key, page_faults, text_faults
from perfeval.tiling import tiled

_NO_LEVEL = regex("市(?=场|容|政(?![法府协]))|区(?=域|块)")
"""What is no level of government in the name of an office: 市场, 市容, 市政, 区域."""

Span = Annotated[int, Field(ge=1, le=20)]


class BoxName(WordEnum):
    """A row of boxes of which one is ticked (选项)."""

    CATEGORY = "项目类别"
    ATTRIBUTE = "项目属性"
    TYPE = "项目类型"


class HeaderField(WordEnum):
    """What a cell above or below the indicators is filled with (字段)."""

    NAME = "项目名称"
    CODE = "项目编码"
    DEPARTMENT = "主管部门"
    UNIT = "实施单位"
    YEAR = "年度"
    FILED_ON = "填报日期"
    REPORTER = "部门名称"
    GOAL = "年度目标"
    GOAL_ACTUAL = "年度目标完成情况"
    REASON = "原因分析"
    MEASURE = "改进措施"
    FULL = "满分"
    TOTAL = "总分"
    GRADE = "等级"
    BLANK = "空白"


class BudgetContent(WordEnum):
    """What a column of the budget block holds (内容)."""

    BLOCK_NAME = "栏名"
    FUND_NAME = "资金名称"
    ORIGINAL = "年初预算数"
    FINAL = "预算数"
    ARRIVED = "资金到位"
    SPENT = "执行数"
    RATE = "执行率"
    WEIGHT = "分值"
    POINTS = "得分"
    REASON = "偏差原因"
    BLANK = "空白"


class IndicatorContent(WordEnum):
    """What a column of the indicators holds (内容)."""

    BLOCK_NAME = "栏名"
    SECTION = "一级指标"
    ASPECT = "二级指标"
    NAME = "三级指标"
    SIGN = "符号"
    TARGET = "目标值"
    UNIT = "单位"
    ACTUAL = "完成值"
    COMPLETION = "完成率"
    WEIGHT = "分值"
    POINTS = "得分"
    COEFFICIENT = "得分系数"
    FILED = "已填报得分"
    REASON = "偏差原因"
    MEASURE = "改进措施"
    REASON_AND_MEASURE = "偏差原因及改进措施"
    BLANK = "空白"


class FormCell(Model):
    """One cell above or below the indicators: a label, a field of the sheet, or boxes.

    Attributes:
        label: 标签, a text.
        field: 字段, what is filled in.
        boxes: 选项, boxes of which one is ticked.
        span: 占, over how many columns it reaches.
        rows: 占行, over how many rows it reaches.
    """

    label: OptionalText = Field(None, alias="标签")
    field: HeaderField | None = Field(None, alias="字段")
    boxes: BoxName | None = Field(None, alias="选项")
    span: Span = Field(1, alias="占")
    rows: Span = Field(1, alias="占行")


FormRows = tuple[tuple[FormCell, ...], ...]


class BudgetColumn(Model):
    """A column of the budget block."""

    content: BudgetContent = Field(alias="内容")
    heading: OptionalText = Field(None, alias="标题")
    span: Span = Field(1, alias="占")


class IndicatorColumn(Model):
    """A column of the indicator table; its width in millimetres.

    Columns side by side with the same ``group`` (上级标题) share a heading above their own.
    """

    content: IndicatorContent = Field(alias="内容")
    heading: OptionalText = Field(None, alias="标题")
    group: OptionalText = Field(None, alias="上级标题")
    width: Annotated[int, Field(ge=5, le=200)] = Field(alias="宽")


class Form(Clause):
    """The printed form (表式): words, columns and rows of the place's table.

    Texts may hold ``{年度}``, ``{项目名称}``, ``{部门名称}``, ``{金额单位}`` and ``{满分}``; those
    above the budget and the indicators also ``{分值}``, the points of that part.

    Attributes:
        id: 编号, by which rulebooks name the layout.
        extends: 继承, the layout of which it states the differences only.
        aliases: 别名: for a content, the words that other places print for its heading.
        signature: 特征: words that all stand on a filled form of this layout, by which it is known.
        title, above_left, above_right: What stands above the table.
        landscape: The page lies on its side.
        money_unit: 金额单位 of the printed amounts; ``None`` for the sheet's own.
        grouped_digits: 千分位, amounts are printed with commas.
        rate_digits: Decimals of a printed rate.
        amount_digits: 金额位数, decimals of an amount in the texts; tables print it as it stands.
        section_heading: 一级指标 as printed, with ``{一级指标}`` and ``{分值}``.
        goal_heading: 栏名 of one of several goals, with ``{序号}`` and ``{分值}``; ``None`` where
            the form has one 栏名 for all.
        options: The boxes of 项目类别, 项目属性 and 项目类型.
        levels: 级别用词, of which the options hold one (区级); a county prints its own (县级).
        header: The rows above the budget.
        budget: The columns of the budget block; none where the form has no such block.
        budget_row: What the row of the whole amount is called.
        funds: The rows of its kinds of money, printed even where the sheet has none.
        fund_aliases: 资金别名: names that different sheets have for the same money.
        no_points: What stands for weight and points in those rows.
        middle: The rows between budget and indicators.
        indicators: The columns of the indicators, which are the columns of the whole table.
        omitted_signs: 不印的符号: signs for which the column of signs stays empty.
        execution_row: What the budget is called where it closes the list of indicators as a row
            of its own.
        footer: The rows below the indicators.
        notes, signatures: What stands below the table.
        scoring_notes: Which of the notes, counted from 1, are rules of scoring: below this form
            they stand only for a sheet that is scored by them.
    """

    id: OptionalText = Field(None, alias="编号")
    extends: OptionalText = Field(None, alias="继承")
    aliases: Named[HeaderField | BudgetContent | IndicatorContent, tuple[Text, ...]] = Field(
        FrozenDict(), alias="别名"
    )
    signature: tuple[Text, ...] = Field((), alias="特征")
    title: Text = Field(alias="标题")
    above_left: OptionalText = Field(None, alias="表上左")
    above_right: OptionalText = Field(None, alias="表上右")
    landscape: bool = Field(False, alias="横向")
    money_unit: MoneyUnit | None = Field(None, alias="金额单位")
    grouped_digits: bool = Field(False, alias="千分位")
    rate_digits: Annotated[int, Field(ge=0, le=6)] = Field(2, alias="执行率位数")
    amount_digits: Annotated[int, Field(ge=0, le=6)] = Field(2, alias="金额位数")
    section_heading: Text = Field("{一级指标}（{分值}分）", alias="一级指标标题")
    goal_heading: OptionalText = Field(None, alias="分目标标题")
    options: Named[Text, tuple[Text, ...]] = Field(FrozenDict(), alias="选项")
    levels: tuple[Text, ...] = Field((), alias="级别用词")
    header: FormRows = Field((), alias="表头")
    budget: tuple[BudgetColumn, ...] = Field((), alias="预算栏")
    budget_row: Text = Field("年度资金总额", alias="资金总额名称")
    funds: tuple[Text, ...] = Field((), alias="资金构成")
    fund_aliases: tuple[tuple[Text, ...], ...] = Field((), alias="资金别名")
    no_points: OptionalText = Field(None, alias="不计分处")
    middle: FormRows = Field((), alias="中部")
    indicators: tuple[IndicatorColumn, ...] = Field(alias="指标栏", min_length=1)
    omitted_signs: tuple[SignField, ...] = Field((), alias="不印的符号")
    execution_row: OptionalText = Field(None, alias="执行率行")
    footer: FormRows = Field((), alias="表尾")
    notes: tuple[Text, ...] = Field((), alias="附注")
    scoring_notes: tuple[Annotated[int, Field(ge=1)], ...] = Field((), alias="评分附注")
    signatures: tuple[Text, ...] = Field((), alias="签字")

    @property
    def filling_notes(self) -> tuple[str, ...]:
        """The notes that say how to fill the form, by themselves."""
        laws = self.scoring_notes
        return _alone(note for at, note in enumerate(self.notes, 1) if at not in laws)

    @property
    def rules_below(self) -> tuple[str, ...]:
        """The notes that are rules of scoring, by themselves."""
        laws = self.scoring_notes
        return _alone(note for at, note in enumerate(self.notes, 1) if at in laws)

    @property
    def blocks(self) -> tuple[tuple[str, FormRows], ...]:
        """The rows that are not the budget's or the indicators', by their word."""
        return (("表头", self.header), ("中部", self.middle), ("表尾", self.footer))

    def options_at(self, place: str) -> dict[str, tuple[str, ...]]:
        """Return the boxes as a place prints them, by the level that its name ends with."""
        place = _NO_LEVEL.sub("", place)
        level = max(self.levels, key=lambda word: place.rfind(word[0]), default="")
        if not level or level[0] not in place:
            return dict(self.options)
        return {
            name: tuple(self._at_level(option, level) for option in options)
            for name, options in self.options.items()
        }

    def _at_level(self, option: str, level: str) -> str:
        written = next((word for word in self.levels if word in option), level)
        return option.replace(written, level)

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths of the columns, in millimetres."""
        return tuple(column.width for column in self.indicators)

    @property
    def joins_measures(self) -> bool:
        """Whether measures have no place but the column of the reasons (偏差原因及改进措施)."""
        contents = {column.content for column in self.indicators}
        fields = {cell.field for _, rows in self.blocks for row in rows for cell in row}
        is_joined = IndicatorContent.REASON_AND_MEASURE in contents
        is_apart = IndicatorContent.MEASURE in contents or HeaderField.MEASURE in fields
        return is_joined and not is_apart

    @property
    def printed(self) -> frozenset[str]:
        """The words that every filled form shows, as headings are compared."""
        texts = [text or "" for _, text, _ in self._texts()]
        texts += self.funds
        texts += [column.content for column in self.budget]
        texts += [column.content for column in self.indicators]
        return frozenset(map(heading_key, texts))

    def is_signed(self, printed: Iterable[str]) -> bool:
        """Tell whether a form that shows these words may be one of this layout."""
        return _is_signed(self, _whole_of(printed))

    def faults(self) -> Iterator[Contradiction]:
        """Every row fills the table, the table fits the page, and every name is known."""
        for block, rows in self.blocks:
            shape = tuple(tuple((cell.span, cell.rows) for cell in row) for row in rows)
            for position, message in tiled(shape, len(self.indicators)).misfits:
                yield Contradiction((block, position), message)
            yield from self._cell_faults(block, rows)
        yield from self._budget_faults()
        yield from _column_faults(self.indicators)
        yield from page_faults(self.widths, landscape=self.landscape)
        yield from text_faults(self._texts())
        yield from alias_faults(self.aliases.items())
        printed = self.printed
        for position, number in enumerate(self.scoring_notes):
            if number > len(self.notes):
                yield Contradiction(("评分附注", position), f"“附注”里没有第 {number} 条")
        for position, words in enumerate(self.signature):
            if not any(heading_key(words) in text for text in printed):
                yield Contradiction(("特征", position), f"表上没有印“{words}”")
        for name in self.options:
            if name not in _BOX_NAMES:
                message = f"“{name}”不是选项栏；可写：{'、'.join(_BOX_NAMES)}"
                yield Contradiction(("选项", name), message)

    def _cell_faults(self, block: str, rows: FormRows) -> Iterator[Contradiction]:
        for row, cells in enumerate(rows):
            for position, cell in enumerate(cells):
                at = (block, row, position)
                if sum(value is not None for value in (cell.label, cell.field, cell.boxes)) > 1:
                    yield Contradiction(at, "标签、字段、选项只能写其中一个")
                if cell.boxes is not None and not self.options.get(cell.boxes):
                    yield Contradiction((*at, "选项"), f"“选项”里没有列出“{cell.boxes}”有哪几项")

    def _budget_faults(self) -> Iterator[Contradiction]:
        if not self.budget:
            return
        shape = (tuple((column.span, 1) for column in self.budget),)
        for _, message in tiled(shape, len(self.indicators)).misfits:
            yield Contradiction(("预算栏",), message)
        if all(column.content == BudgetContent.BLOCK_NAME for column in self.budget):
            yield Contradiction(("预算栏",), "除了“栏名”没有别的栏")

    def _texts(self) -> Iterator[tuple[Path, str | None, tuple[str, ...]]]:
        """Yield every text, where it stands, and the names it may hold besides the usual."""
        yield ("标题",), self.title, ()
        yield ("表上左",), self.above_left, ()
        yield ("表上右",), self.above_right, ()
        yield ("一级指标标题",), self.section_heading, ("一级指标", "分值")
        yield ("分目标标题",), self.goal_heading, ("序号", "分值")
        yield ("资金总额名称",), self.budget_row, ()
        yield ("执行率行",), self.execution_row, ("分值",)
        for block, rows in self.blocks:
            for row, cells in enumerate(rows):
                for position, cell in enumerate(cells):
                    yield (block, row, position, "标签"), cell.label, ()
        for position, amounts in enumerate(self.budget):
            yield ("预算栏", position, "标题"), amounts.heading, ("分值",)
        for position, column in enumerate(self.indicators):
            yield ("指标栏", position, "标题"), column.heading, ("分值",)
            yield ("指标栏", position, "上级标题"), column.group, ("分值",)
        for block, texts in (("附注", self.notes), ("签字", self.signatures)):
            for position, text in enumerate(texts):
                yield (block, position), text, ()


def _whole_of(printed: Iterable[str]) -> str:
    """Return texts as headings are compared, one below the other: no key has white space in it."""
    return "\n".join(map(heading_key, printed))


def _is_signed(form: Form, whole: str) -> bool:
    """Tell whether all words that a layout is known by are among those that are shown."""
    return bool(form.signature) and all(heading_key(words) in whole for words in form.signature)


def recognised(forms: Iterable[Form], printed: Iterable[str]) -> tuple[Form, ...]:
    """Return the layouts that a form which shows these words may be of.

    Where one layout stands on another and both are signed, it is the more specific one.
    """
    known = {form.id: form for form in forms}
    whole = _whole_of(printed)
    signed = [form for form in known.values() if _is_signed(form, whole)]
    general: set[str | None] = set()
    for form in signed:
        below = form.extends
        while below is not None and below not in general:
            general.add(below)
            below = known[below].extends if below in known else None
    return tuple(form for form in signed if form.id not in general)


_NUMBERED = regex(r"^(?:注：)?(?:[0-9]+\.)?")


def _alone(notes: Iterable[str]) -> tuple[str, ...]:
    """Return notes without the numbers that they have among others."""
    return tuple(f"注：{_NUMBERED.sub('', note)}" for note in notes)


_BOX_NAMES = tuple(BoxName)


def _column_faults(columns: Sequence[IndicatorColumn]) -> Iterator[Contradiction]:
    contents = [column.content for column in columns]
    is_name = [content == IndicatorContent.BLOCK_NAME for content in contents]
    leading = is_name.index(False) if False in is_name else len(contents)
    for position in range(leading, len(contents)):
        if is_name[position]:
            yield Contradiction(("指标栏", position, "内容"), "“栏名”应在最左边")
    if IndicatorContent.NAME not in contents:
        yield Contradiction(("指标栏",), "应有“三级指标”一栏")
