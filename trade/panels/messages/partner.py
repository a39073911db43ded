"""The sentences of a partner's sheet, made from the figures drawn. Pure: results in, text out."""

from __future__ import annotations

import pandas as pd

from trade.charts.context import Context
from trade.charts.partner_history import points, share
from trade.measures import Result
from trade.panels.cache import cached_text
from trade.panels.language import joined, lang, say, sentences_of
from trade.panels.messages.common import Message, Row, rate_of
from trade.text import formats

MIRROR = "mirror"


@cached_text
def summary(results: dict[str, Result], newest: dict[str, Result], gap: Result | None, name: str, year: str) -> str:
    """One paragraph: amounts and balance, standing, growth, the newest months, what the partner itself reports.

    `results` (`balance` and the flows, up to the year) and `newest` (flows, January to the newest month) hold rows of
    `partner_balance` and `partner`; `gap` those of `mirror_gap`.
    """
    sentences = [_amounts(results["balance"], name, year), _standing(results, name, year), _growth(results, name, year)]
    sentences += [_newest(newest), _gap(gap, name, year)]
    return sentences_of(sentence for sentence in sentences if sentence)


@cached_text
def balance(result: Result, year: str, name: str) -> Message:
    """Surplus or deficit with the partner in the year."""
    context, row = _context(result), _row(result, year) or dict(result.frame.iloc[-1])
    words = {"name": name, "period": context.period(row["period"])}
    if formats.is_missing(row["balance"]):
        headline = say("partner.no_balance", **words)
    else:
        key = "partner.surplus" if row["balance"] >= 0 else "partner.deficit"
        headline = say(key, amount=context.amount(abs(row["balance"])), **words)
    flows = {"exports": context.amount(row["exports"]), "imports": context.amount(row["imports"])}
    first = context.period(result.frame["period"].iloc[0])
    return Message(headline, say("partner.balance_alt", headline=headline, first=first, **flows))


@cached_text
def history_notes(result: Result) -> list[str]:
    """What the marks mean, and which years are the partner's figures."""
    frame = result.frame
    mirrored = frame.loc[frame["export_quality"] == MIRROR, "period"]
    marks = say("partner.mirror_note", years=joined(mirrored)) if len(mirrored) else say("partner.break_note")
    return [marks, say("partner.history_note")]


@cached_text
def standing(result: Result, year: str, name: str) -> Message:
    """Rank and share of the year."""
    context, row = _context(result), _row(result, year) or dict(result.frame.iloc[-1])
    words = {"name": name, "period": context.period(row["period"])}
    words |= {"share": share(row["share_pct"], context), "rank": formats.count(row["rank"], lang())}
    if formats.is_missing(row["rank"]):
        headline = say("partner.rank_none", flow=say(f"flow_low.{context.flow}"), **words)
    else:
        headline = say(f"partner.rank_{context.flow}", **words)
    first = dict(result.frame.iloc[0])
    start = {"first": first["period"], "first_rank": formats.count(first["rank"], lang())}
    start |= {"first_share": share(first["share_pct"], context)}
    return Message(headline, say("partner.rank_alt", headline=headline, **start))


@cached_text
def standing_notes(result: Result) -> list[str]:
    """Which years are the partners' figures."""
    mirrored = result.frame.loc[result.frame["quality"] == MIRROR, "period"]
    if len(mirrored):
        return [say("partner.mirror_note", years=joined(mirrored))]
    return [say("partner.break_note")] if result.frame["new_source"].any() else []


@cached_text
def contribution(result: Result, year: str, name: str) -> Message:
    """The partner's contribution to China's growth in the year, and the best and worst year."""
    context, frame = _context(result), result.frame
    row = _row(result, year) or dict(frame.iloc[-1])
    part, rate = row["contribution_pp"], row["total_growth_pct"]
    words = {"name": name, "flow": say(f"flow_low.{context.flow}"), "period": context.period(row["period"])}
    words |= {"points": points(part, context), "growth": context.percent(rate)}
    headline = say("partner.took" if part < 0 or rate < 0 else "partner.gave", **words)
    parts = frame["contribution_pp"]
    most, least = (dict(frame.iloc[int(at)]) for at in (parts.argmax(), parts.argmin()))
    ends = {"most": most["period"], "most_points": points(most["contribution_pp"], context)}
    ends |= {"least": least["period"], "least_points": points(least["contribution_pp"], context)}
    first = frame["period"].iloc[0]
    return Message(headline, say("partner.gave_alt", headline=headline, first=first, **ends))


@cached_text
def about(result: Result) -> str:
    """The line under the headline of contributions, which are not the column that titles their measure."""
    context, frame = _context(result), result.frame
    currency = say("frame.in_currency", currency=formats.currency_name(context.currency, lang()))
    place = say("partner.place", name=frame[f"name_{lang()}"].iloc[-1])
    when = formats.span(frame["period"].iloc[0], frame["period"].iloc[-1], context.freq, lang())
    return " · ".join([say("partner.points_about"), context.flow_name, currency, place, when])


@cached_text
def months(result: Result, name: str) -> Message:
    """Exports and imports of the newest month."""
    context, row = _context(result), dict(result.frame.iloc[-1])
    words = {"exports": context.amount(row["exports"]), "imports": context.amount(row["imports"]), "name": name}
    headline = say("partner.months", period=context.period(row["period"]), **words)
    first = context.period(result.frame["period"].iloc[0])
    return Message(headline, say("partner.months_alt", headline=headline, first=first))


@cached_text
def months_notes(result: Result, marks: pd.DataFrame, rates: str) -> list[str]:
    """What the months are, how exports moved on a year earlier, what the marks and steps mean."""
    notes = [say("partner.months_note")]
    known = result.frame.dropna(subset=["export_growth_computed_pct"]).sort_values("export_growth_computed_pct")
    if len(known):
        words = {}
        for name, at in (("low", 0), ("high", -1)):
            row = dict(known.iloc[at])
            words[f"{name}_month"] = formats.period(row["period"], lang=lang())
            words[name] = formats.percent(row["export_growth_computed_pct"], lang=lang())
        notes.append(say("partner.extremes_note", **words))
    if len(marks):
        notes.append(say("partner.marks_note", count=formats.count(len(marks), lang())))
    return notes + ([say(f"partner.{rates}_note")] if rates != "none" else [])


@cached_text
def mirror(result: Result, name: str) -> Message:
    """The newest year that both sides report."""
    context, frame = _context(result), result.frame
    row = dict(frame.iloc[-1])
    words = {
        "period": context.period(row["period"]),
        "name": name,
        "gap": context.percent(abs(row["gap_pct"]), signed=False),
    }
    words |= {"partner": formats.amount(row["partner_usd"], "USD", lang())}
    words |= {"china": formats.amount(row["china_usd"], "USD", lang())}
    headline = say("partner.more_reported" if row["gap_pct"] >= 0 else "partner.less_reported", **words)
    ends = {"low": context.percent(frame["gap_pct"].min()), "high": context.percent(frame["gap_pct"].max())}
    flow = say(f"partner.gap_{context.flow}")
    return Message(headline, say("partner.gap_alt", headline=headline, flow=flow, **ends))


@cached_text
def mirror_notes(result: Result) -> list[str]:
    """Why the two reports need not agree."""
    row = dict(result.frame.iloc[-1])
    words = {"china": say(f"partner.gap_{result.params['flow']}")}
    words |= {key: row[key] for key in ("china_valuation", "partner_valuation")}
    return [say("partner.gap_note", **words)]


def _amounts(result: Result, name: str, year: str) -> str:
    """`In 2025 China exported $118.3 billion to Germany and imported $92.8 billion: a surplus of $25.4 billion.`"""
    context, row = _context(result), _row(result, year)
    if not row:
        return ""
    words = {"exports": context.amount(row["exports"]), "imports": context.amount(row["imports"])}
    words |= {"period": context.period(year)}
    if formats.is_missing(row["balance"]):
        return say("partner.sum_one_way", **words)
    side = say("partner.surplus_word" if row["balance"] >= 0 else "partner.deficit_word")
    return say("partner.sum_export_import", name=name, side=side, balance=context.amount(abs(row["balance"])), **words)


def _standing(results: dict[str, Result], name: str, year: str) -> str:
    """Ranks and shares of all three flows, if all are known."""
    rows = {flow: _row(results[flow], year) for flow in ("export", "import", "total") if flow in results}
    if len(rows) < 3 or any(not row or formats.is_missing(row["rank"]) for row in rows.values()):
        return ""
    words = {f"{flow}_rank": formats.count(row["rank"], lang()) for flow, row in rows.items()}
    words |= {f"{flow}_share": share(row["share_pct"], _context(results[flow])) for flow, row in rows.items()}
    return say("partner.sum_standing", name=name, **words)


def _growth(results: dict[str, Result], name: str, year: str) -> str:
    """Growth of both flows and their points, if all are known."""
    words: dict[str, str] = {}
    for flow in ("export", "import"):
        row = _row(results[flow], year) if flow in results else {}
        rate, part = rate_of(row) if row else None, row.get("contribution_pp")
        if rate is None or formats.is_missing(part):
            return ""
        words |= {f"{flow}_growth": formats.percent(rate, lang=lang())}
        words |= {f"{flow}_points": points(part, _context(results[flow]))}
    currency = formats.currency_name(str(results["export"].params["currency"]), lang())
    return say("partner.sum_growth", name=name, currency=say("frame.in_currency", currency=currency), **words)


def _newest(newest: dict[str, Result]) -> str:
    """Growth of both flows from January to the newest month."""
    if not {"export", "import"} <= set(newest):
        return ""
    rows = {flow: dict(newest[flow].frame.iloc[-1]) for flow in ("export", "import")}
    rates = {flow: rate_of(row) for flow, row in rows.items()}
    if None in rates.values() or rows["export"]["period"] != rows["import"]["period"]:
        return ""
    words = {f"{flow}_growth": formats.percent(rate, lang=lang()) for flow, rate in rates.items()}
    return say("partner.sum_newest", period=formats.period(rows["export"]["period"], "YTD", lang()), **words)


def _gap(gap: Result | None, name: str, year: str) -> str:
    """What the partner reports, for the newest year up to `year` that both report."""
    rows = gap.frame[gap.frame["period"] <= year] if gap else None
    if rows is None or rows.empty:
        return ""
    row = dict(rows.iloc[-1])
    words = {"gap": formats.percent(abs(row["gap_pct"]), lang=lang(), signed=False)}
    words |= {"period": formats.period(row["period"], lang=lang())}
    direction = say("partner.more" if row["gap_pct"] >= 0 else "partner.less")
    return say("partner.sum_gap", name=name, direction=direction, **words)


def _row(result: Result, period: str) -> Row:
    """The row of that period; empty if there is none."""
    rows = result.frame[result.frame["period"] == period]
    return dict(rows.iloc[-1]) if len(rows) else {}


def _context(result: Result) -> Context:
    return Context.of(result.params, lang())
