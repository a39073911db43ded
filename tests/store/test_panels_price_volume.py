"""Was the growth of a year volume or unit value? The panels of Growth and Outlook that say it, drawn without a page."""

from __future__ import annotations

import pytest

from tests.support.recorded_choices import fields_read
from trade.charts.volume_unit_value import with_rest
from trade.errors import NoRows
from trade.panels.panel import Drawn
from trade.panels.registry import find_panel
from trade.store import Store

PANELS = ["growth/volume", "growth/terms", "outlook/volume"]
EVERY_CHOICE = {"flow": "import", "freq": "M", "period": "2025-06", "span": "10", "indices": "cpb"}


def drawn(store: Store, panel: str, lang: str = "en", **codes: str) -> Drawn:
    return find_panel(panel).draw(store, codes, lang)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("panel", PANELS)
def test_every_panel_is_whole_in_both_languages(real: Store, panel: str, lang: str) -> None:
    for codes in ({}, EVERY_CHOICE, {"indices": "unctad"}):
        shown = drawn(real, panel, lang, **codes)
        assert shown.headline in shown.takeaway
        assert shown.result.measure.id == find_panel(panel).measure
        assert {"cpb_world_trade_monitor", "unctad_indices"} & {one.source_id for one in shown.sources}
        assert "⟦" not in "".join([shown.title, shown.headline, shown.takeaway, shown.subtitle, *shown.notes])


@pytest.mark.parametrize("panel", PANELS)
def test_the_declared_choices_are_those_read(real: Store, panel: str) -> None:
    declared = set(find_panel(panel).choices)
    assert fields_read(find_panel(panel), real) == fields_read(find_panel(panel), real, EVERY_CHOICE) == declared


def test_the_growth_of_2025_was_volume(real: Store) -> None:
    """CPB, February 2026: +8.5% in volume, -2.9% in unit value; customs +5.5% in dollars; world exports +4.5%."""
    shown = drawn(real, "growth/volume")
    assert shown.headline == (
        "By CPB's series, the volume of the exports of China rose by 8.5% in 2025 and their unit value fell by 2.9%; "
        "their value in dollars rose by 5.4%"
    )
    assert "A unit value is not a price: it also changes with the mix of goods." in shown.notes
    row = with_rest(shown.result.frame).set_index("period").loc["2025"]
    parts = row["volume_growth_pct"] + row["unit_value_growth_pct"] + row["rest_pp"]
    assert parts == pytest.approx(row["headline_pct"]) == 5.5
    assert row["rest_pp"] == pytest.approx(
        row["volume_growth_pct"] * row["unit_value_growth_pct"] / 100 + row["remainder_pp"]
    )
    assert 0 < row["world_volume_growth_pct"] < row["volume_growth_pct"]


def test_bars_add_up_to_the_dot_in_every_period(real: Store) -> None:
    for codes in ({}, {"flow": "import"}, {"freq": "M"}, {"indices": "unctad", "span": "all"}):
        volume, unit_value, rest, dot = drawn(real, "growth/volume", **codes).figure.data[:4]
        for parts in zip(volume.y, unit_value.y, rest.y, dot.y, strict=True):
            assert sum(parts[:3]) == pytest.approx(parts[3])


def test_unctad_reaches_back_to_1981_without_a_world(real: Store) -> None:
    shown = drawn(real, "growth/volume", indices="unctad", span="all")
    assert (shown.result.frame["period"].iloc[0], shown.result.frame["period"].iloc[-1]) == ("1981", "2021")
    assert "world_volume_growth_pct" not in shown.result.frame
    assert any("never joined with CPB's" in note for note in shown.notes)


def test_two_way_trade_has_no_volume_and_says_so(real: Store) -> None:
    with pytest.raises(NoRows, match="choose one of them"):
        drawn(real, "growth/volume", flow="total")


def test_terms_of_trade_are_unit_value_over_unit_value(real: Store) -> None:
    row = drawn(real, "growth/terms").result.frame.iloc[-1]
    ratio = 100 * row["export_unit_value_index"] / row["import_unit_value_index"]
    assert (row["period"], row["terms_of_trade"]) == ("2025", pytest.approx(ratio))
    assert round(row["terms_of_trade"], 1) == 93.1


def test_forecasts_of_the_world_follow_its_volumes(real: Store) -> None:
    """WTO, 19 March 2026: world trade in goods +1.9% in 2026 and +2.6% in 2027."""
    shown = drawn(real, "outlook/volume")
    assert shown.headline == (
        "China's exports grew 8.5% in volume in 2025, world trade 4.2%; the WTO expects 1.9% for 2026"
    )
    forecasts = shown.result.frame.dropna(subset=["forecast_pct"]).set_index("period")
    assert dict(forecasts["forecast_pct"]) == {"2026": 1.9, "2027": 2.6}
    assert forecasts["world_trade_volume_growth_pct"].isna().all(), "a forecast is never drawn as an outcome"


def test_names_stand_where_their_lines_end(real: Store) -> None:
    """China's volumes end in 2025; world trade goes on, dotted, to the last forecast."""
    figure = drawn(real, "outlook/volume").figure
    ends = {note.text: note.x for note in figure.layout.annotations if note.xshift == 10}
    dotted = next(trace for trace in figure.data if trace.line.dash == "dot")
    dots = next(trace for trace in figure.data if trace.mode == "markers")
    assert dotted.x[-1] == dots.x[-1] == ends["<b>World trade</b>"]
    assert ends["<b>China's exports</b>"] == ends["<b>China's imports</b>"] == dotted.x[0] < dots.x[0]


def test_a_compiler_is_named_once(real: Store) -> None:
    assert drawn(real, "growth/volume", indices="unctad").headline.count("UNCTAD") == 1


def test_growth_of_a_quarter_is_not_called_published(real: Store) -> None:
    quarters, years = (drawn(real, "growth/exchange", freq=freq).takeaway for freq in ("Q", "A"))
    assert "growth on customs' revised base, from its cumulative figures" in quarters
    assert "growth as published by customs" in years
