"""Texts of all panels over choices drawn at random: directions, figures and writing, against the rows that are drawn."""

from __future__ import annotations

import random
import re
from types import SimpleNamespace

import pytest

from tests.support.sentence_sweep import broken_rules, wrong_directions, wrong_numbers
from trade.errors import TradeError
from trade.panels.fields import FIELDS
from trade.panels.panel import Drawn
from trade.panels.registry import panels
from trade.store import Store
from trade.text.catalog import LANGUAGES
from trade.text.message import Text

SEED, STATES = 20261130, 72
VALUES = {
    "period": ["2020", "2025", "2025-02", "2025-Q4", "2026-07"], "partner": ["USA", "KEN", "asean", "eu", "africa", "TWN"],
    "reporter": ["CHN", "USA", "VNM", "IND"], "since": ["2000", "2015", "2019", "2024"], "year": ["2019", "2023"],
    "product": ["grain", "ships", "high-tech-products"], "code": ["85", "XVI", "27"], "inside": ["all", "XVI"],
    "rest": ["-3", "0"], "elsewhere": ["0", "100"], "fall": ["20"],
}  # fmt: skip
"""Values of fields that a pattern describes."""
FIGURE = re.compile(r"[%％]|trillion|billion|million|[万亿]|pp|个百分点")
LISTED = ("missing article", "space: “")
"""Rules of sentences that names in lists do not follow."""


def _states() -> list[tuple[str, dict[str, str]]]:
    chance, names = random.Random(SEED), sorted(panels())
    states = []
    for _ in range(STATES):
        name = chance.choice(names)
        tried = {field: VALUES.get(field, FIELDS[field].options) for field in panels()[name].choices}
        states.append((name, {field: chance.choice(of) for field, of in tried.items() if of and chance.random() < 0.5}))
    return states


def _faults(drawn: Drawn, lang: str) -> list[str]:
    found = [
        fault
        for text in (drawn.headline, drawn.takeaway, drawn.subtitle, *drawn.notes)
        for fault in broken_rules(text, lang)
        if not fault.startswith(LISTED)
    ]
    if isinstance(drawn.headline, Text):
        own = [
            link
            for link in drawn.headline.links
            if link.measure == drawn.result.measure.id and FIGURE.search(drawn.headline[link.start : link.end])
        ]
        sentence = SimpleNamespace(text=drawn.headline, links=own, lang=lang)
        found += wrong_directions(sentence, drawn.result.frame)  # type: ignore[arg-type]
        if drawn.id != MEDIAN:
            found += wrong_numbers(sentence, drawn.result.frame)  # type: ignore[arg-type]
    return found


MEDIAN = "diversification/swarm"
"""Its headline gives a median."""


@pytest.mark.parametrize(("name", "choices"), _states(), ids=str)
def test_what_is_said_is_what_is_drawn(real: Store, name: str, choices: dict[str, str]) -> None:
    for lang in LANGUAGES:
        try:
            drawn = panels()[name].draw(real, choices, lang)
        except TradeError:
            return  # no rows for these choices, said in a sentence of its own
        assert _faults(drawn, lang) == [], drawn.headline
