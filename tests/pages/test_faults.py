"""Fault drills: whatever happens to the store folder, the former store stays in service or an error says what to do."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from streamlit.delta_generator import DeltaGenerator
from streamlit.testing.v1 import AppTest

from tests.support.facts import edit
from tests.support.small_facts import EXPORTS_2025, delivery
from trade.errors import Message, QueryFailed, StoreDamaged, StoreMissing, TradeError, UnknownName
from trade.ingest import apply, audit_log
from trade.paths import PROJECT
from trade.progress import ProgressCallback
from trade.sources import batch_store as batches
from trade.store import BuildReport, build_store, connect, expected_version, open_store, publish
from trade.store.connect import Store

KILLS = int(os.environ.get("TRADE_KILLS", "8"))
"""How many builds are killed; docs/deploy.md tells of a run with 60."""
NOBODY = 65534


@pytest.fixture
def other(tmp_path: Path, data: Path) -> Path:
    """A copy of the facts with one word changed, so that its build is another version of the store."""
    shutil.copytree(data, tmp_path / "other")
    edit(tmp_path / "other" / "reference" / "groups.csv", lambda raw: raw.replace(b"World", b"The world", 1))
    return tmp_path / "other"


def rows(store: Store) -> dict[str, pd.DataFrame]:
    """Every table, read to its end."""
    names = store.query(
        "SELECT schema_name || '.' || table_name AS name FROM duckdb_tables()"
        " WHERE database_name = current_database() ORDER BY 1"
    )
    return {name: store.query(f"FROM {name} ORDER BY ALL") for name in names["name"]}


def same(one: dict[str, pd.DataFrame], other: dict[str, pd.DataFrame]) -> bool:
    return one.keys() == other.keys() and all(one[name].equals(other[name]) for name in one)


def sentence(error: BaseException) -> str:
    """The message of the error; asserts that it is one sentence."""
    message = str(error)
    assert "\n" not in message
    assert message.endswith(".")
    assert "Traceback" not in message
    return message


def drafts(home: Path) -> list[str]:
    return [one.name for one in home.iterdir() if one.name.startswith((".draft", ".current"))]


# The store file


def test_a_removed_store_serves_who_has_it_open_and_comes_back_with_the_next_build(home: Path, data: Path) -> None:
    store = open_store(home)
    before = rows(store)
    store.path.unlink()
    assert same(rows(store), before), "a reader in the midst of a page is not disturbed"
    with pytest.raises(StoreMissing) as caught:
        open_store(home)
    assert "trade build" in sentence(caught.value)
    assert build_store(data, home).version == store.version
    assert same(rows(open_store(home)), before)


@pytest.mark.parametrize("left", [0, 5000, 0.5])
def test_a_cut_store_is_refused_and_mended_in_the_same_process(left: float, home: Path, data: Path) -> None:
    before = rows(open_store(home))
    path = open_store(home).path
    connect._parents.clear()
    size = path.stat().st_size
    os.truncate(path, int(size * left) if 0 < left < 1 else int(left))
    with pytest.raises(StoreDamaged) as caught:
        rows(open_store(home))
    assert "trade build" in sentence(caught.value)
    with pytest.raises(StoreDamaged):
        open_store(home)
    build_store(data, home)
    assert same(rows(open_store(home)), before)


def test_a_store_cut_under_an_open_reader_is_given_up_and_mended(home: Path, data: Path) -> None:
    store, second = open_store(home), open_store(home)
    os.truncate(store.path, 20_000)
    with pytest.raises(StoreDamaged) as caught:
        rows(store)
    assert "trade build" in sentence(caught.value)
    with pytest.raises(StoreDamaged):
        second.query("FROM store_version")
    with pytest.raises(StoreDamaged):
        open_store(home)
    build_store(data, home)
    assert rows(open_store(home)), "the same name, another file: the damaged one is not held any more"


def test_flipped_bits_are_noticed_or_change_nothing(home: Path, tmp_path: Path) -> None:
    """Every block has a checksum. Blocks that no table reads are those of keys, which only a build uses."""
    before, raw, noticed = rows(open_store(home)), open_store(home).path.read_bytes(), 0
    chance = random.Random(8)
    for number in range(12):
        place = chance.randrange(len(raw) if number % 2 else 12_288)
        damaged = bytearray(raw)
        damaged[place] ^= 1 << chance.randrange(8)
        path = tmp_path / f"trade-{number:016x}.duckdb"
        path.write_bytes(damaged)
        try:
            assert same(rows(Store(path)), before), f"bit at {place}: other figures, and nobody said so"
        except StoreDamaged:
            noticed += 1
        path.unlink()
    assert noticed >= 2, "the damage must damage"


@pytest.mark.parametrize(
    "text", [b"", b"\xff\xfe", b"../../etc/passwd", b"trade-\0", b"nothing", b"trade-0.duckdb\ntrade-1.duckdb"]
)
def test_a_damaged_pointer_is_told_and_written_anew(text: bytes, home: Path, data: Path) -> None:
    version = open_store(home).version
    publish.pointer(home).write_bytes(text)
    with pytest.raises(StoreMissing) as caught:
        open_store(home)
    assert "trade build" in sentence(caught.value)
    build_store(data, home)
    assert open_store(home).version == version


@contextmanager
def without_root(folder: Path) -> Iterator[None]:
    """Run the block without root's rights; tests that do not run as root need no change."""
    if os.geteuid():
        yield
        return
    folder.chmod(0o755)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_store_that_may_not_be_read_is_named(home: Path, data: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        shutil.copytree(home, place / "home")
        shutil.copytree(data, place / "data")
        (place / "data" / "tiny").chmod(0o755)
        path = place / "home" / open_store(home).path.name
        pointer = publish.pointer(place / "home")
        for closed, kind in ((path, StoreDamaged), (pointer, StoreMissing)):
            closed.chmod(0)
            with without_root(place), pytest.raises(kind, match=f"{closed.name}.*ermission denied"):
                open_store(place / "home")
            closed.chmod(0o644)
        with without_root(place):
            assert len(open_store(place / "home").query("FROM fact.economy")) > 100, "reading needs no right to write"


def test_a_fact_that_may_not_be_read_is_named(data: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        shutil.copytree(data, place / "data")
        (place / "data" / "tiny").chmod(0o755)
        with without_root(place):
            if not os.access(PROJECT / "trade" / "store" / "schema.sql", os.R_OK, effective_ids=True):
                pytest.skip("the project lies where another user may not read it")
        fact = place / "data" / "reference" / "groups.csv"
        fact.chmod(0)
        (place / "new").mkdir(mode=0o777)
        (place / "new").chmod(0o777)
        with without_root(place), pytest.raises(TradeError, match=r"reference/groups\.csv: the file cannot be read"):
            build_store(place / "data", place / "new")


def test_a_folder_that_may_not_be_written_keeps_its_store(home: Path, data: Path, other: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(home, Path(folder) / "home")
        (Path(folder) / "home").chmod(0o555)
        with without_root(Path(folder)), pytest.raises(TradeError, match="TRADE_HOME") as caught:
            build_store(other, Path(folder) / "home")
        (Path(folder) / "home").chmod(0o755)
        assert sentence(caught.value)
        assert open_store(Path(folder) / "home").version == open_store(home).version


# Disk and memory


@contextmanager
def limited_file_size(most: int) -> Iterator[None]:
    """Limit files to `most` bytes. A full disk gives the same error with another errno."""
    former = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, former[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, former)


@pytest.mark.parametrize("most", [0, 9000, 20_000, 300_000])
def test_a_full_disk_ends_a_build_with_one_sentence(most: int, home: Path, other: Path) -> None:
    store = open_store(home)
    before = rows(store)
    with limited_file_size(most), pytest.raises(TradeError) as caught:
        build_store(other, home)
    assert "free space" in sentence(caught.value)
    assert not drafts(home)
    connect._parents.clear()
    assert open_store(home).version == store.version
    assert same(rows(open_store(home)), before)
    assert build_store(other, home).version != store.version


@pytest.mark.parametrize("most", [0, 60, 300_000])
def test_a_full_disk_ends_an_update_with_one_sentence(most: int, home: Path, data: Path) -> None:
    version = open_store(home).version
    with limited_file_size(most), pytest.raises(TradeError) as caught:
        put(home, data, 51.0)
    assert sentence(caught.value)
    assert open_store(home).version == version
    assert not batches.find_batches(home / "facts"), "no half of a batch counts"
    put(home, data, 51.0)
    assert value(home) == 51.0


def test_a_disk_that_is_full_at_the_last_step_keeps_the_former_store(home: Path, other: Path) -> None:
    """The store file is complete, but there is no space for the pointer, a single line."""
    version = open_store(home).version
    with pytest.MonkeyPatch.context() as patch:
        point = publish.point_to

        def full(*args: Path) -> None:
            with limited_file_size(0):
                point(*args)

        patch.setattr(publish, "point_to", full)
        with pytest.raises(TradeError, match="previous store is still used") as caught:
            build_store(other, home)
    assert sentence(caught.value)
    assert open_store(home).version == version
    assert not drafts(home)


def test_an_audit_line_cut_by_a_full_disk_costs_no_other_line(tmp_path: Path) -> None:
    audit_log.record("one", home=tmp_path)
    size = (tmp_path / audit_log.FILE).stat().st_size
    with limited_file_size(size + 20), pytest.raises(TradeError, match="free space"):
        audit_log.record("two", home=tmp_path)
    audit_log.record("three", home=tmp_path)
    assert [line["what"] for line in audit_log.trail(tmp_path)] == ["three", "one"]


@pytest.mark.parametrize("memory", ["1MB", "8MB"])
def test_a_build_without_memory_keeps_the_former_store(memory: str, home: Path, other: Path) -> None:
    version = open_store(home).version
    with pytest.raises(TradeError, match=f"more memory than {memory}") as caught:
        build_store(other, home, memory=memory)
    assert "--memory" in sentence(caught.value)
    assert open_store(home).version == version
    assert not drafts(home)


def test_a_memory_limit_is_a_size(home: Path, data: Path) -> None:
    for wrong in ("much", "-1GB", "1GB; ATTACH 'x'", "", "5"):
        with pytest.raises(TradeError, match="700MB"):
            build_store(data, home, memory=wrong)


def test_a_question_without_memory_is_one_sentence_and_the_next_is_answered(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "trade-small.duckdb"
    shutil.copyfile(open_store(home).path, path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(connect._CONFIG, "memory_limit", "8MB")
        store = Store(path)
    with pytest.raises(QueryFailed, match="Out of Memory") as caught:
        store.query(
            "SELECT list(a.name_en || b.name_en || c.name_en) FROM fact.economy a, fact.economy b, fact.economy c"
        )
    assert sentence(caught.value)
    assert len(store.query("FROM fact.economy")) > 100


# The clock


def put(home: Path, data: Path, usa: float, vintage: str = "2026-09-01") -> None:
    changed = [row | {"value_usd": usa} if row["importer"] == "USA" else row for row in EXPORTS_2025]
    with apply.session("a test", home) as folder:
        sent = delivery("tiny", vintage, {"bilateral_export": changed})
        apply.apply([sent], folder, data=data, accept_loss=True)  # a part of the year


def value(home: Path) -> float:
    sql = "SELECT value_usd FROM fact.bilateral_export WHERE year = 2025 AND exporter = 'CHN' AND importer = 'USA'"
    return float(open_store(home).query(sql)["value_usd"][0])


def test_of_two_tables_of_one_day_the_later_one_counts_though_the_clock_went_back(home: Path, data: Path) -> None:
    class Wrong(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return datetime(2001, 1, 1, tzinfo=UTC)

    put(home, data, 51.0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batches, "datetime", Wrong)
        put(home, data, 52.0)
        put(home, data, 53.0)
    assert value(home) == 53.0
    put(home, data, 54.0)
    assert value(home) == 54.0


def test_dates_of_files_decide_nothing(home: Path, data: Path, other: Path) -> None:
    first, moment = open_store(home), 4_000_000_000
    second = build_store(other, home)
    for path in [home, *home.rglob("*")]:
        os.utime(path, (moment, moment))
    assert open_store(home).version == second.version
    assert build_store(data, home).version == first.version == expected_version(data, home)
    assert Path(second.store).is_file(), "the former store stays for clients that are about to open it"
    for path in home.rglob("*"):
        os.utime(path, (moment, moment))
    third = edit_again(other)
    assert build_store(third, home).version not in (first.version, second.version)
    assert first.path.is_file()
    assert not Path(second.store).exists(), "and no older one"


def edit_again(data: Path) -> Path:
    edit(data / "reference" / "groups.csv", lambda raw: raw.replace(b"The world", b"All the world", 1))
    return data


# Killed, twice, two versions


@pytest.fixture(scope="module")
def drill(tmp_path_factory: pytest.TempPathFactory) -> list[dict]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.fault_driver", str(tmp_path_factory.mktemp("drill")), str(KILLS), "20260918"],
        cwd=PROJECT, capture_output=True, text=True, timeout=300 + 10 * KILLS, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_killed_build_leaves_the_former_store_or_the_new_one(drill: list[dict]) -> None:
    (versions, *kills, _) = drill
    assert len(kills) == KILLS
    assert sum(one["killed"] for one in kills) >= min(KILLS, 6), "the drill must kill"
    for one in kills:
        assert one["seen"] in ([versions["old"], True], [versions["new"], True]), one
        assert one["again"] == versions["new"], one
        assert one["final"] == [versions["new"], True], one
        assert not one["drafts"], one
        assert one["stores"] <= 2, one
    assert [one["seen"][0] for one in kills[:4]] == [versions["old"]] * 2 + [versions["new"]] * 2


def test_two_builds_at_once_both_end_and_a_reader_sees_whole_stores_only(drill: list[dict]) -> None:
    versions, two = drill[0], drill[-1]
    assert two["statuses"] == [0, 0]
    assert two["final"] == [versions["new"], True]
    assert {tuple(seen) for seen in two["seen"]} <= {(versions["old"], True), (versions["new"], True)}
    assert not two["drafts"]


def test_what_a_killed_build_spilled_is_swept(home: Path, data: Path) -> None:
    spilled = home / ".draft-1-2.duckdb.tmp"
    spilled.mkdir()
    for path in (spilled / "duckdb_temp_storage-0.tmp", home / ".draft-1-2.duckdb.wal", home / ".current.77"):
        path.write_bytes(b"x" * 100)
    build_store(data, home)
    assert not drafts(home)


@contextmanager
def run_as(name: str) -> Iterator[None]:
    """Act as another release of the program, with another schema version."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publish, "release", lambda: name)
        yield


def test_two_releases_on_one_folder_read_each_its_own_store(home: Path, data: Path, other: Path) -> None:
    old = open_store(home)
    with run_as("bbbbbbbb"):
        with pytest.raises(StoreMissing):
            open_store(home)
        new = build_store(other, home)
        build_store(data, home)
        new = build_store(other, home)
        assert open_store(home).version == new.version
    assert open_store(home).version == old.version
    assert same(rows(open_store(home)), rows(old))


def test_stores_of_releases_long_gone_are_deleted(home: Path, other: Path) -> None:
    old = open_store(home)
    for number, name in enumerate(("bbbbbbbb", "cccccccc", "dddddddd"), 1):
        with run_as(name):
            path = Path(build_store(other, home).store)
            os.utime(publish.pointer(home), (9_000_000_000 + number,) * 2)
    assert not old.path.exists()
    assert path.is_file()
    with pytest.raises(StoreMissing, match="trade build"):
        open_store(home)


def test_an_older_release_that_does_not_know_a_table_keeps_its_store(home: Path, data: Path) -> None:
    """A newer release imported data into a table that this one does not know."""
    put(home, data, 51.0)
    version = open_store(home).version
    (newer,) = batches.find_batches(home / "facts")
    manifest = newer.folder / "source.toml"
    manifest.write_text(
        manifest.read_text(encoding="utf-8").replace('"bilateral_export"', '"invented_later"'), encoding="utf-8"
    )
    with pytest.raises(UnknownName, match="invented_later") as caught:
        build_store(data, home)
    assert sentence(caught.value)
    assert open_store(home).version == version
    assert value(home) == 51.0


# The dashboard


def _page() -> None:
    import streamlit as st

    from trade.panels import run_context
    from trade.ui.core import callback_context, store_setup
    from trade.ui.core.errors import show_errors

    with show_errors():
        store_setup.ensure()
        callback_context.pin_store()
        st.markdown(f"{len(run_context.store().query('FROM fact.economy'))} economies")


@pytest.mark.parametrize("harm", [os.unlink, partial(os.truncate, length=5000), partial(os.truncate, length=20_000)])
def test_the_dashboard_builds_again_what_was_harmed(
    harm: Callable[[Path], None], home: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRADE_HOME", str(home))
    monkeypatch.setenv("TRADE_DATA", str(data))
    path = open_store(home).path
    page = AppTest.from_function(_page, default_timeout=60).run()
    assert "economies" in page.markdown[0].value
    harm(path)
    for _ in range(2):  # the damage is found during one view, and repaired before the next
        page.run()
        assert not page.exception
    assert "economies" in page.markdown[0].value
    assert path.is_file()


def test_the_dashboard_serves_the_former_store_when_it_cannot_build(
    home: Path, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from trade.ui.core import store_setup

    monkeypatch.setenv("TRADE_HOME", str(home))
    monkeypatch.setenv("TRADE_DATA", str(other))
    store_setup._memory().clear()
    version = open_store(home).version
    try:
        with limited_file_size(9000):
            page = AppTest.from_function(_page, default_timeout=60).run()
        assert not page.exception
        assert len(page.warning) == 1
        assert "free space" in page.warning[0].value
        assert "economies" in page.markdown[0].value
        assert open_store(home).version == version
    finally:
        store_setup._memory().clear()


def test_where_pages_change_nothing_a_visit_leaves_the_store_in_service(
    home: Path, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A replica with other facts and the same schema: the last of two to start must not decide which store serves."""
    from trade.ui.core import store_setup

    monkeypatch.setenv("TRADE_HOME", str(home))
    monkeypatch.setenv("TRADE_DATA", str(other))
    monkeypatch.setenv("TRADE_CHANGES", "off")
    store_setup._memory().clear()
    version = open_store(home).version
    page = AppTest.from_function(_page, default_timeout=60).run()
    assert (page.exception, page.warning) == ([], [])
    assert open_store(home).version == version
    store_setup._memory().clear()
    monkeypatch.setenv("TRADE_CHANGES", "loopback")
    AppTest.from_function(_page, default_timeout=60).run()
    assert open_store(home).version != version, "elsewhere it is brought up to date"
    store_setup._memory().clear()


def test_the_engine_still_says_what_we_listen_for(home: Path) -> None:
    """If a new DuckDB worded these errors otherwise, damage would look like a failed query."""
    path = open_store(home).path
    connect._parents.clear()
    os.truncate(path, 20_000)
    with pytest.raises(duckdb.Error) as caught:
        duckdb.connect(str(path), read_only=True).execute("FROM fact.economy")
    assert any(word in str(caught.value).lower() for word in connect._DAMAGE)


def test_a_reader_who_comes_while_the_server_builds_its_first_store_waits_for_that_one(
    home: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from trade.ui.core import store_setup

    monkeypatch.setenv("TRADE_HOME", str(home / "empty"))
    monkeypatch.setenv("TRADE_DATA", str(data))
    begun, shown, builds = threading.Event(), threading.Event(), list[str]()
    real_progress = DeltaGenerator.progress

    def slow_build(progress: ProgressCallback) -> BuildReport:
        builds.append("begun")
        progress(Message("progress.files"), 0.4)
        begun.set()
        assert shown.wait(30), "the reader sees how far it is"
        return build_store(progress=progress)

    def progress(self: Any, value: float, text: str | None = None, **kwargs: Any) -> Any:
        if text == "Reading the files" and value == 0.4:
            shown.set()
        return real_progress(self, value, text, **kwargs)

    monkeypatch.setattr(store_setup, "build_store", slow_build)
    monkeypatch.setattr(DeltaGenerator, "progress", progress)
    ahead = threading.Thread(target=store_setup.build_ahead)
    ahead.start()
    assert begun.wait(30)
    page = AppTest.from_function(_page, default_timeout=60).run()
    ahead.join()
    assert not page.exception
    assert "economies" in page.markdown[0].value
    assert builds == ["begun"]


def test_a_store_that_cannot_be_built_ahead_is_left_to_the_visit_that_says_why(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from trade.ui.core import store_setup

    monkeypatch.setenv("TRADE_HOME", str(home / "empty"))
    monkeypatch.setenv("TRADE_DATA", str(home / "nothing"))
    store_setup.build_ahead()
    page = AppTest.from_function(_page, default_timeout=60).run()
    assert not page.exception
    assert any("nothing" in one.value for one in page.error)
