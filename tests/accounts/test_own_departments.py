"""What is written for a department of any size accuses nobody, and what is changed in it is found.

The departments are written here, sheet by sheet; nothing of them is taken from the checks.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import pytest

import perfeval
from perfeval.cli import main
from perfeval.findings import Severity

OFFICE = "云河县水利局"
FORMATS = ("docx", "html", "md")
BOUND = "绩效自评材料合订本"


class Project(NamedTuple):
    """A project: its name, its money in cents, what it did of ten, what it filed on top."""

    name: str
    planned: int
    spent: int
    done: int = 10
    filed_more: int = 0

    @property
    def points(self) -> Fraction:
        """Its points by the rulebook, each row to 0.01: 20 for money, 20 for what it did, 60."""
        rows = (Fraction(self.spent, self.planned), Fraction(self.done, 10))
        return sum((_half_up(20 * row) for row in rows), Fraction(60))


PROJECTS = (
    Project("水毁工程修复", 12000, 9645, 9, 400),
    Project("河道清淤整治", 8600, 8200),
    Project("3.5公里堤防护坡和5G水位站建设", 31050, 30005, 8),
    Project(
        "农村饮水安全巩固提升工程维修养护及水质检测能力建设和应急供水设备购置补助", 45000, 45000
    ),
    Project("水毁工程修复（二期）", 7000, 6510, 7, 200),
    Project("河长制工作", 2500, 2500, 10, 0),
)
ROWS = (("产出指标", "数量指标"), ("产出指标", "质量指标"))
OTHERS = (("效益指标", "社会效益指标"), ("满意度指标", "服务对象满意度指标"))


def _half_up(points: Fraction) -> Fraction:
    return Fraction(int(points * 100 + Fraction(1, 2)), 100)


def _decimals(cents: Fraction | int) -> str:
    whole = int(cents)
    return f"{whole // 100}.{whole % 100:02d}"


def sheet_text(project: Project) -> str:
    """Return a sheet, as an office types it."""
    filed = project.points * 100 + project.filed_more
    short = ", 偏差原因: 征地推迟, 改进措施: 提前征地" if project.done < 10 else ""
    planned, spent = _decimals(project.planned), _decimals(project.spent)
    money = f"年初预算数: {planned}, 预算数: {planned}, 执行数: {spent}, 偏差原因: 招标节约"
    lines = [
        "评分办法: hubei-2020",
        "年度: 2024",
        f"项目名称: {project.name}",
        f"主管部门: {OFFICE}",
        f"实施单位: {OFFICE}",
        "年度目标: 按期完成年度任务",
        f"预算: {{{money}}}",
        "项目用途: 年度水利工程",
        "产出和效果: 完成年度任务",
        f"已填报: {{总分: {_decimals(filed)}}}",
        "指标:",
    ]
    for number, (part, kind) in enumerate((*ROWS, *OTHERS)):
        if not number or part != (*ROWS, *OTHERS)[number - 1][0]:
            lines.append(f"  {part}:")
        target, done = ("≥10处", f"{project.done}处") if not number else ("≥90%", "93%")
        row = f"名称: 任务{'甲乙丙丁'[number]}, 分值: 20, 目标值: {target}, 完成值: {done}"
        lines += [f"    {kind}:", f"      - {{{row}{short if not number else ''}}}"]
    return "\n".join((*lines, ""))


def department(folder: Path, projects: tuple[Project, ...], abstracts: int | None) -> Path:
    """Write a department, with a sheet for each project."""
    folder.mkdir()
    lines = [f"部门名称: {OFFICE}", "年度: 2024", "评分办法: hubei-2020"]
    lines += [f"自评范围: {{项目数: {len(projects)}}}", "项目:"]
    lines += [f"  - 名称: {project.name}" for project in projects]
    if abstracts is not None:
        lines += ["摘要项目:", *(f"  - {project.name}" for project in projects[:abstracts])]
    lines += ["组织情况: 由财务股组织，各股室填报", "评价结论: 任务基本完成", ""]
    (folder / "department.yaml").write_text("\n".join(lines), encoding="utf-8")
    for project in projects:
        (folder / f"{project.name}.yaml").write_text(sheet_text(project), encoding="utf-8")
    return folder


def errors(file: Path | str, *, sheets: Path | None = None) -> list[str]:
    """Return what proofreading calls an error, with its code."""
    report = perfeval.proof(file, sheets=sheets)
    return [
        f"{item.code} {item.message}" for item in report.findings if item.severity is Severity.ERROR
    ]


def made(out: Path) -> Iterator[Path]:
    """Yield the documents of a department that are read by words."""
    for ending in FORMATS:
        yield from sorted(out.rglob(f"*自评*.{ending}"))
        yield from sorted(out.rglob(f"摘要.{ending}"))
        yield from sorted(out.rglob(f"综述.{ending}"))


@pytest.fixture(params=[(1, None), (2, None), (2, 1), (3, 2), (6, None)], ids=str)
def rendered(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Path]:
    """Return a department's folder and that of its documents."""
    count, abstracts = request.param
    folder = department(tmp_path / "我的部门", PROJECTS[:count], abstracts)
    out = tmp_path / "输出"
    assert main(["render", str(folder), "-o", str(out), "--formats", ",".join(FORMATS)]) == 0
    return folder, out


def test_what_is_written_for_a_department_has_no_error(rendered: tuple[Path, Path]) -> None:
    folder, out = rendered
    files = list(made(out))
    assert len(files) > len(FORMATS)
    found = {
        f"{file.relative_to(out)}{' --sheets' if sheets else ''}": errors(file, sheets=sheets)
        for file in files
        for sheets in (None, folder)
    }
    assert {name: said for name, said in found.items() if said} == {}


LISTED = "".join(
    f"附件{number}：2023年度{name}绩效自评{kind}\n"
    for number, (name, kind) in enumerate(
        [("灌区改造项目", "表"), ("山塘整治项目", "表"), ("灌区改造项目", "结果")], start=1
    )
)
FORM = "2023年度{}绩效自评表\n项目名称 {}\n年度财政资金总额 {} {} {}%\n"
ABSTRACT = (
    "云溪县农业农村局对2023年度{}进行了绩效自评，结果如下：\n一、自评得分\n{}分，等级为优。{}\n"
    "二、执行率情况\n全年预算数{}万元，执行数{}万元，执行率{}%。\n"
)
BREAKS = ("{}绩效自评结果（摘要版）", "{}\n绩效自评结果（摘要版）", "{}绩效自评\v结果\n（摘要版）")
SHEETS = (Project("灌区改造", 25000, 24000), Project("山塘整治", 8000, 8000, 9, 100))


def account(broken: str, filed: str = "填报总分99分。", spent: str = "240.00") -> str:
    """Return an account with two forms, then two abstracts whose titles are broken."""
    ditch, pond = "灌区改造项目", "山塘整治项目"
    parts = [
        "云溪县农业农村局2023年度部门决算\n第二部分 部门决算情况说明\n",
        "十、预算绩效情况说明\n（一）绩效自评结果应用情况\n结果已用于安排预算。\n",
        LISTED,
        FORM.format(ditch, ditch, "250.00", "240.00", "96.00"),
        FORM.format(pond, pond, "80.00", "80.00", "100"),
        f"2023年度{broken.format(ditch)}\n",
        ABSTRACT.format(ditch, "99.20", "", "250.00", spent, "96.00"),
        f"2023年度{broken.format(pond)}\n",
        ABSTRACT.format(pond, "98.00", filed, "80.00", "80.00", "100"),
    ]
    return "".join(parts)


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    """Return the sheets of the two projects of the account."""
    folder = department(tmp_path / "自评表", SHEETS, None)
    for file in folder.iterdir():
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("年度: 2024", "年度: 2023"), encoding="utf-8")
    return folder


@pytest.mark.parametrize("broken", BREAKS)
def test_an_abstract_behind_the_forms_is_of_the_project_in_its_title(
    broken: str, beside: Path
) -> None:
    assert errors(account(broken), sheets=beside) == []
    changed = errors(account(broken, spent="235.00"), sheets=beside)
    assert [said.partition("，")[0] for said in changed if said.startswith("AC501")] == [
        "AC501 “灌区改造”决算数 235.00万元"
    ]


@pytest.mark.parametrize("filed", ["", "填报总分97分。", "填报总分990分。"])
def test_points_by_the_rulebook_alone_are_not_those_that_were_filed(
    filed: str, beside: Path
) -> None:
    found = errors(account(BREAKS[0], filed), sheets=beside)
    assert [said.partition("，")[0] for said in found] == ["AC503 “山塘整治”得分 98.00分"]


def test_the_filed_points_of_the_next_project_do_not_count(beside: Path) -> None:
    text = account(BREAKS[0], filed="填报总分99分。").replace("98.00分", "97.00分")
    assert [said[:5] for said in errors(text, sheets=beside)] == ["AC503"]
    moved = account(BREAKS[0], filed="").replace("99.20分，等级为优。", "99.20分。填报总分99分。")
    assert [said[:5] for said in errors(moved, sheets=beside)] == ["AC503"]


@pytest.mark.parametrize("at", range(3))
def test_what_is_changed_in_an_abstract_is_found_of_its_project(at: int, tmp_path: Path) -> None:
    folder, out = department(tmp_path / "我的部门", PROJECTS[:3], None), tmp_path / "输出"
    assert main(["render", str(folder), "-o", str(out), "--formats", "md"]) == 0
    file, project = out / f"{BOUND}.md", PROJECTS[at]
    head, title, abstract = file.read_text(encoding="utf-8").rpartition(
        f"年度{project.name}项目绩效"
    )
    spent = f"执行数{_decimals(project.spent)}万元"
    file.write_text(head + title + abstract.replace(spent, "执行数1.23万元", 1), encoding="utf-8")
    found = errors(file, sheets=folder)
    assert any(said.startswith(f"AC501 “{project.name}”决算数 1.23万元") for said in found)
    assert all(project.name in said for said in found)


@pytest.mark.parametrize(("said", "wrong"), [("40.00", []), ("45.00", ["调拨数 45.00万元"])])
def test_to_whom_money_was_passed_on_are_parts_of_it(
    said: str, wrong: list[str], tmp_path: Path
) -> None:
    folder = department(tmp_path / "自评表", (Project("文化站改造", 8000, 7500),), None)
    file = folder / "文化站改造.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("执行数: 75.00", "执行数: 75.00, 其中调拨: 40.00"), "utf-8")
    told = (
        "云河县水利局2024年度部门决算\n十、预算绩效情况说明\n（一）项目绩效自评结果\n"
        "1.文化站改造项目绩效自评综述：项目全年预算数为80.00万元，执行数为75.00万元，"
        f"其中调拨{said}万元。调拨去向：石桥镇20.00万元，用于改造；白沙镇20.00万元，用于改造。\n"
    )
    found = errors(told, sheets=folder)
    assert [one for one in found if one.startswith("AC501")] == found
    assert [one.partition("”")[2].partition("，")[0] for one in found] == wrong


def test_a_chapter_of_rates_and_points_in_an_abstract_is_read(beside: Path) -> None:
    text = account(BREAKS[0], spent="235.00").replace("二、执行率情况", "二、执行率和得分")
    found = [said for said in errors(text, sheets=beside) if said.startswith("AC501")]
    assert [said.partition("，")[0] for said in found] == ["AC501 “灌区改造”决算数 235.00万元"]


@pytest.mark.parametrize("name", ["整体搬迁补助", "老旧小区整体改造", "部门整体绩效服务采购"])
def test_a_project_is_not_the_whole_for_a_word_in_its_name(name: str, tmp_path: Path) -> None:
    other = PROJECTS[1]._replace(name="库区整体提升")
    projects = (PROJECTS[0]._replace(name=name), other, PROJECTS[4])
    folder, out = department(tmp_path / "我的部门", projects, None), tmp_path / "输出"
    assert main(["render", str(folder), "-o", str(out), "--formats", "html,md"]) == 0
    found = {file.name: errors(file, sheets=folder) for file in made(out)}
    assert f"{BOUND}.html" in found
    assert not any(found.values()), found
    (volume,) = out.rglob(f"{BOUND}.md")
    behind = volume.read_text("utf-8").rpartition("执行数96.45万元")
    assert behind[1]
    volume.write_text("执行数95.45万元".join(behind[::2]), "utf-8")
    wrong = [said.partition("，")[0] for said in errors(volume, sheets=folder)]
    assert f"AC501 “{name}”决算数 95.45万元" in wrong
