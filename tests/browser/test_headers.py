"""Security headers in a browser: nothing from other sites loads, and other sites can only embed single charts."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.browser.conftest import Visit
from tests.support.chromium import rgb
from trade.charts import theme

BLOCKED = """what => new Promise(done => {
  document.addEventListener('securitypolicyviolation', event => done(event.effectiveDirective), {once: true});
  what === 'script' && document.head.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}));
  what === 'load' && document.head.append(Object.assign(document.createElement('script'), {src: 'https://cdn.example.org/x.js'}));
  what === 'image' && document.body.append(Object.assign(new Image(), {src: 'https://cdn.example.org/x.png'}));
  what === 'fetch' && fetch('https://cdn.example.org/').catch(() => {});
})"""
SOCKET = """url => new Promise(done => {
  const one = new WebSocket(url, ['streamlit']);
  one.onopen = () => done('open');
  one.onerror = () => done('refused');
})"""

FITTED = """<script>addEventListener('message', ({data}) => {
  if (data.tradeChartHeight) document.querySelector('iframe').height = data.tradeChartHeight;
})</script>"""
"""The script of an embedding page that gives the frame of a chart the height it needs."""


@contextmanager
def stranger(html: str) -> Iterator[str]:
    """A page of another site, on this machine: Chromium itself blocks requests from network sites to local servers."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_: object) -> None:
            """Log nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_an_embedded_chart_alone_stands_in_a_strangers_frame_in_its_colours_and_tells_its_height(
    warm: str, elsewhere: Visit
) -> None:
    page = elsewhere.page
    page.emulate_media(color_scheme="light")
    queries = ("?embed=true&theme=dark&flow=import&chart=levels", "")
    frames = [f"<iframe src='{warm}/growth{query}' width=900 height=200></iframe>" for query in queries]
    with stranger("".join(frames) + FITTED) as site:
        page.goto(site)
        embedded, whole = page.frame_locator("iframe").first, page.frame_locator("iframe").last
        embedded.locator(".js-plotly-plot .main-svg").first.wait_for(timeout=60_000)
        page.wait_for_function("() => Number(document.querySelector('iframe').height) > 500", timeout=20_000)
        page.wait_for_timeout(1000)
        shown = embedded.locator(".st-key-embedded").bounding_box()
        height = page.evaluate("Number(document.querySelector('iframe').height)")
        assert shown
        assert 0 <= height - shown["height"] < 80, "the whole chart, and no empty room"
        colour = embedded.locator(".stApp").evaluate("one => getComputedStyle(one).backgroundColor")
        assert colour == rgb(theme.DARK.background)
        assert embedded.locator("[data-testid=stPlotlyChart]").count() == 1
        assert embedded.locator("[data-testid=stSidebar]").count() == 0
        assert embedded.locator("h3").inner_text().startswith("China's imports rose by")
        assert "Source: General Administration of Customs" in embedded.locator(".st-key-embedded").inner_text()
        assert whole.locator(".stApp").count() == 0
        assert [frame.url for frame in page.frames][2].startswith("chrome-error:")


def test_a_strangers_page_opens_no_connection_and_ours_runs_nothing_strange(warm: str, elsewhere: Visit) -> None:
    one, address = elsewhere, f"{warm.replace('http', 'ws')}/_stcore/stream"
    with stranger("<p>news</p>") as site:
        one.page.goto(site)
        assert one.page.evaluate(SOCKET, address) == "refused"
    one.open("/")
    assert one.page.evaluate(SOCKET, address) == "open"
    blocked_by = {what: one.page.evaluate(BLOCKED, what) for what in ("script", "load", "image", "fetch")}
    assert blocked_by == {
        "script": "script-src-elem",
        "load": "script-src-elem",
        "image": "img-src",
        "fetch": "connect-src",
    }
    assert one.page.evaluate("window.ran") is None
