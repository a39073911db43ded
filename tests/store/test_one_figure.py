"""One figure for one thing: several measures and charts print the same number for the same thing."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.support.sentence_sweep import parse_number
from tests.support.shown_figures import (
    DISTINCT,
    Cells,
    Thing,
    badly_written,
    chart_labels,
    contents,
    figures,
    matches_value,
    printed,
    unmatched_labels,
    unmatched_numbers,
)
from trade.measures import Result, catalog, run
from trade.measures.claims import check, wording
from trade.measures.sentences import LANGUAGES, sentence
from trade.panels import explore
from trade.panels.choices import Choices
from trade.panels.column_headings import heading
from trade.panels.panel import Content, Panel
from trade.panels.registry import panels
from trade.panels.run_context import RunContext, running
from trade.store import Store, open_store

YEAR = "2025"
FLOWS = ["export", "import", "total"]
CURRENCIES = ["CNY", "USD"]


def cell(frame: pd.DataFrame, column: str, **where: object) -> float:
    """The one value of a column in the rows where the others have these values."""
    for name, value in where.items():
        frame = frame[frame[name] == value]
    return float(frame[column].iloc[-1])


@pytest.mark.parametrize("flow", FLOWS)
@pytest.mark.parametrize("currency", CURRENCIES)
def test_the_growth_of_a_year(real: Store, flow: str, currency: str) -> None:
    """Growth, exchange-rate effect, contributions by every split, and the sheet of a partner: 6.1, never 6.0."""
    params = {"flow": flow, "currency": currency}
    published = cell(run(real, "growth", **params).frame, "growth_pct", period=YEAR)
    rates = {
        "fx_effect": cell(run(real, "fx_effect", flow=flow).frame, f"growth_{currency.lower()}_pct", period=YEAR),
        "partner": cell(run(real, "partner", **params, first=YEAR).frame, "total_growth_pct", period=YEAR),
    }
    for by in ("continent", "partner", "product"):
        split = run(real, "contribution", **params, by=by, period=YEAR).frame
        rates[by] = cell(split, "contribution_pp", kind="total")
        parts = split[split["kind"].isin(["part", "residual"])]
        if len(parts):  # two-way trade is not split by goods
            assert parts["contribution_pp"].sum() == pytest.approx(published, abs=1e-6), "parts add up"
    assert {name: round(rate, 1) + 0 for name, rate in rates.items()} == dict.fromkeys(rates, published)


@pytest.mark.parametrize("flow", ["export", "import"])
@pytest.mark.parametrize("period", ["2025-10", "2026-03", "2026-07"])
def test_the_growth_since_january(real: Store, flow: str, period: str) -> None:
    """The year to date, and its split by partners, continents and goods."""
    published = cell(run(real, "ytd_growth", flow=flow).frame, "growth_pct", period=period)
    for by in ("continent", "partner", "product"):
        split = run(real, "contribution", flow=flow, by=by, period=period).frame
        assert cell(split, "contribution_pp", kind="total") == pytest.approx(published, abs=0.001), by


@pytest.mark.parametrize("flow", FLOWS)
@pytest.mark.parametrize("currency", CURRENCIES)
def test_how_many_markets_grew(real: Store, flow: str, currency: str) -> None:
    """The count of the bars, of the dots and of the map: 203 and 42, never 200 and 41."""
    params = {"flow": flow, "currency": currency, "last": YEAR}
    counted = run(real, "growing_markets", **params).frame
    ranked = run(real, "rank", **params).frame
    ranked = ranked[ranked["value"] > 0]
    rates = ranked["published_growth_pct"].fillna(ranked["growth_pct"])
    dots = {"growing": int((rates > 0).sum()), "falling": int((rates < 0).sum()), "markets": len(ranked)}
    assert {name: int(cell(counted, name, continent="world")) for name in dots} == dots


def test_how_africa_contributed(real: Store) -> None:
    """By continent, and among partners of Africa: 1.33, never 1.32."""
    continents = run(real, "contribution", by="continent", period=YEAR).frame
    inside = run(real, "contribution", by="partner", continent="africa", period=YEAR).frame
    assert cell(continents, "contribution_pp", code="africa") == cell(inside, "contribution_pp", code="africa")
    assert (inside["kind"] == "group").sum() == 1, "the file of Africa holds Africa"


@pytest.mark.parametrize("flow", FLOWS)
@pytest.mark.parametrize("freq", ["A", "M", "YTD"])
def test_yuan_is_dollars_and_exchange_rate_as_printed(real: Store, flow: str, freq: str) -> None:
    """Of the sentences on the exchange rate 59 of 388 did not add up: a published part stood beside a computed one."""
    result = run(real, "fx_effect", flow=flow, freq=freq)
    for period in result.frame["period"].iloc[-60:]:
        generated = sentence(real, result, chosen=period)
        if generated.case in ("rose", "fell"):
            numbers = [generated.text[link.start : link.end] for link in generated.links]
            points, yuan, dollars = (parse_number(number)[0] for number in numbers)  # type: ignore[index]
            effect = points if generated.case == "rose" else -points
            assert yuan - dollars == pytest.approx(effect, abs=1e-6), generated.text


def test_doubled_since_2019_can_be_answered(real: Store) -> None:
    """Exports to Vietnam: 98.0 billion dollars in 2019 (IMF), 198.1 in 2025 (customs); to Germany +48%."""
    right = check(real, "China's exports to Vietnam doubled since 2019")
    assert right.code == "right"
    assert "from 2019 to 2025" in wording.figure(real, right.verdicts[0].figures[0].figure)
    assert check(real, "China's exports to Germany doubled since 2019").code != "right"


def test_what_was_first_released_stands_beside_what_was_revised(real: Store) -> None:
    """The surplus of 2025: 1.189 trillion dollars as released, 1.180 since August 2026."""
    generated = sentence(real, run(real, "balance", currency="USD"))
    assert "$1.18 trillion more" in generated.core
    assert "$1.19 trillion" in generated.core
    assert "first released as $2.58 trillion" in sentence(real, run(real, "growth", flow="import", currency="USD")).core


def test_a_run_after_a_gap_is_at_least_so_long(real: Store) -> None:
    """The years before 1984 are not known, so the run of exports in dollars that begins in 1985 may be longer."""
    result = run(real, "streak", flow="export", currency="USD")
    assert "for at least 5 years in a row" in sentence(real, result, chosen="1989").text
    assert "is not known" in sentence(real, result, chosen="1984").text
    months = run(real, "consecutive", quantity="balance", currency="USD")
    assert months.frame["at_least"].any()


def test_high_technology(real: Store) -> None:
    """Most pages print 13.2, one 13.0: the sentences take what most print."""
    assert "13.2%" in sentence(real, run(real, "released", item="High-tech products")).text
    assert "13.2%" in sentence(real, run(real, "high_tech")).text


@pytest.fixture(scope="module")
def drawn(real_home: Path) -> list[tuple[Panel, Content]]:
    return list(contents(open_store(real_home)))


def by_result(drawn: list[tuple[Panel, Content]]) -> list[tuple[Result, list[tuple[Panel, Content]]]]:
    """Panels that draw one table stand together: its cells are read once."""
    shared: dict[int, list[tuple[Panel, Content]]] = {}
    for panel, content in drawn:
        shared.setdefault(id(content.result), []).append((panel, content))
    return [(same[0][1].result, same) for same in shared.values()]


class TestAllPanels:
    """Every number that the panels show, in tables and in texts, over flows, currencies, frequencies and splits."""

    def test_one_thing_has_one_number(self, drawn: list[tuple[Panel, Content]]) -> None:
        """By measure, flow, currency, frequency, period and part: what tables print of one thing is one number."""
        values: dict[Thing, dict[float, set[tuple[tuple[str, ...], str]]]] = {}
        for result, same in by_result(drawn):
            names = tuple(sorted({panel.id for panel, _ in same}))
            for figure in figures(result):
                values.setdefault(figure.thing, {}).setdefault(figure.value, set()).add((names, figure.column))
        assert len(values) > 100_000
        places = {thing: set().union(*found.values()) for thing, found in values.items()}
        shared = [
            thing for thing, found in places.items() if len(found) > 1 or any(len(names) > 1 for names, _ in found)
        ]
        assert len(shared) > 5_000, "several panels show them"
        unlike = {thing: found for thing, found in values.items() if len(found) > 1}
        numbers = {thing: {printed(thing, value) for value in found} for thing, found in unlike.items()}
        assert {thing: unlike[thing] for thing in numbers if len(numbers[thing]) > 1} == {}

    def test_every_number_of_a_text_stands_in_its_table(self, drawn: list[tuple[Panel, Content]]) -> None:
        """Every number in a headline or takeaway is in its rows, with the exceptions listed here."""
        allowed = {
            "diversification/growing": {"60"},
            "overview/growing": {"60"},
            "diversification/lorenz": {"0.84", "0.85", "0.86", "0.87", "0.88", "0.89"},  # the Gini coefficient
            "factcheck/tally": {"40", "37"},  # sums over topics
            "products/hs_matched": {"0.40"},  # of all goods, not only of those drawn
        }
        loose_numbers: dict[str, set[str]] = {}
        for result, same in by_result(drawn):
            cells = Cells(result)
            for panel, content in same:
                for text in (content.message.headline, content.message.takeaway):
                    numbers = set(unmatched_numbers(text, cells)) - allowed.get(panel.id, set())
                    if numbers:
                        loose_numbers.setdefault(panel.id, set()).update({*numbers, str(text)})
        assert loose_numbers == {}

    def test_every_label_of_a_chart_stands_in_its_table(self, real: Store) -> None:
        """Every number that a default chart shows is in its table."""
        allowed = {
            "diversification/growing": {"60"},  # the mark of the statement
            "overview/growing": {"60"},
            "factcheck/tally": {"46", "30"},  # sums over topics
            # small parts share one box or bar
            "outlook/scenario": {"+7.96"},
            "products/hs_split": {"+1.45"},
            "products/hs_map": {"+14.3", "+7.6", "+27.7"},
        }
        wrong: dict[str, set[str]] = {}
        labelled = 0
        for panel, content in contents(real, [{}]):
            figure = json.loads(panel.draw(real, {}, "en").figure.to_json())
            labelled += len(list(chart_labels(figure)))
            missing = unmatched_labels(figure, Cells(content.result)) - allowed.get(panel.id, set())
            if missing:
                wrong[panel.id] = missing
        assert labelled > 500
        assert wrong == {}

    def test_linked_numbers_agree(self, drawn: list[tuple[Panel, Content]]) -> None:
        """Each number tied to a query is a value of that query's column, as the panel drew it."""
        wrong: set[str] = set()
        checked = 0
        for panel, content in drawn:
            frame, measure = content.result.frame, content.result.measure.id
            for text in (content.message.headline, content.message.takeaway, *content.notes):
                for link in getattr(text, "links", ()):
                    # a rate is the published one, else that between levels
                    names = (link.column, "growth_computed_pct") if link.column == "growth_pct" else (link.column,)
                    columns = [frame[name] for name in names if name in frame]
                    if link.measure != measure or not all(map(pd.api.types.is_numeric_dtype, columns)) or not columns:
                        continue
                    if panel.id in ("diversification/swarm", "sources/coverage"):
                        continue  # a median, and sums by year
                    checked += 1
                    values = np.concatenate([column.dropna().to_numpy(float) for column in columns])
                    if not matches_value(values, str(text[link.start : link.end]), len(frame)):
                        wrong.add(f"{panel.id} {link.column}: {text[link.start : link.end]} in {text}")
        assert checked > 1_000
        assert wrong == set()

    def test_every_headline_says_its_period(self, drawn: list[tuple[Panel, Content]]) -> None:
        """Every headline names its year, since a chart may show another period than the charts beside it."""
        timeless = {"factcheck/tally", "sources/residuals"}
        undated = {
            f"{panel.id}: {content.message.headline}"
            for panel, content in drawn
            if panel.id not in timeless and not re.search(r"(?:19|20)\d\d", content.message.headline)
        }
        assert undated == set()

    def test_texts_are_well_written(self, drawn: list[tuple[Panel, Content]], real: Store) -> None:
        """The rules of the sentence sweep, on headlines and notes: those of English as drawn, of Chinese by default."""
        chinese = [(panel, content, "zh") for panel, content in contents(real, [{}, {"flow": "import"}], "zh")]
        faults = {
            f"{panel.id} {lang} {fault}: {text}"
            for panel, content, lang in [*((panel, content, "en") for panel, content in drawn), *chinese]
            for text in (content.message.headline, *content.notes)
            for fault in badly_written(str(text), lang)
        }
        assert faults == set()

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_what_is_told_apart_has_a_heading_of_its_own(self, real: Store, lang: str) -> None:
        with running(RunContext(lang, {}, real)):
            headings = {key: (heading(key[1], "", key[0]), heading(key[1], "")) for key in DISTINCT}
        assert [key for key, (own, shared) in headings.items() if own == shared] == []


@pytest.mark.parametrize(
    ("panel_id", "choices"),
    [
        (panel_id, {"continent": "africa"})
        for panel_id in ("destinations/ranking", "destinations/map", "destinations/moved", "destinations/bump",
                         "diversification/swarm", "growth/contribution")
    ],
)  # fmt: skip
@pytest.mark.parametrize(("lang", "name"), [("en", "Africa"), ("zh", "非洲")])
def test_a_headline_speaks_of_what_was_filtered(
    real: Store, panel_id: str, choices: dict[str, str], lang: str, name: str
) -> None:
    by = {"by": "partner"} if panel_id == "growth/contribution" else {}
    with running(RunContext(lang, choices | by, real)):
        message = panels()[panel_id].content(Choices(choices | by)).message
    assert name in message.headline
    assert name in message.takeaway


@pytest.mark.parametrize("store", ["tiny", "real"])
def test_explore_offers_what_the_store_has_data_for(store: str, request: pytest.FixtureRequest) -> None:
    """A table with rows stands for the answer to the default question of a measure that needs data."""
    opened: Store = request.getfixturevalue(store)
    needy = [name for name, measure in catalog().items() if measure.needs and name not in explore.LISTS]
    with running(RunContext("en", {}, opened)):
        offered = explore.offered()
        answered = [name for name in needy if explore._answers(name)]
    assert [name for name in needy if name in offered] == answered
    assert (len(answered) > 10) == (store == "real")


def test_the_default_answer_of_each_measure_draws(real: Store) -> None:
    """Explore offers what has an answer, and its first chart shows numbers that are not all zero."""
    with running(RunContext("en", {}, real)):
        offered = explore.offered()
        assert {"vintages", "vintage_changes", "policy_events"}.isdisjoint(offered)
        for name in offered:
            content = explore.explore.content(Choices({"measure": name}))
            drawn = content.result.frame[content.options["y"]]
            assert drawn.notna().any(), name
            assert (drawn.dropna().astype(float) != 0).any(), name
        dollars = explore.explore.content(Choices({"measure": "partner"})).result
        assert len(dollars.frame) > 20, "the years of the measure's own currency"
