"""Datasets that are brought up to date from a file or from the World Bank: small made-up files in the publishers' layout.

The figures are made up; what is checked is that each cell comes to the row, the unit and the source it belongs to.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.live_server import KEY, Server, addresses, served
from tests.support.small_facts import facts_alone, marts_alone, write_small_facts
from trade.errors import BadParameter, UnknownName
from trade.ingest import pipeline
from trade.measures import run
from trade.paths import DATA, PROJECT
from trade.sources.connectors import Connector, Downloads, Job, Pace, Unusable, UpdateFailed
from trade.sources.connectors.baci import Baci
from trade.sources.connectors.bundled_dataset import Bundled
from trade.sources.connectors.comtrade import Comtrade
from trade.sources.connectors.cpb import AREAS, Cpb
from trade.sources.connectors.wdi_china import INDICES, SHARE_CODES, SHARES, UnctadIndices, WorldBankServices
from trade.sources.delivery import Delivery
from trade.sources.economy_names import read_names
from trade.store import open_store

MONTHS = [f"{year}m{month:02d}" for year in (2025, 2026) for month in range(1, 13)][:15]
TODAY = "2026-11-28"


def example(name: str) -> str:
    """The code block of docs/updating.md that follows the comment of this name."""
    text = (PROJECT / "docs" / "updating.md").read_text(encoding="utf-8")
    return text.split(f"<!-- {name} -->", 1)[1].split("```", 2)[1].partition("\n")[2]


def monitor(path: Path, base: str = "2021=100", spoilt: str = "") -> Path:
    """A workbook as CPB lays it out: a sheet of trade and one of industrial production, months as columns."""
    import openpyxl

    book = openpyxl.Workbook()
    trade = book.active
    trade.title = "trade_out"
    trade.append(["World Trade Monitor"])
    trade.append([f"Fixed base {base}, seasonally adjusted"])
    trade.append([None, None, None, *MONTHS])
    for label, code, start in (
        ("World trade", "tgz_w1_qnmi_sn", 100),
        ("China, exports", "xgz_cn_qnmi_sn", 120),
        ("China, export prices", "xgz_cn_pdmi_sn", 90),
        ("An area that is not known", "xgz_zz_qnmi_sn", 100),
        ("Energy prices", "hcx_w1_d", 80),
    ):
        trade.append([label, code, 1.0, *[start + at for at in range(len(MONTHS))]])
    if spoilt:
        trade["E5"] = spoilt
    other = book.create_sheet("inpro_out")
    other.append([None, None, None, *MONTHS])
    other.append(["World", "ipz_w1_qnmi_sn", 1.0, *range(100, 100 + len(MONTHS))])
    book.save(path)
    return path


def fetch(one: Connector, place: Path, **options: str) -> Delivery:
    return one.fetch(Job(dict(one.options) | options, Downloads(place / "pages"), read_names(DATA), TODAY))


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    with facts_alone():
        yield tmp_path / "home"


@pytest.fixture
def home_with_marts(tmp_path: Path) -> Iterator[Path]:
    """A store folder whose builds make the marts that measures of products read."""
    with marts_alone("hs_set", "name"):
        yield tmp_path / "home"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_small_facts(tmp_path / "data")


def query_store(home: Path, sql: str) -> list[tuple[Any, ...]]:
    return list(open_store(home).query(sql).itertuples(index=False, name=None))


# ---- the workbook of CPB


def test_a_workbook_of_cpb_is_read_by_its_codes_and_months(tmp_path: Path) -> None:
    delivery = fetch(Cpb(), tmp_path, file=str(monitor(tmp_path / "cpb.xlsx")), published="2026-05-25")
    (what,) = delivery.tables
    rows = {tuple(row.values())[:-1]: row["index_value"] for row in what.rows.to_pylist()}
    assert len(rows) == 3 * len(MONTHS)
    assert rows["volume", "world", "total", "2025-01", "tgz_w1_qnmi_sn"] == 100
    assert rows["unit value", "CHN", "export", "2026-03", "xgz_cn_pdmi_sn"] == 104
    assert what.constants == {"freq": "M", "base_year": 2021, "adjusted": True}
    assert (delivery.vintage, delivery.dated, delivery.refused) == ("2026-05-25", True, [])
    assert str(delivery.notes[0]).startswith("3 series up to 2026-03; 3 others left out"), (
        "production, prices, an unknown area"
    )


def test_the_worked_example_of_cpb_is_read(tmp_path: Path) -> None:
    path = tmp_path / "monitor.csv"
    path.write_text(example("cpb table"), encoding="utf-8")
    (what,) = fetch(Cpb(), tmp_path, file=str(path), published="2026-05-25").tables
    assert what.rows.column("index_value").to_pylist() == [120.1, 121.4, 119.8]
    assert what.rows.column("period").to_pylist() == ["2025-01", "2025-02", "2025-03"]


def test_areas_of_cpb_are_those_of_the_bundled_series() -> None:
    listed = (DATA / "reference" / "index_areas.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert {line.partition(",")[0] for line in listed} == set(AREAS.values())


def test_a_cell_that_is_no_index_is_refused_by_row(tmp_path: Path) -> None:
    delivery = fetch(Cpb(), tmp_path, file=str(monitor(tmp_path / "cpb.xlsx", spoilt="n.a.")))
    assert [(one.row, one.column, one.value) for one in delivery.refused] == [(5, "2025-02", "n.a.")]
    assert delivery.tables[0].rows.num_rows == 3 * len(MONTHS) - 1
    assert not delivery.dated, "nothing says on which day it was published"


@pytest.mark.parametrize(
    ("base", "file", "message"),
    [("", "cpb.xlsx", "does not name the year that is 100"), ("2021=100", "other.xlsx", "is not a file")],
)
def test_what_is_no_monitor_is_refused_in_a_sentence(tmp_path: Path, base: str, file: str, message: str) -> None:
    monitor(tmp_path / "cpb.xlsx", base)
    with pytest.raises((UpdateFailed, BadParameter), match=message):
        fetch(Cpb(), tmp_path, file=str(tmp_path / file))


def test_a_table_of_something_else_has_no_series(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UpdateFailed, match="no row of CPB's monthly series"):
        fetch(Cpb(), tmp_path, file=str(path))


def test_a_monitor_is_put_in_service_and_a_later_one_takes_its_place(tmp_path: Path, home: Path, data: Path) -> None:
    first = {"file": str(monitor(tmp_path / "cpb.xlsx")), "published": "2026-05-25"}
    assert pipeline.run(Cpb(), first, home=home, data=data).published
    later = {"file": str(monitor(tmp_path / "cpb.xlsx", "2022=100")), "published": "2026-06-25"}
    assert pipeline.run(Cpb(), later, home=home, data=data).published
    sql = "SELECT DISTINCT base_year, count(*) FROM fact.trade_index WHERE source_id = 'cpb_world_trade_monitor' GROUP BY 1"
    assert query_store(home, sql) == [(2022, 45)]


# ---- a bundled dataset anew


def test_the_worked_example_of_tariffs_is_put_in_service(tmp_path: Path, home: Path, data: Path) -> None:
    path = tmp_path / "tariffs.csv"
    path.write_text(example("tariffs table"), encoding="utf-8")
    options = {"source": "piie_tariffs", "file": str(path), "published": "2026-10-01"}
    report = pipeline.run(Bundled(), options, home=home, data=data)
    assert report.published
    sql = "SELECT date, importer, exporter, rate_pct, announced, published FROM fact.tariff_rate ORDER BY ALL"
    assert query_store(home, sql) == [
        ("2026-09-01", "CHN", "USA", 30.0, False, "2026-10-01"),
        ("2026-09-01", "USA", "CHN", 45.5, False, "2026-10-01"),
    ]


def test_the_worked_example_of_services_is_put_in_service(tmp_path: Path, home: Path, data: Path) -> None:
    path = tmp_path / "services.csv"
    path.write_text(example("services table"), encoding="utf-8")
    options = {"source": "mofcom_services", "file": str(path), "published": "2026-10-10"}
    assert pipeline.run(Bundled(), options, home=home, data=data).published
    sql = "SELECT topic, period, flow, item, printed, unit, growth_pct FROM fact.released_figure WHERE source_id = 'mofcom_services'"
    assert query_store(home, sql) == [("services", "2026-08", "total", "Services", "5102.3", "bn", 8.1)]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"source": "nowhere"}, "nowhere"),
        ({"published": ""}, "publication date is missing"),
        ({"file": "absent.csv"}, "is not a file"),
        ({"source": "mofcom_services"}, "has other columns"),
    ],
)
def test_a_file_that_does_not_fit_is_refused(tmp_path: Path, options: dict[str, str], message: str) -> None:
    path = tmp_path / "tariffs.csv"
    path.write_text(example("tariffs table"), encoding="utf-8")
    options = {"source": "piie_tariffs", "file": str(path), "published": "2026-10-01"} | options
    with pytest.raises((UpdateFailed, BadParameter, UnknownName), match=message):
        fetch(Bundled(), tmp_path, **options)


def test_the_worked_example_of_unctad_is_put_in_service(tmp_path: Path, home: Path, data: Path) -> None:
    path = tmp_path / "unctad.csv"
    path.write_text(example("unctad table"), encoding="utf-8")
    options = {"source": "unctad_indices", "file": str(path), "published": "2026-10-01"}
    assert pipeline.run(Bundled(), options, home=home, data=data).published
    sql = "SELECT aspect, flow, period, index_value, base_year FROM fact.trade_index WHERE source_id = 'unctad_indices' ORDER BY ALL"
    assert query_store(home, sql) == [
        ("terms of trade", "total", "2022", 96.4, 2015),
        ("unit value", "export", "2022", 104.9, 2015),
        ("volume", "export", "2022", 151.2, 2015),
    ]


# ---- series of China at the World Bank


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with served() as one:
        for name, value in addresses(one).items():
            monkeypatch.setenv(name, value)
        yield one


def test_indices_of_unctad_come_with_the_base_year_of_their_titles(server: Server, tmp_path: Path) -> None:
    server.indicators = {
        code: {("CHN", "2023"): 150.5, ("USA", "2023"): 90.0, ("CHN", "2024"): None} for code in INDICES
    }
    server.titles = dict.fromkeys(INDICES, "Export volume index (2015 = 100)")
    delivery = fetch(UnctadIndices(Pace(10**6, 0.0)), tmp_path)
    rows = [tuple(row.values()) for row in delivery.tables[0].rows.to_pylist()]
    assert ("terms of trade", "CHN", "total", "2023", "TT.PRI.MRCH.XD.WD", 150.5) in rows
    assert len(rows) == len(INDICES), "China's years with a value"
    assert delivery.tables[0].constants == {"freq": "A", "base_year": 2015, "adjusted": False}
    server.titles = {}
    with pytest.raises(Unusable, match="base year"):
        fetch(UnctadIndices(Pace(10**6, 0.0)), tmp_path / "again")


def test_services_are_totals_amounts_and_shares_of_the_total(
    server: Server, tmp_path: Path, home: Path, data: Path
) -> None:
    amounts = ["BX.GSR.NFSV.CD", "BM.GSR.NFSV.CD", "BX.GSR.CCIS.CD", "BX.GSR.ROYL.CD", "BM.GSR.ROYL.CD"]
    invested = ["BX.KLT.DINV.CD.WD", "BM.KLT.DINV.CD.WD"]
    shares = [code.format(short) for code in SHARE_CODES.values() for short in SHARES]
    server.indicators = {code: {("CHN", "2023"): 400e9} for code in amounts + invested}
    server.indicators |= {code: {("CHN", "2023"): 25.0} for code in shares}
    assert pipeline.run(WorldBankServices(Pace(10**6, 0.0)), {}, home=home, data=data).published
    sql = "SELECT flow, item, printed, unit, derived FROM fact.released_figure WHERE topic = 'services' AND item IN ('Services', 'Travel')"
    assert sorted(query_store(home, sql)) == [
        ("export", "Services", "400000", "mn", False), ("export", "Travel", "100000", "mn", True),
        ("import", "Services", "400000", "mn", False), ("import", "Travel", "100000", "mn", True),
    ]  # fmt: skip
    assert query_store(home, "SELECT count(*) FROM fact.released_figure WHERE topic = 'investment'") == [(2,)]
    server.indicators = {"BX.GSR.NFSV.CD": {("USA", "2023"): 1.0}}
    with pytest.raises(Unusable, match=r"no values of BX\.GSR\.NFSV\.CD for China"):
        fetch(WorldBankServices(Pace(10**6, 0.0)), tmp_path / "again")


# ---- goods by code of the Harmonized System


def products(home: Path, source: str, level: str) -> str:
    """What the document says that `trade measure hs_products -f csv` answers, of the columns that it names."""
    answer = run(open_store(home), "hs_products", source=source, level=level)
    parts = answer.frame[answer.frame["kind"] == "part"].round({"share_pct": 2})
    columns = ["code", "value", "share_pct", "period", "classification"]
    return str(parts[columns].astype({"value": int}).to_csv(index=False, float_format="%g"))


def test_the_worked_example_of_comtrade_s_chapters_answers_the_measure(
    server: Server, tmp_path: Path, home_with_marts: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMTRADE_KEY", KEY)
    records = json.loads(example("comtrade hs records"))
    server.fault(200, {"elapsedTime": "0.1 secs", "count": len(records), "data": records, "error": ""}, where="/get/")
    connector = Comtrade(Pace(10**6, 0.0))
    options = {"product": "chapter", "period": "2024", "flow": "export"}
    assert pipeline.run(connector, options, home=home_with_marts, data=data).published
    assert products(home_with_marts, "comtrade", "chapter") == example("comtrade hs answer")


def test_the_worked_example_of_baci_answers_the_measure(tmp_path: Path, home_with_marts: Path, data: Path) -> None:
    for name, block in (("BACI_HS22_Y2023_V202501.csv", "baci table"), ("country_codes_V202501.csv", "baci codes")):
        (tmp_path / name).write_text(example(block), encoding="utf-8")
    options = {"folder": str(tmp_path), "period": "2023", "detail": "heading", "totals": "no"}
    assert pipeline.run(Baci(), options, home=home_with_marts, data=data).published
    assert products(home_with_marts, "cepii_baci", "heading") == example("baci hs answer")
