"""Outlook: what was expected of 2026, how does the year go, and what would follow from which assumption?"""

from __future__ import annotations

from trade.charts import contributions
from trade.charts import outlook as charts
from trade.charts import volume_unit_value as volume_charts
from trade.panels import queries, run_context
from trade.panels.cache import cached_per_store
from trade.panels.choices import Choices, Numbers, write_numbers
from trade.panels.fields import CONTINENTS
from trade.panels.language import lang, say
from trade.panels.messages import outlook as messages
from trade.panels.panel import Content, panel
from trade.panels.queries import price_volume

REST_LIMITS = (-50, 100)
"""Growth of the months to come, in percent."""
ELASTICITY_LIMITS = (0, 5)
"""Change of exports in percent for one percent of import demand."""
DEMAND_LIMITS = (-100, 100)
"""Growth of a continent's import demand, in percent."""
SHOCK_LIMITS = (-100, 100)
"""Shock to exports to one market, in percent."""
MOST_SHOCKS = 6
CARRIED_FROM = "2015"
"""The first year of the carry-over."""
SCORED_YEAR = "2025"
"""The year whose forecasts are compared with what came."""


@cached_per_store
def markets() -> dict[str, str]:
    """China's export markets of the newest full year, the largest first: code and name."""
    rows = queries.measure("scenario").frame
    parts = rows[rows["kind"] == "part"].sort_values("base_usd", ascending=False)
    return dict(zip(parts["partner"], parts[f"name_{lang()}"].fillna(parts["name_en"]), strict=True))


def demand(choices: Choices) -> Numbers:
    """The growth of import demand that the user assumes, in percent, by continent."""
    return choices.numbers("demand", CONTINENTS, *DEMAND_LIMITS)


def shocks(choices: Choices) -> Numbers:
    """The shocks to single markets that the user assumes, in percent, by code of the market."""
    return choices.numbers_of_chosen("shocks", markets(), *SHOCK_LIMITS, most=MOST_SHOCKS)


@panel("outlook", "forecasts", measure="forecasts", choices=("subject", "target"))
def forecasts(choices: Choices) -> Content:
    subject, year = choices.pick("subject"), choices.pick("target")
    result = queries.measure("forecasts", subject=subject, year=year)
    about = "barometer" if subject == "barometer" else "forecasts"
    return Content(
        result,
        charts.forecasts,
        messages.forecasts(result, subject, year),
        about=say(f"outlook.{about}_about", subject=say(f"scope.subject.{subject}"), year=year),
        notes=tuple(messages.forecast_notes(result)),
    )


@panel("outlook", "volume", measure="volume_and_unit_value")
def volume(_choices: Choices) -> Content:
    result = price_volume.volumes_and_forecasts()
    return Content(
        result,
        volume_charts.volumes_and_forecasts,
        messages.volume(result),
        about=say("outlook.volume_about"),
        notes=(say("volume.compiled_note"), say("volume.forecast_note")),
    )


@panel("outlook", "so_far", measure="ytd_and_forecasts", choices=("flow", "currency"))
def so_far(choices: Choices) -> Content:
    result = queries.measure("ytd_and_forecasts", flow=choices.pick("flow"), currency=choices.pick("currency"))
    return Content(result, charts.year_so_far, messages.so_far(result), notes=(say("outlook.not_the_same"),))


@panel("outlook", "rest", measure="rest_of_year", choices=("flow", "currency", "rest"))
def rest(choices: Choices) -> Content:
    flow, currency, growth = choices.pick("flow"), choices.pick("currency"), choices.number("rest", *REST_LIMITS)
    result = queries.measure("rest_of_year", flow=flow, currency=currency, rest=growth)
    return Content(result, charts.rest_of_year, messages.rest(result), notes=(say("outlook.arithmetic"),))


@panel("outlook", "base", measure="base_effect", choices=("flow",))
def base(choices: Choices) -> Content:
    result = queries.measure("base_effect", flow=choices.pick("flow"))
    return Content(result, charts.base_effects, messages.base_effects(result), notes=(say("outlook.base_note"),))


@panel("outlook", "carry", measure="carry_over", choices=("flow",))
def carry(choices: Choices) -> Content:
    result = queries.measure("carry_over", flow=choices.pick("flow"), currency="USD", first=CARRIED_FROM)
    return Content(result, charts.carry_over, messages.carry_over(result), notes=(say("outlook.carry_note"),))


@panel("outlook", "scenario", measure="scenario", choices=("assume", "elasticity", "demand", "shocks"))
def scenario(choices: Choices) -> Content:
    by_continent = {code.replace("-", "_"): growth for code, growth in demand(choices).items()}
    by_market = {"shocks": write_numbers(assumed)} if (assumed := shocks(choices)) else {}
    result = queries.measure(
        "scenario",
        assumption=choices.pick("assume"),
        elasticity=choices.number("elasticity", *ELASTICITY_LIMITS),
        **by_continent,
        **by_market,
    )
    return Content(
        result,
        contributions.waterfall,
        messages.scenario(result),
        about=say("outlook.scenario_about"),
        notes=tuple(messages.scenario_notes(result)),
    )


@panel("outlook", "events", measure="policy_events", choices=("event",))
def events(choices: Choices) -> Content:
    result = queries.measure("policy_events", topic=choices.pick("event"))
    return Content(
        result,
        charts.timeline,
        messages.events(result, run_context.today()),
        about=say("outlook.events_about"),
        notes=(say("outlook.events_note"),),
        options={"today": run_context.today()},
    )


@panel("outlook", "errors", measure="forecast_errors")
def errors(_choices: Choices) -> Content:
    result = queries.measure("forecast_errors", year=SCORED_YEAR)
    return Content(
        result,
        charts.errors,
        messages.errors(result, SCORED_YEAR),
        about=say("outlook.errors_about"),
        notes=tuple(messages.error_notes(result)),
    )
