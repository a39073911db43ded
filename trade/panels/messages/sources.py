"""The sentences of the page on sources, made from the figures drawn. One function per chart, pure, never typed."""

from __future__ import annotations

from typing import Any

import pandas as pd

from trade.measures import Result
from trade.panels.cache import cached_text
from trade.panels.language import lang, say
from trade.panels.measure_headline import headline_of_rows
from trade.panels.messages.common import Message, figures_of, flow_text, number_of
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
        "count": number_of(result, by_year.max(), "figures"),
        "sources": number_of(result, rows["source_id"].nunique(), "source_id"),
    }
    headline = say("sources.coverage", **words)
    return Message(headline, say("sources.coverage_alt", headline=headline, **words))


@cached_text
def revisions(result: Result) -> Message:
    """The largest revision that rounding cannot explain, and how many there were."""
    rows = result.frame
    larger = rows[rows["told"]]
    words = {
        "flow": flow_text(result),
        "count": number_of(result, len(larger), "revision_pct"),
        "all": number_of(result, len(rows), "revision_pct"),
    }
    headline: str = say("sources.revisions_none", **words)
    if len(larger):
        headline = headline_of_rows(result, larger[larger["period"] == _most(larger, "revision_pct")["period"]])
    return Message(headline, say("sources.revisions_alt", headline=headline, **words))


@cached_text
def residuals(result: Result) -> Message:
    """All identities hold; the one that comes nearest to its limit."""
    rows = result.frame
    row = _most(rows, "used_pct")
    words = {
        "count": number_of(result, len(rows), "residual"),
        "checks": number_of(result, rows["row_count"].sum(), "row_count"),
        "title": row["title"],
        "used": figures_of(result, row).share("used_pct", 0),
    }
    headline = say("sources.residuals", **words)
    return Message(headline, say("sources.residuals_alt", headline=headline, **words))


def _period(code: str) -> str:
    return formats.period(code, lang=lang())


def _most(rows: pd.DataFrame, column: str) -> Row:
    return dict(rows.sort_values(column, key=abs, ascending=False, kind="stable").iloc[0])
