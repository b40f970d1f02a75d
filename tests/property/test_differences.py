"""What changed, put into the old sheet, gives the new one; the other way round it is the mirror."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

import perfeval
from perfeval import ChangeKind, ChangeStanding, Sheet, SheetDiff, ValueChange
from tests.documents.schemas import faults_by_stored_schema
from tests.property import strategies, test_round_trip

FEW = settings(max_examples=max(20, settings().max_examples // 4))
MIRRORED = {
    ChangeKind.ADDED: ChangeKind.REMOVED,
    ChangeKind.REMOVED: ChangeKind.ADDED,
    ChangeKind.CHANGED: ChangeKind.CHANGED,
    ChangeKind.MOVED: ChangeKind.MOVED,
}


def plain(sheet: Sheet) -> Any:
    return json.loads(perfeval.to_json(sheet))["data"]


class Applier:
    """Puts changes into plain data; knows of a sheet only what its classes declare."""

    def __init__(self, diff: SheetDiff) -> None:
        self.changes = {item.new_path: item for item in diff.changes if self.is_put(item)}
        self.blocks: dict[tuple[Any, ...], list[Any]] = {}
        for row in diff.rows:
            if row.new_path:
                self.blocks.setdefault(row.new_path[:-1], []).append(row)
        self.emptied = {row.old_path[:-1] for row in diff.rows if not row.new_path}

    @staticmethod
    def is_put(item: ValueChange) -> bool:
        return item.kind in (ChangeKind.CHANGED, ChangeKind.ADDED)

    def value(self, kind: Any, data: Any, old: Any, new: Any) -> Any:
        """The new data for what stood at a path."""
        change = self.changes.get(new)
        if change is not None:
            assert change.old_data == data
            return change.new_data
        if isinstance(data, list) and (new in self.blocks or old in self.emptied):
            return [self.row(kind, data, one) for one in self.blocks.get(new, [])]
        return data

    def row(self, kind: Any, rows: list[Any], match: Any) -> Any:
        if not match.old_path:
            return self.changes[match.new_path].new_data
        data = rows[match.old_path[-1]]
        if not isinstance(data, dict):
            return self.value(None, data, match.old_path, match.new_path)
        return self.fields(kind, data, match.old_path, match.new_path)

    def fields(self, kind: Any, data: dict[str, Any], old: Any, new: Any) -> dict[str, Any]:
        result = {}
        for name, item in data.items():
            info = kind.model_fields[name]
            paths = (*old, info.serialization_alias), (*new, info.serialization_alias)
            below = model_of(info.annotation)
            is_block = isinstance(item, dict) and paths[1] not in self.changes
            if is_block and name in ("budget", "filed"):
                result[name] = self.fields(below, item, *paths)
            else:
                result[name] = self.value(below, item, *paths)
        return result


def model_of(annotation: Any) -> Any:
    if hasattr(annotation, "model_fields"):
        return annotation
    inner = (model_of(item) for item in getattr(annotation, "__args__", ()))
    return next((item for item in inner if item is not None), None)


def applied(sheet: Sheet, diff: SheetDiff) -> Any:
    return Applier(diff).fields(Sheet, plain(sheet), (), ())


def mirrored(diff: SheetDiff) -> Counter[Any]:
    """The changes as they are told the other way round."""
    return Counter(
        (
            MIRRORED[item.kind].value,
            item.field,
            *(item.new, item.old, item.new_path, item.old_path),
            *(repr(item.new_places), repr(item.old_places)),
            *(json.dumps(side, ensure_ascii=False) for side in (item.new_data, item.old_data)),
        )
        for item in diff.changes
    )


def as_told(diff: SheetDiff) -> Counter[Any]:
    return Counter(
        (
            item.kind.value,
            item.field,
            *(item.old, item.new, item.old_path, item.new_path),
            *(repr(item.old_places), repr(item.new_places)),
            *(json.dumps(side, ensure_ascii=False) for side in (item.old_data, item.new_data)),
        )
        for item in diff.changes
    )


def holds(old: dict[str, Any], new: dict[str, Any]) -> SheetDiff:
    """Every law of a difference of two sheets."""
    first, second = perfeval.evaluate(old).sheet, perfeval.evaluate(new).sheet
    assert first is not None
    assert second is not None
    there, back = perfeval.diff(old, new), perfeval.diff(new, old)
    assert applied(first, there) == plain(second)
    assert applied(second, back) == plain(first)
    assert as_told(back) == mirrored(there)
    matches = [(row.new_path, row.old_path, row.reason, row.is_moved) for row in there.rows]
    others = [(row.old_path, row.new_path, row.reason, row.is_moved) for row in back.rows]
    assert sorted(matches, key=repr) == sorted(others, key=repr)
    return there


@FEW
@given(strategies.sheets(closed=False), strategies.sheets(closed=False))
def test_any_two_sheets(old: strategies.Filled, new: strategies.Filled) -> None:
    holds(old.data, new.data)


@FEW
@given(test_round_trip.sheets, test_round_trip.sheets)
def test_any_two_sheets_with_every_field(old: dict[str, Any], new: dict[str, Any]) -> None:
    sides = [{**data, "评分办法": "hubei-2020"} for data in (old, new)]
    assume(all(perfeval.evaluate(data).scorecard is not None for data in sides))
    holds(*sides)


@st.composite
def edited(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """A sheet, and the same after some rows came, went, moved, were renamed or changed."""
    old = draw(strategies.sheets(closed=False)).data
    rows = [dict(row) for row in old["指标"]]
    for _ in range(draw(st.integers(0, 4))):
        if not rows:
            break
        at = draw(st.integers(0, len(rows) - 1))
        what = draw(st.sampled_from(["delete", "double", "move", "rename", "change", "section"]))
        if what == "delete":
            rows.pop(at)
        elif what == "double":
            rows.insert(draw(st.integers(0, len(rows))), dict(rows[at]))
        elif what == "move":
            rows.insert(draw(st.integers(0, len(rows) - 1)), rows.pop(at))
        elif what == "rename":
            rows[at]["名称"] += draw(st.sampled_from(["（改）", "x", "的数量和质量都要好"]))
        elif what == "section":
            rows[at]["一级指标"] = draw(st.sampled_from(["产出指标", "效益指标", "成本指标"]))
        else:
            rows[at]["完成值"] = draw(st.sampled_from(["7", "8%", "好", None]))
    return old, {**old, "指标": rows}


@given(edited())
def test_a_sheet_and_what_was_made_of_it(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    holds(*pair)


@FEW
@given(strategies.sheets(closed=False))
def test_nothing_changed_in_the_same_sheet(filled: strategies.Filled) -> None:
    diff = perfeval.diff(filled.data, filled.data)
    assert diff.changes == ()
    assert diff.points == ()
    assert all(row.old_path == row.new_path and not row.is_moved for row in diff.rows)
    assert {one.status for one in diff.findings} <= {perfeval.FindingStatus.REMAINS}


@FEW
@given(edited())
def test_a_difference_comes_back_from_its_json(
    pair: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    diff = perfeval.diff(*pair)
    text = perfeval.to_json(diff)
    assert faults_by_stored_schema(json.loads(text)) == []
    assert perfeval.from_json(text, SheetDiff) == diff


@FEW
@given(strategies.sheets(closed=False), st.data())
def test_another_writing_of_the_same_is_no_change(
    filled: strategies.Filled, data: st.DataObject
) -> None:
    """Full width, blanks around, separators of thousands, zeros behind the point."""
    old = filled.data
    new = {**old, "项目名称": " 示 例 "}
    budget = dict(old["预算"])
    for name in ("年初预算数", "预算数", "执行数"):
        amount = budget[name]
        if amount is not None and data.draw(st.booleans()):
            budget[name] = f"{amount:,f}" if amount == amount.to_integral() else f"{amount:f}0"
    new["预算"] = budget
    diff = perfeval.diff(old, new)
    assert diff.is_compared
    assert {change.standing for change in diff.changes} <= {ChangeStanding.RESPELT}
