"""The captions of every chart that follow from its rows: subtitle, sources, vintage, gaps.

Title, unit, period, source, vintage and caveats all come from the result; a panel never hard-codes them.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from trade.charts.label_context import Context
from trade.measures import Result, SourceNote, comparability, find_measure
from trade.panels import queries
from trade.panels.cache import cached_text
from trade.panels.language import joined, joined_widely, lang, say, sentences_of
from trade.text import formats
from trade.text.markdown import plain, prose

SHOWN_SOURCES = 3
REPOSITORIES = "//github.com/"
"""Part of the URL of a source that is a copy in somebody's repository."""
NAMED_GAPS = 4
_FROM_CUMULATED = ("quarterly", "fx_effect", "balance", "commodity", "commodities", "price_quantity")
"""Measures whose quarters are differences of two cumulative figures; those of partners are sums of three months."""
_UNITS_IN_SUBTITLE = ("percentage points",)
"""Units that the subtitle names because the figure does not."""


@cached_text
def subtitle(result: Result) -> str:
    """Measure, unit, flow, currency, place, periods: `Year-on-year growth · Exports · in yuan · China · 2006–2025`."""
    params, unit = result.params, _unit(result)
    flow, currency = params.get("flow"), result.currency
    parts = [
        result.measure.title + unit,
        say(f"flow.{flow}") if flow else "",
        say("frame.in_currency", currency=formats.currency_name(currency, lang())) if currency else "",
        _place(result),
        when(result),
    ]
    return " · ".join(part for part in parts if part)


def _unit(result: Result) -> str:
    """The unit in words if it is one of `_UNITS_IN_SUBTITLE`, else empty."""
    return say("frame.unit", unit=result.unit) if find_measure(result.measure.id).unit in _UNITS_IN_SUBTITLE else ""


def _place(result: Result) -> str:
    """China, or China and the one partner that the result is about."""
    names = result.frame.get(f"name_{lang()}", pd.Series(dtype=object)).dropna().unique()
    if result.params.get("partner") and len(names) == 1:
        return say("partner.place", name=names[0])
    return say("frame.place")


def when(result: Result) -> str:
    """The periods drawn, or the one that was asked for."""
    if "period" in result.frame:
        freq = Context.of(result.params).freq
        return formats.span(result.frame["period"].iloc[0], result.frame["period"].iloc[-1], freq, lang())
    period = str(result.params.get("period") or "")
    freq = str(result.params.get("freq") or ("YTD" if len(period) == 7 else "A"))
    return formats.period(period, freq, lang()) if period else ""


def footer(result: Result, notes: Iterable[str]) -> str:
    """Source, vintage, gaps and what the page adds, as one paragraph in Markdown."""
    return _footer(result, tuple(notes))


@cached_text
def _footer(result: Result, notes: tuple[str, ...]) -> str:
    return sourced(result.sources, remarks(result, notes))


def sourced(sources: list[str], notes: Iterable[str] | None = None) -> str:
    """The producers of the figures, then the notes or, without any, the vintage, as one paragraph in Markdown."""
    source_notes = queries.sources(sources)
    source = say("frame.source", sources=source_line(source_notes))
    return sentences_of([source, *(prose(note) for note in (notes or [_vintage_of(source_notes)]))])


def remarks(result: Result, notes: Iterable[str]) -> list[str]:
    """The sentences after the sources: vintage of the rows (else of the sources), gaps, quarters, breaks, `notes`."""
    sentences = (_newest(result), _gaps(result), _quarters(result), _breaks(result), *notes)
    return [sentence for sentence in sentences if sentence]


def _newest(result: Result) -> str:
    """A sentence with the publication date of the newest figure. If later rows carry no date, their sources' date is
    used instead, unless it is older: the newest date could be earlier than the end of the period drawn, as if the
    figure had been published before that period was over."""
    frame = result.frame
    dated = frame["published"].notna() if "published" in frame else pd.Series(False, index=frame.index)
    if not dated.any():
        return _vintage_of(queries.sources(result.sources)) if result.sources else ""
    newest = max(map(str, frame.loc[dated, "published"]))
    later = frame[~dated]
    if "period" in frame and "source_id" in frame:
        later = later[later["period"] > frame.loc[dated, "period"].max()]
        sources = list(dict.fromkeys(" ".join(later["source_id"].dropna()).split()))
        source_notes = queries.sources(sources) if sources else []
        # a year or a month of publication is no older than a day within it
        if any(note.published >= newest[: len(note.published)] for note in source_notes):
            return _vintage_of(source_notes)
    return say("frame.vintage", when=_on_date(newest))


def _quarters(result: Result) -> str:
    """How quarters were computed: for partners the sum of three months, for goods and totals the difference of two
    cumulative figures."""
    name, params = result.measure.id, result.params
    if "-Q" not in str(params.get("period") or "") and params.get("freq") != "Q" and name != "quarterly":
        return ""
    if name in _FROM_CUMULATED or (name == "contribution" and params["by"] == "product"):
        return say("frame.quarter_differences")
    of_partners = "membership" in params or params.get("dataset") in ("auto", "customs") or name == "contribution"
    return say("frame.quarter_sums") if of_partners else ""


def _breaks(result: Result) -> str:
    """Why some rows have no growth or change: the two figures differ in quality or source, so they do not compare."""
    if result.measure.id == "rank" and result.frame["period"].nunique() > 1:
        return ""  # a chart of ranks over time shows no growth
    return sentences_of(say(f"break.{reason}") for reason in comparability.count_incomparable(result.frame))


def _vintage_of(source_notes: list[SourceNote]) -> str:
    """A sentence with the publication date of the newest of these sources."""
    return say("frame.newest_table", when=_on_date(max(note.published for note in source_notes)))


def _on_date(iso: str) -> str:
    """A date (`2026`, `2026-08` or `2026-08-14`) with its preposition: `on 14 August 2026`, but `in August 2026`."""
    key = "frame.on_day" if len(iso) >= len("2026-01-14") else "frame.in_period"
    return say(key, day=formats.day(iso, lang()))


def vintage(found: list[SourceNote]) -> str:
    """The publication date of the newest of these sources, in words."""
    return formats.day(max(note.published for note in found), lang())


def source_line(found: list[SourceNote]) -> str:
    """Each producer with the titles of its sources as links, in Markdown."""
    by_producer: dict[str, list[str]] = {}
    for note in found[:SHOWN_SOURCES]:
        by_producer.setdefault(note.producer, []).append(linked(short_title(note.title), note.url, note.source_id))
    more = len(found) - SHOWN_SOURCES
    named = {plain(producer): joined(titles) for producer, titles in by_producer.items()}
    text = joined_widely(say("frame.producer", producer=one, titles=titles) for one, titles in named.items())
    return text + (say("frame.more_sources", count=more) if more > 0 else "")


def linked(title: str, url: str, source_id: str) -> str:
    """The title of a source's page with its link, if it has one, in Markdown; a copy in somebody's repository is called
    a copy. `source_id` may name several sources."""
    if not url:
        return plain(title)
    copied = REPOSITORIES in url and any(
        "secondary_source" in note.warnings for note in queries.sources(source_id.split())
    )
    return say("frame.copy", title=plain(title), url=url) if copied else f"[{plain(title)}]({url})"


def short_title(title: str) -> str:
    """A source's title up to its colon: the rest describes its content."""
    return formats.short_title(title)


def _gaps(result: Result) -> str:
    """A sentence on the periods without a figure between the first and the last drawn; empty if there are none."""
    freq = {"A": "Y", "Q": "Q", "M": "M"}.get(str(result.params.get("freq")))
    if freq is None or "period" not in result.frame or result.params.get("join_jan_feb"):
        return ""
    single = [code for code in result.frame["period"].unique() if "/" not in code]  # a mean of years leaves no gap
    if not single:
        return ""
    periods = pd.PeriodIndex([str(code).replace("-Q", "Q") for code in single], freq=freq)
    missing = pd.period_range(periods.min(), periods.max()).difference(periods)
    gaps = [str(period).replace("Q", "-Q") for period in missing]
    if len(gaps) > NAMED_GAPS:
        return say("frame.gaps", count=len(gaps))
    names = joined(formats.period(code, lang=lang()) for code in gaps)
    return say("frame.gap", periods=names) if gaps else ""
