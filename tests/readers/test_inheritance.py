"""继承: 国家 → 省 → 市 → 区, each with its differences only, and what held in which year."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import perfeval
from perfeval import Rulebook
from perfeval.readers.rulebooks import ReadRulebook, read_rulebook
from perfeval.rulebook import (
    AllOrNothing,
    HowSeen,
    LadderExecution,
    Proportional,
    ProportionalExecution,
)

GROUND = Path(__file__).parents[1] / "rulebooks" / "malformed" / "下级" / "底本.yaml"
HEAD = '编号: {0}\n名称: {0}办法\n地区: {0}\n版本: "1"\n'
CITED = "来源: {0}文件, 条款: {0}第一条"


def written(folder: Path, name: str, below: str, body: str = "") -> Path:
    """Write the rulebook *name*, which inherits *below* and says *body*."""
    path = folder / f"{name}.yaml"
    body = body.replace("@", CITED.format(name))
    path.write_text(HEAD.format(name) + f"继承: {below}\n" + body, encoding="utf-8")
    return path


@pytest.fixture
def national(tmp_path: Path) -> Path:
    path = tmp_path / "国家.yaml"
    path.write_text(
        GROUND.read_text(encoding="utf-8").replace("底本", "国家")
        + "\n示例:\n  - {名称: 全国的例子, 预算: {预算数: 2, 执行数: 1}, "
        + "应得: {得分: {预算执行: 5}}}\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def district(tmp_path: Path, national: Path) -> Path:
    """Write four files, one on another; return the last."""
    written(
        tmp_path,
        "省",
        "国家.yaml",
        """\
分值:
  来源: 省文件
  方案:
    - {名称: 省, 分组: [{指标: [产出指标, 效益指标, 满意度指标], 分值: 90}]}
预算执行: {@, 超预算: 不计分, 执行率取值: {位数: 2, 方式: 舍去}}
定量指标: {@, 达成用语: [是, 完成]}
""",
    )
    written(
        tmp_path,
        "市",
        "省.yaml",
        """\
预算执行: {@, 预算为零: 零分, 执行率取值: {位数: 1}}
舍入: {@, 小计: {位数: 1}}
""",
    )
    return written(tmp_path, "区", "市.yaml", "舍入: {@, 单项: {位数: 1}}\n")


def rules_of(book: Rulebook) -> dict[str, Any]:
    """Return what a rulebook says, without its head."""
    head = {"编号", "名称", "地区", "版本", "说明", "继承"}
    data = book.model_dump(by_alias=True)
    return {key: value for key, value in data.items() if key not in head}


# -- four levels -------------------------------------------------------------------------------


def test_a_district_has_the_rules_of_all_above_it(district: Path) -> None:
    """国家 → 省 → 市 → 区: what a level does not say is as the level below it has it."""
    book = perfeval.load_rulebook(district)
    assert book.id == "区"
    assert book.region == "区"
    assert book.extends == "市.yaml"
    assert book.weights.schemes[0].name == "省"
    assert isinstance(book.execution, ProportionalExecution)
    assert book.execution.over_budget == "不计分"
    assert book.execution.zero_budget == "零分"
    assert book.rounding.row.digits == 1
    assert book.rounding.subtotal is not None
    assert isinstance(book.quantitative.positive, Proportional)
    assert book.quantitative.achieved_words == ("是", "完成")
    assert [band.name for band in book.grades.bands] == ["优", "差"]


def test_the_nearest_level_wins(district: Path) -> None:
    """执行率取值 of the city goes before that of the province, and keeps what it does not say."""
    execution = perfeval.load_rulebook(district).execution
    assert isinstance(execution, ProportionalExecution)
    assert execution.rate is not None
    assert (execution.rate.digits, execution.rate.mode.value) == (1, "舍去")


def test_the_chain_can_be_shown_the_own_file_first(district: Path) -> None:
    layers = read_rulebook(district).layers
    assert [Path(source.name).stem for source in layers.sources] == ["区", "市", "省", "国家"]


ORIGINS: dict[tuple[str | int, ...], str] = {
    ("编号",): "区",
    ("舍入", "单项", "位数"): "区",
    ("舍入", "小计", "位数"): "市",
    ("预算执行", "预算为零"): "市",
    ("预算执行", "执行率取值", "位数"): "市",
    ("预算执行", "执行率取值", "方式"): "省",
    ("预算执行", "超预算"): "省",
    ("分值", "方案", 0, "分组", 0, "分值"): "省",
    ("定量指标", "达成用语", 1): "省",
    ("分值", "满分"): "国家",
    ("定量指标", "正向", "方法"): "国家",
    ("定性指标", "档次", 2, "从"): "国家",
    ("等级", "档次", 0, "名称"): "国家",
}


@pytest.mark.parametrize("path", ORIGINS, ids=["/".join(map(str, path)) for path in ORIGINS])
def test_each_value_knows_the_file_it_comes_from(
    district: Path, path: tuple[str | int, ...]
) -> None:
    layers = read_rulebook(district).layers
    assert Path(layers.origin(path).name).stem == ORIGINS[path]


def test_a_rulebook_without_differences_scores_as_the_one_below(
    tmp_path: Path, national: Path
) -> None:
    same = written(tmp_path, "省", "国家.yaml")
    book = perfeval.load_rulebook(same)
    assert rules_of(book) == rules_of(perfeval.load_rulebook(national))
    assert book.digest != perfeval.load_rulebook(national).digest


def test_only_what_is_stated_differs(tmp_path: Path, national: Path) -> None:
    book = perfeval.load_rulebook(
        written(tmp_path, "省", "国家.yaml", "舍入: {@, 单项: {位数: 0}}\n")
    )
    below = rules_of(perfeval.load_rulebook(national))
    changed = [block for block, rules in rules_of(book).items() if rules != below[block]]
    assert changed == ["舍入"]


def test_a_shipped_rulebook_is_inherited_by_its_id(tmp_path: Path) -> None:
    """A file of one's own builds on a shipped one, which may build on another."""
    path = written(tmp_path, "区", "hubei-2020", "舍入: {@, 单项: {位数: 0}}\n")
    book, hubei = perfeval.load_rulebook(path), perfeval.load_rulebook("hubei-2020")
    assert book.rounding.row.digits == 0
    own = {"舍入": None, "来源表": None}
    assert rules_of(book) | own == rules_of(hubei) | own


def test_a_file_is_found_from_the_one_that_names_it(
    tmp_path: Path, national: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside it, below it or above it inside the root, wherever the command runs."""
    below = tmp_path / "下级"
    below.mkdir()
    written(below, "市", "../国家.yaml")
    path = written(tmp_path, "区", "下级/市.yaml")
    monkeypatch.chdir(below)
    assert perfeval.load_rulebook(path).weights.execution == 10
    assert perfeval.load_rulebook("市.yaml", root=tmp_path).weights.execution == 10
    assert perfeval.load_rulebook("市.yaml", root=(below, tmp_path)).weights.execution == 10
    with pytest.raises(perfeval.RulebookError, match="没有打开"):
        perfeval.load_rulebook("市.yaml")


# -- what replaces, and what merges ------------------------------------------------------------


def test_a_list_replaces_the_list_below(tmp_path: Path, national: Path) -> None:
    """Bands and words are stated whole: two lists are never mixed."""
    path = written(
        tmp_path,
        "省",
        "国家.yaml",
        """\
定性指标: {@, 档次: [{名称: 全部, 从: 0}]}
""",
    )
    book = perfeval.load_rulebook(path)
    assert [band.name for band in book.qualitative.bands] == ["全部"]
    assert book.qualitative.bands[0].words == ()


def test_another_method_replaces_the_one_below_with_all_its_parameters(
    tmp_path: Path, national: Path
) -> None:
    written(
        tmp_path,
        "省",
        "国家.yaml",
        """\
预算执行: {@, 超预算: 不计分, 执行率取值: {位数: 0}}
定量指标: {@, 正向: {及格线: 60}}
""",
    )
    path = written(
        tmp_path,
        "市",
        "省.yaml",
        """\
预算执行: {@, 方法: 分档, 档次: [{从: 50, 得分: 10}, {从: 0, 得分: 0}]}
定量指标: {@, 正向: {方法: 达标计分}}
""",
    )
    book = perfeval.load_rulebook(path)
    assert isinstance(book.execution, LadderExecution)
    assert book.execution.rate is None
    assert book.execution.over_budget == "满分"
    assert isinstance(book.quantitative.positive, AllOrNothing)


def test_the_same_method_keeps_the_parameters_below(tmp_path: Path, national: Path) -> None:
    written(tmp_path, "省", "国家.yaml", "定量指标: {@, 正向: {方法: 按完成比例, 及格线: 60}}\n")
    path = written(tmp_path, "市", "省.yaml", "定量指标: {@, 正向: {方法: 按完成比例}}\n")
    positive = perfeval.load_rulebook(path).quantitative.positive
    assert isinstance(positive, Proportional)
    assert positive.pass_mark == 60


def test_a_blank_takes_a_rule_away(tmp_path: Path, national: Path) -> None:
    caps = "总分封顶: {@, 档次: [{从: 60}, {从: 0, 最高: 80}]}\n"
    written(
        tmp_path, "省", "国家.yaml", caps + "定量指标: {@, 超额完成: {处理: 提示, 阈值: 150}}\n"
    )
    path = written(tmp_path, "市", "省.yaml", "总分封顶:\n定量指标: {@, 超额完成: }\n")
    book = perfeval.load_rulebook(path)
    assert book.caps is None
    assert book.quantitative.over is None


# -- whose words -------------------------------------------------------------------------------


def test_a_changed_block_cites_its_own_source_and_never_the_others_words(
    tmp_path: Path, national: Path
) -> None:
    """来源、条款、施行、说明 belong together and are never mixed."""
    written(tmp_path, "省", "国家.yaml", "舍入: {@, 说明: 省里的说明, 施行: 2020-01-01}\n")
    path = written(tmp_path, "市", "省.yaml", "舍入: {来源: 市文件}\n")
    rounding = perfeval.load_rulebook(path).rounding
    assert (rounding.source, rounding.clause) == ("市文件", None)
    assert rounding.seen is HowSeen.UNSEEN
    assert (rounding.since, rounding.note) == (None, None)


def test_an_unchanged_block_keeps_its_citation(district: Path) -> None:
    book = perfeval.load_rulebook(district)
    assert book.grades.source == "假设的办法"
    assert (book.execution.source, book.execution.clause) == ("市文件", "市第一条")
    assert (book.weights.source, book.weights.clause) == ("省文件", None)


def test_the_head_and_the_examples_belong_to_one_file(tmp_path: Path, national: Path) -> None:
    """说明 and 示例 are not inherited; a name of its own is asked for."""
    assert len(read_rulebook(national).examples) == 1
    path = written(tmp_path, "省", "国家.yaml")
    assert read_rulebook(path).examples == ()
    path.write_text("继承: 国家.yaml\n", encoding="utf-8")
    with pytest.raises(perfeval.RulebookError) as caught:
        perfeval.load_rulebook(path)
    assert [item.message for item in caught.value.findings] == [
        f"缺少“{word}”" for word in ("编号", "名称", "地区", "版本")
    ]


def test_a_fault_in_a_file_below_is_placed_there(tmp_path: Path, national: Path) -> None:
    text = national.read_text(encoding="utf-8")
    national.write_text(text.replace("从: 90", "从: 九十"), encoding="utf-8")
    path = written(tmp_path, "省", "国家.yaml", "舍入: {@, 单项: {位数: 1}}\n")
    with pytest.raises(perfeval.RulebookError) as caught:
        perfeval.load_rulebook(path)
    (finding,) = caught.value.findings
    assert Path(finding.file).name == "国家.yaml"
    assert finding.excerpt.strip() == "- {名称: 优, 从: 九十}"


# -- chains that cannot be ---------------------------------------------------------------------


def chain(folder: Path, count: int) -> Path:
    """Write a chain of *count* files above the national one; return the last."""
    below = "国家.yaml"
    for number in range(count):
        below = written(folder, f"第{number}级", below).name
    return folder / below


def test_a_chain_may_have_eight_files_and_not_more(tmp_path: Path, national: Path) -> None:
    assert len(read_rulebook(chain(tmp_path, 7)).layers.sources) == 8
    with pytest.raises(perfeval.RulebookError) as caught:
        perfeval.load_rulebook(chain(tmp_path, 8))
    assert caught.value.findings[-1].message == "继承超过 8 层"


def test_a_circle_through_two_folders_is_a_circle(tmp_path: Path) -> None:
    below = tmp_path / "下级"
    below.mkdir()
    path = written(tmp_path, "甲", "下级/乙.yaml")
    written(below, "乙", "../甲.yaml")
    with pytest.raises(perfeval.RulebookError) as caught:
        perfeval.load_rulebook(path)
    (finding,) = caught.value.findings
    assert (Path(finding.file).stem, finding.line) == ("乙", 5)
    assert finding.message == "“../甲.yaml”又继承了自己"


# -- what held when ----------------------------------------------------------------------------

DATED = """\
预算执行:
  - {来源: 2022年文件, 施行: 2022-06-30, 方法: 分档, 档次: [{从: 80, 得分: 10}, {从: 0, 得分: 0}]}
  - {来源: 老办法, 施行: , 执行率取值: {位数: 0}}
  - {来源: 2020年文件, 施行: 2020-01-01, 执行率取值: {位数: 1}}
"""


def execution_points(rules: Path, year: int) -> Decimal | None:
    sheet = rules.parent / "表.yaml"
    sheet.write_text(
        f"评分办法: {rules.name}\n年度: {year}\n项目名称: 示例\n"
        "预算: {预算数: 1000, 执行数: 804.5}\n",
        encoding="utf-8",
    )
    card = perfeval.evaluate(sheet).scorecard
    assert card is not None
    return card.execution.points


@pytest.mark.parametrize(
    ("year", "points"),
    [
        (2015, "8.00"),
        (2019, "8.00"),
        (2020, "8.05"),
        (2021, "8.05"),
        (2022, "10.00"),
        (2030, "10.00"),
    ],
)
def test_a_sheet_is_scored_by_the_rules_of_its_year(
    tmp_path: Path, national: Path, year: int, points: str
) -> None:
    """804.5 ÷ 1000: 80 % by the old rules, 80.5 % from 2020, a step from the middle of 2022."""
    path = written(tmp_path, "省", "国家.yaml", DATED)
    assert str(execution_points(path, year)) == points


def in_year(path: Path, year: int | None) -> ReadRulebook:
    return read_rulebook(path, year=year)


def test_without_a_year_the_latest_rules_hold(tmp_path: Path, national: Path) -> None:
    path = written(tmp_path, "省", "国家.yaml", DATED)
    assert in_year(path, None).rulebook.execution.source == "2022年文件"


def test_before_the_first_dated_rules_the_first_hold(tmp_path: Path, national: Path) -> None:
    path = written(
        tmp_path,
        "省",
        "国家.yaml",
        """\
舍入:
  - {@, 施行: 2021-01-01, 单项: {位数: 1}}
  - {@, 施行: 2023-01-01, 单项: {位数: 0}}
""",
    )
    digits = {year: in_year(path, year).rulebook.rounding.row.digits for year in (2019, 2022, 2023)}
    assert digits == {2019: 1, 2022: 1, 2023: 0}


def test_each_level_has_its_own_history(tmp_path: Path, national: Path) -> None:
    """The province changed in 2020, the city over it in 2022; each year takes both as they were."""
    written(
        tmp_path,
        "省",
        "国家.yaml",
        """\
舍入:
  - {@, 施行: 2018-01-01, 单项: {位数: 4}, 小计: {位数: 3}}
  - {@, 施行: 2020-01-01, 单项: {位数: 3}, 小计: {位数: 2}}
""",
    )
    path = written(
        tmp_path,
        "市",
        "省.yaml",
        """\
舍入:
  - {@, 施行: 2019-01-01}
  - {@, 施行: 2022-01-01, 单项: {位数: 0}}
""",
    )
    found = {}
    for year in (2019, 2021, 2022):
        rounding = in_year(path, year).rulebook.rounding
        assert rounding.subtotal is not None
        found[year] = (rounding.row.digits, rounding.subtotal.digits)
    assert found == {2019: (4, 3), 2021: (3, 2), 2022: (0, 2)}


def test_the_origin_of_a_value_is_the_version_that_held(tmp_path: Path, national: Path) -> None:
    path = written(tmp_path, "省", "国家.yaml", DATED)
    for year, stem in ((2022, "省"), (2020, "国家")):
        layers = in_year(path, year).layers
        assert Path(layers.origin(("预算执行", "方法")).name).stem == stem
        assert Path(layers.origin(("预算执行", "来源")).name).stem == "省"


def test_a_given_rulebook_holds_for_the_sheets_year_too(tmp_path: Path, national: Path) -> None:
    """With --rulebook FILE it is as if the sheet had named it."""
    path = written(tmp_path, "省", "国家.yaml", DATED)
    sheet = {"年度": 2019, "项目名称": "示例", "预算": {"预算数": 1000, "执行数": "804.5"}}
    card = perfeval.evaluate(sheet, rulebook=path.as_posix()).scorecard
    assert card is not None
    assert str(card.execution.points) == "8.00"
