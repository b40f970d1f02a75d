"""The PDF table as a whole process, against LibreOffice converting the Word table."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path
from tempfile import mkdtemp

from benchmarks import sample
from benchmarks.benchmark import Benchmark
from perfeval.documents.form.table import lay_out
from perfeval.documents.formats import word

_WRITE = """
import pickle, sys
from pathlib import Path
from perfeval.documents.formats.pdf import write_table
Path(sys.argv[2]).write_bytes(write_table(pickle.loads(Path(sys.argv[1]).read_bytes())))
"""


def benchmark() -> Benchmark:
    """Compare from the grid to the file on the disk; LibreOffice's profile is made before."""
    folder = Path(mkdtemp(prefix="perfeval-pdf-"))
    table = lay_out(sample.scorecard())
    (folder / "table.pickle").write_bytes(pickle.dumps(table))
    (folder / "table.docx").write_bytes(word.write_table(table))

    def write() -> None:
        _run(sys.executable, "-c", _WRITE, str(folder / "table.pickle"), str(folder / "ours.pdf"))

    def convert() -> None:
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        to_pdf = ("--headless", "--convert-to", "pdf", "--outdir", str(folder))
        _run("soffice", profile, *to_pdf, str(folder / "table.docx"))

    return Benchmark(
        "process: grid → PDF/A",
        "LibreOffice converting the Word table",
        bar=1 / 12,
        numerator=write,
        denominator=convert,
        rounds=8,
    )


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
