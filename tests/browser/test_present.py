"""Presenting by keys, embedding in another page, and a handout, all with no network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Visit
from trade.charts import theme
from trade.paths import STORIES
from trade.store import open_store
from trade.stories import handout, step_links
from trade.stories import story as stories
from trade.stories.html_handout import html

Make = Callable[..., Visit]
HEADLINE = ".st-key-stage h1"
FULL = "!!document.fullscreenElement"


def step(one: Visit, number: int) -> None:
    one.page.wait_for_function(f"() => document.querySelector('.st-key-stage')?.innerText.includes('{number} of 10')")
    one.page.wait_for_selector(".st-key-stage .main-svg")
    one.page.wait_for_selector("[data-testid=stStatusWidget]", state="detached")


def test_a_click_into_the_presentation_leaves_no_menu_over_the_slide(warm: str, visit: Make) -> None:
    one = visit(warm).open("/stories")
    one.page.locator(".st-key-story_present button").click()
    step(one, 1)
    menu = one.page.query_selector("[data-testid=stSidebar]")
    assert menu is None or not menu.is_visible()
    box = one.page.locator(".st-key-stage_controls").bounding_box()
    assert box is not None
    assert box["x"] < 100


def test_a_story_is_presented_by_keys(warm: str, visit: Make) -> None:
    one = visit(warm)
    one.page.goto(f"{warm}/?present=1&story=2025")
    step(one, 1)
    assert not one.page.query_selector("[data-testid=stSidebar]")
    assert one.page.evaluate("document.documentElement.scrollWidth") <= 1440
    assert float(one.page.evaluate(f"parseFloat(getComputedStyle(document.querySelector('{HEADLINE}')).fontSize)")) > 36
    drawn = "getComputedStyle(document.querySelector('.st-key-stage .xtick text')).fontSize"
    assert float(one.page.evaluate(drawn).removesuffix("px")) > 1.3 * theme.FONT_SIZE
    for key, number in (("ArrowRight", 2), ("PageDown", 3), (" ", 4), ("PageUp", 3), ("ArrowLeft", 2)):
        one.page.keyboard.press(key)
        step(one, number)
        assert f"step={number}" in one.page.url
    assert not one.page.query_selector(".st-key-stage_notes_text")
    one.page.keyboard.press("n")
    one.page.wait_for_selector(".st-key-stage_notes_text")
    one.page.keyboard.press("f")
    one.page.wait_for_function(f"() => {FULL}")
    one.page.keyboard.press("ArrowRight")
    step(one, 3)
    assert one.page.evaluate(FULL)
    one.page.keyboard.press("f")
    one.page.wait_for_function(f"() => !{FULL}")
    one.page.keyboard.press("Escape")
    one.page.wait_for_selector("[data-testid=stSidebar]")
    one.page.wait_for_url(lambda address: "present" not in address)
    assert not [url for url in one.requests if not url.startswith((warm, warm.replace("http", "ws"), "data:", "blob:"))]


@pytest.fixture
def newspaper(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Another site on this machine: its folder and its address."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield tmp_path, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_one_chart_stands_in_another_page(warm: str, visit: Make, newspaper: tuple[Path, str]) -> None:
    folder, address = newspaper
    source = f"{warm}/growth?embed=true&amp;flow=import&amp;chart=levels"
    article = f'<h1>Mine</h1><iframe src="{source}" width="800" height="640"></iframe>'
    (folder / "article.html").write_text(article, encoding="utf-8")
    one = visit(address)
    one.page.goto(f"{address}/article.html")
    frame = one.page.frame_locator("iframe")
    frame.locator(".main-svg").first.wait_for()
    assert frame.locator("[data-testid=stPlotlyChart]").count() == 1
    assert frame.locator("[data-testid=stSidebar]").count() == 0
    assert frame.locator("h3").inner_text().startswith("China's imports rose by")
    assert "Source: General Administration of Customs" in frame.locator(".st-key-embedded").inner_text()


@pytest.mark.parametrize("width", [1100, 390])
def test_a_handout_draws_with_no_network(real_home: Path, chromium: Browser, width: int, page_file: Path) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 900}, offline=True)
    page, asked, complaints = context.new_page(), list[str](), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
    page.goto(page_file.as_uri())
    page.wait_for_function("() => document.querySelectorAll('.figure .main-svg').length >= 2")
    page.wait_for_function("() => document.querySelectorAll('.choroplethlayer path').length > 150")
    assert asked == [page_file.as_uri()]
    assert not complaints
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    bar = page.locator(".barlayer .point:last-child path").first
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_selector(".hoverlayer .hovertext")
    context.close()


@pytest.fixture(scope="module")
def page_file(real_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two steps of the shipped story, bars and a map, as a handout."""
    whole = stories.read_file(STORIES / "2025.toml", step_links.places())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRADE_HOME", str(real_home))
        made = handout.compose(stories.changed(whole, step=(whole.step[0], whole.step[7])), open_store(), "en")
    path = tmp_path_factory.mktemp("handout") / "story.html"
    path.write_text(html(made), encoding="utf-8")
    return path
