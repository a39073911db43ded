"""Sentences about products in customs' lists, made from the figures drawn: one function per chart."""

from __future__ import annotations

from dataclasses import replace

from trade.charts.customs_commodities import unit_value
from trade.charts.label_context import Context
from trade.measures import Result
from trade.panels import measure_headline
from trade.panels.cache import cached_text
from trade.panels.language import joined, lang, say
from trade.panels.measure_headline import headline_of_rows
from trade.panels.messages import growth
from trade.panels.messages.common import Message, figures_of, flow_text, number_of, range_of, rows_where, with_number
from trade.panels.messages.common import name_of as name
from trade.text import formats

NAMED = 3
"""Most items named in a text."""


@cached_text
def items(result: Result) -> Message:
    """The largest part with its share, or the largest item inside a group."""
    frame = result.frame
    parts = frame[frame["kind"] == "part"].sort_values("value", ascending=False)
    first = figures_of(result, parts.iloc[0].to_dict())
    if not (frame["kind"] == "group").any():
        headline = measure_headline.headline(result)
    else:
        words = {"name": name(dict(first.row)), "period": _period(result), "amount": first.amount("value")}
        headline = say("products.largest", **words)
    largest = parts.head(NAMED).to_dict("records")
    listed = joined(with_number(name(row), first.at(row).amount("value")) for row in largest)
    rest = first.at(next(iter(rows_where(result, kind="residual")), {})).amount("value")
    return Message(headline, say("products.items_alt", headline=headline, listed=listed, rest=rest))


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
        return growth.contribution(replace(result, frame=frame))
    context, group = _context(result), figures_of(result, frame.iloc[-1].to_dict())
    parts = frame[frame["kind"] == "part"].sort_values("contribution_pp")
    falls = float(group.row["contribution_pp"]) < 0
    first = group.at(parts.iloc[0 if falls else -1].to_dict())
    words = {
        "group": name(dict(group.row)),
        "points": group.points("contribution_pp", 2),
        "flow": flow_text(result),
        "first": name(dict(first.row)),
        "first_points": first.points("contribution_pp", 2),
        # an item that moved against its group did not make the group move
        "along": "yes" if (float(first.row["contribution_pp"]) < 0) == falls else "no",
    }
    headline = say("products.split_group", **words)
    rest = frame.loc[frame["kind"] == "residual", "contribution_pp"].sum()
    return Message(headline, say("products.split_group_alt", headline=headline, rest=context.points(rest, 2)))


@cached_text
def split_notes(result: Result) -> list[str]:
    """What the residual contains."""
    parts = result.frame[result.frame["kind"] == "part"]
    return [say("products.partly_note")] if parts["base_value"].isna().any() else []


@cached_text
def prices(result: Result) -> Message:
    """How many items grew in quantity, and how many in unit value."""
    frame = result.frame
    up, dear = frame["quantity_growth_pct"], frame["unit_value_growth_pct"]
    numbers = {
        "count": number_of(result, len(frame), "quantity_growth_pct"),
        "more": number_of(result, (up > 0).sum(), "quantity_growth_pct"),
        "dearer": number_of(result, (dear > 0).sum(), "unit_value_growth_pct"),
    }
    headline = say("products.prices", **numbers)
    most, least = (figures_of(result, frame.iloc[int(at)].to_dict()) for at in (up.argmax(), dear.argmin()))
    ends = {"most": name(dict(most.row)), "most_growth": most.percent("quantity_growth_pct")}
    ends |= {"least": name(dict(least.row)), "least_growth": least.percent("unit_value_growth_pct")}
    return Message(headline, say("products.prices_alt", headline=headline, **ends))


@cached_text
def prices_notes(result: Result, twice: int, most: int) -> tuple[str, ...]:
    """Which items are left out as parts of others, how many are drawn, and what the dots are."""
    notes = []
    if twice:
        notes.append(say("products.prices_twice", count=twice))
    if len(result.frame) > most:
        notes.append(say("products.prices_drawn", count=most))
    return (*notes, say("products.prices_note"))


@cached_text
def high_tech(result: Result) -> Message:
    """The newest period with both values, side by side."""
    frame = result.frame
    stated = frame[(frame["definition"] == "statement") & frame["value"].notna()].iloc[-1].to_dict()
    wider = frame[(frame["definition"] == "catalogue") & (frame["period"] == stated["period"])].iloc[-1].to_dict()
    headline = measure_headline.headline(result, stated["period"])
    rows = {"points": stated, "wider_points": wider}
    points = {name: figures_of(result, row).points("contribution_pp") for name, row in rows.items()}
    return Message(headline, say("products.high_tech_alt", headline=headline, **points))


@cached_text
def high_tech_notes(result: Result) -> list[str]:
    """Why there are two, and for which periods a value is missing."""
    frame = result.frame
    missing = frame[(frame["definition"] == "statement") & frame["value"].isna()]["period"]
    periods = joined(formats.period(code, "YTD", lang()) for code in missing)
    sentence = [say("products.high_tech_lost", periods=periods)] if periods else []
    return [say("products.high_tech_note"), *sentence, say("products.yuan_only"), say("products.exports_only")]


@cached_text
def new_three(result: Result) -> Message:
    """The newest year with its growth, and what it consists of."""
    frame = result.frame
    newest = frame[(frame["kind"] == "group") & frame["growth_pct"].notna()].iloc[-1].to_dict()
    headline = measure_headline.headline(result, newest["period"])
    parts = rows_where(result, period=newest["period"], kind="part")
    listed = joined(with_number(name(row), figures_of(result, row).amount("value")) for row in parts)
    return Message(headline, say("products.new_three_alt", headline=headline, listed=listed))


@cached_text
def new_three_notes(result: Result) -> list[str]:
    """How the years that customs' tables do not hold came about."""
    frame = result.frame
    years = {
        kind: joined(formats.period(code, lang=lang()) for code in frame.loc[frame["quality"] == kind, "period"])
        for kind in ("press", "implied")
    }
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
        "low": figures_of(result, before).number("ratio_to_imports", 1),
        "after": formats.period(after["period"], after["freq"], lang()),
        "high": figures_of(result, after).number("ratio_to_imports", 1),
    }
    headline = say("products.robots", **words)
    known = result.frame[result.frame["flow"] == "import"].to_dict("records")
    periods = joined(formats.period(row["period"], row["freq"], lang()) for row in known)
    return Message(headline, say("products.robots_alt", headline=headline, periods=periods))


def robot_notes() -> list[str]:
    """Whose figures they are, and what was not found."""
    return [say("products.robots_note"), say("products.dollars_only")]


@cached_text
def item(result: Result, chosen: str = "") -> Message:
    """One item in the period `chosen`, or in its newest."""
    context, frame = _context(result), result.frame
    headline = measure_headline.headline(result, chosen)
    rates = frame["growth_pct"].fillna(frame["growth_computed_pct"])
    span = formats.span(frame["period"].iloc[0], frame["period"].iloc[-1], context.freq, lang())
    ends = range_of(figures_of(result, {}), rates, "growth_pct")
    one = "yes" if rates.nunique() < 2 else "no"
    return Message(headline, say("products.item_alt", headline=headline, span=span, one=one, **ends))


@cached_text
def price_of(result: Result, chosen: str = "") -> Message:
    """Quantity and unit value of one item in the period `chosen`, or in its newest."""
    rows = result.frame[result.frame["period"] == chosen] if chosen else result.frame.tail(1)
    headline = headline_of_rows(result, rows)
    return Message(headline, say("products.price_of_alt", headline=headline))


@cached_text
def quantity(result: Result, chosen: str = "") -> str:
    """Quantity and unit value of the period `chosen`, or of the newest that has them, as a sentence; or that customs
    counts none."""
    context, frame = _context(result), result.frame
    counted = frame[frame["quantity"].notna()]
    if counted.empty:
        return say("products.item_uncounted", name=name(frame.iloc[-1].to_dict()))
    in_focus = counted[counted["period"] == chosen]
    row = (in_focus if len(in_focus) else counted).iloc[-1].to_dict()
    words = {
        "quantity": formats.large(row["quantity"], lang()),
        "unit": formats.quantity_unit(row["quantity_unit"], lang(), str(result.params["product"])),
        "each": unit_value(row, context),
    }
    return say("products.item_quantity", name=name(row), period=context.period(row["period"]), **words)


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
