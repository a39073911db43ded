"""Two languages: every string, measure and text of the facts has both, and a page in Chinese holds no English words."""

from __future__ import annotations

import ast
import itertools
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.app import opened, page
from trade.charts.label_context import Context
from trade.measures import catalog, describe_sources, find_measure, run, translations
from trade.measures.parameters import group_definitions
from trade.panels.fields import parse, to_params
from trade.paths import PROJECT
from trade.store import Store
from trade.store.bulk.input_schemas import layouts
from trade.store.bulk.load import CHECKS
from trade.store.identities import identities
from trade.text import formats, message
from trade.text.catalog import FACTS, LANGUAGES, MEASURES, SOURCE, of_measure, table, words
from trade.ui.core import language, navigation

OTHERS = [code for code in LANGUAGES if code != SOURCE]
CODE = sorted([*PROJECT.glob("trade/**/*.py"), *PROJECT.glob("pages/*.py")])
CHINESE = re.compile(r"[\u4e00-\u9fff]")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
ISO_DAY = re.compile(r"\b(\d{4})-(0[1-9]|1[0-2])(?:-(\d\d))?(?![\d-])")
NUMERAL_MONTH = re.compile(r"\d{1,2}个?月")
UNIT = re.compile(r"\b(?:10 billion|0\.1 billion|100 million|10,000)(?= (?:yuan|US dollars)|$)")
"""Numbers that belong to a unit, for which Chinese has a word: 百亿, 亿, 万."""


def fields(text: str) -> set[str]:
    """The names in braces."""
    return set(message.names(text))


def numbers(text: str) -> set[str]:
    """The numbers in a text; English has words, or a date in figures, where Chinese writes `12月`."""
    text = ISO_DAY.sub(lambda day: f"{day[1]}年{int(day[2])}月" + (f"{int(day[3])}日" if day[3] else ""), text)
    return set(NUMBER.findall(NUMERAL_MONTH.sub("", UNIT.sub("", text))))


# --- strings: trade/text/locales/<lang>/


def keys(lang: str) -> set[str]:
    """The keys of a language, without the formats that differ from Babel's: languages need not have the same ones."""
    return {key for key in words(lang) if not key.startswith("format.") and key != "chart.month_axis"}


@pytest.mark.parametrize("lang", OTHERS)
def test_every_string_has_both_languages(lang: str) -> None:
    english, other = keys("en"), keys(lang)
    assert not english - other, f"not in locales/{lang}"
    assert not other - english, f"in locales/{lang} only"


@pytest.mark.parametrize("lang", OTHERS)
def test_placeholders_are_the_same(lang: str) -> None:
    """A field that one language leaves out on purpose would be a loss for its readers: none may be left out or new."""
    english, other = words("en"), words(lang)
    differ = {
        key: (fields(english[key]), fields(other[key]))
        for key in keys("en") & keys(lang)
        if fields(english[key]) != fields(other[key])
    }
    assert not differ


def test_chinese_strings_are_chinese() -> None:
    """Find strings left in English: they have a Latin word and no Chinese character."""
    latin = re.compile(r"[A-Za-z]{3,}")
    copied = {
        key: text
        for key, text in words("zh").items()
        if not CHINESE.search(text) and latin.search(re.sub(r"\{[^}]*\}", "", text))
    }
    allowed = {"language.tag", "language.babel"}
    plain = {key: re.sub(r"\{[^}]*\}", "", text).strip() for key, text in copied.items()}
    abbreviations = {key for key, text in plain.items() if re.fullmatch(r"[A-Z][A-Za-z]*( \([A-Z]+\))?", text)}
    assert not set(copied) - allowed - abbreviations


def test_chinese_strings_have_chinese_marks() -> None:
    """No space before %, no Western comma, colon or full stop between Chinese characters."""
    wrong = re.compile(r"[\u4e00-\u9fff}][,;:!?] ?[\u4e00-\u9fff{]|[\u4e00-\u9fff] %|[\u4e00-\u9fff]\.$")
    found = {key: text for key, text in words("zh").items() if wrong.search(text)}
    assert not found


# --- keys in code


@cache
def trees() -> tuple[tuple[Path, ast.AST], ...]:
    """Every file of the code, parsed once."""
    return tuple((path, ast.parse(path.read_text(encoding="utf-8"))) for path in CODE)


@cache
def keys_in_code() -> tuple[frozenset[str], frozenset[str]]:
    """Keys written in full in the code, and patterns of keys that it composes, such as `scope.*.name`."""
    whole, composed = set(), set()
    for _, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = (str(one.value) if isinstance(one, ast.Constant) else "\0" for one in node.values)
                composed.add("".join(parts))
    for template in PROJECT.glob("trade/**/*.j2"):
        whole |= set(re.findall(r'say\("([^"]+)"', template.read_text(encoding="utf-8")))
    return frozenset(whole), frozenset(composed)


SPEAKING = ("charts", "panels", "stories", "export", "ui", "pages")
"""Packages whose `say` takes a key; elsewhere `say` reports the progress of a build."""


def calls() -> Iterator[tuple[Path, ast.Call]]:
    """Every call of a function named `say`."""
    for path, tree in trees():
        if not set(path.relative_to(PROJECT).parts) & set(SPEAKING) and path.name != "formats.py":
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name == "say" and node.args:
                    yield path, node


def pattern(composed: str) -> re.Pattern[str]:
    """A pattern of the keys that a composed key may become; `\\0` stands for each computed part."""
    return re.compile(".+".join(re.escape(part) for part in composed.split("\0")))


PREFIXES = {"trade/export/citation.py": "cite.", "trade/export/view_metadata.py": "view."}
"""Modules whose own `say` puts a prefix before the key."""


def test_no_key_is_said_that_no_file_has() -> None:
    known, missing = set(words("en")), []
    for path, call in calls():
        before = PREFIXES.get(str(path.relative_to(PROJECT)), "")
        for key in literals(call.args[0]):
            if "\0" in key:
                found = any(pattern(before + key).fullmatch(one) or pattern(key).fullmatch(one) for one in known)
            else:
                found = key in known or before + key in known
            if not found:
                missing.append(f"{path.name}:{call.lineno} {key!r}")
    assert not missing


def literals(node: ast.expr) -> Iterator[str]:
    """The keys that an argument may be: a literal, both sides of a condition, an f-string with `\\0` for its values."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(one.value) if isinstance(one, ast.Constant) else "\0" for one in node.values)


def test_no_string_is_left_that_nobody_says() -> None:
    """Each key is in the code in full, or without a prefix that the code adds, or matches a composed key."""
    whole, composed = keys_in_code()
    tails = {f"{prefix}{word}" for prefix in PREFIXES.values() for word in whole}
    patterns = [pattern(one) for one in composed if re.match(r"[a-z_]+\.", one)]
    unused = {
        key
        for key in keys("en")
        if key not in whole and key not in tails and not any(one.fullmatch(key) for one in patterns)
    }
    assert not unused


# --- measures: trade/text/locales/<lang>/measures.toml


@pytest.mark.parametrize("lang", OTHERS)
@pytest.mark.parametrize("name", sorted(catalog()))
def test_every_measure_speaks_every_language(name: str, lang: str) -> None:
    """Every text of its header is translated, and there are no translations that no header needs any more."""
    tables = table(MEASURES, lang)
    texts = set(translations.texts_of(find_measure(name)))
    own, shared = set(tables.get(name, {})), set(tables["shared"])
    assert not texts - own - shared, "has no translation"
    assert not own - texts, "translates what the header no longer says"


@pytest.mark.parametrize("lang", OTHERS)
def test_shared_texts_are_those_of_several_measures(lang: str) -> None:
    texts = [text for name in catalog() for text in translations.texts_of(find_measure(name))]
    tables = table(MEASURES, lang)
    assert not set(tables) - {"shared", *catalog()}
    assert not [text for text in tables["shared"] if texts.count(text) < 2]


@pytest.mark.parametrize("lang", OTHERS)
@pytest.mark.parametrize("kind", ["measures", "facts"])
def test_translations_keep_the_numbers(kind: str, lang: str) -> None:
    """A year or a rate that differs between the two languages is a mistake in one of them."""
    tables = table(kind, lang)
    pairs = [(english, other) for one in tables.values() for english, other in one.items()]
    assert len(pairs) > 100
    assert not [(english, other) for english, other in pairs if numbers(english) != numbers(other)]


def test_a_measure_is_told_in_chinese() -> None:
    measure = translations.measure_in(find_measure("growth"), "zh")
    assert measure.title == "同比增速"
    assert all(CHINESE.search(text) for text in (measure.definition, *measure.caveats))
    assert all(CHINESE.search(one.help) for one in measure.parameters.values())
    assert (measure.formula, measure.sql) == (find_measure("growth").formula, find_measure("growth").sql)
    assert translations.measure_in(find_measure("growth"), "en") is find_measure("growth")


def test_a_text_that_changed_is_not_given_its_old_translation() -> None:
    text = find_measure("growth").definition
    assert of_measure("growth", text, "zh") != text
    assert of_measure("growth", text + " Now.", "zh") == text + " Now."


# --- facts: trade/text/locales/<lang>/facts.toml


CONCEPTS = ("balance of payments", "ministry of commerce")
QUERIES: list[tuple[str, dict[str, str]]] = [
    ("forecasts", {"subject": "all"}),
    ("cross_border_ecommerce", {}),
    ("tariffs", {}),
    ("tariffs", {"importer": "CHN"}),
    ("tariffs", {"compiler": "tracker"}),
    *(
        ("services", {"concept": concept, "freq": freq, "flow": "total" if freq != "Q" else "balance"})
        for concept, freq in itertools.product(CONCEPTS, ("A", "YTD", "M", "Q"))
        if (concept, freq) not in {(CONCEPTS[0], "YTD"), (CONCEPTS[1], "M"), (CONCEPTS[1], "Q")}
    ),
    ("services", {"concept": CONCEPTS[0], "flow": "balance", "currency": "CNY"}),
    ("services", {"concept": CONCEPTS[0], "item": "Travel", "flow": "export"}),
    ("services", {"concept": CONCEPTS[1], "freq": "YTD", "flow": "import"}),
]
"""Queries besides the default ones whose rows contain texts to translate."""


def facts(store: Store) -> Iterator[str]:
    """Every text of the facts that pages show and that is neither a name nor a quotation."""
    for measure, params in (*((name, {}) for name in ("policy_events", "residuals", "partners", "released")), *QUERIES):
        frame = run(store, measure, **params).frame
        for column in set(translations.TEXTS) & set(frame) - {"unit"}:
            yield from (text for text in frame[column].dropna() if text)
    named = {name for kind in ("economy", "economy_group", "product") for name in _names(store, kind)}
    known = {text for texts in table(FACTS, OTHERS[0]).values() for text in texts}
    for column in ("item", "sub_item"):
        query = f"SELECT DISTINCT {column} AS text FROM staging.released_figure WHERE list_contains($topics, topic)"
        topics = find_measure("released").parameters["topic"].domain
        released = store.query(query, {"topics": topics})["text"].dropna()
        texts = {text if text in known else text.removesuffix(" (volume)") for text in released}
        yield from texts - (named - known) - {"all"}
    every = store.query("SELECT source_id, coverage, unit FROM fact.source")
    yield from (*every["coverage"], *every["unit"])
    for note in describe_sources(store, list(every["source_id"])):
        yield from (note.producer, note.title, note.valuation, note.licence)
    yield from store.query("SELECT DISTINCT speaker FROM fact.claim WHERE speaker <> ''")["speaker"]
    yield from (identity.title for identity in identities(CHECKS))
    yield from group_definitions(store).values()
    for layout in layouts():
        yield from (layout.source[name] for name in ("producer", "title", "valuation", "licence", "unit"))


def _names(store: Store, kind: str) -> Iterator[str]:
    """The English names of a kind of the facts."""
    yield from store.query(f"SELECT name_en FROM fact.{kind}")["name_en"]


@pytest.mark.parametrize("lang", OTHERS)
def test_every_text_of_the_facts_has_its_translation(real: Store, lang: str) -> None:
    originals = set(facts(real))
    known = {text for texts in table(FACTS, lang).values() for text in texts}
    assert len(originals) > 150
    assert not originals - known, "has no translation"
    assert not known - originals, "translates what the facts no longer say"


def test_every_name_has_both_languages(real: Store) -> None:
    for kind, code in (("economy", "economy"), ("economy_group", "group_code"), ("product", "product")):
        frame = real.query(f"SELECT {code} AS code, name_en, name_zh FROM fact.{kind}")
        lacking = frame[~frame["name_zh"].fillna("").str.contains(CHINESE)]
        assert not len(lacking), list(lacking["code"])
    claims = real.query("SELECT statement_zh FROM fact.claim")["statement_zh"]
    readings = real.query("SELECT definition_zh FROM fact.claim_reading")["definition_zh"]
    assert claims.fillna("").str.contains(CHINESE).all()
    assert readings.fillna("").str.contains(CHINESE).all()


# --- numbers


@pytest.mark.parametrize(
    ("values", "currency", "size", "unit"),
    [
        ([45.47e12, 26.99e12, 18.48e12], "CNY", 1e12, "万亿元"),
        ([2.7e12, 2.3e12, 1.9e12], "CNY", 1e12, "万亿元"),
        ([858e9, 501e9, 322e9], "CNY", 1e8, "亿元"),
        ([3.0e12, 120e9, 80e9, 70e9, 60e9], "CNY", 1e8, "亿元"),
        ([3.77e12, 3.58e12], "USD", 1e12, "万亿美元"),
        ([397.9e9, 285.5e9], "USD", 1e8, "亿美元"),
        ([5.2e6, 3.1e6], "USD", 1e4, "万美元"),
        ([812.0, 90.0], "CNY", 1.0, "元"),
    ],
)
def test_amounts_are_drawn_in_the_steps_of_chinese(values: list[float], currency: str, size: float, unit: str) -> None:
    scale = Context(currency=currency, lang="zh").scale(values)
    assert (scale.size, scale.unit) == (size, unit)


def test_english_amounts_stay_in_thousands_of_thousands() -> None:
    assert Context(currency="CNY").scale([858e9, 501e9]).unit == "billion yuan"
    assert Context(currency="CNY", lang="zh").amount(858.3e9) == "8,583.0亿元"
    assert Context(currency="CNY").amount(858.3e9) == "858.3 billion yuan"


def test_a_head_and_a_label_follow_the_language() -> None:
    assert Context(lang="zh").head("越南", "2025年") == "<b>越南，2025年</b>"
    assert Context().head("Vietnam", "2025") == "<b>Vietnam, 2025</b>"
    assert Context(lang="zh").points_label(0.62, 2) == "+0.62"
    assert Context().points_label(0.62, 2) == "+0.62 pp"


# --- pages


LATIN = re.compile(r"[A-Za-z][A-Za-z'’-]{3,}")
LINK = re.compile(r"\[[^\]]*\]\([^)]*\)|https?://\S+")
PROPER = {
    "English", "CEPII", "BACI", "UNCTAD", "Trade", "DOTS", "BTIGE", "Plotly", "TopoJSON", "Natural", "Earth", "Admin",
    "Comtrade", "WITS", "Visual", "Capitalist", "HTML", "PowerPoint", "TOML", "DuckDB", "Parquet", "XLSX", "BibTeX",
    "Roberts", "White", "motor-vehicles", "OECD", "OLED", "RCEP", "Germany",
}  # fmt: skip
"""Names that Chinese writes in Latin letters; codes such as HHI have three."""
MARKUP = re.compile(r":(small|gray|material|red|green|blue)\b|</?[a-z][^>]*>|%\{[^}]*\}|\*\*|\\")


def english_words(text: str) -> set[str]:
    """English words in a text, without links, markup and proper names."""
    return set(LATIN.findall(MARKUP.sub(" ", LINK.sub(" ", text)))) - PROPER


LATIN_STOP = re.compile(r"[\u4e00-\u9fff][)）]?\**[.]\**(\s|\Z)")
"""A Latin full stop after Chinese words."""
FOUND_BY_EITHER_NAME = ("scope_partner", "own_group_parts")
"""The keys of controls that find partners by either name, and show both."""


def controls(app: AppTest) -> Iterator[str]:
    """Titles, headings, alerts, and the labels, hints and options of every control."""
    for kind in (app.title, app.header, app.subheader, app.info, app.warning, app.error):
        yield from (one.value for one in kind)
    labelled: tuple[Any, ...] = (
        app.button, app.selectbox, app.multiselect, app.toggle, app.text_input, app.number_input, app.metric,
    )  # fmt: skip
    for kind in labelled:
        for one in kind:
            yield from (str(getattr(one, name, "") or "") for name in ("label", "help", "placeholder"))
            if one.key not in FOUND_BY_EITHER_NAME:
                yield from (str(option) for option in getattr(one, "options", ()))
    yield from (one.label for one in app.expander)
    for group in app.get("button_group"):
        yield group.proto.label
        yield from (option.content for option in group.proto.options)


def drawn(app: AppTest) -> Iterator[str]:
    """Alternative texts and axis titles, labels and notes of every figure."""
    for chart in app.get("plotly_chart"):
        yield chart.proto.alt
        layout = json.loads(chart.proto.spec)["layout"]
        yield from (str(note.get("text", "")) for note in layout.get("annotations", ()))
        for name, axis in layout.items():
            if name.startswith(("xaxis", "yaxis")):
                yield str((axis.get("title") or {}).get("text", ""))
                yield from (str(text) for text in axis.get("ticktext") or ())


@pytest.fixture(scope="module")
def chinese() -> AppTest:
    """The dashboard opened by a link in Chinese; the tests that use it share one session."""
    app = opened()
    app.query_params["lang"] = "zh"
    return app


@pytest.mark.parametrize("name", [page.name for page in navigation.PAGES])
def test_a_page_in_chinese_holds_no_english(chinese: AppTest, real: Store, name: str) -> None:
    assert real.version
    app = chinese.switch_page(f"pages/{name}.py").run()
    assert not app.exception, [one.message for one in app.exception]
    assert not app.error, [one.value for one in app.error]
    assert dict(app.query_params)["lang"] in ("zh", ["zh"]), "the language stays over pages and in the URL"
    shown = [*controls(app), *drawn(app), *(one.value for one in app.markdown if "来源：" not in one.value)]
    assert "⟦" not in "".join(shown)
    foreign = {text: found for text in (*controls(app), *drawn(app)) if (found := english_words(text))}
    assert not foreign
    assert not [text for text in shown if LATIN_STOP.search(text)]
    assert any(CHINESE.search(one.value) for one in app.title)


def test_what_a_parameter_may_be_is_said_in_words(chinese: AppTest, real: Store) -> None:
    """Parameters without a list of codes have their kind of value in words: a period, a text, yes or no."""
    kinds = {one.domain for name in catalog() for one in find_measure(name).parameters.values()
             if isinstance(one.domain, str)}  # fmt: skip
    assert kinds
    for kind in kinds:
        assert CHINESE.search(formats.say(f"glossary.kind_{kind}", "zh")), kind
    app = page(chinese, "sources", lang="zh", term="hs_rivals")
    (listed,) = [one.value["domain"] for one in app.dataframe if "domain" in one.value]
    assert kinds.isdisjoint(listed)
    assert "时期" in set(listed)


def test_one_button_leads_to_the_other_language_and_back(real: Store) -> None:
    assert real.version
    app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=90).run()
    assert app.title[0].value == formats.say("pages.overview.title", "en")
    assert "lang" not in app.query_params, "a bare address is in English where the browser says nothing"
    app.button(key="language").click().run()
    assert app.title[0].value == formats.say("pages.overview.title", "zh")
    assert dict(app.query_params)["lang"] in ("zh", ["zh"])
    app.button(key="language").click().run()
    assert app.title[0].value == formats.say("pages.overview.title", "en")
    assert dict(app.query_params)["lang"] in ("en", ["en"]), (
        "a choice is kept, so that the browser's language does not win again"
    )


@pytest.mark.parametrize(
    ("locale", "expected"),
    [("zh-CN", "zh"), ("zh", "zh"), ("zh_TW", "zh"), ("en-US", ""), ("de-DE", ""), ("", ""), (None, "")],
)
def test_a_first_visit_follows_the_browser(monkeypatch: pytest.MonkeyPatch, locale: str | None, expected: str) -> None:
    class Browser:
        def __init__(self) -> None:
            self.locale = locale

    monkeypatch.setattr("streamlit.context", Browser())
    assert language.of_browser() == expected


def test_the_language_is_a_field_like_others() -> None:
    assert parse({"lang": ["zh"]}) == ({"lang": "zh"}, [])
    assert to_params({"lang": "zh", "flow": "import"}) == {"lang": "zh", "flow": "import"}
    values, problems = parse({"lang": ["fr"]})
    assert values == {}
    assert len(problems) == 1
    assert "'fr'" in problems[0]
