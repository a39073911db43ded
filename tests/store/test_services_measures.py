"""Trade in services, cross-border e-commerce and investment against what was published, and what must never be mixed."""

from __future__ import annotations

import pandas as pd
import pytest

from trade.measures import run
from trade.measures.sentences import sentence
from trade.store import Store


def test_services_of_2024_as_the_ministry_reports_them(real: Store) -> None:
    """CCTV on the Ministry of Commerce, February 2025: 7,523.8 bn yuan, +14.4%; exports 3,175.56, imports 4,348.24."""
    row = run(real, "services", first="2024", last="2024").frame.iloc[0]
    assert row["value"] / 1e9 == pytest.approx(7523.8)
    assert row["growth_pct"] == 14.4
    assert (row["exports"] / 1e9, row["imports"] / 1e9) == (pytest.approx(3175.56), pytest.approx(4348.24))
    assert row["balance"] / 1e9 == pytest.approx(-1172.68)


def test_services_of_the_balance_of_payments_begin_in_1982(real: Store) -> None:
    """World Development Indicators, July 2024: exports of 2,512 and imports of 2,024 million dollars in 1982."""
    frame = run(real, "services", concept="balance of payments", flow="balance").frame
    first, last = frame.iloc[0], frame.iloc[-1]
    assert (first["period"], first["exports"], first["imports"], first["balance"]) == ("1982", 2512e6, 2024e6, 488e6)
    assert (last["period"], last["currency"], bool(last["derived"])) == ("2022", "USD", True)
    assert last["balance"] / 1e9 == pytest.approx(-92.30, abs=0.005)


def test_the_services_balance_of_2025_follows_from_its_quarters(real: Store) -> None:
    """SAFE, 7 November 2025 and 27 March 2026: first three quarters -1,116.6, fourth -343.5 bn yuan."""
    year = run(real, "services", concept="balance of payments", flow="balance", currency="CNY").frame.iloc[-1]
    assert (year["period"], bool(year["derived"])) == ("2025", True)
    assert year["value"] / 1e9 == pytest.approx(-1116.6 - 343.5)
    quarters = run(real, "services", concept="balance of payments", flow="balance", freq="Q").frame.set_index("period")
    assert quarters["value"].sum() == pytest.approx(year["value"])
    assert bool(quarters.loc["2025-Q2", "derived"])
    assert not bool(quarters.loc["2025-Q4", "derived"])


def test_no_growth_between_levels_across_the_base_of_2026(real: Store) -> None:
    """Ministry of Commerce: January to July 2026 4,446.71 bn yuan, +8.3% on a revised base: 41,059 is not what was printed."""
    frame = run(real, "services", freq="YTD").frame.set_index("period")
    row = frame.loc["2026-07"]
    assert (row["value"] / 1e9, row["growth_pct"], row["basis"]) == (pytest.approx(4446.71), 8.3, "2026")
    assert frame.loc[frame["basis"] == "2026", "growth_computed_pct"].isna().all()
    assert frame.loc["2025-09", "growth_computed_pct"] == pytest.approx(7.6, abs=0.1), "within one base there is one"


def test_the_two_concepts_are_never_one_series(real: Store) -> None:
    for concept, others in (("balance of payments", {"mofcom_services"}), ("ministry of commerce", {"safe_services"})):
        for freq in ("A", "M", "YTD", "Q"):
            rows = real.query(
                "SELECT DISTINCT source_id FROM service_trade WHERE concept = $concept AND freq = $freq",
                {"concept": concept, "freq": freq},
            )
            assert not set(rows["source_id"]) & others


def test_categories_of_a_month_add_up_to_all_services(real: Store) -> None:
    """SAFE, April 2026: exports 280.5, imports 381.9 bn yuan in twelve categories; the rows are rounded to 0.1 bn."""
    for flow, value in (("export", 280.5), ("import", 381.9)):
        frame = run(real, "service_items", flow=flow, period="2026-04").frame
        whole, parts = frame[frame["whole"]].iloc[0], frame[~frame["whole"] & ~frame["overlapping"]]
        assert whole["value"] / 1e9 == pytest.approx(value)
        assert len(parts) == 12
        assert parts["value"].sum() / 1e9 == pytest.approx(value, abs=0.6)
        assert parts["share_pct"].sum() == pytest.approx(100, abs=0.3)


def test_travel_of_the_first_half_of_2025(real: Store) -> None:
    """Ministry of Commerce, August 2025: travel 1,080.29 bn yuan, +12.3%; knowledge-intensive 1,502.54, +6.0%."""
    for item, value, growth in (("Travel", 1080.29, 12.3), ("knowledge-intensive services", 1502.54, 6.0)):
        row = run(real, "services", item=item, freq="YTD", last="2025-06").frame.iloc[-1]
        assert (row["period"], row["growth_pct"]) == ("2025-06", growth)
        assert row["value"] / 1e9 == pytest.approx(value)


def test_knowledge_intensive_services_are_marked_as_overlapping(real: Store) -> None:
    frame = run(real, "service_items", concept="ministry of commerce", freq="YTD").frame.set_index("item")
    assert bool(frame.loc["Knowledge-intensive services", "overlapping"])
    assert not bool(frame.loc["Travel", "overlapping"])


def test_every_category_has_a_chinese_name(real: Store) -> None:
    rows = real.query("SELECT DISTINCT item, item_zh FROM service_trade")
    assert len(rows) > 20
    assert not (rows["item"] == rows["item_zh"]).any()


def test_cross_border_ecommerce_has_printed_growth_alone(real: Store) -> None:
    """SCIO, 13 January 2025: 2.63 tn yuan in 2024, +10.8%. 2020: 1.69 first, 1.62 since: no growth is computed."""
    frame = run(real, "cross_border_ecommerce").frame.set_index("period")
    row = frame.loc["2024"]
    assert (row["value"] / 1e12, row["growth_pct"]) == (2.63, 10.8)
    assert row["share_pct"] == pytest.approx(100 * 2.63 / 43.85, abs=0.05)
    assert frame.loc["2025", "value"] / 1e12 == 2.75
    assert pd.isna(frame.loc["2025", "growth_pct"])
    assert "2019" not in frame.index
    assert "1.62" in frame.loc["2020", "note"]


def test_foreign_capital_used_in_2025(real: Store) -> None:
    """Ministry of Commerce, 23 January 2026: 747.69 bn yuan, -9.5%; balance of payments is another series."""
    row = run(real, "foreign_investment").frame.iloc[-1]
    assert (row["period"], row["value"] / 1e9, row["growth_pct"]) == ("2025", pytest.approx(747.69), -9.5)
    net = run(real, "foreign_investment", concept="balance of payments").frame
    assert set(net["source_id"]) == {"world_bank_services"}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_sentence_on_services_names_concept_category_and_flow(real: Store, lang: str) -> None:
    bop = {"concept": "balance of payments"}
    param_sets: list[dict[str, str]] = [
        *({"item": "Services", "flow": flow} for flow in ("export", "import", "total", "balance")),
        *(
            {"item": item, "flow": flow} | bop
            for item in ("Services", "Travel")
            for flow in ("export", "import", "balance")
        ),
        {"item": "Travel", "flow": "total"},
    ]
    texts = {sentence(real, run(real, "services", **params), lang).text for params in param_sets}
    assert len(texts) == len(param_sets)
