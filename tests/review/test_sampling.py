"""Samples: drawn as the recipe says, with the chances that the theory gives, and proved again.

`replayed` follows the printed recipe with nothing of perfeval: hashes, sorting, sums.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval.review.sampling import (
    Draw,
    SampleBy,
    SampleFrame,
    SampleUnit,
    StatedDraw,
    draw,
    frame_of,
    key_of,
    prove,
)
from perfeval.review.stored import from_stored, stored

MONEY, RISK, OFFICE, RANDOM = SampleBy.MONEY, SampleBy.RISK, SampleBy.OFFICE, SampleBy.RANDOM


def frame(sizes: Mapping[str, str | None], office: str = "") -> SampleFrame:
    return frame_of(
        SampleUnit(key, office, money=None if size is None else Decimal(size))
        for key, size in sizes.items()
    )


def keys(found: Draw) -> set[str]:
    return {one.unit.key for one in found.drawn}


def hexed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def replayed(cents: dict[str, int], wanted: int, seed: str, stratum: str = "") -> set[str]:
    """Draw in proportion to whole cents, as a person does with a hash tool and a spreadsheet."""
    certain: set[str] = set()
    while True:
        whole = sum(cents[key] for key in cents if key not in certain)
        more = {
            key
            for key in cents
            if key not in certain and cents[key] * (wanted - len(certain)) >= whole
        }
        if not more or len(certain) >= wanted:
            break
        certain |= more
    order = sorted((hexed(f"{seed}|{key}"), key) for key in cents if key not in certain)
    rest = wanted - len(certain)
    if not rest:
        return certain
    ends = list(accumulate(cents[key] for _, key in order))
    begin = Fraction(int(hexed(f"{seed}|起点|{stratum}")[:9], 16), 16**9)
    step = Fraction(ends[-1], rest)
    points = [(begin + number) * step for number in range(rest)]
    hit = {next(at for at, end in enumerate(ends) if point < end) for point in points}
    return certain | {order[at][1] for at in hit}


@given(
    cents=st.dictionaries(
        st.text("甲乙丙丁戊己庚辛abc", min_size=1, max_size=4),
        st.integers(1, 10**9),
        min_size=1,
        max_size=25,
    ),
    wanted=st.integers(1, 25),
    seed=st.text(max_size=8).filter(str.isprintable),
)
def test_anyone_draws_the_same_from_the_recipe(
    cents: dict[str, int], wanted: int, seed: str
) -> None:
    """Whoever has the list and the seed draws the same projects without perfeval."""
    units = frame({key: f"{Decimal(size).scaleb(-2):f}" for key, size in cents.items()})
    found = draw(units, wanted, (MONEY,), seed)
    wanted = min(wanted, len(cents))
    assert keys(found) == replayed(cents, wanted, seed)
    assert len(found.drawn) == wanted


@given(cents=st.lists(st.integers(1, 10**6), min_size=1, max_size=30), wanted=st.integers(1, 30))
def test_the_probabilities_add_up_to_the_sample(cents: list[int], wanted: int) -> None:
    """In a design of fixed size the inclusion probabilities add up to that size, none above 1."""
    found = draw(frame({str(at): str(size) for at, size in enumerate(cents)}), wanted, (MONEY,), "")
    chances = [Fraction(one.probability) for one in found.units]
    assert sum(chances) == min(wanted, len(cents))
    assert all(0 < chance <= 1 for chance in chances)
    assert all(one.is_drawn for one in found.units if one.is_certain)


SIZES = {
    f"项目{at}": str(size) for at, size in enumerate((1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 2, 7))
}
ROUNDS = 6_000


@pytest.mark.parametrize("by", [(MONEY,), (RANDOM,)], ids=["sizes", "heads"])
@pytest.mark.parametrize("wanted", [1, 4])
def test_projects_come_as_often_as_the_theory_says(by: tuple[SampleBy, ...], wanted: int) -> None:
    units = frame(SIZES)
    met: Counter[str] = Counter()
    for seed in range(ROUNDS):
        met.update(keys(draw(units, wanted, by, f"种子{seed}")))
    for one in draw(units, wanted, by, "").units:
        chance = Fraction(one.probability)
        spread = ROUNDS * chance * (1 - chance)  # 25 variances are 5 standard deviations
        assert (met[one.unit.key] - ROUNDS * chance) ** 2 <= 25 * spread


def test_one_of_many_in_proportion_to_size_fits_by_chi_square() -> None:
    units = frame(SIZES)
    met = Counter(next(iter(keys(draw(units, 1, (MONEY,), str(seed))))) for seed in range(ROUNDS))
    whole = sum(map(int, SIZES.values()))
    expected = {key: Fraction(ROUNDS * int(size), whole) for key, size in SIZES.items()}
    distance = sum((met[key] - wish) ** 2 / wish for key, wish in expected.items())
    assert distance < 31  # 11 degrees of freedom: less than 1 in 800 is above


def test_every_pair_can_come_in_a_simple_random_sample() -> None:
    """Each pair of 5 projects is one of 10, and as likely as any other."""
    units = frame(dict.fromkeys("甲乙丙丁戊", "1"))
    met = Counter(frozenset(keys(draw(units, 2, (RANDOM,), str(seed)))) for seed in range(5_000))
    assert len(met) == 10
    distance = sum(Fraction((count - 500) ** 2, 500) for count in met.values())
    assert distance < 28  # 9 degrees of freedom: less than 1 in 1000 is above


def test_what_is_large_enough_is_certain_and_said_to_be() -> None:
    found = draw(frame({"大": "900", "中": "90", "小": "5", "微": "5"}), 2, (MONEY,), "2024")
    assert {one.unit.key for one in found.units if one.is_certain} == {"大"}
    assert found.strata[0].certain == 1
    chances = {one.unit.key: one.probability for one in found.units}
    assert chances == {"大": "1", "中": "9/10", "小": "1/20", "微": "1/20"}


def test_equal_sizes_have_equal_chances() -> None:
    found = draw(frame(dict.fromkeys("甲乙丙丁", "12.50")), 3, (MONEY,), "2024")
    assert {one.probability for one in found.units} == {"3/4"}
    assert not found.strata[0].certain


def test_more_than_there_are_means_all() -> None:
    found = draw(frame({"甲": "1", "乙": "2"}), 9, (MONEY,), "2024")
    assert keys(found) == {"甲", "乙"}
    assert (found.wanted, {one.probability for one in found.units}) == (9, {"1"})


def test_no_project_has_no_sample() -> None:
    assert draw(SampleFrame(()), 3, (MONEY,), "2024").units == ()


def test_what_has_no_money_stands_apart_and_counts_heads() -> None:
    sizes = {**dict.fromkeys("甲乙丙丁戊己", "10"), "零": "0", "缺": None, "负": "-3"}
    found = draw(frame(sizes), 3, (MONEY,), "2024")
    apart = [one for one in found.units if one.stratum]
    assert {one.unit.key for one in apart} == {"零", "缺", "负"}
    assert {one.probability for one in apart} == {"1/3"}
    assert [stratum.wanted for stratum in found.strata] == [2, 1]


def test_all_without_money_are_drawn_by_heads() -> None:
    found = draw(frame({"甲": None, "乙": None, "丙": "0"}), 1, (MONEY,), "2024")
    assert {one.probability for one in found.units} == {"1/3"}
    assert len(found.drawn) == 1


def offices() -> SampleFrame:
    numbers = {"教育局": 10, "水务局": 5, "民政局": 1}
    return frame_of(
        SampleUnit(f"{office}{at}", office, money=Decimal(at + 1))
        for office, number in numbers.items()
        for at in range(number)
    )


def test_every_office_has_a_share_and_one_at_least() -> None:
    found = draw(offices(), 8, (OFFICE,), "2024")
    assert {one.name: (one.projects, one.wanted) for one in found.strata} == {
        "教育局": (10, 5),
        "水务局": (5, 2),
        "民政局": (1, 1),
    }
    for one in found.units:
        stratum = next(part for part in found.strata if part.name == one.stratum)
        assert Fraction(one.probability) == Fraction(stratum.wanted, stratum.projects)


def test_fewer_than_there_are_offices_go_to_the_largest() -> None:
    found = draw(offices(), 2, (OFFICE,), "2024")
    assert {one.name: one.wanted for one in found.strata} == {"教育局": 1, "水务局": 1, "民政局": 0}
    assert {one.probability for one in found.units if one.stratum == "民政局"} == {"0"}


def test_offices_and_sizes_together_replay_office_by_office() -> None:
    found = draw(offices(), 8, (OFFICE, MONEY), "2024")
    for stratum in found.strata:
        own = {
            one.unit.key: int(one.size * 100) for one in found.units if one.stratum == stratum.name
        }
        drawn = {one.unit.key for one in found.drawn if one.stratum == stratum.name}
        assert drawn == replayed(own, stratum.wanted, "2024", stratum.name)


def test_the_order_of_the_list_decides_nothing() -> None:
    units = frame(SIZES)
    turned = SampleFrame(units.units[::-1])
    assert draw(units, 5, (MONEY,), "甲") == draw(turned, 5, (MONEY,), "甲")


def test_another_seed_draws_another_sample() -> None:
    units = frame(SIZES)
    samples = {frozenset(keys(draw(units, 5, (RANDOM,), str(seed)))) for seed in range(20)}
    assert len(samples) > 10


def test_risk_is_a_size_of_its_own() -> None:
    units = frame_of([SampleUnit("甲", risk=Decimal(30)), SampleUnit("乙", risk=Decimal(10))])
    assert {one.unit.key: one.probability for one in draw(units, 1, (RISK,), "").units} == {
        "甲": "3/4",
        "乙": "1/4",
    }


@pytest.mark.parametrize(("wanted", "by"), [(0, (RANDOM,)), (1, (MONEY, RISK))])
def test_what_is_no_sample_is_refused(wanted: int, by: tuple[SampleBy, ...]) -> None:
    with pytest.raises(ValueError, match="a sample needs"):
        draw(frame({"甲": "1"}), wanted, by, "")


def test_a_key_says_what_stays_when_files_move() -> None:
    assert key_of(2024, " 区 水务局", "甲|所", "清淤") == "2024|区 水务局|甲／所|清淤"
    assert key_of(None, "", "", "清淤", "C1") == "|||清淤|C1"


def test_the_second_project_of_a_key_has_a_key_of_its_own() -> None:
    found = frame_of([SampleUnit("甲"), SampleUnit("甲"), SampleUnit("乙")])
    assert [unit.key for unit in found.units] == ["甲", "甲#2", "乙"]


# -- proof -------------------------------------------------------------------------------------


def stated(found: Draw, **changes: object) -> StatedDraw:
    one = StatedDraw(
        seed=found.seed,
        wanted=found.wanted,
        by=found.by,
        frame_digest=found.frame_digest,
        units=tuple(unit.unit for unit in found.units),
        digests={unit.unit.key: unit.digest for unit in found.units},
        drawn=frozenset(keys(found)),
    )
    return one._replace(**changes)  # type: ignore[arg-type]


def test_a_sample_that_was_drawn_so_is_proved() -> None:
    units = frame(SIZES)
    found = draw(units, 4, (MONEY,), "2024")
    proof = prove(stated(found), units)
    assert proof.differences == ()
    assert proof.again == found


def test_a_swapped_project_is_named_both_ways() -> None:
    found = draw(frame(SIZES), 4, (RANDOM,), "2024")
    own = sorted(keys(found))
    other = min(set(SIZES) - set(own))
    proof = prove(stated(found, drawn=frozenset({*own[1:], other})))
    assert proof.differences == (
        f"“{own[0]}”应抽中，文件里没有抽中",
        f"“{other}”不应抽中，文件里写抽中",
    )


def test_another_seed_a_changed_list_and_a_changed_hash_do_not_hold() -> None:
    units = frame(SIZES)
    found = draw(units, 4, (MONEY,), "2024")
    assert prove(stated(found, seed="2025")).differences
    less = tuple(unit.unit for unit in found.units[1:])
    assert any("名单校验不符" in said for said in prove(stated(found, units=less)).differences)
    key = found.units[0].unit.key
    wrong = {**stated(found).digests, key: "0" * 64}
    assert any("SHA-256 不符" in said for said in prove(stated(found, digests=wrong)).differences)


def test_what_is_there_today_is_compared_with_the_list() -> None:
    units = frame(SIZES)
    found = draw(units, 4, (MONEY,), "2024")
    today = frame(
        {**{key: size for key, size in SIZES.items() if key != "项目0"}, "项目1": "9", "新": "1"}
    )
    assert prove(stated(found), today).differences == (
        "“新”不在文件的名单里，现在有",
        "“项目0”在文件的名单里，现在没有",
        "“项目1”的资金：名单上 2，现在 9",
    )


def test_it_goes_through_json_and_back() -> None:
    found = draw(frame({**SIZES, "缺": None}), 4, (OFFICE, MONEY), "2024")
    assert from_stored(Draw, stored(found)) == found
