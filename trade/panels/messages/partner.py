"""The sentences of a partner's sheet, made from the figures drawn. Pure: results in, text out."""

from __future__ import annotations

import pandas as pd

from trade.charts.label_context import Context
from trade.charts.partner_history import points, share
from trade.measures import Result
from trade.measures.sentences import moved, name_in_sentence
from trade.panels import measure_headline
from trade.panels.cache import cached_text
from trade.panels.language import joined, lang, say, sentences_of
from trade.panels.measure_headline import headline_of_rows
from trade.panels.messages.common import Message, Row, context_of, figures_of, flow_text, name_of, range_of, rate_column
from trade.store.own_groups import is_group
from trade.text import formats
from trade.text.message import Text, capitalised

MIRROR = "mirror"


@cached_text
def summary(results: dict[str, Result], newest: dict[str, Result], gap: Result | None, name: str, year: str) -> str:
    """One paragraph: amounts and balance, standing, growth, the newest months, what the partner itself reports.

    `results` (`balance` and the flows, up to the year) and `newest` (flows, January to the newest month) hold rows of
    `partner_balance` and `partner`; `gap` those of `mirror_gap`.
    """
    sentences = [_amounts(results["balance"], year), _standing(results, name, year), _growth(results, name, year)]
    sentences += [_newest(newest), _gap(gap, year)]
    return sentences_of(sentence for sentence in sentences if sentence)


@cached_text
def balance(result: Result, year: str) -> Message:
    """Surplus or deficit with the partner in the year."""
    headline = measure_headline.headline(result, year)
    first = context_of(result).period(result.frame["period"].iloc[0])
    return Message(headline, say("partner.balance_alt", headline=headline, first=first))


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
    words: dict[str, str] = {"name": _named(name), "period": context.period(row["period"])}
    words |= {"share": _share(result, row), "rank": figures_of(result, row).count("rank"), "flow": flow_text(result)}
    headline = capitalised(say("partner.rank", **words))
    first = dict(result.frame.iloc[0])
    start = {"first": first["period"], "first_rank": figures_of(result, first).count("rank")}
    start |= {"first_share": _share(result, first)}
    return Message(headline, say("partner.rank_alt", headline=headline, **start))


@cached_text
def standing_notes(result: Result) -> list[str]:
    """Which years are the partners' figures, and have no rank for that; among what the others are ranked."""
    frame = result.frame
    mirrored = frame.loc[frame["quality"] == MIRROR, "period"]
    ranked = frame["rank"].notna()
    group = is_group(str(result.params["partner"]))
    one_economy = not group  # a group may have no rank because members lack figures
    unranked = frame.loc[~ranked & bool(ranked.any()) & (one_economy | (frame["quality"] == MIRROR)), "period"]
    notes = [say("partner.unranked_note", years=joined(unranked))] if len(unranked) else []
    notes += [say("partner.rank_note", group="yes" if group else "no")] if ranked.any() else []
    if len(mirrored):
        return [say("partner.mirror_note", years=joined(mirrored)), *notes]
    return [*([say("partner.break_note")] if frame["new_source"].any() else []), *notes]


@cached_text
def group_notes(result: Result, code: str) -> list[str]:
    """Of a group: how its figures come about, and the years in which members are missing."""
    if not is_group(code):
        return []
    partial = result.frame.loc[result.frame["missing"] > 0, "period"]
    notes = [say("partner.partial_note", years=joined(partial))] if len(partial) else []
    return [say("partner.summed_note"), *notes]


@cached_text
def members(result: Result, name: str) -> Message:
    """The largest member, its share of the group, and as how many equal members the group is concentrated."""
    row = dict(result.frame.iloc[0])
    figures = figures_of(result, row)
    words: dict[str, str] = {"first": _named(name_of(row)), "name": _named(name), "flow": flow_text(result)}
    words |= {
        "period": context_of(result).period(row["period"]),
        "share": figures.percent("share_of_group_pct", signed=False),
    }
    words["effective"] = figures.number("effective_members", 1)
    headline = capitalised(say("partner.members_headline", **words))
    return Message(headline, say("partner.members_alt", headline=headline))


@cached_text
def members_notes(result: Result) -> list[str]:
    """How many members have no figure."""
    row = result.frame.iloc[0]
    period = context_of(result).period(row["period"])
    return [say("partner.members_missing", missing=int(row["missing"]), period=period)] if row["missing"] else []


@cached_text
def members_about(result: Result, name: str) -> str:
    """The line under the headline."""
    context = context_of(result)
    currency = say("frame.in_currency", currency=formats.currency_name(context.currency, lang()))
    period = context.period(result.frame["period"].iloc[0])
    return " · ".join([say("partner.members_about"), context.flow_name, currency, name, period])


@cached_text
def contribution(result: Result, year: str, name: str) -> Message:
    """The partner's contribution to China's growth in the year, and the best and worst year."""
    context, frame = _context(result), result.frame
    row = _row(result, year) or dict(frame.iloc[-1])
    words: dict[str, str] = {"name": _named(name), "flow": flow_text(result), "period": context.period(row["period"])}
    figures, part = figures_of(result, row), round(row["contribution_pp"], 2)
    words |= {"points": figures.number_size("contribution_pp", 2), "growth": figures.percent("total_growth_pct")}
    words["currency"] = formats.currency_name(context.currency, lang())
    words["case"] = "fell" if part < 0 else "rose" if part > 0 else "flat"
    known = not formats.is_missing(row["contribution_pp"])
    headline = capitalised(say("partner.gave" if known else "partner.gave_unknown", **words))
    parts = frame["contribution_pp"]
    most, least = (dict(frame.iloc[int(at)]) for at in (parts.argmax(), parts.argmin()))
    ends = {"most": most["period"], "most_points": _points(result, most)}
    ends |= {"least": least["period"], "least_points": _points(result, least)}
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
def months(result: Result) -> Message:
    """Exports and imports of the newest month."""
    headline = measure_headline.headline(result)
    context = context_of(result)
    first = context.period(result.frame["period"].iloc[0])
    return Message(headline, say("partner.months_alt", headline=headline, first=first, freq=context.freq))


@cached_text
def months_notes(result: Result, marks: pd.DataFrame, rates: str) -> list[str]:
    """What the months are, how exports moved on a year earlier, what the marks and steps mean."""
    freq = context_of(result).freq
    notes = [say("partner.months_note")] if freq == "M" else []
    known = result.frame.dropna(subset=["export_growth_computed_pct"]).sort_values("export_growth_computed_pct")
    if len(known):
        words = {}
        for name, at in (("low", 0), ("high", -1)):
            row = dict(known.iloc[at])
            words[f"{name}_month"] = formats.period(row["period"], lang=lang())
            words[name] = formats.percent(row["export_growth_computed_pct"], lang=lang())
        notes.append(say("partner.extremes_note", freq=freq, **words))
    if len(marks):
        notes.append(say("partner.marks_note", count=formats.count(len(marks), lang())))
    return notes + ([say(f"partner.{rates}_note")] if rates != "none" else [])


@cached_text
def mirror(result: Result) -> Message:
    """The newest year that both sides report."""
    headline = measure_headline.headline(result)
    ends = range_of(figures_of(result, {}), result.frame["gap_pct"], "gap_pct")
    flow = say(f"partner.gap_{context_of(result).flow}")
    return Message(headline, say("partner.gap_alt", headline=headline, flow=flow, **ends))


@cached_text
def mirror_notes(result: Result) -> list[str]:
    """Why the two reports need not agree."""
    row = dict(result.frame.iloc[-1])
    words = {"china": say(f"partner.gap_{result.params['flow']}")}
    words |= {key: row[key] for key in ("china_valuation", "partner_valuation")}
    return [say("partner.gap_note", **words)]


def _amounts(result: Result, year: str) -> str:
    """The balance with both flows, in the measure's words; where one is unknown, the other."""
    row = _row(result, year)
    if not row:
        return ""
    if not formats.is_missing(row["balance"]):
        return say("partner.sum", sentence=measure_headline.headline(result, year))
    figures = figures_of(result, row)
    flows = {"exports": figures.amount("exports"), "imports": figures.amount("imports")}
    return say("partner.sum_one_way", period=context_of(result).period(year), **flows)


def _standing(results: dict[str, Result], name: str, year: str) -> str:
    """Ranks and shares of all three flows, if all are known."""
    rows = {flow: _row(results[flow], year) for flow in ("export", "import", "total") if flow in results}
    if len(rows) < 3 or any(not row or formats.is_missing(row["rank"]) for row in rows.values()):
        return ""
    words = {f"{flow}_rank": figures_of(results[flow], row).count("rank") for flow, row in rows.items()}
    words |= {f"{flow}_share": _share(results[flow], row) for flow, row in rows.items()}
    return capitalised(say("partner.sum_standing", name=_named(name), **words))


def _growth(results: dict[str, Result], name: str, year: str) -> str:
    """Growth of both flows and their points, if all are known."""
    words: dict[str, str] = {}
    for flow in ("export", "import"):
        row = _row(results[flow], year) if flow in results else {}
        rate = rate_column(row)
        if not rate or formats.is_missing(row.get("contribution_pp")):
            return ""
        words |= {f"{flow}_growth": moved(figures_of(results[flow], row), rate)}
        words |= {f"{flow}_points": _points(results[flow], row)}
    currency = formats.currency_name(str(results["export"].params["currency"]), lang())
    return say("partner.sum_growth", name=_named(name), currency=say("frame.in_currency", currency=currency), **words)


def _newest(newest: dict[str, Result]) -> str:
    """Growth of both flows from January to the newest month."""
    if not {"export", "import"} <= set(newest):
        return ""
    rows = {flow: dict(newest[flow].frame.iloc[-1]) for flow in ("export", "import")}
    rates = {flow: rate_column(row) for flow, row in rows.items()}
    if not all(rates.values()) or rows["export"]["period"] != rows["import"]["period"]:
        return ""
    words = {f"{flow}_growth": moved(figures_of(newest[flow], rows[flow]), rate) for flow, rate in rates.items()}
    return say("partner.sum_newest", period=formats.period(rows["export"]["period"], "YTD", lang()), **words)


def _gap(gap: Result | None, year: str) -> str:
    """What the partner reports, for the newest year up to `year` that both report."""
    if gap is None or not (gap.frame["period"] <= year).any():
        return ""
    return say("partner.sum", sentence=headline_of_rows(gap, gap.frame[gap.frame["period"] <= year]))


def _named(name: str) -> str:
    return name_in_sentence(name, lang())


def _share(result: Result, row: Row) -> Text:
    return figures_of(result, row).linked(share(row["share_pct"], _context(result)), row["share_pct"], "share_pct")


def _points(result: Result, row: Row) -> Text:
    value = row["contribution_pp"]
    return figures_of(result, row).linked(points(value, _context(result)), value, "contribution_pp")


def _row(result: Result, period: str) -> Row:
    """The row of that period; empty if there is none."""
    rows = result.frame[result.frame["period"] == period]
    return dict(rows.iloc[-1]) if len(rows) else {}


def _context(result: Result) -> Context:
    return Context.of(result.params, lang())
