"""Whatever a text says: nothing is raised, time goes by its length, and nothing is kept."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

import perfeval
from perfeval import ProofReport
from perfeval.cli import main, proof_command
from tests.accounts.drafts import draft, wrapped
from tests.accounts.mutating import mutated, raised
from tests.seeds import FIRST

DATA = Path(__file__).with_name("data")


@pytest.mark.parametrize("block", range(4))
def test_a_mutated_text_raises_nothing(block: int) -> None:
    """A hundred thousand were proofread once (docs/measured.md); each run takes others."""
    first = FIRST + block * 20
    assert {seed: error for seed in range(first, first + 20) if (error := raised(seed))} == {}


@pytest.mark.slow
def test_a_share_of_many_mutated_texts_raises_nothing() -> None:
    first = FIRST + 1_000_000
    assert {seed: error for seed in range(first, first + 2_000) if (error := raised(seed))} == {}


def test_mutated_texts_are_accounts_still() -> None:
    """What is proofread so has figures and findings: the mutations do not only destroy."""
    reports = [perfeval.proof(mutated(seed)) for seed in range(60)]
    assert sum(len(report.figures) for report in reports) > 300
    assert sum(len(report.findings) for report in reports) > 30


@pytest.mark.slow
@pytest.mark.parametrize("name", ["published", "made"])
def test_time_grows_as_the_text_does(name: str) -> None:
    """Eight times the text takes eight times as long, and not sixty-four times."""
    if name == "published":
        text = (DATA / "qingshan-2023.txt").read_text(encoding="utf-8")
    else:
        text = "\n".join(wrapped(draft(seed), 30)[0] for seed in range(4))
    perfeval.proof(text)
    once = min(seconds(text) for _ in range(5))
    assert min(seconds(text * 8) for _ in range(2)) < once * 16


def seconds(text: str) -> float:
    begun = process_time()
    perfeval.proof(text)
    return process_time() - begun


def test_a_run_over_many_documents_keeps_no_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = []
    for seed in range(6):
        file = tmp_path / f"{seed}.txt"
        file.write_text(wrapped(draft(seed), 30)[0], encoding="utf-8")
        files.append(str(file))
    alive: list[int] = []
    real: Callable[..., ProofReport] = perfeval.proof

    def counting(*given: object, **named: object) -> ProofReport:
        gc.collect()
        alive.append(sum(type(item) is ProofReport for item in gc.get_objects()))
        return real(*given, **named)

    monkeypatch.setattr(proof_command, "proof", counting)
    assert main(["proof", *files]) == 0
    assert len(alive) == len(files)
    assert max(alive) <= alive[0] + 1
