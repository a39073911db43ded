"""The sentences of the page on diversification, made from the figures drawn. One function per chart, pure."""

from __future__ import annotations

from typing import Any

import pandas as pd

from trade import columns
from trade.charts import beeswarm, concentration
from trade.charts.context import Context
from trade.measures import Result
from trade.panels.cache import cached_text
from trade.panels.language import joined, lang, say
from trade.panels.messages.common import Message
from trade.text import formats

GOAL = 60.0
"""Per cent of the partners on each of five continents, in the official statement of 14 January 2026."""
DECADE = 10


@cached_text
def gauge(result: Result, column: str, period: str) -> Message:
    """Where the gauge stands in the period, and where it stood ten years before."""
    frame, context = result.frame, _context(result)
    rows = frame[frame["reporter"] == frame["reporter"].iloc[0]]
    now, base = _ends(rows, period)
    words = _dates(now, base, context) | {
        "flow": context.flow_name,
        "name": str(now[f"reporter_name_{lang()}"]),
        "value": _value(now[column], column),
        "former": _value(base[column], column),
    }
    headline = say(f"diversify.{column}", **words)
    ends = {"low": _value(rows[column].min(), column), "high": _value(rows[column].max(), column)}
    first, last = context.period(rows["period"].iloc[0]), context.period(rows["period"].iloc[-1])
    return Message(headline, say("diversify.gauge_alt", headline=headline, first=first, last=last, **ends))


@cached_text
def theil(result: Result, period: str) -> Message:
    """How much of the unevenness is between continents."""
    context = _context(result)
    now, base = _ends(result.frame, period)
    share = context.percent(now["between_share_pct"], digits=0, signed=False)
    headline = say("diversify.theil", share=share, **_dates(now, base, context))
    values = {"value": _value(now["theil"], "theil"), "former": _value(base["theil"], "theil")}
    return Message(headline, say("diversify.theil_alt", headline=headline, **values, **_dates(now, base, context)))


@cached_text
def active(result: Result, period: str) -> Message:
    """How many markets are active, and how many were."""
    context = _context(result)
    now, base = _ends(result.frame[result.frame["continent"] == "world"], period)
    values = {"value": _count(now["active_markets"]), "former": _count(base["active_markets"])}
    headline = say("diversify.active", **values, **_dates(now, base, context))
    parts = result.frame[(result.frame["period"] == now["period"]) & (result.frame["continent"] != "world")]
    counts = joined(f"{_five(row)} {_count(row['active_markets'])}" for row in parts.to_dict("records"))
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
        "growing": _count(world["growing"]),
        "markets": _count(world["markets"]),
        "period": context.period(world["period"]),
        "goal": context.percent(GOAL, digits=0, signed=False),
        "below": joined(_five(row) for row in below.to_dict("records")),
    }
    headline = say("diversify.growing_some" if len(below) else "diversify.growing_all", **words)
    counts = joined(
        f"{_five(row)} {_count(row['growing'])}/{_count(row['markets'])}" for row in parts.to_dict("records")
    )
    return Message(headline, say("diversify.growing_alt", headline=headline, parts=counts))


@cached_text
def growing_notes(result: Result) -> list[str]:
    """Which growth is counted, and of what the statement speaks."""
    notes = [say(f"diversify.growing_basis_{result.frame['basis'].iloc[0]}")]
    about_total = result.params["flow"] == "total" or result.params["reporter"] != "CHN"
    return notes + ([] if about_total else [say("diversify.growing_flow")])


@cached_text
def swarm(result: Result) -> Message:
    """How many markets grew and fell, and the middle one's growth."""
    frame, context = result.frame, _context(result)
    rates = frame["rate_pct"].dropna()
    words = {
        "grew": _count((rates > 0).sum()),
        "fell": _count((rates < 0).sum()),
        "median": context.percent(float(rates.median())),
        "period": context.period(frame["period"].iloc[0]),
    }
    headline = say("diversify.swarm", **words)
    largest = frame.sort_values("value", ascending=False).head(10)
    names = joined(f"{_name(row)} {context.percent(row['rate_pct'])}" for row in largest.to_dict("records"))
    return Message(headline, say("diversify.swarm_alt", headline=headline, parts=names))


@cached_text
def swarm_notes(result: Result, continent: str) -> list[str]:
    """How many markets stand at the edge; on one continent, by name, which fell."""
    count = beeswarm.beyond(result.frame)
    cap = formats.percent(beeswarm.CAP, 0, lang(), signed=False)
    notes = [say("diversify.swarm_cap", count=_count(count), cap=cap)] if count else []
    return notes if continent == "all" else [_fallen(result), *notes]


def _fallen(result: Result) -> str:
    """The markets that fell, the largest first, each with its rate."""
    frame, context = result.frame, _context(result)
    fell = frame[frame["rate_pct"] < 0].sort_values("value", ascending=False).to_dict("records")
    names = joined(f"{_name(row)} {context.percent(row['rate_pct'])}" for row in fell)
    return say("diversify.swarm_fell", names=names) if fell else say("diversify.swarm_fell_none")


@cached_text
def lorenz(result: Result, before: pd.DataFrame | None, gini: pd.DataFrame) -> Message:
    """What the largest tenth of the markets takes, now and before."""
    context = _context(result)
    shares = [
        context.percent(_tenth(frame), digits=0, signed=False) for frame in (result.frame, before) if frame is not None
    ]
    words = {"share": shares[0], "period": context.period(result.frame["period"].iloc[0])}
    if before is None:
        headline = say("diversify.lorenz_alone", **words)
    else:
        headline = say("diversify.lorenz", former=shares[1], base=context.period(before["period"].iloc[0]), **words)
    numbers = {
        "markets": _count(result.frame["markets"].iloc[0]),
        "gini": formats.number(gini["gini"].iloc[-1], 2, lang()),
    }
    return Message(headline, say("diversify.lorenz_alt", headline=headline, **numbers))


@cached_text
def gini_note(result: Result, gini: pd.DataFrame) -> str:
    value = formats.number(gini["gini"].iloc[-1], 2, lang())
    return say("diversify.gini", gini=value, markets=_count(result.frame["markets"].iloc[0]))


@cached_text
def margins(result: Result) -> Message:
    """What new and lost markets gave together, beside the whole change."""
    context, rows = _context(result), result.frame.set_index("component")
    points = rows["contribution_pp"]
    extensive, total = float(points[points.index.isin(["entry", "exit"])].sum()), float(points["total"])
    words = {
        "extensive": context.points(extensive, 2),
        "total": context.points(total, 1),
        "base": context.period(rows["base"].iloc[0]),
    }
    small = abs(extensive) <= abs(total) / 2
    headline = say("diversify.margins_stayed" if small else "diversify.margins_new", **words)
    parts = rows.drop(index="total")
    names = joined(
        f"{_component(name, row)} {context.points(row['contribution_pp'], 2)}" for name, row in parts.iterrows()
    )
    return Message(headline, say("diversify.margins_alt", headline=headline, parts=names))


@cached_text
def margins_note(result: Result) -> str:
    """Whether the two periods stand in one source."""
    context, row = _context(result), result.frame.iloc[-1]
    if " " in str(row["source_id"]):
        ends = {"base": context.period(row["base"]), "period": context.period(row["period"])}
        return say("diversify.margins_joint", **ends)
    return say("diversify.margins_lists")


@cached_text
def fall(result: Result, partner: str, percent: float) -> Message:
    """What the fall of the marked market, or of the largest, would take from the whole."""
    frame, context = result.frame, _context(result)
    marked = frame[frame["market"] == partner]
    row = (marked if len(marked) else frame).iloc[0].to_dict()
    words = {
        "fall": context.percent(percent, digits=0, signed=False),
        "market": _name(row),
        "effect": context.percent(abs(row["effect_pct"]), signed=False),
        "flow": say(f"flow_low.{context.flow}"),
    }
    if marked.empty:
        headline = say("diversify.fall_none", **words)
    elif formats.is_missing(row["growth_after_pct"]):
        headline = say("diversify.fall", **words)
    else:
        rates = {"after": context.percent(row["growth_after_pct"]), "before": context.percent(row["total_growth_pct"])}
        headline = say("diversify.fall_growth", **words, **rates)
    names = joined(
        f"{_name(each)} {context.percent(each['effect_pct'], digits=2)}" for each in frame.head(5).to_dict("records")
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
    return [say("diversify.fall_effective", **numbers), say("diversify.fall_levels")]


def _ends(rows: pd.DataFrame, period: str) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """The row of the period (else the last) and that of ten years before, else the first."""
    focus = rows[rows["period"] == period]
    now = (focus if len(focus) else rows).iloc[-1]
    wanted = f"{int(now['period'][:4]) - DECADE}{now['period'][4:]}"
    base = rows[rows["period"] >= wanted].iloc[0]
    return now.to_dict(), base.to_dict()


def _dates(now: dict, base: dict, context: Context) -> dict[str, str]:
    return {"period": context.period(now["period"]), "base": context.period(base["period"])}


def _value(value: float, column: str) -> str:
    text = formats.number(value, columns.column(column).said_decimals, lang())
    return text + say("charts.percent") if column == "share_pct" else text


def _count(value: float) -> str:
    return formats.count(value, lang())


def _five(row: dict) -> str:
    return say(f"five.{row['continent']}")


def _name(row: dict) -> str:
    return str(row[f"name_{lang()}"] or row["name_en"])


def _component(name: object, row: pd.Series) -> str:
    return say(f"component.{name}", count=_count(row["markets"]))


def _tenth(frame: pd.DataFrame) -> float:
    return 100 - concentration.at_share(frame, 90.0)


def _context(result: Result) -> Context:
    return Context.of(result.params, lang())
