"""Sentences: every measure has one in both languages, grammatical whatever the number does, and each number of it leads to
its query; every column of its rows has a heading."""

from __future__ import annotations

import dataclasses
import itertools
import math
import re
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from trade import column_metadata, paths
from trade.errors import NoRows, TradeError
from trade.measures import Result, catalog, find_measure, run
from trade.measures import sentences as module
from trade.measures.parameters import bind, with_period
from trade.measures.sentences import LANGUAGES, Sentence, missing_templates, sentence
from trade.panels import measure_headline, measure_url
from trade.panels.fields import FIELDS, parse
from trade.sources import find_sources
from trade.store import Store, open_store
from trade.text import formats, message

CASES = ("default", "rose", "fell", "flat", "unknown")


def test_every_measure_has_words_in_every_language() -> None:
    assert missing_templates(list(catalog())) == []


def test_a_measure_without_words_is_named() -> None:
    assert missing_templates(["no_such_measure"]) == [
        f"no_such_measure: {file}.toml" for file in ("fields", *LANGUAGES)
    ]


def test_no_words_for_measures_that_are_gone() -> None:
    for file in ("fields", *LANGUAGES):
        assert set(module._texts(file)) - {"common"} == set(catalog()), file


def test_languages_have_the_same_words() -> None:
    """Common words and, per measure, the same cases and the same fields in them."""
    english, chinese = (module._texts(lang) for lang in LANGUAGES)
    only_english = {"article", "with_article", "named", "goods_begin_small"}
    assert set(english["common"]) - only_english == set(chinese["common"])
    for name in catalog():
        assert set(english[name]) & set(CASES) == set(chinese[name]) & set(CASES), name
        assert (
            english[name].get("basis", "").keys() == chinese[name].get("basis", "").keys()
            if isinstance(english[name].get("basis"), dict)
            else True
        )
        assert not set(chinese[name]) - set(english[name]), name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_source_has_a_short_name(lang: str) -> None:
    assert set(module._texts(lang)["common"]["sources"]) == set(find_sources(paths.DATA))


@pytest.fixture(scope="module")
def answer(real_home: Path) -> Callable[[str], Result]:
    """The cached result of a measure with default parameters; the tests make all languages and cases from it."""
    return cache(partial(run, open_store(real_home)))


@pytest.mark.parametrize(("name", "lang"), list(itertools.product(sorted(catalog()), LANGUAGES)))
def test_said_with_its_defaults(real: Store, answer: Callable[[str], Result], name: str, lang: str) -> None:
    try:
        result = answer(name)
    except NoRows:
        return
    generated = sentence(real, result, lang)
    assert generated.case != "missing"
    check(generated, lang)
    end = generated.text.removeprefix(generated.core)
    assert len(end) < len(generated.text), "the headline is the sentence up to its basis, source and date"
    assert re.fullmatch(r"( ?[(（].*[)）])?[.。]", end), generated.text
    assert generated == sentence(real, result, lang), "the same rows, the same words"


@pytest.mark.parametrize(("name", "lang"), list(itertools.product(sorted(catalog()), LANGUAGES)))
def test_every_case_can_be_said(
    real: Store, answer: Callable[[str], Result], name: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each template of the measure fills, whichever case its sign leads to."""
    try:
        result = answer(name)
    except NoRows:
        return
    signed = "sign" in module._texts("fields")[name]
    for case in set(module._texts(lang)[name]) & set(CASES[1:] if signed else CASES):
        monkeypatch.setattr(module._Writer, "_case", lambda _self, case=case: case)
        check(sentence(real, result, lang), lang)
    if signed and "default" in module._texts(lang)[name]:
        for case in ("rose", "fell", "flat"):
            monkeypatch.setattr(module._Writer, "_case", lambda _self, case=case: case)
            check(sentence(real, result, lang), lang)


@pytest.mark.parametrize("measure", sorted(catalog()))
def test_the_numbers_of_a_sentence_lead_to_the_query_that_gave_them(
    real: Store, answer: Callable[[str], Result], measure: str
) -> None:
    """The link's parameters, read as Explore reads them, ask the measure the same question."""
    try:
        result = answer(measure)
    except NoRows:
        return
    links = re.findall(r"\]\(explore\?([^)]+)\)", measure_headline.linked(result))
    assert links
    for link in links:
        fields, problems = parse(parse_qs(link))
        assert not problems
        assert fields.pop("measure", FIELDS["measure"].default) == measure
        assert fields.pop("y", "source_id") in result.frame
        params = measure_url.parse(fields.pop("ask", "")) | fields
        shared = {name: FIELDS[name].default for name in measure_url.SHARED if result.params.get(name) is not None}
        entries = with_period(result.measure, shared | params)
        assert bind(real, result.measure, entries) == result.params, "what `run` would answer"


def test_every_column_has_a_heading(answer: Callable[[str], Result]) -> None:
    """In tables: of every measure that answers its default question."""
    lacking: dict[str, str] = {}
    for name in catalog():
        try:
            frame = answer(name).frame
        except TradeError:
            continue
        for column in (name for name in map(str, frame) if not column_metadata.column(name).technical):
            key = f"column.{str(column).replace('name_zh', 'name_en')}"
            if not formats.has(key):
                lacking[column] = name
    assert not lacking


def check(generated: Sentence, lang: str) -> None:
    """Assert that it is a sentence of its language without gaps or NaN, and that its links cover numbers."""
    text = generated.text
    assert text.endswith("." if lang == "en" else "。")
    assert text[0] == text[0].upper()
    assert not re.search(r"[{}]|\bnan\b|\bNone\b|\bNaT\b|  |\.\.|\( |；；", text), text
    assert "not available" not in text, text
    assert "暂无数据" not in text, text
    if lang == "zh":
        assert re.search(r"[\u4e00-\u9fff]", text)
        assert not re.search(
            r"\b(exports|imports|total trade|rose|fell)\b", text.split("页面")[0].split("恒等式")[0]
        ), text
    for link in generated.links:
        assert re.search(r"\d", text[link.start : link.end]), (text, link)
        assert link.measure in catalog()


def with_last(result: Result, **values: object) -> Result:
    """The same result whose last row has other values."""
    frame = result.frame.copy()
    for column, value in values.items():
        frame.loc[frame.index[-1], column] = value
    return dataclasses.replace(result, frame=frame)


NOTHING = math.nan
GROWTH = [
    (
        {"growth_pct": 6.1},
        "China's exports rose by 6.1% in 2025; the value was 26.99 trillion yuan (in yuan, growth as published by customs on its "
        "revised base; source: China Customs, releases; published January 2026).",
        "2025年中国出口增长6.1%，金额为26.99万亿元（以人民币计，海关公布增速，按修订基数；来源：中国海关公布数；2026年1月公布）。",
    ),
    (
        {"growth_pct": -2.34},
        "China's exports fell by 2.3% in 2025; the value was 26.99 trillion yuan (in yuan, growth as published by customs on its "
        "revised base; source: China Customs, releases; published January 2026).",
        "2025年中国出口下降2.3%，金额为26.99万亿元（以人民币计，海关公布增速，按修订基数；来源：中国海关公布数；2026年1月公布）。",
    ),
    (
        {"growth_pct": -0.04},
        "China's exports did not change in 2025; the value was 26.99 trillion yuan (in yuan, growth as published by customs on its "
        "revised base; source: China Customs, releases; published January 2026).",
        "2025年中国出口与上年同期持平，金额为26.99万亿元（以人民币计，海关公布增速，按修订基数；来源：中国海关公布数；2026年1月公布）。",
    ),
    (
        {"growth_pct": NOTHING},
        "China's exports rose by 6.0% in 2025; the value was 26.99 trillion yuan (in yuan, growth between the levels; "
        "source: China Customs, releases; published January 2026).",
        "2025年中国出口增长6.0%，金额为26.99万亿元（以人民币计，按金额计算的增速；来源：中国海关公布数；2026年1月公布）。",
    ),
    (
        {"growth_pct": NOTHING, "growth_computed_pct": NOTHING},
        "China's exports came to 26.99 trillion yuan in 2025; no figure a year earlier is known (in yuan; source: China Customs, "
        "releases; published January 2026).",
        "2025年中国出口为26.99万亿元，无上年同期数可比（以人民币计；来源：中国海关公布数；2026年1月公布）。",
    ),
    (
        {"value": NOTHING},
        "There is no figure for the measure “Year-on-year growth” in 2025.",
        "2025年没有指标“同比增速”的数据。",
    ),
]


@pytest.mark.parametrize(
    ("values", "english", "chinese"), GROWTH, ids=["rise", "fall", "zero", "computed", "unknown", "missing"]
)
def test_growth_in_every_case(real: Store, values: dict, english: str, chinese: str) -> None:
    result = with_last(run(real, "growth"), **values)
    assert sentence(real, result, "en").text == english
    assert sentence(real, result, "zh").text == chinese


@pytest.mark.parametrize(
    ("balance", "english", "chinese"),
    [
        (2e9, "China sold 2.00 billion yuan more than it bought in 2025", "2025年中国货物贸易顺差20.00亿元"),
        (-2e9, "China bought 2.00 billion yuan more than it sold in 2025", "2025年中国货物贸易逆差20.00亿元"),
        (0.0, "China's exports and imports were equal in 2025", "2025年中国出口与进口相等"),
        (NOTHING, "There is no figure for the measure “Trade balance” in 2025.", "2025年没有指标“贸易差额”的数据。"),
    ],
    ids=["surplus", "deficit", "zero", "missing"],
)
def test_balance_in_every_case(real: Store, balance: float, english: str, chinese: str) -> None:
    result = with_last(run(real, "balance"), balance=balance)
    assert sentence(real, result, "en").text.startswith(english)
    assert sentence(real, result, "zh").text.startswith(chinese)


@pytest.mark.parametrize(
    ("change", "english", "chinese"),
    [
        (
            1.234,
            "took 11.1% of China's exports in 2025, 1.2 percentage points more than a year earlier",
            "比上年同期高1.2个百分点",
        ),
        (
            -1.234,
            "took 11.1% of China's exports in 2025, 1.2 percentage points less than a year earlier",
            "比上年同期低1.2个百分点",
        ),
        (0.0, "took 11.1% of China's exports in 2025, as a year earlier", "与上年同期持平"),
        (NOTHING, "took 11.1% of China's exports in 2025 (", "2025年美国占中国出口的11.1%（"),
    ],
)
def test_share_in_every_case(real: Store, change: float, english: str, chinese: str) -> None:
    result = with_last(run(real, "share", market="USA"), change_pp=change)
    assert sentence(real, result, "en").text.startswith("The United States " + english)
    assert chinese in sentence(real, result, "zh").text


class TestWords:
    def test_one_month_and_two(self, real: Store) -> None:
        runs = run(real, "consecutive", currency="USD", vintage="levels", last="2020")
        assert "for 7 months in a row" in sentence(real, runs).text
        assert "for 1 month in a row" in sentence(real, runs, chosen="2020-06").text
        assert sentence(real, runs, chosen="2020-05").text.startswith(
            "In May 2020 the growth of China's total trade was not above 0%"
        )
        assert "连续7个月" in sentence(real, runs, "zh").text

    def test_periods_of_every_kind(self, real: Store) -> None:
        assert "the fourth quarter of 2025" in sentence(real, run(real, "quarterly"), chosen="2025-Q4").text
        assert "2025年第四季度" in sentence(real, run(real, "quarterly"), "zh", chosen="2025-Q4").text
        assert "January–June 2025" in sentence(real, run(real, "ytd_growth"), chosen="2025-06").text
        assert "in June 2025" in sentence(real, run(real, "growth", freq="M"), chosen="2025-06").text
        joined = run(real, "growth", freq="M", join_jan_feb=True)
        assert "January–February 2025" in sentence(real, joined, chosen="2025-02").text

    def test_switches_are_said(self, real: Store) -> None:
        text = sentence(real, run(real, "hhi", eu="one", hong_kong_macao="out", unallocated="in")).text
        assert (
            ", with the EU as one market, without Hong Kong and Macao, with trade not allocated to an economy (" in text
        )
        assert "without re-imports" in text

    def test_other_economies_speak_for_themselves(self, real: Store) -> None:
        result = run(real, "share", reporter="USA", market="MEX")
        assert "of the United States' exports" in sentence(real, result).text
        assert "美国出口" in sentence(real, result, "zh").text

    def test_partners_named_one_by_one(self, real: Store) -> None:
        text = sentence(real, run(real, "bloc", partners="KAZ UZB", currency="USD")).text
        assert text.startswith("China's trade with Kazakhstan and Uzbekistan rose by")

    def test_parts_of_a_fall(self, real: Store) -> None:
        result = run(real, "contribution", flow="export", period="2025")
        shrunk = result.frame.assign(
            contribution_pp=-result.frame["contribution_pp"], growth_pct=-result.frame["growth_pct"]
        )
        text = sentence(real, dataclasses.replace(result, frame=shrunk)).text
        assert text.startswith("China's exports fell by 6.1% in 2025; Asia took off most, 5.4 percentage points")


class TestLinks:
    def test_each_number_leads_to_its_column(self, real: Store) -> None:
        generated = sentence(real, run(real, "growth"))
        assert [(generated.text[one.start : one.end], one.column) for one in generated.links] == [
            ("6.1%", "growth_pct"),
            ("26.99 trillion yuan", "value"),
        ]

    def test_the_query_of_a_link_gives_the_number_again(self, real: Store) -> None:
        generated = sentence(real, run(real, "growth", flow="import"), chosen="2024")
        link = generated.links[0]
        again = run(real, link.measure, **{name: value for name, value in link.params.items() if value is not None})
        value = again.frame.set_index("period").loc["2024", link.column]
        assert generated.text[link.start : link.end] == f"{value:.1f}%"

    def test_every_number_in_brackets_or_not_is_linked_or_a_name(self, real: Store) -> None:
        """What stands outside the links holds no per cent sign and no amount."""
        for name in ("growth", "bloc", "partner", "contribution", "hhi", "margins"):
            generated = sentence(real, run(real, name))
            rest = "".join(
                " " if any(one.start <= at < one.end for one in generated.links) else letter
                for at, letter in enumerate(generated.text)
            )
            assert "%" not in rest, rest
            assert not re.search(r"trillion|billion", rest), rest


@pytest.mark.parametrize(
    ("name", "params", "words"),
    [
        ("bloc", {"group": "eu", "first": "2023", "last": "2023"}, "$500.9 billion in 2023, 14.8% of the total; this is not"
            " comparable with the year before: the two come from different sources"),
        ("bloc", {"group": "africa", "first": "2021", "last": "2021"}, "2.8% of the total, without 19 members that have no report;"
            " this is not comparable with the year before: one of the two rests on partners' own reports"),
        ("partner", {"partner": "KEN", "first": "2021", "last": "2021"}, "this is not comparable with the year before: one of the"
            " two rests on partners' own reports"),
        ("leave_one_out", {"period": "2023"}, "has no figure for 2023, which is not comparable with the year before: the two come"
            " from different sources"),
        ("growing_markets", {"first": "2021", "last": "2021"}, "one of the two rests on partners' own reports"),
        ("bloc", {"group": "brics", "first": "2025", "last": "2025"}, "growth between the levels of the same members"),
    ],
)  # fmt: skip
def test_a_sentence_says_why_there_is_no_rate(real: Store, name: str, params: dict[str, str], words: str) -> None:
    generated = sentence(real, run(real, name, flow="export", currency="USD", **params))
    assert words in generated.text


def test_templates_name_fields_that_exist() -> None:
    """A template may ask for the measure's fields, its own words, common words, or the plain ones."""
    for lang in LANGUAGES:
        common = module._texts(lang)["common"]
        for name in catalog():
            words, fields = module._texts(lang)[name], module._texts("fields")[name]
            known = {*fields, *words, *common, *module._PLAIN, *find_measure(name).parameters}
            for template in flat(words):
                names = message.names(template)
                assert names <= known, f"{lang}, {name}: {names - known}"


def flat(words: object) -> list[str]:
    if isinstance(words, dict):
        return [text for value in words.values() for text in flat(value)]
    return [words] if isinstance(words, str) else []


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "a month on average in January–February 2025; before adjustment to $269.6 billion"),
        ("zh", "2025年1–2月中国出口月均为"),
    ],
)
def test_an_adjusted_mean_of_two_months_is_not_said_of_one(real: Store, lang: str, words: str) -> None:
    for month in ("2025-01", "2025-02"):
        assert words in sentence(real, run(real, "seasonally_adjusted", flow="export"), lang, month).text
    alone = sentence(real, run(real, "seasonally_adjusted", flow="export", join_jan_feb=False), lang, "2025-02").text
    assert words not in alone
