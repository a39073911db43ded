"""What the pages about markets share: the markets of one reporter, in one definition, and where they lie.

Results are shared: frames are joined and narrowed here, never changed, and no number is computed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from trade.charts.label_context import Context
from trade.errors import NoRows
from trade.measures import Result, comparability
from trade.measures.entity_names import named, stored_languages
from trade.panels import partner_names, queries
from trade.panels.cache import RESULTS, cached, cached_per_store, cached_text
from trade.panels.choices import Choices
from trade.panels.fields import FIELDS
from trade.panels.language import lang, say, sentences_of
from trade.text import formats

HOME = "CHN"
Params = dict[str, str]
SCOPE = ("flow", "freq", "currency", "eu", "hk", "period")
"""The fields that `scope_of` reads."""
EU_PLACE = {"longitude": 9.0, "latitude": 50.0, "drawn": "point", "customs_continent": "europe"}
"""Where a map draws the EU as one market, and its continent in the customs table."""


@dataclass(frozen=True)
class Scope:
    """The reporter, definition of a market and period that all panels of a page about markets share.

    `params` are the parameters that all market measures share, `periods` are those with markets, oldest first, in
    words.
    """

    params: Params
    periods: Mapping[str, str]
    period: str

    @property
    def when(self) -> str:
        """The period in focus, in words."""
        return self.periods[self.period]

    def since(self, base: str) -> str:
        """From `base` to the period in focus, in words."""
        return f"{self.periods[base]} – {self.when}"


def scope_of(choices: Choices, reporter: str = HOME) -> Scope:
    """The markets of `reporter` and the period in force.

    Raises:
        NoRows: the store has no markets of `reporter`.
    """
    params = shared_params(choices, reporter)
    names = periods(params)
    return Scope(params, names, choices.period(names))


def shared_params(choices: Choices, reporter: str = HOME) -> Params:
    """The parameters that all market measures share, for the choices in force.

    The world matrix has years in dollars only; China's months are in yuan.
    """
    own = reporter == HOME
    freq = choices.pick("freq", () if own else ("A",))
    currencies = ("CNY",) if freq != "A" else ("CNY", "USD") if own else ("USD",)
    return {
        "reporter": reporter,
        "dataset": "customs" if own else "matrix",
        "flow": choices.pick("flow"),
        "freq": freq,
        "currency": choices.pick("currency", currencies),
        "eu": choices.pick("eu"),
        "hong_kong_macao": choices.pick("hk"),
    }


def marked(choices: Choices, scope: Scope) -> str:
    """The code of the market to mark; empty if none. A link may give its name instead, as on the partner page."""
    names = market_names(scope.params, scope.period)
    code = choices.value("partner")
    if code and code not in names:
        code = partner_names.resolve(code, partner_names.known())
    if code not in names:
        choices.reject("partner", list(names))
        return ""
    return code


def earlier_periods(scope: Scope) -> list[str]:
    """The periods before the one in focus, newest first."""
    return [code for code in scope.periods if code < scope.period][::-1]


def base(choices: Choices, scope: Scope) -> str:
    """The earlier period to compare with: for years the one chosen; for months the same month a year earlier or, where
    there is none, the first month.

    Raises:
        NoRows: the period in focus is the first.
    """
    earlier = earlier_periods(scope)
    if not earlier:
        raise NoRows(say("markets.first_of_all", period=scope.when))
    if len(scope.period) > len("2025"):
        compared = next((code for code in earlier if code == years_before(scope.period, 1)), earlier[-1])
        choices.pick("since", [compared[:4]])
        return compared
    return choices.pick("since", earlier)


def other_base(choices: Choices, scope: Scope) -> tuple[str, ...]:
    """A note if the tables lack the year chosen to compare with, so that another one is used. Empty for months, which
    are always compared with the year before."""
    if len(scope.period) > len("2025"):
        return ()
    return instead_of_base(choices, earlier_periods(scope), str(scope.params["currency"]))


def instead_of_base(choices: Choices, earlier: Iterable[str], currency: str = "") -> tuple[str, ...]:
    """As `other_base`, for any rows with these `earlier` years, newest first. With `currency`, the note adds that
    another currency has more years."""
    chosen, years = choices.value("since"), list(earlier)
    if not chosen or not years or chosen in years:
        return ()
    words = {"wanted": chosen, "shown": choices.pick("since", years)}
    words["years"] = formats.span(years[-1], years[0], lang=lang())
    return (say("filter.other_base", currency=currency, **words),)


def years_before(period: str, years: int) -> str:
    """The same period of an earlier year: `2024-05` is one year before `2025-05`."""
    return f"{int(period[:4]) - years}{period[4:]}"


@cached_per_store
def periods(params: Params) -> dict[str, str]:
    """Every period that has markets, oldest first, in words."""
    codes = queries.measure("concentration_ratio", **params).frame["period"]
    return {code: formats.period(code, params["freq"], lang()) for code in codes}


@cached_per_store
def market_names(params: Params, period: str) -> dict[str, str]:
    """The markets of a period by code."""
    frame = queries.measure("rank", first=period, last=period, **params).frame
    names = dict(zip(frame["market"], frame[f"name_{lang()}"], strict=True))
    return dict(sorted(names.items(), key=lambda pair: pair[1]))


@cached_per_store
def ranked(params: Params, period: str, continent: str = "all") -> Result:
    """Every market with trade in a period, by rank, with its location and growth.

    `rate_pct` is the printed growth rate; if the table prints none at all, the rate computed from levels. Growing
    markets are counted by the same rule.
    """
    result = placed(queries.measure("rank", first=period, last=period, **params))
    traded = result.frame[result.frame["value"] > 0].reset_index(drop=True)
    printed = traded["published_growth_pct"].notna().any()
    frame = traded.assign(rate_pct=traded["published_growth_pct" if printed else "growth_pct"])
    return on_continent(replace(result, frame=frame), continent, period)


def long_params(params: Params) -> Params:
    """The same parameters, for years in dollars: the dollar table goes back further, and shares and ranks do not depend
    on the currency."""
    return params | ({"currency": "USD"} if params["freq"] == "A" else {})


@cached_text
def span(result: Result) -> str:
    """From the first to the last period drawn, in words."""
    drawn = sorted(set(result.frame["period"]))
    return formats.span(drawn[0], drawn[-1], Context.of(result.params).freq, lang())


def compared(result: Result, column: str) -> Result:
    """The same result, if at least one row has a value in `column`.

    Raises:
        NoRows: no row has one: the figures of the two periods differ in quality or source (the message says which).
    """
    if result.frame[column].notna().any():
        return result
    reasons = list(comparability.count_incomparable(result.frame))[:1]
    raise NoRows(sentences_of(say(f"break.{reason}") for reason in reasons))


@cached(RESULTS)
def on_continent(result: Result, continent: str, period: str) -> Result:
    """The markets of one customs continent, or all.

    Raises:
        NoRows: none of them lies there.
    """
    if continent == "all":
        return result
    frame = result.frame[result.frame["customs_continent"] == continent].reset_index(drop=True)
    if frame.empty:
        raise NoRows(say("markets.none_on", period=formats.period(period, lang=lang())))
    return replace(result, frame=frame)


@cached(RESULTS)
def placed(result: Result, column: str = "market") -> Result:
    """The rows with the customs continent, longitude, latitude and map form (`drawn`) of each economy in `column`."""
    columns = ["economy", "customs_continent", "longitude", "latitude", "drawn"]
    places = queries.measure("economies").frame[columns]
    places = pd.concat([places, pd.DataFrame([{"economy": "eu", **EU_PLACE}])], ignore_index=True)
    frame = result.frame.drop(columns=[name for name in columns if name in result.frame])
    frame = frame.merge(places.rename(columns={"economy": column}), how="left", on=column)
    return replace(result, frame=frame.assign(drawn=frame["drawn"].fillna("none")))


@cached_text
def about(result: Result, params: Params, when: str, what: str = "") -> str:
    """The line under a headline: what is drawn, flow, currency of amounts, whose markets, when, definitions."""
    amounts = "value" in result.frame
    parts = [
        say(f"about.{what}") if what else result.measure.title,
        _continent(str(result.params.get("continent") or "")),
        say(f"flow.{params['flow']}"),
        say("frame.in_currency", currency=formats.currency_name(str(result.params["currency"]), lang()))
        if amounts
        else "",
        names(lang()).get(params["reporter"], params["reporter"]),
        when,
        *definition(params),
    ]
    return " · ".join(part for part in parts if part)


def unfiltered(choices: Choices, about: str) -> str:
    """The line under the headline of a chart of all markets; while the page's filters are on, it says that they do not
    apply."""
    left_out = any(choices.value(name) != FIELDS[name].default for name in ("grew", "ratio", "least"))
    return f"{about} · {say('markets.all_markets')}" if left_out else about


def place(choices: Choices) -> str:
    """The name of the continent that the markets are limited to; empty if they are not."""
    return "" if choices.pick("continent") == "all" else choices.label("continent")


def definition(params: Mapping[str, object]) -> list[str]:
    """The definition of a market, in words, as far as it differs from the default."""
    union = [say("markets.eu_one")] if params["eu"] == "one" else []
    return union + ([say("markets.hk_out")] if params["hong_kong_macao"] == "out" else [])


def _continent(code: str) -> str:
    """The continent to which a measure is limited; empty if none."""
    return FIELDS["continent"].label(code) if code else ""


@cached_per_store
def names(language: str) -> dict[str, str]:
    """The names of all economies by code, and of the EU as one market."""
    rows = queries.measure("economies").frame
    union = {"eu": formats.say("markets.union", language)}
    return dict(zip(rows["economy"], named(rows, language), strict=True)) | union


def name_columns(column: str, codes: pd.Series) -> dict[str, pd.Series]:
    """The names of economies by language, as columns: `next_name_en` for `next_name`, of the codes in each row."""
    languages = stored_languages(queries.measure("economies").frame)
    return {f"{column}_{language}": codes.map(names(language)) for language in languages}
