"""Say of every row how its points arose, and which clause says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from perfeval.clauses import HowSeen
from perfeval.documents.alignment import printable
from perfeval.documents.scorecards.terminal import difference, reviewed, title
from perfeval.numbers import plain, trimmed
from perfeval.scorecard import IndicatorLine, Line, Rule, Scorecard


def explanation_text(scorecard: Scorecard, lines: Sequence[Line]) -> str:
    """Write the derivation of some rows, and below them the clauses they rest on.

    Args:
        scorecard: The scorecard.
        lines: Rows of it.

    Returns:
        The text.
    """
    rows = [text for line in lines for text in ("", *_row(line))]
    clauses = [text for rule in _cited(lines) for text in _clause(rule)]
    return "\n".join([title(scorecard), *rows, "", *clauses])


def _row(line: Line) -> Iterator[str]:
    yield printable(f"{line.name}（{'，'.join(_facts(line))}）")
    yield printable(f"  {line.explain()}")
    if isinstance(line, IndicatorLine):
        indicator = line.indicator
        remarks = (
            ("偏差原因", indicator.reason),
            ("改进措施", indicator.measure),
            ("备注", indicator.note),
        )
        yield from (printable(f"  {word}：{text}") for word, text in remarks if text)


def _facts(line: Line) -> Iterator[str]:
    """Yield where the row stands, its weight, points and basis, and what was filed and reviewed."""
    if isinstance(line, IndicatorLine):
        yield " / ".join(filter(None, (line.indicator.section.label, line.indicator.aspect.label)))
    if line.weight is not None:
        yield f"分值 {trimmed(line.weight)}"
    if line.points is not None:
        yield f"得分 {plain(line.points)}"
    yield line.basis.value
    if line.filed is not None:
        yield f"已填报 {trimmed(line.filed)}"
    if line.differs:
        yield difference(line.excess)
    if (points := line.reviewed) is not None:
        yield reviewed(points)


def _cited(lines: Iterable[Line]) -> list[Rule]:
    """Return one rule for each clause block and its source, in the order of the rows.

    The standards of a sheet itself are one block, and each has a source of its own.
    """
    blocks: dict[tuple[str, str], Rule] = {}
    for line in lines:
        blocks.setdefault((line.rule.block, line.rule.source), line.rule)
    return list(blocks.values())


def _clause(rule: Rule) -> Iterator[str]:
    yield printable(f"{rule.rulebook} {rule.block}：{rule.clause or '条款未载明'}")
    yield printable(f"  来源：{rule.source}{'（原文未见）' if rule.seen is HowSeen.UNSEEN else ''}")
