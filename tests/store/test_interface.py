"""`import trade`: what docs/python.md promises, on the store of the bundled facts."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import assert_type

import pandas as pd
import plotly.graph_objects as go
import pyarrow.parquet
import pytest

import trade
from trade.errors import BadParameter, NoRows, StoreMissing, TradeError, UnknownName
from trade.export import sdmx_csv
from trade.measures import catalog
from trade.measures.parameters import takes_period
from trade.paths import PROJECT
from trade.store import Store

pytestmark = pytest.mark.usefixtures("real")
WITHOUT_ROWS = {"vintages", "vintage_changes"}
"""Measures of imports and updates: nothing was imported into the store of the bundled facts."""


@pytest.fixture(autouse=True)
def _store_in_service() -> object:
    with pd.option_context("mode.string_storage", "auto"):  # pandas' own choice, which a notebook has
        yield
    trade.use()


def test_a_measure_says_what_its_rows_are(real: Store) -> None:
    result = trade.measure("hhi", reporter="CHN", period=2025)
    assert list(result.frame["period"]) == ["2025"]
    assert result.unit == "index, 0 to 1"
    assert "squared shares" in result.definition
    assert result.parameters["first"] == result.parameters["last"] == "2025"
    assert (result.period, result.quality) == ("2025", "converted")
    assert result.sentence().startswith("The concentration index of the markets of China's exports was 0.037 in 2025")
    assert result.sentence("zh").startswith("2025年中国出口的赫芬达尔指数为0.037")
    assert [note.source_id for note in result.sources] == ["gacc_partners"]
    assert real.version in result.version
    assert result.frame.attrs == result.about
    json.dumps(result.frame.attrs, allow_nan=False)


def test_the_query_of_a_result_gives_its_rows() -> None:
    result = trade.measure("hhi", period=2025)
    again = trade.sql(result.sql)
    pd.testing.assert_frame_equal(
        again[["period", "hhi"]], result.frame[["period", "hhi"]], check_like=True, check_dtype=False
    )
    assert again.attrs == {"version": result.version.rpartition("+")[2], "truncated": False}


def test_the_caller_may_change_the_rows() -> None:
    frame = trade.measure("growth").frame
    frame["value"] = 0
    assert (trade.measure("growth").frame["value"] > 0).all()


def test_a_result_is_cited_drawn_shown_and_written(tmp_path: Path) -> None:
    result = trade.measure("growth", flow="total", period=2025)
    assert "General Administration of Customs" in result.citation()
    assert result.citation("bibtex").count("@misc{") == 1 + len(result.sources)
    figure = result.plot()
    assert isinstance(figure, go.Figure)
    assert len(figure.data) > 0
    words = " ".join(str(one.text) for one in figure.layout.annotations)
    assert "Source: General Administration of Customs" in words.replace("<br>", " ")
    shown = result._repr_html_()
    assert "Total trade grew 3.8%" in shown or "rose by 3.8%" in shown
    assert result.sources[0].url in shown.replace("&amp;", "&")
    result.to_csv(tmp_path / "a.csv")
    assert pd.read_csv(tmp_path / "a.csv")["growth_pct"].tolist() == [3.8]
    result.to_xlsx(tmp_path / "a.xlsx")
    assert pd.read_excel(tmp_path / "a.xlsx")["growth_pct"].tolist() == [3.8]
    result.to_parquet(tmp_path / "a.parquet")
    metadata = pyarrow.parquet.read_schema(tmp_path / "a.parquet").metadata
    assert metadata[b"trade.unit"] == b"%"
    with pytest.raises(TradeError, match="cannot be written"):
        result.to_csv(tmp_path / "no" / "a.csv")


def test_a_chart_bears_its_words() -> None:
    figure = trade.chart("growth/levels", flow="total")
    about = figure.layout.meta
    assert "45.47 trillion yuan" in about["title"]
    assert about["sources"][0]["url"].startswith("http")
    words = " ".join(str(one.text) for one in figure.layout.annotations).replace("<br>", " ")
    assert about["title"] in words
    assert all(note in words for note in about["notes"])
    assert not {"#000001", "#000002"} & set(figure.to_json().split('"')), "live colours are Streamlit's"
    assert trade.chart("growth/levels", lang="zh").layout.meta["title"] != about["title"]


def test_names_codes_and_groups() -> None:
    names = ("VNM", "vnm", "VN", "704", "Viet Nam", "Vietnam", "越南")
    assert {trade.measure("partner", partner=name, period=2025).parameters["partner"] for name in names} == {"VNM"}
    groups = ("asean", "ASEAN", "东盟")
    assert {trade.measure("bloc", group=name, period=2025).parameters["group"] for name in groups} == {"asean"}
    assert trade.measure("partner", partner="ASEAN", period=2025).parameters["partner"] == "asean"
    with pytest.raises(BadParameter, match="measure bloc with group=asean"):
        trade.measure("hhi", reporter="ASEAN")
    with pytest.raises(UnknownName, match=r"DEU \(Germany\)"):
        trade.measure("partner", partner="Gremany")
    with pytest.raises(UnknownName, match="growth"):
        trade.measure("grwth")
    [drawn] = {str(trade.chart("partner/standing", partner=name).layout.meta["title"]) for name in ("VNM", "越南")}
    assert "Vietnam" in drawn


@pytest.mark.parametrize("name", sorted(set(catalog()) - WITHOUT_ROWS))
def test_every_measure_answers_with_defaults_and_with_a_period(name: str) -> None:
    """With the last period that it has itself, which is then the only one, or the last of a comparison."""
    usual = trade.measure(name)
    assert len(usual.frame)
    if not takes_period(catalog()[name]) or not usual.period:
        return
    newest = max(str(one) for one in usual.frame["period"]) if "period" in usual.frame else usual.period
    if "/" not in newest and (len(newest) not in (4, 7) or "Q" in newest):
        newest = newest[:4]
    years = any(
        catalog()[name].parameters.get(one) and catalog()[name].parameters[one].domain == "year"
        for one in ("period", "first", "last", "year")
    )
    answer = trade.measure(name, period=newest[:4] if years else newest)
    assert len(answer.frame)
    if "period" in answer.frame:
        assert max(str(one)[:4] for one in answer.frame["period"]) >= newest[:4]


def test_period_stands_for_first_and_last_or_the_year() -> None:
    month = trade.measure("growth", period="2026-07")
    assert (list(month.frame["period"]), month.parameters["freq"]) == (["2026-07"], "M")
    year_by_month = trade.measure("growth", period=2025, freq="YTD")
    assert {period[:4] for period in year_by_month.frame["period"]} == {"2025"}
    assert trade.measure("rest_of_year", period=2026).parameters["year"] == 2026
    assert trade.measure("cagr", period=2025).parameters["last"] == 2025
    with pytest.raises(BadParameter, match="leave out either period or first"):
        trade.measure("growth", period=2025, first=2020)
    with pytest.raises(BadParameter, match="must be a year"):
        trade.measure("rest_of_year", period="2026-07")
    with pytest.raises(BadParameter, match="a quarter \\(2025-Q4\\) or a month"):
        trade.measure("growth", period="next")
    with pytest.raises(NoRows):
        trade.measure("growth", period=1850)


def test_lists_claims_and_search() -> None:
    assert list(trade.measures().index) == sorted(catalog())
    assert trade.measures("zh").loc["growth", "title"] != trade.measures().loc["growth", "title"]
    assert "growth/levels" in trade.charts().index
    assert {"verdict", "source_id"} <= set(trade.claims().columns)
    verdict = trade.check("Exports to the US fell by a fifth in 2025")
    assert verdict.verdict == "right"
    assert verdict.figures["value"].iloc[0] == pytest.approx(-19.5)
    assert dict(trade.search("vietnam").iloc[0]) == {
        "kind": "economy", "id": "VNM", "title": "Vietnam", "link": "/partner?partner=VNM"
    }  # fmt: skip
    assert trade.search("concentration").iloc[0]["kind"] == "measure"
    with pytest.raises(UnknownName, match="language"):
        trade.measures("xx")


def test_sql_is_guarded_and_says_when_it_is_cut() -> None:
    assert trade.sql("SELECT count(*) AS n FROM total_trade")["n"].iloc[0] > 1000
    with pytest.raises(TradeError):
        trade.sql("DROP TABLE total_trade")
    with pytest.warns(UserWarning, match="first 5 rows"):
        assert trade.sql("FROM total_trade", rows=5).attrs["truncated"]


def test_a_store_can_be_pinned(real: Store, tmp_path: Path) -> None:
    trade.use(version=real.version)
    assert trade.measure("growth").version.endswith(real.version)
    with pytest.raises(StoreMissing, match=real.version):
        trade.use(version="0123456789abcdef")
    trade.use(home=tmp_path)
    with pytest.raises(StoreMissing):
        trade.measure("growth")


def test_threads_get_their_own_answers() -> None:
    def ask(flow: str) -> tuple[str, float]:
        result = trade.measure("growth", flow=flow, period=2025)
        return result.parameters["flow"], float(result.frame["value"].iloc[0])

    flows = ["export", "import", "total"] * 6
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(ask, flows))
    assert [flow for flow, _ in answers] == flows
    values = dict(answers)
    assert len(set(answers)) == 3
    assert values["export"] + values["import"] == pytest.approx(values["total"], rel=1e-3)


def test_sdmx_csv(tmp_path: Path) -> None:
    trade.measure("share", period=2025).to_sdmx_csv(tmp_path / "share.csv")
    rows = pd.read_csv(tmp_path / "share.csv", dtype=str)
    assert tuple(rows.columns) == sdmx_csv.HEAD
    assert set(rows["STRUCTURE"]) == {"dataflow"}
    usa = rows[(rows["COUNTERPART_AREA"] == "USA") & (rows["INDICATOR"] == "SHARE_PCT")].iloc[0]
    assert (usa["FREQ"], usa["REF_AREA"], usa["TIME_PERIOD"], usa["UNIT_MEASURE"]) == ("A", "CHN", "2025", "PT")
    own = trade.measure("share", period=2025).frame.set_index("market").loc["USA", "share_pct"]
    assert float(usa["OBS_VALUE"]) == own
    trade.measure("growth", freq="YTD", period="2026-07").to_sdmx_csv(tmp_path / "ytd.csv")
    assert "2026-01-01/P7M" in (tmp_path / "ytd.csv").read_text()
    with pytest.raises(BadParameter, match="no period"):
        trade.measure("contribution").to_sdmx_csv(tmp_path / "no.csv")
    with pytest.raises(BadParameter, match="not unique by period and partner"):
        trade.measure("hs_products").to_sdmx_csv(tmp_path / "no.csv")


def test_import_is_light_and_streamlit_is_not_needed() -> None:
    code = (
        "import sys, trade\n"
        "light = not {'pandas', 'duckdb', 'plotly'} & set(sys.modules)\n"
        "from trade import measures\n"
        "assert callable(measures) and measures.run and len(trade.measures())\n"
        "trade.chart('growth/levels')\n"
        "print(light, 'streamlit' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PROJECT)
    assert done.stdout.split() == ["True", "False"]


def test_types_are_known_to_programs_that_import_the_package() -> None:
    """The type checker of the project reads these lines; `py.typed` in the wheel lets others read the types too."""
    assert_type(trade.measures(), pd.DataFrame)
    assert_type(trade.measure("growth"), trade.Result)
    assert_type(trade.measure("growth").frame, pd.DataFrame)
    assert_type(trade.check("Exports rose in 2025").verdict, str)
    assert (PROJECT / "trade" / "py.typed").is_file()


def test_notebook_html_is_safe() -> None:
    shown = trade.check("<b>Exports</b> rose")._repr_html_()
    assert "<b>" not in shown
    frame = trade.measure("sources")._repr_html_()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert "<script" not in frame
    assert len(pd.read_html(io.StringIO(frame))[0]) <= 10
