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
several declarations of `first`), and a block of the same name changes what is particular here. `domain` is a list of
values, or one of: integer, number, boolean, text, date, period, year, economy,
group, partner (an economy, a group, or a group of one's own), product. A parameter with no default
may be left out and is then NULL in the SQL. The SQL answers in codes; `names` says where names are put beside them
(`trade.measures.entity_names`). `trade measures`, glossary, help texts and the API follow from the headers.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from trade.errors import TradeError, UnknownName

HERE = Path(__file__).parent
OPEN, CLOSE = "/* ---", "--- */"
Kind = Literal[
    "integer", "number", "boolean", "text", "date", "period", "year", "economy", "group", "partner", "product"
]


class Parameter(BaseModel):
    """A parameter of a measure: what it may be, what it is if not given, and one sentence for the user."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    domain: list[str] | Kind
    besides: Literal["imported", "products"] | None = None
    """Values that a store adds to the list: the sources of imported tables, or of trade by HS code."""
    default: str | int | float | bool | None = None
    minimum: float | None = None
    maximum: float | None = None
    help: Annotated[str, Field(min_length=1)]


class Names(BaseModel):
    """Columns of names that are put beside a column of codes: `name = { code = "partner", of = ["economy"] }`.

    Their heading with a language after it names them (`name_en`, `name_zh`).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    code: str
    """The column of codes; a parameter if there is no such column."""
    of: Annotated[list[str], Field(min_length=1)]
    """Kinds of codes in the table `name`, the first that knows the code; `@classification` is the kind in that column
    (or parameter)."""
    after: str = ""
    """The column behind which the names stand; by default that of the codes."""
    unknown: str = ""
    """What is written before a code that has no name."""


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
    """The table that must have rows for the default question of a measure that `needs` data. None: ask."""
    model: str = ""
    """Name of the function in `trade.measures.models` that turns the query's rows into the measure's."""
    parameters: dict[str, Parameter] = {}
    names: dict[str, Names] = {}
    """Columns of names by their heading: `sql` answers in codes."""
    sql: str

    def declaration(self) -> dict[str, Any]:
        """The public part, as `trade measures --format json` prints it."""
        return self.model_dump(exclude={"sql", "model", "names", "needs_table"}, exclude_none=True)


@cache
def catalog() -> dict[str, Measure]:
    """Every measure, by id (the name of its file).

    Raises:
        TradeError: a header is missing or wrong: says which file and field.
    """
    return {path.stem: read_measure(path) for path in sorted((HERE / "sql").glob("*.sql"))}


def find_measure(name: str) -> Measure:
    """The measure of that id.

    Raises:
        UnknownName: with the nearest ids.
    """
    measures = catalog()
    if name not in measures:
        raise UnknownName("measure", name, measures)
    return measures[name]


def read_measure(path: Path) -> Measure:
    """One measure from its file."""
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
    """The shared declarations, then the measure's own; a block of a shared name changes only what it states.

    `first:year` is that declaration of the parameter `first`.
    """
    shared = {name: _shared()[key] | own.get(name, {}) for key in uses for name in [key.partition(":")[0]]}
    return shared | {name: block for name, block in own.items() if name not in shared}


@cache
def _shared() -> dict[str, dict[str, Any]]:
    return tomllib.loads((HERE / "parameters.toml").read_text(encoding="utf-8"))
