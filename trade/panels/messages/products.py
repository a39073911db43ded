"""Sentences about products in customs' lists, made from the figures drawn: one function per chart."""

from __future__ import annotations

from dataclasses import replace

from trade.charts.context import Context
from trade.charts.customs_commodities import unit_name, unit_value
from trade.measures import Result
from trade.panels.cache import cached_text
from trade.panels.language import joined, lang, say
from trade.panels.messages import common
from trade.panels.messages.common import Message, Row
from trade.text import formats

NAMED = 3
"""As many items are named in a description."""


@cached_text
def items(result: Result) -> Message:
    """The largest part with its share, or the largest item inside a group."""
    context, frame = _context(result), result.frame
    parts = frame[frame["kind"] == "part"].sort_values("value", ascending=False)
    first = parts.iloc[0].to_dict()
    words = {"name": name(first), "period": _period(result), "amount": context.amount(first["value"])}
    whole = frame.loc[frame["kind"].isin(["total", "group"])].iloc[-1]
    words |= {"share": context.percent(first["share_pct"], signed=False), "flow": say(f"flow_low.{context.flow}")}
    headline = say("products.share" if whole["kind"] == "total" else "products.largest", **words)
    named = joined(f"{name(row)} {context.amount(row['value'])}" for row in parts.head(NAMED).to_dict("records"))
    rest = frame.loc[frame["kind"] == "residual", "value"]
    unlisted = context.amount(rest.iloc[0] if len(rest) else None)
    return Message(headline, say("products.items_alt", headline=headline, told=named, rest=unlisted))


@cached_text
def item_notes(result: Result) -> list[str]:
    """What the marks mean: groups that cut across, groups that hold their items."""
    crossing = [name(row) for row in result.frame.to_dict("records") if row["kind"] == "overlap"]
    if not crossing:
        return []
    return [say("products.overlap_note", names=joined(crossing)), say("products.nested_note")]


@cached_text
def split(result: Result) -> Message:
    """Which part gave most of the growth of the whole, or of what its group gave."""
    frame = result.frame.dropna(subset=["contribution_pp"])
    if frame["kind"].iloc[-1] == "total":
        return common.contribution(replace(result, frame=frame))
    context, group = _context(result), frame.iloc[-1].to_dict()
    first = frame[frame["kind"] == "part"].sort_values("contribution_pp").iloc[-1].to_dict()
    words = {
        "group": name(group),
        "points": context.points(group["contribution_pp"], 2),
        "flow": say(f"flow_low.{context.flow}"),
        "first": name(first),
        "first_points": context.points(first["contribution_pp"], 2),
    }
    headline = say("products.split_group", **words)
    rest = frame.loc[frame["kind"] == "residual", "contribution_pp"].sum()
    return Message(headline, say("products.split_group_alt", headline=headline, rest=context.points(rest, 2)))


@cached_text
def split_notes(result: Result) -> list[str]:
    """What else stands in the residual."""
    parts = result.frame[result.frame["kind"] == "part"]
    return [say("products.partly_note")] if parts["base_value"].isna().any() else []


@cached_text
def prices(result: Result) -> Message:
    """How many items grew in quantity, and how many in unit value."""
    context, frame = _context(result), result.frame
    up, dear = frame["quantity_growth_pct"], frame["unit_value_growth_pct"]
    count = (formats.count(float(number), lang()) for number in (len(frame), (up > 0).sum(), (dear > 0).sum()))
    headline = say("products.prices", **dict(zip(("count", "more", "dearer"), count, strict=True)))
    most, least = frame.iloc[int(up.argmax())].to_dict(), frame.iloc[int(dear.argmin())].to_dict()
    ends = {"most": name(most), "most_growth": context.percent(most["quantity_growth_pct"])}
    ends |= {"least": name(least), "least_growth": context.percent(least["unit_value_growth_pct"])}
    return Message(headline, say("products.prices_alt", headline=headline, **ends))


@cached_text
def high_tech(result: Result) -> Message:
    """The newest period with both values, side by side."""
    context, frame = _context(result), result.frame
    stated = frame[(frame["definition"] == "statement") & frame["value"].notna()].iloc[-1].to_dict()
    wider = frame[(frame["definition"] == "catalogue") & (frame["period"] == stated["period"])].iloc[-1].to_dict()
    words = {"period": formats.period(stated["period"], "YTD", lang())}
    points: dict[str, str] = {}
    for key, row in (("stated", stated), ("wider", wider)):
        words |= {key: context.amount(row["value"]), f"{key}_growth": context.percent(row["growth_pct"])}
        points |= {"points" if key == "stated" else "wider_points": context.points(row["contribution_pp"])}
    headline = say("products.high_tech", **words)
    return Message(headline, say("products.high_tech_alt", headline=headline, **points))


@cached_text
def high_tech_notes(result: Result) -> list[str]:
    """Why there are two, and for which periods a value is missing."""
    frame = result.frame
    lost = frame[(frame["definition"] == "statement") & frame["value"].isna()]["period"]
    periods = joined(formats.period(code, "YTD", lang()) for code in lost)
    missed = [say("products.high_tech_lost", periods=periods)] if periods else []
    return [say("products.high_tech_note"), *missed, say("products.yuan_only"), say("products.exports_only")]


@cached_text
def new_three(result: Result) -> Message:
    """The newest year with its growth, and what it consists of."""
    context, frame = _context(result), result.frame
    groups = frame[(frame["kind"] == "group") & frame["growth_pct"].notna()]
    newest = groups.iloc[-1].to_dict()
    words = {"amount": context.amount(newest["value"]), "growth": context.percent(newest["growth_pct"])}
    headline = say("products.new_three", period=formats.period(newest["period"], "YTD", lang()), **words)
    parts = frame[(frame["period"] == newest["period"]) & (frame["kind"] == "part")].to_dict("records")
    named = joined(f"{name(row)} {context.amount(row['value'])}" for row in parts)
    return Message(headline, say("products.new_three_alt", headline=headline, told=named))


@cached_text
def new_three_notes(result: Result) -> list[str]:
    """How the years that customs' tables do not hold came about."""
    frame = result.frame
    years = {kind: joined(frame.loc[frame["quality"] == kind, "period"]) for kind in ("press", "implied")}
    note = say("products.new_three_note", reported=years["press"], implied=years["implied"])
    return [note, say("products.yuan_only"), say("products.exports_only")]


@cached_text
def robots(result: Result) -> Message:
    """The last period in which exports were below imports, and the first in which they were above."""
    exports = result.frame[(result.frame["flow"] == "export") & result.frame["ratio_to_imports"].notna()]
    below, above = exports[exports["ratio_to_imports"] < 1], exports[exports["ratio_to_imports"] > 1]
    before, after = below.iloc[-1].to_dict(), above.iloc[0].to_dict()
    words = {
        "before": formats.period(before["period"], before["freq"], lang()),
        "low": formats.number(before["ratio_to_imports"], 1, lang()),
        "after": formats.period(after["period"], after["freq"], lang()),
        "high": formats.number(after["ratio_to_imports"], 1, lang()),
    }
    headline = say("products.robots", **words)
    known = result.frame[result.frame["flow"] == "import"].to_dict("records")
    periods = joined(formats.period(row["period"], row["freq"], lang()) for row in known)
    return Message(headline, say("products.robots_alt", headline=headline, periods=periods))


def robot_notes() -> list[str]:
    """Whose figures they are, and what was not found."""
    return [say("products.robots_note"), say("products.dollars_only")]


@cached_text
def item(result: Result) -> Message:
    """One item in its newest period."""
    context, frame = _context(result), result.frame
    newest = frame.iloc[-1].to_dict()
    sentence = common.growth_sentence(newest, context)
    headline = say("products.item", name=name(newest), sentence=sentence[:1].lower() + sentence[1:])
    rates = frame["growth_pct"].fillna(frame["growth_computed_pct"])
    span = formats.span(frame["period"].iloc[0], frame["period"].iloc[-1], context.freq, lang())
    ends = {"low": context.percent(rates.min()), "high": context.percent(rates.max())}
    return Message(headline, say("products.item_alt", headline=headline, span=span, **ends))


@cached_text
def price_of(result: Result) -> Message:
    """Quantity and unit value of one item in its newest period."""
    context, newest = _context(result), result.frame.iloc[-1].to_dict()
    words = {
        "name": name(newest),
        "period": context.period(newest["period"]),
        "quantity": context.percent(newest["quantity_growth_pct"]),
        "unit_value": context.percent(newest["unit_value_growth_pct"]),
    }
    headline = say("products.price_of", **words)
    return Message(headline, say("products.price_of_alt", headline=headline))


@cached_text
def quantity(result: Result) -> str:
    """Quantity and unit value of the newest period that has them, as a sentence; or that customs counts none."""
    context, frame = _context(result), result.frame
    counted = frame[frame["quantity"].notna()]
    if counted.empty:
        return say("products.item_uncounted", name=name(frame.iloc[-1].to_dict()))
    row = counted.iloc[-1].to_dict()
    words = {
        "quantity": formats.large(row["quantity"], lang()),
        "unit": unit_name(row["quantity_unit"], lang()),
        "each": unit_value(row, context),
    }
    return say("products.item_quantity", name=name(row), period=context.period(row["period"]), **words)


def name(row: Row) -> str:
    """The row's name in the reader's language."""
    own = row.get(f"name_{lang()}")
    return str(own if isinstance(own, str) and own else row["name_en"])


@cached_text
def about(result: Result, title: str) -> str:
    """The line under a headline: `title` instead of the measure's own, then flow, currency, place and periods."""
    context, frame = _context(result), result.frame
    if "period" in frame:
        first, last = (formats.period(frame["period"].iloc[at], "YTD", lang()) for at in (0, -1))
        when = first if first == last else f"{first} {formats.EN_DASH} {last}"
    else:
        when = _period(result)
    currency = say("frame.in_currency", currency=formats.currency_name(context.currency, lang()))
    return " · ".join([title, context.flow_name, currency, say("frame.place"), when])


def _context(result: Result) -> Context:
    return Context.of(result.params, lang())


def _period(result: Result) -> str:
    """The period of the result's parameters, in words."""
    return formats.period(str(result.params["period"]), str(result.params["freq"]), lang())
