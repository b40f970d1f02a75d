"""Every PDF of a department, in a process, against Typst alone setting the same pages in batches.

``python -m benchmarks.department_pdf 500`` measures once with as many sheets, and says how much
memory our process took at most.
"""

from __future__ import annotations

import json
import pickle
import resource
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from time import perf_counter
from typing import NamedTuple
from unittest.mock import patch

from benchmarks import department
from benchmarks.benchmark import Benchmark
from perfeval.documents.form.grid import Table
from perfeval.documents.formats import pdf
from perfeval.documents.texts.binding import bind
from perfeval.documents.texts.narrative import Narrative
from perfeval.report import evaluate_department, publication

PROJECTS = 60
_BATCH = 60
_OURS = """
import json, resource, sys
from pathlib import Path
from perfeval.documents.department.files import department_files
from perfeval.report import evaluate_department, publication
for file in department_files(publication(evaluate_department(sys.argv[1])), ("pdf",)):
    if file.path.endswith(".pdf"):
        path = Path(sys.argv[2], file.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.make())
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
Path(sys.argv[2], "peak.json").write_text(json.dumps(peak))
"""
_THEIRS = """
import pickle, sys
from pathlib import Path
import typst
from perfeval.documents.formats.fonts import choices
fonts = next(choices()).opened
for number, (template, data) in enumerate(pickle.loads(Path(sys.argv[1]).read_bytes())):
    inputs = {"data": data}
    made = typst.compile(template, font_paths=fonts, sys_inputs=inputs, pdf_standards="a-2b")
    Path(sys.argv[2], f"{number}.pdf").write_bytes(made)
"""


def benchmark() -> Benchmark:
    """Compare from the folder to every file with setting what is laid out already."""
    ours, theirs, _ = _sides(PROJECTS)
    return Benchmark(
        f"process: a department of {PROJECTS} sheets, all PDFs",
        "Typst alone setting the same pages in batches",
        bar=1.8,
        numerator=ours,
        denominator=theirs,
        rounds=3,
    )


class _Sides(NamedTuple):
    """Both sides, and the file in which ours says how many KiB it took at most."""

    ours: Callable[[], None]
    theirs: Callable[[], None]
    peak: Path


def _sides(projects: int) -> _Sides:
    folder = Path(mkdtemp(prefix="perfeval-pdfs-"))
    source = department.folder(projects)
    (folder / "batches.pickle").write_bytes(pickle.dumps(_batches(source)))
    return _Sides(
        partial(_run, _OURS, str(source), str(folder)),
        partial(_run, _THEIRS, str(folder / "batches.pickle"), str(folder)),
        folder / "peak.json",
    )


def _batches(source: Path) -> list[tuple[str, str]]:
    """Return the template and the data of every batch; Typst is kept from setting them now."""
    made = publication(evaluate_department(source))
    alone: list[Narrative | Table] = [made.disclosure, made.whole, *made.tables.values()]
    alone += [*made.overviews.values(), *made.abstracts.values()]
    parts = [*made.bound.parts, *((one.title, one) for one in alone)]
    with patch("typst.compile", return_value=b"") as compiled:
        for start in range(0, len(parts), _BATCH):
            pdf.write_bound(bind("批", parts[start : start + _BATCH]))
    return [
        (call.args[0], call.kwargs["sys_inputs"]["data"])
        for call in compiled.mock_calls
        if "sys_inputs" in call.kwargs
    ]


def _run(code: str, *arguments: str) -> None:
    subprocess.run([sys.executable, "-c", code, *arguments], check=True)


def main() -> None:
    """Measure once, by the clock and by the processor's time, which other work moves less."""
    sides = _sides(int(sys.argv[1]))
    clock, processor = [], []
    for side in (sides.ours, sides.theirs):
        start, used = perf_counter(), _processor_seconds()
        side()
        clock.append(perf_counter() - start)
        processor.append(_processor_seconds() - used)
    peak = int(json.loads(sides.peak.read_text())) // 1024
    for name, (ours, theirs) in (("clock", clock), ("processor", processor)):
        print(f"{name}: {ours:.1f} s ÷ {theirs:.1f} s = {ours / theirs:.2f}")
    print(f"at most {peak} MiB")


def _processor_seconds() -> float:
    """Return what the processes that have ended have taken of the processors."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
