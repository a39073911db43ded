"""Collect every text that a user would see in a copy of the project with another language; print them as JSON by place.

Run in the copy, with its code on the path and the store in `TRADE_HOME`: the languages are found when modules load.
"""

from __future__ import annotations

import gc
import io
import json
import sys
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import pandas as pd
from pptx import Presentation
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from trade.api.metrics import Metrics
from trade.api.routes import application
from trade.errors import NoRows
from trade.panels.registry import panels
from trade.paths import PROJECT, STORIES
from trade.store import open_store
from trade.stories import handout, step_panels
from trade.stories import story as stories
from trade.ui.core import garbage, navigation

Texts = Iterator[str]

# The settings of a server (`trade.ui.core`): it keeps many objects and creates few, and reads texts one by one.
gc.set_threshold(*garbage.YOUNG)
pd.set_option("mode.string_storage", "python")


def figure_texts(spec: dict[str, Any]) -> Texts:
    """Titles, labels, notes and ticks of a figure, the names of its traces and what they tell when pointed at."""
    layout = spec["layout"]
    yield from (str(note.get("text", "")) for note in layout.get("annotations") or ())
    for name, axis in layout.items():
        if name.startswith(("xaxis", "yaxis")):
            yield str((axis.get("title") or {}).get("text", ""))
            yield from (text for text in axis.get("ticktext") or () if isinstance(text, str))
    for trace in spec["data"]:
        yield str(trace.get("name") or "")
        for field in ("text", "hovertext", "labels"):
            yield from strings(trace.get(field))
        yield from (text for text in strings(trace.get("customdata")) if "<b>" in text)  # the others are codes


def strings(value: object) -> Texts:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for part in value:
            yield from strings(part)


def of_panel(client: TestClient, panel_id: str, lang: str) -> Texts:
    """A chart from the API; if there is none, the reason as a page shows it, since API errors are in English."""
    answer = client.get(f"/charts/{panel_id}.json?lang={lang}")
    if answer.status_code == 404:
        try:
            panels()[panel_id].draw(open_store(), {}, lang)
        except NoRows as error:
            yield error.text(lang)
        return
    answer.raise_for_status()
    body = answer.json()
    yield from (str(body[name]) for name in ("title", "headline", "takeaway", "subtitle"))
    yield from body["notes"]
    yield from figure_texts(body["figure"])


def of_page(app: AppTest, name: str) -> Texts:
    app.switch_page(f"pages/{name}.py").run()
    if app.exception:
        raise AssertionError(app.exception[0].message)
    for kind in (app.title, app.header, app.subheader, app.info, app.warning, app.error, app.markdown):
        yield from (one.value for one in kind)
    for kind in (app.button, app.selectbox, app.multiselect, app.toggle, app.text_input, app.number_input, app.metric):
        for one in kind:
            yield from (str(getattr(one, field, "") or "") for field in ("label", "help", "placeholder"))
            if one.key not in (
                "scope_partner",
                "own_group_parts",
                "language",
            ):  # the search box shows a partner's name in every language
                yield from (str(option) for option in getattr(one, "options", ()))
    yield from (one.label for one in app.expander)
    for group in app.get("button_group"):
        yield group.proto.label
        yield from (option.content for option in group.proto.options)
    for chart in app.get("plotly_chart"):
        yield chart.proto.alt
        yield from figure_texts(json.loads(chart.proto.spec))


class _Text(HTMLParser):
    """The text of a page without its scripts, its style and its lists of sources."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.texts.append(data)


def of_html(content: bytes) -> Texts:
    parser = _Text()
    parser.feed(content.decode())
    yield from parser.texts


def of_pptx(content: bytes) -> Texts:
    for slide in Presentation(io.BytesIO(content)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                yield shape.text_frame.text
            if shape.has_table:
                yield from (cell.text for row in shape.table.rows for cell in row.cells)
        if slide.has_notes_slide:
            yield slide.notes_slide.notes_text_frame.text


def walk(lang: str) -> dict[str, list[str]]:
    """All texts by place; a place that fails holds what went wrong, after `FAILED`."""
    story = stories.read_file(STORIES / "2025.toml", step_panels.places())
    app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=240)
    app.query_params["lang"] = lang
    app.run()
    client = TestClient(application(Metrics()), raise_server_exceptions=True)
    places: dict[str, Callable[[], Texts]] = {
        f"panel {one}": lambda one=one: of_panel(client, one, lang) for one in panels()
    }
    places |= {f"page {one.name}": lambda one=one: of_page(app, one.name) for one in navigation.PAGES}
    places |= {
        "handout html": lambda: of_html(handout.make(story, "html", open_store(), lang)),
        "handout pptx": lambda: of_pptx(handout.make(story, "pptx", open_store(), lang)),
        "api charts": lambda: (row["title"] for row in client.get(f"/charts?lang={lang}").json()),
    }
    return {place: _collected(texts) for place, texts in places.items()}


def _collected(texts: Callable[[], Texts]) -> list[str]:
    try:
        return sorted({text for text in texts() if text})
    except Exception as error:
        return ["FAILED", f"{type(error).__name__}: {error}"]


if __name__ == "__main__":
    print(json.dumps(walk(sys.argv[1]), ensure_ascii=False))
