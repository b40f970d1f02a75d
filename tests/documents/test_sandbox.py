"""Templates from outside do little, in bounded time and memory, or they are an error."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import perfeval
from perfeval import DocumentName
from perfeval._resources import data_dir
from perfeval.documents.sandbox import _MOST_STEPS, Sandbox
from perfeval.documents.templates import TemplateSet
from perfeval.documents.texts.narrative import _marked
from perfeval.errors import RenderError

NUMBERS = {"rows": tuple(range(50)), "word": "绩" * 1000, "one": {"甲": 1}}
TWICE = "{% for _ in rows %}{% for _ in rows %}"
END = "{% endfor %}{% endfor %}"
NS = "{% set ns = namespace(n=1, x=[1], t='长长', d={}) %}"
LONG = NS + "{% set ns.x = (word | list) %}{% set t %}" + "{{ word }}" * 900 + "{% endset %}"
HOSTILE = {
    "lists that double": NS + "{% for _ in rows %}{% set ns.x = [ns.x, ns.x] | sum(start=[]) %}"
    "{% endfor %}",
    "nested lists": NS + TWICE + "{% set ns.x = [ns.x, ns.x] %}" + END + "{{ ns.x == ns.x }}",
    "nested lists by varargs": "{% macro f() %}{% set ns.x = varargs %}{% endmacro %}"
    "{% set ns = namespace(x=1) %}"
    "{% macro g(ns) %}{% set ns.x = varargs %}{% endmacro %}"
    + TWICE
    + "{{ g(ns, ns.x, ns.x) }}"
    + END,
    "nested keys": "{% set ns = namespace(x=1, d=1) %}"
    + TWICE
    + "{% set ns.x = (ns.x, ns.x) %}{% set ns.d = {ns.x: 1} %}"
    + END,
    "lists by default": NS
    + "{% for _ in rows %}{% set ns.x = ['']*0 %}{% endfor %}".replace("['']*0", "ns.x")
    + "{% set e = ['', '', '', '', '', '', '', ''] %}{% for _ in rows %}"
    "{% set ns.x = e | map('default', ns.x, true) | list %}{% endfor %}",
    "macros that call themselves": "{% macro f() %}{{ f() }}{{ f() }}{% endmacro %}{{ f() }}",
    "macros that call themselves twice": "{% macro f(n) %}{% if n %}{% set a = f(n - 1) %}"
    "{% set b = f(n - 1) %}{% endif %}{% endmacro %}{{ f(60) }}",
    "loops": TWICE * 4 + "{% endfor %}" * 8,
    "loops that do nothing": "{% for _ in rows if false %}{% endfor %}".join(
        [TWICE * 3, "{% endfor %}" * 6]
    ),
    "a loop over a text": LONG + TWICE + "{% for _ in t if false %}{% endfor %}" + END,
    "loops that call themselves": "{% for r in [rows] recursive %}{{ loop([rows, rows]) }}"
    "{{ loop([rows, rows]) }}{% endfor %}",
    "numbers that grow": NS + TWICE + "{% set ns.n = ns.n + ns.n %}" + END,
    "numbers that grow by minus": NS + TWICE + "{% set ns.n = ns.n - (0 - ns.n) %}" + END,
    "numbers that grow in sums": NS + TWICE + "{% set ns.n = [ns.n, ns.n] | sum %}" + END,
    "powers": "{{ 9 ** 9 ** 9 }}",
    "texts times": "{{ word * 99999999 }}",
    "texts formatted wide": "{{ '{:>999999999}'.format(1) }}",
    "texts formatted by a field": "{{ '{:>{}}'.format(1, 999999999) }}",
    "texts formatted by a mapping": "{{ '{a:0999999999}'.format_map({'a': 1}) }}",
    "texts formatted by a key": "{{ word['format'](1) }}{{ '{:>999999999}'['format'](1) }}",
    "texts formatted by a filter": "{{ ['{:>999999999}'] | map(attribute='format') | list }}",
    "a float beyond all": "{{ 1e999 }}",
    "a float": "{{ 0.5 }}{{ 1 / 3 }}",
    "texts that double": NS
    + TWICE
    + "{% set t %}{{ ns.t }}{{ ns.t }}{% endset %}{% set ns.t = t %}"
    + END,
    "many long texts": LONG + "{% set a %}" + TWICE * 2 + "{{ t }}" + END * 2 + "{% endset %}",
    "long texts compared": LONG
    + TWICE * 2
    + "{% if t == t ~ '' %}{% endif %}".replace(" ~ ''", "")
    + "{% if 'x' in t %}{% endif %}"
    + END * 2,
    "long texts cut": LONG + TWICE * 2 + "{% set a = t[1:] %}" + END * 2,
    "long lists made": LONG + TWICE * 2 + "{% set a = t | list %}" + END * 2,
    "long lists searched": LONG + TWICE * 2 + "{% if 7 in ns.x %}{% endif %}" + END * 2,
    "long lists searched by a test": LONG
    + TWICE * 2
    + "{% set a = rows | select('in', ns.x) | list %}"
    + END * 2,
    "long lists sorted": LONG + TWICE * 2 + "{% set a = ns.x | sort | first %}" + END * 2,
    "long lists joined": LONG + TWICE * 2 + "{% set a = ns.x | join(word) %}" + END * 2,
    "constant lists": TWICE * 2 + "{% set a = [" + "1," * 9000 + "] %}" + END * 2,
    "much text in a loop": TWICE * 2 + "{% set a = 1 %}" * 3000 + END * 2,
    "texts padded": "{{ word.center(999999999) }}",
    "texts padded by a filter": "{{ word | center(999999999) }}",
    "texts indented": "{{ word | indent(999999999) }}",
    "texts formatted": "{{ '%999999999d' | format(1) }}",
    "texts formatted by a sign": "{{ '%999999999d' % 1 }}",
    "texts replaced": "{{ word.replace('绩', word) }}",
    "texts trimmed": "{{ word | trim(word) }}",
    "numbers as bytes": "{{ (5).to_bytes(999999999, 'big') }}",
    "an include of itself": "{% include 'overview.j2' %}",
    "two includes of itself": "{% include 'overview.j2' %}{% include 'overview.j2' %}",
    "an import of itself": "{% import 'overview.j2' as x %}{% import 'overview.j2' as y %}",
    "a template of itself": "{% extends 'overview.j2' %}",
    "blocks that call themselves": "{% block a %}{{ self.a() }}{{ self.a() }}{% endblock %}",
    "classes": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "globals of a function": "{{ ask.__globals__ }}",
    "globals by a filter": "{{ [ask] | map(attribute='__globals__') | list }}",
    "the frame of a generator": "{{ (rows | map('default')).gi_frame }}",
    "the environment": "{{ environment.spend(0 - 999) }}",
    "deep brackets": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "deep blocks": "{% if 1 %}" * 2000 + "{% endif %}" * 2000,
    "a number without end": "{{ " + "9" * 60_000 + " }}",
    "a template without end": "{{ 1 }}" * 20_000,
}


def rendered(template: str, folder: Path, **values: Any) -> str:
    (folder / "overview.j2").write_text(template, "utf-8")
    house = TemplateSet(str(folder))
    return house.render("narrative/overview.j2", _marked, ask=len, **{**NUMBERS, **values})


@pytest.mark.parametrize("template", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_template_is_an_error_at_once(template: str, tmp_path: Path) -> None:
    """Whatever a template repeats, it ends within two seconds and little memory, with its name."""
    begun = time.process_time()
    with pytest.raises(RenderError, match=r"overview\.j2.*模板有误："):
        rendered(template, tmp_path)
    assert time.process_time() - begun < (2 if sys.gettrace() is None else 20)


ALL = """
import resource, sys
from pathlib import Path
from perfeval.errors import RenderError
from tests.documents.test_sandbox import HOSTILE, rendered
resource.setrlimit(resource.RLIMIT_AS, (600 * 1024 * 1024,) * 2)
for name in HOSTILE:
    try:
        rendered(HOSTILE[name], Path(sys.argv[1]))
    except RenderError as error:
        assert not isinstance(error.__cause__, MemoryError), name
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not bound a process")
def test_hostile_templates_fill_no_memory(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", ALL, tmp_path],
        capture_output=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert (ran.returncode, ran.stderr.decode()[-500:]) == (0, "")


MIXED = """\
{%- set ns = namespace(n=0) -%}
{%- for name, part in [("甲", rows), ("乙", rows[:3])] if part -%}
{%- set ns.n = ns.n + part | sum -%}
{{ loop.index }}{{ name }}{{ part | length }}{% if not loop.last %}、{% endif %}
{%- else %}无{% endfor %}
{{ one.items() | map("first") | join }}{{ one["甲"] }}{{ ns.n }}{{ "有" if 3 in rows }}
{{- rows | last }}
{% for a in [[1, [2]], 3] recursive %}{% if a is iterable %}<{{ loop(a) }}>{% else %}{{ a }}
{%- endif %}{% endfor %}
"""


def test_what_an_honest_template_does_stays_as_it_is(tmp_path: Path) -> None:
    """Lists, conditions, sums, keys, slices and loops within loops are for templates."""
    shown = rendered(MIXED, tmp_path).replace("\0", "")
    assert shown == "1甲50、2乙3甲11228有49\n<1<2>>3"


@pytest.mark.parametrize("document", ["whole", "disclosure"])
def test_our_templates_as_one_s_own_write_the_same_and_spend_little(
    document: DocumentName, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nearly all of it to compile them, so that a department of 500 projects has room."""
    spent: Counter[Sandbox] = Counter()
    spend = Sandbox.spend

    def noted(sandbox: Sandbox, steps: int) -> None:
        spent[sandbox] += steps
        spend(sandbox, steps)

    monkeypatch.setattr(Sandbox, "spend", noted)
    for path in (data_dir("templates") / "narrative").glob("*.j2"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    report = perfeval.evaluate_department("shipped:qingshan-2023")
    own = perfeval.render(report, "md", document=document, templates=str(tmp_path))
    assert own == perfeval.render(report, "md", document=document)
    assert 0 < max(spent.values()) < _MOST_STEPS / 4


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ cycler(1) }}", "不认识“cycler”"),
        ("{{ one.没有 }}", "没有“没有”这一项"),
        ("{% trans %}甲{% endtrans %}", "模板里不能用 {% trans %}"),
        ("{% include '../../etc/passwd' %}", "没有模板“../../etc/passwd”"),
        ("{{ true }}", "只能写出文字"),
        ("{{ none }}", "只能写出文字"),
        ("{{ 1.5 }}", "不能用小数"),
        ("{{ [true] | join }}", "join 只能连接文字"),
        ("{{ 甲 ", "写法不对"),
    ],
)
def test_what_is_wrong_with_a_template_is_said_in_chinese(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(RenderError) as caught:
        rendered(text, tmp_path)
    assert said in str(caught.value)
