"""The controls of the pages: few before the first chart, and the same ones in one order everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.app import opened, options, page, text
from trade.store import Store
from trade.ui.core import navigation

MOST = 6
ORDER = ("reporter", "flow", "freq", "currency", "period", "continent")
"""Filters that several pages have, as they follow each other on each."""
WIDGETS = (
    "button_group",
    "selectbox",
    "multiselect",
    "text_input",
    "number_input",
    "select_slider",
    "toggle",
    "checkbox",
)
OF_PHONES = "controls_open"
FORMS = ("explore", "sources", "stories", "factcheck")
"""Pages that may begin with many controls, because using them is the purpose of the page."""
STATES = (
    *((name, {}) for name in (one.name for one in navigation.PAGES) if name not in FORMS),
    ("growth", {"freq": "M"}), ("growth", {"freq": "Q"}), ("growth", {"freq": "YTD"}),
    ("destinations", {"freq": "M"}), ("destinations", {"side": "world"}), ("destinations", {"ratio": "2"}),
    ("diversification", {"gauge": "active"}), ("diversification", {"reporter": "VNM"}),
    ("partner", {"partner": "asean"}), ("compare", {"of": "partners", "freq": "M", "scaled": "index"}),
    ("products", {"freq": "Q"}), ("products", {"goods": "hs"}), ("products", {"goods": "world"}),
    ("products", {"goods": "headline"}), ("products", {"section": "themes"}),
)  # fmt: skip


@pytest.fixture(scope="module")
def app(real_home: object) -> AppTest:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRADE_HOME", str(real_home))
        return opened()


def _parts(block: object) -> Iterator[object]:
    """The parts of a page in order; what opens by a button is one part."""
    for part in block.children.values():  # type: ignore[attr-defined]
        if hasattr(part, "children") and part.type != "popover":
            yield from _parts(part)
        else:
            yield part


def _before_the_first_chart(app: AppTest) -> list[str]:
    """The keys of the controls; a button that opens others counts as one."""
    keys = list[str]()
    for part in _parts(app.main):
        if part.type in ("plotly_chart", "arrow_data_frame"):  # type: ignore[attr-defined]
            break
        if part.type in (*WIDGETS, "popover"):  # type: ignore[attr-defined]
            keys.append(str(getattr(part, "key", "more")))
    return [key for key in keys if key != OF_PHONES]


@pytest.mark.parametrize(
    ("name", "link"), STATES, ids=lambda one: "-".join(one.values()) if isinstance(one, dict) else one
)
def test_few_controls_stand_before_the_first_chart_in_one_order(
    real: Store, app: AppTest, name: str, link: dict[str, str]
) -> None:
    keys = _before_the_first_chart(page(app, name, lang="en", **link))
    assert app.get("plotly_chart")
    assert len(keys) <= MOST, keys
    places = [ORDER.index(key.removeprefix("scope_")) for key in keys if key.removeprefix("scope_") in ORDER]
    assert all(one < other for one, other in pairwise(places)), keys


@pytest.mark.parametrize(("lang", "year"), [("en", "[12][0-9]{3}"), ("zh", "[12][0-9]{3}年")])
@pytest.mark.parametrize(
    ("name", "link"),
    [
        ("products", {"ratio": "2"}),
        ("partner", {"ratio": "2", "partner": "asean"}),
        ("compare", {"ratio": "2"}),
        ("diversification", {"ratio": "2"}),
        ("products", {"goods": "world"}),
        ("compare", {"scaled": "index"}),
        ("destinations", {"side": "world"}),
    ],
    ids=lambda one: "-".join(one.values()) if isinstance(one, dict) else one,
)
def test_the_year_to_compare_with_is_a_year_as_the_reader_writes_it(
    real: Store, app: AppTest, name: str, link: dict[str, str], lang: str, year: str
) -> None:
    page(app, name, lang=lang, **link)
    assert not app.exception
    assert "⟦" not in text(app) + options(app)
    (control,) = [one for one in app.selectbox if one.key == "scope_since"]
    assert control.options
    assert all(re.fullmatch(year, option) for option in control.options)
