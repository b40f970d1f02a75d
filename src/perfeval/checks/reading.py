"""读取: what readers find before there is a sheet to score, and what is wrong with waivers.

No function stands behind these codes: a reader meets the fault while it reads and reports it by
its kind.  The table gives each kind its code and its page.
"""

from __future__ import annotations

from perfeval.checks.registry import CHECKS, Check, CheckPage, Scope, add
from perfeval.findings import Nature, Severity


def _read(
    code: str, kind: str, severity: Severity, page: CheckPage, scope: Scope = Scope.FILE
) -> Check:
    return add(Check(code, kind, scope, severity, Nature.DECIDABLE, page, None, (kind,)))


_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

_read(
    "YM101",
    "encoding",
    _ERROR,
    CheckPage(
        "文件不是 UTF-8，也不是 GB18030（GBK）编码的文本。",
        "读不出字，什么都没有检查。",
        "把 .docx 改名成 .yaml。",
        "另存为 UTF-8 文本。",
        "软件支持的编码。",
    ),
)  # The file is neither UTF-8 nor GB18030.

_read(
    "YM102",
    "too-large",
    _ERROR,
    CheckPage(
        "文件或内容的项数超过上限。",
        "为防止把机器拖垮，没有读取。",
        "误选了几十 MB 的导出文件。",
        "检查是否选错了文件；一张自评表只有几十 KB。",
        "软件的安全上限。",
    ),
)  # The file is too large.

_read(
    "YM103",
    "too-deep",
    _ERROR,
    CheckPage(
        "内容一层套一层，超过上限。",
        "为防止把程序拖垮，没有读取。",
        "几百个方括号套在一起。",
        "检查文件是否损坏。",
        "软件的安全上限。",
    ),
)  # The nesting is too deep.

_read(
    "YM104",
    "syntax",
    _ERROR,
    CheckPage(
        "缩进、冒号、引号或括号不对，读不通。",
        "读到这里停下，后面没有检查。",
        "“年度：2023”用了全角冒号。",
        "英文冒号后空一格；缩进用空格；引号成对。",
        "YAML 1.2 的写法。",
    ),
)  # The text is not YAML.

_read(
    "YM105",
    "control-character",
    _ERROR,
    CheckPage(
        "文本里有不能打印的控制字符。",
        "读到这里停下，后面没有检查。",
        "从别的软件复制来的不可见字符。",
        "删去该字符。",
        "YAML 1.2 的写法。",
    ),
)  # The text has a control character.

_read(
    "YM106",
    "duplicate-key",
    _ERROR,
    CheckPage(
        "同一个名称写了两次。",
        "不知道以哪一个为准。",
        "同一行里有两个“分值”。",
        "只保留一处。",
        "YAML 1.2 的写法。",
    ),
)  # A key stands twice.

_read(
    "YM107",
    "anchor",
    _ERROR,
    CheckPage(
        "用了锚点（&）。",
        "自评表不需要，而且会被用来制造超大的内容。",
        "&a 2",
        "把内容原样写出来。",
        "软件的安全规定。",
    ),
)  # The text has an anchor.

_read(
    "YM108",
    "alias",
    _ERROR,
    CheckPage(
        "用了引用（*）。",
        "自评表不需要，而且会被用来制造超大的内容。",
        "分值: *a",
        "把内容原样写出来。",
        "软件的安全规定。",
    ),
)  # The text has an alias.

_read(
    "YM109",
    "tag",
    _ERROR,
    CheckPage(
        "用了类型标记（!）。",
        "自评表不需要，而且会被用来执行代码。",
        "!!python/object",
        "删去标记。",
        "软件的安全规定。",
    ),
)  # The text has a type tag.

_read(
    "YM110",
    "documents",
    _ERROR,
    CheckPage(
        "一个文件里有两份内容（---）。",
        "只能有一份，第二份不知道算什么。",
        "两张表存在一个文件里，用 --- 隔开。",
        "另存为两个文件。",
        "一个文件一张表。",
    ),
)  # The file has more than one document.

_read(
    "YM111",
    "key",
    _ERROR,
    CheckPage(
        "名称不是文字，而是列表或下级内容。",
        "读到这里停下，后面没有检查。",
        "? [a]: 1",
        "改成“名称: 内容”。",
        "YAML 1.2 的写法。",
    ),
)  # A key is not a text.

_read(
    "YM112",
    "unreadable",
    _ERROR,
    CheckPage(
        "没有这个文件，或打不开。",
        "什么都没有检查。",
        "文件名写错，或没有权限。",
        "检查文件名和所在的文件夹。",
        "操作系统的答复。",
    ),
)  # The file cannot be opened.

_read(
    "YM113",
    "empty",
    _ERROR,
    CheckPage(
        "文件里没有内容。",
        "什么都没有检查。",
        "新建后没有保存内容。",
        "用 perfeval new 生成一张带说明的空表。",
        "—",
    ),
)  # The file is empty.

_read(
    "YM114",
    "many",
    _ERROR,
    CheckPage(
        "问题太多，没有全部列出。",
        "列出的改正后还会有。",
        "整张表的缩进错了。",
        "先改正已列出的，再检查一次。",
        "软件一次最多列出的个数。",
    ),
)  # There are too many problems to list.

_read(
    "SH101",
    "missing",
    _ERROR,
    CheckPage(
        "缺少必填的内容。",
        "没有它就不知道是哪张表、按什么办法算。",
        "没有写“年度”。",
        "补填。",
        "自评表的必填栏。",
    ),
)  # A field that must be there is missing.

_read(
    "SH102",
    "unknown",
    _ERROR,
    CheckPage(
        "名称不认识。",
        "这一项没有读进来，可能正是要紧的一项。",
        "“分值”写成“权重”。",
        "改成提示的名称，或删去。",
        "自评表的写法。",
    ),
)  # A key is not known.

_read(
    "SH103",
    "structure",
    _ERROR,
    CheckPage(
        "层次不对：该是列表的写成了文字，或该有下级的没有。",
        "这一部分没有读进来。",
        "“数量指标”下面没有用 “- ” 开头的列表。",
        "照空表的样子写。",
        "自评表的写法。",
    ),
)  # The structure is not that of a sheet.

_read(
    "SH104",
    "number-form",
    _ERROR,
    CheckPage(
        "写法不规范的数：前导零、千分下划线、全角数字、正号、科学记数。",
        "可能是另一个数，所以不猜。",
        "０１２、0102、1_000、+5、1e3。",
        "改成提示的写法；全角数字、正号和下划线可以用 --fix 改。",
        "数字写法的规定。",
    ),
)  # A number is not written as one.

_read(
    "SH105",
    "number",
    _ERROR,
    CheckPage(
        "应是数的地方不是数，或年度不是四位年份。",
        "不能计算。",
        "分值写“两分”。",
        "填写数字，不带单位。",
        "自评表的写法。",
    ),
)  # A figure is not a number.

_read(
    "SH106",
    "float",
    _ERROR,
    CheckPage(
        "程序传入了浮点数。",
        "浮点数存不准小数，19.73 会变成 19.729999…。",
        '{"分值": 2.5}（Python 的 float）。',
        "传入 Decimal、整数或文字。",
        "本软件只用十进制精确计算。",
    ),
)  # A host program passed a float.

_read(
    "SH107",
    "negative",
    _ERROR,
    CheckPage(
        "分值或金额是负数。",
        "不能计算。",
        "预算数 -5。",
        "核对后填写。",
        "金额和分值不小于 0。",
    ),
)  # A figure is below 0 where it cannot be.

_read(
    "SH108",
    "choice",
    _ERROR,
    CheckPage(
        "写的不是可选的几个词。",
        "这一项没有读进来。",
        "符号写“大于”。",
        "从提示的写法里选。",
        "自评表的写法。",
    ),
)  # A word is not one of those allowed.

_read(
    "SH109",
    "repeated",
    _ERROR,
    CheckPage(
        "同一项用两种写法写了两次。",
        "不知道以哪一个为准。",
        "“产出指标”和“产出”都写了。",
        "合并到一处。",
        "自评表的写法。",
    ),
)  # The same thing stands twice under two names.

_read(
    "SH110",
    "rulebook",
    _ERROR,
    CheckPage(
        "找不到表里写的评分办法，或它本身有错。",
        "没有办法就不能计分，校核也没有做。",
        "评分办法: 没有的编号。",
        "用 perfeval rulebooks 查看编号。",
        "一张表必须指明评分办法。",
    ),
)  # The rulebook is unknown or wrong.

_read(
    "RB101",
    "proof",
    _ERROR,
    CheckPage(
        "评分办法的数据自相矛盾：分值不合、档次有缝或重叠。",
        "按它计分会出错，所以不用。",
        "各项分值合计 95。",
        "照提示改正评分办法。",
        "办法载入时的自查。",
    ),
)  # A rulebook contradicts itself.

_read(
    "RB102",
    "inheritance",
    _ERROR,
    CheckPage(
        "继承的评分办法找不到，或绕成了圈。",
        "办法不完整，不能用。",
        "继承: 没有的编号。",
        "改成存在的编号。",
        "办法的继承规则。",
    ),
)  # A rulebook inherits from one that cannot be read.

_read(
    "RB103",
    "unsourced",
    _ERROR,
    CheckPage(
        "改动了继承的规定，没有写明自己的来源。",
        "看起来像是上级办法规定的，其实不是。",
        "只改了档次，没有写“来源”。",
        "补上来源；条款不详的留空。",
        "评分办法的每一块都要有来源。",
    ),
)  # A changed clause has no source of its own.

_read(
    "RB104",
    "versions",
    _ERROR,
    CheckPage(
        "同一块规定在同一年有两个版本。",
        "不知道哪一个适用。",
        "两个版本都写“施行: 2023-01-01”。",
        "改正施行日期。",
        "评分办法按年度选用版本。",
    ),
)  # Two versions of a clause begin in the same year.

_read(
    "RB105",
    "no-such-code",
    _ERROR,
    CheckPage(
        "“校核”里写的编号不存在，或把推测的校核设成了“错误”。",
        "这一条不起作用，或会让推测使检查不通过。",
        "停用: [PT999]。",
        "用 perfeval checks 查看编号；推测的最多设为“警告”。",
        "推测不作结论。",
    ),
)  # A rulebook names a check that does not exist, or a level that it cannot have.

_read(
    "WV101",
    "expired",
    _WARNING,
    CheckPage(
        "豁免过了有效期。",
        "到期后所豁免的问题重新列出。",
        "有效期至 2023-12-31，今天已是 2024 年。",
        "重新批准，或改正问题。",
        "豁免应有期限。",
    ),
)  # A waiver has expired.

_read(
    "WV102",
    "unused",
    _WARNING,
    CheckPage(
        "豁免没有对应的问题。",
        "问题已经改正，或编号、位置写错；留着会盖住以后的问题。",
        "豁免 PT102，而这一行现在没有问题。",
        "删去这条豁免。",
        "豁免一事一批。",
    ),
)  # A waiver covers no finding.

_read(
    "WV103",
    "name",
    _WARNING,
    CheckPage(
        "“批准”像是人名，不像岗位。",
        "豁免凭岗位批准；人名不应写在自评表里。",
        "批准: 张三。",
        "写岗位，如“财务科负责人”。",
        "不记录个人姓名。",
    ),
)  # A waiver is approved by a person's name, not by a post.

_read(
    "WV104",
    "code",
    _ERROR,
    CheckPage(
        "豁免的编号不存在。",
        "这条豁免没有作用。",
        "编号: PT999。",
        "用 perfeval checks 查看编号。",
        "—",
    ),
)  # A waiver names an unknown check.

_read(
    "DC101",
    "slot-left-blank",
    _WARNING,
    CheckPage(
        "综述、摘要或说明要用的一栏没有填写。",
        "文中留着“（请补充……）”，不能公布。",
        "没有执行数，综述写成“执行数（请补充执行数）”。",
        "在自评表或 department.yaml 里填写这一栏，再生成一次。",
        "综述和情况说明的必写内容。",
    ),
    Scope.DOCUMENT,
)  # A text asks for a field that is blank.

UNOPENED = tuple(
    code
    for code, check in CHECKS.items()
    if not {"encoding", "too-large", "unreadable"}.isdisjoint(check.kinds)
)
"""The codes of files of which nothing at all could be read."""
