"""Attacks on the API, addresses, uploads and the host guard: each is refused or harmless.

The server is the real one, Streamlit's with our middleware, but called without a network. Attacks by SQL are in
test_sql_guard.py, hostile links in tests/pages/test_links.py and the tests of the pages.
"""

from __future__ import annotations

import gzip
import importlib
import io
import json
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from streamlit import config, runtime

from trade.api import upload_limits
from trade.paths import PROJECT
from trade.sources.spreadsheets.isolated_reader import FileRefused, read_sheets
from trade.ui.core import runtime_metrics
from trade.ui.core.permissions import Situation, decide

BASE = "http://localhost:8501"
SECRET = "root:"
LEAKS = ("Traceback", 'File "', "site-packages", SECRET, "[build-system]", "duckdb.duckdb", str(PROJECT))
"""Texts that no response may contain."""


@pytest.fixture(scope="module")
def server(real_home: Path) -> Iterator[TestClient]:
    """`app.py` as the server imports it, started and stopped."""
    patch = pytest.MonkeyPatch()
    patch.setenv("TRADE_HOME", str(real_home))
    patch.syspath_prepend(str(PROJECT))
    patch.setattr(config, "_main_script_path", str(PROJECT / "app.py"))
    config.get_config_options(force_reparse=True)
    sys.modules.pop("app", None)
    app = importlib.import_module("app").app
    with TestClient(app, BASE, raise_server_exceptions=False) as client:
        yield client
    runtime.Runtime._instance = None
    sys.modules.pop("app", None)
    patch.undo()
    config.get_config_options(force_reparse=True)


def harmless(text: str) -> None:
    for leak in LEAKS:
        assert leak not in text, f"{leak} in {text[:300]}"


def refused(server: TestClient, path: str, *statuses: int, **how: object) -> str:
    """Assert that the response has one of the statuses, is a short error message of ours, and reveals nothing."""
    response = server.get(path, follow_redirects=False, **how)
    assert response.status_code in statuses, f"{response.status_code}: {response.text[:200]}"
    harmless(response.text)
    assert response.headers["x-content-type-options"] == "nosniff"
    if response.headers.get("content-type") == "application/json":
        body = response.json()
        assert set(body) == {"error", "status"}
        assert "\n" not in body["error"]
        assert len(body["error"]) < 700
    return response.text


TRAVERSALS = [
    "..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "..%252f..%252fetc%252fpasswd", "....//....//etc/passwd", "..\\..\\etc\\passwd", "..%5c..%5cetc%5cpasswd",
    "..%c0%af..%c0%afetc/passwd", "/etc/passwd", "//etc/passwd", "%2fetc%2fpasswd", "file:///etc/passwd",
    "\\\\server\\share", "C:\\Windows\\win.ini", "growth.json/../../pyproject.toml", "growth.json%00.csv",
    "growth%00.json", ".json", "..json", "growth.json.json", "growth.sql", "parameters.toml", "__init__.py",
]  # fmt: skip


@pytest.mark.parametrize("path", TRAVERSALS)
def test_the_path_of_a_measure_leads_to_no_file(server: TestClient, path: str) -> None:
    refused(server, f"/api/measures/{path}", 400, 404)


@pytest.mark.parametrize("root", ["/app/static", "/static", "/media", "/component", "/_stcore/bidi-components"])
@pytest.mark.parametrize(
    "path",
    [
        "/../pyproject.toml", "/..%2fpyproject.toml", "/%2e%2e/pyproject.toml", "/%2e%2e%2fpyproject.toml",
        "/..%5cpyproject.toml", "/x/../../pyproject.toml", "/..%2f..%2f..%2f..%2f..%2fetc%2fpasswd", "/%00",
        "/topojson/..%2f..%2fapp.py", "//etc/passwd",
    ],
)  # fmt: skip
def test_files_outside_the_static_folder_are_not_served(server: TestClient, root: str, path: str) -> None:
    response = server.get(root + path, follow_redirects=False)
    harmless(response.text)
    assert response.status_code in (400, 403, 404) or "<title>Streamlit</title>" in response.text


def test_the_static_folder_itself_is_served(server: TestClient) -> None:
    response = server.get("/app/static/favicon.svg")
    assert response.status_code == 200
    assert "sandbox" in response.headers["content-security-policy"]


HOSTILE_VALUES = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "javascript:alert(1)", "'; DROP TABLE fact.claim; --",
    "' OR '1'='1", "export' UNION SELECT getenv('PATH')--", "ехport", "ｅｘｐｏｒｔ", "expo\u200brt", "export\u202e",
    "\x00", "export\x00", "\r\nSet-Cookie: a=b", "%0d%0aX-Injected: 1", "{{7*7}}", "${jndi:ldap://x}", "../../etc/passwd",
    "a" * 200, "\ud7ff\ue000", "🙂" * 50, "[]", "{}", "null", "NaN", "1e999", "-0", "0x10", "٢٠٢٥",
]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE_VALUES)
@pytest.mark.parametrize("name", ["flow", "first"])
def test_a_hostile_value_is_refused_in_a_sentence(server: TestClient, name: str, value: str) -> None:
    body = refused(server, f"/api/measures/growth.json?{name}={quote(value)}", 400, 404)
    assert "<script>" not in body or server.get("/api/x").headers["content-type"] == "application/json"


@pytest.mark.parametrize("value", HOSTILE_VALUES)
def test_a_hostile_name_is_refused_in_a_sentence(server: TestClient, value: str) -> None:
    refused(server, f"/api/measures/growth.json?{quote(value)}=1", 400)
    refused(server, f"/api/claims.json?claim={quote(value)}", 404)
    refused(server, f"/api/health/{quote(value, safe='')}", 400, 404)


HOSTILE_NUMBERS = ["-1", "1e9", "99999999999999999999999", "1e308", "inf", "nan", "0.5.5", "1_000", "٣", "1" * 199]


@pytest.mark.parametrize("value", HOSTILE_NUMBERS)
@pytest.mark.parametrize(
    "question", ["moving_sum.json?window", "rank.json?top", "gini.json?threshold", "first_destination_list.json?period"]
)
def test_a_number_out_of_bounds_breaks_nothing(server: TestClient, question: str, value: str) -> None:
    response = server.get(f"/api/measures/{question}={value}")
    assert response.status_code in (200, 400, 404), response.text[:300]
    harmless(response.text)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("flow=export&flow=import", 400),
        ("flow=export&FLOW=import", 400),
        ("flow=export;flow=import", 400),
        ("&".join(f"a{number}=1" for number in range(41)), 400),
        ("&" * 5000 + "flow=x", 400),
        ("flow", 400),
        ("=export", 400),
        ("flow=%ff%fe", 400),
        ("flow=%", 400),
        ("flow=%u0065", 400),
        ("flow=" + "a" * 201, 400),
        ("flow=" + "a" * 9000, 414),
        ("__proto__=1", 400),
        ("store=/etc/passwd", 400),
        ("measure_id=growth", 400),
        ("self=1", 400),
    ],
)
def test_odd_queries(server: TestClient, query: str, status: int) -> None:
    refused(server, f"/api/measures/growth.json?{query}", status)


@pytest.mark.parametrize("path", ["/growth?q=", "/api/measures/", "/_stcore/", "/app/static/"])
def test_endless_addresses(server: TestClient, path: str) -> None:
    refused(server, path + "x" * 8000, 414)


@pytest.mark.parametrize(
    "headers",
    [
        {"If-None-Match": '"' + "x" * 5000 + '"'},
        {"If-None-Match": "W/" * 1000},
        {"If-None-Match": '","' * 1000},
        {"Range": "bytes=0-0,1-1," * 100},
        {"Accept": "text/html"},
        {"Accept-Encoding": "gzip;q=99999999999999, br" + ", x" * 500},
        {"X-HTTP-Method-Override": "DELETE"},
        {"X-Original-URL": "/api/nothing"},
        {"X-Forwarded-Host": "evil.example"},
        {"Cookie": "_streamlit_user=forged; " + "a=b; " * 500},
        {"Authorization": "Basic " + "A" * 4000},
        {"Content-Type": "application/json"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_odd_headers_change_nothing(server: TestClient, headers: dict[str, str]) -> None:
    response = server.get("/api/measures/growth.json?first=2025", headers=headers)
    assert response.status_code == 200
    assert response.json()["measure"] == "growth"


@pytest.mark.parametrize(
    "hosts",
    [
        "evil.example", "localhost.evil.example", "localhost@evil.example", "127.0.0.1.evil.example", "evil.example:80",
        "localhost/evil", "localhost:99999", "localhost:port", "", "[::1", "löcalhost", "localhost evil.example",
        "localhost#", "127.0.0.1:8501,evil.example", "0x7f.1.evil.example",
    ],
)  # fmt: skip
def test_a_host_that_is_not_ours(server: TestClient, hosts: str) -> None:
    refused(server, "/api/health", 421, headers=[("Host", hosts.encode("utf-8"))])


@pytest.mark.parametrize(
    "hosts", ["localhost", "127.0.0.1:8501", "[::1]:8501", "10.0.0.7", "LOCALHOST", "trade.localhost"]
)
def test_a_host_that_is_ours(server: TestClient, hosts: str) -> None:
    assert server.get("/api/health", headers={"Host": hosts}).status_code == 200


def test_two_hosts_are_none(server: TestClient) -> None:
    refused(server, "/api/health", 421, headers=[("Host", "localhost"), ("Host", "evil.example")])


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "http://localhost:9999", "http://localhost:8501.evil.example", "file://", "]["],
)
def test_a_strangers_page_opens_no_connection(server: TestClient, origin: str) -> None:
    """Streamlit alone would ask an outside service for its own address before it refused."""
    with (
        pytest.raises(WebSocketDisconnect) as closed,
        server.websocket_connect("/_stcore/stream", headers={"Origin": origin, "Host": "localhost:8501"}),
    ):
        pass
    assert closed.value.code == 1008


def test_our_own_page_opens_one(server: TestClient) -> None:
    headers = {"Origin": BASE, "Host": "localhost:8501"}
    with server.websocket_connect("/_stcore/stream", subprotocols=["streamlit"], headers=headers):
        assert server.get("/api/health").status_code == 200


@contextmanager
def pages(server: TestClient, count: int) -> Iterator[list[str]]:
    """The sessions of so many open pages."""
    manager = runtime.get_instance()._session_mgr
    with ExitStack() as stack:
        for _ in range(count):
            headers = {"Origin": BASE, "Host": "localhost:8501"}
            stack.enter_context(
                server.websocket_connect("/_stcore/stream", subprotocols=["streamlit"], headers=headers)
            )
        yield [one.session.id for one in manager.list_active_sessions()]


class TestUploads:
    """Only a page that was opened may upload, with its token, and not more than the limit."""

    ADDRESS = "/_stcore/upload_file/session/file"

    @pytest.mark.parametrize(
        ("name", "body"),
        [
            ("zip bomb.zip", zlib.compress(bytes(10_000_000))),
            ("bomb.csv.gz", gzip.compress(bytes(10_000_000))),
            ("../../../etc/cron.d/x", b"* * * * * root true"),
            ("..\\..\\x.csv", b"a,b"),
            ("x\x00.csv", b"a,b"),
            ("<script>alert(1)</script>.csv", b"a,b"),
            ("a" * 5000 + ".csv", b"a,b"),
            ("x.html", b"<script>alert(1)</script>"),
        ],
    )
    def test_without_a_session_nothing_is_taken(self, server: TestClient, name: str, body: bytes) -> None:
        response = server.put(self.ADDRESS, files={"file": (name, body)})
        assert response.status_code == 403
        harmless(response.text)

    def test_a_token_alone_is_not_enough(self, server: TestClient) -> None:
        token = server.get("/_stcore/health").cookies["_streamlit_xsrf"]
        headers = {"X-Xsrftoken": token, "Cookie": f"_streamlit_xsrf={token}"}
        response = server.put(self.ADDRESS, files={"file": ("x.csv", b"a,b")}, headers=headers)
        assert response.status_code == 400
        harmless(response.text)

    def test_a_file_above_the_limit_is_refused(self, server: TestClient) -> None:
        token = server.get("/_stcore/health").cookies["_streamlit_xsrf"]
        headers = {"X-Xsrftoken": token, "Cookie": f"_streamlit_xsrf={token}"}
        assert config.get_option("server.maxUploadSize") == 50
        upload_headers = headers | {"Content-Length": str(52 << 20), "Content-Type": "multipart/form-data; boundary=x"}
        with pages(server, 1) as (session,):
            response = server.put(f"/_stcore/upload_file/{session}/file", content=b"--x\r\n", headers=upload_headers)
        assert response.status_code == 413
        harmless(response.text)

    def test_many_files_of_one_reader_or_of_all_are_refused(
        self, server: TestClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Streamlit takes any number of files, also from a page that asks for none, and holds them in memory."""
        monkeypatch.setattr(upload_limits, "EACH", 3000)
        monkeypatch.setattr(upload_limits, "ALL", 5000)
        token = server.get("/_stcore/health").cookies["_streamlit_xsrf"]
        headers = {"X-Xsrftoken": token, "Cookie": f"_streamlit_xsrf={token}"}

        def send(session: str, file: str, size: int = 1000) -> int:
            address = f"/_stcore/upload_file/{session}/{file}"
            response = server.put(address, files={"file": ("x.toml", b"#" * size)}, headers=headers)
            harmless(response.text)
            return response.status_code

        with pages(server, 3) as (one, two, three):
            assert [send(one, f"{number}") for number in range(4)] == [204, 204, 413, 413]
            assert server.delete(f"/_stcore/upload_file/{one}/0", headers=headers).status_code == 204
            assert send(one, "4") == 204, "removing a file makes room for another"
            assert [send(two, "1"), send(two, "2"), send(three, "1")] == [204, 204, 503]
            assert runtime_metrics.uploads() == {one: 2000, two: 2000}

    @pytest.mark.parametrize("length", [None, "", "-1", "1e3", "٣", "1, 1"])
    def test_a_file_without_its_length_is_refused(self, server: TestClient, length: str | None) -> None:
        headers = {} if length is None else {"Content-Length": length.encode()}
        body = iter([b"--x"]) if length is None else b"--x"
        response = server.put(self.ADDRESS, content=body, headers=headers)
        assert response.status_code == 411
        harmless(response.text)

    @pytest.mark.parametrize("path", ["/api/measures", "/api/measures/growth.json", "/api/claims.json", "/api/x"])
    @pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
    def test_the_api_takes_nothing(self, server: TestClient, method: str, path: str) -> None:
        body = gzip.compress(bytes(5_000_000))
        response = server.request(method, path, content=body, headers={"Content-Encoding": "gzip"})
        assert response.status_code == 405
        harmless(response.text)

    def test_a_question_has_no_body(self, server: TestClient) -> None:
        response = server.request("GET", "/api/measures", content=gzip.compress(bytes(5_000_000)))
        assert response.status_code == 413
        assert "no body" in response.json()["error"]

    def test_a_question_has_no_endless_body(self, server: TestClient) -> None:
        response = server.request("GET", "/api/measures", content=iter([b"x"] * 10))
        assert response.status_code == 413


@pytest.mark.parametrize(
    "path",
    ["/", "/growth", "/growth?embed=true", "/api/health", "/app/static/favicon.svg", "/no/such/page", "/media/x"],
)
def test_every_answer_has_the_headers(server: TestClient, path: str) -> None:
    headers = server.get(path).headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "'unsafe-eval'" not in str(policy)
    assert "'unsafe-inline'" not in policy.get("script-src", "")
    assert "http:" not in str(policy)
    framed = {"/growth?embed=true": "*", "/api/health": "'none'"}.get(path, "'self'")
    assert policy["frame-ancestors"] == framed


@pytest.mark.parametrize(
    "query", ["embed=false", "embed=true&embed=false", "EMBED=true", "x=embed=true", "embed=true%00"]
)
def test_only_an_embedded_chart_may_be_framed(server: TestClient, query: str) -> None:
    assert "frame-ancestors 'self'" in server.get(f"/growth?{query}").headers["content-security-policy"]


@pytest.mark.parametrize("name", ["agent/openapi.json", "agent/mcp", "agent/interact", "script-health-check"])
def test_what_streamlit_offers_to_machines_is_shut(server: TestClient, name: str) -> None:
    response = server.post(f"/_stcore/{name}", json={"jsonrpc": "2.0", "id": 1, "method": "initialize"})
    assert response.status_code >= 400
    harmless(response.text)


def packed(members: dict[str, bytes]) -> bytes:
    """A ZIP file with these members; their names may be hostile."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return buffer.getvalue()


def workbook(xml: bytes) -> bytes:
    return packed({"[Content_Types].xml": xml, "xl/workbook.xml": xml})


LAUGHS = b"".join(b'<!ENTITY %c "%s">' % (98 + one, b"&%c;" % (97 + one) * 100) for one in range(6))
OUTSIDE = b'<!ENTITY a SYSTEM "file:///etc/passwd">'


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("laughs.xlsx", workbook(b'<!DOCTYPE x [<!ENTITY a "ha">' + LAUGHS + b"]><workbook>&g;</workbook>")),
        ("outside.xlsx", workbook(b"<!DOCTYPE x [" + OUTSIDE + b"]><workbook>&a;</workbook>")),
        ("members.xlsx", packed({f"m{number}": b"" for number in range(3001)})),
        ("traversal.xlsx", packed({"../../../tmp/attack": b"x", "/etc/attack": b"x"})),
        ("wide.csv", b"a," * 1_000_000),
        ("nothing.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 100_000),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_a_hostile_workbook_is_refused_in_a_sentence(tmp_path: Path, name: str, body: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(body)
    with pytest.raises(FileRefused) as caught:
        read_sheets(path)
    harmless(str(caught.value))
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not Path("/tmp/attack").exists()


HERE = Situation("loopback", "127.0.0.1", (), {"Host": "localhost:8501"}, False, False, False, "", True, ())
EDITOR = HERE.__class__(
    **vars(HERE) | {"configured": True, "signed_in": True, "email": "a@x.org", "editors": ("*@x.org",), "address": ""}
)


def test_a_reader_on_this_machine_and_an_editor_may_change_data() -> None:
    assert decide(HERE).allowed
    assert decide(
        HERE.__class__(**vars(HERE) | {"headers": {"host": "[::1]:1", "origin": "http://localhost:1"}})
    ).allowed
    assert decide(EDITOR).allowed


@pytest.mark.parametrize(
    "changed",
    [
        {"changes": "off"},
        {"changes": "signed-in"},
        {"address": ""},
        {"address": "0.0.0.0"},
        {"address": "localhost.evil.example"},
        {"hosts": ("trade.example.org",)},
        {"embedded": True},
        {"headers": {}},
        {"headers": {"Host": "trade.example.org"}},
        {"headers": {"Host": "localhost:8501", "X-Forwarded-For": "10.0.0.9"}},
        {"headers": {"Host": "localhost:8501", "FORWARDED": "for=10.0.0.9"}},
        {"headers": {"Host": "localhost:8501", "via": "1.1 proxy"}},
        {"headers": {"Host": "localhost:8501", "Origin": "https://evil.example"}},
        {"headers": {"Host": "localhost:8501", "Origin": "null"}},
        {"headers": {"Host": "localhost@evil.example"}},
        {"configured": True},
    ],
    ids=str,
)
def test_who_may_not_change_data_without_signing_in(changed: dict[str, object]) -> None:
    decision = decide(HERE.__class__(**vars(HERE) | changed))
    assert not decision.allowed
    assert decision.reason.startswith("signin.")


@pytest.mark.parametrize(
    "changed",
    [
        {"signed_in": False},
        {"email": ""},
        {"email": "a@x.org.evil.example"},
        {"email": "a@y.org"},
        {"verified": False},
        {"editors": ()},
        {"changes": "off"},
        {"embedded": True},
    ],
    ids=str,
)
def test_who_may_not_change_data_signed_in(changed: dict[str, object]) -> None:
    assert not decide(EDITOR.__class__(**vars(EDITOR) | changed)).allowed


def test_answers_are_data_and_nothing_else(server: TestClient) -> None:
    """Markup in a sentence stays text: the type is JSON, sniffing is off, and as a page it may load nothing."""
    response = server.get("/api/measures/<img src=x onerror=alert(1)>.json")
    assert response.headers["content-type"] == "application/json"
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert "<img" in json.loads(response.text)["error"]
