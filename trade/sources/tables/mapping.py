"""The mapping file: which columns of a user's table fill a fact table, and values that are the same in all rows."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from trade.errors import FactError
from trade.sources.manifest import IsoDate, Text, Warning_, field_fault

Table = Literal["trade_flow", "bilateral_export"]
"""Fact tables that take a user's own figures: those with a reporter or exporter in each row."""
REMEDY = "fact.see_mapping"


class About(BaseModel):
    """Producer and terms of use: fields of `source.toml`, with defaults for those not given."""

    model_config = ConfigDict(extra="forbid")
    producer: Text = "A reader of this dashboard"
    title: Text | None = None
    citation: Text | None = None
    url: Annotated[str, Field(pattern=r"^https?://\S+$")] = "https://example.org/"
    published: IsoDate | None = None
    licence: Text = "not stated"
    valuation: Text = "not stated"
    warnings: list[Warning_] = []  # type: ignore[valid-type]


class Total(BaseModel):
    """Rows that print a total: they are checked against the sum of the others and left out."""

    model_config = ConfigDict(extra="forbid")
    column: Text
    label: Text
    tolerance: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.5
    """In percent of the total."""


class PeriodForm(BaseModel):
    """The format of periods, where the column alone is ambiguous."""

    model_config = ConfigDict(extra="forbid")
    form: str = ""
    """As in strptime: `%d/%m/%Y`, `%y-%b`."""
    freq: Literal["", "A", "Q", "M", "YTD"] = ""
    """The frequency of the periods."""


class Wide(BaseModel):
    """A wide table, with a column of values for each period, partner or flow. Each cell becomes a row."""

    model_config = ConfigDict(extra="forbid")
    field: Literal["period", "year", "partner", "reporter", "exporter", "importer", "flow"] = "period"
    """The fact-table column that the names of the wide columns fill."""
    columns: list[Text] | dict[Text, dict[str, str]] = []
    """The wide columns; if empty, every column whose name is a period. As a table: the values that each gives, where
    `{Year}` is the cell of the column Year: `IJAN = { flow = "import", period = "{year}-01" }`."""


class Mapping(BaseModel):
    """A mapping file. For a table of customs only `names`, `unit`, `encoding` and `source.published` count."""

    model_config = ConfigDict(extra="forbid")
    table: Table = "trade_flow"
    source: About = About()
    sheet: str = ""
    header: Annotated[int, Field(ge=1)] | None = None
    """Row of the column names, from 1; None: the first that has all columns that the mapping names."""
    encoding: str = ""
    decimal: Literal["", ".", ","] = ""
    """The decimal sign; empty: inferred from the column."""
    unit: str = ""
    """The unit of the values as a publisher would print it (`US$ million`); empty: read from the table."""
    publisher: str = ""
    """Whose names and codes are used (`comtrade`, `wits`, `imf`, `customs`); empty: recognised by the columns."""
    period: PeriodForm = PeriodForm()
    columns: dict[str, str] = {}
    """Column of the fact table: name of the column in the file."""
    wide: Wide | None = None
    constants: dict[str, str | int | float | bool] = {}
    scale: dict[str, Annotated[float, Field(gt=0, allow_inf_nan=False)]] = {}
    """Column: what its numbers are multiplied by."""
    values: dict[str, dict[str, str]] = {}
    """Column: text in the file = code (flow, freq, quality ...)."""
    names: dict[str, str] = {}
    """Economy as the file names it = its code."""
    names_file: str = ""
    """A table of names beside the mapping file: a CSV file with the columns `name` and `code`."""
    total: Total | None = None


def read_mapping(path: Path) -> Mapping:
    """The mapping file, checked, with the names of its `names_file`.

    Raises:
        FactError: it is absent, not TOML, or has an unknown field.
    """
    try:
        mapping = Mapping.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise FactError(path.name, "fact.mapping_unread", remedy="fact.check_name", reason=error.strerror) from None
    except UnicodeDecodeError:
        raise FactError(path.name, "fact.not_utf8", remedy="fact.save_utf8") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise FactError(path.name, "fact.not_toml", remedy=REMEDY, reason=str(error)) from None
    except ValidationError as error:
        field, reason = field_fault(error)
        raise FactError(path.name, "fact.bad_field", remedy=REMEDY, field=field, reason=reason) from None
    if not mapping.names_file:
        return mapping
    return mapping.model_copy(update={"names": _names(path.parent, mapping.names_file) | mapping.names})


def _names(folder: Path, name: str) -> dict[str, str]:
    """Codes by name, from a table that must be in the folder of the mapping file."""
    path = folder / name
    try:
        if path.resolve().parent != folder.resolve():
            raise FactError(name[:80], "fact.names_elsewhere", remedy="fact.beside_mapping")
        rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    except OSError as error:
        raise FactError(name[:80], "fact.names_unread", remedy="fact.beside_mapping", reason=error.strerror) from None
    except UnicodeDecodeError:
        raise FactError(name[:80], "fact.not_utf8", remedy="fact.save_utf8") from None
    if not rows or not {"name", "code"} <= set(rows[0]):
        raise FactError(name[:80], "fact.names_columns", remedy="fact.give_both")
    return {row["name"]: row["code"] for row in rows if row["name"] and row["code"]}
