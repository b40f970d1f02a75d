"""Consistent accounts, made of random money behind their sentences, in the wordings of places.

What is written here knows nothing of the checks: amounts are whole cents, shares are `Fraction`s,
and each figure that is printed has a name under which an injector can change it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

CLASSES = {
    "一般公共服务支出": [("政府办公厅（室）及相关机构事务", ["行政运行", "一般行政管理事务"])],
    "教育支出": [("普通教育", ["小学教育", "初中教育"]), ("进修及培训", ["培训支出"])],
    "社会保障和就业支出": [
        ("行政事业单位养老支出", ["行政单位离退休", "机关事业单位基本养老保险缴费支出"]),
        ("民政管理事务", ["基层政权建设和社区治理"]),
    ],
    "卫生健康支出": [("行政事业单位医疗", ["行政单位医疗", "公务员医疗补助"])],
    "农林水支出": [("水利", ["水利工程建设", "防汛"])],
    "住房保障支出": [("住房改革支出", ["住房公积金", "购房补贴"])],
}
NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Line:
    """An account of the lowest level: its names, its budget and what was spent, in cents."""

    class_: str
    section: str
    name: str
    original: int
    final: int


@dataclass
class Page:
    """A text that is being written, and where each named figure begins in it."""

    text: str = ""
    at: dict[str, int] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)

    def say(self, text: str, **figures: str) -> None:
        """Write a sentence; ``{name}`` is a figure."""
        for piece in re.split(r"(\{\w+\})", text):
            if piece.startswith("{"):
                name = piece[1:-1]
                key = name if name not in self.at else f"{name}_{len(self.at)}"
                self.at[key] = len(self.text)
                self.printed[key] = figures[name]
                self.text += figures[name]
            else:
                self.text += piece

    def title(self, text: str) -> None:
        """Write a line of its own."""
        self.text = self.text.rstrip("\n") + f"\n{text}\n"

    def changed(self, key: str, text: str) -> Page:
        """Return the page with one figure printed otherwise."""
        at, old = self.at[key], self.printed[key]
        moved = {
            other: place + (len(text) - len(old) if place > at else 0)
            for other, place in self.at.items()
        }
        whole = self.text[:at] + text + self.text[at + len(old) :]
        return Page(whole, moved, {**self.printed, key: text})


def wrapped(page: Page, width: int) -> tuple[str, dict[str, int]]:
    """Cut a page into lines as a justified text has them; return it and each figure's line."""
    lines: dict[int, int] = {}
    out, line, column = [], 1, 0
    for at, letter in enumerate(page.text):
        lines[at] = line
        out.append(letter)
        column += 1
        if letter == "\n":
            line, column = line + 1, 0
        elif column >= width and not (letter in "0123456789." or page.text[at + 1 : at + 2] == "."):
            out.append("\n")
            line, column = line + 1, 0
    return "".join(out), {key: lines[at] for key, at in page.at.items()}


def money(cents: int) -> str:
    """Print cents as 10,000 yuan with two decimals."""
    return f"{cents // 100}.{cents % 100:02d}"


def percent(part: int, base: int, digits: int = 2) -> str:
    """Print a share, half up; what is not all of it is not 100."""
    exact = Fraction(part * 100, base)
    whole = int(exact * 10**digits + Fraction(1, 2))
    while part != base and whole == 100 * 10**digits:
        digits += 1
        whole = int(exact * 10**digits + Fraction(1, 2))
    text = f"{whole // 10**digits}.{whole % 10**digits:0{digits}d}"
    return "100" if part == base else text


@dataclass(frozen=True)
class Ledger:
    """The money behind a document, in cents."""

    year: int
    lines: tuple[Line, ...]
    basic: int
    staff: int
    fund: int
    before: dict[str, int]
    trips: int
    cars: int
    guests: int
    caps: dict[str, int]
    goods: int
    services: int
    small: int
    smaller: int
    projects: tuple[tuple[str, int, int], ...]

    @property
    def public(self) -> int:
        return sum(line.final for line in self.lines)

    @property
    def original(self) -> int:
        return sum(line.original for line in self.lines)

    @property
    def whole(self) -> int:
        return self.public + self.fund


def ledger(seed: int) -> Ledger:
    """Return random money that hangs together."""
    rng = random.Random(seed)
    chosen = rng.sample(sorted(CLASSES), rng.randint(3, len(CLASSES)))
    lines = []
    for class_ in [name for name in CLASSES if name in chosen]:
        for section, names in CLASSES[class_]:
            for name in names:
                original = rng.randint(1_000, 90_000)
                final = rng.choice([original, original + rng.randint(-900, 50_000)])
                lines.append(Line(class_, section, name, original, final))
    public = sum(line.final for line in lines)
    basic = public * rng.randint(20, 60) // 100
    staff = basic * rng.randint(70, 90) // 100
    fund = rng.choice([0, rng.randint(5_000, 90_000)])
    trips, cars, guests = rng.choice([0, 310]), rng.randint(200, 900), rng.randint(20, 300)
    goods, services = rng.randint(500, 9_000), rng.randint(500, 9_000)
    small = rng.randint(900, goods + services)
    budgets = [rng.randint(500, 9_000) for _ in range(rng.randint(3, 6))]
    names = [
        f"{kind}项目"
        for kind in ("社区服务", "校舍维修", "防汛物资", "就业培训", "档案管理", "绿化养护")
    ]
    return Ledger(
        year=rng.randint(2020, 2024),
        lines=tuple(lines),
        basic=basic,
        staff=staff,
        fund=fund,
        before={"public": public + rng.randint(-800, 9_000), "basic": basic - rng.randint(50, 400)},
        trips=trips,
        cars=cars,
        guests=guests,
        caps={
            "trips": trips + 50 if trips else 0,
            "cars": cars + rng.randint(20, 90),
            "guests": guests + rng.randint(20, 90),
        },
        goods=goods,
        services=services,
        small=small,
        smaller=small - rng.randint(100, 700),
        projects=tuple(
            (name, budget, budget - rng.randint(20, 300))
            for name, budget in zip(names, budgets, strict=False)
        ),
    )


def change(now: int, before: int) -> tuple[str, str]:
    """Return the words for a change and for its rate."""
    return ("增加", "增长") if now > before else ("减少", "下降")


@dataclass(frozen=True)
class Wording:
    """How a place says it."""

    whole: str
    income: str
    spending: str
    fiscal: str
    public: str
    share: str
    item: str
    trips: str
    order: Callable[[int, int], str]


def _by_sign(now: int, budget: int) -> str:
    if now == budget:
        return "决算数与预算数持平。"
    return f"决算数{'大于' if now > budget else '小于'}预算数的主要原因是工作安排调整。"


def _with_start(now: int, budget: int) -> str:
    if now == budget:
        return ""
    return f"支出决算数{'大于' if now > budget else '小于'}年初预算数的主要原因：人员和任务变动。"


WORDINGS = (
    Wording(
        whole="{y}年度收、支总计{total}万元。与{b}年度相比，收、支总计各{w}{change}万元，{r}{rate}%，主要原因是项目调整。",
        income="{y}年度收入合计{income}万元。其中：财政拨款收入{fiscal}万元，占本年收入{share}%。",
        spending="{y}年度支出合计{spending}万元。其中：基本支出{basic}万元，占本年支出{basic_share}%；项目支出{project}万元，占本年支出{project_share}%。",
        fiscal="{y}年度财政拨款收、支总计{fiscal_total}万元。{y}年度财政拨款收入中，一般公共预算财政拨款收入{public_income}万元，比{b}年度决算数{w}{public_change}万元。政府性基金预算财政拨款收入{fund_income}万元。",
        public="{y}年度一般公共预算财政拨款支出{public}万元，占本年支出合计的{public_share}%。与{b}年度相比，一般公共预算财政拨款支出{w}{public_less}万元，{r}{public_rate}%。",
        share="{k}.{name}（类）支出{class_}万元，占{class_share}%。",
        item="{k}.{name}。年初预算数为{original}万元，支出决算数为{final}万元，完成年初预算数的{done}%。",
        trips="因公出国（境）费支出决算为{trips}万元，完成预算的{trips_done}%",
        order=_with_start,
    ),
    Wording(
        whole="本部门{y}年度收入支出总计{total}万元。与{b}年度相比，收入支出总计{w}{change}万元，{r}{rate}%。主要原因：项目支出变动。",
        income="本年收入合计{income}万元，其中：财政拨款收入{fiscal}万元，占{share}%。",
        spending="本年支出合计{spending}万元，其中：基本支出{basic}万元，占{basic_share}%；项目支出{project}万元，占{project_share}%。",
        fiscal="本部门{y}年度财政拨款收入支出总计{fiscal_total}万元，其中：一般公共预算财政拨款收入{public_income}万元，比{b}年度{w}{public_change}万元；政府性基金预算财政拨款收入{fund_income}万元。",
        public="一般公共预算财政拨款支出{public}万元，占本年支出合计的{public_share}%。与{b}年度相比，一般公共预算财政拨款支出{w}{public_less}万元，{r}{public_rate}%。",
        share="{name}支出（类）{class_}万元，占{class_share}%；",
        item="{k}、{path}。主要用于：日常工作。年初预算为{original}万元，支出决算为{final}万元，完成年初预算的{done}%。",
        trips="因公出国（境）费决算为{trips}万元，完成预算的{trips_done}%",
        order=_by_sign,
    ),
    Wording(
        whole="{y}年度收入支出决算总计为{total}万元，较上年{w}{change}万元，{r}{rate}%，主要是任务变化。",
        income="{y}年度本年收入合计{income}万元，其中：财政拨款收入{fiscal}万元，占本年收入合计的{share}%。",
        spending="{y}年度本年支出合计{spending}万元，其中：基本支出{basic}万元，占本年支出合计的{basic_share}%；项目支出{project}万元，占本年支出合计的{project_share}%。",
        fiscal="{y}年度财政拨款收支决算总计{fiscal_total}万元。其中：一般公共预算财政拨款收入{public_income}万元，较上年{w}{public_change}万元；政府性基金预算财政拨款收入{fund_income}万元。",
        public="{y}年度一般公共预算财政拨款支出{public}万元，占本年支出合计的{public_share}%。较上年{w}{public_less}万元，{r}{public_rate}%。",
        share="（{k}）{name}支出{class_}万元，占{class_share}%；",
        item="{k}.{path}：年初预算{original}万元，支出决算{final}万元，完成年初预算的{done}%。",
        trips="因公出国（境）支出决算{trips}万元，完成预算的{trips_done}%",
        order=_by_sign,
    ),
)


def draft(seed: int) -> Page:
    """Write consistent accounts in the wording of one place."""
    money_ = ledger(seed)
    wording = WORDINGS[seed % len(WORDINGS)]
    page = Page()
    page.title(f"示例区民政局{money_.year}年度部门决算")
    for write in (
        _totals,
        _structure,
        _items,
        _basic,
        _fund,
        _trips,
        _running,
        _buying,
        _performance,
    ):
        write(page, money_, wording)
    return page


def _say(page: Page, text: str, money_: Ledger, **figures: str) -> None:
    words = {"y": str(money_.year), "b": str(money_.year - 1)}
    for key in ("w", "r", "k", "name", "path"):
        if key in figures:
            words[key] = figures.pop(key)
    for key, word in words.items():
        text = text.replace("{" + key + "}", word)
    page.say(text, **figures)


def _totals(page: Page, money_: Ledger, wording: Wording) -> None:
    now, before = money_.whole, money_.before["public"] + money_.fund
    word, rise = change(now, before)
    gap = abs(now - before)
    page.title("一、收入支出决算总体情况说明")
    _say(
        page,
        wording.whole,
        money_,
        w=word,
        r=rise,
        total=money(now),
        change=money(gap),
        rate=percent(gap, before),
    )
    page.title("二、收入决算情况说明")
    _say(page, wording.income, money_, income=money(now), fiscal=money(now), share="100")
    page.title("三、支出决算情况说明")
    project = now - money_.basic
    _say(
        page,
        wording.spending,
        money_,
        spending=money(now),
        basic=money(money_.basic),
        basic_share=percent(money_.basic, now),
        project=money(project),
        project_share=percent(project, now),
    )
    page.title("四、财政拨款收入支出决算总体情况说明")
    public_gap = abs(money_.public - money_.before["public"])
    _say(
        page,
        wording.fiscal,
        money_,
        w=word,
        fiscal_total=money(now),
        public_income=money(money_.public),
        public_change=money(public_gap),
        fund_income=money(money_.fund),
    )
    page.title("五、一般公共预算财政拨款支出决算情况说明")
    page.title("（一）一般公共预算财政拨款支出决算总体情况")
    _say(
        page,
        wording.public,
        money_,
        w=word,
        r=rise,
        public=money(money_.public),
        public_share=percent(money_.public, now),
        public_less=money(public_gap),
        public_rate=percent(public_gap, money_.before["public"]),
    )


def _structure(page: Page, money_: Ledger, wording: Wording) -> None:
    page.title("（二）一般公共预算财政拨款支出决算结构情况")
    _say(
        page,
        "{y}年度一般公共预算财政拨款支出{public_again}万元，主要用于以下方面：",
        money_,
        public_again=money(money_.public),
    )
    for order, class_ in enumerate(dict.fromkeys(line.class_ for line in money_.lines), start=1):
        spent = sum(line.final for line in money_.lines if line.class_ == class_)
        name = class_.removesuffix("支出")
        _say(
            page,
            wording.share,
            money_,
            k=str(order),
            name=name,
            class_=money(spent),
            class_share=percent(spent, money_.public),
        )


def _items(page: Page, money_: Ledger, wording: Wording) -> None:
    page.title("（三）一般公共预算财政拨款支出决算具体情况")
    _say(
        page,
        "{y}年度一般公共预算财政拨款支出年初预算为{original_all}万元，支出决算为{final_all}万元，完成年初预算的{done_all}%。其中：",
        money_,
        original_all=money(money_.original),
        final_all=money(money_.public),
        done_all=percent(money_.public, money_.original),
    )
    for order, line in enumerate(money_.lines, start=1):
        path = f"{line.class_}（类）{line.section}（款）{line.name}（项）"
        _say(
            page,
            wording.item,
            money_,
            k=str(order),
            name=line.name,
            path=path,
            original=money(line.original),
            final=money(line.final),
            done=percent(line.final, line.original),
        )
        page.say(wording.order(line.final, line.original))


def _basic(page: Page, money_: Ledger, _wording: Wording) -> None:
    page.title("六、一般公共预算财政拨款基本支出决算情况说明")
    _say(
        page,
        "{y}年度一般公共预算财政拨款基本支出{basic_again}万元，其中：人员经费{staff}万元，主要包括：基本工资、津贴补贴；公用经费{running}万元，主要包括：办公费、差旅费。",
        money_,
        basic_again=money(money_.basic),
        staff=money(money_.staff),
        running=money(money_.basic - money_.staff),
    )


def _fund(page: Page, money_: Ledger, _wording: Wording) -> None:
    page.title("七、政府性基金预算财政拨款收入支出决算情况说明")
    _say(
        page,
        "{y}年度政府性基金预算财政拨款年初结转和结余{fund_first}万元，本年收入{fund_in}万元，本年支出{fund_out}万元，年末结转和结余{fund_last}万元。",
        money_,
        fund_first="0.00",
        fund_in=money(money_.fund),
        fund_out=money(money_.fund),
        fund_last="0.00",
    )
    page.title("八、国有资本经营预算财政拨款支出决算情况说明")
    _say(page, "{y}年度无国有资本经营预算财政拨款支出。", money_)


def _trips(page: Page, money_: Ledger, wording: Wording) -> None:
    all_ = money_.trips + money_.cars + money_.guests
    caps = money_.caps
    page.title("九、财政拨款“三公”经费支出决算情况说明")
    page.title("（一）“三公”经费财政拨款支出决算总体情况说明")
    _say(
        page,
        "{y}年度“三公”经费财政拨款支出预算为{cap}万元，支出决算为{all_}万元，完成预算的{all_done}%。",
        money_,
        cap=money(sum(caps.values())),
        all_=money(all_),
        all_done=percent(all_, sum(caps.values())),
    )
    page.title("（二）“三公”经费财政拨款支出决算具体情况说明")
    groups = ("2", "9") if money_.trips else ("0", "0")
    _say(
        page,
        "1.因公出国（境）费支出决算为{trips}万元。全年安排因公出国（境）团组{groups}个，累计{people}人次。"
        "2.公务用车购置及运行维护费支出决算为{cars}万元。其中：公务用车购置费支出{bought}万元，"
        "公务用车运行维护费支出{kept}万元，公务用车保有量为{number}辆。"
        "3.公务接待费支出决算为{guests}万元。其中：国内公务接待支出{home}万元，国内公务接待{visits}批次、{visitors}人次。",
        money_,
        trips=money(money_.trips),
        groups=groups[0],
        people=groups[1],
        cars=money(money_.cars),
        bought="0.00",
        kept=money(money_.cars),
        number="3",
        guests=money(money_.guests),
        home=money(money_.guests),
        visits="12",
        visitors="96",
    )


def _running(page: Page, money_: Ledger, _wording: Wording) -> None:
    running = money_.basic - money_.staff
    before = running - running // 10 - 7
    page.title("十、机关运行经费支出情况")
    _say(
        page,
        "{y}年度机关运行经费支出{office}万元，比{b}年度增加{office_more}万元，增长{office_rate}%，主要原因是办公用房维修。",
        money_,
        office=money(running),
        office_more=money(running - before),
        office_rate=percent(running - before, before),
    )


def _buying(page: Page, money_: Ledger, _wording: Wording) -> None:
    all_ = money_.goods + money_.services
    page.title("十一、政府采购支出情况")
    _say(
        page,
        "{y}年度政府采购支出总额{buying}万元，其中：政府采购货物支出{goods}万元、政府采购服务支出{services}万元。"
        "授予中小企业合同金额{small}万元，占政府采购支出总额的{small_share}%，其中：授予小微企业合同金额{smaller}万元，"
        "占授予中小企业合同金额的{smaller_share}%。",
        money_,
        buying=money(all_),
        goods=money(money_.goods),
        services=money(money_.services),
        small=money(money_.small),
        small_share=percent(money_.small, all_),
        smaller=money(money_.smaller),
        smaller_share=percent(money_.smaller, money_.small),
    )
    page.title("十二、国有资产占用情况")
    _say(
        page,
        "截至{y}年12月31日，本单位共有车辆{every}辆，其中：主要领导干部用车{first}辆、机要通信用车{secret}辆、"
        "应急保障用车{urgent}辆、执法执勤用车{patrol}辆、其他用车{other}辆。单价100万元（含）以上设备1台（套）。",
        money_,
        every="6",
        first="1",
        secret="1",
        urgent="2",
        patrol="2",
        other="0",
    )


def _performance(page: Page, money_: Ledger, _wording: Wording) -> None:
    page.title("十三、预算绩效情况说明")
    page.title("（三）项目支出自评结果")
    _say(
        page,
        "我单位组织对{y}年度项目支出开展绩效自评，共涉及项目{count}个。",
        money_,
        count=str(len(money_.projects)),
    )
    for order, (name, budget, spent) in enumerate(money_.projects, start=1):
        _say(
            page,
            "{k}.{name}绩效自评综述：项目全年预算数为{budget}万元，执行数为{spent}万元，完成预算的{spent_done}%。主要产出和效果：完成年度任务。",
            money_,
            k=str(order),
            name=name,
            budget=money(budget),
            spent=money(spent),
            spent_done=percent(spent, budget),
        )
