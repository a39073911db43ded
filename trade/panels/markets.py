"""What the pages about markets ask for: the markets of one reporter, in one definition, and where they lie.

A question is a dict of the parameters that all market measures share. Results are shared: frames are joined and
narrowed here, never changed, and no number is computed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NoReturn

import pandas as pd

from trade.charts.context import Context
from trade.errors import NoRows
from trade.measures import Result
from trade.panels import partner_names, queries
from trade.panels.cache import RESULTS, cached, cached_per_store, cached_text
from trade.panels.choices import Choices
from trade.panels.fields import FIELDS
from trade.panels.language import lang, say
from trade.text import formats

HOME = "CHN"
Asked = dict[str, str]
EU_PLACE = {"longitude": 9.0, "latitude": 50.0, "drawn": "point", "customs_continent": "europe"}
"""Where the EU as one market has its circle, and where the customs table puts it."""
DECADE = 10
_GAUGES = {
    "effective": ("effective_markets", "effective_markets"),
    "cr5": ("concentration_ratio", "share_pct"),
    "hhi": ("hhi", "hhi"),
    "theil": ("theil", "theil"),
    "active": ("active_markets", "active_markets"),
}
"""Measure and column of each gauge."""


def reporter(choices: Choices) -> str:
    """The economy whose markets are meant."""
    return choices.pick("reporter", reporters())


def question(choices: Choices, reporter: str = HOME) -> Asked:
    """The parameters that all market measures share, for the choices in force.

    The world matrix has years in dollars only; China's months are in yuan.
    """
    own = reporter == HOME
    freq = choices.pick("freq") if own else "A"
    yearly = choices.pick("currency") if own and freq == "A" else "USD"
    return {
        "reporter": reporter,
        "dataset": "customs" if own else "matrix",
        "flow": choices.pick("flow"),
        "freq": freq,
        "currency": yearly if freq == "A" else "CNY",
        "eu": choices.pick("eu"),
        "hong_kong_macao": choices.pick("hk"),
    }


def marked(choices: Choices, asked: Asked, period: str) -> str:
    """The market to mark, by its code; empty if none. A link may name it in words, as the partner page allows."""
    names, wanted = market_names(asked, period), choices.value("partner")
    if wanted and wanted not in names:
        wanted = partner_names.resolve(wanted, partner_names.known())
    return wanted if wanted in names else ""


def earlier_periods(held: Mapping[str, str], period: str) -> list[str]:
    """The periods of `held` before `period`, newest first.

    Raises:
        NoRows: `period` is the first.
    """
    earlier = [code for code in held if code < period][::-1]
    if not earlier:
        raise NoRows(say("markets.first_of_all", period=held[period]))
    return earlier


def base(choices: Choices, held: Mapping[str, str], period: str, first: str = "") -> str:
    """The earlier period to compare with: for years the one chosen, for months the same month a year earlier.

    Raises:
        NoRows: `period` is the first.
    """
    earlier = earlier_periods(held, period)
    if len(period) > len("2025"):
        return next((code for code in earlier if code == _years_before(period, 1)), earlier[-1])
    return choices.pick("since", earlier, first)


@cached_per_store
def reporters() -> dict[str, str]:
    """Every economy whose exports the world matrix has, with its name, China first."""
    frame = queries.measure("economies").frame
    held = frame[(frame["exports_years"] > 0) & (frame["kind"] != "historical")]
    names = dict(zip(held["economy"], held[f"name_{lang()}"], strict=True))
    return {code: names[code] for code in sorted(names, key=lambda code: (code != HOME, names[code]))}


@cached_per_store
def periods(asked: Asked) -> dict[str, str]:
    """Every period that has markets, oldest first, in words."""
    held = queries.measure("concentration_ratio", **asked).frame["period"]
    return {code: formats.period(code, asked["freq"], lang()) for code in held}


@cached_per_store
def market_names(asked: Asked, period: str) -> dict[str, str]:
    """The markets of a period by code."""
    frame = queries.measure("rank", first=period, last=period, **asked).frame
    names = dict(zip(frame["market"], frame[f"name_{lang()}"], strict=True))
    return dict(sorted(names.items(), key=lambda pair: pair[1]))


@cached_per_store
def ranked(asked: Asked, period: str, continent: str = "all") -> Result:
    """Every market with trade in a period, in order, with place and growth (`rate_pct`: printed or by levels)."""
    result = placed(queries.measure("rank", first=period, last=period, **asked))
    traded = result.frame[result.frame["value"] > 0].reset_index(drop=True)
    frame = traded.assign(rate_pct=traded["published_growth_pct"].fillna(traded["growth_pct"]))
    return on_continent(replace(result, frame=frame), continent, period)


@cached_per_store
def grown(asked: Asked, period: str, continent: str, held: Mapping[str, str]) -> Result:
    """The same, where growth is known."""
    result = ranked(asked, period, continent)
    return result if result.frame["rate_pct"].notna().any() else _no_growth(period, held)


@cached_per_store
def growing(asked: Asked, period: str, held: Mapping[str, str]) -> Result:
    """The markets that grew, by continent."""
    if asked["dataset"] == "matrix" and _years_before(period, 1) not in held:
        _no_growth(period, held)
    return queries.measure("growing_markets", first=period, last=period, **asked)


def _no_growth(period: str, held: Mapping[str, str]) -> NoReturn:
    """Say that the year before is not in the table, and up to when it is."""
    last = next((code for code in list(held)[::-1] if _years_before(code, 1) in held), "")
    raise NoRows(say("markets.no_growth", period=held[period], last=held.get(last, formats.missing(lang()))))


@cached_per_store
def changes(asked: Asked, period: str, base: str, continent: str) -> Result:
    """Every market with its value in two periods."""
    result = queries.measure("margins", by="market", period=period, base=base, **asked)
    return on_continent(placed(result), continent, period)


@cached_per_store
def ranks(asked: Asked, first: str | None, period: str, continent: str) -> Result:
    """Ranks from `first` on, among all markets or those of a continent; by year from the dollar table.

    Periods whose values are partly the partners' own reports are left out: their ranks are not comparable.
    """
    long = _long(asked) | ({} if continent == "all" else {"continent": continent})
    start = first or queries.measure("concentration_ratio", **_long(asked)).frame["period"].iloc[0]
    result = queries.measure("rank", first=start, last=period, **long)
    frame = result.frame
    foreign = set(frame.loc[frame["quality"] == "mirror", "period"]) if asked["reporter"] == HOME else set()
    return replace(result, frame=frame[~frame["period"].isin(foreign)].reset_index(drop=True))


@cached_per_store
def gauge(asked: Asked, name: str, above: str) -> Result:
    """A gauge of concentration over all periods; beside another economy than China, China in the same table."""
    measure, _ = _GAUGES[name]
    more: dict[str, float | str] = {"threshold": float(above), "by": "continent"} if name == "active" else {}
    long = _long(asked)
    results = [queries.measure(measure, **long, **more)]
    if name in ("effective", "cr5", "hhi") and asked["reporter"] != HOME:
        results.append(queries.measure(measure, **long | {"reporter": HOME}, **more))
    frames = [result.frame.assign(**_named(str(result.params["reporter"]))) for result in results]
    return replace(results[0], frame=pd.concat(frames, ignore_index=True))


def gauge_column(name: str) -> str:
    """The column that holds the gauge."""
    return _GAUGES[name][1]


@cached_per_store
def lorenz(asked: Asked, period: str) -> tuple[Result, pd.DataFrame | None]:
    """The curve of a period, and that of ten years (else of one year) earlier; by year from the dollar table."""
    long = _long(asked)
    curve = queries.measure("lorenz", period=period, **long)
    held = periods(long)
    earlier = [code for years in (DECADE, 1) if (code := _years_before(period, years)) in held]
    return curve, queries.measure("lorenz", period=earlier[0], **long).frame if earlier else None


def gini(asked: Asked, period: str) -> pd.DataFrame:
    """The Gini coefficient of the same markets as the curve's."""
    return queries.measure("gini", list="active", first=period, last=period, **_long(asked)).frame


@cached_per_store
def whole_growth(asked: Asked, period: str) -> float | None:
    """The growth of all markets together, on the base of the growth of each."""
    try:
        return float(queries.measure("leave_one_out", period=period, **asked).frame["total_growth_pct"].iloc[0])
    except NoRows:
        return None


@cached_text
def span(result: Result) -> str:
    """From the first to the last period drawn, in words."""
    held = sorted(set(result.frame["period"]))
    return formats.span(held[0], held[-1], Context.of(result.params).freq, lang())


@cached(RESULTS)
def on_continent(result: Result, continent: str, period: str) -> Result:
    """The markets of one customs continent, or all."""
    if continent == "all":
        return result
    frame = result.frame[result.frame["customs_continent"] == continent].reset_index(drop=True)
    if frame.empty:
        raise NoRows(say("markets.none_on", period=formats.period(period, lang=lang())))
    return replace(result, frame=frame)


@cached(RESULTS)
def placed(result: Result, column: str = "market") -> Result:
    """With continent of the customs table, longitude, latitude and how a map draws each economy in `column`."""
    wanted = ["economy", "customs_continent", "longitude", "latitude", "drawn"]
    where = queries.measure("economies").frame[wanted]
    where = pd.concat([where, pd.DataFrame([{"economy": "eu", **EU_PLACE}])], ignore_index=True)
    frame = result.frame.drop(columns=[name for name in wanted if name in result.frame])
    frame = frame.merge(where.rename(columns={"economy": column}), how="left", on=column)
    return replace(result, frame=frame.assign(drawn=frame["drawn"].fillna("none")))


@cached(RESULTS)
def spread_union(result: Result, column: str) -> Result:
    """For maps: the EU's row stands once for each economy that was a member at the year's end."""
    frame = result.frame
    union = frame[frame[column] == "eu"]
    if union.empty:
        return result
    members = queries.measure("economies").frame.dropna(subset=["eu_first"])
    pairs = union.drop(columns=["longitude", "latitude", "drawn"]).merge(members[_MEMBER], how="cross")
    year = pairs["period"].astype(int)
    pairs = pairs[(pairs["eu_first"] <= year) & (year <= pairs["eu_last"])].assign(
        **{column: lambda rows: rows["economy"]}
    )
    kept = pairs.drop(columns=["economy", "eu_first", "eu_last"])
    return replace(result, frame=pd.concat([frame[frame[column] != "eu"], kept], ignore_index=True))


_MEMBER = ["economy", "longitude", "latitude", "drawn", "eu_first", "eu_last"]


@cached_text
def about(result: Result, asked: Asked, when: str, what: str = "") -> str:
    """The line under a headline: what is drawn, flow, currency of amounts, whose markets, when, definitions."""
    amounts = "value" in result.frame
    name = _named(asked["reporter"])[f"reporter_name_{lang()}"]
    parts = [
        say(f"about.{what}") if what else result.measure.title,
        _continent(str(result.params.get("continent") or "")),
        say(f"flow.{asked['flow']}"),
        say("frame.in_currency", currency=formats.currency_name(str(result.params["currency"]), lang()))
        if amounts
        else "",
        name,
        when,
        say("markets.eu_one") if asked["eu"] == "one" else "",
        say("markets.hk_out") if asked["hong_kong_macao"] == "out" else "",
    ]
    return " · ".join(part for part in parts if part)


def _continent(code: str) -> str:
    """The continent to which a measure was asked to keep; empty if none."""
    return FIELDS["continent"].label(code) if code else ""


@cached_per_store
def names(language: str) -> dict[str, str]:
    """The names of all economies by code, the EU as one with them."""
    rows = queries.measure("economies").frame
    union = {"eu": formats.say("markets.union", language)}
    return dict(zip(rows["economy"], rows[f"name_{language}"], strict=True)) | union


def _named(reporter: str) -> dict[str, str]:
    """The reporter with its names, as columns."""
    return {"reporter": reporter} | {
        f"reporter_name_{side}": names(side).get(reporter, reporter) for side in ("en", "zh")
    }


def _long(asked: Asked) -> Asked:
    """The same question in dollars, if it is about years: shares and ranks do not depend on the currency."""
    return asked | ({"currency": "USD"} if asked["freq"] == "A" else {})


def _years_before(period: str, years: int) -> str:
    return f"{int(period[:4]) - years}{period[4:]}"
