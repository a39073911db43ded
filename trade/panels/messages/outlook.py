"""The sentences of the outlook page, made from the figures drawn. Pure: results in, text out."""

from __future__ import annotations

import pandas as pd

from trade.measures import Result
from trade.panels import measure_headline
from trade.panels.cache import cached_text
from trade.panels.fields import CONTINENTS
from trade.panels.language import joined, joined_widely, lang, say
from trade.panels.measure_headline import headline_of_rows
from trade.panels.messages.common import Message, Row, context_of, figures_of, name_of, rows_where, with_number
from trade.text import formats, message
from trade.text.message import Text

PACE = "pace, "
"""Prefix of an assumption that growth goes on as in the known months; the newest month follows."""


@cached_text
def forecasts(result: Result, subject: str, year: str) -> Message:
    """The newest revision by the forecaster with the largest revision, if there is one; else the range of forecasts."""
    if subject == "barometer":
        return _barometer(result)
    rows, forecast = result.frame, result.frame[result.frame["stage"] == "forecast"]
    # estimates, and figures published after the year, are not forecasts
    words = _range(result, forecast if len(forecast) else rows)
    words |= {"subject": say(f"scope.subject.{subject}"), "year": year}
    headline = say("outlook.forecasts" if len(forecast) else "outlook.estimates", **words)
    moved = forecast.dropna(subset=["revision_pp"])
    moved = moved[moved["revision_pp"] != 0]
    if len(moved):
        largest = _most(moved, "revision_pp")
        own = moved[(moved["forecaster"] == largest["forecaster"]) & (moved["aggregate"] == largest["aggregate"])]
        newest = own.sort_values("publication_date", kind="stable").iloc[-1].to_dict()
        headline = say("outlook.revised", **words | _change(result, newest))
    listed = joined_widely(
        message.joined(
            [
                with_number(row["forecaster"], figures_of(result, row).share("figure")),
                say("check.brackets", text=_dated(row)),
            ]
        )
        for row in rows.to_dict("records")
    )
    return Message(headline, say("outlook.forecasts_alt", headline=headline, listed=listed))


def _barometer(result: Result) -> Message:
    """The newest value of an index, which is not a forecast and so has no revisions."""
    readings = result.frame.to_dict("records")
    value = figures_of(result, readings[-1]).number("figure", 1)
    words = {"forecaster": readings[-1]["forecaster"], "value": value, "day": _day(readings[-1])}
    headline = say("outlook.barometer", **words)
    listed = joined_widely(
        message.joined([figures_of(result, row).number("figure", 1), say("check.brackets", text=_day(row))])
        for row in readings
    )
    return Message(headline, say("outlook.forecasts_alt", headline=headline, listed=listed))


def _dated(row: Row) -> str:
    """When a figure was published; of an estimate that it is one."""
    return say("outlook.dated_estimate", day=_day(row)) if row["stage"] == "estimate" else _day(row)


def _range(result: Result, rows: pd.DataFrame) -> dict[str, str]:
    ends = {name: figures_of(result, {"figure": value}) for name, value in rows["figure"].agg(["min", "max"]).items()}
    return {
        "low": ends["min"].share("figure"),
        "high": ends["max"].share("figure"),
        "count": Text(formats.count(len(rows), lang()), len(rows)),
        "forecaster": str(rows["forecaster"].iloc[-1]),
        "newest": formats.day(rows["publication_date"].max(), lang()),
    }


def _change(result: Result, row: Row) -> dict[str, str]:
    figures = figures_of(result, row)
    return {
        "forecaster": row["forecaster"],
        "way": "down" if row["revision_pp"] < 0 else "up",
        "former": figures.share("former_figure"),
        "now": figures.share("figure"),
        "day": _day(row),
        "aggregate": say(f"aggregate.{row['aggregate']}"),
    }


@cached_text
def forecast_notes(result: Result) -> list[str]:
    """How old the newest forecast is, and what a diamond means."""
    newest = formats.day(result.frame["publication_date"].max(), lang())
    notes = [say("outlook.newest_forecast", day=newest)]
    return notes + ([say("outlook.estimate_note")] if (result.frame["stage"] == "estimate").any() else [])


@cached_text
def volume(result: Result) -> Message:
    """Growth of volume of the newest year, China beside the world, and the next year's forecast if there is one."""
    known = figures_of(result, dict(result.frame.dropna(subset=["world_trade_volume_growth_pct"]).iloc[-1]))
    coming = result.frame.dropna(subset=["forecast_pct"])
    words = {
        "year": str(known.row["period"]),
        "first": str(result.frame["period"].iloc[0]),
        "exports": known.share("export_volume_growth_pct"),
        "imports": known.share("import_volume_growth_pct"),
        "world": known.share("world_trade_volume_growth_pct"),
    }
    if len(coming):
        expected = known.at(dict(coming.iloc[0]))
        words |= {"next": str(expected.row["period"]), "forecast": expected.share("forecast_pct")}
    headline = say("outlook.volume" if len(coming) else "outlook.volume_known", **words)
    return Message(headline, say("outlook.volume_alt", headline=headline, **words))


@cached_text
def so_far(result: Result) -> Message:
    """China's growth since January beside the range of forecasts of world trade."""
    headline = measure_headline.headline(result)
    currency = formats.currency_name(context_of(result).currency, lang())
    return Message(headline, say("outlook.so_far_alt", headline=headline, currency=currency))


@cached_text
def rest(result: Result) -> Message:
    """The growth of the whole year under the user's assumption."""
    unchanged = figures_of(result, rows_where(result, assumption="unchanged")[0])
    known = unchanged.period("known_to", "YTD")
    headline = measure_headline.headline(result)
    return Message(
        headline, say("outlook.rest_alt", headline=headline, flat=unchanged.percent("growth_pct"), known=known)
    )


@cached_text
def base_effects(result: Result) -> Message:
    """Which of the months to come has the strongest effect; if none is to come, which had."""
    rows = result.frame
    coming = rows[rows["growth_pct"].isna()]
    pool = coming if len(coming) else rows
    row = _most(pool, "base_effect_pp")
    headline = headline_of_rows(result, rows[rows["period"] == row["period"]])
    change = figures_of(result, row).percent("base_change_pct")
    return Message(headline, say("outlook.base_alt", headline=headline, change=change))


@cached_text
def carry_over(result: Result) -> Message:
    """The growth that the level at the newest year's end alone gives the next year."""
    headline, years = measure_headline.headline(result), result.frame["period"]
    return Message(headline, say("outlook.carry_alt", headline=headline, first=years.iloc[0], last=years.iloc[-1]))


@cached_text
def scenario(result: Result) -> Message:
    """What follows from the assumptions: the total, and the market that counts most."""
    rows = result.frame
    total = figures_of(result, rows_where(result, kind="total")[0])
    most = total.at(_most(rows[rows["kind"] == "part"], "contribution_pp"))
    growth = round(float(total.row["growth_pct"]), 9)
    words = {
        "year": str(int(total.row["period"]) + 1),
        "way": "flat" if growth == 0 else "up" if growth > 0 else "down",
        "growth": total.size("growth_pct"),
        "market": name_of(dict(most.row)),
        "points": most.points("contribution_pp", 2),
        "base": formats.period(str(total.row["period"]), lang=lang()),
        "elasticity": total.number("elasticity", 1),
    }
    headline = say("outlook.scenario", **words)
    return Message(headline, say("outlook.scenario_alt", headline=headline, **words))


@cached_text
def scenario_notes(result: Result) -> list[str]:
    """Every assumption in force, in words."""
    rows = result.frame
    total, parts = rows[rows["kind"] == "total"].iloc[0].to_dict(), rows[rows["kind"] == "part"]
    notes = [say("outlook.elasticity_note", elasticity=formats.number(total["elasticity"], 1, lang()))]
    paced = parts["assumption"].str.startswith(PACE)
    others = parts[~paced]
    if paced.any():
        still = others["assumption"] == "none"
        notes += [_pace_note(parts[paced]), say("outlook.pace_none", count=formats.count(int(still.sum()), lang()))]
        others = others[~still]
    for (demand, assumption), markets in others.groupby(["demand_pct", "assumption"], sort=False):
        continents = [code for code in CONTINENTS if (markets["continent"] == code).any()]
        names = joined(say(f"scope.continent.{code}") for code in continents)
        where = say("outlook.everywhere") if len(continents) == len(CONTINENTS) else names
        growth, source = _percent(float(str(demand))), _who(str(assumption))
        notes.append(say("outlook.demand_note", continent=where, demand=growth, source=source))
    shocked = parts[parts["shock_pct"] != 0]
    notes += [
        say("outlook.shock_note", market=name_of(row), shock=_percent(row["shock_pct"]))
        for row in shocked.to_dict("records")
    ]
    return notes


def _pace_note(markets: pd.DataFrame) -> str:
    """How many markets go on as in the months known, and what that makes of them together."""
    month = str(markets["assumption"].iloc[0]).removeprefix(PACE)
    together = (markets["share_pct"] * markets["demand_pct"]).sum() / markets["share_pct"].sum()
    words = {"count": formats.count(len(markets), lang()), "period": formats.period(month, "YTD", lang())}
    return say("outlook.pace_note", growth=formats.percent(together, lang=lang()), **words)


def _who(assumption: str) -> str:
    """Whose assumption it is: the user's, nobody's, or a forecaster's with its date."""
    if assumption in ("given", "none"):
        return say(f"outlook.{assumption}")
    name, _, day = assumption.partition(", ")
    return f"{name}, {formats.day(day, lang())}"


@cached_text
def events(result: Result, today: str) -> Message:
    """How many events, and what comes next after the day `today`."""
    rows = result.frame
    coming = rows[rows["period_start"] > today]
    words = {
        "count": formats.count(len(rows), lang()),
        "first": formats.period(str(rows["period"].iloc[0])[:7], lang=lang()),
        "last": formats.period(str(rows["period"].iloc[-1])[:7], lang=lang()),
    }
    if len(coming):
        nearest = coming.iloc[0]
        words |= {"event": str(nearest["event"]), "day": formats.day(str(nearest["period"]), lang())}
    else:
        words["day"] = formats.day(str(rows["period"].iloc[-1]), lang())
    headline = say("outlook.events_next" if len(coming) else "outlook.events_past", **words)
    return Message(headline, say("outlook.events_alt", headline=headline, **words))


@cached_text
def event_lines(rows: pd.DataFrame) -> list[tuple[str, str, str, str, str]]:
    """Newest first: day, event, detail, title and address of the page that reports it."""
    listed = rows.iloc[::-1].to_dict("records")
    return [
        (
            formats.day(row["period"], lang()),
            row["event"],
            _text(row["detail"]),
            row["source_title"],
            _text(row["source_url"]),
        )
        for row in listed
    ]


@cached_text
def errors(result: Result, year: str) -> Message:
    """What could be scored, and that the rest could not."""
    rows = result.frame
    scored = rows.dropna(subset=["outcome_pct"])
    goods = rows[(rows["aggregate"] == "goods-volume") & rows["outcome_pct"].isna()]
    words = {"year": year, "count": formats.count(len(rows), lang()), "scored": formats.count(len(scored), lang())}
    if len(goods):
        words |= {"first": _percent(goods["forecast_pct"].iloc[0]), "last": _percent(goods["forecast_pct"].iloc[-1])}
        headline = say("outlook.errors_goods", **words)
    else:
        headline = say("outlook.errors", **words)
    listed = joined_widely(
        message.joined(
            [
                with_number(row["forecaster"], _percent(row["forecast_pct"])),
                say("check.brackets", text=say(f"aggregate.{row['aggregate']}")),
            ]
        )
        for row in rows.to_dict("records")
    )
    return Message(headline, say("outlook.errors_alt", headline=headline, listed=listed))


@cached_text
def error_notes(result: Result) -> list[str]:
    """Growth of the first half year, whose outcomes are taken, and that China's trade is not the world's."""
    rows, notes = result.frame, []
    half = rows["part_pct"].dropna()
    if len(half):
        notes.append(say("outlook.half_note", growth=_percent(half.iloc[0])))
    for row in rows.dropna(subset=["outcome_pct"]).drop_duplicates("aggregate").to_dict("records"):
        words = {"aggregate": say(f"aggregate.{row['aggregate']}"), "value": _percent(row["outcome_pct"])}
        notes.append(
            say("outlook.outcome_note", by=row["outcome_by"], day=formats.day(row["outcome_date"], lang()), **words)
        )
    return [*notes, say("outlook.china_note")]


def _most(rows: pd.DataFrame, column: str) -> Row:
    """The row whose value is farthest from zero; the first of equals."""
    return dict(rows.sort_values(column, key=abs, ascending=False, kind="stable").iloc[0])


def _percent(value: float) -> str:
    return formats.percent(value, lang=lang(), signed=False)


def _day(row: Row) -> str:
    return formats.day(row["publication_date"], lang())


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
