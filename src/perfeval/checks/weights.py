"""分值: sections and the whole against the rulebook, and how points are spread."""

from __future__ import annotations

from perfeval.cells.notes import Note, NoteKind
from perfeval.cells.words import Section
from perfeval.checks.registry import FINE, Fault, Sight, note_check, sheet_check
from perfeval.findings import Nature, Severity
from perfeval.numbers import subtract, trimmed
from perfeval.scorecard import Line, Scorecard


@sheet_check("WT101", Severity.ERROR)
def weights_unlike_rulebook(card: Scorecard) -> Sight:
    """The weights of a section or goal are not those of the rulebook.

    问题：一级指标（或年度目标）的分值合计与办法规定的不同，或各项不能合成满分。
    影响：总分不是百分制，不能评等级，也不能与别的项目比较。
    例子：产出指标应为 40 分，各行合计 38 分。
    改法：调整各行分值，使合计正好等于规定数。
    依据：各地办法的分值规定；国家预算管理一体化系统保存时校验。
    """
    if not card.lines:
        return
    for gap in card.gaps:
        words = tuple(section.label for section in gap.sections[:1])
        stake = subtract(gap.actual, gap.expected).copy_abs()
        yield Fault(gap.message, ("指标", *words), "请调整各项分值", stake)
    if not card.gaps:
        yield FINE


@note_check("WT102", Severity.ERROR, NoteKind.NO_WEIGHT)
def weight_blank(_line: Line, note: Note, _card: Scorecard) -> Fault:
    """An indicator has no weight.

    问题：指标没有分值。
    影响：这一行不能计分，一级指标的合计也对不上。
    例子：新增的三级指标只填了目标值和完成值。
    改法：填写分值，并调整同一级的其他分值。
    依据：自评表的分值栏；表上不印分值的，按满分推定并写明“分值系推定: true”。
    """
    return Fault(note.message, (), "请填写分值")


@note_check("WT103", Severity.INFO, NoteKind.INFERRED_WEIGHT)
def weight_inferred(_line: Line, note: Note, _card: Scorecard) -> Fault:
    """The form prints no weight; it was inferred from full points.

    问题：表上没有印出分值，按填报的满分推定。
    影响：原来没有得满分的行，推定的分值会偏低。
    例子：分值栏空白，得分 5，推定分值 5。
    改法：有分值依据的，填写分值并删去“分值系推定”。
    依据：有的地方的表式没有分值栏。
    """
    return Fault(note.message, ("分值",))


@sheet_check("WT104", Severity.WARNING)
def no_indicators(card: Scorecard) -> Sight:
    """The sheet has no indicators.

    问题：没有填任何绩效指标。
    影响：只有预算执行，不能计总分；公布的只有综述时，绩效好坏无从核对。
    例子：19 个项目公布综述，只有 1 个公布自评表。
    改法：编制了指标的补录；没有编制的，不能自评打分。
    依据：项目支出绩效自评以绩效指标为依据。
    """
    if card.lines:
        yield FINE
    else:
        yield Fault(card.unscored, ("指标",), "编制了指标的，请补录；没有编制的，不能计分")


_SPREAD = (Section.OUTPUT, Section.BENEFIT, Section.COST)


@sheet_check("WT105", Severity.WARNING, Nature.HEURISTIC)
def all_points_on_one_line(card: Scorecard) -> Sight:
    """All points of a section hang on one indicator.

    问题：一级指标的分值全部压在一个三级指标上，而且分值不小。
    影响：一行定成败；这一行若又是定性的，整个一级指标等于自己给自己打分。
    例子：效益指标 20 分只有一行“为老服务功能：得到提升”。
    改法：分设几个可以衡量的指标，按重要性分配分值。
    依据：抽查复核对指标设置的要求；指标应细化、量化。
    """
    for section, positions in card.sheet.sections.items():
        weight = card.sheet.section_weights[section]
        if section not in _SPREAD or weight < card.rulebook.checking.one_line:
            continue
        if len(positions) == 1:
            yield Fault(
                f"{section.label} {trimmed(weight)} 分全在一个指标上",
                ("指标", positions[0], "分值"),
                "请分设几个可以衡量的指标",
                weight,
            )
        else:
            yield FINE
