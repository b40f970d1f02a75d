"""The self-assessment sheet (绩效自评表): what one project planned, spent and achieved.

A sheet is an immutable value.  It knows no file and no YAML: each field declares the form's own
word as its alias, a reader turns files or plain dicts into sheets.  What was filed (已填报) is
evidence beside the figures; nothing computes with it or changes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from pydantic import AliasChoices, Field, ValidationInfo, field_validator, model_validator

from perfeval.cells.aggregation import Aggregate, Aggregation, UnitFigure, aggregated, ways_of
from perfeval.cells.comparison import Comparison, Outcome, compare
from perfeval.cells.figures import is_shown
from perfeval.cells.levels import NO_ASPECT, NO_SECTION, SectionName
from perfeval.cells.notes import Note, NoteKind
from perfeval.cells.reading import dated_cell
from perfeval.cells.signs import Sign
from perfeval.cells.units import MoneyUnit
from perfeval.cells.values import Kind
from perfeval.cells.words import WordEnum
from perfeval.fields import (
    AspectField,
    Block,
    CellField,
    Date,
    FiledNumber,
    FiledRate,
    FundMoney,
    Model,
    Money,
    Number,
    OptionalDate,
    OptionalText,
    Ordinal,
    Rate,
    RequiredNumber,
    SectionField,
    Several,
    SignField,
    Text,
    Truth,
    Weight,
    Year,
    lazy,
    word_of,
)
from perfeval.later import regex
from perfeval.methods.standard import GroupStandard, Standard
from perfeval.numbers import (
    FINE_DIGITS,
    ZERO,
    Exact,
    add,
    multiply,
    total,
    unit_in_last_place,
)


class SheetKind(WordEnum):
    """What a sheet assesses (表种): one project, or a whole department.

    >>> from perfeval import load_sheet
    >>> sheet = load_sheet("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> sheet.kind is SheetKind("项目支出")
    True
    """

    PROJECT = "项目支出"
    DEPARTMENT = "部门整体支出"


class FiledBudget(Model):
    """What was filed (已填报) in the budget row, or in the row of one kind of money.

    Attributes:
        weight: 分值 as printed; what the row scores by is the rulebook's, or the sheet's own.
        rate: 执行率 as printed.
        points: 得分 as filed.
        reviewed: 复核分, what a reviewer gave.

    >>> from perfeval import load_sheet
    >>> sheet = load_sheet("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> sheet.budget.filed.points
    Decimal('20')
    """

    weight: FiledNumber = Field(None, alias="分值")
    rate: FiledRate = Field(None, alias="执行率")
    points: FiledNumber = Field(None, alias="得分")
    reviewed: FiledNumber = Field(None, alias="复核分")


class FundRow(Model):
    """One kind of money in the budget (其中：财政拨款 …): shown, never summed and never scored.

    ``/``, ``—``, ``-`` and ``*`` in its cells mean that nothing is filled in, never 0.

    Attributes:
        name: 资金名称 as printed.
        split: 分法: by what the money is divided (按收入性质), where a form has several divisions.
        original, final, spent: As of `Budget`.
        arrived: 资金到位, where the form prints it.
        filed: Weight, rate and points as printed.

    >>> from perfeval import load_sheet
    >>> head = {"评分办法": "hubei-2020", "年度": 2023, "项目名称": "示例"}
    >>> fund = {"名称": "财政拨款", "预算数": 80, "执行数": 75}
    >>> load_sheet({**head, "预算": {"资金构成": [fund]}}).budget.funds[0].spent
    Decimal('75')
    """

    name: Text = Field(alias="名称")
    split: OptionalText = Field(None, alias="分法")
    original: FundMoney = Field(None, alias="年初预算数")
    final: FundMoney = Field(None, alias="预算数")
    arrived: FundMoney = Field(None, alias="资金到位")
    spent: FundMoney = Field(None, alias="执行数")
    filed: Block[FiledBudget] = Field(FiledBudget(), alias="已填报")


class Transfer(Model):
    """Money that was passed on to another unit (调拨去向).

    Attributes:
        unit: 单位, to whom.
        use: 用途, for what.
        amount: 金额, in the unit of money of the sheet.

    >>> Transfer(unit="红卫路街道", use="居家养老补贴", amount="12.5").amount
    Decimal('12.5')
    """

    unit: Text = Field(alias="单位")
    use: OptionalText = Field(None, alias="用途")
    amount: Money = Field(None, alias="金额")


class Budget(Model):
    """The budget and its execution (预算执行情况); all amounts in the sheet's unit of money.

    Attributes:
        original: 年初预算数, where it is published apart.
        final: 全年（调整后）预算数, column A of the forms; the base of the execution rate.
        spent: 执行数, column B.
        arrived: 资金到位, the money that came in, where the form prints it.
        funds: The kinds of money it consists of (资金构成), by one division or by several.
        weight: 分值 of the row, where the sheet states its own; the row scores by it.
        transferred: The part of ``spent`` that was only transferred to other units (其中：调拨).
        transfers: 调拨去向: to whom, for what and how much of it.
        filed: Weight, rate and points as filed.
        reason: 偏差原因 of the execution rate.
        evidence: 佐证: the files that prove it, as seen from the sheet's folder, or where it lies.

    >>> from perfeval import load_sheet
    >>> sheet = load_sheet("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> sheet.budget.final, sheet.budget.spent, sheet.budget.base
    (Decimal('1286.7'), Decimal('1269.62'), Decimal('1286.7'))
    """

    original: Money = Field(None, alias="年初预算数")
    final: Money = Field(
        None,
        validation_alias=AliasChoices("预算数", "全年预算数", "调整后预算数", "final"),
        serialization_alias="预算数",
    )
    arrived: Money = Field(None, alias="资金到位")
    spent: Money = Field(None, alias="执行数")
    weight: Weight = Field(None, alias="分值")
    transferred: Money = Field(None, alias="其中调拨")
    transfers: Several[Transfer] = Field((), alias="调拨去向")
    funds: Several[FundRow] = Field((), alias="资金构成")
    filed: Block[FiledBudget] = Field(FiledBudget(), alias="已填报")
    reason: OptionalText = Field(None, alias="偏差原因")
    evidence: Several[Text] = Field((), alias="佐证")

    @property
    def base(self) -> Decimal | None:
        """The amount that execution is measured against: 全年预算数, else 年初预算数."""
        return self.original if self.final is None else self.final

    @property
    def splits(self) -> dict[str, list[FundRow]]:
        """The kinds of money by what divides them; the key is empty where nothing is said."""
        found: dict[str, list[FundRow]] = {}
        for fund in self.funds:
            found.setdefault(fund.split or "", []).append(fund)
        return found


class SubIndicator(Model):
    """A child row (其中): shown below its indicator, never summed and never scored.

    >>> from perfeval import load_sheet
    >>> head = {"评分办法": "hubei-2020", "年度": 2023, "项目名称": "示例"}
    >>> part = {"名称": "其中：新建", "目标值": "3张"}
    >>> row = {"一级指标": "产出", "二级指标": "数量", "名称": "床位", "其中": [part]}
    >>> load_sheet({**head, "指标": [row]}).indicators[0].parts[0].name
    '其中：新建'
    """

    name: Text = Field(alias="名称")
    weight: Weight = Field(None, alias="分值")
    target: CellField = Field(None, alias="目标值")
    actual: CellField = Field(None, alias="完成值")
    filed: Number = Field(None, alias="已填报得分")


class UnitResult(Model):
    """What one of several units planned and did for an indicator (分单位); the row is their sum.

    Attributes:
        unit: 单位.
        money: 资金, by which rates and judgements are weighted, in the sheet's unit of money.
        target: 年度指标值 of the unit.
        actual: 实际完成值 of the unit.
        filed: 得分 as judged for words (已填报得分), out of the row's weight.

    >>> from perfeval import load_sheet
    >>> head = {"评分办法": "hubei-2020", "年度": 2023, "项目名称": "示例"}
    >>> units = [
    ...     {"单位": "甲", "资金": 10, "目标值": "30人", "完成值": "28人"},
    ...     {"单位": "乙", "资金": 5, "目标值": "20人", "完成值": "20人"},
    ... ]
    >>> row = {"一级指标": "产出", "二级指标": "数量", "名称": "人数", "分单位": units}
    >>> load_sheet({**head, "指标": [row]}).indicators[0].target.text
    '50人'
    """

    unit: Text = Field(alias="单位")
    money: Money = Field(None, alias="资金")
    target: CellField = Field(None, alias="目标值")
    actual: CellField = Field(None, alias="完成值")
    filed: Number = Field(None, alias="已填报得分")


_DATE = Kind.DATE  # bound once: to look a member up takes as long as all else that is asked here


class Indicator(Model):
    """A level-3 indicator (三级指标).

    Attributes:
        section: 一级指标 as the form prints it, with its standard group.
        aspect: 二级指标, likewise; both are empty in a form that only lists indicators.
        name: 三级指标.
        weight: 分值, in points.
        weight_inferred: The form prints no weight; it was inferred from full points.
        sign: 符号 as stated by the author; never inferred from the name.
        unit: 度量单位, where the form has a column for it.
        target: 年度指标值 (A).
        actual: 实际完成值 (B).
        filed: 得分 as filed (已填报得分).
        reviewed: 复核得分, what a reviewer gave.
        reason: 偏差原因.
        measure: 改进措施.
        parts: Child rows (其中).
        not_applicable: 不适用; what that means is the rulebook's.
        goal: To which of several annual goals it belongs, counted from 1.
        units: 分单位; target and actual are then computed from them.
        aggregation: 汇总方式 of the units, where it is not the usual one.
        deduction: 扣减分数, points that a reviewer takes away.
        standard: 评分标准, how it scores where that is not as the rulebook says.
        evidence: 佐证, as in `Budget`; not printed.
        note: The author's remark; not printed.

    >>> from perfeval import load_sheet
    >>> sheet = load_sheet("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> row = sheet.indicators[0]
    >>> row.section.label, row.name, row.weight
    ('产出指标', '享受建设补贴养老机构床位数', Decimal('2'))
    """

    section: SectionField = Field(NO_SECTION, alias="一级指标")
    aspect: AspectField = Field(NO_ASPECT, alias="二级指标")
    name: Text = Field(alias="名称")
    weight: Weight = Field(None, alias="分值")
    weight_inferred: Truth = Field(False, alias="分值系推定")
    sign: SignField = Field(None, alias="符号")
    unit: OptionalText = Field(None, alias="单位")
    target: CellField = Field(None, alias="目标值")
    actual: CellField = Field(None, alias="完成值")
    filed: Number = Field(None, alias="已填报得分")
    reviewed: Number = Field(None, alias="复核得分")
    reason: OptionalText = Field(None, alias="偏差原因")
    measure: OptionalText = Field(None, alias="改进措施")
    parts: Several[SubIndicator] = Field((), alias="其中")
    not_applicable: Truth = Field(False, alias="不适用")
    goal: Ordinal = Field(None, alias="所属目标")
    units: Several[UnitResult] = Field((), alias="分单位")
    aggregation: Aggregation | None = Field(None, alias="汇总方式")
    deduction: Weight = Field(None, alias="扣减分数")
    standard: Standard | None = Field(None, alias="评分标准")
    evidence: Several[Text] = Field((), alias="佐证")
    note: OptionalText = Field(None, alias="备注")

    @model_validator(mode="after")
    def _aggregate(self) -> Indicator:
        """Compute target and actual from the units, and remember which of them were typed."""
        if self.units:
            typed = {"target": self.target, "actual": self.actual}
            self.__dict__["typed"] = tuple(name for name, cell in typed.items() if cell)
            for name, one in zip(typed, self.aggregates, strict=True):
                self.__dict__[name] = one.cell
        return self

    @property
    def derived(self) -> frozenset[str]:
        """With units, target and actual are computed."""
        return frozenset(("target", "actual")) if self.units else frozenset()

    @lazy
    def typed(self) -> tuple[str, ...]:
        """Which of target and actual were written although they are computed."""
        return ()

    @lazy
    def aggregates(self) -> tuple[Aggregate, Aggregate]:
        """The units' targets and actuals as one each; there are units."""
        targets = [UnitFigure(one.unit, one.money, one.target) for one in self.units]
        actuals = [UnitFigure(one.unit, one.money, one.actual) for one in self.units]
        target_word, actual_word = word_of(UnitResult, "target"), word_of(UnitResult, "actual")
        way = self.aggregation
        planned, done = (way, way) if way else ways_of(targets, actuals, self.unit)
        return aggregated(target_word, targets, planned), aggregated(actual_word, actuals, done)

    @lazy
    def comparison(self) -> Comparison:
        """How target and actual compare, by themselves."""
        if self.not_applicable:
            return Comparison(Outcome.UNAPPLIED, notes=(Note(NoteKind.NOT_APPLICABLE),))
        result = compare(self.target, self.actual, self.sign, self.unit, self.name)
        if self.units:
            result = self._of_units(result)
        if self.weight_inferred:
            return result._replace(notes=(*result.notes, Note(NoteKind.INFERRED_WEIGHT)))
        return result

    def _of_units(self, result: Comparison) -> Comparison:
        """Return a comparison of what was computed from the units, with how that came about."""
        target, actual = self.aggregates
        notes = (*target.notes, *actual.notes)
        if target.cell is None or actual.cell is None:
            refused = (note for one in self.aggregates if not one.cell for note in one.notes)
            return Comparison(Outcome.NONE, notes=tuple(dict.fromkeys(refused)))
        nudged = result.actual
        is_in_one_unit = (target.cell.number, actual.cell.number) == result[2:4]
        if is_in_one_unit and result.target == result.actual and target.exact and actual.exact:
            nudged = add(nudged, _beyond(actual.exact, target.exact))
        cells = [cell for unit in self.units for cell in (unit.target, unit.actual) if cell]
        is_measured = result.is_measured or self._in_full.is_measured
        is_measured = is_measured and all(map(is_shown, cells))
        return result._replace(
            actual=nudged, notes=(*result.notes, *notes), is_measured=is_measured
        )

    @property
    def _in_full(self) -> Comparison:
        """The comparison if the cells printed all digits of what was computed from the units."""
        target, actual = (one.in_full for one in self.aggregates)
        return compare(target, actual, self.sign, self.unit, self.name)

    @property
    def sign_of_target(self) -> Sign:
        """The sign that counts, ≥ where none is written."""
        printed = None if self.target is None else self.target.sign
        sign = self.sign or printed
        return Sign.AT_LEAST if sign is None or sign is Sign.QUALITATIVE else sign

    def in_year(self, year: int) -> Indicator:
        """Return the row with its dates in a year, where they have none of their own."""
        changed = {}
        for field, cell in (("target", self.target), ("actual", self.actual)):
            if cell is not None and cell.kind is _DATE:
                dated = dated_cell(cell, year)
                if dated is not cell:
                    changed[field] = dated
        return self.model_copy(update=changed) if changed else self


def _beyond(one: Exact, other: Exact) -> Decimal:
    """Return the least difference where two numbers only look alike in the decimals kept."""
    left = multiply(one.numerator, other.denominator)
    right = multiply(other.numerator, one.denominator)
    least = unit_in_last_place(Decimal(0).scaleb(-FINE_DIGITS))
    return ZERO if left == right else least if left > right else least.copy_negate()


class Goal(Model):
    """One of several annual goals (年度绩效目标), with a weight or a share of its own.

    Attributes:
        text: What is to be achieved.
        heading: What the form prints above it (年度绩效目标1（40分）), where the sheet states it.
        weight: 分值, in points or in percent of the whole.
        actual: 完成情况 in words.

    >>> from perfeval import load_sheet
    >>> head = {"评分办法": "hubei-2020", "年度": 2023, "项目名称": "示例"}
    >>> load_sheet({**head, "多个目标": [{"内容": "建成", "分值": 40}]}).goals[0].weight
    Decimal('40')
    """

    text: Text = Field(alias="内容")
    heading: OptionalText = Field(None, alias="标题")
    weight: Weight = Field(None, alias="分值")
    actual: OptionalText = Field(None, alias="完成情况")


class FiledSection(Model):
    """What was filed for a section (一级指标): its printed weight and points.

    >>> FiledSection.model_validate({"一级指标": "产出指标", "得分": 48}).points
    Decimal('48')
    """

    section: SectionField = Field(alias="一级指标")
    weight: Number = Field(None, alias="分值")
    points: Number = Field(None, alias="得分")


class MergedPoints(Model):
    """One filed score that covers several rows (合并得分); no row takes it as its own.

    Attributes:
        rows: The names of the rows.
        points: 得分, of all of them together.

    >>> MergedPoints.model_validate({"行": ["甲", "乙"], "得分": 8}).rows
    ('甲', '乙')
    """

    rows: tuple[Text, ...] = Field(alias="行", min_length=1)
    points: RequiredNumber = Field(alias="得分")


class FiledTotal(Model):
    """What was filed (已填报) under the table, and claimed in the texts that go with it.

    Attributes:
        weight: 分值 in the row of the total.
        total: 总分.
        grade: 等级.
        reviewed: 复核分, the total that a reviewer gave.
        sections: Weights and points of sections (分项), where the form prints them.
        merged: Scores that cover several rows (合并得分).
        completion: The claim that so many percent of the goals were met (“100%完成绩效目标”).
        problems: 存在的问题 as the 摘要 states them, most often 无.

    >>> from perfeval import load_sheet
    >>> sheet = load_sheet("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> sheet.filed.total
    Decimal('100')
    """

    weight: Number = Field(None, alias="分值")
    total: Number = Field(None, alias="总分")
    grade: OptionalText = Field(None, alias="等级")
    reviewed: Number = Field(None, alias="复核分")
    sections: Several[FiledSection] = Field((), alias="分项")
    merged: Several[MergedPoints] = Field((), alias="合并得分")
    completion: Rate = Field(None, alias="目标完成率")
    problems: OptionalText = Field(None, alias="存在问题")


class Waiver(Model):
    """A finding that is accepted (校核豁免), with who accepted it and until when.

    Attributes:
        code: The code of the check.
        project: 项目名称 or 部门名称 of the sheet it holds for, in a file of waivers for several.
        place: The indicator or field it holds for; ``None`` for the whole sheet.
        reason: Why.
        approved: Who approved it: a post, never a name.
        until: The last day on which it holds.

    >>> from perfeval import CheckOptions, evaluate
    >>> accepted = Waiver(code="PT102", reason="已核", approved="财务科长", until="2999-12-31")
    >>> report = evaluate(
    ...     "shipped:qingshan-2023/养老服务体系建设运营补助资金",
    ...     terms=CheckOptions(waivers=(accepted,)),
    ... )
    >>> {item.finding.code for item in report.waived}
    {'PT102'}
    """

    code: Text = Field(alias="编号")
    project: OptionalText = Field(None, alias="项目")
    place: OptionalText = Field(None, alias="位置")
    reason: Text = Field(alias="理由")
    approved: Text = Field(alias="批准")
    until: Date = Field(alias="有效期至")


class ReadFrom(Model):
    """From which file a sheet was read (读自), and how.

    Attributes:
        file: The file's name.
        digest: 校验值: the SHA-256 of its bytes, in hexadecimal.
        place: Where the table stands in it: a sheet's name or the number of a table.
        layout: The id of the layout by which it was read.

    >>> ReadFrom.model_validate({"文件": "自评表.docx", "位置": "第1张表"}).file
    '自评表.docx'
    """

    file: OptionalText = Field(None, alias="文件")
    digest: OptionalText = Field(None, alias="校验值")
    place: OptionalText = Field(None, alias="位置")
    layout: OptionalText = Field(None, alias="表式")


_CODED = regex(r"([0-9]{8}[A-Z][0-9]{12})[-－—]\s*", re.ASCII)


def code_before(name: str) -> str | None:
    """Return 项目编码 that is printed before a project's name.

    >>> code_before("51092324T000010263357-安可替代"), code_before("安可替代")
    ('51092324T000010263357', None)
    """
    found = _CODED.match(name)
    return found[1] if found else None


def without_code(name: str) -> str:
    """Return a project's name without the code that is printed before it.

    >>> without_code("51092324T000010263357-安可替代")
    '安可替代'
    """
    return _CODED.sub("", name, count=1) or name


class SheetSection(NamedTuple):
    """A level-1 indicator (一级指标) of a sheet.

    Attributes:
        name: Its name, as it first stands in the sheet.
        positions: Where its indicators stand among all.
        weight: The sum of their weights, in points; a blank weight adds nothing.

    >>> from perfeval import load_sheet
    >>> sheet = load_sheet("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> sheet.sections["产出"].name.label, sheet.sections["产出"].weight
    ('产出指标', Decimal('40'))
    """

    name: SectionName
    positions: tuple[int, ...]
    weight: Decimal


class Sheet(Model):
    """One project's self-assessment sheet.

    Attributes:
        rulebook: The id of the place's rulebook (评分办法).
        year: 年度.
        name: 项目名称, as printed.
        code: 项目编码, where it does not stand before the name.
        department: 主管部门.
        unit: 实施单位.
        reporter: 部门名称 above the table, where it differs from the two.
        category, attribute, type: 项目类别, 项目属性, 项目类型: the ticked box, or ``None``.
        filed_on: 填报日期, the day on which it was filled in.
        money_unit: 金额单位 of every amount in the sheet.
        kind: 表种: a project's sheet, or that of a whole department.
        goal: 年度绩效目标 in words.
        goal_actual: 年度目标完成情况 in words.
        goals: The goals, where there are several with weights of their own.
        budget: 预算执行情况.
        indicators: The level-3 indicators, in the form's order.
        standards: 评分标准 for groups of indicators, where they are not as the rulebook says.
        reason: 偏差大或目标未完成原因分析.
        measure: 改进措施及结果应用方案.
        purpose: 项目用途, for the narratives.
        effects: 主要产出和效果, for the narratives.
        grounds: 依据文件, the documents on which the project rests, for the narratives.
        carried_out: 项目实施情况, how it was carried out, for the narratives.
        problems: 存在问题 in the office's own words, for the narratives.
        conclusion: 评价结论, for the narratives.
        filed: Total and grade as filed.
        source: Where a transcribed sheet was published.
        note: The author's remark; not printed.
        waivers: Findings that are accepted (校核豁免).
        unconfirmed: 未确认: they were read from a file, and nobody has said that they are right.
        read_from: 读自, the file from which they were read; ``None`` for a sheet that was typed.

    >>> from perfeval import load_sheet
    >>> sheet = load_sheet("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> sheet.year, sheet.rulebook, len(sheet.indicators)
    (2023, 'hubei-2020', 21)
    """

    rulebook: Text = Field(alias="评分办法")
    year: Year = Field(alias="年度")
    name: Text = Field(alias="项目名称")
    code: OptionalText = Field(None, alias="项目编码")
    department: OptionalText = Field(None, alias="主管部门")
    unit: OptionalText = Field(None, alias="实施单位")
    reporter: OptionalText = Field(None, alias="部门名称")
    category: OptionalText = Field(None, alias="项目类别")
    attribute: OptionalText = Field(None, alias="项目属性")
    type: OptionalText = Field(None, alias="项目类型")
    filed_on: OptionalDate = Field(None, alias="填报日期")
    money_unit: MoneyUnit = Field(MoneyUnit.WAN, alias="金额单位")
    kind: SheetKind = Field(SheetKind.PROJECT, alias="表种")
    goal: OptionalText = Field(None, alias="年度目标")
    goal_actual: OptionalText = Field(None, alias="年度目标完成情况")
    goals: Several[Goal] = Field((), alias="多个目标")
    budget: Block[Budget] = Field(Budget(), alias="预算")
    indicators: Several[Indicator] = Field((), alias="指标")
    standards: Several[GroupStandard] = Field((), alias="评分标准")
    reason: OptionalText = Field(None, alias="原因分析")
    measure: OptionalText = Field(None, alias="改进措施")
    purpose: OptionalText = Field(None, alias="项目用途")
    effects: OptionalText = Field(None, alias="产出和效果")
    grounds: Several[Text] = Field((), alias="依据文件")
    carried_out: OptionalText = Field(None, alias="项目实施情况")
    problems: OptionalText = Field(None, alias="存在问题")
    conclusion: OptionalText = Field(None, alias="评价结论")
    filed: Block[FiledTotal] = Field(FiledTotal(), alias="已填报")
    source: OptionalText = Field(None, alias="出处")
    note: OptionalText = Field(None, alias="备注")
    waivers: Several[Waiver] = Field((), alias="校核豁免")
    unconfirmed: Truth = Field(False, alias="未确认")
    read_from: ReadFrom | None = Field(None, alias="读自")

    @property
    def caveat(self) -> str:
        """What every output says of a sheet that nobody has confirmed; empty for any other."""
        return caveat_of([self])

    @property
    def project_code(self) -> str | None:
        """项目编码, stated or printed before the name: it stays when a project is renamed.

        Six digits of the division, two of the year, a letter for the kind, and twelve digits.
        """
        return self.code or code_before(self.name)

    @property
    def place(self) -> str:
        """The name of the office that reports, from which the level of its place can be told."""
        return self.reporter or self.department or self.unit or ""

    @property
    def bare_name(self) -> str:
        """项目名称 without the code that is printed before it."""
        return without_code(self.name)

    @field_validator("indicators", mode="after")
    @classmethod
    def _in_the_year(
        cls, rows: tuple[Indicator, ...], info: ValidationInfo
    ) -> tuple[Indicator, ...]:
        """Put dates without a year into the year of the sheet."""
        year = info.data.get("year")
        return rows if year is None else tuple([row.in_year(year) for row in rows])

    @lazy
    def sections(self) -> dict[str, SheetSection]:
        """The sections by the keys of their names, in the sheet's order."""
        positions: dict[str, list[int]] = {}
        for position, indicator in enumerate(self.indicators):
            positions.setdefault(indicator.section.key, []).append(position)
        return {key: self._section(tuple(found)) for key, found in positions.items()}

    @lazy
    def own_standards(self) -> tuple[Standard | None, ...]:
        """How each indicator scores where the sheet itself says so: its own, else its group's."""
        return tuple(row.standard or self._of_group(row) for row in self.indicators)

    def _of_group(self, row: Indicator) -> Standard | None:
        covering = (
            one for one in self.standards if one.reach.covers(row.section, row.aspect, row.name)
        )
        return next(covering, None)

    def _section(self, positions: tuple[int, ...]) -> SheetSection:
        weights = [self.indicators[position].weight or ZERO for position in positions]
        return SheetSection(self.indicators[positions[0]].section, positions, total(weights))


def caveat_of(sheets: Iterable[Sheet]) -> str:
    """Return what an output of several sheets says where nobody has confirmed some of them.

    >>> from perfeval import load_sheet
    >>> head = {"评分办法": "hubei-2020", "年度": 2023, "项目名称": "示例"}
    >>> caveat_of([load_sheet({**head, "未确认": "是", "读自": {"文件": "表.docx"}})])
    '未经核对：本表由 perfeval 从“表.docx”读出，还没有人逐项核对'
    >>> caveat_of([load_sheet(head)])
    ''
    """
    unconfirmed = [sheet for sheet in sheets if sheet.unconfirmed]
    if not unconfirmed:
        return ""
    if len(unconfirmed) > 1:
        return f"未经核对：有 {len(unconfirmed)} 张自评表由 perfeval 从文件里读出，还没有人逐项核对"
    source = unconfirmed[0].read_from
    file = f"“{source.file}”" if source and source.file else "文件里"
    return f"未经核对：本表由 perfeval 从{file}读出，还没有人逐项核对"


def is_level_key(text: str) -> bool:
    """Tell whether a name can be the key of a level in a file: words, and not those of a field.

    >>> is_level_key("项目决策"), is_level_key("名称"), is_level_key("1")
    (True, False, False)
    """
    return text not in FIELD_WORDS and any(map(str.isalpha, text))


FIELD_WORDS = frozenset(
    word for name in Indicator.model_fields for word in (name, word_of(Indicator, name))
)
"""The words for the parts of an indicator, which cannot be names of levels in a file."""
BUDGET, INDICATORS = word_of(Sheet, "budget"), word_of(Sheet, "indicators")
"""The words with which the path of a finding begins that is about the budget or an indicator."""
FUNDS = word_of(Budget, "funds")
