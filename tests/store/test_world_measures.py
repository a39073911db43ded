"""Measures on the world matrix, on mirror figures and on products: published figures, cases by hand, properties.

By hand: the tiny store of tests/support/tiny_store.py, whose matrix holds these dollars in 2025 (2023):

    CHN -> USA 50 (60)  MEX 40 (20)  DEU 30 (20)        MEX -> CHN 10 (-)   USA 50 (30)  DEU - (10)
    USA -> CHN 10 (20)  MEX 40 (30)  DEU 50 (50)        DEU -> CHN 40 (40)  USA 40 (40)  MEX 20 (20)
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.tiny_store import FACTS, Bench, tiny_store
from trade.errors import NoRows
from trade.measures import run
from trade.store import Store
from trade.store.build import mart_name
from trade.store.table_contracts import HERE

ECONOMIES = ["CHN", "USA", "HKG", "MAC", "DEU", "FRA"]
EU_2023 = {"DEU", "FRA"}
Matrix = dict[tuple[str, str], int]

matrices = st.dictionaries(
    st.tuples(st.sampled_from(ECONOMIES), st.sampled_from(ECONOMIES)).filter(lambda pair: pair[0] != pair[1]),
    st.integers(1, 30),
    min_size=1,
)
switches = st.fixed_dictionaries(
    {
        "flow": st.sampled_from(["export", "import", "total"]),
        "eu": st.sampled_from(["members", "one"]),
        "hong_kong_macao": st.sampled_from(["in", "out"]),
        "top": st.integers(1, 3),
    }
)


class World(Bench):
    """A store in memory whose matrix and world product data a test sets itself."""

    def set_matrix(self, years: dict[int, Matrix]) -> None:
        """Replace the matrix. Measures of first destinations and larger partners need `set_ranks`, which sets both."""
        rows = [(year, *pair, float(value), "tiny") for year, matrix in years.items() for pair, value in matrix.items()]
        self._replace(
            "fact.bilateral_export",
            pd.DataFrame(rows, columns=["year", "exporter", "importer", "value_usd", "source_id"]),
        )

    def set_ranks(self, years: dict[int, Matrix]) -> None:
        self.set_matrix(years)
        self.con.execute("DELETE FROM destination_rank")
        ranks = (HERE / "marts" / "60_destination_rank.sql").read_text(encoding="utf-8")
        self.con.execute(f"INSERT INTO destination_rank BY NAME {ranks}")

    def set_products(self, rows: list[tuple[int, str, str, str, float]]) -> None:
        """Replace reconciled exports (year, exporter, importer, product, dollars) and the HS tables made from them."""
        frame = pd.DataFrame(rows, columns=["period", "reporter", "partner", "product", "value_usd"])
        frame = frame.assign(classification="HS2022", source_id="tiny", freq="A", flow="export", quality="reconciled")
        self._replace("fact.product_trade", frame)
        for path in [*sorted((HERE / "hs").glob("*.sql")), *sorted((HERE / "marts").glob("67_hs_*.sql"))]:
            self.con.execute(f"DELETE FROM {mart_name(path)}")
            self.con.execute(f"INSERT INTO {mart_name(path)} BY NAME {path.read_text(encoding='utf-8')}")

    def set_commodities(self, pairs: list[tuple[float, float]]) -> None:
        """Replace exports and imports of commodities, January to December 2025, in yuan."""
        rows = [
            (flow, f"item-{at}", value)
            for at, pair in enumerate(pairs)
            for flow, value in zip(("export", "import"), pair, strict=True)
        ]
        frame = pd.DataFrame(rows, columns=["flow", "product", "value_cny"])
        frame = frame.assign(
            list="main", freq="YTD", period="2025-12", overlapping=False, level=0, quality="reported", source_id="tiny"
        )
        self._replace("product_month", frame)

    def _replace(self, table: str, frame: pd.DataFrame) -> None:
        self.con.execute(f"DELETE FROM {table}")
        self.con.execute(f"INSERT INTO {table} BY NAME SELECT * FROM frame")
        self.rows_changed()


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    one = World()
    yield one
    one.con.close()


def count(store: Any, partner: str = "CHN", **params: Any) -> dict[str, int]:
    """Number of economies by period."""
    frame = run(store, "first_destinations", partner=partner, **params).frame
    return dict(zip(frame["period"], frame["economies"], strict=True))


# ---- first destinations: published and independently counted figures

BACI = "CEPII, BACI (Gaulier & Zignago 2010); counted from the files by a script that shares no code with the store"
FACTBOOK = "CIA, The World Factbook, field Exports - partners, latest edition that prints the reference year"
OECD = "OECD, Balanced International Merchandise Trade; 47 economies with data in each year 2021-2024, Russia excluded"

COUNTED = [
    ({"top": 1}, {"2020": (43, 206), "2023": (44, 226)}, BACI),
    ({"top": 3}, {"2020": (79, 206), "2023": (80, 226)}, BACI),
    ({"flow": "import"}, {"2020": (80, 206), "2023": (82, 226)}, BACI),
    ({"dataset": "cia"}, {"2022": (40, 223), "2023": (43, 224)}, FACTBOOK),
    ({"dataset": "cia", "top": 3}, {"2022": (77, 223), "2023": (82, 224)}, FACTBOOK),
    ({"dataset": "oecd"}, {"2021": (12, 47), "2022": (11, 47), "2023": (10, 47), "2024": (9, 47)}, OECD),
]


@pytest.mark.parametrize(("params", "expected", "source"), COUNTED)
def test_first_destinations_counted(real: Store, params: dict, expected: dict, source: str) -> None:
    frame = run(real, "first_destinations", partner="CHN", **params).frame.set_index("period")
    for period, (economies, reporters) in expected.items():
        assert (frame.loc[period, "economies"], frame.loc[period, "reporters"]) == (economies, reporters), source
    assert frame["source_id"].nunique() <= 2, "one source a year"


def test_main_trading_partner_is_one_of_the_three_largest(real: Store) -> None:
    """Customs: a main partner of over 150 economies (13 January 2025), one of the top three of 157 (25 August 2025)."""
    counts = count(real, flow="total", top=3)
    assert counts["2023"] == 150
    assert counts["2020"] == 143
    assert count(real, flow="total", top=1)["2023"] == 72, "first partner is far fewer"


def test_factbook_changes_hong_kong_and_macao_make_few(real: Store) -> None:
    assert count(real, hong_kong_macao="out")["2023"] == 46
    assert count(real, eu="one")["2023"] == 41


def test_every_dataset_prints_its_coverage(real: Store) -> None:
    frame = run(real, "first_destinations", partner="CHN", dataset="cia").frame.set_index("period")
    assert frame.loc["2018", "reporters"] == 4, "a thin year is visible as such"
    assert frame.loc["2018", "covered_pct"] < 20
    assert frame.loc["2023", "covered_pct"] > 99
    oecd = run(real, "first_destinations", partner="CHN", dataset="oecd").frame.set_index("period")
    assert 85 < oecd.loc["2024", "covered_pct"] < 90


@pytest.mark.parametrize("flow", ["export", "import", "total"])
@pytest.mark.parametrize("dataset", ["matrix", "cia", "oecd"])
def test_gains_and_losses_explain_the_change(real: Store, dataset: str, flow: str) -> None:
    if dataset != "matrix" and flow != "export":
        with pytest.raises(NoRows):
            run(real, "first_destination_changes", dataset=dataset, flow=flow)
        return
    frame = run(real, "first_destination_changes", dataset=dataset, flow=flow).frame
    counts = count(real, dataset=dataset, flow=flow)
    by_change = frame["change"].value_counts().reindex(["gained", "lost", "entered", "left"], fill_value=0)
    net = by_change["gained"] - by_change["lost"] + by_change["entered"] - by_change["left"]
    assert net == counts[frame["period"].iloc[0]] - counts[frame["base_period"].iloc[0]]


def test_japan_and_taiwan_turned_to_other_destinations(real: Store) -> None:
    """OECD: Japan's first destination is the United States from 2023 on, Taiwan's from 2024 on."""
    frame = run(real, "first_destination_changes", dataset="oecd", first=2021, last=2024).frame
    lost = frame[frame["change"] == "lost"].set_index("reporter")["first_partner_after"]
    assert (lost["JPN"], lost["TWN"]) == ("USA", "USA")


def test_two_thirds_trade_more_with_china_than_with_the_united_states(real: Store) -> None:
    """Lowy Institute 2019: under 20% of countries in 2001, 128 of 190 (67%) in 2018, by IMF figures."""
    share = run(real, "larger_partner").frame.set_index("period")["share_of_reporters_pct"]
    assert share["2001"] < 20
    assert share["2018"] == pytest.approx(100 * 128 / 190, abs=7)


def test_years_without_a_matrix_say_so(real: Store) -> None:
    with pytest.raises(NoRows, match="1962 to 2023"):
        run(real, "first_destinations", first=2021, last=2022)


# ---- first destinations: by hand, and against a count in Python


def test_first_destinations_by_hand(tiny: Store) -> None:
    """2025: China to the USA, the USA to Germany, Mexico to the USA, Germany to China and the USA alike (both count)."""
    frame = run(tiny, "first_destinations", first=2025, last=2025).frame.set_index("partner")["economies"]
    assert frame.to_dict() == {"USA": 3, "DEU": 1, "CHN": 1}
    assert count(tiny, "MEX", first=2025) == {"2025": 0}, "none is a count, not a gap"
    assert count(tiny, "CHN", flow="import", first=2025) == {"2025": 2}, "50 to the USA, 40 to Mexico, as others"


def test_list_names_first_and_next(tiny: Store) -> None:
    frame = run(tiny, "first_destination_list", period=2025).frame.set_index("reporter")
    assert frame.loc["USA", ["partner", "next_partner"]].tolist() == ["DEU", "MEX"]
    assert frame.loc["USA", "share_pct"] == pytest.approx(50)
    assert run(tiny, "first_destination_list").frame["period"].unique().tolist() == ["2025"]


def count_in_python(matrix: Matrix, flow: str, eu: str, hong_kong_macao: str, top: int) -> dict[str, int]:
    """The definition in plain Python, without regard to speed."""
    code = {one: "eu" if eu == "one" and one in EU_2023 else one for pair in matrix for one in pair}
    trade: dict[str, dict[str, int]] = {}
    exporters = {code[seller] for (seller, buyer) in matrix if code[seller] != code[buyer]}
    for (seller, buyer), value in matrix.items():
        one, other = code[seller], code[buyer]
        if one == other:
            continue
        pairs = {"export": [(one, other)], "import": [(other, one)], "total": [(one, other), (other, one)]}[flow]
        for reporter, partner in pairs:
            if flow != "total" or reporter in exporters:
                trade.setdefault(reporter, {}).setdefault(partner, 0)
                trade[reporter][partner] += value
    counts: dict[str, int] = {}
    for partners in trade.values():
        left = {p: v for p, v in partners.items() if hong_kong_macao == "in" or p not in ("HKG", "MAC")}
        least = min(sorted(left.values())[-top:], default=0)
        for partner, value in left.items():
            if value >= least:
                counts[partner] = counts.get(partner, 0) + 1
    return counts


@given(matrix=matrices, params=switches)
@settings(max_examples=60, deadline=None)
def test_first_destinations_match_the_definition(world: World, matrix: Matrix, params: dict) -> None:
    world.set_ranks({2023: matrix})
    expected = count_in_python(matrix, **params)
    if not expected:
        with pytest.raises(NoRows):
            run(world, "first_destinations", limit=300, **params)
        return
    frame = run(world, "first_destinations", limit=300, **params).frame
    assert dict(zip(frame["partner"], frame["economies"], strict=True)) == expected


@pytest.mark.parametrize("hong_kong_macao", ["in", "out"])
@pytest.mark.parametrize("flow", ["export", "import", "total"])
def test_counts_of_2023_match_the_definition(real: Store, flow: str, hong_kong_macao: str) -> None:
    """The whole matrix of a year, counted again without the table of ranks."""
    rows = real.query("SELECT exporter, importer, value_usd FROM fact.bilateral_export WHERE year = 2023")
    matrix = {(row.exporter, row.importer): row.value_usd for row in rows.itertuples()}
    expected = count_in_python(matrix, flow, "members", hong_kong_macao, 3)
    params: dict[str, Any] = {"flow": flow, "hong_kong_macao": hong_kong_macao, "top": 3, "limit": 300, "first": 2023}
    frame = run(real, "first_destinations", **params).frame
    assert dict(zip(frame["partner"], frame["economies"], strict=True)) == expected


@given(matrix=matrices, factor=st.integers(2, 1000))
@settings(max_examples=15, deadline=None)
def test_counts_do_not_depend_on_scale(world: World, matrix: Matrix, factor: int) -> None:
    world.set_ranks({2023: matrix})
    once = run(world, "first_destinations", limit=300).frame
    world.set_ranks({2023: {pair: value * factor for pair, value in matrix.items()}})
    pd.testing.assert_frame_equal(once, run(world, "first_destinations", limit=300).frame)


# ---- market share and trade intensity


def test_market_share_by_hand(tiny: Store) -> None:
    frame = run(tiny, "market_share").frame.set_index("partner")
    assert frame.loc["USA", "share_pct"] == pytest.approx(100 * 50 / 140)
    assert frame.loc["USA", "rank"] == 1, "Mexico sells as much: a shared rank"
    assert frame.loc["world", "share_pct"] == pytest.approx(100 * 120 / 380)
    years = run(tiny, "market_share", by="year", partner="MEX").frame.set_index("period")
    assert years.loc["2025", "change_pp"] == pytest.approx(100 * 40 / 100 - 100 * 30 / 85)
    assert pd.isna(years.loc["2023", "change_pp"])


def test_trade_intensity_by_hand(tiny: Store) -> None:
    frame = run(tiny, "trade_intensity").frame.set_index("partner")
    assert frame.loc["USA", "intensity"] == pytest.approx((50 / 120) / (140 / 380))


def test_share_in_world_exports_is_near_what_customs_says(real: Store) -> None:
    """13.2% of world exports in 2016 (WTO, by way of China Daily); BACI leaves out Taiwan and most re-exports."""
    share = run(real, "market_share", by="year").frame.set_index("period")["share_pct"]
    assert share["2016"] == pytest.approx(13.2, abs=1.5)


def test_baci_exports_are_near_customs_exports(real: Store) -> None:
    """GACC: exports of 3.38 trillion dollars in 2023; BACI reconciles both sides and takes freight off."""
    frame = run(real, "market_share", period=2023).frame.set_index("partner")
    assert frame.loc["world", "value_usd"] / 1e12 == pytest.approx(3.38, rel=0.02)


@given(matrix=matrices)
@settings(max_examples=20, deadline=None)
def test_shares_of_all_exporters_fill_each_market(world: World, matrix: Matrix) -> None:
    world.set_matrix({2023: matrix})
    exporters = {seller for seller, _ in matrix}
    frame = pd.concat([run(world, "market_share", reporter=one).frame for one in exporters])
    assert frame.groupby("partner")["share_pct"].sum().tolist() == pytest.approx([100] * frame["partner"].nunique())


@given(matrix=matrices, factor=st.integers(2, 1000))
@settings(max_examples=15, deadline=None)
def test_intensity_is_scale_free_and_averages_to_one(world: World, matrix: Matrix, factor: int) -> None:
    reporter = next(iter(matrix))[0]
    world.set_matrix({2023: matrix})
    frame = run(world, "trade_intensity", reporter=reporter).frame
    supplied = {buyer for _, buyer in matrix}
    if set(frame["partner"]) == supplied:
        mean = (frame["intensity"] * frame["world_share_pct"]).sum() / 100
        assert mean == pytest.approx(1), "weighted by the markets' size"
    world.set_matrix({2023: {pair: value * factor for pair, value in matrix.items()}})
    again = run(world, "trade_intensity", reporter=reporter).frame
    assert again["intensity"].tolist() == pytest.approx(frame["intensity"].tolist())


# ---- constant market shares


def test_constant_market_share_by_hand(tiny: Store) -> None:
    """China 2023 to 2025; weights are markets in 340 and 380 dollars of world trade."""
    weights = {"USA": (130 / 340, 140 / 380), "MEX": (70 / 340, 100 / 380), "DEU": (80 / 340, 80 / 380)}
    shares = {"USA": (60 / 130, 50 / 140), "MEX": (20 / 70, 40 / 100), "DEU": (20 / 80, 30 / 80)}
    effects = {
        "market": sum(shares[j][0] * (weights[j][1] - weights[j][0]) for j in weights),
        "own": sum(weights[j][0] * (shares[j][1] - shares[j][0]) for j in weights),
        "interaction": sum((weights[j][1] - weights[j][0]) * (shares[j][1] - shares[j][0]) for j in weights),
        "world": 120 / 380 - 100 / 340,
    }
    frame = run(tiny, "constant_market_share", base_period=2023).frame.set_index("code")
    for code, effect in effects.items():
        assert frame.loc[code, "contribution_pp"] == pytest.approx(100 * effect), code
    assert frame.loc[["product", "mixed"], "contribution_pp"].isna().all()
    assert frame.loc["product", "lacks"] == "needs world exports by product"


def test_constant_market_share_of_china_since_2019(real: Store) -> None:
    """China lost share in the United States and won it in Russia: BACI 2019 and 2023."""
    frame = run(real, "constant_market_share", by="partner").frame.set_index("code")
    assert frame.loc["USA", "own_pp"] < -0.3
    assert frame.loc["RUS", "own_pp"] > 0.3
    assert frame.loc["world", "contribution_pp"] == pytest.approx(
        frame.loc["world", ["market_pp", "own_pp", "interaction_pp"]].sum()
    )


@given(before=matrices, after=matrices, economies=st.sampled_from(["common", "all"]))
@settings(max_examples=30, deadline=None)
def test_effects_sum_to_the_change_of_share(world: World, before: Matrix, after: Matrix, economies: str) -> None:
    before, after = before | {("CHN", "USA"): 7, ("USA", "CHN"): 5}, after | {("CHN", "USA"): 3, ("USA", "CHN"): 4}
    world.set_matrix({2020: before, 2023: after})
    params = {"base_period": 2020, "economies": economies}
    frame = run(world, "constant_market_share", **params).frame.set_index("code")["contribution_pp"]
    parts = frame[["market", "own", "interaction"]].sum()
    assert parts == pytest.approx(frame["world"], abs=1e-9)
    markets = run(world, "constant_market_share", by="partner", **params).frame.set_index("code")
    assert markets.drop("world")["contribution_pp"].sum() == pytest.approx(frame["world"], abs=1e-9)
    rows = markets.drop("world")
    assert (rows["market_pp"] + rows["own_pp"] + rows["interaction_pp"]).tolist() == pytest.approx(
        rows["contribution_pp"].tolist(), abs=1e-9
    )


@given(values=st.lists(st.integers(0, 20), min_size=16, max_size=16))
@settings(max_examples=25, deadline=None)
def test_with_products_all_five_effects_sum_to_the_change(world: World, values: list[int]) -> None:
    cells = [
        (e, i, k) for e, i in (("CHN", "DEU"), ("CHN", "KEN"), ("USA", "DEU"), ("USA", "KEN")) for k in ("01", "02")
    ]
    cells = [(year, *cell) for year in (2020, 2023) for cell in cells]
    rows = [(*cell, float(value) + 1) for cell, value in zip(cells, values, strict=True)]
    world.set_products(rows)
    params = {"base_period": 2020, "period": 2023, "products": "chapter", "economies": "all"}
    frame = run(world, "constant_market_share", **params).frame.set_index("code")["contribution_pp"]
    assert frame.notna().all()
    assert frame.drop("world").sum() == pytest.approx(frame["world"], abs=1e-9)


# ---- revealed comparative advantage and intra-industry trade


def test_rca_by_hand(world: World) -> None:
    """China 30 of its 40 in product 01, the world 40 of 100: 0.75 / 0.4."""
    world.set_products(
        [
            (2023, "CHN", "DEU", "01", 20),
            (2023, "CHN", "KEN", "01", 10),
            (2023, "CHN", "KEN", "02", 10),
            (2023, "USA", "DEU", "01", 10),
            (2023, "USA", "DEU", "02", 50),
        ]
    )
    frame = run(world, "rca").frame.set_index("product")
    assert frame.loc["01", "rca"] == pytest.approx(0.75 / 0.4)
    assert frame.loc["01", "symmetric_rca"] == pytest.approx((0.75 - 0.4) / (0.75 + 0.4))
    assert frame.loc["02", "rca"] == pytest.approx(0.25 / 0.6)


@given(values=st.lists(st.integers(1, 50), min_size=6, max_size=6), factor=st.integers(2, 99))
@settings(max_examples=20, deadline=None)
def test_rca_is_scale_free_and_averages_to_one(world: World, values: list[int], factor: int) -> None:
    cells = [(2023, exporter, "DEU", product) for exporter in ("CHN", "USA") for product in ("01", "02", "03")]
    world.set_products([(*cell, float(value)) for cell, value in zip(cells, values, strict=True)])
    frame = run(world, "rca").frame
    assert (frame["rca"] * frame["world_share_pct"]).sum() == pytest.approx(100)
    assert frame["symmetric_rca"].between(-1, 1).all()
    world.set_products([(*cell, float(value * factor)) for cell, value in zip(cells, values, strict=True)])
    assert run(world, "rca").frame["rca"].tolist() == pytest.approx(frame["rca"].tolist())


def test_rca_says_what_it_lacks(tiny: Store, real: Store) -> None:
    with pytest.raises(NoRows, match="on the page Sources and try again"):
        run(tiny, "rca")
    with pytest.raises(NoRows, match="without level=subheading"):
        run(real, "rca", level="subheading")


def test_grubel_lloyd_by_hand(tiny: Store) -> None:
    frame = run(tiny, "grubel_lloyd").frame.set_index("product")
    expected = {"grain": 2 / 3, "steel": 1 / 3, "ships": 4 / 7, "tech": 0.4, "listed": 10 / 19}
    assert frame["grubel_lloyd"].to_dict() == pytest.approx(expected)
    assert not frame.loc["tech", "added"], "it overlaps the others"


def test_grubel_lloyd_of_integrated_circuits(real: Store) -> None:
    """GACC tables of main commodities, December 2025: exports 1,444.2, imports 3,035.54 billion yuan."""
    frame = run(real, "grubel_lloyd").frame.set_index("product")
    assert frame.loc["integrated-circuits", "grubel_lloyd"] == pytest.approx(
        1 - (3035.54 - 1444.2) / (3035.54 + 1444.2)
    )


@given(pairs=st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 10**6)), min_size=1, max_size=8))
@settings(max_examples=25, deadline=None)
def test_grubel_lloyd_lies_between_nought_and_one(world: World, pairs: list[tuple[int, int]]) -> None:
    world.set_commodities([(float(x), float(m)) for x, m in pairs])
    frame = run(world, "grubel_lloyd").frame
    assert frame["grubel_lloyd"].between(0, 1).all()
    parts = frame[frame["kind"] == "part"]
    assert len(parts) == len(pairs)
    weights = parts["exports_cny"] + parts["imports_cny"]
    total = frame.loc[frame["kind"] == "total", "grubel_lloyd"].iloc[0]
    assert total == pytest.approx((parts["grubel_lloyd"] * weights).sum() / weights.sum(), abs=1e-9)


# ---- mirror gap


def test_mirror_gap_by_hand(tmp_path: Path) -> None:
    """2024: China reports 750,000 and 187,500 dollars, the USA 900,000 and Mexico 150,000."""
    reports = [("USA", 900_000), ("MEX", 150_000), ("CHN", 5_000)]
    mirror = [
        {
            "year": 2024,
            "partner": code,
            "partner_name": f"{code} reports",
            "flow": "export",
            "value_usd": value,
            "quality": "mirror",
        }
        for code, value in reports
    ]
    store = tiny_store(tmp_path, {"partner_year": FACTS["partner_year"] + mirror})
    frame = run(store, "mirror_gap").frame.set_index("partner")
    assert frame["gap_pct"].to_dict() == pytest.approx(
        {"USA": 20, "MEX": -20, "world": 100 * (1_050_000 / 937_500 - 1)}
    )
    assert frame.loc["world", ["compared_partners", "china_partners"]].tolist() == [2, 3]
    assert frame.loc["world", "covered_pct"] == pytest.approx(100 * 937_500 / 1_250_000)
    assert frame.loc["USA", ["china_valuation", "partner_valuation"]].tolist() == ["FOB", "CIF"]


def test_mirror_coverage_is_printed(real: Store) -> None:
    """UN Comtrade as gathered: 13 partners had reported 2025, 131 besides China's own re-imports 2024."""
    frame = run(real, "mirror_gap", by="year").frame.set_index("period")
    assert frame.loc["2025", "compared_partners"] == 13
    assert frame.loc["2025", "covered_pct"] < 13
    assert frame.loc["2024", "compared_partners"] == 131
    assert frame.loc["2022", "covered_pct"] > 95, "China reported all partners"
    assert 50 < frame.loc["2021", "covered_pct"] < 65, "China's own figures of 2021 were found for 22 partners"


def test_partners_figure_of_chinas_exports_is_never_compared_with_itself(real: Store) -> None:
    """Exports of 2021 are spliced from partners' reports: such rows must not enter the gap."""
    for period in (2021, 2022):
        frame = run(real, "mirror_gap", period=period).frame
        assert "mirror" not in set(frame["china_quality"])


# ---- exchange-rate effect


def test_fx_effect_by_hand(tiny: Store) -> None:
    """2025: exports 12 against 10 million yuan, at 10 against 8 yuan per dollar."""
    row = run(tiny, "fx_effect", first="2025").frame.iloc[0]
    assert row["growth_cny_computed_pct"] == pytest.approx(20)
    assert row["growth_usd_computed_pct"] == pytest.approx(-4)
    assert row["fx_computed_pct"] == pytest.approx(25)
    assert row["fx_effect_pp"] == pytest.approx(24)


def test_exports_of_2025_in_both_currencies(real: Store) -> None:
    """GACC, 14 January 2026: +6.1% in yuan; release of the same day: +5.5% in dollars."""
    row = run(real, "fx_effect", first="2025", last="2025").frame.iloc[0]
    assert (row["growth_cny_pct"], row["growth_usd_pct"]) == (6.1, 5.5)
    assert row["fx_effect_pp"] == pytest.approx(0.6)
    assert row["fx_pct"] == pytest.approx(row["fx_computed_pct"], abs=0.15), "published growth is rounded to 0.1"
    assert row["cny_per_usd"] == pytest.approx(7.16, abs=0.01)


@pytest.mark.parametrize("freq", ["A", "M", "YTD"])
@pytest.mark.parametrize("flow", ["export", "import", "total"])
def test_growth_in_yuan_is_growth_in_dollars_times_the_rate(real: Store, freq: str, flow: str) -> None:
    frame = run(real, "fx_effect", freq=freq, flow=flow).frame
    for computed, yuan, dollars, rate in (
        (True, "growth_cny_computed_pct", "growth_usd_computed_pct", "fx_computed_pct"),
        (False, "growth_cny_pct", "growth_usd_pct", "fx_pct"),
    ):
        known = frame[frame[rate].notna()]
        if computed:
            implied = 100 * (known["cny_per_usd"] / known["base_cny_per_usd"] - 1)
            assert known[rate].tolist() == pytest.approx(implied.tolist(), abs=1e-9)
        product = (1 + known[dollars] / 100) * (1 + known[rate] / 100)
        assert (1 + known[yuan] / 100).tolist() == pytest.approx(product.tolist())


@given(
    levels=st.lists(st.integers(10**6, 10**9), min_size=2, max_size=2),
    rates=st.lists(st.floats(5, 9), min_size=2, max_size=2),
)
@settings(max_examples=15, deadline=None)
def test_fx_identity(world: World, levels: list[int], rates: list[float]) -> None:
    common = {"freq": "A", "flow": "export", "derived": False, "authority": 1, "half_width": 0.5}
    common |= {"source_title": "tiny page", "source_id": "tiny"}
    rows = [
        common
        | {"period": str(2024 + at), "period_start": date(2024 + at, 1, 1), "published": f"{2025 + at}-01-14"}
        | {"figure": 2 * at + seq, "currency": currency, "value": round(level * (rate if currency == "CNY" else 1))}
        for at, (level, rate) in enumerate(zip(levels, rates, strict=True))
        for seq, currency in enumerate(("CNY", "USD"), start=1)
    ]
    former = world.query("FROM total_figure")
    try:
        world._replace("total_figure", pd.DataFrame(rows))
        row = run(world, "fx_effect", as_of="2030").frame.iloc[-1]
    finally:
        world._replace("total_figure", former)
    assert row["fx_computed_pct"] == pytest.approx(100 * (rates[1] / rates[0] - 1), abs=1e-3)
    assert row["growth_cny_computed_pct"] == pytest.approx(
        100 * ((1 + row["growth_usd_computed_pct"] / 100) * (1 + row["fx_computed_pct"] / 100) - 1)
    )
