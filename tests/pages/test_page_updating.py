"""Bringing data up to date from the page: upload, progress, report; readers see it at their next interaction."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.support import customs_files, live_server
from tests.support.app import opened, page, sound, text
from tests.support.small_facts import EXPORTS_2025, delivery, facts_alone, marts_alone, write_small_facts
from trade.ingest import apply, file_deliveries, pipeline
from trade.panels import run_context
from trade.progress import ProgressCallback
from trade.store import Store, build_store, open_store
from trade.ui.core import callback_context, job_runner, permissions
from trade.ui.sources import update_form

MARTS = ("totals", "total_figure", "markets")
"""Marts and macros that the page on sources reads: building the others would take as long again."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, fewer_facts: Path) -> Path:
    """A store folder of `fewer_facts`, with the marts that the page on sources reads."""
    folder = tmp_path_factory.mktemp("built") / "home"
    with marts_alone(*MARTS):
        build_store(fewer_facts, folder)
    return folder


@pytest.fixture
def served(built: Path, fewer_facts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of `built` in service, whose user may change data."""
    home = tmp_path / "home"
    shutil.copytree(built, home)
    monkeypatch.setenv("TRADE_HOME", str(home))
    monkeypatch.setenv("TRADE_DATA", str(fewer_facts))
    for name, answer in (("check_and_explain", True), ("allowed", True), ("who", "a test")):
        monkeypatch.setattr(permissions, name, lambda answer=answer: answer)
    job_runner.runner.cache_clear()
    with marts_alone(*MARTS):
        yield home


def wait_for_job() -> job_runner.Job:
    job = job_runner.runner().job
    assert job is not None
    deadline = time.monotonic() + 120
    while job.running and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not job.running
    return job


def version_shown(app: AppTest) -> str:
    """The store's version in the citation of the site."""
    return next(one.value.partition("store ")[2].rstrip(".") for one in app.code if ", store " in one.value)


def test_a_file_is_imported_from_the_page_and_readers_see_it_at_their_next_click(served: Path, tmp_path: Path) -> None:
    reader = page(opened(), "sources")
    before = open_store(served).version
    assert version_shown(reader) == before
    path = customs_files.as_xlsx(customs_files.partner_grid("zh"), tmp_path / "table.xlsx")
    app = page(opened(), "sources")
    sound(app)
    app.get("file_uploader")[0].upload(path.name, path.read_bytes()).run()
    app.button("import_start").click().run()
    job = wait_for_job()
    assert not job.problem
    assert not job.fault
    (report,) = job.reports
    after = open_store(served).version
    assert report.version == after != before
    app.run()
    sound(app)
    assert "1,352" in text(app)
    reader.run()
    sound(reader)
    assert version_shown(reader) == after
    assert not list((served / "uploads").iterdir())


def test_a_live_source_is_updated_from_the_page(served: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = open_store(served).version
    monkeypatch.delenv("COMTRADE_KEY", raising=False)
    with live_server.served() as server:
        for name, value in live_server.addresses(server).items():
            monkeypatch.setenv(name, value)
        app = page(opened(), "sources")
        app.selectbox("update_source").select("comtrade").run()
        app.text_input("update_comtrade_flow").input("export")
        app.text_input("update_comtrade_period").input("2024").run()
        app.button("update_start").click().run()
        job = wait_for_job()
    assert not job.problem
    assert not job.fault
    (report,) = job.reports
    assert (report.source, report.rows_new) == ("comtrade", 5)
    assert report.version == open_store(served).version != before
    app.run()
    sound(app)
    assert "comtrade" in text(app)


def test_a_refusal_is_a_calm_sentence(served: Path, tmp_path: Path) -> None:
    before = open_store(served).version
    path = tmp_path / "bad.csv"
    path.write_text("hello")
    job_runner.runner().start(
        "import", "bad.csv", "a test", lambda say: pipeline.import_paths(path, file_deliveries.ImportOptions(), say=say)
    )
    assert "bad.csv" in wait_for_job().problem
    app = page(opened(), "sources")
    assert not app.exception
    assert any("bad.csv" in one.value for one in app.error)
    assert open_store(served).version == before


def test_one_job_at_a_time(served: Path) -> None:
    started, free = [], []

    def work(_: ProgressCallback) -> job_runner.Outcome:
        while not free:
            time.sleep(0.01)
        return [], {}

    started += [
        job_runner.runner().start("update", "one", "a test", work),
        job_runner.runner().start("update", "two", "a test", work),
    ]
    free.append(True)
    wait_for_job()
    assert started == [True, False]


def test_a_view_reads_one_store_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run of a page reads one store: an update during it is visible from the next run on."""
    monkeypatch.setenv("TRADE_HOME", str(tmp_path / "home"))
    data = write_small_facts(tmp_path / "data")
    with facts_alone():
        build_store(data, tmp_path / "home")
        seen: list[Store] = []
        monkeypatch.setattr("streamlit.session_state", {})
        callback_context.pin_store()
        seen.append(run_context.store())
        with apply.session("a test", tmp_path / "home") as home:
            sent = delivery("tiny", "2026-09-01", {"bilateral_export": EXPORTS_2025})
            apply.apply([sent], home, data=data, accept_loss=True)  # a part of the year
        seen.append(run_context.store())
        callback_context.pin_store()
        seen.append(run_context.store())
    assert seen[0].version == seen[1].version != seen[2].version
    assert seen[1].query("SELECT count(*) AS n FROM fact.bilateral_export")["n"][0] > 0


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.csv", "C:\\x\\y.csv", "a/b.xls", ".hidden.csv", "表（2）.xlsx", "x" * 300 + ".csv"]
)
def test_the_name_of_an_upload_leads_nowhere_else(name: str) -> None:
    safe = update_form._safe(name, 1)
    assert "/" not in safe
    assert "\\" not in safe
    assert not safe.startswith(".")
    assert len(safe) <= 80
    assert safe.rpartition(".")[2] == name.rpartition(".")[2]


def test_a_preview_on_the_page_shows_how_a_table_is_read_and_publishes_nothing(served: Path, tmp_path: Path) -> None:
    before = open_store(served).version
    path = customs_files.as_html(customs_files.flash_grid("en"), tmp_path / "page.html", published="2026/09/09")
    app = page(opened(), "sources")
    app.get("file_uploader")[0].upload(path.name, path.read_bytes()).run()
    app.button("import_preview").click().run()
    job = wait_for_job()
    assert not job.problem, job.problem
    (report,) = job.reports
    assert not report.published
    assert report.readings[0].partner == "world"
    assert any(total.statement == "total YTD 2026-08 export CNY" for total in report.totals)
    app.run()
    sound(app)
    assert open_store(served).version == before
    shown = [list(frame.value.columns) for frame in app.dataframe]
    assert any("Number" in columns and "Code" in columns for columns in shown)
    assert any("Current" in columns and "New" in columns for columns in shown)
