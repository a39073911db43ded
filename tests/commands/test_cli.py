"""The command line answers in the promised forms, and a mistake is one sentence."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.support.facts import copy_facts
from tests.support.small_facts import marts_alone
from trade.cli.commands import COMMANDS, app
from trade.measures import catalog

runner = CliRunner()


def test_build_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRADE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TRADE_DATA", str(copy_facts(tmp_path / "data")))
    with marts_alone("total_trade"):  # the test is about the output of the command, not about the build
        result = runner.invoke(app, ["build", "--json"])
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert {"store", "version", "seconds", "tables", "warnings"} <= set(report)
    assert Path(report["store"]).is_file()
    assert report["version"] in report["store"]
    assert report["tables"]["total_trade"] > 1000
    assert isinstance(report["warnings"], list)


@pytest.mark.usefixtures("real")
class TestAnswers:
    def test_measure_json(self) -> None:
        answer = json.loads(
            self.ask("measure", "growth", "--param", "flow=total", "--param", "first=2025", "--format", "json")
        )
        assert set(answer) == {"measure", "unit", "params", "rows"}
        assert (answer["measure"], answer["unit"], answer["params"]["flow"]) == ("growth", "%", "total")
        assert answer["rows"][0]["growth_pct"] == 3.8

    def test_measure_csv_and_table(self) -> None:
        assert self.ask("measure", "streak", "-f", "csv").startswith("period,")
        assert "growth_pct" in self.ask("measure", "streak")

    def test_check_says_the_verdict_the_reading_and_the_source(self) -> None:
        output = self.ask("check", "Exports to the US fell by a fifth in 2025")
        assert "✓ Right: China's exports to the United States fell 19.5% in 2025" in output
        assert "Read as: Exports · to the United States · 2025 · change · down · a fifth" in output
        assert "https://" in output

    def test_check_json(self) -> None:
        answer = json.loads(self.ask("check", "2025年中国汽车出口下降22%", "--lang", "zh", "--format", "json"))
        assert (answer["verdict"], answer["reading"]["product"]) == ("wrong", "motor-vehicles")
        assert answer["figures"][0]["value"] == 22.0
        assert "不属实" in answer["sentence"]

    def test_measures_json_lists_all_with_their_declaration(self) -> None:
        answer = json.loads(self.ask("measures", "--format", "json"))
        assert [one["id"] for one in answer] == sorted(catalog())
        assert all({"id", "title", "unit", "formula", "reference", "parameters"} <= set(one) for one in answer)

    def test_doctor_is_content(self) -> None:
        answer = json.loads(self.ask("doctor", "--json"))
        assert answer["ok"], answer
        assert {"facts", "map", "store", "space"} <= {one["name"] for one in answer["checks"]}

    def ask(self, *words: str) -> str:
        result = runner.invoke(app, list(words))
        assert result.exit_code == 0, result.output
        return result.stdout


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["measure", "grwth"], "growth"),
        (["measure", "growth", "-p", "flow=exprot"], "export"),
        (["measure", "growth", "-p", "colour=red"], "currency"),
        (["measure", "growth", "-p", "flow"], "key=value"),
        (["measure", "growth", "-p", "first=last year"], "a year (2025), a quarter (2025-Q4) or a month (2025-12)"),
        (["measure", "growth", "-p", "first=2199"], "run from"),
        (["measure", "moving_sum", "-p", "window=0"], "between 2 and 60"),
        (["measure", "growth", "-p", "flow=export", "-p", "flow=import"], "twice"),
    ],
)
def test_a_mistake_is_one_sentence_that_names_the_good(words: list[str], message: str) -> None:
    result = runner.invoke(app, words)
    assert result.exit_code == 1
    assert message in result.stderr
    assert "Traceback" not in result.output
    assert len(result.stderr.strip().splitlines()) == 1


def test_doctor_without_a_store_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRADE_HOME", str(tmp_path))
    result = runner.invoke(app, ["doctor"])
    assert result.exit_code == 1
    assert "FAIL store" in result.stdout
    assert "trade build" in result.stdout


@pytest.mark.parametrize(("words", "expected"), [(["--version"], set()), (["measures", "--help"], {"measures"})])
def test_a_command_loads_no_other(words: list[str], expected: set[str]) -> None:
    script = (
        "import sys, trade.cli.main as entry\n"
        "try: entry.main()\n"
        "except SystemExit: pass\n"
        "print(*{name.rpartition('.')[2] for name in sys.modules if name.startswith('trade.cli.')}, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True, check=True)
    assert set(done.stderr.split()) - {"main", "commands", "console", "table_output"} == expected


def test_the_help_lists_every_command_and_a_wrong_one_is_answered_with_the_nearest() -> None:
    listed = runner.invoke(app, ["--help"]).stdout
    assert [name for name in COMMANDS if f"│ {name} " not in listed] == []
    assert "'handout'?" in runner.invoke(app, ["handut"]).stderr
