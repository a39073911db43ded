"""Explore: any measure with any of its parameters as lines, bars or dots."""

from __future__ import annotations

from dataclasses import replace

from trade.charts import column_roles, generic
from trade.errors import NoRows
from trade.measures import Result, catalog, find_measure, sentences
from trade.measures.catalog import Measure, Parameter
from trade.measures.entity_names import names_of
from trade.panels import measure_url, queries, run_context
from trade.panels.cache import RESULTS, cached, cached_per_store, cached_text
from trade.panels.choices import Choices
from trade.panels.column_headings import heading
from trade.panels.fields import FIELDS
from trade.panels.language import lang, say
from trade.panels.measure_headline import measure_message
from trade.panels.measure_url import SHARED, Parameters, as_text
from trade.panels.panel import Content, Draw, panel
from trade.store.own_groups import is_own

NAMED = ("economy", "group", "partner", "product")
"""Parameter domains whose codes have names in the store."""
LISTS = ("memberships", "policy_events")
"""Measures whose rows are names and dates: a table, but no chart."""
FORMS: dict[str, Draw] = {"lines": generic.lines, "bars": generic.bars, "dots": generic.dots}
CHOICES = ("measure", "ask", "keep", "form", "y", "x", *SHARED)


def measure_of(choices: Choices) -> Measure:
    """The measure in force; the default if the chosen one does not exist, as in the control."""
    return find_measure(choices.pick("measure", catalog()))


def question(choices: Choices) -> Parameters:
    """The parameters in force, as texts; an empty one is left out, so that the measure's default applies."""
    asked = measure_url.parse(choices.value("ask"))
    measure = measure_of(choices)
    parameters = measure.parameters
    if not asked.keys() <= parameters.keys():
        choices.reject("ask", list(parameters))
    values = {name: chosen_value(choices, name, parameter, asked) for name, parameter in parameters.items()}
    unused = [name for name in parameters if not measure.used(name, values)]
    for name in unused:
        choices.reject("ask" if name in asked else name, list(parameters[name].only or ()))
    return {name: value for name, value in values.items() if value and name not in unused}


def chosen_value(choices: Choices, name: str, parameter: Parameter, given: Parameters) -> str:
    """The value in force: the one in `given`, else the one chosen in a field of all pages if the measure accepts it,
    else its default.

    A shared field at its default counts as not chosen, so the measure's own default applies.
    """
    shared = choices.value(name) if name in SHARED and choices.value(name) != FIELDS[name].default else ""
    if shared and name not in given:
        if _takes(parameter, shared):
            return shared
        choices.reject(name, _accepted(parameter, shared))
    return given.get(name, as_text(parameter.default))


def _takes(parameter: Parameter, value: str) -> bool:
    if isinstance(parameter.domain, list):
        return value in parameter.domain
    if parameter.domain in NAMED:
        return value in codes(parameter.domain) or (parameter.domain == "partner" and is_own(value))
    return parameter.domain != "year" or len(value) == len("2025")


def _accepted(parameter: Parameter, value: str) -> list[str]:
    """The values that a measure accepts in place of `value`."""
    if isinstance(parameter.domain, list):
        return parameter.domain
    return list(codes(parameter.domain)) if parameter.domain in NAMED else [value[: len("2025")]]


def codes(kind: str) -> dict[str, str]:
    """The names of all economies, groups, partners (economies and groups) or products, by code."""
    if kind == "partner":
        return codes("economy") | codes("group")
    return names_of(run_context.store(), kind, lang())


@cached_per_store
def offered() -> list[str]:
    """Ids of the measures that have rows for their default parameters, except those whose rows hold no numbers."""
    return [name for name, measure in catalog().items() if name not in LISTS and _has_data(measure)]


def _has_data(measure: Measure) -> bool:
    """Whether the store has the table that the measure needs. Measures that name no table are run: checking a table is
    faster, and running all that need data would take 1.5 seconds."""
    if measure.needs_table:
        return _has_rows(measure.needs_table)
    return not measure.needs or _answers(measure.id)


@cached_per_store
def _has_rows(table: str) -> bool:
    return bool(run_context.store().query(f"SELECT EXISTS (FROM {table}) AS filled")["filled"][0])


def _answers(name: str) -> bool:
    try:
        queries.measure(name)
    except NoRows:
        return False
    return True


@cached_text
def names(result: Result, column: str) -> list[str]:
    """The names in a column, in order of appearance."""
    return list(dict.fromkeys(str(value) for value in result.frame[column].dropna()))


def selected_names(choices: Choices, result: Result) -> list[str]:
    """The names chosen in the field `keep`; empty for all."""
    column = column_roles.name_column(result.frame, lang())
    offered = names(result, column) if column else []
    wanted = choices.value("keep").split("|")
    if not set(wanted) <= set(offered):
        choices.reject("keep", offered)
    return [name for name in wanted if name in offered]


def narrowed(choices: Choices, result: Result) -> Result:
    """The rows of the names that were chosen; all if none was.

    Raises:
        NoRows: none is left.
    """
    chosen = selected_names(choices, result)
    return _rows_of(result, column_roles.name_column(result.frame, lang()), chosen) if chosen else result


@cached(RESULTS)
def _rows_of(result: Result, column: str, chosen: list[str]) -> Result:
    frame = result.frame[result.frame[column].astype(str).isin(chosen)].reset_index(drop=True)
    if frame.empty:
        raise NoRows(say("explore.none_selected"))
    return replace(result, frame=frame)


@cached_text
def drawable(result: Result) -> list[str]:
    """The numeric columns, the measure's main ones first; among these, sparsely filled ones come last."""
    main = [column for column in sentences.main_columns(result.measure.id) if column != "rank"] or ["value"]
    known = {column: int(result.frame[column].notna().sum()) for column in main if column in result.frame}
    full = max(known.values(), default=0) / 2
    return column_roles.numbers(result.frame, sorted(known, key=lambda column: known[column] < full))


@cached_text
def forms(result: Result) -> list[str]:
    """The forms that the rows can be drawn in."""
    over_time = "period" in result.frame and result.frame["period"].nunique() > 1
    possible = {"lines": over_time, "bars": True, "dots": len(drawable(result)) > 1}
    return [form for form, fits in possible.items() if fits]


@panel("explore", "explore", measure="growth", choices=CHOICES)
def explore(choices: Choices) -> Content:
    result = narrowed(choices, queries.measure(measure_of(choices).id, **question(choices)))
    columns = drawable(result)
    if not columns:
        raise NoRows(say("explore.nothing_to_draw", title=result.measure.title))
    form, y = choices.pick("form", forms(result)), choices.pick("y", columns)
    options = {"y": y, "title": heading(y, "{unit}", result.measure.id)}
    if form == "dots":
        x = choices.pick("x", [column for column in columns if column != y])
        options |= {"x": x, "below": heading(x, "{unit}", result.measure.id)}
    return Content(result, FORMS[form], measure_message(result), options=options)
