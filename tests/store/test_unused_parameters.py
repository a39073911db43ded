"""Parameters of measures that would have no effect beside the others are errors, not ignored."""

from __future__ import annotations

from typing import Any

import pytest

from trade.errors import BadParameter, TradeError
from trade.measures import find_measure
from trade.measures.catalog import GROUP, catalog
from trade.measures.parameters import bind
from trade.store import Store


@pytest.mark.parametrize(
    ("measure", "entries", "said"),
    [
        ("market_share", {"first": 2020}, "first has no effect .* add by=year"),
        ("contribution", {"continent": "asia"}, "add by=partner"),
        ("growth", {"join_jan_feb": True}, "add freq=M"),
        ("hs_purchases", {"level": "section"}, "add by=product"),
        ("trade_intensity", {"classification": "HS2022"}, "add product"),
        ("partner", {"membership": "today"}, "add partner=<group>"),
        ("partner_balance", {"partner": "Germany", "membership": "today"}, "add partner=<group>"),
        ("scenario", {"shocks": "USA:-20,nowhere:3"}, "no economy 'nowhere'"),
        ("scenario", {"shocks": "USA"}, "must be a number"),
        ("scenario", {"shocks": "USA:nan"}, "must be a finite number"),
        ("scenario", {"shocks": "USA:-101"}, "between -100 and 1000"),
        ("bloc", {"partners": "KAZ nowhere"}, "no economy or group 'nowhere'"),
        ("growth", {"first": "2025", "last": "2020"}, "begins after it ends, 2025 after 2020"),
        ("growth", {"freq": "M", "first": "2025-07", "last": "2025-06"}, "begins after it ends"),
        ("growth", {"last": "2025-06"}, "last must be a year"),
        ("growth", {"last": "2024/2025"}, "last must be a year"),
        ("hs_purchases", {"period": "2023/2022"}, "period must be a year"),
    ],
)
def test_a_parameter_without_effect_is_named(real: Store, measure: str, entries: dict[str, Any], said: str) -> None:
    with pytest.raises(TradeError, match=said):
        bind(real, find_measure(measure), entries)


@pytest.mark.parametrize(
    ("measure", "entries", "bound"),
    [
        ("market_share", {"by": "year", "first": 2020}, {"first": 2020}),
        ("market_share", {"by": "year", "period": 2020}, {"first": 2020, "last": 2020, "period": None}),
        ("market_share", {"period": 2020}, {"first": None, "period": 2020}),
        ("larger_partner", {"period": 2020}, {"first": 2020, "last": 2020}),
        ("growth", {"freq": "M", "join_jan_feb": True}, {"join_jan_feb": True}),
        ("growth", {"join_jan_feb": False}, {"join_jan_feb": False}),
        ("growth", {"freq": "M", "first": "2025-06", "last": "2025"}, {"first": "2025-06", "last": "2025"}),
        ("partner", {"partner": "ASEAN", "membership": "today"}, {"membership": "today"}),
        ("partner", {"partner": "~Two:USA.DEU", "membership": "today"}, {"membership": "today"}),
        ("scenario", {"market": "USA", "shock": -20}, {"shock": -20.0}),
        ("scenario", {"shocks": "usa:-20, MEX:10"}, {"shocks": "USA:-20,MEX:10"}),
        ("bloc", {"partners": "kaz Uzbekistan"}, {"partners": "KAZ UZB"}),
        ("hs_purchases", {"period": "2022/2023"}, {"period": "2022/2023"}),
    ],
)
def test_a_parameter_with_an_effect_is_bound(
    real: Store, measure: str, entries: dict[str, Any], bound: dict[str, Any]
) -> None:
    values = bind(real, find_measure(measure), entries)
    assert {name: values[name] for name in bound} == bound


def test_conditions_name_parameters_and_their_values() -> None:
    """A condition on a parameter that does not exist, or on a value outside its domain, could never be met."""
    for measure in catalog().values():
        for parameter in measure.parameters.values():
            for other, fitting in (parameter.only or {}).items():
                domain = measure.parameters[other].domain
                values = domain if isinstance(domain, list) else [GROUP] if domain == "partner" else []
                assert set(fitting) <= set(values)


def test_the_error_is_in_the_language_of_the_reader(real: Store) -> None:
    with pytest.raises(BadParameter) as raised:
        bind(real, find_measure("market_share"), {"first": 2020})
    assert raised.value.text("zh") == "first与其他参数一起不起作用：请去掉first，或加上by=year。"
