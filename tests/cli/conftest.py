"""How the tests of the command run it."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from perfeval.cli import main

REAL = "shipped:qingshan-2023/养老服务体系建设运营补助资金"


class Outcome(NamedTuple):
    """What a run of the command left behind."""

    code: int
    out: str
    err: str


Command = Callable[..., Outcome]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    """Return a function that runs the command in this process."""

    def run(*arguments: str | Path) -> Outcome:
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return run


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the disk be full when a file's content is to be kept."""

    def fail(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fail)


def start(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "perfeval", *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )


SHEET = """\
评分办法: hubei-2020
年度: 2023
项目名称: {name}
预算: {{预算数: 100, 执行数: 90, 已填报: {{得分: {filed}}}}}
指标:
  产出指标:
    数量指标:
      - {{名称: 床位数, 分值: 40, 目标值: ≥32, 完成值: 26}}
  效益指标:
    社会效益指标:
      - {{名称: 惠及人数, 分值: 20, 目标值: ≥10, 完成值: {actual}}}
  满意度指标:
    服务对象满意度指标:
      - {{名称: 满意度, 分值: 20, 目标值: ≥90%, 完成值: 95%}}
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a small sheet: 18 + 32.5 + 20 + 20 points."""

    def sheet(name: str, *, filed: str = "18", actual: str = "10") -> Path:
        path = tmp_path / f"{name}.yaml"
        path.write_text(SHEET.format(name=name, filed=filed, actual=actual), encoding="utf-8")
        return path

    return sheet
