"""A real server and a real Chromium (`CHROMIUM`, else /usr/bin/chromium). Run with `pytest -m browser`."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from brotli import compress
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Page,
    Request,
    WebSocket,
    sync_playwright,
)
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.support.servers import shared_server
from trade.api.compressed_files import store_smallest
from trade.api.streamlit_html import first_files
from trade.paths import PLOTLY

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STILL: Literal["reduce"] = "reduce"
"""Turns animations off, which are an eighth of Chromium's work."""
QUIET = 4
"""Tenths of a second without a run after which a page counts as settled."""
READY = """() => !!document.querySelector('h1')
  && !document.querySelector('[data-testid=stStatusWidget], [data-testid=stSkeleton]')
  && [...document.querySelectorAll('[data-testid=stPlotlyChart]')].every(one => one.querySelector('.main-svg'))"""

GO = """path => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  getSelection().removeAllRanges();
  scrollTo(0, 0);
  History.prototype.pushState.call(history, {}, "", path);
  dispatchEvent(new PopStateEvent("popstate", {state: {}}));
}"""
"""Go to an address as the browser's Back does, without a reload, with the focus and scroll position at the top."""

OTHER_COLOURS = "matchMedia('(prefers-color-scheme: dark), (forced-colors: active)').matches"

FITTED = """() => [...document.querySelectorAll('.js-plotly-plot')].every(plot => {
  const drawn = plot.querySelector('.main-svg')?.getBoundingClientRect(), box = plot.getBoundingClientRect();
  return drawn && Math.abs(drawn.width - box.width) < 2 && Math.abs(drawn.height - box.height) < 2;
})"""
"""Whether every figure has been redrawn in the size of its container."""


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: needs Chromium and a server")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in Path(item.path).parts:
            item.add_marker(pytest.mark.browser)
            if not Path(CHROMIUM).exists():
                item.add_marker(pytest.mark.skip(reason=f"no Chromium at {CHROMIUM}"))


@dataclass
class Visit:
    """A page in the browser with its requests and its errors (`complaints`)."""

    page: Page
    base: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    running: bool = False
    """Whether a run of the page has not ended yet."""
    runs_requested: int = 0
    """How many runs the page has requested."""

    def listen(self) -> Visit:
        """Record the page's requests, errors, dialogs and messages to and from the server."""
        self.page.on("request", self._requested)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._logged)
        self.page.on("dialog", self._stopped)
        self.page.on("websocket", self._connected)
        return self

    def _requested(self, request: Request) -> None:
        self.requests.append(request.url)
        if request.is_navigation_request() and request.frame == self.page.main_frame:
            self.running = True

    def _logged(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"{message.text} {message.location.get('url')}")

    def _stopped(self, dialog: Dialog) -> None:
        self.complaints.append(f"{dialog.type}: {dialog.message}")
        dialog.dismiss()

    def _connected(self, socket: WebSocket) -> None:
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._received)

    def _sent(self, frame: bytes | str) -> None:
        if isinstance(frame, bytes) and BackMsg.FromString(frame).WhichOneof("type") == "rerun_script":
            self.running = True
            self.runs_requested += 1

    def _received(self, frame: bytes | str) -> None:
        message = ForwardMsg.FromString(frame) if isinstance(frame, bytes) else ForwardMsg()
        if message.WhichOneof("type") == "new_session":
            self.running = True
        elif message.WhichOneof("type") == "script_finished":
            self.running = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN

    def open(self, path: str) -> Visit:
        self.page.goto(self.base + path)
        return self.settle()

    def go(self, path: str) -> Visit:
        """Like `open`, but without a reload if the dashboard is in the tab already: a fifth of the work."""
        if not self.page.url.startswith(f"{self.base}/") or not self.page.query_selector("[data-testid=stSidebarNav]"):
            return self.open(path)
        before, ends = self.runs_requested, time.monotonic() + 3
        self.running = True
        self.page.evaluate(GO, path)
        while self.runs_requested == before and time.monotonic() < ends:
            self.page.wait_for_timeout(50)  # a busy page requests its run late: an earlier run may end first
        return self.settle()

    def settle(self) -> Visit:
        """Wait until no run has been active for `QUIET` and all figures are drawn."""
        ends, quiet = time.monotonic() + 120, 0
        while quiet < QUIET:
            self.page.wait_for_timeout(100)
            quiet = 0 if self.running else quiet + 1
            assert time.monotonic() < ends, f"a run does not end: {self.page.url}"
        self.page.wait_for_function(READY, timeout=60_000)
        return self.settle() if self.running else self

    def resize(self, width: int) -> Visit:
        """Set the width of the window and wait until the figures fit, unless it has that width."""
        if (self.page.viewport_size or {}).get("width") != width:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.wait_for_timeout(400)
            self.page.wait_for_function(FITTED, timeout=30_000)
        return self

    def requests_elsewhere(self) -> list[str]:
        """The requests that left the server."""
        ours = (self.base, self.base.replace("http", "ws"), "data:", "blob:")
        return [url for url in self.requests if not url.startswith(ours)]

    def plots(self) -> Visit:
        """Wait for the first figure."""
        self.page.wait_for_selector(".js-plotly-plot .main-svg", timeout=60_000)
        return self


@pytest.fixture(scope="session")
def warm(real_home: Path, shared: Path) -> Iterator[str]:
    """The address of one server for all workers, which earlier tests may have visited.

    Its scripts are compressed beforehand at a low level: the highest one costs a server ten seconds of processor time
    when it is a minute old.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRADE_HOME", str(real_home))
        patch.setattr("brotli.compress", lambda content, quality: compress(content, quality=5))
        store_smallest([*first_files(), PLOTLY])
    with shared_server(real_home, shared / "warm") as base:
        yield base


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def tab_of_all(warm: str, chromium: Browser) -> Iterator[Visit]:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, reduced_motion=STILL)
    yield Visit(context.new_page(), warm).listen()
    context.close()


@pytest.fixture
def tab(tab_of_all: Visit, request: pytest.FixtureRequest) -> Visit:
    """A tab shared by all tests that do not need a new browser; use `go` to change its page.

    It is light and 1440 pixels wide, or as wide as the test asks for (`@wide(390)`). Its complaints and session storage
    are cleared for each test; its requests are all since it was opened.
    """
    recoloured = False
    if tab_of_all.page.url.startswith(tab_of_all.base):
        tab_of_all.page.evaluate("sessionStorage.clear()")
        dashboard = tab_of_all.page.query_selector("[data-testid=stSidebarNav]")
        recoloured = bool(dashboard) and tab_of_all.page.evaluate(OTHER_COLOURS)
    tab_of_all.page.emulate_media(color_scheme="light", forced_colors="none")
    if recoloured:
        tab_of_all.settle()  # let the page redraw in the other colours before the test begins
    width = getattr(request, "param", 1440)
    tab_of_all.resize(width)
    menu = tab_of_all.page.locator("[data-testid=stExpandSidebarButton]")
    if width > 768 and menu.is_visible():
        menu.click()  # open the menu that an earlier test at phone width left closed
    tab_of_all.complaints.clear()
    return tab_of_all


def wide(width: int) -> pytest.MarkDecorator:
    """Give the test's `tab` this width from the start, since each change of width redraws all charts."""
    return pytest.mark.parametrize("tab", [width], indirect=True)


@pytest.fixture(scope="session")
def profile_of_all(warm: str, chromium: Browser) -> Iterator[Visit]:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, color_scheme="dark", reduced_motion=STILL)
    yield Visit(context.new_page(), warm).listen()
    context.close()


@pytest.fixture
def elsewhere(profile_of_all: Visit) -> Iterator[Visit]:
    """A second browser profile, dark and 1440 pixels wide, to open links in, each with a full load.

    It is reused, but as good as new: the dashboard stores data for the session only, which is cleared for each test, as
    are complaints and requests.
    """
    one = profile_of_all
    if one.page.url.startswith(one.base):
        one.page.evaluate("sessionStorage.clear()")
    one.page.goto(f"{one.base}/_stcore/health")  # at about:blank Chromium would drop all that it has compiled
    one.page.emulate_media(color_scheme="dark")
    one.page.set_viewport_size({"width": 1440, "height": 900})
    one.complaints.clear()
    one.requests.clear()
    yield one
    one.page.unroute_all()


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Callable[..., Visit]]:
    """A function that makes visits: `visit(base, width=390, scheme="dark")`, each in a browser profile of its own."""
    contexts: list[BrowserContext] = []

    def make(base: str, width: int = 1440, scheme: str = "light") -> Visit:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
            reduced_motion=STILL,
        )
        contexts.append(context)
        return Visit(context.new_page(), base).listen()

    yield make
    for context in contexts:
        context.close()
