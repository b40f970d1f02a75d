"""A made-up bureau: projects in YAML and workbooks, all in order, and faults to plant into it.

Nothing here is shared with what it tests: sheets are plain text, workbooks are openpyxl's.
"""

from __future__ import annotations

import random
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import openpyxl

DEPARTMENTS = (
    *("水务局", "教育局", "民政局", "卫健局", "交通局", "农业局"),
    *("文旅局", "住建局", "应急局", "司法局", "林业局", "残联"),
)
_THINGS = (
    *("灌溉渠道", "乡村校舍", "敬老院", "卫生室", "公路桥梁", "高标准农田", "文化馆", "老旧小区"),
    *("森林防火", "法律援助", "苗木基地", "康复器材", "饮水管网", "图书设备", "救助站", "急救车辆"),
    *("农机补贴", "粮油储备", "绿道", "人防设施", "社区食堂", "河湖岸线", "水文站点", "戏曲下乡"),
)
_ACTS = ("维修", "更新", "改造", "养护", "运行", "新建", "奖补")
_WORDS = tuple(
    pair.strip()
    for line in """
        勘察 图纸 招标 签约 进场 浇筑 验收 回访 台账 公示 督导 培训 抽检 巡护 采购 交付 安装 调试
        移交 管护 摸底 立项 评审 协商 分派 走访 测量 登记 复核 拨付 结算 归档 通报 整改 巡查 宣讲
        沙石 钢筋 电缆 药品 课桌 种子 农药 轮椅 书架 展柜 泵房 涵洞 护栏 路灯 苗圃 病床 题库 舞台
        村组 学区 街办 乡镇 园区 站点 片区 流域 班级 院落 门诊 码头 林场 库房 田块 校区 馆舍 工地
        """.splitlines()
    for pair in line.split()
)


class Project(NamedTuple):
    """A project of the bureau as it stands in its sheet."""

    department: str
    name: str
    budget: Decimal
    spent: Decimal
    text: str
    is_workbook: bool
    filed: Decimal
    rulebook: str = "mof-2020"
    actual: str = "50"

    @property
    def path(self) -> str:
        """Its file in the tree."""
        return f"{self.department}/{self.name}.{'xlsx' if self.is_workbook else 'yaml'}"


def projects(departments: int, each: int, seed: int) -> list[Project]:
    """Make the projects: figures agree, points are those of the rule, no sentence stands twice."""
    draws = random.Random(seed)
    made: list[Project] = []
    number = departments * each
    rates = [9_010 + 980 * at // number for at in range(number)]  # evenly: none stands out
    draws.shuffle(rates)
    for department in DEPARTMENTS[:departments]:
        names = draws.sample([f"{thing}{act}" for thing in _THINGS for act in _ACTS], each)
        for at, name in enumerate(names):
            budget = Decimal(draws.randrange(1_000, 90_000)) / 100
            rate = Decimal(rates[len(made)]) / 10_000
            spent = (budget * rate).quantize(Decimal("0.01"))
            text = "".join(draws.sample(_WORDS, 14))
            made.append(
                Project(
                    department=department,
                    name=f"{name}项目",
                    budget=budget,
                    spent=spent,
                    text=text,
                    is_workbook=at % 3 == 2,
                    filed=execution_points(budget, spent) + 90,
                )
            )
    return made


def execution_points(budget: Decimal, spent: Decimal) -> Decimal:
    """Return 10 × spent ÷ budget, half up to a cent, by whole numbers."""
    top, bottom = int(spent * 100) * 1_000, int(budget * 100)
    return Decimal((2 * top + bottom) // (2 * bottom)) / 100


ROWS = (
    ("产出指标", "数量指标", "完成数量", "50个", 20),
    ("产出指标", "质量指标", "验收合格率", "≥95%", 15),
    ("产出指标", "时效指标", "按期完成率", "≥90%", 15),
    ("效益指标", "社会效益指标", "受益人次", "≥1000人次", 30),
    ("满意度指标", "服务对象满意度指标", "群众满意度", "≥85%", 10),
)
ACTUALS = ("50个", "98%", "96%", "1200人次", "91.5%")


def actuals(project: Project) -> list[str]:
    """Return what was reached, in the order of `ROWS`."""
    return [f"{project.actual}个", *ACTUALS[1:]]


def write(project: Project, top: Path, name: str = "") -> Path:
    """Write the sheet of a project; return its file."""
    path = top / (name or project.path)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".xlsx":
        _workbook(project).save(path)
    else:
        path.write_text(_yaml(project), encoding="utf-8")
    return path


def _yaml(project: Project) -> str:
    money = f"预算数: {project.budget}, 执行数: {project.spent}"
    lines = [
        f"评分办法: {project.rulebook}",
        "年度: 2024",
        f"项目名称: {project.name}",
        f"主管部门: {project.department}",
        f"实施单位: {project.department}机关",
        f"预算: {{{money}, 已填报: {{得分: {project.filed - 90}}}}}",
        f"年度目标: {project.text}",
        "指标:",
    ]
    before = ""
    for (section, aspect, name, target, weight), actual in zip(ROWS, actuals(project), strict=True):
        if section != before:
            lines.append(f"  {section}:")
        before = section
        said = f"目标值: {target}, 完成值: {actual}, 已填报得分: {weight}"
        lines += [f"    {aspect}:", f"      - {{名称: {name}, 分值: {weight}, {said}}}"]
    lines.append(f"已填报: {{总分: {project.filed}}}")
    return "\n".join(lines) + "\n"


def _workbook(project: Project) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    rate = f"{100 * project.spent / project.budget:.2f}%"
    budget, spent = float(project.budget), float(project.spent)
    sheet.append(["项目支出绩效自评表"])
    sheet.append(["（2024年度）"])
    sheet.append(["项目名称", project.name])
    sheet.append(["主管部门", project.department, "实施单位", f"{project.department}机关"])
    sheet.append(
        [
            "项目资金（万元）",
            None,
            "年初预算数",
            "全年预算数",
            "全年执行数",
            "分值",
            "执行率",
            "得分",
        ]
    )
    whole = [None, "年度资金总额", budget, budget, spent, 10, rate, float(project.filed - 90)]
    sheet.append(whole)
    sheet.append(["年度总体目标", project.text])
    sheet.append(
        [
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
            "偏差原因分析及改进措施",
        ]
    )
    for (section, aspect, name, target, weight), actual in zip(ROWS, actuals(project), strict=True):
        sheet.append([section, aspect, name, target, actual, weight, weight])
    sheet.append(["总分", None, None, None, None, 100, float(project.filed)])
    return book


# -- faults ------------------------------------------------------------------------------------


def scan(top: Path, name: str) -> None:
    """Put a picture in the place of a sheet."""
    path = top / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\xff\xd8\xff\xe0" + bytes(64))


def packed(top: Path, name: str, project: Project) -> None:
    """Put the sheet of a project into an archive, and there alone."""
    inside = write(project, top)
    with zipfile.ZipFile(top / name, "w") as archive:
        archive.write(inside, inside.name)
    inside.unlink()


def expected_list(path: Path, listed: list[Project]) -> None:
    """Write the list of what should be handed in."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["序号", "主管部门", "项目名称", "资金（万元）"])
    for number, one in enumerate(listed, 1):
        sheet.append([number, f"清河区{one.department}", one.name, float(one.budget)])
    sheet.append(["合计", None, None, float(sum(one.budget for one in listed))])
    book.save(path)
