"""What the page asks about first destinations: which economies have which partner first, by year and dataset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from trade.errors import NoRows
from trade.measures import Result
from trade.panels import markets, queries
from trade.panels.cache import cached_per_store
from trade.panels.language import lang, say
from trade.text import formats
from trade.ui.core import filters, market_controls

SIDES = ("CHN", "USA")
"""The two partners that are compared."""
DATASETS = ("matrix", "cia", "oecd")
SINCE = "2010"
HALF = 0.5
Asked = dict[str, str | int]


def ask() -> Asked:
    """The controls of dataset, rank, flow and definition, and the question they make. Only the matrix has more than
    exports and can take the EU as one."""
    dataset, top = filters.control("dataset"), int(filters.control("top"))
    asked: Asked = {"dataset": dataset, "top": top}
    if dataset != "matrix":
        return asked | {"flow": "export", "eu": "members", "hong_kong_macao": hk_only()}
    flow = filters.control("flow")
    market_controls.definitions()
    return asked | {"flow": flow, "eu": filters.value("eu"), "hong_kong_macao": filters.value("hk")}


def hk_only() -> str:
    """The one definition that every dataset can take."""
    return filters.control("hk")


def counts(asked: Asked, partner: str) -> Result:
    """In how many economies a partner counts, year by year."""
    return queries.measure("first_destinations", partner=partner, **asked)


@cached_per_store
def years(asked: Asked) -> list[str]:
    """The years of the dataset, oldest first: those with at least half of the economies of its fullest year."""
    frame = counts(asked, SIDES[0]).frame
    if asked["dataset"] != "matrix":
        frame = frame[frame["reporters"] > HALF * frame["reporters"].max()]
    return list(frame["period"])


@cached_per_store
def thin_years(asked: Asked) -> list[str]:
    """Years that are left out, because few of the dataset's economies are in their table."""
    return [year for one in _asked_of_all(asked) for year in _thin(one)]


def _thin(asked: Asked) -> list[str]:
    kept = years(asked)
    held = counts(asked, SIDES[0]).frame["period"]
    name = say(f"scope.dataset.{asked['dataset']}")
    return [f"{name} {year}" for year in held if year not in kept]


def year_control(held: Sequence[str]) -> str:
    """The year in focus, as a slider over the years that have a table."""
    return filters.slider("year", held)


def since_control(held: Sequence[str], year: str) -> str:
    """The earlier year to compare with."""
    earlier = [one for one in held if one < year][::-1]
    if not earlier:
        raise NoRows(say("markets.first_of_all", period=year))
    return filters.control("since", options=earlier, words=str, first=SINCE)


@cached_per_store
def listed(asked: Asked, year: str) -> Result:
    """Each economy with its first partner, or its first `top` partners, placed on the map."""
    result = queries.measure("first_destination_list", period=int(year), **asked)
    named = {f"next_name_{side}": result.frame["next_partner"].map(markets.names(side)) for side in ("en", "zh")}
    result = replace(result, frame=result.frame.assign(**named))
    return markets.spread_union(markets.placed(result, "reporter"), "reporter")


@cached_per_store
def history(asked: Asked, held: Sequence[str]) -> Result:
    """The first partner of each economy in every year, placed on the map."""
    shared = {name: asked[name] for name in ("dataset", "flow", "eu", "hong_kong_macao")}
    result = queries.measure("first_destination_history", **shared)
    result = replace(result, frame=result.frame[result.frame["period"].isin(held)])
    return markets.spread_union(markets.placed(result, "reporter"), "reporter")


@cached_per_store
def both(asked: Asked) -> Result:
    """The counts of both sides in every dataset that can answer: one row per dataset, partner and year."""
    found: list[pd.DataFrame] = []
    for one in _asked_of_all(asked):
        kept = years(one)
        for partner in SIDES:
            frame = counts(one, partner).frame
            found.append(frame[frame["period"].isin(kept)].assign(dataset=str(one["dataset"])))
    return replace(counts(asked, SIDES[0]), frame=pd.concat(found, ignore_index=True))


@cached_per_store
def changes(asked: Asked, since: str, year: str) -> Result:
    """Who came to China between two years, and who left."""
    result = queries.measure("first_destination_changes", first=int(since), last=int(year), **asked)
    names = {side: markets.names(side) for side in ("en", "zh")}
    sides = [(when, side) for when in ("before", "after") for side in names]
    told = {f"first_{when}_name_{side}": result.frame[f"first_partner_{when}"].map(names[side]) for when, side in sides}
    return replace(result, frame=result.frame.assign(**told))


def _asked_of_all(asked: Asked) -> list[Asked]:
    """The same question to each dataset that can answer it; the others know exports to single members only."""
    only = asked["flow"] != "export" or asked["eu"] != "members"
    return [asked | {"dataset": one} for one in (("matrix",) if only else DATASETS)]


def about(asked: Asked, when: str) -> str:
    """The line under a headline: source, flow, definition, the world, when."""
    parts = [
        say(f"scope.dataset.{asked['dataset']}"),
        say(f"flow.{asked['flow']}"),
        say("markets.place_world"),
        when,
        say("markets.eu_one") if asked["eu"] == "one" else "",
        say("markets.hk_out") if asked["hong_kong_macao"] == "out" else "",
    ]
    return " · ".join(part for part in parts if part)


def span(held: Sequence[str]) -> str:
    return formats.span(held[0], held[-1], "A", lang())


def calm_motion() -> None:
    """Readers who asked their machine for less motion get the slider only: the button to play is not shown."""
    st.html("<style>@media (prefers-reduced-motion: reduce) {.updatemenu-container {display: none}}</style>")
