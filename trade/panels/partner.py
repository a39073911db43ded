"""Partner: how much does China trade with one economy or group, and how much does it matter to both?"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from trade.charts import group_members, partner_history, partner_policy_timeline
from trade.errors import NoRows
from trade.measures import Result
from trade.panels import listing_filter, market_filter, market_scope, partner_names, policy_marks, queries
from trade.panels.cache import RESULTS, cached, cached_per_store
from trade.panels.choices import Choices
from trade.panels.language import lang, say
from trade.panels.listing_filter import Listing
from trade.panels.messages import partner as messages
from trade.panels.panel import Content, panel
from trade.store.own_groups import is_group
from trade.text import formats


@cached_per_store
def years(code: str) -> dict[str, str]:
    """The years with any figure of a partner, oldest first: code and words."""
    periods = queries.measure("partner_balance", partner=code).frame["period"]
    return {year: formats.period(year, lang=lang()) for year in periods}


def year(choices: Choices) -> str:
    """The year in focus."""
    return choices.period(years(partner_names.chosen(choices)))


WITHIN_YEAR = ("M", "Q")
MIRRORED = ("export", "import")
"""The flows that both sides report: where two-way trade is chosen, exports are compared."""
FIRST_GROUP = "asean"
"""The group whose members are shown where the choices name no partner."""


@panel("partner", "balance", measure="partner_balance", choices=("partner", "members", "period"))
def balance(choices: Choices) -> Content:
    code = partner_names.chosen(choices)
    result = queries.measure("partner_balance", partner=code, **_membership(choices, code))
    message = messages.balance(result, year(choices))
    notes = (*messages.history_notes(result), *messages.group_notes(result, code))
    return Content(result, partner_history.two_flows, message, notes=notes)


@panel("partner", "standing", measure="partner", choices=("partner", "members", "flow", "period"))
def standing(choices: Choices) -> Content:
    result, name = _standing(choices), partner_names.name_of(partner_names.chosen(choices))
    message, notes = messages.standing(result, year(choices), name), tuple(messages.standing_notes(result))
    notes += tuple(messages.group_notes(result, partner_names.chosen(choices)))
    return Content(result, partner_history.share_and_rank, message, notes=notes)


@panel("partner", "given", measure="partner", choices=("partner", "members", "flow", "period"))
def contribution(choices: Choices) -> Content:
    result, name = _with_contribution(_standing(choices)), partner_names.name_of(partner_names.chosen(choices))
    return Content(
        result,
        partner_history.contributions,
        messages.contribution(result, year(choices), name),
        about=messages.about(result),
        notes=(say("partner.missing_note"),),
        chosen=year(choices),
    )


@panel(
    "partner",
    "months",
    measure="partner_balance",
    choices=("partner", "members", "currency", "freq", "marks", "rates"),
)
def months(choices: Choices) -> Content:
    code, kinds = partner_names.chosen(choices), policy_marks.kinds(choices)
    rates = policy_marks.rates(choices, code)
    known = queries.measure("partner_balance", partner=code, freq=within_year(choices),
                            currency=choices.pick("currency"), **_membership(choices, code))  # fmt: skip
    first, last = str(known.frame["period"].iloc[0]), str(known.frame["period"].iloc[-1])
    marks, tariffs = policy_marks.decisions(code, kinds, first, last), policy_marks.tariffs(code, rates)
    shown = policy_marks.beside_months(known, marks, tariffs)
    return Content(
        shown,
        partner_policy_timeline.months,
        messages.months(shown),
        notes=tuple(messages.months_notes(shown, marks, rates)),
        options={"marks": marks, "tariffs": tariffs},
    )


def within_year(choices: Choices) -> str:
    """Months, or quarters where they are chosen: how often trade within the years is shown."""
    return choices.pick("freq", WITHIN_YEAR)


def decisions_shown(choices: Choices) -> pd.DataFrame:
    """The decisions that the panel of months marks, oldest first."""
    code = partner_names.chosen(choices)
    months_known = queries.measure("partner_balance", partner=code, freq=within_year(choices)).frame["period"]
    kinds = policy_marks.kinds(choices)
    return policy_marks.decisions(code, kinds, str(months_known.iloc[0]), str(months_known.iloc[-1]))


def members_listing(choices: Choices) -> Listing:
    """The members of a group in the year in focus.

    Raises:
        NoRows: it is no group, or no list of its members is held.
    """
    code = partner_names.chosen(choices) if choices.value("partner") else FIRST_GROUP
    if not is_group(code):
        raise NoRows(say("partner.one_economy", name=partner_names.name_of(code)))
    when, membership, flow = year(choices), choices.pick("members"), choices.pick("flow")
    currency = summary_currency(code, when, choices.pick("currency"))
    choices.pick("currency", [currency])
    try:
        rows = _members(code, membership, flow, currency, when, when)
    except NoRows:
        raise NoRows(say("partner.no_members", name=partner_names.name_of(code))) from None
    rates = rows.frame["growth_pct"].fillna(rows.frame["growth_computed_pct"])
    markets = {"reporter": market_scope.HOME, "dataset": "customs", "flow": flow, "freq": "A", "currency": currency}
    markets |= {"eu": "members", "hong_kong_macao": "in"}

    def earlier(base: str) -> pd.Series:
        pairs = queries.measure("margins", by="market", period=when, base=base, **markets).frame
        return pairs[pairs["break"].isna()].set_index("market")["base_value"]

    return Listing(rows, "member", rates, when, market_scope.periods(markets), earlier, "members")


def _members(code: str, membership: str, flow: str, currency: str, first: str, last: str) -> Result:
    entries = {"partner": code, "membership": membership, "flow": flow, "currency": currency}
    return queries.measure("group_members", **entries, first=first, last=last)


def members_trends(choices: Choices) -> pd.Series:
    """What each member took or gave over the last years, oldest first, as lists by member."""
    shown = members_listing(choices)
    params = shown.rows.params
    first = str(int(shown.period) - market_filter.TREND + 1)
    names = ("partner", "membership", "flow", "currency")
    code, membership, flow, currency = (str(params[name]) for name in names)
    return listing_filter.trends(_members(code, membership, flow, currency, first, shown.period).frame, "member")


@panel(
    "partner",
    "members",
    measure="group_members",
    choices=("partner", "members", "flow", "currency", "period", *market_filter.FIELDS_READ),
)
def members(choices: Choices) -> Content:
    """The members of a group in the year in focus, or those that fit, in order."""
    listing = members_listing(choices)
    name = partner_names.name_of(str(listing.rows.params["partner"]))
    shown = listing_filter.listed(choices, listing)
    message = shown.message or messages.members(listing.rows, name)
    notes = (*shown.notes, *messages.members_notes(listing.rows))
    return Content(shown.rows, group_members.members, message, messages.members_about(listing.rows, name), notes)


@panel("partner", "mirror", measure="mirror_gap", choices=("partner", "flow"))
def mirror(choices: Choices) -> Content:
    code = partner_names.chosen(choices)
    result, name = both_reports(code, choices.pick("flow", MIRRORED)), partner_names.name_of(code)
    message, notes = messages.mirror(result), tuple(messages.mirror_notes(result))
    return Content(result, partner_history.mirror, message, notes=notes, options={"partner": name})


def _standing(choices: Choices) -> Result:
    """Value, share, rank and contribution of the partner, by year."""
    code = partner_names.chosen(choices)
    return queries.measure("partner", partner=code, flow=choices.pick("flow"), **_membership(choices, code))


def _membership(choices: Choices, code: str) -> dict[str, str]:
    """Which members a group is the sum of; an economy has none."""
    return {"membership": choices.pick("members")} if is_group(code) else {}


@cached(RESULTS)
def _with_contribution(result: Result) -> Result:
    """From the first year for which the partner's contribution is known.

    Raises:
        NoRows: none is.
    """
    known = result.frame["contribution_pp"].notna()
    if not known.any():
        raise NoRows(say("partner.no_points"))
    first = int(known.to_numpy().argmax())
    return replace(result, frame=result.frame.iloc[first:].reset_index(drop=True))


@cached_per_store
def both_reports(code: str, flow: str) -> Result:
    """What both sides report of one flow, for every year with both.

    Raises:
        NoRows: no year has both.
    """
    if is_group(code):
        raise NoRows(say("partner.no_gap", name=partner_names.name_of(code), flow=say(f"flow_low.{flow}")))
    try:
        return queries.measure("mirror_gap", by="year", partner=code, flow=flow)
    except NoRows:
        name = queries.measure("partner_balance", partner=code).frame[f"name_{lang()}"].iloc[0]
        raise NoRows(say("partner.no_gap", name=name, flow=say(f"flow_low.{flow}"))) from None


@cached_per_store
def both_reports_of_exports(code: str) -> Result | None:
    """What both sides report of China's exports; None if no year has both."""
    try:
        return both_reports(code, "export")
    except NoRows:
        return None


@cached_per_store
def summary_currency(code: str, year: str, currency: str) -> str:
    """The chosen currency; dollars for years that have no yuan."""
    try:
        queries.measure("partner_balance", partner=code, currency=currency, first=year, last=year)
    except NoRows:
        return "USD"
    return currency


@cached_per_store
def up_to_year(code: str, year: str, currency: str, membership: str = "dated") -> dict[str, Result]:
    """The balance and the three flows (`balance`, `export` ...) up to a year; a flow without figures is left out."""
    entries = {"partner": code, "currency": currency, "membership": membership}
    results = {"balance": queries.measure("partner_balance", last=year, **entries)}
    for flow in ("export", "import", "total"):
        try:
            results[flow] = queries.measure("partner", flow=flow, last=year, **entries)
        except NoRows:
            continue
    return results


@cached_per_store
def year_to_date(code: str, currency: str, membership: str = "dated") -> dict[str, Result]:
    """Exports and imports from January to the newest month; a flow without figures is left out."""
    entries, results = {"partner": code, "currency": currency, "membership": membership}, {}
    for flow in ("export", "import"):
        try:
            results[flow] = queries.measure("partner", flow=flow, freq="YTD", **entries)
        except NoRows:
            continue
    return results
