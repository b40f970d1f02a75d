"""Sheets as offices fill them in, in spellings of many places, and the words that must be printed.

What a form prints of a sheet is told here from the sheet alone, and from which columns and fields
the form says it has: nothing of what lays a form out is used.
"""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any, NamedTuple

from perfeval import Rulebook

LEVELS = {
    ("产出指标（50分）", "产出指标", "项目产出", "履职产出（40）", "一、产出指标"): (
        "数量指标",
        "质 量 指 标",
        "产出时效",
        "成本控制",
    ),
    ("效益指标", "项目效果", "履职效益指标（30分）", "二、效益指标"): (
        "社会效益指标",
        "经济效益",
        "生态环境效益指标",
        "可持续影响指标",
    ),
    ("满意度指标", "社会公众或服务对象满意度指标", "受益群众满意度（10分）"): (
        "服务对象满意度指标",
        "受益对象满意度",
    ),
    ("项目决策", "预算配置", "党建引领"): ("绩效目标", "资金分配", "组织建设"),
}
THINGS = [
    "村道硬化",
    "电商培训",
    "渠系清淤",
    "义诊",
    "课桌椅购置",
    "管网巡查",
    "防火隔离带",
    "助学金发放",
    "古树挂牌",
]
SHAPES = ("{}", "★{}", "★★{}", "1.{}", "{}（≥**户）", "（1）{}", "{}［县级］", "{}A类", "“{}”")
CELLS = (
    ("≥{n}公里", "{n}公里"),
    ("{n}台（套）", "{n}台（套）"),
    ("不低于{n}人次", "{n}余人次"),
    ("≤{n}万元", "{n}万元"),
    ("≥{p}%", "{p}.5%"),
    ("{p}百分比", "{p}%"),
    ("2023年{m}月底前", "2023年{m}月15日"),
    ("{m}月底前完成", "已按期完成"),
    ("得到明显改善", "得到明显改善"),
    ("符合GB/T {n}-2019", "符合"),
    ("{n}元/人·月", "{n}元/人/月"),
    ("{p}%~99%", "{p}.2%"),
    ("零事故", "未发生"),
    ("{n}（{m}）处", "{n}（{m}）处"),
)
TEXTS = (
    "受第{n}轮降雨影响，{t}推迟到次年{m}月。",
    "{t}的供应商更换了{m}次，尾款{n}元未付；\n已约谈。",
    "调查<{n}>户 & 走访{m}户，“{t}”仍在做",
    "{t}按合同第{n}条分期付款",
)
AMOUNTS = ("年初预算数", "资金到位", "预算数", "执行数")
FUNDS = ("当年财政拨款", "上级专项（第二批）", "单位自筹", "社会投入", "上年结转资金")
CODE = "51092324T0000102{:05}"


class Made(NamedTuple):
    """A sheet as plain data, and which words of it stand in every form of it."""

    data: dict[str, Any]
    words: tuple[str, ...]
    amounts: tuple[Decimal, ...]


class _Maker:
    """Makes one sheet; every text has a number of its own, so that none stands for another."""

    def __init__(self, random: Random, book: Rulebook) -> None:
        self._random, self._book = random, book
        self._number = 1000
        self.words: list[str] = []
        self.amounts: list[Decimal] = []
        form = book.form
        self.columns = {column.content.value for column in form.indicators}
        self.budget = {column.content.value for column in form.budget}
        blocks = (form.header, form.middle, form.footer)
        self.fields = {
            cell.field.value for rows in blocks for row in rows for cell in row if cell.field
        }

    def number(self) -> int:
        self._number += self._random.randint(1, 9)
        return self._number

    def filled(self, pattern: str) -> str:
        more = {
            "n": self.number(),
            "m": self._random.randint(1, 12),
            "p": self._random.randint(50, 89),
        }
        return pattern.format(t=self._random.choice(THINGS), **more)

    def text(self) -> str:
        """Return a reason or a measure, which is always printed: in its cell, or below."""
        made = self.filled(self._random.choice(TEXTS))
        self.words += made.split("\n")
        return made

    def maybe(self, field: str, value: str, *, printed: bool) -> dict[str, str]:
        if printed:
            self.words.append(value)
        return {field: value}

    def cells(self) -> dict[str, Any]:
        target, actual = self._random.choice(CELLS)
        values = {
            "n": self.number(),
            "m": self._random.randint(1, 12),
            "p": self._random.randint(50, 89),
        }
        made = {"目标值": target.format(**values), "完成值": actual.format(**values)}
        self.words.append(made["完成值"])
        if "符号" not in self.columns and "单位" not in self.columns:
            self.words.append(made["目标值"])
        return made

    def row(self) -> dict[str, Any]:
        name = f"{self._random.choice(SHAPES).format(self._random.choice(THINGS))}{self.number()}"
        weight = Decimal(self._random.choice(("5", "7.5", "10", "12")))
        self.words.append(name)
        row: dict[str, Any] = {"名称": name, "分值": weight, **self.cells()}
        if self._random.random() < 0.4:
            row["偏差原因"] = self.text()
        if self._random.random() < 0.3:
            row["改进措施"] = self.text()
        if self._random.random() < 0.2:
            part = f"{self._random.choice(THINGS)}{self.number()}"
            row["其中"] = [{"名称": part, **self.cells()}]
            self.words.append(part)
        return row

    def rows(self) -> list[dict[str, Any]]:
        return [self.row() for _ in range(self._random.randint(1, 3))]

    def indicators(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for names, below in self._random.sample(list(LEVELS.items()), self._random.randint(2, 4)):
            name = self._random.choice(names)
            aspects = self._random.sample(below, self._random.randint(1, 2))
            found[name] = {
                aspect: [self.row() for _ in range(self._random.randint(1, 3))]
                for aspect in aspects
            }
            if "一级指标" in self.columns:
                self.words.append(name.partition("（")[0])
            if "二级指标" in self.columns:
                self.words += aspects
        return found

    def amount(self, content: str) -> Decimal:
        made = Decimal(self.number()) + Decimal(self._random.randint(1, 99)) / 100
        if content in self.budget:
            self.amounts.append(made)
        return made

    def money(self) -> dict[str, Any]:
        money: dict[str, Any] = {
            name: self.amount(name) for name in ("年初预算数", "资金到位", "预算数", "执行数")
        }
        if self._random.random() < 0.5:
            money["偏差原因"] = self.text()
        kinds = self._random.sample(FUNDS, self._random.randint(1, 3))
        rows = [self.fund(kind) for kind in kinds] if "资金名称" in self.budget else []
        if rows and self._random.random() < 0.3:
            money["资金构成"] = {"按来源": rows, "按用途": [self.fund(f"工程款{self.number()}")]}
            self.words += ["按来源", "按用途"]
        elif rows:
            money["资金构成"] = rows
        return money

    def fund(self, kind: str) -> dict[str, Any]:
        self.words += [] if kind in ("当年财政拨款", "上年结转资金") else [kind]
        return {"名称": kind, "预算数": self.amount("预算数"), "执行数": self.amount("执行数")}

    def sheet(self) -> dict[str, Any]:
        name = f"{self._random.choice(THINGS)}（{self.number()}）项目"
        if self._random.random() < 0.4:
            name = f"{CODE.format(self.number())}-{name}"
        fields = {
            "项目名称": name,
            "主管部门": f"某县第{self.number()}局",
            "实施单位": f"某镇{self.number()}所",
        }
        fields["年度目标"] = self.filled("建成{n}处，{t}全覆盖")
        fields["年度目标完成情况"] = self.filled("建成{n}处，{t}已办结")
        data: dict[str, Any] = {"评分办法": self._book.id, "年度": 2023}
        for field, value in fields.items():
            data |= self.maybe(field, value, printed=field in self.fields)
        data["预算"] = self.money()
        data["指标"] = self.indicators()
        if self._random.random() < 0.5:
            data |= {"原因分析": self.text(), "改进措施": self.text()}
        return data


def made(seed: int, book: Rulebook) -> Made:
    """Return a sheet of a rulebook; equal seeds give equal sheets."""
    maker = _Maker(Random(seed), book)
    data = maker.sheet()
    return Made(data, tuple(dict.fromkeys(maker.words)), tuple(maker.amounts))
