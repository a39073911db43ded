"""Measures of commodities: computed by hand on the tiny store, held against published figures on the real one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.tiny_store import FACTS, Row, tiny_store
from trade.errors import NoRows
from trade.measures import run
from trade.measures.sentences import sentence
from trade.store import Store


def row(store: Store, measure: str, where: dict[str, object], **params: object) -> dict:
    """The one row of a measure in which the named columns have these values."""
    frame = run(store, measure, **params).frame
    for column, value in where.items():
        frame = frame[frame[column] == value]
    assert len(frame) == 1
    return frame.iloc[0].to_dict()


# --- by hand ----------------------------------------------------------------------------------------------------------


def test_parts_and_what_is_not_listed_make_up_the_flow(tiny: Store) -> None:
    frame = run(tiny, "commodities").frame.set_index("code")
    parts = frame[frame["kind"] == "part"]
    assert list(parts.index) == ["ships", "steel", "grain"], "tech overlaps the others and is no part"
    assert frame.loc["tech", "kind"] == "overlap"
    total, residual = frame.loc["world"], frame.loc["residual"]
    for column in ("value", "share_pct", "contribution_pp"):
        assert parts[column].sum() + residual[column] == pytest.approx(total[column])
    assert total["value"] == 1200e4, "exports of 2025: 400 + 300 + 500 in 10,000 yuan"
    assert parts.loc["steel", "value"] == 5e6
    assert parts.loc["steel", "growth_pct"] == 25.0
    assert residual["value"] == pytest.approx(0, abs=1), "2 + 5 + 5 million are listed"


def test_dollars_are_converted_at_the_rates_of_both_periods(tiny: Store) -> None:
    steel = row(tiny, "commodities", {"code": "steel"}, currency="USD")
    assert steel["value"] == 5e6 / 10
    assert steel["base_value"] == pytest.approx(4e6 / 8, rel=1e-3), "customs' growth is printed with one digit"
    assert steel["growth_pct"] == pytest.approx(0, abs=0.1)


def test_items_stand_inside_the_nearest_listed_group(tmp_path: Path) -> None:
    """Ships are inside steel by way of a group that no table lists."""
    parents = [
        {"flow": "export", "product": "steel", "parent": None, "level": 0, "position": 1},
        {"flow": "export", "product": "hulls", "parent": "steel", "level": 1, "position": 2},
        {"flow": "export", "product": "ships", "parent": "hulls", "level": 2, "position": 3},
    ]
    hulls = {"product": "hulls", "name_en": "Hulls", "name_zh": "hulls", "product_group": "tiny", "overlapping": False}
    store = tiny_store(tmp_path, {"product_parent": parents, "product": [*FACTS["product"], hulls]})
    whole = run(store, "commodities").frame.set_index("code")
    assert "ships" not in whole.index
    assert whole.loc["steel", "listed_items"] == 1
    inside = run(store, "commodities", parent="steel").frame.set_index("code")
    assert list(inside.index) == ["ships", "residual", "steel"]
    assert inside.loc["steel", "kind"] == "group"
    tree = run(store, "commodities", by="item").frame
    assert tree["code"].tolist()[:2] == ["steel", "ships"]
    with pytest.raises(NoRows):
        run(store, "commodities", parent="ships")


def test_a_part_without_a_base_leaves_its_contribution_in_the_residual(tmp_path: Path) -> None:
    trade: list[Row] = [
        one | {"value_prev_cny_100m": None, "growth_pct": None} if one["product"] == "ships" else one
        for one in FACTS["commodity_trade"]
        if one["product"] != "ships" or one["period"] == "2025-12"
    ]
    frame = run(tiny_store(tmp_path, {"commodity_trade": trade}), "commodities").frame.set_index("code")
    assert frame.loc["ships", ["base_value", "growth_pct", "contribution_pp"]].isna().all()
    assert frame.loc["residual", "base_value"] != frame.loc["residual", "base_value"], "missing, not zero"
    known = frame.loc[["steel", "grain", "residual"], "contribution_pp"].sum()
    assert known == pytest.approx(frame.loc["world", "contribution_pp"])


def test_value_is_quantity_times_unit_value(tmp_path: Path) -> None:
    counted = {"quantity": 5.0, "quantity_unit": "10,000 tonnes", "quantity_growth_pct": 10.0}
    trade: list[Row] = [
        one | counted if one["product"] == "steel" and one["period"] == "2025-12" else one
        for one in FACTS["commodity_trade"]
    ]
    store = tiny_store(tmp_path, {"commodity_trade": trade})
    steel = row(store, "price_quantity", {"code": "steel"})
    assert (steel["quantity"], steel["quantity_unit"]) == (50_000, "tonnes"), "in plain units"
    assert steel["unit_value"] == 5e6 / 50_000
    assert (1 + steel["quantity_growth_pct"] / 100) * (1 + steel["unit_value_growth_pct"] / 100) == pytest.approx(1.25)
    over_time = run(store, "price_quantity", product="steel").frame
    assert over_time["period"].tolist() == ["2025-12"]


# --- against what was published ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "growth", "share"),
    [("mechanical-and-electrical-products", 9.0, 61.0), ("high-tech-products", 8.0, 25.1)],
)
def test_published_groups_of_2025(real: Store, code: str, growth: float, share: float) -> None:
    one = row(real, "commodities", {"code": code})
    assert one["growth_pct"] == growth
    assert one["share_pct"] == pytest.approx(share, abs=0.05), "over 60% for the first time, said the ministry"


@pytest.mark.parametrize("currency", ["CNY", "USD"])
@pytest.mark.parametrize("flow", ["export", "import"])
@pytest.mark.parametrize("period", ["2025", "2025-06", "2026-07"])
def test_lists_add_up_to_official_growth(real: Store, flow: str, period: str, currency: str) -> None:
    frame = run(real, "commodities", flow=flow, period=period, currency=currency).frame.set_index("code")
    adding = frame[frame["kind"].isin(["part", "residual"])]
    for column in ("value", "contribution_pp"):
        assert adding[column].sum() == pytest.approx(frame.loc["world", column])
    params = {"flow": flow, "currency": currency, "freq": "A" if len(period) == 4 else "YTD"}
    official = run(real, "growth", first=period, last=period, **params).frame.iloc[0]
    assert frame.loc["world", "contribution_pp"] == pytest.approx(official["growth_pct"], abs=0.05)
    assert frame.loc["residual", "value"] > 0


def test_two_definitions_of_high_tech(real: Store) -> None:
    stated = row(real, "high_tech", {"period": "2025", "definition": "statement"})
    wider = row(real, "high_tech", {"period": "2025", "definition": "catalogue"})
    assert (stated["value"], stated["growth_pct"]) == (5.25e12, 13.2)
    assert (wider["value"], wider["growth_pct"]) == (6.7807e12, 8.0)
    assert stated["contribution_pp"] == pytest.approx(2.4, abs=0.05), "as the statement says"


def test_the_new_three(real: Store) -> None:
    frame = run(real, "new_three").frame
    whole = frame[frame["kind"] == "group"].set_index("period")
    assert whole.loc["2025", "value"] == pytest.approx(1.2805e12, rel=1e-4)
    assert whole.loc["2025", "growth_pct"] == 27.1
    assert whole["quality"].to_dict() == {"2023": "press", "2024": "implied", "2025": "reported", "2026-03": "reported"}
    for period, parts in frame[frame["kind"] != "group"].groupby("period"):
        assert parts["value"].sum() == pytest.approx(whole.loc[period, "value"])
    cars = row(real, "new_three", {"period": "2025", "code": "electric-vehicles"})
    assert cars["quantity"] == 3_933_428


def test_robots_say_what_is_missing(real: Store) -> None:
    frame = run(real, "industrial_robots").frame
    both = frame[(frame["flow"] == "export") & frame["ratio_to_imports"].notna()].set_index("period")
    assert both.loc["2022", "ratio_to_imports"] == pytest.approx(0.61 / 2.0)
    assert (both.loc[["2025-03", "2026-03"], "ratio_to_imports"] > 1).all()
    imports = set(frame.loc[frame["flow"] == "import", "period"])
    assert not {"2023", "2024", "2025"} & imports
    assert set(frame["origin"]) == {"customs", "implied", "association", "press"}


def test_one_commodity_over_time(real: Store) -> None:
    frame = run(real, "commodity", product="motor-vehicles").frame.set_index("period")
    assert frame.loc["2025-12", "value"] == 1.01834e12
    assert frame.loc["2025-12", "quantity"] == 8_324_000
    assert frame.loc["2025-12", "growth_pct"] == 22.0


@pytest.mark.parametrize(("freq", "period"), [("M", "2023-10"), ("M", "2023-12"), ("YTD", "2023-10")])
def test_a_month_without_a_total_in_yuan_keeps_its_goods(real: Store, freq: str, period: str) -> None:
    """Customs' goods of late 2023 are printed in yuan where the total of all imports is not."""
    result = run(real, "commodities", flow="import", freq=freq, period=period)
    assert len(result.frame) > 15
    assert result.frame["value"].notna().all()
    assert result.frame["share_pct"].isna().all()
    assert "of the total" not in sentence(real, result).text
