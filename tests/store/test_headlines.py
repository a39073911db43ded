"""Headlines: one sentence per fact, and numbers that know their query."""

from __future__ import annotations

import re

import pytest

from trade.errors import NoRows
from trade.measures import run
from trade.measures.sentences import sentence
from trade.panels.panel import Drawn
from trade.panels.registry import panels
from trade.store import Store
from trade.text.catalog import LANGUAGES
from trade.text.message import Text

WITH_MEASURE_SENTENCE = (
    "growth/levels",
    "growth/index",
    "growth/adjusted",
    "growth/balance",
    "growth/sums",
    "growth/exchange",
    "growth/volume",
    "growth/terms",
    "growth/contribution",
    "outlook/so_far",
    "outlook/rest",
    "outlook/carry",
    "overview/levels",
    "overview/contribution",
    "partner/balance",
    "partner/months",
    "partner/mirror",
    "products/items",
    "products/item",
    "products/hs_map",
    "products/hs_item",
)
"""Panels whose headline is their measure's sentence about all the rows they draw."""
NUMBER = re.compile(r"[+−]?\d[\d.,]*(?: ?%| (?:trillion|billion|million)|万|亿| pp| percentage points|个百分点)")
"""Numbers that are certainly figures: rates, amounts and points, not years or ranks."""
NOT_OF_A_ROW = {
    "outlook/events",
    "diversification/growing",  # the share that an official statement names
    "overview/growing",
    "diversification/lorenz",  # read off the curve
    "diversification/fall",  # the fall that the reader assumes
}
"""Panels whose headline contains figures that are in no column."""


@pytest.fixture(scope="module")
def drawn_before() -> dict[tuple[str, str], Drawn | None]:
    return {}


def draw(cache: dict[tuple[str, str], Drawn | None], store: Store, panel_id: str, lang: str) -> Drawn:
    """The panel with its defaults; skipped where the bundled store holds nothing for it."""
    if (panel_id, lang) not in cache:
        try:
            cache[panel_id, lang] = panels()[panel_id].draw(store, {}, lang)
        except NoRows:
            cache[panel_id, lang] = None
    drawn = cache[panel_id, lang]
    if drawn is None:
        pytest.skip("no rows")
    return drawn


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("panel_id", WITH_MEASURE_SENTENCE)
def test_a_fact_has_one_sentence(
    real: Store, drawn_before: dict[tuple[str, str], Drawn | None], panel_id: str, lang: str
) -> None:
    """The headline is the measure's sentence about the same rows, in its short form for charts."""
    drawn = draw(drawn_before, real, panel_id, lang)
    assert drawn.headline == sentence(real, drawn.result, lang, drawn.chosen).headline
    assert drawn.takeaway.startswith(drawn.headline)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("panel_id", sorted(set(panels()) - NOT_OF_A_ROW))
def test_every_figure_of_a_headline_has_its_query(
    real: Store, drawn_before: dict[tuple[str, str], Drawn | None], panel_id: str, lang: str
) -> None:
    headline = draw(drawn_before, real, panel_id, lang).headline
    assert isinstance(headline, Text)
    for figure in NUMBER.finditer(headline):
        links = [link for link in headline.links if link.start < figure.end() and figure.start() < link.end]
        assert links, f"{figure[0]!r} in {headline!r}"


def test_the_query_of_a_figure_gives_it_again(real: Store) -> None:
    headline = panels()["growth/levels"].draw(real, {"flow": "import", "period": "2024"}).headline
    assert isinstance(headline, Text)
    rate, amount = headline.links
    rows = run(real, rate.measure, **{name: value for name, value in rate.params.items() if value is not None}).frame
    row = rows.set_index("period").loc["2024"]
    assert headline[rate.start : rate.end] == f"{row[rate.column]:.1f}%"
    assert headline[amount.start : amount.end] == f"{row[amount.column] / 1e12:.2f} trillion yuan"
