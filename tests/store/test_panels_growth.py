"""The panels of the growth page, drawn without a page for every choice of their controls."""

from __future__ import annotations

import itertools

import pytest

from trade.errors import NoRows, TradeError
from trade.panels import growth
from trade.panels.fields import FIELDS
from trade.store import Store

SHOWN = list(itertools.product(FIELDS["flow"].options, FIELDS["currency"].options))


@pytest.mark.parametrize("look", growth.LOOKS)
@pytest.mark.parametrize("freq", FIELDS["freq"].options)
def test_every_look_is_drawn_or_lacks_rows_by_name(real: Store, freq: str, look: str) -> None:
    drawn = 0
    for flow, currency in SHOWN:
        choices = {"flow": flow, "currency": currency, "freq": freq, "look": look}
        try:
            shown = growth.LOOKS[look].draw(real, choices, "en")
        except TradeError:  # no rows, or a frequency that the look does not have
            continue
        assert shown.headline
        assert shown.sources
        drawn += 1
    assert drawn or look not in ("levels", "balance"), "figures of each frequency are held"


@pytest.mark.parametrize("by", FIELDS["by"].options)
@pytest.mark.parametrize("freq", FIELDS["freq"].options)
def test_every_split_is_drawn_or_says_why_not(real: Store, freq: str, by: str) -> None:
    for flow, currency in SHOWN:
        choices = {"flow": flow, "currency": currency, "freq": freq, "by": by}
        try:
            shown = growth.contribution.draw(real, choices, "en")
        except NoRows:
            continue
        assert shown.headline
        assert shown.sources
