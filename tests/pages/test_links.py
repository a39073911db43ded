"""Links: every state survives its own link, a copied link opens exactly what was seen, no link breaks a page, and each page
leads to the update of its figures."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from tests.support.app import text
from trade.panels.fields import FIELDS, Field, parse, to_params
from trade.paths import PROJECT
from trade.store import Store
from trade.text import formats
from trade.text.catalog import LANGUAGES, words
from trade.ui.core import browser_components, filters, navigation, permalink

PAGES = [one.name for one in navigation.PAGES]
LONGEST_PROBLEM = 600
ROW = r"^\| `(\w+)` \| [^|]* \| ([^|]*) \| ([^|]*) \|$"
HOSTILE = (
    "'; DROP TABLE fact.source; --",
    "1 OR 1=1",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[x](javascript:alert(1))",
    "../../../etc/passwd",
    "${7*7}{{7*7}}",
    "x" * 20_000,
    "\x00\u202e\ufffd",
    "",
)
UNKNOWN_CODES = {
    "period": "1949-12", "partner": "QQQ", "reporter": "QQQ", "product": "no-such-thing", "within": "no-such-thing",
    "source": "nobody", "term": "nothing", "measure": "nothing", "claim": "2025-nothing", "year": "1999", "since": "1999",
    "keep": "Nobody|Nowhere", "find": "';--", "q": "') OR 1=1 --", "topic": "nothing", "stated": "1950",
    "ask": "by=nothing;colour=red", "y": "nothing", "x": "nothing", "down": "nothing", "across": "nothing",
    "cell": "nothing", "demand": "asia:999,asia:-999", "shocks": "QQQ:5", "rest": "-999", "fall": "999",
    "elsewhere": "-999", "elasticity": "999", "story": "no-such-story", "step": "99", "chart": "no_such_chart",
}  # fmt: skip
"""Codes of the right form that nothing has."""


def codes(field: Field) -> some.SearchStrategy[str]:
    """All codes of a field that a link may name."""
    return some.sampled_from(field.options) if field.options else some.from_regex(field.pattern, fullmatch=True)


@some.composite
def states(draw: some.DrawFn) -> dict[str, str]:
    """Some fields, each with one of its codes."""
    names = draw(some.lists(some.sampled_from(list(FIELDS)), unique=True, max_size=9))
    return {name: draw(codes(FIELDS[name])) for name in names}


@given(states())
@settings(max_examples=200, deadline=None)
def test_a_state_survives_its_own_url(state: dict[str, str]) -> None:
    params = to_params(state)
    url = urlencode(params)
    assert url.isascii()
    again, problems = parse(parse_qs(url, keep_blank_values=True))
    assert not problems
    assert again == params
    for name, field in FIELDS.items():
        assert again.get(name, field.default) == state.get(name, field.default)


def test_each_code_survives_alone() -> None:
    for name, field in FIELDS.items():
        for code in field.options:
            values, problems = parse({name: [code]})
            assert (values.get(name, field.default), problems) == (code, [])


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_is_hostile_is_told_in_a_short_sentence_or_is_a_text_to_search_for(hostile: str) -> None:
    for name, field in FIELDS.items():
        values, problems = parse({name: [hostile]})
        assert bool(values) != bool(problems) or field.accepts(hostile)
        assert all(len(problem) < LONGEST_PROBLEM for problem in problems)
        assert not values or not re.search("[<>]", values[name])
    _, (problem,) = parse({hostile: ["x"]})
    assert "unknown part" in problem
    assert len(problem) < LONGEST_PROBLEM


def test_the_sentence_names_the_part_and_what_would_be_good() -> None:
    problems = parse({"flow": ["exports"], "curency": ["USD"], "colour": ["red"], "freq": ["A", "M"]})[1]
    assert problems == [
        "The link sets flow to 'exports', which is not a known value; the default is shown. Known values: export, import, total.",
        "The link has an unknown part, 'curency', which is ignored. Similar known names: currency.",
        "The link has an unknown part, 'colour', which is ignored.",
        "The link sets freq more than once; the default is shown.",
    ]


def test_every_field_says_in_every_language_what_it_takes() -> None:
    for name, field in FIELDS.items():
        for lang in LANGUAGES:
            assert field.options or f"scope.{name}.form" in words(lang), (name, lang)


def test_the_documentation_lists_every_field_with_its_codes_and_default() -> None:
    """Changing a field, code or default breaks links: this test makes such a change visible."""
    markdown = (PROJECT / "docs" / "links.md").read_text(encoding="utf-8")
    rows = {name: (codes, default) for name, codes, default in re.findall(ROW, markdown, re.MULTILINE)}
    assert list(rows) == list(FIELDS)
    for name, field in FIELDS.items():
        codes, default = rows[name]
        assert tuple(re.findall("`([^`]+)`", codes)) == field.options, name
        assert "".join(re.findall("`([^`]+)`", default)) == field.default, name


# --- pages ------------------------------------------------------------------------------------------------------------


def _copied(app: AppTest) -> list[dict[str, str]]:
    """The parameters of the links that the pages offered."""
    return app.copied  # type: ignore[attr-defined,no-any-return]


@pytest.fixture
def app(real: Store, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The dashboard, and under `copied` the parameters of the link that each page offers."""
    made = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=90)
    copied: list[dict[str, str]] = []
    monkeypatch.setattr(browser_components, "copy_link", lambda _address: copied.append(permalink.view()))
    made.copied = copied  # type: ignore[attr-defined]
    return made


def opened(app: AppTest, name: str, **link: str) -> AppTest:
    """The page, opened by a link: one run."""
    for key in list(app.query_params):
        del app.query_params[key]
    for key, code in link.items():
        app.query_params[key] = code
    return app.switch_page(f"pages/{name}.py").run()


def assert_page_works(app: AppTest, name: str) -> None:
    """Assert that the page has its title and no exception, error or missing text, and few warnings about the link."""
    assert not app.exception, [one.message for one in app.exception]
    assert app.title[0].value == formats.say(f"pages.{name}.title")
    assert "⟦" not in text(app)
    assert len([one for one in app.warning if "link" in one.value.lower()]) <= filters.MAX_REPORTED + 4


def test_hostile_links_leave_every_page_working(app: AppTest) -> None:
    hostile = {name: HOSTILE[at % 8] for at, name in enumerate(FIELDS) if name not in ("present", "lang")}
    hostile |= {"flow": "x" * 20_000, "<script>": "1", **{f"unknown{at}": "x" for at in range(300)}}
    for name in PAGES:
        opened(app, name, **hostile)
        assert_page_works(app, name)
        assert "The link" in text(app)
        assert "More unknown parts of the link" in text(app)
        assert "x" * 100 not in text(app)
        assert len(urlencode(dict(app.query_params.items()))) < 2_000


def test_codes_that_nothing_has_leave_every_page_working(app: AppTest) -> None:
    assert all(FIELDS[name].accepts(code) for name, code in UNKNOWN_CODES.items())
    for name in PAGES:
        opened(app, name, **UNKNOWN_CODES)
        assert_page_works(app, name)


@pytest.mark.parametrize(
    ("name", "link"),
    [
        ("growth", {"flow": "import", "currency": "USD", "freq": "M"}),
        ("diversification", {"gauge": "cr5"}),
        ("destinations", {"map": "rates"}),
        ("partner", {"partner": "VNM"}),
        ("outlook", {"target": "2025"}),
        ("products", {"flow": "import"}),
    ],
)
def test_a_copied_link_opens_exactly_what_was_seen_also_for_one_who_chose_otherwise(
    app: AppTest, name: str, link: dict[str, str]
) -> None:
    opened(app, name, **link)
    seen, copied = [one.value for one in app.subheader], _copied(app)[-1]
    assert link.items() <= copied.items()
    opened(app, name, flow="total", currency="CNY", period="2024", span="5")
    opened(app, name, **copied)
    assert_page_works(app, name)
    assert [one.value for one in app.subheader] == seen
    assert _copied(app)[-1] == copied


def _address(app: AppTest) -> dict[str, str]:
    """The parameters of the address as texts: they are lists where a test has set them, texts where the page has."""
    return {name: code[0] if isinstance(code, list) else code for name, code in app.query_params.items()}


def test_a_choice_made_before_the_browser_has_the_address_of_the_former_one_loses_neither(app: AppTest) -> None:
    opened(app, "growth")
    app.segmented_control(key="scope_flow").set_value("import").run()
    assert _address(app) == {"flow": "import"}
    del app.query_params["flow"]  # what a slow line has brought so far
    app.segmented_control(key="scope_currency").set_value("USD").run()
    assert _address(app) == {"flow": "import", "currency": "USD"}
    del app.query_params["currency"]  # the browser's Back
    app.run()
    assert app.segmented_control(key="scope_currency").value == "CNY"
    assert app.segmented_control(key="scope_flow").value == "import"


def test_a_copied_link_names_the_period_that_the_data_chose(app: AppTest) -> None:
    opened(app, "growth")
    assert _copied(app)[-1] == {"period": "2025", "span": "20"}
    assert not app.query_params, "the address of the page stays that of the newest figures"


@pytest.mark.parametrize("name", PAGES)
def test_every_page_says_up_to_when_its_figures_reach_and_leads_to_the_update(
    app: AppTest, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trade.ui.core.user_clock.today", lambda: date(2026, 11, 28))
    opened(app, name)
    (line,) = [one.value for one in app.markdown if "later months have been published" in one.value]
    assert "Figures" in line
    assert "2026" in line
    assert "[Update the figures](sources)" in line
