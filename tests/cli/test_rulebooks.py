"""``perfeval rulebooks``: list, show, diff, test and new, as a finance official uses them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from perfeval import load_rulebook, rulebook_ids
from tests.cli.conftest import Command

HEAD = """\
编号: {name}
名称: 甲市评分办法
地区: 甲市
版本: "1"
继承: {parent}
"""
LADDER = """\
预算执行:
  来源: 甲市2023年通知
  条款: 第五条
  施行: 2023-01-01
  方法: 分档
  档次: [{从: 100, 得分: 10}, {从: 80, 得分: 7}, {从: 0, 得分: 0}]
"""
DATED = """\
预算执行:
  - {来源: 旧通知, 施行: 2020-01-01, 方法: 按执行率, 预算为零: 不计分}
  - 来源: 新通知
    施行: 2023-01-01
    方法: 分档
    档次: [{从: 100, 得分: 10}, {从: 80, 得分: 7}, {从: 0, 得分: 0}]
"""
EXAMPLES = """\
示例:
  - 名称: 执行率九成
    年度: {year}
    预算: {{预算数: 100, 执行数: 90}}
    应得: {{得分: {{预算执行: {points}}}}}
"""


Book = Callable[..., Path]


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Return a function that writes a rulebook of one's own."""

    def write(*blocks: str, name: str = "jia", parent: str = "mof-2020") -> Path:
        path = tmp_path / f"{name}.yaml"
        path.write_text(HEAD.format(name=name, parent=parent) + "".join(blocks), "utf-8")
        return path

    return write


# -- list --------------------------------------------------------------------------------------


def test_the_list_says_what_each_extends_and_how_much_of_it_was_seen(command: Command) -> None:
    lines = [line.split() for line in command("rulebooks").out.splitlines()]
    assert lines[0] == ["编号", "地区", "名称", "继承", "所见（按项计）"]
    hubei = next(line for line in lines if line[0] == "hubei-2020")
    assert hubei[1] == "湖北省"
    assert hubei[-4:] == ["公开的表", "6，系统程序", "1，未见", "1"]
    assert [line[0] for line in lines if line[0] in rulebook_ids()] == list(rulebook_ids())


def test_the_list_is_json_too(command: Command) -> None:
    books = {
        item["id"]: item for item in json.loads(command("rulebooks", "--json").out)["rulebooks"]
    }
    assert books["hubei-2020"]["clauses"] == 8
    assert books["hubei-2020"]["seen"] == {"公开的表": 6, "系统程序": 1, "未见": 1}
    assert books["mof-2020"]["extends"] is None


def test_a_word_that_is_no_action_is_answered_with_the_actions(command: Command) -> None:
    outcome = command("rulebooks", "list")
    assert (outcome.code, outcome.out) == (2, "")
    assert "ACTION 不能是 'list'，可选：'show', 'diff', 'test', 'new'" in outcome.err


@pytest.mark.parametrize("action", ["show", "diff", "test", "new"])
def test_every_action_has_help_in_chinese(command: Command, action: str) -> None:
    outcome = command("rulebooks", action, "--help")
    assert outcome.out.startswith(f"用法：perfeval rulebooks {action}")
    assert "--json" in outcome.out
    assert f"perfeval rulebooks {action}" in command("rulebooks", "--help").out


# -- show --------------------------------------------------------------------------------------


def test_show_says_every_rule_with_its_clause_and_how_sure_it_is(command: Command) -> None:
    out = command("rulebooks", "show", "hubei-2020").out
    assert "  预算执行：20 分\n" in out
    assert "  计分方法：得分 = 分值 × 执行率（执行数 ÷ 预算数），最高为分值" in out
    assert "  【条款】表头：得分（20分*执行率），执行率（B/A）" in out
    assert "财预〔2020〕10号《项目支出绩效评价管理办法》（原文未见）" in out
    assert "  【施行】日期未见" in out
    assert f"评分办法 {load_rulebook('hubei-2020').stamp}；perfeval " in out


def test_show_tells_where_each_inherited_rule_comes_from(command: Command, book: Book) -> None:
    out = command("rulebooks", "show", book(LADDER, parent="national-system")).out
    chain = "继承：本办法 ← national-system（国家预算管理一体化系统绩效自评计分公式） ← mof-2020（"
    assert chain in out
    assert "\n预算执行\n  计分方法：按执行率分档：" in out, "its own block bears no mark"
    assert "  预算数为 0 时：" in out
    assert "  【施行】2023-01-01 起\n" in out
    assert "\n偏差原因（继承自 national-system）\n" in out
    assert "\n表式（继承自 mof-2020）\n" in out
    data = json.loads(command("rulebooks", "show", "--json", book(LADDER)).out)
    blocks = {item["name"]: item for item in data["blocks"]}
    laid_down = {item["label"]: item["laid_down_by"] for item in blocks["预算执行"]["statements"]}
    assert laid_down["计分方法"] == "jia"
    assert blocks["等级"]["statements"][0]["laid_down_by"] == "mof-2020"


def test_show_says_what_a_layout_is_known_by(command: Command, book: Book) -> None:
    out = command("rulebooks", "show", "hubei-2020").out
    assert "\n  【编号】hubei-2020\n  【别名】主管部门：主管部门及代码；" in out
    assert (
        "\n  【特征】预算执行情况、年初目标值（A）、实际完成值（B）、偏差大或目标未完成原因分析\n"
        in out
    )
    data = json.loads(command("rulebooks", "show", "--json", "hubei-2020").out)
    blocks = {item["name"]: item for item in data["blocks"]}
    assert blocks["等级"]["layout"] is None
    layout = blocks["表式"]["layout"]
    assert (layout["id"], layout["aliases"]["完成值"][0]) == ("hubei-2020", "实际完成值")
    assert layout["signature"][-1] == "偏差大或目标未完成原因分析"
    own = command("rulebooks", "show", book("表式: {来源: 甲市表样, 标题: 甲市自评表}\n")).out
    assert "【编号】jia\n" in own
    assert "【特征】" not in own.partition("\n整体表式")[0].partition("\n表式")[2]


def test_a_rule_taken_over_inside_a_block_of_one_s_own_is_marked(
    command: Command, book: Book
) -> None:
    rounded = "预算执行:\n  来源: 甲市通知\n  执行率取值: {位数: 2}\n"
    out = command("rulebooks", "show", book(rounded)).out
    assert "最高为分值　（同 mof-2020）\n" in out
    assert "  执行率的取值：执行率先四舍五入到 2 位小数（百分数），再用来计分\n" in out
    assert "  【来源】甲市通知（原文未见）\n" in out
    assert "  【继承】标“同 mof-2020”的，该办法的来源：" in out


def test_show_takes_the_rules_of_a_year_and_lists_what_changed_when(
    command: Command, book: Book
) -> None:
    path = book(DATED)
    latest = command("rulebooks", "show", path).out
    old = command("rulebooks", "show", path, "--year", "2021").out
    assert "  计分方法：按执行率分档：" in latest
    assert "  计分方法：得分 = 分值 × 执行率" in old
    assert "适用年度：2021 年的规定（2023 年有改动，见“沿革”）" in old
    assert latest.split("沿革\n")[1] == old.split("沿革\n")[1].replace(
        load_rulebook(path, year=2021).stamp, load_rulebook(path).stamp
    )
    history = latest.split("沿革\n")[1].splitlines()
    assert history[:2] == ["  2023 年以前：本办法所载最早的规定", "  2023 年起："]
    assert history[2] == "    预算执行　计分方法："
    assert history[4].startswith("        现：按执行率分档：达到 100% 得 10 分；")


def test_a_rulebook_that_never_changed_has_no_history(command: Command) -> None:
    out = command("rulebooks", "show", "hubei-2020").out
    assert "适用年度：最新的规定（各年度相同）" in out
    assert "沿革" not in out


@pytest.mark.parametrize("name", rulebook_ids())
def test_every_shipped_rulebook_can_be_shown_on_a_gbk_console(command: Command, name: str) -> None:
    outcome = command("rulebooks", "show", name)
    assert (outcome.code, outcome.err) == (0, "")
    outcome.out.encode("gbk")
    assert all(
        f"\n{block}" in outcome.out for block in ("分值", "预算执行", "舍入", "等级", "表式")
    )


# -- diff --------------------------------------------------------------------------------------


def test_diff_says_what_changes_for_me_and_where_that_stands(command: Command) -> None:
    outcome = command("rulebooks", "diff", "mof-2020", "hubei-2020")
    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    assert lines[0] == "原办法：mof-2020（全国，财政部项目支出绩效自评评分办法）"
    assert lines[1] == "现办法：hubei-2020（湖北省，湖北省项目支出绩效自评评分办法）"
    assert "    预算执行：由 10 分改为 20 分" in lines
    assert "    项目类别的选项（新增）：部门预算项目、区级专项、上级转移支付项目" in lines
    assert any(line.startswith("    【依据】武汉市青山区民政局2023年度") for line in lines)
    assert any(line.startswith("没有变化：预算执行、") for line in lines)
    seen = "公开的表 6，系统程序 1，未见 1"
    advice = "等级没有见到来源，引用前请与本地文件核对"
    assert f"可靠程度：hubei-2020（按项计）{seen}；{advice}" in lines


def test_diff_leaves_out_what_is_equal(command: Command) -> None:
    out = command("rulebooks", "diff", "mof-2020", "hubei-2020").out
    assert "满分：" not in out
    assert "正向指标" not in out


def test_diff_of_a_rulebook_with_itself_says_so(command: Command) -> None:
    out = command("rulebooks", "diff", "beijing", "beijing").out
    assert "两个办法的规定完全相同。" in out


def test_diff_takes_files_and_json(command: Command, book: Book) -> None:
    path = book(LADDER)
    data = json.loads(command("rulebooks", "diff", "mof-2020", path, "--json").out)
    assert data["before"]["id"] == "mof-2020"
    assert data["after"]["id"] == "jia"
    (change,) = data["changes"]
    assert (change["block"], change["label"]) == ("预算执行", "计分方法")
    assert change["after"].startswith("按执行率分档：")


# -- test --------------------------------------------------------------------------------------


def test_examples_that_hold_pass_one_line_each(command: Command, book: Book) -> None:
    path = book(LADDER, EXAMPLES.format(year=2023, points=7))
    outcome = command("rulebooks", "test", path)
    assert outcome.code == 0
    assert outcome.out.splitlines() == [
        "通过  执行率九成",
        "边界 16 处（按规定生成），0 处不符；佐证 0 条，0 条不符",
        f"1 个示例，1 个通过，0 个不符（{load_rulebook(path).stamp}）",
    ]


def test_an_example_that_fails_says_what_was_expected_and_what_came(
    command: Command, book: Book
) -> None:
    outcome = command("rulebooks", "test", book(LADDER, EXAMPLES.format(year=2023, points=9)))
    assert outcome.code == 1
    first, _, last = outcome.out.splitlines()
    assert first == "不符  执行率九成；预算执行：应为 9，算得 7.00"
    assert last.startswith("1 个示例，0 个通过，1 个不符")


@pytest.mark.parametrize(("year", "points"), [(2021, 9), (2023, 7)])
def test_an_example_holds_by_the_rules_of_its_year(
    command: Command, book: Book, year: int, points: int
) -> None:
    path = book(DATED, EXAMPLES.format(year=year, points=points))
    assert command("rulebooks", "test", path).code == 0


def test_a_rulebook_without_examples_is_not_called_passed(command: Command, book: Book) -> None:
    outcome = command("rulebooks", "test", book(LADDER))
    assert outcome.code == 1
    assert outcome.out.splitlines()[-1].startswith("没有示例，这个办法还没有得到验证")


def test_a_rulebook_that_says_otherwise_than_its_source_fails(command: Command, book: Book) -> None:
    witness = "佐证:\n  预算执行/档次/*/得分: [[10, 8, 0], 八十分以上得8分]\n"
    outcome = command("rulebooks", "test", book(LADDER, witness))
    assert outcome.code == 1
    assert (
        "不符  预算执行/档次/*/得分：应为 10、8、0（“八十分以上得8分”），写的是 10、7、0"
        in outcome.out
    )
    right = book(LADDER, witness.replace("8, 0", "7, 0"))
    assert command("rulebooks", "test", right).code == 0


def test_a_rulebook_that_cannot_be_loaded_shows_line_and_caret(
    command: Command, book: Book
) -> None:
    path = book(LADDER.replace("得分: 7", "得分: 70"))
    outcome = command("rulebooks", "test", path)
    assert outcome.code == 2
    place, line, caret, last = outcome.out.splitlines()
    assert place == f"{path}:11:38  错误 RB101  各档的得分应由高到低"
    assert line == "  11 |   档次: [{从: 100, 得分: 10}, {从: 80, 得分: 70}, {从: 0, 得分: 0}]"
    assert caret.endswith("^")
    assert last == "评分办法没有读通：1 处错误"
    data = json.loads(command("rulebooks", "test", "--json", path).out)
    assert [(item["code"], item["line"]) for item in data["findings"]] == [("RB101", 11)]


def test_an_unknown_rulebook_ends_2(command: Command) -> None:
    for arguments in (
        ["show", "无"],
        ["diff", "mof-2020", "无"],
        ["test", "无"],
        ["new", "--from", "无"],
    ):
        outcome = command("rulebooks", *arguments)
        assert outcome.code == 2
        assert outcome.err.startswith("没有评分办法“无”；现有：")


@pytest.mark.parametrize("name", rulebook_ids())
def test_the_examples_of_every_shipped_rulebook_pass(command: Command, name: str) -> None:
    data = json.loads(command("rulebooks", "test", "--json", name).out)
    assert bool(data["edges"]) is load_rulebook(name).weights.scored
    assert data["examples"] or data["witnesses"] or load_rulebook(name).extends
    tried = [*data["examples"], *data["edges"]]
    assert [item["mismatches"] for item in tried if not item["passed"]] == []
    assert data["contradicted"] == []


# -- new ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("parent", rulebook_ids())
def test_a_new_rulebook_inherits_loads_and_passes(
    command: Command, tmp_path: Path, parent: str
) -> None:
    path = tmp_path / "新.yaml"
    outcome = command("rulebooks", "new", "--from", parent, "-o", path, "--id", "jia-shi")
    assert outcome.code == 0
    made = load_rulebook(path)
    assert (made.id, made.extends) == ("jia-shi", parent)
    assert command("rulebooks", "test", path).code == 0
    assert "两个办法的规定完全相同。" in command("rulebooks", "diff", parent, path).out
    assert sum(line.startswith("#") for line in path.read_text("utf-8").splitlines()) > 20


def test_a_new_rulebook_can_inherit_a_file(command: Command, tmp_path: Path, book: Book) -> None:
    parent = book(LADDER)
    (tmp_path / "区").mkdir()
    path = tmp_path / "区" / "乙区.yaml"
    outcome = command("rulebooks", "new", "--from", parent, "-o", path, "--id", "乙区")
    assert outcome.code == 0
    option = ("--rulebooks", str(tmp_path))
    assert f"perfeval rulebooks test {' '.join(option)} {path} 验证" in outcome.out
    assert load_rulebook(path, root=tmp_path).extends == "../jia.yaml"
    assert command("rulebooks", "test", path).code == 2
    for words in (("test", path), ("show", path), ("diff", parent, path)):
        assert command("rulebooks", *words, *option).code == 0


def test_new_never_overwrites(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "甲.yaml"
    path.write_text("保留", "utf-8")
    outcome = command("rulebooks", "new", "--from", "mof-2020", "-o", path)
    assert outcome.code == 2
    assert "已经存在，没有改动它" in outcome.err
    assert path.read_text("utf-8") == "保留"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("mof-2020", "编号“mof-2020”已被随软件附带的办法使用"),
        ("a b", "编号应由汉字、字母"),
    ],
)
def test_an_id_that_cannot_be_used_is_refused(command: Command, name: str, message: str) -> None:
    outcome = command("rulebooks", "new", "--from", "mof-2020", "--id", name)
    assert outcome.code == 2
    assert message in outcome.err


def test_without_an_output_the_text_goes_to_standard_output(command: Command) -> None:
    out = command("rulebooks", "new", "--from", "hubei-2020").out
    assert "\n继承: hubei-2020\n" in out
    assert (
        json.loads(command("rulebooks", "new", "--from", "hubei-2020", "--json").out)["text"] == out
    )


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("江夏区.yaml", "江夏区"),
        ("Xin Zhou (2024).yaml", "Xin-Zhou-2024"),
        ("2024.yaml", "2024"),
        ("true.yaml", "true"),
        ("-甲-.yaml", "甲"),
        ("办" * 70 + ".yaml", "办" * 60),
        ("（）.yaml", "my-rulebook"),
    ],
)
def test_a_new_rulebook_is_called_as_its_file(
    command: Command, tmp_path: Path, file: str, name: str
) -> None:
    """Otherwise the rulebooks of all districts would have one id."""
    path = tmp_path / file
    assert command("rulebooks", "new", "--from", "hubei-2020", "-o", path).code == 0
    assert load_rulebook(path).id == name


def test_a_new_rulebook_is_not_called_as_one_that_ships(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "hubei-2020.yaml"
    outcome = command("rulebooks", "new", "--from", "mof-2020", "-o", path)
    assert outcome.code == 2
    assert "--id" in outcome.err
    assert not path.exists()
