"""Sentences about goods by HS code, made from the figures drawn: one function per chart."""

from __future__ import annotations

from trade.charts.context import Context
from trade.charts.hs_products import titled
from trade.measures import Result
from trade.panels import hs_trade
from trade.panels.cache import cached_text
from trade.panels.language import joined, lang, say
from trade.panels.messages import common
from trade.panels.messages.common import Message, Row
from trade.text import formats

NAMED = 3
"""As many parts are named in a description."""
LETTERS = 60
"""Of a title in a sentence, at most."""


@cached_text
def items(result: Result) -> Message:
    """The largest part with its share, of all or inside a section or chapter."""
    context, frame = _context(result), result.frame
    first, whole = frame.iloc[0].to_dict(), frame.iloc[-1].to_dict()
    words = {"name": name(first, context), "amount": context.amount(first["value"]), "period": _period(first, context)}
    words |= {"share": context.percent(first["share_pct"], signed=False), "flow": _flow(result)}
    headline = say("products.share", **words)
    if formats.is_missing(first["share_pct"]):
        headline = say("hs.largest_held", **words)
    elif whole["kind"] == "group":
        headline = say("hs.largest", whole=name(whole, context), **words)
    largest = frame[frame["kind"] == "part"].head(NAMED).to_dict("records")
    named = joined(f"{name(row, context)} {context.amount(row['value'])}" for row in largest)
    return Message(headline, say("hs.items_alt", headline=headline, told=named))


@cached_text
def item_notes(result: Result) -> list[str]:
    """What the colours mean, and whose figures the imports are."""
    notes = [say("hs.colour_note") if result.frame["growth_pct"].notna().any() else say("hs.no_base_note")]
    return [*notes, *quality_notes(result)]


@cached_text
def quality_notes(result: Result) -> list[str]:
    """That imports are what the partners sold, where they are; that a figure is reconciled, a mean of years, or from
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
    held = set(result.frame["quality"])
    texts = {"mirror": "hs.mirror_note", "averaged": "hs.averaged_note", "reconciled": "hs.reconciled_note"}
    return [say(text) for quality, text in texts.items() if quality in held]


@cached_text
def split(result: Result) -> Message:
    """Which part gave most to the growth, and which took most."""
    context, frame = _context(result), result.frame
    listed = frame[frame["kind"] == "part"].sort_values("contribution_pp")
    first, last, whole = listed.iloc[-1].to_dict(), listed.iloc[0].to_dict(), frame.iloc[-1].to_dict()
    words = {
        "first": name(first, context),
        "points": context.points(first["contribution_pp"], 2),
        "flow": _flow(result),
    }
    words |= {"last": name(last, context), "last_points": context.points(last["contribution_pp"], 2)}
    words |= {"whole": context.percent(whole["growth_pct"]), "period": _period(whole, context)}
    headline = say("hs.split", **words)
    return Message(headline, say("hs.split_alt", headline=headline, **words))


@cached_text
def item(result: Result) -> Message:
    """One code in its newest period."""
    context, newest = _context(result), result.frame.iloc[-1].to_dict()
    sentence = common.growth_sentence(newest, context)
    headline = say("products.item", name=name(newest, context), sentence=sentence[:1].lower() + sentence[1:])
    span = formats.span(result.frame["period"].iloc[0], newest["period"], context.freq, lang())
    if formats.is_missing(newest["share_pct"]):
        return Message(headline, say("hs.item_held_alt", headline=headline, span=span))
    share = context.percent(newest["share_pct"], signed=False)
    return Message(headline, say("hs.item_alt", headline=headline, span=span, share=share, flow=_flow(result)))


@cached_text
def partners(result: Result, title: str) -> Message:
    """The largest partner in the goods of a chapter or section."""
    context, first = _context(result), result.frame.iloc[0].to_dict()
    words = {
        "partner": messages_name(first),
        "share": context.percent(first["share_pct"], signed=False),
        "name": titled("", title, context, LETTERS),
    }
    headline = say("hs.partners", flow=_flow(result), period=_period(first, context), **words)
    largest = result.frame[result.frame["kind"] == "part"].head(NAMED).to_dict("records")
    named = joined(f"{messages_name(row)} {context.amount(row['value'])}" for row in largest)
    return Message(headline, say("hs.partners_alt", headline=headline, told=named))


@cached_text
def advantage(result: Result) -> Message:
    """In how many parts the economy is specialised, and in which large one most."""
    context, frame = _context(result), result.frame
    first = frame.nlargest(20, "value_usd").sort_values("rca").iloc[-1].to_dict()
    words = {
        "count": formats.count(float((frame["rca"] > 1).sum()), lang()),
        "all": formats.count(float(len(frame)), lang()),
        "name": titled(first["product"], messages_name(first), context, LETTERS),
        "rca": formats.number(first["rca"], 1, lang()),
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
    """Over how many equal products trade is as good as spread, now and at first."""
    context, frame = _context(result), result.frame
    own = frame[frame["reporter"] == result.params["reporter"]]
    now, before = own.iloc[-1].to_dict(), own.iloc[0].to_dict()
    words = {"name": now[f"reporter_name_{lang()}"], "flow": _flow(result), "period": context.period(now["period"])}
    words |= {"value": formats.number(now["effective_products"], 1, lang())}
    words |= {"products": formats.count(float(now["products"]), lang())}
    headline = say("hs.diversified", **words)
    former = {
        "first": context.period(before["period"]),
        "former": formats.number(before["effective_products"], 1, lang()),
    }
    return Message(headline, say("hs.diversified_alt", headline=headline, **former))


@cached_text
def about(result: Result, title: str = "") -> str:
    """The line under a headline: what, which way, in dollars, whose, when, from which source."""
    context, frame = _context(result), result.frame
    flow = say("flow.export") if result.measure.id == "rca" else context.flow_name
    when = formats.span(frame["period"].iloc[0], frame["period"].iloc[-1], context.freq, lang())
    currency = say("frame.in_currency", currency=formats.currency_name("USD", lang()))
    place = hs_trade.reporter_name(str(result.params["reporter"]))
    return " · ".join([title or result.measure.title, flow, currency, place, when, _sources(result)])


def _sources(result: Result) -> str:
    """The short titles of the sources; a source without a title by its id."""
    return joined(hs_trade.origin_names(list(result.sources)).values())


def name(row: Row, context: Context) -> str:
    """Code and title up to its first semicolon; the words for all goods."""
    return titled("" if row["code"] == "all" else row["code"], messages_name(row), context, LETTERS)


def messages_name(row: Row) -> str:
    """The row's name in the reader's language."""
    own = row.get(f"name_{lang()}")
    return str(own if isinstance(own, str) and own else row["name_en"])


def _context(result: Result) -> Context:
    return Context.of({**result.params, "currency": "USD"}, lang())


def _flow(result: Result) -> str:
    return say(f"flow_low.{result.params['flow']}")


def _period(row: Row, context: Context) -> str:
    return context.period(str(row["period"]))
