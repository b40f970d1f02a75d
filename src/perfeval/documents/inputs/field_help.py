"""What to write in each field of a sheet, a department's file and a rulebook, in Chinese.

One table, by the model that declares the field and the field's name.  An example is what stands
behind the colon in YAML.
"""

from __future__ import annotations

from typing import NamedTuple

from pydantic import BaseModel

from perfeval.clauses import Clause, Level, Rounding, RuleSource
from perfeval.department import (
    Addition,
    Coverage,
    Department,
    Elsewhere,
    Figure,
    LeftOut,
    Mention,
    ProjectEntry,
    Share,
    Verdict,
    WorkField,
)
from perfeval.methods import (
    all_or_nothing,
    bands,
    caps,
    execution,
    graded,
    inverse_ratio,
    lateness,
    linear_shortfall,
    over_achievement,
    proportional,
    standard,
    step_deduction,
    steps,
    value_ladder,
)
from perfeval.rulebook import form, indicators, totals, weights
from perfeval.rulebook.book import Rulebook
from perfeval.rulebook.checking import Checking
from perfeval.sheet import (
    Budget,
    FiledBudget,
    FiledSection,
    FiledTotal,
    FundRow,
    Goal,
    Indicator,
    MergedPoints,
    ReadFrom,
    Sheet,
    SubIndicator,
    Transfer,
    UnitResult,
    Waiver,
)


class FieldHelp(NamedTuple):
    """What to write, and an example."""

    text: str
    example: str = ""

    @property
    def description(self) -> str:
        """Both in one text."""
        return f"{self.text}。例：{self.example}" if self.example else f"{self.text}。"


_Table = dict[type[BaseModel], dict[str, FieldHelp]]
_TARGET = "照表上印的写，可以带符号和单位；一格有两个数的，写 {值: 算分的数, 文本: 原样}"
_SHEET: _Table = {
    Sheet: {
        "rulebook": FieldHelp(
            "按哪个评分办法计分：办法的编号，或同一文件夹里的办法文件", "hubei-2020"
        ),
        "year": FieldHelp("预算年度，四位数", "2023"),
        "name": FieldHelp("项目名称，与预算批复的名称一致", "养老服务体系建设运营补助资金"),
        "code": FieldHelp("项目编码，21位；印在项目名称前面的不用另写", "51000021R000000019951"),
        "department": FieldHelp("主管部门全称", "武汉市青山区民政局"),
        "unit": FieldHelp("项目实施单位全称", "武汉市青山区民政局（本级）"),
        "reporter": FieldHelp("表上方的部门名称，与主管部门、实施单位不同时才写"),
        "category": FieldHelp("项目类别，写表上要勾选的那一项", "部门预算项目"),
        "attribute": FieldHelp("项目属性，写表上要勾选的那一项", "持续性项目"),
        "type": FieldHelp("项目类型，写表上要勾选的那一项", "常年性项目"),
        "filed_on": FieldHelp("填报日期", "2024-03-15"),
        "money_unit": FieldHelp("表中全部金额的单位", "万元"),
        "kind": FieldHelp("一个项目的表，还是部门整体支出的表", "项目支出"),
        "goal": FieldHelp("年度绩效目标，用文字写", "完成2个社区养老服务中心建设"),
        "goal_actual": FieldHelp(
            "年度绩效目标的实际完成情况，用文字写", "2个社区养老服务中心建成运营"
        ),
        "goals": FieldHelp("有几个年度目标、各有分值时，逐个列出"),
        "budget": FieldHelp("预算执行情况"),
        "indicators": FieldHelp(
            "绩效指标：表上印的一级指标、二级指标，下面逐个列出三级指标；没有上级的，直接列出"
        ),
        "standards": FieldHelp("本表对几个指标另定的评分标准，逐条列出，各写明依据"),
        "reason": FieldHelp("表下的“偏差大或目标未完成原因分析”", "部分街道床位改造延期"),
        "measure": FieldHelp("表下的“改进措施及结果应用方案”", "按季度通报建设进度"),
        "purpose": FieldHelp("项目资金的用途，供摘要使用", "养老机构的建设和运营补助"),
        "effects": FieldHelp("主要产出和效果，供摘要使用", "新增养老床位 26 张"),
        "grounds": FieldHelp(
            "立项和安排资金所依据的文件，写进综述",
            "[《养老服务补贴办法》（某政规〔2022〕3号）]",
        ),
        "carried_out": FieldHelp("项目是怎样实施的，写进综述和摘要", "3月招标，6月开工，11月验收"),
        "problems": FieldHelp("单位自己写的存在问题，写进摘要", "部分站点建设进度偏慢"),
        "conclusion": FieldHelp("对项目的总体评价，写进综述和摘要", "项目达到预期，资金使用规范"),
        "filed": FieldHelp("已经报送的总分、等级，只作对照，不参与计算", "{总分: 99.5, 等级: 优}"),
        "source": FieldHelp("录自公开材料的表，写明出处", "2023年度部门决算附件"),
        "note": FieldHelp("给自己看的备注，不打印", "分值待核"),
        "waivers": FieldHelp("经批准不再提示的校核结果，逐条列出"),
        "unconfirmed": FieldHelp(
            "perfeval 从文件里读出、还没有人核对的，写 是；逐项核对以后，由核对的人删去这一行", "是"
        ),
        "read_from": FieldHelp("这张表是 perfeval 从哪个文件里读出来的，由它自己写"),
    },
    ReadFrom: {
        "file": FieldHelp("文件名", "自评表.docx"),
        "digest": FieldHelp("文件内容的 SHA-256，用来看文件后来改过没有"),
        "place": FieldHelp("表在文件里的位置：工作表的名称，或第几张表", "第1张表"),
        "layout": FieldHelp("按哪种表式读的，写表式的编号", "hubei-2020"),
    },
    Budget: {
        "original": FieldHelp("年初批复的预算数", "1300"),
        "final": FieldHelp("全年（调整后）预算数，执行率的分母", "1286.70"),
        "arrived": FieldHelp("到位的资金，表上有“资金到位”一栏的才写", "1286.70"),
        "spent": FieldHelp("全年执行数，执行率的分子", "1269.62"),
        "weight": FieldHelp("预算执行的分值，与办法规定不同、以表为准的才写", "10"),
        "transferred": FieldHelp("执行数中调拨给其他单位的部分", "200"),
        "transfers": FieldHelp(
            "调拨给谁、用在哪里、多少钱", "[{单位: 红卫路街道, 用途: 居家养老补贴, 金额: 120}]"
        ),
        "funds": FieldHelp(
            "资金构成（其中：财政拨款……），只列示，不计分；有几种分法的，写 {按收入性质: [...]}"
        ),
        "filed": FieldHelp(
            "已经填报的分值、执行率和得分，只作对照", "{执行率: 98.67%, 得分: 19.73}"
        ),
        "reason": FieldHelp("预算执行的偏差原因", "项目尾款未到支付节点"),
        "evidence": FieldHelp(
            "证明预算数、执行数的材料，写法同指标的“佐证”", "[佐证/支付明细.xlsx]"
        ),
    },
    FiledBudget: {
        "weight": FieldHelp("表上印的分值", "20"),
        "rate": FieldHelp("已填报的执行率，照印出的写", "98.67%"),
        "points": FieldHelp("已填报的得分", "19.73"),
        "reviewed": FieldHelp("复核分，表上有这一栏的才写", "19.5"),
    },
    FundRow: {
        "name": FieldHelp("资金的名称", "其中：财政拨款"),
        "split": FieldHelp("资金按几种分法列示时，这一行属于哪一种", "按收入性质"),
        "original": FieldHelp("这项资金的年初预算数", "1000"),
        "final": FieldHelp("这项资金的全年（调整后）预算数", "1000"),
        "arrived": FieldHelp("这项资金到位的数", "1000"),
        "spent": FieldHelp("这项资金的执行数；印着“/”“—”的不填，不是 0", "986.5"),
        "filed": FieldHelp("这一行印的分值、执行率和得分，只作对照", "{执行率: 98.65%}"),
    },
    Indicator: {
        "section": FieldHelp("一级指标", "产出指标"),
        "aspect": FieldHelp("二级指标", "数量指标"),
        "name": FieldHelp("三级指标的名称", "新增养老床位数"),
        "weight": FieldHelp("分值，只写数字", "10"),
        "weight_inferred": FieldHelp("表上没有印分值，分值是推定的，写 true", "true"),
        "sign": FieldHelp("目标值的符号；目标值里已经带了符号的不用写", "≥"),
        "unit": FieldHelp("度量单位，表上单列一栏时才写", "张"),
        "target": FieldHelp(f"年度指标值：{_TARGET}", "≥391张"),
        "actual": FieldHelp(f"实际完成值：{_TARGET}；定性指标写办法的用语", "400张"),
        "filed": FieldHelp("已填报的得分，只作对照；定性指标写评定的分", "9.5"),
        "reviewed": FieldHelp("复核得分，表上有这一栏的才写", "9"),
        "reason": FieldHelp("没有完成或大幅超额的，写明原因", "两处场地未交付"),
        "measure": FieldHelp("改进措施", "提前办理场地移交"),
        "parts": FieldHelp("本行下面“其中”的各行，只列示，不计分"),
        "not_applicable": FieldHelp("本指标不适用，写 true", "true"),
        "goal": FieldHelp("属于第几个年度目标，从 1 数起", "1"),
        "units": FieldHelp("几个单位合报一行的，逐个单位列出；本行的目标值、完成值不用再写"),
        "aggregation": FieldHelp(
            "各单位的数怎样合成；不写的，绝对数累加，比率和单位标准按资金加权", "按资金加权平均"
        ),
        "deduction": FieldHelp("复核扣减的分数；办法有这项规定的才扣", "2"),
        "standard": FieldHelp("本指标另定的评分标准：怎样计分，依据什么"),
        "evidence": FieldHelp(
            "证明完成值的材料：文件名（从本表所在的文件夹写起），或存放的地方；不打印",
            "[佐证/床位台账.xlsx, 档案室 2023-17 卷]",
        ),
        "note": FieldHelp("给自己看的备注，不打印", "目标值取自批复"),
    },
    UnitResult: {
        "unit": FieldHelp("单位的名称", "甲街道"),
        "money": FieldHelp("这个单位的资金，加权用；单位同全表的金额单位", "120"),
        "target": FieldHelp(f"这个单位的年度指标值：{_TARGET}", "30人"),
        "actual": FieldHelp(f"这个单位的实际完成值：{_TARGET}", "28人"),
        "filed": FieldHelp("定性指标：这个单位评定的得分，满分是本行的分值", "8"),
    },
    SubIndicator: {
        "name": FieldHelp("“其中”一行的名称", "其中：社区养老床位"),
        "weight": FieldHelp("表上给这一行印的分值，只列示", "2"),
        "target": FieldHelp(f"这一行的年度指标值：{_TARGET}", "100张"),
        "actual": FieldHelp(f"这一行的实际完成值：{_TARGET}", "96张"),
        "filed": FieldHelp("这一行已填报的得分，只列示", "1.92"),
    },
    Goal: {
        "text": FieldHelp("这个年度目标的内容", "完成社区养老服务设施建设"),
        "heading": FieldHelp("表上这个目标的栏名，与表式印的不同才写", "年度绩效目标1（40分）"),
        "weight": FieldHelp("这个目标的分值或权重", "50"),
        "actual": FieldHelp("这个目标的完成情况", "全部建成"),
    },
    FiledSection: {
        "section": FieldHelp("一级指标", "产出指标"),
        "weight": FieldHelp("表上印的分值", "50"),
        "points": FieldHelp("已填报的得分", "48.5"),
    },
    MergedPoints: {
        "rows": FieldHelp("哪几行，写三级指标的名称", "[新建面积, 改建面积]"),
        "points": FieldHelp("这几行合在一起填报的得分", "18"),
    },
    FiledTotal: {
        "weight": FieldHelp("总分一行印的分值", "100"),
        "total": FieldHelp("已填报的总分", "99.5"),
        "grade": FieldHelp("已填报的等级", "优"),
        "reviewed": FieldHelp("复核后的总分", "97"),
        "sections": FieldHelp("表上印的各个一级指标的分值、得分，逐个列出"),
        "merged": FieldHelp("一个得分管几行的，逐个列出"),
        "completion": FieldHelp("文字中所称的绩效目标完成率", "100%"),
        "problems": FieldHelp("摘要里“存在的问题”，照原文写", "无"),
    },
    Transfer: {
        "unit": FieldHelp("收到资金的单位", "红卫路街道"),
        "use": FieldHelp("资金的用途", "居家养老补贴"),
        "amount": FieldHelp("调拨的金额，单位与整张表相同", "120"),
    },
    Waiver: {
        "code": FieldHelp("校核的编号", "FM102"),
        "project": FieldHelp(
            "豁免文件供几张表共用时，写明是哪个项目", "养老服务体系建设运营补助资金"
        ),
        "place": FieldHelp("只豁免一处时，写指标或栏目的名称；不写则整张表", "新增养老床位数"),
        "reason": FieldHelp("为什么可以不改", "当年的表式没有这一栏"),
        "approved": FieldHelp("由谁批准：写岗位，不写人名", "财务科负责人"),
        "until": FieldHelp("豁免的最后一天", "2025-12-31"),
    },
}
_DEPARTMENT: _Table = {
    WorkField: {
        "name": FieldHelp("工作领域的名称", "养老服务"),
        "aim": FieldHelp("要做什么、做到什么程度，印进重点工作完成情况表", "新建服务中心5个"),
        "text": FieldHelp("这个领域完成了什么", "新建服务中心7个，新增床位269张"),
    },
    Department: {
        "unconfirmed": FieldHelp(
            "perfeval 从决算里读出、还没有人核对的，写 是；逐项核对以后，由核对的人删去这一行", "是"
        ),
        "read_from": FieldHelp("部门文件是 perfeval 从哪个文件里读出来的，由它自己写"),
        "abstracts": FieldHelp(
            "要公开摘要的项目名称；不写则有指标的项目都出摘要", "[养老服务补助]"
        ),
        "organisation": FieldHelp("绩效自评是怎样组织的，写进说明（一）", "各科室自评，财务科复核"),
        "grounds": FieldHelp(
            "组织自评所依据的文件，写进说明（一）", "[《某区绩效自评通知》（某财绩〔2024〕1号）]"
        ),
        "conclusion": FieldHelp("对部门整体的评价，写进整体自评", "履职任务基本完成"),
        "work": FieldHelp("各工作领域完成的目标，写进部门整体自评"),
        "problems": FieldHelp("部门整体存在的问题和原因", "个别项目支付进度偏慢"),
        "measure": FieldHelp("部门整体的改进措施", "按季度跟踪执行"),
        "uses": FieldHelp("绩效自评结果用在哪里，写进说明（四）", "作为下年度安排预算的依据"),
        "name": FieldHelp("部门全称", "武汉市青山区民政局（本级）"),
        "year": FieldHelp("预算年度，四位数", "2023"),
        "rulebook": FieldHelp("整体自评按哪个评分办法划等级", "hubei-2020"),
        "money_unit": FieldHelp("文件中全部金额的单位", "万元"),
        "figures": FieldHelp("印出的数：各起一个名字，供比率和合计引用", "{项目支出: {数: 120.5}}"),
        "shares": FieldHelp("印出的比率，以及它的分子、分母"),
        "sums": FieldHelp("印出的合计，以及它由哪些数相加"),
        "scope": FieldHelp("说自评了多少项目、多少资金"),
        "verdict": FieldHelp("部门整体自评的得分和等级", "{得分: 98, 等级: 优}"),
        "projects": FieldHelp("应当有自评表的项目；不写则以文件夹里的表为准", "[{名称: 儿童福利}]"),
        "source": FieldHelp("数字录自哪里", "2023年度部门决算"),
        "note": FieldHelp("给自己看的备注", "附件2未公布"),
        "waivers": FieldHelp("经批准不再提示的校核结果，逐条列出"),
    },
    Figure: {
        "number": FieldHelp("印出的数，照录，不改正", "20563.8"),
        "stage": FieldHelp("是年初预算、全年（调整后）预算，还是决算", "决算"),
        "fund": FieldHelp("资金来自哪本预算", "一般公共预算"),
        "use": FieldHelp("是基本支出、项目支出，还是全部", "项目支出"),
        "place": FieldHelp("印在哪里", "第三部分四"),
        "elsewhere": FieldHelp("同一个数在别处印成什么", "[{数: 20563.81, 处: 第三部分三}]"),
    },
    Elsewhere: {
        "number": FieldHelp("别处印出的数", "20563.81"),
        "place": FieldHelp("印在哪里", "第三部分三"),
    },
    Share: {
        "name": FieldHelp("这个比率是什么", "项目支出执行率"),
        "printed": FieldHelp("印出的百分数", "98.7%"),
        "part": FieldHelp("分子：“数字”里的名字", "项目支出"),
        "base": FieldHelp("分母：“数字”里的名字", "项目支出预算"),
        "kind": FieldHelp("是执行率，还是占比", "执行率"),
        "place": FieldHelp("印在哪里", "第三部分十三（一）"),
    },
    Addition: {
        "total": FieldHelp("合计：“数字”里的名字", "总支出"),
        "parts": FieldHelp("相加的各项：“数字”里的名字，或直接写数", "[基本支出, 项目支出]"),
        "place": FieldHelp("印在哪里", "第三部分四"),
    },
    Coverage: {
        "projects": FieldHelp("说自评了多少个项目", "28"),
        "amount": FieldHelp("涉及的资金：“数字”里的名字", "自评资金"),
        "basis": FieldHelp("这笔资金是预算数，还是执行数", "预算数"),
        "with_transfers": FieldHelp("资金里含有调拨给其他单位的钱，写 true", "true"),
        "listed": FieldHelp("公布的项目有多少个", "19"),
        "left_out": FieldHelp("没有公布的项目和原因", "[{名称: 涉密项目, 原因: 涉密}]"),
        "place": FieldHelp("在哪里说的", "第三部分十三（一）"),
    },
    LeftOut: {
        "name": FieldHelp("没有列入的项目，或一类项目", "涉密项目"),
        "count": FieldHelp("有几个", "9"),
        "amount": FieldHelp("涉及多少资金", "120.5"),
        "reason": FieldHelp("为什么没有列入", "涉密"),
    },
    Verdict: {
        "points": FieldHelp("整体自评得分", "98"),
        "grade": FieldHelp("整体自评等级，照原文写", "优"),
        "completion": FieldHelp("所称的绩效目标完成率", "100%"),
        "place": FieldHelp("印在哪里", "第三部分十三（二）"),
    },
    ProjectEntry: {
        "name": FieldHelp("项目名称，与自评表一致", "儿童福利"),
        "mentions": FieldHelp("同一个项目在别处的叫法", "[{名称: 孤儿生活补助, 处: 附件2}]"),
    },
    Mention: {
        "name": FieldHelp("别处的叫法", "孤儿生活补助"),
        "place": FieldHelp("印在哪里", "附件2"),
    },
}
_METHOD = FieldHelp("计分方法")
_OWN_METHOD = FieldHelp(
    "怎样计分：方法，和它要写的数", "{方法: 每档扣分, 每: 1, 扣: 0.5, 不足一档: 按一档计}"
)
_REACH = FieldHelp("用于哪些指标", "{指标: [在职人员控制率]}")
_SCORED = {
    "method": _METHOD,
    "rate": FieldHelp("计分前执行率先取几位；不写则不舍入", "{位数: 2}"),
    "zero_budget": FieldHelp("预算为零时怎么办", "不计分"),
    "over_budget": FieldHelp("执行数大于预算数时怎么办", "满分"),
}
_OVER = FieldHelp("超额怎么处理")
_THRESHOLD = FieldHelp("完成率达到百分之几起算超额", "130")
_RULEBOOK: _Table = {
    Rulebook: {
        "id": FieldHelp("办法的编号，自评表用它指明办法", "hubei-2020"),
        "name": FieldHelp("办法的名称", "湖北省项目支出绩效自评评分办法"),
        "region": FieldHelp("适用的地区", "湖北省"),
        "version": FieldHelp("这个文件的版本", '"1"'),
        "extends": FieldHelp("继承的办法：编号，或旁边的文件；只写不同之处", "mof-2020"),
        "note": FieldHelp("来源没有说清楚的，在这里说明", "各条施行日期未见"),
        "cited": FieldHelp("来源逐份写一次，各块的“来源”写它在这里的叫法"),
        "weights": FieldHelp("满分怎样分给预算执行和各一级指标"),
        "execution": FieldHelp("预算执行怎样计分"),
        "quantitative": FieldHelp("有数的指标怎样计分"),
        "qualitative": FieldHelp("没有数的指标怎样评定"),
        "standards": FieldHelp("个别指标另有评分标准的，写在这里"),
        "rounding": FieldHelp("得分保留几位小数，怎样舍入"),
        "deductions": FieldHelp("填报的“扣减分数”是否扣；不扣的不写这一块"),
        "caps": FieldHelp("执行率过低时，总分最高多少"),
        "grades": FieldHelp("总分怎样划等级"),
        "reasons": FieldHelp("什么情况必须写偏差原因"),
        "uses": FieldHelp("各等级对下年度预算意味着什么；没有见到条款的不写这一块"),
        "checking": FieldHelp("用哪些校核，各是什么级别"),
        "form": FieldHelp("项目自评表的样子：表式的编号，或在这里写出", "mof-2020"),
        "department_form": FieldHelp("部门整体自评表的样子；与项目相同的不写"),
    },
    Clause: {
        "sources": FieldHelp("出自哪个文件、哪张表：来源表里的叫法，或名称", "天长2022"),
        "clause": FieldHelp("第几条，或原话；没有见过的留空", "表下说明2"),
        "in_force": FieldHelp("这一块从哪一天起施行；与来源的施行相同的不写", "2020-02-25"),
        "note": FieldHelp("来源没有说清楚的，在这里说明"),
    },
    RuleSource: {
        "name": FieldHelp("文件、表或系统的名称", "《项目支出绩效评价管理办法》"),
        "number": FieldHelp("文号", "财预〔2020〕10号"),
        "address": FieldHelp("在哪个网址见到", "www.example.gov.cn/123.htm"),
        "since": FieldHelp("从哪一天起施行；没有见到日期的写“未见”", "2020-02-25"),
        "seen": FieldHelp("见到的是什么；都没有见到的写“未见”", "公开的表"),
        "note": FieldHelp("这份来源要说明的，如网页是转载", "转载"),
    },
    Level: {
        "name": FieldHelp("这一档的名称；没有名称的不写", "一档"),
        "lower": FieldHelp("从多少起（含），到上一档为止；末档写 0", "80"),
    },
    Rounding: {
        "digits": FieldHelp("保留几位小数", "2"),
        "mode": FieldHelp("怎样舍入", "四舍五入"),
    },
    weights.Weights: {
        "scored": FieldHelp("表上计不计分；不计分的，只看完成情况、原因和资金", "否"),
        "full": FieldHelp("满分", "100"),
        "execution": FieldHelp("预算执行的分值；不计分写 0", "20"),
        "schemes": FieldHelp("其余分值的分法；自评表用第一个合适的"),
        "fixed": FieldHelp("表上只能用分值方案里列出的一级指标；一般不写", "否"),
        "goals": FieldHelp("有几个年度目标时，分值合在一起，还是各目标分别计分再折算", "分值合计"),
        "not_applicable": FieldHelp("不适用的指标，分值怎么办", "按适用分值折算"),
    },
    weights.WeightScheme: {
        "name": FieldHelp("这种分法的名称", "通常"),
        "present": FieldHelp("有这些一级指标时才用", "[满意度指标]"),
        "absent": FieldHelp("没有这些一级指标时才用", "[成本指标]"),
        "groups": FieldHelp("一级指标的分值；几个一级指标可以合在一组"),
    },
    weights.WeightGroup: {
        "sections": FieldHelp("这一组的一级指标", "[效益指标, 满意度指标]"),
        "weight": FieldHelp("这一组的分值合计", "40"),
        "usual": FieldHelp("组内通常怎样分", "{效益指标: 20, 满意度指标: 20}"),
    },
    execution.ProportionalExecution: _SCORED,
    execution.LadderExecution: {
        **_SCORED,
        "steps": FieldHelp("各档，由高到低", "[{从: 95, 得分: 10}, {从: 0, 得分: 0}]"),
    },
    execution.LadderStep: {
        "lower": FieldHelp("执行率达到百分之几", "95"),
        "points": FieldHelp("得几分", "10"),
    },
    execution.UnscoredExecution: {"method": _METHOD},
    proportional.Proportional: {
        "method": _METHOD,
        "pass_mark": FieldHelp("完成率低于百分之几不得分", "60"),
    },
    inverse_ratio.InverseRatio: {
        "method": _METHOD,
        "pass_mark": FieldHelp("目标值不到完成值的百分之几时不得分", "60"),
    },
    linear_shortfall.LinearShortfall: {
        "method": _METHOD,
        "zero_at": FieldHelp("完成值到目标值的几倍时扣完", "2"),
    },
    all_or_nothing.AllOrNothing: {"method": _METHOD},
    step_deduction.StepDeduction: {
        "method": _METHOD,
        "step": FieldHelp("偏离目标值每多少算一档，单位同目标值", "1"),
        "deduction": FieldHelp("每一档扣几分", "0.5"),
        "measure": FieldHelp("一档按差额数，还是按目标值的百分比数", "差额"),
        "part": FieldHelp("不到一档的零头怎么算", "按一档计"),
        "allowed": FieldHelp("偏差在多少以内不扣分；不写则一有偏差就扣", "5"),
    },
    lateness.Lateness: {
        "method": _METHOD,
        "step": FieldHelp("每逾期多少算一档，单位见“单位”", "1"),
        "unit": FieldHelp("按什么计逾期：天、个月、个季度", "个月"),
        "deduction": FieldHelp("每一档扣几分", "1"),
        "part": FieldHelp("不到一档的零头怎么算", "按一档计"),
    },
    value_ladder.ValueLadder: {
        "method": _METHOD,
        "measure": FieldHelp("按完成值分档，还是按完成率（完成值占目标值的百分之几）", "完成值"),
        "rungs": FieldHelp(
            "各档，合起来不留空、不重叠",
            "[{不高于: 0, 得分: 8}, {高于: 0, 不高于: 10, 得分: 6}, {高于: 10, 得分: 0}]",
        ),
    },
    value_ladder.ValueRung: {
        "at_least": FieldHelp("从多少起，含这个数", "90"),
        "above": FieldHelp("从多少起，不含这个数", "10"),
        "at_most": FieldHelp("到多少为止，含这个数", "10"),
        "below": FieldHelp("到多少为止，不含这个数", "90"),
        "points": FieldHelp("这一档得几分；按分值的百分比给分的写“比例”", "6"),
        "share": FieldHelp("这一档得分值的百分之几", "60"),
    },
    graded.GradedWords: {
        "method": _METHOD,
        "levels": FieldHelp(
            "各档，由高到低，从 100 到 0 不留空",
            "[{名称: 好, 从: 80, 用语: [已建成]}, {名称: 差, 从: 0, 用语: [未建成]}]",
        ),
    },
    standard.Standard: {
        "method": _OWN_METHOD,
        "basis": FieldHelp("这样计分的依据：文件、批复，或表下的说明", "部门整体自评表注3"),
    },
    standard.GroupStandard: {"reach": _REACH},
    standard.Reach: {
        "names": FieldHelp("三级指标的名称；不写则不限", "[在职人员控制率, 三公经费变动率]"),
        "aspects": FieldHelp("二级指标；不写则不限", "[时效指标]"),
        "sections": FieldHelp("一级指标；不写则不限", "[满意度指标]"),
    },
    standard.RuledMethod: {"reach": _REACH, "method": _OWN_METHOD},
    standard.Standards: {"items": FieldHelp("各项：用于哪些指标，怎样计分；先写的先用")},
    steps.Steps: {
        "method": _METHOD,
        "steps": FieldHelp("各档，由高到低", "[{从: 90, 比例: 100}, {从: 80, 比例: 60}]"),
    },
    steps.Step: {
        "lower": FieldHelp("完成值达到百分之几", "90"),
        "share": FieldHelp("得分值的百分之几", "100"),
    },
    over_achievement.OverNote: {"action": _OVER, "threshold": _THRESHOLD},
    over_achievement.OverReason: {"action": _OVER, "threshold": _THRESHOLD},
    over_achievement.OverFixed: {
        "action": _OVER,
        "threshold": _THRESHOLD,
        "deduction": FieldHelp("扣几分", "1"),
    },
    over_achievement.OverProportional: {"action": _OVER, "threshold": _THRESHOLD},
    indicators.Quantitative: {
        "positive": FieldHelp("≥、＞ 的指标怎样计分", "{方法: 按完成比例}"),
        "reverse": FieldHelp("≤、＜ 的指标怎样计分", "{方法: 反比}"),
        "equal": FieldHelp("＝ 的指标怎样计分", "{方法: 按完成比例}"),
        "equal_means": FieldHelp("＝ 怎样算达标", "不低于即达标"),
        "zero_target": FieldHelp("目标为 0、符号为 ＝ 的怎样计分", "为零得满分"),
        "satisfaction": FieldHelp("满意度的百分数另按档次计分的，写在这里"),
        "over": FieldHelp("完成率超过多少算超额，怎样处理", "{处理: 提示, 阈值: 130}"),
        "completion_rate": FieldHelp("目标不是百分数、完成值写成完成率的怎么办", "按完成率计分"),
        "achieved_words": FieldHelp("表示达成的用语", "[完成, 达成]"),
        "failed_words": FieldHelp("表示没有达成的用语，达标计分的得 0 分", "[否, 未完成]"),
        "in_time_words": FieldHelp("表示按期的用语，目标是期限时算达成", "[按时, 按期完成]"),
        "degree_words": FieldHelp("可以只做一部分的事，完成率按比例计分", "[发放, 全覆盖]"),
    },
    bands.Qualitative: {
        "levels": FieldHelp("各档，由高到低，从 100 到 0 不留空"),
        "good_words": FieldHelp("通用的好评用语，归首档", "[满意, 显著]"),
        "fair_words": FieldHelp("通用的中评用语，归第二档", "[一般]"),
        "poor_words": FieldHelp("通用的差评用语，归末档", "[较差]"),
        "grades": FieldHelp("等次由好到差的顺序，可以有几种", "[[优秀, 良好, 合格]]"),
    },
    bands.WordLevel: {
        "name": FieldHelp("这一档的名称", "达成预期指标"),
        "lower": FieldHelp("从分值的百分之几起（含）；末档写 0", "80"),
        "edge": FieldHelp("正好在“从”上的归哪一档", "两可"),
        "words": FieldHelp("完成值写什么算这一档", "[达成预期指标, 达成]"),
        "fixed": FieldHelp("这一档固定得百分之几；由人评定的不写", "100"),
    },
    totals.RoundingRule: {
        "row": FieldHelp("每一行得分的舍入", "{位数: 2}"),
        "subtotal": FieldHelp("小计另行舍入的才写", "{位数: 1}"),
        "total": FieldHelp("总分另行舍入的才写", "{位数: 1}"),
        "printed": FieldHelp("印出的位数比计算的少的才写", "{位数: 1}"),
    },
    caps.TotalCaps: {"levels": FieldHelp("各档，执行率由高到低", "[{从: 60}, {从: 0, 最高: 80}]")},
    caps.CapLevel: {
        "lower": FieldHelp("从百分之几的执行率起（含）；末档写 0", "60"),
        "maximum": FieldHelp("总分最高几分；首档不封顶，不写", "80"),
    },
    totals.Grades: {"bands": FieldHelp("各等级，由高到低，最后一档从 0 起")},
    totals.GradeBand: {
        "name": FieldHelp("等级", "优"),
        "lower": FieldHelp("总分达到几分（含）", "90"),
    },
    totals.ResultUses: {
        "grades": FieldHelp("条款讲到的各等级怎样安排", "[{等级: 优, 安排: 优先保障}]")
    },
    totals.GradeUse: {
        "grade": FieldHelp("等级，用“等级”里的名称", "优"),
        "kind": FieldHelp("下年度预算怎样安排", "优先保障"),
        "words": FieldHelp("条款的说法；与“安排”相同的不写", "予以一定比例核减"),
    },
    totals.ReasonRule: {
        "points_lost": FieldHelp("得分低于分值就须说明写 true", "true"),
        "rate_below": FieldHelp("执行率低于百分之几须说明", "90"),
        "over": FieldHelp("完成率达到百分之几须说明", "130"),
        "over_zero": FieldHelp("目标值为 0 时，完成值达到多少须说明", "30"),
    },
    Checking: {
        "disabled": FieldHelp("停用的校核：编号，或开头的字母", "[FM102, TX]"),
        "severity": FieldHelp("改变级别的校核", "{FM102: 提示}"),
        "one_line": FieldHelp("一级指标的分值达到多少，就不应只有一行", "20"),
        "lagging": FieldHelp("预算执行得分率可以比指标低百分之几", "5"),
        "named": FieldHelp("原因里有指标名称的几个连续的字，算提到了它", "4"),
        "sentence": FieldHelp("两张表里相同的句子从几个字起算雷同", "12"),
        "all_full": FieldHelp("从几张表起，全部满分要提示", "3"),
    },
    form.Form: {
        "id": FieldHelp("表式的编号，办法用它指明表式；不写则用办法的编号", "hubei-2020"),
        "extends": FieldHelp("照哪一个表式，只写不同之处", "mof-2020"),
        "aliases": FieldHelp("别处对同一栏的叫法", "{完成值: [全年实际值]}"),
        "signature": FieldHelp("认出这种表的字，填好的表上都有", "[年初目标值（A）]"),
        "title": FieldHelp("表的标题", '"{年度}年度{项目名称}项目绩效自评表"'),
        "above_left": FieldHelp("表上方左边的字", '"部门名称：{部门名称}"'),
        "above_right": FieldHelp("表上方右边的字", '"金额单位：{金额单位}"'),
        "landscape": FieldHelp("横向纸写 true", "true"),
        "money_unit": FieldHelp("打印的金额单位；不写则照自评表", "万元"),
        "grouped_digits": FieldHelp("金额印千分位写 true", "true"),
        "rate_digits": FieldHelp("执行率印几位小数", "2"),
        "amount_digits": FieldHelp("文字材料里的金额印几位小数", "2"),
        "section_heading": FieldHelp("一级指标一栏怎样印", '"{一级指标}（{分值}分）"'),
        "goal_heading": FieldHelp("几个年度目标各印一个栏名的，写栏名", '"目标{序号}（{分值}分）"'),
        "options": FieldHelp(
            "项目类别、属性、类型各有哪些方框", "{项目属性: [持续性项目, 新增性项目]}"
        ),
        "header": FieldHelp(
            "预算之上的各行，逐行逐格列出", "[[{标签: 项目名称}, {字段: 项目名称}]]"
        ),
        "budget": FieldHelp("预算一块的各栏；没有这一块的不写"),
        "budget_row": FieldHelp("资金总额一行的名称", "年度资金总额"),
        "levels": FieldHelp("选项里的级别用词，按填报单位的级别换印", "[区级, 县级, 市级]"),
        "funds": FieldHelp("资金构成各行的名称", "['其中：财政拨款', 其他资金]"),
        "fund_aliases": FieldHelp(
            "同一种资金在各张表上的不同名称", "[[当年财政拨款, 财政拨款], [其他资金, 其他]]"
        ),
        "omitted_signs": FieldHelp("符号一栏里不印的符号", "[≥]"),
        "no_points": FieldHelp("不计分的格子印什么", '"-"'),
        "middle": FieldHelp("预算与指标之间的各行"),
        "indicators": FieldHelp("指标一块的各栏，也是整张表的各栏"),
        "execution_row": FieldHelp("预算执行在指标末尾另印一行的，写这一行的名称", "预算执行率"),
        "footer": FieldHelp("指标之下的各行"),
        "scoring_notes": FieldHelp(
            "附注中属于评分规定的是第几条；用于别的办法评分的表时不印这几条", "[1, 3]"
        ),
        "notes": FieldHelp("表下的说明，每条一行"),
        "signatures": FieldHelp("表下的签字栏", "[填表人, 负责人]"),
    },
    form.FormCell: {
        "label": FieldHelp("这一格印的字", "项目名称"),
        "field": FieldHelp("这一格填自评表的哪一项", "项目名称"),
        "boxes": FieldHelp("这一格印哪一项的方框", "项目属性"),
        "span": FieldHelp("横着占几栏", "2"),
        "rows": FieldHelp("竖着占几行", "2"),
    },
    form.BudgetColumn: {
        "content": FieldHelp("这一栏填什么", "执行率"),
        "heading": FieldHelp("栏名；不写则印内容的名称", "执行率（B/A）"),
        "span": FieldHelp("横着占指标的几栏", "2"),
    },
    form.IndicatorColumn: {
        "content": FieldHelp("这一栏填什么", "三级指标"),
        "heading": FieldHelp("栏名；不写则印内容的名称", "三级指标"),
        "group": FieldHelp("与相邻的栏共用的上级栏名", "偏差原因分析及改进措施"),
        "width": FieldHelp("栏宽，毫米", "30"),
    },
}
HELP: _Table = {**_SHEET, **_DEPARTMENT, **_RULEBOOK}
"""What to write in each field, by the model that declares it."""

CELL_HELP = {
    "值": FieldHelp("算分用的数", "42"),
    "文本": FieldHelp("表上印的原样", "42（3）"),
    "单位": FieldHelp("这个数的单位", "人"),
}
"""The same for a cell that is written in parts."""


def help_for(model: type[BaseModel], name: str) -> FieldHelp:
    """Return what to write in a field of a model, which may have it from another.

    Raises:
        LookupError: Nobody has written that yet.
    """
    for base in model.__mro__:
        if name in HELP.get(base, {}):
            return HELP[base][name]
    raise LookupError(f"field_help.py does not say what to write in {model.__name__}.{name}")
