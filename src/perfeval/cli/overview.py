"""What ``perfeval --help`` says: the commands, and what they return."""

from __future__ import annotations

COMMANDS = {
    "score": "计分：按办法算出各行得分、总分和等级，与已填报的对照",
    "explain": "说明：每一行的得分怎么来的，依据哪一条",
    "render": "出表：生成自评表、综述、摘要，或整个部门的材料",
    "check": "校核：列出全部发现，指到文件的行和列",
    "proof": "校对：决算公开稿里的数，前后对不对得上",
    "read": "读表：把 Word、Excel、PDF 等文件里的自评表读成 YAML，列出推定和没有读到的",
    "confirm": "确认：列出读表时推定的、还没有定的，核对以后去掉“未确认”",
    "layouts": "表式：列出能认的表式，或说明其中一种读哪些栏",
    "new": "新建：按某个办法生成带说明的空表或部门文件",
    "form": "填报表：生成 Excel 表（.xlsx），离线填写，得分自动算出",
    "compare": "比较：同一张表按几个办法各得多少分，差在哪里",
    "diff": "对照：退回修改的表前后两份改了什么，哪些没有人要求改，发现改正了没有",
    "sheets": "列出随软件附带的自评表",
    "rulebooks": "评分办法：列出、查看、比较、验证、新建",
    "review": "复核：收件清点、排查、抽样、底稿、佐证、结果",
    "verify": "核对：照运行清单重做一次，看结果是否一样",
    "checks": "校核清单：列出全部校核，或说明其中一项",
    "schema": "格式说明（JSON Schema）：让编辑器边写边提示",
    "completion": "补全脚本：让 bash 或 PowerShell 按 Tab 键补全命令和选项",
    "help": "帮助：显示总的说明，或某个命令的说明",
}
ACTIONS = {
    "rulebooks": {
        "show": "查看：用大白话逐条说明一个办法，注明来源",
        "diff": "比较：从一个办法改用另一个，有哪些变化",
        "test": "验证：用办法自带的示例检验办法",
        "new": "新建：生成一个继承某办法、带说明的办法文件",
    },
    "review": {
        "intake": "收件清点：交了什么、缺什么、重复的、表式不对的、读不出来的",
        "evidence": "佐证：各指标要什么材料，给了什么，还缺什么",
        "rank": "排查：先看哪些部门和项目，满分的、雷同的、离群的、等级分布",
        "sample": "抽样：按资金、风险、单位或随机抽，附办法，谁都能重抽一遍；也核对抽样表",
        "results": "结果：通报，复核前后的等级，扣分原因，结果应用建议，各年趋势",
        "workpaper": "复核底稿：生成 Excel 底稿，预先填好，复核得分和偏离度自动算出",
        "grade": "评定：读回填好的底稿，给出复核得分、等级、按代码的扣分，并校核复核本身",
    },
}
"""The second words of commands that have several."""
USAGE = "用法：perfeval COMMAND ..."


def help_text() -> str:
    """Return the help of the program as a whole."""
    commands = "\n".join(f"  {name:<11}{summary}" for name, summary in COMMANDS.items())
    return f"""\
{USAGE}

预算绩效自评表：计分、说明、校核、出表。

命令（perfeval COMMAND --help 看各命令的参数和选项）:
{commands}

选项:
  -h, --help     显示这段帮助
  -V, --version  显示版本

FILE 可以是自评表（.yaml，或手头的 Word、Excel、PDF、网页）、文件夹、-（从标准输入读一张表），
或随软件附带的表，如
  shipped:qingshan-2023/养老服务体系建设运营补助资金
读表（read）还可以写 Word、Excel、PDF、网页文件和 .zip 压缩包。
退出码：0 有结果；2 没有结果；1 仅用于 check、proof（有“错误”级的发现）、
verify（重做的结果不一样）和 rulebooks test（有示例不符）。"""


def unknown_text(word: str) -> str:
    """Say that *word* is not a command, with the one that it resembles."""
    from difflib import get_close_matches

    near = get_close_matches(word, COMMANDS, n=1)
    hint = f"是不是 {near[0]}？" if near else f"可用的有 {'、'.join(COMMANDS)}"
    return f"{USAGE}\nperfeval：没有命令“{word}”，{hint}"
