"""The presentation page: its data, the addresses of its charts, and its message where there is nothing to present."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from trade.api import Service
from trade.measures.claims import official_statements
from trade.panels.registry import find_panel, panels
from trade.paths import STORIES
from trade.store import Store
from trade.stories import slideshow, step_panels
from trade.stories import story as stories
from trade.stories.story import Step, Story, Words
from trade.text.catalog import LANGUAGES

SHIPPED = stories.read_file(STORIES / "2025.toml", step_panels.places())


def client(prefix: str = "") -> TestClient:
    service = Service("overview", dict, prefix)
    return TestClient(Starlette(routes=list(service.routes), middleware=service.middleware), "http://localhost:8501")


@pytest.fixture
def web(real: Store) -> Iterator[TestClient]:
    with client() as opened:
        yield opened


def embedded_data(page: str) -> dict[str, Any]:
    """The JSON data that the page contains for its script."""
    (data,) = re.findall(r'<script type="application/json" id="slideshow">(.*?)</script>', page, re.DOTALL)
    return dict(json.loads(data))


def test_a_story_holds_each_step_with_the_ledgers_numbers_and_the_address_of_its_chart(
    web: TestClient, real: Store
) -> None:
    ledger = official_statements.claims(real).set_index("claim_id")
    show = embedded_data(web.get("/stories?present=1&story=2025&step=3").text)
    assert (show["title"], show["first"], len(show["steps"])) == ("2025 in ten steps", 3, 10)
    for step, slide in zip(SHIPPED.step, show["steps"], strict=True):
        chart = web.get(slide["data"]).json()
        drawn = find_panel(f"{step.page}/{step.chart}").draw(real, step_panels.choices_of(step))
        assert (slide["page"], slide["chart"]) == (step.page, step.chart)
        assert chart["takeaway"] == drawn.takeaway
        filled = {name: slide[name].replace("{chart}", chart["headline"]) for name in ("headline", "notes")}
        assert filled["headline"] == step_panels.fill(step.headline.of("en"), drawn.headline)
        assert filled["notes"] == step_panels.fill(step.notes.of("en"), drawn.headline)
        assert "{" not in filled["headline"] + filled["notes"]
        assert not slide["problem"]
    assert (
        f"{ledger.loc['2025-goods-trade-total', 'reproduced_value']:.2f} trillion yuan" in show["steps"][0]["headline"]
    )
    law = ledger.loc["2026-03-01-foreign-trade-law-in-force", "statement"].rstrip(".")
    assert show["steps"][9]["headline"] == f"Tariffs, export controls, and a new law: {law}"


def test_only_the_chart_asked_for_is_made(web: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from trade.charts import time_series

    def unwanted(*_: object, **__: object) -> None:
        raise AssertionError("a chart that was not asked for")

    monkeypatch.setattr(time_series, "amount_and_growth", unwanted)
    (slide,) = embedded_data(web.get("/growth?flow=import&lang=zh&present=1&chart=vintages").text)["steps"]
    assert slide["data"] == "/api/charts/growth/vintages.json?flow=import&lang=zh&fit=page"
    assert slide["view"] == "/growth?flow=import&lang=zh"
    assert web.get(slide["data"]).json()["headline"].startswith("2025年官方增速为")


def test_charts_of_a_page_are_presented_in_the_order_of_the_link(web: TestClient) -> None:
    show = embedded_data(web.get("/growth?flow=import&present=1&chart=vintages,levels&step=2").text)
    assert [slide["chart"] for slide in show["steps"]] == ["vintages", "levels"]
    assert (show["first"], show["story"]) == (2, "")


def test_the_root_presents_too_and_a_server_below_a_path_gives_its_own_addresses(web: TestClient) -> None:
    assert embedded_data(web.get("/?present=1&story=2025").text)["steps"][0]["data"].startswith(
        "/api/charts/growth/levels.json?"
    )
    with client("/trade") as below:
        page = below.get("/trade/stories?present=1&story=2025").text
    assert embedded_data(page)["steps"][0]["data"].startswith("/trade/api/charts/growth/levels.json?")
    assert embedded_data(page)["topojson"] == "/trade/app/static/topojson/"
    assert 'src="/trade/app/static/slideshow/slideshow.js?' in page


@pytest.mark.parametrize(
    "query", ["present=1", "embed=true&present=1&chart=levels", "chart=levels", "present=0&story=2025"]
)
def test_other_links_are_the_dashboards(web: TestClient, query: str) -> None:
    page = web.get(f"/growth?{query}").text
    assert 'id="slideshow"' not in page
    assert '<div id="root">' in page


@pytest.mark.parametrize(
    ("link", "status", "message"),
    [
        ("/growth?present=1&story=1999&lang=en", 400, "There is no story '1999': use 2025"),
        ("/growth?present=1&story=1999&lang=zh", 400, "没有故事'1999'：可用2025"),
        ("/growth?present=1&story=~AAAA&lang=en", 400, "this link's story: the link is incomplete or was altered"),
        ("/growth?present=1&story=~AAAA&lang=zh", 400, "此链接中的故事：链接在传递中被截断或更改"),
        ("/growth?present=1&chart=nothing", 404, "There is no chart 'growth/nothing'"),
    ],
)
def test_what_is_not_there_is_one_sentence(web: TestClient, link: str, status: int, message: str) -> None:
    answer = web.get(link)
    assert answer.status_code == status
    (slide,) = embedded_data(answer.text)["steps"]
    assert message in slide["problem"]
    assert message in html.unescape(answer.text)


def test_a_number_that_cannot_be_filled_in_is_said_on_its_slide_alone(web: TestClient) -> None:
    wrong = Step(page="growth", chart="levels", headline=Words(en="{official:no-such}"))
    code = stories.packed(Story(title=Words(en="T"), step=(wrong, SHIPPED.step[1])))
    first, second = embedded_data(web.get(f"/stories?present=1&story={code}").text)["steps"]
    assert first["problem"].startswith("There is no statement 'no-such'")
    assert (second["problem"], second["headline"][:7]) == ("", "Exports")


def test_what_a_user_writes_cannot_become_markup(web: TestClient) -> None:
    step = SHIPPED.step[1].model_copy(update={"headline": Words(en="</script><script>alert(1)</script>")})
    code = stories.packed(Story(title=Words(en="<b>T</b>"), step=(step,)))
    page = web.get(f"/stories?present=1&story={code}").text
    assert "<script>alert" not in page
    assert "<b>T" not in page
    assert embedded_data(page)["steps"][0]["headline"].startswith("</script>")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_chart_of_every_page_can_be_presented_and_every_word_is_there(lang: str) -> None:
    for panel in panels().values():
        slide = slideshow.of_chart(panel.page, panel.key, {"flow": "import", "gauge": "hhi"})
        assert set(slide.choices) <= set(panel.choices)
    show = slideshow.as_dict(slideshow.Slideshow("T", lang, [slide]))
    words: Any = show["words"]
    script = (STORIES.parent / "static" / "slideshow" / "slideshow.js").read_text(encoding="utf-8")
    used = set(re.findall(r'say\("(\w+)"', script)) | set(re.findall(r"words\.(\w+)", script))
    assert used <= set(words)
    assert not [text for text in words.values() if "⟦" in text]
