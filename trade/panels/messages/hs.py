"""Sentences about goods by HS code, made from the figures drawn: one function per chart."""

from __future__ import annotations

from trade.charts.hs_products import titled
from trade.charts.label_context import Context
from trade.measures import Result
from trade.panels import hs_short_names, measure_headline
from trade.panels.cache import cached_text
from trade.panels.language import joined, lang, say
from trade.panels.measure_headline import headline_of_rows
from trade.panels.messages.common import (
    Message,
    Row,
    figures_of,
    flow_text,
    name_of,
    number_of,
    rows_where,
    with_number,
)
from trade.panels.queries import hs_trade
from trade.text import formats
from trade.text.figures import Figures

NAMED = 3
"""Most parts named in a text."""
LETTERS = 60
"""Longest title in a sentence."""


@cached_text
def items(result: Result) -> Message:
    """The largest part with its share, of all or inside a section or chapter."""
    context, frame = _context(result), result.frame
    first, whole = _figures(result, frame.iloc[0].to_dict()), frame.iloc[-1].to_dict()
    words = {"name": name(dict(first.row), context), "amount": first.amount("value")}
    words |= {"period": _period(dict(first.row), context), "whole": name(whole, context)}
    if formats.is_missing(first.row["share_pct"]):
        headline = say("hs.largest_held", **words)
    elif whole["kind"] == "group":
        headline = say("hs.largest", **words)
    else:
        headline = measure_headline.headline(result)
    largest = frame[frame["kind"] == "part"].head(NAMED).to_dict("records")
    listed = joined(with_number(name(row, context), first.at(row).amount("value")) for row in largest)
    return Message(headline, say("hs.items_alt", headline=headline, listed=listed))


@cached_text
def item_notes(result: Result) -> list[str]:
    """What the colours mean, and whose figures the imports are."""
    notes = [say("hs.colour_note") if result.frame["growth_pct"].notna().any() else say("hs.no_base_note")]
    return [*notes, *quality_notes(result)]


@cached_text
def quality_notes(result: Result) -> list[str]:
    """Caveats, where they apply: imports are the partners' exports; figures are reconciled, means of years, or from
    another source than the one chosen.
    """
    notes = basis_notes(result)
    if result.params["source"] == hs_trade.ANY_SOURCE:
        newest = _period(result.frame.iloc[-1].to_dict(), _context(result))
        notes.append(say("hs.other_source_note", source=_sources(result), period=newest))
    return notes


@cached_text
def basis_notes(result: Result) -> list[str]:
    """That figures are what the partners sold, reconciled, or means of years."""
    qualities = set(result.frame["quality"])
    texts = {"mirror": "hs.mirror_note", "averaged": "hs.averaged_note", "reconciled": "hs.reconciled_note"}
    return [say(text) for quality, text in texts.items() if quality in qualities]


@cached_text
def split(result: Result) -> Message:
    """Which part gave most to the growth, and which took most."""
    context, frame = _context(result), result.frame
    listed = frame[frame["kind"] == "part"].sort_values("contribution_pp")
    rows = (listed.iloc[-1], listed.iloc[0], frame.iloc[-1])
    first, last, whole = (_figures(result, row.to_dict()) for row in rows)
    words = {
        "first": name(dict(first.row), context),
        "points": first.points("contribution_pp", 2),
        "flow": flow_text(result),
    }
    words |= {"last": name(dict(last.row), context), "last_points": last.points("contribution_pp", 2)}
    words |= {"whole": whole.percent("growth_pct"), "period": _period(dict(whole.row), context)}
    headline = say("hs.split", **words)
    return Message(headline, say("hs.split_alt", headline=headline, **words))


@cached_text
def item(result: Result) -> Message:
    """One code in its newest period."""
    context, newest = _context(result), result.frame.iloc[-1].to_dict()
    headline = measure_headline.headline(result)
    span = formats.span(result.frame["period"].iloc[0], newest["period"], context.freq, lang())
    return Message(headline, say("hs.item_alt", headline=headline, span=span))


@cached_text
def partners(result: Result, title: str) -> Message:
    """The largest partner in the goods of a chapter or section."""
    context, first = _context(result), _figures(result, result.frame.iloc[0].to_dict())
    words = {
        "partner": name_of(dict(first.row)),
        "share": first.share("share_pct"),
        "name": titled("", title, context, LETTERS),
    }
    headline = say("hs.partners", flow=flow_text(result), period=_period(dict(first.row), context), **words)
    largest = rows_where(result, kind="part")[:NAMED]
    listed = joined(with_number(name_of(row), first.at(row).amount("value")) for row in largest)
    return Message(headline, say("hs.partners_alt", headline=headline, listed=listed))


@cached_text
def advantage(result: Result) -> Message:
    """In how many parts the economy is specialised, and in which large one most."""
    context, frame = _context(result), result.frame
    first = frame.nlargest(20, "value_usd").sort_values("rca").iloc[-1].to_dict()
    words = {
        "count": number_of(result, (frame["rca"] > 1).sum(), "rca"),
        "all": number_of(result, len(frame), "rca"),
        "name": good(first["product"], name_of(first), context),
        "rca": _figures(result, first).number("rca", 1),
        "period": context.period(first["period"]),
    }
    headline = say("hs.rca", **words)
    return Message(headline, say("hs.rca_alt", headline=headline))


@cached_text
def advantage_notes(result: Result) -> list[str]:
    """What is compared with what, and whose figures they are."""
    count = result.frame["exporters"].iloc[0]
    if formats.is_missing(count):
        return [say("hs.rca_note_world"), *quality_notes(result)]
    return [say("hs.rca_note", count=formats.count(float(count), lang())), *quality_notes(result)]


@cached_text
def diversification(result: Result) -> Message:
    """The effective number of products, now and in the first period."""
    context, frame = _context(result), result.frame
    own = frame[frame["reporter"] == result.params["reporter"]]
    before = _figures(result, own.iloc[0].to_dict())
    headline = headline_of_rows(result, own)
    former = {"first": context.period(before.row["period"]), "former": before.number("effective_products", 1)}
    return Message(headline, say("hs.diversified_alt", headline=headline, **former))


@cached_text
def about(result: Result, title: str = "") -> str:
    """The line under a headline: title, flow, currency, reporter, periods, source."""
    context, frame = _context(result), result.frame
    flow = say("flow.export") if result.measure.id == "rca" else context.flow_name
    when = formats.span(frame["period"].iloc[0], frame["period"].iloc[-1], context.freq, lang())
    currency = say("frame.in_currency", currency=formats.currency_name("USD", lang()))
    place = hs_trade.reporter_name(str(result.params["reporter"]))
    return " · ".join([title or result.measure.title, flow, currency, place, when, _sources(result)])


def _sources(result: Result) -> str:
    """The short titles of the sources; a source without a title by its id."""
    return joined(hs_trade.origin_names(list(result.sources)).values())


def _figures(result: Result, row: Row) -> Figures:
    return figures_of(result, row, "USD")


def name(row: Row, context: Context) -> str:
    """Code and short name, or title up to its first semicolon; the words for all goods."""
    return (
        titled("", name_of(row), context, LETTERS) if row["code"] == "all" else good(row["code"], name_of(row), context)
    )


def good(code: str, title: str, context: Context) -> str:
    """Goods with their code, a chapter or section by its short name; groups and economies, which have none, by name."""
    return titled(code, hs_short_names.of_title(code, title), context, LETTERS)


def _context(result: Result) -> Context:
    return Context.of({**result.params, "currency": "USD"}, lang())


def _period(row: Row, context: Context) -> str:
    return context.period(str(row["period"]))
