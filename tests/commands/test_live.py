"""Live sources against a local server with their formats: rows from the request to the store, and every failure."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import trade.measures as measures
from tests.support.hs_files import BACI_CODES, BACI_ROWS
from tests.support.live_server import KEY, Server, addresses, served
from tests.support.small_facts import marts_alone
from trade.cli import commands
from trade.errors import BadParameter, Message, TradeError, UnknownName
from trade.ingest import file_deliveries, pipeline
from trade.ingest.apply import UpdateReport, apply, session
from trade.paths import DATA, PROJECT
from trade.sources.connectors import (
    Connector,
    Downloads,
    Job,
    Pace,
    Unavailable,
    Unusable,
    UpdateFailed,
    error_bodies,
)
from trade.sources.connectors import (
    options as asked,
)
from trade.sources.connectors.baci import Baci
from trade.sources.connectors.comtrade import Comtrade
from trade.sources.connectors.comtrade import client as comtrade_client
from trade.sources.connectors.http_client import Web
from trade.sources.connectors.imf import Imf
from trade.sources.connectors.registry import connectors
from trade.sources.connectors.worldbank import WorldBank
from trade.sources.delivery import Delivery, Refusal
from trade.sources.economy_names import read_names
from trade.store import build_store, open_store
from trade.text.catalog import LANGUAGES, words

FUZZ = int(os.environ.get("TRADE_HOSTILE", "60")) // 3
"""Spoilt answers of each source."""
KNOWN = read_names(DATA)
SOURCES: dict[str, type] = {"comtrade": Comtrade, "imf_imts": Imf, "world_bank": WorldBank}
ONE = {"comtrade": {"flow": "export"}, "imf_imts": {"flow": "export"}, "world_bank": {"indicator": "SP.POP.TOTL"}}
"""Options for a small request to each source."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with served() as one:
        for name, value in addresses(one).items():
            monkeypatch.setenv(name, value)
        monkeypatch.delenv("COMTRADE_KEY", raising=False)
        yield one


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COMTRADE_KEY", KEY)
    return KEY


@pytest.fixture
def slept() -> list[float]:
    """The seconds that the rate limiter would have waited; it does not wait in tests."""
    return []


@pytest.fixture
def update(home: Path, data: Path, slept: list[float]) -> partial[UpdateReport]:
    """`pipeline.run` on the store folder, without rate limits."""

    def run(name: str, **options: str) -> UpdateReport:
        one: Connector = SOURCES[name](Pace(10**6, 0.0, sleep=slept.append))
        return pipeline.run(one, options, home=home, data=data)

    return partial(run)


@pytest.fixture
def fetch(tmp_path: Path, slept: list[float]) -> partial[Delivery]:
    """Fetch a connector's delivery without a store."""

    def run(name: str, **options: str) -> Delivery:
        one: Connector = SOURCES[name](Pace(10**6, 0.0, sleep=slept.append))
        return one.fetch(Job(dict(one.options) | options, Downloads(tmp_path / "pages"), KNOWN, "2026-11-24"))

    return partial(run)


def rows(home: Path, table: str, columns: str, source: str) -> list[tuple]:
    frame = open_store(home).query(f"SELECT {columns} FROM fact.{table} WHERE source_id = '{source}' ORDER BY ALL")
    return list(frame.itertuples(index=False, name=None))


def pages_requested(server: Server, inside: str = "") -> list[str]:
    return [f"{one.path} {one.fields}" for one in server.requests if inside in f"{one.path} {one.fields}"]


# --- what comes in


TOTALS = [("DEU", 30e9), ("MEX", 40e9), ("TWN", 20e9), ("USA", 50e9), ("XXU", 1e9)]


@pytest.mark.parametrize("name", ["comtrade", "imf_imts"])
def test_totals_by_partner_come_as_a_dataset_of_their_own(
    server: Server, home: Path, update: partial, name: str
) -> None:
    report = update(name, period="2023-2024")
    assert (report.published, report.rows, report.refused) == (True, {"trade_flow": 16}, [])
    columns = "partner, value, reporter, freq, period, flow, currency, quality"
    found = rows(home, "trade_flow", columns, name)
    assert [row[:2] for row in found if row[4:6] == ("2024", "export")] == TOTALS
    assert {row[2:4] + row[6:] for row in found} == {("CHN", "A", "USD", "reported")}
    assert {row[4] for row in found} == {"2023", "2024"}
    assert not list((home / "downloads").rglob("*.*")), "what is in service is not kept twice"


@pytest.mark.parametrize("name", ["comtrade", "imf_imts"])
def test_months(server: Server, home: Path, update: partial, name: str) -> None:
    report = update(name, freq="m", period="2025-01/2025-03", flow="import")
    assert {row[0] for row in rows(home, "trade_flow", "period", name)} == {"2025-01", "2025-02"}
    assert any("2025-03" in str(note) for note in report.notes), "a note names the requested month that is missing"


def test_the_newest_year_is_the_default(
    server: Server, home: Path, update: partial, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a day on which the server's newest year is one of the last: what lies longer back is not asked for."""
    monkeypatch.setattr(file_deliveries, "today", lambda: "2026-11-24")
    for name in ("comtrade", "imf_imts"):
        report = update(name, **ONE[name])
        assert {row[0] for row in rows(home, "trade_flow", "period", name)} == {"2024"}
        assert report.vintage == {"comtrade": "2026-03-05", "imf_imts": "2026-03-27"}[name], "the day of publication"


def test_chapters_come_without_a_key_in_parts_that_no_limit_can_cut(
    server: Server, home: Path, update: partial
) -> None:
    report = update("comtrade", product="chapter", period="2024", flow="export")
    found = rows(
        home, "product_trade", "partner, product, value_usd, classification, reporter, period, flow", "comtrade"
    )
    assert found[:3] == [("DEU", code, 30e9 * share, "HS2022", "CHN", "2024", "export") for code, share in (("01", 0.25), ("85", 0.5), ("99", 0.25))]  # fmt: skip
    assert report.rows == {"product_trade": 15}
    asks = [one.fields["partnerCode"].split(",") for one in server.requests if "preview" in one.path]
    assert max(len(one) for one in asks) * 98 < 500
    every = [code for one in asks for code in one]
    assert len(every) == len(set(every)) > 240


@pytest.mark.parametrize(("product", "code"), [("heading", "8501"), ("subheading", "850110")])
def test_headings_need_a_key(server: Server, fetch: partial, product: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    with pytest.raises(BadParameter, match="COMTRADE_KEY"):
        fetch("comtrade", product=product)
    assert not server.requests
    monkeypatch.setenv("COMTRADE_KEY", KEY)
    (table,) = fetch("comtrade", product=product, period="2024", flow="export").tables
    found = {(row["partner"], row["product"]): row["value_usd"] for row in table.rows.to_pylist()}
    assert found["USA", code] == 25e9


def test_a_key_is_sent_as_a_header_and_written_nowhere(server: Server, home: Path, update: partial, key: str) -> None:
    server.fault(401, {"statusCode": 401, "message": f"Access denied for key {key}."}, where="/data/v1/get/")
    with pytest.raises(UpdateFailed) as caught:
        update("comtrade")
    assert key not in str(caught.value)
    update("comtrade")
    for one in server.requests:
        assert one.path.startswith("/data/v1/")
        assert one.headers["ocp-apim-subscription-key"] == key
        assert key not in str(one.fields)
    written = [path for path in home.rglob("*") if path.is_file()]
    assert len(written) > 3
    assert not [path for path in written if key.encode() in path.read_bytes() or key in path.name]


def test_indicators_come_page_by_page(server: Server, home: Path, data: Path) -> None:
    one = WorldBank(Pace(10**6, 0.0), per_page=2)
    report = pipeline.run(one, {"indicator": "SP.POP.TOTL"}, home=home, data=data)
    assert rows(home, "indicator", "indicator, economy, year, indicator_value", "world_bank") == [
        ("SP.POP.TOTL", "CHN", 2023, 1410710000.0),
        ("SP.POP.TOTL", "CHN", 2024, 1408975000.0),
        ("SP.POP.TOTL", "USA", 2024, 340110988.0),
    ]
    assert len(server.requests) == 3
    assert "2 records are aggregates or have no value" in str(report.notes[0])
    assert report.vintage == "2026-02-25"


def test_what_a_source_revised_is_reported_with_both_values(server: Server, home: Path, update: partial) -> None:
    update("comtrade", period="2024", flow="export")
    server.figures["2024", "X"] |= {842: 51e9, 0: 142e9}
    server.released["2024"] = "2026-06-30"
    report = update("comtrade", period="2024", flow="export")
    (one,) = report.revised
    assert (one.old, one.new, one.old_vintage, report.rows_same) == (50e9, 51e9, "2026-03-05", 4)
    assert update("comtrade", period="2024", flow="export").published is False, "the same again is not a vintage"


def test_a_partner_that_nobody_knows_is_refused_and_counted(server: Server, fetch: partial) -> None:
    server.figures["2024", "X"] |= {12345: 5e9, 0: 146e9}
    for name, found in (("comtrade", "12345 Atlantis"), ("imf_imts", "ATL")):
        delivery = fetch(name, period="2024", flow="export")
        (one,) = delivery.refused
        assert (one.value, one.row) == (found, 7)
        assert one.column in ("partnerCode", "COUNTERPART_COUNTRY")
        assert delivery.tables[0].rows.num_rows == 5


@pytest.mark.parametrize("value", [None, "12", -5.0, True])
def test_a_value_that_is_no_amount_is_refused(server: Server, fetch: partial, value: object) -> None:
    server.figures["2024", "X"][899] = value  # type: ignore[assignment]
    server.figures["2024", "X"][0] = 140e9
    refused = fetch("comtrade", period="2024", flow="export").refused
    assert [(one.column, one.value) for one in refused] == [("primaryValue", str(value))]


# --- sums


@pytest.mark.parametrize("name", ["comtrade", "imf_imts"])
def test_partners_that_do_not_make_the_total_are_refused_with_the_residual(server: Server, home: Path, update: partial, name: str) -> None:  # fmt: skip
    before = open_store(home).version
    whole = server.figures["2024", "X"].pop(484)
    with pytest.raises(UpdateFailed, match=r"CHN exports 2024.*-40,000,000,000 from the total of 141,000,000,000"):
        update(name, period="2024")
    assert open_store(home).version == before
    server.figures["2024", "X"][484] = whole
    assert update(name, period="2024").published, "the pages that did not fit were dropped"


def test_a_small_residual_is_told(server: Server, fetch: partial) -> None:
    server.figures["2024", "X"][0] += 2e8
    notes = [str(note) for note in fetch("comtrade", period="2024", flow="export").notes]
    assert any("-200,000,000 from the total" in note for note in notes)


def test_products_are_held_against_their_total_too(server: Server, update: partial) -> None:
    server.figures["2024", "X"][0] *= 2
    with pytest.raises(UpdateFailed, match="incomplete"):
        update("comtrade", product="chapter", period="2024", flow="export")


def test_an_answer_at_its_limit_is_never_taken(
    server: Server, update: partial, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.figures["2024", "X"] = dict.fromkeys(range(1, 700), 1e6)
    with pytest.raises(UpdateFailed, match=r"500 records for .*, its limit without a key.*COMTRADE_KEY"):
        update("comtrade", period="2024", flow="export")
    monkeypatch.setenv("COMTRADE_KEY", KEY)
    monkeypatch.setattr(comtrade_client, "KEY_LIMIT", 600)
    with pytest.raises(UpdateFailed, match=r"600 records for .*, its limit with a key"):
        update("comtrade", period="2024", flow="export")


def test_a_partner_twice_with_two_values_is_refused(server: Server, fetch: partial, tmp_path: Path) -> None:
    _, body = server.answer("/public/v1/preview/C/A/HS", {"flowCode": "X", "period": "2024", "cmdCode": "TOTAL", "reportercode": "156"}, {})  # fmt: skip
    answer = json.loads(body)
    answer["data"].append(answer["data"][1] | {"primaryValue": 1.0})
    server.fault(200, answer | {"count": 7}, where="preview")
    with pytest.raises(UpdateFailed, match="record 7: partner 842 appears twice"):
        fetch("comtrade", period="2024", flow="export")
    answer["data"][6] = answer["data"][1]
    shutil.rmtree(tmp_path / "pages")
    server.fault(200, answer | {"count": 7}, where="preview")
    (table,) = fetch("comtrade", period="2024", flow="export").tables
    assert table.rows.num_rows == 5, "twice the same counts once"


# --- faults

THROTTLED = {"statusCode": 429, "message": "Rate limit is exceeded. Try again in 26 seconds."}
QUOTA = {"statusCode": 403, "message": "Out of call volume quota. Quota will be replenished in 07:01:20."}
HTML = b"<!DOCTYPE html><html><head><title>Service unavailable</title></head><body><h1>Try later</h1></body></html>"


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize(
    ("fault", "wait"),
    [
        ({"status": 429, "body": THROTTLED}, 26.0),
        ({"status": 429, "body": {}, "Retry_After": "7"}, 7.0),
        ({"status": 503, "body": HTML}, None),
        ({"status": 500, "body": b""}, None),
        ({"status": 200, "cut": 0.5}, None),
        ({"status": 200, "body": HTML}, None),
        ({"status": 200, "body": b'{"data": [1, '}, None),
    ],
    ids=["429", "retry-after", "503", "500", "cut", "html", "half json"],
)
def test_a_fault_that_passes_is_waited_out(
    server: Server, tmp_path: Path, slept: list[float], name: str, fault: dict, wait: float | None
) -> None:
    server.fault(**fault)
    one, steps = SOURCES[name](Pace(10**6, 0.0, sleep=slept.append)), list[str]()

    def say(step: Message, done: float) -> None:
        steps.append(str(step))

    found = one.fetch(Job(dict(one.options) | ONE[name], Downloads(tmp_path), KNOWN, "2026-11-24", say))
    assert len([step for step in steps if "waiting for" in step]) == 1
    assert sum(rows.rows.num_rows for rows in found.tables) in (3, 5)
    assert len(slept) == 1
    assert slept[0] == wait if wait else 0.5 <= slept[0] <= 1.0


LASTING = {
    "throttled": ({"status": 429, "body": THROTTLED}, "no more requests now .*26 seconds.*in 1 min"),
    "quota": ({"status": 403, "body": QUOTA}, "no more requests now .*quota.*in 7 h 2 min"),
    "503": ({"status": 503, "body": HTML}, r"returned HTTP 503 \(Service unavailable Try later\).*later"),
    "cut": ({"status": 200, "cut": 0.5}, "broke off"),
    "empty": ({"status": 200, "body": b""}, "incomplete"),
    "html": ({"status": 200, "body": HTML}, "incomplete"),
    "other json": ({"status": 200, "body": {"told": "nothing"}}, "incomplete"),
    "400": (
        {"status": 400, "body": {"message": "Bad period"}},
        r"HTTP 400 \(Bad period\): its API may have changed",
    ),
    "redirect": ({"status": 302, "Location": "http://example.org/"}, "'example.org', which is not an allowed host"),
    "redirect in a ring": ({"status": 301, "Location": "/again"}, "without end"),
}


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("what", LASTING)
def test_a_fault_that_stays_is_one_sentence_and_the_former_store_serves(
    server: Server, home: Path, update: partial, name: str, what: str
) -> None:
    fault, message = LASTING[what]
    before = open_store(home).version
    server.fault(**fault, times=9)
    with pytest.raises(UpdateFailed, match=message) as caught:
        update(name, **ONE[name])
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert len(sentence) < 500
    assert "Traceback" not in sentence
    assert open_store(home).version == before
    server.faults.clear()
    if name == "comtrade" and what in ("quota", "html"):
        assert update(name, **ONE[name]).published, "the next update ends right"


@pytest.mark.parametrize("name", SOURCES)
def test_an_answer_that_does_not_come_in_time_is_waited_out(
    server: Server, tmp_path: Path, slept: list[float], name: str
) -> None:
    server.fault(200, delay=0.6)
    one = SOURCES[name](Pace(10**6, 0.0, sleep=slept.append), Web(name, read=0.3))
    one.fetch(Job(dict(one.options) | ONE[name], Downloads(tmp_path), KNOWN, "2026-11-24"))
    assert len(slept) == 1


def test_an_answer_without_end_is_not_read_to_its_end(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UpdateFailed, match="more than 0 MB: request less"):
        Web("A source", most_bytes=1000).get(f"{server.url}/public/v1/getDa/C/A/HS?reportercode=156", {})
    with pytest.raises(Unavailable, match="more than -1 seconds"):
        Web("A source", longest=-1).get(f"{server.url}/public/v1/getDa/C/A/HS?reportercode=156", {})


@pytest.mark.parametrize("name", SOURCES)
def test_no_connection(update: partial, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    for variable in ("COMTRADE_URL", "IMF_URL", "WORLDBANK_URL"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")
    with pytest.raises(UpdateFailed, match="cannot be reached"):
        update(name)


@pytest.mark.parametrize(
    ("name", "field"),
    [("comtrade", "primaryValue"), ("comtrade", "partnerCode"), ("imf_imts", "COUNTERPART_COUNTRY"), ("imf_imts", "FREQUENCY"), ("world_bank", "value"), ("world_bank", "countryiso3code")],
)  # fmt: skip
def test_a_field_that_is_gone_is_named(server: Server, fetch: partial, name: str, field: str) -> None:
    server.without = field
    with pytest.raises(Unusable, match=f"no (field )?{field}.*newer version"):
        fetch(name, **ONE[name])


def test_a_wrong_key_is_told_with_the_remedy(server: Server, update: partial, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMTRADE_KEY", "not-a-key")
    with pytest.raises(UpdateFailed, match=r"HTTP 401.*invalid subscription key.*set COMTRADE_KEY"):
        update("comtrade")


def test_what_the_source_does_not_have(server: Server, update: partial) -> None:
    for name, options, message in (
        ("comtrade", {"period": "1999"}, "reported by CHN for 1999: they are published for 2023 to 2024"),
        ("comtrade", {"reporter": "DEU"}, "no annual figures reported by DEU"),
        ("imf_imts", {"reporter": "DEU"}, "nothing reported by DEU for any period"),
        ("imf_imts", {"period": "1999"}, "nothing reported by CHN for 1999"),
        ("world_bank", {"indicator": "NO.SUCH.CODE"}, "does not give NO.SUCH.CODE.*check the code"),
        ("world_bank", {"indicator": "SP.POP.TOTL", "period": "1999"}, "no values of SP.POP.TOTL for 1999"),
    ):
        with pytest.raises(UpdateFailed, match=message):
            update(name, **options)
    server.fault(404, b"", where="/imf/")
    with pytest.raises(UpdateFailed, match="nothing reported by CHN"):
        update("imf_imts")


def test_pages_that_do_not_fit_together_are_asked_for_anew(server: Server, home: Path, data: Path) -> None:
    """The source published new data between two requests, so the totals of the two pages differ."""
    one = partial(WorldBank, Pace(10**6, 0.0), per_page=4)
    _, last = server.answer("/wb/v2/en/SP.POP.TOTL", {"per_page": "4", "page": "2"}, {})
    head, records = json.loads(last)
    server.fault(200, [head | {"total": 6}, records], where="page=2")
    with pytest.raises(UpdateFailed, match="5 of 6 records were received"):
        pipeline.run(one(), {"indicator": "SP.POP.TOTL"}, home=home, data=data)
    assert pipeline.run(one(), {"indicator": "SP.POP.TOTL"}, home=home, data=data).published


@dataclass(frozen=True)
class Canned(Web):
    """A client that answers with the bytes that a function returns for an address."""

    answers: Callable[[str], bytes] = lambda _: b""

    def _fetch(self, url: str, headers: dict[str, str]) -> tuple[int, bytes, str]:
        return 200, self.answers(url), ""


class Uncached(Downloads):
    """Downloads that cache no page."""

    def page(self, key: str, get: Callable[[], bytes]) -> bytes:
        return get()


ODD = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.just([]), st.just({}), st.just([[]])
)
DAMAGE = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=3)


def spoilt(body: bytes, swap: tuple[int, object] | None, damage: list[tuple[int, int]]) -> bytes:
    """The body with a value swapped for another one, or some bytes changed."""
    if swap is not None and body[:1] in b"[{":
        document = json.loads(body)
        places = list(_places(document))
        holder, name = places[swap[0] % len(places)]
        holder[name] = swap[1]
        body = json.dumps(document).encode()
    raw = bytearray(body)
    for at, byte in damage:
        raw[at % len(raw)] = byte
    return bytes(raw)


def _places(node: Any) -> Iterator[tuple[Any, Any]]:
    """The container and key or index of every value in a JSON document."""
    named = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for name, value in named:
        yield node, name
        yield from _places(value)


@pytest.mark.parametrize("name", SOURCES)
@settings(max_examples=FUZZ, deadline=None, derandomize=FUZZ < 100, suppress_health_check=list(HealthCheck))
@given(swap=st.one_of(st.none(), st.tuples(st.integers(0, 10**6), ODD)), damage=DAMAGE)
@example(swap=None, damage=[(1, 0)])  # the XML parser's message has several lines
def test_any_answer_is_read_or_refused_in_one_sentence(
    name: str, swap: tuple[int, object] | None, damage: list[tuple[int, int]]
) -> None:
    server = Server()

    def answers(url: str) -> bytes:
        parts = urlsplit(url)
        return spoilt(server.answer(parts.path, dict(parse_qsl(parts.query)), {})[1], swap, damage)

    paths = {"COMTRADE_URL": "http://x", "IMF_URL": "http://x/imf", "WORLDBANK_URL": "http://x/wb/v2"}
    one = SOURCES[name](Pace(10**6, 0.0, sleep=lambda _: None), Canned(name, answers=answers))
    job = Job(dict(one.options) | ONE[name], Uncached(Path("nowhere")), KNOWN, "2026-11-24")
    sentence, refused = "", list[Refusal]()
    with patch.dict(os.environ, paths):
        try:
            refused = one.fetch(job).refused
        except TradeError as refusal:
            sentence = str(refusal)
    assert "\n" not in sentence
    assert len(sentence) < 600
    assert all(len(str(one.reason)) < 100 and len(one.value) <= 60 for one in refused)


@pytest.mark.parametrize("key", ["密钥", "two words", "a\nb"])
def test_what_can_be_no_key_is_told_before_it_is_sent(server: Server, update: partial, monkeypatch: pytest.MonkeyPatch, key: str) -> None:  # fmt: skip
    monkeypatch.setenv("COMTRADE_KEY", key)
    with pytest.raises(BadParameter, match="COMTRADE_KEY is not a valid key") as caught:
        update("comtrade")
    assert key not in str(caught.value)
    assert not server.requests


# --- going on


def test_progress_rises_and_stands_while_a_source_asks_for_patience(server: Server, home: Path, data: Path) -> None:
    server.fault(429, THROTTLED, where="flowCode=M")
    progress: list[tuple[Message, float]] = []
    one = Comtrade(Pace(10**6, 0.0, sleep=lambda _: None))
    pipeline.run(one, {"period": "2024"}, home=home, data=data, say=lambda step, done: progress.append((step, done)))
    done = [share for _, share in progress]
    assert done == sorted(done)
    assert (done[0], done[-1]) == (0.0, 1.0)
    assert any("waiting for 26 s (Rate limit is exceeded" in str(step) for step, _ in progress)


def test_an_update_that_met_its_quota_goes_on_from_the_pages_it_has(
    server: Server, home: Path, update: partial
) -> None:
    server.fault(403, QUOTA, where="flowCode=M")
    with pytest.raises(UpdateFailed, match="after the 2 pages already fetched"):
        update("comtrade", period="2024")
    before = len(server.requests)
    assert update("comtrade", period="2024").rows == {"trade_flow": 8}
    (one,) = server.requests[before:]
    assert one.fields["flowCode"] == "M"


FETCHING = """
import sys
from pathlib import Path
from tests.support.small_facts import facts_alone
from trade.sources.connectors import Pace
from trade.sources.connectors.comtrade import Comtrade
from trade.ingest import pipeline
with facts_alone():
    pipeline.run(Comtrade(Pace(10**6, 0.0)), {"period": "2024"}, home=Path(sys.argv[1]), data=Path(sys.argv[2]))
"""


def test_an_update_that_is_killed_while_it_fetches_goes_on_from_the_pages_it_has(
    server: Server, home: Path, data: Path, update: partial
) -> None:
    before = open_store(home).version
    server.fault(200, where="flowCode=M", delay=20.0)
    order = [sys.executable, "-c", FETCHING, str(home), str(data)]
    with subprocess.Popen(order, cwd=PROJECT, stderr=subprocess.DEVNULL) as child:
        while len(server.requests) < 3:
            assert child.poll() is None, "it ended before its last page came"
            time.sleep(0.02)
        child.kill()
    assert open_store(home).version == before
    update("comtrade", period="2024")
    assert len(server.requests) == 4, "two pages were whole"
    assert open_store(home).version != before


def test_a_dry_run_publishes_nothing_and_what_it_fetched_serves_the_update(
    server: Server, home: Path, data: Path, update: partial
) -> None:
    before, one = open_store(home).version, Comtrade(Pace(10**6, 0.0))
    report = pipeline.run(one, {"period": "2024"}, home=home, data=data, dry_run=True)
    assert (report.rows_new, report.published, open_store(home).version) == (8, False, before)
    assert len(server.requests) == 3
    assert update("comtrade", period="2024").published
    assert len(server.requests) == 3


def test_a_page_that_lay_for_long_is_fetched_anew(tmp_path: Path) -> None:
    pages = Downloads(tmp_path)
    pages.page("a.json", lambda: b"old")
    assert pages.page("a.json", lambda: b"new") == b"old"
    week = time.time() - 8 * 24 * 3600
    os.utime(tmp_path / "a.json", (week, week))
    assert pages.page("a.json", lambda: b"new") == b"new"


# --- what is asked


@pytest.mark.parametrize(
    ("text", "freq", "found"),
    [
        ("2024", "A", ["2024"]), ("2022-2024", "A", ["2022", "2023", "2024"]), ("2024, 2022", "A", ["2022", "2024"]),
        ("2025-03", "M", ["2025-03"]), ("2025-11/2026-02", "M", ["2025-11", "2025-12", "2026-01", "2026-02"]),
        ("2025-03", "A", ["2025"]), ("", "M", []), ("2023、2024", "A", ["2023", "2024"]),
    ],
)  # fmt: skip
def test_periods(text: str, freq: str, found: list[str]) -> None:
    assert asked.periods(text, freq) == found
    assert len(asked.periods("2025", "M")) == 12


@pytest.mark.parametrize("text", ["24", "2024-13", "2024/2022", "last year", "1/2/3", "1900-2099", "2024-2023"])
def test_periods_that_are_none(text: str) -> None:
    with pytest.raises(BadParameter):
        asked.periods(text, "A")


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("comtrade", {"reporter": "Atlantis"}), ("comtrade", {"reporter": ""}), ("comtrade", {"reporter": "asean"}), ("comtrade", {"freq": "Q"}),
        ("comtrade", {"flow": "both"}), ("comtrade", {"product": "tariff line"}), ("imf_imts", {"period": "soon"}),
        ("world_bank", {"indicator": "gdp"}), ("world_bank", {"indicator": ""}), ("comtrade", {"reporter": "World"}),
    ],
)  # fmt: skip
def test_options_that_mean_nothing_are_told_before_anything_is_asked(server: Server, update: partial, name: str, options: dict) -> None:  # fmt: skip
    with pytest.raises((BadParameter, UnknownName)):
        update(name, **options)
    assert not server.requests


@pytest.mark.parametrize(
    ("text", "wait"),
    [("Try again in 26 seconds.", 26), ("Quota will be replenished in 2.07:01:20.", 198080), ("no more", None)],
)
def test_a_wait_that_is_named_is_understood(text: str, wait: float | None) -> None:
    assert error_bodies.wait_named(text) == wait


def test_words_of_a_refusal_keep_a_key_to_themselves() -> None:
    assert error_bodies.message(b"see https://example.org/?subscription-key=abc&x=1") == "see https://example.org/?subscription-key=***&x=1"  # fmt: skip
    assert error_bodies.message(b'{"error": {"message": "bad  key\\n secret"}}', "secret") == "bad key ***"
    assert error_bodies.message(b"\xff" * 5000).count("\n") == 0


# --- by command


def test_the_sources_are_listed_with_their_options() -> None:
    listed = json.loads(CliRunner().invoke(commands.app, ["update", "--json"]).stdout)
    assert [one["name"] for one in listed] == list(connectors())
    assert {"reporter", "freq", "period"} < set(listed[0]["options"])
    plain = CliRunner().invoke(commands.app, ["update"])
    assert plain.exit_code == 0
    assert all(name in plain.stdout for name in connectors())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_option_is_explained_in_every_language(lang: str) -> None:
    for one in connectors().values():
        assert all(f"live.{one.name}.{word}" in words(lang) for word in ("title", *one.options))
        assert all(f"live.option.{word}" in words(lang) for word in one.options)


@pytest.fixture
def command_home(server: Server, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A store folder for the command line, with what measures of markets and of products read."""
    monkeypatch.setenv("TRADE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TRADE_DATA", str(data))
    with marts_alone("markets", "hs_set", "hs_world", "name"):
        build_store(data, tmp_path / "home")
        yield tmp_path / "home"


def test_an_update_by_command_is_seen_by_the_measures(server: Server, command_home: Path) -> None:
    done = CliRunner().invoke(commands.app, ["update", "comtrade", "-o", "period=2024", "-o", "flow=export"])
    assert done.exit_code == 0, done.output
    assert "comtrade, vintage 2026-03-05: in service" in done.stdout
    assert "trade_flow: 5 rows" in done.stdout
    assert "new 5, revised 0" in done.stdout
    store = open_store(command_home)
    spread = measures.run(store, "hhi", dataset="comtrade").frame
    assert spread["period"].tolist() == ["2024"]
    assert spread["largest"].tolist() == ["USA"]
    assert "comtrade" in set(measures.run(store, "vintages").frame["source_id"])
    server.fault(503, HTML, where="/imf/", times=1)
    server.fault(401, {"message": "Access denied"}, where="/imf/")
    failed = CliRunner().invoke(commands.app, ["update", "imf_imts", "-o", "period=2024"])
    assert failed.exit_code == 1
    assert "The IMF refused the request" in failed.output
    assert "Traceback" not in failed.output
    assert open_store(command_home).version == store.version


def test_products_that_came_answer_the_measures_of_products(
    server: Server, command_home: Path, data: Path, tmp_path: Path, key: str
) -> None:
    """Chapters of UN Comtrade and a year of BACI in one switch."""
    folder = tmp_path / "baci"
    folder.mkdir()
    (folder / "BACI_HS22_Y2023_V202603.csv").write_text(BACI_ROWS)
    (folder / "country_codes_V202603.csv").write_text(BACI_CODES)
    asks: list[tuple[Connector, dict[str, str]]] = [
        (Comtrade(Pace(10**6, 0.0)), {"product": "chapter", "period": "2024"}),
        (Baci(), {"folder": str(folder)}),
    ]
    came = [
        one.fetch(Job(dict(one.options) | options, Downloads(tmp_path / "pages"), KNOWN, "2026-11-24"))
        for one, options in asks
    ]
    with session("a test", command_home) as home:
        apply(came, home, data=data, accept_loss=True)  # seven flows, beside made-up exports of the year
    store = open_store(command_home)
    reported = measures.run(store, "hs_products", source="comtrade").frame
    assert reported.loc[reported["code"] == "85", "value"].tolist() == [141e9 / 2]
    advantage = measures.run(store, "rca").frame
    assert advantage["period"].unique().tolist() == ["2023"]
    assert advantage.set_index("product")["value_usd"].to_dict() == {"01": 200e3, "85": 1.5e6}


def test_a_mistyped_source_or_option_is_told_with_the_nearest() -> None:
    for order, message in ((["update", "comtrad"], "comtrade"), (["update", "comtrade", "-o", "perod=2024"], "period")):
        done = CliRunner().invoke(commands.app, order)
        assert done.exit_code == 1
        assert message in done.output
