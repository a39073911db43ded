"""The sentences of the page on diversification, made from the figures drawn. One function per chart, pure."""

from __future__ import annotations

from typing import Any

import pandas as pd

from trade import column_metadata
from trade.charts import beeswarm, concentration
from trade.charts.label_context import Context
from trade.measures import Result
from trade.measures.sentences import possessive
from trade.panels.cache import cached_text
from trade.panels.language import joined, lang, say
from trade.panels.measure_headline import headline_of_rows
from trade.panels.messages.common import Message, Row, figures_of, flow_text, name_of, number_of, with_number
from trade.text import formats
from trade.text.message import Text, capitalised

GOAL = 60.0
"""Per cent of the partners on each of five continents, in the official statement of 14 January 2026."""
DECADE = 10


@cached_text
def gauge(result: Result, column: str, period: str) -> Message:
    """The gauge's value in the period, and ten years before."""
    frame, context = result.frame, _context(result)
    rows = frame[frame["reporter"] == frame["reporter"].iloc[0]]
    now, base = _ends(rows, period)
    words = _dates(now, base, context) | {
        "flow": flow_text(result),
        "whose": possessive(str(now[f"reporter_name_{lang()}"]), lang()),
        "alone": "yes" if now["period"] == base["period"] else "no",
        "value": _value(result, now, column),
        "former": _value(result, base, column),
    }
    headline = capitalised(say(f"diversify.{column}", **words))
    ends = {"low": rows[column].min(), "high": rows[column].max()}
    limits = {name: _value(result, {column: value}, column) for name, value in ends.items()}
    first, last = context.period(rows["period"].iloc[0]), context.period(rows["period"].iloc[-1])
    return Message(headline, say("diversify.gauge_alt", headline=headline, first=first, last=last, **limits))


@cached_text
def theil(result: Result, period: str) -> Message:
    """How much of the unevenness is between continents."""
    context = _context(result)
    now, base = _ends(result.frame, period)
    share = figures_of(result, now).share("between_share_pct", 0)
    headline = say("diversify.theil", share=share, **_dates(now, base, context))
    values = {"value": _value(result, now, "theil"), "former": _value(result, base, "theil")}
    return Message(headline, say("diversify.theil_alt", headline=headline, **values, **_dates(now, base, context)))


@cached_text
def active(result: Result, period: str) -> Message:
    """How many markets are active, and how many were."""
    context = _context(result)
    now, base = _ends(result.frame[result.frame["continent"] == "world"], period)
    ends = {"value": now, "former": base}
    values = {name: figures_of(result, row).count("active_markets") for name, row in ends.items()}
    headline = say("diversify.active", **values, **_dates(now, base, context))
    parts = result.frame[(result.frame["period"] == now["period"]) & (result.frame["continent"] != "world")]
    counts = joined(
        with_number(_five(row), figures_of(result, row).count("active_markets")) for row in parts.to_dict("records")
    )
    return Message(headline, say("diversify.active_alt", headline=headline, parts=counts))


@cached_text
def gauge_notes(result: Result, *, compared: bool) -> list[str]:
    """What open dots and grey lines mean."""
    weak = "quality" in result.frame and result.frame["quality"].isin(concentration.WEAK).any()
    notes = [say("markets.breaks")] if weak and str(result.params["reporter"]) == "CHN" else []
    return notes + ([say("markets.reference")] if compared else [])


@cached_text
def growing(result: Result) -> Message:
    """How many markets grew, and whether each continent reaches the share of the statement."""
    frame, context = result.frame, _context(result)
    world = frame[frame["continent"] == "world"].iloc[0].to_dict()
    parts = frame[~frame["continent"].isin(["world", "none"])]
    below = parts[parts["growing_pct"] < GOAL]
    words = {
        "growing": figures_of(result, world).count("growing"),
        "markets": figures_of(result, world).count("markets"),
        "period": context.period(world["period"]),
        "goal": context.percent(GOAL, digits=0, signed=False),
        "below": joined(_five(row) for row in below.to_dict("records")),
        "lacking": Text("", len(below)),
    }
    headline = say("diversify.growing", **words)
    counts = joined(
        f"{_five(row)} {_count(row['growing'])}/{_count(row['markets'])}" for row in parts.to_dict("records")
    )
    return Message(headline, say("diversify.growing_alt", headline=headline, parts=counts))


@cached_text
def growing_notes(result: Result) -> list[str]:
    """Which markets and which growth are counted, and of what the statement speaks."""
    world = result.frame[result.frame["continent"] == "world"].iloc[0]
    words = {"flow": str(result.params["flow"]), "period": _context(result).period(world["period"])}
    notes = [say("diversify.growing_counted", markets=_count(world["markets"]), **words)]
    notes += [say(f"diversify.growing_basis_{result.frame['basis'].iloc[0]}")]
    about_total = result.params["flow"] == "total" or result.params["reporter"] != "CHN"
    return notes + ([] if about_total else [say("diversify.growing_flow")])


@cached_text
def swarm(result: Result) -> Message:
    """How many markets grew and fell, and the middle one's growth."""
    frame, context = result.frame, _context(result)
    rates = frame["rate_pct"].dropna()
    words = {
        "grew": number_of(result, (rates > 0).sum(), "rate_pct"),
        "fell": number_of(result, (rates < 0).sum(), "rate_pct"),
        "median": figures_of(result, {"rate_pct": float(rates.median())}).percent("rate_pct"),
        "period": context.period(frame["period"].iloc[0]),
    }
    headline = say("diversify.swarm", **words)
    largest = frame.sort_values("value", ascending=False).head(10)
    names = joined(_rate(result, row) for row in largest.to_dict("records"))
    return Message(headline, say("diversify.swarm_alt", headline=headline, parts=names))


@cached_text
def swarm_notes(result: Result, continent: str) -> list[str]:
    """How many markets are drawn at the edge; for a single continent, the names of those that fell."""
    count = beeswarm.count_off_axis(result.frame)
    cap = formats.percent(beeswarm.CAP, 0, lang(), signed=False)
    notes = [say("diversify.swarm_cap", count=_count(count), cap=cap)] if count else []
    return notes if continent == "all" else [_fallen(result), *notes]


def _fallen(result: Result) -> str:
    """The markets that fell, the largest first, each with its rate."""
    frame = result.frame
    fell = frame[frame["rate_pct"] < 0].sort_values("value", ascending=False).to_dict("records")
    names = joined(_rate(result, row) for row in fell)
    return say("diversify.swarm_fell", names=names) if fell else say("diversify.swarm_fell_none")


@cached_text
def lorenz(result: Result, before: pd.DataFrame | None, gini: pd.DataFrame) -> Message:
    """What the largest tenth of the markets takes, now and before."""
    context = _context(result)
    shares = [
        context.percent(100 - concentration.at_share(frame, 90.0), digits=0, signed=False)
        for frame in (result.frame, before)
        if frame is not None
    ]
    words = {"share": shares[0], "period": context.period(result.frame["period"].iloc[0])}
    former = "missing" if before is None else "same" if shares[1] == shares[0] else shares[1]
    base = "" if before is None else context.period(before["period"].iloc[0])
    headline = say("diversify.lorenz", former=former, base=base, **words)
    numbers = {
        "markets": figures_of(result, result.frame.iloc[0].to_dict()).count("markets"),
        "gini": formats.number(gini["gini"].iloc[-1], 2, lang()),
    }
    return Message(headline, say("diversify.lorenz_alt", headline=headline, **numbers))


@cached_text
def gini_note(result: Result, gini: pd.DataFrame) -> str:
    value = formats.number(gini["gini"].iloc[-1], 2, lang())
    return say("diversify.gini", gini=value, markets=_count(result.frame["markets"].iloc[0]))


@cached_text
def margins(result: Result) -> Message:
    """What markets that grew, that fell, new ones and lost ones gave of the whole change."""
    context, rows = _context(result), result.frame.set_index("component")
    figures = figures_of(result, {})
    words = {"base": context.period(rows["base"].iloc[0]), "period": context.period(rows["period"].iloc[0])}
    # if the two lists of markets differ in kind, a missing market need not be new or lost
    lacking = Text("unknown" if "unlike" in rows.index else "none")
    for name in ("growth", "decline", "entry", "exit"):
        part = float(rows["contribution_pp"].get(name, float("nan")))
        # in the two decimals that the chart prints, not in as many as a tiny share would need
        known = figures.linked(context.points(part, 2), part, "contribution_pp")
        words[name] = lacking if pd.isna(part) else known
    total = float(rows["contribution_pp"]["total"])
    words["total"] = figures.linked(context.percent(total), total, "contribution_pp")
    headline = say("diversify.margins", **words)
    parts = rows.drop(index="total")
    names = joined(
        f"{_component(name, row)} {context.points(row['contribution_pp'], 2)}"
        if pd.notna(row["contribution_pp"])
        else _component(name, row)
        for name, row in parts.iterrows()
    )
    return Message(headline, say("diversify.margins_alt", headline=headline, parts=names))


@cached_text
def margins_note(result: Result) -> str:
    """Whether the two periods come from one source."""
    context, row = _context(result), result.frame.iloc[-1]
    if result.frame["source_id"].astype(str).str.contains(" ").any():
        ends = {"base": context.period(row["base"]), "period": context.period(row["period"])}
        return say("diversify.margins_joint", **ends)
    # customs printed no rates of the trade of others
    own = result.frame["source_id"].astype(str).eq("gacc_partners").any()
    return say("diversify.margins_lists" if own else "diversify.margins_first")


@cached_text
def fall(result: Result, partner: str) -> Message:
    """What the fall of the marked market, or of the largest, would take from the whole."""
    frame = result.frame
    marked = frame[frame["market"] == partner]
    headline = headline_of_rows(result, (marked if len(marked) else frame).head(1))
    names = joined(
        with_number(name_of(row), figures_of(result, row).percent("effect_pct", 2))
        for row in frame.head(5).to_dict("records")
    )
    return Message(headline, say("diversify.fall_alt", headline=headline, parts=names))


@cached_text
def fall_notes(result: Result, partner: str) -> list[str]:
    """What the fall would do to the effective number of markets."""
    marked = result.frame[result.frame["market"] == partner]
    row = (marked if len(marked) else result.frame).iloc[0]
    numbers = {
        side: formats.number(row[f"effective_{column}"], 1, lang())
        for side, column in (("before", "markets"), ("after", "after"))
    }
    same = "yes" if numbers["before"] == numbers["after"] else "no"
    return [say("diversify.fall_effective", same=same, **numbers), say("diversify.fall_levels")]


def _ends(rows: pd.DataFrame, period: str) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """The row of the period (else the last) and that of ten years before, else of the earliest year with the same
    months: January to July is never compared with January."""
    focus = rows[rows["period"] == period]
    now = (focus if len(focus) else rows).iloc[-1]
    same_months = rows[(rows["period"].str[4:] == now["period"][4:]) & (rows["period"] <= now["period"])]
    earliest = f"{int(now['period'][:4]) - DECADE}{now['period'][4:]}"
    return now.to_dict(), same_months[same_months["period"] >= earliest].iloc[0].to_dict()


def _dates(now: dict, base: dict, context: Context) -> dict[str, str]:
    return {"period": context.period(now["period"]), "base": context.period(base["period"])}


def _value(result: Result, row: Row, column: str) -> Text:
    figures, digits = figures_of(result, row), column_metadata.column(column).sentence_decimals
    return figures.share(column, digits) if column == "share_pct" else figures.number(column, digits)


def _rate(result: Result, row: Row) -> Text:
    return with_number(name_of(row), figures_of(result, row).percent("rate_pct"))


def _count(value: float) -> str:
    return formats.count(value, lang())


def _five(row: dict) -> str:
    return say(f"five.{row['continent']}")


def _component(name: object, row: pd.Series) -> str:
    return say(f"component.{name}", count=_count(row["markets"]))


def _context(result: Result) -> Context:
    return Context.of(result.params, lang())
