"""A folder of BACI files: summed up to the detail asked for, or refused in one sentence."""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest

from tests.support.hs_files import BACI_CODES, BACI_ROWS
from tests.support.small_facts import facts_alone, write_small_facts
from trade.errors import BadParameter, TradeError
from trade.ingest import pipeline
from trade.paths import DATA
from trade.sources.connectors import Downloads, Job, UpdateFailed
from trade.sources.connectors.baci import Baci, yearly_sums
from trade.sources.delivery import Delivery
from trade.sources.economy_names import read_names
from trade.store import build_store, open_store
from trade.store.loss_guard import LossRefused

NAME = "BACI_HS22_Y2023_V202501.csv"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "baci"
    place.mkdir()
    (place / NAME).write_text(BACI_ROWS, encoding="utf-8")
    (place / "country_codes_V202501.csv").write_text(BACI_CODES, encoding="utf-8")
    return place


def fetch(place: Path, /, **options: str) -> Delivery:
    merged = dict(Baci.options) | {"folder": str(place)} | options
    return Baci().fetch(Job(merged, Downloads(place / "pages"), read_names(DATA), "2026-11-24"))


def values(delivery: Delivery, table: str) -> dict[tuple[str, ...], float]:
    (rows,) = (one.rows for one in delivery.tables if one.table == table)
    return {tuple(row.values())[:-1]: row["value_usd"] for row in rows.to_pylist()}


def test_chapters_and_the_sums_by_pair(folder: Path) -> None:
    delivery = fetch(folder)
    products = values(delivery, "product_trade")
    assert products["CHN", "USA", "01"] == 200e3
    assert products["CHN", "USA", "85"] == 1e6
    assert products["TWN", "CHN", "85"] == 700e3
    assert values(delivery, "bilateral_export")["CHN", "USA"] == 1.2e6
    assert delivery.vintage == "2025-01"
    constants = delivery.tables[0].constants
    assert (constants["classification"], constants["period"], constants["quality"]) == ("HS2022", "2023", "reconciled")


@pytest.mark.parametrize(("detail", "code", "value"), [("heading", "0101", 200e3), ("subheading", "010121", 100.5e3)])
def test_other_detail(folder: Path, detail: str, code: str, value: float) -> None:
    assert values(fetch(folder, detail=detail), "product_trade")["CHN", "USA", code] == value


def test_some_exporters_alone_never_replace_the_world(folder: Path) -> None:
    delivery = fetch(folder, exporters="China")
    assert {place[0] for place in values(delivery, "product_trade")} == {"CHN"}
    assert [one.table for one in delivery.tables] == ["product_trade"]
    assert [one.table for one in fetch(folder, totals="no").tables] == ["product_trade"]


def test_codes_without_the_zero_in_front_are_read(folder: Path) -> None:
    plain = values(fetch(folder), "product_trade")
    (folder / NAME).write_text(re.sub(r",0(\d{5}),", r",\1,", BACI_ROWS), encoding="utf-8")
    assert values(fetch(folder), "product_trade") == plain


@pytest.mark.parametrize("code", ["8501", "101", "85011000", "8501.10", "8501 10", "TOTAL", "", "001234"])
def test_a_code_of_another_length_is_refused_and_no_chapter(folder: Path, code: str) -> None:
    plain = values(fetch(folder), "product_trade")
    (folder / NAME).write_text(f"{BACI_ROWS}2023,156,842,{code},7.0,1.0\n", encoding="utf-8")
    delivery = fetch(folder)
    assert values(delivery, "product_trade") == plain
    (refusal,) = [one for one in delivery.refused if one.column == "k"]
    assert code[:4] in refusal.value
    assert "7" in str(refusal.reason)


def test_compressed_and_parquet_files_say_the_same(folder: Path) -> None:
    plain = values(fetch(folder), "product_trade")
    (folder / f"{NAME}.gz").write_bytes(gzip.compress(BACI_ROWS.encode()))
    (folder / NAME).rename(folder / "kept.txt")
    assert values(fetch(folder), "product_trade") == plain
    (folder / f"{NAME}.gz").unlink()
    text = pa_csv.ConvertOptions(column_types={"k": "string"}, strings_can_be_null=True)
    pq.write_table(
        pa_csv.read_csv(folder / "kept.txt", convert_options=text), folder / NAME.replace(".csv", ".parquet")
    )
    assert values(fetch(folder), "product_trade") == plain


def test_the_newest_version_and_the_years_asked_for(folder: Path) -> None:
    other = BACI_ROWS.replace("1000,", "2000,")
    (folder / NAME.replace("202501", "202601")).write_text(other)
    (folder / NAME.replace("2023", "2022")).write_text(BACI_ROWS.replace("2023,", "2022,"))
    assert values(fetch(folder), "product_trade")["CHN", "USA", "85"] == 2e6
    assert any(f"{NAME} is left out" in str(note) for note in fetch(folder).notes), (
        "two releases of one year are recognised"
    )
    delivery = fetch(folder, period="2022-2023")
    assert [one.constants.get("period", one.constants.get("year")) for one in delivery.tables] == [
        "2022",
        "2023",
        2022,
        2023,
    ]


def test_a_number_that_nobody_knows_is_refused_once_with_its_sum(folder: Path) -> None:
    (folder / NAME).write_text(
        BACI_ROWS + "2023,999,842,010121,7,1\n2023,999,842,850110,3,1\n2023,156,842,ab0110,2,1\n"
    )
    refused = [(one.column, one.value, str(one.reason).partition(":")[2]) for one in fetch(folder).refused]
    assert refused == [("i", "999", " 10 thousand dollars left out"), ("k", "'ab0110'", " 2 thousand dollars left out")]


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "no folder": (lambda place: shutil.rmtree(place), "is not a folder"),
    "no file of BACI": (lambda place: (place / NAME).unlink(), "contains no BACI file"),
    "no codes": (lambda place: (place / "country_codes_V202501.csv").unlink(), "country_codes_V"),
    "other codes": (lambda place: (place / "country_codes_V202501.csv").write_text("a,b\n1,2\n"), "country_iso3 are expected, not a, b"),
    "editions": (lambda place: (place / "BACI_HS17_Y2023_V202501.csv").write_text(BACI_ROWS), "HS2017, HS2022"),
    "column gone": (lambda place: (place / NAME).write_text(BACI_ROWS.replace(",v,", ",value,")), "has another layout"),
    "cut in a row": (lambda place: (place / NAME).write_text(BACI_ROWS[:-12]), "has another layout"),
    "empty": (lambda place: (place / NAME).write_text(""), "has another layout"),
    "names alone": (lambda place: (place / NAME).write_text("t,i,j,k,v,q\n"), "no row"),
    "no number": (lambda place: (place / NAME).write_text(BACI_ROWS.replace("500,", "many,")), "has another layout"),
    "no amount": (lambda place: (place / NAME).write_text(BACI_ROWS.replace("    500,", ",")), "no amount"),
    "negative": (lambda place: (place / NAME).write_text(BACI_ROWS.replace("    500,", "-500,")), "no amount"),
    "another year": (lambda place: (place / NAME).write_text(BACI_ROWS.replace("2023,842", "2022,842")), "a year other than 2023"),
    "not a text": (lambda place: (place / NAME).write_bytes(bytes(range(256)) * 50), "has another layout"),
    "gzip cut": (lambda place: ((place / NAME).unlink(), (place / f"{NAME}.gz").write_bytes(gzip.compress(BACI_ROWS.encode())[:-20])), "has another layout"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_wrong_folder_is_one_sentence(folder: Path, name: str) -> None:
    spoil, message = BAD[name]
    spoil(folder)
    with pytest.raises(TradeError, match=message) as caught:
        fetch(folder)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize(
    ("options", "message"),
    [({"folder": ""}, "is not a folder"), ({"period": "2020"}, "no year 2020: its years are 2023"), ({"detail": "section"}, "chapter"), ({"exporters": "Atlantis"}, "economy"), ({"exporters": "FRA"}, "no rows for these exporters"), ({"totals": "perhaps"}, "answer")],
)  # fmt: skip
def test_options_that_mean_nothing(folder: Path, options: dict[str, str], message: str) -> None:
    with pytest.raises(TradeError, match=message):
        fetch(folder, **options)


def test_more_rows_than_are_kept_are_refused_with_the_remedy(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trade.sources.connectors.baci.connector.MOST_ROWS", 3)
    monkeypatch.setattr(yearly_sums, "MOST_ROWS", 0)
    with pytest.raises(UpdateFailed, match="6 rows, more than the limit of 3: choose detail=chapter"):
        fetch(folder)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    data = write_small_facts(tmp_path / "data")
    with facts_alone():
        build_store(data, tmp_path / "home")
        yield tmp_path / "home"


def test_a_year_takes_the_place_of_that_year_alone(folder: Path, home: Path, tmp_path: Path) -> None:
    file = (folder / NAME).rename(folder / NAME.replace("202501", "202603"))
    with pytest.raises(LossRefused, match="bilateral_export 2023"):
        pipeline.run(Baci(), {"folder": str(folder)}, home=home, data=tmp_path / "data")
    report = pipeline.run(Baci(), {"folder": str(folder)}, home=home, data=tmp_path / "data", accept_loss=True)
    assert report.vintage == "2026-03"
    assert report.rows == {"product_trade": 6, "bilateral_export": 5}
    store = open_store(home)
    exports = store.query(
        "SELECT year, count(*) AS n, sum(value_usd) AS v FROM fact.bilateral_export GROUP BY 1 ORDER BY 1"
    )
    assert exports["year"].tolist() == [2023, 2024, 2025]
    assert (exports["n"][0], exports["v"][0]) == (5, 2.47e6)
    before = store.version
    file.write_text(BACI_ROWS[:-12])
    with pytest.raises(UpdateFailed):
        pipeline.run(Baci(), {"folder": str(folder)}, home=home, data=tmp_path / "data")
    assert open_store(home).version == before
    with pytest.raises(BadParameter):
        pipeline.run(Baci(), {}, home=home, data=tmp_path / "data")
