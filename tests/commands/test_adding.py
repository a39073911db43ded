"""README's table of what to add: a page, a panel, a measure and a filter are added to a copy, which is then used.

A source is added by the example of docs/adding.md (tests/store/test_reference.py and tests/store/test_build.py), a language by
tests/commands/test_third_language.py.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trade.paths import PROJECT
from trade.text.catalog import LANGUAGES

PAGE = '''"""Surplus: how large is the balance?"""

from trade.panels import surplus
from trade.ui.core import filters, navigation
from trade.ui.core.chart_panel import show_panel

navigation.ensure_app()
navigation.header("surplus")
filters.control("decade")
show_panel(surplus.balance)
'''
PANELS = '''"""Surplus: how large is the balance?"""

from __future__ import annotations

from trade.charts import time_series
from trade.panels import queries
from trade.panels.choices import Choices
from trade.panels.messages import growth as messages
from trade.panels.panel import Content, panel


@panel("surplus", "balance", measure="balance", choices=("decade",))
def balance(choices: Choices) -> Content:
    shown = queries.narrowed(queries.measure("balance"), choices.pick("decade"))
    return Content(shown, time_series.balance, messages.balance(shown))
'''
PANEL_OF_GROWTH = """

@panel("growth", "trade_balance", measure="balance")
def trade_balance(_choices: Choices) -> Content:
    shown = queries.measure("balance")
    return Content(shown, time_series.balance, messages.balance(shown))
"""
MEASURE = """/* ---
title = "Exports doubled"
unit = "full units of the currency"
formula = "2 * X"
tex = "2X"
reference = "A test"
definition = "Twice the exports of a year."
caveats = []
--- */
SELECT period, 2 * value AS value, source_id
FROM total_trade
WHERE flow = 'export' AND freq = 'A' AND currency = 'CNY'
ORDER BY period
"""
STRINGS = """
[pages.surplus]
nav = "Surplus"
title = "Surplus"
question = "How large is the balance?"
help = "The balance by year."

[panels.surplus]
balance = "The balance"

[scope.decade]
name = "From"
2010 = "2010"
2020 = "2020"
"""
MORE_OF_GROWTH = '\n[panels.growth]\ntrade_balance = "The balance"\n'
USED = """
import json, sys
from unittest import mock
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner
from trade.cli.commands import app as command_line
with mock.patch("trade.ui.core.presentation.run"):  # the first page is another test's
    app = AppTest.from_file("app.py", default_timeout=120).run()
app = app.switch_page("pages/surplus.py").run()
assert not app.exception, [one.message for one in app.exception]
answers = [{"charts": len(app.get("plotly_chart")), "titles": [one.value for one in app.title]}]
for words in json.loads(sys.argv[1]):
    done = CliRunner().invoke(command_line, words)
    assert not done.exit_code, f"{done.output} {done.exception!r}"
    answers.append(json.loads(done.stdout))
print(json.dumps(answers))
"""
COMMANDS = {
    "charts": "charts --format json",
    "chart": "chart surplus/balance -p decade=2020",
    "measure": "measure exports_doubled -f json",
    "growth": "measure growth -f json",
}


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with a new page, panel, filter and measure, each added to the files that README names."""
    copy = tmp_path_factory.mktemp("adding") / "project"
    unneeded = shutil.ignore_patterns("*.pyc.*")  # temporary files of other processes that compile modules
    for name in ("trade", "pages", "stories", ".streamlit"):
        shutil.copytree(PROJECT / name, copy / name, ignore=unneeded)
    for name in ("data", "static"):
        (copy / name).symlink_to(PROJECT / name)
    shutil.copy(PROJECT / "app.py", copy / "app.py")
    (copy / "pages" / "surplus.py").write_text(PAGE, encoding="utf-8")
    (copy / "trade" / "panels" / "surplus.py").write_text(PANELS, encoding="utf-8")
    (copy / "trade" / "measures" / "sql" / "exports_doubled.sql").write_text(MEASURE, encoding="utf-8")
    _edit(copy / "trade" / "panels" / "growth.py", lambda text: text + PANEL_OF_GROWTH)
    field = '        Field("decade", ("2010", "2020"), "2010"),\n'
    anchor = '        Field("flow", '
    _edit(copy / "trade" / "panels" / "fields.py", lambda text: text.replace(anchor, field + anchor, 1))
    for lang in LANGUAGES:
        folder = copy / "trade" / "text" / "locales" / lang
        (folder / "surplus.toml").write_text(STRINGS, encoding="utf-8")
        _edit(folder / "panels.toml", lambda text: text.replace("[panels.growth]\n", MORE_OF_GROWTH.lstrip(), 1))
    return copy


def _edit(path: Path, change: Callable[[str], str]) -> None:
    before = path.read_text(encoding="utf-8")
    after = change(before)
    assert after != before
    path.write_text(after, encoding="utf-8")


@pytest.fixture(scope="module")
def answers(copied: Path, real_home: Path) -> dict[str, Any]:
    """What the page shows and each command says, in one process of the copy."""
    environment = os.environ | {"TRADE_HOME": str(real_home), "PYTHONPATH": str(copied)}
    command = [sys.executable, "-c", USED, json.dumps([words.split() for words in COMMANDS.values()])]
    done = subprocess.run(
        command, cwd=copied, env=environment, capture_output=True, text=True, timeout=180, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(zip(["page", *COMMANDS], json.loads(done.stdout.splitlines()[-1]), strict=True))


def test_a_page_with_its_panel_and_its_filter_is_drawn(answers: dict[str, Any]) -> None:
    assert answers["page"] == {"charts": 1, "titles": ["Surplus"]}


def test_the_panels_are_charts_of_the_command_line(answers: dict[str, Any]) -> None:
    added = {chart["id"]: chart for chart in answers["charts"]}
    assert added["surplus/balance"]["choices"] == ["decade"]
    assert added["growth/trade_balance"]["title"] == "The balance"
    assert answers["chart"]["figure"]["data"]
    assert answers["chart"]["params"]["first"] == "2020"


def test_a_measure_answers(answers: dict[str, Any]) -> None:
    assert answers["measure"]["rows"][-1]["value"] == 2 * answers["growth"]["rows"][-1]["value"]
