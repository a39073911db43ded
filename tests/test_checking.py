"""Claims in a reader's words: what they say, which figures fit them, which do not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from trade.measures import claims as checking
from trade.measures.claims import Subject, official, parser
from trade.measures.sentences import names_of
from trade.store import Store

AFRICA, WORLD = Subject("group", "africa"), Subject()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "exports to Africa grew 18 %",
            {"number": 18, "unit": "percent", "flow": "export", "aspect": "growth", "subject": AFRICA},
        ),
        ("China-Africa trade rose 18.4% in 2025", {"flow": "total", "period": "2025", "freq": "A", "subject": AFRICA}),
        (
            "Exports were 26.99 trillion yuan in 2025",
            {"number": 26.99e12, "currency": "CNY", "aspect": "value", "subject": WORLD},
        ),
        ("a surplus of $1.18 trillion", {"number": 1.18e12, "currency": "USD", "flow": "balance"}),
        ("exports to the US fell 20 percent", {"falls": True, "number": 20, "subject": Subject("economy", "USA")}),
        ("it brings us trade", {"subject": WORLD}),
        ("Germany's exports to China fell 5 %", {"flow": "import", "subject": Subject("economy", "DEU")}),
        ("imports from Guinea-Bissau", {"subject": Subject("economy", "GNB"), "number": None}),
        ("trade with over 190 countries grew", {"count": "growing", "bound": "over", "number": 190}),
        ("9 consecutive years of growth", {"count": "streak", "number": 9}),
        ("79 countries have China as first destination", {"count": "firsts"}),
        ("exports in January to July 2026 grew 14.0 %", {"period": "2026-07", "freq": "YTD", "number": 14}),
        ("exports in the first half of 2025", {"period": "2025-06", "freq": "YTD", "number": None}),
        ("imports in June 2026 grew 3 %", {"period": "2026-06", "freq": "M"}),
        ("high-tech exports added 2.4 percentage points", {"unit": "points", "aspect": "contribution"}),
        ("对非洲出口增长26.5%", {"flow": "export", "aspect": "growth", "number": 26.5, "subject": AFRICA}),
        ("2025年进出口45.47万亿元", {"flow": "total", "number": 45.47e12, "currency": "CNY", "period": "2025"}),
        ("2025年对美国出口下降20%", {"falls": True, "subject": Subject("economy", "USA")}),
    ],
)
def test_a_claim_is_read(real: Store, text: str, told: dict[str, Any]) -> None:
    asked = checking.read(real, text)
    assert {name: getattr(asked, name) for name in told} == told


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("exports to Africa grew 18 %", checking.OTHER),
        ("exports to Africa grew 26.5 % in 2025", checking.FITS),
        ("exports to Africa grew 60 %", checking.NONE),
        ("exports to Africa in 2025", checking.OPEN),
        ("the moon is made of cheese", checking.UNKNOWN),
        ("China traded with 249 countries and regions in 2025", checking.FITS),
        ("trade grew with over 190 countries in 2025", checking.FITS),
        ("9 consecutive years of growth", checking.FITS),
        ("79 countries have China as first destination", checking.NONE),
        ("exports to the US fell 20 % in 2025", checking.FITS),
        ("exports to the US rose 20 % in 2025", checking.NONE),
        ("Exports were 26.99 trillion yuan in 2025", checking.FITS),
        ("Exports were 26.99 trillion dollars in 2025", checking.OTHER),
        ("high-tech exports grew 13.2 % in 2025", checking.FITS),
        ("chip exports jumped 27.4% in 2025", checking.FITS),
        ("2025年进出口45.47万亿元", checking.FITS),
    ],
)
def test_verdicts(real: Store, text: str, verdict: str) -> None:
    assert checking.check(real, text).verdict == verdict


def test_what_fits_and_what_does_not_are_both_told(real: Store) -> None:
    """The example of the issue: trade with Africa grew 18.4 % (fits), exports to Africa grew 26.5 % (does not)."""
    answer = checking.check(real, "exports to Africa grew 18 %")
    fits, other = answer.fitting[0], answer.others[0]
    assert (fits.candidate.flow, fits.value, fits.period, fits.said) == ("total", 18.4, "2025", False)
    assert (other.candidate.flow, other.value, other.period, other.said) == ("export", 26.5, "2025", True)


def test_a_number_fits_within_the_rounding_of_its_digits(real: Store) -> None:
    assert checking.check(real, "trade with Africa grew 18 % in 2025").verdict == checking.FITS
    assert checking.check(real, "trade with Africa grew 18.0 % in 2025").verdict == checking.NONE


def test_every_name_in_the_words_is_one_of_the_store(real: Store) -> None:
    table = parser._words()
    for kind in parser.KINDS:
        known = names_of(real, kind, "en")
        assert not [code for code in table[kind] if code not in known]


def test_official_statements_like_it_are_found(real: Store) -> None:
    claims = official.claims(real)
    asked = checking.read(real, "China traded with 249 countries and regions in 2025")
    found = checking.alike(claims, asked)
    assert found[0].claim_id.startswith("2025-partners")
    assert found == sorted(found, key=lambda one: (-one.score, one.claim_id))


@given(some.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_no_text_breaks_the_reading(tiny: Store, text: str) -> None:
    asked = checking.read(tiny, text)
    assert asked.bare or asked.flow or asked.count or asked.number is not None or asked.subject != WORLD


@pytest.mark.parametrize(
    "text", ["9" * 400 + " %", "%" * 300, "exports " * 60, "1e999 trillion yuan", "in 2025 2025 2025"]
)
def test_hostile_claims_get_an_answer(real: Store, text: str) -> None:
    assert checking.check(real, text).verdict in (
        checking.FITS, checking.OTHER, checking.NONE, checking.OPEN, checking.UNKNOWN,
    )  # fmt: skip


def test_tally_counts_every_statement(real: Store) -> None:
    claims = official.claims(real)
    counts = official.tally(claims)
    assert counts["claims"].sum() == len(claims)
    assert set(counts["verdict"]) <= set(official.VERDICTS)
