"""No import, update or build that loses data or changes totals too much enters service unasked, on any path."""

from __future__ import annotations

import ast
import hashlib
import json
import math
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.support.hs_files import BACI, baci_table, write_baci
from tests.support.paths import FIXTURES
from tests.support.small_facts import EXPORTS_2025, delivery, facts_alone, marts_alone
from tests.support.tiny_store import Row
from trade.cli.commands import app
from trade.errors import TradeError
from trade.ingest import apply, audit_log, file_deliveries, pipeline
from trade.paths import PROJECT
from trade.progress import no_progress
from trade.sources.connectors import Job
from trade.sources.connectors.baci import Baci
from trade.sources.delivery import Delivery
from trade.store import build_store, loss_guard, open_store
from trade.store.bulk import make_marts, open_facts
from trade.store.bulk.bulk_input import Choice
from trade.store.comparison import ChinaTotal, StatementChange, StatementTotal
from trade.store.loss_guard import LossRefused

PUBLISHED = FIXTURES / "published"
OWN_MAPPING = """
[columns]
partner = "Country"
period = "Year"
value = "Exports"
[constants]
flow = "export"
currency = "USD"
"""
PARTNERS = (
    "Japan",
    "France",
    "Italy",
    "Spain",
    "India",
    "Kenya",
    "Ghana",
    "Peru",
    "Chile",
    "Egypt",
    "Brazil",
    "Mexico",
)


def own_table(
    folder: Path, partners: tuple[str, ...] = PARTNERS, factor: float = 1.0, year: int = 2024
) -> tuple[Path, file_deliveries.ImportOptions]:
    path = folder / "ours.csv"
    lines = [f"{name},{year},{factor * (100 + at)}" for at, name in enumerate(partners)]
    path.write_text("\n".join(["Country,Year,Exports", *lines]) + "\n", encoding="utf-8")
    (folder / "map.toml").write_text(OWN_MAPPING, encoding="utf-8")
    return path, file_deliveries.ImportOptions(folder / "map.toml", "ours", "", "2026-11-28")


@pytest.fixture(scope="module")
def with_ours(base: Path, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of `base` into which the own table was imported."""
    folder = tmp_path_factory.mktemp("with_ours")
    shutil.copytree(base, folder / "home")
    path, asks = own_table(folder)
    with facts_alone():
        pipeline.import_paths(path, asks, home=folder / "home", data=data)
    return folder / "home"


@pytest.fixture
def ours(tmp_path: Path, with_ours: Path) -> Iterator[Path]:
    """A copy of `with_ours`; while a test uses it, builds make no marts."""
    shutil.copytree(with_ours, tmp_path / "ours")
    with facts_alone():
        yield tmp_path / "ours"


class Feed:
    """A live source that delivers the rows it was made with."""

    name = "feed"
    options: Mapping[str, str] = {}

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows

    def fetch(self, job: Job) -> Delivery:
        return delivery("tiny", "2026-09-01", {"bilateral_export": self.rows})


def total_2025(home: Path) -> float:
    return float(
        open_store(home).query("SELECT sum(value_usd) AS v FROM fact.bilateral_export WHERE year = 2025")["v"][0]
    )


def imported(home: Path) -> float:
    return float(open_store(home).query("SELECT sum(value) AS v FROM fact.trade_flow WHERE source_id = 'ours'")["v"][0])


def baci(folder: Path) -> dict[str, str]:
    """A sample of BACI under its official names, of a year that the small store holds."""
    folder.mkdir(exist_ok=True)
    (folder / "BACI_HS22_Y2025_V202701.csv").write_text(
        "t,i,j,k,v,q\n2025,156,842,010121,  0.001, NA\n", encoding="utf-8"
    )
    (folder / "country_codes_V202701.csv").write_text(
        "country_code,country_name,country_iso3\n156,China,CHN\n842,USA,USA\n", encoding="utf-8"
    )
    return {"folder": str(folder)}


def by_update(home: Path, data: Path, folder: Path, accept: bool) -> None:
    pipeline.run(Feed(EXPORTS_2025), {}, home=home, data=data, accept_loss=accept)


def by_baci(home: Path, data: Path, folder: Path, accept: bool) -> None:
    pipeline.run(Baci(), baci(folder / "baci"), home=home, data=data, accept_loss=accept)


def by_delivery(home: Path, data: Path, folder: Path, accept: bool) -> None:
    with apply.session("a test", home) as place:
        apply.apply(
            [delivery("tiny", "2026-09-01", {"bilateral_export": EXPORTS_2025})], place, data=data, accept_loss=accept
        )


def by_moving(home: Path, data: Path, folder: Path, accept: bool) -> None:
    every = open_store(home).query(
        "SELECT year, exporter, importer, value_usd FROM fact.bilateral_export WHERE year = 2025"
    )
    rows: list[Row] = [dict(row) | {"value_usd": 1.2 * row["value_usd"]} for row in every.to_dict("records")]
    pipeline.run(Feed(rows), {}, home=home, data=data, accept_loss=accept)


def by_build(home: Path, data: Path, folder: Path, accept: bool) -> None:
    build_store(without_usa_2025(data, folder / "data"), home, accept_loss=accept)


def without_usa_2025(data: Path, changed: Path) -> Path:
    """Copy the facts to `changed` without the exports of the United States in 2025."""
    shutil.copytree(data, changed)
    manifest = changed / "tiny" / "source.toml"
    text = manifest.read_text(encoding="utf-8")
    (path,) = (changed / "tiny").glob("*_bilateral_export.csv")
    former = path.read_bytes()
    lines = former.decode().splitlines()
    remaining = [line for line in lines if not line.startswith('"2025","USA"')]
    path.write_text("\n".join(remaining) + "\n", encoding="utf-8")
    text = text.replace(hashlib.sha256(former).hexdigest(), hashlib.sha256(path.read_bytes()).hexdigest())
    text = text.replace(
        f'rows = {len(lines) - 1}\nsha256 = "{hashlib.sha256(path.read_bytes()).hexdigest()}',
        f'rows = {len(remaining) - 1}\nsha256 = "{hashlib.sha256(path.read_bytes()).hexdigest()}',
    )
    manifest.write_text(text, encoding="utf-8")
    return changed


def by_known_file(home: Path, data: Path, folder: Path, accept: bool) -> None:
    """Import a known file again, after the project's own facts have lost rows that are in service."""
    path, asks = own_table(folder)
    if not (home / "facts" / "ours").exists():
        pipeline.import_paths(path, asks, home=home, data=data)
    changed = without_usa_2025(data, folder / "data")
    pipeline.import_paths(path, asks, home=home, data=changed, accept_loss=accept)


WORLD: dict[str, Callable[[Path, Path, Path, bool], None]] = {
    "a live update that withdraws": by_update, "a sample of BACI": by_baci, "a delivery that withdraws": by_delivery,
    "an update that moves the total": by_moving, "a build of other facts": by_build,
    "a file that is known": by_known_file,
}  # fmt: skip


@pytest.mark.parametrize("path", WORLD)
def test_no_path_changes_the_world_unasked(home: Path, data: Path, tmp_path: Path, path: str) -> None:
    before = total_2025(home)
    with pytest.raises(LossRefused, match="--accept-loss") as caught:
        WORLD[path](home, data, tmp_path, False)
    assert "bilateral_export 2025" in str(caught.value)
    assert f"{before:,.6g}" in str(caught.value), "the figure in service stands in the sentence"
    assert "\n" not in str(caught.value)
    assert "bilateral_export 2025" in caught.value.text("zh")
    assert total_2025(home) == before
    shutil.rmtree(tmp_path / "data", ignore_errors=True)
    WORLD[path](home, data, tmp_path, True)
    assert total_2025(home) != before


CALLED = {"point_to", "publish", "put_in_service", "check", "import_paths", "apply", "run", "update", "build_store"}
"""Functions whose calls the tests below check."""


def calls_in(text: str) -> dict[str, dict[str, list[ast.Call]]]:
    """The calls in each function of a module, by the name of the called function."""
    tree = ast.parse(text)
    found: dict[str, dict[str, list[ast.Call]]] = {}
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
            named = found.setdefault(function.name, {})
            for call in calls:
                named.setdefault(getattr(call.func, "id", getattr(call.func, "attr", "")), []).append(call)
    return found


@cache
def modules() -> dict[str, dict[str, dict[str, list[ast.Call]]]]:
    """Every module of the program that calls one of them, with the calls of its functions."""
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(PROJECT.glob("trade/**/*.py"))}
    calling = (path for path, text in texts.items() if any(f"{name}(" in text for name in CALLED))
    return {str(path.relative_to(PROJECT)): calls_in(texts[path]) for path in calling}


def users(name: str) -> set[str]:
    """`module: function` of every function of the program that calls another by its name."""
    assert name in CALLED
    return {
        f"{module}: {function}" for module, calls in modules().items() for function in calls if name in calls[function]
    }


def test_every_way_into_service_passes_the_guard() -> None:
    """A store enters service through `put_in_service`, and whoever calls it asks the guard first."""
    assert users("point_to") == {"trade/store/publish.py: publish"}
    assert users("publish") == {"trade/store/build.py: put_in_service"}
    ways = {"trade/store/build.py: build_store", "trade/ingest/apply.py: _settle", "trade/ingest/apply.py: _take"}
    assert users("put_in_service") == ways
    assert ways <= users("check")
    for way in ways:
        module, function = way.split(": ")
        calls = modules()[module][function]
        (guard,) = [
            call for call in calls["check"] if getattr(getattr(call.func, "value", None), "id", "") == "loss_guard"
        ]
        assert all(guard.lineno < put.lineno for put in calls["put_in_service"]), way


def test_every_command_and_page_that_changes_data_can_insist() -> None:
    """Functions that change data for a user pass `accept_loss` on; a first visit never sets it."""
    for name in ("import_paths", "apply", "run"):
        for user in users(name) & {
            f"trade/ingest/pipeline.py: {function}" for function in modules()["trade/ingest/pipeline.py"]
        }:
            module, function = user.split(": ")
            assert all(
                "accept_loss" in {word.arg for word in call.keywords} for call in modules()[module][function][name]
            )
    functions = {
        "trade/cli/update.py": ("update",), "trade/cli/import_files.py": ("import_paths",), "trade/ui/sources/update_form.py": ("update", "import_paths"), "trade/cli/build.py": ("build_store",),
    }  # fmt: skip
    for module, names in functions.items():
        for name in names:
            calls = [
                call
                for function in modules()[module].values()
                for call in function.get(name, [])
                if name == "build_store" or getattr(getattr(call.func, "value", None), "id", "") == "pipeline"
            ]
            assert calls, (module, name)
            assert all("accept_loss" in {word.arg for word in call.keywords} for call in calls), (module, name)
    (first,) = modules()["trade/ui/core/store_setup.py"]["_build"]["build_store"]
    assert "accept_loss" not in {word.arg for word in first.keywords}


HS = tuple(path.stem[3:] for path in (PROJECT / "trade/store/hs").glob("*.sql"))


def hs_total(home: Path) -> float:
    return float(open_store(home).query("SELECT sum(value_usd) AS v FROM hs_coverage")["v"][0])


def cut_files(folder: Path, data: Path) -> Choice:
    return Choice("facts", str(write_baci(folder / "cut", baci_table(dict(list(BACI.items())[:4])))))


def cut_marts(folder: Path, data: Path) -> Choice:
    less = write_baci(folder / "cut", baci_table(dict(list(BACI.items())[:4])))
    make_marts(open_facts(less, data), folder / "marts", no_progress, memory="500MB", force=False)
    return Choice("marts", str(folder / "marts"))


def less_in_the_same_folder(folder: Path, data: Path) -> None:
    write_baci(folder / "baci", baci_table(dict(list(BACI.items())[:4])))


@pytest.mark.parametrize("other", [cut_files, cut_marts, less_in_the_same_folder])
def test_no_hs_facts_from_elsewhere_are_lost_unasked(
    data: Path, tmp_path: Path, other: Callable[[Path, Path], Choice | None]
) -> None:
    home = tmp_path / "home"
    with marts_alone(*HS):
        build_store(data, home, choice=Choice("facts", str(write_baci(tmp_path / "baci"))))
        before, choice = hs_total(home), other(tmp_path, data)
        with pytest.raises(LossRefused, match="hs_coverage baci_bulk HS2017 A 2023 export") as caught:
            build_store(data, home, choice=choice)
        assert "--accept-loss" in str(caught.value)
        assert hs_total(home) == before
        assert build_store(data, home, choice=choice, accept_loss=True).accepted
        assert hs_total(home) < before


def test_hs_facts_are_left_out_by_order(data: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with marts_alone(*HS):
        build_store(data, home, choice=Choice("facts", str(write_baci(tmp_path / "baci"))))
        assert build_store(data, home, choice=Choice()).accepted == []


@pytest.mark.parametrize(
    ("change", "message", "way"),
    [
        ({"partners": PARTNERS[:6]}, "6 of 12 current rows would be withdrawn", "a file"),
        ({"partners": PARTNERS[:6]}, "6 of 12 current rows would be withdrawn", "a folder"),
        ({"factor": 1000.0}, "the total would move by", "a file"),
        ({"factor": 1000.0, "year": 2025}, "a larger change than this series has ever had", "a file"),
        ({"partners": PARTNERS[:3], "year": 2025}, "a part of the statement", "a file"),
    ],
)
def test_no_import_changes_a_dataset_unasked(
    ours: Path, data: Path, tmp_path: Path, change: dict, message: str, way: str
) -> None:
    """A folder that holds one file is read as the file: it stands here once."""
    place = tmp_path / "tables"
    place.mkdir()
    path, asks = own_table(place, **change)
    asks = replace(asks, mapping=(place / "map.toml").rename(tmp_path / "map.toml"))
    before = imported(ours)
    target = path if way == "a file" else place
    with pytest.raises(LossRefused, match=message):
        pipeline.import_paths(target, asks, home=ours, data=data)
    assert imported(ours) == before
    with pytest.raises(LossRefused, match=message) as caught:
        pipeline.import_paths(target, asks, home=ours, data=data, dry_run=True)
    assert caught.value.reports[0].totals, "a preview says what would change"
    pipeline.import_paths(target, asks, home=ours, data=data, accept_loss=True)
    assert imported(ours) != before


def test_small_revisions_and_new_periods_pass(ours: Path, data: Path, tmp_path: Path) -> None:
    path, asks = own_table(tmp_path, factor=1.03)
    (report,), _ = pipeline.import_paths(path, asks, home=ours, data=data)
    assert (report.published, report.rows_revised, report.concerns) == (True, 12, [])
    own_table(tmp_path, factor=1.2, year=2025)
    assert pipeline.import_paths(path, asks, home=ours, data=data)[0][0].published


def test_a_vintage_taken_back_by_hand_needs_the_option(ours: Path, data: Path) -> None:
    shutil.rmtree(ours / "facts" / "ours")
    with pytest.raises(LossRefused, match="12 of 12 current rows"):
        build_store(data, ours)
    report = build_store(data, ours, accept_loss=True)
    assert any("12 of 12 current rows" in loss for loss in report.accepted)


def test_an_accepted_loss_stands_in_the_audit_log(
    ours: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRADE_HOME", str(ours))
    monkeypatch.setenv("TRADE_DATA", str(data))
    path, asks = own_table(tmp_path, PARTNERS[:6])
    command = ["import", str(path), "--mapping", str(asks.mapping), "--as", "ours"]
    refused = CliRunner().invoke(app, command)
    assert refused.exit_code == 1
    assert "--accept-loss" in refused.output
    accepted = CliRunner().invoke(app, [*command, "--accept-loss", "--json"])
    assert accepted.exit_code == 0, accepted.output
    assert json.loads(accepted.output)["reports"][0]["concerns"]
    last, before = audit_log.trail(ours, 2)
    assert last["detail"].startswith("--accept-loss: trade_flow ours")
    assert (last["result"], before["result"]) == ("done", "refused")


def test_a_preview_shows_how_a_table_was_read_and_its_totals(
    home: Path, ours: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRADE_HOME", str(home))
    monkeypatch.setenv("TRADE_DATA", str(data))
    path, asks = own_table(tmp_path)
    command = ["import", str(path), "--mapping", str(asks.mapping), "--as", "ours"]
    shown = CliRunner().invoke(app, [*command, "--dry-run"]).output
    assert "As read" in shown
    assert "Japan" in shown
    assert "JPN" in shown
    assert "new" in shown
    monkeypatch.setenv("TRADE_HOME", str(ours))
    own_table(tmp_path, factor=1.05)
    report = json.loads(CliRunner().invoke(app, [*command, "--dry-run", "--json"]).output)["reports"][0]
    assert report["readings"][0] | {"value": 0} == {
        "row": 2, "period_printed": "2024", "period": "A 2024", "flow": "export", "partner_printed": "Japan", "partner": "JPN",
        "number_printed": "105.0", "value": 0, "unit": "USD x 1",
    }  # fmt: skip
    (total,) = report["totals"]
    assert (total["before"], total["after"]) == (pytest.approx(1266.0), pytest.approx(1266.0 * 1.05))


def test_two_versions_of_one_table_in_a_folder_are_recognised(home: Path, data: Path, tmp_path: Path) -> None:
    place = tmp_path / "tables"
    place.mkdir()
    path, _ = own_table(place)
    shutil.copy(path, place / "other.csv")
    (place / "map.toml").rename(tmp_path / "map.toml")
    asks = file_deliveries.ImportOptions(tmp_path / "map.toml", "ours", "", "2026-11-28")
    assert pipeline.import_paths(place, asks, home=home, data=data, dry_run=True)[1] == {}, (
        "twice the same is no conflict"
    )
    (place / "other.csv").write_text(
        path.read_text(encoding="utf-8").replace("Japan,2024,100.0", "Japan,2024,101.0"), encoding="utf-8"
    )
    with pytest.raises(TradeError, match=r"other.csv, ours.csv contain the same table"):
        pipeline.import_paths(place, asks, home=home, data=data)


# --- the rules one by one


def china(
    value: float,
    freq: str = "YTD",
    period: str = "2026-08",
    growth: float | None = None,
    new: bool = True,
    flow: str = "export",
) -> ChinaTotal:
    return ChinaTotal("a" if new else "b", freq, period, flow, "CNY", value, growth, new)


KNOWN_TOTALS = [china(100.0 * month, "YTD", f"2026-{month:02d}", new=False) for month in range(1, 8)] + [
    china(90.0 * month, "YTD", f"2025-{month:02d}", new=False) for month in range(1, 13)
]


@pytest.mark.parametrize(
    ("totals", "kinds"),
    [
        ([china(800.0)], set()), ([china(699.0)], {"fallen"}), ([china(8.0)], {"fallen", "total_jump"}), ([china(800.0, growth=11.1)], set()),
        ([china(800.0, growth=30.0)], {"growth"}), ([china(700.0, period="2026-07")], set()), ([china(770.1, period="2026-07")], {"total_moved"}),
        ([china(800.0), china(100.0, "M")], set()), ([china(800.0), china(10.0, "M")], {"month"}), ([china(410.0, period="2026-03")], {"total_moved", "fallen"}),
        ([china(50.0, flow="import")], set()),
    ],
)  # fmt: skip
def test_china_s_totals_are_held_against_what_is_known(totals: list[ChinaTotal], kinds: set[str]) -> None:
    assert {concern.kind for concern in loss_guard._totals([*KNOWN_TOTALS, *totals])} == kinds


def change(**fields: float) -> StatementChange:
    usual = {
        "members": 100,
        "lost": 0,
        "after_members": 100,
        "before": 1000.0,
        "after": 1000.0,
        "lost_amount": 0.0,
    } | fields
    return StatementChange("trade_flow", {"source_id": "x", "period": "2024"}, **usual)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "kinds"),
    [
        ({"lost": 5, "lost_amount": 1.0}, []), ({"lost": 6, "lost_amount": 1.0}, ["withdrawn"]), ({"lost": 1, "lost_amount": 21.0}, ["withdrawn"]),
        ({"after": 1099.0}, []), ({"after": 1101.0}, ["moved"]), ({"after": 899.0}, ["moved"]), ({"lost": 100, "lost_amount": 1000.0, "after": 0.0}, ["withdrawn"]),
    ],
)  # fmt: skip
def test_what_a_statement_may_lose_and_by_how_much_it_may_move(fields: dict[str, float], kinds: list[str]) -> None:
    assert [concern.kind for concern in loss_guard._losses([change(**fields)])] == kinds


@pytest.mark.parametrize(
    ("fields", "kinds"),
    [
        ({"lost": 6, "lost_amount": 1.0}, ["withdrawn"]),
        ({"lost": 1, "lost_amount": 900.0}, []),
        ({"after": 5000.0}, []),
    ],
)
def test_of_indices_and_rates_rows_count_and_no_sum(fields: dict[str, float], kinds: list[str]) -> None:
    index = replace(change(**fields), table="trade_index")
    assert [concern.kind for concern in loss_guard._losses([index])] == kinds


def index_rows(count: int) -> list[Row]:
    return [
        {"aspect": "volume", "area": "world", "freq": "M", "period": f"2024-{month:02d}", "flow": "total", "series": "made-up",
         "base_year": 2021, "index_value": 100.0 + month, "adjusted": True}
        for month in range(1, count + 1)
    ]  # fmt: skip


def test_an_index_that_loses_months_is_refused(home: Path, data: Path) -> None:
    def arrive(count: int, day: str, accept: bool = False) -> None:
        with apply.session("a test", home) as place:
            apply.apply(
                [delivery("indices", day, {"trade_index": index_rows(count)})], place, data=data, accept_loss=accept
            )

    arrive(12, "2026-09-01")
    with pytest.raises(LossRefused, match="trade_index indices: 6 of 12 current rows"):
        arrive(6, "2026-10-01")
    arrive(6, "2026-10-01", accept=True)
    assert open_store(home).query("SELECT count(*) AS n FROM fact.trade_index WHERE source_id = 'indices'")["n"][0] == 6


def year(period: int, amount: float, members: int = 200, new: bool = False) -> StatementTotal:
    return StatementTotal("bilateral_export", {"year": str(period)}, members, amount, new)


@pytest.mark.parametrize(
    ("total", "kinds"),
    [
        (year(2024, 1150.0, new=True), []), (year(2024, 1.0, new=True), ["jump"]), (year(2024, 1100.0, 40, new=True), ["few"]),
        (year(2024, 3.0, 5, new=True), ["few"]), (year(2024, 2300.0, new=True), ["jump"]), (year(2013, 900.0, new=True), []),
    ],
)  # fmt: skip
def test_a_new_statement_is_held_against_its_series(total: StatementTotal, kinds: list[str]) -> None:
    series = [year(2018 + at, 1000.0 * 1.02**at) for at in range(6)]
    assert [concern.kind for concern in loss_guard._series([*series, total])] == kinds


def test_a_series_may_move_as_far_as_it_ever_did() -> None:
    wild = [year(2018, 100.0), year(2019, 500.0), year(2020, 120.0), year(2021, 600.0)]
    assert not list(loss_guard._series([*wild, year(2022, 4000.0, new=True)]))
    assert math.log(4000 / 600) > math.log(5)


def test_nothing_is_lost_where_nothing_was(tmp_path: Path, data: Path) -> None:
    with facts_alone():
        build_store(data, tmp_path / "home")
    assert loss_guard.check(None) == []
    with pytest.raises(LossRefused, match="a wrong row"):
        loss_guard.check(None, impossible=["a wrong row"])
