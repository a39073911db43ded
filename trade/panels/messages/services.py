"""The sentences above the charts of services, made from the figures drawn. Pure: results in, text out."""

from __future__ import annotations

from dataclasses import replace

from trade.charts.label_context import Context
from trade.measures import Result
from trade.measures.sentences import goods_in_sentence
from trade.panels.cache import cached_text
from trade.panels.language import joined, lang, say
from trade.panels.messages.common import Message, Row, figures_of
from trade.text import formats


@cached_text
def quarters(result: Result) -> Message:
    """The balance of the newest year that has all four quarters, else that of the quarters known."""
    context, frame = _context(result), result.frame
    years = frame["period"].str[:4]
    counts = years.value_counts()
    whole = sorted(counts.index[counts == 4])
    year = str(whole[-1] if whole else years.iloc[-1])
    total = float(frame.loc[years == year, "balance"].sum())
    amount = figures_of(result, {}).linked(context.amount(abs(total)), total, "balance")
    words = {"period": formats.period(year, lang=lang()), "amount": amount}
    side = "surplus" if total >= 0 else "deficit"
    headline = say(f"services.{side}" if len(whole) else f"services.{side}_part", **words)
    listed = joined(
        f"{formats.period(row['period'], lang=lang())} {context.amount(row['balance'])}"
        for row in frame.to_dict("records")
    )
    return Message(headline, say("services.quarters_alt", headline=headline, listed=listed))


@cached_text
def balance(result: Result) -> Message:
    """Surplus or deficit of the last year shown, with both flows."""
    context, row = _context(result), dict(result.frame.iloc[-1])
    figures = figures_of(result, row)
    words = {"period": context.period(row["period"]), "amount": figures.amount_size("balance"), "item": _item(row)}
    side = "surplus" if row["balance"] >= 0 else "deficit"
    headline = say(f"services.item_{side}" if row["item"] != "Services" else f"services.{side}", **words)
    flows = {"exports": figures.amount("exports"), "imports": figures.amount("imports")}
    first = context.period(result.frame["period"].iloc[0])
    return Message(headline, say("services.balance_alt", headline=headline, first=first, **flows))


@cached_text
def balance_notes(result: Result) -> list[str]:
    """Whose count it is, where the yearly series ends, and where a category is a share times the total."""
    last = formats.period(str(result.frame["period"].iloc[-1]), lang=lang())
    notes = [say("services.payments_note"), say("services.last_year_note", year=last)]
    return notes + ([say("services.share_note")] if result.frame["item"].iloc[-1] != "Services" else [])


@cached_text
def categories(result: Result) -> Message:
    """The categories with the largest surplus and the largest deficit."""
    rows = result.frame
    parts = rows[~rows["whole"].astype(bool) & ~rows["overlapping"].astype(bool)].dropna(subset=["balance"])
    most, least = (dict(parts.sort_values("balance").iloc[at]) for at in (-1, 0))
    words = {
        "period": formats.period(str(rows["period"].iloc[0]), lang=lang()),
        "most": _item(most),
        "surplus": figures_of(result, most).amount("balance"),
        "least": goods_in_sentence(_item(least), lang()),
        "deficit": figures_of(result, least).amount_size("balance"),
    }
    headline = say("services.categories", **words)
    return Message(headline, say("services.categories_alt", headline=headline, count=formats.count(len(parts), lang())))


@cached_text
def category_notes(result: Result) -> list[str]:
    """What the marks mean, whose count it is, and which categories are parts of others."""
    notes = [say("services.lanes_note"), say("services.payments_note")]
    starred = result.frame["overlapping"].astype(bool) & result.frame["exports"].notna()
    if starred.any():
        notes.append(say("services.overlap_note"))
    return notes + ([say("services.share_note")] if result.params["freq"] == "A" else [])


@cached_text
def ministry_notes(result: Result) -> list[str]:
    """Whose count it is, what a hatched bar means, and the base of 2026."""
    frame, notes = result.frame, [say("services.ministry_note")]
    if result.params["freq"] == "A" and (frame["growth_pct"].isna() & frame["growth_computed_pct"].notna()).any():
        notes.append(say("message.hatched"))
    if (frame["basis"] == "2026").any():
        notes.append(say("services.base_note"))
    bounds = frame.loc[frame["note"].fillna("").str.contains("lower bound"), "period"]
    if len(bounds):
        freq = str(result.params["freq"])
        periods = joined(formats.period(code, freq, lang()) for code in bounds)
        notes.append(say("services.bound_note", periods=periods))
    return notes


@cached_text
def investment(result: Result) -> Message:
    """Net inflow and net outflow of the last year."""
    context, row = _context(result), dict(result.frame.iloc[-1])
    words = {
        "period": context.period(row["period"]),
        "inflow": figures_of(result, row).amount("inflow"),
        "outflow": figures_of(result, row).amount("outflow"),
        "first": context.period(result.frame["period"].iloc[0]),
    }
    headline = say("services.investment", **words)
    return Message(headline, say("services.investment_alt", headline=headline, **words))


def _item(row: Row) -> str:
    return str(row[f"name_{lang()}"])


def _context(result: Result) -> Context:
    currency = str(result.frame["currency"].dropna().iloc[-1])
    return replace(Context.of(result.params, lang()), currency=currency)
