"""A department (部门): its own figures, what it says of its self-assessment, and what it left out.

The manifest of a folder of sheets.  A figure is written down once, with what it is a figure of;
shares, rates and sums name the figures they are made of.  Everything here is what was printed:
nothing is corrected, checks compare.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from pydantic import Field

from perfeval.cells.units import MoneyUnit
from perfeval.department_words import AmountBasis, Fund, ShareKind, Stage, Use
from perfeval.fields import (
    Block,
    Count,
    FrozenDict,
    Model,
    Money,
    Named,
    Number,
    OptionalText,
    Rate,
    RequiredNumber,
    Several,
    Text,
    Truth,
    Year,
    lazy,
)
from perfeval.numbers import ZERO
from perfeval.sheet import ReadFrom, Waiver


class Elsewhere(Model):
    """The same figure as printed at another place (另处印作).

    Attributes:
        number: 数, as printed there.
        place: 处, where.

    >>> Elsewhere(number="99.5", place="第五部分").number
    Decimal('99.5')
    """

    number: RequiredNumber = Field(alias="数")
    place: OptionalText = Field(None, alias="处")


class Figure(Model):
    """A figure of the department, with what it is a figure of.

    Attributes:
        number: 数, as printed.
        stage: 环节: whether it was planned, planned after changes, or spent.
        fund: 资金: which budget the money comes from.
        use: 支出: basic spending, project spending, or both.
        place: 处, where it is printed.
        elsewhere: 另处印作, how it is printed elsewhere.

    >>> from perfeval import evaluate_department
    >>> department = evaluate_department("shipped:qingshan-2023").department
    >>> department.figures["自评资金"].number
    Decimal('11164.08')
    """

    number: RequiredNumber = Field(alias="数")
    stage: Stage = Field(Stage.SPENT, alias="环节")
    fund: Fund = Field(Fund.ALL, alias="资金")
    use: Use = Field(Use.ALL, alias="支出")
    place: OptionalText = Field(None, alias="处")
    elsewhere: Several[Elsewhere] = Field((), alias="另处印作")


class NamedFigure(NamedTuple):
    """A figure with its name.

    >>> NamedFigure("自评资金", Figure(number=5)).figure.number
    Decimal('5')
    """

    name: str
    figure: Figure


def differences_of_money(part: Figure, base: Figure, names: tuple[str, str]) -> Iterator[str]:
    """Yield why two figures are not of the same money, so that they make no execution rate.

    Args:
        part: What was spent.
        base: What it is compared with.
        names: What the two are called in the sentences.
    """
    first, second = names
    if part.stage != Stage.SPENT:
        yield f"{first}是{part.stage}，不是决算"
    if part.fund != base.fund:
        only = "" if base.fund == Fund.ALL else "只"
        yield f"{first}是{_fund_words(part.fund)}，{second}{only}是{_fund_words(base.fund)}"
    if part.use != base.use:
        yield f"{first}是{part.use}，{second}是{base.use}"


def _fund_words(fund: Fund) -> str:
    return "全部资金" if fund == Fund.ALL else fund


class Share(Model):
    """A printed share or rate (比率), and the figures it is said to be made of.

    Attributes:
        name: 名称.
        printed: 印出, in percent.
        part: 分子, the name of a figure.
        base: 分母, the name of a figure.
        kind: 性质: an execution rate, or a share of something.
        place: 处, where it is printed.

    >>> from perfeval import evaluate_department
    >>> department = evaluate_department("shipped:qingshan-2023").department
    >>> isinstance(department.shares[0], Share)
    True
    """

    name: Text = Field(alias="名称")
    printed: Rate = Field(alias="印出")
    part: Text = Field(alias="分子")
    base: Text = Field(alias="分母")
    kind: ShareKind = Field(ShareKind.PROPORTION, alias="性质")
    place: OptionalText = Field(None, alias="处")


class Addition(Model):
    """A sum that is printed (合计), and the figures it is made of.

    Attributes:
        total: 合计, the name of a figure.
        parts: 各项, names of figures, or plain numbers where only the sum has a name.
        place: 处, where it is printed.

    >>> Addition(total="合计", parts=["甲", "乙"]).parts
    ('甲', '乙')
    """

    total: Text = Field(alias="合计")
    parts: tuple[Text, ...] = Field(alias="各项", min_length=1)
    place: OptionalText = Field(None, alias="处")


class LeftOut(Model):
    """Projects that are not among the sheets (未列入), and why.

    Attributes:
        name: 名称, of one project or of a kind of them.
        count: 个数.
        amount: 资金.
        reason: 原因.

    >>> LeftOut(name="涉密项目", count=1, reason="涉密").count
    1
    """

    name: Text = Field(alias="名称")
    count: Count = Field(None, alias="个数")
    amount: Money = Field(None, alias="资金")
    reason: OptionalText = Field(None, alias="原因")


class Coverage(Model):
    """What the department says it assessed (自评范围).

    Attributes:
        projects: 项目数, as said.
        amount: 资金, the name of the figure.
        basis: 资金口径: whether that amount is what was planned or what was spent.
        with_transfers: 含调拨: it counts money that was passed on to others.
        listed: 公布项目数, as said where the projects are listed.
        left_out: 未列入.
        place: 处, where it is said.

    >>> from perfeval import evaluate_department
    >>> department = evaluate_department("shipped:qingshan-2023").department
    >>> department.scope.projects
    28
    """

    projects: Count = Field(None, alias="项目数")
    amount: OptionalText = Field(None, alias="资金")
    basis: AmountBasis = Field(AmountBasis.FINAL, alias="资金口径")
    with_transfers: Truth = Field(False, alias="含调拨")
    listed: Count = Field(None, alias="公布项目数")
    left_out: Several[LeftOut] = Field((), alias="未列入")
    place: OptionalText = Field(None, alias="处")


class Verdict(Model):
    """What the department filed about itself as a whole (整体自评).

    Attributes:
        points: 得分.
        grade: 等级, as worded.
        completion: 目标完成率: the claim that so many percent of the goals were met.
        place: 处, where it is printed.

    >>> Verdict(points="98.5", grade="优").points
    Decimal('98.5')
    """

    points: Number = Field(None, alias="得分")
    grade: OptionalText = Field(None, alias="等级")
    completion: Rate = Field(None, alias="目标完成率")
    place: OptionalText = Field(None, alias="处")


class Mention(Model):
    """How a project is called elsewhere in the accounts (另称).

    >>> Mention(name="养老补助", place="第三部分").name
    '养老补助'
    """

    name: Text = Field(alias="名称")
    place: OptionalText = Field(None, alias="处")


class ProjectEntry(Model):
    """A project of the department (项目), and the other names it has in the accounts.

    Attributes:
        name: 名称, as on its sheet.
        mentions: 另称.

    >>> ProjectEntry(name="养老服务补助").mentions
    ()
    """

    name: Text = Field(alias="名称")
    mentions: Several[Mention] = Field((), alias="另称")


class WorkField(Model):
    """What was to be done and what was achieved in one field of work (工作领域).

    Attributes:
        name: 名称.
        aim: 目标, what was to be done.
        text: 内容, what was achieved, in the department's words.

    >>> WorkField(name="养老", text="建成 3 处").name
    '养老'
    """

    name: Text = Field(alias="名称")
    aim: OptionalText = Field(None, alias="目标")
    text: Text = Field(alias="内容")


class Department(Model):
    """A department and its self-assessment of one year.

    Attributes:
        name: 部门名称.
        year: 年度.
        rulebook: 评分办法, the id; its grades are used for the whole.
        money_unit: 金额单位 of every amount.
        figures: 数字, each under its name.
        shares: 比率.
        sums: 合计.
        scope: 自评范围.
        verdict: 整体自评.
        projects: 项目, those that must have a sheet; empty for whatever lies in the folder.
        abstracts: 摘要项目, the names of the projects whose 摘要 is published; empty for every
            project that has indicators.
        organisation: 组织情况, how the self-assessment was organised.
        grounds: 依据文件, the documents by which it was organised.
        conclusion: 评价结论 on the department as a whole.
        work: 工作领域, what was achieved, field by field.
        problems: 存在问题 of the department as a whole.
        measure: 改进措施 of the department as a whole.
        uses: 结果应用, what the results are used for.
        source: 出处.
        note: 备注.
        waivers: 校核豁免, findings that are accepted.
        unconfirmed: 未确认: it was drafted from a file, and nobody has said that it is right.
        read_from: 读自, the file from which it was drafted; ``None`` for one that was typed.

    >>> from perfeval import evaluate_department
    >>> department = evaluate_department("shipped:qingshan-2023").department
    >>> department.name, department.year
    ('武汉市青山区民政局（本级）', 2023)
    """

    name: Text = Field(alias="部门名称")
    year: Year = Field(alias="年度")
    rulebook: Text = Field(alias="评分办法")
    money_unit: MoneyUnit = Field(MoneyUnit.WAN, alias="金额单位")
    figures: Block[Named[Text, Figure]] = Field(FrozenDict(), alias="数字")
    shares: Several[Share] = Field((), alias="比率")
    sums: Several[Addition] = Field((), alias="合计")
    scope: Block[Coverage] = Field(Coverage(), alias="自评范围")
    verdict: Block[Verdict] = Field(Verdict(), alias="整体自评")
    projects: Several[ProjectEntry] = Field((), alias="项目")
    abstracts: Several[Text] = Field((), alias="摘要项目")
    organisation: OptionalText = Field(None, alias="组织情况")
    grounds: Several[Text] = Field((), alias="依据文件")
    conclusion: OptionalText = Field(None, alias="评价结论")
    work: Several[WorkField] = Field((), alias="工作领域")
    problems: OptionalText = Field(None, alias="存在问题")
    measure: OptionalText = Field(None, alias="改进措施")
    uses: OptionalText = Field(None, alias="结果应用")
    source: OptionalText = Field(None, alias="出处")
    note: OptionalText = Field(None, alias="备注")
    waivers: Several[Waiver] = Field((), alias="校核豁免")
    unconfirmed: Truth = Field(False, alias="未确认")
    read_from: ReadFrom | None = Field(None, alias="读自")

    @property
    def caveat(self) -> str:
        """What every output says of a department's file that nobody has confirmed; else empty."""
        if not self.unconfirmed:
            return ""
        file = self.read_from.file if self.read_from else None
        named = f"“{file}”" if file else "文件里"
        return f"未经核对：部门文件由 perfeval 从{named}读出，还没有人逐项核对"

    def like_for_like(self, part: Figure, base: Figure) -> NamedFigure | None:
        """Return the one figure that is to *base* what *part* should be: spent, of the same money.

        Args:
            part: A numerator that speaks of other money than the denominator.
            base: The denominator.

        Returns:
            The figure with its name; ``None`` where there is none, or more than one.
        """
        wanted = (Stage.SPENT, base.fund, base.use)
        found = [
            NamedFigure(name, figure)
            for name, figure in self.figures.items()
            if (figure.stage, figure.fund, figure.use) == wanted
            and figure is not part
            and figure is not base
        ]
        is_sound = base.stage != Stage.SPENT and base.number > ZERO
        return found[0] if len(found) == 1 and is_sound else None

    @lazy
    def numbers(self) -> dict[str, Decimal]:
        """The figures by their names."""
        return {name: figure.number for name, figure in self.figures.items()}
