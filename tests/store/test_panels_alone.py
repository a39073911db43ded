"""Every panel of every page draws in a process that never loads Streamlit."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import chinese
from trade.panels.registry import panels
from trade.store import Store
from trade.text.formats import LANGUAGES

DRAW_ALL = """
import json, sys
from trade.errors import NoRows
from trade.panels.registry import panels
from trade.store import open_store

READ = ("text", "hovertext", "name", "ticktext", "label", "hovertemplate")

def words(tree, key=""):
    # what a reader of the figure reads: labels, names, what a mark tells; not its data
    if isinstance(tree, dict):
        for name, part in tree.items():
            yield from words(part, name)
    elif isinstance(tree, list):
        for part in tree[:60]:
            yield from words(part, key)
    elif isinstance(tree, str) and key in READ:
        yield tree

store, drawn = open_store(), {}
for panel in panels().values():
    for lang in json.loads(sys.argv[1]):
        try:
            one = panel.draw(store, {}, lang)
        except NoRows as gap:
            drawn[f"{panel.id} {lang}"] = {"gap": str(gap)}
        else:
            figure = json.loads(one.figure.to_json())
            texts = [one.title, one.headline, one.takeaway, one.subtitle, *one.notes]
            labels = [*words(figure["data"]), *words(figure["layout"])]
            drawn[f"{panel.id} {lang}"] = {
                "headline": one.headline, "sources": len(one.sources), "traces": len(figure["data"]), "texts": texts,
                "labels": labels
            }
print(json.dumps({"drawn": drawn, "streamlit": sorted(name for name in sys.modules if name.partition(".")[0] == "streamlit")}))
"""


@pytest.fixture(scope="module")
def told(real_home: Path) -> dict[str, dict[str, dict[str, object]]]:
    environment = {name: value for name, value in os.environ.items() if name != "TRADE_DATA"}
    done = subprocess.run(
        [sys.executable, "-c", DRAW_ALL, json.dumps(LANGUAGES)],
        env=environment | {"TRADE_HOME": str(real_home)}, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_streamlit_is_never_loaded(told: dict) -> None:
    assert told["streamlit"] == []


def test_every_panel_draws_in_every_language(told: dict, real: Store) -> None:
    drawn = told["drawn"]
    assert set(drawn) == {f"{panel} {lang}" for panel in panels() for lang in LANGUAGES}
    assert not {name: one["gap"] for name, one in drawn.items() if "gap" in one}
    for name in drawn:
        assert drawn[name]["headline"], name
        assert drawn[name]["traces"] > 0, name
        assert drawn[name]["sources"] > 0, name


def test_the_languages_say_it_in_their_own_words(told: dict) -> None:
    drawn = {name: one for name, one in told["drawn"].items() if "headline" in one}
    for panel in {name.partition(" ")[0] for name in drawn}:
        headlines = [drawn[f"{panel} {lang}"]["headline"] for lang in LANGUAGES]
        assert len(set(headlines)) == len(LANGUAGES), panel


def test_panels_in_chinese_read_as_an_editor_would_write(told: dict) -> None:
    """Marks, spaces, years and signs in every text of every panel; foreign words but in labels, which quote titles."""
    wrong: dict[str, set[str]] = {}
    for name, one in told["drawn"].items():
        if not name.endswith(" zh") or name in QUOTING:
            continue
        found = {mark for text in one.get("texts", ()) for mark in chinese.marks(text)}
        labels = [text for text in dict.fromkeys(one.get("labels", ())) if not re.fullmatch(r"\d{4}(-\d\d)*", text)]
        found |= {mark for text in labels for mark in chinese.marks(text) if not mark.startswith(("foreign", "year"))}
        if found:
            wrong[name] = found
    assert not wrong


QUOTING = {"sources/residuals zh"}
"""Panels whose marks quote rows of the facts as they are keyed."""
