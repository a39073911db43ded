"""Tables of customs beside the figures in service: what contradicts them is refused, what repeats them is no revision."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import trade.measures as measures
from tests.support.facts import copy_facts, edit, set_rows
from tests.support.paths import FIXTURES
from tests.support.small_facts import facts_alone, marts_alone
from trade.errors import NoRows, TradeError
from trade.ingest import file_deliveries, pipeline
from trade.ingest.apply import UpdateReport
from trade.store import build_store, open_store
from trade.store.loss_guard import LossRefused

PUBLISHED = FIXTURES / "published"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """(data folder, store folder) of the customs facts, built without marts."""
    folder = tmp_path_factory.mktemp("served")
    sources = ("reference", "gacc_commodities", "gacc_partners", "gacc_releases")
    data = copy_facts(folder / "data", sources)
    with facts_alone():
        build_store(data, folder / "home")
    return data, folder / "home"


@pytest.fixture
def served(built: tuple[Path, Path], tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """A copy of `built`; while a test uses it, builds make no marts."""
    shutil.copytree(built[1], tmp_path / "home")
    with facts_alone():
        yield built[0], tmp_path / "home"


def take(served: tuple[Path, Path], path: Path, published: str = "", accept_loss: bool = False) -> UpdateReport:
    asks = file_deliveries.ImportOptions(published=published, today="2026-11-28")
    (report,), _ = pipeline.import_paths(path, asks, home=served[1], data=served[0], accept_loss=accept_loss)
    return report


def case(name: str, file: str) -> Path:
    (folder,) = PUBLISHED.glob(f"{name}-*")
    return folder / file


def test_a_table_in_the_wrong_unit_is_refused_with_both_figures(served: tuple[Path, Path]) -> None:
    before = open_store(served[1]).version
    with pytest.raises(LossRefused) as caught:
        take(served, case("16", "flash_unit.xls"))
    message = str(caught.value)
    assert "201,500,250,000 CNY" in message
    assert "17,439,964,970,000" in message, "January to July in service"
    assert "a cumulative figure cannot fall within a year" in message
    assert "the table has +14.0%" in message
    assert "--accept-loss" in message
    assert "累计不会下降" in caught.value.text("zh")
    assert open_store(served[1]).version == before
    assert list((served[1] / "refused").rglob("reason.txt"))


def test_two_sites_rounding_of_one_figure_is_no_revision(served: tuple[Path, Path], tmp_path: Path) -> None:
    english, chinese = case("17", "english.html"), case("17", "chinese.xls")
    assert take(served, english).published
    again = take(served, chinese)
    assert not again.published, "without a day it says nothing that is not in service"
    assert (again.rows_revised, again.rows_new) == (0, 0)
    dated = take(served, chinese, "2026-09-10")
    assert dated.published
    assert (dated.rows_revised, dated.rows_same, dated.revised) == (0, 24, [])
    with pytest.raises(NoRows):
        measures.run(open_store(served[1]), "vintage_changes", source="gacc_flash")
    other = tmp_path / "other.html"
    other.write_text(
        english.read_text(encoding="utf-8")
        .replace("2026/09/09", "")
        .replace("1,000.0", "1,010.0")
        .replace("2,200.0", "2,210.0"),
        encoding="utf-8",
    )
    with pytest.raises(TradeError, match="--published"):
        take(served, other)


def test_table_1_stands_beside_the_others(served: tuple[Path, Path]) -> None:
    with marts_alone("total_trade"):
        assert take(served, case("15", "totals_en.csv"), "2026-09-09").published
    total = open_store(served[1]).query(
        "SELECT value FROM total_trade WHERE freq = 'M' AND period = '2026-08' AND flow = 'export' AND currency = 'CNY'"
    )
    assert total["value"].tolist() == [27000.3e8]


def test_a_sample_of_baci_does_not_replace_the_world(tmp_path: Path) -> None:
    """The bundled world matrix has some 29,000 pairs of 2013; a folder with ten rows of BACI holds a fraction of them."""
    home, data = tmp_path / "home", copy_facts(tmp_path / "data", ("reference", "cepii_baci"))
    matrix = data / "cepii_baci" / "exports_2000_2020.csv.gz"
    lines = gzip.decompress(matrix.read_bytes()).splitlines(keepends=True)
    of_2013 = [line for line in lines[1:] if line.startswith(b"2013,")]
    edit(matrix, lambda _: gzip.compress(b"".join([lines[0], *of_2013]), 1))
    set_rows(matrix, len(of_2013))
    with facts_alone():
        build_store(data, home)
    in_2013 = "SELECT sum(value_usd) AS s FROM fact.bilateral_export WHERE year = 2013"
    before = open_store(home).query(in_2013)["s"][0]
    options = {"folder": str(case("02", "baci")), "period": "2013"}
    for dry_run in (True, False):
        with facts_alone(), pytest.raises(LossRefused) as caught:
            pipeline.update("cepii_baci", options, home=home, data=data, dry_run=dry_run)
    message = str(caught.value)
    assert "current rows would be withdrawn" in message
    assert "--accept-loss" in message
    assert open_store(home).query(in_2013)["s"][0] == before > 17e12
