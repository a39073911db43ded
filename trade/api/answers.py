"""The answers of the endpoints, in the format that the command line prints. Independent of HTTP."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from typing import Any

from trade.errors import BadParameter, StoreDamaged, UnknownName, shorten
from trade.measures import Measure, Result, catalog, find_measure, row_filter, run
from trade.measures.claims import check as check_claim
from trade.measures.claims import official_statements, wording
from trade.measures.parameters import bind
from trade.store import Store, open_store
from trade.text import formats
from trade.version import __version__

JSON, CSV = "application/json", "text/csv; charset=utf-8"
FORMS = {
    "json": JSON,
    "csv": CSV,
    "parquet": "application/vnd.apache.parquet",
    "arrow": "application/vnd.apache.arrow.stream",
    "sdmx": "application/vnd.sdmx.data+csv; version=2.0.0",
}
"""Forms of a measure's rows, and their media types."""
CHART_FORMS = ("json", "csv", "parquet", "arrow")
FITS = ("exact", "page")
"""What happens to a choice that does not fit the others: an error, or what a page shows in its place."""
_ENDINGS = {"sdmx": "sdmx.csv"}


@dataclass(frozen=True)
class Answer:
    """An answer that is computed only on demand. Equal `tag`s mean equal bytes."""

    tag: str
    media: str
    make: Callable[[], bytes]
    store: str = ""
    """Version of the store used; empty if none is."""
    file: str = ""
    """File name under which a browser saves it."""


def measures(query: Mapping[str, str]) -> Answer:
    """The list that `trade measures --format json` prints."""
    reject_unknown_params(query, "measures")
    return _declarations()


@cache
def _declarations() -> Answer:
    return static_answer([measure.declaration() for measure in catalog().values()])


def static_answer(value: Any) -> Answer:
    """An answer that does not change while the server runs."""
    body = as_json(value)
    return Answer(digest(body.decode()), JSON, lambda: body)


def measure(name: str, query: Mapping[str, str]) -> Answer:
    """`growth.json` or `growth.csv`: what `trade measure growth --format ...` prints; also Parquet, Arrow, SDMX-CSV.

    Raises:
        UnknownName: no such form, measure, parameter or value. BadParameter: a value outside its domain.
    """
    name, _, form = name.rpartition(".")
    if form not in FORMS or not name:
        raise UnknownName("measure_form", form or name, [f"<measure>.{form_name}" for form_name in FORMS])
    declared, store = find_measure(name), open_store()
    chosen, parameters = _selection(query)
    bound = bind(store, declared, dict(parameters))
    arguments = json.dumps(bound, sort_keys=True, default=str)
    tag = digest(store.version, form, *_rules(declared), arguments, repr(chosen), _day(form))

    def make() -> bytes:
        return _written(store, run(store, name, **parameters), chosen, form)

    if form == "sdmx" and chosen != row_filter.Selection():
        raise BadParameter("filter.not_sdmx")
    return Answer(tag, FORMS[form], make, store.version, f"{name}.{_ENDINGS.get(form, form)}")


def _selection(query: Mapping[str, str]) -> tuple[row_filter.Selection, dict[str, str]]:
    """The columns and rows asked for, and the parameters without them."""
    parameters = {key: value for key, value in query.items() if key not in (row_filter.COLUMNS, row_filter.FILTER)}
    return row_filter.read(query.get(row_filter.COLUMNS, ""), query.get(row_filter.FILTER, "")), parameters


def _day(form: str) -> str:
    """Today's date for formats that contain the date of the download, else empty: part of the tag."""
    return date.today().isoformat() if form in ("parquet", "arrow") else ""


def _written(store: Store, result: Result, chosen: row_filter.Selection, form: str) -> bytes:
    """The chosen rows and columns in a format; metadata describe the whole result."""
    rows = chosen.of(result)
    if form == "csv":
        return rows.frame.to_csv(index=False, date_format="%Y-%m-%d").encode()
    if form == "json":
        return as_json(rows.as_dict())
    from trade.export import files, sdmx_csv  # imported here to keep the server's start fast
    from trade.export.view_metadata import view

    writers = {"parquet": files.as_parquet, "arrow": files.as_arrow, "sdmx": sdmx_csv.as_sdmx_csv}
    return writers[form](replace(view(store, result), result=rows))


def charts(query: Mapping[str, str]) -> Answer:
    """The list that `trade charts --format json` prints.

    Raises:
        UnknownName: a parameter other than `lang`, or no such language.
    """
    from trade.stories import chart_export  # imported here to keep the server's start fast

    reject_unknown_params(query, "charts", "lang")
    lang = _language(query)
    return static_answer(chart_export.listed(lang))


def chart(name: str, query: Mapping[str, str]) -> Answer:
    """`growth/levels.json` or `growth/levels.csv`: what `trade chart growth/levels --format ...` prints.

    Raises:
        UnknownName: no such form, chart, choice or language. BadParameter: a choice is not well put.
    """
    from trade.stories import chart_export

    name, _, form = name.rpartition(".")
    if form not in CHART_FORMS or not name:
        raise UnknownName("chart_form", form or name, [f"<page>/<chart>.{known}" for known in CHART_FORMS])
    lang, store = _language(query), open_store()
    chosen, parameters = _selection(query)
    choices = {key: value for key, value in parameters.items() if key not in ("lang", "fit")}
    if (fit := parameters.get("fit", FITS[0])) not in FITS:
        raise UnknownName("value_of", fit, FITS, of="fit")
    draw = partial(chart_export.draw, store, name, choices, lang, exact=fit == FITS[0])
    if form == "json" and chosen != row_filter.Selection():
        raise BadParameter("filter.not_figure")
    chart_export.check(name, choices)
    day = date.today().isoformat()  # charts distinguish past from future dates
    tag = digest(store.version, "chart", name, form, lang, fit, day, _all_rules(), json.dumps(choices, sort_keys=True),
                 repr(chosen), _day(form))  # fmt: skip

    def make() -> bytes:
        if form == "csv" and chosen == row_filter.Selection():
            text = chart_export.as_csv(draw())
            return text.encode(formats.csv_encoding(lang))
        if form != "json":
            return _written(store, draw().result, chosen, form)
        return chart_export.FORMS[form](draw()).encode()

    return Answer(tag, FORMS[form], make, store.version, f"{name.replace('/', '-')}.{form}")


def _language(query: Mapping[str, str]) -> str:
    lang = query.get("lang", formats.LANGUAGES[0])
    if lang not in formats.LANGUAGES:
        raise UnknownName("language", lang, list(formats.LANGUAGES))
    return lang


def claims(query: Mapping[str, str]) -> Answer:
    """Every official statement, or with `claim=ID` one with all its readings: as `trade claims --format json`.

    Raises:
        UnknownName: a parameter, language or statement that does not exist.
    """
    reject_unknown_params(query, "claims", "claim", "lang")
    store, claim, lang = open_store(), query.get("claim", ""), _language(query)
    tag = digest(store.version, "claims", claim, lang, _all_rules())

    def body() -> bytes:
        if claim:
            return as_json(official_statements.claim(store, claim, lang).as_dict())
        return as_json(official_statements.as_records(official_statements.claims(store, lang)))

    return Answer(tag, JSON, body, store.version, "claims.json")


def check(query: Mapping[str, str]) -> Answer:
    """The verdict on the sentence `q`: as `trade check --format json`.

    Raises:
        UnknownName: a parameter or language that does not exist. BadParameter: there is no sentence.
    """
    reject_unknown_params(query, "check", "q", "lang")
    text, lang = query.get("q", "").strip(), _language(query)
    if not text:
        raise BadParameter("api.no_sentence")
    store = open_store()
    tag = digest(store.version, "check", text, lang, _all_rules())
    return Answer(
        tag, JSON, lambda: as_json(wording.as_dict(store, check_claim(store, text), lang)), store.version, "check.json"
    )


def search(given: Mapping[str, str]) -> Answer:
    """What the words `q` may mean: as `trade search --format json`.

    Raises:
        UnknownName: a parameter or language that does not exist. BadParameter: there are no words, or `most` is not
            between 1 and 50.
    """
    from trade.search import MOST, search  # imported here to keep the server's start fast

    reject_unknown_params(given, "search", "q", "lang", "most")
    text, lang, most = given.get("q", "").strip(), _language(given), given.get("most", str(MOST))
    if not text:
        raise BadParameter("search.nothing")
    if not (most.isdecimal() and most.isascii() and 1 <= int(most) <= MOST):
        raise BadParameter("between", name="most", low="1", high=str(MOST), given=shorten(most))
    store = open_store()
    tag = digest(store.version, "search", text, lang, most, _all_rules())
    return Answer(
        tag,
        JSON,
        lambda: as_json([entry.as_dict(lang) for entry in search(store, text, lang, int(most))]),
        store.version,
    )


def health() -> dict[str, str]:
    """The version in service, read from the file itself.

    Raises:
        StoreMissing, StoreDamaged: there is nothing to serve.
    """
    store = open_store()
    versions = store.query("SELECT version FROM store_version")["version"]
    if list(versions) != [store.version]:
        raise StoreDamaged("store.other_name", path=store.path, version=shorten(list(versions)))
    return {"status": "ok", "version": store.version}


def reject_unknown_params(query: Mapping[str, str], what: str, *good: str) -> None:
    for name in query:
        if name not in good:
            raise UnknownName("parameter_of", name, good or ["none"], of=what)


def _rules(measure: Measure) -> tuple[str, ...]:
    """What an answer depends on besides facts and parameters: query, model, our version. Part of the tag."""
    return measure.id, measure.sql, measure.model, __version__


@cache
def _all_rules() -> str:
    return digest(*(part for measure in catalog().values() for part in _rules(measure)))


def digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def as_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, default=_plain).encode()


def _plain(value: Any) -> Any:
    """Convert values that JSON lacks: dates to ISO text, numpy numbers to numbers."""
    return value.isoformat()[:10] if hasattr(value, "isoformat") else value.item()
