"""The sentences of the page on destinations, made from the figures drawn. One function per chart, pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from trade.charts import ranking as ranking_chart
from trade.charts.context import Context
from trade.measures import Result
from trade.panels import first_destinations
from trade.panels.cache import cached_text
from trade.panels.language import joined, joined_widely, lang, say
from trade.panels.messages.common import Message
from trade.text import formats

FIRST = 5
"""How many names an alternative text lists."""


@cached_text
def ranking(result: Result, partner: str, continent: str) -> Message:
    """The first market with its share, and the place of the marked one."""
    frame, context = result.frame.sort_values("rank"), _context(result)
    first = frame.iloc[0].to_dict()
    marked = frame[frame["market"] == partner]
    words = {"name": _name(first), "share": _share(first), "flow": say(f"flow_low.{context.flow}")}
    words |= {"period": context.period(first["period"]), "noun": say(f"destine.one_{context.flow}")}
    key = "largest" if continent == "all" else "largest_on"
    if len(marked) and partner != first["market"]:
        row = marked.iloc[0].to_dict()
        words |= {"chosen": _name(row), "rank": _count(row["rank"]), "chosen_share": _share(row)}
        key = "largest_chosen"
    headline = say(f"destine.{key}", **words)
    return Message(headline, say("destine.ranking_alt", headline=headline, parts=_parts(frame)))


@cached_text
def growth_map(result: Result) -> Message:
    """How many markets grew and fell."""
    frame, context = result.frame, _context(result)
    rates = frame["rate_pct"]
    words = {"grew": _count((rates > 0).sum()), "fell": _count((rates < 0).sum()), "all": _count(len(frame))}
    key = "map_import" if context.flow == "import" else "map_amounts"
    if rates.isna().all():
        key, words["period"] = "map_unknown", context.period(frame["period"].iloc[0])
    headline = say(f"destine.{key}", **words)
    return Message(headline, say("destine.map_alt", headline=headline, parts=_parts(frame.sort_values("rank"))))


@cached_text
def map_notes(result: Result) -> list[str]:
    """How many markets, with what share of the value, the map cannot show."""
    lost = result.frame[result.frame["drawn"] == "none"]
    share = formats.percent(float(lost["share_pct"].sum()), 2, lang(), signed=False)
    counts = {"count": _count(len(lost)), "all": _count(len(result.frame))}
    drawn = say("markets.undrawn", share=share, **counts) if len(lost) else say("markets.all_drawn", **counts)
    return [drawn, say("markets.no_endorsement")]


@cached_text
def moved(result: Result) -> Message:
    """The largest gain and the largest loss between two periods."""
    known = result.frame.dropna(subset=["change"])
    frame, context = known.sort_values("change", ascending=False), _context(result)
    first, last = frame.iloc[0].to_dict(), frame.iloc[-1].to_dict()
    words = {
        "base": context.period(first["base"]),
        "period": context.period(first["period"]),
        "first": _name(first),
        "gain": context.amount(first["change"]),
        "last": _name(last),
        "loss": context.amount(last["change"]),
    }
    headline = say("destine.moved" if last["change"] < 0 else "destine.moved_up", **words)
    return Message(headline, say("destine.moved_alt", headline=headline))


@cached_text
def bump(result: Result, keep: int) -> Message:
    """Who climbed most and who fell most of the first markets at the end."""
    frame, context = result.frame, _context(result)
    first, last = str(frame["period"].min()), str(frame["period"].max())
    now = frame[(frame["period"] == last) & (frame["rank"] <= keep)].sort_values("rank")
    gains = ranking_chart.moves(frame[frame["market"].isin(now["market"])])
    words = {"base": context.period(first), "period": context.period(last), "keep": str(keep)}
    headline = say("destine.bump_none", **words)
    if len(gains) and gains.iloc[0] > 0 > gains.iloc[-1]:
        for side, market in (("up", gains.index[0]), ("down", gains.index[-1])):
            rows = frame[frame["market"] == market].sort_values("period")
            ends = {f"{side}_from": _count(rows["rank"].iloc[0]), f"{side}_to": _count(rows["rank"].iloc[-1])}
            words |= {side: _name(rows.iloc[-1].to_dict()), **ends}
        headline = say("destine.bump", **words)
    return Message(headline, say("destine.bump_alt", headline=headline, period=words["period"], parts=_parts(now)))


@cached_text
def first_map(listed: Result, china: Result, us: Result, top: int) -> Message:
    """In how many economies China and the United States count, in one year."""
    year, flow = str(listed.frame["period"].iloc[0]), str(listed.params["flow"])
    ours, theirs = _at(china, year), _at(us, year)
    words = {"year": first_destinations.when(listed.params, year), "top": str(top)}
    words |= {"china": _count(ours["economies"]), "us": _count(theirs["economies"])}
    words["noun"] = say(f"destine.noun_{flow}")
    key = "first_top" if top > 1 else "first_map" if flow == "export" else f"first_map_{flow}"
    headline = say(f"destine.{key}", **words)
    frame = listed.frame[listed.frame["rank"] == 1]
    lists = frame[f"partner_name_{lang()}"].value_counts().head(FIRST)
    parts = joined(f"{name} {_count(number)}" for name, number in lists.items())
    return Message(
        headline, say("destine.first_alt", headline=headline, reporters=_count(ours["reporters"]), parts=parts)
    )


@cached_text
def played(years: Result, china: Result, us: Result) -> Message:
    """How the counts of first places went from the first year to the last."""
    first, last = str(years.frame["period"].min()), str(years.frame["period"].max())
    words = {"first": first, "last": last}
    for name, result in (("china", china), ("us", us)):
        words |= {f"{name}_then": _count(_at(result, first)["economies"]), name: _count(_at(result, last)["economies"])}
    headline = say("destine.first_played", **words)
    return Message(headline, say("destine.played_alt", headline=headline))


@cached_text
def played_notes(years: Result, china: Result) -> list[str]:
    """How to move through the years, how the table grew, and which years have none."""
    shown = sorted(set(years.frame["period"]))
    words = {"first": shown[0], "then": _count(_at(china, shown[0])["reporters"])}
    words |= {"last": shown[-1], "now": _count(_at(china, shown[-1])["reporters"])}
    gaps = [str(year) for year in range(int(shown[0]), int(shown[-1])) if str(year) not in shown]
    notes = [say("destine.play_note", **words)]
    return notes + ([say("destine.play_gaps", years=joined(gaps))] if gaps else [])


@cached_text
def coverage_notes(listed: Result, china: Result) -> list[str]:
    """How many economies are in the table, with what part of exports, and what is not certain or not drawn."""
    year = str(listed.frame["period"].iloc[0])
    row = _at(china, year)
    words = {"reporters": _count(row["reporters"]), "year": year}
    if listed.params["dataset"] == first_destinations.MIXED:
        notes = [say("destine.mixed_note", **words)]
    elif formats.is_missing(row["covered_pct"]):
        notes = [say("destine.coverage_plain", **words)]
    else:
        covered = formats.percent(row["covered_pct"], 0, lang(), signed=False)
        notes = [say("destine.coverage", covered=covered, **words)]
    if row["uncertain"]:
        notes.append(say("destine.uncertain", count=_count(row["uncertain"])))
    places = listed.frame.drop_duplicates("reporter")
    lost = int((places["drawn"] == "none").sum())
    key = "markets.undrawn_first" if lost else "markets.all_drawn"
    return [*notes, say(key, count=_count(lost), all=_count(len(places))), say("markets.no_endorsement")]


@cached_text
def counted(result: Result) -> Message:
    """Since when more economies have China first than the United States, in the first of the sources."""
    frame = result.frame[result.frame["dataset"] == result.frame["dataset"].iloc[0]]
    wide = frame.pivot_table(index="period", columns="partner", values="economies")
    last = str(wide.index.max())
    words = {"china": _count(wide.loc[last, "CHN"]), "us": _count(wide.loc[last, "USA"]), "last": last}
    words["place"] = say(f"destine.place_{result.params['top']}")
    lead = wide["CHN"] > wide["USA"]
    headline = say("destine.count_now", **words)
    if lead.iloc[-1]:
        behind = wide.index[~lead]
        since = wide.index[wide.index > behind.max()].min() if len(behind) else wide.index.min()
        headline = say("destine.count_since", year=str(since), **words)
    by_dataset = dict(iter(result.frame.groupby("dataset", sort=False)))
    others = joined_widely(_last_counts(rows, str(name)) for name, rows in list(by_dataset.items())[1:]) or "–"
    return Message(
        headline, say("destine.count_alt", headline=headline, first=str(wide.index.min()), last=last, others=others)
    )


def counted_notes(thin: Sequence[str]) -> list[str]:
    return [say("destine.count_apart", years=joined(thin) or "–")]


@cached_text
def changes(result: Result, china: Result) -> Message:
    """How many economies came to China and how many left, and what the count became."""
    frame = result.frame
    base, last = str(frame["base_period"].iloc[0]), str(frame["period"].iloc[0])
    number = frame["change"].value_counts()
    words = {name: _count(number.get(name, 0)) for name in ("gained", "lost", "entered", "left")}
    words |= {
        "base": base,
        "period": last,
        "former": _count(_at(china, base)["economies"]),
        "now": _count(_at(china, last)["economies"]),
    }
    plain = number.get("entered", 0) + number.get("left", 0) == 0
    headline = say("destine.changes" if plain else "destine.changes_lists", **words)
    sides = {"came": ("gained", "entered"), "went": ("lost", "left")}
    names = {
        side: joined(frame.loc[frame["change"].isin(kinds), f"name_{lang()}"]) or "–" for side, kinds in sides.items()
    }
    return Message(headline, say("destine.changes_alt", headline=headline, **names))


@cached_text
def changes_notes(result: Result, keep: int) -> list[str]:
    """What an open dot needs, and how many economies are not drawn."""
    sizes = result.frame["change"].value_counts()
    more = int((sizes - keep).clip(lower=0).sum())
    notes = [say("destine.changes_shares")]
    return notes + ([say("destine.changes_more", count=_count(more))] if more else [])


def _at(result: Result, year: str) -> dict[Any, Any]:
    frame = result.frame
    return dict(frame[frame["period"] == year].iloc[0])


def _last_counts(frame: pd.DataFrame, dataset: str) -> str:
    last = frame[frame["period"] == frame["period"].max()]
    sides = joined(f"{row[f'name_{lang()}']} {_count(row['economies'])}" for row in last.to_dict("records"))
    return f"{say(f'scope.dataset.{dataset}')} {last['period'].iloc[0]}: {sides}"


def _parts(frame: pd.DataFrame) -> str:
    return joined(f"{_name(row)} {_share(row)}" for row in frame.head(FIRST).to_dict("records"))


def _name(row: dict) -> str:
    return str(row[f"name_{lang()}"] or row["name_en"])


def _share(row: dict) -> str:
    return formats.percent(row["share_pct"], 1, lang(), signed=False)


def _count(value: float) -> str:
    return formats.count(value, lang())


def _context(result: Result) -> Context:
    return Context.of(result.params, lang())
