"""Whatever stands in a sheet or in a department's file, the checks answer with findings."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

import perfeval
from perfeval import Rulebook
from perfeval.checks import SHEET_SCOPES
from perfeval.checks.policy import Selection
from perfeval.checks.registry import CHECKS, Scope
from perfeval.checks.settling import CheckOptions
from perfeval.documents.findings.terminal import ledger_text, report_text
from perfeval.documents.findings.text import finding_text
from perfeval.findings import Inspection, Nature, Severity, Status
from perfeval.readers.files import DEPARTMENT, resolve
from perfeval.sheet import Waiver
from perfeval.source import read_bytes
from tests.checks.blocks import Mixture, blocks, clean
from tests.seeds import FIRST

SHEETS = 25_000
BATCHES = 5
QUICK_SHEETS = 400
IN_FOLDER = 5
"""So many mutated sheets stand beside one mutated department.yaml."""
SLOWEST = 5.0
"""Seconds of work for one folder; the usual one takes hundredths."""

SCOPES = (Scope.FILE, Scope.DEPARTMENT, *SHEET_SCOPES)

PUBLISHED = Path(__file__).parents[1] / "published"
SHIPPED = "shipped:qingshan-2023"

WORDS = [
    "",
    "无",
    "是",
    "否",
    "完成",
    "达成预期指标",
    "部分达成",
    "得到提升",
    "显著",
    "/",
    "—",
    "100%",
    "99.88%",
    "-5%",
    "0%",
    "1e3",
    "0",
    "-1",
    "-0",
    "1",
    "0.000000000000000001",
    "9",
    "9",
    "1",
    "0",
    "１２３",
    "１，２３４．５％",
    "1286. 7",
    "42（3）",
    "300元和200元",
    "5-8",
    "≥",
    "≥≥5",
    "≤-3",
    "＞5",
    "95%以上",
    "约100",
    "增长5%",
    "30日以内",
    "1:30",
    "2023-01-01",
    "2022年度完成",
    "〔2034〕192号",
    "青财预[2024]192号",
    "一.自评",
    "执行率100%",
    "执行率为99.4%",
    "资金略有结余",
    "未形成结余",
    "××",
    "【待补充】",
    "部门名称",
    "😀",
    "👨\u200d👩",
    "\u202e321",
    "\x00",
    "\x07",
    "\u2028",
    "\ufeff",
    "\ud7ff",
    "=1+1",
    "=cmd|' /C calc'!A0",
    "<b>&amp;",
    "{名称}",
    "{{ x }}",
    "%s",
    "|",
    "`",
    "*a",
    "&a",
    "true",
    "null",
    "~",
    "[1, 2]",
    "{值: 1}",
    "{值: 24, 文本: 42（3）}",
    "{值: -5, 文本: x, 单位: '%'}",
    "2023",
    "2999",
    "部门整体支出",
    "元",
    "万元",
    "满意度指标",
    "养老服务体系建设运营补助资金",
    "自评资金",
    "基本支出",
    "一般公共预算",
    "决算",
    "年初预算",
    "良好",
    "优",
]
"""What may stand where something else is expected."""

RUNS = [
    "0",
    "9.",
    "9 ",
    "1. ",
    "1 .",
    "１",
    "１，",
    "x",
    "*",
    "_",
    "【",
    "【a",
    "〔2023",
    "[2023]",
    "2023年",
    "一",
    "一.",
    "\u3000",
    "a",
    "无",
    "没有",
    "存在问题",
    "有结余",
    "。",
    "，",
    "资金支付",
    "资金支付及时",
    "预算资金",
    "得到提升",
    "逐步",
    "率",
    "执行率为",
    "执行率9.9",
    "（",
    "）",
    "9,999",
    "（3）",
    "问卷",
    "≥",
]
"""What a pattern that goes back over its text would stumble over, many times."""

ADDED = [
    "校核豁免:\n  - {编号: WT104, 理由: 已核实, 批准: 财务科负责人, 有效期至: 2024-01-01}",
    "校核豁免:\n  - {编号: DP107, 理由: 已核实, 批准: 财务科负责人, 有效期至: 2026-01-01}",
    "校核豁免:\n  - {编号: ZZ1, 理由: 已核实, 批准: 张三, 有效期至: 2023-01-01}",
    "已填报: {总分: 100, 等级: 良, 目标完成率: 100%, 存在问题: 无}",
    "已填报: {总分: 101, 等级: 优秀, 目标完成率: 99%, 存在问题: 资金略有结余}",
    "原因分析: 培训人数没有完成，是因为2022年度推迟",
    "备注: !!int 5",
    "---\n备注: 又一份",
    "年度目标: 一.执行率达到100%；青财预[2024]192号、〔2034〕1号；共1286. 7万元",
    "改进措施: 结合自评结果，更科学、准确地做好预算编制。",
    "项目类别: 专项\n项目属性: 新增性项目",
    "预算: {年初预算数: 5, 预算数: 10, 执行数: 12, 其中调拨: 20, 已填报: {执行率: 120%, 得分: 24}}",
    "指标:\n  - {一级指标: 产出指标, 二级指标: 成本指标, 名称: 资金支出进度, 分值: 0, 目标值: 0}",
    "指标:\n  - {一级指标: 效益指标, 二级指标: 社会效益指标, 名称: 甲, 目标值: ＞5, 完成值: -1}",
    "比率:\n  - {名称: 甲, 印出: 150%, 分子: 自评资金, 分母: 乙, 性质: 执行率}",
    "合计:\n  - {合计: 自评资金, 各项: [1, 自评资金, 乙]}",
]
"""Lines that a text may end with; some repeat what stands above, some are of the other kind."""

SCALAR = re.compile(r"(?<=: )(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s,{}\[\]\"'#|>&*][^,{}\[\]\n#]*)")


class Seen(NamedTuple):
    """What a batch went through."""

    read: int
    codes: Counter[str]
    statuses: Counter[str]
    slowest: float


@cache
def texts() -> tuple[str, ...]:
    """Return the text of every shipped and every published sheet."""
    found = [resolve(name).read_text(encoding="utf-8") for name in perfeval.shipped_sheets()]
    for path in sorted(PUBLISHED.glob("*.yaml")):
        data = read_bytes(path.read_bytes(), path.name).data
        if isinstance(data["自评表"], dict):
            sheet = perfeval.load_sheet({"评分办法": data["评分办法"], **data["自评表"]})
            found.append(perfeval.dump(sheet))
    return tuple(found)


@cache
def department_text() -> str:
    return (resolve(SHIPPED) / DEPARTMENT).read_text(encoding="utf-8")


@cache
def faulty() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the sheets and the departments into which one fault each was put by hand."""
    found = [Mixture((block,)).files() for block in blocks() if block.fails]
    names = clean().keys() - {DEPARTMENT}
    sheets = {files[name] for files in found for name in names}
    return tuple(sorted(sheets)), tuple(sorted({files[DEPARTMENT] for files in found}))


def drawn(random: Random, usual: tuple[str, ...], spoilt: tuple[str, ...]) -> str:
    """Return a text as it was published, or one in which a rare fault stands already."""
    return random.choice(spoilt if random.random() < 0.5 else usual)


@cache
def rulebooks() -> tuple[Rulebook, ...]:
    return tuple(perfeval.load_rulebook(name) for name in perfeval.rulebook_ids())


def hostile(random: Random) -> str:
    """Return a value as it may be written: bare, quoted, or very long."""
    kind = random.randrange(12)
    if kind == 0:
        return json.dumps(random.choice(RUNS) * random.choice((20, 100, 700)), ensure_ascii=False)
    if kind == 1:
        joined = "".join(random.choice(WORDS + RUNS) for _ in range(random.randint(2, 5)))
        return json.dumps(joined, ensure_ascii=False)
    if kind < 6:
        return json.dumps(random.choice(WORDS), ensure_ascii=False)
    if kind < 9:
        number = random.choice((0, 1, 2, 26, 32, 99, 100, 101, 705, 1000, 10**12))
        return random.choice(("{}", "{}%", "≥{}", "≤{}张", "{}.5", "-{}", "{}（3）")).format(number)
    return random.choice(WORDS)


def mutated(random: Random, text: str) -> str:
    """Return *text* with some of its lines and values spoilt."""
    lines = text.split("\n")
    for _ in range(random.choice((1, 1, 2, 3, 5))):
        at = random.randrange(len(lines))
        kind = random.randrange(60)
        if kind == 0:
            del lines[at]
            lines = lines or [""]
        elif kind == 1:
            lines.insert(at, lines[random.randrange(len(lines))])
        elif kind == 2:
            other = random.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        elif kind == 3:
            lines[at] = random.choice((" ", "  ", "\t")) + lines[at]
        elif kind == 4:
            lines[at] = lines[at][random.randint(1, 3) :]
        elif kind == 5:
            lines[at] = lines[at] + random.choice((": ", "]", "}", " x", "：", "- "))
        elif kind < 15:
            lines += random.choice(ADDED).split("\n")
        else:
            scalars = list(SCALAR.finditer(lines[at]))
            if scalars:
                found = random.choice(scalars)
                line = lines[at]
                lines[at] = line[: found.start()] + hostile(random) + line[found.end() :]
    return "\n".join(lines)


def terms(random: Random) -> CheckOptions:
    """Return how someone may ask: mostly for everything, sometimes for less or with waivers."""
    if random.random() < 0.8:
        return CheckOptions()
    codes = random.sample([code for code in sorted(CHECKS) if CHECKS[code].scope in SCOPES], 40)
    waivers = tuple(
        Waiver.model_validate(
            {"编号": code, "理由": "已核实", "批准": "财务科负责人", "有效期至": "2024-01-01"}
        )
        for code in codes[1:]
    )
    selection = Selection(select=(codes[0][:2],)) if random.random() < 0.5 else Selection()
    return CheckOptions(selection, waivers, random.choice((None, "2023-06-01", "2025-06-01")))


def write(folder: Path, random: Random) -> None:
    sheets, departments = faulty()
    own = drawn(random, (department_text(),), departments)
    if random.random() < 0.9:
        own = mutated(random, own)
    for position in range(IN_FOLDER):
        text = mutated(random, drawn(random, texts(), sheets))
        raw = text.encode(random.choice(("utf-8", "utf-8", "utf-8", "gb18030")), "replace")
        if random.random() < 0.02:
            raw = raw[: random.randrange(len(raw))] + random.randbytes(3)
        (folder / f"{position}.yaml").write_bytes(raw)
    (folder / DEPARTMENT).write_bytes(own.encode("utf-8", "replace"))


def examined(folder: Path, random: Random, seen: Seen) -> Seen:
    """Check one folder and write all that was found; assert what always holds."""
    write(folder, random)
    book = random.choice((None, random.choice(rulebooks())))
    start = time.process_time()
    report = perfeval.evaluate_department(folder, rulebook=book, terms=terms(random))
    assert len(report.sheets) == IN_FOLDER
    own, *sheets = report.inspections
    holds(own, (Scope.FILE, Scope.DEPARTMENT))
    for inspection in sheets:
        holds(inspection, (Scope.FILE, *SHEET_SCOPES))
    with_hints = random.random() < 0.5
    assert "".join(report_text(report.inspections, with_hints=with_hints)) or not with_hints
    assert ledger_text(report.inspections)
    took = time.process_time() - start
    seen.codes.update(item.code for each in report.inspections for item in each.findings)
    seen.statuses.update(item.value for each in report.inspections for item in each.ledger.values())
    is_read = sum(sheet.is_read for sheet in report.sheets)
    return seen._replace(read=seen.read + is_read, slowest=max(seen.slowest, took))


def holds(inspection: Inspection, scopes: tuple[Scope, ...]) -> None:
    """Every finding is a known one in words, and the ledger has every check once."""
    for finding in inspection.findings:
        check = CHECKS[finding.code]
        assert check.scope in scopes
        assert isinstance(finding.severity, Severity)
        assert finding.nature is check.nature
        assert finding.severity is not Severity.ERROR or finding.nature is Nature.DECIDABLE
        assert re.search("[\u4e00-\u9fff]", finding.message), finding
        assert "Decimal(" not in finding.message, finding
        assert finding.fingerprint
        assert finding.code in finding_text(finding)
        assert inspection.ledger[finding.code] is Status.FAILED, finding
    assert set(inspection.ledger) == {
        code for code, check in CHECKS.items() if check.scope in scopes
    }
    failed = {code for code, status in inspection.ledger.items() if status is Status.FAILED}
    assert failed == {finding.code for finding in inspection.findings}


def batch(folder: Path, seed: int, sheets: int) -> Seen:
    """Check *sheets* mutated sheets; the same seed gives the same ones."""
    seen = Seen(0, Counter(), Counter(), 0.0)
    place = folder / str(seed)
    place.mkdir()
    for number in range(sheets // IN_FOLDER):
        name = f"{FIRST + seed}-{number}"
        try:
            seen = examined(place, Random(name), seen)
        except Exception as error:
            error.args = (f"Random({name!r})", *error.args)
            raise
    return seen


def test_no_mutated_sheet_and_no_mutated_department_makes_a_check_raise(tmp_path: Path) -> None:
    """A few hundred; `-m slow` has thousands, drawn anew."""
    seen = batch(tmp_path, 0, QUICK_SHEETS)
    assert seen.read > QUICK_SHEETS // 4
    assert seen.slowest < SLOWEST
    assert len(seen.codes) > 60
    assert set(seen.statuses) == {status.value for status in Status}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, BATCHES + 1))
def test_many_mutated_sheets_are_answered_with_findings(tmp_path: Path, seed: int) -> None:
    """Every seed is work of its own, so that a run with several processes shares them out."""
    seen = batch(tmp_path, seed, SHEETS // BATCHES)
    assert seen.read > SHEETS // BATCHES // 4
    assert seen.slowest < SLOWEST
    checks = {code for code, check in CHECKS.items() if check.scope in SCOPES}
    never = checks - seen.codes.keys() - BEYOND_MUTATION
    assert len(never) < RARE, never


BEYOND_MUTATION = {
    "RB101",
    "RB102",
    "RB103",
    "RB104",
    "RB105",  # no rulebook is spoilt
    "SH106",  # a float stands only in a plain dict
    "YM103",
    "YM112",
    "YM113",
    "YM102",
    "YM114",  # sizes, and files that cannot be opened
    "YM115",
    "YM116",  # comments
}
"""Checks that these changes do not bring about."""
RARE = 24
"""Of the others so many may be missing from one batch."""
