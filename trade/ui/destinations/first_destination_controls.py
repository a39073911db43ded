"""The controls of the view on first destinations: dataset, rank, flow, definition, years."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from trade.panels.queries import first_destinations
from trade.ui.core import filters, market_controls


def draw() -> None:
    """The controls of rank, flow, dataset and definition, as far as the dataset leaves a choice."""
    whole = filters.choices().pick("dataset") == "matrix"
    filters.control("top")
    if whole:
        filters.control("flow")
    with filters.more("dataset", *market_controls.DEFINITIONS):
        filters.control("dataset")
        if whole:
            market_controls.definitions()
        else:
            filters.control("hk")


def since_control(earlier: Sequence[str]) -> None:
    """The earlier year to compare with, if there is any."""
    if earlier:
        filters.control("since", options=earlier, first=first_destinations.SINCE)


def less_motion() -> None:
    """Hide the button to play where the browser is set to reduced motion: the slider is enough."""
    st.html("<style>@media (prefers-reduced-motion: reduce) {.updatemenu-container {display: none}}</style>")
