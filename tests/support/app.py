"""The dashboard in Streamlit's test runner: open pages, set controls, read the text of a page."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from trade.paths import PROJECT

NO_BREAK = "\u00a0"


def opened() -> AppTest:
    """The dashboard with no page drawn yet."""
    return AppTest.from_file(str(PROJECT / "app.py"), default_timeout=60)


def page(app: AppTest, name: str, **link: str) -> AppTest:
    """The page of that name, opened by its menu entry or by a link."""
    if link:
        for key in list(app.query_params):
            del app.query_params[key]
        for key, code in link.items():
            app.query_params[key] = code
    return app.switch_page(f"pages/{name}.py").run()


def text(app: AppTest) -> str:
    """The text of the page as a user sees it, metrics included."""
    kinds = (app.title, app.header, app.subheader, app.markdown, app.info, app.warning, app.error)
    parts = [one.value for kind in kinds for one in kind]
    parts += [f"{one.label} {one.value} {one.delta}" for one in app.metric]
    return re.sub(r"\\(.)", r"\1", "\n".join(parts)).replace(NO_BREAK, " ")


def options(app: AppTest) -> str:
    """The names and options of all controls, a line each."""
    controls = (*app.selectbox, *app.multiselect, *app.select_slider, *app.get("segmented_control"), *app.button)
    return "\n".join(f"{one.label}: {', '.join(map(str, getattr(one, 'options', ())))}" for one in controls)


def sound(app: AppTest) -> None:
    """Assert that the page has no exception or error, and that charts have alternative texts and links to sources."""
    assert not app.exception, [one.message for one in app.exception]
    assert not app.error, [one.value for one in app.error]
    assert "⟦" not in text(app) + options(app)
    for chart in app.get("plotly_chart"):
        assert len(chart.proto.alt) > 20
        assert "⟦" not in chart.proto.alt + chart.proto.spec
    sources = [one.value for one in app.markdown if "Source: " in one.value]
    assert len(sources) >= len(app.get("plotly_chart"))
    assert all("](http" in one for one in sources)


def choose(app: AppTest, name: str, code: str) -> None:
    """Set the control of a field, if the page has it."""
    for control in (*app.get("segmented_control"), *app.selectbox):
        if control.key == f"scope_{name}":
            control.set_value(code).run()
            return
    pytest.fail(f"no control of {name}")
