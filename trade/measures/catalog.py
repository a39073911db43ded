"""The catalogue of measures, read from the headers of their files.

A measure is one `.sql` file in the folder `sql`. Its header is TOML in the file's first comment:

    /* ---
    title = "Year-on-year growth"
    unit = "%"
    formula = "X_t / X_{t-1y} - 1"
    tex = '''\\frac{X_t}{X_{t-1}} - 1'''
    reference = "Mikic & Gilbert 2009, Trade Statistics in Policymaking, UN ESCAP"
    caveats = ["Growth in yuan and in dollars differ: the currency is always named."]

    uses = ["flow", "currency"]

    [names]
    name = { code = "partner", of = ["economy"] }

    [parameters.flow]
    default = "total"

    [parameters.window]
    domain = "integer"
    default = 12
    help = "Number of months in the sum."
    --- */
    SELECT ... WHERE flow = $flow

Parameters that several measures have are declared once, in `parameters.toml`: `uses` names them (`first:year` is one of
several declarations of `first`), and a block of the same name overrides single fields. `domain` is a list of values, or
one of: integer, number, boolean, text, date, period, year, economy, group, partner (an economy, a group, or a
user-defined group), partners (codes with spaces), shocks (`USA:-20,MEX:10`), product. `only = { by = ["year"] }` says
with which values of others a parameter has an effect, `only = { partner = ["<group>"] }` that it needs a group; with
others it is an error. A parameter without a default is
optional and NULL in the SQL if it is not given. The SQL returns codes; `names` declares the columns of names to add
(`trade.measures.entity_names`). `trade measures`, the glossary, help texts and the API are generated from the headers.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from trade.errors import TradeError, UnknownName
from trade.store.own_groups import is_group

HERE = Path(__file__).parent
GROUP = "<group>"
"""In `only`: any group of economies, user-defined or not."""
OPEN, CLOSE = "/* ---", "--- */"
Kind = Literal[
    "integer",
    "number",
    "boolean",
    "text",
    "date",
    "period",
    "year",
    "economy",
    "group",
    "partner",
    "product",
    "partners",
    "shocks",
]


class Parameter(BaseModel):
    """A parameter of a measure: its allowed values, its default, and a help text for the user."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    domain: list[str] | Kind
    besides: Literal["imported", "products"] | None = None
    """Allowed values that the store adds to `domain`: the sources of imported tables, or of trade by HS code."""
    default: str | int | float | bool | None = None
    minimum: float | None = None
    maximum: float | None = None
    only: dict[str, list[str]] | None = None
    """The values of other parameters with which it has an effect; an empty list: any value but the default."""
    help: Annotated[str, Field(min_length=1)]


class Names(BaseModel):
    """Columns of names for a column of codes, one per language: `name = { code = "partner", of = ["economy"] }`.

    Their names are the key with a language appended (`name_en`, `name_zh`).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    code: str
    """The column of codes, or the parameter of that name if there is no such column."""
    of: Annotated[list[str], Field(min_length=1)]
    """Domains of the table `name` in which a code is looked up, in order; `@classification` reads the domain from the
    column (or parameter) `classification`."""
    after: str = ""
    """The column after which the names are inserted; by default that of the codes."""
    unknown: str = ""
    """The prefix of a code that has no name."""


class Measure(BaseModel):
    """A measure as declared. `unit` is the unit of its main column; `sql` is the query without its header."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str
    title: Annotated[str, Field(min_length=1)]
    unit: Annotated[str, Field(min_length=1)]
    formula: Annotated[str, Field(min_length=1)]
    tex: Annotated[str, Field(min_length=1)]
    reference: Annotated[str, Field(min_length=1)]
    definition: Annotated[str, Field(min_length=1)]
    caveats: list[str] = []
    needs: str = ""
    """What the bundled data lack, if the measure needs imported data to answer."""
    needs_table: str = ""
    """The table that must have rows for a measure that `needs` data to work with its defaults; empty: run it to see."""
    model: str = ""
    """Name of the function in `trade.measures.models` that turns the query's rows into the measure's."""
    parameters: dict[str, Parameter] = {}
    names: dict[str, Names] = {}
    """The columns of names to add to the codes that `sql` returns, by their name without the language."""
    sql: str

    def used(self, name: str, values: Mapping[str, Any]) -> bool:
        """Whether a parameter has an effect beside these values of the others."""
        return all(
            _fits(values.get(other), fitting)
            if fitting
            else values.get(other) not in ("", None, self.parameters[other].default)
            for other, fitting in (self.parameters[name].only or {}).items()
        )

    def declaration(self) -> dict[str, Any]:
        """The public part, as `trade measures --format json` prints it."""
        return self.model_dump(exclude={"sql", "model", "names", "needs_table"}, exclude_none=True)


def _fits(value: Any, fitting: list[str]) -> bool:
    if GROUP in fitting:
        return is_group(str(value))
    return str(value).casefold() in map(str.casefold, fitting)


@cache
def catalog() -> dict[str, Measure]:
    """Every measure, by id (the name of its file).

    Raises:
        TradeError: a header is missing or wrong; the message names the file and field.
    """
    return {path.stem: read_measure(path) for path in sorted((HERE / "sql").glob("*.sql"))}


def find_measure(name: str) -> Measure:
    """The measure of that id.

    Raises:
        UnknownName: there is none; the message suggests similar ids.
    """
    measures = catalog()
    if name not in measures:
        raise UnknownName("measure", name, measures)
    return measures[name]


def read_measure(path: Path) -> Measure:
    """Read a measure from its file.

    Raises:
        TradeError: the header is missing or wrong.
    """
    text = path.read_text(encoding="utf-8")
    head, close, sql = text.removeprefix(OPEN).partition(CLOSE)
    if not text.startswith(OPEN) or not close:
        raise TradeError("measure.no_header", file=path.name, open=OPEN, close=CLOSE)
    try:
        declared = tomllib.loads(head)
        declared["parameters"] = _parameters(declared.pop("uses", []), declared.get("parameters", {}))
        return Measure.model_validate(declared | {"id": path.stem, "sql": sql.strip().rstrip(";")})
    except KeyError as error:
        raise TradeError("measure.undeclared", file=path.name, name=str(error)) from None
    except tomllib.TOMLDecodeError as error:
        raise TradeError("measure.not_toml", file=path.name, reason=str(error)) from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise TradeError("measure.bad_field", file=path.name, field=field, reason=first["msg"].lower()) from None


def _parameters(uses: list[str], own: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The shared declarations, then the measure's own; a block with a shared name overrides only its fields.

    `first:year` is one of several shared declarations of the parameter `first`.
    """
    shared = {name: _shared()[key] | own.get(name, {}) for key in uses for name in [key.partition(":")[0]]}
    return shared | {name: block for name, block in own.items() if name not in shared}


@cache
def _shared() -> dict[str, dict[str, Any]]:
    return tomllib.loads((HERE / "parameters.toml").read_text(encoding="utf-8"))
