"""Calculations that SQL cannot express: each model turns the rows of a measure's query into the measure's rows.

A measure names its model in its header (`model = "carry_over"`). A model takes the query's frame and the measure's
parameters and returns a frame; an empty frame stays empty, so that the caller can say what is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from trade.errors import UnknownName
from trade.measures.models import base_effect, seasonal_adjustment

Model = Callable[[pd.DataFrame, dict[str, Any]], pd.DataFrame]

MODELS: dict[str, Model] = {
    "base_effect": base_effect.base_effect,
    "carry_over": seasonal_adjustment.carry_over,
    "seasonally_adjusted": seasonal_adjustment.seasonally_adjusted,
}


def get(name: str) -> Model:
    """The model of that name.

    Raises:
        UnknownName: there is none; the message suggests similar names.
    """
    if name not in MODELS:
        raise UnknownName("model", name, MODELS)
    return MODELS[name]
