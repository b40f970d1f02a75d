"""The rulebook (评分办法): a place's rules as data.

Weights, methods, bands, rounding, grades and the printed form all stand here and nowhere else;
the engine knows methods, never places or numbers.  Each block of rules is a clause with its
source, the clause's words or number where known, and whether anyone has seen the original.
"""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from perfeval.fields import Model, OptionalText, RequiredNumber, SectionField, Text
from perfeval.numbers import RoundingMode

Points = RequiredNumber
Percent = RequiredNumber


class Clause(Model):
    """A block of rules and where it comes from."""

    source: Text = Field(alias="来源")
    clause: OptionalText = Field(None, alias="条款")
    verified: bool = Field(alias="核实")
    since: OptionalText = Field(None, alias="施行")
    note: OptionalText = Field(None, alias="说明")


class Rounding(Model):
    """To how many decimals, and how."""

    digits: Annotated[int, Field(ge=0, le=6)] = Field(alias="位数")
    mode: RoundingMode = Field(RoundingMode.HALF_UP, alias="方式")


# -- weights -----------------------------------------------------------------------------------


class WeightGroup(Model):
    """Sections that share one weight: 产出 alone, or 效益 and 满意度 together."""

    sections: tuple[SectionField, ...] = Field(alias="指标", min_length=1)
    weight: Points = Field(alias="分值")
    usual: dict[SectionField, Points] = Field({}, alias="通常")


class Weights(Clause):
    """How the full points are divided (分值)."""

    full: Points = Field(alias="满分")
    execution: Points = Field(alias="预算执行")
    groups: tuple[WeightGroup, ...] = Field(alias="分组", min_length=1)


# -- the budget row ----------------------------------------------------------------------------


class ProportionalExecution(Clause):
    """Points = weight × execution rate, not above the weight."""

    method: Literal["按执行率"] = Field(alias="方法")
    rate: Rounding | None = Field(None, alias="执行率取值")
    zero_budget: Literal["不计分", "零分"] = Field("不计分", alias="预算为零")


class LadderStep(Model):
    """From this rate (in percent, included) on, this many points."""

    lower: Percent = Field(alias="下限")
    points: Points = Field(alias="得分")


class LadderExecution(Clause):
    """Points by steps of the execution rate."""

    method: Literal["分档"] = Field(alias="方法")
    steps: tuple[LadderStep, ...] = Field(alias="档次", min_length=1)
    rate: Rounding | None = Field(None, alias="执行率取值")
    zero_budget: Literal["不计分", "零分"] = Field("不计分", alias="预算为零")


class UnscoredExecution(Clause):
    """The rate is shown and gives no points."""

    method: Literal["不计分"] = Field(alias="方法")
    zero_budget: Literal["不计分"] = Field("不计分", alias="预算为零")


ExecutionRule = Annotated[
    ProportionalExecution | LadderExecution | UnscoredExecution, Field(discriminator="method")
]

# -- methods of quantitative indicators --------------------------------------------------------


class Proportional(Model):
    """Points = weight × actual ÷ target (按完成比例), full once the target is met."""

    method: Literal["按完成比例"] = Field(alias="方法")


class InverseRatio(Model):
    """Points = weight × target ÷ actual (反比), full while the limit is kept."""

    method: Literal["反比"] = Field(alias="方法")


class LinearShortfall(Model):
    """Points fall in a straight line from the limit to 0 at ``zero_at`` times the limit."""

    method: Literal["按超出幅度扣减"] = Field(alias="方法")
    zero_at: Points = Field(alias="扣完倍数")


class AllOrNothing(Model):
    """The weight if the target is met, else 0 (达标计分)."""

    method: Literal["达标计分"] = Field(alias="方法")


Method = Annotated[
    Proportional | InverseRatio | LinearShortfall | AllOrNothing, Field(discriminator="method")
]


class Quantitative(Clause):
    """How indicators with a figure score (定量指标)."""

    positive: Method = Field(alias="正向")
    reverse: Method = Field(alias="反向")
    equal: Method = Field(alias="等于")
    zero_target: Literal["为零得满分", "同正向"] = Field("为零得满分", alias="等于零")
    completion_rate: Literal["按完成率计分", "不计分"] = Field("按完成率计分", alias="以完成率填报")
    achieved_words: tuple[Text, ...] = Field((), alias="达成用语")


class Band(Model):
    """A band of a qualitative indicator: from ``lower`` to ``upper`` percent of the weight."""

    name: Text = Field(alias="名称")
    upper: Percent = Field(alias="上限")
    lower: Percent = Field(alias="下限")
    includes_upper: bool = Field(alias="含上限")
    includes_lower: bool = Field(alias="含下限")
    words: tuple[Text, ...] = Field((), alias="用语")


class Qualitative(Clause):
    """How indicators without a figure are judged (定性指标); the best band first."""

    bands: tuple[Band, ...] = Field(alias="档次", min_length=1)


class RoundingRule(Clause):
    """What is rounded, and how (舍入); what is not named stays exact."""

    row: Rounding = Field(alias="单项")
    subtotal: Rounding | None = Field(None, alias="小计")
    total: Rounding | None = Field(None, alias="总分")


class GradeBand(Model):
    """From this total on (included), this grade."""

    grade: Text = Field(alias="等级")
    lower: Points = Field(alias="下限")


class Grades(Clause):
    """等级, the best first."""

    bands: tuple[GradeBand, ...] = Field(alias="档次", min_length=1)


# -- the printed form --------------------------------------------------------------------------

Span = Annotated[int, Field(ge=1, le=20)]
HeaderField = Literal[
    "项目名称", "主管部门", "实施单位", "年度", "部门名称", "年度目标", "原因分析", "改进措施",
    "总分", "等级", "空白",
]  # fmt: skip
BudgetContent = Literal[
    "栏名", "资金名称", "年初预算数", "预算数", "执行数", "执行率", "分值", "得分", "偏差原因", "空白"
]
IndicatorContent = Literal[
    "栏名", "一级指标", "二级指标", "三级指标", "符号", "目标值", "单位", "完成值", "完成率", "分值",
    "得分", "已填报得分", "偏差原因", "改进措施", "偏差原因及改进措施", "空白",
]  # fmt: skip


class FormCell(Model):
    """One cell above or below the indicators: a label, a field of the sheet, or boxes."""

    label: OptionalText = Field(None, alias="标签")
    field: HeaderField | None = Field(None, alias="字段")
    boxes: Literal["项目类别", "项目属性", "项目类型"] | None = Field(None, alias="选项")
    span: Span = Field(1, alias="占")


class BudgetColumn(Model):
    """A column of the budget block."""

    content: BudgetContent = Field(alias="内容")
    heading: OptionalText = Field(None, alias="标题")
    span: Span = Field(1, alias="占")


class IndicatorColumn(Model):
    """A column of the indicator table; its width in millimetres."""

    content: IndicatorContent = Field(alias="内容")
    heading: OptionalText = Field(None, alias="标题")
    width: Annotated[int, Field(ge=5, le=200)] = Field(alias="宽")


class Form(Clause):
    """The printed form (表式): words, columns and rows of the place's table.

    Texts may hold ``{年度}``, ``{项目名称}``, ``{部门名称}``, ``{金额单位}``, ``{分值}`` and, in
    the heading of a section, ``{一级指标}``.
    """

    title: Text = Field(alias="标题")
    above_left: OptionalText = Field(None, alias="表上左")
    above_right: OptionalText = Field(None, alias="表上右")
    landscape: bool = Field(False, alias="横向")
    rate_digits: Annotated[int, Field(ge=0, le=6)] = Field(2, alias="执行率位数")
    section_heading: Text = Field("{一级指标}（{分值}分）", alias="一级指标标题")
    options: dict[Text, tuple[Text, ...]] = Field({}, alias="选项")
    header: tuple[tuple[FormCell, ...], ...] = Field((), alias="表头")
    budget: tuple[BudgetColumn, ...] = Field((), alias="预算栏")
    budget_row: Text = Field("年度资金总额", alias="资金总额名称")
    indicators: tuple[IndicatorColumn, ...] = Field(alias="指标栏", min_length=1)
    footer: tuple[tuple[FormCell, ...], ...] = Field((), alias="表尾")
    notes: tuple[Text, ...] = Field((), alias="附注")
    signatures: tuple[Text, ...] = Field((), alias="签字")


class Rulebook(Model):
    """A place's rules for scoring a sheet, and the form it prints.

    Attributes:
        id: 编号, by which sheets name it.
        name: 名称.
        region: 地区.
        version: 版本 of this file.
        note: 说明: what its sources leave open.
        weights, execution, quantitative, qualitative, rounding, grades: The rules.
        form: 表式.
    """

    id: Text = Field(alias="编号")
    name: Text = Field(alias="名称")
    region: Text = Field(alias="地区")
    version: Text = Field(alias="版本")
    note: OptionalText = Field(None, alias="说明")
    weights: Weights = Field(alias="分值")
    execution: ExecutionRule = Field(alias="预算执行")
    quantitative: Quantitative = Field(alias="定量指标")
    qualitative: Qualitative = Field(alias="定性指标")
    rounding: RoundingRule = Field(alias="舍入")
    grades: Grades = Field(alias="等级")
    form: Form = Field(alias="表式")

    @cached_property
    def digest(self) -> str:
        """A short hash of everything in the rulebook."""
        content = self.model_dump(mode="json")
        canonical = json.dumps(content, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(canonical.encode()).hexdigest()[:12]

    @property
    def stamp(self) -> str:
        """Id, version and hash, as every output carries them."""
        return f"{self.id} {self.version} ({self.digest})"
