"""A province that does not exist: one file brings its rules and its form, and nothing else does."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

import perfeval
from perfeval import FormatName, Report, Scorecard
from perfeval.example import mismatches
from perfeval.readers.rulebooks import read_rulebook
from perfeval.rulebook import HowSeen

RULES = """\
编号: 云梦省
名称: 云梦省项目支出绩效评分办法
地区: 云梦省
版本: "3"

分值:
  来源: 云财绩〔2030〕7号
  条款: 第四条
  施行: 2030-01-01
  满分: 100
  预算执行: 15
  方案:
    - 名称: 设成本指标
      设: [成本指标]
      分组:
        - {指标: [成本指标], 分值: 15}
        - {指标: [产出指标], 分值: 35}
        - {指标: [效益指标], 分值: 25}
        - {指标: [满意度指标], 分值: 10}
    - 名称: 通常
      分组:
        - {指标: [产出指标], 分值: 50}
        - {指标: [效益指标, 满意度指标], 分值: 35}
  不适用指标: 并入同一级指标

预算执行:
  来源: 云财绩〔2030〕7号
  条款: 第五条
  方法: 分档
  执行率取值: {位数: 0}
  预算为零: 零分
  档次:
    - {从: 95, 得分: 15}
    - {从: 88, 得分: 12}
    - {从: 60, 得分: 6}
    - {从: 0, 得分: 0}

定量指标:
  来源: 云财绩〔2030〕7号
  条款: 第六条
  正向: {方法: 按完成比例, 及格线: 60}
  反向: {方法: 按超出幅度扣减, 扣完倍数: 3}
  等于: {方法: 按完成比例}
  超额完成: {处理: 按超额幅度扣减, 阈值: 150}
  满意度:
    方法: 分档
    档次:
      - {从: 95, 比例: 100}
      - {从: 90, 比例: 80}
      - {从: 0, 比例: 0}

定性指标:
  来源: 云财绩〔2030〕7号
  条款: 第七条
  档次:
    - {名称: 实现, 从: 80, 用语: [实现]}
    - 名称: 基本实现
      从: 40
      固定比例: 70
      用语: [基本实现]
    - {名称: 未实现, 从: 0, 用语: [未实现]}

舍入:
  来源: 云财绩〔2030〕7号
  条款: 第八条
  单项: {位数: 1, 方式: 四舍六入五成双}
  印出: {位数: 0, 方式: 舍去}

总分封顶:
  来源: 云财绩〔2030〕7号
  条款: 第九条
  档次:
    - {从: 90}
    - {从: 0, 最高: 80}

等级:
  来源: 云财绩〔2030〕7号
  条款: 第十条
  档次:
    - {名称: 甲, 从: 85}
    - {名称: 乙, 从: 75}
    - {名称: 丙, 从: 0}

表式:
  来源: 云财绩〔2030〕7号
  条款: 附件
  标题: "云梦省{年度}年度绩效自评表"
  表上左: "填报部门：{部门名称}"
  一级指标标题: "{一级指标}〔{分值}〕"
  表头:
    - [{标签: 办了什么事, 占: 2}, {字段: 项目名称, 占: 3}]
  预算栏:
    - {内容: 资金名称, 标题: 钱, 占: 2}
    - {内容: 预算数, 标题: 应花}
    - {内容: 执行数, 标题: 已花}
    - {内容: 得分, 标题: 计分}
  资金总额名称: 全年的钱
  指标栏:
    - {内容: 一级指标, 标题: 类, 宽: 30}
    - {内容: 三级指标, 标题: 事项, 宽: 50}
    - {内容: 目标值, 标题: 应办, 宽: 30}
    - {内容: 完成值, 标题: 已办, 宽: 30}
    - {内容: 得分, 标题: 计分, 宽: 20}
  表尾:
    - [{标签: 合计, 占: 4}, {字段: 总分}]
    - [{标签: 等次, 占: 4}, {字段: 等级}]
  附注: [本表由云梦省财政厅制定。]
  签字: [经手人]

示例:
  - 名称: 执行率 87.5% 取整为 88%
    预算: {预算数: 800, 执行数: 700}
    应得: {得分: {预算执行: 12}}
  - 名称: 执行率 87.4% 取整为 87%
    预算: {预算数: 1000, 执行数: 874}
    应得: {得分: {预算执行: 6}}
"""

SHEET = """\
评分办法: {rulebook}
年度: 2031
项目名称: 湖堤巡护
主管部门: 云梦县水务局
金额单位: 元
预算: {{预算数: 800, 执行数: 700}}
指标:
  成本指标:
    经济成本指标:
      - {{名称: 每公里巡护费, 分值: 15, 目标值: ≤100元, 完成值: 120元}}
  产出指标:
    数量指标:
      - {{名称: 巡护场次, 分值: 20, 目标值: ≥20场, 完成值: 32场}}
    质量指标:
      - {{名称: 隐患处置率, 分值: 15, 目标值: ＝98%, 完成值: 96%}}
  效益指标:
    社会效益指标:
      - {{名称: 群众安全感, 分值: 15, 目标值: 明显增强, 完成值: 基本实现}}
    经济效益指标:
      - {{名称: 减少损失, 分值: 10, 不适用: true}}
  满意度指标:
    服务对象满意度指标:
      - {{名称: 沿湖居民, 分值: 10, 目标值: ≥95%, 完成值: 93%}}
"""


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    """Score the sheet by the province's file beside it, which it names; from anywhere."""
    monkeypatch.chdir(tmp_path.parent)
    rules = tmp_path / "云梦省.yaml"
    rules.write_text(RULES, encoding="utf-8")
    sheet = tmp_path / "湖堤巡护.yaml"
    sheet.write_text(SHEET.format(rulebook=rules.name), encoding="utf-8")
    return perfeval.evaluate(sheet)


@pytest.fixture
def card(report: Report) -> Scorecard:
    assert report.errors == ()
    assert report.scorecard is not None
    return report.scorecard


def test_every_row_is_scored_by_the_provinces_own_rules(card: Scorecard) -> None:
    """Its ladder, its line to three times the limit, its reductions, its bands and its digits."""
    assert {line.name: str(line.points) for line in card.rows} == {
        "预算执行": "12.0",  # 87.5 % → 88 %
        "每公里巡护费": "13.5",  # 15 × (3 × 100 - 120) ÷ (2 × 100)
        "巡护场次": "18.0",  # 20 × (1 + 150 % - 160 %)
        "隐患处置率": "14.7",  # 15 × 96 ÷ 98
        "群众安全感": "10.5",  # 15 × 70 %
        "减少损失": "None",
        "沿湖居民": "8.0",  # 93 %: 80 % of the weight
    }
    assert [line.shown for line in card.lines if line.shown is not None] == [13, 18, 14, 10, 8]


def test_its_total_is_capped_and_graded_in_its_own_words(card: Scorecard) -> None:
    """12 + 13.5 + 32.7 + 10.5 × 25 ÷ 15 + 8 = 83.7, not above 80 below a rate of 90 %."""
    assert card.total == 80
    assert card.grade == "乙"
    assert [str(part.points) for part in card.subtotals] == ["13.5", "32.7", "17.5", "8.0"]
    assert "83.7" in card.steps[-1]
    assert "17.5" in card.steps[0]


def test_its_points_cite_its_own_clauses(card: Scorecard) -> None:
    line = card["巡护场次"]
    assert line.rule[:2] == ("云梦省", "定量指标")
    assert (line.rule.source, line.rule.clause) == ("云财绩〔2030〕7号", "第六条")
    assert card["群众安全感"].rule.seen is HowSeen.UNSEEN
    assert "（云梦省 定量指标）" in line.explain()
    assert card.stamp.startswith("云梦省 3 (")


def words_of(document: bytes, ending: FormatName) -> str:
    if ending == "docx":
        with zipfile.ZipFile(io.BytesIO(document)) as package:
            document = package.read("word/document.xml")
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "\n", document.decode()))


@pytest.mark.parametrize("ending", ["html", "md", "docx"])
def test_its_own_form_is_printed(report: Report, ending: FormatName) -> None:
    """Its title, its headings, its notes and signatures; no word of another place's form."""
    if ending == "docx":
        pytest.importorskip("docxtpl")
    document = perfeval.render(report, ending)
    text = words_of(document, ending)
    for words in (
        "云梦省2031年度绩效自评表",
        "填报部门：云梦县水务局",
        "办了什么事",
        "湖堤巡护",
        "应花",
        "已花",
        "全年的钱",
        "成本指标〔15〕",
        "产出指标〔35〕",
        "事项",
        "应办",
        "已办",
        "每公里巡护费",
        "120元",
        "合计",
        "等次",
        "乙",
        "本表由云梦省财政厅制定。",
        "经手人",
    ):
        assert words in text, words
    assert "年度指标值" not in text
    assert "执行率（B/A）" not in text
    assert perfeval.render(report, ending) == document


@pytest.mark.parametrize("elsewhere", ["../云梦省.yaml", "@"])
def test_a_sheet_cannot_name_a_file_elsewhere(tmp_path: Path, elsewhere: str) -> None:
    """A sheet comes from outside: it opens no file of the machine but those in its own folder."""
    rules = tmp_path / "云梦省.yaml"
    rules.write_text(RULES, encoding="utf-8")
    office = tmp_path / "水务局"
    office.mkdir()
    sheet = office / "表.yaml"
    name = elsewhere.replace("@", rules.as_posix())
    sheet.write_text(SHEET.format(rulebook=name), encoding="utf-8")
    report = perfeval.evaluate(sheet)
    assert report.scorecard is None
    assert [(item.code, item.line) for item in report.findings] == [("SH110", 1)]
    given = perfeval.evaluate(sheet, rulebook=rules.as_posix())
    assert given.scorecard is not None
    assert given.scorecard.total == 80


def test_its_worked_examples_hold(tmp_path: Path) -> None:
    path = tmp_path / "云梦省.yaml"
    path.write_text(RULES, encoding="utf-8")
    read = read_rulebook(path)
    assert len(read.examples) == 2
    for example in read.examples:
        assert mismatches(example, perfeval.score(example.sheet, read.rulebook)) == ()


def test_a_city_in_it_states_one_difference(tmp_path: Path) -> None:
    """云梦市 does not cap the total; everything else is the province's."""
    (tmp_path / "云梦省.yaml").write_text(RULES, encoding="utf-8")
    city = tmp_path / "云梦市.yaml"
    city.write_text(
        '编号: 云梦市\n名称: 云梦市办法\n地区: 云梦市\n版本: "1"\n继承: 云梦省.yaml\n'
        "总分封顶: {来源: 市财发〔2031〕1号, 档次: [{从: 50}, {从: 0, 最高: 60}]}\n",
        encoding="utf-8",
    )
    sheet = tmp_path / "表.yaml"
    sheet.write_text(SHEET.format(rulebook=city.name), encoding="utf-8")
    card = perfeval.evaluate(sheet).scorecard
    assert card is not None
    assert card.total == Decimal("83.7")
    assert card["巡护场次"].points == 18
