"""Sentences about goods in the world, made from the figures drawn: one function per chart."""

from __future__ import annotations

import pandas as pd

from trade.charts.customs_commodities import unit_value
from trade.charts.hs_products import titled, without_chapters
from trade.charts.label_context import Context
from trade.measures import Result
from trade.measures.sentences import goods_in_sentence, possessive
from trade.panels import hs_short_names, measure_headline
from trade.panels.cache import cached_text
from trade.panels.language import joined, lang, say
from trade.panels.measure_headline import headline_of_rows
from trade.panels.messages import hs
from trade.panels.messages.common import Message, Row, figures_of, name_of, named, number_of, with_number
from trade.panels.messages.hs import LETTERS, NAMED
from trade.panels.queries import hs_trade
from trade.text import formats
from trade.text.figures import Figures
from trade.text.message import capitalised

EARLY = "2012"
"""Reconciled exports of China before this year lie far above customs'."""
LARGE = 100e6
"""Purchases in dollars from which a buyer is named as the one that depends most."""


# ---- what a panel of one economy's goods says


@cached_text
def ranking(result: Result, order: str) -> Message:
    """The largest parts with their shares, or the part that grew fastest."""
    context, first = _context(result), result.frame.iloc[0].to_dict()
    words = {"name": _good(first, context), "period": context.period(first["period"]), "flow": _flow(result)}
    words |= {
        "amount": _figures(result, first).amount("value"),
        "growth": _figures(result, first).percent("growth_pct"),
    }
    headline = say(f"goods.ranking_{order}", **words)
    if order == "value" and not formats.is_missing(first["share_pct"]):
        headline = _leading(result) or measure_headline.headline(result)
    return Message(
        headline, say("goods.bars_alt", headline=headline, listed=_largest(result, result.frame, "value", context))
    )


def _leading(result: Result) -> str:
    """The largest parts, each with its share; nothing of parts that are hardly more than these."""
    parts = result.frame[result.frame["kind"] == "part"]
    if len(parts) <= NAMED + 1:
        return ""
    context, leading = _context(result), parts.head(NAMED).to_dict("records")
    words = {
        "who": hs_trade.reporter_name(str(result.params["reporter"])),
        "listed": joined(with_number(_good(row, context), _share(result, row)) for row in leading),
        "flow": _flow(result),
        "period": context.period(leading[0]["period"]),
    }
    return say("goods.ranking_leading", **words)


def ranking_notes(result: Result, order: str) -> tuple[str, ...]:
    """Which parts an order by growth leaves out, and whose figures they are."""
    return (*([say("goods.growth_note")] if order == "growth" else []), *hs.basis_notes(result))


@cached_text
def buyers(result: Result, title: str) -> Message:
    """The largest buyer, and the large one that buys most of what it buys from the exporter."""
    context, frame = _dollars(), result.frame
    first = frame.iloc[0].to_dict()
    leaning = frame[frame["market_usd"] >= LARGE].sort_values("share_pct", ascending=False, kind="stable")
    most = (leaning if len(leaning) else frame).iloc[0].to_dict()
    words = {
        "title": _heading(title, context),
        "first": named(first),
        "amount": _figures(result, first).amount("value_usd"),
        "first_share": _share(result, first),
        "most": named(most),
        "share": _share(result, most),
        "seller": hs_trade.reporter_name(str(result.params["reporter"])),
    }
    headline = say("goods.buyers" if len(leaning) and words["most"] != words["first"] else "goods.buyers_one", **words)
    return Message(
        headline, say("goods.bars_alt", headline=headline, listed=_largest(result, result.frame, "value_usd", context))
    )


@cached_text
def buyers_map(result: Result, title: str) -> Message:
    """In how many economies the exporter has more than half of the purchases."""
    frame = result.frame
    words = {
        "title": _heading(title, _dollars()),
        "count": number_of(result, (frame["share_pct"] > 50).sum(), "share_pct"),
        "all": formats.count(float(len(frame)), lang()),
        "seller": hs_trade.reporter_name(str(result.params["reporter"])),
    }
    headline = say("goods.buyers_map", **words)
    return Message(headline, say("goods.map_alt", headline=headline))


def buyer_notes(result: Result) -> tuple[str, ...]:
    """What a share of purchases is of, from which size a buyer is named, and whose figures they are."""
    return (say("goods.purchases_note", amount=_dollars().amount(LARGE)), *hs.basis_notes(result))


@cached_text
def balance(result: Result) -> Message:
    """The part with the largest surplus and the one with the largest deficit."""
    context, parts = _dollars(), result.frame[result.frame["kind"] == "part"]
    first, last = parts.iloc[0].to_dict(), parts.iloc[-1].to_dict()
    words = {
        "first": _good(first, context),
        "surplus": _figures(result, first).amount_size("balance"),
        "last": _good(last, context),
        "deficit": _figures(result, last).amount_size("balance"),
        "period": context.period(first["period"]),
        # a share of a total balance that is small or of the opposite sign is meaningless
        "share": _share(result, first) if 0 < first["share_pct"] <= 100 else "none",
    }
    key = "balance" if first["balance"] > 0 > last["balance"] else "balance_one"
    words["kind"] = say("goods.surplus" if first["balance"] > 0 else "goods.deficit")
    headline = say(f"goods.{key}", **words)
    return Message(
        headline, say("goods.bars_alt", headline=headline, listed=_largest(result, parts, "balance", context))
    )


def balance_notes(result: Result) -> tuple[str, ...]:
    """Why the surplus is not that of customs, where it is reconciled."""
    reconciled = set(result.frame["quality"]) & {"mirror", "reconciled"}
    return (say("goods.balance_note"), *([say("goods.balance_reconciled")] if reconciled else []))


@cached_text
def matched(result: Result) -> Message:
    """How far trade in all goods is matched, and the large part that is most two-sided."""
    context, frame = _dollars(), result.frame
    parts, whole = frame[frame["kind"] == "part"], frame[frame["kind"] == "total"]
    most = parts.head(20).sort_values("grubel_lloyd").iloc[-1].to_dict()
    words = {"name": _good(most, context), "index": _figures(result, most).number("grubel_lloyd", 2)}
    words["period"] = context.period(most["period"])
    headline = say("goods.matched_parts", **words)
    if len(whole):
        headline = say("goods.matched", whole=formats.number(whole["grubel_lloyd"].iloc[0], 2, lang()), **words)
    rows = parts.head(NAMED).to_dict("records")
    listed = joined(with_number(_good(row, context), _figures(result, row).number("grubel_lloyd", 2)) for row in rows)
    return Message(headline, say("goods.matched_alt", headline=headline, listed=listed))


def matched_notes(result: Result) -> tuple[str, ...]:
    """What the index compares, and whose figures they are."""
    return (say("goods.matched_note"), *hs.basis_notes(result))


@cached_text
def gap(result: Result) -> Message:
    """Both totals of the newest year, and how far they lie apart."""
    context, first = _dollars(), result.frame.iloc[0].to_dict()
    headline = measure_headline.headline(result)
    early = {"first": context.period(first["period"]), "early": _figures(result, first).percent("gap_pct")}
    return Message(headline, say("goods.gap_alt", headline=headline, **early))


@cached_text
def about_gap(result: Result) -> str:
    """The line under the headline, with both sources."""
    frame = result.frame
    when = formats.span(frame["period"].iloc[0], frame["period"].iloc[-1], "A", lang())
    flow = say(f"flow.{result.params['flow']}")
    names = joined(hs_trade.origin_names(list(result.sources)).values())
    return " · ".join([result.measure.title, flow, _in_dollars(), say("frame.place"), when, names])


# ---- the world


@cached_text
def share_change(result: Result) -> Message:
    """In how many parts the share of the world rose, where most, and in which it fell."""
    context, frame = _dollars(), result.frame
    parts = frame[frame["kind"] == "part"]
    fallen, risen = parts[parts["change_pp"] < 0].iloc[::-1], parts[parts["change_pp"] > 0]
    key = "moved" if len(fallen) and len(risen) else "only_rose" if len(risen) else "only_fell"
    words = {
        "whose": possessive(hs_trade.reporter_name(str(result.params["reporter"])), lang()),
        "since": context.period(frame["base_period"].iloc[0]),
        "rose": number_of(result, len(risen), "change_pp"),
        "all": number_of(result, len(parts), "change_pp"),
        "risen": joined(_with_points(result, row, context) for row in risen.head(1).to_dict("records")),
    }
    named = [_with_points(result, row, context) for row in fallen.head(NAMED).to_dict("records")]
    if more := len(fallen) - len(named):
        named.append(say("goods.others", count=formats.count(more, lang())))
    headline = capitalised(say(f"goods.share_{key}", fallen=formats.listed(named, lang()), **words))
    return Message(headline, say("goods.change_alt", headline=headline))


@cached_text
def advantage_change(result: Result) -> Message:
    """In how many parts advantage rose and fell, and the largest of each."""
    context, frame = _dollars(), result.frame
    rose, fell = frame[frame["rca_change"] > 0], frame[frame["rca_change"] < 0]
    words = {
        "who": hs_trade.reporter_name(str(result.params["reporter"])),
        "since": context.period(frame["base_period"].iloc[0]),
        "period": context.period(frame["period"].iloc[0]),
        "rose": formats.count(float(len(rose)), lang()),
        "fell": formats.count(float(len(fell)), lang()),
        "above": formats.count(float((frame["rca"] > 1).sum()), lang()),
        "all": formats.count(float(len(frame)), lang()),
        "up": joined(_ends(row, context) for row in rose.head(1).to_dict("records")) or "–",
        "down": joined(_ends(row, context) for row in fell.tail(1).to_dict("records")) or "–",
    }
    headline = say("goods.advantage_change", **words)
    return Message(headline, say("goods.change_alt", headline=headline))


def world_notes(result: Result) -> tuple[str, ...]:
    """Whose figures they are, and why the first years of reconciled ones overstate China."""
    reconciled = "reconciled" in set(result.frame["quality"])
    early = reconciled and _periods(result)[0] < EARLY
    return (*hs.basis_notes(result), *([say("goods.early_note")] if early else []))


@cached_text
def rivals_over_time(result: Result) -> Message:
    """The share of the world's exports of China and of its largest rival, first and last."""
    context, frame = _dollars(), result.frame
    first, newest = frame["period"].min(), frame["period"].max()
    now = frame[frame["period"] == newest].sort_values("value", ascending=False)
    rival = now[now["partner"] != hs_trade.HOME].iloc[0].to_dict()
    words = {
        "item": _item(rival, context),
        "first": context.period(first),
        "period": context.period(newest),
        "rival": named(rival),
    }
    for name, code in (("own", hs_trade.HOME), ("other", rival["partner"])):
        rows = frame[frame["partner"] == code].sort_values("period").to_dict("records")
        words |= {f"{name}_then": _share(result, rows[0]), f"{name}_now": _share(result, rows[-1])}
        change = rows[-1]["share_pct"] - rows[0]["share_pct"]
        words[name] = "rose" if change > 0 else "fell" if change < 0 else "same"
    headline = say("goods.rivals_time", **words)
    return Message(headline, say("goods.lines_alt", headline=headline))


@cached_text
def rivals(result: Result) -> Message:
    """China's rank and share among the exporters, and who stands first or second."""
    context, frame = _dollars(), result.frame
    own = frame[frame["partner"] == hs_trade.HOME]
    first = frame[frame["partner"] != hs_trade.HOME].iloc[0].to_dict()
    words = {"item": _item(first, context), "period": context.period(first["period"]), "rival": _name(first)}
    words |= {"rival_share": _share(result, first), "all": _figures(result, first).count("economies")}
    words["place"] = _place(frame, frame["partner"] if own.empty else own["partner"])
    if own.empty:
        headline = say("goods.rivals_without", **words)
    else:
        row = own.iloc[0].to_dict()
        rank = _figures(result, row).count("rank")
        headline = say("goods.rivals", rank=rank, share=_share(result, row), **words)
    return Message(
        headline, say("goods.bars_alt", headline=headline, listed=_largest(result, result.frame, "value", context))
    )


@cached_text
def dependence(result: Result, side: str) -> Message:
    """Who depends on China for its purchases, or on whom China depends for its sales, in most goods."""
    first = result.frame.iloc[0].to_dict()
    words = {
        "name": _name(first),
        "count": _figures(result, first).count("dependent_products"),
        "all": _figures(result, first).count("products"),
        "share": _share(result, first),
    }
    headline = say(f"goods.dependence_{side}", **words)
    rows = result.frame.head(NAMED).to_dict("records")
    named = joined(f"{_name(row)} {formats.count(row['dependent_products'], lang())}" for row in rows)
    return Message(headline, say("goods.counts_alt", headline=headline, listed=named))


def dependence_notes(result: Result, side: str) -> tuple[str, ...]:
    """The threshold with its authors, what is known of it only, and whose figures they are."""
    threshold = formats.number(result.frame["threshold"].iloc[0], 1, lang())
    return (say(f"goods.threshold_{side}", threshold=threshold), say("goods.criteria_note"), *hs.basis_notes(result))


@cached_text
def dependent_goods(result: Result, side: str, partner: str) -> Message:
    """How many goods of one partner are beyond the threshold, and the largest."""
    context, first = _dollars(), result.frame.iloc[0].to_dict()
    words = {
        "partner": partner,
        "count": formats.count(float(len(result.frame)), lang()),
        "name": _good(first, context),
        "amount": _figures(result, first).amount("value_usd"),
        "share": _share(result, first),
    }
    headline = say(f"goods.dependent_{side}", **words)
    return Message(
        headline, say("goods.bars_alt", headline=headline, listed=_largest(result, result.frame, "value_usd", context))
    )


# ---- headline goods


@cached_text
def overview(result: Result) -> Message:
    """In how many of the headline headings China is first, and where its share is largest."""
    context, frame = _dollars(), result.frame
    most = frame.sort_values("share_pct").iloc[-1].to_dict()
    words = {
        "first": formats.count(float((frame["rank"] == 1).sum()), lang()),
        "all": formats.count(float(len(frame)), lang()),
        "name": goods_in_sentence(_name(most), lang()),
        "share": _share(result, most),
        "period": context.period(most["period"]),
    }
    headline = say("goods.overview", **words)
    return Message(
        headline, say("goods.bars_alt", headline=headline, listed=_largest(result, result.frame, "value", context))
    )


def overview_notes(result: Result) -> tuple[str, ...]:
    """That a heading holds more than its headline, and whose figures they are."""
    return (say("goods.heading_note"), *hs.basis_notes(result))


@cached_text
def customs(result: Result) -> Message:
    """The newest period of exports, else of imports, with its quantity and unit value where customs counts."""
    context, frame = _context(result), result.frame
    flow = "export" if (frame["flow"] == "export").any() else "import"
    headline = headline_of_rows(result, frame[frame["flow"] == flow], flow=flow)
    span = formats.span(frame["period"].iloc[0], frame["period"].iloc[-1], context.freq, lang())
    row = frame[frame["flow"] == flow].iloc[-1].to_dict()
    if pd.isna(row["quantity"]):
        counted = "yes" if frame["quantity"].notna().any() else "no"
        return Message(headline, say("goods.customs_alt", headline=headline, span=span, counted=counted))
    words = {
        "quantity": formats.large(row["quantity"], lang()),
        "unit": row["unit_name"],
        "each": unit_value(row, context),
    }
    words |= {"flow": say(f"flow_low.{row['flow']}"), "when": context.period(row["period"])}
    return Message(headline, say("goods.customs_counted_alt", headline=headline, span=span, **words))


def customs_notes(result: Result, *, mineral: bool) -> tuple[str, ...]:
    """Which flow no table lists, that a year is implied, what a unit value is not; of a mineral what is not held."""
    frame = result.frame
    missing = [flow for flow in ("export", "import") if not (frame["flow"] == flow).any()]
    notes = [say("goods.flow_unlisted", flow=say(f"flow_low.{flow}")) for flow in missing]
    implied = frame[frame["quality"] == "implied"]
    if len(implied):
        years = joined(sorted(set(implied["period"])))
        notes.append(say("goods.implied_note", years=years))
    if frame["quantity"].notna().any():
        notes.append(say("goods.unit_value_note"))
    return (*notes, say("goods.tables_note"), *([say("goods.minerals_note")] if mineral else []))


def missing_at_customs(result: Result, gaps: int, span: int) -> tuple[str, ...]:
    """What customs' monthly tables lack of a good: months, a flow, quantities."""
    frame = result.frame
    words = {"first": frame["period"].min(), "last": frame["period"].max()}
    words = {name: formats.period(code, lang=lang()) for name, code in words.items()}
    found = [say("goods.missing_months", gaps=gaps, span=span, **words)] if gaps else []
    found += [say(f"flow_low.{flow}") for flow in ("export", "import") if not (frame["flow"] == flow).any()]
    return (*found, *([] if frame["quantity"].notna().any() else [say("goods.missing_quantity")]))


def missing(listed: tuple[str, ...]) -> str:
    """What no source has of a good, in a sentence."""
    return say("goods.missing", listed=formats.listed(list(listed), lang())) if listed else ""


@cached_text
def about_customs(result: Result) -> str:
    """The line under the headline of a good in customs' tables: what is drawn, in which currency, when."""
    frame, context = result.frame, _context(result)
    when = formats.span(frame["period"].iloc[0], frame["period"].iloc[-1], context.freq, lang())
    currency = say("frame.in_currency", currency=formats.currency_name(context.currency, lang()))
    return " · ".join([say("goods.customs_about"), currency, say("frame.place"), when])


# ---- a partner's purchases


@cached_text
def purchases(result: Result, partner: str) -> Message:
    """What the partner buys most of from China, and what part of its purchases that is."""
    context, first = _dollars(), result.frame.iloc[0].to_dict()
    words = {"partner": partner, "name": _good(first, context), "amount": _figures(result, first).amount("value_usd")}
    headline = say("goods.partner_buys", share=_share(result, first), **words)
    return Message(
        headline, say("goods.bars_alt", headline=headline, listed=_largest(result, result.frame, "value_usd", context))
    )


# ---- shared texts


@cached_text
def about(result: Result, title: str = "") -> str:
    """Subtitle of rows of one economy in the world: title, flow, reporter, periods, source."""
    periods = _periods(result)
    when = formats.span(periods[0], periods[-1], "A", lang())
    reporter = hs_trade.reporter_name(str(result.params["reporter"]))
    return " · ".join([title or result.measure.title, say("flow.export"), reporter, when, _sources(result)])


@cached_text
def about_all(result: Result) -> str:
    """Subtitle of rows of many economies: title, flow, currency, periods, source."""
    periods = sorted(set(result.frame["period"]))
    when = formats.span(periods[0], periods[-1], "A", lang())
    return " · ".join([result.measure.title, say("flow.export"), _in_dollars(), when, _sources(result)])


@cached_text
def about_both(result: Result) -> str:
    """Subtitle of rows with both flows: title, currency, reporter, periods, source."""
    frame = result.frame
    when = formats.span(frame["period"].iloc[0], frame["period"].iloc[-1], "A", lang())
    reporter = hs_trade.reporter_name(str(result.params["reporter"]))
    return " · ".join([result.measure.title, _in_dollars(), reporter, when, _sources(result)])


def _periods(result: Result) -> list[str]:
    """The periods of the rows and of what they are compared with, oldest first."""
    frame = result.frame
    return sorted({*frame["period"], *frame.get("base_period", frame["period"])})


def _largest(result: Result, frame: pd.DataFrame, column: str, context: Context) -> str:
    """The first rows with their amounts."""
    rows = frame.head(NAMED).to_dict("records")
    return joined(with_number(_good(row, context), _figures(result, row).amount(column)) for row in rows)


def _place(frame: pd.DataFrame, economy: pd.Series) -> str:
    """Whether an exporter is `first` or `ranked` in the world, or only `largest` or `among` among the exporters in the
    source.

    A source may lack some exporters. None of them can export more than the rest of the world's exports, so an exporter
    above that rest has a known rank in the world.
    """
    row = frame[frame["partner"] == economy.iloc[0]].iloc[0]
    in_world = row["share_pct"] > 100 - frame["share_pct"].sum()
    if row["rank"] == 1:
        return "first" if in_world else "largest"
    return "ranked" if in_world else "among"


def _with_points(result: Result, row: Row, context: Context) -> str:
    return say("goods.with_points", name=_good(row, context), points=_figures(result, row).points("change_pp", 1))


def _ends(row: Row, context: Context) -> str:
    then, now = (formats.number(row[name], 2, lang()) for name in ("base_rca", "rca"))
    return say("goods.from_to", name=_good(row, context), then=then, now=now)


def _heading(title: str, context: Context) -> str:
    """A title that begins with its code, shortened."""
    code, _, name = title.partition(" ")
    return titled(code, name, context, LETTERS) if code.isdigit() else titled("", title, context, LETTERS)


def _item(row: Row, context: Context) -> str:
    """The good that rows of many economies are about."""
    own = row.get(f"item_name_{lang()}")
    name = str(own if isinstance(own, str) and own else row["item_name_en"])
    return _short(str(row["code"]), name, context)


def _good(row: Row, context: Context) -> str:
    """A good with its code, or an economy or group by its name."""
    code = "" if "item_name_en" in row else str(row.get("code", ""))  # the code of rivals is that of their goods
    return _short(code, _name(row), context)


def _short(code: str, title: str, context: Context) -> str:
    """A good with its code; a group of chapters by its name alone: numbers in brackets follow it in a sentence."""
    if not code.isdigit():
        return titled("", without_chapters(hs_short_names.of_title(code, title)) if code else title, context, LETTERS)
    return titled(code, hs_short_names.of_title(code, title), context, LETTERS)


def good_name(row: Row) -> str:
    """A good with its code, in short."""
    return _good(row, _dollars())


def _name(row: Row) -> str:
    return name_of(row)


def _figures(result: Result, row: Row) -> Figures:
    return figures_of(result, row, "USD")


def _share(result: Result, row: Row) -> str:
    return "–" if pd.isna(row["share_pct"]) else _figures(result, row).share("share_pct")


def _sources(result: Result) -> str:
    return joined(hs_trade.origin_names(list(result.sources)).values())


def _in_dollars() -> str:
    return say("frame.in_currency", currency=formats.currency_name("USD", lang()))


def _context(result: Result) -> Context:
    return Context.of({"currency": "USD", **result.params}, lang())


def _dollars() -> Context:
    return Context.of({"currency": "USD"}, lang())


def _flow(result: Result) -> str:
    return say(f"flow_low.{result.params['flow']}")
