"""The description of the API, made from the declarations of the measures. `python -m trade.api` prints it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Any

from trade.api.answers import CHART_FORMS, FITS, FORMS, JSON, Answer, reject_unknown_params, static_answer
from trade.measures import Measure, Parameter, catalog
from trade.measures.claims import VERDICTS, official_statements
from trade.measures.parameters import takes_period
from trade.panels.fields import FIELDS, Field
from trade.panels.run_context import RunContext, running
from trade.text.catalog import LANGUAGES

if TYPE_CHECKING:
    from trade.panels.panel import Panel

Schema = dict[str, Any]
_TYPES: dict[str, Schema] = {
    "integer": {"type": "integer"},
    "year": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "text": {"type": "string"},
    "partners": {"type": "string"},
    "shocks": {"type": "string"},
    "date": {"type": "string", "pattern": r"^\d{4}(-\d{2}){0,2}$"},
    "period": {"type": "string", "pattern": r"^\d{4}(-(0[1-9]|1[0-2]))?$"},
    "economy": {"type": "string", "description": "ISO 3166-1 alpha-3 code, or the English name"},
    "partner": {
        "type": "string",
        "description": "Code or English name of an economy or a group, or a group of one's own: ~Name:BRA.RUS.IND",
    },
    "group": {"type": "string", "description": "Code of a group of economies, or its English name"},
    "product": {"type": "string", "description": "Code of a product, or its English name"},
}
_REASONS = {
    "400": "A parameter is unknown, repeated or outside its domain",
    "404": "There is no such measure or statement, or the store holds no figures for the question",
    "503": "The store cannot be read, or too many questions wait",
}
_OTHER_REASONS = {
    "405": "another method than GET, HEAD or OPTIONS",
    "413": "the question came with a body",
    "414": "the address is too long",
    "421": "the server does not answer for this host",
    "500": "a fault of the server",
}


def document() -> Schema:
    """The OpenAPI 3.1 description."""
    shared, paths = _shared_parameters(dict(_paths()))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "China trade dashboard",
            "version": "1",
            "summary": "Measures of China's goods trade, and official statements held against them.",
            "description": (
                "The same parameters, answers and error sentences as the command line `trade`. Answers carry a weak "
                "ETag made of the store's version and the parameters; with If-None-Match an unchanged answer is 304."
            ),
            "license": {"name": "MIT (the code); figures carry the terms of their sources", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": _SCHEMAS,
            "parameters": shared,
            "responses": _error_responses(),
            "headers": _HEADERS,
        },
    }


def answer(given: Mapping[str, str]) -> Answer:
    """`/api/openapi.json`."""
    reject_unknown_params(given, "openapi.json")
    return _served()


@cache
def _served() -> Answer:
    return static_answer(document())


def _paths() -> Iterator[tuple[str, Schema]]:
    yield from _fixed().items()
    for measure in catalog().values():
        yield f"/api/measures/{measure.id}.{{form}}", _path(measure)
    from trade.panels.registry import panels  # imported here to keep the server's start fast

    for panel in panels().values():
        yield f"/api/charts/{panel.id}.{{form}}", _chart_path(panel)


def _shared_parameters(paths: Schema) -> tuple[Schema, Schema]:
    """Parameters shared by several paths, defined once: `flow`, and `flow_2` for a different definition of the same
    name."""
    shared: Schema = {}
    for path in paths.values():
        for where in (path, path["get"]):
            where["parameters"] = [
                {"$ref": f"#/components/parameters/{_share(shared, spec)}"} for spec in where.get("parameters", [])
            ]
    return shared, paths


def _share(shared: Schema, parameter: Schema) -> str:
    for number in count(1):
        key = parameter["name"] if number == 1 else f"{parameter['name']}_{number}"
        if shared.setdefault(key, parameter) == parameter:
            return str(key)
    raise AssertionError


def _fixed() -> Schema:
    return {
        "/api/measures": _get(
            "measures",
            "List the measures with their declarations",
            _json_content({"type": "array", "items": _ref("Measure")}),
        ),
        "/api/charts": _get(
            "charts",
            "List the charts of all pages with the choices that each takes",
            _json_content({"type": "array", "items": _ref("ChartEntry")}),
            [_LANG],
        ),
        "/api/claims.json": _get(
            "claims",
            "Every official statement computed from the store, or one with all its readings",
            _json_content({"anyOf": [{"type": "array", "items": _ref("Statement")}, _ref("Claim")]}),
            [_parameter("claim", {"type": "string"}, "Only this statement: its page, all readings, their SQL."), _LANG],
        ),
        "/api/check": _get(
            "check",
            "The verdict on a sentence about China's trade, with the figures that decide",
            _json_content(_ref("Check")),
            [
                _parameter("q", _TEXT | {"maxLength": 300}, "One sentence, English or Chinese.") | {"required": True},
                _LANG,
            ],
        ),
        "/api/search": _get(
            "search",
            "What words may mean: economies, groups, goods, indicators, charts, pages, statements; the best first",
            _json_content({"type": "array", "items": _ref("Found")}),
            [
                _parameter("q", _TEXT | {"maxLength": 300}, "Words, in any language of names.") | {"required": True},
                _parameter("most", {"type": "integer", "minimum": 1, "maximum": 50}, "At most so many."),
                _LANG,
            ],
        ),
        "/api/health": _get("health", "Whether the store in service can be read", _json_content(_ref("Health"))),
        "/api/metrics": _get(
            "metrics", "Counters in the text form of Prometheus", {"text/plain": {"schema": {"type": "string"}}}
        ),
        "/api/openapi.json": _get("openapi", "This description", _json_content({"type": "object"})),
    }  # fmt: skip


def _path(measure: Measure) -> Schema:
    parameters = [_parameter(name, _schema(spec), spec.help) for name, spec in measure.parameters.items()]
    if takes_period(measure) and "period" not in measure.parameters:
        parameters.append(_parameter("period", dict(_TYPES["period"]), "In place of first and last, or of year."))
    about = (
        "json: one object with unit, parameters and rows; csv: the rows, RFC 4180, UTF-8; parquet and arrow (an IPC "
        "stream): the rows with what they are in the metadata; sdmx: SDMX-CSV 2.0, for rows by period and partner"
    )
    form = _form(list(FORMS), about)
    path = _get(measure.id, measure.title, _json_content(_ref("Result")) | _content(FORMS), [*parameters, *_SELECTION])
    path["get"]["operationId"] = f"measure_{measure.id}"
    path["get"]["description"] = f"{measure.definition} Unit: {measure.unit}. Formula: {measure.formula}."
    return {"parameters": [form]} | path


def _chart_path(panel: Panel) -> Schema:
    """A chart with its choices; `lang` is the language of its words."""
    with running(RunContext("en")):
        title = panel.title
    fields = [FIELDS[name] for name in panel.choices]
    parameters = [_parameter(field.name, _field_schema(field), f"As in a link: {field.name}.") for field in fields]
    content = _json_content(_ref("Chart")) | _content(CHART_FORMS)
    path = _get(panel.id, title, content, [*parameters, *_SELECTION, _FIT, _LANG])
    path["get"]["operationId"] = f"chart_{panel.page}_{panel.key}"
    form = _form(list(CHART_FORMS), "json: the Plotly figure with its texts; csv, parquet, arrow: the rows drawn")
    return {"parameters": [form]} | path


def _field_schema(field: Field) -> Schema:
    schema: Schema = {"type": "string"} | ({"enum": list(field.options)} if field.options else {})
    if not field.options:
        schema["pattern"] = f"^({field.pattern})$"
    return schema | ({"default": field.default} if field.default else {})


def _schema(parameter: Parameter) -> Schema:
    schema: Schema = {"type": "string"} if isinstance(parameter.domain, list) else dict(_TYPES[parameter.domain])
    if isinstance(parameter.domain, list):  # not an enum if the store may add values
        schema["examples" if parameter.besides else "enum"] = parameter.domain
    limits = {"minimum": parameter.minimum, "maximum": parameter.maximum, "default": parameter.default}
    return schema | {name: value for name, value in limits.items() if value is not None}


def _parameter(name: str, schema: Schema, about: str) -> Schema:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": about}


def _get(name: str, summary: str, content: Schema, parameters: list[Schema] | None = None) -> Schema:
    is_cached = name not in ("health", "metrics")
    ok: Schema = {"description": "The answer", "content": content}
    responses: Schema = {
        "200": ok | ({"headers": {"ETag": {"$ref": "#/components/headers/ETag"}}} if is_cached else {})
    }
    if is_cached:
        responses["304"] = {"description": "Not changed since the answer whose ETag was sent"}
    errors = {status: {"$ref": f"#/components/responses/{status}"} for status in ("400", "404", "503", "default")}
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": parameters or [],
            "responses": responses | errors,
        }
    }


def _form(forms: list[str], about: str) -> Schema:
    schema = {"type": "string", "enum": forms}
    return {"name": "form", "in": "path", "required": True, "description": about, "schema": schema}


def _content(forms: Iterable[str]) -> Schema:
    """The schema of a body other than JSON: text or binary."""
    media = {form: FORMS[form].partition("; charset")[0] for form in forms if form != "json"}
    text: Schema = {"schema": {"type": "string"}}
    binary: Schema = {"schema": {"type": "string", "contentMediaType": "application/octet-stream"}}
    return {kind: text if form in ("csv", "sdmx") else binary for form, kind in media.items()}


def _json_content(schema: Schema) -> Schema:
    return {JSON: {"schema": schema}}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(properties: Schema, needed: list[str] | None = None) -> Schema:
    return {"type": "object", "required": needed or list(properties), "properties": properties}


def _error_responses() -> Schema:
    others = "; ".join(f"{status}: {reason}" for status, reason in _OTHER_REASONS.items())
    return {
        status: {"description": reason, "content": _json_content(_ref("Error"))}
        for status, reason in (_REASONS | {"default": others}).items()
    }


_TEXT, _NUMBER = {"type": "string"}, {"type": ["number", "null"]}
_SELECTION = [
    {"name": "columns", "in": "query", "required": False, "schema": {"type": "string"},
     "description": "Only these columns, in this order, with commas between them."},
    {"name": "filter", "in": "query", "required": False, "schema": {"type": "string"},
     "description": "Only rows that meet all conditions: share_pct>=5;continent=asia,africa;period!=2020."},
]  # fmt: skip
_LANG = {
    "name": "lang", "in": "query", "required": False, "description": "Language of the words.",
    "schema": {"type": "string", "enum": list(LANGUAGES), "default": LANGUAGES[0]},
}  # fmt: skip
_FIT = {
    "name": "fit", "in": "query", "required": False,
    "description": "A choice that does not fit the others: an error, or what a page shows in its place.",
    "schema": {"type": "string", "enum": list(FITS), "default": FITS[0]},
}  # fmt: skip
_HEADERS = {"ETag": {"description": "Store version and parameters, as a weak tag", "schema": _TEXT}}
_CLAIM = {
    "claim_id": _TEXT, "statement": _TEXT, "topic": _TEXT, "period": {"type": ["string", "null"]},
    "official_value": _NUMBER, "unit": {"type": ["string", "null"]},
    "verdict": {"type": "string", "enum": list(official_statements.VERDICTS)},
    "unlike": {"type": "array", "items": {"type": "string", "enum": list(official_statements.UNLIKE)}},
}  # fmt: skip
_VERDICT = {
    "verdict": {"type": "string", "enum": list(VERDICTS)}, "reading": {"type": "object"}, "sentence": _TEXT,
    "figures": {"type": "array", "items": {"$ref": "#/components/schemas/Figure"}},
    "alternatives": {"type": "array", "items": {"$ref": "#/components/schemas/Figure"}},
    "missing": {"type": "array", "items": {"type": "object"}},
}  # fmt: skip
_SCHEMAS = {
    "Check": _object({"text": _TEXT} | _VERDICT | {"claims": {"type": "array", "items": _object(_VERDICT)}}),
    "Figure": _object(
        {"value": {"type": "number"}, "unit": _TEXT, "period": _TEXT, "measure": _TEXT, "params": {"type": "object"},
         "source": _TEXT, "vintage": _TEXT, "difference": _NUMBER, "text": _TEXT}
    ),
    "Error": _object(
        {"error": _TEXT | {"description": "One sentence: what was wrong, what to do"}, "status": {"type": "integer"}}
    ),
    "Found": _object(dict.fromkeys(("kind", "id", "title", "kind_name", "link"), _TEXT)),
    "Health": _object({"status": {"const": "ok"}, "version": _TEXT}),
    "Measure": _object(
        {"id": _TEXT, "title": _TEXT, "unit": _TEXT, "formula": _TEXT, "tex": _TEXT, "reference": _TEXT,
         "definition": _TEXT, "caveats": {"type": "array", "items": _TEXT}, "parameters": {"type": "object"}}
    ),
    "Result": _object(
        {"measure": _TEXT, "unit": _TEXT, "params": {"type": "object"},
         "rows": {"type": "array", "items": {"type": "object"}}}
    ),
    "ChartEntry": _object(
        {"id": _TEXT, "title": _TEXT, "measure": _TEXT, "choices": {"type": "array", "items": _TEXT}}
    ),
    "Chart": _object(
        dict.fromkeys(
            ("id", "title", "headline", "takeaway", "subtitle", "measure", "unit", "version", "lang"), _TEXT
        )
        | {"notes": {"type": "array", "items": _TEXT}, "sources": {"type": "array", "items": {"type": "object"}},
           "params": {"type": "object"}, "figure": {"type": "object"}}
    ),
    "Statement": _object(_CLAIM | {"reproduced_value": _NUMBER, "difference": _NUMBER, "params": {"type": "object"}}),
    "Claim": _object(_CLAIM | {"readings": {"type": "array", "items": {"type": "object"}}}),
}  # fmt: skip
