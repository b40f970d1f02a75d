"""Run the benchmarks: ``python -m benchmarks``, with ``--write`` to renew docs/benchmarks.md."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks import (
    carrying,
    checking,
    comparing,
    department,
    department_pdf,
    engine,
    four_documents,
    live_form,
    loading,
    own_rulebook,
    pdf,
    processes,
    proof,
    reading,
    web_page,
    word_table,
)
from benchmarks.page import page, verdict
from benchmarks.race import race

_PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
_BENCHMARKS = {
    "xlsx": carrying.workbook,
    "docx": carrying.document,
    "xlsx-scored": reading.workbook,
    "docx-scored": reading.document,
    "pdf-scored": reading.pages,
    "loading": loading.benchmark,
    "comparing": comparing.benchmark,
    "loading-fresh": loading.of_fresh_sheets,
    "comparing-fresh": comparing.of_fresh_sheets,
    "engine": engine.benchmark,
    "engine-once": engine.seen_once,
    "word": word_table.benchmark,
    "form": live_form.benchmark,
    "html": web_page.benchmark,
    "pdf": pdf.benchmark,
    "checked": checking.from_text,
    "added": checking.added,
    "checking": checking.benchmark,
    "faulty": checking.faulty,
    "own": own_rulebook.benchmark,
    "documents": four_documents.benchmark,
    "department": department.benchmark,
    "department-pdf": department_pdf.benchmark,
    "proof": proof.benchmark,
    "proof-pdf": proof.of_pdf,
    "import": processes.importing,
    "help": processes.helping,
    "score": processes.scoring,
}


def main() -> None:
    """Measure every ratio, print it, and write the page if asked to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--write", action="store_true", help="renew docs/benchmarks.md")
    parser.add_argument("--rounds", type=int, help="how often each side is timed")
    parser.add_argument("only", nargs="*", help=f"any of {', '.join(_BENCHMARKS)}")
    arguments = parser.parse_args()
    if arguments.write and arguments.only:
        parser.error("the page holds all benchmarks: --write goes without names")
    results = []
    for name in arguments.only or _BENCHMARKS:
        results.append(race(_BENCHMARKS[name](), arguments.rounds))
        print(verdict(results[-1]), flush=True)
    if arguments.write:
        _PAGE.parent.mkdir(exist_ok=True)
        _PAGE.write_text(page(results), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
