"""The sentences of the page on destinations, made from the figures drawn. One function per chart, pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from trade.charts import ranking as ranking_chart
from trade.charts.label_context import Context
from trade.measures import Result
from trade.panels.cache import cached_text
from trade.panels.language import joined, joined_widely, lang, say
from trade.panels.measure_headline import headline_of_rows
from trade.panels.messages.common import (
    Message,
    Row,
    figures_of,
    flow_text,
    name_of,
    named,
    number_of,
    rows_where,
    with_number,
)
from trade.panels.queries import first_destinations
from trade.text import formats
from trade.text.message import Text

FIRST = 5
"""How many names an alternative text lists."""
NAMED = 3
"""How many names a headline lists."""
_KINDS = ("gained", "lost", "entered", "left")


@cached_text
def ranking(result: Result, partner: str, place: str) -> Message:
    """The first market (of the continent `place`, if given) with its share, and the rank of the marked one."""
    frame, context = result.frame.sort_values("rank"), _context(result)
    first = figures_of(result, frame.iloc[0].to_dict())
    marked = rows_where(result, market=partner) if partner != first.row["market"] else []
    if not marked and not place:
        headline = headline_of_rows(result, frame.head(1))
    else:
        chosen = figures_of(result, marked[0] if marked else {})
        words = {"name": name_of(dict(first.row)), "share": first.share("share_pct"), "flow": flow_text(result)}
        words |= {"period": context.period(first.row["period"]), "place": place or "all"}
        words |= {"rank": chosen.count("rank"), "chosen": named(marked[0]) if marked else ""}
        headline = say("destine.largest", chosen_share=chosen.share("share_pct"), **words)
    return Message(headline, say("destine.ranking_alt", headline=headline, parts=_parts(result, frame)))


@cached_text
def filtered(result: Result, everyone: int, conditions: str, place: str) -> Message:
    """How many of all markets, or of those of a `place`, fit the `conditions`, and the largest of them."""
    frame = result.frame.sort_values("rank")
    headline = _counted("headline_place" if place else "headline", frame, everyone, conditions, name_of, place=place)
    return Message(headline, say("filter.alt", headline=headline, parts=_parts(result, frame)))


@cached_text
def narrowed(result: Result, everyone: int, conditions: str, what: str, name: Callable[[Row], str]) -> Message:
    """How many of all `members`, `goods` or `codes` fit the `conditions`, and the largest of them by their `name`."""
    frame = result.frame.sort_values("value", ascending=False)
    headline = _counted(f"headline_{what}", frame, everyone, conditions, name)
    return Message(headline, headline)


def _counted(
    key: str, frame: pd.DataFrame, everyone: int, conditions: str, name: Callable[[Row], str], **words: str
) -> str:
    """How many of all rows fit the `conditions`, with the names of the first: of all of them where they are few."""
    names = joined(name(row) for row in frame.head(NAMED).to_dict("records"))
    case = "all" if len(frame) <= NAMED else "largest"
    counts = {"all": _count(everyone), "count": _count(len(frame))}
    return say(
        f"filter.{key}", conditions=conditions, names=say(f"filter.named_{case}", names=names), **counts, **words
    )


@cached_text
def growth_map(result: Result) -> Message:
    """How many markets grew and fell."""
    frame, context = result.frame, _context(result)
    rates = frame["rate_pct"]
    numbers = {"grew": (rates > 0).sum(), "fell": (rates < 0).sum(), "all": len(frame)}
    words: dict[str, str] = {name: number_of(result, number, "rate_pct") for name, number in numbers.items()}
    words |= {"flow": flow_text(result), "period": context.period(frame["period"].iloc[0])}
    headline = say("destine.map_unknown" if rates.isna().all() else "destine.map", **words)
    return Message(headline, say("destine.map_alt", headline=headline, parts=_parts(result, frame.sort_values("rank"))))


@cached_text
def map_notes(result: Result) -> list[str]:
    """How many markets, with what share of the value, the map cannot show."""
    undrawn = result.frame[result.frame["drawn"] == "none"]
    share = formats.percent(float(undrawn["share_pct"].sum()), 2, lang(), signed=False)
    counts = {"count": _count(len(undrawn)), "all": _count(len(result.frame))}
    drawn = say("markets.undrawn", share=share, **counts) if len(undrawn) else say("markets.all_drawn", **counts)
    return [drawn, say("markets.no_endorsement")]


@cached_text
def moved(result: Result) -> Message:
    """The largest gain and the largest loss between two periods."""
    known = result.frame.dropna(subset=["change"])
    frame, context = known.sort_values("change", ascending=False), _context(result)
    first, last = (figures_of(result, frame.iloc[at].to_dict()) for at in (0, -1))
    words = {
        "base": context.period(first.row["base"]),
        "period": context.period(first.row["period"]),
        "first": named(dict(first.row)),
        "gain": first.amount("change"),
        "last": named(dict(last.row)),
        "loss": last.amount("change"),
        "falls": "yes" if last.row["change"] < 0 else "no",
    }
    headline = say("destine.moved", **words)
    return Message(headline, say("destine.moved_alt", headline=headline))


@cached_text
def bump(result: Result, keep: int) -> Message:
    """Who climbed most and who fell most of the first markets at the end."""
    frame, context = result.frame, _context(result)
    last = str(frame["period"].max())
    if context.freq == "YTD":  # January is never compared with January to July
        frame = frame[frame["period"].str[4:] == last[4:]]
    first = str(frame["period"].min())
    now = frame[(frame["period"] == last) & (frame["rank"] <= keep)].sort_values("rank")
    gains = ranking_chart.moves(frame[frame["market"].isin(now["market"])])
    words = {"base": context.period(first), "period": context.period(last), "keep": str(keep)}
    headline = say("destine.bump_none", **words)
    if len(gains) and gains.iloc[0] > 0 > gains.iloc[-1]:
        for side, market in (("up", gains.index[0]), ("down", gains.index[-1])):
            rows = frame[frame["market"] == market].sort_values("period").to_dict("records")
            ends = {"from": figures_of(result, rows[0]), "to": figures_of(result, rows[-1])}
            words |= {f"{side}_{end}": figures.count("rank") for end, figures in ends.items()}
            words[side] = named(rows[-1])
        headline = say("destine.bump", **words)
    return Message(
        headline, say("destine.bump_alt", headline=headline, period=words["period"], parts=_parts(result, now))
    )


@cached_text
def first_map(listed: Result, china: Result, us: Result, top: int) -> Message:
    """In how many economies China and the United States count, in one year."""
    year, flow = str(listed.frame["period"].iloc[0]), str(listed.params["flow"])
    ours, theirs = _at(china, year), _at(us, year)
    words = {"year": first_destinations.when(listed.params, year), "top": Text(str(top), top)}
    words |= {"china": _economies(china, ours), "us": _economies(us, theirs)}
    words |= {"flow": Text(say(f"flow_low.{flow}"), flow)}
    headline = say("destine.first_map", **words)
    frame = listed.frame[listed.frame["rank"] == 1]
    lists = frame[f"partner_name_{lang()}"].value_counts().head(FIRST)
    parts = joined(with_number(str(name), _count(number)) for name, number in lists.items())
    return Message(
        headline,
        say("destine.first_alt", headline=headline, reporters=figures_of(china, ours).count("reporters"), parts=parts),
    )


@cached_text
def played(years: Result, china: Result, us: Result) -> Message:
    """How the counts of first places went from the first year to the last."""
    first, last = str(_of_last_source(china.frame)["period"].min()), str(years.frame["period"].max())
    words = {"first": Text(_year(first)), "last": Text(_year(last))}
    words |= {"flow": Text(say(f"flow_low.{years.params['flow']}"), str(years.params["flow"]))}
    for name, result in (("china", china), ("us", us)):
        words |= {f"{name}_then": _economies(result, _at(result, first)), name: _economies(result, _at(result, last))}
        change = float(words[name].value) - float(words[f"{name}_then"].value)
        words[f"{name}_way"] = Text("rose" if change > 0 else "fell" if change < 0 else "same")
    headline = say("destine.first_played", **words)
    return Message(headline, say("destine.played_alt", headline=headline))


@cached_text
def played_notes(years: Result, china: Result) -> list[str]:
    """How to move through the years, how the table grew, and which years have none."""
    shown = sorted(set(years.frame["period"]))
    words = {"first": _year(shown[0]), "then": _count(_at(china, shown[0])["reporters"])}
    words |= {"last": _year(shown[-1]), "now": _count(_at(china, shown[-1])["reporters"])}
    gaps = [_year(str(year)) for year in range(int(shown[0]), int(shown[-1])) if str(year) not in shown]
    notes = [say("destine.play_note", **words)]
    return notes + ([say("destine.play_gaps", years=joined(gaps))] if gaps else [])


@cached_text
def coverage_notes(listed: Result, china: Result) -> list[str]:
    """How many economies are in the table, with what part of exports, and what is not certain or not drawn."""
    year = str(listed.frame["period"].iloc[0])
    row = _at(china, year)
    words = {"reporters": _count(row["reporters"]), "year": _year(year)}
    if listed.params["dataset"] == first_destinations.MIXED:
        notes = [say("destine.mixed_note", **words)]
    else:
        figures = figures_of(china, row)
        words["reporters"] = figures.count("reporters")
        notes = [say("destine.coverage", covered=figures.share("covered_pct", 0), **words)]
    if row["uncertain"]:
        notes.append(say("destine.uncertain", count=_count(row["uncertain"])))
    places = listed.frame.drop_duplicates("reporter")
    undrawn = int((places["drawn"] == "none").sum())
    key = "markets.undrawn_first" if undrawn else "markets.all_drawn"
    return [*notes, say(key, count=_count(undrawn), all=_count(len(places))), say("markets.no_endorsement")]


@cached_text
def counted(result: Result) -> Message:
    """In how many economies China and the United States count in the last year of the chosen source, and since when
    China is ahead in it. Other sources cover other economies, so their counts are given separately and never compared.
    """
    chosen = str(result.params["dataset"])
    by_dataset = dict(iter(result.frame.groupby("dataset", sort=False)))
    frame = by_dataset.pop(chosen)
    last = str(frame["period"].max())
    rows = {row["partner"]: row for row in frame[frame["period"] == last].to_dict("records")}
    flow = str(result.params["flow"])
    words = {
        "source": _dated(chosen, last),
        "top": Text(str(result.params["top"]), float(result.params["top"])),
        "flow": Text(say(f"flow_low.{flow}"), flow),
        "china": _economies(result, rows["CHN"]),
        "us": _economies(result, rows["USA"]),
        "reporters": figures_of(result, rows["CHN"]).count("reporters"),
    }
    headline = say("destine.count", **words)
    others = joined_widely(_last_counts(rows, str(name)) for name, rows in by_dataset.items())
    return Message(headline, say("destine.count_alt", headline=headline, ahead=_ahead(frame), others=others or "none"))


def _ahead(frame: pd.DataFrame) -> str:
    """Since when China counts in more economies than the United States, within one source; empty where it does not."""
    wide = _of_last_source(frame).pivot_table(index="period", columns="partner", values="economies")
    lead = wide["CHN"] > wide["USA"]
    if len(wide) < 2 or not lead.iloc[-1]:
        return ""
    behind = wide.index[~lead]
    since = wide.index[wide.index > behind.max()].min() if len(behind) else wide.index.min()
    lacking = sorted({str(year) for year in range(int(since), int(wide.index.max()))} - set(wide.index))
    if since == wide.index.max():
        return ""
    return say("destine.count_ahead", year=_year(str(since)), lacking=joined(map(_year, lacking)) or "none")


def _of_last_source(frame: pd.DataFrame) -> pd.DataFrame:
    """The years from the same source as the last one: counts from two sources are not one series."""
    last = frame.loc[frame["period"] == frame["period"].max(), "source_id"].iloc[0]
    rows: pd.DataFrame = frame[frame["source_id"] == last]
    return rows


def counted_notes(thin: Mapping[str, Sequence[str]]) -> list[str]:
    """A note that sources are drawn separately, with the years left out of each."""
    left = joined_widely(
        f"{say(f'scope.dataset.{dataset}')}{say('join.colon')}{joined(map(_year, years))}"
        for dataset, years in thin.items()
        if years
    )
    return [say("destine.count_apart", years=left or "none")]


@cached_text
def changes(result: Result, china: Result) -> Message:
    """How many economies came to China and how many left, and what the count became."""
    frame = result.frame
    base, last = str(frame["base_period"].iloc[0]), str(frame["period"].iloc[0])
    number = frame["change"].value_counts()
    counts = {name: number_of(result, number.get(name, 0), "change") for name in _KINDS}
    same = number.get("entered", 0) + number.get("left", 0) == 0
    headline = _changed(china, base, last, "same" if same else "other", counts)
    sides = {"came": ("gained", "entered"), "went": ("lost", "left")}
    names = {
        side: joined(frame.loc[frame["change"].isin(kinds), f"name_{lang()}"]) or "none"
        for side, kinds in sides.items()
    }
    return Message(headline, say("destine.changes_alt", headline=headline, **names))


def unchanged(china: Result, base: str, last: str) -> str:
    """The same where no economy came and none left."""
    headline = _changed(china, base, last, "same", {name: Text("0", 0.0) for name in _KINDS})
    return say("destine.changes_alt", headline=headline, came="none", went="none")


def _changed(china: Result, base: str, last: str, lists: str, counts: dict[str, Text]) -> str:
    words: dict[str, str] = {
        **counts,
        "base": _year(base),
        "period": _year(last),
        "former": _economies(china, _at(china, base)),
        "now": _economies(china, _at(china, last)),
        "lists": lists,
        "flow": Text(say(f"flow_low.{china.params['flow']}"), str(china.params["flow"])),
        "top": Text(str(china.params["top"]), float(china.params["top"])),
    }
    return say("destine.changes", **words)


@cached_text
def changes_notes(result: Result, china: Result, keep: int) -> list[str]:
    """What an open dot needs, how many economies are not drawn, and whether the two years come from two sources."""
    sizes = result.frame["change"].value_counts()
    more = int((sizes - keep).clip(lower=0).sum())
    ends = [str(result.frame[column].iloc[0]) for column in ("base_period", "period")]
    sources = [_at(china, year)["source_id"] for year in ends]
    notes = [say("destine.changes_sources", base=_year(ends[0]), period=_year(ends[1]))] * (len(set(sources)) > 1)
    notes.append(say("destine.changes_shares"))
    return notes + ([say("destine.changes_more", count=_count(more))] if more else [])


def _at(result: Result, year: str) -> dict[Any, Any]:
    frame = result.frame
    return dict(frame[frame["period"] == year].iloc[0])


def _last_counts(frame: pd.DataFrame, dataset: str) -> str:
    last = frame[frame["period"] == frame["period"].max()]
    sides = joined(with_number(name_of(row), _count(row["economies"])) for row in last.to_dict("records"))
    words = {"source": _dated(dataset, str(last["period"].iloc[0])), "sides": sides}
    return say("destine.count_other", reporters=_count(last["reporters"].iloc[0]), **words)


def _dated(dataset: str, year: str) -> str:
    """A source with its year, or with a remark if it mixes years."""
    if dataset == first_destinations.MIXED:
        return say("destine.dated_mixed")
    return say("destine.dated", dataset=say(f"scope.dataset.{dataset}"), year=_year(year))


def _parts(result: Result, frame: pd.DataFrame) -> str:
    rows = frame.head(FIRST).to_dict("records")
    return joined(with_number(name_of(row), figures_of(result, row).share("share_pct")) for row in rows)


def _economies(result: Result, row: Row) -> Text:
    """In how many economies a partner counts."""
    return figures_of(result, row).count("economies")


def _year(year: str) -> str:
    """A year in words: `2023`, `2023年`."""
    return formats.period(year, "A", lang())


def _count(value: float) -> str:
    return formats.count(value, lang())


def _context(result: Result) -> Context:
    return Context.of(result.stated_params, lang())
