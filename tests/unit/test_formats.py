"""Numbers, amounts, periods and dates in words: each rule once, with figures one can check by eye."""

from __future__ import annotations

import math

import pandas
import pytest

from trade.panels.messages import factcheck
from trade.panels.run_context import RunContext, running
from trade.text import formats
from trade.text.message import linked


@pytest.mark.parametrize(
    ("value", "currency", "lang", "expected"),
    [
        (45.46850845e12, "CNY", "en", "45.47 trillion yuan"),
        (26.98897641e12, "CNY", "en", "26.99 trillion yuan"),
        (3.7702e12, "USD", "en", "$3.77 trillion"),
        (-101.3e9, "USD", "en", "−$101.3 billion"),
        (352.98e9, "CNY", "en", "353.0 billion yuan"),
        (99.994e9, "CNY", "en", "99.99 billion yuan"),
        (999.999e9, "CNY", "en", "1.00 trillion yuan"),
        (12_340.0, "USD", "en", "$12,340"),
        (0.0, "CNY", "en", "0 yuan"),
        (45.46850845e12, "CNY", "zh", "45.47万亿元"),
        (3.7702e12, "USD", "zh", "3.77万亿美元"),
        (352.98e9, "CNY", "zh", "3,529.8亿元"),
        (None, "CNY", "en", "not available"),
        (math.nan, "CNY", "zh", "暂无数据"),
    ],
)
def test_amount(value: float | None, currency: str, lang: str, expected: str) -> None:
    assert formats.amount(value, currency, lang) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(3.8, "+3.8%"), (-0.6, "−0.6%"), (0.0, "0.0%"), (0.04, "0.0%"), (-0.04, "0.0%"), (1234.56, "+1,234.6%")],
)
def test_percent_has_a_sign_and_a_true_minus(value: float, expected: str) -> None:
    assert formats.percent(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(3.14, "3.1%"), (0.0, "0.0%"), (0.004, "0.004%"), (2.7e-9, "under 0.00001%"), (None, "not available")],
)
def test_a_share_that_is_not_zero_is_not_written_as_zero(value: float | None, expected: str) -> None:
    """China's imports from Tuvalu, 500 yuan of 18 trillion, were once written as 0.0000%."""
    assert formats.share(value) == expected


def test_percent_without_sign_in_chinese_and_missing() -> None:
    assert formats.percent(56.7, signed=False) == "56.7%"
    assert formats.percent(3.8, lang="zh") == "+3.8%"
    assert formats.percent(None) == "not available"


def test_points() -> None:
    assert formats.points(2.41) == "+2.4 pp"
    assert formats.points(-0.349, 2) == "−0.35 pp"
    assert formats.points(2.41, lang="zh") == "+2.4个百分点"
    assert formats.points(math.nan) == "not available"


def test_numbers_round_half_up_in_decimal() -> None:
    assert formats.number(2.675, 2) == "2.68"
    assert formats.number(0.25, 1) == "0.3"
    assert formats.number(-1234.5) == "−1,235"
    assert formats.count(249) == "249"


@pytest.mark.parametrize("value", [None, math.nan, pandas.NA, pandas.NaT])
def test_every_kind_of_nothing_is_missing(value: object) -> None:
    assert formats.is_missing(value)
    assert formats.number(value) == "not available"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "freq", "lang", "expected"),
    [
        ("2025", "A", "en", "2025"),
        ("2025", "A", "zh", "2025年"),
        ("2025-12", "M", "en", "December 2025"),
        ("2025-12", "M", "zh", "2025年12月"),
        ("2026-07", "YTD", "en", "January–July 2026"),
        ("2026-07", "YTD", "zh", "2026年1–7月"),
        ("2026-01", "YTD", "en", "January 2026"),
        ("2021/2025", "FY", "en", "2021–2025"),
        (None, "A", "en", "not available"),
    ],
)
def test_period(code: str | None, freq: str, lang: str, expected: str) -> None:
    assert formats.period(code, freq, lang) == expected


def test_short_periods_for_axes() -> None:
    assert formats.period("2025-12", "M", short=True) == "Dec 2025"
    assert formats.period("2026-07", "YTD", short=True) == "Jan–Jul 2026"


def test_spans() -> None:
    assert formats.span("2000", "2025", "A") == "2000–2025"
    assert formats.span("2024-01", "2026-07", "M") == "January 2024 – July 2026"
    assert formats.span("2025", "2025", "A") == "2025"
    assert formats.span("2026-07", "2026-07", "YTD") == "January–July 2026"
    assert formats.span("2000", "2025", "A", "zh") == "2000–2025年"


def test_days_keep_their_precision() -> None:
    assert formats.day("2026-01-14") == "14 January 2026"
    assert formats.day("2026-01") == "January 2026"
    assert formats.day("2026") == "2026"
    assert formats.day("2026-01-14", "zh") == "2026年1月14日"
    assert formats.day(None) == "not available"


def test_scale_suits_the_largest_and_is_not_lost_on_the_small() -> None:
    assert formats.scale([45.5e12, 43.8e12], "CNY") == formats.Scale(1e12, "trillion yuan")
    assert formats.scale([253e9, 301e9], "USD") == formats.Scale(1e9, "billion dollars")
    assert formats.scale([1.2e12, 20e9, 30e9, 25e9], "USD").unit == "billion dollars"
    assert formats.scale([1e12], "CNY", "zh") == formats.Scale(1e12, "万亿元")
    assert formats.scale([None, math.nan], "CNY") == formats.Scale(1.0, "yuan")


def test_quantities_have_a_step_in_the_words_of_the_language() -> None:
    """4.68 bn batteries: billions in English, 亿 in Chinese, never Plotly's letters."""
    batteries = [3.914e9, 4.679e9]
    assert formats.scale_of_quantity(batteries, "units") == formats.Scale(1e9, "billion units")
    assert formats.scale_of_quantity(batteries, "个", "zh") == formats.Scale(1e8, "亿个")
    assert formats.scale_of_quantity([656.0, None], "units") == formats.Scale(1.0, "units")
    assert formats.scale_of_quantity([], "units") == formats.Scale(1.0, "units")


def test_currency_names() -> None:
    assert formats.currency_name("CNY") == "yuan"
    assert formats.currency_name("USD", "zh") == "美元"


def test_a_string_that_no_language_has_is_seen_but_stops_nothing() -> None:
    assert formats.say("no.such.key", number=1) == "⟦no.such.key⟧"
    assert formats.say("flow.export", "zh") == "出口"
    assert formats.say("flow.export", "tlh") == "Exports", "what a language lacks is said in English"


@pytest.mark.parametrize(
    ("lang", "lists"),
    [("en", ["", "Asia", "Asia and Africa", "Asia, Africa and Europe"]), ("zh", ["", "Asia", "Asia和Africa", "Asia、Africa和Europe"])],
)  # fmt: skip
def test_a_list_of_any_length_is_written_as_in_a_sentence_with_its_links(lang: str, lists: list[str]) -> None:
    names = [linked(name, name, "share", {}, name) for name in ("Asia", "Africa", "Europe")]
    for count, words in enumerate(lists):
        text = formats.listed(names[:count], lang)
        assert text == words
        assert [text[link.start : link.end] for link in text.links] == names[:count]


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (780_000.0, "780,000", "78万"),
        (3_430_000.0, "3.43 million", "343万"),
        (3_933_428.0, "3,933,428", "3,933,428"),
        (15_500.0, "15,500", "1.55万"),
        (249.0, "249", "249"),
    ],
)
def test_a_count_is_written_in_the_magnitudes_of_the_language_without_losing_a_digit(
    value: float, english: str, chinese: str
) -> None:
    assert (formats.exact(value), formats.exact(value, "zh")) == (english, chinese)


@pytest.mark.parametrize(
    ("value", "unit", "printed", "chinese"),
    [(780_000.0, "enterprises", "780000", "超过78万家企业"), (3.43, "mn units", "3.43", "超过343万辆")],
)
def test_a_number_of_a_statement_is_chinese_in_chinese(value: float, unit: str, printed: str, chinese: str) -> None:
    with running(RunContext("zh")):
        assert factcheck.stated(value, unit, "over", printed) == chinese
