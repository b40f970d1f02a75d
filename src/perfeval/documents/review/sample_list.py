"""抽样表: a sample with its list, its method in words, and the steps to draw it again by hand."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from perfeval._resources import __version__
from perfeval.documents.review.pages import (
    CellValue,
    ColumnLook,
    PageColumn,
    PageSection,
    PageTile,
    ReviewPage,
    ReviewTable,
    table_csv,
)
from perfeval.documents.review.sample_words import SampleColumn, SampleLine
from perfeval.documents.rows.csv_rows import YES
from perfeval.numbers import plain, total, trimmed
from perfeval.review.quotients import half_up
from perfeval.review.sampling import (
    Draw,
    DrawnUnit,
    DrawProof,
    SampleBy,
    SampleStratum,
)

_PROBABILITY_DIGITS, _MONEY_DIGITS = 6, 2
_LOOKS: dict[SampleColumn, tuple[int, ColumnLook]] = {
    SampleColumn.NUMBER: (6, ColumnLook.COUNT),
    SampleColumn.DRAWN: (6, ColumnLook.SHORT),
    SampleColumn.CERTAIN: (6, ColumnLook.SHORT),
    SampleColumn.STRATUM: (16, ColumnLook.TEXT),
    SampleColumn.KEY: (40, ColumnLook.TEXT),
    SampleColumn.DEPARTMENT: (18, ColumnLook.TEXT),
    SampleColumn.UNIT: (18, ColumnLook.TEXT),
    SampleColumn.PROJECT: (30, ColumnLook.TEXT),
    SampleColumn.CODE: (16, ColumnLook.TEXT),
    SampleColumn.MONEY: (13, ColumnLook.FIGURE),
    SampleColumn.RISK: (9, ColumnLook.FIGURE),
    SampleColumn.SIZE: (13, ColumnLook.FIGURE),
    SampleColumn.REACHED: (14, ColumnLook.FIGURE),
    SampleColumn.PROBABILITY: (11, ColumnLook.SHORT),
    SampleColumn.DIGEST: (40, ColumnLook.SMALL),
    SampleColumn.FILE: (30, ColumnLook.TEXT),
}
_FRAME = tuple(PageColumn(column.value, *look) for column, look in _LOOKS.items())
_DRAWN = tuple(
    PageColumn(column.value, *_LOOKS[column])
    for column in (
        *(SampleColumn.NUMBER, SampleColumn.CERTAIN, SampleColumn.STRATUM),
        *(SampleColumn.DEPARTMENT, SampleColumn.UNIT, SampleColumn.PROJECT),
        *(SampleColumn.MONEY, SampleColumn.RISK, SampleColumn.PROBABILITY, SampleColumn.FILE),
    )
)
_STRATA = (
    PageColumn("层", 24),
    PageColumn("项目数", 8, ColumnLook.COUNT),
    PageColumn("大小合计", 14, ColumnLook.FIGURE),
    PageColumn("抽取", 8, ColumnLook.COUNT),
    PageColumn("其中必抽", 9, ColumnLook.COUNT),
    PageColumn("起点（0 到 1）", 18, ColumnLook.SHORT),
    PageColumn("间隔", 16, ColumnLook.SHORT),
)
_WHOLE = "（全部）"


def sample_page(found: Draw) -> ReviewPage:
    """Lay out a sample."""
    texts = method_texts(found)
    listed = PageSection("名单和抽取过程", (), (), (frame_table(found),))
    sections = [
        PageSection("抽中的项目", (), (), (_drawn_table(found),)),
        PageSection("抽样办法", texts, (), (_strata_table(found),)),
        PageSection("怎样不用本软件重抽一遍", recipe(found)),
        listed,
    ]
    if found.left_out:
        sections.append(PageSection("不在名单里的", found.left_out))
    return ReviewPage("抽样表", sample_sentence(found), tuple(_tiles(found)), tuple(sections))


def sample_sentence(found: Draw) -> str:
    """Say in one sentence what was drawn."""
    drawn, certain = found.drawn, sum(one.is_certain for one in found.drawn)
    said = f"从 {len(found.units)} 个项目里抽取 {len(drawn)} 个（{_by(found)}，种子 {found.seed}）"
    if certain and certain < len(drawn):
        said += f"，其中必抽 {certain} 个"
    if found.wanted > len(found.units):
        said += f"；要抽 {found.wanted} 个，名单只有 {len(found.units)} 个，全部抽中"
    sizes = [_SIZES[one] for one in found.by if one.is_size]
    if sizes and not any(stratum.is_sized for stratum in found.strata):
        said += f"；各项目的{sizes[0]}都是 0 或不明，没有按它定概率，同一层里各项目机会相等"
    return f"{said}。"


def _by(found: Draw) -> str:
    return f"按{'、'.join(found.by)}"


def _tiles(found: Draw) -> Iterator[PageTile]:
    drawn = found.drawn
    yield PageTile(
        "名单", str(len(found.units)), "个项目", f"不在名单里的 {len(found.left_out)} 个"
    )
    certain = sum(one.is_certain for one in drawn)
    yield PageTile("抽中", str(len(drawn)), "个", f"必抽 {certain} 个")
    whole = _money(found.units)
    if whole:
        share = Fraction(_money(drawn)) * 100 / Fraction(whole)
        yield PageTile(
            "抽中资金",
            _rounded(Fraction(_money(drawn)), _MONEY_DIGITS),
            "万元",
            f"占名单资金的 {_rounded(share, _MONEY_DIGITS)}%",
        )
    yield PageTile("层", str(len(found.strata)), "个", _by(found))


def _money(units: tuple[DrawnUnit, ...]) -> Decimal:
    return total(one.unit.money for one in units if one.unit.money is not None)


def _rounded(value: Fraction, digits: int) -> str:
    return plain(half_up(value, digits))


# -- tables ------------------------------------------------------------------------------------


def frame_table(found: Draw) -> ReviewTable:
    """Return the list: by stratum, what is certain first, then in the order of the draw."""
    rows = []
    for number, one in enumerate(found.units, 1):
        cells = _cells(number, one)
        rows.append(tuple(cells[column] for column in _LOOKS))
    return ReviewTable("名单", _FRAME, tuple(rows), "按层、按 SHA-256 从小到大排列，必抽的在前。")


def _drawn_table(found: Draw) -> ReviewTable:
    heads = [SampleColumn(column.heading) for column in _DRAWN]
    rows = []
    for number, one in enumerate(found.drawn, 1):
        cells = _cells(number, one)
        rows.append(tuple(cells[head] for head in heads))
    return ReviewTable("抽中的项目", _DRAWN, tuple(rows))


def _cells(number: int, one: DrawnUnit) -> dict[SampleColumn, CellValue]:
    unit = one.unit
    return {
        SampleColumn.NUMBER: number,
        SampleColumn.DRAWN: YES if one.is_drawn else "",
        SampleColumn.CERTAIN: YES if one.is_certain else "",
        SampleColumn.STRATUM: one.stratum,
        SampleColumn.KEY: unit.key,
        SampleColumn.DEPARTMENT: unit.department,
        SampleColumn.UNIT: unit.unit,
        SampleColumn.PROJECT: unit.project,
        SampleColumn.CODE: unit.code,
        SampleColumn.MONEY: unit.money,
        SampleColumn.RISK: unit.risk,
        SampleColumn.SIZE: one.size,
        SampleColumn.REACHED: one.reached,
        SampleColumn.PROBABILITY: _rounded(Fraction(one.probability), _PROBABILITY_DIGITS),
        SampleColumn.DIGEST: one.digest,
        SampleColumn.FILE: unit.file,
    }


def _strata_table(found: Draw) -> ReviewTable:
    rows = tuple(_stratum_row(one) for one in found.strata)
    return ReviewTable("各层", _STRATA, rows)


def _stratum_row(one: SampleStratum) -> tuple[CellValue, ...]:
    start = _rounded(Fraction(one.start), _PROBABILITY_DIGITS + 6) if one.start else ""
    step = _rounded(Fraction(one.step), _PROBABILITY_DIGITS) if one.step else ""
    return (one.name or _WHOLE, one.projects, one.size, one.wanted, one.certain, start, step)


# -- words -------------------------------------------------------------------------------------


def method_texts(found: Draw) -> tuple[str, ...]:
    """Say how the sample was drawn."""
    texts = [f"名单 {len(found.units)} 个项目，样本 {len(found.drawn)} 个，种子“{found.seed}”。"]
    if SampleBy.OFFICE in found.by:
        texts.append(
            "分层：每个主管部门（没有的按实施单位）一层；样本够时每层先各 1 个，其余按各层应得数"
            "（项目数之比；按大小抽的，大小之比）与已得数之差从大到小逐个分配，相同的按层的名称排。"
        )
    sizes = [one for one in found.by if one.is_size]
    if sizes:
        texts.append(_METHOD_OF_SIZES.format(size=_SIZES[sizes[0]]))
        texts.append(f"{_SIZES[sizes[0]]}为 0 或不明的，单列一层，按个数分配名额，等概率抽取。")
    if not sizes or any(not stratum.is_sized for stratum in found.strata):
        texts.append("等概率：按各项目 SHA-256 从小到大排列，取前面的几个（简单随机抽样）。")
    texts.append(f"名单校验（SHA-256）：{found.frame_digest}")
    return tuple(texts)


_SIZES = {SampleBy.MONEY: "资金（万元）", SampleBy.RISK: "涉及分值"}
_METHOD_OF_SIZES = (
    "按大小不等概率、不放回：大小为{size}；项目按 SHA-256 从小到大排列后作系统抽样"
    "（随机排序的系统抽样，Madow 1949，Hartley 与 Rao 1962）。"
    "大小为 x 的项目入样概率恰为 样本量 × x ÷ 大小合计；这个数不小于 1 的必抽，"
    "去掉它们再算，直到没有。"
)


def recipe(found: Draw) -> tuple[str, ...]:
    """Return the steps by which anyone draws again with a hash tool and a spreadsheet."""
    example = f"{found.seed}|{_first_key(found)}"
    steps = [_PREPARE, f"{_CHECK_LIST}{found.frame_digest}。", f"{_HASH_EACH}“{example}”的。"]
    if any(not stratum.is_sized for stratum in found.strata):
        steps.append("等概率的层：取排在前面的，取到该层的抽取数为止。")
    if any(stratum.is_sized for stratum in found.strata):
        steps += _STEPS_OF_SIZES
        steps += [
            f"{stratum.name or _WHOLE}：起点的文字是“{stratum.start_text}”。"
            for stratum in found.strata
            if stratum.start_text
        ]
    return tuple(f"{number}. {step}" for number, step in enumerate(steps, 1))


_PREPARE = (
    "准备：名单、种子、任何一个算 SHA-256 的工具（文字按 UTF-8，结果是 64 位小写十六进制）、"
    "一个电子表格。"
)
_CHECK_LIST = (
    "核对名单：每个项目写一行“关键字|大小”（大小去掉末尾的 0），各行按文字编码从小到大排，"
    "每行后面一个换行（LF），全文的 SHA-256 应为 "
)
_HASH_EACH = "每个项目算“种子|关键字”的 SHA-256，在各层里从小到大排；如第一个是算"
_MEET = (
    "抽点为 (u + 0) × 间隔、(u + 1) × 间隔……；每个抽点落在“累计”第一次大于它的那个项目上，"
    "那个项目抽中。"
)
_STEPS_OF_SIZES = (
    "按大小的层：先去掉必抽的（大小 × 还要抽的个数 ≥ 剩下的大小合计，反复做到没有为止）。",
    "剩下的按排好的顺序算累计大小；间隔 = 最后的累计 ÷ 还要抽的个数。",
    "起点：该层起点的文字的 SHA-256，取前 9 位，u = HEX2DEC(前 9 位) ÷ 16^9。",
    _MEET,
)


def _first_key(found: Draw) -> str:
    return found.units[0].unit.key if found.units else ""


# -- files and terminal ------------------------------------------------------------------------


def sample_csv(found: Draw) -> bytes:
    """Write a sample as CSV: what `perfeval review sample --verify` proves again."""
    above = [
        [SampleLine.MADE_BY.value, f"perfeval {__version__}"],
        [SampleLine.SEED.value, found.seed],
        [SampleLine.BY.value, "、".join(found.by)],
        [SampleLine.WANTED.value, str(found.wanted)],
        [SampleLine.COUNT.value, str(len(found.units))],
        [SampleLine.DIGEST.value, found.frame_digest],
        *([SampleLine.METHOD.value, text] for text in method_texts(found)),
        *([SampleLine.RECIPE.value, text] for text in recipe(found)),
        *([SampleLine.LEFT_OUT.value, text] for text in found.left_out),
        [],
    ]
    return table_csv(frame_table(found), above)


def sample_text(found: Draw) -> str:
    """Say on a terminal what was drawn."""
    lines = [sample_sentence(found)]
    for one in found.drawn:
        unit = one.unit
        money = "" if unit.money is None else f"  {trimmed(unit.money)} 万元"
        certain = "  必抽" if one.is_certain else ""
        name = " · ".join(filter(None, (unit.department or unit.unit, unit.project)))
        lines.append(f"  {name}{money}{certain}")
    if found.left_out:
        lines += ["不在名单里的：", *(f"  {text}" for text in found.left_out)]
    lines.append(f"名单校验 {found.frame_digest}")
    return "\n".join(lines)


def proof_text(proof: DrawProof) -> str:
    """Say whether a sample holds."""
    again = proof.again
    if proof.differences:
        return "\n".join(["抽样表不成立：", *(f"  {text}" for text in proof.differences)])
    return (
        f"抽样表成立：用种子“{again.seed}”从 {len(again.units)} 个项目里重抽 "
        f"{len(again.drawn)} 个（{_by(again)}），与表上一致。"
    )
