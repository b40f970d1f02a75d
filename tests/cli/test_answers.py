"""--answers: the office file is scored and checked with what was answered in its YAML."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Command
from tests.reading.offices import qingshan, rows, workbook
from tests.reading.test_answers import answers, made


def test_check_score_and_explain_take_answers(command: Command, tmp_path: Path) -> None:
    file = made(tmp_path)
    assert "92.77 至 98.77" in command("score", file).out
    answer = answers(file)
    assert "98.46" in command("score", file, "--answers", answer).out
    explained = command("explain", file, "老年人服务中心（站）数量", "--answers", answer)
    assert "36 ÷ 42" in explained.out
    marked = tmp_path / "批注.xlsx"
    checked = command("check", file, "--answers", answer, "--mark", marked)
    assert checked.code == 1
    assert "VA103" not in checked.out
    assert "自评表!G14" in checked.out
    assert marked.is_file()


def test_answers_that_belong_to_no_file_end_with_2(command: Command, tmp_path: Path) -> None:
    answer = answers(made(tmp_path))
    other = tmp_path / "另一张.xlsx"
    other.write_bytes(workbook(("自评表", rows({**qingshan(), "项目名称": "修渠"}))))
    for name in ("score", "check"):
        result = command(name, other, "--answers", answer)
        assert result.code == 2
        assert "没有用上答案“答案.yaml”" in result.err
    wrong = command("check", other, "--answers", other)
    assert wrong.code == 2
    assert "没有“读自”" in wrong.err
