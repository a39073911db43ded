"""What a browser is sent at a first visit: files compressed and cached, and a page that has text in its first byte."""

from __future__ import annotations

import gzip
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import anyio
import anyio.to_thread
import brotli
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from tests.support.coroutines import run
from trade.api import Service, browser_scripts, chart_script, compressed_files, streamlit_html
from trade.api.compressed_files import Compression, chosen_encoding, store_smallest
from trade.paths import PLOTLY, PROJECT
from trade.text import formats
from trade.ui.core import warmup

SCRIPT = "let a = 1;\n" * 1000


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A server with one folder of files; all else is answered by `behind`."""
    monkeypatch.setenv("TRADE_HOME", str(tmp_path / "home"))
    compressed_files._cache.clear()
    files = tmp_path / "files"
    files.mkdir()
    (files / "page.Ab3-_dEf.js").write_text(SCRIPT)
    (files / "plain.json").write_text('{"a": 1}' * 500)
    (files / "small.js").write_text("1")
    (tmp_path / "secret.js").write_text(SCRIPT)
    app = Starlette(
        routes=[Route("/{path:path}", lambda request: PlainTextResponse("behind"), methods=["GET", "POST"])],
        middleware=[Middleware(Compression, folders={"/static": files})],
    )
    with TestClient(app) as client:
        yield client


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("*", "br"),
        ("identity", ""),
        ("gzip;q=nonsense", ""),
        ("", ""),
    ],
)
def test_the_best_encoding_that_the_browser_takes(header: str, encoding: str) -> None:
    assert chosen_encoding(header) == encoding


@pytest.mark.parametrize(("encoding", "decode"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_a_script_is_sent_compressed_and_is_the_same(
    client: TestClient, encoding: str, decode: Callable[[bytes], bytes]
) -> None:
    with client.stream("GET", "/static/page.Ab3-_dEf.js", headers={"Accept-Encoding": encoding}) as response:
        raw = b"".join(response.iter_raw())
    assert response.headers["content-encoding"] == encoding
    assert response.headers["vary"] == "Accept-Encoding"
    assert int(response.headers["content-length"]) == len(raw) < len(SCRIPT) / 20
    assert decode(raw).decode() == SCRIPT


def test_names_with_a_hash_are_never_asked_for_again(client: TestClient) -> None:
    assert "immutable" in client.get("/static/page.Ab3-_dEf.js").headers["cache-control"]
    assert client.get("/static/plain.json").headers["cache-control"] == "public, max-age=3600"


def test_a_file_that_the_browser_has_is_not_sent_again(client: TestClient) -> None:
    tag = client.get("/static/plain.json", headers={"Accept-Encoding": "br"}).headers["etag"]
    again = client.get("/static/plain.json", headers={"Accept-Encoding": "br", "If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_head_has_the_headers_and_no_body(client: TestClient) -> None:
    response = client.head("/static/page.Ab3-_dEf.js", headers={"Accept-Encoding": "br"})
    assert response.headers["content-encoding"] == "br"
    assert response.content == b""


def test_small_files_parts_of_files_and_old_browsers_get_the_file_as_it_is(client: TestClient) -> None:
    assert "content-encoding" not in client.get("/static/small.js").headers
    plain = client.get("/static/page.Ab3-_dEf.js", headers={"Accept-Encoding": "identity"})
    assert (plain.text, plain.headers["vary"]) == (SCRIPT, "Accept-Encoding")
    part = client.get("/static/page.Ab3-_dEf.js", headers={"Accept-Encoding": "br", "Range": "bytes=0-9"})
    assert (part.status_code, part.text) == (206, SCRIPT[:10])


@pytest.mark.parametrize("path", ["/static/none.js", "/static/%2e%2e/secret.js", "/static/..%2fsecret.js", "/other.js"])
def test_all_other_paths_are_left_to_the_server_behind(client: TestClient, path: str) -> None:
    assert client.get(path).text == "behind"


def test_a_file_is_read_again_when_it_has_changed(client: TestClient, tmp_path: Path) -> None:
    client.get("/static/plain.json")
    (tmp_path / "files" / "plain.json").write_text("[2]" * 1000)
    assert client.get("/static/plain.json").text == "[2]" * 1000


def test_the_smallest_form_is_made_once_and_sent_from_then_on(client: TestClient, tmp_path: Path) -> None:
    path = tmp_path / "files" / "page.Ab3-_dEf.js"
    client.get("/static/page.Ab3-_dEf.js", headers={"Accept-Encoding": "br"})
    store_smallest([path])
    (stored,) = (tmp_path / "home" / "compressed").iterdir()
    modified = stored.stat().st_mtime_ns
    store_smallest([path])
    assert stored.stat().st_mtime_ns == modified
    with client.stream("GET", "/static/page.Ab3-_dEf.js", headers={"Accept-Encoding": "br"}) as response:
        assert b"".join(response.iter_raw()) == stored.read_bytes()


def test_streamlit_ships_the_files_that_are_named_here() -> None:
    media = chart_script.streamlit_files() / "static" / "media"
    starts = [name.removeprefix("/static/media/") for name in compressed_files.SMALLER]
    assert all(list(media.glob(f"{start}*.woff2")) for start in starts)
    assert all(file.is_file() for file in compressed_files.SMALLER.values())


def test_every_icon_that_streamlit_names_is_in_the_font_that_is_sent() -> None:
    scripts = (chart_script.streamlit_files() / "static" / "js").glob("*.js")
    named = {name for path in scripts for name in re.findall(r":material/(\w+)", path.read_text(encoding="utf-8"))}
    drawn = (PROJECT / "static" / "fonts" / "streamlit-icons.txt").read_text(encoding="utf-8").split()
    assert len(named) > 50
    assert named - {"star_filled"} <= set(drawn), "subset the icon font again: static/fonts/README.md"


@pytest.mark.parametrize("lang", formats.LANGUAGES)
def test_the_page_has_its_title_and_question_before_any_script(lang: str) -> None:
    page = streamlit_html.html("", "growth", lang)
    title, question = formats.say("pages.growth.title", lang), formats.say("pages.growth.question", lang)
    root = page[page.index('<div id="root">') :]
    assert title in root
    assert question.replace("'", "&#x27;") in root
    assert f'<html lang="{formats.say("language.tag", lang)}">' in page
    assert page.count("<title>") == 1
    assert f"<title>{title} · {formats.say('site.title', lang)}</title>" in page


def test_all_scripts_of_the_first_elements_are_asked_for_with_the_page() -> None:
    page, folder = streamlit_html.html(), chart_script.streamlit_files() / "static" / "js"
    links = re.findall(r'<link rel="modulepreload" crossorigin href="\./static/js/([^"]+)">', page)
    assert len(links) == len(set(links))
    for element in streamlit_html.ELEMENTS:
        (script,) = (name for name in links if name.startswith(f"{element}."))
        imported = re.findall(r'(?:from|import)"\./([^"]+)"', (folder / script).read_text(encoding="utf-8")[:20_000])
        assert len(imported) > 2
        assert all(f"/{name}" in page for name in imported)
    assert all(path.is_file() for path in streamlit_html.first_files())


def test_streamlits_script_for_charts_is_sent_with_the_plotly_of_this_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRADE_HOME", str(tmp_path))
    theirs, ours = chart_script.streamlits_script(), PLOTLY.read_text(encoding="utf-8")
    with TestClient(Starlette(middleware=[Middleware(Compression, folders={"/static": theirs.parents[1]})])) as client:
        response = client.get(f"/static/js/{theirs.name}")
        again = client.get(f"/static/js/{theirs.name}", headers={"If-None-Match": response.headers["etag"]})
    whole = theirs.read_text(encoding="utf-8")
    component = whole[whole.rindex("export{") :]
    assert ours in response.text
    assert response.text.endswith(component)
    assert len(response.text) < len(whole) / 2
    # the name is Streamlit's: the browser may keep the script, and has to ask whether it is still the same
    assert (response.headers["cache-control"], again.status_code) == ("no-cache", 304)


def test_a_script_for_charts_of_another_make_is_sent_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert chart_script.with_our_plotly("export{a as PlotlyChart};", "var Plotly={};") == "export{a as PlotlyChart};"
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TRADE_HOME", str(tmp_path / "file"))  # a place where nothing can be kept
    assert chart_script.chart_script() == chart_script.streamlits_script()


def test_one_chart_alone_waits_without_the_title_of_its_page() -> None:
    assert '<div id="root"></div>' in streamlit_html.html("", "growth", "en", bare=True)


def test_a_components_script_is_fetched_once_from_an_address_that_changes_with_it() -> None:
    scripts = Service("overview", scripts={"page": SCRIPT}).routes
    (address,) = re.findall(r'"(app/static/scripts/page\.\w+\.js)"', browser_scripts.loader("page", SCRIPT))
    assert address not in browser_scripts.loader("page", SCRIPT + "\n")
    with TestClient(Starlette(routes=scripts)) as client:
        response = client.get(f"/{address}", headers={"Accept-Encoding": "br"})
        former = client.get("/app/static/scripts/page.01234567.js", headers={"Accept-Encoding": "identity"})
        assert client.get("/app/static/scripts/other.01234567.js").status_code == 404
    assert (response.text, response.headers["content-encoding"]) == (SCRIPT, "br")
    assert response.headers["content-type"].startswith("text/javascript")
    assert "immutable" in response.headers["cache-control"]
    # a page of the version before, whose server was replaced meanwhile
    assert (former.text, former.headers["cache-control"]) == (SCRIPT, "no-cache")


def test_a_server_warms_up_and_then_stores_the_smallest_scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    events, stored = [], threading.Event()
    monkeypatch.setattr(warmup, "DELAY", 0.0)
    monkeypatch.setattr(warmup, "SETTLED", 0.05)
    monkeypatch.setattr(warmup, "warm", lambda: events.append("warm"))
    monkeypatch.setattr(compressed_files, "store_smallest", lambda paths: (events.append(len(paths)), stored.set()))

    async def serve() -> None:
        async with warmup.lifespan(None):  # type: ignore[arg-type]
            await anyio.to_thread.run_sync(stored.wait, 20)

    run(serve())
    assert events[0] == "warm"
    assert events[1] > 50, "the scripts of a first visit"
