"""The rulebook (评分办法): a place's rules as data.

Weights, methods, bands, rounding, grades and the printed form all stand here and nowhere else;
the engine knows methods, never places or numbers.  Each block of rules is a clause with its
source, the clause's words or number where known, and how the source was seen.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from typing import Any

from pydantic import BaseModel, Field

from perfeval.clauses import Clause, Contradiction, Proved, RuleSource
from perfeval.fields import FrozenDict, Named, OptionalText, Text, lazy
from perfeval.methods.bands import Qualitative
from perfeval.methods.caps import TotalCaps
from perfeval.methods.execution import ExecutionRule, LadderExecution, UnscoredExecution
from perfeval.methods.standard import Standards
from perfeval.numbers import ZERO, trimmed
from perfeval.rulebook.checking import Checking
from perfeval.rulebook.form import Form
from perfeval.rulebook.indicators import Quantitative
from perfeval.rulebook.totals import DeductionRule, Grades, ReasonRule, ResultUses, RoundingRule
from perfeval.rulebook.weights import Weights


def _content(value: Any) -> Any:
    """Return the content of a model as plain data, equal for equal rules."""
    if isinstance(value, BaseModel):
        return {name: _content(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, dict):
        return {_content(key): _content(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_content(item) for item in value]
    if isinstance(value, Decimal):
        return trimmed(value)
    return value.value if isinstance(value, Enum) else value


SCORING = (
    "weights",
    "execution",
    "quantitative",
    "qualitative",
    "standards",
    "rounding",
    "deductions",
    "caps",
    "grades",
)
"""The blocks that give points, or a grade."""


class Rulebook(Proved):
    """A place's rules for scoring a sheet, and the form it prints.

    Attributes:
        id: 编号, by which sheets name it.
        name: 名称.
        region: 地区.
        version: 版本 of this file.
        extends: 继承, the rulebook it was built on.
        note: 说明, what its sources leave open.
        cited: 来源表, the sources of its own file, by the key under which its blocks cite them.
        weights, execution, quantitative, qualitative, rounding, caps, grades, reasons: The rules.
        standards: 评分标准 of single indicators and groups, where they are not as the rest says.
        deductions: 扣减分数, whether what is deducted by hand counts; ``None`` where it does not.
        uses: 结果应用, what a grade means for the budget; ``None`` where no clause was seen.
        checking: 校核, which checks are used and how much they weigh.
        form: 表式, for projects.
        department_form: 整体表式, for whole departments; ``None`` where they use ``form``.

    >>> from perfeval import load_rulebook
    >>> load_rulebook("hubei-2020").weights.execution
    Decimal('20')
    """

    id: Text = Field(alias="编号")
    name: Text = Field(alias="名称")
    region: Text = Field(alias="地区")
    version: Text = Field(alias="版本")
    extends: OptionalText = Field(None, alias="继承")
    note: OptionalText = Field(None, alias="说明")
    cited: Named[Text, RuleSource] = Field(FrozenDict(), alias="来源表")
    weights: Weights = Field(alias="分值")
    execution: ExecutionRule = Field(alias="预算执行")
    quantitative: Quantitative = Field(alias="定量指标")
    qualitative: Qualitative = Field(alias="定性指标")
    standards: Standards | None = Field(None, alias="评分标准")
    rounding: RoundingRule = Field(alias="舍入")
    deductions: DeductionRule | None = Field(None, alias="扣减分数")
    caps: TotalCaps | None = Field(None, alias="总分封顶")
    grades: Grades = Field(alias="等级")
    reasons: ReasonRule | None = Field(None, alias="偏差原因")
    uses: ResultUses | None = Field(None, alias="结果应用")
    checking: Checking = Field(Checking(), alias="校核")
    form: Form = Field(alias="表式")
    department_form: Form | None = Field(None, alias="整体表式")

    def faults(self) -> Iterator[Contradiction]:
        """The budget row's method and its weight agree, and grades can be reached and are known."""
        for position, band in enumerate(self.grades.bands):
            full = self.weights.full
            if band.lower > full:
                lower = trimmed(band.lower)
                message = f"“{band.name}”从 {lower} 分起，满分是 {trimmed(full)}，达不到"
                yield Contradiction(("等级", "档次", position, "从"), message)
        yield from self._unknown_grades()
        weight = self.weights.execution
        if isinstance(self.execution, UnscoredExecution) != (weight == ZERO):
            message = f"预算执行的分值为 {trimmed(weight)}，与计分方法不一致"
            yield Contradiction(("预算执行", "方法"), message)
        if isinstance(self.execution, LadderExecution):
            best = self.execution.steps[0].points
            if best != weight:
                message = f"最高一档得 {trimmed(best)} 分，预算执行的分值是 {trimmed(weight)}"
                yield Contradiction(("预算执行", "档次", 0, "得分"), message)

    def _unknown_grades(self) -> Iterator[Contradiction]:
        """Every grade that has a use is one of the grades."""
        known = [band.name for band in self.grades.bands]
        for position, use in enumerate(() if self.uses is None else self.uses.grades):
            if use.grade not in known:
                message = f"“等级”里没有“{use.grade}”，只有{'、'.join(known)}"
                yield Contradiction(("结果应用", "各等级", position, "等级"), message)

    @lazy
    def in_force(self) -> str | None:
        """The day from which all of its scoring rules hold; ``None`` where no date was seen."""
        blocks = (getattr(self, name) for name in SCORING)
        known = [block.since for block in blocks if isinstance(block, Clause) and block.since]
        return max(known, default=None)

    @lazy
    def digest(self) -> str:
        """A short hash of everything in the rulebook."""
        canonical = json.dumps(_content(self), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(canonical.encode()).hexdigest()[:12]

    @lazy
    def stamp(self) -> str:
        """Id, version and hash, as every output carries them."""
        return f"{self.id} {self.version} ({self.digest})"
