"""Trees of generated sheets: of several places and sizes, with odd cells, one in a hundred broken.

It shares nothing with what it tests; `python -m tests.many.making DIR COUNT SEED` writes one.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

BOOKS = ("hubei-2020", "mof-2020", "hubei-2020", "beijing", "shanxi", "transfer-payment")
DISTRICTS = ("青山", "洪山", "东湖", "江岸", "蔡甸", "新洲", "黄陂", "江夏")
OFFICES = ("民政局", "教育局", "水务局", "农业农村局", "卫生健康局", "住建局", "文旅局")
THINGS = (
    "养老服务",
    "校舍维修",
    "河道清淤",
    "高标准农田",
    "乡村医生培训",
    "老旧小区改造",
    "公共文化场馆",
)
ROWS = (
    ("产出指标", "数量指标", "新建{0}数量", ("≥20个", "≥1000人次", "50台", "3.5万亩", "≥200")),
    ("产出指标", "质量指标", "{0}验收合格率", ("≥95%", "100%", "98.5%", "≥99.9%")),
    ("产出指标", "时效指标", "{0}完成时间", ("2023年12月底前", "2023-10-31", "及时", "9月底前")),
    ("产出指标", "成本指标", "{0}单位成本", ("≤8000元/床", "≤300元/人·月", "≤1.2万元")),
    ("效益指标", "社会效益指标", "{0}受益人数", ("≥10000人", "明显提升", "有效改善", "≥85%")),
    ("效益指标", "生态效益指标", "{0}水质达标率", ("≥90%", "不发生", "0起")),
    ("满意度指标", "服务对象满意度指标", "{0}满意度", ("≥90%", "≥95%", "满意")),
)
ACTUALS = (
    "{0}",
    "100%",
    "完成",
    "是",
    "96%",
    "18个",
    "2023年11月",
    "达成预期指标",
    "约1200人次",
    "",
    "—",
    "0.96",
    "≥95%",
    "26（2）",
    "未发生",
    "显著提升",
)
SENTENCES = (
    "受疫情影响项目开工较晚，部分工程没有按期完工",
    "进一步加强资金管理，严格按照进度支付资金",
    "组织开展业务培训，提高工作人员的服务水平",
    "加强与施工单位的沟通协调，倒排工期抓好落实",
    "完善内部控制制度，规范项目资金的使用和管理",
    "根据自评结果科学准确地编制下一年度的预算",
)
BROKEN = (
    "项目名称: [没有收尾\n",
    "\tx: 1\n年度: 2023\n",
    "评分办法: hubei-2020\n年度: 两千年\n项目名称: 甲\n",
    "评分办法: 没有这个办法\n年度: 2023\n项目名称: 乙\n预算: {预算数: 1}\n",
    "评分办法: mof-2020\n年度: 2023\n项目名称: 丙\n不认识的栏目: 1\n",
    "",
)


def sheet_text(seed: int, number: int) -> str:
    """Return a sheet; the same for the same seed and number, whatever else is made."""
    chance = random.Random(seed * 1_000_003 + number)
    if chance.random() < 0.01:
        return chance.choice(BROKEN)
    thing, budget = chance.choice(THINGS), chance.randint(10, 900_000) / 100
    spent = round(budget * chance.choice((1, 1, 0.97, 0.5, 1.1, 0)), 2)
    lines = [
        f"评分办法: {chance.choice(BOOKS)}",
        f"年度: {chance.choice((2022, 2023, 2023, 2024))}",
        f"项目名称: {thing}项目（{number}）",
        f"主管部门: {chance.choice(DISTRICTS)}区{chance.choice(OFFICES)}",
        f"预算: {{预算数: {budget}, 执行数: {spent}, 已填报: {{得分: {chance.choice((10, 20))}}}}}",
        f"年度目标: {thing}覆盖全区{number % 97}个街道，{chance.choice(SENTENCES)}。",
        "指标:",
    ]
    for _ in range(chance.choice((1, 3, 5, 8, 8, 13, 30))):
        lines += _row(chance, thing, number)
    return "\n".join(lines) + "\n"


def _row(chance: random.Random, thing: str, number: int) -> list[str]:
    section, aspect, name, targets = chance.choice(ROWS)
    target = chance.choice(targets)
    actual = chance.choice(ACTUALS).format(target.lstrip("≥≤"))
    lines = [
        f"  - 一级指标: {section}",
        f"    二级指标: {aspect}",
        f"    名称: {name.format(thing)}{chance.randint(1, 99)}",
        f"    分值: {chance.choice((2, 5, 10, 20, 2.5))}",
        f'    目标值: "{target}"',
        f'    完成值: "{actual}"',
    ]
    if chance.random() < 0.5:
        lines.append(f"    已填报得分: {chance.choice((1, 2, 5, 10))}")
    if chance.random() < 0.3:
        lines.append(f"    偏差原因: {chance.choice(SENTENCES)}，涉及{number % 13}处。")
    return lines


def make_tree(folder: Path, count: int, seed: int) -> None:
    """Write so many sheets into folders of districts and offices."""
    for number in range(count):
        place = folder / DISTRICTS[number % 8] / OFFICES[number // 8 % 7]
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:06}.yaml").write_text(sheet_text(seed, number), encoding="utf-8")


if __name__ == "__main__":
    make_tree(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
