"""The sentences of the page on sources, made from the figures drawn. One function per chart, pure, never typed."""

from __future__ import annotations

from typing import Any

import pandas as pd

from trade.charts.context import Context
from trade.measures import Result
from trade.panels.cache import cached_text
from trade.panels.language import lang, say
from trade.panels.messages.common import Message
from trade.text import formats

Row = dict[Any, Any]


@cached_text
def figures(result: Result) -> str:
    """How many sources and figures, and how new the newest are, as a sentence."""
    rows = result.frame
    dated = rows.dropna(subset=["newest_period"]).sort_values(["newest_period", "published"])
    world = dated[dated["tables"].str.contains("bilateral_export")]
    words = {
        "sources": formats.count(len(rows), lang()),
        "figures": formats.count(rows["figures"].sum(), lang()),
        "newest": _period(dated.iloc[-1]["newest_period"]) if len(dated) else formats.missing(lang()),
        "day": formats.day(dated.iloc[-1]["published"], lang()) if len(dated) else formats.missing(lang()),
        "world": _period(world.iloc[-1]["newest_period"]) if len(world) else formats.missing(lang()),
    }
    return say("sources.figures", **words)


@cached_text
def coverage(result: Result) -> Message:
    """From when to when figures reach, and which year has most."""
    rows = result.frame
    by_year = rows.groupby("period")["figures"].sum()
    words = {
        "first": str(rows["period"].min()),
        "last": str(rows["period"].max()),
        "year": str(by_year.idxmax()),
        "count": formats.count(by_year.max(), lang()),
        "sources": formats.count(rows["source_id"].nunique(), lang()),
    }
    headline = say("sources.coverage", **words)
    return Message(headline, say("sources.coverage_alt", headline=headline, **words))


@cached_text
def revisions(result: Result) -> Message:
    """The largest revision that rounding cannot explain, and how many there were."""
    context, rows = Context.of(result.params, lang()), result.frame
    told = rows[rows["told"]]
    words = {
        "flow": context.flow_name,
        "count": formats.count(len(told), lang()),
        "all": formats.count(len(rows), lang()),
    }
    headline = say("sources.revisions_none", **words)
    if len(told):
        row = _most(told, "revision_pct")
        words |= {
            "period": formats.period(row["period"], context.freq, lang()),
            "size": formats.percent(abs(row["revision_pct"]), 2, lang(), signed=False),
            "amount": context.amount(row["first_value"]),
        }
        headline = say("sources.revised_down" if row["revision_pct"] < 0 else "sources.revised_up", **words)
    return Message(headline, say("sources.revisions_alt", headline=headline, **words))


@cached_text
def residuals(result: Result) -> Message:
    """All identities hold; the one that comes nearest to its limit."""
    rows = result.frame
    row = _most(rows, "used_pct")
    words = {
        "count": formats.count(len(rows), lang()),
        "checks": formats.count(rows["row_count"].sum(), lang()),
        "title": row["title"],
        "used": formats.percent(row["used_pct"], 0, lang(), signed=False),
    }
    headline = say("sources.residuals", **words)
    return Message(headline, say("sources.residuals_alt", headline=headline, **words))


def _period(code: str) -> str:
    return formats.period(code, lang=lang())


def _most(rows: pd.DataFrame, column: str) -> Row:
    return dict(rows.sort_values(column, key=abs, ascending=False, kind="stable").iloc[0])
