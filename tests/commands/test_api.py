"""The HTTP API gives the same answers as the command line, refuses wrong requests, and describes itself."""

from __future__ import annotations

import ast
import io
import json
import logging
import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import anyio
import pandas as pd
import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.testclient import TestClient
from typer.testing import CliRunner

from trade import settings
from trade.api import Service, openapi, service, streamlit_html
from trade.api.concurrency import Limiter, TooManyQuestions
from trade.api.query_params import pairs
from trade.api.response_cache import BodyCache
from trade.api.responses import NOT_READY, OURS
from trade.api.routes import ADDRESSES
from trade.cli.commands import app as command_line
from trade.errors import BadParameter
from trade.measures import catalog
from trade.measures.parameters import takes_period
from trade.panels import queries
from trade.panels.cache import cached_per_store
from trade.panels.registry import panels
from trade.panels.run_context import RunContext, running
from trade.paths import PROJECT
from trade.store import Store
from trade.ui.core import navigation, runtime_metrics

BASE = "http://localhost:8501"
runner = CliRunner()


def client(base: str = "") -> TestClient:
    service = Service("overview", runtime_metrics.read, base)
    return TestClient(
        Starlette(routes=list(service.routes), middleware=service.middleware), BASE, raise_server_exceptions=False
    )


@pytest.fixture
def api(real: Store) -> Iterator[TestClient]:
    with client() as one:
        yield one


def printed(*words: str) -> str:
    result = runner.invoke(command_line, list(words))
    return result.stdout if result.exit_code == 0 else result.stderr


@cache
def schema_validator(schema: str) -> Draft202012Validator:
    """A validator of one schema of the OpenAPI document."""
    components = openapi.document()["components"]
    return Draft202012Validator({"components": components, "$ref": f"#/components/schemas/{schema}"})


def assert_matches_schema(answer: object, schema: str) -> None:
    """Fail if the answer does not match the schema."""
    schema_validator(schema).validate(answer)


def _same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    """Assert equal rows, except in the last digits of sums: with two threads their order of addition varies."""
    pd.testing.assert_frame_equal(one, other, rtol=1e-9, atol=1e-2)


class TestSameAsTheCommandLine:
    def test_measures(self, api: TestClient) -> None:
        assert api.get("/api/measures").json() == json.loads(printed("measures", "-f", "json"))

    @pytest.mark.parametrize(
        ("name", "params"),
        [
            ("growth", {"flow": "total", "first": "2025"}),
            ("contribution", {"by": "partner", "period": "2026-07"}),
            ("share", {"first": "2025", "flow": "import", "currency": "USD"}),
            ("first_destination_list", {"period": "2023"}),
        ],
    )
    def test_a_measure(self, api: TestClient, name: str, params: dict[str, str]) -> None:
        words = ["measure", name, *(word for pair in params.items() for word in ("-p", "=".join(pair)))]
        response = api.get(f"/api/measures/{name}.json", params=params)
        assert (response.status_code, response.headers["content-type"]) == (200, "application/json")
        body, output = response.json(), json.loads(printed(*words, "-f", "json"))
        _same(pd.DataFrame(body.pop("rows")), pd.DataFrame(output.pop("rows")))
        assert body == output
        csv = api.get(f"/api/measures/{name}.csv", params=params)
        assert csv.headers["content-type"] == "text/csv; charset=utf-8"
        _same(pd.read_csv(io.StringIO(csv.text)), pd.read_csv(io.StringIO(printed(*words, "-f", "csv"))))

    def test_charts(self, api: TestClient) -> None:
        body = api.get("/api/charts").json()
        assert body == json.loads(printed("charts", "-f", "json"))
        for row in body:
            assert_matches_schema(row, "ChartEntry")
        assert api.get("/api/charts?lang=zh").json() == json.loads(printed("charts", "-f", "json", "--lang", "zh"))

    @pytest.mark.parametrize("lang", ["en", "zh"])
    def test_a_chart(self, api: TestClient, lang: str) -> None:
        words = ["chart", "growth/levels", "-p", "flow=total", "-p", "currency=USD", "--lang", lang]
        response = api.get(f"/api/charts/growth/levels.json?flow=total&currency=USD&lang={lang}")
        assert (response.status_code, response.headers["content-type"]) == (200, "application/json")
        assert response.json() == json.loads(printed(*words))
        assert_matches_schema(response.json(), "Chart")
        csv = api.get(f"/api/charts/growth/levels.csv?flow=total&currency=USD&lang={lang}")
        assert csv.text.removeprefix("\ufeff") == printed(*words, "-f", "csv")
        assert csv.text.startswith("\ufeff") is (lang == "zh"), "Excel knows Chinese letters by the signature"
        again = api.get(
            f"/api/charts/growth/levels.json?currency=USD&flow=total&lang={lang}",
            headers={"If-None-Match": response.headers["etag"]},
        )
        assert again.status_code == 304

    @pytest.mark.parametrize(
        ("path", "words", "status"),
        [
            ("growth/lvels.json", ["growth/lvels"], 404),
            ("growth/levels.json?flow=exprot", ["growth/levels", "-p", "flow=exprot"], 400),
            ("growth/levels.json?colour=red", ["growth/levels", "-p", "colour=red"], 400),
            ("growth/levels.json?period=2", ["growth/levels", "-p", "period=2"], 400),
            ("sources/coverage.json?flow=import", ["sources/coverage", "-p", "flow=import"], 400),
        ],
    )
    def test_mistakes_about_charts(self, api: TestClient, path: str, words: list[str], status: int) -> None:
        response = api.get(f"/api/charts/{path}")
        assert (response.status_code, response.json()["error"]) == (status, printed("chart", *words).strip())

    def test_claims(self, api: TestClient) -> None:
        body, output = api.get("/api/claims.json").json(), json.loads(printed("claims", "-f", "json"))
        for one in body:
            assert_matches_schema(one, "Statement")
        assert [one.pop("params") for one in body] == [one.pop("params") for one in output]
        _same(pd.DataFrame(body), pd.DataFrame(output))

    def test_claims_in_chinese(self, api: TestClient) -> None:
        body = api.get("/api/claims.json", params={"lang": "zh"}).json()
        assert body == json.loads(printed("claims", "--lang", "zh", "-f", "json"))
        assert_matches_schema(body[0], "Statement")

    def test_one_claim(self, api: TestClient, real: Store) -> None:
        one = real.query("SELECT min(claim_id) AS id FROM fact.claim")["id"][0]
        body = api.get("/api/claims.json", params={"claim": one}).json()
        assert body == json.loads(printed("claims", "--claim", one, "-f", "json"))
        assert body["readings"]
        assert_matches_schema(body, "Claim")

    @pytest.mark.parametrize("lang", ["en", "zh"])
    def test_a_check(self, api: TestClient, lang: str) -> None:
        sentence = "Exports rose 6.1% to 26.99 trillion yuan in 2025, while imports grew 5%"
        body = api.get("/api/check", params={"q": sentence, "lang": lang}).json()
        assert body == json.loads(printed("check", sentence, "--lang", lang, "-f", "json"))
        assert (body["verdict"], [one["verdict"] for one in body["claims"]]) == ("wrong", ["right", "right", "wrong"])
        assert_matches_schema(body, "Check")

    @pytest.mark.parametrize("query", ["", "?q=", "?q=exports&lang=fr", "?claim=exports"])
    def test_a_check_that_is_not_well_put(self, api: TestClient, query: str) -> None:
        response = api.get(f"/api/check{query}")
        assert response.status_code == 400
        assert response.json()["error"]

    @pytest.mark.parametrize(
        ("path", "words", "status"),
        [
            ("measures/grwth.json", ["grwth"], 404),
            ("measures/growth.json?flow=exprot", ["growth", "-p", "flow=exprot"], 400),
            ("measures/growth.json?colour=red", ["growth", "-p", "colour=red"], 400),
            ("measures/growth.json?flow", ["growth", "-p", "flow"], 400),
            ("measures/growth.json?first=last+year", ["growth", "-p", "first=last year"], 400),
            ("measures/growth.json?first=2199", ["growth", "-p", "first=2199"], 404),
            ("measures/moving_sum.csv?window=0", ["moving_sum", "-p", "window=0"], 400),
            ("measures/growth.csv?flow=export&flow=import", ["growth", "-p", "flow=export", "-p", "flow=import"], 400),
            ("measures/growth.json?store=1", ["growth", "-p", "store=1"], 400),
            ("measures/growth.json?measure_id=1", ["growth", "-p", "measure_id=1"], 400),
        ],
    )
    def test_mistakes(self, api: TestClient, path: str, words: list[str], status: int) -> None:
        response = api.get(f"/api/{path}")
        assert response.status_code == status
        assert response.json() == {"error": printed("measure", *words).strip(), "status": status}
        assert response.headers["cache-control"] == "no-store"

    def test_an_unknown_claim(self, api: TestClient) -> None:
        response = api.get("/api/claims.json?claim=nobody-said")
        assert (response.status_code, response.json()["error"]) == (
            404,
            printed("claims", "--claim", "nobody-said").strip(),
        )


class TestHttp:
    def test_tag_names_version_and_question(self, api: TestClient) -> None:
        one = api.get("/api/measures/growth.json?flow=total&first=2024")
        same = api.get("/api/measures/growth.json?first=2024&flow=TOTAL&currency=CNY")
        other = api.get("/api/measures/growth.json?flow=total&first=2025")
        assert one.headers["etag"] == same.headers["etag"] != other.headers["etag"]
        assert one.headers["cache-control"] == "public, max-age=60"
        assert one.headers["store-version"] == api.get("/api/health").json()["version"]

    @pytest.mark.parametrize("header", ["{}", "*", '"x", {}', "{bare}"])
    def test_unchanged_is_304_without_a_body(self, api: TestClient, header: str) -> None:
        tag = api.get("/api/measures/growth.csv").headers["etag"]
        etag = header.replace("{bare}", tag.removeprefix("W/")).replace("{}", tag)
        response = api.get("/api/measures/growth.csv", headers={"If-None-Match": etag})
        assert (response.status_code, response.content, response.headers["etag"]) == (304, b"", tag)
        assert api.get("/api/measures/growth.csv", headers={"If-None-Match": '"other"'}).status_code == 200

    def test_another_store_is_another_tag(self, api: TestClient, tiny: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        tag = api.get("/api/measures/share.json?first=2025").headers["etag"]
        monkeypatch.setattr("trade.api.answers.open_store", lambda: tiny)
        response = api.get("/api/measures/share.json?first=2025", headers={"If-None-Match": tag})
        assert response.status_code == 200
        assert response.headers["etag"] != tag
        assert response.headers["store-version"] == tiny.version

    def test_head_has_the_length_and_no_body(self, api: TestClient) -> None:
        response, head = api.get("/api/measures"), api.head("/api/measures")
        assert head.status_code == 200
        assert head.content == b""
        assert head.headers["content-length"] == str(len(response.content))
        assert head.headers["etag"] == response.headers["etag"]

    @pytest.mark.parametrize("path", [*ADDRESSES, "/api", "/api/nothing"])
    def test_other_methods(self, api: TestClient, path: str) -> None:
        path = path.replace("{page}", "growth").replace("{name}", "growth.json")
        assert (api.options(path).status_code, api.options(path).headers["allow"]) == (204, "GET, HEAD, OPTIONS")
        for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"):
            response = api.request(method, path)
            assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
            assert method in response.json()["error"]

    def test_no_store_is_503_and_names_no_folder(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        monkeypatch.setenv("TRADE_HOME", str(tmp_path))
        with client() as one, caplog.at_level(logging.ERROR, "trade.api"):
            for path in ("/api/health", "/api/measures/growth.json", "/api/claims.json"):
                response = one.get(path)
                assert (response.status_code, response.json()) == (503, {"error": str(NOT_READY), "status": 503})
            assert one.get("/api/measures").status_code == 200
            assert 'trade_store_info{version="none"} 0.0' in one.get("/api/metrics").text
        assert str(tmp_path) in caplog.text

    def test_a_fault_of_ours_is_one_sentence(self, api: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_: object) -> None:
            raise RuntimeError("the secret of the house")

        monkeypatch.setattr("trade.api.answers.find_measure", broken)
        response = api.get("/api/measures/growth.json")
        assert (response.status_code, response.json()) == (500, {"error": str(OURS), "status": 500})

    def test_nowhere_names_the_addresses(self, api: TestClient) -> None:
        response = api.get("/api/mesures")
        assert response.status_code == 404
        assert "/api/measures" in response.json()["error"]

    def test_under_a_base_path(self, real: Store) -> None:
        with client("/trade/") as one:
            assert one.get("/trade/api/health").status_code == 200
            assert '"/trade/"' in one.get("/trade/growth").text
            assert one.get("/trade/overview", follow_redirects=False).headers["location"] == "/trade/"


class TestPages:
    def test_every_page_is_told_where_the_server_is(self, api: TestClient) -> None:
        for name in ("", *(page.name for page in navigation.PAGES[1:])):
            response = api.get(f"/{name}?flow=import")
            assert response.status_code == 200
            assert 'BACKEND_BASE_URL: new URL("/", window.location.origin)' in response.text
            assert response.headers["cache-control"] == "no-cache"

    def test_the_first_page_stands_at_the_root(self, api: TestClient) -> None:
        first = navigation.PAGES[0].name
        response = api.get(f"/{first}?flow=import&lang=zh", follow_redirects=False)
        assert (response.status_code, response.headers["location"]) == (307, "/?flow=import&lang=zh")
        assert f'service("{first}"' in (PROJECT / "app.py").read_text(encoding="utf-8")

    def test_streamlit_still_ships_the_page_that_is_changed(self) -> None:
        assert streamlit_html.html().count("window.__streamlit") == 1
        assert "_stcore" in streamlit_html.original()

    def test_app_is_what_streamlit_looks_for(self) -> None:
        """`streamlit run` searches the file for an assignment of st.App; without one the pages run without the API."""
        tree = ast.parse((PROJECT / "app.py").read_text(encoding="utf-8"))
        assignments = [ast.unparse(one) for one in ast.walk(tree) if isinstance(one, ast.Assign)]
        assert any(text.startswith("app = st.App(") for text in assignments)
        assert len((PROJECT / "app.py").read_text(encoding="utf-8").splitlines()) < 25


class TestDescription:
    def test_the_file_is_what_the_code_says(self) -> None:
        written = (PROJECT / "docs" / "openapi.json").read_text(encoding="utf-8")
        assert json.loads(written) == openapi.document(), "run `python -m trade.api > docs/openapi.json`"

    def test_it_is_openapi(self) -> None:
        validate(openapi.document())

    def test_it_names_the_routes_and_the_catalogue(self) -> None:
        paths = set(openapi.document()["paths"])
        measures = {f"/api/measures/{name}.{{form}}" for name in catalog()}
        charts = {f"/api/charts/{panel_id}.{{form}}" for panel_id in panels()}
        assert paths == (set(ADDRESSES) - {"/api/measures/{name}", "/api/charts/{page}/{name}"}) | measures | charts

    def test_it_names_every_parameter_and_no_other(self) -> None:
        document = openapi.document()
        for name, measure in catalog().items():
            refs = [one["$ref"] for one in document["paths"][f"/api/measures/{name}.{{form}}"]["get"]["parameters"]]
            params = [document["components"]["parameters"][ref.rpartition("/")[2]] for ref in refs]
            period = ["period"] if takes_period(measure) and "period" not in measure.parameters else []
            assert [one["name"] for one in params] == [*measure.parameters, *period, "columns", "filter"]
            for one in params[: len(measure.parameters)]:
                declared = measure.parameters[one["name"]]
                told_values = one["schema"].get("examples" if declared.besides else "enum")
                assert told_values == (declared.domain if isinstance(declared.domain, list) else None)

    @pytest.mark.parametrize(
        ("path", "schema", "many"),
        [
            ("/api/measures", "Measure", True),
            ("/api/measures/growth.json", "Result", False),
            ("/api/health", "Health", False),
            ("/api/nothing", "Error", False),
        ],
    )
    def test_answers_fit_their_schemas(self, api: TestClient, path: str, schema: str, many: bool) -> None:
        answer = api.get(path).json()
        for one in answer if many else [answer]:
            assert_matches_schema(one, schema)

    def test_it_is_served(self, api: TestClient) -> None:
        assert api.get("/api/openapi.json").json() == openapi.document()


class TestMetrics:
    def test_what_is_counted(self, api: TestClient) -> None:
        api.get("/api/measures/growth.json")
        api.get("/api/measures/nothing.json")
        api.request("BREW", "/api/measures")
        api.get("/growth")
        families = {one.name: one for one in text_string_to_metric_families(api.get("/api/metrics").text)}
        counted = {
            (one.labels["part"], one.labels["method"], one.labels["status"]): one.value
            for one in families["trade_http_requests"].samples
        }
        assert counted["/api/measures/", "GET", "200"] == counted["/api/measures/", "GET", "404"] == 1
        assert counted["/api/measures", "other", "405"] == counted["page", "GET", "200"] == 1
        assert families["trade_store_info"].samples[0].labels["version"] == api.get("/api/health").json()["version"]
        assert families["trade_api_kept_answers"].samples[0].value == 1
        assert families["trade_api_kept_bytes"].samples[0].value > 100
        assert {"trade_http_seconds", "trade_websockets_open", "process_resident_memory_bytes"} <= set(families)

    def test_addresses_cannot_flood_it(self, api: TestClient) -> None:
        for number in range(30):
            api.get(f"/api/measures/x{number}.json")
            api.get(f"/some/page{number}")
        labels = re.findall(r'trade_http_requests_total\{method="GET",part="([^"]+)"', api.get("/api/metrics").text)
        assert set(labels) == {"/api/measures/", "page"}


class TestBounds:
    def test_full_store_of_answers_evicts_the_longest_unused(self) -> None:
        cache = BodyCache(3, 10_000)
        for name in "abc":
            cache.put(name, name.encode())
        assert cache.get("a") == b"a"
        cache.put("d", b"d")
        assert (cache.get("b"), cache.get("a"), len(cache)) == (None, b"a", 3)

    def test_bytes_are_bounded(self) -> None:
        cache = BodyCache(100, 1000)
        for number in range(20):
            cache.put(number, bytes(200))
            assert cache.bytes <= 1000
        assert len(cache) == 5
        cache.put("large", bytes(251))
        assert cache.get("large") is None
        cache.put(19, b"")
        assert cache.bytes == 800

    def test_a_kept_answer_is_not_computed_again(self, api: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
        first = api.get("/api/measures/growth.json?first=2023").content
        monkeypatch.setattr("trade.api.answers.run", None)
        assert api.get("/api/measures/growth.json?first=2023").content == first

    def test_a_full_line_is_told_and_empties(self) -> None:
        turns, go, started = Limiter(2, 1), threading.Event(), threading.Semaphore(0)

        def work() -> bool:
            started.release()
            return go.wait(20)

        async def scene() -> list[bool]:
            done: list[bool] = []

            async def one() -> None:
                done.append(await turns.run(work))

            async with anyio.create_task_group() as group:
                for _ in range(3):
                    group.start_soon(one)
                await anyio.to_thread.run_sync(lambda: (started.acquire(), started.acquire()))
                assert turns.inside == 3
                with pytest.raises(TooManyQuestions, match="try again"):
                    await turns.run(work)
                go.set()
            assert turns.inside == 0
            return done

        with ThreadPoolExecutor(1) as elsewhere:  # a browser test before this one may have left its loop in this thread
            assert elsewhere.submit(anyio.run, scene).result() == [True, True, True]

    def test_busy_is_503_and_health_still_answers(self, api: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("trade.api.routes.WAITING", -3)
        with client() as one:
            response = one.get("/api/measures/growth.json")
            assert (response.status_code, response.headers["retry-after"]) == (503, "2")
            assert one.get("/api/health").status_code == 200

    def test_a_slow_reader_holds_no_lock(self, real: Store) -> None:
        slow = threading.Thread(target=lambda: real.query("SELECT sleep_ms(1500)"), daemon=True)
        slow.start()
        slow.join(0.2)
        for _ in range(5):
            assert real.query("SELECT 1 AS one")["one"][0] == 1
        assert slow.is_alive(), "the slow query was to outlast the quick ones"
        slow.join()

    def test_answers_that_pages_keep_are_bounded(self, real: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        made: list[int] = []
        monkeypatch.setattr(queries, "lang", lambda: "en")
        part = cached_per_store(lambda number: made.append(number) or [number])
        with running(RunContext("en", store=real)):
            for number in [*range(2001), 2000, 0]:
                part(number)
        assert made == [*range(2001), 0], "the cache has room for 2000: the oldest went, the newest stayed"


class TestQueryText:
    def test_decoding(self) -> None:
        assert pairs(b"a=1&b=%E4%B8%AD+%26+x&&c=") == {"a": "1", "b": "中 & x", "c": ""}

    @pytest.mark.parametrize("query", [b"a", b"=1", b"a=1&a=1", b"a=%ff", b"a=" + b"x" * 2_401, b"q=" + b"x" * 301])
    def test_refusals(self, query: bytes) -> None:
        with pytest.raises(BadParameter):
            pairs(query)


class TestSettings:
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            (settings.HOSTS, "a b"),
            (settings.HOSTS, "https://x.org"),
            (settings.FRAMES, "news.example.org"),
            (settings.FRAMES, "https://a.org; script-src *"),
            (settings.CHANGES, "yes"),
        ],
    )
    def test_a_wrong_setting_ends_the_start_with_a_sentence(
        self, name: str, value: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv(name, value)
        with pytest.raises(SystemExit, match=name):
            service("overview", dict, "")
        assert name in printed("serve")


@pytest.mark.parametrize("day", ["EXPORT", "2025-13", "2025-02-30", "½", "-1", "20251", "２０２５"])
@pytest.mark.parametrize("question", ["growth.json?as_of=", "vintage_changes.json?from_vintage="])
def test_a_day_that_is_none_is_refused(api: TestClient, question: str, day: str) -> None:
    answer = api.get(f"/api/measures/{question}{day}")
    assert answer.status_code == 400
    assert "must be a day (2026-01-31), a month (2026-01) or a year (2026)" in answer.json()["error"]


@pytest.mark.parametrize("day", ["2026-01-31", "2026-01", "2026"])
def test_a_day_may_be_a_month_or_a_year(api: TestClient, day: str) -> None:
    assert api.get(f"/api/measures/growth.json?as_of={day}").status_code == 200


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("products/item.json?product=cny", 400), ("products/items.json?within=cny", 400), ("diversification/gauge.json?reporter=XXX", 400),
        ("products/item.json?product=rare-earths", 200), ("products/items.json?within=mechanical-and-electrical-products", 200), ("diversification/gauge.json?reporter=DEU", 200),
    ],
)  # fmt: skip
def test_a_chart_is_not_of_another_good_than_was_asked_for(api: TestClient, question: str, status: int) -> None:
    answer = api.get(f"/api/charts/{question}")
    assert answer.status_code == status
    assert ("error" in answer.json()) == (status == 400)
