"""The pages, driven as a reader would: every filter value, links good and bad, figures with their sources."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from tests.support.app import choose, opened, page, sound, text
from tests.support.small_facts import without_identities
from trade.errors import TradeError
from trade.panels.cache import cached_per_store
from trade.panels.fields import CONTINENTS, FIELDS, parse
from trade.paths import PROJECT
from trade.store import Store
from trade.text import formats, message
from trade.text.catalog import LANGUAGES, words
from trade.text.markdown import plain
from trade.ui.core import navigation

PAGES = [page.name for page in navigation.PAGES]
NO_BREAK = "\u00a0"


@pytest.fixture
def app(real: Store) -> AppTest:
    """The dashboard on the store of the bundled facts, before any page."""
    return opened()


@pytest.fixture
def overview(real: Store) -> AppTest:
    """The first page as a reader finds it."""
    return AppTest.from_file(str(PROJECT / "app.py"), default_timeout=60).run()


# --- what must be seen ------------------------------------------------------------------------------------------------


def test_the_sidebar_says_who_runs_the_server_where_that_is_set(real: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRADE_OPERATOR", " Institute *of* Trade ")
    app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=60).run()
    assert any(r"This server is run by Institute \*of\* Trade." in one.value for one in app.sidebar.markdown)


def test_overview_shows_the_year_with_growth_in_both_currencies(overview: AppTest) -> None:
    sound(overview)
    seen = {metric.label: f"{metric.value} {metric.delta}" for metric in overview.metric}
    assert seen["Total trade, 2025"] == "45.47 trillion yuan +3.8% in yuan"
    assert seen["Exports, 2025"] == "26.99 trillion yuan +6.1% in yuan"
    assert "+5.5% in dollars, $3.77 trillion" in text(overview)
    assert "grown for 9 years in a row" in text(overview)
    assert (
        "In yuan the official rate for 2025 is +3.8%, against a revised base; the first releases of both years give "
        "+3.7%" in text(overview)
    )


def test_every_card_names_source_and_vintage(overview: AppTest) -> None:
    first = re.compile(r":small\[:gray\[Source: (\[|[^\[]{1,60} \(\[copy)")
    cards = [one.value for one in overview.markdown if first.match(one.value)]
    assert len(cards) >= len(overview.metric)
    assert all(re.search(r"\]\(http[^)]+\)\)?, .*20\d\d", one) for one in cards)
    names = [re.findall(r"growth: ([^;]+?)\]*$", one) for one in cards]
    assert not [one for one, named in zip(cards, names, strict=True) if named and f"[{named[0]}]" in one], "named twice"
    assert any("([copy of the table](https://github.com/" in one for one in cards), "a copy is no page of customs"


def test_overview_shows_the_newest_month_and_the_year_to_date(overview: AppTest) -> None:
    headers = [one.value for one in overview.header]
    assert headers[0] == "August 2026 and the year 2025"
    assert headers[-1].startswith("Year to date: January–August 2026")
    assert overview.metric[0].label == "Exports, August 2026"


def test_overview_by_quarter(overview: AppTest) -> None:
    choose(overview, "freq", "Q")
    assert not overview.exception
    assert overview.header[0].value == "August 2026 and Q2 2026"
    seen = {metric.label: f"{metric.value} {metric.delta}" for metric in overview.metric}
    assert seen["Total trade, Q2 2026"] == "13.62 trillion yuan +18.6% in yuan"
    assert "China's exports grew by 14.7% in the second quarter of 2026" in text(overview)
    assert any(
        "Which partners drove China's export growth in 2025" in one.proto.label for one in overview.get("page_link")
    ), "the link shows a whole year, whichever quarter is the newest"
    assert "months and quarters are shown in yuan" not in text(overview)
    choose(overview, "currency", "USD")
    assert "months and quarters are shown in yuan" in text(overview), "the map cannot follow"
    assert "No table by continent in dollars covers exports of both Q2 2026" in text(overview)


def test_overview_leads_to_three_questions_and_to_the_newest_statements(overview: AppTest) -> None:
    links = {one.proto.label: one.proto.query_string for one in overview.get("page_link")}
    assert "by=partner" in links["Which partners drove China's export growth in 2025? →"]
    assert "chart=contribution" in links["Which partners drove China's export growth in 2025? →"]
    assert "side=world" in links["For which economies is China the first destination? →"]
    assert any("claim=" in query for query in links.values())


def test_overview_in_dollars(overview: AppTest) -> None:
    choose(overview, "currency", "USD")
    sound(overview)
    assert overview.metric[1].value.replace("\\", "") == "$3.77 trillion"
    assert "+5.5% in dollars" in overview.metric[1].delta


def test_growth_tells_the_official_rate_from_that_of_first_releases(app: AppTest) -> None:
    page(app, "growth", flow="total")
    sound(app)
    assert "2025: official growth +3.8%; growth from first releases +3.7%" in text(app)
    assert "base of 43.80 trillion yuan" in text(app)
    assert "the first release was 43.85 trillion yuan" in text(app)


def test_contributions_of_the_continents_are_drawn_to_the_headline(app: AppTest) -> None:
    page(app, "growth")
    (chart,) = [one for one in app.get("plotly_chart") if "Bars add up to the headline" in one.proto.alt]
    assert "exports grew by 6.1% in 2025; Asia added most, 5.4 percentage points" in chart.proto.alt
    assert re.search(r"the residual is [+−]?\d\.\d\d pp", chart.proto.alt)


# --- every filter -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("freq", FIELDS["freq"].options)
@pytest.mark.parametrize("currency", FIELDS["currency"].options)
@pytest.mark.parametrize("flow", FIELDS["flow"].options)
def test_growth_with_every_flow_currency_frequency_look_and_split(
    app: AppTest, flow: str, currency: str, freq: str
) -> None:
    by = itertools.cycle(FIELDS["by"].options)
    page(app, "growth", flow=flow, currency=currency, freq=freq, by=next(by))
    sound(app)
    looks = [one for one in FIELDS["look"].options if freq in ("A", "M")]
    combination = [FIELDS[name].options.index(code) for name, code in (("flow", flow), ("currency", currency))]
    for look in looks[sum(combination) % 2 :: 2]:  # the panels of all looks are drawn without the page elsewhere
        page(app, "growth", flow=flow, currency=currency, freq=freq, look=look, by=next(by))
        sound(app)


@pytest.mark.parametrize("continent", CONTINENTS)
@pytest.mark.parametrize("currency", FIELDS["currency"].options)
def test_growth_with_every_continent(app: AppTest, continent: str, currency: str) -> None:
    page(app, "growth", currency=currency)
    choose(app, "continent", continent)
    sound(app)
    assert formats.say(f"scope.continent.{continent}") in app.subheader[-1].value
    assert app.query_params["continent"] == continent


@pytest.mark.parametrize("freq", FIELDS["freq"].options)
@pytest.mark.parametrize("currency", FIELDS["currency"].options)
def test_growth_in_the_first_and_the_last_period(app: AppTest, freq: str, currency: str) -> None:
    page(app, "growth", freq=freq, currency=currency, join="no")
    periods = app.selectbox(key="scope_period")
    codes = [periods.options[0], periods.options[-1]]
    for at in range(len(codes)):
        app.selectbox(key="scope_period").select_index(-at if at == 0 else len(periods.options) - 1).run()
        sound(app)
        assert app.selectbox(key="scope_period").value
    for span in FIELDS["span"].options:
        choose(app, "span", span)
        sound(app)


def test_january_and_february_joined_or_apart(app: AppTest) -> None:
    page(app, "growth", freq="M", currency="USD", period="2026-02")
    assert "in January–February 2026" in text(app)
    choose(app, "join", "no")
    sound(app)
    assert "in February 2026" in text(app)


def test_a_january_stands_for_both_months_where_they_are_joined(app: AppTest) -> None:
    page(app, "growth", freq="M", currency="USD", period="2026-01")
    assert "in January–February 2026" in text(app)


def test_an_old_period_is_drawn_even_if_one_looks_back_less_far(app: AppTest) -> None:
    page(app, "growth", currency="USD", period="1990", span="5")
    sound(app)
    assert app.subheader[0].value.replace(NO_BREAK, " ").startswith("China's exports rose by")
    assert "1990" in app.subheader[0].value


def test_a_split_that_does_not_exist_is_told_calmly(app: AppTest) -> None:
    page(app, "growth", flow="total", by="product")
    assert not app.exception
    assert "choose exports or imports" in text(app)
    page(app, "growth", period="2016")
    assert not app.exception
    assert "No table by continent in yuan covers exports of both 2016 and the year before" in text(app)


def test_table_download_and_caveats_are_made_only_when_opened(app: AppTest) -> None:
    page(app, "growth")
    assert not app.dataframe
    page(app, "growth", open="levels:table")
    sound(app)
    (twin,) = app.dataframe
    assert len(twin.value) >= 10
    assert twin.value["growth_pct"].iloc[-1] == 6.1
    assert app.get("download_button")
    page(app, "growth", open="levels:definition")
    assert "Values are in current prices" in text(app)
    page(app, "growth", open="levels:cite")
    assert any(
        "[26.99 trillion yuan](explore?measure=growth" in one.value.replace(NO_BREAK, " ") for one in app.markdown
    )


# --- links ------------------------------------------------------------------------------------------------------------


def test_choices_travel_in_the_url_as_codes(app: AppTest) -> None:
    page(app, "growth")
    choose(app, "flow", "import")
    choose(app, "currency", "USD")
    assert dict(app.query_params) == {"flow": "import", "currency": "USD"}
    choose(app, "flow", "export")
    assert dict(app.query_params) == {"currency": "USD"}


def test_choices_stay_when_the_page_changes(app: AppTest) -> None:
    page(app, "growth", currency="USD", flow="import")
    app.switch_page("pages/overview.py")
    for key in list(app.query_params):
        del app.query_params[key]
    app.run()
    assert app.metric[0].value.startswith("\\$")
    assert app.query_params["currency"] == "USD"


@pytest.mark.parametrize(
    ("link", "problem"),
    [
        ({"flow": "exports"}, "flow to 'exports', which is not a known value"),
        ({"currency": "CNY; DROP TABLE x"}, "currency to 'CNY; DROP TABLE x', which is not a known value"),
        ({"period": "<script>alert(1)</script>"}, "which is not a known value"),
        ({"period": "2025-13"}, "period to '2025-13', which is not a known value"),
        ({"period": "1949"}, "There are no figures for 1949 here; the newest period, 2025, is shown"),
        ({"colour": "red"}, "an unknown part, 'colour'"),
        ({"continent": "x" * 5000}, "which is not a known value"),
    ],
)
def test_a_link_that_is_not_understood_says_so_and_draws(app: AppTest, link: dict[str, str], problem: str) -> None:
    page(app, "growth", **link)
    sound(app)
    assert problem in text(app)
    assert app.get("plotly_chart")
    assert not app.query_params


def test_a_repeated_parameter_is_told() -> None:
    assert parse({"flow": ["import", "export"]})[1] == ["The link sets flow more than once; the default is shown."]


@given(some.dictionaries(some.text(max_size=20), some.lists(some.text(max_size=200), max_size=3), max_size=4))
def test_no_link_can_bring_in_a_code_that_is_not_declared(params: dict[str, list[str]]) -> None:
    values, _ = parse(params)
    assert all(FIELDS[name].accepts(code) for name, code in values.items())


# --- words, errors, first visit ---------------------------------------------------------------------------------------


def test_plain_text_cannot_become_markup_or_mathematics() -> None:
    assert plain("$1 and $2 <b>[x](y)*") == r"\$1 and \$2 \<b\>\[x\](y)\*"


def keys_in_code() -> Iterator[str]:
    """Every string key that charts, parts and pages name in full."""
    for path in (path for room in ("trade/charts", "trade/ui", "pages") for path in (PROJECT / room).rglob("*.py")):
        yield from re.findall(r"\bsay\(\s*\"([a-z_.A-Z]+)\"", path.read_text(encoding="utf-8"))


def test_every_string_that_the_code_names_exists() -> None:
    missing = {key for key in keys_in_code() if not formats.has(key)}
    assert not missing
    for page_name in PAGES:
        assert {f"pages.{page_name}.{part}" for part in ("nav", "title", "question", "help")} <= set(words("en"))
    for name, field in FIELDS.items():
        assert {f"scope.{name}.{code}" for code in ("name", *(field.options if name != "lang" else ()))} <= set(
            words("en")
        )


def test_other_languages_have_no_string_that_english_lacks() -> None:
    for lang in LANGUAGES:
        own, english = words(lang), words("en")
        extra = {key for key in own if key not in english and not key.startswith("format.")}
        assert not extra, f"{lang}: {extra}"
        for key in own.keys() & english.keys() - {"format.year_to_date"}:
            assert message.names(own[key]) == message.names(english[key]), key


def test_the_first_visit_builds_the_store_and_shows_the_page(
    tmp_path: Path, fewer_facts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRADE_HOME", str(tmp_path))
    monkeypatch.setenv("TRADE_DATA", str(fewer_facts))
    with without_identities():  # the other sources are missing
        app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=120).run()
    assert not app.exception
    assert "45.47 trillion yuan" in text(app)


def test_facts_that_cannot_be_read_give_one_calm_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRADE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TRADE_DATA", str(tmp_path / "nothing here"))
    app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=60).run()
    assert not app.exception
    assert len(app.error) == 1
    assert "nothing here" in app.error[0].value


def test_parts_are_kept_apart_by_name_and_arguments(real: Store) -> None:
    calls: list[str] = []

    def one(word: str) -> str:
        calls.append(word)
        return f"one {word}"

    def other(word: str) -> str:
        return f"other {word}"

    assert [cached_per_store(one)("a"), cached_per_store(other)("a"), cached_per_store(one)("b")] == [
        "one a",
        "other a",
        "one b",
    ]
    assert cached_per_store(one)("a") == "one a"
    assert calls == ["a", "b"]


def test_one_chart_that_fails_leaves_the_others(real: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise TradeError("The contributions are out today.")

    monkeypatch.setattr("trade.panels.queries.contribution", broken)
    app = page(opened(), "growth")
    assert not app.exception
    assert [one.value for one in app.error] == ["The contributions are out today."]
    assert len(app.get("plotly_chart")) == 5
