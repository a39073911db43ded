"""First destinations: which economies have which partner first, by year and dataset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from trade.errors import NoRows
from trade.measures import Result
from trade.panels import market_scope, queries
from trade.panels.cache import cached_per_store
from trade.panels.choices import Choices
from trade.panels.fields import FIELDS
from trade.panels.language import lang, say
from trade.text import formats

SIDES = ("CHN", "USA")
"""The two partners that are compared."""
TABLE = ("dataset", "flow", "eu", "hk")
"""The fields that `table_of` reads."""
SCOPE = (*TABLE, "top")
"""The fields that `params_of` reads."""
SINCE = "2010"
"""The year to compare with where none was chosen."""
HALF = 0.5
MIXED = "imf"
"""The dataset whose figures come from several years, filed under the last of them."""
Params = dict[str, str | int]


def table_of(choices: Choices) -> Params:
    """Dataset, flow and market definition in force.

    Only the matrix has more than exports and can take the EU as one.
    """
    dataset = choices.pick("dataset")
    matrix = dataset == "matrix"
    return {
        "dataset": dataset,
        "flow": choices.pick("flow") if matrix else "export",
        "eu": choices.pick("eu") if matrix else "members",
        "hong_kong_macao": choices.pick("hk"),
    }


def params_of(choices: Choices) -> Params:
    """The same with `top`: up to which rank a partner counts."""
    return table_of(choices) | {"top": int(choices.pick("top"))}


def year_of(choices: Choices, params: Params) -> str:
    """The year in focus: the one chosen, or the newest."""
    offered = years(params)
    return choices.pick("year", offered, offered[-1])


def earlier_years(params: Params, year: str) -> list[str]:
    """The years of the dataset before `year`, newest first."""
    return [code for code in years(params) if code < year][::-1]


def since_of(choices: Choices, params: Params, year: str) -> str:
    """The earlier year to compare with.

    Raises:
        NoRows: `year` is the first.
    """
    earlier = earlier_years(params, year)
    if not earlier and params["dataset"] == MIXED:
        raise NoRows(say("destine.mixed_only"))
    if not earlier:
        raise NoRows(say("markets.first_of_all", period=year))
    return choices.pick("since", earlier, SINCE)


def counts(params: Params, partner: str) -> Result:
    """In how many economies a partner counts, year by year."""
    return queries.measure("first_destinations", partner=partner, **params)


@cached_per_store
def years(params: Params) -> list[str]:
    """The years of the dataset, oldest first: those with at least half of the economies of its fullest year."""
    frame = counts(params, SIDES[0]).frame
    if params["dataset"] != "matrix":
        frame = frame[frame["reporters"] > HALF * frame["reporters"].max()]
    return list(frame["period"])


@cached_per_store
def thin_years(params: Params) -> dict[str, list[str]]:
    """Years of each dataset that are left out, because few of its economies are in their table."""
    return {str(dataset["dataset"]): _thin(dataset) for dataset in _of_each_dataset(params)}


def _thin(params: Params) -> list[str]:
    shown = years(params)
    return [year for year in counts(params, SIDES[0]).frame["period"] if year not in shown]


@cached_per_store
def listed(params: Params, year: str) -> Result:
    """Each economy with its first partner, or its first `top` partners, placed on the map."""
    result = queries.measure("first_destination_list", period=int(year), **params)
    named = market_scope.name_columns("next_name", result.frame["next_partner"])
    result = replace(result, frame=result.frame.assign(**named))
    return spread_union(market_scope.placed(result, "reporter"), "reporter")


@cached_per_store
def history(table: Params) -> Result:
    """The first partner of each economy in every year, placed on the map; `table` is without `top`."""
    result = queries.measure("first_destination_history", **table)
    result = replace(result, frame=result.frame[result.frame["period"].isin(years(table | {"top": 1}))])
    return spread_union(market_scope.placed(result, "reporter"), "reporter")


@cached_per_store
def both(params: Params) -> Result:
    """The counts of both partners in every dataset that has them: a row per dataset, partner and year."""
    frames: list[pd.DataFrame] = []
    for dataset in _of_each_dataset(params):
        shown = years(dataset)
        for partner in SIDES:
            frame = counts(dataset, partner).frame
            frames.append(frame[frame["period"].isin(shown)].assign(dataset=str(dataset["dataset"])))
    return replace(counts(params, SIDES[0]), frame=pd.concat(frames, ignore_index=True))


@cached_per_store
def changes(params: Params, since: str, year: str) -> Result:
    """The economies that China gained and lost as first destination between two years."""
    result = queries.measure("first_destination_changes", first=int(since), last=int(year), **params)
    named = {
        name: names
        for when in ("before", "after")
        for name, names in market_scope.name_columns(
            f"first_{when}_name", result.frame[f"first_partner_{when}"]
        ).items()
    }
    return replace(result, frame=result.frame.assign(**named))


def _of_each_dataset(params: Params) -> list[Params]:
    """The parameters for each dataset that can answer; all but the matrix know exports to single members only."""
    only_matrix = params["flow"] != "export" or params["eu"] != "members"
    return [params | {"dataset": dataset} for dataset in (("matrix",) if only_matrix else FIELDS["dataset"].options)]


_MEMBER = ["economy", "longitude", "latitude", "drawn", "eu_first", "eu_last"]


def spread_union(result: Result, column: str) -> Result:
    """For maps: repeat the EU's row for each economy that was a member at the end of the year."""
    frame = result.frame
    union = frame[frame[column] == "eu"]
    if union.empty:
        return result
    members = queries.measure("economies").frame.dropna(subset=["eu_first"])
    pairs = union.drop(columns=["longitude", "latitude", "drawn"]).merge(members[_MEMBER], how="cross")
    year = pairs["period"].astype(int)
    pairs = pairs[(pairs["eu_first"] <= year) & (year <= pairs["eu_last"])].assign(
        **{column: lambda rows: rows["economy"]}
    )
    spread = pairs.drop(columns=["economy", "eu_first", "eu_last"])
    return replace(result, frame=pd.concat([frame[frame[column] != "eu"], spread], ignore_index=True))


def about(params: Params, when: str) -> str:
    """The line under a headline: source, flow, the world, when, definition."""
    parts = [
        say(f"scope.dataset.{params['dataset']}"),
        say(f"flow.{params['flow']}"),
        say("markets.place_world"),
        when,
        *market_scope.definition(params),
    ]
    return " · ".join(parts)


def when(params: Params, year: str) -> str:
    """The year in words, with a remark if the dataset mixes years."""
    return say("destine.mixed_years") if params["dataset"] == MIXED else formats.period(year, "A", lang())


def span(periods: Sequence[str]) -> str:
    """From the first to the last of these years, in words."""
    return formats.span(periods[0], periods[-1], "A", lang())
