"""Every way in which one scoring rule of a rulebook's data can be changed."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations
from typing import Any, NamedTuple

Path = tuple[str | int, ...]

NOT_SCORING = {"表式", "整体表式", "示例", "佐证", "来源表", "来源", "通常", "偏差原因", "结果应用"}
"""Blocks that print, explain or ask; nothing in them gives or takes points."""

DELTAS = tuple(Decimal(text) for text in ("1", "-1", "0.01", "-0.01"))
CHOICES = {
    "方式": ("四舍五入", "四舍六入五成双", "舍去", "进一"),
    "预算为零": ("不计分", "零分"),
    "超预算": ("满分", "不计分"),
    "等于判定": ("不低于即达标", "相等才达标"),
    "等于零": ("为零得满分", "同正向"),
    "以完成率填报": ("按完成率计分", "不计分"),
    "多个目标": ("分值合计", "按比例折算"),
    "不适用指标": ("不允许", "按适用分值折算", "并入同一级指标"),
}

EDGES = ("归上档", "归下档", "两可")
_LADDER = [{"从": Decimal(100), "得分": Decimal(10)}, {"从": Decimal(0), "得分": Decimal(5)}]
METHODS: dict[str, dict[str, dict[str, Any]]] = {
    "预算执行": {"按执行率": {}, "分档": {"档次": _LADDER}, "不计分": {}},
    "正向": {"按完成比例": {}, "达标计分": {}},
    "等于": {"按完成比例": {}, "达标计分": {}},
    "反向": {"反比": {}, "按超出幅度扣减": {"扣完倍数": Decimal(2)}, "达标计分": {}},
}
UNSAID = {
    "分值": {"多个目标": "分值合计", "不适用指标": "不允许"},
    "预算执行": {"预算为零": "不计分", "超预算": "满分"},
    "定量指标": {
        "等于判定": "不低于即达标",
        "等于零": "为零得满分",
        "以完成率填报": "按完成率计分",
    },
}
"""What holds where a rulebook does not say."""
OVER: dict[str, dict[str, Any]] = {
    "提示": {},
    "须说明原因": {},
    "扣固定分": {"扣分": Decimal(1)},
    "按超额幅度扣减": {},
}
ASKS_ONLY = {"提示", "须说明原因"}


class Mutant(NamedTuple):
    """Changed data, and what was changed."""

    change: str
    data: dict[str, Any]


def mutants(data: dict[str, Any]) -> Iterator[Mutant]:
    """Yield the data with one scoring rule changed, in every way; what is left unsaid as well."""
    data = _said(data)
    for path, value in _leaves(data):
        yield from _of_leaf(data, path, value)
    yield from _methods(data)
    yield from _over_achievement(data)
    yield from _edges(data)
    yield from _moved_weights(data)
    yield from _fewer_schemes(data)


def _said(data: dict[str, Any]) -> dict[str, Any]:
    said = {
        block: {**choices, **data[block]}
        for block, choices in UNSAID.items()
        if data[block].get("方法") != "不计分"
    }
    return {**data, **said}


def _leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, dict):
        for key, below in value.items():
            if key not in NOT_SCORING:
                yield from _leaves(below, (*path, key))
    elif isinstance(value, list):
        for position, below in enumerate(value):
            yield from _leaves(below, (*path, position))
    else:
        yield path, value


def _changed(data: dict[str, Any], *changes: tuple[Path, Any]) -> dict[str, Any]:
    result = copy.deepcopy(data)
    for path, value in changes:
        at: Any = result
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = value
    return result


def _at(data: dict[str, Any], path: Path) -> Any:
    value: Any = data
    for step in path:
        value = value[step]
    return value


def _mutant(data: dict[str, Any], *changes: tuple[Path, Any]) -> Mutant:
    said = "; ".join(f"{'/'.join(map(str, path))} → {value}" for path, value in changes)
    return Mutant(said, _changed(data, *changes))


def _of_leaf(data: dict[str, Any], path: Path, value: Any) -> Iterator[Mutant]:
    """Change a number by a little, turn a flag round, take every other choice."""
    key = path[-1]
    if key == "位数":
        yield from (_mutant(data, (path, value + step)) for step in (1, -1))
    elif isinstance(value, Decimal | int) and not isinstance(value, bool):
        yield from (_mutant(data, (path, value + delta)) for delta in DELTAS)
    elif key in CHOICES:
        others = [choice for choice in CHOICES[str(key)] if choice != value]
        yield from (
            _mutant(data, (path, other)) for other in others if not _is_the_same(data, path, other)
        )


def _is_the_same(data: dict[str, Any], path: Path, choice: str) -> bool:
    """Tell whether a choice cannot be told from the one that stands there.

    A rate that rounds up to a whole step of a ladder ends in 9 before the tie, which is odd:
    to even and up are the same.
    """
    is_ladder = path[:2] == ("预算执行", "执行率取值") and data["预算执行"]["方法"] == "分档"
    return is_ladder and choice == "四舍六入五成双"


def _methods(data: dict[str, Any]) -> Iterator[Mutant]:
    """Put every other method in the place of each."""
    for name, methods in METHODS.items():
        path: Path = (name,) if name in data else ("定量指标", name)
        block = _at(data, path)
        own = {*methods[block["方法"]], *UNSAID.get(name, {})}
        for method, extras in methods.items():
            if method != block["方法"]:
                kept = {key: value for key, value in block.items() if key not in own}
                yield _mutant(data, (path, {**kept, "方法": method, **extras}))


def _over_achievement(data: dict[str, Any]) -> Iterator[Mutant]:
    """Let over-achievement cost points where it costs none, or count where it does not."""
    path: Path = ("定量指标", "超额完成")
    over = data["定量指标"].get("超额完成")
    same = {None} if over is None else {over["处理"], *ASKS_ONLY}
    for action, extras in OVER.items():
        if action not in same:
            threshold = Decimal(110) if over is None else over["阈值"]
            yield _mutant(data, (path, {"处理": action, "阈值": threshold, **extras}))


def _edges(data: dict[str, Any]) -> Iterator[Mutant]:
    """Let the share between two bands belong to another band."""
    path: Path = ("定性指标", "档次")
    for position, level in enumerate(_at(data, path)[:-1]):
        for edge in EDGES:
            if edge != level.get("边界", "归上档"):
                yield _mutant(data, ((*path, position, "边界"), edge))


def _moved_weights(data: dict[str, Any]) -> Iterator[Mutant]:
    """Move points from group to group and to the budget row, so that the sum still closes."""
    schemes = data["分值"]["方案"]
    for number, scheme in enumerate(schemes):
        paths = [("分值", "方案", number, "分组", at, "分值") for at in range(len(scheme["分组"]))]
        for giver, taker in permutations(paths, 2):
            yield _mutant(data, (giver, _at(data, giver) - 1), (taker, _at(data, taker) + 1))
    firsts = [("分值", "方案", number, "分组", 0, "分值") for number in range(len(schemes))]
    for delta in DELTAS:
        row = (("分值", "预算执行"), data["分值"]["预算执行"] + delta)
        yield _mutant(data, row, *((path, _at(data, path) - delta) for path in firsts))
        full = (("分值", "满分"), data["分值"]["满分"] + delta)
        yield _mutant(data, full, *((path, _at(data, path) + delta) for path in firsts))


def _fewer_schemes(data: dict[str, Any]) -> Iterator[Mutant]:
    """Leave out each division of the points but the last."""
    path: Path = ("分值", "方案")
    schemes = _at(data, path)
    for position in range(len(schemes) - 1):
        yield _mutant(data, (path, schemes[:position] + schemes[position + 1 :]))
