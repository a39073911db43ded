"""Charts as files: a choice that does not fit the others is an error, never answered by the usual view."""

from __future__ import annotations

import pytest

from trade.errors import BadParameter, NoRows, TradeError
from trade.panels.choices import Choices
from trade.panels.panel import Panel
from trade.panels.registry import panels
from trade.panels.run_context import RunContext, running
from trade.store import Store
from trade.stories import chart_export

ABSENT = {
    "period": "1949", "since": "1949", "year": "1949", "partner": "ZZZ", "reporter": "ZZZ", "entities": "ZZZ,YYY",
    "indicator": "growth.nothing", "product": "nothing", "within": "nothing", "inside": "9999", "code": "999999",
    "origin": "nothing", "part": "nothing", "ask": "nothing=1", "keep": "nothing", "y": "nothing", "x": "nothing",
    "measure": "nothing", "rest": "999", "elasticity": "9", "fall": "999", "elsewhere": "-1",
    "demand": "asia:999", "shocks": "ZZZ:10", "claim": "nothing", "topic": "nothing",
}  # fmt: skip
"""A code of the right form for every field without a list of options, which no chart can show."""
NOT_FITTING = [
    ("growth/index", "freq=Q", "freq cannot be 'Q'"),
    ("growth/volume", "freq=YTD", "use A, M"),
    ("growth/sums", "freq=Q", "freq cannot be 'Q'"),
    ("growth/vintages", "freq=Q", "freq cannot be 'Q'"),
    ("growth/levels", "period=2025-03", "use a period from"),
    ("growth/levels", "freq=M&period=2025-Q2", "a period from"),
    ("growth/levels", "join=no", "join has no effect"),
    ("growth/contribution", "by=product&continent=asia", "continent has no effect"),
    ("overview/levels", "freq=M", "use A, Q"),
    ("overview/growing", "freq=Q&currency=USD", "currency cannot be 'USD'"),
    ("overview/map", "freq=Q&currency=USD", "currency cannot be 'USD'"),
    ("destinations/ranking", "freq=M&currency=USD", "use CNY"),
    ("destinations/ranking", "partner=asean", "partner cannot be 'asean'"),
    ("destinations/ranking", "since=2010", "since has no effect"),
    ("destinations/ranking", "sort=gain&freq=M&since=2010", "since cannot be '2010'"),
    ("destinations/firsts", "dataset=cia&flow=import", "flow has no effect"),
    ("diversification/gauge", "reporter=DEU&freq=M", "freq cannot be 'M'"),
    ("diversification/gauge", "reporter=DEU&currency=CNY", "use USD"),
    ("diversification/gauge", "above=1e8", "above has no effect"),
    ("diversification/goods", "flow=total", "use export, import"),
    ("partner/balance", "members=today", "members has no effect"),
    ("partner/mirror", "flow=total", "use export, import"),
    ("partner/months", "partner=asean&rates=added", "use none"),
    ("partner/goods", "level=section", "use chapter, heading, subheading"),
    ("compare/lines", "freq=M", "freq has no effect"),
    ("compare/lines", "scaled=share", "use lines, index, rank"),
    ("compare/lines", "least=1e9", "least has no effect"),
    ("compare/lines", "scaled=index&since=1901", "since cannot be '1901'"),
    ("compare/lines", "indicator=partner.rank", "indicator cannot be 'partner.rank'"),
    ("compare/lines", "of=partners&currency=CNY", "use USD"),
    ("explore/explore", "freq=Q", "freq cannot be 'Q'"),
    ("explore/explore", "partner=DEU", "partner has no effect"),
    ("explore/explore", "x=value", "x has no effect"),
    ("products/items", "flow=total", "use export, import"),
    ("products/items", "within=motor-vehicles", "within cannot be"),
    ("products/hs_item", "freq=Q", "use A"),
    ("products/hs_buyers", "flow=import", "use export"),
    ("products/hs_buyers", "period=2024", "use 2022/2023"),
    ("products/hs_balance", "level=subheading", "use chapter"),
    ("products/world_rivals", "part=XVI", "part cannot be 'XVI'"),
    ("services/ministry", "freq=M", "use A, YTD"),
    ("services/categories", "period=2024-Q2", "a period from"),
    ("outlook/rest", "rest=999", "numbers from -50 to 100"),
    ("outlook/scenario", "shocks=USA:5,ZZZ:5", "shocks cannot be"),
]
FITTING = [
    ("growth/levels", "freq=M&period=2025"),
    ("growth/sums", "period=2025-03"),
    ("growth/levels", "freq=M&join=no"),
    ("diversification/gauge", "gauge=active&above=1e8"),
    ("destinations/ranking", "currency=USD&sort=gain&since=2010"),
    ("partner/balance", "partner=asean&members=today"),
    ("compare/lines", "of=partners&indicator=partner.value&freq=M&currency=USD"),
    ("products/items", "freq=M&period=2026-03"),
]


def _choices(query: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in query.split("&"))


@pytest.mark.parametrize(("chart", "query", "said"), NOT_FITTING)
def test_what_does_not_fit_is_named(real: Store, chart: str, query: str, said: str) -> None:
    with pytest.raises(BadParameter, match=said):
        chart_export.draw(real, chart, _choices(query), "en")


@pytest.mark.parametrize(("chart", "query"), FITTING)
def test_what_fits_has_an_effect(real: Store, chart: str, query: str) -> None:
    choices = _choices(query)
    shown = chart_export.draw(real, chart, choices, "en")
    usual = chart_export.draw(real, chart, dict(list(choices.items())[:-1]), "en")
    assert shown.headline != usual.headline or not shown.result.frame.equals(usual.result.frame)


@pytest.mark.parametrize("panel", panels().values(), ids=panels())
def test_no_chart_replaces_a_code_that_does_not_exist(real: Store, panel: Panel) -> None:
    for name in panel.choices:
        if name in ABSENT:
            with running(RunContext("en", {}, real)), pytest.raises(TradeError):
                panel.exact_content(Choices({name: ABSENT[name]}))


def test_a_page_shows_something_else_instead(real: Store) -> None:
    shown = chart_export.draw(real, "growth/index", {"freq": "Q"}, "en", exact=False)
    assert shown.result.params["freq"] == "A"


def test_the_mistake_comes_before_what_follows_from_it(real: Store) -> None:
    with pytest.raises(BadParameter, match="period cannot be '1949'"):
        chart_export.draw(real, "diversification/growing", {"period": "1949", "grew": "up"}, "en")
    with pytest.raises(NoRows):
        chart_export.draw(real, "growth/volume", {"flow": "total"}, "en")
