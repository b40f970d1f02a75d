"""The help beside each cell that is filled in, and what may be typed there; from the rulebook."""

from __future__ import annotations

from perfeval.cells.signs import Sign
from perfeval.documents.form.asides import CONFIRMED, UNCONFIRMED
from perfeval.documents.rulebooks.statements.indicators import about_figures, about_words
from perfeval.documents.rulebooks.statements.statement import rounding_text
from perfeval.documents.rulebooks.statements.weights import about
from perfeval.documents.workbook.page import DataValidation
from perfeval.documents.workbook.rows import YES
from perfeval.numbers import trimmed
from perfeval.rulebook import Rulebook

MOST_HELP = 255
"""The longest text that may appear beside a cell."""
SIGN_CHOICES = '"' + ",".join(sign.value for sign in Sign) + '"'
_YEARS = ("1949", "2999")
_NUMBER_ERROR = "请只填数，不写单位，不能是负数。"


def shortened(text: str) -> str:
    """Return a help text that fits."""
    return text if len(text) <= MOST_HELP else text[: MOST_HELP - 1] + "…"


_NO_SHARES = frozenset({"满分", "多个年度目标", "不适用的指标"})
"""Statements about 分值 that give no part a share of it."""


class HelpPage:
    """The checks of the cells that are filled in, for one rulebook."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._book = rulebook
        said = {item.label: item.value for item in about_figures(rulebook)}
        self._upward = said["正向指标（≥、＞）"]
        self._downward = said["反向指标（≤、＜）"]
        self._judged = [
            item.value for item in about_words(rulebook) if item.label.endswith("的得分")
        ]

    def name(self) -> DataValidation:
        """Return the check of 三级指标."""
        text = "一行填一个指标。用不到的行整行留空，分值改填到别的行；空行可以隐藏。"
        return _help("指标名称", text)

    def weight(self) -> DataValidation:
        """Return the check of 分值."""
        shares = "，".join(
            f"{item.label} {item.value}"
            for item in about(self._book)
            if item.label not in _NO_SHARES
        )
        full = trimmed(self._book.weights.full)
        text = f"这一行的满分。各行分值合计要与办法一致：{shares}。不一致时标题变红。"
        return DataValidation(
            kind="decimal",
            first="0",
            second=full,
            title="分值",
            help=shortened(text),
            error=f"请填 0 至 {full} 之间的数。",
        )

    def sign(self) -> DataValidation:
        """Return the check of 符号."""
        text = (
            "从下拉中选。≥ ＞：越高越好；≤ ＜：越低越好；＝：等于；"
            "定性：按用语归档，在“评定得分”填分。不选的，按目标值里写的符号；也没有写的，按 ≥。"
        )
        return DataValidation(
            kind="list",
            first=SIGN_CHOICES,
            second="",
            title="符号",
            help=text,
            error="请从下拉中选一个符号。",
        )

    def target(self) -> DataValidation:
        """Return the check of 目标值."""
        text = (
            "写数或文字，数可以带单位，如 391张、95%、≤5300元/户。"
            "文字的目标（如“得到提升”）按用语归档。一格有两个数、或前后有别的字的，在右边“计分用目标值”写明按哪个数算。"
        )
        return _help("目标值", text)

    def actual(self, words: str) -> DataValidation:
        """Return the check of 完成值; its choices are the rulebook's words, or anything else."""
        rounding = rounding_text(self._book.rounding.row)
        text = (
            f"≥ ＞：{self._upward}。≤ ＜：{self._downward}。"
            f"得分{rounding}，不超过分值。定性：从下拉选用语。"
        )
        return DataValidation("list", words, "", "完成值", shortened(text))

    def given(self, name: str) -> DataValidation:
        """Return the check of the number that counts in place of a printed text."""
        text = (
            f"一般留空。{name}一格里有两个数，或者右边说明读不出数的，"
            "在这里写按哪个数算（百分数写 95，不写 0.95）。"
        )
        return DataValidation(
            kind="decimal",
            first="-99999999999",
            second="99999999999",
            title=f"计分用{name}",
            help=text,
            error="请只填一个数。",
        )

    def judged(self, weight: str) -> DataValidation:
        """Return the check of 评定得分, which lies between 0 and the row's weight."""
        bands = "；".join(self._judged)
        text = f"只有定性指标要填：按完成值的用语归档，在该档内评定。从首档到末档：{bands}。"
        return DataValidation(
            kind="decimal",
            first="0",
            second=weight,
            title="评定得分",
            help=shortened(text),
            error="得分应在 0 与分值之间。",
        )

    def unapplied(self) -> DataValidation:
        """Return the check of 不适用."""
        rule = self._book.weights.not_applicable
        text = f"本年不适用的指标选“{YES}”。处理办法：{rule}。"
        return DataValidation(
            kind="list",
            first=f'"{YES}"',
            second="",
            title="不适用",
            help=text,
            error=f"请选“{YES}”，或者留空。",
        )

    def goal(self, goals: int) -> DataValidation:
        """Return the check of 所属目标."""
        text = f"这个指标属于第几个年度目标，填 1 至 {goals}。"
        return DataValidation(
            kind="whole", first="1", second=str(goals), title="所属目标", help=text, error=text
        )

    def confirmed(self) -> DataValidation:
        """Return the check of 确认."""
        text = "这一行沿用了上年的内容（斜体）。核对后改写，或者改选“已确认”。"
        choices = f'"{UNCONFIRMED},{CONFIRMED}"'
        return DataValidation(
            kind="list", first=choices, second="", title="确认", help=text, error="请从下拉中选。"
        )

    def year(self) -> DataValidation:
        """Return the check of 年度."""
        first, last = _YEARS
        return DataValidation(
            kind="whole",
            first=first,
            second=last,
            title="年度",
            help="四位年份，如 2023。",
            error="年度应是四位年份，如 2023。",
        )

    def money(self, name: str, unit: str) -> DataValidation:
        """Return the check of an amount."""
        text = f"只填数，不写单位（{unit}）。没有的留空，不要填 0：0 表示预算为零。"
        return DataValidation(
            kind="decimal",
            first="0",
            second="9999999999999",
            title=name,
            help=text,
            error=_NUMBER_ERROR,
        )

    def choice(self, name: str, choices: str) -> DataValidation:
        """Return the check of a box."""
        return DataValidation(
            kind="list",
            first=choices,
            second="",
            title=name,
            help=f"从下拉中选一项{name}。",
            error="请从下拉中选。",
        )

    def goal_weight(self) -> DataValidation:
        """Return the check of a goal's weight or share."""
        full = trimmed(self._book.weights.full)
        text = "这个年度目标的分值；按比例折算的，填百分之几。"
        return DataValidation(
            kind="decimal",
            first="0",
            second=full,
            title="年度目标的分值",
            help=text,
            error=_NUMBER_ERROR,
        )


def _help(title: str, text: str) -> DataValidation:
    return DataValidation("any", title=title, help=text)
