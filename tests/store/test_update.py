"""Updates: checked before they are published, switched in one step, resumable, one at a time, every vintage kept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

import trade.measures as measures
from tests.support.small_facts import EXPORTS_2025, delivery, facts_alone, marts_alone, write_small_facts
from tests.support.tiny_store import FACTS, Row
from trade.errors import FactError, IdentityBroken, Message, TradeError, UnknownName
from trade.ingest import apply, pipeline
from trade.paths import PROJECT
from trade.sources.batch_store import find_batches, write_batch
from trade.sources.connectors import Downloads, Job, Pace, Throttled, Unavailable, UpdateFailed, retried
from trade.sources.delivery import Delivery, Refusal
from trade.store import build, build_store, expected_version, locks, open_store
from trade.store.connect import Store

KILLS = int(os.environ.get("TRADE_KILLS", "10"))
"""How many updates are killed; docs/updating.md tells of a run with 50."""


def put(home: Path, data: Path, *deliveries: Delivery, dry_run: bool = False) -> list[apply.UpdateReport]:
    """Apply deliveries and accept losses: most are a part of a year, which would be refused otherwise."""
    with apply.session("a test", home) as folder:
        return apply.apply(deliveries, folder, data=data, dry_run=dry_run, accept_loss=True)


def exports(usa: float, **other: float) -> dict[str, list[Row]]:
    rows = [row | {"value_usd": usa} if row["importer"] == "USA" else row for row in EXPORTS_2025]
    return {
        "bilateral_export": rows
        + [{"year": 2025, "exporter": "CHN", "importer": code, "value_usd": value} for code, value in other.items()]
    }


def value(store: Store, importer: str = "USA", schema: str = "fact") -> list[float]:
    sql = f"SELECT value_usd FROM {schema}.bilateral_export WHERE year = 2025 AND exporter = 'CHN' AND importer = $to ORDER BY value_usd"
    return list(store.query(sql, {"to": importer})["value_usd"])


def test_an_update_tells_what_is_new_revised_and_withdrawn(home: Path, data: Path) -> None:
    before = open_store(home).version
    (report,) = put(home, data, delivery("tiny", "2026-09-01", exports(51.5, CAN=7.0)))
    assert (report.rows_new, report.rows_same, report.rows_revised) == (1, 3, 1)
    assert report.rows_withdrawn == 7, "eleven flows of 2025 were in the store, four are delivered again"
    (one,) = report.revised
    assert (one.place, one.column, one.old, one.new) == ("2025 CHN USA", "value_usd", 50.0, 51.5)
    after = open_store(home)
    assert report.version == after.version != before
    assert after.version == expected_version(data, home)
    assert (value(after), value(after, schema="former")) == ([51.5], [50.0])
    assert value(after, "CAN") == [7.0]


def test_every_vintage_is_kept_and_the_later_one_counts_whatever_came_last(home: Path, data: Path) -> None:
    put(home, data, delivery("tiny", "2026-09-01", exports(51.0)))
    put(home, data, delivery("tiny", "2026-11-01", exports(53.0)))
    put(home, data, delivery("tiny", "2026-10-01", exports(52.0)))
    store = open_store(home)
    assert value(store) == [53.0]
    assert value(store, schema="former") == [50.0, 51.0, 52.0]
    spells = store.query(
        "SELECT vintage, until FROM former.bilateral_export WHERE importer = 'USA' AND exporter = 'CHN' ORDER BY 1"
    )
    assert spells.to_numpy().tolist() == [
        ["2026-01-18", "2026-09-01"],
        ["2026-09-01", "2026-10-01"],
        ["2026-10-01", "2026-11-01"],
    ]


def test_a_dated_table_says_that_it_replaces_other_figures_without_a_date(home: Path, data: Path) -> None:
    def of_2026(vintage: str, usa: float, dated: bool) -> Delivery:
        rows = [{"year": 2026, "exporter": "CHN", "importer": "USA", "value_usd": usa}]
        rows += [{"year": 2026, "exporter": "CHN", "importer": "MEX", "value_usd": 40.0}]
        return replace(delivery("tiny", vintage, {"bilateral_export": rows}), dated=dated)

    put(home, data, of_2026("2026-11-28", 50.0, dated=False))
    (report,) = put(home, data, of_2026("2026-09-09", 55.0, dated=True))
    assert "no day of publication: 1 row differs" in str(report.notes[-1])
    assert "1行不同" in report.notes[-1].text("zh")
    rows = open_store(home).query("SELECT value_usd FROM fact.bilateral_export WHERE year = 2026 ORDER BY value_usd")
    assert rows["value_usd"].tolist() == [40.0, 55.0]
    (later,) = put(home, data, of_2026("2026-10-09", 56.0, dated=True))
    assert (later.rows_revised, later.notes) == (1, []), "of two dated tables the report names the revision itself"


def test_a_vintage_older_than_the_shipped_facts_never_takes_their_place(home: Path, data: Path) -> None:
    (report,) = put(home, data, delivery("tiny", "2025-12-01", exports(49.0)))
    store = open_store(home)
    assert (value(store), value(store, schema="former")) == ([50.0], [49.0])
    assert report.rows_new == report.rows_revised == 0
    assert not report.revised


def test_what_changed_between_two_vintages(home: Path, data: Path) -> None:
    for day, usa in (("2026-09-01", 51.0), ("2026-10-01", 52.0), ("2026-11-01", 55.0)):
        put(home, data, delivery("tiny", day, exports(usa)))
    store = open_store(home)

    def change(**days: str) -> list[list[object]]:
        frame = measures.run(store, "vintage_changes", source="tiny", **days).frame
        return frame[["place", "old_value", "new_value", "change_pct"]].to_numpy().tolist()

    assert change() == [["2025 CHN USA", 50.0, 55.0, pytest.approx(10.0)]]
    assert change(from_vintage="2026-09-01", to_vintage="2026-10-01") == [
        ["2025 CHN USA", 51.0, 52.0, pytest.approx(100 / 51)]
    ]
    listed = measures.run(store, "vintages").frame
    assert list(listed["published"]) == ["2026-09-01", "2026-10-01", "2026-11-01"]
    assert list(listed["rows_revised"]) == [1, 1, 1]


def test_totals_as_of_a_day_come_from_the_vintage_of_that_day(tmp_path: Path, data: Path) -> None:
    world = next(
        row
        for row in FACTS["group_trade"]
        if row["group_code"] == "world" and row["flow"] == "export" and row["period"] == "2025-12"
    )
    tables = {
        name: [row | {"published": "2026-09-18"} for row in FACTS[name] if row["period"] == "2025-12"]
        for name in ("partner_trade", "group_trade")
    }
    for row in tables["partner_trade"]:
        if (row["partner"], row["flow"]) == ("USA", "export"):
            row["value_cny_10k"] += 12
    for row in tables["group_trade"]:
        if row["group_code"] in ("world", "north-america") and row["flow"] == "export":
            row["value_cny_10k"] += 12
    with marts_alone("totals"):
        put(tmp_path, data, delivery("tiny", "2026-09-18", tables))
    store = open_store(tmp_path)

    def known(as_of: str | None) -> float:
        sql = "SELECT value FROM totals($day) WHERE freq = 'YTD' AND period = '2025-12' AND flow = 'export' AND currency = 'CNY'"
        return float(store.query(sql, {"day": as_of})["value"][0])

    assert known(None) == (world["value_cny_10k"] + 12) * 1e4
    assert known("2026-09-17") == world["value_cny_10k"] * 1e4
    assert known("2026-09-18") == (world["value_cny_10k"] + 12) * 1e4
    first = store.query(
        "SELECT first_value FROM total_trade WHERE freq = 'YTD' AND period = '2025-12' AND flow = 'export' AND currency = 'CNY'"
    )
    assert first["first_value"][0] == world["value_cny_10k"] * 1e4


def test_the_same_figures_come_once(home: Path, data: Path) -> None:
    (first,) = put(home, data, delivery("tiny", "2026-09-01", exports(51.0)))
    (again,) = put(home, data, delivery("tiny", "2026-09-01", exports(51.0)))
    assert (first.published, again.published) == (True, False)
    assert again.version == first.version == open_store(home).version
    assert len(find_batches(home / "facts")) == 1


def test_a_dry_run_tells_all_and_changes_nothing(home: Path, data: Path) -> None:
    before = open_store(home).version
    (report,) = put(home, data, delivery("tiny", "2026-09-01", exports(51.0)), dry_run=True)
    assert report.rows_revised == 1
    assert not report.published
    assert open_store(home).version == before == expected_version(data, home)
    assert not (home / "facts").exists()


BAD: dict[str, tuple[dict[str, list[Row]], str]] = {
    "no number": ({"bilateral_export": [EXPORTS_2025[0] | {"value_usd": "many"}]}, "'many'"),
    "negative": ({"bilateral_export": [EXPORTS_2025[0] | {"value_usd": -1.0}]}, "'-1.0'"),
    "twice": ({"bilateral_export": EXPORTS_2025[:1] * 2}, "appears twice"),
    "no vintages": (
        {"economy_group": [{"group_code": "x", "kind": "bloc", "name_en": "x", "name_zh": "x", "definition": "x"}]},
        "cannot be imported",
    ),
    "unknown table": ({}, "fact table"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_does_not_fit_is_refused_whole_and_kept_with_the_reason(home: Path, data: Path, name: str) -> None:
    tables, message = BAD[name]
    bad = delivery("tiny", "2026-09-01", tables or exports(51.0))
    if not tables:
        bad = Delivery("tiny", bad.about, bad.vintage, [type(bad.tables[0])("nonsense", bad.tables[0].rows, "x")])
    before, files = open_store(home).version, sorted(path.name for path in home.iterdir() if path.suffix == ".duckdb")
    with pytest.raises(TradeError) as caught:
        put(home, data, bad)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert open_store(home).version == before
    assert sorted(path.name for path in home.iterdir() if path.suffix == ".duckdb") == files
    (reason,) = (home / "refused").rglob("reason.txt")
    assert reason.read_text(encoding="utf-8").strip() == str(caught.value)
    assert not find_batches(home / "facts")
    assert put(home, data, delivery("tiny", "2026-09-01", exports(51.0)))[0].published, "the next update ends right"


def test_a_broken_identity_refuses_the_update(home: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> list:
        raise IdentityBroken("partners do not add up: found 1, expected 2.")

    monkeypatch.setattr(build, "verify", broken)
    before = open_store(home).version
    with pytest.raises(IdentityBroken):
        put(home, data, delivery("tiny", "2026-09-01", exports(51.0)))
    assert open_store(home).version == before


def test_killed_updates_leave_the_former_store_and_the_next_one_ends_right(data: Path, tmp_path: Path) -> None:
    (tmp_path / "data").symlink_to(data)
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.kill_driver", str(tmp_path), str(KILLS), "20260918"],
        capture_output=True, text=True, cwd=PROJECT, timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    rounds = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rounds) == KILLS
    for one in rounds:
        assert one["seen"]["whole"], one
        assert one["seen"]["value"] == (
            [51.0] if one["moment"] == "after the pointer" or not one["killed"] else one["seen"]["value"]
        )
        assert one["seen"]["value"] in ([50.0], [51.0]), "the former store or the new one, never a mix"
        assert one["ended"], one
        assert one["final"] == {"value": [51.0], "former": [50.0], "whole": True}, one
        assert not one["leftovers"], one
        assert len(one["batches"]) == 1, one
    assert all(one["killed"] for one in rounds[:4]), "the traps are deadly"
    assert any(one["killed"] for one in rounds[4:])


def test_two_updates_do_not_collide(home: Path, data: Path) -> None:
    with apply.session("update comtrade", home), pytest.raises(locks.Busy, match="update comtrade"):
        put(home, data, delivery("tiny", "2026-09-01", exports(51.0)))
    assert locks.running(home) == ""
    assert put(home, data, delivery("tiny", "2026-09-01", exports(51.0)))[0].published


def test_a_build_while_another_runs_says_so(home: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "BUILD_WAIT", 0.05)
    with locks.building(home), pytest.raises(locks.Busy, match="Another build"), locks.building(home, 0.05):
        pass


class Paged:
    """A source of three pages; `dies` is the page at which it fails for good."""

    name = "paged"
    options: Mapping[str, str] = {"year": "2025"}

    def __init__(self, dies: int = 0) -> None:
        self.dies, self.pages_requested = dies, []

    def fetch(self, job: Job) -> Delivery:
        pages = [
            json.loads(job.page(f"{job.options['year']}-{number}.json", lambda number=number: self._get(number)))
            for number in (1, 2, 3)
        ]
        return delivery("tiny", "2026-09-01", {"bilateral_export": [row for page in pages for row in page]})

    def _get(self, number: int) -> bytes:
        self.pages_requested.append(number)
        if number == self.dies:
            raise UpdateFailed("Page 3 cannot be fetched: try again later.")
        return json.dumps(exports(51.0)["bilateral_export"][number - 1 : number]).encode()


def test_an_update_goes_on_from_the_pages_it_has(home: Path, data: Path) -> None:
    first, second = Paged(dies=3), Paged()
    with pytest.raises(UpdateFailed, match="Page 3"):
        pipeline.run(first, {}, home=home, data=data, accept_loss=True)
    assert value(open_store(home)) == [50.0]
    report = pipeline.run(second, {}, home=home, data=data, accept_loss=True)
    assert (first.pages_requested, second.pages_requested) == ([1, 2, 3], [3])
    assert report.published
    assert not list((home / "downloads").rglob("*.json")), "downloads are deleted once published"


def test_an_option_that_nobody_knows_is_named(home: Path, data: Path) -> None:
    with pytest.raises(UnknownName, match="year"):
        pipeline.run(Paged(), {"yaer": "2025"}, home=home, data=data)
    with pytest.raises(UnknownName):
        pipeline.update("nobody", {}, home=home, data=data)


@pytest.mark.parametrize("key", ["../x", "a/b", "", ".hidden", "a" * 300, "a\0b"])
def test_a_page_key_cannot_leave_its_folder(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValueError, match="page key"):
        Downloads(tmp_path).page(key, lambda: b"x")


class Clock:
    def __init__(self) -> None:
        self.now, self.slept = 0.0, []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def test_a_pace_is_kept() -> None:
    clock = Clock()
    pace = Pace(2, 10.0, clock=clock, sleep=clock.sleep)
    times = []
    for _ in range(5):
        pace.wait()
        times.append(clock.now)
    assert times == [0, 0, 10, 10, 20]


def test_faults_that_pass_are_tried_again_and_a_named_wait_is_kept() -> None:
    clock, faults = Clock(), [Unavailable("cut"), Throttled("slow down", 30.0), Unavailable("again")]

    def get() -> str:
        if faults:
            raise faults.pop(0)
        return "page"

    assert retried(get, Pace(100, 1.0, clock=clock, sleep=clock.sleep)) == "page"
    assert clock.slept[1] == 30.0
    assert 0.5 <= clock.slept[0] <= 1.0
    assert 2.0 <= clock.slept[2] <= 4.0


def test_a_wait_beyond_reason_and_a_fault_that_stays_are_told() -> None:
    clock = Clock()
    pace = Pace(100, 1.0, clock=clock, sleep=clock.sleep)

    def closed() -> str:
        raise Throttled("quota", 3600.0)

    def broken() -> str:
        raise Unavailable("no connection")

    with pytest.raises(Throttled):
        retried(closed, pace)
    assert not clock.slept
    with pytest.raises(Unavailable):
        retried(broken, pace, tries=3)
    assert len(clock.slept) == 2


def test_readers_see_the_new_figures_at_once_and_never_a_mix(home: Path, data: Path) -> None:
    """Twenty readers ask two facts that one update changes together, each from one store, while updates come."""
    wrong: list[object] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.wait(0.3):
            try:
                store = open_store(home)
                pair = (value(store, "USA"), value(store, "CAN"))
                if pair[1] and pair[0][0] - 50 != pair[1][0]:
                    wrong.append((store.version, pair))
            except Exception as error:
                wrong.append(repr(error))

    readers = [threading.Thread(target=read) for _ in range(20)]
    for reader in readers:
        reader.start()
    for number in range(1, 3):
        put(home, data, delivery("tiny", f"2026-09-0{number}", exports(50.0 + number, CAN=float(number))))
        assert value(open_store(home), "CAN") == [number], "the next question sees it"
    stop.set()
    for reader in readers:
        reader.join()
    assert not wrong


def test_refused_rows_stand_in_the_report(home: Path, data: Path) -> None:
    sent = delivery("tiny", "2026-09-01", exports(51.0))
    refusal = Refusal("page", 7, "partner", "Atlantis", Message("not a known economy"))
    report = put(home, data, Delivery(sent.source_id, sent.about, sent.vintage, sent.tables, [refusal]))[0]
    assert report.as_dict()["refused"] == [
        {"file": "page", "row": 7, "column": "partner", "value": "Atlantis", "reason": "not a known economy"}
    ]
    with pytest.raises(TradeError, match="not a known economy"):
        put(home, data, Delivery(sent.source_id, sent.about, sent.vintage, [], [refusal]))


def test_a_batch_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    """Texts with commas, quotes and blanks, numbers with all their digits, missing cells."""
    rows: list[Row] = [
        {"reporter": "CHN", "freq": "A", "period": "2025", "flow": "export", "partner": "USA", "currency": "USD", "value": 0.1 + 0.2, "quality": "reported", "note": 'a, "b"'},
        {"reporter": "CHN", "freq": "A", "period": "2025", "flow": "export", "partner": "MEX", "currency": "USD", "value": 1e15 + 0.5, "quality": "reported"},
    ]  # fmt: skip
    batch = write_batch(delivery("own", "2026-09-01", {"trade_flow": rows}), tmp_path)
    with facts_alone():
        data = write_small_facts(tmp_path / "data")
        home = tmp_path / "home"
        place = home / "facts" / "own" / batch.batch
        place.parent.mkdir(parents=True)
        batch.folder.rename(place)
        build_store(data, home)
    frame = open_store(home).query("SELECT value, note FROM fact.trade_flow ORDER BY value")
    assert frame["value"].tolist() == [0.1 + 0.2, 1e15 + 0.5]
    assert frame["note"][0] == 'a, "b"'


def test_a_damaged_batch_stops_the_build_and_the_former_store_serves(home: Path, data: Path) -> None:
    put(home, data, delivery("tiny", "2026-09-01", exports(51.0)))
    before = open_store(home).version
    (batch,) = find_batches(home / "facts")
    path = batch.folder / batch.source.file[0].path
    path.write_bytes(path.read_bytes().replace(b"51", b"58", 1))
    with pytest.raises(FactError, match="sha256"):
        build_store(data, home)
    assert open_store(home).version == before
